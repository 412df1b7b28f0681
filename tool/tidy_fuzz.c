/* Trees made by chance from a good one: tidy ends, and each complaint names a place that is there. */
#include <stdio.h>
#include <string.h>

#include "lib/need.h"
#include "tool/tidy.h"
#include "tool/tool_fuzz.h"

enum { ARENA_BYTES = 64 << 20, CHANGES_MAX = 8 };

static const char *const pieces[] = {"(", ")", "{", "}", "[", "]", "=", ";", "*", "#", "\"", "'", "\\", "/*", "*/",
    "//", "\n", "\n\n", "\t", " ", "`", "```\n", "|", "-- ", " -> ", "/", ".", ".h", "src/", "app/", "core/", "lib/",
    "#include \"", "#include <", "#define X ", "#define X \\\n", "static ", "struct x {", "};", "x()\n{\n}\n",
    "void x(void);\n", "__attribute__((", "_Static_assert(", "-- x() -> INT\n", "{page ", "{component ", "{struct ",
    "{t ", "{use ", "T_", "./dev ", "./dev x", "x)", "](", "free(", "TODO", "ä", "\303", "\001", NULL};

/* True if the tree was good. */
static bool
check(struct arena *a, const struct source *in, size_t n)
{
	struct run run = {.arena = a, .out = ""};
	struct tree t = tree_of(&run, in, n);
	struct out map = out_new(a);

	tree_check(&t, &map);
	fuzz_check(&run, in, n);
	return run.mistakes == 0;
}

/* Without one of its files, or with another text in one. */
static bool
try_one(struct arena *a, uint64_t *seed, const struct source *good, size_t n)
{
	struct source *in = ARENA_ARRAY(a, struct source, n), *one;
	size_t changes = 1 + fuzz_below(seed, CHANGES_MAX), gone = fuzz_below(seed, n);
	bool passed;

	memcpy(in, good, n * sizeof *in);
	if (!fuzz_below(seed, 8)) {
		memmove(&in[gone], &in[gone + 1], (n - gone - 1) * sizeof *in);
		n--;
	}
	one = &in[fuzz_below(seed, n)];
	while (changes--)
		one->text = fuzz_changed(a, seed, one->text, pieces);
	one->text = fuzz_exact(one->text);
	passed = check(a, in, n);
	fuzz_free(one->text);
	return passed;
}

int
tidy_fuzz(uint64_t seed, int64_t n, const char *root)
{
	struct arena *a = arena_new(ARENA_BYTES), *kept = arena_new(ARENA_BYTES);
	int64_t passed = 0;
	size_t files;
	const struct source *good = sources_under(kept, root, "", &files);

	need(check(a, good, files));
	for (int64_t i = 0; i < n; i++) {
		fuzz_next(a);
		passed += try_one(a, &seed, good, files);
	}
	printf("%lld inputs, %lld of them without a mistake\n", (long long)n, (long long)passed);
	arena_free(a);
	arena_free(kept);
	return 0;
}
