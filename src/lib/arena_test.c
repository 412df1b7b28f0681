#include "lib/arena.h"

#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include "test/test.h"

static jmp_buf full_jump;

static void
full(void *context)
{
	longjmp(full_jump, *(int *)context);
}

TEST(arena_stops_at_its_limit)
{
	struct arena *a = arena_new(1000);
	int context = 5;

	arena_on_full(a, full, &context);
	CHECK(arena_alloc(a, 900) != NULL);
	switch (setjmp(full_jump)) {
	case 0:
		arena_alloc(a, 101);
		CHECK(false);
		break;
	case 5:
		CHECK_INT(arena_used(a), 900);
		break;
	}
	if (setjmp(full_jump) == 0) {
		arena_calloc(a, SIZE_MAX / 2, 16);
		CHECK(false);
	}
	arena_reset(a);
	CHECK(arena_alloc(a, 1000) != NULL);
	arena_free(a);
}

TEST(arena_memory_is_zeroed_aligned_and_apart)
{
	char *first = arena_alloc(t->arena, 3), *big;

	arena_bytes(t->arena, 1);
	big = arena_alloc(t->arena, 100000);
	CHECK_INT((uintptr_t)big % 16, 0);
	CHECK(big[0] == 0 && memcmp(big, big + 1, 99999) == 0);
	memset(first, 1, 3);
	CHECK(big[0] == 0);
}

TEST(arena_grow_keeps_what_was_there)
{
	size_t cap = 0;
	int *n = NULL;

	for (int i = 0; i < 1000; i++) {
		n = arena_grow(t->arena, n, (size_t)i, 1, sizeof *n, &cap);
		n[i] = i;
	}
	CHECK(n[0] == 0 && n[999] == 999 && cap >= 1000);
}
