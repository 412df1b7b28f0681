/* Forms as multipart/form-data, which browsers send where a form may carry files. */
#ifndef CORE_MULTIPART_H
#define CORE_MULTIPART_H

#include <stdbool.h>

#include "core/http/query.h"
#include "lib/str.h"

struct arena;

/* The boundary that a Content-Type names. False: it is another type, or there is no usable
 * boundary. */
bool multipart_boundary(struct str content_type, struct str *boundary);

/* The fields and files of a whole body; both point into it. An empty place for a file is left out. False: it is
 * nothing that browsers send, or more than PAIRS_MAX of them. */
bool multipart_parse(struct arena *a, struct str body, struct str boundary, struct pairs *pairs);

#endif
