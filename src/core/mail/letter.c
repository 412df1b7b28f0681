/* A body is lines, each of one kind: a control character before it says which; without one it is a line of a paragraph.
 * Nobody can type such a character into a letter, so no words of people become a heading or a button. */
#include "core/mail/letter.h"

#include "lib/arena.h"
#include "lib/html.h"

enum kind {
	KIND_LINE = 0,
	KIND_HEADING = 1,
	KIND_NAME = 2,
	KIND_ITEM = 3,
	KIND_QUOTE = 4,
	KIND_LINK = 5,
	KIND_BUTTON = 6,
	KIND_SMALL = 7,
};

enum {
	KIND_COUNT = KIND_SMALL + 1,
	NO_KIND = KIND_COUNT,
	BETWEEN = 0x1f, /* the words of a link and its address */
	WIDTH = 76,
};

/* --- writing ------------------------------------------------------------------------------------- */

struct letter
letter_new(struct arena *a, enum lang lang)
{
	return (struct letter){out_new(a), lang};
}

/* Without control characters: they would be marks. */
static void
write_clean(struct out *o, struct str words)
{
	for (size_t i = 0; i < words.n; i++)
		if ((unsigned char)words.p[i] >= ' ' && words.p[i] != 0x7f)
			out_char(o, words.p[i]);
		else if (words.p[i] == '\t')
			out_char(o, ' ');
}

/* Each line of the words is one of that kind. */
static void
write_lines(struct letter *l, enum kind kind, struct str words)
{
	while (words.n) {
		struct str line = str_cut(&words, '\n');

		if (kind)
			out_char(&l->o, (char)kind);
		write_clean(&l->o, line);
		out_char(&l->o, '\n');
	}
}

static void
write_said(struct letter *l, enum kind kind, struct said words)
{
	write_lines(l, kind, said_plain(l->o.arena, l->lang, words));
}

void
letter_line(struct letter *l, struct said words)
{
	write_said(l, KIND_LINE, words);
}

void
letter_words(struct letter *l, struct str words)
{
	write_lines(l, KIND_LINE, words);
}

void
letter_gap(struct letter *l)
{
	out_char(&l->o, '\n');
}

void
letter_heading(struct letter *l, struct said words)
{
	write_said(l, KIND_HEADING, words);
}

void
letter_name(struct letter *l, struct str words)
{
	write_lines(l, KIND_NAME, words);
}

void
letter_item(struct letter *l, struct said words)
{
	write_said(l, KIND_ITEM, words);
}

void
letter_quote(struct letter *l, struct str words)
{
	write_lines(l, KIND_QUOTE, words);
}

static void
write_link(struct letter *l, enum kind kind, struct said words, struct str address)
{
	out_char(&l->o, (char)kind);
	write_clean(&l->o, said_plain(l->o.arena, l->lang, words));
	out_char(&l->o, (char)BETWEEN);
	write_clean(&l->o, address);
	out_char(&l->o, '\n');
}

void
letter_link(struct letter *l, struct said words, struct str address)
{
	write_link(l, KIND_LINK, words, address);
}

void
letter_button(struct letter *l, struct said words, struct str address)
{
	write_link(l, KIND_BUTTON, words, address);
}

void
letter_small(struct letter *l, struct said words)
{
	write_said(l, KIND_SMALL, words);
}

struct str
letter_body(const struct letter *l)
{
	return out_text(&l->o);
}

/* --- reading ------------------------------------------------------------------------------------- */

struct line {
	enum kind kind;
	struct str words, address;
	bool gap; /* nothing stands in it */
};

static struct line
next_line(struct str *rest)
{
	struct line line = {.words = str_cut(rest, '\n')};

	if (line.words.n && line.words.p[line.words.n - 1] == '\r')
		line.words.n--;
	line.gap = line.words.n == 0;
	if (!line.gap && (unsigned char)line.words.p[0] < KIND_COUNT) {
		line.kind = (enum kind)line.words.p[0];
		line.words = str_sub(line.words, 1, line.words.n);
	}
	if (line.kind == KIND_LINK || line.kind == KIND_BUTTON) {
		line.address = line.words;
		line.words = str_cut(&line.address, (char)BETWEEN);
	}
	return line;
}

/* --- as text ------------------------------------------------------------------------------------- */

/* Broken at spaces; what has none, such as an address, stays whole. Lines begin with `first`, further ones with
 * `then`. */
static void
write_wrapped(struct out *o, struct str words, const char *first, const char *then)
{
	size_t column = str_chars(str_of(first)), begun = column;

	out_str(o, str_of(first));
	while (words.n) {
		struct str word = str_cut(&words, ' ');
		size_t n = str_chars(word);

		if (column > begun && column + 1 + n > WIDTH) {
			out_char(o, '\n');
			out_str(o, str_of(then));
			column = begun = str_chars(str_of(then));
		} else if (column > begun) {
			out_char(o, ' ');
			column++;
		}
		out_str(o, word);
		column += n;
	}
	out_char(o, '\n');
}

static void
underline(struct out *o, struct str words)
{
	size_t n = str_chars(words);

	for (size_t i = 0; i < n && i < WIDTH; i++)
		out_char(o, '-');
	out_char(o, '\n');
}

/* "Words:", unless they end a sentence themselves. */
static void
write_label(struct out *o, struct str words)
{
	struct str label = words;

	if (words.n && !str_contains(STR(".:?!"), str_sub(words, words.n - 1, 1)))
		label = str_fmt(o->arena, "%.*s:", STR_ARG(words));
	write_wrapped(o, label, "", "");
}

