#include "core/http/server.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "core/http/parent.h"
#include "core/http/server_exchange.h"
#include "core/log.h"
#include "lib/arena.h"
#include "lib/need.h"

enum {
	/* Of the library, for a head and for sending: every idle connection keeps it. */
	CONNECTION_BYTES = 16 * 1024,
	REAP_MS = 500,
	STACK_BYTES = 512 * 1024,
	OTHER_DESCRIPTORS = 96,
	OTHERS_WRITE_MS = 1000,
};

/* --- what the library calls ---------------------------------------------- */

/* Paths stay as sent: decoding them here would end "/a%00b" at the zero, and turn %2F into a
 * slash. */
static size_t
leave_escaped(void *context, struct MHD_Connection *mhd, char *text)
{
	(void)context;
	(void)mhd;
	return strlen(text);
}

static struct connection *
connection_of(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	return info ? info->socket_context : NULL;
}

static void
connection_begins(struct server *server, struct MHD_Connection *mhd, void **context)
{
	const union MHD_ConnectionInfo *fd =
	    MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
	const union MHD_ConnectionInfo *address =
	    MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct connection *connection = calloc(1, sizeof *connection);

	need(connection != NULL);
	connection->server = server;
	if (fd)
		connection->place = guard_arrived(server->table, fd->connect_fd);
	if (address && address->client_addr)
		connection->known = client_of(
		    &(struct proxies){0}, address->client_addr, (struct str){0}, &connection->peer);
	*context = connection;
}

static void
on_connection(void *context, struct MHD_Connection *mhd, void **socket_context,
    enum MHD_ConnectionNotificationCode what)
{
	struct server *server = context;
	struct connection *connection = *socket_context;

	switch (what) {
	case MHD_CONNECTION_NOTIFY_STARTED:
		connection_begins(server, mhd, socket_context);
		break;
	case MHD_CONNECTION_NOTIFY_CLOSED:
		if (connection) {
			guard_left(server->table, connection->place);
			free(connection);
			*socket_context = NULL;
		}
		break;
	}
}

static void
wake_connection(struct exchange *e)
{
	MHD_resume_connection(e->mhd);
}

/* Called when the first line of a request is there. */
static void *
on_address(void *context, const char *uri, struct MHD_Connection *mhd)
{
	struct server *server = context;
	struct exchange *e = exchange_new(server, str_of(uri));

	e->mhd = mhd;
	e->wake = wake_connection;
	e->io = wake_io(server);
	e->connection = connection_of(mhd);
	if (e->connection)
		guard_stage(e->connection->place, STAGE_HEAD);
	atomic_fetch_add(&server->figures.in_work, 1);
	return e;
}

static void
on_completed(void *context, struct MHD_Connection *mhd, void **request,
    enum MHD_RequestTerminationCode why)
{
	struct server *server = context;
	struct exchange *e = *request;
	int64_t us;

	(void)mhd;
	if (!e)
		return;
	wake_rest(e->io); /* it may have gone without being asked anything */
	us = exchange_now_us() - e->begun_us;
	if (e->connection)
		guard_stage(e->connection->place, STAGE_IDLE);
	if (e->step == STEP_DONE) {
		int digit = e->req.status / 100;
		atomic_fetch_add(&server->figures.answers[digit >= 1 && digit <= 5 ? digit : 0], 1);
		atomic_fetch_add(&server->figures.requests_us, us);
		exchange_log(e, us);
	}
	if (why != MHD_REQUEST_TERMINATED_COMPLETED_OK)
		atomic_fetch_add(&server->figures.left, 1);
	atomic_fetch_sub(&server->figures.in_work, 1);
	exchange_free(e);
	*request = NULL;
}

