#include "core/fetch_address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct network {
	uint8_t bytes[16];
	int bits;
};

/* The registries of special addresses of IANA: whatever is not reachable by everybody, and tunnels, which hide an
 * address in another one. */
static const struct network not_public_4[] = {
	{{0}, 8},             /* this network */
	{{10}, 8},            /* private */
	{{100, 64}, 10},      /* shared by the customers of a provider */
	{{127}, 8},           /* this machine */
	{{169, 254}, 16},     /* link-local; clouds tell their secrets there */
	{{172, 16}, 12},      /* private */
	{{192, 0, 0}, 24},    /* protocols */
	{{192, 0, 2}, 24},    /* documentation */
	{{192, 31, 196}, 24}, /* AS112 */
	{{192, 52, 193}, 24}, /* AMT */
	{{192, 88, 99}, 24},  /* 6to4 */
	{{192, 168}, 16},     /* private */
	{{192, 175, 48}, 24}, /* AS112 */
	{{198, 18}, 15},      /* benchmarks */
	{{198, 51, 100}, 24}, /* documentation */
	{{203, 0, 113}, 24},  /* documentation */
	{{224}, 3},           /* many receivers, reserved, everyone */
};

/* Of the one eighth that is given out at all. */
static const struct network not_public_6[] = {
	{{0x20, 0x01}, 23},                   /* protocols, Teredo among them */
	{{0x20, 0x01, 0x0d, 0xb8}, 32},       /* documentation */
	{{0x20, 0x02}, 16},                   /* 6to4 */
	{{0x26, 0x20, 0, 0x4f, 0x80}, 48},    /* AS112 */
	{{0x3f, 0xff}, 20},                   /* documentation */
};

static const struct network global_6 = {{0x20}, 3};
/* How those without IPv4 reach it: what is behind is looked at as well. */
static const struct network translated = {{0, 0x64, 0xff, 0x9b}, 96};

static bool
is_in(const uint8_t *address, const struct network *n)
{
	int bytes = n->bits / 8, rest = n->bits % 8;

	return memcmp(address, n->bytes, (size_t)bytes) == 0 &&
	    (rest == 0 || (address[bytes] ^ n->bytes[bytes]) >> (8 - rest) == 0);
}

static bool
is_in_one(const uint8_t *address, const struct network *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_in(address, &list[i]))
			return true;
	return false;
}

static bool
is_public_4(const uint8_t *address)
{
	return !is_in_one(address, not_public_4, sizeof not_public_4 / sizeof *not_public_4);
}

bool
fetch_address_is_public(const struct sockaddr *address)
{
	const uint8_t *six;

	if (address->sa_family == AF_INET)
		return is_public_4((const uint8_t *)&((const struct sockaddr_in *)(const void *)address)->sin_addr);
	if (address->sa_family != AF_INET6)
		return false;
	six = ((const struct sockaddr_in6 *)(const void *)address)->sin6_addr.s6_addr;
	if (is_in(six, &translated))
		return is_public_4(six + 12);
	return is_in(six, &global_6) && !is_in_one(six, not_public_6, sizeof not_public_6 / sizeof *not_public_6);
}
