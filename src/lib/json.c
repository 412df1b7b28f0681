#include "lib/json.h"

#include <stdarg.h>

#include <jansson.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { DEPTH_MAX = 32 };

struct json_in
json_in_new(struct arena *a)
{
	return (struct json_in){.arena = a, .problems = out_new(a)};
}

static void
path_to(struct out *o, const struct json *j)
{
	if (!j->parent)
		return;
	path_to(o, j->parent);
	if (j->parent->kind == IS_LIST)
		out_fmt(o, "[%zu]", j->index);
	else
		out_fmt(o, "%s%.*s", j->parent->parent ? "." : "", STR_ARG(j->name));
}

void
json_problem(struct json_in *in, const struct json *j, const char *format, ...)
{
	va_list list;
	size_t before = in->problems.n;

	path_to(&in->problems, j);
	if (in->problems.n > before)
		out_lit(&in->problems, ": ");
	va_start(list, format);
	out_vfmt(&in->problems, format, list);
	va_end(list);
	out_char(&in->problems, '\n');
	in->count++;
}

/* Copies jansson's tree: nothing of it lives on, and every value knows its way up. */
static void
copy(struct json_in *in, struct json *to, json_t *from, int depth)
{
	const char *name;
	json_t *member;
	size_t i = 0;

	if (depth > DEPTH_MAX) {
		json_problem(in, to, "nested more than %d deep", DEPTH_MAX);
		return;
	}
	switch (json_typeof(from)) {
	case JSON_OBJECT:
		to->kind = IS_OBJECT;
		to->items.n = json_object_size(from);
		to->items.at = ARENA_ARRAY(in->arena, struct json, to->items.n);
		json_object_foreach(from, name, member) {
			to->items.at[i].parent = to;
			to->items.at[i].name = str_copy(in->arena, str_of(name));
			copy(in, &to->items.at[i++], member, depth + 1);
		}
		return;
	case JSON_ARRAY:
		to->kind = IS_LIST;
		to->items.n = json_array_size(from);
		to->items.at = ARENA_ARRAY(in->arena, struct json, to->items.n);
		for (i = 0; i < to->items.n; i++) {
			to->items.at[i].parent = to;
			to->items.at[i].index = i;
			copy(in, &to->items.at[i], json_array_get(from, i), depth + 1);
		}
		return;
	case JSON_STRING:
		to->kind = IS_TEXT;
		to->text = str_copy(in->arena,
		    (struct str){json_string_value(from), json_string_length(from)});
		return;
	case JSON_INTEGER:
		to->kind = IS_INT;
		to->n = json_integer_value(from);
		return;
	case JSON_REAL:
		to->kind = IS_REAL;
		to->real = json_real_value(from);
		return;
	case JSON_TRUE:
	case JSON_FALSE:
		to->kind = IS_BOOL;
		to->truth = json_is_true(from);
		return;
	case JSON_NULL:
		to->kind = IS_NULL;
		return;
	}
}

const struct json *
json_parse(struct json_in *in, struct str text)
{
	json_error_t error;
	json_t *tree = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, &error);
	size_t before = in->count;
	struct json *whole;

	if (!tree) {
		out_fmt(&in->problems, "line %d: %s\n", error.line, error.text);
		in->count++;
		return NULL;
	}
	whole = ARENA_NEW(in->arena, struct json);
	copy(in, whole, tree, 0);
	json_decref(tree);
	return in->count > before ? NULL : whole;
}

static const struct json *
find(const struct json *object, const char *name)
{
	if (object->kind != IS_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->items.n; i++)
		if (str_is(object->items.at[i].name, name))
			return &object->items.at[i];
	return NULL;
}

const struct json *
json_member(struct json_in *in, const struct json *object, const char *name)
{
	const struct json *found = find(object, name);
	struct json *absent;

	if (found)
		return found;
	absent = ARENA_NEW(in->arena, struct json);
	absent->parent = object;
	absent->name = str_of(name);
	return absent;
}

/* Whether the member is there and of the kind; otherwise that is noted. */
static const struct json *
expect(struct json_in *in, const struct json *object, const char *name, enum json_kind kind)
{
	static const char *const kinds[] = {[IS_ABSENT] = "nothing", [IS_NULL] = "null",
	    [IS_BOOL] = "true or false", [IS_INT] = "a whole number", [IS_REAL] = "a number",
	    [IS_TEXT] = "a text", [IS_LIST] = "a list", [IS_OBJECT] = "an object"};
	const struct json *j = json_member(in, object, name);

	if (j->kind == kind)
		return j;
	if (j->kind == IS_ABSENT)
		json_problem(in, j, "missing; %s is needed", kinds[kind]);
	else
		json_problem(in, j, "%s is needed, not %s", kinds[kind], kinds[j->kind]);
	return NULL;
}

