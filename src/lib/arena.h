/* An arena: memory that lives as long as one piece of work (a request, a test, a build step) and goes
 * at once. Whoever passes an arena owns what comes back; nothing in it is freed alone. */
#ifndef LIB_ARENA_H
#define LIB_ARENA_H

#include <stddef.h>

struct arena;

/* A new, empty arena that will hold at most limit_bytes in all. Never NULL: without memory the process
 * ends. */
struct arena *arena_new(size_t limit_bytes);

/* Gives everything back. NULL is allowed. */
void arena_free(struct arena *a);

/* Forgets the contents and keeps the first chunk, so that a reused arena does not ask the heap again. */
void arena_reset(struct arena *a);

/* Another limit from here on; at least what it holds. */
void arena_limit_set(struct arena *a, size_t limit_bytes);

/* n zeroed bytes, aligned for any type; n may be 0. Past the limit `full` is called, which must not
 * return (a request answers 503); without it the process ends. */
void *arena_alloc(struct arena *a, size_t n);

/* n bytes that are not zeroed, alignment 1: for text. */
char *arena_bytes(struct arena *a, size_t n);

/* An array of n zeroed elements; n * size that overflows counts as past the limit. */
void *arena_calloc(struct arena *a, size_t n, size_t size);

/* Room for `more` elements behind `n`: the same array when it has room, else a copy twice as large.
 * *cap is kept up to date. For lists that grow one by one. */
void *arena_grow(struct arena *a, void *at, size_t n, size_t more, size_t size, size_t *cap);

/* What to call when the limit is reached. */
void arena_on_full(struct arena *a, void (*full)(void *context), void *context);

/* Bytes handed out since the last reset, for limits and figures. */
size_t arena_used(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_calloc((a), (n), sizeof(type)))

#endif
