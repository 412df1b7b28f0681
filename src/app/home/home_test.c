#include "lib/arena.h"

#include "test/world.h"

static struct answered
nav(struct world *w, const char *address)
{
	return world_part(world_get(w, NULL, address), "<nav class=\"nav\"", "</nav>");
}

/* One line of the navigation, and the right one. */
TEST(the_navigation_says_where_one_is)
{
	struct world *w = world(t);

	CHECK_HOLDS(nav(w, "/fi/pohja"), "<a href=\"/fi/pohja\" aria-current=\"page\">Tänään");
	CHECK_HOLDS(nav(w, "/fi/pohja/wheel/2026"), "<a href=\"/fi/pohja/wheel\" aria-current=\"page\">");
	CHECK_HOLDS(nav(w, "/fi/wheel/2026/campuses"), "<a href=\"/fi/wheel/campuses\" aria-current=\"page\">");
	for (const char *const *a = (const char *const[]){"/fi", "/fi/pohja", "/fi/pohja/wheel/2026", "/fi/wheel/2026",
	    "/fi/wheel/2026/campuses", "/fi/goals", NULL}; *a; a++)
		CHECK_INT(world_count(nav(w, *a), "aria-current"), 1);
	CHECK_INT(world_count(nav(w, "/fi/sign-in"), "aria-current"), 0);
	world_end(w);
}

/* Whoever administers something has a longer line, so what few open often waits on their page of administration. */
TEST(what_is_opened_rarely_stands_above_or_with_administration)
{
	struct world *w = world(t);
	struct answered anyone = nav(w, "/fi/pohja");
	struct answered aino = world_part(world_get(w, "aino", "/fi/partners"), "<nav class=\"nav\"", "</nav>");
	struct answered admin = world_part(world_get(w, "aino", "/fi/admin"), "<main", "</main>");

	CHECK_HOLDS(anyone, "\"/fi/partners\"");
	CHECK_HOLDS(anyone, "\"/fi/goals\"");
	CHECK_HOLDS(world_part(world_get(w, "mira", "/fi/me"), "<nav class=\"nav\"", "</nav>"), "\"/fi/partners\"");
	CHECK_LACKS(world_get(w, "mira", "/fi/admin"), "\"card\"");
	CHECK_LACKS(aino, "\"/fi/partners\"");
	CHECK_LACKS(aino, "\"/fi/goals\"");
	CHECK_HOLDS(aino, "<a href=\"/fi/admin\" aria-current=\"page\">");
	CHECK_HOLDS(admin, "\"/fi/partners\"");
	CHECK_HOLDS(admin, "\"/fi/goals\"");
	world_end(w);
}

/* And where else: all campuses stand behind the name of this one. */
TEST(the_header_leads_to_another_campus)
{
	struct world *w = world(t);
	struct answered year = world_get(w, NULL, "/sv/metsa/wheel/2026");
	struct answered places = world_part(year, "<details class=\"places\">", "</details>");

	CHECK_HOLDS(world_part(places, "<summary>", "</summary>"), "Skog");
	CHECK_HOLDS(places, "<a href=\"/sv/metsa\" data-campus=\"4\" aria-current=\"true\">Skog");
	CHECK_HOLDS(places, "<a href=\"/sv/ranta\"");
	CHECK_HOLDS(places, "<a href=\"/sv\">");
	world_end(w);
}

/* What is theirs and no more: nobody is shut in. */
TEST(whose_last_role_has_ended_sees_their_name_and_the_way_out)
{
	struct world *w = world(t);
	const char *page = str_z(w->arena, str_fmt(w->arena, "/fi/admin/people/%lld",
	    (long long)world_person(w, "mira")));
	struct answered roles, me;

	CHECK_INT(world_get(w, NULL, "/fi/me").status, 303);
	CHECK_STR(world_get(w, NULL, "/fi/me").location, "/fi/sign-in?next=/fi/me");
	CHECK_HOLDS(world_get(w, "mira", "/fi/me"), "/fi/me/bookings");
	for (;;) {
		roles = world_part(world_get(w, "aino", page), "/role/end\"", "</form>");
		if (roles.body.n == 0)
			break;
		CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/role/end", page)), str_z(w->arena,
		    str_fmt(w->arena, "id=%lld", (long long)world_hidden(roles, "id")))).status, 303);
	}
	me = world_get(w, "mira", "/fi/me");
	CHECK_INT(me.status, 200);
	CHECK_HOLDS(me, "<h1>Mira Zelenko</h1>");
	CHECK_HOLDS(me, "Sinulla ei ole nyt roolia");
	CHECK_LACKS(me, "/fi/me/");
	CHECK_LACKS(me, "Roolit");
	CHECK_STATUS(w, "mira", "/fi/me/bookings", 403);
	CHECK_INT(world_post(w, "mira", "/fi/sign-out", "").status, 303);
	world_end(w);
}
