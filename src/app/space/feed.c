/* Bookings in people's own calendars: of a space for anyone, of a person and of an organisation at a secret address. */
#include "app/space/pages.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/calendar/calendar.h"
#include "app/rights.h"            /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

/* Those of others say only that the room is taken. */
static void
show_feed(struct req *r)
{
	const struct space *space = space_or_404(r);
	const struct campus *campus = r->campus;
	struct span days = calendar_days(r->today);
	struct instant first = instant_of_local(r->zone, days.first, 0), last = instant_of_local(r->zone, days.last, 0);
	struct space_booking_list all;
	struct str taken = said_plain(r->arena, r->lang, said(T_SPACE_TAKEN));
	struct calendar_list list = {0};

	if (calendar_is_known(r))
		return;
	all = space_bookings_between(r->tx, space->id, space_reach(first), first, last);
	for (size_t i = 0; i < all.n; i++) {
		struct ical_event e = space_event_of(r->tx, space, campus, &all.at[i],
		    all.at[i].public ? all.at[i].title : taken, r->lang);

		if (!all.at[i].public)
			e.url = STR("");
		calendar_add(r->arena, &list, e);
	}
	calendar_answer(r, texts_in(space->name, r->lang).text, list);
}

void
space_tell_name(struct tx *tx, const struct space *was, struct texts becomes)
{
	const struct zone *zone = space_zone(tx);
	struct date today = local_of(zone, tx->now).date;

	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (!str_eq(was->name.at[l], becomes.at[l])) {
			space_bookings_renamed(tx, was->id, instant_of_local(zone, calendar_days(today).first, 0),
			    tx->now);
			return;
		}
}

void
space_calendar(struct tx *tx, const struct calendar_asked *asked, struct calendar_list *list)
{
	struct instant first = instant_of_local(asked->zone, asked->days.first, 0);
	struct campus_list campuses = campus_ever(tx);
	struct space_list spaces = spaces_that_ever_were(tx);
	struct space_booking_list all = asked->whose == CALENDAR_KEY_WHOSE_PERSON
	    ? space_bookings_ahead_of_person(tx, (person_id){asked->id}, space_reach(first), first)
	    : space_bookings_ahead_of_organisation(tx, (organisation_id){asked->id}, space_reach(first),
	    first);

	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < spaces.n; k++) {
			const struct campus *campus = campus_in(campuses, spaces.at[k].campus);

			if (campus && spaces.at[k].id.n == all.at[i].space.n &&
			    all.at[i].state != SPACE_BOOKING_STATE_DECLINED)
				calendar_add(tx->arena, list, space_event_of(tx, &spaces.at[k], campus, &all.at[i],
				    all.at[i].title, asked->lang));
		}
}

const struct route space_feed_routes[] = {
	{GET, "/{lang}/{campus}/space/{space}/calendar.ics", MAY_ANYONE, show_feed, .speed = SLOW},
	{0},
};
