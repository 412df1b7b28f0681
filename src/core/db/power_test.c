/* Power cuts. SQLite runs over a disk of ours that remembers for each file what was synced and
 * what was only written. When the power goes, every write that was not synced is kept, lost or
 * torn by a throw of dice, in any combination, as real disks do. What the writer had
 * acknowledged must be there afterwards. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db/fixture.h"

enum { FILES_MAX = 8, SECTOR = 512, ROUNDS = 25, JOBS = 120, NAME_MAX_BYTES = 400 };

struct write {
	sqlite3_int64 at;
	size_t n;
	unsigned char *data; /* NULL: the file is cut to `at` */
	struct write *next;
};

struct disk_file {
	char name[NAME_MAX_BYTES];
	unsigned char *synced;
	size_t n, cap;
	struct write *first, **last;
};

static struct {
	sqlite3_vfs *real;
	pthread_mutex_t lock;
	bool watched; /* files that are opened now are remembered */
	bool out;
	int left; /* writes until the power goes */
	struct disk_file file[FILES_MAX];
	int files;
	unsigned dice;
} disk = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct handle {
	sqlite3_file base;
	struct disk_file *file;
	sqlite3_file real[]; /* the real one's own bytes */
};

static unsigned
throw_dice(unsigned sides)
{
	disk.dice = disk.dice * 1103515245 + 12345;
	return (disk.dice >> 16) % sides;
}

/* --- what is on the disk ---------------------------------------------------------------------- */

static void
put(struct disk_file *f, sqlite3_int64 at, const unsigned char *data, size_t n)
{
	size_t end = (size_t)at + n;

	if (end > f->cap) {
		f->cap = end * 2;
		f->synced = realloc(f->synced, f->cap);
		need(f->synced != NULL);
	}
	if (end > f->n) {
		memset(f->synced + f->n, 0, end - f->n);
		f->n = end;
	}
	memcpy(f->synced + at, data, n);
}

static void
apply_write(struct disk_file *f, const struct write *w, size_t n)
{
	if (w->data)
		put(f, w->at, w->data, n);
	else if (f->n > (size_t)w->at)
		f->n = (size_t)w->at;
}

/* Ends what was only written; `sure`: it was synced. */
static void
settle(struct disk_file *f, bool sure)
{
	struct write *w = f->first, *next;

	for (; w; w = next) {
		size_t n = w->n;

		next = w->next;
		if (sure || throw_dice(3) == 0)
			apply_write(f, w, n);
		else if (w->data && n >= SECTOR && throw_dice(2) == 0)
			apply_write(f, w, throw_dice((unsigned)(n / SECTOR)) * SECTOR);
		free(w->data);
		free(w);
	}
	f->first = NULL;
	f->last = &f->first;
}

static struct disk_file *
file_named(const char *name)
{
	for (int i = 0; i < disk.files; i++)
		if (strcmp(disk.file[i].name, name) == 0)
			return &disk.file[i];
	need(disk.files < FILES_MAX && strlen(name) < NAME_MAX_BYTES);
	disk.file[disk.files] = (struct disk_file){0};
	memcpy(disk.file[disk.files].name, name, strlen(name) + 1);
	disk.file[disk.files].last = &disk.file[disk.files].first;
	return &disk.file[disk.files++];
}

/* Notes a write; false: the power is out, and this one may have come through or not. */
static bool
note(struct disk_file *f, const void *data, size_t n, sqlite3_int64 at)
{
	struct write *w;
	bool works;

	pthread_mutex_lock(&disk.lock);
	works = !disk.out;
	if (works) {
		w = calloc(1, sizeof *w);
		need(w != NULL);
		w->at = at;
		w->n = n;
		if (data) {
			w->data = malloc(n);
			need(w->data != NULL);
			memcpy(w->data, data, n);
		}
		*f->last = w;
		f->last = &w->next;
		disk.out = disk.left > 0 && --disk.left == 0;
	}
	pthread_mutex_unlock(&disk.lock);
	return works;
}

/* --- SQLite's side ---------------------------------------------------------------------------- */

static sqlite3_file *
real(sqlite3_file *f)
{
	return ((struct handle *)f)->real;
}

static int
file_close(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int
file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int
file_write(sqlite3_file *f, const void *data, int n, sqlite3_int64 at)
{
	if (!note(((struct handle *)f)->file, data, (size_t)n, at))
		return SQLITE_IOERR_WRITE;
	return real(f)->pMethods->xWrite(real(f), data, n, at);
}

static int
file_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (!note(((struct handle *)f)->file, NULL, 0, size))
		return SQLITE_IOERR_TRUNCATE;
	return real(f)->pMethods->xTruncate(real(f), size);
}

static int
file_sync(sqlite3_file *f, int flags)
{
	bool works;

	(void)flags;
	pthread_mutex_lock(&disk.lock);
	works = !disk.out;
	if (works)
		settle(((struct handle *)f)->file, true);
	disk.out = disk.out || (disk.left > 0 && --disk.left == 0);
	pthread_mutex_unlock(&disk.lock);
	return works ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real(f)->pMethods->xFileSize(real(f), size);
}

static int
file_lock(sqlite3_file *f, int lock)
{
	return real(f)->pMethods->xLock(real(f), lock);
}

static int
file_unlock(sqlite3_file *f, int lock)
{
	return real(f)->pMethods->xUnlock(real(f), lock);
}

static int
file_check(sqlite3_file *f, int *held)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), held);
}

