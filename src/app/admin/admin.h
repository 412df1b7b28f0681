/* Administration: the outbox, and what `nuotio init` and the demo put into an empty database. */
#ifndef APP_ADMIN_H
#define APP_ADMIN_H

#include <stdbool.h>

#include "lib/out.h"
#include "lib/str.h"

struct room;
struct tx;

extern const struct room admin_room;

/* Lets each room load its start content and its part of a college's file: provider, campuses, terms, breaks, help
 * contacts, people. Repeatable. False: mistakes are in `problems`, a line each with its path, and nothing may
 * be committed. */
bool admin_init(struct tx *tx, struct str college, struct out *problems);

/* The demo world on top of admin_init: last year closed, this year under way. */
bool admin_init_demo(struct tx *tx, struct out *problems);

/* Whether the college in the database is that of the demo. */
bool admin_is_demo(struct tx *tx);

/* Lines for scripts: role, name, sign-in address, separated by tabs. With `everybody` a line for each role of the
 * college, valid a week; else for those who can invite others. `base` begins the addresses. */
void admin_sign_in_links(struct tx *tx, struct str base, bool everybody, struct out *lines);

#endif
