#include "lib/date.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/arena.h"
#include "test/test.h"

static struct str
field(struct str *rest)
{
	return str_cut(rest, ',');
}

static int
number(struct str *rest)
{
	int64_t n = INT64_MIN;

	str_int(field(rest), &n);
	return (int)n;
}

/* The lines of the independent table that begin with `kind`. */
static size_t
each_line(struct test *t, const char *kind, void (*check)(struct test *t, struct str rest))
{
	FILE *file = fopen("test/data/dates.csv", "r");
	char line[200];
	size_t n = 0;

	CHECK(file != NULL);
	while (file && fgets(line, sizeof line, file)) {
		struct str rest = str_trim(str_of(line));

		if (!str_is(field(&rest), kind))
			continue;
		check(t, rest);
		n++;
	}
	if (file)
		fclose(file);
	return n;
}

static void
check_day(struct test *t, struct str rest)
{
	struct str iso = field(&rest);
	struct date date = date_of_iso(iso);
	struct week week = week_of(date);
	char again[11];

	CHECK_INT(date.day, number(&rest));
	CHECK_INT(date_weekday(date), number(&rest));
	CHECK_INT(week.year, number(&rest));
	CHECK_INT(week.week, number(&rest));
	CHECK_INT(weeks_in_year(date_parts(date).year), number(&rest));
	CHECK(str_eq(str_of(date_iso(date, again)), iso));
	CHECK_INT(date_of_week(week.year, week.week, date_weekday(date)).day, date.day);
}

TEST(days_and_weeks_are_those_of_the_table)
{
	CHECK(each_line(t, "day", check_day) > 400);
}

static void
check_anchor(struct test *t, struct str rest)
{
	struct span year = school_year_span(number(&rest), 8, 1);
	struct str anchor = field(&rest);
	struct span week = week_of_anchor(year, anchor);

	CHECK_INT(week.first.day, date_of_iso(field(&rest)).day);
	CHECK_INT(week.last.day, week.first.day + 6);
}

TEST(anchors_stand_in_the_week_of_the_table)
{
	CHECK(each_line(t, "anchor", check_anchor) > 100);
}

static void
check_local(struct test *t, struct str rest)
{
	const struct zone *zone = zone_find(field(&rest));
	struct instant at = instant_of_iso(field(&rest));
	struct local local = local_of(zone, at);
	char iso[21];

	CHECK(zone != NULL && at.s != 0);
	CHECK_INT(local.date.day, date_of_iso(field(&rest)).day);
	CHECK_INT(local.minutes, number(&rest));
	CHECK_INT(instant_of_iso(str_of(instant_iso(at, iso))).s, at.s);
}

TEST(clocks_change_as_in_the_table)
{
	CHECK(each_line(t, "local", check_local) > 200);
}

TEST(every_day_of_four_centuries_follows_the_one_before)
{
	struct date date = date_of(1800, 1, 1);
	int weekday = date_weekday(date);

	for (int year = 1800; year < 2210; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= date_days_in_month(year, month); day++) {
				struct date is = date_of(year, month, day);
				struct date_parts p = date_parts(is);

				CHECK_INT(is.day, date.day);
				CHECK(p.year == year && p.month == month && p.day == day);
				CHECK_INT(date_weekday(is), weekday);
				date.day++;
				weekday = weekday % 7 + 1;
			}
}

