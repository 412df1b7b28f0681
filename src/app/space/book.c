/* Choosing a time: space, day, a start that is free, how long. Pressing it holds the time. */
#include "app/space/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/i18n.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/edit.texts.h"  /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { STRIP_DAYS = 7, HOUR = 60, ASKED_AT_FIRST = 16 * HOUR, LENGTH_AT_FIRST = 60 };

/* --- for all pages of the room ------------------------------------------------------------------------ */

const struct space *
space_of_path(struct req *r)
{
	struct space *space = ARENA_NEW(r->arena, struct space);
	const struct campus *campus = r->campus;

	return campus && space_by_slug(r->tx, campus->id, path_text(r, "space"), space) && space->cancelled_at.s == 0
	    ? space : NULL;
}

const struct space *
space_or_404(struct req *r)
{
	const struct space *space = space_of_path(r);

	if (!space)
		page_not_found(r);
	return space;
}

struct str
space_address(struct req *r, const struct space *space)
{
	const struct campus *here = r->campus;
	const struct campus *campus = here && here->id.n == space->campus.n ? here
	    : campus_in(campus_all(r->tx), space->campus);

	return str_fmt(r->arena, "/%s/%.*s/space/%.*s", lang_code(r->lang),
	    STR_ARG(campus ? campus->slug : STR("")), STR_ARG(space->slug));
}

/* Who is staff or a student here books for themselves, unless they say otherwise. */
static organisation_id
acting_for(struct req *r, const struct space *space, int64_t wanted)
{
	struct organisation_list list = partners_of(r->tx, (person_id){r->actor.person});
	struct person_grant_list roles;
	bool otherwise = false;

	if (list.n == 0)
		return (organisation_id){0};
	if (partner_in(list, (organisation_id){wanted}))
		return (organisation_id){wanted};
	roles = people_grants_of(r->tx, (person_id){r->actor.person}, r->today);
	for (size_t i = 0; i < roles.n; i++)
		otherwise |= roles.at[i].role != PERSON_ROLE_ROLE_PARTNER &&
		    (roles.at[i].campus.n == 0 || roles.at[i].campus.n == space->campus.n);
	return otherwise ? (organisation_id){0} : list.at[0].id;
}

organisation_id
space_acting_for(struct req *r, const struct space *space)
{
	return acting_for(r, space, query_int(r, "for", -1));
}

struct said
space_slot_words(const struct zone *zone, struct space_slot slot)
{
	struct local from = local_of(zone, slot.starts), to = local_of(zone, slot.ends);

	return t_space_slot(from.date, from.minutes, to.minutes ? to.minutes : 1440);
}

struct str
space_day_short(const struct req *r, struct date day)
{
	struct out o = out_new(r->arena);

	i18n_day_short(&o, r->lang, day);
	return out_text(&o);
}

struct said
space_length_words(int64_t minutes)
{
	if (minutes % HOUR == 0)
		return t_space_hours(minutes / HOUR);
	return minutes < HOUR ? t_space_minutes(minutes) : t_space_hours_minutes(minutes / HOUR, minutes % HOUR);
}

/* --- the form of a time --------------------------------------------------------------------------------- */

struct hold_form {
	int64_t day; /* the number of the day */
	int64_t from, length, shared, acting;
	int64_t moves, rest; /* the booking that moves there, and whether its series does */
};

#define AT(field) offsetof(struct hold_form, field)

static const struct form_field hold_fields[] = {
	{"day", FORM_HIDDEN, AT(day), .required = true},
	{"from", FORM_CHOICE, AT(from), .required = true, .label = T_SPACE_STARTS, .missing = T_SPACE_STARTS_MISSING},
	{"length", FORM_SELECT, AT(length), .required = true, .label = T_SPACE_LENGTH},
	{"shared", FORM_HIDDEN, AT(shared)},
	{"acting", FORM_HIDDEN, AT(acting)},
	{"moves", FORM_HIDDEN, AT(moves)},
	{"rest", FORM_HIDDEN, AT(rest)},
};

