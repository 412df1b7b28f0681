/* The pages of the working diary: a line is written, found again, summed up and taken along. */
#include "app/diary/inside.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/sheet.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/diary/diary.html.h"  /* generated */
#include "app/diary/diary.sql.h"   /* generated */
#include "app/diary/diary.texts.h" /* generated */
#include "app/framework/framework.h"
#include "app/page/page.h"
#include "app/partner/partner.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */

enum { LISTED_MAX = 200, EXPORTED_MAX = 50000, REMOVED_MAX = 10, ABOUT_MAX = 5, YEARS_FIRST = 2000 };

/* --- names ---------------------------------------------------------------------------------------- */

/* What the numbers of an entry mean, read once a page. */
struct names {
	struct campus_list campuses;
	struct organisation_list organisations;
	struct measure_list measures;
	struct person_list people;
};

static struct names
names_of(struct req *r)
{
	return (struct names){campus_ever(r->tx), partners_all(r->tx), framework_measures(r->tx), people_ever(r->tx)};
}

static const struct measure *
measure_in(struct measure_list list, measure_id id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id.n)
			return &list.at[i];
	return NULL;
}

/* Also of one that has ended. */
static struct texts
organisation_name(struct req *r, const struct names *names, organisation_id id)
{
	const struct organisation *o = partner_in(names->organisations, id);
	struct organisation ended;

	if (o)
		return o->name;
	return id.n && partner_find(r->tx, id, &ended) ? ended.name : (struct texts){0};
}

static struct diary_line
line_of(struct req *r, const struct names *names, const struct diary_entry *e)
{
	const struct campus *campus = campus_in(names->campuses, e->campus);
	const struct measure *measure = measure_in(names->measures, e->measure);
	const struct person *by = person_in(names->people, e->written_by);

	return (struct diary_line){
		.day = e->day,
		.words = e->words,
		.campus = campus ? campus->name : (struct texts){0},
		.has_campus = campus != NULL,
		.color = campus ? campus->color : 0,
		.organisation = organisation_name(r, names, e->organisation),
		.has_organisation = e->organisation.n != 0,
		.measure = measure ? measure->key : STR(""),
		.by = by ? by->name : STR(""),
		.change = diary_may_change(&r->actor, e) ? str_fmt(r->arena, "/%s/diary/%lld", lang_code(r->lang),
		    (long long)e->id.n) : STR(""),
		.version = e->version,
	};
}

static struct diary_line_list
lines_of(struct req *r, const struct names *names, struct diary_entry_list all)
{
	struct diary_line_list list = {ARENA_ARRAY(r->arena, struct diary_line, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = line_of(r, names, &all.at[i]);
	return list;
}

/* --- what is looked for ------------------------------------------------------------------------------ */

struct sought {
	struct span days;
	campus_id campus;
	organisation_id organisation;
	measure_id measure;
};

/* Without days the running school year, with a day to spare on neither side. */
static struct sought
sought_of(struct req *r)
{
	struct provider p = provider_of(r->tx);
	struct span year = provider_year(&p, provider_year_of(&p, r->today));
	struct date first = date_of_iso(query_text(r, "first")), last = date_of_iso(query_text(r, "last"));

	return (struct sought){
		{first.day ? first : year.first, last.day ? last : year.last},
		{query_int(r, "campus", 0)}, {query_int(r, "with", 0)}, {query_int(r, "measure", 0)},
	};
}

static struct diary_entry_list
entries_of(struct req *r, const struct sought *s, int64_t limit)
{
	return diary_entries(r->tx, s->days.first, s->days.last, s->campus, s->organisation, s->measure, limit);
}

/* --- sums ------------------------------------------------------------------------------------------- */

/* Adds to the line with that key; a new one when there is none. */
static void
add_sum(struct diary_total_list *list, int64_t key, struct texts name, int64_t n)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].key == key) {
			list->at[i].n += n;
			return;
		}
	list->at[list->n++] = (struct diary_total){.key = key, .name = name, .n = n};
}

