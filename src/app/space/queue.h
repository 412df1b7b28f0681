/* What waits for an answer, for the navigation, for one's own page and for the job that reminds. */
#ifndef APP_SPACE_QUEUE_H
#define APP_SPACE_QUEUE_H

#include "app/space/inside.h"

/* How many questions wait for them, a series being one, and the day of the earliest promise; it may be NULL. */
int64_t space_questions_for(struct tx *tx, const struct actor *who, struct date *first);
/* The same for struct nav. */
int64_t space_count_questions(struct req *r);

extern const struct route space_queue_routes[];

/* For struct room: todo.c. */
struct todo_list;
void space_todo(struct tx *tx, const struct actor *who, struct todo_list *list);

#endif
