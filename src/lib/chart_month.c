/* The straight band: days from left to right, a row of lanes for each ring, and the words beside
 * the marks. */
#include "lib/chart_layout.h"

#include "lib/arena.h"
#include "lib/html.h"

static const double WIDTH = 480, WAY = 84, RIM = 26, ROUND = 3;
static const double WEEKS_AT = 41, WEEKDAYS_AT = 55, DAYS_AT = 68, ROWS_FROM = 76;
/* A row has a name, its lanes and a little more below them; without marks only the name. */
static const double NAME = 15, LANE = 25, BELOW = 3, EMPTY = 21, RING_GAP = 4;
static const double LABEL_SIZE = 12, BESIDE = 6, NUMBER_SIZE = 8, WIDTH_LEAST = 22;

/* The words stand after the mark, or before it at the end of the month, or within it when it fills
 * the month. */
enum side { SIDE_NONE, SIDE_AFTER, SIDE_BEFORE, SIDE_WITHIN };

struct bar {
	double from, to;     /* of the mark */
	double taken, until; /* with its words */
	int lane;
	enum side side;
	bool drawn;
};

struct row {
	int lanes;
	double top, bottom;
};

static double
x_of(const struct chart_wheel *w, int32_t day)
{
	return WIDTH * chart_share(w, day);
}

static void
write_text(struct out *o, const char *class, double x, double y, struct str words)
{
	out_lit(o, "<text class=\"");
	out_str(o, str_of(class));
	out_char(o, '"');
	chart_attribute(o, "x", x);
	chart_attribute(o, "y", y);
	out_char(o, '>');
	html_text(o, words);
	out_lit(o, "</text>");
}

/* --- where things stand ---------------------------------------------------------------------- */

static struct bar
bar_of(const struct chart_wheel *w, const struct chart_mark *m)
{
	double words = m->label.n ? chart_width(m->label) * LABEL_SIZE + BESIDE : 0;
	struct bar b = {.drawn = true};
	struct span days;

	if (!chart_clip(w, m->days, &days))
		return (struct bar){0};
	b.from = x_of(w, days.first.day);
	b.to = x_of(w, days.last.day + 1);
	/* A single day at the edge is widened inwards. */
	if (b.to - b.from < WIDTH_LEAST) {
		b.from = b.from + WIDTH_LEAST > WIDTH ? WIDTH - WIDTH_LEAST : b.from;
		b.to = b.from + WIDTH_LEAST;
	}
	b.taken = b.from;
	b.until = b.to;
	if (m->label.n == 0)
		return b;
	/* Where nowhere has room for all of them, they are cut where there is most. */
	if (b.to + words <= WIDTH ||
	    (b.from < words && WIDTH - b.to >= b.from && WIDTH - b.to >= b.to - b.from)) {
		b.side = SIDE_AFTER;
		b.until = b.to + words < WIDTH ? b.to + words : WIDTH;
	} else if (b.from >= words || b.from >= b.to - b.from) {
		b.side = SIDE_BEFORE;
		b.taken = b.from > words ? b.from - words : 0;
	} else {
		b.side = SIDE_WITHIN;
	}
	return b;
}

/* Whether one of the marks before it stands in its way there. */
static bool
is_taken(const struct chart_wheel *w, const struct bar *bar, size_t mark, int lane)
{
	for (size_t i = 0; i < mark; i++)
		if (bar[i].drawn && w->mark[i].ring == w->mark[mark].ring && bar[i].lane == lane &&
		    bar[i].taken < bar[mark].until && bar[i].until > bar[mark].taken)
			return true;
	return false;
}

