/* The pages of spaces: those of all campuses, those of one with its day, and one space with its week and all about
 * it. */
#include "app/space/views.h"

#include <stdlib.h>

#include "lib/arena.h"
#include "lib/i18n.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/view.texts.h" /* generated */

enum { WEEK_DAYS = 7, HOUR = 60, MINUTE_S = 60, DAY_MINUTES = 1440 };

#define SPACE "/{lang}/{campus}/space/{space}"

/* --- lists ------------------------------------------------------------------------------------------------- */

/* "keittiö, sohvat ja lava" */
static struct str
features_words(struct req *r, struct space_feature_list all)
{
	struct str *words = ARENA_ARRAY(r->arena, struct str, all.n);
	struct out o = out_new(r->arena);

	for (size_t i = 0; i < all.n; i++)
		words[i] = said_plain(r->arena, r->lang, t_space_feature(all.at[i].feature));
	i18n_list(&o, r->lang, words, all.n);
	return out_text(&o);
}

/* Those of one space among all, which are by space. */
static struct space_feature_list
features_among(struct space_feature_list all, space_id space)
{
	struct space_feature_list own = {all.at, 0};

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].space.n == space.n && own.n++ == 0)
			own.at = &all.at[i];
	return own;
}

static struct space_card_list
cards_of(const struct space_view *v, campus_id campus, struct space_feature_list features)
{
	struct req *r = v->r;
	struct space_card_list list = {ARENA_ARRAY(r->arena, struct space_card, v->spaces.n), 0};

	for (size_t i = 0; i < v->spaces.n; i++) {
		const struct space *s = &v->spaces.at[i];

		if (s->campus.n != campus.n)
			continue;
		list.at[list.n++] = (struct space_card){
			.name = s->name,
			.address = space_view_address(v, i),
			.description = s->description,
			.state = space_state_of(v, i),
			.capacity = s->capacity,
			.features = features_words(r, features_among(features, s->id)),
			.book = space_book_soon(v, i, r->today),
		};
	}
	return list;
}

static struct space_feature_list
features_of_all(struct req *r, struct space_list spaces)
{
	space_id *ids = ARENA_ARRAY(r->arena, space_id, spaces.n);

	for (size_t i = 0; i < spaces.n; i++)
		ids[i] = spaces.at[i].id;
	return space_features_in(r->tx, ids, spaces.n);
}

static void
show_all(struct req *r)
{
	struct space_view v = space_view_of(r, (campus_id){0}, (struct span){r->today, r->today});
	struct space_feature_list features = features_of_all(r, v.spaces);
	struct space_campus_list list = {ARENA_ARRAY(r->arena, struct space_campus, v.campuses.n), 0};

	for (size_t c = 0; c < v.campuses.n; c++) {
		const struct campus *campus = &v.campuses.at[c];
		struct space_card_list cards = cards_of(&v, campus->id, features);

		if (cards.n)
			list.at[list.n++] = (struct space_campus){campus->name, campus->color,
			    str_fmt(r->arena, "/%s/%.*s/space", lang_code(r->lang), STR_ARG(campus->slug)), cards};
	}
	space_all_html(r, &(struct space_all_page){.campuses = list});
}

static struct str
day_address(struct req *r, struct date day)
{
	char iso[11];

	return str_fmt(r->arena, "%.*s?day=%s", STR_ARG(path_fill(r, "/{lang}/{campus}/space")), date_iso(day, iso));
}

static void
show_campus(struct req *r)
{
	const struct campus *campus = r->campus;
	struct date day = date_of_iso(query_text(r, "day"));
	struct space_view v = space_view_of(r, campus->id, (struct span){r->today, r->today});
	struct space_card_list cards = cards_of(&v, campus->id, features_of_all(r, v.spaces));

	if (day.day == 0)
		day = r->today;
	if (day.day != r->today.day)
		v = space_view_on(&v, day);
	for (size_t i = 0; i < cards.n; i++)
		cards.at[i].today = space_entries_on(&v, i, day, true);
	space_campus_html(r, &(struct space_campus_page){
		.campus = campus->name,
		.cards = cards,
		.day = day,
		.table = space_day_grid_of(&v, day),
		.before = day_address(r, date_add_days(day, -1)),
		.after = day_address(r, date_add_days(day, 1)),
		.today = day.day == r->today.day ? STR("") : path_fill(r, "/{lang}/{campus}/space"),
	});
}

