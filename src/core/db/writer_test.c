#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/db/fixture.h"

/* One job of a test, with what became of it. */
struct try {
	struct db_job job;
	const char *name;
	enum { ADD_IT, UNDO_IT, FAIL_IT, BREAK_IT, LOSE_ALL, HOLD } what;
	struct fixture *f;
	sem_t *started, *go_on; /* of HOLD */
	bool ended, committed, saw_others;
	int order;
	_Atomic int *ends;
};

static enum db_wish
try_run(struct tx *tx, struct db_job *job)
{
	struct try *try = (struct try *)job;
	const struct engine *e = try->f->db->engine;

	try->saw_others = things_count(tx) > 0;
	switch (try->what) {
	case ADD_IT:
		break;
	case UNDO_IT:
		add_named(tx, "not kept");
		return WRITE_UNDO;
	case FAIL_IT:
		add_named(tx, "not kept");
		db_fail_at(1);
		break;
	case BREAK_IT:
		add_named(tx, "not kept");
		part_add(tx, 98765);
		break;
	case LOSE_ALL:
		/* As when the disk is full, or the server is shut down. */
		e->exec(tx->connection, db_is_postgres(try->f->db) ?
		    "SELECT pg_terminate_backend(pg_backend_pid())" : "ROLLBACK");
		db_fail_at(1);
		break;
	case HOLD:
		sem_post(try->started);
		sem_wait(try->go_on);
		break;
	}
	add_named(tx, (void *)try->name);
	return WRITE_KEEP;
}

static void
try_done(struct db_job *job, bool committed)
{
	struct try *try = (struct try *)job;

	try->ended = true;
	try->committed = committed;
	try->order = ++*try->ends;
}

/* How many had ended when a batch had, batch by batch. */
struct told {
	_Atomic int *ends;
	int at[4], batches;
};

static void
batch_ended(void *arg)
{
	struct told *told = arg;

	if (told->batches < 4)
		told->at[told->batches] = *told->ends;
	told->batches++;
}

/* Submits a job that holds the writer until the rest is waiting, then the rest, and waits for
 * all. */
static void
run_together(struct test *t, struct fixture *f, struct try *tries, size_t n)
{
	sem_t started, go_on;
	_Atomic int ends = 0;
	struct told told = {.ends = &ends};
	struct try hold = {.what = HOLD, .name = "hold", .f = f, .started = &started,
	    .go_on = &go_on,
	    .ends = &ends, .job = {.run = try_run, .done = try_done, .arena = arena_new(1 << 20)}};

	sem_init(&started, 0, 0);
	sem_init(&go_on, 0, 0);
	db_after_batch(f->db, batch_ended, &told);
	CHECK(db_writer_start(f->db));
	CHECK(db_submit(f->db, &hold.job));
	sem_wait(&started);
	for (size_t i = 0; i < n; i++) {
		tries[i].f = f;
		tries[i].ends = &ends;
		tries[i].job = (struct db_job){.run = try_run, .done = try_done,
		    .arena = arena_new(1 << 20)};
		CHECK(db_submit(f->db, &tries[i].job));
	}
	CHECK_INT(db_figures(f->db).queue, n);
	sem_post(&go_on);
	db_writer_stop(f->db);
	db_after_batch(f->db, NULL, NULL);
	CHECK(hold.committed);
	/* Told once a batch, when all in it had heard. */
	CHECK_INT(told.batches, 2);
	CHECK_INT(told.at[0], 1);
	CHECK_INT(told.at[1], (int)n + 1);
	for (size_t i = 0; i < n; i++) {
		CHECK(tries[i].ended);
		CHECK_INT(tries[i].order, (int)i + 2);
		arena_free(tries[i].job.arena);
	}
	arena_free(hold.job.arena);
	sem_destroy(&started);
	sem_destroy(&go_on);
}

static void
one_of_a_batch(struct test *t, struct fixture *f)
{
	struct try tries[] = {
		{.name = "a", .what = ADD_IT},
		{.name = "b", .what = UNDO_IT},
		{.name = "c", .what = ADD_IT},
		{.name = "d", .what = FAIL_IT},
		{.name = "e", .what = BREAK_IT},
		{.name = "f", .what = ADD_IT},
	};

	run_together(t, f, tries, 6);
	CHECK(tries[0].committed && tries[2].committed && tries[5].committed);
	CHECK(!tries[1].committed && !tries[3].committed && !tries[4].committed);
	CHECK_INT(tries[1].job.error.trouble, DB_FINE);
	CHECK_INT(tries[3].job.error.trouble, DB_TEST);
	CHECK_INT(tries[4].job.error.trouble, DB_REFUSED);
	CHECK_STR(str_of(tries[4].job.error.statement), "part_add");
	CHECK(tries[5].saw_others);
	CHECK_INT(fixture_count(f), 4);
	CHECK_INT(db_figures(f->db).batches, 2);
	CHECK_INT(db_figures(f->db).jobs, 7);
	CHECK_INT(db_figures(f->db).failed_jobs, 2);
}

