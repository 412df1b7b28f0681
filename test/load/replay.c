#include "replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The different statements; only added to while files are read, before threads. */
static char *sql[STATEMENTS_MAX];
static size_t sqls;

void
fail(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

static void *
memory(size_t n)
{
	void *p = calloc(1, n ? n : 1);

	if (!p)
		fail("memory", "none left");
	return p;
}

struct reader
reader_open(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *bytes;
	long n;

	if (!f)
		fail(path, "cannot be read");
	fseek(f, 0, SEEK_END);
	n = ftell(f);
	rewind(f);
	bytes = memory((size_t)n + 1);
	if (fread(bytes, 1, (size_t)n, f) != (size_t)n)
		fail(path, "cannot be read");
	fclose(f);
	return (struct reader){bytes, bytes + n};
}

char *
reader_line(struct reader *r)
{
	const char *end = r->at < r->end ? memchr(r->at, '\n', (size_t)(r->end - r->at)) : NULL;
	char *line;

	if (!end)
		return NULL;
	line = memory((size_t)(end - r->at) + 1);
	memcpy(line, r->at, (size_t)(end - r->at));
	r->at = end + 1;
	return line;
}

const char *
reader_bytes(struct reader *r, size_t n)
{
	const char *p = r->at;

	if ((size_t)(r->end - r->at) < n + 1)
		fail("replay", "the file ends early");
	r->at += n + 1; /* and the end of the line */
	return p;
}

static size_t
number_of(const char *text, size_t n)
{
	for (size_t i = 0; i < sqls; i++)
		if (strlen(sql[i]) == n && memcmp(sql[i], text, n) == 0)
			return i;
	if (sqls == STATEMENTS_MAX)
		fail("replay", "too many different statements");
	sql[sqls] = memory(n + 1);
	memcpy(sql[sqls], text, n);
	return sqls++;
}

static struct parameter
read_parameter(struct reader *r)
{
	char *line = reader_line(r);
	struct parameter p = {0};

	if (!line)
		fail("replay", "a parameter is missing");
	p.kind = line[0];
	if (p.kind == 'i')
		p.i = strtoll(line + 1, NULL, 10);
	else if (p.kind == 'd')
		p.d = strtod(line + 1, NULL);
	else if (p.kind != 'n') {
		p.n = strtoull(line + 1, NULL, 10);
		p.bytes = reader_bytes(r, p.n);
	}
	free(line);
	return p;
}

struct script
reader_script(struct reader *r, size_t n)
{
	struct script script = {memory(n * sizeof *script.at), n};

	for (size_t i = 0; i < n; i++) {
		char *line = reader_line(r);
		struct statement *s = &script.at[i];
		size_t bytes;

		if (!line || sscanf(line, "S %*d %*d %zu %d", &bytes, &s->parameters) != 2)
			fail("replay", line ? line : "a statement is missing");
		free(line);
		s->sql = number_of(reader_bytes(r, bytes), bytes);
		s->parameter = memory((size_t)s->parameters * sizeof *s->parameter);
		for (int k = 0; k < s->parameters; k++)
			s->parameter[k] = read_parameter(r);
	}
	return script;
}

void
replay_setup(void)
{
	sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_initialize();
}

void
replay_exec(struct replay *r, const char *text)
{
	if (sqlite3_exec(r->db, text, NULL, NULL, NULL) != SQLITE_OK)
		fail(text, sqlite3_errmsg(r->db));
}

struct replay *
replay_open(const char *path, int writes)
{
	struct replay *r = memory(sizeof *r);

	if (sqlite3_open_v2(path, &r->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		fail(path, sqlite3_errmsg(r->db));
	sqlite3_busy_timeout(r->db, 5000);
	replay_exec(r, "PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY");
	replay_exec(r, writes ? "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000" : "PRAGMA cache_size = -4000");
	return r;
}

static void
bind(sqlite3_stmt *stmt, int at, const struct parameter *p)
{
	switch (p->kind) {
	case 'i': sqlite3_bind_int64(stmt, at, p->i); break;
	case 'd': sqlite3_bind_double(stmt, at, p->d); break;
	case 't': sqlite3_bind_text64(stmt, at, p->bytes, p->n, SQLITE_STATIC, SQLITE_UTF8); break;
	case 'b': sqlite3_bind_blob64(stmt, at, p->bytes, p->n, SQLITE_STATIC); break;
	default: sqlite3_bind_null(stmt, at); break;
	}
}

static void
read_row(struct replay *r, sqlite3_stmt *stmt)
{
	int columns = sqlite3_column_count(stmt);

	for (int i = 0; i < columns; i++)
		switch (sqlite3_column_type(stmt, i)) {
		case SQLITE_INTEGER: r->sum += (size_t)sqlite3_column_int64(stmt, i); break;
		case SQLITE_FLOAT: r->sum += (size_t)sqlite3_column_double(stmt, i); break;
		case SQLITE_NULL: break;
		default:
			r->sum += (size_t)sqlite3_column_text(stmt, i)[0];
			r->sum += (size_t)sqlite3_column_bytes(stmt, i);
		}
}

void
replay_run(struct replay *r, const struct script *script)
{
	for (size_t i = 0; i < script->n; i++) {
		const struct statement *s = &script->at[i];
		sqlite3_stmt **stmt = &r->prepared[s->sql];
		int code;

		if (!*stmt && sqlite3_prepare_v3(r->db, sql[s->sql], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL) !=
		    SQLITE_OK)
			fail(sql[s->sql], sqlite3_errmsg(r->db));
		for (int k = 0; k < s->parameters; k++)
			bind(*stmt, k + 1, &s->parameter[k]);
		while ((code = sqlite3_step(*stmt)) == SQLITE_ROW)
			read_row(r, *stmt);
		if (code != SQLITE_DONE)
			fail(sql[s->sql], sqlite3_errmsg(r->db));
		sqlite3_reset(*stmt);
	}
}
