#include "lib/holiday.h"

#include "lib/arena.h"
#include "test/test.h"

enum { A_YEAR = 15 };

/* As printed in the calendar of each year; from these the other days follow, fixed. */
static const struct movable {
	int year;
	struct {
		int month, day;
	} good_friday, easter, easter_monday, ascension, whitsun, midsummer_eve, midsummer,
	    all_saints;
} years[] = {
	{2024, {3, 29}, {3, 31}, {4, 1}, {5, 9}, {5, 19}, {6, 21}, {6, 22}, {11, 2}},
	{2025, {4, 18}, {4, 20}, {4, 21}, {5, 29}, {6, 8}, {6, 20}, {6, 21}, {11, 1}},
	{2026, {4, 3}, {4, 5}, {4, 6}, {5, 14}, {5, 24}, {6, 19}, {6, 20}, {10, 31}},
	{2027, {3, 26}, {3, 28}, {3, 29}, {5, 6}, {5, 16}, {6, 25}, {6, 26}, {11, 6}},
	{2028, {4, 14}, {4, 16}, {4, 17}, {5, 25}, {6, 4}, {6, 23}, {6, 24}, {11, 4}},
	{2029, {3, 30}, {4, 1}, {4, 2}, {5, 10}, {5, 20}, {6, 22}, {6, 23}, {11, 3}},
	{2030, {4, 19}, {4, 21}, {4, 22}, {5, 30}, {6, 9}, {6, 21}, {6, 22}, {11, 2}},
};

/* Also in the order of the year: May Day stands before Ascension Day and after Easter in all of
 * them. */
TEST(holidays_of_finland_2024_to_2030)
{
	for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
		const struct movable *y = &years[i];
		const struct holiday_day wanted[A_YEAR] = {
		    {date_of(y->year, 1, 1), HOLIDAY_NEW_YEAR},
		    {date_of(y->year, 1, 6), HOLIDAY_EPIPHANY},
		    {date_of(y->year, y->good_friday.month, y->good_friday.day),
		        HOLIDAY_GOOD_FRIDAY},
		    {date_of(y->year, y->easter.month, y->easter.day), HOLIDAY_EASTER},
		    {date_of(y->year, y->easter_monday.month, y->easter_monday.day),
		        HOLIDAY_EASTER_MONDAY},
		    {date_of(y->year, 5, 1), HOLIDAY_MAY_DAY},
		    {date_of(y->year, y->ascension.month, y->ascension.day), HOLIDAY_ASCENSION},
		    {date_of(y->year, y->whitsun.month, y->whitsun.day), HOLIDAY_WHITSUN},
		    {date_of(y->year, y->midsummer_eve.month, y->midsummer_eve.day),
		        HOLIDAY_MIDSUMMER_EVE},
		    {date_of(y->year, y->midsummer.month, y->midsummer.day), HOLIDAY_MIDSUMMER},
		    {date_of(y->year, y->all_saints.month, y->all_saints.day), HOLIDAY_ALL_SAINTS},
		    {date_of(y->year, 12, 6), HOLIDAY_INDEPENDENCE},
		    {date_of(y->year, 12, 24), HOLIDAY_CHRISTMAS_EVE},
		    {date_of(y->year, 12, 25), HOLIDAY_CHRISTMAS},
		    {date_of(y->year, 12, 26), HOLIDAY_BOXING_DAY},
		};
		struct holiday_day is[A_YEAR];
		struct span year = {date_of(y->year, 1, 1), date_of(y->year, 12, 31)};

		CHECK_INT(holidays_between(year, is, A_YEAR), A_YEAR);
		for (size_t k = 0; k < A_YEAR; k++) {
			CHECK_INT(is[k].date.day, wanted[k].date.day);
			CHECK_INT(is[k].holiday, wanted[k].holiday);
		}
	}
}

TEST(holidays_of_a_span_are_counted_beyond_the_room)
{
	struct holiday_day is[2] = {0};
	struct span christmas = {date_of(2026, 12, 24), date_of(2027, 1, 1)};

	CHECK_INT(holidays_between(christmas, is, 2), 4);
	CHECK(is[1].holiday == HOLIDAY_CHRISTMAS && is[1].date.day == date_of(2026, 12, 25).day);
	CHECK_INT(holidays_between(christmas, NULL, 0), 4);
	CHECK_INT(holidays_between((struct span){date_of(2026, 11, 1), date_of(2026, 11, 30)}, is,
	              2),
	    0);
	CHECK_INT(holidays_between((struct span){0}, is, 2), 0);
	CHECK_INT(holiday_of((struct date){0}), HOLIDAY_NONE);
}

TEST(eves_are_two)
{
	int eves = 0;

	for (int h = HOLIDAY_NONE; h < HOLIDAY_COUNT; h++)
		eves += holiday_is_eve((enum holiday)h);
	CHECK_INT(eves, 2);
	CHECK(holiday_is_eve(HOLIDAY_MIDSUMMER_EVE) && holiday_is_eve(HOLIDAY_CHRISTMAS_EVE));
}

/* May Day was Ascension Day in 2008 too. */
TEST(a_fixed_day_comes_before_a_movable_one)
{
	CHECK_INT(holiday_of(date_of(2008, 5, 1)), HOLIDAY_MAY_DAY);
	CHECK_INT(date_days_between(date_easter(2008), date_of(2008, 5, 1)), 39);
}

/* The computus once more, by golden number and epact as Clavius set it out (Knuth, volume 1, 1.3.2,
 * exercise 14). */
static struct date
easter_by_epact(int year)
{
	int golden = year % 19 + 1, century = year / 100 + 1;
	int leap = 3 * century / 4 - 12, moon = (8 * century + 5) / 25 - 5,
	    sunday = 5 * year / 4 - leap - 10;
	int epact = (11 * golden + 20 + moon - leap) % 30, full;

	if (epact < 0)
		epact += 30;
	if ((epact == 25 && golden > 11) || epact == 24)
		epact++;
	full = 44 - epact;
	if (full < 21)
		full += 30;
	full += 7 - (sunday + full) % 7;
	return full > 31 ? date_of(year, 4, full - 31) : date_of(year, 3, full);
}

TEST(easter_is_the_same_by_two_ways)
{
	for (int year = 1583; year <= 4099; year++) {
		CHECK_INT(date_easter(year).day, easter_by_epact(year).day);
		CHECK_INT(date_weekday(date_easter(year)), 7);
	}
}

/* A day by itself and among those of its span. */
TEST(a_day_is_the_same_holiday_alone_as_among_others)
{
	int differ = 0;

	for (struct date d = date_of(1990, 1, 1); d.day < date_of(2120, 1, 1).day; d = date_add_days(d, 1)) {
		struct holiday_day is = {0};

		holidays_between((struct span){d, d}, &is, 1);
		differ += holiday_of(d) != is.holiday;
	}
	CHECK_INT(differ, 0);
}
