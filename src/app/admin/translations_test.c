/* What lacks a language is listed, and much of it filled in at once. */
#include <string.h>

#include "lib/arena.h"

#include "core/db/fixture.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define ALL "/fi/admin/translations"
#define SWEDISH ALL "/wheel/sv"
#define SPACES ALL "/space/en"

static const char title_of[] = "name=\"text-";

/* The number of the first field on the page after a text. */
static int64_t
field_after(struct answered page, const char *after)
{
	struct answered rest = world_part(page, after, "</html>");
	int64_t n = 0;

	rest = world_part(rest, title_of, "\"");
	str_int(rest.body, &n);
	return n;
}

static int64_t
number(struct world *w, const char *question)
{
	int64_t n = 0;

	str_int(fixture_ask(w->arena, w->db, question), &n);
	return n;
}

TEST(what_lacks_a_language_is_counted_and_shown_beside_what_is_there)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "aino", ALL);

	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "href=\"/fi/admin/translations/wheel/sv\"");
	CHECK_HOLDS(a, "Puuttuu 3 tekstiä.");
	CHECK_HOLDS(a, "Mitään ei puutu.");
	a = world_get(w, "aino", SWEDISH);
	CHECK_HOLDS(a, "Vuosikello ruotsiksi");
	CHECK_HOLDS(a, "<p class=\"words\" lang=\"fi\">Jokainen ryhmä tuo yhden kappaleen, ja");
	CHECK_INT(world_count(a, title_of), 3);
	CHECK_INT(world_count(a, "lang=\"sv\" aria-describedby="), 3);
	/* what was written in Swedish lacks the others */
	CHECK_INT(world_post(w, "siv", "/sv/metsa/wheel/2026/new", "title_sv=V%C3%A5rens+skogsdag&timing=week&week=19"
	    "&every=year&ring=2&answers=campus&version=0").status, 303);
	CHECK_LACKS(world_get(w, "aino", SWEDISH), "Vårens skogsdag");
	CHECK_HOLDS(world_get(w, "aino", ALL "/wheel/fi"), "Vårens skogsdag");
	CHECK_INT(world_count(world_get(w, "aino", ALL "/wheel/en"), title_of), 4);
	CHECK_STATUS(w, "aino", ALL "/wheel/et", 404);
	CHECK_STATUS(w, "aino", ALL "/nothing/sv", 404);
	CHECK_STATUS(w, "joel", ALL, 403);
	world_end(w);
}

TEST(many_texts_are_filled_in_at_once)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "aino", SWEDISH), a;
	int64_t title = field_after(page, "Aseman levyraati"), sentence = field_after(page, WORDS("seen-%lld\"",
	    (long long)title));

	CHECK(title > 0 && sentence == title + 1);
	a = world_post(w, "aino", SWEDISH, WORDS("text-%lld=Skivjuryn+p%%C3%%A5+Asema&text-%lld=++&seen-%lld=%lld",
	    (long long)title, (long long)sentence, (long long)title, (long long)world_hidden(page,
	    WORDS("seen-%lld", (long long)title))));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, SWEDISH);
	a = world_follow(w, "aino", a);
	CHECK_HOLDS(a, "Tallennettu 1 käännös.");
	CHECK_INT(world_count(a, title_of), 2); /* what was left empty waits */
	CHECK_HOLDS(world_get(w, NULL, "/sv/asema/wheel/2026"), "Skivjuryn på Asema");
	CHECK_HOLDS(world_get(w, NULL, "/fi/asema/wheel/2026"), "Aseman levyraati");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "title_sv: Skivjuryn på Asema");
	a = world_post(w, "aino", SWEDISH, WORDS("text-%lld=+", (long long)sentence));
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Täytä ainakin yksi");
	world_end(w);
}

TEST(a_translation_that_is_too_long_is_named_at_its_field_and_nothing_is_lost)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "aino", SWEDISH), a;
	int64_t title = field_after(page, "Aseman levyraati");
	char many[202];

	memset(many, 'x', 201);
	many[201] = 0;
	a = world_post(w, "aino", SWEDISH, WORDS("text-%lld=%s&text-%lld=Alla+tar+med+en+l%%C3%%A5t.", (long long)title,
	    many, (long long)title + 1));
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Liian pitkä: enintään 200 merkkiä, nyt 201.");
	CHECK(str_contains(a.body, str_of(WORDS("href=\"#translate-text-%lld\"", (long long)title))));
	CHECK(str_contains(a.body, str_of(many)));
	CHECK_HOLDS(a, "value=\"Alla tar med en låt.\"");
	/* nothing of it was saved */
	CHECK_INT(number(w, "SELECT count(*) FROM wheel_item WHERE sentence_sv <> '' AND title_sv = ''"), 0);
	world_end(w);
}

