/* Letters that come by themselves: on Monday mornings to those who have something to see to, and to the readers of a
 * campus when a year is published. One press in the letter answers; one press more, and they stop. */
#ifndef APP_LETTER_H
#define APP_LETTER_H

#include "core/job/job.h"

struct room;

extern const struct room letter_room;

/* Ended by an empty one. */
extern const struct job letter_jobs[];

#endif
