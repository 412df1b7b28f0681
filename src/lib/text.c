#include "lib/text.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/text_form.h"

static const char *const codes[LANG_COUNT] = {"fi", "sv", "en"};

static const struct text *const *table;
static size_t table_count;

const char *
lang_code(enum lang lang)
{
	need((unsigned)lang < LANG_COUNT);
	return codes[lang];
}

bool
lang_of(struct str code, enum lang *lang)
{
	for (int i = 0; i < LANG_COUNT; i++) {
		if (str_is(code, codes[i])) {
			*lang = (enum lang)i;
			return true;
		}
	}
	return false;
}

struct texts
texts_same(struct str name)
{
	return (struct texts){{name, name, name}};
}

struct found
texts_in(struct texts t, enum lang wanted)
{
	need((unsigned)wanted < LANG_COUNT);
	if (t.at[wanted].n)
		return (struct found){t.at[wanted], wanted};
	for (int i = 0; i < LANG_COUNT; i++) {
		if (t.at[i].n)
			return (struct found){t.at[i], (enum lang)i};
	}
	return (struct found){.lang = wanted};
}

struct said
said(const struct text *text)
{
	need(!text || text->params == 0);
	return (struct said){.text = text};
}

/* What the form must be called for these arguments. */
static int32_t
wanted_form(const struct said *s)
{
	int64_t n = s->arg[s->text->chooser].n;

	switch ((enum text_choice)s->text->choice) {
	case TEXT_ONE_FORM:
		return TEXT_FORM_OTHER;
	case TEXT_BY_COUNT: /* the same rule in all three languages */
		return n == 1 || n == -1 ? TEXT_FORM_ONE : TEXT_FORM_OTHER;
	case TEXT_BY_WORD:
		need(n >= 0 && n <= INT32_MAX);
		return (int32_t)n;
	}
	need_failed(__FILE__, __LINE__, "text choice");
}

/* A said is large: it is handed on by its place. */
static const struct text_part *
parts_of(const struct said *s, enum lang lang)
{
	static const struct text_part nothing[] = {{.kind = TEXT_END}};
	const struct text_part *other = nothing;
	const struct text_forms *forms;
	int32_t wanted;

	need((unsigned)lang < LANG_COUNT);
	if (!s->text)
		return nothing;
	forms = &s->text->in[lang];
	wanted = wanted_form(s);
	for (size_t i = 0; i < forms->n; i++) {
		if (forms->at[i].value == wanted)
			return forms->at[i].parts;
		if (forms->at[i].value == TEXT_FORM_OTHER)
			other = forms->at[i].parts;
	}
	return other;
}

const struct text_part *
said_parts(struct said s, enum lang lang)
{
	return parts_of(&s, lang);
}

static void
write_arg(struct out *o, enum lang lang, enum text_type type, const struct text_arg *arg)
{
	switch (type) {
	case TEXT_STR:
		out_str(o, arg->s);
		break;
	case TEXT_INT:
		i18n_int(o, lang, arg->n);
		break;
	case TEXT_YEAR:
		out_int(o, arg->n);
		break;
	case TEXT_WEEK:
		i18n_week(o, lang, arg->n);
		break;
	case TEXT_TIME:
		i18n_time(o, lang, arg->n);
		break;
	case TEXT_CLOCK:
		i18n_clock(o, lang, arg->n);
		break;
	case TEXT_TEXTS:
		out_str(o, texts_in(arg->t, lang).text);
		break;
	case TEXT_DATE:
		i18n_date(o, lang, arg->date);
		break;
	case TEXT_DAY:
		i18n_day(o, lang, arg->date);
		break;
	case TEXT_RANGE:
		i18n_range(o, lang, arg->range);
		break;
	case TEXT_INSTANT:
		i18n_instant(o, lang, arg->instant);
		break;
	case TEXT_WORD:
		break;
	}
}

static void
write_part(struct out *o, enum lang lang, const struct said *s, const struct text_part *part)
{
	switch ((enum text_part_kind)part->kind) {
	case TEXT_LITERAL:
		out_bytes(o, part->p, part->n);
		break;
	case TEXT_PARAM:
		need(s->text && part->arg < s->text->params);
		write_arg(o, lang, s->text->param[part->arg].type, &s->arg[part->arg]);
		break;
	case TEXT_END:
	case TEXT_SLOT_OPEN:
	case TEXT_SLOT_CLOSE:
		break;
	}
}

void
said_part_plain(struct out *o, enum lang lang, struct said s, const struct text_part *part)
{
	write_part(o, lang, &s, part);
}

void
said_write(struct out *o, enum lang lang, struct said s)
{
	for (const struct text_part *p = parts_of(&s, lang); p->kind != TEXT_END; p++)
		write_part(o, lang, &s, p);
}

struct str
said_plain(struct arena *a, enum lang lang, struct said s)
{
	const struct text_part *p = parts_of(&s, lang);
	struct out o = out_new(a);

	if (p[0].kind == TEXT_LITERAL && p[1].kind == TEXT_END)
		return (struct str){p->p, p->n};
	said_write(&o, lang, s);
	return out_text(&o);
}

void
text_table_set(const struct text *const *all, size_t n)
{
	for (size_t i = 1; i < n; i++)
		need(strcmp(all[i - 1]->key, all[i]->key) < 0);
	table = all;
	table_count = n;
}

const struct text *
text_by_key(struct str key)
{
	size_t low = 0, high = table_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = str_compare(key, str_of(table[middle]->key));

		if (c == 0)
			return table[middle];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
