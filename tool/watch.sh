#!/bin/sh
# watch.sh PROGRAM COMMAND…: builds and runs it, and again after each saving that builds, until it ends by itself.
# `./dev run` calls it. It looks once a second: nothing needs to be installed for that.
set -eu
seen=build/seen
again=build/again

ends_when_built() { # ends_when_built PID: once something was saved and is built, that process ends
	until [ -n "$(find src asset tool -newer $seen -type f -not -path '*/node_modules/*' | head -n 1)" ]; do
		sleep 1
	done
	touch $seen
	./dev build || { ends_when_built "$1"; return; }
	touch $again
	kill "$1"
}

touch $seen
./dev build
while :; do
	rm -f $again
	"$@" &
	child=$!
	ends_when_built $child &
	watcher=$!
	trap 'kill $child $watcher; wait; exit 130' INT TERM
	status=0
	wait $child || status=$?
	[ -e $again ] || { kill $watcher; exit $status; }
done
