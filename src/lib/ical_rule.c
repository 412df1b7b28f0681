/* RRULE. Libraries walk from match to match, and one of sixty bytes can keep them walking for a quarter of a minute
 * inside one call; here every day that is looked at is counted. */
#include "lib/ical_rule.h"

#include "lib/arena.h"
#include "lib/need.h"

enum { INTERVAL_MAX = 10000, PERIOD_DAYS_MAX = 366, WEEK = 7, MONTHS = 12 };

/* --- reading --------------------------------------------------------------------------------- */

/* A whole number from min to max, in bounds that may be negative; 0 is never one. */
static bool
number(struct str s, int64_t min, int64_t max, int64_t *n)
{
	s = str_trim(s);
	if (s.n && s.p[0] == '+')
		s = str_sub(s, 1, s.n);
	return str_int(s, n) && *n != 0 && *n >= min && *n <= max;
}

/* "1,15,-1" as bits, of negative numbers in *from_end; NULL: there are none. */
static bool
bits(struct str value, int max, uint64_t *set, uint64_t *from_end)
{
	while (value.n) {
		int64_t n;

		if (!number(str_cut(&value, ','), from_end ? -max : 1, max, &n))
			return false;
		if (n > 0)
			*set |= UINT64_C(1) << n;
		else
			*from_end |= UINT64_C(1) << -n;
	}
	return *set || (from_end && *from_end);
}

static bool
narrow_bits(struct str value, int max, uint32_t *set, uint32_t *from_end)
{
	uint64_t wide = 0, wide_from_end = 0;
	bool fine = bits(value, max, &wide, from_end ? &wide_from_end : NULL);

	*set = (uint32_t)wide;
	if (from_end)
		*from_end = (uint32_t)wide_from_end;
	return fine;
}

static bool
numbers(struct str value, int *list, size_t *n)
{
	while (value.n) {
		int64_t one;

		if (*n == RULE_LIST_MAX || !number(str_cut(&value, ','), -PERIOD_DAYS_MAX, PERIOD_DAYS_MAX, &one))
			return false;
		list[(*n)++] = (int)one;
	}
	return *n > 0;
}

/* 1 is Monday; 0: none. */
static int
weekday(struct str s)
{
	static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

	for (int i = 0; i < WEEK; i++)
		if (ical_word_is(s, names[i]))
			return i + 1;
	return 0;
}

/* "MO,WE", "2TU,-1FR" */
static bool
weekdays(struct str value, struct ical_rule *rule)
{
	while (value.n) {
		struct str one = str_trim(str_cut(&value, ','));
		struct str nth = str_sub(one, 0, one.n > 2 ? one.n - 2 : 0);
		int day = weekday(str_sub(one, nth.n, one.n));
		int64_t n = 0;

		if (day == 0 || rule->nths == RULE_LIST_MAX || (nth.n && !number(nth, -53, 53, &n)))
			return false;
		if (n == 0) {
			rule->weekdays |= 1u << day;
		} else {
			rule->nth[rule->nths].nth = (int)n;
			rule->nth[rule->nths++].weekday = day;
		}
	}
	return rule->weekdays || rule->nths;
}

static enum ical_rule_verdict
frequency(struct str value, struct ical_rule *rule)
{
	static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};

	for (int i = 0; i < 4; i++)
		if (ical_word_is(value, names[i]))
			rule->frequency = (enum ical_frequency)(i + 1);
	if (rule->frequency)
		return ICAL_RULE_FINE;
	return ical_word_is(value, "HOURLY") || ical_word_is(value, "MINUTELY") || ical_word_is(value, "SECONDLY") ?
	    ICAL_RULE_OFTEN : ICAL_RULE_NOT_READ;
}

static bool
clock_part(struct str value, int max, int *part)
{
	int64_t n = 0;

	if (!str_int(value, &n) || n < 0 || n > max)
		return false; /* several times a day too */
	*part = (int)n;
	return true;
}

static bool
part(struct str name, struct str value, struct ical_rule *rule)
{
	int64_t n = 0;
	bool fine;

	if (ical_word_is(name, "INTERVAL")) {
		fine = number(value, 1, INTERVAL_MAX, &n);
		rule->interval = (int)n;
		return fine;
	}
	if (ical_word_is(name, "COUNT"))
		return number(value, 1, INT64_MAX, &rule->count);
	if (ical_word_is(name, "UNTIL"))
		return ical_time_of(value, STR(""), &rule->until);
	if (ical_word_is(name, "WKST"))
		return (rule->week_start = weekday(value)) != 0;
	if (ical_word_is(name, "BYDAY"))
		return weekdays(value, rule);
	if (ical_word_is(name, "BYMONTHDAY"))
		return narrow_bits(value, 31, &rule->days, &rule->days_from_end);
	if (ical_word_is(name, "BYMONTH"))
		return narrow_bits(value, MONTHS, &rule->months, NULL);
	if (ical_word_is(name, "BYWEEKNO"))
		return bits(value, 53, &rule->weeks, &rule->weeks_from_end);
	if (ical_word_is(name, "BYYEARDAY"))
		return numbers(value, rule->year_day, &rule->year_days);
	if (ical_word_is(name, "BYSETPOS"))
		return numbers(value, rule->position, &rule->positions);
	if (ical_word_is(name, "BYHOUR"))
		return clock_part(value, 23, &rule->clock[0]);
	if (ical_word_is(name, "BYMINUTE"))
		return clock_part(value, 59, &rule->clock[1]);
	if (ical_word_is(name, "BYSECOND"))
		return clock_part(value, 59, &rule->clock[2]);
	return ical_word_is(name, "RSCALE") && ical_word_is(value, "GREGORIAN");
}

