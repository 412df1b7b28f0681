/* The page of a booking, and all that somebody has booked, asked for or waits for. */
#include "app/space/pages.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { WEEK_DAYS = 7 };

struct said
space_audience_words(enum space_booking_audience audience)
{
	switch (audience) {
	case SPACE_BOOKING_AUDIENCE_STUDENTS: return said(T_SPACE_AUDIENCE_STUDENTS);
	case SPACE_BOOKING_AUDIENCE_GROUP: return said(T_SPACE_AUDIENCE_GROUP);
	case SPACE_BOOKING_AUDIENCE_TEACHING: return said(T_SPACE_AUDIENCE_TEACHING);
	case SPACE_BOOKING_AUDIENCE_SERVICE: return said(T_SPACE_AUDIENCE_SERVICE);
	case SPACE_BOOKING_AUDIENCE_MEETING: return said(T_SPACE_AUDIENCE_MEETING);
	case SPACE_BOOKING_AUDIENCE_STAFF: return said(T_SPACE_AUDIENCE_STAFF);
	case SPACE_BOOKING_AUDIENCE_DORMITORY: return said(T_SPACE_AUDIENCE_DORMITORY);
	case SPACE_BOOKING_AUDIENCE_NONE: break;
	}
	return (struct said){0};
}

/* The look of a state; the words are beside it. */
struct str
space_state_class(enum space_booking_state state)
{
	switch (state) {
	case SPACE_BOOKING_STATE_REQUESTED: return STR("coming");
	case SPACE_BOOKING_STATE_BOOKED: return STR("done");
	case SPACE_BOOKING_STATE_DECLINED:
	case SPACE_BOOKING_STATE_CANCELLED:
	case SPACE_BOOKING_STATE_FREED:
	case SPACE_BOOKING_STATE_NONE: break;
	}
	return STR("not-here");
}

static struct space_slot
slot_of(const struct space_booking *b)
{
	return (struct space_slot){b->starts, b->ends, b->shared, b->people};
}

struct str
space_booking_address(struct req *r, const struct campus *campus, space_booking_id id)
{
	return str_fmt(r->arena, "/%s/%.*s/booking/%lld", lang_code(r->lang), STR_ARG(campus->slug), (long long)id.n);
}

/* --- one booking ----------------------------------------------------------------------------------------- */

/* The booking of the path, on its campus. */
static bool
find_booking(struct req *r, struct space *space, struct space_booking *b)
{
	int64_t id;

	return str_int(path_text(r, "booking"), &id) && space_booking_by_id(r->tx, (space_booking_id){id}, b) &&
	    space_by_id(r->tx, b->space, space) && space->campus.n == r->place;
}

struct cancel_form {
	struct str reply;
	bool rest;
	int64_t version;
};

static const struct form_field cancel_fields[] = {
	{"reply", FORM_LONG, offsetof(struct cancel_form, reply), .max = 500, .label = T_SPACE_CANCEL_REPLY,
	    .hint = T_SPACE_CANCEL_REPLY_HINT},
	{"rest", FORM_CHECK, offsetof(struct cancel_form, rest), .label = T_SPACE_CANCEL_REST},
	{"version", FORM_HIDDEN, offsetof(struct cancel_form, version)},
};

static const struct form_spec cancel_spec = FORM_SPEC("cancel", struct cancel_form, cancel_fields);

struct change_form {
	struct str title, group_code, adult, note;
	int64_t audience, people, version;
	bool public, minors, rest;
};

#define AT(field) offsetof(struct change_form, field)

static const struct form_field change_fields[] = {
	{"title", FORM_TEXT, AT(title), .required = true, .max = 120, .label = T_SPACE_WHAT,
	    .missing = T_SPACE_WHAT_MISSING},
	{"audience", FORM_SELECT, AT(audience), .required = true, .label = T_SPACE_WHOM,
	    .choices = {space_audiences, SPACE_AUDIENCES}},
	{"people", FORM_INT, AT(people), .required = true, .min = 1, .max = 5000, .label = T_SPACE_PEOPLE},
	{"group_code", FORM_TEXT, AT(group_code), .max = 40, .label = T_SPACE_GROUP_CODE, .depends = true},
	{"public", FORM_CHECK, AT(public), .label = T_SPACE_PUBLIC, .hint = T_SPACE_PUBLIC_HINT},
	{"minors", FORM_CHECK, AT(minors), .label = T_SPACE_MINORS},
	{"adult", FORM_TEXT, AT(adult), .max = 100, .label = T_SPACE_ADULT, .depends = true},
	{"note", FORM_LONG, AT(note), .max = 500, .label = T_SPACE_NOTE, .hint = T_SPACE_NOTE_HINT},
	{"rest", FORM_CHECK, AT(rest), .label = T_SPACE_CHANGE_REST},
	{"version", FORM_HIDDEN, AT(version)},
};

