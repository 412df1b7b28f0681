/* write SEED N: a page with N strings made by chance, each in every place where a template can have
 * one, beside a copy in base64. */
#include "tool/test/roundtrip/write.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/kota/kota.html.h" /* generated */
#include "core/http/http.h"
#include "lib/arena.h"

static const char *const pieces[] = {"<", ">", "\"", "'", "&", "&amp;", "&lt", "&#39;", "&colon;",
    "</p>", "<script>", "</script>", "<!--", "-->", "--!>", "]]>", "<![CDATA[", "</textarea>",
    "</pre>", "</title>", "<svg onload=x>", "`", "=",
    "javascript:", "JaVaScRiPt:", "java\tscript:x", "java\nscript:x", "\001javascript:x",
    "data:text/html,", "http://a", "//a", "/", "\\", "?", "#", "%", "%00", "%2e%2e", "..", ".",
    "\n", "\r", "\r\n", "\t", " ", "\f", "\v", "{a}", "{{", "onclick=", "<p", "<a href=", "/>"};

static uint64_t
chance(uint64_t *state) /* splitmix64 */
{
	uint64_t z = *state += 0x9E3779B97F4A7C15U;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return z ^ (z >> 31);
}

static void
write_code_point(struct out *o, uint32_t c)
{
	if (c >= 0xD800 && c < 0xE000) /* no surrogates in UTF-8 */
		c -= 0x800;
	if (c < 0x80) {
		out_char(o, (char)c);
	} else if (c < 0x800) {
		out_char(o, (char)(0xC0 | c >> 6));
		out_char(o, (char)(0x80 | (c & 63)));
	} else if (c < 0x10000) {
		out_char(o, (char)(0xE0 | c >> 12));
		out_char(o, (char)(0x80 | (c >> 6 & 63)));
		out_char(o, (char)(0x80 | (c & 63)));
	} else {
		out_char(o, (char)(0xF0 | c >> 18));
		out_char(o, (char)(0x80 | (c >> 12 & 63)));
		out_char(o, (char)(0x80 | (c >> 6 & 63)));
		out_char(o, (char)(0x80 | (c & 63)));
	}
}

static struct str
one(struct arena *a, uint64_t *state)
{
	static const uint32_t bounds[] = {0x20, 0x80, 0x80, 0x100, 0x800, 0x10000, 0x110000};
	struct out o = out_new(a);

	for (uint64_t n = chance(state) % 12; n--;) {
		if (chance(state) % 2)
			out_str(
			    &o, str_of(pieces[chance(state) % (sizeof pieces / sizeof *pieces)]));
		else
			write_code_point(&o, (uint32_t)(chance(state) % bounds[chance(state) % 7]));
	}
	return out_text(&o);
}

static struct str
base64(struct arena *a, struct str s)
{
	static const char digit[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct out o = out_new(a);

	for (size_t i = 0; i < s.n; i += 3) {
		uint32_t bits = 0;

		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 | (i + j < s.n ? (unsigned char)s.p[i + j] : 0);
		for (size_t j = 0; j < 4; j++)
			out_char(&o, i + j <= s.n ? digit[bits >> (18 - 6 * j) & 63] : '=');
	}
	return out_text(&o);
}

struct str
kota_script(struct str address)
{
	return address;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new(512 << 20);
	struct req r = {.arena = a, .out = out_new(a)};
	uint64_t state = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
	size_t n = argc > 2 ? strtoull(argv[2], NULL, 10) : 10000;
	struct kota_case *at = ARENA_ARRAY(a, struct kota_case, n);

	for (size_t i = 0; i < n; i++) {
		at[i].s = one(a, &state);
		at[i].base64 = base64(a, at[i].s);
	}
	kota_round_html(
	    &r, &(struct kota_round_page){.cases = {at, n}, .script = STR("compare.js")});
	fwrite(r.out.p, 1, r.out.n, stdout);
	arena_free(a);
	return 0;
}
