#include <string.h>

#include "tool/pagegen.h"

bool
ended(struct body *b, struct lexer *l)
{
	struct token t = lex(l);

	if (t.kind == TOKEN_END)
		return true;
	complain(b, t.at, "here the } was expected");
	return false;
}

static bool
is_constant(struct str s)
{
	bool letter = false;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'A' && c <= 'Z') && c != '_' && !(c >= '0' && c <= '9'))
			return false;
		letter |= c >= 'A' && c <= 'Z';
	}
	return letter && s.p[0] >= 'A';
}

static const struct variable *
variable_find(const struct body *b, struct str name)
{
	for (size_t i = b->variables; i-- > 0;) {
		if (str_eq(b->variable[i].name, name))
			return &b->variable[i];
	}
	return NULL;
}

/* A name that differs in one letter or two that changed places, for "did you mean". */
static bool
is_near(struct str a, struct str b)
{
	size_t i = 0, j = 0;

	while (i < a.n && i < b.n && a.p[i] == b.p[i])
		i++;
	while (j < a.n - i && j < b.n - i && a.p[a.n - 1 - j] == b.p[b.n - 1 - j])
		j++;
	a = str_sub(a, i, a.n - i - j);
	b = str_sub(b, i, b.n - i - j);
	if (a.n == 2 && b.n == 2)
		return a.p[0] == b.p[1] && a.p[1] == b.p[0];
	return i + j > 1 && a.n <= 1 && b.n <= 1;
}

static void
complain_unknown(struct body *b, size_t at, struct str name)
{
	struct str near = {0};

	for (size_t i = 0; i < b->def->fields; i++) {
		if (is_near(name, b->def->field[i].name))
			near = b->def->field[i].name;
	}
	for (size_t i = 0; i < b->variables; i++) {
		if (is_near(name, b->variable[i].name))
			near = b->variable[i].name;
	}
	if (near.n)
		complain(
		    b, at, "nothing is called %.*s here; %.*s is", STR_ARG(name), STR_ARG(near));
	else
		complain(b, at, "nothing is called %.*s here: no field of %.*s and no variable",
		    STR_ARG(name), STR_ARG(b->def->name));
}

/* The struct of a template that a field holds or points at, NULL if C declares it. */
static const struct definition *
struct_of(const struct body *b, const struct field *f)
{
	if (!f || (f->kind != FIELD_PLAIN && f->kind != FIELD_POINTER))
		return NULL;
	return definition_find(b->g, f->type, DEFINITION_STRUCT);
}

/* What a path has come to. */
struct walk {
	const struct definition *type; /* NULL: only C knows it */
	const struct field *field;
	bool pointer;
};

static bool
walk_root(struct body *b, struct token t, struct str root, struct out *c, struct operand *x,
    struct walk *w)
{
	const struct field *f = field_find(b->def, root);
	const struct variable *v = variable_find(b, root);

	if (v) {
		out_str(c, root);
		*w = (struct walk){v->type, v->field, v->each || v->pointer};
		x->variable = v;
	} else if (f) {
		out_fmt(c, "p->%.*s", STR_ARG(root));
		*w = (struct walk){struct_of(b, f), f, f->kind == FIELD_POINTER};
	} else if (str_is(root, "r")) {
		out_char(c, 'r');
		w->pointer = true;
	} else if (str_is(root, "lang")) {
		out_lit(c, "r->lang");
		x->lang = true;
	} else {
		complain_unknown(b, t.at, root);
		return false;
	}
	return true;
}

static bool
walk_on(struct body *b, size_t at, struct str name, bool arrow, struct out *c, struct walk *w)
{
	const struct field *f = w->type ? field_find(w->type, name) : NULL;

	if (w->type && !f) {
		complain(b, at, "%.*s has no field %.*s", STR_ARG(w->type->name), STR_ARG(name));
		return false;
	}
	out_fmt(c, "%s%.*s", w->pointer || (arrow && !w->type) ? "->" : ".", STR_ARG(name));
	*w = (struct walk){struct_of(b, f), f, f && f->kind == FIELD_POINTER};
	return true;
}

