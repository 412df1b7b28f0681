#include "app/wheel/plan.h"

#include <stdint.h>

#include "lib/arena.h"
#include "lib/encoding.h"
#include "lib/ical_read.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/typed.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/wheel/import.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"    /* generated */
#include "app/wheel/wheel.texts.h"  /* generated */

enum { CELL_BYTES_MAX = 20000, NOTES_MAX = 50, WEEKS_DAYS = 7 };

/* --- an index of texts ----------------------------------------------------------------------------------- */

struct index {
	struct arena *arena;
	struct str *key;
	size_t *value;
	size_t n, size;
};

static size_t
place_of(const struct index *x, struct str key)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t i;

	for (i = 0; i < key.n; i++)
		hash = (hash ^ (unsigned char)key.p[i]) * UINT64_C(1099511628211);
	i = (size_t)(hash ^ hash >> 32) & (x->size - 1);
	while (x->key[i].n && !str_eq(x->key[i], key))
		i = (i + 1) & (x->size - 1);
	return i;
}

static struct index
index_new(struct arena *a, size_t most)
{
	struct index x = {.arena = a, .size = 64};

	while (x.size < 2 * most)
		x.size *= 2;
	x.key = ARENA_ARRAY(a, struct str, x.size);
	x.value = ARENA_ARRAY(a, size_t, x.size);
	return x;
}

/* SIZE_MAX: it is not there. */
static size_t
index_find(const struct index *x, struct str key)
{
	size_t i = key.n ? place_of(x, key) : 0;

	return key.n && x->key[i].n ? x->value[i] : SIZE_MAX;
}

/* The first of a name stays. */
static void
index_put(struct index *x, struct str key, size_t value)
{
	size_t i;

	if (key.n == 0)
		return;
	i = place_of(x, key);
	if (x->key[i].n)
		return;
	need(++x->n < x->size);
	x->key[i] = key;
	x->value[i] = value;
}

/* --- files ------------------------------------------------------------------------------------------------- */

bool
plan_file(struct arena *a, struct str bytes, enum wheel_import_kind *kind, struct str *text, struct said *why)
{
	enum encoding encoding = encoding_read(a, bytes, text);

	if (bytes.n == 0 || (encoding < ENCODING_WORKBOOK && str_trim(*text).n == 0))
		*why = said(T_WHEEL_FILE_EMPTY);
	else if (encoding == ENCODING_WORKBOOK)
		*why = said(T_WHEEL_FILE_WORKBOOK);
	else if (encoding == ENCODING_BINARY)
		*why = said(T_WHEEL_FILE_BINARY);
	else {
		struct str first = str_lower_ascii(a, str_sub(str_trim(*text), 0, 15));

		*kind = str_is(first, "begin:vcalendar") ? WHEEL_IMPORT_KIND_ICS : WHEEL_IMPORT_KIND_CSV;
		return true;
	}
	return false;
}

struct str
wheel_stamp_of(struct tx *tx, school_year_id year)
{
	struct wheel_stamp s = wheel_stamp(tx, year);

	return str_fmt(tx->arena, "%lld-%lld-%lld-%lld", (long long)s.items, (long long)s.newest, (long long)s.versions,
	    (long long)s.changed.s);
}

struct str
plan_letter(struct arena *a, size_t column)
{
	return column < 26 ? str_fmt(a, "%c", (char)('A' + column))
	    : str_fmt(a, "%c%c", (char)('A' + column / 26 - 1), (char)('A' + column % 26));
}

/* --- a plan under way -------------------------------------------------------------------------------------- */

struct making {
	struct tx *tx;
	struct arena *arena;
	const struct wheel_import *import;
	struct plan *plan;
	struct index keys, titles;  /* of the items that are there, to their places */
	struct index rows, rowed;   /* of the rows that were read: by key and title, to their numbers */
	struct index taken;         /* items that a row has, to its number */
	struct wheel_off off; /* of that campus */
	campus_id off_of;
	const struct zone *zone;
};

static void
problem(struct making *m, struct plan_problem what)
{
	struct plan *p = m->plan;

	p->problem = arena_grow(m->arena, p->problem, p->problems, 1, sizeof what, &p->problems_cap);
	p->problem[p->problems++] = what;
}

