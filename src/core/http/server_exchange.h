/* Private to the server: one request and its answer, on the way between threads. Exactly one
 * thread has it at a time; it changes hands through the workers' queue, the database's writer,
 * and suspend and resume.
 * tidy: because all parts of the server share this one struct. */
#ifndef CORE_SERVER_EXCHANGE_H
#define CORE_SERVER_EXCHANGE_H

#include <microhttpd.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdatomic.h>

#include "core/db/writer.h"
#include "core/http/app.h"
#include "core/http/guard.h"
#include "core/http/headers.h"
#include "core/http/http.h"
#include "core/http/memory.h"
#include "core/http/query.h"
#include "core/http/server.h"

/* What has to be done next. */
enum step {
	STEP_HEAD,    /* the head is being read */
	STEP_BODY,    /* the body is being read */
	STEP_PAGE,    /* a GET */
	STEP_PREPARE, /* slow work before a POST */
	STEP_WRITE,   /* a POST */
	STEP_REFUSAL, /* drawing the page of a POST that was refused */
	STEP_SIGN_IN, /* drawing the sign-in page with the form in it */
	STEP_READY,   /* asking the database for /ready */
	STEP_ANSWER,  /* all is there */
	STEP_DONE,    /* the answer was handed to the library */
};

/* Why a handler was left. */
enum leave { LEAVE_NOT = 0, LEAVE_NOT_FOUND, LEAVE_FORBIDDEN, LEAVE_ELSEWHERE, LEAVE_MOVED };

struct connection {
	struct server *server;
	struct guard_place *place;
	struct network peer;
	bool known; /* the peer has an IP address */
	char network[64];
};

struct exchange {
	struct req req;
	struct server *server;
	struct arena *arena;
	struct MHD_Connection *mhd; /* NULL under server_ask */
	struct connection *connection;
	enum step step;
	bool head_read;
	bool head_only; /* HEAD */
	bool close;     /* the connection ends with this answer */
	bool local;     /* from this machine and by no proxy */
	struct head head;
	size_t route_index;
	struct routed routed;

	struct out body;
	bool large;   /* it is one of the few that may be longer than others */
	int unwanted; /* not kept, only read to its end, and then answered with this status */
	size_t body_seen;
	struct pairs pairs; /* the body, decoded */
	struct str once;
	bool by_mail; /* sent by a mail program, which saw no form */
	bool form_read; /* into req.form */
	bool form_old;  /* its hidden field is not for this session */

	struct db_job job;
	struct outcome outcome;
	bool replayed; /* the outcome is that of the first time */
	int refusal; /* status to draw; 0 is the verdict's */

	jmp_buf leave;
	bool may_leave;
	struct str elsewhere;

	/* The answer beside req.out, req.type and req.cookies. */
	struct MHD_Response *ready; /* one that is kept for many requests: of an asset, or of `kept` */
	struct kept *kept;
	struct str key; /* of the page in the memory; empty: it is not for that */
	struct moment moment;
	uint64_t ready_bytes;
	struct str location;
	const char *allow;
	int retry_s;
	bool page; /* the answer is HTML */

	int64_t begun_us;
	void (*wake)(struct exchange *e); /* brings it back to the thread that answers */
	void *waker;
	struct io *io;         /* that thread, while it is one of the library's */
	struct exchange *next; /* in a queue, or among those that are kept */
};

struct pool;
struct io;

struct asset_responses {
	struct MHD_Response *plain, *gz, *br, *same;
};

struct figures {
	_Atomic int64_t answers[6]; /* by the first digit of the status */
	_Atomic int64_t requests_us, busy, left, reports, reaped;
	_Atomic int64_t in_work; /* from the head to the end of the answer */
	_Atomic int64_t large;   /* requests with a body that is longer than others */
};

enum { EXCHANGES_KEPT = 64 };

