/* What hangs on a wall. */
#include "test/world.h"

TEST(a_poster_holds_the_year_without_what_was_answered)
{
	struct world *w = world(t);
	struct answered list = world_get(w, "ilmari", "/fi/pohja/wheel/2026");
	struct answered a = world_get(w, "ilmari", "/fi/pohja/wheel/2026/poster");

	CHECK_HOLDS(list, "/fi/pohja/wheel/2026/poster");
	CHECK_HOLDS(a, "data-paper=\"a3\"");
	CHECK_HOLDS(a, "Kolmijoen koulutusyhtymä");
	CHECK(str_contains(list.body, str_fmt(w->arena, "%d asiaa", world_count(a, "<span class=\"number\""))));
	CHECK_INT(world_count(a, "joka kuukausi</small> Yhteinen aamupala"), 1);
	CHECK_HOLDS(a, "Mielenterveysviikko");
	CHECK_HOLDS(a, "class=\"qr\"");
	CHECK_HOLDS(a, "Tilanne 23.11.2026");
	CHECK_LACKS(a, "wheel-stated");
	CHECK_LACKS(a, "wheel-now");
	CHECK_LACKS(a, "wheel-past");
	world_end(w);
}

TEST(a_small_poster_says_how_many_it_leaves_out)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, NULL, "/sv/pohja/wheel/2026/poster?paper=a4"), "data-paper=\"a4\"");
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026/poster"), "Sivulla vielä");
	CHECK_STATUS(w, NULL, "/fi/wheel/2031/poster", 404);
	world_end(w);
}

TEST(a_month_is_a_sheet_of_whole_weeks)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/pohja/wheel/2026/month/12");
	struct answered week;

	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "/fi/pohja/wheel/2026/month/11");
	CHECK_INT(world_count(a, "<section>"), 5);
	week = world_part(a, "viikko 49", "</section>");
	CHECK_HOLDS(week, "data-within=\"false\"><b>30</b>");
	CHECK_HOLDS(week, "itsenäisyyspäivä");
	CHECK_HOLDS(week, "Itsenäisyyspäivän juhla");
	CHECK_HOLDS(world_part(a, "viikko 52", "</section>"), "joululoma");
	CHECK_HOLDS(a, "/fi/pohja/wheel/2026/month/11\" rel=\"prev\"");
	CHECK_HOLDS(a, "/fi/pohja/wheel/2026/month/1\" rel=\"next\"");
	/* over the ends of the school year, where there is another */
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026/month/8"), "/fi/pohja/wheel/2025/month/7\" rel=\"prev\"");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2026/month/7"), "rel=\"next\"");
	CHECK_STATUS(w, NULL, "/fi/wheel/2026/month/1", 200);
	CHECK_STATUS(w, NULL, "/fi/wheel/2026/month/13", 404);
	world_end(w);
}
