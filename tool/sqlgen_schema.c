/* Reads schema.sql: tables with semantic types, and their indexes. */
#include <string.h>

#include "tool/sqlgen.h"

struct table *
table_find(const struct sqlgen *g, struct str name)
{
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->tables; k++)
			if (str_eq(g->folder[i]->table[k]->name, name))
				return g->folder[i]->table[k];
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

struct str
enum_name(struct sqlgen *g, const struct column *c)
{
	return str_fmt(g->run->arena, "%.*s_%.*s", STR_ARG(c->table->name), STR_ARG(c->name));
}

const struct column *
enum_find(const struct sqlgen *g, struct str name)
{
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->tables; k++) {
			const struct table *t = g->folder[i]->table[k];

			if (!str_starts(name, t->name) || name.n <= t->name.n || name.p[t->name.n] != '_')
				continue;
			for (size_t c = 0; c < t->columns; c++)
				if (t->column[c].words &&
				    str_eq(t->column[c].name, str_sub(name, t->name.n + 1, name.n)))
					return &t->column[c];
		}
	return NULL;
}

bool
claim(struct sqlgen *g, bool tag, struct str name, const char *what, struct place at)
{
	uint32_t hash = 2166136261u;
	struct claim **bucket, *c;

	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 16777619u;
	bucket = &g->claim[hash % CLAIM_BUCKETS];
	for (c = *bucket; c; c = c->next) {
		if (c->tag != tag || !str_eq(c->name, name))
			continue;
		if (c->at.in)
			mistake(g->run, at, "%s %.*s is there already: %s at %s:%d", what, STR_ARG(name),
			    c->what, c->at.in->path, c->at.line);
		else
			mistake(g->run, at, "%s %.*s is %s", what, STR_ARG(name), c->what);
		return false;
	}
	c = ARENA_NEW(g->run->arena, struct claim);
	*c = (struct claim){name, tag, what, at, *bucket};
	*bucket = c;
	return true;
}

static bool
claim_made(struct sqlgen *g, bool tag, struct str name, const char *ending, const char *what, struct place at)
{
	return claim(g, tag, str_fmt(g->run->arena, "%.*s%s", STR_ARG(name), ending), what, at);
}

/* False if another table is called so. */
static bool
claim_table(struct sqlgen *g, const struct table *t)
{
	struct place at = place_at(t->words.in, t->at);

	if (!claim_made(g, true, t->name, "", "the table", at))
		return false;
	claim_made(g, true, t->name, "_list", "the list of a table", at);
	claim_made(g, false, t->name, "_id", "the id of a table", at);
	for (size_t i = 0; i < t->columns; i++) {
		const struct column *c = &t->column[i];
		struct str name = enum_name(g, c), upper = upper_name(g->run->arena, name);

		if (!c->words)
			continue;
		at = place_at(t->words.in, c->at);
		claim_made(g, true, name, "", "the enum", at);
		claim_made(g, false, name, "_words", "a name of the enum", at);
		claim_made(g, false, name, "_of", "a name of the enum", at);
		claim_made(g, false, upper, "_NONE", "a name of the enum", at);
		claim_made(g, false, upper, "_COUNT", "a name of the enum", at);
		for (size_t k = 0; k < c->words; k++)
			claim(g, false, str_fmt(g->run->arena, "%.*s_%.*s", STR_ARG(upper),
			    STR_ARG(upper_name(g->run->arena, c->word[k]))), "the word", at);
	}
	return true;
}

/* --- columns -------------------------------------------------------------------------------------------- */

/* CHECK (state IN ('a', 'b')) of a TEXT column gives its words; `open` is the bracket after CHECK. */
static void
read_enum(struct sqlgen *g, const struct table *t, struct column *c, int open)
{
	const struct words *w = &t->words;
	int close = word_at(w, open)->close, i = open + 4;
	size_t cap = 0;

	if (!str_eq(word_at(w, open + 1)->text, c->name) || !word_is(w, open + 2, "IN") ||
	    !word_is(w, open + 3, "(") || word_at(w, i)->kind != W_STRING)
		return;
	if (word_at(w, open + 3)->close != close - 1) {
		mistake(g->run, word_place(w, word_at(w, open + 3)->close + 1),
		    "the words of an enum stand alone: write another CHECK for the rest");
		return;
	}
	for (;; i += 2) {
		struct str word = word_inside(word_at(w, i));

		if (word_at(w, i)->kind != W_STRING) {
			mistake(g->run, word_place(w, i), "a word of the enum is missing: 'like_this'");
			return;
		}
		if (!str_is(word, "default") && !str_is(word, "double") && !str_is(word, "short") &&
		    !str_is(word, "long") && !name_check(g->run, word_place(w, i), word, "a word", false))
			return;
		if (str_is(word, "none") || str_is(word, "count")) {
			mistake(g->run, word_place(w, i), "%.*s is taken: every enum has NONE, which is no "
			    "word at all, and COUNT", STR_ARG(word));
			return;
		}
		for (size_t k = 0; k < c->words; k++)
			if (str_eq(c->word[k], word)) {
				mistake(g->run, word_place(w, i), "%.*s stands twice", STR_ARG(word));
				return;
			}
		GROW(g, c->word, c->words, cap);
		c->word[c->words++] = word;
		if (!word_is(w, i + 1, ","))
			return;
	}
}

