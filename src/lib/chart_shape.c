/* Shapes of the wheel, written short: whole tenths, relative, no space where SVG needs none. */
#include "lib/chart_shape.h"

#include <string.h>

#include "lib/html.h"
#include "lib/need.h"

enum { TENTHS = 10 };

static const double MARK_INSET = 1.6, EMBER_INSET = -1.2, POINT = 5.5, STRIKE = .27;
static const double NUMBER_DOWN = 4.1; /* from the middle of a number to its foot */

/* In tenths of a unit. */
struct point {
	int x, y;
};

static int
tenths(double n)
{
	return (int)(n * TENTHS + (n < 0 ? -.5 : .5)); /* lround, without a call for each of a thousand */
}

/* In place: a wheel has more than a thousand of them. */
static void
write_tenths(struct out *o, int n, bool apart)
{
	unsigned left = n < 0 ? 0U - (unsigned)n : (unsigned)n;
	char *p;

	if (o->cap - o->n < OUT_DIGITS_MAX)
		out_reserve(o, OUT_DIGITS_MAX);
	p = o->p + o->n;
	if (n < 0 || apart)
		*p++ = n < 0 ? '-' : ' ';
	if (left >= TENTHS || left == 0)
		p = out_digits(p, left / TENTHS);
	if (left % TENTHS) {
		*p++ = '.';
		*p++ = (char)('0' + left % TENTHS);
	}
	o->n = (size_t)(p - o->p);
}

void
chart_number(struct out *o, double n, bool apart)
{
	write_tenths(o, tenths(n), apart);
}

void
chart_attribute(struct out *o, const char *name, double n)
{
	out_char(o, ' ');
	out_str(o, str_of(name));
	out_lit(o, "=\"");
	chart_number(o, n, false);
	out_char(o, '"');
}

/* Taylor's series within an eighth of a turn, in pairs, for one long row of terms would have to be computed one after
 * another. The library's sincos is ready for any angle, which takes it longer, and a wheel asks for hundreds. */
void
chart_turn(double turn, double *sine, double *cosine)
{
	int quarter = (int)(turn * 4 + (turn < 0 ? -.5 : .5));
	double x = (turn - quarter * .25) * (2 * M_PI), y = x * x, z = y * y;
	double s = x * (1 - y * (1 / 6.) + z * (1 / 120. - y * (1 / 5040.) + z * (1 / 362880. - y * (1 / 39916800.))));
	double c = 1 - y * (1 / 2.) + z * (1 / 24. - y * (1 / 720.) + z * (1 / 40320. - y * (1 / 3628800.) +
	    z * (1 / 479001600.)));

	switch (quarter & 3) {
	case 0: *sine = s; *cosine = c; break;
	case 1: *sine = c; *cosine = -s; break;
	case 2: *sine = -s; *cosine = -c; break;
	case 3: *sine = -c; *cosine = s; break;
	}
}

/* Keeps the last angle: the next point of a shape often lies at the same one, or at its mirror image. */
struct pen {
	struct out *o;
	enum chart_surface surface;
	struct point at;
	double turn, sine, cosine;
};

static struct pen
pen_of(struct out *o, enum chart_surface s)
{
	return (struct pen){.o = o, .surface = s, .cosine = 1};
}

static struct point
point_of(struct pen *pen, double along, double across)
{
	if (pen->surface == CHART_STRAIGHT)
		return (struct point){tenths(along), tenths(across)};
	if (along == -pen->turn)
		pen->sine = -pen->sine;
	else if (along != pen->turn)
		chart_turn(along, &pen->sine, &pen->cosine);
	pen->turn = along;
	return (struct point){tenths(across * pen->sine), tenths(-across * pen->cosine)};
}

void
chart_at(struct out *o, enum chart_surface s, double along, double across, double down)
{
	struct pen pen = pen_of(o, s);
	struct point p = point_of(&pen, along, across);

	out_lit(o, " x=\"");
	write_tenths(o, p.x, false);
	out_lit(o, "\" y=\"");
	write_tenths(o, p.y + tenths(down), false);
	out_char(o, '"');
}

/* --- paths ----------------------------------------------------------------------------------- */

static void
move_to(struct pen *pen, double along, double across)
{
	pen->at = point_of(pen, along, across);
	out_char(pen->o, 'M');
	write_tenths(pen->o, pen->at.x, false);
	write_tenths(pen->o, pen->at.y, true);
}

/* From the rounded point to the rounded point, so that errors do not add up. */
static void
step_to(struct pen *pen, struct point p, bool apart)
{
	write_tenths(pen->o, p.x - pen->at.x, apart);
	write_tenths(pen->o, p.y - pen->at.y, true);
	pen->at = p;
}

