/* The hidden field of every form: random, signed for a session and a path. It shows that the form
 * is ours and was drawn for this person, and makes sending it twice harmless: the second time gets
 * the first answer. */
#ifndef CORE_ONCE_H
#define CORE_ONCE_H

#include <stdbool.h>

#include "core/http/http.h"

struct tx;

/* A new one for a form that is sent to `path` (without its query). Binds people without a session
 * to their browser cookie, which it sets. */
struct str once_new(struct req *r, struct str path);

/* Whether the field was made for this session, or browser, and path; not whether it was used. */
bool once_is_ours(struct req *r, struct str once, struct str path);

/* The answer of the first time, if the form was sent before. */
bool once_answered(struct req *r, struct str once, struct outcome *outcome);

/* Keeps the answer in the running write transaction. */
void once_keep(struct req *r, struct str once, const struct outcome *outcome);

/* Forgets those of two days ago; for a daily job. */
void once_forget(struct tx *tx);

#endif
