/* Letters about bookings, and what they bring for calendars. */
#include "lib/arena.h"
#include "lib/ical_read.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "core/db/fixture.h"

#include "test/keep.h"
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

/* A column of the newest letter to somebody. */
static struct answered
newest(struct world *w, const char *to, const char *column)
{
	return (struct answered){.body = fixture_ask(w->arena, w->db, WORDS(
	    "SELECT %s FROM outbox WHERE recipient = '%s@nuotio.example' ORDER BY id DESC LIMIT 1", column, to))};
}

/* Fills in and sends what was held; returns the address of the first booking. */
static const char *
sent(struct world *w, const char *who, struct answered held, const char *details, const char *as)
{
	world_post(w, who, WORDS("%.*s/details", STR_ARG(held.location)), details);
	return str_z(w->arena, world_post(w, who, WORDS("%.*s/send", STR_ARG(held.location)), as).location);
}

/* Kerttu's Wednesdays from half past four, five of them; then one moves and the rest is cancelled. */
TEST(a_series_is_one_calendar_that_follows_what_becomes_of_it)
{
	struct world *w = world(t);
	struct answered held = world_post(w, "kerttu", "/fi/ranta/space/laituri/hold", "day=739945&from=990&length=60"),
	    a;
	const char *booking = sent(w, "kerttu", held,
	    "title=Soittoryhm%C3%A4&audience=students&people=12&public=1&every=week&last=13.1.2027", "taken=5&asked=0");
	struct ical_reading reading, moved, cancelled;

	a = newest(w, "kerttu", "body");
	CHECK_HOLDS(a, "Hei Kerttu Hallavuo!");
	CHECK_HOLDS(a, "Soittoryhmä\nLaituri, Ranta\nkeskiviikko 25.11. klo 16.30–17.30\nkeskiviikko 2.12.");
	CHECK(str_contains(a.body, str_of(booking)));
	CHECK_HOLDS(newest(w, "kerttu", "method"), "request");
	a = newest(w, "kerttu", "calendar");
	reading = keep_calendar(t, "letter_booked", a.body);
	CHECK_INT(reading.n, 5);
	CHECK_HOLDS(a, "METHOD:REQUEST");
	CHECK_INT(world_count(a, "SEQUENCE:0"), 5);
	CHECK_HOLDS(a, "ATTENDEE;");
	/* Aino moves the first to eight in the morning */
	held = world_post(w, "aino", "/fi/ranta/space/laituri/hold", WORDS("day=739946&from=480&length=60&moves=%s",
	    booking + 18));
	CHECK_INT(held.status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%.*s/send", (int)held.location.n - 6, held.location.p),
	    "taken=1&asked=0")
	    .status, 303);
	a = newest(w, "kerttu", "body");
	CHECK_HOLDS(a, "Muutoksen teki Aino Tuohimaa.");
	CHECK_HOLDS(a, "torstai 26.11. klo 8.00–9.00");
	a = newest(w, "kerttu", "calendar");
	moved = keep_calendar(t, "letter_moved", a.body);
	CHECK_INT(moved.n, 1);
	CHECK_HOLDS(a, "SEQUENCE:1");
	CHECK(str_eq(moved.at[0].uid, reading.at[0].uid));
	/* and cancels all of it */
	CHECK_INT(world_post(w, "aino", WORDS("%s/cancel", booking), "version=2&rest=1&reply=Putkirikko").status, 303);
	a = newest(w, "kerttu", "body");
	CHECK_HOLDS(a, "Putkirikko");
	CHECK_HOLDS(newest(w, "kerttu", "method"), "cancel");
	a = newest(w, "kerttu", "calendar");
	cancelled = keep_calendar(t, "letter_cancelled", a.body);
	CHECK_INT(cancelled.n, 5);
	CHECK_HOLDS(a, "SEQUENCE:2");
	CHECK_INT(world_count(a, "STATUS:CANCELLED"), 5);
	CHECK(cancelled.at[0].cancelled);
	world_end(w);
}

TEST(a_request_is_in_no_calendar_until_it_is_granted)
{
	struct world *w = world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739948&from=1020&length=120"),
	    a;
	const char *booking = sent(w, "oona", held, "title=Ilta&audience=students&people=12&every=once",
	    "taken=0&asked=1");

	a = newest(w, "oona", "body");
	CHECK_HOLDS(a, "Koordinaattori vastaa pyyntöön");
	CHECK_HOLDS(a, "(vastaus viimeistään 25.11.2026)");
	CHECK_INT(newest(w, "oona", "calendar").body.n, 0);
	CHECK_HOLDS(newest(w, "oona", "method"), "no");
	CHECK_INT(world_post(w, "oona", WORDS("%s/cancel", booking), "version=1").status, 303);
	CHECK_HOLDS(newest(w, "oona", "body"), "eikä siihen enää vastata");
	CHECK_INT(newest(w, "oona", "calendar").body.n, 0);
	held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739948&from=1020&length=120");
	booking = sent(w, "oona", held, "title=Ilta&audience=students&people=12&every=once", "taken=0&asked=1");
	CHECK_INT(world_post(w, "aino", "/fi/admin/bookings/answer",
	    WORDS("booking=%s&version=1&answer=yes&reply=Tervetuloa",
	    booking + 18)).status, 303);
	a = newest(w, "oona", "body");
	CHECK_HOLDS(a, "Tila on nyt varattu teille");
	CHECK_HOLDS(a, "Tervetuloa");
	CHECK_HOLDS(newest(w, "oona", "calendar"), "METHOD:REQUEST");
	/* once granted it is taken out again */
	CHECK_INT(world_post(w, "oona", WORDS("%s/cancel", booking), "version=2").status, 303);
	CHECK_HOLDS(newest(w, "oona", "calendar"), "METHOD:CANCEL");
	world_end(w);
}

