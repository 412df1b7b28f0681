/* How a table of time is laid out: days of a week side by side, or the spaces of a campus. */
#ifndef APP_SPACE_GRID_H
#define APP_SPACE_GRID_H

#include "app/space/inside.h"

struct arena;
struct space_taken;

/* A booking on the day it is on, in minutes of that day. */
struct space_item {
	struct date day;
	int from, to;
	const struct space_taken *row;
};

struct space_item_list {
	const struct space_item *at;
	size_t n;
};

/* A day of a space: what becomes a column of a week, or a row of a day. */
struct space_lane {
	struct space_day day;
	struct space_item_list items;
	int drop_in_from, drop_in_to;
};

enum space_part_kind { SPACE_PART_CLOSED, SPACE_PART_FREE, SPACE_PART_DROP_IN, SPACE_PART_TAKEN };

/* A cell over several steps. What overlaps, or touches within a step, shares one. */
struct space_part {
	enum space_part_kind kind;
	size_t step, steps;
	int from, to;
	struct space_item_list items;
};

struct space_part_list {
	struct space_part *at;
	size_t n;
};

/* Steps are hours or half-hours, and only those in which something is open or booked. */
struct space_grid {
	int unit;
	int *step; /* the minutes at which each begins */
	size_t steps;
	struct space_part_list *lane;
	size_t lanes;
};

/* Pure. */
struct space_grid space_grid_of(struct arena *a, const struct space_lane *lane, size_t lanes);

#endif
