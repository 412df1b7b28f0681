#include "app/wheel/wheel.h"

#include <stdio.h>
#include <string.h>

#include "app/wheel/wheel.sql.h" /* generated */
#include "core/db/db.h"
#include "lib/arena.h"
#include "test/world.h"

enum { FIRST = 2026, LAST = 2040 };

struct looking {
	const char *title;
	int64_t year;
	struct wheel_line line; /* id 0: not in that year */
};

static void
look(struct tx *tx, void *arg)
{
	struct looking *l = arg;
	struct school_year y;
	struct wheel_line_list lines;

	l->line = (struct wheel_line){0};
	if (!school_year_of(tx, l->year, &y))
		return;
	lines = wheel_lines(tx, y.id);
	for (size_t i = 0; i < lines.n; i++)
		if (str_is(texts_in(lines.at[i].title, LANG_FI).text, l->title))
			l->line = lines.at[i];
}

/* The days of an item in a school year; {0} when it is not in it. */
static struct span
days_in(struct world *w, const char *title, int year)
{
	struct looking l = {.title = title, .year = year};

	world_read(w, look, &l);
	return (struct span){l.line.starts, l.line.ends};
}

static void
add(struct world *w, const char *title, const char *when)
{
	struct answered a = world_post(w, "aino", "/fi/wheel/2026/new", str_z(w->arena, str_fmt(w->arena,
	    "title_fi=%s&%s&ring=1&answers=campus&version=0", title, when)));
	struct test *t = w->t;

	CHECK_INT(a.status, 303);
}

static void
begin_all(struct world *w)
{
	char fields[16];
	struct test *t = w->t;

	for (int year = FIRST + 1; year <= LAST; year++) {
		snprintf(fields, sizeof fields, "year=%d", year);
		CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", fields).status, 303);
	}
}

/* Copied again and again, each from the copy before: the weekday stays, and so does the place in the year. */
TEST(dates_do_not_drift_from_year_to_year)
{
	static const char *const starts[] = {"2026-08-01", "2026-08-03", "2026-09-09", "2026-12-24", "2026-12-31",
	    "2027-01-01", "2027-01-04", "2027-02-28", "2027-07-26", "2027-07-31"};
	enum { N = sizeof starts / sizeof *starts };
	struct world *w = world(t);
	char title[8], when[64];

	for (int i = 0; i < N; i++) {
		struct date_parts p = date_parts(date_of_iso(str_of(starts[i])));

		snprintf(title, sizeof title, "item%d", i);
		snprintf(when, sizeof when, "timing=dates&starts=%d.%d.%d&every=year", p.day, p.month, p.year);
		add(w, title, when);
	}
	begin_all(w);
	for (int i = 0; i < N; i++)
		for (int year = FIRST; year <= LAST; year++) {
			struct date first = date_of_iso(str_of(starts[i]));
			struct date_parts p = date_parts(first);
			struct date same = date_of(p.year + year - FIRST, p.month, p.day);
			struct span days, span = school_year_span(year, 8, 1);

			snprintf(title, sizeof title, "item%d", i);
			days = days_in(w, title, year);
			CHECK_INT(date_weekday(days.first), date_weekday(first));
			CHECK(days.first.day >= span.first.day && days.last.day <= span.last.day);
			if (days.first.day < same.day - 7 || days.first.day > same.day + 7)
				test_fail(t, __FILE__, __LINE__, "%s stands %d days off in %d", starts[i],
				    days.first.day - same.day, year);
		}
	world_end(w);
}

