/* Over the years: the same week last year, the years of an item, and what is often done otherwise. */
#include "app/wheel/wheel.h"

#include <string.h>

#include "lib/arena.h"
#include "test/world.h"

enum { DAY_S = 86400 };

static struct answered
answer(struct world *w, const char *who, const char *campus, const char *key, const char *fields)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "%s/answer", world_item(w, campus, key))), fields);
}

static struct answered
under(struct world *w, const char *campus, const char *key, const char *word)
{
	return world_get(w, NULL, str_z(w->arena, str_fmt(w->arena, "%s/%s", world_item(w, campus, key), word)));
}

/* What the page says of one item. */
static struct answered
card(struct world *w, const char *address, const char *title)
{
	return world_part(world_get(w, NULL, address), title, "</li>");
}

TEST(the_years_of_an_item_stand_in_a_row)
{
	struct world *w = world(t);
	struct answered a = under(w, NULL, "induction_staff", "years");

	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "2025–2026</a>");
	CHECK_HOLDS(a, "2026–2027</a>");
	CHECK(strstr(a.body.p, "2026–2027</a>") < strstr(a.body.p, "2025–2026</a>"));
	CHECK_HOLDS(a, "2 tehty ja 2 omalla tavalla");
	CHECK_HOLDS(a, "Kahvipöydässä");
	/* Of a campus only what it said itself, and how many said what. */
	a = under(w, "asema", "induction_staff", "years");
	CHECK_HOLDS(a, "Kahvipöydässä");
	CHECK_HOLDS(a, "2 tehty ja 2 omalla tavalla");
	CHECK_LACKS(a, "Tiimeittäin");
	/* A draft is not among them for those who do not see it. */
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_LACKS(under(w, NULL, "induction_staff", "years"), "2027–2028");
	world_end(w);
}

/* An answer that was changed later counts as it stood then. */
TEST(last_year_is_told_as_it_stood_in_the_same_week)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(answer(w, "ilmari", "pohja", "vappu", "state=coming&words=Soitto&version=0").status, 303);
	CHECK_INT(answer(w, "reino", "asema", "vappu", "state=done&words=Torvet&version=0").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/publish", "year=2027&version=1").status, 303);
	world_pass(14 * DAY_S);
	CHECK_INT(answer(w, "ilmari", "pohja", "vappu", "state=done&words=Jonot&version=1").status, 303);
	CHECK_INT(answer(w, "kerttu", "ranta", "vappu", "state=done&words=Kimppa&version=0").status, 303);
	world_pass(357 * DAY_S);
	a = world_get(w, NULL, "/fi/wheel/2027/compared");
	CHECK_HOLDS(a, "viikon 48 loppuun mennessä");
	CHECK_HOLDS(card(w, "/fi/wheel/2027/compared", "Vappu"), "1 tehty ja 1 tulossa");
	a = card(w, "/fi/pohja/wheel/2027/compared", "Vappu");
	CHECK_HOLDS(a, "Soitto");
	CHECK_HOLDS(a, "data-sight=\"coming\"");
	CHECK_LACKS(a, "Jonot");
	CHECK_LACKS(world_get(w, NULL, "/fi/ranta/wheel/2027/compared"), "Kimppa");
	/* Three weeks on, all of it was said. */
	world_pass(21 * DAY_S);
	CHECK_HOLDS(card(w, "/fi/wheel/2027/compared", "Vappu"), "3 tehty");
	CHECK_HOLDS(card(w, "/fi/pohja/wheel/2027/compared", "Vappu"), "Jonot");
	world_end(w);
}

TEST(years_that_are_over_are_compared_whole_and_the_first_with_none)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/wheel/2025/compared");

	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "Edellistä lukuvuotta ei ole");
	CHECK_INT(world_get(w, NULL, "/fi/wheel/2031/compared").status, 404);
	CHECK_HOLDS(world_get(w, NULL, "/sv/metsa/wheel/2026/compared"), "Förra året och det här året");
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026/compared"), "/otherwise\"");
	CHECK_HOLDS(world_get(w, "aino", "/fi/wheel/2026/compared"), "/fi/wheel/2026/otherwise\"");
	world_end(w);
}

TEST(what_is_often_done_otherwise_stands_with_its_reasons)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "ilmari", "/fi/wheel/2026/otherwise");

	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "Kahvipöydässä");
	CHECK_HOLDS(a, "omalla tavalla");
	CHECK_LACKS(a, "Tiimeittäin"); /* that was done as it was meant */
	CHECK_INT(world_get(w, NULL, "/fi/wheel/2026/otherwise").status, 303);
	CHECK_INT(world_get(w, "joel", "/fi/wheel/2026/otherwise").status, 200);
	/* Of one campus, what it says alone: once is chance. */
	a = world_get(w, "siv", "/sv/metsa/wheel/2026/otherwise");
	CHECK_INT(a.status, 200);
	CHECK_LACKS(a, "Kahvipöydässä");
	world_end(w);
}
