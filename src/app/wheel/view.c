#include "app/wheel/view.h"

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { LISTED_MOST = 6 }; /* times that a row tells one by one; each week of a month has five at most */

const char *
wheel_sight_class(enum wheel_sight sight)
{
	switch (sight) {
	case WHEEL_NO_ANSWER: return "none";
	case WHEEL_WAITING: return "waiting";
	case WHEEL_COMING: return "coming";
	case WHEEL_DONE: return "done";
	case WHEEL_OUR_WAY: return "our-way";
	case WHEEL_NOT_HERE: return "not-here";
	case WHEEL_NO_INFORMATION: return "no-information";
	}
	need(0 && "a sight");
	return "";
}

struct said
wheel_sight_words(enum wheel_sight sight, const struct wheel_answer *answer)
{
	switch (sight) {
	case WHEEL_NO_ANSWER: return said(T_WHEEL_SIGHT_NO_ANSWER);
	case WHEEL_WAITING: return said(T_WHEEL_SIGHT_WAITING);
	case WHEEL_COMING: return said(T_WHEEL_SIGHT_COMING);
	case WHEEL_DONE: return said(T_WHEEL_SIGHT_DONE);
	case WHEEL_OUR_WAY: return said(T_WHEEL_SIGHT_OUR_WAY);
	case WHEEL_NO_INFORMATION: return said(T_WHEEL_SIGHT_NO_INFORMATION);
	case WHEEL_NOT_HERE:
		if (answer && answer->reason == WHEEL_ANSWER_REASON_DOES_NOT_FIT)
			return said(T_WHEEL_SIGHT_DOES_NOT_FIT);
		if (answer && answer->reason == WHEEL_ANSWER_REASON_DID_NOT_HAPPEN)
			return said(T_WHEEL_SIGHT_DID_NOT_HAPPEN);
		return said(T_WHEEL_SIGHT_NOT_HERE);
	}
	need(0 && "a sight");
	return (struct said){0};
}

struct str
wheel_year_address(const struct req *r, const struct school_year *y, const struct campus *campus)
{
	if (campus)
		return str_fmt(r->arena, "/%s/%.*s/wheel/%lld", lang_code(r->lang), STR_ARG(campus->slug),
		    (long long)y->year);
	return str_fmt(r->arena, "/%s/wheel/%lld", lang_code(r->lang), (long long)y->year);
}

struct str
wheel_item_under(const struct req *r, struct str year, wheel_item_id item)
{
	struct out o = out_new(r->arena);

	out_reserve(&o, year.n + 1 + OUT_DIGITS_MAX);
	out_str(&o, year);
	out_char(&o, '/');
	out_int(&o, item.n);
	return out_text(&o);
}

struct str
wheel_item_address(const struct req *r, const struct school_year *y, const struct campus *campus,
    wheel_item_id item)
{
	return wheel_item_under(r, wheel_year_address(r, y, campus), item);
}

bool
wheel_is_one_week(struct span days)
{
	return date_weekday(days.first) == 1 && days.last.day == days.first.day + 6;
}

struct str
wheel_days_words(const struct req *r, struct span days)
{
	struct out o = out_new(r->arena);

	i18n_range(&o, r->lang, days);
	if (wheel_is_one_week(days)) {
		out_lit(&o, " · ");
		i18n_week(&o, r->lang, week_of(days.first).week);
	}
	return out_text(&o);
}

struct str
wheel_days_short(const struct req *r, struct span days)
{
	struct out o = out_new(r->arena);

	if (wheel_is_one_week(days))
		i18n_week_short(&o, r->lang, week_of(days.first).week);
	else
		i18n_range_short(&o, r->lang, days);
	return out_text(&o);
}

struct str
wheel_row_days(const struct req *r, const struct wheel_row *row)
{
	return row->again && row->times.n > 1 ? row->when : wheel_days_short(r, row->days);
}

struct str
wheel_month_words(const struct req *r, struct date first)
{
	struct date_parts p = date_parts(first);
	struct out o = out_new(r->arena);

	i18n_month_of(&o, r->lang, p.year, p.month);
	return out_text(&o);
}

struct said
wheel_own_days(const struct req *r, struct date starts, struct date ends)
{
	(void)r;
	if (ends.day == 0 || ends.day == starts.day)
		return t_wheel_own_day(starts);
	return t_wheel_own_days(starts, ends);
}

struct str
wheel_action(const struct req *r, struct str base, const char *word)
{
	return str_fmt(r->arena, "%.*s%s", STR_ARG(base), word);
}

