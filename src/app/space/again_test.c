/* What is done with a series as a whole: continued next term, and its rest cancelled or answered. */
#include "lib/arena.h"

#include "core/db/fixture.h"

#include "app/rights.h" /* generated */
#include "app/space/inside.h"
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define LAITURI "/fi/ranta/space/laituri"

/* A series from a day and minute on; the address of its first booking. */
static const char *
series(struct world *w, const char *time, const char *details, const char *as)
{
	struct answered held = world_post(w, "kerttu", LAITURI "/hold", time), sent;

	world_post(w, "kerttu", WORDS("%.*s/details", STR_ARG(held.location)),
	    WORDS("title=Soittoryhm%%C3%%A4&audience=students&people=12&public=1&%s", details));
	sent = world_post(w, "kerttu", WORDS("%.*s/send", STR_ARG(held.location)), as);
	return str_z(w->arena, sent.location);
}

/* Wednesdays from half past four, 25 November to 16 December. */
static const char *
wednesdays(struct world *w)
{
	return series(w, "day=739945&from=990&length=60", "every=week&last=16.12.2026", "taken=4&asked=0");
}

/* Four Saturdays that only can be asked for. */
static const char *
saturdays(struct world *w)
{
	struct answered held = world_post(w, "kerttu", LAITURI "/hold", "day=739948&from=1020&length=60"), sent;

	world_post(w, "kerttu", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Soittoryhm%C3%A4&audience=students&people=12&public=1&every=week&last=19.12.2026");
	for (int day = 739948 + 7; day <= 739948 + 21; day += 7)
		world_post(w, "kerttu", WORDS("%.*s/day", STR_ARG(held.location)), WORDS("day=%d&choice=2", day));
	sent = world_post(w, "kerttu", WORDS("%.*s/send", STR_ARG(held.location)), "taken=0&asked=4");
	return str_z(w->arena, sent.location);
}

/* How many of them are in a state. */
static struct str
in_state(struct world *w, const char *state)
{
	return fixture_ask(w->arena, w->db, WORDS("SELECT count(*) FROM space_booking WHERE title = 'Soittoryhmä' AND "
	    "state = '%s'", state));
}

/* Its second day is on another campus, as one that was planned there. */
static void
go_elsewhere(struct world *w, const char *booking)
{
	fixture_ask(w->arena, w->db, WORDS("UPDATE space_booking SET space = (SELECT id FROM space WHERE "
	    "slug = 'stugan') WHERE id = %s + 1 RETURNING id", booking + 18));
}

/* Somebody who coordinates this campus alone. */
static const char *
coordinator_here(struct world *w)
{
	struct test *t = w->t;

	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite", WORDS(
	    "name=Ranta&email=ranta@nuotio.example&lang=fi&role=%d&campus=2", ROLE_COORDINATOR + 1)).status, 303);
	return "ranta@nuotio.example";
}

TEST(the_rest_of_a_series_is_cancelled_only_where_it_is_theirs)
{
	struct world *w = world(t);
	const char *booking = wednesdays(w), *who = coordinator_here(w);

	CHECK_STR(in_state(w, "booked"), "4");
	go_elsewhere(w, booking);
	world_try(w);
	CHECK_INT(world_post(w, who, WORDS("%s/cancel", booking), "version=1&rest=1&reply=Remontti").status, 303);
	CHECK_STR(in_state(w, "cancelled"), "3");
	CHECK_STR(in_state(w, "booked"), "1");
	world_undo(w);
	/* whoever booked them cancels all */
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/cancel", booking), "version=1&rest=1").status, 303);
	CHECK_STR(in_state(w, "cancelled"), "4");
	world_end(w);
}

