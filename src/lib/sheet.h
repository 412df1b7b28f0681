/* A table that leaves the house, for the spreadsheet of whoever asked. */
#ifndef LIB_SHEET_H
#define LIB_SHEET_H

#include <stddef.h>

#include "lib/str.h"

struct out;

enum sheet_kind {
	SHEET_TEXT,
	SHEET_DATE,   /* "2026-09-05", or empty */
	SHEET_NUMBER, /* a whole number in decimal, or empty */
};

struct sheet_column {
	struct str name; /* in the reader's language */
	enum sheet_kind kind;
};

/* Cells are texts, which keeps a table of thousands of rows small; the kind of their column says what they are. */
struct sheet {
	struct str name;
	const struct sheet_column *column;
	size_t columns;
	const struct str *cell; /* row by row */
	size_t rows;
};

/* As text, as every spreadsheet reads it; core/xlsx.h writes it as a workbook. */
void sheet_csv(struct out *o, const struct sheet *sheet);

#endif
