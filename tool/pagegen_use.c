/* Components and their slots, texts and theirs. */
#include <string.h>

#include "tool/pagegen.h"

/* --- use -------------------------------------------------------------------------------------- */

/* Where a room stands in the order, from 1; 0 is not in it. */
static size_t
order_of(const struct pages *g, struct str room)
{
	struct lexer l = {&(struct source){"", g->order}, 0, g->order.n};
	struct token t;

	for (size_t i = 1; (t = lex(&l)).kind != TOKEN_END; i++) {
		if (str_eq(t.text, room))
			return i;
	}
	return 0;
}

static void
check_order(struct body *b, const struct definition *c, size_t at)
{
	size_t own = order_of(b->g, last_part(b->file->folder));
	size_t other = order_of(b->g, last_part(c->file->folder));

	if (own && other > own)
		complain(b, at,
		    "%.*s belongs to the room %.*s, which stands to the right of this one",
		    STR_ARG(c->name), STR_ARG(last_part(c->file->folder)));
}

static void
note_use(struct body *b, const struct definition *c)
{
	struct definition *d = b->def;

	d->use =
	    arena_grow(b->g->arena, d->use, d->uses, 1, sizeof(struct definition *), &d->uses_cap);
	d->use[d->uses++] = c;
	use_header(b, header_of(b->g, c->file->folder));
}

/* Reads a=expr b=expr and writes them as initialisers. False after a mistake. */
static bool
read_fields(struct body *b, struct lexer *l, const struct definition *c, size_t at, struct out *o)
{
	bool *given = ARENA_ARRAY(b->g->arena, bool, c->fields);
	struct token t;
	bool good = true;

	while ((t = lex(l)).kind == TOKEN_NAME) {
		const struct field *f = field_find(c, t.text);
		struct token is = lex(l);
		struct str value;

		if (!lex_is(is, "=")) {
			complain(b, is.at, "here = and a value were expected");
			return false;
		}
		if (!f) {
			complain(
			    b, t.at, "%.*s has no field %.*s", STR_ARG(c->name), STR_ARG(t.text));
			return false;
		}
		if (given[f - c->field]) {
			complain(b, t.at, "%.*s stands here twice", STR_ARG(t.text));
			good = false;
		}
		given[f - c->field] = true;
		value = field_value_read(b, l, f);
		if (!value.n)
			return false;
		out_fmt(o, "#line %d \"%s/%s\"\n\t\t.%.*s = %.*s,\n",
		    place_at(b->file->in, t.at).line, b->g->src, b->file->in->path,
		    STR_ARG(f->name), STR_ARG(value));
	}
	if (t.kind != TOKEN_END) {
		complain(b, t.at, "here name=value or the } was expected");
		return false;
	}
	for (size_t i = 0; i < c->fields; i++) {
		if (!given[i] && !c->field[i].optional) {
			complain(b, at, "%.*s needs the field %.*s", STR_ARG(c->name),
			    STR_ARG(c->field[i].name));
			good = false;
		}
	}
	return good;
}

static void
use_with_slot(struct body *b, const struct piece *p, const struct definition *c, struct str fields)
{
	int number = ++b->number;
	struct kept k = keep(b);
	size_t resume_at = resume_open(b), from = b->code.n;
	struct stop stop;

	out_fmt(&b->code, "\t\tconst struct %.*s use_%d = {\n%.*s\t\t};\n", STR_ARG(c->type),
	    number, STR_ARG(fields));
	if (!b->nested)
		out_str(&b->resume,
		    str_copy(b->g->arena, (struct str){b->code.p + from, b->code.n - from}));
	code_indent(b);
	out_fmt(&b->code, "%.*s_open(r, &use_%d);\n", STR_ARG(c->base), number);
	b->strip = p->alone;
	b->h.space = false;
	b->form++;
	stop = body_run(b);
	b->form--;
	check_same(b, &k, stop.piece ? stop.piece->at - 1 : p->at - 1);
	expect_end(b, p, stop);
	flush_literal(b);
	code_indent(b);
	out_fmt(&b->code, "%.*s_close(r, &use_%d);\n", STR_ARG(c->base), number);
	resume_close(b, resume_at);
	leave(b, &k);
	b->h = k.h;
	b->h.space = false;
}