static void
read_reference(struct sqlgen *g, const struct table *t, struct column *c, int i, bool loose)
{
	struct str name = word_at(&t->words, i)->text;
	struct place at = word_place(&t->words, i);

	if (c->is.type != T_ID) {
		mistake(g->run, at, "what REFERENCES a table is an ID");
		return;
	}
	if (loose)
		return;
	c->is.id = str_eq(name, t->name) ? t : table_find(g, name);
	if (!c->is.id)
		mistake(g->run, at, "%.*s is no table that stands above, or in a room to the left",
		    STR_ARG(name));
	else if (c->is.id->folder->order == 0 && c->is.id->folder != t->folder)
		mistake(g->run, at, "%.*s is a table of %.*s alone", STR_ARG(name),
		    STR_ARG(c->is.id->folder->path));
	else if (c->is.id != t && (!c->is.id->columns || c->is.id->column[0].is.type != T_ID ||
	    c->is.id->column[0].is.id != c->is.id))
		mistake(g->run, at, "%.*s has no ID PRIMARY KEY as its first column", STR_ARG(name));
}

static void
check_default(struct sqlgen *g, const struct table *t, const struct column *c, int i)
{
	const struct word *w = word_at(&t->words, i);
	bool fits = false;

	switch (c->is.type) {
	case T_INT:
	case T_REAL: fits = w->kind == W_NUMBER; break;
	case T_BOOL: fits = word_is(&t->words, i, "TRUE") || word_is(&t->words, i, "FALSE"); break;
	case T_TEXT:
		fits = w->kind == W_STRING && !c->words;
		for (size_t k = 0; k < c->words; k++)
			fits = fits || (w->kind == W_STRING && str_eq(word_inside(w), c->word[k]));
		break;
	case T_JSON: fits = w->kind == W_STRING; break;
	case T_ID:
	case T_DATE:
	case T_INSTANT:
	case T_BLOB:
	case T_TEXTS:
	case T_TYPES: break;
	}
	if (!fits)
		mistake(g->run, word_place(&t->words, i), "DEFAULT of %.*s is no %s%s", STR_ARG(c->name),
		    c->words ? "word of its CHECK" : type_names[c->is.type],
		    c->is.type == T_BOOL ? ": write TRUE or FALSE" : "");
}

struct definition {
	bool not_null, key, reference;
	int fallback; /* the word after DEFAULT */
};

/* What follows the type. False after a mistake. */
static bool
read_definition(struct sqlgen *g, const struct table *t, struct column *c, struct definition *d, bool loose)
{
	static const char *const actions[] = {"CASCADE", "RESTRICT", NULL};
	const struct words *w = &t->words;

	for (int i = c->from; i < c->to;) {
		if (word_is(w, i, "NOT") && word_is(w, i + 1, "NULL")) {
			d->not_null = true;
			i += 2;
		} else if (word_is(w, i, "PRIMARY") && word_is(w, i + 1, "KEY")) {
			d->key = true;
			i += 2;
		} else if (word_is(w, i, "UNIQUE")) {
			i++;
		} else if (word_is(w, i, "DEFAULT")) {
			i += word_is(w, i + 1, "-") ? 2 : 1;
			d->fallback = i++;
		} else if (word_is(w, i, "CHECK") && word_is(w, i + 1, "(")) {
			if (c->is.type == T_TEXT && !c->words)
				read_enum(g, t, c, i + 1);
			i = word_next(w, i + 1);
		} else if (word_is(w, i, "REFERENCES") && word_at(w, i + 1)->kind == W_NAME) {
			read_reference(g, t, c, i + 1, loose);
			d->reference = true;
			i += 2;
		} else if (word_is(w, i, "ON") && word_is(w, i + 1, "DELETE") &&
		    word_is_one_of(w, i + 2, actions)) {
			i += 3;
		} else {
			mistake(g->run, word_place(w, i), "%.*s: after the type come NOT NULL, DEFAULT, UNIQUE, "
			    "CHECK (…), PRIMARY KEY or REFERENCES table", STR_ARG(word_at(w, i)->text));
			return false;
		}
	}
	return true;
}

