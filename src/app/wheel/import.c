/* The pages of an import: a file is sent, looked at with all that is wrong in it, taken in, and taken back. */
#include "app/wheel/import.h"

#include <stddef.h>
#include <stdlib.h>

#include "lib/arena.h"
#include "lib/csv.h"
#include "lib/need.h"
#include "lib/sheet.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/job/job.h"

#include "app/page/page.h"
#include "app/rights.h"             /* generated */
#include "app/wheel/import.texts.h" /* generated */
#include "app/wheel/pages.h"
#include "app/wheel/wheel.sql.h"    /* generated */
#include "app/wheel/wheel.texts.h"  /* generated */

enum {
	MEMORY_BYTES_MAX = 96 << 20, /* a calendar may need half of it, and is very rarely so */
	NAME_CHARS = 100,
	PROBLEMS_SHOWN = 100,
	LINES_SHOWN = 200,
	MARKS_SHOWN = 600,
};

#define BASE "/wheel/{year}/import"

/* --- sending a file --------------------------------------------------------------------------------------- */

struct import_form {
	struct form_file file;
	int64_t ring, instead;
};

static const struct form_field import_fields[] = {
	{"file", FORM_FILE, offsetof(struct import_form, file), .required = true, .label = T_WHEEL_IMPORT_FILE,
	    .missing = T_WHEEL_FILE_MISSING, .accept = ".csv,.ics,.txt,text/csv,text/calendar"},
	{"ring", FORM_SELECT, offsetof(struct import_form, ring), .label = T_WHEEL_IMPORT_RING},
	{"instead", FORM_HIDDEN, offsetof(struct import_form, instead)},
};

static const struct form_spec import_spec = FORM_SPEC("import", struct import_form, import_fields);

static struct str
base_address(struct req *r)
{
	return path_fill(r, r->campus ? "/{lang}/{campus}" BASE : "/{lang}" BASE);
}

static struct str
back_address(struct req *r)
{
	return path_fill(r, r->campus ? "/{lang}/{campus}/wheel/{year}" : "/{lang}/wheel/{year}");
}

/* The year into which one may import, or the page leaves here. */
static struct school_year
open_year(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);

	if (y.state == SCHOOL_YEAR_STATE_CLOSED) {
		r->flash = said(T_WHEEL_YEAR_IS_CLOSED);
		page_forbidden(r);
	}
	return y;
}

static void
show_form(struct req *r, int64_t ring, int64_t instead)
{
	struct wheel_ring_list rings = wheel_rings(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, rings.n);

	for (size_t i = 0; i < rings.n; i++) {
		at[i] = (struct choice){rings.at[i].id.n, .plain = texts_in(rings.at[i].name, r->lang).text};
		if (ring == 0 && str_is(rings.at[i].key, r->campus ? "campus" : "common"))
			ring = rings.at[i].id.n;
	}
	form_choices(form_show(r, &import_spec, &(struct import_form){.ring = ring, .instead = instead}), "ring",
	    (struct choices){at, rings.n});
}

static struct str
allowed_words(struct req *r, const struct wheel_names *names, enum wheel_column column)
{
	struct str_list list = wheel_column_allows(r->arena, names, column);

	return str_join(r->arena, STR(", "), list.at, list.n);
}

static struct said
by_whom(struct req *r, person_id by, struct instant at)
{
	const struct person *p = person_in(people_ever(r->tx), by);

	return t_wheel_import_by(p ? p->name : STR(""), at);
}

