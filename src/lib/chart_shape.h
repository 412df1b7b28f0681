/* Inside lib/chart: how shapes are written.
 * tidy: because disc and band are drawn by the same strokes. */
#ifndef LIB_CHART_SHAPE_H
#define LIB_CHART_SHAPE_H

#include <math.h>

#include "lib/chart.h"

/* A surface with `along` and `across`: on the disc a turn (0 to 1, clockwise from the top) and a radius, on the
 * straight band x and y. */
enum chart_surface { CHART_DISC, CHART_STRAIGHT };

/* A piece of it: on the disc `outer` is the larger radius, on the band the smaller y. */
struct chart_piece {
	double from, to, outer, inner;
};

/* The sine and cosine of an angle in turns: 0 is 0, 1 is 0 again. Good to eleven decimals. */
void chart_turn(double turn, double *sine, double *cosine);

/* A number with at most one decimal, as short as SVG allows; `apart` puts a space before it where its minus does not
 * part it from the one before. */
void chart_number(struct out *o, double n, bool apart);

/* ` name="n"` */
void chart_attribute(struct out *o, const char *name, double n);

/* The d of a path: the piece, smaller by `inset` units on every side. */
void chart_piece(struct out *o, enum chart_surface s, struct chart_piece p, double inset);

/* A line from one point of the surface to another. */
void chart_line(struct out *o, enum chart_surface s, double from, double across, double to,
    double across_to);

/* ` x="…" y="…"` of a point, moved `down` units. */
void chart_at(struct out *o, enum chart_surface s, double along, double across, double down);

/* How far along n units are at that radius. */
static inline double
chart_along(enum chart_surface s, double across, double n)
{
	return s == CHART_STRAIGHT ? n : n / (2 * M_PI * across);
}

/* The shape of the last mark, and where its text stands in the drawing; {0} before the first. */
struct chart_last {
	struct chart_piece piece;
	enum chart_state outline;
	size_t at, n;
};

/* The link of a mark with its shape and, when it is numbered, its number. `words` end it: markup or nothing. */
void chart_mark(struct out *o, const struct chart_mark *m, enum chart_surface s,
    struct chart_piece p, bool numbered, struct str words, struct chart_last *last);

/* A path of such pieces that is begun with the first and ended by the caller, so that they never darken one another
 * where they overlap. */
void chart_grey(struct out *o, bool *begun, const char *class, enum chart_surface s,
    struct chart_piece p);

/* The beginning of a link. */
void chart_link(struct out *o, struct str address);

enum chart_state chart_state(const struct chart_mark *m);

/* Roughly how wide the words are at a size of 1 in a common sans serif, rather too wide than too narrow. */
double chart_width(struct str words);

#endif
