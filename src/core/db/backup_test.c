#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/db/fixture.h"

static char *
in_folder(struct test *t, struct fixture *f, const char *name)
{
	return str_z(t->arena, str_fmt(t->arena, "%.*s/%s", STR_ARG(f->folder), name));
}

static int64_t
count_in(struct test *t, const char *path)
{
	struct fixture f = {.t = t, .options = fixture_options(path)};
	int64_t n;

	f.db = db_open(&f.options, NULL);
	n = f.db ? fixture_count(&f) : -2;
	db_close(f.db);
	return n;
}

struct busy {
	struct fixture *f;
	atomic_bool stop;
	_Atomic int64_t written;
};

static void *
write_on_and_on(void *arg)
{
	struct busy *busy = arg;
	struct arena *arena = arena_new(1 << 20);

	while (!busy->stop) {
		need(db_write_now(busy->f->db, arena, busy->f->now, add_named, "busy", NULL));
		busy->written++;
		arena_reset(arena);
	}
	arena_free(arena);
	return NULL;
}

static void
backup_while_writing(struct test *t, struct fixture *f)
{
	struct busy busy = {.f = f};
	struct db_error error = {.statement = ""};
	char *copy;
	struct stat is;
	pthread_t writer;
	int64_t before, after, n;

	if (db_is_postgres(f->db)) {
		CHECK(!db_backup(f->db, "copy.db", &error));
		CHECK(str_contains(str_of(error.what), STR("pg_dump")));
		return;
	}
	copy = in_folder(t, f, "it's a copy.db");
	CHECK(db_writer_start(f->db));
	CHECK_INT(pthread_create(&writer, NULL, write_on_and_on, &busy), 0);
	while (busy.written < 20)
		;
	before = busy.written;
	CHECK(db_backup(f->db, copy, &error));
	CHECK_STR(str_of(error.what), "");
	after = busy.written + 1;
	busy.stop = true;
	pthread_join(writer, NULL);
	db_writer_stop(f->db);
	CHECK_INT(stat(copy, &is), 0);
	CHECK_INT(is.st_mode & 0777, 0600);
	CHECK(access(in_folder(t, f, "it's a copy.db.part"), F_OK) != 0);
	n = count_in(t, copy);
	CHECK(n >= before && n <= after);
	CHECK_INT(stat(f->options.place, &is), 0);
	CHECK_INT(is.st_mode & 0777, 0600);
	CHECK(!db_backup(f->db, in_folder(t, f, "no/folder/copy.db"), &error));
	CHECK_INT(error.trouble, DB_DISK);
}

TEST(a_backup_while_others_write_is_whole)
{
	on_shared(t, backup_while_writing);
}

static void
spoil(const char *path)
{
	int fd = open(path, O_RDWR);
	char noise[8192];

	memset(noise, 0x5a, sizeof noise);
	need(fd >= 0 && pwrite(fd, noise, sizeof noise, 4096) == sizeof noise);
	close(fd);
}

static void
there_and_back(struct test *t, struct fixture *f)
{
	struct db_options options = f->options;
	struct db_error error = {.statement = ""};
	char *copy, *bad;
	int lock;

	if (db_is_postgres(f->db)) {
		CHECK(!db_restore(&options, "copy.db", true, &error));
		CHECK(str_contains(str_of(error.what), STR("pg_restore")));
		return;
	}
	copy = in_folder(t, f, "copy.db");
	bad = in_folder(t, f, "bad.db");
	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "in the backup", NULL));
	CHECK(db_backup(f->db, copy, &error));
	CHECK(db_backup(f->db, bad, &error));
	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "after it", NULL));
	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "after it", NULL));
	CHECK(db_restore(&options, copy, true, &error));

	lock = db_folder_lock(options.place, &error);
	CHECK(lock >= 0);
	CHECK_INT(db_folder_lock(options.place, &error), -1);
	CHECK_INT(error.trouble, DB_SERVED);
	CHECK(!db_restore(&options, copy, false, &error));
	CHECK_INT(error.trouble, DB_SERVED);
	close(lock);

	spoil(bad);
	CHECK(!db_restore(&options, bad, false, &error));
	CHECK_INT(error.trouble, DB_DAMAGED);
	CHECK(!db_restore(&options, in_folder(t, f, "nothing.db"), false, &error));
	CHECK_INT(fixture_count(f), 3);

	db_close(f->db);
	f->db = NULL;
	CHECK(db_restore(&options, copy, false, &error));
	CHECK_INT(count_in(t, options.place), 1);
	CHECK_INT(count_in(t, in_folder(t, f, "nuotio.db.before-restore")), 3);
}

TEST(a_backup_is_put_back_unless_served_or_damaged)
{
	on_shared(t, there_and_back);
}

/* A service that was killed leaves its log beside the file. It belongs to the old database and
 * must not be played into the restored one. */
static void
log_of_the_dead(struct test *t, struct fixture *f)
{
	struct db_error error = {.statement = ""};
	struct db_options options = f->options;
	char *copy, *command;

	if (db_is_postgres(f->db)) {
		CHECK(true);
		return;
	}
	copy = in_folder(t, f, "copy.db");
	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "in the backup", NULL));
	CHECK(db_backup(f->db, copy, &error));
	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "in the log", NULL));
	/* The files as they are now, as after a kill, become a folder of their own. */
	command = str_z(t->arena, str_fmt(t->arena,
	    "cd '%.*s' && mkdir dead && cp nuotio.db* dead/", STR_ARG(f->folder)));
	CHECK_INT(system(command), 0);
	options.place = in_folder(t, f, "dead/nuotio.db");
	CHECK(!db_restore(&f->options, options.place, true, &error));
	CHECK(str_contains(str_of(error.what), STR("log beside it")));
	spoil(options.place); /* so that the old one cannot take its log in */
	CHECK(db_restore(&options, copy, false, &error));
	CHECK_INT(count_in(t, options.place), 1);
}

TEST(the_log_of_the_old_database_is_not_played_into_the_new)
{
	on_shared(t, log_of_the_dead);
}
