/* The wheel in people's own calendars, read as these read it; test/clients.py has other programs read the same. */
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/ical_read.h"

#include "test/keep.h"
#include "test/world.h"

enum { DAY_S = 86400 };

/* The event that holds a text; empty when none does. */
static struct str
event_of(struct answered feed, const char *text)
{
	size_t from = 0;

	for (size_t i = 0; i < feed.body.n; i++) {
		struct str rest = str_sub(feed.body, i, feed.body.n);

		if (str_starts(rest, STR("BEGIN:VEVENT")))
			from = i;
		if (from && str_starts(rest, str_of(text)))
			return world_part((struct answered){.body = str_sub(feed.body, from, feed.body.n)},
			    "BEGIN:VEVENT", "END:VEVENT").body;
	}
	return STR("");
}

static struct ical_occurrence
first_of(struct ical_reading reading, const char *title, int *n)
{
	struct ical_occurrence first = {0};

	*n = 0;
	for (size_t i = 0; i < reading.n; i++)
		if (str_is(reading.at[i].title, title) && (*n)++ == 0)
			first = reading.at[i];
	return first;
}

TEST(a_campus_has_its_wheel_as_it_does_it_in_a_calendar)
{
	struct world *w = world(t);
	struct answered feed = world_get(w, NULL, "/fi/ranta/wheel/calendar.ics");
	struct ical_reading reading;
	struct ical_occurrence x;
	int n;

	CHECK_INT(feed.status, 200);
	CHECK(str_starts(feed.type, STR("text/calendar")));
	CHECK_HOLDS(feed, "X-WR-CALNAME:Vuosikello: Ranta");
	reading = keep_calendar(t, "wheel_ranta", feed.body);
	x = first_of(reading, "Mielenterveysviikko", &n);
	CHECK_INT(x.days.first.day, date_of(2026, 11, 16).day);
	CHECK_INT(x.days.last.day, date_of(2026, 11, 22).day);
	CHECK_INT(n, 1);
	/* Until the summer, but for the autumn break, Christmas, the winter break and holidays. */
	x = first_of(reading, "Keskiviikon aamupuuro", &n);
	CHECK_INT(x.days.first.day, date_of(2026, 8, 19).day);
	CHECK(str_contains(event_of(feed, "Keskiviikon aamupuuro"), STR("RRULE:FREQ=WEEKLY;BYDAY=WE")));
	CHECK(str_contains(event_of(feed, "Keskiviikon aamupuuro"), STR("EXDATE;VALUE=DATE:20261014")));
	CHECK(str_contains(event_of(feed, "Yhteinen aamupala"), STR("RRULE:FREQ=MONTHLY;BYDAY=2MO")) ||
	    str_contains(event_of(feed, "Yhteinen aamupala"), STR("RRULE:FREQ=MONTHLY;BYDAY=1MO")));
	CHECK_LACKS(feed, "metsäkävely");
	feed = world_get(w, NULL, "/sv/wheel/calendar.ics");
	CHECK_LACKS(feed, "Onsdagsgröten"); /* Ranta's own */
	CHECK_HOLDS(feed, "SUMMARY:Gemensam frukost");
	keep_calendar(t, "wheel_all", feed.body);
	world_end(w);
}

/* What stands on the pages stands in the calendar, on the same days: read back, each time of each item. */
TEST(a_calendar_has_each_time_that_a_page_has)
{
	struct world *w = world(t);
	struct answered feed = world_get(w, NULL, "/fi/ranta/wheel/calendar.ics");
	struct answered page = world_get(w, NULL, "/fi/ranta/wheel/2026?month=10");
	struct ical_reading reading = keep_calendar(t, "wheel_october", feed.body);
	int n = 0;

	for (size_t i = 0; i < reading.n; i++)
		if (str_is(reading.at[i].title, "Keskiviikon aamupuuro") &&
		    date_parts(reading.at[i].days.first).month == 10)
			n++;
	CHECK_INT(n, 3);
	CHECK_HOLDS(page, "7.10., 21.10., 28.10.");
	world_end(w);
}

TEST(a_ring_alone_is_a_calendar_too)
{
	struct world *w = world(t);
	struct answered feed = world_get(w, NULL, "/fi/pohja/wheel/calendar.ics?ring=3");

	CHECK_HOLDS(feed, "X-WR-CALNAME:Vuosikello: Pohja\\, kumppanit");
	CHECK_HOLDS(feed, "SUMMARY:Nuorisotyön viikko");
	CHECK_LACKS(feed, "SUMMARY:Mielenterveysviikko");
	CHECK_STATUS(w, NULL, "/fi/pohja/wheel/calendar.ics?ring=99", 404);
	world_end(w);
}

