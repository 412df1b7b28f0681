#include "app/space/import.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/db.h"
#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"

struct taking {
	struct test *t;
	struct tx *tx;
	struct space space;
	struct space_source source;
};

static void
begin(struct taking *k, enum space_source_kind kind)
{
	struct test *t = k->t;
	struct campus campus;
	space_source_id id;

	CHECK(campus_find(k->tx, STR("ranta"), &campus));
	CHECK(space_by_slug(k->tx, campus.id, STR("laituri"), &k->space));
	id = space_source_add(k->tx, campus.id, kind == SPACE_SOURCE_KIND_TIMETABLE ? k->space.id : (space_id){0}, kind,
	    STR("Lukujärjestys"), STR("https://aikataulu.example/ranta.ics"));
	CHECK(space_source_by_id(k->tx, id, &k->source));
}

static struct ical_occurrence
occurrence(const char *uid, const char *starts, const char *ends)
{
	return (struct ical_occurrence){.uid = str_of(uid), .title = STR("Matematiikka"), .place = STR("Laituri"),
	    .starts = instant_of_iso(str_of(starts)), .ends = instant_of_iso(str_of(ends))};
}

/* One reading of the calendar, whole. */
static void
read_all(struct taking *k, const struct ical_occurrence *at, size_t n)
{
	k->tx->now.s++;
	import_take(k->tx, &k->source, at, n, k->tx->now);
	import_finish(k->tx, &k->source, k->tx->now);
}

static struct space_incoming
incoming(struct taking *k, const char *uid)
{
	struct space_incoming i = {0};

	space_incoming_find(k->tx, k->source.id, str_of(uid), STR(""), &i);
	return i;
}

static enum space_booking_state
state_of(struct taking *k, space_booking_id id)
{
	struct space_booking b = {0};

	space_booking_by_id(k->tx, id, &b);
	return b.state;
}

static void
lessons(struct tx *tx, void *arg)
{
	struct taking k = {.t = arg, .tx = tx};
	struct test *t = arg;
	/* the first is free, the second lies in the demo's open living room, the third is a day */
	struct ical_occurrence at[] = {
		occurrence("a", "2026-11-27T06:00:00Z", "2026-11-27T07:30:00Z"),
		occurrence("b", "2026-11-25T11:30:00Z", "2026-11-25T12:30:00Z"),
		occurrence("c", "", ""),
	};
	space_booking_id first;

	at[2].days = (struct span){date_of(2026, 11, 26), date_of(2026, 11, 26)};
	begin(&k, SPACE_SOURCE_KIND_TIMETABLE);
	read_all(&k, at, 3);
	CHECK_INT(incoming(&k, "a").state, SPACE_INCOMING_STATE_BOOKED);
	CHECK_INT(incoming(&k, "b").state, SPACE_INCOMING_STATE_CLASH);
	CHECK_INT(state_of(&k, incoming(&k, "b").booking), SPACE_BOOKING_STATE_REQUESTED);
	CHECK_INT(incoming(&k, "c").id.n, 0);
	first = incoming(&k, "a").booking;
	/* the same again changes nothing */
	read_all(&k, at, 3);
	CHECK_INT(incoming(&k, "a").booking.n, first.n);
	/* it moves, and the other one is gone */
	at[0] = occurrence("a", "2026-11-27T08:30:00Z", "2026-11-27T10:00:00Z");
	read_all(&k, at, 1);
	CHECK_INT(state_of(&k, first), SPACE_BOOKING_STATE_CANCELLED);
	CHECK_INT(incoming(&k, "a").state, SPACE_INCOMING_STATE_BOOKED);
	CHECK_INT(incoming(&k, "b").state, SPACE_INCOMING_STATE_GONE);
	CHECK_INT(state_of(&k, incoming(&k, "b").booking), SPACE_BOOKING_STATE_CANCELLED);
	/* and comes back */
	at[1] = occurrence("b", "2026-11-26T12:30:00Z", "2026-11-26T13:30:00Z");
	read_all(&k, at, 2);
	CHECK_INT(incoming(&k, "b").state, SPACE_INCOMING_STATE_BOOKED);
}

TEST(lessons_take_their_space_or_ask_for_it)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), lessons, t, &error));
	world_end(w);
}

static void
events(struct tx *tx, void *arg)
{
	struct taking k = {.t = arg, .tx = tx};
	struct test *t = arg;
	struct ical_occurrence at[] = {
		occurrence("a", "2026-11-27T16:00:00Z", "2026-11-27T18:00:00Z"),
		occurrence("b", "2026-11-20T11:30:00Z", "2026-11-20T12:30:00Z"), /* over */
	};

	begin(&k, SPACE_SOURCE_KIND_EVENTS);
	read_all(&k, at, 2);
	CHECK_INT(incoming(&k, "a").state, SPACE_INCOMING_STATE_NEW);
	CHECK_INT(incoming(&k, "b").id.n, 0);
	CHECK_INT(space_incoming_set(tx, incoming(&k, "a").id, SPACE_INCOMING_STATE_SHOWN), 1);
	at[0].starts.s += 3600;
	at[0].ends.s += 3600;
	read_all(&k, at, 1);
	CHECK_INT(incoming(&k, "a").state, SPACE_INCOMING_STATE_SHOWN); /* it only moved */
	at[0].title = STR("Aivan muuta");
	read_all(&k, at, 1);
	CHECK_INT(incoming(&k, "a").state, SPACE_INCOMING_STATE_NEW); /* is looked at again */
}

TEST(events_wait_until_somebody_has_looked_at_them)
{
	struct world *w = world(t);
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), events, t, &error));
	world_end(w);
}

TEST(a_coordinator_adds_a_calendar_and_shows_what_it_brings)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STATUS(w, "ilmari", "/fi/admin/calendars", 403);
	a = world_get(w, "aino", "/fi/admin/calendars");
	CHECK_HOLDS(a, "Nuorten elokuvailta");
	CHECK_LACKS(a, "Avoimet ovet"); /* shown already */
	CHECK_INT(world_post(w, "aino", "/fi/admin/calendars/event",
	    str_z(w->arena, str_fmt(w->arena, "event=%lld&shown=0", (long long)world_hidden(a, "event")))).status, 303);
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/calendars"), "Nuorten elokuvailta");
	a = world_post(w, "aino", "/fi/admin/calendars",
	    "kind=timetable&campus=2&space=&name=x&url=https://x.example/a.ics");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse tila, jossa tunnit pidetään");
	a = world_post(w, "aino", "/fi/admin/calendars", "kind=events&campus=2&name=x&url=file:///etc/passwd");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Osoite ei ole verkko-osoite");
	/* what should be nobody's to read is not kept, nor journalled */
	a = world_post(w, "aino", "/fi/admin/calendars",
	    "kind=events&campus=2&name=x&url=https://a:salainen@b.example/");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Osoitteessa on salasana");
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/calendars"), "salainen");
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/journal"), "salainen");
	a = world_post(w, "aino", "/fi/admin/calendars",
	    "kind=events&campus=2&name=Suvantoranta&url=https://suvantoranta.example/a.ics");
	CHECK_INT(a.status, 303);
	a = world_get(w, "aino", "/fi/admin/calendars");
	CHECK_HOLDS(a, "https://suvantoranta.example/a.ics");
	CHECK_HOLDS(a, "Luetaan minuutin kuluessa");
	CHECK_INT(world_post(w, "aino", "/fi/admin/calendars/end", "source=2").status, 303);
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/calendars"), "suvantoranta.example");
	world_end(w);
}
