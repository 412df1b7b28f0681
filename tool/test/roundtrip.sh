#!/bin/sh
# roundtrip.sh BIN [N]: N strings made by chance, 10,000 if not said, in each place of a template where a value can
# stand, compiled by pagegen BIN and read by Chromium: the parser must find exactly the strings again. Prints
# `ok name` or `FAILED name`. SEED chooses other strings.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
bin=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
n=${2:-10000}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
name="roundtrip: $n strings in each place through Chromium's parser"

fail() { echo "FAILED $name: $1"; exit 1; }

cd "$here/roundtrip" || exit 1
"$bin" src "$tmp" || fail "pagegen"
lib=$(for f in arena date html i18n need out str text zone; do echo "$root/src/lib/$f.c"; done)
# shellcheck disable=SC2086
${CC:-cc} -std=gnu17 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -I"$tmp" -I"$root" -I"$root/src" \
	-o "$tmp/write" write.c \
	"$here/pagegen/server.c" "$tmp/app/kota/round.html.c" "$root/src/core/http/page.c" "$root/src/core/actor.c" \
	$lib -lm || fail "the C compiler"
"$tmp/write" "${SEED:-1}" "$n" >"$tmp/round.html" || fail "write"
cp compare.js "$tmp"
chromium-headless-shell --no-sandbox --disable-gpu --disable-dev-shm-usage --user-data-dir="$tmp/profile" \
	--enable-logging=stderr --virtual-time-budget=120000 --dump-dom "file://$tmp/round.html" \
	>"$tmp/dom" 2>"$tmp/log"
title=$(grep -o '<title>[^<]*' "$tmp/dom" | head -1 | cut -c8-)
grep CONSOLE "$tmp/log" | cut -c1-400
[ "$title" = "compared $n, wrong: none" ] || fail "$title"
echo "ok $name"
