/* Literal HTML between tags: what is open, what may stand where, white space. */
#include <string.h>

#include "tool/pagegen.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static const struct element *
top(const struct body *b)
{
	return b->elements ? b->element[b->elements - 1].is : NULL;
}

bool
html_within(const struct body *b, const char *name)
{
	for (size_t i = 0; i < b->elements; i++) {
		if (strcmp(b->element[i].is->name, name) == 0)
			return true;
	}
	return false;
}

bool
html_is_plain(const struct body *b)
{
	return top(b) && (top(b)->flags & ELEMENT_PLAIN);
}

static bool
keeps_space(const struct body *b)
{
	for (size_t i = 0; i < b->elements; i++) {
		if (b->element[i].is->flags & ELEMENT_KEEPS)
			return true;
	}
	return false;
}

static bool
refuses_text(struct body *b, size_t at)
{
	const struct element *e = top(b);

	if (e && (e->flags & ELEMENT_STRUCTURE)) {
		complain(b, at, "no text stands directly in <%s>", e->name);
		return true;
	}
	if (e && strcmp(e->name, "script") == 0) {
		complain(b, at, "the policy of our pages forbids text in <script>");
		return true;
	}
	return false;
}

bool
html_takes_text(struct body *b, size_t at)
{
	switch (b->h.state) {
	case HTML_TEXT: return !refuses_text(b, at);
	case HTML_VALUE: return true;
	case HTML_TAG:
		complain(b, at, "no value in a tag, but between the quotes of an attribute");
		b->h.broken = true;
		return false;
	case HTML_COMMENT: complain(b, at, "no value in a comment"); return false;
	}
	return false;
}

bool
html_takes_markup(struct body *b, size_t at, const char *what)
{
	if (b->h.state != HTML_TEXT)
		complain(b, at, "%s cannot stand in a tag or comment", what);
	else if (html_is_plain(b))
		complain(
		    b, at, "%s cannot stand in <%s>, which holds only text", what, top(b)->name);
	else
		return true;
	return false;
}

/* --- opening and closing ---------------------------------------------------------------------- */

/* Whether the parser would see an open <p> here, which a block would end. */
static bool
in_paragraph(const struct body *b)
{
	for (size_t i = b->elements; i-- > 0;) {
		const char *name = b->element[i].is->name;

		if (strcmp(name, "p") == 0)
			return true;
		if (has_word(" button td th caption svg ", name))
			return false;
	}
	return false;
}

static bool
may_stand_in(const struct element *parent, const struct element *e)
{
	if (e->parents)
		return has_word(e->parents, parent->name);
	if (!(parent->flags & ELEMENT_STRUCTURE))
		return true;
	if (strcmp(parent->name, "head") == 0)
		return has_word(" title meta link script ", e->name);
	if (strcmp(parent->name, "select") == 0)
		return strcmp(e->name, "hr") == 0;
	return strcmp(parent->name, "dl") == 0 && strcmp(e->name, "div") == 0;
}

static void
check_place(struct body *b, const struct element *e, size_t at)
{
	const struct element *parent = top(b);
	bool in_svg = html_within(b, "svg");

	if ((e->flags & ELEMENT_SVG) && !in_svg)
		complain(b, at, "<%s> stands only in <svg>", e->name);
	else if (in_svg && !(e->flags & ELEMENT_SVG) && !has_word(" a title svg ", e->name))
		complain(b, at, "<%s> cannot stand in <svg>", e->name);
	else if (parent && !may_stand_in(parent, e))
		complain(b, at, "<%s> cannot stand directly in <%s>", e->name, parent->name);
	if ((e->flags & ELEMENT_ENDS_P) && in_paragraph(b))
		complain(b, at, "<%s> would end the <p> it stands in", e->name);
	if (has_word(" a button form label ", e->name) && html_within(b, e->name))
		complain(b, at, "<%s> cannot stand in <%s>", e->name, e->name);
	else if ((html_within(b, "button") || html_within(b, "a")) &&
	    has_word(" a button input select textarea label ", e->name))
		complain(b, at, "<%s> cannot stand in a link or button", e->name);
	if (has_word(" h1 h2 h3 h4 h5 h6 ", e->name)) {
		for (size_t i = 0; i < b->elements; i++)
			if (has_word(" h1 h2 h3 h4 h5 h6 ", b->element[i].is->name))
				complain(b, at, "<%s> cannot stand in <%s>", e->name,
				    b->element[i].is->name);
	}
}

void
html_open_element(struct body *b, const struct element *e, size_t at)
{
	check_place(b, e, at);
	if (b->elements == DEPTH_MAX) {
		complain(b, at, "more than %d elements in one another", DEPTH_MAX);
		return;
	}
	b->element[b->elements++] = (struct open_element){e, at};
}

