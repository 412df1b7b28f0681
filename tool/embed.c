/* embed SRC OUT: start content that is data, not code. Each src/app/wheel/template.json becomes
 * `const struct str wheel_template_json` in OUT/app/wheel/template.json.{h,c}. */
#include <stdio.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/str.h"
#include "tool/tool.h"

enum { LINE_BYTES = 1000 };

static void
embed(struct run *run, const struct source *file)
{
	struct str path = str_of(file->path), folder = folder_of(file->path);
	struct str stem = str_sub(path, folder.n + 1, path.n - folder.n - 6);
	struct str room = last_part(folder), name;
	struct out h = out_new(run->arena), c = out_new(run->arena);

	name = str_fmt(run->arena, "%.*s_%.*s_json", STR_ARG(room), STR_ARG(c_name(run->arena, stem)));
	out_fmt(&h, "/* Generated from %s. */\n#pragma once\n#include \"lib/str.h\"\nextern const struct str %.*s;\n",
	    file->path, STR_ARG(name));
	out_fmt(&c, "/* Generated from %s. */\n#include \"%s.h\"\n\nconst struct str %.*s = {", file->path,
	    file->path, STR_ARG(name));
	for (size_t at = 0; at < file->text.n; at += LINE_BYTES) {
		out_char(&c, '\n');
		c_string(&c, str_sub(file->text, at, LINE_BYTES));
	}
	out_fmt(&c, ",\n%zu};\n", file->text.n);
	write_if_changed(run, str_fmt(run->arena, "%s.h", file->path), out_text(&h));
	write_if_changed(run, str_fmt(run->arena, "%s.c", file->path), out_text(&c));
}

int
main(int argc, char **argv)
{
	struct run run = {.arena = arena_new((size_t)64 << 20)};
	struct source *file;
	size_t n;

	if (argc != 3) {
		fprintf(stderr, "usage: embed SRC OUT\n");
		return 2;
	}
	run.out = argv[2];
	run.complaints = out_new(run.arena);
	file = sources_under(run.arena, argv[1], ".json", &n);
	for (size_t i = 0; i < n; i++)
		embed(&run, &file[i]);
	return run_end(&run);
}
