/* What is held: filled in, looked through day by day, and sent. */
#include "app/space/pages.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { MINUTE_S = 60, CHOICES_MAX = 12, SERIES_DAYS_MAX = 366, CHOICE_SKIP = 1, CHOICE_ASK = 2, CHOICE_TIMES = 10,
	DAY_MINUTES = 1440 };

struct str
space_action(struct req *r, struct str base, const char *what)
{
	return str_fmt(r->arena, "%.*s%s", STR_ARG(base), what);
}

/* --- the details ------------------------------------------------------------------------------------------ */

struct booking_form {
	struct str title, group_code, adult, note, weeks;
	int64_t audience, people, every;
	bool public, minors;
	struct date last;
};

#define AT(field) offsetof(struct booking_form, field)

const struct choice space_audiences[SPACE_AUDIENCES] = {
	{SPACE_DRAFT_AUDIENCE_STUDENTS, "students", T_SPACE_AUDIENCE_STUDENTS},
	{SPACE_DRAFT_AUDIENCE_GROUP, "group", T_SPACE_AUDIENCE_GROUP},
	{SPACE_DRAFT_AUDIENCE_TEACHING, "teaching", T_SPACE_AUDIENCE_TEACHING},
	{SPACE_DRAFT_AUDIENCE_SERVICE, "service", T_SPACE_AUDIENCE_SERVICE},
	{SPACE_DRAFT_AUDIENCE_MEETING, "meeting", T_SPACE_AUDIENCE_MEETING},
	{SPACE_DRAFT_AUDIENCE_STAFF, "staff", T_SPACE_AUDIENCE_STAFF},
	{SPACE_DRAFT_AUDIENCE_DORMITORY, "dormitory", T_SPACE_AUDIENCE_DORMITORY},
};

enum { EVERY_ONCE = 10, EVERY_WEEKS = 11 }; /* 0 would be no choice */

static const struct choice everies[] = {
	{EVERY_ONCE, "once", T_SPACE_ONCE},
	{1, "week", T_SPACE_EVERY_WEEK},
	{2, "second", T_SPACE_EVERY_SECOND},
	{EVERY_WEEKS, "weeks", T_SPACE_EVERY_WEEKS},
};

static const struct form_field booking_fields[] = {
	{"title", FORM_TEXT, AT(title), .required = true, .max = 120, .label = T_SPACE_WHAT, .hint = T_SPACE_WHAT_HINT,
	    .missing = T_SPACE_WHAT_MISSING},
	{"audience", FORM_SELECT, AT(audience), .required = true, .label = T_SPACE_WHOM,
	    .choices = {space_audiences, SPACE_AUDIENCES}},
	{"people", FORM_INT, AT(people), .required = true, .min = 1, .max = 5000, .label = T_SPACE_PEOPLE},
	{"group_code", FORM_TEXT, AT(group_code), .max = 40, .label = T_SPACE_GROUP_CODE, .depends = true},
	{"public", FORM_CHECK, AT(public), .label = T_SPACE_PUBLIC, .hint = T_SPACE_PUBLIC_HINT},
	{"every", FORM_SELECT, AT(every), .label = T_SPACE_EVERY, .choices = {everies, 4}},
	{"last", FORM_DATE, AT(last), .label = T_SPACE_LAST, .hint = T_SPACE_LAST_HINT, .depends = true},
	{"weeks", FORM_TEXT, AT(weeks), .max = 100, .label = T_SPACE_WEEKS, .hint = T_SPACE_WEEKS_HINT,
	    .depends = true},
	{"minors", FORM_CHECK, AT(minors), .label = T_SPACE_MINORS},
	{"adult", FORM_TEXT, AT(adult), .max = 100, .label = T_SPACE_ADULT, .hint = T_SPACE_ADULT_HINT,
	    .depends = true},
	{"note", FORM_LONG, AT(note), .max = 500, .label = T_SPACE_NOTE, .hint = T_SPACE_NOTE_HINT},
};

