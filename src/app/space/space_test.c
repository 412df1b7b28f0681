#include "app/space/inside.h"

#include "lib/arena.h"

#include "core/db/db.h"

#include "app/people/people.h"
#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"
#include "lib/zone.h"

/* What the tests of booking ask with: somebody, a space of the demo, and the time zone. */
struct scene {
	struct test *t;
	struct tx *tx;
	const struct zone *zone;
	struct space space;
	struct campus campus;
	struct actor who;
	organisation_id organisation;
	space_id emptied;
};

/* The demo's own bookings make way. */
static void
empty(struct scene *s)
{
	struct space_booking_list ahead = space_bookings_of_space_ahead(s->tx, s->space.id, s->tx->now);

	for (size_t i = 0; i < ahead.n; i++)
		space_booking_end(s->tx, ahead.at[i].id, SPACE_BOOKING_STATE_CANCELLED, STR(""), s->tx->now,
		    ahead.at[i].version);
}

static void
choose(struct scene *s, const char *who, const char *campus, const char *slug)
{
	struct test *t = s->t;
	struct person p;
	struct organisation_list acts;

	CHECK(campus_find(s->tx, str_of(campus), &s->campus));
	CHECK(space_by_slug(s->tx, s->campus.id, str_of(slug), &s->space));
	if (s->emptied.n != s->space.id.n)
		empty(s);
	s->emptied = s->space.id;
	CHECK(person_with_key(s->tx, str_of(who), &p));
	s->who = person_actor(s->tx, p.id, local_of(s->zone, s->tx->now).date);
	acts = partners_of(s->tx, p.id);
	s->organisation = acts.n ? acts.at[0].id : (organisation_id){0};
}

struct staged {
	struct test *t;
	void (*run)(struct scene *s);
};

static void
begin_scene(struct tx *tx, void *arg)
{
	struct staged *g = arg;
	struct scene s = {.t = g->t, .tx = tx, .zone = space_zone(tx)};

	g->run(&s);
}

/* In one write transaction of the demo college. */
static void
in_scene(struct test *t, void (*run)(struct scene *s))
{
	struct world *w = world(t);
	struct staged g = {t, run};
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), begin_scene, &g, &error));
	world_end(w);
}

static struct space_slot
slot_at(const struct scene *s, const char *day, int from, int minutes)
{
	return space_slot_of(s->zone, date_of_iso(str_of(day)), from * 60, minutes);
}

static struct space_asking
asking(const struct scene *s, struct space_slot slot)
{
	struct date day = local_of(s->zone, slot.starts).date;

	return space_asking_of(s->tx, &s->who, &s->space, s->organisation, (struct span){day, day}, s->zone);
}

static enum space_why
why(const struct scene *s, struct space_slot slot)
{
	struct space_asking a = asking(s, slot);

	return space_judge(&a, slot).why;
}

/* --- when it is open ----------------------------------------------------------------------------------- */

static struct space_day
day_of(const struct scene *s, const char *day)
{
	struct date d = date_of_iso(str_of(day));
	struct space_times times = space_times_of(s->tx, &s->space, (struct span){d, d}, s->zone);

	return space_day_of(&times, d);
}

static void
hours(struct scene *s)
{
	struct test *t = s->t;
	struct date christmas = date_of(2026, 12, 24);

	choose(s, "aino", "pohja", "kulma");
	CHECK_INT(day_of(s, "2026-11-24").opens, 1);
	CHECK_INT(day_of(s, "2026-11-24").open[0].from, 8 * 60);
	CHECK_INT(day_of(s, "2026-11-24").open[0].to, 18 * 60);
	CHECK_INT(day_of(s, "2026-11-24").staffed[0].from, 10 * 60);
	CHECK_INT(day_of(s, "2026-11-27").open[0].to, 15 * 60);
	CHECK_INT(day_of(s, "2026-11-28").closed, SPACE_NO_HOURS); /* Saturday */
	CHECK_INT(day_of(s, "2026-12-24").closed, SPACE_HOLIDAY);
	/* an exception stands above the holiday, the later one above the one before */
	space_exception_add(s->tx, s->space.id, christmas, christmas, 0, 0, (struct texts){0});
	CHECK_INT(day_of(s, "2026-12-24").closed, SPACE_EXCEPTION);
	space_exception_add(s->tx, s->space.id, christmas, christmas, 10 * 60, 13 * 60, (struct texts){0});
	CHECK_INT(day_of(s, "2026-12-24").closed, SPACE_IS_OPEN);
	CHECK_INT(day_of(s, "2026-12-24").open[0].to, 13 * 60);
}

