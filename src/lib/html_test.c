#include "lib/html.h"

#include <string.h>

#include "lib/arena.h"
#include "test/test.h"

static struct str
written(struct test *t, void (*write)(struct out *, struct str), struct str s)
{
	struct out o = out_new(t->arena);

	write(&o, s);
	return out_text(&o);
}

TEST(html_text_escapes_what_begins_markup)
{
	CHECK_STR(written(t, html_text, STR("")), "");
	CHECK_STR(written(t, html_text, (struct str){0}), "");
	CHECK_STR(written(t, html_text, STR("Päivää")), "Päivää");
	CHECK_STR(
	    written(t, html_text, STR("<b>\"a\" & 'b'</b>")), "&lt;b&gt;\"a\" &amp; 'b'&lt;/b&gt;");
	CHECK_STR(written(t, html_text, STR("&amp;")), "&amp;amp;");
	CHECK_STR(written(t, html_text, STR("a\r\nb")), "a&#13;\nb");
	CHECK_STR(written(t, html_text, STR("a\0b")),
	    "a\xEF\xBF\xBD"
	    "b");
}

TEST(html_attr_escapes_both_quotes)
{
	CHECK_STR(written(t, html_attr, STR("\"'<>&")), "&#34;&#39;&lt;&gt;&amp;");
	CHECK_STR(written(t, html_attr, STR("plain")), "plain");
	CHECK_STR(written(t, html_attr, STR("'")), "&#39;");
}

/* One byte at a time, as a reader would do it. */
static struct str
slowly(struct test *t, struct str s, bool quotes)
{
	struct out o = out_new(t->arena);

	for (size_t i = 0; i < s.n; i++)
		switch (s.p[i]) {
		case '&': out_lit(&o, "&amp;"); break;
		case '<': out_lit(&o, "&lt;"); break;
		case '>': out_lit(&o, "&gt;"); break;
		case '\r': out_lit(&o, "&#13;"); break;
		case '\0': out_lit(&o, "\xEF\xBF\xBD"); break;
		case '"': out_str(&o, quotes ? STR("&#34;") : STR("\"")); break;
		case '\'': out_str(&o, quotes ? STR("&#39;") : STR("'")); break;
		default: out_char(&o, s.p[i]); break;
		}
	return out_text(&o);
}

/* Bytes are looked at in blocks: none is missed at whatever place it stands, and none behind the end is looked at. */
TEST(every_byte_is_escaped_at_every_place)
{
	enum { LENGTH_MAX = 52 };
	size_t wrong = 0;

	for (size_t n = 1; n < LENGTH_MAX; n++)
		for (size_t at = 0; at < n; at++)
			for (int byte = 0; byte < 256; byte++) {
				char *p = memset(arena_bytes(t->arena, n), 'a', n);
				struct str s = {p, n};

				p[at] = (char)byte;
				wrong += !str_eq(written(t, html_text, s), slowly(t, s, false));
				wrong += !str_eq(written(t, html_attr, s), slowly(t, s, true));
				p[0] = at ? '/' : p[0];
				wrong += !str_eq(written(t, html_href, s),
				    html_href_ok(s) ? slowly(t, s, true) : STR("#"));
				arena_reset(t->arena);
			}
	CHECK_INT(wrong, 0);
	CHECK_STR(written(t, html_text, STR("<<<<<<<<<<<<<<<<a>")),
	    "&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;a&gt;");
}

TEST(html_url_encodes_a_component)
{
	CHECK_STR(written(t, html_url, STR("abc-._~XYZ019")), "abc-._~XYZ019");
	CHECK_STR(written(t, html_url, STR("a/b?c=d&e#f")), "a%2Fb%3Fc%3Dd%26e%23f");
	CHECK_STR(written(t, html_url, STR("ä \"'<>%")), "%C3%A4%20%22%27%3C%3E%25");
	CHECK_STR(written(t, html_url, STR("javascript:x")), "javascript%3Ax");
	CHECK_STR(written(t, html_url, (struct str){0}), "");
}

TEST(html_href_lets_only_harmless_schemes_through)
{
	static const char *const good[] = {"", "/fi/pohja", "x", "x/y:z", "?a=b:c", "#a:b",
	    "//host/x", "./a:b", "http://a", "HTTPS://a/?b", "mailto:a@b.fi", "Tel:+358 1",
	    " https://a", NULL};
	static const char *const bad[] = {"javascript:alert(1)", "JavaScript:x", " javascript:x",
	    "java\tscript:x", "java\nscript:x", "\x01javascript:x", "data:text/html,x",
	    "vbscript:x", "file:///etc", "x:y", ":", "blob:x", "httpx:y", "htt:p",
	    "javascript&colon;x:", "/a\nb", "\x7F", NULL};

	for (size_t i = 0; good[i]; i++) {
		CHECK(html_href_ok(str_of(good[i])));
		CHECK_STR(written(t, html_href, str_of(good[i])), good[i]);
	}
	for (size_t i = 0; bad[i]; i++)
		CHECK_STR(written(t, html_href, str_of(bad[i])), "#");
	CHECK_STR(written(t, html_href, STR("/a?b=1&c=\"2\"")), "/a?b=1&amp;c=&#34;2&#34;");
	CHECK(!html_href_ok(STR("a\0b")));
}