static void
check_booking(struct req *r, void *form, struct form_state *state)
{
	struct booking_form *f = form;

	(void)r;
	if (f->every == EVERY_WEEKS && !space_weeks_sound(f->weeks))
		form_problem(state, "weeks", said(T_SPACE_WEEKS_WRONG));
	if (f->every != EVERY_WEEKS)
		f->weeks = STR("");
	if (f->every == EVERY_ONCE)
		f->every = 0;
	if (f->every && f->every != EVERY_WEEKS && f->last.day == 0)
		form_problem(state, "last", said(T_SPACE_LAST_MISSING));
	if (f->audience == SPACE_DRAFT_AUDIENCE_TEACHING && f->group_code.n == 0)
		form_problem(state, "group_code", said(T_SPACE_GROUP_CODE_MISSING));
}

static const struct form_spec booking_spec =
    FORM_SPEC("booking", struct booking_form, booking_fields, .check = check_booking);

/* --- the draft of the path --------------------------------------------------------------------------------- */

/* It is of whoever asks; nobody else sees that there is one. */
static bool
find_draft(struct req *r, struct space_draft *d)
{
	const struct space *space = space_of_path(r);
	int64_t id;

	return space && str_int(path_text(r, "draft"), &id) && space_draft_by_id(r->tx, (space_draft_id){id}, d) &&
	    d->person.n == r->actor.person && d->space.n == space->id.n;
}

static struct space_draft
draft_or_404(struct req *r)
{
	struct space_draft d;

	if (!find_draft(r, &d))
		page_not_found(r);
	return d;
}

static struct str
base_of(struct req *r, const struct space_draft *d)
{
	const struct space *space = space_of_path(r);

	return str_fmt(r->arena, "%.*s/draft/%lld", STR_ARG(space_address(r, space)), (long long)d->id.n);
}

static struct space_slot
slot_of(const struct space_draft *d)
{
	return (struct space_slot){d->starts, d->ends, d->shared, d->people};
}

static struct said
held_words(struct req *r, const struct space_draft *d)
{
	struct local until = local_of(r->zone, d->held_until);

	if (d->held_until.s <= r->now.s)
		return said(T_SPACE_HELD_NO_MORE);
	return until.date.day == r->today.day ? t_space_held_until(until.minutes)
	    : t_space_held_until_day(until.date, until.minutes);
}

static enum space_draft_audience
usual_audience(const struct space_draft *d, enum space_booking_who kind)
{
	return d->filled ? d->audience : kind == SPACE_BOOKING_WHO_STUDENT ? SPACE_DRAFT_AUDIENCE_GROUP
	    : SPACE_DRAFT_AUDIENCE_STUDENTS;
}

static void
show_draft(struct req *r)
{
	const struct space *space = space_or_404(r);
	struct space_draft d = draft_or_404(r);
	struct organisation acting = {0};
	bool acts = false;
	struct booking_form form = {
		.title = d.title, .group_code = d.group_code, .adult = d.adult, .note = d.note,
		.audience = usual_audience(&d, space_kind(&r->actor, space->campus, d.organisation)),
		.people = d.filled ? d.people : 10, .every = d.weeks.n ? EVERY_WEEKS : d.every ? d.every : EVERY_ONCE,
		.public = d.filled ? d.public : d.organisation.n != 0 || d.shared, .minors = d.minors, .last = d.last,
		.weeks = d.weeks,
	};

	if (d.organisation.n)
		acts = partner_find(r->tx, d.organisation, &acting);
	form_show(r, &booking_spec, &form);
	space_draft_html(r, &(struct space_draft_page){
		.name = space->name,
		.time = space_slot_words(r->zone, slot_of(&d)),
		.held = held_words(r, &d),
		.gone = d.held_until.s <= r->now.s,
		.base = base_of(r, &d),
		.has_acting = acts,
		.acting = acting.name,
		.moves = d.moves.n != 0,
	});
}