#undef AT

static const struct form_spec change_spec = FORM_SPEC("change", struct change_form, change_fields);

/* How many of its series come after it and are still there; `last`: whether it is the last of them. */
static int64_t
later_ones(struct req *r, const struct space_booking *b)
{
	struct space_booking_list all = {0};
	int64_t n = 0;

	if (b->series.n)
		all = space_bookings_of_series(r->tx, b->series);
	for (size_t i = 0; i < all.n; i++)
		n += all.at[i].starts.s > b->starts.s && all.at[i].state == SPACE_BOOKING_STATE_BOOKED;
	return n;
}

static void
show_booking(struct req *r)
{
	struct space *space = ARENA_NEW(r->arena, struct space);
	struct space_booking b;
	struct organisation o = {0};
	struct person by = {0};
	bool theirs, knows, ahead;

	if (!find_booking(r, space, &b))
		page_not_found(r);
	theirs = space_is_theirs(r->tx, &r->actor, space, &b);
	knows = theirs || actor_may(&r->actor, MAY_SEE_BOOKINGS, r->place);
	/* What is not public nobody else finds; what waits for an answer is no news yet. */
	if (!knows && (!b.public || b.state != SPACE_BOOKING_STATE_BOOKED))
		page_not_found(r);
	ahead = space_is_ahead(&b, r->now);
	if (b.booked_by.n && knows)
		person_find(r->tx, b.booked_by, &by);
	if (b.organisation.n)
		partner_find(r->tx, b.organisation, &o);
	form_show(r, &cancel_spec, &(struct cancel_form){.version = b.version});
	form_show(r, &change_spec, &(struct change_form){b.title, b.group_code, b.adult, b.note, (int64_t)b.audience,
	    b.people, b.version, b.public, b.minors});
	space_booking_html(r, &(struct space_booking_page){
		.title = b.title,
		.answer = b.state == SPACE_BOOKING_STATE_REQUESTED && actor_may(&r->actor, MAY_ANSWER_BOOKINGS,
		    r->place)
		    ? page_with_query(r, "/{lang}/admin/bookings", str_fmt(r->arena, "booking=%lld", (long long)b.id.n))
		    : STR(""),
		.lapsed = b.state == SPACE_BOOKING_STATE_DECLINED && b.answered_at.s == 0,
		.confirm_by = b.asked_at.s ? space_confirm_by(space, &b) : (struct instant){0},
		.space = space->name,
		.space_address = space_address(r, space),
		.time = space_slot_words(r->zone, slot_of(&b)),
		.length = space_length_words(space_length(slot_of(&b))),
		.state = t_space_state(b.state),
		.state_class = space_state_class(b.state),
		.audience = space_audience_words(b.audience),
		.people = b.people,
		.shared = b.shared,
		.public = b.public,
		.group_code = b.group_code,
		.adult = knows ? b.adult : STR(""),
		.note = theirs ? b.note : STR(""),
		.reply = theirs ? b.reply : STR(""),
		.by = by.name,
		.has_organisation = o.id.n != 0,
		.organisation = o.name,
		.answer_by = b.state == SPACE_BOOKING_STATE_REQUESTED ? b.answer_by : (struct date){0},
		.theirs = theirs,
		.ahead = theirs && ahead,
		.confirms = theirs && space_is_asked(&b, r->now),
		.claims = theirs && space_is_awaited(&b, r->now),
		.version = b.version,
		.base = space_booking_address(r, r->campus, b.id),
		.series = b.series.n != 0,
		.later = later_ones(r, &b),
		.has_entry = theirs && b.state == SPACE_BOOKING_STATE_BOOKED &&
		    (page_is_texts(space->entry) || space->contact.n || page_is_texts(space->checklist)),
		.entry = space->entry,
		.contact = space->contact,
		.checklist = space->checklist,
		.continues = b.series.n && b.state == SPACE_BOOKING_STATE_BOOKED,
		.move = str_fmt(r->arena, "%.*s/book?move=%lld", STR_ARG(space_address(r, space)), (long long)b.id.n),
	});
}