static void
place_bars(const struct chart_wheel *w, struct bar *bar, struct row *row)
{
	double y = ROWS_FROM;

	for (size_t i = 0; i < w->marks; i++) {
		struct row *r = &row[w->mark[i].ring];

		bar[i] = bar_of(w, &w->mark[i]);
		if (!bar[i].drawn)
			continue;
		while (is_taken(w, bar, i, bar[i].lane))
			bar[i].lane++;
		if (bar[i].lane >= r->lanes)
			r->lanes = bar[i].lane + 1;
	}
	for (size_t i = 0; i < w->rings; i++) {
		row[i].top = y;
		y += row[i].lanes ? NAME + LANE * row[i].lanes + BELOW : EMPTY;
		row[i].bottom = y;
		y += RING_GAP;
	}
}

/* --- behind the marks ------------------------------------------------------------------------ */

static void
draw_ground(struct out *o, const struct chart_wheel *w, const struct row *row)
{
	for (size_t i = 0; i < w->rings; i++) {
		out_lit(o, "<rect class=\"wheel-band\" data-ring=\"");
		out_int(o, w->ring[i].color);
		out_lit(o, "\" fill=\"none\"");
		chart_attribute(o, "y", row[i].top);
		chart_attribute(o, "width", WIDTH);
		chart_attribute(o, "height", row[i].bottom - row[i].top);
		chart_attribute(o, "rx", ROUND);
		out_lit(o, "/>");
	}
}

static bool
is_off(const struct chart_wheel *w, int weekday)
{
	return w->off ? w->off[weekday - 1] : weekday >= 6;
}

static void
draw_greys(struct out *o, const struct chart_wheel *w, double bottom)
{
	bool weekends = false, greys = false;

	for (int32_t day = w->year.first.day; day <= w->year.last.day; day++)
		if (is_off(w, date_weekday((struct date){day})))
			chart_grey(o, &weekends, "wheel-grey wheel-weekend", CHART_STRAIGHT,
			    (struct chart_piece){x_of(w, day), x_of(w, day + 1), ROWS_FROM,
			        bottom});
	if (weekends)
		out_lit(o, "\"/>");
	for (size_t i = 0; i < w->greys; i++) {
		struct span days;

		if (chart_clip(w, w->grey[i], &days))
			chart_grey(o, &greys, "wheel-grey", CHART_STRAIGHT,
			    (struct chart_piece){x_of(w, days.first.day),
			        x_of(w, days.last.day + 1), ROWS_FROM, bottom});
	}
	if (greys)
		out_lit(o, "\"/>");
}

static bool
is_monday(struct date date)
{
	return date_weekday(date) == 1;
}

static void
draw_spokes(struct out *o, const struct chart_wheel *w, double bottom)
{
	out_lit(o, "<path class=\"wheel-spoke\" d=\"");
	for (int32_t day = w->year.first.day + 1; day <= w->year.last.day; day++)
		if (is_monday((struct date){day}))
			chart_line(o, CHART_STRAIGHT, x_of(w, day), ROWS_FROM, x_of(w, day),
			    bottom);
	out_lit(o, "\"/>");
}

/* The month in the middle, and the ways to the months before and after it. */
static void
draw_month(struct out *o, const struct chart_wheel *w, const struct chart_month *m, bool before,
    bool after)
{
	double x = after ? 0 : before ? WIDTH - WAY : w->months > 1 ? WAY : 0;
	double wide = after || before ? WAY : WIDTH - 2 * x;
	bool now = m->first.day <= w->today.day && w->today.day <= m->last.day;

	chart_link(o, m->address);
	out_str(o, now ? STR("<rect class=\"wheel-rim wheel-rim-now\"")
	               : STR("<rect class=\"wheel-rim\""));
	chart_attribute(o, "x", x + 2);
	chart_attribute(o, "y", 1);
	chart_attribute(o, "width", wide - 4);
	chart_attribute(o, "height", RIM - 2);
	chart_attribute(o, "rx", ROUND);
	out_lit(o, "/><text class=\"wheel-words\"");
	chart_attribute(o, "x", x + wide / 2);
	chart_attribute(o, "y", RIM / 2 + 4.5);
	out_char(o, '>');
	out_str(o, after ? STR("‹ ") : STR(""));
	html_text(o, m->name);
	out_str(o, before ? STR(" ›") : STR(""));
	out_lit(o, "</text></a>");
}

