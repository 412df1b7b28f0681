/* How large words may be so that a list stands in the columns of a sheet of paper. */
#ifndef LIB_FIT_H
#define LIB_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/str.h"

struct fit_line {
	struct str words;
	bool head; /* it stands above the lines that follow it, never at the foot of a column */
};

/* In millimetres; a line's height, what stands before its words and the room above a head are given in their size. */
struct fit_box {
	double width, height; /* of one column */
	size_t columns;
	double line, before, above_head;
};

struct fit {
	size_t size;  /* the place of the size that was taken */
	size_t lines; /* how many have room, from the first on; a head is never the last of them */
};

/* The first of the sizes (in points, the largest first) at which all lines have room; failing that the last one, with
 * as many lines as it has room for. Letters are reckoned rather too wide than too narrow. */
struct fit fit_lines(const struct fit_line *line, size_t lines, struct fit_box box, const double *size, size_t sizes);

#endif
