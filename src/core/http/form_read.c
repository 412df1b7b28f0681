#include "core/http/form_read.h"

#include <string.h>
#include <strings.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/typed.h"

#include "core/http/http.h"
#include "core/http/http.texts.h" /* generated */
#include "core/http/multipart.h"

enum { TEXT_CHARS = 200, CHECKS_MAX = 62 };

/* --- a body ---------------------------------------------------------------------------------- */

static bool
is_urlencoded(struct str content_type)
{
	static const char form[] = "application/x-www-form-urlencoded";
	struct str type = str_trim(str_cut(&content_type, ';'));

	return type.n == sizeof form - 1 && strncasecmp(type.p, form, type.n) == 0;
}

static size_t
file_bytes(const struct pairs *pairs)
{
	size_t n = 0;

	for (size_t i = 0; i < pairs->n; i++)
		n += pairs->at[i].file ? pairs->at[i].file->bytes.n : 0;
	return n;
}

static bool
has_file(const struct pairs *pairs)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (pairs->at[i].file)
			return true;
	return false;
}

int
form_body(struct arena *a, const struct form_spec *spec, struct str content_type, struct str body,
    size_t text_max, struct pairs *pairs)
{
	struct str boundary;

	*pairs = (struct pairs){0};
	if (body.n == 0)
		return 0;
	if (is_urlencoded(content_type)) {
		if (body.n > text_max)
			return 413;
		return query_parse(a, body, pairs) ? 0 : 400;
	}
	if (!multipart_boundary(content_type, &boundary))
		return 415;
	if (!multipart_parse(a, body, boundary, pairs))
		return 400;
	if (has_file(pairs) && !(spec && form_has_file(spec)))
		return 415;
	return body.n - file_bytes(pairs) > text_max ? 413 : 0;
}

/* --- one field ------------------------------------------------------------------------------- */

struct reading {
	struct req *r;
	struct form_state *state;
	const struct pairs *pairs;
	const struct form_field *field;
	size_t i;
	void *to; /* the field in the struct, zero */
};

static void
problem(const struct reading *in, struct said what)
{
	form_problem(in->state, in->field->name, what);
}

static void
missing(const struct reading *in, const struct text *otherwise)
{
	if (in->field->required)
		problem(in, said(in->field->missing ? in->field->missing : otherwise));
}

/* What is wrong with the length of a text; text NULL: nothing. One that stands in one of three languages says which. */
static struct said
wrong_length(const struct form_field *f, struct str text, const enum lang *language)
{
	size_t chars = str_chars(text), max = f->max > 0 ? (size_t)f->max : TEXT_CHARS;

	if (chars > max)
		return language ? t_http_too_long_in(*language, (int64_t)max, (int64_t)chars)
				: t_http_too_long((int64_t)max, (int64_t)chars);
	if (chars && f->min > 0 && chars < (size_t)f->min)
		return t_http_too_short(f->min);
	return (struct said){0};
}

static bool
check_length(const struct reading *in, struct str text, const enum lang *language)
{
	struct said wrong = wrong_length(in->field, text, language);

	if (wrong.text)
		problem(in, wrong);
	return !wrong.text;
}

static void
read_text(const struct reading *in, struct str text)
{
	if (text.n == 0)
		missing(in, T_HTTP_MISSING);
	else if (check_length(in, text, NULL))
		*(struct str *)in->to = text;
}

/* Kept exactly as it was typed, even with spaces at its ends. */
static void
read_password(const struct reading *in, struct str password)
{
	if (typed_has_controls(password))
		problem(in, said(T_HTTP_CONTROLS));
	else
		read_text(in, password);
}

static void
read_email(const struct reading *in, struct str text)
{
	if (text.n && !typed_is_email(text))
		problem(in, said(T_HTTP_NO_EMAIL));
	else
		read_text(in, str_lower_ascii(in->r->arena, text));
}

static void
read_code(const struct reading *in, struct str text)
{
	struct str digits;

	if (!typed_digits(in->r->arena, text, &digits))
		problem(in, said(T_HTTP_NO_CODE));
	else
		read_text(in, digits);
}

static void
read_number(const struct reading *in, struct str text)
{
	const struct form_field *f = in->field;
	int64_t n;

	if (text.n == 0) {
		missing(in, T_HTTP_MISSING);
	} else if (!typed_int(text, &n)) {
		problem(in, said(T_HTTP_NO_NUMBER));
	} else if (f->max && (n < f->min || n > f->max)) {
		problem(in,
		    f->max == INT32_MAX ? t_http_at_least(f->min) : t_http_between(f->min, f->max));
	} else {
		*(int64_t *)in->to = n;
	}
}

/* People do not see it, so they cannot put it right. */
static void
read_hidden(const struct reading *in, struct str text)
{
	if ((text.n == 0 && in->field->required) || (text.n && !str_int(text, in->to)))
		form_problem(in->state, "", said(T_HTTP_BROKEN));
}

