/* What happens to bookings by itself, as the clock goes on. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/db/tx.h"

#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/space/jobs.h"
#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

enum { HOUR_S = 3600, DAY_S = 86400, MINUTE_S = 60 };

/* --- jobs, as the scheduler runs them ---------------------------------------------------------------------------- */

struct asked_job {
	bool (*due)(struct tx *tx);
	void (*write)(struct tx *tx);
	bool was_due;
};

static void
ask_job(struct tx *tx, void *arg)
{
	struct asked_job *a = arg;

	a->was_due = a->due(tx);
}

static void
run_job(struct tx *tx, void *arg)
{
	const struct asked_job *a = arg;

	a->write(tx);
}

/* Whether there was something to do; then it is done, and done again, which changes nothing. */
static bool
job(struct world *w, bool (*due)(struct tx *tx), void (*write)(struct tx *tx))
{
	struct test *t = w->t;
	struct asked_job a = {due, write, false}, again = a;
	struct db_error error = {0};
	struct str rows;

	world_read(w, ask_job, &a);
	if (!a.was_due)
		return false;
	CHECK(db_write_now(w->db, w->arena, world_now(), run_job, &a, &error));
	world_read(w, ask_job, &again);
	CHECK(!again.was_due);
	rows = fixture_rows(w->arena, w->db);
	CHECK(db_write_now(w->db, w->arena, world_now(), run_job, &a, &error));
	CHECK(str_eq(fixture_rows(w->arena, w->db), rows));
	return true;
}

/* --- the college without its bookings --------------------------------------------------------------------------- */

static void
end_bookings(struct tx *tx, void *arg)
{
	struct space_list spaces = spaces_everywhere(tx);

	(void)arg;
	for (size_t i = 0; i < spaces.n; i++) {
		struct space_booking_list all = space_bookings_of_space_ahead(tx, spaces.at[i].id, tx->now);

		for (size_t k = 0; k < all.n; k++)
			space_booking_end(tx, all.at[k].id, SPACE_BOOKING_STATE_CANCELLED, STR(""), tx->now,
			    all.at[k].version);
	}
}

static struct world *
empty_world(struct test *t, const char *terms)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), end_bookings, NULL, &error));
	if (terms)
		CHECK_INT(world_post(w, "aino", "/fi/ranta/space/laituri/edit/terms", WORDS(
		    "shortest=30&longest=480&step=30&ahead=365&after=15&adult=minors&version=1&%s", terms)).status,
		    303);
	return w;
}

/* Oona books the jetty from four to five on 24 + n November; returns the address of the booking. */
static const char *
booked(struct world *w, int n)
{
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold",
	    WORDS("day=%d&from=900&length=60", 739944 + n));

	world_post(w, "oona", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Soittoryhm%C3%A4&audience=students&people=12&public=1&every=once");
	return str_z(w->arena, world_post(w, "oona", WORDS("%.*s/send", STR_ARG(held.location)),
	    "taken=1&asked=0").location);
}

static const char *
mails(struct world *w, const char *to, const char *subject)
{
	return str_z(w->arena, fixture_ask(w->arena, w->db, WORDS(
	    "SELECT count(*) FROM outbox WHERE recipient = '%s@nuotio.example' AND subject = '%s'", to, subject)));
}

/* The newest letter to somebody. */
static struct answered
letter(struct world *w, const char *to)
{
	return (struct answered){.body = fixture_ask(w->arena, w->db, WORDS(
	    "SELECT body FROM outbox WHERE recipient = '%s@nuotio.example' ORDER BY id DESC LIMIT 1", to))};
}

/* --- confirmations ---------------------------------------------------------------------------------------------- */

TEST(a_booking_is_asked_for_a_day_before_and_one_press_confirms_it)
{
	struct world *w = empty_world(t, "confirm=24");
	const char *booking = booked(w, 1); /* on Wednesday at three; now it is Monday noon */

	CHECK(!job(w, space_ask_due, space_ask));
	world_pass(27 * HOUR_S - 1);
	CHECK(!job(w, space_ask_due, space_ask));
	CHECK_LACKS(world_get(w, "oona", booking), "Kyllä, tulemme");
	world_pass(1);
	CHECK(job(w, space_ask_due, space_ask));
	CHECK_STR(str_of(mails(w, "oona", "Tuletteko? Vahvista varaus: Laituri")), "1");
	CHECK(str_contains(letter(w, "oona").body, str_of(booking)));
	CHECK_HOLDS(letter(w, "oona"), "25.11.2026 klo 3.00");
	CHECK_HOLDS(world_get(w, "oona", booking), "Kyllä, tulemme");
	CHECK_HOLDS(world_get(w, "oona", booking), "25.11.2026 klo 3.00");
	CHECK_INT(world_post(w, "oona", WORDS("%s/confirm", booking), "").status, 303);
	world_pass(23 * HOUR_S);
	CHECK(!job(w, space_free_due, space_free_unused));
	CHECK_HOLDS(world_get(w, "oona", booking), "Varattu");
	world_end(w);
}

