#include "lib/ical_read.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "test/test.h"

static const struct zone *
helsinki(void)
{
	return zone_find(STR("Europe/Helsinki"));
}

static struct span
school_year(void)
{
	return (struct span){date_of(2026, 8, 1), date_of(2027, 7, 31)};
}

static struct ical_reading
reading(struct test *t, struct str text)
{
	return ical_read(t->arena, text, school_year(), helsinki());
}

/* A calendar around these lines, which end with LF alone. */
static struct str
calendar(struct test *t, const char *lines)
{
	return str_fmt(t->arena, "BEGIN:VCALENDAR\nVERSION:2.0\n%sEND:VCALENDAR\n", lines);
}

static struct ical_reading
read_lines(struct test *t, const char *lines)
{
	return reading(t, calendar(t, lines));
}

/* An event with these lines. */
static struct str
event(struct test *t, const char *lines)
{
	return str_fmt(t->arena, "BEGIN:VEVENT\nUID:u1\nSUMMARY:Ilta\n%sEND:VEVENT\n", lines);
}

static struct ical_reading
read_event(struct test *t, const char *lines)
{
	return read_lines(t, str_z(t->arena, event(t, lines)));
}

/* "2026-11-23T14:00:00Z+3600", "2026-11-23..2026-11-24", with spaces between; cancelled ones in brackets. */
static struct str
times(struct test *t, struct ical_reading r)
{
	struct out o = out_new(t->arena);
	char iso[21];

	for (size_t i = 0; i < r.n; i++) {
		const struct ical_occurrence *x = &r.at[i];

		out_fmt(&o, "%s%s", i ? " " : "", x->cancelled ? "(" : "");
		if (x->starts.s) {
			out_fmt(&o, "%s+%d", instant_iso(x->starts, iso), (int)(x->ends.s - x->starts.s));
		} else {
			out_fmt(&o, "%s", date_iso(x->days.first, iso));
			out_fmt(&o, "..%s", date_iso(x->days.last, iso));
		}
		out_fmt(&o, "%s", x->cancelled ? ")" : "");
	}
	return out_text(&o);
}

static struct str
event_times(struct test *t, const char *lines)
{
	struct ical_reading r = read_event(t, lines);

	CHECK_INT(r.problems_in_all, 0);
	return times(t, r);
}

/* The only problem there is, in an event with these lines. */
static enum ical_trouble
trouble(struct test *t, const char *lines)
{
	struct ical_reading r = read_event(t, lines);

	CHECK_INT(r.problems, 1);
	CHECK_INT(r.problems_in_all, 1);
	if (r.problems == 0)
		return 0;
	CHECK_INT(r.problem[0].line, 3);
	CHECK_STR(r.problem[0].what, "Ilta");
	return r.problem[0].trouble;
}

/* --- times ----------------------------------------------------------------------------------- */

TEST(times_as_calendars_write_them)
{
	CHECK_STR(event_times(t, "DTSTART:20261123T140000Z\nDTEND:20261123T150000Z\n"), "2026-11-23T14:00:00Z+3600");
	CHECK_STR(event_times(t, "DTSTART;TZID=Europe/Helsinki:20261123T160000\nDURATION:PT1H30M\n"),
	    "2026-11-23T14:00:00Z+5400");
	CHECK_STR(event_times(t, "dtstart;tzid=\"Europe/Stockholm\":20261123T160000\n"), "2026-11-23T15:00:00Z+0");
	/* Without a zone it is the local time of whoever reads. */
	CHECK_STR(event_times(t, "DTSTART:20261123T160000\nDTEND:20261123T150000Z\n"), "2026-11-23T14:00:00Z+3600");
	CHECK_STR(event_times(t, "DTSTART;VALUE=DATE:20261123\n"), "2026-11-23..2026-11-23");
	CHECK_STR(event_times(t, "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261128\n"), "2026-11-23..2026-11-27");
	CHECK_STR(event_times(t, "DTSTART:20261123\nDTEND:20261123\n"), "2026-11-23..2026-11-23");
	CHECK_STR(event_times(t, "DTSTART;VALUE=DATE:20261123\nDURATION:P2W\n"), "2026-11-23..2026-12-06");
	/* Over the night in which clocks are set back, and over the one in which an hour is left out. */
	CHECK_STR(event_times(t, "DTSTART;TZID=Europe/Helsinki:20261024T220000\n"
	    "DTEND;TZID=Europe/Helsinki:20261025T060000\n"),
	    "2026-10-24T19:00:00Z+32400");
	CHECK_STR(event_times(t, "DTSTART;TZID=Europe/Helsinki:20270328T033000\n"
	    "DTEND;TZID=Europe/Helsinki:20270328T060000\n"),
	    "2027-03-28T01:30:00Z+5400");
}