/* Who asks: for limits and for what only this machine may see. */
static void
know_client(struct exchange *e)
{
	struct connection *connection = e->connection;
	struct server *server = e->server;
	struct network client;

	if (!connection || !connection->known)
		return;
	if (e->head.forwarded_for.n && server->options.proxies.n) {
		const union MHD_ConnectionInfo *address =
		    MHD_get_connection_info(e->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
		if (address && client_of(&server->options.proxies, address->client_addr,
		        e->head.forwarded_for, &client))
			e->req.network = network_name(e->arena, &client);
		return;
	}
	if (!connection->network[0]) {
		struct str name = network_name(e->arena, &connection->peer);
		memcpy(connection->network, name.p, name.n);
		connection->network[name.n] = 0;
	}
	e->req.network = str_of(connection->network);
	e->local = !e->head.forwarded && network_is_loopback(&connection->peer);
}

static void
read_head(struct exchange *e, const char *method, const char *url, const char *version)
{
	struct str uri = e->head.uri;
	int status = guard_head(e->mhd, method, url, version, uri, &e->head);

	if (status) {
		e->close = true;
		exchange_bare(e, status);
		return;
	}
	know_client(e);
	exchange_begin(e);
}

/* Goes on as far as this thread may. */
static enum MHD_Result
advance(struct exchange *e)
{
	while (e->step != STEP_ANSWER && exchange_may_inline(e))
		exchange_step(e);
	if (e->step == STEP_ANSWER) {
		if (e->connection)
			guard_stage(e->connection->place, STAGE_SEND);
		return answer_queue(e);
	}
	if (e->connection)
		guard_stage(e->connection->place, STAGE_WORK);
	/* First asleep, then away: else it could be woken before it sleeps. */
	MHD_suspend_connection(e->mhd);
	exchange_send_away(e);
	return MHD_YES;
}

static enum MHD_Result
on_request(void *context, struct MHD_Connection *mhd, const char *url, const char *method,
    const char *version, const char *upload, size_t *upload_n, void **request)
{
	struct exchange *e = *request;

	(void)context;
	(void)mhd;
	if (!e)
		return MHD_NO;
	if (e->step == STEP_DONE) /* the answer stands; what still comes is thrown away */
		return MHD_YES;
	/* An answer to the first call would end the connection: the library would not read the
	 * rest of it. So only what must end it is answered there. */
	if (!e->head_read) {
		e->head_read = true;
		read_head(e, method, url, version);
		if (e->connection && (e->head.chunked || e->head.content_length > 0))
			guard_stage(e->connection->place, STAGE_BODY);
		return e->close ? advance(e) : MHD_YES;
	}
	if (*upload_n) {
		bool goes_on = exchange_take_body(e, upload, *upload_n);

		*upload_n = 0;
		return goes_on ? MHD_YES : MHD_NO;
	}
	if (e->step == STEP_BODY)
		exchange_body_ended(e);
	else
		wake_rest(e->io);
	return advance(e);
}

static void
on_library_words(void *context, const char *format, va_list args)
{
	char words[256];

	(void)context;
	vsnprintf(words, sizeof words, format, args);
	log_line(LEVEL_DEBUG, "microhttpd: %s", words);
}

/* --- beginning and ending ------------------------------------------------ */

/* Sleeps between two rounds; true: it is time to end. */
static bool
told_to_end(struct server *server)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += REAP_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	return sem_timedwait(&server->end_reaper, &until) == 0;
}

static void *
reap(void *context)
{
	struct server *server = context;

	while (!told_to_end(server)) {
		atomic_fetch_add(&server->figures.reaped, (int64_t)guard_reap(server->table));
		log_flush();
	}
	return NULL;
}

static void
defaults(struct server_options *o, bool postgres)
{
	o->io_threads = o->io_threads ? o->io_threads : 2;
	o->workers = o->workers ? o->workers : postgres ? 8 : 4;
	o->waiting_max = o->waiting_max ? o->waiting_max : 1024;
	o->connections_max = o->connections_max ? o->connections_max : 4096;
	o->body_bytes_max = o->body_bytes_max ? o->body_bytes_max : 256 * 1024;
	o->large_max = o->large_max ? o->large_max : 4;
	o->arena_bytes_max = o->arena_bytes_max ? o->arena_bytes_max : 32 * 1024 * 1024;
	o->memory_bytes_max = o->memory_bytes_max ? o->memory_bytes_max : 16 * 1024 * 1024;
	o->idle_s = o->idle_s ? o->idle_s : 60;
	o->deadlines.head_ms = o->deadlines.head_ms ? o->deadlines.head_ms : 15000;
	o->deadlines.body_ms = o->deadlines.body_ms ? o->deadlines.body_ms : 60000;
	o->deadlines.send_ms = o->deadlines.send_ms ? o->deadlines.send_ms : 120000;
}

struct server *
server_new(const struct server_options *options)
{
	struct server *server = calloc(1, sizeof *server);

	need(server != NULL);
	need(sodium_init() >= 0);
	server->options = *options;
	server->app = options->app;
	server->inline_reads = !db_is_postgres(options->app->db);
	defaults(&server->options, !server->inline_reads);
	/* Under PostgreSQL other processes write too. */
	if (server->options.memory_bytes_max > 0)
		server->memory =
		    memory_new((size_t)server->options.memory_bytes_max, server->inline_reads ? 0 : OTHERS_WRITE_MS);
	server->router = router_new(options->app->routes);
	need(router_count(server->router) <= PARENT_ROUTES_MAX);
	need(pthread_mutex_init(&server->kept_lock, NULL) == 0);
	for (size_t i = 0; i < router_count(server->router); i++)
		parent_route_name(options->shared, i, router_at(server->router, i)->pattern);
	return server;
}

