/* How cheap a page could be: bare libmicrohttpd (epoll, two threads) that answers constant bytes, and before each
 * answer
 * runs the page's own statements through the bare sqlite3 API, in one read transaction on a connection of the thread.
 *
 * floor PORT PAGES DATABASE [JOBS PER-SECOND]: DATABASE "-" runs no statements; JOBS are written meanwhile, each with a
 * commit of its own. Ends at the end of its input, so never later than who started it. */
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "replay.h"

enum { PAGES_MAX = 256, HEADERS_MAX = 64, THREADS = 2 };

struct page {
	char *address;
	struct script script;
	struct MHD_Response *response;
};

static struct page pages[PAGES_MAX];
static size_t pages_n;
static const char *database;

static struct {
	struct script at[65536];
	size_t n;
	double per_second;
} jobs;

/* "page ADDRESS HEADERS BYTES STATEMENTS", the headers one a line, the body, the statements. */
static void
read_pages(const char *path)
{
	struct reader r = reader_open(path);
	char *line;

	while ((line = reader_line(&r))) {
		struct page *page = &pages[pages_n++];
		char address[512], *header[HEADERS_MAX];
		size_t headers, bytes, statements;
		const char *body;

		if (pages_n > PAGES_MAX ||
		    sscanf(line, "page %511s %zu %zu %zu", address, &headers, &bytes, &statements) != 4 ||
		    headers > HEADERS_MAX)
			fail(path, line);
		page->address = strdup(address);
		for (size_t i = 0; i < headers; i++)
			header[i] = reader_line(&r);
		body = reader_bytes(&r, bytes);
		page->response = MHD_create_response_from_buffer(bytes, (void *)(size_t)body, MHD_RESPMEM_PERSISTENT);
		for (size_t i = 0; i < headers; i++) {
			char *value = strchr(header[i], ':');

			*value++ = 0;
			MHD_add_response_header(page->response, header[i], value + strspn(value, " "));
		}
		page->script = reader_script(&r, statements);
	}
}

/* The library ends a connection whose request is answered at the first call, so it has to be told apart. */
struct request {
	const struct page *page;
	int seen;
};

static void *
on_address(void *context, const char *uri, struct MHD_Connection *connection)
{
	struct request *request = calloc(1, sizeof *request);

	(void)context, (void)connection;
	for (size_t i = 0; i < pages_n && request; i++)
		if (strcmp(pages[i].address, uri) == 0)
			request->page = &pages[i];
	return request;
}

static void
on_completed(void *context, struct MHD_Connection *connection, void **request, enum MHD_RequestTerminationCode why)
{
	(void)context, (void)connection, (void)why;
	free(*request);
}

static enum MHD_Result
on_request(void *context, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *upload, size_t *upload_n, void **context_of_request)
{
	static _Thread_local struct replay *replay;
	struct request *request = *context_of_request;

	(void)context, (void)url, (void)method, (void)version, (void)upload, (void)upload_n;
	if (!request || !request->page)
		return MHD_NO;
	if (!request->seen++)
		return MHD_YES;
	if (database) {
		if (!replay)
			replay = replay_open(database, 0);
		replay_run(replay, &request->page->script);
	}
	return MHD_queue_response(connection, 200, request->page->response);
}

static void *
write_jobs(void *path)
{
	struct replay *replay = replay_open(path, 1);
	struct timespec next;

	clock_gettime(CLOCK_MONOTONIC, &next);
	for (size_t i = 0; i < jobs.n; i++) {
		replay_exec(replay, "BEGIN IMMEDIATE");
		replay_run(replay, &jobs.at[i]);
		replay_exec(replay, "COMMIT");
		next.tv_nsec += (long)(1e9 / jobs.per_second);
		next.tv_sec += next.tv_nsec / 1000000000;
		next.tv_nsec %= 1000000000;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
	}
	return NULL;
}

static void
read_jobs(const char *path)
{
	struct reader r = reader_open(path);
	char *line;

	while ((line = reader_line(&r)) && jobs.n < sizeof jobs.at / sizeof *jobs.at)
		jobs.at[jobs.n++] = reader_script(&r, strtoull(line + 4, NULL, 10));
}

int
main(int argc, char **argv)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	pthread_t writer;
	char c;

	if (argc != 4 && argc != 6)
		fail("use", "floor PORT PAGES DATABASE [JOBS PER-SECOND]");
	at.sin_port = htons((uint16_t)strtol(argv[1], NULL, 10));
	database = strcmp(argv[3], "-") ? argv[3] : NULL;
	replay_setup();
	read_pages(argv[2]);
	if (argc == 6) {
		read_jobs(argv[4]);
		jobs.per_second = strtod(argv[5], NULL);
		pthread_create(&writer, NULL, write_jobs, argv[3]);
	}
	if (!MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, on_request, NULL,
	    MHD_OPTION_SOCK_ADDR, &at, MHD_OPTION_THREAD_POOL_SIZE, THREADS,
	    MHD_OPTION_URI_LOG_CALLBACK, on_address, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END))
		fail(argv[1], "no server on this port");
	puts("ready");
	fflush(stdout);
	while (read(0, &c, 1) > 0)
		;
	return 0;
}
