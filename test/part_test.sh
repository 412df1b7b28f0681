#!/bin/sh
# What part.sh makes of parts that end well and badly. Prints a line a case.
set -u
status=0

part() { # part SUM SCRIPT
	is=$(sh test/part.sh sh -c "$2" | tail -n 1)
	if [ "$is" = "$1" ]; then
		echo "ok part: $2"
	else
		echo "FAILED part: $2: “$is” and not “$1”"
		status=1
	fi
}

part "2 passed, 0 failed" "echo ok a; echo okay; echo ok b"
part "1 passed, 1 failed" "echo ok a; echo FAILED b; exit 1"
part "1 passed, 1 failed" "echo ok a; exit 3"
part "1 passed, 1 failed" "echo ok a; kill -9 \$\$"
part "0 passed, 1 failed" "true"
part "0 passed, 1 failed" "exit 1"
part "3 passed, 0 failed" "echo ok a; echo 3 passed, 0 failed"
part "3 passed, 2 failed" "echo 3 passed, 2 failed; exit 1"
part "3 passed, 1 failed" "echo 3 passed, 0 failed; exit 1"
part "0 passed, 1 failed" "echo 3 passed, 0 failed; echo and then it broke >&2; exit 1"
exit $status
