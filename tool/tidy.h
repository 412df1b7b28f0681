/* Inside tidy: the tree as it sees it, and its checks.
 * tidy: because all of its files read the same tree. */
#ifndef TOOL_TIDY_H
#define TOOL_TIDY_H

#include "tool/tool.h"

struct file {
	struct source in;
	struct str code; /* of C: the text with spaces for comments, quotation marks for what is quoted; else empty */
	bool is_test;    /* tests the rest: *_test.c, fixtures, test, tool/test */
	bool is_example; /* what a tool's test reads, good or bad */
};

struct tree {
	struct run *run;
	struct file *at; /* sorted by path */
	size_t n;
};

/* Takes sources, sorted by path from the root of the tree. */
struct tree tree_of(struct run *run, const struct source *in, size_t n);
/* NULL if it is not there. */
const struct file *tree_file(const struct tree *t, struct str path);
/* Whether a file lies in that folder, at any depth. */
bool tree_has_folder(const struct tree *t, struct str folder);

/* --- tidy_code.c ----------------------------------------------------------------------------------------- */

/* Of lists that end with NULL. */
bool begins_with_one_of(struct str s, const char *const *list);
bool ends_with_one_of(struct str s, const char *const *list);

struct str code_view(struct arena *a, struct str text);
/* The next name of C from *at on; its place is *at - word->n. False at the end. */
bool word_next(struct str text, size_t *at, struct str *word);
/* The lines of a text one by one, without their ends; *at is where the next begins. */
bool line_next(struct str text, size_t *at, struct str *line);

enum piece_kind {
	PIECE_DECLARED, /* a function without its body */
	PIECE_DEFINED,  /* a function, a table, a macro */
	PIECE_TYPE,     /* what says no name before its brace */
	PIECE_OTHER,
};

/* What stands at the outermost level of a C file. */
struct piece {
	enum piece_kind kind;
	struct str name;
	size_t from, to; /* in the file, with all that belongs to it */
	size_t at;       /* the name */
};

/* The next piece from *at on; false at the end. */
bool piece_next(struct str code, size_t *at, struct piece *piece);

/* --- the checks ------------------------------------------------------------------------------------------ */

/* tidy_arrows.c: what includes what, and ORDER. */
void arrows_check(const struct tree *t);

struct include {
	const struct file *in;
	struct str path;
	size_t at;
	bool system; /* <path> */
};

/* The next include of a C file from *at on; false at the end. */
bool include_next(const struct file *in, size_t *at, struct include *include);

/* tidy_map.c: floors and rooms from the top, and what each stands on. Complains of parts of core that need each
 * other. */
void map_draw(const struct tree *t, struct out *o);

/* tidy_lines.c: width, marks, calls that have a better one, long headers. */
void lines_check(const struct tree *t);

/* tidy_reach.c: what no test reaches and nobody uses. */
void reach_check(const struct tree *t);

/* tidy_docs.c: folders without a line on the map; paths and commands that are not there. */
void docs_check(const struct tree *t);

/* All of them, and the map; for the fuzz. */
void tree_check(const struct tree *t, struct out *map);

/* tidy_fuzz.c: trees made by chance from the one at `root`. */
int tidy_fuzz(uint64_t seed, int64_t n, const char *root);

#endif
