/* Visits written down in files, a line each: who, address and, for a POST, fields. `-` is nobody, and a form without
 * fields is `&`. Lines that begin with `+` are done before the next one without. In braces stands what is filled in:
 *
 *   {mental_week}    the number of the item with that key in the template
 *   {field answer}   what the first hidden field of that name holds on the page that the line before led to
 *   {here}           the address that the line before was sent on to
 *   {number}         the last number in it
 *   {after /x/}      the word behind it, the first time it stands on the page that the line before led to
 *   {link ilmari}    what a link ends with that signs Ilmari in
 *   {code}           the code of the newest mail
 *   {long 2000}      that many letters
 */
#ifndef TEST_VISITS_H
#define TEST_VISITS_H

#include "test/world.h"

struct visit {
	const char *who;     /* NULL: nobody */
	struct str address, fields; /* as written */
	bool post;
	const char *place;   /* test/pages.txt:12 */
	struct visit *before; /* the one to be done first */
};

struct visit_list {
	struct visit *at;
	size_t n;
};

struct visit_list visits_read(struct arena *arena, const char *file);

/* The path as written, without a query, and a word for each thing in braces: good enough to find its route. */
struct str visit_path(struct arena *arena, const struct visit *v);

/* A visit with everything filled in. */
struct errand {
	const char *who, *address, *fields; /* NULL: a GET */
};

/* Does what is to be done before and fills in the rest; `who` goes. */
struct errand visit_prepare(struct world *w, const struct visit *v, const char *who);
struct answered errand_run(struct world *w, struct errand e);

/* The whole of a file, empty if there is none. */
struct str file_read(struct arena *arena, const char *path);
void file_write(const char *path, struct str text);

#endif
