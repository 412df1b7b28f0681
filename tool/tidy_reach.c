/* What nobody needs. Tests name functions; what these name in turn, through calls, tables of routes and pages, is
 * reached. A function of a header that is not reached is tested by nothing, however often it is called; a text, query
 * or page that is not reached is left over. Names stand for what they name, whatever they mean where they stand: a
 * parameter called like a function reaches it. So a complaint is always true, and now and then one is missed. */
#include "tool/tidy.h"

#include <stdlib.h>
#include <string.h>

enum thing_kind { THING_CODE, THING_PUBLIC, THING_TEXT, THING_QUERY, THING_PAGE, THING_STRUCT };

struct thing {
	enum thing_kind kind;
	const struct file *in;
	size_t at;
	struct str said; /* the name to complain with */
	struct str body; /* what it names */
	bool is_page;    /* the body is HTML */
	bool reached;
};

/* A thing may be named in several ways. */
struct name {
	struct str name;
	size_t thing;
};

struct things {
	const struct tree *tree;
	struct arena *arena;
	struct thing *at;
	size_t n, cap;
	struct name *name; /* sorted before reaching begins */
	size_t names, name_cap;
	size_t *unread; /* things that are reached and whose body was not read yet */
	size_t unread_n, unread_cap;
};

static size_t
add(struct things *all, struct thing thing)
{
	all->at = arena_grow(all->arena, all->at, all->n, 1, sizeof *all->at, &all->cap);
	all->at[all->n] = thing;
	return all->n++;
}

static void
call_it(struct things *all, size_t thing, const char *before, struct str name, const char *behind)
{
	all->name = arena_grow(all->arena, all->name, all->names, 1, sizeof *all->name, &all->name_cap);
	all->name[all->names++] =
	    (struct name){str_fmt(all->arena, "%s%.*s%s", before, STR_ARG(name), behind), thing};
}

static void
reach(struct things *all, size_t thing)
{
	if (all->at[thing].reached)
		return;
	all->at[thing].reached = true;
	all->unread = arena_grow(all->arena, all->unread, all->unread_n, 1, sizeof *all->unread, &all->unread_cap);
	all->unread[all->unread_n++] = thing;
}

/* --- what there is ------------------------------------------------------------------------------------------- */

static void
code_read(struct things *all, const struct file *f)
{
	bool is_header = str_ends(str_of(f->in.path), STR(".h"));
	struct piece p;

	for (size_t at = 0; piece_next(f->code, &at, &p);) {
		struct str body = str_sub(f->code, p.from, p.to - p.from);
		struct thing thing = {.in = f, .at = p.at, .said = p.name, .body = body};

		if (p.kind == PIECE_TYPE) { /* its members may be structs of pages, its words constants */
			reach(all, add(all, thing));
		} else if (p.kind == PIECE_DECLARED && is_header) {
			thing.kind = THING_PUBLIC;
			thing.body = STR("");
			call_it(all, add(all, thing), "", p.name, "");
		} else if (p.kind == PIECE_DEFINED) {
			if (is_header && f->code.p[p.from] != '#' && f->code.p[p.to - 1] == '}')
				thing.kind = THING_PUBLIC; /* static inline */
			call_it(all, add(all, thing), "", p.name, "");
		}
	}
}

/* A key of a text stands alone at the beginning of a line. */
static void
texts_read(struct things *all, const struct file *f)
{
	struct str line;

	for (size_t at = 0, from = 0; line_next(f->in.text, &at, &line); from = at) {
		struct str key = line, name;
		size_t thing;

		if (!line.n || line.p[0] < 'a' || line.p[0] > 'z')
			continue;
		key = str_cut(&key, '(');
		name = c_name(all->arena, key);
		thing = add(all, (struct thing){.kind = THING_TEXT, .in = f, .at = from, .said = key});
		call_it(all, thing, "t ", key, "");
		call_it(all, thing, "t_", name, "");
		call_it(all, thing, "text_", name, "");
		call_it(all, thing, "T_", upper_name(all->arena, key), "");
	}
}

/* A query begins with its prototype: -- wheel_item_find(id) -> wheel_item? */
static void
queries_read(struct things *all, const struct file *f)
{
	struct str line, word;

	for (size_t at = 0, from = 0; line_next(f->in.text, &at, &line); from = at) {
		struct thing query = {.kind = THING_QUERY, .in = f, .at = from + 3};
		size_t i = 3;

		if (!str_starts(line, STR("-- ")) || !str_contains(line, STR(" -> ")) || !word_next(line, &i, &word) ||
		    i != 3 + word.n || i == line.n || line.p[i] != '(')
			continue;
		query.said = word;
		call_it(all, add(all, query), "", word, "");
	}
}

static void
page_named(struct things *all, struct thing thing, struct str kind)
{
	static const char *const functions[] = {"_html", "_open", "_close"};
	struct str name = thing.said;
	size_t it;

	thing.kind = str_is(kind, "struct") ? THING_STRUCT : THING_PAGE;
	it = add(all, thing);
	if (thing.kind == THING_STRUCT) {
		call_it(all, it, "", name, "");
		call_it(all, it, "", name, "_list");
		return;
	}
	call_it(all, it, "use ", name, "");
	if (str_ends(name, STR("_page")))
		name.n -= strlen("_page");
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		call_it(all, it, "", name, functions[i]);
}