/* The most first; of those alike, the one that came first. */
static void
sort_sums(struct diary_total_list *list)
{
	for (size_t i = 1; i < list->n; i++) {
		struct diary_total t = list->at[i];
		size_t k = i;

		for (; k > 0 && list->at[k - 1].n < t.n; k--)
			list->at[k] = list->at[k - 1];
		list->at[k] = t;
	}
}

static struct diary_total_list
empty_sums(struct req *r, size_t n)
{
	return (struct diary_total_list){ARENA_ARRAY(r->arena, struct diary_total, n), 0};
}

/* Campuses and measures stand in their own order, for nobody is ranked. */
static int64_t
fill_sums(struct req *r, const struct names *names, struct diary_sum_list sums, struct diary_index_page *page)
{
	int64_t all = 0;

	page->by_campus = empty_sums(r, names->campuses.n + 1);
	page->by_measure = empty_sums(r, names->measures.n + 1);
	page->by_organisation = empty_sums(r, sums.n);
	for (size_t i = 0; i < names->campuses.n; i++)
		add_sum(&page->by_campus, names->campuses.at[i].id.n, names->campuses.at[i].name, 0);
	for (size_t i = 0; i < names->measures.n; i++) {
		add_sum(&page->by_measure, names->measures.at[i].id.n, names->measures.at[i].title, 0);
		page->by_measure.at[i].tag = names->measures.at[i].key;
	}
	for (size_t i = 0; i < sums.n; i++) {
		const struct diary_sum *s = &sums.at[i];

		all += s->n;
		add_sum(&page->by_campus, s->campus.n, (struct texts){0}, s->n);
		add_sum(&page->by_measure, s->measure.n, (struct texts){0}, s->n);
		if (s->organisation.n)
			add_sum(&page->by_organisation, s->organisation.n,
			    organisation_name(r, names, s->organisation), s->n);
	}
	sort_sums(&page->by_organisation);
	return all;
}

/* --- the form ---------------------------------------------------------------------------------------- */

#define AT(field) offsetof(struct diary_form, field)

static const struct form_field entry_fields[] = {
	{"words", FORM_TEXT, AT(words), .required = true, .max = DIARY_WORDS_MAX, .label = T_DIARY_WORDS,
	    .hint = T_DIARY_WORDS_HINT},
	{"day", FORM_DATE, AT(day), .required = true, .label = T_DIARY_DAY},
	{"campus", FORM_SELECT, AT(campus), .label = T_DIARY_CAMPUS},
	{"with", FORM_SELECT, AT(organisation), .label = T_DIARY_WITH},
	{"measure", FORM_SELECT, AT(measure), .label = T_DIARY_MEASURE},
	{"version", FORM_HIDDEN, AT(version)},
};

static void
check_entry(struct req *r, void *form, struct form_state *state)
{
	const struct diary_form *f = form;

	if (f->day.day > r->today.day)
		form_problem(state, "day", said(T_DIARY_DAY_AHEAD));
	else if (date_parts(f->day).year < YEARS_FIRST)
		form_problem(state, "day", said(T_DIARY_DAY_LONG_AGO));
}

static const struct form_spec entry_spec = FORM_SPEC("diary", struct diary_form, entry_fields, .check = check_entry);

/* Where this person writes: all campuses together only for those who do so for all. */
static struct choices
campuses_to_choose(struct req *r, const struct names *names, bool any)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, names->campuses.n + 1);
	size_t n = 0;

	if (any || actor_may(&r->actor, MAY_WRITE_DIARY, 0))
		at[n++] = (struct choice){0, .text = T_DIARY_ALL_CAMPUSES};
	for (size_t i = 0; i < names->campuses.n; i++)
		if (names->campuses.at[i].cancelled_at.s == 0 &&
		    (any || actor_may(&r->actor, MAY_WRITE_DIARY, names->campuses.at[i].id.n)))
			at[n++] = (struct choice){names->campuses.at[i].id.n,
			    .plain = texts_in(names->campuses.at[i].name, r->lang).text};
	return (struct choices){at, n};
}

