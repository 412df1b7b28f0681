/* The drawing of a year, or of one month of it. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/chart.h"
#include "lib/holiday.h"
#include "lib/i18n.h"

#include "core/db/tx.h"

#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { MONTHS = 12, GREYS_MAX = 60, WEEKDAYS = 7 };

struct span
wheel_month_span(const struct school_year *y, int month)
{
	struct date_parts first = date_parts(y->starts);
	int year = month >= first.month ? first.year : first.year + 1;

	return (struct span){date_of(year, month, 1), date_of(year, month, date_days_in_month(year, month))};
}

/* All months; or one, which leads back to the year, between its neighbours. */
static size_t
months_of(struct req *r, const struct school_year *y, struct chart_month *list, int only)
{
	int first = date_parts(y->starts).month;
	int from = only ? (only - first + MONTHS) % MONTHS - 1 : 0, to = only ? from + 2 : MONTHS - 1;
	size_t n = 0;

	for (int i = from < 0 ? 0 : from; i <= to && i < MONTHS; i++) {
		int month = (first - 1 + i) % MONTHS + 1;
		struct span days = wheel_month_span(y, month);

		list[n++] = (struct chart_month){
			.name = only ? i18n_month(r->lang, month) : i18n_month_short(r->lang, month),
			.address = month == only ? r->path
			    : str_fmt(r->arena, "%.*s?month=%d", STR_ARG(r->path), month),
			.first = days.first,
			.last = days.last,
		};
	}
	return n;
}

/* Public holidays and the campus's breaks. */
static size_t
greys_of(struct req *r, const struct campus *campus, struct span days, struct span *grey)
{
	struct holiday_day holiday[GREYS_MAX];
	size_t n = 0, holidays;

	if (campus) {
		struct campus_break_list breaks = campus_breaks(r->tx, campus->id, days);

		for (size_t i = 0; i < breaks.n && n < GREYS_MAX; i++)
			grey[n++] = (struct span){breaks.at[i].starts, breaks.at[i].ends};
	}
	holidays = holidays_between(days, holiday, GREYS_MAX);
	for (size_t i = 0; i < holidays && n < GREYS_MAX; i++)
		grey[n++] = (struct span){holiday[i].date, holiday[i].date};
	return n;
}

static enum chart_state
state_of(const struct wheel_row *row)
{
	if (!row->answered)
		return CHART_PLAIN;
	switch (row->sight) {
	case WHEEL_NO_ANSWER: return CHART_NONE;
	case WHEEL_WAITING: return CHART_WAITING;
	case WHEEL_COMING: return CHART_COMING;
	case WHEEL_DONE: return CHART_DONE;
	case WHEEL_OUR_WAY: return CHART_OUR_WAY;
	case WHEEL_NOT_HERE: return CHART_NOT_HERE;
	case WHEEL_NO_INFORMATION: return CHART_NO_INFORMATION;
	}
	return CHART_PLAIN;
}

/* One of the times of a row. In a year what comes each week would hide the rest behind its numbers, and has it only
 * once. */
static struct chart_mark
mark_of(struct req *r, const struct wheel_row *row, size_t time, struct wheel_ring_list rings, bool of_year)
{
	struct span days = row->times.at[time];
	struct chart_mark mark = {
		.days = days,
		.number = of_year && row->repeats == WHEEL_ITEM_REPEATS_WEEK && time > 0 ? 0 : row->number,
		.address = row->address,
		.when = row->again ? wheel_days_words(r, days) : row->when,
		.state = state_of(row),
		.runs = row->now && days.first.day <= r->today.day && r->today.day <= days.last.day,
		.label = texts_in(row->title, r->lang).text,
	};

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].id.n == row->ring_id)
			mark.ring = (int)i;
	return mark;
}

static size_t
times_of(struct wheel_row_list rows)
{
	size_t n = 0;

	for (size_t i = 0; i < rows.n; i++)
		n += rows.at[i].times.n;
	return n;
}

const struct chart_wheel *
wheel_drawing(struct req *r, const struct school_year *y, const struct campus *campus,
    struct wheel_row_list rows, int64_t month)
{
	struct wheel_ring_list rings = wheel_rings_of(r->tx, y->id);
	struct chart_ring *ring = ARENA_ARRAY(r->arena, struct chart_ring, rings.n);
	struct chart_mark *mark = ARENA_ARRAY(r->arena, struct chart_mark, times_of(rows));
	struct chart_month *months = ARENA_ARRAY(r->arena, struct chart_month, MONTHS);
	struct span *grey = ARENA_ARRAY(r->arena, struct span, GREYS_MAX);
	struct str *weekday = ARENA_ARRAY(r->arena, struct str, WEEKDAYS);
	bool *off = ARENA_ARRAY(r->arena, bool, WEEKDAYS);
	struct chart_wheel *wheel = ARENA_NEW(r->arena, struct chart_wheel);
	struct out now = out_new(r->arena), word = out_new(r->arena);

	if (rows.n == 0)
		return NULL;
	i18n_week(&now, r->lang, week_of(r->today).week);
	i18n_week(&word, r->lang, 1);
	*wheel = (struct chart_wheel){
		.year = month ? wheel_month_span(y, (int)month) : wheel_year_span(y),
		.today = r->today,
		.month = months,
		.months = months_of(r, y, months, (int)month),
		.ring = ring,
		.rings = rings.n,
		.mark = mark,
		.grey = grey,
		.title = said_plain(r->arena, r->lang, said(T_WHEEL_TITLE)),
		.subtitle = str_fmt(r->arena, "%lld–%lld", (long long)y->year, (long long)y->year + 1),
		.now = out_text(&now),
		.week = str_trim(str_sub(out_text(&word), 0, word.n - 1)),
		.weekday = weekday,
		.off = campus ? off : NULL,
	};
	wheel->greys = greys_of(r, campus, wheel->year, grey);
	for (int d = 0; d < WEEKDAYS; d++) {
		weekday[d] = i18n_weekday_short(r->lang, d + 1);
		off[d] = campus && !campus_works_on(campus, d + 1);
	}
	for (size_t i = 0; i < rings.n; i++)
		ring[i] = (struct chart_ring){texts_in(rings.at[i].name, r->lang).text, rings.at[i].color};
	for (size_t i = 0; i < rows.n; i++)
		for (size_t t = 0; t < rows.at[i].times.n; t++)
			if (rows.at[i].times.at[t].last.day >= wheel->year.first.day &&
			    rows.at[i].times.at[t].first.day <= wheel->year.last.day)
				mark[wheel->marks++] = mark_of(r, &rows.at[i], t, rings, month == 0);
	return wheel;
}

void
wheel_draw(struct req *r, const struct chart_wheel *wheel)
{
	chart_wheel(&r->out, wheel);
}
