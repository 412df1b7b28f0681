/* The spaces of a campus as those see them who look after them: what each is, how one gets in, and whether it is
 * there. */
#include "app/space/edit.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/edit.texts.h"  /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */
#include "app/space/view.texts.h"  /* generated */

enum { SLUG_CHARS = 30, NAMES_MOST = 20, LEFT_SHOWN_MOST = 150 };

const struct event space_saved = {"space.saved", T_SPACE_EVENT_SAVED};

const struct choice space_fate_choices[4] = {
	{SPACE_FATE_AS_OTHERS, "others", T_SPACE_EDIT_FATE_AS_OTHERS},
	{SPACE_FATE_KEEP, "keep", T_SPACE_EDIT_FATE_KEEP},
	{SPACE_FATE_MOVE, "move", T_SPACE_EDIT_FATE_MOVE},
	{SPACE_FATE_CANCEL, "cancel", T_SPACE_EDIT_FATE_CANCEL},
};

const struct choice space_other_choices[3] = {
	{SPACE_FATE_LATER, "later", T_SPACE_EDIT_FATE_LATER},
	{SPACE_FATE_KEEP, "keep", T_SPACE_EDIT_FATE_KEEP},
	{SPACE_FATE_CANCEL, "cancel", T_SPACE_EDIT_FATE_CANCEL},
};

/* --- a change on its way -------------------------------------------------------------------------------------- */

bool
space_change_begin(struct req *r, struct space_change *c)
{
	const struct campus *campus = r->campus;

	*c = (struct space_change){.r = r};
	if (!campus || !space_by_slug(r->tx, campus->id, path_text(r, "space"), &c->now))
		return false;
	c->space = c->now;
	c->was = space_times_ahead(r->tx, &c->now, r->zone);
	c->becomes = c->was;
	c->becomes.space = &c->space;
	return true;
}

static struct str
tab_address(struct req *r, const struct space *space, enum space_tab tab)
{
	static const char *const below[] = {"/edit", "/edit/hours", "/edit/terms", "/edit/picture"};

	return space_action(r, space_address(r, space), below[tab]);
}

struct outcome
space_change_end(struct space_change *c, const struct space_fates *fates, enum space_tab tab, const struct text *flash)
{
	struct req *r = c->r;
	struct space_booking_list left = space_left_outside(r->tx, &c->was, &c->becomes);
	space_booking_id move;

	if (space_mark(left) != fates->seen && left.n)
		return refused(r, VERDICT_INVALID, t_space_edit_leaves((int64_t)left.n));
	move = space_settle(r->tx, &r->actor, &c->space, left, fates);
	space_fits_again(r->tx, &c->becomes);
	if (move.n && c->space.cancelled_at.s == 0)
		return see_address(r, str_fmt(r->arena, "%.*s/book?move=%lld", STR_ARG(space_address(r, &c->space)),
		    (long long)move.n), said(T_SPACE_EDIT_SAVED_NOW_MOVE));
	return see_address(r, tab_address(r, &c->space, tab), said(flash));
}

struct outcome
space_change_late(struct req *r)
{
	return refused(r, VERDICT_CONFLICT, said(T_SPACE_EDIT_CHANGED_SINCE));
}

bool
space_change_asks(const struct req *r, struct outcome (*post)(struct req *r))
{
	const struct form_state *state;

	if (r->method != POST || r->route->post != post || !r->form)
		return false;
	state = form_find(r, r->route->form->name);
	return state && state->typed && state->problems == 0 && !state->outdated;
}

/* --- what the tabs share --------------------------------------------------------------------------------------- */

/* Where it can be moved: in its space or, when that is no more, in another one of the campus that holds as many. */
static struct str
move_address(struct req *r, const struct space *space, const struct space_booking *b)
{
	struct space_list all = spaces_of(r->tx, space->campus);

	if (space->cancelled_at.s == 0)
		return str_fmt(r->arena, "%.*s/book?move=%lld", STR_ARG(space_address(r, space)), (long long)b->id.n);
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].capacity >= b->people)
			return str_fmt(r->arena, "%.*s/book?move=%lld", STR_ARG(space_address(r, &all.at[i])),
			    (long long)b->id.n);
	return STR("");
}

