/* Taking a room, alone or in a series; moving, cancelling and answering. */
#include "app/space/inside.h"

#include "lib/arena.h"
#include "lib/holiday.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/token.h"

#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { MINUTE_S = 60, WEEK_DAYS = 7, ANSWER_WORKING_DAYS = 2, SATURDAY = 6 };

const struct event space_booked = {"space.booked", T_SPACE_EVENT_BOOKED};
const struct event space_requested = {"space.requested", T_SPACE_EVENT_REQUESTED};
const struct event space_answered = {"space.answered", T_SPACE_EVENT_ANSWERED};
const struct event space_changed = {"space.changed", T_SPACE_EVENT_CHANGED};
const struct event space_cancelled = {"space.cancelled", T_SPACE_EVENT_CANCELLED};

const struct zone *
space_zone(struct tx *tx)
{
	const struct zone *zone = zone_find(provider_of(tx).time_zone);

	return zone ? zone : zone_find(STR("Europe/Helsinki"));
}

/* For the journal: the same for every reader. */
static struct str
when_words(struct arena *a, struct instant starts, struct instant ends)
{
	char from[21], to[21];

	return str_fmt(a, "%s – %s", instant_iso(starts, from), instant_iso(ends, to));
}

static void
note(struct tx *tx, const struct actor *who, const struct event *event, const struct space *space,
    const struct space_booking *was, const struct space_booking *becomes)
{
	const struct space_booking *b = becomes ? becomes : was;

	journal_add(tx, who, (struct journal_entry){
		.event = event,
		.place = space->campus.n,
		.subject = b->id.n,
		.was = was ? when_words(tx->arena, was->starts, was->ends) : STR(""),
		.becomes = becomes ? when_words(tx->arena, becomes->starts, becomes->ends) : STR(""),
	});
}

static struct space_booking
booking_now(struct tx *tx, space_booking_id id)
{
	struct space_booking b = {0};

	need(space_booking_by_id(tx, id, &b));
	return b;
}

static struct space_booking_list
one(struct tx *tx, struct space_booking b)
{
	struct space_booking_list list = {ARENA_NEW(tx->arena, struct space_booking), 1};

	list.at[0] = b;
	return list;
}

/* --- holding ------------------------------------------------------------------------------------------ */

enum verdict
space_hold(const struct space_asking *a, struct space_slot slot, struct space_judged *judged, space_draft_id *draft)
{
	struct space_asking asking = *a;

	asking.holds = space_drafts_held(a->tx, (person_id){a->who->person}, a->now);
	*judged = space_judge(&asking, slot);
	if (judged->why != SPACE_WHY_NOTHING && !space_can_be_asked(judged->why))
		return judged->why == SPACE_WHY_ROLE ? VERDICT_FORBIDDEN : VERDICT_TAKEN;
	if (!space_draft_hold(a->tx, (person_id){a->who->person}, a->space->id, slot.shared, slot.starts, slot.ends,
	    space_blocked_from(a->space, slot), space_blocked_to(a->space, slot),
	    (struct instant){a->now.s + SPACE_HOLD_MINUTES * MINUTE_S}, a->now,
	    space_reach(space_blocked_from(a->space, slot)), a->moves, a->moves_rest, a->continues, draft))
		return VERDICT_TAKEN;
	return VERDICT_OK;
}

/* --- the plan of a draft ------------------------------------------------------------------------------ */

static const struct space_draft_day *
chosen_for(struct space_draft_day_list days, struct date day)
{
	for (size_t i = 0; i < days.n; i++)
		if (days.at[i].day.day == day.day)
			return &days.at[i];
	return NULL;
}

