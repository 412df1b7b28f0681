/* The part of the wheel on front pages: the coming weeks in words. */
#include "app/wheel/pages.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { LINES_MOST = 7, WEEKS = 3, WEEK_DAYS = 7 };

bool
wheel_is_told(const struct wheel_row *row)
{
	return row->answered && row->sight != WHEEL_NO_ANSWER && row->sight != WHEEL_WAITING &&
	    row->sight != WHEEL_NO_INFORMATION;
}

struct wheel_row_list
wheel_rows_of_days(struct req *r, const struct school_year *y, struct span days)
{
	struct wheel_row_list rows = wheel_rows(r, y, r->campus, (struct wheel_filter){.days = days}), more, both;
	struct school_year next;

	if (days.last.day <= y->ends.day || !wheel_year_now(r->tx, &r->actor, days.last, &next) || next.id.n == y->id.n)
		return rows;
	more = wheel_rows(r, &next, r->campus, (struct wheel_filter){.days = days});
	both = (struct wheel_row_list){ARENA_ARRAY(r->arena, struct wheel_row, rows.n + more.n), 0};
	for (size_t i = 0; i < rows.n; i++)
		both.at[both.n++] = rows.at[i];
	for (size_t i = 0; i < more.n; i++)
		both.at[both.n++] = more.at[i];
	return both;
}

/* Those of one week; what goes on from the week before stands there already. */
static struct wheel_row_list
rows_of_week(struct req *r, struct wheel_row_list rows, struct date monday, bool first)
{
	struct wheel_row_list list = {ARENA_ARRAY(r->arena, struct wheel_row, rows.n), 0};

	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].days.first.day < monday.day + WEEK_DAYS && rows.at[i].days.last.day >= monday.day &&
		    (first || rows.at[i].days.first.day >= monday.day))
			list.at[list.n++] = rows.at[i];
	return list;
}

/* This week and the next, as far as there is room, and the one after them if it has room whole. */
static void
fill_weeks(struct req *r, struct wheel_brief_component *brief, struct wheel_row_list rows, struct date monday)
{
	struct wheel_brief_week *week = ARENA_ARRAY(r->arena, struct wheel_brief_week, WEEKS);
	size_t room = LINES_MOST;

	for (int i = 0; i < WEEKS; i++) {
		struct date from = date_add_days(monday, i * WEEK_DAYS);
		int64_t number = week_of(from).week;
		struct wheel_row_list list = rows_of_week(r, rows, from, i == 0);

		if (i == WEEKS - 1 && (list.n == 0 || list.n > room))
			break;
		if (list.n > room) {
			brief->more += (int64_t)(list.n - room);
			list.n = room;
		}
		room -= list.n;
		week[i].rows = list;
		week[i].title = i == 0 ? t_wheel_this_week(number)
		    : i == 1 ? t_wheel_next_week(number) : t_wheel_week_after(number);
		brief->weeks = (struct wheel_brief_week_list){week, (size_t)i + 1};
	}
}

/* The first that begins after those weeks. */
static const struct wheel_row *
next_row(struct req *r, const struct school_year *y, struct date after)
{
	struct wheel_row_list rows = wheel_rows(r, y, r->campus, (struct wheel_filter){.days = {after, y->ends}});

	return rows.n ? &rows.at[0] : NULL;
}

void
wheel_draw_front(struct req *r)
{
	const struct campus *campus = r->campus;
	struct date monday = date_add_days(r->today, 1 - date_weekday(r->today));
	struct span days = {monday, date_add_days(monday, WEEKS * WEEK_DAYS - 1)};
	struct wheel_brief_component brief = {
		.address = path_fill(r, campus ? "/{lang}/{campus}/wheel" : "/{lang}/wheel"),
		.of_campus = campus != NULL,
	};
	struct school_year y;
	struct wheel_row_list rows = {0};

	brief.no_year = !wheel_year_now(r->tx, &r->actor, r->today, &y);
	if (!brief.no_year)
		rows = wheel_rows_of_days(r, &y, days);
	if (rows.n) {
		fill_weeks(r, &brief, rows, monday);
	} else if (!brief.no_year) {
		brief.next = next_row(r, &y, date_add_days(days.last, 1));
		brief.add_address = wheel_add_address(r, &y, campus);
	} else if (actor_may(&r->actor, MAY_EDIT_WHEEL, 0)) {
		brief.add_address = path_fill(r, "/{lang}/admin/wheel");
	}
	wheel_brief_html(r, &brief);
}
