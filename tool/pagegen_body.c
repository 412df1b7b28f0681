/* The body of a page or component: from statements and literal HTML to C. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tool/pagegen.h"

void
complain(struct body *b, size_t at, const char *format, ...)
{
	char words[400];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	mistake(b->g->run, place_at(b->file->in, at), "%s", words);
}

/* --- C ---------------------------------------------------------------------------------------- */

void
code_indent(struct body *b)
{
	for (int i = 0; i <= b->indent; i++)
		out_char(&b->code, '\t');
}

/* Literal text in pieces that fit a line of C. */
void
flush_literal(struct body *b)
{
	enum { PIECE = 90 };
	struct str s = out_text(&b->literal);

	if (!s.n)
		return;
	code_indent(b);
	out_fmt(&b->code, "out_lit(&r->out,");
	while (s.n) {
		size_t n = s.n < PIECE ? s.n : PIECE;

		if (n == s.n && s.n == out_text(&b->literal).n) {
			out_char(&b->code, ' ');
		} else {
			out_char(&b->code, '\n');
			code_indent(b);
			out_lit(&b->code, "    ");
		}
		c_string(&b->code, str_sub(s, 0, n));
		s = str_sub(s, n, s.n);
	}
	out_lit(&b->code, ");\n");
	b->literal.n = 0;
}

/* What the C compiler says of the next line, it says of this place in the template. */
void
code_line(struct body *b, size_t at)
{
	out_fmt(&b->code, "#line %d \"%s/%s\"\n", place_at(b->file->in, at).line, b->g->src,
	    b->file->in->path);
}

void
use_header(struct body *b, struct str header)
{
	struct definition *d = b->def;

	for (size_t i = 0; i < d->headers; i++) {
		if (str_eq(d->header[i], header))
			return;
	}
	d->header =
	    arena_grow(b->g->arena, d->header, d->headers, 1, sizeof *d->header, &d->headers_cap);
	d->header[d->headers++] = header;
}

/* --- values ----------------------------------------------------------------------------------- */

static const char *const formats[] = {"date", "short", "full", "day", "range", "month", "week",
    "time", "clock", "instant", "number", "percent", "decimal", "iso"};

static bool
is_format(struct str s)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		if (str_is(s, formats[i]))
			return true;
	}
	return false;
}

/* What a person may not see is not fetched: {may} holds controls, and what they need to work. */
static bool
may_hold_value(struct body *b, size_t at)
{
	if (!b->may)
		return true;
	if (b->h.state == HTML_VALUE &&
	    (b->h.url != URL_NONE ||
		has_word(" value name id for class lang hreflang aria-controls aria-describedby "
	                 "aria-labelledby ",
		    str_z(b->g->arena, b->attr_name))))
		return true;
	complain(b, at,
	    "{may} holds controls and texts, no values: what one may not see is not fetched");
	return false;
}

static void
statement_value(struct body *b, const struct piece *p)
{
	struct lexer l = {b->file->in, p->at, p->end};
	struct operand x = operand_read(b, &l, false);
	struct token format = {0};
	const char *writer;

	if (x.kind == OPERAND_NONE)
		return;
	if (x.field && x.field->kind == FIELD_ENUM) {
		complain(b, x.at, "%.*s is an enum and has no words: give it to a text",
		    STR_ARG(x.field->name));
		return;
	}
	if (lex_is(lex_peek(l), ":")) {
		lex(&l);
		format = lex(&l);
		if (format.kind != TOKEN_NAME || !is_format(format.text)) {
			complain(b, format.at,
			    "no format is called %.*s: date, short, full, day, range, month, week, "
			    "time, clock, instant, number, percent, decimal, iso",
			    STR_ARG(format.text));
			return;
		}
	}
	if (lex_is(lex_peek(l), "=")) {
		complain(b, lex_peek(l).at,
		    "to compare is for {if}; a value is a path, one call, or a literal");
		return;
	}
	if (!ended(b, &l) || !html_takes_text(b, p->at - 1) || !may_hold_value(b, p->at - 1))
		return;
	if (x.lang)
		x.c = STR("lang_code(r->lang)");
	if (b->h.state == HTML_VALUE)
		writer = value_writer(b, p->at - 1, &x);
	else
		writer = html_is_plain(b) ? "page_attr" : "page_value";
	if (!writer)
		return;
	if (format.text.n && b->h.url != URL_NONE && b->h.state == HTML_VALUE) {
		complain(b, format.at, "no format in an address");
		return;
	}
	flush_literal(b);
	b->h.space = false;
	code_line(b, p->at);
	code_indent(b);
	if (format.text.n)
		out_fmt(
		    &b->code, "page_format_%.*s(r, %.*s);\n", STR_ARG(format.text), STR_ARG(x.c));
	else
		out_fmt(&b->code, "%s(r, %.*s);\n", writer, STR_ARG(x.c));
}

