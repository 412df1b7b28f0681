/* C as tidy reads it: without comments and texts, cut into the pieces of the outermost level. It relies on the code
 * being good C and on no more of its layout than that #define begins a line. */
#include "tool/tidy.h"

#include <string.h>

bool
begins_with_one_of(struct str s, const char *const *list)
{
	while (*list && !str_starts(s, str_of(*list)))
		list++;
	return *list != NULL;
}

bool
ends_with_one_of(struct str s, const char *const *list)
{
	while (*list && !str_ends(s, str_of(*list)))
		list++;
	return *list != NULL;
}

static size_t
behind_comment(struct str s, size_t i)
{
	if (s.p[i + 1] == '/')
		return i + str_find(str_sub(s, i, s.n), '\n');
	for (i += 3; i < s.n; i++)
		if (s.p[i] == '/' && s.p[i - 1] == '*')
			return i + 1;
	return s.n;
}

/* The closing quote, or the end of the line. */
static size_t
end_of_quoted(struct str s, size_t i)
{
	char quote = s.p[i];

	for (i++; i < s.n && s.p[i] != quote && s.p[i] != '\n'; i++)
		if (s.p[i] == '\\')
			i++;
	return i < s.n ? i : s.n;
}

static void
cover(char *p, size_t from, size_t to, char with)
{
	for (; from < to; from++)
		if (p[from] != '\n')
			p[from] = with;
}

struct str
code_view(struct arena *a, struct str s)
{
	char *p = arena_bytes(a, s.n);
	size_t i = 0, end;

	if (s.n)
		memcpy(p, s.p, s.n);
	while (i < s.n) {
		end = i + 1;
		if (s.p[i] == '/' && end < s.n && (s.p[end] == '*' || s.p[end] == '/')) {
			end = behind_comment(s, i);
			cover(p, i, end, ' ');
		} else if (s.p[i] == '"' || s.p[i] == '\'') {
			end = end_of_quoted(s, i);
			cover(p, i, end, '"');
			end += end < s.n;
		}
		i = end;
	}
	return (struct str){p, s.n};
}

static bool
in_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool
word_next(struct str s, size_t *at, struct str *word)
{
	size_t i = *at, from;

	do {
		while (i < s.n && !in_word(s.p[i]))
			i++;
		from = i;
		while (i < s.n && in_word(s.p[i]))
			i++;
	} while (i > from && s.p[from] >= '0' && s.p[from] <= '9'); /* a number */
	*at = i;
	*word = str_sub(s, from, i - from);
	return i > from;
}

bool
line_next(struct str s, size_t *at, struct str *line)
{
	size_t from = *at;

	if (from >= s.n)
		return false;
	*line = str_sub(s, from, s.n);
	line->n = str_find(*line, '\n');
	*at = from + line->n + 1;
	return true;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Behind a line of the preprocessor, which goes on after each backslash at its end. */
static size_t
behind_directive(struct str s, size_t i)
{
	while (i < s.n && (s.p[i] != '\n' || s.p[i - 1] == '\\'))
		i++;
	return i;
}

static struct piece
directive(struct str s, size_t i)
{
	struct piece p = {.kind = PIECE_OTHER, .from = i, .to = behind_directive(s, i)};
	struct str text = str_sub(s, 0, p.to), word;

	if (word_next(text, &i, &word) && str_is(word, "define") && word_next(text, &i, &p.name)) {
		p.kind = PIECE_DEFINED;
		p.at = i - p.name.n;
	}
	return p;
}

/* The bracket that closes the one at i, or the end. */
static size_t
closing(struct str s, size_t i)
{
	int depth = 0;

	for (; i < s.n; i++) {
		depth += (s.p[i] == '(') - (s.p[i] == ')');
		if (depth == 0)
			return i;
	}
	return s.n;
}

/* The name that a declaration gives stands before the first of `( [ =`. */
static void
name_piece(struct str s, struct piece *p)
{
	struct str word = {0};
	size_t i = p->from, at = 0;
	bool is_pointer = false;

	while (i < p->to && s.p[i] != '{') {
		char c = s.p[i];

		if (in_word(c)) {
			at = i;
			while (i < p->to && in_word(s.p[i]))
				i++;
			word = str_sub(s, at, i - at);
		} else if (c == '(' && str_is(word, "__attribute__")) {
			i = closing(s, i) + 1;
		} else if (c == '(' && i + 1 < p->to && s.p[i + 1] == '*') { /* to functions, or a table of them */
			is_pointer = true;
			i++;
		} else if (c == '(' || c == '[' || c == '=') {
			if (str_is(word, "_Static_assert"))
				return;
			p->kind = c == '(' && !is_pointer && s.p[p->to - 1] == ';' ? PIECE_DECLARED : PIECE_DEFINED;
			p->name = word;
			p->at = at;
			return;
		} else {
			i++;
		}
	}
	if (i < p->to)
		p->kind = PIECE_TYPE;
}

/* Behind a declaration: its semicolon, or the brace that ends a function's body. */
static size_t
behind_declaration(struct str s, size_t i)
{
	int depth = 0;
	bool is_body = false;
	char last = 0;

	for (; i < s.n; i++) {
		char c = s.p[i];

		if (c == '{' && depth++ == 0)
			is_body = last == ')';
		if (c == '}' && --depth <= 0 && (is_body || depth < 0))
			return i + 1;
		if (c == ';' && depth == 0)
			return i + 1;
		if (!is_space(c))
			last = c;
	}
	return s.n;
}

bool
piece_next(struct str s, size_t *at, struct piece *piece)
{
	size_t i = *at;

	while (i < s.n && is_space(s.p[i]))
		i++;
	if (i == s.n)
		return false;
	if (s.p[i] == '#') {
		*piece = directive(s, i);
	} else {
		*piece = (struct piece){.kind = PIECE_OTHER, .from = i, .to = behind_declaration(s, i)};
		name_piece(s, piece);
	}
	*at = piece->to;
	return true;
}
