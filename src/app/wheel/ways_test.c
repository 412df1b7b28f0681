#include "lib/arena.h"
#include "test/world.h"

/* Each campus with its days, its words in its language, and its state. */
TEST(one_item_is_read_side_by_side)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week"), *metsa = world_item(w, "metsa", "mental_week");
	const char *sv = str_z(w->arena, str_fmt(w->arena, "/sv%s/answer", metsa + 3));
	const char *ways = str_z(w->arena, str_fmt(w->arena, "%s/campuses", item));
	struct answered a;

	CHECK_INT(world_post(w, "siv", sv,
	    "state=our_way&words=Skogspromenad+varje+dag.&starts=24.11.2026&version=0").status, 303);
	a = world_get(w, NULL, ways);
	CHECK_INT(a.status, 200);
	CHECK_INT(world_count(a, "<tr><th scope=\"row\""), 4);
	CHECK_HOLDS(a, "<p lang=\"sv\">Skogspromenad varje dag.</p>");
	CHECK_HOLDS(a, "24.11.2026 <small>omat päivät</small>");
	CHECK_HOLDS(a, "yhdenvertaisina, erot säilyttäen");
	CHECK_LACKS(a, "Siv");
	CHECK(str_contains(world_get(w, NULL, metsa).body, str_of(ways)));
	CHECK_INT(world_get(w, NULL, str_z(w->arena, str_fmt(w->arena, "%s?page=2", ways))).status, 404);
	CHECK_INT(world_get(w, NULL, str_z(w->arena, str_fmt(w->arena, "%s/campuses",
	    world_item(w, NULL, "wheel_publish")))).status, 404);
	world_end(w);
}