static void
note(struct making *m, struct str what, struct said words)
{
	struct plan *p = m->plan;

	if (p->notes == NOTES_MAX)
		return;
	p->note = arena_grow(m->arena, p->note, p->notes, 1, sizeof *p->note, &p->notes_cap);
	p->note[p->notes++] = (struct plan_note){what, words};
}

/* A title on a day, of a campus or of all. */
static struct str
title_key(struct arena *a, struct str title, struct date day, campus_id own)
{
	return str_fmt(a, "%lld %d %.*s", (long long)own.n, (int)day.day, STR_ARG(title));
}

static void
put_there(struct making *m)
{
	struct wheel_whole_list there = m->plan->there;

	m->keys = index_new(m->arena, there.n);
	m->titles = index_new(m->arena, there.n * LANG_COUNT);
	for (size_t i = 0; i < there.n; i++) {
		const struct wheel_item *item = there.at[i].item;

		index_put(&m->keys, wheel_item_key(m->arena, item), i);
		for (enum lang l = 0; l < LANG_COUNT; l++)
			if (item->title.at[l].n)
				index_put(&m->titles,
				    title_key(m->arena, item->title.at[l], item->starts, item->campus), i);
	}
}

/* The item with one of the titles on that day; NULL: there is none. */
static const struct wheel_whole *
with_title(struct making *m, struct texts title, struct date day, campus_id own)
{
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		struct str key = title.at[l].n ? title_key(m->arena, title.at[l], day, own) : STR("");
		size_t i = index_find(&m->titles, key);

		if (i != SIZE_MAX)
			return &m->plan->there.at[i];
	}
	return NULL;
}

/* Whether a row has it already. */
static bool
is_taken(struct making *m, const struct wheel_whole *was)
{
	return index_find(&m->taken, str_fmt(m->arena, "%lld", (long long)was->item->id.n)) != SIZE_MAX;
}

static const struct wheel_whole *
with_key(struct making *m, struct str key)
{
	size_t i = index_find(&m->keys, key);

	return i == SIZE_MAX ? NULL : &m->plan->there.at[i];
}

static bool
same_texts(struct texts a, struct texts b)
{
	return str_eq(a.at[0], b.at[0]) && str_eq(a.at[1], b.at[1]) && str_eq(a.at[2], b.at[2]);
}

static bool
is_same(const struct wheel_item_form *a, const struct wheel_item_form *b)
{
	return same_texts(a->title, b->title) && same_texts(a->sentence, b->sentence) &&
	    same_texts(a->description, b->description) && a->ring == b->ring && a->timing == b->timing &&
	    (a->timing != WHEEL_ITEM_TIMING_WEEK || a->week == b->week) &&
	    (a->timing != WHEEL_ITEM_TIMING_ANCHOR || str_eq(a->anchor, b->anchor)) &&
	    (a->timing != WHEEL_ITEM_TIMING_DATES ||
	    (a->starts.day == b->starts.day && a->ends.day == b->ends.day)) &&
	    a->repeats == b->repeats && a->repeats_until.day == b->repeats_until.day && a->duty == b->duty &&
	    a->person == b->person && a->answers == b->answers && a->every == b->every && a->core == b->core &&
	    a->guardians == b->guardians &&
	    a->measures == b->measures && ids_same(a->campuses, b->campuses);
}

static struct wheel_item_form
usual(const struct making *m)
{
	return (struct wheel_item_form){
		.ring = m->import->ring.n,
		.repeats = WHEEL_ITEM_REPEATS_NO,
		.answers = WHEEL_ITEM_ANSWERS_CAMPUS,
		.every = WHEEL_SERIES_EVERY_YEAR,
	};
}

/* The row that has the same item, key or title already; 0: none. */
static size_t
row_before(struct making *m, const struct plan_row *row, bool *by_key)
{
	size_t before = index_find(&m->rows, row->uid);

	*by_key = before != SIZE_MAX;
	if (before == SIZE_MAX && row->was) {
		before = index_find(&m->taken, str_fmt(m->arena, "%lld", (long long)row->was->item->id.n));
		*by_key = true;
	}
	for (enum lang l = 0; l < LANG_COUNT && before == SIZE_MAX && !row->was && row->uid.n == 0; l++)
		if (row->form.title.at[l].n) {
			before = index_find(&m->rowed, title_key(m->arena, row->form.title.at[l],
			    wheel_item_days(&m->plan->names.year, &row->form).first, row->own));
			*by_key = false;
		}
	return before == SIZE_MAX ? 0 : before;
}