struct choices
diary_organisations(struct req *r, struct organisation_list all, const struct text *none)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);

	at[0] = (struct choice){0, .text = none};
	for (size_t i = 0; i < all.n; i++)
		at[i + 1] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n + 1};
}

static struct choices
measures_to_choose(struct req *r, const struct names *names, const struct text *none)
{
	struct measure_list all = names->measures;
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);

	at[0] = (struct choice){0, .text = none};
	for (size_t i = 0; i < all.n; i++)
		at[i + 1] = (struct choice){all.at[i].id.n, .plain = str_fmt(r->arena, "%.*s %.*s",
		    STR_ARG(all.at[i].key), STR_ARG(texts_in(all.at[i].title, r->lang).text))};
	return (struct choices){at, all.n + 1};
}

static void
show_form(struct req *r, const struct names *names, const struct diary_form *from)
{
	struct form_state *form = form_show(r, &entry_spec, from);

	form_choices(form, "campus", campuses_to_choose(r, names, false));
	form_choices(form, "with", diary_organisations(r, names->organisations, T_DIARY_WITH_NOBODY));
	form_choices(form, "measure", measures_to_choose(r, names, T_DIARY_NO_MEASURE));
}

/* Lists of the database are asked on the writer, where they cannot change any more. */
static bool
are_there(struct req *r, const struct diary_form *f)
{
	struct form_state *state = form_posted(r);
	struct names names = names_of(r);

	if (f->campus && !campus_in(campus_all(r->tx), (campus_id){f->campus}))
		form_problem(state, "campus", said(T_DIARY_CHOOSE));
	if (f->organisation && !partner_in(names.organisations, (organisation_id){f->organisation}))
		form_problem(state, "with", said(T_DIARY_CHOOSE));
	if (f->measure && !measure_in(names.measures, (measure_id){f->measure}))
		form_problem(state, "measure", said(T_DIARY_CHOOSE));
	return state->problems == 0;
}

/* --- the page ----------------------------------------------------------------------------------------- */

static struct diary_filter
filter_of(struct req *r, const struct names *names, const struct sought *s)
{
	return (struct diary_filter){
		.first = s->days.first,
		.last = s->days.last,
		.campuses = page_options(r, campuses_to_choose(r, names, true), s->campus.n),
		.organisations = page_options(r, diary_organisations(r, names->organisations, T_DIARY_WITH_ANYBODY),
		    s->organisation.n),
		.measures = page_options(r, measures_to_choose(r, names, T_DIARY_ANY_MEASURE), s->measure.n),
		.set = r->query.n && !query_text(r, "day").n,
	};
}

/* The next line keeps day and campus of the one before: they come in a row. */
static struct diary_form
next_line(struct req *r)
{
	struct date day = date_of_iso(query_text(r, "day"));

	return (struct diary_form){.day = day.day ? day : r->today, .campus = query_int(r, "at", 0)};
}

static void
show_diary(struct req *r)
{
	struct names names = names_of(r);
	struct sought s = sought_of(r);
	struct diary_form next = next_line(r);
	struct diary_index_page page = {
		.writes = actor_may(&r->actor, MAY_WRITE_DIARY, ACTOR_ANYWHERE),
		.filter = filter_of(r, &names, &s),
		.lines = lines_of(r, &names, entries_of(r, &s, LISTED_MAX)),
		.removed = lines_of(r, &names, diary_removed_by(r->tx, (person_id){r->actor.person}, REMOVED_MAX)),
		.csv = page_with_query(r, "/{lang}/diary/table/csv", r->query),
		.xlsx = page_with_query(r, "/{lang}/diary/table/xlsx", r->query),
	};
	int64_t all;

	all = fill_sums(r, &names, diary_sums(r->tx, s.days.first, s.days.last, s.campus, s.organisation, s.measure),
	    &page);
	page.counted = t_diary_count(all, s.days.first, s.days.last);
	page.listed = (int64_t)page.lines.n;
	page.cut = all > page.listed;
	if (page.writes)
		show_form(r, &names, &next);
	diary_index_html(r, &page);
}

