/* Forms on a page. Reading what was sent is in form_read.c. */
#include "core/http/form.h"

#include <string.h>

#include "core/http/form_read.h"
#include "core/http/http.h"
#include "core/http/http.texts.h" /* generated */
#include "core/http/router.h"
#include "lib/arena.h"
#include "lib/date.h"
#include "lib/i18n.h"
#include "lib/need.h"

size_t
form_field_index(const struct form_spec *spec, const char *name)
{
	size_t i = 0;

	while (i < spec->fields && strcmp(spec->field[i].name, name) != 0)
		i++;
	need(i < spec->fields);
	return i;
}

bool
form_has_file(const struct form_spec *spec)
{
	for (size_t i = 0; i < spec->fields; i++)
		if (spec->field[i].type == FORM_FILE)
			return true;
	return false;
}

struct form_way
form_way_to(const struct req *r, struct str path)
{
	struct routed routed = router_find(r->router, r->arena, POST, path);

	if (routed.found != ROUTE_FOUND)
		return (struct form_way){0};
	return (struct form_way){routed.route->form && form_has_file(routed.route->form), routed.route->plain};
}

struct form_state *
form_find(const struct req *r, const char *spec)
{
	for (struct form_state *s = r->forms; s; s = s->next)
		if (strcmp(s->spec->name, spec) == 0)
			return s;
	return NULL;
}

struct form_state *
form_posted(struct req *r)
{
	struct form_state *s = r->forms;

	while (s && !s->typed)
		s = s->next;
	need(s);
	return s;
}

int64_t
form_picked(const struct form_state *state, const char *field, int64_t id)
{
	struct form_picks picks = state->picks[form_field_index(state->spec, field)];

	for (size_t k = 0; k < picks.n; k++)
		if (picks.at[k].id == id)
			return picks.at[k].value;
	return 0;
}

struct form_word *
form_word(const struct form_state *state, const char *field, int64_t id)
{
	struct form_words words = state->words[form_field_index(state->spec, field)];

	for (size_t k = 0; k < words.n; k++)
		if (words.at[k].id == id)
			return &words.at[k];
	return NULL;
}

void
form_word_problem(struct form_state *state, const char *field, int64_t id, struct said what)
{
	struct form_word *word = form_word(state, field, id);

	need(what.text);
	if (!word || word->problem.text)
		return;
	word->problem = what;
	state->problems++;
}

void
form_word_most(struct form_state *state, const char *field, int64_t id, int64_t max)
{
	const struct form_word *word = form_word(state, field, id);

	if (word && str_chars(word->text) > (size_t)max)
		form_word_problem(state, field, id, t_http_too_long(max, (int64_t)str_chars(word->text)));
}

void
form_problem(struct form_state *state, const char *field, struct said what)
{
	struct said *at =
	    *field ? &state->problem[form_field_index(state->spec, field)] : &state->whole;

	need(what.text);
	if (at->text)
		return;
	*at = what;
	state->problems++;
}

struct str
form_choice_word(struct arena *a, const struct choice *c)
{
	return c->word ? str_of(c->word) : str_fmt(a, "%lld", (long long)c->value);
}

void
form_choices(struct form_state *state, const char *field, struct choices choices)
{
	size_t i = form_field_index(state->spec, field);
	enum form_type type = state->spec->field[i].type;
	struct str *value = &state->value[i].at[0];
	int64_t n;

	state->choices[i] = choices;
	if (state->stored)
		form_choices(state->stored, field, choices);
	/* form_show did not know the choices yet and wrote the number. */
	if (state->typed || (type != FORM_CHOICE && type != FORM_SELECT) || !str_int(*value, &n))
		return;
	for (size_t k = 0; k < choices.n; k++)
		if (choices.at[k].value == n && choices.at[k].word)
			*value = str_of(choices.at[k].word);
}

/* --- from a struct to text ------------------------------------------------------------------- */