static void
remember(struct making *m, const struct plan_row *row)
{
	struct date day = wheel_item_days(&m->plan->names.year, &row->form).first;

	index_put(&m->rows, row->uid, row->number);
	if (row->was)
		index_put(&m->taken, str_fmt(m->arena, "%lld", (long long)row->was->item->id.n), row->number);
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (row->form.title.at[l].n)
			index_put(&m->rowed, title_key(m->arena, row->form.title.at[l], day, row->own), row->number);
}

static void
add(struct making *m, struct plan_row row)
{
	struct plan *p = m->plan;

	if (row.action != PLAN_WRONG) {
		struct wheel_item_form was = row.was ? wheel_whole_form(row.was) : (struct wheel_item_form){.ring = 0};

		row.action = !row.was ? PLAN_NEW : is_same(&was, &row.form) ? PLAN_SAME : PLAN_CHANGED;
	}
	p->count[row.action]++;
	p->at = arena_grow(m->arena, p->at, p->n, 1, sizeof row, &p->cap);
	p->at[p->n++] = row;
}

/* --- tables ------------------------------------------------------------------------------------------------ */

static struct said
csv_words(const struct csv *csv)
{
	switch (csv->trouble) {
	case CSV_FINE: return (struct said){0};
	case CSV_EMPTY: return said(T_WHEEL_FILE_EMPTY);
	case CSV_TOO_MANY_ROWS: return t_wheel_file_rows(PLAN_ROWS_MAX);
	case CSV_TOO_MANY_COLUMNS: return t_wheel_file_columns((int64_t)csv->row, PLAN_COLUMNS_MAX);
	case CSV_CELL_TOO_LONG: return t_wheel_file_cell((int64_t)csv->row, (int64_t)csv->column);
	case CSV_QUOTE_NOT_CLOSED: return t_wheel_file_quote((int64_t)csv->row, (int64_t)csv->column);
	}
	return (struct said){0};
}

/* What each cell of the first row heads. */
static int *
read_heads(struct making *m, struct csv_row head)
{
	int *column = ARENA_ARRAY(m->arena, int, PLAN_COLUMNS_MAX);
	bool seen[WHEEL_COLUMNS] = {false}, titled = false;
	struct plan *p = m->plan;
	size_t cap = 0;

	for (size_t k = 0; k < PLAN_COLUMNS_MAX; k++) {
		struct str name = k < head.n ? typed_text(m->arena, head.at[k], false) : STR("");

		column[k] = k < head.n ? wheel_column_of(m->arena, name) : COLUMN_NONE;
		if (column[k] == COLUMN_NONE) {
			if (name.n) {
				struct str_list *i = &p->ignored;

				i->at = arena_grow(m->arena, i->at, i->n, 1, sizeof name, &cap);
				i->at[i->n++] = str_prefix_chars(name, 60);
			}
			continue;
		}
		if (seen[column[k]])
			p->refused = t_wheel_file_column_twice(name);
		seen[column[k]] = true;
		titled = titled || (column[k] >= COLUMN_TITLE && column[k] < COLUMN_TITLE + LANG_COUNT);
	}
	if (!titled && !p->refused.text)
		p->refused = said(T_WHEEL_FILE_NO_TITLE);
	return column;
}

/* Over an item, or the usual; the other way round than an import of a campus may: a common item stays as it is. */
static void
read_over(struct making *m, struct wheel_row_in *in, const struct wheel_whole *was, struct plan_row *row)
{
	campus_id campus = m->import->campus;

	in->problems = 0;
	in->own = was && was->item->campus.n != campus.n ? (campus_id){0} : campus;
	row->was = was;
	row->form = was ? wheel_whole_form(was) : usual(m);
	row->own = was ? was->item->campus : campus;
	wheel_row_read(in, &row->form, &row->own);
	if (was && row->own.n != was->item->campus.n)
		wheel_row_wrong(in, COLUMN_OWN, said(T_WHEEL_ROW_OWN_MOVED));
}

