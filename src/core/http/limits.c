#include "core/http/limits.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>

#include "lib/need.h"

/* Buckets stand in sets of eight: a key's hash names its set. Debt is counted in milliseconds,
 * so an empty slot and a bucket that has filled again are the same thing. */
enum { WAYS = 8, SETS = LIMIT_BUCKETS / WAYS, STRIPES = 16, HOUR_MS = 3600 * 1000 };

struct bucket {
	uint64_t key;     /* 0: free */
	int64_t full_ms;  /* when it will be full again */
};

static struct {
	pthread_once_t once;
	pthread_mutex_t stripe[STRIPES];
	unsigned char secret[crypto_shorthash_KEYBYTES];
	struct bucket bucket[SETS][WAYS];
} table = {.once = PTHREAD_ONCE_INIT};

/* The secret is drawn once a process: nobody can choose keys that push others out. */
static void
begin(void)
{
	need(sodium_init() >= 0);
	randombytes_buf(table.secret, sizeof table.secret);
	for (size_t i = 0; i < STRIPES; i++)
		need(pthread_mutex_init(&table.stripe[i], NULL) == 0);
}

static uint64_t
key_of(const struct limit *limit, struct str key)
{
	unsigned char bytes[256] = {0};
	uint64_t hash;
	size_t name_n = strlen(limit->name);

	need(name_n < 64);
	memcpy(bytes, limit->name, name_n);
	if (key.n <= sizeof bytes - 65) {
		if (key.n)
			memcpy(bytes + name_n + 1, key.p, key.n);
		crypto_shorthash((unsigned char *)&hash, bytes, name_n + 1 + key.n, table.secret);
	} else {
		crypto_shorthash(
		    bytes + name_n + 1, (const unsigned char *)key.p, key.n, table.secret);
		crypto_shorthash((unsigned char *)&hash, bytes, name_n + 9, table.secret);
	}
	return hash ? hash : 1;
}

/* The bucket of a key; without one, the slot it would get. */
static struct bucket *
slot_of(uint64_t key)
{
	struct bucket *set = table.bucket[key % SETS], *oldest = &set[0];

	for (size_t i = 0; i < WAYS; i++) {
		if (set[i].key == key)
			return &set[i];
		if (set[i].full_ms < oldest->full_ms)
			oldest = &set[i];
	}
	return oldest;
}

static bool
ask(const struct limit *limit, struct str key_text, int64_t now, int32_t *wait_s, bool take)
{
	uint64_t key;
	pthread_mutex_t *stripe;
	struct bucket *bucket;
	int64_t each, full, wait;

	need(limit->burst > 0 && limit->each_hour > 0);
	pthread_once(&table.once, begin);
	key = key_of(limit, key_text);
	each = HOUR_MS / limit->each_hour;
	stripe = &table.stripe[key % SETS % STRIPES];
	pthread_mutex_lock(stripe);
	bucket = slot_of(key);
	full = bucket->key == key && bucket->full_ms > now ? bucket->full_ms : now;
	/* A clock that went back must not lock anyone out for longer than an empty bucket does. */
	if (full > now + each * limit->burst)
		bucket->full_ms = full = now + each * limit->burst;
	wait = full + each - now - each * limit->burst;
	if (wait <= 0 && take) {
		bucket->key = key;
		bucket->full_ms = full + each;
	}
	pthread_mutex_unlock(stripe);
	if (wait_s)
		*wait_s = wait > 0 ? (int32_t)((wait + 999) / 1000) : 0;
	return wait <= 0;
}

bool
limit_take(const struct limit *limit, struct str key, int64_t now_ms, int32_t *wait_s)
{
	return ask(limit, key, now_ms, wait_s, true);
}

bool
limit_allows(const struct limit *limit, struct str key, int64_t now_ms, int32_t *wait_s)
{
	return ask(limit, key, now_ms, wait_s, false);
}

/* Full again, or `by_ms` nearer to it. */
static void
ease(const struct limit *limit, struct str key_text, int64_t by_ms)
{
	uint64_t key;
	pthread_mutex_t *stripe;
	struct bucket *bucket;

	pthread_once(&table.once, begin);
	key = key_of(limit, key_text);
	stripe = &table.stripe[key % SETS % STRIPES];
	pthread_mutex_lock(stripe);
	bucket = slot_of(key);
	if (bucket->key == key && by_ms < bucket->full_ms)
		bucket->full_ms -= by_ms;
	else if (bucket->key == key)
		*bucket = (struct bucket){0};
	pthread_mutex_unlock(stripe);
}

void
limit_forget(const struct limit *limit, struct str key)
{
	ease(limit, key, INT64_MAX);
}

void
limit_give(const struct limit *limit, struct str key)
{
	ease(limit, key, HOUR_MS / limit->each_hour);
}

void
limits_forget(void)
{
	for (size_t i = 0; i < SETS; i++) {
		pthread_mutex_t *stripe = &table.stripe[i % STRIPES];

		pthread_once(&table.once, begin);
		pthread_mutex_lock(stripe);
		memset(table.bucket[i], 0, sizeof table.bucket[i]);
		pthread_mutex_unlock(stripe);
	}
}
