/* The one writer: a thread that runs what waits, one job after another, and commits them in groups. */
#ifndef CORE_DB_WRITER_H
#define CORE_DB_WRITER_H

#include "core/db/db.h"

struct arena;

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

/* What to call on the writer's thread when all of a batch have heard of their end; NULL for nothing. For who gathers
 * what `done` told. */
void db_after_batch(struct db *db, void (*after)(void *arg), void *arg);

#endif
