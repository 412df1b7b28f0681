#include "lib/ical.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/ical_read.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "test/keep.h"
#include "test/test.h"

static struct instant
at(const char *iso)
{
	return instant_of_iso(str_of(iso));
}

static const struct zone *
helsinki(void)
{
	return zone_find(STR("Europe/Helsinki"));
}

static struct str
written(struct test *t, struct ical calendar)
{
	struct out o = out_new(t->arena);

	if (!calendar.zone)
		calendar.zone = helsinki();
	ical_write(&o, &calendar);
	return out_text(&o);
}

static struct str
written_one(struct test *t, struct ical_event event)
{
	return written(t, (struct ical){.method = ICAL_PUBLISH, .at = &event, .n = 1});
}

/* An event with all that every one has. */
static struct ical_event
event(const char *uid, const char *title)
{
	return (struct ical_event){
		.uid = str_of(uid),
		.title = str_of(title),
		.changed = at("2026-11-03T06:05:09Z"),
	};
}

static struct ical_event
meeting(void)
{
	struct ical_event e = event("booking-12@nuotio.example", "Nuotioilta");

	e.starts = at("2026-11-25T14:00:00Z");
	e.ends = at("2026-11-25T16:00:00Z");
	return e;
}

/* Wednesdays from autumn until spring, across both changes of the clocks. */
static struct ical_event
wednesdays(void)
{
	static struct date except[2];
	struct ical_event e = event("series-7@nuotio.example", "Ohjaamo paikalla");

	except[0] = date_of(2026, 12, 23);
	except[1] = date_of(2026, 12, 30);
	e.starts = at("2026-10-14T10:00:00Z"); /* 13:00 in summer time */
	e.ends = at("2026-10-14T12:30:00Z");
	e.repeat = ICAL_WEEKLY;
	e.until = date_of(2027, 4, 14);
	e.except = except;
	e.excepts = 2;
	return e;
}

/* --- as it is written ------------------------------------------------------------------------- */

