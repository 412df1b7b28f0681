#include "lib/date.h"

#include <stdio.h>

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
	CHECK_INT(each_line(t, "day", check_day), 450);
}

static void
check_anchor(struct test *t, struct str rest)
{
	struct span year = school_year_span(number(&rest), 8, 1);
	struct str anchor = field(&rest);
	struct span week = week_of_anchor(year, anchor);

	CHECK_INT(date_of_anchor(year, anchor).day, date_of_iso(field(&rest)).day);
	CHECK_INT(week.first.day, date_of_iso(field(&rest)).day);
	CHECK_INT(week.last.day, week.first.day + 6);
}

TEST(anchors_stand_in_the_week_of_the_table)
{
	CHECK_INT(each_line(t, "anchor", check_anchor), 132);
}

static void
check_long(struct test *t, struct str rest)
{
	int year = number(&rest);

	CHECK_INT(weeks_in_year(year), 53);
	CHECK_INT(date_of_week(year, 53, 1).day, date_of_iso(field(&rest)).day);
}

TEST(years_of_53_weeks_are_those_of_the_table)
{
	int n = 0;

	for (int year = 1900; year <= 2100; year++) {
		int weeks = weeks_in_year(year);

		CHECK(weeks == 52 || weeks == 53);
		n += weeks - 52;
		CHECK((date_of_week(year, 53, 7).day != 0) == (weeks == 53));
		CHECK_INT(date_of_week(year, 54, 1).day, 0);
	}
	CHECK_INT(each_line(t, "long", check_long), n);
}

static void
check_months(struct test *t, struct str rest)
{
	int year = number(&rest);

	for (int month = 1; month <= 12; month++)
		CHECK_INT(date_days_in_month(year, month), number(&rest));
}

TEST(months_are_as_long_as_in_the_table)
{
	CHECK_INT(each_line(t, "months", check_months), 11);
}

static void
check_school(struct test *t, struct str rest)
{
	int year = number(&rest), month = number(&rest), day = number(&rest);
	struct span span = school_year_span(year, month, day);

	CHECK_INT(span.first.day, date_of_iso(field(&rest)).day);
	CHECK_INT(span.last.day, date_of_iso(field(&rest)).day);
}

TEST(school_years_follow_one_another)
{
	CHECK_INT(each_line(t, "school", check_school), 48);
	CHECK_INT(school_year_span(0, 8, 1).first.day, 0);
	CHECK_INT(school_year_span(9999, 8, 1).last.day, 0);
	CHECK_INT(school_year_span(9998, 8, 1).last.day, date_of(9999, 7, 31).day);
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

TEST(every_day_of_the_calendar_has_its_parts_and_its_iso_text)
{
	struct date_parts day = {1, 1, 1};
	struct date date = {1};
	size_t wrong = 0;

	for (; day.year <= 9999; date.day++) {
		struct date_parts is = date_parts(date);
		char iso[11], wanted[40];

		wrong += is.year != day.year || is.month != day.month || is.day != day.day ||
		    date_of(day.year, day.month, day.day).day != date.day;
		if (day.day == 1) {
			snprintf(wanted, sizeof wanted, "%04d-%02d-01", day.year, day.month);
			CHECK_STR(str_of(date_iso(date, iso)), wanted);
		}
		if (++day.day > date_days_in_month(day.year, day.month)) {
			day.day = 1;
			if (++day.month > 12) {
				day.month = 1;
				day.year++;
			}
		}
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(date.day - 1, date_of(9999, 12, 31).day);
}

TEST(what_is_no_date_is_none)
{
	static const char *const bad[] = {"", "2026-11-31", "2026-02-29", "2026-13-01",
	    "2026-00-10", "2026-1-1", "26-11-2026", "2026-11-23 ", "0000-01-01", "2026/11/23",
	    "2026-11-2x"};

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
	/* Of week 30 the year has its first Sunday, and a whole one in July. */
	CHECK_INT(week_in_span(with_53, 30).first.day, date_of(2027, 7, 26).day);
	CHECK_INT(week_in_span(without, 30).first.day, date_of(2028, 7, 24).day);
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
	CHECK_INT(date_of_anchor(school_year_span(2026, 8, 1), STR("02-29")).day,
	    date_of(2027, 2, 28).day);
	CHECK_INT(date_of_anchor(school_year_span(2027, 8, 1), STR("02-29")).day,
	    date_of(2028, 2, 29).day);
}

TEST(days_outside_the_calendar_are_none)
{
	struct date first = date_of(1, 1, 1), last = date_of(9999, 12, 31);
	char iso[11];

	CHECK_INT(first.day, 1);
	CHECK_INT(date_add_days(first, -1).day, 0);
	CHECK_INT(date_add_days(first, -100).day, 0);
	CHECK_INT(date_add_days(first, last.day - 1).day, last.day);
	CHECK_INT(date_add_days(last, 1).day, 0);
	CHECK_INT(date_add_days(last, INT32_MAX).day, 0);
	CHECK_INT(date_add_days((struct date){0}, 7).day, 0);
	CHECK_INT(date_of_week(10000, 1, 1).day, 0);
	CHECK_INT(date_of_week(0, 1, 1).day, 0);
	CHECK_INT(date_of_week(9999, 52, 5).day, last.day);
	CHECK_INT(date_of_week(9999, 52, 6).day, 0);
	CHECK_INT(week_of((struct date){0}).week, 0);
	CHECK_INT(date_parts((struct date){0}).month, 0);
	CHECK_STR(str_of(date_iso((struct date){0}, iso)), "");
}

TEST(weeks_run_through_without_a_gap)
{
	struct date date = date_of_week(1900, 1, 1);

	for (int year = 1900; year < 2200; year++)
		for (int week = 1; week <= weeks_in_year(year); week++)
			for (int weekday = 1; weekday <= 7; weekday++) {
				struct week is = week_of(date);

				CHECK_INT(date_of_week(year, week, weekday).day, date.day);
				CHECK(is.year == year && is.week == week);
				date.day++;
			}
}

TEST(a_weekday_of_a_month_has_its_like_in_another)
{
	struct date second_tuesday = date_of(2026, 9, 8), fifth_monday = date_of(2026, 8, 31);

	CHECK_INT(date_same_weekday(second_tuesday, 2026, 10).day, date_of(2026, 10, 13).day);
	CHECK_INT(date_same_weekday(second_tuesday, 2026, 12).day, date_of(2026, 12, 8).day);
	CHECK_INT(date_same_weekday(fifth_monday, 2026, 9).day, date_of(2026, 9, 28).day);
	CHECK_INT(date_same_weekday(fifth_monday, 2026, 11).day, date_of(2026, 11, 30).day);
	CHECK_INT(date_same_weekday(fifth_monday, 2027, 2).day, date_of(2027, 2, 22).day);
}
