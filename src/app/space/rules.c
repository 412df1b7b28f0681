/* What may be booked: one function that names the first rule in the way, and what is free instead. */
#include "app/space/inside.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum {
	HOUR = 60,
	DAY_MINUTES = 1440,
	MINUTE_S = 60,
	DAY_S = 86400,
	WEEK_DAYS = 7,
	REACH_S = 2 * DAY_S,   /* no booking is in the way for longer, buffers included */
	WEEK_MINUTES = 360,    /* as shipped: above six hours a week somebody answers first */
	NEAR_MOST = 3,
	HOLDS_MOST = 5,        /* forms that one person fills in at a time */
};

static struct instant
plus_minutes(struct instant at, int64_t minutes)
{
	return (struct instant){at.s + minutes * MINUTE_S};
}

struct instant
space_reach(struct instant from)
{
	return (struct instant){from.s - REACH_S};
}

struct space_slot
space_slot_of(const struct zone *zone, struct date day, int from, int minutes)
{
	struct space_slot slot = {.starts = instant_of_local(zone, day, from), .people = 1};

	/* Half past two lasts as long as it says, also in the night when clocks change. */
	slot.ends = plus_minutes(slot.starts, minutes);
	return slot;
}

struct local
space_starts(const struct zone *zone, struct space_slot slot)
{
	return local_of(zone, slot.starts);
}

int
space_length(struct space_slot slot)
{
	return (int)((slot.ends.s - slot.starts.s) / MINUTE_S);
}

int
space_ends_at(const struct zone *zone, struct space_slot slot)
{
	struct local end = local_of(zone, slot.ends);

	return end.date.day == space_starts(zone, slot).date.day ? end.minutes : DAY_MINUTES;
}

/* --- who asks --------------------------------------------------------------------------------------- */

enum space_booking_who
space_kind(const struct actor *who, campus_id campus, organisation_id organisation)
{
	if (organisation.n)
		return SPACE_BOOKING_WHO_PARTNER;
	return actor_may(who, MAY_BOOK_AS_STAFF, campus.n) ? SPACE_BOOKING_WHO_STAFF : SPACE_BOOKING_WHO_STUDENT;
}

struct space_rule
space_rule_shipped(void)
{
	return (struct space_rule){.approval = SPACE_RULE_APPROVAL_OUTSIDE, .week_minutes = WEEK_MINUTES};
}

struct space_rule
space_rule_for(struct tx *tx, const struct actor *who, const struct space *space, organisation_id organisation)
{
	struct space_rule_list rules = space_rules_of(tx, space->id);
	enum space_booking_who kind = space_kind(who, space->campus, organisation);
	struct space_rule found = space_rule_shipped();

	for (size_t i = 0; i < rules.n; i++) {
		const struct space_rule *r = &rules.at[i];

		if (r->organisation.n ? r->organisation.n == organisation.n
		    : found.organisation.n == 0 && (int)r->who == (int)kind)
			found = *r;
	}
	return found;
}

struct space_asking
space_asking_of(struct tx *tx, const struct actor *who, const struct space *space, organisation_id organisation,
    struct span days, const struct zone *zone)
{
	/* What they have themselves is asked for whole weeks, so that the hours of a week are known. */
	struct date monday = date_add_days(days.first, 1 - date_weekday(days.first));
	struct date sunday = date_add_days(days.last, WEEK_DAYS - date_weekday(days.last));
	struct instant week = instant_of_local(zone, monday, 0);
	struct instant week_ends = instant_of_local(zone, date_add_days(sunday, 1), 0);
	/* Around the days also as far as buffers reach. */
	struct instant first = plus_minutes(instant_of_local(zone, days.first, 0), -space->before_minutes);
	struct instant last = plus_minutes(instant_of_local(zone, date_add_days(days.last, 1), 0),
	    space->after_minutes);
	struct space_asking a = {
		.tx = tx,
		.who = who,
		.kind = space_kind(who, space->campus, organisation),
		.organisation = organisation,
		.space = space,
		.days = days,
		.times = space_times_of(tx, space, days, zone),
		.priorities = space_priorities_of(tx, space->id),
		.booked = space_busy_between(tx, space->id, space_reach(first), first, last),
		.held = space_drafts_of_space(tx, space->id, tx->now, first, last),
		.now = tx->now,
		.today = local_of(zone, tx->now).date,
		.may = actor_may(who, MAY_BOOK_SPACE, space->campus.n),
	};
	struct organisation o;

