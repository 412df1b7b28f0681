/* A college's file: what `nuotio init --college FILE.json` reads of the provider and its campuses. */
#include "app/campus/campus.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/http/http.h"

#include "app/campus/campus.sql.h" /* generated */

enum {
	SLUG_MAX = 30,
	COLORS = 8,
	/* School years, counted from the running one. */
	FILE_FIRST = -1, /* from here on the file is the truth; what is older stays as it was */
	YEARLY_LAST = 10, /* breaks of every year are written down until then */
	DAYS_YEAR = 365,
	WEEKS_MOST = 53,
	YEAR_MIN = 2000,
	YEAR_MAX = 2200,
};

static const char *const weekdays[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static struct provider
load_provider(struct tx *tx, struct json_in *in, const struct json *college)
{
	const struct json *j = json_member(in, college, "provider");
	struct str zone = json_text_or(in, j, "time_zone", STR("Europe/Helsinki"));
	struct str start = json_text_or(in, j, "school_year_start", STR("08-01"));
	struct texts name = json_texts(in, j, "name");

	if (!zone_find(zone))
		json_problem(in, json_member(in, j, "time_zone"), "\"%.*s\" is no time zone known here",
		    STR_ARG(zone));
	if (!date_is_anchor(start)) {
		json_problem(in, json_member(in, j, "school_year_start"),
		    "\"%.*s\" is no day like 08-01", STR_ARG(start));
		start = STR("08-01");
	}
	provider_put(tx, name, json_texts_or(in, j, "tagline"), zone, start);
	return provider_of(tx);
}

/* Small letters, digits and inner dashes; the first words of other addresses are taken. */
static void
check_slug(struct json_in *in, const struct json *campus, struct str slug)
{
	const struct json *j = json_member(in, campus, "slug");

	if (slug.n < 2 || slug.n > SLUG_MAX) {
		json_problem(in, j, "2 to %d letters are needed", SLUG_MAX);
		return;
	}
	for (size_t i = 0; i < slug.n; i++) {
		char c = slug.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    !(c == '-' && i > 0 && i + 1 < slug.n)) {
			json_problem(in, j, "only a–z, 0–9 and inner dashes, not \"%.*s\"", STR_ARG(slug));
			return;
		}
	}
	if (router_reserves_slug(slug))
		json_problem(in, j, "\"%.*s\" is the beginning of other addresses", STR_ARG(slug));
}

static struct str
load_working_days(struct tx *tx, struct json_in *in, const struct json *campus)
{
	struct json_items list = json_list(in, campus, "working_days");
	struct out o = out_new(tx->arena);

	if (list.n == 0)
		return STR("12345");
	for (int d = 0; d < 7; d++)
		for (size_t i = 0; i < list.n; i++)
			if (list.at[i].kind == IS_TEXT && str_is(list.at[i].text, weekdays[d]))
				out_int(&o, d + 1);
	if (o.n != list.n)
		json_problem(in, json_member(in, campus, "working_days"), "mon, tue, … sun are known, each once");
	return o.n ? out_text(&o) : STR("12345");
}

/* The days of a break that is every year: the `week` it fills, or its first and last day as MM-DD. */
static struct span
yearly_days(struct span school_year, int week, struct str starts, struct str ends)
{
	struct date first;

	if (week)
		return week_in_span(school_year, week);
	first = date_of_anchor(school_year, starts);
	/* It may end in the next school year. */
	return (struct span){first, date_of_anchor((struct span){first, date_add_days(first, DAYS_YEAR)}, ends)};
}

