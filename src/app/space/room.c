/* The room as main.c sees it. */
#include "app/space/edit.h"

#include "core/job/job.h"

#include "app/rights.h" /* generated */
#include "app/room.h"
#include "app/space/edit.texts.h" /* generated */
#include "app/space/fault.h"
#include "app/space/import.h"
#include "app/space/jobs.h"
#include "app/space/queue.h"
#include "app/space/queue.texts.h" /* generated */
#include "app/space/space.texts.h" /* generated */
#include "app/space/view.texts.h"  /* generated */

static const struct route *const tables[] = {space_book_routes, space_draft_routes, space_mine_routes,
    space_feed_routes, space_source_routes, space_view_routes, space_week_routes, space_door_routes,
    space_fault_routes, space_edit_routes, space_opening_routes, space_terms_routes, space_queue_routes,
    space_picture_routes, NULL};

static const struct event *const events[] = {&space_booked, &space_requested, &space_answered, &space_changed,
    &space_cancelled, &space_freed, &space_fault_told, &space_fault_mended, &space_saved, &space_hours_changed,
    &space_source_changed, NULL};

static const struct job jobs[] = {
	{.name = "space.ask", .every_s = 60, .due = space_ask_due, .write = space_ask},
	{.name = "space.free", .every_s = 60, .due = space_free_due, .write = space_free_unused},
	{.name = "space.pass", .every_s = 30, .due = space_pass_due, .write = space_pass_on},
	{.name = "space.tidy", .every_s = 300, .due = space_tidy_due, .write = space_tidy},
	{.name = "space.lapse", .every_s = 60, .due = space_lapse_due, .write = space_lapse},
	{.name = "space.remind", .every_s = 300, .due = space_remind_due, .write = space_remind_all},
	{.name = "space.sources", .every_s = 60, .due = import_due, .run = import_read},
	{0},
};

static const struct nav nav[] = {
	{T_SPACE_NAV, "/space", MAY_ANYONE, true, .at = 30},
	{T_SPACE_MINE, "/me/bookings", MAY_SIGNED_IN, false, .at = 45, .own = true},
	{T_SPACE_QUEUE, "/admin/bookings", MAY_ANSWER_BOOKINGS, false, T_SPACE_QUEUE_NAV, .at = 5,
	    .count = space_count_questions},
	{T_SPACE_EDIT_LIST, "/admin/spaces", MAY_EDIT_SPACES, false, T_SPACE_EDIT_LIST_NAV, .at = 24},
	{T_SPACE_SOURCES, "/admin/calendars", MAY_EDIT_SPACES, false, T_SPACE_SOURCES_NAV, .at = 25, .whole = true},
	{0},
};

const struct room space_room = {
	.name = "space",
	.routes = tables,
	.nav = nav,
	.front = space_draw_front,
	.screen = space_draw_screen,
	.about = space_about,
	.events = events,
	.named = space_named,
	.wordings = &space_wordings,
	.jobs = jobs,
	.calendar = space_calendar,
	.todo = space_todo,
	.letters = space_letters,
	.seed = space_load,
	.seed_demo = space_load_world,
};
