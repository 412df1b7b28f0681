/* Adding, editing and cancelling items. */
#include "app/wheel/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"             /* generated */
#include "app/wheel/review.texts.h" /* generated */
#include "app/wheel/wall.texts.h"   /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

/* --- the form ---------------------------------------------------------------------------------------- */

static const struct choice timings[] = {
	{WHEEL_ITEM_TIMING_WEEK, "week", T_WHEEL_TIMING_WEEK},
	{WHEEL_ITEM_TIMING_DATES, "dates", T_WHEEL_TIMING_DATES},
	{WHEEL_ITEM_TIMING_ANCHOR, "anchor", T_WHEEL_TIMING_ANCHOR},
};

static const struct choice every[] = {
	{WHEEL_SERIES_EVERY_YEAR, "year", T_WHEEL_EVERY_YEAR},
	{WHEEL_SERIES_EVERY_ODD, "odd", T_WHEEL_EVERY_ODD},
	{WHEEL_SERIES_EVERY_EVEN, "even", T_WHEEL_EVERY_EVEN},
};

static const struct choice repeats[] = {
	{WHEEL_ITEM_REPEATS_NO, "no", T_WHEEL_REPEATS_NO},
	{WHEEL_ITEM_REPEATS_WEEK, "week", T_WHEEL_REPEATS_WEEK},
	{WHEEL_ITEM_REPEATS_MONTH, "month", T_WHEEL_REPEATS_MONTH},
	{WHEEL_ITEM_REPEATS_SECOND_MONTH, "second_month", T_WHEEL_REPEATS_SECOND_MONTH},
};

static const struct choice answers[] = {
	{WHEEL_ITEM_ANSWERS_CAMPUS, "campus", T_WHEEL_ANSWERS_CAMPUS},
	{WHEEL_ITEM_ANSWERS_PROVIDER, "provider", T_WHEEL_ANSWERS_PROVIDER},
	{WHEEL_ITEM_ANSWERS_NOBODY, "nobody", T_WHEEL_ANSWERS_NOBODY},
};

static const struct choice answers_of_own[] = {
	{WHEEL_ITEM_ANSWERS_CAMPUS, "campus", T_WHEEL_ANSWERS_OWN},
	{WHEEL_ITEM_ANSWERS_NOBODY, "nobody", T_WHEEL_ANSWERS_NOBODY},
};

#define AT(field) offsetof(struct wheel_item_form, field)

/* Where the item belongs (ring, duty, person, answers, core, campuses) is not on everyone's form, so none of it is
 * required here: see check_place. */
static const struct form_field item_fields[] = {
	{"title", FORM_TEXTS, AT(title), .required = true, .max = WHEEL_TITLE_MOST, .label = T_WHEEL_FIELD_TITLE,
	    .hint = T_WHEEL_FIELD_TITLE_HINT},
	{"sentence", FORM_TEXTS, AT(sentence), .max = WHEEL_SENTENCE_MOST, .label = T_WHEEL_FIELD_SENTENCE,
	    .hint = T_WHEEL_FIELD_SENTENCE_HINT},
	{"description", FORM_TEXTS_LONG, AT(description), .max = WHEEL_DESCRIPTION_MOST,
	    .label = T_WHEEL_FIELD_DESCRIPTION},
	{"ring", FORM_SELECT, AT(ring), .label = T_WHEEL_RING},
	{"timing", FORM_CHOICE, AT(timing), .required = true, .label = T_WHEEL_TIMING, .choices = {timings, 3}},
	{"week", FORM_INT, AT(week), .min = 1, .max = 53, .depends = true, .label = T_WHEEL_FIELD_WEEK},
	{"starts", FORM_DATE, AT(starts), .depends = true, .label = T_WHEEL_FIELD_STARTS},
	{"ends", FORM_DATE, AT(ends), .label = T_WHEEL_FIELD_ENDS},
	{"anchor", FORM_TEXT, AT(anchor), .max = 6, .depends = true, .label = T_WHEEL_FIELD_ANCHOR},
	{"repeats", FORM_SELECT, AT(repeats), .depends = true, .label = T_WHEEL_REPEATS,
	    .hint = T_WHEEL_REPEATS_HINT, .choices = {repeats, 4}},
	{"repeats_until", FORM_DATE, AT(repeats_until), .label = T_WHEEL_REPEATS_UNTIL,
	    .hint = T_WHEEL_REPEATS_UNTIL_HINT},
	{"every", FORM_SELECT, AT(every), .required = true, .label = T_WHEEL_EVERY, .choices = {every, 3}},
	{"duty", FORM_SELECT, AT(duty), .label = T_WHEEL_RESPONSIBLE},
	{"person", FORM_SELECT, AT(person), .label = T_WHEEL_FIELD_PERSON},
	{"answers", FORM_CHOICE, AT(answers), .label = T_WHEEL_ANSWERS, .choices = {answers, 3}},
	{"core", FORM_CHECK, AT(core), .label = T_WHEEL_FIELD_CORE},
	{"guardians", FORM_CHECK, AT(guardians), .label = T_WHEEL_FIELD_GUARDIANS},
	{"measures", FORM_CHECKS, AT(measures), .label = T_WHEEL_MEASURES},
	{"campuses", FORM_ANY, AT(campuses), .label = T_WHEEL_SCOPE, .hint = T_WHEEL_SCOPE_HINT},
	{"version", FORM_HIDDEN, AT(version)},
};