static void
show_import(struct req *r)
{
	struct school_year y = open_year(r);
	struct wheel_names names = wheel_names_read(r->tx, &y, r->lang);
	struct wheel_import_line_list all = wheel_imports_of(r->tx, y.id, (campus_id){r->place});
	struct wheel_import_row_list rows = {ARENA_ARRAY(r->arena, struct wheel_import_row, all.n), all.n};
	struct wheel_import_allowed_list allowed =
	    {ARENA_ARRAY(r->arena, struct wheel_import_allowed, WHEEL_COLUMNS), 0};
	struct str base = base_address(r);

	for (size_t i = 0; i < all.n; i++)
		rows.at[i] = (struct wheel_import_row){all.at[i].name,
		    str_fmt(r->arena, "%.*s/%lld", STR_ARG(base), (long long)all.at[i].id.n), all.at[i].state,
		    by_whom(r, all.at[i].sent_by, all.at[i].made_at.s ? all.at[i].made_at : all.at[i].sent_at),
		    all.at[i].added, all.at[i].changed};
	for (int c = 0; c < WHEEL_COLUMNS; c++) {
		struct str words = allowed_words(r, &names, (enum wheel_column)c);

		if (words.n)
			allowed.at[allowed.n++] =
			    (struct wheel_import_allowed){wheel_column_words((enum wheel_column)c), words};
	}
	show_form(r, 0, 0);
	wheel_import_html(r, &(struct wheel_import_page){
		.year = wheel_year_words(r, &y),
		.back = back_address(r),
		.base = base,
		.draft = y.state == SCHOOL_YEAR_STATE_DRAFT,
		.rows_max = PLAN_ROWS_MAX,
		.size_max = PLAN_BYTES_MAX >> 20,
		.allowed = allowed,
		.earlier = rows,
	});
}

static struct wheel_import
import_of_form(struct req *r, const struct school_year *y, const struct import_form *f)
{
	return (struct wheel_import){
		.year = y->id,
		.campus = {r->place},
		.ring = {f->ring},
		.language = (enum wheel_import_language)((int)WHEEL_IMPORT_LANGUAGE_FI + (int)r->lang),
		.name = str_prefix_chars(f->file.name.n ? f->file.name : STR("-"), NAME_CHARS),
		.file = f->file.bytes,
		.sent_by = {r->actor.person},
	};
}

/* What cannot be read at all is told beside the file, and not kept. */
static void
prepare_import(struct req *r)
{
	const struct import_form *f = r->form;
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import *m = ARENA_NEW(r->arena, struct wheel_import);
	struct str text;
	struct said why = {0};

	*m = import_of_form(r, &y, f);
	if (f->file.bytes.n > PLAN_BYTES_MAX)
		why = t_wheel_file_size(PLAN_BYTES_MAX >> 20);
	else if (plan_file(r->arena, f->file.bytes, &m->kind, &text, &why))
		why = plan_make(r->tx, m, &y, r->lang).refused;
	if (why.text)
		form_problem(form_posted(r), "file", why);
	r->prepared = m;
}

static bool
is_ring(struct req *r, int64_t id)
{
	struct wheel_ring_list rings = wheel_rings(r->tx);

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].id.n == id)
			return true;
	return false;
}

/* Whether the import stands at the place of the path. */
static bool
find_import(struct req *r, int64_t id, const struct school_year *y, struct wheel_import *m)
{
	return wheel_import_by_id(r->tx, (wheel_import_id){id}, m) && m->year.n == y->id.n && m->campus.n == r->place;
}

static struct outcome
send_file(struct req *r)
{
	const struct import_form *f = r->form;
	const struct wheel_import *m = r->prepared;
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import before;
	wheel_import_id id;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (!is_ring(r, f->ring))
		form_problem(form_posted(r), "ring", said(T_WHEEL_CHOOSE_ONE));
	if (form_posted(r)->problems)
		return refused(r, VERDICT_INVALID, (struct said){0});
	if (f->instead && find_import(r, f->instead, &y, &before))
		wheel_import_forget(r->tx, before.id);
	id = wheel_import_add(r->tx, m->year, m->campus, m->ring, m->language, m->name, m->kind, m->sent_by, r->now,
	    m->file);
	return see_address(r, str_fmt(r->arena, "%.*s/%lld", STR_ARG(base_address(r)), (long long)id.n),
	    (struct said){0});
}

/* --- the template ------------------------------------------------------------------------------------------- */