static void
read_date(const struct reading *in, struct str text)
{
	struct date date = typed_date(text, in->r->today);

	if (text.n == 0)
		missing(in, T_HTTP_MISSING);
	else if (date.day == 0)
		problem(in, said(T_HTTP_NO_DATE));
	else
		*(struct date *)in->to = date;
}

static void
read_time(const struct reading *in, struct str text)
{
	int minutes = typed_time(text);

	if (text.n == 0)
		missing(in, T_HTTP_MISSING);
	else if (minutes < 0)
		problem(in, said(T_HTTP_NO_TIME));
	else
		*(struct maybe_int *)in->to = (struct maybe_int){true, minutes};
}

static void
read_choice(const struct reading *in, struct str text)
{
	struct choices choices = in->state->choices[in->i];

	if (text.n == 0) {
		missing(in, T_HTTP_NO_CHOICE);
		return;
	}
	for (size_t k = 0; k < choices.n; k++)
		if (str_eq(text, form_choice_word(in->r->arena, &choices.at[k]))) {
			*(int64_t *)in->to = choices.at[k].value;
			return;
		}
	/* Choices from the database are checked by the handler, which knows them. */
	if (choices.n || !str_int(text, in->to))
		problem(in, said(T_HTTP_NO_CHOICE));
}

/* The value of a box is its place among the choices. */
static void
read_checks(const struct reading *in)
{
	size_t n = in->state->choices[in->i].n;
	int64_t most = n && n < CHECKS_MAX ? (int64_t)n : CHECKS_MAX, bits = 0;

	for (size_t p = 0; p < in->pairs->n; p++) {
		int64_t bit;

		if (str_is(in->pairs->at[p].name, in->field->name) &&
		    str_int(in->pairs->at[p].value, &bit) && bit >= 0 && bit < most)
			bits |= INT64_C(1) << bit;
	}
	in->state->bits[in->i] = *(int64_t *)in->to = bits;
	if (bits == 0)
		missing(in, T_HTTP_NO_CHOICE);
}

static bool
is_choice(struct choices choices, int64_t value)
{
	size_t k = 0;

	while (k < choices.n && choices.at[k].value != value)
		k++;
	return k < choices.n;
}

/* Those from the database are known to the handler. */
static void
read_any(const struct reading *in)
{
	struct choices choices = in->state->choices[in->i];
	struct ids ids = {0};

	for (size_t p = 0; p < in->pairs->n; p++) {
		int64_t id;

		if (str_is(in->pairs->at[p].name, in->field->name) && str_int(in->pairs->at[p].value, &id) &&
		    id > 0 && (choices.n == 0 || is_choice(choices, id)))
			ids_add(in->r->arena, &ids, id);
	}
	in->state->ids[in->i] = *(struct ids *)in->to = ids;
	if (ids.n == 0)
		missing(in, T_HTTP_NO_CHOICE);
}

/* The number of the thing that "fate-12" is about; false: it is another field. */
static bool
is_of_each(const struct form_field *f, struct str name, int64_t *id)
{
	size_t n = strlen(f->name);

	return name.n > n + 1 && str_starts(name, str_of(f->name)) && name.p[n] == '-' &&
	    str_int(str_sub(name, n + 1, name.n), id) && *id > 0;
}

/* The first of several choices for a thing counts. */
static void
read_each(const struct reading *in)
{
	struct choices choices = in->state->choices[in->i];
	struct form_picks picks = {ARENA_ARRAY(in->r->arena, struct form_pick, in->pairs->n), 0};
	bool good = true;

	for (size_t p = 0; p < in->pairs->n; p++) {
		int64_t id;
		size_t k = 0;

		if (!is_of_each(in->field, in->pairs->at[p].name, &id))
			continue;
		while (k < choices.n &&
		    !str_eq(in->pairs->at[p].value, form_choice_word(in->r->arena, &choices.at[k])))
			k++;
		good = good && k < choices.n;
		if (k < choices.n)
			picks.at[picks.n++] = (struct form_pick){id, choices.at[k].value};
	}
	in->state->picks[in->i] = picks;
	if (!good)
		problem(in, said(T_HTTP_NO_CHOICE));
	else if (picks.n == 0)
		missing(in, T_HTTP_NO_CHOICE);
	else
		*(struct form_picks *)in->to = picks;
}

/* The first of several texts for a thing counts. */
static void
read_each_text(const struct reading *in)
{
	struct form_words *words = &in->state->words[in->i];
	size_t problems = in->state->problems;

	words->at = ARENA_ARRAY(in->r->arena, struct form_word, in->pairs->n);
	for (size_t p = 0; p < in->pairs->n; p++) {
		struct str text = typed_text(in->r->arena, in->pairs->at[p].value, true);
		struct said wrong = wrong_length(in->field, text, NULL);
		int64_t id;

		if (text.n == 0 || !is_of_each(in->field, in->pairs->at[p].name, &id) ||
		    form_word(in->state, in->field->name, id))
			continue;
		words->at[words->n++] = (struct form_word){.id = id, .text = text};
		if (wrong.text)
			form_word_problem(in->state, in->field->name, id, wrong);
	}
	if (words->n == 0)
		missing(in, T_HTTP_MISSING);
	else if (in->state->problems == problems)
		*(struct form_words *)in->to = *words;
}

