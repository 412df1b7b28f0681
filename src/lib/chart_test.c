#include "lib/chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/chart_layout.h"
#include "lib/need.h"
#include "test/test.h"

enum { MARKS = 60, RINGS = 5, MONTHS = 12 };

static const struct chart_ring rings[] = {
	{STR("common"), 1}, {STR("campus"), 2}, {STR("partners"), 3}, {STR("surveys"), 4},
	{STR("leading"), 5}, {STR("six"), 6}, {STR("seven"), 7}, {STR("eight"), 8},
};
static const struct str weekdays[] = {STR("mo"), STR("tu"), STR("we"), STR("th"), STR("fr"),
    STR("sa"), STR("su")};

/* A wheel to be changed by a test: 2026–2027, a week each, in all states. */
struct sample {
	struct chart_wheel wheel;
	struct chart_mark mark[MARKS];
	struct chart_month month[MONTHS];
	struct span grey[3];
};

static struct sample *
sample(struct test *t)
{
	struct sample *s = ARENA_NEW(t->arena, struct sample);
	struct span year = school_year_span(2026, 8, 1);

	for (int i = 0; i < MONTHS; i++) {
		int month = (7 + i) % 12 + 1, of = month >= 8 ? 2026 : 2027;

		s->month[i] = (struct chart_month){
			.name = str_fmt(t->arena, "m%02d", month),
			.address = str_fmt(t->arena, "?month=%d", month),
			.first = date_of(of, month, 1),
			.last = date_of(of, month, date_days_in_month(of, month)),
		};
	}
	for (int i = 0; i < MARKS; i++) {
		struct date monday = {date_of(2026, 8, 3).day + i * 51 / MARKS * 7};

		s->mark[i] = (struct chart_mark){
			.days = {monday, date_add_days(monday, 6)},
			.ring = i * 7 % RINGS,
			.number = i + 1,
			.address = str_fmt(t->arena, "/en/north/wheel/2026/%d", i + 1),
			.when = STR("some day"),
			.state = (enum chart_state)(i % (CHART_NO_INFORMATION + 1)),
			.label = STR("Something that has a name"),
		};
	}
	s->grey[0] = (struct span){date_of(2026, 12, 21), date_of(2027, 1, 6)};
	s->grey[1] = (struct span){date_of(2026, 12, 25), date_of(2026, 12, 25)};
	s->grey[2] = (struct span){date_of(2030, 1, 1), date_of(2030, 1, 6)};
	s->wheel = (struct chart_wheel){
		.year = year,
		.today = date_of(2026, 11, 23),
		.month = s->month,
		.months = MONTHS,
		.ring = rings,
		.rings = RINGS,
		.mark = s->mark,
		.marks = MARKS,
		.grey = s->grey,
		.greys = 3,
		.title = STR("Annual wheel"),
		.subtitle = STR("2026–2027"),
		.now = STR("week 48"),
		.week = STR("week"),
		.weekday = weekdays,
	};
	return s;
}

static struct str
drawn(struct test *t, const struct chart_wheel *w)
{
	struct out o = out_new(t->arena);

	chart_wheel(&o, w);
	return out_text(&o);
}

static size_t
count(struct str text, const char *part)
{
	size_t n = 0, length = strlen(part);

	for (size_t i = 0; i + length <= text.n; i++)
		n += memcmp(text.p + i, part, length) == 0;
	return n;
}

/* --- well-formed ----------------------------------------------------------------------------- */

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-';
}

/* One tag from behind its <; what is left begins behind its >. Pushes or pops its name. */
static bool
eat_tag(struct str *rest, struct str *open, size_t *depth, size_t most)
{
	bool end = rest->n && rest->p[0] == '/';
	size_t i = end, from = i;
	struct str name;

	while (i < rest->n && is_name(rest->p[i]))
		i++;
	name = str_sub(*rest, from, i - from);
	if (name.n == 0)
		return false;
	while (i < rest->n && rest->p[i] == ' ') {
		for (i++, from = i; i < rest->n && is_name(rest->p[i]); i++)
			;
		if (i == from || i + 1 >= rest->n || rest->p[i] != '=' || rest->p[i + 1] != '"')
			return false;
		for (i += 2; i < rest->n && rest->p[i] != '"'; i++)
			if (rest->p[i] == '<')
				return false;
		i++;
	}
	if (end) {
		if (*depth == 0 || !str_eq(open[--*depth], name))
			return false;
	} else if (i < rest->n && rest->p[i] == '/') {
		i++;
	} else if (*depth < most) {
		open[(*depth)++] = name;
	}
	if (i >= rest->n || rest->p[i] != '>')
		return false;
	*rest = str_sub(*rest, i + 1, rest->n);
	return true;
}

