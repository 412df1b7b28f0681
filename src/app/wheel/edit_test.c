/* Editing: in which years, by whom, and what the form says of what cannot be. */
#include "app/wheel/wheel.h"

#include <stdlib.h>
#include <string.h>

#include "app/wheel/wheel.sql.h" /* generated */
#include "lib/arena.h"
#include "test/world.h"

static struct answered
post(struct world *w, const char *who, const char *item, const char *word, const char *fields)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "%s/%s", item, word)), fields);
}

static struct answered
get(struct world *w, const char *who, const char *item, const char *word)
{
	return world_get(w, who, str_z(w->arena, str_fmt(w->arena, "%s/%s", item, word)));
}

/* The same item under another year's address. */
static const char *
in_year(struct world *w, const char *item, int year)
{
	return str_z(w->arena, str_fmt(w->arena, "/fi/wheel/%d%s", year, strrchr(item, '/')));
}

#define GOOD "title_fi=Asia&timing=week&week=47&every=year&ring=1&answers=campus"

/* --- which years -------------------------------------------------------------------------------------------- */

TEST(an_item_is_changed_under_its_own_year_only)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week"), *wrong = in_year(w, item, 2027);

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_INT(post(w, "aino", wrong, "edit", GOOD "&version=1").status, 404);
	CHECK_INT(post(w, "aino", wrong, "cancel", "version=1&cancelled=1").status, 404);
	CHECK_INT(post(w, "aino", wrong, "material", "kind=message&title_fi=x&body_fi=y").status, 404);
	CHECK_INT(post(w, "aino", wrong, "material/end", "material=1").status, 404);
	CHECK_INT(post(w, "joel", wrong, "proposal", "words=x").status, 404);
	CHECK_INT(post(w, "aino", item, "edit", GOOD "&version=1").status, 303);
	world_end(w);
}

TEST(a_closed_year_is_not_edited)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week"), *open;
	struct answered a = get(w, "aino", item, "edit");
	const char *material = str_z(w->arena,
	    str_fmt(w->arena, "material=%lld", (long long)world_hidden(a, "material")));

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/close", "year=2026&version=2").status, 303);
	a = get(w, "aino", item, "edit");
	CHECK_INT(a.status, 403);
	CHECK_INT(world_count(a, "Lukuvuosi on päätetty"), 1);
	CHECK_LACKS(a, "Roolisi ei riitä");
	a = post(w, "aino", item, "edit", GOOD "&version=1");
	CHECK_INT(a.status, 403);
	CHECK_INT(world_count(a, "Lukuvuosi on päätetty"), 1);
	CHECK_INT(post(w, "aino", item, "cancel", "version=1&cancelled=1").status, 403);
	CHECK_INT(post(w, "aino", item, "material", "kind=message&title_fi=x&body_fi=y").status, 403);
	CHECK_INT(post(w, "aino", item, "material/end", material).status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/wheel/2026/new", GOOD "&version=0").status, 403);
	CHECK_INT(world_post(w, "siv", "/sv/metsa/wheel/2026/new", "title_sv=x&timing=week&week=47&every=year&ring=2&"
	    "answers=campus&version=0").status, 403);
	/* Not through the door of a year that is open either. */
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	open = in_year(w, item, 2027);
	CHECK_INT(post(w, "aino", open, "edit", GOOD "&version=1").status, 404);
	CHECK_INT(post(w, "aino", open, "cancel", "version=1&cancelled=1").status, 404);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/reopen", "year=2026&version=3").status, 303);
	CHECK_INT(post(w, "aino", item, "material/end", material).status, 303);
	CHECK_INT(post(w, "aino", item, "edit", GOOD "&version=1").status, 303);
	world_end(w);
}

TEST(a_draft_is_not_answered)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	a = world_post(w, "aino", "/fi/pohja/wheel/2027/new", GOOD "&version=0");
	CHECK_INT(a.status, 303);
	CHECK_INT(post(w, "aino", str_z(w->arena, a.location), "answer", "state=done&version=0").status, 404);
	CHECK_INT(post(w, "ilmari", str_z(w->arena, a.location), "answer", "state=done&version=0").status, 404);
	world_end(w);
}

/* --- the student body's board --------------------------------------------------------------------------------- */

