/* The common subset of both engines: what one of them refuses, or both understand differently. SQLite
 * checks the rest when it prepares a statement, PostgreSQL in the tests. */
#include <string.h>

#include "tool/sqlgen.h"

/* A word, and what to do instead. */
struct refused {
	const char *word, *why;
};

static const struct refused refused[] = {
	{"LIKE", "the engines compare patterns differently: compare with =, or search in C"},
	{"ILIKE", "the engines compare patterns differently: compare with =, or search in C"},
	{"GLOB", "the engines compare patterns differently: compare with =, or search in C"},
	{"REGEXP", "the engines compare patterns differently: compare with =, or search in C"},
	{"MATCH", "the engines compare patterns differently: compare with =, or search in C"},
	{"SIMILAR", "the engines compare patterns differently: compare with =, or search in C"},
	{"RIGHT", "write LEFT JOIN, with the tables the other way round"},
	{"FULL", "a FULL JOIN is two queries: write LEFT JOIN"},
	{"NATURAL", "say what joins the tables: JOIN … ON …"},
	{"LATERAL", "LATERAL is PostgreSQL's alone"},
	{"COLLATE", "text is compared byte by byte on both engines; people's order is made in C"},
	{"ROWID", "rowid is SQLite's alone: use the ID"},
	{"_ROWID_", "rowid is SQLite's alone: use the ID"},
	{"OID", "oid is the engine's own: use the ID"},
	{"CURRENT_TIMESTAMP", "the time is handed in: a parameter `now INSTANT`"},
	{"CURRENT_DATE", "the day is handed in: a parameter `today DATE`"},
	{"CURRENT_TIME", "the time is handed in: a parameter `now INSTANT`"},
	{"EXTRACT", "days and times are taken apart in C"},
	{"INTERVAL", "days are computed in C and handed in"},
	{"INDEXED", "INDEXED BY is SQLite's alone"},
	{"ARRAY", "ARRAY is PostgreSQL's alone: a list is a parameter, IN [:ids]"},
	{"ANY", "ANY is PostgreSQL's alone: a list is a parameter, IN [:ids]"},
	{"REPLACE", "REPLACE deletes what was there: write INSERT … ON CONFLICT … DO UPDATE"},
	{"DEFERRABLE", "constraints are checked at once on both engines"},
	{"ISNULL", "write IS NULL"},
	{"NOTNULL", "write IS NOT NULL"},
	{"==", "equal is written ="},
	{"::", "write CAST(x AS BIGINT)"},
	{"->", "JSON is read in C"},
	{"->>", "JSON is read in C"},
	{"<<", "bits are for C"},
	{">>", "bits are for C"},
	{"&", "bits are for C"},
	{"|", "bits are for C; texts are joined with ||"},
	{"~", "~ means something else to each engine"},
};

/* Functions of both engines that give the same. */
static const char *const functions[] = {
	"count", "sum", "avg", "min", "max", "coalesce", "nullif", "length", "substr", "trim", "abs",
	"row_number", "rank", "dense_rank", "lag", "lead", "first_value", "last_value", NULL,
};

/* Words that a bracket may follow and that are no functions. */
static const char *const before_bracket[] = {
	"IN", "EXISTS", "CAST", "VALUES", "OVER", "FILTER", "AS", "AND", "OR", "NOT", "WHERE", "ON", "WHEN",
	"THEN", "ELSE", "CASE", "SELECT", "FROM", "JOIN", "BY", "HAVING", "SET", "USING", "UNION", "ALL",
	"EXCEPT", "INTERSECT", "CONFLICT", "BETWEEN", "LIMIT", "OFFSET", "DISTINCT", "IS", "UNIQUE", "KEY",
	"CHECK", "RETURNING", "MATERIALIZED", NULL,
};

static void
refuse(struct run *run, const struct words *w, int i, const char *why)
{
	mistake(run, word_place(w, i), "%s", why);
}

static bool
inside_cast(const struct words *w, int i)
{
	for (int open = word_at(w, i)->open; open != NOWHERE; open = word_at(w, open)->open)
		if (word_is(w, open - 1, "CAST"))
			return true;
	return false;
}

static int
commas_in(const struct words *w, int open)
{
	int n = 0;

	for (int i = open + 1; i < word_at(w, open)->close; i = word_next(w, i))
		n += word_is(w, i, ",");
	return n;
}

