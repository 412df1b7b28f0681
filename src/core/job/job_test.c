#include "core/job/job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/job/job.sql.h" /* generated */
#include "core/job/lease.h"
#include "core/job/scheduler.h"
#include "core/log.h"

#include "test/test.h"

/* --- what the tests share -------------------------------------------------------------------- */

static atomic_int runs, slow_runs;
static atomic_bool is_due, may_end;
static atomic_int_fast64_t frozen_s;

static struct instant
frozen(void)
{
	return (struct instant){atomic_load(&frozen_s)};
}

static struct db *
database(struct test *t, const char *place)
{
	struct db_options options = DB_OPTIONS(place);
	struct db_error error;
	struct db *db = db_open(&options, &error);

	CHECK(db && db_migrate(db, &error));
	atomic_store(&runs, 0);
	atomic_store(&slow_runs, 0);
	atomic_store(&frozen_s, instant_of_iso(STR("2026-11-23T09:00:00Z")).s);
	return db;
}

static bool
comes(atomic_int *number, int wanted)
{
	for (int i = 0; i < 1500 && atomic_load(number) < wanted; i++)
		usleep(10000);
	return atomic_load(number) >= wanted;
}

/* Writes something that can be read: when the job "witness" ran. */
static void
witness(struct tx *tx)
{
	job_run_note(tx, STR("witness"), tx->now);
	atomic_fetch_add(&runs, 1);
}

struct seen {
	bool found;
	struct job_run row;
};

static void
do_see(struct tx *tx, void *arg)
{
	struct seen *seen = arg;

	seen->found = job_run_find(tx, STR("witness"), &seen->row);
}

static struct seen
see(struct test *t, struct db *db)
{
	struct seen seen = {0};

	CHECK(db_read(db, t->arena, frozen(), do_see, &seen, NULL));
	return seen;
}

static bool
due(struct tx *tx)
{
	(void)tx;
	return atomic_load(&is_due);
}

static const struct job writing[] = {
	{.name = "test.writing", .every_s = 1, .write = witness}, {0},
};
static const struct job asked[] = {
	{.name = "test.asked", .every_s = 1, .due = due, .write = witness}, {0},
};
static const struct job rare[] = {
	{.name = "test.rare", .every_s = 86400, .write = witness}, {0},
};

/* --- one run --------------------------------------------------------------------------------- */

TEST(job_writes_all_or_nothing)
{
	struct db *db = database(t, ":memory:");

	CHECK(job_run_now(db, writing, frozen()));
	CHECK(see(t, db).found);
	CHECK_INT(see(t, db).row.ran_at.s, frozen().s);

	log_to(-1);
	atomic_fetch_add(&frozen_s, 10);
	db_fail_at(1);
	CHECK(!job_run_now(db, writing, frozen()));
	/* The witness wrote, and what makes a rare job remembered failed. */
	db_fail_at(2);
	CHECK(!job_run_now(db, rare, frozen()));
	db_fail_at(0);
	log_to(2);
	CHECK_INT(see(t, db).row.ran_at.s, frozen().s - 10);
	db_close(db);
}

TEST(job_runs_when_it_is_due)
{
	struct db *db = database(t, ":memory:");

	atomic_store(&is_due, false);
	CHECK(job_run_now(db, asked, frozen()));
	CHECK_INT(atomic_load(&runs), 0);
	atomic_store(&is_due, true);
	CHECK(job_run_now(db, asked, frozen()));
	CHECK_INT(atomic_load(&runs), 1);
	db_close(db);
}

static void
write_witness(struct tx *tx, void *arg)
{
	(void)arg;
	witness(tx);
}

static void
free_form(struct job_context *job)
{
	struct seen seen = {0};

	if (job_continues(job) && job_write(job, write_witness, NULL) &&
	    job_read(job, do_see, &seen) && seen.row.ran_at.s == job_now(job).s)
		atomic_fetch_add(&slow_runs, 1);
}

static void
failing(struct job_context *job)
{
	atomic_fetch_add(&runs, 1);
	job_failed(job);
}

TEST(job_free_form)
{
	struct db *db = database(t, ":memory:");
	const struct job job = {.name = "test.free", .every_s = 1, .run = free_form};
	const struct job bad = {.name = "test.bad", .every_s = 1, .run = failing};

	CHECK(job_run_now(db, &job, frozen()));
	CHECK_INT(atomic_load(&slow_runs), 1);
	CHECK(!job_run_now(db, &bad, frozen()));
	log_to(-1);
	for (int k = 1; k <= 2; k++) {
		db_fail_at(k);
		CHECK(!job_run_now(db, &job, frozen()));
	}
	db_fail_at(0);
	log_to(2);
	CHECK_INT(atomic_load(&slow_runs), 1);
	db_close(db);
}

/* --- the threads ----------------------------------------------------------------------------- */

static void
slow(struct job_context *job)
{
	atomic_fetch_add(&slow_runs, 1);
	while (!atomic_load(&may_end) && job_continues(job))
		usleep(5000);
}


