/* One text for each engine: numbered parameters, three columns for a TEXTS, columns for *, lists of ids. */
#include <string.h>

#include "tool/sqlgen.h"

struct writing {
	struct sqlgen *g;
	struct query *q;
	const struct statement *s;
	const struct words *w;
	bool postgres;
	struct out o;
	struct text_map *map;
	struct item *item;
	size_t items;
};

static void
note_place(struct writing *w, int i)
{
	if (!w->map || word_at(w->w, i)->kind == W_END)
		return;
	GROW(w->g, w->map->step, w->map->n, w->map->cap);
	w->map->step[w->map->n++] = (struct text_step){w->o.n, word_at(w->w, i)->at};
}

static void
refuse(struct writing *w, int i, const char *why)
{
	mistake(w->g->run, word_place(w->w, i), "%s", why);
}

static struct param *
param_at(struct writing *w, int i)
{
	struct str name = word_inside(word_at(w->w, i));

	for (size_t k = 0; k < w->q->params; k++)
		if (str_eq(w->q->param[k].name, name))
			return &w->q->param[k];
	return NULL;
}

static void
refuse_param(struct writing *w, int i)
{
	mistake(w->g->run, word_place(w->w, i), "%.*s is no parameter of %.*s",
	    STR_ARG(word_at(w->w, i)->text), STR_ARG(w->q->name));
}

static void
write_number(struct writing *w, struct param *p, int nth)
{
	p->used = true;
	out_fmt(&w->o, "%c%d", w->postgres ? '$' : '?', p->number + nth);
}

/* --- TEXTS --------------------------------------------------------------------------------------------------- */

/* title, i.title or :title, where it is a TEXTS. */
struct unit {
	int from, to;
	struct param *param;
};

static bool
read_unit(struct writing *w, int i, struct unit *u)
{
	struct param *p;

	*u = (struct unit){.from = i, .to = i + 1};
	if (word_at(w->w, i)->kind == W_PARAM) {
		p = param_at(w, i);
		u->param = p && p->is.type == T_TEXTS ? p : NULL;
		return u->param != NULL;
	}
	if (word_is(w->w, i + 1, ".") && word_at(w->w, i + 2)->texts)
		u->to = i + 3;
	return word_at(w->w, u->to - 1)->texts && !word_is(w->w, i - 1, ".");
}

static void
write_unit(struct writing *w, const struct unit *u, int lang)
{
	if (u->param) {
		write_number(w, u->param, lang);
		return;
	}
	for (int i = u->from; i < u->to; i++)
		out_str(&w->o, word_at(w->w, i)->text);
	out_fmt(&w->o, "_%s", lang_codes[lang]);
}

static const char *const unit_ends[] = {
	",", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "UNION", "EXCEPT", "INTERSECT",
	"RETURNING", "ON", "WINDOW", NULL,
};

static bool
ends_here(struct writing *w, int i, int unit)
{
	int open = word_at(w->w, unit)->open;

	return i >= w->w->n || word_is_one_of(w->w, i, unit_ends) ||
	    (open != NOWHERE && i == word_at(w->w, open)->close);
}

/* Whether what stands before the unit begins a list of columns or values. */
static bool
begins_list(struct writing *w, int i)
{
	static const char *const before[] = {"SELECT", "DISTINCT", "ALL", "RETURNING", "BY", ",", NULL};
	int open = word_at(w->w, i)->open;
	enum word_role role = word_at(w->w, open - 1)->role;

	if (open != NOWHERE && !word_is(w->w, open + 1, "SELECT") && !word_is(w->w, open - 1, "VALUES") &&
	    !word_is(w->w, open - 1, ",") && !word_is(w->w, open - 1, "CONFLICT") && role != R_TABLE &&
	    role != R_ALIAS && !word_is(w->w, open - 1, "OVER") && !word_is(w->w, open + 1, "WITH"))
		return false;
	return open == i - 1 || word_is_one_of(w->w, i - 1, before);
}

/* Whether the unit is given its value: SET title = … */
static bool
is_set(struct writing *w, const struct unit *u)
{
	static const char *const clauses[] = {"SET", "WHERE", "ON", "FROM", "SELECT", NULL};
	int open = word_at(w->w, u->from)->open;

	if (u->param || !word_is(w->w, u->to, "=") || !(word_is(w->w, u->from - 1, "SET") ||
	    word_is(w->w, u->from - 1, ",")))
		return false;
	for (int i = u->from - 1; i > open; i--)
		if (word_at(w->w, i)->open == open && word_is_one_of(w->w, i, clauses))
			return word_is(w->w, i, "SET");
	return false;
}

