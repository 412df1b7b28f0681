#include "core/http/limits.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "lib/need.h"
#include "test/test.h"

static const struct limit three_a_minute = {"three a minute", 3, 180};
static const struct limit another = {"another", 1, 60};

TEST(a_bucket_empties_and_fills)
{
	int32_t wait = -1;
	int64_t now = 1000000;

	for (int i = 0; i < 3; i++)
		CHECK(limit_take(&three_a_minute, STR("a"), now, &wait));
	CHECK_INT(wait, 0);
	CHECK(!limit_take(&three_a_minute, STR("a"), now, &wait));
	CHECK_INT(wait, 20);
	CHECK(limit_take(&three_a_minute, STR("b"), now, NULL));
	CHECK(limit_take(&another, STR("a"), now, NULL));
	CHECK(!limit_allows(&three_a_minute, STR("a"), now + 19999, &wait));
	CHECK_INT(wait, 1);
	CHECK(limit_allows(&three_a_minute, STR("a"), now + 20000, NULL));
	CHECK(limit_take(&three_a_minute, STR("a"), now + 20000, NULL));
	CHECK(!limit_take(&three_a_minute, STR("a"), now + 20000, NULL));
	/* never more than the burst, however long it rests */
	now += 100 * 3600 * 1000;
	for (int i = 0; i < 3; i++)
		CHECK(limit_take(&three_a_minute, STR("a"), now, NULL));
	CHECK(!limit_take(&three_a_minute, STR("a"), now, NULL));
	limit_forget(&three_a_minute, STR("a"));
	CHECK(limit_take(&three_a_minute, STR("a"), now, NULL));
}

TEST(a_token_that_is_given_back_was_never_taken)
{
	int64_t now = 3000000;

	for (int i = 0; i < 3; i++)
		CHECK(limit_take(&three_a_minute, STR("back"), now, NULL));
	CHECK(!limit_take(&three_a_minute, STR("back"), now, NULL));
	limit_give(&three_a_minute, STR("back"));
	CHECK(limit_take(&three_a_minute, STR("back"), now, NULL));
	CHECK(!limit_take(&three_a_minute, STR("back"), now, NULL));
	/* no bucket holds more than its burst */
	for (int i = 0; i < 10; i++)
		limit_give(&three_a_minute, STR("back"));
	for (int i = 0; i < 3; i++)
		CHECK(limit_take(&three_a_minute, STR("back"), now, NULL));
	CHECK(!limit_take(&three_a_minute, STR("back"), now, NULL));
	limits_forget();
	CHECK(limit_take(&three_a_minute, STR("back"), now, NULL));
}

TEST(a_clock_that_goes_back_locks_nobody_out)
{
	int64_t now = 5000000000;

	while (limit_take(&three_a_minute, STR("clock"), now, NULL))
		;
	CHECK(!limit_take(&three_a_minute, STR("clock"), now - 1000000000, NULL));
	CHECK(limit_take(&three_a_minute, STR("clock"), now - 1000000000 + 60000, NULL));
}

TEST(the_table_is_bounded_and_forgets_the_fullest)
{
	char key[40];
	int64_t now = 9000000;
	int held = 0;

	/* one who is out of tokens stays so while thousands pass by once, a few at a time */
	while (limit_take(&three_a_minute, STR("bad"), now, NULL))
		;
	for (int i = 0; i < LIMIT_BUCKETS / 2; i++) {
		snprintf(key, sizeof key, "passer-by %d", i);
		limit_take(&three_a_minute, str_of(key), now, NULL);
	}
	CHECK(!limit_take(&three_a_minute, STR("bad"), now, NULL));
	/* and far more than the table holds do no harm */
	for (int i = 0; i < 10 * LIMIT_BUCKETS; i++) {
		snprintf(key, sizeof key, "crowd %d", i);
		held += limit_take(&three_a_minute, str_of(key), now, NULL);
	}
	CHECK_INT(held, 10 * LIMIT_BUCKETS);
}

TEST(long_keys_differ)
{
	char a[1000], b[1000];

	memset(a, 'x', sizeof a);
	memset(b, 'x', sizeof b);
	b[999] = 'y';
	CHECK(limit_take(&another, (struct str){a, sizeof a}, 77, NULL));
	CHECK(!limit_take(&another, (struct str){a, sizeof a}, 77, NULL));
	CHECK(limit_take(&another, (struct str){b, sizeof b}, 77, NULL));
}

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