	a.rule = space_rule_for(tx, who, space, organisation);
	if (organisation.n) {
		a.mine = space_had_by_organisation(tx, organisation, space->id, week, week_ends);
		a.ended = !partner_find(tx, organisation, &o) || o.ended_at.s != 0;
	} else if (who->person) {
		a.mine = space_had_by_person(tx, (person_id){who->person}, space->id, week, week_ends);
	}
	return a;
}

/* --- one rule after another ------------------------------------------------------------------------- */

static bool
overlap(struct instant a_from, struct instant a_to, struct instant b_from, struct instant b_to)
{
	return a_from.s < b_to.s && a_to.s > b_from.s;
}

struct instant
space_blocked_from(const struct space *space, struct space_slot slot)
{
	return plus_minutes(slot.starts, slot.shared ? 0 : -space->before_minutes);
}

struct instant
space_blocked_to(const struct space *space, struct space_slot slot)
{
	return plus_minutes(slot.ends, slot.shared ? 0 : space->after_minutes);
}

static const struct space_busy *
taken_by(const struct space_asking *a, struct space_slot slot)
{
	struct instant from = space_blocked_from(a->space, slot), to = space_blocked_to(a->space, slot);

	for (size_t i = 0; i < a->booked.n; i++) {
		const struct space_busy *b = &a->booked.at[i];

		if (b->id.n != a->moves.n && !(b->shared && slot.shared) &&
		    overlap(b->blocked_from, b->blocked_to, from, to))
			return b;
	}
	return NULL;
}

static const struct space_draft *
held_by(const struct space_asking *a, struct space_slot slot)
{
	struct instant from = space_blocked_from(a->space, slot), to = space_blocked_to(a->space, slot);

	for (size_t i = 0; i < a->held.n; i++) {
		const struct space_draft *d = &a->held.at[i];

		if (d->id.n != a->draft.n && d->person.n != a->who->person && !(d->shared && slot.shared) &&
		    overlap(d->blocked_from, d->blocked_to, from, to))
			return d;
	}
	return NULL;
}

/* How many take part at a moment. */
static int64_t
people_at(const struct space_asking *a, struct instant at)
{
	int64_t sum = 0;

	for (size_t i = 0; i < a->booked.n; i++) {
		const struct space_busy *b = &a->booked.at[i];

		if (b->shared && b->id.n != a->moves.n && b->starts.s <= at.s && b->ends.s > at.s)
			sum += b->people;
	}
	return sum;
}

/* The most that take part at once while the slot lasts: at its start, or when another begins. */
static int64_t
most_people(const struct space_asking *a, struct space_slot slot)
{
	int64_t most = people_at(a, slot.starts);

	for (size_t i = 0; i < a->booked.n; i++) {
		const struct space_busy *b = &a->booked.at[i];

		if (b->shared && b->starts.s > slot.starts.s && b->starts.s < slot.ends.s) {
			int64_t then = people_at(a, b->starts);

			most = then > most ? then : most;
		}
	}
	return most;
}

/* What they have in the week of a day besides what moves. */
static int64_t
minutes_of_week(const struct space_asking *a, struct date day)
{
	struct week week = week_of(day);
	int64_t sum = 0;

	for (size_t i = 0; i < a->mine.n; i++) {
		const struct space_had *b = &a->mine.at[i];
		struct week of = week_of(local_of(a->times.zone, b->starts).date);

		if (b->id.n != a->moves.n && of.year == week.year && of.week == week.week)
			sum += (b->ends.s - b->starts.s) / MINUTE_S;
	}
	return sum;
}

/* Between the two minutes, on a day that the priority holds for. */
static const struct space_priority *
kept_for_others(const struct space_asking *a, struct date day, int from, int to)
{
	for (size_t i = 0; i < a->priorities.n; i++) {
		const struct space_priority *p = &a->priorities.at[i];

		if ((int)p->who != (int)a->kind && (p->days & (1 << (date_weekday(day) - 1))) && p->opens < to &&
		    p->closes > from && date_days_between(a->today, day) > p->until_days)
			return p;
	}
	return NULL;
}

