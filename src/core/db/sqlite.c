/* The SQLite engine. Traps that were measured: memory statistics make threads slower than one
 * thread, and every statement outside of a transaction takes and drops the log's lock. */
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/db/engine.h"
#include "lib/arena.h"

/* How many virtual machine steps pass between two looks at the deadline: about a millisecond. */
enum { STEPS_BETWEEN_LOOKS = 20000 };

static pthread_once_t setup_once = PTHREAD_ONCE_INIT;

static void
setup(void)
{
	/* Connections are never shared between threads at one time, so no mutex of theirs is
	 * needed. */
	need(sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK);
	need(sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
	need(sqlite3_initialize() == SQLITE_OK);
}

void
sqlite_setup(void)
{
	pthread_once(&setup_once, setup);
}

static sqlite3 *
handle(struct db_connection *c)
{
	return c->handle;
}

static sqlite3_stmt *
prepared(struct stmt *s)
{
	return s->prepared;
}

static enum db_trouble
trouble_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return DB_BUSY;
	case SQLITE_INTERRUPT:
		return DB_TIMEOUT;
	case SQLITE_FULL:
		return DB_FULL;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return DB_DAMAGED;
	case SQLITE_NOMEM:
		return DB_MEMORY;
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_PROTOCOL:
	case SQLITE_AUTH:
		return DB_DISK;
	default:
		return DB_REFUSED;
	}
}

static bool
failed(struct db_connection *c, const char *statement)
{
	sqlite3 *h = c->handle;
	int code = h ? sqlite3_extended_errcode(h) : SQLITE_NOMEM;

	return db_error_set(&c->error, trouble_of(code), statement, "SQLite %d: %s", code,
	    h ? sqlite3_errmsg(h) : "out of memory");
}

static int
look_at_deadline(void *context)
{
	struct db_connection *c = context;

	if (atomic_load_explicit(&c->cut, memory_order_relaxed))
		return 1;
	return c->deadline_ms != 0 && db_monotonic_ms() > c->deadline_ms;
}

/* How long the log is, told after each commit. A hook of our own turns SQLite's automatic
 * checkpoint off: db_wal_gate does it when the answers are out. */
static int
after_commit(void *context, sqlite3 *h, const char *schema, int pages)
{
	struct db_connection *c = context;

	(void)h;
	(void)schema;
	c->wal_pages = pages;
	return SQLITE_OK;
}

static bool
exec(struct db_connection *c, const char *sql)
{
	if (sqlite3_exec(handle(c), sql, NULL, NULL, NULL) == SQLITE_OK)
		return true;
	return failed(c, "");
}

static char *
ask(struct db_connection *c, const char *sql)
{
	sqlite3_stmt *s = NULL;
	char *answer = NULL;
	int code;

	if (sqlite3_prepare_v2(handle(c), sql, -1, &s, NULL) != SQLITE_OK) {
		failed(c, "");
		return NULL;
	}
	code = sqlite3_step(s);
	if (code == SQLITE_ROW || code == SQLITE_DONE) {
		const unsigned char *text = code == SQLITE_ROW ? sqlite3_column_text(s, 0) : NULL;

		answer = strdup(text ? (const char *)text : "");
		need(answer != NULL);
	} else {
		failed(c, "");
	}
	sqlite3_finalize(s);
	return answer;
}

static void
close_connection(struct db_connection *c)
{
	for (size_t i = 0; i < c->db->options.statement_count && c->stmt; i++) {
		sqlite3_finalize(c->stmt[i].prepared);
		c->stmt[i].prepared = NULL;
	}
	for (int i = 0; i < CONTROL_COUNT; i++) {
		sqlite3_finalize(c->control[i]);
		c->control[i] = NULL;
	}
	sqlite3_close_v2(c->handle);
	c->handle = NULL;
}