TEST(a_space_is_open_by_weekday_unless_something_stands_above)
{
	in_scene(t, hours);
}

static void
merged(struct scene *s)
{
	struct test *t = s->t;
	const struct date none = {0};
	struct space_hours_list was;

	choose(s, "aino", "pohja", "kulma");
	was = space_hours_of_space(s->tx, s->space.id);
	for (size_t i = 0; i < was.n; i++)
		space_hours_drop(s->tx, was.at[i].id, s->space.id);
	space_hours_add(s->tx, s->space.id, 127, 600, 720, false, none, none);
	space_hours_add(s->tx, s->space.id, 127, 900, 960, false, none, none);
	space_hours_add(s->tx, s->space.id, 127, 720, 780, true, none, none);
	space_hours_add(s->tx, s->space.id, 127, 480, 540, false, date_of(2026, 12, 1), none);
	CHECK_INT(day_of(s, "2026-11-24").opens, 2);
	CHECK_INT(day_of(s, "2026-11-24").open[0].from, 600);
	CHECK_INT(day_of(s, "2026-11-24").open[0].to, 780);
	CHECK_INT(day_of(s, "2026-11-24").open[1].from, 900);
	CHECK_INT(day_of(s, "2026-12-01").opens, 3);
	CHECK_INT(day_of(s, "2026-12-01").open[0].from, 480);
	/* one that covers all of them */
	space_hours_add(s->tx, s->space.id, 127, 500, 1000, false, none, none);
	CHECK_INT(day_of(s, "2026-12-01").opens, 1);
	CHECK_INT(day_of(s, "2026-12-01").open[0].from, 480);
	CHECK_INT(day_of(s, "2026-12-01").open[0].to, 1000);
	CHECK_INT(space_minutes(day_of(s, "2026-12-01").open, 1, 900, 1440), 100);
}

TEST(hours_that_touch_are_one_time)
{
	in_scene(t, merged);
}

/* --- rules --------------------------------------------------------------------------------------------- */

static void
shipped(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;

	choose(s, "oona", "ranta", "laituri"); /* youth worker, acts for suvanto_youth; Wednesdays 8 to 18 */
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 15, 120)), SPACE_WHY_NOTHING);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 13, 120)), SPACE_WHY_DROP_IN);
	slot = slot_at(s, "2026-11-25", 13, 120);
	slot.shared = true;
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING);
	slot.people = 41;
	CHECK_INT(why(s, slot), SPACE_WHY_MANY);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 17, 120)), SPACE_WHY_OUTSIDE);
	CHECK_INT(why(s, slot_at(s, "2026-11-28", 15, 60)), SPACE_WHY_OUTSIDE);
	CHECK_INT(why(s, slot_at(s, "2026-11-23", 9, 60)), SPACE_WHY_PAST);
	CHECK_INT(why(s, slot_at(s, "2028-11-22", 15, 60)), SPACE_WHY_TOO_FAR);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 15, 15)), SPACE_WHY_SHORT);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 8, 540)), SPACE_WHY_LONG);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 22, 180)), SPACE_WHY_MIDNIGHT);
	choose(s, "oona", "pohja", "kulma"); /* she has no role there */
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 15, 120)), SPACE_WHY_ROLE);
	choose(s, "mira", "asema", "odotushuone");
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 15, 60)), SPACE_WHY_NOTHING);
}

TEST(as_shipped_what_lies_in_open_hours_is_booked_at_once)
{
	in_scene(t, shipped);
}

static struct space_draft
draft_of(struct scene *s, struct space_slot slot, int64_t every, const char *last)
{
	struct test *t = s->t;
	struct space_asking a = asking(s, slot);
	struct space_judged judged;
	struct space_draft d = {0};
	space_draft_id id = {0};

	CHECK_INT(space_hold(&a, slot, &judged, &id), VERDICT_OK);
	CHECK_INT(space_draft_fill(s->tx, id, STR("Peli-iltapäivä"), SPACE_DRAFT_AUDIENCE_STUDENTS, STR(""),
	    slot.people, true, false, STR(""), STR(""), s->organisation, every, date_of_iso(str_of(last))), 1);
	CHECK(space_draft_by_id(s->tx, id, &d));
	return d;
}