/* The same time in one press: what is offered instead, and what somebody waits for. */
static const struct form_field wish_fields[] = {
	{"day", FORM_HIDDEN, AT(day), .required = true},
	{"from", FORM_HIDDEN, AT(from), .required = true},
	{"length", FORM_HIDDEN, AT(length), .required = true},
	{"shared", FORM_HIDDEN, AT(shared)},
	{"acting", FORM_HIDDEN, AT(acting)},
};

static const struct form_spec hold_spec = FORM_SPEC("hold", struct hold_form, hold_fields);
static const struct form_spec wish_spec = FORM_SPEC("wish", struct hold_form, wish_fields);

static struct space_slot
slot_of(struct req *r, const struct hold_form *f)
{
	struct date day = {(int32_t)(f->day > 0 && f->day < 4000000 ? f->day : 0)};
	bool sound = day.day && f->from >= 0 && f->from < 1440 && f->length > 0 && f->length <= 1440;
	struct space_slot slot = {.people = 1};

	if (sound)
		slot = space_slot_of(r->zone, day, (int)f->from, (int)f->length);
	slot.shared = f->shared == 1;
	return slot;
}

/* What was typed before it was refused; false when nothing was. */
static bool
typed_time(struct req *r, struct hold_form *f)
{
	const struct form_state *state = form_find(r, "hold");
	int64_t n[sizeof hold_fields / sizeof *hold_fields] = {0};

	if (!state || !state->typed)
		return false;
	for (size_t i = 0; i < sizeof n / sizeof *n; i++)
		if (state->value[i].at[0].n && !str_int(state->value[i].at[0], &n[i]))
			return false;
	*f = (struct hold_form){n[0], n[1], n[2], n[3], n[4], n[5], n[6]};
	return true;
}

/* The booking that is to move there, perhaps from another space of the campus, when whoever asks may move it; else
 * none. */
static struct space_booking
moved_booking(struct req *r, const struct space *space, int64_t id)
{
	struct space_booking b = {0};
	struct space from;

	if (id <= 0 || !space_booking_by_id(r->tx, (space_booking_id){id}, &b) || !space_by_id(r->tx, b.space, &from) ||
	    from.campus.n != space->campus.n || !space_is_ahead(&b, r->now) ||
	    !space_is_theirs(r->tx, &r->actor, space, &b))
		return (struct space_booking){0};
	return b;
}

/* --- the page ------------------------------------------------------------------------------------------- */

struct booking_day {
	struct req *r;
	const struct space *space;
	struct date day;
	bool shared, outside;
	organisation_id acting;
	int64_t moves, rest;
};

static struct str
address_of(const struct booking_day *b, struct date day, bool shared, bool outside)
{
	char iso[11];
	struct str acting = b->acting.n ? str_fmt(b->r->arena, "&for=%lld", (long long)b->acting.n) : STR("");

	if (b->moves)
		acting = str_fmt(b->r->arena, "%.*s&move=%lld%s", STR_ARG(acting), (long long)b->moves,
		    b->rest ? "&rest=1" : "");
	return str_fmt(b->r->arena, "%.*s/book?day=%s%s%s%.*s", STR_ARG(space_address(b->r, b->space)),
	    date_iso(day, iso), shared ? "&how=part" : "", outside ? "&outside=1" : "", STR_ARG(acting));
}

/* Why the starts of an open day have to be asked for, when none of them can be had at once: because it would be many
 * hours that week, or always. */
static struct space_judged
asked_because(const struct booking_day *b, const struct space_asking *a, struct date day)
{
	struct space_start_list starts = space_free(a, day, b->shared, 1, true);
	struct space_judged judged = {0};

	for (size_t i = 0; i < starts.n; i++) {
		struct space_slot slot = space_slot_of(b->r->zone, day, starts.at[i].from, (int)b->space->shortest);

		slot.shared = b->shared;
		slot.people = 1;
		judged = space_judge(a, slot);
		if (judged.why == SPACE_WHY_WEEK || judged.why == SPACE_WHY_ALWAYS)
			return judged;
	}
	return (struct space_judged){0};
}

