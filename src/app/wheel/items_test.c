/* What the journal keeps of the wheel, read where the coordinator reads it. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "test/world.h"

static struct answered
post(struct world *w, const char *who, const char *item, const char *word, const char *fields)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "%s/%s", item, word)), fields);
}

/* The newest entry, from its number to the end of its line. */
static struct answered
newest(struct world *w)
{
	struct answered a = world_get(w, "aino", "/fi/admin/journal");
	struct str rest = a.body;

	while (rest.n && !str_starts(rest, STR("<tbody>")))
		rest = str_sub(rest, 1, rest.n);
	for (size_t i = 0; i < rest.n; i++)
		if (str_starts(str_sub(rest, i, rest.n), STR("</tr>"))) {
			a.body = str_sub(rest, 0, i);
			return a;
		}
	return a;
}

TEST(the_journal_keeps_the_whole_answer_and_the_one_before)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	struct answered a;

	CHECK_INT(post(w, "ilmari", item, "answer", "state=done&words=eka&version=0").status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "<ins class=\"words\">state: done\nwords: eka</ins>");
	CHECK_LACKS(a, "<del");
	CHECK_INT(post(w, "aino", item, "answer",
	    "state=not_here&reason=does_not_fit&words=toka&starts=24.11.2026&version=1").status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "<del class=\"words\">state: done\nwords: eka</del>");
	CHECK_HOLDS(a, "<ins class=\"words\">state: not_here\nreason: does_not_fit\nstarts: 2026-11-24\nwords: "
	    "toka</ins>");
	CHECK_INT(post(w, "aino", item, "undo", "version=2").status, 303);
	CHECK_HOLDS(newest(w), "<ins class=\"words\">state: done\nwords: eka</ins>");
	world_end(w);
}

/* Only what changed, field by field. */
TEST(the_journal_keeps_what_changed_in_an_item)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week");
	struct answered a;

	CHECK_INT(post(w, "aino", item, "edit",
	    "title_fi=Mielen+viikko&timing=week&week=47&every=odd&ring=2&duty=6&person=3"
	    "&answers=campus&measures=0&measures=1&campuses=1&campuses=4"
	    "&description_fi=Uusi%0D%0Akuvaus&version=1").status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "Aino Tuohimaa");
	CHECK_HOLDS(a, "title_fi: Mielenterveysviikko");
	CHECK_HOLDS(a, "title_fi: Mielen viikko");
	CHECK_HOLDS(a, "description_fi: Uusi\n  kuvaus");
	CHECK_HOLDS(a, "ring: common");
	CHECK_HOLDS(a, "ring: campus");
	CHECK_HOLDS(a, "every: year");
	CHECK_HOLDS(a, "every: odd");
	CHECK_HOLDS(a, "duty: PS");
	CHECK_HOLDS(a, "duty: GT");
	CHECK_HOLDS(a, "person: 3");
	CHECK_HOLDS(a, "core: yes");
	CHECK_HOLDS(a, "core: no");
	CHECK_HOLDS(a, "campuses: pohja, metsa");
	CHECK_HOLDS(a, "measures: ");
	CHECK_LACKS(a, "week: ");
	CHECK_LACKS(a, "answers: ");
	CHECK_INT(post(w, "aino", item, "edit",
	    "title_fi=Mielen+viikko&timing=dates&starts=1.12.2026&every=odd&ring=2&duty=6"
	    "&person=3&answers=provider&measures=0&measures=1&campuses=1&campuses=4"
	    "&description_fi=Uusi%0D%0Akuvaus&version=2").status,
	    303);
	a = newest(w);
	CHECK_HOLDS(a, "timing: week\nweek: 47\nstarts: 2026-11-16\nends: 2026-11-22\nanswers: campus</del>");
	CHECK_HOLDS(a, "timing: dates\nstarts: 2026-12-01\nends: 2026-12-01\nanswers: provider</ins>");
	CHECK_LACKS(a, "title_fi");
	world_end(w);
}

TEST(the_journal_keeps_a_new_item)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "siv", "/sv/metsa/wheel/2026/new",
	    "title_sv=Vedklyvning&timing=anchor&anchor=12-01&every=year&ring=2&answers=nobody&version=0").status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "<ins class=\"words\">title_sv: Vedklyvning\nring: campus\ntiming: anchor\nanchor: 12-01\n");
	CHECK_LACKS(a, "<del");
	world_end(w);
}

TEST(the_journal_keeps_material)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "budget");
	struct answered a, page;

	CHECK_INT(post(w, "aino", item, "material", "kind=message&title_fi=Viesti&body_fi=Tervetuloa").status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "aineistoa lisättiin");
	CHECK_HOLDS(a, "<ins class=\"words\">kind: message\ntitle_fi: Viesti\nbody_fi: Tervetuloa</ins>");
	page = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)));
	CHECK_INT(post(w, "aino", item, "material/end", str_z(w->arena, str_fmt(w->arena, "material=%lld",
	    (long long)world_hidden(page, "material")))).status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "aineistoa poistettiin");
	CHECK_HOLDS(a, "<del class=\"words\">kind: message\ntitle_fi: Viesti\nbody_fi: Tervetuloa</del>");
	world_end(w);
}

TEST(the_journal_keeps_how_a_proposal_was_settled)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(post(w, "joel", world_item(w, "pohja", "mental_week"), "proposal", "words=ulkoilua").status, 303);
	CHECK_HOLDS(newest(w), "<ins class=\"words\">ulkoilua</ins>");
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/proposal",
	    "proposal=2&verdict=declined&reply=Ensi+vuonna").status, 303);
	a = newest(w);
	CHECK_HOLDS(a, "ehdotukseen vastattiin");
	CHECK_HOLDS(a, "<ins class=\"words\">verdict: declined\nreply: Ensi vuonna</ins>");
	world_end(w);
}

TEST(the_journal_keeps_thanks_given_and_taken_back)
{
	struct world *w = world(t);
	const char *item = world_item(w, "asema", "mental_week"), *field;

	CHECK_INT(post(w, "reino", item, "answer", "state=done&version=0").status, 303);
	field = str_z(w->arena, str_fmt(w->arena, "answer=%lld",
	    (long long)world_hidden(world_get(w, "kerttu", item), "answer")));
	CHECK_INT(world_post(w, "kerttu", "/fi/wheel/thanks", field).status, 303);
	CHECK_HOLDS(newest(w), "kiitettiin");
	CHECK_INT(world_post(w, "kerttu", "/fi/wheel/thanks/end", field).status, 303);
	CHECK_HOLDS(newest(w), "kiitos otettiin takaisin");
	world_end(w);
}

TEST(the_journal_begins_with_what_init_loaded)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal?before=2"), "käyttöönotto: oppilaitoksen tiedot luettiin");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal?before=2"), "campuses: 4\npeople: 10");
	world_end(w);
}