TEST(one_of_a_batch_is_undone_alone)
{
	on_each(t, one_of_a_batch);
}

static void
whole_batch(struct test *t, struct fixture *f)
{
	struct try tries[] = {{.name = "a", .what = ADD_IT}, {.name = "b", .what = UNDO_IT},
	    {.name = "c", .what = LOSE_ALL}, {.name = "d", .what = ADD_IT}};
	struct try again[] = {{.name = "e", .what = ADD_IT}};

	run_together(t, f, tries, 4);
	for (int i = 0; i < 4; i++) {
		CHECK(!tries[i].committed);
		CHECK(tries[i].job.error.trouble != DB_FINE);
	}
	CHECK(!tries[3].saw_others);
	CHECK_INT(fixture_count(f), 1); /* the one that held the writer, in a batch before */
	CHECK_INT(db_figures(f->db).failed_batches, 1);

	run_together(t, f, again, 1);
	CHECK(again[0].committed);
	CHECK_INT(fixture_count(f), 3);
}

TEST(without_its_transaction_the_whole_batch_fails)
{
	on_each(t, whole_batch);
}

static void
the_queue_has_an_end(struct test *t, struct fixture *f)
{
	sem_t started, go_on;
	_Atomic int ends = 0;
	struct try *many = calloc(DB_QUEUE_MAX + 2, sizeof *many);
	struct arena *arena = arena_new(64 << 20);
	struct db_error error = {.statement = ""};
	struct db_figures figures;

	sem_init(&started, 0, 0);
	sem_init(&go_on, 0, 0);
	for (int i = 0; i < DB_QUEUE_MAX + 2; i++)
		many[i] = (struct try){.what = i ? ADD_IT : HOLD, .name = "many", .f = f,
		    .started = &started, .go_on = &go_on, .ends = &ends,
		    .job = {.run = try_run, .done = try_done, .arena = arena}};
	CHECK(db_writer_start(f->db));
	CHECK(db_submit(f->db, &many[0].job));
	sem_wait(&started);
	for (int i = 1; i <= DB_QUEUE_MAX; i++)
		CHECK(db_submit(f->db, &many[i].job));
	CHECK(!db_submit(f->db, &many[DB_QUEUE_MAX + 1].job));
	CHECK(!db_write_now(f->db, t->arena, f->now, add_named, "late", &error));
	CHECK_INT(error.trouble, DB_BUSY);
	sem_post(&go_on);
	db_writer_stop(f->db);
	CHECK_INT(ends, DB_QUEUE_MAX + 1);
	CHECK(!many[DB_QUEUE_MAX + 1].ended);
	CHECK_INT(fixture_count(f), DB_QUEUE_MAX + 1);
	figures = db_figures(f->db);
	CHECK_INT(figures.refused, 2);
	CHECK_INT(figures.batches, 1 + DB_QUEUE_MAX / (db_is_postgres(f->db) ? DB_BATCH_POSTGRES :
	    DB_BATCH_SQLITE));
	CHECK_INT(figures.queue, 0);
	arena_free(arena);
	free(many);
}

TEST(a_full_queue_takes_no_more)
{
	on_each(t, the_queue_has_an_end);
}

static void
run_in_place(struct test *t, struct fixture *f)
{
	_Atomic int ends = 0;
	struct try try = {.name = "at once", .f = f, .ends = &ends,
	    .job = {.run = try_run, .done = try_done, .arena = t->arena}};

	CHECK(db_submit(f->db, &try.job));
	CHECK(try.ended && try.committed);
	CHECK_INT(fixture_count(f), 1);
}

TEST(without_a_thread_a_job_runs_at_once)
{
	on_each(t, run_in_place);
}

/* --- killed ----------------------------------------------------------------------------------- */

/* What the child tells for each job that was acknowledged. */
static void
tell(struct db_job *job, bool committed)
{
	char *p = strchr(((struct try *)job)->name, ' ');
	int pipe_end = (int)strtol(p, NULL, 10);

	if (committed && write(pipe_end, ".", 1) != 1)
		_exit(1);
}

static void
write_until_killed(struct fixture *f, int pipe_end)
{
	struct arena *arena = arena_new(64 << 20);
	struct try tries[64];
	_Atomic int ends = 0;
	char name[32];

	snprintf(name, sizeof name, "child %d", pipe_end);
	if (!db_writer_start(f->db))
		_exit(1);
	for (;;) {
		for (int i = 0; i < 64; i++) {
			tries[i] = (struct try){.name = name, .f = f, .ends = &ends,
			    .job = {.run = try_run, .done = tell, .arena = arena}};
			while (!db_submit(f->db, &tries[i].job))
				;
		}
		while (db_figures(f->db).queue > 0)
			;
		db_writer_stop(f->db);
		if (!db_writer_start(f->db))
			_exit(1);
	}
}

