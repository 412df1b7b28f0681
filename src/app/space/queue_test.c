/* What waits for an answer, and those who answer. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/db/stmt.h"
#include "core/db/tx.h"

#include "app/people/people.h"
#include "app/rights.h"          /* generated */
#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define QUEUE "/fi/admin/bookings"

/* The number and the version of the first question on a page. */
static const char *
first_of(struct world *w, struct answered page)
{
	struct answered form = world_part(page, "/admin/bookings/answer", "</form>");

	return WORDS("booking=%lld&version=%lld", (long long)world_hidden(form, "booking"),
	    (long long)world_hidden(form, "version"));
}

TEST(the_queue_has_beside_each_question_what_helps_to_decide)
{
	struct world *w = world(t);
	struct answered page;

	CHECK_STATUS(w, "ilmari", QUEUE, 403);
	page = world_get(w, "aino", QUEUE);
	CHECK_HOLDS(page, "3 pyyntöä odottaa vastausta");
	CHECK_HOLDS(page, "Pelitapahtuma");
	CHECK_HOLDS(page, "aukioloaikojen ulkopuolella");
	CHECK_HOLDS(page, "vastaus viimeistään 25.11.2026");
	CHECK_HOLDS(page, "Tuomme pelit ja tarjottavat itse.");
	/* the other one for the same Saturday stands beside it */
	CHECK_HOLDS(world_part(page, "Samaa aikaa pyytää myös", "</section>"), "Lajikokeilujen iltapäivä");
	CHECK_HOLDS(world_part(page, "Tilassa muuten: perjantai 11.12.", "</section>"), "Ei varauksia");
	/* from every page the coordinator sees that something waits */
	CHECK_HOLDS(world_part(world_get(w, "aino", "/fi/goals"), "class=\"nav\"", "</nav>"), "class=\"waiting\">3<");
	CHECK_LACKS(world_part(world_get(w, "ilmari", "/fi/goals"), "class=\"nav\"", "</nav>"), "class=\"waiting\"");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin"), "class=\"waiting\">3<");
	world_end(w);
}

TEST(a_request_is_answered_with_a_reason_and_its_rival_cannot_be_granted)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "aino", QUEUE), a;
	const char *first = first_of(w, page);

	a = world_post(w, "aino", QUEUE "/answer", WORDS("%s&answer=yes&reply=Avain+vahtimestarilta", first));
	CHECK_INT(a.status, 303);
	/* twice is once */
	CHECK_INT(world_post(w, "aino", QUEUE "/answer", WORDS("%s&answer=yes", first)).status, 409);
	page = world_get(w, "aino", QUEUE);
	CHECK_HOLDS(page, "2 pyyntöä odottaa");
	CHECK_HOLDS(page, "Aika on jo varattu:");
	CHECK_HOLDS(world_part(page, "Tilassa muuten: lauantai 12.12.", "</section>"), "Pelitapahtuma");
	a = world_post(w, "aino", QUEUE "/answer", WORDS("%s&answer=yes&reply=Kyll%%C3%%A4", first_of(w, page)));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "meni juuri toiselle");
	CHECK_HOLDS(a, "Kyllä</textarea>"); /* nothing typed is lost */
	CHECK_INT(world_post(w, "aino", QUEUE "/answer", WORDS("%s&answer=no&reply=Sopisiko+19.12.", first_of(w, page)))
	    .status, 303);
	CHECK_HOLDS(world_get(w, "aino", QUEUE), "Yksi pyyntö odottaa");
	/* without an answer it is a mistake */
	CHECK_INT(world_post(w, "aino", QUEUE "/answer", first_of(w, world_get(w, "aino", QUEUE))).status, 422);
	/* and nobody else answers */
	CHECK_INT(world_post(w, "kerttu", QUEUE "/answer", WORDS("%s&answer=no",
	    first_of(w, world_get(w, "aino", QUEUE)))).status, 403);
	world_end(w);
}

