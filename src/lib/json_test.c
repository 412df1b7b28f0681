#include "lib/json.h"

#include "lib/arena.h"

#include "test/test.h"

TEST(json_is_read_by_kind)
{
	struct json_in in = json_in_new(t->arena);
	const struct json *j = json_parse(&in, STR("{\"word\": \"b\", \"n\": 7, \"list\": [1, \"x\"], \"day\": \"2026-11-23\","
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
	const struct json *j = json_parse(&in, STR("{\"a\": [{\"b\": 1}, {\"b\": \"\", \"n\": 10, \"name\": {}, \"day\": \"23.11.\"}]}"));
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
