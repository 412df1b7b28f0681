/* The demo's bookings: a term of what partners, teachers and students do in the four spaces, from August on and some
 * weeks ahead; what waits for an answer, and who waits for a time. */
#include "app/space/inside.h"

#include "lib/json.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/people/people.h"
#include "app/space/demo.json.h" /* generated */
#include "app/space/space.sql.h" /* generated */

enum { WEEK_DAYS = 7, AHEAD_DAYS = 70, MADE_DAYS = 14, DAY_S = 86400, FIRST_WEEK_DAYS = 14 };

/* One line of the story. */
struct told {
	struct space space;
	struct campus campus;
	organisation_id organisation;
	person_id person;
	enum space_booking_who who;
	int weekday, from, length;
	int64_t every, people;
	bool shared, public;
	enum space_booking_audience audience;
	struct str title, group, note;
};

static int
minutes_of(struct json_in *in, const struct json *j, const char *name)
{
	struct str text = json_text(in, j, name);

	need(text.n == 5);
	return ((text.p[0] - '0') * 10 + text.p[1] - '0') * 60 + (text.p[3] - '0') * 10 + text.p[4] - '0';
}

static bool
is_student(struct tx *tx, person_id id)
{
	struct person_grant_list roles = people_grants_of(tx, id, local_of(space_zone(tx), tx->now).date);

	for (size_t i = 0; i < roles.n; i++)
		if (roles.at[i].role == PERSON_ROLE_ROLE_STUDENT)
			return true;
	return false;
}

