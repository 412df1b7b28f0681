/* Limits in bounded memory: how much one network, one account or one address may do. */
#ifndef CORE_LIMITS_H
#define CORE_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/str.h"

/* A bucket of `burst` tokens that fills again by `each_hour` an hour. */
struct limit {
	const char *name; /* tells the buckets of different limits apart */
	int32_t burst, each_hour;
};

/* Takes a token of that key. False: none is left; *wait_s (may be NULL) says how long until there is one. */
bool limit_take(const struct limit *limit, struct str key, int64_t now_ms, int32_t *wait_s);
/* The same without taking. */
bool limit_allows(const struct limit *limit, struct str key, int64_t now_ms, int32_t *wait_s);
/* Fills the bucket again, e.g. after a right password. */
void limit_forget(const struct limit *limit, struct str key);
/* Gives one token back: what it was taken for was no failure. */
void limit_give(const struct limit *limit, struct str key);
/* For tests: all buckets are full. */
void limits_forget(void);

/* All buckets of the process live in one table of this many; one that was not touched for longest, as far as it has
 * filled again, makes room for a new one. */
enum { LIMIT_BUCKETS = 16 * 1024 };

#endif