/* x.y.z, and -> where C has a pointer that no template declares. */
static bool
read_path(struct body *b, struct lexer *l, struct token t, struct out *c, struct operand *x)
{
	struct str rest = t.text, name = str_cut(&rest, '.');
	struct walk w = {0};
	bool arrow = false;

	if (!walk_root(b, t, name, c, x, &w))
		return false;
	for (;;) {
		while (rest.n) {
			size_t at = (size_t)(rest.p - b->file->in->text.p);

			name = str_cut(&rest, '.');
			if (!walk_on(b, at, name, arrow, c, &w))
				return false;
			arrow = x->lang = false;
			x->variable = NULL;
		}
		struct lexer ahead = *l;
		bool minus = lex_is(lex(&ahead), "-");

		if (!minus || !lex_is(lex(&ahead), ">"))
			break;
		t = lex(&ahead);
		if (t.kind != TOKEN_NAME) {
			complain(b, t.at, "here the name of a field was expected");
			return false;
		}
		rest = t.text;
		arrow = true;
		*l = ahead;
	}
	x->field = w.field;
	x->type = w.type;
	return true;
}

static bool
read_call(struct body *b, struct lexer *l, struct token t, struct out *c)
{
	struct token next;

	if (!is_small_name(t.text) || is_c_word(t.text)) {
		complain(b, t.at, "no function can be called %.*s", STR_ARG(t.text));
		return false;
	}
	out_fmt(c, "%.*s(", STR_ARG(t.text));
	lex(l); /* ( */
	if (lex_is(lex_peek(*l), ")")) {
		lex(l);
		out_char(c, ')');
		return true;
	}
	do {
		struct operand x = operand_read(b, l, true);

		if (x.kind == OPERAND_NONE)
			return false;
		out_str(c, x.c);
		next = lex(l);
		if (lex_is(next, ","))
			out_lit(c, ", ");
	} while (lex_is(next, ","));
	if (!lex_is(next, ")")) {
		complain(b, next.at, "here , or ) was expected");
		return false;
	}
	out_char(c, ')');
	return true;
}

/* With & or * before it: only what stands in a call or is given to a pointer. */
static struct operand
read_pointed(struct body *b, struct lexer *l)
{
	struct token sign = lex(l);
	struct operand x = operand_read(b, l, true);
	bool address = lex_is(sign, "&");

	if (x.kind != OPERAND_PATH && x.kind != OPERAND_NONE) {
		complain(b, sign.at, "%.*s stands before a path only", STR_ARG(sign.text));
		x.kind = OPERAND_NONE;
	}
	if (x.kind == OPERAND_NONE)
		return x;
	if (address && x.variable && x.variable->each) /* it points already */
		return x;
	x.c = str_fmt(b->g->arena, address ? "&%.*s" : "(*%.*s)", STR_ARG(x.c));
	x.field = NULL;
	x.type = NULL;
	x.variable = NULL;
	return x;
}

struct operand
operand_read(struct body *b, struct lexer *l, bool in_call)
{
	struct operand x = {.at = lex_peek(*l).at};
	struct token t = lex_peek(*l);
	struct out c = out_new(b->g->arena);

	if (lex_is(t, "&") || lex_is(t, "*")) {
		if (in_call)
			return read_pointed(b, l);
		lex(l);
		complain(b, t.at, "%.*s stands only before what a call is given", STR_ARG(t.text));
		return x;
	}
	lex(l);
	if (t.kind == TOKEN_STRING) {
		x.kind = OPERAND_STRING;
		x.raw = t.text;
		c_string(&c, t.text);
		if (b->file->in->text.p[t.at] == '\'' || str_find(t.text, '\n') < t.text.n) {
			complain(b, t.at, "a string stands between \" and \" in one line");
			x.kind = OPERAND_NONE;
		}
	} else if (t.kind == TOKEN_NUMBER || lex_is(t, "-")) {
		int64_t n;

		if (lex_is(t, "-")) {
			out_char(&c, '-');
			t = lex(l);
		}
		if (t.kind != TOKEN_NUMBER || !str_int(t.text, &n) ||
		    (t.text.n > 1 && *t.text.p == '0')) {
			complain(b, t.at, "here a whole number was expected");
			return x;
		}
		x.kind = OPERAND_NUMBER;
		out_str(&c, t.text);
	} else if (t.kind != TOKEN_NAME) {
		complain(b, t.at,
		    t.kind == TOKEN_BYTE && *t.text.p == '"'
			? "this string does not end"
			: "here a value was expected: a path, one call, or a literal");
	} else if (str_is(t.text, "true") || str_is(t.text, "false")) {
		x.kind = OPERAND_BOOL;
		out_str(&c, t.text);
	} else if (lex_is(lex_peek(*l), "(")) {
		if (in_call)
			complain(b, t.at, "a call in a call: write a function for it in C");
		else if (read_call(b, l, t, &c))
			x.kind = OPERAND_CALL;
	} else if (is_constant(t.text)) {
		x.kind = OPERAND_CONSTANT;
		out_str(&c, t.text);
	} else if (read_path(b, l, t, &c, &x)) {
		x.kind = OPERAND_PATH;
		/* What an {each} counts is a pointer: a call takes it as it is. */
		if (!in_call && x.variable && x.variable->each) {
			x.c = str_fmt(b->g->arena, "(*%.*s)", STR_ARG(x.variable->name));
			return x;
		}
	}
	x.c = out_text(&c);
	return x;
}

