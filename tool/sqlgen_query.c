/* Reads <room>.sql: named queries under a prototype line, checked by SQLite itself. */
#include "tool/sqlgen.h"

#include <ctype.h>
#include <string.h>

static struct place
place(const struct query *q, size_t at)
{
	return place_at(q->in, at);
}

/* --- the prototype line: -- name(param, param TYPE, param TYPE?, [ids] campus) -> result --------------- */

static bool
is_prototype(struct str line)
{
	size_t i = 3;

	if (!str_starts(line, STR("-- ")))
		return false;
	while (i < line.n && (islower((unsigned char)line.p[i]) || isdigit((unsigned char)line.p[i]) || line.p[i] == '_'))
		i++;
	return i > 3 && i < line.n && line.p[i] == '(';
}

static bool
typed(struct sqlgen *g, struct query *q, struct str type, size_t at, struct value *is)
{
	if (str_ends(type, STR("?"))) {
		is->maybe = true;
		type = str_sub(type, 0, type.n - 1);
	}
	is->type = type_of(type);
	if (is->type == T_ID) {
		mistake(g->run, place(q, at), "name the table in place of ID: campus, not ID");
		return false;
	}
	if (is->type == T_TYPES) {
		is->id = table_find(g, type);
		is->type = T_ID;
	}
	if (is->type == T_ID && !is->id) {
		mistake(g->run, place(q, at), "%.*s is neither a type nor a table", STR_ARG(type));
		return false;
	}
	return true;
}

static bool
read_param(struct sqlgen *g, struct query *q, struct lexer *l, size_t *cap)
{
	struct token t = lex(l), next;
	struct param p = {.at = t.at};

	if (lex_is(t, "[")) {
		p.is.list = true;
		t = lex(l);
		if (!lex_is(lex(l), "]")) {
			mistake(g->run, place(q, t.at), "a list of ids is written [ids] table");
			return false;
		}
	}
	if (t.kind != TOKEN_NAME) {
		mistake(g->run, place(q, t.at), "the name of a parameter is missing");
		return false;
	}
	p.name = t.text;
	p.is.type = T_TYPES;
	next = lex_peek(*l);
	if (next.kind == TOKEN_NAME) {
		struct str type = lex(l).text;

		if (lex_is(lex_peek(*l), "?")) {
			lex(l);
			p.is.maybe = true;
		}
		if (!typed(g, q, type, next.at, &p.is))
			return false;
	}
	for (size_t i = 0; i < q->params; i++)
		if (str_eq(q->param[i].name, p.name))
			mistake(g->run, place(q, p.at), "the parameter %.*s stands twice", STR_ARG(p.name));
	GROW(g, q->param, q->params, *cap);
	q->param[q->params++] = p;
	return true;
}

static bool
read_prototype(struct sqlgen *g, struct query *q, size_t at, size_t end)
{
	struct lexer l = {q->in, at + 3, end};
	struct token t = lex(&l);
	size_t cap = 0;

	q->name = t.text;
	q->at = t.at;
	lex(&l); /* ( */
	if (!lex_is(lex_peek(l), ")")) {
		for (;;) {
			if (!read_param(g, q, &l, &cap))
				return false;
			t = lex(&l);
			if (lex_is(t, ")"))
				break;
			if (!lex_is(t, ",")) {
				mistake(g->run, place(q, t.at), "a comma or ) is missing");
				return false;
			}
		}
	} else {
		lex(&l);
	}
	if (!lex_is(lex(&l), "-") || !lex_is(lex(&l), ">")) {
		mistake(g->run, place(q, q->at), "the prototype ends with -> and what comes back");
		return false;
	}
	t = lex(&l);
	q->result = t.text;
	q->result_at = t.at;
	q->kind = RESULT_ONE;
	if (lex_is(lex_peek(l), "[")) {
		lex(&l);
		lex(&l);
		q->kind = RESULT_LIST;
	} else if (lex_is(lex_peek(l), "?")) {
		lex(&l);
		q->kind = RESULT_MAYBE;
	}
	t = lex(&l);
	if (t.kind != TOKEN_END) {
		mistake(g->run, place(q, t.at), "the prototype ends after the result");
		return false;
	}
	return q->result.n > 0;
}

