#!/bin/sh
# run.sh DIR THREADS: all tests of a build, those of threads in another, one sum at the end. `./dev test` calls it.
set -u
dir=$1
threads=$2
passed=0
failed=0

sum() { # sum LOG: adds what its last line says
	line=$(tail -n 1 "$1")
	p=$(printf '%s' "$line" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1/p')
	f=$(printf '%s' "$line" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\2/p')
	if [ -z "$p" ]; then
		echo "no sum at the end of $1"
		f=1
	fi
	passed=$((passed + ${p:-0}))
	failed=$((failed + ${f:-0}))
}

count() { # count LOG: lines that begin with ok or FAILED
	passed=$((passed + $(grep -c '^ok ' "$1")))
	failed=$((failed + $(grep -c '^FAILED' "$1")))
}

log=$(mktemp)
"$dir/tests" 2>"$log.err" >"$log"
grep -v ' passed, ' "$log"
grep -v ' error \| warn ' "$log.err"
sum "$log"

# With clang and its thread sanitizer; no PostgreSQL here, whose library is not built for it.
env -u NUOTIO_TEST_PG TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" \
	"$threads/tests" core/db/ core/http/server core/job core/password 2>"$log.err" >"$log"
grep -v ' passed, ' "$log"
grep -v ' error \| warn ' "$log.err"
sum "$log"

for tool in sqlgen textgen pagegen; do
	sh "tool/test/$tool.sh" "build/tools/$tool" >"$log" 2>&1
	grep -v '^ok \|passed, ' "$log"
	count "$log"
done
# Some of the strings here; all ten thousand by hand: tool/test/roundtrip.sh build/tools/pagegen
sh tool/test/roundtrip.sh build/tools/pagegen 500 >"$log" 2>&1
grep -v '^ok ' "$log"
count "$log"
# As a newcomer would: what the recipe says, in a copy.
python3 test/recipe.py >"$log" 2>&1
grep -v '^ok ' "$log"
count "$log"
# As people use it: browsers against the built program, and every golden page looked at.
sh test/journeys/run.sh "$dir/nuotio" >"$log" 2>&1
grep -v '^ok \|passed, ' "$log"
sum "$log"
rm -f "$log" "$log.err"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
