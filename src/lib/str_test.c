#include "lib/str.h"

#include <limits.h>
#include <stdio.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "test/test.h"

TEST(str_int_takes_only_whole_numbers_that_fit)
{
	int64_t n = 7;

	CHECK(str_int(STR("-12"), &n) && n == -12);
	CHECK(str_int(STR("9223372036854775807"), &n) && n == INT64_MAX);
	CHECK(str_int(STR("-9223372036854775808"), &n) && n == INT64_MIN);
	n = 7;
	CHECK(!str_int(STR("9223372036854775808"), &n));
	CHECK(!str_int(STR("-9223372036854775809"), &n));
	CHECK(!str_int(STR(""), &n) && !str_int(STR("-"), &n) && !str_int(STR("1 "), &n));
	CHECK(!str_int(STR("+1"), &n));
	CHECK_INT(n, 7);
}

TEST(str_utf8_refuses_what_unicode_refuses)
{
	CHECK(str_is_utf8(STR("Näverböle – 火")));
	CHECK(str_is_utf8(STR("\xF4\x8F\xBF\xBF")));
	CHECK(!str_is_utf8(STR("a\0b")));
	CHECK(!str_is_utf8(STR("\xC0\xAF")));
	CHECK(!str_is_utf8(STR("\xED\xA0\x80")));
	CHECK(!str_is_utf8(STR("\xF4\x90\x80\x80")));
	CHECK(!str_is_utf8(STR("\xE2\x82")));
	CHECK(!str_is_utf8(STR("\x80")));
}

TEST(str_chars_and_prefix_count_code_points)
{
	CHECK_INT(str_chars(STR("äö火")), 3);
	CHECK_STR(str_prefix_chars(STR("äö火a"), 3), "äö火");
	CHECK_STR(str_prefix_chars(STR("ab"), 9), "ab");
	CHECK_STR(str_prefix_chars(STR("ab"), 0), "");
}

TEST(str_cut_trim_sub_join)
{
	struct str rest = STR("a/b"), parts[] = {STR("x"), STR(""), STR("z")};

	CHECK_STR(str_cut(&rest, '/'), "a");
	CHECK_STR(str_cut(&rest, '/'), "b");
	CHECK_STR(str_cut(&rest, '/'), "");
	CHECK_STR(str_trim(STR(" \t a b\r\n")), "a b");
	CHECK_STR(str_sub(STR("abc"), 2, 9), "c");
	CHECK_STR(str_sub(STR("abc"), 9, 9), "");
	CHECK_STR(str_join(t->arena, STR(", "), parts, 3), "x, , z");
	CHECK(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")));
	CHECK(str_ends(STR("abc"), STR("bc")) && str_contains(STR("abc"), STR("b")));
	CHECK(str_compare(STR("ab"), STR("abc")) < 0 && str_compare(STR("b"), STR("ab")) > 0);
	CHECK_STR(str_lower_ascii(t->arena, STR("ÄAz")), "Äaz");
	CHECK_STR(str_fmt(t->arena, "%d-%s", 4, "x"), "4-x");
}

TEST(out_grows_and_writes_numbers)
{
	struct out o = out_new(t->arena);

	for (int i = 0; i < 10000; i++)
		out_lit(&o, "ab");
	CHECK_INT(out_text(&o).n, 20000);
	o = out_new(t->arena);
	out_int(&o, INT64_MIN);
	out_char(&o, ' ');
	out_int(&o, 0);
	out_fmt(&o, " %03d", 7);
	CHECK_STR(out_text(&o), "-9223372036854775808 0 007");
}

/* Most directives are written without the library; whichever way, it is the same text. */
TEST(formats_are_those_of_printf)
{
	static const int numbers[] = {0, 7, 10, 99, 100, 12345, -1, -10, INT_MAX, INT_MIN};
	char wanted[200];

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		int n = numbers[i];

		snprintf(wanted, sizeof wanted, "%d|%02d|%lld|%c|%%|%s|%.*s|%.*s|%5d", n, n, (long long)n * 1000,
		    'x', "ä", 2, "abc", 9, "abc", n);
		CHECK_STR(str_fmt(t->arena, "%d|%02d|%lld|%c|%%|%s|%.*s|%.*s|%5d", n, n, (long long)n * 1000,
		    'x', "ä", 2, "abc", 9, "abc", n), wanted);
		snprintf(wanted, sizeof wanted, "m%d-%02d", n, n);
		CHECK_STR(str_fmt(t->arena, "m%d-%02d", n, n), wanted);
	}
	CHECK_STR(str_fmt(t->arena, "%.*s%.*s.", STR_ARG((struct str){0}), STR_ARG(STR("a"))), "a.");
}

TEST(whole_numbers_are_written_as_printf_does)
{
	char wanted[48];

	/* About every power of ten, and what stands in hundreds with a zero inside. */
	for (int64_t power = 1; power > 0 && power < INT64_MAX / 10; power *= 10)
		for (int64_t n = power - 12; n <= power + 120; n++) {
			struct out o = out_new(t->arena);

			out_int(&o, n);
			out_char(&o, ' ');
			out_int(&o, -n);
			snprintf(wanted, sizeof wanted, "%lld %lld", (long long)n, (long long)-n);
			CHECK_STR(out_text(&o), wanted);
		}
	for (size_t room = 0; room < 40; room++) {
		struct out o = out_new(t->arena);

		out_reserve(&o, 128);
		o.n = 128 - room;
		out_int(&o, INT64_MAX);
		CHECK_STR(str_sub(out_text(&o), 128 - room, 20), "9223372036854775807");
	}
}

TEST(names_become_parts_of_addresses)
{
	CHECK_STR(str_slug(t->arena, STR("Kulma"), 40), "kulma");
	CHECK_STR(str_slug(t->arena, STR("  Äijälän Öljysali, 2. kerros! "), 40), "aijalan-oljysali-2-kerros");
	CHECK_STR(str_slug(t->arena, STR("Sjöfartsgården – rum B"), 40), "sjofartsgarden-rum-b");
	CHECK_STR(str_slug(t->arena, STR("Žižek & Šlāger"), 40), "zizek-slger");
	CHECK_STR(str_slug(t->arena, STR("Luokka 12 ja monta muuta"), 9), "luokka-12");
	CHECK_STR(str_slug(t->arena, STR("Luokka 12 ja monta muuta"), 10), "luokka-12");
	CHECK_STR(str_slug(t->arena, STR("Зал"), 40), "");
	CHECK_STR(str_slug(t->arena, STR("-- "), 40), "");
	CHECK_STR(str_slug(t->arena, STR("a\xc3"), 40), "a");
}
