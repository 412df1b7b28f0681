/* LD_PRELOAD in front of libsqlite3: writes every statement that a program runs, with its parameters and how many
 * rows it gave, to the file TRACE_SQL. So the floors run what the product runs, and the product needs no code for it.
 *
 * A record: "S <thread> <rows> <bytes of SQL> <parameters>", the SQL, and a line for each parameter: "n", "i 5",
 * "d 0.5", "t 3" and the bytes, "b 3" and the bytes. It is written when the statement is reset. */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLOTS = 1 << 14, PARAMETERS_MAX = 64, RECORD_MAX = 1 << 20 };

struct seen {
	sqlite3_stmt *stmt;
	char *parameter[PARAMETERS_MAX];
	size_t bytes[PARAMETERS_MAX];
	int parameters, rows, stepped;
};

static struct seen seen[SLOTS];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int to = -1;

#define REAL(name) \
	static __typeof__(name) *real; \
	if (!real) \
		real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

/* With the lock held. */
static struct seen *
of(sqlite3_stmt *stmt)
{
	size_t at = (size_t)stmt / 64 % SLOTS;

	while (seen[at].stmt && seen[at].stmt != stmt)
		at = (at + 1) % SLOTS;
	seen[at].stmt = stmt;
	return &seen[at];
}

static void
keep(sqlite3_stmt *stmt, int at, const char *head, size_t head_n, const void *bytes, size_t n)
{
	struct seen *s;
	char *p;

	if (at < 1 || at > PARAMETERS_MAX)
		return;
	pthread_mutex_lock(&lock);
	s = of(stmt);
	p = realloc(s->parameter[at - 1], head_n + n + 2);
	if (!p)
		abort();
	memcpy(p, head, head_n);
	p[head_n++] = '\n';
	if (bytes) {
		memcpy(p + head_n, bytes, n);
		head_n += n;
		p[head_n++] = '\n';
	}
	s->parameter[at - 1] = p;
	s->bytes[at - 1] = head_n;
	if (s->parameters < at)
		s->parameters = at;
	pthread_mutex_unlock(&lock);
}

static void
write_record(struct seen *s)
{
	static char record[RECORD_MAX];
	const char *sql = sqlite3_sql(s->stmt), *path = getenv("TRACE_SQL");
	size_t n;

	if (to < 0 && path)
		to = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (to < 0 || !sql)
		return;
	n = (size_t)snprintf(record, sizeof record, "S %d %d %zu %d\n%s\n", (int)gettid(), s->rows, strlen(sql),
	    s->parameters, sql);
	for (int i = 0; i < s->parameters; i++) {
		if (n + s->bytes[i] + 2 > sizeof record)
			abort();
		memcpy(record + n, s->parameter[i] ? s->parameter[i] : "n\n", s->parameter[i] ? s->bytes[i] : 2);
		n += s->parameter[i] ? s->bytes[i] : 2;
	}
	if (write(to, record, n) != (ssize_t)n)
		abort();
}

int
sqlite3_step(sqlite3_stmt *stmt)
{
	int code;

	REAL(sqlite3_step);
	code = real(stmt);
	pthread_mutex_lock(&lock);
	of(stmt)->stepped = 1;
	of(stmt)->rows += code == SQLITE_ROW;
	pthread_mutex_unlock(&lock);
	return code;
}

int
sqlite3_reset(sqlite3_stmt *stmt)
{
	struct seen *s;

	REAL(sqlite3_reset);
	pthread_mutex_lock(&lock);
	s = of(stmt);
	if (s->stepped)
		write_record(s);
	s->stepped = s->rows = 0;
	pthread_mutex_unlock(&lock);
	return real(stmt);
}

int
sqlite3_clear_bindings(sqlite3_stmt *stmt)
{
	struct seen *s;

	REAL(sqlite3_clear_bindings);
	pthread_mutex_lock(&lock);
	s = of(stmt);
	for (int i = 0; i < s->parameters; i++) {
		free(s->parameter[i]);
		s->parameter[i] = NULL;
	}
	s->parameters = 0;
	pthread_mutex_unlock(&lock);
	return real(stmt);
}

int
sqlite3_finalize(sqlite3_stmt *stmt)
{
	REAL(sqlite3_finalize);
	if (stmt)
		sqlite3_clear_bindings(stmt); /* its place may be another's soon */
	return real(stmt);
}

int
sqlite3_bind_null(sqlite3_stmt *stmt, int at)
{
	REAL(sqlite3_bind_null);
	keep(stmt, at, "n", 1, NULL, 0);
	return real(stmt, at);
}

int
sqlite3_bind_int64(sqlite3_stmt *stmt, int at, sqlite3_int64 n)
{
	char head[32];

	REAL(sqlite3_bind_int64);
	keep(stmt, at, head, (size_t)snprintf(head, sizeof head, "i %lld", n), NULL, 0);
	return real(stmt, at, n);
}

int
sqlite3_bind_double(sqlite3_stmt *stmt, int at, double n)
{
	char head[64];

	REAL(sqlite3_bind_double);
	keep(stmt, at, head, (size_t)snprintf(head, sizeof head, "d %.17g", n), NULL, 0);
	return real(stmt, at, n);
}

int
sqlite3_bind_text64(sqlite3_stmt *stmt, int at, const char *p, sqlite3_uint64 n, void (*drop)(void *),
    unsigned char encoding)
{
	char head[32];

	REAL(sqlite3_bind_text64);
	keep(stmt, at, head, (size_t)snprintf(head, sizeof head, "t %llu", n), p, n);
	return real(stmt, at, p, n, drop, encoding);
}

int
sqlite3_bind_blob64(sqlite3_stmt *stmt, int at, const void *p, sqlite3_uint64 n, void (*drop)(void *))
{
	char head[32];

	REAL(sqlite3_bind_blob64);
	keep(stmt, at, head, (size_t)snprintf(head, sizeof head, "b %llu", n), p, n);
	return real(stmt, at, p, n, drop);
}
