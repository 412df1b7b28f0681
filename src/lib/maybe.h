/* Numbers that may be absent, since 0 is one too; of all else 0 or empty is none. */
#ifndef LIB_MAYBE_H
#define LIB_MAYBE_H

#include <stdbool.h>
#include <stdint.h>

struct maybe_int {
	bool has;
	int64_t n;
};

struct maybe_real {
	bool has;
	double n;
};

#endif
