#include "app/wheel/columns.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/sheet.h"
#include "lib/typed.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"

#include "app/wheel/import.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"    /* generated */
#include "app/wheel/wheel.texts.h"  /* generated */

enum { SAID_CHARS = 60 };

struct wheel_names
wheel_names_read(struct tx *tx, const struct school_year *y, enum lang lang)
{
	return (struct wheel_names){*y, wheel_rings_ever(tx), duties_all(tx), people_here(tx, lang),
	    framework_measures(tx), campus_all(tx), lang};
}

/* --- items whole -------------------------------------------------------------------------------------- */

static int64_t
measure_bit(const struct wheel_names *names, measure_id id)
{
	for (size_t i = 0; i < names->measures.n && i < WHEEL_BITS_MAX; i++)
		if (names->measures.at[i].id.n == id.n)
			return INT64_C(1) << i;
	return 0;
}

/* The first of those that belong to an item, in a list that is ordered by items. */
#define FIRST_OF(list, member, number, place) \
	do { \
		size_t low_ = 0, high_ = (list).n; \
		while (low_ < high_) { \
			size_t middle_ = low_ + (high_ - low_) / 2; \
			if ((list).at[middle_].member.n < (number)) \
				low_ = middle_ + 1; \
			else \
				high_ = middle_; \
		} \
		(place) = low_; \
	} while (0)

struct wheel_whole_list
wheel_wholes(struct tx *tx, const struct wheel_names *names, struct wheel_item_list items)
{
	struct wheel_whole_list list = {ARENA_ARRAY(tx->arena, struct wheel_whole, items.n), items.n};
	struct wheel_item_scope_list scopes = wheel_scopes_of_year(tx, names->year.id);
	struct wheel_item_measure_list measures = wheel_item_measures_of_year(tx, names->year.id);
	struct wheel_series_list series = wheel_series_of_year(tx, names->year.id);

	for (size_t i = 0; i < items.n; i++) {
		struct wheel_whole *w = &list.at[i];
		int64_t id = items.at[i].id.n;
		size_t k;

		w->item = &items.at[i];
		FIRST_OF(scopes, item, id, k);
		for (; k < scopes.n && scopes.at[k].item.n == id; k++)
			if (campus_in(names->campuses, scopes.at[k].campus))
				ids_add(tx->arena, &w->campuses, scopes.at[k].campus.n);
		FIRST_OF(measures, item, id, k);
		for (; k < measures.n && measures.at[k].item.n == id; k++)
			w->measures |= measure_bit(names, measures.at[k].measure);
		FIRST_OF(series, id, items.at[i].series.n, k);
		need(k < series.n);
		w->every = series.at[k].every;
	}
	return list;
}

struct wheel_item_form
wheel_whole_form(const struct wheel_whole *w)
{
	const struct wheel_item *i = w->item;

	return (struct wheel_item_form){
		.title = i->title,
		.sentence = i->sentence,
		.description = i->description,
		.ring = i->ring.n,
		.timing = i->timing,
		.week = i->timing == WHEEL_ITEM_TIMING_WEEK ? i->week : 0,
		.anchor = i->anchor,
		.starts = i->starts,
		.ends = i->ends,
		.repeats = i->repeats,
		.repeats_until = i->repeats_until,
		.duty = i->duty.n,
		.person = i->person.n,
		.answers = i->answers,
		.every = w->every,
		.core = i->core,
		.guardians = i->guardians,
		.measures = w->measures,
		.campuses = w->campuses,
		.version = i->version,
	};
}

/* --- keys ----------------------------------------------------------------------------------------------- */

/* "@nuotio.example", or without an address of its own "@nuotio". */
static struct str
house(struct arena *a)
{
	struct str rest = mail_link(a, STR("/")), scheme = str_cut(&rest, '/');

	if (scheme.n == 0)
		return STR("@nuotio");
	str_cut(&rest, '/');
	return str_fmt(a, "@%.*s", STR_ARG(str_cut(&rest, '/')));
}

struct str
wheel_item_key(struct arena *a, const struct wheel_item *item)
{
	return item->uid.n ? item->uid : str_fmt(a, "wheel-%lld%.*s", (long long)item->id.n, STR_ARG(house(a)));
}

/* --- headings ------------------------------------------------------------------------------------------- */

