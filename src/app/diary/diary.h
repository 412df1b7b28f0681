/* What is done in the community-building work: the working diary, a line an entry; and what each campus already does,
 * told by those who do it. Both are about the work, never about a student. */
#ifndef APP_DIARY_H
#define APP_DIARY_H

#include "app/diary/diary.rows.h" /* generated */

struct event;
struct room;

extern const struct room diary_room;
extern const struct event diary_saved, diary_removed, diary_returned, practice_told, practice_removed,
    practice_returned, practice_joined;

#endif
