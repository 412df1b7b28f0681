#include "core/http/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
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

/* --- networks ------------------------------------------------------------ */

static const uint8_t v4_prefix[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static bool
is_v4(const struct network *network)
{
	return memcmp(network->bytes, v4_prefix, sizeof v4_prefix) == 0;
}

static bool
parse_address(struct str text, struct network *network)
{
	char z[64];
	struct in_addr v4;

	text = str_trim(text);
	if (text.n == 0 || text.n >= sizeof z)
		return false;
	memcpy(z, text.p, text.n);
	z[text.n] = 0;
	network->bits = 128;
	if (inet_pton(AF_INET, z, &v4) == 1) {
		memcpy(network->bytes, v4_prefix, sizeof v4_prefix);
		memcpy(network->bytes + 12, &v4, 4);
		return true;
	}
	return inet_pton(AF_INET6, z, network->bytes) == 1;
}

bool
proxies_add(struct proxies *proxies, const char *text)
{
	struct str rest = str_of(text), address = str_cut(&rest, '/');
	struct network network;
	int64_t bits;

	if (proxies->n == PROXIES_MAX || !parse_address(address, &network))
		return false;
	if (str_find(str_of(text), '/') < strlen(text)) {
		int64_t most = is_v4(&network) ? 32 : 128;
		if (!str_int(rest, &bits) || bits < 0 || bits > most)
			return false;
		network.bits = (uint8_t)(bits + 128 - most);
	}
	proxies->at[proxies->n++] = network;
	return true;
}

static bool
same_network(const struct network *network, const struct network *address)
{
	size_t whole = network->bits / 8, rest = network->bits % 8;

	if (memcmp(network->bytes, address->bytes, whole) != 0)
		return false;
	return rest == 0 ||
	    (network->bytes[whole] ^ address->bytes[whole]) >> (8 - rest) == 0;
}

static bool
trusted(const struct proxies *proxies, const struct network *address)
{
	for (size_t i = 0; i < proxies->n; i++)
		if (same_network(&proxies->at[i], address))
			return true;
	return false;
}

static bool
of_peer(const struct sockaddr *peer, struct network *network)
{
	network->bits = 128;
	if (peer->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, peer, sizeof v4);
		memcpy(network->bytes, v4_prefix, sizeof v4_prefix);
		memcpy(network->bytes + 12, &v4.sin_addr, 4);
		return true;
	}
	if (peer->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, peer, sizeof v6);
		memcpy(network->bytes, &v6.sin6_addr, 16);
		return true;
	}
	return false;
}

bool
client_of(const struct proxies *proxies, const struct sockaddr *peer, struct str forwarded_for,
    struct network *client)
{
	if (!of_peer(peer, client))
		return false;
	/* From the right: each address was written by the one before it, and only ours are
	 * believed. */
	while (forwarded_for.n && trusted(proxies, client)) {
		size_t comma = forwarded_for.n;
		struct network next;

		while (comma > 0 && forwarded_for.p[comma - 1] != ',')
			comma--;
		if (!parse_address(str_sub(forwarded_for, comma, forwarded_for.n), &next))
			break;
		*client = next;
		forwarded_for.n = comma ? comma - 1 : 0;
	}
	return true;
}

struct str
network_name(struct arena *arena, const struct network *client)
{
	struct network masked = *client;
	char text[INET6_ADDRSTRLEN];

	if (is_v4(client)) {
		masked.bytes[15] = 0;
		inet_ntop(AF_INET, masked.bytes + 12, text, sizeof text);
		return str_fmt(arena, "%s/24", text);
	}
	memset(masked.bytes + 7, 0, 9);
	inet_ntop(AF_INET6, masked.bytes, text, sizeof text);
	return str_fmt(arena, "%s/56", text);
}

bool
network_is_loopback(const struct network *client)
{
	static const uint8_t v6_loopback[16] = {[15] = 1};

	return is_v4(client) ? client->bytes[12] == 127
	                     : memcmp(client->bytes, v6_loopback, sizeof v6_loopback) == 0;
}