static void
check_function(struct run *run, const struct words *w, int i)
{
	static const char *const sums[] = {"sum", "avg", NULL};
	static const char *const ends[] = {"min", "max", NULL};
	enum word_role role = word_at(w, i)->role;

	if (!word_is(w, i + 1, "(") || role == R_TABLE || role == R_ALIAS || role == R_TYPE ||
	    word_is_one_of(w, i, before_bracket))
		return;
	if (!word_is_one_of(w, i, functions))
		mistake(run, word_place(w, i), "%.*s() is not used: both engines have count sum avg min max "
		    "coalesce nullif length substr trim abs row_number rank dense_rank lag lead first_value "
		    "last_value, the rest is done in C", STR_ARG(word_at(w, i)->text));
	else if (word_is_one_of(w, i, sums) && !inside_cast(w, i))
		mistake(run, word_place(w, i), "the engines differ in the type of %.*s(): write CAST(%.*s(…) AS "
		    "BIGINT), or DOUBLE PRECISION", STR_ARG(word_at(w, i)->text), STR_ARG(word_at(w, i)->text));
	else if (word_is_one_of(w, i, ends) && commas_in(w, i + 1))
		mistake(run, word_place(w, i), "%.*s() of several values is SQLite's alone: write CASE WHEN",
		    STR_ARG(word_at(w, i)->text));
}

static void
check_cast(struct run *run, const struct words *w, int i)
{
	int close = word_at(w, i + 1)->close;
	bool fits = (word_is(w, close - 1, "BIGINT") && word_is(w, close - 2, "AS")) ||
	    (word_is(w, close - 1, "TEXT") && word_is(w, close - 2, "AS")) ||
	    (word_is(w, close - 1, "PRECISION") && word_is(w, close - 2, "DOUBLE"));

	if (!fits)
		refuse(run, w, close - 1, "CAST makes BIGINT, DOUBLE PRECISION or TEXT");
}

static void
check_word(struct run *run, const struct words *w, int i)
{
	const struct word *word = word_at(w, i);

	for (size_t k = 0; k < sizeof refused / sizeof *refused; k++)
		if (word_is(w, i, refused[k].word) && word->role == R_PLAIN &&
		    !word_is(w, i - 1, "."))
			refuse(run, w, i, refused[k].why);
	if (word->kind == W_NAME && word_at(w, i + 1)->kind == W_STRING &&
	    word->at + word->text.n == word_at(w, i + 1)->at)
		refuse(run, w, i, "a text has no letter before its quote");
	if (word->kind == W_QUOTED && !word_is(w, i - 1, "AS"))
		refuse(run, w, i, "double quotes are for \"name TYPE\" after AS; a text is written 'so'");
	if (word->kind == W_STRING && word_is(w, i - 1, "AS"))
		refuse(run, w, i, "a name is not written as a text");
	if (word_is(w, i, "CAST") && word_is(w, i + 1, "("))
		check_cast(run, w, i);
	if (word->kind == W_NAME)
		check_function(run, w, i);
}

void
expression_check(struct run *run, const struct words *w, int from, int to)
{
	for (int i = from; i < to; i++) {
		check_word(run, w, i);
		if (word_at(w, i)->kind == W_PARAM)
			refuse(run, w, i, "a schema has no parameters");
	}
}

/* --- clauses ------------------------------------------------------------------------------------------------ */

/* LIMIT needs ORDER BY in the same SELECT, and has no comma. */
static void
check_limit(struct run *run, const struct words *w, int i)
{
	static const char *const offset[] = {"OFFSET", "UNION", "EXCEPT", "INTERSECT", "RETURNING", ",", NULL};
	int open = word_at(w, i)->open, comma = find_clause(w, i, offset);

	if (word_is(w, comma, ","))
		refuse(run, w, comma, "write LIMIT n OFFSET m");
	for (int k = i - 1; k > open; k--) {
		if (word_at(w, k)->open != open)
			continue;
		if (word_is(w, k, "ORDER"))
			return;
		if (word_is(w, k, "UPDATE") || word_is(w, k, "DELETE")) {
			refuse(run, w, i, "UPDATE and DELETE have no LIMIT: choose the rows in WHERE");
			return;
		}
	}
	refuse(run, w, i, "LIMIT without ORDER BY gives any rows");
}

/* Whether the WHERE before word i lets no NULL of the column through: due >= :day AND … */
static bool
is_compared(const struct statement *s, int i, const struct column *c)
{
	static const char *const operators[] = {"=", "<", ">", "<=", ">=", "<>", "!=", "BETWEEN", "IN", NULL};
	const struct words *w = &s->words;
	int open = word_at(w, i)->open;
	bool compared = false;

	for (int k = i - 1; k > open && !word_is(w, k, "OR"); k--) {
		const struct mention *m;

		if (word_at(w, k)->open != open)
			continue;
		if (word_is(w, k, "WHERE"))
			return compared;
		if (str_eq(word_at(w, k)->text, c->name) && column_meant(s, k, &m) == c)
			compared = compared || word_is_one_of(w, k + 1, operators) ||
			    (word_is(w, k + 1, "IS") && word_is(w, k + 2, "NOT") && word_is(w, k + 3, "NULL"));
	}
	return false;
}

