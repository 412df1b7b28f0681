/* Scheduled work: what the service does without being asked. Of several nodes on one database
 * only one does it. */
#ifndef CORE_JOB_H
#define CORE_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"

struct arena;
struct db;
struct job_context;
struct tx;

/* Exactly one of `write` and `run` is given. The writing ones have a thread of their own, so that
 * a slow mail server or the like never holds them up. */
struct job {
	const char *name; /* for the log and figures, e.g. "journal.seal"; NULL ends a list */
	int every_s;      /* from the end of one run to the beginning of the next */
	/* Whether there is anything to do; NULL: always. A read transaction, so it is cheap to
	 * ask often. */
	bool (*due)(struct tx *tx);
	/* One write transaction: all of it or nothing. Among the writer's jobs, so 100 ms at
	 * most. */
	void (*write)(struct tx *tx);
	/* Free-form: may wait for the world outside, between transactions of its own. */
	void (*run)(struct job_context *job);
};

/* Jobs that come less often than this are remembered in the database: a new start does not run
 * them again before their time. The others also run soon after each start. */
enum { JOB_REMEMBERED_S = 600 };

/* --- inside `run` ---------------------------------------------------------------------------- */

struct job_context {
	struct db *db;
	struct arena *arena; /* empty at the beginning of each run */
	struct instant now;  /* when the run began; job_now is the present */

	/* the scheduler's own */
	const struct job *job;
	struct job_worker *worker;
	bool failed;
};

struct instant job_now(const struct job_context *job);
/* A transaction at the present time. False: the world failed, which was logged; the run counts as
 * failed. */
bool job_read(struct job_context *job, void (*run)(struct tx *tx, void *arg), void *arg);
bool job_write(struct job_context *job, void (*run)(struct tx *tx, void *arg), void *arg);
/* To be asked between the pieces of long work, at least every half minute. False: the service
 * stops, or another node took over; then the run should end. */
bool job_continues(struct job_context *job);
/* The run counts as failed. */
void job_failed(struct job_context *job);

#endif