TEST(what_somebody_filled_in_meanwhile_is_shown_and_stays)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "aino", SWEDISH), a;
	int64_t title = field_after(page, "Aseman levyraati");
	const char *both = WORDS("text-%lld=Min+titel&seen-%lld=%lld&text-%lld=Min+mening", (long long)title,
	    (long long)title, (long long)world_hidden(page, WORDS("seen-%lld", (long long)title)),
	    (long long)title + 1);

	CHECK_INT(world_post(w, "reino", SWEDISH, WORDS("text-%lld=Reinos+titel", (long long)title)).status, 303);
	a = world_post(w, "aino", SWEDISH, both);
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Joku muu on jo kirjoittanut tämän.");
	CHECK_HOLDS(a, "<p class=\"words\" lang=\"sv\">Reinos titel</p>");
	CHECK_HOLDS(a, "<p class=\"words\" lang=\"sv\">Min titel</p>");
	CHECK_HOLDS(a, "value=\"Min mening\"");
	CHECK(!str_contains(a.body, str_of(WORDS("name=\"text-%lld\"", (long long)title))));
	CHECK_HOLDS(world_get(w, NULL, "/sv/asema/wheel/2026"), "Reinos titel");
	CHECK_INT(number(w, "SELECT count(*) FROM wheel_item WHERE sentence_sv = 'Min mening'"), 0);
	/* the other one goes in when it is sent again */
	CHECK_INT(world_post(w, "aino", SWEDISH, WORDS("text-%lld=Min+mening", (long long)title + 1)).status, 303);
	CHECK_INT(number(w, "SELECT count(*) FROM wheel_item WHERE sentence_sv = 'Min mening'"), 1);
	world_end(w);
}

TEST(whose_original_was_changed_is_asked_whether_it_still_fits)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "aino", SWEDISH), a;
	int64_t title = field_after(page, "Aseman levyraati");
	const char *seen = WORDS("text-%lld=Skivjuryn&seen-%lld=%lld", (long long)title, (long long)title,
	    (long long)world_hidden(page, WORDS("seen-%lld", (long long)title)));

	number(w, "UPDATE wheel_item SET title_fi = 'Karaoke' WHERE title_fi = 'Aseman levyraati' RETURNING id");
	a = world_post(w, "aino", SWEDISH, seen);
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Alkuperäistä tekstiä on muutettu");
	CHECK_HOLDS(a, "Karaoke");
	CHECK_HOLDS(a, "value=\"Skivjuryn\"");
	a = world_post(w, "aino", SWEDISH, WORDS("text-%lld=Karaoke&seen-%lld=%lld", (long long)title, (long long)title,
	    (long long)world_hidden(a, WORDS("seen-%lld", (long long)title))));
	CHECK_INT(a.status, 303);
	world_end(w);
}

/* A year that was copied has the same words: they are asked for once, and stand in both. */
TEST(the_same_words_are_translated_once_for_all_their_places)
{
	struct world *w = world(t);
	struct answered page;
	int64_t title;

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	page = world_get(w, "aino", SWEDISH);
	CHECK_INT(world_count(page, title_of), 3);
	CHECK_HOLDS(page, "Sama teksti on 2 paikassa");
	title = field_after(page, "Aseman levyraati");
	CHECK_INT(world_post(w, "aino", SWEDISH, WORDS("text-%lld=Skivjuryn", (long long)title)).status, 303);
	CHECK_INT(number(w, "SELECT count(*) FROM wheel_item WHERE title_sv = 'Skivjuryn'"), 2);
	CHECK_INT(world_count(world_get(w, "aino", SWEDISH), title_of), 2);
	/* what was copied is still to be looked through */
	CHECK_INT(number(w, "SELECT count(*) FROM wheel_item i JOIN wheel_review v ON v.item = i.id "
	    "WHERE i.title_sv = 'Skivjuryn' AND v.verdict = 'open'"), 1);
	world_end(w);
}

