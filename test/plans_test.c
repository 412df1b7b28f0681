/* No statement reads the whole of a table that grows for years, or all that lies before a time, on either engine. The
 * plans are asked for while nothing is in the tables, so that only what an index can do counts. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/db/schema.h"
#include "core/db/stmt.h"
#include "lib/arena.h"
#include "lib/out.h"
#include "test/test.h"

static const char *const growing[] = {"diary_entry", "journal", "space_booking", "space_incoming", "space_series",
    "space_wish", "wheel_answer", "wheel_answer_past", "wheel_import", "wheel_import_was", "wheel_item",
    "wheel_item_measure", "wheel_item_scope", "wheel_material", "wheel_proposal", "wheel_review", "wheel_thanks"};

/* They stop early: they read from one end and only so many. */
static const char *const pages[] = {"journal_last", "journal_page"};

static bool
is_in(const char *const *list, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, list[i]))
			return true;
	return false;
}

#define IS_IN(list, word) is_in(list, sizeof(list) / sizeof *(list), word)

/* An index that holds only what is open at the time does not grow. */
static bool
is_partial(struct str index)
{
	char mark[200];
	size_t n = (size_t)snprintf(mark, sizeof mark, "INDEX %.*s ON ", STR_ARG(index));

	for (size_t i = 0; db_schema_sqlite[i]; i++) {
		const char *at = strstr(db_schema_sqlite[i], mark);

		if (at)
			return strstr(at + n, " WHERE ") != NULL;
	}
	return false;
}

/* `conditions` is what the index is asked for. */
static void
judge(struct test *t, const struct db_statement *s, struct str index, struct str conditions, const char *engine)
{
	bool partial = is_partial(index), below = str_contains(conditions, STR("<"));

	if (IS_IN(pages, str_of(s->name)))
		return;
	t->checks++;
	if (!partial && conditions.n == 0)
		test_fail(t, s->where, 0, "%s reads a whole table (%s)", s->name, engine);
	else if (!partial && below && !str_contains(conditions, STR(">")))
		test_fail(t, s->where, 0, "%s reads all that was before: %.*s (%s)", s->name, STR_ARG(conditions),
		    engine);
}

/* What stands behind a mark, up to a letter or the end; empty without the mark. */
static struct str
behind(struct str text, const char *mark, char end)
{
	const char *at = memmem(text.p, text.n, mark, strlen(mark));
	struct str rest;

	if (!at)
		return (struct str){0};
	at += strlen(mark);
	rest = (struct str){at, (size_t)(text.p + text.n - at)};
	return str_cut(&rest, end);
}

/* --- SQLite: "SEARCH b USING INDEX space_booking_of_space (space=? AND blocked_from>?)" --------------------------- */

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* Whether such a table is called that in a statement or in one of the walls behind it: "FROM space_booking b". */
static bool
is_growing(const char *sql, struct str name)
{
	if (IS_IN(growing, name))
		return true;
	for (size_t i = 0; i < sizeof growing / sizeof *growing; i++) {
		size_t n = strlen(growing[i]);

		for (const char *at = sql; (at = strstr(at, growing[i])); at += n)
			if (at[n] == ' ' && strncmp(at + n + 1, name.p, name.n) == 0 && !is_word(at[n + 1 + name.n]))
				return true;
	}
	return false;
}

static void
judge_line(struct test *t, const struct db_statement *s, const char *sql, struct str line)
{
	struct str what = str_cut(&line, ' '), name = str_cut(&line, ' ');
	struct str index = behind(line, "INDEX ", ' ');

	if (!str_is(what, "SCAN") && !str_is(what, "SEARCH"))
		return;
	if (is_growing(sql, name))
		judge(t, s, index, behind(line, "(", ')'), "SQLite");
}

