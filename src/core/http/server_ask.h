/* Requests without sockets, for tests: pages, rights, failing queries. */
#ifndef CORE_SERVER_ASK_H
#define CORE_SERVER_ASK_H

#include <stdbool.h>

#include "lib/str.h"

struct arena;
struct server;

struct asked {
	const char *method; /* "GET", "HEAD" or "POST" */
	struct str address; /* path and query */
	struct str cookie, content_type, body;
	struct str accept_language, origin, fetch_site, referer;
	struct str if_none_match;
	struct str network; /* whence: "192.0.2.0/24"; empty is nowhere */
};

struct answered {
	int status;
	struct str type, body, location, etag;
	struct str cookies; /* Set-Cookie values, one a line */
	bool private_only, no_store;
};

/* Runs a request from its head to its answer and waits for it; what comes back lives in the
 * arena. */
struct answered server_ask(struct server *server, struct arena *arena, const struct asked *asked);

#endif
