/* What takes place more than once a year: which days it has, and where they are read. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "test/world.h"

/* "2026-09-01 2026-10-06 …": the first day of each time. */
static struct str
starts(struct arena *a, struct wheel_time_list times)
{
	struct str *day = ARENA_ARRAY(a, struct str, times.n);
	char iso[11];

	for (size_t i = 0; i < times.n; i++)
		day[i] = str_copy(a, str_of(date_iso(times.at[i].first, iso)));
	return str_join(a, STR(" "), day, times.n);
}

static struct span
span_of(const char *first, const char *last)
{
	return (struct span){date_of_iso(str_of(first)), date_of_iso(str_of(last))};
}

#define CHECK_STARTS(repeats, first, last, until, off, wanted) \
	CHECK_STR(starts(t->arena, wheel_times(t->arena, repeats, span_of(first, last), \
	    date_of_iso(STR(until)), off)), wanted)

TEST(what_repeats_keeps_its_weekday_of_the_month)
{
	struct wheel_off none = {0};

	CHECK_STARTS(WHEEL_ITEM_REPEATS_NO, "2026-09-01", "2026-09-01", "2027-07-31", none, "2026-09-01");
	CHECK_STARTS(WHEEL_ITEM_REPEATS_WEEK, "2026-12-22", "2026-12-22", "2027-01-05", none,
	    "2026-12-22 2026-12-29 2027-01-05");
	CHECK_STARTS(WHEEL_ITEM_REPEATS_MONTH, "2026-11-03", "2026-11-03", "2027-02-28", none,
	    "2026-11-03 2026-12-01 2027-01-05 2027-02-02");
	CHECK_STARTS(WHEEL_ITEM_REPEATS_SECOND_MONTH, "2026-08-12", "2026-08-13", "2027-01-31", none,
	    "2026-08-12 2026-10-14 2026-12-09");
	/* A fifth Monday is the last one. */
	CHECK_STARTS(WHEEL_ITEM_REPEATS_MONTH, "2026-08-31", "2026-08-31", "2026-12-31", none,
	    "2026-08-31 2026-09-28 2026-10-26 2026-11-30 2026-12-28");
}

TEST(what_repeats_leaves_out_days_off_but_never_the_first)
{
	struct span days[] = {span_of("2026-10-12", "2026-10-16"), span_of("2026-09-07", "2026-09-07"),
	    span_of("2026-10-24", "2026-10-24")};
	struct wheel_off off = {days, 3};

	CHECK_STARTS(WHEEL_ITEM_REPEATS_WEEK, "2026-09-07", "2026-09-07", "2026-09-21", off,
	    "2026-09-07 2026-09-14 2026-09-21");
	/* A week is left out when none of its working days is left. */
	CHECK_STARTS(WHEEL_ITEM_REPEATS_WEEK, "2026-10-05", "2026-10-11", "2026-10-19", off, "2026-10-05 2026-10-19");
	CHECK_STARTS(WHEEL_ITEM_REPEATS_WEEK, "2026-10-07", "2026-10-09", "2026-10-14", off, "2026-10-07");
	CHECK_STARTS(WHEEL_ITEM_REPEATS_WEEK, "2026-10-17", "2026-10-17", "2026-10-31", off,
	    "2026-10-17 2026-10-31");
}

static void
read_off(struct tx *tx, void *arg)
{
	struct wheel_off off = wheel_off_of(tx, (campus_id){0}, span_of("2026-12-01", "2027-01-31"));
	char first[11], last[11];

	*(struct str *)arg = STR("");
	for (size_t i = 0; i < off.n; i++)
		if (off.at[i].last.day > off.at[i].first.day)
			*(struct str *)arg = str_fmt(tx->arena, "%s %s", date_iso(off.at[i].first, first),
			    date_iso(off.at[i].last, last));
}

