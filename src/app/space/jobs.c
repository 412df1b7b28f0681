/* What happens to bookings by itself: they are asked to be confirmed, and freed when nobody confirms or comes; offers
 * and holds pass on; requests that nobody answered end; those who answer are reminded. Each finds what is due by what
 * stands in the database and changes it in the same transaction, so a job that runs twice does nothing the second
 * time. */
#include "app/space/jobs.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/inside.h"
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum {
	MINUTE_S = 60,
	HOUR_S = 3600,
	DAY_S = 86400,
	CONFIRM_HOURS_MAX = 168, /* as the schema has it */
	CLAIM_MINUTES_MAX = 120,
	BEGUN_S = DAY_S,         /* no booking lasts longer */
	LET_GO_S = 15 * MINUTE_S,
	DRAFT_KEPT_S = DAY_S,    /* so long one may still go on with what was filled in */
	AT_ONCE = 50,            /* letters of one run */
	MORNING = 7 * 60,        /* when those who answer are reminded */
};

const struct event space_freed = {"space.freed", T_SPACE_EVENT_FREED};

/* The spaces of the bookings that a job looks through. */
static const struct space *
space_in(struct space_list spaces, space_id id)
{
	for (size_t i = 0; i < spaces.n; i++)
		if (spaces.at[i].id.n == id.n)
			return &spaces.at[i];
	return NULL;
}

static struct instant
after(struct instant at, int64_t seconds)
{
	return (struct instant){at.s + seconds};
}

static struct space_booking_list
one(struct tx *tx, space_booking_id id)
{
	struct space_booking_list list = {ARENA_NEW(tx->arena, struct space_booking), 1};

	need(space_booking_by_id(tx, id, list.at));
	return list;
}

/* --- confirmations ---------------------------------------------------------------------------------------------- */

struct instant
space_confirm_by(const struct space *space, const struct space_booking *b)
{
	return after(b->asked_at, space->confirm_hours * HOUR_S / 2);
}

/* Whoever booked when it was about to be asked has just said that they come. */
static bool
is_to_be_asked(struct tx *tx, const struct space *space, const struct space_booking *b)
{
	int64_t at = b->starts.s - space->confirm_hours * HOUR_S;

	return at <= tx->now.s && b->made_at.s < at;
}

static bool
is_late(struct tx *tx, const struct space *space, const struct space_booking *b)
{
	return space_confirm_by(space, b).s <= tx->now.s;
}

static bool
is_unclaimed(struct tx *tx, const struct space *space, const struct space_booking *b)
{
	return b->starts.s + space->claim_minutes * MINUTE_S <= tx->now.s;
}

/* Those of a list for which a rule holds, at most so many as are done at once. */
static struct space_booking_list
those(struct tx *tx, struct space_booking_list all,
    bool (*rule)(struct tx *tx, const struct space *space, const struct space_booking *b))
{
	struct space_list spaces = all.n ? spaces_everywhere(tx) : (struct space_list){0};
	struct space_booking_list list = {ARENA_ARRAY(tx->arena, struct space_booking, AT_ONCE), 0};

	for (size_t i = 0; i < all.n && list.n < AT_ONCE; i++) {
		const struct space *space = space_in(spaces, all.at[i].space);

		if (space && rule(tx, space, &all.at[i]))
			list.at[list.n++] = all.at[i];
	}
	return list;
}

static struct space_booking_list
to_ask(struct tx *tx)
{
	return those(tx, space_bookings_to_ask(tx, tx->now, after(tx->now, CONFIRM_HOURS_MAX * HOUR_S)),
	    is_to_be_asked);
}

static struct space_booking_list
unconfirmed(struct tx *tx)
{
	return those(tx, space_bookings_unconfirmed(tx, tx->now, after(tx->now, CONFIRM_HOURS_MAX * HOUR_S)), is_late);
}

static struct space_booking_list
unclaimed(struct tx *tx)
{
	return those(tx, space_bookings_unclaimed(tx, after(tx->now, -BEGUN_S), tx->now), is_unclaimed);
}

bool
space_ask_due(struct tx *tx)
{
	return to_ask(tx).n > 0;
}

void
space_ask(struct tx *tx)
{
	struct space_booking_list all = to_ask(tx);
	struct actor nobody = person_nobody();
	struct space space;

	for (size_t i = 0; i < all.n; i++) {
		need(space_by_id(tx, all.at[i].space, &space));
		if (space_booking_asked(tx, all.at[i].id, tx->now))
			space_tell(tx, &nobody, SPACE_NEWS_CONFIRM, &space, one(tx, all.at[i].id));
	}
}

/* Frees it for others, and tells those who had it and those who wait. */
static void
free_one(struct tx *tx, const struct space_booking *b, enum space_news news)
{
	struct actor nobody = person_nobody();
	struct space space;

	need(space_by_id(tx, b->space, &space));
	if (space_booking_end(tx, b->id, SPACE_BOOKING_STATE_FREED, STR(""), tx->now, b->version) == 0)
		return;
	journal_add(tx, &nobody, (struct journal_entry){&space_freed, space.campus.n, b->id.n,
	    str_of(space_booking_state_words[b->state]), str_of(space_booking_state_words[SPACE_BOOKING_STATE_FREED])});
	space_tell(tx, &nobody, news, &space, one(tx, b->id));
	space_offer(tx, &space, b->blocked_from.s > tx->now.s ? b->blocked_from : tx->now, b->blocked_to);
}

