/* Booking as people do it, by pages and forms. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"

/* 25 November 2026 as the forms write it: the number of the day. */
static const int wednesday = 739945;

/* The demo college without its bookings. */
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
empty_world(struct test *t)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), end_bookings, NULL, &error));
	return w;
}

static const char *
fields(struct world *w, int from, int length, bool shared)
{
	return str_z(w->arena, str_fmt(w->arena, "day=%d&from=%d&length=%d&shared=%d", wednesday, from, length,
	    shared));
}

static const char *
under(struct world *w, struct answered a, const char *what)
{
	return str_z(w->arena, str_fmt(w->arena, "%.*s%s", STR_ARG(a.location), what));
}

/* Beside the page that an answer leads to: /draft/7/check gives /draft/7/send. */
static const char *
above(struct world *w, struct answered a, const char *what)
{
	size_t end = a.location.n;

	while (end > 0 && a.location.p[end - 1] != '/')
		end--;
	return str_z(w->arena, str_fmt(w->arena, "%.*s%s", (int)end - 1, a.location.p, what));
}

/* The number that an address ends with. */
static const char *
number_of(struct world *w, struct answered a)
{
	size_t at = a.location.n;

	while (at > 0 && a.location.p[at - 1] != '/')
		at--;
	return str_z(w->arena, str_sub(a.location, at, a.location.n));
}

TEST(a_youth_worker_books_in_five_pages)
{
	struct world *w = empty_world(t);
	struct answered held, filled, sent, page = world_get(w, "oona", "/fi/ranta/space/laituri/book?day=2026-11-25");
	const char *draft;

	CHECK_INT(page.status, 200);
	CHECK_HOLDS(page, "Suvantorannan nuorisotyö");
	CHECK_HOLDS(page, "value=\"900\""); /* three o'clock */
	CHECK_LACKS(page, "value=\"660\""); /* the drop-in */
	held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false));
	CHECK_INT(held.status, 303);
	draft = under(w, held, "");
	page = world_get(w, "oona", draft);
	CHECK_INT(page.status, 200);
	CHECK_HOLDS(page, "12.10"); /* held until then */
	CHECK_HOLDS(page, "Suvantorannan nuorisotyö");
	filled = world_post(w, "oona", under(w, held, "/details"),
	    "title=Avoin+olohuone&audience=students&people=20&public=1&every=once");
	CHECK_INT(filled.status, 303);
	page = world_get(w, "oona", under(w, filled, ""));
	CHECK_HOLDS(page, "Avoin olohuone");
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=1&asked=0");
	CHECK_INT(sent.status, 303);
	page = world_get(w, "oona", under(w, sent, ""));
	CHECK_HOLDS(page, "Varattu");
	CHECK_HOLDS(page, "klo 15.00–17.00");
	CHECK_HOLDS(world_get(w, "oona", "/fi/me/bookings"), "Avoin olohuone");
	/* public: anyone may see what it is, not whose draft it was */
	CHECK_HOLDS(world_get(w, NULL, under(w, sent, "")), "Avoin olohuone");
	CHECK_LACKS(world_get(w, NULL, under(w, sent, "")), "Oona");
	CHECK_INT(world_get(w, "oona", draft).status, 404);
	world_end(w);
}

TEST(the_second_of_two_hears_the_rule_and_what_is_free)
{
	struct world *w = empty_world(t);
	struct answered second;

	CHECK_INT(world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false)).status, 303);
	second = world_post(w, "kerttu", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false));
	CHECK_INT(second.status, 409);
	CHECK_HOLDS(second, "Joku täyttää juuri varausta");
	CHECK_HOLDS(second, "Sen sijaan vapaana");
	CHECK_HOLDS(second, "keskiviikko 2.12.");
	CHECK_HOLDS(second, "Odota tätä aikaa");
	world_end(w);
}

