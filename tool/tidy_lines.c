/* Line by line: width, notes of open work, calls that have a better one, headers too long to be read at once. */
#include "tool/tidy.h"

#include <string.h>

enum { COLUMNS_MAX = 120, TAB_COLUMNS = 8, HEADER_LINES_MAX = 60 };

/* --- width --------------------------------------------------------------------------------------------------- */

/* Not those whose lines are data: a sentence of a .texts file is a line, however long. */
static const char *const written_by_hand[] = {".c", ".h", ".sql", ".html", ".css", ".md", ".sh", ".py", ".js", ".mjs",
    "/run", "meson.build", NULL};

static size_t
columns_of(struct str line, size_t *over)
{
	size_t columns = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (((unsigned char)line.p[i] & 0xC0) == 0x80)
			continue; /* goes on with a character */
		columns += line.p[i] == '\t' ? TAB_COLUMNS - columns % TAB_COLUMNS : 1;
		if (columns > COLUMNS_MAX && !*over)
			*over = i;
	}
	return columns;
}

/* In a page a break is white space that the reader gets; only the heads of definitions can be broken anywhere. */
static const char *const heads[] = {"{page ", "{component ", "{struct ", NULL};

static void
width_check(const struct tree *t, const struct source *in)
{
	bool is_prose = str_ends(str_of(in->path), STR(".md")), fenced = false;
	bool is_page = str_ends(str_of(in->path), STR(".html")), is_sql = str_ends(str_of(in->path), STR(".sql"));
	struct str line;

	for (size_t at = 0, from = 0; line_next(in->text, &at, &line); from = at) {
		size_t over = 0, columns;

		if (is_prose && str_starts(line, STR("```")))
			fenced = !fenced;
		/* Rows of a table and lines that one copies cannot be broken. */
		if (is_prose && (fenced || str_starts(line, STR("|")) || str_starts(line, STR("    "))))
			continue;
		if (is_page && !begins_with_one_of(line, heads))
			continue;
		if (is_sql && str_starts(line, STR("-- ")) && str_contains(line, STR(" -> ")))
			continue; /* a prototype is one line */
		columns = columns_of(line, &over);
		if (columns > COLUMNS_MAX)
			mistake(t->run, place_at(in, from + over),
			    "a line has at most %d columns, and this one %zu: break it", COLUMNS_MAX, columns);
	}
}

/* --- notes of open work -------------------------------------------------------------------------------------- */

static const char *const marks[] = {"TODO", "FIXME", "XXX", "HACK", NULL};

static bool
is_mark(struct str word)
{
	const char *const *m = marks;

	while (*m && !str_is(word, *m))
		m++;
	return *m != NULL;
}

static void
marks_check(const struct tree *t, const struct file *f)
{
	struct str word;

	for (size_t at = 0; word_next(f->in.text, &at, &word);) {
		size_t from = at - word.n;

		if (is_mark(word) && (!f->code.n || f->code.p[from] == ' ')) /* in C only in comments */
			mistake(t->run, place_at(&f->in, from), "%.*s: open work is an issue, not a note here",
			    STR_ARG(word));
	}
}

/* --- calls --------------------------------------------------------------------------------------------------- */

enum where { EVERYWHERE, NOT_IN_TESTS, IN_LIB_AND_ROOMS, IN_ROOMS };