/* An example, and below each heading the words that it knows. */
static void
show_template(struct req *r)
{
	struct school_year y = open_year(r);
	struct wheel_names names = wheel_names_read(r->tx, &y, r->lang);
	struct sheet_column column[WHEEL_COLUMNS];
	struct str_list allows[WHEEL_COLUMNS];
	size_t rows = 1;
	struct str *cell;
	enum wheel_column title = (enum wheel_column)(COLUMN_TITLE + (int)r->lang);

	for (int c = 0; c < WHEEL_COLUMNS; c++) {
		column[c] = (struct sheet_column){
		    said_plain(r->arena, r->lang, wheel_column_words((enum wheel_column)c)), SHEET_TEXT};
		allows[c] = wheel_column_allows(r->arena, &names, (enum wheel_column)c);
		rows = allows[c].n + 1 > rows ? allows[c].n + 1 : rows;
	}
	cell = ARENA_ARRAY(r->arena, struct str, rows * WHEEL_COLUMNS);
	for (size_t i = 0; i < rows; i++)
		for (int c = 0; c < WHEEL_COLUMNS; c++)
			cell[i * WHEEL_COLUMNS + (size_t)c] = c == COLUMN_KEY ? STR("#")
			    : i == 0 ? (allows[c].n ? allows[c].at[0] : STR(""))
			    : i - 1 < allows[c].n ? allows[c].at[i - 1] : STR("");
	cell[title] = page_words(r, T_WHEEL_EXAMPLE_TITLE);
	cell[COLUMN_WEEK] = STR("36");
	cell[COLUMN_OWN] = cell[COLUMN_CAMPUSES] = STR("");
	page_sheet(r, &(struct sheet){page_words(r, T_WHEEL_IMPORT), column, WHEEL_COLUMNS, cell, rows}, PAGE_SHEET_CSV,
	    str_fmt(r->arena, "%.*s.csv", STR_ARG(str_slug(r->arena, page_words(r, T_WHEEL_TITLE), 40))));
}

/* --- looking ------------------------------------------------------------------------------------------------ */

struct make_form {
	struct str stamp;
	bool skip;
};

static const struct form_field make_fields[] = {
	{"stamp", FORM_HIDDEN_TEXT, offsetof(struct make_form, stamp)},
	{"skip", FORM_CHECK, offsetof(struct make_form, skip), .label = T_WHEEL_IMPORT_SKIP},
};

static const struct form_spec make_spec = FORM_SPEC("make", struct make_form, make_fields);

static struct wheel_look_problem_list
problems_of(struct req *r, const struct plan *p)
{
	size_t n = p->problems < PROBLEMS_SHOWN ? p->problems : PROBLEMS_SHOWN;
	struct wheel_look_problem_list list = {ARENA_ARRAY(r->arena, struct wheel_look_problem, n), n};

	for (size_t i = 0; i < n; i++) {
		const struct plan_problem *q = &p->problem[i];

		list.at[i] = (struct wheel_look_problem){
			.place = q->cell == SIZE_MAX ? t_wheel_import_row((int64_t)q->row)
			    : t_wheel_import_cell((int64_t)q->row, plan_letter(r->arena, q->cell), q->column),
			.has_place = q->row > 0,
			.what = q->what,
			.words = q->words,
		};
	}
	return list;
}

static struct wheel_look_note_list
notes_of(struct req *r, const struct plan *p)
{
	struct wheel_look_note_list list = {ARENA_ARRAY(r->arena, struct wheel_look_note, p->notes), p->notes};

	for (size_t i = 0; i < p->notes; i++)
		list.at[i] = (struct wheel_look_note){p->note[i].what, p->note[i].words};
	return list;
}

/* The names of what changes, as the table calls it. */
static struct str
what_changes(struct req *r, const struct plan_row *row)
{
	struct wheel_item_form was = wheel_whole_form(row->was);
	const struct wheel_item_form *is = &row->form;
	struct str name[16];
	size_t n = 0;
	bool texts = false, sentence = false, description = false;

	for (enum lang l = 0; l < LANG_COUNT; l++) {
		texts = texts || !str_eq(was.title.at[l], is->title.at[l]);
		sentence = sentence || !str_eq(was.sentence.at[l], is->sentence.at[l]);
		description = description || !str_eq(was.description.at[l], is->description.at[l]);
	}
	if (texts)
		name[n++] = page_words(r, T_WHEEL_FIELD_TITLE);
	if (sentence)
		name[n++] = page_words(r, T_WHEEL_FIELD_SENTENCE);
	if (description)
		name[n++] = page_words(r, T_WHEEL_FIELD_DESCRIPTION);
	if (was.ring != is->ring)
		name[n++] = page_words(r, T_WHEEL_RING);
	if (was.timing != is->timing || was.week != is->week || !str_eq(was.anchor, is->anchor) ||
	    (is->timing == WHEEL_ITEM_TIMING_DATES &&
	    (was.starts.day != is->starts.day || was.ends.day != is->ends.day)))
		name[n++] = page_words(r, T_WHEEL_TIMING);
	if (was.repeats != is->repeats || was.repeats_until.day != is->repeats_until.day)
		name[n++] = page_words(r, T_WHEEL_REPEATS);
	if (was.every != is->every)
		name[n++] = page_words(r, T_WHEEL_EVERY);
	if (was.duty != is->duty || was.person != is->person)
		name[n++] = page_words(r, T_WHEEL_RESPONSIBLE);
	if (was.answers != is->answers)
		name[n++] = page_words(r, T_WHEEL_ANSWERS);
	if (was.core != is->core)
		name[n++] = page_words(r, T_WHEEL_COLUMN_CORE);
	if (was.guardians != is->guardians)
		name[n++] = page_words(r, T_WHEEL_COLUMN_GUARDIANS);
	if (was.measures != is->measures)
		name[n++] = page_words(r, T_WHEEL_COLUMN_MEASURES);
	if (!ids_same(was.campuses, is->campuses))
		name[n++] = page_words(r, T_WHEEL_SCOPE);
	return str_join(r->arena, STR(", "), name, n);
}

