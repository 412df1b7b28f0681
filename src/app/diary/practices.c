/* The pages of what is already done: told, read with thanks, and joined to the wheel. */
#include "app/diary/inside.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/diary/diary.html.h"     /* generated */
#include "app/diary/diary.sql.h"      /* generated */
#include "app/diary/diary.texts.h"    /* generated */
#include "app/diary/practice.texts.h" /* generated */
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */

enum { LISTED_MAX = 200, REMOVED_MAX = 10, ON_FRONT_MOST = 3, WITH_MOST = 20 };

/* --- lines ------------------------------------------------------------------------------------------ */

/* What the numbers of a practice mean, read once a page. */
struct names {
	struct campus_list campuses;
	struct organisation_list organisations;
	struct person_list people; /* nobody for readers who are not signed in */
	struct practice_item_list items;
	int64_t year;
};

static struct names
names_of(struct req *r)
{
	struct names names = {campus_all(r->tx), partners_all(r->tx), {0}, {0}, 0};
	struct school_year y;

	if (actor_signed_in(&r->actor))
		names.people = people_ever(r->tx);
	if (wheel_year_now(r->tx, &r->actor, r->today, &y)) {
		names.items = practice_items_joined(r->tx, y.id);
		names.year = y.year;
	}
	return names;
}

static struct texts
texts_of(struct str words, enum lang lang)
{
	struct texts t = {0};

	t.at[lang] = words;
	return t;
}

static const struct practice_item *
item_in(struct practice_item_list list, const struct diary_practice *p)
{
	for (size_t i = 0; p->series.n && i < list.n; i++)
		if (list.at[i].series.n == p->series.n &&
		    (list.at[i].campus.n == 0 || list.at[i].campus.n == p->campus.n))
			return &list.at[i];
	return NULL;
}

/* "/fi/pohja/practices" of the campus, and what stands below it. */
static struct str
address_of(struct req *r, const struct campus *campus)
{
	return str_fmt(r->arena, "/%s/%.*s/practices", lang_code(r->lang), STR_ARG(campus->slug));
}

static struct diary_practice_line
line_of(struct req *r, const struct names *names, const struct diary_practice *p)
{
	const struct campus *campus = campus_in(names->campuses, p->campus);
	const struct organisation *with = partner_in(names->organisations, p->organisation);
	const struct person *by = person_in(names->people, p->told_by);
	const struct practice_item *item = item_in(names->items, p);
	enum lang lang = practice_lang(p);

	return (struct diary_practice_line){
		.words = texts_of(p->words, lang),
		.plain = p->words,
		.often = p->often,
		.organisation = with ? with->name : (struct texts){0},
		.has_organisation = with != NULL,
		.partners = texts_of(p->partners, lang),
		.has_partners = p->partners.n != 0,
		.by = by ? by->name : STR(""),
		.item = item ? item->title : (struct texts){0},
		.item_address = item && campus ? str_fmt(r->arena, "/%s/%.*s/wheel/%lld/%lld", lang_code(r->lang),
		    STR_ARG(campus->slug), (long long)names->year, (long long)item->id.n) : STR(""),
		.change = campus && practice_may_change(&r->actor, p) ? str_fmt(r->arena, "%.*s/%lld",
		    STR_ARG(address_of(r, campus)), (long long)p->id.n) : STR(""),
		.version = p->version,
	};
}

static struct diary_practice_line_list
no_lines(struct req *r, size_t most)
{
	return (struct diary_practice_line_list){ARENA_ARRAY(r->arena, struct diary_practice_line, most), 0};
}

/* Those of one campus among them. */
static struct diary_practice_line_list
lines_there(struct req *r, const struct names *names, struct diary_practice_list all, campus_id campus)
{
	struct diary_practice_line_list list = no_lines(r, all.n);

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].campus.n == campus.n)
			list.at[list.n++] = line_of(r, names, &all.at[i]);
	return list;
}