/* The nearest of them, each with what was chosen for it in the form of that name. */
static struct space_edit_line_list
left_lines(struct req *r, const struct space *space, struct space_booking_list left, const char *form)
{
	const struct form_state *state = form_find(r, form);
	size_t n = left.n < LEFT_SHOWN_MOST ? left.n : LEFT_SHOWN_MOST;
	struct space_edit_line_list list = {ARENA_ARRAY(r->arena, struct space_edit_line, n), n};

	for (size_t i = 0; i < n; i++) {
		const struct space_booking *b = &left.at[i];
		struct organisation o = {0};
		struct person p = {0};

		if (b->organisation.n)
			partner_find(r->tx, b->organisation, &o);
		else if (b->booked_by.n)
			person_find(r->tx, b->booked_by, &p);
		list.at[i] = (struct space_edit_line){
			.id = b->id.n,
			.title = b->title,
			.time = space_slot_words(r->zone, (struct space_slot){b->starts, b->ends, b->shared,
			    b->people}),
			.by = o.id.n ? texts_in(o.name, r->lang).text : p.name,
			.address = space_booking_address(r, r->campus, b->id),
			.move = move_address(r, space, b),
			.fate = state ? form_picked(state, "fate", b->id.n) : 0,
		};
	}
	return list;
}

/* In a form that was sent before there was anything to decide, the others wait. */
static void
decide_later(struct req *r, const char *form)
{
	struct form_state *state = form_find(r, form);
	struct str *others = state ? &state->value[form_field_index(state->spec, "others")].at[0] : NULL;

	if (others && others->n == 0)
		*others = STR("later");
}

struct space_edit_left
space_edit_left_of(struct space_change *c, const char *form)
{
	struct req *r = c->r;
	struct space_booking_list left = space_left_outside(r->tx, &c->was, &c->becomes);

	decide_later(r, form);
	return (struct space_edit_left){
		.lines = left_lines(r, &c->space, left, form),
		.more = left.n > LEFT_SHOWN_MOST ? (int64_t)(left.n - LEFT_SHOWN_MOST) : 0,
		.mark = space_mark(left),
	};
}

struct settle_form {
	struct space_fates fates;
};

static const struct form_field settle_fields[] = {SPACE_FATE_FIELDS(settle_form)};
static const struct form_spec settle_spec = FORM_SPEC("settle", struct settle_form, settle_fields);

struct space_edit_head
space_edit_head_of(struct space_change *c, enum space_tab tab)
{
	struct req *r = c->r;
	struct space_booking_list waiting = space_bookings_outside(r->tx, c->now.id, r->now);

	form_show(r, &settle_spec, &(struct settle_form){.fates = {.others = SPACE_FATE_LATER}});
	return (struct space_edit_head){
		.name = c->now.name,
		.campus = ((const struct campus *)r->campus)->name,
		.address = space_address(r, &c->now),
		.list = path_fill(r, "/{lang}/admin/spaces"),
		.cancelled = c->now.cancelled_at.s != 0,
		.tab = (int64_t)tab,
		.outside = {
			.lines = left_lines(r, &c->now, waiting, "settle"),
			.more = waiting.n > LEFT_SHOWN_MOST ? (int64_t)(waiting.n - LEFT_SHOWN_MOST) : 0,
			.mark = space_mark(waiting),
		},
	};
}

struct str
space_edit_tab(struct req *r, struct str address, int64_t tab)
{
	static const char *const below[] = {"/edit", "/edit/hours", "/edit/terms", "/edit/picture"};

	return space_action(r, address, below[tab]);
}

/* --- the space itself --------------------------------------------------------------------------------------------- */

enum { UNKNOWN = 9 }; /* of a fact; 0 would be no choice */

struct space_form {
	struct texts name, description, entry, checklist;
	struct str contact;
	int64_t capacity, area, features, version;
	int64_t holds[SPACE_ACCESS_FACT_COUNT];
	bool communal;
	struct space_fates fates;
};

#define AT(field) offsetof(struct space_form, field)

static const struct choice holds[] = {
	{SPACE_ACCESS_HOLDS_YES, "yes", T_SPACE_EDIT_HOLDS_YES},
	{SPACE_ACCESS_HOLDS_NO, "no", T_SPACE_EDIT_HOLDS_NO},
	{UNKNOWN, "unknown", T_SPACE_EDIT_HOLDS_UNKNOWN},
};