/* What will be there: a row of the file, or an item that none of them names. */
struct future {
	const struct plan_row *row;
	const struct wheel_item *item;
	struct span days;
	int64_t ring;
};

static int
compare_futures(const void *x, const void *y)
{
	const struct future *a = x, *b = y;

	if (a->days.first.day != b->days.first.day)
		return a->days.first.day < b->days.first.day ? -1 : 1;
	if (a->days.last.day != b->days.last.day)
		return a->days.last.day < b->days.last.day ? -1 : 1;
	return (a > b) - (a < b);
}

struct futures {
	struct future *at;
	size_t n;
};

static bool
is_shown(const struct plan_row *row)
{
	return row->action == PLAN_NEW || row->action == PLAN_CHANGED;
}

/* By days. Those that stay as they are stand among the others, as long as the picture can be read. */
static struct futures
futures_of(struct req *r, const struct plan *p)
{
	struct futures f = {ARENA_ARRAY(r->arena, struct future, p->n + p->there.n), 0};
	bool *replaced = ARENA_ARRAY(r->arena, bool, p->there.n);

	for (size_t i = 0; i < p->n; i++)
		if (is_shown(&p->at[i])) {
			if (p->at[i].was)
				replaced[p->at[i].was - p->there.at] = true;
			f.at[f.n++] = (struct future){&p->at[i], NULL, wheel_item_days(&p->names.year, &p->at[i].form),
			    p->at[i].form.ring};
		}
	for (size_t i = 0; i < p->there.n && f.n < MARKS_SHOWN; i++) {
		const struct wheel_item *item = p->there.at[i].item;

		if (!replaced[i] && (item->campus.n == 0 || item->campus.n == r->place))
			f.at[f.n++] = (struct future){NULL, item, {item->starts, item->ends}, item->ring.n};
	}
	qsort(f.at, f.n, sizeof *f.at, compare_futures);
	return f;
}

static struct str
anchor_of(struct req *r, const struct plan_row *row)
{
	return str_fmt(r->arena, "row-%zu", row->number);
}

static struct wheel_row
mark_of(struct req *r, const struct future *f, int64_t number)
{
	struct wheel_row row = {
		.number = number,
		.title = f->row ? f->row->form.title : f->item->title,
		.days = f->days,
		.when = wheel_days_words(r, f->days),
		.ring_id = f->ring,
		.answered = true,
		.sight = !f->row ? WHEEL_NO_ANSWER : f->row->action == PLAN_NEW ? WHEEL_DONE : WHEEL_OUR_WAY,
		.address = f->row ? str_fmt(r->arena, "#%.*s", STR_ARG(anchor_of(r, f->row))) : STR("#list"),
	};

	row.times.at = ARENA_NEW(r->arena, struct span);
	*row.times.at = f->days;
	row.times.n = 1;
	return row;
}

static struct wheel_row_list
marks_of(struct req *r, struct futures f)
{
	struct wheel_row_list rows = {ARENA_ARRAY(r->arena, struct wheel_row, MARKS_SHOWN), 0};

	for (size_t i = 0; i < f.n && rows.n < MARKS_SHOWN; i++) {
		rows.at[rows.n] = mark_of(r, &f.at[i], (int64_t)i + 1);
		rows.n++;
	}
	return rows;
}

