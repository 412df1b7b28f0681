#include "core/http/query.h"

#include "core/http/http.h"
#include "test/test.h"

static struct str
decoded(struct test *t, const char *text)
{
	struct str s;

	return query_decode(t->arena, str_of(text), &s) ? s : STR("(refused)");
}

TEST(words_of_a_query)
{
	CHECK_STR(decoded(t, ""), "");
	CHECK_STR(decoded(t, "a+b%20c"), "a b c");
	CHECK_STR(decoded(t, "%C3%A4%c3%b6+%E2%82%AC"), "äö €");
	CHECK_STR(decoded(t, "ä"), "ä");
	CHECK_STR(decoded(t, "%2B%26%3D%25"), "+&=%");
	CHECK_STR(decoded(t, "a;b"), "a;b");
	CHECK_STR(decoded(t, "%"), "(refused)");
	CHECK_STR(decoded(t, "a%2"), "(refused)");
	CHECK_STR(decoded(t, "%zz"), "(refused)");
	CHECK_STR(decoded(t, "%u00e4"), "(refused)");
	CHECK_STR(decoded(t, "%00"), "(refused)");
	CHECK_STR(decoded(t, "a%ff"), "(refused)");
	CHECK_STR(decoded(t, "%c3"), "(refused)");
	CHECK_STR(decoded(t, "%c0%80"), "(refused)");
	CHECK_STR(decoded(t, "%ed%a0%80"), "(refused)");
	CHECK_STR(decoded(t, "%f4%90%80%80"), "(refused)");
}

/* Any text comes back, and what is written needs no escaping anywhere. */
TEST(writing_a_query_and_reading_it)
{
	struct out all = out_new(t->arena), o = out_new(t->arena);

	for (char c = 1; c > 0 && c < 127; c++)
		out_char(&all, c);
	out_lit(&all, "\177äö€👩");
	query_encode(&o, out_text(&all));
	CHECK_STR(decoded(t, str_z(t->arena, out_text(&o))), str_z(t->arena, out_text(&all)));
	for (size_t i = 0; i < o.n; i++)
		CHECK((o.p[i] > ' ' && o.p[i] < 127 && o.p[i] != '&' && o.p[i] != '"' &&
		    o.p[i] != '=' && o.p[i] != '+' && o.p[i] != '~'));
}

TEST(pairs_of_a_form)
{
	struct pairs pairs;
	struct str value;
	struct out o = out_new(t->arena);

	CHECK(query_parse(t->arena, STR(""), &pairs));
	CHECK_INT(pairs.n, 0);
	CHECK(query_parse(t->arena, STR("a=1&b=&c&&=&d=x=y&a=2&=e"), &pairs));
	CHECK_INT(pairs.n, 6);
	CHECK(pairs_find(&pairs, STR("a"), &value));
	CHECK_STR(value, "1");
	CHECK(pairs_find(&pairs, STR("b"), &value));
	CHECK_STR(value, "");
	CHECK(pairs_find(&pairs, STR("c"), &value));
	CHECK(pairs_find(&pairs, STR("d"), &value));
	CHECK_STR(value, "x=y");
	CHECK(!pairs_find(&pairs, STR("x"), &value));
	CHECK(!query_parse(t->arena, STR("a=1&b=%"), &pairs));
	CHECK(!query_parse(t->arena, STR("a=1&%ff=2"), &pairs));
	for (int i = 0; i < PAIRS_MAX; i++)
		out_lit(&o, "a&");
	CHECK(query_parse(t->arena, out_text(&o), &pairs));
	CHECK_INT(pairs.n, PAIRS_MAX);
	out_lit(&o, "a");
	CHECK(!query_parse(t->arena, out_text(&o), &pairs));
}

TEST(parameters_of_an_address)
{
	struct req r = {.arena = t->arena,
	    .query = STR("ring=common&year=2026&n=12a&m=-5&bad=%ff&%79=z&ring=other")};

	CHECK_STR(query_text(&r, "ring"), "common");
	CHECK_STR(query_text(&r, "y"), "z");
	CHECK_STR(query_text(&r, "bad"), "");
	CHECK_STR(query_text(&r, "none"), "");
	CHECK_INT(query_int(&r, "year", 7), 2026);
	CHECK_INT(query_int(&r, "m", 7), -5);
	CHECK_INT(query_int(&r, "n", 7), 7);
	CHECK_INT(query_int(&r, "none", 7), 7);
}
