/* Inside lib/chart: how shapes are written. */
#ifndef LIB_CHART_SHAPE_H
#define LIB_CHART_SHAPE_H

#include "lib/chart.h"

/* A surface with `along` and `across`: on the disc a turn (0 to 1, clockwise from the top) and a
 * radius, on the straight band x and y. */
enum chart_surface { CHART_DISC, CHART_STRAIGHT };

/* A piece of it: on the disc `outer` is the larger radius, on the band the smaller y. */
struct chart_piece {
	double from, to, outer, inner;
};

/* A number with at most one decimal, as short as SVG allows; `apart` puts a space before it where
 * its minus does not part it from the one before. */
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
double chart_along(enum chart_surface s, double across, double n);

/* The link of a mark with its shape and, when it is numbered, its number. `words` end it: markup or
 * nothing. */
void chart_mark(struct out *o, const struct chart_mark *m, enum chart_surface s,
    struct chart_piece p, bool numbered, struct str words);

/* A path of such pieces that is begun with the first and ended by the caller, so that they never
 * darken one another where they overlap. */
void chart_grey(struct out *o, bool *begun, const char *class, enum chart_surface s,
    struct chart_piece p);

/* The beginning of a link; without classes it has no such attribute. */
void chart_link(struct out *o, struct str classes, struct str address);

enum chart_state chart_state(const struct chart_mark *m);

/* Roughly how wide the words are at a size of 1 in a common sans serif, rather too wide than too
 * narrow. */
double chart_width(struct str words);

#endif