/* Sends it as its plan stands. */
static struct space_sent
sent(struct scene *s, struct space_slot slot, int64_t every, const char *last)
{
	struct test *t = s->t;
	struct space_draft d = draft_of(s, slot, every, last);
	struct space_plan plan = space_plan_of(s->tx, &s->who, &d, s->zone);
	struct space_sent done = {0};

	CHECK_INT(space_send(s->tx, &s->who, &d, plan.taken, plan.asked, LANG_FI, s->zone, &done), VERDICT_OK);
	return done;
}

static void
taking(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot, later;

	choose(s, "oona", "ranta", "laituri");
	slot = slot_at(s, "2026-11-25", 15, 120);
	CHECK_INT(sent(s, slot, 0, "").taken, 1);
	CHECK_INT(why(s, slot), SPACE_WHY_TAKEN);
	/* a quarter of an hour stays free behind it */
	choose(s, "kerttu", "ranta", "laituri");
	s->space.step = 15;
	later = slot_at(s, "2026-11-25", 17, 30);
	CHECK_INT(why(s, later), SPACE_WHY_TAKEN);
	later.starts.s += 15 * 60;
	later.ends.s += 15 * 60;
	CHECK_INT(why(s, later), SPACE_WHY_NOTHING);
	/* and so does the one before it leave a quarter */
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 14, 60)), SPACE_WHY_TAKEN);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 14, 45)), SPACE_WHY_NOTHING);
}

TEST(a_booking_and_its_buffer_are_in_the_way)
{
	in_scene(t, taking);
}

static void
holding(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;
	struct space_asking a;
	struct space_judged judged;
	space_draft_id id;

	choose(s, "oona", "ranta", "laituri");
	slot = slot_at(s, "2026-11-25", 15, 120);
	draft_of(s, slot, 0, "");
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING); /* her own */
	choose(s, "kerttu", "ranta", "laituri");
	a = asking(s, slot);
	CHECK_INT(space_hold(&a, slot, &judged, &id), VERDICT_TAKEN);
	CHECK_INT(judged.why, SPACE_WHY_HELD);
	CHECK_INT(judged.until.s, s->tx->now.s + 600);
	/* ten minutes later it is in nobody's way */
	s->tx->now.s += 601;
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING);
	CHECK_INT(sent(s, slot, 0, "").taken, 1);
}

TEST(a_time_is_held_for_ten_minutes)
{
	in_scene(t, holding);
}

static void
drop_in(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;

	choose(s, "kerttu", "ranta", "laituri"); /* holds 40 */
	slot = slot_at(s, "2026-11-25", 12, 120);
	slot.shared = true;
	slot.people = 25;
	CHECK_INT(sent(s, slot, 0, "").taken, 1);
	slot = slot_at(s, "2026-11-25", 13, 60);
	slot.shared = true;
	slot.people = 16;
	CHECK_INT(why(s, slot), SPACE_WHY_FULL);
	slot.people = 15;
	CHECK_INT(sent(s, slot, 0, "").taken, 1);
	/* they are gone by two o'clock */
	slot = slot_at(s, "2026-11-25", 14, 60);
	slot.shared = true;
	slot.people = 40;
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING);
	/* and nobody takes the whole room over their heads */
	slot = slot_at(s, "2026-11-25", 13, 60);
	CHECK_INT(why(s, slot), SPACE_WHY_TAKEN);
}

TEST(those_who_drop_in_share_the_room_up_to_its_capacity)
{
	in_scene(t, drop_in);
}

static void
six_hours(struct scene *s)
{
	struct test *t = s->t;

	choose(s, "kerttu", "ranta", "laituri");
	CHECK_INT(sent(s, slot_at(s, "2026-11-24", 8, 120), 0, "").taken, 1);
	CHECK_INT(sent(s, slot_at(s, "2026-11-25", 8, 120), 0, "").taken, 1);
	CHECK_INT(sent(s, slot_at(s, "2026-11-26", 8, 120), 0, "").taken, 1);
	CHECK_INT(why(s, slot_at(s, "2026-11-27", 8, 60)), SPACE_WHY_WEEK);
	CHECK_INT(why(s, slot_at(s, "2026-11-30", 8, 120)), SPACE_WHY_NOTHING);
}

TEST(above_six_hours_a_week_somebody_answers_first)
{
	in_scene(t, six_hours);
}

/* --- series -------------------------------------------------------------------------------------------- */

