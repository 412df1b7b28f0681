/* Many people who want the same times of a space at the same moment. Each holds a time, fills in the form and sends
 * it; whoever comes too late must be told why, and a time that is free instead. All of them press at once, those who
 * want the same time one behind the other. It prints
 * "<held> <refused> <of them told the rule and another time> <sent> <p50 us> <p99 us> <slowest us> <CPU us> <own CPU
 * us>", the times and the CPU, the server's and our own, of holding alone.
 *
 *   race PORT SERVER-PID PEOPLE
 *
 * A line of PEOPLE: the value of a session's cookie, the address of the space, the number of the day, the minute of the
 * day, how many minutes. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PEOPLE_MAX = 512, BUFFER = 512 * 1024, ADDRESS_MAX = 300, REQUEST_MAX = 4096, WAIT_MS = 20000 };

struct person {
	int fd;
	char session[100], space[ADDRESS_MAX];
	int day, from, length;
	char once[200];
	char draft[ADDRESS_MAX]; /* what they hold; empty: nothing */
	char *answer;
	size_t got;
	int status;
	bool waits;
	double asked, took;
};

static struct person all[PEOPLE_MAX];
static size_t people;
static int port;
static clockid_t of_server;
static size_t refused, told, sent;

static double
seconds_of(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double
now(void)
{
	return seconds_of(CLOCK_MONOTONIC);
}

static void
fail(const char *what, const char *why)
{
	fprintf(stderr, "race: %s: %s\n", what, why);
	exit(1);
}

static void
read_people(const char *path)
{
	FILE *f = fopen(path, "r");
	struct person *p = all;

	if (!f)
		fail(path, strerror(errno));
	while (people < PEOPLE_MAX &&
	    fscanf(f, "%99s %299s %d %d %d", p->session, p->space, &p->day, &p->from, &p->length) == 5) {
		p->answer = malloc(BUFFER);
		if (!p->answer)
			fail("memory", "none left");
		people++;
		p++;
	}
	fclose(f);
}

static void
reach(struct person *p)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int on = 1;

	at.sin_port = htons((uint16_t)port);
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->fd < 0 || connect(p->fd, (struct sockaddr *)&at, sizeof at) != 0)
		fail("connect", strerror(errno));
	setsockopt(p->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* --- asking and hearing ------------------------------------------------------------------------------- */

static void
ask(struct person *p, const char *method, const char *address, const char *body)
{
	char request[REQUEST_MAX];
	int n = snprintf(request, sizeof request, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nCookie: session=%s\r\n"
	    "Origin: http://127.0.0.1:%d\r\n", method, address, port, p->session, port);

	if (body)
		n += snprintf(request + n, sizeof request - (size_t)n,
		    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s",
		    strlen(body), body);
	else
		n += snprintf(request + n, sizeof request - (size_t)n, "\r\n");
	p->got = 0;
	p->waits = true;
	p->asked = now();
	if (send(p->fd, request, (size_t)n, MSG_NOSIGNAL) != n)
		fail(address, "cannot be asked");
}

/* Whether the answer is there as a whole. */
static bool
is_whole(struct person *p)
{
	char *head_end, *length;

	p->answer[p->got] = 0;
	head_end = strstr(p->answer, "\r\n\r\n");
	length = strcasestr(p->answer, "\r\nContent-Length:");
	return head_end && length &&
	    p->got >= (size_t)(head_end - p->answer) + 4 + strtoull(length + 17, NULL, 10);
}

static void
hear(struct person *p)
{
	ssize_t n = recv(p->fd, p->answer + p->got, BUFFER - 1 - p->got, MSG_DONTWAIT);

	if (n == 0 || (n < 0 && errno != EAGAIN))
		fail(p->space, "the connection ended");
	if (n > 0)
		p->got += (size_t)n;
	if (!is_whole(p))
		return;
	p->took = now() - p->asked;
	p->waits = false;
	p->status = (int)strtol(p->answer + 9, NULL, 10);
}

static void
hear_all(void)
{
	struct pollfd polled[PEOPLE_MAX];

	for (;;) {
		struct person *of[PEOPLE_MAX];
		nfds_t n = 0;

		for (size_t i = 0; i < people; i++)
			if (all[i].waits) {
				polled[n] = (struct pollfd){.fd = all[i].fd, .events = POLLIN};
				of[n++] = &all[i];
			}
		if (n == 0)
			return;
		if (poll(polled, n, WAIT_MS) <= 0)
			fail("waiting", "somebody has no answer");
		for (nfds_t i = 0; i < n; i++)
			if (polled[i].revents)
				hear(of[i]);
	}
}

/* --- pages -------------------------------------------------------------------------------------------- */

static const char *
form_of(const struct person *p, const char *action)
{
	char mark[2 * ADDRESS_MAX + 20];

	snprintf(mark, sizeof mark, "action=\"%s\"", action);
	return strstr(p->answer, mark);
}

static bool
hidden(const char *from, const char *name, char *value, size_t size)
{
	char mark[64];
	const char *at, *end;

	snprintf(mark, sizeof mark, "name=\"%s\" value=\"", name);
	at = from ? strstr(from, mark) : NULL;
	end = at ? strchr(at += strlen(mark), '"') : NULL;
	if (!end || (size_t)(end - at) >= size)
		return false;
	memcpy(value, at, (size_t)(end - at));
	value[end - at] = 0;
	return true;
}

static long
hidden_number(const char *from, const char *name)
{
	char value[32];

	return hidden(from, name, value, sizeof value) ? strtol(value, NULL, 10) : -1;
}

static void
wants(struct person *p, int status, const char *what)
{
	if (p->status != status) {
		fprintf(stderr, "race: %s answered %d\n%.3000s\n", what, p->status, p->answer);
		exit(1);
	}
}

/* The token of a form with that action. */
static void
take_token(struct person *p, const char *base, const char *below)
{
	char action[2 * ADDRESS_MAX];

	snprintf(action, sizeof action, "%s%s", base, below);
	wants(p, 200, action);
	if (!hidden(form_of(p, action), "once", p->once, sizeof p->once))
		fail(action, "no such form");
}

/* Whether a refusal says why, and offers a time that is another one: its form is the first that holds a time. */
static bool
is_told(const struct person *p)
{
	const char *form = strstr(p->answer, "<ul class=\"ways\">");
	bool there;

	form = form ? strstr(form, "action=\"") : NULL;
	if (!form || !strstr(p->answer, "role=\"alert\""))
		return false;
	form += strlen("action=\"");
	there = strncmp(form, p->space, strlen(p->space)) == 0;
	return hidden_number(form, "from") >= 0 &&
	    !(there && hidden_number(form, "from") == p->from && hidden_number(form, "day") == p->day);
}

/* --- from holding to sending -------------------------------------------------------------------------- */

static void
open_pages(void)
{
	char address[ADDRESS_MAX + 20];

	for (size_t i = 0; i < people; i++) {
		struct person *p = &all[i];

		reach(p);
		snprintf(address, sizeof address, "%s/book", p->space);
		ask(p, "GET", address, NULL);
		hear_all();
		take_token(p, p->space, "/hold");
	}
}

static void
hold(void)
{
	char address[ADDRESS_MAX + 20], body[REQUEST_MAX / 2];

	for (size_t i = 0; i < people; i++) {
		struct person *p = &all[i];

		snprintf(address, sizeof address, "%s/hold", p->space);
		snprintf(body, sizeof body, "once=%s&day=%d&from=%d&length=%d&shared=0&acting=0", p->once, p->day,
		    p->from, p->length);
		ask(p, "POST", address, body);
	}
	hear_all();
	for (size_t i = 0; i < people; i++) {
		struct person *p = &all[i];
		const char *to = strcasestr(p->answer, "\r\nLocation: ");

		if (p->status == 303 && to)
			snprintf(p->draft, sizeof p->draft, "%.*s", (int)strcspn(to + 12, "\r\n"), to + 12);
		else
			wants(p, 409, "holding");
		refused += p->status == 409;
		told += p->status == 409 && is_told(p);
	}
}

static void
open_drafts(const char *page, const char *form)
{
	char address[ADDRESS_MAX + 20];

	for (size_t i = 0; i < people; i++) {
		snprintf(address, sizeof address, "%s%s", all[i].draft, page);
		if (*all[i].draft)
			ask(&all[i], "GET", address, NULL);
	}
	hear_all();
	for (size_t i = 0; i < people; i++)
		if (*all[i].draft)
			take_token(&all[i], all[i].draft, form);
}

static void
post_drafts(const char *where, const char *fields)
{
	char address[ADDRESS_MAX + 20], body[REQUEST_MAX / 2];

	for (size_t i = 0; i < people; i++) {
		snprintf(address, sizeof address, "%s%s", all[i].draft, where);
		snprintf(body, sizeof body, "once=%s&%s", all[i].once, fields);
		if (*all[i].draft)
			ask(&all[i], "POST", address, body);
	}
	hear_all();
	for (size_t i = 0; i < people; i++)
		if (*all[i].draft)
			wants(&all[i], 303, where);
}

static int
by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	static double took[PEOPLE_MAX];
	double cpu, own;

	if (argc != 4)
		fail("use", "race PORT SERVER-PID PEOPLE");
	port = (int)strtol(argv[1], NULL, 10);
	if (clock_getcpuclockid((pid_t)strtol(argv[2], NULL, 10), &of_server) != 0)
		fail(argv[2], "is no process");
	read_people(argv[3]);
	if (people == 0)
		fail(argv[3], "nobody");
	open_pages();
	cpu = seconds_of(of_server);
	own = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
	hold();
	cpu = seconds_of(of_server) - cpu;
	own = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - own;
	for (size_t i = 0; i < people; i++)
		took[i] = all[i].took * 1e6;
	qsort(took, people, sizeof *took, by_time);
	open_drafts("", "/details");
	post_drafts("/details", "title=Race&audience=meeting&people=5&every=once");
	open_drafts("/check", "/send");
	post_drafts("/send", "taken=1&asked=0");
	for (size_t i = 0; i < people; i++)
		sent += *all[i].draft != 0;
	printf("%zu %zu %zu %zu %.0f %.0f %.0f %.0f %.0f\n", people - refused, refused, told, sent, took[people / 2],
	    took[people - 1 - people / 100], took[people - 1], cpu * 1e6, own * 1e6);
	return 0;
}
