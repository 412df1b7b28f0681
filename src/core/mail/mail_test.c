#include "core/mail/mail.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/ical.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/job/scheduler.h"
#include "core/log.h"
#include "core/mail/send.h"
#include "core/mail/server.h"

#include "test/keep.h"
#include "test/test.h"

/* --- a mail server --------------------------------------------------------------------------- */

enum temper { TAKES, REFUSES, TEMPORISES, ONE_IS_FULL, HANGS_UP, SILENT };

struct smtp {
	int listens;
	pthread_t thread;
	enum temper temper;
	bool asks_names;
	uint16_t port;
	int calls, mails;
	char heard[64 * 1024]; /* all that clients said */
	size_t heard_n;
};

static void
say(int fd, const char *words)
{
	size_t n = strlen(words);

	while (n) {
		ssize_t went = send(fd, words, n, MSG_NOSIGNAL);
		if (went <= 0)
			return;
		words += went;
		n -= (size_t)went;
	}
}

/* A line as it came; false at the end. */
static bool
hear_line(struct smtp *s, FILE *from, char *line, size_t size)
{
	size_t n;

	if (!fgets(line, (int)size, from))
		return false;
	n = strlen(line);
	if (s->heard_n + n < sizeof s->heard) {
		memcpy(s->heard + s->heard_n, line, n);
		s->heard_n += n;
	}
	return true;
}

static void
take_text(struct smtp *s, FILE *from, int fd)
{
	char line[2000];

	say(fd, "354 go on\r\n");
	while (hear_line(s, from, line, sizeof line) && strcmp(line, ".\r\n") != 0)
		;
	s->mails++;
	say(fd, "250 2.0.0 taken\r\n");
}

/* One command; false: the client leaves. */
static bool
answer(struct smtp *s, FILE *from, int fd, const char *line)
{
	if (strncmp(line, "EHLO", 4) == 0) {
		say(fd, s->asks_names ? "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n" :
		    "250-test\r\n250 8BITMIME\r\n");
	} else if (strncmp(line, "AUTH", 4) == 0) {
		char names[200];
		say(fd, "334 \r\n");
		say(fd, hear_line(s, from, names, sizeof names) ? "235 welcome\r\n" : "");
	} else if (strncmp(line, "RCPT", 4) == 0 && s->temper == REFUSES) {
		say(fd, "550 5.1.1 <aino@example.fi>: no such \x01user\r\n");
	} else if (strncmp(line, "RCPT TO:<full", 13) == 0 && s->temper == ONE_IS_FULL) {
		say(fd, "452 4.2.2 mailbox full\r\n");
	} else if (strncmp(line, "DATA", 4) == 0 && s->temper == TEMPORISES) {
		say(fd, "451 4.3.0 later\r\n");
	} else if (strncmp(line, "DATA", 4) == 0) {
		take_text(s, from, fd);
	} else if (strncmp(line, "QUIT", 4) == 0) {
		say(fd, "221 bye\r\n");
		return false;
	} else {
		say(fd, "250 2.0.0 fine\r\n");
	}
	return true;
}

static void
converse(struct smtp *s, int fd)
{
	FILE *from = fdopen(fd, "r");
	char line[2000];

	s->calls++;
	if (s->temper == SILENT)
		fgetc(from);
	if (s->temper != SILENT && s->temper != HANGS_UP) {
		say(fd, "220 test ESMTP\r\n");
		while (hear_line(s, from, line, sizeof line) && answer(s, from, fd, line))
			;
	}
	fclose(from);
}

static void *
smtp_run(void *arg)
{
	struct smtp *s = arg;
	int fd;

	while ((fd = accept(s->listens, NULL, NULL)) >= 0)
		converse(s, fd);
	return NULL;
}

static void
smtp_listen(struct test *t, struct smtp *s)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;

	s->calls = s->mails = 0;
	s->heard_n = 0;
	s->listens = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(s->listens >= 0);
	CHECK_INT(bind(s->listens, (struct sockaddr *)&at, n), 0);
	CHECK_INT(getsockname(s->listens, (struct sockaddr *)&at, &n), 0);
	s->port = ntohs(at.sin_port);
	CHECK_INT(listen(s->listens, 8), 0);
	CHECK_INT(pthread_create(&s->thread, NULL, smtp_run, s), 0);
}

