/* Sets of rows, by their ids. */
#ifndef LIB_IDS_H
#define LIB_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* In ascending order, none twice. A copy shares what it holds: whoever changes one begins with {0}. */
struct ids {
	int64_t *at;
	size_t n, cap;
};

/* One that is in it already stays. */
void ids_add(struct arena *a, struct ids *ids, int64_t id);

bool ids_has(struct ids ids, int64_t id);

bool ids_same(struct ids a, struct ids b);

#endif
