#include "core/fetch.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/date.h"
#include "lib/out.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/fetch_address.h"
#include "core/job/job.h"
#include "core/job/scheduler.h"
#include "core/log.h"

#include "test/test.h"

enum { BYTES_MAX = 100000 };

/* --- a server, each of whose pages misbehaves in its own way ----------------------------------- */

static struct {
	int listens;
	pthread_t thread;
	uint16_t port;
	atomic_int calls;
	pthread_mutex_t mutex;
	char heard[4096]; /* the last request */
} web = {.mutex = PTHREAD_MUTEX_INITIALIZER};

/* Whether the last request said so. */
static bool
was_said(const char *words)
{
	bool said;

	pthread_mutex_lock(&web.mutex);
	said = strstr(web.heard, words) != NULL;
	pthread_mutex_unlock(&web.mutex);
	return said;
}

/* False: the client is gone. */
static bool
say(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t went = send(fd, bytes, n, MSG_NOSIGNAL);
		if (went <= 0)
			return false;
		bytes += went;
		n -= (size_t)went;
	}
	return true;
}

static bool
says(int fd, const char *words)
{
	return say(fd, words, strlen(words));
}

static void
page(int fd, const char *headers, const char *body)
{
	char head[2000];

	snprintf(head, sizeof head, "HTTP/1.1 %s\r\nConnection: close\r\n\r\n", headers);
	says(fd, head);
	says(fd, body);
}

static void
lead_to(int fd, const char *address)
{
	char head[1500];

	snprintf(head, sizeof head, "302 Found\r\nLocation: %s", address);
	page(fd, head, "elsewhere");
}

/* --- packed ------------------------------------------------------------------------------------ */

struct bits {
	unsigned char *p;
	size_t n;
};

static void
put_bits(struct bits *b, unsigned value, int count)
{
	for (int i = 0; i < count; i++, b->n++)
		b->p[b->n / 8] |= (unsigned char)((value >> i & 1) << b->n % 8);
}

/* A code of DEFLATE's own alphabet, whose bits stand the other way round. */
static void
put_code(struct bits *b, unsigned value, int count)
{
	while (count--)
		put_bits(b, value >> count & 1, 1);
}