/* "20.11.", as people write it, or "11-20" becomes "11-20"; something else stays what it is. */
static struct str
anchor_of(struct req *r, struct str typed)
{
	struct str rest = typed, day = str_cut(&rest, '.'), month = str_cut(&rest, '.'), anchor;
	int64_t d, m;

	if (!str_int(day, &d) || !str_int(str_trim(month), &m) || rest.n || d < 1 || d > 31 || m < 1 || m > 12)
		return typed;
	anchor = str_fmt(r->arena, "%02d-%02d", (int)m, (int)d);
	return date_is_anchor(anchor) ? anchor : typed;
}

/* The other way round, in the reader's language. */
static struct str
anchor_words(struct req *r, struct str anchor)
{
	int64_t m, d;

	if (r->lang == LANG_EN || !str_int(str_sub(anchor, 0, 2), &m) || !str_int(str_sub(anchor, 3, 2), &d))
		return anchor;
	return str_fmt(r->arena, "%d.%d.", (int)d, (int)m);
}

static void
check_item(struct req *r, void *form, struct form_state *state)
{
	struct wheel_item_form *f = form;

	f->anchor = anchor_of(r, f->anchor);
	if (f->timing == WHEEL_ITEM_TIMING_WEEK && f->week == 0)
		form_problem(state, "week", said(T_WHEEL_WEEK_WRONG));
	if (f->timing == WHEEL_ITEM_TIMING_ANCHOR && !date_is_anchor(f->anchor))
		form_problem(state, "anchor", said(T_WHEEL_ANCHOR_WRONG));
	if (f->timing == WHEEL_ITEM_TIMING_DATES && f->starts.day == 0)
		form_problem(state, "starts", said(T_WHEEL_FIRST_DAY_MISSING));
	if (f->timing == WHEEL_ITEM_TIMING_DATES && f->ends.day && f->ends.day < f->starts.day)
		form_problem(state, "ends", said(T_WHEEL_ENDS_BEFORE_STARTS));
}

static const struct form_spec item_spec =
    FORM_SPEC("item", struct wheel_item_form, item_fields, .check = check_item);

struct material_form {
	int64_t kind;
	struct texts title, body;
	struct str url;
};

static const struct choice kinds[] = {
	{WHEEL_MATERIAL_KIND_MESSAGE, "message", T_WHEEL_MATERIAL_MESSAGE},
	{WHEEL_MATERIAL_KIND_LESSON, "lesson", T_WHEEL_MATERIAL_LESSON},
	{WHEEL_MATERIAL_KIND_LINK, "link", T_WHEEL_MATERIAL_LINK},
};

static const struct form_field material_fields[] = {
	{"kind", FORM_SELECT, offsetof(struct material_form, kind), .required = true,
	    .label = T_WHEEL_MATERIAL_KIND, .choices = {kinds, 3}},
	{"title", FORM_TEXTS, offsetof(struct material_form, title), .required = true,
	    .max = WHEEL_TITLE_MOST, .label = T_WHEEL_FIELD_TITLE, .hint = T_WHEEL_FIELD_TITLE_HINT},
	{"body", FORM_TEXTS_LONG, offsetof(struct material_form, body), .max = WHEEL_MATERIAL_MOST,
	    .depends = true, .label = T_WHEEL_MATERIAL_BODY},
	{"url", FORM_TEXT, offsetof(struct material_form, url), .max = 500, .depends = true,
	    .label = T_WHEEL_MATERIAL_URL, .hint = T_WHEEL_MATERIAL_URL_HINT},
};

