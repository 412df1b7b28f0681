/* Limits in bounded memory: how much one network, one account or one address may do. */
#ifndef CORE_LIMITS_H
#define CORE_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/str.h"

struct arena;
struct sockaddr;

/* A bucket of `burst` tokens that fills again by `each_hour` an hour. */
struct limit {
	const char *name; /* tells the buckets of different limits apart */
	int32_t burst, each_hour;
};

/* Takes a token of that key. False: none is left; *wait_s (may be NULL) says how long until
 * there is one. */
bool limit_take(const struct limit *limit, struct str key, int64_t now_ms, int32_t *wait_s);
/* The same without taking. */
bool limit_allows(const struct limit *limit, struct str key, int64_t now_ms, int32_t *wait_s);
/* Fills the bucket again, e.g. after a right password. */
void limit_forget(const struct limit *limit, struct str key);
/* Gives one token back: what it was taken for was no failure. */
void limit_give(const struct limit *limit, struct str key);
/* For tests: all buckets are full. */
void limits_forget(void);

/* All buckets of the process live in one table of this many; one that was not touched for
 * longest, as far as it has filled again, makes room for a new one. */
enum { LIMIT_BUCKETS = 16 * 1024 };

/* --- whose request it is ------------------------------------------------- */

enum { PROXIES_MAX = 16 };

struct network {
	uint8_t bytes[16]; /* IPv4 as ::ffff:a.b.c.d */
	uint8_t bits;
};

/* Front proxies whose X-Forwarded-For is believed. */
struct proxies {
	struct network at[PROXIES_MAX];
	size_t n;
};

/* Adds "10.0.0.0/8", "2001:db8::1" …; false: it is none, or there are too many. */
bool proxies_add(struct proxies *proxies, const char *network);

/* The client's address: the peer's, or, if that is a trusted proxy, the last address in
 * `forwarded_for` that is none. False when the peer has no IP address. */
bool client_of(const struct proxies *proxies, const struct sockaddr *peer, struct str forwarded_for,
    struct network *client);
/* "192.0.2.0/24" or "2001:db8:12:3400::/56". */
struct str network_name(struct arena *arena, const struct network *client);
bool network_is_loopback(const struct network *client);

#endif
