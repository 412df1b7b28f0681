/* Tables of time: a space in a week, the spaces of a campus on a day, all campuses in a week. */
#include "app/space/views.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/view.texts.h" /* generated */

enum { WEEK_DAYS = 7, FRIDAY = 5, HOUR = 60, YEAR_FIRST = 2000, YEAR_LAST = 2200 };

/* --- which week -------------------------------------------------------------------------------------------- */

/* The Monday of "2026-W48"; none for anything else. */
static struct date
monday_of(struct str text)
{
	int64_t year, week;

	if (text.n != 8 || !str_eq(str_sub(text, 4, 2), STR("-W")) || !str_int(str_sub(text, 0, 4), &year) ||
	    !str_int(str_sub(text, 6, 2), &week) || year < YEAR_FIRST || year > YEAR_LAST || week < 1 ||
	    week > weeks_in_year((int)year))
		return (struct date){0};
	return date_of_week((int)year, (int)week, 1);
}

struct span
space_week_asked(struct req *r)
{
	struct date monday = monday_of(query_text(r, "week"));

	if (monday.day == 0)
		monday = date_add_days(r->today, 1 - date_weekday(r->today));
	return (struct span){monday, date_add_days(monday, WEEK_DAYS - 1)};
}

struct str
space_week_address(struct req *r, const char *pattern, struct date monday)
{
	struct week week = week_of(monday);

	return str_fmt(r->arena, "%.*s?week=%d-W%02d", STR_ARG(path_fill(r, pattern)), week.year, week.week);
}

/* --- cells ------------------------------------------------------------------------------------------------- */

static const char *
kind_words(const struct space_part *p)
{
	switch (p->kind) {
	case SPACE_PART_CLOSED: return "closed";
	case SPACE_PART_FREE: return "free";
	case SPACE_PART_DROP_IN: return "shared";
	case SPACE_PART_TAKEN: break;
	}
	for (size_t i = 0; i < p->items.n; i++)
		if (!p->items.at[i].row->shared)
			return "taken";
	return "shared";
}

static bool
is_ahead(const struct req *r, struct date day, int minutes)
{
	struct local now = local_of(r->zone, r->now);

	return day.day > now.date.day || (day.day == now.date.day && minutes > now.minutes);
}

static struct space_cell
cell_of(const struct space_view *v, size_t which, struct date day, const struct space_part *p)
{
	struct space_cell cell = {
		.kind = kind_words(p),
		.steps = (int64_t)p->steps,
		.several = p->steps > 1,
		.drop_in = p->kind == SPACE_PART_DROP_IN,
		.from = p->from,
		.to = p->to,
		.day = day,
		.entries = space_entries_of(v, which, p->items),
	};

	if (p->kind == SPACE_PART_FREE && is_ahead(v->r, day, p->to))
		cell.book = space_book_address(v, which, day, p->from);
	return cell;
}

/* Each hour is the head of its steps, the first one also when it begins in the middle of its hour. */
static struct space_step_list
steps_of(struct req *r, const struct space_grid *g)
{
	struct space_step_list list = {ARENA_ARRAY(r->arena, struct space_step, g->steps), g->steps};
	struct space_step *head = NULL;

	for (size_t i = 0; i < g->steps; i++) {
		list.at[i] = (struct space_step){.at = g->step[i]};
		if (!head || head->at / HOUR != g->step[i] / HOUR)
			head = &list.at[i];
		head->steps++;
		head->several = head->steps > 1;
	}
	return list;
}

static struct space_lane
lane_of(const struct space_view *v, size_t which, struct date day)
{
	const struct space *s = &v->spaces.at[which];

	return (struct space_lane){space_day_of(&v->times[which], day), space_items_on(v, which, day),
	    (int)s->drop_in_from, (int)s->drop_in_to};
}

/* --- a space in a week --------------------------------------------------------------------------------------- */

/* Saturday and Sunday stand there only when something is on. */
static size_t
days_shown(const struct space_lane *lane)
{
	size_t n = WEEK_DAYS;

	while (n > FRIDAY && lane[n - 1].day.opens == 0 && lane[n - 1].items.n == 0)
		n--;
	return n;
}

static struct space_column
column_of(const struct req *r, const struct space_day *d, size_t items)
{
	return (struct space_column){d->day, d->day.day == r->today.day, d->opens == 0 && items == 0,
	    campus_holiday(d->holiday), d->reason};
}

struct space_week_grid
space_week_grid_of(const struct space_view *v, size_t which, struct span week)
{
	struct arena *a = v->r->arena;
	struct space_lane *lane = ARENA_ARRAY(a, struct space_lane, WEEK_DAYS);
	struct space_week_grid table = {.title = t_space_week_of(week_of(week.first).week, week.first, week.last)};
	struct space_grid g;
	size_t days;

	for (int i = 0; i < WEEK_DAYS; i++)
		lane[i] = lane_of(v, which, date_add_days(week.first, i));
	days = days_shown(lane);
	g = space_grid_of(a, lane, days);
	table.columns = (struct space_column_list){ARENA_ARRAY(a, struct space_column, days), days};
	for (size_t i = 0; i < days; i++)
		table.columns.at[i] = column_of(v->r, &lane[i].day, lane[i].items.n);
	table.unit = g.unit;
	table.steps = steps_of(v->r, &g);
	for (size_t s = 0; s < g.steps; s++)
		table.steps.at[s].cells.at = ARENA_ARRAY(a, struct space_cell, days);
	for (size_t i = 0; i < days; i++)
		for (size_t k = 0; k < g.lane[i].n; k++) {
			const struct space_part *p = &g.lane[i].at[k];
			struct space_cell_list *cells = &table.steps.at[p->step].cells;

			cells->at[cells->n++] = cell_of(v, which, lane[i].day.day, p);
		}
	return table;
}