TEST(the_rest_of_a_series_is_answered_only_where_they_answer)
{
	struct world *w = world(t);
	const char *who = coordinator_here(w), *booking = saturdays(w), *answer;

	CHECK_STR(in_state(w, "requested"), "4");
	go_elsewhere(w, booking);
	for (int yes = 0; yes <= 1; yes++) {
		answer = WORDS("booking=%s&version=1&rest=1&answer=%s", booking + 18, yes ? "yes" : "no");
		world_try(w);
		CHECK_INT(world_post(w, who, "/fi/admin/bookings/answer", answer).status, 303);
		CHECK_STR(in_state(w, yes ? "booked" : "declined"), "3");
		CHECK_STR(in_state(w, "requested"), "1");
		world_undo(w);
		/* who answers on all campuses answers all of it */
		world_try(w);
		CHECK_INT(world_post(w, "aino", "/fi/admin/bookings/answer", answer).status, 303);
		CHECK_STR(in_state(w, yes ? "booked" : "declined"), "4");
		world_undo(w);
	}
	world_end(w);
}

TEST(a_cancelled_series_is_not_continued)
{
	struct world *w = world(t);
	const char *booking = wednesdays(w), *second;
	struct answered a;
	int64_t id = 0;

	CHECK(str_int(str_of(booking + 18), &id));
	second = WORDS("/fi/ranta/booking/%lld", (long long)id + 1);
	/* one that is left of it leads on */
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/cancel", booking), "version=1").status, 303);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/continue", booking), "").status, 409);
	world_try(w);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/continue", second), "").status, 303);
	world_undo(w);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/cancel", second), "version=1&rest=1").status, 303);
	CHECK_STR(in_state(w, "cancelled"), "4");
	a = world_post(w, "kerttu", WORDS("%s/continue", second), "");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "on muuttunut tai ohi");
	CHECK_LACKS(world_get(w, "kerttu", second), "Jatka sarjaa");
	world_end(w);
}

/* Its weeks come again in the same order; they can be read and changed before anything is sent. */
TEST(a_series_by_the_numbers_of_weeks_goes_on_by_weeks)
{
	struct world *w = world(t);
	/* weeks 48 to 50, and 53 to 2 without two days in the holidays */
	const char *booking = series(w, "day=739945&from=990&length=60", "every=weeks&weeks=49-50,53-2",
	    "taken=4&asked=0");
	struct answered held = world_post(w, "kerttu", WORDS("%s/continue", booking), ""), page;

	CHECK_INT(held.status, 303);
	page = world_follow(w, "kerttu", held);
	CHECK_HOLDS(page, "value=\"3–5, 8–10\"");
	CHECK_HOLDS(page, "value=\"weeks\" selected");
	CHECK_HOLDS(page, "laskettu edellisestä sarjasta");
	page = world_get(w, "kerttu", WORDS("%.*s/check", STR_ARG(held.location)));
	CHECK_INT(world_count(page, "<li id=\"day-"), 6);
	CHECK_HOLDS(page, "keskiviikko 20.1.");
	CHECK_HOLDS(page, "keskiviikko 3.2.");
	CHECK_LACKS(page, "keskiviikko 10.2.");
	CHECK_HOLDS(page, "keskiviikko 10.3.");
	CHECK_LACKS(page, "keskiviikko 17.3.");
	world_end(w);
}

TEST(weeks_come_again_from_another_day_on)
{
	struct span was = {date_of(2026, 11, 25), date_of(2027, 1, 13)};
	struct str many = space_weeks_again(t->arena, STR("1-2,4-5,7-8,10-11,13-14,16-17,19-20,22-23,25-26,28-29,31-32,"
	    "34-35,37-38,40-41,43-44,46-47,49"), (struct span){date_of(2026, 1, 7), date_of(2026, 12, 9)},
	    date_of(2027, 3, 3));

	CHECK_STR(space_weeks_again(t->arena, STR("49–50, 53-2"), was, date_of(2027, 1, 20)), "3–5, 8–10");
	CHECK_STR(space_weeks_again(t->arena, STR("50"), was, date_of(2026, 12, 16)), "51, 53");
	/* over the new year, and over one with fewer weeks */
	CHECK_STR(space_weeks_again(t->arena, STR("48-50"), was, date_of(2026, 12, 23)), "52–1");
	CHECK_STR(space_weeks_again(t->arena, STR("48-50"), was, date_of(2027, 12, 22)), "51–1");
	CHECK(space_weeks_sound(many) || many.n == 0);
	CHECK(str_chars(many) <= 100);
}
