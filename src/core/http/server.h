/* The HTTP server: from sockets to handlers and back. */
#ifndef CORE_SERVER_H
#define CORE_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/http/app.h"
#include "core/http/guard_reaper.h"
#include "core/http/http.h"
#include "core/http/limits.h"
#include "core/http/network.h"
#include "core/http/router.h"

struct arena;
struct parent_shared;
struct server;

/* What is 0 or empty has a default; everything pointed at must outlive the server. */
struct server_options {
	const struct http_app *app;
	int listen_fd;
	struct parent_shared *shared; /* NULL: no parent */
	struct proxies proxies;       /* whose X-Forwarded-For is believed */
	struct str origin;            /* "https://nuotio.example"; empty: what the Host says */
	bool csp_reports;             /* for tests: browsers tell what the policy stopped */
	int io_threads, workers;      /* 2; 4, under PostgreSQL 8 */
	size_t waiting_max;           /* jobs for the workers: 1024, as many as wait for the writer */
	size_t connections_max;       /* 4096 */
	size_t body_bytes_max;        /* 256 kB; a route may allow more */
	int large_max;                /* such larger ones at once: 4 */
	size_t arena_bytes_max;       /* a request's memory: 32 MB, a year of 5,000 items */
	int64_t memory_bytes_max;     /* of kept pages, see memory.h: 16 MB; below 0: none is kept */
	int idle_s;                   /* 60 */
	struct guard_deadlines deadlines; /* 15 s, 60 s, 120 s */
	/* Of one network, never of loopback without a proxy; burst 0 is no limit. */
	struct limit requests;
	struct instant (*now)(void); /* the real time */
};

/* Without sockets yet: see server_start and server_ask. */
struct server *server_new(const struct server_options *options);
/* Begins to answer on listen_fd. The database's writer must run. False, after a line in the log,
 * when it cannot. */
bool server_start(struct server *server);
/* Takes no new connections, lets what runs end for at most grace_s, then stops. The database's
 * writer is stopped too, for it may hold requests. The listening socket stays open. */
void server_stop(struct server *server, int grace_s);
void server_free(struct server *server);

const struct router *server_router(const struct server *server);

/* How many reports of the browser about the policy came in (with csp_reports). */
int64_t server_csp_reports(const struct server *server);

#endif