/* --- small statements ------------------------------------------------------------------------- */

/* A function that writes the page itself. */
static void
statement_call(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct operand x = operand_read(b, &l, false);

	if (x.kind != OPERAND_NONE && x.kind != OPERAND_CALL)
		complain(b, x.at, "here a call was expected: {call function(r, …)}");
	else if (x.kind == OPERAND_CALL && ended(b, &l) &&
	    html_takes_markup(b, p->at - 1, "{call}")) {
		if (b->may) {
			complain(b, p->at - 1, "{may} holds controls and texts, no {call}");
			return;
		}
		flush_literal(b);
		b->h.space = false;
		code_line(b, p->at);
		code_indent(b);
		out_fmt(&b->code, "%.*s;\n", STR_ARG(x.c));
	}
}

static void
statement_raw(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct operand x = operand_read(b, &l, false);

	if (!str_is(b->file->folder, "app/page"))
		complain(
		    b, p->at - 1, "{raw} stands only in app/page: what it writes is not escaped");
	else if (x.kind != OPERAND_NONE && ended(b, &l) &&
	    html_takes_markup(b, p->at - 1, "{raw}")) {
		flush_literal(b);
		b->h.space = false;
		code_line(b, p->at);
		code_indent(b);
		out_fmt(&b->code, "page_raw(r, %.*s);\n", STR_ARG(x.c));
	}
}

static void
statement_field(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct token t = lex(&l);
	struct str name = t.text, form = str_cut(&name, '.');

	if (t.kind != TOKEN_NAME || !form.n || !name.n || str_find(name, '.') < name.n) {
		complain(b, t.at, "here form.field was expected");
		return;
	}
	if (!ended(b, &l) || !html_takes_markup(b, p->at - 1, "{field}"))
		return;
	if (b->elements && (b->element[b->elements - 1].is->flags & ELEMENT_STRUCTURE)) {
		complain(b, p->at - 1, "{field} cannot stand directly in <%s>",
		    b->element[b->elements - 1].is->name);
		return;
	}
	if (!b->form && b->def->kind == DEFINITION_PAGE) {
		complain(b, p->at - 1, "{field} stands within {post}");
		return;
	}
	flush_literal(b);
	b->h.space = false;
	code_indent(b);
	out_fmt(&b->code, "page_field(r, \"%.*s\", \"%.*s\");\n", STR_ARG(form), STR_ARG(name));
}

static void
statement_inner(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);

	if (!b->inner)
		complain(b, p->at - 1, "{inner} stands in the {slot …} of a text");
	else if (b->inner_seen)
		complain(b, p->at - 1, "{inner} stands here twice");
	else if (ended(b, &l) && html_takes_text(b, p->at - 1)) {
		flush_literal(b);
		b->h.space = false;
		code_indent(b);
		out_fmt(&b->code, "page_said_inner(r, &s_%d, part_%d);\n", b->text_number,
		    b->text_number);
	}
	b->inner_seen = true;
}

