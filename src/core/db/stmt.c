/* Statements: the same binding and reading for both engines, and the ways out when the world
 * fails. */
#include "core/db/stmt.h"

#include <stdio.h>
#include <string.h>

#include "core/db/engine.h"
#include "lib/arena.h"

static _Atomic int64_t statements_run, fail_in;

int64_t
db_fail_at(int64_t k)
{
	return atomic_exchange(&fail_in, k);
}

int64_t
db_statements_run(void)
{
	return atomic_load(&statements_run);
}

static const struct engine *
engine_of(const struct stmt *s)
{
	return s->connection->db->engine;
}

/* Whether this start is the one that db_fail_at meant. Without it one read of a shared number,
 * no write. */
static bool
fails_now(void)
{
	return atomic_load_explicit(&fail_in, memory_order_relaxed) > 0 &&
	    atomic_fetch_sub(&fail_in, 1) == 1;
}

/* Statements that run look at the time themselves; this is for those in between. */
static bool
too_late(const struct db_connection *c)
{
	return atomic_load_explicit(&c->cut, memory_order_relaxed) ||
	    (c->deadline_ms != 0 && db_monotonic_ms() > c->deadline_ms);
}

struct stmt *
db_start(struct tx *tx, const struct db_statement *statement)
{
	struct db_connection *c = tx->connection;
	struct stmt *s;

	need(statement->index < c->db->options.statement_count);
	s = &c->stmt[statement->index];
	need(s->statement == statement);
	need(s->tx == NULL);
	need(tx->writes || !statement->writes);
	atomic_fetch_add_explicit(&statements_run, 1, memory_order_relaxed);
	if (fails_now()) {
		db_error_set(&c->error, DB_TEST, statement->name, "failed for a test");
		db_leave(c);
	}
	if (too_late(c)) {
		db_error_set(&c->error, DB_TIMEOUT, statement->name,
		    "the transaction took too long");
		db_leave(c);
	}
	if (!s->prepared && !engine_of(s)->prepare(s))
		db_leave(c);
	s->tx = tx;
	s->bound = 0;
	s->stepped = s->at_end = false;
	s->next = c->running;
	c->running = s;
	return s;
}

/* --- binding ---------------------------------------------------------------------------------- */

static int
next_parameter(struct stmt *s)
{
	need(s->bound < s->statement->params);
	return ++s->bound;
}

void
db_bind_null(struct stmt *s)
{
	engine_of(s)->bind_null(s, next_parameter(s));
}

void
db_bind_int(struct stmt *s, int64_t n)
{
	engine_of(s)->bind_int(s, next_parameter(s), n);
}

void
db_bind_id(struct stmt *s, int64_t id, bool zero_is_null)
{
	if (id == 0 && zero_is_null)
		db_bind_null(s);
	else
		db_bind_int(s, id);
}

void
db_bind_maybe_int(struct stmt *s, struct maybe_int n)
{
	if (n.has)
		db_bind_int(s, n.n);
	else
		db_bind_null(s);
}

void
db_bind_bool(struct stmt *s, bool yes)
{
	db_bind_int(s, yes);
}

void
db_bind_real(struct stmt *s, double n)
{
	engine_of(s)->bind_real(s, next_parameter(s), n);
}

void
db_bind_maybe_real(struct stmt *s, struct maybe_real n)
{
	if (n.has)
		db_bind_real(s, n.n);
	else
		db_bind_null(s);
}

void
db_bind_text(struct stmt *s, struct str text)
{
	engine_of(s)->bind_text(s, next_parameter(s), text);
}

void
db_bind_blob(struct stmt *s, struct str bytes)
{
	engine_of(s)->bind_blob(s, next_parameter(s), bytes);
}

void
db_bind_date(struct stmt *s, struct date date, bool zero_is_null)
{
	char iso[11];

	(void)zero_is_null;
	if (date.day == 0) {
		db_bind_null(s);
		return;
	}
	date_iso(date, iso);
	db_bind_text(s, str_copy(s->tx->arena, (struct str){iso, 10}));
}

