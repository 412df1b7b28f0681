/* The year as a list, a drawing and a table; and the campuses side by side. */
#include "app/wheel/pages.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/html.h"
#include "lib/i18n.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/room.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

/* --- what all pages of a year need ----------------------------------------------------------------- */

struct school_year
wheel_year_or_404(struct req *r)
{
	struct school_year y;

	if (!wheel_year_find(r->tx, &r->actor, path_int(r, "year"), &y))
		page_not_found(r);
	return y;
}

struct said
wheel_year_words(struct req *r, const struct school_year *y)
{
	return t_wheel_year_of(str_fmt(r->arena, "%lld", (long long)y->year),
	    str_fmt(r->arena, "%lld", (long long)y->year + 1));
}

struct str
wheel_with(struct req *r, const char *name, struct str value)
{
	static const char *const kept[] = {"view", "ring", "measure", "month", "core", "campus", "from"};
	struct out o = out_new(r->arena);

	out_str(&o, r->path);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		struct str is = str_is(str_of(kept[i]), name) ? value : query_text(r, kept[i]);

		if (is.n == 0)
			continue;
		out_char(&o, memchr(o.p, '?', o.n) ? '&' : '?');
		out_fmt(&o, "%s=", kept[i]);
		html_url(&o, is);
	}
	return out_text(&o);
}

/* Each ring as a way to it alone; they are the drawing's legend too. */
static struct wheel_ring_head_list
ring_heads(struct req *r, const struct school_year *y, int64_t chosen)
{
	struct wheel_ring_list rings = wheel_rings_of(r->tx, y->id);
	struct wheel_ring_head_list list = {ARENA_ARRAY(r->arena, struct wheel_ring_head, rings.n), rings.n};

	for (size_t i = 0; i < rings.n; i++)
		list.at[i] = (struct wheel_ring_head){rings.at[i].name, rings.at[i].color,
		    wheel_with(r, "ring", str_fmt(r->arena, "%lld", (long long)rings.at[i].id.n)),
		    rings.at[i].id.n == chosen};
	return list;
}

static struct choices
month_choices(struct req *r, const struct school_year *y)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, 13);
	int first = date_parts(y->starts).month;

	at[0] = (struct choice){0, .word = "", .text = T_WHEEL_ANY_MONTH};
	for (int i = 0; i < 12; i++) {
		int month = (first - 1 + i) % 12 + 1;

		at[i + 1] = (struct choice){month, .plain = i18n_month(r->lang, month)};
	}
	return (struct choices){at, 13};
}

static struct choices
measure_choices(struct req *r)
{
	struct measure_list measures = framework_measures(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, measures.n + 1);

	at[0] = (struct choice){0, .word = "", .text = T_WHEEL_ANY_MEASURE};
	for (size_t i = 0; i < measures.n; i++)
		at[i + 1] =
		    (struct choice){measures.at[i].id.n, .plain = texts_in(measures.at[i].title, r->lang).text};
	return (struct choices){at, measures.n + 1};
}

struct wheel_filters
wheel_filters_of(struct req *r, const struct school_year *y, struct wheel_filter f)
{
	return (struct wheel_filters){
		.action = r->path,
		.view = query_text(r, "view"),
		.campus = query_text(r, "campus"),
		.from = query_text(r, "from"),
		.ring = f.ring, .month = f.month, .measure = f.measure, .core = f.core,
		.more = f.month || f.measure || f.core,
		.rings = ring_heads(r, y, f.ring),
		.all_rings = wheel_with(r, "ring", STR("")),
		.months = page_options(r, month_choices(r, y), f.month),
		.measures = page_options(r, measure_choices(r), f.measure),
	};
}

struct link_list
wheel_year_links(struct req *r, const struct school_year *now, const char *pattern)
{
	struct school_year_list all = school_years(r->tx);
	struct link_list links = {ARENA_ARRAY(r->arena, struct link, all.n), 0};

	for (size_t i = all.n; i-- > 0;) {
		if (!wheel_year_find(r->tx, &r->actor, all.at[i].year, &all.at[i]))
			continue;
		links.at[links.n++] = (struct link){
			.words = str_fmt(r->arena, "%lld–%lld", (long long)all.at[i].year,
			    (long long)all.at[i].year + 1),
			.address = str_fmt(r->arena, "%.*s/%lld%s", STR_ARG(path_fill(r, pattern)),
			    (long long)all.at[i].year, str_ends(r->path, STR("/campuses")) ? "/campuses" : ""),
			.current = all.at[i].id.n == now->id.n,
		};
	}
	return links;
}

