/* Rings are added, renamed, ordered and retired; what stands in them stays. */
#include "lib/arena.h"
#include "test/world.h"

#define RINGS "/fi/admin/wheel/rings"

/* The names in their order, as the wheel has them. */
static struct str
order(struct world *w)
{
	struct answered year = world_get(w, NULL, "/fi/pohja/wheel/2026");
	struct answered rings = world_part(year, "<nav class=\"rings\"", "</nav>");
	struct str name[12], rest;
	size_t n = 0;

	while ((rest = world_part(rings, "class=\"dot\"></span>", "</a>").body).n && n < 12) {
		name[n++] = rest;
		rings.body = str_sub(rings.body, (size_t)(rest.p - rings.body.p), rings.body.n);
	}
	return str_join(w->arena, STR(" "), name, n);
}

TEST(a_ring_is_added_renamed_and_moved)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STR(order(w), "yhteinen kampus kumppanit kyselyt johtaminen");
	CHECK_INT(world_post(w, "ilmari", RINGS "/new", "name_fi=liikunta&color=6&version=0").status, 403);
	CHECK_INT(world_post(w, "aino", RINGS "/new", "color=6&version=0").status, 422);
	CHECK_INT(world_post(w, "aino", RINGS "/new", "name_fi=liikunta&color=9&version=0").status, 422);
	CHECK_INT(world_post(w, "aino", RINGS "/new", "name_fi=liikunta&color=6&version=0").status, 303);
	CHECK_STR(order(w), "yhteinen kampus kumppanit kyselyt johtaminen liikunta");
	CHECK_INT(world_post(w, "aino", RINGS "/move", "ring=6&version=1").status, 303);
	CHECK_STR(order(w), "yhteinen kampus kumppanit kyselyt liikunta johtaminen");
	CHECK_INT(world_post(w, "aino", RINGS "/move", "ring=6&version=1").status, 409);
	CHECK_INT(world_post(w, "aino", RINGS "/move", "ring=1&version=1").status, 404); /* it is the first */
	CHECK_INT(world_post(w, "aino", RINGS "/move", "ring=1&version=1&down=1").status, 303);
	CHECK_INT(world_post(w, "aino", RINGS "/2", "name_fi=kampukset&color=8&version=1").status, 409); /* moved */
	CHECK_INT(world_post(w, "aino", RINGS "/2", "name_fi=kampukset&color=8&version=2").status, 303);
	CHECK_STR(order(w), "kampukset yhteinen kumppanit kyselyt liikunta johtaminen");
	a = world_get(w, "aino", "/fi/admin/journal");
	CHECK_HOLDS(a, "muutti vuosikellon kehää");
	CHECK_STATUS(w, "aino", RINGS "/99", 404);
	world_end(w);
}

TEST(a_retired_ring_keeps_what_stands_in_it)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week");
	const char *edit = str_z(w->arena, str_fmt(w->arena, "%s/edit", item));

	CHECK_INT(world_post(w, "aino", RINGS "/retire", "ring=1&version=1&retired=1").status, 303);
	CHECK_STR(order(w), "yhteinen kampus kumppanit kyselyt johtaminen"); /* the year has something in it */
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2025"), "data-ring=\"1\"");
	CHECK_HOLDS(world_get(w, NULL, item), "yhteinen");
	CHECK_HOLDS(world_part(world_get(w, "aino", "/fi/wheel/2026/new"), "name=\"ring\"", "</select>"), ">kampus<");
	CHECK_LACKS(world_part(world_get(w, "aino", "/fi/wheel/2026/new"), "name=\"ring\"", "</select>"), ">yhteinen<");
	CHECK_INT(world_post(w, "aino", "/fi/wheel/2026/new",
	    "title_fi=Uusi&timing=week&week=49&every=year&ring=1&answers=campus&version=0").status, 422);
	CHECK_HOLDS(world_part(world_get(w, "aino", edit), "name=\"ring\"", "</select>"), ">yhteinen<");
	CHECK_INT(world_post(w, "aino", edit,
	    "title_fi=Uusi&timing=week&week=49&every=year&ring=1&answers=campus&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "aino", RINGS), "Poissa käytöstä");
	CHECK_INT(world_post(w, "aino", RINGS "/retire", "ring=1&version=2").status, 303);
	CHECK_HOLDS(world_part(world_get(w, "aino", "/fi/wheel/2026/new"), "name=\"ring\"", "</select>"), ">yhteinen<");
	for (int ring = 2; ring <= 5; ring++)
		CHECK_INT(world_post(w, "aino", RINGS "/retire", str_z(w->arena,
		    str_fmt(w->arena, "ring=%d&version=1&retired=1", ring))).status, 303);
	CHECK_INT(world_post(w, "aino", RINGS "/retire", "ring=1&version=3&retired=1").status, 422);
	world_end(w);
}
