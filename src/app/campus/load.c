/* A college's file: what `nuotio init --college FILE.json` reads of the provider and its campuses. */
#include "app/campus/campus.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"

#include "core/db/db.h"
#include "core/http/server.h"

#include "app/campus/campus.sql.h" /* generated */

enum { SLUG_MAX = 30, YEARLY_FIRST = -1, YEARLY_LAST = 1 };

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

/* A break has `starts` and `ends` as dates, or every year as MM-DD, or the `week` it fills. */
static void
load_break(struct tx *tx, struct json_in *in, const struct json *j, campus_id campus,
    const struct provider *p, int running)
{
	struct texts name = json_texts(in, j, "name");
	int64_t week = json_int_or(in, j, "week", 0);
	struct str starts = week ? STR("") : json_text(in, j, "starts");
	struct str ends = week ? STR("") : json_text(in, j, "ends");

	for (int year = running + YEARLY_FIRST; year <= running + YEARLY_LAST; year++) {
		struct span school_year = provider_year(p, year), days;

		if (week)
			days = week_in_span(school_year, (int)week);
		else if (date_is_anchor(starts) && date_is_anchor(ends))
			days = (struct span){date_of_anchor(school_year, starts),
			    date_of_anchor(school_year, ends)};
		else
			days = (struct span){date_of_iso(starts), date_of_iso(ends)};
		if (days.first.day == 0 || days.last.day < days.first.day) {
			json_problem(in, j, "`starts` and `ends` as 2026-10-12 or 10-12, or `week`, are needed");
			return;
		}
		campus_break_put(tx, campus, name, days.first, days.last);
		if (!week && !date_is_anchor(starts))
			return;
	}
}

static void
load_help(struct tx *tx, struct json_in *in, const struct json *j, campus_id campus)
{
	size_t how = json_word(in, j, "how", campus_help_how_words, CAMPUS_HELP_HOW_COUNT);

	if (how == 0)
		return;
	campus_help_put(tx, campus, (int64_t)j->index + 1, json_texts(in, j, "who"),
	    (enum campus_help_how)how, json_text_or(in, j, "contact", STR("")), json_texts_or(in, j, "hours"),
	    json_text_or(in, j, "languages", STR("")), json_texts_or(in, j, "ask"));
}

/* Addresses that the campus had before lead to it still. */
static void
load_old_slugs(struct tx *tx, struct json_in *in, const struct json *j, campus_id campus)
{
	struct json_items list = json_list(in, j, "old_slugs");
	struct campus now;

	for (size_t i = 0; i < list.n; i++) {
		if (list.at[i].kind != IS_TEXT || list.at[i].text.n == 0)
			json_problem(in, &list.at[i], "a text is needed");
		else if (campus_by_slug(tx, list.at[i].text, &now))
			json_problem(in, &list.at[i], "\"%.*s\" is the address of a campus now", STR_ARG(list.at[i].text));
		else
			campus_old_slug_put(tx, list.at[i].text, campus);
	}
}

static void
load_campus(struct tx *tx, struct json_in *in, const struct json *j, const struct provider *p, int running)
{
	struct str slug = json_text(in, j, "slug"), town = json_text_or(in, j, "municipality", STR(""));
	size_t language = json_word(in, j, "language", campus_language_words, CAMPUS_LANGUAGE_COUNT);
	struct json_items breaks = json_list(in, j, "breaks"), helps = json_list(in, j, "help");
	struct municipality municipality = {0};
	size_t before = in->count;
	campus_id id;

	check_slug(in, j, slug);
	if (town.n && !municipality_by_key(tx, town, &municipality))
		json_problem(in, json_member(in, j, "municipality"), "\"%.*s\" is none of `municipalities`",
		    STR_ARG(town));
	if (in->count > before || language == 0 || slug.n == 0)
		return;
	id = campus_put(tx, slug, json_texts(in, j, "name"), json_texts_or(in, j, "character"),
	    municipality.id, (enum campus_language)language,
	    json_int_or(in, j, "color", (int64_t)(j->index % 8) + 1), (int64_t)j->index + 1,
	    load_working_days(tx, in, j));
	load_old_slugs(tx, in, j, id);
	for (size_t i = 0; i < breaks.n; i++)
		load_break(tx, in, &breaks.at[i], id, p, running);
	for (size_t i = 0; i < helps.n; i++)
		load_help(tx, in, &helps.at[i], id);
}

static void
load_term(struct tx *tx, struct json_in *in, const struct json *j, int running)
{
	struct str slug = json_text(in, j, "campus");
	int64_t year = json_int(in, j, "school_year", -30, 2200);
	size_t term = json_word(in, j, "term", campus_term_term_words, CAMPUS_TERM_TERM_COUNT);
	int64_t students = json_int(in, j, "students", 0, 1000000);
	int64_t staff = json_int(in, j, "staff", 0, 1000000);
	struct campus campus;

	if (!campus_find(tx, slug, &campus)) {
		json_problem(in, json_member(in, j, "campus"), "\"%.*s\" is none of `campuses`", STR_ARG(slug));
		return;
	}
	if (term)
		campus_term_put(tx, campus.id, year <= 0 ? running + year : year,
		    (enum campus_term_term)term, students, staff);
}

void
campus_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	struct provider p = load_provider(tx, in, college);
	struct json_items towns = json_list(in, college, "municipalities");
	struct json_items campus = json_list(in, college, "campuses");
	struct json_items terms = json_list(in, college, "terms");
	int running = provider_year_of(&p, today);

	if (campus.n == 0)
		json_problem(in, json_member(in, college, "campuses"), "at least one campus is needed");
	for (size_t i = 0; i < towns.n; i++)
		municipality_put(tx, json_text(in, &towns.at[i], "key"), json_texts(in, &towns.at[i], "name"));
	for (size_t i = 0; i < campus.n; i++)
		load_campus(tx, in, &campus.at[i], &p, running);
	for (size_t i = 0; i < terms.n; i++)
		load_term(tx, in, &terms.at[i], running);
}