/* A day with what decides about its times, so that what holds for all of them is found once. */
struct day_asked {
	struct space_asking a; /* of what is booked only that which may be in the way on this day */
	struct space_day day;
	struct instant ends;   /* the midnight after it */
	int64_t had;           /* minutes that they have in its week */
	bool agreed;           /* they have the agreement that the space wants */
};

static struct day_asked
day_asked(const struct space_asking *a, struct date day)
{
	struct day_asked d = {*a, space_day_of(&a->times, day),
	    instant_of_local(a->times.zone, date_add_days(day, 1), 0),
	    minutes_of_week(a, day), true};
	struct instant first = plus_minutes(instant_of_local(a->times.zone, day, 0), -a->space->before_minutes);
	struct instant last = plus_minutes(d.ends, a->space->after_minutes);
	struct space_busy_list *booked = &d.a.booked;

	/* By their start: what lies before and behind falls off the ends. */
	for (; booked->n && booked->at[0].blocked_to.s <= first.s; booked->n--)
		booked->at++;
	while (booked->n && booked->at[booked->n - 1].blocked_from.s >= last.s)
		booked->n--;
	if (a->organisation.n && a->space->needs_agreement)
		d.agreed = partner_has_agreement(a->tx, a->organisation, day);
	return d;
}

static struct space_judged
because(enum space_why why, int64_t number)
{
	return (struct space_judged){.why = why, .number = number};
}

/* Whatever the hours and whoever has the room. */
static struct space_judged
judge_the_wish(const struct day_asked *d, struct space_slot slot)
{
	const struct space_asking *a = &d->a;
	int length = space_length(slot);

	if (!a->may)
		return because(SPACE_WHY_ROLE, 0);
	if (a->holds >= HOLDS_MOST)
		return because(SPACE_WHY_HOLDS, HOLDS_MOST);
	if (a->ended)
		return because(SPACE_WHY_ENDED, 0);
	if (slot.starts.s <= a->now.s)
		return because(SPACE_WHY_PAST, 0);
	if (date_days_between(a->today, d->day.day) > a->space->ahead_days)
		return because(SPACE_WHY_TOO_FAR, a->space->ahead_days);
	if (length < a->space->shortest)
		return because(SPACE_WHY_SHORT, a->space->shortest);
	if (length > a->space->longest)
		return because(SPACE_WHY_LONG, a->space->longest);
	if (space_starts(a->times.zone, slot).minutes % a->space->step)
		return because(SPACE_WHY_STEP, a->space->step);
	if (slot.ends.s > d->ends.s)
		return because(SPACE_WHY_MIDNIGHT, 0);
	if (slot.people > a->space->capacity)
		return because(SPACE_WHY_MANY, a->space->capacity);
	if (!d->agreed)
		return because(SPACE_WHY_AGREEMENT, 0);
	return because(SPACE_WHY_NOTHING, 0);
}

struct space_judged
space_judge_room(const struct space_asking *a, struct space_slot slot)
{
	struct space_judged j = {.other = taken_by(a, slot)};
	const struct space_draft *hold = held_by(a, slot);

	if (j.other) {
		j.why = SPACE_WHY_TAKEN;
	} else if (slot.shared && most_people(a, slot) + slot.people > a->space->capacity) {
		j.why = SPACE_WHY_FULL;
		j.number = a->space->capacity - most_people(a, slot);
	} else if (hold) {
		j.why = SPACE_WHY_HELD;
		j.until = hold->held_until;
	}
	return j;
}