/* --- months × rings -------------------------------------------------------------------------------- */

static struct wheel_table_row_list
table_of(struct req *r, const struct school_year *y, struct wheel_month_list months)
{
	struct wheel_ring_list rings = wheel_rings_of(r->tx, y->id);
	struct wheel_table_row_list table = {ARENA_ARRAY(r->arena, struct wheel_table_row, 12), 12};
	struct date_parts first = date_parts(y->starts), today = date_parts(r->today);

	for (int m = 0; m < 12; m++) {
		int month = (first.month - 1 + m) % 12 + 1;
		int year = first.year + (first.month - 1 + m) / 12;
		struct wheel_table_row *line = &table.at[m];
		struct wheel_row_list rows = {0};

		for (size_t i = 0; i < months.n; i++)
			if (months.at[i].first.day == date_of(year, month, 1).day)
				rows = months.at[i].rows;
		line->month = wheel_month_words(r, date_of(year, month, 1));
		line->now = today.year == year && today.month == month;
		line->cells.at = ARENA_ARRAY(r->arena, struct wheel_table_cell, rings.n);
		for (size_t k = 0; k < rings.n; k++) {
			struct wheel_row_list *cell = &line->cells.at[line->cells.n].rows;

			line->cells.at[line->cells.n].ring = rings.at[k].name;
			line->cells.at[line->cells.n++].color = rings.at[k].color;
			cell->at = ARENA_ARRAY(r->arena, struct wheel_row, rows.n);
			for (size_t i = 0; i < rows.n; i++)
				if (rows.at[i].ring_id == rings.at[k].id.n)
					cell->at[cell->n++] = rows.at[i];
		}
	}
	return table;
}

static const struct campus *
campus_of(const struct req *r)
{
	return r->campus;
}

/* --- the year -------------------------------------------------------------------------------------- */

static void
show_now(struct req *r)
{
	struct school_year y;

	if (!wheel_year_now(r->tx, &r->actor, r->today, &y)) {
		wheel_empty_html(r, &(struct wheel_empty_page){.may_begin = actor_may(&r->actor, MAY_EDIT_WHEEL, 0)});
		return;
	}
	page_elsewhere(r, str_fmt(r->arena, "%.*s/%lld%s%.*s", STR_ARG(r->path), (long long)y.year,
	    r->query.n ? "?" : "", STR_ARG(r->query)), false);
}

/* Without a year: the running one. */
static void
show_side_now(struct req *r)
{
	struct school_year y;

	if (!wheel_year_now(r->tx, &r->actor, r->today, &y))
		page_elsewhere(r, path_fill(r, "/{lang}/wheel"), false);
	page_elsewhere(r, str_fmt(r->arena, "/%s/wheel/%lld/campuses", lang_code(r->lang), (long long)y.year),
	    false);
}

/* Down the list to today's month, if something begins in it. */
static struct str
now_address(struct req *r, struct wheel_month_list months)
{
	for (size_t i = 0; i < months.n; i++)
		if (months.at[i].now)
			return str_fmt(r->arena, "#%.*s", STR_ARG(months.at[i].anchor));
	return STR("");
}

static int64_t
done_of(struct wheel_row_list rows)
{
	int64_t n = 0;

	for (size_t i = 0; i < rows.n; i++)
		n += rows.at[i].answered && (rows.at[i].sight == WHEEL_DONE || rows.at[i].sight == WHEEL_OUR_WAY);
	return n;
}

static struct str
week_words(struct req *r)
{
	struct out o = out_new(r->arena);

	i18n_week(&o, r->lang, week_of(r->today).week);
	return out_text(&o);
}

/* Today's month, or the first of another year. */
static int
sheet_month(const struct req *r, const struct school_year *y)
{
	bool runs = y->starts.day <= r->today.day && r->today.day <= y->ends.day;

	return date_parts(runs ? r->today : y->starts).month;
}

