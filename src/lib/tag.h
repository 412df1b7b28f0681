/* Names of languages as BCP 47 writes them: "ar", "uk", "ku-Arab", "zh-Hant-TW". */
#ifndef LIB_TAG_H
#define LIB_TAG_H

#include <stdbool.h>

#include "lib/str.h"

struct arena;

/* A language with, if need be, a script and a region, each written as is usual ("KU-arab" becomes "ku-Arab"); empty
 * when it is none. Whether there is such a language is not known here. */
struct str tag_of(struct arena *a, struct str typed);

/* Whether it is written from right to left: by its script, or the usual one of its language. */
bool tag_is_rtl(struct str tag);

#endif