/* --- when it is open, in words ------------------------------------------------------------------------------ */

/* Whether hours without staff hold whenever these do. */
static bool
is_within_others(struct space_hours_list all, const struct space_hours *h)
{
	for (size_t i = 0; i < all.n; i++) {
		const struct space_hours *o = &all.at[i];

		if (!o->staffed && (h->days & ~o->days) == 0 && o->opens <= h->opens && o->closes >= h->closes &&
		    (o->starts.day == 0 || o->starts.day <= h->starts.day) &&
		    (o->ends.day == 0 || (h->ends.day && o->ends.day >= h->ends.day)))
			return true;
	}
	return false;
}

/* By their first day of the week. */
static int
by_day(const void *a, const void *b)
{
	const struct space_hours *x = a, *y = b;
	int64_t first_x = x->days & -x->days, first_y = y->days & -y->days;

	if (first_x != first_y)
		return first_x < first_y ? -1 : 1;
	return x->opens < y->opens ? -1 : x->opens > y->opens ? 1 : x->id.n < y->id.n ? -1 : 1;
}

static struct space_hours_line_list
hours_lines(struct req *r, struct space_hours_list all, bool staffed)
{
	struct space_hours *sorted = ARENA_ARRAY(r->arena, struct space_hours, all.n);
	struct space_hours_line_list list = {ARENA_ARRAY(r->arena, struct space_hours_line, all.n), 0};
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++) {
		const struct space_hours *h = &all.at[i];

		if ((h->ends.day && h->ends.day < r->today.day) ||
		    (staffed ? !h->staffed : h->staffed && is_within_others(all, h)))
			continue;
		sorted[n++] = *h;
	}
	if (n)
		qsort(sorted, n, sizeof *sorted, by_day);
	for (size_t i = 0; i < n; i++) {
		const struct space_hours *h = &sorted[i];

		list.at[list.n++] = (struct space_hours_line){space_days_words(r, h->days), h->opens, h->closes,
		    h->starts.day || h->ends.day ? t_space_hours_valid(h->starts, h->ends) : (struct said){0}};
	}
	return list;
}

static bool
has_hours(struct space_hours_list all, struct date day)
{
	for (size_t i = 0; i < all.n; i++) {
		const struct space_hours *h = &all.at[i];

		if (h->days & (1 << (date_weekday(day) - 1)) && (h->starts.day == 0 || h->starts.day <= day.day) &&
		    (h->ends.day == 0 || h->ends.day >= day.day))
			return true;
	}
	return false;
}

/* "torstai 24.12." or "24.12.–6.1." */
static struct str
range_words(struct req *r, struct date first, struct date last)
{
	struct out o = out_new(r->arena);

	if (first.day == last.day)
		i18n_day(&o, r->lang, first);
	else
		i18n_range_short(&o, r->lang, (struct span){first, last});
	return out_text(&o);
}

/* A day's exception, break or holiday that changes when it is open; false: it is a day like others. */
static bool
differs(const struct space_times *t, const struct space_day *d, struct space_ahead *line)
{
	for (size_t i = 0; i < t->exceptions.n; i++)
		if (t->exceptions.at[i].starts.day <= d->day.day && t->exceptions.at[i].ends.day >= d->day.day) {
			*line = (struct space_ahead){.reason = d->reason, .open = d->opens > 0,
			    .from = d->opens ? d->open[0].from : 0, .to = d->opens ? d->open[0].to : 0};
			return true;
		}
	/* A holiday in the middle of a break is part of it. */
	for (size_t i = 0; i < t->breaks.n && !t->space->open_breaks && d->opens == 0; i++)
		if (t->breaks.at[i].starts.day <= d->day.day && t->breaks.at[i].ends.day >= d->day.day) {
			*line = (struct space_ahead){.reason = t->breaks.at[i].name};
			return true;
		}
	if (d->closed == SPACE_HOLIDAY && has_hours(t->hours, d->day)) {
		*line = (struct space_ahead){.holiday = campus_holiday(d->holiday)};
		return true;
	}
	return false;
}

