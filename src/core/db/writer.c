/* The one writer. All writing of the process goes through it, one job after another, so a job
 * sees a private, serial database; the jobs that gathered while the last commit ran are
 * committed together. */
#include <string.h>

#include "core/db/engine.h"
#include "core/db/figures.h"
#include "lib/arena.h"

const int64_t db_commit_bound_us[DB_COMMIT_STEPS - 1] = {
	250, 500, 1000, 2500, 5000, 10000, 25000, 100000, 1000000};

struct calling {
	struct db_job *job;
	enum db_wish wish;
};

static void
call_job(struct tx *tx, void *arg)
{
	struct calling *calling = arg;

	calling->wish = calling->job->run(tx, calling->job);
}

static void
count_commit(struct db *db, int64_t us)
{
	int step = 0;

	while (step < DB_COMMIT_STEPS - 1 && us > db_commit_bound_us[step])
		step++;
	atomic_fetch_add(&db->figure_commit[step], 1);
	atomic_fetch_add(&db->figure_commit_us, us);
}

/* One job in its savepoint. False: the transaction is lost, and with it the batch. */
static bool
run_one(struct db_connection *c, struct db_job *job)
{
	const struct engine *e = c->db->engine;
	struct calling calling = {job, WRITE_UNDO};
	bool whole;

	job->keep = false;
	job->error = (struct db_error){.statement = ""};
	if (!e->control(c, CONTROL_SAVEPOINT))
		return false;
	c->deadline_ms = db_monotonic_ms() + DB_JOB_MS;
	whole = db_guarded(c, job->arena, job->now, true, call_job, &calling);
	c->deadline_ms = 0;
	if (!whole) {
		job->error = c->error;
		atomic_fetch_add(&c->db->figure_failed_jobs, 1);
		return c->handle && e->in_transaction(c) && e->control(c, CONTROL_UNDO);
	}
	job->keep = calling.wish == WRITE_KEEP;
	return e->control(c, job->keep ? CONTROL_RELEASE : CONTROL_UNDO);
}

static bool
run_batch(struct db_connection *c, struct db_job *batch)
{
	const struct engine *e = c->db->engine;
	/* Inside another transaction: only in memory, and without the thread. */
	bool inner = c->depth > 1, ok;
	int64_t start;

	ok = inner ? e->control(c, CONTROL_SAVEPOINT) : db_begin(c, CONTROL_BEGIN_WRITE);
	if (!ok)
		return false;
	for (struct db_job *job = batch; ok && job; job = job->next)
		ok = run_one(c, job);
	if (ok) {
		start = db_monotonic_us();
		ok = inner ? e->control(c, CONTROL_RELEASE) : db_commit(c);
		count_commit(c->db, db_monotonic_us() - start);
	}
	if (!ok && c->handle && e->in_transaction(c)) {
		struct db_error why = c->error;

		e->control(c, inner ? CONTROL_UNDO : CONTROL_ROLLBACK);
		c->error = why;
	}
	return ok;
}

static void
tell_after(struct db_writer *w)
{
	void (*after)(void *arg);
	void *arg;

	pthread_mutex_lock(&w->lock);
	after = w->after;
	arg = w->after_arg;
	pthread_mutex_unlock(&w->lock);
	if (after)
		after(arg);
}

/* Runs the jobs and tells each how it ended. */
static void
write_batch(struct db *db, struct db_job *batch)
{
	struct db_connection *c = db->writer_connection;
	struct db_error why;
	bool ok;

	pthread_mutex_lock(&db->writing);
	need(c->depth == 0 || db->single);
	c->depth++;
	ok = run_batch(c, batch);
	c->depth--;
	why = c->error;
	pthread_mutex_unlock(&db->writing);

	atomic_fetch_add(&db->figure_batches, 1);
	if (!ok)
		atomic_fetch_add(&db->figure_failed_batches, 1);
	while (batch) {
		struct db_job *job = batch;

		batch = job->next; /* `done` may free the job */
		atomic_fetch_add(&db->figure_jobs, 1);
		if (!ok && job->error.trouble == DB_FINE)
			job->error = why;
		job->done(job, ok && job->keep);
	}
	tell_after(&db->writer);
	db_wal_gate(db);
}

/* Takes what waits, at most a batch. */
static struct db_job *
take(struct db_writer *w, int most)
{
	struct db_job *batch = w->first, *last = NULL;

	for (int n = 0; n < most && w->first; n++) {
		last = w->first;
		w->first = last->next;
		w->waiting--;
	}
	if (last)
		last->next = NULL;
	if (!w->first)
		w->last = &w->first;
	return batch;
}

static void *
writer_thread(void *arg)
{
	struct db *db = arg;
	struct db_writer *w = &db->writer;
	int most = db_is_postgres(db) ? DB_BATCH_POSTGRES : DB_BATCH_SQLITE;
	struct db_job *batch;

	for (;;) {
		pthread_mutex_lock(&w->lock);
		while (!w->first && !w->stops)
			pthread_cond_wait(&w->wakes, &w->lock);
		batch = take(w, most);
		pthread_mutex_unlock(&w->lock);
		if (!batch)
			return NULL;
		write_batch(db, batch);
	}
}

bool
db_writer_start(struct db *db)
{
	struct db_writer *w = &db->writer;

	need(!w->runs);
	w->first = NULL;
	w->last = &w->first;
	w->waiting = 0;
	w->stops = false;
	if (pthread_create(&w->thread, NULL, writer_thread, db) != 0)
		return false;
	pthread_mutex_lock(&w->lock);
	w->runs = true;
	pthread_mutex_unlock(&w->lock);
	return true;
}