static struct wheel_look_line_list
lines_of(struct req *r, const struct plan *p, struct futures f, int64_t *more)
{
	struct wheel_look_line_list list = {ARENA_ARRAY(r->arena, struct wheel_look_line, LINES_SHOWN), 0};

	*more = 0;
	for (size_t i = 0; i < f.n; i++) {
		const struct plan_row *row = f.at[i].row;
		struct wheel_look_line *line;

		if (!row)
			continue;
		if (list.n == LINES_SHOWN) {
			(*more)++;
			continue;
		}
		line = &list.at[list.n++];
		*line = (struct wheel_look_line){
			.anchor = anchor_of(r, row),
			.number = (int64_t)i + 1,
			.title = row->form.title,
			.when = wheel_days_words(r, f.at[i].days),
			.fresh = row->action == PLAN_NEW,
		};
		for (size_t k = 0; k < p->names.rings.n; k++)
			if (p->names.rings.at[k].id.n == row->form.ring) {
				line->ring = p->names.rings.at[k].name;
				line->color = p->names.rings.at[k].color;
			}
		if (row->was) {
			const struct wheel_item *was = row->was->item;

			line->what = what_changes(r, row);
			if (was->starts.day != f.at[i].days.first.day || was->ends.day != f.at[i].days.last.day)
				line->was = t_wheel_import_was(was->starts, was->ends);
		}
	}
	return list;
}

/* Why nothing can be taken in now; text NULL: it can. */
static struct said
cannot_of(const struct plan *p)
{
	if (p->refused.text)
		return p->refused;
	if (p->count[PLAN_CHANGED] > PLAN_CHANGES_MAX)
		return t_wheel_import_too_many_changes((int64_t)p->count[PLAN_CHANGED], PLAN_CHANGES_MAX);
	if (p->count[PLAN_NEW] + p->count[PLAN_CHANGED] == 0)
		return said(p->count[PLAN_WRONG] ? T_WHEEL_IMPORT_NOTHING_GOOD : T_WHEEL_IMPORT_NOTHING);
	return (struct said){0};
}

static void
show_plan(struct req *r, const struct school_year *y, const struct wheel_import *m)
{
	struct plan p = plan_make(r->tx, m, y, r->lang);
	struct futures f = futures_of(r, &p);
	struct wheel_look_problem_list problems = problems_of(r, &p);
	int64_t more = 0;
	struct wheel_look_line_list lines = lines_of(r, &p, f, &more);
	struct str base = base_address(r);

	show_form(r, m->ring.n, m->id.n);
	form_show(r, &make_spec, &(struct make_form){.stamp = p.seen});
	wheel_look_html(r, &(struct wheel_look_page){
		.year = wheel_year_words(r, y),
		.back = back_address(r),
		.name = m->name,
		.base = str_fmt(r->arena, "%.*s/%lld", STR_ARG(base), (long long)m->id.n),
		.all = base,
		.draft = y->state == SCHOOL_YEAR_STATE_DRAFT,
		.moved = m->moved,
		.fresh = (int64_t)p.count[PLAN_NEW],
		.changed = (int64_t)p.count[PLAN_CHANGED],
		.same = (int64_t)p.count[PLAN_SAME],
		.wrong = (int64_t)p.count[PLAN_WRONG],
		.problems = problems,
		.problems_more = (int64_t)(p.problems - problems.n),
		.ignored = str_join(r->arena, STR(", "), p.ignored.at, p.ignored.n),
		.notes = notes_of(r, &p),
		.ready = (int64_t)(p.count[PLAN_NEW] + p.count[PLAN_CHANGED]),
		.cannot = cannot_of(&p),
		.drawing = lines.n ? wheel_drawing(r, y, r->campus, marks_of(r, f), 0) : NULL,
		.lines = lines,
		.lines_more = more,
		.rows_max = PLAN_ROWS_MAX,
		.size_max = PLAN_BYTES_MAX >> 20,
	});
}

static bool
is_under_way(const struct wheel_import *m)
{
	return m->state == WHEEL_IMPORT_STATE_RUNNING || m->state == WHEEL_IMPORT_STATE_DROPPING;
}

