#include <string.h>

#include "tool/textgen.h"

enum { GIST_CHARS = 90 };

void
out_comment(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], next = i + 1 < s.n ? s.p[i + 1] : ' ';

		out_char(o, c == '\n' ? ' ' : c);
		if ((c == '*' && next == '/') || (c == '/' && next == '*'))
			out_char(o, ' ');
	}
}

static bool
has_type(const struct param *p, const char *name)
{
	return strcmp(p->type->name, name) == 0;
}

static bool
has_counted_forms(const struct block *b)
{
	if (chosen_by_word(b))
		return false;
	for (size_t i = 0; i < b->forms; i++)
		if (b->form[i].word.n)
			return true;
	return false;
}

/* --- the header ------------------------------------------------------------------------------- */

/* struct said t_wheel_answers(int64_t n), without what follows. */
static void
write_prototype(struct out *o, const struct block *b, struct str name)
{
	out_fmt(o, "t_%.*s(", STR_ARG(name));
	for (size_t i = 0; i < b->params; i++) {
		const struct param *p = &b->param[i];

		if (i)
			out_lit(o, ", ");
		if (has_type(p, "RANGE"))
			out_fmt(o, "struct date %.*s_first, struct date %.*s_last",
			    STR_ARG(p->name), STR_ARG(p->name));
		else
			out_fmt(o, "%s%.*s %.*s", p->type->c, p->words ? (int)p->type_name.n : 0,
			    p->type_name.p, STR_ARG(p->name));
	}
	out_char(o, ')');
}

/* The English text, for readers of C. */
static void
write_gist(struct arena *a, struct out *to, const struct block *b)
{
	const struct form *shown = NULL;
	struct out gist = out_new(a), *o = &gist;

	for (size_t i = 0; i < b->forms; i++)
		if (b->form[i].lang == LANGS - 1)
			shown = &b->form[i];
	for (size_t i = 0; shown && i < shown->parts; i++) {
		const struct part *p = &shown->part[i];

		if (p->kind == PART_LITERAL)
			out_comment(o, p->text);
		else if (p->kind == PART_PARAM)
			out_fmt(o, "{%.*s}", STR_ARG(p->text));
	}
	out_lit(to, "\n/* ");
	out_str(to, str_prefix_chars(out_text(o), GIST_CHARS));
	if (str_chars(out_text(o)) > GIST_CHARS)
		out_lit(to, "\342\200\246");
	out_lit(to, " */\n");
}

/* Whether a text of the source has its form chosen by that enum. */
static bool
uses_enum(const struct texts_run *t, const struct source *in, const struct word_enum *e)
{
	for (size_t i = 0; i < t->blocks; i++) {
		const struct block *b = &t->block[i];

		if (b->in == in && chosen_by_word(b) && b->param[b->chooser].words == e)
			return true;
	}
	return false;
}

static void
write_includes(struct texts_run *t, const struct source *in, struct out *o)
{
	out_lit(o, "#include \"lib/text.h\"\n");
	for (size_t e = 0; e < t->word_enums; e++) {
		struct str line = str_fmt(t->run->arena, "#include \"%.*s\"\n",
		    STR_ARG(t->word_enum[e].header));

		/* Several enums live in one header. */
		if (uses_enum(t, in, &t->word_enum[e]) && !str_contains(out_text(o), line))
			out_str(o, line);
	}
}

static void
write_header(struct texts_run *t, const struct source *in, struct out *o)
{
	struct arena *a = t->run->arena;
	struct str guard = upper_name(a, str_of(in->path));

	out_fmt(o, "/* Generated from %s. */\n#ifndef %.*s_H\n#define %.*s_H\n\n", in->path,
	    STR_ARG(guard), STR_ARG(guard));
	write_includes(t, in, o);
	for (size_t i = 0; i < t->blocks; i++) {
		const struct block *b = &t->block[i];
		struct str name = c_name(a, b->key);

		if (b->in != in)
			continue;
		write_gist(a, o, b);
		out_fmt(o, "extern const struct text text_%.*s;\n", STR_ARG(name));
		if (b->params) {
			out_lit(o, "struct said ");
			write_prototype(o, b, name);
			out_lit(o, ";\n");
		} else {
			out_fmt(o, "#define T_%.*s (&text_%.*s)\n", STR_ARG(upper_name(a, b->key)),
			    STR_ARG(name));
		}
	}
	out_lit(o, "\n#endif\n");
}

