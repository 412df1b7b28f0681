/* sqlgen SRC OUT: compiles the schema and the queries of every room to typed C.
 *
 * SRC/app/wheel/schema.sql holds tables with semantic types (ID INT BOOL REAL TEXT TEXTS DATE INSTANT BLOB JSON),
 * SRC/app/wheel/wheel.sql named queries:
 *
 *     -- wheel_answers_of(campus, year INT) -> wheel_answer[]
 *     -- What the compiler of C shows as the function's comment.
 *     SELECT a.* FROM wheel_answer a JOIN …
 *
 * and become OUT/app/wheel/wheel.rows.h (ids, enums, rows), wheel.sql.h and wheel.sql.c (functions, for this
 * folder only). SQLite prepares every query and says itself what its columns are. doc/sql.md tells the rest.
 *
 * `sqlgen SRC --list` prints every statement of the program. */
#include <stdio.h>
#include <string.h>

#include "tool/sqlgen.h"

static struct folder *
folder_find(struct sqlgen *g, struct str path)
{
	for (size_t i = 0; i < g->folders; i++)
		if (str_eq(g->folder[i].path, path))
			return &g->folder[i];
	return NULL;
}

/* The folders of core first, then the rooms from left to right. */
static void
read_folders(struct sqlgen *g, const struct source *schema, size_t n, const struct source *order)
{
	struct arena *a = g->run->arena;
	struct str rest = order->text;

	g->folder = ARENA_ARRAY(a, struct folder, n + 100);
	for (size_t i = 0; i < n; i++) {
		struct str path = folder_of(schema[i].path);

		if (str_starts(path, STR("core/")))
			g->folder[g->folders++] = (struct folder){.path = path, .name = last_part(path)};
	}
	while (rest.n) {
		struct str line = str_cut(&rest, '\n');

		if (str_starts(line, STR("#")))
			continue;
		while (line.n) {
			struct str room = str_trim(str_cut(&line, ' '));

			if (room.n == 0 || str_is(room, "|"))
				continue;
			g->folder[g->folders] = (struct folder){.path = str_fmt(a, "app/%.*s", STR_ARG(room)),
			    .name = room, .order = (int)g->folders + 1};
			g->folders++;
		}
	}
}

static struct folder *
folder_of_source(struct sqlgen *g, const struct source *in)
{
	struct folder *f = folder_find(g, folder_of(in->path));

	if (!f)
		mistake(g->run, place_at(in, 0), "this folder is not in app/ORDER");
	return f;
}

static void
compile(struct sqlgen *g, const char *root)
{
	struct arena *a = g->run->arena;
	size_t n, orders, index = 0;
	struct source *sql = sources_under(a, root, ".sql", &n), *schema = ARENA_ARRAY(a, struct source, n);
	struct source *order = sources_under(a, root, "ORDER", &orders);
	size_t schemas = 0;

	if (orders != 1) {
		fprintf(stderr, "%s: one file app/ORDER is needed\n", root);
		g->run->mistakes++;
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (str_ends(str_of(sql[i].path), STR("/schema.sql")))
			schema[schemas++] = sql[i];
	read_folders(g, schema, schemas, order);
	for (size_t f = 0; f < g->folders; f++)
		for (size_t i = 0; i < schemas; i++)
			if (str_eq(folder_of(schema[i].path), g->folder[f].path))
				schema_read(g, &g->folder[f], &schema[i]);
	for (size_t i = 0; i < schemas; i++)
		folder_of_source(g, &schema[i]);
	if (g->run->mistakes)
		return;
	for (size_t i = 0; i < n; i++) {
		struct folder *f;

		if (!str_ends(str_of(sql[i].path), STR("/schema.sql")) && (f = folder_of_source(g, &sql[i])))
			queries_read(g, f, &sql[i]);
	}
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i].queries; k++) {
			g->folder[i].query[k]->index = (int)index++;
			query_check(g, g->folder[i].query[k]);
		}
}

int
main(int argc, char **argv)
{
	struct run run = {.arena = arena_new((size_t)256 << 20)};
	struct sqlgen g = {.run = &run};

	if (argc != 3) {
		fprintf(stderr, "usage: sqlgen SRC OUT | sqlgen SRC --list\n");
		return 2;
	}
	run.out = argv[2];
	run.complaints = out_new(run.arena);
	sqlite3_open(":memory:", &g.db);
	compile(&g, argv[1]);
	if (run.mistakes == 0 && strcmp(argv[2], "--list") == 0) {
		for (size_t i = 0; i < g.folders; i++)
			for (size_t k = 0; k < g.folder[i].queries; k++)
				printf("%s %.*s\n%.*s\n\n", g.folder[i].query[k]->in->path,
				    STR_ARG(g.folder[i].query[k]->name), STR_ARG(g.folder[i].query[k]->sqlite));
	} else if (run.mistakes == 0) {
		for (size_t i = 0; i < g.folders; i++)
			if (g.folder[i].tables || g.folder[i].queries)
				folder_write(&g, &g.folder[i]);
		program_write(&g);
		write_if_changed(&run, STR("migrations.gen.c"), STR("/* Generated: no migration yet. */\n"
		    "#include \"core/db/db.h\"\n\nconst struct db_migration db_migrations[] = {{0}};\n"
		    "const size_t db_migration_count = 0;\n"));
	}
	sqlite3_close(g.db);
	return run_end(&run);
}