TEST(what_is_no_date_is_none)
{
	static const char *const bad[] = {"", "2026-11-31", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1",
	    "26-11-2026", "2026-11-23 ", "0000-01-01", "2026/11/23", "2026-11-2x"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_INT(date_of_iso(str_of(bad[i])).day, 0);
	CHECK(date_of_iso(STR("2028-02-29")).day != 0);
	CHECK_INT(instant_of_iso(STR("2026-11-23T24:00:00Z")).s, 0);
	CHECK_INT(instant_of_iso(STR("2026-11-23T16:00:00")).s, 0);
	CHECK_INT(instant_of_iso(STR("2026-11-23T16:00:00+02")).s, 0);
	CHECK_INT(instant_of_iso(STR("2026-11-23 16:00:00.123456+00")).s,
	    instant_of_iso(STR("2026-11-23T16:00:00Z")).s);
}

/* 2026 has 53 weeks, 2027 has 52: the year that begins in August 2027 has no week 53 of its own. */
TEST(weeks_of_a_school_year)
{
	struct span with_53 = school_year_span(2026, 8, 1), without = school_year_span(2027, 8, 1);

	CHECK_INT(week_in_span(with_53, 53).first.day, date_of(2026, 12, 28).day);
	CHECK_INT(week_in_span(without, 53).first.day, date_of(2027, 12, 27).day);
	CHECK_INT(week_in_span(with_53, 32).first.day, date_of(2026, 8, 3).day);
	CHECK_INT(week_in_span(with_53, 2).first.day, date_of(2027, 1, 11).day);
	for (int year = 2024; year < 2036; year++)
		for (int week = 1; week <= 53; week++) {
			struct span y = school_year_span(year, 8, 1), w = week_in_span(y, week);

			CHECK(w.first.day + 6 >= y.first.day && w.first.day <= y.last.day);
			CHECK_INT(date_weekday(w.first), 1);
		}
}

TEST(an_anchor_is_a_day_of_some_year)
{
	CHECK(date_is_anchor(STR("02-29")));
	CHECK(!date_is_anchor(STR("02-30")));
	CHECK(!date_is_anchor(STR("2-28")));
	CHECK(!date_is_anchor(STR("13-01")));
	CHECK_INT(date_of_anchor(school_year_span(2026, 8, 1), STR("02-29")).day, date_of(2027, 2, 28).day);
	CHECK_INT(date_of_anchor(school_year_span(2027, 8, 1), STR("02-29")).day, date_of(2028, 2, 29).day);
}

/* Spring 2026: 03:00 becomes 04:00 on 29 March. Autumn: 04:00 becomes 03:00 on 25 October. */
TEST(an_hour_that_comes_twice_and_one_that_is_left_out)
{
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));

	CHECK_INT(instant_of_local(zone, date_of(2026, 3, 29), 3 * 60 + 30).s,
	    instant_of_iso(STR("2026-03-29T01:30:00Z")).s);
	CHECK_INT(instant_of_local(zone, date_of(2026, 10, 25), 3 * 60 + 30).s,
	    instant_of_iso(STR("2026-10-25T00:30:00Z")).s);
	CHECK_INT(instant_of_local(zone, date_of(2026, 11, 23), 16 * 60).s,
	    instant_of_iso(STR("2026-11-23T14:00:00Z")).s);
	CHECK(zone_find(STR("Mars/Olympus")) == NULL);
}

/* The almanac's days. */
TEST(holidays_of_finland)
{
	static const struct {
		const char *iso;
		enum holiday holiday;
	} days[] = {
		{"2024-03-29", HOLIDAY_GOOD_FRIDAY}, {"2024-06-22", HOLIDAY_MIDSUMMER},
		{"2024-11-02", HOLIDAY_ALL_SAINTS}, {"2025-04-20", HOLIDAY_EASTER},
		{"2025-05-29", HOLIDAY_ASCENSION}, {"2025-06-20", HOLIDAY_MIDSUMMER_EVE},
		{"2025-11-01", HOLIDAY_ALL_SAINTS}, {"2026-01-06", HOLIDAY_EPIPHANY},
		{"2026-04-03", HOLIDAY_GOOD_FRIDAY}, {"2026-04-06", HOLIDAY_EASTER_MONDAY},
		{"2026-05-14", HOLIDAY_ASCENSION}, {"2026-05-24", HOLIDAY_WHITSUN},
		{"2026-06-20", HOLIDAY_MIDSUMMER}, {"2026-10-31", HOLIDAY_ALL_SAINTS},
		{"2026-12-06", HOLIDAY_INDEPENDENCE}, {"2027-03-28", HOLIDAY_EASTER},
		{"2027-06-26", HOLIDAY_MIDSUMMER}, {"2027-11-06", HOLIDAY_ALL_SAINTS},
		{"2028-04-16", HOLIDAY_EASTER}, {"2029-04-01", HOLIDAY_EASTER},
		{"2030-04-21", HOLIDAY_EASTER}, {"2026-12-24", HOLIDAY_CHRISTMAS_EVE},
		{"2026-11-23", HOLIDAY_NONE}, {"2026-06-21", HOLIDAY_NONE},
	};

	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		CHECK_INT(holiday_of(date_of_iso(str_of(days[i].iso))), days[i].holiday);
}