static void
over_christmas(struct scene *s)
{
	struct test *t = s->t;
	struct space_draft d;
	struct space_plan plan;
	struct space_sent done;
	struct space_booking_list all;

	choose(s, "kerttu", "ranta", "laituri");
	CHECK_INT(sent(s, slot_at(s, "2026-12-09", 15, 60), 0, "").taken, 1);
	choose(s, "oona", "ranta", "laituri");
	d = draft_of(s, slot_at(s, "2026-11-25", 15, 120), 1, "2027-04-14");
	plan = space_plan_of(s->tx, &s->who, &d, s->zone);
	CHECK_INT(plan.n, 21);
	CHECK_INT(plan.at[2].judged.why, SPACE_WHY_TAKEN); /* 9 December */
	CHECK(plan.at[2].skipped);
	CHECK_INT(plan.at[6].judged.why, SPACE_WHY_OUTSIDE); /* Epiphany */
	CHECK(plan.at[6].skipped);
	CHECK_INT(plan.asked, 0);
	/* another time for the day that is taken */
	space_draft_day_put(s->tx, d.id, plan.at[2].day, SPACE_DRAFT_DAY_CHOICE_MOVE, s->space.id,
	    slot_at(s, "2026-12-09", 8, 120).starts);
	plan = space_plan_of(s->tx, &s->who, &d, s->zone);
	CHECK_INT(plan.at[2].judged.why, SPACE_WHY_NOTHING);
	CHECK(!plan.at[2].skipped && plan.at[2].moved);
	CHECK_INT(space_send(s->tx, &s->who, &d, plan.taken - 1, plan.asked, LANG_FI, s->zone, &done),
	    VERDICT_CONFLICT);
	CHECK_INT(space_send(s->tx, &s->who, &d, plan.taken, plan.asked, LANG_FI, s->zone, &done), VERDICT_OK);
	all = space_bookings_of_series(s->tx, done.series);
	CHECK_INT(all.n, plan.taken);
	/* three o'clock stays three o'clock when clocks go forward at the end of March */
	CHECK_INT(local_of(s->zone, all.at[all.n - 1].starts).minutes, 15 * 60);
	CHECK_INT(local_of(s->zone, all.at[0].starts).minutes, 15 * 60);
	/* the rest of it is cancelled from a day on */
	CHECK_INT(space_cancel(s->tx, &s->who, all.at[5].id, all.at[5].version, true, STR("")), VERDICT_OK);
	all = space_bookings_of_series(s->tx, done.series);
	CHECK_INT(all.at[4].state, SPACE_BOOKING_STATE_BOOKED);
	CHECK_INT(all.at[5].state, SPACE_BOOKING_STATE_CANCELLED);
	CHECK_INT(all.at[all.n - 1].state, SPACE_BOOKING_STATE_CANCELLED);
	CHECK_INT(space_cancel(s->tx, &s->who, all.at[5].id, all.at[5].version, false, STR("")), VERDICT_CONFLICT);
}

TEST(a_series_goes_over_christmas_and_around_what_is_taken)
{
	in_scene(t, over_christmas);
}

/* --- requests, waiting ---------------------------------------------------------------------------------- */

static void
requests(struct scene *s)
{
	struct test *t = s->t;
	struct space_booking first, second;
	space_booking_id a, b;
	struct space_left left;

	choose(s, "oona", "ranta", "laituri");
	a = sent(s, slot_at(s, "2026-11-28", 15, 60), 0, "").first;
	choose(s, "kerttu", "ranta", "laituri");
	b = sent(s, slot_at(s, "2026-11-28", 15, 60), 0, "").first;
	CHECK(space_booking_by_id(s->tx, a, &first) && space_booking_by_id(s->tx, b, &second));
	CHECK_INT(first.state, SPACE_BOOKING_STATE_REQUESTED);
	CHECK_INT(first.answer_by.day, date_of(2026, 11, 25).day);
	CHECK_INT(space_answer(s->tx, &s->who, a, first.version, true, false, STR(""), &left), VERDICT_FORBIDDEN);
	choose(s, "aino", "ranta", "laituri");
	CHECK_INT(space_answer(s->tx, &s->who, a, first.version, true, false, STR("Avain Kertulta"), &left),
	    VERDICT_OK);
	CHECK_INT(space_answer(s->tx, &s->who, a, first.version, true, false, STR(""), &left), VERDICT_CONFLICT);
	CHECK_INT(space_answer(s->tx, &s->who, b, second.version, true, false, STR(""), &left), VERDICT_TAKEN);
	CHECK_INT(space_answer(s->tx, &s->who, b, second.version, false, false, STR("Tila meni jo"), &left),
	    VERDICT_OK);
}

