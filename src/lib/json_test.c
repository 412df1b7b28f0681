#include "lib/json.h"

#include "lib/arena.h"

#include "test/test.h"

TEST(json_is_read_by_kind)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in,
	    STR("{\"word\": \"b\", \"n\": 7, \"list\": [1, \"x\"], \"day\": \"2026-11-23\","
	    " \"name\": {\"sv\": \"Skogen\"}, \"yes\": true, \"none\": null}"));
	static const char *const words[] = {"", "a", "b"};

	CHECK(j != NULL);
	CHECK_INT(json_word(&in, j, "word", words, 3), 2);
	CHECK_INT(json_int(&in, j, "n", 1, 9), 7);
	CHECK_INT(json_list(&in, j, "list").n, 2);
	CHECK_INT(json_date(&in, j, "day").day, date_of(2026, 11, 23).day);
	CHECK_STR(json_texts(&in, j, "name").at[LANG_SV], "Skogen");
	CHECK(json_bool_or(&in, j, "yes", false));
	CHECK_STR(json_text_or(&in, j, "none", STR("otherwise")), "otherwise");
	CHECK_INT(in.count, 0);
}

TEST(json_mistakes_are_named_by_path)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in,
	    STR("{\"a\": [{\"b\": 1}, {\"b\": \"\", \"n\": 10, \"name\": {}, \"day\": \"23.11.\"}]}"));
	struct json_items list = json_list(&in, j, "a");

	CHECK_INT(list.n, 2);
	json_text(&in, &list.at[0], "b");
	json_text(&in, &list.at[1], "b");
	json_text(&in, &list.at[1], "c");
	json_int(&in, &list.at[1], "n", 1, 9);
	json_texts(&in, &list.at[1], "name");
	json_date(&in, &list.at[1], "day");
	CHECK_STR(out_text(&in.problems),
	    "a[0].b: a text is needed, not a whole number\n"
	    "a[1].b: empty\n"
	    "a[1].c: missing; a text is needed\n"
	    "a[1].n: 10 is not between 1 and 9\n"
	    "a[1].name: a text in fi, sv or en is needed\n"
	    "a[1].day: \"23.11.\" is no date like 2026-11-23\n");
}

TEST(json_that_is_none_is_named_by_line)
{
	struct json_in in = json_in_new(t->arena);

	CHECK(json_parse(&in, STR("{\"a\": 1,\n\"a\": 2}")) == NULL);
	CHECK(json_parse(&in, STR("")) == NULL);
	CHECK_INT(in.count, 2);
	CHECK(str_starts(out_text(&in.problems), STR("line 2: ")));
	/* What was wrong in one text is no reason not to read the next. */
	CHECK(json_parse(&in, STR("{\"a\": 1}")) != NULL);
	CHECK_INT(in.count, 2);
}

/* Whether a text is taken; if not, the mistake it is said to have. */
static bool
taken(struct test *t, struct str text, const char *mistake)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in, text);

	CHECK_INT(in.count, j ? 0 : 1);
	if (!j)
		CHECK(str_contains(out_text(&in.problems), str_of(mistake)));
	return j != NULL;
}

static struct str
repeated(struct test *t, const char *open, int n, const char *middle, const char *close)
{
	struct out o = out_new(t->arena);

	for (int i = 0; i < n; i++)
		out_str(&o, str_of(open));
	out_str(&o, str_of(middle));
	for (int i = 0; i < n; i++)
		out_str(&o, str_of(close));
	return out_text(&o);
}

TEST(json_has_a_depth)
{
	CHECK(taken(t, repeated(t, "[", 33, "", "]"), ""));
	CHECK(!taken(t, repeated(t, "[", 34, "", "]"), "nested more than 32 deep"));
	CHECK(!taken(t, repeated(t, "{\"a\":", 33, "1", "}"),
	    "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a: "
	    "nested more than 32 deep"));
	/* Here the parser gives up itself: nothing depends on the size of a stack. */
	CHECK(!taken(t, repeated(t, "[", 100000, "", "]"), "line 1: "));
	CHECK(!taken(t, repeated(t, "[", 100000, "", ""), "line 1: "));
}

TEST(json_numbers_are_whole_or_not)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in, STR("{\"most\": 9223372036854775807, \"least\": -9223372036854775808,"
	    " \"real\": 1.0, \"tiny\": 1e-400, \"zero\": -0}"));

	CHECK(j != NULL);
	CHECK_INT(json_int(&in, j, "most", INT64_MIN, INT64_MAX), INT64_MAX);
	CHECK_INT(json_int(&in, j, "least", INT64_MIN, INT64_MAX), INT64_MIN);
	CHECK_INT(json_int(&in, j, "zero", 0, 0), 0);
	CHECK_INT(in.count, 0);
	CHECK_INT(json_int(&in, j, "real", 0, 9), 0);
	CHECK_STR(out_text(&in.problems), "real: a whole number is needed, not a number\n");
	CHECK(!taken(t, STR("[9223372036854775808]"), "too big integer"));
	CHECK(!taken(t, STR("[1e400]"), "real number overflow"));
	CHECK(!taken(t, STR("[01]"), "line 1: "));
	CHECK(!taken(t, STR("[+1]"), "line 1: "));
	CHECK(!taken(t, STR("[NaN]"), "line 1: "));
}