/* gzip of 1 + 258 * times letters, without its end: nobody should come so far. */
static size_t
pack(unsigned char *to, int times)
{
	static const unsigned char head[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
	struct bits b = {to + sizeof head, 0};

	memcpy(to, head, sizeof head);
	put_bits(&b, 3, 3); /* the last block, with the usual codes */
	put_code(&b, 0x30 + 'x', 8);
	for (int i = 0; i < times; i++) {
		put_code(&b, 0xc0 + 285 - 280, 8); /* 258 bytes */
		put_code(&b, 0, 5);                /* from one byte before */
	}
	return sizeof head + b.n / 8;
}

static void
bomb(int fd)
{
	static unsigned char bytes[90000]; /* fewer than BYTES_MAX, and ten megabytes when unpacked */

	memset(bytes, 0, sizeof bytes);
	page(fd, "200 OK\r\nContent-Encoding: gzip", "");
	say(fd, (const char *)bytes, pack(bytes, 45000));
}

/* Blocks of nothing, which unpack to nothing for ever. */
static void
empty_bomb(int fd)
{
	static const char head[] = "\x1f\x8b\x08\0\0\0\0\0\0\x03", nothing[] = "\0\0\0\xff\xff\0\0\0\xff\xff";
	bool goes_on = true;

	page(fd, "200 OK\r\nContent-Encoding: gzip", "");
	say(fd, head, sizeof head - 1);
	for (int i = 0; goes_on && i < 10000000; i++)
		goes_on = say(fd, nothing, sizeof nothing - 1);
}

/* --- its pages --------------------------------------------------------------------------------- */

static void
good_page(int fd)
{
	bool has_it = was_said("\r\nIf-None-Match: \"one\"\r\n") ||
	    was_said("\r\nIf-Modified-Since: Mon, 23 Nov 2026 09:00:00 GMT\r\n");

	page(fd, has_it ? "304 Not Modified\r\nETag: \"one\"" : "200 OK\r\nETag: \"one\"\r\n"
	    "Content-Type: text/calendar\r\n"
	    "Last-Modified: Mon, 23 Nov 2026 09:00:00 GMT", has_it ? "" : "BEGIN:VCALENDAR\r\n");
}

static void
packed_page(int fd)
{
	static const char bytes[] = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x73\x72\x75\xf7\xf4\xb3\x0a\x73"
	    "\x76\xf4\x71\xf5\x73\x71\x0c\xe2\xe5\x02\x00\x76\xe6\x76\xd6\x11\x00\x00\x00";

	page(fd, "200 OK\r\nContent-Encoding: gzip", "");
	say(fd, bytes, sizeof bytes - 1);
}

static void
long_page(int fd, size_t n)
{
	page(fd, "200 OK", "");
	while (n--)
		if (!says(fd, "x"))
			return;
}

static void
slow_page(int fd)
{
	page(fd, "200 OK", "");
	for (int i = 0; i < 100 && says(fd, "x"); i++)
		usleep(100000);
}

static void
endless_head(int fd)
{
	bool goes_on = says(fd, "HTTP/1.1 200 OK\r\n");

	while (goes_on)
		goes_on = says(fd, "X-More: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
}

static void
silence(int fd)
{
	char c;

	while (recv(fd, &c, 1, 0) > 0)
		;
}

static void
answer(int fd, const char *path, const char *own)
{
	char address[200];

	if (strcmp(path, "/good") == 0) {
		good_page(fd);
	} else if (strcmp(path, "/packed") == 0) {
		packed_page(fd);
	} else if (strcmp(path, "/full") == 0) {
		long_page(fd, BYTES_MAX);
	} else if (strcmp(path, "/endless") == 0) {
		long_page(fd, SIZE_MAX);
	} else if (strcmp(path, "/bomb") == 0) {
		bomb(fd);
	} else if (strcmp(path, "/empty-bomb") == 0) {
		empty_bomb(fd);
	} else if (strcmp(path, "/slow") == 0) {
		slow_page(fd);
	} else if (strcmp(path, "/silent") == 0) {
		silence(fd);
	} else if (strcmp(path, "/head") == 0) {
		endless_head(fd);
	} else if (strcmp(path, "/half") == 0) {
		page(fd, "200 OK\r\nContent-Length: 100", "half");
	} else if (strcmp(path, "/old") == 0) {
		says(fd, "BEGIN:VCALENDAR\r\n");
	} else if (strcmp(path, "/unasked") == 0) {
		page(fd, "304 Not Modified", "");
	} else if (strcmp(path, "/angry") == 0) {
		page(fd, "500 No", "");
		long_page(fd, SIZE_MAX);
	} else if (strcmp(path, "/loop") == 0) {
		lead_to(fd, "/loop");
	} else if (strcmp(path, "/near") == 0) {
		lead_to(fd, "good");
	} else if (strcmp(path, "/far") == 0) {
		snprintf(address, sizeof address, "%s/near", own);
		lead_to(fd, address);
	} else if (strncmp(path, "/to/", 4) == 0) {
		lead_to(fd, path + 4);
	} else if (strcmp(path, "/nowhere") == 0) {
		page(fd, "302 Found", "");
	} else if (strcmp(path, "/nothing") != 0) {
		page(fd, "404 Not Found", "no");
	}
}

static void
serve(int fd)
{
	char own[100], path[1000] = "", heard[sizeof web.heard] = "";
	size_t n = 0;
	ssize_t got;

	while (n < sizeof heard - 1 && (got = recv(fd, heard + n, sizeof heard - 1 - n, 0)) > 0) {
		n += (size_t)got;
		if (heard[0] != 'G' || strstr(heard, "\r\n\r\n"))
			break;
	}
	pthread_mutex_lock(&web.mutex);
	memcpy(web.heard, heard, sizeof heard);
	pthread_mutex_unlock(&web.mutex);
	snprintf(own, sizeof own, "http://127.0.0.1:%d", web.port);
	sscanf(heard, "GET %999s", path);
	atomic_fetch_add(&web.calls, 1);
	answer(fd, path, own);
	close(fd);
}

static void *
run(void *arg)
{
	int fd;

	(void)arg;
	while ((fd = accept(web.listens, NULL, NULL)) >= 0)
		serve(fd);
	return NULL;
}

static void
web_start(struct test *t)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;

	web.listens = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(web.listens >= 0);
	CHECK_INT(bind(web.listens, (struct sockaddr *)&at, n), 0);
	CHECK_INT(getsockname(web.listens, (struct sockaddr *)&at, &n), 0);
	web.port = ntohs(at.sin_port);
	atomic_store(&web.calls, 0);
	CHECK_INT(listen(web.listens, 8), 0);
	CHECK_INT(pthread_create(&web.thread, NULL, run, NULL), 0);
	fetch_inside_set(str_fmt(t->arena, "127.0.0.1:%d", web.port));
}

static void
web_end(void)
{
	shutdown(web.listens, SHUT_RDWR);
	pthread_join(web.thread, NULL);
	close(web.listens);
	fetch_inside_set(STR(""));
}

static struct fetched
get(struct test *t, const char *url)
{
	return fetch_from(t->arena, &(struct fetch){.url = str_of(url), .accept = STR("text/calendar"),
	    .bytes_max = BYTES_MAX,
	    .seconds_max = 5});
}

static struct str
own(struct test *t, const char *path)
{
	return str_fmt(t->arena, "http://127.0.0.1:%d%s", web.port, path);
}

static struct fetched
get_own(struct test *t, const char *path)
{
	return get(t, str_z(t->arena, own(t, path)));
}

/* --- addresses --------------------------------------------------------------------------------- */

static bool
is_public(struct test *t, const char *words)
{
	struct sockaddr_in four = {.sin_family = AF_INET};
	struct sockaddr_in6 six = {.sin6_family = AF_INET6};

	if (inet_pton(AF_INET, words, &four.sin_addr) == 1)
		return fetch_address_is_public((struct sockaddr *)&four);
	CHECK_INT(inet_pton(AF_INET6, words, &six.sin6_addr), 1);
	return fetch_address_is_public((struct sockaddr *)&six);
}

TEST(addresses_that_everybody_reaches)
{
	static const char *const good[] = {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
	    "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0",
	    "192.0.1.0",
	    "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
	    "2001:4860:4860::8888", "2a00:1450::1", "2003::1", "2600::1", "64:ff9b::1.1.1.1"};
	static const char *const bad[] = {"0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.0",
	    "100.127.255.255",
	    "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.8", "192.0.2.1",
	    "192.88.99.1", "192.168.0.1", "192.168.255.255", "198.18.0.0", "198.19.255.255", "198.51.100.7",
	    "203.0.113.9",
	    "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:1.1.1.1",
	    "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1.1.1.1",
	    "100::1",
	    "2001::1", "2001:db8::1", "2002:7f00:1::", "2002:101:101::", "3fff::1", "5f00::1", "fc00::1",
	    "fd12:3456::1",
	    "fe80::1", "fec0::1", "ff02::1", "4000::1", "1fff::1"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		t->checks++;
		if (!is_public(t, good[i]))
			test_fail(t, __FILE__, __LINE__, "%s is refused", good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		t->checks++;
		if (is_public(t, bad[i]))
			test_fail(t, __FILE__, __LINE__, "%s is allowed", bad[i]);
	}
	CHECK(!fetch_address_is_public(&(struct sockaddr){.sa_family = AF_UNIX}));
}

TEST(addresses_that_are_none_of_the_web)
{
	static const char *const none[] = {"", "  ", "file:///etc/passwd", "ftp://example.com/",
	    "gopher://example.com/",
	    "javascript:alert(1)", "data:text/plain,x", "http://", "http://exa mple.com/",
	    "http://example.com:99999/",
	    "http://[::1", "ldap://example.com/", "dict://example.com:80/"};

	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		t->checks++;
		CHECK_INT(fetch_address(t->arena, str_of(none[i])), FETCH_NO_ADDRESS);
		if (get(t, none[i]).verdict != FETCH_NO_ADDRESS)
			test_fail(t, __FILE__, __LINE__, "\"%s\" is %d", none[i], get(t, none[i]).verdict);
	}
	CHECK_INT(fetch_from(t->arena, &(struct fetch){.url = STR("http://example.com/\0x"), .bytes_max = 1,
	    .seconds_max = 1})
	    .verdict, FETCH_NO_ADDRESS);
	CHECK_INT(get(t, str_z(t->arena, str_fmt(t->arena, "http://example.com/%02000d", 0))).verdict,
	    FETCH_NO_ADDRESS);
	CHECK_INT(get(t, "https://aino:salasana@example.com/").verdict, FETCH_WITH_PASSWORD);
	CHECK_INT(get(t, "https://aino@example.com/").verdict, FETCH_WITH_PASSWORD);
	CHECK_INT(fetch_address(t->arena, STR("https://aino@example.com/")), FETCH_WITH_PASSWORD);
	CHECK_INT(fetch_address(t->arena, STR("example.com:8080/x")), FETCH_OTHER_PORT);
	CHECK_INT(fetch_address(t->arena, STR("webcal://example.com/a.ics")), FETCH_OK);
	CHECK_INT(get(t, "https://example.com:22/").verdict, FETCH_OTHER_PORT);
	CHECK_INT(get(t, "example.com:8080/x").verdict, FETCH_OTHER_PORT);
	CHECK_INT(get(t, "webcal://example.com:8080/x").verdict, FETCH_OTHER_PORT);
	CHECK_INT(get(t, "https://nobody.invalid/").verdict, FETCH_UNKNOWN_HOST);
}

/* However it is written: what counts is where the connection would go. */
TEST(nothing_inside_is_reached)
{
	static const char *const inner[] = {"http://127.0.0.1/", "https://127.0.0.1/", "127.0.0.1",
	    "webcal://127.0.0.1/x.ics",
	    "http://localhost/", "http://nuotio.localhost/", "http://127.1/",
	    "http://2130706433/",
	    "http://0x7f000001/", "http://0177.0.0.1/", "http://0/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
	    "http://[::]/", "http://10.1.2.3/", "http://169.254.169.254/latest/meta-data/", "http://192.168.0.1:443/",
	    "http://[fe80::1]/", "http://[fd00::1]/", "http://100.64.0.1/", "http://224.0.0.1/"};

	for (size_t i = 0; i < sizeof inner / sizeof *inner; i++) {
		t->checks++;
		if (get(t, inner[i]).verdict != FETCH_PRIVATE)
			test_fail(t, __FILE__, __LINE__, "\"%s\" is %d", inner[i], get(t, inner[i]).verdict);
	}
}

TEST(hosts_inside_that_an_admin_allows)
{
	static const char *const bad[] = {":80", "host:", "host:x", "host:0", "host:65536", "http://host", "a@b",
	    "a,,b", ",",
	    "[::1", "a/b"};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		t->checks++;
		if (fetch_inside_is(str_of(bad[i])))
			test_fail(t, __FILE__, __LINE__, "\"%s\" was taken", bad[i]);
	}
	CHECK(fetch_inside_is(STR("")) && fetch_inside_is(STR(" a.example , 10.0.0.5:8080,[::1]:1")));
	CHECK(!fetch_inside_is(str_fmt(t->arena, "%01001d", 0)));
	web_start(t);
	CHECK_INT(get_own(t, "/good").verdict, FETCH_OK);
	/* That one and no other, by that name and no other. */
	CHECK_INT(get(t, str_z(t->arena, str_fmt(t->arena, "http://localhost:%d/good", web.port))).verdict,
	    FETCH_OTHER_PORT);
	CHECK_INT(get(t, "http://127.0.0.1/").verdict, FETCH_PRIVATE);
	fetch_inside_set(str_fmt(t->arena, "timetable.example, LOCALHOST:%d,[::1]", web.port));
	CHECK_INT(get(t, str_z(t->arena, str_fmt(t->arena, "http://localhost:%d/good", web.port))).verdict, FETCH_OK);
	CHECK_INT(get_own(t, "/good").verdict, FETCH_OTHER_PORT);
	/* Without a port the usual two; nobody answers there. */
	fetch_inside_set(STR("127.0.0.1"));
	CHECK_INT(get_own(t, "/good").verdict, FETCH_OTHER_PORT);
	CHECK(get(t, "http://127.0.0.1:443/").verdict != FETCH_PRIVATE);
	web_end();
	CHECK_INT(get_own(t, "/good").verdict, FETCH_OTHER_PORT);
}

