/* The wheel in people's own calendars: of the college, of a campus as it does things, a ring of them, and what is a
 * person's own. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"

#include "app/calendar/calendar.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/feed.texts.h"  /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { CANCELLED_DAYS = 90, DAY_S = 86400, FIFTH = 29 };

/* One year of a campus, or of the college for NULL. */
struct feed {
	struct tx *tx;
	const struct school_year *year;
	const struct campus *campus;
	struct wheel_item_list items;
	struct wheel_answer_list answers;
	struct wheel_ring_list rings;
	struct wheel_off off;
	enum lang lang;
};

static struct feed
feed_of(struct tx *tx, const struct school_year *y, const struct campus *campus, enum lang lang)
{
	struct instant since = {tx->now.s - (int64_t)CANCELLED_DAYS * DAY_S};
	campus_id place = {campus ? campus->id.n : 0};

	return (struct feed){
		.tx = tx,
		.year = y,
		.campus = campus,
		.items = campus ? wheel_items_of(tx, y->id, place, since) : wheel_items_common(tx, y->id, since),
		.answers = wheel_answers_of_campus(tx, y->id, place),
		.rings = wheel_rings_ever(tx),
		.off = wheel_off_of(tx, place, wheel_year_span(y)),
		.lang = lang,
	};
}

/* What of a rule does not take place after all. */
static void
leave_out(struct arena *a, struct ical_event *e, enum wheel_item_repeats repeats, struct wheel_off off)
{
	struct wheel_time_list all = wheel_times(a, repeats, e->days, e->until, (struct wheel_off){0});
	struct wheel_time_list kept = wheel_times(a, repeats, e->days, e->until, off);
	struct date *out = ARENA_ARRAY(a, struct date, all.n);
	size_t k = 0;

	for (size_t i = 0; i < all.n; i++) {
		if (k < kept.n && kept.at[k].first.day == all.at[i].first.day)
			k++;
		else
			out[e->excepts++] = all.at[i].first;
	}
	e->except = out;
}

void
wheel_event_repeat(struct arena *a, struct ical_event *e, const struct wheel_item *item, const struct school_year *y,
    struct wheel_off off)
{
	bool fifth = date_parts(e->days.first).day >= FIFTH;

	if (item->repeats == WHEEL_ITEM_REPEATS_NO)
		return;
	e->repeat = item->repeats == WHEEL_ITEM_REPEATS_WEEK ? ICAL_WEEKLY
	    : fifth ? ICAL_MONTHLY_BY_LAST_WEEKDAY : ICAL_MONTHLY_BY_WEEKDAY;
	e->every = item->repeats == WHEEL_ITEM_REPEATS_SECOND_MONTH ? 2 : 1;
	e->until = wheel_repeats_last(y, item->repeats_until);
	leave_out(a, e, item->repeats, off);
}

/* The sentence, the description, and what the campus says of it, each a paragraph. */
static struct str
description_of(struct feed *f, const struct wheel_item *item, const struct wheel_answer *a)
{
	struct str part[3], words = a ? a->words : STR("");
	size_t n = 0;

	if (wheel_has(&item->sentence))
		part[n++] = texts_in(item->sentence, f->lang).text;
	if (wheel_has(&item->description))
		part[n++] = texts_in(item->description, f->lang).text;
	if (words.n && f->campus)
		part[n++] = str_fmt(f->tx->arena, "%.*s: %.*s", STR_ARG(texts_in(f->campus->name, f->lang).text),
		    STR_ARG(words));
	else if (words.n)
		part[n++] = words;
	return str_join(f->tx->arena, STR("\n\n"), part, n);
}

static struct str
address_of(const struct feed *f, const struct wheel_item *item)
{
	struct arena *a = f->tx->arena;

	if (!f->campus)
		return mail_link(a, str_fmt(a, "/%s/wheel/%lld/%lld", lang_code(f->lang), (long long)f->year->year,
		    (long long)item->id.n));
	return mail_link(a, str_fmt(a, "/%s/%.*s/wheel/%lld/%lld", lang_code(f->lang), STR_ARG(f->campus->slug),
	    (long long)f->year->year, (long long)item->id.n));
}

/* The same on each campus and year, whatever of it is changed; another for each of them, so that one who takes two
 * campuses into one calendar has both. */
