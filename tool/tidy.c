/* tidy ROOT: reads the whole tree and complains of what no compiler sees:
 *
 *     includes that point up or right, or at what is another room's own; src/app/ORDER and the folders
 *     calls that have a better one, and its name
 *     functions of a header that no test reaches; texts, queries, components and pages that nobody uses
 *     headers over 60 lines without `tidy: because …`, lines over 120 columns, notes of open work
 *     folders that have no line on the map, paths and ./dev commands in the documentation that are not there
 *
 * Each complaint is `file:line:column: words`, and the words say what to do. What a tool's test reads, good or bad,
 * and accepted pages are no code and are left alone.
 *
 * tidy --map ROOT prints who stands on whom, and complains of arrows that point up.
 * tidy --fuzz SEED N ROOT reads N trees made by chance from a good one. */
#include "tool/tidy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 512 << 20 };

static bool
is_test(struct str path)
{
	static const char *const folders[] = {"test/", "tool/test/", NULL};

	return begins_with_one_of(path, folders) || str_ends(path, STR("_test.c")) ||
	    str_contains(last_part(path), STR("fixture"));
}

static bool
is_example(struct str path)
{
	if (str_starts(path, STR("test/pages/")))
		return true;
	return str_starts(path, STR("tool/test/")) && (str_contains(path, STR("/good/")) ||
	    str_ends(path, STR("/mistakes.txt")) || str_contains(path, STR("/src/")));
}

struct tree
tree_of(struct run *run, const struct source *in, size_t n)
{
	struct tree t = {run, ARENA_ARRAY(run->arena, struct file, n), n};

	for (size_t i = 0; i < n; i++) {
		struct str path = str_of(in[i].path);

		t.at[i] = (struct file){.in = in[i], .is_test = is_test(path), .is_example = is_example(path)};
		if ((str_ends(path, STR(".c")) || str_ends(path, STR(".h"))) && !t.at[i].is_example)
			t.at[i].code = code_view(run->arena, in[i].text);
	}
	return t;
}

/* The first file that does not come before the path. */
static size_t
place_of(const struct tree *t, struct str path)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (str_compare(str_of(t->at[middle].in.path), path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct file *
tree_file(const struct tree *t, struct str path)
{
	size_t i = place_of(t, path);

	return i < t->n && str_is(path, t->at[i].in.path) ? &t->at[i] : NULL;
}

bool
tree_has_folder(const struct tree *t, struct str folder)
{
	struct str inside = str_fmt(t->run->arena, "%.*s/", STR_ARG(folder));
	size_t i = place_of(t, inside);

	return i < t->n && str_starts(str_of(t->at[i].in.path), inside);
}

void
tree_check(const struct tree *t, struct out *map)
{
	arrows_check(t);
	map_draw(t, map);
	lines_check(t);
	reach_check(t);
	docs_check(t);
}

int
main(int argc, char **argv)
{
	struct run run = {0};
	struct tree tree;
	struct source *in;
	struct out map;
	static const char all_down[] = "\nEvery arrow points down, or left in src/app/ORDER.\n";
	bool draw = argc == 3 && strcmp(argv[1], "--map") == 0;
	int64_t seed, times;
	size_t n;
	int status;

	if (argc == 5 && strcmp(argv[1], "--fuzz") == 0 && str_int(str_of(argv[2]), &seed) &&
	    str_int(str_of(argv[3]), &times))
		return tidy_fuzz((uint64_t)seed, times, argv[4]);
	if (argc != 2 && !draw) {
		fprintf(stderr, "usage: tidy [--map] ROOT\n       tidy --fuzz SEED N ROOT\n");
		return 2;
	}
	run.arena = arena_new(ARENA_BYTES);
	in = sources_under(run.arena, argv[argc - 1], "", &n);
	tree = tree_of(&run, in, n);
	map = out_new(run.arena);
	if (draw) {
		arrows_check(&tree);
		map_draw(&tree, &map);
		printf("%.*s%s", STR_ARG(out_text(&map)), run.mistakes ? "" : all_down);
		fflush(stdout);
	} else {
		tree_check(&tree, &map);
	}
	status = run_end(&run);
	arena_free(run.arena);
	return status;
}