void
statement_use(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	struct token name = lex(&l);
	const struct definition *c = definition_find(b->g, name.text, DEFINITION_COMPONENT);
	struct out fields = out_new(b->g->arena);
	bool good, here;

	if (name.kind != TOKEN_NAME || !c) {
		complain(b, name.at, "no component is called %.*s", STR_ARG(name.text));
		return;
	}
	check_order(b, c, name.at);
	note_use(b, c);
	good = read_fields(b, &l, c, name.at, &fields);
	here = html_takes_markup(b, p->at - 1, "{use}");
	if (too_deep(b, p) || (!c->slot && (!good || !here)))
		return;
	if (!here) {
		swallow(b, p);
		return;
	}
	flush_literal(b);
	if (c->slot) {
		use_with_slot(b, p, c, out_text(&fields));
		return;
	}
	b->h.space = false;
	code_line(b, p->at);
	code_indent(b);
	if (fields.n)
		out_fmt(&b->code, "%.*s_html(r, &(struct %.*s){\n%.*s", STR_ARG(c->base),
		    STR_ARG(c->type), STR_ARG(out_text(&fields)));
	else
		out_fmt(
		    &b->code, "%.*s_html(r, &(struct %.*s){0", STR_ARG(c->base), STR_ARG(c->type));
	code_indent(b);
	out_lit(&b->code, "});\n");
}

/* Here the second half of a component begins. */
void
statement_slot(struct body *b, const struct piece *p)
{
	struct definition *d = b->def;

	if (p->end > p->at + p->word.n) {
		complain(b, p->at - 1, "{slot name} stands behind {t …}");
		if (!too_deep(b, p))
			swallow(b, p);
		return;
	}
	if (d->kind != DEFINITION_COMPONENT) {
		complain(b, p->at - 1, "only a component has a {slot}");
		return;
	}
	if (b->slot_seen) {
		complain(b, p->at - 1, "a component has one {slot}");
		return;
	}
	if (b->nested) {
		complain(b, p->at - 1, "{slot} cannot stand within {if}, {each}, {may} or a text");
		return;
	}
	if (!html_takes_markup(b, p->at - 1, "{slot}"))
		return;
	b->slot_seen = true;
	flush_literal(b);
	for (size_t i = 0; i < b->resume_depth; i++)
		out_lit(&b->code, "\t}\n");
	out_fmt(&b->code,
	    "}\n\nvoid\n%.*s_close(struct req *r, const struct %.*s *p)\n{\n\t(void)p;\n",
	    STR_ARG(d->base), STR_ARG(d->type));
	out_str(&b->code, out_text(&b->resume));
	b->h.space = false;
}

/* --- texts ------------------------------------------------------------------------------------ */

static bool
slot_follows(const struct body *b)
{
	size_t i = b->i;

	if (i < b->file->pieces && !b->file->piece[i].statement)
		i++;
	return i < b->file->pieces && str_is(b->file->piece[i].word, "slot") &&
	    b->file->piece[i].end > b->file->piece[i].at + b->file->piece[i].word.n;
}

static void
one_slot(struct body *b, const struct piece *p, const struct text_symbol *s, bool *filled)
{
	struct lexer l = rest_of(b->file, p);
	struct token name = lex(&l);
	struct kept k = keep(b);
	struct stop stop;
	size_t number = 0;

	while (s && number < s->slots && !str_eq(s->slot[number], name.text))
		number++;
	if (name.kind != TOKEN_NAME)
		complain(b, name.at, "here the name of a slot was expected");
	else if (s && number == s->slots)
		complain(b, name.at, "%.*s has no slot %.*s", STR_ARG(s->key), STR_ARG(name.text));
	else if (s && filled[number])
		complain(b, name.at, "the slot %.*s stands here twice", STR_ARG(name.text));
	else
		ended(b, &l);
	if (s && number < s->slots)
		filled[number] = true;
	code_indent(b);
	out_fmt(&b->code, "case %zu:\n", number);
	open_brace(b);
	b->inner = true;
	b->inner_seen = false;
	b->h.space = false;
	stop = body_run(b);
	check_same(b, &k, stop.piece ? stop.piece->at - 1 : p->at - 1);
	if (!b->inner_seen)
		complain(
		    b, p->at - 1, "this slot has no {inner}: the words of the text would be lost");
	expect_end(b, p, stop);
	close_brace(b);
	code_indent(b);
	out_lit(&b->code, "break;\n");
	leave(b, &k);
	b->h = k.h;
}

