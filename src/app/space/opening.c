/* When a space is open, as those see it who look after it: hours of the week, days on which other hours hold, holidays
 * and breaks. A change that leaves bookings outside shows them first. */
#include "app/space/edit.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/edit.texts.h"  /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { WEEK_DAYS = 7, ROWS_MOST = 60, EXCEPTION_DAYS_MAX = 400 };

const struct event space_hours_changed = {"space.hours_changed", T_SPACE_EVENT_HOURS};

/* --- the forms --------------------------------------------------------------------------------------------------- */

struct hours_form {
	int64_t id, days, version;
	struct maybe_int opens, closes;
	struct date starts, ends;
	bool staffed;
	struct space_fates fates;
};

#define AT(field) offsetof(struct hours_form, field)

static const struct form_field hours_fields[] = {
	{"days", FORM_CHECKS, AT(days), .required = true, .label = T_SPACE_EDIT_DAYS,
	    .missing = T_SPACE_EDIT_DAYS_MISSING},
	{"opens", FORM_TIME, AT(opens), .required = true, .label = T_SPACE_EDIT_OPENS},
	{"closes", FORM_TIME, AT(closes), .required = true, .label = T_SPACE_EDIT_CLOSES},
	{"staffed", FORM_CHECK, AT(staffed), .label = T_SPACE_EDIT_STAFFED, .hint = T_SPACE_EDIT_STAFFED_HINT},
	{"starts", FORM_DATE, AT(starts), .label = T_SPACE_EDIT_VALID_FROM, .hint = T_SPACE_EDIT_VALID_HINT},
	{"ends", FORM_DATE, AT(ends), .label = T_SPACE_EDIT_VALID_TO},
	{"id", FORM_HIDDEN, AT(id)},
	{"version", FORM_HIDDEN, AT(version)},
	SPACE_FATE_FIELDS(hours_form),
};

static void
check_hours(struct req *r, void *form, struct form_state *state)
{
	const struct hours_form *f = form;

	(void)r;
	if (f->closes.n <= f->opens.n)
		form_problem(state, "closes", said(T_SPACE_EDIT_CLOSES_BEFORE));
	if (f->starts.day && f->ends.day && f->ends.day < f->starts.day)
		form_problem(state, "ends", said(T_SPACE_EDIT_ENDS_BEFORE));
	if (f->days >= 1 << WEEK_DAYS)
		form_problem(state, "days", said(T_SPACE_EDIT_DAYS_MISSING));
}

static const struct form_spec hours_spec = FORM_SPEC("hours", struct hours_form, hours_fields, .check = check_hours);

struct exception_form {
	struct date starts, ends;
	struct maybe_int opens, closes;
	struct texts reason;
	int64_t version;
	struct space_fates fates;
};

#undef AT
#define AT(field) offsetof(struct exception_form, field)

static const struct form_field exception_fields[] = {
	{"starts", FORM_DATE, AT(starts), .required = true, .label = T_SPACE_EDIT_FIRST_DAY},
	{"ends", FORM_DATE, AT(ends), .label = T_SPACE_EDIT_LAST_DAY},
	{"opens", FORM_TIME, AT(opens), .label = T_SPACE_EDIT_OPENS, .hint = T_SPACE_EDIT_CLOSED_HINT},
	{"closes", FORM_TIME, AT(closes), .label = T_SPACE_EDIT_CLOSES},
	{"reason", FORM_TEXTS, AT(reason), .required = true, .max = 200, .label = T_SPACE_EDIT_REASON,
	    .hint = T_SPACE_EDIT_REASON_HINT},
	{"version", FORM_HIDDEN, AT(version)},
	SPACE_FATE_FIELDS(exception_form),
};