/* Only what touches the days that were asked for. */
TEST(times_within_the_days)
{
	CHECK_STR(event_times(t, "DTSTART:20260731T200000Z\nDTEND:20260731T210000Z\n"), "");
	CHECK_STR(event_times(t, "DTSTART:20260731T200000Z\nDTEND:20260731T210001Z\n"), "2026-07-31T20:00:00Z+3601");
	CHECK_STR(event_times(t, "DTSTART:20260731T210000Z\n"), "2026-07-31T21:00:00Z+0");
	CHECK_STR(event_times(t, "DTSTART:20270731T205959Z\n"), "2027-07-31T20:59:59Z+0");
	CHECK_STR(event_times(t, "DTSTART:20270731T210000Z\n"), "");
	CHECK_STR(event_times(t, "DTSTART:20260701\nDTEND:20260801\n"), "");
	CHECK_STR(event_times(t, "DTSTART:20260701\nDTEND:20260802\n"), "2026-07-01..2026-08-01");
	CHECK_STR(event_times(t, "DTSTART:20270731\nDTEND:20270901\n"), "2027-07-31..2027-08-31");
	CHECK_STR(event_times(t, "DTSTART:20270801\n"), "");
	CHECK_STR(event_times(t, "DTSTART:00010101\nDTEND:99991231\n"), "0001-01-01..9999-12-30");
	CHECK_STR(event_times(t, "DTSTART:20260724T180000Z\nDURATION:P3D\nRRULE:FREQ=WEEKLY;COUNT=2\n"),
	    "2026-07-31T18:00:00Z+259200");
	CHECK_STR(event_times(t, "DTSTART:20260724\nDURATION:P3D\nRRULE:FREQ=WEEKLY;COUNT=2\n"),
	    "2026-07-31..2026-08-02");
}

static const char new_york[] =
    "BEGIN:VTIMEZONE\nTZID:America/New_York\n"
    "BEGIN:DAYLIGHT\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nDTSTART:20070311T020000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\n"
    "END:DAYLIGHT\n"
    "BEGIN:STANDARD\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nDTSTART:20071104T020000\n"
    "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\n"
    "END:STANDARD\nEND:VTIMEZONE\n";

/* As Outlook writes it: from the year 1601 on, and a name of its own. */
static const char outlook[] =
    "BEGIN:VTIMEZONE\nTZID:(UTC+02:00) Helsinki\\, Kiova\n"
    "BEGIN:STANDARD\nDTSTART:16010101T040000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
    "BEGIN:DAYLIGHT\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300\n"
    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n";

static struct str
in_zone(struct test *t, const char *zone, const char *tzid, const char *local)
{
	struct ical_reading r = read_lines(t, str_z(t->arena, str_fmt(t->arena,
	    "BEGIN:VEVENT\nUID:u1\nDTSTART;TZID=%s:%s\nEND:VEVENT\n%s", tzid, local, zone)));

	CHECK_INT(r.problems_in_all, 0);
	return times(t, r);
}

TEST(zones_by_what_the_file_says)
{
	static const char *const odd = "\"(UTC+02:00) Helsinki\\, Kiova\"";

	CHECK_STR(in_zone(t, new_york, "America/New_York", "20261031T120000"), "2026-10-31T16:00:00Z+0");
	CHECK_STR(in_zone(t, new_york, "America/New_York", "20261102T120000"), "2026-11-02T17:00:00Z+0");
	/* 1 November, an hour that comes twice: the first. 14 March, one that is left out: by the clock before it. */
	CHECK_STR(in_zone(t, new_york, "America/New_York", "20261101T013000"), "2026-11-01T05:30:00Z+0");
	CHECK_STR(in_zone(t, new_york, "America/New_York", "20261101T020000"), "2026-11-01T07:00:00Z+0");
	CHECK_STR(in_zone(t, new_york, "America/New_York", "20270314T023000"), "2027-03-14T07:30:00Z+0");
	CHECK_STR(in_zone(t, new_york, "America/New_York", "20270314T030000"), "2027-03-14T07:00:00Z+0");
	CHECK_STR(in_zone(t, outlook, odd, "20260901T160000"), "2026-09-01T13:00:00Z+0");
	CHECK_STR(in_zone(t, outlook, odd, "20261123T160000"), "2026-11-23T14:00:00Z+0");
	CHECK_STR(in_zone(t, outlook, odd, "20261025T033000"), "2026-10-25T00:30:00Z+0");
	CHECK_STR(in_zone(t, outlook, odd, "20270328T033000"), "2027-03-28T01:30:00Z+0");
	/* Changes that are listed, and one that ended. */
	CHECK_STR(in_zone(t, "BEGIN:VTIMEZONE\nTZID:Listed\nBEGIN:STANDARD\nDTSTART:20200101T000000\n"
	    "TZOFFSETFROM:+0000\n"
	    "TZOFFSETTO:+0100\nRDATE:20261101T000000\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:20261001T000000\n"
	    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0530\nEND:DAYLIGHT\nBEGIN:DAYLIGHT\nDTSTART:20200201T000000\n"
	    "TZOFFSETFROM:+0100\nTZOFFSETTO:-0900\nRRULE:FREQ=YEARLY;UNTIL=20210101T000000Z\nEND:DAYLIGHT\n"
	    "END:VTIMEZONE\n",
	    "Listed", "20261015T053000"), "2026-10-15T00:00:00Z+0");
}

