#!/bin/sh
# pictures.sh [NUOTIO]: takes the README's pictures from a fresh demo, 1280 pixels wide. They show today's date, so
# they are made by hand before a release, not by `./dev test`. Needs chromium and pngquant (apt install both).
set -eu
cd "$(dirname "$0")/.."
nuotio=${1:-build/release/nuotio}
bytes_max=150000
work=$(mktemp -d)
demo=

stop() {
	[ -z "$demo" ] || { kill "$demo" 2>/dev/null && wait "$demo" || true; }
	rm -rf "$work"
}
trap stop EXIT

"$nuotio" demo --fresh --data "$work/data" --listen 127.0.0.1:0 >"$work/said" 2>"$work/log" &
demo=$!
for _ in $(seq 100); do
	base=$(head -n 1 "$work/said")
	[ -z "$base" ] || break
	kill -0 "$demo" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
	sleep 0.1
done
[ -n "$base" ] || { echo "the demo did not start" >&2; exit 1; }

sandbox=
[ "$(id -u)" != 0 ] || sandbox=--no-sandbox # chromium refuses its sandbox to root

picture() { # picture FILE HEIGHT ADDRESS
	chromium --headless $sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/browser" --lang=en-GB \
		--force-device-scale-factor=1 --blink-settings=preferredColorScheme=1 --window-size="1280,$2" \
		--screenshot="$work/shot.png" "$base$3" >"$work/chromium" 2>&1 || { cat "$work/chromium" >&2; exit 1; }
	pngquant --force --strip --speed 1 --output "$work/small.png" 256 "$work/shot.png"
	size=$(wc -c <"$work/small.png")
	[ "$size" -lt "$bytes_max" ] || { echo "$1 has $size bytes; $bytes_max is the limit" >&2; exit 1; }
	mv "$work/small.png" "doc/pictures/$1"
	echo "doc/pictures/$1 $size bytes"
}

mkdir -p doc/pictures
picture wheel.png 1180 /en/pohja/wheel
picture side.png 1450 /en/wheel/campuses
