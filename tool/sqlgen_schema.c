/* Reads schema.sql: tables with semantic types. */
#include "tool/sqlgen.h"

#include <ctype.h>
#include <strings.h>
#include <string.h>

static const char *const type_names[T_TYPES] = {
	[T_ID] = "ID", [T_INT] = "INT", [T_BOOL] = "BOOL", [T_REAL] = "REAL", [T_TEXT] = "TEXT",
	[T_DATE] = "DATE", [T_INSTANT] = "INSTANT", [T_BLOB] = "BLOB", [T_JSON] = "JSON", [T_TEXTS] = "TEXTS",
};

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

struct sql_word
sql_next(struct str sql, size_t *at)
{
	size_t i = *at, start;
	enum sql_token kind = S_OTHER;

	for (;;) {
		while (i < sql.n && isspace((unsigned char)sql.p[i]))
			i++;
		if (i + 1 < sql.n && sql.p[i] == '-' && sql.p[i + 1] == '-')
			while (i < sql.n && sql.p[i] != '\n')
				i++;
		else
			break;
	}
	start = i;
	if (i >= sql.n) {
		*at = i;
		return (struct sql_word){S_END, STR(""), i};
	}
	if (sql.p[i] == '\'' || sql.p[i] == '"') {
		char quote = sql.p[i++];

		kind = quote == '"' ? S_QUOTED : S_STRING;
		while (i < sql.n && !(sql.p[i] == quote && !(i + 1 < sql.n && sql.p[i + 1] == quote)))
			i += sql.p[i] == quote ? 2 : 1;
		if (i < sql.n)
			i++;
	} else if (isdigit((unsigned char)sql.p[i])) {
		kind = S_NUMBER;
		while (i < sql.n && (is_name(sql.p[i]) || sql.p[i] == '.'))
			i++;
	} else if (is_name(sql.p[i])) {
		kind = S_WORD;
		while (i < sql.n && is_name(sql.p[i]))
			i++;
	} else if (sql.p[i] == ':' && i + 1 < sql.n && is_name(sql.p[i + 1])) {
		kind = S_PARAM;
		for (i++; i < sql.n && is_name(sql.p[i]);)
			i++;
	} else {
		i++;
	}
	*at = i;
	return (struct sql_word){kind, str_sub(sql, start, i - start), start};
}

bool
sql_is(struct sql_word w, const char *word)
{
	return w.kind != S_STRING && w.text.n == strlen(word) && strncasecmp(w.text.p, word, w.text.n) == 0;
}

enum sql_type
type_of(struct str word)
{
	for (int t = 0; t < T_TYPES; t++)
		if (str_is(word, type_names[t]))
			return (enum sql_type)t;
	return T_TYPES;
}

struct table *
table_find(struct sqlgen *g, struct str name)
{
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i].tables; k++)
			if (str_eq(g->folder[i].table[k]->name, name))
				return g->folder[i].table[k];
	return NULL;
}

const struct column *
column_find(const struct table *t, struct str name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (str_eq(t->column[i].name, name))
			return &t->column[i];
	return NULL;
}

static struct place
place(const struct source *in, size_t at)
{
	return place_at(in, at);
}

/* CHECK (state IN ('a', 'b')) right after a TEXT column gives its words. */
static void
read_words(struct sqlgen *g, struct column *c)
{
	size_t at = 0, cap = 0;
	struct sql_word w;

	while ((w = sql_next(c->definition, &at)).kind != S_END) {
		if (!sql_is(w, "CHECK"))
			continue;
		sql_next(c->definition, &at);
		if (!str_eq(sql_next(c->definition, &at).text, c->name) ||
		    !sql_is(sql_next(c->definition, &at), "IN"))
			return;
		sql_next(c->definition, &at);
		while ((w = sql_next(c->definition, &at)).kind == S_STRING) {
			GROW(g, c->word, c->words, cap);
			c->word[c->words++] = str_sub(w.text, 1, w.text.n - 2);
			if (!str_is(sql_next(c->definition, &at).text, ","))
				return;
		}
		c->words = 0; /* numbers, not words */
		return;
	}
}