static void
check_material(struct req *r, void *form, struct form_state *state)
{
	const struct material_form *f = form;

	(void)r;
	if (f->kind == WHEEL_MATERIAL_KIND_LINK && !str_starts(f->url, STR("https://")))
		form_problem(state, "url", said(T_WHEEL_MATERIAL_URL_WRONG));
	if (f->kind != WHEEL_MATERIAL_KIND_LINK && !wheel_has(&f->body))
		form_problem(state, "body", said(T_WHEEL_MATERIAL_BODY_MISSING));
}

static const struct form_spec material_spec =
    FORM_SPEC("material", struct material_form, material_fields, .check = check_material);

/* --- choices from the database --------------------------------------------------------------------------- */

/* Those in use, and the one that it is in. */
static struct choices
rings_to_choose(struct req *r, int64_t now)
{
	struct wheel_ring_list rings = wheel_rings_ever(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, rings.n);
	size_t n = 0;

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].cancelled_at.s == 0 || rings.at[i].id.n == now)
			at[n++] = (struct choice){rings.at[i].id.n, .plain = texts_in(rings.at[i].name, r->lang).text};
	return (struct choices){at, n};
}

static struct choices
duties_to_choose(struct req *r)
{
	struct duty_list duties = duties_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, duties.n + 1);

	at[0] = (struct choice){0, .text = T_WHEEL_NOBODY_RESPONSIBLE};
	for (size_t i = 0; i < duties.n; i++)
		at[i + 1] = (struct choice){duties.at[i].id.n, .plain = texts_in(duties.at[i].name, r->lang).text};
	return (struct choices){at, duties.n + 1};
}

static struct choices
people_to_choose(struct req *r)
{
	struct person_list people = people_here(r->tx, r->lang);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, people.n + 1);

	at[0] = (struct choice){0, .text = T_WHEEL_NOBODY};
	for (size_t i = 0; i < people.n; i++)
		at[i + 1] = (struct choice){people.at[i].id.n, .plain = people.at[i].name};
	return (struct choices){at, people.n + 1};
}

static struct choices
measures_to_choose(struct req *r)
{
	struct measure_list measures = framework_measures(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, measures.n);

	for (size_t i = 0; i < measures.n; i++)
		at[i] = (struct choice){(int64_t)i, .plain = texts_in(measures.at[i].title, r->lang).text};
	return (struct choices){at, measures.n};
}

static struct choices
campuses_to_choose(struct req *r)
{
	struct campus_list campuses = campus_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, campuses.n);

	for (size_t i = 0; i < campuses.n; i++)
		at[i] = (struct choice){campuses.at[i].id.n, .plain = texts_in(campuses.at[i].name, r->lang).text};
	return (struct choices){at, campuses.n};
}

static void
show_form(struct req *r, const struct wheel_item_form *from, campus_id own)
{
	struct form_state *form = form_show(r, &item_spec, from);

	if (own.n)
		form_choices(form, "answers", (struct choices){answers_of_own, 2});

	form_choices(form, "ring", rings_to_choose(r, from->ring));
	form_choices(form, "duty", duties_to_choose(r));
	form_choices(form, "person", people_to_choose(r));
	form_choices(form, "measures", measures_to_choose(r));
	form_choices(form, "campuses", campuses_to_choose(r));
}

/* --- pages ------------------------------------------------------------------------------------------- */

static bool
may_add(const struct req *r)
{
	return r->campus ? actor_may(&r->actor, MAY_ADD_OWN_ITEM, r->place)
	    : actor_may(&r->actor, MAY_EDIT_WHEEL, 0);
}

struct str
wheel_add_address(struct req *r, const struct school_year *y, const struct campus *campus)
{
	if (!may_add(r) || y->state == SCHOOL_YEAR_STATE_CLOSED)
		return STR("");
	return str_fmt(r->arena, "%.*s/new", STR_ARG(wheel_year_address(r, y, campus)));
}

