/* The schema of this program, and how a database gets there. */
#ifndef CORE_DB_SCHEMA_H
#define CORE_DB_SCHEMA_H

#include "core/db/db.h"

struct out;

/* One step from a schema to the next; the lists of statements end with NULL. */
struct db_migration {
	const char *name;
	const char *const *sqlite, *const *postgres;
};

/* Written by the compiler of queries; the schemas end with NULL. Statements are in
 * core/db/stmt.h. */
extern const char *const db_schema_sqlite[];
extern const char *const db_schema_postgres[];
extern const struct db_migration db_migrations[];
extern const size_t db_migration_count;

/* The options of this program: what the compiler of queries wrote. */
#define DB_OPTIONS(where) \
	((struct db_options){ \
	    .place = (where), \
	    .statements = db_statements, \
	    .statement_count = db_statement_count, \
	    .schema_sqlite = db_schema_sqlite, \
	    .schema_postgres = db_schema_postgres, \
	    .migrations = db_migrations, \
	    .migration_count = db_migration_count, \
	})

/* Brings the database to this program's schema: creates it when there is none, applies the
 * migrations that are missing (after a backup beside the file under SQLite; under PostgreSQL one
 * node does it and others wait), refuses a newer one. Before the writer starts. */
bool db_migrate(struct db *db, struct db_error *error);
/* Drops everything that this program made, for a demonstration that starts over. Afterwards the database is to be
 * closed; what is opened then is empty. */
bool db_forget(struct db *db, struct db_error *error);
/* How many migrations the schema has seen; -1: no schema. */
bool db_schema_version(struct db *db, int64_t *version, struct db_error *error);
/* Whether the schema is that of this program; *error says what it is instead. Changes nothing. */
bool db_schema_is_current(struct db *db, struct db_error *error);
/* Compares the live schema with a freshly made one and writes each difference as a line; true:
 * none. */
bool db_check_schema(struct db *db, struct out *out);
/* Follows every foreign key and writes a line for each that leads to nothing; true: none does. */
bool db_check_references(struct db *db, struct out *out);

#endif
