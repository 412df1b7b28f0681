#include "lib/fit.h"

#include "test/test.h"

static const double sizes[] = {20, 10, 8};

/* Ten millimetres high are 2.8 lines of ten points. */
static struct fit_box
box_of(double width, double height, size_t columns)
{
	return (struct fit_box){width, height, columns, .line = 1, .before = 2, .above_head = .5};
}

static struct fit
fit_of(struct test *t, size_t lines, const char *words, struct fit_box box)
{
	struct fit_line *line = ARENA_ARRAY(t->arena, struct fit_line, lines);

	for (size_t i = 0; i < lines; i++)
		line[i].words = str_of(words);
	return fit_lines(line, lines, box, sizes, 3);
}

TEST(the_largest_size_with_room_for_all_is_taken)
{
	CHECK_INT(fit_of(t, 1, "ox", box_of(100, 10, 1)).size, 0);
	CHECK_INT(fit_of(t, 2, "ox", box_of(100, 10, 1)).size, 1);
	CHECK_INT(fit_of(t, 2, "ox", box_of(100, 10, 2)).size, 0);
	CHECK_INT(fit_of(t, 3, "ox", box_of(100, 10, 1)).size, 2);
	CHECK_INT(fit_of(t, 0, "ox", box_of(100, 10, 1)).lines, 0);
}

TEST(what_has_no_room_at_the_smallest_size_is_counted)
{
	struct fit f = fit_of(t, 50, "ox", box_of(100, 10, 2));

	CHECK_INT(f.size, 2);
	CHECK_INT(f.lines, 6);
}

TEST(long_words_take_more_lines)
{
	CHECK_INT(fit_of(t, 2, "oxoxoxoxoxox oxoxoxoxoxox", box_of(40, 10, 1)).lines, 1);
	CHECK_INT(fit_of(t, 2, "oxoxoxoxoxoxoxoxoxoxoxoxoxox", box_of(40, 10, 1)).lines, 1);
}

TEST(a_head_is_never_the_last_of_a_column)
{
	struct fit_line line[] = {{STR("a"), true}, {STR("b"), false}, {STR("c"), true}, {STR("d"), false}};
	struct fit f = fit_lines(line, 4, box_of(100, 8.5, 1), sizes, 3);

	CHECK_INT(f.lines, 2);
	f = fit_lines(line, 4, box_of(100, 8.5, 2), sizes, 3);
	CHECK_INT(f.lines, 4);
}
