/* The disc. Angles are turns: 0 is the top, 1 is the top again, clockwise. */
#include "lib/chart.h"

#include "lib/arena.h"
#include "lib/chart_layout.h"
#include "lib/html.h"
#include "lib/need.h"

/* The middle of the picture is 0 0. */
static const double RIM_OUTER = 318, RIM_INNER = 296, RIM_INSET = 1.7, WEEKS_AT = 286;
static const double DISC_OUTER = 276, DISC_INNER = 68, NOW_DOT = 4.5;
static const double NAME_SIZE = 11, NAME_BESIDE = 12;
/* From the middle of words to their foot. */
static const double MONTH_DOWN = 4.5, WEEK_DOWN = 3.3, NAME_DOWN = 3.8;
/* The names of rings stand near the end of the year, where a college has its summer. */
static const double NAMES_AT = .955;

enum { NAME_STEPS = 104 };

/* Words along a circle, upright: in the lower half they are turned round. */
static void
write_words(struct out *o, const char *class, double radius, double turn, double down,
    struct str words)
{
	bool lower = turn > .25 && turn < .75;

	out_lit(o, "<text class=\"");
	out_str(o, str_of(class));
	out_lit(o, "\" transform=\"rotate(");
	chart_number(o, turn * 360 - (lower ? 180 : 0), false);
	out_lit(o, ")\"");
	chart_attribute(o, "y", (lower ? radius : -radius) + down);
	out_char(o, '>');
	html_text(o, words);
	out_lit(o, "</text>");
}

static bool
holds(struct date first, struct date last, struct date day)
{
	return first.day <= day.day && day.day <= last.day;
}

/* --- behind the marks ------------------------------------------------------------------------ */

static void
draw_greys(struct out *o, const struct chart_wheel *w)
{
	bool begun = false;

	for (size_t i = 0; i < w->greys; i++) {
		struct span days;

		if (chart_clip(w, w->grey[i], &days))
			chart_grey(o, &begun, "wheel-grey", CHART_DISC,
			    (struct chart_piece){chart_share(w, days.first.day),
			        chart_share(w, days.last.day + 1), DISC_OUTER, DISC_INNER});
	}
	if (begun)
		out_lit(o, "\"/>");
}

static void
draw_spokes(struct out *o, const struct chart_wheel *w)
{
	if (w->months == 0)
		return;
	out_lit(o, "<path class=\"wheel-spoke\" d=\"");
	for (size_t i = 0; i < w->months; i++) {
		double turn = chart_share(w, w->month[i].first.day);

		chart_line(o, CHART_DISC, turn, DISC_INNER, turn, DISC_OUTER);
	}
	out_lit(o, "\"/>");
}

static void
draw_rim(struct out *o, const struct chart_wheel *w)
{
	for (size_t i = 0; i < w->months; i++) {
		const struct chart_month *m = &w->month[i];
		struct span days;
		double from, to;

		if (!chart_clip(w, (struct span){m->first, m->last}, &days))
			continue;
		from = chart_share(w, days.first.day);
		to = chart_share(w, days.last.day + 1);
		chart_link(o, m->address);
		out_lit(o, "<path class=\"wheel-rim");
		if (holds(m->first, m->last, w->today))
			out_lit(o, " wheel-rim-now");
		out_lit(o, "\" d=\"");
		chart_piece(o, CHART_DISC, (struct chart_piece){from, to, RIM_OUTER, RIM_INNER},
		    RIM_INSET);
		out_lit(o, "\"/>");
		write_words(o, "wheel-words", (RIM_OUTER + RIM_INNER) / 2, (from + to) / 2,
		    MONTH_DOWN, m->name);
		out_lit(o, "</a>");
	}
}

/* Weeks that lie in the year whole, their numbers upright. */
static void
draw_weeks(struct out *o, const struct chart_wheel *w)
{
	struct date monday = {w->year.first.day + (8 - date_weekday(w->year.first)) % 7};
	int week = 0;

	out_lit(o, "<g class=\"wheel-week\">");
	for (; monday.day + 6 <= w->year.last.day; monday.day += 7) {
		/* Up to the 52nd each has the next number. */
		week = week > 0 && week < 52 ? week + 1 : week_of(monday).week;
		out_lit(o, "<text");
		if (holds(monday, (struct date){monday.day + 6}, w->today))
			out_lit(o, " class=\"wheel-week-now\"");
		chart_at(o, CHART_DISC,
		    chart_share(w, monday.day) + chart_share(w, w->year.first.day + 7) / 2,
		    WEEKS_AT, WEEK_DOWN);
		out_char(o, '>');
		out_int(o, week);
		out_lit(o, "</text>");
	}
	out_lit(o, "</g>");
}