struct server {
	struct server_options options;
	const struct http_app *app;
	struct router *router;
	struct MHD_Daemon *daemon;
	struct guard_table *table;
	struct pool *pool;
	_Atomic(struct io *) io; /* the library's threads that had a request */
	bool inline_reads; /* SQLite: reading on the thread of the connection */
	struct asset_responses *asset;
	struct memory *memory; /* NULL: nothing is kept */
	_Atomic bool ready, stopping;
	pthread_t reaper;
	sem_t end_reaper;

	pthread_mutex_t kept_lock;
	struct exchange *kept; /* with their arenas, for the next requests */
	size_t kept_n;

	struct figures figures;
};

/* server_exchange.c: making and giving back. */
struct exchange *exchange_new(struct server *server, struct str uri);
void exchange_free(struct exchange *e);
/* Reads method, address and cookies out of e->head and says what is next. */
void exchange_begin(struct exchange *e);
/* A part of the body. False: it is so long that the connection ends here. */
bool exchange_take_body(struct exchange *e, const char *bytes, size_t n);
/* The body is complete. */
void exchange_body_ended(struct exchange *e);
/* Whether what is next may run on the thread of the connection. A refusal may not: when many want the same, one batch
 * of the writer refuses them together, and the library may have given one thread all their connections. */
bool exchange_may_inline(const struct exchange *e);
/* Does one step that is neither the writer's nor the answer. */
void exchange_step(struct exchange *e);
/* Gives the step to the workers or the writer; from then on e belongs to them until it is woken. */
void exchange_send_away(struct exchange *e);
/* Leaves e->step at STEP_ANSWER with a page that needs no database. What the request knew is
 * forgotten, for its memory may be full. */
void exchange_bare(struct exchange *e, int status);
/* Too much to do: a bare 503, and woken. */
void exchange_busy(struct exchange *e);
void exchange_see(struct exchange *e, int status, struct str location);
enum lang exchange_guess_lang(struct str accept_language);
int64_t exchange_now_us(void);
/* The line of a request that has its answer. */
void exchange_log(const struct exchange *e, int64_t us);

/* server_page.c: reading. */
void page_step(struct exchange *e);
/* In a transaction, inside a handler's setjmp or not. */
bool page_right(const struct req *r);
struct str page_sign_in_address(struct req *r);
void page_reset(struct req *r);

/* server_post.c: writing. */
/* The body is there: decodes it and says what is next. */
void post_begin(struct exchange *e);
void post_prepare_step(struct exchange *e);
void post_submit(struct exchange *e);
/* Inside a read transaction: reads the form as it was typed, if that was not done yet. False:
 * something is wrong with it. */
bool post_read_form(struct exchange *e);
/* The sign-in page that keeps the form. */
void post_draw_sign_in(struct exchange *e);

/* server_wake.c: many at once from the writer back to the library's threads. */
/* The thread that calls this, made at its first call. */
struct io *wake_io(struct server *server);
/* On the writer's thread: e is to be woken when its batch has ended. */
void wake_after_batch(struct exchange *e);
/* The batch has ended. */
void wake_first(void *server);
/* On the thread of the library: wakes those that wait with one that was woken. */
void wake_rest(struct io *io);
void wake_free(struct server *server);

/* server_pool.c */
struct pool *pool_new(int threads, size_t waiting_max);
bool pool_push(struct pool *pool, struct exchange *e);
size_t pool_waiting(struct pool *pool);
/* Does what waits and ends the threads; takes nothing more. */
void pool_end(struct pool *pool);
void pool_free(struct pool *pool);

/* server_answer.c */
enum MHD_Result answer_queue(struct exchange *e);
void answer_assets_begin(struct server *server);
void answer_assets_end(struct server *server);
struct MHD_Response *answer_asset(struct exchange *e, int *status);
enum cache answer_cache(const struct exchange *e);
/* Whether the page of the request was there from before: it is then e->ready. */
bool answer_from_memory(struct exchange *e);


#endif