TEST(a_feed_as_it_is_written)
{
	static const struct str categories[] = {STR("Oma, kampus"), STR("Ydin")};
	struct ical_event events[3] = {wednesdays(), meeting(), event("item-3@nuotio.example", "Viikko; teema")};

	events[0].sequence = 2;
	events[1].description = STR("Tule mukaan,\nkaikki!\\");
	events[1].place = STR("Pohja");
	events[1].url = STR("https://nuotio.example/fi/pohja?a=1,2");
	events[1].status = ICAL_TENTATIVE;
	events[2].days = (struct span){date_of(2026, 11, 23), date_of(2026, 11, 27)};
	events[2].category = categories;
	events[2].categories = 2;
	events[2].status = ICAL_CANCELLED;
	CHECK_STR(written(t, (struct ical){.method = ICAL_PUBLISH, .name = STR("Pohja: vuosi"), .refresh_s = 3 * 3600,
	    .at = events, .n = 3}),
	    "BEGIN:VCALENDAR\r\n"
	    "VERSION:2.0\r\n"
	    "PRODID:-//Nuotio//Nuotio//EN\r\n"
	    "CALSCALE:GREGORIAN\r\n"
	    "METHOD:PUBLISH\r\n"
	    "NAME:Pohja: vuosi\r\n"
	    "X-WR-CALNAME:Pohja: vuosi\r\n"
	    "X-WR-TIMEZONE:Europe/Helsinki\r\n"
	    "REFRESH-INTERVAL;VALUE=DURATION:PT180M\r\n"
	    "X-PUBLISHED-TTL:PT180M\r\n"
	    "BEGIN:VTIMEZONE\r\n"
	    "TZID:Europe/Helsinki\r\n"
	    "BEGIN:DAYLIGHT\r\n"
	    "DTSTART:19700329T030000\r\n"
	    "TZOFFSETFROM:+0200\r\n"
	    "TZOFFSETTO:+0300\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
	    "END:DAYLIGHT\r\n"
	    "BEGIN:STANDARD\r\n"
	    "DTSTART:19701025T040000\r\n"
	    "TZOFFSETFROM:+0300\r\n"
	    "TZOFFSETTO:+0200\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
	    "END:STANDARD\r\n"
	    "END:VTIMEZONE\r\n"
	    "BEGIN:VEVENT\r\n"
	    "UID:series-7@nuotio.example\r\n"
	    "SEQUENCE:2\r\n"
	    "DTSTAMP:20261103T060509Z\r\n"
	    "LAST-MODIFIED:20261103T060509Z\r\n"
	    "DTSTART;TZID=Europe/Helsinki:20261014T130000\r\n"
	    "DTEND;TZID=Europe/Helsinki:20261014T153000\r\n"
	    "RRULE:FREQ=WEEKLY;BYDAY=WE;UNTIL=20270414T100000Z\r\n"
	    "EXDATE;TZID=Europe/Helsinki:20261223T130000\r\n"
	    "EXDATE;TZID=Europe/Helsinki:20261230T130000\r\n"
	    "SUMMARY:Ohjaamo paikalla\r\n"
	    "STATUS:CONFIRMED\r\n"
	    "END:VEVENT\r\n"
	    "BEGIN:VEVENT\r\n"
	    "UID:booking-12@nuotio.example\r\n"
	    "SEQUENCE:0\r\n"
	    "DTSTAMP:20261103T060509Z\r\n"
	    "LAST-MODIFIED:20261103T060509Z\r\n"
	    "DTSTART:20261125T140000Z\r\n"
	    "DTEND:20261125T160000Z\r\n"
	    "SUMMARY:Nuotioilta\r\n"
	    "DESCRIPTION:Tule mukaan\\,\\nkaikki!\\\\\r\n"
	    "LOCATION:Pohja\r\n"
	    "URL:https://nuotio.example/fi/pohja?a=1,2\r\n"
	    "STATUS:TENTATIVE\r\n"
	    "END:VEVENT\r\n"
	    "BEGIN:VEVENT\r\n"
	    "UID:item-3@nuotio.example\r\n"
	    "SEQUENCE:0\r\n"
	    "DTSTAMP:20261103T060509Z\r\n"
	    "LAST-MODIFIED:20261103T060509Z\r\n"
	    "DTSTART;VALUE=DATE:20261123\r\n"
	    "DTEND;VALUE=DATE:20261128\r\n"
	    "TRANSP:TRANSPARENT\r\n"
	    "SUMMARY:Viikko\\; teema\r\n"
	    "CATEGORIES:Oma\\, kampus,Ydin\r\n"
	    "STATUS:CANCELLED\r\n"
	    "END:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
}

TEST(an_invitation_as_it_is_written)
{
	struct ical_person attendee = {STR("Aino \"Kuu\" Korhonen"), STR("aino@example.fi")};
	struct ical_event e = meeting();
	struct ical calendar = {.method = ICAL_REQUEST, .at = &e, .n = 1};
	struct str text;

	e.organizer = (struct ical_person){STR("Nuotio; Pohja"), STR("nuotio@example.fi")};
	e.attendee = &attendee;
	e.attendees = 1;
	text = written(t, calendar);
	CHECK(str_contains(text, STR("\r\nMETHOD:REQUEST\r\n")));
	CHECK(!str_contains(text, STR("NAME:")));
	CHECK(str_contains(text, STR("\r\nORGANIZER;CN=\"Nuotio; Pohja\":mailto:nuotio@example.fi\r\n")));
	CHECK(str_contains(text, STR("\r\nATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;"
	    "CN=\"Aino 'Kuu' K\r\n"
	    " orhonen\":mailto:aino@example.fi\r\nSTATUS:CONFIRMED\r\n")));
	keep_calendar(t, "request", written(t, calendar));
	calendar.method = ICAL_CANCEL;
	e.sequence = 1;
	text = written(t, calendar);
	CHECK(str_contains(text, STR("\r\nMETHOD:CANCEL\r\n")) && str_contains(text, STR("\r\nSTATUS:CANCELLED\r\n")));
	keep_calendar(t, "cancel", written(t, calendar));
	CHECK_STR(str_of(ical_method_name(ICAL_PUBLISH)), "PUBLISH");
}

TEST(rules_as_they_are_written)
{
	static const struct { enum ical_repeat repeat; int every; const char *day, *rule; } kinds[] = {
		{ICAL_WEEKLY, 2, "2026-11-22", "\r\nRRULE:FREQ=WEEKLY;BYDAY=SU;INTERVAL=2\r\n"},
		{ICAL_MONTHLY, 1, "2026-10-31", "\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=31\r\n"},
		{ICAL_MONTHLY, 0, "2026-11-01", "\r\nRRULE:FREQ=MONTHLY;BYMONTHDAY=1\r\n"},
		{ICAL_MONTHLY_BY_WEEKDAY, 0, "2026-11-07", "\r\nRRULE:FREQ=MONTHLY;BYDAY=1SA\r\n"},
		{ICAL_MONTHLY_BY_WEEKDAY, 0, "2026-11-08", "\r\nRRULE:FREQ=MONTHLY;BYDAY=2SU\r\n"},
		{ICAL_MONTHLY_BY_LAST_WEEKDAY, 2, "2026-11-30", "\r\nRRULE:FREQ=MONTHLY;BYDAY=-1MO;INTERVAL=2\r\n"},
	};
	struct date except = date_of(2026, 12, 7);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct ical_event e = event("x@y", "z");

		e.days.first = e.days.last = date_of_iso(str_of(kinds[i].day));
		e.repeat = kinds[i].repeat;
		e.every = kinds[i].every;
		CHECK(str_contains(written_one(t, e), str_of(kinds[i].rule)));
		e.until = date_of(2027, 5, 31);
		e.except = &except;
		e.excepts = 1;
		CHECK(str_contains(written_one(t, e), STR(";UNTIL=20270531\r\nEXDATE;VALUE=DATE:20261207\r\n")));
		/* Whole days need no zone. */
		CHECK(!str_contains(written_one(t, e), STR("VTIMEZONE")));
	}
}

