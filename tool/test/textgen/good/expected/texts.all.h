/* Generated: all texts, sorted by key, for text_table_set. */
#ifndef TEXTS_ALL_H
#define TEXTS_ALL_H

#include "lib/text.h"

extern const struct text *const text_all[];
extern const size_t text_all_count;

#endif
