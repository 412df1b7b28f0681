/* Which local time a calendar means. A name that we know counts more than what the file says of it: some say it
 * wrong. */
#include "lib/ical_zone.h"

#include <stdlib.h>

#include "lib/arena.h"
#include "lib/zone.h"

enum {
	DAYS_BEFORE = 800, DAYS_AFTER = 400,
	ONSETS_MAX = 1000, /* of a zone whose clocks change twice a year there are ten */
};

/* --- names ----------------------------------------------------------------------------------- */

/* What Windows calls the zones that we know, for files that name them and say no more. */
static const struct { const char *name, *known; } other_names[] = {
	{"Etc/UTC", "UTC"}, {"Etc/GMT", "UTC"}, {"GMT", "UTC"}, {"Z", "UTC"}, {"Coordinated Universal Time", "UTC"},
	{"FLE Standard Time", "Europe/Helsinki"},
	{"GTB Standard Time", "Europe/Athens"},
	{"W. Europe Standard Time", "Europe/Berlin"},
	{"Central Europe Standard Time", "Europe/Budapest"},
	{"Central European Standard Time", "Europe/Warsaw"},
	{"Romance Standard Time", "Europe/Paris"},
	{"GMT Standard Time", "Europe/London"},
};

/* "/example.org/20260101_1/Europe/Helsinki" */
static struct str
without_prefix(struct str name)
{
	size_t slashes = 0, i = name.n;

	if (name.n == 0 || name.p[0] != '/')
		return name;
	while (i > 0 && slashes < 2)
		slashes += name.p[--i] == '/';
	return str_sub(name, i + 1, name.n);
}

const struct zone *
ical_zone_find(struct str name)
{
	const struct zone *zone = zone_find(without_prefix(name));

	for (size_t i = 0; !zone && i < sizeof other_names / sizeof *other_names; i++)
		if (ical_word_is(name, other_names[i].name))
			zone = zone_find(str_of(other_names[i].known));
	return zone;
}

/* --- what the file says ---------------------------------------------------------------------- */

struct onsets {
	struct arena *arena;
	struct ical_onset *at;
	size_t n, cap;
	struct ical_days days; /* of one change after another */
};

static void
add_onset(struct onsets *o, const struct ical_change *c, struct date day, int second)
{
	if (o->n == ONSETS_MAX)
		return;
	o->at = arena_grow(o->arena, o->at, o->n, 1, sizeof *o->at, &o->cap);
	o->at[o->n++] = (struct ical_onset){ical_wall(day, second), c->from_s, c->to_s};
}

/* Whether a change that comes back each year still comes on that day. */
static bool
still_comes(const struct ical_change *c, struct date day)
{
	const struct ical_time *until = &c->rule.until;
	int64_t at = ical_wall(day, c->starts.second);

	if (until->day.day == 0)
		return true;
	if (!until->timed)
		return day.day <= until->day.day;
	return (until->utc ? at - c->from_s : at) <= ical_wall(until->day, until->second);
}

static void
add_change(struct onsets *o, const struct ical_change *c, struct span near, int64_t *steps)
{
	struct ical_days *days = &o->days;

	days->n = 0;
	add_onset(o, c, c->starts.day, c->starts.second);
	for (size_t i = 0; i < c->mores; i++)
		add_onset(o, c, c->more[i].day, c->more[i].timed ? c->more[i].second : c->starts.second);
	if (c->rule.frequency)
		ical_rule_days(&c->rule, c->starts.day, near, days, steps);
	for (size_t i = 0; i < days->n; i++)
		if (still_comes(c, days->at[i]))
			add_onset(o, c, days->at[i], c->starts.second);
}

static int
by_wall(const void *a, const void *b)
{
	int64_t x = ((const struct ical_onset *)a)->wall, y = ((const struct ical_onset *)b)->wall;

	return (x > y) - (x < y);
}

bool
ical_zone_of(struct arena *a, const struct ical_change *change, size_t n, struct span days, int64_t *steps,
    struct ical_zone *zone)
{
	struct span near = {{days.first.day > DAYS_BEFORE ? days.first.day - DAYS_BEFORE : 1},
	    {days.last.day + DAYS_AFTER}};
	struct onsets onsets = {.arena = a, .days.arena = a};

	for (size_t i = 0; i < n; i++)
		if (change[i].starts.day.day && change[i].has_from && change[i].has_to)
			add_change(&onsets, &change[i], near, steps);
	if (onsets.n)
		qsort(onsets.at, onsets.n, sizeof *onsets.at, by_wall);
	zone->onset = onsets.at;
	zone->onsets = onsets.n;
	return onsets.n > 0 && onsets.n < ONSETS_MAX;
}

/* As lib/date does: of an hour that comes twice the first, and one that is left out by the clock before it. */
static int
offset_at(const struct ical_zone *zone, int64_t wall)
{
	size_t low = 0, high = zone->onsets;
	const struct ical_onset *last;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->onset[middle].wall <= wall)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return zone->onset[0].from_s;
	last = &zone->onset[low - 1];
	return wall - last->wall < last->to_s - last->from_s ? last->from_s : last->to_s;
}

struct instant
ical_zone_instant(const struct ical_zone *zone, struct date day, int second)
{
	if (zone->known)
		return (struct instant){instant_of_local(zone->known, day, second / 60).s + second % 60};
	return (struct instant){ical_wall(day, second) - offset_at(zone, ical_wall(day, second))};
}
