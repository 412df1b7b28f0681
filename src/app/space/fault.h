/* What is broken in a space, for its page. */
#ifndef APP_SPACE_FAULT_H
#define APP_SPACE_FAULT_H

#include "core/http/http.h"

#include "app/space/space.rows.h" /* generated */

/* What is broken now; for those who work there with a button that says it is mended. Draws nothing when all is well. */
void space_draw_faults(struct req *r, const struct space *space);
/* For those who are signed in: where one says what is broken; folded away unless it is open. */
void space_draw_fault_form(struct req *r, const struct space *space, bool open);

extern const struct route space_fault_routes[];

#endif
