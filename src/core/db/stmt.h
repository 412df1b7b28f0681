/* The thin layer between generated statements and an engine. Only generated code (*.sql.c) and
 * core call it: everybody else calls the functions that the compiler of queries writes.
 * tidy: because generated code calls all of it, in one order. */
#ifndef CORE_DB_STMT_H
#define CORE_DB_STMT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/maybe.h"
#include "lib/str.h"

struct tx;
struct stmt;

/* The semantic types of columns and parameters; DB_LIST is a parameter of many ids. */
enum db_type {
	DB_ID,
	DB_INT,
	DB_BOOL,
	DB_REAL,
	DB_TEXT,
	DB_DATE,
	DB_INSTANT,
	DB_BLOB,
	DB_JSON,
	DB_LIST,
};

/* One statement. `index` is its number among all of the program: connections keep what they
 * prepared there. Parameters are ?1, ?2 … and $1, $2 … in the order of param_type. */
struct db_statement {
	const char *name, *sqlite, *postgres;
	const char *where; /* file and line of the SQL, for messages */
	bool writes;
	uint8_t params, columns;
	const uint8_t *param_type, *column_type; /* enum db_type */
	uint16_t index;
};

/* The order is: db_start, one db_bind_* for each parameter, db_step until false (or once, for
 * statements without rows), db_col_* after a true, db_end. Nothing here returns an error: when
 * the disk or the server fails, the call leaves for the db_read or db_write that is running, and
 * the statement is ended there. Bound texts are not copied and must live until db_end. */

/* A writing statement in a read transaction, or starting one that has not ended, is a
 * programmer's error. */
struct stmt *db_start(struct tx *tx, const struct db_statement *statement);

void db_bind_id(struct stmt *s, int64_t id, bool zero_is_null);
void db_bind_int(struct stmt *s, int64_t n);
void db_bind_maybe_int(struct stmt *s, struct maybe_int n);
void db_bind_bool(struct stmt *s, bool yes);
void db_bind_real(struct stmt *s, double n);
void db_bind_maybe_real(struct stmt *s, struct maybe_real n);
/* Also for JSON. Must be UTF-8 without NUL: forms see to it, PostgreSQL would refuse it. */
void db_bind_text(struct stmt *s, struct str text);
void db_bind_blob(struct stmt *s, struct str bytes);
/* A date or instant that is none becomes NULL either way; zero_is_null says that it is meant so. */
void db_bind_date(struct stmt *s, struct date date, bool zero_is_null);
void db_bind_instant(struct stmt *s, struct instant instant, bool zero_is_null);
/* The ids for an IN list; n may be 0. */
void db_bind_list(struct stmt *s, const int64_t *ids, size_t n);
void db_bind_null(struct stmt *s);

/* True: there is a row to read. */
bool db_step(struct stmt *s);

/* Columns of the row, from 0. NULL reads as 0, false, none or empty. Texts are copied into
 * tx->arena. */
bool db_col_null(struct stmt *s, int column);
int64_t db_col_int(struct stmt *s, int column);
struct maybe_int db_col_maybe_int(struct stmt *s, int column);
bool db_col_bool(struct stmt *s, int column);
double db_col_real(struct stmt *s, int column);
struct maybe_real db_col_maybe_real(struct stmt *s, int column);
struct str db_col_text(struct stmt *s, int column);
struct str db_col_blob(struct stmt *s, int column);
struct date db_col_date(struct stmt *s, int column);
struct instant db_col_instant(struct stmt *s, int column);

/* Ends the statement and says how many rows it changed (0 for one that reads). */
int64_t db_end(struct stmt *s);

/* Written by the compiler of queries; statements[i]->index is i. */
extern const struct db_statement *const db_statements[];
extern const size_t db_statement_count;

#endif