static bool
is_well_formed(struct str text)
{
	struct str open[16];
	size_t depth = 0;

	while (text.n) {
		if (text.p[0] == '<') {
			text = str_sub(text, 1, text.n);
			if (!eat_tag(&text, open, &depth, 16))
				return false;
		} else if (text.p[0] == '>' || depth == 0) {
			return false;
		} else {
			text = str_sub(text, 1, text.n);
		}
	}
	return depth == 0;
}

TEST(the_check_for_well_formed_text_finds_what_is_not)
{
	CHECK(is_well_formed(STR("<a b=\"c\"><d/>e</a>")));
	CHECK(!is_well_formed(STR("<a><b></a></b>")));
	CHECK(!is_well_formed(STR("<a b=c></a>")));
	CHECK(!is_well_formed(STR("<a>")));
	CHECK(!is_well_formed(STR("<a></a></a>")));
	CHECK(!is_well_formed(STR("<a b=\"<\"></a>")));
}

/* Numbers have at most four digits before the point and one behind it. */
static bool
is_short(struct str text)
{
	int before = 0, behind = -1;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c >= '0' && c <= '9') {
			if (behind >= 0 ? ++behind > 1 : ++before > 4)
				return false;
		} else {
			before = 0;
			behind = c == '.' ? 0 : -1;
		}
	}
	return true;
}

static void
check_text(struct test *t, struct str svg)
{
	CHECK(is_well_formed(svg));
	CHECK(is_short(svg));
	CHECK(str_is_utf8(svg));
	CHECK_INT(count(svg, "style"), 0);
	CHECK_INT(count(svg, "<svg "), 1);
	CHECK_INT(count(svg, "aria-hidden=\"true\" focusable=\"false\""), 1);
	CHECK_INT(count(svg, "<a "), count(svg, "<a tabindex=\"-1\""));
}

TEST(the_wheel_is_well_formed_and_draws_each_item_once)
{
	struct sample *s = sample(t);
	struct str svg = drawn(t, &s->wheel);

	check_text(t, svg);
	CHECK_INT(count(svg, "class=\"wheel-mark\""), MARKS);
	CHECK_INT(count(svg, "class=\"wheel-mark-number\""), MARKS);
	for (int i = 1; i <= MARKS; i++) {
		CHECK_INT(count(svg, str_z(t->arena, str_fmt(t->arena, "/wheel/2026/%d\"", i))), 1);
		CHECK_INT(count(svg,
		              str_z(t->arena,
		                  str_fmt(t->arena, "<title>%d. Something that has a name, some day</title>", i))),
		    1);
	}
	for (int i = 0; i < MONTHS; i++) {
		CHECK_INT(count(svg, str_z(t->arena, str_fmt(t->arena, "?month=%d\"", i + 1))), 1);
		CHECK_INT(count(svg, str_z(t->arena, str_fmt(t->arena, ">m%02d</text>", i + 1))),
		    1);
	}
	CHECK_INT(count(svg, "wheel-rim-now"), 1);
	CHECK_INT(count(svg, "wheel-week-now\""), 1);
	CHECK(str_contains(svg, STR(" class=\"wheel-week-now\"")));
	CHECK_INT(count(svg, "class=\"wheel-now\""), 2);
	CHECK_INT(count(svg, "class=\"wheel-grey\""), 1);
	CHECK_INT(count(svg, "class=\"wheel-band\""), RINGS);
	CHECK_INT(count(svg, "wheel-name"), 4); /* one ring has no room for it */
	CHECK(svg.n < 27000);
}

TEST(the_same_wheel_is_the_same_text)
{
	struct sample *s = sample(t);

	CHECK(str_eq(drawn(t, &s->wheel), drawn(t, &s->wheel)));
	s->wheel.year = (struct span){date_of(2026, 11, 1), date_of(2026, 11, 30)};
	CHECK(str_eq(drawn(t, &s->wheel), drawn(t, &s->wheel)));
}