#define FACT(name, fact, words) \
	{name, FORM_SELECT, AT(holds[fact]), .label = words, .choices = {holds, 3}}

static const struct form_field space_fields[] = {
	{"name", FORM_TEXTS, AT(name), .required = true, .max = SPACE_NAME_MOST, .label = T_SPACE_EDIT_NAME},
	{"description", FORM_TEXTS_LONG, AT(description), .max = SPACE_TEXT_MOST, .label = T_SPACE_EDIT_DESCRIPTION,
	    .hint = T_SPACE_EDIT_DESCRIPTION_HINT},
	{"communal", FORM_CHECK, AT(communal), .label = T_SPACE_EDIT_COMMUNAL, .hint = T_SPACE_EDIT_COMMUNAL_HINT},
	{"capacity", FORM_INT, AT(capacity), .required = true, .min = 1, .max = 5000, .label = T_SPACE_EDIT_CAPACITY,
	    .hint = T_SPACE_EDIT_CAPACITY_HINT},
	{"area", FORM_INT, AT(area), .min = 0, .max = 100000, .label = T_SPACE_EDIT_AREA},
	{"features", FORM_CHECKS, AT(features), .label = T_SPACE_EDIT_FEATURES},
	FACT("step_free", SPACE_ACCESS_FACT_STEP_FREE, T_SPACE_EDIT_STEP_FREE),
	FACT("wide_door", SPACE_ACCESS_FACT_WIDE_DOOR, T_SPACE_EDIT_WIDE_DOOR),
	FACT("lift", SPACE_ACCESS_FACT_LIFT, T_SPACE_EDIT_LIFT),
	FACT("accessible_toilet", SPACE_ACCESS_FACT_ACCESSIBLE_TOILET, T_SPACE_EDIT_ACCESSIBLE_TOILET),
	FACT("induction_loop", SPACE_ACCESS_FACT_INDUCTION_LOOP, T_SPACE_EDIT_INDUCTION_LOOP),
	FACT("parking", SPACE_ACCESS_FACT_PARKING, T_SPACE_EDIT_PARKING),
	FACT("quiet_place", SPACE_ACCESS_FACT_QUIET_PLACE, T_SPACE_EDIT_QUIET_PLACE),
	FACT("assistance_dog", SPACE_ACCESS_FACT_ASSISTANCE_DOG, T_SPACE_EDIT_ASSISTANCE_DOG),
	{"entry", FORM_TEXTS_LONG, AT(entry), .max = SPACE_TEXT_MOST, .label = T_SPACE_ENTRY,
	    .hint = T_SPACE_EDIT_ENTRY_HINT},
	{"contact", FORM_TEXT, AT(contact), .max = 200, .label = T_SPACE_EDIT_CONTACT,
	    .hint = T_SPACE_EDIT_CONTACT_HINT},
	{"checklist", FORM_TEXTS_LONG, AT(checklist), .max = SPACE_TEXT_MOST, .label = T_SPACE_EDIT_CHECKLIST,
	    .hint = T_SPACE_EDIT_CHECKLIST_HINT},
	{"version", FORM_HIDDEN, AT(version)},
	SPACE_FATE_FIELDS(space_form),
};

static const struct form_spec space_spec = FORM_SPEC("space", struct space_form, space_fields);

/* In the order in which the schema names them, which is that of the form's bits. */
static struct choices
features_to_choose(struct req *r)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, SPACE_FEATURE_FEATURE_COUNT);
	size_t n = 0;

	for (int f = 1; f < SPACE_FEATURE_FEATURE_COUNT; f++)
		at[n++] = (struct choice){f, .plain = said_plain(r->arena, r->lang,
		    t_space_feature((enum space_feature_feature)f))};
	return (struct choices){at, n};
}

static int64_t
feature_bits(struct tx *tx, space_id id)
{
	struct space_feature_list all = space_features_of(tx, id);
	int64_t bits = 0;

	for (size_t i = 0; i < all.n; i++)
		bits |= INT64_C(1) << (all.at[i].feature - 1);
	return bits;
}

