#!/bin/sh
# textgen.sh BIN: what textgen makes of good input, what it complains of, and inputs made by chance. Prints a line a
# test, `ok name` or `FAILED name`; --accept as second word takes what comes out of the good input as expected.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0

result() { # result NAME: of the command before
	if [ $? = 0 ]; then echo "ok textgen: $1"; else echo "FAILED textgen: $1"; status=1; fi
}

# --- good input ---
cp -r "$here/textgen/good/have" "$tmp/out"
(cd "$here/textgen/good" && "$bin" src "$tmp/out")
result "compiles good input"
rm -f "$tmp/out/enums.sym" "$tmp/out/app/kota/kota.rows.h"
if [ "${2:-}" = --accept ]; then
	rm -rf "$here/textgen/good/expected"
	cp -r "$tmp/out" "$here/textgen/good/expected"
fi
diff -r "$here/textgen/good/expected" "$tmp/out"
result "writes what is expected"

cp -r "$here/textgen/good/have/." "$tmp/out"
find "$tmp/out" -type f -exec touch -d 2001-01-01 {} +
mkdir -p "$tmp/out/app/lato"
touch "$tmp/out/app/lato/lato.texts.c" "$tmp/out/app/lato/lato.texts.h"
(cd "$here/textgen/good" && "$bin" src "$tmp/out")
[ -z "$(find "$tmp/out" -type f -newermt 2001-01-02)" ]
result "writes only what changes, and removes what is left over"

lib=$(cd "$root/src/lib" && for f in arena date i18n need out str text zone; do echo "$root/src/lib/$f.c"; done)
# shellcheck disable=SC2086
${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O0 -g -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Werror -I"$tmp/out" -I"$root" -I"$root/src" ${TEXTGEN_CFLAGS:-} -o "$tmp/say" \
	"$here/textgen/say.c" "$tmp"/out/*.c "$tmp"/out/app/*.c "$tmp"/out/*/*/*.c $lib -lm &&
	"$tmp/say" >"$tmp/said" &&
	if [ "${2:-}" = --accept ]; then cp "$tmp/said" "$here/textgen/said.txt"; fi &&
	diff "$here/textgen/said.txt" "$tmp/said"
result "what it writes compiles and speaks three languages"

# --- mistakes ---
sed -e "s/␉/$(printf '\t')/; s/␍/$(printf '\r')/; s/␠/ /; s/␁/$(printf '\001')/; s/␐/$(printf '\342\200\256')/" \
	-e "s/␚/$(printf '\357\273\277')/" "$here/textgen/mistakes.txt" |
	LC_ALL=C sed -e "s/$(printf '\342\220\225')/$(printf '\303')/" |
	LC_ALL=C awk -v tmp="$tmp" '
		/^== / { dir = sprintf("%s/mistake%03d", tmp, ++n); file = dir "/name"
			system("mkdir -p " dir "/src/app/kota " dir "/out")
			print substr($0, 4) > file; file = ""; next }
		/^-- / { if (file) close(file); file = dir "/" ($2 == "expect" ? "" : "src/") $2
			printf "" > file; held = ""; next }
		file { if ($0 == "") held = held "\n"; else { printf "%s%s\n", held, $0 > file; held = "" } }'
for dir in "$tmp"/mistake*; do
	cp "$here/textgen/good/have/enums.sym" "$dir/out"
	"$bin" "$dir/src" "$dir/out" 2>"$dir/complaints"
	[ $? = 1 ] && diff "$dir/expect" "$dir/complaints" && [ "$(ls "$dir/out")" = enums.sym ]
	result "$(cat "$dir/name")"
done

# --- chance ---
"$bin" --fuzz "${SEED:-1}" "${TIMES:-3000}" >"$tmp/fuzz" 2>&1 || { cat "$tmp/fuzz"; false; }
result "inputs made by chance"
exit $status