/* Rules that need the day and the space. */
static bool
details_fit(struct req *r, const struct space *space, const struct space_draft *d, const struct booking_form *f)
{
	struct local at = space_starts(r->zone, slot_of(d));
	struct space_asking a = space_asking_of(r->tx, &r->actor, space, d->organisation,
	    (struct span){at.date, at.date}, r->zone);
	struct form_state *state = form_posted(r);
	bool fit = true;

	if (f->people > space->capacity) {
		form_problem(state, "people", t_space_why_many(space->capacity));
		fit = false;
	}
	if (f->adult.n == 0 && space_needs_adult(&a, slot_of(d), f->minors)) {
		form_problem(state, "adult", said(T_SPACE_ADULT_MISSING));
		fit = false;
	}
	if (f->weeks.n && space_weeks_last(f->weeks, at.date, SERIES_DAYS_MAX).day == at.date.day) {
		form_problem(state, "weeks", said(T_SPACE_WEEKS_WRONG));
		fit = false;
	}
	if (f->every && f->weeks.n == 0 &&
	    (f->last.day <= at.date.day || f->last.day > at.date.day + SERIES_DAYS_MAX)) {
		form_problem(state, "last",
		    said(f->last.day <= at.date.day ? T_SPACE_LAST_BEFORE : T_SPACE_LAST_TOO_FAR));
		fit = false;
	}
	return fit;
}

static struct outcome
fill(struct req *r)
{
	const struct booking_form *f = r->form;
	const struct space *space = space_of_path(r);
	int64_t every = f->weeks.n ? 1 : f->every;
	struct date last = {0};
	struct space_draft d;

	if (!find_draft(r, &d))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!details_fit(r, space, &d, f))
		return refused(r, VERDICT_INVALID, (struct said){0});
	if (every)
		last = f->weeks.n ? space_weeks_last(f->weeks, space_starts(r->zone, slot_of(&d)).date, SERIES_DAYS_MAX)
		    : f->last;
	if (every != d.every || last.day != d.last.day || !str_eq(f->weeks, d.weeks))
		space_draft_days_clear(r->tx, d.id);
	space_draft_fill(r->tx, d.id, f->title, (enum space_draft_audience)f->audience, f->group_code, f->people,
	    f->public, f->minors, f->adult, f->note, d.organisation, every, last);
	space_draft_in_weeks(r->tx, d.id, f->weeks);
	return see_address(r, space_action(r, base_of(r, &d), "/check"), (struct said){0});
}

/* --- looking through ----------------------------------------------------------------------------------------- */

static struct said
audience_words(enum space_draft_audience audience)
{
	for (size_t i = 0; i < SPACE_AUDIENCES; i++)
		if (space_audiences[i].value == (int64_t)audience)
			return said(space_audiences[i].text);
	return (struct said){0};
}

static void
add_choice(struct space_choice_list *list, int64_t value, struct said words, bool chosen)
{
	if (list->n < CHOICES_MAX)
		list->at[list->n++] = (struct space_choice){value, words, chosen};
}

/* A space and a minute of the day as one number of a form. */
static int64_t
choice_of(space_id space, int minutes)
{
	return CHOICE_TIMES + space.n * DAY_MINUTES + minutes;
}

/* Other starts of that day in a space at which as much is free, and then those in other spaces. */
static void
add_times(struct req *r, const struct space_draft *d, const struct space *space, const struct space_plan_day *p,
    bool same_time_only, struct space_choice_list *list)
{
	struct space_asking a = space_asking_of(r->tx, &r->actor, space, d->organisation,
	    (struct span){p->day, p->day}, r->zone);
	int length = space_length(slot_of(d)), at = space_starts(r->zone, slot_of(d)).minutes;
	struct space_start_list starts;

	a.draft = d->id;
	a.moves = p->moves;
	starts = space_free(&a, p->day, d->shared, d->people, false);
	for (size_t i = 0; i < starts.n; i++) {
		struct space_slot slot = space_slot_of(r->zone, p->day, starts.at[i].from, length);
		bool chosen = p->moved && p->space->id.n == space->id.n && p->slot.starts.s == slot.starts.s;

		if (starts.at[i].longest < length || (same_time_only && starts.at[i].from != at))
			continue;
		add_choice(list, choice_of(space->id, starts.at[i].from), space->id.n == d->space.n
		    ? t_space_other_time(starts.at[i].from, starts.at[i].from + length)
		    : t_space_other_space(space->name, starts.at[i].from, starts.at[i].from + length), chosen);
	}
}

