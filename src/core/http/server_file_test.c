/* Forms with files, over real sockets: they may be longer than others, a few of them at once. */
#include <time.h>
#include <unistd.h>

#include "core/http/server_fixture.h"
#include "lib/out.h"

#define HEAD "POST %s HTTP/1.1\r\nHost: localhost\r\nCookie: %.*s\r\nContent-Type: multipart/form-data; boundary=x\r\n"

/* Bytes of a file that are no text, and what take_file makes of them. */
static struct str
bytes_of(struct test *t, size_t n, uint32_t *sum)
{
	char *p = arena_bytes(t->arena, n);

	*sum = 0;
	for (size_t i = 0; i < n; i++) {
		p[i] = (char)(i * 7 + i / 251);
		*sum = *sum * 31 + (unsigned char)p[i];
	}
	return (struct str){p, n};
}

static struct str
body_with(const struct browser *b, struct str file)
{
	struct out o = out_new(b->t->arena);

	out_fmt(&o, "--x\r\nContent-Disposition: form-data; name=once\r\n\r\n%.*s\r\n"
	    "--x\r\nContent-Disposition: form-data; name=words\r\n\r\nsana\r\n"
	    "--x\r\nContent-Disposition: form-data; name=file; filename=\"kuva.png\"\r\n"
	    "Content-Type: image/png\r\n\r\n",
	    STR_ARG(b->once));
	out_str(&o, file);
	out_lit(&o, "\r\n--x--\r\n");
	return out_text(&o);
}

static struct str
head_for(const struct browser *b, const char *address, size_t n)
{
	return str_fmt(b->t->arena, HEAD "Content-Length: %zu\r\n\r\n", address, STR_ARG(b->cookie), n);
}

static struct reply
send_file(struct house *house, const struct browser *b, const char *address, size_t n)
{
	uint32_t sum;
	struct str body = body_with(b, bytes_of(house->t, n, &sum)), head = head_for(b, address, body.n);
	struct reply reply;
	int fd = dial(house);

	say_n(fd, head.p, head.n);
	say_n(fd, body.p, body.n);
	reply = hear(house->t, fd, 10000);
	close(fd);
	return reply;
}

static struct browser
someone(struct house *house)
{
	struct browser b = browser_of(house, "");

	look(&b, "/fi/file/form");
	return b;
}

static struct house *
open_house(struct test *t)
{
	struct house *house = house_new(t);

	house->options.body_bytes_max = 20000;
	house->options.large_max = 2;
	house_serve(house);
	return house;
}

TEST(a_file_arrives_as_it_was_sent)
{
	struct house *house = open_house(t);
	struct browser b = someone(house);
	static const size_t sizes[] = {0, 1, 19000, 21000, 1 << 20, HOUSE_FILE_BYTES_MAX - 1000};

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct reply reply;
		uint32_t sum;

		bytes_of(t, sizes[i], &sum);
		look(&b, "/fi/file/form");
		reply = send_file(house, &b, "/fi/file/form", sizes[i]);
		CHECK_INT(reply.status, 303);
		CHECK(str_eq(header_of(&reply, "Location"),
		    str_fmt(t->arena, "/fi/kuva.png/%zu/%u", sizes[i], (unsigned)sum)));
	}
	house_end(house);
}

TEST(a_form_that_takes_a_file_is_drawn_so)
{
	struct house *house = open_house(t);
	struct browser b = someone(house);
	struct reply reply = look(&b, "/fi/file/form");

	CHECK(str_contains(reply.body, STR("action=\"/fi/file/form\" enctype=\"multipart/form-data\">")));
	CHECK(str_contains(reply.body, STR("<form method=\"post\" action=\"/fi/notes\"><input")));
	/* refused: the name of the file stays, for its person to choose it again */
	reply = send_form(&b, "/fi/file/form", "words=sana");
	CHECK_INT(reply.status, 422);
	CHECK_STR(line_of(reply.body, "problem"), "http.no_file");
	b.once = STR("not ours");
	reply = send_file(house, &b, "/fi/file/form", 30000);
	CHECK_INT(reply.status, 403);
	CHECK_STR(line_of(reply.body, "words"), "sana");
	CHECK_STR(line_of(reply.body, "file"), "kuva.png");
	house_end(house);
}

/* What is kept over a sign-in is what was written; the file is chosen again. */
TEST(a_file_is_not_kept_for_after_signing_in)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, "x=y");
	struct reply reply = send_file(house, &b, "/fi/ranta/desk/file", 30000);

	CHECK_INT(reply.status, 403);
	CHECK_STR(line_of(reply.body, "body"), "words=sana");
	house_end(house);
}

TEST(a_file_where_none_is_expected_is_refused)
{
	struct house *house = open_house(t);
	struct browser b = someone(house);

	CHECK_INT(send_file(house, &b, "/fi/notes", 100).status, 415);
	house_end(house);
}

