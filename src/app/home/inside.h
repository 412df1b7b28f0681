/* What the files of this room share. */
#ifndef APP_HOME_INSIDE_H
#define APP_HOME_INSIDE_H

#include "core/http/http.h"

extern const struct route home_screen_routes[], home_guardians_routes[];

/* For the screen of a hall: each room's part from left to right. */
void home_draw_screen(struct req *r);
/* The same for the page for guardians. */
void home_draw_guardians(struct req *r);

#endif