/* A change comes with a higher number under the same name, and what is cancelled comes as cancelled. */
TEST(changes_and_cancellations_arrive_as_such)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week"), *edit;
	struct answered feed = world_get(w, NULL, "/fi/pohja/wheel/calendar.ics");
	struct str was = event_of(feed, "SUMMARY:Mielenterveysviikko"), is;
	struct answered uid = world_part((struct answered){.body = was}, "UID:", "\r\n");

	keep_calendar(t, "wheel", feed.body);
	CHECK(str_contains(was, STR("SEQUENCE:0")));
	CHECK_INT(world_post(w, "ilmari", str_z(w->arena, str_fmt(w->arena, "%s/answer", item)),
	    "state=our_way&words=Metsässä&starts=24.11.2026&ends=25.11.2026&version=0").status, 303);
	is = event_of(world_get(w, NULL, "/fi/pohja/wheel/calendar.ics"), "SUMMARY:Mielenterveysviikko");
	CHECK(str_contains(is, uid.body));
	CHECK(str_contains(is, STR("SEQUENCE:1")));
	CHECK(str_contains(is, STR("DTSTART;VALUE=DATE:20261124")));
	CHECK(str_contains(is, STR("DTEND;VALUE=DATE:20261126")));
	CHECK(str_contains(is, STR("Pohja: Metsässä")));
	CHECK(!str_contains(event_of(world_get(w, NULL, "/fi/ranta/wheel/calendar.ics"), "SUMMARY:Mielenterveysviikko"),
	    uid.body));
	edit = world_item(w, NULL, "mental_week");
	CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/cancel", edit)),
	    "version=1&cancelled=1").status, 303);
	feed = world_get(w, NULL, "/fi/pohja/wheel/calendar.ics");
	keep_calendar(t, "wheel_changed", feed.body);
	is = event_of(feed, "SUMMARY:Mielenterveysviikko");
	CHECK(str_contains(is, STR("STATUS:CANCELLED")));
	CHECK(str_contains(is, STR("SEQUENCE:2")));
	CHECK(str_contains(is, uid.body));
	world_pass(91 * DAY_S);
	CHECK(event_of(world_get(w, NULL, "/fi/pohja/wheel/calendar.ics"), "SUMMARY:Mielenterveysviikko").n == 0);
	world_end(w);
}

/* What does not take place on a campus is cancelled in its calendar alone. */
TEST(what_a_campus_leaves_out_is_cancelled_in_its_calendar)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "vappu");

	CHECK_INT(world_post(w, "ilmari", str_z(w->arena, str_fmt(w->arena, "%s/answer", item)),
	    "state=not_here&reason=does_not_fit&version=0").status, 303);
	CHECK(str_contains(event_of(world_get(w, NULL, "/fi/pohja/wheel/calendar.ics"), "SUMMARY:Vappu"),
	    STR("STATUS:CANCELLED")));
	CHECK(!str_contains(event_of(world_get(w, NULL, "/fi/wheel/calendar.ics"), "SUMMARY:Vappu"),
	    STR("STATUS:CANCELLED")));
	world_end(w);
}

TEST(a_calendar_that_did_not_change_is_not_sent_again)
{
	static const char *const feeds[] = {"/fi/pohja/wheel/calendar.ics", "/fi/ranta/space/laituri/calendar.ics"};
	struct world *w = world(t);

	for (size_t i = 0; i < 2; i++) {
		struct answered a = world_get(w, NULL, feeds[i]), b;

		CHECK(a.etag.n > 20);
		w->known = a.etag;
		b = world_get(w, NULL, feeds[i]);
		CHECK_INT(b.status, 304);
		CHECK_INT(b.body.n, 0);
		CHECK(str_eq(b.etag, a.etag));
		CHECK_INT(world_post(w, "ilmari", str_z(w->arena, str_fmt(w->arena, "%s/answer",
		    world_item(w, "pohja", i ? "vappu" : "mental_week"))), "state=done&version=0").status, 303);
		b = world_get(w, NULL, feeds[i]);
		CHECK_INT(b.status, 200);
		CHECK(!str_eq(b.etag, a.etag));
		w->known = b.etag;
		world_pass(DAY_S);
		CHECK_INT(world_get(w, NULL, feeds[i]).status, 200);
		w->known = STR("");
	}
	world_end(w);
}

/* Of a person, what they are responsible for where they are, and not what others are. */
TEST(ones_own_calendar_has_ones_own_items)
{
	struct world *w = world(t);
	struct answered key = world_part(world_get(w, "kerttu", "/fi/me/calendar"), "/calendar/", "</code>"), feed;
	const char *address = str_z(w->arena, str_fmt(w->arena, "/fi/calendar/%.*s", STR_ARG(key.body)));
	struct answered tasks = world_get(w, "kerttu", "/fi/me/tasks");

	feed = world_get(w, NULL, address);
	CHECK_INT(feed.status, 200);
	CHECK_HOLDS(tasks, "Yhteinen joulupuuro / talvijuhla");
	CHECK_HOLDS(feed, "SUMMARY:Yhteinen joulupuuro / talvijuhla");
	CHECK_LACKS(feed, "SUMMARY:Ohjausryhmän kevätkokous");
	CHECK_LACKS(feed, "LOCATION:Pohja");
	w->known = feed.etag;
	CHECK_INT(world_get(w, NULL, address).status, 304);
	CHECK_STATUS(w, NULL, "/fi/calendar/person-1-abc/nuotio.ics", 404);
	world_end(w);
}

TEST(a_page_tells_how_to_take_the_wheel_into_ones_own_calendar)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/pohja/wheel/calendar");

	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "/fi/pohja/wheel/calendar\"");
	CHECK_HOLDS(a, "/fi/pohja/wheel/calendar.ics</code>");
	CHECK_HOLDS(a, "calendar.ics?ring=3");
	CHECK_HOLDS(a, "class=\"qr\"");
	CHECK_HOLDS(a, "Asetukset, Kalenteri");
	CHECK_HOLDS(world_get(w, NULL, "/sv/wheel/calendar"), "/sv/wheel/calendar.ics</code>");
	world_end(w);
}