static void
read_texts(const struct reading *in)
{
	struct texts *value = &in->state->value[in->i];
	bool any = false, good = true;

	for (enum lang l = 0; l < LANG_COUNT; l++) {
		struct str name = str_fmt(in->r->arena, "%s_%s", in->field->name, lang_code(l)),
			   raw;

		if (!pairs_find(in->pairs, name, &raw))
			continue;
		value->at[l] = typed_text(in->r->arena, raw, in->field->type == FORM_TEXTS_LONG);
		any = any || value->at[l].n > 0;
		good = check_length(in, value->at[l], &l) && good;
	}
	if (!any)
		missing(in, T_HTTP_MISSING);
	else if (good)
		*(struct texts *)in->to = *value;
}

static void
read_check(const struct reading *in)
{
	struct str value;
	bool checked = pairs_find(in->pairs, str_of(in->field->name), &value);

	in->state->bits[in->i] = *(bool *)in->to = checked;
	if (!checked)
		missing(in, T_HTTP_MISSING);
}

static void
read_file(const struct reading *in)
{
	for (size_t p = 0; p < in->pairs->n; p++) {
		const struct form_file *sent = in->pairs->at[p].file;
		struct form_file *file = in->to;

		if (!sent || !str_is(in->pairs->at[p].name, in->field->name))
			continue;
		*file = *sent;
		file->name = typed_text(in->r->arena, sent->name, false);
		in->state->value[in->i].at[0] = file->name;
		return;
	}
	missing(in, T_HTTP_NO_FILE);
}

static void
read_field(const struct reading *in)
{
	enum form_type type = in->field->type;
	struct str raw = {0}, text;

	if (type == FORM_CHECK) {
		read_check(in);
		return;
	}
	if (type == FORM_CHECKS) {
		read_checks(in);
		return;
	}
	if (type == FORM_ANY) {
		read_any(in);
		return;
	}
	if (type == FORM_EACH) {
		read_each(in);
		return;
	}
	if (type == FORM_EACH_TEXT) {
		read_each_text(in);
		return;
	}
	if (type == FORM_TEXTS || type == FORM_TEXTS_LONG) {
		read_texts(in);
		return;
	}
	if (type == FORM_FILE) {
		read_file(in);
		return;
	}
	pairs_find(in->pairs, str_of(in->field->name), &raw);
	if (type == FORM_PASSWORD) {
		read_password(in, raw);
		return;
	}
	text = typed_text(in->r->arena, raw, type == FORM_LONG);
	in->state->value[in->i].at[0] = text;
	switch (type) {
	case FORM_TEXT:
	case FORM_HIDDEN_TEXT:
	case FORM_LONG: read_text(in, text); break;
	case FORM_EMAIL: read_email(in, text); break;
	case FORM_CODE: read_code(in, text); break;
	case FORM_INT: read_number(in, text); break;
	case FORM_HIDDEN: read_hidden(in, text); break;
	case FORM_DATE: read_date(in, text); break;
	case FORM_TIME: read_time(in, text); break;
	case FORM_CHOICE:
	case FORM_SELECT: read_choice(in, text); break;
	case FORM_PASSWORD:
	case FORM_CHECK:
	case FORM_CHECKS:
	case FORM_ANY:
	case FORM_EACH:
	case FORM_EACH_TEXT:
	case FORM_TEXTS:
	case FORM_TEXTS_LONG:
	case FORM_FILE: break; /* above */
	}
}

/* --- the form -------------------------------------------------------------------------------- */

static struct form_state *
read_fields(struct req *r, const struct form_spec *spec, const struct pairs *pairs, void *form)
{
	struct form_state *state = form_state_new(r, spec);

	state->typed = true;
	for (size_t i = 0; i < spec->fields; i++)
		read_field(&(struct reading){
		    .r = r,
		    .state = state,
		    .pairs = pairs,
		    .field = &spec->field[i],
		    .i = i,
		    .to = (char *)form + spec->field[i].offset,
		});
	return state;
}

bool
form_read(struct req *r, const struct form_spec *spec, const struct pairs *pairs)
{
	struct form_state *state;

	r->form = arena_alloc(r->arena, spec->size);
	state = read_fields(r, spec, pairs, r->form);
	/* Rules between fields want right fields. */
	if (spec->check && state->problems == 0)
		spec->check(r, r->form, state);
	return state->problems == 0;
}

void
form_refill(struct req *r, const struct form_spec *spec, const struct pairs *pairs)
{
	struct form_state *state = read_fields(r, spec, pairs, arena_alloc(r->arena, spec->size));

	for (size_t i = 0; i < spec->fields; i++) {
		state->problem[i] = (struct said){0};
		for (size_t k = 0; k < state->words[i].n; k++)
			state->words[i].at[k].problem = (struct said){0};
	}
	state->whole = (struct said){0};
	state->problems = 0;
}
