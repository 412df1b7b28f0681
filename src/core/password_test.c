#include "core/password.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"

#include "test/test.h"

static int64_t
now_ms(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * (int64_t)1000 + at.tv_nsec / 1000000;
}

TEST(password_right_and_wrong)
{
	struct str hash = password_hash(t->arena, STR("kissa istuu katolla"));
	struct str other = password_hash(t->arena, STR("kissa istuu katolla"));

	CHECK(str_starts(hash, STR("$argon2id$v=19$m=32768,t=3,p=1$")));
	CHECK(!str_eq(hash, other));
	CHECK_INT(password_try(STR("kissa istuu katolla"), hash), PASSWORD_RIGHT);
	CHECK_INT(password_try(STR("kissa istuu katollA"), hash), PASSWORD_WRONG);
	CHECK_INT(password_try(STR(""), hash), PASSWORD_WRONG);
	CHECK_INT(password_try(STR("kissa istuu katolla "), hash), PASSWORD_WRONG);

	/* The empty password is one too; forms ask for more. */
	hash = password_hash(t->arena, STR(""));
	CHECK_INT(password_try(STR(""), hash), PASSWORD_RIGHT);
	CHECK_INT(password_try(STR("x"), hash), PASSWORD_WRONG);
}

TEST(password_of_nobody_takes_as_long)
{
	struct str hash = password_hash(t->arena, STR("kissa"));
	int64_t known = 0, unknown = 0, began;

	for (int i = 0; i < 3; i++) {
		began = now_ms();
		CHECK_INT(password_try(STR("koira"), hash), PASSWORD_WRONG);
		known += now_ms() - began;
		began = now_ms();
		CHECK_INT(password_try(STR("koira"), STR("")), PASSWORD_WRONG);
		unknown += now_ms() - began;
	}
	/* Loose, for busy machines: without the work it would be a hundredth. */
	CHECK(unknown > known / 4);
	CHECK(known > 20);
	CHECK_INT(password_try(STR(""), STR("")), PASSWORD_WRONG);
	CHECK_INT(password_try(STR("x"), STR("not a hash")), PASSWORD_WRONG);
	CHECK_INT(password_try(STR("x"), str_fmt(t->arena, "%0200d", 0)), PASSWORD_WRONG);
	CHECK_INT(password_try(STR("kissa"), str_sub(hash, 0, hash.n - 3)), PASSWORD_WRONG);
}

/* --- the queue -------------------------------------------------------------------------------- */

struct caller {
	pthread_t thread;
	struct str hash;
	enum password_verdict verdict;
};

static void *
call(void *arg)
{
	struct caller *c = arg;

	c->verdict = password_try(STR("kissa"), c->hash);
	return NULL;
}

static bool
come_to_wait(int64_t n)
{
	for (int i = 0; i < 2000 && password_figures().waiting != n; i++)
		usleep(5000);
	return password_figures().waiting == n;
}

TEST(password_queue_is_short)
{
	struct str hash = password_hash(t->arena, STR("kissa"));
	struct caller callers[PASSWORD_WAITING_MAX];
	int64_t busy = password_figures().busy;

	password_patience_set(600000);
	password_hold();
	for (size_t i = 0; i < PASSWORD_WAITING_MAX; i++) {
		callers[i].hash = hash;
		CHECK_INT(pthread_create(&callers[i].thread, NULL, call, &callers[i]), 0);
	}
	CHECK(come_to_wait(PASSWORD_WAITING_MAX));
	CHECK_INT(password_try(STR("kissa"), hash), PASSWORD_BUSY);
	CHECK_INT(password_hash(t->arena, STR("kissa")).n, 0);
	CHECK_INT(password_figures().busy - busy, 2);
	password_release();
	for (size_t i = 0; i < PASSWORD_WAITING_MAX; i++) {
		pthread_join(callers[i].thread, NULL);
		CHECK_INT(callers[i].verdict, PASSWORD_RIGHT);
	}
	CHECK_INT(password_figures().waiting, 0);
	password_patience_set(PASSWORD_PATIENCE_MS);
}

TEST(password_waits_only_so_long)
{
	struct str hash = password_hash(t->arena, STR("kissa"));
	int64_t began = now_ms(), took;

	password_patience_set(60);
	password_hold();
	CHECK_INT(password_try(STR("kissa"), hash), PASSWORD_BUSY);
	took = now_ms() - began;
	CHECK(took >= 60);
	CHECK_INT(password_hash(t->arena, STR("kissa")).n, 0);
	CHECK_INT(password_figures().waiting, 0);
	password_release();
	CHECK_INT(password_try(STR("kissa"), hash), PASSWORD_RIGHT);
	password_patience_set(PASSWORD_PATIENCE_MS);
}

/* --- memory ----------------------------------------------------------------------------------- */

static int64_t
resident_kb(void)
{
	long long size = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (!f || fscanf(f, "%lld %lld", &size, &resident) != 2)
		resident = 0;
	if (f)
		fclose(f);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

TEST(password_memory_goes_back)
{
	int64_t before, after;

	password_hash(t->arena, STR("kissa"));
	before = resident_kb();
	for (int i = 0; i < 5; i++)
		password_hash(t->arena, STR("kissa"));
	after = resident_kb();
	CHECK(before > 0);
	CHECK(after - before < 4096);
}