static const struct banned {
	const char *call;
	enum where where;
	const char *instead;
} banned[] = {
	{"alloca", EVERYWHERE, "arena_bytes: the stack has no limit that can be answered"},
	{"asctime", EVERYWHERE, "i18n and lib/date.h: every language writes dates in its own way"},
	{"assert", EVERYWHERE, "need, which stays on in release"},
	{"atof", EVERYWHERE, "strtod: this one takes any word for 0"},
	{"atoi", EVERYWHERE, "str_int: this one takes any word for 0"},
	{"atol", EVERYWHERE, "str_int: this one takes any word for 0"},
	{"atoll", EVERYWHERE, "str_int: this one takes any word for 0"},
	{"ctime", EVERYWHERE, "i18n and lib/date.h: every language writes dates in its own way"},
	{"gets", EVERYWHERE, "fgets: this one does not know where the buffer ends"},
	{"gmtime", EVERYWHERE, "gmtime_r, or date_parts: this one's answer is shared by all threads"},
	{"localtime", EVERYWHERE, "local_of with the provider's zone: this one's answer is shared by all threads"},
	{"localtime_r", EVERYWHERE, "local_of with the provider's zone, not the machine's"},
	{"mktemp", EVERYWHERE, "mkstemp: someone may take the name in between"},
	{"rand", EVERYWHERE, "randombytes_uniform, or a seeded generator in tests"},
	{"random", EVERYWHERE, "randombytes_uniform, or a seeded generator in tests"},
	{"sprintf", EVERYWHERE, "str_fmt, or snprintf: this one does not know where the buffer ends"},
	{"srand", EVERYWHERE, "randombytes_uniform, or a seeded generator in tests"},
	{"strcat", EVERYWHERE, "str_join, str_fmt or snprintf: this one does not know where the buffer ends"},
	{"strcpy", EVERYWHERE, "str_copy, str_fmt or snprintf: this one does not know where the buffer ends"},
	{"strncat", EVERYWHERE, "str_join, str_fmt or snprintf: its n is not the buffer's"},
	{"strncpy", EVERYWHERE, "str_copy, str_fmt or snprintf: this one may leave out the NUL"},
	{"strtok", EVERYWHERE, "str_cut: this one writes into the text and is shared by all threads"},
	{"strtok_r", EVERYWHERE, "str_cut: this one writes into the text"},
	{"tempnam", EVERYWHERE, "mkstemp: someone may take the name in between"},
	{"tmpnam", EVERYWHERE, "mkstemp: someone may take the name in between"},
	{"vsprintf", EVERYWHERE, "str_fmt, or vsnprintf: this one does not know where the buffer ends"},
	{"popen", NOT_IN_TESTS, "a library: nothing here runs other programs"},
	{"system", NOT_IN_TESTS, "a library: nothing here runs other programs"},
	{"clock_gettime", IN_LIB_AND_ROOMS, "r->now or tx->now: the request brings its time, and tests stop it"},
	{"fopen", IN_LIB_AND_ROOMS, "a function of core: neither lib nor a room touches files"},
	{"getenv", IN_LIB_AND_ROOMS, "core/config.h: what can be set is told there"},
	{"gettimeofday", IN_LIB_AND_ROOMS, "r->now or tx->now: the request brings its time, and tests stop it"},
	{"time", IN_LIB_AND_ROOMS, "r->now or tx->now: the request brings its time, and tests stop it"},
	{"aligned_alloc", IN_ROOMS, "ARENA_NEW or arena_alloc: it goes with the request"},
	{"asprintf", IN_ROOMS, "str_fmt: it goes with the request"},
	{"calloc", IN_ROOMS, "ARENA_ARRAY: it goes with the request"},
	{"free", IN_ROOMS, "the arena, which takes all back at once"},
	{"malloc", IN_ROOMS, "ARENA_NEW or arena_alloc: it goes with the request"},
	{"realloc", IN_ROOMS, "arena_grow: it goes with the request"},
	{"reallocarray", IN_ROOMS, "arena_grow: it goes with the request"},
	{"strdup", IN_ROOMS, "str_copy or str_z: it goes with the request"},
	{"strndup", IN_ROOMS, "str_copy or str_z: it goes with the request"},
	{"vasprintf", IN_ROOMS, "str_fmt: it goes with the request"},
};

static bool
holds_for(enum where where, const struct file *f)
{
	struct str path = str_of(f->in.path);

	switch (where) {
	case EVERYWHERE: return true;
	case NOT_IN_TESTS: return !f->is_test;
	case IN_LIB_AND_ROOMS:
		return !f->is_test && (str_starts(path, STR("src/lib/")) || str_starts(path, STR("src/app/")));
	case IN_ROOMS: return str_starts(path, STR("src/app/"));
	}
	return false;
}

/* A name before a bracket that is no member of something. */
static bool
is_call(struct str code, size_t from, size_t to)
{
	while (to < code.n && code.p[to] == ' ')
		to++;
	while (from > 0 && code.p[from - 1] == ' ')
		from--;
	return to < code.n && code.p[to] == '(' && !(from > 0 && (code.p[from - 1] == '.' || code.p[from - 1] == '>'));
}

static void
calls_check(const struct tree *t, const struct file *f)
{
	struct str word;

	for (size_t at = 0; word_next(f->code, &at, &word);)
		for (size_t i = 0; i < sizeof banned / sizeof *banned; i++) {
			const struct banned *b = &banned[i];

			if (str_is(word, b->call) && is_call(f->code, at - word.n, at) && holds_for(b->where, f))
				mistake(t->run, place_at(&f->in, at - word.n), "%s: use %s", b->call, b->instead);
		}
}

/* --- headers ------------------------------------------------------------------------------------------------- */

static void
length_check(const struct tree *t, const struct source *in)
{
	struct str line;
	size_t at = 0, last = 0;
	int lines = 0;

	for (; line_next(in->text, &at, &line); lines++)
		last = lines == HEADER_LINES_MAX ? at - line.n - 1 : last;
	if (lines > HEADER_LINES_MAX && !str_contains(in->text, STR("tidy: because ")))
		mistake(t->run, place_at(in, last),
		    "a header has at most %d lines, and this one %d: split it, or say `tidy: because …` why it is "
		    "read together", HEADER_LINES_MAX, lines);
}

void
lines_check(const struct tree *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct file *f = &t->at[i];
		struct str path = str_of(f->in.path);

		if (f->is_example)
			continue;
		if (str_is(path, "dev") || ends_with_one_of(path, written_by_hand)) {
			width_check(t, &f->in);
			marks_check(t, f);
		}
		calls_check(t, f);
		if (str_ends(path, STR(".h")) && !f->is_test)
			length_check(t, &f->in);
	}
}