enum ical_rule_verdict
ical_rule_of(struct str value, struct ical_rule *rule)
{
	bool fine = true;

	*rule = (struct ical_rule){.interval = 1, .week_start = 1, .clock = {-1, -1, -1}};
	while (value.n && fine) {
		struct str word = str_trim(str_cut(&value, ';')), name = str_trim(str_cut(&word, '='));

		word = str_trim(word);
		if (ical_word_is(name, "FREQ")) {
			enum ical_rule_verdict verdict = frequency(word, rule);
			if (verdict != ICAL_RULE_FINE)
				return verdict;
		} else {
			fine = name.n == 0 || part(name, word, rule);
		}
	}
	/* Weeks of the year have a meaning in years only. */
	if ((rule->weeks || rule->weeks_from_end) && rule->frequency != ICAL_YEARLY)
		fine = false;
	return fine && rule->frequency ? ICAL_RULE_FINE : ICAL_RULE_NOT_READ;
}

/* --- one day --------------------------------------------------------------------------------- */

/* A rule and what it takes from the day on which the series begins. */
struct going {
	const struct ical_rule *rule;
	struct date_parts first;
	int first_weekday;
};

struct looked_at {
	struct date_parts is;
	int weekday, year_day, year_days, month_days;
	struct date day;
};

static struct looked_at
look_at(struct date day)
{
	struct looked_at d = {.is = date_parts(day), .weekday = date_weekday(day), .day = day};

	d.month_days = date_days_in_month(d.is.year, d.is.month);
	d.year_days = date_is_leap_year(d.is.year) ? 366 : 365;
	d.year_day = day.day - date_of(d.is.year, 1, 1).day + 1;
	return d;
}

/* Whether a day is the nth of its weekday, from either end, of a month or year that has so many days. */
static bool
is_nth(int nth, int day, int days)
{
	return nth > 0 ? (day - 1) / WEEK + 1 == nth : (days - day) / WEEK + 1 == -nth;
}

static bool
weekday_fits(const struct going *g, const struct looked_at *d)
{
	const struct ical_rule *r = g->rule;
	bool of_year = r->frequency == ICAL_YEARLY && !r->months, counts = r->frequency >= ICAL_EACH_MONTH;

	if (r->weekdays & 1u << d->weekday)
		return true;
	for (size_t i = 0; i < r->nths; i++)
		if (r->nth[i].weekday == d->weekday && (!counts ||
		    (of_year ? is_nth(r->nth[i].nth, d->year_day, d->year_days) :
		    is_nth(r->nth[i].nth, d->is.day, d->month_days))))
			return true;
	return false;
}

static bool
week_fits(const struct ical_rule *r, const struct looked_at *d)
{
	/* The week's Thursday, or what stands for it when weeks begin on another day, says whose week it is. */
	int middle = d->day.day - (d->weekday - r->week_start + WEEK) % WEEK + 3;
	struct date_parts p = date_parts((struct date){middle});
	int week, weeks;

	if (p.year < 1 || p.year >= 9999)
		return false;
	week = (middle - date_of(p.year, 1, 1).day) / WEEK + 1;
	weeks = (date_of(p.year, 12, 31).day - middle) / WEEK + week;
	return (r->weeks >> week & 1) || (r->weeks_from_end >> (weeks - week + 1) & 1);
}

static bool
year_day_fits(const struct ical_rule *r, const struct looked_at *d)
{
	for (size_t i = 0; i < r->year_days; i++)
		if (r->year_day[i] == d->year_day || r->year_day[i] == d->year_day - d->year_days - 1)
			return true;
	return false;
}

static bool
fits(const struct going *g, const struct looked_at *d)
{
	const struct ical_rule *r = g->rule;
	bool by_day = r->days || r->days_from_end, by_weekday = r->weekdays || r->nths;
	bool by_week = r->weeks || r->weeks_from_end;

	if (r->months && !(r->months >> d->is.month & 1))
		return false;
	if (by_day && !(r->days >> d->is.day & 1) && !(r->days_from_end >> (d->month_days - d->is.day + 1) & 1))
		return false;
	if (by_weekday && !weekday_fits(g, d))
		return false;
	if (by_week && !week_fits(r, d))
		return false;
	if (r->year_days && !year_day_fits(r, d))
		return false;
	if (by_day || by_weekday || r->year_days)
		return true;
	/* What the rule does not say, the beginning does. */
	if (r->frequency == ICAL_EACH_WEEK || by_week)
		return d->weekday == g->first_weekday;
	if (r->frequency == ICAL_DAILY)
		return true;
	return d->is.day == g->first.day &&
	    (r->frequency == ICAL_EACH_MONTH || r->months || d->is.month == g->first.month);
}