/* --- answers ----------------------------------------------------------------------------------- */

TEST(a_page_is_fetched)
{
	struct fetched got;

	web_start(t);
	got = get_own(t, "/good");
	CHECK_INT(got.verdict, FETCH_OK);
	CHECK_STR(got.body, "BEGIN:VCALENDAR\r\n");
	CHECK_STR(got.etag, "\"one\"");
	CHECK_STR(got.date, "Mon, 23 Nov 2026 09:00:00 GMT");
	CHECK_STR(got.type, "text/calendar");
	CHECK(was_said("\r\nAccept: text/calendar\r\n") && was_said("\r\nUser-Agent: Nuotio\r\n"));
	CHECK(!was_said("If-"));
	got = get_own(t, "/packed");
	CHECK_INT(got.verdict, FETCH_OK);
	CHECK_STR(got.body, "BEGIN:VCALENDAR\r\n");
	CHECK_INT(got.etag.n + got.date.n + got.type.n, 0);
	got = get_own(t, "/full");
	CHECK_INT(got.verdict, FETCH_OK);
	CHECK_INT(got.body.n, BYTES_MAX);
	web_end();
}

TEST(a_page_that_did_not_change_is_not_fetched_again)
{
	struct fetch wanted = {.bytes_max = BYTES_MAX, .seconds_max = 5, .etag = STR("\"one\"")};
	struct fetched got;

	web_start(t);
	wanted.url = own(t, "/far");
	got = fetch_from(t->arena, &wanted);
	CHECK_INT(got.verdict, FETCH_NOT_MODIFIED);
	CHECK_STR(got.etag, "\"one\"");
	CHECK_INT(got.body.n, 0);
	wanted.etag = STR("\"other\"");
	CHECK_INT(fetch_from(t->arena, &wanted).verdict, FETCH_OK);
	wanted.date = STR("Mon, 23 Nov 2026 09:00:00 GMT");
	CHECK_INT(fetch_from(t->arena, &wanted).verdict, FETCH_NOT_MODIFIED);
	/* What a server once gave is no header of its own. */
	wanted.etag = STR("x\r\nX-Evil: 1");
	wanted.date = STR("");
	CHECK_INT(fetch_from(t->arena, &wanted).verdict, FETCH_OK);
	CHECK(!was_said("Evil"));
	CHECK_INT(get_own(t, "/unasked").verdict, FETCH_STATUS);
	web_end();
}