/* A coordinator of one campus sees what is asked there. */
TEST(who_coordinates_one_campus_answers_there)
{
	struct world *w = world(t);
	struct answered page;

	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite", WORDS(
	    "name=Ranta&email=ranta@nuotio.example&lang=fi&role=%d&campus=2", ROLE_COORDINATOR + 1)).status, 303);
	page = world_get(w, "ranta@nuotio.example", QUEUE);
	CHECK_HOLDS(page, "Yksi pyyntö odottaa");
	CHECK_HOLDS(page, "Nuorten ilta");
	CHECK_LACKS(page, "Pelitapahtuma");
	CHECK_INT(world_post(w, "ranta@nuotio.example", QUEUE "/answer", WORDS("%s&answer=yes",
	    first_of(w, world_get(w, "aino", QUEUE)))).status, 404);
	world_end(w);
}

/* --- a series --------------------------------------------------------------------------------------------------- */

/* Oona asks for five Saturday evenings; returns the address of the first. */
static struct answered
ask_for_series(struct world *w)
{
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739948&from=1020&length=120");

	held.location = str_sub(held.location, 0, held.location.n);
	world_post(w, "oona", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Leirisuunnittelu&audience=students&people=20&public=1&every=week&last=26.12.2026");
	for (int day = 739948 + 7; day <= 739948 + 28; day += 7)
		world_post(w, "oona", WORDS("%.*s/day", STR_ARG(held.location)), WORDS("day=%d&choice=2", day));
	return world_post(w, "oona", WORDS("%.*s/send", STR_ARG(held.location)), "taken=0&asked=5");
}

TEST(a_series_is_one_question_and_has_one_answer)
{
	struct world *w = world(t);
	struct answered sent = ask_for_series(w), page, form;
	const char *of_series;

	CHECK_INT(sent.status, 303);
	page = world_get(w, "aino", QUEUE);
	CHECK_HOLDS(page, "4 pyyntöä odottaa");
	CHECK_HOLDS(page, "Sarja, 5 päivää");
	form = world_part(world_part(page, "Leirisuunnittelu</a>", "</li>\n<li class=\"card question"), "/answer",
	    "</form>");
	if (form.body.n == 0)
		form = world_part(world_part(page, "Leirisuunnittelu</a>", "</ol>"), "/answer", "</form>");
	of_series = WORDS("booking=%lld&version=1", (long long)world_hidden(form, "booking"));
	CHECK_INT(world_post(w, "aino", QUEUE "/answer", WORDS("%s&answer=yes&rest=1&reply=Hienoa", of_series)).status,
	    303);
	CHECK_HOLDS(world_get(w, "aino", QUEUE), "3 pyyntöä odottaa");
	CHECK_INT(world_count(world_get(w, "oona", "/fi/me/bookings"), "Leirisuunnittelu"), 5);
	CHECK_HOLDS(world_get(w, "oona", str_z(w->arena, sent.location)), "Hienoa");
	/* one mail for all of it */
	CHECK_STR(fixture_ask(w->arena, w->db,
	    "SELECT count(*) FROM outbox WHERE recipient = 'oona@nuotio.example' AND "
	    "subject = 'Varauspyyntö hyväksyttiin: Laituri'"), "1");
	world_end(w);
}

TEST(whoever_asked_sees_the_promised_day_and_the_coordinator_the_way_to_the_answer)
{
	struct world *w = world(t);
	struct answered sent = ask_for_series(w), page = world_get(w, "oona", str_z(w->arena, sent.location));

	CHECK_HOLDS(page, "Odottaa vastausta");
	CHECK_HOLDS(page, "25.11.2026");
	CHECK_LACKS(page, "Vastaa pyyntöön");
	page = world_get(w, "aino", str_z(w->arena, sent.location));
	CHECK_HOLDS(page, "Vastaa pyyntöön");
	page = world_get(w, "aino", WORDS(QUEUE "?booking=%.*s", (int)sent.location.n - 18, sent.location.p + 18));
	CHECK_HOLDS(page, "Leirisuunnittelu");
	CHECK_LACKS(page, "Pelitapahtuma");
	world_end(w);
}

/* --- five hundred ----------------------------------------------------------------------------------------------- */

static void
ask_five_hundred(struct tx *tx, void *arg)
{
	struct space_list spaces = spaces_everywhere(tx);
	struct test *t = arg;
	struct person p;

	CHECK(person_with_key(tx, STR("oona"), &p));
	for (int i = 0; i < 500; i++) {
		struct instant starts = {tx->now.s + 86400 * (20 + i / 10) + 3600 * (i % 10)}, ends = {starts.s + 3600};

		space_booking_request(tx, spaces.at[i % 4].id, (space_series_id){0}, false, starts, ends, starts, ends,
		    str_fmt(tx->arena, "Pyyntö %d", i), SPACE_BOOKING_LANGUAGE_FI, SPACE_BOOKING_AUDIENCE_GROUP,
		    STR(""), 5, true,
		    false, STR(""), SPACE_BOOKING_WHO_PARTNER, (organisation_id){2}, p.id, tx->now, STR(""),
		    SPACE_BOOKING_BECAUSE_OUTSIDE, date_of(2026, 11, 24 + i / 250), str_fmt(tx->arena, "r%d@x", i));
	}
}

TEST(five_hundred_requests_are_read_by_pages_with_as_many_questions_as_three)
{
	struct world *w = world(t);
	struct answered page;
	struct db_error error = {0};
	int64_t few, many;

	world_get(w, "aino", QUEUE);
	few = db_statements_run();
	world_get(w, "aino", QUEUE);
	few = db_statements_run() - few;
	CHECK(db_write_now(w->db, w->arena, world_now(), ask_five_hundred, t, &error));
	many = db_statements_run();
	page = world_get(w, "aino", QUEUE);
	many = db_statements_run() - many;
	CHECK_INT(many, few);
	CHECK_HOLDS(page, "503 pyyntöä odottaa");
	CHECK_INT(world_count(page, "class=\"card question"), 20);
	CHECK_HOLDS(page, ">Pyyntö 0</a>");
	CHECK_HOLDS(page, "Sivu 1/26");
	CHECK_HOLDS(page, QUEUE "?page=2");
	page = world_get(w, "aino", QUEUE "?page=26");
	CHECK_INT(world_count(page, "class=\"card question"), 3);
	CHECK_HOLDS(page, ">Pyyntö 499</a>");
	CHECK_HOLDS(page, QUEUE "?page=25");
	/* one goes on where one was */
	CHECK_STR(world_post(w, "aino", QUEUE "/answer?page=3", WORDS("%s&answer=no",
	    first_of(w, world_get(w, "aino", QUEUE "?page=3")))).location, QUEUE "?page=3");
	CHECK_HOLDS(world_get(w, "aino", QUEUE "?page=99"), "Ensimmäiselle sivulle");
	world_end(w);
}

/* What was booked stands, what was asked for is answered, and nothing new is booked. */
TEST(an_organisation_that_has_ended_loses_nothing_and_books_nothing)
{
	struct world *w = world(t);
	struct answered held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739945&from=990&length=60"),
	    page;
	const char *booking;

	world_post(w, "oona", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Soitto&audience=students&people=9&every=once");
	booking = str_z(w->arena, world_post(w, "oona", WORDS("%.*s/send", STR_ARG(held.location)),
	    "taken=1&asked=0").location);
	held = world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739946&from=480&length=60");
	CHECK_INT(held.status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/partners/2/end", WORDS("sure=1&version=%lld",
	    (long long)world_hidden(world_part(world_get(w, "aino", "/fi/partners/2"), "/partners/2/end", "</form>"),
	    "version"))).status, 303);
	/* she hears it in words, whatever she tries */
	CHECK_INT(world_post(w, "oona", "/fi/ranta/space/laituri/hold", "day=739946&from=840&length=60").status, 403);
	CHECK_INT(world_post(w, "oona", WORDS("%.*s/send", STR_ARG(held.location)), "taken=1&asked=0").status, 403);
	CHECK_HOLDS(world_get(w, "oona", "/fi/ranta/space/laituri/book?day=2026-11-26"), "Roolillasi ei voi varata");
	CHECK_HOLDS(world_get(w, "oona", booking), "Varattu");
	CHECK_HOLDS(world_get(w, "aino", booking), "Suvantorannan nuorisotyö");
	page = world_get(w, "aino", QUEUE);
	CHECK_HOLDS(page, "Nuorten ilta");
	CHECK_HOLDS(page, "yhteistyö merkitty päättyneeksi");
	/* the coordinator cancels it, and she is told */
	CHECK_INT(world_post(w, "aino", WORDS("%s/cancel", booking), "version=1&reply=Kiitos+kaikesta").status, 303);
	CHECK_HOLDS(world_get(w, "oona", booking), "Kiitos kaikesta");
	world_end(w);
}