void
queries_read(struct sqlgen *g, struct folder *f, const struct source *in)
{
	struct str text = in->text;
	size_t at = 0, cap = f->queries;
	struct query *q = NULL;

	while (at < text.n) {
		struct str rest = str_sub(text, at, text.n), line = str_sub(rest, 0, str_find(rest, '\n'));
		size_t end = at + line.n;

		if (is_prototype(line)) {
			q = ARENA_NEW(g->run->arena, struct query);
			*q = (struct query){.folder = f, .in = in, .sql_at = end + 1};
			if (read_prototype(g, q, at, end)) {
				GROW(g, f->query, f->queries, cap);
				f->query[f->queries++] = q;
			}
		} else if (q && str_starts(line, STR("--")) && q->sql.n == 0) {
			struct str words = str_trim(str_sub(line, 2, line.n));

			if (str_starts(words, STR("any campus: because ")))
				q->any_campus = true;
			q->comment = q->comment.n ? str_fmt(g->run->arena, "%.*s\n * %.*s", STR_ARG(q->comment),
			    STR_ARG(words)) : words;
			q->sql_at = end + 1;
		} else if (q) {
			q->sql = str_sub(text, q->sql_at, end - q->sql_at);
		}
		at = end + 1;
	}
}

/* --- tables and types ------------------------------------------------------------------------------------- */

/* The tables whose names stand in the statement. */
static size_t
tables_of(struct sqlgen *g, const struct query *q, const struct table **table, size_t max)
{
	size_t at = 0, n = 0;
	struct sql_word w, before = {0};

	while ((w = sql_next(q->sql, &at)).kind != S_END) {
		struct table *t = w.kind == S_WORD && !str_is(before.text, ".") && !sql_is(before, "AS")
		    ? table_find(g, w.text) : NULL;
		bool named = sql_is(before, "FROM") || sql_is(before, "JOIN") || sql_is(before, "INTO") ||
		    sql_is(before, "UPDATE") || str_is(before.text, ",");

		before = w;
		for (size_t i = 0; t && i < n; i++)
			if (table[i] == t)
				t = NULL;
		if (t && named && n < max)
			table[n++] = t;
	}
	return n;
}

static const struct column *
column_named(const struct table *const *table, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++) {
		const struct column *c = column_find(table[i], name);

		if (c)
			return c;
	}
	return NULL;
}

static void
type_params(struct sqlgen *g, struct query *q, const struct table *const *table, size_t n)
{
	q->numbers = 0;
	for (size_t i = 0; i < q->params; i++) {
		struct param *p = &q->param[i];

		if (p->is.type == T_TYPES) {
			const struct table *t = table_find(g, p->name);
			const struct column *c = column_named(table, n, p->name);

			if (c) {
				p->is.type = c->is.type;
				p->is.maybe = c->is.maybe;
				p->is.id = c->is.id;
				p->is.words = c->words ? c : NULL;
			}
			if (t && (!c || c->is.type != T_TEXT)) {
				p->is.type = T_ID;
				p->is.id = t;
				p->is.maybe = c && c->is.maybe;
			}
			if (p->is.type == T_TYPES)
				mistake(g->run, place(q, p->at),
				    "no column is called %.*s here: say its type, e.g. %.*s INT", STR_ARG(p->name),
				    STR_ARG(p->name));
		}
		p->number = q->numbers + 1;
		q->numbers += p->is.type == T_TEXTS ? 3 : 1;
	}
}

static struct param *
param_find(struct query *q, struct str name)
{
	for (size_t i = 0; i < q->params; i++)
		if (str_eq(q->param[i].name, name))
			return &q->param[i];
	return NULL;
}

/* --- one text for each engine ------------------------------------------------------------------------------- */

struct rewriting {
	struct sqlgen *g;
	struct query *q;
	const struct table **table;
	size_t tables;
	struct out o;
	bool postgres;
	bool *used; /* parameters that stand in the statement */
};

static const char *const lang[] = {"fi", "sv", "en"};