struct said
wheel_column_words(enum wheel_column column)
{
	switch (column) {
	case COLUMN_KEY: return said(T_WHEEL_COLUMN_KEY);
	case COLUMN_RING: return said(T_WHEEL_RING);
	case COLUMN_WEEK: return said(T_WHEEL_COLUMN_WEEK);
	case COLUMN_STARTS: return said(T_WHEEL_FIELD_STARTS);
	case COLUMN_ENDS: return said(T_WHEEL_FIELD_ENDS);
	case COLUMN_ANCHOR: return said(T_WHEEL_COLUMN_ANCHOR);
	case COLUMN_REPEATS: return said(T_WHEEL_REPEATS);
	case COLUMN_REPEATS_UNTIL: return said(T_WHEEL_REPEATS_UNTIL);
	case COLUMN_EVERY: return said(T_WHEEL_EVERY);
	case COLUMN_DUTY: return said(T_WHEEL_RESPONSIBLE);
	case COLUMN_ANSWERS: return said(T_WHEEL_COLUMN_ANSWERS);
	case COLUMN_CORE: return said(T_WHEEL_COLUMN_CORE);
	case COLUMN_GUARDIANS: return said(T_WHEEL_COLUMN_GUARDIANS);
	case COLUMN_MEASURES: return said(T_WHEEL_COLUMN_MEASURES);
	case COLUMN_CAMPUSES: return said(T_WHEEL_SCOPE);
	case COLUMN_OWN: return said(T_WHEEL_COLUMN_OWN);
	case COLUMN_PERSON: return said(T_WHEEL_COLUMN_PERSON);
	case COLUMN_TITLE:
	case COLUMN_SENTENCE:
	case COLUMN_DESCRIPTION:
	case WHEEL_COLUMNS: break;
	}
	if (column >= COLUMN_SENTENCE && column < COLUMN_SENTENCE + LANG_COUNT)
		return t_wheel_column_sentence(str_of(lang_code((enum lang)(column - COLUMN_SENTENCE))));
	if (column >= COLUMN_TITLE && column < COLUMN_TITLE + LANG_COUNT)
		return t_wheel_column_title(str_of(lang_code((enum lang)(column - COLUMN_TITLE))));
	need(column >= COLUMN_DESCRIPTION && column < COLUMN_DESCRIPTION + LANG_COUNT);
	return t_wheel_column_description(str_of(lang_code((enum lang)(column - COLUMN_DESCRIPTION))));
}

/* Letters of our languages in lower case, byte by byte: those after c3 too. */
static unsigned char
folded(struct str s, size_t i)
{
	unsigned char c = (unsigned char)s.p[i];

	if (c >= 'A' && c <= 'Z')
		return (unsigned char)(c + 32);
	if (i && (unsigned char)s.p[i - 1] == 0xc3 && c >= 0x80 && c <= 0x9e && c != 0x97)
		return (unsigned char)(c + 32);
	return c;
}

static bool
same_word(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (folded(a, i) != folded(b, i))
			return false;
	return true;
}

static bool
is_said(struct arena *a, struct str word, struct said words)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (same_word(word, said_plain(a, l, words)))
			return true;
	return false;
}

int
wheel_column_of(struct arena *a, struct str heading)
{
	heading = typed_text(a, heading, false);
	for (int c = 0; c < WHEEL_COLUMNS; c++)
		if (is_said(a, heading, wheel_column_words((enum wheel_column)c)))
			return c;
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		if (same_word(heading, said_plain(a, l, said(T_WHEEL_FIELD_TITLE))))
			return COLUMN_TITLE + (int)l;
		if (same_word(heading, said_plain(a, l, said(T_WHEEL_FIELD_SENTENCE))))
			return COLUMN_SENTENCE + (int)l;
		if (same_word(heading, said_plain(a, l, said(T_WHEEL_FIELD_DESCRIPTION))))
			return COLUMN_DESCRIPTION + (int)l;
	}
	return COLUMN_NONE;
}

/* --- words ---------------------------------------------------------------------------------------------- */

static const struct text *
every_words(enum wheel_series_every every)
{
	switch (every) {
	case WHEEL_SERIES_EVERY_YEAR: return T_WHEEL_EVERY_YEAR;
	case WHEEL_SERIES_EVERY_ODD: return T_WHEEL_EVERY_ODD;
	case WHEEL_SERIES_EVERY_EVEN: return T_WHEEL_EVERY_EVEN;
	case WHEEL_SERIES_EVERY_NONE: break;
	}
	need(0 && "how often");
	return NULL;
}

static const struct text *
answers_words(enum wheel_item_answers answers)
{
	switch (answers) {
	case WHEEL_ITEM_ANSWERS_CAMPUS: return T_WHEEL_ANSWERS_CAMPUS;
	case WHEEL_ITEM_ANSWERS_PROVIDER: return T_WHEEL_ANSWERS_PROVIDER;
	case WHEEL_ITEM_ANSWERS_NOBODY: return T_WHEEL_ANSWERS_NOBODY;
	case WHEEL_ITEM_ANSWERS_NONE: break;
	}
	need(0 && "who answers");
	return NULL;
}

