#include <stdlib.h>

#include "tool/textgen.h"

/* The forms of one language. */
struct counted {
	size_t plain, named;
	size_t first; /* 1 + the number of its first one */
};

static struct counted
count_forms(const struct block *b, int lang)
{
	struct counted c = {0};

	for (size_t i = 0; i < b->forms; i++) {
		if (b->form[i].lang != lang)
			continue;
		if (!c.first)
			c.first = i + 1;
		if (b->form[i].word.n)
			c.named++;
		else
			c.plain++;
	}
	return c;
}

static const struct form *
find_form(const struct block *b, int lang, struct str word)
{
	for (size_t i = 0; i < b->forms; i++)
		if (b->form[i].lang == lang && str_eq(b->form[i].word, word))
			return &b->form[i];
	return NULL;
}

static void
need_form(struct texts_run *t, const struct block *b, int lang, struct str word, size_t at)
{
	if (!find_form(b, lang, word) && !(chosen_by_word(b) && find_form(b, lang, STR("other"))))
		mistake(t->run, place_at(b->in, at), "%.*s has no form %.*s in %s", STR_ARG(b->key),
		    STR_ARG(word), lang_codes[lang]);
}

static void
check_forms(struct texts_run *t, struct block *b, int lang)
{
	struct counted c = count_forms(b, lang);
	size_t at;

	if (!c.first) {
		mistake(t->run, place_at(b->in, b->at), "%.*s has no text in %s", STR_ARG(b->key),
		    lang_codes[lang]);
		return;
	}
	at = b->form[c.first - 1].at;
	if (chosen_by_word(b)) {
		const struct word_enum *e = b->param[b->chooser].words;

		for (size_t i = 0; i < e->n; i++)
			need_form(t, b, lang, e->word[i], at);
	} else if (c.named && c.plain) {
		mistake(t->run, place_at(b->in, find_form(b, lang, STR(""))->at),
		    "either all lines in %s name a form, one or other, or there is one line",
		    lang_codes[lang]);
	} else if (c.named) {
		need_form(t, b, lang, STR("one"), at);
		need_form(t, b, lang, STR("other"), at);
		b->param[b->chooser].used[lang] = true;
	}
}

static void
check_slots(struct texts_run *t, const struct block *b)
{
	for (size_t i = 0; i < b->forms; i++) {
		const struct form *f = &b->form[i];

		for (size_t s = 0; s < b->slots; s++) {
			if (!f->slots[s])
				mistake(t->run, place_at(b->in, f->at),
				    "<%.*s> is missing in %s%s%.*s", STR_ARG(b->slot[s]),
				    lang_codes[f->lang], f->word.n ? " " : "", STR_ARG(f->word));
		}
	}
}

static void
check_params(struct texts_run *t, const struct block *b)
{
	for (size_t i = 0; i < b->params; i++) {
		const struct param *p = &b->param[i];

		if (p->words)
			continue;
		if (!p->used[0] && !p->used[1] && !p->used[2]) {
			mistake(t->run, place_at(b->in, p->at), "%.*s stands in no text",
			    STR_ARG(p->name));
			continue;
		}
		for (int l = 0; l < LANGS; l++) {
			if (!p->used[l])
				mistake(t->run, place_at(b->in, p->at), "%.*s does not stand in %s",
				    STR_ARG(p->name), lang_codes[l]);
		}
	}
}

static int
by_key(const void *a, const void *b)
{
	const struct block *x = *(struct block *const *)a, *y = *(struct block *const *)b;
	int c = str_compare(x->key, y->key);

	return c ? c : (x > y) - (x < y);
}

static int
by_c_name(const void *a, const void *b)
{
	const struct block *x = *(struct block *const *)a, *y = *(struct block *const *)b;

	for (size_t i = 0; i < x->key.n && i < y->key.n; i++) {
		char p = x->key.p[i], q = y->key.p[i];

		p = p == '.' ? '_' : p;
		q = q == '.' ? '_' : q;
		if (p != q)
			return p < q ? -1 : 1;
	}
	if (x->key.n != y->key.n)
		return x->key.n < y->key.n ? -1 : 1;
	return (x > y) - (x < y);
}

/* The sorted blocks next to each other must differ: as keys and as names of C. */
static void
check_twins(struct texts_run *t)
{
	struct arena *a = t->run->arena;
	struct block **s = t->sorted;

	qsort(s, t->blocks, sizeof *s, by_c_name);
	for (size_t i = 1; i < t->blocks; i++) {
		struct place here = place_at(s[i]->in, s[i]->at);

		if (!s[i]->key.n || s[i]->key.n != s[i - 1]->key.n)
			continue;
		if (str_eq(s[i]->key, s[i - 1]->key))
			mistake(t->run, here, "%.*s stands in %s:%d already", STR_ARG(s[i]->key),
			    s[i - 1]->in->path, s[i - 1]->line);
		else if (str_eq(c_name(a, s[i]->key), c_name(a, s[i - 1]->key)))
			mistake(t->run, here, "%.*s is the same name in C as %.*s in %s:%d",
			    STR_ARG(s[i]->key), STR_ARG(s[i - 1]->key), s[i - 1]->in->path,
			    s[i - 1]->line);
	}
}

void
texts_check(struct texts_run *t)
{
	t->sorted = ARENA_ARRAY(t->run->arena, struct block *, t->blocks + 1);
	for (size_t i = 0; i < t->blocks; i++) {
		struct block *b = &t->block[i];

		t->sorted[i] = b;
		if (b->broken)
			continue;
		for (int l = 0; l < LANGS; l++)
			check_forms(t, b, l);
		check_slots(t, b);
		if (b->forms)
			check_params(t, b);
	}
	check_twins(t);
	qsort(t->sorted, t->blocks, sizeof *t->sorted, by_key);
}
