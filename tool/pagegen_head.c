#include <string.h>

#include "tool/pagegen.h"

enum { FIELDS_MAX = 60 };

static const char *const c_words[] = {"auto", "break", "case", "char", "const", "continue",
    "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline",
    "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static",
    "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "bool", "true",
    "false", "asm", "typeof", "not", "unix", "linux"};

static const struct {
	const char *name, *c;
	enum field_kind kind;
} types[] = {
    {"TEXT", "struct str ", FIELD_TEXT},
    {"INT", "int64_t ", FIELD_PLAIN},
    {"REAL", "double ", FIELD_PLAIN},
    {"BOOL", "bool ", FIELD_BOOL},
    {"DATE", "struct date ", FIELD_PLAIN},
    {"INSTANT", "struct instant ", FIELD_PLAIN},
    {"TEXTS", "struct texts ", FIELD_TEXTS},
    {"SAID", "struct said ", FIELD_SAID},
    {"WORD", "const char *", FIELD_WORD},
    {"MARKUP", "struct markup ", FIELD_PLAIN},
};

bool
is_c_word(struct str s)
{
	for (size_t i = 0; i < sizeof c_words / sizeof *c_words; i++) {
		if (str_is(s, c_words[i]))
			return true;
	}
	return false;
}

bool
is_small_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(i && (c == '_' || (c >= '0' && c <= '9'))))
			return false;
	}
	return s.n > 0;
}

const struct definition *
definition_find(const struct pages *g, struct str name, enum definition_kind kind)
{
	for (size_t i = 0; i < g->defs; i++) {
		if (g->def[i].kind == kind && str_eq(g->def[i].name, name))
			return &g->def[i];
	}
	return NULL;
}

const struct field *
field_find(const struct definition *d, struct str name)
{
	for (size_t i = 0; i < d->fields; i++) {
		if (str_eq(d->field[i].name, name))
			return &d->field[i];
	}
	return NULL;
}

static bool
is_type_name(struct str s)
{
	return is_small_name(s) && !is_c_word(s);
}

/* The type in front of a field's name: TEXT, wheel_item, wheel_item[], wheel_item*, enum x. */
static bool
read_type(struct pages *g, struct lexer *l, struct field *f)
{
	struct arena *a = g->arena;
	struct token t = lex(l);

	f->type = t.text;
	if (lex_is(t, "enum")) {
		t = lex(l);
		f->type = t.text;
		f->kind = FIELD_ENUM;
		f->c = str_fmt(a, "enum %.*s ", STR_ARG(t.text));
		if (t.kind == TOKEN_NAME && is_type_name(t.text))
			return true;
	} else if (t.kind == TOKEN_NAME) {
		for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
			if (str_is(t.text, types[i].name)) {
				f->c = str_of(types[i].c);
				f->kind = types[i].kind;
				return true;
			}
		}
		if (is_type_name(t.text)) {
			struct str end = lex_peek(*l).text;

			if (str_is(end, "[")) {
				lex(l);
				if (!lex_is(t = lex(l), "]")) {
					mistake(
					    g->run, place_at(l->in, t.at), "here ] was expected");
					return false;
				}
				f->kind = FIELD_LIST;
				f->c = str_fmt(a, "struct %.*s_list ", STR_ARG(f->type));
			} else if (str_is(end, "*")) {
				lex(l);
				f->kind = FIELD_POINTER;
				f->c = str_fmt(a, "const struct %.*s *", STR_ARG(f->type));
			} else if (str_ends(f->type, STR("_id"))) {
				f->kind = FIELD_ID;
				f->c = str_fmt(a, "%.*s ", STR_ARG(f->type));
			} else {
				f->c = str_fmt(a, "struct %.*s ", STR_ARG(f->type));
			}
			return true;
		}
	}
	mistake(g->run, place_at(l->in, t.at),
	    "no type can be called %.*s: TEXT, INT, REAL, BOOL, DATE, INSTANT, "
	    "TEXTS, SAID, WORD, MARKUP, enum x, or a struct's name in small letters",
	    STR_ARG(t.text));
	return false;
}

static bool
read_field(struct pages *g, struct definition *d, struct lexer *l, struct field *f)
{
	struct token t;

	if (!read_type(g, l, f))
		return false;
	t = lex(l);
	f->at = t.at;
	f->name = t.text;
	if (t.kind != TOKEN_NAME || !is_small_name(t.text)) {
		mistake(g->run, place_at(l->in, t.at),
		    "here the name of a field was expected, in small letters");
		return false;
	}
	if (is_c_word(t.text) || str_is(t.text, "r") || str_is(t.text, "lang"))
		mistake(g->run, place_at(l->in, t.at), "a field cannot be called %.*s",
		    STR_ARG(t.text));
	if (field_find(d, t.text))
		mistake(g->run, place_at(l->in, t.at), "%.*s stands here twice", STR_ARG(t.text));
	if (str_is(lex_peek(*l).text, "?")) {
		t = lex(l);
		f->optional = true;
		if (d->kind != DEFINITION_COMPONENT)
			mistake(g->run, place_at(l->in, t.at),
			    "only a component's fields may be left out");
	}
	return true;
}

