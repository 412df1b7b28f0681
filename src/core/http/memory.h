/* Whole pages for readers who are not signed in, kept as they were sent and compressed once, until something is
 * written. Any thread may ask. */
#ifndef CORE_HTTP_MEMORY_H
#define CORE_HTTP_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/http/headers.h"
#include "lib/str.h"

struct MHD_Response;
struct kept;
struct memory;

/* How old what was read is: what was kept at one moment is only found at the same. */
struct moment {
	int64_t commits; /* db_commits when the page was asked for, so before it was read */
	int64_t minute;  /* pages tell of now by the minute */
	int64_t ms;      /* of the clock that only goes forward */
};

/* What goes with a page beside its bytes. */
struct kept_head {
	enum cache cache;
	int refresh_s;
	bool reports;
};

/* Holds at most `bytes_max`, counting each page twice for what it takes compressed. `ms_max`: how long a page lives
 * though nothing was written here, because others write too; 0: as long as the minute. */
struct memory *memory_new(size_t bytes_max, int64_t ms_max);
/* Nobody may have a page of it any more. NULL is allowed. */
void memory_free(struct memory *memory);

/* The page of that key as it is at that moment, or NULL. Whoever has it gives it back. */
struct kept *memory_find(struct memory *memory, struct str key, const struct moment *moment);
/* Keeps a page, copied. One that reads the same as before stays the one that it was, with what was compressed of it.
 * NULL: it was not kept, for there is no room or a later one is there. */
struct kept *memory_keep(struct memory *memory, struct str key, const struct moment *moment,
    const struct kept_head *head, struct str body);
/* NULL is allowed. */
void kept_give(struct kept *kept);

/* The response in a coding, compressed when it is first wanted; lives as long as one has the page. `*bytes` is the
 * length of its body. */
struct MHD_Response *kept_response(struct kept *kept, enum coding coding, uint64_t *bytes);
/* Says that what the browser has is still the same; the tag is compared with headers_etag_matches. */
struct MHD_Response *kept_same(struct kept *kept);
const char *kept_etag(const struct kept *kept);

struct memory_figures {
	int64_t found, missed; /* since the start */
	int64_t pages, bytes;  /* now */
};

struct memory_figures memory_figures(struct memory *memory);

#endif