TEST(job_threads_repeat)
{
	struct db *db = database(t, ":memory:");
	const struct job two[] = {
		writing[0], {.name = "test.slow", .every_s = 1, .run = slow}, {0},
	};
	const struct job nothing[] = {{0}};
	const struct job *const list[] = {nothing, two};
	struct job_figure figures[2];

	atomic_store(&may_end, false);
	CHECK(db_writer_start(db));
	CHECK(job_start(db, list, 2, frozen));
	/* The slow one never ends by itself, and the other goes on. */
	CHECK(comes(&slow_runs, 1));
	CHECK(comes(&runs, 3));
	usleep(20000);
	CHECK(job_is_ours());
	CHECK_INT(job_figures(figures, 2), 2);
	CHECK_STR(str_of(figures[0].name), "test.writing");
	CHECK(figures[0].runs >= 2);
	CHECK_INT(figures[0].failures, 0);
	CHECK(!figures[0].last_failed);
	CHECK_INT(figures[0].last_run.s, frozen().s);
	CHECK_INT(figures[1].runs, 0);
	CHECK_INT(atomic_load(&slow_runs), 1);
	job_stop();
	job_stop();
	CHECK_INT(job_figures(figures, 2), 0);
	CHECK(see(t, db).found);

	/* And once more, in the real time. */
	atomic_store(&runs, 0);
	atomic_store(&may_end, true);
	CHECK(job_start(db, list, 2, NULL));
	CHECK(comes(&runs, 1));
	CHECK(comes(&slow_runs, 2));
	job_stop();
	CHECK(see(t, db).row.ran_at.s != frozen().s);
	db_writer_stop(db);
	db_close(db);
}

TEST(job_that_is_rare_is_remembered)
{
	struct db *db = database(t, ":memory:");
	const struct job *const list[] = {rare, asked};

	atomic_store(&is_due, false);
	CHECK(job_start(db, list, 2, frozen));
	CHECK(comes(&runs, 1));
	job_stop();
	/* A new start, within its time. */
	atomic_fetch_add(&frozen_s, 86399);
	CHECK(job_start(db, list, 2, frozen));
	usleep(200000);
	CHECK_INT(atomic_load(&runs), 1);
	job_stop();
	atomic_fetch_add(&frozen_s, 1);
	CHECK(job_start(db, list, 2, frozen));
	CHECK(comes(&runs, 2));
	job_stop();
	CHECK_INT(see(t, db).row.ran_at.s, frozen().s);
	db_close(db);
}

TEST(job_failures_are_counted)
{
	struct db *db = database(t, ":memory:");
	const struct job bad[] = {{.name = "test.bad", .every_s = 1, .run = failing}, {0}};
	const struct job *const list[] = {bad, asked};
	struct job_figure figures[2] = {0};

	atomic_store(&is_due, false);
	CHECK(job_start(db, list, 2, frozen));
	CHECK(comes(&runs, 1));
	for (int i = 0; i < 200 && figures[0].runs == 0; i++) {
		usleep(5000);
		job_figures(figures, 2);
	}
	CHECK_INT(figures[0].runs, 1);
	CHECK_INT(figures[0].failures, 1);
	CHECK(figures[0].last_failed);
	/* What is not due has not run. */
	CHECK_INT(figures[1].runs, 0);
	/* Not at once again. */
	usleep(1300000);
	CHECK_INT(atomic_load(&runs), 1);
	job_stop();
	db_close(db);
}

/* --- several nodes --------------------------------------------------------------------------- */

static void
one_node_has_it(struct test *t, struct db *db)
{
	struct instant at = frozen();

	CHECK(lease_take(db, t->arena, at, "first"));
	CHECK(!lease_take(db, t->arena, at, "second"));
	at.s += LEASE_S;
	CHECK(!lease_take(db, t->arena, at, "second"));
	CHECK(lease_take(db, t->arena, at, "first"));
	at.s += LEASE_S + 1;
	CHECK(lease_take(db, t->arena, at, "second"));
	CHECK(!lease_take(db, t->arena, at, "first"));
	db_fail_at(1);
	CHECK(!lease_take(db, t->arena, at, "second"));
	db_fail_at(0);
}

TEST(job_lease_has_one_holder)
{
	struct db *db = database(t, ":memory:");

	one_node_has_it(t, db);
	db_close(db);
}

TEST(job_lease_on_a_server)
{
	char *place = fixture_pg_place(t);
	const struct job *const list[] = {writing};
	struct db *db;

	if (!place) {
		CHECK(place == NULL);
		return;
	}
	db = database(t, place);
	CHECK(db_writer_start(db));
	one_node_has_it(t, db); /* "second" now */

	/* This node waits for it. */
	CHECK(job_start(db, list, 1, frozen));
	usleep(300000);
	CHECK(!job_is_ours());
	CHECK_INT(atomic_load(&runs), 0);
	job_stop();

	atomic_fetch_add(&frozen_s, 10 * LEASE_S);
	CHECK(job_start(db, list, 1, frozen));
	CHECK(comes(&runs, 1));
	CHECK(job_is_ours());
	CHECK(!lease_take(db, t->arena, frozen(), "second"));
	/* It is given back at the end. */
	job_stop();
	CHECK(lease_take(db, t->arena, frozen(), "second"));
	db_writer_stop(db);
	db_close(db);
	fixture_pg_drop(place);
}
