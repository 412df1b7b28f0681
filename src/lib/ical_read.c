#include "lib/ical_read.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/ical_inside.h"
#include "lib/need.h"
#include "lib/zone.h"

enum {
	ZONES_MAX = 100,
	TIMES_MAX = 20000, /* that are left out of series or added to them */
	CHANGES_MAX = 2000,   /* of all zones together */
	STEPS_MAX = 20000000, /* days that rules look at: about a second */
};

void
ical_problem_add(struct ical_reader *r, enum ical_trouble trouble, size_t line, struct str what)
{
	struct ical_reading *g = r->reading;

	if (g->problems_in_all++ >= ICAL_PROBLEMS_MAX)
		return;
	g->problem = arena_grow(r->arena, g->problem, g->problems, 1, sizeof *g->problem, &r->problem_cap);
	g->problem[g->problems++] = (struct ical_problem){trouble, line, what};
}

static void
add_time(struct ical_reader *r, struct ical_times *times, struct ical_time time)
{
	if (r->times++ >= TIMES_MAX)
		return; /* and reading ends */
	times->at = arena_grow(r->arena, times->at, times->n, 1, sizeof *times->at, &times->cap);
	times->at[times->n++] = time;
}

/* --- events, property by property ------------------------------------------------------------- */

/* "20261123,20261130", "20261123T160000/PT1H": when they begin. */
static void
read_times(struct ical_reader *r, const struct ical_line *line, struct ical_times *times, bool *is_wrong)
{
	struct str zone, values = ical_times_of(line, &zone);

	while (values.n) {
		struct str one = str_cut(&values, ',');
		struct ical_time time;

		if (ical_time_of(str_cut(&one, '/'), zone, &time))
			add_time(r, times, time);
		else
			*is_wrong = true;
	}
}

static bool
read_time(const struct ical_line *line, struct ical_time *time)
{
	struct str zone, value = ical_times_of(line, &zone);

	return ical_time_of(value, zone, time);
}

static void
read_place_in_series(struct ical_event_read *e, const struct ical_line *line)
{
	e->is_wrong |= !read_time(line, &e->of);
	e->rule_unreadable |= ical_param(line, "RANGE").n > 0; /* of all that follow too */
}

static void
event_line(struct ical_reader *r, struct ical_event_read *e, const struct ical_line *line)
{
	struct str name = line->name;

	if (ical_word_is(name, "UID"))
		e->uid = ical_text(r->arena, line->value, false, ICAL_TITLE_CHARS_MAX);
	else if (ical_word_is(name, "SUMMARY"))
		e->title = ical_text(r->arena, line->value, false, ICAL_TITLE_CHARS_MAX);
	else if (ical_word_is(name, "DESCRIPTION"))
		e->description = ical_text(r->arena, line->value, true, ICAL_TEXT_CHARS_MAX);
	else if (ical_word_is(name, "LOCATION"))
		e->place = ical_text(r->arena, line->value, false, ICAL_TITLE_CHARS_MAX);
	else if (ical_word_is(name, "SEQUENCE"))
		str_int(str_trim(line->value), &e->sequence);
	else if (ical_word_is(name, "STATUS"))
		e->is_cancelled = ical_word_is(str_trim(line->value), "CANCELLED");
	else if (ical_word_is(name, "DTSTART"))
		e->is_wrong |= !read_time(line, &e->starts);
	else if (ical_word_is(name, "DTEND"))
		e->is_wrong |= !(e->has_end = read_time(line, &e->ends));
	else if (ical_word_is(name, "DURATION"))
		e->is_wrong |= !(e->has_duration = ical_duration_of(line->value, &e->lasts_s));
	else if (ical_word_is(name, "RECURRENCE-ID"))
		read_place_in_series(e, line);
	else if (ical_word_is(name, "RRULE") && e->rule.n == 0)
		e->rule = line->value;
	else if (ical_word_is(name, "RRULE") || ical_word_is(name, "EXRULE"))
		e->rule_unreadable = true; /* only one is allowed; and what the other leaves out would be shown */
	else if (ical_word_is(name, "EXDATE"))
		read_times(r, line, &e->except, &e->is_wrong);
	else if (ical_word_is(name, "RDATE"))
		read_times(r, line, &e->more, &e->is_wrong);
}

