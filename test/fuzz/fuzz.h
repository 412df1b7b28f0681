/* For the fuzz targets of this folder. Each is one file with one entry for clang's libFuzzer;
 * test/fuzz_test.c replays the corpus through the same functions in every run of the tests. */
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/str.h"

/* An arena that is reused, as a server's is; small pieces of memory would hide behind each other.
 */
static inline struct arena *
fuzz_arena(void)
{
	static struct arena *arena;

	if (!arena)
		arena = arena_new(64 << 20);
	arena_reset(arena);
	return arena;
}

#endif

/* Outside, for the tests include the targets one after another under other names. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