/* For pages; see wheel_refuse_closed for forms. */
static void
must_be_open(struct req *r, const struct school_year *y)
{
	if (y->state != SCHOOL_YEAR_STATE_CLOSED)
		return;
	r->flash = said(T_WHEEL_YEAR_IS_CLOSED);
	page_forbidden(r);
}

static void
show_new(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	const struct campus *campus = r->campus;
	struct wheel_proposal proposal = {0};
	struct wheel_item_form form = {
		.ring = wheel_ring_usual(r->tx, (campus_id){r->place}).n,
		.timing = WHEEL_ITEM_TIMING_WEEK,
		.repeats = WHEEL_ITEM_REPEATS_NO,
		.every = WHEEL_SERIES_EVERY_YEAR,
		.answers = WHEEL_ITEM_ANSWERS_CAMPUS,
	};

	if (!may_add(r))
		page_forbidden(r);
	must_be_open(r, &y);
	if (path_has(r, "proposal") && !wheel_proposal_here(r, &proposal))
		page_not_found(r);
	wheel_fill_proposed(&form, &proposal);
	show_form(r, &form, (campus_id){r->place});
	wheel_edit_html(r, &(struct wheel_edit_page){
		.year = wheel_year_words(r, &y),
		.heading = said(campus ? T_WHEEL_ADD_OWN_ITEM : T_WHEEL_ADD_ITEM),
		.back = path_fill(r, campus ? "/{lang}/{campus}/wheel/{year}" : "/{lang}/wheel/{year}"),
		.common = campus == NULL,
		.belongs = true,
		.action = r->path,
	});
}

static int64_t
measure_bits(struct req *r, wheel_item_id item)
{
	struct measure_list all = framework_measures(r->tx), its = wheel_measures_of(r->tx, item);
	int64_t bits = 0;

	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < its.n; k++)
			if (all.at[i].id.n == its.at[k].id.n)
				bits |= INT64_C(1) << i;
	return bits;
}

static struct ids
campuses_of(struct req *r, wheel_item_id item)
{
	struct wheel_item_scope_list scope = wheel_scope_of(r->tx, item);
	struct ids ids = {0};

	for (size_t i = 0; i < scope.n; i++)
		ids_add(r->arena, &ids, scope.at[i].campus.n);
	return ids;
}

/* The item of the path and its year, for those who may edit it; others leave here. Of a draft that they do not see,
 * a campus's staff edit what is its own: see review.c. */
static struct wheel_item
item_to_edit(struct req *r, struct school_year *y)
{
	struct wheel_item item;

	if (!school_year_of(r->tx, path_int(r, "year"), y))
		page_not_found(r);
	item = wheel_item_or_404(r, y);
	if (item.campus.n == 0)
		*y = wheel_year_or_404(r);
	if (!wheel_may_edit(r->tx, &r->actor, &item))
		page_forbidden(r);
	return item;
}

static void
show_edit(struct req *r)
{
	struct school_year y;
	struct wheel_item item = item_to_edit(r, &y);
	struct wheel_series series = {.every = WHEEL_SERIES_EVERY_YEAR};

	must_be_open(r, &y);
	wheel_series_by_id(r->tx, item.series, &series);
	show_form(r, &(struct wheel_item_form){
		.title = item.title, .sentence = item.sentence, .description = item.description, .ring = item.ring.n,
		.timing = item.timing, .anchor = anchor_words(r, item.anchor),
		/* Of an item that was copied from a week 53, the week in which it stands. */
		.week = item.timing == WHEEL_ITEM_TIMING_WEEK ? week_of(item.starts).week : 0,
		.starts = item.timing == WHEEL_ITEM_TIMING_DATES ? item.starts : (struct date){0},
		.ends = item.timing == WHEEL_ITEM_TIMING_DATES ? item.ends : (struct date){0},
		.repeats = item.repeats, .repeats_until = item.repeats_until,
		.duty = item.duty.n, .person = item.person.n, .answers = item.answers, .every = series.every,
		.core = item.core, .guardians = item.guardians,
		.measures = measure_bits(r, item.id), .campuses = campuses_of(r, item.id),
		.version = item.version,
	}, item.campus);
	form_show(r, &material_spec, &(struct material_form){.kind = WHEEL_MATERIAL_KIND_MESSAGE});
	wheel_edit_html(r, &(struct wheel_edit_page){
		.year = wheel_year_words(r, &y),
		.material = wheel_materials_of(r->tx, item.id),
		.heading = said(T_WHEEL_EDIT_TITLE),
		.back = path_fill(r, r->campus
		    ? "/{lang}/{campus}/wheel/{year}/{item}" : "/{lang}/wheel/{year}/{item}"),
		.from = wheel_is_reviewed(r->tx, &y, item.id) ? wheel_review_back(r, item.id) : STR(""),
		.common = item.campus.n == 0,
		.belongs = wheel_may_place(&r->actor, &item),
		.exists = true,
		.action = str_fmt(r->arena, "%.*s/edit", STR_ARG(path_fill(r, r->campus
		    ? "/{lang}/{campus}/wheel/{year}/{item}" : "/{lang}/wheel/{year}/{item}"))),
		.cancelled = item.cancelled_at.s != 0,
		.version = item.version,
	});
}