/* {page wheel_item_page(…)}, {component card(…)}, {struct wheel_line(…)}: up to the next. */
static void
pages_read(struct things *all, const struct file *f)
{
	struct thing last = {0};
	struct str text = f->in.text, kind = {0};

	for (size_t i = 0; i < text.n; i++) {
		struct str word, name;
		size_t at = i + 1;

		if (text.p[i] != '{' || !word_next(text, &at, &word) || at != i + 1 + word.n ||
		    !(str_is(word, "page") || str_is(word, "component") || str_is(word, "struct")) ||
		    !word_next(text, &at, &name))
			continue;
		if (last.in) {
			last.body.n = (size_t)(text.p + i - last.body.p);
			page_named(all, last, kind);
		}
		kind = word;
		last = (struct thing){.in = f, .at = at - name.n, .said = name, .is_page = true};
		last.body = str_sub(text, i, text.n);
	}
	if (last.in)
		page_named(all, last, kind);
}

static int
by_name(const void *a, const void *b)
{
	return str_compare(((const struct name *)a)->name, ((const struct name *)b)->name);
}

static void
things_read(struct things *all)
{
	for (size_t i = 0; i < all->tree->n; i++) {
		const struct file *f = &all->tree->at[i];
		struct str path = str_of(f->in.path);

		if (!str_starts(path, STR("src/")) || f->is_test)
			continue;
		if (f->code.n)
			code_read(all, f);
		else if (str_ends(path, STR(".texts")))
			texts_read(all, f);
		else if (str_ends(path, STR("/schema.sql")))
			continue;
		else if (str_ends(path, STR(".sql")))
			queries_read(all, f);
		else if (str_ends(path, STR(".html")))
			pages_read(all, f);
	}
	if (all->names)
		qsort(all->name, all->names, sizeof *all->name, by_name);
}

/* --- what names what ----------------------------------------------------------------------------------------- */

/* All things of that name. A test that names a text or a query does not make it one that somebody needs. */
static void
reach_named(struct things *all, struct str name, bool by_test)
{
	size_t low = 0, high = all->names;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(all->name[middle].name, name) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < all->names && str_eq(all->name[low].name, name); low++)
		if (!by_test || all->at[all->name[low].thing].kind < THING_TEXT)
			reach(all, all->name[low].thing);
}

static void
words_reach(struct things *all, struct str text, bool by_test)
{
	struct str word;

	for (size_t at = 0; word_next(text, &at, &word);)
		reach_named(all, word, by_test);
}

/* In a page also {t wheel.answers} and {use card}. */
static void
page_reaches(struct things *all, struct str text)
{
	words_reach(all, text, false);
	for (size_t i = 0; i < text.n; i++) {
		struct str rest = str_sub(text, i, text.n), name;
		size_t n = 0;

		if (!str_starts(rest, STR("{t ")) && !str_starts(rest, STR("{use ")))
			continue;
		name = str_sub(rest, 1, rest.n);
		n = str_find(name, ' ') + 1;
		while (n < name.n && (name.p[n] == '.' || name.p[n] == '_' || (name.p[n] >= '0' && name.p[n] <= '9') ||
		    (name.p[n] >= 'a' && name.p[n] <= 'z')))
			n++;
		reach_named(all, str_sub(name, 0, n), false);
	}
}

/* From tests, and from what the compilers write into every program. */
static void
reach_all(struct things *all)
{
	for (size_t i = 0; i < all->tree->n; i++) {
		const struct file *f = &all->tree->at[i];
		struct str path = str_of(f->in.path);

		if (f->is_test)
			words_reach(all, f->code, true);
		else if (f->code.n && str_starts(path, STR("tool/")) && !str_starts(path, STR("tool/tidy")))
			words_reach(all, f->in.text, true);
	}
	while (all->unread_n) {
		const struct thing *thing = &all->at[all->unread[--all->unread_n]];

		if (thing->is_page)
			page_reaches(all, thing->body);
		else
			words_reach(all, thing->body, false);
	}
}

static const char *
advice(enum thing_kind kind)
{
	switch (kind) {
	case THING_CODE: return NULL; /* the compiler sees those */
	case THING_PUBLIC: return "no test reaches this function: test it, or take it out";
	case THING_TEXT: return "nobody says this text: take it out";
	case THING_QUERY: return "nobody asks this query: take it out";
	case THING_PAGE: return "nobody draws this: take it out";
	case THING_STRUCT: return "no page has this struct: take it out";
	}
	return NULL;
}

void
reach_check(const struct tree *t)
{
	struct things all = {.tree = t, .arena = t->run->arena};

	things_read(&all);
	reach_all(&all);
	for (size_t i = 0; i < all.n; i++) {
		const struct thing *thing = &all.at[i];

		if (!thing->reached && advice(thing->kind))
			mistake(t->run, place_at(&thing->in->in, thing->at), "%.*s: %s", STR_ARG(thing->said),
			    advice(thing->kind));
	}
}
