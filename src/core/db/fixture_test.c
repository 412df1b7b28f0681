#include "core/db/fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- statements ------------------------------------------------------------------------------- */

enum { ADD, FIND, COUNT, RENAME, SUM, PART, COUNT_TO };

#define THING "name, born, seen, good, weight, amount, photo, notes, owner"
#define TYPES(...) (const uint8_t[]){__VA_ARGS__}

static const struct db_statement statement[] = {
	[ADD] = {"thing_add",
	    "INSERT INTO thing (" THING ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
	    " RETURNING id",
	    "INSERT INTO thing (" THING ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	    " RETURNING id",
	    "fixture.sql:1", true, 9, 1,
	    TYPES(DB_TEXT, DB_DATE, DB_INSTANT, DB_BOOL, DB_REAL, DB_INT, DB_BLOB, DB_JSON, DB_ID),
	    TYPES(DB_ID), ADD},
	[FIND] = {"thing_find", "SELECT id, " THING " FROM thing WHERE id = ?1",
	    "SELECT id, " THING " FROM thing WHERE id = $1", "fixture.sql:2", false, 1, 10,
	    TYPES(DB_ID),
	    TYPES(DB_ID, DB_TEXT, DB_DATE, DB_INSTANT, DB_BOOL, DB_REAL, DB_INT, DB_BLOB, DB_JSON,
	    DB_ID), FIND},
	[COUNT] = {"things_count", "SELECT count(*) FROM thing", "SELECT count(*) FROM thing",
	    "fixture.sql:3", false, 0, 1, NULL, TYPES(DB_INT), COUNT},
	[RENAME] = {"thing_rename", "UPDATE thing SET name = ?2 WHERE id = ?1",
	    "UPDATE thing SET name = $2 WHERE id = $1", "fixture.sql:4", true, 2, 0,
	    TYPES(DB_ID, DB_TEXT), NULL, RENAME},
	[SUM] = {"things_sum",
	    "SELECT coalesce(sum(id), 0) FROM thing WHERE id IN (SELECT value FROM json_each(?1))",
	    "SELECT coalesce(sum(id), 0) FROM thing WHERE id = ANY($1)", "fixture.sql:5", false, 1,
	    1, TYPES(DB_LIST), TYPES(DB_INT), SUM},
	[PART] = {"part_add", "INSERT INTO part (thing) VALUES (?1)",
	    "INSERT INTO part (thing) VALUES ($1)",
	    "fixture.sql:6", true, 1, 0, TYPES(DB_ID), NULL, PART},
	[COUNT_TO] = {"count_to",
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)"
	    " SELECT max(i) FROM n",
	    "WITH RECURSIVE n(i) AS (SELECT 1::bigint UNION ALL SELECT i + 1 FROM n WHERE i < $1)"
	    " SELECT max(i) FROM n", "fixture.sql:7", false, 1, 1, TYPES(DB_INT), TYPES(DB_INT),
	    COUNT_TO},
};

const struct db_statement *const fixture_statements[] = {&statement[ADD], &statement[FIND],
    &statement[COUNT], &statement[RENAME], &statement[SUM], &statement[PART], &statement[COUNT_TO]};
const size_t fixture_statement_count = sizeof fixture_statements / sizeof *fixture_statements;

int64_t
thing_add(struct tx *tx, const struct thing *thing)
{
	struct stmt *s = db_start(tx, &statement[ADD]);
	int64_t id;

	db_bind_text(s, thing->name);
	db_bind_date(s, thing->born, true);
	db_bind_instant(s, thing->seen, true);
	db_bind_bool(s, thing->good);
	db_bind_maybe_real(s, thing->weight);
	db_bind_maybe_int(s, thing->amount);
	db_bind_blob(s, thing->photo);
	db_bind_text(s, thing->notes.n ? thing->notes : STR("{}"));
	db_bind_id(s, thing->owner, true);
	need(db_step(s));
	id = db_col_int(s, 0);
	need(db_end(s) == 1);
	return id;
}

bool
thing_find(struct tx *tx, int64_t id, struct thing *out)
{
	struct stmt *s = db_start(tx, &statement[FIND]);
	bool found;

	db_bind_id(s, id, false);
	found = db_step(s);
	if (found)
		*out = (struct thing){
			.id = db_col_int(s, 0),
			.name = db_col_text(s, 1),
			.born = db_col_date(s, 2),
			.seen = db_col_instant(s, 3),
			.good = db_col_bool(s, 4),
			.weight = db_col_maybe_real(s, 5),
			.amount = db_col_maybe_int(s, 6),
			.photo = db_col_blob(s, 7),
			.notes = db_col_text(s, 8),
			.owner = db_col_int(s, 9),
		};
	db_end(s);
	return found;
}

static int64_t
number(struct stmt *s)
{
	int64_t n;

	need(db_step(s));
	n = db_col_int(s, 0);
	need(!db_step(s));
	db_end(s);
	return n;
}

int64_t
things_count(struct tx *tx)
{
	return number(db_start(tx, &statement[COUNT]));
}