TEST(each_address_on_the_way_is_looked_at)
{
	web_start(t);
	CHECK_INT(get_own(t, "/near").verdict, FETCH_OK);
	CHECK_INT(get_own(t, "/far").verdict, FETCH_OK);
	CHECK_INT(get_own(t, "/to/http://127.0.0.1/").verdict, FETCH_PRIVATE);
	CHECK_INT(get_own(t, "/to/http://localhost/").verdict, FETCH_PRIVATE);
	CHECK_INT(get_own(t, "/to/http://169.254.169.254/").verdict, FETCH_PRIVATE);
	CHECK_INT(get_own(t, "/to///127.0.0.1/").verdict, FETCH_PRIVATE);
	CHECK_INT(get_own(t, "/to/http://127.0.0.1:22/").verdict, FETCH_OTHER_PORT);
	CHECK_INT(get_own(t, "/to/http://a:b@127.0.0.1/").verdict, FETCH_WITH_PASSWORD);
	CHECK_INT(get_own(t, "/to/file:///etc/passwd").verdict, FETCH_NO_ADDRESS);
	CHECK_INT(get_own(t, "/to/https://nobody.invalid/").verdict, FETCH_UNKNOWN_HOST);
	CHECK_INT(get_own(t, "/nowhere").verdict, FETCH_STATUS);
	atomic_store(&web.calls, 0);
	CHECK_INT(get_own(t, "/loop").verdict, FETCH_TOO_MANY_REDIRECTS);
	CHECK_INT(atomic_load(&web.calls), 1 + FETCH_REDIRECTS_MAX);
	web_end();
}

