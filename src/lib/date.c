#include "lib/date.h"

#include <string.h>

#include "lib/need.h"
#include "lib/zone.h"

enum {
	DAYS_400 = 146097,
	DAYS_WEEK = 7,
	DAY_S = 86400,
	HOUR_S = 3600,
	YEAR_MAX = 9999,
	EPOCH_DAY = 719163, /* 1970-01-01 */
	LAST_DAY = 3652059, /* 9999-12-31 */
	ISO_CHARS = 10,
	WEEKS_MOST = 53,
};

bool
date_is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
date_days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	need(month >= 1 && month <= 12);
	return month == 2 && date_is_leap_year(year) ? 29 : days[month - 1];
}

/* Between dates and days there is no loop and no table: C. Neri and L. Schneider, Euclidean affine functions and their
 * application to calendar algorithms, 2022. Days are counted from 1 March of the year 0, so that the leap day is a
 * year's last. */
enum { DAYS_BEFORE = 305 };

struct date
date_of(int year, int month, int day)
{
	int century;

	if (year < 1 || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
	    day > date_days_in_month(year, month))
		return (struct date){0};
	if (month <= 2) {
		year--;
		month += 12;
	}
	century = year / 100;
	return (struct date){1461 * year / 4 - century + century / 4 + (979 * month - 2919) / 32 + day - 1 -
	    DAYS_BEFORE};
}

struct date_parts
date_parts(struct date date)
{
	uint32_t quarters = 4 * ((uint32_t)date.day + DAYS_BEFORE) + 3, century = quarters / DAYS_400;
	uint64_t years = UINT64_C(2939745) * (quarters % DAYS_400 | 3);
	uint32_t day_of_year = (uint32_t)years / 2939745 / 4, months = 2141 * day_of_year + 197913;
	int year = (int)(century * 100 + (uint32_t)(years >> 32)), month = (int)(months >> 16);

	if (date.day <= 0)
		return (struct date_parts){0};
	return (struct date_parts){year + (month > 12), month > 12 ? month - 12 : month,
	    (int)((months & 0xFFFF) / 2141) + 1};
}

/* n digits at p as a number; −1 if one is none. */
static int
digits(const char *p, int n)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	return value;
}

struct date
date_of_iso(struct str text)
{
	if (text.n != ISO_CHARS || text.p[4] != '-' || text.p[7] != '-')
		return (struct date){0};
	return date_of(digits(text.p, 4), digits(text.p + 5, 2), digits(text.p + 8, 2));
}

/* The last n digits of a number, and where they end. */
static char *
write_digits(char *p, int n, int value)
{
	for (int i = n; i-- > 0; value /= 10)
		p[i] = (char)('0' + value % 10);
	return p + n;
}

char *
date_iso(struct date date, char iso[11])
{
	struct date_parts p = date_parts(date);
	char *at = iso;

	if (date.day > 0 && p.year <= YEAR_MAX) {
		at = write_digits(at, 4, p.year);
		*at++ = '-';
		at = write_digits(at, 2, p.month);
		*at++ = '-';
		at = write_digits(at, 2, p.day);
	}
	*at = '\0';
	return iso;
}

struct instant
instant_of_iso(struct str text)
{
	struct date date = date_of_iso(str_sub(text, 0, ISO_CHARS));
	int hour, minute, second;
	struct str rest;

	if (date.day == 0 || text.n < 20 || (text.p[10] != 'T' && text.p[10] != ' ') ||
	    text.p[13] != ':' || text.p[16] != ':')
		return (struct instant){0};
	hour = digits(text.p + 11, 2);
	minute = digits(text.p + 14, 2);
	second = digits(text.p + 17, 2);
	rest = str_sub(text, 19, text.n);
	if (rest.n && rest.p[0] == '.') {
		size_t i = 1;

		while (i < rest.n && rest.p[i] >= '0' && rest.p[i] <= '9')
			i++;
		rest = str_sub(rest, i, rest.n);
	}
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
	    (!str_is(rest, "Z") && !str_is(rest, "+00") && !str_is(rest, "+00:00")))
		return (struct instant){0};
	return (struct instant){
	    (int64_t)(date.day - EPOCH_DAY) * DAY_S + hour * HOUR_S + minute * 60 + second};
}

/* Splits seconds into a day and the rest of it; also before 1970. */
static struct local
split(int64_t s)
{
	int64_t day = s / DAY_S, rest = s % DAY_S;

	if (rest < 0) {
		rest += DAY_S;
		day--;
	}
	return (struct local){{(int32_t)(day + EPOCH_DAY)}, (int)(rest / 60), (int)(rest % 60)};
}

