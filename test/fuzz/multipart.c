/* Multipart bodies. The first line is the Content-Type. What is read can be written as browsers do
 * and read again. */
#include "core/http/multipart.h"

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

static void
read_again(struct arena *a, const struct pairs *pairs)
{
	static const char boundary[] = "a boundary that fuzzers guess";
	struct out o = out_new(a);
	struct pairs again;

	for (size_t i = 0; i < pairs->n; i++) {
		/* A backslash at the end of a name would escape the quote. */
		if (str_ends(pairs->at[i].name, STR("\\")) || pairs->at[i].name.n > 300 ||
		    str_contains(pairs->at[i].value, str_of(boundary)))
			return;
		out_fmt(&o, "--%s\r\nContent-Disposition: form-data; name=\"", boundary);
		write_name(&o, pairs->at[i].name);
		out_lit(&o, "\"\r\n\r\n");
		out_str(&o, pairs->at[i].value);
		out_lit(&o, "\r\n");
	}
	out_fmt(&o, "--%s--\r\n", boundary);
	need(multipart_parse(a, out_text(&o), str_of(boundary), &again) == MULTIPART_FINE &&
	    again.n == pairs->n);
	for (size_t i = 0; i < pairs->n; i++)
		need(str_eq(pairs->at[i].name, again.at[i].name) &&
		    str_eq(pairs->at[i].value, again.at[i].value));
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
	if (multipart_parse(a, body, boundary, &pairs) == MULTIPART_MALFORMED)
		return 0;
	need(pairs.n <= PAIRS_MAX);
	for (size_t i = 0; i < pairs.n; i++)
		need(str_is_utf8(pairs.at[i].name) && str_is_utf8(pairs.at[i].value));
	read_again(a, &pairs);
	return 0;
}
