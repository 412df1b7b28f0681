#!/bin/sh
# sqlgen.sh BIN: what sqlgen makes of good schemas and queries, what it complains of, and inputs made by chance. With
# NUOTIO_TEST_PG also what PostgreSQL says of the good ones and of the program's own. Prints a line a test, `ok name`
# or `FAILED name`; --accept as second word takes what the good queries read as expected.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
status=0

result() { # result NAME: of the command before
	if [ $? = 0 ]; then echo "ok sqlgen: $1"; else echo "FAILED sqlgen: $1"; status=1; fi
}

# with_database COMMAND…: with NUOTIO_TEST_PG as a new database, which is dropped afterwards
with_database() {
	name=sqlgen_$$
	psql -qX "$NUOTIO_TEST_PG" -c "CREATE DATABASE $name" || return 1
	database=$(printf '%s' "$NUOTIO_TEST_PG" | sed -E "s,^([a-z]+://[^/]*)/?[^?]*,\1/$name,")
	"$@"
	kept=$?
	psql -qX "$NUOTIO_TEST_PG" -c "DROP DATABASE $name" || return 1
	return $kept
}

# --- good input ---
(cd "$here/sqlgen/good" && "$bin" src "$tmp/out")
result "compiles good input"

lib=$(for f in arena date need out str zone; do echo "$root/src/lib/$f.c"; done)
db=$(find "$root/src/core/db" -name '*.c' -not -name '*_test.c')
# shellcheck disable=SC2046,SC2086
(cd "$here/sqlgen/good" && ${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O0 -g -Wall -Wextra -Wconversion -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wvla -Wno-missing-field-initializers -Werror -I"$tmp/out" -I"$root" \
	-I"$root/src" $(pkg-config --cflags sqlite3 libpq) ${SQLGEN_CFLAGS:-} -o "$tmp/ask" "$here/sqlgen/ask.c" \
	$(find "$tmp/out" -name '*.c') $db $lib $(pkg-config --libs sqlite3 libpq) -lpthread -lm) &&
	"$tmp/ask" >"$tmp/asked" &&
	if [ "${2:-}" = --accept ]; then cp "$tmp/asked" "$here/sqlgen/asked.txt"; fi &&
	diff "$here/sqlgen/asked.txt" "$tmp/asked"
result "what it writes compiles and reads what is expected"

ask_postgres() { "$tmp/ask" "$database" >"$tmp/asked" && diff "$here/sqlgen/asked.txt" "$tmp/asked"; }
prove() { # prove SRC: PostgreSQL takes each statement, and gives its columns the types that sqlgen expects
	"$bin" "$1" --postgres >"$tmp/proof.sql" &&
		{ psql -X -v ON_ERROR_STOP=1 "$database" -f "$tmp/proof.sql" >"$tmp/described" ||
			{ grep '^# ' "$tmp/described" | tail -n 1; false; }; } &&
		awk -F'|' '
			function told() {
				if (name && wanted != given) { print name ": wanted" wanted ", given" given; wrong = 1 }
			}
			/^# / { told(); name = substr($0, 3); wanted = given = ""; n++; next }
			/^= / { wanted = wanted " (" substr($0, 3) ")"; next }
			NF > 1 { given = given " (" $NF ")" }
			END { told(); exit wrong || n == 0 }' "$tmp/described"
}
if [ -n "${NUOTIO_TEST_PG:-}" ]; then
	with_database ask_postgres
	result "reads the same from PostgreSQL"
	with_database prove "$here/sqlgen/good/src"
	result "PostgreSQL takes the good queries, with the types expected"
	with_database prove "$root/src"
	result "PostgreSQL takes every statement of the program, with the types expected"
fi

find "$tmp/out" -type f -exec touch -d 2001-01-01 {} +
mkdir -p "$tmp/out/app/sauna"
touch "$tmp/out/app/sauna/sauna.sql.c" "$tmp/out/app/sauna/sauna.sql.h" "$tmp/out/app/sauna/sauna.rows.h"
(cd "$here/sqlgen/good" && "$bin" src "$tmp/out")
[ -z "$(find "$tmp/out" -type f -newermt 2001-01-02)" ]
result "writes only what changes, and removes what is left over"

# --- mistakes: beside the schemas of the good input, unless a block has its own ---
sed -e "s/␁/$(printf '\001')/" "$here/sqlgen/mistakes.txt" |
	LC_ALL=C sed -e "s/$(printf '\342\220\225')/$(printf '\303')/" |
	LC_ALL=C awk -v tmp="$tmp" -v good="$here/sqlgen/good/src" '
		/^== / { if (file) close(file); dir = sprintf("%s/mistake%03d", tmp, ++n); file = dir "/name"
			system("mkdir -p " dir "/out " dir "/src " dir "/migrations && " \
				"cp -r " good "/app " good "/core " dir "/src && " \
				"find " dir "/src -name \"*.sql\" -not -name schema.sql -delete && " \
				"mkdir " dir "/src/app/sauna")
			print substr($0, 4) > file; close(file); file = ""; next }
		/^-- ((app|core|migrations)\/[^ ]*|expect)$/ { if (file) close(file)
			file = dir "/" ($2 ~ /^(app|core)/ ? "src/" : "") $2
			printf "" > file; held = ""; next }
		file { if ($0 == "") held = held "\n"; else { printf "%s%s\n", held, $0 > file; held = "" } }'
for dir in "$tmp"/mistake*; do
	"$bin" "$dir/src" "$dir/out" 2>"$dir/complaints"
	[ $? = 1 ] && diff "$dir/expect" "$dir/complaints" && [ -z "$(ls "$dir/out")" ]
	result "$(cat "$dir/name")"
done

# --- chance ---
{
	"$bin" --fuzz "${SEED:-1}" "${TIMES:-3000}" "$here/sqlgen/good/src" &&
		"$bin" --fuzz "${SEED:-1}" "$((${TIMES:-3000} / 20))" "$root/src"
} >"$tmp/fuzz" 2>&1 || { cat "$tmp/fuzz"; false; }
result "inputs made by chance"
exit $status