TEST(nobody_reaches_anothers_draft_or_booking)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false)),
	    sent;

	CHECK_INT(world_get(w, "kerttu", under(w, held, "")).status, 404);
	CHECK_INT(world_post(w, "oona", under(w, held, "/details"),
	    "title=Ohjaajien+palaveri&audience=staff&people=5&every=once").status, 303);
	CHECK_INT(world_post(w, "kerttu", under(w, held, "/send"), "taken=1&asked=0").status, 404);
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=1&asked=0");
	CHECK_INT(world_get(w, NULL, under(w, sent, "")).status, 404);     /* not public */
	CHECK_INT(world_get(w, "kerttu", under(w, sent, "")).status, 200); /* a colleague on the campus */
	CHECK_INT(world_post(w, "kerttu", under(w, sent, "/cancel"), "version=1").status, 403);
	CHECK_INT(world_post(w, "aino", under(w, sent, "/cancel"), "version=1&reply=Putkirikko").status, 303);
	CHECK_HOLDS(world_get(w, "oona", under(w, sent, "")), "Putkirikko");
	world_end(w);
}

TEST(a_form_of_a_booking_says_what_is_wrong_and_keeps_the_rest)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "mira", "/fi/asema/space/odotushuone/hold",
	    fields(w, 15 * 60, 60, false)), a;

	CHECK_INT(held.status, 303);
	a = world_post(w, "mira", under(w, held, "/details"),
	    "title=Lautapelit&audience=group&people=200&every=once&minors=1");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tilaan mahtuu 28 henkeä");
	CHECK_HOLDS(a, "nimeä vastuuaikuinen");
	CHECK_HOLDS(a, "value=\"Lautapelit\"");
	a = world_post(w, "mira", under(w, held, "/details"), "title=Kurssi&audience=teaching&people=8&every=week");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Kirjoita ryhmän tunnus");
	CHECK_HOLDS(a, "mihin päivään asti");
	world_end(w);
}

TEST(a_series_shows_each_day_before_it_is_sent)
{
	struct world *w = empty_world(t);
	struct answered held, page, sent;

	held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false));
	CHECK_INT(world_post(w, "oona", under(w, held, "/details"),
	    "title=Olohuone&audience=students&people=20&public=1&every=week&last=13.1.2027").status, 303);
	page = world_get(w, "oona", under(w, held, "/check"));
	CHECK_HOLDS(page, "varataan 5, pyydetään 0, jätetään väliin 3"); /* two in the Christmas holidays, Epiphany */
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=8&asked=0");
	CHECK_INT(sent.status, 409); /* not what was shown */
	CHECK_HOLDS(sent, "Tilanne muuttui");
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=5&asked=0");
	CHECK_INT(sent.status, 303);
	page = world_get(w, "oona", under(w, sent, ""));
	CHECK_HOLDS(page, "Siirrä tämä ja 4 myöhempää");
	CHECK_HOLDS(page, "Jatka sarjaa");
	held = world_post(w, "oona", under(w, sent, "/continue"), "");
	CHECK_INT(held.status, 303);
	CHECK_HOLDS(world_get(w, "oona", under(w, held, "")), "20.1.");
	world_end(w);
}

TEST(moving_holds_the_new_time_and_keeps_the_old_one_until_then)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false)),
	    sent, page;
	const char *move;

	world_post(w, "oona", under(w, held, "/details"),
	    "title=Olohuone&audience=students&people=20&public=1&every=once");
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=1&asked=0");
	page = world_get(w, "aino", under(w, sent, ""));
	CHECK_HOLDS(page, "/fi/ranta/space/laituri/book?move=");
	move = str_z(w->arena, str_fmt(w->arena, "%s&moves=%s", fields(w, 16 * 60, 120, false),
	    number_of(w, sent)));
	held = world_post(w, "aino", "/fi/ranta/space/laituri/hold", move);
	CHECK_INT(held.status, 303);
	CHECK_HOLDS(world_get(w, "oona", under(w, sent, "")), "klo 15.00–17.00");
	CHECK_INT(world_post(w, "aino", above(w, held, "/send"), "taken=1&asked=0").status, 303);
	CHECK_HOLDS(world_get(w, "oona", under(w, sent, "")), "klo 16.00–18.00");
	/* somebody else's by its number */
	CHECK_INT(world_post(w, "kerttu", "/fi/ranta/space/laituri/hold", move).status, 404);
	world_end(w);
}

