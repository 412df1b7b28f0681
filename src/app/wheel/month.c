/* A month for the wall: a sheet with its weeks as rows and what spans days as bars. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/i18n.h"

#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/rights.h"           /* generated */
#include "app/wheel/wall.texts.h" /* generated */

/* As many lanes as a week of a month with six of them has room for; a title that is too long for one line of its bar
 * takes two. */
enum { WEEK_DAYS = 7, MONTHS = 12, LANES = 4, DAY_CHARS = 20 };

struct sheet_of_month {
	struct req *r;
	const struct school_year *y;
	struct span month;
	struct campus_break_list breaks;
	struct wheel_row_list rows;
};

static const struct campus_break *
break_on(const struct sheet_of_month *s, struct date day)
{
	for (size_t i = 0; i < s->breaks.n; i++)
		if (s->breaks.at[i].starts.day <= day.day && day.day <= s->breaks.at[i].ends.day)
			return &s->breaks.at[i];
	return NULL;
}

static struct wheel_month_day
day_of(const struct sheet_of_month *s, struct date day)
{
	const struct campus *campus = s->r->campus;
	const struct campus_break *off = break_on(s, day);
	enum holiday holiday = holiday_of(day);
	int weekday = date_weekday(day);

	return (struct wheel_month_day){
		.number = date_parts(day).day,
		.within = s->month.first.day <= day.day && day.day <= s->month.last.day,
		.off = off || holiday != HOLIDAY_NONE || (campus ? !campus_works_on(campus, weekday) : weekday > 5),
		.holiday = campus_holiday(holiday),
		/* Named once a week. */
		.name = off && (off->starts.day == day.day || weekday == 1) ? off->name : (struct texts){0},
	};
}

/* The uppermost lane that is free for those days; LANES: none is. */
static int
lane_for(bool taken[LANES][WEEK_DAYS], int from, int days, int high)
{
	for (int lane = 0; lane + high <= LANES; lane++) {
		bool is_free = true;

		for (int l = lane; l < lane + high; l++)
			for (int d = from; d < from + days; d++)
				is_free = is_free && !taken[l][d];
		if (is_free)
			return lane;
	}
	return LANES;
}

/* One time of an item, as far as it lies in the week. */
static void
add_bar(const struct sheet_of_month *s, const struct wheel_row *row, struct span days, struct date monday,
    bool taken[LANES][WEEK_DAYS], struct wheel_month_week *week)
{
	int first = date_days_between(monday, days.first), last = date_days_between(monday, days.last);
	int from = first < 0 ? 0 : first, to = last < WEEK_DAYS ? last : WEEK_DAYS - 1, lane, high;
	size_t chars = str_chars(texts_in(row->title, s->r->lang).text);

	if (to < 0 || from >= WEEK_DAYS)
		return;
	high = chars > (size_t)(to - from + 1) * DAY_CHARS ? 2 : 1;
	lane = lane_for(taken, from, to - from + 1, high);
	if (lane == LANES) {
		week->more++;
		return;
	}
	for (int l = lane; l < lane + high; l++)
		for (int d = from; d <= to; d++)
			taken[l][d] = true;
	week->bars.at[week->bars.n++] = (struct wheel_month_bar){row->title, wheel_days_words(s->r, days),
	    row->color, from + 1, to - from + 1, high > 1, first >= 0, last < WEEK_DAYS};
}

/* The style sheet puts each bar into the first lane that is free, as this does. */
static void
fill_bars(const struct sheet_of_month *s, struct date monday, struct wheel_month_week *week)
{
	bool taken[LANES][WEEK_DAYS] = {0};

	week->bars.at = ARENA_ARRAY(s->r->arena, struct wheel_month_bar, LANES * WEEK_DAYS);
	for (size_t i = 0; i < s->rows.n; i++)
		for (size_t t = 0; t < s->rows.at[i].times.n; t++)
			add_bar(s, &s->rows.at[i], s->rows.at[i].times.at[t], monday, taken, week);
}

static struct wheel_month_week_list
weeks_of(const struct sheet_of_month *s, struct date monday, struct date last)
{
	struct wheel_month_week_list list = {ARENA_ARRAY(s->r->arena, struct wheel_month_week, WEEK_DAYS), 0};

	for (; monday.day <= last.day; monday = date_add_days(monday, WEEK_DAYS)) {
		struct wheel_month_week *week = &list.at[list.n++];

		*week = (struct wheel_month_week){
			.week = week_of(monday).week,
			.days = {ARENA_ARRAY(s->r->arena, struct wheel_month_day, WEEK_DAYS), WEEK_DAYS},
		};
		for (int d = 0; d < WEEK_DAYS; d++)
			week->days.at[d] = day_of(s, date_add_days(monday, d));
		fill_bars(s, monday, week);
	}
	return list;
}

/* The sheet of a month, which may be of the school year beside it; empty where there is none. */
static struct str
sheet_address(struct req *r, const struct school_year *y, struct date day)
{
	struct school_year other = *y;
	int64_t year = y->year + (day.day > y->ends.day) - (day.day < y->starts.day);

	if (year != y->year && !wheel_year_find(r->tx, &r->actor, year, &other))
		return STR("");
	return str_fmt(r->arena, "%.*s/month/%d", STR_ARG(wheel_year_address(r, &other, r->campus)),
	    date_parts(day).month);
}

static struct wheel_weekday_list
weekdays(struct req *r)
{
	struct wheel_weekday_list list = {ARENA_ARRAY(r->arena, struct wheel_weekday, WEEK_DAYS), WEEK_DAYS};

	for (int d = 0; d < WEEK_DAYS; d++)
		list.at[d].name = i18n_weekday(r->lang, d + 1);
	return list;
}

static void
show_month(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	const struct campus *campus = r->campus;
	struct provider provider = provider_of(r->tx);
	int64_t month = path_int(r, "month");
	struct sheet_of_month s = {.r = r, .y = &y};
	struct date monday, last;
	struct str live = wheel_year_address(r, &y, campus);

	if (month < 1 || month > MONTHS)
		page_not_found(r);
	s.month = wheel_month_span(&y, (int)month);
	monday = date_add_days(s.month.first, 1 - date_weekday(s.month.first));
	last = date_add_days(s.month.last, WEEK_DAYS - date_weekday(s.month.last));
	if (campus)
		s.breaks = campus_breaks(r->tx, campus->id, (struct span){monday, last});
	s.rows = wheel_rows_of_days(r, &y, (struct span){monday, last});
	wheel_sheet_html(r, &(struct wheel_sheet_page){
		.name = campus ? campus->name : provider.name,
		.month = wheel_month_words(r, s.month.first),
		.weekdays = weekdays(r),
		.weeks = weeks_of(&s, monday, last),
		.live = live,
		.before = sheet_address(r, &y, date_add_days(s.month.first, -1)),
		.after = sheet_address(r, &y, date_add_days(s.month.last, 1)),
		.code = page_code(r, live),
		.letters = page_letters(r, live),
		.made = r->today,
	});
}

const struct route wheel_month_routes[] = {
	{GET, "/{lang}/wheel/{year}/month/{month}", MAY_ANYONE, show_month},
	{GET, "/{lang}/{campus}/wheel/{year}/month/{month}", MAY_ANYONE, show_month},
	{0},
};
