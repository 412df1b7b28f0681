#include "tool/pagegen.h"

static const char *const words[] = {"include", "struct", "component", "page", "if", "elif", "else",
    "end", "each", "empty", "let", "t", "slot", "inner", "may", "post", "field", "use", "call",
    "raw"};

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Behind the `}` that closes the `{` before at, or 0: strings are skipped, braces nest. A < outside a
 * string cannot stand in a statement, so the brace was forgotten before it. */
static size_t
statement_end(struct str s, size_t at)
{
	int depth = 1;

	for (size_t i = at; i < s.n; i++) {
		char c = s.p[i];

		if (c == '"') {
			for (i++; i < s.n && s.p[i] != '"'; i++)
				;
		} else if (c == '{') {
			depth++;
		} else if (c == '<') {
			return 0;
		} else if (c == '}' && --depth == 0) {
			return i + 1;
		}
	}
	return 0;
}

static bool
stands_alone(struct str s, size_t at, size_t end)
{
	while (at && (s.p[at - 1] == ' ' || s.p[at - 1] == '\t'))
		at--;
	while (end < s.n && (s.p[end] == ' ' || s.p[end] == '\t' || s.p[end] == '\r'))
		end++;
	return (at == 0 || s.p[at - 1] == '\n') && (end == s.n || s.p[end] == '\n');
}

/* "if" of "if x", but nothing of "item" or "end.x". */
static struct str
word_of(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= 'a' && s.p[n] <= 'z')
		n++;
	if (n < s.n && !is_space(s.p[n]))
		return (struct str){0};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (str_is(str_sub(s, 0, n), words[i]))
			return str_sub(s, 0, n);
	}
	return (struct str){0};
}

static void
add(struct pages *g, struct file *f, size_t *cap, struct piece p)
{
	if (!p.statement && p.at == p.end)
		return;
	f->piece = arena_grow(g->arena, f->piece, f->pieces, 1, sizeof *f->piece, cap);
	f->piece[f->pieces++] = p;
}

void
split_file(struct pages *g, struct file *f, const struct source *in)
{
	struct str s = in->text;
	size_t from = 0, cap = 0;

	*f = (struct file){.in = in, .folder = folder_of(in->path)};
	if (!str_is_utf8(s)) {
		mistake(g->run, place_at(in, first_bad_byte(s)), "this is not UTF-8");
		return;
	}
	for (size_t i = 0; i < s.n; i++) {
		size_t end, open = i;

		if (s.p[i] == '}')
			mistake(g->run, place_at(in, i), "a } without its {; as text write &#125;");
		if (s.p[i] != '{')
			continue;
		end = statement_end(s, i + 1);
		if (!end) {
			mistake(
			    g->run, place_at(in, i), "this { is not closed; as text write &#123;");
			continue;
		}
		add(g, f, &cap, (struct piece){.at = from, .end = i});
		while (i + 1 < end && is_space(s.p[i + 1]))
			i++;
		add(g, f, &cap,
		    (struct piece){.statement = true,
			.at = i + 1,
			.end = end - 1,
			.alone = stands_alone(s, open, end),
			.word = word_of(str_sub(s, i + 1, end - i - 2))});
		from = end;
		i = end - 1;
	}
	add(g, f, &cap, (struct piece){.at = from, .end = s.n});
}

struct lexer
rest_of(const struct file *f, const struct piece *p)
{
	return (struct lexer){f->in, p->at + p->word.n, p->end};
}