static void
change_line(struct ical_reader *r, struct ical_change *c, const struct ical_line *line)
{
	struct ical_times more = {c->more, c->mores, c->mores_cap};
	bool is_wrong = false;

	if (ical_word_is(line->name, "DTSTART"))
		read_time(line, &c->starts);
	else if (ical_word_is(line->name, "TZOFFSETFROM"))
		c->has_from = ical_offset_of(line->value, &c->from_s);
	else if (ical_word_is(line->name, "TZOFFSETTO"))
		c->has_to = ical_offset_of(line->value, &c->to_s);
	else if (ical_word_is(line->name, "RRULE") && ical_rule_of(line->value, &c->rule) != ICAL_RULE_FINE)
		c->rule = (struct ical_rule){0};
	else if (ical_word_is(line->name, "RDATE"))
		read_times(r, line, &more, &is_wrong);
	c->more = more.at;
	c->mores = more.n;
	c->mores_cap = more.cap;
}

static void
calendar_line(struct ical_reader *r, const struct ical_line *line)
{
	if (ical_word_is(line->name, "METHOD"))
		r->all_cancelled = ical_word_is(str_trim(line->value), "CANCEL");
	else if (ical_word_is(line->name, "X-WR-CALNAME") || ical_word_is(line->name, "NAME"))
		r->reading->name = ical_text(r->arena, line->value, false, ICAL_TITLE_CHARS_MAX);
}

static void
property(struct ical_reader *r, const struct ical_line *line)
{
	switch (r->depth ? r->open[r->depth - 1].part : ICAL_PART_OTHER) {
	case ICAL_PART_OTHER: return;
	case ICAL_PART_CALENDAR: calendar_line(r, line); return;
	case ICAL_PART_EVENT: event_line(r, &r->event[r->events - 1], line); return;
	case ICAL_PART_CHANGE: change_line(r, &r->change[r->changes - 1], line); return;
	case ICAL_PART_ZONE:
		if (ical_word_is(line->name, "TZID"))
			r->described[r->describeds - 1].name = str_trim(line->value);
		return;
	}
}

/* --- parts ----------------------------------------------------------------------------------- */

/* A part within another one; what has no meaning for us is passed over with all that is in it. */
static enum ical_part
part_in(const struct ical_reader *r, struct str name)
{
	enum ical_part outside = r->depth ? r->open[r->depth - 1].part : ICAL_PART_OTHER;

	if (r->depth == 0)
		return ical_word_is(name, "VCALENDAR") ? ICAL_PART_CALENDAR : ICAL_PART_OTHER;
	if (outside == ICAL_PART_CALENDAR && ical_word_is(name, "VEVENT"))
		return ICAL_PART_EVENT;
	if (outside == ICAL_PART_CALENDAR && ical_word_is(name, "VTIMEZONE") && r->describeds < ZONES_MAX)
		return ICAL_PART_ZONE;
	if (outside == ICAL_PART_ZONE && r->changes < CHANGES_MAX &&
	    (ical_word_is(name, "STANDARD") || ical_word_is(name, "DAYLIGHT")))
		return ICAL_PART_CHANGE;
	return ICAL_PART_OTHER;
}

static void
begin_event(struct ical_reader *r)
{
	r->event = arena_grow(r->arena, r->event, r->events, 1, sizeof *r->event, &r->event_cap);
	r->event[r->events++] = (struct ical_event_read){.line = r->lines.line};
}

static void
begin_zone(struct ical_reader *r)
{
	r->described = arena_grow(r->arena, r->described, r->describeds, 1, sizeof *r->described, &r->described_cap);
	r->described[r->describeds++] = (struct ical_described){.first = r->changes};
}

static void
begin_change(struct ical_reader *r)
{
	r->change = arena_grow(r->arena, r->change, r->changes, 1, sizeof *r->change, &r->change_cap);
	r->change[r->changes++] = (struct ical_change){0};
	r->described[r->describeds - 1].n++;
}

