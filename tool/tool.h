/* What the compilers share: source files with positions, complaints, a tokenizer, symbol files, and
 * writing a file only when it changes.
 * tidy: because every tool is written with all of it in view. */
#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/str.h"

/* A file of the source tree. `path` is relative to the tree's root: app/wheel/wheel.sql. */
struct source {
	const char *path;
	struct str text;
};

/* A place in a source, for complaints and #line. */
struct place {
	const struct source *in;
	int line, column; /* from 1; column counts bytes */
};

/* Everything a run of a tool knows. */
struct run {
	struct arena *arena;
	const char *out; /* folder that is written to */
	struct out complaints;
	int mistakes;
};

/* The files under `root` whose name ends with `ending`, sorted by path, read whole; not those in folders
 * called .git, build or node_modules. Exits if the root cannot be read. */
struct source *sources_under(struct arena *a, const char *root, const char *ending, size_t *n);

/* Where the byte at offset stands. */
struct place place_at(const struct source *in, size_t offset);

/* Where what is no UTF-8, or a zero byte, begins; s.n if there is none. */
size_t first_bad_byte(struct str s);

/* Notes a mistake as `path:line:column: words`. The run goes on, and writes nothing in the end. */
void mistake(struct run *run, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Writes text to run->out/path unless the file already holds it; makes folders. Exits when it cannot. */
void write_if_changed(struct run *run, struct str path, struct str text);

/* Prints the complaints; 1 if there was a mistake, else 0: the tool's exit status. */
int run_end(struct run *run);

/* Tokens of the small languages in declarations: names (letters, digits, _ and inner dots), numbers,
 * 'strings' and "strings" (without their quotes), and single other bytes. */
enum token_kind { TOKEN_END, TOKEN_NAME, TOKEN_NUMBER, TOKEN_STRING, TOKEN_BYTE };

struct token {
	enum token_kind kind;
	struct str text;
	size_t at; /* offset in the source */
};

struct lexer {
	const struct source *in;
	size_t at, end; /* the part of the source that is read */
};

/* The next token; at the end TOKEN_END, as often as asked. A string that does not end is one up to the
 * end, with kind TOKEN_BYTE, so that every caller refuses it. */
struct token lex(struct lexer *l);
struct token lex_peek(struct lexer l);
bool lex_is(struct token t, const char *text);

/* The folder of a path: app/wheel/x.sql -> app/wheel. And its last part: wheel. */
struct str folder_of(const char *path);
struct str last_part(struct str path);

/* NAME in capitals: wheel.answers -> WHEEL_ANSWERS. Dots and dashes become _. */
struct str upper_name(struct arena *a, struct str name);
/* name in small letters with _ for dots and dashes. */
struct str c_name(struct arena *a, struct str name);

/* A C string literal with its quotes; every byte outside printable ASCII and '?' as an octal escape. */
void c_string(struct out *o, struct str s);

#endif