/* Against the rows before it, and what a campus may change. */
static void
check_row(struct making *m, struct wheel_row_in *in, struct plan_row *row)
{
	campus_id campus = m->import->campus;
	bool by_key;
	size_t before;

	if (in->problems)
		return;
	before = row_before(m, row, &by_key);
	if (before)
		wheel_row_wrong(in, by_key ? COLUMN_KEY : WHEEL_COLUMNS, by_key
		    ? t_wheel_row_key_twice((int64_t)before) : t_wheel_row_item_twice((int64_t)before));
	else
		remember(m, row);
	if (campus.n && row->was && row->was->item->campus.n != campus.n) {
		struct wheel_item_form was = wheel_whole_form(row->was);

		if (!is_same(&was, &row->form))
			wheel_row_wrong(in, COLUMN_KEY, said(T_WHEEL_ROW_NOT_YOURS));
	}
}

static void
read_one(struct making *m, struct wheel_row_in *in, struct csv_row head)
{
	struct plan_row row = {.number = in->row.number, .action = PLAN_NEW};
	struct str key = wheel_row_cell(in, COLUMN_KEY);
	const struct wheel_whole *was;

	row.uid = str_chars(key) <= WHEEL_KEY_CHARS ? key : STR("");
	read_over(m, in, with_key(m, row.uid), &row);
	was = row.was ? NULL : with_title(m, row.form.title, wheel_item_days(&in->names->year, &row.form).first,
	    row.own);
	if (was && !is_taken(m, was))
		read_over(m, in, was, &row);
	if (row.uid.n != key.n)
		wheel_row_wrong(in, COLUMN_KEY, said(T_WHEEL_ROW_KEY_LONG));
	check_row(m, in, &row);
	for (size_t i = 0; i < in->problems; i++) {
		size_t cell = in->problem[i].cell;

		problem(m, (struct plan_problem){row.number, cell,
		    cell < head.n ? typed_text(m->arena, head.at[cell], false) : STR(""), STR(""),
		    in->problem[i].words});
	}
	if (in->problems)
		row.action = PLAN_WRONG;
	add(m, row);
}

/* Rows that begin with # are for whoever fills the template. */
static bool
is_comment(struct csv_row row)
{
	for (size_t k = 0; k < row.n; k++)
		if (str_trim(row.at[k]).n)
			return str_starts(str_trim(row.at[k]), STR("#"));
	return true;
}

static void
read_table(struct making *m, struct str text)
{
	struct csv csv = csv_read(m->arena, text,
	    (struct csv_limits){PLAN_ROWS_MAX + 1, PLAN_COLUMNS_MAX, CELL_BYTES_MAX});
	struct wheel_row_in in = {.arena = m->arena, .names = &m->plan->names};

	m->plan->refused = csv_words(&csv);
	if (m->plan->refused.text)
		return;
	in.column_of = read_heads(m, csv.at[0]);
	if (m->plan->refused.text)
		return;
	m->rows = index_new(m->arena, csv.n);
	m->taken = index_new(m->arena, csv.n);
	m->rowed = index_new(m->arena, csv.n * LANG_COUNT);
	for (size_t i = 1; i < csv.n; i++) {
		in.row = csv.at[i];
		if (!is_comment(in.row))
			read_one(m, &in, csv.at[0]);
	}
	if (m->plan->n == 0)
		m->plan->refused = said(T_WHEEL_FILE_NO_ROWS);
}

/* --- calendars --------------------------------------------------------------------------------------------- */

/* The days that an event touches; one that ends at midnight does not touch the day that begins then. */
static struct span
days_of(const struct making *m, const struct ical_occurrence *o)
{
	struct span days = o->days;

	if (days.first.day)
		return days;
	days.first = local_of(m->zone, o->starts).date;
	days.last = local_of(m->zone, o->ends.s > o->starts.s ? (struct instant){o->ends.s - 1} : o->ends).date;
	return days;
}

static bool
is_of_series(const struct ical_occurrence *o)
{
	return o->of.s != 0 || o->of_day.day != 0;
}

/* Whether the days are those of an item that repeats. */
static bool
repeats_so(struct making *m, const struct span *days, size_t n, enum wheel_item_repeats repeats)
{
	for (int with_off = 0; with_off < 2; with_off++) {
		struct wheel_time_list times = wheel_times(m->arena, repeats, days[0], days[n - 1].first,
		    with_off ? m->off : (struct wheel_off){0});
		size_t i = 0;

		while (i < n && i < times.n && times.at[i].first.day == days[i].first.day &&
		    times.at[i].last.day == days[i].last.day)
			i++;
		if (i == n && i == times.n)
			return true;
	}
	return false;
}

