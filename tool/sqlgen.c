/* sqlgen SRC OUT: compiles the schema and the queries of every folder to typed C.
 *
 * SRC/app/wheel/schema.sql holds tables with semantic types (ID INT BOOL REAL TEXT TEXTS DATE INSTANT BLOB JSON),
 * SRC/app/wheel/wheel.sql named queries:
 *
 *     -- wheel_answers_of(campus, year INT) -> wheel_answer[]
 *     -- What the C compiler shows as the function's comment.
 *     SELECT a.* FROM wheel_answer a JOIN …;
 *
 * and become OUT/app/wheel/wheel.rows.h (ids, enums, rows), wheel.sql.h and wheel.sql.c (functions, for this folder
 * only). The folders are those of core, which own their tables alone, and the rooms of SRC/app/ORDER, each of which
 * reads its own tables and those to its left. SQLite prepares every query and says itself what its columns are.
 * doc/sql.md tells the rest.
 *
 * Of the whole program: OUT/schema.gen.c, statements.gen.c, migrations.gen.c (from SRC/../migrations), and for the
 * other compilers enums.sym, sql.sym.
 *
 * sqlgen SRC --list        every statement, and how many are exempt from a rule
 * sqlgen SRC --postgres    a script for psql: the schema, and every statement prepared and described
 * sqlgen --fuzz SEED N SRC compiles N inputs made by chance from SRC, and writes nothing */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/sqlgen.h"

enum { ARENA_BYTES = 256 << 20 };

static struct folder *
folder_find(const struct sqlgen *g, struct str path)
{
	for (size_t i = 0; i < g->folders; i++)
		if (str_eq(g->folder[i]->path, path))
			return g->folder[i];
	return NULL;
}

static void
add_folder(struct sqlgen *g, struct str path, int order)
{
	struct folder *f = ARENA_NEW(g->run->arena, struct folder);

	*f = (struct folder){.path = path, .name = last_part(path), .order = order};
	GROW(g, g->folder, g->folders, g->folders_cap);
	g->folder[g->folders++] = f;
}

static bool
in_core(struct str path)
{
	return str_starts(path, STR("core/"));
}

/* The folders of core, in the order of their names, then the rooms from left to right. */
static void
read_folders(struct sqlgen *g, const struct source *file, size_t files, const struct source *order)
{
	struct lexer l = {order, 0, order->text.n};

	for (size_t i = 0; i < files; i++) {
		struct str path = folder_of(file[i].path);

		if (in_core(path) && !folder_find(g, path))
			add_folder(g, path, 0);
	}
	for (struct token t = lex(&l); t.kind != TOKEN_END; t = lex(&l)) {
		struct str path = str_fmt(g->run->arena, "app/%.*s", STR_ARG(t.text));

		if (lex_is(t, "|"))
			continue;
		if (lex_is(t, "#")) {
			while (l.at < l.end && order->text.p[l.at] != '\n')
				l.at++;
			continue;
		}
		if (folder_find(g, path))
			mistake(g->run, place_at(order, t.at), "%.*s stands twice", STR_ARG(t.text));
		else if (name_check(g->run, place_at(order, t.at), t.text, "a room", false))
			add_folder(g, path, (int)g->folders + 1);
	}
}

static bool
is_schema(const struct source *file)
{
	return str_is(last_part(str_of(file->path)), "schema.sql");
}

/* A file stands in a folder that is known, and SQLite and C read it as people do. */
static void
check_file(struct sqlgen *g, const struct source *file)
{
	size_t bad = first_bad_byte(file->text);

	if (!folder_find(g, folder_of(file->path)))
		mistake(g->run, place_at(file, 0), "this folder is neither of core nor in app/ORDER");
	if (bad < file->text.n)
		mistake(g->run, place_at(file, bad), "this is not UTF-8, or a zero byte");
}

/* The names that generated files use themselves. */
static void
claim_known(struct sqlgen *g)
{
	static const char *const tags[] = {"str", "date", "instant", "texts", "tx", "stmt", "maybe_int", "maybe_real",
	    "db_statement", "lang", "db_type", "text", "said", "arena"};

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		claim(g, true, str_of(tags[i]), "a type of ours", (struct place){0});
}

/* Strict where SQLite forgives: "x" is a name, never a text. */
static bool
open_sqlite(struct sqlgen *g)
{
	return sqlite3_open(":memory:", &g->db) == SQLITE_OK &&
	    sqlite3_db_config(g->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL) == SQLITE_OK &&
	    sqlite3_db_config(g->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL) == SQLITE_OK;
}

static void
read_files(struct sqlgen *g, const struct source *file, size_t files, bool schemas)
{
	for (size_t f = 0; f < g->folders; f++)
		for (size_t i = 0; i < files; i++) {
			if (is_schema(&file[i]) != schemas || !str_ends(str_of(file[i].path), STR(".sql")) ||
			    !str_eq(folder_of(file[i].path), g->folder[f]->path))
				continue;
			if (schemas)
				schema_read(g, g->folder[f], &file[i]);
			else
				queries_read(g, g->folder[f], &file[i]);
		}
}