static void
read_reference(struct sqlgen *g, struct table *t, struct column *c)
{
	size_t at = 0;
	struct sql_word w, target;

	c->is.id = NULL;
	while ((w = sql_next(c->definition, &at)).kind != S_END) {
		if (sql_is(w, "PRIMARY"))
			c->is.id = t;
		if (!sql_is(w, "REFERENCES"))
			continue;
		target = sql_next(c->definition, &at);
		c->is.id = str_eq(target.text, t->name) ? t : table_find(g, target.text);
		if (!c->is.id) {
			mistake(g->run, place(t->in, c->at), "%.*s refers to %.*s, which is no table yet",
			    STR_ARG(c->name), STR_ARG(target.text));
			return;
		}
		if (c->is.id->folder->order > t->folder->order)
			mistake(g->run, place(t->in, c->at), "%.*s belongs to the room %.*s, which is to the right",
			    STR_ARG(target.text), STR_ARG(c->is.id->folder->name));
	}
	if (!c->is.id)
		mistake(g->run, place(t->in, c->at), "an ID is PRIMARY KEY or says what it REFERENCES");
}

static bool
has_words(struct str text, const char *first, const char *second)
{
	size_t at = 0;
	struct sql_word w;

	while ((w = sql_next(text, &at)).kind != S_END)
		if (sql_is(w, first) && sql_is(sql_next(text, &at), second))
			return true;
	return false;
}

static void
read_column(struct sqlgen *g, struct table *t, struct str text, size_t base, size_t *cap)
{
	size_t at = 0;
	struct sql_word name = sql_next(text, &at), type = sql_next(text, &at);
	struct column c = {.name = name.text, .at = base + name.at, .table = t};

	if (sql_is(name, "PRIMARY") || sql_is(name, "UNIQUE") || sql_is(name, "CHECK") || sql_is(name, "FOREIGN")) {
		size_t rule_cap = t->rules;

		t->rule = arena_grow(g->run->arena, t->rule, t->rules, 1, sizeof *t->rule, &rule_cap);
		t->rule[t->rules++] = str_trim(text);
		return;
	}
	c.is.type = type_of(type.text);
	if (c.is.type == T_TYPES) {
		mistake(g->run, place(t->in, base + type.at),
		    "%.*s is no type: ID, INT, BOOL, REAL, TEXT, TEXTS, DATE, INSTANT, BLOB or JSON",
		    STR_ARG(type.text));
		return;
	}
	c.definition = str_trim(str_sub(text, at, text.n));
	c.is.maybe = c.is.type != T_TEXTS && !has_words(c.definition, "NOT", "NULL") &&
	    !has_words(c.definition, "PRIMARY", "KEY");
	if (c.is.type == T_ID)
		read_reference(g, t, &c);
	if (c.is.type == T_TEXT)
		read_words(g, &c);
	if (c.is.maybe && (c.is.type == T_TEXT || c.is.type == T_BOOL || c.is.type == T_BLOB || c.is.type == T_JSON))
		mistake(g->run, place(t->in, c.at), "%.*s may be NULL: write NOT NULL; empty is none",
		    STR_ARG(c.name));
	if (column_find(t, c.name))
		mistake(g->run, place(t->in, c.at), "%.*s stands twice", STR_ARG(c.name));
	if (str_is(c.name, "campus"))
		t->has_campus = true;
	GROW(g, t->column, t->columns, *cap);
	t->column[t->columns++] = c;
}

/* The text between the outer brackets, split at commas that are in no inner ones. */
static void
read_columns(struct sqlgen *g, struct table *t, struct str sql, size_t base)
{
	size_t at = 0, start, cap = 0;
	int depth = 0;
	struct sql_word w;

	while (!str_is((w = sql_next(sql, &at)).text, "(") && w.kind != S_END)
		;
	start = at;
	for (;;) {
		w = sql_next(sql, &at);
		if (w.kind == S_END) {
			mistake(g->run, place(t->in, t->at), "the brackets of this table do not close");
			return;
		}
		if (str_is(w.text, "("))
			depth++;
		if ((str_is(w.text, ",") && depth == 0) || (str_is(w.text, ")") && depth == 0)) {
			read_column(g, t, str_sub(sql, start, w.at - start), base + start, &cap);
			start = at;
			if (str_is(w.text, ")"))
				return;
		} else if (str_is(w.text, ")")) {
			depth--;
		}
	}
}

