/* A copied year looked through: many at once, each with what was said of it, and everything can be taken back. */
#include "app/wheel/wheel.h"

#include <stdlib.h>
#include <string.h>

#include "app/wheel/wheel.sql.h" /* generated */
#include "lib/arena.h"
#include "test/world.h"

#define REVIEW "/fi/wheel/2027/review"

enum { RINGS = 5 };

struct finding {
	int64_t old;
	struct wheel_item copy;
};

static void
find_copy(struct tx *tx, void *arg)
{
	struct finding *f = arg;
	struct wheel_item item = {0};
	struct school_year y = {0};

	wheel_item_by_id(tx, (wheel_item_id){f->old}, &item);
	school_year_of(tx, 2027, &y);
	wheel_item_of_series(tx, item.series, y.id, &f->copy);
}

/* The item of 2027 that was copied from one of 2026. */
static struct wheel_item
copy_of(struct world *w, const char *address)
{
	struct finding f = {.old = strtoll(strrchr(address, '/') + 1, NULL, 10)};

	world_read(w, find_copy, &f);
	return f.copy;
}

static struct wheel_item
copy(struct world *w, const char *key)
{
	return copy_of(w, world_item(w, NULL, key));
}

static struct answered
choose(struct world *w, const char *who, struct wheel_item item, const char *verdict)
{
	return world_post(w, who, REVIEW, str_z(w->arena, str_fmt(w->arena, "verdict-%lld=%s", (long long)item.id.n,
	    verdict)));
}

static struct answered
undo(struct world *w, struct wheel_item item)
{
	return world_post(w, "aino", REVIEW, str_z(w->arena, str_fmt(w->arena, "undo=%lld", (long long)item.id.n)));
}

/* The row of an item on the page. */
static struct answered
row(struct world *w, const char *who, struct wheel_item item)
{
	return world_part(world_get(w, who, REVIEW),
	    str_z(w->arena, str_fmt(w->arena, "id=\"i%lld\"", (long long)item.id.n)), "</li>");
}

static struct world *
begun(struct test *t)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	return w;
}

/* --- one by one -------------------------------------------------------------------------------------------- */

TEST(each_item_is_kept_moved_or_dropped_and_that_is_undone)
{
	struct world *w = begun(t);
	struct wheel_item kept = copy(w, "mental_week"), moved = copy(w, "orientation"), day = copy(w, "mental_day");
	struct wheel_item dropped = copy(w, "vappu");

	CHECK_INT(choose(w, "aino", kept, "keep").status, 303);
	CHECK_HOLDS(row(w, "aino", kept), "pidetään</span>");
	CHECK_INT(choose(w, "aino", moved, "later").status, 303);
	CHECK_INT(copy(w, "orientation").starts.day, moved.starts.day + 7);
	CHECK_INT(copy(w, "orientation").week, moved.week + 1);
	CHECK_HOLDS(row(w, "aino", moved), "siirretty käsin");
	/* What hung on a day now stands in a week, and hangs there again. */
	CHECK_INT(day.timing, WHEEL_ITEM_TIMING_ANCHOR);
	CHECK_INT(choose(w, "aino", day, "earlier").status, 303);
	CHECK_INT(copy(w, "mental_day").timing, WHEEL_ITEM_TIMING_WEEK);
	CHECK_INT(copy(w, "mental_day").ends.day, day.ends.day - 7);
	CHECK_INT(choose(w, "aino", dropped, "drop").status, 303);
	CHECK(copy(w, "vappu").cancelled_at.s != 0);
	CHECK_HOLDS(row(w, "aino", dropped), "jätetty pois</span>");
	CHECK_INT(undo(w, kept).status, 303);
	CHECK_INT(undo(w, moved).status, 303);
	CHECK_INT(undo(w, day).status, 303);
	CHECK_INT(undo(w, dropped).status, 303);
	CHECK_INT(copy(w, "orientation").starts.day, moved.starts.day);
	CHECK_INT(copy(w, "orientation").week, moved.week);
	CHECK_INT(copy(w, "mental_day").timing, WHEEL_ITEM_TIMING_ANCHOR);
	CHECK(str_eq(copy(w, "mental_day").anchor, day.anchor));
	CHECK_INT(copy(w, "mental_day").starts.day, day.starts.day);
	CHECK_INT(copy(w, "vappu").cancelled_at.s, 0);
	CHECK_HOLDS(world_get(w, "aino", REVIEW), "läpikäyty 0/");
	world_end(w);
}

TEST(what_is_edited_counts_as_looked_through_and_leads_back)
{
	struct world *w = begun(t);
	struct wheel_item item = copy(w, "mental_week");
	struct str address = str_fmt(w->arena, "/fi/wheel/2027/%lld", (long long)item.id.n);
	struct answered a = world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%.*s/edit", STR_ARG(address))),
	    "title_fi=Mieli&timing=week&week=48&every=year&ring=1&answers=campus&version=1");

	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, str_z(w->arena, str_fmt(w->arena, REVIEW "#i%lld", (long long)item.id.n)));
	CHECK_HOLDS(row(w, "aino", item), "muokattu</span>");
	a = world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%.*s/cancel", STR_ARG(address))),
	    "version=2&cancelled=1");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(row(w, "aino", item), "jätetty pois</span>");
	/* In a year that was not copied, or is published, one stays with the item. */
	a = world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", world_item(w, NULL, "mental_week"))),
	    "title_fi=Mieli&timing=week&week=48&every=year&ring=1&answers=campus&version=1");
	CHECK_STR(a.location, world_item(w, NULL, "mental_week"));
	world_end(w);
}