/* What one can do with a day that does not go as the others; none for those that do. */
static struct space_choice_list
choices_of(struct req *r, const struct space_draft *d, const struct space *space, const struct space_plan_day *p)
{
	struct space_choice_list list = {ARENA_ARRAY(r->arena, struct space_choice, CHOICES_MAX), 0};
	struct space_list others = spaces_of(r->tx, space->campus);

	add_choice(&list, CHOICE_SKIP, said(d->moves.n ? T_SPACE_STAYS : T_SPACE_SKIP), p->skipped);
	if (!p->moved && space_can_be_asked(p->judged.why) && !d->moves.n)
		add_choice(&list, CHOICE_ASK, said(T_SPACE_ASK), !p->skipped);
	for (size_t i = 0; i < others.n; i++)
		if (others.at[i].id.n != space->id.n && others.at[i].capacity >= d->people)
			add_times(r, d, &others.at[i], p, true, &list);
	add_times(r, d, space, p, false, &list);
	return list;
}

static struct space_check_day_list
check_days(struct req *r, const struct space_draft *d, const struct space *space, struct space_plan plan)
{
	struct space_check_day_list list = {ARENA_ARRAY(r->arena, struct space_check_day, plan.n), plan.n};
	struct span days = {plan.at[0].day, plan.at[plan.n - 1].day};
	struct space_asking a = space_asking_of(r->tx, &r->actor, space, d->organisation, days, r->zone);

	for (size_t i = 0; i < plan.n; i++) {
		const struct space_plan_day *p = &plan.at[i];
		bool plain = p->judged.why == SPACE_WHY_NOTHING && !p->moved && !p->skipped;

		list.at[i] = (struct space_check_day){
			.day = p->day.day,
			.time = space_slot_words(r->zone, p->slot),
			.space = p->space->name,
			.elsewhere = p->space->id.n != space->id.n,
			.why = space_why_words(&a, &p->judged),
			.has_why = p->judged.why != SPACE_WHY_NOTHING,
			.skipped = p->skipped,
			.asks = space_can_be_asked(p->judged.why),
		};
		if (!plain)
			list.at[i].choices = choices_of(r, d, space, p);
	}
	return list;
}

static void
show_check(struct req *r)
{
	const struct space *space = space_or_404(r);
	struct space_draft d = draft_or_404(r);
	struct organisation acting = {0};
	bool acts = false;
	struct space_plan plan;

	if (!d.filled)
		page_elsewhere(r, base_of(r, &d), false);
	plan = space_plan_of(r->tx, &r->actor, &d, r->zone);
	if (d.organisation.n)
		acts = partner_find(r->tx, d.organisation, &acting);
	space_check_html(r, &(struct space_check_page){
		.name = space->name,
		.time = space_slot_words(r->zone, slot_of(&d)),
		.held = held_words(r, &d),
		.gone = d.held_until.s <= r->now.s,
		.base = base_of(r, &d),
		.title = d.title,
		.audience = audience_words(d.audience),
		.people = d.people,
		.public = d.public,
		.has_acting = acts,
		.acting = acting.name,
		.adult = d.adult,
		.note = d.note,
		.series = plan.n > 1 || plan.skipped || plan.asked,
		.taken = (int64_t)plan.taken,
		.asked = (int64_t)plan.asked,
		.skipped = (int64_t)plan.skipped,
		.days = check_days(r, &d, space, plan),
		.moves = d.moves.n != 0,
		.answer_by = space_answer_day(r->today),
	});
}

struct day_form {
	int64_t day, choice;
};

static const struct form_field day_fields[] = {
	{"day", FORM_HIDDEN, offsetof(struct day_form, day), .required = true},
	{"choice", FORM_HIDDEN, offsetof(struct day_form, choice), .required = true},
};

static const struct form_spec day_spec = FORM_SPEC("day", struct day_form, day_fields);