static struct outcome
write_line(struct req *r)
{
	const struct diary_form *f = r->form;
	enum verdict v;
	char iso[11];

	if (!are_there(r, f))
		return refused(r, VERDICT_INVALID, (struct said){0});
	v = diary_write(r->tx, &r->actor, f);
	if (v != VERDICT_OK)
		return refused(r, v, said(T_DIARY_NOT_THERE));
	return see_address(r, str_fmt(r->arena, "/%s/diary?day=%s&at=%lld#line", lang_code(r->lang),
	    date_iso(f->day, iso), (long long)f->campus), said(T_DIARY_SAVED_FLASH));
}

/* --- one line ------------------------------------------------------------------------------------------- */

/* The entry of the path, for those who may change it. */
static bool
find_entry(struct req *r, struct diary_entry *e)
{
	return diary_entry_by_id(r->tx, (diary_entry_id){path_int(r, "entry")}, e) && diary_may_change(&r->actor, e);
}

static struct diary_line_list
pasts_of(struct req *r, const struct names *names, const struct diary_entry *e)
{
	struct diary_entry_past_list all = diary_pasts(r->tx, e->id);
	struct diary_line_list list = {ARENA_ARRAY(r->arena, struct diary_line, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = line_of(r, names, &(struct diary_entry){.id = e->id, .day = all.at[i].day,
		    .campus = all.at[i].place, .organisation = all.at[i].organisation,
		    .measure = all.at[i].measure, .words = all.at[i].words, .written_by = e->written_by});
	return list;
}

static void
show_line(struct req *r)
{
	struct names names = names_of(r);
	struct diary_entry e;

	if (!find_entry(r, &e))
		page_not_found(r);
	show_form(r, &names,
	    &(struct diary_form){e.day, e.campus.n, e.organisation.n, e.measure.n, e.words, e.version});
	diary_edit_html(r, &(struct diary_edit_page){
		.base = path_fill(r, "/{lang}/diary/{entry}"),
		.version = e.version,
		.removed = e.removed_at.s != 0,
		.pasts = pasts_of(r, &names, &e),
	});
}

static struct outcome
done(struct req *r, enum verdict v, const struct text *flash)
{
	if (v == VERDICT_OK)
		return see_other(r, "/{lang}/diary", said(flash));
	return refused(r, v, v == VERDICT_CONFLICT ? said(T_DIARY_CHANGED_SINCE) : said(T_DIARY_NOT_THERE));
}

static struct outcome
change_line(struct req *r)
{
	struct diary_entry e;

	if (!find_entry(r, &e))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!are_there(r, r->form))
		return refused(r, VERDICT_INVALID, (struct said){0});
	return done(r, diary_change(r->tx, &r->actor, &e, r->form), T_DIARY_CHANGED_FLASH);
}

struct version_form {
	int64_t version;
};

static const struct form_field version_fields[] = {
	{"version", FORM_HIDDEN, offsetof(struct version_form, version)},
};

static const struct form_spec version_spec = FORM_SPEC("diary_version", struct version_form, version_fields);

static struct outcome
set_removed(struct req *r, bool removed, const struct text *flash)
{
	const struct version_form *f = r->form;
	struct diary_entry e;

	if (!find_entry(r, &e))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return done(r, diary_set_removed(r->tx, &r->actor, &e, f->version, removed), flash);
}

static struct outcome
remove_line(struct req *r)
{
	return set_removed(r, true, T_DIARY_REMOVED_FLASH);
}

static struct outcome
return_line(struct req *r)
{
	return set_removed(r, false, T_DIARY_RETURNED_FLASH);
}

/* --- what leaves the house --------------------------------------------------------------------------------- */

enum { COLUMNS = 6 };

static void
fill_row(struct req *r, const struct diary_line *line, struct str *cell)
{
	char iso[11];

	cell[0] = str_fmt(r->arena, "%s", date_iso(line->day, iso));
	cell[1] = line->has_campus ? texts_in(line->campus, r->lang).text : page_words(r, T_DIARY_ALL_CAMPUSES);
	cell[2] = line->has_organisation ? texts_in(line->organisation, r->lang).text : STR("");
	cell[3] = line->words;
	cell[4] = line->measure;
	cell[5] = line->by;
}

static void
show_table(struct req *r)
{
	const struct sheet_column columns[COLUMNS] = {
		{page_words(r, T_DIARY_DAY), SHEET_DATE}, {page_words(r, T_DIARY_CAMPUS), SHEET_TEXT},
		{page_words(r, T_DIARY_WITH), SHEET_TEXT}, {page_words(r, T_DIARY_WORDS), SHEET_TEXT},
		{page_words(r, T_DIARY_MEASURE), SHEET_TEXT}, {page_words(r, T_DIARY_BY), SHEET_TEXT},
	};
	struct names names = names_of(r);
	struct sought s = sought_of(r);
	enum page_sheet_form form;
	struct diary_entry_list all;
	struct str *cell;
	char first[11], last[11];

	if (!page_sheet_form(path_text(r, "form"), &form))
		page_not_found(r);
	all = entries_of(r, &s, EXPORTED_MAX);
	cell = ARENA_ARRAY(r->arena, struct str, all.n * COLUMNS);
	for (size_t i = 0; i < all.n; i++) {
		struct diary_line line = line_of(r, &names, &all.at[i]);

		fill_row(r, &line, &cell[i * COLUMNS]);
	}
	page_sheet(r, &(struct sheet){page_words(r, T_DIARY_TITLE), columns, COLUMNS, cell, all.n}, form,
	    str_fmt(r->arena, "%s-%s-%s.%.*s", "diary", date_iso(s.days.first, first), date_iso(s.days.last, last),
	    STR_ARG(path_text(r, "form"))));
}

/* --- on the page of an organisation -------------------------------------------------------------------------- */

void
diary_about(struct req *r, enum subject subject, int64_t id)
{
	struct provider p = provider_of(r->tx);
	struct span year = provider_year(&p, provider_year_of(&p, r->today));
	struct names names;
	struct diary_line_list lines;

	if (subject != SUBJECT_ORGANISATION)
		return;
	practice_draw_with(r, (organisation_id){id});
	if (!actor_may(&r->actor, MAY_SEE_DIARY, ACTOR_ANYWHERE))
		return;
	names = names_of(r);
	lines = lines_of(r, &names, diary_entries_with(r->tx, (organisation_id){id}, year.first, year.last, ABOUT_MAX));
	diary_about_html(r, &(struct diary_about_component){lines,
	    str_fmt(r->arena, "/%s/diary?with=%lld", lang_code(r->lang), (long long)id)});
}

#define DIARY "/{lang}/diary"

const struct route diary_routes[] = {
	{GET, DIARY, MAY_SEE_DIARY, show_diary},
	{POST, DIARY, MAY_WRITE_DIARY, show_diary, write_line, &entry_spec},
	{GET, DIARY "/{entry}", MAY_WRITE_DIARY, show_line},
	{POST, DIARY "/{entry}", MAY_WRITE_DIARY, show_line, change_line, &entry_spec},
	{POST, DIARY "/{entry}/remove", MAY_WRITE_DIARY, show_line, remove_line, &version_spec},
	{POST, DIARY "/{entry}/return", MAY_WRITE_DIARY, show_line, return_line, &version_spec},
	{GET, DIARY "/table/{form}", MAY_SEE_DIARY, show_table, .speed = SLOW},
	{0},
};
