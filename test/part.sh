#!/bin/sh
# part.sh COMMAND…: runs one part of the tests and shows what did not go well. The last line is the part's sum: its own,
# or how many lines began with `ok` and with `FAILED`. A part that ends badly without naming a failure has one, and so
# has a part in which nothing passed.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$@" >"$log" 2>&1
status=$?
sum=$(tail -n 1 "$log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
[ -n "$sum" ] || sum="$(grep -c '^ok ' "$log") $(grep -c '^FAILED' "$log")"
passed=${sum% *}
failed=${sum#* }
# Tests that break things on purpose have lines in the log that say so.
grep -av '^ok \|^[0-9]* passed, [0-9]* failed$\| error \| warn ' "$log"
if [ "$failed" = 0 ] && [ $status != 0 ]; then
	echo "FAILED $*: ended with $status and named no failure"
	failed=1
elif [ "$failed" = 0 ] && [ "$passed" = 0 ]; then
	echo "FAILED $*: nothing passed"
	failed=1
fi
echo "$passed passed, $failed failed"