static void
close_element(struct body *b, struct str name, size_t at)
{
	const struct element *e = element_find(name);

	if (!e || (e->flags & ELEMENT_REFUSED)) /* it was complained of when it began */
		return;
	if (e->flags & ELEMENT_VOID) {
		complain(b, at, "<%s> has no end tag", e->name);
		return;
	}
	if (b->elements > b->base && str_is(name, top(b)->name)) {
		b->elements--;
		out_fmt(&b->literal, "</%.*s>", STR_ARG(name));
		b->h.space = false;
		return;
	}
	/* The nearest of that name; what was opened in it is forgotten. */
	for (size_t i = b->elements; i-- > b->base;) {
		if (str_is(name, b->element[i].is->name)) {
			complain(b, at, "</%.*s> comes while <%s> of line %d is open",
			    STR_ARG(name), top(b)->name,
			    place_at(b->file->in, b->element[b->elements - 1].at).line);
			b->elements = i;
			return;
		}
	}
	complain(b, at,
	    b->base && b->elements == b->base ? "</%.*s> ends what was opened outside of this block"
					      : "</%.*s> ends nothing that is open",
	    STR_ARG(name));
}

/* --- text ------------------------------------------------------------------------------------- */

void
check_reference(struct body *b, size_t at, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t i = at + 1, from;
	bool number = i < end && p[i] == '#';

	if (number)
		i++;
	if (number && i < end && (p[i] == 'x' || p[i] == 'X'))
		i++;
	for (from = i; i < end &&
	     ((p[i] >= '0' && p[i] <= '9') || (p[i] >= 'a' && p[i] <= 'z') ||
		 (p[i] >= 'A' && p[i] <= 'Z'));
	     i++)
		;
	if (i == from || i == end || p[i] != ';')
		complain(b, at, "an & that begins no reference: write &amp;");
}

/* White space becomes one newline or one space, and none behind white space. */
static void
write_space(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	bool newline = false;

	if (keeps_space(b)) {
		if (p[*i] != '\r')
			out_char(&b->literal, p[*i]);
		(*i)++;
		return;
	}
	for (; *i < end && is_space(p[*i]); (*i)++)
		newline |= p[*i] == '\n';
	if (!b->h.space && !(top(b) && strcmp(top(b)->name, "script") == 0))
		out_char(&b->literal, newline ? '\n' : ' ');
	b->h.space = true;
}

static void
skip_comment(struct body *b, size_t *i, size_t end)
{
	struct str rest = str_sub(b->file->in->text, *i, end - *i);
	const char *stop = memmem(rest.p, rest.n, "-->", 3);
	size_t at = b->h.state == HTML_COMMENT ? b->h.tag_at : *i;

	if (stop) {
		*i += (size_t)(stop - rest.p) + 3;
		b->h.state = HTML_TEXT;
	} else {
		*i = end;
		b->h.state = HTML_COMMENT;
		b->h.tag_at = at;
	}
}

static bool
at_is(const struct body *b, size_t i, size_t end, const char *text)
{
	size_t n = strlen(text);

	return end - i >= n && strncasecmp(b->file->in->text.p + i, text, n) == 0;
}

/* Behind </. */
static void
end_tag(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t at = *i, from = at + 2, to = from;

	while (to < end && !is_space(p[to]) && p[to] != '>' && p[to] != '<')
		to++;
	*i = to;
	while (*i < end && is_space(p[*i]))
		(*i)++;
	if (*i == end || p[*i] != '>') {
		complain(b, at, "here an end tag and its > were expected");
		return;
	}
	(*i)++;
	close_element(b, str_sub(b->file->in->text, from, to - from), at);
}

static void
less_than(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	bool plain = html_is_plain(b);

	if (at_is(b, *i, end, "<!--") && !plain) {
		skip_comment(b, i, end);
	} else if (at_is(b, *i, end, "</")) {
		end_tag(b, i, end);
	} else if (plain) {
		complain(b, *i, "<%s> holds only text; write &lt;", top(b)->name);
		(*i)++;
	} else if (at_is(b, *i, end, "<!doctype html>")) {
		if (b->elements)
			complain(b, *i, "<!doctype html> stands before everything else");
		out_lit(&b->literal, "<!doctype html>");
		*i += strlen("<!doctype html>");
	} else if (*i + 1 < end &&
	    ((p[*i + 1] >= 'a' && p[*i + 1] <= 'z') || (p[*i + 1] >= 'A' && p[*i + 1] <= 'Z'))) {
		tag_begin(b, i, end);
	} else {
		complain(b, *i, "a < that begins no tag: write &lt;");
		(*i)++;
	}
}

static void
text_go_on(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t from = *i;

	while (*i < end && p[*i] != '<' && !is_space(p[*i])) {
		if (p[*i] == '&')
			check_reference(b, *i, end);
		else if ((unsigned char)p[*i] < 0x20 || p[*i] == 0x7F)
			complain(b, *i, "a control character");
		(*i)++;
	}
	if (refuses_text(b, from)) {
		while (*i < end && p[*i] != '<')
			(*i)++;
		return;
	}
	out_bytes(&b->literal, p + from, *i - from);
	b->h.space = false;
}

void
html_literal(struct body *b, size_t at, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t i = at;

	if (b->strip && b->h.state == HTML_TEXT && !keeps_space(b))
		while (i < end && is_space(p[i]))
			i++;
	b->strip = false;
	while (i < end) {
		switch (b->h.state) {
		case HTML_TEXT:
			if (p[i] == '<')
				less_than(b, &i, end);
			else if (is_space(p[i]))
				write_space(b, &i, end);
			else
				text_go_on(b, &i, end);
			break;
		case HTML_TAG: tag_go_on(b, &i, end); break;
		case HTML_VALUE: value_go_on(b, &i, end); break;
		case HTML_COMMENT: skip_comment(b, &i, end); break;
		}
	}
}
