/* Forms over real sockets: through the guard, the writer and back. */
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/db/fixture.h"
#include "core/http/once.h"
#include "core/http/query.h"
#include "core/http/server_fixture.h"
#include "lib/need.h"

#define HOST "Host: localhost\r\n"
#define GET_WITH(address, headers) "GET " address " HTTP/1.1\r\n" HOST headers "\r\n"

static struct house *
open_house(struct test *t)
{
	struct house *house = house_new(t);

	house_serve(house);
	return house;
}

TEST(a_form_goes_through_the_writer)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct reply reply;
	struct str flash, rest;

	CHECK_INT(look(&b, "/fi/notes").status, 200);
	CHECK(str_starts(b.cookie, STR("browser=")));
	reply = send_form(&b, "/fi/notes", "words=h%C3%A4n+istuu");
	CHECK_INT(reply.status, 303);
	CHECK_STR(header_of(&reply, "Location"), "/fi/notes#note");
	CHECK_STR(header_of(&reply, "Cache-Control"), "private, no-store");
	CHECK_INT(house_notes(house), 1);
	/* what it says is shown once, by the page that the redirects end at */
	rest = header_of(&reply, "Set-Cookie");
	flash = str_cut(&rest, ';');
	CHECK(str_starts(flash, STR("flash=")));
	CHECK(str_contains(rest, STR("HttpOnly")));
	b.cookie = str_fmt(t->arena, "%.*s; %.*s", STR_ARG(b.cookie), STR_ARG(flash));
	reply = look(&b, "/");
	CHECK_INT(reply.status, 303);
	CHECK_INT(header_of(&reply, "Set-Cookie").n, 0);
	reply = look(&b, "/fi/notes");
	CHECK_STR(line_of(reply.body, "flash"), "http.no_date");
	CHECK_STR(line_of(reply.body, "refused"), "0");
	CHECK(str_starts(header_of(&reply, "Set-Cookie"), STR("flash=; ")));
	house_end(house);
}

TEST(a_form_sent_twice_gets_the_first_answer)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct reply first, second;

	look(&b, "/fi/notes");
	first = send_form(&b, "/fi/notes", "words=one");
	second = send_form(&b, "/fi/notes", "words=one");
	CHECK_INT(second.status, 303);
	CHECK(str_eq(header_of(&first, "Location"), header_of(&second, "Location")));
	CHECK(str_eq(header_of(&first, "Set-Cookie"), header_of(&second, "Set-Cookie")));
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

/* Impatient people press more than once: all at the same time, on as many connections. */
TEST(a_form_sent_twice_at_once_is_written_once)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct str bytes;
	int fd[20];

	look(&b, "/fi/notes");
	bytes = form_bytes(&b, "/fi/notes", "words=one", "");
	for (size_t i = 0; i < 20; i++)
		fd[i] = dial(house);
	for (size_t i = 0; i < 20; i++)
		say_n(fd[i], bytes.p, bytes.n);
	for (size_t i = 0; i < 20; i++) {
		struct reply reply = hear(t, fd[i], 5000);
		CHECK_INT(reply.status, 303);
		CHECK_STR(header_of(&reply, "Location"), "/fi/notes#note");
		close(fd[i]);
	}
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

TEST(a_refused_form_keeps_what_was_typed)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct reply reply;

	look(&b, "/fi/notes");
	reply = send_form(&b, "/fi/notes", "words=taken&secret=s");
	CHECK_INT(reply.status, 409);
	CHECK_STR(line_of(reply.body, "words"), "taken");
	CHECK_STR(line_of(reply.body, "secret"), "");
	CHECK_STR(line_of(reply.body, "flash"), "http.no_choice");
	CHECK_STR(line_of(reply.body, "refused"), "1");
	CHECK_STR(line_of(reply.body, "notes"), "0");
	reply = send_form(&b, "/fi/notes", "words=conflict");
	CHECK_INT(reply.status, 409);
	CHECK_STR(line_of(reply.body, "flash"), "http.controls");
	reply = send_form(&b, "/fi/notes", "words=forbidden");
	CHECK_INT(reply.status, 403);
	CHECK_STR(line_of(reply.body, "words"), "forbidden");
	reply = send_form(&b, "/fi/notes", "words=problem");
	CHECK_INT(reply.status, 422);
	CHECK_STR(line_of(reply.body, "problem"), "http.no_choice");
	reply = send_form(&b, "/fi/notes", "words=gone");
	CHECK_INT(reply.status, 404);
	CHECK_STR(reply.body, "<h1>error 404 in fi</h1>");
	/* before the handler: the form's own rules */
	reply = send_form(&b, "/fi/notes", "words=");
	CHECK_INT(reply.status, 422);
	CHECK_STR(line_of(reply.body, "problem"), "http.missing");
	CHECK_STR(line_of(reply.body, "flash"), "http.missing");
	/* drawn by a worker */
	look(&b, "/fi/slow/notes");
	reply = send_form(&b, "/fi/slow/notes", "words=taken");
	CHECK_INT(reply.status, 409);
	CHECK_STR(line_of(reply.body, "words"), "taken");
	/* without a page of its own */
	reply = send_form(&b, "/fi/blind", "words=taken");
	CHECK_INT(reply.status, 403);
	CHECK_STR(reply.body, "<h1>error 403 in fi</h1>");
	CHECK_INT(house_notes(house), 0);
	/* the new page can be sent */
	reply = send_form(&b, "/fi/notes", "words=taken");
	b.once = line_of(reply.body, "once");
	CHECK_INT(send_form(&b, "/fi/notes", "words=at+last").status, 303);
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

