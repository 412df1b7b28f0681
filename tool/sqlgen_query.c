/* Reads the named queries of a folder: the prototype line, what its parameters are, and the way of a query
 * through all checks.
 *
 *     -- wheel_answers_of(campus, year INT, until DATE?, [ids] wheel_item) -> wheel_answer[]
 *     -- The comment of the C function.
 *     SELECT …; */
#include <ctype.h>
#include <string.h>

#include "tool/sqlgen.h"

bool
value_read(struct sqlgen *g, struct place at, struct str type, bool maybe, struct value *is)
{
	const struct column *words = enum_find(g, type);

	*is = (struct value){.type = type_of(type), .maybe = maybe};
	if (is->type == T_ID) {
		mistake(g->run, at, "name the table in place of ID: whose id is it?");
		return false;
	}
	if (maybe && (is->type == T_BOOL || is->type == T_TEXTS)) {
		mistake(g->run, at, "%s is never NULL: leave the ? out", type_names[is->type]);
		return false;
	}
	if (is->type == T_TYPES) {
		is->id = table_find(g, type);
		is->words = is->id ? NULL : words;
		is->type = is->id ? T_ID : T_TEXT;
	}
	if (is->type == T_ID || is->words || type_of(type) != T_TYPES)
		return true;
	mistake(g->run, at, "%.*s is no type (INT, BOOL, REAL, TEXT, TEXTS, DATE, INSTANT, BLOB, JSON), no table "
	    "and no enum", STR_ARG(type));
	return false;
}

/* --- the prototype line ------------------------------------------------------------------------------------------ */

static bool
is_prototype(struct str line)
{
	size_t i = 3;

	if (!str_starts(line, STR("-- ")))
		return false;
	while (i < line.n && (isalnum((unsigned char)line.p[i]) || line.p[i] == '_'))
		i++;
	return i > 3 && i < line.n && line.p[i] == '(';
}

static struct place
here(const struct query *q, size_t at)
{
	return place_at(q->in, at);
}

static bool
read_param(struct sqlgen *g, struct query *q, struct lexer *l, size_t *cap)
{
	struct token t = lex(l), type;
	struct param p = {.at = t.at, .is.type = T_TYPES};
	bool list = lex_is(t, "["), maybe;

	if (list) {
		t = lex(l);
		p.at = t.at;
		if (t.kind != TOKEN_NAME || !lex_is(lex(l), "]")) {
			mistake(g->run, here(q, t.at), "a list is written [ids] table");
			return false;
		}
	}
	if (t.kind != TOKEN_NAME) {
		mistake(g->run, here(q, t.at), "the name of a parameter is missing");
		return false;
	}
	p.name = t.text;
	if (!name_check(g->run, here(q, p.at), p.name, "a parameter", false))
		return false;
	type = lex_peek(*l);
	if (type.kind == TOKEN_NAME) {
		lex(l);
		maybe = lex_is(lex_peek(*l), "?");
		if (maybe)
			lex(l);
		if (!value_read(g, here(q, type.at), type.text, maybe, &p.is))
			return false;
	} else if (lex_is(type, "?")) {
		mistake(g->run, here(q, type.at), "? stands behind a type: %.*s INT?", STR_ARG(p.name));
		return false;
	}
	p.is.list = list;
	if (list && (p.is.maybe || (p.is.type != T_ID && p.is.type != T_INT))) {
		mistake(g->run, here(q, p.at), "a list is of ids or of INT: [%.*s] table", STR_ARG(p.name));
		return false;
	}
	for (size_t i = 0; i < q->params; i++)
		if (str_eq(q->param[i].name, p.name) || (q->param[i].is.list &&
		    str_eq(p.name, str_fmt(g->run->arena, "%.*s_n", STR_ARG(q->param[i].name))))) {
			mistake(g->run, here(q, p.at), "the parameter %.*s stands twice (a list x has x_n too)",
			    STR_ARG(p.name));
			return false;
		}
	GROW(g, q->param, q->params, *cap);
	q->param[q->params++] = p;
	return true;
}

