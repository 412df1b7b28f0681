/* School years: drafts made from the template or from the year before, published, closed. */
#include "app/wheel/wheel.h"

#include <stdlib.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/framework/framework.h"
#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"              /* generated */
#include "app/wheel/material.json.h" /* generated */
#include "app/wheel/template.json.h" /* generated */
#include "app/wheel/wheel.sql.h"     /* generated */
#include "app/wheel/wheel.texts.h"   /* generated */

enum { WEEK_DAYS = 7, WEEK_THURSDAY = 3 };

const struct event wheel_year_changed = {"wheel.year_changed", T_WHEEL_EVENT_YEAR};

struct span
wheel_year_span(const struct school_year *y)
{
	return (struct span){y->starts, y->ends};
}

static bool
may_see(const struct actor *who, const struct school_year *y)
{
	return y->state != SCHOOL_YEAR_STATE_DRAFT || actor_may(who, MAY_EDIT_WHEEL, ACTOR_ANYWHERE);
}

bool
wheel_year_find(struct tx *tx, const struct actor *who, int64_t year, struct school_year *y)
{
	return school_year_of(tx, year, y) && may_see(who, y);
}

bool
wheel_year_now(struct tx *tx, const struct actor *who, struct date today, struct school_year *y)
{
	struct school_year_list all = school_years(tx); /* the newest first */
	const struct school_year *newest = NULL;

	for (size_t i = 0; i < all.n; i++) {
		if (!may_see(who, &all.at[i]))
			continue;
		if (!newest)
			newest = &all.at[i];
		if (all.at[i].state != SCHOOL_YEAR_STATE_DRAFT && date_days_between(all.at[i].starts, today) >= 0) {
			newest = &all.at[i];
			break;
		}
	}
	if (newest)
		*y = *newest;
	return newest != NULL;
}

/* --- a new year ------------------------------------------------------------------------------------ */

/* The calendar year that people name an item with: a week has that of its Thursday, and New Year's Day is of the
 * new year though its week may begin in the old one. */
static int
calendar_year(const struct school_year *y, enum wheel_item_timing timing, struct str anchor, struct date starts)
{
	switch (timing) {
	case WHEEL_ITEM_TIMING_WEEK: return date_parts(date_add_days(starts, WEEK_THURSDAY)).year;
	case WHEEL_ITEM_TIMING_ANCHOR: return date_parts(date_of_anchor(wheel_year_span(y), anchor)).year;
	case WHEEL_ITEM_TIMING_DATES: return date_parts(starts).year;
	case WHEEL_ITEM_TIMING_NONE: break;
	}
	need(0 && "a timing");
	return 0;
}

static bool
falls_on(enum wheel_series_every every, int year)
{
	return every == WHEEL_SERIES_EVERY_YEAR || (year % 2 != 0) == (every == WHEEL_SERIES_EVERY_ODD);
}

static struct span
days_of(const struct school_year *y, enum wheel_item_timing timing, int64_t week, struct str anchor)
{
	if (timing == WHEEL_ITEM_TIMING_ANCHOR)
		return week_of_anchor(wheel_year_span(y), anchor);
	return week_in_span(wheel_year_span(y), (int)week);
}

struct span
wheel_item_days(const struct school_year *y, const struct wheel_item_form *form)
{
	struct span days = {form->starts, form->ends.day ? form->ends : form->starts};

	if (form->timing == WHEEL_ITEM_TIMING_WEEK) {
		if (form->week < 1 || form->week > 53)
			return (struct span){0};
		/* For people a week 53 that is not there is a mistake; copying from year to year takes week 52. */
		days = week_in_span(wheel_year_span(y), (int)form->week);
		return week_of(days.first).week == form->week ? days : (struct span){0};
	}
	if (form->timing == WHEEL_ITEM_TIMING_ANCHOR)
		return date_is_anchor(form->anchor) ? week_of_anchor(wheel_year_span(y), form->anchor)
		    : (struct span){0};
	if (days.first.day == 0 || days.last.day < days.first.day || days.first.day < y->starts.day ||
	    days.last.day > y->ends.day)
		return (struct span){0};
	return days;
}