static const struct text *
repeats_words(enum wheel_item_repeats repeats)
{
	switch (repeats) {
	case WHEEL_ITEM_REPEATS_NO: return T_WHEEL_REPEATS_NO;
	case WHEEL_ITEM_REPEATS_WEEK: return T_WHEEL_REPEATS_WEEK;
	case WHEEL_ITEM_REPEATS_MONTH: return T_WHEEL_REPEATS_MONTH;
	case WHEEL_ITEM_REPEATS_SECOND_MONTH: return T_WHEEL_REPEATS_SECOND_MONTH;
	case WHEEL_ITEM_REPEATS_NONE: break;
	}
	need(0 && "whether it repeats");
	return NULL;
}

static bool
is_named(struct str word, struct texts name)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (name.at[l].n && same_word(word, name.at[l]))
			return true;
	return false;
}

static void
push(struct arena *a, struct str_list *list, size_t *cap, struct str word)
{
	list->at = arena_grow(a, list->at, list->n, 1, sizeof word, cap);
	list->at[list->n++] = word;
}

struct str_list
wheel_column_allows(struct arena *a, const struct wheel_names *names, enum wheel_column column)
{
	struct str_list list = {0};
	size_t cap = 0;

	if (column == COLUMN_RING)
		for (size_t i = 0; i < names->rings.n; i++) {
			if (names->rings.at[i].cancelled_at.s == 0)
				push(a, &list, &cap, texts_in(names->rings.at[i].name, names->lang).text);
		}
	else if (column == COLUMN_DUTY)
		for (size_t i = 0; i < names->duties.n; i++)
			push(a, &list, &cap, texts_in(names->duties.at[i].name, names->lang).text);
	else if (column == COLUMN_CAMPUSES || column == COLUMN_OWN)
		for (size_t i = 0; i < names->campuses.n; i++)
			push(a, &list, &cap, texts_in(names->campuses.at[i].name, names->lang).text);
	else if (column == COLUMN_MEASURES)
		for (size_t i = 0; i < names->measures.n; i++)
			push(a, &list, &cap, names->measures.at[i].key);
	else if (column == COLUMN_EVERY)
		for (int i = 1; i < WHEEL_SERIES_EVERY_COUNT; i++)
			push(a, &list, &cap,
			    said_plain(a, names->lang, said(every_words((enum wheel_series_every)i))));
	else if (column == COLUMN_ANSWERS)
		for (int i = 1; i < WHEEL_ITEM_ANSWERS_COUNT; i++)
			push(a, &list, &cap,
			    said_plain(a, names->lang, said(answers_words((enum wheel_item_answers)i))));
	else if (column == COLUMN_REPEATS)
		for (int i = 1; i < WHEEL_ITEM_REPEATS_COUNT; i++)
			push(a, &list, &cap,
			    said_plain(a, names->lang, said(repeats_words((enum wheel_item_repeats)i))));
	else if (column == COLUMN_CORE || column == COLUMN_GUARDIANS) {
		push(a, &list, &cap, said_plain(a, names->lang, said(T_WHEEL_COLUMN_YES)));
		push(a, &list, &cap, said_plain(a, names->lang, said(T_WHEEL_COLUMN_NO)));
	}
	return list;
}

static struct str
all_words(struct arena *a, const struct wheel_names *names, enum wheel_column column)
{
	struct str_list list = wheel_column_allows(a, names, column);

	return str_join(a, STR(", "), list.at, list.n);
}

/* --- writing -------------------------------------------------------------------------------------------- */

static struct str
yes_or_no(struct arena *a, const struct wheel_names *names, bool yes)
{
	return said_plain(a, names->lang, said(yes ? T_WHEEL_COLUMN_YES : T_WHEEL_COLUMN_NO));
}

static struct str
iso(struct arena *a, struct date day)
{
	char z[11];

	return str_copy(a, str_of(date_iso(day, z)));
}

/* With commas between them. */
static struct str
measures_words(struct arena *a, const struct wheel_names *names, int64_t bits)
{
	struct str_list all = wheel_column_allows(a, names, COLUMN_MEASURES);
	size_t n = 0;

	for (size_t i = 0; i < all.n && i < WHEEL_BITS_MAX; i++)
		if (bits & INT64_C(1) << i)
			all.at[n++] = all.at[i];
	return str_join(a, STR(", "), all.at, n);
}

