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

enum holiday
holiday_of(struct date date)
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
	struct date_parts p = date_parts(date);
	int from_easter, midsummer;

	if (date.day <= 0)
		return HOLIDAY_NONE;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		if (fixed[i].month == p.month && fixed[i].day == p.day)
			return fixed[i].holiday;
	if (p.month >= 10)
		return saturday_from(p.year, 10, 31).day == date.day ? HOLIDAY_ALL_SAINTS : HOLIDAY_NONE;
	if (p.month < 3 || p.month > 6)
		return HOLIDAY_NONE;
	from_easter = date_days_between(date_easter(p.year), date);
	midsummer = date_days_between(saturday_from(p.year, 6, 20), date);
	for (size_t i = 0; i < sizeof by_easter / sizeof *by_easter; i++)
		if (by_easter[i].days == from_easter)
			return by_easter[i].holiday;
	if (midsummer == -1)
		return HOLIDAY_MIDSUMMER_EVE;
	return midsummer == 0 ? HOLIDAY_MIDSUMMER : HOLIDAY_NONE;
}

bool
holiday_is_eve(enum holiday holiday)
{
	return holiday == HOLIDAY_MIDSUMMER_EVE || holiday == HOLIDAY_CHRISTMAS_EVE;
}

/* Asks day by day: a school year is 365 questions of a few additions each. */
size_t
holidays_between(struct span days, struct holiday_day *out, size_t max)
{
	size_t n = 0;

	if (days.first.day <= 0)
		return 0;
	for (struct date d = days.first; d.day <= days.last.day; d.day++) {
		enum holiday holiday = holiday_of(d);

		if (holiday == HOLIDAY_NONE)
			continue;
		if (n < max)
			out[n] = (struct holiday_day){d, holiday};
		n++;
	}
	return n;
}