TEST(the_board_edits_its_items_of_the_ring_campus_and_no_others)
{
	struct world *w = world(t);
	const char *own = world_item(w, NULL, "sb_elections"); /* ring campus, the board's */
	const char *common = world_item(w, NULL, "friends_week"); /* ring common, the board's */
	const char *other = world_item(w, NULL, "orientation"); /* ring campus, the tutors' */

	CHECK_INT(get(w, "joel", own, "edit").status, 200);
	CHECK_INT(get(w, "joel", common, "edit").status, 403);
	CHECK_INT(get(w, "joel", other, "edit").status, 403);
	CHECK_INT(post(w, "joel", own, "edit", "title_fi=Vaalit&timing=week&week=41&every=year&version=1").status, 303);
	CHECK_HOLDS(world_get(w, NULL, own), "Vaalit");
	CHECK_INT(post(w, "joel", common, "edit", GOOD "&version=1").status, 403);
	CHECK_INT(post(w, "joel", other, "edit", GOOD "&version=1").status, 403);
	CHECK_INT(post(w, "joel", common, "cancel", "version=1&cancelled=1").status, 403);
	CHECK_INT(post(w, "joel", other, "material", "kind=message&title_fi=x&body_fi=y").status, 403);
	CHECK_INT(post(w, "joel", own, "material", "kind=message&title_fi=x&body_fi=y").status, 303);
	world_end(w);
}

/* Ring, duty, person, who answers, core and campuses stay as the coordinator has them, whatever is sent. */
TEST(the_board_does_not_give_its_items_away)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "tutor_start");
	struct answered form = get(w, "joel", item, "edit"), a;

	CHECK_LACKS(form, "name=\"ring\"");
	CHECK_LACKS(form, "name=\"duty\"");
	CHECK_LACKS(form, "name=\"person\"");
	CHECK_LACKS(form, "name=\"answers\"");
	CHECK_LACKS(form, "name=\"core\"");
	CHECK_LACKS(form, "name=\"campuses\"");
	CHECK_HOLDS(get(w, "aino", item, "edit"), "name=\"ring\"");
	CHECK_INT(post(w, "joel", item, "edit",
	    "title_fi=Tutorit&timing=week&week=34&every=year&ring=1&duty=6&person=10&"
	    "answers=nobody&campuses=1&version=1").status, 303);
	a = world_get(w, "aino", item);
	CHECK_HOLDS(a, "Tutorit");
	CHECK_HOLDS(a, "opiskelijakunnan hallitus");
	CHECK_HOLDS(a, "</span> kampus</li>");
	CHECK_HOLDS(a, "Yhteinen ydinasia");
	CHECK_HOLDS(a, "data-campus=\"4\""); /* still for every campus, Metsä too */
	CHECK_LACKS(a, "Maarit Ukonsalmi");
	world_end(w);
}

/* A board of one campus does not edit what is there for all. */
TEST(a_campus_board_edits_no_common_item)
{
	struct world *w = world(t);
	const char *item = world_item(w, "asema", "sb_elections");

	CHECK_INT(world_post(w, "aino", "/fi/admin/people/7/role", "role=2&campus=3").status, 303);
	CHECK_INT(post(w, "mira", item, "answer", "state=done&version=0").status, 303);
	CHECK_INT(get(w, "mira", item, "edit").status, 403);
	CHECK_INT(post(w, "mira", item, "edit", GOOD "&version=1").status, 403);
	world_end(w);
}

/* --- what cannot be ------------------------------------------------------------------------------------------ */

static void
refuses(struct test *t, struct world *w, const char *fields, const char *field, const char *words)
{
	struct answered a = world_post(w, "aino", "/fi/wheel/2026/new", str_z(w->arena, str_fmt(w->arena,
	    "title_fi=Uusi+asia&every=year&version=0&%s", fields)));
	struct str link = str_fmt(w->arena, "href=\"#item-%s\"", field);

	test_check_int(t, __FILE__, __LINE__, fields, a.status, 422);
	if (!str_contains(a.body, link) || !str_contains(a.body, str_of(words)))
		test_fail(t, __FILE__, __LINE__, "%s: no problem of %s that says: %s", fields, field, words);
	CHECK_HOLDS(a, "Uusi asia");
}

