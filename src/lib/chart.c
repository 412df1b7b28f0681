#include "lib/chart.h"

#include <math.h>

#include "lib/html.h"
#include "lib/need.h"

enum {
	SIZE = 640,
	CENTRE = SIZE / 2,
	RIM_OUTSIDE = 312,
	RIM_INSIDE = 290,
	WEEKS_AT = 281,
	DISC_OUTSIDE = 272,
	DISC_INSIDE = 74,
	RING_GAP = 5,
	MARK_WIDTH_LEAST = 15, /* so that its number can be read */
	WEEKS_STEP = 2,
};

/* --- angles and sectors -------------------------------------------------------------------------------- */

struct point {
	double x, y;
};

/* The share of the year that has gone by at the beginning of a day. */
static double
share(const struct chart_wheel *w, int32_t day)
{
	double days = w->year.last.day - w->year.first.day + 1;

	return (day - w->year.first.day) / days;
}

/* Clockwise from the top. */
static struct point
at(double radius, double turn)
{
	double angle = 2 * M_PI * turn;

	return (struct point){CENTRE + radius * sin(angle), CENTRE - radius * cos(angle)};
}

static void
write_point(struct out *o, struct point p)
{
	out_fmt(o, "%.1f %.1f", p.x, p.y);
}

/* A piece of a ring between two radii and two turns, as the d of a path. */
static void
write_sector(struct out *o, double outside, double inside, double from, double to)
{
	int wide = to - from > .5;

	out_char(o, 'M');
	write_point(o, at(outside, from));
	out_fmt(o, "A%.1f %.1f 0 %d 1 ", outside, outside, wide);
	write_point(o, at(outside, to));
	out_char(o, 'L');
	write_point(o, at(inside, to));
	out_fmt(o, "A%.1f %.1f 0 %d 0 ", inside, inside, wide);
	write_point(o, at(inside, from));
	out_char(o, 'Z');
}

static void
write_path(struct out *o, const char *class, double outside, double inside, double from, double to)
{
	out_fmt(o, "<path class=\"%s\" d=\"", class);
	write_sector(o, outside, inside, from, to);
	out_lit(o, "\"/>");
}

/* Words across a radius, turned so that they never stand on their head. */
static void
write_words(struct out *o, const char *class, double radius, double turn, struct str words)
{
	struct point p = at(radius, turn);
	double degrees = 360 * turn;

	if (degrees > 90 && degrees < 270)
		degrees -= 180;
	out_fmt(o, "<text class=\"%s\" text-anchor=\"middle\" transform=\"translate(%.1f %.1f)rotate(%.0f)\" dy=\".35em\">",
	    class, p.x, p.y, degrees);
	html_text(o, words);
	out_lit(o, "</text>");
}

/* --- lanes ----------------------------------------------------------------------------------------------- */

/* The turns of a mark, widened at that radius until its number fits. */
static void
turns_of(const struct chart_wheel *w, const struct chart_mark *m, double radius, double *from, double *to)
{
	double least = MARK_WIDTH_LEAST / (2 * M_PI * radius);

	*from = share(w, m->days.first.day);
	*to = share(w, m->days.last.day + 1);
	if (*to - *from < least) {
		double middle = (*from + *to) / 2;

		*from = middle - least / 2;
		*to = middle + least / 2;
	}
	if (*from < 0)
		*from = 0;
	if (*to > 1)
		*to = 1;
}

int
chart_lanes(const struct chart_wheel *w, int ring, int *lane)
{
	double free_from[CHART_LANES_MAX] = {0};
	int lanes = 1;

	for (size_t i = 0; i < w->marks; i++) {
		double from, to;
		int l = 0;

		if (w->mark[i].ring != ring)
			continue;
		/* As if it were in the middle of the disc: narrower marks further in are widened there too. */
		turns_of(w, &w->mark[i], (DISC_OUTSIDE + DISC_INSIDE) / 2.0, &from, &to);
		while (l < CHART_LANES_MAX - 1 && from < free_from[l])
			l++;
		free_from[l] = to;
		lane[i] = l;
		if (l + 1 > lanes)
			lanes = l + 1;
	}
	return lanes;
}

/* --- the drawing --------------------------------------------------------------------------------------- */

struct band {
	int ring, lanes;
	double outside, inside;
};

/* The ring with the most lanes outside, where there is most room. */
static void
place_bands(struct band *band, size_t n)
{
	double room = DISC_OUTSIDE - DISC_INSIDE - RING_GAP * (double)n, outside = DISC_OUTSIDE;
	int lanes = 0;

	for (size_t i = 0; i < n; i++) {
		struct band b = band[i];
		size_t k = i;

		while (k > 0 && band[k - 1].lanes < b.lanes) {
			band[k] = band[k - 1];
			k--;
		}
		band[k] = b;
		lanes += b.lanes;
	}
	for (size_t i = 0; i < n; i++) {
		band[i].outside = outside;
		outside -= room * band[i].lanes / lanes;
		band[i].inside = outside;
		outside -= RING_GAP;
	}
}