/* Days on which an item does not take place though it repeats: those of the campus whose own it is. */
static void
read_off(struct making *m, const struct wheel_whole *was)
{
	campus_id campus = was ? was->item->campus : m->import->campus;

	if (campus.n == m->off_of.n)
		return;
	m->off_of = campus;
	m->off = wheel_off_of(m->tx, campus, wheel_year_span(&m->plan->names.year));
}

/* Whether an item that repeats has just these times. */
static bool
has_times(struct making *m, const struct wheel_item_form *f, struct span first, size_t n)
{
	return wheel_times(m->arena, (enum wheel_item_repeats)f->repeats, first,
	    wheel_repeats_last(&m->plan->names.year, f->repeats_until), m->off).n == n;
}

static enum wheel_item_repeats
repeats_of(struct making *m, const struct span *days, size_t n)
{
	static const enum wheel_item_repeats all[] = {WHEEL_ITEM_REPEATS_WEEK, WHEEL_ITEM_REPEATS_MONTH,
	    WHEEL_ITEM_REPEATS_SECOND_MONTH};

	for (size_t i = 0; n > 1 && i < sizeof all / sizeof *all; i++)
		if (repeats_so(m, days, n, all[i]))
			return all[i];
	return WHEEL_ITEM_REPEATS_NO;
}

static void
put_text(struct texts *to, struct str text, enum lang lang)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (str_eq(to->at[l], text))
			return;
	to->at[lang] = text;
}

/* A campus as the place of an item is not worth a word: the item is its own. */
static bool
is_campus(const struct making *m, struct str place)
{
	for (size_t i = 0; i < m->plan->names.campuses.n; i++)
		for (enum lang l = 0; l < LANG_COUNT; l++)
			if (str_eq(m->plan->names.campuses.at[i].name.at[l], place))
				return true;
	return false;
}

/* Where it is and what it says, as the description of an item. */
static void
put_description(struct making *m, struct texts *to, const struct ical_occurrence *o, enum lang lang)
{
	struct str words = str_prefix_chars(o->description, WHEEL_TEXT_CHARS - ICAL_TITLE_CHARS_MAX - 2);

	if (o->place.n && !is_campus(m, o->place))
		words = words.n ? str_fmt(m->arena, "%.*s\n\n%.*s", STR_ARG(o->place), STR_ARG(words)) : o->place;
	if (words.n)
		put_text(to, words, lang);
}

/* A whole week stays that week next year; other days are days. What says the same as before stays as it was said. */
static void
put_days(struct making *m, struct wheel_item_form *f, struct span days)
{
	const struct school_year *y = &m->plan->names.year;
	struct span now = f->timing ? wheel_item_days(y, f) : (struct span){0};
	struct wheel_item_form week = {.timing = WHEEL_ITEM_TIMING_WEEK, .week = week_of(days.first).week};

	if (now.first.day == days.first.day && now.last.day == days.last.day)
		return;
	f->timing = WHEEL_ITEM_TIMING_DATES;
	f->week = 0;
	f->anchor = STR("");
	f->starts = days.first;
	f->ends = days.last;
	if (date_weekday(days.first) == 1 && days.last.day == days.first.day + WEEKS_DAYS - 1 &&
	    wheel_item_days(y, &week).first.day == days.first.day) {
		f->timing = WHEEL_ITEM_TIMING_WEEK;
		f->week = week.week;
	}
}

/* `times`: how often what repeats does so, the last time on `last`. */
static void
read_event(struct making *m, const struct ical_occurrence *o, struct str uid, struct span days,
    enum wheel_item_repeats repeats, size_t times, struct date last)
{
	const struct school_year *y = &m->plan->names.year;
	enum lang lang = (enum lang)(m->import->language - WHEEL_IMPORT_LANGUAGE_FI);
	struct plan_row row = {.number = o->line, .action = PLAN_NEW, .uid = uid, .own = m->import->campus};
	struct plan_problem wrong = {o->line, SIZE_MAX, STR(""), o->title, {0}};

