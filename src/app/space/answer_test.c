/* A yes to a request: only as far as there is room at every moment, and not over the head of somebody who books. */
#include "lib/arena.h"

#include "core/db/fixture.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define LAITURI "/fi/ranta/space/laituri"
#define ANSWER "/fi/admin/bookings/answer"

/* Holds a time of Saturday 28 November, when the space is closed. */
static struct answered
hold(struct world *w, const char *who, int from, int length, bool shared)
{
	return world_post(w, who, LAITURI "/hold",
	    WORDS("day=739948&from=%d&length=%d&shared=%d", from, length, shared));
}

/* Asks to take part then with so many; returns the fields that name the request. */
static const char *
asked(struct world *w, const char *who, int from, int length, int people)
{
	struct answered held = hold(w, who, from, length, true), sent;

	world_post(w, who, WORDS("%.*s/details", STR_ARG(held.location)),
	    WORDS("title=Ilta&audience=students&people=%d&public=1&every=once", people));
	sent = world_post(w, who, WORDS("%.*s/send", STR_ARG(held.location)), "taken=0&asked=1");
	return WORDS("booking=%.*s&version=1", (int)sent.location.n - 18, sent.location.p + 18);
}

/* The space holds forty. */
TEST(a_yes_to_whoever_takes_part_counts_those_who_are_there)
{
	struct world *w = world(t);
	const char *early = asked(w, "oona", 15 * 60, 120, 20), *late = asked(w, "kerttu", 18 * 60, 120, 30);
	const char *both = asked(w, "oona", 16 * 60, 180, 15), *fits = asked(w, "kerttu", 16 * 60, 180, 10);
	struct answered a;

	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=yes", early)).status, 303);
	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=yes", late)).status, 303);
	/* at its start there is room for twenty, but from six on for ten */
	a = world_post(w, "aino", ANSWER, WORDS("%s&answer=yes&reply=Tervetuloa", both));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "enää 10 paikkaa");
	CHECK_HOLDS(a, "Tervetuloa</textarea>");
	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=yes", fits)).status, 303);
	a = world_post(w, "aino", ANSWER, WORDS("%s&answer=yes", both));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "enää 0 paikkaa");
	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=no", both)).status, 303);
	world_end(w);
}

TEST(a_yes_waits_for_whoever_fills_in_a_booking_for_the_same_time)
{
	struct world *w = world(t);
	const char *request = asked(w, "oona", 15 * 60, 120, 20);
	struct answered held, a;

	CHECK_INT(hold(w, "kerttu", 16 * 60, 60, false).status, 303);
	a = world_post(w, "aino", ANSWER, WORDS("%s&answer=yes&reply=Tervetuloa", request));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Joku täyttää juuri varausta samalle ajalle");
	CHECK_HOLDS(a, "23.11.2026 klo 12.10");
	CHECK_HOLDS(a, "Tervetuloa</textarea>");
	/* a no may come at any time */
	world_try(w);
	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=no", request)).status, 303);
	world_undo(w);
	world_pass(10 * 60);
	/* what whoever answers holds is in nobody's way but their own */
	held = hold(w, "aino", 15 * 60, 60, false);
	CHECK_INT(held.status, 303);
	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=yes", request)).status, 303);
	world_end(w);
}

/* Of a series the other days are granted, and what is full or held goes on waiting. */
TEST(a_yes_to_a_series_leaves_the_days_that_are_full)
{
	struct world *w = world(t);
	const char *first = asked(w, "kerttu", 15 * 60, 120, 30);
	struct answered held = hold(w, "oona", 15 * 60, 120, true), sent, a;

	world_post(w, "oona", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Leiri&audience=students&people=20&public=1&every=week&last=12.12.2026");
	for (int day = 739948 + 7; day <= 739948 + 14; day += 7)
		world_post(w, "oona", WORDS("%.*s/day", STR_ARG(held.location)), WORDS("day=%d&choice=2", day));
	sent = world_post(w, "oona", WORDS("%.*s/send", STR_ARG(held.location)), "taken=0&asked=3");
	CHECK_INT(sent.status, 303);
	CHECK_INT(world_post(w, "aino", ANSWER, WORDS("%s&answer=yes", first)).status, 303);
	a = world_post(w, "aino", ANSWER, WORDS("booking=%.*s&version=1&answer=yes&rest=1", (int)sent.location.n - 18,
	    sent.location.p + 18));
	CHECK_INT(a.status, 303);
	CHECK_STR(fixture_ask(w->arena, w->db, "SELECT count(*) FROM space_booking WHERE title = 'Leiri' AND "
	    "state = 'booked'"), "2");
	CHECK_STR(fixture_ask(w->arena, w->db, "SELECT count(*) FROM space_booking WHERE title = 'Leiri' AND "
	    "state = 'requested'"), "1");
	world_end(w);
}