void
practice_draw_front(struct req *r)
{
	campus_id campus = {r->place};
	struct names names;
	struct diary_practice_list newest;

	if (!r->campus)
		return;
	names = names_of(r);
	newest = practices_told(r->tx, campus, ON_FRONT_MOST);
	diary_practice_front_html(r, &(struct diary_practice_front_component){
		.lines = lines_there(r, &names, newest, campus),
		.all = practices_told_of(r->tx, campus),
		.address = address_of(r, r->campus),
		.tells = actor_may(&r->actor, MAY_TELL_PRACTICE, r->place),
	});
}

void
practice_draw_with(struct req *r, organisation_id organisation)
{
	struct diary_practice_list all = practices_with(r->tx, organisation, WITH_MOST);
	struct names names;
	struct diary_practice_line_list list;

	if (all.n == 0)
		return;
	names = names_of(r);
	list = no_lines(r, all.n);
	for (size_t i = 0; i < all.n; i++)
		list.at[list.n++] = line_of(r, &names, &all.at[i]);
	diary_practices_with_html(r, &(struct diary_practices_with_component){list});
}

/* --- forms ------------------------------------------------------------------------------------------- */

#define AT(field) offsetof(struct practice_form, field)

static const struct choice often[] = {
	{DIARY_PRACTICE_OFTEN_DAY, "day", T_DIARY_PRACTICE_OFTEN_DAY},
	{DIARY_PRACTICE_OFTEN_WEEK, "week", T_DIARY_PRACTICE_OFTEN_WEEK},
	{DIARY_PRACTICE_OFTEN_MONTH, "month", T_DIARY_PRACTICE_OFTEN_MONTH},
	{DIARY_PRACTICE_OFTEN_TERM, "term", T_DIARY_PRACTICE_OFTEN_TERM},
	{DIARY_PRACTICE_OFTEN_YEAR, "year", T_DIARY_PRACTICE_OFTEN_YEAR},
	{DIARY_PRACTICE_OFTEN_NOW_AND_THEN, "now_and_then", T_DIARY_PRACTICE_OFTEN_NOW_AND_THEN},
};

static const struct form_field practice_fields[] = {
	{"words", FORM_TEXT, AT(words), .required = true, .max = PRACTICE_WORDS_MAX, .label = T_DIARY_PRACTICE_WORDS,
	    .hint = T_DIARY_PRACTICE_WORDS_HINT},
	{"often", FORM_SELECT, AT(often), .required = true, .label = T_DIARY_PRACTICE_HOW_OFTEN,
	    .choices = {often, sizeof often / sizeof *often}},
	{"with", FORM_SELECT, AT(organisation), .label = T_DIARY_WITH},
	{"partners", FORM_TEXT, AT(partners), .max = PRACTICE_PARTNERS_MAX, .label = T_DIARY_PRACTICE_PARTNERS,
	    .hint = T_DIARY_PRACTICE_PARTNERS_HINT},
	{"version", FORM_HIDDEN, AT(version)},
};

static const struct form_spec practice_spec = FORM_SPEC("practice", struct practice_form, practice_fields);

struct join_form {
	int64_t item, version;
};

static const struct form_field join_fields[] = {
	{"item", FORM_SELECT, offsetof(struct join_form, item), .required = true, .label = T_DIARY_PRACTICE_ITEM},
	{"version", FORM_HIDDEN, offsetof(struct join_form, version)},
};

static const struct form_spec join_spec = FORM_SPEC("practice_join", struct join_form, join_fields);

static const struct form_field item_fields[] = {
	{"title", FORM_TEXTS, offsetof(struct practice_item_form, title), .required = true, .max = 200,
	    .label = T_DIARY_PRACTICE_ITEM_TITLE},
	{"week", FORM_INT, offsetof(struct practice_item_form, week), .required = true, .min = 1, .max = 53,
	    .label = T_DIARY_PRACTICE_ITEM_WEEK},
	{"common", FORM_CHECK, offsetof(struct practice_item_form, common), .label = T_DIARY_PRACTICE_ITEM_COMMON},
	{"version", FORM_HIDDEN, offsetof(struct practice_item_form, version)},
};

