/* Civil dates, instants, ISO weeks, school years, time zones and public holidays: computed, without
 * a clock. */
#ifndef LIB_DATE_H
#define LIB_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/str.h"

/* A day of the proleptic Gregorian calendar: 1 is 0001-01-01, 0 is none. */
struct date {
	int32_t day;
};

/* Seconds since 1970-01-01 00:00 UTC; 0 is none. */
struct instant {
	int64_t s;
};

struct date_parts {
	int year, month, day; /* month and day from 1; all 0 for no date */
};

/* Days from first to last, both included; {0} is none. */
struct span {
	struct date first, last;
};

/* None if there is no such day, or the year is outside 1 to 9999. */
struct date date_of(int year, int month, int day);
struct date_parts date_parts(struct date date);

/* "2026-11-23"; anything else is none. */
struct date date_of_iso(struct str text);
/* Writes it with a NUL; no date is the empty text. Returns iso. */
char *date_iso(struct date date, char iso[11]);

/* "2026-11-23T16:00:00Z", and PostgreSQL's "2026-11-23 16:00:00+00", with an optional fraction of a
 * second that is dropped; anything else is none. */
struct instant instant_of_iso(struct str text);
/* The first form. Returns iso. */
char *instant_iso(struct instant at, char iso[21]);

/* None for no date, and outside the years 1 to 9999. */
struct date date_add_days(struct date date, int days);
/* b − a */
int date_days_between(struct date a, struct date b);
/* 1 is Monday, 7 is Sunday. */
int date_weekday(struct date date);
bool date_is_leap_year(int year);
int date_days_in_month(int year, int month);

/* --- ISO weeks (ISO 8601: week 1 holds the year's first Thursday) ---------------------------- */

struct week {
	int year, week; /* the year that the week belongs to, which near New Year is not that of the
	                   day */
};
struct week week_of(struct date date);
/* 52 or 53; of the years 1 to 9999. */
int weeks_in_year(int year);
/* None if the year has no such week. */
struct date date_of_week(int year, int week, int weekday);

/* --- school years ---------------------------------------------------------------------------- */

/* From month-day of `year` to the day before it a year later. 29 February begins on the 28th
 * otherwise. None where a day of it would lie outside the years 1 to 9999. */
struct span school_year_span(int year, int month, int day);

/* Monday to Sunday of an ISO week that lies in a school year; a week 53 that the year has not is
 * its week
 * 52. Of the weeks at both ends, the one that begins in the span or earlier counts. */
struct span week_in_span(struct span year, int week);

/* "11-20": whether it is a month and day that some year has. */
bool date_is_anchor(struct str month_day);
/* That day within the span of a year; 29 February is the 28th in other years. None if it is no
 * anchor. */
struct date date_of_anchor(struct span year, struct str month_day);
/* Monday to Sunday of the week that holds it. */
struct span week_of_anchor(struct span year, struct str month_day);

/* --- time zones: standard time and the European Union's summer time -------------------------- */

struct zone; /* static, never freed */

/* By its IANA name; NULL for one that is not known here (Europe's and UTC are). */
const struct zone *zone_find(struct str name);

struct local {
	struct date date;
	int minutes; /* of the day */
	int second;
};
struct local local_of(const struct zone *zone, struct instant at);
/* Of an hour that comes twice in autumn the first; of one that is left out in spring the instant an
 * hour later. */
struct instant instant_of_local(const struct zone *zone, struct date date, int minute);

/* --- Finnish public holidays ----------------------------------------------------------------- */

enum holiday {
	HOLIDAY_NONE,
	HOLIDAY_NEW_YEAR,
	HOLIDAY_EPIPHANY,
	HOLIDAY_GOOD_FRIDAY,
	HOLIDAY_EASTER,
	HOLIDAY_EASTER_MONDAY,
	HOLIDAY_MAY_DAY,
	HOLIDAY_ASCENSION,
	HOLIDAY_WHITSUN,
	HOLIDAY_MIDSUMMER_EVE, /* a holiday at work, by custom */
	HOLIDAY_MIDSUMMER,
	HOLIDAY_ALL_SAINTS,
	HOLIDAY_INDEPENDENCE,
	HOLIDAY_CHRISTMAS_EVE, /* likewise */
	HOLIDAY_CHRISTMAS,
	HOLIDAY_BOXING_DAY,
	HOLIDAY_COUNT
};

/* Which holiday a day is, or HOLIDAY_NONE. Of two on one day (1 May was Ascension Day in 2008) the
 * one whose date is fixed. */
enum holiday holiday_of(struct date date);
/* The eves are free by custom and agreement, not by law. */
bool holiday_is_eve(enum holiday holiday);

struct holiday_day {
	struct date date;
	enum holiday holiday;
};
/* The holidays and eves of a span in the order of days. Writes at most `max` and returns how many
 * there are, which may be more; a span that is none has none. */
size_t holidays_between(struct span days, struct holiday_day *out, size_t max);

/* Easter Sunday of a Gregorian year. */
struct date date_easter(int year);

#endif
