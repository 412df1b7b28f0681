/* What a query gives back: SQLite tells where each column comes from, the author tells the type of the
 * rest. */
#include <string.h>

#include "tool/sqlgen.h"

struct collecting {
	struct sqlgen *g;
	struct query *q;
	sqlite3_stmt *s;
	struct result_column *column;
	size_t n, cap;
	int first; /* the statement's next column */
};

static struct place
item_place(const struct collecting *c, const struct item *item)
{
	return word_place(&c->q->sql.words, item->from);
}

static void
add_column(struct collecting *c, const struct item *item, struct str name, struct value is)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->column[i].name, name)) {
			mistake(c->g->run, item_place(c, item), "the column %.*s comes twice: call one of them "
			    "otherwise, … AS name", STR_ARG(name));
			return;
		}
	GROW(c->g, c->column, c->n, c->cap);
	c->column[c->n++] = (struct result_column){name, is, c->first};
}

static void
add_star(struct collecting *c, const struct item *item)
{
	const struct table *t = item->star->table;

	if (item->star->outer || c->q->sql.compound) {
		mistake(c->g->run, item_place(c, item), "%s: list the columns and their types, … AS \"name TYPE?\"",
		    c->q->sql.compound ? "a UNION hides where columns come from" :
		    "a LEFT JOIN may leave these columns empty");
		return;
	}
	for (size_t i = 0; i < t->columns; i++) {
		add_column(c, item, t->column[i].name, t->column[i].is);
		c->first += t->column[i].is.type == T_TEXTS ? LANGS : 1;
	}
}

/* The column of ours that column i comes from. *lang: it is a TEXTS in one language only. */
static const struct column *
origin(const struct collecting *c, int i, bool *lang)
{
	const char *table = sqlite3_column_table_name(c->s, i), *name = sqlite3_column_origin_name(c->s, i);
	const struct table *t = table ? table_find(c->g, str_of(table)) : NULL;
	struct str column = str_of(name);
	const struct column *found;

	*lang = false;
	if (!t || !name)
		return NULL;
	found = column_find(t, column);
	if (found || column.n < 4)
		return found;
	*lang = true;
	return column_find(t, str_sub(column, 0, column.n - 3)); /* title_fi */
}

/* Whether the column may come from the empty side of a LEFT JOIN: its own table's, where x.column says it. */
static bool
is_outer(const struct collecting *c, const struct item *item, const struct column *from)
{
	const struct words *w = &c->q->sql.words;
	const struct mention *m = NULL;
	int end = item->label == NOWHERE ? item->to : item->label - 1;

	if (word_is(w, item->from + 1, ".") && end == item->from + 3)
		m = mention_find(&c->q->sql, word_at(w, item->from)->text);
	if (m && m->table == from->table)
		return m->outer;
	for (size_t i = 0; i < c->q->sql.mentions; i++)
		if (c->q->sql.mention[i].outer && c->q->sql.mention[i].table == from->table)
			return true;
	return false;
}

static bool
same_type(struct value a, struct value b)
{
	return a.type == b.type && a.id == b.id;
}

/* The name and type in AS "name TYPE?". */
static bool
read_label(struct collecting *c, const struct item *item, struct str *name, struct value *is)
{
	const struct words *w = &c->q->sql.words;
	struct str label = word_inside(word_at(w, item->label));
	struct place at = word_place(w, item->label);
	size_t space = str_find(label, ' ');
	struct str type = str_trim(str_sub(label, space, label.n));
	bool maybe = str_ends(type, STR("?"));

	*name = str_copy(c->g->run->arena, str_sub(label, 0, space));
	if (!type.n) {
		mistake(c->g->run, at, "the type is missing: AS \"%.*s INT\"", STR_ARG(*name));
		return false;
	}
	if (maybe)
		type = str_sub(type, 0, type.n - 1);
	return name_check(c->g->run, at, *name, "a column", false) &&
	    value_read(c->g, at, type, maybe, is);
}

/* A type that is written must be the column's own, perhaps without its enum or as the number of an id. */
static void
check_written_type(struct collecting *c, const struct item *item, const struct column *from, bool lang,
    struct value is)
{
	struct place at = word_place(&c->q->sql.words, item->label);
	bool outer = is_outer(c, item, from), number = is.type == T_INT || is.type == T_REAL;

	if (lang ? is.type != T_TEXT : !same_type(from->is, is) && !(from->is.type == T_ID && is.type == T_INT))
		mistake(c->g->run, at, "%.*s of %.*s is %s %s, not this", STR_ARG(from->name),
		    STR_ARG(from->table->name), from->is.type == T_ID ? "the id of" : "of type",
		    lang ? "TEXT" : from->is.type == T_ID ? str_z(c->g->run->arena, from->is.id->name) :
		    type_names[from->is.type]);
	else if (is.words && from->is.words && is.words != from->is.words)
		mistake(c->g->run, at, "%.*s of %.*s has words of its own: %.*s", STR_ARG(from->name),
		    STR_ARG(from->table->name), STR_ARG(enum_name(c->g, from->is.words)));
	else if (number && !is.maybe && (outer || from->is.maybe))
		mistake(c->g->run, at, "this number may be NULL: its type ends with ?");
}