/* TEXTS says all; only a CHECK may follow, which holds for each language. */
static void
check_texts(struct sqlgen *g, const struct table *t, const struct column *c)
{
	for (int i = c->from; i < c->to; i = word_next(&t->words, i + 1))
		if (!word_is(&t->words, i, "CHECK") || !word_is(&t->words, i + 1, "(")) {
			mistake(g->run, word_place(&t->words, i),
			    "TEXTS is never NULL and empty at first: only CHECK (…) may follow");
			return;
		}
}

static void
check_column(struct sqlgen *g, const struct table *t, const struct column *c, const struct definition *d)
{
	struct place at = place_at(t->words.in, c->at);
	enum sql_type type = c->is.type;

	if (type == T_ID && d->key && c->to - c->from > 2)
		mistake(g->run, word_place(&t->words, c->from), "ID PRIMARY KEY says all");
	if (type == T_ID && !d->key && !d->reference)
		mistake(g->run, at, "an ID is PRIMARY KEY, or says which table it REFERENCES");
	if (d->key && type != T_ID && type != T_TEXT)
		mistake(g->run, at, "a PRIMARY KEY is an ID or TEXT");
	if (d->key && type == T_TEXT && !d->not_null)
		mistake(g->run, at, "write NOT NULL too: SQLite lets a TEXT PRIMARY KEY be NULL");
	if (c->is.maybe && (type == T_TEXT || type == T_BOOL || type == T_BLOB || type == T_JSON))
		mistake(g->run, at, "%.*s could be NULL: write NOT NULL%s", STR_ARG(c->name),
		    type == T_BOOL ? "" : "; empty is none");
	if (d->fallback)
		check_default(g, t, c, d->fallback);
}

void
table_read_line(struct sqlgen *g, struct table *t, int from, int to, bool loose)
{
	static const char *const rules[] = {"PRIMARY", "UNIQUE", "CHECK", NULL};
	static const char *const refused[] = {"FOREIGN", "CONSTRAINT", "EXCLUDE", NULL};
	const struct words *w = &t->words;
	struct column c = {.name = word_at(w, from)->text, .table = t, .at = word_at(w, from)->at};
	struct definition d = {0};
	size_t cap;

	if (from >= to) {
		mistake(g->run, word_place(w, from), "a column is missing here");
		return;
	}
	if (word_is_one_of(w, from, rules)) {
		cap = t->rules;
		GROW(g, t->rule, t->rules, cap);
		t->rule[t->rules++] = (struct span_of_words){from, to};
		return;
	}
	if (word_is_one_of(w, from, refused)) {
		mistake(g->run, word_place(w, from), "%.*s is not used here: PRIMARY KEY (…), UNIQUE (…), "
		    "CHECK (…), or REFERENCES after a column", STR_ARG(c.name));
		return;
	}
	if (!name_check(g->run, word_place(w, from), c.name, "a column", true))
		return;
	c.is.type = type_of(word_at(w, from + 1)->text);
	if (from + 1 >= to || c.is.type == T_TYPES) {
		mistake(g->run, word_place(w, from + 1), "the type of %.*s is one of ID, INT, BOOL, REAL, TEXT, "
		    "TEXTS, DATE, INSTANT, BLOB, JSON", STR_ARG(c.name));
		return;
	}
	c.from = from + 2;
	c.to = to;
	if (c.is.type == T_TEXTS)
		check_texts(g, t, &c);
	else if (!read_definition(g, t, &c, &d, loose))
		return;
	c.is.maybe = c.is.type != T_TEXTS && !d.not_null && !d.key;
	if (c.is.type == T_ID && d.key)
		c.is.id = t;
	if (c.is.type != T_TEXTS)
		check_column(g, t, &c, &d);
	for (size_t i = 0; i < t->columns; i++)
		if (str_eq(t->column[i].name, c.name)) {
			mistake(g->run, word_place(w, from), "%.*s stands twice", STR_ARG(c.name));
			return;
		}
	cap = t->columns;
	GROW(g, t->column, t->columns, cap);
	t->column[t->columns++] = c;
}

