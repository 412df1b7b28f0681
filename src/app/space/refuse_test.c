/* What a page hides is refused when it is asked for all the same, with the rule and what else is possible. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/tx.h"

#include "app/space/jobs.h"
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define LAITURI "/fi/ranta/space/laituri"

enum { MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

/* Kerttu's hour at four on Wednesday, as she asks for it. */
static const char *
booked(struct world *w, const char *fields, const char *more, const char *as)
{
	struct answered held = world_post(w, "kerttu", LAITURI "/hold", fields);

	world_post(w, "kerttu", WORDS("%.*s/details", STR_ARG(held.location)),
	    WORDS("title=Soittoryhm%%C3%%A4&audience=students&people=12&public=1&%s", more));
	return str_z(w->arena, world_post(w, "kerttu", WORDS("%.*s/send", STR_ARG(held.location)), as).location);
}

static const char *
wednesday(struct world *w)
{
	return booked(w, "day=739945&from=960&length=60", "every=once", "taken=1&asked=0");
}

static void
ask(struct tx *tx, void *arg)
{
	(void)arg;
	space_ask(tx);
}

TEST(nobody_is_there_before_their_time_or_after_it)
{
	struct world *w = world(t);
	const char *booking = wednesday(w);
	struct answered a = world_post(w, "kerttu", WORDS("%s/claim", booking), "");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "aikaisintaan 15 minuuttia ennen alkua");
	world_pass(2 * DAY_S + 4 * HOUR_S - 15 * MINUTE_S - 1);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/claim", booking), "").status, 422);
	CHECK_LACKS(world_get(w, "kerttu", booking), "Olemme täällä");
	world_pass(1);
	CHECK_HOLDS(world_get(w, "kerttu", booking), "Olemme täällä");
	world_try(w);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/claim", booking), "").status, 303);
	/* a second press says the same */
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/claim", booking), "").status, 303);
	world_undo(w);
	world_pass(75 * MINUTE_S);
	a = world_post(w, "kerttu", WORDS("%s/claim", booking), "");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "on muuttunut tai ohi");
	world_end(w);
}

TEST(what_is_over_or_cancelled_is_neither_confirmed_nor_changed_nor_moved)
{
	struct world *w = world(t);
	const char *booking = wednesday(w);
	const char *details = "title=Kuoro&audience=students&people=14&public=1&version=%d";
	struct answered a = world_post(w, "kerttu", WORDS("%s/confirm", booking), "");

	/* nobody has asked */
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "ei tarvitse vielä vahvistaa");
	world_try(w);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/cancel", booking), "version=1").status, 303);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/cancel", booking), "version=2").status, 409);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/confirm", booking), "").status, 409);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/claim", booking), "").status, 409);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/change", booking), WORDS(details, 2)).status, 409);
	CHECK_INT(world_post(w, "kerttu", LAITURI "/hold", WORDS("day=739946&from=480&length=60&moves=%s",
	    booking + 18)).status, 404);
	world_undo(w);
	world_pass(3 * DAY_S);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/cancel", booking), "version=1").status, 409);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/confirm", booking), "").status, 409);
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/change", booking), WORDS(details, 1)).status, 409);
	CHECK_HOLDS(world_get(w, "kerttu", booking), "Soittoryhmä");
	CHECK_INT(world_post(w, "kerttu", LAITURI "/hold", WORDS("day=739952&from=480&length=60&moves=%s",
	    booking + 18)).status, 404);
	world_end(w);
}

TEST(a_confirmation_is_asked_for_until_the_end)
{
	struct world *w = world(t);
	struct db_error error = {0};
	const char *booking;

	CHECK_INT(world_post(w, "aino", LAITURI "/edit/terms",
	    "shortest=30&longest=480&step=30&ahead=365&after=15&adult=minors&version=1&confirm=24").status, 303);
	booking = wednesday(w);
	world_pass(28 * HOUR_S);
	CHECK(db_write_now(w->db, w->arena, world_now(), ask, NULL, &error));
	CHECK_HOLDS(world_get(w, "kerttu", booking), "Kyllä, tulemme");
	world_pass(2 * DAY_S);
	CHECK_LACKS(world_get(w, "kerttu", booking), "Kyllä, tulemme");
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/confirm", booking), "").status, 409);
	world_end(w);
}

