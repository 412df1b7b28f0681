/* What the files of this room know of each other. */
#ifndef APP_DIARY_INSIDE_H
#define APP_DIARY_INSIDE_H

#include "core/http/http.h"
#include "lib/date.h"
#include "lib/str.h"

#include "app/campus/campus.h"
#include "app/diary/diary.h"
#include "app/partner/partner.h"
#include "app/room.h"
#include "app/wheel/wheel.h"

struct choices;
struct json;
struct json_in;
struct text;

/* tidy: because the diary and what is already done are written and read alike. */

enum { DIARY_WORDS_MAX = 300 };

struct diary_form {
	struct date day;
	int64_t campus, organisation, measure; /* ids; 0: all campuses, nobody, none */
	struct str words;
	int64_t version;
};

/* Whether `who` may change or remove the entry: whoever wrote it, and whoever may edit the diary there. */
bool diary_may_change(const struct actor *who, const struct diary_entry *entry);

/* Writes a line. FORBIDDEN: not on that campus. */
enum verdict diary_write(struct tx *tx, const struct actor *who, const struct diary_form *form);

/* Changes it; what it was stays beside it. CONFLICT: it was changed or removed since form->version. */
enum verdict diary_change(struct tx *tx, const struct actor *who, const struct diary_entry *entry,
    const struct diary_form *form);

/* Removes it or takes that back. CONFLICT: as above, or it is so already. */
enum verdict diary_set_removed(struct tx *tx, const struct actor *who, const struct diary_entry *entry, int64_t version,
    bool removed);

/* --- what is already done -------------------------------------------------------------------------- */

enum { PRACTICE_WORDS_MAX = 200, PRACTICE_PARTNERS_MAX = 120 };

struct practice_form {
	struct str words;
	int64_t often; /* enum diary_practice_often */
	int64_t organisation;
	struct str partners;
	int64_t version;
};

/* An item of the wheel that is made of it; `common`: for all campuses. */
struct practice_item_form {
	struct texts title;
	int64_t week;
	bool common;
	int64_t version;
};

/* Whether `who` may change or remove it: whoever told it, and whoever may edit them there. */
bool practice_may_change(const struct actor *who, const struct diary_practice *p);

/* The language of its words. */
enum lang practice_lang(const struct diary_practice *p);

/* Tells what a campus does, in that language. FORBIDDEN: not on that campus. */
enum verdict practice_tell(struct tx *tx, const struct actor *who, campus_id campus, const struct practice_form *form,
    enum lang lang);

/* Changes it; what it was stays beside it. CONFLICT: it was changed or removed since form->version. */
enum verdict practice_mend(struct tx *tx, const struct actor *who, const struct diary_practice *p,
    const struct practice_form *form, enum lang lang);

/* Removes it or takes that back. CONFLICT: as above, or it is so already. */
enum verdict practice_set_removed(struct tx *tx, const struct actor *who, const struct diary_practice *p,
    int64_t version, bool removed);

/* Joins it to what recurs in the wheel, in each year; 0 parts them. `title` is for the journal. CONFLICT: as above. */
enum verdict practice_set_joined(struct tx *tx, const struct actor *who, const struct diary_practice *p,
    int64_t version, wheel_series_id series, struct str title);

/* Adds an item to a year and joins it to that. FORBIDDEN: one may not add it there. INVALID: the year has no such week.
 * CONFLICT: as above. */
enum verdict practice_make_item(struct tx *tx, const struct actor *who, const struct diary_practice *p,
    const struct school_year *y, const struct practice_item_form *form, wheel_item_id *made);

/* --- what both ask --------------------------------------------------------------------------------- */

/* Organisations that have not ended, below one that says there is none. */
struct choices diary_organisations(struct req *r, struct organisation_list all, const struct text *none);

/* For struct room. */
void practice_draw_front(struct req *r);
void practice_draw_with(struct req *r, organisation_id organisation); /* on the page of an organisation */
struct texts practice_named(struct tx *tx, diary_practice_id id);
void practice_load_demo(struct tx *tx, struct json_in *in, const struct json *world);
void diary_about(struct req *r, enum subject subject, int64_t id);
void diary_load_demo(struct tx *tx, struct json_in *in, const struct json *world, struct date today);

extern const struct route diary_routes[], practice_routes[];

#endif
