/* pagegen SRC OUT: compiles templates to C; doc/pages.md describes their language. For those of
 * SRC/app/wheel it writes OUT/app/wheel/wheel.html.h with the structs and functions of the folder,
 * and for each template, say index.html, OUT/app/wheel/index.html.c. It reads OUT/texts.sym and
 * OUT/rights.sym, which textgen writes, and SRC/app/ORDER.
 *
 * pagegen --fuzz SEED N compiles N inputs made by chance from a good one and writes nothing. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/pagegen.h"

enum { ARENA_BYTES = 512 << 20 };

/* A file of OUT or SRC that may be missing. */
static struct str
optional_text(struct arena *a, const char *root, const char *path)
{
	char *full = str_z(a, str_fmt(a, "%s/%s", root, path));
	struct stat status;
	FILE *f = fopen(full, "rb");
	struct str s = {0};

	if (f && fstat(fileno(f), &status) == 0) {
		char *p = arena_bytes(a, (size_t)status.st_size + 1);

		s = (struct str){p, fread(p, 1, (size_t)status.st_size, f)};
	}
	if (f)
		fclose(f);
	return s;
}

/* What an earlier run made of a template that is gone would still be compiled. */
static void
remove_left_over(struct pages *g, const char *ending)
{
	size_t n;
	struct source *old = sources_under(g->arena, g->run->out, ending, &n);

	for (size_t i = 0; i < n; i++) {
		struct str path = str_of(old[i].path);
		bool wanted = false;

		for (size_t j = 0; j < g->files; j++) {
			const struct file *f = &g->file[j];

			wanted |= str_eq(path, str_fmt(g->arena, "%s.c", f->in->path)) ||
			    str_eq(path, header_of(g, f->folder));
		}
		if (!wanted)
			unlink(
			    str_z(g->arena, str_fmt(g->arena, "%s/%s", g->run->out, old[i].path)));
	}
}

static void
write_all(struct pages *g)
{
	for (size_t i = 0; i < g->files; i++) {
		const struct file *f = &g->file[i];
		struct out c = out_new(g->arena);

		file_c_write(g, f, &c);
		write_if_changed(g->run, str_fmt(g->arena, "%s.c", f->in->path), out_text(&c));
		if (i == 0 || !str_eq(f->folder, g->file[i - 1].folder)) {
			struct out h = out_new(g->arena);

			folder_header_write(g, f->folder, &h);
			write_if_changed(g->run, header_of(g, f->folder), out_text(&h));
		}
	}
	remove_left_over(g, ".html.c");
	remove_left_over(g, ".html.h");
}

int
main(int argc, char **argv)
{
	struct arena *a;
	struct run run = {0};
	struct pages g = {.run = &run};
	struct source *in;
	size_t n;
	int64_t seed, times;
	int status;

	if (argc == 4 && strcmp(argv[1], "--fuzz") == 0 && str_int(str_of(argv[2]), &seed) &&
	    str_int(str_of(argv[3]), &times))
		return pages_fuzz((uint64_t)seed, times);
	if (argc != 3) {
		fprintf(stderr, "usage: pagegen SRC OUT\n       pagegen --fuzz SEED N\n");
		return 2;
	}
	a = run.arena = g.arena = arena_new(ARENA_BYTES);
	g.src = argv[1];
	run.out = argv[2];
	g.order = optional_text(a, g.src, "app/ORDER");
	in = sources_under(a, g.src, ".html", &n);
	pages_compile(&g, in, n, optional_text(a, run.out, "texts.sym"),
	    optional_text(a, run.out, "rights.sym"));
	if (!run.mistakes)
		write_all(&g);
	status = run_end(&run);
	arena_free(a);
	return status;
}
