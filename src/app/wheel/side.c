/* Side by side: items × campuses, each cell in words. No percentages, no sorting by state, no person's name. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/sheet.h"
#include "lib/zone.h"

#include "core/collate.h"
#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/rights.h"           /* generated */
#include "app/wheel/import.texts.h" /* generated */
#include "app/wheel/history.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"    /* generated */
#include "app/wheel/wheel.texts.h"  /* generated */

/* What all cells are made from. */
struct board {
	struct req *r;
	const struct school_year *year;
	struct campus_list campuses;
	struct wheel_answer_list answers;
	struct wheel_item_scope_list scopes;
	struct str *address; /* of the year, of each campus */
	bool signed_in;
};

/* A page stays readable, and small, when a college has hundreds of campuses. */
enum { CAMPUSES_MOST = 6 };

static bool
is_for(const struct board *b, wheel_item_id item, campus_id campus)
{
	bool named = false;

	for (size_t i = 0; i < b->scopes.n; i++)
		if (b->scopes.at[i].item.n == item.n) {
			named = true;
			if (b->scopes.at[i].campus.n == campus.n)
				return true;
		}
	return !named;
}

static struct wheel_cell
cell_of(const struct board *b, const struct wheel_row *row, size_t place)
{
	const struct campus *campus = &b->campuses.at[place];
	const struct wheel_answer *a = wheel_answer_in(b->answers, row->id, campus->id);
	struct wheel_cell cell = {
		.campus = campus->name,
		.color = campus->color,
		.here = is_for(b, row->id, campus->id),
		.address = wheel_item_under(b->r, b->address[place], row->id),
	};
	struct date last = a && a->ends.day && !row->again ? a->ends : row->days.last;
	enum wheel_sight sight = wheel_sight(b->year, last, a, b->r->today, b->signed_in);

	cell.sight_class = str_of(wheel_sight_class(sight));
	cell.sight_words = said_plain(b->r->arena, b->r->lang, wheel_sight_words(sight, a));
	cell.answered = a && a->state != WHEEL_ANSWER_STATE_NONE_YET;
	if (cell.answered) {
		cell.words = a->words;
		cell.words_lang = str_of(lang_code((enum lang)(a->language - WHEEL_ANSWER_LANGUAGE_FI)));
		cell.starts = a->starts;
		cell.ends = a->ends.day ? a->ends : a->starts;
	}
	return cell;
}

static struct wheel_line_of_side
side_of(const struct board *b, const struct wheel_row *row)
{
	struct wheel_line_of_side line = {.row = *row};

	line.cells.at = ARENA_ARRAY(b->r->arena, struct wheel_cell, b->campuses.n);
	for (size_t i = 0; i < b->campuses.n; i++)
		line.cells.at[line.cells.n++] = cell_of(b, row, i);
	return line;
}

/* "12 of 14 core items have an answer", each campus with its own denominator. */
static struct wheel_count_list
counts_of(const struct board *b, struct wheel_line_of_side_list core)
{
	struct wheel_count_list list = {ARENA_ARRAY(b->r->arena, struct wheel_count, b->campuses.n),
	    b->campuses.n};

	for (size_t c = 0; c < b->campuses.n; c++) {
		list.at[c] = (struct wheel_count){.campus = b->campuses.at[c].name, .color = b->campuses.at[c].color,
		    .address = b->address[c], .ended = b->campuses.at[c].cancelled_at.s != 0};
		for (size_t i = 0; i < core.n; i++) {
			const struct wheel_cell *cell = &core.at[i].cells.at[c];

			list.at[c].of += cell->here;
			list.at[c].n += cell->here && cell->answered;
		}
	}
	return list;
}

static struct campus_list
campuses_of(struct req *r, const struct school_year *y)
{
	return campus_since(r->tx, instant_of_local(r->zone, y->starts, 0));
}

