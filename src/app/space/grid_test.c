#include "app/space/grid.h"

#include "lib/arena.h"

#include "app/space/space.sql.h" /* generated */
#include "test/test.h"

static const struct space_taken whole_room = {.id = {1}}, everyone = {.id = {2}, .shared = true};

/* A day that is open from 8 to 16, with a drop-in from 10 to 14. */
static struct space_lane
lane_with(const struct space_item *items, size_t n)
{
	struct space_lane l = {.items = {items, n}, .drop_in_from = 600, .drop_in_to = 840};

	l.day.open[0] = (struct space_span){480, 960};
	l.day.opens = 1;
	return l;
}

static struct str
words_of(struct test *t, const struct space_grid *g, size_t lane)
{
	static const char *const kind[] = {"closed", "free", "open", "taken"};
	struct out o = out_new(t->arena);

	for (size_t i = 0; i < g->lane[lane].n; i++) {
		const struct space_part *p = &g->lane[lane].at[i];

		out_fmt(&o, "%s%s %d-%d at %zu+%zu", i ? ", " : "", kind[p->kind], p->from, p->to, p->step, p->steps);
		if (p->items.n)
			out_fmt(&o, " (%zu)", p->items.n);
	}
	return out_text(&o);
}

TEST(a_day_on_the_hour_has_a_step_an_hour)
{
	const struct space_item items[] = {{.from = 840, .to = 900, .row = &whole_room}};
	const struct space_lane l = lane_with(items, 1);
	struct space_grid g = space_grid_of(t->arena, &l, 1);

	CHECK_INT(g.unit, 60);
	CHECK_INT(g.steps, 8);
	CHECK_INT(g.step[0], 480);
	CHECK_STR(words_of(t, &g, 0),
	    "free 480-600 at 0+2, open 600-840 at 2+4, taken 840-900 at 6+1 (1), free 900-960 at 7+1");
}

TEST(what_is_not_on_the_hour_halves_the_steps)
{
	const struct space_item items[] = {{.from = 510, .to = 585, .row = &whole_room}};
	const struct space_lane l = lane_with(items, 1);
	struct space_grid g = space_grid_of(t->arena, &l, 1);

	CHECK_INT(g.unit, 30);
	CHECK_STR(words_of(t, &g, 0),
	    "free 480-510 at 0+1, taken 510-600 at 1+3 (1), open 600-840 at 4+8, free 840-960 at 12+4");
}

/* One after the other has a cell each; what overlaps or touches within a step is in one. */
TEST(bookings_have_a_cell_each_unless_they_overlap)
{
	const struct space_item apart[] = {{.from = 480, .to = 540, .row = &whole_room},
	    {.from = 540, .to = 600, .row = &whole_room}};
	const struct space_item within[] = {{.from = 840, .to = 885, .row = &whole_room},
	    {.from = 885, .to = 915, .row = &whole_room}};
	const struct space_item over[] = {{.from = 600, .to = 720, .row = &everyone},
	    {.from = 660, .to = 690, .row = &everyone}, {.from = 690, .to = 780, .row = &everyone}};
	const struct space_lane lanes[] = {lane_with(apart, 2), lane_with(within, 2), lane_with(over, 3)};
	struct space_grid g = space_grid_of(t->arena, lanes, 3);

	CHECK_STR(words_of(t, &g, 0),
	    "taken 480-540 at 0+2 (1), taken 540-600 at 2+2 (1), open 600-840 at 4+8, free 840-960 at 12+4");
	CHECK_STR(words_of(t, &g, 1),
	    "free 480-600 at 0+4, open 600-840 at 4+8, taken 840-930 at 12+3 (2), free 930-960 at 15+1");
	CHECK_STR(words_of(t, &g, 2),
	    "free 480-600 at 0+4, taken 600-780 at 4+6 (3), open 780-840 at 10+2, free 840-960 at 12+4");
}

/* Nobody sees rows in which nothing can be: before, after, and between two openings. */
TEST(only_steps_in_which_something_is_open_or_booked_are_there)
{
	const struct space_item late[] = {{.from = 1200, .to = 1260, .row = &whole_room}};
	struct space_lane lanes[2] = {lane_with(late, 1)};
	struct space_grid g;

	lanes[1].day.closed = SPACE_HOLIDAY;
	g = space_grid_of(t->arena, lanes, 2);
	CHECK_INT(g.steps, 9);
	CHECK_INT(g.step[8], 1200);
	CHECK_STR(words_of(t, &g, 0),
	    "free 480-600 at 0+2, open 600-840 at 2+4, free 840-960 at 6+2, taken 1200-1260 at 8+1 (1)");
	CHECK_STR(words_of(t, &g, 1), "closed 480-1260 at 0+9");
	CHECK_INT(space_grid_of(t->arena, &lanes[1], 1).steps, 0);
}

TEST(a_free_part_begins_and_ends_with_the_opening)
{
	struct space_lane l = {0};
	struct space_grid g;

	l.day.open[0] = (struct space_span){465, 735};
	l.day.opens = 1;
	g = space_grid_of(t->arena, &l, 1);
	CHECK_INT(g.step[0], 450);
	CHECK_STR(words_of(t, &g, 0), "free 465-735 at 0+10");
}