/* After it nothing of `s` changes. */
static void
smtp_end(struct smtp *s)
{
	shutdown(s->listens, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	close(s->listens);
}

static struct str
heard(const struct smtp *s)
{
	return (struct str){s->heard, s->heard_n};
}

/* --- what the tests share -------------------------------------------------------------------- */

struct post {
	struct test *t;
	struct db *db;
	struct instant now;
	struct mail_line_list lines;
	int64_t waiting, id;
	bool found;
	struct mail mail;
};

static struct post
post_in(struct test *t, const char *place)
{
	struct post p = {.t = t, .now = instant_of_iso(STR("2026-11-23T09:00:00Z"))};
	struct db_options options = DB_OPTIONS(place);
	struct db_error error;

	p.db = db_open(&options, &error);
	CHECK(p.db && db_migrate(p.db, &error));
	log_level_set(LEVEL_ERROR);
	mail_base_set(STR("https://nuotio.example"));
	return p;
}

static struct post
post(struct test *t)
{
	return post_in(t, ":memory:");
}

static void
post_end(struct post *p)
{
	db_close(p->db);
	mail_server_set(&(struct mail_server){.url = STR("")});
	mail_base_set(STR(""));
	log_level_set(LEVEL_INFO);
}

static void
set_server(struct post *p, uint16_t port)
{
	struct test *t = p->t;

	CHECK(mail_server_set(&(struct mail_server){
		.url = str_fmt(t->arena, "smtp://127.0.0.1:%d", port),
		.from = STR("Nuotio <nuotio@nuotio.example>"),
	}));
}

static void
do_queue(struct tx *tx, void *arg)
{
	struct post *p = arg;

	mail_queue(tx, p->mail);
}

static void
queue(struct post *p, const char *to, const char *subject, const char *body)
{
	struct test *t = p->t;

	p->mail = (struct mail){.to = str_of(to), .subject = str_of(subject), .body = str_of(body), .lang = LANG_FI};
	CHECK(db_write_now(p->db, t->arena, p->now, do_queue, p, NULL));
}

static void
do_look(struct tx *tx, void *arg)
{
	struct post *p = arg;

	p->lines = mail_lines(tx, 50);
	p->waiting = mail_waiting(tx);
}

/* The newest line. */
static struct mail_line
look(struct post *p)
{
	struct test *t = p->t;

	CHECK(db_read(p->db, t->arena, p->now, do_look, p, NULL));
	CHECK(p->lines.n > 0);
	return p->lines.n ? p->lines.at[0] : (struct mail_line){0};
}

static bool
run_job(struct post *p, size_t which)
{
	return job_run_now(p->db, &mail_jobs[which], p->now);
}

static void
send_due(struct post *p)
{
	run_job(p, 0);
}

static void
do_retry(struct tx *tx, void *arg)
{
	struct post *p = arg;

	p->found = mail_retry(tx, p->id);
}

static bool
retry(struct post *p, int64_t id)
{
	struct test *t = p->t;

	p->id = id;
	CHECK(db_write_now(p->db, t->arena, p->now, do_retry, p, NULL));
	return p->found;
}

/* --- queueing -------------------------------------------------------------------------------- */

TEST(mail_waits_without_a_server)
{
	struct post p = post(t);
	struct mail_line line;

	CHECK(!mail_server_is_set());
	queue(&p, "aino@example.fi", "first", "Hei\n");
	p.now.s += 60;
	queue(&p, "eero@example.fi", "second", "Hei\n");
	CHECK(run_job(&p, 0));
	line = look(&p);
	CHECK_INT(p.lines.n, 2);
	CHECK_INT(p.waiting, 2);
	CHECK_STR(line.to, "eero@example.fi");
	CHECK_STR(line.subject, "second");
	CHECK_INT(line.queued_at.s, p.now.s);
	CHECK_INT(line.due_at.s, p.now.s);
	CHECK_INT(line.sent_at.s, 0);
	CHECK_INT(line.tries, 0);
	CHECK_INT(line.last_error.n, 0);
	CHECK_STR(p.lines.at[1].subject, "first");
	post_end(&p);
}

TEST(mail_link_is_public)
{
	mail_base_set(STR("https://nuotio.example"));
	CHECK_STR(mail_link(t->arena, STR("/fi/sign-in")), "https://nuotio.example/fi/sign-in");
	mail_base_set(STR(""));
}

TEST(mail_server_is_checked)
{
	struct mail_server server = {.url = STR("http://x"), .from = STR("a@b.fi")};

	CHECK(!mail_server_set(&server));
	server.url = STR("smtps://x");
	CHECK(mail_server_set(&server));
	CHECK(mail_server_is_set());
	server.from = STR("a@b\n.fi");
	CHECK(!mail_server_set(&server));
	CHECK(!mail_server_is_set());
	server.url = STR("");
	CHECK(mail_server_set(&server));
	CHECK(!mail_server_is_set());
}

TEST(mail_backoff_grows)
{
	CHECK_INT(mail_backoff_s(1), 60);
	CHECK_INT(mail_backoff_s(2), 5 * 60);
	CHECK_INT(mail_backoff_s(3), 15 * 60);
	CHECK_INT(mail_backoff_s(4), 60 * 60);
	CHECK_INT(mail_backoff_s(6), 4 * 60 * 60);
	CHECK_INT(mail_backoff_s(1000), 4 * 60 * 60);
}

/* --- sending --------------------------------------------------------------------------------- */

static void
is_sent(struct test *t, const char *place)
{
	static struct smtp smtp;
	struct post p = post_in(t, place);
	struct mail_line line;
	int64_t sent = mail_figures().sent;

	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "Hyvää iltaa kaikille teille", "Hei Aino,\n\n.linkki\n");
	queue(&p, "eero@example.fi", "toinen", "Hei Eero,\n");
	p.now.s += 30;
	CHECK(run_job(&p, 0));
	line = look(&p);
	CHECK_INT(line.sent_at.s, p.now.s);
	CHECK_INT(line.due_at.s, 0);
	CHECK_INT(line.tries, 1);
	CHECK_INT(line.last_error.n, 0);
	CHECK_INT(p.waiting, 0);
	CHECK_INT(mail_figures().sent - sent, 2);

	/* Nothing is sent twice, and what was sent cannot be sent again. */
	p.now.s += 86400;
	CHECK(run_job(&p, 0));
	CHECK(!retry(&p, line.id));
	CHECK(!retry(&p, 12345));
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 2);
	CHECK_INT(smtp.calls, 1);
	CHECK(str_starts(heard(&smtp), STR("EHLO nuotio.example\r\n")));
	CHECK(str_contains(heard(&smtp), STR("MAIL FROM:<nuotio@nuotio.example>")));
	CHECK(str_contains(heard(&smtp), STR("RCPT TO:<aino@example.fi>\r\n")));
	CHECK(str_contains(heard(&smtp), STR("\r\nTo: aino@example.fi\r\n")));
	CHECK(str_contains(heard(&smtp), 
	    STR("\r\nSubject: =?UTF-8?Q?Hyv=C3=A4=C3=A4_iltaa_kaikille_teille?=\r\n")));
	CHECK(str_contains(heard(&smtp), STR("Date: Mon, 23 Nov 2026 09:00:30 +0000\r\n")));
	CHECK(str_contains(heard(&smtp), STR("\r\n\r\nHei Aino,\r\n\r\n..linkki\r\n--=_a_")));
	CHECK(str_contains(heard(&smtp), STR("\r\n\r\nHei Eero,\r\n--=_a_")));
	/* and once more for programs that draw */
	CHECK(str_contains(heard(&smtp), STR("\r\nContent-Type: text/html; charset=utf-8\r\n")));
	CHECK(str_contains(heard(&smtp), STR(">Hei Eero,</p>\r\n")));
	CHECK(!str_contains(heard(&smtp), STR("List-Unsubscribe")));

	/* The other job's statements too, on each engine. */
	CHECK(run_job(&p, 1));
	CHECK_INT(look(&p).sent_at.s, line.sent_at.s);
	p.now.s += MAIL_FORGET_S;
	CHECK(run_job(&p, 1));
	CHECK(db_read(p.db, t->arena, p.now, do_look, &p, NULL));
	CHECK_INT(p.lines.n, 0);
	post_end(&p);
}

