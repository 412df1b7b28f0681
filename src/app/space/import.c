#include "app/space/import.h"

#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */

enum { TITLE_CHARS = 120 };

/* Which one of a series; empty for what is none. */
static struct str
occasion_of(struct arena *a, const struct ical_occurrence *o)
{
	char at[21], day[11];

	if (o->of.s)
		return str_copy(a, str_of(instant_iso(o->of, at)));
	return str_copy(a, str_of(date_iso(o->of_day, day)));
}

/* Whole days are those of the provider. */
static struct space_slot
slot_of(struct tx *tx, const struct ical_occurrence *o)
{
	const struct zone *zone = space_zone(tx);

	if (o->days.first.day)
		return (struct space_slot){instant_of_local(zone, o->days.first, 0),
		    instant_of_local(zone, date_add_days(o->days.last, 1), 0), false, 1};
	return (struct space_slot){o->starts, o->ends, false, 1};
}

static struct str
title_of(const struct ical_occurrence *o, const struct space_source *source)
{
	return o->title.n ? str_prefix_chars(o->title, TITLE_CHARS) : source->name;
}

/* --- lessons ------------------------------------------------------------------------------------------ */

/* Takes the space for a lesson; when somebody has it, a request waits for whoever answers bookings. */
static enum space_incoming_state
book(struct tx *tx, const struct space_source *source, const struct space *space, const struct ical_occurrence *o,
    struct space_slot slot, space_booking_id *id)
{
	struct instant from = space_blocked_from(space, slot), to = space_blocked_to(space, slot);
	struct campus_list campuses = campus_all(tx);
	const struct campus *campus = campus_in(campuses, space->campus);
	enum space_booking_language language =
	    (enum space_booking_language)((int)(campus ? campus_lang(campus) : LANG_FI) +
	    SPACE_BOOKING_LANGUAGE_FI);
	struct str uid = str_fmt(tx->arena, "source-%lld-%.*s-%.*s-%lld@nuotio", (long long)source->id.n,
	    STR_ARG(str_prefix_chars(o->uid, TITLE_CHARS)), STR_ARG(occasion_of(tx->arena, o)), (long long)tx->now.s);
	const space_series_id alone = {0};
	const organisation_id none = {0};
	const person_id nobody = {0};

	if (space_booking_take(tx, space->id, alone, false, slot.starts, slot.ends, from, to, title_of(o, source),
	    language,
	    SPACE_BOOKING_AUDIENCE_TEACHING, STR(""), 1, false, false, STR(""), SPACE_BOOKING_WHO_STAFF, none, nobody,
	    tx->now, STR(""), uid, space->capacity, 0, space_reach(from), id))
		return SPACE_INCOMING_STATE_BOOKED;
	*id = space_booking_request(tx, space->id, alone, false, slot.starts, slot.ends, from, to, title_of(o, source),
	    language, SPACE_BOOKING_AUDIENCE_TEACHING, STR(""), 1, false, false, STR(""), SPACE_BOOKING_WHO_STAFF, none,
	    nobody, tx->now, STR(""), SPACE_BOOKING_BECAUSE_IMPORTED,
	    space_answer_day(local_of(space_zone(tx), tx->now).date), uid);
	return SPACE_INCOMING_STATE_CLASH;
}

/* Gives the time back that a lesson had or asked for. */
static void
unbook(struct tx *tx, const struct space *space, space_booking_id id)
{
	struct space_booking b;

	if (id.n == 0 || !space_booking_by_id(tx, id, &b))
		return;
	if (space_booking_end(tx, id, SPACE_BOOKING_STATE_CANCELLED, STR(""), tx->now, b.version) &&
	    b.state == SPACE_BOOKING_STATE_BOOKED)
		space_offer(tx, space, b.blocked_from, b.blocked_to);
}

static bool
same_time(const struct space_incoming *was, struct space_slot slot)
{
	return was->starts.s == slot.starts.s && was->ends.s == slot.ends.s;
}

