/* The client of the tests: raw bytes, so that it can send what no browser would. */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/http/server_fixture.h"
#include "lib/need.h"
#include "lib/out.h"

int
dial_port(uint16_t port)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	need(fd >= 0);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int
dial(struct house *house)
{
	return dial_port(house->port);
}

void
say_n(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		bytes += sent;
		n -= (size_t)sent;
	}
}

void
say(int fd, const char *bytes)
{
	say_n(fd, bytes, strlen(bytes));
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* At most n bytes; 0 at the end, -1 when nothing came in time. */
static ssize_t
some(int fd, char *to, size_t n, int64_t until)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	int64_t left = until - now_ms();
	ssize_t got;

	if (left < 0 || poll(&p, 1, (int)left) <= 0)
		return -1;
	got = recv(fd, to, n, 0);
	return got < 0 ? 0 : got; /* a reset is an end, too */
}

bool
hung_up(int fd, int ms)
{
	char bytes[4096];
	int64_t until = now_ms() + ms;

	for (;;) {
		ssize_t n = some(fd, bytes, sizeof bytes, until);
		if (n <= 0)
			return n == 0;
	}
}

static struct str
find(struct str head, const char *name, size_t nth)
{
	while (head.n) {
		struct str line = str_cut(&head, '\n'), key = str_cut(&line, ':');

		if (key.n == strlen(name) && strncasecmp(key.p, name, key.n) == 0 && nth-- == 0)
			return str_trim(line);
	}
	return (struct str){0};
}

struct str
header_nth(const struct reply *reply, const char *name, size_t n)
{
	return find(reply->head, name, n);
}

struct str
header_of(const struct reply *reply, const char *name)
{
	return header_nth(reply, name, 0);
}

/* The head is read byte by byte, so that pipelined answers stay apart. */
static struct reply
read_reply(struct test *t, int fd, int ms, bool no_body)
{
	struct out head = out_new(t->arena), body = out_new(t->arena);
	int64_t until = now_ms() + ms, length = 0;
	struct reply reply = {0};
	char c;

	while (!str_ends(out_text(&head), STR("\r\n\r\n"))) {
		ssize_t n = some(fd, &c, 1, until);
		if (n <= 0) {
			reply.closed = n == 0;
			return reply;
		}
		out_char(&head, c);
	}
	reply.head = out_text(&head);
	reply.status = (int)strtol(reply.head.p + 9, NULL, 10);
	if (!no_body && reply.status != 304 && reply.status != 204 && reply.status != 100)
		str_int(header_of(&reply, "Content-Length"), &length);
	while ((int64_t)body.n < length) {
		char bytes[4096];
		size_t want = (size_t)length - body.n;
		ssize_t n = some(fd, bytes, want < sizeof bytes ? want : sizeof bytes, until);
		if (n <= 0)
			break;
		out_bytes(&body, bytes, (size_t)n);
	}
	reply.body = out_text(&body);
	reply.closed = str_is(header_of(&reply, "Connection"), "close") ||
	    str_is(header_of(&reply, "Connection"), "Close");
	return reply;
}

struct reply
hear(struct test *t, int fd, int ms)
{
	return read_reply(t, fd, ms, false);
}

struct reply
hear_head(struct test *t, int fd, int ms)
{
	return read_reply(t, fd, ms, true);
}

struct reply
ask_once(struct house *house, const char *bytes)
{
	int fd = dial(house);
	struct reply reply;

	need(fd >= 0);
	say(fd, bytes);
	reply = hear(house->t, fd, 5000);
	close(fd);
	return reply;
}

/* --- forms --------------------------------------------------------------- */

struct str
line_of(struct str page, const char *name)
{
	while (page.n) {
		struct str line = str_cut(&page, '\n'), key = str_cut(&line, '=');
		if (str_is(key, name))
			return line;
	}
	return (struct str){0};
}

struct browser
browser_of(struct house *house, const char *cookie)
{
	return (struct browser){.t = house->t, .port = house->port, .cookie = str_of(cookie)};
}

static struct reply
ask_port(struct test *t, uint16_t port, struct str bytes)
{
	int fd = dial_port(port);
	struct reply reply = {0};

	if (fd < 0)
		return reply;
	say_n(fd, bytes.p, bytes.n);
	reply = hear(t, fd, 5000);
	close(fd);
	return reply;
}

struct reply
look(struct browser *b, const char *address)
{
	struct reply reply = ask_port(b->t, b->port,
	    str_fmt(b->t->arena, "GET %s HTTP/1.1\r\nHost: localhost\r\nCookie: x=y; %.*s\r\n\r\n",
		address, STR_ARG(b->cookie)));
	struct str set = header_of(&reply, "Set-Cookie"), cookie = str_cut(&set, ';');

	if (!b->cookie.n)
		b->cookie = cookie;
	b->once = line_of(reply.body, "once");
	return reply;
}

struct str
form_bytes(const struct browser *b, const char *address, const char *body, const char *headers)
{
	struct arena *a = b->t->arena;
	struct str whole = str_fmt(a, "once=%.*s&%s", STR_ARG(b->once), body);

	return str_fmt(a,
	    "POST %s HTTP/1.1\r\nHost: localhost\r\nCookie: %.*s\r\nOrigin: http://localhost\r\n%s"
	    "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
	    "Content-Length: %zu\r\n\r\n%.*s",
	    address, STR_ARG(b->cookie), headers, whole.n, STR_ARG(whole));
}

struct reply
send_form(const struct browser *b, const char *address, const char *body)
{
	return ask_port(b->t, b->port, form_bytes(b, address, body, ""));
}