static void
draw_weeks(struct out *o, const struct chart_wheel *w)
{
	out_lit(o, "<g class=\"wheel-week\">");
	for (int32_t day = w->year.first.day; day <= w->year.last.day;) {
		int32_t after = day + 8 - date_weekday((struct date){day});
		double from = x_of(w, day),
		       to = x_of(w, after <= w->year.last.day ? after : w->year.last.day + 1);

		out_lit(o, "<text");
		if (day <= w->today.day && w->today.day < after)
			out_lit(o, " class=\"wheel-week-now\"");
		chart_attribute(o, "x", (from + to) / 2);
		chart_attribute(o, "y", WEEKS_AT);
		out_char(o, '>');
		if (w->week.n && (chart_width(w->week) + 2) * 10 < to - from) {
			html_text(o, w->week);
			out_char(o, ' ');
		}
		out_int(o, week_of((struct date){day}).week);
		out_lit(o, "</text>");
		day = after;
	}
	out_lit(o, "</g>");
}

static void
draw_days(struct out *o, const struct chart_wheel *w)
{
	out_lit(o, "<g class=\"wheel-week wheel-day\">");
	for (int32_t day = w->year.first.day; day <= w->year.last.day; day++) {
		double x = (x_of(w, day) + x_of(w, day + 1)) / 2;

		if (w->weekday) {
			out_lit(o, "<text");
			chart_attribute(o, "x", x);
			chart_attribute(o, "y", WEEKDAYS_AT);
			out_char(o, '>');
			html_text(o, w->weekday[date_weekday((struct date){day}) - 1]);
			out_lit(o, "</text>");
		}
		out_lit(o, "<text");
		if (day == w->today.day)
			out_lit(o, " class=\"wheel-day-now\"");
		chart_attribute(o, "x", x);
		chart_attribute(o, "y", DAYS_AT);
		out_char(o, '>');
		out_int(o, date_parts((struct date){day}).day);
		out_lit(o, "</text>");
	}
	out_lit(o, "</g>");
}

static void
draw_now(struct out *o, const struct chart_wheel *w, double bottom)
{
	double x = (x_of(w, w->today.day) + x_of(w, w->today.day + 1)) / 2;

	if (w->today.day < w->year.first.day || w->today.day > w->year.last.day)
		return;
	out_lit(o, "<path class=\"wheel-now\" d=\"");
	chart_line(o, CHART_STRAIGHT, x, ROWS_FROM, x, bottom);
	out_lit(o, "\"/><circle class=\"wheel-now\" r=\"4\"");
	chart_attribute(o, "cx", x);
	chart_attribute(o, "cy", ROWS_FROM);
	out_lit(o, "/>");
}

/* --- marks ----------------------------------------------------------------------------------- */

/* As much of the words as has room, with a mark of omission. */
static struct str
cut_words(struct arena *a, struct str words, double room)
{
	size_t chars = str_chars(words);

	if (chart_width(words) * LABEL_SIZE <= room)
		return words;
	while (chars > 0 && (chart_width(str_prefix_chars(words, chars)) + 1) * LABEL_SIZE > room)
		chars--;
	return chars ? str_fmt(a, "%.*s…", STR_ARG(str_trim(str_prefix_chars(words, chars))))
	             : (struct str){0};
}

/* Number and words in one line, at the beginning of the mark. */
static void
write_within(struct out *o, const struct chart_mark *m, const struct bar *b, double y)
{
	double number = m->number ? 3 * NUMBER_SIZE : 0;

	out_lit(o, "<text class=\"wheel-mark-number\" text-anchor=\"start\"");
	chart_attribute(o, "x", b->from + BESIDE);
	chart_attribute(o, "y", y);
	out_char(o, '>');
	if (m->number) {
		out_int(o, m->number);
		out_char(o, ' ');
	}
	html_text(o, cut_words(o->arena, m->label, b->to - b->from - number - 2 * BESIDE));
	out_lit(o, "</text>");
}