TEST(of_two_requests_for_a_time_one_gets_it)
{
	in_scene(t, requests);
}

static void
waiting(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;
	struct space_asking a;
	struct space_judged judged;
	struct space_booking taken;
	struct space_wish_list wishes;
	space_booking_id id;

	choose(s, "oona", "ranta", "laituri");
	slot = slot_at(s, "2026-11-25", 15, 120);
	id = sent(s, slot, 0, "").first;
	choose(s, "kerttu", "ranta", "laituri");
	a = asking(s, slot);
	CHECK_INT(space_wish(&a, slot, &judged), VERDICT_OK);
	CHECK_INT(space_wish(&a, slot, &judged), VERDICT_TAKEN);
	choose(s, "oona", "ranta", "laituri");
	CHECK(space_booking_by_id(s->tx, id, &taken));
	CHECK_INT(space_cancel(s->tx, &s->who, id, taken.version, false, STR("")), VERDICT_OK);
	wishes = space_wishes_offered(s->tx);
	CHECK_INT(wishes.n, 1);
	CHECK_INT(wishes.at[0].offer_until.s, s->tx->now.s + 24 * 3600);
	CHECK_INT(why(s, slot), SPACE_WHY_HELD);
	/* nobody takes it: a day later it is anyone's */
	s->tx->now.s += 24 * 3600;
	space_offers_pass(s->tx);
	CHECK_INT(space_wishes_offered(s->tx).n, 0);
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING);
}

TEST(whoever_waits_is_offered_the_time_for_a_day)
{
	in_scene(t, waiting);
}

/* --- what is offered instead ----------------------------------------------------------------------------- */

static void
nearest(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;
	struct space_asking a;
	struct space_near_list near;
	struct space_start_list starts;

	choose(s, "kerttu", "ranta", "laituri");
	slot = slot_at(s, "2026-11-25", 15, 120);
	CHECK_INT(sent(s, slot, 0, "").taken, 1);
	a = asking(s, slot);
	near = space_nearest(&a, slot);
	CHECK_INT(near.n, 3); /* there is no other space on the campus */
	CHECK_INT(local_of(s->zone, near.at[0].slot.starts).minutes, 8 * 60);
	CHECK_INT(local_of(s->zone, near.at[1].slot.starts).date.day, date_of(2026, 12, 2).day);
	starts = space_free(&a, date_of(2026, 11, 25), false, 1, false);
	CHECK_INT(starts.at[0].from, 8 * 60);
	CHECK_INT(starts.at[0].longest, 120); /* up to the drop-in at ten */
	for (size_t i = 0; i < starts.n; i++)
		CHECK(starts.at[i].from < 10 * 60 || starts.at[i].from == 14 * 60 || starts.at[i].from == 17 * 60 + 30);
}

TEST(a_refusal_knows_near_times_that_are_free)
{
	in_scene(t, nearest);
}

static int
wall_clock(const struct scene *s, struct instant at)
{
	return local_of(s->zone, at).minutes;
}

static bool
offers(struct space_start_list starts, int from)
{
	for (size_t i = 0; i < starts.n; i++)
		if (starts.at[i].from == from)
			return true;
	return false;
}

static void
clocks_change(struct scene *s)
{
	struct test *t = s->t;
	const struct date none = {0}, spring = date_of(2027, 3, 28), autumn = date_of(2027, 10, 31);
	struct space_slot slot;
	struct space_asking a;

	choose(s, "kerttu", "ranta", "laituri");
	space_hours_add(s->tx, s->space.id, 127, 0, 1440, false, none, none);
	s->space.open_holidays = true; /* it is Easter Sunday */
	/* from three to four there is no time on that day */
	slot = slot_at(s, "2027-03-28", 2, 120);
	CHECK_INT(wall_clock(s, slot.ends), 5 * 60);
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING);
	a = asking(s, slot);
	CHECK(offers(space_free(&a, spring, false, 1, false), 2 * 60));
	CHECK(!offers(space_free(&a, spring, false, 1, false), 3 * 60));
	CHECK(offers(space_free(&a, spring, false, 1, false), 4 * 60));
	/* and in autumn it comes twice, and is offered once */
	slot = slot_at(s, "2027-10-31", 2, 120);
	CHECK_INT(wall_clock(s, slot.ends), 3 * 60);
	CHECK_INT(sent(s, slot, 0, "").taken, 1);
	CHECK_INT(why(s, slot_at(s, "2027-10-31", 3, 60)), SPACE_WHY_TAKEN);
	a = asking(s, slot);
	CHECK(offers(space_free(&a, autumn, false, 1, false), 4 * 60));
}

