/* What the room does by itself. */
#include "app/space/inside.h"

#include "core/db/db.h"
#include "core/db/tx.h"
#include "lib/arena.h"

#include "app/people/people.h"
#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"

/* The job that tends bookings. */
static void
tend(struct tx *tx)
{
	space_jobs[0].write(tx);
}

/* Kerttu's on Wednesday from two to three, in a space that asks for as much as `confirm` hours and `claim` minutes. */
static space_booking_id
booked(struct test *t, struct tx *tx, int64_t confirm, int64_t claim, struct space *space)
{
	struct campus campus;
	struct person p;
	struct instant from = instant_of_iso(STR("2026-11-26T12:00:00Z")),
	    to = instant_of_iso(STR("2026-11-26T13:00:00Z"));
	space_booking_id id = {0};

	CHECK(campus_find(tx, STR("ranta"), &campus) && person_with_key(tx, STR("kerttu"), &p));
	CHECK(space_by_slug(tx, campus.id, STR("laituri"), space));
	CHECK_INT(space_set_terms(tx, space->id, space->campus, 0, 0, space->shortest, space->longest, space->step,
	    space->ahead_days, space->drop_in_from, space->drop_in_to, confirm, claim, false, space->adult_for,
	    space->version), 1);
	CHECK(space_booking_take(tx, space->id, (space_series_id){0}, false, from, to, from, to, STR("Kerho"),
	    SPACE_BOOKING_LANGUAGE_FI, SPACE_BOOKING_AUDIENCE_GROUP, STR(""), 5, true, false, STR(""),
	    SPACE_BOOKING_WHO_STAFF, (organisation_id){0}, p.id, tx->now, STR(""), STR("jobs-test"), space->capacity, 0,
	    space_reach(from), &id));
	return id;
}

static enum space_booking_state
state_of(struct tx *tx, space_booking_id id, struct space_booking *b)
{
	space_booking_by_id(tx, id, b);
	return b->state;
}

static void
confirmations(struct tx *tx, void *arg)
{
	struct test *t = arg;
	struct space space;
	struct space_booking b;
	space_booking_id id = booked(t, tx, 24, 0, &space);

	tend(tx);
	state_of(tx, id, &b);
	CHECK_INT(b.asked_at.s, 0); /* three days before is too early */
	tx->now = instant_of_iso(STR("2026-11-25T14:00:00Z"));
	tend(tx);
	state_of(tx, id, &b);
	CHECK_INT(b.asked_at.s, tx->now.s);
	tx->now.s += 6 * 3600;
	tend(tx);
	CHECK_INT(state_of(tx, id, &b), SPACE_BOOKING_STATE_BOOKED);
	tx->now = instant_of_iso(STR("2026-11-26T01:00:00Z")); /* half of the day is over */
	tend(tx);
	CHECK_INT(state_of(tx, id, &b), SPACE_BOOKING_STATE_FREED);
}

TEST(what_nobody_confirms_is_freed_in_time_for_others)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), confirmations, t, &error));
	world_end(w);
}

static void
claims(struct tx *tx, void *arg)
{
	struct test *t = arg;
	struct space space;
	struct space_booking b;
	space_booking_id id = booked(t, tx, 0, 15, &space);

	tx->now = instant_of_iso(STR("2026-11-26T12:14:00Z"));
	tend(tx);
	CHECK_INT(state_of(tx, id, &b), SPACE_BOOKING_STATE_BOOKED);
	tx->now.s += 60;
	tend(tx);
	CHECK_INT(state_of(tx, id, &b), SPACE_BOOKING_STATE_FREED);
}

TEST(what_nobody_comes_to_is_freed_after_a_quarter_of_an_hour)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), claims, t, &error));
	world_end(w);
}

static void
reminders(struct tx *tx, void *arg)
{
	struct test *t = arg;
	const struct job *remind = &space_jobs[2];

	CHECK(!remind->due(tx)); /* answers are promised for Wednesday */
	tx->now = instant_of_iso(STR("2026-11-25T07:00:00Z"));
	CHECK(remind->due(tx));
	remind->write(tx);
	CHECK(!remind->due(tx)); /* once a day */
	tx->now.s += 86400;
	CHECK(remind->due(tx));
}

TEST(those_who_answer_are_reminded_once_a_day)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), reminders, t, &error));
	world_end(w);
}