TEST(staff_translate_what_is_their_campuss_own)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "reino", SWEDISH), a;
	int64_t title = field_after(page, "Aseman levyraati"), porridge;

	CHECK_INT(world_count(page, title_of), 2);
	CHECK_LACKS(page, "aamupuuro");
	porridge = field_after(world_get(w, "aino", SWEDISH), "Keskiviikon aamupuuro");
	CHECK_INT(world_post(w, "reino", SWEDISH, WORDS("text-%lld=Skivjuryn", (long long)title)).status, 303);
	a = world_post(w, "reino", SWEDISH, WORDS("text-%lld=Inte+hans", (long long)porridge));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "et saa muokata sitä");
	CHECK_HOLDS(a, "Inte hans");
	CHECK_INT(number(w, "SELECT count(*) FROM wheel_item WHERE description_sv = 'Inte hans'"), 0);
	CHECK_STATUS(w, "kerttu", ALL, 200);
	world_end(w);
}

TEST(rings_material_and_spaces_are_translated_too)
{
	struct world *w = world(t);
	struct answered page;
	int64_t ring, material;

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/rings/new", "name_fi=vierailut&color=6").status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%s/material", world_item(w, NULL, "vappu")),
	    "kind=message&title_fi=Viesti+kaikille&body_fi=Simaa+pihalla.%0ATervetuloa!").status, 303);
	page = world_get(w, "aino", SWEDISH);
	ring = field_after(page, "vierailut");
	material = field_after(page, "Aineiston otsikko");
	CHECK_INT(world_post(w, "aino", SWEDISH, WORDS("text-%lld=bes%%C3%%B6k&text-%lld=Till+alla"
	    "&text-%lld=Mj%%C3%%B6d.%%0AV%%C3%%A4lkommen!", (long long)ring,
	    (long long)material, (long long)material + 1)).status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/sv/admin/wheel/rings"), "besök");
	CHECK_HOLDS(world_get(w, "aino", WORDS("/sv%s", world_item(w, NULL, "vappu") + 3)), "Till alla");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "material_body_sv: Mjöd.");
	CHECK_INT(world_count(world_get(w, "aino", SPACES), title_of), 0);
	number(w, "UPDATE space SET entry_fi = 'Ovi on auki.' WHERE slug = 'kulma' RETURNING id");
	page = world_get(w, "aino", SPACES);
	CHECK_INT(world_count(page, title_of), 1);
	CHECK_INT(world_post(w, "aino", SPACES, WORDS("text-%lld=The+door+is+open.", (long long)field_after(page,
	    "Kulma"))).status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/en/pohja/space/kulma/edit"), "The door is open.");
	CHECK_INT(world_count(world_get(w, "reino", SPACES), title_of), 0);
	world_end(w);
}

/* When others fill in what stands before it, a text moves to an earlier page. */
TEST(what_was_written_for_a_text_that_has_moved_to_another_page_can_be_sent_again)
{
	struct world *w = world(t);
	struct answered page, a;
	int64_t first, second;

	number(w, "UPDATE wheel_item SET title_sv = '' WHERE campus IS NULL RETURNING id");
	first = field_after(world_get(w, "aino", SWEDISH), "<main");
	page = world_get(w, "aino", SWEDISH "?page=2");
	second = field_after(page, "<main");
	CHECK_INT(world_post(w, "aino", SWEDISH, WORDS("text-%lld=Rubrik", (long long)first)).status, 303);
	a = world_post(w, "aino", SWEDISH "?page=2", WORDS("text-%lld=Flyttad&text-%lld=Tom", (long long)second,
	    (long long)first));
	CHECK_INT(a.status, 409);
	CHECK(str_contains(a.body, str_of(WORDS("name=\"text-%lld\" type=\"text\" value=\"Flyttad\"",
	    (long long)second))));
	CHECK_INT(world_count(a, "value=\"Flyttad\""), 1);
	world_end(w);
}

TEST(pages_of_texts_are_bounded)
{
	struct world *w = world(t);
	struct answered a;

	number(w, "UPDATE wheel_item SET title_sv = '' WHERE campus IS NULL RETURNING id");
	a = world_get(w, "aino", SWEDISH);
	CHECK_INT(world_count(a, title_of), 25);
	CHECK_HOLDS(a, "sivu 1/3");
	CHECK_HOLDS(a, "Seuraava sivu");
	a = world_get(w, "aino", SWEDISH "?page=3");
	CHECK_HOLDS(a, "sivu 3/3");
	CHECK_LACKS(a, "Seuraava sivu");
	CHECK_HOLDS(world_get(w, "aino", SWEDISH "?page=99"), "sivu 3/3");
	CHECK_STR(world_post(w, "aino", SWEDISH "?page=2", WORDS("text-%lld=Rubrik", (long long)field_after(
	    world_get(w, "aino", SWEDISH "?page=2"), "<main"))).location, SWEDISH "?page=2");
	world_end(w);
}