static void
write_as_text(struct out *o, const struct line *line)
{
	switch (line->kind) {
	case KIND_LINE:
	case KIND_NAME:
	case KIND_SMALL: write_wrapped(o, line->words, "", ""); return;
	case KIND_HEADING:
		write_wrapped(o, line->words, "", "");
		underline(o, line->words);
		return;
	case KIND_ITEM: write_wrapped(o, line->words, "- ", "  "); return;
	case KIND_QUOTE: write_wrapped(o, line->words, line->words.n ? "> " : ">", "> "); return;
	case KIND_LINK:
	case KIND_BUTTON:
		write_label(o, line->words);
		out_str(o, line->address);
		out_char(o, '\n');
		return;
	}
}

void
letter_write_text(struct out *o, struct str body)
{
	bool gap = true; /* none twice, and none first */

	while (body.n) {
		struct line line = next_line(&body);

		if (!gap && (line.gap || line.kind == KIND_HEADING)) {
			out_char(o, '\n');
			gap = true;
		}
		if (!line.gap) {
			write_as_text(o, &line);
			gap = line.kind == KIND_HEADING;
		}
	}
}

/* --- as HTML ------------------------------------------------------------------------------------- */

#define FONT "font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif"
#define LINK "color:#1f5c4a"

/* The element that lines of a kind stand in together. */
static const struct {
	const char *open, *close;
} around[] = {
	[KIND_LINE] = {"<p style=\"margin:0 0 16px\">", "</p>\n"},
	[KIND_NAME] = {"<p style=\"margin:20px 0 8px\">", "</p>\n"},
	[KIND_HEADING] = {"<h2 style=\"margin:32px 0 12px;font-size:20px;line-height:1.25\">", "</h2>\n"},
	[KIND_ITEM] = {"<ul style=\"margin:0 0 16px;padding:0 0 0 20px\">\n", "</ul>\n"},
	[KIND_QUOTE] = {"<blockquote style=\"margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #e5ded2\">",
	    "</blockquote>\n"},
	[KIND_LINK] = {"<p style=\"margin:0 0 8px\">", "</p>\n"},
	[KIND_BUTTON] = {"<p style=\"margin:8px 0 16px\">", "</p>\n"},
	[KIND_SMALL] = {"<p style=\"margin:24px 0 8px;font-size:14px;color:#56615b\">", "</p>\n"},
};

/* Whether it goes into the element that the line before stands in. */
static bool
goes_on(int before, enum kind kind)
{
	/* A name is the first line of its paragraph. */
	if (before == KIND_NAME)
		return kind == KIND_LINE;
	return (int)kind == before && kind != KIND_HEADING && kind != KIND_LINK && kind != KIND_BUTTON;
}

static void
write_anchor(struct out *o, struct str address, struct str words, const char *style)
{
	out_lit(o, "<a href=\"");
	html_href(o, address);
	out_fmt(o, "\" style=\"%s\">", style);
	html_text(o, words);
	out_lit(o, "</a>");
}

static bool
is_address(struct str words)
{
	return (str_starts(words, STR("https://")) || str_starts(words, STR("http://"))) &&
	    str_find(words, ' ') == words.n;
}

static void
write_as_html(struct out *o, const struct line *line, bool first)
{
	switch (line->kind) {
	case KIND_NAME:
		out_lit(o, "<b>");
		html_text(o, line->words);
		out_lit(o, "</b>");
		return;
	case KIND_ITEM:
		out_lit(o, "<li style=\"margin:0 0 4px\">");
		html_text(o, line->words);
		out_lit(o, "</li>\n");
		return;
	case KIND_LINK: write_anchor(o, line->address, line->words, LINK); return;
	case KIND_BUTTON:
		write_anchor(o, line->address, line->words, "display:inline-block;padding:11px 20px;border-radius:10px;"
		    "background:#1f5c4a;color:#fff;font-weight:bold;text-decoration:none");
		return;
	case KIND_LINE:
	case KIND_HEADING:
	case KIND_QUOTE:
	case KIND_SMALL:
		if (!first)
			out_lit(o, "<br>\n");
		if (is_address(line->words))
			write_anchor(o, line->words, line->words, LINK);
		else
			html_text(o, line->words);
		return;
	}
}

static void
write_elements(struct out *o, struct str body)
{
	int open = NO_KIND;

	while (body.n) {
		struct line line = next_line(&body);
		bool further = !line.gap && goes_on(open, line.kind);

		if (open != NO_KIND && !further) {
			out_str(o, str_of(around[open].close));
			open = NO_KIND;
		}
		if (line.gap)
			continue;
		if (!further)
			out_str(o, str_of(around[line.kind].open));
		open = further ? open : (int)line.kind;
		write_as_html(o, &line, !further);
	}
	if (open != NO_KIND)
		out_str(o, str_of(around[open].close));
}

void
letter_write_html(struct out *o, struct str body, struct str subject, enum lang lang)
{
	out_fmt(o, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", lang_code(lang));
	out_lit(o, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
	html_text(o, subject);
	out_lit(o, "</title>\n</head>\n<body style=\"margin:0;padding:0;background:#faf7f2\">\n"
	    "<main style=\"display:block;max-width:36em;margin:0 auto;padding:24px 20px 32px;background:#fff;"
	    "color:#1c2421;"
	    "overflow-wrap:break-word;" FONT "\">\n");
	out_lit(o, "<h1 style=\"margin:0 0 20px;font-size:24px;line-height:1.25\">");
	html_text(o, subject);
	out_lit(o, "</h1>\n");
	write_elements(o, body);
	out_lit(o, "</main>\n</body>\n</html>\n");
}
