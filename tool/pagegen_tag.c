/* Literal HTML within a tag: attributes and their values. */
#include <string.h>

#include "tool/pagegen.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == ':' || c == '_' || c == '.';
}

/* --- lists of names that may stand once ------------------------------------------------------- */

void
seen_hide(struct seen_list *l, size_t from, bool hidden)
{
	for (size_t i = from; i < l->n; i++)
		l->at[i].hidden = hidden;
}

static bool
see(struct body *b, struct seen_list *l, struct str name)
{
	for (size_t i = 0; i < l->n; i++) {
		if (!l->at[i].hidden && str_eq(l->at[i].name, name))
			return false;
	}
	l->at = arena_grow(b->g->arena, l->at, l->n, 1, sizeof *l->at, &l->cap);
	l->at[l->n++] = (struct seen){.name = name};
	return true;
}

static bool
has_attribute(const struct body *b, const char *name)
{
	for (size_t i = 0; i < b->attr.n; i++) {
		if (str_is(b->attr.at[i].name, name))
			return true;
	}
	return false;
}

/* --- the tag ---------------------------------------------------------------------------------- */

void
tag_begin(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t at = *i, to = at + 1;
	struct str name;
	const struct element *e;

	while (to < end && is_name(p[to]))
		to++;
	name = str_sub(b->file->in->text, at + 1, to - at - 1);
	e = element_find(name);
	if (!e)
		complain(b, at, "there is no element <%.*s>", STR_ARG(name));
	else if (e->flags & ELEMENT_REFUSED)
		complain(b, at, "<%s> is not used: %s", e->name, e->why);
	out_fmt(&b->literal, "<%.*s", STR_ARG(name));
	*i = to;
	b->h.state = HTML_TAG;
	b->h.tag = e;
	b->h.tag_at = at;
	b->h.gap = b->h.broken = false;
	b->h.space = false;
	b->attr.n = 0;
}

/* At the > of the tag. */
static void
tag_end(struct body *b, bool slash)
{
	const struct element *e = b->h.tag;
	size_t at = b->h.tag_at;
	bool in_svg = e && (e->flags & ELEMENT_SVG || strcmp(e->name, "svg") == 0);

	b->h.state = HTML_TEXT;
	if (!e || e->flags & ELEMENT_REFUSED)
		return;
	if (strcmp(e->name, "img") == 0 && !has_attribute(b, "alt"))
		complain(b, at, "<img> needs alt=\"…\", empty when the picture says nothing");
	if (strcmp(e->name, "html") == 0 && !has_attribute(b, "lang"))
		complain(b, at, "<html> needs lang=\"{lang}\"");
	if (strcmp(e->name, "script") == 0 && !has_attribute(b, "src"))
		complain(b, at, "the policy of our pages forbids <script> without src");
	out_str(&b->literal, slash && in_svg ? STR("/>") : STR(">"));
	if (e->flags & ELEMENT_VOID || (slash && in_svg)) {
		html_open_element(b, e, at);
		if (b->elements && b->element[b->elements - 1].at == at)
			b->elements--;
		return;
	}
	if (slash)
		complain(b, at, "<%s/> does not end the element: write </%s>", e->name, e->name);
	html_open_element(b, e, at);
	if (strcmp(e->name, "pre") == 0 || strcmp(e->name, "textarea") == 0)
		out_char(&b->literal,
		    '\n'); /* the parser drops one, and a value may begin with another */
}

static void
check_attribute(struct body *b, struct str name, size_t at)
{
	const char *why;
	bool capital = false;

	for (size_t i = 0; i < name.n; i++)
		capital |= name.p[i] >= 'A' && name.p[i] <= 'Z';
	if (is_refused_attribute(name, &why))
		complain(b, at, "%.*s is not used: %s", STR_ARG(name), why);
	else if (capital &&
	    !(b->h.tag && (b->h.tag->flags & ELEMENT_SVG || strcmp(b->h.tag->name, "svg") == 0)))
		complain(b, at, "attributes are written in small letters");
	if (!see(b, &b->attr, name))
		complain(b, at, "this tag has %.*s already", STR_ARG(name));
}

static void
value_begin(struct body *b, size_t at, char quote)
{
	b->h.state = HTML_VALUE;
	b->h.quote = quote;
	b->h.dynamic = false;
	b->h.value_at = at;
	b->h.url = is_url_attribute(b->attr_name) ? URL_START : URL_NONE;
	b->value = out_new(b->g->arena);
	out_char(&b->literal, quote);
}

static void
attribute(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t at = *i;

	while (*i < end && is_name(p[*i]))
		(*i)++;
	if (!b->h.gap && *i > at)
		complain(
		    b, at, "a space belongs between attributes; a name cannot be put together");
	if (*i == at) {
		complain(b, at,
		    p[at] == '=' ? "the = stands directly behind the name of the attribute"
				 : "what stands here is no attribute");
		b->h.broken = true;
		return;
	}
	b->attr_name = str_sub(b->file->in->text, at, *i - at);
	check_attribute(b, b->attr_name, at);
	out_fmt(&b->literal, " %.*s", STR_ARG(b->attr_name));
	b->h.gap = false;
	if (*i == end || p[*i] != '=')
		return;
	out_char(&b->literal, '=');
	(*i)++;
	if (*i < end && (p[*i] == '"' || p[*i] == '\'')) {
		value_begin(b, at, p[*i]);
		(*i)++;
		return;
	}
	complain(b, *i, "the value of an attribute stands between quotes");
	b->h.broken = true;
}