TEST(mail_is_sent)
{
	char *place = fixture_pg_place(t);

	is_sent(t, ":memory:");
	if (place) {
		is_sent(t, place);
		fixture_pg_drop(place);
	}
}

/* --- invitations ----------------------------------------------------------------------------- */

/* What one conversation brought, as it was before it went over the wire. */
static struct str
letter_heard(struct test *t, const struct smtp *s)
{
	struct str rest = heard(s), line;
	struct out o = out_new(t->arena);
	bool inside = false;

	while (rest.n) {
		line = str_cut(&rest, '\n');
		if (inside && str_is(line, ".\r"))
			break;
		if (inside)
			out_fmt(&o, "%.*s\n", STR_ARG(str_sub(line, str_starts(line, STR("..")), line.n)));
		inside |= str_starts(line, STR("DATA"));
	}
	return out_text(&o);
}

static void
invite(struct post *p, enum ical_method method, int64_t sequence)
{
	struct test *t = p->t;
	struct ical_person reader = {STR("Aino Korhonen"), STR("aino@example.fi")};
	struct ical_event event = {
		.uid = STR("booking-12@nuotio.example"),
		.sequence = sequence,
		.changed = p->now,
		.starts = instant_of_iso(STR("2026-11-25T14:00:00Z")),
		.ends = instant_of_iso(STR("2026-11-25T16:00:00Z")),
		.title = STR("Nuotioilta, Pohjan kämppä – tervetuloa kaikki, jotka pääsevät, ja muutkin"),
		.place = STR("Pohja"),
		.organizer = mail_sender(),
		.attendee = &reader,
		.attendees = 1,
	};
	struct out o = out_new(t->arena);

	ical_write(&o, &(struct ical){.method = method, .zone = zone_find(STR("Europe/Helsinki")), .at = &event,
	    .n = 1});
	p->mail = (struct mail){.to = STR("aino@example.fi"), .subject = STR("Varauksesi"),
	    .body = STR("Hei Aino,\n\n.nähdään!\n"), .calendar = out_text(&o), .method = method};
	CHECK(db_write_now(p->db, t->arena, p->now, do_queue, p, NULL));
}

