#include "core/http/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/need.h"

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
