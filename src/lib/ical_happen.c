/* From events as they stand in a file to what happens when. */
#include "lib/ical_inside.h"

#include <stdlib.h>

#include "lib/arena.h"
#include "lib/zone.h"

enum {
	DAY_S = 86400,
	BACK_DAYS_MAX = 366, /* how far back an occurrence of a series is looked for that still goes on */
};

static void
problem_of(struct ical_reader *r, enum ical_trouble trouble, const struct ical_event_read *e)
{
	ical_problem_add(r, trouble, e->line, e->title.n ? e->title : e->uid);
}

/* --- local times ------------------------------------------------------------------------------ */

static bool
describe(struct ical_reader *r, struct ical_zone *zone)
{
	for (size_t i = 0; i < r->describeds; i++) {
		const struct ical_described *d = &r->described[i];

		if (d->n && str_eq(d->name, zone->name))
			return ical_zone_of(r->arena, &r->change[d->first], d->n, r->days, &r->steps, zone);
	}
	return false;
}

static const struct ical_zone *
zone_named(struct ical_reader *r, const struct ical_event_read *e, struct str name)
{
	struct ical_zone zone = {.name = name, .known = zone_find(name)};

	if (name.n == 0)
		return &r->here;
	for (size_t i = 0; i < r->zones; i++)
		if (str_eq(r->zone[i].name, name))
			return &r->zone[i];
	if (!zone.known && !describe(r, &zone) && !(zone.known = ical_zone_find(name))) {
		ical_problem_add(r, ICAL_ZONE_UNKNOWN, e->line, ical_text(r->arena, name, false, ICAL_TITLE_CHARS_MAX));
		zone.known = r->here.known;
	}
	r->zone = arena_grow(r->arena, r->zone, r->zones, 1, sizeof *r->zone, &r->zone_cap);
	r->zone[r->zones] = zone;
	return &r->zone[r->zones++];
}

static struct instant
instant_on(struct ical_reader *r, const struct ical_event_read *e, const struct ical_time *time, struct date day)
{
	if (time->utc)
		return (struct instant){ical_wall(day, time->second)};
	return ical_zone_instant(zone_named(r, e, time->zone), day, time->second);
}

static struct instant
instant_of(struct ical_reader *r, const struct ical_event_read *e, const struct ical_time *time)
{
	return instant_on(r, e, time, time->day);
}

/* --- one occurrence --------------------------------------------------------------------------- */

/* How long an event takes, each time: seconds, or days of one that takes whole days. */
struct length {
	int64_t s;
	int days;
};

/* Whether it is among the days that were asked for. */
static bool
is_asked_for(const struct ical_reader *r, bool timed, struct ical_moment m, struct length length)
{
	if (timed)
		return m.at.s < r->to.s && (m.at.s >= r->from.s || m.at.s + length.s > r->from.s);
	return m.day.day <= r->days.last.day && m.day.day + length.days > r->days.first.day;
}

static void
add(struct ical_reader *r, struct ical_occurrence occurrence)
{
	struct ical_reading *g = r->reading;

	if (g->n == ICAL_OCCURRENCES_MAX) {
		r->is_full = true;
		return;
	}
	g->at = arena_grow(r->arena, g->at, g->n, 1, sizeof *g->at, &r->cap);
	g->at[g->n++] = occurrence;
}

static void
happens(struct ical_reader *r, const struct ical_event_read *e, struct ical_moment m, struct length length,
    struct ical_moment of)
{
	struct ical_occurrence o = {
		.uid = e->uid,
		.of = of.at,
		.title = e->title,
		.description = e->description,
		.place = e->place,
		.cancelled = e->is_cancelled || r->all_cancelled,
		.line = e->line,
	};

	if (!is_asked_for(r, e->starts.timed, m, length))
		return;
	if (of.at.s == 0)
		o.of_day = of.day;
	if (e->starts.timed) {
		o.starts = m.at;
		o.ends = (struct instant){m.at.s + length.s};
	} else {
		o.days = (struct span){m.day, date_add_days(m.day, length.days - 1)};
		if (o.days.last.day == 0)
			o.days.last = date_of(9999, 12, 31);
	}
	add(r, o);
}

/* --- a series --------------------------------------------------------------------------------- */

/* Sorted: instants, and days on which nothing begins at whatever time. */
struct excepts {
	int64_t *at, *day;
	size_t n, days;
};

static int
by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static bool
is_among(int64_t key, const int64_t *at, size_t n)
{
	return n && bsearch(&key, at, n, sizeof *at, by_number) != NULL;
}

static void
except(struct ical_reader *r, struct excepts *x, const struct ical_event_read *e, const struct ical_time *time)
{
	if (time->timed && e->starts.timed)
		x->at[x->n++] = instant_of(r, e, time).s;
	else
		x->day[x->days++] = time->day.day;
}

