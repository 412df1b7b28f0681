/* Multipart bodies. The first line is the Content-Type. What is read can be written as browsers do
 * and read again. */
#include "core/http/multipart.h"

#include "core/http/form.h"

#include "test/fuzz/fuzz.h"

static void
write_name(struct out *o, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		switch (name.p[i]) {
		case '"': out_lit(o, "%22"); break;
		case '\r': out_lit(o, "%0D"); break;
		case '\n': out_lit(o, "%0A"); break;
		default: out_char(o, name.p[i]);
		}
}

/* Whether browsers could have written it so: a backslash at the end of a name would escape the quote, and the boundary
 * is in nothing. */
static bool
may_be_written(struct pair pair, const char *boundary)
{
	return !str_ends(pair.name, STR("\\")) && pair.name.n <= 300 && !str_contains(pair.value, str_of(boundary)) &&
	    (!pair.file || (pair.file->name.n <= 300 && !str_contains(pair.file->bytes, str_of(boundary))));
}

static void
write_part(struct out *o, struct pair pair)
{
	out_lit(o, "Content-Disposition: form-data; name=\"");
	write_name(o, pair.name);
	out_char(o, '"');
	if (pair.file) {
		out_lit(o, "; filename=\"");
		write_name(o, pair.file->name);
		out_fmt(o, "\"\r\nContent-Type: %.*s", STR_ARG(pair.file->type));
	}
	out_lit(o, "\r\n\r\n");
	out_str(o, pair.file ? pair.file->bytes : pair.value);
	out_lit(o, "\r\n");
}

static void
read_again(struct arena *a, const struct pairs *pairs)
{
	static const char boundary[] = "a boundary that fuzzers guess";
	struct out o = out_new(a);
	struct pairs again;
	size_t sent = 0;

	for (size_t i = 0; i < pairs->n; i++) {
		const struct form_file *f = pairs->at[i].file;

		if (!may_be_written(pairs->at[i], boundary))
			return;
		sent += !f || f->name.n || f->bytes.n; /* an empty place for a file is none */
		out_fmt(&o, "--%s\r\n", boundary);
		write_part(&o, pairs->at[i]);
	}
	out_fmt(&o, "--%s--\r\n", boundary);
	need(multipart_parse(a, out_text(&o), str_of(boundary), &again) && again.n == sent);
	if (sent < pairs->n)
		return;
	for (size_t i = 0; i < pairs->n; i++) {
		const struct form_file *f = pairs->at[i].file, *g = again.at[i].file;

		need(str_eq(pairs->at[i].name, again.at[i].name) && str_eq(pairs->at[i].value, again.at[i].value));
		need(!f == !g);
		need(!f || (str_eq(f->name, g->name) && str_eq(f->type, g->type) && str_eq(f->bytes, g->bytes)));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str body = str_copy(a, (struct str){(const char *)data, n}),
		   type = str_cut(&body, '\n'), boundary;
	struct pairs pairs;

	if (!multipart_boundary(type, &boundary))
		return 0;
	need(boundary.n > 0 && boundary.n <= 70);
	if (!multipart_parse(a, body, boundary, &pairs))
		return 0;
	need(pairs.n <= PAIRS_MAX);
	for (size_t i = 0; i < pairs.n; i++) {
		const struct form_file *f = pairs.at[i].file;

		need(str_is_utf8(pairs.at[i].name) && str_is_utf8(pairs.at[i].value));
		need(!f || f->bytes.n == 0 || (f->bytes.p >= body.p - n && f->bytes.p + f->bytes.n <= body.p + body.n));
	}
	read_again(a, &pairs);
	return 0;
}
