/* Statements that hold others: each is a block of C. */
#include <string.h>

#include "tool/pagegen.h"

/* --- what is the same for all ----------------------------------------------------------------- */

struct kept
keep(struct body *b)
{
	struct kept k = {
	    b->h, b->elements, b->base, b->attr.n, b->id.n, b->variables, b->attr_name};

	b->base = b->elements;
	b->depth++;
	return k;
}

/* At the end of a block the HTML must stand where it stood at its beginning. */
void
check_same(struct body *b, const struct kept *k, size_t at)
{
	if (b->elements > k->elements) {
		for (size_t i = k->elements; i < b->elements; i++)
			complain(b, b->element[i].at, "<%s> is not closed within its block",
			    b->element[i].is->name);
	} else if (b->h.state != k->h.state ||
	    (k->h.state != HTML_TEXT && b->h.tag_at != k->h.tag_at) ||
	    (k->h.state == HTML_VALUE && b->h.value_at != k->h.value_at)) {
		complain(b, at,
		    k->h.state == HTML_TEXT
			? "the block ends within a tag or comment that began in it"
			: k->h.state == HTML_TAG
			? "the block begins and ends in different places of the tag"
			: "the block begins and ends in different values");
	}
}

/* Back to the beginning, for another branch. */
static void
again(struct body *b, const struct kept *k)
{
	b->h = k->h;
	b->elements = k->elements;
	b->attr_name = k->attr_name;
	b->variables = k->variables;
	seen_hide(&b->attr, k->attrs < b->attr.n ? k->attrs : b->attr.n, true);
	seen_hide(&b->id, k->ids, true);
}

void
leave(struct body *b, const struct kept *k)
{
	b->elements = k->elements;
	b->base = k->base;
	b->attr_name = k->attr_name;
	b->variables = k->variables;
	b->depth--;
	seen_hide(&b->attr, k->attrs < b->attr.n ? k->attrs : b->attr.n, false);
	seen_hide(&b->id, k->ids, false);
}

/* What holds after either of two ways. */
static struct html
joined(struct body *b, struct html x, struct html y, size_t at)
{
	struct html h = x;

	h.space = x.space && y.space;
	h.gap = x.gap && y.gap;
	h.dynamic = true;
	if (x.state != HTML_VALUE || x.url == y.url)
		return h;
	if (x.url == URL_START || y.url == URL_START)
		complain(b, at,
		    "an address begins with the same kind of thing in all branches: write one "
		    "{else}, or make it in C");
	h.url = x.url == URL_SAFE && y.url == URL_SAFE ? URL_SAFE : URL_AFTER_VALUE;
	return h;
}

void
open_brace(struct body *b)
{
	code_indent(b);
	out_lit(&b->code, "{\n");
	b->indent++;
}

void
close_brace(struct body *b)
{
	flush_literal(b);
	b->indent--;
	code_indent(b);
	out_lit(&b->code, "}\n");
}

size_t
resume_open(struct body *b)
{
	size_t n = b->resume.n;

	open_brace(b);
	out_lit(&b->resume, "\t{\n");
	b->resume_depth++;
	return n;
}

void
resume_close(struct body *b, size_t n)
{
	close_brace(b);
	b->resume.n = n;
	b->resume_depth--;
}

bool
too_deep(struct body *b, const struct piece *p)
{
	if (b->depth < 40)
		return false;
	complain(b, p->at - 1, "more than 40 blocks in one another");
	b->i = b->file->pieces;
	return true;
}

void
swallow(struct body *b, const struct piece *p)
{
	struct kept k = keep(b);
	struct stop stop = body_run(b);

	while (stop.piece && !str_is(stop.piece->word, "end"))
		stop = body_run(b);
	expect_end(b, p, stop);
	leave(b, &k);
	b->h = k.h;
	b->h.broken = k.h.state == HTML_TAG;
}

