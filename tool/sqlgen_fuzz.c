/* Inputs made by chance from the program's own schemas and queries: sqlgen ends, and each complaint names a
 * place that is there. */
#include <stdio.h>
#include <string.h>

#include "lib/need.h"
#include "tool/sqlgen.h"
#include "tool/tool_fuzz.h"

enum { ARENA_BYTES = 256 << 20, CHANGES_MAX = 8 };

static const char *const pieces[] = {"(", ")", "[", "]", "()", ",", ";", ".", "'", "\"", "''", "*", "=",
    "?", "$1", "::", "->", "||", "-", "--", "\n", " ", "\t", "\001", "ä", "\303", "/*", ":", ":id",
    ":campus", "[:ids]", "\n-- x(id) -> INT\n", "\n-- x() -> changed\n", "\n-- x() -> y[]\n",
    "\n-- sqlite:\n", "\n-- postgres:\n", "\n-- any campus: because all of them are asked.\n",
    "\n-- private to its campus\n", "CREATE TABLE x (id ID", "CREATE INDEX x ON ", " ID PRIMARY KEY",
    " REFERENCES x", " NOT NULL", " DEFAULT 'a'", " CHECK (x IN ('a', 'b'))", " INT", " TEXT", " TEXTS",
    " BOOL", " DATE?", "SELECT ", "SELECT * FROM ", " FROM ", " WHERE ", " AND ", " OR ", " IN ",
    " IS ", " NOT ", " NULL", " JOIN x ON ", " LEFT JOIN ", " GROUP BY ", " ORDER BY ", " LIMIT 1",
    " UNION ", " VALUES ", " RETURNING ", " ON CONFLICT ", " DO UPDATE SET ", "WITH x AS (",
    "INSERT INTO ", "UPDATE ", "DELETE FROM ", "count(*) AS \"n INT\"", "CAST(", " AS ", "campus",
    "title", "wheel_item", "journal", "|", "#", NULL};

/* True if the input was compiled without a complaint; nothing is written. */
static bool
compile_dry(struct arena *a, const struct source *in, size_t n)
{
	struct run run = {.arena = a, .out = ""};
	struct sqlgen g = {.run = &run, .dry = true, .root = "src"};
	struct out list = out_new(a), proof = out_new(a);

	if (compile(&g, in, n)) {
		program_write(&g);
		program_list(&g, &list);
		program_prove(&g, &proof);
	}
	program_end(&g);
	fuzz_check(&run, in, n);
	return run.mistakes == 0;
}

static void
migrate_dry(struct arena *a, struct str text)
{
	const struct source in = {"migrations/0001-by-chance.sql", text};
	struct run run = {.arena = a, .out = ""};
	struct sqlgen g = {.run = &run, .dry = true, .root = "src"};

	migrations_write(&g, &in, 1);
	fuzz_check(&run, &in, 1);
}

/* Changes one source, now and then another one too; true if the input was good all the same. */
static bool
try_one(struct arena *a, uint64_t *seed, const struct source *good, size_t n)
{
	struct source *in = ARENA_ARRAY(a, struct source, n), *one = &in[fuzz_below(seed, n)];
	size_t changes = 1 + fuzz_below(seed, 1 + fuzz_below(seed, CHANGES_MAX));
	bool passed;

	memcpy(in, good, n * sizeof *in);
	if (!fuzz_below(seed, 4)) {
		struct source *other = &in[fuzz_below(seed, n)];

		other->text = fuzz_changed(a, seed, other->text, pieces);
	}
	while (changes--)
		one->text = fuzz_changed(a, seed, one->text, pieces);
	one->text = fuzz_exact(one->text);
	passed = compile_dry(a, in, n);
	migrate_dry(a, one->text);
	fuzz_free(one->text);
	return passed;
}

int
sqlgen_fuzz(uint64_t seed, int64_t n, const char *root)
{
	struct arena *a = arena_new(ARENA_BYTES), *kept = arena_new(ARENA_BYTES);
	int64_t passed = 0;
	size_t files;
	const struct source *good = sources_read(kept, root, &files);

	need(compile_dry(a, good, files));
	for (int64_t i = 0; i < n; i++) {
		fuzz_next(a);
		passed += try_one(a, &seed, good, files);
	}
	printf("%lld inputs, %lld of them without a mistake\n", (long long)n, (long long)passed);
	arena_free(a);
	arena_free(kept);
	return 0;
}
