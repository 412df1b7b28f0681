/* What the files of this folder share: connections, and what an engine can do. Nobody else
 * includes it.
 * tidy: because an engine and what drives it know each other. */
#ifndef CORE_DB_ENGINE_H
#define CORE_DB_ENGINE_H

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>

#include "core/db/db.h"
#include "core/db/figures.h"
#include "core/db/stmt.h"
#include "core/db/writer.h"
#include "lib/need.h"

enum {
	DB_PATIENCE_MS = 5000,     /* for a connection or a lock */
	DB_READ_MS = 10000,        /* the longest read transaction */
	DB_JOB_MS = 10000,         /* the longest job of the writer: all others wait for it */
	DB_WAL_STEP = 4 << 20,     /* of growth between two quick checkpoints */
	DB_WAL_GATE = 32 << 20,    /* here new readers wait for the checkpoint */
	DB_WAL_PRESSED = 48 << 20, /* here readers that do not end are cut off */
	DB_QUEUE_MAX = 1024,
	DB_BATCH_SQLITE = 64,
	DB_BATCH_POSTGRES = 32,
};

struct db_connection;

/* A statement on a connection. It is prepared at its first use and kept. */
struct stmt {
	const struct db_statement *statement;
	struct db_connection *connection;
	struct tx *tx; /* not NULL: it runs */
	uint8_t bound;
	bool stepped, at_end;
	struct stmt *next; /* of those that run */

	void *prepared; /* sqlite3_stmt, or anything but NULL */

	/* PostgreSQL's: what is bound (allocated once) and what came back. */
	const char **value;
	int *length, *format;
	void *result;
	int row, rows;
};

/* One connection; only one thread uses it at a time. */
struct db_connection {
	struct db *db;
	void *handle; /* sqlite3 or PGconn; NULL: not open */
	bool for_writing;
	bool stale; /* the server's end is not what it was: to be opened again */
	struct stmt *stmt; /* by statement->index */
	struct stmt *running;
	void *control[16]; /* SQLite: the prepared BEGIN, COMMIT … */
	int depth;         /* transactions inside each other: only in memory */
	int64_t changes;   /* at the last commit */
	jmp_buf *leave;    /* where a world error goes; NULL outside of transactions */
	struct db_error error;

	int64_t began_ms, deadline_ms; /* of the transaction; deadline 0 is none */
	atomic_bool cut;               /* the gate ended this reader */
	int64_t wal_pages;             /* of the log after the last commit here */
	int64_t page_bytes;

	struct db_connection *next;     /* of the free ones */
	struct db_connection *next_all; /* of the pool */
	bool taken;
};

enum db_control {
	CONTROL_BEGIN_READ,
	CONTROL_BEGIN_WRITE,
	CONTROL_COMMIT,
	CONTROL_ROLLBACK,
	CONTROL_SAVEPOINT,
	CONTROL_UNDO, /* to the last savepoint, which goes too */
	CONTROL_RELEASE,
	CONTROL_COUNT,
};

/* Everything here says false (or less than 0) and fills connection->error when the world fails;
 * the layer above decides where to go. */
struct engine {
	bool (*open)(struct db_connection *c);
	void (*close)(struct db_connection *c); /* also of a broken one */
	bool (*alive)(struct db_connection *c); /* the server has not gone, as far as is known */
	bool (*control)(struct db_connection *c, enum db_control what);
	/* It is still there and can go on after an undo. */
	bool (*in_transaction)(struct db_connection *c);
	bool (*exec)(struct db_connection *c, const char *sql);
	/* The first column of the first row, "" without rows, to be freed; NULL: it failed. */
	char *(*ask)(struct db_connection *c, const char *sql);