void
expect_end(struct body *b, const struct piece *opened, struct stop stop)
{
	while (stop.piece && !str_is(stop.piece->word, "end")) {
		complain(b, stop.piece->at - 1, "{%.*s} does not belong to {%.*s}",
		    STR_ARG(stop.piece->word), STR_ARG(opened->word));
		stop = body_run(b);
	}
	if (!stop.piece) {
		complain(b, opened->at - 1, "this {%.*s} has no {end}", STR_ARG(opened->word));
		return;
	}
	if (stop.piece->end > stop.piece->at + stop.piece->word.n)
		complain(b, stop.piece->at + stop.piece->word.n + 1, "{end} takes nothing");
}

/* A name for a {let} or {each}. */
static bool
declare(struct body *b, struct token t, struct variable v)
{
	if (t.kind != TOKEN_NAME || !is_small_name(t.text))
		complain(b, t.at, "here the name of a variable was expected, in small letters");
	else if (is_c_word(t.text) || str_is(t.text, "r") || str_is(t.text, "p") ||
	    str_is(t.text, "lang"))
		complain(b, t.at, "a variable cannot be called %.*s", STR_ARG(t.text));
	else if (str_starts(t.text, STR("s_")) || str_starts(t.text, STR("n_")) ||
	    str_starts(t.text, STR("list_")) || str_starts(t.text, STR("part_")))
		complain(b, t.at, "names that begin with %.*s are the compiler's own",
		    (int)str_find(t.text, '_') + 1, t.text.p);
	else if (field_find(b->def, t.text))
		complain(b, t.at, "%.*s is a field already", STR_ARG(t.text));
	else {
		for (size_t i = 0; i < b->variables; i++) {
			if (str_eq(b->variable[i].name, t.text)) {
				complain(b, t.at, "%.*s is a variable already", STR_ARG(t.text));
				return false;
			}
		}
		if (b->variables == VARIABLES_MAX) {
			complain(b, t.at, "more than %d variables", VARIABLES_MAX);
			return false;
		}
		v.name = t.text;
		b->variable[b->variables++] = v;
		return true;
	}
	return false;
}

/* --- if --------------------------------------------------------------------------------------- */

static void
write_condition(struct body *b, const struct piece *p, const char *before)
{
	struct lexer l = rest_of(b->file, p);
	struct str c = condition_read(b, &l);

	if (c.n)
		ended(b, &l);
	out_lit(&b->code, "\n");
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "%s(%.*s) {\n", before, STR_ARG(c));
}

void
statement_if(struct body *b, const struct piece *p)
{
	struct kept k;
	struct html after;
	bool first = true, other = false;
	struct stop stop;

	if (too_deep(b, p))
		return;
	if (b->h.state == HTML_COMMENT) {
		complain(b, p->at - 1, "no statement in a comment");
		swallow(b, p);
		return;
	}
	flush_literal(b);
	k = keep(b);
	b->nested++;
	write_condition(b, p, "if ");
	b->indent++;
	for (;;) {
		stop = body_run(b);
		flush_literal(b);
		check_same(b, &k, stop.piece ? stop.piece->at - 1 : p->at - 1);
		if (b->h.state != k.h.state)
			b->h = k.h;
		after = first ? b->h
			      : joined(b, after, b->h, stop.piece ? stop.piece->at - 1 : p->at - 1);
		first = false;
		if (!stop.piece || str_is(stop.piece->word, "end"))
			break;
		again(b, &k);
		b->indent--;
		code_indent(b);
		if (str_is(stop.piece->word, "empty") || other)
			complain(b, stop.piece->at - 1, "{%.*s} does not belong here",
			    STR_ARG(stop.piece->word));
		if (str_is(stop.piece->word, "elif")) {
			out_lit(&b->code, "} else");
			write_condition(b, stop.piece, "if ");
		} else {
			if (stop.piece->end > stop.piece->at + stop.piece->word.n)
				complain(b, stop.piece->at,
				    "{else} takes nothing; there is {elif condition}");
			out_lit(&b->code, "} else {\n");
			other = true;
		}
		b->indent++;
	}
	if (!other) /* the way past all branches */
		after = joined(b, after, k.h, stop.piece ? stop.piece->at - 1 : p->at - 1);
	expect_end(b, p, stop);
	b->indent--;
	code_indent(b);
	out_lit(&b->code, "}\n");
	b->nested--;
	leave(b, &k);
	b->h = after;
}