static void
on_sqlite(struct test *t)
{
	struct out walls = out_new(t->arena);
	sqlite3 *db;

	CHECK(sqlite3_open(":memory:", &db) == SQLITE_OK);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRIGGER_EQP, 1, NULL);
	for (size_t i = 0; db_schema_sqlite[i]; i++) {
		CHECK(sqlite3_exec(db, db_schema_sqlite[i], NULL, NULL, NULL) == SQLITE_OK);
		if (strncmp(db_schema_sqlite[i], "CREATE TRIGGER", 14) == 0)
			out_str(&walls, str_of(db_schema_sqlite[i]));
	}
	for (size_t i = 0; i < db_statement_count; i++) {
		const struct db_statement *s = db_statements[i];
		const char *sql = str_z(t->arena, str_fmt(t->arena, "EXPLAIN QUERY PLAN %s\n%s", s->sqlite,
		    s->writes ? str_z(t->arena, str_fmt(t->arena, "-- %.*s", STR_ARG(out_text(&walls)))) : ""));
		sqlite3_stmt *stmt = NULL;

		CHECK(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK);
		while (sqlite3_step(stmt) == SQLITE_ROW)
			judge_line(t, s, sql, str_copy(t->arena, str_of((const char *)sqlite3_column_text(stmt, 3))));
		sqlite3_finalize(stmt);
	}
	sqlite3_close(db);
}

/* --- PostgreSQL: a tree of nodes, each with its own properties before those below it ---------------------- */

static const char *const type_of[] = {[DB_ID] = "bigint", [DB_INT] = "bigint", [DB_BOOL] = "boolean",
    [DB_REAL] = "double precision", [DB_TEXT] = "text", [DB_DATE] = "date", [DB_INSTANT] = "timestamptz",
    [DB_BLOB] = "bytea", [DB_JSON] = "json", [DB_LIST] = "bigint[]"};

/* The statement with values that the planner does not know beforehand. */
static const char *
question(struct test *t, const struct db_statement *s)
{
	struct out o = out_new(t->arena);

	out_lit(&o, "EXPLAIN (FORMAT JSON) ");
	for (const char *p = s->postgres; *p; p++) {
		size_t n = 0;

		if (*p != '$') {
			out_char(&o, *p);
			continue;
		}
		while (p[1] >= '0' && p[1] <= '9')
			n = n * 10 + (size_t)(*++p - '0');
		out_fmt(&o, "(SELECT CAST(NULL AS %s))", type_of[s->param_type[n - 1]]);
	}
	return str_z(t->arena, out_text(&o));
}

static void
judge_node(struct test *t, const struct db_statement *s, struct str node)
{
	struct str table = behind(node, "\"Relation Name\": \"", '\"');
	struct str index = behind(node, "\"Index Name\": \"", '\"');
	struct str conditions = behind(node, "\"Index Cond\": \"", '\"');

	for (size_t i = 0; index.n && table.n == 0 && i < sizeof growing / sizeof *growing; i++)
		if (str_starts(index, str_of(growing[i])))
			table = str_of(growing[i]); /* a bitmap's part names only its index */
	if (IS_IN(growing, table) && (index.n || str_contains(node, STR("Seq Scan"))))
		judge(t, s, index, conditions, "PostgreSQL");
}

static void
on_postgres(struct test *t)
{
	char *place = fixture_pg_place(t);
	struct db_options options = DB_OPTIONS(place);
	struct db_error error = {0};
	struct db *db;

	if (!place)
		return;
	db = db_open(&options, &error);
	CHECK(db && db_migrate(db, &error));
	fixture_ask(t->arena, db, "SELECT set_config('enable_seqscan', 'off', false)");
	/* An empty index is read whole for nothing; this one is not for statements. */
	fixture_ask(t->arena, db, "ALTER TABLE space_booking DROP CONSTRAINT space_booking_alone");
	for (size_t i = 0; i < db_statement_count; i++) {
		struct str plan = fixture_ask(t->arena, db, question(t, db_statements[i]));
		const char *mark = "\"Node Type\"";

		for (char *at = memmem(plan.p, plan.n, mark, strlen(mark)), *next; at; at = next) {
			size_t left = (size_t)(plan.p + plan.n - at);

			next = memmem(at + 1, left - 1, mark, strlen(mark));
			judge_node(t, db_statements[i], (struct str){at, next ? (size_t)(next - at) : left});
		}
	}
	db_close(db);
	fixture_pg_drop(place);
}

TEST(no_statement_reads_the_whole_of_what_grows)
{
	on_sqlite(t);
	on_postgres(t);
}