/* A week of days to choose from, with how many starts each has. */
static struct space_day_link_list
strip(const struct booking_day *b, const struct space_asking *a, struct date first)
{
	struct space_day_link_list list = {ARENA_ARRAY(b->r->arena, struct space_day_link, STRIP_DAYS), 0};

	for (int i = 0; i < STRIP_DAYS; i++) {
		struct date day = date_add_days(first, i);
		bool open = space_day_of(&a->times, day).opens > 0;
		int64_t free = space_free_count(a, day, b->shared, 1);

		list.at[list.n++] = (struct space_day_link){day, address_of(b, day, b->shared, false),
		    day.day == b->day.day, free, open,
		    open && free == 0 && asked_because(b, a, day).why != SPACE_WHY_NOTHING};
	}
	return list;
}

static struct choices
starts_to_choose(struct req *r, struct space_start_list starts)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, starts.n);

	for (size_t i = 0; i < starts.n; i++) {
		struct out o = out_new(r->arena);

		if (starts.at[i].asks)
			said_write(&o, r->lang, t_space_start_asks(starts.at[i].from));
		else
			said_write(&o, r->lang, t_space_start(starts.at[i].from,
			    said_plain(r->arena, r->lang, space_length_words(starts.at[i].longest))));
		at[i] = (struct choice){starts.at[i].from, .plain = out_text(&o)};
	}
	return (struct choices){at, starts.n};
}

/* The first one from a minute of the day on; else the first of all. */
static int
start_at(struct space_start_list starts, int64_t minute)
{
	for (size_t i = 0; i < starts.n; i++)
		if (starts.at[i].from >= minute)
			return starts.at[i].from;
	return starts.n ? starts.at[0].from : 0;
}

static struct choices
lengths_to_choose(struct req *r, const struct space *space, struct space_start_list starts)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, 1440 / 15 + 1);
	int longest = 0;
	size_t n = 0;

	for (size_t i = 0; i < starts.n; i++)
		longest = starts.at[i].longest > longest ? starts.at[i].longest : longest;
	for (int length = (int)space->shortest; length <= longest; length += (int)space->step)
		at[n++] = (struct choice){length, .plain = said_plain(r->arena, r->lang, space_length_words(length))};
	return (struct choices){at, n};
}

static struct space_near_view_list
near_of(struct req *r, const struct space_asking *a, struct space_slot slot)
{
	struct space_near_list near = space_nearest(a, slot);
	struct space_near_view_list list = {ARENA_ARRAY(r->arena, struct space_near_view, near.n), near.n};

	for (size_t i = 0; i < near.n; i++) {
		struct local at = space_starts(r->zone, near.at[i].slot);

		list.at[i] = (struct space_near_view){near.at[i].space->name,
		    space_slot_words(r->zone, near.at[i].slot), at.date.day, at.minutes, space_length(near.at[i].slot),
		    str_fmt(r->arena, "%.*s/hold", STR_ARG(space_address(r, near.at[i].space)))};
	}
	return list;
}

/* After a refusal: what could be had instead, and whether one may wait for it. */
static void
show_instead(struct req *r, const struct space_asking *a, const struct hold_form *typed, struct space_book_page *page)
{
	struct space_slot slot = slot_of(r, typed);
	struct space_judged judged;

	if (slot.starts.s == 0)
		return;
	judged = space_judge(a, slot);
	if (judged.why == SPACE_WHY_NOTHING || judged.why == SPACE_WHY_ROLE)
		return;
	page->near = near_of(r, a, slot);
	page->can_wish = space_can_be_waited_for(judged.why);
	page->wish_time = space_slot_words(r->zone, slot);
	form_show(r, &wish_spec, typed);
}

static struct said
closed_words(const struct space_day *d)
{
	switch (d->closed) {
	case SPACE_IS_OPEN: return (struct said){0};
	case SPACE_NO_HOURS: return said(T_SPACE_CLOSED_THAT_DAY);
	case SPACE_HOLIDAY: return said(T_SPACE_CLOSED_HOLIDAY);
	case SPACE_BREAK: return t_space_closed_break(d->reason);
	case SPACE_EXCEPTION: return t_space_closed_because(d->reason);
	}
	return (struct said){0};
}

