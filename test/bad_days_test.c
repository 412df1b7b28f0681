/* Days when the world fails under a running service: each answer is clear and in the reader's language, nothing that
 * was acknowledged is lost, and when the world is well again the service goes on by itself. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/db/fixture.h"
#include "core/http/guard_reaper.h"
#include "lib/need.h"
#include "test/program.h"
#include "test/visits.h"

enum { FULL_BYTES = 1024, WAIT_MS = 15000, LOOK_MS = 50 };

#define INVITE "/sv/admin/people/invite"

/* A coordinator at her page of people, in Swedish. */
static struct visitor
coordinator(struct program *p)
{
	struct visitor v = visitor_of(p);
	struct test *t = p->t;

	CHECK(visitor_signs_in(&v, program_out(p), "Aino Tuohimaa"));
	CHECK_INT(visit(&v, "/sv/admin/people").status, 200);
	return v;
}

static struct reply
invite(struct visitor *v, int n)
{
	return visitor_send(v, INVITE, str_z(v->t->arena, str_fmt(v->t->arena,
	    "name=Gäst+%d.&email=gast%d%%40example.fi&lang=sv&role=3&campus=1", n, n)));
}

static bool
knows(struct visitor *v, int n)
{
	return str_contains(v->page, str_fmt(v->t->arena, "Gäst %d.<", n));
}

static void
check_broken(struct test *t, const struct reply *reply)
{
	CHECK_INT(reply->status, 503);
	CHECK(str_contains(reply->body, STR("<html lang=\"sv\"")));
	CHECK(str_contains(reply->body, STR("Inget som har sparats försvann.")));
	CHECK(header_of(reply, "Retry-After").n > 0);
}

/* How far files may grow: what a full disk is to a program. */
static void
allow(struct test *t, struct program *p, rlim_t bytes)
{
	struct rlimit files = {bytes, RLIM_INFINITY};
	pid_t pid = program_serving(p);

	CHECK(pid > 0 && prlimit(pid, RLIMIT_FSIZE, &files, NULL) == 0);
}

TEST(a_full_disk_refuses_forms_and_loses_none)
{
	enum { ROUNDS = 6 };
	char *folder = str_z(t->arena, fixture_folder(t));
	struct program *p = program_start(t, "demo --data %s", folder);
	struct visitor aino = coordinator(p);
	pid_t serving = program_serving(p);
	struct reply reply;

	for (int i = 0; i < ROUNDS; i++) {
		CHECK_INT(invite(&aino, 10 * i).status, 303);
		CHECK_INT(visit(&aino, "/sv/admin/people").status, 200);
		allow(t, p, FULL_BYTES);
		reply = invite(&aino, 10 * i + 1);
		check_broken(t, &reply);
		/* Reading goes on. */
		CHECK_INT(visit(&(struct visitor){.t = t, .port = p->port}, "/fi/pohja").status, 200);
		allow(t, p, RLIM_INFINITY);
		/* There is room again: the same form, once more. */
		CHECK_INT(invite(&aino, 10 * i + 1).status, 303);
		CHECK_INT(visit(&aino, "/sv/admin/people").status, 200);
	}
	for (int i = 0; i < ROUNDS; i++)
		CHECK(knows(&aino, 10 * i) && knows(&aino, 10 * i + 1));
	CHECK_INT(program_serving(p), serving); /* it never ended */
	CHECK_INT(program_stop(p), 0);
	CHECK_INT(program_run(t, "check --data %s", folder).code, 0);
	fixture_remove(str_of(folder));
}

/* --- a process that ends ---------------------------------------------------------------------------------- */

/* Milliseconds from the end of the serving process to the next page. */
static int64_t
gap_after_abort(struct test *t, struct program *p)
{
	struct visitor v = visitor_of(p);
	int64_t ended = guard_now_ms();

	CHECK(kill(program_serving(p), SIGABRT) == 0);
	while (visit(&v, "/fi/pohja").status != 200 && guard_now_ms() < ended + WAIT_MS)
		;
	return guard_now_ms() - ended;
}

