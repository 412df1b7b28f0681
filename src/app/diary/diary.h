/* What is done in the community-building work: the working diary, a line an entry. It is about the work, never about a
 * student. */
#ifndef APP_DIARY_H
#define APP_DIARY_H

#include "app/diary/diary.rows.h" /* generated */

struct event;
struct room;

extern const struct room diary_room;
extern const struct event diary_saved, diary_removed, diary_returned;

#endif
