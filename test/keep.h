/* What a test wrote for other programs to read: test/clients.py looks at it. Without NUOTIO_TEST_KEEP, which names a
 * folder, nothing is kept. */
#ifndef TEST_KEEP_H
#define TEST_KEEP_H

#include "lib/str.h"

struct test;

void keep(struct test *t, const char *name, struct str bytes);

#endif
