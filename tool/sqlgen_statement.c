/* What the words of a statement stand for: its tables, their other names, labels, TEXTS, and the list of
 * columns that come back. SQLite knows the rest. */
#include <string.h>

#include "tool/sqlgen.h"

static const char *const from_ends[] = {
	"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "RETURNING",
	"SET", "WINDOW", "VALUES", "SELECT", "DEFAULT", NULL,
};

/* What may follow a table and is not its other name. */
static const char *const no_alias[] = {
	"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT", "RETURNING",
	"SET", "WINDOW", "VALUES", "SELECT", "DEFAULT", "ON", "JOIN", "LEFT", "RIGHT", "FULL", "INNER",
	"CROSS", "NATURAL", "USING", "INDEXED", "NOT", "OUTER", "WITH", "FOR", "FETCH", "TABLESAMPLE", NULL,
};

bool
is_from(const struct words *w, int i)
{
	return word_is(w, i, "FROM") && !(word_is(w, i - 1, "DISTINCT") &&
	    (word_is(w, i - 2, "IS") || word_is(w, i - 2, "NOT")));
}

int
find_clause(const struct words *w, int i, const char *const *list)
{
	int open = word_at(w, i)->open, end = open == NOWHERE ? w->n : word_at(w, open)->close;

	for (; i < end; i = word_next(w, i))
		if (word_is_one_of(w, i, list) && (!word_is(w, i, "FROM") || is_from(w, i)))
			return i;
	return end;
}

const struct mention *
mention_written(const struct statement *s)
{
	for (size_t i = 0; i < s->mentions; i++)
		if (s->mention[i].written)
			return &s->mention[i];
	return NULL;
}

const struct mention *
mention_find(const struct statement *s, struct str alias)
{
	if (str_is(alias, "excluded"))
		return mention_written(s);
	for (size_t i = 0; i < s->mentions; i++)
		if (str_eq(s->mention[i].alias, alias))
			return &s->mention[i];
	return NULL;
}

/* --- tables ------------------------------------------------------------------------------------------------- */

struct reading {
	struct sqlgen *g;
	struct statement *s;
	size_t cap;
	int outer_until; /* tables before this word may be empty */
	char *expect;    /* for each bracket: ' ' outside of FROM, 't' a table comes, 'f' after one */
};

static void
add_mention(struct reading *r, struct mention m)
{
	struct statement *s = r->s;
	const struct mention *same;

	same = mention_find(s, m.alias);
	if (same && (same->table != m.table || !str_eq(same->name, m.name)) && !str_is(m.alias, "excluded"))
		mistake(r->g->run, word_place(&s->words, m.at), "%.*s stands for two tables: give one another name",
		    STR_ARG(m.alias));
	s->mention = arena_grow(r->g->run->arena, s->mention, s->mentions, 1, sizeof m, &r->cap);
	s->mention[s->mentions++] = m;
}

/* The other name after a table or subquery that ends before word i; marked, and NULL if there is none. */
static struct word *
read_alias(struct reading *r, int i)
{
	struct words *w = &r->s->words;

	if (word_is(w, i, "AS"))
		i++;
	else if (word_is_one_of(w, i, no_alias))
		return NULL;
	if (word_at(w, i)->kind != W_NAME)
		return NULL;
	w->at[i].role = R_ALIAS;
	return &w->at[i];
}

static void
check_table_name(struct reading *r, int i)
{
	const struct words *w = &r->s->words;
	struct str name = word_at(w, i)->text;
	bool function = word_is(w, i + 1, "(") && !word_is(w, i - 1, "INTO");

	for (size_t k = 0; k < name.n; k++)
		if (name.p[k] >= 'A' && name.p[k] <= 'Z') {
			mistake(r->g->run, word_place(w, i), "%.*s: tables are written in small letters",
			    STR_ARG(name));
			return;
		}
	if (function || str_starts(name, STR("sqlite_")) || str_starts(name, STR("pragma_")))
		mistake(r->g->run, word_place(w, i), "%.*s is SQLite's own and no table", STR_ARG(name));
}

