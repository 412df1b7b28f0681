/* The spaces of a page with their times and bookings, and how they stand now. */
#include "app/space/views.h"

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/view.texts.h" /* generated */

enum { DAY_MINUTES = 1440, NEXT_DAYS = 14 };

/* --- reading ----------------------------------------------------------------------------------------------- */

/* Each booking on its day; none goes over midnight. */
static struct space_item_list
items_of(struct req *r, struct space_taken_list rows)
{
	struct space_item *item = ARENA_ARRAY(r->arena, struct space_item, rows.n);

	for (size_t i = 0; i < rows.n; i++) {
		struct local from = local_of(r->zone, rows.at[i].starts), to = local_of(r->zone, rows.at[i].ends);

		item[i] = (struct space_item){from.date, from.minutes,
		    to.date.day == from.date.day ? to.minutes : DAY_MINUTES, &rows.at[i]};
	}
	return (struct space_item_list){item, rows.n};
}

static struct organisation_list
acts_of(struct req *r)
{
	return r->actor.person ? partners_of(r->tx, (person_id){r->actor.person}) : (struct organisation_list){0};
}

/* The days whose hours and exceptions are asked for: those of the view, and what is told of the past and the future. */
static struct span
days_told(const struct req *r, struct span days)
{
	struct date first = date_add_days(r->today, -SPACE_PAST_DAYS), last = date_add_days(r->today, SPACE_AHEAD_DAYS);

	return (struct span){days.first.day < first.day ? days.first : first,
	    days.last.day > last.day ? days.last : last};
}

static struct space_taken_list
taken_in(const struct space_view *v, struct span days)
{
	struct req *r = v->r;
	struct instant first = instant_of_local(r->zone, days.first, 0);
	struct instant last = instant_of_local(r->zone, date_add_days(days.last, 1), 0);

	if (v->alone)
		return space_taken_in_space(r->tx, v->spaces.at[0].id, space_reach(first), first, last);
	return v->campus.n ? space_taken_on_campus(r->tx, v->campus, space_reach(first), first, last)
	    : space_taken_everywhere(r->tx, space_reach(first), first, last);
}

/* Once for each space: cells and days lead there again and again. */
static const struct str *
addresses_of(const struct space_view *v)
{
	struct str *address = ARENA_ARRAY(v->r->arena, struct str, v->spaces.n);

	for (size_t i = 0; i < v->spaces.n; i++) {
		const struct campus *campus = campus_in(v->campuses, v->spaces.at[i].campus);

		address[i] = str_fmt(v->r->arena, "/%s/%.*s/space/%.*s", lang_code(v->r->lang),
		    STR_ARG(campus ? campus->slug : STR("")), STR_ARG(v->spaces.at[i].slug));
	}
	return address;
}

static void
fill(struct space_view *v, struct span days)
{
	v->times = space_times_of_all(v->r->tx, v->spaces, days_told(v->r, days), v->r->zone);
	v->items = items_of(v->r, taken_in(v, days));
	v->acts = acts_of(v->r);
	v->campuses = campus_all(v->r->tx);
	v->address = addresses_of(v);
}

struct space_view
space_view_of(struct req *r, campus_id campus, struct span days)
{
	struct space_view v = {.r = r, .campus = campus,
	    .spaces = campus.n ? spaces_of(r->tx, campus) : spaces_everywhere(r->tx)};

	fill(&v, days);
	return v;
}

struct space_view
space_view_alone(struct req *r, const struct space *space, struct span days)
{
	struct space_view v = {.r = r, .campus = space->campus, .alone = true,
	    .spaces = {ARENA_NEW(r->arena, struct space), 1}};

	v.spaces.at[0] = *space;
	fill(&v, days);
	return v;
}

struct space_view
space_view_on(const struct space_view *v, struct date day)
{
	struct space_view other = *v;

	other.items = items_of(v->r, taken_in(v, (struct span){day, day}));
	return other;
}

/* Whether an item stands before that space and day. */
static bool
is_before(const struct space_item *item, space_id space, struct date day)
{
	return item->row->space.n != space.n ? item->row->space.n < space.n : item->day.day < day.day;
}

