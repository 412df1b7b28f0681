/* What the files of this room know of each other. */
#ifndef APP_DIARY_INSIDE_H
#define APP_DIARY_INSIDE_H

#include "core/http/http.h"
#include "lib/date.h"
#include "lib/str.h"

#include "app/campus/campus.h"
#include "app/diary/diary.h"
#include "app/room.h"

struct json;
struct json_in;

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

/* For struct room. */
void diary_about(struct req *r, enum subject subject, int64_t id);
void diary_load_demo(struct tx *tx, struct json_in *in, const struct json *world, struct date today);

extern const struct route diary_routes[];

#endif