static void
show_made(struct req *r, const struct school_year *y, const struct wheel_import *m)
{
	bool undone = m->state == WHEEL_IMPORT_STATE_UNDONE;
	struct wheel_item_list stays = undone ? wheel_import_stays(r->tx, y->id, m->id) : (struct wheel_item_list){0};
	struct link_list links = {ARENA_ARRAY(r->arena, struct link, stays.n), stays.n};
	struct str base = base_address(r);

	for (size_t i = 0; i < stays.n; i++) {
		struct found title = texts_in(stays.at[i].title, r->lang);

		links.at[i] = (struct link){.words = title.text, .lang = title.lang,
		    .address = wheel_item_address(r, y, r->campus, stays.at[i].id)};
	}
	wheel_import_made_html(r, &(struct wheel_import_made_page){
		.year = wheel_year_words(r, y),
		.back = back_address(r),
		.base = str_fmt(r->arena, "%.*s/%lld", STR_ARG(base), (long long)m->id.n),
		.all = base,
		.name = m->name,
		.added = m->added,
		.changed = m->changed,
		.undone = undone,
		.may_undo = y->state != SCHOOL_YEAR_STATE_CLOSED,
		.by = by_whom(r, m->sent_by, m->made_at),
		.stays = links,
	});
}

static struct wheel_import
import_or_404(struct req *r, const struct school_year *y)
{
	struct wheel_import m;

	if (!find_import(r, path_int(r, "import"), y, &m))
		page_not_found(r);
	return m;
}

static void
show_one(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import m = import_or_404(r, &y);

	if (is_under_way(&m))
		page_elsewhere(r, str_fmt(r->arena, "%.*s/%lld/progress", STR_ARG(base_address(r)), (long long)m.id.n),
		    false);
	if (m.state == WHEEL_IMPORT_STATE_LOOKED)
		show_plan(r, &y, &m);
	else
		show_made(r, &y, &m);
}

static void
show_progress(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import m = import_or_404(r, &y);

	if (!is_under_way(&m))
		page_elsewhere(r, str_fmt(r->arena, "%.*s/%lld", STR_ARG(base_address(r)), (long long)m.id.n), false);
	wheel_import_progress_html(r, &(struct wheel_import_progress_page){
		.year = wheel_year_words(r, &y),
		.back = back_address(r),
		.name = m.name,
		.n = wheel_import_items(r->tx, m.id),
		.of = m.added + m.changed,
	});
}

/* --- taking in ----------------------------------------------------------------------------------------------- */

static void
prepare_make(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import m;
	struct plan *p = ARENA_NEW(r->arena, struct plan);

	if (!find_import(r, path_int(r, "import"), &y, &m) || m.state != WHEEL_IMPORT_STATE_LOOKED)
		return;
	*p = plan_make(r->tx, &m, &y, r->lang);
	r->prepared = p;
}

static struct outcome
to_import(struct req *r, wheel_import_id id, const struct text *flash)
{
	return see_address(r, str_fmt(r->arena, "%.*s/%lld", STR_ARG(base_address(r)), (long long)id.n), said(flash));
}

