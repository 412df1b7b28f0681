/* The room as main.c sees it. */
#include "app/space/pages.h"

#include "app/room.h"

static const struct route *const tables[] = {space_book_routes, space_draft_routes, space_mine_routes, space_feed_routes, NULL};

static const struct event *const events[] = {&space_booked, &space_requested, &space_answered, &space_changed,
    &space_cancelled, NULL};

const struct room space_room = {
	.name = "space",
	.routes = tables,
	.events = events,
	.calendar = space_calendar,
	.seed = space_load,
	.seed_demo = space_load_world,
};
