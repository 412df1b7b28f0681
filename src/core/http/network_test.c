#include "core/http/network.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "lib/need.h"
#include "test/test.h"

static struct str
client(struct test *t, const struct proxies *proxies, const char *peer, const char *forwarded)
{
	struct sockaddr_storage at = {0};
	struct sockaddr_in *v4 = (struct sockaddr_in *)&at;
	struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)&at;
	struct network network;

	if (inet_pton(AF_INET, peer, &v4->sin_addr) == 1)
		at.ss_family = AF_INET;
	else if (inet_pton(AF_INET6, peer, &v6->sin6_addr) == 1)
		at.ss_family = AF_INET6;
	need(client_of(proxies, (struct sockaddr *)&at, str_of(forwarded), &network));
	return network_name(t->arena, &network);
}

TEST(clients_are_known_by_their_network)
{
	struct proxies none = {0}, some = {0};

	CHECK(proxies_add(&some, "10.0.0.0/8"));
	CHECK(proxies_add(&some, "2001:db8:ffff::1"));
	CHECK_STR(client(t, &none, "192.0.2.77", ""), "192.0.2.0/24");
	CHECK_STR(client(t, &none, "2001:db8:12:34ff::5", ""), "2001:db8:12:3400::/56");
	CHECK_STR(client(t, &none, "::ffff:192.0.2.77", ""), "192.0.2.0/24");
	/* nobody is believed who is not configured */
	CHECK_STR(client(t, &none, "10.0.0.1", "203.0.113.5"), "10.0.0.0/24");
	CHECK_STR(client(t, &some, "192.0.2.77", "203.0.113.5"), "192.0.2.0/24");
	CHECK_STR(client(t, &some, "10.0.0.1", "203.0.113.5"), "203.0.113.0/24");
	CHECK_STR(client(t, &some, "::ffff:10.0.0.1", "203.0.113.5"), "203.0.113.0/24");
	CHECK_STR(client(t, &some, "2001:db8:ffff::1", "2001:db8:1::1"), "2001:db8:1::/56");
	CHECK_STR(client(t, &some, "2001:db8:ffff::2", "2001:db8:1::1"), "2001:db8:ffff::/56");
	/* the last one that is not ours, whatever the client wrote before it */
	CHECK_STR(client(t, &some, "10.0.0.1", "1.1.1.1, 203.0.113.5, 10.9.9.9"), "203.0.113.0/24");
	CHECK_STR(client(t, &some, "10.0.0.1", "1.1.1.1,nonsense"), "10.0.0.0/24");
	CHECK_STR(client(t, &some, "10.0.0.1", ""), "10.0.0.0/24");
	CHECK_STR(client(t, &some, "10.0.0.1", ",,"), "10.0.0.0/24");
}

TEST(proxies_are_networks)
{
	struct proxies proxies = {0};

	CHECK(!proxies_add(&proxies, "proxy.example"));
	CHECK(!proxies_add(&proxies, "10.0.0.0/33"));
	CHECK(!proxies_add(&proxies, "10.0.0.0/"));
	CHECK(!proxies_add(&proxies, "10.0.0.0/-1"));
	CHECK(!proxies_add(&proxies, "::1/129"));
	CHECK(!proxies_add(&proxies, ""));
	CHECK_INT(proxies.n, 0);
	for (int i = 0; i < PROXIES_MAX; i++)
		CHECK(proxies_add(&proxies, "::1"));
	CHECK(!proxies_add(&proxies, "::1"));
}

TEST(loopback_is_this_machine)
{
	struct network network = {.bytes = {[10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1}};

	CHECK(network_is_loopback(&network));
	network.bytes[12] = 128;
	CHECK(!network_is_loopback(&network));
	CHECK(network_is_loopback(&(struct network){.bytes = {[15] = 1}}));
	CHECK(!network_is_loopback(&(struct network){.bytes = {[15] = 2}}));
}