static struct str
campuses_words(struct arena *a, const struct wheel_names *names, struct ids campuses)
{
	struct str_list all = wheel_column_allows(a, names, COLUMN_CAMPUSES);
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		if (ids_has(campuses, names->campuses.at[i].id.n))
			all.at[n++] = all.at[i];
	return str_join(a, STR(", "), all.at, n);
}

static struct str
cell_of(struct arena *a, const struct wheel_names *names, const struct wheel_whole *w, enum wheel_column column)
{
	const struct wheel_item *i = w->item;
	const struct duty *duty;
	const struct campus *campus;
	const struct person *person;

	switch (column) {
	case COLUMN_KEY: return wheel_item_key(a, i);
	case COLUMN_RING:
		for (size_t k = 0; k < names->rings.n; k++)
			if (names->rings.at[k].id.n == i->ring.n)
				return texts_in(names->rings.at[k].name, names->lang).text;
		return STR("");
	case COLUMN_WEEK:
		return i->timing == WHEEL_ITEM_TIMING_WEEK ? str_fmt(a, "%lld", (long long)i->week) : STR("");
	case COLUMN_STARTS: return iso(a, i->starts);
	case COLUMN_ENDS: return iso(a, i->ends);
	case COLUMN_ANCHOR: return i->anchor;
	case COLUMN_REPEATS: return said_plain(a, names->lang, said(repeats_words(i->repeats)));
	case COLUMN_REPEATS_UNTIL: return iso(a, i->repeats_until);
	case COLUMN_EVERY: return said_plain(a, names->lang, said(every_words(w->every)));
	case COLUMN_DUTY:
		duty = duty_in(names->duties, i->duty);
		return duty ? texts_in(duty->name, names->lang).text : STR("");
	case COLUMN_ANSWERS: return said_plain(a, names->lang, said(answers_words(i->answers)));
	case COLUMN_CORE: return yes_or_no(a, names, i->core);
	case COLUMN_GUARDIANS: return yes_or_no(a, names, i->guardians);
	case COLUMN_MEASURES: return measures_words(a, names, w->measures);
	case COLUMN_CAMPUSES: return campuses_words(a, names, w->campuses);
	case COLUMN_OWN:
		campus = campus_in(names->campuses, i->campus);
		return campus ? texts_in(campus->name, names->lang).text : STR("");
	case COLUMN_PERSON:
		person = person_in(names->people, i->person);
		return person ? person->name : STR("");
	case COLUMN_TITLE:
	case COLUMN_SENTENCE:
	case COLUMN_DESCRIPTION:
	case WHEEL_COLUMNS: break;
	}
	return column < COLUMN_RING ? i->title.at[column - COLUMN_TITLE]
	    : column < COLUMN_DESCRIPTION ? i->sentence.at[column - COLUMN_SENTENCE]
	    : i->description.at[column - COLUMN_DESCRIPTION];
}

static enum sheet_kind
kind_of(enum wheel_column column)
{
	return column == COLUMN_STARTS || column == COLUMN_ENDS || column == COLUMN_REPEATS_UNTIL ? SHEET_DATE
	    : column == COLUMN_WEEK ? SHEET_NUMBER : SHEET_TEXT;
}

const struct sheet *
wheel_sheet(struct arena *a, const struct wheel_names *names, struct wheel_whole_list items, struct str name,
    bool with_people)
{
	size_t columns = with_people ? WHEEL_COLUMNS : COLUMN_PERSON;
	struct sheet_column *column = ARENA_ARRAY(a, struct sheet_column, columns);
	struct str *cell = ARENA_ARRAY(a, struct str, columns * items.n);
	struct sheet *sheet = ARENA_NEW(a, struct sheet);

	for (size_t k = 0; k < columns; k++)
		column[k] = (struct sheet_column){
		    said_plain(a, names->lang, wheel_column_words((enum wheel_column)k)),
		    kind_of((enum wheel_column)k)};
	for (size_t i = 0; i < items.n; i++)
		for (size_t k = 0; k < columns; k++)
			cell[i * columns + k] = cell_of(a, names, &items.at[i], (enum wheel_column)k);
	*sheet = (struct sheet){name, column, columns, cell, items.n};
	return sheet;
}

struct str
wheel_line_write(struct arena *a, const struct wheel_names *names, const struct wheel_whole *w)
{
	struct out o = out_new(a);

	for (size_t k = 0; k < WHEEL_COLUMNS; k++)
		csv_cell(&o, cell_of(a, names, w, (enum wheel_column)k), k == 0);
	return out_text(&o);
}

/* --- reading -------------------------------------------------------------------------------------------- */