	bool (*prepare)(struct stmt *s);
	void (*bind_null)(struct stmt *s, int at);
	void (*bind_int)(struct stmt *s, int at, int64_t n);
	void (*bind_real)(struct stmt *s, int at, double n);
	void (*bind_text)(struct stmt *s, int at, struct str text); /* lives until the end */
	void (*bind_blob)(struct stmt *s, int at, struct str bytes);
	int (*step)(struct stmt *s); /* 1 a row, 0 the end, -1 an error */
	bool (*col_null)(struct stmt *s, int column);
	int64_t (*col_int)(struct stmt *s, int column);
	double (*col_real)(struct stmt *s, int column);
	struct str (*col_text)(struct stmt *s, int column); /* lives until the next step */
	struct str (*col_blob)(struct stmt *s, int column); /* in the arena */
	int64_t (*end)(struct stmt *s, bool count);         /* rows changed */
	/* Rows changed since it was opened; NULL: it does not count them. */
	int64_t (*changes)(struct db_connection *c);
};

extern const struct engine engine_sqlite, engine_postgres;

struct db_writer {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wakes;
	bool runs, stops;
	struct db_job *first, **last;
	int64_t waiting;
	void (*after)(void *arg);
	void *after_arg;
};

struct db {
	struct db_options options;
	char *place;
	const struct engine *engine;
	bool memory;
	bool single; /* one connection reads and writes, and transactions stand inside each other: in memory */

	/* The pool of readers, and the gate in front of it. */
	pthread_mutex_t lock;
	pthread_cond_t freed;
	struct db_connection *free, *all;
	int made, active;
	bool gate_closed;
	int64_t gone_until_ms; /* do not knock again before */

	/* The connection that writes; in memory also the one that reads. */
	pthread_mutex_t writing;
	struct db_connection *writer_connection;
	struct db_writer writer;
	int64_t wal_tried; /* bytes of the log when the gate last gave up */

	_Atomic int64_t commits; /* that changed something */
	_Atomic int64_t figure_refused, figure_batches, figure_jobs, figure_failed_batches,
	    figure_failed_jobs, figure_commit_us, figure_commit[DB_COMMIT_STEPS], figure_wal,
	    figure_wal_max, figure_checkpoints, figure_reads, figure_reads_failed,
	    figure_reconnects;
};

int64_t db_monotonic_ms(void);
int64_t db_monotonic_us(void);

/* Fills *error (which may be NULL) and says false. */
bool db_error_set(struct db_error *error, enum db_trouble trouble, const char *statement,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Leaves the transaction; connection->error says why. */
_Noreturn void db_leave(struct db_connection *c);

/* A connection without a pool around it; open, or NULL and *error. */
struct db_connection *db_connect(struct db *db, bool for_writing, struct db_error *error);
void db_disconnect(struct db_connection *c);

/* Opens it again when it is known to be broken. */
bool db_revive(struct db_connection *c);
/* Begins; a connection that turns out to be dead is opened again once. */
bool db_begin(struct db_connection *c, enum db_control how);

/* Commits; false: it did not. */
bool db_commit(struct db_connection *c);

/* Runs `run` in the transaction that the connection has; false: it was left, c->error says why.
 * Statements that still ran are ended. */
bool db_guarded(struct db_connection *c, struct arena *arena, struct instant now, bool writes,
    void (*run)(struct tx *tx, void *arg), void *arg);

/* One whole transaction on a connection that the caller holds. */
bool db_transaction(struct db_connection *c, bool writes, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg);

/* One question to a connection; see engine.ask. */
bool db_ask_int(struct db_connection *c, const char *sql, int64_t *n);

/* After a commit by the writer under SQLite: keeps the log short. */
void db_wal_gate(struct db *db);

/* Moves what it can of the log into the file, waiting for nobody. */
void sqlite_checkpoint_some(struct db_connection *c);
/* Moves the log into the file and empties it; false when a reader is in the way. */
bool sqlite_checkpoint(struct db_connection *c, int patience_ms);
/* Copies what is in memory. */
bool sqlite_copy(struct db_connection *to, struct db_connection *from);
/* Looks through a whole file that nobody writes, without touching it; *version as
 * db_schema_version. */
bool sqlite_verify(const char *path, int64_t *version, struct db_error *error);
/* Once per process, before anything else of SQLite. */
void sqlite_setup(void);

#endif
