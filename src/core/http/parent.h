/* The small process above the serving one: it holds the listening socket and starts the next when one ends.
 * tidy: because the two processes meet in it. */
#ifndef CORE_PARENT_H
#define CORE_PARENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Memory that both processes see: which route each thread runs, and which routes are out of service. */
struct parent_shared;

struct parent_options {
	/* Serves until parent_wait_for_stop returns; its value is the process's exit code. Runs
	 * in the child. */
	int (*serve)(void *arg, struct parent_shared *shared);
	void *arg;
	int grace_s; /* how long a stopping child may take before it is killed; 0 is 20 */
};

enum {
	EXIT_STOPPED = 0,
	EXIT_NEVER_READY = 70, /* it crashed again and again and never served */
	EXIT_KILLED = 75,      /* it did not stop in time */
};

/* Runs children until SIGTERM or SIGINT. Returns the exit code for the process: a child's own if that was not 0 and it
 * never was ready (a wrong configuration; starting it again would not help). */
int parent_run(const struct parent_options *options);

/* A listening socket for "127.0.0.1:8080", "[::1]:8080", ":8080" or "systemd" (descriptor 3); port 0 picks one. -1 and
 * a sentence in `error` when it cannot be. */
int parent_listen(const char *where, char *error, size_t error_n);
/* Its port, 0 if it has none. */
uint16_t parent_port(int listen_fd);

/* --- in the serving process ---------------------------------------------- */

/* Waits for SIGTERM or SIGINT; they must be blocked in all threads, as parent_run does before it forks. */
void parent_wait_for_stop(void);

/* Says that requests are answered from now on. NULL is allowed here and below: no parent. */
void parent_ready(struct parent_shared *shared);

enum { PARENT_ROUTES_MAX = 512, PARENT_THREADS_MAX = 64 };

/* Tells the parent what a route is called, for its log. */
void parent_route_name(struct parent_shared *shared, size_t route, const char *name);
/* The calling thread runs that route for that request from now on, until parent_idle. */
void parent_runs(struct parent_shared *shared, size_t route, const char id[static 12]);
void parent_idle(struct parent_shared *shared);

/* Whether a route is out of service because it ended two processes in a minute; for an hour. */
bool parent_blocked(const struct parent_shared *shared, size_t route);

/* How often a child was started again. */
int64_t parent_restarts(const struct parent_shared *shared);

/* --- for tests ----------------------------------------------------------- */

struct parent_shared *parent_shared_new(void);
void parent_shared_free(struct parent_shared *shared);
/* What parent_run does when a child was ended by a signal. */
void parent_note_crash(struct parent_shared *shared, int64_t now_s);

#endif
