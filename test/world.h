/* The demo college in a test: its clock frozen at noon on Monday 23 November 2026. Its people ask for pages as browsers
 * do, without sockets. */
#ifndef TEST_WORLD_H
#define TEST_WORLD_H

#include "core/actor.h"
#include "core/db/db.h"
#include "core/http/server.h"
#include "core/http/server_ask.h"
#include "test/test.h"

struct world {
	struct test *t;
	struct arena *arena;
	struct db *db;
	struct server *server;
	struct trial *trial; /* the innermost */
	struct answered page; /* what a visit saw last */
	const char *browser; /* the cookie of whoever asks next, and where they are: to be changed */
	const char *network;
	struct str known; /* the ETag of what they have already */
};

/* A world of the test's own: in memory, and when the whole test is run once more on PostgreSQL, there; not two at a
 * time. */
struct world *world(struct test *t);
/* For what the engine cannot change: in memory alone. */
struct world *world_in_memory(struct test *t);
/* The demo as somebody meets it who starts it on another day, "2028-02-29"; in memory. */
struct world *world_of_day(struct test *t, const char *day);
/* In memory, filled by the whole program, and served by one in which that room is left out of the list. */
struct world *world_without(struct test *t, const char *room);
void world_end(struct world *w);

/* What happens between these two has not happened after the second. They may stand inside each other. */
void world_try(struct world *w);
void world_undo(struct world *w);

struct instant world_now(void);
/* The clock goes on; a new world begins at noon again. */
void world_pass(int64_t seconds);

/* GET as that person (their key, e.g. "aino"), or NULL for someone who is not signed in. */
struct answered world_get(struct world *w, const char *who, const char *address);

/* POST with fields as in a form ("state=done&words=abc"); the hidden field is added. "picture=@test/data/x.jpg" sends
 * that file. */
struct answered world_post(struct world *w, const char *who, const char *address, const char *fields);

/* Where a browser goes after a POST, with the flash that came with it. */
struct answered world_follow(struct world *w, const char *who, struct answered a);

/* The number that a page's first hidden field of that name has; 0: none. */
int64_t world_hidden(struct answered page, const char *name);

/* From now on that person has the session that an answer's cookies give, e.g. after signing in by password. */
void world_signs_in(struct world *w, const char *who, struct answered answer);

/* Does what a browser does with the cookies of an answer: of a new session it takes note. */
void world_takes_cookies(struct world *w, const char *who, struct answered answer);

/* What a link that signs somebody in ends with. `who` is a key, or an address of mail. */
struct str world_link(struct world *w, const char *who);

/* The number of a person, by key or by the letters of their address before the @. */
int64_t world_person(struct world *w, const char *key);

/* So many more campuses: uusi1, "Uusia Mäki 1"; uusi2, "Uusib Mäki 2"; … */
void world_add_campuses(struct world *w, int n);

/* Reads in a transaction. */
void world_read(struct world *w, void (*run)(struct tx *tx, void *arg), void *arg);

/* The address of an item of this school year by its key in the template: "/fi/pohja/wheel/2026/60", or without a campus
 * for NULL. */
const char *world_item(struct world *w, const char *campus, const char *key);

#define CHECK_STATUS(w, who, address, wanted) \
	test_check_int(t, __FILE__, __LINE__, "status of " address, world_get(w, who, address).status, wanted)
/* What stands in the page between a text and the next one of another; empty when one is missing. */
struct answered world_part(struct answered answer, const char *from, const char *to);

/* How often a text stands in the page. */
int world_count(struct answered answer, const char *text);

/* Whether the page holds a text. */
#define CHECK_HOLDS(answer, text) CHECK(str_contains((answer).body, STR(text)))
#define CHECK_LACKS(answer, text) CHECK(!str_contains((answer).body, STR(text)))

#endif
