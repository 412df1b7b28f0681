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

/* Those of a calendar year in the order of days; the fixed ones come first, so that they keep a shared day. */
static size_t
holidays_of(int year, struct holiday_day list[HOLIDAY_COUNT])
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
	struct date easter = date_easter(year), midsummer = saturday_from(year, 6, 20);
	size_t n = 0;

	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		put(list, &n, date_of(year, fixed[i].month, fixed[i].day), fixed[i].holiday);
	for (size_t i = 0; i < sizeof by_easter / sizeof *by_easter; i++)
		put(list, &n, date_add_days(easter, by_easter[i].days), by_easter[i].holiday);
	put(list, &n, date_add_days(midsummer, -1), HOLIDAY_MIDSUMMER_EVE);
	put(list, &n, midsummer, HOLIDAY_MIDSUMMER);
	put(list, &n, saturday_from(year, 10, 31), HOLIDAY_ALL_SAINTS);
	return n;
}

enum holiday
holiday_of(struct date date)
{
	struct holiday_day day;

	return holidays_between((struct span){date, date}, &day, 1) ? day.holiday : HOLIDAY_NONE;
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
