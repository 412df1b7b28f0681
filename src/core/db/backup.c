/* Copies of a SQLite database, putting one back, and the lock that says who serves a folder. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/db/backup.h"
#include "core/db/engine.h"
#include "core/db/schema.h"

static bool
disk_error(struct db_error *error, const char *path)
{
	return db_error_set(error, errno == ENOSPC || errno == EDQUOT ? DB_FULL : DB_DISK, "",
	    "%s: %m", path);
}

/* path + suffix; false when that is too long for a name. */
static bool
beside(char *name, const char *path, const char *suffix, struct db_error *error)
{
	if (snprintf(name, PATH_MAX, "%s%s", path, suffix) < PATH_MAX)
		return true;
	return db_error_set(error, DB_DISK, "", "the name is too long: %.100s", path);
}

static bool
folder_of(char *folder, const char *path, struct db_error *error)
{
	char *slash;

	if (!beside(folder, path, "", error))
		return false;
	slash = strrchr(folder, '/');
	if (!slash)
		memcpy(folder, ".", 2);
	else
		slash[slash == folder] = '\0';
	return true;
}

static bool
sync_path(const char *path, struct db_error *error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return disk_error(error, path);
	ok = fsync(fd) == 0 || disk_error(error, path);
	close(fd);
	return ok;
}

/* A new name is only safe when the folder is written too. */
static bool
sync_folder_of(const char *path, struct db_error *error)
{
	char folder[PATH_MAX];

	return folder_of(folder, path, error) && sync_path(folder, error);
}

static bool
rename_safely(const char *from, const char *to, struct db_error *error)
{
	if (rename(from, to) != 0)
		return disk_error(error, to);
	return sync_folder_of(to, error);
}

/* --- backup ----------------------------------------------------------------------------------- */

/* An empty file that only we can read; VACUUM INTO fills it. */
static bool
make_empty(const char *path, struct db_error *error)
{
	int fd;

	unlink(path);
	fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (fd < 0)
		return disk_error(error, path);
	close(fd);
	return true;
}

static bool
vacuum_into(struct db *db, const char *path, struct db_error *error)
{
	static const char command[] = "VACUUM INTO '";
	struct db_connection *c;
	char sql[2 * PATH_MAX + 32], *to = sql + sizeof command - 1;
	bool ok;

	memcpy(sql, command, sizeof command);
	for (const char *p = path; *p; p++) {
		if (*p == '\'')
			*to++ = '\'';
		*to++ = *p;
	}
	memcpy(to, "'", 2);
	if (db->memory) {
		pthread_mutex_lock(&db->writing);
		c = db->writer_connection;
	} else {
		/* Not one of the pool: a backup may take long, and the gate does not wait for
		 * it. */
		c = db_connect(db, false, error);
		if (!c || !db->engine->exec(c, "PRAGMA query_only = OFF")) {
			db_disconnect(c);
			return false;
		}
	}
	ok = db->engine->exec(c, sql);
	if (!ok && error)
		*error = c->error;
	if (db->memory)
		pthread_mutex_unlock(&db->writing);
	else
		db_disconnect(c);
	return ok;
}

bool
db_backup(struct db *db, const char *file, struct db_error *error)
{
	char part[PATH_MAX];
	int64_t version;
	bool ok;

	if (db_is_postgres(db))
		return db_error_set(error, DB_REFUSED, "",
		    "a PostgreSQL database is backed up with pg_dump");
	if (!beside(part, file, ".part", error) || !make_empty(part, error))
		return false;
	ok = vacuum_into(db, part, error) && sqlite_verify(part, &version, error) &&
	    sync_path(part, error) && rename_safely(part, file, error);
	if (!ok)
		unlink(part);
	return ok;
}

/* --- restore ---------------------------------------------------------------------------------- */