void
table_read_lines(struct sqlgen *g, struct table *t, int open, bool loose)
{
	int close = word_at(&t->words, open)->close, from = open + 1;

	for (int i = open + 1; i <= close; i = word_next(&t->words, i))
		if (i == close || word_is(&t->words, i, ",")) {
			table_read_line(g, t, from, i, loose);
			from = i + 1;
		}
	/* The array does not move any more. */
	for (size_t i = 0; i < t->columns; i++) {
		struct column *c = &t->column[i];

		if (c->words)
			c->is.words = c;
		if (str_is(c->name, "campus") && c->is.type == T_ID)
			t->campus = c;
	}
}

/* --- statements ------------------------------------------------------------------------------------------ */

/* SQLite's own complaint: at the word it speaks of when that stands in [from, to), else at from. */
static bool
run_ddl(struct sqlgen *g, const struct words *w, int from, int to, int otherwise, struct str sql)
{
	char *why = NULL;
	int at;

	if (sqlite3_exec(g->db, str_z(g->run->arena, sql), NULL, NULL, &why) == SQLITE_OK)
		return true;
	at = why ? word_told(w, from, to, why) : NOWHERE;
	mistake(g->run, word_place(w, at == NOWHERE ? otherwise : at), "%s", why ? why : "no memory");
	sqlite3_free(why);
	return false;
}

static void
keep_ddl(struct sqlgen *g, struct folder *f, struct str sqlite, struct str postgres)
{
	size_t n = f->ddl;

	GROW(g, f->sqlite, n, f->ddl_cap);
	GROW(g, f->postgres, n, f->ddl_cap_postgres);
	f->sqlite[f->ddl] = sqlite;
	f->postgres[f->ddl++] = postgres;
}

static void
check_rules(struct sqlgen *g, const struct table *t)
{
	for (size_t i = 0; i < t->columns; i++)
		expression_check(g->run, &t->words, t->column[i].from, t->column[i].to);
	for (size_t i = 0; i < t->rules; i++) {
		int from = t->rule[i].from, to = t->rule[i].to, open = from + 1;

		if (word_is(&t->words, from, "PRIMARY") && word_is(&t->words, open, "KEY"))
			open++;
		if (!word_is(&t->words, open, "(") || word_next(&t->words, open) != to)
			mistake(g->run, word_place(&t->words, from), "a rule of the table is PRIMARY KEY (…), "
			    "UNIQUE (…) or CHECK (…), and nothing else");
		expression_check(g->run, &t->words, from, to);
	}
}

static void
read_table(struct sqlgen *g, struct folder *f, const struct words *w, int from, int to, struct str comment)
{
	struct table *t = ARENA_NEW(g->run->arena, struct table);
	int name = from + 2, open = from + 3, before = g->run->mistakes;

	*t = (struct table){.name = word_at(w, name)->text, .folder = f, .words = *w,
	    .at = word_at(w, name)->at,
	    .private_to_campus = str_contains(comment, STR("-- private to its campus"))};
	if (!name_check(g->run, word_place(w, name), t->name, "a table", true))
		return;
	if (!word_is(w, open, "(") || word_next(w, open) != to) {
		mistake(g->run, word_place(w, open), "a table is written CREATE TABLE name (columns);");
		return;
	}
	table_read_lines(g, t, open, false);
	check_rules(g, t);
	if (t->private_to_campus && !t->campus)
		mistake(g->run, word_place(w, name), "%.*s is private to its campus: it needs a column "
		    "campus ID REFERENCES campus", STR_ARG(t->name));
	if (t->columns > COLUMNS_MAX / LANGS)
		mistake(g->run, word_place(w, name), "more than %d columns", COLUMNS_MAX / LANGS);
	if (!claim_table(g, t))
		return;
	/* It is known in spite of mistakes: what refers to it is none. */
	GROW(g, f->table, f->tables, f->tables_cap);
	f->table[f->tables++] = t;
	t->made = g->run->mistakes == before && run_ddl(g, w, open, to, name, ddl_table(g, t, ENGINE_OURS));
	keep_ddl(g, f, ddl_table(g, t, ENGINE_SQLITE), ddl_table(g, t, ENGINE_POSTGRES));
}

/* The table of the folder that word i names; NULL after a mistake. */
static const struct table *
own_table(struct sqlgen *g, struct folder *f, const struct words *w, int i)
{
	const struct table *t = table_find(g, word_at(w, i)->text);

	if (t && t->folder == f)
		return t;
	mistake(g->run, word_place(w, i), "%.*s is no table of this folder", STR_ARG(word_at(w, i)->text));
	return NULL;
}

