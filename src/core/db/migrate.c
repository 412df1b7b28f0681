/* The schema: made on an empty database, brought forward by migrations, compared with a fresh
 * one. Its version is the number of migrations that it has seen, kept in a table of one row. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db/backup.h"
#include "core/db/engine.h"
#include "core/db/schema.h"
#include "lib/arena.h"
#include "lib/out.h"

enum { NO_SCHEMA = -1 };

static bool
version_of(struct db_connection *c, int64_t *version)
{
	bool postgres = db_is_postgres(c->db);
	int64_t has = 0, tables = 0;

	*version = NO_SCHEMA;
	if (!db_ask_int(c, postgres ?
	    "SELECT count(*) FROM pg_class WHERE relname = 'schema_version' AND relkind = 'r'"
	    " AND relnamespace = current_schema()::regnamespace" :
	    "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'", &has))
		return false;
	if (has)
		return db_ask_int(c, "SELECT version FROM schema_version WHERE id = 1", version);
	if (!db_ask_int(c, postgres ?
	    "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm')"
	    " AND relnamespace = current_schema()::regnamespace" :
	    "SELECT count(*) FROM sqlite_schema WHERE name NOT GLOB 'sqlite_*'", &tables))
		return false;
	if (tables == 0)
		return true;
	return db_error_set(&c->error, DB_DAMAGED, "",
	    "this database has tables of another program");
}

bool
db_schema_version(struct db *db, int64_t *version, struct db_error *error)
{
	struct db_connection *c = db->writer_connection;
	bool ok;

	pthread_mutex_lock(&db->writing);
	ok = db_revive(c) && version_of(c, version);
	if (!ok && error)
		*error = c->error;
	pthread_mutex_unlock(&db->writing);
	return ok;
}

static bool
exec_all(struct db_connection *c, const char *const *sql)
{
	for (; *sql; sql++)
		if (!c->db->engine->exec(c, *sql))
			return false;
	return true;
}

static bool
create(struct db_connection *c)
{
	const struct db_options *o = &c->db->options;
	bool postgres = db_is_postgres(c->db);
	char row[96];

	snprintf(row, sizeof row, "INSERT INTO schema_version (id, version) VALUES (1, %zu)",
	    o->migration_count);
	return exec_all(c, postgres ? o->schema_postgres : o->schema_sqlite) &&
	    c->db->engine->exec(c, postgres ?
	    "CREATE TABLE schema_version (id bigint PRIMARY KEY CHECK (id = 1),"
	    " version bigint NOT NULL)" :
	    "CREATE TABLE schema_version (id INTEGER PRIMARY KEY CHECK (id = 1),"
	    " version INTEGER NOT NULL)"
	    " STRICT") &&
	    c->db->engine->exec(c, row);
}

static bool
apply(struct db_connection *c, int64_t from)
{
	const struct db_options *o = &c->db->options;

	for (size_t i = (size_t)from; i < o->migration_count; i++) {
		const struct db_migration *m = &o->migrations[i];
		char row[96];

		snprintf(row, sizeof row, "UPDATE schema_version SET version = %zu WHERE id = 1",
		    i + 1);
		if (!exec_all(c, db_is_postgres(c->db) ? m->postgres : m->sqlite) ||
		    !c->db->engine->exec(c, row)) {
			struct db_error why = c->error;

			return db_error_set(&c->error, why.trouble, m->name, "migration %s: %.200s",
			    m->name, why.what);
		}
	}
	return true;
}

static bool
is_newer(const struct db *db, int64_t version, struct db_error *error)
{
	return db_error_set(error, DB_NEWER, "",
	    "the database has seen %lld migrations, this program knows %zu: use a newer program",
	    (long long)version, db->options.migration_count);
}

/* In the transaction: another process may have migrated while this one waited for the lock. */
static bool
bring_forward(struct db_connection *c)
{
	int64_t version;

	if (!version_of(c, &version))
		return false;
	if (version > (int64_t)c->db->options.migration_count)
		return is_newer(c->db, version, &c->error);
	return version == NO_SCHEMA ? create(c) : apply(c, version);
}

static bool
references_hold(struct db_connection *c)
{
	char *table = c->db->engine->ask(c, "PRAGMA foreign_key_check");
	bool ok = table && !*table;

	if (table && *table)
		db_error_set(&c->error, DB_REFUSED, "",
		    "after the migration table %s would refer to what is not there", table);
	free(table);
	return ok;
}