static void
check_exception(struct req *r, void *form, struct form_state *state)
{
	struct exception_form *f = form;

	(void)r;
	if (f->ends.day == 0)
		f->ends = f->starts;
	if (f->ends.day < f->starts.day)
		form_problem(state, "ends", said(T_SPACE_EDIT_ENDS_BEFORE));
	else if (date_days_between(f->starts, f->ends) > EXCEPTION_DAYS_MAX)
		form_problem(state, "ends", said(T_SPACE_EDIT_EXCEPTION_LONG));
	if (f->opens.has != f->closes.has)
		form_problem(state, f->opens.has ? "closes" : "opens", said(T_SPACE_EDIT_BOTH_TIMES));
	else if (f->opens.has && f->closes.n <= f->opens.n)
		form_problem(state, "closes", said(T_SPACE_EDIT_CLOSES_BEFORE));
}

static const struct form_spec exception_spec = FORM_SPEC("exception", struct exception_form, exception_fields,
    .check = check_exception);

struct off_form {
	bool holidays, breaks;
	int64_t version;
	struct space_fates fates;
};

static const struct form_field off_fields[] = {
	{"holidays", FORM_CHECK, offsetof(struct off_form, holidays), .label = T_SPACE_EDIT_HOLIDAYS},
	{"breaks", FORM_CHECK, offsetof(struct off_form, breaks), .label = T_SPACE_EDIT_BREAKS},
	{"version", FORM_HIDDEN, offsetof(struct off_form, version)},
	SPACE_FATE_FIELDS(off_form),
};

static const struct form_spec off_spec = FORM_SPEC("off", struct off_form, off_fields);

/* Takes a row of hours or an exception away. */
struct drop_form {
	int64_t id, version;
	struct space_fates fates;
};

static const struct form_field drop_fields[] = {
	{"id", FORM_HIDDEN, offsetof(struct drop_form, id), .required = true},
	{"version", FORM_HIDDEN, offsetof(struct drop_form, version)},
	SPACE_FATE_FIELDS(drop_form),
};

static const struct form_spec drop_hours_spec = FORM_SPEC("hours_drop", struct drop_form, drop_fields);
static const struct form_spec drop_exception_spec = FORM_SPEC("exception_drop", struct drop_form, drop_fields);

/* --- as it would be ----------------------------------------------------------------------------------------------- */

static void
plan_hours(struct space_change *c, const struct hours_form *f)
{
	struct space_hours_list *list = &c->becomes.hours;
	struct space_hours *at = ARENA_ARRAY(c->r->arena, struct space_hours, list->n + 1), row = {
		.id = {f->id}, .space = c->now.id, .days = f->days, .opens = f->opens.n, .closes = f->closes.n,
		.staffed = f->staffed, .starts = f->starts, .ends = f->ends};
	bool found = false;

	for (size_t i = 0; i < list->n; i++) {
		bool same = list->at[i].id.n == f->id;

		at[i] = same ? row : list->at[i];
		found |= same;
	}
	if (!found)
		at[list->n++] = row;
	list->at = at;
}

static void
plan_drop_hours(struct space_change *c, const struct drop_form *f)
{
	struct space_hours_list *list = &c->becomes.hours;
	struct space_hours *at = ARENA_ARRAY(c->r->arena, struct space_hours, list->n);
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].id.n != f->id)
			at[n++] = list->at[i];
	*list = (struct space_hours_list){at, n};
}

static void
plan_exception(struct space_change *c, const struct exception_form *f)
{
	struct space_exception_list *list = &c->becomes.exceptions;
	struct space_exception *at = ARENA_ARRAY(c->r->arena, struct space_exception, list->n + 1);

	for (size_t i = 0; i < list->n; i++)
		at[i] = list->at[i];
	/* Said last, it stands above the others. */
	at[list->n++] = (struct space_exception){.id = {INT64_MAX}, .space = c->now.id, .starts = f->starts,
	    .ends = f->ends,
	    .opens = f->opens.n, .closes = f->closes.n};
	list->at = at;
}

static void
plan_drop_exception(struct space_change *c, const struct drop_form *f)
{
	struct space_exception_list *list = &c->becomes.exceptions;
	struct space_exception *at = ARENA_ARRAY(c->r->arena, struct space_exception, list->n);
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].id.n != f->id)
			at[n++] = list->at[i];
	*list = (struct space_exception_list){at, n};
}

static void
plan_off(struct space_change *c, const struct off_form *f)
{
	c->space.open_holidays = f->holidays;
	c->space.open_breaks = f->breaks;
}

