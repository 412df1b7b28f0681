/* The waiting list: who would like a time that is taken gets it offered when it is free. */
#include "app/space/inside.h"

#include "core/db/tx.h"

#include "app/people/people.h"
#include "app/space/space.sql.h" /* generated */
#include "lib/zone.h"

enum { MINUTE_S = 60, OFFER_S = 24 * 3600, OFFER_BEFORE_S = 30 * 60 };

bool
space_can_be_waited_for(enum space_why why)
{
	return why == SPACE_WHY_TAKEN || why == SPACE_WHY_FULL || why == SPACE_WHY_HELD;
}

enum verdict
space_wish(const struct space_asking *a, struct space_slot slot, struct space_judged *judged)
{
	struct space_wish_list mine = space_wishes_of_person(a->tx, (person_id){a->who->person}, a->now);

	for (size_t i = 0; i < mine.n; i++)
		if (mine.at[i].space.n == a->space->id.n && mine.at[i].starts.s == slot.starts.s &&
		    mine.at[i].ends.s == slot.ends.s)
			return VERDICT_TAKEN;
	*judged = space_judge(a, slot);
	if (!space_can_be_waited_for(judged->why))
		return VERDICT_INVALID;
	space_wish_add(a->tx, a->space->id, slot.starts, slot.ends, slot.shared, slot.people,
	    (person_id){a->who->person}, a->organisation, a->now);
	return VERDICT_OK;
}

/* Until a day from now, but no later than shortly before it begins. */
static struct instant
offer_until(struct instant now, struct instant starts)
{
	int64_t day = now.s + OFFER_S, before = starts.s - OFFER_BEFORE_S;

	return (struct instant){day < before ? day : before};
}

/* Whether the time fits the person who waits for it, as things stand now; then it is held for them. */
static bool
offer_to(struct tx *tx, const struct space *space, const struct space_wish *w, const struct zone *zone)
{
	struct local at = local_of(zone, w->starts);
	struct actor who = person_actor(tx, w->person, local_of(zone, tx->now).date);
	struct space_slot slot = {w->starts, w->ends, w->shared, w->people};
	struct instant until = offer_until(tx->now, w->starts);
	struct space_asking a = space_asking_of(tx, &who, space, w->organisation, (struct span){at.date, at.date},
	    zone);
	struct space_judged judged;
	space_draft_id draft;

	if (until.s <= tx->now.s || space_hold(&a, slot, &judged, &draft) != VERDICT_OK)
		return false;
	space_draft_extend(tx, draft, until, tx->now, space_reach(space_blocked_from(space, slot)));
	space_wish_offer(tx, w->id, draft, until);
	space_tell_offer(tx, space, w, until);
	return true;
}

void
space_offer(struct tx *tx, const struct space *space, struct instant from, struct instant to)
{
	struct space_wish_list wishes = space_wishes_for(tx, space->id, from, to);
	const struct zone *zone = space_zone(tx);

	for (size_t i = 0; i < wishes.n; i++)
		if (wishes.at[i].starts.s > tx->now.s)
			offer_to(tx, space, &wishes.at[i], zone);
}

/* Lets an offer go and gives the time to the next. */
static void
pass_on(struct tx *tx, const struct space_wish *w, enum space_wish_state state)
{
	struct space_draft d;
	struct space space;
	bool held = w->offer.n && space_draft_by_id(tx, w->offer, &d);

	space_wish_settle(tx, w->id, state);
	if (!held)
		return;
	space_draft_days_clear(tx, d.id);
	space_draft_drop(tx, d.id);
	if (space_by_id(tx, w->space, &space))
		space_offer(tx, &space, d.blocked_from, d.blocked_to);
}

enum verdict
space_wish_end(struct tx *tx, const struct actor *who, space_wish_id id)
{
	struct space_wish w;

	if (!space_wish_by_id(tx, id, &w) || w.person.n != who->person)
		return VERDICT_NOT_FOUND;
	if (w.state != SPACE_WISH_STATE_WAITING && w.state != SPACE_WISH_STATE_OFFERED)
		return VERDICT_CONFLICT;
	pass_on(tx, &w, SPACE_WISH_STATE_ENDED);
	return VERDICT_OK;
}

void
space_offers_pass(struct tx *tx)
{
	struct space_wish_list offered = space_wishes_offered(tx);

	for (size_t i = 0; i < offered.n; i++)
		if (offered.at[i].offer_until.s <= tx->now.s)
			pass_on(tx, &offered.at[i], SPACE_WISH_STATE_PASSED);
}

void
space_let_go(struct tx *tx, const struct actor *who, const struct space_draft *d)
{
	struct space_wish_list offered = space_wishes_offered(tx);
	struct space space;

	for (size_t i = 0; i < offered.n; i++)
		if (offered.at[i].offer.n == d->id.n && offered.at[i].person.n == who->person) {
			pass_on(tx, &offered.at[i], SPACE_WISH_STATE_ENDED);
			return;
		}
	space_draft_days_clear(tx, d->id);
	space_draft_drop(tx, d->id);
	if (space_by_id(tx, d->space, &space))
		space_offer(tx, &space, d->blocked_from, d->blocked_to);
}