TEST(a_booking_lasts_as_long_as_it_says_when_clocks_change)
{
	in_scene(t, clocks_change);
}

static void
greedy(struct scene *s)
{
	struct test *t = s->t;
	struct space_judged judged;
	space_draft_id id;

	choose(s, "kerttu", "ranta", "laituri");
	for (int k = 0; k < 6; k++) {
		struct space_slot slot = slot_at(s, "2026-12-08", 8, 30);
		struct space_asking a;

		slot.starts.s += k * 86400;
		slot.ends.s += k * 86400;
		a = asking(s, slot);
		CHECK_INT(space_hold(&a, slot, &judged, &id) == VERDICT_OK, k < 5);
	}
	CHECK_INT(judged.why, SPACE_WHY_HOLDS);
}

TEST(nobody_holds_more_than_five_times)
{
	in_scene(t, greedy);
}

/* --- rules for some who ask ------------------------------------------------------------------------------ */

static void
rules_for_some(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;
	struct space_asking a;

	choose(s, "kerttu", "ranta", "laituri");
	slot = slot_at(s, "2026-11-26", 8, 120);
	CHECK_INT(why(s, slot), SPACE_WHY_NOTHING);
	space_rule_put(s->tx, s->space.id, SPACE_RULE_WHO_STAFF, SPACE_RULE_APPROVAL_ALWAYS, 0, 180);
	CHECK_INT(why(s, slot), SPACE_WHY_ALWAYS);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 17, 120)), SPACE_WHY_OUTSIDE);
	/* a request counts as well; three hours a week and no more, not even by asking */
	CHECK_INT(sent(s, slot, 0, "").asked, 1);
	CHECK_INT(why(s, slot_at(s, "2026-11-27", 8, 60)), SPACE_WHY_ALWAYS);
	CHECK_INT(why(s, slot_at(s, "2026-11-27", 8, 120)), SPACE_WHY_QUOTA);
	CHECK_INT(why(s, slot_at(s, "2026-12-04", 8, 120)), SPACE_WHY_ALWAYS);
	/* whoever needs no answer needs none outside the hours either */
	space_rule_put(s->tx, s->space.id, SPACE_RULE_WHO_STAFF, SPACE_RULE_APPROVAL_NEVER, 0, 0);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 17, 120)), SPACE_WHY_NOTHING);
	/* that of all partners, and of one organisation instead */
	choose(s, "oona", "ranta", "laituri");
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 16, 90)), SPACE_WHY_NOTHING);
	space_rule_put(s->tx, s->space.id, SPACE_RULE_WHO_PARTNER, SPACE_RULE_APPROVAL_ALWAYS, 0, 0);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 16, 90)), SPACE_WHY_ALWAYS);
	space_rule_put_for(s->tx, s->space.id, s->organisation, SPACE_RULE_APPROVAL_OUTSIDE, 60, 0);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 16, 60)), SPACE_WHY_NOTHING);
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 16, 90)), SPACE_WHY_WEEK);
	/* an agreement, and an organisation that has ended */
	s->space.needs_agreement = true;
	CHECK_INT(why(s, slot_at(s, "2026-11-25", 16, 60)), SPACE_WHY_NOTHING);
	CHECK_INT(why(s, slot_at(s, "2027-01-13", 16, 60)), SPACE_WHY_AGREEMENT); /* theirs ends in December */
	s->space.needs_agreement = false;
	slot = slot_at(s, "2026-11-25", 16, 60);
	a = asking(s, slot);
	a.ended = true;
	CHECK_INT(space_judge(&a, slot).why, SPACE_WHY_ENDED);
	CHECK(str_contains(said_plain(t->arena, LANG_FI, space_why_words(&a, &(struct space_judged){SPACE_WHY_ENDED})),
	    STR("on päättynyt")));
}

TEST(who_asks_decides_what_holds)
{
	in_scene(t, rules_for_some);
}