/* Each day of a draft as on the first: the days of the series, or those of the bookings that move with it. */
static void
list_days(struct tx *tx, const struct space_draft *d, const struct zone *zone, struct space_plan *plan)
{
	struct space_slot first = {d->starts, d->ends, d->shared, d->people};
	struct local at = local_of(zone, d->starts);
	struct space_booking moved = {0};
	struct space_booking_list rest;

	plan->at = ARENA_ARRAY(tx->arena, struct space_plan_day, SPACE_SERIES_MAX);
	plan->at[plan->n++] = (struct space_plan_day){.day = at.date, .slot = first, .moves = d->moves};
	if (d->moves.n && d->moves_rest && space_booking_by_id(tx, d->moves, &moved) && moved.series.n) {
		int off = date_days_between(local_of(zone, moved.starts).date, at.date);

		rest = space_bookings_of_series(tx, moved.series);
		for (size_t i = 0; i < rest.n && plan->n < SPACE_SERIES_MAX; i++) {
			const struct space_booking *b = &rest.at[i];
			struct date day = date_add_days(local_of(zone, b->starts).date, off);

			if (b->starts.s <= moved.starts.s || b->state != SPACE_BOOKING_STATE_BOOKED)
				continue;
			plan->at[plan->n++] = (struct space_plan_day){.day = day, .moves = b->id,
			    .slot = space_slot_of(zone, day, at.minutes, space_length(first))};
		}
	}
	for (int week = (int)d->every; d->every && plan->n < SPACE_SERIES_MAX; week += (int)d->every) {
		struct date day = date_add_days(at.date, WEEK_DAYS * week);

		if (day.day > d->last.day)
			break;
		if (d->weeks.n && !space_weeks_hold(d->weeks, week_of(day).week))
			continue;
		plan->at[plan->n++] = (struct space_plan_day){.day = day,
		    .slot = space_slot_of(zone, day, at.minutes, space_length(first))};
	}
	for (size_t i = 0; i < plan->n; i++) {
		plan->at[i].slot.shared = d->shared;
		plan->at[i].slot.people = d->people;
	}
}

/* The person's own choice for a day, perhaps in another space. */
static void
follow_choice(struct tx *tx, const struct actor *who, const struct space_draft *d, const struct zone *zone,
    const struct space_draft_day *choice, struct space_plan_day *p)
{
	struct space *space = ARENA_NEW(tx->arena, struct space);
	struct space_asking there;
	struct date day;

	p->skipped = choice->choice == SPACE_DRAFT_DAY_CHOICE_SKIP;
	if (choice->choice != SPACE_DRAFT_DAY_CHOICE_MOVE || !space_by_id(tx, choice->space, space))
		return;
	p->moved = true;
	p->space = space;
	p->slot.ends.s += choice->starts.s - p->slot.starts.s;
	p->slot.starts = choice->starts;
	day = local_of(zone, choice->starts).date;
	there = space_asking_of(tx, who, space, d->organisation, (struct span){day, day}, zone);
	there.draft = d->id;
	there.moves = p->moves;
	p->judged = space_judge(&there, p->slot);
}

static void
count(struct space_plan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct space_plan_day *p = &plan->at[i];

		p->skipped |= p->judged.why != SPACE_WHY_NOTHING && !space_can_be_asked(p->judged.why);
		if (p->skipped)
			plan->skipped++;
		else if (p->judged.why == SPACE_WHY_NOTHING)
			plan->taken++;
		else
			plan->asked++;
	}
}

struct space_plan
space_plan_of(struct tx *tx, const struct actor *who, const struct space_draft *d, const struct zone *zone)
{
	struct space_draft_day_list chosen = space_draft_days(tx, d->id);
	struct space *space = ARENA_NEW(tx->arena, struct space);
	struct space_plan plan = {0};
	struct space_asking a;

	need(space_by_id(tx, d->space, space));
	list_days(tx, d, zone, &plan);
	a = space_asking_of(tx, who, space, d->organisation,
	    (struct span){plan.at[0].day, plan.at[plan.n - 1].day}, zone);
	a.draft = d->id;
	for (size_t i = 0; i < plan.n; i++) {
		struct space_plan_day *p = &plan.at[i];
		const struct space_draft_day *choice = chosen_for(chosen, p->day);

		p->space = space;
		a.moves = p->moves;
		p->judged = space_judge(&a, p->slot);
		/* A series in open hours leaves out a holiday rather than bother somebody with a request. */
		p->skipped = i > 0 && plan.at[0].judged.why == SPACE_WHY_NOTHING && space_can_be_asked(p->judged.why) &&
		    p->judged.why != SPACE_WHY_WEEK;
		if (choice)
			follow_choice(tx, who, d, zone, choice, p);
	}
	count(&plan);
	return plan;
}