static struct MHD_Daemon *
start_daemon(struct server *server)
{
	const struct server_options *o = &server->options;

	static const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
	    MHD_USE_ITC | MHD_USE_ERROR_LOG;
	struct MHD_OptionItem options[] = {
	    {MHD_OPTION_LISTEN_SOCKET, o->listen_fd, NULL},
	    {MHD_OPTION_THREAD_POOL_SIZE, o->io_threads, NULL},
	    {MHD_OPTION_THREAD_STACK_SIZE, STACK_BYTES, NULL},
	    {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)o->connections_max, NULL},
	    {MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, NULL},
	    {MHD_OPTION_CONNECTION_TIMEOUT, o->idle_s, NULL},
	    {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
	    {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)leave_escaped, NULL},
	    {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)on_address, server},
	    {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)on_completed, server},
	    {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)on_connection, server},
	    {MHD_OPTION_END, 0, NULL},
	};

	/* The logger first: the other options may already have something to say. */
	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, server,
	    MHD_OPTION_EXTERNAL_LOGGER, on_library_words, NULL, MHD_OPTION_ARRAY, options,
	    MHD_OPTION_END);
}

/* As many connections as there may be descriptors, and some for the database and the rest. */
static void
fit_descriptors(struct server_options *o)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	if (files.rlim_cur < o->connections_max + OTHER_DESCRIPTORS) {
		rlim_t wanted = o->connections_max + OTHER_DESCRIPTORS;
		files.rlim_cur = wanted < files.rlim_max ? wanted : files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	if (files.rlim_cur < o->connections_max + OTHER_DESCRIPTORS) {
		o->connections_max = files.rlim_cur > 2 * OTHER_DESCRIPTORS
		    ? files.rlim_cur - OTHER_DESCRIPTORS
		    : OTHER_DESCRIPTORS;
		log_line(LEVEL_WARN, "only %zu connections: the limit of open files is low",
		    o->connections_max);
	}
}

bool
server_start(struct server *server)
{
	const struct server_options *o = &server->options;

	fit_descriptors(&server->options);
	server->table = guard_table_new(o->connections_max, o->deadlines);
	server->pool = pool_new(o->workers, o->waiting_max);
	answer_assets_begin(server);
	server->daemon = start_daemon(server);
	if (!server->daemon) {
		log_line(LEVEL_ERROR, "the HTTP server does not start");
		return false;
	}
	db_after_batch(server->app->db, wake_first, server);
	need(sem_init(&server->end_reaper, 0, 0) == 0);
	need(pthread_create(&server->reaper, NULL, reap, server) == 0);
	atomic_store(&server->ready, true);
	parent_ready(o->shared);
	return true;
}

static void
wait_for_quiet(struct server *server, int64_t until_us)
{
	while (atomic_load(&server->figures.in_work) > 0 && exchange_now_us() < until_us) {
		struct timespec pause = {.tv_nsec = 2 * 1000000L};
		nanosleep(&pause, NULL);
	}
}

void
server_stop(struct server *server, int grace_s)
{
	int64_t until = exchange_now_us() + (int64_t)grace_s * 1000000;

	if (!server->daemon)
		return;
	atomic_store(&server->ready, false);
	atomic_store(&server->stopping, true);
	MHD_quiesce_daemon(server->daemon);
	guard_close_idle(server->table);
	wait_for_quiet(server, until);
	/* What is suspended now waits for the writer or a worker; both end what they have and
	 * wake it. The writer first: it still gives work to the others. */
	db_writer_stop(server->app->db);
	db_after_batch(server->app->db, NULL, NULL);
	pool_end(server->pool);
	wait_for_quiet(server, exchange_now_us() + 500000);
	MHD_stop_daemon(server->daemon);
	server->daemon = NULL;
	pool_free(server->pool);
	server->pool = NULL;
	sem_post(&server->end_reaper);
	pthread_join(server->reaper, NULL);
	sem_destroy(&server->end_reaper);
	log_flush();
}

void
server_free(struct server *server)
{
	if (!server)
		return;
	need(!server->daemon);
	answer_assets_end(server);
	wake_free(server);
	guard_table_free(server->table);
	while (server->kept) {
		struct exchange *e = server->kept;
		server->kept = e->next;
		arena_free(e->arena);
		free(e);
	}
	memory_free(server->memory);
	router_free(server->router);
	pthread_mutex_destroy(&server->kept_lock);
	free(server);
}

const struct router *
server_router(const struct server *server)
{
	return server->router;
}

int64_t
server_csp_reports(const struct server *server)
{
	return atomic_load(&server->figures.reports);
}