/* A wrong code counts: the person is refused, and what was written of it stays. */
TEST(a_refusal_may_keep_what_it_wrote)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct reply reply;

	look(&b, "/fi/notes");
	reply = send_form(&b, "/fi/notes", "words=counted");
	CHECK_INT(reply.status, 422);
	CHECK_STR(line_of(reply.body, "words"), "counted");
	CHECK_STR(line_of(reply.body, "flash"), "http.no_choice");
	CHECK_STR(line_of(reply.body, "refused"), "1");
	CHECK_STR(line_of(reply.body, "notes"), "1");
	/* it has no answer that is given again */
	CHECK_INT(send_form(&b, "/fi/notes", "words=counted").status, 422);
	CHECK_INT(house_notes(house), 2);
	CHECK_INT(send_form(&b, "/fi/notes", "words=at+last").status, 303);
	CHECK_INT(house_notes(house), 3);
	house_end(house);
}

/* Nobody hears of a try that was not counted, whatever query fails. */
TEST(a_refusal_is_told_when_it_is_kept)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	int64_t k, before = 0;

	house_quiet();
	look(&b, "/fi/notes");
	for (k = 1; k < 50; k++) {
		int status;

		before = house_notes(house);
		db_fail_at(k);
		status = send_form(&b, "/fi/notes", "words=counted").status;
		db_fail_at(0);
		if (status == 422)
			break;
		CHECK_INT(status, 503);
	}
	CHECK(k > 4 && k < 50);
	CHECK_INT(house_notes(house), before + 1);
	house_end(house);
}

TEST(a_forged_form_is_shown_and_not_sent)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, ""), other = browser_of(house, "");
	struct reply reply;

	look(&b, "/fi/notes");
	look(&other, "/fi/notes");
	other.cookie = b.cookie; /* somebody else's hidden field */
	reply = send_form(&other, "/fi/notes", "words=forged");
	CHECK_INT(reply.status, 403);
	CHECK_STR(line_of(reply.body, "words"), "forged");
	CHECK_STR(line_of(reply.body, "flash"), "http.form_old");
	/* another page's */
	reply = send_form(&b, "/sv/notes", "words=elsewhere");
	CHECK_INT(reply.status, 403);
	/* none, or without cookies */
	other.once = (struct str){0};
	CHECK_INT(send_form(&other, "/fi/notes", "words=none").status, 403);
	other = browser_of(house, "");
	other.once = b.once;
	CHECK_INT(send_form(&other, "/fi/notes", "words=none").status, 403);
	CHECK_INT(house_notes(house), 0);
	/* what was shown instead can be sent */
	reply = send_form(&b, "/sv/notes", "words=elsewhere");
	b.once = line_of(reply.body, "once");
	CHECK_INT(send_form(&b, "/sv/notes", "words=elsewhere").status, 303);
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

TEST(a_form_outlives_its_session)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, AINO);
	struct reply reply;

	CHECK_INT(look(&b, "/fi/ranta/desk/answer").status, 200);
	CHECK_INT(send_form(&b, "/fi/ranta/desk/answer", "words=in+time").status, 303);
	look(&b, "/fi/ranta/desk/answer");
	atomic_store(&house_aino_ended, true);
	reply = send_form(&b, "/fi/ranta/desk/answer", "words=too+late%26&secret=s%C3%A4&day=1.1.");
	CHECK_INT(reply.status, 403);
	/* what is kept: not the hidden field, and never a password */
	CHECK_STR(line_of(reply.body, "body"), "words=too%20late%26&day=1.1.");
	atomic_store(&house_aino_ended, false);
	/* the cookie has gone, too */
	b.cookie = STR("x=y");
	reply = send_form(&b, "/fi/ranta/desk/answer", "words=too+late");
	CHECK_INT(reply.status, 403);
	CHECK(str_starts(reply.body, STR("sign in\n")));
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