/* --- sending ------------------------------------------------------------------------------------------ */

struct date
space_answer_day(struct date today)
{
	for (int left = ANSWER_WORKING_DAYS; left > 0;) {
		today = date_add_days(today, 1);
		if (date_weekday(today) < SATURDAY && holiday_of(today) == HOLIDAY_NONE)
			left--;
	}
	return today;
}

/* Never after the time itself. */
static struct date
answer_by(const struct zone *zone, struct instant now, struct instant starts)
{
	struct date day = space_answer_day(local_of(zone, now).date), last = local_of(zone, starts).date;

	return day.day < last.day ? day : last;
}

static enum space_booking_because
because_of(enum space_why why)
{
	switch (why) {
	case SPACE_WHY_WEEK: return SPACE_BOOKING_BECAUSE_WEEK;
	case SPACE_WHY_ALWAYS: return SPACE_BOOKING_BECAUSE_ALWAYS;
	default: return SPACE_BOOKING_BECAUSE_OUTSIDE;
	}
}

struct sending {
	struct tx *tx;
	const struct actor *who;
	const struct space_draft *d;
	const struct zone *zone;
	enum space_booking_language language;
	space_series_id series;
	struct space_booking_list done;
};

/* The time that a booking had, in the space where it was. */
static void
offer_again(struct tx *tx, const struct space_booking *was)
{
	struct space space;

	need(space_by_id(tx, was->space, &space));
	space_offer(tx, &space, was->blocked_from, was->blocked_to);
}

/* One day: taken, asked for, or moved there. False: somebody has it after all. */
static bool
send_day(struct sending *s, const struct space_plan_day *p)
{
	const struct space_draft *d = s->d;
	const struct space *space = p->space;
	struct instant from = space_blocked_from(space, p->slot), to = space_blocked_to(space, p->slot);
	enum space_booking_who kind = space_kind(s->who, space->campus, d->organisation);
	struct str uid = str_fmt(s->tx->arena, "%.*s@nuotio", STR_ARG(token_new(s->tx->arena)));
	space_booking_id id = p->moves;
	struct space_booking was = {0};

	if (p->moves.n) {
		was = booking_now(s->tx, p->moves);
		if (space_booking_move(s->tx, id, space->id, p->slot.shared, p->slot.starts, p->slot.ends, from, to,
		    s->tx->now, d->id.n, space_reach(from), was.version) == 0)
			return false;
	} else if (p->judged.why == SPACE_WHY_NOTHING) {
		if (!space_booking_take(s->tx, space->id, s->series, p->slot.shared, p->slot.starts, p->slot.ends, from,
		    to, d->title, s->language, (enum space_booking_audience)d->audience, d->group_code, d->people,
		    d->public, d->minors, d->adult, kind, d->organisation, (person_id){s->who->person}, s->tx->now,
		    d->note, uid, space->capacity, d->id.n, space_reach(from), &id))
			return false;
	} else {
		id = space_booking_request(s->tx, space->id, s->series, p->slot.shared, p->slot.starts, p->slot.ends,
		    from, to, d->title, s->language, (enum space_booking_audience)d->audience, d->group_code, d->people,
		    d->public, d->minors, d->adult, kind, d->organisation, (person_id){s->who->person}, s->tx->now,
		    d->note, because_of(p->judged.why), answer_by(s->zone, s->tx->now, p->slot.starts), uid);
	}
	s->done.at[s->done.n] = booking_now(s->tx, id);
	note(s->tx, s->who, p->moves.n ? &space_changed :
	    p->judged.why == SPACE_WHY_NOTHING ? &space_booked : &space_requested, space,
	    p->moves.n ? &was : NULL, &s->done.at[s->done.n]);
	s->done.n++;
	if (p->moves.n)
		offer_again(s->tx, &was);
	return true;
}