static void
take_lesson(struct tx *tx, const struct space_source *source, const struct space *space,
    const struct ical_occurrence *o, struct instant seen_at)
{
	struct str occasion = occasion_of(tx->arena, o);
	struct space_slot slot = slot_of(tx, o);
	enum space_incoming_state state;
	space_booking_id id = {0};
	struct space_incoming was;

	/* A day without times is no lesson, and neither is what lasts longer than a day. */
	if (o->days.first.day || slot.ends.s <= slot.starts.s || slot.ends.s - slot.starts.s > 86400 ||
	    slot.ends.s <= tx->now.s)
		return;
	if (!space_incoming_find(tx, source->id, o->uid, occasion, &was)) {
		state = book(tx, source, space, o, slot, &id);
		space_incoming_add(tx, source->id, o->uid, occasion, o->title, o->place, slot.starts, slot.ends, false,
		    state, id, seen_at);
		return;
	}
	if (was.state != SPACE_INCOMING_STATE_GONE && same_time(&was, slot)) {
		space_incoming_change(tx, was.id, o->title, o->place, slot.starts, slot.ends, false, was.state,
		    was.booking, seen_at);
		return;
	}
	if (was.state != SPACE_INCOMING_STATE_GONE)
		unbook(tx, space, was.booking);
	state = book(tx, source, space, o, slot, &id);
	space_incoming_change(tx, was.id, o->title, o->place, slot.starts, slot.ends, false, state, id, seen_at);
}

/* --- events ------------------------------------------------------------------------------------------- */

static void
take_event(struct tx *tx, const struct space_source *source, const struct ical_occurrence *o, struct instant seen_at)
{
	struct str occasion = occasion_of(tx->arena, o);
	struct space_slot slot = slot_of(tx, o);
	bool whole_days = o->days.first.day != 0;
	struct space_incoming was;
	enum space_incoming_state state = SPACE_INCOMING_STATE_NEW;

	if (slot.ends.s <= tx->now.s)
		return;
	if (!space_incoming_find(tx, source->id, o->uid, occasion, &was)) {
		space_incoming_add(tx, source->id, o->uid, occasion, o->title, o->place, slot.starts, slot.ends,
		    whole_days, state, (space_booking_id){0}, seen_at);
		return;
	}
	/* What was looked through may move, but says nothing new without being looked at again. */
	if (was.state != SPACE_INCOMING_STATE_GONE && str_eq(was.title, o->title) && str_eq(was.place, o->place))
		state = was.state;
	space_incoming_change(tx, was.id, o->title, o->place, slot.starts, slot.ends, whole_days, state,
	    (space_booking_id){0}, seen_at);
}

void
import_take(struct tx *tx, const struct space_source *source, const struct ical_occurrence *at, size_t n,
    struct instant seen_at)
{
	struct space space = {0};

	if (source->kind == SPACE_SOURCE_KIND_TIMETABLE && !space_by_id(tx, source->space, &space))
		return;
	for (size_t i = 0; i < n; i++) {
		if (at[i].cancelled)
			continue;
		if (source->kind == SPACE_SOURCE_KIND_TIMETABLE)
			take_lesson(tx, source, &space, &at[i], seen_at);
		else
			take_event(tx, source, &at[i], seen_at);
	}
}

void
import_finish(struct tx *tx, const struct space_source *source, struct instant seen_at)
{
	struct space_incoming_list gone = space_incoming_gone(tx, source->id, seen_at, tx->now);
	struct space space = {0};
	bool lessons = source->kind == SPACE_SOURCE_KIND_TIMETABLE && space_by_id(tx, source->space, &space);

	for (size_t i = 0; i < gone.n; i++) {
		if (lessons)
			unbook(tx, &space, gone.at[i].booking);
		space_incoming_set(tx, gone.at[i].id, SPACE_INCOMING_STATE_GONE);
	}
}