static const struct form_spec item_spec = FORM_SPEC("practice_item", struct practice_item_form, item_fields);

struct version_form {
	int64_t version;
};

static const struct form_field version_fields[] = {
	{"version", FORM_HIDDEN, offsetof(struct version_form, version)},
};

static const struct form_spec version_spec = FORM_SPEC("practice_version", struct version_form, version_fields);

static void
show_form(struct req *r, const struct names *names, const struct practice_form *from)
{
	struct form_state *form = form_show(r, &practice_spec, from);

	form_choices(form, "with", diary_organisations(r, names->organisations, T_DIARY_WITH_NOBODY));
}

/* Asked on the writer, where the list cannot change any more. */
static bool
is_right(struct req *r, const struct practice_form *f)
{
	if (f->organisation && !partner_in(partners_all(r->tx), (organisation_id){f->organisation}))
		form_problem(form_posted(r), "with", said(T_DIARY_PRACTICE_CHOOSE));
	return form_posted(r)->problems == 0;
}

/* --- the list ------------------------------------------------------------------------------------------ */

/* What the reader may bring back here. */
static struct diary_practice_line_list
removed_here(struct req *r, const struct names *names)
{
	struct diary_practice_list all = practices_removed(r->tx, (campus_id){r->place}, REMOVED_MAX);
	struct diary_practice_line_list list = no_lines(r, all.n);

	for (size_t i = 0; i < all.n; i++)
		if (practice_may_change(&r->actor, &all.at[i]))
			list.at[list.n++] = line_of(r, names, &all.at[i]);
	return list;
}

static void
show_practices(struct req *r)
{
	struct names names = names_of(r);
	struct diary_practice_list all = practices_told(r->tx, (campus_id){r->place}, LISTED_MAX);
	size_t most = names.campuses.n;
	struct diary_practices_page page = {
		.of_campus = r->campus != NULL,
		.tells = r->campus && actor_may(&r->actor, MAY_TELL_PRACTICE, r->place),
		.cut = !r->campus && all.n == LISTED_MAX ? LISTED_MAX : 0,
		.groups = {ARENA_ARRAY(r->arena, struct diary_practice_group, most), 0},
		.others = {ARENA_ARRAY(r->arena, struct diary_practice_group, most), 0},
	};

	for (size_t i = 0; i < most; i++) {
		const struct campus *c = &names.campuses.at[i];
		struct diary_practice_group group = {c->name, c->color, address_of(r, c),
		    lines_there(r, &names, all, c->id)};

		if (group.lines.n)
			page.groups.at[page.groups.n++] = group;
		if (actor_may(&r->actor, MAY_TELL_PRACTICE, c->id.n))
			page.others.at[page.others.n++] = group;
	}
	if (page.tells) {
		show_form(r, &names, NULL);
		page.removed = removed_here(r, &names);
	}
	diary_practices_html(r, &page);
}

static struct outcome
done(struct req *r, enum verdict v, const struct text *flash)
{
	if (v == VERDICT_OK)
		return see_other(r, "/{lang}/{campus}/practices", said(flash));
	return refused(r, v, said(v == VERDICT_CONFLICT ? T_DIARY_PRACTICE_CHANGED_SINCE : T_DIARY_PRACTICE_NOT_THERE));
}

static struct outcome
tell(struct req *r)
{
	if (!is_right(r, r->form))
		return refused(r, VERDICT_INVALID, (struct said){0});
	return done(r, practice_tell(r->tx, &r->actor, (campus_id){r->place}, r->form, r->lang),
	    T_DIARY_PRACTICE_TOLD_FLASH);
}