static void
write_param(struct rewriting *w, const struct sql_word *word, int nth)
{
	struct param *p = param_find(w->q, str_sub(word->text, 1, word->text.n));

	if (!p) {
		mistake(w->g->run, place(w->q, w->q->sql_at + word->at), "%.*s is no parameter of %.*s",
		    STR_ARG(word->text), STR_ARG(w->q->name));
		return;
	}
	w->used[p - w->q->param] = true;
	if (p->is.list)
		out_fmt(&w->o, w->postgres ? "ANY($%d::bigint[])" : "(SELECT value FROM json_each(?%d))", p->number);
	else
		out_fmt(&w->o, "%c%d", w->postgres ? '$' : '?', p->number + nth);
}

/* Whether the word is a TEXTS column of the tables, or a parameter of that type. */
static bool
is_texts(struct rewriting *w, const struct sql_word *word)
{
	const struct column *c;
	struct param *p;

	if (word->kind == S_PARAM) {
		p = param_find(w->q, str_sub(word->text, 1, word->text.n));
		return p && p->is.type == T_TEXTS;
	}
	if (word->kind != S_WORD)
		return false;
	c = column_named(w->table, w->tables, word->text);
	return c && c->is.type == T_TEXTS;
}

/* One side of a TEXTS: [qualifier.]name or :name, in one language. */
struct side {
	struct str qualifier; /* with the dot */
	struct sql_word word;
};

static void
write_side(struct rewriting *w, const struct side *s, int l)
{
	out_str(&w->o, s->qualifier);
	if (s->word.kind == S_PARAM)
		write_param(w, &s->word, l);
	else
		out_fmt(&w->o, "%.*s_%s", STR_ARG(s->word.text), lang[l]);
}

/* Reads [qualifier.]name at *at if it is a TEXTS. */
static bool
read_side(struct rewriting *w, size_t *at, struct side *s)
{
	size_t look = *at;
	struct sql_word first = sql_next(w->q->sql, &look), dot, name;
	size_t after = look;

	dot = sql_next(w->q->sql, &look);
	name = sql_next(w->q->sql, &look);
	if (first.kind == S_WORD && str_is(dot.text, ".") && is_texts(w, &name)) {
		*s = (struct side){str_sub(w->q->sql, first.at, name.at - first.at), name};
		*at = look;
		return true;
	}
	if (!is_texts(w, &first) || str_is(dot.text, "."))
		return false;
	*s = (struct side){STR(""), first};
	*at = after;
	return true;
}

static struct str
rewrite(struct rewriting *w)
{
	struct str sql = w->q->sql;
	size_t at = 0, done = 0, before;
	struct side left, right;
	struct sql_word word;

	for (;;) {
		size_t look;

		before = at;
		if (read_side(w, &at, &left)) {
			look = at;
			out_str(&w->o, str_sub(sql, done, left.word.at - left.qualifier.n - done));
			if (str_is(sql_next(sql, &look).text, "=") && read_side(w, &look, &right)) {
				at = look;
			} else {
				right.word.kind = S_END;
			}
			for (int l = 0; l < 3; l++) {
				if (l)
					out_lit(&w->o, ", ");
				write_side(w, &left, l);
				if (right.word.kind != S_END) {
					out_lit(&w->o, " = ");
					write_side(w, &right, l);
				}
			}
			done = at;
			continue;
		}
		at = before;
		word = sql_next(sql, &at);
		if (word.kind == S_END)
			break;
		if (word.kind == S_PARAM) {
			struct param *p = param_find(w->q, str_sub(word.text, 1, word.text.n));
			size_t start = word.at;

			/* IN [:ids] */
			if (p && p->is.list) {
				while (start > done && sql.p[start - 1] != '[')
					start--;
				sql_next(sql, &at);
				start = start > done ? start - 1 : start;
				if (w->postgres) {
					size_t in = start;

					while (in > done + 1 && !(toupper((unsigned char)sql.p[in - 2]) == 'I' &&
					    toupper((unsigned char)sql.p[in - 1]) == 'N'))
						in--;
					out_str(&w->o, str_sub(sql, done, in - 2 - done));
					out_lit(&w->o, "= ");
				} else {
					out_str(&w->o, str_sub(sql, done, start - done));
				}
			} else {
				out_str(&w->o, str_sub(sql, done, start - done));
			}
			write_param(w, &word, 0);
			done = at;
		}
	}
	out_str(&w->o, str_sub(sql, done, sql.n));
	return str_trim(out_text(&w->o));
}

