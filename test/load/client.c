/* A small load client on one core: keep-alive connections to 127.0.0.1, one request at a time on each. It prints
 * "<answers> <seconds> <p50 us> <p99 us> <wrong answers>" and stops by itself.
 *
 *   client [-c CONNECTIONS] [-t SECONDS] [-k COOKIE] [-e CODING] PORT get ADDRESSES
 *   client [-c …] [-t …] [-k …] [-n TOKENS] [-r PER-SECOND] [-w BYTES] [-a ACKNOWLEDGED] PORT post ADDRESSES
 *
 * get: the addresses of the file in turn. post: each is the page of an item; first the hidden fields of its form of
 * answering are read, TOKENS times a page, then the item is answered that often at most, each answer from the version
 * that the last one made. With -r in that rhythm, with -w in so many bytes of words. Every answer has a number of its
 * own in its words; those that the server acknowledged are written to the file -a. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS_MAX = 512, BUFFER = 512 * 1024, ADDRESSES_MAX = 4096, REQUEST_MAX = 64 * 1024 };

struct place { /* an item's page */
	char *address;
	char **once;
	int onces, used;
	long long version;
};

struct connection {
	int fd;
	size_t place, next; /* which page, of its own ones */
	double asked, due;
	bool waits;         /* for an answer */
	bool closing;
	size_t got;
	long long number;   /* of the answer that is on its way */
	char *buffer;
};

static struct {
	int connections, tokens, words;
	double seconds, per_second;
	const char *cookie, *coding;
	FILE *acknowledged;
	int port;
} o = {.connections = 64, .seconds = 2, .cookie = "", .coding = "identity", .tokens = 50};

static struct place places[ADDRESSES_MAX];
static size_t places_n;
static struct connection all[CONNECTIONS_MAX];
static int epoll;

static unsigned *took_us;
static size_t took_n, took_max;
static long long numbers, wrong;
static enum { GETTING, PREPARING, POSTING } mode;
static bool over;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
fail(const char *what, const char *why)
{
	fprintf(stderr, "client: %s: %s\n", what, why);
	exit(1);
}

static void *
memory(size_t n)
{
	void *p = calloc(1, n);

	if (!p)
		fail("memory", "none left");
	return p;
}

static void
read_addresses(const char *path)
{
	char line[4096];
	FILE *f = fopen(path, "r");

	if (!f)
		fail(path, strerror(errno));
	while (places_n < ADDRESSES_MAX && fgets(line, sizeof line, f)) {
		line[strcspn(line, "\n")] = 0;
		places[places_n].address = strdup(line);
		places[places_n].once = memory((size_t)o.tokens * sizeof(char *));
		places[places_n++].version = -1;
	}
	fclose(f);
	if (places_n == 0)
		fail(path, "no address");
}

static bool
reach(struct connection *c)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
	int on = 1;

	at.sin_port = htons((uint16_t)o.port);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&at, sizeof at) != 0) {
		if (c->fd >= 0)
			close(c->fd);
		c->fd = -1;
		return false;
	}
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	if (epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event) != 0)
		fail("epoll", strerror(errno));
	c->got = 0;
	return true;
}

/* The server went away: nothing more is asked of it. */
static void
lose(struct connection *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
	if (c->waits)
		wrong++;
	c->waits = false;
	if (mode != GETTING || !reach(c))
		over = true;
}

static void
send_all(struct connection *c, const char *bytes, size_t n)
{
	if (send(c->fd, bytes, n, MSG_NOSIGNAL) != (ssize_t)n) {
		lose(c);
		return;
	}
	c->waits = true;
	c->asked = now();
}

static void
get(struct connection *c, const char *address)
{
	static char request[REQUEST_MAX];
	int n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n"
	    "Accept-Encoding: %s\r\n\r\n", address, o.port, o.cookie, o.coding);

	send_all(c, request, (size_t)n);
}

static void
post(struct connection *c, struct place *p)
{
	static char request[REQUEST_MAX], body[REQUEST_MAX / 2];
	int n = snprintf(body, sizeof body, "once=%s&version=%lld&state=done&words=number+%lld.", p->once[p->used++],
	    p->version, c->number = ++numbers);

	for (int i = n; n < i + o.words && n < (int)sizeof body - 1; n++)
		body[n] = "abcdefgh+"[n % 9];
	body[n] = 0;
	n = snprintf(request, sizeof request, "POST %s/answer HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: %s\r\n"
	    "Origin: http://127.0.0.1:%d\r\nContent-Type: application/x-www-form-urlencoded\r\n"
	    "Content-Length: %d\r\n\r\n%s", p->address, o.port, o.cookie, o.port, n, body);
	send_all(c, request, (size_t)n);
}

/* Pages of items belong to one connection each, so that versions follow each other. */
static void
next_place(struct connection *c)
{
	size_t own = (size_t)(c - all), each = (size_t)o.connections;

	if (own >= places_n)
		return;
	c->place = own + c->next++ % ((places_n - own - 1) / each + 1) * each;
}

static void
ask(struct connection *c)
{
	static size_t turn;

	if (c->fd < 0 || over)
		return;
	if (mode == GETTING) {
		get(c, places[turn++ % places_n].address);
		return;
	}
	if ((size_t)(c - all) >= places_n)
		return;
	next_place(c);
	if (mode == PREPARING) {
		/* All tokens of a page before those of the next; then this connection has done its part. */
		for (size_t i = 0; i < places_n && places[c->place].onces == o.tokens; i++)
			next_place(c);
		if (places[c->place].onces < o.tokens)
			get(c, places[c->place].address);
		return;
	}
	if (o.per_second && now() < c->due)
		return;
	c->due += o.connections / o.per_second;
	if (places[c->place].used == places[c->place].onces)
		over = true; /* nobody goes on with fewer connections than were asked for */
	else
		post(c, &places[c->place]);
}

