/* A room is switched off by leaving it out of main.c's list: its data stays, its pages are gone, and no page that is
 * left leads to one of them. */
#include <string.h>

#include "core/http/router.h"
#include "lib/arena.h"
#include "test/visits.h"

static const char *const optional[] = {
	"calendar", "diary", "file", "framework", "letter", "notice", "partner", "space", "wheel",
};

/* Whether a page of the program has this address; the first word is the campus's only if there is one called so. */
static bool
is_there(struct world *w, struct str address)
{
	struct str path = str_cut(&address, '#');
	struct routed routed;

	path = str_cut(&path, '?');
	routed = router_find(server_router(w->server), w->arena, GET, path);
	for (size_t i = 0; i < routed.parts; i++)
		if (str_eq((struct str){routed.part[i].name, routed.part[i].name_n}, STR("campus")))
			return str_contains(STR("pohja ranta asema metsa"), routed.part[i].value);
	return routed.found == ROUTE_FOUND;
}

static bool
leads_somewhere(struct world *w, struct str address)
{
	return !str_starts(address, STR("/")) || str_starts(address, STR("/a/")) || is_there(w, address);
}

static void
follow_links(struct test *t, struct world *w, const char *without, const char *from)
{
	struct str body = w->page.body, mark = STR(" href=\"");

	for (size_t i = 0; i + mark.n < body.n; i++) {
		struct str rest = str_sub(body, i + mark.n, body.n), address;

		if (memcmp(body.p + i, mark.p, mark.n) != 0)
			continue;
		address = str_cut(&rest, '"');
		t->checks++;
		if (!leads_somewhere(w, address))
			test_fail(t, __FILE__, __LINE__, "without %s, %s leads to %.*s", without, from,
			    STR_ARG(address));
	}
}

static void
visit_all(struct test *t, struct world *w, const char *without)
{
	struct visit_list list = visits_read(t->arena, "test/pages.txt");
	size_t seen = 0;

	for (size_t i = 0; i < list.n; i++) {
		struct errand e;

		if (list.at[i].post || list.at[i].before || !is_there(w, list.at[i].address))
			continue;
		world_try(w);
		e = visit_prepare(w, &list.at[i], list.at[i].who);
		errand_run(w, e);
		if (w->page.status >= 500)
			test_fail(t, __FILE__, __LINE__, "without %s, %s gives %d", without, e.address, w->page.status);
		follow_links(t, w, without, e.address);
		world_undo(w);
		seen++;
	}
	CHECK(seen > 10);
}

TEST(a_room_that_is_left_out_is_gone_from_every_page)
{
	static const char *const people[] = {NULL, "ilmari", "aino", "kerttu", "oona", "joel"};
	static const char *const fronts[] = {"/fi", "/sv/metsa", "/en/pohja", "/fi/admin", "/fi/me"};

	for (size_t k = 0; k < sizeof optional / sizeof *optional; k++) {
		struct world *w = world_without(t, optional[k]);

		for (size_t i = 0; i < sizeof people / sizeof *people; i++)
			for (size_t a = 0; a < sizeof fronts / sizeof *fronts; a++) {
				w->page = world_get(w, people[i], fronts[a]);
				CHECK_INT(w->page.status, !people[i] && a > 2 ? 303 : 200);
				follow_links(t, w, optional[k], fronts[a]);
			}
		visit_all(t, w, optional[k]);
		world_end(w);
	}
}

/* What would be missed if nothing were switched off. */
TEST(a_room_that_is_left_out_has_no_page)
{
	struct world *w = world_without(t, "wheel");
	struct answered a;

	CHECK_STATUS(w, "aino", "/fi/pohja/wheel/2026", 404);
	CHECK_STATUS(w, "aino", "/fi/me/tasks", 404);
	a = world_post(w, NULL, str_z(t->arena, str_fmt(t->arena, "/fi/sign-in/link/%.*s",
	    STR_ARG(world_link(w, "ilmari")))), "own=1");
	CHECK_STR(a.location, "/fi/me");
	world_end(w);
	w = world_without(t, "framework");
	CHECK_STATUS(w, NULL, "/fi/goals", 404);
	CHECK_STATUS(w, "aino", "/fi/pohja/wheel/2026", 200);
	world_end(w);
	w = world_in_memory(t); /* and it is back in the next world */
	CHECK_STATUS(w, NULL, "/fi/goals", 200);
	world_end(w);
}