static struct outcome
make(struct req *r)
{
	const struct make_form *f = r->form;
	const struct plan *p = r->prepared;
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import m;

	if (!find_import(r, path_int(r, "import"), &y, &m))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (m.state != WHEEL_IMPORT_STATE_LOOKED || !p)
		return refused(r, VERDICT_TAKEN, said(T_WHEEL_IMPORT_NOT_NOW));
	if (!str_eq(f->stamp, p->seen) || !str_eq(wheel_stamp_of(r->tx, y.id), p->stamp))
		return refused(r, VERDICT_CONFLICT, said(T_WHEEL_IMPORT_MOVED));
	if (cannot_of(p).text)
		return refused(r, VERDICT_INVALID, cannot_of(p));
	if (p->count[PLAN_WRONG] && !f->skip) {
		form_problem(form_posted(r), "skip", said(T_WHEEL_IMPORT_SKIP_FIRST));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	wheel_import_run(r->tx, m.id, p->seen, (int64_t)p->count[PLAN_NEW], (int64_t)p->count[PLAN_CHANGED],
	    (person_id){r->actor.person});
	need(wheel_import_by_id(r->tx, m.id, &m));
	/* What is more than a form may write, the job does. */
	if (m.added + m.changed > IMPORT_CHUNK)
		return to_import(r, m.id, T_WHEEL_IMPORT_STARTED_FLASH);
	if (wheel_import_go_on(r->tx, &r->actor, &m, &y, p) != IMPORT_IS_MADE)
		return refused(r, VERDICT_CONFLICT, said(T_WHEEL_IMPORT_MOVED));
	return to_import(r, m.id, T_WHEEL_IMPORT_MADE_FLASH);
}

static struct outcome
forget_import(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import m;

	if (!find_import(r, path_int(r, "import"), &y, &m))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (wheel_import_forget(r->tx, m.id) == 0)
		return refused(r, VERDICT_TAKEN, said(T_WHEEL_IMPORT_NOT_NOW));
	return see_address(r, base_address(r), said(T_WHEEL_IMPORT_FORGOTTEN_FLASH));
}

static struct outcome
undo_import(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_import m;

	if (!find_import(r, path_int(r, "import"), &y, &m))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (wheel_import_undo(r->tx, &r->actor, &m, &y) != VERDICT_OK)
		return refused(r, VERDICT_TAKEN, said(T_WHEEL_IMPORT_NOT_NOW));
	return to_import(r, m.id, T_WHEEL_IMPORT_UNDONE_FLASH);
}

#define FILE_BODY .body_bytes_max = PLAN_BYTES_MAX + 65536
#define ROOM .memory_bytes_max = MEMORY_BYTES_MAX

const struct route wheel_import_routes[] = {
	{GET, "/{lang}" BASE, MAY_EDIT_WHEEL, show_import, .whole = true},
	{POST, "/{lang}" BASE, MAY_EDIT_WHEEL, show_import, send_file, &import_spec, prepare_import, SLOW,
	    .whole = true, FILE_BODY, ROOM},
	{GET, "/{lang}" BASE "/template", MAY_EDIT_WHEEL, show_template, .whole = true},
	{GET, "/{lang}" BASE "/{import}", MAY_EDIT_WHEEL, show_one, .speed = SLOW, .whole = true, ROOM},
	{GET, "/{lang}" BASE "/{import}/progress", MAY_EDIT_WHEEL, show_progress, .whole = true, .refresh_s = 2},
	{POST, "/{lang}" BASE "/{import}/make", MAY_EDIT_WHEEL, show_one, make, &make_spec, prepare_make, SLOW,
	    .whole = true, ROOM},
	{POST, "/{lang}" BASE "/{import}/forget", MAY_EDIT_WHEEL, show_one, forget_import, .speed = SLOW, .whole = true,
	    ROOM},
	{POST, "/{lang}" BASE "/{import}/undo", MAY_EDIT_WHEEL, show_one, undo_import, .speed = SLOW, .whole = true,
	    ROOM},
	{GET, "/{lang}/{campus}" BASE, MAY_ADD_OWN_ITEM, show_import},
	{POST, "/{lang}/{campus}" BASE, MAY_ADD_OWN_ITEM, show_import, send_file, &import_spec, prepare_import, SLOW,
	    FILE_BODY, ROOM},
	{GET, "/{lang}/{campus}" BASE "/template", MAY_ADD_OWN_ITEM, show_template},
	{GET, "/{lang}/{campus}" BASE "/{import}", MAY_ADD_OWN_ITEM, show_one, .speed = SLOW, ROOM},
	{GET, "/{lang}/{campus}" BASE "/{import}/progress", MAY_ADD_OWN_ITEM, show_progress, .refresh_s = 2},
	{POST, "/{lang}/{campus}" BASE "/{import}/make", MAY_ADD_OWN_ITEM, show_one, make, &make_spec, prepare_make,
	    SLOW, ROOM},
	{POST, "/{lang}/{campus}" BASE "/{import}/forget", MAY_ADD_OWN_ITEM, show_one, forget_import, .speed = SLOW,
	    ROOM},
	{POST, "/{lang}/{campus}" BASE "/{import}/undo", MAY_ADD_OWN_ITEM, show_one, undo_import, .speed = SLOW, ROOM},
	{0},
};

const struct job wheel_jobs[] = {
	{.name = "wheel.import", .every_s = 1, .due = wheel_import_due, .run = wheel_import_run_job},
	{0},
};
