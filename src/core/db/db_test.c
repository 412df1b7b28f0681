#include "core/db/db.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#include "core/db/fixture.h"

/* --- types ------------------------------------------------------------------------------------ */

struct round_trip {
	struct thing in, out;
	bool found;
};

static void
write_and_read(struct tx *tx, void *arg)
{
	struct round_trip *trip = arg;

	trip->in.id = thing_add(tx, &trip->in);
	trip->found = thing_find(tx, trip->in.id, &trip->out);
}

static void
types_go_in_and_out(struct test *t, struct fixture *f)
{
	static const char bytes[] = "\0\1\xff\\x'";
	struct round_trip full = {.in = {
		.name = STR("kevätjuhla \xf0\x9f\x94\xa5 'x' $1 ?1 \"y\""),
		.born = date_of_iso(STR("2026-11-23")),
		.seen = instant_of_iso(STR("2026-11-23T16:00:00Z")),
		.good = true,
		.weight = {true, 0.1},
		.amount = {true, INT64_MIN},
		.photo = {bytes, sizeof bytes - 1},
		.notes = STR("{\"a\": [1, 2]}"),
	}};
	struct round_trip empty = {.in = {.amount = {true, 0}, .weight = {true, 0}}};
	struct round_trip none = {0};
	struct db_error error = {.statement = ""};

	CHECK(db_write_now(f->db, t->arena, f->now, write_and_read, &full, &error));
	CHECK_STR(str_of(error.what), "");
	CHECK(full.found);
	CHECK(str_eq(full.out.name, full.in.name));
	CHECK_INT(full.out.born.day, full.in.born.day);
	CHECK(full.out.born.day != 0);
	CHECK_INT(full.out.seen.s, full.in.seen.s);
	CHECK(full.out.seen.s != 0);
	CHECK(full.out.good);
	CHECK(full.out.weight.has && fabs(full.out.weight.n - 0.1) < 1e-17);
	CHECK(full.out.amount.has);
	CHECK_INT(full.out.amount.n, INT64_MIN);
	CHECK(str_eq(full.out.photo, full.in.photo));
	CHECK(str_eq(full.out.notes, full.in.notes));
	CHECK_INT(full.out.owner, 0);

	/* Zero is not the same as nothing, and the empty text is a text. */
	empty.in.owner = full.in.id;
	CHECK(db_write_now(f->db, t->arena, f->now, write_and_read, &empty, &error));
	CHECK_INT(empty.out.name.n, 0);
	CHECK_INT(empty.out.photo.n, 0);
	CHECK(empty.out.amount.has && empty.out.amount.n == 0 && empty.out.weight.has);
	CHECK_INT(empty.out.owner, full.in.id);
	CHECK(db_write_now(f->db, t->arena, f->now, write_and_read, &none, &error));
	CHECK(!none.out.amount.has && !none.out.weight.has && !none.out.good);
	CHECK_INT(none.out.born.day, 0);
	CHECK_INT(none.out.seen.s, 0);
}

TEST(types_round_trip)
{
	on_each(t, types_go_in_and_out);
}

static void
lists_and_counts(struct tx *tx, void *arg)
{
	struct test *t = arg;
	int64_t a = thing_add(tx, &(struct thing){.name = STR("a")});
	int64_t b = thing_add(tx, &(struct thing){.name = STR("b")});
	int64_t c = thing_add(tx, &(struct thing){.name = STR("c")});

	CHECK_INT(things_sum(tx, (int64_t[]){a, c, 999, -5}, 4), a + c);
	CHECK_INT(things_sum(tx, NULL, 0), 0);
	CHECK_INT(thing_rename(tx, b, STR("bb")), 1);
	CHECK_INT(thing_rename(tx, 999, STR("x")), 0);
	CHECK_INT(things_count(tx), 3);
}

static void
lists_on(struct test *t, struct fixture *f)
{
	CHECK(db_write_now(f->db, t->arena, f->now, lists_and_counts, t, NULL));
	CHECK_INT(fixture_count(f), 3);
}

TEST(lists_and_numbers_of_changed_rows)
{
	on_each(t, lists_on);
}

/* --- the world fails -------------------------------------------------------------------------- */

static void
add_two(struct tx *tx, void *arg)
{
	add_named(tx, "one");
	add_named(tx, "two");
	(void)things_count(tx);
	*(bool *)arg = true;
}

static void
each_failure_leaves_nothing(struct test *t, struct fixture *f)
{
	for (int k = 1; k <= 4; k++) {
		struct db_error error = {.statement = ""};
		bool reached = false, ok;
		int64_t before = db_statements_run();

		db_fail_at(k);
		ok = db_write_now(f->db, t->arena, f->now, add_two, &reached, &error);
		db_fail_at(0);
		CHECK_INT(ok, k == 4);
		CHECK_INT(reached, k == 4);
		CHECK_INT(db_statements_run() - before, k < 4 ? k : 3);
		CHECK_INT(error.trouble, k < 4 ? DB_TEST : DB_FINE);
		CHECK_INT(fixture_count(f), k < 4 ? 0 : 2);
	}
}