TEST(zones_by_their_names)
{
	CHECK_STR(in_zone(t, "", "FLE Standard Time", "20261123T160000"), "2026-11-23T14:00:00Z+0");
	CHECK_STR(in_zone(t, "", "W. Europe Standard Time", "20261123T160000"), "2026-11-23T15:00:00Z+0");
	CHECK_STR(in_zone(t, "", "/example.org/20260101_1/Europe/Helsinki", "20261123T160000"),
	    "2026-11-23T14:00:00Z+0");
	CHECK_STR(in_zone(t, "", "UTC", "20261123T160000"), "2026-11-23T16:00:00Z+0");
	CHECK_STR(in_zone(t, "", "Etc/UTC", "20261123T160000"), "2026-11-23T16:00:00Z+0");
	/* A name that we know counts more than a description that says it wrong. */
	CHECK_STR(in_zone(t, "BEGIN:VTIMEZONE\nTZID:Europe/Helsinki\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
	    "TZOFFSETFROM:-0900\nTZOFFSETTO:-0900\nEND:STANDARD\nEND:VTIMEZONE\n", "Europe/Helsinki",
	    "20261123T160000"),
	    "2026-11-23T14:00:00Z+0");
}

TEST(a_zone_that_nobody_knows_is_told_once)
{
	struct ical_reading r = read_lines(t, "BEGIN:VTIMEZONE\nTZID:Mars\nBEGIN:STANDARD\nDTSTART:x\nEND:STANDARD\n"
	    "END:VTIMEZONE\n"
	    "BEGIN:VEVENT\nUID:u1\nDTSTART;TZID=Mars:20261123T160000\nDTEND;TZID=Mars:20261123T170000\n"
	    "RRULE:FREQ=DAILY;COUNT=2\nEND:VEVENT\n");

	CHECK_STR(times(t, r), "2026-11-23T14:00:00Z+3600 2026-11-24T14:00:00Z+3600");
	CHECK_INT(r.problems_in_all, 1);
	CHECK_INT(r.problem[0].trouble, ICAL_ZONE_UNKNOWN);
	CHECK_INT(r.problem[0].line, 9);
	CHECK_STR(r.problem[0].what, "Mars");
	/* Nor are clocks that change every day. */
	r = read_lines(t, "BEGIN:VTIMEZONE\nTZID:Mars\nBEGIN:STANDARD\nDTSTART:20200101T000000\nTZOFFSETFROM:+0100\n"
	    "TZOFFSETTO:+0100\nRRULE:FREQ=DAILY\nEND:STANDARD\nEND:VTIMEZONE\n"
	    "BEGIN:VEVENT\nUID:u1\nDTSTART;TZID=Mars:20261123T160000\nEND:VEVENT\n");
	CHECK_STR(times(t, r), "2026-11-23T14:00:00Z+0");
	CHECK_INT(r.problem[0].trouble, ICAL_ZONE_UNKNOWN);
}

/* --- texts ----------------------------------------------------------------------------------- */

TEST(an_event_says_what_it_says)
{
	struct ical_reading r = read_lines(t, "X-WR-CALNAME:Ohjaamo\\, Pohja\nBEGIN:VEVENT\nUID:u1@x\n"
	    "DTSTART:20261123\n"
	    "SUMMARY;LANGUAGE=fi:Avoimet\\, ovet\\n \nLOCATION:  Pohja\nDESCRIPTION:Tule\\, \\n\\nja o\n le!\n"
	    "BEGIN:VALARM\nSUMMARY:no\nDESCRIPTION:no\nDTSTART:20261124\nEND:VALARM\nX-OWN:no\n"
	    "ATTACH;VALUE=BINARY:AAAA\nEND:VEVENT\n"
	    "BEGIN:VTODO\nUID:u2\nDTSTART:20261123\nEND:VTODO\nBEGIN:VFREEBUSY\nBEGIN:VEVENT\nDTSTART:20261123\n"
	    "END:VEVENT\nEND:VFREEBUSY\n");

	CHECK_INT(r.problems_in_all, 0);
	CHECK_STR(r.name, "Ohjaamo, Pohja");
	CHECK_INT(r.n, 1);
	CHECK_STR(r.at[0].uid, "u1@x");
	CHECK_STR(r.at[0].title, "Avoimet, ovet");
	CHECK_STR(r.at[0].place, "Pohja");
	CHECK_STR(r.at[0].description, "Tule, \n\nja ole!");
	CHECK_INT(r.at[0].line, 4);
	CHECK(!r.at[0].cancelled && r.at[0].of.s == 0 && r.at[0].of_day.day == 0);
}

TEST(texts_are_cut_with_a_sign)
{
	struct ical_reading r = read_lines(t, str_z(t->arena, str_fmt(t->arena,
	    "BEGIN:VEVENT\nDTSTART:20261123\nSUMMARY:%0500d\nDESCRIPTION:%060000d\nEND:VEVENT\n", 0, 0)));

	CHECK_INT(str_chars(r.at[0].title), ICAL_TITLE_CHARS_MAX);
	CHECK_INT(str_chars(r.at[0].description), ICAL_TEXT_CHARS_MAX);
	CHECK(str_ends(r.at[0].title, STR("0…")) && str_ends(r.at[0].description, STR("0…")));
	CHECK_INT(r.at[0].uid.n, 0);
}

