/* What the documents promise: every folder has a place on the map, and paths and commands that they name are there. */
#include "tool/tidy.h"

#include <string.h>

static const char *const first_parts[] = {"src/", "app/", "core/", "lib/", "tool/", "test/", "doc/", "asset/",
    "migrations/", NULL};
static const char *const file_ends[] = {".c", ".h", ".sql", ".html", ".texts", ".tbl", ".css", ".md", ".sh", ".py",
    ".mjs", NULL};
/* Made by the build, from files that have other names. */
static const char *const generated_ends[] = {".rows.h", ".sql.h", ".html.h", ".texts.h", ".json.h", ".html.c",
    ".texts.c", ".json.c", NULL};

static bool
in_path(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("._-/", c) != NULL;
}

/* --- the map ------------------------------------------------------------------------------------------------- */

/* Whether the text names this folder, or something in it. */
static bool
names_folder(struct str text, struct str folder)
{
	for (size_t i = 0; i + folder.n <= text.n; i++) {
		size_t end = i + folder.n;

		if (str_eq(str_sub(text, i, folder.n), folder) && (i == 0 || !in_path(text.p[i - 1])) &&
		    (end == text.n || text.p[end] == '/' || !in_path(text.p[end])))
			return true;
	}
	return false;
}

/* Folders of src at every depth, of the others the outermost. */
static void
map_check(const struct tree *t)
{
	const struct file *map = tree_file(t, STR("ARCHITECTURE.md"));
	struct str before = {0};

	for (size_t i = 0; map && i < t->n; i++) {
		struct str path = str_of(t->at[i].in.path);
		bool is_src = str_starts(path, STR("src/"));

		for (size_t n = 0; n < path.n; n++) {
			struct str folder = str_sub(path, 0, n);

			if (path.p[n] != '/')
				continue;
			/* Sorted by path: a folder that the file before lies in as well was asked for already. */
			if (path.p[0] != '.' && !str_starts(before, str_sub(path, 0, n + 1)) &&
			    !names_folder(map->in.text, folder))
				mistake(t->run, place_at(&map->in, 0), "%.*s has no line on the map", STR_ARG(folder));
			if (!is_src)
				break;
		}
		before = path;
	}
}

/* --- paths --------------------------------------------------------------------------------------------------- */

/* A file or folder of the tree, named whole, from src on, or by its last parts; a program by its first file. */
static bool
is_there(const struct tree *t, struct str path)
{
	struct arena *a = t->run->arena;
	struct str ending = str_fmt(a, "/%.*s", STR_ARG(path));

	while (str_ends(path, STR("/")))
		path.n--;
	if (tree_file(t, path) || tree_file(t, str_fmt(a, "%.*s.c", STR_ARG(path))) || tree_has_folder(t, path) ||
	    tree_has_folder(t, str_fmt(a, "src/%.*s", STR_ARG(path))))
		return true;
	for (size_t i = 0; i < t->n; i++)
		if (str_ends(str_of(t->at[i].in.path), ending))
			return true;
	return false;
}

static void
path_check(const struct tree *t, const struct source *in, struct str word)
{
	size_t at = (size_t)(word.p - in->text.p);

	while (word.n && strchr(".,:;", word.p[word.n - 1]))
		word.n--;
	if (!word.n || strchr("/.-", word.p[0]))
		return; /* an address of the program, a flag, an ending */
	for (size_t i = 0; i < word.n; i++)
		if (!in_path(word.p[i]))
			return;
	if (!begins_with_one_of(word, first_parts) &&
	    (str_find(word, '/') < word.n || !ends_with_one_of(word, file_ends)))
		return;
	if (!ends_with_one_of(word, generated_ends) && !is_there(t, word))
		mistake(t->run, place_at(in, at), "there is no %.*s", STR_ARG(word));
}

/* Words in `these`. */
static void
quoted_check(const struct tree *t, const struct source *in, struct str quoted)
{
	while (quoted.n)
		path_check(t, in, str_cut(&quoted, ' '));
}