/* The text element with the words of a mark. */
static struct str
label_of(struct arena *a, const struct chart_mark *m, const struct bar *b, double top)
{
	struct out o = out_new(a);
	double y = top + LANE / 2 + 4.3;

	switch (b->side) {
	case SIDE_NONE: break;
	case SIDE_WITHIN: write_within(&o, m, b, y); break;
	case SIDE_AFTER:
	case SIDE_BEFORE:
		out_str(&o,
		    b->side == SIDE_BEFORE
		        ? STR("<text class=\"wheel-words wheel-label\" text-anchor=\"end\"")
		        : STR("<text class=\"wheel-words wheel-label\" text-anchor=\"start\""));
		chart_attribute(&o, "x",
		    b->side == SIDE_BEFORE ? b->from - BESIDE / 2 : b->to + BESIDE / 2);
		chart_attribute(&o, "y", y);
		out_char(&o, '>');
		html_text(&o,
		    cut_words(a, m->label, b->until - b->to + b->from - b->taken - BESIDE));
		out_lit(&o, "</text>");
	}
	return out_text(&o);
}

static void
draw_ring(struct out *o, const struct chart_wheel *w, const struct bar *bar, int ring,
    const struct row *row)
{
	struct chart_last last = {0};

	out_lit(o, "<g class=\"wheel-ring-");
	out_int(o, w->ring[ring].color);
	out_lit(o, "\" data-ring=\"");
	out_int(o, w->ring[ring].color);
	out_lit(o, "\"><g text-anchor=\"start\">");
	write_text(o, "wheel-words wheel-name", 6, row->top + 13, w->ring[ring].name);
	out_lit(o, "</g>");
	for (size_t i = 0; i < w->marks; i++) {
		const struct chart_mark *m = &w->mark[i];
		double top = row->top + NAME + LANE * bar[i].lane;
		bool past = m->days.last.day < w->today.day;
		struct chart_piece p = {bar[i].from, bar[i].to, top, top + LANE};

		if (!bar[i].drawn || m->ring != ring)
			continue;
		out_str(o, past ? STR("<g class=\"wheel-past\">") : STR(""));
		chart_mark(o, m, CHART_STRAIGHT, p, m->number > 0 && bar[i].side != SIDE_WITHIN,
		    label_of(o->arena, m, &bar[i], top), &last);
		out_str(o, past ? STR("</g>") : STR(""));
	}
	out_lit(o, "</g>");
}

void
chart_month(struct out *o, const struct chart_wheel *w)
{
	struct bar *bar = ARENA_ARRAY(o->arena, struct bar, w->marks);
	struct row *row = ARENA_ARRAY(o->arena, struct row, w->rings);
	double bottom;

	place_bars(w, bar, row);
	bottom = w->rings ? row[w->rings - 1].bottom : ROWS_FROM;
	out_lit(o, "viewBox=\"0 0 ");
	chart_number(o, WIDTH, false);
	chart_number(o, bottom + 1, true);
	out_lit(o, "\">");
	for (size_t i = 0; i < w->months; i++)
		draw_month(o, w, &w->month[i], w->month[i].first.day > w->year.last.day,
		    w->month[i].last.day < w->year.first.day);
	draw_weeks(o, w);
	draw_days(o, w);
	draw_ground(o, w, row);
	draw_greys(o, w, bottom);
	draw_spokes(o, w, bottom);
	draw_now(o, w, bottom);
	for (size_t i = 0; i < w->rings; i++)
		draw_ring(o, w, bar, (int)i, &row[i]);
}
