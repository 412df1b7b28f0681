/* The database: SQLite or PostgreSQL behind one face, and read transactions for everybody. Its other parts: writer.h,
 * schema.h, backup.h, figures.h. tidy: because opening, reading and what can go wrong are one subject. */
#ifndef CORE_DB_H
#define CORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/db/tx.h"

struct db;
struct db_migration;
struct db_statement;

/* What can be wrong with the world. */
enum db_trouble {
	DB_FINE,
	DB_BUSY,    /* no connection or lock in time, or the queue is full */
	DB_TIMEOUT, /* a statement or transaction took too long */
	DB_FULL,    /* the disk is full */
	DB_DISK,    /* the disk or a file cannot be read or written */
	DB_GONE,    /* the server cannot be reached */
	DB_DAMAGED, /* the file is no database of ours, or broken */
	DB_MEMORY,  /* the transaction needs more memory than it may have */
	DB_REFUSED, /* the schema refused the statement: a bug of ours that a last wall stopped */
	DB_NEWER,   /* the schema is newer than this program */
	DB_OLDER,   /* the schema is older, and was to be left as it is */
	DB_SERVED,  /* the folder is in use by a running service */
	DB_TEST,    /* db_fail_at said so */
};

struct db_error {
	enum db_trouble trouble;
	const char *statement; /* the name of the statement, or "" */
	char what[240];
};

/* `place` is a path, ":memory:" or "postgresql://…". Everything pointed at must outlive the database. */
struct db_options {
	const char *place;
	int readers; /* connections for reading; 0 is 8 */
	bool only_there; /* makes no database where there is none; SQLite's is then only read */
	const struct db_statement *const *statements;
	size_t statement_count;
	const char *const *schema_sqlite, *const *schema_postgres;
	const struct db_migration *migrations;
	size_t migration_count;
};

/* NULL and *error when it cannot be opened. The schema is not touched: see db_migrate. A database in memory has one
 * connection, which reads and writes; threads wait for each other there. */
struct db *db_open(const struct db_options *options, struct db_error *error);
/* Stops the writer (what waits is still written) and closes. NULL is allowed. */
void db_close(struct db *db);
bool db_is_postgres(const struct db *db);
/* How many commits of this process changed something: while it stays, so does all that was read since (under
 * PostgreSQL others may write too). It grows before anybody is told that the commit was made. From any thread. */
int64_t db_commits(const struct db *db);

/* Runs `run` inside one read transaction: all of it sees one state. False, with *error, when the world failed; then
 * `run` was left in the middle by longjmp: it must hold no heap, lock or descriptor, and may not itself be left past
 * this call. While it runs the arena's limit is a world error too; afterwards the arena has no arena_on_full. `error`
 * may be NULL here and below. */
bool db_read(struct db *db, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error);

/* The same, given up after so many milliseconds: to find out whether the database answers at all. */
bool db_read_within(struct db *db, int ms, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error);

/* The same as db_read with writing, committed when it returns true. When the writer runs, it does this among its jobs
 * and the caller waits; so not to be called from a job. For init, jobs in the background and tests. */
bool db_write_now(struct db *db, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error);

/* --- for tests -------------------------------------------------------------------------------- */

/* The k-th db_start from now fails as if the disk had; 1 is the next, 0 stops it. In all threads. What it gives back is
 * above 0 if the one before has not failed yet. */
int64_t db_fail_at(int64_t k);
/* How many statements were started by this process. */
int64_t db_statements_run(void);
/* A copy of a database in memory, as a new database in memory. */
struct db *db_clone(struct db *memory);

#endif
