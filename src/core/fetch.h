/* Fetching a page whose address somebody typed: the calendar of another organisation. For jobs: it may take as long as
 * it is given. Nothing inside the network is reached, whatever a name resolves to, and what comes is limited.
 * tidy: because the verdicts belong to one call, and each is told in words of its own. */
#ifndef CORE_FETCH_H
#define CORE_FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/str.h"

struct arena;
struct job_context;

enum { FETCH_REDIRECTS_MAX = 5 };

struct fetch {
	struct str url;         /* http, https, or webcal, which is read as https; without any word it is https */
	struct str accept;      /* "text/calendar" */
	struct str etag, date;  /* of the last answer: only what is new is of interest */
	size_t bytes_max;       /* unpacked; so much is taken from the arena */
	int seconds_max;        /* for everything */
	struct job_context *job; /* ends with it; NULL: nobody asks */
};

/* What an admin can do, or whoever typed the address, differs for each. */
enum fetch_verdict {
	FETCH_OK = 1, FETCH_NOT_MODIFIED,
	/* The address, or one that it leads to. */
	FETCH_NO_ADDRESS,    /* none of the web */
	FETCH_WITH_PASSWORD, /* a name or password stands in it, which everyone would read who sees it */
	FETCH_OTHER_PORT,    /* than 80 and 443 */
	FETCH_PRIVATE,       /* inside the network */
	FETCH_UNKNOWN_HOST,
	FETCH_TOO_MANY_REDIRECTS,
	/* The server. */
	FETCH_UNREACHABLE,
	FETCH_UNTRUSTED, /* it does not prove who it is */
	FETCH_TOO_SLOW, /* or does not answer at all */
	FETCH_BROKEN, /* the answer is none, or breaks off */
	FETCH_STATUS, /* it says no, with a number */
	FETCH_TOO_BIG,
	FETCH_STOPPED, /* by the service itself; try again later */
};

struct fetched {
	enum fetch_verdict verdict;
	int status; /* of FETCH_STATUS: 404, 500 */
	struct str body;
	struct str etag, date; /* to give next time; empty if the server has none */
	struct str type;       /* "text/calendar; charset=utf-8"; may be empty */
};

struct fetched fetch_from(struct arena *a, const struct fetch *wanted);

/* FETCH_OK, or what is wrong with an address as somebody typed it: none of the web, a password in it, another port.
 * Asks nobody. */
enum fetch_verdict fetch_address(struct arena *a, struct str url);

/* Hosts that may be fetched although they are inside: "timetable.college.example", "10.0.0.5:8080", with commas
 * between. With a port it is that one, else 80 and 443. Set once, before threads start. */
bool fetch_inside_is(struct str hosts);
void fetch_inside_set(struct str hosts);

#endif