/* --- changes ------------------------------------------------------------------------------------------- */

/* One in use, or the one that the item is in. */
static bool
is_ring(struct req *r, int64_t id, wheel_item_id of)
{
	struct choices rings;
	struct wheel_item item = {0};

	wheel_item_by_id(r->tx, of, &item);
	rings = rings_to_choose(r, item.ring.n);
	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].value == id)
			return true;
	return false;
}

static void
check_place(struct req *r, struct form_state *state, const struct wheel_item_form *f, wheel_item_id item,
    campus_id own)
{
	if (!is_ring(r, f->ring, item))
		form_problem(state, "ring", said(T_WHEEL_CHOOSE_ONE));
	if (f->duty && !duty_in(duties_all(r->tx), (duty_id){f->duty}))
		form_problem(state, "duty", said(T_WHEEL_CHOOSE_ONE));
	if (f->person && !person_in(people_here(r->tx, r->lang), (person_id){f->person}))
		form_problem(state, "person", said(T_WHEEL_CHOOSE_ONE));
	if (f->answers == WHEEL_ITEM_ANSWERS_NONE || (own.n && f->answers == WHEEL_ITEM_ANSWERS_PROVIDER))
		form_problem(state, "answers", said(T_WHEEL_ANSWERS_MISSING));
}

static void
check_days(struct form_state *state, const struct school_year *y, const struct wheel_item_form *f)
{
	struct span days = wheel_item_days(y, f);

	if (f->repeats > WHEEL_ITEM_REPEATS_NO && f->repeats_until.day) {
		wheel_check_day(state, "repeats_until", y, f->repeats_until);
		if (days.first.day > f->repeats_until.day)
			form_problem(state, "repeats_until", said(T_WHEEL_REPEATS_UNTIL_BEFORE));
	}
	if (f->timing == WHEEL_ITEM_TIMING_DATES) {
		wheel_check_day(state, "starts", y, f->starts);
		wheel_check_day(state, "ends", y, f->ends);
	} else if (days.first.day == 0) {
		need(f->timing == WHEEL_ITEM_TIMING_WEEK); /* each day lies in each year */
		form_problem(state, "week", t_wheel_week_not_there(f->week, weeks_in_year(date_parts(y->starts).year)));
	}
}

/* `own`: the campus whose own item it is. `item` is none for a new one, and then becomes it. */
static struct outcome
save(struct req *r, const struct school_year *y, wheel_item_id *item, campus_id own)
{
	struct wheel_item_form *form = r->form;
	enum verdict v;

	check_place(r, form_posted(r), form, *item, own);
	check_days(form_posted(r), y, form);
	if (form_posted(r)->problems)
		return refused(r, VERDICT_INVALID, (struct said){0});
	if (own.n) { /* neither common nor for others */
		form->core = false;
		form->campuses = (struct ids){0};
	}
	v = wheel_item_save(r->tx, &r->actor, y, item, own, form);
	if (v != VERDICT_OK)
		return refused(r, v, v == VERDICT_CONFLICT ? said(T_WHEEL_CHANGED_SINCE) : (struct said){0});
	if (wheel_is_reviewed(r->tx, y, *item))
		return see_address(r, wheel_review_back(r, *item), said(T_WHEEL_SAVED_FLASH));
	return see_address(r, str_fmt(r->arena, "%.*s/%lld", STR_ARG(path_fill(r, r->campus
	    ? "/{lang}/{campus}/wheel/{year}" : "/{lang}/wheel/{year}")), (long long)item->n),
	    said(T_WHEEL_SAVED_FLASH));
}