static size_t
cell_at(const struct wheel_row_in *in, enum wheel_column column)
{
	for (size_t k = 0; k < in->row.n; k++)
		if (in->column_of[k] == (int)column)
			return k;
	return SIZE_MAX;
}

/* Whether the table has the column; a row that ends before it has an empty cell there. */
static bool
has(const struct wheel_row_in *in, enum wheel_column column)
{
	return cell_at(in, column) != SIZE_MAX;
}

struct str
wheel_row_cell(const struct wheel_row_in *in, enum wheel_column column)
{
	size_t k = cell_at(in, column);

	return k == SIZE_MAX ? STR("") : typed_text(in->arena, in->row.at[k], column >= COLUMN_DESCRIPTION);
}

void
wheel_row_wrong(struct wheel_row_in *in, enum wheel_column column, struct said words)
{
	if (in->problems < WHEEL_COLUMNS)
		in->problem[in->problems++] = (struct wheel_row_problem){
		    column == WHEEL_COLUMNS ? SIZE_MAX : cell_at(in, column), words};
}

/* So much of a cell as fits into a sentence. */
static struct str
cited(struct arena *a, struct str cell)
{
	struct str few = str_prefix_chars(cell, SAID_CHARS);

	return few.n == cell.n ? cell : str_fmt(a, "%.*s…", STR_ARG(few));
}

static void
read_texts(struct wheel_row_in *in, enum wheel_column first, size_t most, struct texts *to)
{
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		enum wheel_column column = (enum wheel_column)((int)first + (int)l);
		struct str cell = wheel_row_cell(in, column);

		if (!has(in, column))
			continue;
		to->at[l] = cell;
		if (str_chars(cell) > most)
			wheel_row_wrong(in, column, t_wheel_row_too_long((int64_t)most, (int64_t)str_chars(cell)));
	}
}

/* One that was retired stays what an item has, and becomes no other's. */
static void
read_ring(struct wheel_row_in *in, struct wheel_item_form *f)
{
	struct str word = wheel_row_cell(in, COLUMN_RING);

	if (word.n == 0)
		return;
	for (size_t i = 0; i < in->names->rings.n; i++) {
		const struct wheel_ring *ring = &in->names->rings.at[i];

		if ((is_named(word, ring->name) || same_word(word, ring->key)) &&
		    (ring->cancelled_at.s == 0 || f->ring == ring->id.n)) {
			f->ring = ring->id.n;
			return;
		}
	}
	wheel_row_wrong(in, COLUMN_RING, t_wheel_row_no_ring(cited(in->arena, word),
	    all_words(in->arena, in->names, COLUMN_RING)));
}

static void
read_duty(struct wheel_row_in *in, struct wheel_item_form *f)
{
	struct str word = wheel_row_cell(in, COLUMN_DUTY);

	if (!has(in, COLUMN_DUTY))
		return;
	f->duty = 0;
	for (size_t i = 0; word.n && i < in->names->duties.n; i++)
		if (is_named(word, in->names->duties.at[i].name) || same_word(word, in->names->duties.at[i].key)) {
			f->duty = in->names->duties.at[i].id.n;
			return;
		}
	if (word.n)
		wheel_row_wrong(in, COLUMN_DUTY, t_wheel_row_no_duty(cited(in->arena, word)));
}

static void
read_person(struct wheel_row_in *in, struct wheel_item_form *f)
{
	struct str word = wheel_row_cell(in, COLUMN_PERSON);
	int found = 0;

	if (!has(in, COLUMN_PERSON))
		return;
	f->person = 0;
	for (size_t i = 0; word.n && i < in->names->people.n; i++) {
		const struct person *p = &in->names->people.at[i];

		if (same_word(word, p->email) || same_word(word, p->name)) {
			f->person = p->id.n;
			found++;
		}
	}
	if (word.n && found != 1)
		wheel_row_wrong(in, COLUMN_PERSON, found ? t_wheel_row_two_people(cited(in->arena, word))
		    : t_wheel_row_no_person(cited(in->arena, word)));
}

static struct date read_day(struct wheel_row_in *in, enum wheel_column column);