TEST(a_process_that_is_aborted_is_missed_for_a_moment)
{
	char *folder = str_z(t->arena, fixture_folder(t));
	struct program *p = program_start(t, "demo --data %s", folder);
	struct visitor aino = coordinator(p);
	int64_t first, second;

	CHECK_INT(invite(&aino, 1).status, 303);
	visit(&aino, "/sv/admin/people");
	first = gap_after_abort(t, p);
	CHECK_INT(invite(&aino, 2).status, 303); /* from a page that the one before had drawn */
	second = gap_after_abort(t, p);
	CHECK((first < second ? first : second) < 200); /* the better of two, as in parent_test.c */
	CHECK_INT(visit(&aino, "/sv/admin/people").status, 200);
	CHECK(knows(&aino, 1) && knows(&aino, 2));
	CHECK_INT(program_stop(p), 0);
	fixture_remove(str_of(folder));
}

/* --- a server that goes and comes ------------------------------------------------------------------------- */

struct pg {
	const char *folder, *as; /* how to become somebody whom PostgreSQL trusts: it refuses root */
};

static bool
pg_runs(struct test *t, struct pg *pg, const char *command)
{
	char *line = str_z(t->arena, str_fmt(t->arena,
	    "%s $(ls -d /usr/lib/postgresql/*/bin | tail -1)/%s >>%s/log 2>&1", pg->as, command, pg->folder));

	return system(line) == 0;
}

static bool
pg_start(struct test *t, struct pg *pg)
{
	return pg_runs(t, pg, str_z(t->arena, str_fmt(t->arena, "pg_ctl -D %s/data -l %s/server.log -w -s"
	    " -o \"-k %s -c listen_addresses= -c fsync=off\" start", pg->folder, pg->folder, pg->folder)));
}

static bool
pg_stop(struct test *t, struct pg *pg)
{
	return pg_runs(t, pg, str_z(t->arena, str_fmt(t->arena, "pg_ctl -D %s/data -m immediate -s stop", pg->folder)));
}

static struct pg
pg_new(struct test *t)
{
	struct pg pg = {.folder = str_z(t->arena, fixture_folder(t)), .as = ""};

	if (getuid() == 0) {
		pg.as = "runuser -u postgres --";
		CHECK_INT(system(str_z(t->arena, str_fmt(t->arena, "chown postgres %s", pg.folder))), 0);
	}
	CHECK(pg_runs(t, &pg, str_z(t->arena, str_fmt(t->arena,
	    "initdb -D %s/data -U nuotio -A trust -E UTF8 --locale=C.UTF-8 --no-sync", pg.folder))));
	return pg;
}

TEST(a_database_server_that_goes_and_comes_back_is_waited_for)
{
	struct pg pg = pg_new(t);
	char *folder = str_z(t->arena, fixture_folder(t));
	struct program *p;
	struct visitor aino;
	struct reply reply;
	pid_t serving;
	int ms = 0;

	CHECK(pg_start(t, &pg));
	p = program_start(t, "demo --data %s --database postgresql://nuotio@/postgres?host=%s", folder, pg.folder);
	aino = coordinator(p);
	serving = program_serving(p);
	CHECK_INT(invite(&aino, 1).status, 303);
	visit(&aino, "/sv/admin/people");

	CHECK(pg_stop(t, &pg));
	for (int i = 0; i < 3; i++) {
		struct visitor other = visitor_of(p);

		reply = visit(&other, "/sv/metsa");
		check_broken(t, &reply);
		reply = invite(&aino, 2);
		check_broken(t, &reply);
		reply = visit(&other, "/ready");
		CHECK_INT(reply.status, 503);
		CHECK_INT(visit(&other, "/health").status, 200);
	}

	CHECK(pg_start(t, &pg));
	while (ms < WAIT_MS && invite(&aino, 2).status != 303) {
		usleep(LOOK_MS * 1000);
		ms += LOOK_MS;
	}
	CHECK(ms < WAIT_MS);
	for (int i = 0; i < 20; i++) /* by every connection of the pool */
		CHECK_INT(visit(&aino, "/sv/admin/people").status, 200);
	CHECK(knows(&aino, 1) && knows(&aino, 2));
	CHECK_INT(visit(&(struct visitor){.t = t, .port = p->port}, "/ready").status, 200);
	CHECK_INT(program_serving(p), serving);
	CHECK_INT(program_stop(p), 0);
	CHECK_INT(program_run(t, "check --data %s --database postgresql://nuotio@/postgres?host=%s", folder,
	    pg.folder).code, 0);
	CHECK(pg_stop(t, &pg));
	fixture_remove(str_of(pg.folder));
	fixture_remove(str_of(folder));
}

