/* The files that come out. */
#include "tool/pagegen.h"

struct str
header_of(struct pages *g, struct str folder)
{
	return str_fmt(g->arena, "%.*s/%.*s.html.h", STR_ARG(folder), STR_ARG(last_part(folder)));
}

struct headers {
	struct str *at;
	size_t n, cap;
};

static void
add_header(struct pages *g, struct headers *h, struct str header)
{
	for (size_t i = 0; i < h->n; i++) {
		if (str_eq(h->at[i], header))
			return;
	}
	h->at = arena_grow(g->arena, h->at, h->n, 1, sizeof *h->at, &h->cap);
	h->at[h->n++] = header;
}

static void
write_headers(struct out *o, const struct headers *h)
{
	for (size_t i = 0; i < h->n; i++)
		out_fmt(o, "#include \"%.*s\"\n", STR_ARG(h->at[i]));
}

static void
write_struct(struct out *o, const struct definition *d)
{
	out_fmt(o, "\n/* %s:%d */\nstruct %.*s {\n", d->file->in->path,
	    place_at(d->file->in, d->at).line, STR_ARG(d->type));
	for (size_t i = 0; i < d->fields; i++)
		out_fmt(o, "\t%.*s%.*s;\n", STR_ARG(d->field[i].c), STR_ARG(d->field[i].name));
	if (!d->fields)
		out_lit(o, "\tchar nothing;\n");
	out_lit(o, "};\n");
}

/* What a struct holds by value comes before it. */
static void
write_structs(struct pages *g, struct str folder, struct definition *d, struct out *o)
{
	if (d->mark)
		return;
	d->mark = 1;
	for (size_t i = 0; i < d->fields; i++) {
		for (size_t j = 0; j < g->defs && d->field[i].kind == FIELD_PLAIN; j++) {
			struct definition *e = &g->def[j];

			if (str_eq(e->type, d->field[i].type) && str_eq(e->file->folder, folder))
				write_structs(g, folder, e, o);
		}
	}
	write_struct(o, d);
}

void
folder_header_write(struct pages *g, struct str folder, struct out *o)
{
	struct str guard = upper_name(g->arena, folder);
	struct headers h = {0};

	for (size_t i = 0; i < g->defs; i++)
		g->def[i].mark = 0;
	out_fmt(o,
	    "/* Generated from the templates of %.*s. */\n#ifndef %.*s_HTML_H\n#define "
	    "%.*s_HTML_H\n\n",
	    STR_ARG(folder), STR_ARG(guard), STR_ARG(guard));
	add_header(g, &h, STR("core/http/page.h"));
	for (size_t i = 0; i < g->files; i++) {
		if (!str_eq(g->file[i].folder, folder))
			continue;
		for (size_t j = 0; j < g->file[i].includes; j++)
			add_header(g, &h, g->file[i].include[j]);
	}
	for (size_t i = 0; i < g->defs; i++) {
		const struct definition *d = &g->def[i];

		for (size_t j = 0; j < d->fields && str_eq(d->file->folder, folder); j++) {
			const struct definition *e =
			    definition_find(g, d->field[j].type, DEFINITION_STRUCT);

			if (e && !str_eq(e->file->folder, folder))
				add_header(g, &h, header_of(g, e->file->folder));
		}
	}
	write_headers(o, &h);
	for (size_t i = 0; i < g->defs; i++) {
		const struct definition *d = &g->def[i];

		if (d->kind == DEFINITION_STRUCT && str_eq(d->file->folder, folder))
			out_fmt(o,
			    "\nstruct %.*s;\nstruct %.*s_list {\n\tstruct %.*s *at;\n\tsize_t "
			    "n;\n};\n",
			    STR_ARG(d->type), STR_ARG(d->type), STR_ARG(d->type));
	}
	for (size_t i = 0; i < g->defs; i++) {
		if (str_eq(g->def[i].file->folder, folder))
			write_structs(g, folder, &g->def[i], o);
	}
	out_char(o, '\n');
	for (size_t i = 0; i < g->defs; i++) {
		const struct definition *d = &g->def[i];

		if (!str_eq(d->file->folder, folder) || d->kind == DEFINITION_STRUCT)
			continue;
		for (int part = 0; part <= d->slot; part++)
			out_fmt(o, "void %.*s_%s(struct req *r, const struct %.*s *p);\n",
			    STR_ARG(d->base),
			    !d->slot   ? "html"
				: part ? "close"
				       : "open",
			    STR_ARG(d->type));
	}
	out_lit(o, "\n#endif\n");
}

void
file_c_write(struct pages *g, const struct file *f, struct out *o)
{
	struct headers h = {0};

	out_fmt(o, "/* Generated from %s. */\n", f->in->path);
	add_header(g, &h, header_of(g, f->folder));
	add_header(g, &h, STR("core/http/http.h"));
	for (size_t i = 0; i < g->defs; i++) {
		for (size_t j = 0; j < g->def[i].headers && g->def[i].file == f; j++)
			add_header(g, &h, g->def[i].header[j]);
	}
	write_headers(o, &h);
	for (size_t i = 0; i < g->defs; i++) {
		if (g->def[i].file == f)
			out_str(o, out_text(&g->def[i].code));
	}
}