/* What the two engines read differently, or what hides a mistake. */
static void
refuse_words(struct sqlgen *g, struct query *q)
{
	size_t at = 0;
	struct sql_word w, before = {0};
	bool ordered = false;

	while ((w = sql_next(q->sql, &at)).kind != S_END) {
		const char *why = NULL;

		if (sql_is(w, "ORDER"))
			ordered = true;
		if (str_is(w.text, "?") || str_is(w.text, "$"))
			why = "parameters are written :name";
		else if (str_is(w.text, ":") && str_is(before.text, ":"))
			why = ":: is PostgreSQL's alone: write CAST(x AS …)";
		else if (sql_is(w, "LIKE") || sql_is(w, "GLOB") || sql_is(w, "ILIKE"))
			why = "the engines compare patterns differently: use equality or a function of ours";
		else if (sql_is(w, "LIMIT") && !ordered)
			why = "LIMIT without ORDER BY gives any rows";
		else if (sql_is(w, "LEFT") || sql_is(w, "RIGHT") || sql_is(w, "FULL"))
			why = "an outer join hides which columns may be NULL: ask twice, or use EXISTS";
		else if (str_is(w.text, ";") && sql_next(q->sql, &(size_t){at}).kind != S_END)
			why = "one statement a name";
		else if (sql_is(w, "DATETIME") || sql_is(w, "STRFTIME") || sql_is(w, "NOW"))
			why = "dates are computed in C and handed in";
		if (why)
			mistake(g->run, place(q, q->sql_at + w.at), "%s", why);
		before = w;
	}
}

/* --- asking SQLite -------------------------------------------------------------------------------------------- */

struct watch {
	struct sqlgen *g;
	struct query *q;
	bool told;
};

/* The walls: a room writes its own tables and reads those to its left. */
static int
watch_access(void *context, int action, const char *table, const char *column, const char *database, const char *view)
{
	struct watch *w = context;
	const struct table *t = table ? table_find(w->g, str_of(table)) : NULL;
	const struct folder *mine = w->q->folder;

	(void)column;
	(void)database;
	(void)view;
	if (!t || w->told)
		return SQLITE_OK;
	if ((action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE) && t->folder != mine) {
		mistake(w->g->run, place(w->q, w->q->at), "%.*s writes %s, which belongs to %.*s: call that room",
		    STR_ARG(w->q->name), table, STR_ARG(t->folder->name));
		w->told = true;
	} else if (action == SQLITE_READ && t->folder != mine && t->folder->order > mine->order) {
		mistake(w->g->run, place(w->q, w->q->at), "%.*s reads %s of %.*s, which is to the right",
		    STR_ARG(w->q->name), table, STR_ARG(t->folder->name));
		w->told = true;
	} else if (action == SQLITE_READ && t->folder != mine && str_starts(t->folder->path, STR("core/"))) {
		mistake(w->g->run, place(w->q, w->q->at), "%s is core's own", table);
		w->told = true;
	}
	return SQLITE_OK;
}

/* Whether a WHERE of the statement compares campus, or a rule of a conflict does. */
static bool
compares_campus(const struct query *q)
{
	size_t at = 0;
	struct sql_word w, next;
	bool where = false;

	while ((w = sql_next(q->sql, &at)).kind != S_END) {
		size_t look = at;

		next = sql_next(q->sql, &look);
		if (sql_is(w, "WHERE") || sql_is(w, "ON"))
			where = true;
		if (where && str_is(w.text, "campus") && (str_is(next.text, "=") || sql_is(next, "IS") || sql_is(next, "IN")))
			return true;
	}
	return false;
}

