/* What the files of this room share. */
#ifndef APP_ADMIN_PAGES_H
#define APP_ADMIN_PAGES_H

#include "core/http/http.h"

struct event;

extern const struct event admin_loaded;
extern const struct route admin_journal_routes[], admin_letter_routes[], admin_translation_routes[];

#endif