TEST(an_answer_that_is_none)
{
	struct fetched got;

	web_start(t);
	got = get_own(t, "/missing");
	CHECK_INT(got.verdict, FETCH_STATUS);
	CHECK_INT(got.status, 404);
	CHECK_INT(got.body.n, 0);
	got = get_own(t, "/angry");
	CHECK_INT(got.verdict, FETCH_STATUS);
	CHECK_INT(got.status, 500);
	CHECK_INT(get_own(t, "/half").verdict, FETCH_BROKEN);
	CHECK_INT(get_own(t, "/nothing").verdict, FETCH_BROKEN);
	CHECK_INT(get_own(t, "/old").verdict, FETCH_BROKEN);
	/* TLS with someone who does not speak it. */
	CHECK_INT(get(t, str_z(t->arena, str_fmt(t->arena, "https://127.0.0.1:%d/good", web.port))).verdict,
	    FETCH_UNTRUSTED);
	web_end();
	fetch_inside_set(str_fmt(t->arena, "127.0.0.1:%d", web.port));
	CHECK_INT(get_own(t, "/good").verdict, FETCH_UNREACHABLE);
	fetch_inside_set(STR(""));
}

TEST(an_answer_that_is_too_much)
{
	struct fetch slow = {.bytes_max = BYTES_MAX, .seconds_max = 1};

	web_start(t);
	CHECK_INT(get_own(t, "/endless").verdict, FETCH_TOO_BIG);
	CHECK_INT(get_own(t, "/bomb").verdict, FETCH_TOO_BIG);
	CHECK_INT(get_own(t, "/empty-bomb").verdict, FETCH_TOO_BIG);
	CHECK_INT(get_own(t, "/head").verdict, FETCH_TOO_BIG);
	slow.url = own(t, "/slow");
	CHECK_INT(fetch_from(t->arena, &slow).verdict, FETCH_TOO_SLOW);
	slow.url = own(t, "/silent");
	CHECK_INT(fetch_from(t->arena, &slow).verdict, FETCH_TOO_SLOW);
	web_end();
}