/* --- the spaces of a campus on a day --------------------------------------------------------------------------- */

struct space_day_grid
space_day_grid_of(const struct space_view *v, struct date day)
{
	struct arena *a = v->r->arena;
	struct space_lane *lane = ARENA_ARRAY(a, struct space_lane, v->spaces.n);
	struct space_day_grid table = {.title = t_space_day_of(day)};
	struct space_grid g;

	for (size_t i = 0; i < v->spaces.n; i++)
		lane[i] = lane_of(v, i, day);
	g = space_grid_of(a, lane, v->spaces.n);
	table.steps = steps_of(v->r, &g);
	table.lanes = (struct space_lane_row_list){ARENA_ARRAY(a, struct space_lane_row, v->spaces.n), v->spaces.n};
	for (size_t i = 0; i < v->spaces.n; i++) {
		struct space_lane_row *row = &table.lanes.at[i];

		*row = (struct space_lane_row){v->spaces.at[i].name, space_view_address(v, i),
		    {ARENA_ARRAY(a, struct space_cell, g.lane[i].n), g.lane[i].n}};
		for (size_t k = 0; k < g.lane[i].n; k++)
			row->cells.at[k] = cell_of(v, i, day, &g.lane[i].at[k]);
	}
	return table;
}

/* --- all campuses in a week ---------------------------------------------------------------------------------- */

static struct space_square
square_of(const struct space_view *v, size_t which, struct date day)
{
	struct space_day d = space_day_of(&v->times[which], day);
	bool ahead = day.day >= v->r->today.day;

	return (struct space_square){day, day.day == v->r->today.day, d.opens == 0,
	    space_entries_of(v, which, space_items_on(v, which, day)),
	    ahead && d.opens ? space_book_address(v, which, day, 0) : STR("")};
}

static struct space_row
row_of(const struct space_view *v, size_t which, struct space_column_list columns)
{
	struct space_row row = {v->spaces.at[which].name, space_view_address(v, which),
	    {ARENA_ARRAY(v->r->arena, struct space_square, columns.n), columns.n}};

	for (size_t i = 0; i < columns.n; i++)
		row.days.at[i] = square_of(v, which, columns.at[i].day);
	return row;
}

/* In the provider's order. */
static struct space_campus_rows_list
rows_by_campus(const struct space_view *v, struct space_column_list columns)
{
	struct space_campus_rows_list list = {ARENA_ARRAY(v->r->arena, struct space_campus_rows, v->campuses.n), 0};

	for (size_t c = 0; c < v->campuses.n; c++) {
		const struct campus *campus = &v->campuses.at[c];
		struct space_campus_rows rows = {campus->name, campus->color,
		    {ARENA_ARRAY(v->r->arena, struct space_row, v->spaces.n), 0}};

		for (size_t i = 0; i < v->spaces.n; i++)
			if (v->spaces.at[i].campus.n == campus->id.n)
				rows.rows.at[rows.rows.n++] = row_of(v, i, columns);
		if (rows.rows.n)
			list.at[list.n++] = rows;
	}
	return list;
}

/* Monday to Friday, and the days up to the last on which some space is open or booked. */
static struct space_column_list
columns_of(const struct space_view *v, struct span week)
{
	struct space_column_list list = {ARENA_ARRAY(v->r->arena, struct space_column, WEEK_DAYS), FRIDAY};

	for (int i = 0; i < WEEK_DAYS; i++) {
		struct date day = date_add_days(week.first, i);

		list.at[i] = (struct space_column){.day = day, .today = day.day == v->r->today.day,
		    .holiday = campus_holiday(holiday_of(day))};
		for (size_t k = 0; k < v->spaces.n && (size_t)i >= list.n; k++)
			if (space_day_of(&v->times[k], day).opens || space_items_on(v, k, day).n)
				list.n = (size_t)i + 1;
	}
	return list;
}

static void
show_week(struct req *r)
{
	static const char pattern[] = "/{lang}/space/week";
	struct span week = space_week_asked(r);
	struct space_view v = space_view_of(r, (campus_id){0}, week);
	struct space_column_list columns = columns_of(&v, week);
	bool now = week.first.day <= r->today.day && week.last.day >= r->today.day;

	space_week_html(r, &(struct space_week_page){
		.week = t_space_week_title(week_of(week.first).week, week.first, week.last),
		.before = space_week_address(r, pattern, date_add_days(week.first, -WEEK_DAYS)),
		.after = space_week_address(r, pattern, date_add_days(week.first, WEEK_DAYS)),
		.this_week = now ? STR("") : path_fill(r, pattern),
		.columns = columns,
		.wide = (int64_t)columns.n + 1,
		.campuses = rows_by_campus(&v, columns),
	});
}

const struct route space_week_routes[] = {
	{GET, "/{lang}/space/week", MAY_SEE_BOOKINGS, show_week},
	{0},
};