static struct space_form
form_of(struct tx *tx, const struct space *s)
{
	struct space_access_list access = space_access_of(tx, s->id);
	struct space_form f = {.name = s->name, .description = s->description, .entry = s->entry,
	    .checklist = s->checklist,
	    .contact = s->contact, .capacity = s->capacity, .area = s->area.n, .features = feature_bits(tx, s->id),
	    .version = s->version, .communal = s->communal, .fates = {.others = SPACE_FATE_LATER}};

	for (int fact = 1; fact < SPACE_ACCESS_FACT_COUNT; fact++)
		f.holds[fact] = UNKNOWN;
	for (size_t i = 0; i < access.n; i++)
		f.holds[access.at[i].fact] = (int64_t)access.at[i].holds;
	return f;
}

struct cancel_form {
	int64_t version, cancelled;
	struct space_fates fates;
};

static const struct form_field cancel_fields[] = {
	{"version", FORM_HIDDEN, offsetof(struct cancel_form, version)},
	{"cancelled", FORM_HIDDEN, offsetof(struct cancel_form, cancelled)},
	SPACE_FATE_FIELDS(cancel_form),
};

static const struct form_spec cancel_spec = FORM_SPEC("space_cancel", struct cancel_form, cancel_fields);

static struct outcome save_space(struct req *r);
static struct outcome cancel_space(struct req *r);

static void
plan_space(struct space_change *c, const struct space_form *f)
{
	c->space.capacity = f->capacity;
}

static void
plan_cancel(struct space_change *c, const struct cancel_form *f)
{
	c->space.cancelled_at = f->cancelled ? c->r->now : (struct instant){0};
}

static void
show_space(struct req *r)
{
	struct space_change c;
	struct space_form f;
	struct space_edit_page page = {0};

	if (!space_change_begin(r, &c))
		page_not_found(r);
	f = form_of(r->tx, &c.now);
	form_choices(form_show(r, &space_spec, &f), "features", features_to_choose(r));
	form_show(r, &cancel_spec, &(struct cancel_form){.version = c.now.version,
	    .fates = {.others = SPACE_FATE_LATER}});
	page.head = space_edit_head_of(&c, SPACE_TAB_SPACE);
	page.cancelled = c.now.cancelled_at.s != 0;
	if (space_change_asks(r, save_space)) {
		plan_space(&c, r->form);
		page.left = space_edit_left_of(&c, "space");
	} else if (space_change_asks(r, cancel_space)) {
		plan_cancel(&c, r->form);
		page.left_cancelled = space_edit_left_of(&c, "space_cancel");
	}
	space_edit_html(r, &page);
}

/* For the journal. */
static struct str
lines_of(struct req *r, const struct space_form *f)
{
	struct out o = out_new(r->arena), features = out_new(r->arena);

	journal_texts(&o, "name", f->name);
	journal_texts(&o, "description", f->description);
	journal_line(&o, "communal", f->communal ? STR("yes") : STR("no"));
	journal_line(&o, "capacity", str_fmt(r->arena, "%lld", (long long)f->capacity));
	journal_line(&o, "area", f->area ? str_fmt(r->arena, "%lld", (long long)f->area) : STR(""));
	for (int k = 1; k < SPACE_FEATURE_FEATURE_COUNT; k++)
		if (f->features >> (k - 1) & 1)
			out_fmt(&features, "%s%s", features.n ? ", " : "", space_feature_feature_words[k]);
	journal_line(&o, "features", out_text(&features));
	for (int fact = 1; fact < SPACE_ACCESS_FACT_COUNT; fact++)
		if (f->holds[fact] != UNKNOWN)
			journal_line(&o, space_access_fact_words[fact],
			    str_of(space_access_holds_words[f->holds[fact]]));
	journal_texts(&o, "entry", f->entry);
	journal_line(&o, "contact", f->contact);
	journal_texts(&o, "checklist", f->checklist);
	return out_text(&o);
}

static void
note_saved(struct req *r, const struct space *s, struct str was, struct str becomes)
{
	if (!str_eq(was, becomes))
		journal_add(r->tx, &r->actor, (struct journal_entry){&space_saved, s->campus.n, s->id.n, was, becomes});
}