/* Runs one change of the whole schema in a transaction of its own. */
static bool
whole_schema(struct db_connection *c, bool (*change)(struct db_connection *c))
{
	const struct engine *e = c->db->engine;
	bool postgres = db_is_postgres(c->db), ok;

	/* SQLite: a table that is made anew must not take the rows that refer to it along, and
	 * foreign keys can only be switched outside of a transaction. PostgreSQL: whoever comes
	 * second waits. */
	if (!db_revive(c) || !e->exec(c, postgres ?
	    "SET lock_timeout = 0; SET statement_timeout = 0" : "PRAGMA foreign_keys = OFF"))
		return false;
	ok = db_begin(c, CONTROL_BEGIN_WRITE) && change(c) &&
	    (postgres || references_hold(c)) && e->control(c, CONTROL_COMMIT);
	if (!ok && c->handle && e->in_transaction(c)) {
		struct db_error why = c->error;

		e->control(c, CONTROL_ROLLBACK);
		c->error = why;
	}
	if (postgres)
		c->stale = true; /* opened again with the usual limits */
	else if (!e->exec(c, "PRAGMA foreign_keys = ON"))
		return false;
	return ok;
}

bool
db_migrate(struct db *db, struct db_error *error)
{
	struct db_connection *c = db->writer_connection;
	int64_t version = 0, newest = (int64_t)db->options.migration_count;
	char copy[4096];
	bool ok;

	pthread_mutex_lock(&db->writing);
	need(c->depth == 0);
	ok = db_revive(c) && version_of(c, &version);
	if (ok && version != NO_SCHEMA && version < newest && !db_is_postgres(db) && !db->memory) {
		snprintf(copy, sizeof copy, "%s.before-%lld", db->place, (long long)newest);
		ok = db_backup(db, copy, &c->error);
	}
	if (ok && version != newest)
		ok = whole_schema(c, bring_forward);
	if (!ok && error)
		*error = c->error;
	pthread_mutex_unlock(&db->writing);
	if (ok && !db->memory)
		db_wal_gate(db);
	return ok;
}

bool
db_schema_is_current(struct db *db, struct db_error *error)
{
	int64_t version, newest = (int64_t)db->options.migration_count;

	if (!db_schema_version(db, &version, error))
		return false;
	if (version == NO_SCHEMA)
		return db_error_set(error, DB_DAMAGED, "", "the database is empty");
	if (version > newest)
		return is_newer(db, version, error);
	if (version < newest)
		return db_error_set(error, DB_OLDER, "", "the database has seen %lld migrations of %lld:"
		    " it is brought up to date when it is served", (long long)version, (long long)newest);
	return true;
}

/* --- forgetting ------------------------------------------------------------------------------- */

/* Each answers with the statements that drop what is there. */
static const char drops_of_sqlite[] =
    "SELECT group_concat('DROP ' || type || ' \"' || name || '\"', ';') FROM sqlite_schema"
    " WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'";

static const char drops_of_postgres[] =
    "SELECT string_agg(format('DROP %s %s CASCADE', what, name), ';') FROM ("
    "SELECT 'TABLE' AS what, oid::regclass::text AS name FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace"
    " UNION ALL SELECT 'FUNCTION', oid::regprocedure::text FROM pg_proc AS p"
    " WHERE pronamespace = current_schema()::regnamespace"
    " AND NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')"
    ") AS ours";

static bool
drop_all(struct db_connection *c)
{
	bool postgres = db_is_postgres(c->db), ok;
	int64_t version;
	char *drops;

	if (!version_of(c, &version))
		return false;
	if (version == NO_SCHEMA)
		return true;
	drops = c->db->engine->ask(c, postgres ? drops_of_postgres : drops_of_sqlite);
	ok = drops && c->db->engine->exec(c, drops);
	free(drops);
	return ok;
}

bool
db_forget(struct db *db, struct db_error *error)
{
	struct db_connection *c = db->writer_connection;
	bool ok;

	pthread_mutex_lock(&db->writing);
	need(c->depth == 0);
	ok = whole_schema(c, drop_all);
	if (!ok && error)
		*error = c->error;
	pthread_mutex_unlock(&db->writing);
	return ok;
}

/* --- comparing -------------------------------------------------------------------------------- */

/* One line for each thing of the schema, in an order that does not depend on how it came to be.
 * Constraints are compared by what they say: their names depend on the way. */
static const char lines_of_postgres[] =
    "SELECT string_agg(line, E'\\n' ORDER BY line COLLATE \"C\") FROM ("
    "SELECT format('table %s column %s: %s %s%s default %s collation %s identity %s', t.relname,"
    " row_number() OVER (PARTITION BY t.oid ORDER BY a.attnum), a.attname,"
    " format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,"
    " coalesce(pg_get_expr(d.adbin, d.adrelid), '-'), coalesce(l.collname, '-'),"
    " a.attidentity) AS line"
    " FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0"
    " AND NOT a.attisdropped"
    " LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum"
    " LEFT JOIN pg_collation l ON l.oid = a.attcollation"
    " WHERE t.relkind IN ('r', 'p', 'v') AND t.relnamespace = current_schema()::regnamespace"
    " UNION ALL SELECT format('table %s constraint: %s', t.relname, pg_get_constraintdef(k.oid))"
    " FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid"
    " WHERE t.relnamespace = current_schema()::regnamespace"
    " UNION ALL SELECT 'index ' || replace(pg_get_indexdef(i.indexrelid),"
    " ' ON ' || quote_ident(current_schema()) || '.', ' ON ')"
    " FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid"
    " WHERE t.relnamespace = current_schema()::regnamespace"
    " AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
    " UNION ALL SELECT 'trigger ' || replace(pg_get_triggerdef(g.oid),"
    " quote_ident(current_schema()) || '.', '')"
    " FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid"
    " WHERE NOT g.tgisinternal AND t.relnamespace = current_schema()::regnamespace"
    " UNION ALL SELECT format('function %s: %s', p.proname, translate(p.prosrc, E'\\n\\t', '  '))"
    " FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
    ") AS lines";

