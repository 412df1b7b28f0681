/* From sources to compiled definitions. */
#include "tool/pagegen.h"

/* OUT/texts.sym, a text a line: key|n:INT,state:x|slot,slot|app/wheel/wheel.texts:12 */
static void
texts_read(struct pages *g, struct str sym)
{
	size_t cap = 0;

	while (sym.n) {
		struct str line = str_cut(&sym, '\n');
		struct text_symbol s = {.key = str_cut(&line, '|')};
		struct str params = str_cut(&line, '|'), slots = str_cut(&line, '|'),
			   where = str_cut(&line, ':');

		while (params.n && s.params < TEXT_PARAMS_MAX) {
			struct str param = str_cut(&params, ',');

			s.name[s.params] = str_cut(&param, ':');
			s.type[s.params++] = param;
		}
		while (slots.n && s.slots < TEXT_SLOTS_MAX)
			s.slot[s.slots++] = str_cut(&slots, ',');
		s.header = str_fmt(g->arena, "%.*s.h", STR_ARG(where));
		g->text = arena_grow(g->arena, g->text, g->texts, 1, sizeof *g->text, &cap);
		g->text[g->texts++] = s;
	}
}

static void
rights_read(struct pages *g, struct str sym)
{
	size_t cap = 0;

	while (sym.n) {
		struct str line = str_cut(&sym, '\n');

		g->right = arena_grow(g->arena, g->right, g->rights, 1, sizeof *g->right, &cap);
		g->right[g->rights++] = line;
	}
}

static bool
is_comment(struct str s)
{
	return str_starts(s, STR("<!--")) && str_ends(s, STR("-->"));
}

/* What stands between definitions. */
static void
check_between(struct pages *g, const struct file *f, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct piece *p = &f->piece[i];
		struct str s = str_trim(str_sub(f->in->text, p->at, p->end - p->at));

		if (p->statement ? str_is(p->word, "include") : !s.n || is_comment(s))
			continue;
		mistake(g->run,
		    place_at(f->in, p->statement ? p->at - 1 : (size_t)(s.p - f->in->text.p)),
		    p->statement && str_is(p->word, "end")
			? "this {end} ends nothing"
			: "this stands outside of all definitions: {page name(fields)} … {end}");
	}
}

/* A struct has no body; an {end} right behind it is allowed, for symmetry. */
static size_t
behind_struct(const struct file *f, size_t i)
{
	size_t j = i;

	if (j < f->pieces && !f->piece[j].statement &&
	    !str_trim(str_sub(f->in->text, f->piece[j].at, f->piece[j].end - f->piece[j].at)).n)
		j++;
	return j < f->pieces && str_is(f->piece[j].word, "end") ? j + 1 : i;
}

static void
file_compile(struct pages *g, const struct file *f)
{
	size_t from = 0, defs = g->defs;

	for (size_t i = 0; i < defs; i++) {
		struct definition *d = &g->def[i];

		if (d->file != f)
			continue;
		check_between(g, f, from, d->first - 1);
		if (d->kind == DEFINITION_STRUCT) {
			from = behind_struct(f, d->first);
		} else {
			body_compile(g, d);
			from = d->first;
		}
	}
	check_between(g, f, from, f->pieces);
}

static bool
uses_itself(struct definition *d)
{
	bool bad = false;

	if (d->mark)
		return d->mark == 1;
	d->mark = 1;
	for (size_t i = 0; i < d->uses; i++)
		bad |= uses_itself((struct definition *)(uintptr_t)d->use[i]);
	d->mark = 2;
	return bad;
}

void
pages_compile(struct pages *g, struct source *in, size_t n, struct str texts, struct str rights)
{
	texts_read(g, texts);
	rights_read(g, rights);
	g->file = ARENA_ARRAY(g->arena, struct file, n);
	g->files = n;
	for (size_t i = 0; i < n; i++) {
		split_file(g, &g->file[i], &in[i]);
		heads_read(g, &g->file[i]);
	}
	heads_check(g);
	for (size_t i = 0; i < n; i++)
		file_compile(g, &g->file[i]);
	for (size_t i = 0; i < g->defs; i++) {
		if (uses_itself(&g->def[i]))
			mistake(g->run, place_at(g->def[i].file->in, g->def[i].at),
			    "%.*s uses itself", STR_ARG(g->def[i].name));
	}
	for (size_t i = 0; i < g->defs; i++)
		g->def[i].mark = 0;
}