/* That weekday of the ISO week, in the year in which it lies nearest to a day. */
static struct date
weekday_near(int64_t week, int weekday, struct date near)
{
	struct date nearest = {0};

	for (int year = date_parts(near).year - 1; year <= date_parts(near).year + 1; year++) {
		int weeks = weeks_in_year(year);
		struct date day = date_of_week(year, week < weeks ? (int)week : weeks, weekday);

		if (nearest.day == 0 || abs(date_days_between(day, near)) < abs(date_days_between(nearest, near)))
			nearest = day;
	}
	return nearest;
}

/* Dates keep weekday and ISO week, within the school year and on their side of New Year, since what comes every
 * second year goes by the calendar year. */
static struct span
dates_again(struct tx *tx, const struct school_year *y, const struct wheel_item *was)
{
	struct date_parts p = date_parts(was->starts);
	struct date same = date_of_anchor(wheel_year_span(y), str_fmt(tx->arena, "%02d-%02d", p.month, p.day));
	struct date first = date_of(date_parts(same).year, 1, 1), last = date_of(date_parts(same).year, 12, 31);
	struct span days = {weekday_near(was->week, date_weekday(was->starts), same), {0}};

	if (first.day < y->starts.day)
		first = y->starts;
	while (days.first.day < first.day)
		days.first.day += WEEK_DAYS;
	days.last.day = days.first.day + date_days_between(was->starts, was->ends);
	while ((days.first.day > last.day || days.last.day > y->ends.day) && days.first.day - WEEK_DAYS >= first.day) {
		days.first.day -= WEEK_DAYS;
		days.last.day -= WEEK_DAYS;
	}
	if (days.last.day > y->ends.day)
		days.last = y->ends;
	return days;
}

/* What comes each month keeps its weekday of the month; {0} when that lies outside the year. */
static struct span
weekday_again(const struct school_year *y, const struct wheel_item *was)
{
	int month = date_parts(was->starts).month, first = date_parts(y->starts).month;
	int year = date_parts(y->starts).year + (month < first);
	struct span days = {date_same_weekday(was->starts, year, month), {0}};

	days.last.day = days.first.day + date_days_between(was->starts, was->ends);
	return days.first.day < y->starts.day || days.last.day > y->ends.day ? (struct span){0} : days;
}

/* The days in year y of an item that stood elsewhere the year before. */
static struct span
days_again(struct tx *tx, const struct school_year *y, const struct wheel_item *was)
{
	struct span days = {0};

	if (was->timing == WHEEL_ITEM_TIMING_DATES &&
	    (was->repeats == WHEEL_ITEM_REPEATS_MONTH || was->repeats == WHEEL_ITEM_REPEATS_SECOND_MONTH))
		days = weekday_again(y, was);
	if (days.first.day)
		return days;
	if (was->timing == WHEEL_ITEM_TIMING_DATES)
		return dates_again(tx, y, was);
	return days_of(y, was->timing, was->week, was->anchor);
}

/* The last day of what repeats keeps its distance from the first time. */
static struct date
until_again(const struct school_year *y, const struct wheel_item *was, struct span days)
{
	struct date until = was->repeats_until;

	if (until.day == 0)
		return until;
	until.day += date_days_between(was->starts, days.first);
	return until.day > y->ends.day ? y->ends : until;
}

static void
copy_item(struct tx *tx, const struct school_year *y, const struct wheel_item *was, struct span days)
{
	struct wheel_item_scope_list scope = wheel_scope_of(tx, was->id);
	struct measure_list measures = wheel_measures_of(tx, was->id);
	struct wheel_material_list material = wheel_materials_of(tx, was->id);
	wheel_item_id id = wheel_item_add(tx, was->series, y->id, was->ring, was->campus, was->title,
	    was->sentence, was->description, was->timing, was->week, was->anchor, days.first, days.last,
	    was->repeats, until_again(y, was, days), was->duty, was->person, was->answers, was->core,
	    was->guardians, tx->now);

	wheel_review_add(tx, id, was->id, days.first, days.last);
	for (size_t i = 0; i < scope.n; i++)
		wheel_scope_add(tx, id, scope.at[i].campus);
	for (size_t i = 0; i < measures.n; i++)
		wheel_measure_add(tx, id, measures.at[i].id);
	for (size_t i = 0; i < material.n; i++)
		wheel_material_add(tx, id, material.at[i].kind, material.at[i].title, material.at[i].body,
		    material.at[i].url, material.at[i].position);
}

