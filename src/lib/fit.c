#include "lib/fit.h"

#include "lib/chart_shape.h"
#include "lib/need.h"

static const double MM_A_POINT = 25.4 / 72;

/* In how many lines the words stand, broken between them. */
static size_t
rows_of(struct str words, double room)
{
	size_t rows = 1;
	double at = 0;

	while (words.n) {
		double width = chart_width(str_cut(&words, ' '));

		if (at > 0 && at + width > room) {
			rows++;
			at = 0;
		}
		/* A word that is longer than a line is broken within. */
		for (; width > room; width -= room)
			rows++;
		at += width + chart_width(STR(" "));
	}
	return rows;
}

/* How many lines have room at that size, column after column. */
static size_t
lines_at(const struct fit_line *line, size_t lines, struct fit_box box, double size)
{
	double em = size * MM_A_POINT, full = box.height / em, at = 0;
	size_t column = 0, begun = 0;

	for (size_t i = 0; i < lines; i++) {
		double room = box.width / em - (line[i].head ? 0 : box.before);
		double height = (double)rows_of(line[i].words, room) * box.line;
		bool after_head = i > 0 && line[i - 1].head;

		if (line[i].head && at > 0)
			height += box.above_head;
		/* A head needs the line below it in the same column. */
		if (at + height + (line[i].head ? box.line : 0) > full && at > 0) {
			if (++column == box.columns)
				return after_head ? i - 1 : i;
			at = after_head ? box.line : 0;
		}
		at += height;
		begun = i + 1;
	}
	return begun;
}

struct fit
fit_lines(const struct fit_line *line, size_t lines, struct fit_box box, const double *size, size_t sizes)
{
	need(sizes > 0 && box.columns > 0);
	for (size_t i = 0; i < sizes; i++)
		if (lines_at(line, lines, box, size[i]) == lines)
			return (struct fit){i, lines};
	return (struct fit){sizes - 1, lines_at(line, lines, box, size[sizes - 1])};
}
