/* Notices: two lines that everybody reads from one day until another, on the front pages, on the screens of the halls
 * and in letters. They are of one campus or of all; nobody comments on them. */
#ifndef APP_NOTICE_H
#define APP_NOTICE_H

#include "lib/date.h"

#include "app/campus/campus.h"

#include "app/notice/notice.rows.h" /* generated */

struct event;
struct room;
struct tx;

extern const struct room notice_room;
extern const struct event notice_saved, notice_ended, notice_returned;

enum {
	NOTICE_CHARS_MAX = 160, /* in each language */
	NOTICE_LINES_MAX = 2,
	NOTICES_SHOWN_MAX = 6,
	NOTICES_AHEAD_MAX = 10, /* of one campus, or of all */
};

/* What is read on a campus that day, its own and what is for all, the newest first; for campus 0 what is for all. At
 * most NOTICES_SHOWN_MAX. */
struct notice_list notices_shown(struct tx *tx, campus_id campus, struct date today);

#endif
