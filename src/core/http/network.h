/* Whose request it is: the address of a client, behind proxies or not. */
#ifndef CORE_NETWORK_H
#define CORE_NETWORK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/str.h"

struct arena;
struct sockaddr;

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

/* The client's address: the peer's, or, if that is a trusted proxy, the last address in `forwarded_for` that is none.
 * False when the peer has no IP address. */
bool client_of(const struct proxies *proxies, const struct sockaddr *peer, struct str forwarded_for,
    struct network *client);
/* "192.0.2.0/24" or "2001:db8:12:3400::/56". */
struct str network_name(struct arena *arena, const struct network *client);
bool network_is_loopback(const struct network *client);

#endif
