/* Statements that trace.c wrote, run again through the bare sqlite3 API. Shared by the floors. */
#ifndef LOAD_REPLAY_H
#define LOAD_REPLAY_H

#include <sqlite3.h>
#include <stddef.h>

enum { PARAMETERS_MAX = 64, STATEMENTS_MAX = 1024 };

struct parameter {
	char kind; /* n, i, d, t or b */
	sqlite3_int64 i;
	double d;
	const char *bytes;
	size_t n;
};

struct statement {
	size_t sql; /* its number among the different ones */
	int parameters;
	struct parameter *parameter;
};

/* What runs together: a page, or a job of the writer. */
struct script {
	struct statement *at;
	size_t n;
};

/* A file that is read from the front; everything read points into it. */
struct reader {
	const char *at, *end;
};

/* A connection with what it prepared. */
struct replay {
	sqlite3 *db;
	sqlite3_stmt *prepared[STATEMENTS_MAX];
	size_t sum; /* of all that was read, so that the compiler leaves nothing out */
};

void fail(const char *what, const char *why) __attribute__((noreturn));
struct reader reader_open(const char *path);
/* The next line without its end, as a C string in memory of its own; NULL at the end of the file. */
char *reader_line(struct reader *r);
const char *reader_bytes(struct reader *r, size_t n);
struct script reader_script(struct reader *r, size_t n);

/* Once, before threads. */
void replay_setup(void);
struct replay *replay_open(const char *path, int writes);
void replay_exec(struct replay *r, const char *sql);
/* Prepares at first use, binds, steps to the end, reads every column. */
void replay_run(struct replay *r, const struct script *script);

#endif