static int
file_control(sqlite3_file *f, int what, void *arg)
{
	return real(f)->pMethods->xFileControl(real(f), what, arg);
}

static int
file_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

/* No promise about what survives: SQLite must not lean on one that this disk does not keep. */
static int
file_traits(sqlite3_file *f)
{
	(void)f;
	return 0;
}

static int
file_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **at)
{
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, at);
}

static int
file_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void
file_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int
file_shm_unmap(sqlite3_file *f, int drop)
{
	return real(f)->pMethods->xShmUnmap(real(f), drop);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_traits,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

static int
disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *got)
{
	struct handle *h = (struct handle *)f;
	int code;

	(void)vfs;
	f->pMethods = NULL;
	if (!name || !disk.watched || !(flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)))
		return disk.real->xOpen(disk.real, name, f, flags, got);
	code = disk.real->xOpen(disk.real, name, h->real, flags, got);
	if (code == SQLITE_OK) {
		pthread_mutex_lock(&disk.lock);
		h->file = file_named(name);
		pthread_mutex_unlock(&disk.lock);
		f->pMethods = &methods;
	}
	return code;
}

/* --- the test --------------------------------------------------------------------------------- */

struct acked {
	struct db_job job;
	int64_t id;
	bool committed;
};

static enum db_wish
add_a_job(struct tx *tx, struct db_job *job)
{
	static char notes[60 * 1000]; /* enough for a checkpoint on the way */;

	memset(notes, 'n', sizeof notes);
	((struct acked *)job)->id = thing_add(tx, &(struct thing){.name = STR("job"),
	    .notes = {notes, sizeof notes}});
	return WRITE_KEEP;
}

static void
remember(struct db_job *job, bool committed)
{
	((struct acked *)job)->committed = committed;
}

struct lookup {
	const struct acked *jobs;
	int missing;
};

static void
look_up(struct tx *tx, void *arg)
{
	struct lookup *lookup = arg;
	struct thing thing;

	for (int i = 0; i < JOBS; i++)
		if (lookup->jobs[i].committed && !thing_find(tx, lookup->jobs[i].id, &thing))
			lookup->missing++;
}

static void
write_image(struct test *t, struct str folder)
{
	for (int i = 0; i < disk.files; i++) {
		struct disk_file *f = &disk.file[i];
		FILE *out = fopen(str_z(t->arena, str_fmt(t->arena, "%.*s/after%s", STR_ARG(folder),
		    strrchr(f->name, '.'))), "w");

		settle(f, false);
		need(out != NULL);
		need(fwrite(f->synced, 1, f->n, out) == f->n);
		fclose(out);
		free(f->synced);
	}
	disk.files = 0;
}

/* One life: works until the power goes; says how many acknowledged jobs are missing afterwards,
 * -1 if the database is broken. */
static int
one_cut(struct test *t, unsigned seed, bool careless, int *committed)
{
	struct str folder = fixture_folder(t);
	struct db_options options = fixture_options(
	    str_z(t->arena, str_fmt(t->arena, "%.*s/nuotio.db", STR_ARG(folder))));
	struct acked jobs[JOBS] = {0};
	struct lookup lookup = {.jobs = jobs};
	int64_t version;
	bool sound;
	struct db *db;

	disk.watched = true;
	disk.out = false;
	disk.left = 0;
	disk.dice = seed;
	db = db_open(&options, NULL);
	need(db != NULL && db_migrate(db, NULL));
	if (careless)
		need(db->engine->exec(db->writer_connection, "PRAGMA synchronous = OFF"));
	disk.left = 30 + (int)throw_dice(5500);
	need(db_writer_start(db));
	for (int i = 0; i < JOBS; i++) {
		jobs[i].job = (struct db_job){
			.run = add_a_job,
			.done = remember,
			.arena = t->arena,
		};
		while (!db_submit(db, &jobs[i].job))
			;
		if (throw_dice(4) == 0)
			while (db_figures(db).queue > 0)
				;
	}
	db_close(db);

	disk.watched = false;
	write_image(t, folder);
	options.place = str_z(t->arena, str_fmt(t->arena, "%.*s/after.db", STR_ARG(folder)));
	db = db_open(&options, NULL);
	sound = db && db_read(db, t->arena, (struct instant){0}, look_up, &lookup, NULL);
	db_close(db);
	sound = sound && sqlite_verify(options.place, &version, NULL);
	for (int i = 0; i < JOBS; i++)
		*committed += jobs[i].committed;
	fixture_remove(folder);
	return sound ? lookup.missing : -1;
}

TEST(what_was_acknowledged_outlives_a_power_cut)
{
	static sqlite3_vfs vfs;
	int committed = 0, careless_committed = 0, lost = 0;

	sqlite_setup();
	disk.real = sqlite3_vfs_find(NULL);
	vfs = *disk.real;
	vfs.zName = "power";
	vfs.szOsFile = (int)sizeof(struct handle) + disk.real->szOsFile;
	vfs.xOpen = disk_open;
	need(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);

	for (unsigned seed = 1; seed <= ROUNDS; seed++)
		CHECK_INT(one_cut(t, seed, false, &committed), 0);
	CHECK(committed > 5 * ROUNDS && committed < JOBS * ROUNDS);
	/* The disk does lose things: without syncing, acknowledged work goes. */
	for (unsigned seed = 1; seed <= 8; seed++)
		lost += one_cut(t, seed, true, &careless_committed) != 0;
	CHECK(lost > 0);

	sqlite3_vfs_unregister(&vfs);
	sqlite3_vfs_register(disk.real, 1);
}
