/* Public holidays of Finland: the church's by Easter and by Saturdays, the others fixed. */
#include "lib/holiday.h"

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

/* The fixed ones come first, so that they keep a day that two share. */
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

/* So many days after the Saturday in the week from a day. */
static const struct {
	int month, day, days;
	enum holiday holiday;
} by_saturday[] = {
    {6, 20, -1, HOLIDAY_MIDSUMMER_EVE}, {6, 20, 0, HOLIDAY_MIDSUMMER}, {10, 31, 0, HOLIDAY_ALL_SAINTS},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static void
put(struct holiday_day *list, size_t *n, struct date date, enum holiday holiday)
{
	size_t k = *n;

	for (size_t i = 0; i < *n; i++)
		if (list[i].date.day == date.day)
			return;
	for (; k > 0 && list[k - 1].date.day > date.day; k--)
		list[k] = list[k - 1];
	list[k] = (struct holiday_day){date, holiday};
	++*n;
}

/* Those of a calendar year in the order of days. */
static size_t
holidays_of(int year, struct holiday_day list[HOLIDAY_COUNT])
{
	struct date easter = date_easter(year);
	size_t n = 0;

	for (size_t i = 0; i < COUNT(fixed); i++)
		put(list, &n, date_of(year, fixed[i].month, fixed[i].day), fixed[i].holiday);
	for (size_t i = 0; i < COUNT(by_easter); i++)
		put(list, &n, date_add_days(easter, by_easter[i].days), by_easter[i].holiday);
	for (size_t i = 0; i < COUNT(by_saturday); i++)
		put(list, &n, date_add_days(saturday_from(year, by_saturday[i].month, by_saturday[i].day),
		    by_saturday[i].days), by_saturday[i].holiday);
	return n;
}

enum { DAYS_FAR = 1000 }; /* from Easter, whichever it is */

/* Asked for each day that a page shows, so without the others of its year. */
enum holiday
holiday_of(struct date date)
{
	struct date_parts p;
	int after_easter;

	if (date.day <= 0)
		return HOLIDAY_NONE;
	p = date_parts(date);
	for (size_t i = 0; i < COUNT(fixed); i++)
		if (fixed[i].month == p.month && fixed[i].day == p.day)
			return fixed[i].holiday;
	after_easter = p.month >= 3 && p.month <= 6 ? date.day - date_easter(p.year).day : DAYS_FAR;
	for (size_t i = 0; i < COUNT(by_easter); i++)
		if (by_easter[i].days == after_easter)
			return by_easter[i].holiday;
	for (size_t i = 0; i < COUNT(by_saturday) && date_weekday(date) >= 5; i++)
		if (saturday_from(p.year, by_saturday[i].month, by_saturday[i].day).day + by_saturday[i].days ==
		    date.day)
			return by_saturday[i].holiday;
	return HOLIDAY_NONE;
}

bool
holiday_is_eve(enum holiday holiday)
{
	return holiday == HOLIDAY_MIDSUMMER_EVE || holiday == HOLIDAY_CHRISTMAS_EVE;
}

size_t
holidays_between(struct span days, struct holiday_day *out, size_t max)
{
	size_t n = 0;

	if (days.first.day <= 0 || days.last.day < days.first.day)
		return 0;
	for (int year = date_parts(days.first).year; year <= date_parts(days.last).year; year++) {
		struct holiday_day list[HOLIDAY_COUNT];
		size_t of_year = holidays_of(year, list);

		for (size_t i = 0; i < of_year; i++) {
			if (list[i].date.day < days.first.day || list[i].date.day > days.last.day)
				continue;
			if (n < max)
				out[n] = list[i];
			n++;
		}
	}
	return n;
}
