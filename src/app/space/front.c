/* The spaces on front pages: what is open now, and what is on today. */
#include "app/space/views.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */

enum { SCREEN_SPACES_MOST = 2, SCREEN_LINES_MOST = 4 };
enum { CARDS_MOST = 2, LINES_MOST = 6, EVENTS_MOST = 3, EVENT_DAYS = 14 };

/* What goes on or comes in one of them today, as far as anyone may know. */
static void
add_today(const struct space_view *v, size_t which, bool several, struct space_entry_list *list)
{
	struct space_entry_list all = space_entries_on(v, which, v->r->today, true);
	int minute = local_of(v->r->zone, v->r->now).minutes;

	for (size_t i = 0; i < all.n && list->n < LINES_MOST; i++) {
		struct space_entry e = all.at[i];
		size_t at = list->n;

		if (e.to <= minute || (!e.told && !e.drop_in))
			continue;
		if (several)
			e.space = v->spaces.at[which].name;
		for (; at > 0 && list->at[at - 1].from > e.from; at--)
			list->at[at] = list->at[at - 1];
		list->at[at] = e;
		list->n++;
	}
}

/* What the municipality's calendar has in the coming two weeks, as far as somebody has looked at it. */
static struct space_front_event_list
events_near_by(struct req *r)
{
	struct space_incoming_list all = space_incoming_shown(r->tx, (campus_id){r->place}, r->now,
	    instant_of_local(r->zone, date_add_days(r->today, EVENT_DAYS), 0));
	struct space_front_event_list list = {ARENA_ARRAY(r->arena, struct space_front_event, EVENTS_MOST), 0};

	for (size_t i = 0; i < all.n && i < EVENTS_MOST; i++)
		list.at[list.n++] = (struct space_front_event){all.at[i].title, all.at[i].place,
		    space_incoming_words(r->zone, &all.at[i])};
	return list;
}

static void
draw_campus(struct req *r, const struct campus *campus)
{
	struct space_view v = space_view_of(r, campus->id, (struct span){r->today, r->today});
	size_t n = v.spaces.n < CARDS_MOST ? v.spaces.n : CARDS_MOST;
	struct space_front_component front = {
		.cards = {ARENA_ARRAY(r->arena, struct space_front_card, n), n},
		.today = {ARENA_ARRAY(r->arena, struct space_entry, LINES_MOST), 0},
		.more = v.spaces.n > n,
		.all = path_fill(r, "/{lang}/{campus}/space"),
	};

	if (n == 0)
		return;
	front.events = events_near_by(r);
	for (size_t i = 0; i < n; i++)
		front.cards.at[i] = (struct space_front_card){v.spaces.at[i].name, space_view_address(&v, i),
		    space_state_of(&v, i), space_book_soon(&v, i, r->today)};
	for (size_t i = 0; i < v.spaces.n; i++)
		add_today(&v, i, v.spaces.n > 1, &front.today);
	space_front_html(r, &front);
}

void
space_draw_screen(struct req *r)
{
	const struct campus *campus = r->campus;
	struct space_view v = space_view_of(r, campus->id, (struct span){r->today, r->today});
	struct space_screen_component screen = {
		.lines = {ARENA_ARRAY(r->arena, struct space_screen_line, SCREEN_SPACES_MOST), 0},
		.today = {ARENA_ARRAY(r->arena, struct space_entry, LINES_MOST), 0},
	};

	for (size_t i = 0; i < v.spaces.n; i++) {
		struct space_now now = space_now_of(&v, i);

		if (screen.lines.n < SCREEN_SPACES_MOST)
			screen.lines.at[screen.lines.n++] = (struct space_screen_line){v.spaces.at[i].name, now.open,
			    space_now_words(&v, &now)};
		add_today(&v, i, v.spaces.n > 1, &screen.today);
	}
	if (screen.today.n > SCREEN_LINES_MOST)
		screen.today.n = SCREEN_LINES_MOST;
	if (v.spaces.n)
		space_screen_html(r, &screen);
}

/* The communal ones of all campuses, in the provider's order. */
static void
draw_provider(struct req *r)
{
	struct space_view v = space_view_of(r, (campus_id){0}, (struct span){r->today, r->today});
	struct space_front_line_list list = {ARENA_ARRAY(r->arena, struct space_front_line, v.spaces.n), 0};

	for (size_t c = 0; c < v.campuses.n; c++)
		for (size_t i = 0; i < v.spaces.n; i++) {
			const struct space *s = &v.spaces.at[i];
			const struct campus *campus = &v.campuses.at[c];

			if (s->campus.n == campus->id.n && s->communal)
				list.at[list.n++] = (struct space_front_line){s->name, campus->name, campus->color,
				    space_view_address(&v, i), space_state_of(&v, i)};
		}
	if (list.n)
		space_fronts_html(r, &(struct space_fronts_component){list, path_fill(r, "/{lang}/space")});
}

void
space_draw_front(struct req *r)
{
	if (r->campus)
		draw_campus(r, r->campus);
	else
		draw_provider(r);
}
