/* The order in which people look for names: that of their language, by ICU. The database sorts by bytes, and would put
 * small letters behind all capitals, and Š behind Ö. */
#ifndef CORE_COLLATE_H
#define CORE_COLLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/str.h"
#include "lib/text.h"

struct arena;

/* Less than 0, 0 or more than 0, as `a` stands before `b` or after it. Finnish and Swedish have å, ä and ö at the end;
 * capitals and accents decide only between words that are alike otherwise. */
int collate(enum lang lang, struct str a, struct str b);

/* Whether a word of a name begins with these letters; capitals and accents do not count. */
bool collate_begins(enum lang lang, struct str name, struct str letters);

/* Sorts n things of `size` bytes by the struct str that each has at `offset`. Those of one name keep their order. */
void collate_sort(struct arena *a, enum lang lang, void *at, size_t n, size_t size, size_t offset);

#endif