/* False: nobody nests so deeply, or there are too many events. */
static bool
begin(struct ical_reader *r, struct str name)
{
	enum ical_part part = part_in(r, name);

	if (r->depth == ICAL_DEPTH_MAX) {
		ical_problem_add(r, ICAL_BREAKS_OFF, r->lines.line, STR(""));
		return false;
	}
	if (part == ICAL_PART_EVENT && r->events == ICAL_EVENTS_MAX) {
		ical_problem_add(r, ICAL_HAS_TOO_MUCH, r->lines.line, STR(""));
		return false;
	}
	r->open[r->depth].part = part;
	r->open[r->depth++].name = name;
	switch (part) {
	case ICAL_PART_OTHER: break;
	case ICAL_PART_CALENDAR: r->calendar_seen = true; break;
	case ICAL_PART_EVENT: begin_event(r); break;
	case ICAL_PART_ZONE: begin_zone(r); break;
	case ICAL_PART_CHANGE: begin_change(r); break;
	}
	return true;
}

static bool
end(struct ical_reader *r, struct str name)
{
	struct str opened = r->depth ? r->open[r->depth - 1].name : STR("");

	if (r->depth == 0 || !ical_word_is(name, str_z(r->arena, opened))) {
		ical_problem_add(r, ICAL_BREAKS_OFF, r->lines.line, STR(""));
		return false;
	}
	r->depth--;
	return true;
}

/* All else that was wrong follows from this. */
static bool
refuse(struct ical_reader *r, enum ical_trouble trouble, size_t line)
{
	*r->reading = (struct ical_reading){0};
	r->problem_cap = 0;
	ical_problem_add(r, trouble, line, STR(""));
	return false;
}

/* An event that is not closed is not taken: the rest of it may be what cancels it. */
static void
leave_open_event(struct ical_reader *r)
{
	for (size_t i = 0; i < r->depth; i++)
		r->events -= r->open[i].part == ICAL_PART_EVENT;
}

/* False: nothing can be read. */
static bool
read_lines(struct ical_reader *r)
{
	struct ical_line line;
	bool goes_on = true;

	while (goes_on && ical_line_next(&r->lines, &line)) {
		if (!line.is_utf8) {
			return refuse(r, ICAL_IS_NOT_UTF8, line.line);
		}
		if (ical_word_is(line.name, "BEGIN"))
			goes_on = begin(r, str_trim(line.value));
		else if (ical_word_is(line.name, "END"))
			goes_on = end(r, str_trim(line.value));
		else
			property(r, &line);
		if (r->times > TIMES_MAX) {
			ical_problem_add(r, ICAL_HAS_TOO_MUCH, line.line, STR(""));
			goes_on = false;
		}
	}
	if (!r->calendar_seen)
		return refuse(r, ICAL_IS_NO_CALENDAR, 0);
	if (goes_on && r->depth)
		ical_problem_add(r, ICAL_BREAKS_OFF, r->lines.line, STR(""));
	leave_open_event(r);
	return true;
}

/* --- the whole ------------------------------------------------------------------------------- */

static bool
read_whole(struct ical_reader *r, struct str text)
{
	if (text.n > ICAL_BYTES_MAX)
		return refuse(r, ICAL_IS_TOO_BIG, 0);
	if (str_find(text, '\0') < text.n)
		return refuse(r, ICAL_IS_BINARY, 0);
	r->lines = ical_lines_of(r->arena, text);
	return read_lines(r);
}

struct ical_reading
ical_read(struct arena *a, struct str text, struct span days, const struct zone *zone)
{
	struct ical_reading reading = {0};
	struct ical_reader r = {
		.arena = a,
		.reading = &reading,
		.days = days,
		.from = instant_of_local(zone, days.first, 0),
		.to = instant_of_local(zone, date_add_days(days.last, 1), 0),
		.here = {.known = zone},
		.steps = STEPS_MAX,
	};

	need(days.first.day > 0 && days.last.day >= days.first.day &&
	    date_days_between(days.first, days.last) < ICAL_SPAN_DAYS_MAX);
	if (read_whole(&r, text))
		ical_happen(&r);
	return reading;
}