/* a == B; the left side has been read. */
static struct str
read_equality(struct body *b, struct lexer *l, const struct operand *left)
{
	struct operand right = operand_read(b, l, false);

	switch (right.kind) {
	case OPERAND_CONSTANT:
	case OPERAND_NUMBER:
	case OPERAND_BOOL:
		return str_fmt(b->g->arena, "%.*s == %.*s", STR_ARG(left->c), STR_ARG(right.c));
	case OPERAND_STRING:
		return str_fmt(
		    b->g->arena, "page_same(%.*s, STR(%.*s))", STR_ARG(left->c), STR_ARG(right.c));
	case OPERAND_PATH:
	case OPERAND_CALL:
		complain(b, right.at,
		    "behind == stands a constant, a number or a string; the rest is a function in "
		    "C");
		break;
	case OPERAND_NONE: break;
	}
	return (struct str){0};
}

struct str
condition_read(struct body *b, struct lexer *l)
{
	struct arena *a = b->g->arena;
	struct operand x;
	struct str c;

	if (lex_is(lex_peek(*l), "not")) {
		lex(l);
		c = condition_read(b, l);
		return c.n ? str_fmt(a, "!(%.*s)", STR_ARG(c)) : c;
	}
	x = operand_read(b, l, false);
	if (x.kind == OPERAND_NONE)
		return (struct str){0};
	if (lex_is(lex_peek(*l), "=")) {
		struct token t = lex(l);

		if (lex_is(lex_peek(*l), "=")) {
			lex(l);
			return read_equality(b, l, &x);
		}
		complain(b, t.at, "to compare, write ==");
		return (struct str){0};
	}
	if (x.kind == OPERAND_STRING || x.kind == OPERAND_NUMBER || x.kind == OPERAND_CONSTANT) {
		complain(b, x.at, "this is always the same");
		return (struct str){0};
	}
	if (x.variable && x.variable->each) {
		complain(b, x.at, "%.*s always is: ask for one of its fields",
		    STR_ARG(x.variable->name));
		return (struct str){0};
	}
	if (x.type && !(x.field && x.field->kind == FIELD_POINTER)) {
		complain(
		    b, x.at, "%.*s is a struct: ask for one of its fields", STR_ARG(x.type->name));
		return (struct str){0};
	}
	if (x.field && (x.field->kind == FIELD_LIST || x.field->kind == FIELD_ID))
		return str_fmt(a, "%.*s.n != 0", STR_ARG(x.c));
	if (x.kind == OPERAND_BOOL)
		return x.c;
	return str_fmt(a, "page_is(%.*s)", STR_ARG(x.c));
}

static struct str
read_string_as_str(struct body *b, const struct operand *x)
{
	return str_fmt(b->g->arena, "STR(%.*s)", STR_ARG(x->c));
}

/* title={t wheel.title}: a text given to a field. */
static struct str
read_braced_text(struct body *b, struct lexer *l, const struct field *f)
{
	const struct text_symbol *symbol;
	struct token t;
	struct str c;
	struct lexer inner;
	size_t i;

	lex(l); /* { */
	for (i = l->at; i < l->end && b->file->in->text.p[i] != '}'; i++) {
		if (b->file->in->text.p[i] == '"')
			for (i++; i < l->end && b->file->in->text.p[i] != '"'; i++)
				;
	}
	inner = (struct lexer){l->in, l->at, i < l->end ? i : l->end};
	l->at = i < l->end ? i + 1 : l->end;
	t = lex(&inner);
	if (!lex_is(t, "t")) {
		complain(b, t.at, "within braces only a text can be given: {t …}");
		return (struct str){0};
	}
	c = said_read(b, &inner, &symbol);
	if (!c.n || !ended(b, &inner))
		return (struct str){0};
	if (f->kind == FIELD_SAID)
		return c;
	if (f->kind == FIELD_TEXT)
		return str_fmt(b->g->arena, "page_text(r, %.*s)", STR_ARG(c));
	complain(b, t.at, "%.*s is no SAID and no TEXT", STR_ARG(f->name));
	return (struct str){0};
}