/* What the event itself leaves out, and what others of its group take the place of. */
static struct excepts
excepts_of(struct ical_reader *r, const struct ical_event_read *e, struct ical_event_read **group, size_t n)
{
	size_t most = e->except.n + n;
	struct excepts x = {ARENA_ARRAY(r->arena, int64_t, most), ARENA_ARRAY(r->arena, int64_t, most), 0, 0};

	for (size_t i = 0; i < e->except.n; i++)
		except(r, &x, e, &e->except.at[i]);
	for (size_t i = 0; i < n; i++)
		if (group[i]->of.day.day)
			except(r, &x, e, &group[i]->of);
	if (x.n)
		qsort(x.at, x.n, sizeof *x.at, by_number);
	if (x.days)
		qsort(x.day, x.days, sizeof *x.day, by_number);
	return x;
}

static bool
is_past_end(const struct ical_event_read *e, const struct ical_rule *rule, struct ical_moment m)
{
	const struct ical_time *until = &rule->until;

	if (until->day.day == 0)
		return false;
	if (!until->timed || !e->starts.timed)
		return m.day.day > until->day.day;
	return (until->utc ? m.at.s : ical_wall(m.day, e->starts.second)) > ical_wall(until->day, until->second);
}

static void
add_moment(struct ical_reader *r, struct ical_moment m)
{
	r->moment = arena_grow(r->arena, r->moment, r->moments, 1, sizeof *r->moment, &r->moment_cap);
	r->moment[r->moments++] = m;
}

static int
by_moment(const void *a, const void *b)
{
	const struct ical_moment *x = a, *y = b;

	if (x->at.s != y->at.s)
		return (x->at.s > y->at.s) - (x->at.s < y->at.s);
	return (x->day.day > y->day.day) - (x->day.day < y->day.day);
}

static struct ical_moment
moment_on(struct ical_reader *r, const struct ical_event_read *e, const struct ical_time *time, struct date day)
{
	return (struct ical_moment){day, e->starts.timed ? instant_on(r, e, time, day) : (struct instant){0}};
}

static void
find_moments(struct ical_reader *r, const struct ical_event_read *e, const struct ical_rule *rule, struct length length)
{
	int64_t back = e->starts.timed ? length.s / DAY_S + 2 : length.days;
	int first = r->days.first.day - (int)(back < BACK_DAYS_MAX ? back : BACK_DAYS_MAX);
	struct span near = {{first > 0 ? first : 1}, {r->days.last.day + 1}};

	r->moments = r->found.n = 0;
	if (rule->frequency == 0)
		add_moment(r, moment_on(r, e, &e->starts, e->starts.day));
	else if (!ical_rule_days(rule, e->starts.day, near, &r->found, &r->steps))
		r->is_full = true;
	for (size_t i = 0; i < r->found.n; i++) {
		struct ical_moment m = moment_on(r, e, &e->starts, r->found.at[i]);

		if (!is_past_end(e, rule, m))
			add_moment(r, m);
	}
	for (size_t i = 0; i < e->more.n; i++)
		if (e->more.at[i].timed == e->starts.timed)
			add_moment(r, moment_on(r, e, &e->more.at[i], e->more.at[i].day));
	if (r->moments)
		qsort(r->moment, r->moments, sizeof *r->moment, by_moment);
}

static void
series_happens(struct ical_reader *r, const struct ical_event_read *e, const struct ical_rule *rule,
    struct length length, struct ical_event_read **group, size_t n)
{
	struct excepts x = excepts_of(r, e, group, n);

	find_moments(r, e, rule, length);
	for (size_t i = 0; i < r->moments; i++) {
		struct ical_moment m = r->moment[i];
		bool again = i > 0 && by_moment(&m, &r->moment[i - 1]) == 0;

		if (!again && !is_among(m.at.s, x.at, x.n) && !is_among(m.day.day, x.day, x.days))
			happens(r, e, m, length, m);
	}
}

/* --- events ----------------------------------------------------------------------------------- */

static bool
length_of(struct ical_reader *r, const struct ical_event_read *e, struct length *length)
{
	bool timed = e->starts.timed;
	int64_t s = e->has_duration ? e->lasts_s : 0;

	if (e->has_end && timed)
		s = instant_of(r, e, &e->ends).s - instant_of(r, e, &e->starts).s;
	else if (e->has_end)
		s = (int64_t)date_days_between(e->starts.day, e->ends.day) * DAY_S;
	/* A whole day ends where the next begins; some write that it ends where it begins itself. */
	*length = (struct length){s, s < DAY_S ? 1 : (int)(s / DAY_S)};
	return s >= 0;
}

/* Some rules say the time of day once more. */
static bool
clock_fits(const struct ical_event_read *e, const struct ical_rule *rule)
{
	int clock[3] = {e->starts.second / 3600, e->starts.second / 60 % 60, e->starts.second % 60};

	for (int i = 0; i < 3; i++)
		if (e->starts.timed && rule->clock[i] >= 0 && rule->clock[i] != clock[i])
			return false;
	return true;
}