bool
space_free_due(struct tx *tx)
{
	return unconfirmed(tx).n > 0 || unclaimed(tx).n > 0;
}

void
space_free_unused(struct tx *tx)
{
	struct space_booking_list late = unconfirmed(tx), nobody_there = unclaimed(tx);

	for (size_t i = 0; i < late.n; i++)
		free_one(tx, &late.at[i], SPACE_NEWS_FREED);
	for (size_t i = 0; i < nobody_there.n; i++)
		free_one(tx, &nobody_there.at[i], SPACE_NEWS_UNCLAIMED);
}

/* --- offers and holds ------------------------------------------------------------------------------------------- */

static struct space_draft_list
let_go(struct tx *tx)
{
	return space_drafts_let_go(tx, after(tx->now, -LET_GO_S), tx->now);
}

/* The one that ends first stands first. */
static bool
offers_are_over(struct tx *tx)
{
	struct space_wish_list offered = space_wishes_offered(tx);

	return offered.n && offered.at[0].offer_until.s <= tx->now.s;
}

bool
space_pass_due(struct tx *tx)
{
	return offers_are_over(tx) || space_wishes_over(tx, tx->now) || let_go(tx).n > 0;
}

void
space_pass_on(struct tx *tx)
{
	struct space_draft_list drafts;
	struct space space;

	space_offers_pass(tx);
	space_wishes_end_before(tx, tx->now);
	drafts = let_go(tx);
	for (size_t i = 0; i < drafts.n; i++)
		if (space_by_id(tx, drafts.at[i].space, &space))
			space_offer(tx, &space, drafts.at[i].blocked_from, drafts.at[i].blocked_to);
}

static struct space_draft_list
gone(struct tx *tx)
{
	return space_drafts_gone(tx, after(tx->now, -DRAFT_KEPT_S));
}

bool
space_tidy_due(struct tx *tx)
{
	return gone(tx).n > 0;
}

void
space_tidy(struct tx *tx)
{
	struct space_draft_list drafts = gone(tx);

	for (size_t i = 0; i < drafts.n; i++) {
		space_draft_days_clear(tx, drafts.at[i].id);
		space_draft_drop(tx, drafts.at[i].id);
	}
}

/* --- answers ---------------------------------------------------------------------------------------------------- */

bool
space_lapse_due(struct tx *tx)
{
	return space_requests_lapsed(tx, tx->now, 1).n > 0;
}

void
space_lapse(struct tx *tx)
{
	struct space_booking_list all = space_requests_lapsed(tx, tx->now, AT_ONCE);
	struct actor nobody = person_nobody();
	struct space space;

	for (size_t i = 0; i < all.n; i++) {
		const struct space_booking *b = &all.at[i];

		need(space_by_id(tx, b->space, &space));
		if (space_booking_lapse(tx, b->id, tx->now, b->version) == 0)
			continue;
		journal_add(tx, &nobody, (struct journal_entry){&space_answered, space.campus.n, b->id.n,
		    str_of(space_booking_state_words[b->state]),
		    str_of(space_booking_state_words[SPACE_BOOKING_STATE_DECLINED])});
		space_tell(tx, &nobody, SPACE_NEWS_LAPSED, &space, one(tx, b->id));
	}
}

static struct space_due_list
due_today(struct tx *tx)
{
	struct local now = local_of(space_zone(tx), tx->now);

	return now.minutes >= MORNING ? space_due(tx, now.date) : (struct space_due_list){0};
}

bool
space_remind_due(struct tx *tx)
{
	return due_today(tx).n > 0;
}

/* Those on the campuses where the person answers. */
static struct space_due_list
due_for(struct tx *tx, const struct actor *who, struct space_due_list all)
{
	struct space_due_list list = {ARENA_ARRAY(tx->arena, struct space_due, all.n), 0};

	for (size_t i = 0; i < all.n; i++)
		if (actor_may(who, MAY_ANSWER_BOOKINGS, all.at[i].campus.n))
			list.at[list.n++] = all.at[i];
	return list;
}

void
space_remind_all(struct tx *tx)
{
	struct space_due_list due = due_today(tx);
	struct date today = local_of(space_zone(tx), tx->now).date;
	struct person_list people = people_who_may(tx, MAY_ANSWER_BOOKINGS, today);

	for (size_t i = 0; i < people.n; i++) {
		struct actor who = person_actor(tx, people.at[i].id, today);
		struct space_due_list theirs = due_for(tx, &who, due);

		if (theirs.n)
			space_remind(tx, &people.at[i], theirs);
	}
	for (size_t i = 0; i < due.n; i++)
		space_booking_reminded(tx, due.at[i].id, today);
}