static void
check_campus(struct sqlgen *g, struct query *q, const struct table *const *table, size_t n)
{
	size_t at = 0;
	struct sql_word first = sql_next(q->sql, &at);
	bool changes = sql_is(first, "UPDATE") || sql_is(first, "DELETE");

	for (size_t i = 0; i < n; i++) {
		if (q->any_campus || compares_campus(q))
			return;
		if (table[i]->private_to_campus)
			mistake(g->run, place(q, q->at), "%.*s is private to its campus: compare campus",
			    STR_ARG(table[i]->name));
		else if (changes && table[i]->has_campus && table[i]->folder == q->folder) {
			mistake(g->run, place(q, q->at), "%.*s has a campus: compare it in WHERE, so that no other is changed",
			    STR_ARG(table[i]->name));
			return;
		}
	}
}

/* count(*) AS "open INT": the type is in the name. */
static bool
typed_name(struct sqlgen *g, struct query *q, struct str name, struct result_column *c)
{
	size_t space = str_find(name, ' ');

	c->name = str_sub(name, 0, space);
	c->is = (struct value){.type = T_TYPES};
	if (space == name.n) {
		mistake(g->run, place(q, q->sql_at), "name the expression with its type: %.*s AS \"name INT\"",
		    STR_ARG(name));
		return false;
	}
	return typed(g, q, str_trim(str_sub(name, space, name.n)), q->sql_at, &c->is);
}

static bool
plain_column(struct sqlgen *g, sqlite3_stmt *s, int i, struct result_column *c)
{
	const char *table = sqlite3_column_table_name(s, i), *origin = sqlite3_column_origin_name(s, i);
	const struct table *t = table ? table_find(g, str_of(table)) : NULL;
	struct str name = str_copy(g->run->arena, str_of(sqlite3_column_name(s, i)));
	const struct column *found;

	if (!t || str_find(name, ' ') < name.n)
		return false;
	found = column_find(t, str_of(origin));
	if (!found)
		found = column_find(t, str_sub(str_of(origin), 0, strlen(origin) - 3)); /* title_fi */
	c->name = found->is.type == T_TEXTS ? str_sub(name, 0, name.n - 3) : name;
	c->is = found->is;
	c->is.words = found->words ? found : NULL;
	return true;
}

static struct result_column *
read_columns(struct sqlgen *g, struct query *q, sqlite3_stmt *s, size_t *n)
{
	struct result_column *list = NULL;
	size_t cap = 0;

	*n = 0;
	for (int i = 0; i < sqlite3_column_count(s); i++) {
		struct result_column c = {.first = i};

		if (!plain_column(g, s, i, &c) &&
		    !typed_name(g, q, str_copy(g->run->arena, str_of(sqlite3_column_name(s, i))), &c))
			continue;
		if (c.is.type == T_TEXTS)
			i += 2;
		for (size_t k = 0; k < *n; k++)
			if (str_eq(list[k].name, c.name))
				mistake(g->run, place(q, q->at), "the column %.*s comes twice: name one of them otherwise",
				    STR_ARG(c.name));
		GROW(g, list, *n, cap);
		list[(*n)++] = c;
	}
	return list;
}

static bool
same_value(struct value a, struct value b)
{
	return a.type == b.type && a.id == b.id && a.words == b.words && a.maybe == b.maybe;
}

static bool
fits_table(const struct table *t, const struct result_column *c, size_t n)
{
	if (t->columns != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!str_eq(t->column[i].name, c[i].name) || t->column[i].is.type != c[i].is.type)
			return false;
	return true;
}

static void
find_row(struct sqlgen *g, struct query *q, struct result_column *c, size_t n)
{
	struct folder *f = q->folder;
	const struct table *t = table_find(g, q->result);
	size_t cap = f->rows;

	if (t && !fits_table(t, c, n)) {
		mistake(g->run, place(q, q->result_at), "%.*s is a table with other columns: SELECT all of them in "
		    "order, or give the row another name", STR_ARG(t->name));
		return;
	}
	for (size_t i = 0; i < f->rows; i++) {
		struct row *row = f->row[i];

		if (!str_eq(row->name, q->result))
			continue;
		q->row = row;
		for (size_t k = 0; k < n || k < row->columns; k++)
			if (k >= n || k >= row->columns || !str_eq(row->column[k].name, c[k].name) ||
			    !same_value(row->column[k].is, c[k].is)) {
				mistake(g->run, place(q, q->result_at), "%.*s has other columns in %.*s",
				    STR_ARG(row->name), STR_ARG(row->by->name));
				return;
			}
		return;
	}
	q->row = ARENA_NEW(g->run->arena, struct row);
	*q->row = (struct row){q->result, t, c, n, q};
	if (!t) {
		GROW(g, f->row, f->rows, cap);
		f->row[f->rows++] = q->row;
	}
}