/* People type the address of a form, or come back to it after signing in. */
TEST(the_address_of_a_form_shows_its_page)
{
	struct house *house = open_house(t);
	struct browser aino = browser_of(house, AINO), anyone = browser_of(house, "x=y");
	struct reply reply = look(&aino, "/fi/ranta/desk/answer");

	CHECK_INT(reply.status, 200);
	CHECK_STR(line_of(reply.body, "words"), "nothing");
	CHECK_INT(send_form(&aino, "/fi/ranta/desk/answer", "words=sent").status, 303);
	CHECK_INT(look(&anyone, "/fi/pohja/desk/answer").status, 303);
	house_end(house);
}

TEST(rights_are_asked_by_the_writer)
{
	struct house *house = open_house(t);
	struct browser ilmari = browser_of(house, ILMARI);

	look(&ilmari, "/fi/pohja/desk/answer");
	CHECK_INT(send_form(&ilmari, "/fi/pohja/desk/answer", "words=mine").status, 303);
	ilmari.once = (struct str){0};
	look(&ilmari, "/fi/ranta/desk/answer");
	CHECK_INT(send_form(&ilmari, "/fi/ranta/desk/answer", "words=not+mine").status, 403);
	CHECK_INT(send_form(&ilmari, "/fi/nowhere/desk/answer", "words=not+mine").status, 404);
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

TEST(slow_work_comes_before_the_writer)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct reply reply;

	look(&b, "/fi/come-in");
	reply = send_form(&b, "/fi/come-in?next=/fi/staff", "words=abc&secret=cba");
	CHECK_INT(reply.status, 303);
	CHECK_STR(header_of(&reply, "Location"), "/fi/staff");
	CHECK(str_starts(header_of(&reply, "Set-Cookie"), STR("session=aino; ")));
	/* pressed twice: the second answer signs in, too */
	reply = send_form(&b, "/fi/come-in?next=/fi/staff", "words=abc&secret=cba");
	CHECK_INT(reply.status, 303);
	CHECK(str_starts(header_of(&reply, "Set-Cookie"), STR("session=aino; ")));
	look(&b, "/fi/come-in");
	reply = send_form(&b, "/fi/come-in", "words=abc&secret=abc");
	CHECK_INT(reply.status, 422);
	CHECK_STR(line_of(reply.body, "words"), "abc");
	CHECK_STR(line_of(reply.body, "flash"), "http.no_choice");
	CHECK(!str_contains(header_of(&reply, "Set-Cookie"), STR("session")));
	CHECK_INT(send_form(&b, "/fi/come-in", "words=&secret=abc").status, 422);
	b.once = (struct str){0};
	CHECK_INT(send_form(&b, "/fi/come-in", "words=abc&secret=cba").status, 403);
	house_end(house);
}

#define ONE_CLICK(address) \
	"POST " address " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" \
	"Content-Length: 26\r\n\r\nList-Unsubscribe=One-Click"

/* RFC 8058: a mail program has seen no form, and follows no redirect. */
TEST(a_mail_program_sends_what_its_reader_wants)
{
	struct house *house = open_house(t);
	struct browser reader = browser_of(house, "");
	struct reply reply = ask_once(house, ONE_CLICK("/fi/off"));

	CHECK_INT(reply.status, 200);
	CHECK_INT(reply.body.n, 0);
	CHECK_INT(ask_once(house, ONE_CLICK("/fi/notes")).status, 403);
	/* whoever presses the button on the page sends a form like any other, and a forged one is none */
	look(&reader, "/fi");
	reader.once = STR("forged");
	CHECK_INT(send_form(&reader, "/fi/off", "a=b").status, 403);
	house_end(house);
}

