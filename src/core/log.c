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
	char *to;
	int ms;

	clock_gettime(CLOCK_REALTIME_COARSE, &t);
	ms = (int)(t.tv_nsec / 1000000);
	pthread_mutex_lock(&out.lock);
	if (t.tv_sec != out.stamped) {
		struct tm parts;
		gmtime_r(&t.tv_sec, &parts);
		strftime(out.stamp, sizeof out.stamp, "%Y-%m-%dT%H:%M:%S", &parts);
		out.stamped = t.tv_sec;
	}
	if (sizeof out.bytes - out.n < LINE_BYTES + 32)
		write_out();
	to = out.bytes + out.n;
	memcpy(to, out.stamp, 19);
	to[19] = '.';
	to[20] = (char)('0' + ms / 100 % 10);
	to[21] = (char)('0' + ms / 10 % 10);
	to[22] = (char)('0' + ms % 10);
	to[23] = 'Z';
	to[24] = ' ';
	memcpy(to + 25, line, n);
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

static char *
text(char *to, const char *from, size_t most)
{
	size_t n = strnlen(from, most);

	memcpy(to, from, n);
	to[n] = ' ';
	return to + n + 1;
}

static char *
number(char *to, uint64_t n)
{
	char digits[20];
	size_t at = sizeof digits;

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	memcpy(to, digits + at, sizeof digits - at);
	return to + sizeof digits - at;
}

/* Once a request: written by hand, for printf takes longer than all else here. */
void
log_request(const struct log_request *q)
{
	char line[LINE_BYTES], *to = line;
	uint64_t us = q->us > 0 ? (uint64_t)q->us : 0;

	if (!wanted(LEVEL_INFO))
		return;
	to = text(to, q->id, 16);
	to = text(to, q->method, 16);
	to = text(to, q->pattern, 200);
	to = number(to, (uint64_t)q->status);
	*to++ = ' ';
	to = number(to, q->bytes);
	*to++ = ' ';
	to = number(to, us / 1000);
	*to++ = '.';
	*to++ = (char)('0' + us / 100 % 10);
	*to++ = (char)('0' + us / 10 % 10);
	*to++ = (char)('0' + us % 10);
	memcpy(to, "ms\n", 3);
	put(line, (size_t)(to + 3 - line), false);
}
