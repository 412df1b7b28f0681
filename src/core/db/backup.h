/* Copies of a database, and the folder that one process serves. */
#ifndef CORE_DB_BACKUP_H
#define CORE_DB_BACKUP_H

#include "core/db/db.h"

/* A complete copy in `file`, checked and on disk before it gets that name. Works while the
 * service runs. PostgreSQL has its own: the error says so. */
bool db_backup(struct db *db, const char *file, struct db_error *error);
/* Puts a backup in the place of the database `path` (what was there is kept as
 * path.before-restore). Refuses a damaged or newer one and a folder that is served. With
 * `only_verify` nothing is changed. */
bool db_restore(const struct db_options *options, const char *file, bool only_verify,
    struct db_error *error);
/* Takes the folder of a data file for this process; -1 when another process serves it. Closing
 * the number gives it back. */
int db_folder_lock(const char *path, struct db_error *error);

#endif