/* --- one after another ------------------------------------------------------------------------ */

static bool
ends_block(struct str word)
{
	return str_is(word, "end") || str_is(word, "else") || str_is(word, "elif") ||
	    str_is(word, "empty");
}

static bool
begins_definition(struct str word)
{
	return str_is(word, "page") || str_is(word, "component") || str_is(word, "struct");
}

static void
statement(struct body *b, const struct piece *p)
{
	static const struct {
		const char *word;
		bool control; /* writes nothing itself: a line of its own leaves no white space */
		void (*run)(struct body *b, const struct piece *p);
	} all[] = {
	    {"if", true, statement_if},
	    {"each", true, statement_each},
	    {"let", true, statement_let},
	    {"may", true, statement_may},
	    {"post", true, statement_post},
	    {"slot", true, statement_slot},
	    {"use", false, statement_use},
	    {"t", false, statement_text},
	    {"call", false, statement_call},
	    {"raw", false, statement_raw},
	    {"field", false, statement_field},
	    {"inner", false, statement_inner},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		if (str_is(p->word, all[i].word)) {
			b->strip = all[i].control && p->alone;
			all[i].run(b, p);
			return;
		}
	}
	if (str_is(p->word, "include"))
		complain(b, p->at - 1, "{include} stands before all definitions");
	else
		statement_value(b, p);
}

struct stop
body_run(struct body *b)
{
	while (b->i < b->file->pieces) {
		const struct piece *p = &b->file->piece[b->i];

		if (!p->statement) {
			b->i++;
			html_literal(b, p->at, p->end);
			continue;
		}
		if (begins_definition(p->word))
			break;
		b->i++;
		if (ends_block(p->word)) {
			b->strip = p->alone;
			return (struct stop){p};
		}
		b->strip = false;
		statement(b, p);
	}
	return (struct stop){NULL};
}

/* --- the whole -------------------------------------------------------------------------------- */

static void
check_balance(struct body *b)
{
	for (size_t i = 0; i < b->elements; i++)
		complain(b, b->element[i].at, "<%s> is not closed", b->element[i].is->name);
	if (b->h.state == HTML_TAG)
		complain(b, b->h.tag_at, "this tag does not end");
	else if (b->h.state == HTML_VALUE)
		complain(b, b->h.value_at, "the quote of this attribute is not closed");
	else if (b->h.state == HTML_COMMENT)
		complain(b, b->h.tag_at, "this comment does not end");
}

void
body_compile(struct pages *g, struct definition *d)
{
	struct body *b = ARENA_NEW(g->arena, struct body);
	struct str name = d->base, type = d->type;
	struct stop stop;
	struct out whole = out_new(g->arena);

	b->g = g;
	b->file = d->file;
	b->def = d;
	b->i = d->first;
	b->strip = true;
	b->h.space = true;
	b->code = b->literal = b->resume = b->value = out_new(g->arena);

	out_fmt(&whole, "\nvoid\n%.*s_%s(struct req *r, const struct %.*s *p)\n{\n\t(void)p;\n",
	    STR_ARG(name), d->slot ? "open" : "html", STR_ARG(type));
	stop = body_run(b);
	check_balance(b);
	if (!stop.piece)
		complain(b, d->at, "%.*s has no {end}", STR_ARG(d->name));
	else if (!str_is(stop.piece->word, "end"))
		complain(
		    b, stop.piece->at - 1, "{%.*s} belongs to nothing", STR_ARG(stop.piece->word));
	/* The newline before {end} would be a space behind an inline component. */
	while (b->literal.n &&
	    (b->literal.p[b->literal.n - 1] == '\n' || b->literal.p[b->literal.n - 1] == ' '))
		b->literal.n--;
	flush_literal(b);
	out_str(&whole, out_text(&b->code));
	out_lit(&whole, "}\n");
	d->code = whole;
	d->first = b->i; /* what follows is not of this definition */
}