/* Not a proxy, not a password file, whatever the environment says. */
TEST(the_environment_has_no_say)
{
	setenv("http_proxy", "http://127.0.0.1:1/", 1);
	setenv("all_proxy", "http://127.0.0.1:1/", 1);
	web_start(t);
	CHECK_INT(get_own(t, "/good").verdict, FETCH_OK);
	web_end();
	unsetenv("http_proxy");
	unsetenv("all_proxy");
}

/* --- the service stops ------------------------------------------------------------------------- */

static atomic_int stopped_with;

static void
fetch_silence(struct job_context *job)
{
	char url[100];

	snprintf(url, sizeof url, "http://127.0.0.1:%d/silent", web.port);
	atomic_store(&stopped_with, fetch_from(job->arena, &(struct fetch){.url = str_of(url), .bytes_max = BYTES_MAX,
	    .seconds_max = 60, .job = job}).verdict);
}

static struct instant
frozen_now(void)
{
	return instant_of_iso(STR("2026-11-23T09:00:00Z"));
}

TEST(a_fetch_does_not_hold_up_the_end)
{
	static const struct job list[] = {{.name = "fetch.silence", .every_s = 3600, .run = fetch_silence},
	    {.name = NULL}};
	const struct job *jobs[] = {list};
	struct db_options options = DB_OPTIONS(":memory:");
	struct db_error error;
	struct db *db = db_open(&options, &error);
	struct timespec began, ended;

	CHECK(db && db_migrate(db, &error));
	log_level_set(LEVEL_ERROR);
	web_start(t);
	CHECK(job_start(db, jobs, 1, frozen_now));
	for (int i = 0; i < 1000 && atomic_load(&web.calls) == 0; i++)
		usleep(10000);
	CHECK_INT(atomic_load(&web.calls), 1);
	clock_gettime(CLOCK_MONOTONIC, &began);
	job_stop();
	clock_gettime(CLOCK_MONOTONIC, &ended);
	CHECK(ended.tv_sec - began.tv_sec < 5);
	CHECK_INT(atomic_load(&stopped_with), FETCH_STOPPED);
	web_end();
	log_level_set(LEVEL_INFO);
	db_close(db);
}
