/* What waits for an answer, for the navigation, for one's own page and for the job that reminds. */
#ifndef APP_SPACE_QUEUE_H
#define APP_SPACE_QUEUE_H

#include "app/space/inside.h"

/* How many questions wait for them: a series is one. */
int64_t space_questions_for(struct tx *tx, const struct actor *who);
/* The same for struct nav. */
int64_t space_count_questions(struct req *r);

extern const struct route space_queue_routes[];

#endif
