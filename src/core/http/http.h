/* What a handler sees of HTTP: a request, a route, and the value that a POST returns.
 * tidy: because a handler is written with all of it in view. */
#ifndef CORE_HTTP_H
#define CORE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/actor.h"
#include "lib/date.h"
#include "lib/out.h"
#include "lib/str.h"
#include "lib/text.h"

struct arena;
struct db;
struct exchange;
struct form_spec;
struct form_state;
struct frame;
struct problems;
struct req;
struct router;
struct tx;

/* --- what a handler answers -------------------------------------------------------------------------- */

enum verdict {
	VERDICT_OK,
	VERDICT_NOT_FOUND, /* 404 */
	VERDICT_FORBIDDEN, /* 403 */
	VERDICT_CONFLICT,  /* 409: someone else wrote since the form was drawn */
	VERDICT_TAKEN,     /* 409: what was asked for is already there */
	VERDICT_INVALID,   /* 422: `problems` says what and where */
};

/* The value of a POST. OK commits and becomes a 303 to `location`, with `flash` shown there once. Anything
 * else rolls back, and the route's `get` draws the page again with what was typed and `flash` as the
 * reason. A refusal that `keeps` is drawn the same way and commits what the handler wrote. */
struct outcome {
	enum verdict verdict;
	struct str location;
	struct said flash;
	bool keeps;
};

/* `pattern` is an address with the placeholders of the current path, e.g. "/{lang}/{campus}/wheel"; another
 * placeholder is a programmer's error. A fragment may follow. */
struct outcome see_other(struct req *r, const char *pattern, struct said flash);

/* The same for an address that is ready. Only a path of our own is accepted. */
struct outcome see_address(struct req *r, struct str address, struct said flash);

/* A refusal; `why` may be empty (said of NULL), then the verdict's own sentence is used. */
struct outcome refused(struct req *r, enum verdict verdict, struct said why);

/* The same for one that leaves a trace: a wrong code counts as a try. What the person sent it for must not have been
 * done, and sent again it is looked at anew. */
struct outcome refused_but_kept(struct req *r, enum verdict verdict, struct said why);

/* --- routes ------------------------------------------------------------------------------------------- */

enum method { NO_METHOD, GET, POST };

/* A fast page is drawn on the thread that read the request; a slow one, that of a refused form, and all under
 * PostgreSQL on a pool. */
enum speed { FAST, SLOW };

/* The right of a path with {campus} is asked of that campus; without, it must be held somewhere and the handler
 * asks more exactly, or with `whole` for the whole provider. A POST's `get` draws its page again after a refusal, and
 * when its address is asked for with GET. */
struct route {
	enum method method;
	const char *pattern; /* "/{lang}/{campus}/wheel/{year}" */
	int right;           /* enum right; 0 is anyone */
	void (*get)(struct req *r);
	struct outcome (*post)(struct req *r);
	const struct form_spec *form; /* what the body of a POST holds; NULL is only the hidden fields */
	/* Slow work before a POST (checking a password) in a read transaction on the pool. */
	void (*prepare)(struct req *r);
	enum speed speed;
	bool whole; /* on one campus the right is not enough */
	/* For a screen that nobody touches: the browser asks again after so many seconds, also when it was a 503. */
	int refresh_s;
	/* A POST that changes nothing but the cookies of the browser that sends it: its form holds no hidden field, so
	 * that a page with it is the same for everyone. */
	bool plain;
	/* Mail programs POST here for their readers, who saw no form (RFC 8058): the address itself says who asks for
	 * what, so nothing but the address may decide. The answer is a bare 200, since they follow no redirect. */
	bool by_mail;
	size_t body_bytes_max; /* of a form that takes a file, all of it; 0: what any form may hold */
	/* For what holds a whole year at once: the memory that a request may take, and then it is slow; 0: what any
	 * may. */
	size_t memory_bytes_max;
};

