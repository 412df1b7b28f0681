/* Text as browsers send it in addresses and forms: name=value&name=value, with + and %XX. */
#ifndef CORE_QUERY_H
#define CORE_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/out.h"
#include "lib/str.h"

struct arena;
struct form_file;

/* A pair, decoded. */
struct pair {
	struct str name, value;
	const struct form_file *file; /* of a multipart form, with an empty value; NULL: it is a text */
};

struct pairs {
	struct pair *at;
	size_t n;
};

enum { PAIRS_MAX = 500 };

/* False if it is malformed: a bad %XX, text that is not UTF-8 or holds a NUL, or more than
 * PAIRS_MAX pairs. A pair without = has an empty value; an empty one is skipped. */
bool query_parse(struct arena *a, struct str text, struct pairs *pairs);

/* One name or value. */
bool query_decode(struct arena *a, struct str text, struct str *decoded);
/* The way back: letters, digits, - _ . stay, everything else is %XX. */
void query_encode(struct out *o, struct str text);

/* The first text of that name; false if there is none. */
bool pairs_find(const struct pairs *pairs, struct str name, struct str *value);

#endif
