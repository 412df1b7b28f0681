#!/bin/sh
# room.sh NAME: a new room, copied from tool/room, and its place in what lists rooms. `./dev new room NAME` calls it.
set -eu
name=$1
capitals=$(printf %s "$name" | tr a-z A-Z)

refuse() { echo "$*" >&2; exit 1; }

case $name in
*[!a-z_]* | _* | *_ | '') refuse "a room's name is one English word in small letters" ;;
esac
for place in src/app src/core src/lib; do
	[ ! -e "$place/$name" ] || refuse "$place/$name is there already"
done
! grep -q "{lang}/$name[/\"]" src/app/*/*.c || refuse "/{lang}/$name is the address of another page"

# in_file FILE AWK: what the awk program makes of it takes its place
in_file() { awk -v name="$name" "$2" "$1" >"$1.new" && cat "$1.new" >"$1" && rm "$1.new"; }

mkdir "src/app/$name"
for file in tool/room/*; do
	sed "s/kota/$name/g; s/KOTA/$capitals/g" "$file" >"src/app/$name/$(basename "$file" | sed "s/^kota/$name/")"
done
# To the right of all but those that compose pages, which stand behind the last bar.
in_file src/app/ORDER '{ line[NR] = $0; if (/\|/) last = NR }
	END { for (i = 1; i <= NR; i++) { if (i == last) sub(/ *\|[^|]*$/, " " name "&", line[i]); print line[i] } }'
in_file src/main.c '
	/^#include "app\// && $2 > "\"app/" name && !done { print "#include \"app/" name "/" name ".h\""; done = 1 }
	/^\t&home_room,/ { print "\t&" name "_room," }
	{ print }'
in_file ARCHITECTURE.md '/^\| `src\/app\/home`/ { print "| `src/app/" name "` | say here what it is for |" } { print }'
printf -- '-       /fi/%s\n' "$name" >>test/pages.txt
printf 'ilmari   /fi/%s  words=Kahvi+on+kuumaa.\n' "$name" >>test/posts.txt
cat <<END
src/app/$name is there, with a table, queries, texts, a page, a form and tests. Now:
    ./dev quick $name       # builds, and runs its tests
    ./dev pages --accept    # its page among the golden ones
Then change what it says. Take out of it what the room does not need.
END
