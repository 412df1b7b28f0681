/* A transaction, as rooms see it: what they hand to the functions of their queries. */
#ifndef CORE_DB_TX_H
#define CORE_DB_TX_H

#include <stdbool.h>

#include "lib/date.h"

struct arena;
struct db_connection;

/* Rows and texts that are read live in `arena`; `now` is the only time there is. The rest is the database layer's
 * own. */
struct tx {
	struct arena *arena;
	struct instant now;
	struct db_connection *connection;
	bool writes;
};

#endif