static void
write_features(struct tx *tx, space_id id, const struct space_form *f)
{
	for (int k = 1; k < SPACE_FEATURE_FEATURE_COUNT; k++)
		if (f->features >> (k - 1) & 1)
			space_feature_add(tx, id, (enum space_feature_feature)k);
		else
			space_feature_drop(tx, id, (enum space_feature_feature)k);
	for (int fact = 1; fact < SPACE_ACCESS_FACT_COUNT; fact++)
		if (f->holds[fact] == SPACE_ACCESS_HOLDS_YES || f->holds[fact] == SPACE_ACCESS_HOLDS_NO)
			space_access_put(tx, id, (enum space_access_fact)fact, (enum space_access_holds)f->holds[fact]);
		else
			space_access_drop(tx, id, (enum space_access_fact)fact);
}

static struct outcome
save_space(struct req *r)
{
	struct space_form *f = r->form, was;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	was = form_of(r->tx, &c.now);
	plan_space(&c, f);
	if (space_describe(r->tx, c.now.id, c.now.campus, f->name, f->description, f->communal, f->capacity,
	    (struct maybe_int){f->area > 0, f->area}, f->entry, f->contact, f->checklist, f->version) == 0)
		return space_change_late(r);
	space_tell_name(r->tx, &c.now, f->name);
	for (int fact = 1; fact < SPACE_ACCESS_FACT_COUNT; fact++)
		f->holds[fact] = f->holds[fact] ? f->holds[fact] : UNKNOWN;
	write_features(r->tx, c.now.id, f);
	note_saved(r, &c.now, lines_of(r, &was), lines_of(r, f));
	return space_change_end(&c, &f->fates, SPACE_TAB_SPACE, T_SPACE_EDIT_SAVED);
}

static struct outcome
cancel_space(struct req *r)
{
	const struct cancel_form *f = r->form;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	plan_cancel(&c, f);
	if (space_set_cancelled(r->tx, c.now.id, c.now.campus, c.space.cancelled_at, f->version) == 0)
		return space_change_late(r);
	note_saved(r, &c.now, c.now.cancelled_at.s ? STR("cancelled") : STR("there"),
	    c.space.cancelled_at.s ? STR("cancelled") : STR("there"));
	return space_change_end(&c, &f->fates, SPACE_TAB_SPACE,
	    f->cancelled ? T_SPACE_EDIT_CANCELLED_FLASH : T_SPACE_EDIT_RESTORED_FLASH);
}

static struct outcome
settle(struct req *r)
{
	const struct settle_form *f = r->form;
	struct space_booking_list waiting;
	struct space_change c;
	space_booking_id move;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	waiting = space_bookings_outside(r->tx, c.now.id, r->now);
	if (space_mark(waiting) != f->fates.seen)
		return refused(r, VERDICT_INVALID, said(T_SPACE_EDIT_OTHERS_NOW));
	move = space_settle(r->tx, &r->actor, &c.now, waiting, &f->fates);
	for (size_t i = 0; move.n && i < waiting.n; i++)
		if (waiting.at[i].id.n == move.n && move_address(r, &c.now, &waiting.at[i]).n)
			return see_address(r, move_address(r, &c.now, &waiting.at[i]),
			    said(T_SPACE_EDIT_SAVED_NOW_MOVE));
	return see_address(r, tab_address(r, &c.now, SPACE_TAB_SPACE), said(T_SPACE_EDIT_SETTLED));
}

/* --- all spaces ------------------------------------------------------------------------------------------------- */

struct new_form {
	struct texts name;
	int64_t campus, capacity;
};

static const struct form_field new_fields[] = {
	{"name", FORM_TEXTS, offsetof(struct new_form, name), .required = true, .max = SPACE_NAME_MOST,
	    .label = T_SPACE_EDIT_NAME},
	{"campus", FORM_SELECT, offsetof(struct new_form, campus), .required = true, .label = T_SPACE_EDIT_CAMPUS},
	{"capacity", FORM_INT, offsetof(struct new_form, capacity), .required = true, .min = 1, .max = 5000,
	    .label = T_SPACE_EDIT_CAPACITY, .hint = T_SPACE_EDIT_CAPACITY_HINT},
};

static const struct form_spec new_spec = FORM_SPEC("new_space", struct new_form, new_fields);

static int64_t
count_of(struct space_outside_count_list counts, space_id id)
{
	for (size_t i = 0; i < counts.n; i++)
		if (counts.at[i].space.n == id.n)
			return counts.at[i].n;
	return 0;
}