static bool
read_params(struct sqlgen *g, struct query *q, struct lexer *l)
{
	size_t cap = 0;
	struct token t;

	if (lex_is(lex_peek(*l), ")")) {
		lex(l);
		return true;
	}
	for (;;) {
		if (!read_param(g, q, l, &cap))
			return false;
		t = lex(l);
		if (lex_is(t, ")"))
			return true;
		if (!lex_is(t, ",")) {
			mistake(g->run, here(q, t.at), "here comes , and the next parameter, or )");
			return false;
		}
	}
}

/* -> row[], row?, row, changed, or the type of one value. */
static bool
read_wanted(struct sqlgen *g, struct query *q, struct lexer *l)
{
	struct token t = lex(l);
	size_t at = t.at;

	if (!lex_is(t, "-") || !lex_is(lex(l), ">")) {
		mistake(g->run, here(q, at), "here comes -> and what the query gives: row[], row?, row, a type, or "
		    "changed");
		return false;
	}
	t = lex(l);
	q->result = t.text;
	q->result_at = t.at;
	q->kind = RESULT_ONE;
	if (t.kind != TOKEN_NAME) {
		mistake(g->run, here(q, t.at), "after -> comes row[], row?, row, a type, or changed");
		return false;
	}
	t = lex(l);
	if (lex_is(t, "[") && lex_is(lex_peek(*l), "]")) {
		q->kind = RESULT_LIST;
		lex(l);
		t = lex(l);
	} else if (lex_is(t, "?")) {
		q->kind = RESULT_MAYBE;
		t = lex(l);
	}
	if (t.kind != TOKEN_END)
		mistake(g->run, here(q, t.at), "the prototype ends here: explain it in the next line");
	return t.kind == TOKEN_END;
}

static bool
read_prototype(struct sqlgen *g, struct query *q, size_t at, size_t end)
{
	struct lexer l = {q->in, at + 3, end};
	struct token t = lex(&l);

	q->name = t.text;
	q->at = t.at;
	lex(&l); /* ( */
	if (t.kind != TOKEN_NAME || !name_check(g->run, here(q, q->at), q->name, "a query", false))
		return false;
	return read_params(g, q, &l) && read_wanted(g, q, &l);
}

/* --- a file of queries -------------------------------------------------------------------------------------------- */

struct cutting {
	struct sqlgen *g;
	struct folder *f;
	const struct source *in;
	struct query *q;   /* NULL: none yet, or one whose prototype is wrong */
	bool skip;         /* the SQL belongs to a wrong prototype */
	size_t from, to;   /* its SQL so far; from == to: none */
	size_t sqlite_to;  /* where the first of a pair ends */
	size_t sqlite_from;
};

/* The words of one statement without its semicolon. */
static bool
read_sql(struct cutting *c, size_t from, size_t to, struct statement *s)
{
	struct words *w = &s->words;
	int end = 0;

	if (!words_read(c->g->run, c->in, from, to, w))
		return false;
	while (end < w->n && !word_is(w, end, ";"))
		end = word_next(w, end);
	if (end == w->n)
		mistake(c->g->run, word_place(w, w->n - 1), "the statement does not end with ;");
	else if (end + 1 < w->n)
		mistake(c->g->run, word_place(w, end + 1), "one statement a name: this one needs a line "
		    "-- name(parameters) -> result");
	else if (end == 0)
		mistake(c->g->run, word_place(w, 0), "the statement is empty");
	else {
		w->end = w->at[end].at;
		w->n = end;
		return true;
	}
	return false;
}

static void
end_query(struct cutting *c)
{
	struct query *q = c->q;
	bool good;

	c->q = NULL;
	if (!q)
		return;
	if (c->from == c->to) {
		mistake(c->g->run, here(q, q->at), "%.*s has no SQL", STR_ARG(q->name));
		return;
	}
	if (q->pair && !c->sqlite_to) {
		mistake(c->g->run, here(q, q->at),
		    "after `-- sqlite:` comes `-- postgres:` with the same for PostgreSQL");
		return;
	}
	if (q->pair)
		good = read_sql(c, c->sqlite_from, c->sqlite_to, &q->sql) && read_sql(c, c->from, c->to, &q->own);
	else
		good = read_sql(c, c->from, c->to, &q->sql);
	if (!good)
		return;
	q->sql_at = q->sql.words.at[0].at;
	if (!claim(c->g, false, q->name, "the query", here(q, q->at)) || !claim(c->g, false,
	    str_fmt(c->g->run->arena, "statement_%.*s", STR_ARG(q->name)), "the statement", here(q, q->at)))
		return;
	GROW(c->g, c->f->query, c->f->queries, c->f->queries_cap);
	c->f->query[c->f->queries++] = q;
}

