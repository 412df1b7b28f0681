/* Opening, the pool of readers, and transactions with their way out when the world fails. */
#include "core/db/db.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/db/engine.h"
#include "core/db/figures.h"
#include "lib/arena.h"

enum { READERS_DEFAULT = 8, KNOCK_AGAIN_MS = 250 };

int64_t
db_monotonic_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* The coarse clock is some milliseconds behind and needs no reading of the processor's: each statement asks for it. */
int64_t
db_monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool
db_error_set(struct db_error *error, enum db_trouble trouble, const char *statement,
    const char *format, ...)
{
	va_list args;

	if (!error)
		return false;
	error->trouble = trouble;
	error->statement = statement;
	va_start(args, format);
	vsnprintf(error->what, sizeof error->what, format, args);
	va_end(args);
	for (char *p = error->what; *p; p++)
		if (*p == '\n' || *p == '\t')
			*p = ' ';
	return false;
}

_Noreturn void
db_leave(struct db_connection *c)
{
	need(c->leave != NULL);
	longjmp(*c->leave, 1);
}

/* --- connections ------------------------------------------------------------------------------ */

static void
connection_free(struct db_connection *c)
{
	if (c->handle)
		c->db->engine->close(c);
	for (size_t i = 0; c->stmt && i < c->db->options.statement_count; i++) {
		free(c->stmt[i].value);
		free(c->stmt[i].length);
	}
	free(c->stmt);
	free(c);
}

static struct db_connection *
connection_new(struct db *db, bool for_writing)
{
	struct db_connection *c = calloc(1, sizeof *c);
	size_t n = db->options.statement_count;

	need(c != NULL);
	c->db = db;
	c->for_writing = for_writing;
	c->error.statement = "";
	c->stmt = calloc(n ? n : 1, sizeof *c->stmt);
	need(c->stmt != NULL);
	for (size_t i = 0; i < n; i++) {
		c->stmt[i].connection = c;
		c->stmt[i].statement = db->options.statements[i];
		need(c->stmt[i].statement->index == i);
	}
	return c;
}

struct db_connection *
db_connect(struct db *db, bool for_writing, struct db_error *error)
{
	struct db_connection *c = connection_new(db, for_writing);

	if (db->engine->open(c))
		return c;
	if (error)
		*error = c->error;
	connection_free(c);
	return NULL;
}

void
db_disconnect(struct db_connection *c)
{
	if (c)
		connection_free(c);
}

bool
db_ask_int(struct db_connection *c, const char *sql, int64_t *n)
{
	char *answer = c->db->engine->ask(c, sql);

	if (!answer)
		return false;
	*n = strtoll(answer, NULL, 10);
	free(answer);
	return true;
}

/* A server that is gone is not asked by every thread at once: the first one finds out for all. */
static bool
reopen(struct db_connection *c)
{
	struct db *db = c->db;
	int64_t now = db_monotonic_ms();
	bool wait;

	if (c->handle)
		db->engine->close(c);
	pthread_mutex_lock(&db->lock);
	wait = now < db->gone_until_ms;
	pthread_mutex_unlock(&db->lock);
	if (wait)
		return db_error_set(&c->error, DB_GONE, "",
		    "the database did not answer a moment ago");
	atomic_fetch_add(&db->figure_reconnects, 1);
	if (db->engine->open(c))
		return true;
	pthread_mutex_lock(&db->lock);
	db->gone_until_ms = db_monotonic_ms() + KNOCK_AGAIN_MS;
	pthread_mutex_unlock(&db->lock);
	return false;
}

bool
db_revive(struct db_connection *c)
{
	return c->db->engine->alive(c) || reopen(c);
}

bool
db_begin(struct db_connection *c, enum db_control how)
{
	if (!db_revive(c))
		return false;
	if (c->db->engine->control(c, how))
		return true;
	/* Nothing was done yet, so a connection that died while it was idle may be replaced
	 * silently. */
	return !c->db->engine->alive(c) && reopen(c) && c->db->engine->control(c, how);
}

/* --- opening ---------------------------------------------------------------------------------- */

struct db *
db_open(const struct db_options *options, struct db_error *error)
{
	struct db *db = calloc(1, sizeof *db);
	pthread_mutexattr_t recursive;

	need(db != NULL);
	db->options = *options;
	if (db->options.readers <= 0)
		db->options.readers = READERS_DEFAULT;
	db->place = strdup(options->place);
	need(db->place != NULL);
	db->options.place = db->place;
	db->memory = db->single = strcmp(db->place, ":memory:") == 0;
	db->engine = strncmp(db->place, "postgresql://", 13) == 0 ||
	    strncmp(db->place, "postgres://", 11) == 0 ? &engine_postgres : &engine_sqlite;
	pthread_mutex_init(&db->lock, NULL);
	pthread_cond_init(&db->freed, NULL);
	/* In memory a transaction may run inside another of the same thread, on the one
	 * connection. */
	pthread_mutexattr_init(&recursive);
	pthread_mutexattr_settype(&recursive, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&db->writing, &recursive);
	pthread_mutexattr_destroy(&recursive);
	pthread_mutex_init(&db->writer.lock, NULL);
	pthread_cond_init(&db->writer.wakes, NULL);

	db->writer_connection = db_connect(db, true, error);
	if (db->writer_connection)
		return db;
	db_close(db);
	return NULL;
}

