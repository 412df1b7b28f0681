#include "app/kota/kota.h"

#include "test/world.h"

TEST(a_note_of_kota_is_read_by_everyone)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, NULL, "/fi/kota"), "ei ole vielä viestejä");
	CHECK_LACKS(world_get(w, NULL, "/fi/kota"), "<textarea");
	CHECK_INT(world_post(w, "ilmari", "/fi/kota", "words=Kahvi+on+kuumaa.").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/sv/kota"), "Kahvi on kuumaa.");
	world_end(w);
}

TEST(a_note_of_kota_needs_words)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "ilmari", "/fi/kota", "words=").status, 422);
	CHECK_HOLDS(world_get(w, NULL, "/fi/kota"), "ei ole vielä viestejä");
	world_end(w);
}