bool
wheel_form_open_of(const struct req *r, const char *spec)
{
	const struct form_state *form = form_find(r, spec);

	return form && form->typed;
}

bool
wheel_form_open(const struct req *r, bool has_answer)
{
	return !has_answer || wheel_form_open_of(r, "answer");
}

bool
wheel_has(const struct texts *texts)
{
	return texts_in(*texts, LANG_FI).text.n > 0;
}

struct said
wheel_repeat_words(enum wheel_item_repeats repeats)
{
	return t_wheel_repeat_words(repeats);
}

struct wheel_filter
wheel_filter_of(const struct req *r)
{
	struct wheel_filter f = {
		.ring = query_int(r, "ring", 0),
		.measure = query_int(r, "measure", 0),
		.month = query_int(r, "month", 0),
		.core = query_int(r, "core", 0) == 1,
	};

	if (f.month < 0 || f.month > 12)
		f.month = 0;
	f.any = f.ring || f.measure || f.month || f.core;
	return f;
}

/* Everything rows are made from, read once a page. */
struct sources {
	struct wheel_ring_list rings;
	struct duty_list duties;
	struct wheel_answer_list answers;
	struct wheel_item_measure_list measures;
	struct str address; /* of the year's list */
	struct wheel_off off;
};

static bool
any_repeats(struct wheel_line_list lines)
{
	for (size_t i = 0; i < lines.n; i++)
		if (lines.at[i].repeats != WHEEL_ITEM_REPEATS_NO)
			return true;
	return false;
}

static struct sources
read_sources(struct req *r, const struct school_year *y, const struct campus *campus, struct wheel_filter f,
    struct wheel_line_list lines)
{
	campus_id place = {campus ? campus->id.n : 0};

	return (struct sources){
		.rings = wheel_rings_of(r->tx, y->id),
		.duties = duties_all(r->tx),
		.answers = wheel_answers_of_campus(r->tx, y->id, place),
		.measures = f.measure ? wheel_item_measures_of_year(r->tx, y->id)
		    : (struct wheel_item_measure_list){0},
		.address = wheel_year_address(r, y, campus),
		.off = any_repeats(lines) ? wheel_off_of(r->tx, place, wheel_year_span(y)) : (struct wheel_off){0},
	};
}

const struct wheel_answer *
wheel_answer_in(struct wheel_answer_list answers, wheel_item_id item, campus_id campus)
{
	size_t low = 0, high = answers.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct wheel_answer *a = &answers.at[middle];

		if (a->item.n < item.n || (a->item.n == item.n && a->campus.n < campus.n))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == answers.n || answers.at[low].item.n != item.n || answers.at[low].campus.n != campus.n)
		return NULL;
	return &answers.at[low];
}

static bool
serves(const struct sources *s, wheel_item_id item, int64_t measure)
{
	for (size_t i = 0; i < s->measures.n; i++)
		if (s->measures.at[i].item.n == item.n && s->measures.at[i].measure.n == measure)
			return true;
	return false;
}

/* A month counts when the item touches it. */
static bool
touches_month(struct span days, int64_t month)
{
	struct date_parts first = date_parts(days.first), last = date_parts(days.last);
	int from = first.year * 12 + first.month, to = last.year * 12 + last.month;

	for (int m = from; m <= to && m < from + 12; m++)
		if ((m - 1) % 12 + 1 == month)
			return true;
	return false;
}

static bool
touches(struct span a, struct span b)
{
	return a.first.day <= b.last.day && a.last.day >= b.first.day;
}

/* An item with the days that it has here: a campus may have its own. */
struct shown {
	const struct wheel_line *line;
	const struct wheel_answer *answer;
	struct span days;
	struct wheel_time_list times; /* as far as the filter wants them */
	struct date last;             /* when it is over for this year */
	int64_t number;
};

static bool
passes(const struct sources *s, const struct shown *i, struct wheel_filter f)
{
	return (f.ring == 0 || i->line->ring.n == f.ring) && (!f.core || i->line->core) &&
	    (!f.guardians || i->line->guardians) &&
	    (f.measure == 0 || serves(s, i->line->id, f.measure)) && i->times.n > 0;
}

/* Leaves the times that the filter wants. */
static void
keep_times(struct wheel_time_list *times, struct wheel_filter f)
{
	size_t n = 0;

	for (size_t i = 0; i < times->n; i++)
		if ((f.month == 0 || touches_month(times->at[i], f.month)) &&
		    (f.days.first.day == 0 || touches(times->at[i], f.days)))
			times->at[n++] = times->at[i];
	times->n = n;
}

