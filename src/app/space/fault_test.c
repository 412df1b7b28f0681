/* What is broken, told by whoever is signed in and mended by those who work there. */
#include "lib/arena.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define KULMA "/fi/pohja/space/kulma"

TEST(what_is_broken_is_told_read_and_mended)
{
	struct world *w = world(t);
	struct answered a, page;
	const char *fault;

	CHECK_LACKS(world_get(w, NULL, KULMA), "Jotain on rikki");
	CHECK_HOLDS(world_get(w, "joel", KULMA), "Jotain on rikki");
	a = world_post(w, "joel", KULMA "/fault", "words=+");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Kerro parilla sanalla");
	CHECK_INT(world_post(w, "joel", KULMA "/fault", "words=Kahvinkeitin+ei+l%C3%A4mpene").status, 303);
	/* everyone reads it, those who work there also who said so */
	page = world_get(w, NULL, KULMA);
	CHECK_HOLDS(page, "Kahvinkeitin ei lämpene");
	CHECK_LACKS(page, "Joel");
	CHECK_HOLDS(world_get(w, NULL, "/sv/pohja/space/kulma"), "lang=\"fi\">Kahvinkeitin ei lämpene");
	page = world_get(w, "ilmari", KULMA);
	CHECK_HOLDS(page, "Joel Pehkosaari");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me"), "yksi ilmoitus odottaa korjausta");
	CHECK_LACKS(world_get(w, "kerttu", "/fi/me"), "odottaa korjausta");
	fault = WORDS("fault=%lld", (long long)world_hidden(page, "fault"));
	CHECK_INT(world_post(w, "joel", KULMA "/fault/mended", fault).status, 403);
	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/fault/mended", fault).status, 404);
	CHECK_INT(world_post(w, "ilmari", KULMA "/fault/mended", fault).status, 303);
	CHECK_LACKS(world_get(w, NULL, KULMA), "Kahvinkeitin");
	CHECK_INT(world_post(w, "ilmari", KULMA "/fault/mended", fault).status, 404);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Tilan vika korjattiin");
	world_end(w);
}

TEST(nobody_fills_a_space_with_reports)
{
	struct world *w = world_in_memory(t);

	for (int i = 0; i < 20; i++)
		CHECK_INT(world_post(w, "joel", KULMA "/fault", WORDS("words=Vika+%d", i)).status, 303);
	CHECK_INT(world_post(w, "joel", KULMA "/fault", "words=Viel%C3%A4+yksi").status, 422);
	world_end(w);
}