void
db_close(struct db *db)
{
	struct db_connection *c, *next;

	if (!db)
		return;
	db_writer_stop(db);
	need(db->active == 0);
	for (c = db->all; c; c = next) {
		next = c->next_all;
		connection_free(c);
	}
	/* Last, so that SQLite empties and removes the log. */
	db_disconnect(db->writer_connection);
	pthread_mutex_destroy(&db->lock);
	pthread_cond_destroy(&db->freed);
	pthread_mutex_destroy(&db->writing);
	pthread_mutex_destroy(&db->writer.lock);
	pthread_cond_destroy(&db->writer.wakes);
	free(db->place);
	free(db);
}

bool
db_is_postgres(const struct db *db)
{
	return db->engine == &engine_postgres;
}

int64_t
db_commits(const struct db *db)
{
	return atomic_load(&db->commits);
}

struct db *
db_clone(struct db *memory)
{
	struct db *copy;
	bool ok;

	need(memory->memory);
	copy = db_open(&memory->options, NULL);
	need(copy != NULL);
	pthread_mutex_lock(&memory->writing);
	ok = sqlite_copy(copy->writer_connection, memory->writer_connection);
	pthread_mutex_unlock(&memory->writing);
	need(ok);
	return copy;
}

/* --- the pool of readers ---------------------------------------------------------------------- */

static struct timespec
deadline_after(int64_t ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += ms / 1000;
	t.tv_nsec += (ms % 1000) * 1000000;
	if (t.tv_nsec >= 1000000000) {
		t.tv_sec++;
		t.tv_nsec -= 1000000000;
	}
	return t;
}

/* A connection for one reader; last in, first out, so that few readers keep few caches warm. */
static struct db_connection *
reader_take(struct db *db, int patience_ms, int read_ms, struct db_error *error)
{
	struct timespec until = deadline_after(patience_ms);
	struct db_connection *c = NULL;
	int late = 0;

	pthread_mutex_lock(&db->lock);
	while (late != ETIMEDOUT &&
	    (db->gate_closed || (!db->free && db->made == db->options.readers)))
		late = pthread_cond_timedwait(&db->freed, &db->lock, &until);
	if (!db->gate_closed && db->free) {
		c = db->free;
		db->free = c->next;
	} else if (!db->gate_closed && db->made < db->options.readers) {
		c = connection_new(db, false);
		c->next_all = db->all;
		db->all = c;
		db->made++;
	}
	if (c) {
		c->taken = true;
		c->began_ms = db_monotonic_ms();
		c->deadline_ms = c->began_ms + read_ms;
		atomic_store_explicit(&c->cut, false, memory_order_relaxed);
		db->active++;
	}
	pthread_mutex_unlock(&db->lock);
	if (!c)
		db_error_set(error, DB_BUSY, "", "no connection for reading within %d ms",
		    patience_ms);
	return c;
}

static void
reader_give(struct db *db, struct db_connection *c)
{
	pthread_mutex_lock(&db->lock);
	c->taken = false;
	c->next = db->free;
	db->free = c;
	db->active--;
	/* The writer may wait for the last reader, readers for a connection: one condition for
	 * both. */
	pthread_cond_broadcast(&db->freed);
	pthread_mutex_unlock(&db->lock);
}

/* --- transactions ----------------------------------------------------------------------------- */

static void
statements_end(struct db_connection *c, struct stmt *until)
{
	while (c->running != until) {
		struct stmt *s = c->running;

		c->db->engine->end(s, false);
		s->tx = NULL;
		c->running = s->next;
	}
}

static void
arena_is_full(void *context)
{
	struct db_connection *c = context;

	db_error_set(&c->error, DB_MEMORY, "",
	    "the transaction needs more memory than it may have");
	db_leave(c);
}

bool
db_guarded(struct db_connection *c, struct arena *arena, struct instant now, bool writes,
    void (*run)(struct tx *tx, void *arg), void *arg)
{
	struct tx tx = {.arena = arena, .now = now, .connection = c, .writes = writes};
	struct stmt *running = c->running;
	jmp_buf *outer = c->leave, here;
	volatile bool whole = false;

	arena_on_full(arena, arena_is_full, c);
	c->leave = &here;
	if (setjmp(here) == 0) {
		run(&tx, arg);
		whole = true;
		need(c->running == running);
	}
	statements_end(c, running);
	c->leave = outer;
	if (outer)
		arena_on_full(arena, arena_is_full, c);
	else
		arena_on_full(arena, NULL, NULL);
	return whole;
}

