/* Which of several nodes does the jobs: a row in the database that one of them renews. Under
 * SQLite there is one node, for the folder is locked, and no row. */
#ifndef CORE_JOB_LEASE_H
#define CORE_JOB_LEASE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/date.h"

struct arena;
struct db;

enum {
	LEASE_S = 60,       /* how long a node that ended without a word is waited for */
	LEASE_RENEW_S = 20, /* how old a lease may get */
	LEASE_ASK_S = 10,   /* how often a node without it looks whether it is free */
};

/* A new name for this node, without the lease. Before the threads. */
void lease_begin(void);
/* Whether this node has it now; takes or renews it if need be. While the database is gone it is
 * kept as long as it was promised. From any thread but the database's writer. */
bool lease_holds(struct db *db, struct arena *arena, struct instant now);
/* What lease_holds said last. */
bool lease_is_ours(void);
/* Gives it back, for another node. */
void lease_end(struct db *db, struct instant now);

/* --- for tests ------------------------------------------------------------------------------- */

/* One try to take or renew it, on any engine, as the node of that name. */
bool lease_take(struct db *db, struct arena *arena, struct instant now, const char *node);

#endif