/* --- too much --------------------------------------------------------------------------------------------- */

TEST(a_form_that_is_too_long_is_told_so)
{
	enum { LONG = 400 * 1000 };
	static const struct {
		const char *address, *words;
	} cases[] = {
		{"/sv/sign-in", "<h1>För stort</h1>"},
		{"/fi/sign-in", "<h1>Liian suuri</h1>"},
		{"/en/sign-in", "<h1>Too large</h1>"},
	};
	char *folder = str_z(t->arena, fixture_folder(t)), *fields = arena_bytes(t->arena, LONG + 1);
	struct program *p = program_start(t, "demo --data %s", folder);

	memset(fields, 'a', LONG);
	fields[LONG] = 0;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct visitor v = visitor_of(p);
		struct reply reply = visitor_send(&v, cases[i].address, fields);

		CHECK_INT(reply.status, 413);
		CHECK(str_contains(reply.body, str_of(cases[i].words)));
		CHECK(str_contains(reply.body, str_fmt(t->arena, "<html lang=\"%.2s\"", cases[i].address + 1)));
	}
	CHECK_INT(program_stop(p), 0);
	fixture_remove(str_of(folder));
}

/* How much memory a process had at most, in kilobytes. */
static int64_t
memory_most(struct test *t, pid_t pid)
{
	struct str status = file_read(t->arena, str_z(t->arena, str_fmt(t->arena, "/proc/%d/status", (int)pid)));
	int64_t n = 0;

	while (status.n) {
		struct str value = str_cut(&status, '\n'), name = str_cut(&value, ':');

		value = str_trim(value);
		if (str_is(name, "VmHWM"))
			str_int(str_cut(&value, ' '), &n);
	}
	return n;
}

/* Somebody chooses a film: it is read past without being kept, and the words come back. */
TEST(a_picture_of_fifty_megabytes_is_told_so)
{
	enum { BODY = 50 * 1000 * 1000, PIECE = 1 << 16, MOST_KB = 4000 };
	char *folder = str_z(t->arena, fixture_folder(t)), *piece = arena_alloc(t->arena, PIECE);
	struct program *p = program_start(t, "demo --data %s", folder);
	struct visitor v = visitor_of(p);
	int fd = dial_port(p->port);
	struct reply reply;
	int64_t before;

	CHECK_INT(visit(&v, "/sv/ranta/space/laituri").status, 200); /* it has all that it needs */
	before = memory_most(t, program_serving(p));
	say(fd, str_z(t->arena, str_fmt(t->arena, "POST /sv/ranta/space/laituri/edit/picture HTTP/1.1\r\n"
	    "Host: 127.0.0.1:%d\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: %d\r\n\r\n",
	    (int)p->port, BODY)));
	for (int sent = 0; sent < BODY; sent += PIECE)
		say_n(fd, piece, (size_t)(BODY - sent < PIECE ? BODY - sent : PIECE));
	reply = hear(t, fd, WAIT_MS);
	CHECK_INT(reply.status, 413);
	CHECK(str_contains(reply.body, STR("<html lang=\"sv\"")));
	CHECK(str_contains(reply.body, STR("högst 16 megabyte")));
	CHECK(before > 0 && memory_most(t, program_serving(p)) - before < MOST_KB);
	close(fd);
	CHECK_INT(program_stop(p), 0);
	fixture_remove(str_of(folder));
}
