/* When a space is open: the hours of the week, and what stands above them. */
#include "app/space/inside.h"

#include "lib/arena.h"
#include "lib/holiday.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */

struct space_times
space_times_of(struct tx *tx, const struct space *space, struct span days, const struct zone *zone)
{
	return (struct space_times){
		.space = space,
		.zone = zone,
		.hours = space_hours_of_space(tx, space->id),
		.exceptions = space_exceptions_between(tx, space->id, days.first, days.last),
		.breaks = campus_breaks(tx, space->campus, days),
	};
}

/* Of rows that are ordered by space, those of one. */
static struct space_hours_list
hours_among(struct space_hours_list all, space_id space)
{
	struct space_hours_list own = {all.at, 0};

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].space.n == space.n && own.n++ == 0)
			own.at = &all.at[i];
	return own;
}

static struct space_exception_list
exceptions_among(struct space_exception_list all, space_id space)
{
	struct space_exception_list own = {all.at, 0};

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].space.n == space.n && own.n++ == 0)
			own.at = &all.at[i];
	return own;
}

const struct space_times *
space_times_of_all(struct tx *tx, struct space_list spaces, struct span days, const struct zone *zone)
{
	struct space_times *times = ARENA_ARRAY(tx->arena, struct space_times, spaces.n);
	space_id *ids = ARENA_ARRAY(tx->arena, space_id, spaces.n);
	struct space_hours_list hours;
	struct space_exception_list exceptions;

	for (size_t i = 0; i < spaces.n; i++)
		ids[i] = spaces.at[i].id;
	hours = space_hours_in(tx, ids, spaces.n);
	exceptions = space_exceptions_in(tx, ids, spaces.n, days.first, days.last);
	for (size_t i = 0; i < spaces.n; i++) {
		const struct space *s = &spaces.at[i];

		times[i] = (struct space_times){.space = s, .zone = zone, .hours = hours_among(hours, s->id),
		    .exceptions = exceptions_among(exceptions, s->id)};
		/* Spaces of a campus stand together. */
		times[i].breaks = i > 0 && spaces.at[i - 1].campus.n == s->campus.n ? times[i - 1].breaks
		    : campus_breaks(tx, s->campus, days);
	}
	return times;
}

/* Puts a span among the others, in order; what touches becomes one. */
static void
add_span(struct space_span *span, size_t *n, int from, int to)
{
	size_t at = 0, behind;

	while (at < *n && span[at].to < from)
		at++;
	for (behind = at; behind < *n && span[behind].from <= to; behind++) {
		from = span[behind].from < from ? span[behind].from : from;
		to = span[behind].to > to ? span[behind].to : to;
	}
	if (behind == at) {
		if (*n == SPACE_SPANS_MAX)
			return; /* nobody opens a room so often in a day */
		for (size_t k = *n; k > at; k--)
			span[k] = span[k - 1];
		(*n)++;
	} else {
		for (size_t k = behind; k < *n; k++)
			span[at + 1 + k - behind] = span[k];
		*n -= behind - at - 1;
	}
	span[at] = (struct space_span){from, to};
}

static void
add_hours(const struct space_times *t, struct space_day *d)
{
	int64_t bit = 1 << (date_weekday(d->day) - 1);

	for (size_t i = 0; i < t->hours.n; i++) {
		const struct space_hours *h = &t->hours.at[i];

		if (!(h->days & bit) || (h->starts.day && d->day.day < h->starts.day) ||
		    (h->ends.day && d->day.day > h->ends.day))
			continue;
		add_span(d->open, &d->opens, (int)h->opens, (int)h->closes);
		if (h->staffed)
			add_span(d->staffed, &d->staffs, (int)h->opens, (int)h->closes);
	}
	if (d->opens == 0)
		d->closed = SPACE_NO_HOURS;
}

/* Of several the one that was said last. */
static const struct space_exception *
exception_on(const struct space_times *t, struct date day)
{
	const struct space_exception *last = NULL;

	for (size_t i = 0; i < t->exceptions.n; i++) {
		const struct space_exception *e = &t->exceptions.at[i];

		if (e->starts.day <= day.day && e->ends.day >= day.day && (!last || e->id.n > last->id.n))
			last = e;
	}
	return last;
}

static const struct campus_break *
break_on(const struct space_times *t, struct date day)
{
	for (size_t i = 0; i < t->breaks.n; i++)
		if (t->breaks.at[i].starts.day <= day.day && t->breaks.at[i].ends.day >= day.day)
			return &t->breaks.at[i];
	return NULL;
}

struct space_day
space_day_of(const struct space_times *t, struct date day)
{
	struct space_day d = {.day = day, .holiday = holiday_of(day)};
	const struct space_exception *e = exception_on(t, day);
	const struct campus_break *b = break_on(t, day);

	if (e) {
		d.reason = e->reason;
		if (e->closes > e->opens)
			add_span(d.open, &d.opens, (int)e->opens, (int)e->closes);
		else
			d.closed = SPACE_EXCEPTION;
	} else if (d.holiday != HOLIDAY_NONE && !t->space->open_holidays) {
		d.closed = SPACE_HOLIDAY;
	} else if (b && !t->space->open_breaks) {
		d.closed = SPACE_BREAK;
		d.reason = b->name;
	} else {
		add_hours(t, &d);
	}
	return d;
}

bool
space_within(const struct space_span *span, size_t n, int from, int to)
{
	for (size_t i = 0; i < n; i++)
		if (span[i].from <= from && span[i].to >= to)
			return true;
	return false;
}

int
space_minutes(const struct space_span *span, size_t n, int from, int to)
{
	int sum = 0;

	need(from <= to);
	for (size_t i = 0; i < n; i++) {
		int first = span[i].from > from ? span[i].from : from, last = span[i].to < to ? span[i].to : to;

		sum += last > first ? last - first : 0;
	}
	return sum;
}
