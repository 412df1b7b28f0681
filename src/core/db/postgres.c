/* The PostgreSQL engine, over libpq and one blocking call after another. Every parameter is sent
 * with its type, because the server cannot guess the type of one that is only compared with
 * NULL. */
#include <endian.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/db/engine.h"
#include "lib/arena.h"

/* From the server's catalogue pg_type; these numbers never change. */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_TEXT = 25,
	OID_FLOAT8 = 701,
	OID_INT8_ARRAY = 1016,
	OID_DATE = 1082,
	OID_TIMESTAMPTZ = 1184,
	OID_GUESS = 0,
};

enum { AS_TEXT = 0, AS_BYTES = 1 };

static const Oid oid_of[] = {
	[DB_ID] = OID_INT8,
	[DB_INT] = OID_INT8,
	[DB_BOOL] = OID_BOOL,
	[DB_REAL] = OID_FLOAT8,
	[DB_TEXT] = OID_TEXT,
	[DB_DATE] = OID_DATE,
	[DB_INSTANT] = OID_TIMESTAMPTZ,
	[DB_BLOB] = OID_BYTEA,
	[DB_JSON] = OID_GUESS, /* json, jsonb or text: as the column is */
	[DB_LIST] = OID_INT8_ARRAY,
};

/* "nuotio" in a way that no other program's number is likely to be. Held by whoever writes. */
#define WRITER_LOCK "SELECT pg_advisory_xact_lock(7945231606)"

static PGconn *
handle(struct db_connection *c)
{
	return c->handle;
}

/* --- what went wrong -------------------------------------------------------------------------- */

static enum db_trouble
trouble_of(const char *state)
{
	static const struct {
		const char *state; /* or its beginning */
		enum db_trouble trouble;
	} known[] = {
		{"08", DB_GONE},      /* connection exception */
		{"25006", DB_GONE},   /* the server only reads now: another one became the first */
		{"0A000", DB_GONE},   /* the schema changed under a prepared statement */
		{"25P03", DB_TIMEOUT},
		{"40", DB_BUSY},      /* serialization, deadlock */
		{"53100", DB_FULL},
		{"53200", DB_MEMORY},
		{"53300", DB_BUSY},   /* too many connections */
		{"55P03", DB_BUSY},   /* lock timeout */
		{"57014", DB_TIMEOUT},
		{"57P", DB_GONE},     /* shutting down, starting */
		{"58", DB_DISK},
		{"XX", DB_DAMAGED},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strncmp(state, known[i].state, strlen(known[i].state)) == 0)
			return known[i].trouble;
	return DB_REFUSED;
}

static bool
failed(struct db_connection *c, const PGresult *r, const char *statement)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *words = r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	enum db_trouble trouble;

	if (PQstatus(handle(c)) != CONNECTION_OK || !state)
		trouble = DB_GONE;
	else
		trouble = trouble_of(state);
	if (trouble == DB_GONE)
		c->stale = true;
	return db_error_set(&c->error, trouble, statement, "PostgreSQL %s: %s", state ? state : "",
	    words ? words : PQerrorMessage(handle(c)));
}

/* Ends a result; true if it is a good one. */
static bool
good(struct db_connection *c, PGresult *r, const char *statement)
{
	ExecStatusType status = PQresultStatus(r);
	bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ||
	    status == PGRES_EMPTY_QUERY;

	if (!ok)
		failed(c, r, statement);
	PQclear(r);
	return ok;
}

/* --- connections ------------------------------------------------------------------------------ */

static void
no_notice(void *context, const char *text)
{
	(void)context;
	(void)text;
}

static bool
exec(struct db_connection *c, const char *sql)
{
	return good(c, PQexec(handle(c), sql), "");
}

static char *
ask(struct db_connection *c, const char *sql)
{
	PGresult *r = PQexec(handle(c), sql);
	bool has = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0;
	char *answer = strdup(has ? PQgetvalue(r, 0, 0) : "");

	need(answer != NULL);
	if (good(c, r, ""))
		return answer;
	free(answer);
	return NULL;
}

static void
close_connection(struct db_connection *c)
{
	for (size_t i = 0; c->stmt && i < c->db->options.statement_count; i++) {
		c->stmt[i].prepared = NULL;
		PQclear(c->stmt[i].result);
		c->stmt[i].result = NULL;
	}
	PQfinish(c->handle);
	c->handle = NULL;
}

