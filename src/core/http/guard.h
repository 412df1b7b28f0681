/* The guard: refuses what the HTTP library lets through, before anything of a request is
 * believed. */
#ifndef CORE_GUARD_H
#define CORE_GUARD_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/str.h"

/* What we read of a request's head; the texts belong to the connection and live as long as the
 * request. */
struct head {
	struct str method, uri; /* the address as sent, with its query */
	struct str host, origin, fetch_site, referer, cookie;
	struct str content_type, content_encoding;
	struct str accept_language, accept_encoding, if_none_match;
	struct str forwarded_for; /* the last X-Forwarded-For */
	int64_t content_length;   /* -1: not said */
	bool chunked;
	bool forwarded; /* some proxy says that it brings this */
};

/* Whether the library is the version whose memory layout guard_head checks; others parse
 * strictly themselves. */
bool guard_knows_library(void);

/* Fills *head. Returns 0, or the status to refuse with: then the connection must be closed after
 * the answer. `uri` is what the library gave before it took the address apart. */
int guard_head(struct MHD_Connection *connection, const char *method, const char *url,
    const char *version, struct str uri, struct head *head);

/* Whether a form was sent from a page of ours, as far as the browser says. `own` is the
 * service's public origin, e.g. "https://nuotio.example"; empty: what the Host header says. */
bool guard_same_origin(const struct head *head, struct str own);

/* A path of our own: begins with one slash, has no control characters and no backslash. */
bool guard_own_path(struct str address);

#endif