struct said
space_rule_words(struct tx *tx, const struct actor *who, const struct space *space, struct space_rule rule)
{
	if (!who->person)
		return said(space_rules_of(tx, space->id).n ? T_SPACE_RULE_ANYONE_READ : T_SPACE_RULE_ANYONE);
	if (!actor_may(who, MAY_BOOK_SPACE, space->campus.n))
		return said(T_SPACE_WHY_ROLE);
	switch (rule.approval) {
	case SPACE_RULE_APPROVAL_NEVER: return said(T_SPACE_RULE_NEVER);
	case SPACE_RULE_APPROVAL_ALWAYS: return said(T_SPACE_RULE_ALWAYS);
	case SPACE_RULE_APPROVAL_OUTSIDE:
	case SPACE_RULE_APPROVAL_NONE: break;
	}
	return rule.week_minutes ? t_space_rule_outside(rule.week_minutes / HOUR)
	    : said(T_SPACE_RULE_OUTSIDE_ONLY);
}

static struct date
day_asked(struct req *r)
{
	struct date day = date_of_iso(query_text(r, "day"));

	return day.day >= r->today.day ? day : r->today;
}

static void
show_book(struct req *r)
{
	const struct space *space = space_or_404(r);
	struct hold_form typed = {0};
	bool was_typed = typed_time(r, &typed);
	struct booking_day b = {r, space, day_asked(r), str_is(query_text(r, "how"), "part"),
	    query_int(r, "outside", 0) == 1};
	struct space_start_list starts;
	struct space_asking a;
	struct space_day day;
	struct organisation acting;
	struct space_booking moved;
	struct form_state *form;
	struct date first, last;

	b.moves = was_typed ? typed.moves : query_int(r, "move", 0);
	b.rest = was_typed ? typed.rest : query_int(r, "rest", 0);
	moved = moved_booking(r, space, b.moves);
	b.moves = moved.id.n;
	b.acting = b.moves ? moved.organisation
	    : acting_for(r, space, was_typed ? typed.acting : query_int(r, "for", -1));
	if (was_typed) {
		b.day = typed.day >= r->today.day && typed.day < 4000000 ? (struct date){(int32_t)typed.day} : r->today;
		b.shared = typed.shared == 1;
	}
	first = b.day.day - r->today.day < STRIP_DAYS ? r->today
	    : date_add_days(b.day, 1 - date_weekday(b.day));
	last = date_add_days(first, STRIP_DAYS - 1);
	if (was_typed && date_add_days(b.day, SPACE_NEAR_DAYS).day > last.day)
		last = date_add_days(b.day, SPACE_NEAR_DAYS); /* for what could be had instead */
	a = space_asking_of(r->tx, &r->actor, space, b.acting, (struct span){first, last}, r->zone);
	/* Whoever has not signed in sees what is free for those who may book. */
	a.may = a.may || !r->actor.person;
	a.moves = moved.id;
	starts = space_free(&a, b.day, b.shared, 1, b.outside);
	day = space_day_of(&a.times, b.day);
	form = form_show(r, &hold_spec, &(struct hold_form){b.day.day,
	    start_at(starts, query_int(r, "from", b.outside ? ASKED_AT_FIRST : 0)), LENGTH_AT_FIRST, b.shared,
	    b.acting.n, b.moves, b.rest});
	form_choices(form, "from", starts_to_choose(r, starts));
	form_choices(form, "length", lengths_to_choose(r, space, starts));

	struct space_book_page page = {
		.name = space->name,
		.address = space_address(r, space),
		.day = b.day,
		.days = strip(&b, &a, first),
		.earlier = first.day > r->today.day
		    ? address_of(&b, date_add_days(first, -1), b.shared, false) : STR(""),
		.later = address_of(&b, date_add_days(first, STRIP_DAYS), b.shared, false),
		.whole = address_of(&b, b.day, false, false),
		.part = address_of(&b, b.day, true, false),
		.shared = b.shared,
		.shared_number = b.shared,
		.acting_number = b.acting.n,
		.moves = b.moves,
		.rest = b.rest,
		.moved = moved.title,
		.outside = b.outside,
		.outside_address = address_of(&b, b.day, b.shared, true),
		.any = starts.n > 0,
		.closed = closed_words(&day),
		.signed_in = actor_signed_in(&r->actor),
		.may = a.may,
		.has_acting = b.acting.n && partner_find(r->tx, b.acting, &acting),
		.rule = space_rule_words(r->tx, &r->actor, space, a.rule),
	};

	if (page.has_acting)
		page.acting = acting.name;
	if (!page.any && !b.outside && day.opens) {
		struct space_judged asked = asked_because(&b, &a, b.day);

		page.asks = asked.why != SPACE_WHY_NOTHING;
		if (page.asks)
			page.closed = space_why_words(&a, &asked);
	}
	if (was_typed)
		show_instead(r, &a, &typed, &page);
	space_book_html(r, &page);
}