static void
read_repeats(struct wheel_row_in *in, struct wheel_item_form *f)
{
	struct str word = wheel_row_cell(in, COLUMN_REPEATS);
	int found = word.n ? WHEEL_ITEM_REPEATS_NONE : WHEEL_ITEM_REPEATS_NO;

	for (int i = 1; word.n && i < WHEEL_ITEM_REPEATS_COUNT; i++)
		if (is_said(in->arena, word, said(repeats_words((enum wheel_item_repeats)i))))
			found = i;
	if (found == WHEEL_ITEM_REPEATS_NONE) {
		wheel_row_wrong(in, COLUMN_REPEATS, t_wheel_row_other_word(cited(in->arena, word),
		    all_words(in->arena, in->names, COLUMN_REPEATS)));
		return;
	}
	if (has(in, COLUMN_REPEATS))
		f->repeats = found;
	if (has(in, COLUMN_REPEATS_UNTIL))
		f->repeats_until = read_day(in, COLUMN_REPEATS_UNTIL);
	if (f->repeats <= WHEEL_ITEM_REPEATS_NO)
		f->repeats_until = (struct date){0};
	if (f->repeats_until.day && f->repeats_until.day < wheel_item_days(&in->names->year, f).first.day)
		wheel_row_wrong(in, COLUMN_REPEATS_UNTIL, said(T_WHEEL_REPEATS_UNTIL_BEFORE));
}

static void
read_every(struct wheel_row_in *in, struct wheel_item_form *f)
{
	struct str word = wheel_row_cell(in, COLUMN_EVERY);

	for (int i = 1; word.n && i < WHEEL_SERIES_EVERY_COUNT; i++)
		if (is_said(in->arena, word, said(every_words((enum wheel_series_every)i)))) {
			f->every = i;
			return;
		}
	if (word.n)
		wheel_row_wrong(in, COLUMN_EVERY, t_wheel_row_other_word(cited(in->arena, word),
		    all_words(in->arena, in->names, COLUMN_EVERY)));
}

static void
read_answers(struct wheel_row_in *in, struct wheel_item_form *f, bool own)
{
	struct str word = wheel_row_cell(in, COLUMN_ANSWERS);
	int found = 0;

	for (int i = 1; word.n && i < WHEEL_ITEM_ANSWERS_COUNT; i++)
		if (is_said(in->arena, word, said(answers_words((enum wheel_item_answers)i))))
			found = i;
	if (word.n && is_said(in->arena, word, said(T_WHEEL_ANSWERS_OWN)))
		found = WHEEL_ITEM_ANSWERS_CAMPUS;
	if (found)
		f->answers = found;
	else if (word.n)
		wheel_row_wrong(in, COLUMN_ANSWERS, t_wheel_row_other_word(cited(in->arena, word),
		    all_words(in->arena, in->names, COLUMN_ANSWERS)));
	if (own && f->answers == WHEEL_ITEM_ANSWERS_PROVIDER)
		wheel_row_wrong(in, COLUMN_ANSWERS, said(T_WHEEL_ROW_OWN_ANSWERS));
}

static void
read_yes(struct wheel_row_in *in, enum wheel_column column, bool *is)
{
	struct str word = wheel_row_cell(in, column);
	bool yes = str_is(word, "1") || same_word(word, STR("x")) ||
	    is_said(in->arena, word, said(T_WHEEL_COLUMN_YES));

	if (!has(in, column))
		return;
	*is = yes;
	if (word.n && !yes && !str_is(word, "0") && !is_said(in->arena, word, said(T_WHEEL_COLUMN_NO)))
		wheel_row_wrong(in, column, t_wheel_row_other_word(cited(in->arena, word),
		    all_words(in->arena, in->names, column)));
}

static size_t
measure_at(const struct wheel_names *names, struct str word)
{
	size_t i = 0;

	while (i < names->measures.n && !same_word(word, names->measures.at[i].key) &&
	    !is_named(word, names->measures.at[i].title))
		i++;
	return i < names->measures.n && i < WHEEL_BITS_MAX ? i : SIZE_MAX;
}

static size_t
campus_at(const struct wheel_names *names, struct str word)
{
	size_t i = 0;

	while (i < names->campuses.n && !same_word(word, names->campuses.at[i].slug) &&
	    !is_named(word, names->campuses.at[i].name))
		i++;
	return i < names->campuses.n ? i : SIZE_MAX;
}

/* The next of the words with commas or semicolons between them; false: there is none. */
static bool
next_word(struct str *rest, struct str *word)
{
	do {
		size_t comma = str_find(*rest, ','), semicolon = str_find(*rest, ';');

		*word = str_trim(str_cut(rest, comma < semicolon ? ',' : ';'));
	} while (word->n == 0 && rest->n);
	return word->n > 0;
}

static void
other_word(struct wheel_row_in *in, enum wheel_column column, struct str word)
{
	wheel_row_wrong(in, column, t_wheel_row_other_word(cited(in->arena, word),
	    all_words(in->arena, in->names, column)));
}