static void
begin_query(struct cutting *c, size_t at, size_t end)
{
	struct query *q = ARENA_NEW(c->g->run->arena, struct query);

	end_query(c);
	*q = (struct query){.folder = c->f, .in = c->in};
	c->skip = !read_prototype(c->g, q, at, end);
	c->q = c->skip ? NULL : q;
	c->from = c->to = c->sqlite_to = 0;
}

/* A comment before the SQL: of the function, or for us. */
static void
read_comment(struct cutting *c, struct str line, size_t at)
{
	struct query *q = c->q;
	struct str words = str_trim(str_sub(line, 2, line.n));

	if (str_is(words, "sqlite:")) {
		q->pair = true;
	} else if (str_is(words, "postgres:")) {
		mistake(c->g->run, here(q, at), "`-- sqlite:` comes first");
	} else if (str_starts(words, STR("any campus:"))) {
		q->any_campus_at = at;
		if (!str_starts(words, STR("any campus: because ")) || words.n < 30)
			mistake(c->g->run, here(q, at), "say why: -- any campus: because …");
	} else if (words.n) {
		q->comment = q->comment.n ? str_fmt(c->g->run->arena, "%.*s\n%.*s", STR_ARG(q->comment),
		    STR_ARG(words)) : words;
	}
}

static void
read_line(struct cutting *c, struct str line, size_t at)
{
	struct str words = str_trim(line);

	if (is_prototype(line)) {
		begin_query(c, at, at + line.n);
	} else if (str_starts(words, STR("--"))) {
		if (c->q && c->from == c->to) {
			read_comment(c, words, at);
		} else if (c->q && c->q->pair && !c->sqlite_to && str_is(words, "-- postgres:")) {
			c->sqlite_from = c->from;
			c->sqlite_to = c->to;
			c->from = c->to = 0;
		}
	} else if (words.n && c->q) {
		if (c->from == c->to)
			c->from = at;
		c->to = at + line.n;
	} else if (words.n && !c->skip) {
		mistake(c->g->run, place_at(c->in, at), "a query begins with a line -- name(parameters) -> result");
		c->skip = true;
	}
}

void
queries_read(struct sqlgen *g, struct folder *f, const struct source *in)
{
	struct cutting c = {.g = g, .f = f, .in = in};
	size_t at = 0;

	while (at < in->text.n) {
		struct str rest = str_sub(in->text, at, in->text.n);
		struct str line = str_sub(rest, 0, str_find(rest, '\n'));

		read_line(&c, line, at);
		at += line.n + 1;
	}
	end_query(&c);
}

/* --- the types of parameters -------------------------------------------------------------------------------------- */

static bool
same_kind(const struct column *a, const struct column *b)
{
	return a->is.type == b->is.type && a->is.id == b->is.id && (a->words != 0) == (b->words != 0) &&
	    (!a->words || a == b);
}

/* The column of that name in the table that is written, else in all that are read. */
static const struct column *
column_of_param(struct sqlgen *g, const struct query *q, const struct param *p)
{
	const struct mention *written = mention_written(&q->sql);
	const struct column *found = written && written->table ? column_find(written->table, p->name) : NULL;

	if (found)
		return found;
	for (size_t i = 0; i < q->sql.mentions; i++) {
		const struct table *t = q->sql.mention[i].table;
		const struct column *c = t ? column_find(t, p->name) : NULL;

		if (c && found && !same_kind(c, found)) {
			mistake(g->run, here(q, p->at), "%.*s is one thing in %.*s and another in %.*s: say its type",
			    STR_ARG(p->name), STR_ARG(found->table->name), STR_ARG(t->name));
			return found;
		}
		if (c && (!found || c->is.maybe))
			found = c;
	}
	return found;
}