static size_t
first_at(const struct space_view *v, space_id space, struct date day)
{
	size_t from = 0, to = v->items.n;

	while (from < to) {
		size_t middle = (from + to) / 2;

		if (is_before(&v->items.at[middle], space, day))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct space_item_list
space_items_on(const struct space_view *v, size_t which, struct date day)
{
	space_id space = v->spaces.at[which].id;
	size_t from = first_at(v, space, day), to = first_at(v, space, date_add_days(day, 1));

	return (struct space_item_list){v->items.at + from, to - from};
}

bool
space_is_told(const struct space_view *v, size_t which, const struct space_taken *row)
{
	const struct actor *who = &v->r->actor;

	return row->public || (who->person && row->booked_by.n == who->person) ||
	    (row->organisation.n && partner_in(v->acts, row->organisation)) ||
	    actor_may(who, MAY_SEE_BOOKINGS, v->spaces.at[which].campus.n);
}

struct texts
space_title(const struct space_taken *row)
{
	struct texts title = {0};

	need(row->language != SPACE_BOOKING_LANGUAGE_NONE);
	title.at[row->language - 1] = row->title; /* fi, sv, en in both */
	return title;
}

/* --- now --------------------------------------------------------------------------------------------------- */

static const struct space_span *
span_at(const struct space_span *span, size_t n, int minute)
{
	for (size_t i = 0; i < n; i++)
		if (span[i].from <= minute && span[i].to > minute)
			return &span[i];
	return NULL;
}

/* The first opening after this minute of today, or of a later day. */
static void
find_next(const struct space_times *t, struct date today, int minute, struct space_now *now)
{
	for (int i = 0; i <= NEXT_DAYS; i++) {
		struct space_day d = space_day_of(t, date_add_days(today, i));

		for (size_t k = 0; k < d.opens; k++)
			if (i > 0 || d.open[k].from > minute) {
				now->next = d.day;
				now->next_from = d.open[k].from;
				return;
			}
	}
}

/* What goes on, and how many take part in it. */
static void
find_items(const struct space_view *v, size_t which, int minute, struct space_now *now)
{
	struct space_item_list today = space_items_on(v, which, v->r->today);

	for (size_t i = 0; i < today.n; i++) {
		const struct space_item *item = &today.at[i];

		if (item->from > minute || item->to <= minute)
			continue;
		if (item->row->shared)
			now->people += item->row->people;
		if (!now->item || !item->row->shared)
			now->item = item;
	}
}

struct space_now
space_now_of(const struct space_view *v, size_t which)
{
	const struct space_times *t = &v->times[which];
	struct local at = local_of(v->r->zone, v->r->now);
	struct space_day d = space_day_of(t, at.date);
	const struct space_span *open = span_at(d.open, d.opens, at.minutes);
	const struct space_span *staff = span_at(d.staffed, d.staffs, at.minutes);
	struct space_now now = {.open = open != NULL, .until = open ? open->to : 0, .staffed = staff != NULL};

	for (size_t i = 0; i < d.staffs && !staff; i++)
		if (d.staffed[i].from > at.minutes)
			staff = &d.staffed[i];
	if (staff)
		now.staff = *staff;
	now.drop_in = open && t->space->drop_in_from <= at.minutes && t->space->drop_in_to > at.minutes;
	if (!open)
		find_next(t, at.date, at.minutes, &now);
	find_items(v, which, at.minutes, &now);
	return now;
}

struct said
space_now_words(const struct space_view *v, const struct space_now *now)
{
	int days = date_days_between(v->r->today, now->next);

	if (now->open)
		return t_space_open_until(now->until);
	if (now->next.day == 0)
		return said(T_SPACE_CLOSED_LONG);
	return days == 0 ? t_space_opens_today(now->next_from) : days == 1 ? t_space_opens_tomorrow(now->next_from)
	    : t_space_opens(now->next, now->next_from);
}

struct said
space_staff_words(const struct space_now *now)
{
	if (now->staffed)
		return t_space_staff_until(now->staff.to);
	if (now->staff.to)
		return t_space_staff_today(now->staff.from, now->staff.to);
	return now->open ? said(T_SPACE_UNSTAFFED) : (struct said){0};
}

struct said
space_full_words(const struct space_view *v, size_t which, const struct space_now *now)
{
	const struct space_item *item = now->item;
	int64_t capacity = v->spaces.at[which].capacity;

	if (!item && !now->open)
		return (struct said){0};
	if (!item)
		return now->drop_in ? t_space_open_for(capacity) : t_space_room_for(capacity);
	if (item->row->shared)
		return t_space_places_taken(now->people, capacity);
	return space_is_told(v, which, item->row) ? t_space_taken_until_by(item->to, space_title(item->row))
	    : t_space_taken_until(item->to);
}

/* --- on a page --------------------------------------------------------------------------------------------- */

struct space_state
space_state_of(const struct space_view *v, size_t which)
{
	struct space_now now = space_now_of(v, which);

	return (struct space_state){now.open, space_now_words(v, &now), space_staff_words(&now),
	    space_full_words(v, which, &now)};
}

struct str
space_view_address(const struct space_view *v, size_t which)
{
	return v->address[which];
}

struct str
space_book_address(const struct space_view *v, size_t which, struct date day, int from)
{
	struct str base = space_view_address(v, which);
	char iso[11];

	return from ? str_fmt(v->r->arena, "%.*s/book?day=%s&from=%d#starts", STR_ARG(base), date_iso(day, iso), from)
	    : str_fmt(v->r->arena, "%.*s/book?day=%s#starts", STR_ARG(base), date_iso(day, iso));
}

struct str
space_book_soon(const struct space_view *v, size_t which, struct date first)
{
	struct local now = local_of(v->r->zone, v->r->now);

	if (first.day < now.date.day)
		first = now.date;
	for (int i = 0; i <= NEXT_DAYS; i++) {
		struct space_day d = space_day_of(&v->times[which], date_add_days(first, i));

		if (d.opens && (d.day.day > now.date.day || d.open[d.opens - 1].to > now.minutes))
			return space_book_address(v, which, d.day, 0);
	}
	return space_book_address(v, which, first, 0);
}

static bool
is_now(const struct space_view *v, struct date day, int from, int to)
{
	struct local at = local_of(v->r->zone, v->r->now);

	return day.day == at.date.day && from <= at.minutes && to > at.minutes;
}

static struct space_entry
entry_of(const struct space_view *v, size_t which, const struct space_item *item)
{
	struct space_entry e = {.from = item->from, .to = item->to, .now = is_now(v, item->day, item->from, item->to)};
	const struct campus *campus = campus_in(v->campuses, v->spaces.at[which].campus);

	if (!space_is_told(v, which, item->row) || !campus)
		return e;
	e.told = true;
	e.public = item->row->public;
	e.title = space_title(item->row);
	e.by = item->row->by;
	e.shared = item->row->shared;
	e.address = space_booking_address(v->r, campus, item->row->id);
	return e;
}

struct space_entry_list
space_entries_of(const struct space_view *v, size_t which, struct space_item_list items)
{
	struct space_entry_list list = {ARENA_ARRAY(v->r->arena, struct space_entry, items.n), items.n};

	for (size_t i = 0; i < items.n; i++)
		list.at[i] = entry_of(v, which, &items.at[i]);
	return list;
}

/* When the room is open to all on a day; false: not at all. */
static bool
drop_in_on(const struct space_view *v, size_t which, const struct space_day *d, struct space_entry *e)
{
	const struct space *s = &v->spaces.at[which];

	*e = (struct space_entry){.drop_in = true, .shared = true};
	for (size_t i = 0; i < d->opens; i++) {
		int64_t from = d->open[i].from > s->drop_in_from ? d->open[i].from : s->drop_in_from;
		int64_t to = d->open[i].to < s->drop_in_to ? d->open[i].to : s->drop_in_to;

		if (to <= from)
			continue;
		e->from = e->to ? e->from : from;
		e->to = to;
	}
	e->now = is_now(v, d->day, (int)e->from, (int)e->to);
	return e->to > 0;
}

struct space_entry_list
space_entries_on(const struct space_view *v, size_t which, struct date day, bool open)
{
	struct space_entry_list list = space_entries_of(v, which, space_items_on(v, which, day)), both;
	struct space_day d = space_day_of(&v->times[which], day);
	struct space_entry drop_in;
	size_t at = 0;

	if (!open || !drop_in_on(v, which, &d, &drop_in))
		return list;
	both = (struct space_entry_list){ARENA_ARRAY(v->r->arena, struct space_entry, list.n + 1), list.n + 1};
	while (at < list.n && list.at[at].from < drop_in.from)
		at++;
	for (size_t i = 0; i < list.n; i++)
		both.at[i < at ? i : i + 1] = list.at[i];
	both.at[at] = drop_in;
	return both;
}

struct str
space_spans_words(const struct req *r, const struct space_span *span, size_t n)
{
	struct out o = out_new(r->arena);

	for (size_t i = 0; i < n; i++) {
		if (i)
			out_lit(&o, ", ");
		i18n_clock(&o, r->lang, span[i].from);
		out_lit(&o, "–");
		i18n_clock(&o, r->lang, span[i].to);
	}
	return out_text(&o);
}