TEST(json_texts_are_utf8_without_nul)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in,
	    STR("{\"fire\": \"\\ud83d\\udd25\", \"\\u00e4\": \"\\n\\\"\", \"last\": \"\\uffff\"}"));

	CHECK(j != NULL);
	CHECK_STR(json_text(&in, j, "fire"), "🔥");
	CHECK_STR(json_text(&in, j, "ä"), "\n\"");
	CHECK_INT(in.count, 0);
	CHECK(!taken(t, STR("[\"\\ud83d\"]"), "line 1: "));
	CHECK(!taken(t, STR("[\"\\udd25\\ud83d\"]"), "line 1: "));
	CHECK(!taken(t, STR("[\"\\u0000\"]"), "line 1: "));
	CHECK(!taken(t, STR("{\"a\\u0000b\": 1}"), "line 1: "));
	CHECK(!taken(t, (struct str){"[\"a\0b\"]", 7}, "line 1: "));
	CHECK(!taken(t, (struct str){"[]\0", 3}, "line 1: "));
	CHECK(!taken(t, STR("[\"\xc3\"]"), "line 1: "));
	CHECK(!taken(t, STR("[\"\xed\xa0\x80\"]"), "line 1: "));
	CHECK(!taken(t, STR("[\"a\nb\"]"), "line 1: "));
	CHECK(!taken(t, STR("\xef\xbb\xbf[]"), "line 1: "));
}

TEST(json_is_one_object_or_list_and_no_more)
{
	CHECK(taken(t, STR(" {} \n"), ""));
	CHECK(taken(t, STR("[]"), ""));
	CHECK(!taken(t, STR("{} x"), "end of file expected"));
	CHECK(!taken(t, STR("[]\n[]"), "line 2: end of file expected"));
	CHECK(!taken(t, STR("3"), "line 1: "));
	CHECK(!taken(t, STR("\"text\""), "line 1: "));
	CHECK(!taken(t, STR("[1,]"), "line 1: "));
	CHECK(!taken(t, STR("{\"a\": 1"), "line 1: "));
	CHECK(!taken(t, STR("[1] // one"), "end of file expected"));
	CHECK(!taken(t, STR("{\"a\": {\"b\": 1,\n\"b\": 1}}"), "line 2: duplicate object key"));
}

/* A college file of some megabytes is long, and no trouble. */
TEST(json_may_be_large)
{
	enum { N = 200000 };
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in, str_fmt(t->arena, "{\"a\": %.*s}",
	    STR_ARG(repeated(t, "[", 1, str_z(t->arena, repeated(t, "\"pohja\", ", N, "1", "")), "]"))));

	CHECK(j != NULL);
	CHECK_INT(json_list(&in, j, "a").n, N + 1);
	CHECK_STR(json_list(&in, j, "a").at[N - 1].text, "pohja");
}

/* A reading goes on after a mistake, with what is harmless, and tells all of them. */
TEST(json_that_is_not_there_reads_as_nothing)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in,
	    STR("{\"list\": {}, \"yes\": 1, \"n\": \"7\", \"day\": null, \"word\": \"c\"}"));
	static const char *const words[] = {"", "a", "b"};

	CHECK_INT(json_list(&in, j, "list").n, 0);
	CHECK(json_bool_or(&in, j, "yes", true));
	CHECK_INT(json_int_or(&in, j, "n", 5), 5);
	CHECK_INT(json_word(&in, j, "word", words, 3), 0);
	CHECK_INT(in.count, 4);
	CHECK_STR(out_text(&in.problems), "list: a list is needed, not an object\n"
	    "yes: true or false is needed, not a whole number\n"
	    "n: a whole number is needed, not a text\n"
	    "word: \"c\" is none of a, b\n");
	CHECK_INT(json_date_or(&in, j, "day").day, 0);
	CHECK_INT(json_list(&in, j, "none").n, 0);
	CHECK_INT(json_texts_or(&in, j, "none").at[LANG_FI].n, 0);
	CHECK_INT(json_member(&in, json_member(&in, j, "none"), "deeper")->kind, IS_ABSENT);
	CHECK_INT(in.count, 4);
}

/* What is said of a mistake is whole, however long the word is that it quotes. */
TEST(json_mistakes_are_told_whole)
{
	struct json_in in = json_in_new(t->arena);
	struct str word = repeated(t, "ä", 400, "", "");
	const struct json *j = json_parse(&in, str_fmt(t->arena, "{\"day\": \"%.*s\"}", STR_ARG(word)));

	json_date(&in, j, "day");
	CHECK(str_is_utf8(out_text(&in.problems)));
	CHECK(str_ends(out_text(&in.problems), STR("ä\" is no date like 2026-11-23\n")));
}

TEST(a_text_leaves_as_json_reads_it)
{
	struct out o = out_new(t->arena);
	struct json_in in = json_in_new(t->arena);
	const struct json *j;

	json_write_text(&o, STR("\"a\\b\"\n\t\x01 \xc3\xa4"));
	CHECK_STR(out_text(&o), "\"\\\"a\\\\b\\\"\\n\\u0009\\u0001 \xc3\xa4\"");
	j = json_parse(&in, str_fmt(t->arena, "[%.*s]", STR_ARG(out_text(&o))));
	CHECK(j && str_is(j->items.at[0].text, "\"a\\b\"\n\t\x01 \xc3\xa4"));
}