/* --- series ---------------------------------------------------------------------------------- */

TEST(series_leave_out_and_add)
{
	static const char start[] = "DTSTART;TZID=Europe/Helsinki:20261019T160000\n"
	    "DTEND;TZID=Europe/Helsinki:20261019T170000\n";
	static const char rule[] = "RRULE:FREQ=WEEKLY;COUNT=4\n";

	CHECK_STR(event_times(t, str_z(t->arena, str_fmt(t->arena, "%s%s", start, rule))),
	    "2026-10-19T13:00:00Z+3600 2026-10-26T14:00:00Z+3600 2026-11-02T14:00:00Z+3600 2026-11-09T14:00:00Z+3600");
	/* In local time, in UTC, as a day; what is none of them changes nothing. */
	CHECK_STR(event_times(t, str_z(t->arena, str_fmt(t->arena, "%s%sEXDATE;TZID=Europe/Helsinki:20261026T160000\n"
	    "EXDATE:20261102T140000Z,20261102T150000Z\nEXDATE;VALUE=DATE:20261109\n", start, rule))),
	    "2026-10-19T13:00:00Z+3600");
	CHECK_STR(event_times(t, str_z(t->arena, str_fmt(t->arena,
	    "%sRDATE;TZID=Europe/Helsinki:20261028T120000,20261019T160000\n"
	    "RDATE;VALUE=PERIOD:20261029T120000Z/PT5H\n", start))),
	    "2026-10-19T13:00:00Z+3600 2026-10-28T10:00:00Z+3600 2026-10-29T12:00:00Z+3600");
	CHECK_STR(event_times(t, "DTSTART:20261031\nRRULE:FREQ=MONTHLY;COUNT=3\nEXDATE:20261231\nRDATE:20261101\n"),
	    "2026-10-31..2026-10-31 2026-11-01..2026-11-01 2027-01-31..2027-01-31");
}

TEST(series_end_at_the_instant)
{
	static const char *const untils[] = {"20261026T140000Z", "20261026", "20261026T160000", "20261102T135959Z",
	    "20261102T155959", "20261101"};

	for (size_t i = 0; i < 6; i++)
		CHECK_STR(event_times(t, str_z(t->arena, str_fmt(t->arena,
		    "DTSTART;TZID=Europe/Helsinki:20261019T160000\nRRULE:FREQ=WEEKLY;UNTIL=%s\n", untils[i]))),
		    "2026-10-19T13:00:00Z+0 2026-10-26T14:00:00Z+0");
	/* Late in the evening west of Greenwich, where the last day has another date in UTC. */
	CHECK_STR(in_zone(t, new_york, "America/New_York", "20261020T220000\nRRULE:FREQ=DAILY;UNTIL=20261022T020000Z"),
	    "2026-10-21T02:00:00Z+0 2026-10-22T02:00:00Z+0");
}

static const char weekly[] = "BEGIN:VEVENT\nUID:s\nDTSTART:20261102T100000Z\nDTEND:20261102T110000Z\n"
    "RRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n";

static struct ical_reading
with_others(struct test *t, const char *before, const char *behind)
{
	return read_lines(t, str_z(t->arena, str_fmt(t->arena, "%s%s%s", before, weekly, behind)));
}

TEST(one_of_a_series_is_moved)
{
	static const char moved[] = "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261109T100000Z\nDTSTART:20261110T120000Z\n"
	    "SUMMARY:Toisin\nEND:VEVENT\n";
	static const char again[] = "BEGIN:VEVENT\nUID:s\nSEQUENCE:2\nRECURRENCE-ID:20261109T100000Z\n"
	    "DTSTART:20261111T120000Z\nEND:VEVENT\n";
	static const char other[] = "BEGIN:VEVENT\nUID:s2\nRECURRENCE-ID:20261109T100000Z\nDTSTART:20261110T120000Z\n"
	    "END:VEVENT\n";
	struct ical_reading r = with_others(t, "", moved), reversed = with_others(t, moved, "");

	CHECK_STR(times(t, r), "2026-11-02T10:00:00Z+3600 2026-11-10T12:00:00Z+0 2026-11-16T10:00:00Z+3600");
	CHECK(str_eq(times(t, r), times(t, reversed)));
	CHECK_STR(r.at[1].title, "Toisin");
	CHECK_INT(r.at[1].of.s, instant_of_iso(STR("2026-11-09T10:00:00Z")).s);
	CHECK_INT(r.at[0].of.s, r.at[0].starts.s);
	CHECK_INT(r.problems_in_all, 0);
	/* The later version counts, wherever it stands. */
	r = with_others(t, again, moved);
	CHECK_STR(times(t, r), "2026-11-02T10:00:00Z+3600 2026-11-11T12:00:00Z+0 2026-11-16T10:00:00Z+3600");
	CHECK_INT(r.problem[0].trouble, ICAL_UID_TWICE);
	CHECK_STR(r.problem[0].what, "Toisin");
	/* Of another series, or one whose series is not there: it stands alone. */
	CHECK_STR(times(t, with_others(t, other, "")), "2026-11-02T10:00:00Z+3600 2026-11-09T10:00:00Z+3600 "
	    "2026-11-10T12:00:00Z+0 2026-11-16T10:00:00Z+3600");
	CHECK_STR(times(t, read_lines(t, moved)), "2026-11-10T12:00:00Z+0");
	/* Named by its day only. */
	r = with_others(t, "", "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID;VALUE=DATE:20261109\nDTSTART:20261110T120000Z\n"
	    "END:VEVENT\n");
	CHECK_STR(times(t, r), "2026-11-02T10:00:00Z+3600 2026-11-10T12:00:00Z+0 2026-11-16T10:00:00Z+3600");
	CHECK(r.at[1].of.s == 0 && r.at[1].of_day.day == date_of(2026, 11, 9).day);
	/* Out of the days that were asked for, and into them. */
	CHECK_STR(times(t, with_others(t, "", "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261109T100000Z\n"
	    "DTSTART:20280101T100000Z\nEND:VEVENT\n")),
	    "2026-11-02T10:00:00Z+3600 2026-11-16T10:00:00Z+3600");
	CHECK_STR(times(t, read_lines(t, "BEGIN:VEVENT\nUID:s\nDTSTART:20200106\nRRULE:FREQ=YEARLY;COUNT=3\n"
	    "END:VEVENT\n"
	    "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20210106\nDTSTART:20261123\nEND:VEVENT\n")), "2026-11-23..2026-11-23");
}