/* The campus's answer, or the provider's where the provider answers. */
static struct shown
shown_of(struct req *r, const struct sources *s, const struct school_year *y, const struct wheel_line *line,
    const struct campus *campus)
{
	bool of_campus = campus && line->answers != WHEEL_ITEM_ANSWERS_PROVIDER;
	campus_id place = of_campus ? campus->id : (campus_id){0};
	const struct wheel_answer *answer = wheel_answer_in(s->answers, line->id, place);
	struct span days = {line->starts, line->ends};
	struct wheel_time_list times;

	if (answer && answer->starts.day)
		days = (struct span){answer->starts, answer->ends.day ? answer->ends : answer->starts};
	times = wheel_times(r->arena, line->repeats, days, wheel_repeats_last(y, line->repeats_until), s->off);
	return (struct shown){line, answer, days, times, times.at[times.n - 1].last, 0};
}

static bool
is_later(struct span a, struct span b)
{
	return a.first.day > b.first.day || (a.first.day == b.first.day && a.last.day > b.last.day);
}

/* By the days that are shown. Lines come by their own days and few have others, so each moves little. */
static struct shown *
in_order(struct req *r, const struct sources *s, const struct school_year *y, struct wheel_line_list lines,
    const struct campus *campus)
{
	struct shown *item = ARENA_ARRAY(r->arena, struct shown, lines.n);

	for (size_t n = 0; n < lines.n; n++) {
		struct shown next = shown_of(r, s, y, &lines.at[n], campus);
		size_t i = n;

		while (i > 0 && is_later(item[i - 1].days, next.days)) {
			item[i] = item[i - 1];
			i--;
		}
		item[i] = next;
	}
	for (size_t i = 0; i < lines.n; i++)
		item[i].number = (int64_t)i + 1;
	return item;
}

/* The times that a row tells of, and whether they are now or over. */
static void
set_time(struct req *r, struct wheel_row *row, struct wheel_time_list times)
{
	struct out o = out_new(r->arena);

	row->days = (struct span){times.at[0].first, times.at[times.n - 1].last};
	row->now = false;
	row->past = row->days.last.day < r->today.day;
	for (size_t i = 0; i < times.n; i++)
		row->now = row->now ||
		    (times.at[i].first.day <= r->today.day && r->today.day <= times.at[i].last.day);
	if (times.n == 1 || times.n > LISTED_MOST) {
		row->when = wheel_days_words(r, row->days);
		return;
	}
	for (size_t i = 0; i < times.n; i++) {
		if (i)
			out_lit(&o, ", ");
		out_str(&o, wheel_days_short(r, times.at[i]));
	}
	row->when = out_text(&o);
}

static struct wheel_row
row_of(struct req *r, const struct sources *s, const struct school_year *y, const struct campus *campus,
    const struct shown *i, struct wheel_time_list times)
{
	const struct wheel_line *line = i->line;
	const struct wheel_answer *answer = i->answer;
	bool provider = line->answers == WHEEL_ITEM_ANSWERS_PROVIDER;
	const struct duty *duty = duty_in(s->duties, line->duty);
	struct wheel_row row = {
		.id = line->id,
		.number = i->number,
		.title = line->title,
		.sentence = line->sentence,
		.ring_id = line->ring.n,
		.days = times.at[0],
		.times = times,
		.repeats = line->repeats,
		.again = line->repeats != WHEEL_ITEM_REPEATS_NO,
		.address = wheel_item_under(r, s->address, line->id),
		.by_campuses = line->answers == WHEEL_ITEM_ANSWERS_CAMPUS,
		.answered = provider || (campus && line->answers == WHEEL_ITEM_ANSWERS_CAMPUS),
		.core = line->core,
		.own = line->campus.n != 0,
		.version = answer ? answer->version : 0,
	};

	if (duty) {
		row.duty = duty->name;
		row.has_duty = true;
	}
	for (size_t k = 0; k < s->rings.n; k++)
		if (s->rings.at[k].id.n == line->ring.n) {
			row.color = s->rings.at[k].color;
			row.ring = s->rings.at[k].name;
		}
	row.sight = wheel_sight(y, i->last, answer, r->today,
	    actor_may(&r->actor, MAY_SEE_WAITING, ACTOR_ANYWHERE));
	row.sight_class = wheel_sight_class(row.sight);
	row.sight_words = said_plain(r->arena, r->lang, wheel_sight_words(row.sight, answer));
	set_time(r, &row, times);
	return row;
}