static void
read_table_name(struct reading *r, int i)
{
	struct words *w = &r->s->words;
	struct word *name = &w->at[i], *alias;
	bool written = word_is(w, i - 1, "INTO") || word_is(w, i - 1, "UPDATE") ||
	    (word_is(w, i - 1, "FROM") && word_is(w, i - 2, "DELETE"));
	struct mention m = {.name = name->text, .alias = name->text, .at = i, .written = written,
	    .table = table_find(r->g, name->text), .outer = i < r->outer_until};

	name->role = R_TABLE;
	if (!m.table)
		check_table_name(r, i);
	alias = read_alias(r, i + 1);
	if (alias) {
		m.alias = alias->text;
		if (table_find(r->g, alias->text) && !str_eq(alias->text, name->text))
			mistake(r->g->run, place_at(w->in, alias->at), "%.*s is a table: use another short name",
			    STR_ARG(alias->text));
	}
	add_mention(r, m);
}

static void
read_subquery(struct reading *r, int i)
{
	static const char *const begin[] = {"SELECT", "WITH", "VALUES", NULL};
	struct words *w = &r->s->words;

	if (!word_is_one_of(w, i + 1, begin))
		mistake(r->g->run, word_place(w, i), "brackets around tables are not used: JOIN them in a row");
	else if (!read_alias(r, word_next(w, i)))
		mistake(r->g->run, word_place(w, i), "PostgreSQL wants a name after this bracket: ( … ) AS name");
}

/* WITH name (columns) AS (…), name … */
static void
read_with(struct reading *r, int i)
{
	struct words *w = &r->s->words;

	for (i += word_is(w, i + 1, "RECURSIVE") ? 2 : 1; word_at(w, i)->kind == W_NAME; i++) {
		w->at[i].role = R_ALIAS;
		if (table_find(r->g, w->at[i].text))
			mistake(r->g->run, word_place(w, i), "%.*s is a table: call what is WITH otherwise",
			    STR_ARG(w->at[i].text));
		i++;
		if (word_is(w, i, "(")) {
			for (int k = i + 1; k < word_at(w, i)->close; k++)
				w->at[k].role = R_LABEL;
			i = word_next(w, i);
		}
		if (!word_is(w, i, "AS"))
			return;
		for (i++; word_is(w, i, "NOT") || word_is(w, i, "MATERIALIZED"); i++)
			;
		i = word_next(w, i);
		if (!word_is(w, i, ","))
			return;
	}
}

/* The tables up to the ON of a LEFT JOIN may have no row. */
static int
outer_end(const struct words *w, int i)
{
	static const char *const on[] = {"ON", "USING", NULL};

	return find_clause(w, i, on);
}

static void
read_as(struct reading *r, int i)
{
	struct words *w = &r->s->words;
	int open = word_at(w, i)->open;

	if (open != NOWHERE && word_is(w, open - 1, "CAST"))
		for (int k = i + 1; k < word_at(w, open)->close; k++)
			w->at[k].role = R_TYPE;
	else if (word_at(w, i + 1)->kind == W_NAME && w->at[i + 1].role == R_PLAIN)
		w->at[i + 1].role = R_LABEL;
}

static void
read_word(struct reading *r, int i)
{
	struct words *w = &r->s->words;
	char *expect = &r->expect[word_at(w, i)->open + 1];

	if (*expect == 't') {
		*expect = 'f';
		if (word_is(w, i, "("))
			read_subquery(r, i);
		else if (word_at(w, i)->kind == W_NAME)
			read_table_name(r, i);
		return;
	}
	if (word_is(w, i, "WITH"))
		read_with(r, i);
	else if (word_is(w, i, "LEFT") && (word_is(w, i + 1, "JOIN") || word_is(w, i + 1, "OUTER")))
		r->outer_until = outer_end(w, i);
	else if (word_is(w, i, "AS"))
		read_as(r, i);
	else if (is_from(w, i) || word_is(w, i, "JOIN") || word_is(w, i, "INTO") ||
	    (word_is(w, i, "UPDATE") && !word_is(w, i + 1, "SET")) || (word_is(w, i, ",") && *expect == 'f'))
		*expect = 't';
	else if (word_is_one_of(w, i, from_ends))
		*expect = ' ';
	if (word_is(w, i, "UNION") || word_is(w, i, "EXCEPT") || word_is(w, i, "INTERSECT"))
		r->s->compound = true;
}