/* The first day of the year cannot come earlier. */
TEST(an_item_is_not_moved_out_of_its_year)
{
	struct world *w = world(t);
	struct answered old = world_post(w, "aino", "/fi/wheel/2026/new",
	    "title_fi=Elokuu&timing=dates&starts=1.8.2026&every=year&ring=1&answers=campus&version=0"), a;
	struct wheel_item item;

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	item = copy_of(w, str_z(w->arena, old.location));
	CHECK_LACKS(row(w, "aino", item), "aiemmin: ");
	CHECK_HOLDS(row(w, "aino", item), "myöhemmin: ");
	a = choose(w, "aino", item, "earlier");
	CHECK_INT(a.status, 303);
	CHECK_INT(copy_of(w, str_z(w->arena, old.location)).starts.day, item.starts.day);
	CHECK_HOLDS(row(w, "aino", item), "myöhemmin: "); /* still to be looked through */
	world_end(w);
}

/* --- many at once --------------------------------------------------------------------------------------------- */

TEST(a_page_of_choices_is_one_form)
{
	struct world *w = begun(t);
	struct wheel_item one = copy(w, "mental_week"), other = copy(w, "orientation");
	struct answered a = world_post(w, "aino", REVIEW, str_z(w->arena, str_fmt(w->arena,
	    "verdict-%lld=keep&verdict-%lld=drop", (long long)one.id.n, (long long)other.id.n)));

	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, "aino", REVIEW), "läpikäyty 2/");
	a = world_post(w, "aino", REVIEW, "ring=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse ensin jostakin asiasta");
	world_end(w);
}

/* All of a ring that stand in the same week and meet nothing new; what was chosen beside it counts. */
TEST(those_that_stay_in_their_week_are_kept_at_once)
{
	struct world *w = begun(t);
	struct wheel_item plain = copy(w, "mental_week"), chosen = copy(w, "orientation");
	int64_t left = world_count(world_get(w, "aino", REVIEW), "data-open=\"true\"");
	struct answered a = world_post(w, "aino", REVIEW, str_z(w->arena, str_fmt(w->arena,
	    "keep=%lld&verdict-%lld=drop", (long long)plain.ring.n, (long long)chosen.id.n)));

	CHECK_INT(a.status, 303);
	CHECK_HOLDS(row(w, "aino", plain), "pidetään</span>");
	CHECK_HOLDS(row(w, "aino", chosen), "jätetty pois</span>");
	/* The other rings stand where that one stood, and after the last comes what must be looked at. */
	CHECK_STR(a.location, REVIEW "#at-once");
	a = world_get(w, "aino", REVIEW);
	CHECK(world_count(a, "data-open=\"true\"") < left && world_count(a, "data-open=\"true\"") > 0);
	CHECK(!str_contains(a.body, str_fmt(w->arena, "name=\"keep\" value=\"%lld\"", (long long)plain.ring.n)));
	for (int ring = 1; ring <= RINGS; ring++)
		a = world_post(w, "aino", REVIEW, str_z(w->arena, str_fmt(w->arena, "keep=%d", ring)));
	CHECK(str_starts(a.location, STR(REVIEW "#i")));
	CHECK_LACKS(world_get(w, "aino", REVIEW), "at-once");
	world_end(w);
}

/* Somebody else chose meanwhile: their choice stands, the rest is saved, and both are told. */
TEST(of_two_who_choose_the_first_is_right)
{
	struct world *w = begun(t);
	struct wheel_item one = copy(w, "mental_week"), other = copy(w, "orientation");
	struct answered a;

	CHECK_INT(choose(w, "aino", one, "drop").status, 303);
	a = world_post(w, "aino", REVIEW, str_z(w->arena, str_fmt(w->arena, "verdict-%lld=keep&verdict-%lld=keep",
	    (long long)one.id.n, (long long)other.id.n)));
	CHECK_INT(a.status, 303);
	CHECK(copy(w, "mental_week").cancelled_at.s != 0);
	CHECK_HOLDS(row(w, "aino", other), "pidetään</span>");
	world_end(w);
}

/* --- what stands beside --------------------------------------------------------------------------------------- */