/* NULL comes first in one engine, last in the other. */
static void
check_order(struct run *run, const struct statement *s, int order, int from, int to)
{
	const struct words *w = &s->words;
	int name = word_is(w, from + 1, ".") ? from + 2 : from;
	const struct mention *m;
	const struct column *c;

	if (word_at(w, from)->kind != W_NAME)
		return;
	for (int i = from; i < to; i++)
		if (word_is(w, i, "NULLS"))
			return;
	if (name + 1 < to && !word_is(w, name + 1, "ASC") && !word_is(w, name + 1, "DESC"))
		return;
	c = column_meant(s, name, &m);
	if (c && (c->is.maybe || m->outer) && !is_compared(s, order, c))
		mistake(run, word_place(w, from), "%.*s may be NULL, which one engine puts first and the other last: "
		    "write NULLS FIRST or NULLS LAST", STR_ARG(word_at(w, name)->text));
}

static void
check_order_by(struct run *run, const struct statement *s, int i)
{
	static const char *const ends[] = {"LIMIT", "OFFSET", "RETURNING", "ROWS", "RANGE", "GROUPS", "UNION",
	    "EXCEPT", "INTERSECT", NULL};
	const struct words *w = &s->words;
	int end = find_clause(w, i, ends), from = i + 2;

	for (int k = from; k <= end && from < end; k = word_next(w, k))
		if (k == end || word_is(w, k, ",")) {
			check_order(run, s, i, from, k);
			from = k + 1;
		}
}

static void
check_join(struct run *run, const struct words *w, int i)
{
	static const char *const ends[] = {"ON", "USING", "JOIN", "WHERE", "GROUP", "ORDER", "LIMIT", "UNION",
	    "EXCEPT", "INTERSECT", "HAVING", "SET", NULL};
	static const char *const without[] = {"CROSS", "NATURAL", NULL};
	int on = find_clause(w, i + 1, ends);

	if (!word_is_one_of(w, i - 1, without) && !word_is(w, on, "ON") && !word_is(w, on, "USING"))
		refuse(run, w, i, "a JOIN says ON what");
}

/* x IS :y is SQLite's alone. */
static void
check_is(struct run *run, const struct words *w, int i)
{
	static const char *const after[] = {"NULL", "TRUE", "FALSE", "DISTINCT", NULL};
	int next = word_is(w, i + 1, "NOT") ? i + 2 : i + 1;

	if (!word_is_one_of(w, next, after))
		refuse(run, w, i, "after IS come NULL, TRUE, FALSE or [NOT] DISTINCT FROM");
}

/* flag = 1 is SQLite's alone. */
static void
check_truth(struct run *run, const struct statement *s, int i)
{
	const struct words *w = &s->words;
	const struct mention *m;
	const struct column *c;

	if (word_at(w, i)->kind != W_NAME || word_at(w, i)->role != R_PLAIN ||
	    word_at(w, i + 2)->kind != W_NUMBER || !(word_is(w, i + 1, "=") || word_is(w, i + 1, "<>") ||
	    word_is(w, i + 1, "!=")))
		return;
	c = column_meant(s, i, &m);
	if (c && c->is.type == T_BOOL)
		mistake(run, word_place(w, i + 2), "%.*s is a BOOL: write TRUE or FALSE", STR_ARG(c->name));
}

/* INSERT INTO t (columns): the order of columns is not to be relied on, migrations change it. */
static void
check_insert(struct run *run, const struct statement *s)
{
	const struct words *w = &s->words;
	const struct mention *m = mention_written(s);
	int after;

	if (!m || !word_is(w, m->at - 1, "INTO"))
		return;
	if (word_is(w, m->at - 3, "OR") && !word_is(w, m->at - 2, "REPLACE"))
		refuse(run, w, m->at - 2, "write INSERT … ON CONFLICT …");
	after = m->at + 1;
	if (word_is(w, after, "AS"))
		after += 2;
	else if (word_at(w, after)->role == R_ALIAS)
		after++;
	if (!word_is(w, after, "("))
		mistake(run, word_place(w, m->at), "INSERT says which columns: INSERT INTO %.*s (…)",
		    STR_ARG(m->name));
}

void
subset_check(struct sqlgen *g, const struct statement *s)
{
	static const char *const begin[] = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", NULL};
	const struct words *w = &s->words;
	struct run *run = g->run;

	if (!word_is_one_of(w, 0, begin)) {
		refuse(run, w, 0, "a query begins with SELECT, INSERT, UPDATE, DELETE or WITH");
		return;
	}
	for (int i = 0; i < w->n; i++) {
		check_word(run, w, i);
		if (word_at(w, i)->role != R_PLAIN)
			continue;
		if (word_is(w, i, "LIMIT"))
			check_limit(run, w, i);
		else if (word_is(w, i, "ORDER") && word_is(w, i + 1, "BY"))
			check_order_by(run, s, i);
		else if (word_is(w, i, "JOIN"))
			check_join(run, w, i);
		else if (word_is(w, i, "IS"))
			check_is(run, w, i);
		else if (word_is(w, i, "DISTINCT") && word_is(w, i + 1, "ON"))
			refuse(run, w, i, "DISTINCT ON is PostgreSQL's alone");
		check_truth(run, s, i);
	}
	check_insert(run, s);
}
