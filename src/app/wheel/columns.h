/* Items as rows of a table: what an export writes, an import reads, and an import that is undone takes back.
 * tidy: because a column that is written is read, and both stand here. */
#ifndef APP_WHEEL_COLUMNS_H
#define APP_WHEEL_COLUMNS_H

#include "lib/csv.h"

#include "app/campus/campus.h"
#include "app/framework/framework.h"
#include "app/people/people.h"
#include "app/wheel/wheel.h"

struct arena;
struct sheet;
struct sheet_column;

/* In the order in which they are written. A text has one in each language. */
enum wheel_column {
	COLUMN_KEY,
	COLUMN_TITLE,
	COLUMN_RING = COLUMN_TITLE + LANG_COUNT,
	COLUMN_WEEK,
	COLUMN_STARTS,
	COLUMN_ENDS,
	COLUMN_ANCHOR,
	COLUMN_REPEATS,
	COLUMN_REPEATS_UNTIL,
	COLUMN_EVERY,
	COLUMN_DUTY,
	COLUMN_ANSWERS,
	COLUMN_CORE,
	COLUMN_MEASURES,
	COLUMN_CAMPUSES,
	COLUMN_OWN,
	COLUMN_SENTENCE,
	COLUMN_DESCRIPTION = COLUMN_SENTENCE + LANG_COUNT,
	COLUMN_PERSON = COLUMN_DESCRIPTION + LANG_COUNT,
	COLUMN_GUARDIANS,
	WHEEL_COLUMNS,
};

enum { COLUMN_NONE = -1, WHEEL_TITLE_CHARS = 200, WHEEL_SENTENCE_CHARS = 300,
       WHEEL_TEXT_CHARS = 4000, WHEEL_KEY_CHARS = 200, WHEEL_BITS_MAX = 62 };

/* What the words of a table stand for. */
struct wheel_names {
	struct school_year year;
	struct wheel_ring_list rings; /* those that were retired too */
	struct duty_list duties;
	struct person_list people;
	struct measure_list measures;
	struct campus_list campuses;
	enum lang lang;
};

struct wheel_names wheel_names_read(struct tx *tx, const struct school_year *y, enum lang lang);

/* An item with all that belongs to it but its material. */
struct wheel_whole {
	const struct wheel_item *item;
	enum wheel_series_every every;
	int64_t measures;    /* bits, as in the form */
	struct ids campuses; /* those of the names */
};

struct wheel_whole_list {
	struct wheel_whole *at;
	size_t n;
};

/* The items must be of the names' year. */
struct wheel_whole_list wheel_wholes(struct tx *tx, const struct wheel_names *names, struct wheel_item_list items);

/* As the form of an item has it. */
struct wheel_item_form wheel_whole_form(const struct wheel_whole *whole);

/* The name by which every file knows an item: that of the file it came from, or one that no other house has. */
struct str wheel_item_key(struct arena *a, const struct wheel_item *item);

/* The heading of a column. */
struct said wheel_column_words(enum wheel_column column);
/* Which column a heading is, in any language and with capitals or without; COLUMN_NONE: none. The heading of a text
 * without a language in brackets is that of the language it is written in. */
int wheel_column_of(struct arena *a, struct str heading);

/* All items as a table, in the language of the names. Who is responsible by name is for those who edit the wheel. */
const struct sheet *wheel_sheet(struct arena *a, const struct wheel_names *names, struct wheel_whole_list items,
    struct str name, bool with_people);

/* The words that a column may hold; none: it is free. */
struct str_list {
	struct str *at;
	size_t n;
};
struct str_list wheel_column_allows(struct arena *a, const struct wheel_names *names, enum wheel_column column);

/* What is wrong in a row, and in which cell of it; SIZE_MAX: in all of it. */
struct wheel_row_problem {
	size_t cell;
	struct said words;
};

struct wheel_row_in {
	struct arena *arena;
	const struct wheel_names *names;
	const int *column_of; /* for each cell a column or COLUMN_NONE */
	struct csv_row row;
	campus_id own;        /* whose items they all are; none: the row says so */
	struct wheel_row_problem problem[WHEEL_COLUMNS];
	size_t problems;
};

/* The cell of a column; empty when the row has none. */
struct str wheel_row_cell(const struct wheel_row_in *in, enum wheel_column column);
void wheel_row_wrong(struct wheel_row_in *in, enum wheel_column column, struct said words);

/* Puts what the row says over what the form holds: an item that is there, or the usual. Columns that the table has not
 * stay as they are. */
void wheel_row_read(struct wheel_row_in *in, struct wheel_item_form *form, campus_id *own);

/* A row as text with all columns, and back: false, if what it names is no longer there. */
struct str wheel_line_write(struct arena *a, const struct wheel_names *names, const struct wheel_whole *whole);
bool wheel_line_read(struct arena *a, const struct wheel_names *names, struct str line, campus_id own,
    struct wheel_item_form *form);

#endif
