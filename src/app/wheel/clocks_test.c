/* Items on the days on which clocks change, the last Sundays of March and October. Items have days and no hours, so a
 * day of 23 or 25 hours is a day like others, on pages and in calendars. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "lib/zone.h"
#include "test/world.h"

enum { HOUR_S = 3600 };

static const struct {
	const char *typed, *shown, *next_year, *begins, *ends;
} days[] = {
	{"25.10.2026", "25.10.2026", "24.10.2027", "DTSTART;VALUE=DATE:20261025", "DTEND;VALUE=DATE:20261026"},
	{"28.3.2027", "28.3.2027", "26.3.2028", "DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329"},
};

TEST(an_item_on_a_day_when_clocks_change_is_on_that_day)
{
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
		struct answered a = world_post(w, "aino", "/fi/wheel/2026/new", str_z(w->arena, str_fmt(w->arena,
		    "title_fi=Kellot%zu&timing=dates&starts=%s&every=year&ring=1&answers=campus&version=0", i,
		    days[i].typed)));

		CHECK_INT(a.status, 303);
		a = world_get(w, NULL, str_z(w->arena, a.location));
		CHECK(str_contains(a.body, str_of(days[i].shown)));
		/* A day in calendars, which no zone moves. */
		a = world_get(w, NULL, "/fi/pohja/wheel/calendar.ics");
		CHECK(str_contains(a.body, str_of(days[i].begins)));
		CHECK(str_contains(a.body, str_of(days[i].ends)));
	}
	/* The same Sunday of the next year. */
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		CHECK(str_contains(world_get(w, "aino", "/fi/wheel/2027").body, str_of(days[i].next_year)));
	world_end(w);
}

/* Every Sunday, before and after. */
TEST(what_comes_each_week_keeps_its_day_when_clocks_change)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", "/fi/wheel/2026/new",
	    "title_fi=Sunnuntai&timing=dates&starts=14.3.2027&every=year&ring=1&answers=campus&repeats=week&"
	    "repeats_until=11.4.2027&version=0");

	CHECK_INT(a.status, 303);
	a = world_get(w, NULL, str_z(w->arena, a.location));
	CHECK_HOLDS(a, "14.3., 21.3., 4.4., 11.4."); /* 28.3. is Easter Sunday */
	world_end(w);
}

/* Sunday evening is still of that week, and the hour after midnight of the next. */
TEST(a_week_in_which_clocks_change_ends_at_midnight)
{
	static const struct {
		const char *day;
		int hours; /* of that day */
	} weeks[] = {{"2027-03-28", 23}, {"2026-10-25", 25}};
	struct world *w = world_in_memory(t);
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));

	for (size_t i = 0; i < sizeof weeks / sizeof *weeks; i++) {
		struct date day = date_of_iso(str_of(weeks[i].day));
		struct instant begins = instant_of_local(zone, day, 0);
		struct instant ends = instant_of_local(zone, date_add_days(day, 1), 0);

		CHECK_INT((ends.s - begins.s) / HOUR_S, weeks[i].hours);
		CHECK_INT(local_of(zone, (struct instant){ends.s - 1}).date.day, day.day);
		CHECK_INT(local_of(zone, ends).date.day, day.day + 1);
	}
	world_end(w);
}
