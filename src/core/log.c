#include "core/log.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A line a request would be a system call a request; the buffer makes it a few a second. */
enum { BUFFER_BYTES = 64 * 1024, LINE_BYTES = 640 };

static struct {
	pthread_mutex_t lock;
	enum log_level level;
	int fd;
	size_t n;
	time_t stamped; /* the second that `stamp` says */
	char stamp[24];
	char bytes[BUFFER_BYTES];
} out = {.lock = PTHREAD_MUTEX_INITIALIZER, .level = LEVEL_INFO, .fd = STDERR_FILENO};

static const char *const level_words[] = {"error", "warn", "info", "debug"};

void
log_level_set(enum log_level level)
{
	__atomic_store_n(&out.level, level, __ATOMIC_RELAXED);
}

bool
log_level_of(const char *word, enum log_level *level)
{
	for (size_t i = 0; i < sizeof level_words / sizeof *level_words; i++) {
		if (strcmp(word, level_words[i]) == 0) {
			*level = (enum log_level)i;
			return true;
		}
	}
	return false;
}

void
log_to(int fd)
{
	log_flush();
	pthread_mutex_lock(&out.lock);
	out.fd = fd;
	pthread_mutex_unlock(&out.lock);
}

static void
write_out(void)
{
	size_t at = 0;

	while (at < out.n) {
		ssize_t n = write(out.fd, out.bytes + at, out.n - at);
		/* A log that cannot be written must not stop the service. */
		if (n <= 0)
			break;
		at += (size_t)n;
	}
	out.n = 0;
}

void
log_flush(void)
{
	pthread_mutex_lock(&out.lock);
	write_out();
	pthread_mutex_unlock(&out.lock);
}

void
log_flush_dying(void)
{
	write_out();
}

static void
put(const char *line, size_t n, bool now)
{
	struct timespec t;
	char fraction[8];

	clock_gettime(CLOCK_REALTIME, &t);
	pthread_mutex_lock(&out.lock);
	if (t.tv_sec != out.stamped) {
		struct tm parts;
		gmtime_r(&t.tv_sec, &parts);
		strftime(out.stamp, sizeof out.stamp, "%Y-%m-%dT%H:%M:%S", &parts);
		out.stamped = t.tv_sec;
	}
	if (sizeof out.bytes - out.n < LINE_BYTES + 32)
		write_out();
	snprintf(fraction, sizeof fraction, ".%03dZ ", (int)(t.tv_nsec / 1000000 % 1000));
	memcpy(out.bytes + out.n, out.stamp, 19);
	memcpy(out.bytes + out.n + 19, fraction, 6);
	memcpy(out.bytes + out.n + 25, line, n);
	out.n += 25 + n;
	if (now)
		write_out();
	pthread_mutex_unlock(&out.lock);
}

static bool
wanted(enum log_level level)
{
	return level <= __atomic_load_n(&out.level, __ATOMIC_RELAXED);
}

void
log_line(enum log_level level, const char *format, ...)
{
	char line[LINE_BYTES];
	size_t n;
	va_list args;
	int more;

	if (!wanted(level))
		return;
	n = (size_t)snprintf(line, sizeof line, "%s ", level_words[level]);
	va_start(args, format);
	more = vsnprintf(line + n, sizeof line - n - 1, format, args);
	va_end(args);
	if (more < 0)
		return;
	n += (size_t)more < sizeof line - n - 1 ? (size_t)more : sizeof line - n - 2;
	for (size_t i = 0; i < n; i++) {
		if ((unsigned char)line[i] < ' ')
			line[i] = ' '; /* one event, one line */
	}
	line[n++] = '\n';
	put(line, n, level <= LEVEL_WARN);
}

void
log_request(const struct log_request *q)
{
	char line[LINE_BYTES];
	int n;

	if (!wanted(LEVEL_INFO))
		return;
	n = snprintf(line, sizeof line, "%s %s %.200s %d %llu %lld.%03lldms\n", q->id, q->method,
	    q->pattern, q->status, (unsigned long long)q->bytes, (long long)(q->us / 1000),
	    (long long)(q->us % 1000));
	if (n > 0 && (size_t)n < sizeof line)
		put(line, (size_t)n, false);
}