static struct str
uid_of(const struct feed *f, const struct wheel_item *item)
{
	struct str host = mail_link(f->tx->arena, STR("/"));

	str_cut(&host, ':'); /* what is left has strokes around the host */
	return str_fmt(f->tx->arena, "wheel-%lld-%lld@%.*s", (long long)item->id.n,
	    (long long)(f->campus ? f->campus->id.n : 0), STR_ARG(str_sub(host, 2, host.n - 3)));
}

/* What a campus says changes its event, so both versions count. */
static struct ical_event
event_of(struct feed *f, const struct wheel_item *item)
{
	bool provider = item->answers == WHEEL_ITEM_ANSWERS_PROVIDER || !f->campus;
	const struct wheel_answer *a =
	    wheel_answer_in(f->answers, item->id, provider ? (campus_id){0} : f->campus->id);
	struct ical_event e = {
		.uid = uid_of(f, item),
		.sequence = item->version - 1 + (a ? a->version : 0),
		.changed = a && a->answered_at.s > item->changed_at.s ? a->answered_at : item->changed_at,
		.days = {item->starts, item->ends},
		.status = item->cancelled_at.s || (a && a->state == WHEEL_ANSWER_STATE_NOT_HERE) ? ICAL_CANCELLED
		    : ICAL_CONFIRMED,
		.title = texts_in(item->title, f->lang).text,
		.description = description_of(f, item, a),
		.place = f->campus ? texts_in(f->campus->name, f->lang).text : STR(""),
		.url = address_of(f, item),
	};

	if (a && a->starts.day)
		e.days = (struct span){a->starts, a->ends.day ? a->ends : a->starts};
	for (size_t i = 0; i < f->rings.n; i++)
		if (f->rings.at[i].id.n == item->ring.n) {
			struct str *name = ARENA_NEW(f->tx->arena, struct str);

			*name = texts_in(f->rings.at[i].name, f->lang).text;
			e.category = name;
			e.categories = 1;
		}
	wheel_event_repeat(f->tx->arena, &e, item, f->year, f->off);
	return e;
}

/* The years that are out and touch those days. */
static bool
is_told(const struct school_year *y, struct span days)
{
	return y->state != SCHOOL_YEAR_STATE_DRAFT && y->starts.day <= days.last.day && y->ends.day >= days.first.day;
}

/* --- feeds for everybody ----------------------------------------------------------------------------------------- */

/* Of a ring alone when the address says so; true: there is one like that, or none was asked for. */
static bool
find_ring(struct req *r, struct wheel_ring *ring)
{
	struct wheel_ring_list rings = wheel_rings_ever(r->tx);
	int64_t asked = query_int(r, "ring", 0);

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].id.n == asked)
			*ring = rings.at[i];
	return asked == 0 || ring->id.n != 0;
}

static struct str
name_of(struct req *r, const struct wheel_ring *ring)
{
	const struct campus *campus = r->campus;
	struct str place = texts_in(campus ? campus->name : page_frame(r)->provider, r->lang).text;

	return said_plain(r->arena, r->lang, ring->id.n
	    ? t_wheel_feed_of_ring(place, texts_in(ring->name, r->lang).text) : t_wheel_feed_of(place));
}

static void
show_feed(struct req *r)
{
	struct school_year_list years = school_years(r->tx);
	struct span days = calendar_days(r->today);
	struct wheel_ring ring = {0};
	struct calendar_list list = {0};

	if (!find_ring(r, &ring))
		page_not_found(r);
	if (calendar_is_known(r))
		return;
	for (size_t i = years.n; i-- > 0;) {
		struct feed f;

		if (!is_told(&years.at[i], days))
			continue;
		f = feed_of(r->tx, &years.at[i], r->campus, r->lang);
		for (size_t k = 0; k < f.items.n; k++)
			if (ring.id.n == 0 || f.items.at[k].ring.n == ring.id.n)
				calendar_add(r->arena, &list, event_of(&f, &f.items.at[k]));
	}
	calendar_answer(r, name_of(r, &ring), list);
}

/* --- what is a person's own -------------------------------------------------------------------------------------- */