	row.was = with_key(m, uid);
	if (!row.was)
		row.was = with_title(m, (struct texts){.at = {o->title}}, days.first, row.own);
	if (row.was && is_taken(m, row.was))
		row.was = NULL;
	row.form = row.was ? wheel_whole_form(row.was) : usual(m);
	if (row.was)
		row.own = row.was->item->campus;
	if (o->title.n)
		put_text(&row.form.title, o->title, lang);
	put_description(m, &row.form.description, o, lang);
	put_days(m, &row.form, days);
	if (repeats != row.form.repeats || (repeats > WHEEL_ITEM_REPEATS_NO && !has_times(m, &row.form, days, times))) {
		row.form.repeats = repeats;
		row.form.repeats_until = repeats > WHEEL_ITEM_REPEATS_NO ? last : (struct date){0};
	}
	if (o->title.n == 0)
		wrong.words = said(T_WHEEL_ROW_TITLE_MISSING);
	else if (row.form.timing == WHEEL_ITEM_TIMING_DATES &&
	    (days.first.day < y->starts.day || days.last.day > y->ends.day))
		wrong.words = t_wheel_row_outside(days.first.day < y->starts.day ? days.first : days.last, y->starts,
		    y->ends);
	else if (row.was && row.own.n != m->import->campus.n && m->import->campus.n)
		wrong.words = said(T_WHEEL_ROW_NOT_YOURS);
	if (wrong.words.text) {
		problem(m, wrong);
		row.action = PLAN_WRONG;
	} else if (row.was) {
		index_put(&m->taken, str_fmt(m->arena, "%lld", (long long)row.was->item->id.n), row.number);
	}
	add(m, row);
}

/* All times of one event that are in the year. */
static void
read_times(struct making *m, const struct ical_occurrence *const *at, size_t n)
{
	struct span *days = ARENA_ARRAY(m->arena, struct span, n);
	enum wheel_item_repeats repeats;
	struct str uid = at[0]->uid;

	for (size_t i = 0; i < n; i++)
		days[i] = days_of(m, at[i]);
	read_off(m, with_key(m, uid));
	repeats = is_of_series(at[0]) ? repeats_of(m, days, n) : WHEEL_ITEM_REPEATS_NO;
	if (repeats > WHEEL_ITEM_REPEATS_NO) {
		note(m, at[0]->title, t_wheel_ics_repeats(days[n - 1].first));
		read_event(m, at[0], uid, days[0], repeats, n, days[n - 1].first);
		return;
	}
	if (n > PLAN_TIMES_MAX)
		note(m, at[0]->title, t_wheel_ics_times_cut((int64_t)n, PLAN_TIMES_MAX));
	else if (n > 1)
		note(m, at[0]->title, t_wheel_ics_times((int64_t)n));
	for (size_t i = 0; i < n && i < PLAN_TIMES_MAX; i++) {
		char iso[11];

		read_event(m, at[i], n == 1 ? uid
		    : str_fmt(m->arena, "%.*s/%s", STR_ARG(uid), date_iso(days[i].first, iso)), days[i],
		    WHEEL_ITEM_REPEATS_NO, 1, days[i].first);
	}
}

static void
tell(struct making *m, const struct ical_problem *p)
{
	struct plan_problem left_out = {p->line, SIZE_MAX, STR(""), p->what, {0}};

	switch (p->trouble) {
	case ICAL_IS_TOO_BIG:
	case ICAL_IS_BINARY:
	case ICAL_IS_NOT_UTF8:
	case ICAL_IS_NO_CALENDAR: m->plan->refused = said(T_WHEEL_FILE_CALENDAR); return;
	case ICAL_BREAKS_OFF: left_out.words = said(T_WHEEL_ICS_BROKEN); break;
	case ICAL_HAS_TOO_MUCH: left_out.words = said(T_WHEEL_ICS_TOO_MUCH); break;
	case ICAL_TIME_UNREADABLE: left_out.words = said(T_WHEEL_ICS_TIME); break;
	case ICAL_ENDS_BEFORE_IT_STARTS: left_out.words = said(T_WHEEL_ICS_ENDS_FIRST); break;
	case ICAL_UID_TWICE: note(m, p->what, said(T_WHEEL_ICS_TWICE)); return;
	case ICAL_RULE_UNREADABLE: note(m, p->what, said(T_WHEEL_ICS_RULE)); return;
	case ICAL_RULE_TOO_FREQUENT: note(m, p->what, said(T_WHEEL_ICS_OFTEN)); return;
	case ICAL_ZONE_UNKNOWN: note(m, p->what, said(T_WHEEL_ICS_ZONE)); return;
	}
	problem(m, left_out);
	m->plan->count[PLAN_WRONG]++;
}