/* As it arrives; test/clients.py reads it too. */
static void
invitation_arrives(struct test *t, const char *place, const char *name, enum ical_method method, int64_t sequence)
{
	static struct smtp smtp;
	struct post p = post_in(t, place);
	struct str letter, type = str_fmt(t->arena, "\r\nContent-Type: text/calendar; charset=UTF-8; method=%s\r\n",
	    ical_method_name(method));

	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	CHECK_STR(mail_sender().address, "nuotio@nuotio.example");
	CHECK_STR(mail_sender().name, "Nuotio");
	invite(&p, method, sequence);
	send_due(&p);
	CHECK(look(&p).sent_at.s != 0);
	smtp_end(&smtp);
	letter = letter_heard(t, &smtp);
	CHECK(str_contains(letter, STR("\r\nContent-Type: multipart/mixed;\r\n")));
	CHECK(str_contains(letter, type));
	keep(t, str_z(t->arena, str_fmt(t->arena, "%s.eml", name)), letter);
	keep(t, str_z(t->arena, str_fmt(t->arena, "%s.eml.ics", name)), p.mail.calendar);
	post_end(&p);
}

TEST(mail_brings_an_invitation)
{
	char *place = fixture_pg_place(t);

	invitation_arrives(t, ":memory:", "mail_request", ICAL_REQUEST, 0);
	invitation_arrives(t, ":memory:", "mail_cancel", ICAL_CANCEL, 1);
	if (place) {
		invitation_arrives(t, place, "mail_request", ICAL_REQUEST, 0);
		fixture_pg_drop(place);
	}
	CHECK_INT(mail_sender().address.n, 0);
}

