/* What waits for a person, on their own page and among their tasks. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/tx.h"

#include "app/people/people.h"
#include "app/room.h"
#include "app/space/jobs.h"
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

enum { HOUR_S = 3600 };

static void
run_ask(struct tx *tx, void *arg)
{
	(void)arg;
	space_ask(tx);
}

/* Between the heading and what comes after it. */
static struct answered
waiting(struct world *w, const char *who, const char *page)
{
	return world_part(world_get(w, who, page), "id=\"todo\"", "</section>");
}

TEST(what_waits_stands_first_on_ones_own_page_and_among_ones_tasks)
{
	struct world *w = world(t);
	struct answered held, page;
	struct db_error error = {0};
	const char *booking;

	CHECK_HOLDS(waiting(w, "aino", "/fi/me"), "3 varauspyyntöä odottaa vastausta");
	CHECK_HOLDS(waiting(w, "aino", "/fi/me/tasks"), "viimeistään 25.11.2026");
	CHECK_INT(waiting(w, "oona", "/fi/me").body.n, 0);
	CHECK_INT(waiting(w, "mira", "/fi/me").body.n, 0);
	/* a booking that is to be confirmed */
	CHECK_INT(world_post(w, "aino", "/fi/ranta/space/laituri/edit/terms",
	    "shortest=30&longest=480&step=30&ahead=365&adult=minors&confirm=24&version=1").status, 303);
	held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739945&from=990&length=60");
	world_post(w, "oona", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Soittoryhm%C3%A4&audience=students&people=12&every=once");
	booking = str_z(w->arena, world_post(w, "oona", WORDS("%.*s/send", STR_ARG(held.location)), "taken=1&asked=0")
	    .location);
	world_pass(30 * HOUR_S);
	CHECK(db_write_now(w->db, w->arena, world_now(), run_ask, NULL, &error));
	page = waiting(w, "oona", "/fi/me");
	CHECK_HOLDS(page, "Tuletteko? Soittoryhmä, keskiviikko 25.11.");
	CHECK(str_contains(page.body, str_of(booking)));
	CHECK_INT(world_post(w, "oona", WORDS("%s/confirm", booking), "").status, 303);
	CHECK_LACKS(waiting(w, "oona", "/fi/me"), "Soittoryhmä");
	/* an offer */
	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/wish", "day=739945&from=990&length=60").status, 303);
	CHECK_INT(world_post(w, "oona", WORDS("%s/cancel", booking), "version=1").status, 303);
	page = waiting(w, "kerttu", "/fi/me");
	CHECK_HOLDS(page, "Vapaana sinulle: Laituri, keskiviikko 25.11. klo 16.30");
	CHECK_HOLDS(page, "href=\"/fi/me/bookings\"");
	world_end(w);
}

/* --- in order --------------------------------------------------------------------------------------------------- */

static void
three_things(struct tx *tx, const struct actor *who, struct todo_list *list)
{
	(void)who;
	todo_add(tx->arena, list, (struct todo){.address = STR("/whenever")});
	todo_add(tx->arena, list, (struct todo){.address = STR("/later"), .due = date_of(2026, 12, 1)});
	todo_add(tx->arena, list, (struct todo){.address = STR("/now"), .due = date_of(2026, 11, 23)});
}

static void
in_order(struct tx *tx, void *arg)
{
	static const struct room one = {.name = "one", .todo = three_things}, none = {.name = "none"};
	static const struct room *const rooms[] = {&one, &none, &one, NULL};
	const struct room *const *were = rooms_all();
	struct test *t = arg;
	struct actor nobody = person_nobody();
	struct todo_list all;

	rooms_set(rooms);
	all = rooms_todo(tx, &nobody);
	rooms_set(were);
	CHECK_INT(all.n, 6);
	CHECK_STR(all.at[0].address, "/now");
	CHECK_STR(all.at[1].address, "/now");
	CHECK_STR(all.at[3].address, "/later");
	CHECK_STR(all.at[5].address, "/whenever");
}

TEST(what_has_the_least_time_stands_first)
{
	struct world *w = world_in_memory(t);

	world_read(w, in_order, t);
	world_end(w);
}
