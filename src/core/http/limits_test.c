#include "core/http/limits.h"

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
