#include "core/job/job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/db.h"
#include "core/job/job.sql.h" /* generated */
#include "core/job/lease.h"
#include "core/job/scheduler.h"
#include "core/log.h"

enum {
	ARENA_BYTES_MAX = 64 * 1024 * 1024, /* a calendar of others may need most of it */
	/* After a failure a rare job is tried sooner, a frequent one later. */
	AGAIN_S_MIN = 5,
	AGAIN_S_MAX = 60,
	NOT_OURS_S = 5, /* how soon to ask again whether this node does the jobs */
	LOG_EVERY_S = 60,
};

/* A job and its place in time. */
struct planned {
	const struct job *job;
	int64_t next_ms;   /* monotonic */
	int64_t logged_ms; /* the last failure that was logged; 0 for none */
	struct job_figure figure;
};

/* A thread: one for jobs that write, one for those that may wait for the world. */
struct job_worker {
	pthread_t thread;
	bool writes, started;
	struct arena *arena;
	struct planned *running;
};

static struct {
	pthread_mutex_t mutex; /* of `at`'s times and figures, and of `n` */
	pthread_cond_t wakes;
	atomic_bool stops;
	bool started; /* of main's thread */
	struct db *db;
	struct instant (*now)(void);
	struct planned *at;
	size_t n;
	struct job_worker worker[2];
} jobs = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static struct instant
real_time(void)
{
	struct timespec at;

	clock_gettime(CLOCK_REALTIME, &at);
	return (struct instant){at.tv_sec};
}

static int64_t
monotonic_us(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * (int64_t)1000000 + at.tv_nsec / 1000;
}

static int64_t
monotonic_ms(void)
{
	return monotonic_us() / 1000;
}

/* --- inside a run ---------------------------------------------------------------------------- */

struct instant
job_now(const struct job_context *job)
{
	return job->worker ? jobs.now() : job->now;
}

void
job_failed(struct job_context *job)
{
	job->failed = true;
}

/* A database that is gone fails a job every few seconds; the log hears of it once a minute. */
static void
world_failed(struct job_context *job, const struct db_error *error)
{
	struct planned *p = job->worker ? job->worker->running : NULL;
	int64_t now = monotonic_ms();

	job->failed = true;
	if (p && p->logged_ms != 0 && now - p->logged_ms < LOG_EVERY_S * 1000)
		return;
	if (p)
		p->logged_ms = now;
	log_line(LEVEL_ERROR, "job %s: database trouble %d in %s: %s", job->job->name,
	    (int)error->trouble, error->statement ? error->statement : "", error->what);
}

bool
job_read(struct job_context *job, void (*run)(struct tx *tx, void *arg), void *arg)
{
	struct db_error error = {.statement = ""};

	if (db_read(job->db, job->arena, job_now(job), run, arg, &error))
		return true;
	world_failed(job, &error);
	return false;
}

bool
job_write(struct job_context *job, void (*run)(struct tx *tx, void *arg), void *arg)
{
	struct db_error error = {.statement = ""};

	if (db_write_now(job->db, job->arena, job_now(job), run, arg, &error))
		return true;
	world_failed(job, &error);
	return false;
}

bool
job_continues(struct job_context *job)
{
	if (!job->worker)
		return true;
	return !atomic_load(&jobs.stops) && lease_holds(jobs.db, job->arena, jobs.now());
}

/* --- one run --------------------------------------------------------------------------------- */

static bool
is_remembered(const struct job *job)
{
	return job->every_s >= JOB_REMEMBERED_S;
}

struct look {
	const struct job *job;
	bool remembers; /* whether what the database remembers counts */
	int64_t wait_s; /* 0: now */
	bool due;
};