static void
text_slots(struct body *b, const struct piece *p, const struct text_symbol *s)
{
	bool filled[8] = {false};

	while (b->i < b->file->pieces) {
		const struct piece *q = &b->file->piece[b->i++];

		if (!q->statement) {
			struct str between =
			    str_trim(str_sub(b->file->in->text, q->at, q->end - q->at));

			if (between.n)
				complain(b, (size_t)(between.p - b->file->in->text.p),
				    "between {t …} and its {end} stand only slots");
		} else if (str_is(q->word, "slot")) {
			one_slot(b, q, s, filled);
		} else if (str_is(q->word, "end")) {
			for (size_t i = 0; s && i < s->slots; i++) {
				if (!filled[i])
					complain(b, p->at - 1,
					    "%.*s has the slot %.*s, which is not filled",
					    STR_ARG(s->key), STR_ARG(s->slot[i]));
			}
			return;
		} else {
			b->i--;
			complain(b, q->at - 1, "between {t …} and its {end} stand only slots");
			return;
		}
	}
	complain(b, p->at - 1, "this {t} has no {end}");
}

static void
text_with_slots(struct body *b, const struct piece *p, const struct text_symbol *s, struct str said)
{
	int number = ++b->number, outer = b->text_number;
	bool inner = b->inner, inner_seen = b->inner_seen;

	b->text_number = number;
	b->nested++;
	flush_literal(b);
	open_brace(b);
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "const struct said s_%d = %.*s;\n", number, STR_ARG(said));
	code_indent(b);
	out_fmt(&b->code,
	    "for (const struct text_part *part_%d = said_parts(s_%d, r->lang);"
	    " part_%d->kind != TEXT_END; part_%d++) {\n",
	    number, number, number, number);
	b->indent++;
	code_indent(b);
	out_fmt(&b->code, "if (part_%d->kind != TEXT_SLOT_OPEN) {\n", number);
	code_indent(b);
	out_fmt(&b->code, "\tpage_said_part(r, &s_%d, part_%d);\n", number, number);
	code_indent(b);
	out_lit(&b->code, "\tcontinue;\n");
	code_indent(b);
	out_lit(&b->code, "}\n");
	code_indent(b);
	out_fmt(&b->code, "switch (part_%d->arg) {\n", number);
	text_slots(b, p, s);
	code_indent(b);
	out_lit(&b->code, "}\n");
	code_indent(b);
	out_fmt(&b->code, "part_%d = page_said_close(part_%d);\n", number, number);
	close_brace(b);
	close_brace(b);
	b->nested--;
	b->h.space = false;
	b->text_number = outer;
	b->inner = inner;
	b->inner_seen = inner_seen;
}

void
statement_text(struct body *b, const struct piece *p)
{
	struct lexer l = rest_of(b->file, p);
	const struct text_symbol *s;
	struct str said = said_read(b, &l, &s);
	bool slots = slot_follows(b);
	const char *writer;

	if (said.n)
		ended(b, &l);
	if (slots && s && !s->slots)
		complain(b, p->at - 1, "%.*s has no slots", STR_ARG(s->key));
	if ((s && s->slots) || slots) {
		if (!slots && (b->h.state == HTML_VALUE || html_is_plain(b)))
			complain(b, p->at - 1, "%.*s has slots, which cannot stand here",
			    STR_ARG(s->key));
		else if (!slots)
			complain(b, p->at - 1,
			    "%.*s has slots: {t …}{slot name}…{inner}…{end}{end}",
			    STR_ARG(s->key));
		else if (!too_deep(b, p)) {
			if (html_takes_markup(b, p->at - 1, "a text with slots"))
				html_takes_text(b, p->at - 1);
			text_with_slots(b, p, s, said);
		}
		return;
	}
	if (!said.n || !html_takes_text(b, p->at - 1))
		return;
	writer = b->h.state == HTML_VALUE ? value_writer(b, p->at - 1, NULL)
	    : html_is_plain(b)            ? "page_attr"
					  : "page_value";
	if (!writer)
		return;
	flush_literal(b);
	b->h.space = false;
	code_line(b, p->at);
	code_indent(b);
	out_fmt(&b->code, "%s(r, %.*s);\n", writer, STR_ARG(said));
}
