#!/bin/sh
# db.sh WHERE [SQL]: a shell on the database of a data folder, of a file or at an address of PostgreSQL; or one answer.
set -eu
where=$1
shift
case $where in postgres*://*) exec psql "$where" ${1:+-c "$1"} ;; esac
[ ! -d "$where" ] || where=$where/nuotio.db
[ -f "$where" ] || { echo "there is no $where: ./dev demo makes one" >&2; exit 1; }
exec sqlite3 -box "$where" "$@"