static void
line_to(struct pen *pen, double along, double across)
{
	out_char(pen->o, 'l');
	step_to(pen, point_of(pen, along, across), false);
}

static void
arc_to(struct pen *pen, double along, double across, bool forward)
{
	out_char(pen->o, 'a');
	write_tenths(pen->o, tenths(across), false);
	write_tenths(pen->o, tenths(across), true);
	out_str(pen->o, forward ? STR(" 0 0 1") : STR(" 0 0 0"));
	step_to(pen, point_of(pen, along, across), true);
}

/* At the same distance from the middle. More than half a turn is two arcs: the two ends of one may
 * be the same. */
static void
follow(struct pen *pen, double from, double to, double across)
{
	bool forward = to > from;

	if (pen->surface == CHART_STRAIGHT) {
		line_to(pen, to, across);
		return;
	}
	if (to - from > .5 || from - to > .5)
		arc_to(pen, (from + to) / 2, across, forward);
	arc_to(pen, to, across, forward);
}

static struct chart_piece
inset_across(struct chart_piece p, double inset)
{
	double inward = p.outer > p.inner ? -inset : inset;

	p.outer += inward;
	p.inner -= inward;
	return p;
}

/* The sides stay parallel to the edges of the piece, hence another angle at each radius. */
static void
draw_piece(struct pen *pen, struct chart_piece p, double side)
{
	double out = chart_along(pen->surface, p.outer, side);
	double in = chart_along(pen->surface, p.inner, side);

	move_to(pen, p.from + out, p.outer);
	follow(pen, p.from + out, p.to - out, p.outer);
	line_to(pen, p.to - in, p.inner);
	follow(pen, p.to - in, p.from + in, p.inner);
	out_char(pen->o, 'z');
}

void
chart_piece(struct out *o, enum chart_surface s, struct chart_piece p, double inset)
{
	struct pen pen = pen_of(o, s);

	draw_piece(&pen, inset_across(p, inset), inset);
}

void
chart_line(struct out *o, enum chart_surface s, double from, double across, double to,
    double across_to)
{
	struct pen pen = pen_of(o, s);

	move_to(&pen, from, across);
	line_to(&pen, to, across_to);
}

/* A block whose ends run to a point halfway across. */
static void
draw_pointed(struct pen *pen, struct chart_piece p, double side, double point)
{
	double middle = (p.outer + p.inner) / 2;
	double out = chart_along(pen->surface, p.outer, side + point);
	double in = chart_along(pen->surface, p.inner, side + point);
	double tip = chart_along(pen->surface, middle, side);

	move_to(pen, p.from + out, p.outer);
	follow(pen, p.from + out, p.to - out, p.outer);
	line_to(pen, p.to - tip, middle);
	line_to(pen, p.to - in, p.inner);
	follow(pen, p.to - in, p.from + in, p.inner);
	line_to(pen, p.from + tip, middle);
	out_char(pen->o, 'z');
}

/* From two opposite corners a part of the way to the other, so that the number stays clear. */
static void
draw_strike(struct pen *pen, struct chart_piece p, double side)
{
	double from = p.from + chart_along(pen->surface, p.inner, side);
	double to = p.to - chart_along(pen->surface, p.outer, side);
	double along = (to - from) * STRIKE, across = (p.outer - p.inner) * STRIKE;

	move_to(pen, from, p.inner);
	line_to(pen, from + along, p.inner + across);
	move_to(pen, to, p.outer);
	line_to(pen, to - along, p.outer - across);
}

static double
smaller(double a, double b)
{
	return a < b ? a : b;
}

/* Where marks are thin they keep less of a distance to one another. */
static void
draw_shape(struct out *o, enum chart_surface s, enum chart_state state, struct chart_piece p)
{
	struct pen pen = pen_of(o, s);
	double thick = fabs(p.outer - p.inner);
	double wide = (p.to - p.from) / chart_along(s, p.inner, 1);
	double inset = smaller(MARK_INSET, smaller(thick, wide) / 5);

	p = inset_across(p, inset);
	if (state == CHART_OUR_WAY)
		draw_pointed(&pen, p, inset, smaller(POINT, wide / 4));
	else
		draw_piece(&pen, p, inset);
	if (state == CHART_NOT_HERE)
		draw_strike(&pen, p, inset);
}

static enum chart_state
outline_of(enum chart_state state)
{
	return state == CHART_OUR_WAY || state == CHART_NOT_HERE ? state : CHART_PLAIN;
}