static void
exec(struct sqlgen *g, const struct source *in, size_t at, struct str sql)
{
	char *why = NULL;

	if (sqlite3_exec(g->db, str_z(g->run->arena, sql), NULL, NULL, &why) != SQLITE_OK)
		mistake(g->run, place(in, at), "%s", why);
	sqlite3_free(why);
}

/* The table for sqlgen's own database: declared types are the semantic ones, so that SQLite hands them
 * back with every result. */
static struct str
own_ddl(struct sqlgen *g, const struct table *t)
{
	static const char *const lang[] = {"fi", "sv", "en"};
	struct out o = out_new(g->run->arena);

	out_fmt(&o, "CREATE TABLE %.*s (", STR_ARG(t->name));
	for (size_t i = 0; i < t->columns; i++) {
		const struct column *c = &t->column[i];

		for (int l = 0; l < (c->is.type == T_TEXTS ? 3 : 1); l++) {
			out_fmt(&o, "%s%.*s", o.p[o.n - 1] == '(' ? "" : ", ", STR_ARG(c->name));
			if (c->is.type == T_TEXTS)
				out_fmt(&o, "_%s TEXTS NOT NULL DEFAULT ''", lang[l]);
			else if (has_words(c->definition, "PRIMARY", "KEY") && c->is.type == T_ID)
				out_fmt(&o, " INTEGER PRIMARY KEY");
			else
				out_fmt(&o, " %s %.*s", type_names[c->is.type], STR_ARG(c->definition));
		}
	}
	for (size_t i = 0; i < t->rules; i++)
		out_fmt(&o, ", %.*s", STR_ARG(t->rule[i]));
	out_char(&o, ')');
	return out_text(&o);
}

static void
read_statement(struct sqlgen *g, struct folder *f, const struct source *in, struct str comment, struct str sql,
    size_t base, size_t *cap)
{
	size_t at = 0;
	struct sql_word first = sql_next(sql, &at), second = sql_next(sql, &at), name;
	struct table *t;

	if (!sql_is(first, "CREATE")) {
		mistake(g->run, place(in, base + first.at), "only CREATE TABLE and CREATE INDEX stand in a schema");
		return;
	}
	if (!sql_is(second, "TABLE")) {
		exec(g, in, base + first.at, sql);
		return;
	}
	name = sql_next(sql, &at);
	t = ARENA_NEW(g->run->arena, struct table);
	*t = (struct table){.name = name.text, .folder = f, .in = in, .at = base + name.at,
	    .private_to_campus = str_contains(comment, STR("-- private to its campus"))};
	if (table_find(g, name.text)) {
		mistake(g->run, place(in, t->at), "the table %.*s is there already", STR_ARG(name.text));
		return;
	}
	read_columns(g, t, sql, base);
	exec(g, in, t->at, own_ddl(g, t));
	GROW(g, f->table, f->tables, *cap);
	f->table[f->tables++] = t;
}

void
schema_read(struct sqlgen *g, struct folder *f, const struct source *in)
{
	size_t at = 0, start = 0, begin, cap = f->tables;
	struct sql_word w;

	while (at < in->text.n) {
		begin = at;
		w = sql_next(in->text, &at);
		start = w.at;
		while (w.kind != S_END && !str_is(w.text, ";"))
			w = sql_next(in->text, &at);
		if (w.at > start)
			read_statement(g, f, in, str_sub(in->text, begin, start - begin),
			    str_sub(in->text, start, w.at - start), start, &cap);
	}
}

/* --- the real DDL -------------------------------------------------------------------------------------- */