/* [words](where), from the document's own folder on; addresses elsewhere are not asked for. */
static void
link_check(const struct tree *t, const struct source *in, struct str where)
{
	struct str full = folder_of(in->path);
	size_t at = (size_t)(where.p - in->text.p);

	where = str_cut(&where, '#');
	if (!where.n || str_find(where, ':') < where.n)
		return;
	for (; str_starts(where, STR("../")); where = str_sub(where, 3, where.n))
		full = str_sub(full, 0, full.n - last_part(full).n - (full.n > last_part(full).n));
	full = full.n ? str_fmt(t->run->arena, "%.*s/%.*s", STR_ARG(full), STR_ARG(where)) : where;
	while (full.n && full.p[full.n - 1] == '/')
		full.n--;
	if (!tree_file(t, full) && !tree_has_folder(t, full))
		mistake(t->run, place_at(in, at), "this leads nowhere: there is no %.*s", STR_ARG(full));
}

static void
paths_check(const struct tree *t, const struct source *in)
{
	/* A recipe names what its reader is going to make. */
	bool is_recipe = str_starts(str_of(in->path), STR("doc/recipes/"));
	bool fenced = false;
	struct str line;

	for (size_t at = 0; line_next(in->text, &at, &line);) {
		if (str_starts(line, STR("```")))
			fenced = !fenced;
		for (size_t i = 0; !fenced && i < line.n; i++) {
			struct str rest = str_sub(line, i + 1, line.n);

			if (line.p[i] == '`') {
				rest.n = str_find(rest, '`');
				if (!is_recipe)
					quoted_check(t, in, rest);
				i += rest.n + 1;
			} else if (line.p[i] == ']' && str_starts(rest, STR("("))) {
				rest = str_sub(rest, 1, rest.n);
				rest.n = str_find(rest, ')');
				link_check(t, in, rest);
			}
		}
	}
}

/* --- commands ------------------------------------------------------------------------------------------------ */

/* The words that `dev` takes: arms of its case that begin a line. */
static bool
dev_takes(const struct file *dev, struct str word)
{
	struct str line;

	for (size_t at = 0; line_next(dev->in.text, &at, &line);)
		if (str_starts(line, word) && line.n > word.n && line.p[word.n] == ')')
			return true;
	return false;
}

/* ./dev word */
static bool
command_next(struct str text, size_t *at, struct str *word)
{
	static const char dev[] = "./dev ";

	for (size_t i = *at; i + sizeof dev <= text.n; i++) {
		size_t behind = i + sizeof dev - 1;

		if (memcmp(text.p + i, dev, sizeof dev - 1) != 0 || text.p[behind] < 'a' || text.p[behind] > 'z')
			continue;
		*at = behind;
		return word_next(text, at, word);
	}
	return false;
}

static void
commands_check(const struct tree *t, const struct file *dev, const struct source *in)
{
	struct str word;

	for (size_t at = 0; command_next(in->text, &at, &word);)
		if (!dev_takes(dev, word))
			mistake(t->run, place_at(in, at - word.n), "./dev knows no %.*s", STR_ARG(word));
}

/* Each word that `dev` takes stands in the list that it prints. */
static void
list_check(const struct tree *t, const struct file *dev)
{
	struct str line, word, said;

	for (size_t at = 0, from = 0; line_next(dev->in.text, &at, &line); from = at) {
		size_t i = 0, told = 0;
		bool listed = false;

		if (!word_next(line, &i, &word) || i != word.n || i >= line.n || line.p[i] != ')')
			continue;
		while (!listed && command_next(dev->in.text, &told, &said))
			listed = str_eq(said, word);
		if (!listed)
			mistake(t->run, place_at(&dev->in, from), "%.*s is missing in the list of commands",
			    STR_ARG(word));
	}
}

void
docs_check(const struct tree *t)
{
	const struct file *dev = tree_file(t, STR("dev"));

	map_check(t);
	for (size_t i = 0; i < t->n; i++) {
		const struct file *f = &t->at[i];
		struct str path = str_of(f->in.path);

		if (!str_ends(path, STR(".md")) || f->is_example || str_is(path, "CHANGELOG.md"))
			continue;
		paths_check(t, &f->in);
		if (dev)
			commands_check(t, dev, &f->in);
	}
	if (dev)
		list_check(t, dev);
}
