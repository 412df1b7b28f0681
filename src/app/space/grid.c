/* How a table of days or spaces is laid out: its steps, and the cells that go over several of them. */
#include "app/space/grid.h"

#include "lib/arena.h"

#include "app/space/space.sql.h" /* generated */

enum { DAY_MINUTES = 1440, HALF = 30, HOUR = 60 };

static bool
overlaps(int a_from, int a_to, int b_from, int b_to)
{
	return a_from < b_to && a_to > b_from;
}

static bool
opens_between(const struct space_day *d, int from, int to)
{
	return space_minutes(d->open, d->opens, from, to) > 0;
}

static bool
has_item(const struct space_lane *l, int from, int to)
{
	for (size_t i = 0; i < l->items.n; i++)
		if (overlaps(l->items.at[i].from, l->items.at[i].to, from, to))
			return true;
	return false;
}

static bool
is_whole(int minutes)
{
	return minutes % HOUR == 0;
}

/* Whether all of it begins and ends on the hour. */
static bool
is_hourly(const struct space_lane *l)
{
	bool whole = l->drop_in_from == l->drop_in_to || (is_whole(l->drop_in_from) && is_whole(l->drop_in_to));

	for (size_t i = 0; i < l->day.opens; i++)
		whole &= is_whole(l->day.open[i].from) && is_whole(l->day.open[i].to);
	for (size_t i = 0; i < l->items.n; i++)
		whole &= is_whole(l->items.at[i].from) && is_whole(l->items.at[i].to);
	return whole;
}

static enum space_part_kind
kind_at(const struct space_lane *l, int from, int to)
{
	if (has_item(l, from, to))
		return SPACE_PART_TAKEN;
	if (!opens_between(&l->day, from, to))
		return SPACE_PART_CLOSED;
	return overlaps(l->drop_in_from, l->drop_in_to, from, to) ? SPACE_PART_DROP_IN : SPACE_PART_FREE;
}

/* Whether a step goes on with the part before it. */
static bool
goes_on(const struct space_lane *l, const struct space_part *before, enum space_part_kind kind, int from)
{
	if (before->kind != kind)
		return false;
	switch (kind) {
	case SPACE_PART_CLOSED: return true;
	case SPACE_PART_FREE:
	case SPACE_PART_DROP_IN: return before->to == from;
	case SPACE_PART_TAKEN: break;
	}
	/* Something reaches over the border between them. */
	for (size_t i = 0; i < l->items.n; i++)
		if (l->items.at[i].from < from && l->items.at[i].to > from)
			return true;
	return false;
}

/* What of a lane's items lies in a part: they are in order, but a long one may reach over short ones. */
static struct space_item_list
items_within(struct arena *a, const struct space_lane *l, int from, int to)
{
	struct space_item *item = ARENA_ARRAY(a, struct space_item, l->items.n);
	size_t n = 0;

	for (size_t i = 0; i < l->items.n; i++)
		if (overlaps(l->items.at[i].from, l->items.at[i].to, from, to))
			item[n++] = l->items.at[i];
	return (struct space_item_list){item, n};
}

/* Free and open parts say when they really begin and end. */
static void
clip(const struct space_day *d, struct space_part *p)
{
	int from = p->from, to = p->to;
	bool first = true;

	for (size_t i = 0; i < d->opens; i++) {
		const struct space_span *open = &d->open[i];

		if (!overlaps(open->from, open->to, from, to))
			continue;
		if (first && open->from > from)
			p->from = open->from;
		p->to = open->to < to ? open->to : to;
		first = false;
	}
}

static struct space_part_list
parts_of(struct arena *a, const struct space_grid *g, const struct space_lane *l)
{
	struct space_part_list list = {ARENA_ARRAY(a, struct space_part, g->steps), 0};

	for (size_t i = 0; i < g->steps; i++) {
		int from = g->step[i], to = from + g->unit;
		enum space_part_kind kind = kind_at(l, from, to);
		struct space_part *last = list.n ? &list.at[list.n - 1] : NULL;

		if (last && goes_on(l, last, kind, from)) {
			last->steps++;
			last->to = to;
		} else {
			list.at[list.n++] = (struct space_part){
			    .kind = kind, .step = i, .steps = 1, .from = from, .to = to};
		}
	}
	for (size_t i = 0; i < list.n; i++) {
		struct space_part *p = &list.at[i];

		if (p->kind == SPACE_PART_TAKEN)
			p->items = items_within(a, l, p->from, p->to);
		else if (p->kind != SPACE_PART_CLOSED)
			clip(&l->day, p);
	}
	return list;
}

struct space_grid
space_grid_of(struct arena *a, const struct space_lane *lane, size_t lanes)
{
	struct space_grid g = {.unit = HOUR, .step = ARENA_ARRAY(a, int, DAY_MINUTES / HALF),
	    .lane = ARENA_ARRAY(a, struct space_part_list, lanes), .lanes = lanes};

	for (size_t i = 0; i < lanes; i++)
		if (!is_hourly(&lane[i]))
			g.unit = HALF;
	for (int from = 0; from < DAY_MINUTES; from += g.unit) {
		bool used = false;

		for (size_t i = 0; i < lanes && !used; i++)
			used = kind_at(&lane[i], from, from + g.unit) != SPACE_PART_CLOSED;
		if (used)
			g.step[g.steps++] = from;
	}
	for (size_t i = 0; i < lanes; i++)
		g.lane[i] = parts_of(a, &g, &lane[i]);
	return g;
}