/* Of the provider, what all campuses have in common. */
TEST(the_common_wheel_rests_when_every_campus_does)
{
	struct world *w = world(t);
	struct str off;

	world_read(w, read_off, &off);
	CHECK_STR(off, "2026-12-21 2027-01-06");
	world_end(w);
}

TEST(what_repeats_stands_in_each_month_and_week_and_is_answered_once)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "kerttu", "/fi/ranta/wheel/2026"), month;

	CHECK_INT(world_count(a, ">Keskiviikon aamupuuro</a>"), 11);
	month = world_part(a, "id=\"m2026-10\"", "</section>");
	CHECK_HOLDS(month, "7.10., 21.10., 28.10."); /* the autumn break lies between */
	CHECK_HOLDS(month, "joka viikko");
	a = world_get(w, NULL, "/fi/ranta/wheel/2026?month=11");
	CHECK_HOLDS(a, "4.11., 11.11., 18.11., 25.11.");
	CHECK_INT(world_count(a, ">Keskiviikon aamupuuro</a>"), 1);
	a = world_get(w, NULL, "/fi/ranta");
	CHECK_INT(world_count(a, ">Keskiviikon aamupuuro</a>"), 3); /* a line a week */
	a = world_get(w, NULL, world_item(w, "ranta", "shared_breakfast"));
	CHECK_HOLDS(a, "7.–13.9.2026 · viikko 37 · joka kuukausi");
	CHECK_HOLDS(a, "5.–11.10., 2.–8.11., 7.–13.12.");
	world_end(w);
}

/* What goes on until May does not wait for an answer in October. */
TEST(what_repeats_waits_for_its_answer_after_the_last_time)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "ilmari", world_item(w, "pohja", "shared_breakfast"));

	CHECK_HOLDS(a, "data-sight=\"none\"");
	world_end(w);
	w = world_of_day(t, "2027-06-20");
	a = world_get(w, "ilmari", world_item(w, "pohja", "shared_breakfast"));
	CHECK_HOLDS(a, "data-sight=\"waiting\"");
	world_end(w);
}

/* What an item is about is said first, in plain words. */
TEST(a_plain_sentence_stands_first)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, world_item(w, "metsa", "child_rights"));

	CHECK_HOLDS(a, "</h1>\n<p class=\"lead\">Muistetaan, että jokaisella alle 18-vuotiaalla on oikeuksia.</p>");
	CHECK_HOLDS(world_get(w, NULL, "/sv/metsa"), "Vi ser grupp för grupp hur studierna går");
	CHECK_HOLDS(world_get(w, NULL, "/en/metsa/wheel/calendar.ics"), "DESCRIPTION:We remember that everyone");
	world_end(w);
}

TEST(a_rule_is_written_copied_and_refused_with_words)
{
	struct world *w = world(t);
	const char *first = "title_fi=Kahvit&timing=dates&starts=1.9.2026&every=year&ring=1&answers=campus&version=0";
	struct answered a = world_post(w, "aino", "/fi/wheel/2026/new", str_z(w->arena, str_fmt(w->arena,
	    "%s&repeats=month&repeats_until=1.8.2026", first)));

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "ennen ensimmäistä kertaa");
	a = world_post(w, "aino", "/fi/wheel/2026/new", str_z(w->arena, str_fmt(w->arena,
	    "%s&repeats=month&repeats_until=30.9.2027", first)));
	CHECK_INT(a.status, 422);
	a = world_post(w, "aino", "/fi/wheel/2026/new", str_z(w->arena, str_fmt(w->arena,
	    "%s&repeats=month&repeats_until=4.5.2027&sentence_fi=Kahvit+kaikille.", first)));
	CHECK_INT(a.status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	a = world_get(w, "aino", "/fi/wheel/2027");
	CHECK_INT(world_count(a, ">Kahvit</a>"), 8); /* not in January, when there are holidays */
	CHECK_HOLDS(a, "7.9.2027"); /* again a first Tuesday */
	CHECK_HOLDS(a, "2.5.2028");
	CHECK_LACKS(a, "6.6.2028");
	world_end(w);
}