TEST(a_request_whose_time_has_begun_gets_no_yes)
{
	struct world *w = world(t);
	const char *booking = booked(w, "day=739948&from=1020&length=120", "every=once", "taken=0&asked=1");
	struct answered a;

	world_pass(5 * DAY_S + 5 * HOUR_S);
	a = world_post(w, "aino", "/fi/admin/bookings/answer", WORDS("booking=%s&version=1&answer=yes", booking + 18));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(world_get(w, "kerttu", booking), "Odottaa vastausta");
	/* a no with its reason may still come before the program's own */
	CHECK_INT(world_post(w, "aino", "/fi/admin/bookings/answer", WORDS(
	    "booking=%s&version=1&answer=no&reply=Pahoittelut", booking + 18)).status, 303);
	CHECK_HOLDS(world_get(w, "kerttu", booking), "Pahoittelut");
	world_end(w);
}

TEST(one_waits_only_for_what_somebody_else_has)
{
	struct world *w = world(t);
	struct answered a;

	a = world_post(w, "oona", LAITURI "/wish", "day=739945&from=960&length=60");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tämä aika on vapaa");
	a = world_post(w, "oona", LAITURI "/wish", "day=739945&from=960&length=15");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Lyhin varaus on 30 minuuttia");
	a = world_post(w, "oona", LAITURI "/wish", "day=739945&from=1380&length=120");
	CHECK_INT(a.status, 422);
	/* on a campus where she may not book at all */
	CHECK_INT(world_post(w, "oona", "/fi/pohja/space/kulma/wish", "day=739945&from=960&length=60").status, 403);
	wednesday(w);
	CHECK_INT(world_post(w, "oona", LAITURI "/wish", "day=739945&from=960&length=60").status, 303);
	world_end(w);
}

TEST(a_wait_ends_once_and_by_whom_it_is)
{
	struct world *w = world(t);
	const char *fields;
	struct answered a;

	wednesday(w);
	CHECK_INT(world_post(w, "oona", LAITURI "/wish", "day=739945&from=960&length=60").status, 303);
	a = world_part(world_get(w, "oona", "/fi/me/bookings"), "/wish/end", "</form>");
	fields = WORDS("wish=%lld", (long long)world_hidden(a, "wish"));
	CHECK_INT(world_post(w, "kerttu", "/fi/me/bookings/wish/end", fields).status, 404);
	CHECK_INT(world_post(w, "oona", "/fi/me/bookings/wish/end", fields).status, 303);
	a = world_post(w, "oona", "/fi/me/bookings/wish/end", fields);
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "on jo ohi");
	world_end(w);
}

/* Three minutes past four is in no list of starts. */
TEST(a_booking_starts_where_its_space_lets_it_start)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "kerttu", LAITURI "/hold", "day=739945&from=963&length=60"), held;

	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "alkaa 30 minuutin välein");
	CHECK_HOLDS(a, "name=\"from\" value=\"960\""); /* offered instead */
	a = world_post(w, "kerttu", LAITURI "/wish", "day=739945&from=963&length=60");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "alkaa 30 minuutin välein");
	/* nor a day of a series by itself */
	held = world_post(w, "kerttu", LAITURI "/hold", "day=739945&from=960&length=60");
	world_post(w, "kerttu", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Kuoro&audience=students&people=12&public=1&every=week&last=2.12.2026");
	CHECK_INT(world_post(w, "kerttu", WORDS("%.*s/day", STR_ARG(held.location)), WORDS("day=739952&choice=%d",
	    10 + 2 * 1440 + 963)).status, 303);
	CHECK_HOLDS(world_get(w, "kerttu", WORDS("%.*s/check", STR_ARG(held.location))), "alkaa 30 minuutin välein");
	CHECK_INT(world_post(w, "kerttu", WORDS("%.*s/send", STR_ARG(held.location)), "taken=1&asked=0").status, 303);
	world_end(w);
}

/* Its details are still looked at when its start would be none today, and when it has begun. */
TEST(a_booking_never_grows_over_its_space)
{
	struct world *w = world(t);
	const char *booking = booked(w, "day=739945&from=990&length=60", "every=once", "taken=1&asked=0");
	const char *many = "title=Kuoro&audience=students&people=41&public=1&version=1";
	struct answered a;

	CHECK_INT(world_post(w, "aino", LAITURI "/edit/terms",
	    "shortest=60&longest=480&step=60&ahead=365&after=15&adult=minors&version=1").status, 303);
	a = world_post(w, "kerttu", WORDS("%s/change", booking), many);
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tilaan mahtuu 40 henkeä");
	world_pass(2 * DAY_S + 4 * HOUR_S + 45 * MINUTE_S);
	a = world_post(w, "kerttu", WORDS("%s/change", booking), many);
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tilaan mahtuu 40 henkeä");
	world_end(w);
}
