/* Private to the parent: the layout of the shared memory. */
#ifndef CORE_PARENT_NOTES_H
#define CORE_PARENT_NOTES_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/http/parent.h"

enum { NO_ROUTE = -1, ROUTE_NAME_BYTES = 96, TWICE_WITHIN_S = 60, BLOCKED_S = 3600 };

/* A thread's; a cache line of its own, for it is written twice a request. */
struct note {
	_Alignas(64) _Atomic int route;
	char id[12];
};

struct parent_shared {
	struct note note[PARENT_THREADS_MAX];
	_Atomic int threads; /* notes taken */
	_Atomic int crashed; /* the note of the thread that ended the process, -1 */
	_Atomic bool ready;
	_Atomic int64_t restarts;
	/* Seconds of the monotonic clock; 0 is never. */
	_Atomic int64_t blocked_until_s[PARENT_ROUTES_MAX];
	int64_t crashed_s[PARENT_ROUTES_MAX]; /* the parent's own */
	char name[PARENT_ROUTES_MAX][ROUTE_NAME_BYTES];
};

/* For a new child. What is blocked stays so. */
void parent_notes_reset(struct parent_shared *shared);
/* In the thread that ends the process; safe in a signal handler. */
void parent_mark_crash(struct parent_shared *shared);

#endif