static struct outcome
choose_day(struct req *r)
{
	const struct day_form *f = r->form;
	const struct space *space = space_of_path(r);
	struct space_draft d;
	struct date day = {(int32_t)(f->day > 0 && f->day < 4000000 ? f->day : 0)};
	int64_t place = f->choice - CHOICE_TIMES;
	struct space there;

	if (!find_draft(r, &d) || day.day == 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (f->choice == CHOICE_SKIP || f->choice == CHOICE_ASK)
		space_draft_day_put(r->tx, d.id, day,
		    f->choice == CHOICE_SKIP ? SPACE_DRAFT_DAY_CHOICE_SKIP : SPACE_DRAFT_DAY_CHOICE_ASK, space->id,
		    d.starts);
	else if (place >= 0 && space_by_id(r->tx, (space_id){place / DAY_MINUTES}, &there) &&
	    there.campus.n == space->campus.n)
		space_draft_day_put(r->tx, d.id, day, SPACE_DRAFT_DAY_CHOICE_MOVE, there.id,
		    instant_of_local(r->zone, day, (int)(place % DAY_MINUTES)));
	else
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return see_address(r, str_fmt(r->arena, "%.*s/check#day-%d", STR_ARG(base_of(r, &d)), day.day),
	    (struct said){0});
}

/* --- holding on, letting go, sending --------------------------------------------------------------------------- */

static struct outcome
extend(struct req *r)
{
	struct space_draft d;

	if (!find_draft(r, &d))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (space_draft_extend(r->tx, d.id, (struct instant){r->now.s + SPACE_HOLD_MINUTES * MINUTE_S}, r->now,
	    space_reach(d.blocked_from)) == 0)
		return refused(r, VERDICT_TAKEN, said(T_SPACE_GONE_MEANWHILE));
	return see_address(r, d.filled ? space_action(r, base_of(r, &d), "/check") : base_of(r, &d),
	    said(T_SPACE_EXTENDED));
}

static struct outcome
drop(struct req *r)
{
	const struct space *space = space_of_path(r);
	struct space_draft d;

	if (!find_draft(r, &d))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	space_let_go(r->tx, &r->actor, &d);
	return see_address(r, space_address(r, space), said(T_SPACE_DROPPED));
}

struct send_form {
	int64_t taken, asked;
};

static const struct form_field send_fields[] = {
	{"taken", FORM_HIDDEN, offsetof(struct send_form, taken)},
	{"asked", FORM_HIDDEN, offsetof(struct send_form, asked)},
};

static const struct form_spec send_spec = FORM_SPEC("send", struct send_form, send_fields);

static struct outcome
send(struct req *r)
{
	const struct send_form *f = r->form;
	struct space_sent sent;
	struct space_draft d;
	enum verdict v;

	if (!find_draft(r, &d) || !d.filled || f->taken < 0 || f->asked < 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	v = space_send(r->tx, &r->actor, &d, (size_t)f->taken, (size_t)f->asked, r->lang, r->zone, &sent);
	if (v != VERDICT_OK)
		return refused(r, v, said(v == VERDICT_CONFLICT ? T_SPACE_CHANGED_MEANWHILE : T_SPACE_NOTHING_LEFT));
	return see_address(r, str_fmt(r->arena, "%.*s/%lld",
	    STR_ARG(path_fill(r, "/{lang}/{campus}/booking")), (long long)sent.first.n),
	    d.moves.n ? said(T_SPACE_SENT_MOVE) : sent.taken ? said(T_SPACE_SENT) : said(T_SPACE_SENT_REQUEST));
}

#define DRAFT "/{lang}/{campus}/space/{space}/draft/{draft}"

const struct route space_draft_routes[] = {
	{GET, DRAFT, MAY_BOOK_SPACE, show_draft},
	{GET, DRAFT "/check", MAY_BOOK_SPACE, show_check, .speed = SLOW},
	{POST, DRAFT "/details", MAY_BOOK_SPACE, show_draft, fill, &booking_spec},
	{POST, DRAFT "/day", MAY_BOOK_SPACE, show_check, choose_day, &day_spec},
	{POST, DRAFT "/extend", MAY_BOOK_SPACE, show_draft, extend},
	{POST, DRAFT "/drop", MAY_BOOK_SPACE, show_draft, drop},
	{POST, DRAFT "/send", MAY_BOOK_SPACE, show_check, send, &send_spec},
	{0},
};