static struct outcome
create_item(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_proposal proposal = {0};
	wheel_item_id made = {0};
	struct outcome done;

	if (!may_add(r))
		return refused(r, VERDICT_FORBIDDEN, (struct said){0});
	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (path_has(r, "proposal") && !wheel_proposal_here(r, &proposal))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	done = save(r, &y, &made, (campus_id){r->place});
	if (done.verdict == VERDICT_OK && proposal.id.n)
		wheel_proposal_accept(r, &proposal, made);
	return done;
}

static struct outcome
change_item(struct req *r)
{
	struct school_year y;
	struct wheel_item item = item_to_edit(r, &y);
	struct wheel_item_form *form = r->form;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (!wheel_may_place(&r->actor, &item)) { /* it stays where it is, whatever was sent */
		form->ring = item.ring.n;
		form->duty = item.duty.n;
		form->person = item.person.n;
		form->answers = item.answers;
		form->core = item.core;
		form->guardians = item.guardians;
		form->campuses = campuses_of(r, item.id);
	}
	return save(r, &y, &item.id, item.campus);
}

struct cancel_form {
	int64_t version;
	int64_t cancelled;
};

static const struct form_field cancel_fields[] = {
	{"version", FORM_HIDDEN, offsetof(struct cancel_form, version)},
	{"cancelled", FORM_HIDDEN, offsetof(struct cancel_form, cancelled)},
};

static const struct form_spec cancel_spec = FORM_SPEC("cancel", struct cancel_form, cancel_fields);

static struct outcome
cancel_item(struct req *r)
{
	const struct cancel_form *form = r->form;
	struct school_year y;
	struct wheel_item item = item_to_edit(r, &y);
	enum verdict v;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	v = wheel_item_set_cancelled(r->tx, &r->actor, item.id, form->version, form->cancelled != 0);
	if (v != VERDICT_OK)
		return refused(r, v, v == VERDICT_CONFLICT ? said(T_WHEEL_CHANGED_SINCE) : (struct said){0});
	if (wheel_is_reviewed(r->tx, &y, item.id))
		return see_address(r, wheel_review_back(r, item.id),
		    said(form->cancelled ? T_WHEEL_CANCELLED_FLASH : T_WHEEL_RESTORED_FLASH));
	return see_other(r, r->campus ? "/{lang}/{campus}/wheel/{year}/{item}" : "/{lang}/wheel/{year}/{item}",
	    said(form->cancelled ? T_WHEEL_CANCELLED_FLASH : T_WHEEL_RESTORED_FLASH));
}

/* --- material ------------------------------------------------------------------------------------------- */

static struct outcome
back_to_edit(struct req *r, const struct text *flash)
{
	return see_other(r, r->campus ? "/{lang}/{campus}/wheel/{year}/{item}/edit#aineisto"
	    : "/{lang}/wheel/{year}/{item}/edit#aineisto", said(flash));
}

const struct event wheel_material_added = {"wheel.material_added", T_WHEEL_EVENT_MATERIAL_ADDED};
const struct event wheel_material_ended = {"wheel.material_ended", T_WHEEL_EVENT_MATERIAL_ENDED};

/* For the journal. */
static struct str
lines_of_material(struct req *r, const struct material_form *f)
{
	struct out o = out_new(r->arena);

	journal_line(&o, "kind", str_of(wheel_material_kind_words[f->kind]));
	journal_texts(&o, "title", f->title);
	journal_texts(&o, "body", f->body);
	journal_line(&o, "url", f->url);
	return out_text(&o);
}

static struct outcome
add_material(struct req *r)
{
	const struct material_form *f = r->form;
	struct school_year y;
	struct wheel_item item = item_to_edit(r, &y);

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	wheel_material_add(r->tx, item.id, (enum wheel_material_kind)f->kind, f->title, f->body, f->url,
	    (int64_t)wheel_materials_of(r->tx, item.id).n + 1);
	journal_add(r->tx, &r->actor, (struct journal_entry){&wheel_material_added, item.campus.n, item.id.n, STR(""),
	    lines_of_material(r, f)});
	return back_to_edit(r, T_WHEEL_MATERIAL_ADDED_FLASH);
}