TEST(a_world_error_leaves_nothing)
{
	on_each(t, each_failure_leaves_nothing);
}

static void
break_a_wall(struct tx *tx, void *arg)
{
	(void)arg;
	add_named(tx, "before the wall");
	part_add(tx, 12345);
	need(false); /* not reached */
}

static void
long_name(struct tx *tx, void *arg)
{
	char name[300];

	memset(name, 'x', sizeof name);
	thing_add(tx, &(struct thing){.name = {name, sizeof name}});
	*(bool *)arg = true;
}

static void
walls_stand(struct test *t, struct fixture *f)
{
	struct db_error error = {.statement = ""};
	bool reached = false;

	CHECK(!db_write_now(f->db, t->arena, f->now, break_a_wall, NULL, &error));
	CHECK_INT(error.trouble, DB_REFUSED);
	CHECK_STR(str_of(error.statement), "part_add");
	CHECK(error.what[0] != '\0');
	CHECK(!db_write_now(f->db, t->arena, f->now, long_name, &reached, &error));
	CHECK_INT(error.trouble, DB_REFUSED);
	CHECK(!reached);
	CHECK_INT(fixture_count(f), 0);
}

TEST(the_schema_is_the_last_wall)
{
	on_each(t, walls_stand);
}

static void
eat_memory(struct tx *tx, void *arg)
{
	(void)arg;
	for (;;)
		add_named(tx, arena_alloc(tx->arena, 1000));
}

static void
memory_ends(struct test *t, struct fixture *f)
{
	struct arena *small = arena_new(100 * 1000);
	struct db_error error = {.statement = ""};

	CHECK(!db_write_now(f->db, small, f->now, eat_memory, NULL, &error));
	CHECK_INT(error.trouble, DB_MEMORY);
	CHECK_INT(fixture_count(f), 0);
	arena_free(small);
}

TEST(a_full_arena_is_a_world_error)
{
	on_each(t, memory_ends);
}

static void
add_photo(struct tx *tx, void *arg)
{
	static char photo[256 * 1024];

	(void)arg;
	thing_add(tx, &(struct thing){.name = STR("photo"), .photo = {photo, sizeof photo}});
}

static void
set_pages(struct fixture *f, const char *sql)
{
	need(f->db->engine->exec(f->db->writer_connection, sql));
}

static void
disk_full(struct test *t, struct fixture *f)
{
	struct db_error error = {.statement = ""};
	int64_t n;

	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "before", NULL));
	if (db_is_postgres(f->db))
		return;
	set_pages(f, "PRAGMA max_page_count = 500");
	for (int i = 0; i < 20 && db_write_now(f->db, t->arena, f->now, add_photo, NULL,
	    &error); i++)
		;
	CHECK_INT(error.trouble, DB_FULL);
	n = fixture_count(f);
	CHECK(n > 1 && n < 20);
	CHECK(!db_write_now(f->db, t->arena, f->now, add_photo, NULL, &error));
	set_pages(f, "PRAGMA max_page_count = 100000");
	CHECK(db_write_now(f->db, t->arena, f->now, add_photo, NULL, &error));
	CHECK_INT(fixture_count(f), n + 1);
}

TEST(a_full_disk_is_said_and_gets_over)
{
	on_each(t, disk_full);
}

/* --- reading ---------------------------------------------------------------------------------- */

struct snapshot {
	struct fixture *f;
	int64_t first, second;
};

static void *
write_beside(void *arg)
{
	struct fixture *f = arg;
	struct arena *arena = arena_new(1 << 20);

	need(db_write_now(f->db, arena, f->now, add_named, "late", NULL));
	arena_free(arena);
	return NULL;
}

static void
read_twice(struct tx *tx, void *arg)
{
	struct snapshot *s = arg;
	pthread_t other;

	s->first = things_count(tx);
	need(pthread_create(&other, NULL, write_beside, s->f) == 0);
	pthread_join(other, NULL);
	s->second = things_count(tx);
}

static void
one_state(struct test *t, struct fixture *f)
{
	struct snapshot s = {.f = f};

	CHECK(db_read(f->db, t->arena, f->now, read_twice, &s, NULL));
	CHECK_INT(s.first, 0);
	CHECK_INT(s.second, 0);
	CHECK_INT(fixture_count(f), 1);
}

TEST(a_reader_sees_one_state)
{
	on_shared(t, one_state);
}

static void
count_them(struct tx *tx, void *arg)
{
	*(int64_t *)arg = things_count(tx);
}

static void
count_long(struct tx *tx, void *arg)
{
	(void)arg;
	count_to(tx, INT64_C(1000000000));
}

struct hurry {
	struct fixture *f;
	struct arena *arena;
	struct db_error error;
	int64_t ms;
	bool read;
};

/* While another reads and holds the one connection. */
static void
read_beside(struct tx *tx, void *arg)
{
	struct hurry *h = arg;
	int64_t began = db_monotonic_ms();

	(void)things_count(tx);
	h->read = db_read_within(h->f->db, 50, h->arena, h->f->now, count_long, NULL, &h->error);
	h->ms = db_monotonic_ms() - began;
}

