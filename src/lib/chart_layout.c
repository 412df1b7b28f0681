/* Where the rings and marks of the disc stand. */
#include "lib/chart_layout.h"

#include "lib/arena.h"

static const double RING_GAP = 4, THICK_MOST = 27;
/* A mark is wide enough for its number; without one, where lanes are too thin, less. */
static const double WIDTH_LEAST = 5, DIGIT = 6.7, DIGITS_BESIDE = 5.6, NUMBER_HEIGHT = 12;
/* As the style sheet draws wheel-small. */
static const double SMALL = .65;

/* Of thousands of wheels made by chance all but a few have the same lanes after these rounds as after many more. */
enum { ROUNDS = 2 };

double
chart_share(const struct chart_wheel *w, int32_t day)
{
	return (double)(day - w->year.first.day) / (w->year.last.day - w->year.first.day + 1);
}

bool
chart_clip(const struct chart_wheel *w, struct span days, struct span *part)
{
	part->first = days.first.day > w->year.first.day ? days.first : w->year.first;
	part->last = days.last.day < w->year.last.day ? days.last : w->year.last;
	return part->first.day <= part->last.day;
}

/* --- lanes ----------------------------------------------------------------------------------- */

/* What places are tried with, again and again: it is computed once for each mark. */
struct stretch {
	double from, to; /* its days, in turns */
	double number;   /* the width of its number; 0: it has none */
	bool drawn;
};

struct layout {
	const struct stretch *stretch;
	struct chart_place *place;
	/* Of the marks of one ring: their order, and the ends of the last ones in its lanes. */
	size_t *order;
	double *end;
	double letters; /* 1, or what small numbers are of that */
};

static double
number_width(int64_t number)
{
	int digits = 2; /* also for the small ones, so that a row of marks looks even */

	for (int64_t n = number / 100; n > 0; n /= 10)
		digits++;
	return digits * DIGIT + DIGITS_BESIDE;
}

static struct stretch *
stretches_of(const struct chart_wheel *w, double letters, struct arena *a)
{
	struct stretch *s = ARENA_ARRAY(a, struct stretch, w->marks);

	for (size_t i = 0; i < w->marks; i++) {
		struct span days;

		s[i].drawn = chart_clip(w, w->mark[i].days, &days);
		s[i].from = chart_share(w, days.first.day);
		s[i].to = chart_share(w, days.last.day + 1);
		s[i].number = w->mark[i].number > 0 ? number_width(w->mark[i].number) * letters : 0;
	}
	return s;
}

/* From where to where a mark reaches, widened about its middle to what it needs at least, but not over the ends of the
 * year. */
static struct chart_piece
reach(const struct stretch *s, double radius, bool numbered)
{
	double half = chart_along(CHART_DISC, radius, numbered ? s->number : WIDTH_LEAST) / 2;
	double middle = (s->from + s->to) / 2;

	if (s->to - s->from >= 2 * half)
		return (struct chart_piece){.from = s->from, .to = s->to};
	if (middle < half)
		middle = half;
	if (middle > 1 - half)
		middle = 1 - half;
	return (struct chart_piece){.from = middle - half, .to = middle + half};
}

/* The marks of a ring in the order in which they begin once widened. Returns how many. */
static size_t
sort_marks(const struct chart_band *b, const struct chart_place *place, size_t *order)
{
	size_t n = 0;

	for (size_t m = 0; m < b->marks; m++) {
		size_t i = b->mark[m], k = n;

		if (!place[i].drawn)
			continue;
		for (; k > 0 && place[order[k - 1]].piece.from > place[i].piece.from; k--)
			order[k] = order[k - 1];
		order[k] = i;
		n++;
	}
	return n;
}

/* Marks that touch through one another share the ring's height: each goes to the outermost lane
 * that is free from there on. Returns whether some share it with more than before; `most` becomes
 * the most lanes anywhere. */
static bool
fill_lanes(struct chart_place *place, const size_t *order, size_t n, double *end, int *most)
{
	bool changed = false;

	for (size_t first = 0, after; first < n; first = after) {
		double reaches = 0;
		int lanes = 0, share = 0;

		for (after = first;
		     after < n && (after == first || place[order[after]].piece.from < reaches);
		     after++) {
			struct chart_place *p = &place[order[after]];
			int l = 0;

			while (l < lanes && p->piece.from < end[l])
				l++;
			if (l == lanes)
				lanes++;
			p->lane = l;
			end[l] = p->piece.to;
			if (p->piece.to > reaches)
				reaches = p->piece.to;
			if (p->lanes > share)
				share = p->lanes;
		}
		if (lanes > share)
			share = lanes;
		for (size_t i = first; i < after; i++) {
			changed |= place[order[i]].lanes < share;
			place[order[i]].lanes = share;
		}
		if (share > *most)
			*most = share;
	}
	return changed;
}

static double
thickness_of(const struct chart_band *b, int lanes)
{
	double thickness = (b->outer - b->inner) / lanes;

	return thickness < THICK_MOST ? thickness : THICK_MOST;
}

/* The middle of a lane; the lanes that share the ring's height stand about its middle. */
static double
radius_of(const struct chart_band *b, int lane, int lanes)
{
	return (b->outer + b->inner) / 2 + thickness_of(b, lanes) * (lanes / 2.0 - lane - .5);
}

/* A mark among others stands further in, where its number takes a longer turn, and may meet more of
 * them: so they are placed again until all keep the lanes they have. Returns the most. */