/* Whether every day of a move can be had: what only can be asked for is no move. */
static bool
moves_fit(const struct space_draft *d, const struct space_plan *plan)
{
	return d->moves.n == 0 || plan->asked == 0;
}

static void
settle_offer(struct tx *tx, const struct space_draft *d)
{
	struct space_wish_list offered = space_wishes_offered(tx);

	for (size_t i = 0; i < offered.n; i++)
		if (offered.at[i].offer.n == d->id.n)
			space_wish_settle(tx, offered.at[i].id, SPACE_WISH_STATE_TAKEN);
}

enum verdict
space_send(struct tx *tx, const struct actor *who, const struct space_draft *d, size_t taken, size_t asked,
    enum lang lang, const struct zone *zone, struct space_sent *sent)
{
	struct space_plan plan = space_plan_of(tx, who, d, zone);
	struct sending s = {.tx = tx, .who = who, .d = d, .zone = zone,
	    .language = (enum space_booking_language)((int)lang + SPACE_BOOKING_LANGUAGE_FI),
	    .done = {ARENA_ARRAY(tx->arena, struct space_booking, plan.n), 0}};
	struct space space;

	need(d->person.n == who->person && d->filled);
	if (plan.taken != taken || plan.asked != asked || !moves_fit(d, &plan))
		return VERDICT_CONFLICT;
	if (plan.taken + plan.asked == 0)
		return VERDICT_INVALID;
	need(space_by_id(tx, d->space, &space));
	if (d->every && plan.taken + plan.asked > 1)
		s.series = space_series_add(tx, d->space, d->every, plan.at[0].day, plan.at[plan.n - 1].day,
		    d->continues, tx->now, d->weeks);
	for (size_t i = 0; i < plan.n; i++)
		if (!plan.at[i].skipped && !send_day(&s, &plan.at[i]))
			return VERDICT_CONFLICT;
	settle_offer(tx, d);
	space_draft_days_clear(tx, d->id);
	space_draft_drop(tx, d->id);
	space_tell(tx, who, d->moves.n ? SPACE_NEWS_MOVED : plan.taken ? SPACE_NEWS_BOOKED : SPACE_NEWS_REQUESTED,
	    &space, s.done);
	*sent = (struct space_sent){s.done.at[0].id, s.series, plan.taken, plan.asked};
	return VERDICT_OK;
}

/* --- afterwards --------------------------------------------------------------------------------------- */

bool
space_is_theirs(struct tx *tx, const struct actor *who, const struct space *space, const struct space_booking *b)
{
	if (!actor_signed_in(who))
		return false;
	return b->booked_by.n == who->person || actor_may(who, MAY_ANSWER_BOOKINGS, space->campus.n) ||
	    (b->organisation.n && partner_acts_for(tx, (person_id){who->person}, b->organisation));
}

/* The booking and its space, when it is theirs. */
static enum verdict
find_theirs(struct tx *tx, const struct actor *who, space_booking_id id, struct space *space, struct space_booking *b)
{
	if (!space_booking_by_id(tx, id, b) || !space_by_id(tx, b->space, space))
		return VERDICT_NOT_FOUND;
	return space_is_theirs(tx, who, space, b) ? VERDICT_OK : VERDICT_FORBIDDEN;
}

bool
space_is_ahead(const struct space_booking *b, struct instant now)
{
	return b->ends.s > now.s &&
	    (b->state == SPACE_BOOKING_STATE_BOOKED || b->state == SPACE_BOOKING_STATE_REQUESTED);
}

static bool
end_one(struct tx *tx, const struct actor *who, const struct space *space, const struct space_booking *b,
    int64_t version, struct str reply)
{
	if (!space_is_ahead(b, tx->now) ||
	    space_booking_end(tx, b->id, SPACE_BOOKING_STATE_CANCELLED, reply, tx->now, version) == 0)
		return false;
	note(tx, who, &space_cancelled, space, b, NULL);
	if (b->state == SPACE_BOOKING_STATE_BOOKED)
		space_offer(tx, space, b->blocked_from, b->blocked_to);
	return true;
}