TEST(cancelled_ones_are_told_as_such)
{
	CHECK_STR(event_times(t, "DTSTART:20261123T140000Z\nSTATUS:CANCELLED\n"), "(2026-11-23T14:00:00Z+0)");
	CHECK_STR(event_times(t, "DTSTART:20261123T140000Z\nSTATUS:TENTATIVE\n"), "2026-11-23T14:00:00Z+0");
	CHECK_STR(times(t, with_others(t, "", "BEGIN:VEVENT\nUID:s\nRECURRENCE-ID:20261109T100000Z\n"
	    "DTSTART:20261109T100000Z\n"
	    "STATUS:CANCELLED\nEND:VEVENT\n")),
	    "2026-11-02T10:00:00Z+3600 (2026-11-09T10:00:00Z+0) 2026-11-16T10:00:00Z+3600");
	CHECK_STR(times(t, with_others(t, "METHOD:CANCEL\n", "")),
	    "(2026-11-02T10:00:00Z+3600) (2026-11-09T10:00:00Z+3600) (2026-11-16T10:00:00Z+3600)");
}

TEST(everything_comes_in_the_order_of_time)
{
	struct ical_reading r = read_lines(t, "BEGIN:VEVENT\nUID:c\nDTSTART:20261124T000000\nEND:VEVENT\n"
	    "BEGIN:VEVENT\nUID:b\nDTSTART:20261124\nEND:VEVENT\nBEGIN:VEVENT\nUID:a\nDTSTART:20261123T235900\n"
	    "END:VEVENT\n"
	    "BEGIN:VEVENT\nUID:d\nDTSTART:20261123\nDTEND:20261130\nEND:VEVENT\n");

	CHECK_INT(r.n, 4);
	CHECK_STR(r.at[0].uid, "d");
	CHECK_STR(r.at[1].uid, "a");
	CHECK_STR(r.at[2].uid, "c");
	CHECK_STR(r.at[3].uid, "b");
}

/* --- what is wrong ---------------------------------------------------------------------------- */