static void
read_measures(struct wheel_row_in *in, int64_t *bits)
{
	struct str rest = wheel_row_cell(in, COLUMN_MEASURES), word;

	if (!has(in, COLUMN_MEASURES))
		return;
	*bits = 0;
	while (next_word(&rest, &word)) {
		size_t i = measure_at(in->names, word);

		if (i < WHEEL_BITS_MAX)
			*bits |= INT64_C(1) << i;
		else
			other_word(in, COLUMN_MEASURES, word);
	}
}

static void
read_campuses(struct wheel_row_in *in, struct ids *campuses)
{
	struct str rest = wheel_row_cell(in, COLUMN_CAMPUSES), word;

	if (!has(in, COLUMN_CAMPUSES))
		return;
	*campuses = (struct ids){0};
	while (next_word(&rest, &word)) {
		size_t i = campus_at(in->names, word);

		if (i < in->names->campuses.n)
			ids_add(in->arena, campuses, in->names->campuses.at[i].id.n);
		else
			other_word(in, COLUMN_CAMPUSES, word);
	}
}

static void
read_own(struct wheel_row_in *in, campus_id *own)
{
	struct str word = wheel_row_cell(in, COLUMN_OWN);
	size_t i = campus_at(in->names, word);

	if (in->own.n) {
		*own = in->own;
		return;
	}
	if (!has(in, COLUMN_OWN))
		return;
	*own = (campus_id){0};
	if (word.n && i == SIZE_MAX)
		wheel_row_wrong(in, COLUMN_OWN, t_wheel_row_other_word(cited(in->arena, word),
		    all_words(in->arena, in->names, COLUMN_OWN)));
	else if (word.n)
		*own = in->names->campuses.at[i].id;
}

/* --- when ------------------------------------------------------------------------------------------------ */

/* What stands beside a week may lie outside the year, since the last one of a year goes on over its end. */
static struct date
read_day_of(struct wheel_row_in *in, enum wheel_column column, bool anywhere)
{
	struct str word = wheel_row_cell(in, column);
	const struct school_year *y = &in->names->year;
	struct date middle = date_add_days(y->starts, date_days_between(y->starts, y->ends) / 2), day, other;

	if (word.n == 0)
		return (struct date){0};
	switch (typed_day_of(word, middle, &day, &other)) {
	case TYPED_NO_DAY:
		wheel_row_wrong(in, column, t_wheel_row_no_day(cited(in->arena, word)));
		return (struct date){0};
	case TYPED_TWO_DAYS:
		wheel_row_wrong(in, column, t_wheel_row_two_days(cited(in->arena, word), day, other));
		return (struct date){0};
	case TYPED_ONE_DAY: break;
	}
	if (!anywhere && (day.day < y->starts.day || day.day > y->ends.day)) {
		wheel_row_wrong(in, column, t_wheel_row_outside(day, y->starts, y->ends));
		return (struct date){0};
	}
	return day;
}

static struct date
read_day(struct wheel_row_in *in, enum wheel_column column)
{
	return read_day_of(in, column, false);
}

/* "36", "vk 36", "v. 36", "viikko 36", "2026-W36": the number at its end. */
static bool
read_week(struct wheel_row_in *in, int64_t *week)
{
	struct str word = wheel_row_cell(in, COLUMN_WEEK);
	size_t from = word.n;

	while (from && word.p[from - 1] >= '0' && word.p[from - 1] <= '9')
		from--;
	if (str_int(str_sub(word, from, word.n), week) && *week >= 1 && *week <= 53 &&
	    (from == 0 || !(word.p[from - 1] == ',' || word.p[from - 1] == '-')))
		return true;
	wheel_row_wrong(in, COLUMN_WEEK, t_wheel_row_no_week(cited(in->arena, word)));
	return false;
}

/* "11-20", or as people write a day. */
static bool
read_anchor(struct wheel_row_in *in, struct str *anchor)
{
	struct str word = wheel_row_cell(in, COLUMN_ANCHOR);
	struct date other, day;

	*anchor = word;
	if (!date_is_anchor(word) && typed_day_of(word, in->names->year.starts, &day, &other) == TYPED_ONE_DAY)
		*anchor = str_fmt(in->arena, "%02d-%02d", date_parts(day).month, date_parts(day).day);
	if (date_is_anchor(*anchor))
		return true;
	wheel_row_wrong(in, COLUMN_ANCHOR, t_wheel_row_no_day(cited(in->arena, word)));
	return false;
}

