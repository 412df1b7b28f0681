/* Draws the fields of a form from its spec and what was typed. */
#include "app/page/page.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "app/page/page.html.h"  /* generated */
#include "app/page/page.texts.h" /* generated */

static const char *
kind_of(enum form_type type)
{
	switch (type) {
	case FORM_EMAIL: return "email";
	case FORM_PASSWORD: return "password";
	case FORM_CHECKS:
	case FORM_ANY: return "checkbox";
	case FORM_CHOICE: return "radio";
	default: return "text";
	}
}

/* Digits on a phone's keyboard. */
static const char *
mode_of(enum form_type type)
{
	return type == FORM_CODE || type == FORM_INT ? "numeric" : "";
}

static struct str
id_of(struct req *r, const struct form_state *form, const struct form_field *f)
{
	return str_fmt(r->arena, "%s-%s", form->spec->name, f->name);
}

/* Of one thing of a FORM_EACH_TEXT. */
static struct str
id_of_one(struct req *r, const struct form_state *form, const struct form_field *f, int64_t thing)
{
	return str_fmt(r->arena, "%.*s-%lld", STR_ARG(id_of(r, form, f)), (long long)thing);
}

/* Where people write as much as they like they might write about a student: the field says not to. */
static bool
is_free(enum form_type type)
{
	return type == FORM_LONG || type == FORM_TEXTS_LONG;
}

/* What stands in the HTML for a choice. */
static struct str
word_of(struct req *r, const struct choice *c)
{
	return c->word ? str_of(c->word) : str_fmt(r->arena, "%lld", (long long)c->value);
}

static struct str
words_of(struct req *r, const struct choice *c)
{
	return c->text ? said_plain(r->arena, r->lang, said(c->text)) : c->plain;
}

/* Whether one of its choices is chosen. */
static bool
is_chosen(struct req *r, const struct form_state *form, size_t i, size_t k)
{
	const struct choice *c = &form->choices[i].at[k];

	switch (form->spec->field[i].type) {
	case FORM_CHECKS: return (form->bits[i] >> k & 1) != 0;
	case FORM_ANY: return ids_has(form->ids[i], c->value);
	default: return str_eq(form->value[i].at[0], word_of(r, c));
	}
}

/* What a field holds, as a person reads it. */
static struct str
value_words(struct req *r, const struct form_state *form, size_t i, enum lang lang)
{
	struct choices choices = form->choices[i];
	struct out o = out_new(r->arena);

	switch (form->spec->field[i].type) {
	case FORM_CHOICE:
	case FORM_SELECT:
	case FORM_CHECKS:
	case FORM_ANY:
		for (size_t k = 0; k < choices.n; k++)
			if (is_chosen(r, form, i, k))
				out_fmt(&o, "%s%.*s", o.n ? ", " : "", STR_ARG(words_of(r, &choices.at[k])));
		return out_text(&o);
	case FORM_CHECK: return page_words(r, form->bits[i] ? T_PAGE_TICKED : T_PAGE_NOT_TICKED);
	case FORM_TEXTS:
	case FORM_TEXTS_LONG: return form->value[i].at[lang];
	default: return form->value[i].at[0];
	}
}

/* What somebody else saved in a field meanwhile, when it is something else than what stands there. */
static void
show_stored(struct req *r, const struct form_state *form, size_t i, enum lang lang, struct field_view *v)
{
	v->has_stored = form->stored && form->spec->field[i].type != FORM_PASSWORD &&
	    !str_eq(value_words(r, form, i, lang), value_words(r, form->stored, i, lang));
	if (v->has_stored)
		v->stored = value_words(r, form->stored, i, lang);
}