static struct space_judged
judge_the_hours(const struct day_asked *d, struct space_slot slot, int from, int to)
{
	const struct space_asking *a = &d->a;
	const struct space_day *day = &d->day;
	const struct space *s = a->space;
	const struct space_priority *kept = kept_for_others(a, day->day, from, to);
	int64_t week = d->had + space_length(slot);

	/* Where the drop-in lies outside the open hours it takes nothing from anyone. */
	if (!slot.shared && from < s->drop_in_to && to > s->drop_in_from &&
	    space_minutes(day->open, day->opens, (int)s->drop_in_from, (int)s->drop_in_to) > 0)
		return because(SPACE_WHY_DROP_IN, 0);
	if (kept) {
		struct space_judged j = because(SPACE_WHY_PRIORITY, kept->until_days);

		j.kept_for = (enum space_booking_who)kept->who;
		return j;
	}
	if (a->rule.quota_minutes && week > a->rule.quota_minutes)
		return because(SPACE_WHY_QUOTA, a->rule.quota_minutes);
	if (a->rule.approval == SPACE_RULE_APPROVAL_NEVER)
		return because(SPACE_WHY_NOTHING, 0);
	if (!space_within(day->open, day->opens, from, to))
		return because(SPACE_WHY_OUTSIDE, 0);
	if (a->rule.week_minutes && week > a->rule.week_minutes)
		return because(SPACE_WHY_WEEK, a->rule.week_minutes);
	return because(a->rule.approval == SPACE_RULE_APPROVAL_ALWAYS ? SPACE_WHY_ALWAYS : SPACE_WHY_NOTHING, 0);
}

bool
space_can_be_asked(enum space_why why)
{
	return why >= SPACE_WHY_OUTSIDE;
}

/* A time of that day. */
static struct space_judged
judge_on(const struct day_asked *d, struct space_slot slot)
{
	const struct zone *zone = d->a.times.zone;
	struct space_judged j = judge_the_wish(d, slot);

	if (j.why == SPACE_WHY_NOTHING && d->day.closed == SPACE_EXCEPTION)
		j.why = SPACE_WHY_CLOSED;
	if (j.why == SPACE_WHY_NOTHING)
		j = space_judge_room(&d->a, slot);
	if (j.why == SPACE_WHY_NOTHING)
		j = judge_the_hours(d, slot, space_starts(zone, slot).minutes, space_ends_at(zone, slot));
	return j;
}

struct space_judged
space_judge(const struct space_asking *a, struct space_slot slot)
{
	struct day_asked d = day_asked(a, space_starts(a->times.zone, slot).date);
	struct space_judged j = judge_on(&d, slot);

	j.day = d.day;
	return j;
}

bool
space_needs_adult(const struct space_asking *a, struct space_slot slot, bool minors)
{
	struct local at = space_starts(a->times.zone, slot);
	struct space_day d = space_day_of(&a->times, at.date);

	if (space_within(d.staffed, d.staffs, at.minutes, space_ends_at(a->times.zone, slot)))
		return false;
	switch (a->space->adult_for) {
	case SPACE_ADULT_FOR_EVERYONE: return true;
	case SPACE_ADULT_FOR_STUDENTS: return minors || a->kind == SPACE_BOOKING_WHO_STUDENT;
	case SPACE_ADULT_FOR_MINORS: return minors;
	case SPACE_ADULT_FOR_NONE: break;
	}
	return minors;
}

/* --- in words --------------------------------------------------------------------------------------- */

/* Public bookings say what they are; of the others colleagues on the campus see it too. */
static struct said
taken_words(const struct space_asking *a, const struct space_busy *b)
{
	struct local from = local_of(a->times.zone, b->starts), to = local_of(a->times.zone, b->ends);

	if (b->public || actor_may(a->who, MAY_SEE_BOOKINGS, a->space->campus.n))
		return t_space_why_taken_by(from.date, from.minutes, to.minutes, b->title);
	return t_space_why_taken(from.date, from.minutes, to.minutes);
}

