#include <string.h>

#include "lib/arena.h"

#include "test/test.h"
#include "test/world.h"

/* The first address on the page, or the one after the heading of the organisation. */
static const char *
address_after(struct world *w, struct answered page, const char *text)
{
	struct answered rest = world_part(page, text, "</section>"), key = world_part(rest, "/calendar/", "</code>");

	return str_z(w->arena, str_fmt(w->arena, "/fi/calendar/%.*s", STR_ARG(key.body)));
}

TEST(bookings_stand_in_ones_own_calendar)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "oona", "/fi/me/calendar");
	const char *own = address_after(w, page, "<main"), *theirs = address_after(w, page, "Suvantorannan nuorisotyö");
	struct answered feed = world_get(w, NULL, own);

	CHECK_INT(feed.status, 200);
	CHECK(str_starts(feed.type, STR("text/calendar")));
	CHECK_HOLDS(feed, "BEGIN:VCALENDAR");
	CHECK_HOLDS(feed, "SUMMARY:Avoin olohuone");
	CHECK_HOLDS(feed, "LOCATION:Laituri\\, Ranta");
	CHECK_LACKS(feed, "Keskustelukahvila");
	feed = world_get(w, NULL, theirs);
	CHECK_INT(feed.status, 200);
	CHECK_HOLDS(feed, "SUMMARY:Nuorisotyö Asemalla");
	world_end(w);
}

TEST(a_calendar_address_can_be_changed_and_is_nobody_elses)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "oona", "/fi/me/calendar");
	const char *own = address_after(w, page, "<main");
	struct str forged = str_fmt(w->arena, "%.*s1/nuotio.ics", (int)(str_of(own).n - strlen("1/nuotio.ics")), own);

	CHECK_INT(world_get(w, NULL, str_z(w->arena, forged)).status, 404);
	CHECK_STATUS(w, NULL, "/fi/calendar/nothing/nuotio.ics", 404);
	CHECK_STATUS(w, NULL, "/fi/calendar/person-1-abc/nuotio.ics", 404);
	CHECK_INT(world_post(w, "kerttu", "/fi/me/calendar/renew",
	    str_z(w->arena, str_fmt(w->arena, "whose=1&id=%lld", (long long)world_hidden(page, "id")))).status, 404);
	CHECK_INT(world_post(w, "oona", "/fi/me/calendar/renew",
	    str_z(w->arena, str_fmt(w->arena, "whose=1&id=%lld", (long long)world_hidden(page, "id")))).status, 303);
	CHECK_INT(world_get(w, NULL, own).status, 404);
	CHECK_INT(world_get(w, NULL, address_after(w, world_get(w, "oona", "/fi/me/calendar"), "<main")).status, 200);
	world_end(w);
}

TEST(the_calendar_of_a_space_hides_what_is_not_public)
{
	struct world *w = world(t);
	struct answered feed = world_get(w, NULL, "/fi/ranta/space/laituri/calendar.ics");

	CHECK_INT(feed.status, 200);
	CHECK_HOLDS(feed, "SUMMARY:Avoin olohuone");
	CHECK_HOLDS(feed, "SUMMARY:Varattu");
	CHECK_LACKS(feed, "Opiskeluhuollon");
	world_end(w);
}