/* Most marks have the shape of the one before them, once they are turned up: then its text is copied. */
static void
draw_mark(struct out *o, enum chart_surface s, enum chart_state state, struct chart_piece p, struct chart_last *last)
{
	const double hair = 1e-9;
	const struct chart_piece *l = &last->piece;

	if (last->n && outline_of(state) == last->outline && l->outer == p.outer && l->inner == p.inner &&
	    fabs(l->from - p.from) < hair && fabs(l->to - p.to) < hair) {
		out_reserve(o, last->n);
		out_bytes(o, o->p + last->at, last->n);
		return;
	}
	*last = (struct chart_last){p, outline_of(state), o->n, 0};
	draw_shape(o, s, state, p);
	last->n = o->n - last->at;
}

/* --- marks ----------------------------------------------------------------------------------- */

void
chart_link(struct out *o, struct str address)
{
	out_lit(o, "<a tabindex=\"-1\" href=\"");
	html_href(o, address);
	out_lit(o, "\">");
}

enum chart_state
chart_state(const struct chart_mark *m)
{
	return m->state == CHART_PLAIN && m->open ? CHART_NONE : m->state;
}

static void
begin_mark(struct out *o, const struct chart_mark *m, enum chart_state state)
{
	static const struct str classes[] = {
		[CHART_PLAIN] = STR("plain"),
		[CHART_NONE] = STR("none wheel-open"),
		[CHART_WAITING] = STR("waiting wheel-open"),
		[CHART_COMING] = STR("coming wheel-open"),
		[CHART_DONE] = STR("done"),
		[CHART_OUR_WAY] = STR("our-way"),
		[CHART_NOT_HERE] = STR("not-here wheel-open"),
		[CHART_NO_INFORMATION] = STR("no-information wheel-open"),
	};

	need((size_t)state < sizeof classes / sizeof *classes);
	out_lit(o, "<a tabindex=\"-1\" class=\"wheel-state-");
	out_str(o, classes[state]);
	if (m->runs)
		out_lit(o, " wheel-runs");
	out_lit(o, "\" href=\"");
	html_href(o, m->address);
	out_lit(o, "\"><title>");
	if (m->number) {
		out_int(o, m->number);
		out_lit(o, ". ");
	}
	html_text(o, m->label);
	if (m->when.n) {
		out_lit(o, ", ");
		html_text(o, m->when);
	}
	out_lit(o, "</title>");
}

/* Begins the d of a shape. On the disc it is drawn at the top and turned to its place: then weeks of a
 * ring are the same text, which a page that is compressed carries once. */
static struct chart_piece
turn_up(struct out *o, enum chart_surface s, struct chart_piece p)
{
	if (s == CHART_DISC) {
		double half = (p.to - p.from) / 2;

		out_lit(o, " transform=\"rotate(");
		chart_number(o, (p.from + half) * 360, false);
		out_lit(o, ")\"");
		p.from = -half;
		p.to = half;
	}
	out_lit(o, " d=\"");
	return p;
}

void
chart_mark(struct out *o, const struct chart_mark *m, enum chart_surface s, struct chart_piece p,
    bool numbered, struct str words, struct chart_last *last)
{
	enum chart_state state = chart_state(m);
	struct chart_piece shape;

	begin_mark(o, m, state);
	if (m->runs) {
		out_lit(o, "<path class=\"wheel-ember\" fill=\"none\"");
		shape = turn_up(o, s, p);
		chart_piece(o, s, shape, EMBER_INSET);
		out_lit(o, "\"/>");
	}
	out_lit(o, "<path class=\"wheel-mark\"");
	shape = turn_up(o, s, p);
	draw_mark(o, s, state, shape, last);
	out_lit(o, "\"/>");
	if (numbered) {
		out_lit(o, "<text class=\"wheel-mark-number\"");
		chart_at(o, s, (p.from + p.to) / 2, (p.outer + p.inner) / 2, NUMBER_DOWN);
		out_char(o, '>');
		out_int(o, m->number);
		out_lit(o, "</text>");
	}
	out_str(o, words);
	out_lit(o, "</a>");
}

void
chart_grey(struct out *o, bool *begun, const char *class, enum chart_surface s,
    struct chart_piece p)
{
	if (!*begun) {
		out_lit(o, "<path class=\"");
		out_str(o, str_of(class));
		out_lit(o, "\" d=\"");
	}
	*begun = true;
	chart_piece(o, s, p, 0);
}

double
chart_width(struct str words)
{
	double width = 0;

	for (size_t i = 0; i < words.n; i++) {
		unsigned char c = (unsigned char)words.p[i];

		if ((c & 0xC0) == 0x80)
			continue;
		if (c < 0x80 && strchr("iljtfI.,:;'()/ ", c))
			width += .36;
		else if (c >= 0xE0 || strchr("mwMW", c))
			width += .95;
		else
			width += c >= 'A' && c <= 'Z' ? .7 : .6;
	}
	return width;
}