static struct outcome
back_to_booking(struct req *r, struct said flash)
{
	return see_other(r, "/{lang}/{campus}/booking/{booking}", flash);
}

static struct said
why_not(enum verdict v)
{
	if (v == VERDICT_CONFLICT)
		return said(T_SPACE_CHANGED_SINCE);
	if (v == VERDICT_FORBIDDEN)
		return said(T_SPACE_NOT_THEIRS);
	return (struct said){0};
}

static struct outcome
cancel(struct req *r)
{
	const struct cancel_form *f = r->form;
	struct space space;
	struct space_booking b;
	enum verdict v;

	if (!find_booking(r, &space, &b))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	v = space_cancel(r->tx, &r->actor, b.id, f->version, f->rest, f->reply);
	return v == VERDICT_OK ? back_to_booking(r, said(T_SPACE_CANCELLED_FLASH)) : refused(r, v, why_not(v));
}

/* The room must hold so many, beside those who take part then. */
static bool
change_fits(struct req *r, const struct space *space, const struct space_booking *b, const struct change_form *f)
{
	struct space_slot slot = slot_of(b);
	struct date day = space_starts(r->zone, slot).date;
	struct space_asking a = space_asking_of(r->tx, &r->actor, space, b->organisation, (struct span){day, day},
	    r->zone);
	struct form_state *state = form_posted(r);
	struct space_judged judged = {.why = SPACE_WHY_MANY, .number = space->capacity};
	bool fits = true;

	a.moves = b->id;
	slot.people = f->people;
	/* The other rules were asked when it was booked, and may have changed since. */
	if (f->people <= space->capacity)
		judged = space_judge_room(&a, slot);
	if (judged.why == SPACE_WHY_MANY || judged.why == SPACE_WHY_FULL) {
		form_problem(state, "people", space_why_words(&a, &judged));
		fits = false;
	}
	if (f->adult.n == 0 && space_needs_adult(&a, slot, f->minors)) {
		form_problem(state, "adult", said(T_SPACE_ADULT_MISSING));
		fits = false;
	}
	if (f->audience == SPACE_BOOKING_AUDIENCE_TEACHING && f->group_code.n == 0) {
		form_problem(state, "group_code", said(T_SPACE_GROUP_CODE_MISSING));
		fits = false;
	}
	return fits;
}

/* Notes it in `done`. False: it was changed since `version`. */
static bool
change_one(struct req *r, const struct space *space, const struct space_booking *b, int64_t version,
    struct space_booking_list *done)
{
	const struct change_form *f = r->form;

	if (space_booking_change(r->tx, b->id, f->title,
	    (enum space_booking_language)((int)r->lang + SPACE_BOOKING_LANGUAGE_FI),
	    (enum space_booking_audience)f->audience, f->group_code, f->people, f->public, f->minors, f->adult,
	    f->note, r->tx->now, version) == 0)
		return false;
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_changed, space->campus.n, b->id.n, b->title,
	    f->title});
	return space_booking_by_id(r->tx, b->id, &done->at[done->n++]);
}

/* All of its series after it that are theirs; false: one of them does not fit. */
static bool
change_rest(struct req *r, const struct space_booking *b, struct space_booking_list all,
    struct space_booking_list *done)
{
	struct space there;

	for (size_t i = 0; i < all.n; i++) {
		const struct space_booking *later = &all.at[i];

		if (later->starts.s <= b->starts.s || !space_is_ahead(later, r->now) ||
		    !space_by_id(r->tx, later->space, &there) || !space_is_theirs(r->tx, &r->actor, &there, later))
			continue;
		if (!change_fits(r, &there, later, r->form))
			return false;
		change_one(r, &there, later, later->version, done);
	}
	return true;
}

static struct outcome
change(struct req *r)
{
	const struct change_form *f = r->form;
	struct space_booking_list series = {0}, done;
	struct space space;
	struct space_booking b;

	if (!find_booking(r, &space, &b))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!space_is_theirs(r->tx, &r->actor, &space, &b))
		return refused(r, VERDICT_FORBIDDEN, said(T_SPACE_NOT_THEIRS));
	if (!space_is_ahead(&b, r->now))
		return refused(r, VERDICT_CONFLICT, said(T_SPACE_CHANGED_SINCE));
	if (!change_fits(r, &space, &b, f))
		return refused(r, VERDICT_INVALID, (struct said){0});
	if (f->rest && b.series.n)
		series = space_bookings_of_series(r->tx, b.series);
	done = (struct space_booking_list){ARENA_ARRAY(r->arena, struct space_booking, series.n + 1), 0};
	if (!change_one(r, &space, &b, f->version, &done))
		return refused(r, VERDICT_CONFLICT, said(T_SPACE_CHANGED_SINCE));
	if (!change_rest(r, &b, series, &done))
		return refused(r, VERDICT_INVALID, (struct said){0});
	if (b.booked_by.n != r->actor.person)
		space_tell(r->tx, &r->actor, SPACE_NEWS_CHANGED, &space, done);
	return back_to_booking(r, said(T_SPACE_CHANGED_FLASH));
}

