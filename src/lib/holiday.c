/* Public holidays of Finland: the church's by Easter and by Saturdays, the others fixed. */
#include "lib/date.h"

/* The Gregorian computus as Butcher printed it in 1876 (also Meeus, Astronomical Algorithms,
 * chapter 8). */
struct date
date_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
	int f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;

	return date_of(year, n / 31, n % 31 + 1);
}

/* The Saturday in the seven days from month-day. */
static struct date
saturday_from(int year, int month, int day)
{
	struct date first = date_of(year, month, day);

	return date_add_days(first, (6 - date_weekday(first) + 7) % 7);
}

/* What moves from year to year. */
struct moving {
	int year;
	struct date easter, midsummer, all_saints;
};

static struct moving
moving_of(int year)
{
	return (struct moving){year, date_easter(year), saturday_from(year, 6, 20),
	    saturday_from(year, 10, 31)};
}

static enum holiday
find(struct date date, struct date_parts p, const struct moving *moving)
{
	static const struct {
		int month, day;
		enum holiday holiday;
	} fixed[] = {
	    {1, 1, HOLIDAY_NEW_YEAR},
	    {1, 6, HOLIDAY_EPIPHANY},
	    {5, 1, HOLIDAY_MAY_DAY},
	    {12, 6, HOLIDAY_INDEPENDENCE},
	    {12, 24, HOLIDAY_CHRISTMAS_EVE},
	    {12, 25, HOLIDAY_CHRISTMAS},
	    {12, 26, HOLIDAY_BOXING_DAY},
	};
	static const struct {
		int days;
		enum holiday holiday;
	} by_easter[] = {
		{-2, HOLIDAY_GOOD_FRIDAY}, {0, HOLIDAY_EASTER}, {1, HOLIDAY_EASTER_MONDAY},
		{39, HOLIDAY_ASCENSION}, {49, HOLIDAY_WHITSUN},
	};
	int from_easter = date_days_between(moving->easter, date);
	int midsummer = date_days_between(moving->midsummer, date);

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (fixed[i].month == p.month && fixed[i].day == p.day)
			return fixed[i].holiday;
	for (size_t i = 0; i < sizeof by_easter / sizeof *by_easter; i++)
		if (by_easter[i].days == from_easter)
			return by_easter[i].holiday;
	if (midsummer == -1)
		return HOLIDAY_MIDSUMMER_EVE;
	if (midsummer == 0)
		return HOLIDAY_MIDSUMMER;
	return moving->all_saints.day == date.day ? HOLIDAY_ALL_SAINTS : HOLIDAY_NONE;
}

enum holiday
holiday_of(struct date date)
{
	struct date_parts p = date_parts(date);
	struct moving moving;

	if (date.day <= 0)
		return HOLIDAY_NONE;
	moving = moving_of(p.year);
	return find(date, p, &moving);
}

bool
holiday_is_eve(enum holiday holiday)
{
	return holiday == HOLIDAY_MIDSUMMER_EVE || holiday == HOLIDAY_CHRISTMAS_EVE;
}

/* Asks day by day: a school year is 365 questions of a few comparisons each. */
size_t
holidays_between(struct span days, struct holiday_day *out, size_t max)
{
	struct moving moving = {0};
	size_t n = 0;

	if (days.first.day <= 0)
		return 0;
	for (struct date d = days.first; d.day <= days.last.day; d.day++) {
		struct date_parts p = date_parts(d);
		enum holiday holiday;

		if (p.year != moving.year)
			moving = moving_of(p.year);
		holiday = find(d, p, &moving);
		if (holiday == HOLIDAY_NONE)
			continue;
		if (n < max)
			out[n] = (struct holiday_day){d, holiday};
		n++;
	}
	return n;
}
