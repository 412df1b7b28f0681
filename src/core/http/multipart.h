/* Forms as multipart/form-data, which browsers send where a form may carry files. Files are not
 * taken yet: they are read as far as it needs to refuse them. */
#ifndef CORE_MULTIPART_H
#define CORE_MULTIPART_H

#include <stdbool.h>

#include "core/http/query.h"
#include "lib/str.h"

struct arena;

/* The boundary that a Content-Type names. False: it is another type, or there is no usable
 * boundary. */
bool multipart_boundary(struct str content_type, struct str *boundary);

enum multipart { MULTIPART_FINE, MULTIPART_MALFORMED, MULTIPART_FILE };

/* The fields of a whole body; values point into it. MALFORMED: anything that browsers do not send,
 * or more than PAIRS_MAX fields. FILE: there is a file in it; an empty place for one is left out.
 */
enum multipart multipart_parse(
    struct arena *a, struct str body, struct str boundary, struct pairs *pairs);

#endif