/* Whether it names them, or a duty that they have on all campuses. */
static bool
is_theirs_everywhere(const struct wheel_item *item, person_id who, struct person_duty_list duties)
{
	for (size_t i = 0; i < duties.n; i++)
		if (item->duty.n && duties.at[i].duty.n == item->duty.n && duties.at[i].campus.n == 0)
			return true;
	return item->person.n == who.n;
}

static bool
has_place_on(const struct actor *who, struct person_duty_list duties, campus_id campus)
{
	for (size_t i = 0; i < duties.n; i++)
		if (duties.at[i].campus.n == campus.n)
			return true;
	for (size_t i = 0; i < who->grants; i++)
		if (who->grant[i].place == campus.n)
			return true;
	return false;
}

/* Of a campus what they have a duty for there, and where campus is NULL what they have one for everywhere, or what
 * names them. A thing stands there once, as near to them as it is told. */
static void
add_own(struct calendar_list *list, struct feed *f, person_id who, struct person_duty_list duties)
{
	for (size_t i = 0; i < f->items.n; i++) {
		const struct wheel_item *item = &f->items.at[i];
		bool everywhere = item->campus.n == 0 && is_theirs_everywhere(item, who, duties);
		bool own = f->campus ? !everywhere && wheel_is_of(who, duties, item->person, item->duty, f->campus->id)
		    : everywhere;

		if (own)
			calendar_add(f->tx->arena, list, event_of(f, item));
	}
}

void
wheel_calendar(struct tx *tx, const struct calendar_asked *asked, struct calendar_list *list)
{
	struct school_year_list years = school_years(tx);
	struct campus_list campuses = campus_all(tx);
	person_id who = {asked->id};
	struct person_duty_list duties;
	struct actor actor;

	if (asked->whose != CALENDAR_KEY_WHOSE_PERSON)
		return;
	duties = duties_of(tx, who);
	actor = person_actor(tx, who, asked->today);
	for (size_t i = years.n; i-- > 0;) {
		struct feed f;

		if (!is_told(&years.at[i], asked->days))
			continue;
		f = feed_of(tx, &years.at[i], NULL, asked->lang);
		add_own(list, &f, who, duties);
		for (size_t c = 0; c < campuses.n; c++) {
			if (!has_place_on(&actor, duties, campuses.at[c].id))
				continue;
			f = feed_of(tx, &years.at[i], &campuses.at[c], asked->lang);
			add_own(list, &f, who, duties);
		}
	}
}

/* --- how to take it ---------------------------------------------------------------------------------------------- */

static struct wheel_feed_line
line_of(struct req *r, const struct wheel_ring *ring)
{
	struct str path = path_fill(r, r->campus ? "/{lang}/{campus}/wheel/calendar.ics"
	    : "/{lang}/wheel/calendar.ics");

	if (ring->id.n)
		path = str_fmt(r->arena, "%.*s?ring=%lld", STR_ARG(path), (long long)ring->id.n);
	return (struct wheel_feed_line){ring->name, ring->color, mail_link(r->arena, path), path};
}

static void
show_take(struct req *r)
{
	const struct campus *campus = r->campus;
	struct wheel_ring_list rings = wheel_rings(r->tx);
	struct wheel_feed_line_list lines = {ARENA_ARRAY(r->arena, struct wheel_feed_line, rings.n), rings.n};
	struct wheel_feed_line whole = line_of(r, &(struct wheel_ring){0});

	for (size_t i = 0; i < rings.n; i++)
		lines.at[i] = line_of(r, &rings.at[i]);
	wheel_take_html(r, &(struct wheel_take_page){
		.place = campus ? campus->name : page_frame(r)->provider,
		.back = path_fill(r, campus ? "/{lang}/{campus}/wheel" : "/{lang}/wheel"),
		.whole = whole,
		.code = page_code(r, whole.path),
		.rings = lines,
		.own = path_fill(r, "/{lang}/me/calendar"),
	});
}

const struct route wheel_feed_routes[] = {
	{GET, "/{lang}/wheel/calendar", MAY_ANYONE, show_take},
	{GET, "/{lang}/{campus}/wheel/calendar", MAY_ANYONE, show_take},
	{GET, "/{lang}/wheel/calendar.ics", MAY_ANYONE, show_feed, .speed = SLOW},
	{GET, "/{lang}/{campus}/wheel/calendar.ics", MAY_ANYONE, show_feed, .speed = SLOW},
	{0},
};