/* --- each ------------------------------------------------------------------------------------- */

/* The struct of what a list holds, if a template declares it. */
static const struct definition *
element_of(const struct body *b, const struct operand *list)
{
	if (!list->field || list->field->kind != FIELD_LIST)
		return NULL;
	return definition_find(b->g, list->field->type, DEFINITION_STRUCT);
}

static bool
read_each(struct body *b, const struct piece *p, struct operand *list, struct token *name)
{
	struct lexer l = rest_of(b->file, p);
	struct token as;

	*list = operand_read(b, &l, false);
	if (list->kind == OPERAND_NONE)
		return false;
	if (list->kind != OPERAND_PATH && list->kind != OPERAND_CALL) {
		complain(b, list->at, "this is no list");
		return false;
	}
	if (list->field && list->field->kind != FIELD_LIST && list->field->kind != FIELD_PLAIN) {
		complain(b, list->at, "%.*s is no list", STR_ARG(list->field->name));
		return false;
	}
	as = lex(&l);
	*name = lex(&l);
	if (!lex_is(as, "as")) {
		complain(b, as.at, "here `as` and a name were expected: {each list as one}");
		return false;
	}
	return ended(b, &l);
}

void
statement_each(struct body *b, const struct piece *p)
{
	struct operand list;
	struct token name = {0};
	bool good = read_each(b, p, &list, &name);
	int number = ++b->number;
	struct kept k;
	struct html after;
	struct stop stop;

	if (too_deep(b, p))
		return;
	if (b->h.state != HTML_TEXT && b->h.state != HTML_VALUE) {
		complain(b, p->at - 1, "{each} cannot stand in a tag, only in text or a value");
		swallow(b, p);
		return;
	}
	flush_literal(b);
	k = keep(b);
	if (good)
		declare(b, name, (struct variable){.each = true, .type = element_of(b, &list)});
	b->each++;
	b->nested++;
	b->h.dynamic = true;
	open_brace(b);
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "const __auto_type list_%d = %.*s;\n", number, STR_ARG(list.c));
	code_indent(b);
	out_fmt(&b->code, "for (size_t n_%d = 0; n_%d < list_%d.n; n_%d++) {\n", number, number,
	    number, number);
	b->indent++;
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "const __typeof__(*list_%d.at) *%.*s = &list_%d.at[n_%d];\n", number,
	    STR_ARG(name.text), number, number);
	code_indent(b);
	out_fmt(&b->code, "(void)%.*s;\n", STR_ARG(name.text));
	stop = body_run(b);
	check_same(b, &k, stop.piece ? stop.piece->at - 1 : p->at - 1);
	close_brace(b);
	b->each--;
	if (b->h.state != k.h.state)
		b->h = k.h;
	after = joined(b, b->h, k.h, p->at - 1);
	if (stop.piece && str_is(stop.piece->word, "empty")) {
		again(b, &k);
		code_indent(b);
		out_fmt(&b->code, "if (list_%d.n == 0) {\n", number);
		b->indent++;
		stop = body_run(b);
		check_same(b, &k, stop.piece ? stop.piece->at - 1 : p->at - 1);
		close_brace(b);
		if (b->h.state == k.h.state)
			after = joined(b, after, b->h, p->at - 1);
	}
	expect_end(b, p, stop);
	close_brace(b);
	b->nested--;
	leave(b, &k);
	b->h = after;
}

/* --- let -------------------------------------------------------------------------------------- */

