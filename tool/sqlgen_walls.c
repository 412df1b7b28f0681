/* The walls: a room writes its own tables and reads its own and those to its left; what belongs to a campus
 * is changed only where that campus is compared. */
#include <string.h>

#include "tool/sqlgen.h"

/* --- between rooms --------------------------------------------------------------------------------------------- */

static void
check_wall(struct sqlgen *g, const struct query *q, const struct table *t, bool writes, struct place at)
{
	const struct folder *mine = q->folder, *its = t->folder;

	if (its == mine)
		return;
	if (writes)
		mistake(g->run, at, "%.*s writes %.*s, which is a table of %.*s: call a function of that room",
		    STR_ARG(q->name), STR_ARG(t->name), STR_ARG(its->path));
	else if (its->order == 0)
		mistake(g->run, at, "%.*s reads %.*s, which is a table of %.*s alone", STR_ARG(q->name),
		    STR_ARG(t->name), STR_ARG(its->path));
	else if (mine->order == 0 || its->order > mine->order)
		mistake(g->run, at, "%.*s reads %.*s of %.*s, which is not to the left of %.*s", STR_ARG(q->name),
		    STR_ARG(t->name), STR_ARG(its->path), STR_ARG(mine->path));
}

static struct place
place_of_table(const struct statement *s, const struct table *t, struct place otherwise)
{
	for (size_t i = 0; i < s->mentions; i++)
		if (s->mention[i].table == t)
			return word_place(&s->words, s->mention[i].at);
	return otherwise;
}

int
walls_watch(void *context, int action, const char *table, const char *column, const char *database,
    const char *view)
{
	struct watch *w = context;
	bool writes = action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
	const struct table *t;

	(void)column;
	(void)database;
	(void)view;
	if (!table || (!writes && action != SQLITE_READ))
		return SQLITE_OK;
	t = table_find(w->g, str_of(table));
	for (size_t i = 0; i < w->n; i++)
		if (w->told[i] == t)
			return SQLITE_OK;
	if (!t || t->folder == w->q->folder)
		return SQLITE_OK;
	if (w->n < sizeof w->told / sizeof *w->told)
		w->told[w->n++] = t;
	check_wall(w->g, w->q, t, writes, place_of_table(w->s, t, place_at(w->q->in, w->q->at)));
	return SQLITE_OK;
}

void
walls_check_words(struct sqlgen *g, const struct query *q, const struct statement *s)
{
	for (size_t i = 0; i < s->mentions; i++) {
		const struct mention *m = &s->mention[i];

		if (m->table)
			check_wall(g, q, m->table, m->written, word_place(&s->words, m->at));
	}
}

/* --- between campuses ---------------------------------------------------------------------------------------------
 *
 * A heuristic on the words; the proof is a test that hides a marker in another campus. */

struct asking {
	const struct statement *s;
	const struct words *w;
	const struct mention *of; /* whose column campus */
};

/* The word behind [alias.]campus of the table at i, or NOWHERE. */
static int
behind_campus(const struct asking *a, int i)
{
	int name = word_is(a->w, i + 1, ".") ? i + 2 : i;
	const struct mention *m;

	if (word_at(a->w, name)->kind != W_NAME || !str_is(word_at(a->w, name)->text, "campus"))
		return NOWHERE;
	if (str_is(word_at(a->w, i)->text, "excluded"))
		return NOWHERE;
	column_meant(a->s, name, &m);
	return m == a->of ? name + 1 : NOWHERE;
}

/* A parameter, or the campus of another table. */
static bool
is_other(const struct asking *a, int i)
{
	if (word_at(a->w, i)->kind == W_PARAM)
		return true;
	return word_at(a->w, i)->kind == W_NAME && word_is(a->w, i + 1, ".") &&
	    str_is(word_at(a->w, i + 2)->text, "campus") && behind_campus(a, i) == NOWHERE;
}

static bool
compares_at(const struct asking *a, int i)
{
	int after = behind_campus(a, i), other;

	if (after == NOWHERE) { /* :campus = campus */
		other = word_at(a->w, i)->kind == W_PARAM ? i + 1 : i + 3;
		return is_other(a, i) && word_is(a->w, other, "=") && behind_campus(a, other + 1) != NOWHERE;
	}
	if (word_is(a->w, after, "="))
		return is_other(a, after + 1);
	if (word_is(a->w, after, "IN"))
		return word_is(a->w, after + 1, "[") || word_at(a->w, after + 2)->kind == W_PARAM;
	if (word_is(a->w, after, "IS") && word_is(a->w, after + 1, "NOT"))
		return word_is(a->w, after + 2, "DISTINCT") && is_other(a, after + 4);
	return word_is(a->w, after, "IS") && word_is(a->w, after + 1, "NULL");
}

