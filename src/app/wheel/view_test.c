#include "app/wheel/wheel.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/arena.h"
#include "test/world.h"

static struct answered
month_of(struct answered a, const char *anchor)
{
	char heading[40];

	snprintf(heading, sizeof heading, "<h2 id=\"%s\">", anchor);
	return world_part(a, heading, "</section>");
}

/* Pohja kept its afternoon for the staff in May, though the common wheel has it in April. */
TEST(an_item_with_days_of_its_own_stands_in_their_month)
{
	struct world *w = world(t);
	struct answered year = world_get(w, NULL, "/fi/pohja/wheel/2025");

	CHECK_HOLDS(month_of(year, "m2026-04"), "Kulttuuri- ja liikuntatapahtumat (SAKU)");
	CHECK_LACKS(month_of(year, "m2026-04"), "Henkilöstön yhteisöllisyysiltapäivä");
	CHECK_HOLDS(month_of(year, "m2026-05"), "Henkilöstön yhteisöllisyysiltapäivä");
	CHECK_LACKS(month_of(year, "m2026-05"), "Kyselyn tulokset käydään läpi kampuksilla");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2025?month=5"), "Henkilöstön yhteisöllisyysiltapäivä");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2025?month=4"), "Henkilöstön yhteisöllisyysiltapäivä");
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2025?month=4"), "Henkilöstön yhteisöllisyysiltapäivä");
	world_end(w);
}

/* The number of an item in a list; `in_order` tells whether all before it had the ones before, or again one of those:
 * what repeats. */
static int64_t
number_of(struct answered list, const char *title, bool *in_order)
{
	struct answered item;
	int64_t number = 0, before = 0;

	*in_order = true;
	while ((item = world_part(list, "<span class=\"number\" data-ring=\"", "</li>")).body.n) {
		number = strtoll(world_part(item, ">", "<").body.p, NULL, 10);
		*in_order = *in_order && number <= before + 1;
		before = number > before ? number : before;
		if (str_contains(item.body, str_of(title)))
			return number;
		list.body = str_sub(list.body, (size_t)(item.body.p - list.body.p), list.body.n);
	}
	return 0;
}

/* From 1 in the order of the days that are shown; a part of the year has the same, as the drawing beside it. */
TEST(items_keep_their_numbers_of_the_year)
{
	static const char *const parts[] = {"?month=5", "?core=1", "?ring=1"};
	const char *title = "Henkilöstön yhteisöllisyysiltapäivä";
	struct world *w = world(t);
	bool in_order;
	int64_t number = number_of(world_get(w, NULL, "/fi/pohja/wheel/2025"), title, &in_order);

	CHECK(number > 40);
	CHECK(in_order);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		CHECK_INT(number_of(world_get(w, NULL,
		    str_z(w->arena, str_fmt(w->arena, "/fi/pohja/wheel/2025%s", parts[i]))), title, &in_order), number);
	world_end(w);
}
