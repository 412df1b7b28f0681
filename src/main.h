/* The program put together: for main itself and for tests, which run the same rooms. */
#ifndef MAIN_H
#define MAIN_H

#include "core/http/app.h"
#include "core/http/http.h"

struct db;

/* What is set once, before threads start: texts, rights, the rooms of the navigation. */
void program_set_up(void);

/* Instants are told in the provider's zone from here on; likewise before threads start. */
void program_zone_set(struct db *db);

/* The routes of rooms_all() and the hooks over a database. The tables in it are the program's own. */
struct http_app program_app(struct db *db);

#endif
