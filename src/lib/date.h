/* Civil dates, instants, ISO weeks and school years: computed, without a clock. tidy: because one reckons with all of
 * it at once. */
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

/* "2026-11-23T16:00:00Z", and PostgreSQL's "2026-11-23 16:00:00+00", with an optional fraction of a second that is
 * dropped; anything else is none. */
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
/* The same weekday of another month: the second Tuesday for a second Tuesday; for a fifth, the last. */
struct date date_same_weekday(struct date day, int year, int month);

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

/* From month-day of `year` to the day before it a year later. 29 February begins on the 28th otherwise. None where a
 * day of it would lie outside the years 1 to 9999. */
struct span school_year_span(int year, int month, int day);

/* Monday to Sunday of an ISO week that lies in a school year; a week 53 that the year has not is its week 52. Of the
 * weeks at both ends that have one number, the last counts if it lies in the span whole, else the first. */
struct span week_in_span(struct span year, int week);

/* "11-20": whether it is a month and day that some year has. */
bool date_is_anchor(struct str month_day);
/* That day within the span of a year; 29 February is the 28th in other years. None if it is no anchor. */
struct date date_of_anchor(struct span year, struct str month_day);
/* Monday to Sunday of the week that holds it. */
struct span week_of_anchor(struct span year, struct str month_day);

#endif
