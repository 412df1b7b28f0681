#include "test/program.h"

#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/need.h"

enum { WORDS_MAX = 40, PATIENCE_MS = 30000, LOOK_MS = 10 };

extern char **environ;

/* --- processes -------------------------------------------------------------------------------------------- */

static char *
binary(struct test *t)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *slash;

	need(n > 0);
	self[n] = 0;
	slash = strrchr(self, '/');
	need(slash != NULL);
	*slash = 0;
	return str_z(t->arena, str_fmt(t->arena, "%s/nuotio", self));
}

/* In the child: only what the test said decides. */
static void
forget_variables(void)
{
	for (char **v = environ; *v;) {
		char name[64];
		size_t n = strcspn(*v, "=");

		if (strncmp(*v, "NUOTIO_", 7) != 0 || n >= sizeof name) {
			v++;
			continue;
		}
		memcpy(name, *v, n);
		name[n] = 0;
		unsetenv(name); /* the next one takes its place */
	}
}

static pid_t
start(struct test *t, const char *words, int out, int err)
{
	char *argv[WORDS_MAX + 1] = {binary(t)};
	struct str rest = str_of(words);
	int argc = 1;
	pid_t pid;

	while (rest.n) {
		need(argc < WORDS_MAX);
		argv[argc++] = str_z(t->arena, str_cut(&rest, ' '));
	}
	fflush(NULL);
	pid = fork();
	need(pid >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		forget_variables();
		if (dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0)
			execv(argv[0], argv);
		_exit(127);
	}
	return pid;
}

static int
paper(void)
{
	int fd = memfd_create("program", MFD_CLOEXEC);

	need(fd >= 0);
	return fd;
}

static struct str
written_on(struct test *t, int fd)
{
	struct stat is;
	char *p;
	ssize_t n;

	need(fstat(fd, &is) == 0);
	p = arena_bytes(t->arena, (size_t)is.st_size + 1);
	n = pread(fd, p, (size_t)is.st_size, 0);
	need(n >= 0);
	return (struct str){p, (size_t)n};
}

