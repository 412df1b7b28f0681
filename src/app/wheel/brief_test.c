/* What a campus's front page begins with, from 23 November on. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "test/world.h"

enum { DAY_S = 86400 };

static struct answered
brief(struct world *w, const char *address)
{
	return world_part(world_get(w, NULL, address), "<section class=\"brief\">", "</section>");
}

/* What the page says of today. */
static struct answered
today(struct world *w, const char *address)
{
	return world_part(world_get(w, NULL, address), "<h2 class=\"today\">", "<section");
}

TEST(a_front_page_tells_today_this_week_and_the_next)
{
	struct world *w = world(t);
	struct answered a = brief(w, "/fi/pohja");

	CHECK_HOLDS(today(w, "/fi/pohja"), "Tänään, maanantai 23.11.");
	CHECK_LACKS(today(w, "/fi/pohja"), "vapaapäivä");
	CHECK_HOLDS(world_part(a, "Tällä viikolla, viikko 48</h2>", "<h2>"), "Poissaolot ja opintojen eteneminen");
	CHECK_HOLDS(world_part(a, "Ensi viikolla, viikko 49</h2>", "<h2>"), "Itsenäisyyspäivän juhla");
	CHECK_HOLDS(world_part(a, "Sitten, viikko 50</h2>", "</ol>"), "joulupuuro");
	CHECK_LACKS(a, "ei vielä vastausta"); /* a front page asks nothing */
	CHECK_HOLDS(a, "tulossa");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "Opiskelijoita 1900, henkilökuntaa 160");
	world_end(w);
}

TEST(a_front_page_names_the_holiday_the_break_and_the_day_off)
{
	struct world *w = world(t);

	world_pass(5 * DAY_S);
	CHECK_HOLDS(today(w, "/fi/pohja"), "vapaapäivä");
	world_pass(8 * DAY_S);
	CHECK_HOLDS(today(w, "/fi/pohja"), "Tänään, sunnuntai 6.12.");
	CHECK_HOLDS(today(w, "/fi/pohja"), "<p class=\"quiet\">itsenäisyyspäivä</p>");
	CHECK_HOLDS(today(w, "/sv"), "<p class=\"quiet\">självständighetsdagen</p>");
	world_pass(16 * DAY_S);
	CHECK_HOLDS(today(w, "/fi/pohja"), "<p class=\"quiet\">joululoma</p>");
	CHECK_LACKS(today(w, "/fi"), "joululoma");
	world_end(w);
}

TEST(a_front_page_has_seven_lines_at_most_and_says_what_is_more)
{
	struct world *w = world(t);
	struct answered a;

	for (int i = 0; i < 8; i++)
		CHECK_INT(world_post(w, "siv", "/sv/metsa/wheel/2026/new",
		    "title_sv=Vedklyvning&timing=week&week=49&every=year&ring=2&answers=campus&version=0").status, 303);
	a = brief(w, "/sv/metsa");
	CHECK_INT(world_count(a, "<li class=\"row-item\""), 7);
	CHECK_HOLDS(world_part(a, "Den här veckan", "<h2>"), "<li class=\"row-item\""); /* this week goes first */
	CHECK_HOLDS(a, "och 3 till");
	CHECK_LACKS(a, "Sedan");
	CHECK_INT(world_count(brief(w, "/sv/pohja"), "<li class=\"row-item\""), 4);
	world_end(w);
}

TEST(a_quiet_front_page_says_what_comes_next)
{
	struct world *w = world(t);
	struct answered a;

	world_pass(224 * DAY_S); /* 5 July */
	a = brief(w, "/fi/pohja");
	CHECK_HOLDS(a, "Lähiviikkoina vuosikellossa ei ole mitään");
	CHECK_HOLDS(world_part(a, "Seuraavaksi:", "</p>"), "26.7.–1.8.2027");
	CHECK_LACKS(a, "/new\"");
	CHECK_HOLDS(world_get(w, "aino", "/fi/pohja"), "href=\"/fi/pohja/wheel/2026/new\"");
	world_end(w);
}

/* What is planned for August is there in July. */
TEST(the_coming_weeks_reach_into_the_next_school_year)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/publish", "year=2027&version=1").status, 303);
	world_pass(245 * DAY_S); /* 26 July */
	CHECK_HOLDS(brief(w, "/fi/pohja"), "Lukuvuoden vuosikello julkaistaan");
	world_end(w);
}