char *
instant_iso(struct instant at, char iso[21])
{
	struct local l = split(at.s);
	char *p = iso;

	if (at.s) {
		p += strlen(date_iso(l.date, iso));
		*p++ = 'T';
		p = write_digits(p, 2, l.minutes / 60);
		*p++ = ':';
		p = write_digits(p, 2, l.minutes % 60);
		*p++ = ':';
		p = write_digits(p, 2, l.second);
		*p++ = 'Z';
	}
	*p = '\0';
	return iso;
}

struct date
date_add_days(struct date date, int days)
{
	int64_t day = (int64_t)date.day + days;

	if (date.day <= 0 || day < 1 || day > LAST_DAY)
		return (struct date){0};
	return (struct date){(int32_t)day};
}

int
date_days_between(struct date a, struct date b)
{
	return b.day - a.day;
}

int
date_weekday(struct date date)
{
	return (date.day - 1) % DAYS_WEEK + 1; /* 0001-01-01 was a Monday */
}

/* --- ISO weeks ------------------------------------------------------------------------------- */

/* The Monday of week 1: 4 January lies in it. */
static struct date
first_monday(int year)
{
	struct date fourth = date_of(year, 1, 4);

	return (struct date){fourth.day - date_weekday(fourth) + 1};
}

int
weeks_in_year(int year)
{
	need(year >= 1 && year <= YEAR_MAX);
	/* 28 December lies in the last. */
	return (date_of(year, 12, 28).day - first_monday(year).day) / DAYS_WEEK + 1;
}

struct week
week_of(struct date date)
{
	struct date thursday = {date.day - date_weekday(date) + 4};
	int year;

	if (date.day <= 0)
		return (struct week){0};
	year = date_parts(thursday).year;
	return (struct week){year, (thursday.day - date_of(year, 1, 1).day) / DAYS_WEEK + 1};
}

struct date
date_of_week(int year, int week, int weekday)
{
	int day;

	if (year < 1 || year > YEAR_MAX || week < 1 || weekday < 1 || weekday > DAYS_WEEK ||
	    week > weeks_in_year(year))
		return (struct date){0};
	day = first_monday(year).day + (week - 1) * DAYS_WEEK + weekday - 1;
	return (struct date){day <= LAST_DAY ? day : 0}; /* the last week of 9999 ends after it */
}

/* --- school years ---------------------------------------------------------------------------- */

static struct date
day_of_year(int year, int month, int day)
{
	int most = date_days_in_month(year, month);

	return date_of(year, month, day < most ? day : most);
}

struct date
date_same_weekday(struct date day, int year, int month)
{
	int most = date_days_in_month(year, month), place = (date_parts(day).day - 1) / DAYS_WEEK;
	struct date first = date_of(year, month, 1);
	int n = 1 + (date_weekday(day) - date_weekday(first) + DAYS_WEEK) % DAYS_WEEK + place * DAYS_WEEK;

	if (n > most) /* a fifth one that is not there */
		n -= DAYS_WEEK;
	return date_add_days(first, n - 1);
}

struct span
school_year_span(int year, int month, int day)
{
	struct date first = day_of_year(year, month, day), next = day_of_year(year + 1, month, day);

	return first.day && next.day ? (struct span){first, {next.day - 1}} : (struct span){0};
}

static struct span
week_from(struct date monday)
{
	return (struct span){monday, {monday.day + DAYS_WEEK - 1}};
}

struct span
week_in_span(struct span year, int week)
{
	int first = date_parts(year.first).year;
	struct span found = {0};

	need(week >= 1 && week <= WEEKS_MOST);
	for (int y = first; y <= first + 1; y++) {
		struct span days = week_from(date_of_week(y, week, 1));
		bool whole = days.first.day >= year.first.day && days.last.day <= year.last.day;

		/* The first week may have its Monday in the days before the year. */
		if (days.first.day && days.last.day >= year.first.day && days.first.day <= year.last.day &&
		    (found.first.day == 0 || whole))
			found = days;
	}
	return found.first.day == 0 && week == WEEKS_MOST ? week_in_span(year, WEEKS_MOST - 1) : found;
}

bool
date_is_anchor(struct str s)
{
	int month, day;

	if (s.n != 5 || s.p[2] != '-')
		return false;
	month = digits(s.p, 2);
	day = digits(s.p + 3, 2);
	return month >= 1 && month <= 12 && day >= 1 && day <= date_days_in_month(2000, month);
}

struct date
date_of_anchor(struct span year, struct str s)
{
	int first = date_parts(year.first).year;

	if (!date_is_anchor(s))
		return (struct date){0};
	for (int y = first; y <= first + 1; y++) {
		struct date date = day_of_year(y, digits(s.p, 2), digits(s.p + 3, 2));

		if (date.day >= year.first.day && date.day <= year.last.day)
			return date;
	}
	return (struct date){0};
}

struct span
week_of_anchor(struct span year, struct str month_day)
{
	struct date day = date_of_anchor(year, month_day);

	if (day.day == 0)
		return (struct span){0};
	return week_from((struct date){day.day - date_weekday(day) + 1});
}
