#!/bin/sh
# run.sh BINARY [word…]: browser journeys and checks of all pages against a demonstration that the run starts
# itself, on free ports of this machine; with words, only those whose name holds one. `./dev test` calls it.
set -eu
[ $# -ge 1 ] || { echo "usage: run.sh BINARY [word…]" >&2; exit 2; }
binary=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
cd "$(dirname "$0")"

# What the lock file names, once for each of its versions.
if ! cmp -s package-lock.json node_modules/.nuotio-lock; then
	npm ci --no-audit --no-fund --loglevel=error >&2
	cp package-lock.json node_modules/.nuotio-lock
fi

# Debian 12's Node is too old for html-validate; this one is pinned with the rest.
node=$(ls node_modules/node-linux-*/bin/node)
exec "$node" run.mjs "$binary" "$@"