/* --- all days -------------------------------------------------------------------------------- */

static struct span
month_of(int64_t months)
{
	int year = (int)(months / MONTHS), month = (int)(months % MONTHS) + 1;
	struct date first = date_of(year, month, 1);

	return (struct span){first, {first.day ? first.day + date_days_in_month(year, month) - 1 : 0}};
}

static int64_t
months_of(struct date_parts p)
{
	return (int64_t)p.year * MONTHS + p.month - 1;
}

/* The nth period that the rule looks at: a day, week, month or year. None after the year 9999. */
static struct span
period(const struct going *g, struct date first, int64_t nth)
{
	const struct ical_rule *r = g->rule;
	int64_t steps = nth * r->interval;
	struct date monday;

	if (steps > 4000000)
		return (struct span){0};
	switch (r->frequency) {
	case ICAL_DAILY:
		monday = date_add_days(first, (int)steps);
		return (struct span){monday, monday};
	case ICAL_EACH_WEEK:
		monday.day = first.day - (g->first_weekday - r->week_start + WEEK) % WEEK;
		if (monday.day < 1) /* there are no days before the year 1 */
			monday.day = 1;
		monday = date_add_days(monday, (int)steps * WEEK);
		return (struct span){monday, date_add_days(monday, WEEK - 1)};
	case ICAL_EACH_MONTH:
		return month_of(months_of(g->first) + steps);
	case ICAL_YEARLY:
		return (struct span){date_of(g->first.year + (int)steps, 1, 1), date_of(g->first.year + (int)steps,
		    12, 31)};
	}
	return (struct span){0};
}

/* A period before which nothing of the span lies. */
static int64_t
periods_before(const struct going *g, struct date first, struct date until)
{
	int64_t n = 0;

	if (until.day <= first.day)
		return 0;
	switch (g->rule->frequency) {
	case ICAL_DAILY: n = date_days_between(first, until); break;
	case ICAL_EACH_WEEK: n = date_days_between(first, until) / WEEK; break;
	case ICAL_EACH_MONTH: n = months_of(date_parts(until)) - months_of(g->first); break;
	case ICAL_YEARLY: n = date_parts(until).year - g->first.year; break;
	}
	n = n / g->rule->interval - 1;
	return n > 0 ? n : 0;
}

static bool
is_position(const struct ical_rule *r, size_t i, size_t n)
{
	for (size_t k = 0; k < r->positions; k++)
		if (r->position[k] == (int)i + 1 || r->position[k] == (int)i - (int)n)
			return true;
	return r->positions == 0;
}

/* The days of a period that the rule chooses. */
static size_t
choose(const struct going *g, struct span period, struct date chosen[PERIOD_DAYS_MAX])
{
	size_t n = 0, kept = 0;

	for (int day = period.first.day; day <= period.last.day; day++) {
		struct looked_at d = look_at((struct date){day});

		if (fits(g, &d))
			chosen[n++] = d.day;
	}
	for (size_t i = 0; i < n; i++)
		if (is_position(g->rule, i, n))
			chosen[kept++] = chosen[i];
	return kept;
}

static void
add_day(struct ical_days *days, struct date day)
{
	days->at = arena_grow(days->arena, days->at, days->n, 1, sizeof *days->at, &days->cap);
	days->at[days->n++] = day;
}

bool
ical_rule_days(const struct ical_rule *rule, struct date first, struct span within, struct ical_days *days,
    int64_t *steps)
{
	struct going g = {rule, date_parts(first), date_weekday(first)};
	struct date chosen[PERIOD_DAYS_MAX], last = within.last;
	int64_t began = 1, nth = rule->count ? 0 : periods_before(&g, first, within.first);

	need(rule->frequency && rule->interval > 0 && first.day > 0);
	/* It is the first even if the rule would not choose it. */
	if (first.day >= within.first.day && first.day <= within.last.day)
		add_day(days, first);
	if (rule->until.day.day && rule->until.day.day + rule->until.utc < last.day)
		last.day = rule->until.day.day + rule->until.utc;
	for (;; nth++) {
		struct span look = period(&g, first, nth);
		size_t n;

		if (look.first.day == 0 || look.last.day == 0 || look.first.day > last.day ||
		    (rule->count && began >= rule->count))
			return true;
		*steps -= look.last.day - look.first.day + 1;
		if (*steps < 0)
			return false;
		n = choose(&g, look, chosen);
		for (size_t i = 0; i < n; i++) {
			if (chosen[i].day <= first.day)
				continue;
			if (chosen[i].day > last.day || (rule->count && began >= rule->count))
				return true;
			began++;
			if (chosen[i].day >= within.first.day)
				add_day(days, chosen[i]);
		}
	}
}