struct str
json_text(struct json_in *in, const struct json *object, const char *name)
{
	const struct json *j = expect(in, object, name, IS_TEXT);

	if (j && j->text.n == 0)
		json_problem(in, j, "empty");
	return j ? j->text : STR("");
}

int64_t
json_int(struct json_in *in, const struct json *object, const char *name, int64_t min, int64_t max)
{
	const struct json *j = expect(in, object, name, IS_INT);

	if (!j)
		return 0;
	if (j->n < min || j->n > max) {
		json_problem(in, j, "%lld is not between %lld and %lld", (long long)j->n, (long long)min,
		    (long long)max);
		return min;
	}
	return j->n;
}

struct date
json_date(struct json_in *in, const struct json *object, const char *name)
{
	const struct json *j = expect(in, object, name, IS_TEXT);
	struct date date = {0};

	if (j && (date = date_of_iso(j->text)).day == 0)
		json_problem(in, j, "\"%.*s\" is no date like 2026-11-23", STR_ARG(j->text));
	return date;
}

struct texts
json_texts(struct json_in *in, const struct json *object, const char *name)
{
	const struct json *j = expect(in, object, name, IS_OBJECT);
	struct texts texts = {0};

	if (!j)
		return texts;
	for (enum lang l = 0; l < LANG_COUNT; l++)
		texts.at[l] = json_text_or(in, j, lang_code(l), STR(""));
	if (texts.at[LANG_FI].n + texts.at[LANG_SV].n + texts.at[LANG_EN].n == 0)
		json_problem(in, j, "a text in fi, sv or en is needed");
	return texts;
}

size_t
json_word(struct json_in *in, const struct json *object, const char *name, const char *const *words,
    size_t n)
{
	const struct json *j = expect(in, object, name, IS_TEXT);
	struct out o = out_new(in->arena);

	if (!j)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (words[i] && words[i][0] && str_is(j->text, words[i]))
			return i;
	for (size_t i = 0; i < n; i++)
		if (words[i] && words[i][0])
			out_fmt(&o, "%s%s", o.n ? ", " : "", words[i]);
	json_problem(in, j, "\"%.*s\" is none of %.*s", STR_ARG(j->text), STR_ARG(out_text(&o)));
	return 0;
}

static bool
is_there(const struct json *object, const char *name)
{
	const struct json *j = find(object, name);

	return j && j->kind != IS_NULL;
}

struct str
json_text_or(struct json_in *in, const struct json *object, const char *name, struct str otherwise)
{
	const struct json *j;

	if (!is_there(object, name))
		return otherwise;
	j = expect(in, object, name, IS_TEXT);
	return j ? j->text : otherwise;
}

int64_t
json_int_or(struct json_in *in, const struct json *object, const char *name, int64_t otherwise)
{
	const struct json *j;

	if (!is_there(object, name))
		return otherwise;
	j = expect(in, object, name, IS_INT);
	return j ? j->n : otherwise;
}

bool
json_bool_or(struct json_in *in, const struct json *object, const char *name, bool otherwise)
{
	const struct json *j;

	if (!is_there(object, name))
		return otherwise;
	j = expect(in, object, name, IS_BOOL);
	return j ? j->truth : otherwise;
}

struct date
json_date_or(struct json_in *in, const struct json *object, const char *name)
{
	return is_there(object, name) ? json_date(in, object, name) : (struct date){0};
}

struct texts
json_texts_or(struct json_in *in, const struct json *object, const char *name)
{
	return is_there(object, name) ? json_texts(in, object, name) : (struct texts){0};
}

struct json_items
json_list(struct json_in *in, const struct json *object, const char *name)
{
	const struct json *j;

	if (!is_there(object, name))
		return (struct json_items){0};
	j = expect(in, object, name, IS_LIST);
	return j ? (struct json_items){j->items.at, j->items.n} : (struct json_items){0};
}

void
json_write_text(struct out *o, struct str text)
{
	out_char(o, '"');
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == '"' || c == '\\')
			out_fmt(o, "\\%c", c);
		else if (c == '\n')
			out_lit(o, "\\n");
		else if (c < 0x20)
			out_fmt(o, "\\u%04x", c);
		else
			out_char(o, (char)c);
	}
	out_char(o, '"');
}