static void
look(struct tx *tx, void *arg)
{
	struct look *l = arg;
	struct job_run last;

	if (l->remembers && is_remembered(l->job) &&
	    job_run_find(tx, str_of(l->job->name), &last)) {
		/* A clock that was set back must not stop a job for longer than its time. */
		l->wait_s = last.ran_at.s + l->job->every_s - tx->now.s;
		if (l->wait_s > l->job->every_s)
			l->wait_s = l->job->every_s;
	}
	l->due = l->wait_s <= 0 && (!l->job->due || l->job->due(tx));
}

static void
note(struct tx *tx, void *arg)
{
	const struct job *job = arg;

	job_run_note(tx, str_of(job->name), tx->now);
}

static void
write_and_note(struct tx *tx, void *arg)
{
	const struct job *job = arg;

	job->write(tx);
	if (is_remembered(job))
		job_run_note(tx, str_of(job->name), tx->now);
}

/* What a look at the clock and the data says, and the work if it is time. */
static void
run(struct job_context *context, struct look *l)
{
	/* Copied, for transactions take it by a pointer without const. */
	struct job job = *l->job;

	if (!is_remembered(&job) && !job.due)
		l->due = true;
	else if (!job_read(context, look, l))
		return;
	if (!l->due)
		return;
	if (job.write) {
		job_write(context, write_and_note, &job);
		return;
	}
	job.run(context);
	if (is_remembered(&job) && !context->failed)
		job_write(context, note, &job);
}

bool
job_run_now(struct db *db, const struct job *job, struct instant now)
{
	struct job_context context = {
		.db = db, .arena = arena_new(ARENA_BYTES_MAX), .now = now, .job = job,
	};
	struct look l = {.job = job};

	need(!job->write != !job->run);
	run(&context, &l);
	arena_free(context.arena);
	return !context.failed;
}

/* --- the threads ----------------------------------------------------------------------------- */

static bool
belongs(const struct job_worker *worker, const struct planned *p)
{
	return worker->writes == (p->job->write != NULL);
}

static struct planned *
next_of(const struct job_worker *worker)
{
	struct planned *next = NULL;

	for (size_t i = 0; i < jobs.n; i++)
		if (belongs(worker, &jobs.at[i]) && (!next || jobs.at[i].next_ms < next->next_ms))
			next = &jobs.at[i];
	return next;
}

static int64_t
delay_s(const struct job *job, bool failed)
{
	if (!failed)
		return job->every_s;
	if (job->every_s < AGAIN_S_MIN)
		return AGAIN_S_MIN;
	return job->every_s < AGAIN_S_MAX ? job->every_s : AGAIN_S_MAX;
}

/* Runs it without the lock, and notes what came of it. */
static void
run_planned(struct job_worker *worker, struct planned *p)
{
	struct job_context context = {
		.db = jobs.db, .arena = worker->arena, .now = jobs.now(), .job = p->job,
		.worker = worker,
	};
	struct look l = {.job = p->job, .remembers = true};
	int64_t began = monotonic_us();

	arena_reset(worker->arena);
	worker->running = p;
	run(&context, &l);
	pthread_mutex_lock(&jobs.mutex);
	if (l.due || context.failed) {
		p->figure.runs++;
		p->figure.failures += context.failed;
		p->figure.last_failed = context.failed;
		p->figure.last_us = monotonic_us() - began;
		p->figure.last_run = jobs.now();
	}
	if (!context.failed)
		p->logged_ms = 0;
	p->next_ms = monotonic_ms() +
	    1000 * (l.wait_s > 0 ? l.wait_s : delay_s(p->job, context.failed));
	pthread_mutex_unlock(&jobs.mutex);
}

static void
sleep_until(int64_t ms)
{
	struct timespec at = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	pthread_cond_timedwait(&jobs.wakes, &jobs.mutex, &at);
}

static void
work(struct job_worker *worker)
{
	struct planned *p = next_of(worker);

	if (p->next_ms > monotonic_ms()) {
		sleep_until(p->next_ms);
		return;
	}
	pthread_mutex_unlock(&jobs.mutex);
	arena_reset(worker->arena);
	if (lease_holds(jobs.db, worker->arena, jobs.now())) {
		run_planned(worker, p);
		pthread_mutex_lock(&jobs.mutex);
	} else {
		pthread_mutex_lock(&jobs.mutex);
		p->next_ms = monotonic_ms() + NOT_OURS_S * 1000;
	}
}