static bool
open_connection(struct db_connection *c)
{
	/* Ours first, so that what the address says counts. */
	static const char *const names[] = {"fallback_application_name", "connect_timeout",
	    "keepalives_idle", "tcp_user_timeout", "client_encoding", "dbname", NULL};
	const char *values[] = {"nuotio", "5", "30", "10000", "UTF8", c->db->place, NULL};
	char settings[640];

	c->stale = false;
	c->handle = PQconnectdbParams(names, values, 1);
	need(c->handle != NULL);
	if (PQstatus(handle(c)) != CONNECTION_OK) {
		failed(c, NULL, "");
		close_connection(c);
		return false;
	}
	PQsetNoticeProcessor(handle(c), no_notice, NULL);
	if (PQserverVersion(handle(c)) < 150000) {
		db_error_set(&c->error, DB_DAMAGED, "", "PostgreSQL 15 or newer is needed");
		close_connection(c);
		return false;
	}
	/* What is acknowledged is on disk: a server that says otherwise by default is overruled. */
	snprintf(settings, sizeof settings, "SET timezone = 'UTC'; SET datestyle = 'ISO, YMD';"
	    "SET bytea_output = 'hex'; SET client_min_messages = 'error';"
	    "SET idle_in_transaction_session_timeout = '60s'; SET lock_timeout = %d;"
	    "SET statement_timeout = %d;"
	    "SELECT set_config('synchronous_commit', 'on', false)"
	    " WHERE current_setting('synchronous_commit') = 'off'",
	    DB_PATIENCE_MS, c->for_writing ? DB_JOB_MS : DB_READ_MS);
	if (exec(c, settings))
		return true;
	close_connection(c);
	return false;
}

static bool
is_alive(struct db_connection *c)
{
	return c->handle && !c->stale && PQstatus(handle(c)) == CONNECTION_OK;
}

