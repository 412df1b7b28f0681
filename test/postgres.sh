#!/bin/sh
# postgres.sh COMMAND…: runs it with a throwaway PostgreSQL on a socket of its own, which NUOTIO_TEST_PG names.
set -eu
pg=$(mktemp -d)
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
as_pg() { "$@"; }
if [ "$(id -u)" = 0 ]; then # it refuses to run as root
	chown postgres "$pg"
	as_pg() { runuser -u postgres -- "$@"; }
fi
as_pg "$bin/initdb" -D "$pg/data" -U nuotio -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$pg/log" 2>&1
as_pg "$bin/pg_ctl" -D "$pg/data" -l "$pg/server.log" -w -s \
	-o "-k $pg -c listen_addresses= -c fsync=off -c max_connections=200" start
status=0
NUOTIO_TEST_PG="postgresql://nuotio@/postgres?host=$pg" "$@" || status=$?
as_pg "$bin/pg_ctl" -D "$pg/data" -m immediate -s stop
rm -rf "$pg"
exit $status
