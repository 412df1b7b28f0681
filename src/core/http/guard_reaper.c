/* Deadlines for connections. The places are a fixed array; the lock is only taken when a
 * connection comes or goes and by the reaper, so that a descriptor is never shut down after it
 * was closed and reused. */
#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "core/http/guard_reaper.h"
#include "lib/need.h"

/* When nearly all places are taken, those who only wait have to go first. */
enum { CROWDED_EIGHTHS = 7, CROWDED_IDLE_MS = 2000 };

struct guard_place {
	int fd; /* -1: free */
	_Atomic int stage;
	_Atomic int64_t since_ms;
	/* The reaper's own: what it saw of a silent connection. */
	int64_t silent_since_ms, begun_ms;
	uint64_t bytes;
	bool shut;
	struct guard_place *next_free;
};

struct guard_table {
	pthread_mutex_t lock;
	struct guard_deadlines deadlines;
	struct guard_place *place;
	size_t places, used;
	size_t reached; /* places that were ever taken: no need to look further */
	struct guard_place *free;
};

int64_t
guard_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct guard_table *
guard_table_new(size_t connections_max, struct guard_deadlines deadlines)
{
	struct guard_table *table = calloc(1, sizeof *table);

	need(table != NULL);
	need(pthread_mutex_init(&table->lock, NULL) == 0);
	table->deadlines = deadlines;
	table->places = connections_max;
	table->place = calloc(connections_max, sizeof *table->place);
	need(table->place != NULL);
	return table;
}

void
guard_table_free(struct guard_table *table)
{
	if (!table)
		return;
	pthread_mutex_destroy(&table->lock);
	free(table->place);
	free(table);
}

struct guard_place *
guard_arrived(struct guard_table *table, int fd)
{
	struct guard_place *place;

	pthread_mutex_lock(&table->lock);
	place = table->free;
	if (place)
		table->free = place->next_free;
	else if (table->reached < table->places)
		place = &table->place[table->reached++];
	if (place) {
		table->used++;
		place->fd = fd;
		place->begun_ms = place->silent_since_ms = 0;
		place->shut = false;
		guard_stage(place, STAGE_IDLE);
	}
	pthread_mutex_unlock(&table->lock);
	return place;
}

void
guard_left(struct guard_table *table, struct guard_place *place)
{
	if (!place)
		return;
	pthread_mutex_lock(&table->lock);
	place->fd = -1;
	place->next_free = table->free;
	table->free = place;
	table->used--;
	pthread_mutex_unlock(&table->lock);
}

void
guard_stage(struct guard_place *place, enum stage stage)
{
	if (!place)
		return;
	atomic_store_explicit(&place->since_ms, guard_now_ms(), memory_order_relaxed);
	atomic_store_explicit(&place->stage, (int)stage, memory_order_release);
}

static uint64_t
bytes_received(int fd)
{
	struct tcp_info info = {0};
	socklen_t n = sizeof info;

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &n) != 0)
		return 0;
	return info.tcpi_bytes_received;
}

/* A silent connection may wait (the library closes it after a while); one that has begun a head
 * must end it. The first byte of a head is not told to us, so the socket is asked. */
static bool
idle_too_late(struct guard_place *place, int64_t since, int64_t now, int32_t head_ms)
{
	uint64_t bytes = bytes_received(place->fd);

	if (place->silent_since_ms != since) {
		place->silent_since_ms = since;
		place->begun_ms = 0;
		place->bytes = bytes;
		return false;
	}
	if (!place->begun_ms && bytes != place->bytes)
		place->begun_ms = now;
	return place->begun_ms && now - place->begun_ms > head_ms;
}

static bool
too_late(
    struct guard_place *place, int64_t now, const struct guard_deadlines *deadlines, bool crowded)
{
	enum stage stage = (enum stage)atomic_load_explicit(&place->stage, memory_order_acquire);
	int64_t since = atomic_load_explicit(&place->since_ms, memory_order_relaxed);

	switch (stage) {
	case STAGE_IDLE:
		return (crowded && now - since > CROWDED_IDLE_MS) ||
		    idle_too_late(place, since, now, deadlines->head_ms);
	case STAGE_HEAD:
		return now - since > deadlines->head_ms;
	case STAGE_BODY:
		return now - since > deadlines->body_ms;
	case STAGE_SEND:
		return now - since > deadlines->send_ms;
	case STAGE_WORK:
		return false;
	}
	return false;
}

size_t
guard_reap(struct guard_table *table)
{
	size_t reaped = 0;
	int64_t now = guard_now_ms();
	bool crowded;

	pthread_mutex_lock(&table->lock);
	crowded = table->used * 8 > table->places * CROWDED_EIGHTHS;
	for (size_t i = 0; i < table->reached; i++) {
		struct guard_place *place = &table->place[i];

		if (place->fd < 0 || place->shut ||
		    !too_late(place, now, &table->deadlines, crowded))
			continue;
		shutdown(place->fd, SHUT_RDWR);
		place->shut = true;
		reaped++;
	}
	pthread_mutex_unlock(&table->lock);
	return reaped;
}

size_t
guard_connections(struct guard_table *table)
{
	size_t n;

	pthread_mutex_lock(&table->lock);
	n = table->used;
	pthread_mutex_unlock(&table->lock);
	return n;
}

void
guard_close_idle(struct guard_table *table)
{
	pthread_mutex_lock(&table->lock);
	for (size_t i = 0; i < table->reached; i++) {
		struct guard_place *place = &table->place[i];

		/* Bytes that wait to be read are a request that still gets its answer. */
		if (place->fd >= 0 && !place->shut &&
		    atomic_load_explicit(&place->stage, memory_order_acquire) == STAGE_IDLE) {
			shutdown(place->fd, SHUT_RD);
			place->shut = true;
		}
	}
	pthread_mutex_unlock(&table->lock);
}