/* The value of a hidden field after `from`, in memory of its own. */
static char *
hidden(const char *from, const char *name)
{
	char mark[64];
	const char *at, *end;

	snprintf(mark, sizeof mark, "name=\"%s\" value=\"", name);
	at = from ? strstr(from, mark) : NULL;
	end = at ? strchr(at += strlen(mark), '"') : NULL;
	return end ? strndup(at, (size_t)(end - at)) : NULL;
}

static long long
number(const char *word)
{
	char *end;
	long long n = strtoll(word, &end, 10);

	if (*end || end == word)
		fail(word, "is no number");
	return n;
}

static void
take_form(struct place *p, const char *page)
{
	char action[4200], *version;
	const char *form;

	snprintf(action, sizeof action, "action=\"%s/answer\"", p->address);
	form = strstr(page, action);
	p->once[p->onces] = hidden(form, "once");
	version = hidden(form, "version");
	if (!p->once[p->onces] || !version)
		fail(p->address, "has no form of answering");
	p->version = number(version);
	free(version);
	p->onces++;
}

static void
took(double since)
{
	if (took_n == took_max) {
		took_max = took_max ? 2 * took_max : 1 << 16;
		took_us = realloc(took_us, took_max * sizeof *took_us);
		if (!took_us)
			fail("memory", "none left");
	}
	took_us[took_n++] = (unsigned)((now() - since) * 1e6);
}

static void
answered(struct connection *c, int status, const char *body)
{
	struct place *p = &places[c->place];

	c->waits = false;
	if (mode == PREPARING) {
		if (status != 200)
			fail(p->address, "is no page");
		take_form(p, body);
	} else {
		took(c->asked);
		if (status != (mode == GETTING ? 200 : 303)) {
			if (wrong++ == 0)
				fprintf(stderr, "client: %s answered %d\n", mode == GETTING ? "a page" : p->address,
				    status);
		} else if (mode == POSTING) {
			p->version++;
			if (o.acknowledged)
				fprintf(o.acknowledged, "number %lld.\n", c->number);
		}
	}
	ask(c);
}

/* Whether a whole answer is in the buffer; then it is taken. */
static void
look(struct connection *c)
{
	char *head_end, *length;
	size_t head, n;

	c->buffer[c->got] = 0;
	head_end = strstr(c->buffer, "\r\n\r\n");
	if (!head_end)
		return;
	head = (size_t)(head_end - c->buffer) + 4;
	length = strcasestr(c->buffer, "\r\nContent-Length:");
	n = length && length < head_end ? strtoull(length + 17, NULL, 10) : 0;
	if (c->got < head + n)
		return;
	c->got = 0;
	answered(c, (int)strtol(c->buffer + 9, NULL, 10), c->buffer + head);
}

static void
hear(struct connection *c)
{
	ssize_t n = recv(c->fd, c->buffer + c->got, BUFFER - 1 - c->got, 0);

	if (n > 0) {
		c->got += (size_t)n;
		look(c);
	} else if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
		lose(c);
		ask(c);
	}
}

/* Until the time is up or, with until 0, until nobody waits any more. */
static void
run(double until)
{
	for (int i = 0; i < o.connections; i++) {
		all[i].due = now() + (o.per_second ? i / o.per_second : 0);
		ask(&all[i]);
	}
	for (;;) {
		struct epoll_event events[64];
		int n = epoll_wait(epoll, events, 64, o.per_second && mode == POSTING ? 5 : 100);
		int waiting = 0;

		for (int i = 0; i < n; i++)
			hear(events[i].data.ptr);
		for (int i = 0; i < o.connections && n < 64; i++) {
			if (!all[i].waits && mode == POSTING && o.per_second)
				ask(&all[i]);
			waiting += all[i].waits;
		}
		if (until && now() >= until)
			over = true;
		if (n < 64 && waiting == 0 && (over || !until))
			return;
		if (over && until && now() > until + 5)
			return; /* somebody never answers */
	}
}

static int
by_size(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

static void
options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "c:t:k:e:n:r:w:a:")) > 0)
		switch (c) {
		case 'c': o.connections = (int)number(optarg); break;
		case 't': o.seconds = strtod(optarg, NULL); break;
		case 'k': o.cookie = optarg; break;
		case 'e': o.coding = optarg; break;
		case 'n': o.tokens = (int)number(optarg); break;
		case 'r': o.per_second = strtod(optarg, NULL); break;
		case 'w': o.words = (int)number(optarg); break;
		case 'a': o.acknowledged = fopen(optarg, "w"); break;
		default: exit(2);
		}
	if (argc - optind != 3 || o.connections > CONNECTIONS_MAX)
		fail("use", "see the head of client.c");
	o.port = (int)number(argv[optind]);
	mode = strcmp(argv[optind + 1], "post") == 0 ? PREPARING : GETTING;
}

int
main(int argc, char **argv)
{
	double begun, ended;

	options(argc, argv);
	read_addresses(argv[optind + 2]);
	epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < o.connections; i++) {
		all[i].buffer = memory(BUFFER);
		if (!reach(&all[i]))
			fail("connect", strerror(errno));
	}
	if (mode == PREPARING) {
		run(0);
		mode = POSTING;
	}
	begun = now();
	run(begun + o.seconds);
	ended = now();
	if (o.acknowledged)
		fclose(o.acknowledged);
	qsort(took_us, took_n, sizeof *took_us, by_size);
	printf("%zu %.4f %u %u %lld\n", took_n, ended - begun, took_n ? took_us[took_n / 2] : 0,
	    took_n ? took_us[took_n - 1 - took_n / 100] : 0, wrong);
	return 0;
}