struct said
space_why_words(const struct space_asking *a, const struct space_judged *j)
{
	const struct space *s = a->space;

	switch (j->why) {
	case SPACE_WHY_NOTHING: return (struct said){0};
	case SPACE_WHY_ROLE: return said(a->who->person ? T_SPACE_WHY_ROLE : T_SPACE_WHY_SIGN_IN);
	case SPACE_WHY_HOLDS: return t_space_why_holds(j->number);
	case SPACE_WHY_ENDED: return said(T_SPACE_WHY_ENDED);
	case SPACE_WHY_PAST: return said(T_SPACE_WHY_PAST);
	case SPACE_WHY_TOO_FAR: return t_space_why_too_far(j->number);
	case SPACE_WHY_SHORT: return t_space_why_short(j->number);
	case SPACE_WHY_LONG:
		return j->number % HOUR ? t_space_why_long(j->number) : t_space_why_long_hours(j->number / HOUR);
	case SPACE_WHY_STEP: return t_space_why_step(j->number);
	case SPACE_WHY_MIDNIGHT: return said(T_SPACE_WHY_MIDNIGHT);
	case SPACE_WHY_MANY: return t_space_why_many(j->number);
	case SPACE_WHY_AGREEMENT: return said(T_SPACE_WHY_AGREEMENT);
	case SPACE_WHY_CLOSED: return t_space_why_closed(j->day.day, j->day.reason);
	case SPACE_WHY_TAKEN: return taken_words(a, j->other);
	case SPACE_WHY_FULL: return t_space_why_full(j->number > 0 ? j->number : 0);
	case SPACE_WHY_HELD: return t_space_why_held(local_of(a->times.zone, j->until).minutes);
	case SPACE_WHY_DROP_IN: return t_space_why_drop_in(s->drop_in_from, s->drop_in_to);
	case SPACE_WHY_PRIORITY: return t_space_why_priority(j->kept_for, j->number);
	case SPACE_WHY_QUOTA: return t_space_why_quota(j->number / HOUR);
	case SPACE_WHY_OUTSIDE:
		return j->day.closed == SPACE_HOLIDAY ? said(T_SPACE_WHY_HOLIDAY)
		    : j->day.closed == SPACE_BREAK ? t_space_why_break(j->day.reason)
		    : said(T_SPACE_WHY_OUTSIDE);
	case SPACE_WHY_WEEK: return t_space_why_week(j->number / HOUR);
	case SPACE_WHY_ALWAYS: return said(T_SPACE_WHY_ALWAYS);
	case SPACE_WHY_COUNT: break;
	}
	need(0 && "a reason");
}

/* --- what is free ----------------------------------------------------------------------------------- */

static enum space_why
why_not(const struct day_asked *d, int from, int length, bool shared, int64_t people)
{
	struct space_slot slot = space_slot_of(d->a.times.zone, d->day.day, from, length);

	slot.shared = shared;
	slot.people = people;
	return judge_on(d, slot).why;
}

/* Whether the day has that time, and the room is open then unless it may be outside. */
static bool
is_start(const struct day_asked *d, int from, bool outside)
{
	const struct zone *zone = d->a.times.zone;

	/* The hour that is left out in spring is no time of that day. */
	return (outside || space_within(d->day.open, d->day.opens, from, from + 1)) &&
	    local_of(zone, instant_of_local(zone, d->day.day, from)).minutes == from;
}

/* The longest that can be had from a minute on, in whole steps; 0 if not even the shortest can. */
static int
longest_from(const struct day_asked *d, int from, bool shared, int64_t people, bool *asks)
{
	const struct space *s = d->a.space;
	int shortest = (int)s->shortest, step = (int)s->step;
	int most = (int)s->longest < DAY_MINUTES - from ? (int)s->longest : DAY_MINUTES - from;
	enum space_why why = why_not(d, from, shortest, shared, people);
	int few = 0, many = (most - shortest) / step;

	*asks = space_can_be_asked(why);
	if (most < shortest || (why != SPACE_WHY_NOTHING && !*asks))
		return 0;
	/* What is too long stays so when it is longer: the border is between few steps and many. */
	while (few < many) {
		int middle = (few + many + 1) / 2;

		why = why_not(d, from, shortest + middle * step, shared, people);
		if (why == SPACE_WHY_NOTHING || (*asks && space_can_be_asked(why)))
			few = middle;
		else
			many = middle - 1;
	}
	return shortest + few * step;
}

struct space_start_list
space_free(const struct space_asking *a, struct date day, bool shared, int64_t people, bool outside)
{
	struct day_asked d = day_asked(a, day);
	struct space_start_list list = {
	    ARENA_ARRAY(a->tx->arena, struct space_start, (size_t)(DAY_MINUTES / a->space->step)), 0};

	for (int from = 0; from < DAY_MINUTES; from += (int)a->space->step) {
		struct space_start start = {.from = from};

		if (is_start(&d, from, outside))
			start.longest = longest_from(&d, from, shared, people, &start.asks);
		if (start.longest && (outside || !start.asks))
			list.at[list.n++] = start;
	}
	return list;
}

