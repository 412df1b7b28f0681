/* What the library lets through and the guard does not, each as bytes on a real socket. */
#include "core/http/guard.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/http/server_fixture.h"

#define HOST "Host: localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define POST_HEAD "POST /fi/notes HTTP/1.1\r\n" HOST FORM
/* What a smuggler hides behind the first request. */
#define HIDDEN "GET /fi/item/666 HTTP/1.1\r\n" HOST "\r\n"

/* Sends the bytes, wants that status, and that the connection ends without a second answer. */
static void
refused_with(struct test *t, struct house *house, const char *what, const char *bytes, size_t n,
    int status)
{
	int fd = dial(house);
	struct reply reply, second;

	say_n(fd, bytes, n);
	reply = hear(t, fd, 3000);
	t->checks++;
	if (reply.status != status)
		test_fail(t, __FILE__, __LINE__, "%s: %d, wanted %d", what, reply.status, status);
	second = hear(t, fd, 3000);
	if (second.status != 0 || !second.closed)
		test_fail(
		    t, __FILE__, __LINE__, "%s: the connection goes on (%d)", what, second.status);
	close(fd);
}

#define REFUSED(what, bytes, status) refused_with(t, house, what, bytes, sizeof(bytes) - 1, status)

TEST(framing_that_could_smuggle_is_refused)
{
	struct house *house = house_new(t);

	house_serve(house);
	CHECK(guard_knows_library());
	REFUSED("transfer-encoding and length",
	    POST_HEAD "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" HIDDEN,
	    400);
	REFUSED("length and transfer-encoding",
	    POST_HEAD "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN,
	    400);
	REFUSED("two lengths",
	    POST_HEAD "Content-Length: 0\r\nContent-Length: 5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("the same length twice",
	    POST_HEAD "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("two encodings",
	    POST_HEAD
	    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" HIDDEN,
	    400);
	REFUSED("another encoding",
	    POST_HEAD "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" HIDDEN, 400);
	REFUSED("an encoding that is none",
	    POST_HEAD "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" HIDDEN, 400);
	REFUSED("chunks in HTTP/1.0", "POST /fi/notes HTTP/1.0\r\n" HOST FORM
	    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN, 400);
	REFUSED("a length with a sign", POST_HEAD "Content-Length: +5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("a negative length", POST_HEAD "Content-Length: -5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("a list of lengths", POST_HEAD "Content-Length: 5, 5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("a body of a GET",
	    "GET /fi HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("chunks of a GET",
	    "GET /fi HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN, 400);
	REFUSED(
	    "a space before the colon", POST_HEAD "Content-Length : 5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("a folded line", POST_HEAD "X: y\r\n Content-Length: 5\r\n\r\n" HIDDEN, 400);
	REFUSED("a folded length", POST_HEAD "Content-Length:\r\n 5\r\n\r\nabcde" HIDDEN, 400);
	REFUSED("a bare line feed", "GET /fi HTTP/1.1\nHost: localhost\n\n" HIDDEN, 400);
	REFUSED(
	    "one bare line feed", "GET /fi HTTP/1.1\r\nX: y\nHost: localhost\r\n\r\n" HIDDEN, 400);
	REFUSED("a bare line feed at the end", "GET /fi HTTP/1.1\r\n" HOST "\n" HIDDEN, 400);
	REFUSED(
	    "a bare carriage return", "GET /fi HTTP/1.1\r\nX: y\rz\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a NUL in a value", "GET /fi HTTP/1.1\r\nX: y\0z\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a NUL in a name", "GET /fi HTTP/1.1\r\nX\0Y: z\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a NUL behind the host",
	    "GET /fi HTTP/1.1\r\nHost: localhost\0.evil\r\n\r\n" HIDDEN, 400);
	CHECK_INT(house_notes(house), 0);
	house_end(house);
}

TEST(hosts_and_addresses_are_checked)
{
	struct house *house = house_new(t);

	house_serve(house);
	REFUSED("no host", "GET /fi HTTP/1.1\r\n\r\n" HIDDEN, 400);
	REFUSED("no host in HTTP/1.0", "GET /fi HTTP/1.0\r\n\r\n" HIDDEN, 400);
	REFUSED("two hosts", "GET /fi HTTP/1.1\r\n" HOST "Host: evil.example\r\n\r\n" HIDDEN, 400);
	REFUSED("an empty host", "GET /fi HTTP/1.1\r\nHost:\r\n\r\n" HIDDEN, 400);
	REFUSED("a host that is a path", "GET /fi HTTP/1.1\r\nHost: a/b\r\n\r\n" HIDDEN, 400);
	REFUSED("a user in the host", "GET /fi HTTP/1.1\r\nHost: a@b\r\n\r\n" HIDDEN, 400);
	REFUSED("%00 in the path", "GET /fi/word/a%00b HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("%00 in the query", "GET /fi?a=%00 HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a NUL in the path", "GET /fi/word/a\0b HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a NUL and a version in the path",
	    "GET /fi\0HTTP/1.1\0x HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a raw letter", "GET /fi/word/\xc3\xa4 HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a tab in the path", "GET /fi/word/a\tb HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("an absolute address", "GET http://evil.example/fi HTTP/1.1\r\n" HOST "\r\n" HIDDEN,
	    400);
	REFUSED("a fragment", "GET /fi#x HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	REFUSED("a star", "OPTIONS * HTTP/1.1\r\n" HOST "\r\n" HIDDEN, 400);
	house_end(house);
}

TEST(heads_have_limits)
{
	struct house *house = house_new(t);
	struct str long_line = str_fmt(t->arena, "GET /fi HTTP/1.1\r\n" HOST "X: %040000d\r\n\r\n", 0);
	struct out many = out_new(t->arena);
	struct reply reply;
	int fd;

	house_serve(house);
	fd = dial(house);
	say_n(fd, long_line.p, long_line.n);
	reply = hear(t, fd, 3000);
	CHECK_INT(reply.status, 431);
	CHECK(hung_up(fd, 3000));
	close(fd);
	out_lit(&many, "GET /fi HTTP/1.1\r\n" HOST);
	for (int i = 0; i < 120; i++)
		out_fmt(&many, "X-%d: y\r\n", i);
	out_lit(&many, "\r\n");
	refused_with(t, house, "many headers", many.p, many.n, 431);
	house_end(house);
}

TEST(bodies_have_limits)
{
	struct house *house = house_new(t);
	char piece[4096 + 9];
	struct reply reply;
	int fd;

	house->options.body_bytes_max = 20000;
	house_serve(house);
	/* So long that it is not even read. */
	REFUSED("a huge length", POST_HEAD "Content-Length: 999999999\r\n\r\nabc", 413);
	REFUSED("a length that is no number of ours",
	    POST_HEAD "Content-Length: 99999999999999999999999\r\n\r\nabc", 413);
	/* A little too long: read to its end, answered, and the connection goes on. */
	memset(piece, 'a', sizeof piece);
	fd = dial(house);
	say(fd, POST_HEAD "Content-Length: 40960\r\n\r\n");
	for (int i = 0; i < 10; i++)
		say_n(fd, piece, 4096);
	CHECK_INT(hear(t, fd, 3000).status, 413);
	say(fd, "GET /fi HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(hear(t, fd, 3000).status, 200);
	close(fd);
	/* The same in chunks, which do not say how long they will be. */
	fd = dial(house);
	say(fd, POST_HEAD "Transfer-Encoding: chunked\r\n\r\n");
	memcpy(piece, "1000\r\n", 6);
	memcpy(piece + 6 + 4096, "\r\n", 2);
	for (int i = 0; i < 10; i++)
		say_n(fd, piece, 4096 + 8);
	say(fd, "0\r\n\r\n");
	reply = hear(t, fd, 3000);
	CHECK_INT(reply.status, 413);
	close(fd);
	/* Much too long: cut off. */
	fd = dial(house);
	say(fd, POST_HEAD "Transfer-Encoding: chunked\r\n\r\n");
	for (int i = 0; i < 40; i++)
		say_n(fd, piece, 4096 + 8);
	CHECK(hung_up(fd, 3000));
	close(fd);
	REFUSED("a chunk size that is none",
	    POST_HEAD "Transfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n", 400);
	REFUSED(
	    "a negative chunk", POST_HEAD "Transfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n", 400);
	CHECK_INT(house_notes(house), 0);
	house_end(house);
}

/* Sends a byte every 20 ms; true when the server hung up within so long. */
static bool
trickled_out(int fd, const char *bytes, int64_t within_ms)
{
	int64_t until = guard_now_ms() + within_ms;
	size_t at = 0, n = strlen(bytes);

	while (guard_now_ms() < until) {
		if (hung_up(fd, 20))
			return true;
		if (at < n)
			say_n(fd, bytes + at++, 1);
	}
	return false;
}

TEST(slow_clients_do_not_stay)
{
	struct house *house = house_new(t);
	char head[2000] = "GET /fi HTTP/1.1\r\n" HOST "X: ", body[2000] = "";
	struct reply reply;
	int slow_line, slow_head, slow_body, silent, waiting;

	house->options.deadlines = (struct guard_deadlines){.head_ms = 1000, .body_ms = 1000};
	house_serve(house);
	memset(head + strlen(head), 'x', 1500);
	memset(body, 'x', 1500);
	silent = dial(house);
	waiting = dial(house);
	say(waiting, "GET /fi HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(hear(t, waiting, 3000).status, 200);

	slow_head = dial(house);
	CHECK(trickled_out(slow_head, head, 4000));
	slow_line = dial(house);
	CHECK(trickled_out(slow_line, body, 4000)); /* the first line has no end */
	slow_body = dial(house);
	say(slow_body, POST_HEAD "Content-Length: 1500\r\n\r\n");
	CHECK(trickled_out(slow_body, body, 4000));

	/* Those who only wait are nobody's harm and stay. */
	say(silent, "GET /fi HTTP/1.1\r\n" HOST "\r\n");
	reply = hear(t, silent, 3000);
	CHECK_INT(reply.status, 200);
	say(waiting, "GET /fi HTTP/1.1\r\n" HOST "\r\n");
	reply = hear(t, waiting, 3000);
	CHECK_INT(reply.status, 200);
	close(slow_head);
	close(slow_line);
	close(slow_body);
	close(silent);
	close(waiting);
	house_end(house);
}

TEST(who_does_not_read_is_not_waited_for)
{
	struct house *house = house_new(t);
	struct timespec pause = {.tv_sec = 3};
	int fd;
	static char bytes[65536];
	size_t got = 0;
	ssize_t n;

	house->options.deadlines.send_ms = 1000;
	house_serve(house);
	fd = dial(house);
	say(fd, "GET /fi/large HTTP/1.1\r\n" HOST "\r\n");
	for (int i = 0; i < 20; i++)
		say(fd, "GET /fi/large HTTP/1.1\r\n" HOST "\r\n");
	nanosleep(&pause, NULL);
	while ((n = recv(fd, bytes, sizeof bytes, 0)) > 0)
		got += (size_t)n;
	CHECK(got < 21 * 800000);
	close(fd);
	house_end(house);
}

/* A good request with bytes changed, cut out and doubled; the same in every run. */
static size_t
spoil(char *bytes, size_t n, uint64_t *seed)
{
	for (int changes = 0; changes < 4; changes++) {
		size_t at, many;

		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		at = (*seed >> 33) % n;
		many = (*seed >> 21) % 5 + 1;
		if ((*seed >> 60) < 8) {
			bytes[at] = (char)(*seed >> 40);
		} else if ((*seed >> 60) < 12 && n > 100 && at + many < n) {
			memmove(bytes + at, bytes + at + many, n - at - many);
			n -= many;
		} else if (n + many < 900) {
			memmove(bytes + at + many, bytes + at, n - at);
			n += many;
		}
	}
	return n;
}

TEST(nonsense_is_survived)
{
	static const char good[] = "POST /fi/notes?a=%20b HTTP/1.1\r\n" HOST FORM
	    "Cookie: session=aino; theme=dark; flash=x~y\r\nOrigin: http://localhost\r\n"
	    "Transfer-Encoding: chunked\r\nAccept-Encoding: br;q=0.1, gzip\r\n\r\n"
	    "8\r\nwords=ab\r\n6\r\n&once=\r\n0\r\n\r\n"
	    "GET /sv/item/3 HTTP/1.1\r\n" HOST "Accept-Language: sv;q=0.5,fi\r\n\r\n";
	struct house *house = house_new(t);
	struct timespec pause = {.tv_nsec = 20 * 1000000L};
	uint64_t seed = 20261123;
	char bytes[1024];

	house_serve(house);
	for (int round = 0; round < 60; round++) {
		int fd[50];

		for (size_t i = 0; i < 50; i++) {
			size_t n = sizeof good - 1;

			memcpy(bytes, good, n);
			n = spoil(bytes, n, &seed);
			fd[i] = dial(house);
			say_n(fd[i], bytes, n);
		}
		nanosleep(&pause, NULL);
		for (size_t i = 0; i < 50; i++)
			close(fd[i]);
	}
	CHECK_INT(ask_once(house, "GET /fi HTTP/1.1\r\n" HOST "\r\n").status, 200);
	CHECK_INT(house_notes(house), 0);
	house_end(house);
}

TEST(idle_connections_end)
{
	struct house *house = house_new(t);
	int fd;

	house->options.idle_s = 1;
	house_serve(house);
	fd = dial(house);
	CHECK(hung_up(fd, 4000));
	close(fd);
	house_end(house);
}

TEST(those_who_wait_make_room)
{
	struct house *house = house_new(t);
	int idle[60], fd;

	house->options.connections_max = 40;
	house_serve(house);
	for (size_t i = 0; i < 60; i++)
		idle[i] = dial(house);
	fd = dial(house);
	say(fd, "GET /fi HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(hear(t, fd, 8000).status, 200);
	close(fd);
	for (size_t i = 0; i < 60; i++)
		close(idle[i]);
	house_end(house);
}

#define POST_FROM(headers) POST_HEAD headers "Content-Length: 0\r\n\r\n"

TEST(forms_of_other_sites_are_refused)
{
	struct house *house = house_new(t);

	house_serve(house);
	REFUSED("another origin", POST_FROM("Origin: https://evil.example\r\n"), 403);
	REFUSED("another port", POST_FROM("Origin: http://localhost:81\r\n"), 403);
	REFUSED("an opaque origin", POST_FROM("Origin: null\r\n"), 403);
	REFUSED("another site", POST_FROM("Sec-Fetch-Site: cross-site\r\n"), 403);
	REFUSED("a neighbour", POST_FROM("Sec-Fetch-Site: same-site\r\n"), 403);
	REFUSED("another site with our origin",
	    POST_FROM("Origin: http://localhost\r\nSec-Fetch-Site: cross-site\r\n"), 403);
	REFUSED("two origins",
	    POST_FROM("Origin: http://localhost\r\nOrigin: http://localhost\r\n"), 400);
	CHECK_INT(house_notes(house), 0);
	house_end(house);
}

TEST(origins_are_compared)
{
	struct head head = {
	    .host = STR("Nuotio.example:8080"), .origin = STR("http://nuotio.example:8080")};

	CHECK(guard_same_origin(&head, STR("")));
	CHECK(guard_same_origin(&head, STR("http://nuotio.example:8080")));
	CHECK(guard_same_origin(&head, STR("http://nuotio.example:8080/")));
	CHECK(!guard_same_origin(&head, STR("https://nuotio.example")));
	head.origin = STR("http://nuotio.example");
	CHECK(!guard_same_origin(&head, STR("")));
	head.origin = (struct str){0};
	CHECK(guard_same_origin(&head, STR("https://nuotio.example")));
	head.fetch_site = STR("same-origin");
	CHECK(guard_same_origin(&head, STR("")));
	head.fetch_site = STR("none");
	CHECK(guard_same_origin(&head, STR("")));
	head.fetch_site = STR("cross-site");
	CHECK(!guard_same_origin(&head, STR("")));
}

TEST(own_paths_are_told_from_others)
{
	CHECK(guard_own_path(STR("/")));
	CHECK(guard_own_path(STR("/fi/pohja?a=b#c")));
	CHECK(!guard_own_path(STR("")));
	CHECK(!guard_own_path(STR("fi")));
	CHECK(!guard_own_path(STR("//evil.example")));
	CHECK(!guard_own_path(STR("/\\evil.example")));
	CHECK(!guard_own_path(STR("/a\r\nSet-Cookie: x")));
	CHECK(!guard_own_path(STR("/\t/evil.example")));
	CHECK(!guard_own_path(STR("https://evil.example")));
}