/* Its exit code; -1 when it was killed, by us after a long wait or by something else. */
static int
wait_for(pid_t pid)
{
	int status = 0;

	for (int ms = 0; waitpid(pid, &status, WNOHANG) == 0; ms += LOOK_MS) {
		if (ms > PATIENCE_MS)
			kill(pid, SIGKILL);
		usleep(LOOK_MS * 1000);
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *
words_of(struct test *t, const char *format, va_list args)
{
	char words[4000];

	need(vsnprintf(words, sizeof words, format, args) < (int)sizeof words);
	return str_z(t->arena, str_of(words));
}

struct ran
program_run(struct test *t, const char *format, ...)
{
	int out = paper(), err = paper();
	struct ran ran;
	va_list args;
	pid_t pid;

	va_start(args, format);
	pid = start(t, words_of(t, format, args), out, err);
	va_end(args);
	ran.code = wait_for(pid);
	ran.out = written_on(t, out);
	ran.err = written_on(t, err);
	close(out);
	close(err);
	return ran;
}

/* --- one that serves -------------------------------------------------------------------------------------- */

struct str
program_out(struct program *p)
{
	return written_on(p->t, p->out);
}

struct str
program_err(struct program *p)
{
	return written_on(p->t, p->err);
}

/* The port of "http://127.0.0.1:8080\n" in what it says; 0: not yet. */
static uint16_t
port_in(struct str said)
{
	while (said.n) {
		struct str line = str_cut(&said, '\n'), before = STR("http://127.0.0.1:");
		int64_t port;

		if (str_starts(line, STR("nuotio: ")))
			line = str_sub(line, 8, line.n);
		if (str_starts(line, before) && str_int(str_sub(line, before.n, line.n), &port))
			return (uint16_t)port;
	}
	return 0;
}

static bool
has_ended(struct program *p)
{
	siginfo_t is = {0};

	return waitid(P_PID, (id_t)p->pid, &is, WEXITED | WNOHANG | WNOWAIT) == 0 && is.si_pid == p->pid;
}

struct program *
program_start(struct test *t, const char *format, ...)
{
	struct program *p = ARENA_NEW(t->arena, struct program);
	va_list args;
	char *words;

	va_start(args, format);
	words = words_of(t, format, args);
	va_end(args);
	*p = (struct program){.t = t, .out = paper(), .err = paper()};
	p->pid = start(t, str_z(t->arena, str_fmt(t->arena, "%s --listen 127.0.0.1:0", words)), p->out, p->err);
	for (int ms = 0; ms < PATIENCE_MS && p->port == 0; ms += LOOK_MS) {
		bool ended = has_ended(p);

		p->port = port_in(program_out(p));
		if (p->port == 0)
			p->port = port_in(program_err(p));
		if (ended)
			break;
		usleep(LOOK_MS * 1000);
	}
	return p;
}

/* The parent in the fourth field of /proc/PID/stat, after a name that ends with the last ')'. */
static pid_t
parent_of(const char *pid)
{
	char path[80], line[400] = "", *name_end;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%.20s/stat", pid);
	f = fopen(path, "r");
	if (!f)
		return 0;
	if (!fgets(line, sizeof line, f))
		line[0] = 0;
	fclose(f);
	name_end = strrchr(line, ')');
	return name_end && strlen(name_end) > 4 ? (pid_t)strtol(name_end + 4, NULL, 10) : 0;
}

pid_t
program_serving(struct program *p)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	pid_t found = 0;

	need(proc != NULL);
	while ((entry = readdir(proc)))
		if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' && parent_of(entry->d_name) == p->pid)
			found = (pid_t)strtol(entry->d_name, NULL, 10);
	closedir(proc);
	return found;
}

int
program_stop(struct program *p)
{
	int code;

	kill(p->pid, SIGTERM);
	code = wait_for(p->pid);
	close(p->out);
	close(p->err);
	return code;
}

/* --- visitors --------------------------------------------------------------------------------------------- */

struct visitor
visitor_of(struct program *p)
{
	return (struct visitor){.t = p->t, .port = p->port};
}

static void
keep_cookies(struct visitor *v, const struct reply *reply)
{
	for (size_t i = 0;; i++) {
		struct str line = header_nth(reply, "Set-Cookie", i), pair = str_cut(&line, ';');

		if (pair.n == 0)
			return;
		if (str_starts(pair, STR("session=")))
			v->session = pair;
		if (str_starts(pair, STR("browser=")))
			v->browser = pair;
	}
}

static struct reply
ask(struct visitor *v, const char *method, const char *address, struct str body)
{
	int fd = dial_port(v->port);
	struct reply reply = {0};
	struct str bytes;

	if (fd < 0)
		return reply;
	bytes = str_fmt(v->t->arena, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nCookie: %.*s; %.*s\r\n"
	    "Origin: http://127.0.0.1:%u\r\nConnection: close\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%.*s",
	    method, address, v->port, STR_ARG(v->session), STR_ARG(v->browser), v->port, body.n, STR_ARG(body));
	say_n(fd, bytes.p, bytes.n);
	reply = hear(v->t, fd, PATIENCE_MS);
	close(fd);
	keep_cookies(v, &reply);
	return reply;
}

struct reply
visit(struct visitor *v, const char *address)
{
	struct reply reply = ask(v, "GET", address, STR(""));

	v->page = reply.body;
	return reply;
}

/* What stands between two words of a text, after a third; empty without. */
static struct str
between(struct str text, struct str after, struct str from, char to)
{
	size_t at;

	for (at = 0; at + after.n <= text.n && memcmp(text.p + at, after.p, after.n) != 0; at++)
		;
	text = at + after.n <= text.n ? str_sub(text, at + after.n, text.n) : (struct str){0};
	for (at = 0; at + from.n <= text.n && memcmp(text.p + at, from.p, from.n) != 0; at++)
		;
	if (at + from.n > text.n)
		return (struct str){0};
	text = str_sub(text, at + from.n, text.n);
	return str_cut(&text, to);
}

struct reply
visitor_send(struct visitor *v, const char *address, const char *fields)
{
	struct str once = between(v->page, str_fmt(v->t->arena, "action=\"%s\"", address),
	    STR("name=\"once\" value=\""), '"');

	return ask(v, "POST", address, str_fmt(v->t->arena, "once=%.*s&%s", STR_ARG(once), fields));
}

bool
visitor_signs_in(struct visitor *v, struct str lines, const char *name)
{
	while (lines.n) {
		struct str line = str_cut(&lines, '\n');
		char *address;

		str_cut(&line, '\t');
		if (!str_is(str_cut(&line, '\t'), name))
			continue;
		str_cut(&line, '/');
		str_cut(&line, '/');
		str_cut(&line, '/');
		address = str_z(v->t->arena, str_fmt(v->t->arena, "/%.*s", STR_ARG(line)));
		visit(v, address);
		return visitor_send(v, address, "").status == 303 && v->session.n > 0;
	}
	return false;
}