/* --- a request ---------------------------------------------------------------------------------------- */

enum { PATH_PARTS_MAX = 8 };

struct path_part {
	const char *name; /* points into the pattern, without braces */
	size_t name_n;
	struct str value; /* decoded, valid UTF-8 */
};

struct req {
	struct arena *arena;
	struct tx *tx;
	const struct http_app *app;
	const struct router *router;
	const struct route *route;

	struct actor actor;
	enum lang lang;
	int64_t place;       /* the campus of the path, 0 for the whole provider */
	const void *campus;  /* the room `campus` keeps its row here */
	const struct frame *frame; /* the room `page` keeps names and navigation here */
	struct instant now;
	struct date today; /* in the provider's time zone */
	const struct zone *zone;
	char id[13];       /* twelve letters, shown with a 503 and written in the log */

	enum method method;
	struct str path, query; /* as sent */
	struct path_part part[PATH_PARTS_MAX];
	size_t parts;

	struct str session; /* the session cookie, empty without; `browser` is a random cookie for forms */
	struct str browser;
	struct str theme; /* "light", "dark" or empty: the browser decides */
	struct str network; /* the client's network (IPv4 /24, IPv6 /56), for slowing down */

	void *form;               /* in a POST: the struct that the form's spec describes, checked */
	void *prepared;           /* what route->prepare left for route->post */
	struct form_state *forms; /* the forms that the page draws; after a refusal with what was typed */

	struct said flash; /* what the last POST said; text NULL is none */
	bool flash_refused; /* it is a refusal: role alert */

	/* The answer. */
	struct out out;
	int status;
	struct str type;     /* empty is an HTML page */
	struct str filename; /* not empty: a download */
	struct str etag;     /* with its quotes; empty: none */
	bool cacheable;      /* public for a minute; only pages that are the same for everyone */
	bool lasting;        /* public for a year: another content would have another address */
	bool own;            /* holds what was made for this browser alone: a form */
	bool letter;         /* HTML of a mail: its styles are in it, and nothing of it runs */
	struct out cookies;  /* Set-Cookie lines, made by cookies.h */

	struct exchange *exchange; /* the server's own */
};

/* Where the rights of the running route are asked: the campus of the path, the whole provider, or anywhere. */
int64_t route_place(const struct req *r);

/* Whether the route has a part of that name. An address that no route knows has only {lang}, or nothing. */
bool path_has(const struct req *r, const char *name);
/* The part of the path named `name`; asking for a part the pattern has not is a programmer's error. */
struct str path_text(const struct req *r, const char *name);
/* As a number; a part that is no positive number is a 404. */
int64_t path_int(struct req *r, const char *name);

/* A parameter of the query, decoded; empty if absent or not UTF-8. The first of several counts. */
struct str query_text(const struct req *r, const char *name);
/* As a number, or `otherwise`. */
int64_t query_int(const struct req *r, const char *name, int64_t otherwise);

/* Leaves the handler of a GET: the error page with that status. */
_Noreturn void page_not_found(struct req *r);
_Noreturn void page_forbidden(struct req *r);
/* Leaves the handler of a GET with a 303 (a page moved: 301) to a path of our own. */
_Noreturn void page_elsewhere(struct req *r, struct str address, bool for_ever);

/* Names the state in which the answer of a GET is, in letters, digits and hyphens, another for each that differs. True:
 * the client has that one already, the answer is an empty 304, and the handler is done. */
bool page_unchanged(struct req *r, struct str state);

/* "/{lang}/{campus}/x" with the placeholders of this request filled in. */
struct str path_fill(struct req *r, const char *pattern);

/* Whether a page that is of no campus has this address; the room that it names may be switched off. A query may
 * follow. */
bool path_leads(const struct req *r, struct str address);

/* Whether a campus may not have this slug, because a page has that address: see router_reserves. False while there is
 * no router. */
bool router_reserves_slug(struct str slug);

#endif