TEST(a_zone_without_summer_time_is_utc)
{
	struct ical_event e = wednesdays();
	struct str text = written(t, (struct ical){.method = ICAL_PUBLISH, .zone = zone_find(STR("UTC")), .at = &e,
	    .n = 1});

	CHECK(!str_contains(text, STR("VTIMEZONE")) && !str_contains(text, STR("TZID")));
	CHECK(str_contains(text, STR("\r\nDTSTART:20261014T100000Z\r\n")));
	CHECK(str_contains(text, STR("\r\nEXDATE:20261223T100000Z\r\n")));
}

TEST(long_lines_are_folded_between_characters)
{
	for (size_t n = 1; n < 200; n++) {
		struct ical_event e = meeting();
		struct str rest;

		e.title = str_fmt(t->arena, "%0*dä€\xf0\x9f\x94\xa5ä", (int)n, 0);
		e.description = str_fmt(t->arena, "\xf0\x9f\x94\xa5%0*d\n,;\\ \xf0\x9f\x94\xa5", (int)n, 0);
		for (rest = written_one(t, e); rest.n;) {
			struct str line = str_cut(&rest, '\n');

			CHECK(line.n >= 2 && line.n <= 76 && line.p[line.n - 1] == '\r' && str_is_utf8(line));
		}
		arena_reset(t->arena);
	}
}

TEST(no_text_writes_lines_of_its_own)
{
	struct ical_event e = meeting();
	struct ical_person who = {STR("a\r\nX:1"), STR("b\"\r\nX:2")};
	struct str text;

	e.title = STR("a\r\nEND:VEVENT\rb\0c\x7f");
	e.uid = STR("u\nX:3");
	e.url = STR("https://x/\r\nX:4");
	e.organizer = who;
	text = written_one(t, e);
	CHECK(!str_contains(text, STR("\nX:")));
	CHECK(str_contains(text, STR("\r\nSUMMARY:a\\nEND:VEVENTbc\r\n")));
	CHECK(str_contains(text, STR("\r\nURL:https://x/X:4\r\n")));
	CHECK(str_contains(text, STR("\r\nUID:u\\nX:3\r\n")));
}

/* --- read again ------------------------------------------------------------------------------- */

static struct ical_reading
read_again(struct test *t, struct ical calendar)
{
	struct span year = {date_of(2026, 8, 1), date_of(2027, 7, 31)};
	struct ical_reading reading = ical_read(t->arena, written(t, calendar), year, helsinki());

	CHECK_INT(reading.problems_in_all, 0);
	return reading;
}

TEST(a_series_keeps_its_local_time_when_clocks_change)
{
	struct ical_event e = wednesdays();
	struct ical calendar = {.method = ICAL_PUBLISH, .name = STR("Ranta"), .at = &e, .n = 1};
	struct ical_reading reading = read_again(t, calendar);

	CHECK_STR(reading.name, "Ranta");
	CHECK_INT(reading.n, 27 - 2);
	for (size_t i = 0; i < reading.n; i++) {
		const struct ical_occurrence *o = &reading.at[i];
		struct local local = local_of(helsinki(), o->starts);

		CHECK_INT(local.minutes, 13 * 60);
		CHECK_INT(date_weekday(local.date), 3);
		CHECK_INT(o->ends.s - o->starts.s, 9000);
		CHECK_INT(o->of.s, o->starts.s);
		CHECK(local.date.day != date_of(2026, 12, 23).day && local.date.day != date_of(2026, 12, 30).day);
		CHECK_STR(o->uid, "series-7@nuotio.example");
	}
	CHECK_INT(reading.at[1].starts.s, at("2026-10-21T10:00:00Z").s);
	CHECK_INT(reading.at[2].starts.s, at("2026-10-28T11:00:00Z").s);
	CHECK_INT(reading.at[24].starts.s, at("2027-04-14T10:00:00Z").s);
	keep_calendar(t, "series", written(t, calendar));
}

