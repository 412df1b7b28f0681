#include "core/job/lease.h"

#include <pthread.h>
#include <sodium.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/str.h"

#include "core/db/db.h"
#include "core/job/job.sql.h" /* generated */

enum { NODE_BYTES = 12, ARENA_BYTES_MAX = 64 * 1024 };

static struct {
	pthread_mutex_t mutex;
	char node[2 * NODE_BYTES + 1];
	bool ours;
	bool asked;       /* asked_s is set */
	int64_t asked_s;  /* monotonic; when it was last taken, renewed or looked for */
	int64_t until_s;  /* monotonic; how long it was promised */
} lease = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static int64_t
monotonic_s(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec;
}

void
lease_begin(void)
{
	unsigned char bytes[NODE_BYTES];

	randombytes_buf(bytes, sizeof bytes);
	pthread_mutex_lock(&lease.mutex);
	sodium_bin2hex(lease.node, sizeof lease.node, bytes, sizeof bytes);
	lease.ours = lease.asked = false;
	pthread_mutex_unlock(&lease.mutex);
}

struct attempt {
	struct str node;
	bool free, taken;
};

static void
look(struct tx *tx, void *arg)
{
	struct attempt *attempt = arg;

	attempt->free = job_lease_is_free(tx, attempt->node, tx->now);
}

static void
take(struct tx *tx, void *arg)
{
	struct attempt *attempt = arg;

	attempt->taken = job_lease_take(tx, attempt->node, (struct instant){tx->now.s + LEASE_S},
	    tx->now) > 0;
}

static bool
try_to_take(struct db *db, struct arena *arena, struct instant now, struct attempt *attempt)
{
	/* Nodes that have to wait only read. */
	if (!db_read(db, arena, now, look, attempt, NULL))
		return false;
	return !attempt->free || db_write_now(db, arena, now, take, attempt, NULL);
}

bool
lease_take(struct db *db, struct arena *arena, struct instant now, const char *node)
{
	struct attempt attempt = {.node = str_of(node)};

	return try_to_take(db, arena, now, &attempt) && attempt.taken;
}

static void
ask(struct db *db, struct arena *arena, struct instant now, int64_t at_s)
{
	struct attempt attempt = {.node = str_of(lease.node)};

	lease.asked = true;
	lease.asked_s = at_s;
	if (!try_to_take(db, arena, now, &attempt))
		lease.ours = lease.ours && at_s < lease.until_s;
	else if ((lease.ours = attempt.taken))
		lease.until_s = at_s + LEASE_S;
}

bool
lease_holds(struct db *db, struct arena *arena, struct instant now)
{
	int64_t at_s = monotonic_s();
	bool ours;

	/* The lock is held while asking: the other thread would only ask the same. */
	pthread_mutex_lock(&lease.mutex);
	if (!db_is_postgres(db))
		lease.ours = true;
	else if (!lease.asked || at_s - lease.asked_s >= (lease.ours ? LEASE_RENEW_S : LEASE_ASK_S))
		ask(db, arena, now, at_s);
	ours = lease.ours;
	pthread_mutex_unlock(&lease.mutex);
	return ours;
}

bool
lease_is_ours(void)
{
	bool ours;

	pthread_mutex_lock(&lease.mutex);
	ours = lease.ours;
	pthread_mutex_unlock(&lease.mutex);
	return ours;
}

static void
give_back(struct tx *tx, void *arg)
{
	(void)arg;
	job_lease_give_back(tx, str_of(lease.node), (struct instant){tx->now.s - 1});
}

void
lease_end(struct db *db, struct instant now)
{
	pthread_mutex_lock(&lease.mutex);
	if (lease.ours && db_is_postgres(db)) {
		struct arena *arena = arena_new(ARENA_BYTES_MAX);

		/* If it cannot be given back now, it ends by itself. */
		db_write_now(db, arena, now, give_back, NULL, NULL);
		arena_free(arena);
	}
	lease.ours = lease.asked = false;
	pthread_mutex_unlock(&lease.mutex);
}
