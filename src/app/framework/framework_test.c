#include "app/framework/framework.h"

#include "app/framework/framework.json.h" /* generated */
#include "lib/json.h"
#include "test/world.h"

/* How many goals, measures under goals, and results under goals the framework has. */
static int
places(struct test *t, const char *list, const char *links)
{
	struct json_in in = json_in_new(t->arena);
	struct json_items all = json_list(&in, json_parse(&in, framework_framework_json), list);
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		n += links ? json_list(&in, &all.at[i], links).n : 1;
	return (int)n;
}

TEST(each_goal_measure_and_result_has_a_place_for_its_evidence)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/goals");

	CHECK_INT(world_count(a, "<section class=\"goal card\""), places(t, "goals", NULL));
	CHECK_INT(world_count(a, "class=\"evidence\""),
	    places(t, "goals", NULL) + places(t, "measures", "serves") + places(t, "results", "of"));
	CHECK_INT(world_count(a, "?measure="), places(t, "measures", "serves"));
	world_end(w);
}

/* Goals lead to measures, measures to results, and results to what they are measured by. */
TEST(a_result_says_what_it_is_measured_by)
{
	struct world *w = world(t);
	struct answered goal = world_part(world_get(w, NULL, "/fi/goals"), "id=\"G1\"", "</section>");
	struct answered result = world_part(goal, "koettu hyvinvointi nousee", "</div>");

	CHECK_HOLDS(goal, "Yhteisöllinen tila: ryhmiä");
	CHECK_LACKS(goal, "Osallistutaan hyvinvointialueen työryhmiin");
	CHECK_HOLDS(result, "keskeyttäneiden osuus");
	CHECK_HOLDS(result, "kysely: koettu hyvinvointi");
	CHECK_HOLDS(result, "ei vielä koottu");
	CHECK_LACKS(result, "yksinäisyys");
	result = world_part(world_get(w, NULL, "/sv/goals"), "stöd av det gemensamma årshjulet", "</div>");
	CHECK_HOLDS(result, "<a href=\"/sv/wheel/campuses\">campusens svar i årshjulet</a>");
	CHECK_LACKS(result, "inte sammanställt än");
	world_end(w);
}

/* The evidence of a measure is what is done for it: its link leads to this year's items, and only to those. */
TEST(a_measure_leads_to_its_items_in_the_wheel)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/wheel?measure=6"), all = world_get(w, NULL, "/fi/wheel/2026");

	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, "/fi/wheel/2026?measure=6");
	a = world_get(w, NULL, "/fi/wheel/2026?measure=6");
	CHECK(world_count(a, "class=\"row-item\"") > 0);
	CHECK(world_count(a, "class=\"row-item\"") < world_count(all, "class=\"row-item\""));
	world_end(w);
}