TEST(events_that_cannot_be_read_are_told)
{
	CHECK_INT(trouble(t, ""), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:tomorrow\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20260230\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20261123\nDTEND:20261123T100000Z\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20261123\nDTEND:x\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20261123\nDURATION:long\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20261123\nRRULE:FREQ=DAILY\nEXDATE:x\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20261123\nRECURRENCE-ID:x\n"), ICAL_TIME_UNREADABLE);
	CHECK_INT(trouble(t, "DTSTART:20261123T100000\nDTEND:20261123T095959\n"), ICAL_ENDS_BEFORE_IT_STARTS);
	CHECK_INT(trouble(t, "DTSTART:20261123\nDTEND:20261122\n"), ICAL_ENDS_BEFORE_IT_STARTS);
	CHECK_INT(trouble(t, "DTSTART:20261123T100000\nDURATION:-PT1H\n"), ICAL_ENDS_BEFORE_IT_STARTS);
}

TEST(rules_that_cannot_be_read_leave_one)
{
	static const struct { const char *rule; enum ical_trouble trouble; } bad[] = {
		{"RRULE:FREQ=NEVER\n", ICAL_RULE_UNREADABLE},
		{"RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY\n", ICAL_RULE_UNREADABLE},
		{"RRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY\n", ICAL_RULE_UNREADABLE},
		{"RRULE:FREQ=DAILY;BYHOUR=9\n", ICAL_RULE_UNREADABLE},
		{"RRULE:FREQ=HOURLY\n", ICAL_RULE_TOO_FREQUENT},
		{"RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30\n", ICAL_RULE_TOO_FREQUENT},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *lines = str_z(t->arena, str_fmt(t->arena, "%sDTSTART:20261123T100000Z\n", bad[i].rule));

		CHECK_INT(trouble(t, lines), bad[i].trouble);
		CHECK_STR(times(t, read_event(t, lines)), "2026-11-23T10:00:00Z+0");
	}
	/* What some write although the start says it. */
	CHECK_STR(event_times(t, "DTSTART:20261123T100000Z\n"
	    "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=10;BYMINUTE=0;BYSECOND=0\n"),
	    "2026-11-23T10:00:00Z+0 2026-11-24T10:00:00Z+0");
	CHECK_INT(trouble(t, "RECURRENCE-ID;RANGE=THISANDFUTURE:20261123\nDTSTART:20261123\n"), ICAL_RULE_UNREADABLE);
}

TEST(the_same_uid_twice_counts_once)
{
	struct ical_reading r = read_lines(t, "BEGIN:VEVENT\nUID:a\nSUMMARY:Uusi\nSEQUENCE:1\nDTSTART:20261124\n"
	    "END:VEVENT\n"
	    "BEGIN:VEVENT\nUID:a\nSUMMARY:Vanha\nDTSTART:20261123\nEND:VEVENT\n");

	CHECK_STR(times(t, r), "2026-11-24..2026-11-24");
	CHECK_INT(r.problems_in_all, 1);
	CHECK_INT(r.problem[0].trouble, ICAL_UID_TWICE);
	CHECK_STR(r.problem[0].what, "Vanha");
	CHECK_INT(r.problem[0].line, 9);
	/* Without a uid each is one of its own. */
	r = read_lines(t, "BEGIN:VEVENT\nDTSTART:20261124\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART:20261123\nEND:VEVENT\n");
	CHECK_INT(r.n, 2);
	CHECK_INT(r.problems_in_all, 0);
}

static void
whole_trouble(struct test *t, struct str text, enum ical_trouble trouble, size_t line, size_t n)
{
	struct ical_reading r = reading(t, text);

	CHECK_INT(r.n, n);
	CHECK_INT(r.problems, 1);
	if (r.problems) {
		CHECK_INT(r.problem[0].trouble, trouble);
		CHECK_INT(r.problem[0].line, line);
	}
}

static const char one[] = "BEGIN:VEVENT\nUID:a\nDTSTART:20261123\nEND:VEVENT\n";

TEST(files_that_are_no_calendars)
{
	struct str good = calendar(t, one);
	char *big = arena_bytes(t->arena, ICAL_BYTES_MAX + 1);

	whole_trouble(t, STR(""), ICAL_IS_NO_CALENDAR, 0, 0);
	whole_trouble(t, STR("\xef\xbb\xbf"), ICAL_IS_NO_CALENDAR, 0, 0);
	whole_trouble(t, STR("<!DOCTYPE html>\n<title>Not found: it</title>\n"), ICAL_IS_NO_CALENDAR, 0, 0);
	whole_trouble(t, STR("END:VCALENDAR\n"), ICAL_IS_NO_CALENDAR, 0, 0);
	whole_trouble(t, STR("BEGIN:VCARD\nFN:x\nEND:VCARD\n"), ICAL_IS_NO_CALENDAR, 0, 0);
	whole_trouble(t, STR("BEGIN:VCALENDAR\n\0END:VCALENDAR\n"), ICAL_IS_BINARY, 0, 0);
	whole_trouble(t, STR("\xff\xfe" "B\0E\0G\0I\0N\0"), ICAL_IS_BINARY, 0, 0);
	whole_trouble(t, STR("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:P\xe4iv\xe4\nEND:VEVENT\nEND:VCALENDAR\n"),
	    ICAL_IS_NOT_UTF8, 3, 0);
	memset(big, '\n', ICAL_BYTES_MAX + 1);
	memcpy(big, good.p, good.n);
	whole_trouble(t, (struct str){big, ICAL_BYTES_MAX + 1}, ICAL_IS_TOO_BIG, 0, 0);
	CHECK_INT(reading(t, (struct str){big, ICAL_BYTES_MAX}).n, 1);
	/* With a byte order mark, other ends of lines and spaces it is one. */
	CHECK_INT(reading(t, str_fmt(t->arena, "\xef\xbb\xbf\r\n%.*s", STR_ARG(good))).n, 1);
	CHECK_INT(reading(t, STR("begin:vcalendar\r\nbegin:vevent\r\ndtstart:20261123\r\nend:vevent\r\n"
	    "end:vcalendar")).n, 1);
}

TEST(files_that_break_off)
{
	struct str good = calendar(t, one);
	struct out deep = out_new(t->arena);

	whole_trouble(t, str_fmt(t->arena, "BEGIN:VCALENDAR\n%sBEGIN:VEVENT\nDTSTART:20261124\n", one),
	    ICAL_BREAKS_OFF, 7, 1);
	whole_trouble(t, str_fmt(t->arena, "BEGIN:VCALENDAR\n%s", one), ICAL_BREAKS_OFF, 5, 1);
	whole_trouble(t, STR("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261124\nEND:VCALENDAR\n"), ICAL_BREAKS_OFF, 4,
	    0);
	whole_trouble(t, str_fmt(t->arena, "%.*sEND:VEVENT\n%.*s", STR_ARG(good), STR_ARG(good)), ICAL_BREAKS_OFF, 8,
	    1);
	for (int i = 0; i < 100000; i++)
		out_lit(&deep, "BEGIN:VEVENT\n");
	whole_trouble(t, str_fmt(t->arena, "%.*sBEGIN:VCALENDAR\n%.*s", STR_ARG(good), STR_ARG(out_text(&deep))),
	    ICAL_BREAKS_OFF, 16, 1);
	/* However it is cut, what is whole is there, and that something is missing is told. */
	for (size_t n = str_sub(good, 0, 16).n; n + 2 < good.n; n++)
		whole_trouble(t, str_sub(good, 0, n), ICAL_BREAKS_OFF,
		    reading(t, str_sub(good, 0, n)).problem[0].line, n >= good.n - strlen("END:VCALENDAR\n") - 1);
}

/* --- too much --------------------------------------------------------------------------------- */

static struct str
many(struct test *t, int n, const char *lines)
{
	struct out o = out_new(t->arena);

	for (int i = 0; i < n; i++)
		out_fmt(&o, "BEGIN:VEVENT\nUID:%d\nDTSTART:19000101T100000Z\n%sEND:VEVENT\n", i, lines);
	return calendar(t, str_z(t->arena, out_text(&o)));
}

TEST(rules_that_never_end)
{
	/* Three a day for a year: more than anybody can read, and fewer than the limit. */
	CHECK_INT(reading(t, many(t, 3, "RRULE:FREQ=DAILY\n")).n, 3 * 365);
	CHECK_INT(event_times(t, "DTSTART:20261123\nRRULE:FREQ=DAILY;COUNT=10000000\n").n, 251 * 23 - 1);
	CHECK_INT(trouble(t, "DTSTART:20261123\nRRULE:FREQ=SECONDLY;COUNT=10000000\n"), ICAL_RULE_TOO_FREQUENT);
	/* A thousand rules, none of which ever comes, and a thousand that come too often. */
	CHECK_INT(reading(t, many(t, 1000, "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n")).n, 1000 * 0);
	whole_trouble(t, many(t, 1000, "RRULE:FREQ=DAILY\n"), ICAL_HAS_TOO_MUCH, 0, ICAL_OCCURRENCES_MAX);
	/* Those that have to be counted from the beginning are counted to an end. */
	whole_trouble(t, many(t, 1000, "RRULE:FREQ=DAILY;COUNT=10000000;BYMONTH=2;BYMONTHDAY=30\n"),
	    ICAL_HAS_TOO_MUCH, 0, 0);
}

TEST(files_with_too_many_events)
{
	struct ical_reading r = reading(t, many(t, ICAL_EVENTS_MAX + 1, "RDATE:20261123T100000Z\n"));

	CHECK_INT(r.n, ICAL_EVENTS_MAX);
	CHECK_INT(r.problems, 1);
	CHECK_INT(r.problem[0].trouble, ICAL_HAS_TOO_MUCH);
	/* Problems too are told only so far. */
	r = reading(t, many(t, ICAL_EVENTS_MAX, "DTEND:x\n"));
	CHECK_INT(r.n, 0);
	CHECK_INT(r.problems, ICAL_PROBLEMS_MAX);
	CHECK_INT(r.problems_in_all, ICAL_EVENTS_MAX);
}

TEST(series_with_too_many_exceptions)
{
	struct out o = out_new(t->arena);

	out_lit(&o, "BEGIN:VEVENT\nDTSTART:20261123T100000Z\nRRULE:FREQ=DAILY\n");
	for (int i = 0; i < 20001; i++)
		out_fmt(&o, "EXDATE:%d0101\n", i % 9000 + 1000);
	out_lit(&o, "END:VEVENT\n");
	whole_trouble(t, calendar(t, str_z(t->arena, str_fmt(t->arena, "%s%.*s", one, STR_ARG(out_text(&o))))),
	    ICAL_HAS_TOO_MUCH,
	    20010, 1);
}

TEST(events_with_too_many_zones)
{
	struct out o = out_new(t->arena);
	struct ical_reading r;

	for (int i = 0; i < 300; i++)
		out_fmt(&o, "BEGIN:VTIMEZONE\nTZID:z%d\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\n"
		    "TZOFFSETTO:+0100\n"
		    "RRULE:FREQ=YEARLY;COUNT=1000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:%d\n"
		    "DTSTART;TZID=z%d:20261123T100000\nEND:VEVENT\n", i, i, i);
	r = read_lines(t, str_z(t->arena, out_text(&o)));
	CHECK_INT(r.n, 300);
	CHECK_INT(r.at[0].starts.s, instant_of_iso(STR("2026-11-23T08:00:00Z")).s);
	CHECK_INT(r.at[299].starts.s, instant_of_iso(STR("2026-11-23T09:00:00Z")).s);
	CHECK_INT(r.problems_in_all, 200);
	CHECK_INT(r.problem[0].trouble, ICAL_ZONE_UNKNOWN);
}

/* Four megabytes of one property, in one line and in the shortest lines there are. */
TEST(long_lines_and_short_ones)
{
	struct out o = out_new(t->arena);
	struct ical_reading r;

	out_lit(&o, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261123T100000Z\nRDATE:");
	for (int i = 0; i < 9999; i++)
		out_lit(&o, "20261123T100000Z,20261124T100000Z,");
	out_lit(&o, "20261125T100000Z\nDESCRIPTION:");
	while (o.n < ICAL_BYTES_MAX - 100)
		out_lit(&o, "\r\n \\");
	out_lit(&o, "\nEND:VEVENT\nEND:VCALENDAR\n");
	r = reading(t, out_text(&o));
	CHECK_INT(r.n, 3);
	CHECK_INT(r.problems_in_all, 0);
}

/* --- memory ----------------------------------------------------------------------------------- */

/* As many of these lines as a calendar may hold; %d is another number each time. */
static struct str
full_of(struct test *t, const char *before, const char *format, const char *behind)
{
	struct out o = out_new(t->arena);
	int n = 0;

	out_fmt(&o, "BEGIN:VCALENDAR\n%s", before);
	for (; o.n < ICAL_BYTES_MAX - 6000; n++)
		out_str(&o, str_fmt(t->arena, format, n, n));
	out_fmt(&o, "%sEND:VCALENDAR\n", behind);
	return out_text(&o);
}

static void
takes_little(struct test *t, struct str text)
{
	struct arena *a = arena_new(512 << 20);

	ical_read(a, text, (struct span){date_of(2025, 1, 1), date_of(2027, 12, 31)}, helsinki());
	t->checks++;
	if (arena_used(a) > ICAL_ARENA_BYTES_MAX)
		test_fail(t, __FILE__, __LINE__, "%zu kB for\n%.*s", arena_used(a) / 1024, STR_ARG(str_sub(text, 0,
		    300)));
	arena_free(a);
}

/* Whoever gives that much can read anything: beyond it the process would end. */
TEST(no_calendar_takes_more_memory_than_promised)
{
	static const char begin[] = "BEGIN:VEVENT\nUID:a\nDTSTART:20250101T100000Z\n", end[] = "END:VEVENT\n";
	char *long_text = arena_bytes(t->arena, 5001);

	memset(long_text, 'a', 5000);
	long_text[5000] = '\0';
	takes_little(t, full_of(t, "", "BEGIN:VEVENT\nUID:%d\nDTSTART:20260101T100000Z\nRRULE:FREQ=DAILY\n"
	    "EXDATE:20260101,20260102\n"
	    "END:VEVENT\n", ""));
	takes_little(t, full_of(t, "", str_z(t->arena, str_fmt(t->arena, "BEGIN:VEVENT\nUID:%%d\nDTSTART:20260101\n"
	    "SUMMARY:%.300s\n"
	    "DESCRIPTION:%s\nEND:VEVENT\n", long_text, long_text)), ""));
	takes_little(t, full_of(t, "", "BEGIN:VEVENT\nUID:%d\nDTSTART:20260101T100000Z\n"
	    "SUMMARY:\\n\\n\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\n"
	    "DESCRIPTION:\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\n"
	    "RRULE:FREQ=DAILY;COUNT=2\nLOCATION:\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\\,\nEND:VEVENT\n", ""));
	takes_little(t, full_of(t, begin, "RDATE:20260101T1%05dZ\n", end));
	takes_little(t, full_of(t, begin, "EXDATE:20260101\n", end));
	takes_little(t, full_of(t, begin, "SUMMARY:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n", end));
	takes_little(t, full_of(t, begin, "\n \n\nA:\n", end));
	takes_little(t, full_of(t, "", "BEGIN:VEVENT\nUID:a\nDTSTART:20260101\nEND:VEVENT\n", ""));
	takes_little(t, full_of(t, "", "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20260101T1%05d\n"
	    "DTSTART;TZID=%05d:20260101T100000\nEND:VEVENT\n", ""));
	takes_little(t, full_of(t, "BEGIN:VTIMEZONE\nTZID:a\n", "BEGIN:STANDARD\nDTSTART:20200101\nTZOFFSETFROM:+0100\n"
	    "TZOFFSETTO:+0100\n"
	    "RRULE:FREQ=DAILY\nEND:STANDARD\n", "END:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=a:20260101T100000\n"
	    "END:VEVENT\n"));
	takes_little(t, full_of(t, "BEGIN:VTIMEZONE\nTZID:a\nBEGIN:STANDARD\nDTSTART:20200101\nTZOFFSETFROM:+0100\n"
	    "TZOFFSETTO:+0100\n",
	    "RDATE:20260101T1%05d\n", "END:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=a:20260101T100000\n"
	    "END:VEVENT\n"));
	takes_little(t, full_of(t, "", "BEGIN:VTIMEZONE\nTZID:%d\nBEGIN:STANDARD\nDTSTART:20200101\n"
	    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0100\n"
	    "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\n"
	    "DTSTART;TZID=%05d:20260101T100000\n"
	    "END:VEVENT\n", ""));
}
