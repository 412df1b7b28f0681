/* For the tests of this folder: a small schema with statements as the compiler of queries would
 * write them, and databases on each engine to try them on. */
#ifndef CORE_DB_FIXTURE_H
#define CORE_DB_FIXTURE_H

#include "core/db/backup.h"
#include "core/db/db.h"
#include "core/db/engine.h"
#include "core/db/figures.h"
#include "core/db/schema.h"
#include "core/db/stmt.h"
#include "core/db/writer.h"
#include "test/test.h"

struct thing {
	int64_t id;
	struct str name;
	struct date born;
	struct instant seen;
	bool good;
	struct maybe_real weight;
	struct maybe_int amount;
	struct str photo, notes;
	int64_t owner;
};

extern const struct db_statement *const fixture_statements[];
extern const size_t fixture_statement_count;

int64_t thing_add(struct tx *tx, const struct thing *thing);
bool thing_find(struct tx *tx, int64_t id, struct thing *out);
int64_t things_count(struct tx *tx);
int64_t thing_rename(struct tx *tx, int64_t id, struct str name);
/* The sum of the ids of those that exist. */
int64_t things_sum(struct tx *tx, const int64_t *ids, size_t n);
/* Breaks a foreign key when the thing is not there. */
void part_add(struct tx *tx, int64_t thing);
/* Counts to n in the database: slow on purpose. */
int64_t count_to(struct tx *tx, int64_t n);

struct fixture {
	struct test *t;
	struct db *db;
	struct instant now;
	struct str folder; /* of the file, under SQLite in a file */
	const char *kind;  /* "memory", "file" or "postgres" */
	struct db_options options;
};

struct db_options fixture_options(const char *place);
struct str fixture_folder(struct test *t);
void fixture_remove(struct str folder);

/* Runs the test on an empty database with the schema: in memory, in a file, and on the server that
 * NUOTIO_TEST_PG names, if it does. A failing check is followed by the kind. */
void on_each(struct test *t, void (*run)(struct test *t, struct fixture *f));
/* The same without memory. */
void on_shared(struct test *t, void (*run)(struct test *t, struct fixture *f));
/* An empty place on the server, NULL without one; give it back with fixture_pg_drop. */
char *fixture_pg_place(struct test *t);
void fixture_pg_drop(const char *place);
/* The same as a database of its own, whose writer waits for nobody; given back with fixture_pg_database_drop. */
char *fixture_pg_database(struct arena *arena, const char *name);
void fixture_pg_database_drop(const char *name);
/* What happens between these two is undone by the second, which is far faster than a new database; for one in memory,
 * or on the server. They may stand inside each other; the second gets what the first gave. */
char *fixture_trial_begin(struct db *db);
void fixture_trial_undo(struct db *db, char *trial);

/* The first value that a question in the database's own words gives, "" without one. */
struct str fixture_ask(struct arena *arena, struct db *db, const char *sql);
/* All rows of all tables as one text: the same again if nothing was changed. */
struct str fixture_rows(struct arena *arena, struct db *db);

/* How many things there are, read in a transaction of its own; -1 when that fails. */
int64_t fixture_count(struct fixture *f);
/* Adds one named so; for db_write_now. */
void add_named(struct tx *tx, void *name);

#endif