/* Writes the unit in three languages; the word behind it. */
static int
write_texts(struct writing *w, const struct unit *left)
{
	struct unit right = {0};
	struct str label = {0};
	bool set = is_set(w, left);
	int end = left->to;

	if (set) {
		if (!read_unit(w, left->to + 1, &right) || !ends_here(w, right.to, right.from)) {
			refuse(w, left->to + 1, "a TEXTS is set from another TEXTS, nothing else");
			return left->to + 1;
		}
		end = right.to;
	} else if (word_is(w->w, end, "AS") && word_at(w->w, end + 1)->kind != W_END) {
		label = word_inside(word_at(w->w, end + 1));
		label = str_sub(label, 0, str_find(label, ' '));
		end += 2;
	} else if (word_is(w->w, end, "ASC") || word_is(w->w, end, "DESC")) {
		end = w->w->n; /* refused below */
	}
	if (!set && (!begins_list(w, left->from) || !ends_here(w, end, left->from))) {
		mistake(w->g->run, word_place(w->w, left->from), "%.*s is TEXTS, three columns: it stands in lists "
		    "and in SET; elsewhere name a language, like %.*s_fi", STR_ARG(word_at(w->w, left->to - 1)->text),
		    STR_ARG(word_inside(word_at(w->w, left->to - 1))));
		return left->to;
	}
	for (int l = 0; l < LANGS; l++) {
		if (l)
			out_lit(&w->o, ", ");
		write_unit(w, left, l);
		if (set) {
			out_lit(&w->o, " = ");
			write_unit(w, &right, l);
		}
		if (label.n)
			out_fmt(&w->o, " AS %.*s_%s", STR_ARG(label), lang_codes[l]);
	}
	return end;
}

/* --- stars and parameters --------------------------------------------------------------------------------------- */

/* All columns by name: their order in a database that was migrated is another one. */
static void
write_star(struct writing *w, const struct item *item)
{
	const struct table *t = item->star->table;
	const char *between = "";

	for (size_t i = 0; i < t->columns; i++)
		for (int l = 0; l < (t->column[i].is.type == T_TEXTS ? LANGS : 1); l++) {
			out_str(&w->o, str_of(between));
			between = ", ";
			if (item->to - item->from == 3)
				out_fmt(&w->o, "%.*s.", STR_ARG(item->star->alias));
			out_str(&w->o, t->column[i].name);
			if (t->column[i].is.type == T_TEXTS)
				out_fmt(&w->o, "_%s", lang_codes[l]);
		}
}

static const struct item *
star_at(struct writing *w, int i)
{
	for (size_t k = 0; k < w->items; k++)
		if (w->item[k].star && w->item[k].from == i)
			return &w->item[k];
	return NULL;
}

/* [NOT] IN [:ids]; the word behind it, or i if it is none. */
static int
write_list(struct writing *w, int i)
{
	bool not = word_is(w->w, i, "NOT");
	int in = not ? i + 1 : i;
	struct param *p = param_at(w, in + 2);

	if (!word_is(w->w, in, "IN") || !word_is(w->w, in + 1, "["))
		return i;
	if (word_at(w->w, in + 2)->kind != W_PARAM || !word_is(w->w, in + 3, "]")) {
		refuse(w, in + 1, "a list is one parameter: IN [:ids]");
		return word_next(w->w, in + 1);
	}
	if (!p) {
		refuse_param(w, in + 2);
	} else if (!p->is.list) {
		mistake(w->g->run, word_place(w->w, in + 2),
		    "%.*s is no list: in the prototype a list is written [%.*s] "
		    "and its type", STR_ARG(p->name), STR_ARG(p->name));
	} else if (w->postgres) {
		out_str(&w->o, not ? STR("<> ALL(") : STR("= ANY("));
		write_number(w, p, 0);
		out_lit(&w->o, "::bigint[])");
	} else {
		out_str(&w->o, not ? STR("NOT IN (SELECT value FROM json_each(")
		    : STR("IN (SELECT value FROM json_each("));
		write_number(w, p, 0);
		out_lit(&w->o, "))");
	}
	return in + 4;
}

static void
write_param(struct writing *w, int i)
{
	struct param *p = param_at(w, i);

	if (!p)
		refuse_param(w, i);
	else if (p->is.list)
		mistake(w->g->run, word_place(w->w, i), "%.*s is a list: write IN [:%.*s]", STR_ARG(p->name),
		    STR_ARG(p->name));
	else
		write_number(w, p, 0);
}

/* Writes what begins at word i; the word behind it. */
static int
write_words(struct writing *w, int i)
{
	const struct item *star = star_at(w, i);
	struct unit u;
	int end;

	if (star) {
		write_star(w, star);
		return star->to;
	}
	if (read_unit(w, i, &u))
		return write_texts(w, &u);
	end = write_list(w, i);
	if (end > i)
		return end;
	if (word_at(w->w, i)->kind == W_PARAM)
		write_param(w, i);
	else if (word_is(w->w, i, "["))
		refuse(w, i, "this bracket is for lists: IN [:ids]");
	else
		out_str(&w->o, word_at(w->w, i)->text);
	return i + 1;
}

struct str
statement_text(struct sqlgen *g, struct query *q, const struct statement *s, bool postgres, struct text_map *map)
{
	struct writing w = {.g = g, .q = q, .s = s, .w = &s->words, .postgres = postgres,
	    .o = out_new(g->run->arena), .map = map};

	w.item = items_read(g, s, &w.items);
	for (int i = 0; i < s->words.n;) {
		out_str(&w.o, word_gap(&s->words, i, true));
		note_place(&w, i);
		i = write_words(&w, i);
	}
	return out_text(&w.o);
}
