#include "test/world.h"

#include "lib/arena.h"

/* A campus's own item; the number that it gets. */
static struct str
add_item(struct world *w)
{
	return world_post(w, "siv", "/sv/metsa/wheel/2026/new",
	    "title_sv=Vedklyvning&timing=dates&starts=1.12.2026&every=year&ring=2&answers=campus&version=0").location;
}

TEST(a_world_knows_nothing_of_the_one_before)
{
	struct world *w = world(t);
	struct str first = add_item(w);

	CHECK(first.n > 0);
	CHECK_HOLDS(world_get(w, NULL, "/sv/metsa/wheel/2026"), "Vedklyvning");
	world_end(w);
	w = world(t);
	CHECK_LACKS(world_get(w, NULL, "/sv/metsa/wheel/2026"), "Vedklyvning");
	CHECK_STR(add_item(w), str_z(t->arena, first));
	world_end(w);
}

TEST(a_world_is_where_its_test_runs)
{
	struct world *w = world(t);

	CHECK(db_is_postgres(w->db) == t->postgres);
	world_end(w);
}