struct str
field_value_read(struct body *b, struct lexer *l, const struct field *f)
{
	struct operand x;
	struct token t;

	if (lex_is(lex_peek(*l), "{"))
		return read_braced_text(b, l, f);
	if (f->kind == FIELD_BOOL)
		return condition_read(b, l);
	t = lex_peek(*l);
	x = operand_read(b, l, f->kind == FIELD_POINTER && (lex_is(t, "&") || lex_is(t, "*")));
	if (x.kind == OPERAND_NONE)
		return (struct str){0};
	if (f->kind == FIELD_POINTER && x.variable && x.variable->each)
		return x.variable->name;
	if (f->kind == FIELD_TEXT) {
		if (x.kind == OPERAND_STRING)
			return read_string_as_str(b, &x);
		return str_fmt(b->g->arena, "page_text(r, %.*s)", STR_ARG(x.c));
	}
	return x.c;
}

/* --- texts ------------------------------------------------------------------------------------ */

static const struct text_symbol *
text_find(const struct pages *g, struct str key)
{
	for (size_t i = 0; i < g->texts; i++) {
		if (str_eq(g->text[i].key, key))
			return &g->text[i];
	}
	return NULL;
}

/* What the function made by textgen is given for one parameter. */
static struct str
read_text_arg(struct body *b, struct lexer *l, struct str type)
{
	struct arena *a = b->g->arena;
	struct operand x;

	x = operand_read(b, l, false);
	if (x.kind == OPERAND_NONE)
		return (struct str){0};
	if (str_is(type, "TEXT")) {
		if (x.kind == OPERAND_STRING)
			return read_string_as_str(b, &x);
		return str_fmt(a, "page_text(r, %.*s)", STR_ARG(x.c));
	}
	if (x.kind == OPERAND_STRING) {
		complain(b, x.at, "a string where %.*s was expected", STR_ARG(type));
		return (struct str){0};
	}
	return x.c;
}

static size_t
param_find(const struct text_symbol *s, struct str name)
{
	size_t i = 0;

	while (i < s->params && !str_eq(s->name[i], name))
		i++;
	return i;
}

struct str
said_read(struct body *b, struct lexer *l, const struct text_symbol **symbol)
{
	struct arena *a = b->g->arena;
	struct token key = lex(l), t;
	const struct text_symbol *s = *symbol = text_find(b->g, key.text);
	struct str given[TEXT_PARAMS_MAX] = {{0}};
	struct out c = out_new(a);
	bool good = true;

	if (key.kind != TOKEN_NAME) {
		complain(b, key.at, "here the key of a text was expected");
		return (struct str){0};
	}
	if (!s) {
		complain(b, key.at, "no text is called %.*s", STR_ARG(key.text));
		return (struct str){0};
	}
	while ((t = lex_peek(*l)).kind == TOKEN_NAME) {
		size_t i = param_find(s, t.text);
		bool range = false;
		struct str value;

		if (i == s->params) { /* a RANGE is two parameters for C */
			i = param_find(s, str_fmt(a, "%.*s_first", STR_ARG(t.text)));
			range = i + 1 < s->params &&
			    str_eq(s->name[i + 1], str_fmt(a, "%.*s_last", STR_ARG(t.text)));
			i = range ? i : s->params;
		}

		lex(l);
		if (!lex_is(lex_peek(*l), "=")) {
			complain(b, lex_peek(*l).at, "here = and a value were expected");
			return (struct str){0};
		}
		lex(l);
		if (i == s->params) {
			complain(b, t.at, "%.*s has no parameter %.*s", STR_ARG(s->key),
			    STR_ARG(t.text));
			good = false;
		} else if (given[i].n) {
			complain(b, t.at, "%.*s stands here twice", STR_ARG(t.text));
			good = false;
		}
		value = read_text_arg(b, l, i < s->params ? s->type[i] : STR(""));
		if (!value.n)
			return value;
		if (range) {
			given[i] = str_fmt(a, "%.*s.first", STR_ARG(value));
			given[i + 1] = str_fmt(a, "%.*s.last", STR_ARG(value));
		} else if (i < s->params) {
			given[i] = value;
		}
	}
	for (size_t i = 0; i < s->params; i++) {
		if (!given[i].n) {
			complain(b, key.at, "%.*s needs the parameter %.*s", STR_ARG(s->key),
			    STR_ARG(s->name[i]));
			good = false;
		}
	}
	if (!good)
		return (struct str){0};
	use_header(b, s->header);
	if (!s->params)
		return str_fmt(a, "said(T_%.*s)", STR_ARG(upper_name(a, s->key)));
	out_fmt(&c, "t_%.*s(", STR_ARG(c_name(a, s->key)));
	for (size_t i = 0; i < s->params; i++)
		out_fmt(&c, "%s%.*s", i ? ", " : "", STR_ARG(given[i]));
	out_char(&c, ')');
	return out_text(&c);
}
