#!/bin/sh
# tidy.sh BIN: what tidy says of a good tree, of one mistake at a time, and of trees made by chance. Prints a line a
# test, `ok name` or `FAILED name`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0

result() { # result NAME: of the command before
	if [ $? = 0 ]; then echo "ok tidy: $1"; else echo "FAILED tidy: $1"; status=1; fi
}

# --- good trees ---
"$bin" "$here/tidy/good"
result "a good tree"
"$bin" --map "$here/tidy/good" >"$tmp/map" && diff "$here/tidy/map.txt" "$tmp/map"
result "its map"
"$bin" "$here/../.."
result "this tree"

# --- mistakes ---
LC_ALL=C awk -v tmp="$tmp" -v good="$here/tidy/good" '
	/^== / { dir = sprintf("%s/mistake%03d", tmp, ++n); system("mkdir -p " dir " && cp -r " good " " dir "/tree")
		print substr($0, 4) > (dir "/name"); file = ""; next }
	/^-- (more |without |expect$|[^ ]*$)/ { if (file) close(file)
		file = $2 == "expect" ? dir "/expect" : dir "/tree/" $NF
		if ($2 == "without") { system("rm " file); file = ""; next }
		folder = file; sub("/[^/]*$", "", folder); system("mkdir -p " folder)
		if ($2 != "more") printf "" > file
		held = ""; next }
	file { if ($0 == "") held = held "\n"; else { printf "%s%s\n", held, $0 >> file; held = "" } }' \
	"$here/tidy/mistakes.txt"
for dir in "$tmp"/mistake*; do
	"$bin" "$dir/tree" 2>"$dir/complaints"
	[ $? = 1 ] && diff "$dir/expect" "$dir/complaints"
	result "$(cat "$dir/name")"
done
"$bin" --map "$tmp/mistake004/tree" >"$tmp/map" 2>"$tmp/complaints"
[ $? = 1 ] && ! grep -q Every "$tmp/map" && diff "$tmp/mistake004/expect" "$tmp/complaints"
result "the map of a tree with an arrow to the right"

# --- chance ---
"$bin" --fuzz "${SEED:-1}" "${TIMES:-3000}" "$here/tidy/good" >"$tmp/fuzz" 2>&1 || { cat "$tmp/fuzz"; false; }
result "trees made by chance"
exit $status