TEST(every_state_has_its_class_and_the_wheel_knows_that_there_are_some)
{
	static const char *const classes[] = {"plain\"", "none wheel-open\"",
	    "waiting wheel-open\"", "coming wheel-open\"", "done\"", "our-way\"",
	    "not-here wheel-open\"", "no-information wheel-open\""};
	struct sample *s = sample(t);
	struct str svg;

	for (int i = 0; i <= CHART_NO_INFORMATION; i++) {
		s->wheel.mark = &s->mark[i];
		s->wheel.marks = 1;
		svg = drawn(t, &s->wheel);
		CHECK_INT(count(svg,
		              str_z(t->arena, str_fmt(t->arena, "\"wheel-state-%s", classes[i]))),
		    1);
		CHECK(str_contains(svg, STR("wheel-stated")) == (i != CHART_PLAIN));
	}
	s->mark[0].open = true;
	s->mark[0].runs = true;
	s->wheel.mark = s->mark;
	svg = drawn(t, &s->wheel);
	CHECK(str_contains(svg, STR("\"wheel-state-none wheel-open wheel-runs\"")));
	CHECK_INT(count(svg, "wheel-ember"), 1);
}

/* What is past stands in a group of its own, so that a style sheet can let it fade. */
TEST(past_is_what_ended_before_today)
{
	struct sample *s = sample(t);

	s->wheel.marks = 1;
	s->wheel.today = s->mark[0].days.last;
	CHECK(!str_contains(drawn(t, &s->wheel), STR("wheel-past")));
	s->wheel.today = date_add_days(s->wheel.today, 1);
	CHECK(str_contains(drawn(t, &s->wheel), STR("wheel-past")));
}

TEST(foreign_words_stay_words)
{
	struct sample *s = sample(t);
	struct chart_ring ring = {STR("<i>&\"'"), 8};
	struct str svg;

	s->wheel.ring = &ring;
	s->wheel.rings = 1;
	s->wheel.marks = 1;
	s->wheel.title = s->wheel.subtitle = s->wheel.now = s->wheel.week = STR("</svg><script>");
	s->mark[0].ring = 0;
	s->mark[0].when = s->mark[0].label = STR("</title><script>alert(1)</script>");
	s->mark[0].address = STR("javascript:alert(1)");
	s->month[0].name = STR("<b>");
	s->month[0].address = STR("?a=\"><script>");
	svg = drawn(t, &s->wheel);
	check_text(t, svg);
	CHECK(!str_contains(svg, STR("<script")) && !str_contains(svg, STR("javascript:")));
	CHECK(!str_contains(svg, STR("<i>")) && !str_contains(svg, STR("<b>")));
	s->wheel.year = (struct span){date_of(2026, 8, 1), date_of(2026, 8, 31)};
	svg = drawn(t, &s->wheel);
	check_text(t, svg);
	CHECK(!str_contains(svg, STR("<script")) && !str_contains(svg, STR("javascript:")));
}

TEST(nothing_at_all_is_a_wheel_too)
{
	struct chart_wheel w = {.year = school_year_span(2026, 8, 1)};

	check_text(t, drawn(t, &w));
	CHECK(!str_contains(drawn(t, &w), STR("wheel-now")));
	w.year = (struct span){date_of(2027, 2, 1), date_of(2027, 2, 28)};
	check_text(t, drawn(t, &w));
	CHECK(!str_contains(drawn(t, &w), STR("wheel-now")));
}

/* --- where things stand ---------------------------------------------------------------------- */

/* Numbers that look thrown, and are the same each time. */
static int
thrown(uint32_t *seed, int below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (int)((*seed >> 8) % (uint32_t)below);
}

static bool
meet(const struct chart_piece *a, const struct chart_piece *b)
{
	const double hair = 1e-9;

	return a->from < b->to - hair && b->from < a->to - hair && a->inner < b->outer - hair &&
	    b->inner < a->outer - hair;
}