static void
killed(struct test *t, struct fixture *f)
{
	int ends[2], told = 0;
	char byte;
	pid_t child;

	db_close(f->db);
	need(pipe(ends) == 0);
	child = fork();
	if (child == 0) {
		f->db = db_open(&f->options, NULL);
		write_until_killed(f, ends[1]);
	}
	close(ends[1]);
	while (told < 500 && read(ends[0], &byte, 1) == 1)
		told++;
	kill(child, SIGKILL);
	while (read(ends[0], &byte, 1) == 1)
		told++;
	waitpid(child, NULL, 0);
	close(ends[0]);
	f->db = db_open(&f->options, NULL);
	CHECK(f->db != NULL);
	CHECK(told >= 500);
	CHECK(fixture_count(f) >= told);
}

TEST(what_was_acknowledged_outlives_a_killed_process)
{
	on_shared(t, killed);
}

/* --- the server goes and comes ---------------------------------------------------------------- */

static void
end_other_connections(struct test *t, struct fixture *f)
{
	struct db_connection *c = db_connect(f->db, true, NULL);

	CHECK(c && db_revive(c) && f->db->engine->exec(c, "SELECT pg_terminate_backend(pid)"
	    " FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = 'nuotio'"
	    " AND query NOT LIKE '%autovacuum%' AND backend_type = 'client backend'"
	    " AND pid IN (SELECT pid FROM pg_stat_activity WHERE state = 'idle')"));
	db_disconnect(c);
}

static void
dead_connections(struct test *t, struct fixture *f)
{
	struct db_error error = {.statement = ""};

	if (!db_is_postgres(f->db)) {
		CHECK(true);
		return;
	}
	CHECK_INT(fixture_count(f), 0);
	end_other_connections(t, f);
	CHECK_INT(fixture_count(f), 0);
	CHECK(db_write_now(f->db, t->arena, f->now, add_named, "after", &error));
	CHECK_STR(str_of(error.what), "");
	CHECK(db_figures(f->db).reconnects >= 2);
}

TEST(dead_connections_are_made_anew)
{
	on_shared(t, dead_connections);
}

/* --- the log stays short ---------------------------------------------------------------------- */

struct readers {
	struct fixture *f;
	atomic_bool stop;
	_Atomic int reads, cut;
	int64_t count;
};

static void
count_slowly(struct tx *tx, void *arg)
{
	struct readers *r = arg;

	(void)things_count(tx);
	(void)count_to(tx, r->count);
}

static void *
read_on_and_on(void *arg)
{
	struct readers *r = arg;
	struct arena *arena = arena_new(1 << 20);
	struct db_error error = {.statement = ""};

	while (!r->stop) {
		r->reads++;
		if (!db_read(r->f->db, arena, r->f->now, count_slowly, r, &error))
			r->cut += error.trouble == DB_TIMEOUT;
	}
	arena_free(arena);
	return NULL;
}

static void
add_big(struct tx *tx, void *arg)
{
	static char photo[256 * 1024];

	(void)arg;
	for (int i = 0; i < 4; i++)
		thing_add(tx, &(struct thing){.name = STR("big"), .photo = {photo, sizeof photo}});
}

/* Writes while two readers overlap, so that the log never has a moment without one. */
static void
write_against(struct test *t, struct fixture *f, int megabytes, int64_t count, int wanted_cut)
{
	struct readers r = {.f = f, .count = count};
	pthread_t thread[2];
	struct stat log;
	int64_t most = 0;

	if (db_is_postgres(f->db)) {
		CHECK(true);
		return;
	}
	for (int i = 0; i < 2; i++)
		CHECK_INT(pthread_create(&thread[i], NULL, read_on_and_on, &r), 0);
	while (r.reads < 2)
		;
	for (int i = 0; i < megabytes; i++) {
		CHECK(db_write_now(f->db, t->arena, f->now, add_big, NULL, NULL));
		CHECK_INT(stat(str_z(t->arena, str_fmt(t->arena, "%.*s/nuotio.db-wal",
		    STR_ARG(f->folder))), &log), 0);
		if (log.st_size > most)
			most = log.st_size;
	}
	r.stop = true;
	if (wanted_cut)
		while (db_figures(f->db).checkpoints == 0)
			;
	for (struct db_connection *c = f->db->all; c; c = c->next_all)
		atomic_store(&c->cut, true);
	pthread_join(thread[0], NULL);
	pthread_join(thread[1], NULL);
	CHECK(most < 64 << 20);
	CHECK(db_figures(f->db).wal_bytes_max < 64 << 20);
	CHECK(db_figures(f->db).checkpoints >= 1);
	CHECK(wanted_cut ? r.cut >= wanted_cut : r.cut <= 2);
	CHECK(fixture_count(f) > 0);
}

static void
overlapping(struct test *t, struct fixture *f)
{
	write_against(t, f, 80, 50000, 0);
}

TEST(overlapping_readers_do_not_make_the_log_long)
{
	on_shared(t, overlapping);
}

static void
endless(struct test *t, struct fixture *f)
{
	write_against(t, f, 52, INT64_C(1) << 50, 2);
}

TEST(an_endless_reader_is_cut_off_before_the_log_is_long)
{
	on_shared(t, endless);
}