static void
read_fields(struct pages *g, struct definition *d, struct lexer *l)
{
	struct token t = lex(l);

	if (!lex_is(t, "(")) {
		mistake(g->run, place_at(l->in, t.at), "here ( and the fields were expected");
		return;
	}
	d->field = ARENA_ARRAY(g->arena, struct field, FIELDS_MAX);
	if (lex_is(lex_peek(*l), ")")) {
		lex(l);
	} else {
		do {
			struct field f = {0};

			if (!read_field(g, d, l, &f))
				return;
			if (d->fields == FIELDS_MAX) {
				mistake(g->run, place_at(l->in, f.at), "more than %d fields",
				    FIELDS_MAX);
				return;
			}
			d->field[d->fields++] = f;
			t = lex(l);
		} while (lex_is(t, ","));
		if (!lex_is(t, ")")) {
			mistake(g->run, place_at(l->in, t.at), "here , or ) was expected");
			return;
		}
	}
	t = lex(l);
	if (t.kind != TOKEN_END)
		mistake(g->run, place_at(l->in, t.at), "here the } was expected");
}

static void
name_definition(struct pages *g, struct definition *d)
{
	struct str room = last_part(d->file->folder);
	struct place at = place_at(d->file->in, d->at);

	d->type = d->base = d->name;
	if (d->kind == DEFINITION_COMPONENT) {
		d->type = str_fmt(g->arena, "%.*s_component", STR_ARG(d->name));
	} else if (d->kind == DEFINITION_PAGE) {
		if (!str_ends(d->name, STR("_page")))
			mistake(g->run, at, "the name of a page ends with _page");
		else if (!str_starts(d->name, str_fmt(g->arena, "%.*s_", STR_ARG(room))))
			mistake(g->run, at, "the name of a page in this folder begins with %.*s_",
			    STR_ARG(room));
		else
			d->base = str_sub(d->name, 0, d->name.n - strlen("_page"));
	}
}

static void
read_definition(struct pages *g, struct file *f, size_t i)
{
	const struct piece *p = &f->piece[i];
	struct lexer l = rest_of(f, p);
	struct token name = lex(&l);
	struct definition d = {.file = f, .name = name.text, .at = name.at, .first = i + 1};

	d.kind = str_is(p->word, "page") ? DEFINITION_PAGE
	    : str_is(p->word, "struct")  ? DEFINITION_STRUCT
					 : DEFINITION_COMPONENT;
	if (name.kind != TOKEN_NAME || !is_type_name(name.text)) {
		mistake(
		    g->run, place_at(f->in, name.at), "here a name in small letters was expected");
		d.name = STR("");
	} else {
		name_definition(g, &d);
		read_fields(g, &d, &l);
	}
	for (size_t j = i + 1; j < f->pieces; j++) {
		struct str w = f->piece[j].word;

		if (str_is(w, "page") || str_is(w, "component") || str_is(w, "struct"))
			break;
		if (str_is(w, "slot") && f->piece[j].end == f->piece[j].at + w.n)
			d.slot = true;
	}
	d.code = out_new(g->arena);
	g->def = arena_grow(g->arena, g->def, g->defs, 1, sizeof *g->def, &g->defs_cap);
	g->def[g->defs++] = d;
}

static void
read_include(struct pages *g, struct file *f, const struct piece *p)
{
	struct lexer l = rest_of(f, p);
	struct token t = lex(&l);

	if (t.kind != TOKEN_STRING || !str_ends(t.text, STR(".h")) ||
	    str_find(t.text, '\n') < t.text.n)
		mistake(g->run, place_at(f->in, t.at),
		    "here a header was expected: {include \"app/x/x.h\"}");
	else if (f->includes == 30)
		mistake(g->run, place_at(f->in, t.at), "more than 30 includes");
	else
		f->include[f->includes++] = t.text;
	t = lex(&l);
	if (t.kind != TOKEN_END)
		mistake(g->run, place_at(f->in, t.at), "here the } was expected");
}

void
heads_read(struct pages *g, struct file *f)
{
	f->include = ARENA_ARRAY(g->arena, struct str, 30);
	for (size_t i = 0; i < f->pieces; i++) {
		struct str w = f->piece[i].word;

		if (str_is(w, "include"))
			read_include(g, f, &f->piece[i]);
		else if (str_is(w, "page") || str_is(w, "component") || str_is(w, "struct"))
			read_definition(g, f, i);
	}
}

/* A struct that holds itself by value would have no size. */
static bool
holds_itself(struct pages *g, struct definition *d)
{
	bool bad = false;

	if (d->mark)
		return d->mark == 1;
	d->mark = 1;
	for (size_t i = 0; i < d->fields; i++) {
		const struct definition *other;

		if (d->field[i].kind != FIELD_PLAIN)
			continue;
		other = definition_find(g, d->field[i].type, DEFINITION_STRUCT);
		if (other)
			bad |= holds_itself(g, (struct definition *)(uintptr_t)other);
	}
	d->mark = 2;
	return bad;
}

void
heads_check(struct pages *g)
{
	for (size_t i = 0; i < g->defs; i++) {
		struct definition *d = &g->def[i];

		for (size_t j = 0; j < i && d->name.n; j++) {
			const struct definition *e = &g->def[j];
			bool functions =
			    d->kind != DEFINITION_STRUCT && e->kind != DEFINITION_STRUCT;

			if (str_eq(d->type, e->type) || (functions && str_eq(d->base, e->base))) {
				mistake(g->run, place_at(d->file->in, d->at),
				    "%.*s clashes with %s:%d", STR_ARG(d->name), e->file->in->path,
				    place_at(e->file->in, e->at).line);
				break;
			}
		}
		if (d->kind == DEFINITION_STRUCT && d->mark == 0 && holds_itself(g, d))
			mistake(g->run, place_at(d->file->in, d->at), "%.*s holds itself",
			    STR_ARG(d->name));
	}
	for (size_t i = 0; i < g->defs; i++)
		g->def[i].mark = 0;
}