/* How many rows of the file hold words. */
static int
rows_with_words(const char *path)
{
	const char *sql = "SELECT count(*) FROM outbox WHERE body <> '' OR calendar <> ''";
	sqlite3 *file;
	sqlite3_stmt *row;
	int n = -1;

	if (sqlite3_open_v2(path, &file, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(file, sql, -1, &row, NULL) == SQLITE_OK) {
		if (sqlite3_step(row) == SQLITE_ROW)
			n = sqlite3_column_int(row, 0);
		sqlite3_finalize(row);
	}
	sqlite3_close(file);
	return n;
}

TEST(mail_words_go_once_sent)
{
	static struct smtp smtp;
	struct str folder = fixture_folder(t);
	char *path = str_z(t->arena, str_fmt(t->arena, "%.*s/nuotio.db", STR_ARG(folder)));
	struct post p = post_in(t, path);

	smtp.temper = TEMPORISES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "x", "secret link\n");
	invite(&p, ICAL_REQUEST, 0);
	send_due(&p);
	CHECK_INT(rows_with_words(path), 2);
	smtp_end(&smtp);
	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	p.now.s += 60;
	send_due(&p);
	CHECK(look(&p).sent_at.s != 0);
	smtp_end(&smtp);
	CHECK(str_contains(heard(&smtp), STR("secret link")));
	CHECK_INT(rows_with_words(path), 0);

	/* Nor are those of one that was given up kept for ever. */
	queue(&p, "aino@example.fi", "x", "secret link\n");
	invite(&p, ICAL_REQUEST, 0);
	p.now.s += MAIL_PATIENCE_S + 1;
	CHECK(run_job(&p, 1));
	CHECK_INT(rows_with_words(path), 2);
	p.now.s += MAIL_BLANK_S - MAIL_PATIENCE_S;
	CHECK(run_job(&p, 1));
	CHECK_INT(rows_with_words(path), 0);
	post_end(&p);
	fixture_remove(folder);
}

TEST(mail_signs_in_to_the_server)
{
	static struct smtp smtp;
	struct post p = post(t);

	smtp.temper = TAKES;
	smtp.asks_names = true;
	smtp_listen(t, &smtp);
	CHECK(mail_server_set(&(struct mail_server){
		.url = str_fmt(t->arena, "smtp://127.0.0.1:%d/own.example", smtp.port),
		.user = STR("me"), .password = STR("pw"), .from = STR("nuotio@nuotio.example"),
	}));
	queue(&p, "aino@example.fi", "x", "y\n");
	send_due(&p);
	CHECK(look(&p).sent_at.s != 0);
	smtp_end(&smtp);
	CHECK(str_starts(heard(&smtp), STR("EHLO own.example\r\n")));
	/* base64 of NUL me NUL pw */
	CHECK(str_contains(heard(&smtp), STR("AG1lAHB3")));
	post_end(&p);
}

/* --- when it does not go --------------------------------------------------------------------- */

TEST(mail_is_tried_again)
{
	static struct smtp smtp;
	struct post p = post(t);
	struct mail_line line;
	int64_t began = p.now.s;

	smtp.temper = REFUSES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "x", "very secret\n");
	CHECK(!run_job(&p, 0));
	line = look(&p);
	CHECK_INT(line.tries, 1);
	CHECK_INT(line.due_at.s, p.now.s + 60);
	CHECK_STR(line.last_error, "550 5.1.1 <aino@example.fi>: no such ?user");

	p.now.s += 59;
	CHECK(run_job(&p, 0));
	CHECK_INT(look(&p).tries, 1);
	p.now.s += 1;
	CHECK(!run_job(&p, 0));
	CHECK_INT(look(&p).tries, 2);
	CHECK_INT(look(&p).due_at.s, p.now.s + 300);

	/* An admin need not wait. */
	CHECK(retry(&p, line.id));
	CHECK_INT(look(&p).due_at.s, p.now.s);
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 0);

	smtp.temper = TEMPORISES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	send_due(&p);
	CHECK_STR(look(&p).last_error, "451 4.3.0 later");
	/* Longer than two days, and then no more. */
	while (look(&p).due_at.s && look(&p).tries < 100) {
		p.now = look(&p).due_at;
		send_due(&p);
	}
	line = look(&p);
	CHECK(line.tries > 10 && line.tries < 30);
	CHECK(p.now.s <= began + MAIL_PATIENCE_S);
	CHECK(p.now.s >= began + MAIL_PATIENCE_S - 5 * 3600);
	CHECK_STR(line.last_error, "451 4.3.0 later");
	CHECK_INT(p.waiting, 0);
	smtp_end(&smtp);

	/* But by hand. */
	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	p.now.s += 86400;
	CHECK(retry(&p, line.id));
	CHECK(run_job(&p, 0));
	CHECK(look(&p).sent_at.s == p.now.s);
	CHECK_INT(look(&p).last_error.n, 0);
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 1);
	post_end(&p);
}