void
db_writer_stop(struct db *db)
{
	struct db_writer *w = &db->writer;
	bool ran;

	pthread_mutex_lock(&w->lock);
	ran = w->runs;
	w->stops = true;
	pthread_cond_signal(&w->wakes);
	pthread_mutex_unlock(&w->lock);
	if (!ran)
		return;
	pthread_join(w->thread, NULL);
	pthread_mutex_lock(&w->lock);
	w->runs = false;
	pthread_mutex_unlock(&w->lock);
}

bool
db_submit(struct db *db, struct db_job *job)
{
	struct db_writer *w = &db->writer;
	bool taken = false, runs;

	job->next = NULL;
	job->error = (struct db_error){.statement = ""};
	pthread_mutex_lock(&w->lock);
	runs = w->runs;
	if (runs && !w->stops && w->waiting < DB_QUEUE_MAX) {
		*w->last = job;
		w->last = &job->next;
		w->waiting++;
		taken = true;
		pthread_cond_signal(&w->wakes);
	}
	pthread_mutex_unlock(&w->lock);
	if (!runs) {
		write_batch(db, job);
		return true;
	}
	if (!taken)
		atomic_fetch_add(&db->figure_refused, 1);
	return taken;
}

void
db_after_batch(struct db *db, void (*after)(void *arg), void *arg)
{
	pthread_mutex_lock(&db->writer.lock);
	db->writer.after = after;
	db->writer.after_arg = arg;
	pthread_mutex_unlock(&db->writer.lock);
}

/* --- writing while the caller waits ----------------------------------------------------------- */

struct waiting_job {
	struct db_job job;
	void (*run)(struct tx *tx, void *arg);
	pthread_mutex_t lock;
	pthread_cond_t ended;
	bool has_ended, committed;
};

static enum db_wish
run_waiting(struct tx *tx, struct db_job *job)
{
	struct waiting_job *waiting = (struct waiting_job *)job;

	waiting->run(tx, job->arg);
	return WRITE_KEEP;
}

static void
end_waiting(struct db_job *job, bool committed)
{
	struct waiting_job *waiting = (struct waiting_job *)job;

	pthread_mutex_lock(&waiting->lock);
	waiting->committed = committed;
	waiting->has_ended = true;
	pthread_cond_signal(&waiting->ended);
	pthread_mutex_unlock(&waiting->lock);
}

static bool
write_by_writer(struct db *db, struct waiting_job *waiting, struct db_error *error)
{
	need(!pthread_equal(pthread_self(), db->writer.thread));
	pthread_mutex_init(&waiting->lock, NULL);
	pthread_cond_init(&waiting->ended, NULL);
	if (db_submit(db, &waiting->job)) {
		pthread_mutex_lock(&waiting->lock);
		while (!waiting->has_ended)
			pthread_cond_wait(&waiting->ended, &waiting->lock);
		pthread_mutex_unlock(&waiting->lock);
		if (!waiting->committed && error)
			*error = waiting->job.error;
	} else {
		db_error_set(error, DB_BUSY, "", "the queue of the writer is full");
	}
	pthread_mutex_destroy(&waiting->lock);
	pthread_cond_destroy(&waiting->ended);
	return waiting->committed;
}

bool
db_write_now(struct db *db, struct arena *arena, struct instant now,
    void (*run)(struct tx *tx, void *arg), void *arg, struct db_error *error)
{
	struct db_connection *c = db->writer_connection;
	bool ok, runs;

	pthread_mutex_lock(&db->writer.lock);
	runs = db->writer.runs;
	pthread_mutex_unlock(&db->writer.lock);
	if (runs) {
		struct waiting_job waiting = {
			.job = {.run = run_waiting, .done = end_waiting, .arena = arena, .now = now,
			    .arg = arg},
			.run = run,
		};

		return write_by_writer(db, &waiting, error);
	}
	pthread_mutex_lock(&db->writing);
	need(c->depth == 0 || db->single);
	ok = db_transaction(c, true, arena, now, run, arg);
	if (!ok && error)
		*error = c->error;
	pthread_mutex_unlock(&db->writing);
	db_wal_gate(db);
	return ok;
}

struct db_figures
db_figures(struct db *db)
{
	struct db_figures f = {
		.refused = atomic_load(&db->figure_refused),
		.batches = atomic_load(&db->figure_batches),
		.jobs = atomic_load(&db->figure_jobs),
		.failed_batches = atomic_load(&db->figure_failed_batches),
		.failed_jobs = atomic_load(&db->figure_failed_jobs),
		.commit_us = atomic_load(&db->figure_commit_us),
		.wal_bytes = atomic_load(&db->figure_wal),
		.wal_bytes_max = atomic_load(&db->figure_wal_max),
		.checkpoints = atomic_load(&db->figure_checkpoints),
		.reads = atomic_load(&db->figure_reads),
		.reads_failed = atomic_load(&db->figure_reads_failed),
		.reconnects = atomic_load(&db->figure_reconnects),
	};

	for (int i = 0; i < DB_COMMIT_STEPS; i++)
		f.commit[i] = atomic_load(&db->figure_commit[i]);
	pthread_mutex_lock(&db->writer.lock);
	f.queue = db->writer.waiting;
	pthread_mutex_unlock(&db->writer.lock);
	return f;
}
