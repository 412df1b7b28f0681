/* A text file from anywhere as UTF-8. */
#ifndef LIB_ENCODING_H
#define LIB_ENCODING_H

#include "lib/str.h"

struct arena;

enum encoding {
	ENCODING_UTF8, /* with or without a mark at its beginning, which is taken away */
	ENCODING_UTF16, /* with a mark */
	ENCODING_CP1252, /* what else is text: Excel's own on Windows; a superset of Latin-1 */
	/* None of them, and no text. */
	ENCODING_WORKBOOK, /* a zip or an old Office file, as spreadsheets are saved */
	ENCODING_BINARY
};

/* Valid UTF-8 without NUL, or an empty text for what is none. */
enum encoding encoding_read(struct arena *a, struct str bytes, struct str *text);

#endif
