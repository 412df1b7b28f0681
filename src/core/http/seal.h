/* A form that was sent after its session had ended, sealed so that it can travel through signing in
 * and be shown again, filled and unsent, to the same person. */
#ifndef CORE_SEAL_H
#define CORE_SEAL_H

#include <stdbool.h>

#include "core/http/http.h"

struct sealed_form {
	struct str path; /* where it was sent */
	struct str body; /* the fields to show again, as name=value&name=value */
};

/* `person` is whose session it was; 0: nobody knows, so nobody may see it again, and it is empty.
 * For an hour. Letters that are safe in a form. */
struct str seal_form(struct req *r, int64_t person, struct sealed_form form);

/* False if it was changed, is too old, or is another's. */
bool seal_open(struct req *r, struct str sealed, int64_t person, struct sealed_form *form);

#endif
