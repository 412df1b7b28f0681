#include "core/collate.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>

#include "lib/arena.h"
#include "lib/need.h"

/* Opened once and only read from then on, by all threads. */
static UCollator *collators[LANG_COUNT];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
open_all(void)
{
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		UErrorCode error = U_ZERO_ERROR;

		collators[l] = ucol_open(lang_code(l), &error);
		need(U_SUCCESS(error));
	}
}

int
collate(enum lang lang, struct str a, struct str b)
{
	UErrorCode error = U_ZERO_ERROR;
	UCollationResult order;

	need(a.n <= INT32_MAX && b.n <= INT32_MAX);
	pthread_once(&once, open_all);
	order = ucol_strcollUTF8(collators[lang], a.n ? a.p : "", (int32_t)a.n, b.n ? b.p : "", (int32_t)b.n, &error);
	need(U_SUCCESS(error));
	return order == UCOL_LESS ? -1 : order == UCOL_GREATER;
}

struct place {
	struct str name;
	size_t was;
};

static int
compare(const void *x, const void *y, void *lang)
{
	const struct place *a = x, *b = y;
	int order = collate(*(const enum lang *)lang, a->name, b->name);

	return order ? order : (a->was > b->was) - (a->was < b->was);
}

void
collate_sort(struct arena *a, enum lang lang, void *at, size_t n, size_t size, size_t offset)
{
	struct place *place = ARENA_ARRAY(a, struct place, n);
	char *things = at, *were = arena_bytes(a, n * size);

	if (n == 0)
		return;
	memcpy(were, things, n * size);
	for (size_t i = 0; i < n; i++) {
		memcpy(&place[i].name, were + i * size + offset, sizeof place[i].name);
		place[i].was = i;
	}
	qsort_r(place, n, sizeof *place, compare, &lang);
	for (size_t i = 0; i < n; i++)
		memcpy(things + i * size, were + place[i].was * size, size);
}
