/* A form that is shown again after its person has signed in. */
#ifndef CORE_FORM_AGAIN_H
#define CORE_FORM_AGAIN_H

#include "core/http/http.h"

/* The address of the page whose form is sent to a path: the path itself, or what is left of it without its last words,
 * that answers GET. Empty if there is none. */
struct str form_page_of(struct req *r, struct str path);

/* Puts the form that was sent to a path with that body among r->forms, as it was typed, with its problems not yet
 * looked at. Nothing happens if it cannot be read any more. */
void form_again(struct req *r, struct str path, struct str body);

#endif