/* --- the C file ------------------------------------------------------------------------------- */

static void
write_parts(struct out *o, const struct form *f)
{
	static const char *const kinds[] = {"LITERAL", "PARAM", "SLOT_OPEN", "SLOT_CLOSE"};

	out_lit(o, "(const struct text_part[]){\n");
	for (size_t i = 0; i < f->parts; i++) {
		const struct part *p = &f->part[i];
		bool words = p->kind != PART_PARAM;

		out_fmt(o, "\t\t\t{TEXT_%s, %zu, %zu, ", kinds[p->kind], p->number,
		    words ? p->text.n : 0);
		if (words)
			c_string(o, p->text);
		else
			out_char(o, '0');
		out_lit(o, "},\n");
	}
	out_lit(o, "\t\t\t{TEXT_END, 0, 0, 0}}");
}

static void
write_form(struct texts_run *t, struct out *o, const struct block *b, const struct form *f)
{
	bool other = !f->word.n || str_is(f->word, "other");
	const struct word_enum *e = chosen_by_word(b) ? b->param[b->chooser].words : NULL;

	/* An enum may have a word `other` of its own. */
	for (size_t i = 0; e && i < e->n; i++)
		other = other && !str_eq(f->word, e->word[i]);
	/* A constant that the enum has not is the one mistake that only the C compiler sees. */
	if (e)
		out_fmt(o, "#line %d\n", f->line);
	out_lit(o, "\t\t{");
	if (other)
		out_lit(o, "TEXT_FORM_OTHER");
	else if (e)
		out_fmt(o, "%.*s_%.*s", STR_ARG(e->prefix),
		    STR_ARG(upper_name(t->run->arena, f->word)));
	else
		out_lit(o, "TEXT_FORM_ONE");
	out_lit(o, ", ");
	write_parts(o, f);
	out_lit(o, "},\n");
}

static void
write_text(struct texts_run *t, struct out *o, const struct block *b, struct str name)
{
	static const char *const langs[LANGS] = {"LANG_FI", "LANG_SV", "LANG_EN"};
	bool counted = has_counted_forms(b);

	out_fmt(o, "\n#line %d \"%s/%s\"\nconst struct text text_%.*s = {\n", b->line, t->src,
	    b->in->path, STR_ARG(name));
	out_fmt(o, "\t.key = \"%.*s\", .params = %zu, .slots = %zu,\n", STR_ARG(b->key), b->params,
	    b->slots);
	out_fmt(o, "\t.choice = %s, .chooser = %d,\n",
	    counted ? "TEXT_BY_COUNT" : chosen_by_word(b) ? "TEXT_BY_WORD" : "TEXT_ONE_FORM",
	    counted || chosen_by_word(b) ? b->chooser : 0);
	if (b->params) {
		out_lit(o, "\t.param = (const struct text_param[]){");
		for (size_t i = 0; i < b->params; i++)
			out_fmt(o, "%s{\"%.*s\", %s}", i ? ", " : "", STR_ARG(b->param[i].name),
			    b->param[i].type->constant);
		out_lit(o, "},\n");
	}
	if (b->slots) {
		out_lit(o, "\t.slot = (const char *const[]){");
		for (size_t i = 0; i < b->slots; i++)
			out_fmt(o, "%s\"%.*s\"", i ? ", " : "", STR_ARG(b->slot[i]));
		out_lit(o, "},\n");
	}
	for (int l = 0; l < LANGS; l++) {
		size_t n = 0;

		out_fmt(o, "\t.in[%s] = {(const struct text_form[]){\n", langs[l]);
		for (size_t i = 0; i < b->forms; i++) {
			if (b->form[i].lang == l) {
				write_form(t, o, b, &b->form[i]);
				n++;
			}
		}
		out_fmt(o, "\t}, %zu},\n", n);
	}
	out_lit(o, "};\n");
}

