/* Something new for the wheel: who may suggest it, what becomes of it, and how they hear of that. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"

#include "core/db/fixture.h"

#include "test/test.h"
#include "test/world.h"

#define CLUB "title=Pelikerho&words=Pelataan+yhdess%C3%A4&week=4"
#define SETTLE "/fi/admin/wheel/proposal"
#define QUEUE "/fi/admin/wheel"

/* The demo has one open suggestion, Mira's at Asema. */

/* How many letters with the answer wait for somebody. */
static int64_t
answers(struct world *w, const char *to, const char *holds)
{
	struct str n = fixture_ask(w->arena, w->db, str_z(w->arena, str_fmt(w->arena, "SELECT count(*) FROM outbox "
	    "WHERE recipient = '%s@nuotio.example' AND subject LIKE 'Vastaus ehdotukseesi: %%' AND body LIKE '%%%s%%'",
	    to, holds)));
	int64_t got = -1;

	str_int(n, &got);
	return got;
}

TEST(students_suggest_where_their_campus_lets_them)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "mira", "/fi/asema/wheel/suggest", CLUB).status, 303);
	CHECK_HOLDS(world_get(w, "mira", "/fi/me"), "Pelikerho");
	CHECK_HOLDS(world_get(w, "mira", "/fi/asema/wheel/2026"), "/fi/asema/wheel/suggest");
	a = world_get(w, "aino", QUEUE);
	CHECK_HOLDS(a, "Pelikerho");
	CHECK_HOLDS(a, "viikko 4");
	CHECK_STATUS(w, "mira", "/fi/ranta/wheel/suggest", 403);
	CHECK_INT(world_post(w, "mira", "/fi/asema/wheel/suggest", "title=a").status, 422);
	CHECK_INT(world_post(w, "mira", "/fi/asema/wheel/suggest", "title=a&words=b&week=54").status, 422);
	CHECK_INT(world_post(w, "reino", "/fi/asema/wheel/suggest", CLUB).status, 303);
	/* at Pohja they do not, and hear who does */
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/7/role", "role=1&campus=1").status, 303);
	a = world_get(w, "mira", "/fi/pohja/wheel/suggest");
	CHECK_INT(a.status, 403);
	CHECK_HOLDS(a, "opiskelijakunnan hallitus");
	CHECK_INT(world_post(w, "mira", "/fi/pohja/wheel/suggest", CLUB).status, 403);
	CHECK_LACKS(world_get(w, "mira", "/fi/pohja/wheel/2026"), "/wheel/suggest");
	CHECK_STATUS(w, NULL, "/fi/asema/wheel/suggest", 303);
	world_end(w);
}

TEST(nobody_has_more_than_five_that_wait)
{
	struct world *w = world(t);
	struct answered a;

	for (int i = 0; i < 4; i++)
		CHECK_INT(world_post(w, "mira", "/fi/asema/wheel/suggest", CLUB).status, 303);
	a = world_post(w, "mira", "/fi/asema/wheel/suggest", CLUB);
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "on jo 5");
	CHECK_INT(world_post(w, "aino", SETTLE, "proposal=1&verdict=declined&reply=Tilaa+ei+ole").status, 303);
	CHECK_INT(world_post(w, "mira", "/fi/asema/wheel/suggest", CLUB).status, 303);
	world_end(w);
}

TEST(a_suggestion_becomes_an_item_changed_or_not)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "aino", "/fi/asema/wheel/2026/new/1");

	CHECK_HOLDS(a, "value=\"Läksykahvila iltapäivisin\"");
	CHECK_STATUS(w, "aino", "/fi/pohja/wheel/2026/new/1", 404);
	CHECK_STATUS(w, "reino", "/fi/asema/wheel/2026/new/1", 403);
	CHECK_INT(world_post(w, "aino", "/fi/asema/wheel/2026/new/1",
	    "title_fi=&timing=week&week=3&every=year&ring=2&answers=campus&version=0").status, 422);
	CHECK_HOLDS(world_get(w, "aino", QUEUE), "Läksykahvila");
	a = world_post(w, "aino", "/fi/asema/wheel/2026/new/1",
	    "title_fi=Teekahvila&timing=week&week=3&every=year&ring=2&answers=campus&version=0");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/asema/wheel/2026"), "Teekahvila");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Teekahvila");
	CHECK_LACKS(world_get(w, "aino", QUEUE), "Läksykahvila");
	/* once */
	CHECK_INT(world_post(w, "aino", "/fi/asema/wheel/2026/new/1",
	    "title_fi=Toinen&timing=week&week=3&every=year&ring=2&answers=campus&version=0").status, 404);
	CHECK_LACKS(world_get(w, NULL, "/fi/asema/wheel/2026"), "Toinen");
	a = world_get(w, "mira", "/fi/me");
	CHECK_HOLDS(a, "hyväksytty");
	CHECK_HOLDS(a, "Teekahvila");
	CHECK_INT(answers(w, "mira", "hyväksyttiin%Teekahvila"), 1);
	world_end(w);
}

TEST(a_suggestion_for_one_campus_may_become_one_for_all)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", "/fi/wheel/2026/new/1",
	    "title_fi=Teekahvila&timing=week&week=3&every=year&ring=1&answers=campus&version=0").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Teekahvila");
	CHECK_HOLDS(world_get(w, "mira", "/fi/me"), "/fi/asema/wheel/2026/");
	world_end(w);
}

TEST(a_no_has_a_reason_and_whoever_suggested_it_hears_it)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", SETTLE, "proposal=1&verdict=declined");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "miksi ei tällä kertaa");
	CHECK_INT(world_post(w, "aino", SETTLE, "proposal=1&verdict=accepted&reply=a").status, 404);
	CHECK_INT(world_post(w, "reino", SETTLE, "proposal=1&verdict=declined&reply=a").status, 403);
	CHECK_INT(answers(w, "mira", ""), 0);
	CHECK_HOLDS(world_get(w, "aino", "/fi/me"), "ehdotus vuosikelloon odottaa vastausta");
	CHECK_INT(world_post(w, "aino", SETTLE, "proposal=1&verdict=declined&reply=Tilaa+ei+ole").status, 303);
	CHECK_LACKS(world_get(w, "aino", "/fi/me"), "ehdotus vuosikelloon");
	CHECK_HOLDS(world_get(w, "mira", "/fi/me"), "ei tällä kertaa: Tilaa ei ole");
	CHECK_INT(answers(w, "mira", "Tilaa ei ole"), 1);
	CHECK_INT(world_post(w, "aino", SETTLE, "proposal=1&verdict=declined&reply=Taas").status, 404);
	CHECK_INT(answers(w, "mira", ""), 1);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Läksykahvila");
	world_end(w);
}

TEST(whoever_proposed_a_change_hears_of_it_too)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");

	CHECK_INT(world_post(w, "joel", str_z(w->arena, str_fmt(w->arena, "%s/proposal", item)), "words=ulos").status,
	    303);
	CHECK_HOLDS(world_get(w, "joel", "/fi/me"), "ulos");
	CHECK_INT(world_post(w, "aino", SETTLE, "proposal=2&verdict=accepted&reply=niin").status, 303);
	CHECK_HOLDS(world_get(w, "joel", "/fi/me"), "hyväksytty: niin");
	CHECK_INT(answers(w, "joel", "niin"), 1);
	world_end(w);
}