static const char objects_of_sqlite[] =
    "SELECT group_concat(object, char(30)) FROM (SELECT type || ' ' || name || ': ' || sql"
    " AS object"
    " FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY 1)";

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || (unsigned char)c >= 0x80;
}

/* SQLite keeps the words as they were written, and ALTER TABLE writes some itself: comments,
 * white space and quotes around names go, in place, so that only what is meant is compared. */
static void
plain_sql(char *text)
{
	char *to = text, quote = '\0';

	for (char *p = text; *p; p++) {
		if (quote) {
			if (quote == '\'' || *p != quote)
				*to++ = *p;
			if (*p == quote)
				quote = '\0';
		} else if (*p == '\'' || *p == '"') {
			quote = *p;
			if (*p == '\'')
				*to++ = *p;
		} else if (p[0] == '-' && p[1] == '-') {
			while (p[1] && p[1] != '\n')
				p++;
		} else if (p[0] == '/' && p[1] == '*') {
			p += 2;
			while (*p && !(p[0] == '*' && p[1] == '/'))
				p++;
			if (!*p)
				break;
			p++;
		} else if (*p == '\x1e') {
			*to++ = '\n';
		} else if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r') {
			if (to > text && is_word(to[-1]))
				*to++ = ' ';
		} else {
			if (!is_word(*p) && to > text && to[-1] == ' ')
				to--;
			*to++ = *p;
		}
	}
	*to = '\0';
}

static char *
lines_of(struct db_connection *c)
{
	char *lines;

	if (db_is_postgres(c->db))
		return c->db->engine->ask(c, lines_of_postgres);
	lines = c->db->engine->ask(c, objects_of_sqlite);
	if (lines)
		plain_sql(lines);
	return lines;
}

/* The lines of a fresh schema; PostgreSQL makes it in a namespace that is never committed. */
static char *
fresh_lines(struct db *db, struct db_error *error)
{
	struct db_options options = db->options;
	struct db *memory;
	struct db_connection *c;
	char *lines = NULL;

	if (!db_is_postgres(db)) {
		options.place = ":memory:";
		options.only_there = false;
		memory = db_open(&options, error);
		if (memory && db_migrate(memory, error))
			lines = lines_of(memory->writer_connection);
		db_close(memory);
		return lines;
	}
	c = db_connect(db, true, error);
	if (!c)
		return NULL;
	if (db->engine->exec(c,
	    "BEGIN; CREATE SCHEMA nuotio_fresh; SET LOCAL search_path = nuotio_fresh") && create(c))
		lines = lines_of(c);
	if (!lines && error)
		*error = c->error;
	db_disconnect(c);
	return lines;
}

/* Both texts have their lines in the same order, so one walk finds what only one of them has. */
static bool
compare(const char *live, const char *fresh, struct out *out)
{
	struct str is = str_of(live), wanted = str_of(fresh);
	bool same = true;

	while (is.n || wanted.n) {
		struct str is_rest = is, wanted_rest = wanted;
		struct str a = str_cut(&is_rest, '\n'), b = str_cut(&wanted_rest, '\n');
		int order = !is.n ? 1 : !wanted.n ? -1 : str_compare(a, b);

		if (order < 0)
			out_fmt(out, "not in this program's schema: %.*s\n", STR_ARG(a));
		if (order > 0)
			out_fmt(out, "missing in the database: %.*s\n", STR_ARG(b));
		same = same && order == 0;
		if (order <= 0)
			is = is_rest;
		if (order >= 0)
			wanted = wanted_rest;
	}
	return same;
}

bool
db_check_schema(struct db *db, struct out *out)
{
	struct db_connection *c = db->writer_connection;
	struct db_error error = {.statement = ""};
	char *live = NULL, *fresh;
	bool same = false;

	fresh = fresh_lines(db, &error);
	if (fresh) {
		pthread_mutex_lock(&db->writing);
		if (!db_revive(c) || !(live = lines_of(c)))
			error = c->error;
		pthread_mutex_unlock(&db->writing);
	}
	if (live && fresh)
		same = compare(live, fresh, out);
	else
		out_fmt(out, "cannot be compared: %s\n", error.what);
	free(live);
	free(fresh);
	return same;
}