static int
place_marks(const struct layout *l, const struct chart_band *b)
{
	bool again = true, numbers = thickness_of(b, b->lanes) >= NUMBER_HEIGHT * l->letters;
	int most = 1;

	for (size_t m = 0; m < b->marks; m++) {
		size_t i = b->mark[m];

		l->place[i] = (struct chart_place){
			.lanes = 1,
			.drawn = l->stretch[i].drawn,
			.numbered = numbers && l->stretch[i].number > 0,
		};
	}
	while (again) {
		for (size_t m = 0; m < b->marks; m++) {
			struct chart_place *p = &l->place[b->mark[m]];

			if (p->drawn)
				p->piece = reach(&l->stretch[b->mark[m]],
				    radius_of(b, p->lanes - 1, p->lanes), p->numbered);
		}
		again = fill_lanes(l->place, l->order, sort_marks(b, l->place, l->order), l->end, &most);
	}
	return most;
}

/* At its own radius it needs less of a turn, or the same. */
static void
settle(const struct chart_band *b, const struct stretch *s, struct chart_place *p)
{
	double thickness = thickness_of(b, p->lanes), radius = radius_of(b, p->lane, p->lanes);

	p->piece = reach(s, radius, p->numbered);
	p->piece.outer = radius + thickness / 2;
	p->piece.inner = radius - thickness / 2;
}

/* --- rings ----------------------------------------------------------------------------------- */

/* The busiest ring outside, where there is most room; of two alike, in the order given. */
static void
order_bands(const struct chart_wheel *w, struct chart_band *band)
{
	for (size_t i = 0; i < w->rings; i++)
		band[i] = (struct chart_band){.ring = (int)i, .lanes = 1};
	for (size_t i = 0; i < w->marks; i++)
		band[w->mark[i].ring].marks++;
	for (size_t i = 1; i < w->rings; i++) {
		struct chart_band b = band[i];
		size_t k = i;

		for (; k > 0 && band[k - 1].marks < b.marks; k--)
			band[k] = band[k - 1];
		band[k] = b;
	}
}

static void
share_marks(const struct chart_wheel *w, struct chart_band *band, size_t *mark)
{
	for (size_t b = 0; b < w->rings; b++) {
		band[b].mark = mark;
		for (size_t i = 0; i < w->marks; i++)
			if (w->mark[i].ring == band[b].ring)
				*mark++ = i;
	}
}

/* A ring's share of the room is that of its lanes. */
static void
measure_bands(struct chart_band *band, size_t n, double outer, double inner)
{
	double room = outer - inner, gap = RING_GAP, lane;
	int lanes = 0;

	if (gap * (double)n > room / 4)
		gap = room / 4 / (double)n;
	room -= gap * (double)(n - 1);
	for (size_t i = 0; i < n; i++)
		lanes += band[i].lanes;
	lane = room / lanes;
	for (size_t i = 0; i < n; i++) {
		band[i].outer = outer;
		outer -= lane * band[i].lanes;
		band[i].inner = outer;
		outer -= gap;
	}
}

/* Measures the rings for the lanes they had. Returns whether one needs more; `differs` says whether
 * one needs more or fewer. */
static bool
try_lanes(const struct layout *l, double outer, double inner, struct chart_band *band, size_t rings, bool *differs)
{
	bool more = false;

	*differs = false;
	measure_bands(band, rings, outer, inner);
	for (size_t i = 0; i < rings; i++) {
		int lanes = place_marks(l, &band[i]);

		more |= lanes > band[i].lanes;
		*differs |= lanes != band[i].lanes;
		band[i].needed = lanes;
	}
	return more;
}

/* Marks are widened at their radius, which depends on the lanes, which depend on how wide the marks
 * are: so the rings are measured again until they have as many lanes as they need. That may never
 * be; after some rounds lanes only become more, and it ends when none is missing. */
static void
lay_out(const struct chart_wheel *w, const struct layout *l, double outer, double inner, struct chart_band *band,
    size_t *mark)
{
	bool differs;

	order_bands(w, band);
	share_marks(w, band, mark);
	for (int round = 0;; round++) {
		bool more = try_lanes(l, outer, inner, band, w->rings, &differs);

		if (!differs || (!more && round >= ROUNDS))
			break;
		for (size_t i = 0; i < w->rings; i++)
			if (round < ROUNDS || band[i].needed > band[i].lanes)
				band[i].lanes = band[i].needed;
	}
	for (size_t b = 0; b < w->rings; b++)
		for (size_t m = 0; m < band[b].marks; m++) {
			size_t i = band[b].mark[m];

			if (l->place[i].drawn)
				settle(&band[b], &l->stretch[i], &l->place[i]);
		}
}

/* Whether a number is missing, or stands out of its lane: numbers are upright, so beside the middle a lane must be as
 * thick as they are wide. */
static bool
lacks_room(const struct layout *l, size_t marks)
{
	for (size_t i = 0; i < marks; i++) {
		const struct chart_place *p = &l->place[i];
		double number = l->stretch[i].number;

		if (p->drawn && number > 0 &&
		    (!p->numbered || p->piece.outer - p->piece.inner < number - DIGITS_BESIDE / 2))
			return true;
	}
	return false;
}

double
chart_layout(const struct chart_wheel *w, double outer, double inner, struct chart_band *band,
    struct chart_place *place, struct arena *a)
{
	struct layout l = {stretches_of(w, 1, a), place, ARENA_ARRAY(a, size_t, w->marks),
	    ARENA_ARRAY(a, double, w->marks), 1};
	size_t *mark = ARENA_ARRAY(a, size_t, w->marks);

	lay_out(w, &l, outer, inner, band, mark);
	if (w->small && lacks_room(&l, w->marks)) {
		l.letters = SMALL;
		l.stretch = stretches_of(w, SMALL, a);
		lay_out(w, &l, outer, inner, band, mark);
	}
	return l.letters;
}