/* The newest item of every series; what comes every second year may lie two years back. */
static void
copy_years_before(struct tx *tx, const struct school_year *y)
{
	struct wheel_series_list all = wheel_series_all(tx);

	for (size_t i = 0; i < all.n; i++) {
		struct wheel_item was;
		struct span days;

		if (!wheel_item_newest(tx, all.at[i].id, y->year, &was) || was.cancelled_at.s)
			continue;
		if (was.timing == WHEEL_ITEM_TIMING_DATES && was.week == 0)
			was.week = week_of(was.starts).week;
		days = days_again(tx, y, &was);
		if (falls_on(all.at[i].every, calendar_year(y, was.timing, was.anchor, days.first)))
			copy_item(tx, y, &was, days);
	}
}

/* --- the template ---------------------------------------------------------------------------------- */

static void
add_materials(struct tx *tx, struct json_in *in, const struct json *materials, struct str key,
    wheel_item_id item)
{
	struct json_items list = json_list(in, materials, str_z(tx->arena, key));

	for (size_t i = 0; i < list.n; i++) {
		const struct json *j = &list.at[i];
		size_t kind = json_word(in, j, "kind", wheel_material_kind_words, WHEEL_MATERIAL_KIND_COUNT);

		if (kind)
			wheel_material_add(tx, item, (enum wheel_material_kind)kind, json_texts(in, j, "title"),
			    json_texts_or(in, j, "body"), json_text_or(in, j, "url", STR("")), (int64_t)i + 1);
	}
}

static void
add_measures(struct tx *tx, struct json_in *in, const struct json *j, wheel_item_id item)
{
	struct json_items list = json_list(in, j, "measures");

	for (size_t i = 0; i < list.n; i++) {
		struct measure m = {0};

		if (list.at[i].kind == IS_TEXT)
			m = framework_measure(tx, list.at[i].text);
		if (m.id.n)
			wheel_measure_add(tx, item, m.id);
		else
			json_problem(in, &list.at[i], "names no measure");
	}
}

static wheel_ring_id
ring_with(struct tx *tx, struct str key)
{
	struct wheel_ring_list rings = wheel_rings(tx);

	for (size_t i = 0; i < rings.n; i++)
		if (str_eq(rings.at[i].key, key))
			return rings.at[i].id;
	return (wheel_ring_id){0};
}

static void
add_from_template(struct tx *tx, struct json_in *in, const struct json *j, const struct json *materials,
    const struct school_year *y)
{
	struct str key = json_text(in, j, "key"), anchor = json_text_or(in, j, "anchor", STR(""));
	struct str duty = json_text_or(in, j, "duty", STR(""));
	int64_t week = json_int(in, j, "week", 1, 53);
	enum wheel_item_timing timing = anchor.n ? WHEEL_ITEM_TIMING_ANCHOR : WHEEL_ITEM_TIMING_WEEK;
	size_t every = json_word(in, j, "every", wheel_series_every_words, WHEEL_SERIES_EVERY_COUNT);
	size_t answers = json_word(in, j, "answers", wheel_item_answers_words, WHEEL_ITEM_ANSWERS_COUNT);
	wheel_ring_id ring = ring_with(tx, json_text(in, j, "ring"));
	bool again = json_member(in, j, "repeats")->kind != IS_ABSENT;
	size_t repeats = again ? json_word(in, j, "repeats", wheel_item_repeats_words, WHEEL_ITEM_REPEATS_COUNT)
	    : WHEEL_ITEM_REPEATS_NO;
	struct str until = json_text_or(in, j, "until", STR(""));
	struct wheel_series series;
	struct span days;
	wheel_item_id id;

	if (in->count || ring.n == 0)
		return;
	if (!wheel_series_by_key(tx, key, &series))
		series = (struct wheel_series){wheel_series_add(tx, key, (enum wheel_series_every)every), key,
		    (enum wheel_series_every)every};
	days = days_of(y, timing, week, anchor);
	if (!falls_on(series.every, calendar_year(y, timing, anchor, days.first)))
		return;
	id = wheel_item_add(tx, series.id, y->id, ring, (campus_id){0}, json_texts(in, j, "title"),
	    json_texts_or(in, j, "sentence"), json_texts_or(in, j, "description"), timing, week, anchor, days.first,
	    days.last, (enum wheel_item_repeats)repeats, date_of_anchor(wheel_year_span(y), until),
	    duty_with_key(duties_all(tx), duty).id, (person_id){0}, (enum wheel_item_answers)answers,
	    json_bool_or(in, j, "core", false), json_bool_or(in, j, "guardians", false), tx->now);
	add_measures(tx, in, j, id);
	add_materials(tx, in, materials, key, id);
}

