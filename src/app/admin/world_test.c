/* The demo's college: a closed year that is told whole but for what is left out on purpose, and a year that stands at
 * today, whatever day that is. */
#include "lib/arena.h"
#include "test/world.h"

enum { CELLS = 35 * 4 };

TEST(the_closed_year_is_told_whole)
{
	struct world *w = world(t);
	struct answered side = world_get(w, NULL, "/fi/wheel/2025/campuses");

	CHECK_INT(world_count(side, "data-sight="), CELLS);
	CHECK(world_count(side, "data-sight=\"no-information\"") < CELLS / 12);
	CHECK_HOLDS(side, "vastaus 14 / 14 ydinasiaan");
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2025"), "ei tietoa"); /* the provider's own items */
	world_end(w);
}

/* The campus's own voice: Metsä speaks Swedish and does most in its own way. */
TEST(each_campus_has_its_own_way)
{
	struct world *w = world(t);
	struct answered metsa = world_get(w, NULL, "/fi/metsa/wheel/2025");
	struct answered pohja = world_get(w, NULL, "/fi/pohja/wheel/2025");

	CHECK(world_count(metsa, "data-sight=\"our-way\"") > 12);
	CHECK(world_count(pohja, "data-sight=\"done\"") > 24);
	CHECK(world_count(world_get(w, NULL, "/fi/ranta/wheel/2025"), "data-sight=\"no-information\"") > 2);
	CHECK_INT(world_count(world_get(w, NULL, "/fi/wheel/2025/campuses"), "<p lang=\"sv\">"), 33);
	world_end(w);
}

/* `unanswered_last_year` of world.json, for the reasons that the story has. */
TEST(what_nobody_answered_stays_unanswered)
{
	static const struct {
		const char *campus, *title;
	} open[] = {
		{"pohja", "Lapsen oikeuksien päivä 20.11."},
		{"ranta", "Kampuksen itsearviointi ja vuoden toimenpiteiden tilanne"},
		{"asema", "Poissaolot ja opintojen eteneminen ryhmittäin (vain koosteet)"},
		{"metsa", "Mielenterveysviikko"},
		{"metsa", "Kulttuuri- ja liikuntatapahtumat (SAKU)"},
	};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
		struct answered year = world_get(w, NULL,
		    str_z(w->arena, str_fmt(w->arena, "/fi/%s/wheel/2025", open[i].campus)));

		CHECK_HOLDS(world_part(year, str_z(w->arena, str_fmt(w->arena, ">%s</a>", open[i].title)), "</li>"),
		    "ei tietoa");
	}
	world_end(w);
}

/* Two answers of each campus, and two of the provider, say "coming up": those that come next. Some wait, most are
 * given. */
TEST(this_year_stands_at_today)
{
	static const char *const slugs[] = {"pohja", "ranta", "asema", "metsa"};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof slugs / sizeof *slugs; i++) {
		struct answered year = world_get(w, "ilmari",
		    str_z(w->arena, str_fmt(w->arena, "/fi/%s/wheel/2026", slugs[i])));

		CHECK_INT(world_count(year, "data-sight=\"coming\""), 4);
		CHECK_HOLDS(world_part(year, "Itsenäisyyspäivän juhla</a>", "</li>"), "data-sight=\"coming\"");
		CHECK_HOLDS(world_part(year, "Yhteinen joulupuuro / talvijuhla</a>", "</li>"), "data-sight=\"coming\"");
		CHECK(world_count(year, "data-sight=\"waiting\"") >= 1);
		CHECK(world_count(year, "data-sight=\"done\"") + world_count(year, "data-sight=\"our-way\"") > 8);
	}
	CHECK(world_count(world_get(w, "ilmari", "/fi/ranta/wheel/2026"), "data-sight=\"waiting\"") >= 4);
	world_end(w);
}

/* The turn of the school year, of the calendar year, a year of 53 weeks, the day that most years have not. */
TEST(the_demo_can_begin_on_any_day)
{
	static const char *const days[] = {"2026-07-31", "2026-08-01", "2026-09-15", "2026-12-28", "2026-12-31",
	    "2027-01-01", "2027-01-03", "2027-01-07", "2027-07-31", "2028-02-29", "2028-05-01"};
	static const char *const pages[] = {"/fi", "/sv/metsa", "/fi/pohja/wheel", "/fi/wheel?view=table",
	    "/fi/me/tasks"};
	static const char *const who[] = {NULL, "siv", "aino"};

	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct world *w = world_of_day(t, days[i]);

		for (size_t p = 0; p < sizeof pages / sizeof *pages; p++)
			for (size_t k = 0; k < sizeof who / sizeof *who; k++) {
				struct answered a = world_get(w, who[k], pages[p]);

				while (a.status == 303 && !str_contains(a.location, STR("sign-in")))
					a = world_get(w, who[k], str_z(w->arena, a.location));
				CHECK(a.status == 200 || (a.status == 303 && !who[k]));
			}
		world_end(w);
	}
}