int64_t
thing_rename(struct tx *tx, int64_t id, struct str name)
{
	struct stmt *s = db_start(tx, &statement[RENAME]);

	db_bind_id(s, id, false);
	db_bind_text(s, name);
	return db_end(s);
}

int64_t
things_sum(struct tx *tx, const int64_t *ids, size_t n)
{
	struct stmt *s = db_start(tx, &statement[SUM]);

	db_bind_list(s, ids, n);
	return number(s);
}

void
part_add(struct tx *tx, int64_t thing)
{
	struct stmt *s = db_start(tx, &statement[PART]);

	db_bind_id(s, thing, false);
	need(db_end(s) == 1);
}

int64_t
count_to(struct tx *tx, int64_t n)
{
	struct stmt *s = db_start(tx, &statement[COUNT_TO]);

	db_bind_int(s, n);
	return number(s);
}

/* --- schema ----------------------------------------------------------------------------------- */

static const char *const schema_sqlite[] = {
	"CREATE TABLE thing (\n"
	"  id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice\n"
	"  name TEXT NOT NULL CHECK (length(name) <= 200), born TEXT,\n"
	"  seen TEXT, good INTEGER NOT NULL,\n"
	"  weight REAL, amount INTEGER, photo BLOB NOT NULL, notes TEXT NOT NULL,\n"
	"  owner INTEGER REFERENCES thing,\n"
	"  color TEXT NOT NULL DEFAULT ''\n"
	") STRICT",
	"CREATE TABLE part (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL REFERENCES thing)"
	    " STRICT",
	"CREATE INDEX part_of ON part (thing)",
	NULL,
};

static const char *const schema_postgres[] = {
	"CREATE TABLE thing (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
	" name text COLLATE \"C\" NOT NULL CHECK (length(name) <= 200), born date,"
	" seen timestamptz,"
	" good boolean NOT NULL, weight double precision, amount bigint, photo bytea NOT NULL,"
	" notes text COLLATE \"C\" NOT NULL, owner bigint REFERENCES thing,"
	" color text COLLATE \"C\" NOT NULL DEFAULT '')",
	"CREATE TABLE part (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
	" thing bigint NOT NULL REFERENCES thing)",
	"CREATE INDEX part_of ON part (thing)",
	NULL,
};

struct db_options
fixture_options(const char *place)
{
	return (struct db_options){
		.place = place,
		.statements = fixture_statements,
		.statement_count = fixture_statement_count,
		.schema_sqlite = schema_sqlite,
		.schema_postgres = schema_postgres,
	};
}

/* --- places ----------------------------------------------------------------------------------- */

struct str
fixture_folder(struct test *t)
{
	const char *base = getenv("TMPDIR");
	char *name = str_z(t->arena, str_fmt(t->arena, "%s/nuotio-test-XXXXXX", base ? base :
	    P_tmpdir));

	need(mkdtemp(name) != NULL);
	return str_of(name);
}

void
fixture_remove(struct str folder)
{
	char command[512];

	snprintf(command, sizeof command, "rm -rf '%.*s'", STR_ARG(folder));
	need(system(command) == 0);
}

static void
on_server(const char *place, const char *sql)
{
	struct db_options options = fixture_options(place);
	struct db_error error = {.statement = ""};
	struct db *db = db_open(&options, &error);

	if (!db)
		fprintf(stderr, "NUOTIO_TEST_PG: %s\n", error.what);
	need(db != NULL);
	need(db->engine->exec(db->writer_connection, sql));
	db_close(db);
}

/* A namespace of this process, so that files of tests may run beside each other. */
char *
fixture_pg_place(struct test *t)
{
	const char *server = getenv("NUOTIO_TEST_PG");
	char sql[200];

	if (!server || !*server)
		return NULL;
	snprintf(sql, sizeof sql, "DROP SCHEMA IF EXISTS test_%d CASCADE; CREATE SCHEMA test_%d",
	    getpid(), getpid());
	on_server(server, sql);
	return str_z(t->arena, str_fmt(t->arena, "%s%coptions=-csearch_path%%3Dtest_%d", server,
	    strchr(server, '?') ? '&' : '?', getpid()));
}

void
fixture_pg_drop(const char *place)
{
	char sql[100];

	snprintf(sql, sizeof sql, "DROP SCHEMA test_%d CASCADE", getpid());
	on_server(place, sql);
}

char *
fixture_pg_database(struct arena *arena, const char *name)
{
	const char *server = getenv("NUOTIO_TEST_PG"), *path;
	char sql[200];

	need(server && *server);
	fixture_pg_database_drop(name);
	snprintf(sql, sizeof sql, "CREATE DATABASE %s", name);
	on_server(server, sql);
	path = strstr(server, "://");
	need(path);
	path += strcspn(path + 3, "/?") + 3;
	return str_z(arena, str_fmt(arena, "%.*s/%s%s", (int)(path - server), server, name, path + strcspn(path, "?")));
}

