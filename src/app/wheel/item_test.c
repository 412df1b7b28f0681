/* The page of an item: what it offers to whom, and what its forms refuse. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "test/world.h"

static struct answered
post(struct world *w, const char *who, const char *item, const char *word, const char *fields)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "%s/%s", item, word)), fields);
}

/* --- what the whole provider answers ---------------------------------------------------------------------- */

/* There is no other way than the provider's own. */
TEST(the_provider_says_coming_done_or_not_here)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "sg_spring");
	struct answered a = world_get(w, "aino", item);

	CHECK_HOLDS(a, "value=\"coming\"");
	CHECK_HOLDS(a, "value=\"done\"");
	CHECK_HOLDS(a, "value=\"not_here\"");
	CHECK_LACKS(a, "value=\"our_way\"");
	CHECK_HOLDS(world_get(w, "aino", world_item(w, "pohja", "mental_week")), "value=\"our_way\"");
	a = post(w, "aino", item, "answer", "state=our_way&words=omin+sanoin&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse, miten kävi");
	CHECK_HOLDS(a, "omin sanoin");
	CHECK_LACKS(a, "value=\"our_way\"");
	CHECK_INT(post(w, "aino", item, "answer", "state=coming&version=0").status, 303);
	world_end(w);
}

/* Management has no right on a campus, so the form that it finds there is sent to the provider's own address. */
TEST(management_answers_from_the_page_of_a_campus)
{
	struct world *w = world(t);
	const char *there = world_item(w, "pohja", "sg_spring"), *item = world_item(w, NULL, "sg_spring");
	const char *answer = str_z(w->arena, str_fmt(w->arena, "action=\"%s/answer\"", item));
	const char *undo = str_z(w->arena, str_fmt(w->arena, "action=\"%s/undo\"", item));
	struct answered a = world_get(w, "tapani", there);

	CHECK(str_contains(a.body, str_of(answer)));
	CHECK_INT(post(w, "tapani", item, "answer", "state=done&words=julki&version=0").status, 303);
	a = world_get(w, "tapani", there);
	CHECK_HOLDS(a, "julki");
	CHECK(str_contains(a.body, str_of(undo)));
	CHECK(str_contains(world_get(w, "aino", there).body, str_of(undo)));
	CHECK_LACKS(world_get(w, "ilmari", there), "/undo\"");
	CHECK_INT(post(w, "tapani", item, "undo", "version=1").status, 303);
	CHECK_LACKS(world_get(w, NULL, item), "julki");
	/* The address of a campus answers for the campus. */
	CHECK_INT(post(w, "aino", there, "answer", "state=done&version=2").status, 404);
	world_end(w);
}

/* --- days of one's own ------------------------------------------------------------------------------------- */

TEST(own_days_need_a_first_one_within_the_year)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	struct answered a = post(w, "ilmari", item, "answer", "state=done&ends=24.11.2026&version=0");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Kirjoita myös ensimmäinen päivä");
	CHECK_HOLDS(a, "href=\"#answer-starts\"");
	a = post(w, "ilmari", item, "answer", "state=done&starts=24.11.2026&ends=1.9.2027&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "href=\"#answer-ends\"");
	CHECK_LACKS(a, "href=\"#answer-starts\"");
	world_end(w);
}

/* --- free text ------------------------------------------------------------------------------------------------ */

/* Beside each, and tied to it for those who hear the page. */
TEST(every_free_text_says_whom_it_is_not_about)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	struct answered a = world_get(w, "ilmari", item);

	CHECK_HOLDS(a, "id=\"answer-words-hint\">Muutama lause siitä, mitä tehtiin, riittää. Älä kirjoita mitään "
	    "yksittäisestä");
	CHECK_HOLDS(a, "id=\"proposal-words-hint\">Älä kirjoita mitään yksittäisestä opiskelijasta.</p>");
	CHECK_HOLDS(a, "name=\"words\" rows=\"4\" aria-describedby=\"proposal-words-hint\"");
	a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)));
	CHECK_HOLDS(a, "id=\"item-description-hint\">Älä kirjoita mitään yksittäisestä opiskelijasta.</p>");
	CHECK_HOLDS(a, "id=\"material-body-hint\">Älä kirjoita mitään yksittäisestä opiskelijasta.</p>");
	CHECK_INT(post(w, "joel", item, "proposal", "words=ulkoilua").status, 303);
	a = world_get(w, "aino", "/fi/admin/wheel");
	CHECK_HOLDS(a, "id=\"settle-2-hint\">Älä kirjoita mitään yksittäisestä opiskelijasta.</p>");
	CHECK_HOLDS(a, "aria-describedby=\"settle-2-hint\"");
	world_end(w);
}

TEST(a_reply_that_is_refused_is_not_lost)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(post(w, "joel", world_item(w, "pohja", "mental_week"), "proposal", "words=ulkoilua").status, 303);
	a = world_post(w, "aino", "/fi/admin/wheel/proposal", "proposal=2&reply=hyv%C3%A4+ajatus");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "hyvä ajatus</textarea>");
	CHECK_HOLDS(a, "Valitse vastaus");
	world_end(w);
}

/* --- a named person ----------------------------------------------------------------------------------------- */

TEST(colleagues_see_who_is_named_and_the_public_the_role)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week");

	CHECK_INT(post(w, "aino", item, "edit",
	    "title_fi=Mielen+viikko&timing=week&week=47&every=year&ring=1&duty=6&person=3"
	    "&answers=campus&core=1&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "ilmari", item), "ryhmänohjaajat, Kerttu Hallavuo");
	CHECK_HOLDS(world_get(w, NULL, item), "ryhmänohjaajat");
	CHECK_LACKS(world_get(w, NULL, item), "Kerttu");
	CHECK_LACKS(world_get(w, "ilmari", "/fi/wheel/2026/campuses"), "Kerttu");
	world_end(w);
}

/* --- closed years ------------------------------------------------------------------------------------------- */

/* Last year is closed in the demo; its items were answered and thanked for. */
TEST(a_closed_year_is_read_and_no_more)
{
	struct world *w = world(t);
	const char *side = "/fi/wheel/2025/campuses", *item;
	struct answered a = world_get(w, "ilmari", side);
	struct str rest = a.body;
	const char mark[] = "href=\"/fi/pohja/wheel/2025/";

	while (rest.n && !str_starts(rest, STR("href=\"/fi/pohja/wheel/2025/")))
		rest = str_sub(rest, 1, rest.n);
	rest = str_sub(rest, sizeof "href=\"" - 1, sizeof mark + 10);
	item = str_z(w->arena, str_cut(&rest, '"'));
	a = world_get(w, "aino", item);
	CHECK_INT(a.status, 200);
	CHECK_LACKS(a, "/thanks\"");
	CHECK_LACKS(a, "/proposal\"");
	CHECK_LACKS(a, "/edit\"");
	CHECK_LACKS(a, "/answer\"");
	a = post(w, "ilmari", item, "answer", "state=done&version=1");
	CHECK_INT(a.status, 403);
	CHECK_HOLDS(a, "Lukuvuosi on päätetty");
	CHECK_INT(post(w, "ilmari", item, "undo", "version=1").status, 403);
	CHECK_INT(post(w, "ilmari", item, "proposal", "words=x").status, 403);
	a = world_post(w, "tapani", "/fi/wheel/thanks", "answer=1");
	CHECK_INT(a.status, 403);
	CHECK_HOLDS(a, "Lukuvuosi on päätetty");
	world_end(w);
}
