/* All campuses side by side, when there are many. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "test/world.h"

static struct world *
with_many(struct test *t)
{
	struct world *w = world(t);

	world_add_campuses(w, 50);
	return w;
}

#define SIDE "/fi/wheel/2026/campuses"
#define COLUMN "<th scope=\"col\" data-campus"

static int
columns(struct world *w, const char *query)
{
	struct answered a = world_get(w, NULL, str_z(w->arena, str_fmt(w->arena, SIDE "%s", query)));

	return world_count(world_part(a, "<thead>", "</thead>"), COLUMN);
}

/* A page holds some of the campuses, and says which; what narrows the rows stays. */
TEST(many_campuses_come_a_page_at_a_time)
{
	struct world *w = with_many(t);
	struct answered a = world_get(w, NULL, SIDE "?core=1&ring=1");

	CHECK_HOLDS(a, "Kampukset 1–6, kaikkiaan 5");
	CHECK_INT(columns(w, ""), 6);
	CHECK_LACKS(a, "rel=\"prev\"");
	CHECK_HOLDS(a, "href=\"" SIDE "?ring=1&amp;core=1&amp;from=7\"");
	a = world_get(w, NULL, SIDE "?from=7");
	CHECK_HOLDS(a, "Kampukset 7–12");
	CHECK_HOLDS(a, "href=\"" SIDE "\">Edelliset");
	CHECK_INT(columns(w, "?from=53"), 2);
	CHECK_LACKS(world_get(w, NULL, SIDE "?from=53"), "rel=\"next\"");
	CHECK_INT(columns(w, "?from=999"), 6); /* no such page: the first */
	CHECK_INT(columns(w, "?from=x"), 6);
	world_end(w);
}

TEST(a_campus_is_found_by_the_beginning_of_its_name)
{
	struct world *w = with_many(t);
	struct answered a = world_get(w, NULL, SIDE "?campus=poh");

	CHECK_INT(columns(w, "?campus=poh"), 1);
	CHECK_HOLDS(a, "Kampukset 1–1, kaikkiaan 1");
	CHECK_HOLDS(a, "Kaikki kampukset</a>");
	CHECK_HOLDS(world_get(w, NULL, SIDE "?campus=m%C3%A4ki"), "kaikkiaan 50");
	CHECK_HOLDS(world_get(w, NULL, SIDE "?campus=uusia"), "kaikkiaan 25");
	CHECK_HOLDS(world_get(w, NULL, SIDE "?campus=Tampere"), "Sen nimistä kampusta ei ole");
	world_end(w);
}

/* Hundreds of links would be most of each page. */
TEST(many_campuses_are_not_on_every_page)
{
	struct world *w = with_many(t);
	struct answered places = world_part(world_get(w, NULL, "/fi/pohja/wheel/2026"), "<details class=\"places\">",
	    "</details>");

	CHECK_LACKS(places, "/fi/uusi");
	CHECK_HOLDS(places, "<a href=\"/fi/pohja\" data-campus=\"1\" aria-current=\"true\">");
	CHECK_HOLDS(places, "<a href=\"/fi\">");
	CHECK_HOLDS(world_get(w, NULL, "/fi"), "href=\"/fi/uusi50\"");
	world_end(w);
}

TEST(few_campuses_stand_side_by_side_at_once)
{
	struct world *w = world(t);

	CHECK_INT(columns(w, ""), 4);
	CHECK_LACKS(world_get(w, NULL, SIDE), "Kampuksen nimen alku");
	world_end(w);
}
