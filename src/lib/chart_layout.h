/* Inside lib/chart: where things stand. */
#ifndef LIB_CHART_LAYOUT_H
#define LIB_CHART_LAYOUT_H

#include "lib/chart_shape.h"

struct arena;

struct chart_band {
	int ring;
	const size_t *mark; /* the numbers of its marks */
	size_t marks;
	int lanes, needed; /* for which it was measured; which its marks take */
	double outer, inner;
};

struct chart_place {
	struct chart_piece piece;
	int lane, lanes; /* of those that share the ring's height at that time */
	bool drawn, numbered;
};

/* The share of the span that has gone by when a day begins; below 0 and above 1 outside it. */
double chart_share(const struct chart_wheel *w, int32_t day);

/* The part of the days that lies in the span; false if none does. */
bool chart_clip(const struct chart_wheel *w, struct span days, struct span *part);

/* The rings of the disc from the outside in, and the place of each mark. The room is between two
 * radii. Returns the share of their usual size that numbers have. */
double chart_layout(const struct chart_wheel *w, double outer, double inner, struct chart_band *band,
    struct chart_place *place, struct arena *a);

/* The straight band, from its viewBox on. */
void chart_month(struct out *o, const struct chart_wheel *w);

#endif
