#include "lib/need.h"

#include <stdio.h>
#include <stdlib.h>

void (*need_hook)(const char *file, int line, const char *fact);

void
need_failed(const char *file, int line, const char *fact)
{
	if (need_hook)
		need_hook(file, line, fact);
	fprintf(stderr, "need %s:%d %s\n", file, line, fact);
	abort();
}