/* --- columns ------------------------------------------------------------------------------------------------- */

/* A column of the table that is written: in the list of INSERT, ON CONFLICT (…), or before = in SET. */
static bool
is_target(const struct statement *s, int i)
{
	static const char *const clauses[] = {"SET", "WHERE", "FROM", "SELECT", "VALUES", "RETURNING", NULL};
	const struct words *w = &s->words;
	int open = word_at(w, i)->open;
	const struct mention *written = mention_written(s);

	if (!written)
		return false;
	if (open != NOWHERE && (word_is(w, open - 1, "CONFLICT") || open - 1 == written->at ||
	    (word_at(w, open - 1)->role == R_ALIAS && word_is(w, written->at - 1, "INTO"))))
		return open - 1 <= written->at + 2 || word_is(w, open - 1, "CONFLICT");
	if (!word_is(w, i + 1, "=") || !(word_is(w, i - 1, "SET") || word_is(w, i - 1, ",")))
		return false;
	for (int k = i - 1; k >= 0; k--)
		if (word_at(w, k)->open == open && word_is_one_of(w, k, clauses))
			return word_is(w, k, "SET");
	return false;
}

static bool
has_label(const struct statement *s, struct str name)
{
	for (size_t i = 0; i < s->texts_labels; i++)
		if (str_eq(s->texts_label[i], name))
			return true;
	return false;
}

const struct column *
column_meant(const struct statement *s, int word, const struct mention **mention)
{
	const struct words *w = &s->words;
	struct str name = word_at(w, word)->text;
	const struct column *found = NULL;

	*mention = NULL;
	if (word_is(w, word - 1, ".")) {
		*mention = mention_find(s, word_at(w, word - 2)->text);
		return *mention && (*mention)->table ? column_find((*mention)->table, name) : NULL;
	}
	if (is_target(s, word)) {
		*mention = mention_written(s);
		return (*mention)->table ? column_find((*mention)->table, name) : NULL;
	}
	for (size_t i = 0; i < s->mentions; i++) {
		const struct table *t = s->mention[i].table;
		const struct column *c = t ? column_find(t, name) : NULL;

		if (c && !found) {
			found = c;
			*mention = &s->mention[i];
		}
	}
	return found;
}

/* Whether the name at i is a TEXTS. Alone, or after the name of a subquery, all tables that have such a
 * column must agree. */
static bool
is_texts(struct sqlgen *g, const struct statement *s, int i)
{
	const struct words *w = &s->words;
	const struct word *name = word_at(w, i);
	const struct table *yes = NULL, *no = NULL;
	const struct mention *m;
	const struct column *c;

	if (name->kind != W_NAME || name->role != R_PLAIN || word_is(w, i + 1, "(") || word_is(w, i + 1, "."))
		return false;
	c = column_meant(s, i, &m);
	if (m && m->table && (word_is(w, i - 1, ".") || is_target(s, i)))
		return c && c->is.type == T_TEXTS;
	for (size_t k = 0; k < s->mentions; k++) {
		const struct table *t = s->mention[k].table;

		c = t ? column_find(t, name->text) : NULL;
		if (c && c->is.type == T_TEXTS)
			yes = t;
		else if (c)
			no = t;
	}
	if (has_label(s, name->text))
		return true;
	if (yes && no)
		mistake(g->run, word_place(w, i), "%.*s is TEXTS in %.*s, but not in %.*s: say whose it is",
		    STR_ARG(name->text), STR_ARG(yes->name), STR_ARG(no->name));
	return yes != NULL;
}