bool
db_commit(struct db_connection *c)
{
	const struct engine *e = c->db->engine;
	int64_t changes = e->changes ? e->changes(c) : c->changes + 1;

	if (!e->control(c, CONTROL_COMMIT))
		return false;
	if (c->for_writing && changes != c->changes)
		atomic_fetch_add(&c->db->commits, 1);
	c->changes = changes;
	return true;
}

bool
db_transaction(struct db_connection *c, bool writes, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg)
{
	const struct engine *e = c->db->engine;
	bool inner = c->depth > 0, ok;
	enum db_control how = inner ? CONTROL_SAVEPOINT :
	    writes ? CONTROL_BEGIN_WRITE : CONTROL_BEGIN_READ;

	if (inner ? !e->control(c, how) : !db_begin(c, how))
		return false;
	c->depth++;
	ok = db_guarded(c, arena, now, writes, run, arg);
	if (ok)
		ok = inner ? e->control(c, CONTROL_RELEASE) : db_commit(c);
	if (!ok && c->handle && e->in_transaction(c)) {
		/* The reason is what went wrong first. */
		struct db_error why = c->error;

		e->control(c, inner ? CONTROL_UNDO : CONTROL_ROLLBACK);
		c->error = why;
	}
	c->depth--;
	return ok;
}

/* How long one waits for a connection, and has it. */
struct patience {
	int wait_ms, read_ms;
};

static bool
read_with(struct db *db, struct patience patience, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error)
{
	struct db_connection *c;
	bool ok;

	if (db->single) {
		pthread_mutex_lock(&db->writing);
		c = db->writer_connection;
	} else {
		c = reader_take(db, patience.wait_ms, patience.read_ms, error);
	}
	ok = c && db_transaction(c, false, arena, now, run, arg);
	if (c && !ok && error)
		*error = c->error;
	if (db->single)
		pthread_mutex_unlock(&db->writing);
	else if (c)
		reader_give(db, c);
	atomic_fetch_add_explicit(&db->figure_reads, 1, memory_order_relaxed);
	if (!ok)
		atomic_fetch_add_explicit(&db->figure_reads_failed, 1, memory_order_relaxed);
	return ok;
}

bool
db_read(struct db *db, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error)
{
	return read_with(db, (struct patience){DB_PATIENCE_MS, DB_READ_MS}, arena, now, run, arg, error);
}

bool
db_read_within(struct db *db, int ms, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error)
{
	return read_with(db, (struct patience){ms, ms}, arena, now, run, arg, error);
}

/* --- the gate in front of the log ------------------------------------------------------------- */

/* Waits until nobody reads; called with the lock, the gate closed. */
static bool
wait_for_readers(struct db *db, int ms)
{
	struct timespec until = deadline_after(ms);

	while (db->active > 0)
		if (pthread_cond_timedwait(&db->freed, &db->lock, &until) == ETIMEDOUT)
			return db->active == 0;
	return true;
}

static void
keep_log_short(struct db *db)
{
	enum { GRACE_MS = 200, PRESSED_MS = 1000, CUT_MS = 500, FRAME_BYTES = 24 };
	struct db_connection *w = db->writer_connection;
	int64_t size, most;
	bool clear;

	size = w->wal_pages * (w->page_bytes + FRAME_BYTES);
	atomic_store_explicit(&db->figure_wal, size, memory_order_relaxed);
	most = atomic_load_explicit(&db->figure_wal_max, memory_order_relaxed);
	if (size > most)
		atomic_store_explicit(&db->figure_wal_max, size, memory_order_relaxed);
	if (size < db->wal_tried) /* it began anew */
		db->wal_tried = 0;
	if (size < db->wal_tried + DB_WAL_STEP)
		return;
	db->wal_tried = size;
	if (size < DB_WAL_GATE) {
		sqlite_checkpoint_some(w);
		return;
	}

	pthread_mutex_lock(&db->lock);
	db->gate_closed = true;
	clear = wait_for_readers(db, size < DB_WAL_PRESSED ? GRACE_MS : PRESSED_MS);
	if (!clear && size >= DB_WAL_PRESSED) {
		/* Better that one slow page answers 503 than that the disk fills up for all. */
		for (struct db_connection *c = db->all; c; c = c->next_all)
			if (c->taken)
				atomic_store_explicit(&c->cut, true, memory_order_relaxed);
		clear = wait_for_readers(db, CUT_MS);
	}
	pthread_mutex_unlock(&db->lock);
	/* Without our own readers another program may still look at the file: it is not waited
	 * for long. */
	if (clear && sqlite_checkpoint(w, GRACE_MS)) {
		db->wal_tried = 0;
		atomic_store_explicit(&db->figure_wal, 0, memory_order_relaxed);
		atomic_fetch_add(&db->figure_checkpoints, 1);
	}
	pthread_mutex_lock(&db->lock);
	db->gate_closed = false;
	pthread_cond_broadcast(&db->freed);
	pthread_mutex_unlock(&db->lock);
}

void
db_wal_gate(struct db *db)
{
	if (db->memory || db_is_postgres(db))
		return;
	pthread_mutex_lock(&db->writing);
	keep_log_short(db);
	pthread_mutex_unlock(&db->writing);
}
