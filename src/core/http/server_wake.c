/* From the writer back to the library's threads. Waking a connection interrupts the writer, for the thread that
 * answers it takes the processor at once, has one answer to send, and sleeps again. So a whole batch is gathered, one
 * of each thread is woken, and that thread wakes its others itself. */
#include <pthread.h>
#include <stdlib.h>

#include "core/http/server_exchange.h"
#include "lib/need.h"

/* A thread of the library. */
struct io {
	pthread_mutex_t lock;
	struct exchange *first, **last; /* written, and not yet woken */
	struct io *next;
};

static _Thread_local struct {
	struct server *server;
	struct io *io;
} mine;

struct io *
wake_io(struct server *server)
{
	struct io *io;

	if (mine.server == server)
		return mine.io;
	io = calloc(1, sizeof *io);
	need(io != NULL);
	need(pthread_mutex_init(&io->lock, NULL) == 0);
	io->last = &io->first;
	io->next = atomic_load(&server->io);
	while (!atomic_compare_exchange_weak(&server->io, &io->next, io))
		;
	mine.server = server;
	mine.io = io;
	return io;
}

void
wake_after_batch(struct exchange *e)
{
	struct io *io = e->io;

	e->next = NULL;
	pthread_mutex_lock(&io->lock);
	*io->last = e;
	io->last = &e->next;
	pthread_mutex_unlock(&io->lock);
}

static struct exchange *
take(struct io *io, bool all)
{
	struct exchange *e;

	pthread_mutex_lock(&io->lock);
	e = io->first;
	io->first = e && !all ? e->next : NULL;
	if (!io->first)
		io->last = &io->first;
	pthread_mutex_unlock(&io->lock);
	return e;
}

void
wake_first(void *server)
{
	for (struct io *io = atomic_load(&((struct server *)server)->io); io; io = io->next) {
		struct exchange *e = take(io, false);

		if (e)
			e->wake(e);
	}
}

void
wake_rest(struct io *io)
{
	struct exchange *e = take(io, true), *next;

	for (; e; e = next) {
		next = e->next; /* once awake it may be gone */
		e->wake(e);
	}
}

void
wake_free(struct server *server)
{
	struct io *next;

	for (struct io *io = atomic_load(&server->io); io; io = next) {
		next = io->next;
		need(io->first == NULL);
		pthread_mutex_destroy(&io->lock);
		free(io);
	}
}