static struct outcome
confirm(struct req *r)
{
	struct space space;
	struct space_booking b;
	enum verdict v;

	if (!find_booking(r, &space, &b))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	v = space_confirm(r->tx, &r->actor, b.id);
	if (v == VERDICT_INVALID)
		return refused(r, v, said(T_SPACE_CONFIRM_NOT_ASKED));
	return v == VERDICT_OK ? back_to_booking(r, said(T_SPACE_CONFIRMED_FLASH)) : refused(r, v, why_not(v));
}

static struct outcome
claim(struct req *r)
{
	struct space space;
	struct space_booking b;
	enum verdict v;

	if (!find_booking(r, &space, &b))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	v = space_claim(r->tx, &r->actor, b.id);
	if (v == VERDICT_INVALID)
		return refused(r, v, t_space_claim_early(SPACE_CLAIM_MINUTES));
	return v == VERDICT_OK ? back_to_booking(r, said(T_SPACE_CLAIMED_FLASH)) : refused(r, v, why_not(v));
}

/* The same weekday, time and length of a term again, from where the series ends. Its plan is looked through first, and
 * before it the weeks, if it had some of its own: those of the next term are others. */
static struct outcome
continue_series(struct req *r)
{
	struct space *space = ARENA_NEW(r->arena, struct space);
	struct space_booking b;
	struct space_series series;
	struct space_judged judged;
	struct space_asking a;
	struct space_slot slot;
	space_draft_id draft;
	struct date day, last;
	struct str weeks;
	enum verdict v;

	if (!find_booking(r, space, &b) || b.series.n == 0 || !space_series_by_id(r->tx, b.series, &series))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!space_is_theirs(r->tx, &r->actor, space, &b))
		return refused(r, VERDICT_FORBIDDEN, said(T_SPACE_NOT_THEIRS));
	if (b.state != SPACE_BOOKING_STATE_BOOKED)
		return refused(r, VERDICT_CONFLICT, said(T_SPACE_CHANGED_SINCE));
	day = series.ends;
	do
		day = date_add_days(day, WEEK_DAYS * (int)series.every);
	while (day.day <= r->today.day);
	last = date_add_days(day, date_days_between(series.starts, series.ends));
	slot = space_slot_of(r->zone, day, local_of(r->zone, b.starts).minutes, space_length(slot_of(&b)));
	slot.shared = b.shared;
	slot.people = b.people;
	a = space_asking_of(r->tx, &r->actor, space, b.organisation, (struct span){day, day}, r->zone);
	a.continues = series.id;
	v = space_hold(&a, slot, &judged, &draft);
	if (v != VERDICT_OK)
		return refused(r, v, space_why_words(&a, &judged));
	space_draft_fill_from(r->tx, draft, &b, series.every, last);
	if (series.weeks.n) {
		weeks = space_weeks_again(r->arena, series.weeks, (struct span){series.starts, series.ends}, day);
		space_draft_in_weeks(r->tx, draft, weeks);
	}
	return see_address(r, str_fmt(r->arena, "%.*s/draft/%lld%s", STR_ARG(space_address(r, space)),
	    (long long)draft.n, series.weeks.n ? "" : "/check"),
	    series.weeks.n ? said(T_SPACE_CONTINUE_WEEKS) : (struct said){0});
}

/* --- one's own -------------------------------------------------------------------------------------------- */

void
space_add_lines(struct req *r, struct space_booking_list all, struct campus_list campuses,
    struct space_line_list *list)
{
	for (size_t i = 0; i < all.n; i++) {
		const struct space_booking *b = &all.at[i];
		const struct campus *campus;
		struct space space;

		if ((b->state != SPACE_BOOKING_STATE_BOOKED && b->state != SPACE_BOOKING_STATE_REQUESTED) ||
		    !space_by_id(r->tx, b->space, &space) || !(campus = campus_in(campuses, space.campus)))
			continue;
		list->at[list->n++] = (struct space_line){space_slot_words(r->zone, slot_of(b)), b->title, space.name,
		    campus->name, campus->color, space_booking_address(r, campus, b->id), t_space_state(b->state),
		    space_state_class(b->state), b->starts.s <= r->now.s, STR("")};
	}
}