static struct form_state *
empty_state(struct req *r, const struct form_spec *spec)
{
	struct form_state *s = ARENA_NEW(r->arena, struct form_state);

	need(spec->fields <= FORM_FIELDS_MAX);
	s->spec = spec;
	for (size_t i = 0; i < spec->fields; i++)
		s->choices[i] = spec->field[i].choices;
	return s;
}

struct form_state *
form_state_new(struct req *r, const struct form_spec *spec)
{
	struct form_state *s = empty_state(r, spec);

	s->next = r->forms;
	r->forms = s;
	return s;
}

static struct str
number(struct req *r, int64_t n)
{
	return str_fmt(r->arena, "%lld", (long long)n);
}

/* As people of this language write it; English readers get ISO, which nobody mistakes. */
static struct str
date_text(struct req *r, struct date date)
{
	struct date_parts p = date_parts(date);
	char iso[11];

	if (date.day == 0)
		return STR("");
	if (r->lang == LANG_EN)
		return str_copy(r->arena, str_of(date_iso(date, iso)));
	return str_fmt(r->arena, "%d.%d.%d", p.day, p.month, p.year);
}

static struct str
time_text(struct req *r, struct maybe_int minutes)
{
	struct out o = out_new(r->arena);

	if (minutes.has)
		i18n_clock(&o, r->lang, minutes.n);
	return out_text(&o);
}

static struct str
choice_text(struct req *r, struct choices choices, int64_t value)
{
	for (size_t k = 0; k < choices.n; k++)
		if (choices.at[k].value == value)
			return form_choice_word(r->arena, &choices.at[k]);
	return choices.n ? STR("") : number(r, value);
}

static void
show_field(struct req *r, struct form_state *s, size_t i, const void *from)
{
	const struct form_field *f = &s->spec->field[i];
	const void *at = (const char *)from + f->offset;
	struct str *value = &s->value[i].at[0];

	switch (f->type) {
	case FORM_TEXT:
	case FORM_HIDDEN_TEXT:
	case FORM_LONG:
	case FORM_EMAIL:
	case FORM_CODE: *value = *(const struct str *)at; break;
	case FORM_PASSWORD:
	case FORM_FILE: break;
	case FORM_INT:
		if (*(const int64_t *)at)
			*value = number(r, *(const int64_t *)at);
		break;
	case FORM_HIDDEN: *value = number(r, *(const int64_t *)at); break;
	case FORM_CHOICE:
	case FORM_SELECT: *value = choice_text(r, s->choices[i], *(const int64_t *)at); break;
	case FORM_DATE: *value = date_text(r, *(const struct date *)at); break;
	case FORM_TIME: *value = time_text(r, *(const struct maybe_int *)at); break;
	case FORM_EACH: s->picks[i] = *(const struct form_picks *)at; break;
	case FORM_EACH_TEXT: s->words[i] = *(const struct form_words *)at; break;
	case FORM_CHECK: s->bits[i] = *(const bool *)at; break;
	case FORM_CHECKS: s->bits[i] = *(const int64_t *)at; break;
	case FORM_ANY: s->ids[i] = *(const struct ids *)at; break;
	case FORM_TEXTS:
	case FORM_TEXTS_LONG: s->value[i] = *(const struct texts *)at; break;
	}
}

struct form_state *
form_show(struct req *r, const struct form_spec *spec, const void *from)
{
	struct form_state *s = form_find(r, spec->name);
	bool all = !s;

	if (!s)
		s = form_state_new(r, spec);
	/* Whoever was overtaken now sees the words of both; sent again, theirs take the place of
	 * those. */
	if (from && s->outdated) {
		s->stored = empty_state(r, spec);
		for (size_t i = 0; i < spec->fields; i++)
			show_field(r, s->stored, i, from);
	}
	for (size_t i = 0; from && i < spec->fields; i++)
		if (all || (s->outdated && spec->field[i].type == FORM_HIDDEN))
			show_field(r, s, i, from);
	return s;
}
