/* Drawings as SVG, without a language and without inline style: the style sheet colours them.
 * tidy: because the style sheet is written by it. */
#ifndef LIB_CHART_H
#define LIB_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/out.h"
#include "lib/str.h"

/* The annual wheel. The year turns clockwise from its first day at the top; rings fill the disc,
 * the busiest outside; marks that overlap get lanes of their own. A span of at most CHART_BAND_DAYS
 * is drawn as a straight band instead, its days from left to right. It is for the eye and the
 * pointer: the same items stand in a list beside it, under the same numbers.
 *
 * Classes, from back to front:
 *   wheel               svg; also wheel-month for the band, wheel-stated when a mark has a state
 *   wheel-band          a ring's ground: a circle with a stroke as wide as the ring, or a rect
 *   wheel-spoke         lines between months; between weeks in the band
 *   wheel-grey          holidays and breaks, one path; also wheel-weekend in the band, for days of the
 *                       week that are off
 *   wheel-rim           a month, also wheel-rim-now when it holds today; wheel-words is its name
 *   wheel-week          g of week numbers, wheel-week-now today's; in the band also g wheel-day
 *                       with wheel-day-now
 *   wheel-now           today's line (path) and its dot (circle)
 *   wheel-ring-1 … 8    g of a ring; like wheel-band it has data-ring="1" … "8"
 *   wheel-name          a ring's name; wheel-label the words beside a mark of the band
 *   wheel-small         g of rings whose numbers are smaller, so that each has room
 *   wheel-past          g of marks whose days are over
 *   wheel-state-…       a of a mark: plain none waiting coming done our-way not-here
 *                       no-information; also wheel-open when it is drawn hollow, and wheel-runs
 *                       when its days hold today
 *   wheel-ember         the rim of a mark that runs, behind it
 *   wheel-mark          a mark's shape; wheel-mark-number its number
 *   wheel-title wheel-subtitle wheel-today   the lines in the middle
 * A state shows by shape: done is a full block, our-way one with pointed ends, not-here a frame
 * struck through; the other open ones are frames whose stroke the sheet draws thin (none), thick
 * (waiting), dashed on a pale ground (coming) or dotted (no-information). */
enum chart_state {
	CHART_PLAIN, /* nothing is asked of it */
	CHART_NONE,
	CHART_WAITING,
	CHART_COMING,
	CHART_DONE,
	CHART_OUR_WAY,
	CHART_NOT_HERE,
	CHART_NO_INFORMATION
};

struct chart_mark {
	struct span days;
	int ring;       /* from 0 */
	int64_t number; /* as in the list; 0 for none */
	struct str address;
	bool open; /* CHART_NONE for short, when state is CHART_PLAIN */
	bool runs; /* its days hold today */
	enum chart_state state;
	struct str label; /* its name: also beside it in the straight band; the disc has no room for it */
	struct str when;  /* its days in words; with number and name it is what the pointer is told */
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
	struct span year; /* the days that are drawn */
	struct date today;
	/* In the band, those before and after it are drawn as ways there. */
	const struct chart_month *month;
	size_t months;
	const struct chart_ring *ring;
	size_t rings;
	const struct chart_mark *mark;
	size_t marks;
	const struct span *grey;
	size_t greys;
	struct str title, subtitle;
	struct str now;            /* a third line in the middle: "viikko 48" */
	struct str week;           /* before the number of a week in the band: "viikko" */
	const struct str *weekday; /* in the band, Monday to Sunday: "ma"…; NULL for none */
	/* Of the disc, for paper, where one comes near: numbers become smaller rather than that one is missing. */
	bool small;
	const bool *off;           /* in the band, Monday to Sunday: no days of work; NULL for Saturday and Sunday */
};

enum { CHART_BAND_DAYS = 45, CHART_YEAR_DAYS = 800 };

/* Writes it whole. Every mark that has a day in `year` is drawn once, as far as it lies there.
 * Memory for the lanes comes from the arena of `o`. */
void chart_wheel(struct out *o, const struct chart_wheel *w);

#endif