static bool
is_same(const struct space_ahead *a, const struct space_ahead *b)
{
	for (int l = 0; l < LANG_COUNT; l++)
		if (!str_eq(a->reason.at[l], b->reason.at[l]))
			return false;
	return a->open == b->open && a->from == b->from && a->to == b->to && !a->holiday.text && !b->holiday.text;
}

/* What differs in the coming weeks; days side by side that differ alike are one line. */
static struct space_ahead_list
ahead_of(struct req *r, const struct space_times *t)
{
	struct space_ahead_list list = {ARENA_ARRAY(r->arena, struct space_ahead, SPACE_AHEAD_DAYS + 1), 0};
	struct date first = {0}, last = {0};

	for (int i = 0; i <= SPACE_AHEAD_DAYS; i++) {
		struct space_day d = space_day_of(t, date_add_days(r->today, i));
		struct space_ahead line, *before = list.n ? &list.at[list.n - 1] : NULL;

		if (!differs(t, &d, &line))
			continue;
		if (before && last.day == d.day.day - 1 && is_same(before, &line)) {
			last = d.day;
		} else {
			first = last = d.day;
			list.at[list.n++] = line;
		}
		list.at[list.n - 1].days = range_words(r, first, last);
	}
	return list;
}

/* --- what it is used for -------------------------------------------------------------------------------------- */

/* Minutes in which at least one of those that `who` has, or of all for NONE, has the room. They are in order. */
static int64_t
minutes_of(struct space_used_list all, enum space_booking_who who)
{
	int64_t sum = 0, until = 0;

	for (size_t i = 0; i < all.n; i++) {
		const struct space_used *u = &all.at[i];
		int64_t from = u->starts.s > until ? u->starts.s : until;

		if ((who != SPACE_BOOKING_WHO_NONE && u->who != who) || u->ends.s <= from)
			continue;
		sum += (u->ends.s - from) / MINUTE_S;
		until = u->ends.s;
	}
	return sum;
}

static int64_t
hours_in(int64_t minutes)
{
	return (minutes + HOUR / 2) / HOUR;
}

static int64_t
open_minutes(const struct space_times *t, struct date first, int days)
{
	int64_t sum = 0;

	for (int i = 0; i < days; i++) {
		struct space_day d = space_day_of(t, date_add_days(first, i));

		sum += space_minutes(d.open, d.opens, 0, DAY_MINUTES);
	}
	return sum;
}

/* The last thirty days before today: how long it was open, and how long whose. */
static void
fill_use(const struct space_view *v, struct space_one_page *page)
{
	static const struct {
		enum space_booking_who who;
		const char *kind;
	} kinds[] = {{SPACE_BOOKING_WHO_PARTNER, "partner"}, {SPACE_BOOKING_WHO_STAFF, "staff"},
	    {SPACE_BOOKING_WHO_STUDENT, "student"}};
	struct req *r = v->r;
	struct date from = date_add_days(r->today, -SPACE_PAST_DAYS);
	struct instant first = instant_of_local(r->zone, from, 0), last = instant_of_local(r->zone, r->today, 0);
	struct space_used_list all = space_used_between(r->tx, v->spaces.at[0].id, space_reach(first), first, last);
	int64_t open = open_minutes(&v->times[0], from, SPACE_PAST_DAYS), booked, whole, at = 0;

	booked = minutes_of(all, SPACE_BOOKING_WHO_NONE);
	whole = open > booked ? open : booked;
	page->used = whole > 0;
	if (!page->used)
		return;
	page->use_words = t_space_use_words(hours_in(open), hours_in(booked));
	page->use = (struct space_use_list){ARENA_ARRAY(r->arena, struct space_use, 3), 3};
	for (size_t i = 0; i < 3; i++) {
		int64_t minutes = minutes_of(all, kinds[i].who), share = minutes * 100 / whole;

		page->use.at[i] = (struct space_use){t_space_use_who(kinds[i].who), hours_in(minutes), at, share,
		    kinds[i].kind};
		at += share;
	}
}

/* --- one space ------------------------------------------------------------------------------------------------ */