struct space_line_list
space_lines_ahead(struct req *r, struct campus_list campuses)
{
	person_id me = {r->actor.person};
	struct space_booking_list own = space_bookings_ahead_of_person(r->tx, me, space_reach(r->now), r->now);
	struct organisation_list acts = partners_of(r->tx, me);
	struct space_line_list list = {ARENA_ARRAY(r->arena, struct space_line, own.n), 0};
	size_t kept = 0;

	for (size_t i = 0; i < own.n; i++)
		if (!partner_in(acts, own.at[i].organisation))
			own.at[kept++] = own.at[i];
	own.n = kept;
	space_add_lines(r, own, campuses, &list);
	for (size_t i = 0; i < acts.n; i++) {
		struct space_booking_list theirs = space_bookings_ahead_of_organisation(r->tx, acts.at[i].id,
		    space_reach(r->now), r->now);
		struct space_line_list more = {ARENA_ARRAY(r->arena, struct space_line, list.n + theirs.n), list.n};

		for (size_t k = 0; k < list.n; k++)
			more.at[k] = list.at[k];
		space_add_lines(r, theirs, campuses, &more);
		list = more;
	}
	return list;
}

static struct space_wish_line_list
wish_lines(struct req *r, struct campus_list campuses)
{
	struct space_wish_list all = space_wishes_of_person(r->tx, (person_id){r->actor.person}, r->now);
	struct space_wish_line_list list = {ARENA_ARRAY(r->arena, struct space_wish_line, all.n), 0};

	(void)campuses;
	for (size_t i = 0; i < all.n; i++) {
		const struct space_wish *w = &all.at[i];
		struct space space;

		if (space_by_id(r->tx, w->space, &space))
			list.at[list.n++] = (struct space_wish_line){w->id.n,
			    space_slot_words(r->zone, (struct space_slot){w->starts, w->ends, w->shared, w->people}),
			    space.name, w->state == SPACE_WISH_STATE_OFFERED, w->offer_until,
			    str_fmt(r->arena, "%.*s/draft/%lld", STR_ARG(space_address(r, &space)),
			    (long long)w->offer.n)};
	}
	return list;
}

static void
show_mine(struct req *r)
{
	struct campus_list campuses = campus_all(r->tx);

	space_mine_html(r, &(struct space_mine_page){
		.ahead = space_lines_ahead(r, campuses),
		.wishes = wish_lines(r, campuses),
		.book = path_fill(r, "/{lang}/space"),
	});
}

struct wish_end_form {
	int64_t wish;
};

static const struct form_field wish_end_fields[] = {{"wish", FORM_HIDDEN, offsetof(struct wish_end_form, wish)}};
static const struct form_spec wish_end_spec = FORM_SPEC("wish-end", struct wish_end_form, wish_end_fields);

static struct outcome
end_wish(struct req *r)
{
	const struct wish_end_form *f = r->form;
	enum verdict v = space_wish_end(r->tx, &r->actor, (space_wish_id){f->wish});

	return v == VERDICT_OK ? see_other(r, "/{lang}/me/bookings", said(T_SPACE_WISH_ENDED))
	    : refused(r, v, v == VERDICT_CONFLICT ? said(T_SPACE_WISH_OVER) : (struct said){0});
}

#define BOOKING "/{lang}/{campus}/booking/{booking}"

const struct route space_mine_routes[] = {
	{GET, BOOKING, MAY_ANYONE, show_booking},
	{POST, BOOKING "/cancel", MAY_BOOK_SPACE, show_booking, cancel, &cancel_spec},
	{POST, BOOKING "/change", MAY_BOOK_SPACE, show_booking, change, &change_spec},
	{POST, BOOKING "/confirm", MAY_BOOK_SPACE, show_booking, confirm},
	{POST, BOOKING "/claim", MAY_BOOK_SPACE, show_booking, claim},
	{POST, BOOKING "/continue", MAY_BOOK_SPACE, show_booking, continue_series},
	{GET, "/{lang}/me/bookings", MAY_SIGNED_IN, show_mine},
	{POST, "/{lang}/me/bookings/wish/end", MAY_SIGNED_IN, show_mine, end_wish, &wish_end_spec},
	{0},
};