static bool
in_transaction(struct db_connection *c)
{
	PGTransactionStatusType status = PQtransactionStatus(handle(c));

	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

static int64_t
left_ms(const struct db_connection *c)
{
	return c->deadline_ms ? c->deadline_ms - db_monotonic_ms() : DB_READ_MS;
}

/* Who has less time than the connection's setting says so to the server, which ends its statements. */
static PGresult *
begin_in_a_hurry(struct db_connection *c, const char *begin)
{
	int64_t left = left_ms(c);
	char sql[160];

	snprintf(sql, sizeof sql, "%s; SET LOCAL statement_timeout = %d", begin, left > 1 ? (int)left : 1);
	return PQexec(handle(c), sql);
}

static bool
control(struct db_connection *c, enum db_control what)
{
	static const char *const sql[CONTROL_COUNT] = {
		[CONTROL_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		/* The lock is a statement before all others, and read committed takes a new look
		 * for each: so whoever has the lock sees what its last holder committed. */
		[CONTROL_BEGIN_WRITE] =
		    ("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; " WRITER_LOCK),
		[CONTROL_COMMIT] = "COMMIT",
		[CONTROL_ROLLBACK] = "ROLLBACK",
		[CONTROL_SAVEPOINT] = "SAVEPOINT job",
		[CONTROL_UNDO] = "ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job",
		[CONTROL_RELEASE] = "RELEASE SAVEPOINT job",
	};
	PGresult *r = what == CONTROL_BEGIN_READ && left_ms(c) < DB_READ_MS / 2
	    ? begin_in_a_hurry(c, sql[what]) : PQexec(handle(c), sql[what]);

	/* A COMMIT of a failed transaction is answered with success and the word ROLLBACK. */
	if (what == CONTROL_COMMIT && PQresultStatus(r) == PGRES_COMMAND_OK &&
	    strcmp(PQcmdStatus(r), "COMMIT") != 0) {
		PQclear(r);
		return db_error_set(&c->error, DB_REFUSED, "", "the server undid the transaction");
	}
	if (good(c, r, ""))
		return true;
	if ((what == CONTROL_BEGIN_READ || what == CONTROL_BEGIN_WRITE) && in_transaction(c))
		PQclear(PQexec(handle(c), "ROLLBACK"));
	return false;
}

/* --- statements ------------------------------------------------------------------------------- */

static bool
prepare(struct stmt *s)
{
	const struct db_statement *statement = s->statement;
	Oid type[UINT8_MAX];
	char name[16];

	if (!s->value) {
		size_t n = statement->params ? statement->params : 1;

		s->value = calloc(n, sizeof *s->value);
		s->length = calloc(2 * n, sizeof *s->length);
		need(s->value != NULL && s->length != NULL);
		s->format = s->length + n;
	}
	for (int i = 0; i < statement->params; i++)
		type[i] = oid_of[statement->param_type[i]];
	snprintf(name, sizeof name, "s%u", statement->index);
	if (!good(s->connection, PQprepare(handle(s->connection), name, statement->postgres,
	    statement->params, type), statement->name))
		return false;
	s->prepared = s;
	return true;
}

static void
bind(struct stmt *s, int at, int format, const char *value, size_t n)
{
	need(n <= INT32_MAX);
	s->value[at - 1] = value;
	s->length[at - 1] = (int)n;
	s->format[at - 1] = format;
}

static void
bind_null(struct stmt *s, int at)
{
	bind(s, at, AS_TEXT, NULL, 0);
}

static void
bind_8_bytes(struct stmt *s, int at, const void *host_order)
{
	uint64_t n;
	char *p = arena_bytes(s->tx->arena, sizeof n);

	memcpy(&n, host_order, sizeof n);
	n = htobe64(n);
	memcpy(p, &n, sizeof n);
	bind(s, at, AS_BYTES, p, sizeof n);
}

static void
bind_real(struct stmt *s, int at, double n)
{
	bind_8_bytes(s, at, &n);
}

static void
bind_int(struct stmt *s, int at, int64_t n)
{
	switch ((enum db_type)s->statement->param_type[at - 1]) {
	case DB_BOOL:
		bind(s, at, AS_BYTES, n ? "\1" : "\0", 1);
		break;
	case DB_REAL:
		bind_real(s, at, (double)n);
		break;
	default:
		bind_8_bytes(s, at, &n);
	}
}

static void
bind_text(struct stmt *s, int at, struct str text)
{
	/* Text and bytes go as they are; the others are written out and read by the server. */
	if (s->statement->param_type[at - 1] == DB_TEXT)
		bind(s, at, AS_BYTES, text.n ? text.p : "", text.n);
	else
		bind(s, at, AS_TEXT, str_z(s->tx->arena, text), text.n);
}

static void
bind_blob(struct stmt *s, int at, struct str bytes)
{
	bind(s, at, AS_BYTES, bytes.n ? bytes.p : "", bytes.n);
}

static int
step(struct stmt *s)
{
	struct db_connection *c = s->connection;
	ExecStatusType status;
	char name[16];

	if (s->result)
		return ++s->row < s->rows;
	snprintf(name, sizeof name, "s%u", s->statement->index);
	s->result = PQexecPrepared(handle(c), name, s->statement->params, s->value, s->length,
	    s->format, AS_TEXT);
	status = PQresultStatus(s->result);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		failed(c, s->result, s->statement->name);
		return -1;
	}
	s->row = 0;
	s->rows = PQntuples(s->result);
	return s->rows > 0;
}

static bool
col_null(struct stmt *s, int column)
{
	return PQgetisnull(s->result, s->row, column);
}

/* NULL reads as the empty text, so these need not look. */
static const char *
value(struct stmt *s, int column)
{
	return PQgetvalue(s->result, s->row, column);
}

static int64_t
col_int(struct stmt *s, int column)
{
	const char *text = value(s, column);

	return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

static double
col_real(struct stmt *s, int column)
{
	return strtod(value(s, column), NULL);
}

static struct str
col_text(struct stmt *s, int column)
{
	return (struct str){value(s, column), (size_t)PQgetlength(s->result, s->row, column)};
}

static int
nibble(char c)
{
	return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* "\\x" and two digits a byte, because bytea_output is set so. Read here and not by libpq, whose
 * copy would be lost when the arena is full. */
static struct str
col_blob(struct stmt *s, int column)
{
	struct str hex = col_text(s, column);
	size_t n = hex.n >= 2 ? (hex.n - 2) / 2 : 0;
	char *bytes = arena_bytes(s->tx->arena, n);

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(nibble(hex.p[2 + 2 * i]) << 4 | nibble(hex.p[3 + 2 * i]));
	return (struct str){bytes, n};
}

static int64_t
end(struct stmt *s, bool count)
{
	int64_t changed = count && s->result ? strtoll(PQcmdTuples(s->result), NULL, 10) : 0;

	PQclear(s->result);
	s->result = NULL;
	return changed;
}

const struct engine engine_postgres = {
	.open = open_connection,
	.close = close_connection,
	.alive = is_alive,
	.control = control,
	.in_transaction = in_transaction,
	.exec = exec,
	.ask = ask,
	.prepare = prepare,
	.bind_null = bind_null,
	.bind_int = bind_int,
	.bind_real = bind_real,
	.bind_text = bind_text,
	.bind_blob = bind_blob,
	.step = step,
	.col_null = col_null,
	.col_int = col_int,
	.col_real = col_real,
	.col_text = col_text,
	.col_blob = col_blob,
	.end = end,
};
