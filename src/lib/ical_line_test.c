#include "lib/ical_line.h"

#include <string.h>

#include "lib/arena.h"

#include "test/test.h"

static struct ical_line
only_line(struct test *t, const char *z)
{
	struct ical_lines lines = ical_lines_of(t->arena, str_of(z));
	struct ical_line line = {0}, none;

	CHECK(ical_line_next(&lines, &line));
	CHECK(!ical_line_next(&lines, &none));
	return line;
}

TEST(calendar_lines_are_unfolded)
{
	struct ical_lines lines = ical_lines_of(t->arena, STR("\xef\xbb\xbf" "A:1\r\n\r\nB;X=2\r\n :3\nC\n :\xc3\r\n"
	    " \xa4\r\n\t x\r\nD:4"));
	struct ical_line line;

	CHECK(ical_line_next(&lines, &line));
	CHECK_STR(line.name, "A");
	CHECK_STR(line.value, "1");
	CHECK_INT(line.line, 1);
	CHECK(ical_line_next(&lines, &line));
	CHECK_STR(line.name, "B");
	CHECK_STR(line.params, "X=2");
	CHECK_STR(line.value, "3");
	CHECK_INT(line.line, 3);
	CHECK(ical_line_next(&lines, &line));
	CHECK_STR(line.name, "C");
	CHECK_STR(line.value, "ä x");
	CHECK(line.is_utf8);
	CHECK_INT(line.line, 5);
	CHECK(ical_line_next(&lines, &line));
	CHECK_STR(line.value, "4");
	CHECK_INT(line.line, 9);
	CHECK(!ical_line_next(&lines, &line));
	CHECK(!only_line(t, "A:\xc3").is_utf8);
}

TEST(calendar_parameters)
{
	struct ical_line line = only_line(t,
	    "dtstart;VALUE=DATE-TIME;x=\"a;b:c\";TZID=\"(UTC+02:00) Helsinki\":20261123T160000");
	struct str zone;

	CHECK_STR(ical_param(&line, "tzid"), "(UTC+02:00) Helsinki");
	CHECK_STR(ical_param(&line, "X"), "a;b:c");
	CHECK_STR(ical_param(&line, "value"), "DATE-TIME");
	CHECK_INT(ical_param(&line, "none").n, 0);
	CHECK_STR(line.value, "20261123T160000");
	CHECK_STR(ical_times_of(&line, &zone), "20261123T160000");
	CHECK_STR(zone, "(UTC+02:00) Helsinki");
	/* What some write without quotation marks. */
	line = only_line(t, "DTSTART;TZID=GMT+02:00:20261123T160000");
	CHECK_STR(ical_times_of(&line, &zone), "20261123T160000");
	CHECK_STR(zone, "GMT+02:00");
	line = only_line(t, "DTSTART;TZID=GMT+02:00;VALUE=DATE-TIME:20261123T160000");
	CHECK_STR(ical_times_of(&line, &zone), "20261123T160000");
	line = only_line(t, "DTSTART:20261123T160000Z");
	CHECK_STR(ical_times_of(&line, &zone), "20261123T160000Z");
	CHECK_INT(zone.n, 0);
	line = only_line(t, "no colon");
	CHECK_STR(line.name, "no colon");
	CHECK_INT(line.value.n, 0);
	line = only_line(t, "A;B=\"open");
	CHECK_STR(ical_param(&line, "B"), "open");
}

TEST(calendar_texts)
{
	CHECK_STR(ical_text(t->arena, STR("a\\, b\\; c\\\\n \\\"d\\\" \\x"), false, 100), "a, b; c\\n \"d\" \\x");
	CHECK_STR(ical_text(t->arena, STR(" a\\nb\\Nc\\n"), true, 100), "a\nb\nc");
	CHECK_STR(ical_text(t->arena, STR("a\\nb\tc\x01\xe2\x80\xae"), false, 100), "a b c");
	CHECK_STR(ical_text(t->arena, STR("a\\"), false, 100), "a\\");
	CHECK_STR(ical_text(t->arena, STR("ääää"), false, 4), "ääää");
	CHECK_STR(ical_text(t->arena, STR("äääää"), false, 4), "äää…");
	CHECK_STR(ical_text(t->arena, STR("\\n\\n\\n\\n\\n\\n\\n\\na"), false, 4), "");
	CHECK_INT(ical_text(t->arena, STR(""), true, 4).n, 0);
}

static bool
reads(const char *z)
{
	struct ical_time time;

	return ical_time_of(str_of(z), STR("Z1"), &time);
}

TEST(calendar_times)
{
	static const char *const bad[] = {"", "x", "2026112", "20261323", "20260230", "2026-11-23", "20261123T",
	    "20261123T1600",
	    "20261123T160000X", "20261123T160000ZZ", "20261123 160000", "20261123T240000", "20261123T166000",
	    "20261123T160061", "20261123T16000a", "99999999T000000"};
	struct ical_time time;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		t->checks++;
		if (reads(bad[i]))
			test_fail(t, __FILE__, __LINE__, "\"%s\" was taken for a time", bad[i]);
	}
	CHECK(ical_time_of(STR("20261123"), STR("Z1"), &time) && !time.timed && time.zone.n == 0);
	CHECK_INT(time.day.day, date_of(2026, 11, 23).day);
	CHECK(ical_time_of(STR("20261123T160102"), STR("Z1"), &time) && time.timed && !time.utc);
	CHECK_STR(time.zone, "Z1");
	CHECK_INT(time.second, 16 * 3600 + 62);
	CHECK(ical_time_of(STR(" 20261123T235960Z"), STR("Z1"), &time) && time.utc && time.zone.n == 0);
	CHECK_INT(time.second, 86399);
}

static int64_t
lasts(const char *z)
{
	int64_t s;

	return ical_duration_of(str_of(z), &s) ? s : -1;
}

TEST(calendar_durations_and_offsets)
{
	static const char *const bad[] = {"", "P", "PT", "1H", "P1H", "PT1D", "PT1", "P1", "PTH", "P1001D",
	    "P99999999999W",
	    "P1DT1HT1M", "P 1D", "--P1D"};
	int s;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_INT(lasts(bad[i]), -1);
	CHECK_INT(lasts("PT1H30M"), 5400);
	CHECK_INT(lasts("+P1DT1S"), 86401);
	CHECK_INT(lasts("P2W"), 14 * 86400);
	CHECK_INT(lasts("PT0S"), 0);
	CHECK_INT(lasts("-PT15M"), -900);
	CHECK(ical_offset_of(STR("+0200"), &s) && s == 7200);
	CHECK(ical_offset_of(STR("-033015"), &s) && s == -12615);
	CHECK(!ical_offset_of(STR("0200"), &s) && !ical_offset_of(STR("+02:00"), &s) && !ical_offset_of(STR("+0260"),
	    &s));
	CHECK(!ical_offset_of(STR("+1600"), &s) && !ical_offset_of(STR(""), &s));
}