/* The first `what` in [from, to) outside of inner brackets, or to. */
static int
find_word(const struct words *w, int from, int to, const char *what)
{
	while (from < to && !word_is(w, from, what))
		from = word_next(w, from);
	return from < to ? from : to;
}

/* Whether the condition [from, to) holds for one campus only: each of its alternatives compares it. */
static bool
compares(const struct asking *a, int from, int to)
{
	bool all = from < to;

	for (int at = from, end; at < to; at = end + 1) {
		bool any = false;

		end = find_word(a->w, at, to, "OR");
		for (int part = at, next; part < end; part = next + 1) {
			next = find_word(a->w, part, end, "AND");
			if (word_is(a->w, part, "(") && word_next(a->w, part) == next)
				any = any || compares(a, part + 1, next - 1);
			else
				any = any || compares_at(a, part);
		}
		all = all && any;
	}
	return all;
}

/* UPDATE and DELETE: in WHERE. */
static bool
change_compares(const struct asking *a)
{
	static const char *const where[] = {"WHERE", NULL}, *const ends[] = {"RETURNING", NULL};
	int from = find_clause(a->w, a->of->at, where);

	return compares(a, from + 1, find_clause(a->w, from, ends));
}

/* ON CONFLICT … DO UPDATE: the campus is part of the conflict, or compared in one of two WHEREs. */
static bool
conflict_compares(const struct asking *a, int at)
{
	static const char *const on[] = {"CONFLICT", NULL}, *const where[] = {"WHERE", NULL};
	static const char *const ends[] = {"RETURNING", NULL};
	int conflict = find_clause(a->w, a->of->at, on), after = word_next(a->w, conflict + 1), from;

	for (int i = conflict + 2; i < word_at(a->w, conflict + 1)->close; i++)
		if (str_is(word_at(a->w, i)->text, "campus"))
			return true;
	if (word_is(a->w, after, "WHERE") && compares(a, after + 1, at))
		return true;
	from = find_clause(a->w, at, where);
	return compares(a, from + 1, find_clause(a->w, from, ends));
}

static bool
names_campus(const struct asking *a)
{
	int open = a->of->at + 1;

	while (open < a->w->n && !word_is(a->w, open, "("))
		open++;
	for (int i = open + 1; i < word_at(a->w, open)->close; i++)
		if (str_is(word_at(a->w, i)->text, "campus"))
			return true;
	return false;
}

/* A table in a SELECT: in its WHERE or in one of its ONs. */
static bool
select_compares(const struct asking *a)
{
	static const char *const begins[] = {"WHERE", "ON", NULL};
	static const char *const ends[] = {"WHERE", "ON", "JOIN", "LEFT", "INNER", "CROSS", "GROUP", "ORDER",
	    "LIMIT", "HAVING", "WINDOW", "RETURNING", "UNION", "EXCEPT", "INTERSECT", ",", NULL};
	static const char *const unions[] = {"UNION", "EXCEPT", "INTERSECT", NULL};
	int stop = find_clause(a->w, a->of->at, unions);

	for (int i = find_clause(a->w, a->of->at, begins); i < stop; i = find_clause(a->w, i + 1, begins))
		if (compares(a, i + 1, find_clause(a->w, i + 1, ends)))
			return true;
	return false;
}

/* The table where the statement should compare a campus and does not, or NULL. */
static const struct mention *
find_gap(const struct query *q, const char **why)
{
	const struct words *w = &q->sql.words;
	static const char *const again[] = {"DO", NULL};

	for (size_t i = 0; i < q->sql.mentions; i++) {
		const struct mention *m = &q->sql.mention[i];
		struct asking a = {&q->sql, w, m};
		bool insert = m->written && word_is(w, m->at - 1, "INTO");
		int conflict;

		if (!m->table || !m->table->campus)
			continue;
		conflict = insert ? find_clause(w, m->at, again) : w->n;
		*why = "has a campus: compare it in WHERE, so that no other campus is changed";
		if (m->written && !insert && !change_compares(&a))
			return m;
		if (word_is(w, conflict + 1, "UPDATE") && !conflict_compares(&a, conflict))
			return m;
		*why = "is private to its campus: compare campus";
		if (m->table->private_to_campus && (insert ? !names_campus(&a) : !m->written && !select_compares(&a)))
			return m;
	}
	return NULL;
}

void
walls_check_campus(struct sqlgen *g, const struct query *q)
{
	const char *why = "";
	const struct mention *gap = find_gap(q, &why);

	if (gap && !q->any_campus_at)
		mistake(g->run, word_place(&q->sql.words, gap->at), "%.*s %s; or write a line above: "
		    "-- any campus: because …", STR_ARG(gap->name), why);
	if (!gap && q->any_campus_at)
		mistake(g->run, place_at(q->in, q->any_campus_at),
		    "this line is not needed: the query compares a campus, or changes nothing of one");
}
