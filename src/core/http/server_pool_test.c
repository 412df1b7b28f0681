#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "core/http/server_exchange.h"
#include "core/http/server_fixture.h"
#include "lib/need.h"

static _Atomic int woken;

static void
count(struct exchange *e)
{
	(void)e;
	atomic_fetch_add(&woken, 1);
}

/* The workers take what fits, refuse the rest, and do all they took before they end. */
TEST(the_queue_of_the_workers_is_bounded)
{
	enum { MANY = 12, PLACES = 4 };
	struct house *house = house_new(t);
	struct server *server = server_new(&house->options);
	struct pool *pool = pool_new(2, PLACES);
	struct exchange *e[MANY];
	int taken = 0;

	atomic_store(&woken, 0);
	for (size_t i = 0; i < MANY; i++) {
		e[i] = exchange_new(server, STR("/fi/slow"));
		e[i]->wake = count;
		e[i]->head.method = STR("GET");
		exchange_begin(e[i]);
		CHECK_INT(e[i]->step, STEP_PAGE);
		CHECK(!exchange_may_inline(e[i])); /* a slow route */
		taken += pool_push(pool, e[i]);
	}
	CHECK(taken >= PLACES && taken <= PLACES + 2);
	CHECK(pool_waiting(pool) <= PLACES);
	pool_end(pool);
	CHECK_INT(atomic_load(&woken), taken);
	CHECK_INT(pool_waiting(pool), 0);
	CHECK(!pool_push(pool, e[0]));
	pool_free(pool);
	for (size_t i = 0; i < MANY; i++) {
		/* what was refused is told so */
		if (e[i]->step != STEP_ANSWER)
			exchange_busy(e[i]);
		CHECK(e[i]->req.status == 200 || (e[i]->req.status == 503 && e[i]->retry_s > 0));
		exchange_free(e[i]);
	}
	server_free(server);
	house_end(house);
}

/* The writer refuses many at once, and their connections may all be one thread's. */
TEST(a_refused_form_is_drawn_by_the_workers)
{
	struct house *house = house_new(t);
	struct server *server = server_new(&house->options);
	struct exchange *e = exchange_new(server, STR("/fi"));

	e->head.method = STR("GET");
	exchange_begin(e);
	CHECK(exchange_may_inline(e) == server->inline_reads);
	e->step = STEP_REFUSAL;
	CHECK(!exchange_may_inline(e));
	exchange_free(e);
	server_free(server);
	house_end(house);
}

/* A bare page starts with empty memory: what filled it may be the reason. */
TEST(a_bare_page_needs_nothing)
{
	struct house *house = house_new(t);
	struct server *server = server_new(&house->options);
	struct exchange *e = exchange_new(server, STR("/sv/item/1?a=b"));
	char id[13];

	e->head.method = STR("GET");
	exchange_begin(e);
	memcpy(id, e->req.id, sizeof id);
	arena_bytes(e->arena, 7 * 1024 * 1024);
	exchange_bare(e, 503);
	CHECK_INT(e->step, STEP_ANSWER);
	CHECK_INT(e->req.status, 503);
	CHECK_INT(e->req.path.n, 0);
	CHECK(arena_used(e->arena) < 64 * 1024);
	CHECK(str_contains(out_text(&e->req.out), STR("lang=\"sv\"")));
	CHECK(str_contains(out_text(&e->req.out), str_of(id))); /* for whoever asks us about it */
	CHECK_INT(answer_cache(e), CACHE_PRIVATE);
	exchange_free(e);
	server_free(server);
	house_end(house);
}