/* --- the page --------------------------------------------------------------------------------------------------- */

struct choices
space_weekdays_to_choose(struct req *r)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, WEEK_DAYS);

	for (int i = 0; i < WEEK_DAYS; i++)
		at[i] = (struct choice){i, .plain = i18n_weekday(r->lang, i + 1)};
	return (struct choices){at, WEEK_DAYS};
}

struct str
space_days_words(const struct req *r, int64_t days)
{
	struct out o = out_new(r->arena);

	i18n_weekdays(&o, r->lang, days);
	return out_text(&o);
}

static struct space_edit_hours_list
hours_lines(struct req *r, const struct space_change *c, int64_t dropped)
{
	struct space_hours_list all = c->was.hours;
	struct space_edit_hours_list list = {ARENA_ARRAY(r->arena, struct space_edit_hours, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct space_hours *h = &all.at[i];

		list.at[i] = (struct space_edit_hours){
			.id = h->id.n,
			.days = space_days_words(r, h->days),
			.opens = h->opens,
			.closes = h->closes,
			.staffed = h->staffed,
			.valid = {h->starts, h->ends},
			.over = h->ends.day && h->ends.day < r->today.day,
			.address = str_fmt(r->arena, "%.*s?row=%lld#hours",
			    STR_ARG(space_edit_tab(r, space_address(r, &c->now), SPACE_TAB_HOURS)), (long long)h->id.n),
			.dropped = h->id.n == dropped,
		};
	}
	return list;
}

static struct space_edit_exception_list
exception_lines(struct req *r, const struct space_change *c, int64_t dropped)
{
	struct space_exception_list all = c->was.exceptions;
	struct space_edit_exception_list list = {ARENA_ARRAY(r->arena, struct space_edit_exception, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct space_exception *e = &all.at[i];

		list.at[i] = (struct space_edit_exception){e->id.n, {e->starts, e->ends}, e->closes > e->opens,
		    e->opens,
		    e->closes, e->reason, e->id.n == dropped};
	}
	return list;
}

/* The row that is to be edited: ?row= names it. */
static struct hours_form
row_asked(struct req *r, const struct space_change *c)
{
	int64_t id = query_int(r, "row", 0);
	struct hours_form f = {.version = c->now.version, .fates = {.others = SPACE_FATE_LATER}};

	for (size_t i = 0; i < c->was.hours.n; i++) {
		const struct space_hours *h = &c->was.hours.at[i];

		if (h->id.n != id)
			continue;
		f.id = id;
		f.days = h->days;
		f.opens = (struct maybe_int){true, h->opens};
		f.closes = (struct maybe_int){true, h->closes};
		f.staffed = h->staffed;
		f.starts = h->starts;
		f.ends = h->ends;
	}
	return f;
}

static struct outcome save_hours(struct req *r);
static struct outcome drop_hours(struct req *r);
static struct outcome save_exception(struct req *r);
static struct outcome drop_exception(struct req *r);
static struct outcome save_off(struct req *r);

/* Which bookings the form that was sent would leave outside, and which row it would take away. */
static void
show_left(struct space_change *c, struct space_edit_hours_page *page, int64_t *hours, int64_t *exception)
{
	struct req *r = c->r;

	if (space_change_asks(r, save_hours)) {
		plan_hours(c, r->form);
		page->left_hours = space_edit_left_of(c, "hours");
	} else if (space_change_asks(r, drop_hours)) {
		*hours = ((const struct drop_form *)r->form)->id;
		plan_drop_hours(c, r->form);
		page->left_row = space_edit_left_of(c, "hours_drop");
	} else if (space_change_asks(r, save_exception)) {
		plan_exception(c, r->form);
		page->left_exception = space_edit_left_of(c, "exception");
	} else if (space_change_asks(r, drop_exception)) {
		*exception = ((const struct drop_form *)r->form)->id;
		plan_drop_exception(c, r->form);
		page->left_row = space_edit_left_of(c, "exception_drop");
	} else if (space_change_asks(r, save_off)) {
		plan_off(c, r->form);
		page->left_off = space_edit_left_of(c, "off");
	}
}

static void
show_hours(struct req *r)
{
	struct space_edit_hours_page page = {0};
	int64_t hours = 0, exception = 0;
	struct space_change c;
	struct hours_form row;

	if (!space_change_begin(r, &c))
		page_not_found(r);
	row = row_asked(r, &c);
	form_choices(form_show(r, &hours_spec, &row), "days", space_weekdays_to_choose(r));
	form_show(r, &exception_spec, &(struct exception_form){.version = c.now.version,
	    .fates = {.others = SPACE_FATE_LATER}});
	form_show(r, &off_spec, &(struct off_form){c.now.open_holidays, c.now.open_breaks, c.now.version,
	    {.others = SPACE_FATE_LATER}});
	form_show(r, &drop_hours_spec, &(struct drop_form){.fates = {.others = SPACE_FATE_LATER}});
	form_show(r, &drop_exception_spec, &(struct drop_form){.fates = {.others = SPACE_FATE_LATER}});
	page.head = space_edit_head_of(&c, SPACE_TAB_HOURS);
	page.version = c.now.version;
	page.editing = row.id != 0 || page_form_is_typed(r, "hours");
	show_left(&c, &page, &hours, &exception);
	page.hours = hours_lines(r, &c, hours);
	page.exceptions = exception_lines(r, &c, exception);
	space_edit_hours_html(r, &page);
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

/* For the journal: the same for every reader. */
static struct str
hours_plain(struct arena *a, const struct space_hours *h)
{
	struct out o = out_new(a);
	char iso[11];

	i18n_weekdays(&o, LANG_EN, h->days);
	out_fmt(&o, " %02d:%02d–%02d:%02d%s", (int)(h->opens / 60), (int)(h->opens % 60), (int)(h->closes / 60),
	    (int)(h->closes % 60), h->staffed ? " staffed" : "");
	if (h->starts.day)
		out_fmt(&o, " from %s", date_iso(h->starts, iso));
	if (h->ends.day)
		out_fmt(&o, " to %s", date_iso(h->ends, iso));
	return out_text(&o);
}

static struct str
exception_plain(struct arena *a, const struct space_exception *e)
{
	struct out o = out_new(a);
	char iso[11];

	out_fmt(&o, "%s", date_iso(e->starts, iso));
	out_fmt(&o, "–%s", date_iso(e->ends, iso));
	if (e->closes > e->opens)
		out_fmt(&o, " %02d:%02d–%02d:%02d", (int)(e->opens / 60), (int)(e->opens % 60), (int)(e->closes / 60),
		    (int)(e->closes % 60));
	else
		out_lit(&o, " closed");
	out_char(&o, '\n');
	journal_texts(&o, "reason", e->reason);
	return out_text(&o);
}

static void
note(struct req *r, const struct space *s, struct str was, struct str becomes)
{
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_hours_changed, s->campus.n, s->id.n, was, becomes});
}

/* False: somebody else changed the space since that version. */
static bool
touch(struct space_change *c, int64_t version)
{
	return space_touch(c->r->tx, c->now.id, c->now.campus, version) > 0;
}

static const struct space_hours *
row_in(struct space_hours_list list, int64_t id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id)
			return &list.at[i];
	return NULL;
}

