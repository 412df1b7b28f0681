#include "lib/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/need.h"

enum { CHUNK_BYTES = 32 * 1024, KEPT_BYTES = 512 * 1024, ALIGN = alignof(max_align_t) };

struct chunk {
	struct chunk *next;
	size_t size, used;
	max_align_t at[];
};

struct arena {
	struct chunk *first, *now;
	size_t limit, used;
	void (*full)(void *context);
	void *context;
};

static struct chunk *
chunk_new(size_t size)
{
	struct chunk *c = malloc(sizeof *c + size);

	need(c != NULL);
	c->next = NULL;
	c->size = size;
	c->used = 0;
	return c;
}

struct arena *
arena_new(size_t limit_bytes)
{
	struct arena *a = calloc(1, sizeof *a);

	need(a != NULL);
	a->limit = limit_bytes;
	a->first = a->now = chunk_new(CHUNK_BYTES);
	return a;
}

void
arena_limit_set(struct arena *a, size_t limit_bytes)
{
	need(limit_bytes >= a->used);
	a->limit = limit_bytes;
}

static void
chunks_free(struct chunk *c)
{
	while (c) {
		struct chunk *next = c->next;
		free(c);
		c = next;
	}
}

void
arena_free(struct arena *a)
{
	if (!a)
		return;
	chunks_free(a->first);
	free(a);
}

/* The first chunk grows to what was needed, so that the next such request takes no memory at all: asking the system for
 * it, page by page, and giving it back took a tenth of a request's time. */
static void
widen_first(struct arena *a)
{
	size_t needed = 0;

	for (struct chunk *c = a->first; c; c = c->next)
		needed += c->used + ALIGN;
	chunks_free(a->first->next);
	a->first->next = NULL;
	if (a->first->size >= KEPT_BYTES)
		return;
	free(a->first);
	a->first = chunk_new(needed < KEPT_BYTES ? needed : KEPT_BYTES);
}

void
arena_reset(struct arena *a)
{
	if (a->first->next)
		widen_first(a);
	a->first->used = 0;
	a->now = a->first;
	a->used = 0;
}

static _Noreturn void
past_limit(struct arena *a)
{
	if (a->full)
		a->full(a->context);
	need_failed(__FILE__, __LINE__, "an arena stays within its limit");
}

static char *
take(struct arena *a, size_t n, size_t align)
{
	struct chunk *c = a->now;
	size_t start = (c->used + align - 1) & ~(align - 1);

	if (n > a->limit - a->used)
		past_limit(a);
	a->used += n;
	if (start > c->size || n > c->size - start) {
		c = chunk_new(n > CHUNK_BYTES ? n : CHUNK_BYTES);
		a->now->next = c;
		a->now = c;
		start = 0;
	}
	c->used = start + n;
	return (char *)c->at + start;
}

void *
arena_alloc(struct arena *a, size_t n)
{
	return memset(take(a, n, ALIGN), 0, n);
}

char *
arena_bytes(struct arena *a, size_t n)
{
	return take(a, n, 1);
}

void *
arena_calloc(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		past_limit(a);
	return arena_alloc(a, n * size);
}

void *
arena_grow(struct arena *a, void *at, size_t n, size_t more, size_t size, size_t *cap)
{
	size_t want = *cap ? *cap : 8;
	void *wider;

	if (n + more <= *cap)
		return at;
	while (want < n + more)
		want *= 2;
	wider = arena_calloc(a, want, size);
	if (n)
		memcpy(wider, at, n * size);
	*cap = want;
	return wider;
}

void
arena_on_full(struct arena *a, void (*full)(void *context), void *context)
{
	a->full = full;
	a->context = context;
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