static void
draw_now(struct out *o, const struct chart_wheel *w)
{
	double turn = chart_share(w, w->today.day) + chart_share(w, w->year.first.day + 1) / 2;

	if (!holds(w->year.first, w->year.last, w->today))
		return;
	out_lit(o, "<path class=\"wheel-now\" d=\"");
	chart_line(o, CHART_DISC, turn, DISC_INNER, turn, RIM_INNER);
	out_lit(o, "\"/>");
}

static void
draw_now_dot(struct out *o, const struct chart_wheel *w)
{
	double day = chart_share(w, w->year.first.day + 1);

	if (!holds(w->year.first, w->year.last, w->today))
		return;
	out_lit(o, "<circle class=\"wheel-now\"");
	chart_attribute(o, "r", NOW_DOT);
	out_lit(o, " transform=\"rotate(");
	chart_number(o, (chart_share(w, w->today.day) + day / 2) * 360, false);
	out_lit(o, ")\"");
	chart_attribute(o, "cy", -RIM_INNER);
	out_lit(o, "/>");
}

/* --- names of rings -------------------------------------------------------------------------- */

/* Whether no mark of the ring stands there. */
static bool
is_free(const struct chart_place *place, const struct chart_band *b, struct chart_piece p)
{
	if (p.from < 0 || p.to > 1)
		return false;
	for (size_t m = 0; m < b->marks; m++) {
		const struct chart_place *other = &place[b->mark[m]];
		const struct chart_piece *q = &other->piece;

		if (other->drawn && q->from < p.to && q->to > p.from && q->inner < p.outer && q->outer > p.inner)
			return false;
	}
	return true;
}

/* The free turn nearest to where the names stand; below 0 if there is none. */
static double
free_turn(const struct chart_place *place, const struct chart_band *b, double width, double radius)
{
	double half = chart_along(CHART_DISC, radius, width / 2);
	/* Not over the top, where the last day meets the first. */
	double nearest = NAMES_AT + half > 1 ? 1 - half : NAMES_AT;

	for (int step = 0; step < NAME_STEPS; step++) {
		double middle = nearest - (double)step / NAME_STEPS;

		struct chart_piece words = {middle - half, middle + half, radius + NAME_SIZE / 2,
		    radius - NAME_SIZE / 2};

		if (is_free(place, b, words))
			return middle;
	}
	return -1;
}

/* In the middle of the ring, or by one of its edges where that brings the name much nearer to the
 * others. */
static void
draw_name(struct out *o, const struct chart_wheel *w, const struct chart_place *place,
    const struct chart_band *b)
{
	double radii[] = {(b->outer + b->inner) / 2, b->outer - NAME_SIZE / 2 - 1,
	    b->inner + NAME_SIZE / 2 + 1};
	double best = -1, at = 0, width = chart_width(w->ring[b->ring].name) * NAME_SIZE + NAME_BESIDE;

	if (w->ring[b->ring].name.n == 0 || b->outer - b->inner < NAME_SIZE)
		return;
	for (size_t i = 0; i < sizeof radii / sizeof *radii; i++) {
		double turn = free_turn(place, b, width, radii[i]);

		if (turn > best + (i ? .05 : 0)) {
			best = turn;
			at = radii[i];
		}
	}
	if (best > 0)
		write_words(o, "wheel-words wheel-name", at, best, NAME_DOWN,
		    w->ring[b->ring].name);
}

/* --- rings ----------------------------------------------------------------------------------- */

static void
draw_ground(struct out *o, const struct chart_wheel *w, const struct chart_band *b)
{
	out_lit(o, "<circle class=\"wheel-band\" data-ring=\"");
	out_int(o, w->ring[b->ring].color);
	out_lit(o, "\" fill=\"none\"");
	chart_attribute(o, "r", (b->outer + b->inner) / 2);
	chart_attribute(o, "stroke-width", b->outer - b->inner);
	out_lit(o, "/>");
}

