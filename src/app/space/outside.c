/* Bookings ahead that a change of their space leaves outside. None is lost: whoever changes the space says what becomes
 * of each, and what they have not decided waits on the page of the space. */
#include "app/space/edit.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */

enum { AHEAD_DAYS = 731 };

struct space_times
space_times_ahead(struct tx *tx, const struct space *space, const struct zone *zone)
{
	struct date today = local_of(zone, tx->now).date;

	return space_times_of(tx, space, (struct span){today, date_add_days(today, AHEAD_DAYS)}, zone);
}

bool
space_is_outside(const struct space_times *t, const struct space_booking *b)
{
	struct space_slot slot = {b->starts, b->ends, b->shared, b->people};
	struct local at = space_starts(t->zone, slot);
	struct space_day d;

	if (t->space->cancelled_at.s || b->people > t->space->capacity)
		return true;
	d = space_day_of(t, at.date);
	return !space_within(d.open, d.opens, at.minutes, space_ends_at(t->zone, slot));
}

struct space_booking_list
space_left_outside(struct tx *tx, const struct space_times *was, const struct space_times *becomes)
{
	struct space_booking_list all = space_bookings_of_space_ahead(tx, was->space->id, tx->now);
	struct space_booking_list left = {ARENA_ARRAY(tx->arena, struct space_booking, all.n), 0};

	for (size_t i = 0; i < all.n; i++) {
		const struct space_booking *b = &all.at[i];

		if (b->state == SPACE_BOOKING_STATE_BOOKED && !space_is_outside(was, b) && space_is_outside(becomes, b))
			left.at[left.n++] = *b;
	}
	return left;
}

/* By the numbers of Fowler, Noll and Vo. */
int64_t
space_mark(struct space_booking_list list)
{
	uint64_t mark = 14695981039346656037u;

	for (size_t i = 0; i < list.n; i++)
		for (uint64_t n = (uint64_t)list.at[i].id.n; n; n >>= 8)
			mark = (mark ^ (n & 0xff)) * 1099511628211u;
	return list.n ? (int64_t)(mark >> 2 | 1) : 0;
}

static enum space_fate
fate_of(const struct space_fates *fates, const struct space_booking *b)
{
	for (size_t i = 0; i < fates->each.n; i++)
		if (fates->each.at[i].id == b->id.n && fates->each.at[i].value != SPACE_FATE_AS_OTHERS)
			return (enum space_fate)fates->each.at[i].value;
	return fates->others ? (enum space_fate)fates->others : SPACE_FATE_LATER;
}

space_booking_id
space_settle(struct tx *tx, const struct actor *who, const struct space *space, struct space_booking_list list,
    const struct space_fates *fates)
{
	struct space_booking_list ended = {ARENA_ARRAY(tx->arena, struct space_booking, list.n), 0};
	space_booking_id move = {0};

	for (size_t i = 0; i < list.n; i++) {
		const struct space_booking *b = &list.at[i];

		switch (fate_of(fates, b)) {
		case SPACE_FATE_CANCEL: ended.at[ended.n++] = *b; break;
		case SPACE_FATE_KEEP: space_booking_set_outside(tx, b->id, (struct instant){0}); break;
		case SPACE_FATE_MOVE:
			if (move.n == 0)
				move = b->id;
			space_booking_set_outside(tx, b->id, b->outside_since.s ? b->outside_since : tx->now);
			break;
		case SPACE_FATE_LATER:
		case SPACE_FATE_AS_OTHERS:
			space_booking_set_outside(tx, b->id, b->outside_since.s ? b->outside_since : tx->now);
			break;
		}
	}
	space_cancel_all(tx, who, space, ended, fates->message);
	return move;
}

void
space_fits_again(struct tx *tx, const struct space_times *becomes)
{
	struct space_booking_list waiting = space_bookings_outside(tx, becomes->space->id, tx->now);

	for (size_t i = 0; i < waiting.n; i++)
		if (!space_is_outside(becomes, &waiting.at[i]))
			space_booking_set_outside(tx, waiting.at[i].id, (struct instant){0});
}