/* None if it is to be told that it cannot be read. */
static struct ical_rule
rule_of(struct ical_reader *r, const struct ical_event_read *e)
{
	enum ical_rule_verdict verdict = ICAL_RULE_FINE;
	struct ical_rule rule = {0};

	if (e->rule_unreadable)
		verdict = ICAL_RULE_NOT_READ;
	else if (e->rule.n)
		verdict = ical_rule_of(e->rule, &rule);
	if (verdict == ICAL_RULE_FINE && rule.frequency && !clock_fits(e, &rule))
		verdict = ICAL_RULE_NOT_READ;
	switch (verdict) {
	case ICAL_RULE_FINE: return rule;
	case ICAL_RULE_NOT_READ: problem_of(r, ICAL_RULE_UNREADABLE, e); break;
	case ICAL_RULE_OFTEN: problem_of(r, ICAL_RULE_TOO_FREQUENT, e); break;
	}
	return (struct ical_rule){0};
}

static void
event_happens(struct ical_reader *r, const struct ical_event_read *e, struct ical_event_read **group, size_t n)
{
	struct ical_moment of = {0};
	struct ical_rule rule;
	struct length length;

	if (e->is_wrong || e->starts.day.day == 0 || (e->has_end && e->ends.timed != e->starts.timed)) {
		problem_of(r, ICAL_TIME_UNREADABLE, e);
		return;
	}
	if (!length_of(r, e, &length)) {
		problem_of(r, ICAL_ENDS_BEFORE_IT_STARTS, e);
		return;
	}
	rule = rule_of(r, e);
	if (e->of.day.day) {
		of = (struct ical_moment){e->of.day, e->of.timed ? instant_of(r, e, &e->of) : (struct instant){0}};
		happens(r, e, moment_on(r, e, &e->starts, e->starts.day), length, of);
	} else if (rule.frequency || e->more.n) {
		series_happens(r, e, &rule, length, group, n);
	} else {
		happens(r, e, moment_on(r, e, &e->starts, e->starts.day), length, of);
	}
}

/* Same uid: the whole series before what takes the place of one of it; the one that counts last. */
static int
by_uid(const void *a, const void *b)
{
	const struct ical_event_read *x = *(struct ical_event_read *const *)a, *y = *(struct ical_event_read *const *)b;
	int uid = str_compare(x->uid, y->uid);

	if (uid)
		return uid;
	if (x->of.day.day != y->of.day.day)
		return x->of.day.day < y->of.day.day ? -1 : 1;
	if (x->of.second != y->of.second)
		return x->of.second < y->of.second ? -1 : 1;
	if (x->sequence != y->sequence)
		return x->sequence < y->sequence ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

static bool
is_same(const struct ical_event_read *x, const struct ical_event_read *y)
{
	return x->uid.n && str_eq(x->uid, y->uid) && x->of.day.day == y->of.day.day && x->of.second == y->of.second;
}

static int
by_time(const void *a, const void *b)
{
	const struct ical_occurrence *x = a, *y = b;
	int uid;

	if (x->starts.s != y->starts.s)
		return x->starts.s < y->starts.s ? -1 : 1;
	if (x->days.first.day != y->days.first.day)
		return x->days.first.day < y->days.first.day ? -1 : 1;
	uid = str_compare(x->uid, y->uid);
	return uid ? uid : (x->line > y->line) - (x->line < y->line);
}

/* Whole days are put among the others by where they begin here, and back. */
static void
sort(struct ical_reader *r)
{
	struct ical_reading *g = r->reading;

	for (size_t i = 0; i < g->n; i++)
		if (g->at[i].days.first.day)
			g->at[i].starts = instant_of_local(r->here.known, g->at[i].days.first, 0);
	if (g->n)
		qsort(g->at, g->n, sizeof *g->at, by_time);
	for (size_t i = 0; i < g->n; i++)
		if (g->at[i].days.first.day)
			g->at[i].starts = (struct instant){0};
}

void
ical_happen(struct ical_reader *r)
{
	struct ical_event_read **sorted = ARENA_ARRAY(r->arena, struct ical_event_read *, r->events);

	r->found.arena = r->arena;
	for (size_t i = 0; i < r->events; i++)
		sorted[i] = &r->event[i];
	if (r->events)
		qsort(sorted, r->events, sizeof *sorted, by_uid);
	for (size_t i = 0, n; i < r->events && !r->is_full; i += n) {
		for (n = 1; i + n < r->events && sorted[i]->uid.n && str_eq(sorted[i]->uid, sorted[i + n]->uid); n++)
			;
		for (size_t k = i; k < i + n && !r->is_full; k++) {
			if (k + 1 < i + n && is_same(sorted[k], sorted[k + 1]))
				problem_of(r, ICAL_UID_TWICE, sorted[k]);
			else
				event_happens(r, sorted[k], &sorted[i], n);
		}
	}
	if (r->is_full)
		ical_problem_add(r, ICAL_HAS_TOO_MUCH, 0, STR(""));
	sort(r);
}