static void
read_result(struct sqlgen *g, struct query *q, sqlite3_stmt *s)
{
	size_t n;
	struct result_column *c = read_columns(g, q, s, &n);
	struct str result = q->result;

	if (str_is(result, "changed")) {
		q->kind = RESULT_CHANGED;
		if (n)
			mistake(g->run, place(q, q->result_at), "a statement that returns rows has no count of changes");
		return;
	}
	if (n == 0) {
		mistake(g->run, place(q, q->result_at), "this returns no row: -> changed");
		return;
	}
	if (str_ends(result, STR("_id")) || (type_of(result) != T_TYPES && type_of(result) != T_ID)) {
		struct str type = str_ends(result, STR("_id")) ? str_sub(result, 0, result.n - 3) : result;

		if (n != 1) {
			mistake(g->run, place(q, q->result_at), "one column is expected, not %zu", n);
			return;
		}
		if (q->kind == RESULT_LIST) {
			mistake(g->run, place(q, q->result_at), "a list of rows needs the name of a row");
			return;
		}
		if (!typed(g, q, type, q->result_at, &q->value))
			return;
		if (q->value.type != c[0].is.type || q->value.id != c[0].is.id)
			mistake(g->run, place(q, q->result_at), "the column %.*s has another type", STR_ARG(c[0].name));
		q->value = c[0].is;
		q->kind = q->kind == RESULT_MAYBE ? RESULT_MAYBE_VALUE : RESULT_VALUE;
		return;
	}
	find_row(g, q, c, n);
}

/* Names, not numbers, in SQLite's complaints; and the place that its offset means, when the text up to there
 * is as it was written. */
static void
complain(struct sqlgen *g, struct query *q)
{
	const char *why = sqlite3_errmsg(g->db);
	const char *quoted = strstr(why, ": ");
	size_t at = q->sql_at, found;

	/* "no such column: due": look for the word. */
	if (quoted) {
		struct str word = str_of(quoted + 2);
		size_t dot = str_find(word, '.');

		if (dot < word.n)
			word = str_sub(word, dot + 1, word.n);
		for (found = 0; found + word.n <= q->sql.n; found++)
			if (str_eq(str_sub(q->sql, found, word.n), word)) {
				at = q->sql_at + found;
				break;
			}
	}
	mistake(g->run, place(q, at), "%s", why);
}

void
query_check(struct sqlgen *g, struct query *q)
{
	const struct table *table[16];
	size_t n = tables_of(g, q, table, 16);
	bool used[64] = {0};
	struct rewriting w = {g, q, table, n, out_new(g->run->arena), false, used};
	struct watch watch = {g, q, false};
	sqlite3_stmt *s = NULL;
	int before = g->run->mistakes;

	if (q->params > 64) {
		mistake(g->run, place(q, q->at), "more than 64 parameters");
		return;
	}
	refuse_words(g, q);
	type_params(g, q, table, n);
	if (g->run->mistakes > before)
		return;
	q->sqlite = rewrite(&w);
	w.o = out_new(g->run->arena);
	w.postgres = true;
	if (g->run->mistakes > before)
		return;
	q->postgres = rewrite(&w);
	for (size_t i = 0; i < q->params; i++)
		if (!used[i])
			mistake(g->run, place(q, q->param[i].at), "the parameter %.*s is not used",
			    STR_ARG(q->param[i].name));
	sqlite3_set_authorizer(g->db, watch_access, &watch);
	if (sqlite3_prepare_v2(g->db, str_z(g->run->arena, q->sqlite), -1, &s, NULL) != SQLITE_OK || !s) {
		complain(g, q);
	} else {
		q->writes = !sqlite3_stmt_readonly(s);
		read_result(g, q, s);
		check_campus(g, q, table, n);
	}
	sqlite3_set_authorizer(g->db, NULL, NULL);
	sqlite3_finalize(s);
}
