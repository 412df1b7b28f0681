#include "lib/sheet.h"

#include "lib/csv.h"
#include "lib/out.h"

/* About as much as it takes, so that a large table is not copied while it grows. */
static size_t
bytes_of(const struct sheet *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->columns; i++)
		n += s->column[i].name.n + 1;
	for (size_t i = 0; i < s->rows * s->columns; i++)
		n += s->cell[i].n + 1;
	return n + 3 * s->rows + 64;
}

void
sheet_csv(struct out *o, const struct sheet *s)
{
	out_reserve(o, bytes_of(s));
	csv_begin(o);
	for (size_t i = 0; i < s->columns; i++)
		csv_cell(o, s->column[i].name, i == 0);
	csv_row_end(o);
	for (size_t i = 0; i < s->rows; i++) {
		const struct str *cell = s->cell + i * s->columns;

		for (size_t k = 0; k < s->columns; k++) {
			if (s->column[k].kind == SHEET_TEXT) {
				csv_cell(o, cell[k], k == 0);
				continue;
			}
			/* What is no text may begin with a minus. */
			if (k)
				out_char(o, ';');
			out_str(o, cell[k]);
		}
		csv_row_end(o);
	}
}
