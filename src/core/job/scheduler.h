/* The threads that do the jobs: for main, tests and figures. */
#ifndef CORE_JOB_SCHEDULER_H
#define CORE_JOB_SCHEDULER_H

#include "core/job/job.h"

/* Starts the threads, after the database's writer. Each of the n lists ends with an empty job;
 * they must outlive the threads, the array need not. `now` NULL is the real time. False, after a
 * line in the log, when it cannot. */
bool job_start(struct db *db, const struct job *const *lists, size_t n,
    struct instant (*now)(void));
/* Ends what runs as soon as it asks job_continues, and the threads. Before server_stop and
 * db_close. Without job_start it does nothing. */
void job_stop(void);

/* Runs one at once in this thread, whether its time has come or not (but not if it is not due);
 * for tests and tools. False: it failed. */
bool job_run_now(struct db *db, const struct job *job, struct instant now);

/* --- figures --------------------------------------------------------------------------------- */

struct job_figure {
	const char *name;
	int64_t runs, failures;  /* since the start */
	int64_t last_us;         /* how long the last run took */
	struct instant last_run; /* when it ended */
	bool last_failed;
};

/* Fills at most `max`; returns how many jobs there are. */
size_t job_figures(struct job_figure *at, size_t max);
/* Whether this node is the one that does the jobs. */
bool job_is_ours(void);

#endif
