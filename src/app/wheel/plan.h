/* What a file would do to the wheel of a year: each of its rows read, found among the items that are there, and judged.
 * It only looks; import_make.c does it.
 * tidy: because a plan is made, shown and carried out by what stands here. */
#ifndef APP_WHEEL_PLAN_H
#define APP_WHEEL_PLAN_H

#include "app/wheel/columns.h"

struct zone;

/* A table has as many rows as this, and so many of the items that are there may change at once: what is seen at once
 * is written at once. */
enum { PLAN_BYTES_MAX = 4 << 20, PLAN_ROWS_MAX = 5000, PLAN_COLUMNS_MAX = 100, PLAN_CHANGES_MAX = 500,
       PLAN_TIMES_MAX = 60 };

enum plan_action { PLAN_WRONG, PLAN_NEW, PLAN_CHANGED, PLAN_SAME };

struct plan_row {
	size_t number; /* as a spreadsheet counts, or the line of a calendar */
	enum plan_action action;
	struct str uid; /* what the file calls it; may be empty */
	campus_id own;
	const struct wheel_whole *was; /* the item that is there */
	struct wheel_item_form form;
};

struct plan_problem {
	size_t row;        /* 0: of the whole file */
	size_t cell;       /* SIZE_MAX: all of the row */
	struct str column; /* its name */
	struct str what;   /* of a calendar, the event */
	struct said words;
};

struct plan_note {
	struct str what;
	struct said words;
};

struct plan {
	struct said refused; /* why nothing of it can be read; text NULL: it can */
	struct wheel_names names;
	struct wheel_whole_list there; /* the items of the year */
	struct plan_row *at;
	size_t n, cap;
	size_t count[PLAN_SAME + 1]; /* of each action */
	struct plan_problem *problem;
	size_t problems, problems_cap;
	struct plan_note *note;
	size_t notes, notes_cap;
	struct str_list ignored; /* columns that nobody knows */
	struct str stamp;        /* what the wheel was when it was looked at */
	struct str seen;         /* the same, and what is done with each row: what a person says yes to */
};

/* What changes whenever the wheel of a year does. */
struct str wheel_stamp_of(struct tx *tx, school_year_id year);

/* Which kind of file it is; false, with the reason: none that can be read. `text` is it in UTF-8. */
bool plan_file(struct arena *a, struct str bytes, enum wheel_import_kind *kind, struct str *text, struct said *why);

struct plan plan_make(struct tx *tx, const struct wheel_import *import, const struct school_year *y, enum lang lang);

/* The local time of the provider, also where there is no request. */
const struct zone *plan_zone(struct tx *tx);

/* A column as a spreadsheet names it: A, B, … Z, AA. */
struct str plan_letter(struct arena *a, size_t column);

#endif