/* What a column needs in AS "name TYPE". Text and truth are never NULL in C: empty, or false. */
static struct str
type_to_write(struct collecting *c, const struct item *item, const struct column *from, bool lang)
{
	enum sql_type type = lang ? T_TEXT : from->is.type;
	bool never = type == T_TEXT || type == T_BOOL || type == T_BLOB || type == T_JSON;
	struct str name = type == T_ID ? from->is.id->name : from->is.words ? enum_name(c->g, from->is.words) :
	    str_of(type_names[type]);

	return never || !(from->is.maybe || is_outer(c, item, from)) ? name :
	    str_fmt(c->g->run->arena, "%.*s?", STR_ARG(name));
}

static void
add_single(struct collecting *c, const struct item *item)
{
	const struct words *w = &c->q->sql.words;
	struct out o = out_new(c->g->run->arena);
	struct str name = str_copy(c->g->run->arena, str_of(sqlite3_column_name(c->s, c->first)));
	struct value is = {0};
	bool lang;
	const struct column *from = origin(c, c->first, &lang);

	if (item->typed) {
		if (!read_label(c, item, &name, &is))
			return;
		if (is.type == T_TEXTS) {
			mistake(c->g->run, word_place(w, item->label), "only a column that is TEXTS can be one here");
			return;
		}
		if (from && !c->q->sql.compound)
			check_written_type(c, item, from, lang, is);
		add_column(c, item, name, is);
		return;
	}
	words_write(&o, w, item->from, item->label == NOWHERE ? item->to : item->label - 1);
	if (!from || c->q->sql.compound || is_outer(c, item, from)) {
		mistake(c->g->run, item_place(c, item), "%s: write %.*s AS \"%.*s %.*s\"",
		    !from ? "SQLite does not know the type of this" : c->q->sql.compound
		    ? "a UNION hides where columns come from" : "a LEFT JOIN may leave this empty",
		    STR_ARG(str_sub(out_text(&o), 0, 80)),
		    STR_ARG(item->label != NOWHERE || from ? name : STR("name")),
		    STR_ARG(from ? type_to_write(c, item, from, lang) : STR("TYPE")));
		return;
	}
	if (!name_check(c->g->run, item_place(c, item), name, "a column", false))
		return;
	is = from->is;
	if (lang)
		is = (struct value){.type = T_TEXT};
	add_column(c, item, name, is);
}

/* Three columns of the same TEXTS. Empty where there is no row, so LEFT JOIN needs no type. */
static void
add_texts(struct collecting *c, const struct item *item)
{
	struct str name = str_copy(c->g->run->arena, str_of(sqlite3_column_name(c->s, c->first)));

	if (item->typed) {
		struct str label = word_inside(word_at(&c->q->sql.words, item->label));
		size_t space = str_find(label, ' ');

		if (!str_is(str_sub(label, space, label.n), " TEXTS"))
			mistake(c->g->run, word_place(&c->q->sql.words, item->label),
			    "this is TEXTS: AS \"%.*s TEXTS\"", STR_ARG(str_sub(label, 0, space)));
	}
	if (name.n > 3)
		name = str_sub(name, 0, name.n - 3);
	if (name_check(c->g->run, item_place(c, item), name, "a column", false))
		add_column(c, item, name, (struct value){.type = T_TEXTS});
}

static void
collect(struct collecting *c)
{
	size_t n;
	struct item *item = items_read(c->g, &c->q->sql, &n);
	int columns = sqlite3_column_count(c->s), wanted = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; item[i].star && k < item[i].star->table->columns; k++)
			wanted += item[i].star->table->column[k].is.type == T_TEXTS ? LANGS : 1;
	for (size_t i = 0; i < n; i++)
		wanted += item[i].star ? 0 : item[i].texts ? LANGS : 1;
	if (wanted != columns) {
		mistake(c->g->run, place_at(c->q->in, c->q->sql_at),
		    "the columns cannot be told apart: write each as alias.column AS name");
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (item[i].star) {
			add_star(c, &item[i]);
		} else if (item[i].texts) {
			add_texts(c, &item[i]);
			c->first += LANGS;
		} else {
			add_single(c, &item[i]);
			c->first++;
		}
	}
	if (columns > COLUMNS_MAX)
		mistake(c->g->run, place_at(c->q->in, c->q->at), "more than %d columns", COLUMNS_MAX);
}

/* --- rows -------------------------------------------------------------------------------------------------------- */

/* The same type in C. */
static bool
same_field(const struct result_column *a, const struct result_column *b)
{
	bool number = a->is.type == T_INT || a->is.type == T_REAL;

	return str_eq(a->name, b->name) && same_type(a->is, b->is) && a->is.words == b->is.words &&
	    (!number || a->is.maybe == b->is.maybe);
}