static const struct space_exception *
exception_in(struct space_exception_list list, int64_t id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id)
			return &list.at[i];
	return NULL;
}

static struct outcome
save_hours(struct req *r)
{
	const struct hours_form *f = r->form;
	const struct space_hours *was;
	struct space_hours row = {.days = f->days, .opens = f->opens.n, .closes = f->closes.n, .staffed = f->staffed,
	    .starts = f->starts, .ends = f->ends};
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	was = row_in(c.was.hours, f->id);
	plan_hours(&c, f);
	if (!touch(&c, f->version))
		return space_change_late(r);
	if (f->id && !was)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!was && c.was.hours.n >= ROWS_MOST)
		return refused(r, VERDICT_INVALID, said(T_SPACE_EDIT_ROWS_MANY));
	if (was)
		space_hours_set(r->tx, was->id, c.now.id, f->days, f->opens.n, f->closes.n, f->staffed, f->starts,
		    f->ends);
	else
		space_hours_add(r->tx, c.now.id, f->days, f->opens.n, f->closes.n, f->staffed, f->starts, f->ends);
	note(r, &c.now, was ? hours_plain(r->arena, was) : STR(""), hours_plain(r->arena, &row));
	return space_change_end(&c, &f->fates, SPACE_TAB_HOURS, T_SPACE_EDIT_SAVED);
}

