#include "lib/ids.h"

#include "test/test.h"

TEST(ids_stand_in_order_and_once)
{
	static const int64_t given[] = {7, 3, 70, 3, 1, 70, 64, 7};
	static const int64_t order[] = {1, 3, 7, 64, 70};
	struct ids ids = {0};

	CHECK(!ids_has(ids, 1));
	for (size_t i = 0; i < sizeof given / sizeof *given; i++)
		ids_add(t->arena, &ids, given[i]);
	CHECK_INT(ids.n, 5);
	for (size_t i = 0; i < ids.n; i++) {
		CHECK_INT(ids.at[i], order[i]);
		CHECK(ids_has(ids, order[i]));
	}
	CHECK(!ids_has(ids, 0) && !ids_has(ids, 6) && !ids_has(ids, 71));
}

TEST(the_same_ids_in_another_order_are_the_same)
{
	struct ids a = {0}, b = {0};

	CHECK(ids_same(a, b));
	ids_add(t->arena, &a, 2);
	CHECK(!ids_same(a, b));
	ids_add(t->arena, &a, 66);
	ids_add(t->arena, &b, 66);
	ids_add(t->arena, &b, 3);
	CHECK(!ids_same(a, b));
	b = (struct ids){0};
	ids_add(t->arena, &b, 66);
	ids_add(t->arena, &b, 2);
	CHECK(ids_same(a, b));
}
