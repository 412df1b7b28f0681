#include "core/http/parent.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/http/parent_notes.h"
#include "core/log.h"
#include "lib/need.h"
#include "lib/str.h"

enum {
	GRACE_S = 20,
	EARLY_CRASHES_MAX = 5, /* before it ever was ready */
	QUICK_MS = 1000,       /* who lives shorter than this crashes quickly */
	PAUSE_MS_MAX = 2000,
	BACKLOG = 1024,
	SYSTEMD_FD = 3,
};

/* --- the child ----------------------------------------------------------- */

static struct parent_shared *mine; /* of the serving process, for the handlers below */

static void
on_need(const char *file, int line, const char *fact)
{
	(void)file;
	(void)line;
	(void)fact;
	parent_mark_crash(mine);
	log_flush_dying();
}

static void
stop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

void
parent_wait_for_stop(void)
{
	sigset_t set;
	int which;

	stop_signals(&set);
	while (sigwait(&set, &which) != 0)
		;
}

#ifndef NUOTIO_SANITIZE
static void
on_fatal(int signal_number)
{
	parent_mark_crash(mine);
	/* SA_RESETHAND: this time it is the end. */
	raise(signal_number);
}

static void
catch_fatal(void)
{
	static const int fatal[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
	struct sigaction action = {.sa_handler = on_fatal, .sa_flags = (int)SA_RESETHAND};

	for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
		sigaction(fatal[i], &action, NULL);
}
#else /* the sanitizers want to see them themselves */
static void
catch_fatal(void)
{
}
#endif

static _Noreturn void
child(const struct parent_options *options, struct parent_shared *shared, pid_t parent)
{
	struct rlimit no_core = {0, 0};
	sigset_t set;
	int code;

	/* Without the parent nobody would start the next one. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(EXIT_KILLED);
	/* Writing a core file takes longer than the 200 ms that clients wait. */
	setrlimit(RLIMIT_CORE, &no_core);
	stop_signals(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	mine = shared;
	need_hook = on_need;
	catch_fatal();
	code = options->serve(options->arg, shared);
	log_flush();
	exit(code);
}

/* --- the parent ---------------------------------------------------------- */

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static pid_t
start(const struct parent_options *options, struct parent_shared *shared)
{
	pid_t parent = getpid(), pid;

	parent_notes_reset(shared);
	log_flush(); /* else both would write it */
	pid = fork();
	if (pid == 0)
		child(options, shared, parent);
	return pid;
}

/* Waits for one of the signals in `set`, at most so long; 0 when none came. SIGCHLD may also be
 * that of a child that was seen already. */
static int
wait_signal(const sigset_t *set, int64_t ms)
{
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	int which = sigtimedwait(set, NULL, &t);

	return which > 0 ? which : 0;
}

/* Waits for the child's end, at most until then. */
static bool
ended_by(pid_t pid, const sigset_t *set, int64_t until, int *status)
{
	for (;;) {
		pid_t got = waitpid(pid, status, WNOHANG);

		if (got == pid || (got < 0 && errno == ECHILD))
			return true;
		if (now_ms() >= until)
			return false;
		wait_signal(set, until - now_ms());
	}
}

static int
stop(pid_t pid, const sigset_t *set, int grace_s)
{
	int status = 0;

	kill(pid, SIGTERM);
	if (!ended_by(pid, set, now_ms() + (int64_t)grace_s * 1000, &status)) {
		log_line(LEVEL_ERROR, "the serving process did not stop in %d s and was killed",
		    grace_s);
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
		return EXIT_KILLED;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_KILLED;
}

/* Waits until the child ended (true) or a stop was asked for. */
static bool
watch(pid_t pid, const sigset_t *set, int *status)
{
	for (;;) {
		int which;

		if (waitpid(pid, status, WNOHANG) == pid)
			return true;
		which = sigwaitinfo(set, NULL);
		if (which == SIGTERM || which == SIGINT)
			return false;
	}
}

static void
note_end(struct parent_shared *shared, int status)
{
	if (WIFSIGNALED(status))
		log_line(LEVEL_ERROR, "the serving process was ended by signal %d (%s)",
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		log_line(LEVEL_ERROR, "the serving process ended with %d", WEXITSTATUS(status));
	parent_note_crash(shared, now_ms() / 1000);
	atomic_fetch_add(&shared->restarts, 1);
}

/* How long to wait before the next: a single crash costs nothing, a row of quick ones is slowed
 * down. */
static int64_t
pause_after(int quick)
{
	int64_t ms = quick < 3 ? 0 : 50;

	for (int i = 3; i < quick && ms < PAUSE_MS_MAX; i++)
		ms *= 2;
	return ms < PAUSE_MS_MAX ? ms : PAUSE_MS_MAX;
}

static bool
stop_asked_within(const sigset_t *set, int64_t ms)
{
	int64_t until = now_ms() + ms;

	while (now_ms() < until) {
		int which = wait_signal(set, until - now_ms());
		if (which == SIGTERM || which == SIGINT)
			return true;
	}
	return false;
}

static int
run_children(
    const struct parent_options *options, struct parent_shared *shared, const sigset_t *set)
{
	int quick = 0, early = 0;
	bool ever_ready = false;

	for (;;) {
		int64_t begun = now_ms();
		int status = 0;
		pid_t pid = start(options, shared);
		bool was_ready;

		if (pid < 0) {
			log_line(LEVEL_ERROR, "cannot start a process: %s", strerror(errno));
			return EXIT_NEVER_READY;
		}
		if (!watch(pid, set, &status))
			return stop(pid, set, options->grace_s ? options->grace_s : GRACE_S);
		was_ready = atomic_load(&shared->ready);
		ever_ready |= was_ready;
		/* What never served has something to mend. What has served before is tried again: the world
		 * that stopped it, a busy database or a full disk, may be better in a moment. */
		if (WIFEXITED(status) && (WEXITSTATUS(status) == EXIT_STOPPED || !ever_ready))
			return WEXITSTATUS(status);
		note_end(shared, status);
		if (!ever_ready && ++early == EARLY_CRASHES_MAX)
			return EXIT_NEVER_READY;
		quick = now_ms() - begun < QUICK_MS ? quick + 1 : 0;
		if (stop_asked_within(set, pause_after(quick)))
			return EXIT_STOPPED;
	}
}

int
parent_run(const struct parent_options *options)
{
	struct parent_shared *shared = parent_shared_new();
	sigset_t set, before;
	int code;

	/* A file that may not grow, a log that nobody reads any more: one write fails, and no process ends. */
	signal(SIGXFSZ, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	stop_signals(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, &before);
	code = run_children(options, shared, &set);
	sigprocmask(SIG_SETMASK, &before, NULL);
	parent_shared_free(shared);
	log_flush();
	return code;
}

/* --- the socket ---------------------------------------------------------- */

static int
from_systemd(char *error, size_t error_n)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");

	if (!pid || !fds || strtol(pid, NULL, 10) != getpid() || strtol(fds, NULL, 10) < 1) {
		snprintf(error, error_n, "systemd gave no socket");
		return -1;
	}
	return SYSTEMD_FD;
}

static int
open_socket(const struct addrinfo *at)
{
	int fd = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int on = 1, off = 0;

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (at->ai_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
	if (bind(fd, at->ai_addr, at->ai_addrlen) != 0 || listen(fd, BACKLOG) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

int
parent_listen(const char *where, char *error, size_t error_n)
{
	const char *colon = strrchr(where, ':');
	struct addrinfo hints = {.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
	    .ai_socktype = SOCK_STREAM}, *found = NULL;
	char host[64];
	size_t n;
	int fd = -1;

	if (strcmp(where, "systemd") == 0)
		return from_systemd(error, error_n);
	n = colon ? (size_t)(colon - where) : 0;
	if (!colon || n >= sizeof host) {
		snprintf(error, error_n, "%s is no ADDRESS:PORT", where);
		return -1;
	}
	memcpy(host, where, n);
	host[n] = 0;
	if (n >= 2 && host[0] == '[' && host[n - 1] == ']') {
		memmove(host, host + 1, n - 2);
		host[n - 2] = 0;
	}
	if (getaddrinfo(host[0] ? host : NULL, colon + 1, &hints, &found) != 0) {
		snprintf(error, error_n, "%s is no ADDRESS:PORT", where);
		return -1;
	}
	for (struct addrinfo *at = found; at && fd < 0; at = at->ai_next)
		fd = open_socket(at);
	if (fd < 0)
		snprintf(error, error_n, "cannot listen on %s: %s", where, strerror(errno));
	freeaddrinfo(found);
	return fd;
}

uint16_t
parent_port(int listen_fd)
{
	struct sockaddr_storage at;
	socklen_t n = sizeof at;

	if (getsockname(listen_fd, (struct sockaddr *)&at, &n) != 0)
		return 0;
	if (at.ss_family == AF_INET)
		return ntohs(((struct sockaddr_in *)&at)->sin_port);
	if (at.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&at)->sin6_port);
	return 0;
}
