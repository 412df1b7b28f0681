#include "test/keep.h"

#include <stdio.h>
#include <stdlib.h>

#include "test/test.h"

void
keep(struct test *t, const char *name, struct str bytes)
{
	const char *folder = getenv("NUOTIO_TEST_KEEP");
	FILE *file;

	if (!folder)
		return;
	file = fopen(str_z(t->arena, str_fmt(t->arena, "%s/%s", folder, name)), "wb");
	CHECK(file && fwrite(bytes.p, 1, bytes.n, file) == bytes.n && fclose(file) == 0);
}