bool
compile(struct sqlgen *g, const struct source *file, size_t files)
{
	const struct source *order = NULL;
	int index = 0;

	for (size_t i = 0; i < files; i++)
		if (strcmp(file[i].path, "app/ORDER") == 0)
			order = &file[i];
	if (!order) {
		fprintf(stderr, "app/ORDER is missing: the rooms from left to right\n");
		g->run->mistakes++;
		return false;
	}
	if (!open_sqlite(g)) {
		fprintf(stderr, "SQLite does not open: %s\n", sqlite3_errmsg(g->db));
		g->run->mistakes++;
		return false;
	}
	claim_known(g);
	read_folders(g, file, files, order);
	for (size_t i = 0; i < files; i++)
		if (str_ends(str_of(file[i].path), STR(".sql")))
			check_file(g, &file[i]);
	if (g->run->mistakes)
		return false;
	read_files(g, file, files, true);
	if (g->run->mistakes)
		return false;
	read_files(g, file, files, false);
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->queries; k++) {
			g->folder[i]->query[k]->index = index++;
			query_check(g, g->folder[i]->query[k]);
		}
	return g->run->mistakes == 0;
}

void
program_end(struct sqlgen *g)
{
	sqlite3_close(g->db);
	g->db = NULL;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

struct source *
sources_read(struct arena *a, const char *root, size_t *n)
{
	size_t sqls, orders;
	struct source *sql = sources_under(a, root, ".sql", &sqls), *order, *all;

	order = sources_under(a, root, "ORDER", &orders);
	all = ARENA_ARRAY(a, struct source, sqls + orders);
	if (sqls)
		memcpy(all, sql, sqls * sizeof *all);
	if (orders)
		memcpy(all + sqls, order, orders * sizeof *all);
	*n = sqls + orders;
	return all;
}

static void
write_migrations(struct sqlgen *g)
{
	struct arena *a = g->run->arena;
	char *folder = str_z(a, str_fmt(a, "%s/../migrations", g->root));
	struct stat status;
	struct source *in = NULL;
	size_t n = 0;

	if (stat(folder, &status) == 0)
		in = sources_under(a, folder, ".sql", &n);
	for (size_t i = 0; i < n; i++)
		in[i].path = str_z(a, str_fmt(a, "migrations/%s", in[i].path));
	migrations_write(g, in, n);
}

/* What an earlier run made of a folder that is gone would still be compiled. */
static void
remove_left_over(struct sqlgen *g, const char *ending)
{
	struct arena *a = g->run->arena;
	size_t files;
	struct source *file = sources_under(a, g->run->out, ending, &files);

	for (size_t i = 0; i < files; i++) {
		bool wanted = false;

		for (size_t k = 0; k < g->written_n; k++)
			wanted = wanted || strcmp(g->written[k].path, file[i].path) == 0;
		if (!wanted)
			unlink(str_z(a, str_fmt(a, "%s/%s", g->run->out, file[i].path)));
	}
}

static void
write_all(struct sqlgen *g)
{
	write_migrations(g);
	if (g->run->mistakes)
		return;
	program_write(g);
	remove_left_over(g, ".sql.c");
	remove_left_over(g, ".sql.h");
	remove_left_over(g, ".rows.h");
}

static void
print(struct sqlgen *g, void (*what)(struct sqlgen *g, struct out *o))
{
	struct out o = out_new(g->run->arena);

	what(g, &o);
	fwrite(o.p, 1, o.n, stdout);
}

static int
usage(void)
{
	fprintf(stderr, "usage: sqlgen SRC OUT | sqlgen SRC --list | sqlgen SRC --postgres |\n"
	    "       sqlgen --fuzz SEED N SRC\n");
	return 2;
}

int
main(int argc, char **argv)
{
	struct run run = {0};
	struct sqlgen g = {.run = &run};
	struct source *file;
	size_t files;
	int64_t seed, times;
	int status;

	if (argc == 5 && strcmp(argv[1], "--fuzz") == 0 && str_int(str_of(argv[2]), &seed) &&
	    str_int(str_of(argv[3]), &times))
		return sqlgen_fuzz((uint64_t)seed, times, argv[4]);
	if (argc != 3 || argv[1][0] == '-')
		return usage();
	run.arena = arena_new(ARENA_BYTES);
	run.out = argv[2];
	g.root = argv[1];
	run.complaints = out_new(run.arena);
	file = sources_read(run.arena, g.root, &files);
	if (compile(&g, file, files)) {
		if (strcmp(argv[2], "--list") == 0)
			print(&g, program_list);
		else if (strcmp(argv[2], "--postgres") == 0)
			print(&g, program_prove);
		else
			write_all(&g);
	}
	program_end(&g);
	status = run_end(&run);
	arena_free(run.arena);
	return status;
}