enum verdict
space_cancel(struct tx *tx, const struct actor *who, space_booking_id id, int64_t version, bool rest,
    struct str reply)
{
	struct space_booking_list series = {0}, ended;
	struct space_booking b, later;
	struct space space, there;
	enum verdict v = find_theirs(tx, who, id, &space, &b);

	if (v != VERDICT_OK)
		return v;
	if (!end_one(tx, who, &space, &b, version, reply))
		return VERDICT_CONFLICT;
	if (rest && b.series.n)
		series = space_bookings_of_series(tx, b.series);
	ended = (struct space_booking_list){ARENA_ARRAY(tx->arena, struct space_booking, series.n + 1), 0};
	ended.at[ended.n++] = booking_now(tx, id);
	/* A day of it may be in another space. */
	for (size_t i = 0; i < series.n; i++)
		if (series.at[i].starts.s > b.starts.s &&
		    find_theirs(tx, who, series.at[i].id, &there, &later) == VERDICT_OK &&
		    end_one(tx, who, &there, &later, later.version, reply))
			ended.at[ended.n++] = booking_now(tx, later.id);
	space_tell(tx, who, SPACE_NEWS_CANCELLED, &space, ended);
	return VERDICT_OK;
}

/* Tells of those that were made together in one mail. */
static void
tell_by_series(struct tx *tx, const struct actor *who, enum space_news news, const struct space *space,
    struct space_booking_list all)
{
	struct space_booking_list some = {ARENA_ARRAY(tx->arena, struct space_booking, all.n), 0};

	for (size_t i = 0; i < all.n; i++) {
		size_t first = 0;

		/* Told with the first of its series. */
		while (all.at[i].series.n && all.at[first].series.n != all.at[i].series.n)
			first++;
		if (all.at[i].series.n && first < i)
			continue;
		some.n = 0;
		for (size_t k = i; k < all.n; k++)
			if (k == i || (all.at[i].series.n && all.at[k].series.n == all.at[i].series.n))
				some.at[some.n++] = all.at[k];
		space_tell(tx, who, news, space, some);
	}
}

void
space_cancel_all(struct tx *tx, const struct actor *who, const struct space *space, struct space_booking_list list,
    struct str reply)
{
	struct space_booking_list ended = {ARENA_ARRAY(tx->arena, struct space_booking, list.n), 0};

	for (size_t i = 0; i < list.n; i++)
		if (end_one(tx, who, space, &list.at[i], list.at[i].version, reply))
			ended.at[ended.n++] = booking_now(tx, list.at[i].id);
	tell_by_series(tx, who, SPACE_NEWS_CANCELLED, space, ended);
}

/* Whether it waits for an answer of theirs; one whose time has begun gets no yes any more. */
static bool
waits_for(struct tx *tx, const struct actor *who, const struct space_booking *b, bool yes, struct space *space)
{
	return b->state == SPACE_BOOKING_STATE_REQUESTED && !(yes && b->starts.s <= tx->now.s) &&
	    space_by_id(tx, b->space, space) && actor_may(who, MAY_ANSWER_BOOKINGS, space->campus.n);
}

/* False: there is no room for it. */
static bool
answer_one(struct tx *tx, const struct actor *who, const struct space *space, const struct space_booking *b, bool yes,
    struct str reply)
{
	enum space_booking_state becomes = yes ? SPACE_BOOKING_STATE_BOOKED : SPACE_BOOKING_STATE_DECLINED;

	if (!yes)
		space_booking_decline(tx, b->id, (person_id){who->person}, tx->now, reply, b->version);
	else if (space_booking_grant(tx, b->id, (person_id){who->person}, tx->now, reply, space->capacity,
	    space_reach(b->blocked_from), b->version) == 0)
		return false;
	journal_add(tx, who, (struct journal_entry){&space_answered, space->campus.n, b->id.n,
	    str_of(space_booking_state_words[b->state]), str_of(space_booking_state_words[becomes])});
	return true;
}

