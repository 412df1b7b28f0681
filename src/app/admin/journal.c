/* /admin/journal: what happened, who did it, what it was before and what it became. */
#include "app/admin/pages.h"

#include <stdint.h>

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/http/http.h"

#include "app/admin/admin.html.h"  /* generated */
#include "app/admin/admin.sql.h"   /* generated */
#include "app/campus/campus.h"
#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum { LINES_MAX = 100 };

/* The event that it was and the room that declared it; NULL when that room is switched off. */
static const struct event *
event_of(struct str name, const struct room **of)
{
	for (const struct room *const *room = rooms_all(); *room; room++)
		for (const struct event *const *e = (*room)->events; e && *e; e++)
			if (str_is(name, (*e)->name)) {
				*of = *room;
				return *e;
			}
	return NULL;
}

/* Of what was erased nothing is told, not even whom it was about. */
static struct texts
subject_of(struct req *r, const struct room *room, const struct event *event, const struct journal *row)
{
	return event && room->named && row->subject && !row->erased ? room->named(r->tx, event, row->subject)
	    : (struct texts){0};
}

static struct admin_entry
entry_of(struct req *r, const struct journal *row, struct person_list people, struct campus_list campuses)
{
	const struct person *by = person_in(people, (person_id){row->person});
	const struct campus *place = campus_in(campuses, (campus_id){row->place});
	struct local at = local_of(r->zone, row->at);
	const struct room *room = NULL;
	const struct event *event = event_of(row->event, &room);

	return (struct admin_entry){
		.id = row->id.n,
		.day = at.date,
		.minutes = at.minutes,
		.what = event ? page_words(r, event->words) : row->event,
		.subject = subject_of(r, room, event, row),
		.by = by ? by->name : STR(""),
		.by_program = row->person == 0,
		.place = place ? place->name : (struct texts){0},
		.has_place = place != NULL,
		.was = row->was,
		.becomes = row->becomes,
		.erased = row->erased,
	};
}

static void
show_journal(struct req *r)
{
	int64_t before = query_int(r, "before", INT64_MAX);
	struct journal_list rows = journal_page(r->tx, before, LINES_MAX + 1);
	struct person_list people = people_ever(r->tx);
	struct campus_list campuses = campus_ever(r->tx);
	struct admin_entry_list list = {ARENA_ARRAY(r->arena, struct admin_entry, rows.n), 0};

	for (size_t i = 0; i < rows.n && i < LINES_MAX; i++)
		list.at[list.n++] = entry_of(r, &rows.at[i], people, campuses);
	admin_journal_html(r, &(struct admin_journal_page){
		.entries = list,
		.older = rows.n > LINES_MAX ? list.at[list.n - 1].id : 0,
		.newest = before == INT64_MAX,
	});
}

const struct route admin_journal_routes[] = {
	{GET, "/{lang}/admin/journal", MAY_SEE_JOURNAL, show_journal, .whole = true},
	{0},
};
