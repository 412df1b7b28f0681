/* Requests without sockets: the same way through router, transactions and writer, in the calling
 * thread. */
#include "core/http/server_ask.h"

#include <semaphore.h>
#include <string.h>

#include "core/http/server_exchange.h"
#include "lib/arena.h"
#include "lib/need.h"

static void
wake_asker(struct exchange *e)
{
	sem_post(e->waker);
}

static void
run(struct exchange *e, struct str body, sem_t *woken)
{
	exchange_begin(e);
	if (e->step == STEP_BODY) {
		exchange_take_body(e, body.p, body.n);
		exchange_body_ended(e);
	}
	while (e->step != STEP_ANSWER) {
		if (e->step != STEP_WRITE) {
			exchange_step(e);
			continue;
		}
		post_submit(e);
		while (sem_wait(woken) != 0)
			;
	}
}

struct answered
server_ask(struct server *server, struct arena *arena, const struct asked *asked)
{
	struct exchange *e = exchange_new(server, asked->address);
	struct answered answered;
	enum cache cache;
	sem_t woken;

	need(sem_init(&woken, 0, 0) == 0);
	e->wake = wake_asker;
	e->waker = &woken;
	e->head.method = str_of(asked->method);
	e->head.host = STR("localhost");
	e->head.cookie = asked->cookie;
	e->head.content_type = asked->content_type;
	e->head.content_length = (int64_t)asked->body.n;
	e->head.accept_language = asked->accept_language;
	e->head.origin = asked->origin;
	e->head.fetch_site = asked->fetch_site;
	e->head.referer = asked->referer;
	e->head.if_none_match = asked->if_none_match;
	e->req.network = asked->network;
	run(e, asked->body, &woken);
	exchange_log(e, exchange_now_us() - e->begun_us);
	cache = answer_cache(e);
	answered = (struct answered){
	    .status = e->req.status,
	    .type = e->page ? STR("text/html; charset=utf-8") : str_copy(arena, e->req.type),
	    .body = str_copy(arena, out_text(&e->req.out)),
	    .location = str_copy(arena, e->location),
	    .etag = str_copy(arena, e->req.etag),
	    .cookies = str_copy(arena, out_text(&e->req.cookies)),
	    .private_only = cache == CACHE_NEVER || cache == CACHE_PRIVATE,
	    .no_store = cache == CACHE_NEVER,
	};
	exchange_free(e);
	sem_destroy(&woken);
	return answered;
}