static void
kept_for_partners(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot = {0};
	struct space_asking a;
	struct space_judged j;

	choose(s, "kerttu", "ranta", "laituri");
	space_priority_add(s->tx, s->space.id, SPACE_PRIORITY_WHO_PARTNER, 8, 8 * 60, 10 * 60, 7); /* Thursdays */
	slot = slot_at(s, "2026-12-03", 8, 60);
	a = asking(s, slot);
	j = space_judge(&a, slot);
	CHECK_INT(j.why, SPACE_WHY_PRIORITY);
	CHECK_INT(j.kept_for, SPACE_BOOKING_WHO_PARTNER);
	CHECK_INT(j.number, 7);
	CHECK_INT(why(s, slot_at(s, "2026-12-02", 8, 60)), SPACE_WHY_NOTHING); /* Wednesday */
	CHECK_INT(why(s, slot_at(s, "2026-11-26", 8, 60)), SPACE_WHY_NOTHING); /* near enough */
	choose(s, "oona", "ranta", "laituri");
	CHECK_INT(why(s, slot_at(s, "2026-12-03", 8, 60)), SPACE_WHY_NOTHING);
}

TEST(time_is_kept_for_some_until_it_is_near)
{
	in_scene(t, kept_for_partners);
}

static void
closed_day(struct scene *s)
{
	struct test *t = s->t;
	struct date day = date_of(2026, 11, 26);
	struct space_slot slot;
	struct space_asking a;
	struct space_judged j;

	choose(s, "kerttu", "ranta", "laituri");
	space_exception_add(s->tx, s->space.id, day, day, 0, 0, (struct texts){{STR("Vesivahinko"), STR(""), STR("")}});
	slot = slot_at(s, "2026-11-26", 8, 60);
	a = asking(s, slot);
	j = space_judge(&a, slot);
	CHECK_INT(j.why, SPACE_WHY_CLOSED);
	CHECK(str_contains(said_plain(t->arena, LANG_FI, space_why_words(&a, &j)), STR("Vesivahinko")));
	CHECK_INT(why(s, slot_at(s, "2026-11-27", 8, 60)), SPACE_WHY_NOTHING);
}

TEST(on_a_day_that_is_closed_nothing_can_be_asked_either)
{
	in_scene(t, closed_day);
}

/* --- adults --------------------------------------------------------------------------------------------------- */

static void
adults(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot staffed, other;
	struct space_asking a;

	choose(s, "kerttu", "ranta", "laituri"); /* staff are there on Wednesdays from one to four */
	staffed = slot_at(s, "2026-11-25", 14, 120);
	other = slot_at(s, "2026-11-25", 15, 120);
	a = asking(s, other);
	CHECK(!space_needs_adult(&a, staffed, true));
	CHECK(space_needs_adult(&a, other, true));
	CHECK(!space_needs_adult(&a, other, false));
	s->space.adult_for = SPACE_ADULT_FOR_EVERYONE;
	CHECK(space_needs_adult(&a, other, false));
	CHECK(!space_needs_adult(&a, staffed, false));
	s->space.adult_for = SPACE_ADULT_FOR_STUDENTS;
	CHECK(!space_needs_adult(&a, other, false)); /* she is staff */
	CHECK(space_needs_adult(&a, other, true));
	choose(s, "mira", "asema", "odotushuone");
	s->space.adult_for = SPACE_ADULT_FOR_STUDENTS;
	other = slot_at(s, "2026-11-25", 15, 60);
	a = asking(s, other);
	CHECK(space_needs_adult(&a, other, false));
}

TEST(an_adult_is_named_where_no_staff_is)
{
	in_scene(t, adults);
}

/* --- to another space --------------------------------------------------------------------------------------------- */

