#include "core/collate.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucol.h>

#include "lib/arena.h"
#include "lib/need.h"

/* Opened once and only read from then on, by all threads. */
static UCollator *collators[LANG_COUNT], *letters_only[LANG_COUNT];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
open_all(void)
{
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		UErrorCode error = U_ZERO_ERROR;

		collators[l] = ucol_open(lang_code(l), &error);
		need(U_SUCCESS(error));
		letters_only[l] = ucol_open(lang_code(l), &error);
		need(U_SUCCESS(error));
		ucol_setStrength(letters_only[l], UCOL_PRIMARY);
	}
}

static int
compare_by(UCollator *const *by, enum lang lang, struct str a, struct str b)
{
	UErrorCode error = U_ZERO_ERROR;
	UCollationResult order;

	need(a.n <= INT32_MAX && b.n <= INT32_MAX);
	pthread_once(&once, open_all);
	order = ucol_strcollUTF8(by[lang], a.n ? a.p : "", (int32_t)a.n, b.n ? b.p : "", (int32_t)b.n, &error);
	need(U_SUCCESS(error));
	return order == UCOL_LESS ? -1 : order == UCOL_GREATER;
}

int
collate(enum lang lang, struct str a, struct str b)
{
	return compare_by(collators, lang, a, b);
}

static bool
begins_letter(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

/* The first so many letters of a text, as bytes of UTF-8. */
static struct str
first_letters(struct str text, size_t letters)
{
	size_t n = 0;

	while (n < text.n && (letters > 0 || !begins_letter(text.p[n])))
		letters -= begins_letter(text.p[n++]);
	return (struct str){text.p, n};
}

static size_t
letters_in(struct str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += begins_letter(text.p[i]);
	return n;
}

bool
collate_begins(enum lang lang, struct str name, struct str letters)
{
	size_t n = letters_in(letters);

	for (size_t i = 0; i < name.n; i++)
		if (i == 0 || name.p[i - 1] == ' ' || name.p[i - 1] == '-') {
			struct str word = first_letters(str_sub(name, i, name.n), n);

			if (letters_in(word) == n && compare_by(letters_only, lang, word, letters) == 0)
				return true;
		}
	return false;
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