TEST(what_nobody_confirms_goes_to_whoever_waits)
{
	struct world *w = empty_world(t, "confirm=24");
	const char *booking = booked(w, 1);

	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/wish", "day=739945&from=900&length=60").status, 303);
	world_pass(28 * HOUR_S); /* an hour late */
	CHECK(job(w, space_ask_due, space_ask));
	world_pass(12 * HOUR_S - 1);
	CHECK(!job(w, space_free_due, space_free_unused));
	world_pass(1); /* twelve hours after they were asked, however late that was */
	CHECK(job(w, space_free_due, space_free_unused));
	CHECK_HOLDS(world_get(w, "oona", booking), "Vapautunut");
	CHECK_STR(str_of(mails(w, "oona", "Varaus vapautui muille: Laituri")), "1");
	CHECK_HOLDS(letter(w, "oona"), "ei vahvistettu ajoissa");
	CHECK_STR(str_of(mails(w, "kerttu", "Toivomasi aika vapautui: Laituri")), "1");
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/me/bookings"), "Ota aika");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Varaus vapautui itsestään");
	world_end(w);
}

TEST(whoever_books_at_the_last_moment_is_not_asked)
{
	struct world *w = empty_world(t, "confirm=48");
	const char *booking = booked(w, 0); /* tomorrow */

	world_pass(HOUR_S);
	CHECK(!job(w, space_ask_due, space_ask));
	world_pass(25 * HOUR_S);
	CHECK(!job(w, space_ask_due, space_ask));
	CHECK(!job(w, space_free_due, space_free_unused));
	CHECK_HOLDS(world_get(w, "oona", booking), "Varattu");
	world_end(w);
}

TEST(a_booking_to_which_nobody_came_is_freed)
{
	struct world *w = empty_world(t, "claim=15");
	const char *first = booked(w, 0), *second = booked(w, 2);

	world_pass(27 * HOUR_S); /* Tuesday at three */
	CHECK(!job(w, space_free_due, space_free_unused));
	CHECK_HOLDS(world_get(w, "oona", first), "Olemme täällä");
	world_pass(15 * MINUTE_S);
	CHECK(job(w, space_free_due, space_free_unused));
	CHECK_HOLDS(world_get(w, "oona", first), "Vapautunut");
	CHECK_HOLDS(letter(w, "oona"), "Kukaan ei ollut kertonut tulleensa");
	/* on Thursday they say that they came */
	world_pass(2 * DAY_S - 15 * MINUTE_S);
	CHECK_INT(world_post(w, "oona", WORDS("%s/claim", second), "").status, 303);
	world_pass(20 * MINUTE_S);
	CHECK(!job(w, space_free_due, space_free_unused));
	CHECK_HOLDS(world_get(w, "oona", second), "Varattu");
	world_end(w);
}

/* --- offers and holds ------------------------------------------------------------------------------------------- */

TEST(an_offer_that_nobody_takes_passes_to_the_next)
{
	struct world *w = empty_world(t, NULL);
	const char *booking = booked(w, 6);

	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/wish", "day=739950&from=900&length=60").status, 303);
	world_pass(MINUTE_S);
	CHECK_INT(world_post(w, "aino", "/fi/ranta/space/laituri/wish", "day=739950&from=900&length=60").status, 303);
	CHECK_INT(world_post(w, "oona", WORDS("%s/cancel", booking), "version=1").status, 303);
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/me/bookings"), "Ota aika");
	CHECK_LACKS(world_get(w, "aino", "/fi/me/bookings"), "Ota aika");
	world_pass(DAY_S - 1);
	CHECK(!job(w, space_pass_due, space_pass_on));
	world_pass(1);
	CHECK(job(w, space_pass_due, space_pass_on));
	CHECK_LACKS(world_get(w, "kerttu", "/fi/me/bookings"), "Ota aika");
	CHECK_HOLDS(world_get(w, "aino", "/fi/me/bookings"), "Ota aika");
	world_end(w);
}

