#!/bin/sh
# pagegen.sh BIN: what pagegen makes of good templates, what it complains of, and inputs made by chance. BIN's folder
# holds textgen too. Prints a line a test, `ok name` or `FAILED name`; --accept as second word takes what the good
# templates draw as expected.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tools=$(cd "$(dirname "$1")" && pwd)
bin=$tools/$(basename "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0

result() { # result NAME: of the command before
	if [ $? = 0 ]; then echo "ok pagegen: $1"; else echo "FAILED pagegen: $1"; status=1; fi
}

compile() { # compile [options] FILE…
	(cd "$here/pagegen/good" && ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O0 -g -Wall -Wextra -Wconversion -Wshadow \
		-Wstrict-prototypes -Wmissing-prototypes -Wvla -Werror -I"$tmp/out" -I"$root" -I"$root/src" "$@")
}

# --- good templates ---
cp -r "$here/pagegen/good/have" "$tmp/out"
(cd "$here/pagegen/good" && "$tools/textgen" src "$tmp/out" && "$bin" src "$tmp/out")
result "compiles good templates"

lib=$(for f in arena date html i18n need out str text zone; do echo "$root/src/lib/$f.c"; done)
# shellcheck disable=SC2086
compile ${PAGEGEN_CFLAGS:-} -o "$tmp/draw" "$here"/pagegen/draw.c "$here"/pagegen/server.c \
	"$tmp"/out/app/*.c "$tmp"/out/app/*/*.c \
	"$root/src/core/http/page.c" "$root/src/core/actor.c" $lib -lm &&
	"$tmp/draw" >"$tmp/drawn" &&
	if [ "${2:-}" = --accept ]; then cp "$tmp/drawn" "$here/pagegen/drawn.txt"; fi &&
	diff "$here/pagegen/drawn.txt" "$tmp/drawn"
result "what it writes compiles and draws what is expected"

find "$tmp/out" -type f -exec touch -d 2001-01-01 {} +
mkdir -p "$tmp/out/app/lato"
touch "$tmp/out/app/lato/lato.html.h" "$tmp/out/app/lato/lato.html.c" "$tmp/out/app/kota/gone.html.c"
(cd "$here/pagegen/good" && "$bin" src "$tmp/out")
[ -z "$(find "$tmp/out" -type f -newermt 2001-01-02)" ]
result "writes only what changes, and removes what is left over"

# --- mistakes that it finds itself ---
sed -e "s/␁/$(printf '\001')/" "$here/pagegen/mistakes.txt" |
	LC_ALL=C sed -e "s/$(printf '\342\220\225')/$(printf '\303')/" |
	LC_ALL=C awk -v tmp="$tmp" '
		/^== / { if (file) close(file); dir = sprintf("%s/mistake%03d", tmp, ++n); file = dir "/name"
			system("mkdir -p " dir "/out " dir "/src/app/kota " dir "/src/app/lato " dir "/src/app/page")
			print substr($0, 4) > file; close(file); file = ""; next }
		/^-- / { if (file) close(file); file = dir "/" ($2 == "expect" ? "" : "src/") $2
			printf "" > file; held = ""; next }
		file { if ($0 == "") held = held "\n"; else { printf "%s%s\n", held, $0 > file; held = "" } }'
for dir in "$tmp"/mistake*; do
	cp "$tmp/out/texts.sym" "$tmp/out/rights.sym" "$dir/out"
	cp "$here/pagegen/good/src/app/ORDER" "$dir/src/app"
	"$bin" "$dir/src" "$dir/out" 2>"$dir/complaints"
	[ $? = 1 ] && diff "$dir/expect" "$dir/complaints" && [ "$(find "$dir/out" -type f | wc -l)" = 2 ]
	result "$(cat "$dir/name")"
done

# --- mistakes that the C compiler finds: it names the place in the template ---
n=0
while IFS='|' read -r name body; do
	n=$((n + 1))
	dir=$tmp/type$n
	mkdir -p "$dir/src/app/kota" "$dir/out/app"
	cp -r "$tmp/out/texts.sym" "$tmp/out/rights.sym" "$dir/out"
	cp -r "$here/pagegen/good/have/app/kota" "$dir/out/app"
	cp "$tmp/out/app/kota/kota.texts.h" "$dir/out/app/kota"
	printf '%s\n%s\n<p>\n%s\n</p>\n{end}\n' '{include "app/kota/kota.h"}' \
		'{page kota_x_page(TEXT a, INT n, span days, kota_name_list names, BOOL yes)}' "$body" \
		>"$dir/src/app/kota/x.html"
	(cd "$dir" && "$bin" src out) &&
		! compile -I"$dir/out" -fsyntax-only "$dir/out/app/kota/x.html.c" 2>"$dir/complaints" &&
		grep -q 'src/app/kota/x.html:4:.*error' "$dir/complaints"
	result "the C compiler names the place of $name"
done <<'EOF'
a struct as a value|{days}
a truth as a value|{yes}
a number as an address|<a href="{n}">x</a>
a wrong argument of a call|{kota_upper(r, n)}
a call of nothing|{kota_sideways(r)}
a wrong parameter of a text|{t kota.logs n=a}
a number with a format of dates|{n:day}
a list as a condition|{if names}x{end}
something that is no list|{each days as d}x{end}
a field that is not there|{days.middle}
an unknown constant|{if n == KOTA_NOTHING}x{end}
EOF

# --- chance, and time ---
"$bin" --fuzz "${SEED:-1}" "${TIMES:-2000}" >"$tmp/fuzz" 2>&1 || { cat "$tmp/fuzz"; false; }
result "inputs made by chance"

mkdir -p "$tmp/many/src/app/kota"
i=0
while [ $i -lt 40 ]; do
	i=$((i + 1))
	sed "s/kota_values/kota_v$i/; s/kota_blocks/kota_b$i/; s/kota_use_page/kota_u${i}_page/; /^{struct/d" \
		"$here/pagegen/good/src/app/kota/kota.html" >"$tmp/many/src/app/kota/k$i.html"
done
cp "$here/pagegen/good/src/app/ORDER" "$tmp/many/src/app"
cp -r "$here/pagegen/good/src/app/page" "$tmp/many/src/app"
mkdir "$tmp/many/out"
cp "$tmp/out/texts.sym" "$tmp/out/rights.sym" "$tmp/many/out"
begun=$(date +%s%N)
(cd "$tmp/many" && "$bin" src out)
ms=$((($(date +%s%N) - begun) / 1000000))
[ "$ms" -lt 1000 ] # 200 without sanitizers on an idle machine
result "forty long templates (took $ms ms)"
exit $status
