/* What becomes of a booking stands in calendars: each change has its instant, and what clients compare goes up. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/tx.h"

#include "app/space/jobs.h"
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define LAITURI "/fi/ranta/space/laituri"

enum { HOUR_S = 3600 };

/* An hour of a day; the address of the booking. */
static const char *
booked(struct world *w, const char *who, int day, int from, const char *as)
{
	struct answered held = world_post(w, who, LAITURI "/hold", WORDS("day=%d&from=%d&length=60", day, from));

	world_post(w, who, WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Soittoryhm%C3%A4&audience=students&people=12&public=1&every=once");
	return str_z(w->arena, world_post(w, who, WORDS("%.*s/send", STR_ARG(held.location)), as).location);
}

/* What stands of it in one's own calendar. */
static struct answered
event_in_calendar(struct world *w, const char *who, const char *booking)
{
	struct answered key = world_part(world_get(w, who, "/fi/me/calendar"), "/fi/calendar/", "</code>");
	struct answered left = world_get(w, NULL, WORDS("/fi/calendar/%.*s", STR_ARG(key.body)));

	for (;;) {
		struct answered event = world_part(left, "BEGIN:VEVENT", "END:VEVENT");

		if (event.body.n == 0 || str_contains(event.body, str_of(WORDS("%s\r\n", booking))))
			return event;
		left.body = str_sub(left.body, (size_t)(event.body.p - left.body.p) + event.body.n, left.body.n);
	}
}

#define CHECK_EVENT(booking, at, sequence, status) \
	do { \
		struct answered e = event_in_calendar(w, who, booking); \
		CHECK_HOLDS(e, "\r\nDTSTAMP:" at "\r\n"); \
		CHECK_HOLDS(e, "\r\nLAST-MODIFIED:" at "\r\n"); \
		CHECK_HOLDS(e, "\r\nSEQUENCE:" sequence "\r\n"); \
		CHECK_HOLDS(e, "\r\nSTATUS:" status "\r\n"); \
	} while (0)

static void
run(struct tx *tx, void *arg)
{
	void (*const *write)(struct tx *tx) = arg;

	(*write)(tx);
}

static void
job(struct world *w, void (*write)(struct tx *tx))
{
	struct test *t = w->t;
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), run, &write, &error));
}

TEST(calendars_see_each_change_that_people_make)
{
	struct world *w = world(t);
	const char *who = "kerttu", *booking = booked(w, who, 739945, 960, "taken=1&asked=0");
	struct answered held;

	CHECK_EVENT(booking, "20261123T100000Z", "0", "CONFIRMED");
	world_pass(HOUR_S);
	CHECK_INT(world_post(w, who, WORDS("%s/change", booking),
	    "title=Kuoro&audience=students&people=14&public=1&version=1").status, 303);
	CHECK_EVENT(booking, "20261123T110000Z", "1", "CONFIRMED");
	world_pass(HOUR_S);
	held = world_post(w, "aino", LAITURI "/hold", WORDS("day=739946&from=480&length=60&moves=%s", booking + 18));
	CHECK_INT(world_post(w, "aino", WORDS("%.*s/send", (int)held.location.n - 6, held.location.p),
	    "taken=1&asked=0").status, 303);
	CHECK_EVENT(booking, "20261123T120000Z", "2", "CONFIRMED");
	CHECK_HOLDS(event_in_calendar(w, who, booking), "DTSTART:20261126T060000Z");
	world_pass(HOUR_S);
	CHECK_INT(world_post(w, who, WORDS("%s/cancel", booking), "version=3").status, 303);
	CHECK_EVENT(booking, "20261123T130000Z", "3", "CANCELLED");
	world_end(w);
}

TEST(calendars_see_what_was_asked_for_answered)
{
	struct world *w = world(t);
	const char *who = "kerttu", *yes = booked(w, who, 739948, 1020, "taken=0&asked=1");
	const char *no = booked(w, who, 739948, 1140, "taken=0&asked=1");

	CHECK_EVENT(yes, "20261123T100000Z", "0", "TENTATIVE");
	world_pass(HOUR_S);
	CHECK_INT(world_post(w, "aino", "/fi/admin/bookings/answer", WORDS("booking=%s&version=1&answer=yes",
	    yes + 18)).status, 303);
	CHECK_EVENT(yes, "20261123T110000Z", "1", "CONFIRMED");
	CHECK_INT(world_post(w, "aino", "/fi/admin/bookings/answer", WORDS("booking=%s&version=1&answer=no",
	    no + 18)).status, 303);
	CHECK_INT(event_in_calendar(w, who, no).body.n, 0);
	world_end(w);
}