TEST(mail_that_cannot_be_written_is_given_up)
{
	static struct smtp smtp;
	struct post p = post(t);

	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi\r\nRCPT TO:<x@y.fi>", "x", "y\n");
	queue(&p, "aino@example.fi", "x\r\nBcc: x@y.fi", "y\n");
	queue(&p, "aino@example.fi", "x", "y\n");
	CHECK(run_job(&p, 0));
	CHECK(look(&p).sent_at.s != 0);
	CHECK_INT(p.lines.at[1].sent_at.s + p.lines.at[2].sent_at.s, 0);
	CHECK_INT(p.lines.at[1].due_at.s + p.lines.at[2].due_at.s, 0);
	CHECK(p.lines.at[1].last_error.n > 0 && p.lines.at[2].last_error.n > 0);
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 1);
	CHECK(!str_contains(heard(&smtp), STR("x@y.fi")));
	post_end(&p);
}

TEST(mail_leaves_an_unreachable_server_alone)
{
	static struct smtp smtp;
	struct post p = post(t);

	smtp.temper = HANGS_UP;
	smtp_listen(t, &smtp);
	smtp_end(&smtp); /* nobody listens there now */
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "first", "y\n");
	queue(&p, "eero@example.fi", "second", "y\n");
	CHECK(!run_job(&p, 0));
	CHECK_INT(look(&p).tries, 0);
	CHECK_INT(p.lines.at[1].tries, 1);
	CHECK(str_contains(p.lines.at[1].last_error, STR("connect")));
	/* Not even asked for a while. */
	CHECK(run_job(&p, 0));
	CHECK_INT(look(&p).tries, 0);

	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	p.now.s += 60;
	CHECK(!run_job(&p, 0));
	smtp_end(&smtp);
	CHECK(smtp.calls >= 1);
	CHECK(look(&p).last_error.n + p.lines.at[1].last_error.n > 0);
	CHECK_INT(p.waiting, 2);
	post_end(&p);
}

TEST(mail_is_forgotten)
{
	struct post p = post(t);
	struct mail_line line;

	queue(&p, "aino@example.fi", "old", "y\n");
	p.now.s += MAIL_PATIENCE_S + 1;
	queue(&p, "eero@example.fi", "new", "y\n");

	/* A server at last: the old one is not sent. */
	set_server(&p, 1);
	send_due(&p);
	CHECK_INT(look(&p).tries, 1);
	CHECK_INT(p.lines.at[1].tries, 0);

	CHECK(run_job(&p, 1));
	look(&p);
	line = p.lines.at[1];
	CHECK_INT(line.due_at.s, 0);
	CHECK_STR(line.last_error, "no mail server while it would have helped");
	CHECK_INT(p.waiting, 1);
	CHECK(retry(&p, line.id));
	p.now.s += MAIL_PATIENCE_S + 1;
	CHECK(run_job(&p, 1));
	p.now.s += MAIL_BLANK_S;
	CHECK(run_job(&p, 1));
	look(&p);
	CHECK_INT(p.lines.n, 2);
	CHECK(!retry(&p, line.id));
	p.now.s += MAIL_FORGET_S;
	CHECK(run_job(&p, 1));
	CHECK(db_read(p.db, t->arena, p.now, do_look, &p, NULL));
	CHECK_INT(p.lines.n, 0);
	post_end(&p);
}

/* A letter that helps for half an hour is not sent two hours later; others outlast a weekend. */
TEST(mail_goes_when_the_server_is_back_and_it_still_helps)
{
	static struct smtp smtp;
	struct post p = post(t);

	smtp.temper = HANGS_UP;
	smtp_listen(t, &smtp);
	smtp_end(&smtp); /* down for more than two days */
	set_server(&p, smtp.port);
	p.mail = (struct mail){.to = STR("aino@example.fi"), .subject = STR("code"), .body = STR("123456\n"),
	    .until = {p.now.s + 1800}};
	CHECK(db_write_now(p.db, t->arena, p.now, do_queue, &p, NULL));
	p.mail = (struct mail){.to = STR("eero@example.fi"), .subject = STR("Monday"), .body = STR("Hei\n"),
	    .unsubscribe = STR("https://nuotio.example/fi/letters/off/x")};
	CHECK(db_write_now(p.db, t->arena, p.now, do_queue, &p, NULL));
	send_due(&p);
	p.now.s += 2 * 86400 + 3600;
	CHECK(run_job(&p, 1));
	CHECK_INT(look(&p).due_at.s != 0, 1);
	CHECK_INT(p.lines.at[1].due_at.s, 0);
	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	send_due(&p);
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 1);
	CHECK(look(&p).sent_at.s != 0);
	CHECK(str_contains(heard(&smtp), STR("List-Unsubscribe: <https://nuotio.example/fi/letters/off/x>\r\n"
	    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")));
	post_end(&p);
}

/* Others are not kept waiting, and it comes when there is room again. */
TEST(mail_to_a_full_mailbox_waits_alone)
{
	static struct smtp smtp;
	struct post p = post(t);

	smtp.temper = ONE_IS_FULL;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "full@example.fi", "first", "y\n");
	queue(&p, "eero@example.fi", "second", "y\n");
	CHECK(!run_job(&p, 0));
	CHECK(look(&p).sent_at.s != 0);
	CHECK_INT(p.lines.at[1].sent_at.s, 0);
	CHECK_STR(p.lines.at[1].last_error, "452 4.2.2 mailbox full");
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 1);
	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	p.now.s += 60;
	CHECK(run_job(&p, 0));
	look(&p);
	CHECK(p.lines.at[1].sent_at.s != 0);
	smtp_end(&smtp);
	post_end(&p);
}

