/* The notes that the parent and the serving process share. */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#include "core/http/parent.h"
#include "core/http/parent_notes.h"
#include "core/log.h"
#include "lib/need.h"

static _Thread_local int thread_note = -1;

struct parent_shared *
parent_shared_new(void)
{
	struct parent_shared *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	need(shared != MAP_FAILED);
	parent_notes_reset(shared);
	return shared;
}

void
parent_shared_free(struct parent_shared *shared)
{
	if (shared)
		munmap(shared, sizeof *shared);
}

void
parent_notes_reset(struct parent_shared *shared)
{
	atomic_store(&shared->threads, 0);
	atomic_store(&shared->crashed, -1);
	atomic_store(&shared->ready, false);
	for (size_t i = 0; i < PARENT_THREADS_MAX; i++)
		atomic_store(&shared->note[i].route, NO_ROUTE);
}

static struct note *
my_note(struct parent_shared *shared)
{
	if (!shared)
		return NULL;
	if (thread_note < 0)
		thread_note = atomic_fetch_add(&shared->threads, 1);
	return thread_note < PARENT_THREADS_MAX ? &shared->note[thread_note] : NULL;
}

void
parent_runs(struct parent_shared *shared, size_t route, const char id[static 12])
{
	struct note *note = my_note(shared);

	if (!note)
		return;
	memcpy(note->id, id, 12);
	atomic_store_explicit(&note->route, (int)route, memory_order_release);
}

void
parent_idle(struct parent_shared *shared)
{
	struct note *note = my_note(shared);

	if (note)
		atomic_store_explicit(&note->route, NO_ROUTE, memory_order_release);
}

void
parent_mark_crash(struct parent_shared *shared)
{
	int nobody = -1;

	/* The first thread to fall is the one that did it. */
	if (shared && thread_note >= 0)
		atomic_compare_exchange_strong(&shared->crashed, &nobody, thread_note);
}

void
parent_ready(struct parent_shared *shared)
{
	if (shared)
		atomic_store(&shared->ready, true);
}

void
parent_route_name(struct parent_shared *shared, size_t route, const char *name)
{
	if (shared && route < PARENT_ROUTES_MAX)
		snprintf(shared->name[route], sizeof shared->name[route], "%s", name);
}

static int64_t
now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
	return t.tv_sec;
}

bool
parent_blocked(const struct parent_shared *shared, size_t route)
{
	int64_t until;

	if (!shared || route >= PARENT_ROUTES_MAX)
		return false;
	until = atomic_load_explicit(&shared->blocked_until_s[route], memory_order_relaxed);
	return until != 0 && now_s() < until;
}

int64_t
parent_restarts(const struct parent_shared *shared)
{
	return shared ? atomic_load(&shared->restarts) : 0;
}

void
parent_note_crash(struct parent_shared *shared, int64_t now)
{
	int thread = atomic_load(&shared->crashed), route;

	if (thread < 0 || thread >= PARENT_THREADS_MAX)
		return;
	route = atomic_load(&shared->note[thread].route);
	if (route < 0 || route >= PARENT_ROUTES_MAX)
		return;
	log_line(LEVEL_ERROR, "the process ended in %s, request %.12s", shared->name[route],
	    shared->note[thread].id);
	if (shared->crashed_s[route] && now - shared->crashed_s[route] < TWICE_WITHIN_S) {
		log_line(LEVEL_ERROR, "%s is out of service for an hour", shared->name[route]);
		atomic_store(&shared->blocked_until_s[route], now + BLOCKED_S);
	}
	shared->crashed_s[route] = now;
}