static void
load_break(struct tx *tx, struct json_in *in, const struct json *j, campus_id campus,
    const struct provider *p, int running)
{
	bool has_week = json_member(in, j, "week")->kind != IS_ABSENT;
	int week = has_week ? (int)json_int(in, j, "week", 1, WEEKS_MOST) : 0;
	struct str starts = has_week ? STR("") : json_text(in, j, "starts");
	struct str ends = has_week ? STR("") : json_text(in, j, "ends");
	struct span once = {date_of_iso(starts), date_of_iso(ends)};
	struct texts name = json_texts(in, j, "name");

	if (once.first.day && once.last.day >= once.first.day)
		campus_break_put(tx, campus, name, once.first, once.last);
	else if (has_week ? week : date_is_anchor(starts) && date_is_anchor(ends))
		for (int year = running + FILE_FIRST; year <= running + YEARLY_LAST; year++) {
			struct span days = yearly_days(provider_year(p, year), week, starts, ends);

			campus_break_put(tx, campus, name, days.first, days.last);
		}
	else if (!has_week)
		json_problem(in, j, "`starts` and `ends` as 2026-10-12 or 10-12, or `week`, are needed");
}

static void
load_help(struct tx *tx, struct json_in *in, const struct json *j, campus_id campus)
{
	size_t how = json_word(in, j, "how", campus_help_how_words, CAMPUS_HELP_HOW_COUNT);
	struct str contact = json_text_or(in, j, "contact", STR(""));

	if (how == 0)
		return;
	if (contact.n == 0 && how != CAMPUS_HELP_HOW_WALK_IN)
		json_problem(in, json_member(in, j, "contact"), "a number or an address is needed");
	campus_help_put(tx, campus, (int64_t)j->index + 1, json_texts(in, j, "who"),
	    (enum campus_help_how)how, contact, json_texts_or(in, j, "hours"),
	    json_text_or(in, j, "languages", STR("")), json_texts_or(in, j, "ask"));
}

/* --- campuses --------------------------------------------------------------------------------------- */

/* Whether one of the first `n` campuses of the file has that slug. */
static bool
is_slug_in(struct json_in *in, struct json_items campuses, size_t n, struct str slug)
{
	for (size_t i = 0; i < n; i++) {
		const struct json *j = json_member(in, &campuses.at[i], "slug");

		if (j->kind == IS_TEXT && str_eq(j->text, slug))
			return true;
	}
	return false;
}

/* A campus whose slug stands among its old ones has a new address: the same campus, with all it did. */
static void
rename_campus(struct tx *tx, struct json_in *in, const struct json *j, struct str slug, struct json_items campuses)
{
	struct json_items list = json_list(in, j, "old_slugs");
	struct campus campus;

	if (campus_by_slug(tx, slug, &campus))
		return;
	for (size_t i = 0; i < list.n; i++) {
		if (list.at[i].kind != IS_TEXT || is_slug_in(in, campuses, campuses.n, list.at[i].text) ||
		    !campus_by_slug(tx, list.at[i].text, &campus))
			continue;
		campus_rename(tx, campus.id, slug);
		return;
	}
}

/* Addresses that the campus had before, or that of one that has ended, lead to it. */
static void
load_old_slugs(struct tx *tx, struct json_in *in, const struct json *j, campus_id campus)
{
	struct json_items list = json_list(in, j, "old_slugs");
	struct campus now;

	for (size_t i = 0; i < list.n; i++) {
		if (list.at[i].kind != IS_TEXT || list.at[i].text.n == 0)
			json_problem(in, &list.at[i], "a text is needed");
		else if (campus_find(tx, list.at[i].text, &now))
			json_problem(in, &list.at[i], "\"%.*s\" is the address of a campus now",
			    STR_ARG(list.at[i].text));
		else
			campus_old_slug_put(tx, list.at[i].text, campus);
	}
}

static void
load_color(struct json_in *in, const struct json *j, int64_t *color)
{
	*color = json_int_or(in, j, "color", (int64_t)(j->index % COLORS) + 1);
	if (*color < 1 || *color > COLORS)
		json_problem(in, json_member(in, j, "color"), "%lld is not between 1 and %d", (long long)*color,
		    COLORS);
}