TEST(each_item_shows_last_years_days_states_and_reasons)
{
	struct world *w = begun(t);
	struct answered a;
	const char *item = world_item(w, "pohja", "vappu");

	CHECK_INT(world_post(w, "ilmari", str_z(w->arena, str_fmt(w->arena, "%s/answer", item)),
	    "state=our_way&words=Osastoittain&version=0").status, 303);
	a = row(w, "aino", copy(w, "vappu"));
	CHECK_HOLDS(a, "teki omalla tavalla");
	CHECK_HOLDS(a, "<b>Pohja</b>, tehty omalla tavalla: <span lang=\"fi\">Osastoittain</span>");
	CHECK_HOLDS(a, "viimeksi");
	CHECK_HOLDS(row(w, "aino", copy(w, "mental_day")), "viikko seuraa päivää");
	/* And nothing of it is this year's. */
	CHECK_LACKS(world_get(w, "aino", "/fi/pohja/wheel/2027"), "data-sight=\"our-way\"");
	world_end(w);
}

/* Ascension Day of 2028 is 25 May. */
TEST(a_new_day_that_is_a_holiday_is_told)
{
	struct world *w = world(t);
	struct answered old = world_post(w, "aino", "/fi/wheel/2026/new",
	    "title_fi=Retki&timing=dates&starts=20.5.2027&every=year&ring=1&answers=campus&version=0");
	struct wheel_item item;

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	item = copy_of(w, str_z(w->arena, old.location));
	CHECK_INT(item.starts.day, date_of(2028, 5, 18).day);
	CHECK_LACKS(row(w, "aino", item), "Samaan aikaan");
	CHECK_INT(choose(w, "aino", item, "later").status, 303);
	CHECK_HOLDS(row(w, "aino", item), "Samaan aikaan: helatorstai");
	world_end(w);
}

/* --- who --------------------------------------------------------------------------------------------------------- */

TEST(a_campuss_own_items_are_looked_through_by_its_staff_in_a_draft_too)
{
	struct world *w = world(t);
	struct answered old = world_post(w, "siv", "/sv/metsa/wheel/2026/new",
	    "title_sv=Vedklyvning&timing=week&week=48&every=year&ring=2&answers=campus&version=0"), a;
	struct wheel_item item;
	const char *review = "/sv/metsa/wheel/2027/review", *fields;

	CHECK_INT(old.status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	item = copy_of(w, str_z(w->arena, old.location));
	a = world_get(w, "siv", review);
	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "Vedklyvning");
	CHECK_INT(world_count(a, "class=\"card review\""), 1);
	CHECK_INT(world_get(w, "siv", REVIEW).status, 403);
	CHECK_INT(world_get(w, "ilmari", review).status, 403);
	CHECK_INT(world_get(w, NULL, review).status, 303);
	a = world_get(w, "siv", str_z(w->arena, str_fmt(w->arena, "/sv/metsa/wheel/2027/%lld/edit",
	    (long long)item.id.n)));
	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "href=\"/sv/metsa/wheel/2027/review#i");
	CHECK_INT(world_get(w, "siv", "/sv/metsa/wheel/2027").status, 404);
	/* Not what is common, nor under a wrong campus. */
	fields = str_z(w->arena, str_fmt(w->arena, "verdict-%lld=keep", (long long)copy(w, "mental_week").id.n));
	CHECK_INT(world_post(w, "siv", review, fields).status, 404);
	fields = str_z(w->arena, str_fmt(w->arena, "verdict-%lld=keep", (long long)item.id.n));
	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/wheel/2027/review", fields).status, 404);
	CHECK_INT(world_post(w, "siv", review, fields).status, 303);
	CHECK_HOLDS(world_get(w, "siv", review), "genomgånget 1/1");
	CHECK_INT(world_post(w, "aino", "/fi/metsa/wheel/2027/review",
	    str_z(w->arena, str_fmt(w->arena, "undo=%lld", (long long)item.id.n))).status, 303);
	CHECK_HOLDS(world_get(w, "siv", review), "genomgånget 0/1");
	world_end(w);
}

/* --- publishing ------------------------------------------------------------------------------------------ */

TEST(publishing_says_how_much_is_left_and_does_not_forbid_it)
{
	struct world *w = begun(t);
	struct answered a = world_get(w, "aino", "/fi/admin/wheel");

	CHECK_HOLDS(a, "asiaa on vielä käymättä läpi. Voit julkaista jo nyt");
	CHECK_HOLDS(a, "href=\"/fi/wheel/2027/review\"");
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/publish", "year=2027&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/wheel"), "asiaa on vielä käymättä läpi");
	/* It goes on afterwards, until the year is closed. */
	CHECK_INT(choose(w, "aino", copy(w, "mental_week"), "keep").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/close", "year=2027&version=2").status, 303);
	CHECK_INT(choose(w, "aino", copy(w, "vappu"), "keep").status, 403);
	CHECK_LACKS(world_get(w, "aino", REVIEW), "<button class=\"button\">");
	world_end(w);
}

/* A second press, or a second coordinator, finds the year there: nothing is copied twice. */
TEST(a_year_is_copied_once)
{
	struct world *w = begun(t);
	int items = world_count(world_get(w, "aino", REVIEW), "class=\"card review\"");
	struct answered a = world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027");

	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Tämä lukuvuosi on jo aloitettu");
	CHECK_HOLDS(a, "href=\"/fi/wheel/2027/review\"");
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2026").status, 409);
	CHECK_INT(world_count(world_get(w, "aino", REVIEW), "class=\"card review\""), items);
	world_end(w);
}
