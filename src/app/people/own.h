/* One's own settings, for the room and its description. */
#ifndef APP_PEOPLE_OWN_H
#define APP_PEOPLE_OWN_H

#include "core/http/http.h"

#include "app/people/people.h"
#include "app/room.h"

extern const struct event person_went_out, person_came_back;

/* Somebody has left: they are not out any more, and nobody's deputy. */
void people_out_forget(struct tx *tx, person_id id);

/* For struct room: on one's own page. */
void people_about(struct req *r, enum subject subject, int64_t id);

extern const struct route people_own_routes[];

#endif