/* --- one of them ------------------------------------------------------------------------------------------ */

/* The practice of the path, for those who may change it. */
static bool
find_practice(struct req *r, struct diary_practice *p)
{
	return practice_by_id(r->tx, (diary_practice_id){path_int(r, "practice")}, (campus_id){r->place}, p) &&
	    practice_may_change(&r->actor, p);
}

/* The year in which it would stand; none that is closed. */
static bool
find_year(struct req *r, struct school_year *y)
{
	return wheel_year_now(r->tx, &r->actor, r->today, y) && y->state != SCHOOL_YEAR_STATE_CLOSED;
}

static struct choices
items_to_choose(struct req *r, const struct school_year *y)
{
	struct practice_item_list all = practice_items(r->tx, y->id, (campus_id){r->place});
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);

	at[0] = (struct choice){0, .word = "", .text = T_DIARY_PRACTICE_CHOOSE_ITEM};
	for (size_t i = 0; i < all.n; i++)
		at[i + 1] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].title, r->lang).text};
	return (struct choices){at, all.n + 1};
}

static struct diary_practice_line_list
pasts_of(struct req *r, const struct names *names, const struct diary_practice *p)
{
	struct diary_practice_past_list all = practice_pasts(r->tx, p->id);
	struct diary_practice_line_list list = no_lines(r, all.n);

	for (size_t i = 0; i < all.n; i++) {
		struct diary_practice was = {.id = p->id, .words = all.at[i].words,
		    .organisation = all.at[i].organisation, .partners = all.at[i].partners, .told_by = p->told_by};

		diary_practice_language_of(all.at[i].language, &was.language);
		diary_practice_often_of(all.at[i].often, &was.often);
		list.at[list.n++] = line_of(r, names, &was);
	}
	return list;
}

static void
show_planning(struct req *r, const struct diary_practice *p, const struct school_year *y)
{
	struct practice_item_form item = {texts_of(p->words, practice_lang(p)), week_of(r->today).week, false,
	    p->version};

	form_choices(form_show(r, &join_spec, &(struct join_form){0, p->version}), "item", items_to_choose(r, y));
	form_show(r, &item_spec, &item);
}

static void
show_practice(struct req *r)
{
	struct names names = names_of(r);
	struct diary_practice p;
	struct school_year y;
	struct diary_practice_edit_page page;

	if (!find_practice(r, &p))
		page_not_found(r);
	page = (struct diary_practice_edit_page){
		.base = path_fill(r, "/{lang}/{campus}/practices/{practice}"),
		.back = path_fill(r, "/{lang}/{campus}/practices"),
		.line = line_of(r, &names, &p),
		.removed = p.removed_at.s != 0,
		.plans = actor_may(&r->actor, MAY_EDIT_PRACTICES, r->place),
		.has_year = find_year(r, &y),
		.may_common = actor_may(&r->actor, MAY_EDIT_WHEEL, 0),
		.pasts = pasts_of(r, &names, &p),
	};
	show_form(r, &names, &(struct practice_form){p.words, p.often, p.organisation.n, p.partners, p.version});
	if (page.plans && page.has_year)
		show_planning(r, &p, &y);
	diary_practice_edit_html(r, &page);
}