TEST(bodies_come_in_all_sizes)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	struct arena *a = t->arena;
	struct str bytes;
	struct reply reply;
	int fd;

	/* in chunks */
	look(&b, "/fi/notes");
	bytes = str_fmt(a,
	    "POST /fi/notes HTTP/1.1\r\n" HOST "Cookie: %.*s\r\nTransfer-Encoding: chunked\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
	    "8\r\nwords=ab\r\n6\r\n&once=\r\n%zx\r\n%.*s\r\n0\r\n\r\n",
	    STR_ARG(b.cookie), b.once.n, STR_ARG(b.once));
	CHECK_INT(ask_once(house, str_z(a, bytes)).status, 303);
	/* byte by byte, and more on the same connection */
	fd = dial(house);
	look(&b, "/fi/notes");
	bytes = form_bytes(&b, "/fi/notes", "words=slowly", "");
	for (size_t i = 0; i < bytes.n; i++)
		say_n(fd, bytes.p + i, 1);
	CHECK_INT(hear(t, fd, 3000).status, 303);
	look(&b, "/fi/notes");
	bytes = form_bytes(&b, "/fi/notes", "words=asks+first", "Expect: 100-continue\r\n");
	say_n(fd, bytes.p, bytes.n - 20);
	CHECK_INT(hear(t, fd, 3000).status, 100);
	say_n(fd, bytes.p + bytes.n - 20, 20);
	CHECK_INT(hear(t, fd, 3000).status, 303);
	/* a form of 200 kB is read, and says what is wrong with it */
	look(&b, "/fi/notes");
	{
		char *large = ARENA_ARRAY(a, char, 200001);
		memset(large, 'a', 200000);
		memcpy(large, "words=", 6);
		bytes = form_bytes(&b, "/fi/notes", large, "");
	}
	say_n(fd, bytes.p, bytes.n);
	reply = hear(t, fd, 5000);
	CHECK_INT(reply.status, 422);
	CHECK_STR(line_of(reply.body, "problem"), "http.too_long");
	close(fd);
	CHECK_INT(house_notes(house), 3);
	house_end(house);
}

TEST(bodies_that_are_no_forms_are_refused)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");

	look(&b, "/fi/notes");
	CHECK_INT(send_form(&b, "/fi/notes", "words=%zz").status, 400);
	CHECK_INT(send_form(&b, "/fi/notes", "words=%00").status, 400);
	CHECK_INT(send_form(&b, "/fi/notes", "words=%ff").status, 400);
	CHECK_INT(ask_once(house, "POST /fi/notes HTTP/1.1\r\n" HOST
	              "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}").status, 415);
	CHECK_INT(ask_once(house, "POST /fi/notes HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\n{}")
		      .status,
	    415);
	CHECK_INT(
	    ask_once(house,
		"POST /fi/notes HTTP/1.1\r\n" HOST "Content-Encoding: gzip\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 2\r\n\r\n{}")
		.status,
	    415);
	CHECK_INT(ask_once(house,
		      "POST /fi/nowhere/at/all HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\n{}")
		      .status,
	    404);
	CHECK_INT(ask_once(house, "POST /fi/item/3 HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\n{}")
		      .status,
	    405);
	CHECK_INT(house_notes(house), 0);
	house_end(house);
}

/* Whatever query fails, the answer is a 503 and nothing was written. */
TEST(a_failing_world_writes_nothing)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");
	int64_t k;

	house_quiet();
	for (k = 1; k < 50; k++) {
		int status;

		look(&b, "/fi/notes");
		db_fail_at(k);
		status = send_form(&b, "/fi/notes", "words=never").status;
		db_fail_at(0);
		if (status == 303)
			break;
		CHECK_INT(status, 503);
		CHECK_INT(house_notes(house), 0);
	}
	CHECK(k > 3 && k < 50);
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

TEST(many_forms_are_committed_in_groups)
{
	enum { CLIENTS = 64, ROUNDS = 10 };
	struct house *house = open_house(t);
	struct browser b[CLIENTS];
	int fd[CLIENTS];
	struct db_figures figures;

	for (size_t i = 0; i < CLIENTS; i++)
		b[i] = browser_of(house, "");
	for (size_t i = 0; i < CLIENTS; i++)
		fd[i] = dial(house);
	for (int round = 0; round < ROUNDS; round++) {
		for (size_t i = 0; i < CLIENTS; i++)
			look(&b[i], "/fi/notes");
		for (size_t i = 0; i < CLIENTS; i++) {
			struct str bytes = form_bytes(&b[i], "/fi/notes", "words=one+of+many", "");
			say_n(fd[i], bytes.p, bytes.n);
		}
		for (size_t i = 0; i < CLIENTS; i++)
			CHECK_INT(hear(t, fd[i], 10000).status, 303);
	}
	for (size_t i = 0; i < CLIENTS; i++)
		close(fd[i]);
	CHECK_INT(house_notes(house), CLIENTS * ROUNDS);
	figures = db_figures(house->db);
	CHECK(figures.jobs >= CLIENTS * ROUNDS);
	CHECK(figures.batches < figures.jobs);
	house_end(house);
}