TEST(a_hold_that_ends_goes_to_whoever_waits_and_a_wish_ends_with_its_time)
{
	struct world *w = empty_world(t, NULL);

	CHECK_INT(world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739945&from=900&length=60").status, 303);
	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/wish", "day=739945&from=900&length=60").status, 303);
	CHECK(!job(w, space_pass_due, space_pass_on));
	world_pass(10 * MINUTE_S);
	CHECK(job(w, space_pass_due, space_pass_on));
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/me/bookings"), "Ota aika");
	booked(w, 0);
	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/wish", "day=739944&from=900&length=60").status, 303);
	world_pass(28 * HOUR_S);
	CHECK(job(w, space_pass_due, space_pass_on));
	CHECK_STR(fixture_ask(w->arena, w->db, "SELECT count(*) FROM space_wish WHERE state = 'ended'"), "1");
	world_end(w);
}

TEST(what_was_being_filled_in_is_kept_for_a_day)
{
	struct world *w = empty_world(t, NULL);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739945&from=900&length=60");
	const char *draft = str_z(w->arena, held.location);

	world_post(w, "oona", WORDS("%s/details", draft),
	    "title=Soitto&audience=students&people=12&every=week&last=9.12.2026");
	world_post(w, "oona", WORDS("%s/day", draft), "day=739952&choice=1");
	world_pass(DAY_S);
	CHECK(!job(w, space_tidy_due, space_tidy));
	CHECK_HOLDS(world_get(w, "oona", draft), "Soitto");
	world_pass(11 * MINUTE_S);
	CHECK(job(w, space_tidy_due, space_tidy));
	CHECK_INT(world_get(w, "oona", draft).status, 404);
	world_end(w);
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

/* The three requests of the demo have an answer promised by Wednesday. */
TEST(those_who_answer_are_reminded_on_the_day_and_each_day_after_it)
{
	struct world *w = world(t);
	static const char three[] = "3 varauspyyntöä odottaa vastausta";

	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite", WORDS(
	    "name=Ranta&email=ranta@nuotio.example&lang=sv&role=%d&campus=2", ROLE_COORDINATOR + 1)).status, 303);
	CHECK(!job(w, space_remind_due, space_remind_all));
	world_pass(43 * HOUR_S - 1); /* Wednesday, a second before seven */
	CHECK(!job(w, space_remind_due, space_remind_all));
	world_pass(1);
	CHECK(job(w, space_remind_due, space_remind_all));
	CHECK_STR(str_of(mails(w, "aino", three)), "1");
	CHECK_HOLDS(letter(w, "aino"),
	    "Pelitapahtuma: Kulma, lauantai 12.12. klo 12.00–17.00; vastaus luvattiin 25.11.2026");
	CHECK_HOLDS(letter(w, "aino"), "/fi/admin/bookings");
	/* who coordinates one campus hears of that one, in their language */
	CHECK_STR(str_of(mails(w, "ranta", "En bokningsförfrågan väntar på svar")), "1");
	CHECK_HOLDS(letter(w, "ranta"), "Nuorten ilta");
	CHECK_LACKS(letter(w, "ranta"), "Pelitapahtuma");
	world_pass(10 * HOUR_S);
	CHECK(!job(w, space_remind_due, space_remind_all));
	world_pass(14 * HOUR_S);
	CHECK(job(w, space_remind_due, space_remind_all));
	CHECK_STR(str_of(mails(w, "aino", three)), "2");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/bookings"), "odottaa, vastaus luvattiin 25.11.2026");
	world_end(w);
}

TEST(a_request_that_nobody_answered_ends_when_its_time_begins)
{
	struct world *w = world(t);
	struct answered page;

	world_pass(18 * DAY_S); /* Friday 11 December at noon; the evening is at five */
	CHECK(!job(w, space_lapse_due, space_lapse));
	page = world_get(w, "oona", "/fi/me/bookings");
	CHECK_HOLDS(page, "Odottaa vastausta");
	world_pass(5 * HOUR_S);
	CHECK(job(w, space_lapse_due, space_lapse));
	CHECK_STR(str_of(mails(w, "oona", "Varauspyyntöön ei ehditty vastata: Laituri")), "1");
	CHECK_HOLDS(letter(w, "oona"), "/fi/ranta/space/laituri/book");
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/bookings"), "Nuorten ilta");
	page = world_get(w, "oona", WORDS("/fi/ranta/booking/%.*s", STR_ARG(fixture_ask(w->arena, w->db,
	    "SELECT id FROM space_booking WHERE title = 'Nuorten ilta'"))));
	CHECK_HOLDS(page, "Kukaan ei ehtinyt vastata");
	world_end(w);
}
