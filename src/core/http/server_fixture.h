/* For the tests of this folder: a small application with a table, a server of it on loopback,
 * and a client that sends bytes as they are. */
#ifndef CORE_SERVER_FIXTURE_H
#define CORE_SERVER_FIXTURE_H

#include "core/db/db.h"
#include "core/http/app.h"
#include "core/http/http.h"
#include "core/http/server.h"
#include "test/test.h"

struct house {
	struct test *t;
	struct str folder;
	struct db *db;
	struct http_app app;
	struct server_options options;
	struct server *server;
	uint16_t port;
};

/* Opens the database in a file and makes options; change them, then house_serve. */
struct house *house_new(struct test *t);
void house_serve(struct house *house);
/* Stops, closes and removes. */
void house_end(struct house *house);
/* The same in parts, for a house whose data outlives it. */
struct house *house_in(struct test *t, struct str folder);
/* The database elsewhere: "postgresql://…". */
struct house *house_at(struct test *t, struct str folder, const char *place);
void house_close(struct house *house);

/* From here on this test's process logs nothing: for those that make the world fail on purpose. */
void house_quiet(void);

/* The application's tables of routes. */
extern const struct route *const house_routes[];
/* What "/{lang}/file/form" and "/{lang}/{campus}/desk/file" take. */
enum { HOUSE_FILE_BYTES_MAX = 2 << 20 };
/* How many notes there are, and how often the handler of "/{lang}/slow" began. */
int64_t house_notes(struct house *house);
extern _Atomic int house_slow_begun;
/* Whether Aino's session has ended on the server; her cookie goes on. */
extern _Atomic bool house_aino_ended;

/* Cookies of two people: Aino may everything everywhere, Ilmari works at the desk of campus 7,
 * "pohja". */
#define AINO "session=aino"
#define ILMARI "session=ilmari"

struct reply {
	int status; /* 0: the connection was closed before an answer */
	struct str head, body;
	bool closed; /* by the server, after this */
};

/* A browser that has drawn a form: its cookie ("browser=…" or a session) and the hidden field. */
struct browser {
	struct test *t;
	uint16_t port;
	struct str cookie, once;
};

struct browser browser_of(struct house *house, const char *cookie);
/* Asks for a page, takes a cookie if it has none, and the hidden field if there is one. */
struct reply look(struct browser *b, const char *address);
struct str form_bytes(
    const struct browser *b, const char *address, const char *body, const char *headers);
struct reply send_form(const struct browser *b, const char *address, const char *body);
/* What stands behind "name=" on a page of the house. */
struct str line_of(struct str page, const char *name);

int dial(struct house *house);
int dial_port(uint16_t port);
void say(int fd, const char *bytes);
void say_n(int fd, const char *bytes, size_t n);
/* Reads one answer, waiting at most so long. `no_body`: the answer of a HEAD. */
struct reply hear(struct test *t, int fd, int ms);
struct reply hear_head(struct test *t, int fd, int ms);
/* Whether the server has closed the connection within so long. */
bool hung_up(int fd, int ms);
/* One request on a connection of its own. */
struct reply ask_once(struct house *house, const char *bytes);
/* The value of a header, empty without; the n-th of several. */
struct str header_of(const struct reply *reply, const char *name);
struct str header_nth(const struct reply *reply, const char *name, size_t n);

#endif