static void
type_param(struct sqlgen *g, struct query *q, struct param *p)
{
	const struct column *c = column_of_param(g, q, p);
	const struct table *t = table_find(g, p->name);

	if (!c && !t) {
		mistake(g->run, here(q, p->at), "no column here and no table is called %.*s: say its type, like "
		    "%.*s INT", STR_ARG(p->name), STR_ARG(p->name));
		return;
	}
	if (c && t && (c->is.type != T_ID || c->is.id != t)) {
		mistake(g->run, here(q, p->at), "%.*s is a table, and a column of another type: say which, %.*s %s",
		    STR_ARG(p->name), STR_ARG(p->name), c->is.type == T_ID ? "table" : type_names[c->is.type]);
		return;
	}
	p->is = c ? c->is : (struct value){.type = T_ID, .id = t};
}

void
parameters_type(struct sqlgen *g, struct query *q)
{
	q->numbers = 0;
	for (size_t i = 0; i < q->params; i++) {
		struct param *p = &q->param[i];

		if (p->is.type == T_TYPES)
			type_param(g, q, p);
		p->number = q->numbers + 1;
		q->numbers += p->is.type == T_TEXTS ? LANGS : 1;
	}
	if (q->numbers > PARAMS_MAX)
		mistake(g->run, here(q, q->at), "more than %d parameters", PARAMS_MAX);
}

/* --- a query's way ------------------------------------------------------------------------------------------------ */

static void
check_used(struct sqlgen *g, struct query *q)
{
	for (size_t i = 0; i < q->params; i++) {
		if (!q->param[i].used)
			mistake(g->run, here(q, q->param[i].at), "the parameter %.*s is not used",
			    STR_ARG(q->param[i].name));
		q->param[i].used = false;
	}
}

/* Where in the file SQLite's complaint is about: the place it tells, or the word that it quotes. */
static void
complain(struct sqlgen *g, const struct query *q, const struct text_map *map)
{
	const struct words *w = &q->sql.words;
	const char *why = sqlite3_errmsg(g->db);
	int offset = sqlite3_error_offset(g->db), word = word_told(w, 0, w->n, why);
	size_t at = offset < 0 && word != NOWHERE ? word_at(w, word)->at : q->sql_at;

	for (size_t i = 0; offset >= 0 && i < map->n && map->step[i].out <= (size_t)offset; i++)
		at = map->step[i].in;
	mistake(g->run, here(q, at), "%s", why);
}

static void
ask_sqlite(struct sqlgen *g, struct query *q, const struct text_map *map)
{
	struct watch watch = {.g = g, .q = q, .s = &q->sql};
	sqlite3_stmt *s = NULL;

	sqlite3_set_authorizer(g->db, walls_watch, &watch);
	if (sqlite3_prepare_v2(g->db, str_z(g->run->arena, q->sqlite), -1, &s, NULL) != SQLITE_OK) {
		complain(g, q, map);
	} else {
		q->writes = !sqlite3_stmt_readonly(s);
		result_read(g, q, s);
		walls_check_campus(g, q);
	}
	sqlite3_set_authorizer(g->db, NULL, NULL);
	sqlite3_finalize(s);
}

void
query_check(struct sqlgen *g, struct query *q)
{
	struct text_map map = {0};
	const struct statement *other = q->pair ? &q->own : &q->sql;
	int before = g->run->mistakes;

	if (!statement_read(g, &q->sql) || (q->pair && !statement_read(g, &q->own)))
		return;
	subset_check(g, &q->sql);
	parameters_type(g, q);
	if (g->run->mistakes > before)
		return;
	q->sqlite = statement_text(g, q, &q->sql, false, &map);
	if (g->run->mistakes > before)
		return;
	check_used(g, q);
	if (g->run->mistakes > before)
		return;
	q->postgres = statement_text(g, q, other, true, NULL);
	check_used(g, q);
	if (g->run->mistakes > before)
		return;
	if (q->pair)
		walls_check_words(g, q, &q->own);
	ask_sqlite(g, q, &map);
}
