#!/bin/sh
# run.sh: all tests of the builds that `./dev test` made, a line a part, one sum at the end.
set -u
passed=0
failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

part() { # part NAME COMMAND…
	name=$1
	shift
	begun=$(date +%s)
	sh test/part.sh "$@" >"$log"
	sum=$(tail -n 1 "$log" | sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p')
	[ -n "$sum" ] || sum="0 1"
	sed '$d' "$log"
	echo "$name: ${sum% *} passed, ${sum#* } failed, $(($(date +%s) - begun)) s"
	passed=$((passed + ${sum% *}))
	failed=$((failed + ${sum#* }))
}

export UBSAN_OPTIONS=print_stacktrace=1

# A part that was left out must not look like one that passed.
if [ -z "${NUOTIO_TEST_PG:-}" ]; then
	echo "NUOTIO_TEST_PG names no PostgreSQL: half of the tests would be missing"
	failed=1
fi
part "the sums below" sh test/part_test.sh
part "the program" build/sanitize/tests
# With clang and its thread sanitizer; only core knows threads.
part "threads" env TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" build/thread/tests core/
# What the compilers of the other tests write was compiled without; here they and what they write are watched.
cflags="-fsanitize=address,undefined -fno-sanitize-recover=all"
export SQLGEN_CFLAGS="$cflags" TEXTGEN_CFLAGS="$cflags" PAGEGEN_CFLAGS="$cflags"
for tool in sqlgen textgen pagegen tidy; do
	part "$tool" sh "tool/test/$tool.sh" "build/sanitize-tools/$tool"
done
# From the same seed each time; to look further: ./dev fuzz.
part "inputs made by chance" env RUNS=100000 test/fuzz/run
part "the round trip" sh tool/test/roundtrip.sh build/sanitize-tools/pagegen
# As other programs read what the tests write; they are Debian's, and so is the Python that knows them.
part "other programs" /usr/bin/python3 test/clients.py build/sanitize/tests
part "a newcomer" python3 test/newcomer.py
# As people use it: browsers against the built program, and every golden page looked at.
part "journeys" sh test/journeys/run.sh build/sanitize/nuotio
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
