/* Further languages; inside the room. */
#ifndef APP_CAMPUS_LANGUAGES_H
#define APP_CAMPUS_LANGUAGES_H

#include "core/http/http.h"

struct event;

/* Links to what is told in further languages, on front pages: for struct room. */
void campus_draw_languages(struct req *r);

extern const struct route campus_language_routes[]; /* ended by an empty one */
extern const struct event campus_language_saved;

#endif
