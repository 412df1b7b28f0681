/* What the database counts since the start, for those who watch it. */
#ifndef CORE_DB_FIGURES_H
#define CORE_DB_FIGURES_H

#include <stdint.h>

struct db;

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

#endif
