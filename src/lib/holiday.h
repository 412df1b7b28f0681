/* Finnish public holidays, computed for any year. */
#ifndef LIB_HOLIDAY_H
#define LIB_HOLIDAY_H

#include "lib/date.h"

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