static void
write_function(struct out *o, const struct block *b, struct str name)
{
	out_lit(o, "\nstruct said\n");
	write_prototype(o, b, name);
	out_fmt(o, "\n{\n\treturn (struct said){\n\t\t.text = &text_%.*s,\n", STR_ARG(name));
	for (size_t i = 0; i < b->params; i++) {
		const struct param *p = &b->param[i];

		if (has_type(p, "RANGE"))
			out_fmt(o, "\t\t.arg[%zu] = {.range = {%.*s_first, %.*s_last}},\n", i,
			    STR_ARG(p->name), STR_ARG(p->name));
		else
			out_fmt(o, "\t\t.arg[%zu] = {.%s = %s%.*s},\n", i, p->type->field,
			    p->words ? "(int64_t)" : "", STR_ARG(p->name));
	}
	out_lit(o, "\t};\n}\n");
}

void
texts_write_source(struct texts_run *t, const struct source *in, struct out *header, struct out *c)
{
	write_header(t, in, header);
	out_fmt(c, "/* Generated from %s. */\n#include \"%s.h\"\n#include \"lib/text_form.h\"\n", in->path, in->path);
	for (size_t i = 0; i < t->blocks; i++) {
		const struct block *b = &t->block[i];
		struct str name = c_name(t->run->arena, b->key);

		if (b->in != in)
			continue;
		write_text(t, c, b, name);
		if (b->params)
			write_function(c, b, name);
	}
}

/* --- what is made of all files ---------------------------------------------------------------- */

/* pagegen hands over values by name, in the order of the function's parameters. */
static void
write_symbol_param(struct out *o, const char *before, const struct param *p)
{
	if (has_type(p, "RANGE"))
		out_fmt(o, "%s%.*s_first:DATE,%.*s_last:DATE", before, STR_ARG(p->name),
		    STR_ARG(p->name));
	else
		out_fmt(o, "%s%.*s:%.*s", before, STR_ARG(p->name), STR_ARG(p->type_name));
}

static void
write_symbol(struct out *o, const struct block *b)
{
	out_fmt(o, "%.*s|", STR_ARG(b->key));
	for (size_t i = 0; i < b->params; i++)
		write_symbol_param(o, i ? "," : "", &b->param[i]);
	out_char(o, '|');
	for (size_t i = 0; i < b->slots; i++)
		out_fmt(o, "%s%.*s", i ? "," : "", STR_ARG(b->slot[i]));
	out_fmt(o, "|%s:%d\n", b->in->path, b->line);
}

void
texts_write_all(struct texts_run *t, const struct source *in, size_t n, struct out *header,
    struct out *c, struct out *sym)
{
	out_lit(header, "/* Generated: all texts, sorted by key, for text_table_set. */\n"
	                "#ifndef TEXTS_ALL_H\n#define TEXTS_ALL_H\n\n#include \"lib/text.h\"\n\n"
	                "extern const struct text *const text_all[];\n"
	                "extern const size_t text_all_count;\n\n#endif\n");
	out_lit(c, "/* Generated. */\n#include \"texts.all.h\"\n\n");
	for (size_t i = 0; i < n; i++)
		out_fmt(c, "#include \"%s.h\"\n", in[i].path);
	out_lit(c, "\nconst struct text *const text_all[] = {\n");
	for (size_t i = 0; i < t->blocks; i++)
		out_fmt(c, "\t&text_%.*s,\n", STR_ARG(c_name(t->run->arena, t->sorted[i]->key)));
	out_fmt(c, "\t0};\nconst size_t text_all_count = %zu;\n", t->blocks);
	for (size_t i = 0; i < t->blocks; i++)
		write_symbol(sym, t->sorted[i]);
}