TEST(what_takes_the_place_of_one_of_a_series)
{
	struct ical_event e[3] = {wednesdays(), wednesdays(), wednesdays()};
	struct ical calendar = {.method = ICAL_PUBLISH, .at = e, .n = 3};
	struct ical_reading reading;

	for (int i = 1; i < 3; i++) {
		e[i].repeat = ICAL_ONCE;
		e[i].until.day = 0;
		e[i].excepts = 0;
		e[i].sequence = 1;
	}
	/* A week later than summer time ends, and moved over the end of summer time. */
	e[1].instead_of = at("2026-11-04T11:00:00Z");
	e[1].starts = at("2026-11-05T13:00:00Z");
	e[1].ends = at("2026-11-05T14:00:00Z");
	e[1].place = STR("Asema");
	e[2].instead_of = at("2026-10-21T10:00:00Z");
	e[2].starts = at("2026-10-26T11:00:00Z");
	e[2].ends = at("2026-10-26T13:30:00Z");
	e[2].status = ICAL_CANCELLED;
	reading = read_again(t, calendar);
	CHECK_INT(reading.n, 25);
	CHECK_INT(reading.at[1].starts.s, e[2].starts.s);
	CHECK_INT(reading.at[1].of.s, e[2].instead_of.s);
	CHECK(reading.at[1].cancelled && !reading.at[2].cancelled);
	CHECK_INT(reading.at[3].starts.s, e[1].starts.s);
	CHECK_INT(reading.at[3].of.s, e[1].instead_of.s);
	CHECK_STR(reading.at[3].place, "Asema");
	keep_calendar(t, "moved", written(t, calendar));
}

TEST(whole_days_come_back)
{
	struct ical_event e[2] = {event("item-3@nuotio.example", "Teemaviikko"), event("item-4@nuotio.example",
	    "Kokous")};
	struct ical calendar = {.method = ICAL_PUBLISH, .name = STR("Vuosi; Metsä, \\ ja \"muut\""), .at = e, .n = 2};
	struct ical_reading reading;

	e[0].days = (struct span){date_of(2027, 3, 22), date_of(2027, 3, 28)}; /* the last has 23 hours */
	e[0].description = STR("Ensin tämä.\n\nSitten tuo; ja \\ se, 🔥");
	e[0].place = STR("Metsä, piha");
	e[1].days = (struct span){date_of(2026, 8, 31), date_of(2026, 8, 31)};
	e[1].repeat = ICAL_MONTHLY;
	e[1].every = 2;
	reading = read_again(t, calendar);
	CHECK_STR(reading.name, "Vuosi; Metsä, \\ ja \"muut\"");
	CHECK_INT(reading.n, 4); /* February, April and June have no 31st */
	CHECK_INT(reading.at[0].days.first.day, date_of(2026, 8, 31).day);
	CHECK_INT(reading.at[1].days.first.day, date_of(2026, 10, 31).day);
	CHECK_INT(reading.at[2].days.first.day, date_of(2026, 12, 31).day);
	CHECK_INT(reading.at[2].days.last.day, date_of(2026, 12, 31).day);
	CHECK_INT(reading.at[2].of_day.day, date_of(2026, 12, 31).day);
	CHECK_INT(reading.at[3].days.first.day, date_of(2027, 3, 22).day);
	CHECK_INT(reading.at[3].days.last.day, date_of(2027, 3, 28).day);
	CHECK(reading.at[3].starts.s == 0 && reading.at[3].of_day.day == 0);
	CHECK(str_eq(reading.at[3].description, e[0].description));
	CHECK(str_eq(reading.at[3].place, e[0].place));
	keep_calendar(t, "days", written(t, calendar));
}

/* One series is moved to another time, one event is cancelled and one is gone. */
TEST(a_feed_that_changes)
{
	struct ical_event e[3] = {wednesdays(), meeting(), event("item-3@nuotio.example", "Teemaviikko")};
	struct ical calendar = {.method = ICAL_PUBLISH, .name = STR("Pohja"), .refresh_s = 3600, .at = e, .n = 3};
	struct str before, again;

	e[2].days = (struct span){date_of(2026, 11, 23), date_of(2026, 11, 29)};
	before = written(t, calendar);
	again = written(t, calendar);
	CHECK(str_eq(before, again));
	keep_calendar(t, "feed", written(t, calendar));
	for (int i = 0; i < 2; i++) {
		e[i].sequence++;
		e[i].changed.s += 3600;
	}
	e[0].starts.s += 3600;
	e[0].ends.s += 5400;
	e[1].status = ICAL_CANCELLED;
	calendar.n = 2;
	CHECK_INT(read_again(t, calendar).n, 26);
	keep_calendar(t, "feed_changed", written(t, calendar));
}