static void
find_texts(struct sqlgen *g, struct statement *s)
{
	struct words *w = &s->words;
	size_t cap = 0;

	for (int i = 0; i < w->n; i++)
		if (word_at(w, i + 2)->role == R_LABEL && word_is(w, i + 1, "AS") && is_texts(g, s, i)) {
			GROW(g, s->texts_label, s->texts_labels, cap);
			s->texts_label[s->texts_labels++] = w->at[i + 2].text;
		}
	for (int i = 0; i < w->n; i++)
		w->at[i].texts = is_texts(g, s, i);
}

bool
statement_read(struct sqlgen *g, struct statement *s)
{
	struct reading r = {.g = g, .s = s,
	    .expect = arena_alloc(g->run->arena, (size_t)s->words.n + 1)};
	int before = g->run->mistakes;

	memset(r.expect, ' ', (size_t)s->words.n + 1);
	for (int i = 0; i < s->words.n; i++)
		read_word(&r, i);
	if (g->run->mistakes == before)
		find_texts(g, s);
	return g->run->mistakes == before;
}

/* --- the list of columns -------------------------------------------------------------------------------------- */

/* The only table of the list's own FROM, or NULL. */
static const struct mention *
only_table(const struct statement *s)
{
	const struct mention *found = NULL;

	for (size_t i = 0; i < s->mentions; i++) {
		if (word_at(&s->words, s->mention[i].at)->open != NOWHERE)
			continue;
		if (found)
			return NULL;
		found = &s->mention[i];
	}
	return found && found->table ? found : NULL;
}

static struct item
read_item(struct sqlgen *g, const struct statement *s, int from, int to, bool returning)
{
	const struct words *w = &s->words;
	struct item item = {.from = from, .to = to, .label = NOWHERE};

	if (word_is(w, to - 1, "*") && (to - from == 1 || word_is(w, to - 2, "."))) {
		item.star = to - from == 1 ? (returning ? mention_written(s) : only_table(s))
		    : mention_find(s, word_at(w, from)->text);
		if (!item.star || !item.star->table) {
			item.star = NULL;
			mistake(g->run, word_place(w, from), "* is for one table of ours: list the columns");
		}
		return item;
	}
	if (word_is(w, to - 2, "AS")) {
		item.label = to - 1;
		item.typed = word_at(w, to - 1)->kind == W_QUOTED;
	}
	item.texts = word_at(w, item.label == NOWHERE ? to - 1 : to - 3)->texts &&
	    (item.label == NOWHERE ? to : to - 2) - from <= 3;
	return item;
}

struct item *
items_read(struct sqlgen *g, const struct statement *s, size_t *n)
{
	static const char *const verbs[] = {"SELECT", "INSERT", "UPDATE", "DELETE", NULL};
	static const char *const returning[] = {"RETURNING", NULL};
	static const char *const ends[] = {"FROM", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT",
	    "OFFSET", "UNION", "EXCEPT", "INTERSECT", NULL};
	const struct words *w = &s->words;
	struct item *list = NULL;
	size_t cap = 0;
	int at = find_clause(w, 0, verbs), end, from;
	bool writes = !word_is(w, at, "SELECT");

	*n = 0;
	if (writes)
		at = find_clause(w, at, returning);
	if (at >= w->n)
		return NULL;
	from = at + 1;
	if (word_is(w, from, "DISTINCT") || word_is(w, from, "ALL"))
		from++;
	end = writes ? w->n : find_clause(w, from, ends);
	for (int i = from; i <= end; i = word_next(w, i)) {
		if (i != end && !word_is(w, i, ","))
			continue;
		if (i == from) {
			mistake(g->run, word_place(w, i), "a column is missing here");
			*n = 0;
			return NULL;
		}
		GROW(g, list, *n, cap);
		list[(*n)++] = read_item(g, s, from, i, writes);
		from = i + 1;
	}
	return list;
}