TEST(mail_database_fails)
{
	static struct smtp smtp;
	struct post p = post(t);

	smtp.temper = TAKES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "x", "y\n");
	log_to(-1);
	for (int k = 1; k <= 3; k++) {
		db_fail_at(k);
		CHECK(!run_job(&p, 0));
		db_fail_at(0);
		CHECK_INT(look(&p).tries, 0);
	}
	/* Sent, and it could not be noted: counted as a try, and sent again later. */
	db_fail_at(4);
	CHECK(!run_job(&p, 0));
	db_fail_at(0);
	log_to(2);
	CHECK_INT(look(&p).tries, 1);
	CHECK_INT(look(&p).sent_at.s, 0);
	p.now.s += 60;
	CHECK(run_job(&p, 0));
	CHECK(look(&p).sent_at.s != 0);
	smtp_end(&smtp);
	CHECK_INT(smtp.mails, 2);
	post_end(&p);
}

/* --- the log --------------------------------------------------------------------------------- */

TEST(mail_log_tells_of_nobody)
{
	static struct smtp smtp;
	struct post p = post(t);
	char words[4096];
	FILE *file = tmpfile();
	struct str log;

	CHECK(file != NULL);
	log_to(fileno(file));
	log_level_set(LEVEL_DEBUG);
	smtp.temper = REFUSES;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "Private", "very secret\n");
	queue(&p, "aino@exa mple.fi", "Private", "very secret\n");
	send_due(&p);
	smtp_end(&smtp);
	log_to(2);
	rewind(file);
	log = (struct str){words, fread(words, 1, sizeof words, file)};
	fclose(file);
	CHECK(str_contains(log, STR("mail 1 was not sent")));
	CHECK(str_contains(log, STR("mail 2 cannot be sent")));
	CHECK(!str_contains(log, STR("aino")));
	CHECK(!str_contains(log, STR("example.fi")));
	CHECK(!str_contains(log, STR("Private")));
	CHECK(!str_contains(log, STR("secret")));
	post_end(&p);
}

/* --- stopping -------------------------------------------------------------------------------- */

static struct instant frozen;

static struct instant
frozen_now(void)
{
	return frozen;
}

TEST(mail_does_not_hold_up_the_end)
{
	static struct smtp smtp;
	const struct job *jobs[] = {mail_jobs};
	struct post p = post(t);
	struct timespec began, ended;

	smtp.temper = SILENT;
	smtp_listen(t, &smtp);
	set_server(&p, smtp.port);
	queue(&p, "aino@example.fi", "x", "y\n");
	frozen = p.now;
	CHECK(job_start(p.db, jobs, 1, frozen_now));
	for (int i = 0; i < 400 && look(&p).tries == 0; i++)
		usleep(10000);
	CHECK_INT(look(&p).tries, 1);
	clock_gettime(CLOCK_MONOTONIC, &began);
	job_stop();
	clock_gettime(CLOCK_MONOTONIC, &ended);
	CHECK(ended.tv_sec - began.tv_sec < 5);
	/* It did not go, so it is due at once. */
	CHECK_INT(look(&p).due_at.s, p.now.s);
	CHECK_INT(look(&p).last_error.n, 0);
	smtp_end(&smtp);
	post_end(&p);
}