/* Both files are part of the program: a mistake in them is a programmer's. */
static void
fill_from_template(struct tx *tx, const struct school_year *y)
{
	struct json_in in = json_in_new(tx->arena);
	const struct json *template = json_parse(&in, wheel_template_json);
	const struct json *materials = json_parse(&in, wheel_material_json);
	struct json_items items;

	need(template && materials);
	items = json_list(&in, template, "items");
	for (size_t i = 0; i < items.n; i++)
		add_from_template(tx, &in, &items.at[i], materials, y);
	need(in.count == 0);
}

void
wheel_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	const struct json *template = json_parse(in, wheel_template_json);
	struct json_items list;

	(void)college;
	(void)today;
	if (!template)
		return;
	list = json_list(in, template, "rings");
	for (size_t i = 0; i < list.n; i++)
		wheel_ring_put(tx, json_text(in, &list.at[i], "key"), json_texts(in, &list.at[i], "name"),
		    (int64_t)i + 1, json_int(in, &list.at[i], "color", 1, 8));
}

/* --- states of a year ------------------------------------------------------------------------------ */

static void
note(struct tx *tx, const struct actor *who, const struct school_year *y, enum school_year_state becomes)
{
	journal_add(tx, who, (struct journal_entry){&wheel_year_changed, .subject = y->id.n,
	    .was = str_of(school_year_state_words[y->state]),
	    .becomes = str_of(school_year_state_words[becomes])});
}

enum verdict
wheel_year_begin(struct tx *tx, const struct actor *who, int64_t year)
{
	struct school_year y = {.year = year, .state = SCHOOL_YEAR_STATE_NONE};
	struct provider provider = provider_of(tx);
	struct span span = provider_year(&provider, (int)year);

	if (school_year_of(tx, year, &y))
		return VERDICT_TAKEN;
	y.starts = span.first;
	y.ends = span.last;
	y.id = school_year_add(tx, year, SCHOOL_YEAR_STATE_DRAFT, span.first, span.last);
	if (wheel_series_all(tx).n)
		copy_years_before(tx, &y);
	else
		fill_from_template(tx, &y);
	note(tx, who, &y, SCHOOL_YEAR_STATE_DRAFT);
	return VERDICT_OK;
}

enum verdict
wheel_year_publish(struct tx *tx, const struct actor *who, int64_t year, int64_t version)
{
	struct school_year y;

	if (!school_year_of(tx, year, &y))
		return VERDICT_NOT_FOUND;
	if (school_year_publish(tx, y.id, tx->now, version) == 0)
		return VERDICT_CONFLICT;
	note(tx, who, &y, SCHOOL_YEAR_STATE_PUBLISHED);
	return VERDICT_OK;
}

enum verdict
wheel_year_close(struct tx *tx, const struct actor *who, int64_t year, int64_t version)
{
	struct school_year y;

	if (!school_year_of(tx, year, &y))
		return VERDICT_NOT_FOUND;
	if (school_year_close(tx, y.id, tx->now, version) == 0)
		return VERDICT_CONFLICT;
	note(tx, who, &y, SCHOOL_YEAR_STATE_CLOSED);
	return VERDICT_OK;
}

enum verdict
wheel_year_reopen(struct tx *tx, const struct actor *who, int64_t year, int64_t version)
{
	struct school_year y;

	if (!school_year_of(tx, year, &y))
		return VERDICT_NOT_FOUND;
	if (school_year_reopen(tx, y.id, version) == 0)
		return VERDICT_CONFLICT;
	note(tx, who, &y, SCHOOL_YEAR_STATE_PUBLISHED);
	return VERDICT_OK;
}
