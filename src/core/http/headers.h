/* The headers that every answer carries. */
#ifndef CORE_HEADERS_H
#define CORE_HEADERS_H

#include <stdbool.h>

#include "lib/str.h"

struct MHD_Response;

struct header {
	const char *name, *value;
};

/* What is answered. A letter that somebody looks at has its styles in it, and may do nothing else. */
enum answer_kind { ANSWER_PAGE, ANSWER_FILE, ANSWER_LETTER };

enum cache {
	CACHE_NEVER,   /* signed in, or a form on it: nobody keeps it */
	CACHE_PRIVATE, /* the browser may keep it but asks again */
	CACHE_SHORT,   /* the same for everyone: a minute */
	CACHE_FOREVER, /* the name has a hash of the content */
};

/* What pages may do in the browser; with `reports` violations are sent to /csp-report (in
 * tests). */
const char *headers_policy(bool reports);

/* Adds all that is the same for every answer of that kind. */
void headers_add(struct MHD_Response *response, enum cache cache, enum answer_kind kind, bool reports);

/* "br", "gzip" or NULL, the best of what the client takes and we have. */
enum coding { CODING_PLAIN, CODING_GZIP, CODING_BR };
enum coding headers_coding(struct str accept_encoding);

/* Whether one of the tags in an If-None-Match is `etag` (with its quotes). */
bool headers_etag_matches(struct str if_none_match, const char *etag);

#endif
