/* The working diary: who writes where, what the next line keeps, what one finds again, and that nothing is lost. */
#include "app/diary/diary.h"

#include "lib/arena.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define LINE "words=Puuroa+sadalle&day=20.11.2026&campus=1&with=0&measure=2&version=0"

enum { OURS = 11 }; /* the demo has ten lines */

static const char *
under(struct world *w, const char *what)
{
	return WORDS("/fi/diary/%d%s", OURS, what);
}

TEST(a_line_is_written_and_the_next_keeps_its_day_and_campus)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "ilmari", "/fi/diary", LINE), page;

	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, "/fi/diary?day=2026-11-20&at=1#line");
	page = world_get(w, "ilmari", "/fi/diary?day=2026-11-20&at=1");
	CHECK_HOLDS(page, "Puuroa sadalle");
	CHECK_HOLDS(page, "value=\"20.11.2026\"");
	CHECK_HOLDS(page, "11 riviä, 1.8.2026–31.7.2027.");
	CHECK_HOLDS(world_get(w, "aino", "/fi/diary"), "Puuroa sadalle");
	world_end(w);
}

TEST(staff_write_of_their_own_campus)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "ilmari", "/fi/diary", "words=a&day=20.11.2026&campus=2&version=0");

	CHECK_INT(a.status, 403);
	CHECK_HOLDS(a, "oman kampuksesi");
	CHECK_INT(world_post(w, "ilmari", "/fi/diary", "words=a&day=20.11.2026&campus=0&version=0").status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/diary", "words=a&day=20.11.2026&campus=0&version=0").status, 303);
	a = world_post(w, "ilmari", "/fi/diary", "words=a&day=24.11.2026&campus=1&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "ei ole vielä ollut");
	CHECK_INT(world_post(w, "ilmari", "/fi/diary", "words=a&day=1.1.1999&campus=1&version=0").status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/diary", "words=a&day=1.1.2026&campus=9&version=0").status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/diary", "words=a&day=1.1.2026&campus=1&with=99&version=0").status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/diary", "words=a&day=1.1.2026&campus=1&measure=99&version=0").status,
	    422);
	CHECK_STATUS(w, "mira", "/fi/diary", 403);
	CHECK_STATUS(w, "tapani", "/fi/diary", 200);
	CHECK_LACKS(world_get(w, "tapani", "/fi/diary"), "Kirjaa rivi");
	world_end(w);
}

TEST(an_own_line_is_changed_and_keeps_what_it_was)
{
	struct world *w = world(t);
	struct answered a;

	world_post(w, "ilmari", "/fi/diary", LINE);
	CHECK_INT(world_post(w, "ilmari", under(w, ""), "words=Velli&day=21.11.2026&campus=1&version=1").status, 303);
	a = world_get(w, "ilmari", under(w, ""));
	CHECK_HOLDS(a, "value=\"Velli\"");
	CHECK_HOLDS(a, "Puuroa sadalle");
	a = world_post(w, "aino", under(w, ""), "words=Kiisseli&day=21.11.2026&campus=1&version=1");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Velli");
	CHECK_INT(world_post(w, "kerttu", under(w, ""), "words=a&day=21.11.2026&campus=2&version=2").status, 404);
	/* whoever coordinates mends what others wrote, also its campus */
	CHECK_INT(world_post(w, "aino", under(w, ""), "words=Velli&day=21.11.2026&campus=2&version=2").status, 303);
	CHECK_STATUS(w, "ilmari", "/fi/diary/11", 404);
	world_end(w);
}

TEST(what_was_removed_is_brought_back)
{
	struct world *w = world(t);

	world_post(w, "ilmari", "/fi/diary", LINE);
	CHECK_INT(world_post(w, "ilmari", under(w, "/remove"), "version=1").status, 303);
	CHECK_HOLDS(world_part(world_get(w, "ilmari", "/fi/diary"), "Poistamasi rivit", "</details>"), "Puuroa");
	CHECK_LACKS(world_get(w, "aino", "/fi/diary"), "Puuroa");
	CHECK_LACKS(world_get(w, "aino", "/fi/diary/table/csv"), "Puuroa");
	CHECK_INT(world_post(w, "ilmari", under(w, "/remove"), "version=1").status, 409);
	CHECK_INT(world_post(w, "ilmari", under(w, ""), "words=a&day=21.11.2026&campus=1&version=2").status, 409);
	CHECK_INT(world_post(w, "ilmari", under(w, "/return"), "version=2").status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/diary"), "Puuroa");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "työpäiväkirjan rivi palautettiin");
	world_end(w);
}

TEST(the_diary_is_narrowed_summed_up_and_taken_along)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "tapani", "/fi/diary?campus=1");

	CHECK_HOLDS(a, "3 riviä");
	CHECK_HOLDS(a, "aamukahvit");
	CHECK_LACKS(a, "Laiturin");
	CHECK_HOLDS(world_get(w, "tapani", "/fi/diary?measure=5"), "vastuunjako");
	CHECK_LACKS(world_get(w, "tapani", "/fi/diary?measure=5"), "aamukahvit");
	CHECK_LACKS(world_get(w, "tapani", "/fi/diary?first=2026-11-20"), "hyvinvointialueen kanssa");
	CHECK_HOLDS(world_get(w, "tapani", "/fi/diary?first=2026-11-23"), "Ei yhtään riviä");
	a = world_get(w, "tapani", "/fi/diary/table/csv?campus=1");
	CHECK_HOLDS(a, "Nuorisotyöntekijät kahvilla Kulmassa");
	CHECK_HOLDS(a, "M3");
	CHECK_LACKS(a, "Laiturin");
	CHECK_STATUS(w, "tapani", "/fi/diary/table/xlsx", 200);
	CHECK_STATUS(w, "tapani", "/fi/diary/table/doc", 404);
	CHECK_STATUS(w, "mira", "/fi/diary/table/csv", 403);
	world_end(w);
}

TEST(the_page_of_an_organisation_tells_what_was_done_together)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, "ilmari", "/fi/partners/2"), "Tehty yhdessä tänä lukuvuonna");
	CHECK_LACKS(world_get(w, NULL, "/fi/partners/2"), "Tehty yhdessä");
	world_end(w);
}