static struct field_view
view_of(struct req *r, const struct form_state *form, size_t i)
{
	const struct form_field *f = &form->spec->field[i];
	struct field_view v = {
		.id = id_of(r, form, f),
		.name = str_of(f->name),
		.kind = str_of(kind_of(f->type)),
		.value = form->value[i].at[0],
		.label = said(f->label),
		.has_hint = f->hint || is_free(f->type),
		.free = is_free(f->type),
		.has_problem = form->problem[i].text != NULL,
		.problem = form->problem[i],
		.required = f->required,
		.optional = !f->required && !f->depends,
		.autocomplete = str_of(f->autocomplete),
		.accept = str_of(f->accept),
		.mode = str_of(mode_of(f->type)),
	};
	struct out described = out_new(r->arena);

	if (f->hint)
		v.hint = said(f->hint);
	/* No browser fills in a file again. */
	if (f->type == FORM_FILE && form->typed && v.value.n) {
		v.hint = t_page_file_again(v.value);
		v.has_hint = true;
	}
	if (v.has_hint)
		out_fmt(&described, "%.*s-hint", STR_ARG(v.id));
	if (v.has_problem)
		out_fmt(&described, "%s%.*s-problem", described.n ? " " : "", STR_ARG(v.id));
	show_stored(r, form, i, r->lang, &v);
	if (v.has_stored)
		out_fmt(&described, "%s%.*s-stored", described.n ? " " : "", STR_ARG(v.id));
	v.described = out_text(&described);
	return v;
}

struct field_view
page_field_of(struct req *r, const struct form_state *form, const char *field, int64_t thing, struct said label)
{
	const struct form_field *f = &form->spec->field[form_field_index(form->spec, field)];
	const struct form_word *word = form_word(form, field, thing);
	struct field_view v = {
		.id = id_of_one(r, form, f, thing),
		.name = str_fmt(r->arena, "%s-%lld", f->name, (long long)thing),
		.kind = STR("text"),
		.label = label,
	};

	if (word)
		v.value = word->text;
	if (word && word->problem.text) {
		v.has_problem = true;
		v.problem = word->problem;
		v.described = str_fmt(r->arena, "%.*s-problem", STR_ARG(v.id));
	}
	return v;
}

struct str
page_in_language(const struct req *r, enum lang lang)
{
	static const struct text *const names[LANG_COUNT] = {T_PAGE_LANGUAGE_FI, T_PAGE_LANGUAGE_SV,
	    T_PAGE_LANGUAGE_EN};

	return page_words(r, names[lang]);
}

static struct field_option_list
options_of(struct req *r, const struct form_state *form, size_t i)
{
	const struct form_field *f = &form->spec->field[i];
	struct choices choices = form->choices[i];
	struct field_option_list list = {ARENA_ARRAY(r->arena, struct field_option, choices.n), choices.n};

	for (size_t k = 0; k < choices.n; k++) {
		const struct choice *c = &choices.at[k];

		list.at[k] = (struct field_option){
			.value = f->type == FORM_CHECKS ? str_fmt(r->arena, "%zu", k) : word_of(r, c),
			.words = words_of(r, c),
			.hint = c->hint ? said_plain(r->arena, r->lang, said(c->hint)) : STR(""),
			.id = str_fmt(r->arena, "%.*s-%zu", STR_ARG(id_of(r, form, f)), k),
			.chosen = is_chosen(r, form, i, k),
		};
	}
	return list;
}

static void
draw_text(struct req *r, enum form_type type, const struct field_view *v)
{
	if (type == FORM_TEXTS)
		field_input_html(r, &(struct field_input_component){*v});
	else
		field_long_html(r, &(struct field_long_component){*v});
}

/* The writer's own language first; the others are folded away, for those who have the time. They are shown when the
 * text stands there alone, and when the problem may be theirs. */
static void
draw_texts(struct req *r, const struct form_state *form, size_t i, struct field_view v)
{
	const struct form_field *f = &form->spec->field[i];
	struct field_languages_component others = {0};
	struct out filled = out_new(r->arena);
	struct field_view view[LANG_COUNT];

	for (int k = 0; k < LANG_COUNT; k++) {
		enum lang l = (enum lang)(k == 0 ? (int)r->lang : k <= (int)r->lang ? k - 1 : k);

		view[k] = v;
		view[k].required = false; /* any language does */
		view[k].name = str_fmt(r->arena, "%s_%s", f->name, lang_code(l));
		view[k].value = form->value[i].at[l];
		view[k].language = page_in_language(r, l);
		if (k == 0)
			continue;
		view[k].id = str_fmt(r->arena, "%.*s-%s", STR_ARG(v.id), lang_code(l));
		view[k].optional = view[k].has_hint = view[k].free = view[k].has_problem = false;
		show_stored(r, form, i, l, &view[k]);
		view[k].described = view[k].has_stored
		    ? str_fmt(r->arena, "%.*s-stored", STR_ARG(view[k].id)) : STR("");
		if (view[k].value.n)
			out_fmt(&filled, "%s%.*s", filled.n ? ", " : "", STR_ARG(view[k].language));
	}
	others.filled = out_text(&filled);
	others.open = v.has_problem || view[1].has_stored || view[2].has_stored || (view[0].value.n == 0 && filled.n);
	draw_text(r, f->type, &view[0]);
	field_languages_open(r, &others);
	for (int k = 1; k < LANG_COUNT; k++)
		draw_text(r, f->type, &view[k]);
	field_languages_close(r, &others);
}