TEST(what_is_wrong_in_an_item_is_said_at_its_field)
{
	struct world *w = world(t);

	refuses(t, w, "timing=week&week=5&ring=99&answers=campus", "ring", "Valitse yksi luettelon vaihtoehdoista");
	refuses(t, w, "timing=week&week=5&answers=campus", "ring", "Valitse yksi luettelon vaihtoehdoista");
	refuses(t, w, "timing=week&week=5&ring=1&answers=campus&duty=99", "duty",
	    "Valitse yksi luettelon vaihtoehdoista");
	refuses(t, w, "timing=week&week=5&ring=1&answers=campus&person=99", "person",
	    "Valitse yksi luettelon vaihtoehdoista");
	refuses(t, w, "timing=week&week=5&ring=1", "answers", "Valitse, kuka vastaa");
	refuses(t, w, "timing=week&ring=1&answers=campus", "week", "Kirjoita viikon numero");
	refuses(t, w, "timing=anchor&anchor=13-40&ring=1&answers=campus", "anchor", "Kirjoita päivä ja kuukausi");
	refuses(t, w, "timing=anchor&anchor=31.2.&ring=1&answers=campus", "anchor", "Kirjoita päivä ja kuukausi");
	refuses(t, w, "timing=dates&ring=1&answers=campus", "starts", "Kirjoita ensimmäinen päivä");
	refuses(t, w, "timing=dates&ends=2.12.2026&ring=1&answers=campus", "starts", "Kirjoita ensimmäinen päivä");
	refuses(t, w, "timing=dates&starts=2.12.2026&ends=1.12.2026&ring=1&answers=campus", "ends",
	    "ennen ensimmäistä");
	refuses(t, w, "timing=dates&starts=2.12.2025&ends=1.12.2026&ring=1&answers=campus", "starts", "1.8.2026");
	refuses(t, w, "timing=dates&starts=2.12.2026&ends=1.12.2027&ring=1&answers=campus", "ends", "31.7.2027");
	world_end(w);
}

struct finding {
	wheel_item_id old, copy;
};

static void
find_copy(struct tx *tx, void *arg)
{
	struct finding *f = arg;
	struct wheel_item item = {0};
	struct school_year y = {0};

	wheel_item_by_id(tx, f->old, &item);
	school_year_of(tx, 2027, &y);
	wheel_item_of_series(tx, item.series, y.id, &item);
	f->copy = item.id;
}

/* The number in 2027 of an item of 2026. */
static int64_t
again(struct world *w, int64_t item)
{
	struct finding f = {.old = {item}};

	world_read(w, find_copy, &f);
	return f.copy.n;
}

/* 2026 has 53 weeks, 2027 has 52. */
TEST(a_week_that_the_year_has_not_is_refused)
{
	struct world *w = world(t);
	struct answered old, a;

	old = world_post(w, "aino", "/fi/wheel/2026/new", "title_fi=Vanha&timing=week&week=53&every=year&ring=1&"
	    "answers=campus&version=0");
	CHECK_INT(old.status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	a = world_post(w, "aino", "/fi/wheel/2027/new", "title_fi=Uusi&timing=week&week=53&every=year&ring=1&"
	    "answers=campus&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "href=\"#item-week\"");
	CHECK_HOLDS(a, "ei ole viikkoa 53");
	CHECK_HOLDS(a, "viimeinen viikko on 52");
	CHECK_INT(world_post(w, "aino", "/fi/wheel/2027/new", "title_fi=Uusi&timing=week&week=52&every=year&ring=1&"
	    "answers=campus&version=0").status, 303);
	/* What was copied from week 53 stands in week 52, and its form says so. */
	a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "/fi/wheel/2027/%lld/edit",
	    (long long)again(w, strtoll(strrchr(str_z(w->arena, old.location), '/') + 1, NULL, 10)))));
	CHECK_HOLDS(a, "name=\"week\" type=\"text\" value=\"52\"");
	world_end(w);
}

/* A day is written as people write it, and shown so again. */
TEST(an_item_hangs_on_a_day_as_it_is_written_here)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", "/fi/wheel/2026/new",
	    "title_fi=Uusi&timing=anchor&anchor=6.12.&every=year&"
	    "ring=1&answers=campus&version=0");

	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, NULL, str_z(w->arena, a.location)), "30.11.–6.12.2026");
	CHECK_HOLDS(get(w, "aino", str_z(w->arena, a.location), "edit"),
	    "name=\"anchor\" type=\"text\" value=\"6.12.\"");
	world_end(w);
}

/* --- texts in three languages ------------------------------------------------------------------------------------- */