void
db_bind_instant(struct stmt *s, struct instant instant, bool zero_is_null)
{
	char iso[21];

	(void)zero_is_null;
	if (instant.s == 0) {
		db_bind_null(s);
		return;
	}
	instant_iso(instant, iso);
	db_bind_text(s, str_copy(s->tx->arena, (struct str){iso, 20}));
}

/* A JSON array for json_each under SQLite, an array literal under PostgreSQL. */
void
db_bind_list(struct stmt *s, const int64_t *ids, size_t n)
{
	enum { DIGITS_MAX = 21 };
	bool postgres = engine_of(s) == &engine_postgres;
	char *text = arena_bytes(s->tx->arena, n * DIGITS_MAX + 3);
	size_t used = 0;

	text[used++] = postgres ? '{' : '[';
	for (size_t i = 0; i < n; i++)
		used += (size_t)snprintf(text + used, DIGITS_MAX + 1, i ? ",%lld" : "%lld", (long long)ids[i]);
	text[used++] = postgres ? '}' : ']';
	db_bind_text(s, (struct str){text, used});
}

/* --- rows ------------------------------------------------------------------------------------- */

bool
db_step(struct stmt *s)
{
	int code;

	need(s->bound == s->statement->params);
	if (s->at_end)
		return false;
	s->stepped = true;
	code = engine_of(s)->step(s);
	if (code < 0)
		db_leave(s->connection);
	s->at_end = code == 0;
	return code == 1;
}

static const struct engine *
engine_at(struct stmt *s, int column)
{
	need(s->stepped && !s->at_end && column >= 0 && column < s->statement->columns);
	return engine_of(s);
}

bool
db_col_null(struct stmt *s, int column)
{
	return engine_at(s, column)->col_null(s, column);
}

int64_t
db_col_int(struct stmt *s, int column)
{
	return engine_at(s, column)->col_int(s, column);
}

struct maybe_int
db_col_maybe_int(struct stmt *s, int column)
{
	if (db_col_null(s, column))
		return (struct maybe_int){0};
	return (struct maybe_int){true, db_col_int(s, column)};
}

bool
db_col_bool(struct stmt *s, int column)
{
	return db_col_int(s, column) != 0;
}

double
db_col_real(struct stmt *s, int column)
{
	return engine_at(s, column)->col_real(s, column);
}

struct maybe_real
db_col_maybe_real(struct stmt *s, int column)
{
	if (db_col_null(s, column))
		return (struct maybe_real){0};
	return (struct maybe_real){true, db_col_real(s, column)};
}

struct str
db_col_text(struct stmt *s, int column)
{
	return str_copy(s->tx->arena, engine_at(s, column)->col_text(s, column));
}

struct str
db_col_blob(struct stmt *s, int column)
{
	return engine_at(s, column)->col_blob(s, column);
}

struct date
db_col_date(struct stmt *s, int column)
{
	struct str iso = engine_at(s, column)->col_text(s, column);

	return iso.n ? date_of_iso(iso) : (struct date){0};
}

struct instant
db_col_instant(struct stmt *s, int column)
{
	struct str iso = engine_at(s, column)->col_text(s, column);

	return iso.n ? instant_of_iso(iso) : (struct instant){0};
}

int64_t
db_end(struct stmt *s)
{
	struct db_connection *c = s->connection;
	struct stmt **at = &c->running;
	int64_t changed;

	/* A writing statement that returns a row is read to its end, so that the count is true. */
	if (s->statement->writes)
		while (!s->at_end)
			db_step(s);
	changed = engine_of(s)->end(s, s->statement->writes);
	while (*at != s) {
		need(*at != NULL);
		at = &(*at)->next;
	}
	*at = s->next;
	s->tx = NULL;
	return changed;
}
