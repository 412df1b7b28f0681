/* What a test wrote for other programs to read: test/clients.py looks at it. Without NUOTIO_TEST_KEEP, which names a
 * folder, nothing is kept. */
#ifndef TEST_KEEP_H
#define TEST_KEEP_H

#include "lib/ical_read.h"
#include "lib/str.h"

struct test;

void keep(struct test *t, const char *name, struct str bytes);

/* A calendar, and what we read in it of the school year 2026, for test/clients.py to compare with what other programs
 * read. */
struct ical_reading keep_calendar(struct test *t, const char *name, struct str calendar);

#endif
