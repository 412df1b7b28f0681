#include "tool/tool.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static _Noreturn void
give_up(const char *what, const char *path)
{
	perror(path);
	fprintf(stderr, "%s\n", what);
	exit(2);
}

static struct str
read_whole(struct arena *a, const char *path)
{
	struct stat s;
	FILE *f = fopen(path, "rb");
	char *p;

	if (!f || fstat(fileno(f), &s) != 0)
		give_up("cannot read", path);
	p = arena_bytes(a, (size_t)s.st_size + 1);
	if (fread(p, 1, (size_t)s.st_size, f) != (size_t)s.st_size)
		give_up("cannot read", path);
	fclose(f);
	p[s.st_size] = '\0';
	return (struct str){p, (size_t)s.st_size};
}

/* nftw has no context argument; a tool is one thread. */
static struct {
	struct arena *arena;
	const char *root, *ending;
	struct source *at;
	size_t n, cap;
} found;

static int
find_one(const char *path, const struct stat *s, int type, struct FTW *where)
{
	struct str name = str_of(path + where->base);

	(void)s;
	if (type == FTW_D && where->level > 0 &&
	    (str_is(name, ".git") || str_is(name, "build") || str_is(name, "node_modules")))
		return FTW_SKIP_SUBTREE;
	if (type != FTW_F || !str_ends(name, str_of(found.ending)))
		return FTW_CONTINUE;
	found.at = arena_grow(found.arena, found.at, found.n, 1, sizeof *found.at, &found.cap);
	found.at[found.n++] = (struct source){
	    .path = str_z(found.arena, str_of(path + strlen(found.root) + 1)),
	    .text = read_whole(found.arena, path),
	};
	return FTW_CONTINUE;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct source *)a)->path, ((const struct source *)b)->path);
}

struct source *
sources_under(struct arena *a, const char *root, const char *ending, size_t *n)
{
	memset(&found, 0, sizeof found);
	found.arena = a;
	found.root = root;
	found.ending = ending;
	if (nftw(root, find_one, 16, FTW_PHYS | FTW_ACTIONRETVAL) != 0)
		give_up("cannot walk", root);
	if (found.n)
		qsort(found.at, found.n, sizeof *found.at, by_path);
	*n = found.n;
	return found.at;
}

struct place
place_at(const struct source *in, size_t offset)
{
	struct place p = {in, 1, 1};

	for (size_t i = 0; i < offset && i < in->text.n; i++) {
		p.column++;
		if (in->text.p[i] == '\n') {
			p.line++;
			p.column = 1;
		}
	}
	return p;
}

size_t
first_bad_byte(struct str s)
{
	size_t i = 0;

	while (i < s.n) {
		unsigned char c = (unsigned char)s.p[i];
		size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;

		if (!str_is_utf8(str_sub(s, i, n)))
			return i;
		i += n;
	}
	return i;
}

void
mistake(struct run *run, struct place at, const char *format, ...)
{
	char words[500];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof words, format, args);
	va_end(args);
	for (char *c = words; *c; c++) /* a complaint is one line, whatever it quotes */
		if ((unsigned char)*c < ' ')
			*c = ' ';
	if (!run->complaints.arena)
		run->complaints = out_new(run->arena);
	out_fmt(&run->complaints, "%s:%d:%d: %s\n", at.in->path, at.line, at.column, words);
	run->mistakes++;
}

static void
make_folders(char *path)
{
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		mkdir(path, 0777);
		*p = '/';
	}
}

void
write_if_changed(struct run *run, struct str path, struct str text)
{
	char *full = str_z(run->arena, str_fmt(run->arena, "%s/%.*s", run->out, STR_ARG(path)));
	struct stat s;
	FILE *f;

	if (stat(full, &s) == 0 && (size_t)s.st_size == text.n &&
	    str_eq(read_whole(run->arena, full), text))
		return;
	make_folders(full);
	f = fopen(full, "wb");
	if (!f || fwrite(text.p, 1, text.n, f) != text.n || fclose(f) != 0)
		give_up("cannot write", full);
}

int
run_end(struct run *run)
{
	struct str words = out_text(&run->complaints);

	if (words.n)
		fwrite(words.p, 1, words.n, stderr);
	return run->mistakes > 0;
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
	    (unsigned char)c >= 0x80;
}

struct token
lex(struct lexer *l)
{
	const char *p = l->in->text.p;
	struct token t = {.kind = TOKEN_BYTE};
	size_t i;

	while (l->at < l->end && (p[l->at] == ' ' || (p[l->at] >= '\t' && p[l->at] <= '\r')))
		l->at++;
	t.at = i = l->at;
	if (i == l->end)
		return (struct token){.kind = TOKEN_END, .at = i};
	if (p[i] == '"' || p[i] == '\'') {
		char quote = p[i++];

		while (i < l->end && p[i] != quote)
			i++;
		t.text = str_sub(l->in->text, t.at + 1, i - t.at - 1);
		if (i < l->end) {
			t.kind = TOKEN_STRING;
			i++;
		}
	} else if (is_name(p[i])) {
		t.kind = p[i] >= '0' && p[i] <= '9' ? TOKEN_NUMBER : TOKEN_NAME;
		while (i < l->end &&
		    (is_name(p[i]) || (p[i] == '.' && i + 1 < l->end && is_name(p[i + 1]))))
			i++;
		t.text = str_sub(l->in->text, t.at, i - t.at);
	} else {
		t.text = str_sub(l->in->text, i++, 1);
	}
	l->at = i;
	return t;
}

struct token
lex_peek(struct lexer l)
{
	return lex(&l);
}

bool
lex_is(struct token t, const char *text)
{
	return t.kind != TOKEN_END && t.kind != TOKEN_STRING && str_is(t.text, text);
}

struct str
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (struct str){path, slash ? (size_t)(slash - path) : 0};
}

struct str
last_part(struct str path)
{
	size_t i = path.n;

	while (i && path.p[i - 1] != '/')
		i--;
	return str_sub(path, i, path.n);
}

static struct str
renamed(struct arena *a, struct str name, char first, char last, int shift)
{
	char *p = arena_bytes(a, name.n);

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c >= first && c <= last)
			c = (char)(c + shift);
		p[i] = is_name(c) && (unsigned char)c < 0x80 ? c : '_';
	}
	return (struct str){p, name.n};
}

struct str
upper_name(struct arena *a, struct str name)
{
	return renamed(a, name, 'a', 'z', 'A' - 'a');
}

struct str
c_name(struct arena *a, struct str name)
{
	return renamed(a, name, 'A', 'Z', 'a' - 'A');
}

void
c_string(struct out *o, struct str s)
{
	out_char(o, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c == '\n')
			out_lit(o, "\\n");
		else if (c == '"' || c == '\\')
			out_fmt(o, "\\%c", c);
		else if (c < 0x20 || c >= 0x7F || c == '?')
			out_fmt(o, "\\%03o", c);
		else
			out_char(o, (char)c);
	}
	out_char(o, '"');
}