static bool
prepare_controls(struct db_connection *c)
{
	static const char *const sql[CONTROL_COUNT] = {
		[CONTROL_BEGIN_READ] = "BEGIN",
		[CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
		[CONTROL_COMMIT] = "COMMIT",
		[CONTROL_ROLLBACK] = "ROLLBACK",
		[CONTROL_SAVEPOINT] = "SAVEPOINT job",
		[CONTROL_UNDO] = "ROLLBACK TO job",
		[CONTROL_RELEASE] = "RELEASE job",
	};

	for (int i = 0; i < CONTROL_COUNT; i++) {
		sqlite3_stmt *s = NULL;

		if (sqlite3_prepare_v3(handle(c), sql[i], -1, SQLITE_PREPARE_PERSISTENT, &s,
		    NULL) != SQLITE_OK)
			return failed(c, "");
		c->control[i] = s;
	}
	return true;
}

/* People's data: SQLite alone would make the file readable for everyone. Its log gets the same
 * mode. */
static bool
make_private(struct db_connection *c)
{
	int fd = open(c->db->place, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		return db_error_set(&c->error, DB_DISK, "", "%s: %m", c->db->place);
	close(fd);
	return true;
}

/* SQLite's own words for a missing file leave open what is wrong with it. */
static bool
is_there(struct db_connection *c)
{
	if (access(c->db->place, F_OK) == 0)
		return true;
	return db_error_set(&c->error, DB_DISK, "", errno == ENOENT ? "there is no database here" : "%m");
}

/* What differs between the connection that writes and those that read. */
static bool
set_role(struct db_connection *c)
{
	char *mode;
	bool ok;

	if (c->db->memory)
		return true;
	if (!c->for_writing || c->db->options.only_there)
		return exec(c, "PRAGMA query_only = ON; PRAGMA cache_size = -4000;");
	mode = ask(c, "PRAGMA journal_mode = WAL");
	if (!mode)
		return false;
	ok = strcmp(mode, "wal") == 0;
	free(mode);
	if (!ok)
		return db_error_set(&c->error, DB_DISK, "",
		    "%s: no write-ahead log is possible here", c->db->place);
	sqlite3_wal_hook(handle(c), after_commit, c);
	return exec(c, "PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;") &&
	    db_ask_int(c, "PRAGMA page_size", &c->page_bytes);
}

static bool
open_connection(struct db_connection *c)
{
	const char *path = c->db->memory ? ":memory:" : c->db->place;
	sqlite3 *h = NULL;
	int code;

	sqlite_setup();
	if (!c->db->memory && c->for_writing && !(c->db->options.only_there ? is_there(c) : make_private(c)))
		return false;
	code = sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	c->handle = h;
	if (code != SQLITE_OK) {
		failed(c, "");
	} else {
		sqlite3_extended_result_codes(h, 1);
		sqlite3_busy_timeout(h, DB_PATIENCE_MS);
		sqlite3_progress_handler(h, STEPS_BETWEEN_LOOKS, look_at_deadline, c);
		if (exec(c, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;"
		    "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;") &&
		    set_role(c) && prepare_controls(c))
			return true;
	}
	close_connection(c);
	return false;
}

static bool
is_alive(struct db_connection *c)
{
	return c->handle != NULL;
}

static bool
in_transaction(struct db_connection *c)
{
	return !sqlite3_get_autocommit(handle(c));
}

static bool
control(struct db_connection *c, enum db_control what)
{
	int64_t until = db_monotonic_ms() + DB_PATIENCE_MS;
	int code;

	for (;;) {
		code = sqlite3_step(c->control[what]);
		if (code != SQLITE_DONE)
			failed(c, "");
		sqlite3_reset(c->control[what]);
		/* A commit may be busy and succeed a moment later; the transaction stands
		 * meanwhile. */
		if ((code & 0xff) != SQLITE_BUSY || what != CONTROL_COMMIT ||
		    db_monotonic_ms() > until)
			break;
		usleep(1000);
	}
	if (code != SQLITE_DONE)
		return false;
	return what != CONTROL_UNDO || control(c, CONTROL_RELEASE);
}

static bool
prepare(struct stmt *s)
{
	sqlite3_stmt *made = NULL;

	if (sqlite3_prepare_v3(handle(s->connection), s->statement->sqlite, -1,
	    SQLITE_PREPARE_PERSISTENT, &made, NULL) != SQLITE_OK)
		return failed(s->connection, s->statement->name);
	need(made != NULL);
	s->prepared = made;
	return true;
}

static void
bind_null(struct stmt *s, int at)
{
	need(sqlite3_bind_null(prepared(s), at) == SQLITE_OK);
}

static void
bind_int(struct stmt *s, int at, int64_t n)
{
	need(sqlite3_bind_int64(prepared(s), at, n) == SQLITE_OK);
}

static void
bind_real(struct stmt *s, int at, double n)
{
	need(sqlite3_bind_double(prepared(s), at, n) == SQLITE_OK);
}

/* A text past SQLite's limit is the person's, not the program's mistake, so it must not end the
 * process. */
static void
bind_checked(struct stmt *s, int code)
{
	if (code == SQLITE_OK)
		return;
	need(code == SQLITE_TOOBIG || code == SQLITE_NOMEM);
	failed(s->connection, s->statement->name);
	db_leave(s->connection);
}

static void
bind_text(struct stmt *s, int at, struct str text)
{
	/* A NULL pointer would be NULL, not the empty text. */
	bind_checked(s, sqlite3_bind_text64(prepared(s), at, text.n ? text.p : "", text.n,
	    SQLITE_STATIC, SQLITE_UTF8));
}

static void
bind_blob(struct stmt *s, int at, struct str bytes)
{
	bind_checked(s, sqlite3_bind_blob64(prepared(s), at, bytes.n ? bytes.p : "", bytes.n,
	    SQLITE_STATIC));
}

static int
step(struct stmt *s)
{
	int code = sqlite3_step(prepared(s));

	if (code == SQLITE_ROW)
		return 1;
	if (code == SQLITE_DONE)
		return 0;
	need((code & 0xff) != SQLITE_MISUSE);
	failed(s->connection, s->statement->name);
	return -1;
}

static bool
col_null(struct stmt *s, int column)
{
	return sqlite3_column_type(prepared(s), column) == SQLITE_NULL;
}

static int64_t
col_int(struct stmt *s, int column)
{
	return sqlite3_column_int64(prepared(s), column);
}

static double
col_real(struct stmt *s, int column)
{
	return sqlite3_column_double(prepared(s), column);
}

static struct str
col_bytes(struct stmt *s, const void *p, int column)
{
	struct str is = {p, (size_t)sqlite3_column_bytes(prepared(s), column)};

	if (!p && sqlite3_errcode(handle(s->connection)) == SQLITE_NOMEM) {
		failed(s->connection, s->statement->name);
		db_leave(s->connection);
	}
	return is;
}

static struct str
col_text(struct stmt *s, int column)
{
	return col_bytes(s, sqlite3_column_text(prepared(s), column), column);
}

static struct str
col_blob(struct stmt *s, int column)
{
	return str_copy(s->tx->arena, col_bytes(s, sqlite3_column_blob(prepared(s), column),
	    column));
}

static int64_t
end(struct stmt *s, bool count)
{
	int64_t changed = count ? sqlite3_changes64(handle(s->connection)) : 0;

	sqlite3_reset(prepared(s));
	sqlite3_clear_bindings(prepared(s));
	return changed;
}

void
sqlite_checkpoint_some(struct db_connection *c)
{
	sqlite3_wal_checkpoint_v2(handle(c), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

bool
sqlite_checkpoint(struct db_connection *c, int patience_ms)
{
	int code;

	sqlite3_busy_timeout(handle(c), patience_ms);
	code = sqlite3_wal_checkpoint_v2(handle(c), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_busy_timeout(handle(c), DB_PATIENCE_MS);
	if (code == SQLITE_OK)
		c->wal_pages = 0;
	return code == SQLITE_OK;
}

bool
sqlite_copy(struct db_connection *to, struct db_connection *from)
{
	sqlite3_int64 size = 0;
	unsigned char *image = sqlite3_serialize(handle(from), "main", &size, 0);

	if (!image)
		return size == 0 || failed(from, "");
	/* SQLite frees the image, also when this fails. */
	if (sqlite3_deserialize(handle(to), "main", image, size, size,
	    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) == SQLITE_OK)
		return true;
	return failed(to, "");
}

static char *
first_value(sqlite3 *h, const char *sql)
{
	sqlite3_stmt *s = NULL;
	char *is = NULL;
	int code;

	if (sqlite3_prepare_v2(h, sql, -1, &s, NULL) != SQLITE_OK)
		return NULL;
	code = sqlite3_step(s);
	if (code == SQLITE_ROW)
		is = strdup((const char *)sqlite3_column_text(s, 0));
	else if (code == SQLITE_DONE)
		is = strdup("");
	sqlite3_finalize(s);
	return is;
}

bool
sqlite_verify(const char *path, int64_t *version, struct db_error *error)
{
	struct db_error why = {.statement = ""};
	char *uri, *sound = NULL, *orphan = NULL, *number = NULL;
	sqlite3 *h = NULL;

	sqlite_setup();
	/* Immutable: no lock and no files beside it. */
	uri = sqlite3_mprintf("file:%s?immutable=1", path);
	need(uri != NULL);
	if (strpbrk(path, "?#%"))
		db_error_set(&why, DB_DISK, "", "%s: a name with ?, # or %% is not possible here",
		    path);
	else if (sqlite3_open_v2(uri, &h,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
		db_error_set(&why, DB_DISK, "", "%s: %s", path, sqlite3_errmsg(h));
	else if (!(sound = first_value(h, "PRAGMA integrity_check(1)")) || strcmp(sound, "ok") != 0)
		db_error_set(&why, DB_DAMAGED, "", "%s: %s", path,
		    sound ? sound : sqlite3_errmsg(h));
	else if (!(orphan = first_value(h, "PRAGMA foreign_key_check")) || *orphan)
		db_error_set(&why, DB_DAMAGED, "", "%s: table %s refers to what is not there", path,
		    orphan ? orphan : "?");
	else if (!(number = first_value(h, "SELECT version FROM schema_version")) || !*number)
		db_error_set(&why, DB_DAMAGED, "", "%s: not a database of this program", path);
	else
		*version = strtoll(number, NULL, 10);
	free(sound);
	free(orphan);
	free(number);
	sqlite3_free(uri);
	sqlite3_close(h);
	if (why.trouble != DB_FINE && error)
		*error = why;
	return why.trouble == DB_FINE;
}

static int64_t
changes(struct db_connection *c)
{
	return sqlite3_total_changes64(c->handle);
}

const struct engine engine_sqlite = {
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
	.changes = changes,
};