/* Nor is it in that of the space, or of whoever answers. */
TEST(calendars_lose_what_nobody_answered)
{
	struct world *w = world(t);
	const char *who = "kerttu", *booking = booked(w, who, 739948, 1020, "taken=0&asked=1");

	CHECK_EVENT(booking, "20261123T100000Z", "0", "TENTATIVE");
	world_pass(6 * 24 * HOUR_S);
	job(w, space_lapse);
	CHECK_HOLDS(world_get(w, who, booking), "Kukaan ei ehtinyt vastata");
	CHECK_INT(event_in_calendar(w, who, booking).body.n, 0);
	CHECK_INT(event_in_calendar(w, "aino", booking).body.n, 0);
	CHECK(!str_contains(world_get(w, NULL, LAITURI "/calendar.ics").body, str_of(WORDS("%s\r\n", booking))));
	world_end(w);
}

TEST(calendars_see_what_happens_by_itself)
{
	struct world *w = world(t);
	const char *who = "kerttu", *kept, *freed;

	CHECK_INT(world_post(w, "aino", LAITURI "/edit/terms",
	    "shortest=30&longest=480&step=30&ahead=365&after=15&adult=minors&version=1&confirm=24&claim=15").status,
	    303);
	kept = booked(w, who, 739945, 960, "taken=1&asked=0");
	freed = booked(w, who, 739946, 480, "taken=1&asked=0");
	world_pass(28 * HOUR_S);
	job(w, space_ask);
	/* a question changes nothing that others see */
	CHECK_EVENT(kept, "20261123T100000Z", "0", "CONFIRMED");
	world_pass(HOUR_S);
	CHECK_INT(world_post(w, who, WORDS("%s/confirm", kept), "").status, 303);
	CHECK_EVENT(kept, "20261124T150000Z", "0", "CONFIRMED");
	world_pass(23 * HOUR_S);
	CHECK_INT(world_post(w, who, WORDS("%s/claim", kept), "").status, 303);
	CHECK_EVENT(kept, "20261125T140000Z", "0", "CONFIRMED");
	job(w, space_ask);
	world_pass(13 * HOUR_S);
	job(w, space_free_unused);
	CHECK_EVENT(freed, "20261126T030000Z", "1", "CANCELLED");
	world_end(w);
}

TEST(calendars_see_another_name_of_a_space)
{
	struct world *w = world(t);
	const char *who = "kerttu", *booking = booked(w, who, 739945, 960, "taken=1&asked=0");

	world_pass(HOUR_S);
	CHECK_INT(world_post(w, "aino", LAITURI "/edit", "name_fi=Laituri&name_sv=Bryggan&name_en=The+Jetty&"
	    "capacity=40&communal=1&version=1").status, 303);
	CHECK_EVENT(booking, "20261123T100000Z", "0", "CONFIRMED");
	CHECK_INT(world_post(w, "aino", LAITURI "/edit", "name_fi=Satama&name_sv=Bryggan&name_en=The+Jetty&"
	    "capacity=40&communal=1&version=2").status, 303);
	CHECK_HOLDS(event_in_calendar(w, who, booking), "LOCATION:Satama\\, Ranta");
	CHECK_EVENT(booking, "20261123T110000Z", "1", "CONFIRMED");
	world_end(w);
}

/* A space that is out of use takes nothing out of anybody's calendar in silence. */
TEST(calendars_keep_what_was_booked_in_a_space_that_is_out_of_use)
{
	struct world *w = world(t);
	const char *who = "kerttu", *booking = booked(w, who, 739945, 960, "taken=1&asked=0");
	struct answered page;

	world_pass(HOUR_S);
	page = world_post(w, "aino", LAITURI "/edit/cancel", "cancelled=1&version=1");
	CHECK_INT(page.status, 422);
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/cancel", WORDS("cancelled=1&version=1&seen=%lld&others=cancel&"
	    "message=Remontti", (long long)world_hidden(world_part(page, "/edit/cancel", "</form>"), "seen"))).status,
	    303);
	CHECK_EVENT(booking, "20261123T110000Z", "1", "CANCELLED");
	world_end(w);
}