TEST(a_letter_speaks_the_language_of_its_reader_and_tells_how_to_get_in)
{
	struct world *w = world(t);
	struct answered held, a;

	CHECK_INT(world_post(w, "aino", "/fi/metsa/space/stugan/edit",
	    "name_fi=Tupa&name_sv=Stugan&capacity=16&version=1&"
	    "entry_sv=Nyckeln+finns+hos+Siv.&contact=Siv+010+555+041").status, 303);
	held = world_post(w, "siv", "/sv/metsa/space/stugan/hold", "day=739947&from=480&length=60");
	sent(w, "siv", held, "title=Skogsm%C3%B6te&audience=meeting&people=6&every=once", "taken=1&asked=0");
	CHECK_HOLDS(newest(w, "siv", "subject"), "Lokalen är bokad: Stugan");
	a = newest(w, "siv", "body");
	CHECK_HOLDS(a, "Hej Siv Näverklint!");
	CHECK_HOLDS(a, "Nyckeln finns hos Siv.");
	CHECK_HOLDS(a, "Ring vid behov: Siv 010 555 041");
	CHECK_HOLDS(a, "/sv/metsa/booking/");
	CHECK_HOLDS(newest(w, "siv", "calendar"), "Nyckeln finns hos Siv.");
	world_end(w);
}

/* How many letters somebody has had. */
static int64_t
letters(struct world *w, const char *to)
{
	int64_t n = 0;

	str_int(fixture_ask(w->arena, w->db, WORDS("SELECT count(*) FROM outbox WHERE recipient = "
	    "'%s@nuotio.example'", to)), &n);
	return n;
}

TEST(whoever_booked_hears_what_somebody_else_changed)
{
	struct world *w = world(t);
	struct answered held = world_post(w, "kerttu", "/fi/ranta/space/laituri/hold", "day=739945&from=990&length=60"),
	    a;
	const char *booking = sent(w, "kerttu", held,
	    "title=Soittoryhm%C3%A4&audience=students&people=12&public=1&every=week&last=9.12.2026", "taken=3&asked=0");
	struct ical_reading reading = keep_calendar(t, "letter_before", newest(w, "kerttu", "calendar").body), changed;
	int64_t before = letters(w, "kerttu");

	/* her own change is no news to her */
	CHECK_INT(world_post(w, "kerttu", WORDS("%s/change", booking),
	    "title=Soittoryhm%C3%A4&audience=students&people=14&public=1&version=1").status, 303);
	CHECK_INT(letters(w, "kerttu"), before);
	CHECK_INT(world_post(w, "aino", WORDS("%s/change", booking), "title=Kuoro&audience=students&people=20&public=1&"
	    "note=Piano+viritetty&version=2&rest=1").status, 303);
	CHECK_INT(letters(w, "kerttu"), before + 1);
	CHECK_HOLDS(newest(w, "kerttu", "subject"), "Varauksen tiedot muuttuivat: Laituri");
	a = newest(w, "kerttu", "body");
	CHECK_HOLDS(a, "Muutoksen teki Aino Tuohimaa.");
	CHECK_HOLDS(a, "Kuoro\nLaituri, Ranta\nkeskiviikko 25.11. klo 16.30–17.30\nkeskiviikko 2.12.");
	CHECK_HOLDS(a, "20 henkilöä");
	CHECK_HOLDS(a, "Piano viritetty");
	CHECK_HOLDS(newest(w, "kerttu", "method"), "request");
	a = newest(w, "kerttu", "calendar");
	changed = keep_calendar(t, "letter_changed", a.body);
	CHECK_INT(changed.n, 3);
	CHECK(str_eq(changed.at[0].uid, reading.at[0].uid));
	CHECK_INT(world_count(a, "SUMMARY:Kuoro"), 3);
	CHECK_INT(world_count(a, "SEQUENCE:2"), 1);
	CHECK_INT(world_count(a, "SEQUENCE:1"), 2);
	/* one that is refused tells nobody anything */
	CHECK_INT(world_post(w, "aino", WORDS("%s/change", booking),
	    "title=Kuoro&audience=students&people=400&version=3").status, 422);
	CHECK_INT(letters(w, "kerttu"), before + 1);
	world_end(w);
}

TEST(whoever_asks_hears_of_changes_but_their_calendar_does_not)
{
	struct world *w = world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739948&from=1020&length=120");
	const char *booking = sent(w, "oona", held, "title=Ilta&audience=students&people=12&every=once",
	    "taken=0&asked=1");

	CHECK_INT(world_post(w, "aino", WORDS("%s/change", booking),
	    "title=Peli-ilta&audience=students&people=12&version=1").status, 303);
	CHECK_HOLDS(newest(w, "oona", "subject"), "Varauksen tiedot muuttuivat: Laituri");
	CHECK_HOLDS(newest(w, "oona", "body"), "Peli-ilta");
	CHECK_INT(newest(w, "oona", "calendar").body.n, 0);
	world_end(w);
}