static void
in_a_hurry(struct test *t, struct fixture *f)
{
	struct hurry h = {.f = f, .arena = arena_new(1 << 20)};
	struct db *db = f->db;
	int64_t began, n = -1;

	CHECK(db_read_within(db, 1000, t->arena, f->now, count_them, &n, NULL));
	CHECK_INT(n, 0);
	began = db_monotonic_ms();
	CHECK(!db_read_within(db, 50, t->arena, f->now, count_long, NULL, &h.error));
	CHECK_INT(h.error.trouble, DB_TIMEOUT);
	CHECK(db_monotonic_ms() - began < 2000);
	/* the same connection has all its time again */
	CHECK_INT(fixture_count(f), 0);
	f->options.readers = 1;
	f->db = db_open(&f->options, NULL);
	CHECK(db_read(f->db, t->arena, f->now, read_beside, &h, NULL));
	CHECK(!h.read && h.ms < 2000);
	CHECK_INT(h.error.trouble, DB_BUSY);
	db_close(f->db);
	f->db = db;
	arena_free(h.arena);
}

TEST(a_reader_in_a_hurry_gives_up)
{
	on_shared(t, in_a_hurry);
}

struct crowd {
	struct fixture *f;
	_Atomic int failed;
	_Atomic int64_t written;
};

static void *
in_the_crowd(void *arg)
{
	struct crowd *crowd = arg;
	struct arena *arena = arena_new(1 << 20);

	for (int i = 0; i < 60; i++) {
		arena_reset(arena);
		if (i % 3 == 0) {
			if (db_write_now(crowd->f->db, arena, crowd->f->now, add_named, "crowd",
			    NULL))
				crowd->written++;
			else
				crowd->failed++;
		} else if (fixture_count(crowd->f) < 0) {
			crowd->failed++;
		}
	}
	arena_free(arena);
	return NULL;
}

static void
many_threads(struct test *t, struct fixture *f)
{
	enum { THREADS = 12 }; /* more than connections */
	pthread_t thread[THREADS];
	struct crowd crowd = {.f = f};

	CHECK(db_writer_start(f->db));
	for (int i = 0; i < THREADS; i++)
		CHECK_INT(pthread_create(&thread[i], NULL, in_the_crowd, &crowd), 0);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	db_writer_stop(f->db);
	CHECK_INT(crowd.failed, 0);
	CHECK_INT(crowd.written, 20 * THREADS);
	CHECK_INT(fixture_count(f), 20 * THREADS);
}

TEST(many_threads_read_and_write)
{
	on_each(t, many_threads);
}

/* --- in memory -------------------------------------------------------------------------------- */

static void
read_inside(struct tx *tx, void *arg)
{
	struct fixture *f = arg;

	add_named(tx, "outer");
	need(fixture_count(f) == 1);
	need(!db_write_now(f->db, tx->arena, tx->now, break_a_wall, NULL, NULL));
	need(db_write_now(f->db, tx->arena, tx->now, add_named, "inner", NULL));
	need(things_count(tx) == 2);
}

TEST(in_memory_transactions_run_inside_each_other)
{
	struct db_options options = fixture_options(":memory:");
	struct fixture f = {.t = t, .db = db_open(&options, NULL)};

	CHECK(db_migrate(f.db, NULL));
	CHECK(db_write_now(f.db, t->arena, f.now, read_inside, &f, NULL));
	CHECK_INT(fixture_count(&f), 2);
	db_close(f.db);
}

TEST(a_clone_is_a_database_of_its_own)
{
	struct db_options options = fixture_options(":memory:");
	struct fixture mother = {.t = t, .db = db_open(&options, NULL)}, child = {.t = t};
	int64_t start, us;

	CHECK(db_migrate(mother.db, NULL));
	CHECK(db_write_now(mother.db, t->arena, mother.now, add_named, "old", NULL));
	start = db_monotonic_us();
	child.db = db_clone(mother.db);
	us = db_monotonic_us() - start;
	CHECK(us < 100 * 1000); /* about 1 ms; more on a busy machine or under a sanitizer */
	CHECK(db_write_now(child.db, t->arena, child.now, add_named, "new", NULL));
	CHECK(!db_write_now(child.db, t->arena, child.now, break_a_wall, NULL, NULL));
	CHECK_INT(fixture_count(&mother), 1);
	CHECK_INT(fixture_count(&child), 2);
	db_close(mother.db);
	CHECK_INT(fixture_count(&child), 2);
	db_close(child.db);
}

TEST(what_cannot_be_opened_is_said)
{
	struct db_options options = fixture_options("no/such/folder/nuotio.db");
	struct db_error error = {.statement = ""};

	CHECK(db_open(&options, &error) == NULL);
	CHECK_INT(error.trouble, DB_DISK);
	CHECK(str_contains(str_of(error.what), STR("No such file")));
	options.place = "postgresql://nobody@127.0.0.1:1/nothing";
	CHECK(db_open(&options, &error) == NULL);
	CHECK_INT(error.trouble, DB_GONE);
}