static const char *
engine_type(enum sql_type type, bool postgres)
{
	static const char *const in_sqlite[T_TYPES] = {[T_ID] = "INTEGER", [T_INT] = "INTEGER",
	    [T_BOOL] = "INTEGER", [T_REAL] = "REAL", [T_TEXT] = "TEXT", [T_DATE] = "TEXT",
	    [T_INSTANT] = "TEXT", [T_BLOB] = "BLOB", [T_JSON] = "TEXT", [T_TEXTS] = "TEXT"};
	static const char *const in_postgres[T_TYPES] = {[T_ID] = "bigint", [T_INT] = "bigint",
	    [T_BOOL] = "boolean", [T_REAL] = "double precision", [T_TEXT] = "text COLLATE \"C\"",
	    [T_DATE] = "date", [T_INSTANT] = "timestamptz", [T_BLOB] = "bytea",
	    [T_JSON] = "text COLLATE \"C\"", [T_TEXTS] = "text COLLATE \"C\""};

	return postgres ? in_postgres[type] : in_sqlite[type];
}

static struct str
real_ddl(struct sqlgen *g, const struct table *t, bool postgres)
{
	static const char *const lang[] = {"fi", "sv", "en"};
	struct out o = out_new(g->run->arena);
	bool first = true;

	out_fmt(&o, "CREATE TABLE %.*s (", STR_ARG(t->name));
	for (size_t i = 0; i < t->columns; i++) {
		const struct column *c = &t->column[i];
		const char *type = engine_type(c->is.type, postgres);
		bool key = has_words(c->definition, "PRIMARY", "KEY") && c->is.type == T_ID;

		for (int l = 0; l < (c->is.type == T_TEXTS ? 3 : 1); l++) {
			out_fmt(&o, "%s\n  %.*s", first ? "" : ",", STR_ARG(c->name));
			first = false;
			if (c->is.type == T_TEXTS)
				out_fmt(&o, "_%s %s NOT NULL DEFAULT ''", lang[l], type);
			else if (key)
				out_fmt(&o, " %s", postgres ? "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"
				    : "INTEGER PRIMARY KEY AUTOINCREMENT");
			else
				out_fmt(&o, " %s %.*s", type, STR_ARG(c->definition));
		}
		if (c->is.type == T_BOOL && !postgres)
			out_fmt(&o, " CHECK (%.*s IN (0, 1))", STR_ARG(c->name));
	}
	for (size_t i = 0; i < t->rules; i++)
		out_fmt(&o, ",\n  %.*s", STR_ARG(t->rule[i]));
	out_fmt(&o, "\n)%s", postgres ? "" : " STRICT");
	return out_text(&o);
}

/* Indexes, as they were written: every schema file once more. */
static void
write_indexes(struct sqlgen *g, struct out *o, const struct source *in)
{
	size_t at = 0, start;
	struct sql_word w;

	while (at < in->text.n) {
		struct sql_word second;
		size_t look;

		w = sql_next(in->text, &at);
		start = w.at;
		look = at;
		second = sql_next(in->text, &look);
		while (w.kind != S_END && !str_is(w.text, ";"))
			w = sql_next(in->text, &at);
		if (w.at > start && !sql_is(second, "TABLE")) {
			out_char(o, '\t');
			c_string(o, str_sub(in->text, start, w.at - start));
			out_lit(o, ",\n");
		}
	}
	(void)g;
}

void
schema_write(struct sqlgen *g)
{
	struct out o = out_new(g->run->arena);

	out_lit(&o, "/* Generated from schema.sql of every room. */\n#include \"core/db/db.h\"\n");
	for (int postgres = 0; postgres < 2; postgres++) {
		out_fmt(&o, "\nconst char *const db_schema_%s[] = {\n", postgres ? "postgres" : "sqlite");
		for (size_t i = 0; i < g->folders; i++) {
			const struct source *last = NULL;

			for (size_t k = 0; k < g->folder[i].tables; k++) {
				out_char(&o, '\t');
				c_string(&o, real_ddl(g, g->folder[i].table[k], postgres));
				out_lit(&o, ",\n");
			}
			for (size_t k = 0; k < g->folder[i].tables; k++)
				if (g->folder[i].table[k]->in != last) {
					last = g->folder[i].table[k]->in;
					write_indexes(g, &o, last);
				}
		}
		out_lit(&o, "\tNULL\n};\n");
	}
	write_if_changed(g->run, STR("schema.gen.c"), out_text(&o));
}