int64_t
space_free_count(const struct space_asking *a, struct date day, bool shared, int64_t people)
{
	struct day_asked d = day_asked(a, day);
	int64_t n = 0;

	for (int from = 0; from < DAY_MINUTES; from += (int)a->space->step)
		n += is_start(&d, from, false) && from + a->space->shortest <= DAY_MINUTES &&
		    why_not(&d, from, (int)a->space->shortest, shared, people) == SPACE_WHY_NOTHING;
	return n;
}

/* The same time of a day from another minute on; false when it cannot be had. */
static bool
is_free_from(const struct day_asked *d, struct space_slot slot, int from, struct space_slot *found)
{
	*found = space_slot_of(d->a.times.zone, d->day.day, from, space_length(slot));
	found->shared = slot.shared;
	found->people = slot.people;
	return judge_on(d, *found).why == SPACE_WHY_NOTHING;
}

/* The nearest start of that day at which as much is free. */
static bool
near_that_day(const struct space_asking *a, struct space_slot slot, struct space_slot *found)
{
	struct local at = space_starts(a->times.zone, slot);
	struct day_asked d = day_asked(a, at.date);
	int step = (int)a->space->step, before = at.minutes % step;

	/* What is no start is near the one before it. */
	for (int off = before ? 0 : step; off < DAY_MINUTES; off += step)
		for (int sign = -1; sign <= 1; sign += 2) {
			int from = at.minutes - before + sign * off;

			if (from >= 0 && from + space_length(slot) <= DAY_MINUTES &&
			    is_free_from(&d, slot, from, found))
				return true;
		}
	return false;
}

/* The same time of the day on the first day after `*off` that has it. */
static bool
near_other_day(const struct space_asking *a, struct space_slot slot, int *off, struct space_slot *found)
{
	struct local at = space_starts(a->times.zone, slot);
	struct space_asking later = *a;

	if (date_add_days(at.date, SPACE_NEAR_DAYS).day > a->days.last.day) {
		later = space_asking_of(a->tx, a->who, a->space, a->organisation,
		    (struct span){at.date, date_add_days(at.date, SPACE_NEAR_DAYS)}, a->times.zone);
		later.draft = a->draft;
		later.moves = a->moves;
	}
	while (++*off <= SPACE_NEAR_DAYS) {
		struct day_asked d = day_asked(&later, date_add_days(at.date, *off));

		if (is_free_from(&d, slot, at.minutes, found))
			return true;
	}
	return false;
}

static const struct space *
near_other_space(const struct space_asking *a, struct space_slot slot)
{
	struct space_list all = spaces_of(a->tx, a->space->campus);
	struct date day = space_starts(a->times.zone, slot).date;

	for (size_t i = 0; i < all.n; i++) {
		struct space_asking there;

		if (all.at[i].id.n == a->space->id.n || all.at[i].capacity < slot.people)
			continue;
		there = space_asking_of(a->tx, a->who, &all.at[i], a->organisation, (struct span){day, day},
		    a->times.zone);
		there.moves = a->moves;
		if (space_judge(&there, slot).why == SPACE_WHY_NOTHING)
			return &all.at[i];
	}
	return NULL;
}

struct space_near_list
space_nearest(const struct space_asking *a, struct space_slot slot)
{
	struct space_near_list list = {ARENA_ARRAY(a->tx->arena, struct space_near, NEAR_MOST), 0};
	const struct space *other;
	struct space_slot found;
	int off = 0;

	if (near_that_day(a, slot, &found))
		list.at[list.n++] = (struct space_near){a->space, found};
	if ((other = near_other_space(a, slot)))
		list.at[list.n++] = (struct space_near){other, slot};
	while (list.n < NEAR_MOST && near_other_day(a, slot, &off, &found))
		list.at[list.n++] = (struct space_near){a->space, found};
	return list;
}