/* The writer's own language comes first; the others are folded, unless the text stands in one of them only. */
TEST(other_languages_are_folded_and_say_that_they_are_filled)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "aino", "/fi/wheel/2026/new");

	CHECK_LACKS(a, "<details class=\"languages\" open>");
	CHECK_HOLDS(a, "<summary>Muilla kielillä</summary>");
	CHECK_LACKS(world_part(a, "for=\"item-title\"", "<input"), "pakollinen");
	a = get(w, "aino", world_item(w, NULL, "mental_week"), "edit");
	CHECK_HOLDS(a, "<summary>Muilla kielillä <small>ruotsiksi, englanniksi</small></summary>");
	a = world_post(w, "siv", "/sv/metsa/wheel/2026/new",
	    "title_sv=Vedklyvning&timing=week&week=48&every=year&ring=2&"
	    "answers=nobody&version=0");
	CHECK_INT(a.status, 303);
	a.location = str_fmt(w->arena, "/fi%.*s", STR_ARG(str_sub(a.location, 3, a.location.n)));
	a = get(w, "siv", str_z(w->arena, a.location), "edit");
	CHECK_HOLDS(a, "<details class=\"languages\" open><summary>Muilla kielillä <small>ruotsiksi</small></summary>");
	world_end(w);
}

/* --- a campus's own items --------------------------------------------------------------------------------------- */

TEST(a_campuss_own_item_is_answered_by_the_campus_or_nobody)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "siv", "/fi/metsa/wheel/2026/new");

	CHECK_HOLDS(a, "value=\"campus\"");
	CHECK_HOLDS(a, "value=\"nobody\"");
	CHECK_LACKS(a, "value=\"provider\"");
	CHECK_LACKS(a, "Jokainen kampus");
	a = world_post(w, "siv", "/fi/metsa/wheel/2026/new",
	    "title_fi=Halonhakkuu&timing=week&week=47&every=year&ring=2&"
	    "answers=provider&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "href=\"#item-answers\"");
	CHECK_LACKS(a, "value=\"provider\"");
	/* And it is edited under its campus's address only. */
	a = world_post(w, "siv", "/fi/metsa/wheel/2026/new",
	    "title_fi=Halonhakkuu&timing=week&week=47&every=year&ring=2&"
	    "answers=nobody&version=0");
	CHECK_INT(a.status, 303);
	CHECK_INT(post(w, "aino", in_year(w, str_z(w->arena, a.location), 2026), "edit", GOOD "&version=1").status,
	    404);
	CHECK_INT(post(w, "siv", str_z(w->arena, a.location), "edit",
	    "title_fi=Halot&timing=week&week=48&every=year&ring=2&"
	    "answers=campus&version=1").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/metsa/wheel/2026"), "Halot");
	world_end(w);
}

/* --- many campuses ------------------------------------------------------------------------------------------ */

#define TICKED(id) "name=\"campuses\" value=\"" id "\" checked"
#define MANY "title_fi=Suppilovahverot&timing=week&week=47&every=year&ring=1&answers=campus"

/* The first four campuses are the demo's. */
TEST(an_item_is_for_the_seventieth_campus_of_eighty)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week");
	struct answered a;

	world_add_campuses(w, 76);
	CHECK_INT(post(w, "aino", item, "edit", MANY "&campuses=70&campuses=4&campuses=x&version=1").status, 303);
	a = get(w, "aino", item, "edit");
	CHECK_INT(world_count(a, "name=\"campuses\""), 80);
	CHECK_INT(world_count(world_part(a, "name=\"campuses\"", "</fieldset>"), " checked"), 2);
	CHECK_HOLDS(a, TICKED("4"));
	CHECK_HOLDS(a, TICKED("70"));
	CHECK_HOLDS(world_get(w, NULL, "/fi/uusi66/wheel/2026"), "Suppilovahverot");
	CHECK_HOLDS(world_get(w, NULL, "/fi/metsa/wheel/2026"), "Suppilovahverot");
	CHECK_LACKS(world_get(w, NULL, "/fi/uusi2/wheel/2026"), "Suppilovahverot");
	CHECK_LACKS(world_get(w, NULL, "/fi/uusi65/wheel/2026"), "Suppilovahverot");
	CHECK_LACKS(world_get(w, NULL, "/fi/ranta/wheel/2026"), "Suppilovahverot");
	/* refused, the ticks stay as they were sent */
	a = post(w, "aino", item, "edit", "timing=week&week=47&every=year&ring=1&answers=campus&campuses=71&version=2");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, TICKED("71"));
	CHECK_LACKS(a, TICKED("70"));
	/* and beside them stands what somebody else saved meanwhile */
	a = post(w, "aino", item, "edit", MANY "&campuses=71&version=1");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, TICKED("71"));
	CHECK_HOLDS(a, "<b>Metsä, Uusib Mäki 66</b>");
	world_end(w);
}