static void
draw_marks(struct out *o, const struct chart_wheel *w, const struct chart_place *place,
    const struct chart_band *b, bool past)
{
	struct chart_last last = {0};
	bool any = false;

	for (size_t i = 0; i < b->marks; i++) {
		const struct chart_mark *m = &w->mark[b->mark[i]];
		const struct chart_place *p = &place[b->mark[i]];

		if (!p->drawn || (m->days.last.day < w->today.day) != past)
			continue;
		if (past && !any)
			out_lit(o, "<g class=\"wheel-past\">");
		any = true;
		chart_mark(o, m, CHART_DISC, p->piece, p->numbered, (struct str){0}, &last);
	}
	if (past && any)
		out_lit(o, "</g>");
}

static void
draw_ring(struct out *o, const struct chart_wheel *w, const struct chart_place *place,
    const struct chart_band *b)
{
	int64_t color = w->ring[b->ring].color;

	out_lit(o, "<g class=\"wheel-ring-");
	out_int(o, color);
	out_lit(o, "\" data-ring=\"");
	out_int(o, color);
	out_lit(o, "\">");
	draw_name(o, w, place, b);
	draw_marks(o, w, place, b, true);
	draw_marks(o, w, place, b, false);
	out_lit(o, "</g>");
}

/* --- the whole ------------------------------------------------------------------------------- */

static void
write_middle(struct out *o, const char *class, double y, struct str words)
{
	if (words.n == 0)
		return;
	out_lit(o, "<text class=\"");
	out_str(o, str_of(class));
	out_char(o, '"');
	chart_attribute(o, "y", y);
	out_char(o, '>');
	html_text(o, words);
	out_lit(o, "</text>");
}

static void
draw_disc(struct out *o, const struct chart_wheel *w)
{
	struct chart_band *band = ARENA_ARRAY(o->arena, struct chart_band, w->rings);
	struct chart_place *place = ARENA_ARRAY(o->arena, struct chart_place, w->marks);
	double up = w->now.n ? 10 : 0;
	bool small = chart_layout(w, DISC_OUTER, DISC_INNER, band, place, o->arena) < 1;

	for (size_t i = 0; i < w->rings; i++)
		draw_ground(o, w, &band[i]);
	draw_greys(o, w);
	draw_spokes(o, w);
	draw_rim(o, w);
	draw_weeks(o, w);
	draw_now(o, w);
	out_str(o, small ? STR("<g class=\"wheel-small\">") : STR(""));
	for (size_t i = 0; i < w->rings; i++)
		draw_ring(o, w, place, &band[i]);
	out_str(o, small ? STR("</g>") : STR(""));
	draw_now_dot(o, w);
	write_middle(o, "wheel-title", -2 - up, w->title);
	write_middle(o, "wheel-words wheel-subtitle", 19 - up, w->subtitle);
	write_middle(o, "wheel-words wheel-today", 39 - up, w->now);
}

static bool
is_stated(const struct chart_wheel *w)
{
	for (size_t i = 0; i < w->marks; i++)
		if (chart_state(&w->mark[i]) != CHART_PLAIN)
			return true;
	return false;
}

static void
need_wheel(const struct chart_wheel *w)
{
	need(w->year.first.day > 0 && w->year.last.day > w->year.first.day);
	need(w->year.last.day - w->year.first.day < CHART_YEAR_DAYS);
	for (size_t i = 0; i < w->rings; i++)
		need(w->ring[i].color >= 1 && w->ring[i].color <= 8);
	for (size_t i = 0; i < w->marks; i++) {
		need(w->mark[i].ring >= 0 && (size_t)w->mark[i].ring < w->rings);
		need(w->mark[i].number >= 0);
		need(w->mark[i].days.first.day > 0 &&
		    w->mark[i].days.last.day >= w->mark[i].days.first.day);
	}
}

void
chart_wheel(struct out *o, const struct chart_wheel *w)
{
	bool straight = w->year.last.day - w->year.first.day < CHART_BAND_DAYS;

	need_wheel(w);
	out_lit(o, "<svg class=\"wheel");
	if (straight)
		out_lit(o, " wheel-month");
	if (is_stated(w))
		out_lit(o, " wheel-stated");
	out_lit(o, "\" aria-hidden=\"true\" focusable=\"false\" text-anchor=\"middle\" ");
	if (straight) {
		chart_month(o, w);
	} else {
		out_lit(o, "viewBox=\"-320 -320 640 640\">");
		draw_disc(o, w);
	}
	out_lit(o, "</svg>");
}