/* Those whose name was asked for, in any language; all of them, when none was. */
static struct campus_name_list
found_of(struct req *r, struct campus_name_list all)
{
	struct str word = query_text(r, "campus");
	size_t n = 0;

	for (size_t i = 0; i < all.n && word.n; i++) {
		bool found = false;

		for (enum lang lang = 0; lang < LANG_COUNT; lang++)
			found = found || collate_begins(r->lang, all.at[i].name.at[lang], word);
		if (found)
			all.at[n++] = all.at[i];
	}
	if (word.n)
		all.n = n;
	return all;
}

/* Those of this page. */
static struct campus_list
page_of(struct req *r, struct campus_name_list found, size_t from)
{
	campus_id id[CAMPUSES_MOST];
	size_t n = 0;

	while (n < CAMPUSES_MOST && from + n < found.n) {
		id[n] = found.at[from + n].id;
		n++;
	}
	return campus_some(r->tx, id, n);
}

/* The items that campuses answer, and all that is needed to say how. */
static struct board
board_of(struct req *r, const struct school_year *y, struct campus_list campuses)
{
	struct board b = {r, y, campuses, {0}, wheel_scopes_of_year(r->tx, y->id), NULL,
	    actor_may(&r->actor, MAY_SEE_WAITING, ACTOR_ANYWHERE)};
	campus_id *ids = ARENA_ARRAY(r->arena, campus_id, campuses.n);

	for (size_t i = 0; i < campuses.n; i++)
		ids[i] = campuses.at[i].id;
	b.answers = wheel_answers_of_campuses(r->tx, y->id, ids, campuses.n);
	b.address = ARENA_ARRAY(r->arena, struct str, b.campuses.n);
	/* A campus that has ended has no pages of its own any more. */
	for (size_t i = 0; i < b.campuses.n; i++)
		b.address[i] = wheel_year_address(r, y, b.campuses.at[i].cancelled_at.s ? NULL : &b.campuses.at[i]);
	return b;
}

/* A cell as a page says it, in one text. */
static struct str
cell_words(struct req *r, const struct wheel_cell *cell)
{
	struct out o = out_new(r->arena);

	if (!cell->here)
		return page_words(r, T_WHEEL_NOT_FOR_CAMPUS);
	out_str(&o, cell->sight_words);
	if (cell->starts.day) {
		out_char(&o, '\n');
		said_write(&o, r->lang, wheel_own_days(r, cell->starts, cell->ends));
	}
	if (cell->words.n) {
		out_char(&o, '\n');
		out_str(&o, cell->words);
	}
	return out_text(&o);
}

enum { SIDE_TITLE, SIDE_RING, SIDE_STARTS, SIDE_ENDS, SIDE_DUTY, SIDE_CORE, SIDE_CAMPUSES };

static struct str
iso_day(struct req *r, struct date day)
{
	char iso[11];

	return str_copy(r->arena, str_of(date_iso(day, iso)));
}

static void
fill_row(struct req *r, const struct wheel_line_of_side *line, struct str *cell)
{
	const struct wheel_row *row = &line->row;

	cell[SIDE_TITLE] = texts_in(row->title, r->lang).text;
	cell[SIDE_RING] = texts_in(row->ring, r->lang).text;
	cell[SIDE_STARTS] = iso_day(r, row->days.first);
	cell[SIDE_ENDS] = iso_day(r, row->days.last);
	cell[SIDE_DUTY] = texts_in(row->duty, r->lang).text;
	cell[SIDE_CORE] = row->core ? page_words(r, T_WHEEL_COLUMN_YES) : STR("");
	for (size_t c = 0; c < line->cells.n; c++)
		cell[SIDE_CAMPUSES + c] = cell_words(r, &line->cells.at[c]);
}