static struct outcome
mend(struct req *r)
{
	struct diary_practice p;

	if (!find_practice(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!is_right(r, r->form))
		return refused(r, VERDICT_INVALID, (struct said){0});
	return done(r, practice_mend(r->tx, &r->actor, &p, r->form, r->lang), T_DIARY_PRACTICE_CHANGED_FLASH);
}

static struct outcome
set_removed(struct req *r, bool removed, const struct text *flash)
{
	const struct version_form *f = r->form;
	struct diary_practice p;

	if (!find_practice(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return done(r, practice_set_removed(r->tx, &r->actor, &p, f->version, removed), flash);
}

static struct outcome
take_away(struct req *r)
{
	return set_removed(r, true, T_DIARY_PRACTICE_REMOVED_FLASH);
}

static struct outcome
bring_back(struct req *r)
{
	return set_removed(r, false, T_DIARY_PRACTICE_RETURNED_FLASH);
}

/* --- in the wheel ------------------------------------------------------------------------------------------ */

static bool
may_choose(struct req *r, const struct school_year *y, int64_t item, struct practice_item *chosen)
{
	struct choices all = items_to_choose(r, y);

	for (size_t i = 1; i < all.n; i++)
		if (all.at[i].value == item)
			return practice_item_by_id(r->tx, (wheel_item_id){item}, chosen);
	return false;
}

static struct outcome
join(struct req *r)
{
	const struct join_form *f = r->form;
	struct diary_practice p;
	struct school_year y;
	struct practice_item item;

	if (!find_practice(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!find_year(r, &y))
		return refused(r, VERDICT_FORBIDDEN, said(T_DIARY_PRACTICE_NO_YEAR));
	if (!may_choose(r, &y, f->item, &item)) {
		form_problem(form_posted(r), "item", said(T_DIARY_PRACTICE_CHOOSE));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	return done(r, practice_set_joined(r->tx, &r->actor, &p, f->version, item.series,
	    texts_in(item.title, r->lang).text), T_DIARY_PRACTICE_JOINED_FLASH);
}

static struct outcome
part(struct req *r)
{
	const struct version_form *f = r->form;
	struct diary_practice p;

	if (!find_practice(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return done(r, practice_set_joined(r->tx, &r->actor, &p, f->version, (wheel_series_id){0}, STR("")),
	    T_DIARY_PRACTICE_PARTED_FLASH);
}

static struct outcome
make_item(struct req *r)
{
	const struct practice_item_form *f = r->form;
	struct diary_practice p;
	struct school_year y;
	wheel_item_id made;
	enum verdict v;

	if (!find_practice(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!find_year(r, &y))
		return refused(r, VERDICT_FORBIDDEN, said(T_DIARY_PRACTICE_NO_YEAR));
	v = practice_make_item(r->tx, &r->actor, &p, &y, f, &made);
	if (v == VERDICT_INVALID)
		form_problem(form_posted(r), "week", t_diary_practice_week_not_there(f->week));
	if (v != VERDICT_OK)
		return v == VERDICT_INVALID ? refused(r, v, (struct said){0}) : done(r, v, NULL);
	return see_address(r, str_fmt(r->arena, "%.*s/wheel/%lld/%lld/edit", STR_ARG(path_fill(r, f->common ? "/{lang}"
	    : "/{lang}/{campus}")), (long long)y.year, (long long)made.n), said(T_DIARY_PRACTICE_MADE_FLASH));
}

#define HERE "/{lang}/{campus}/practices"
#define ONE HERE "/{practice}"

const struct route practice_routes[] = {
	{GET, "/{lang}/practices", MAY_ANYONE, show_practices},
	{GET, HERE, MAY_ANYONE, show_practices},
	{POST, HERE, MAY_TELL_PRACTICE, show_practices, tell, &practice_spec},
	{GET, ONE, MAY_TELL_PRACTICE, show_practice},
	{POST, ONE, MAY_TELL_PRACTICE, show_practice, mend, &practice_spec},
	{POST, ONE "/remove", MAY_TELL_PRACTICE, show_practice, take_away, &version_spec},
	{POST, ONE "/return", MAY_TELL_PRACTICE, show_practice, bring_back, &version_spec},
	{POST, ONE "/join", MAY_EDIT_PRACTICES, show_practice, join, &join_spec},
	{POST, ONE "/part", MAY_EDIT_PRACTICES, show_practice, part, &version_spec},
	{POST, ONE "/item", MAY_EDIT_PRACTICES, show_practice, make_item, &item_spec},
	{0},
};
