/* Drawings as SVG, without a language and without inline style: the style sheet colours their classes. */
#ifndef LIB_CHART_H
#define LIB_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/out.h"
#include "lib/str.h"

/* The annual wheel. The year turns clockwise from its first day at the top; rings fill the disc, the one with the
 * most lanes outside; marks that overlap get lanes of their own. It is for the eye and the pointer: the same
 * items stand in a list beside it.
 *
 * Classes: wheel-rim (a month), wheel-rim-now, wheel-grey (holidays and breaks), wheel-lane (a ring's edge),
 * wheel-words (names of months and rings), wheel-week (numbers of weeks), wheel-now (today's line), wheel-mark and
 * wheel-mark-number, within a link of class wheel-open (no answer), wheel-done or wheel-past, and wheel-runs
 * (now), with data-ring 1 to 8; wheel-title and wheel-subtitle in the middle. */
struct chart_mark {
	struct span days;
	int ring;       /* from 0 */
	int64_t number; /* as in the list */
	struct str address, title;
	bool open; /* drawn hollow */
	bool runs; /* its days hold today */
};

struct chart_month {
	struct str name;
	struct str address; /* to the month alone */
	struct date first, last;
};

struct chart_ring {
	struct str name;
	int64_t color; /* 1 to 8 */
};

struct chart_wheel {
	struct span year; /* the days that fill the circle */
	struct date today;
	const struct chart_month *month;
	size_t months;
	const struct chart_ring *ring;
	size_t rings;
	const struct chart_mark *mark; /* ordered by first day */
	size_t marks;
	const struct span *grey;
	size_t greys;
	struct str title, subtitle;
};

enum { CHART_RINGS_MAX = 8, CHART_MARKS_MAX = 400, CHART_LANES_MAX = 12 };

/* Writes it whole. More rings, marks or lanes than there may be are left out. */
void chart_wheel(struct out *o, const struct chart_wheel *w);

/* The lane of each mark within its ring, the lowest that is free; for tests. Returns how many lanes the ring has. */
int chart_lanes(const struct chart_wheel *w, int ring, int *lane);

#endif
