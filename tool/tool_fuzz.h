/* What the compilers' fuzzes share: inputs made by chance from good ones. A compiler must end, and each
 * complaint must name a place that is there. */
#ifndef TOOL_TOOL_FUZZ_H
#define TOOL_TOOL_FUZZ_H

#include "tool/tool.h"

/* Begins the next input: the arena is empty, and a minute from now the process ends by SIGALRM. */
void fuzz_next(struct arena *a);

/* A number below n by chance; 0 if n is 0. */
size_t fuzz_below(uint64_t *state, size_t n);

/* The text with one change: something goes, comes, or stands elsewhere too. What comes is one of
 * `pieces`, a list that ends with NULL. */
struct str fuzz_changed(struct arena *a, uint64_t *state, struct str s, const char *const *pieces);

/* A copy on the heap, exactly as long as it is, so that a sanitizer sees a byte read behind the end. */
struct str fuzz_exact(struct str s);
void fuzz_free(struct str s);

/* Each complaint of the run names one of the n sources, and a line that is there or the one behind the
 * last. */
void fuzz_check(const struct run *run, const struct source *in, size_t n);

#endif