static void
show_year(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	const struct campus *campus = campus_of(r);
	struct wheel_filter filter = wheel_filter_of(r);
	struct wheel_row_list rows = wheel_rows(r, &y, campus, filter);
	struct wheel_month_list months = wheel_months(r, rows);
	bool as_table = str_is(query_text(r, "view"), "table");

	wheel_index_html(r, &(struct wheel_index_page){
		.year = wheel_year_words(r, &y),
		.years_words = str_fmt(r->arena, "%lld–%lld", (long long)y.year, (long long)y.year + 1),
		.state = y.state,
		.campus = campus ? campus->name : (struct texts){0},
		.of_campus = campus != NULL,
		.months = months,
		.n = (int64_t)rows.n,
		.done = done_of(rows),
		.any = filter.any,
		.closed = y.state == SCHOOL_YEAR_STATE_CLOSED,
		.filters = wheel_filters_of(r, &y, filter),
		.years = wheel_year_links(r, &y, campus ? "/{lang}/{campus}/wheel" : "/{lang}/wheel"),
		.list_address = wheel_with(r, "view", STR("")),
		.table_address = wheel_with(r, "view", STR("table")),
		.side_address = str_fmt(r->arena, "/%s/wheel/%lld/campuses", lang_code(r->lang), (long long)y.year),
		.as_table = as_table,
		.table = as_table ? table_of(r, &y, months) : (struct wheel_table_row_list){0},
		.rings = as_table ? ring_heads(r, &y, filter.ring) : (struct wheel_ring_head_list){0},
		.drawing = as_table ? NULL : wheel_drawing(r, &y, campus, rows, filter.month),
		.now_address = as_table || filter.any ? STR("") : now_address(r, months),
		.this_week = week_words(r),
		.clear_address = r->path,
		.take_address = path_fill(r, campus ? "/{lang}/{campus}/wheel/calendar" : "/{lang}/wheel/calendar"),
		.add_address = wheel_add_address(r, &y, campus),
		.suggest_address = wheel_suggest_address(r),
		.sheet_address = str_fmt(r->arena, "%.*s/month/%d", STR_ARG(r->path),
		    filter.month ? (int)filter.month : sheet_month(r, &y)),
		.poster_address = str_fmt(r->arena, "%.*s/poster", STR_ARG(r->path)),
		.compared_address = str_fmt(r->arena, "%.*s/compared", STR_ARG(r->path)),
	});
}

/* --- the room -------------------------------------------------------------------------------------------- */

static const struct route year_routes[] = {
	{GET, "/{lang}/wheel", MAY_ANYONE, show_now},
	{GET, "/{lang}/{campus}/wheel", MAY_ANYONE, show_now},
	{GET, "/{lang}/wheel/{year}", MAY_ANYONE, show_year},
	{GET, "/{lang}/{campus}/wheel/{year}", MAY_ANYONE, show_year},
	{GET, "/{lang}/wheel/campuses", MAY_ANYONE, show_side_now},
	{GET, "/{lang}/wheel/{year}/campuses", MAY_ANYONE, wheel_show_side},
	{0},
};

static const struct route *const tables[] = {year_routes, wheel_item_routes, wheel_edit_routes,
    wheel_year_routes, wheel_task_routes, wheel_poster_routes, wheel_month_routes, wheel_feed_routes,
    wheel_ways_routes, wheel_ring_routes, wheel_review_routes, wheel_export_routes, wheel_import_routes,
    wheel_history_routes, wheel_suggest_routes, NULL};

static const struct nav nav[] = {
	{T_WHEEL_TITLE, "/wheel", MAY_ANYONE, true, .at = 10},
	{T_WHEEL_CAMPUSES, "/wheel/campuses", MAY_ANYONE, false, .at = 20, .ends = "/campuses"},
	{T_WHEEL_TASKS, "/me/tasks", MAY_ANSWER_TASKS, false, .at = 40},
	{T_WHEEL_YEARS, "/admin/wheel", MAY_EDIT_WHEEL, false, T_WHEEL_YEARS_NAV, .at = 10, .whole = true},
	{0},
};

static const struct event *const events[] = {&wheel_answered, &wheel_thanked_event, &wheel_thanks_ended,
    &wheel_item_saved, &wheel_item_cancelled, &wheel_material_added, &wheel_material_ended, &wheel_proposed,
    &wheel_proposal_settled, &wheel_year_changed, &wheel_ring_saved, &wheel_reviewed, &wheel_imported,
    &wheel_import_taken_back, &wheel_translated, NULL};

const struct room wheel_room = {
	.name = "wheel",
	.routes = tables,
	.nav = nav,
	.front = wheel_draw_front,
	.screen = wheel_draw_screen,
	.guardians = wheel_draw_guardians,
	.about = wheel_draw_about,
	.calendar = wheel_calendar,
	.todo = wheel_todo,
	.letters = wheel_letters,
	.events = events,
	.named = wheel_named,
	.wordings = &wheel_wordings,
	.jobs = wheel_jobs,
	.seed = wheel_load,
	.seed_demo = wheel_load_world,
};
