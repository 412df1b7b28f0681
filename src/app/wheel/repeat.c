/* What takes place more than once a year: each week, month or second month. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "lib/holiday.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"

enum { WEEK_DAYS = 7, FRIDAY = 5, MONTHS = 12, TIMES_MAX = 60, HOLIDAYS_MAX = 40 };

struct wheel_off
wheel_off_of(struct tx *tx, campus_id campus, struct span days)
{
	struct holiday_day holiday[HOLIDAYS_MAX];
	size_t holidays = holidays_between(days, holiday, HOLIDAYS_MAX), n = 0;
	struct campus_break_list breaks = campus.n ? campus_breaks(tx, campus, days)
	    : campus_breaks_of_all(tx, days);
	struct span *at;

	if (holidays > HOLIDAYS_MAX)
		holidays = HOLIDAYS_MAX;
	at = ARENA_ARRAY(tx->arena, struct span, holidays + breaks.n);
	for (size_t i = 0; i < holidays; i++)
		at[n++] = (struct span){holiday[i].date, holiday[i].date};
	for (size_t i = 0; i < breaks.n; i++)
		at[n++] = (struct span){breaks.at[i].starts, breaks.at[i].ends};
	return (struct wheel_off){at, n};
}

static bool
is_off(struct wheel_off off, struct date day)
{
	for (size_t i = 0; i < off.n; i++)
		if (off.at[i].first.day <= day.day && day.day <= off.at[i].last.day)
			return true;
	return false;
}

/* All its days from Monday to Friday; of a weekend, its days. */
static bool
is_all_off(struct wheel_off off, struct span days)
{
	bool works = false;

	for (struct date d = days.first; d.day <= days.last.day; d.day++)
		if (date_weekday(d) <= FRIDAY) {
			works = true;
			if (!is_off(off, d))
				return false;
		}
	for (struct date d = days.first; !works && d.day <= days.last.day; d.day++)
		if (!is_off(off, d))
			return false;
	return true;
}

/* When it begins for the k-th time after the first. */
static struct date
start_of(enum wheel_item_repeats repeats, struct date first, int k)
{
	struct date_parts p = date_parts(first);
	int months = p.month - 1 + (repeats == WHEEL_ITEM_REPEATS_SECOND_MONTH ? 2 * k : k);

	if (repeats == WHEEL_ITEM_REPEATS_WEEK)
		return date_add_days(first, k * WEEK_DAYS);
	return date_same_weekday(first, p.year + months / MONTHS, months % MONTHS + 1);
}

struct wheel_time_list
wheel_times(struct arena *a, enum wheel_item_repeats repeats, struct span first, struct date last,
    struct wheel_off off)
{
	int length = date_days_between(first.first, first.last);
	bool once = repeats == WHEEL_ITEM_REPEATS_NO || repeats == WHEEL_ITEM_REPEATS_NONE;
	struct wheel_time_list list = {ARENA_ARRAY(a, struct span, once ? 1 : TIMES_MAX), 0};

	list.at[list.n++] = first;
	for (int k = 1; !once && k < TIMES_MAX; k++) {
		struct span days = {start_of(repeats, first.first, k), {0}};

		days.last.day = days.first.day + length;
		if (days.first.day > last.day)
			break;
		if (!is_all_off(off, days))
			list.at[list.n++] = days;
	}
	return list;
}

struct date
wheel_repeats_last(const struct school_year *y, struct date until)
{
	return until.day ? until : y->ends;
}