static void
check_layout(struct test *t, const struct chart_wheel *w)
{
	struct chart_band *band = ARENA_ARRAY(t->arena, struct chart_band, w->rings);
	struct chart_place *place = ARENA_ARRAY(t->arena, struct chart_place, w->marks);
	size_t meetings = 0, outside = 0, thin = 0, of_ring[8] = {0};

	chart_layout(w, 276, 68, band, place, t->arena);
	for (size_t i = 0; i < w->rings; i++) {
		of_ring[band[i].ring] = i;
		CHECK(
		    band[i].outer > band[i].inner && band[i].inner > 67.9 && band[i].outer < 276.1);
		CHECK(i == 0 || band[i].outer < band[i - 1].inner);
	}
	for (size_t i = 0; i < w->marks; i++) {
		const struct chart_piece *p = &place[i].piece;
		const struct chart_band *b = &band[of_ring[w->mark[i].ring]];

		if (!place[i].drawn)
			continue;
		outside += p->from < 0 || p->to > 1 || p->from >= p->to ||
		    p->outer > b->outer + 1e-9 || p->inner < b->inner - 1e-9;
		/* Two digits of 11 units stand side by side. */
		thin += place[i].numbered && (p->outer - p->inner < 11.9 ||
		    (p->to - p->from) * 3.14159265 * (p->outer + p->inner) < 18);
		for (size_t k = 0; k < i; k++)
			meetings += place[k].drawn && w->mark[k].ring == w->mark[i].ring &&
			    meet(p, &place[k].piece);
	}
	CHECK_INT(meetings, 0);
	CHECK_INT(outside, 0);
	CHECK_INT(thin, 0);
}

TEST(marks_never_lie_over_one_another)
{
	static struct chart_mark mark[400];
	uint32_t seed = 20260801;
	struct chart_wheel w = {.year = school_year_span(2026, 8, 1), .ring = rings, .mark = mark};

	for (int round = 0; round < 150; round++) {
		w.rings = 1 + (size_t)thrown(&seed, 8);
		w.marks = (size_t)thrown(&seed, round < 100 ? 80 : 200);
		for (size_t i = 0; i < w.marks; i++) {
			struct date first = {w.year.first.day - 20 + thrown(&seed, 400)};
			int days = thrown(&seed, 4) ? 7 : 1 + thrown(&seed, 120);

			mark[i] = (struct chart_mark){.days = {first, {first.day + days - 1}},
			    .ring = thrown(&seed, (int)w.rings), .number = (int64_t)i + 1};
		}
		check_layout(t, &w);
	}
}

/* As many items in one week as nobody has: they become thin and lose their numbers, but none is
 * lost. */
TEST(a_crowded_week_is_drawn_whole)
{
	static struct chart_mark mark[400];
	struct sample *s = sample(t);
	struct str svg;

	for (size_t i = 0; i < 400; i++) {
		mark[i] = s->mark[0];
		mark[i].number = (int64_t)i + 1;
		mark[i].state = (enum chart_state)(i % 8);
	}
	s->wheel.mark = mark;
	s->wheel.marks = 400;
	check_layout(t, &s->wheel);
	svg = drawn(t, &s->wheel);
	check_text(t, svg);
	CHECK_INT(count(svg, "class=\"wheel-mark\""), 400);
	CHECK_INT(count(svg, "class=\"wheel-mark-number\""), 0);
}

TEST(the_busiest_ring_stands_outside)
{
	struct sample *s = sample(t);
	struct chart_band band[RINGS];
	struct chart_place place[MARKS];

	for (size_t i = 0; i < MARKS; i++)
		s->mark[i].ring = i < 10 ? 0 : i < 40 ? 3 : 1;
	chart_layout(&s->wheel, 276, 68, band, place, t->arena);
	CHECK(band[0].ring == 3 && band[1].ring == 1 && band[2].ring == 0 && band[3].ring == 2 &&
	    band[4].ring == 4);
}

TEST(a_mark_is_cut_at_the_ends_of_the_year_and_outside_it_left_out)
{
	struct sample *s = sample(t);
	struct chart_band band[RINGS];
	struct chart_place place[MARKS];

	s->mark[0].days = (struct span){date_of(2026, 7, 1), date_of(2026, 12, 31)};
	s->mark[1].days = (struct span){date_of(2026, 7, 1), date_of(2028, 7, 31)};
	s->mark[2].days = (struct span){date_of(2026, 7, 1), date_of(2026, 7, 31)};
	s->wheel.marks = 3;
	chart_layout(&s->wheel, 276, 68, band, place, t->arena);
	CHECK(place[0].drawn && place[0].piece.from == 0 && place[0].piece.to < .5);
	CHECK(place[1].drawn && place[1].piece.from == 0 && place[1].piece.to == 1);
	CHECK(!place[2].drawn);
	check_text(t, drawn(t, &s->wheel));
	CHECK_INT(count(drawn(t, &s->wheel), "class=\"wheel-mark\""), 2);
}