/* --- what one can do ------------------------------------------------------------------------------------- */

void
space_draft_fill_from(struct tx *tx, space_draft_id draft, const struct space_booking *b, int64_t every,
    struct date last)
{
	space_draft_fill(tx, draft, b->title, (enum space_draft_audience)b->audience, b->group_code, b->people,
	    b->public, b->minors, b->adult, b->note, b->organisation, every, last);
}

static struct outcome
hold(struct req *r)
{
	const struct hold_form *f = r->form;
	const struct space *space = space_of_path(r);
	struct space_slot slot = slot_of(r, f);
	struct space_booking moved = {0};
	struct space_judged judged;
	struct space_asking a;
	space_draft_id draft;
	struct date day;
	enum verdict v;

	if (!space || slot.starts.s == 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (f->moves) {
		moved = moved_booking(r, space, f->moves);
		if (moved.id.n == 0)
			return refused(r, VERDICT_NOT_FOUND, (struct said){0});
		slot.people = moved.people;
	}
	day = space_starts(r->zone, slot).date;
	a = space_asking_of(r->tx, &r->actor, space,
	    moved.id.n ? moved.organisation : acting_for(r, space, f->acting), (struct span){day, day}, r->zone);
	a.moves = moved.id;
	a.moves_rest = f->rest == 1;
	v = space_hold(&a, slot, &judged, &draft);
	if (v != VERDICT_OK)
		return refused(r, v, space_why_words(&a, &judged));
	if (moved.id.n)
		space_draft_fill_from(r->tx, draft, &moved, 0, (struct date){0});
	else if (a.organisation.n)
		space_draft_acts(r->tx, draft, a.organisation);
	return see_address(r, str_fmt(r->arena, "%.*s/draft/%lld%s", STR_ARG(space_address(r, space)),
	    (long long)draft.n, moved.id.n ? "/check" : ""), (struct said){0});
}

static struct outcome
wish(struct req *r)
{
	const struct hold_form *f = r->form;
	const struct space *space = space_of_path(r);
	struct space_slot slot = slot_of(r, f);
	struct space_judged judged;
	struct space_asking a;
	struct date day;
	enum verdict v;

	if (!space || slot.starts.s <= r->now.s)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	day = space_starts(r->zone, slot).date;
	a = space_asking_of(r->tx, &r->actor, space, acting_for(r, space, f->acting), (struct span){day, day}, r->zone);
	v = space_wish(&a, slot, &judged);
	if (v == VERDICT_INVALID)
		return refused(r, v, judged.why == SPACE_WHY_NOTHING || space_can_be_asked(judged.why)
		    ? said(T_SPACE_WISH_FREE) : space_why_words(&a, &judged));
	return v == VERDICT_OK ? see_other(r, "/{lang}/me/bookings", said(T_SPACE_WISH_FLASH))
	    : refused(r, v, said(T_SPACE_WISH_ALREADY));
}

const struct route space_book_routes[] = {
	{GET, "/{lang}/{campus}/space/{space}/book", MAY_ANYONE, show_book, .speed = SLOW},
	{POST, "/{lang}/{campus}/space/{space}/hold", MAY_BOOK_SPACE, show_book, hold, &hold_spec},
	{POST, "/{lang}/{campus}/space/{space}/wish", MAY_BOOK_SPACE, show_book, wish, &wish_spec},
	{0},
};