static bool
copy_file(const char *from, const char *to, struct db_error *error)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out;
	static _Thread_local char block[1 << 16];
	ssize_t n = -1;

	if (in < 0)
		return disk_error(error, from);
	unlink(to);
	out = open(to, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	if (out < 0) {
		close(in);
		return disk_error(error, to);
	}
	while ((n = read(in, block, sizeof block)) > 0)
		for (ssize_t done = 0, wrote; done < n; done += wrote) {
			wrote = write(out, block + done, (size_t)(n - done));
			if (wrote < 0) {
				n = -1;
				goto end;
			}
		}
	if (n == 0 && fsync(out) != 0)
		n = -1;
end:
	if (n < 0)
		disk_error(error, to);
	close(in);
	close(out);
	return n == 0;
}

static bool
is_there(const char *path)
{
	struct stat is;

	return stat(path, &is) == 0 && is.st_size > 0;
}

/* Keeps what was there. Its log must not stay: SQLite would play it into the new file. A
 * database that opens takes its log in when it is closed; of a damaged one the log is kept
 * beside it. */
static bool
put_aside(const struct db_options *options, struct db_error *error)
{
	char aside[PATH_MAX], log[PATH_MAX], log_aside[PATH_MAX], index[PATH_MAX];
	struct db *old;

	if (!beside(aside, options->place, ".before-restore", error) ||
	    !beside(log, options->place, "-wal", error) ||
	    !beside(log_aside, options->place, ".before-restore-wal", error) ||
	    !beside(index, options->place, "-shm", error))
		return false;
	if (!is_there(options->place))
		return true;
	old = db_open(options, NULL);
	db_close(old);
	unlink(aside);
	unlink(log_aside);
	if (link(options->place, aside) != 0)
		return disk_error(error, aside);
	if (is_there(log) && rename(log, log_aside) != 0)
		return disk_error(error, log_aside);
	unlink(log);
	unlink(index);
	return true;
}

bool
db_restore(const struct db_options *options, const char *file, bool only_verify,
    struct db_error *error)
{
	char part[PATH_MAX], log[PATH_MAX];
	int64_t version;
	int lock;
	bool ok;

	if (strncmp(options->place, "postgres", 8) == 0)
		return db_error_set(error, DB_REFUSED, "",
		    "a PostgreSQL database is restored with pg_restore or psql");
	if (!beside(log, file, "-wal", error) || !beside(part, options->place, ".part", error))
		return false;
	if (is_there(log))
		return db_error_set(error, DB_DAMAGED, "",
		    "%s has a log beside it: it is a database in use, not a backup", file);
	if (!sqlite_verify(file, &version, error))
		return false;
	if (version > (int64_t)options->migration_count)
		return db_error_set(error, DB_NEWER, "", "%s is from a newer program", file);
	if (only_verify)
		return true;
	lock = db_folder_lock(options->place, error);
	if (lock < 0)
		return false;
	ok = copy_file(file, part, error) && sqlite_verify(part, &version, error) &&
	    put_aside(options, error) && rename_safely(part, options->place, error);
	if (!ok)
		unlink(part);
	close(lock);
	return ok;
}

/* --- who serves ------------------------------------------------------------------------------- */

/* A lock of the open file, not of the process: it ends with it, however it ends, and no other
 * open or close of the file in this process drops it. */
int
db_folder_lock(const char *path, struct db_error *error)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char folder[PATH_MAX], name[PATH_MAX];
	int fd;

	if (!folder_of(folder, path, error) || !beside(name, folder, "/nuotio.lock", error))
		return -1;
	fd = open(name, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	if (fd < 0) {
		disk_error(error, name);
		return -1;
	}
	if (fcntl(fd, F_OFD_SETLK, &whole) == 0)
		return fd;
	if (errno == EAGAIN || errno == EACCES)
		db_error_set(error, DB_SERVED, "", "%s is served by a running nuotio", folder);
	else
		disk_error(error, name);
	close(fd);
	return -1;
}