TEST(the_details_of_a_booking_are_changed_and_the_later_of_two_is_told)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 120, false)),
	    sent, a;

	world_post(w, "oona", under(w, held, "/details"),
	    "title=Olohuone&audience=students&people=20&public=1&every=once");
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=1&asked=0");
	a = world_post(w, "oona", under(w, sent, "/change"), "title=Olohuone&audience=students&people=400&version=1");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tilaan mahtuu 40 henkeä");
	a = world_post(w, "oona", under(w, sent, "/change"),
	    "title=Taidekerho&audience=students&people=12&public=1&version=1");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, NULL, under(w, sent, "")), "Taidekerho");
	a = world_post(w, "aino", under(w, sent, "/change"), "title=Muu&audience=students&people=12&version=1");
	CHECK_INT(a.status, 409);
	CHECK_INT(world_post(w, "kerttu", under(w, sent, "/change"),
	    "title=Muu&audience=students&people=12&version=2").status, 403);
	world_end(w);
}

/* One of a series, or it and all that come after it. */
TEST(the_rest_of_a_series_is_changed_with_one_of_it)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 60, false)),
	    sent, page;
	const char *details = "title=%s&audience=students&people=%d&public=1&version=%d%s", *second, *third;
	long long first;

	world_post(w, "oona", under(w, held, "/details"),
	    "title=Kerho&audience=students&people=9&public=1&every=week&last=9.12.2026");
	sent = world_post(w, "oona", under(w, held, "/send"), "taken=3&asked=0");
	CHECK_INT(sent.status, 303);
	CHECK(str_int(str_of(number_of(w, sent)), (int64_t *)&first));
	second = str_z(w->arena, str_fmt(w->arena, "/fi/ranta/booking/%lld", first + 1));
	third = str_z(w->arena, str_fmt(w->arena, "/fi/ranta/booking/%lld", first + 2));
	/* from the second on */
	CHECK_INT(world_post(w, "oona", str_z(w->arena, str_fmt(w->arena, "%s/change", second)),
	    str_z(w->arena, str_fmt(w->arena, details, "Kuoro", 12, 1, "&rest=1"))).status, 303);
	CHECK_HOLDS(world_get(w, "oona", under(w, sent, "")), "<h1>Kerho</h1>");
	CHECK_HOLDS(world_get(w, "oona", second), "<h1>Kuoro</h1>");
	CHECK_HOLDS(world_get(w, "oona", third), "<h1>Kuoro</h1>");
	/* only that one */
	CHECK_INT(world_post(w, "oona", str_z(w->arena, str_fmt(w->arena, "%s/change", second)),
	    str_z(w->arena, str_fmt(w->arena, details, "Kvartetti", 4, 2, ""))).status, 303);
	CHECK_HOLDS(world_get(w, "oona", third), "<h1>Kuoro</h1>");
	/* all or none */
	page = world_post(w, "oona", under(w, sent, "/change"),
	    str_z(w->arena, str_fmt(w->arena, details, "Kilta", 41, 1, "&rest=1")));
	CHECK_INT(page.status, 422);
	CHECK_HOLDS(world_get(w, "oona", under(w, sent, "")), "<h1>Kerho</h1>");
	world_end(w);
}