static struct told
read_told(struct tx *tx, struct json_in *in, const struct json *j)
{
	static const char *const weekdays[] = {"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	struct space_list spaces = spaces_everywhere(tx);
	struct str slug = json_text(in, j, "space"), partner = json_text_or(in, j, "partner", STR(""));
	struct str person = json_text_or(in, j, "person", STR(""));
	struct told t = {
		.who = SPACE_BOOKING_WHO_STAFF,
		.weekday = (int)json_word(in, j, "day", weekdays, 8),
		.from = minutes_of(in, j, "from"),
		.every = json_int_or(in, j, "every", 1),
		.people = json_int(in, j, "people", 1, 500),
		.shared = json_bool_or(in, j, "shared", false),
		.public = json_bool_or(in, j, "public", true),
		.title = json_text_or(in, j, "title", STR("")),
		.group = json_text_or(in, j, "group", STR("")),
		.note = json_text_or(in, j, "note", STR("")),
	};
	struct person p;

	t.length = minutes_of(in, j, "to") - t.from;
	space_booking_audience_of(json_text_or(in, j, "audience", STR("students")), &t.audience);
	for (size_t i = 0; i < spaces.n; i++)
		if (str_eq(spaces.at[i].slug, slug))
			t.space = spaces.at[i];
	need(t.space.id.n);
	t.campus = *campus_in(campus_all(tx), t.space.campus);
	if (person.n && person_with_key(tx, person, &p)) {
		t.person = p.id;
		t.who = is_student(tx, p.id) ? SPACE_BOOKING_WHO_STUDENT : SPACE_BOOKING_WHO_STAFF;
	}
	if (partner.n) {
		t.organisation = partner_with_key(tx, partner);
		t.who = SPACE_BOOKING_WHO_PARTNER;
	}
	return t;
}

static enum space_booking_language
language_of(const struct told *t)
{
	return (enum space_booking_language)((int)campus_lang(&t->campus) + SPACE_BOOKING_LANGUAGE_FI);
}

static struct str
uid_of(struct tx *tx, size_t line, struct date day)
{
	char iso[11];

	return str_fmt(tx->arena, "demo-%zu-%s@nuotio", line, date_iso(day, iso));
}

/* Every week or second week in which the space is open then. */
static void
tell_series(struct tx *tx, const struct told *t, size_t line, struct span days, const struct zone *zone)
{
	struct space_times times = space_times_of(tx, &t->space, days, zone);
	struct date day = date_add_days(days.first, (t->weekday - date_weekday(days.first) + WEEK_DAYS) % WEEK_DAYS);
	space_series_id series = space_series_add(tx, t->space.id, t->every, day, days.last, (space_series_id){0},
	    instant_of_local(zone, days.first, 0), STR(""));
	space_booking_id id;

	for (; day.day <= days.last.day; day = date_add_days(day, WEEK_DAYS * (int)t->every)) {
		struct space_slot slot = space_slot_of(zone, day, t->from, t->length);
		struct space_day open = space_day_of(&times, day);

		if (!space_within(open.open, open.opens, t->from, t->from + t->length))
			continue;
		slot.shared = t->shared;
		space_booking_take(tx, t->space.id, series, t->shared, slot.starts, slot.ends,
		    space_blocked_from(&t->space, slot), space_blocked_to(&t->space, slot), t->title, language_of(t),
		    t->audience, t->group, t->people, t->public, false, STR(""), t->who, t->organisation, t->person,
		    (struct instant){slot.starts.s - MADE_DAYS * DAY_S}, t->note, uid_of(tx, line, day),
		    t->space.capacity, 0, space_reach(slot.starts), &id);
	}
}

/* On that weekday of the week after next. */
static struct space_slot
slot_ahead(const struct told *t, struct date today, const struct zone *zone)
{
	struct date monday = date_add_days(today, FIRST_WEEK_DAYS + 1 - date_weekday(today));

	return space_slot_of(zone, date_add_days(monday, t->weekday - 1), t->from, t->length);
}

static void
tell_request(struct tx *tx, const struct told *t, size_t line, struct date today, const struct zone *zone)
{
	struct space_slot slot = slot_ahead(t, today, zone);

	space_booking_request(tx, t->space.id, (space_series_id){0}, false, slot.starts, slot.ends,
	    space_blocked_from(&t->space, slot), space_blocked_to(&t->space, slot), t->title, language_of(t),
	    t->audience, STR(""), t->people, true, false, STR(""), t->who, t->organisation, t->person, tx->now, t->note,
	    SPACE_BOOKING_BECAUSE_OUTSIDE, space_answer_day(today), uid_of(tx, line, space_starts(zone, slot).date));
}

/* The municipality's calendar, as the last reading left it. */
static void
tell_events(struct tx *tx, struct json_in *in, const struct json *j, struct date today, const struct zone *zone)
{
	struct json_items ahead = json_list(in, j, "ahead");
	struct campus campus;
	space_source_id source;

	need(campus_find(tx, json_text(in, j, "campus"), &campus));
	source = space_source_add(tx, campus.id, (space_id){0}, SPACE_SOURCE_KIND_EVENTS, json_text(in, j, "name"),
	    json_text(in, j, "url"));
	space_source_checked(tx, source, tx->now, tx->now, STR(""), STR(""), SPACE_SOURCE_TROUBLE_NO, 200, 0);
	for (size_t i = 0; i < ahead.n; i++) {
		struct date day = date_add_days(today, (int)json_int(in, &ahead.at[i], "days", 1, 60));
		int from = minutes_of(in, &ahead.at[i], "from");
		struct space_slot slot = space_slot_of(zone, day, from, minutes_of(in, &ahead.at[i], "to") - from);

		space_incoming_add(tx, source, str_fmt(tx->arena, "demo-%zu", i), STR(""),
		    json_text(in, &ahead.at[i], "title"),
		    json_text(in, &ahead.at[i], "place"), slot.starts, slot.ends, false,
		    json_bool_or(in, &ahead.at[i], "shown", false)
		    ? SPACE_INCOMING_STATE_SHOWN : SPACE_INCOMING_STATE_NEW, (space_booking_id){0}, tx->now);
	}
}

void
space_load_world(struct tx *tx, struct json_in *in, const struct json *world, struct date today)
{
	const struct json *whole = json_parse(in, space_demo_json);
	struct provider provider = provider_of(tx);
	struct span days = {provider_year(&provider, provider_year_of(&provider, today)).first,
	    date_add_days(today, AHEAD_DAYS)};
	const struct zone *zone = space_zone(tx);
	struct json_items series = json_list(in, whole, "series"), requests = json_list(in, whole, "requests");
	struct json_items wishes = json_list(in, whole, "wishes");

	(void)world;
	for (size_t i = 0; i < series.n; i++) {
		struct told t = read_told(tx, in, &series.at[i]);

		tell_series(tx, &t, i, days, zone);
	}
	for (size_t i = 0; i < requests.n; i++) {
		struct told t = read_told(tx, in, &requests.at[i]);

		tell_request(tx, &t, series.n + i, today, zone);
	}
	tell_events(tx, in, json_member(in, whole, "events"), today, zone);
	for (size_t i = 0; i < wishes.n; i++) {
		struct told t = read_told(tx, in, &wishes.at[i]);
		struct space_slot slot = slot_ahead(&t, today, zone);

		space_wish_add(tx, t.space.id, slot.starts, slot.ends, false, t.people, t.person, (organisation_id){0},
		    tx->now);
	}
}