void
statement_let(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct token name = lex(&l), is = lex(&l);
	struct operand x;
	struct out line = out_new(b->g->arena);
	bool pointer;

	if (!lex_is(is, "=")) {
		complain(b, is.at, "here = was expected: {let name = value}");
		return;
	}
	x = operand_read(b, &l, false);
	if (x.kind == OPERAND_NONE || !ended(b, &l))
		return;
	if (x.kind == OPERAND_STRING)
		x.c = str_fmt(b->g->arena, "STR(%.*s)", STR_ARG(x.c));
	pointer = x.field && x.field->kind == FIELD_POINTER;
	if (!declare(
		b, name, (struct variable){.pointer = pointer, .type = x.type, .field = x.field}))
		return;
	flush_literal(b);
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&line, "const __auto_type %.*s = %.*s;\n\t(void)%.*s;\n", STR_ARG(name.text),
	    STR_ARG(x.c), STR_ARG(name.text));
	out_str(&b->code, out_text(&line));
	if (!b->nested)
		out_fmt(&b->resume, "\t%.*s", STR_ARG(out_text(&line)));
}

/* --- may, post -------------------------------------------------------------------------------- */

void
statement_may(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct token right = lex(&l);
	struct kept k;
	bool known = false;

	if (right.kind != TOKEN_NAME) {
		complain(b, right.at, "here the name of a right was expected");
	} else {
		for (size_t i = 0; i < b->g->rights; i++)
			known |= str_eq(b->g->right[i], right.text);
		if (!known)
			complain(b, right.at, "no right is called %.*s", STR_ARG(right.text));
		ended(b, &l);
	}
	if (too_deep(b, p))
		return;
	if (b->h.state != HTML_TEXT) {
		complain(b, p->at - 1, "{may} cannot stand in a tag");
		swallow(b, p);
		return;
	}
	flush_literal(b);
	use_header(b, STR("app/rights.h"));
	k = keep(b);
	b->may++;
	b->nested++;
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "if (page_may(r, MAY_%.*s)) {\n", STR_ARG(right.text));
	b->indent++;
	{
		struct stop stop = body_run(b);

		check_same(b, &k, stop.piece ? stop.piece->at - 1 : p->at - 1);
		expect_end(b, p, stop);
	}
	close_brace(b);
	b->may--;
	b->nested--;
	leave(b, &k);
	if (b->h.state == HTML_TEXT)
		k.h.space &= b->h.space;
	b->h = k.h;
}

/* An address for a form: a literal whose {names} are those of the route, or a value. */
static struct str
read_action(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct operand x = operand_read(b, &l, false);

	if (x.kind == OPERAND_NONE || !ended(b, &l))
		return (struct str){0};
	if (x.kind == OPERAND_STRING) {
		if (!x.raw.n || x.raw.p[0] != '/' || str_starts(x.raw, STR("//"))) {
			complain(b, x.at, "the address of a form begins with /");
			return (struct str){0};
		}
		return str_fmt(b->g->arena, "path_fill(r, %.*s)", STR_ARG(x.c));
	}
	return x.c;
}

void
statement_post(struct body *b, const struct piece *p)
{
	static const struct str form = {"form", 4};
	struct str action = read_action(b, p);
	struct kept k;
	struct stop stop;
	size_t resume_at;

	if (too_deep(b, p))
		return;
	if (!html_takes_markup(b, p->at - 1, "{post}")) {
		swallow(b, p);
		return;
	}
	flush_literal(b);
	k = keep(b);
	html_open_element(b, element_find(form), p->at - 1);
	b->base = b->elements;
	b->form++;
	resume_at = resume_open(b);
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "page_form_open(r, %.*s);\n", STR_ARG(action));
	b->h.space = false;
	stop = body_run(b);
	for (size_t i = k.elements + 1; i < b->elements; i++)
		complain(b, b->element[i].at, "<%s> is not closed within its block",
		    b->element[i].is->name);
	expect_end(b, p, stop);
	flush_literal(b);
	code_indent(b);
	out_lit(&b->code, "page_form_close(r);\n");
	resume_close(b, resume_at);
	b->form--;
	leave(b, &k);
	if (b->h.state != HTML_TEXT)
		complain(b, p->at - 1, "the block ends within a tag or comment that began in it");
	b->h = k.h;
	b->h.space = false;
}
