/* The log: one line an event on stderr, buffered for a moment, without personal data. */
#ifndef CORE_LOG_H
#define CORE_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level { LEVEL_ERROR, LEVEL_WARN, LEVEL_INFO, LEVEL_DEBUG };

/* Lines above this level are dropped; LEVEL_INFO at the start. */
void log_level_set(enum log_level level);
/* "error", "warn", "info" or "debug"; false for any other word. */
bool log_level_of(const char *word, enum log_level *level);
/* Where lines go; 2 at the start. */
void log_to(int fd);

/* One line. Errors and warnings are written at once. What a person typed never belongs into it. */
void log_line(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What the log tells of a request: the route's pattern in place of the address, and nobody's
 * network. */
struct log_request {
	const char *id, *method, *pattern;
	int status;
	uint64_t bytes;
	int64_t us; /* from the first header to the answer */
};

void log_request(const struct log_request *request);

/* Writes what is buffered. The server calls it a few times a second and before it ends. */
void log_flush(void);
/* The same without waiting for a lock, for a process that is about to end. */
void log_flush_dying(void);

#endif