/* A mark like the one before it has its shape copied; in whatever order, the text is that of a mark alone. */
TEST(a_shape_that_is_copied_is_the_one_that_would_be_drawn)
{
	static const struct chart_piece pieces[] = {{.1, .12, 270, 250}, {.3, .32, 270, 250}, {.3, .32, 250, 230},
	    {.5, .55, 250, 230}, {.4, .45, 250, 230}};
	struct sample *s = sample(t);
	uint32_t seed = 7;

	for (enum chart_surface on = CHART_DISC; on <= CHART_STRAIGHT; on++) {
		struct out copied = out_new(t->arena), alone = out_new(t->arena);
		struct chart_last last = {0};

		for (int i = 0; i < 2000; i++) {
			struct chart_piece p = pieces[thrown(&seed, sizeof pieces / sizeof *pieces)];
			const struct chart_mark *m = &s->mark[thrown(&seed, MARKS)];

			chart_mark(&copied, m, on, p, true, STR("<b></b>"), &last);
			chart_mark(&alone, m, on, p, true, STR("<b></b>"), &(struct chart_last){0});
		}
		CHECK(str_eq(out_text(&copied), out_text(&alone)));
	}
}

TEST(angles_are_those_of_the_library)
{
	double most = 0;

	for (int i = -2000; i <= 2000; i++) {
		double sine, cosine, turn = i / 731.0;

		chart_turn(turn, &sine, &cosine);
		most = fmax(most, fabs(sine - sin(2 * M_PI * turn)));
		most = fmax(most, fabs(cosine - cos(2 * M_PI * turn)));
	}
	for (int eighth = -16; eighth <= 16; eighth++) {
		double sine, cosine;

		chart_turn(eighth / 8.0, &sine, &cosine);
		most = fmax(most, fabs(sine - sin(M_PI_4 * eighth)));
		most = fmax(most, fabs(cosine - cos(M_PI_4 * eighth)));
	}
	CHECK(most < 1e-11);
}

/* --- the straight band ----------------------------------------------------------------------- */

struct box {
	double x, y, wide, high;
};

/* The corners of a block from its path: M x y, across, down. */
static size_t
boxes_of(struct test *t, struct str svg, struct box *box)
{
	static const char before[] = "class=\"wheel-mark\" d=\"";
	size_t n = 0;

	for (size_t i = 0; i + sizeof before < svg.n; i++) {
		struct str rest = str_sub(svg, i + sizeof before - 1, 80);
		double to, down;
		struct box b;

		if (memcmp(svg.p + i, before, sizeof before - 1) != 0)
			continue;
		if (sscanf(str_z(t->arena, rest), "M%lf %lfl%lf %lfl%lf %lf", &b.x, &b.y, &b.wide,
		        &to, &down, &b.high) != 6)
			continue;
		box[n++] = b;
	}
	return n;
}

TEST(a_month_is_a_band_of_days)
{
	struct sample *s = sample(t);
	struct box box[MARKS];
	size_t inside = 0, n;
	struct str svg;

	for (size_t i = 0; i < MARKS; i++)
		s->mark[i].state = CHART_DONE;
	s->wheel.year = (struct span){date_of(2026, 11, 1), date_of(2026, 11, 30)};
	s->wheel.month = &s->month[2];
	s->wheel.months = 3;
	svg = drawn(t, &s->wheel);
	check_text(t, svg);
	for (size_t i = 0; i < MARKS; i++) {
		struct span days;

		inside += chart_clip(&s->wheel, s->mark[i].days, &days);
	}
	CHECK(inside >= 5);
	CHECK_INT(count(svg, "class=\"wheel-mark\""), inside);
	CHECK_INT(count(svg, "class=\"wheel-words wheel-label\""), inside);
	CHECK_INT(count(svg, ">‹ m10</text>"), 1);
	CHECK_INT(count(svg, ">m11</text>"), 1);
	CHECK_INT(count(svg, ">m12 ›</text>"), 1);
	CHECK_INT(count(svg, "class=\"wheel-day-now\">"), 0); /* it has a place */
	CHECK_INT(count(svg, "wheel-day-now"), 1);
	CHECK_INT(count(svg, ">week 46</text>"), 1);
	CHECK_INT(count(svg, ">30</text>"), 1);
	n = boxes_of(t, svg, box);
	CHECK_INT(n, inside);
	for (size_t i = 0; i < n; i++) {
		CHECK(box[i].x >= 0 && box[i].x + box[i].wide <= 480);
		for (size_t k = 0; k < i; k++)
			CHECK(box[i].x + box[i].wide <= box[k].x ||
			    box[k].x + box[k].wide <= box[i].x ||
			    box[i].y + box[i].high <= box[k].y ||
			    box[k].y + box[k].high <= box[i].y);
	}
}