/* CREATE [UNIQUE] INDEX name ON table (…) [WHERE …]; its text is the same for both engines. */
static void
read_index(struct sqlgen *g, struct folder *f, const struct words *w, int from, int to)
{
	int name = from + (word_is(w, from + 1, "UNIQUE") ? 3 : 2);
	struct out o = out_new(g->run->arena);
	int after = word_next(w, name + 3);
	const struct table *t;

	if (!word_is(w, name + 1, "ON") || !word_is(w, name + 3, "(") ||
	    (after != to && !word_is(w, after, "WHERE"))) {
		mistake(g->run, word_place(w, from),
		    "an index is written CREATE INDEX name ON table (columns) WHERE …;");
		return;
	}
	if (!name_check(g->run, word_place(w, name), word_at(w, name)->text, "an index", true))
		return;
	if (!(t = own_table(g, f, w, name + 2)))
		return;
	expression_check(g->run, w, name + 3, to);
	words_write(&o, w, from, to);
	if (t->made)
		run_ddl(g, w, name, to, name, out_text(&o));
	keep_ddl(g, f, out_text(&o), out_text(&o));
}

/* SQLite looks into a trigger only when a statement fires it. */
static void
try_trigger(struct sqlgen *g, const struct words *w, int name, int to, const struct table *t)
{
	struct str column = t->column[0].name;
	struct str insert = str_fmt(g->run->arena, "EXPLAIN INSERT INTO %.*s DEFAULT VALUES", STR_ARG(t->name));
	struct str update = str_fmt(g->run->arena, "EXPLAIN UPDATE %.*s SET %.*s = %.*s", STR_ARG(t->name),
	    STR_ARG(column), STR_ARG(column));

	if (t->made && run_ddl(g, w, name, to, name, insert))
		run_ddl(g, w, name, to, name, update);
}

/* A wall that no CHECK can be, said to each engine in its own way: a trigger for SQLite, an exclusion for
 * PostgreSQL. Only SQLite's is tried here. */
static void
read_wall(struct sqlgen *g, struct folder *f, const struct words *w, int from, int to, enum engine engine)
{
	struct out o = out_new(g->run->arena);
	bool trigger = word_is(w, from + 1, "TRIGGER");
	int name = trigger ? from + 2 : from + 5, on = from + 2;
	const struct table *t;

	for (int i = from; trigger && i < to; i++)
		if (word_is(w, i, "ON")) {
			on = i + 1;
			break;
		}
	if (trigger != (engine == ENGINE_SQLITE) ||
	    (!trigger && !(word_is(w, from + 1, "TABLE") && word_is(w, from + 3, "ADD") &&
		word_is(w, from + 4, "CONSTRAINT") && word_is(w, from + 6, "EXCLUDE")))) {
		mistake(g->run, word_place(w, from), "a wall is a CREATE TRIGGER behind -- sqlite: and an ALTER TABLE "
		    "name ADD CONSTRAINT name EXCLUDE … behind -- postgres:");
		return;
	}
	if (!name_check(g->run, word_place(w, name), word_at(w, name)->text, trigger ? "a trigger" : "a constraint",
	    true) || !(t = own_table(g, f, w, on)))
		return;
	words_write(&o, w, from, to);
	if (trigger) {
		if (run_ddl(g, w, name, to, name, out_text(&o)))
			try_trigger(g, w, name, to, t);
		keep_ddl(g, f, out_text(&o), STR(""));
	} else {
		keep_ddl(g, f, STR(""), out_text(&o));
	}
}

void
schema_read(struct sqlgen *g, struct folder *f, const struct source *in)
{
	struct words w;
	size_t behind = 0; /* the statement before */

	if (!words_read(g->run, in, 0, in->text.n, &w))
		return;
	for (int from = 0, to; from < w.n; from = to + 1) {
		enum engine engine = engine_at(&w, w.at[from].at);

		to = statement_end(&w, from);
		if (to == w.n)
			mistake(g->run, word_place(&w, from), "this statement does not end with ;");
		else if (engine != ENGINE_OURS)
			read_wall(g, f, &w, from, to, engine);
		else if (word_is(&w, from, "CREATE") && word_is(&w, from + 1, "TABLE"))
			read_table(g, f, &w, from, to, str_sub(in->text, behind, w.at[from].at - behind));
		else if (word_is(&w, from, "CREATE") && (word_is(&w, from + 1, "INDEX") ||
		    (word_is(&w, from + 1, "UNIQUE") && word_is(&w, from + 2, "INDEX"))))
			read_index(g, f, &w, from, to);
		else
			mistake(g->run, word_place(&w, from),
			    "a schema has CREATE TABLE and CREATE INDEX, and walls behind "
			    "-- sqlite: and -- postgres:");
		behind = to < w.n ? w.at[to].at : in->text.n;
	}
}