/* The back button and a second press: what was sent is there once. */
TEST(what_is_sent_twice_is_booked_once)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 60, false)),
	    page;

	world_post(w, "oona", under(w, held, "/details"), "title=Kerho&audience=students&people=9&public=1&every=once");
	CHECK_INT(world_post(w, "oona", under(w, held, "/send"), "taken=1&asked=0").status, 303);
	CHECK_INT(world_post(w, "oona", under(w, held, "/send"), "taken=1&asked=0").status, 404);
	CHECK_INT(world_post(w, "oona", under(w, held, "/details"),
	    "title=Kerho&audience=students&people=9&public=1&every=once").status, 404);
	page = world_get(w, "oona", "/fi/me/bookings");
	CHECK_INT(world_count(page, ">Kerho<"), 1);
	world_end(w);
}

/* By its address alone nobody learns of a booking that is not public, or does anything with it. */
TEST(a_partner_finds_nothing_behind_anothers_address)
{
	static const char *const what[] = {"/cancel", "/change", "/confirm", "/claim", "/continue"};
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "kerttu", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 60, false)),
	    sent;

	world_post(w, "kerttu", under(w, held, "/details"),
	    "title=Palaveri&audience=staff&people=5&every=week&last=9.12.2026");
	CHECK_INT(world_get(w, "oona", under(w, held, "/check")).status, 404);
	CHECK_INT(world_post(w, "oona", under(w, held, "/drop"), "").status, 404);
	sent = world_post(w, "kerttu", under(w, held, "/send"), "taken=3&asked=0");
	CHECK_INT(sent.status, 303);
	CHECK_INT(world_get(w, "oona", under(w, sent, "")).status, 404);
	for (size_t i = 0; i < sizeof what / sizeof *what; i++)
		CHECK_INT(world_post(w, "oona", under(w, sent, what[i]),
		    "title=x&audience=students&people=1&version=1&rest=1").status, 404);
	CHECK_INT(world_post(w, "oona", "/fi/ranta/space/laituri/hold", str_z(w->arena, str_fmt(w->arena,
	    "day=%d&from=480&length=60&moves=%s", wednesday + 7, number_of(w, sent)))).status, 404);
	/* nor on another campus than its own */
	CHECK_INT(world_get(w, "kerttu", str_z(w->arena, str_fmt(w->arena, "/fi/pohja/booking/%s",
	    number_of(w, sent)))).status, 404);
	CHECK_HOLDS(world_get(w, "kerttu", under(w, sent, "")), "Varattu");
	world_end(w);
}

/* As a school plans: by the numbers of its weeks, over the new year. */
TEST(a_series_by_the_numbers_of_weeks)
{
	struct world *w = empty_world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", fields(w, 15 * 60, 60, false)),
	    page;
	const char *details = "title=Kerho&audience=students&people=9&public=1&every=weeks&weeks=%s";
	static const char *const wrong[] = {"", "48-99", "viikolla+48", "48,,49", "48-", "-48", "0", "48"};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		page = world_post(w, "oona", under(w, held, "/details"), str_z(w->arena, str_fmt(w->arena, details,
		    wrong[i])));
		CHECK_INT(page.status, 422);
		CHECK_HOLDS(page, "Kirjoita tulevien viikkojen numeroita");
	}
	/* from week 48 */
	CHECK_INT(world_post(w, "oona", under(w, held, "/details"), str_z(w->arena, str_fmt(w->arena, details,
	    "49%E2%80%9350,+53-2"))).status, 303);
	page = world_get(w, "oona", under(w, held, "/check"));
	CHECK_INT(world_count(page, "<li id=\"day-"), 6);
	CHECK_HOLDS(page, "keskiviikko 25.11.");
	CHECK_HOLDS(page, "keskiviikko 9.12.");
	CHECK_LACKS(page, "keskiviikko 16.12.");
	CHECK_HOLDS(page, "keskiviikko 30.12.");
	CHECK_HOLDS(page, "keskiviikko 13.1.");
	CHECK_LACKS(page, "keskiviikko 20.1.");
	CHECK_HOLDS(world_get(w, "oona", under(w, held, "")), "value=\"49–50, 53-2\"");
	world_end(w);
}
