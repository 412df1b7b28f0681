#include "lib/str.h"

#include <stdlib.h>

void
str_cut(void)
{
	free(malloc(1)); // lib may
}