/* Behind a mistake: up to white space or the end of the tag. */
static void
skip_broken(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;

	while (*i < end && !is_space(p[*i]) && p[*i] != '>' && p[*i] != '<') {
		if (p[*i] == '"' || p[*i] == '\'') {
			size_t to = *i + 1;

			while (to < end && p[to] != p[*i] && p[to] != '<')
				to++;
			if (to < end && p[to] == p[*i])
				*i = to;
		}
		(*i)++;
	}
	if (*i < end)
		b->h.broken = false;
}

void
tag_go_on(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;

	if (b->h.broken) {
		skip_broken(b, i, end);
	} else if (is_space(p[*i])) {
		b->h.gap = true;
		(*i)++;
	} else if (p[*i] == '>') {
		bool keeps = b->h.tag && (b->h.tag->flags & ELEMENT_KEEPS);

		(*i)++;
		tag_end(b, false);
		if (keeps && *i < end && p[*i] == '\n') /* the parser drops it, and so do we */
			(*i)++;
	} else if (p[*i] == '/' && *i + 1 < end && p[*i + 1] == '>') {
		*i += 2;
		tag_end(b, true);
	} else if (p[*i] == '<') {
		complain(b, b->h.tag_at, "this tag does not end before the next one");
		b->h.state = HTML_TEXT;
	} else {
		attribute(b, i, end);
	}
}

/* --- addresses -------------------------------------------------------------------------------- */

/* What stands before a : in an address is its scheme, and only we choose it. */
static void
url_byte(struct body *b, size_t at, size_t end)
{
	const char *p = b->file->in->text.p;
	struct str so_far = out_text(&b->value);

	if (b->h.url == URL_SAFE || b->h.url == URL_NONE)
		return;
	switch (p[at]) {
	case '/':
	case '?':
	case '#': b->h.url = URL_SAFE; return;
	case ':':
		if (b->h.url == URL_AFTER_VALUE || b->h.dynamic ||
		    !has_word(" http https mailto tel ", str_z(b->g->arena, so_far)))
			complain(b, at,
			    "an address begins with http:, https:, mailto:, tel:, or is one of our "
			    "own");
		b->h.url = URL_SAFE;
		return;
	case '&':
		if (strncmp(p + at, "&amp;", end - at < 5 ? end - at : 5) != 0)
			complain(b, at, "no reference in this part of an address");
		break;
	default: break;
	}
	if (b->h.url == URL_START)
		b->h.url = URL_SCHEME;
}

const char *
value_writer(struct body *b, size_t at, const struct operand *x)
{
	bool first = b->h.url == URL_START;

	b->h.dynamic = true;
	b->h.space = false;
	if (str_is(b->attr_name, "srcset") || str_is(b->attr_name, "imagesrcset") ||
	    str_is(b->attr_name, "method") || str_is(b->attr_name, "formmethod") ||
	    str_is(b->attr_name, "xmlns")) {
		complain(b, at, "no value in %.*s", STR_ARG(b->attr_name));
		return NULL;
	}
	if (b->h.url == URL_NONE)
		return "page_attr";
	if (!x) {
		complain(b, at, "no text in an address");
		return NULL;
	}
	if (first && b->h.tag && strcmp(b->h.tag->name, "script") == 0 && x->kind != OPERAND_CALL) {
		complain(b, at, "the address of a script is literal or one call");
		return NULL;
	}
	if (b->h.url != URL_SAFE)
		b->h.url = URL_AFTER_VALUE;
	return first ? "page_href" : "page_url";
}

/* --- values ----------------------------------------------------------------------------------- */

static void
value_end(struct body *b)
{
	struct str is = str_copy(b->g->arena, out_text(&b->value));

	out_char(&b->literal, b->h.quote);
	b->h.state = HTML_TAG;
	b->h.gap = false;
	b->h.space = false;
	if (b->h.dynamic)
		return;
	if (str_is(b->attr_name, "id")) {
		if (b->each)
			complain(b, b->h.value_at,
			    "in {each} this id would stand on the page more than once");
		else if (!see(b, &b->id, is))
			complain(b, b->h.value_at, "another element has the id %.*s", STR_ARG(is));
		if (!is.n || str_find(is, ' ') < is.n)
			complain(b, b->h.value_at, "an id is one word");
	}
	if ((str_is(b->attr_name, "method") || str_is(b->attr_name, "formmethod")) &&
	    !str_is(is, "get") && !str_is(is, "dialog"))
		complain(
		    b, b->h.value_at, "a form that changes something is {post \"address\"}…{end}");
}

void
value_go_on(struct body *b, size_t *i, size_t end)
{
	const char *p = b->file->in->text.p;
	size_t from = *i;

	while (*i < end && p[*i] != b->h.quote && !is_space(p[*i])) {
		if (p[*i] == '&')
			check_reference(b, *i, end);
		else if (p[*i] == '<') {
			complain(b, b->h.value_at,
			    "%.*s holds a <: its quote is not closed, or write &lt;",
			    STR_ARG(b->attr_name));
			tag_end(b, false);
			return;
		} else if ((unsigned char)p[*i] < 0x20 || p[*i] == 0x7F)
			complain(b, *i, "a control character");
		url_byte(b, *i, end);
		out_char(&b->value, p[*i]);
		(*i)++;
	}
	out_bytes(&b->literal, p + from, *i - from);
	if (*i < end && p[*i] == b->h.quote) {
		(*i)++;
		value_end(b);
	} else if (*i < end) { /* white space */
		bool newline = false;
		size_t start = *i;

		for (; *i < end && is_space(p[*i]); (*i)++)
			newline |= p[*i] == '\n';
		if (b->h.url != URL_NONE)
			complain(b, start, "white space in an address");
		out_str(&b->literal,
		    newline ? STR(" ") : str_sub(b->file->in->text, start, *i - start));
		out_str(&b->value, STR(" "));
	}
}
