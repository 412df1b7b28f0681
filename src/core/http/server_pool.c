/* The workers: a few threads for what would hold up a connection's thread. */
#include <stdlib.h>

#include "core/http/server_exchange.h"
#include "lib/need.h"

struct pool {
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct exchange *first, **last;
	size_t waiting, waiting_max;
	bool ending;
	int threads;
	pthread_t thread[];
};

static void *
work(void *context)
{
	struct pool *pool = context;

	for (;;) {
		struct exchange *e;

		pthread_mutex_lock(&pool->lock);
		while (!pool->first && !pool->ending)
			pthread_cond_wait(&pool->work, &pool->lock);
		e = pool->first;
		if (e) {
			pool->first = e->next;
			if (!pool->first)
				pool->last = &pool->first;
			pool->waiting--;
		}
		pthread_mutex_unlock(&pool->lock);
		if (!e)
			return NULL;
		while (e->step != STEP_WRITE && e->step != STEP_ANSWER)
			exchange_step(e);
		if (e->step == STEP_WRITE)
			post_submit(e);
		else
			e->wake(e);
	}
}

struct pool *
pool_new(int threads, size_t waiting_max)
{
	struct pool *pool = calloc(1, sizeof *pool + (size_t)threads * sizeof pool->thread[0]);

	need(pool != NULL);
	need(pthread_mutex_init(&pool->lock, NULL) == 0);
	need(pthread_cond_init(&pool->work, NULL) == 0);
	pool->last = &pool->first;
	pool->waiting_max = waiting_max;
	for (pool->threads = 0; pool->threads < threads; pool->threads++)
		need(pthread_create(&pool->thread[pool->threads], NULL, work, pool) == 0);
	return pool;
}

bool
pool_push(struct pool *pool, struct exchange *e)
{
	bool taken = false;

	e->next = NULL;
	pthread_mutex_lock(&pool->lock);
	if (pool->waiting < pool->waiting_max && !pool->ending) {
		*pool->last = e;
		pool->last = &e->next;
		pool->waiting++;
		taken = true;
		pthread_cond_signal(&pool->work);
	}
	pthread_mutex_unlock(&pool->lock);
	return taken;
}

size_t
pool_waiting(struct pool *pool)
{
	size_t n;

	pthread_mutex_lock(&pool->lock);
	n = pool->waiting;
	pthread_mutex_unlock(&pool->lock);
	return n;
}

void
pool_end(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->ending = true;
	pthread_cond_broadcast(&pool->work);
	pthread_mutex_unlock(&pool->lock);
	for (int i = 0; i < pool->threads; i++)
		pthread_join(pool->thread[i], NULL);
	pool->threads = 0;
}

void
pool_free(struct pool *pool)
{
	if (!pool)
		return;
	need(pool->threads == 0);
	pthread_cond_destroy(&pool->work);
	pthread_mutex_destroy(&pool->lock);
	free(pool);
}