static struct space_fact_list
facts_of(struct req *r, space_id space)
{
	struct space_access_list told = space_access_of(r->tx, space);
	struct space_fact_list list = {ARENA_ARRAY(r->arena, struct space_fact, SPACE_ACCESS_FACT_COUNT), 0};

	for (int f = 1; f < SPACE_ACCESS_FACT_COUNT; f++) {
		enum space_access_holds holds = SPACE_ACCESS_HOLDS_NONE;

		for (size_t i = 0; i < told.n; i++)
			if ((int)told.at[i].fact == f)
				holds = told.at[i].holds;
		list.at[list.n++] = (struct space_fact){t_space_access((enum space_access_fact)f),
		    t_space_access_holds(holds), holds != SPACE_ACCESS_HOLDS_NONE};
	}
	return list;
}

static struct space_said_list
features_of(struct req *r, space_id space)
{
	struct space_feature_list all = space_features_of(r->tx, space);
	struct space_said_list list = {ARENA_ARRAY(r->arena, struct space_said, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct space_said){t_space_feature(all.at[i].feature)};
	return list;
}

/* The days of a list on a phone: from today on, or those of another week. */
static struct space_agenda_day_list
agenda_of(const struct space_view *v, struct date first)
{
	struct req *r = v->r;
	struct space_agenda_day_list list = {ARENA_ARRAY(r->arena, struct space_agenda_day, WEEK_DAYS), WEEK_DAYS};

	for (int i = 0; i < WEEK_DAYS; i++) {
		struct space_day d = space_day_of(&v->times[0], date_add_days(first, i));

		list.at[i] = (struct space_agenda_day){
			.day = d.day,
			.closed = d.opens == 0,
			.hours = space_spans_words(r, d.open, d.opens),
			.holiday = campus_holiday(d.holiday),
			.reason = d.reason,
			.entries = space_entries_on(v, 0, d.day, true),
			.book = d.opens && d.day.day >= r->today.day ? space_book_address(v, 0, d.day, 0) : STR(""),
		};
	}
	return list;
}

static void
show_space(struct req *r)
{
	const struct space *space = space_or_404(r);
	const struct campus *campus = r->campus;
	struct span week = space_week_asked(r), days = week;
	bool now = week.first.day <= r->today.day && week.last.day >= r->today.day;
	struct date first = now ? r->today : week.first;
	organisation_id acts = space_acting_for(r, space);
	struct space_view v, today;

	if (now)
		days.last = date_add_days(r->today, WEEK_DAYS - 1);
	v = space_view_alone(r, space, days);
	today = now ? v : space_view_on(&v, r->today);

	struct space_one_page page = {
		.name = space->name,
		.campus = campus->name,
		.list = path_fill(r, "/{lang}/{campus}/space"),
		.description = space->description,
		.shown = picture_view(r, space->picture),
		.alt = space_picture_alt(space, r->lang),
		.state = space_state_of(&today, 0),
		.book = space_book_soon(&v, 0, week.first),
		.address = space_address(r, space),
		.paper_address = mail_link(r->arena, space_address(r, space)),
		.week = t_space_week_of(week_of(week.first).week, week.first, week.last),
		.before = space_week_address(r, SPACE, date_add_days(week.first, -WEEK_DAYS)),
		.after = space_week_address(r, SPACE, date_add_days(week.first, WEEK_DAYS)),
		.this_week = now ? STR("") : space_address(r, space),
		.table = space_week_grid_of(&v, 0, week),
		.days = agenda_of(&v, first),
		.hours = hours_lines(r, v.times[0].hours, false),
		.staffed = hours_lines(r, v.times[0].hours, true),
		.drop_in = space->drop_in_to > space->drop_in_from,
		.drop_from = space->drop_in_from,
		.drop_to = space->drop_in_to,
		.ahead = ahead_of(r, &v.times[0]),
		.capacity = space->capacity,
		.area = space->area.has ? space->area.n : 0,
		.features = features_of(r, space->id),
		.access = facts_of(r, space->id),
		.it = space,
		.rule = space_rule_words(r->tx, &r->actor, space,
		    space_rule_for(r->tx, &r->actor, space, acts)),
	};

	fill_use(&v, &page);
	space_one_html(r, &page);
}

const struct route space_view_routes[] = {
	{GET, "/{lang}/space", MAY_ANYONE, show_all},
	{GET, "/{lang}/{campus}/space", MAY_ANYONE, show_campus},
	{GET, SPACE, MAY_ANYONE, show_space},
	{0},
};