/* A little too much is read to its end, so that the browser shows the answer; much more is cut off. */
TEST(a_file_that_is_too_large_is_refused_while_it_arrives)
{
	struct house *house = open_house(t);
	struct browser b = someone(house);
	struct reply reply;
	struct str head;
	int fd;

	CHECK_INT(send_file(house, &b, "/fi/file/form", HOUSE_FILE_BYTES_MAX).status, 413);
	reply = send_file(house, &b, "/fi/file/form", 3 * HOUSE_FILE_BYTES_MAX);
	CHECK_INT(reply.status, 413);
	CHECK(!reply.closed);
	head = head_for(&b, "/fi/file/form", 5 * HOUSE_FILE_BYTES_MAX);
	fd = dial(house);
	say_n(fd, head.p, head.n);
	reply = hear(t, fd, 5000);
	CHECK_INT(reply.status, 413);
	CHECK(reply.closed);
	close(fd);
	/* other forms are as short as ever */
	CHECK_INT(send_form(&b, "/fi/notes", str_z(t->arena, str_fmt(t->arena, "words=%030000d", 1))).status, 413);
	CHECK_INT(send_form(&b, "/fi/file/form", str_z(t->arena, str_fmt(t->arena, "words=%030000d", 1))).status, 413);
	house_end(house);
}

/* One that does not say how long it will be gets no room for more than others. */
TEST(a_large_body_says_its_length)
{
	struct house *house = open_house(t);
	struct browser b = someone(house);
	struct str head =
	    str_fmt(t->arena, HEAD "Transfer-Encoding: chunked\r\n\r\n", "/fi/file/form", STR_ARG(b.cookie));
	uint32_t sum;
	struct str body = body_with(&b, bytes_of(t, 30000, &sum));
	int fd = dial(house);

	say_n(fd, head.p, head.n);
	for (size_t at = 0; at < body.n; at += 1000) {
		struct str part = str_sub(body, at, 1000);
		struct str chunk = str_fmt(t->arena, "%zx\r\n%.*s\r\n", part.n, 0, "");

		say_n(fd, chunk.p, chunk.n - 2);
		say_n(fd, part.p, part.n);
		say(fd, "\r\n");
	}
	say(fd, "0\r\n\r\n");
	CHECK_INT(hear(t, fd, 5000).status, 413);
	close(fd);
	house_end(house);
}

static int
begin(struct house *house, const struct browser *b, struct str body)
{
	struct str head = head_for(b, "/fi/file/form", body.n);
	int fd = dial(house);

	say_n(fd, head.p, head.n);
	say_n(fd, body.p, body.n / 2);
	return fd;
}

/* Whether so many are soon on the way. */
static bool
becomes_large(struct house *house, int n)
{
	struct timespec pause = {.tv_nsec = 5 * 1000000L};
	struct str line = str_fmt(house->t->arena, "\nnuotio_http_large_running %d\n", n);

	for (int i = 0; i < 1000; i++) {
		if (str_contains(ask_once(house, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").body, line))
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

TEST(a_few_large_bodies_arrive_at_once)
{
	struct house *house = open_house(t);
	struct browser b = someone(house), c = someone(house), d = someone(house);
	uint32_t sum;
	struct str file = bytes_of(t, 100000, &sum), of_b = body_with(&b, file), of_c = body_with(&c, file);
	int first = begin(house, &b, of_b), second = begin(house, &c, of_c);
	struct reply reply;

	CHECK(becomes_large(house, 2));
	/* the third is told to come again; short ones are taken all the same */
	reply = send_file(house, &d, "/fi/file/form", 100000);
	CHECK_INT(reply.status, 503);
	CHECK(header_of(&reply, "Retry-After").n > 0);
	CHECK_INT(send_file(house, &d, "/fi/file/form", 10000).status, 303);
	/* one is left in the middle: its place is free again */
	close(second);
	CHECK(becomes_large(house, 1));
	look(&d, "/fi/file/form");
	CHECK_INT(send_file(house, &d, "/fi/file/form", 100000).status, 303);
	say_n(first, of_b.p + of_b.n / 2, of_b.n - of_b.n / 2);
	CHECK_INT(hear(t, first, 5000).status, 303);
	close(first);
	CHECK(becomes_large(house, 0));
	house_end(house);
}

TEST(what_lasts_is_kept_for_a_year)
{
	struct house *house = open_house(t);
	struct browser b = browser_of(house, AINO);
	struct reply reply = look(&b, "/fi/lasting");

	CHECK_INT(reply.status, 200);
	CHECK_STR(header_of(&reply, "Content-Type"), "image/jpeg");
	CHECK_STR(header_of(&reply, "Cache-Control"), "public, max-age=31536000, immutable");
	CHECK_STR(reply.body, "jpeg");
	house_end(house);
}