static struct row *
row_find(struct sqlgen *g, struct str name)
{
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->rows; k++)
			if (str_eq(g->folder[i]->row[k]->name, name))
				return g->folder[i]->row[k];
	return NULL;
}

/* The columns of a table as a row has them. */
static struct row *
row_of_table(struct sqlgen *g, const struct table *t)
{
	struct row *row = ARENA_NEW(g->run->arena, struct row);

	*row = (struct row){.name = t->name, .table = t, .folder = t->folder, .columns = t->columns,
	    .column = ARENA_ARRAY(g->run->arena, struct result_column, t->columns)};
	for (size_t i = 0; i < t->columns; i++)
		row->column[i] = (struct result_column){.name = t->column[i].name, .is = t->column[i].is};
	return row;
}

static void
check_same_row(struct sqlgen *g, const struct query *q, const struct row *row, const struct result_column *c,
    size_t n)
{
	struct place at = place_at(q->in, q->result_at);

	for (size_t i = 0; i < n || i < row->columns; i++) {
		if (i < n && i < row->columns && same_field(&row->column[i], &c[i]))
			continue;
		if (row->table)
			mistake(g->run, at, "%.*s is a table, and column %zu is not its %.*s: SELECT all its columns, "
			    "or give the row another name", STR_ARG(row->name), i + 1,
			    STR_ARG(i < row->columns ? row->column[i].name : STR("last")));
		else
			mistake(g->run, at, "column %zu of %.*s is another one in %.*s (%s:%d): use another name",
			    i + 1, STR_ARG(row->name), STR_ARG(row->by->name), row->by->in->path,
			    place_at(row->by->in, row->by->at).line);
		return;
	}
}

static void
find_row(struct sqlgen *g, struct query *q, struct result_column *c, size_t n)
{
	struct folder *f = q->folder;
	const struct table *t = table_find(g, q->result);
	struct row *found = t ? row_of_table(g, t) : row_find(g, q->result);
	struct place at = place_at(q->in, q->result_at);

	q->row = ARENA_NEW(g->run->arena, struct row);
	*q->row = (struct row){.name = q->result, .table = t, .folder = found ? found->folder : f, .column = c,
	    .columns = n, .by = q};
	if (found) {
		if (found->folder != f && found->folder->order == 0)
			mistake(g->run, at, "%.*s is a row of %.*s alone", STR_ARG(q->result),
			    STR_ARG(found->folder->path));
		check_same_row(g, q, found, c, n);
		return;
	}
	if (!name_check(g->run, at, q->result, "a row", false))
		return;
	claim(g, true, q->result, "the row", at);
	claim(g, true, str_fmt(g->run->arena, "%.*s_list", STR_ARG(q->result)), "the list of a row", at);
	GROW(g, f->row, f->rows, f->rows_cap);
	f->row[f->rows++] = q->row;
}

/* campus_id, INT, wheel_answer_state: one value and no row. */
static bool
is_value(struct sqlgen *g, struct str result)
{
	return str_ends(result, STR("_id")) || type_of(result) != T_TYPES || enum_find(g, result);
}

static void
find_value(struct sqlgen *g, struct query *q, const struct result_column *c, size_t n)
{
	struct place at = place_at(q->in, q->result_at);
	struct str type = str_ends(q->result, STR("_id")) ? str_sub(q->result, 0, q->result.n - 3) : q->result;

	if (!value_read(g, at, type, false, &q->value))
		return;
	if (n != 1)
		mistake(g->run, at, "%.*s is one column, not %zu", STR_ARG(q->result), n);
	else if (q->kind == RESULT_LIST)
		mistake(g->run, at, "a list is of rows: give the row a name");
	else if (!same_type(q->value, c[0].is) || q->value.words != c[0].is.words)
		mistake(g->run, at, "the column %.*s is no %.*s", STR_ARG(c[0].name), STR_ARG(q->result));
	if (n)
		q->value = c[0].is;
	q->kind = q->kind == RESULT_MAYBE ? RESULT_MAYBE_VALUE : RESULT_VALUE;
}

void
result_read(struct sqlgen *g, struct query *q, sqlite3_stmt *s)
{
	struct collecting c = {.g = g, .q = q, .s = s};
	struct place at = place_at(q->in, q->result_at);
	int before = g->run->mistakes;

	collect(&c);
	if (g->run->mistakes > before)
		return;
	if (str_is(q->result, "changed")) {
		if (q->kind != RESULT_ONE)
			mistake(g->run, at, "-> changed is a number, without ? or []");
		else if (!q->writes)
			mistake(g->run, at, "this query changes nothing: -> says what it reads");
		else if (c.n)
			mistake(g->run, at, "this query returns rows: -> says which");
		q->kind = RESULT_CHANGED;
	} else if (c.n == 0) {
		mistake(g->run, at, "this query returns no rows: -> changed");
	} else if (is_value(g, q->result)) {
		find_value(g, q, c.column, c.n);
	} else {
		find_row(g, q, c.column, c.n);
	}
}