void
page_draw_field(struct req *r, const struct form_state *form, size_t i)
{
	const struct form_field *f = &form->spec->field[i];
	struct field_view v = view_of(r, form, i);

	switch (f->type) {
	case FORM_TEXT:
	case FORM_EMAIL:
	case FORM_PASSWORD:
	case FORM_CODE:
	case FORM_INT:
	case FORM_DATE:
	case FORM_TIME: field_input_html(r, &(struct field_input_component){v}); return;
	case FORM_FILE: field_file_html(r, &(struct field_file_component){v}); return;
	case FORM_LONG: field_long_html(r, &(struct field_long_component){v}); return;
	case FORM_SELECT:
		v.options = options_of(r, form, i);
		field_select_html(r, &(struct field_select_component){v});
		return;
	case FORM_CHOICE:
	case FORM_CHECKS:
	case FORM_ANY:
		v.options = options_of(r, form, i);
		field_choices_html(r, &(struct field_choices_component){v});
		return;
	case FORM_CHECK:
		v.value = form->bits[i] ? STR("1") : STR("");
		field_check_html(r, &(struct field_check_component){v});
		return;
	case FORM_EACH:
	case FORM_EACH_TEXT: break; /* its page draws it beside each thing */
	case FORM_HIDDEN:
	case FORM_HIDDEN_TEXT: field_hidden_html(r, &(struct field_hidden_component){v}); return;
	case FORM_TEXTS:
	case FORM_TEXTS_LONG: draw_texts(r, form, i, v); return;
	}
	need(0 && "a type of field");
}

/* A label that asks something needs no colon. */
static struct str
label_before(struct req *r, const struct text *label)
{
	struct str words = said_plain(r->arena, r->lang, said(label));

	return words.n && words.p[words.n - 1] == '?' ? words : str_fmt(r->arena, "%.*s:", STR_ARG(words));
}

static void
add_problems_of_each(struct req *r, const struct form_state *form, size_t i, struct problem_link_list *list)
{
	const struct form_field *f = &form->spec->field[i];

	for (size_t k = 0; k < form->words[i].n; k++)
		if (form->words[i].at[k].problem.text)
			list->at[list->n++] = (struct problem_link){
				.address = str_fmt(r->arena, "#%.*s", STR_ARG(id_of_one(r, form, f,
				    form->words[i].at[k].id))),
				.label = label_before(r, f->label),
				.words = form->words[i].at[k].problem,
			};
}

void
page_problems(struct req *r, const char *spec)
{
	const struct form_state *form = form_find(r, spec);
	struct problem_link_list list;
	size_t most = 1;

	if (!form || !form->typed || form->problems == 0)
		return;
	for (size_t i = 0; i < form->spec->fields; i++)
		most += 1 + form->words[i].n;
	list = (struct problem_link_list){ARENA_ARRAY(r->arena, struct problem_link, most), 0};
	if (form->whole.text)
		list.at[list.n++] = (struct problem_link){.words = form->whole};
	for (size_t i = 0; i < form->spec->fields; i++)
		if (form->problem[i].text)
			list.at[list.n++] = (struct problem_link){
				.address = str_fmt(r->arena, "#%.*s", STR_ARG(id_of(r, form, &form->spec->field[i]))),
				.label = label_before(r, form->spec->field[i].label),
				.words = form->problem[i],
			};
	for (size_t i = 0; i < form->spec->fields; i++)
		add_problems_of_each(r, form, i, &list);
	if (list.n)
		problem_list_html(r, &(struct problem_list_component){.n = (int64_t)list.n, .problems = list});
}