static void *
work_until_stopped(void *arg)
{
	struct job_worker *worker = arg;

	pthread_mutex_lock(&jobs.mutex);
	while (!atomic_load(&jobs.stops))
		work(worker);
	pthread_mutex_unlock(&jobs.mutex);
	return NULL;
}

/* --- start and stop -------------------------------------------------------------------------- */

static bool
start_worker(struct job_worker *worker, bool writes)
{
	*worker = (struct job_worker){.writes = writes};
	if (!next_of(worker))
		return true;
	worker->arena = arena_new(ARENA_BYTES_MAX);
	worker->started = pthread_create(&worker->thread, NULL, work_until_stopped, worker) == 0;
	if (worker->started)
		pthread_setname_np(worker->thread, writes ? "jobs-write" : "jobs");
	else
		log_line(LEVEL_ERROR, "the thread for scheduled work cannot be started");
	return worker->started;
}

static void
init_condition(void)
{
	pthread_condattr_t attributes;

	need(pthread_condattr_init(&attributes) == 0);
	need(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
	need(pthread_cond_init(&jobs.wakes, &attributes) == 0);
	pthread_condattr_destroy(&attributes);
}

/* Puts a list behind what is planned already. */
static void
plan(const struct job *list, int64_t start_ms)
{
	for (; list->name; list++) {
		need(list->every_s > 0 && !list->write != !list->run);
		jobs.at = reallocarray(jobs.at, jobs.n + 1, sizeof *jobs.at);
		need(jobs.at != NULL);
		jobs.at[jobs.n++] = (struct planned){
			.job = list, .next_ms = start_ms, .figure = {.name = list->name},
		};
	}
}

bool
job_start(struct db *db, const struct job *const *lists, size_t n, struct instant (*now)(void))
{
	bool started;

	need(!jobs.started);
	init_condition();
	pthread_mutex_lock(&jobs.mutex);
	atomic_store(&jobs.stops, false);
	jobs.db = db;
	jobs.now = now ? now : real_time;
	jobs.started = true;
	for (size_t i = 0; i < n; i++)
		plan(lists[i], monotonic_ms());
	lease_begin();
	started = start_worker(&jobs.worker[0], true) && start_worker(&jobs.worker[1], false);
	pthread_mutex_unlock(&jobs.mutex);
	if (!started)
		job_stop();
	return started;
}

void
job_stop(void)
{
	if (!jobs.started)
		return;
	jobs.started = false;
	pthread_mutex_lock(&jobs.mutex);
	atomic_store(&jobs.stops, true);
	pthread_cond_broadcast(&jobs.wakes);
	pthread_mutex_unlock(&jobs.mutex);
	for (size_t i = 0; i < 2; i++) {
		if (jobs.worker[i].started)
			pthread_join(jobs.worker[i].thread, NULL);
		arena_free(jobs.worker[i].arena);
		jobs.worker[i] = (struct job_worker){0};
	}
	lease_end(jobs.db, jobs.now());
	pthread_mutex_lock(&jobs.mutex);
	free(jobs.at);
	jobs.at = NULL;
	jobs.n = 0;
	pthread_mutex_unlock(&jobs.mutex);
	pthread_cond_destroy(&jobs.wakes);
}

size_t
job_figures(struct job_figure *at, size_t max)
{
	size_t n;

	pthread_mutex_lock(&jobs.mutex);
	n = jobs.n;
	for (size_t i = 0; i < n && i < max; i++)
		at[i] = jobs.at[i].figure;
	pthread_mutex_unlock(&jobs.mutex);
	return n;
}

bool
job_is_ours(void)
{
	return lease_is_ours();
}
