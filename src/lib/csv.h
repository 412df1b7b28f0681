/* Tables as text: what spreadsheets call CSV, read as people's programs write it and written so that every one of them
 * can read it. By hand, since libcsv allocates and knows no places to name; a cell here is a part of the text it came
 * in, or a copy in the arena.
 *
 * A cell that begins with = + - @, a tab or a line break would be computed by a spreadsheet: it is written with an
 * apostrophe before it, which reading takes away again. */
#ifndef LIB_CSV_H
#define LIB_CSV_H

#include <stddef.h>

#include "lib/str.h"

struct arena;
struct out;

struct csv_limits {
	size_t rows, columns, cell_bytes;
};

enum csv_trouble {
	CSV_FINE,
	/* Nothing was read, or nothing after the place that is named. */
	CSV_EMPTY,
	CSV_TOO_MANY_ROWS,
	CSV_TOO_MANY_COLUMNS,
	CSV_CELL_TOO_LONG,
	CSV_QUOTE_NOT_CLOSED, /* the place is where it was opened */
};

struct csv_row {
	struct str *at;
	size_t n;
	size_t number; /* as a spreadsheet counts, from 1; empty ones are left out and counted */
};

struct csv {
	struct csv_row *at;
	size_t n;
	char separator; /* ; , or a tab: whichever the first row has most of */
	enum csv_trouble trouble;
	size_t row, column; /* where, from 1 */
};

/* Lines end with CRLF, LF or CR; cells may stand in quotation marks, with "" for one. The text is valid UTF-8. */
struct csv csv_read(struct arena *a, struct str text, struct csv_limits limits);

/* Cells one after another, and the end of a row. With semicolons, which a comma in a Finnish number does not need to be
 * told from; a file begins with csv_begin, by which Excel knows that it is UTF-8. */
void csv_begin(struct out *o);
void csv_cell(struct out *o, struct str cell, bool first);
void csv_row_end(struct out *o);

#endif