void
fixture_pg_database_drop(const char *name)
{
	char sql[200];

	snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s", name);
	on_server(getenv("NUOTIO_TEST_PG"), sql);
}

/* --- trials ----------------------------------------------------------------------------------- */

/* PostgreSQL's sequences do not follow a transaction, and ids are to be the same in each trial. */
static const char sequences_back[] =
    "SELECT string_agg(format('SELECT setval(%L, %s, %L)', sequencename, coalesce(last_value, 1),"
    " last_value IS NOT NULL), ';') FROM pg_sequences WHERE schemaname = current_schema()";

/* One transaction around everything, or a savepoint in it: those of the program stand inside. */
char *
fixture_trial_begin(struct db *db)
{
	struct db_connection *c = db->writer_connection;
	char *back = NULL;

	need(db->active == 0 && (db->memory || db_is_postgres(db)));
	if (c->depth == 0)
		need(db_begin(c, CONTROL_BEGIN_WRITE));
	else
		need(db->engine->control(c, CONTROL_SAVEPOINT));
	c->depth++;
	db->single = true;
	if (db_is_postgres(db))
		need((back = db->engine->ask(c, sequences_back)));
	return back;
}

void
fixture_trial_undo(struct db *db, char *back)
{
	struct db_connection *c = db->writer_connection;

	need(c->depth > 0);
	c->depth--;
	need(db->engine->control(c, c->depth ? CONTROL_UNDO : CONTROL_ROLLBACK));
	need(!back || db->engine->exec(c, back));
	free(back);
	db->single = db->memory || c->depth > 0;
}

struct str
fixture_ask(struct arena *arena, struct db *db, const char *sql)
{
	struct db_connection *c = db->writer_connection;
	char *answer;
	struct str copy;

	pthread_mutex_lock(&db->writing);
	need(db_revive(c));
	answer = db->engine->ask(c, sql);
	pthread_mutex_unlock(&db->writing);
	if (!answer)
		fprintf(stderr, "%s\n", c->error.what);
	need(answer);
	copy = str_copy(arena, str_of(answer));
	free(answer);
	return copy;
}

struct str
fixture_rows(struct arena *arena, struct db *db)
{
	if (db_is_postgres(db))
		return fixture_ask(arena, db,
		    "SELECT string_agg(query_to_xml(format('SELECT * FROM %I ORDER BY 1', tablename),"
		    " true, false, '')::text, E'\n' ORDER BY tablename) FROM pg_tables"
		    " WHERE schemaname = current_schema()");
	/* A question that asks all tables for all columns. */
	return fixture_ask(arena, db, str_z(arena, fixture_ask(arena, db,
	    "SELECT 'SELECT group_concat(line, char(10)) FROM (' || group_concat('SELECT ' || quote(t.name)"
	    " || (SELECT group_concat(' || char(9) || quote(\"' || c.name || '\")', '')"
	    " FROM pragma_table_info(t.name) c)"
	    " || ' AS line FROM ' || t.name, ' UNION ALL ') || ' ORDER BY line)'"
	    " FROM sqlite_schema t WHERE t.type = 'table' AND t.name NOT GLOB 'sqlite_*'")));
}

static void
run_on(struct test *t, const char *kind, const char *place, struct str folder,
    void (*run)(struct test *t, struct fixture *f))
{
	struct db_error error = {.statement = ""};
	struct fixture f = {.t = t, .kind = kind, .folder = folder, .now = {1795456800}};
	int failures = t->failures;

	f.options = fixture_options(place);
	f.db = db_open(&f.options, &error);
	CHECK_STR(str_of(error.what), "");
	if (f.db && db_migrate(f.db, &error))
		run(t, &f);
	CHECK_STR(str_of(error.what), "");
	db_close(f.db);
	if (t->failures > failures)
		test_fail(t, __FILE__, __LINE__, "that was on %s", kind);
}

void
on_shared(struct test *t, void (*run)(struct test *t, struct fixture *f))
{
	struct str folder = fixture_folder(t);
	char *postgres = fixture_pg_place(t);

	run_on(t, "file", str_z(t->arena, str_fmt(t->arena, "%.*s/nuotio.db", STR_ARG(folder))),
	    folder, run);
	fixture_remove(folder);
	if (postgres) {
		run_on(t, "postgres", postgres, (struct str){0}, run);
		fixture_pg_drop(postgres);
	}
}

void
on_each(struct test *t, void (*run)(struct test *t, struct fixture *f))
{
	run_on(t, "memory", ":memory:", (struct str){0}, run);
	on_shared(t, run);
}

static void
read_count(struct tx *tx, void *arg)
{
	*(int64_t *)arg = things_count(tx);
}

int64_t
fixture_count(struct fixture *f)
{
	struct arena *arena = arena_new(1 << 20);
	int64_t n = -1;

	if (!db_read(f->db, arena, f->now, read_count, &n, NULL))
		n = -1;
	arena_free(arena);
	return n;
}

void
add_named(struct tx *tx, void *name)
{
	thing_add(tx, &(struct thing){.name = str_of(name)});
}