/* A job that keeps the writer until it may go on. */
struct held {
	struct db_job job;
	sem_t began, go_on;
};

static enum db_wish
hold(struct tx *tx, struct db_job *job)
{
	struct held *held = (struct held *)job;

	(void)tx;
	sem_post(&held->began);
	sem_wait(&held->go_on);
	return WRITE_UNDO;
}

static void
let_go(struct db_job *job, bool committed)
{
	(void)job;
	(void)committed;
}

/* One of a batch is woken first and wakes the others: also when nobody is there any more to hear its answer. */
TEST(who_leaves_holds_up_nobody_of_the_batch)
{
	enum { CLIENTS = 4 };
	struct house *house = house_new(t);
	struct held held = {.job = {.run = hold, .done = let_go, .arena = t->arena}};
	struct browser b[CLIENTS];
	int fd[CLIENTS];

	house->options.io_threads = 1;
	house_serve(house);
	sem_init(&held.began, 0, 0);
	sem_init(&held.go_on, 0, 0);
	for (size_t leaver = 0; leaver <= CLIENTS; leaver++) {
		for (size_t i = 0; i < CLIENTS; i++) {
			b[i] = browser_of(house, "");
			look(&b[i], "/fi/notes");
			fd[i] = dial(house);
		}
		CHECK(db_submit(house->db, &held.job));
		sem_wait(&held.began);
		for (size_t i = 0; i < CLIENTS; i++) {
			struct str bytes = form_bytes(&b[i], "/fi/notes", "words=together", "");

			say_n(fd[i], bytes.p, bytes.n);
			while (db_figures(house->db).queue < (int64_t)i + 1)
				usleep(1000);
		}
		if (leaver < CLIENTS)
			close(fd[leaver]);
		sem_post(&held.go_on);
		for (size_t i = 0; i < CLIENTS; i++)
			if (i != leaver) {
				CHECK_INT(hear(t, fd[i], 10000).status, 303);
				close(fd[i]);
			}
	}
	CHECK_INT(house_notes(house), CLIENTS * (CLIENTS + 1));
	sem_destroy(&held.began);
	sem_destroy(&held.go_on);
	house_end(house);
}

/* People leave while their form is being written: nothing breaks, and what was sent is there. */
TEST(leaving_early_loses_nothing_that_was_sent)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "");

	for (int i = 0; i < 100; i++) {
		struct str bytes;
		int fd = dial(house);

		look(&b, "/fi/notes");
		bytes = form_bytes(&b, i % 2 ? "/fi/notes" : "/fi/slow/notes", "words=taken", "");
		say_n(fd, bytes.p, bytes.n);
		close(fd);
	}
	look(&b, "/fi/notes");
	CHECK_INT(send_form(&b, "/fi/notes", "words=stays").status, 303);
	CHECK_INT(house_notes(house), 1);
	house_end(house);
}

/* There all reading is done by the workers. */
TEST(the_same_on_postgresql)
{
	char *place = fixture_pg_place(t);
	struct house *house;
	struct browser b;
	struct reply reply;

	CHECK(true); /* without a server there is nothing to say */
	if (!place)
		return;
	house = house_at(t, fixture_folder(t), place);
	house_quiet();
	house_serve(house);
	b = browser_of(house, "");
	CHECK_INT(look(&b, "/fi/notes").status, 200);
	CHECK_INT(send_form(&b, "/fi/notes", "words=one").status, 303);
	CHECK_INT(send_form(&b, "/fi/notes", "words=one").status, 303);
	look(&b, "/fi/notes");
	reply = send_form(&b, "/fi/notes", "words=taken");
	CHECK_INT(reply.status, 409);
	CHECK_STR(line_of(reply.body, "words"), "taken");
	CHECK_STR(line_of(reply.body, "notes"), "1");
	look(&b, "/fi/come-in");
	CHECK_INT(send_form(&b, "/fi/come-in", "words=abc&secret=cba").status, 303);
	b.once = (struct str){0};
	CHECK_INT(send_form(&b, "/fi/notes", "words=forged").status, 403);
	CHECK_INT(look(&b, "/fi/nowhere/at/all").status, 404);
	CHECK_INT(look(&b, "/fi/full").status, 503);
	CHECK_INT(house_notes(house), 1);
	house_end(house);
	fixture_pg_drop(place);
}