static void
to_another_space(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot;
	struct space_asking a;
	struct space_judged judged;
	struct space_booking taken;
	struct space_draft d;
	struct space_sent done;
	space_booking_id id;
	space_draft_id draft;
	space_id hall;

	choose(s, "oona", "ranta", "laituri");
	slot = slot_at(s, "2026-11-25", 16, 60);
	id = sent(s, slot, 0, "").first;
	choose(s, "kerttu", "ranta", "laituri");
	a = asking(s, slot);
	CHECK_INT(space_wish(&a, slot, &judged), VERDICT_OK);
	CHECK(space_new(s->tx, s->campus.id, STR("aula"), (struct texts){{STR("Aula"), STR(""), STR("")}}, 30, 2,
	    &hall));
	space_hours_add(s->tx, hall, 127, 480, 1200, false, (struct date){0}, (struct date){0});
	choose(s, "oona", "ranta", "aula");
	a = asking(s, slot);
	a.moves = id;
	CHECK_INT(space_hold(&a, slot, &judged, &draft), VERDICT_OK);
	CHECK(space_booking_by_id(s->tx, id, &taken));
	space_draft_fill(s->tx, draft, taken.title, (enum space_draft_audience)taken.audience, STR(""), 1, true, false,
	    STR(""), STR(""), s->organisation, 0, (struct date){0});
	CHECK(space_draft_by_id(s->tx, draft, &d));
	CHECK_INT(space_send(s->tx, &s->who, &d, 1, 0, LANG_FI, s->zone, &done), VERDICT_OK);
	CHECK(space_booking_by_id(s->tx, id, &taken));
	CHECK_INT(taken.space.n, hall.n);
	/* whoever waited for the time in the first one is offered it */
	CHECK_INT(space_wishes_offered(s->tx).n, 1);
}

TEST(a_booking_that_moves_to_another_space_frees_the_one_it_had)
{
	in_scene(t, to_another_space);
}

/* A series of which one day is in another space. */
static void
rest_elsewhere(struct scene *s)
{
	struct test *t = s->t;
	struct space_slot slot, later;
	struct space_asking a;
	struct space_judged judged;
	struct space_booking first, second;
	struct space_booking_list series;
	space_id hall;

	choose(s, "oona", "ranta", "laituri");
	slot = slot_at(s, "2026-11-25", 16, 60);
	CHECK(space_booking_by_id(s->tx, sent(s, slot, 1, "2026-12-02").first, &first));
	series = space_bookings_of_series(s->tx, first.series);
	CHECK_INT(series.n, 2);
	second = series.at[1];
	CHECK(space_new(s->tx, s->campus.id, STR("aula"), (struct texts){{STR("Aula"), STR(""), STR("")}}, 30, 2,
	    &hall));
	space_hours_add(s->tx, hall, 127, 480, 1200, false, (struct date){0}, (struct date){0});
	CHECK_INT(space_booking_move(s->tx, second.id, hall, false, second.starts, second.ends, second.blocked_from,
	    second.blocked_to, s->tx->now, 0, space_reach(second.starts), second.version), 1);
	s->emptied = hall;
	choose(s, "kerttu", "ranta", "aula");
	later = slot_at(s, "2026-12-02", 16, 60);
	a = asking(s, later);
	CHECK_INT(space_wish(&a, later, &judged), VERDICT_OK);
	s->emptied = first.space;
	choose(s, "oona", "ranta", "laituri");
	CHECK_INT(space_cancel(s->tx, &s->who, first.id, first.version, true, STR("")), VERDICT_OK);
	CHECK(space_booking_by_id(s->tx, second.id, &second));
	CHECK_INT(second.state, SPACE_BOOKING_STATE_CANCELLED);
	/* whoever waited there is offered it */
	CHECK_INT(space_wishes_offered(s->tx).n, 1);
}

TEST(cancelling_a_series_frees_each_day_in_its_own_space)
{
	in_scene(t, rest_elsewhere);
}

/* Behind the statement stands the wall. */
static void
past_the_statement(struct tx *tx, void *arg)
{
	struct staged *g = arg;
	struct scene s = {.t = g->t, .tx = tx, .zone = space_zone(tx)};
	struct space_slot slot;
	space_booking_id id;

	choose(&s, "kerttu", "ranta", "laituri");
	slot = slot_at(&s, "2026-11-25", 15, 120);
	for (int k = 0; k < 2; k++)
		space_booking_take(tx, s.space.id, (space_series_id){0}, false, slot.starts, slot.ends, slot.starts,
		    slot.ends,
		    STR("x"), SPACE_BOOKING_LANGUAGE_FI, SPACE_BOOKING_AUDIENCE_STAFF, STR(""), 1, true, false, STR(""),
		    SPACE_BOOKING_WHO_STAFF, (organisation_id){0}, (person_id){s.who.person}, tx->now, STR(""),
		    k ? STR("b") : STR("a"), 40, 0, slot.ends, &id); /* a search that finds nothing */
}

TEST(the_database_forbids_what_the_statement_missed)
{
	struct world *w = world(t);
	struct staged g = {t, NULL};
	struct db_error error = {0};

	CHECK(!db_write_now(w->db, w->arena, world_now(), past_the_statement, &g, &error));
	CHECK_INT(error.trouble, DB_REFUSED);
	world_end(w);
}
