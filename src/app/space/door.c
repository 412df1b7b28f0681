/* The screen beside a door, which nobody touches, and the poster on it: both bring a phone to the right page. */
#include "app/space/views.h"

#include "lib/arena.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/view.texts.h" /* generated */

enum { REFRESH_S = 60, LATER_MOST = 4 };

#define SPACE "/{lang}/{campus}/space/{space}"
#define DOOR "/{lang}/{campus}/door/{space}"

/* Whether somebody is expected to say that they have come. */
static bool
is_awaited(const struct space *space, const struct space_item *item, int minute)
{
	return space->claim_minutes > 0 && item->row->claimed_at.s == 0 &&
	    item->from - SPACE_CLAIM_MINUTES <= minute && item->to > minute;
}

static bool
is_claim_awaited(const struct space *space, struct space_item_list today, int minute)
{
	for (size_t i = 0; i < today.n; i++)
		if (is_awaited(space, &today.at[i], minute))
			return true;
	return false;
}

/* What comes later today: the first of it, and some more. */
static void
fill_later(const struct space_view *v, int minute, struct space_door_page *page)
{
	struct space_entry_list all = space_entries_on(v, 0, v->r->today, true);

	page->later = (struct space_entry_list){ARENA_ARRAY(v->r->arena, struct space_entry, LATER_MOST), 0};
	for (size_t i = 0; i < all.n; i++) {
		if (all.at[i].from <= minute)
			continue;
		if (!page->has_next)
			page->next = all.at[i];
		else if (page->later.n < LATER_MOST)
			page->later.at[page->later.n++] = all.at[i];
		page->has_next = true;
	}
}

static void
show_door(struct req *r)
{
	const struct space *space = space_or_404(r);
	const struct campus *campus = r->campus;
	struct space_view v = space_view_alone(r, space, (struct span){r->today, r->today});
	struct space_now now = space_now_of(&v, 0);
	struct local at = local_of(r->zone, r->now);
	bool claims = is_claim_awaited(space, space_items_on(&v, 0, r->today), at.minutes);
	struct space_door_page page = {
		.name = space->name,
		.campus = campus->name,
		.day = r->today,
		.minutes = at.minutes,
		.open = now.open,
		.drop_in = now.drop_in,
		.taken = now.item != NULL,
		.until = now.item ? t_space_until(now.item->to) : space_now_words(&v, &now),
		.staff = space_staff_words(&now),
		.claims = claims,
		.code = page_code(r, path_fill(r, claims ? DOOR "/here" : SPACE)),
		.letters = page_letters(r, path_fill(r, claims ? DOOR "/here" : SPACE)),
	};

	if (now.item)
		page.now = space_entries_of(&v, 0, (struct space_item_list){now.item, 1}).at[0];
	fill_later(&v, at.minutes, &page);
	space_door_html(r, &page);
}

/* Whose booking it is comes to it, to say that they are here; anyone else to the page of the space. */
static void
go_in(struct req *r)
{
	const struct space *space = space_or_404(r);
	struct space_view v = space_view_alone(r, space, (struct span){r->today, r->today});
	struct space_item_list today = space_items_on(&v, 0, r->today);
	int minute = local_of(r->zone, r->now).minutes;

	for (size_t i = 0; i < today.n; i++) {
		const struct space_taken *row = today.at[i].row;

		if (today.at[i].from - SPACE_CLAIM_MINUTES <= minute && today.at[i].to > minute &&
		    ((row->booked_by.n && row->booked_by.n == r->actor.person) ||
			(row->organisation.n && partner_in(v.acts, row->organisation))))
			page_elsewhere(r, space_booking_address(r, r->campus, row->id), false);
	}
	page_elsewhere(r, path_fill(r, SPACE), false);
}

static void
show_poster(struct req *r)
{
	const struct space *space = space_or_404(r);
	const struct campus *campus = r->campus;

	space_poster_html(r, &(struct space_poster_page){
		.name = space->name,
		.campus = campus->name,
		.code = page_code(r, path_fill(r, SPACE)),
		.letters = page_letters(r, path_fill(r, SPACE)),
		.back = path_fill(r, SPACE),
	});
}

const struct route space_door_routes[] = {
	{GET, DOOR, MAY_ANYONE, show_door, .refresh_s = REFRESH_S},
	{GET, DOOR "/here", MAY_BOOK_SPACE, go_in},
	{GET, SPACE "/poster", MAY_ANYONE, show_poster},
	{0},
};
