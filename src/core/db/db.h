/* The database: SQLite or PostgreSQL behind one face, read transactions for everybody, one
 * writer that commits in groups, the schema's versions, and backups. */
#ifndef CORE_DB_H
#define CORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"

struct arena;
struct db;
struct db_connection;
struct db_statement;
struct out;

/* A transaction, as rooms see it. Rows and texts that are read live in `arena`; `now` is the
 * only time there is. The rest is the database layer's own. */
struct tx {
	struct arena *arena;
	struct instant now;
	struct db_connection *connection;
	bool writes;
};

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

/* One step from a schema to the next; the lists of statements end with NULL. */
struct db_migration {
	const char *name;
	const char *const *sqlite, *const *postgres;
};

/* Written by the compiler of queries; the schemas end with NULL. Statements are in
 * core/db/stmt.h. */
extern const char *const db_schema_sqlite[];
extern const char *const db_schema_postgres[];
extern const struct db_migration db_migrations[];
extern const size_t db_migration_count;

/* `place` is a path, ":memory:" or "postgresql://…". Everything pointed at must outlive the
 * database. */
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

/* The options of this program: what the compiler of queries wrote. */
#define DB_OPTIONS(where) \
	((struct db_options){ \
	    .place = (where), \
	    .statements = db_statements, \
	    .statement_count = db_statement_count, \
	    .schema_sqlite = db_schema_sqlite, \
	    .schema_postgres = db_schema_postgres, \
	    .migrations = db_migrations, \
	    .migration_count = db_migration_count, \
	})

/* NULL and *error when it cannot be opened. The schema is not touched: see db_migrate. A
 * database in memory has one connection, which reads and writes; threads wait for each other
 * there. */
struct db *db_open(const struct db_options *options, struct db_error *error);
/* Stops the writer (what waits is still written) and closes. NULL is allowed. */
void db_close(struct db *db);
bool db_is_postgres(const struct db *db);

/* Runs `run` inside one read transaction: all of it sees one state. False, with *error, when the
 * world failed; then `run` was left in the middle by longjmp: it must hold no heap, lock or
 * descriptor, and may not itself be left past this call. While it runs the arena's limit is a
 * world error too; afterwards the arena has no arena_on_full. `error` may be NULL here and
 * below. */
bool db_read(struct db *db, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error);

/* The same with writing, committed when it returns true. When the writer runs, it does this
 * among its jobs and the caller waits; so not to be called from a job. For init, jobs in the
 * background and tests. */
bool db_write_now(struct db *db, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error);

/* --- the writer ------------------------------------------------------------------------------- */

enum db_wish { WRITE_KEEP, WRITE_UNDO };

/* A piece of writing for the queue. The caller owns it and leaves it alone until `done`. */
struct db_job {
	/* Runs on the writer's thread in a savepoint of its own. */
	enum db_wish (*run)(struct tx *tx, struct db_job *job);
	/* Called on the writer's thread after the commit of the whole batch. `committed`: it is
	 * on disk. If not, and error.trouble is DB_FINE, `run` wished WRITE_UNDO and what it saw
	 * was true; else the world failed and nothing that `run` found out may be told. Must be
	 * quick; may free the job; may submit others. */
	void (*done)(struct db_job *job, bool committed);
	struct arena *arena;
	struct instant now;
	void *arg;
	struct db_error error; /* set before `done` */

	/* the writer's own */
	struct db_job *next;
	bool keep;
};

/* Without a running writer db_submit runs the job at once in the calling thread: for tests and
 * tools. */
bool db_writer_start(struct db *db);
/* Writes what waits and ends the thread. */
void db_writer_stop(struct db *db);
/* False: the queue is full and the job was not taken. */
bool db_submit(struct db *db, struct db_job *job);

/* --- schema ----------------------------------------------------------------------------------- */

/* Brings the database to this program's schema: creates it when there is none, applies the
 * migrations that are missing (after a backup beside the file under SQLite; under PostgreSQL one
 * node does it and others wait), refuses a newer one. Before the writer starts. */
bool db_migrate(struct db *db, struct db_error *error);
/* Drops everything that this program made, for a demonstration that starts over. Afterwards the database is to be
 * closed; what is opened then is empty. */
bool db_forget(struct db *db, struct db_error *error);
/* How many migrations the schema has seen; -1: no schema. */
bool db_schema_version(struct db *db, int64_t *version, struct db_error *error);
/* Whether the schema is that of this program; *error says what it is instead. Changes nothing. */
bool db_schema_is_current(struct db *db, struct db_error *error);
/* Compares the live schema with a freshly made one and writes each difference as a line; true:
 * none. */
bool db_check_schema(struct db *db, struct out *out);
/* Follows every foreign key and writes a line for each that leads to nothing; true: none does. */
bool db_check_references(struct db *db, struct out *out);

/* --- backup ----------------------------------------------------------------------------------- */

/* A complete copy in `file`, checked and on disk before it gets that name. Works while the
 * service runs. PostgreSQL has its own: the error says so. */
bool db_backup(struct db *db, const char *file, struct db_error *error);
/* Puts a backup in the place of the database `path` (what was there is kept as
 * path.before-restore). Refuses a damaged or newer one and a folder that is served. With
 * `only_verify` nothing is changed. */
bool db_restore(const struct db_options *options, const char *file, bool only_verify,
    struct db_error *error);
/* Takes the folder of a data file for this process; -1 when another process serves it. Closing
 * the number gives it back. */
int db_folder_lock(const char *path, struct db_error *error);

/* --- figures ---------------------------------------------------------------------------------- */

enum { DB_COMMIT_STEPS = 10 };
/* Upper bounds of the commit times in microseconds; the last step has none. */
extern const int64_t db_commit_bound_us[DB_COMMIT_STEPS - 1];

struct db_figures {
	int64_t queue;              /* waiting now */
	int64_t refused;            /* jobs not taken because the queue was full */
	int64_t batches, jobs;      /* since the start; jobs / batches is the mean size */
	int64_t failed_batches, failed_jobs;
	int64_t commit_us;          /* sum */
	int64_t commit[DB_COMMIT_STEPS];
	int64_t wal_bytes;          /* SQLite: the log now, and the most it was */
	int64_t wal_bytes_max;
	int64_t checkpoints;        /* by the gate */
	int64_t reads, reads_failed, reconnects;
};

struct db_figures db_figures(struct db *db);

/* --- for tests -------------------------------------------------------------------------------- */

/* The k-th db_start from now fails as if the disk had; 1 is the next, 0 stops it. In all
 * threads. */
void db_fail_at(int64_t k);
/* How many statements were started by this process. */
int64_t db_statements_run(void);
/* A copy of a database in memory, as a new database in memory. */
struct db *db_clone(struct db *memory);

#endif
