/* The front pages of the provider and of a campus, one's own page, and the frame around every page. */
#ifndef APP_HOME_H
#define APP_HOME_H

#include "core/http/http.h"

struct room;

extern const struct room home_room;

/* For struct http_app: who is acting and which campus the path names; and the frame. */
bool home_enter(struct req *r, struct str *elsewhere);
void home_frame(struct req *r);

/* For the front pages: today, and then each room's part from left to right. */
void home_draw_rooms(struct req *r);

#endif