/* 0 after a mistake. */
static campus_id
load_campus(struct tx *tx, struct json_in *in, const struct json *j, struct json_items campuses)
{
	struct str slug = json_text(in, j, "slug"), town = json_text_or(in, j, "municipality", STR(""));
	size_t language = json_word(in, j, "language", campus_language_words, CAMPUS_LANGUAGE_COUNT);
	struct texts name = json_texts(in, j, "name");
	struct municipality municipality = {0};
	struct str days = load_working_days(tx, in, j);
	size_t before = in->count;
	int64_t color;
	campus_id id;

	check_slug(in, j, slug);
	if (is_slug_in(in, campuses, j->index, slug))
		json_problem(in, json_member(in, j, "slug"), "\"%.*s\" stands here twice", STR_ARG(slug));
	if (town.n && !municipality_by_key(tx, town, &municipality))
		json_problem(in, json_member(in, j, "municipality"), "\"%.*s\" is none of `municipalities`",
		    STR_ARG(town));
	load_color(in, j, &color);
	if (in->count > before || language == 0 || slug.n == 0)
		return (campus_id){0};
	rename_campus(tx, in, j, slug, campuses);
	campus_old_slug_clear(tx, slug);
	id = campus_put(tx, slug, name, json_texts_or(in, j, "character"), municipality.id,
	    (enum campus_language)language, color, (int64_t)j->index + 1, days,
	    json_bool_or(in, j, "students_suggest", false));
	if (json_bool_or(in, j, "ended", false))
		campus_end(tx, id, tx->now);
	else
		campus_go_on(tx, id);
	return id;
}

/* What is not in the file any more goes. */
static void
load_details(struct tx *tx, struct json_in *in, const struct json *j, campus_id id, const struct provider *p,
    int running)
{
	struct json_items breaks = json_list(in, j, "breaks"), helps = json_list(in, j, "help");

	load_old_slugs(tx, in, j, id);
	campus_terms_clear(tx, id, running + FILE_FIRST);
	campus_breaks_clear(tx, id, provider_year(p, running + FILE_FIRST).first);
	for (size_t i = 0; i < breaks.n; i++)
		load_break(tx, in, &breaks.at[i], id, p, running);
	campus_helps_clear(tx, id);
	for (size_t i = 0; i < helps.n; i++)
		load_help(tx, in, &helps.at[i], id);
}

static void
load_term(struct tx *tx, struct json_in *in, const struct json *j, int running)
{
	struct str slug = json_text(in, j, "campus");
	int64_t year = json_int(in, j, "school_year", -YEAR_MAX, YEAR_MAX);
	size_t term = json_word(in, j, "term", campus_term_term_words, CAMPUS_TERM_TERM_COUNT);
	int64_t students = json_int(in, j, "students", 0, 1000000);
	int64_t staff = json_int(in, j, "staff", 0, 1000000);
	struct campus campus;

	if (year <= 0)
		year += running;
	if (year < YEAR_MIN || year > YEAR_MAX)
		json_problem(in, json_member(in, j, "school_year"), "0, -1 or a year like %d is needed", running);
	else if (slug.n && !campus_find(tx, slug, &campus))
		json_problem(in, json_member(in, j, "campus"), "\"%.*s\" is none of `campuses`, or has ended",
		    STR_ARG(slug));
	else if (slug.n && term)
		campus_term_put(tx, campus.id, year, (enum campus_term_term)term, students, staff);
}

void
campus_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	struct provider p = load_provider(tx, in, college);
	struct json_items towns = json_list(in, college, "municipalities");
	struct json_items campus = json_list(in, college, "campuses");
	struct json_items terms = json_list(in, college, "terms");
	campus_id *id = ARENA_ARRAY(tx->arena, campus_id, campus.n);
	int running = provider_year_of(&p, today);
	size_t before = in->count;

	for (size_t i = 0; i < towns.n; i++)
		municipality_put(tx, json_text(in, &towns.at[i], "key"), json_texts(in, &towns.at[i], "name"));
	/* All of them first: an old slug of one may be that of another. */
	for (size_t i = 0; i < campus.n; i++)
		id[i] = load_campus(tx, in, &campus.at[i], campus);
	for (size_t i = 0; i < campus.n; i++)
		if (id[i].n)
			load_details(tx, in, &campus.at[i], id[i], &p, running);
	if (campus.n == 0 || (in->count == before && campus_all(tx).n == 0))
		json_problem(in, json_member(in, college, "campuses"), "at least one campus is needed");
	for (size_t i = 0; i < terms.n; i++)
		load_term(tx, in, &terms.at[i], running);
}