/* A week with days beside it, as an export writes it: both say the same, or nobody knows which is meant. */
static void
compare_days(struct wheel_row_in *in, const struct wheel_item_form *f, enum wheel_column said_by)
{
	struct span days = wheel_item_days(&in->names->year, f);
	size_t before = in->problems;
	struct date starts = read_day_of(in, COLUMN_STARTS, true), ends = read_day_of(in, COLUMN_ENDS, true);

	if (in->problems > before)
		return;
	if ((starts.day && (starts.day < days.first.day || starts.day > days.last.day)) ||
	    (ends.day && (ends.day < days.first.day || ends.day > days.last.day)))
		wheel_row_wrong(in, said_by, t_wheel_row_week_and_days(days.first, days.last));
}

static void
read_dates(struct wheel_row_in *in, struct wheel_item_form *f)
{
	size_t before = in->problems;
	struct date starts = read_day(in, COLUMN_STARTS), ends = read_day(in, COLUMN_ENDS);

	if (in->problems > before)
		return;
	if (starts.day == 0) {
		wheel_row_wrong(in, has(in, COLUMN_STARTS) ? COLUMN_STARTS : WHEEL_COLUMNS,
		    said(T_WHEEL_ROW_DAYS_MISSING));
		return;
	}
	if (ends.day && ends.day < starts.day) {
		wheel_row_wrong(in, COLUMN_ENDS, said(T_WHEEL_ENDS_BEFORE_STARTS));
		return;
	}
	f->timing = WHEEL_ITEM_TIMING_DATES;
	f->week = 0;
	f->anchor = STR("");
	f->starts = starts;
	f->ends = ends.day ? ends : starts;
}

static void
read_when(struct wheel_row_in *in, struct wheel_item_form *f)
{
	if (wheel_row_cell(in, COLUMN_ANCHOR).n) {
		if (!read_anchor(in, &f->anchor))
			return;
		f->timing = WHEEL_ITEM_TIMING_ANCHOR;
		f->week = 0;
		compare_days(in, f, COLUMN_ANCHOR);
	} else if (wheel_row_cell(in, COLUMN_WEEK).n) {
		if (!read_week(in, &f->week))
			return;
		f->timing = WHEEL_ITEM_TIMING_WEEK;
		f->anchor = STR("");
		if (wheel_item_days(&in->names->year, f).first.day == 0)
			wheel_row_wrong(in, COLUMN_WEEK, t_wheel_week_not_there(f->week,
			    weeks_in_year(date_parts(in->names->year.starts).year)));
		else
			compare_days(in, f, COLUMN_WEEK);
	} else if (f->timing == 0 || wheel_row_cell(in, COLUMN_STARTS).n || has(in, COLUMN_WEEK)) {
		read_dates(in, f);
	}
}

void
wheel_row_read(struct wheel_row_in *in, struct wheel_item_form *f, campus_id *own)
{
	read_texts(in, COLUMN_TITLE, WHEEL_TITLE_CHARS, &f->title);
	read_texts(in, COLUMN_SENTENCE, WHEEL_SENTENCE_CHARS, &f->sentence);
	read_texts(in, COLUMN_DESCRIPTION, WHEEL_TEXT_CHARS, &f->description);
	if (texts_in(f->title, LANG_FI).text.n == 0)
		wheel_row_wrong(in, WHEEL_COLUMNS, said(T_WHEEL_ROW_TITLE_MISSING));
	read_own(in, own);
	read_ring(in, f);
	read_when(in, f);
	read_repeats(in, f);
	read_every(in, f);
	read_duty(in, f);
	read_person(in, f);
	read_answers(in, f, own->n != 0);
	if (own->n) { /* neither common nor for others */
		f->core = false;
		f->campuses = (struct ids){0};
	} else {
		read_yes(in, COLUMN_CORE, &f->core);
		read_campuses(in, &f->campuses);
	}
	read_yes(in, COLUMN_GUARDIANS, &f->guardians);
	read_measures(in, &f->measures);
}

bool
wheel_line_read(struct arena *a, const struct wheel_names *names, struct str line, campus_id own,
    struct wheel_item_form *form)
{
	struct csv csv = csv_read(a, line, (struct csv_limits){1, WHEEL_COLUMNS, line.n});
	int column[WHEEL_COLUMNS];
	struct wheel_row_in in = {.arena = a, .names = names, .column_of = column, .own = own};

	for (int k = 0; k < WHEEL_COLUMNS; k++)
		column[k] = k;
	if (csv.trouble != CSV_FINE)
		return false;
	in.row = csv.at[0];
	*form = (struct wheel_item_form){.ring = 0};
	wheel_row_read(&in, form, &own);
	return in.problems == 0 && form->ring && form->every && form->answers;
}
