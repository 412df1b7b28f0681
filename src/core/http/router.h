/* From a method and a path to the route that answers, and the parts of the path that it names. */
#ifndef CORE_ROUTER_H
#define CORE_ROUTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/http/http.h"

struct router;

/* The rooms' tables, each ended by an empty route, the list ended by NULL. Two routes of one
 * method and pattern, a pattern with too many parts and the like are programmer's errors. Lives
 * until router_free. */
struct router *router_new(const struct route *const *tables);
void router_free(struct router *router);

enum found_route {
	ROUTE_FOUND,
	ROUTE_UNKNOWN,      /* no route has this path */
	ROUTE_OTHER_METHOD, /* the pattern that has it is not for this method: see allow_get and
	                       allow_post */
};

struct routed {
	enum found_route found;
	const struct route *route;
	size_t index; /* of the route among all, the same in every process of one program */
	size_t at;    /* the router's own */
	struct path_part part[PATH_PARTS_MAX];
	size_t parts;
	bool allow_get, allow_post;
};

/* Literal words win over placeholders, from left to right, whatever the method. Words are
 * compared decoded; decoded values live in the arena. {lang} is only fi, sv or en. A GET of a
 * pattern that only has a POST finds that, if it has a page: the one that the form stands on. */
struct routed router_find(const struct router *router, struct arena *arena, enum method method,
    struct str path);

/* Whether a campus may not have this address, because a page has it: a literal word that follows
 * {lang} or stands first somewhere in the tables. */
bool router_reserves(const struct router *router, struct str slug);

/* All routes in a stable order: by pattern, GET before POST. */
size_t router_count(const struct router *router);
const struct route *router_at(const struct router *router, size_t index);

/* Decodes %XX in a word of a path. False: not UTF-8, a NUL or control character, or a slash in
 * it. */
bool path_word(struct arena *arena, struct str raw, struct str *word);

#endif