/* Occurrences come by time; those of one event belong together. */
static void
read_calendar(struct making *m, struct str text)
{
	struct ical_reading r = ical_read(m->arena, text, wheel_year_span(&m->plan->names.year), m->zone);
	struct index uids = index_new(m->arena, r.n);
	size_t *next = ARENA_ARRAY(m->arena, size_t, r.n), *last = ARENA_ARRAY(m->arena, size_t, r.n), most = 0;
	const struct ical_occurrence **times = ARENA_ARRAY(m->arena, const struct ical_occurrence *, r.n);

	m->taken = index_new(m->arena, r.n);
	m->off_of = m->import->campus;
	m->off = wheel_off_of(m->tx, m->off_of, wheel_year_span(&m->plan->names.year));
	for (size_t i = 0; i < r.problems; i++)
		tell(m, &r.problem[i]);
	if (m->plan->refused.text)
		return;
	for (size_t i = 0; i < r.n; i++) {
		size_t first = index_find(&uids, r.at[i].uid);

		next[i] = last[i] = SIZE_MAX;
		if (r.at[i].cancelled)
			continue;
		most++;
		if (first == SIZE_MAX) {
			index_put(&uids, r.at[i].uid, i);
			last[i] = i;
		} else {
			next[last[first]] = i;
			last[first] = i;
		}
	}
	if (most == 0 && m->plan->problems == 0)
		m->plan->refused = said(T_WHEEL_FILE_CALENDAR_EMPTY);
	for (size_t i = 0; i < r.n && m->plan->n <= PLAN_ROWS_MAX; i++) {
		size_t n = 0;

		/* The first of each; an event without a uid stands alone. */
		if (r.at[i].cancelled || (r.at[i].uid.n && index_find(&uids, r.at[i].uid) != i))
			continue;
		for (size_t k = i; k != SIZE_MAX; k = r.at[i].uid.n ? next[k] : SIZE_MAX)
			times[n++] = &r.at[k];
		read_times(m, times, n);
	}
	if (m->plan->n > PLAN_ROWS_MAX)
		m->plan->refused = t_wheel_file_rows(PLAN_ROWS_MAX);
}

/* --- the whole --------------------------------------------------------------------------------------------- */

static uint64_t
mixed(uint64_t hash, uint64_t n)
{
	return (hash ^ n) * UINT64_C(1099511628211);
}

static struct str
seen_of(struct arena *a, const struct plan *p)
{
	uint64_t hash = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < p->n; i++) {
		const struct plan_row *row = &p->at[i];

		hash = mixed(hash, row->action);
		hash = mixed(hash, row->was ? (uint64_t)row->was->item->id.n : 0);
		hash = mixed(hash, (uint64_t)row->form.version);
	}
	return str_fmt(a, "%.*s-%016llx", STR_ARG(p->stamp), (unsigned long long)hash);
}

const struct zone *
plan_zone(struct tx *tx)
{
	const struct zone *zone = zone_find(provider_of(tx).time_zone);

	return zone ? zone : zone_find(STR("Europe/Helsinki"));
}

struct plan
plan_make(struct tx *tx, const struct wheel_import *import, const struct school_year *y, enum lang lang)
{
	struct plan plan = {.names = wheel_names_read(tx, y, lang), .stamp = wheel_stamp_of(tx, y->id)};
	struct wheel_item_list items = wheel_items_of_year(tx, y->id);
	struct making m = {.tx = tx, .arena = tx->arena, .import = import, .plan = &plan};
	enum wheel_import_kind kind;
	struct str text;

	m.zone = plan_zone(tx);
	plan.there = wheel_wholes(tx, &plan.names, items);
	put_there(&m);
	if (!plan_file(tx->arena, import->file, &kind, &text, &plan.refused))
		return plan;
	switch (kind) {
	case WHEEL_IMPORT_KIND_CSV: read_table(&m, text); break;
	case WHEEL_IMPORT_KIND_ICS: read_calendar(&m, text); break;
	case WHEEL_IMPORT_KIND_NONE: break;
	}
	plan.seen = seen_of(tx->arena, &plan);
	return plan;
}
