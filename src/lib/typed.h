/* What people type and paste, read as they mean it: texts, numbers, dates, times, addresses. Everything
 * given is valid UTF-8 without NUL. */
#ifndef LIB_TYPED_H
#define LIB_TYPED_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"

struct arena;

/* A text without what nobody sees: white space around it and invisible signs that pasting brings.
 * Lines end with LF; without `lines` it is one line. */
struct str typed_text(struct arena *a, struct str text, bool lines);

/* Whether it holds control characters, for texts that must stay as they are: nobody could type them
 * again. */
bool typed_has_controls(struct str text);

/* "12 345", also with the no-break spaces that pages write, "-3", "−3". False: no whole number. */
bool typed_int(struct str text, int64_t *n);

/* 23.11.2026, 23.11.26, 23. 11. 2026, 23/11/2026, 2026-11-23; 23.11. is the one nearest to today.
 * None if it is no date, or there is no such day. */
struct date typed_date(struct str text, struct date today);

/* A day as spreadsheets and calendars write it: the same, also with a weekday before it or a time behind
 * it, in American order, or as the number by which Excel counts days (46270). TWO_DAYS: both orders give
 * one, 9/5/2026; *other is the American one. */
enum typed_day { TYPED_NO_DAY, TYPED_ONE_DAY, TYPED_TWO_DAYS };
enum typed_day typed_day_of(struct str text, struct date today, struct date *day, struct date *other);

/* 16, 16.30, 16:30, 1630, klo 16, kl. 16.30, up to 24.00: minutes of the day; -1 if it is no time. */
int typed_time(struct str text);

/* Whether a mail could be sent there. */
bool typed_is_email(struct str text);

/* A code as people copy it: "123 456", "123-456". False: something else than digits is left. */
bool typed_digits(struct arena *a, struct str text, struct str *digits);

#endif