/* Who has the room when a request wants it, or holds it. */
static struct space_judged
in_the_way(struct tx *tx, const struct actor *who, const struct space *space, const struct space_booking *b)
{
	struct space_slot slot = {b->starts, b->ends, b->shared, b->people};
	const struct zone *zone = space_zone(tx);
	struct date day = space_starts(zone, slot).date;
	struct space_asking a = space_asking_of(tx, who, space, b->organisation, (struct span){day, day}, zone);

	return space_judge_room(&a, slot);
}

enum verdict
space_answer(struct tx *tx, const struct actor *who, space_booking_id id, int64_t version, bool yes, bool rest,
    struct str reply, struct space_left *left)
{
	struct space_booking_list all, answered;
	struct space_booking b;
	struct space space, there;

	*left = (struct space_left){0};
	if (!space_booking_by_id(tx, id, &b) || !space_by_id(tx, b.space, &space))
		return VERDICT_NOT_FOUND;
	if (!actor_may(who, MAY_ANSWER_BOOKINGS, space.campus.n))
		return VERDICT_FORBIDDEN;
	if (b.version != version || !waits_for(tx, who, &b, yes, &space))
		return VERDICT_CONFLICT;
	all = rest && b.series.n ? space_bookings_of_series(tx, b.series) : one(tx, b);
	answered = (struct space_booking_list){ARENA_ARRAY(tx->arena, struct space_booking, all.n), 0};
	for (size_t i = 0; i < all.n; i++) {
		if (!waits_for(tx, who, &all.at[i], yes, &there))
			continue;
		if (answer_one(tx, who, &there, &all.at[i], yes, reply))
			answered.at[answered.n++] = booking_now(tx, all.at[i].id);
		else if (left->n++ == 0)
			left->first = in_the_way(tx, who, &there, &all.at[i]);
	}
	if (answered.n == 0)
		return VERDICT_TAKEN;
	space_tell(tx, who, yes ? SPACE_NEWS_GRANTED : SPACE_NEWS_DECLINED, &space, answered);
	return VERDICT_OK;
}

bool
space_is_asked(const struct space_booking *b, struct instant now)
{
	return space_is_ahead(b, now) && b->state == SPACE_BOOKING_STATE_BOOKED && b->asked_at.s &&
	    b->confirmed_at.s == 0;
}

bool
space_is_awaited(const struct space_booking *b, struct instant now)
{
	return space_is_ahead(b, now) && b->state == SPACE_BOOKING_STATE_BOOKED && b->claimed_at.s == 0 &&
	    now.s >= b->starts.s - SPACE_CLAIM_MINUTES * MINUTE_S;
}

/* Why one of theirs can be neither confirmed nor claimed. */
static enum verdict
why_neither(const struct space_booking *b, struct instant now)
{
	return space_is_ahead(b, now) && b->state == SPACE_BOOKING_STATE_BOOKED ? VERDICT_INVALID : VERDICT_CONFLICT;
}

enum verdict
space_confirm(struct tx *tx, const struct actor *who, space_booking_id id)
{
	struct space_booking b;
	struct space space;
	enum verdict v = find_theirs(tx, who, id, &space, &b);

	if (v != VERDICT_OK)
		return v;
	if (!b.confirmed_at.s && !space_is_asked(&b, tx->now))
		return why_neither(&b, tx->now);
	return b.confirmed_at.s || space_booking_confirm(tx, id, tx->now) ? VERDICT_OK : VERDICT_CONFLICT;
}

enum verdict
space_claim(struct tx *tx, const struct actor *who, space_booking_id id)
{
	struct space_booking b;
	struct space space;
	enum verdict v = find_theirs(tx, who, id, &space, &b);

	if (v != VERDICT_OK)
		return v;
	if (!b.claimed_at.s && !space_is_awaited(&b, tx->now))
		return why_neither(&b, tx->now);
	return b.claimed_at.s || space_booking_claim(tx, id, tx->now) ? VERDICT_OK : VERDICT_CONFLICT;
}