/* A row for each time, among the others by its days. */
static void
put_times(struct req *r, struct wheel_row_list *rows, struct wheel_row row)
{
	for (size_t t = 0; t < row.times.n; t++) {
		size_t i = rows->n++;
		struct wheel_row one = row;

		set_time(r, &one, (struct wheel_time_list){&row.times.at[t], 1});
		for (; i > 0 && is_later(rows->at[i - 1].days, one.days); i--)
			rows->at[i] = rows->at[i - 1];
		rows->at[i] = one;
	}
}

struct wheel_row_list
wheel_rows(struct req *r, const struct school_year *y, const struct campus *campus, struct wheel_filter f)
{
	struct wheel_line_list lines = campus ? wheel_lines_of(r->tx, y->id, campus->id)
	    : wheel_lines_common(r->tx, y->id);
	struct sources s = read_sources(r, y, campus, f, lines);
	struct shown *item = in_order(r, &s, y, lines, campus);
	struct wheel_row_list rows = {0};
	size_t most = 0;

	for (size_t i = 0; i < lines.n; i++) {
		keep_times(&item[i].times, f);
		most += f.days.first.day ? item[i].times.n : 1;
	}
	rows.at = ARENA_ARRAY(r->arena, struct wheel_row, most);
	for (size_t i = 0; i < lines.n; i++) {
		if (!passes(&s, &item[i], f))
			continue;
		if (f.days.first.day)
			put_times(r, &rows, row_of(r, &s, y, campus, &item[i], item[i].times));
		else
			rows.at[rows.n++] = row_of(r, &s, y, campus, &item[i], item[i].times);
	}
	return rows;
}

static int
month_number(struct date day)
{
	struct date_parts p = date_parts(day);

	return p.year * 12 + p.month - 1;
}

static struct span
days_of_month(int month)
{
	struct date next = date_of((month + 1) / 12, (month + 1) % 12 + 1, 1);

	return (struct span){date_of(month / 12, month % 12 + 1, 1), date_add_days(next, -1)};
}

/* The times of a row that begin in a month. By its days, for this is asked of each row in each month. */
static struct wheel_time_list
times_in_month(const struct wheel_row *row, struct span month)
{
	struct wheel_time_list times = {row->times.at, 0};

	while (times.at < row->times.at + row->times.n && times.at->first.day < month.first.day)
		times.at++;
	while (times.at + times.n < row->times.at + row->times.n && times.at[times.n].first.day <= month.last.day)
		times.n++;
	return times;
}

/* Those that begin in a month, by the days that are shown. */
static struct wheel_row_list
rows_of_month(struct req *r, struct wheel_row_list rows, struct span month)
{
	struct wheel_row_list list = {0};
	size_t most = 0;

	for (size_t k = 0; k < rows.n; k++)
		most += times_in_month(&rows.at[k], month).n > 0;
	list.at = ARENA_ARRAY(r->arena, struct wheel_row, most);
	for (size_t k = 0; k < rows.n; k++) {
		struct wheel_time_list times = times_in_month(&rows.at[k], month);
		struct wheel_row row;
		size_t i = list.n;

		if (times.n == 0)
			continue;
		row = rows.at[k];
		if (row.times.n > 1) {
			set_time(r, &row, times);
			row.times = times;
		}
		for (; i > 0 && is_later(list.at[i - 1].days, row.days) &&
		     list.at[i - 1].days.first.day != row.days.first.day; i--)
			list.at[i] = list.at[i - 1];
		list.at[i] = row;
		list.n++;
	}
	return list;
}

/* The first month in which something begins, and the last. */
static void
months_between(struct wheel_row_list rows, int *first, int *last)
{
	for (size_t i = 0; i < rows.n; i++) {
		struct wheel_time_list times = rows.at[i].times;
		int from = month_number(times.at[0].first), to = month_number(times.at[times.n - 1].first);

		if (i == 0 || from < *first)
			*first = from;
		if (i == 0 || to > *last)
			*last = to;
	}
}

struct wheel_month_list
wheel_months(struct req *r, struct wheel_row_list rows)
{
	int first = 0, last = -1, today = month_number(r->today);
	struct wheel_month_list months = {0};

	months_between(rows, &first, &last);
	months.at = ARENA_ARRAY(r->arena, struct wheel_month, (size_t)(last - first + 1));
	for (int m = first; m <= last; m++) {
		struct span days = days_of_month(m);
		struct wheel_month month = {
			.first = days.first,
			.anchor = str_fmt(r->arena, "m%d-%02d", m / 12, m % 12 + 1),
			.now = m == today,
			.rows = rows_of_month(r, rows, days),
		};

		if (month.rows.n)
			months.at[months.n++] = month;
	}
	return months;
}
