#include "tool/textgen.h"

/* Adds an enum; `words` are separated by commas. */
static void
add(struct texts_run *t, struct str name, struct str words, struct str header, const char *prefix,
    size_t *cap)
{
	struct arena *a = t->run->arena;
	struct word_enum *all = arena_grow(a, (void *)(uintptr_t)t->word_enum, t->word_enums, 1,
	    sizeof *all, cap);
	struct word_enum *e = &all[t->word_enums];
	size_t word_cap = 0;

	*e = (struct word_enum){.name = name, .header = header};
	e->prefix = prefix ? str_of(prefix) : upper_name(a, name);
	while (words.n) {
		struct str word = str_trim(str_cut(&words, ','));

		if (e->n == 0 && !e->none && str_is(word, "NONE")) {
			e->none = true;
			continue;
		}
		e->word = arena_grow(a, e->word, e->n, 1, sizeof *e->word, &word_cap);
		e->word[e->n++] = word;
	}
	t->word_enum = all;
	t->word_enums++;
}

void
enums_read(struct texts_run *t, struct str sym)
{
	struct arena *a = t->run->arena;
	struct out roles = out_new(a);
	size_t cap = 0;

	for (size_t i = 0; i < role_count; i++)
		out_fmt(&roles, "%s%s", i ? "," : "", role_names[i]);
	add(t, STR("role"), out_text(&roles), STR("app/rights.h"), "ROLE", &cap);
	add(t, STR("lang"), STR("fi,sv,en"), STR("lib/text.h"), "LANG", &cap);
	while (sym.n) {
		struct str line = str_cut(&sym, '\n'), name = str_cut(&line, '|');
		struct str words = str_cut(&line, '|'), header = str_trim(str_cut(&line, '|'));

		if (name.n)
			add(t, name, words, header, NULL, &cap);
	}
}