static struct space_edit_row_list
rows_of(struct req *r, const struct campus *campus, struct space_outside_count_list counts)
{
	struct space_list all = spaces_with_cancelled(r->tx, campus->id);
	struct space_edit_row_list list = {ARENA_ARRAY(r->arena, struct space_edit_row, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct space_edit_row){
			.name = all.at[i].name,
			.capacity = all.at[i].capacity,
			.cancelled = all.at[i].cancelled_at.s != 0,
			.outside = count_of(counts, all.at[i].id),
			.address = str_fmt(r->arena, "/%s/%.*s/space/%.*s/edit", lang_code(r->lang),
			    STR_ARG(campus->slug), STR_ARG(all.at[i].slug)),
		};
	return list;
}

static void
show_spaces(struct req *r)
{
	struct campus_list campuses = campus_all(r->tx);
	struct space_outside_count_list counts = space_outside_counts(r->tx, r->now);
	struct space_edit_campus_list list = {ARENA_ARRAY(r->arena, struct space_edit_campus, campuses.n), 0};
	struct choice *choice = ARENA_ARRAY(r->arena, struct choice, campuses.n);

	for (size_t i = 0; i < campuses.n; i++) {
		const struct campus *c = &campuses.at[i];

		if (!actor_may(&r->actor, MAY_EDIT_SPACES, c->id.n))
			continue;
		choice[list.n] = (struct choice){c->id.n, .plain = texts_in(c->name, r->lang).text};
		list.at[list.n++] = (struct space_edit_campus){c->name, c->color, rows_of(r, c, counts)};
	}
	form_choices(form_show(r, &new_spec, NULL), "campus", (struct choices){choice, list.n});
	space_edit_list_html(r, &(struct space_edit_list_page){list});
}

/* The name in the campus's language, else in any; a number behind it when another space has it already. */
static space_id
add_space(struct req *r, const struct campus *campus, const struct new_form *f, struct str *slug)
{
	struct str base = str_slug(r->arena, texts_in(f->name, campus_lang(campus)).text, SLUG_CHARS);
	int64_t position = (int64_t)spaces_with_cancelled(r->tx, campus->id).n + 1;
	space_id id = {0};

	if (base.n == 0)
		base = STR("space");
	*slug = base;
	for (int k = 2; k < NAMES_MOST && !space_new(r->tx, campus->id, *slug, f->name, f->capacity, position,
	    &id); k++)
		*slug = str_fmt(r->arena, "%.*s-%d", STR_ARG(base), k);
	return id;
}

static struct outcome
create_space(struct req *r)
{
	const struct new_form *f = r->form;
	const struct campus *campus = campus_in(campus_all(r->tx), (campus_id){f->campus});
	struct space_form journal = {.name = f->name, .capacity = f->capacity, .communal = true};
	struct str slug;
	space_id id;

	if (!campus || !actor_may(&r->actor, MAY_EDIT_SPACES, campus->id.n))
		return refused(r, VERDICT_FORBIDDEN, (struct said){0});
	id = add_space(r, campus, f, &slug);
	if (id.n == 0)
		return refused(r, VERDICT_TAKEN, said(T_SPACE_EDIT_NAME_TAKEN));
	for (int fact = 1; fact < SPACE_ACCESS_FACT_COUNT; fact++)
		journal.holds[fact] = UNKNOWN;
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_saved, campus->id.n, id.n, STR(""),
	    lines_of(r, &journal)});
	return see_address(r, str_fmt(r->arena, "/%s/%.*s/space/%.*s/edit", lang_code(r->lang), STR_ARG(campus->slug),
	    STR_ARG(slug)), said(T_SPACE_EDIT_ADDED));
}

#define EDIT "/{lang}/{campus}/space/{space}/edit"

const struct route space_edit_routes[] = {
	{GET, "/{lang}/admin/spaces", MAY_EDIT_SPACES, show_spaces},
	{POST, "/{lang}/admin/spaces", MAY_EDIT_SPACES, show_spaces, create_space, &new_spec},
	{GET, EDIT, MAY_EDIT_SPACES, show_space},
	{POST, EDIT, MAY_EDIT_SPACES, show_space, save_space, &space_spec},
	{POST, EDIT "/cancel", MAY_EDIT_SPACES, show_space, cancel_space, &cancel_spec},
	{POST, EDIT "/outside", MAY_EDIT_SPACES, show_space, settle, &settle_spec},
	{0},
};