static struct outcome
drop_hours(struct req *r)
{
	const struct drop_form *f = r->form;
	const struct space_hours *was;
	struct space_change c;

	if (!space_change_begin(r, &c) || !(was = row_in(c.was.hours, f->id)))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	plan_drop_hours(&c, f);
	if (!touch(&c, f->version))
		return space_change_late(r);
	space_hours_drop(r->tx, was->id, c.now.id);
	note(r, &c.now, hours_plain(r->arena, was), STR(""));
	return space_change_end(&c, &f->fates, SPACE_TAB_HOURS, T_SPACE_EDIT_DROPPED);
}

static struct outcome
save_exception(struct req *r)
{
	const struct exception_form *f = r->form;
	struct space_exception becomes = {.starts = f->starts, .ends = f->ends, .opens = f->opens.n,
	    .closes = f->closes.n, .reason = f->reason};
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	plan_exception(&c, f);
	if (!touch(&c, f->version))
		return space_change_late(r);
	space_exception_add(r->tx, c.now.id, f->starts, f->ends, f->opens.n, f->closes.n, f->reason);
	note(r, &c.now, STR(""), exception_plain(r->arena, &becomes));
	return space_change_end(&c, &f->fates, SPACE_TAB_HOURS, T_SPACE_EDIT_SAVED);
}

static struct outcome
drop_exception(struct req *r)
{
	const struct drop_form *f = r->form;
	const struct space_exception *was;
	struct space_change c;

	if (!space_change_begin(r, &c) || !(was = exception_in(c.was.exceptions, f->id)))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	plan_drop_exception(&c, f);
	if (!touch(&c, f->version))
		return space_change_late(r);
	space_exception_drop(r->tx, was->id, c.now.id);
	note(r, &c.now, exception_plain(r->arena, was), STR(""));
	return space_change_end(&c, &f->fates, SPACE_TAB_HOURS, T_SPACE_EDIT_DROPPED);
}

static struct str
off_plain(struct arena *a, bool holidays, bool breaks)
{
	return str_fmt(a, "holidays %s, breaks %s", holidays ? "open" : "closed", breaks ? "open" : "closed");
}

static struct outcome
save_off(struct req *r)
{
	const struct off_form *f = r->form;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	plan_off(&c, f);
	if (space_set_days_off(r->tx, c.now.id, c.now.campus, f->holidays, f->breaks, f->version) == 0)
		return space_change_late(r);
	note(r, &c.now, off_plain(r->arena, c.now.open_holidays, c.now.open_breaks),
	    off_plain(r->arena, f->holidays, f->breaks));
	return space_change_end(&c, &f->fates, SPACE_TAB_HOURS, T_SPACE_EDIT_SAVED);
}

#define HOURS "/{lang}/{campus}/space/{space}/edit/hours"

const struct route space_opening_routes[] = {
	{GET, HOURS, MAY_EDIT_SPACES, show_hours},
	{POST, HOURS, MAY_EDIT_SPACES, show_hours, save_hours, &hours_spec},
	{POST, HOURS "/drop", MAY_EDIT_SPACES, show_hours, drop_hours, &drop_hours_spec},
	{POST, HOURS "/exception", MAY_EDIT_SPACES, show_hours, save_exception, &exception_spec},
	{POST, HOURS "/exception/drop", MAY_EDIT_SPACES, show_hours, drop_exception, &drop_exception_spec},
	{POST, HOURS "/off", MAY_EDIT_SPACES, show_hours, save_off, &off_spec},
	{0},
};