/* Saturdays and Sundays are grey, or the days on which this campus does not work. */
TEST(days_that_are_off_are_grey_in_the_band)
{
	static const bool mondays[7] = {true};
	struct sample *s = sample(t);
	struct str svg, path;

	s->wheel.greys = 0;
	s->wheel.year = (struct span){date_of(2026, 11, 1), date_of(2026, 11, 30)};
	for (int turn = 0; turn < 2; turn++) {
		s->wheel.off = turn ? mondays : NULL;
		svg = drawn(t, &s->wheel);
		for (path = svg; path.n && !str_starts(path, STR("wheel-grey wheel-weekend"));
		    path = str_sub(path, 1, path.n))
			;
		CHECK_INT(count(str_cut(&path, '/'), "M"), turn ? 5 : 9);
	}
}

TEST(words_beside_a_mark_are_cut_to_the_room_there_is)
{
	struct sample *s = sample(t);
	struct str svg;

	s->wheel.marks = 1;
	s->mark[0].days = (struct span){date_of(2026, 8, 3), date_of(2026, 8, 29)};
	s->mark[0].label = STR(
	    "ä very long name that goes on and on and on until there is no more room for it");
	s->wheel.year = (struct span){date_of(2026, 8, 1), date_of(2026, 8, 31)};
	svg = drawn(t, &s->wheel);
	check_text(t, svg);
	CHECK_INT(count(svg, "…</text>"), 1);
	CHECK(str_contains(svg, STR(">1 ä very long name")));
	s->mark[0].label = (struct str){0};
	svg = drawn(t, &s->wheel);
	CHECK(str_contains(svg, STR(">1</text>")) && !str_contains(svg, STR("…")));
}

TEST(every_month_of_every_length_is_well_formed)
{
	struct sample *s = sample(t);

	for (int i = 0; i < MONTHS; i++) {
		s->wheel.year = (struct span){s->month[i].first, s->month[i].last};
		check_text(t, drawn(t, &s->wheel));
	}
	for (int days = 2; days < 60; days++) {
		s->wheel.year.last = date_add_days(s->wheel.year.first, days - 1);
		check_text(t, drawn(t, &s->wheel));
	}
}

/* --- what the caller must not hand in -------------------------------------------------------- */

static void
leave(const char *file, int line, const char *fact)
{
	(void)file, (void)line, (void)fact;
	_exit(7);
}

static int
ends_with(struct test *t, const struct chart_wheel *w)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		need_hook = leave;
		drawn(t, w);
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(what_cannot_be_drawn_is_refused)
{
	struct sample *s = sample(t), *other = sample(t);
	struct chart_ring ring = {STR("x"), 9};

	CHECK_INT(ends_with(t, &s->wheel), 0);
	s->mark[3].ring = RINGS;
	CHECK_INT(ends_with(t, &s->wheel), 7);
	s->mark[3].ring = 0;
	s->mark[3].days.last = date_add_days(s->mark[3].days.first, -1);
	CHECK_INT(ends_with(t, &s->wheel), 7);
	s = other;
	s->wheel.marks = 0;
	s->wheel.ring = &ring;
	s->wheel.rings = 1;
	CHECK_INT(ends_with(t, &s->wheel), 7);
	ring.color = 8;
	CHECK_INT(ends_with(t, &s->wheel), 0);
	s->wheel.year.last = date_of(2036, 1, 1);
	CHECK_INT(ends_with(t, &s->wheel), 7);
}

/* So many in the same weeks that lanes become thin. */
TEST(on_paper_every_mark_has_its_number)
{
	struct sample *s = sample(t);
	struct out o = out_new(t->arena);

	for (int i = 0; i < MARKS; i++)
		s->mark[i].days = s->mark[i % 6].days;
	chart_wheel(&o, &s->wheel);
	CHECK(!str_contains(out_text(&o), STR(">60</text>")));
	CHECK(!str_contains(out_text(&o), STR("wheel-small")));
	s->wheel.small = true;
	o = out_new(t->arena);
	chart_wheel(&o, &s->wheel);
	CHECK(str_contains(out_text(&o), STR(">60</text>")));
	CHECK(str_contains(out_text(&o), STR("wheel-small")));
}