TEST(several_days_stay_together_and_within_the_year)
{
	struct world *w = world(t);

	add(w, "leiri", "timing=dates&starts=16.9.2026&ends=18.9.2026&every=year");
	add(w, "kesa", "timing=dates&starts=28.6.2027&ends=31.7.2027&every=year");
	add(w, "vuosi", "timing=dates&starts=1.8.2026&ends=31.7.2027&every=year");
	begin_all(w);
	for (int year = FIRST; year <= LAST; year++) {
		struct span span = school_year_span(year, 8, 1), camp = days_in(w, "leiri", year);
		struct span summer = days_in(w, "kesa", year), whole = days_in(w, "vuosi", year);

		CHECK_INT(camp.last.day - camp.first.day, 2);
		CHECK_INT(date_weekday(camp.first), 3);
		CHECK(summer.last.day <= span.last.day && summer.last.day - summer.first.day >= 26);
		CHECK(whole.first.day >= span.first.day && whole.last.day <= span.last.day);
		CHECK(whole.last.day - whole.first.day >= 350);
	}
	world_end(w);
}

static bool
is_in(struct date day, struct span days)
{
	return days.first.day <= day.day && day.day <= days.last.day;
}

/* Weeks by their number, a week 53 at the end of the calendar year; days of the calendar in their week. */
TEST(weeks_and_days_of_the_calendar_stay_where_they_are)
{
	struct world *w = world(t);

	add(w, "w31", "timing=week&week=31&every=year");
	add(w, "w1", "timing=week&week=1&every=year");
	add(w, "w53", "timing=week&week=53&every=year");
	add(w, "newyear", "timing=anchor&anchor=01-01&every=year");
	add(w, "eve", "timing=anchor&anchor=12-31&every=year");
	begin_all(w);
	for (int year = FIRST; year <= LAST; year++) {
		struct span eve = days_in(w, "eve", year), new_year = days_in(w, "newyear", year);

		CHECK_INT(days_in(w, "w31", year).first.day, date_of_week(year, 31, 1).day);
		CHECK_INT(days_in(w, "w1", year).first.day, date_of_week(year + 1, 1, 1).day);
		CHECK_INT(days_in(w, "w53", year).first.day, date_of_week(year, weeks_in_year(year), 1).day);
		CHECK(is_in(date_of(year + 1, 1, 1), new_year));
		CHECK(is_in(date_of(year, 12, 31), eve));
	}
	world_end(w);
}

/* Every second year, by the calendar year that people name it with: week 1 of 2027 begins in 2026 or not, and
 * New Year's Day is of the new year though its week began in the old one. */
TEST(what_comes_every_second_year_keeps_to_it)
{
	static const struct {
		const char *title, *when;
		int calendar_year; /* of the item, after that in which the school year begins */
	} items[] = {
		{"autumn", "timing=dates&starts=9.9.2026", 0},
		{"eve", "timing=dates&starts=31.12.2026", 0},
		{"first", "timing=dates&starts=1.1.2027", 1},
		{"spring", "timing=dates&starts=5.5.2027", 1},
		{"week36", "timing=week&week=36", 0},
		{"week53", "timing=week&week=53", 0},
		{"week1", "timing=week&week=1", 1},
		{"week10", "timing=week&week=10", 1},
		{"hung", "timing=anchor&anchor=10-10", 0},
		{"hungeve", "timing=anchor&anchor=12-31", 0},
		{"hungnew", "timing=anchor&anchor=01-01", 1},
		{"hungspring", "timing=anchor&anchor=03-21", 1},
	};
	enum { N = sizeof items / sizeof *items };
	struct world *w = world(t);
	char title[32], when[96];

	for (int i = 0; i < N * 2; i++) {
		snprintf(title, sizeof title, "%s%s", i % 2 ? "odd" : "even", items[i / 2].title);
		snprintf(when, sizeof when, "%s&every=%s", items[i / 2].when, i % 2 ? "odd" : "even");
		add(w, title, when);
	}
	begin_all(w);
	for (int i = 0; i < N * 2; i++)
		for (int year = FIRST + 1; year <= LAST; year++) {
			bool odd = (year + items[i / 2].calendar_year) % 2 != 0;

			snprintf(title, sizeof title, "%s%s", i % 2 ? "odd" : "even", items[i / 2].title);
			if ((days_in(w, title, year).first.day != 0) != (odd == (i % 2 != 0)))
				test_fail(t, __FILE__, __LINE__, "%s is wrongly there or not in %d", title, year);
		}
	t->checks++;
	world_end(w);
}
