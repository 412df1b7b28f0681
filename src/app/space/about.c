/* What the pages of others tell of bookings: what an organisation or the reader has ahead. */
#include "app/space/pages.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/rights.h"           /* generated */
#include "app/room.h"
#include "app/space/space.html.h" /* generated */
#include "app/space/space.sql.h"  /* generated */

enum { LINES_MAX = 8, OWN_LINES_MAX = 3, WAYS_MAX = 3 };

/* Whoever acts for the organisation knows all; what is public everybody does. */
static bool
knows(struct req *r, const struct space_booking *b, bool theirs)
{
	struct space space;

	if (theirs || (b->public && b->state == SPACE_BOOKING_STATE_BOOKED))
		return true;
	return space_by_id(r->tx, b->space, &space) && actor_may(&r->actor, MAY_SEE_BOOKINGS, space.campus.n);
}

/* Whoever may book only a few spaces comes to each in one press; none when they are many. */
static struct space_way_list
ways_to_book(struct req *r)
{
	struct space_way_list list = {ARENA_ARRAY(r->arena, struct space_way, WAYS_MAX), 0};
	struct campus_list campuses = campus_all(r->tx);

	for (size_t i = 0; i < campuses.n; i++) {
		struct space_list spaces = spaces_of(r->tx, campuses.at[i].id);

		if (!actor_may(&r->actor, MAY_BOOK_SPACE, campuses.at[i].id.n))
			continue;
		if (list.n + spaces.n > WAYS_MAX)
			return (struct space_way_list){0};
		for (size_t k = 0; k < spaces.n; k++)
			list.at[list.n++] = (struct space_way){spaces.at[k].name,
			    space_action(r, space_address(r, &spaces.at[k]), "/book")};
	}
	return list;
}

static void
draw(struct req *r, struct space_about_component about, size_t most)
{
	if (about.theirs)
		about.ways = ways_to_book(r);
	about.lines.n = about.lines.n < most ? about.lines.n : most;
	space_about_html(r, &about);
}

static void
of_organisation(struct req *r, organisation_id id)
{
	struct space_booking_list all = space_bookings_ahead_of_organisation(r->tx, id, space_reach(r->now), r->now);
	struct space_line_list list = {ARENA_ARRAY(r->arena, struct space_line, all.n), 0};
	bool theirs = partner_acts_for(r->tx, (person_id){r->actor.person}, id);
	size_t kept = 0;

	for (size_t i = 0; i < all.n; i++)
		if (knows(r, &all.at[i], theirs))
			all.at[kept++] = all.at[i];
	all.n = kept;
	space_add_lines(r, all, campus_all(r->tx), &list);
	if (list.n || theirs)
		draw(r, (struct space_about_component){list, theirs, .first = true,
		    .all = list.n > LINES_MAX ? path_fill(r, "/{lang}/me/bookings") : STR("")}, LINES_MAX);
}

void
space_about(struct req *r, enum subject subject, int64_t id)
{
	switch (subject) {
	case SUBJECT_ORGANISATION: of_organisation(r, (organisation_id){id}); return;
	case SUBJECT_PERSON:
		/* Nobody else's, whoever asks. */
		if (id == r->actor.person && actor_may(&r->actor, MAY_BOOK_SPACE, ACTOR_ANYWHERE))
			draw(r, (struct space_about_component){.lines = space_lines_ahead(r, campus_all(r->tx)),
			    .theirs = true}, OWN_LINES_MAX);
		return;
	}
}