const struct sheet *
wheel_side_sheet(struct req *r, const struct school_year *y, struct str name)
{
	struct wheel_row_list rows = wheel_rows(r, y, NULL, wheel_filter_of(r));
	struct board b = board_of(r, y, campuses_of(r, y));
	size_t columns = SIDE_CAMPUSES + b.campuses.n, n = 0;
	struct sheet_column *column = ARENA_ARRAY(r->arena, struct sheet_column, columns);
	struct str *cell = ARENA_ARRAY(r->arena, struct str, columns * rows.n);
	struct sheet *sheet = ARENA_NEW(r->arena, struct sheet);

	column[SIDE_TITLE] = (struct sheet_column){page_words(r, T_WHEEL_ITEM), SHEET_TEXT};
	column[SIDE_RING] = (struct sheet_column){page_words(r, T_WHEEL_RING), SHEET_TEXT};
	column[SIDE_STARTS] = (struct sheet_column){page_words(r, T_WHEEL_FIELD_STARTS), SHEET_DATE};
	column[SIDE_ENDS] = (struct sheet_column){page_words(r, T_WHEEL_FIELD_ENDS), SHEET_DATE};
	column[SIDE_DUTY] = (struct sheet_column){page_words(r, T_WHEEL_RESPONSIBLE), SHEET_TEXT};
	column[SIDE_CORE] = (struct sheet_column){page_words(r, T_WHEEL_COLUMN_CORE), SHEET_TEXT};
	for (size_t c = 0; c < b.campuses.n; c++)
		column[SIDE_CAMPUSES + c] =
		    (struct sheet_column){texts_in(b.campuses.at[c].name, r->lang).text, SHEET_TEXT};
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].by_campuses) {
			struct wheel_line_of_side line = side_of(&b, &rows.at[i]);

			fill_row(r, &line, cell + columns * n++);
		}
	*sheet = (struct sheet){name, column, columns, cell, n};
	return sheet;
}

/* How many campuses come before this page. */
static size_t
from_of(struct req *r, size_t n)
{
	int64_t from = query_int(r, "from", 1) - 1;

	return from > 0 && (uint64_t)from < n ? (size_t)from : 0;
}

static struct str
from_address(struct req *r, size_t from)
{
	return wheel_with(r, "from", from ? str_fmt(r->arena, "%zu", from + 1) : STR(""));
}

void
wheel_show_side(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_filter filter = wheel_filter_of(r);
	struct wheel_row_list rows = wheel_rows(r, &y, NULL, filter);
	struct campus_name_list all = campus_names(r->tx, instant_of_local(r->zone, y.starts, 0));
	bool many = all.n > CAMPUSES_MOST;
	struct campus_name_list found = found_of(r, all);
	size_t from = from_of(r, found.n);
	struct campus_list page = page_of(r, found, from);
	struct board b;
	struct wheel_line_of_side_list core = {ARENA_ARRAY(r->arena, struct wheel_line_of_side, rows.n), 0};
	struct wheel_line_of_side_list rest = {ARENA_ARRAY(r->arena, struct wheel_line_of_side, rows.n), 0};

	b = board_of(r, &y, page);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].by_campuses) {
			struct wheel_line_of_side_list *list = rows.at[i].core ? &core : &rest;

			list->at[list->n++] = side_of(&b, &rows.at[i]);
		}
	wheel_side_html(r, &(struct wheel_side_page){
		.years_words = str_fmt(r->arena, "%lld–%lld", (long long)y.year, (long long)y.year + 1),
		.any = filter.any,
		.filters = wheel_filters_of(r, &y, filter),
		.counts = counts_of(&b, core),
		.core = core,
		.rest = rest,
		.rest_n = (int64_t)rest.n,
		.nothing = core.n + rest.n == 0,
		.years = wheel_year_links(r, &y, "/{lang}/wheel"),
		.list_address = str_fmt(r->arena, "/%s/wheel/%lld", lang_code(r->lang), (long long)y.year),
		.clear_address = r->path,
		.many = many,
		.shown = page.n ? t_wheel_side_shown((int64_t)from + 1, (int64_t)(from + page.n), (int64_t)found.n)
		    : said(T_WHEEL_SIDE_NONE_FOUND),
		.before = from ? from_address(r, from > CAMPUSES_MOST ? from - CAMPUSES_MOST : 0) : STR(""),
		.after = from + page.n < found.n ? from_address(r, from + page.n) : STR(""),
		.all_address = wheel_with(r, "campus", STR("")),
	});
}
