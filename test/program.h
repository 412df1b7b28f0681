/* The program itself, as people run it: the binary beside the tests, in processes of its own, and visitors who ask
 * it over HTTP. Its environment has no variables of ours but those that a test sets. */
#ifndef TEST_PROGRAM_H
#define TEST_PROGRAM_H

#include <stdint.h>
#include <sys/types.h>

#include "core/http/server_fixture.h"
#include "test/test.h"

/* What a command left behind. */
struct ran {
	int code; /* -1: it did not end by itself */
	struct str out, err;
};

/* Runs `nuotio` with the words, which are separated by spaces, to its end. */
struct ran program_run(struct test *t, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One that serves. */
struct program {
	struct test *t;
	pid_t pid;
	int out, err;
	uint16_t port; /* 0: it ended before it said its address */
};

/* Starts `serve` or `demo` with --listen 127.0.0.1:0 and waits for its address. */
struct program *program_start(struct test *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Stops it; its exit code. */
int program_stop(struct program *p);
/* The process that answers, below the one that was started. */
pid_t program_serving(struct program *p);
/* What it has said until now. */
struct str program_out(struct program *p);
struct str program_err(struct program *p);

/* Somebody with a browser: it keeps cookies, and the page that it saw last. */
struct visitor {
	struct test *t;
	uint16_t port;
	struct str session, browser, page;
};

struct visitor visitor_of(struct program *p);
struct reply visit(struct visitor *v, const char *address);
/* Sends the form with this address that stands on the page seen last; the page stays, for sending it once more. */
struct reply visitor_send(struct visitor *v, const char *address, const char *fields);
/* Opens a sign-in link of a line that init or demo printed and presses its button; false: there is none for `name`. */
bool visitor_signs_in(struct visitor *v, struct str lines, const char *name);

#endif