static void
draw_rim(struct out *o, const struct chart_wheel *w)
{
	for (size_t i = 0; i < w->months; i++) {
		const struct chart_month *m = &w->month[i];
		double from = share(w, m->first.day), to = share(w, m->last.day + 1);
		bool now = w->today.day >= m->first.day && w->today.day <= m->last.day;

		out_lit(o, "<a tabindex=\"-1\" href=\"");
		html_href(o, m->address);
		out_lit(o, "\">");
		write_path(o, now ? "wheel-rim wheel-rim-now" : "wheel-rim", RIM_OUTSIDE, RIM_INSIDE, from + .001, to - .001);
		write_words(o, "wheel-words", (RIM_OUTSIDE + RIM_INSIDE) / 2.0, (from + to) / 2, m->name);
		out_lit(o, "</a>");
	}
}

static void
draw_weeks(struct out *o, const struct chart_wheel *w)
{
	struct date monday = {w->year.first.day + (8 - date_weekday(w->year.first)) % 7};

	for (; monday.day + 6 <= w->year.last.day; monday.day += 7) {
		int week = week_of(monday).week;
		char number[3];

		if (week % WEEKS_STEP)
			continue;
		number[0] = (char)('0' + week / 10 % 10);
		number[1] = (char)('0' + week % 10);
		number[2] = '\0';
		write_words(o, "wheel-week", WEEKS_AT, share(w, monday.day + 3),
		    str_of(week < 10 ? number + 1 : number));
	}
}

static void
draw_greys(struct out *o, const struct chart_wheel *w)
{
	for (size_t i = 0; i < w->greys; i++) {
		double from = share(w, w->grey[i].first.day), to = share(w, w->grey[i].last.day + 1);

		if (to <= 0 || from >= 1)
			continue;
		write_path(o, "wheel-grey", DISC_OUTSIDE, DISC_INSIDE, from < 0 ? 0 : from, to > 1 ? 1 : to);
	}
}

static void
draw_mark(struct out *o, const struct chart_wheel *w, const struct chart_mark *m, const struct band *band,
    int lane)
{
	double thickness = (band->outside - band->inside) / band->lanes;
	double outside = band->outside - thickness * lane, inside = outside - thickness + 1.5;
	double middle = (outside + inside) / 2, from, to;
	struct point p;

	turns_of(w, m, middle, &from, &to);
	out_fmt(o, "<a tabindex=\"-1\" class=\"%s%s\" data-ring=\"%d\" href=\"", m->open ? "wheel-open" : "wheel-done",
	    m->runs ? " wheel-runs" : "", (int)w->ring[m->ring].color);
	html_href(o, m->address);
	out_lit(o, "\"><title>");
	html_text(o, m->title);
	out_lit(o, "</title>");
	write_path(o, "wheel-mark", outside, inside, from, to);
	p = at(middle, (from + to) / 2);
	out_fmt(o, "<text class=\"wheel-mark-number\" x=\"%.1f\" y=\"%.1f\" dy=\".35em\">%d</text></a>", p.x, p.y,
	    (int)m->number);
}

static void
draw_now(struct out *o, const struct chart_wheel *w)
{
	double turn = share(w, w->today.day) + .5 / (w->year.last.day - w->year.first.day + 1);
	struct point in = at(DISC_INSIDE, turn), end = at(RIM_INSIDE, turn);

	if (w->today.day < w->year.first.day || w->today.day > w->year.last.day)
		return;
	out_fmt(o, "<path class=\"wheel-now\" d=\"M%.1f %.1fL%.1f %.1f\"/><circle class=\"wheel-now\" r=\"4\" "
	    "cx=\"%.1f\" cy=\"%.1f\"/>", in.x, in.y, end.x, end.y, end.x, end.y);
}

void
chart_wheel(struct out *o, const struct chart_wheel *w)
{
	struct band band[CHART_RINGS_MAX];
	int lane[CHART_MARKS_MAX] = {0};
	size_t rings = w->rings < CHART_RINGS_MAX ? w->rings : CHART_RINGS_MAX;
	struct chart_wheel cut = *w;

	need(w->year.last.day > w->year.first.day);
	if (cut.marks > CHART_MARKS_MAX)
		cut.marks = CHART_MARKS_MAX;
	for (size_t i = 0; i < rings; i++)
		band[i] = (struct band){.ring = (int)i, .lanes = chart_lanes(&cut, (int)i, lane)};
	place_bands(band, rings);
	out_fmt(o, "<svg class=\"wheel\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">", SIZE, SIZE);
	draw_greys(o, w);
	for (size_t i = 0; i < rings; i++)
		out_fmt(o, "<circle class=\"wheel-lane\" cx=\"%d\" cy=\"%d\" r=\"%.1f\"/>", CENTRE, CENTRE,
		    band[i].outside + RING_GAP / 2.0);
	draw_rim(o, w);
	draw_weeks(o, w);
	draw_now(o, w);
	for (size_t b = 0; b < rings; b++)
		for (size_t i = 0; i < cut.marks; i++)
			if (w->mark[i].ring == band[b].ring)
				draw_mark(o, w, &w->mark[i], &band[b], lane[i]);
	out_fmt(o, "<text class=\"wheel-title\" x=\"%d\" y=\"%d\">", CENTRE, CENTRE - 4);
	html_text(o, w->title);
	out_fmt(o, "</text><text class=\"wheel-words\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">", CENTRE, CENTRE + 18);
	html_text(o, w->subtitle);
	out_lit(o, "</text></svg>");
}