struct material_end_form {
	int64_t material;
};

static const struct form_field material_end_fields[] = {
	{"material", FORM_HIDDEN, offsetof(struct material_end_form, material)},
};

static const struct form_spec material_end_spec =
    FORM_SPEC("material_end", struct material_end_form, material_end_fields);

static struct outcome
end_material(struct req *r)
{
	const struct material_end_form *f = r->form;
	struct school_year y;
	struct wheel_item item = item_to_edit(r, &y);
	struct wheel_material m;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (!wheel_material_by_id(r->tx, (wheel_material_id){f->material}, &m) ||
	    wheel_material_cancel(r->tx, m.id, item.id, r->now) == 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	journal_add(r->tx, &r->actor, (struct journal_entry){&wheel_material_ended, item.campus.n, item.id.n,
	    lines_of_material(r, &(struct material_form){m.kind, m.title, m.body, m.url}), STR("")});
	return back_to_edit(r, T_WHEEL_MATERIAL_ENDED_FLASH);
}

#define YEAR "/wheel/{year}"

const struct route wheel_edit_routes[] = {
	{GET, "/{lang}/{campus}" YEAR "/new", MAY_ADD_OWN_ITEM, show_new},
	{POST, "/{lang}/{campus}" YEAR "/new", MAY_ADD_OWN_ITEM, show_new, create_item, &item_spec},
	{GET, "/{lang}" YEAR "/new", MAY_EDIT_WHEEL, show_new, .whole = true},
	{POST, "/{lang}" YEAR "/new", MAY_EDIT_WHEEL, show_new, create_item, &item_spec, .whole = true},
	{GET, "/{lang}/{campus}" YEAR "/new/{proposal}", MAY_EDIT_WHEEL, show_new, .whole = true},
	{POST, "/{lang}/{campus}" YEAR "/new/{proposal}", MAY_EDIT_WHEEL, show_new, create_item, &item_spec,
	    .whole = true},
	{GET, "/{lang}" YEAR "/new/{proposal}", MAY_EDIT_WHEEL, show_new, .whole = true},
	{POST, "/{lang}" YEAR "/new/{proposal}", MAY_EDIT_WHEEL, show_new, create_item, &item_spec, .whole = true},
	{GET, "/{lang}/{campus}" YEAR "/{item}/edit", MAY_PROPOSE_CHANGE, show_edit},
	{POST, "/{lang}/{campus}" YEAR "/{item}/edit", MAY_PROPOSE_CHANGE, show_edit, change_item, &item_spec},
	{GET, "/{lang}" YEAR "/{item}/edit", MAY_PROPOSE_CHANGE, show_edit},
	{POST, "/{lang}" YEAR "/{item}/edit", MAY_PROPOSE_CHANGE, show_edit, change_item, &item_spec},
	{POST, "/{lang}/{campus}" YEAR "/{item}/cancel", MAY_PROPOSE_CHANGE, show_edit, cancel_item, &cancel_spec},
	{POST, "/{lang}" YEAR "/{item}/cancel", MAY_PROPOSE_CHANGE, show_edit, cancel_item, &cancel_spec},
	{POST, "/{lang}/{campus}" YEAR "/{item}/material", MAY_PROPOSE_CHANGE, show_edit, add_material, &material_spec},
	{POST, "/{lang}" YEAR "/{item}/material", MAY_PROPOSE_CHANGE, show_edit, add_material, &material_spec},
	{POST, "/{lang}/{campus}" YEAR "/{item}/material/end", MAY_PROPOSE_CHANGE, show_edit, end_material,
	    &material_end_spec},
	{POST, "/{lang}" YEAR "/{item}/material/end", MAY_PROPOSE_CHANGE, show_edit, end_material,
	    &material_end_spec},
	{0},
};

/* --- years ---------------------------------------------------------------------------------------------- */

static void
show_years(struct req *r)
{
	struct school_year_list all = school_years(r->tx);
	struct wheel_year_row_list list = {ARENA_ARRAY(r->arena, struct wheel_year_row, all.n), all.n};
	struct provider provider = provider_of(r->tx);
	int64_t next = provider_year_of(&provider, r->today);

	for (size_t i = 0; i < all.n; i++) {
		list.at[i] = (struct wheel_year_row){
			.year = all.at[i].year,
			.words = wheel_year_words(r, &all.at[i]),
			.state = all.at[i].state,
			.version = all.at[i].version,
			.items = (int64_t)wheel_lines(r->tx, all.at[i].id).n,
			.address = str_fmt(r->arena, "/%s/wheel/%lld", lang_code(r->lang), (long long)all.at[i].year),
		};
		if (all.at[i].state != SCHOOL_YEAR_STATE_CLOSED)
			list.at[i].left = wheel_review_left(r->tx, all.at[i].id);
		if (list.at[i].left || all.at[i].state == SCHOOL_YEAR_STATE_DRAFT)
			list.at[i].review = str_fmt(r->arena, "%.*s/review", STR_ARG(list.at[i].address));
		if (all.at[i].year >= next)
			next = all.at[i].year + 1;
	}
	wheel_years_html(r, &(struct wheel_years_page){.years = list, .next = next,
	    .proposals = wheel_proposals_waiting(r)});
}

struct year_form {
	int64_t year, version;
};

static const struct form_field year_fields[] = {
	{"year", FORM_HIDDEN, offsetof(struct year_form, year)},
	{"version", FORM_HIDDEN, offsetof(struct year_form, version)},
};

static const struct form_spec year_spec = FORM_SPEC("year", struct year_form, year_fields);

static struct outcome
year_changed(struct req *r, enum verdict v, const struct text *flash)
{
	if (v == VERDICT_OK)
		return see_other(r, "/{lang}/admin/wheel", said(flash));
	return refused(r, v, said(v == VERDICT_TAKEN ? T_WHEEL_YEAR_TAKEN : T_WHEEL_YEAR_CHANGED_SINCE));
}

static struct outcome
begin_year(struct req *r)
{
	const struct year_form *form = r->form;

	if (form->year < 2000 || form->year > 2200)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return year_changed(r, wheel_year_begin(r->tx, &r->actor, form->year), T_WHEEL_YEAR_BEGUN_FLASH);
}

static struct outcome
publish_year(struct req *r)
{
	const struct year_form *form = r->form;

	enum verdict v = wheel_year_publish(r->tx, &r->actor, form->year, form->version);
	struct school_year y;
	int64_t left;

	if (v != VERDICT_OK || !school_year_of(r->tx, form->year, &y) || (left = wheel_review_left(r->tx, y.id)) == 0)
		return year_changed(r, v, T_WHEEL_YEAR_PUBLISHED_FLASH);
	return see_other(r, "/{lang}/admin/wheel", t_wheel_review_published_flash(left));
}

static struct outcome
close_year(struct req *r)
{
	const struct year_form *form = r->form;

	return year_changed(r, wheel_year_close(r->tx, &r->actor, form->year, form->version),
	    T_WHEEL_YEAR_CLOSED_FLASH);
}

static struct outcome
reopen_year(struct req *r)
{
	const struct year_form *form = r->form;

	return year_changed(r, wheel_year_reopen(r->tx, &r->actor, form->year, form->version),
	    T_WHEEL_YEAR_REOPENED_FLASH);
}

const struct route wheel_year_routes[] = {
	{GET, "/{lang}/admin/wheel", MAY_EDIT_WHEEL, show_years, .whole = true},
	{POST, "/{lang}/admin/wheel/begin", MAY_EDIT_WHEEL, show_years, begin_year, &year_spec, .whole = true},
	{POST, "/{lang}/admin/wheel/publish", MAY_EDIT_WHEEL, show_years, publish_year, &year_spec, .whole = true},
	{POST, "/{lang}/admin/wheel/close", MAY_EDIT_WHEEL, show_years, close_year, &year_spec, .whole = true},
	{POST, "/{lang}/admin/wheel/reopen", MAY_EDIT_WHEEL, show_years, reopen_year, &year_spec, .whole = true},
	{POST, "/{lang}/admin/wheel/proposal", MAY_EDIT_WHEEL, show_years, wheel_settle_proposal,
	    &wheel_settle_spec,
	    .whole = true},
	{0},
};
