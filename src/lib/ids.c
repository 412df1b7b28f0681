#include "lib/ids.h"

#include <string.h>

#include "lib/arena.h"

/* Where it is, or belongs. */
static size_t
place_of(struct ids ids, int64_t id)
{
	size_t low = 0, high = ids.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (ids.at[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void
ids_add(struct arena *a, struct ids *ids, int64_t id)
{
	size_t i = place_of(*ids, id);

	if (i < ids->n && ids->at[i] == id)
		return;
	ids->at = arena_grow(a, ids->at, ids->n, 1, sizeof id, &ids->cap);
	memmove(ids->at + i + 1, ids->at + i, (ids->n - i) * sizeof id);
	ids->at[i] = id;
	ids->n++;
}

bool
ids_has(struct ids ids, int64_t id)
{
	size_t i = place_of(ids, id);

	return i < ids.n && ids.at[i] == id;
}

bool
ids_same(struct ids a, struct ids b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.at, b.at, a.n * sizeof *a.at) == 0);
}
