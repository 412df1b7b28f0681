#include "app/campus/campus.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/campus/campus.sql.h"   /* generated */
#include "app/campus/campus.texts.h" /* generated */
#include "app/campus/languages.h"
#include "app/campus/languages.texts.h" /* generated */
#include "app/journal/journal.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

static const struct route *const tables[] = {campus_language_routes, NULL};

static const struct nav nav[] = {
	{T_CAMPUS_LANGUAGES, "/admin/languages", MAY_EDIT_LANGUAGES, false, T_CAMPUS_LANGUAGES_NAV, .at = 60,
	    .whole = true},
	{0},
};

static const struct event *const events[] = {&campus_language_saved, NULL};

const struct room campus_room = {
	.name = "campus",
	.routes = tables,
	.nav = nav,
	.front = campus_draw_languages,
	.events = events,
	.seed = campus_load,
};

struct provider
provider_of(struct tx *tx)
{
	struct provider p = {0};

	provider_find(tx, &p);
	return p;
}

/* "08-01"; the schema keeps it five characters long. */
static void
year_start(const struct provider *p, int *month, int *day)
{
	int64_t m = 8, d = 1;

	if (p->year_start.n == 5) {
		str_int(str_sub(p->year_start, 0, 2), &m);
		str_int(str_sub(p->year_start, 3, 2), &d);
	}
	*month = (int)m;
	*day = (int)d;
}

struct span
provider_year(const struct provider *p, int year)
{
	int month, day;

	year_start(p, &month, &day);
	return school_year_span(year, month, day);
}

int
provider_year_of(const struct provider *p, struct date day)
{
	int year = (int)date_parts(day).year;

	return date_days_between(provider_year(p, year).first, day) >= 0 ? year : year - 1;
}

struct campus_list
campus_all(struct tx *tx)
{
	return campuses(tx);
}

struct campus_list
campus_first(struct tx *tx, size_t most)
{
	return campuses_first(tx, (int64_t)most);
}

struct campus_name_list
campus_names(struct tx *tx, struct instant first)
{
	return campus_names_since(tx, first);
}

struct campus_list
campus_some(struct tx *tx, const campus_id *ids, size_t n)
{
	return campuses_with(tx, ids, n);
}

struct campus_list
campus_since(struct tx *tx, struct instant first)
{
	return campuses_since(tx, first);
}

struct campus_list
campus_ever(struct tx *tx)
{
	return campuses_ever(tx);
}

bool
campus_find(struct tx *tx, struct str slug, struct campus *campus)
{
	return campus_by_slug(tx, slug, campus) && campus->cancelled_at.s == 0;
}

bool
campus_find_old(struct tx *tx, struct str slug, struct campus *campus)
{
	return campus_by_old_slug(tx, slug, campus) && campus->cancelled_at.s == 0;
}

const struct campus *
campus_in(struct campus_list list, campus_id id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id.n)
			return &list.at[i];
	return NULL;
}

struct municipality_list
campus_municipalities(struct tx *tx)
{
	return municipalities(tx);
}

bool
campus_municipality(struct tx *tx, struct str key, struct municipality *m)
{
	return municipality_by_key(tx, key, m);
}

struct campus_help_list
campus_help_of(struct tx *tx, campus_id id)
{
	return campus_helps(tx, id);
}

struct campus_term_list
campus_terms_of(struct tx *tx, campus_id id)
{
	return campus_terms(tx, id);
}

struct campus_break_list
campus_breaks(struct tx *tx, campus_id id, struct span days)
{
	return campus_breaks_between(tx, id, days.first, days.last);
}

struct campus_break_list
campus_breaks_anywhere(struct tx *tx, struct span days)
{
	return campus_breaks_everywhere(tx, days.first, days.last);
}

struct campus_break_list
campus_breaks_of_all(struct tx *tx, struct span days)
{
	struct campus_break_list all = campus_breaks_everywhere(tx, days.first, days.last), list = {0};
	size_t n = (size_t)campuses_count(tx), length = (size_t)(days.last.day - days.first.day + 1);
	uint32_t *on = ARENA_ARRAY(tx->arena, uint32_t, length); /* how many campuses have a break on that day */
	struct date told = {0};

	list.at = ARENA_ARRAY(tx->arena, struct campus_break, length);
	for (size_t i = 0; i < all.n; i++) {
		const struct campus_break *b = &all.at[i];

		/* Breaks of one campus may overlap, and count once. */
		if (i == 0 || all.at[i - 1].campus.n != b->campus.n || told.day < days.first.day - 1)
			told.day = days.first.day - 1;
		for (int32_t d = b->starts.day > told.day ? b->starts.day : told.day + 1;
		     d <= b->ends.day && d <= days.last.day; d++) {
			on[d - days.first.day]++;
			told.day = d;
		}
	}
	for (size_t d = 0; d < length; d++) {
		struct date day = {days.first.day + (int32_t)d};

		if (n == 0 || on[d] < n)
			continue;
		if (list.n == 0 || list.at[list.n - 1].ends.day != day.day - 1)
			list.at[list.n++] = (struct campus_break){.starts = day};
		list.at[list.n - 1].ends = day;
	}
	return list;
}

/* --- days and terms --------------------------------------------------------------------------------------- */

/* "12345" is Monday to Friday. */
bool
campus_works_on(const struct campus *c, int weekday)
{
	return str_find(c->working_days, (char)('0' + weekday)) < c->working_days.n;
}

struct campus_day
campus_day_of(struct tx *tx, const struct campus *c, struct date day)
{
	struct campus_day is = {.holiday = holiday_of(day)};
	struct campus_break_list breaks = {0};

	if (c)
		breaks = campus_breaks_between(tx, c->id, day, day);
	if (breaks.n) {
		is.off = breaks.at[0].name;
		is.is_off = true;
	}
	is.works = is.holiday == HOLIDAY_NONE && !is.is_off && (!c || campus_works_on(c, date_weekday(day)));
	return is;
}

struct said
campus_holiday(enum holiday holiday)
{
	switch (holiday) {
	case HOLIDAY_NEW_YEAR: return said(T_CAMPUS_NEW_YEAR);
	case HOLIDAY_EPIPHANY: return said(T_CAMPUS_EPIPHANY);
	case HOLIDAY_GOOD_FRIDAY: return said(T_CAMPUS_GOOD_FRIDAY);
	case HOLIDAY_EASTER: return said(T_CAMPUS_EASTER);
	case HOLIDAY_EASTER_MONDAY: return said(T_CAMPUS_EASTER_MONDAY);
	case HOLIDAY_MAY_DAY: return said(T_CAMPUS_MAY_DAY);
	case HOLIDAY_ASCENSION: return said(T_CAMPUS_ASCENSION);
	case HOLIDAY_WHITSUN: return said(T_CAMPUS_WHITSUN);
	case HOLIDAY_MIDSUMMER_EVE: return said(T_CAMPUS_MIDSUMMER_EVE);
	case HOLIDAY_MIDSUMMER: return said(T_CAMPUS_MIDSUMMER);
	case HOLIDAY_ALL_SAINTS: return said(T_CAMPUS_ALL_SAINTS);
	case HOLIDAY_INDEPENDENCE: return said(T_CAMPUS_INDEPENDENCE);
	case HOLIDAY_CHRISTMAS_EVE: return said(T_CAMPUS_CHRISTMAS_EVE);
	case HOLIDAY_CHRISTMAS: return said(T_CAMPUS_CHRISTMAS);
	case HOLIDAY_BOXING_DAY: return said(T_CAMPUS_BOXING_DAY);
	case HOLIDAY_NONE:
	case HOLIDAY_COUNT: break;
	}
	return (struct said){0};
}

/* The autumn term ends with the calendar year in which the school year began. */
bool
campus_term_of(struct tx *tx, campus_id id, struct date day, struct campus_term *term)
{
	struct provider p = provider_of(tx);
	int year = provider_year_of(&p, day);

	return campus_term_find(tx, id, year,
	    date_parts(day).year == year ? CAMPUS_TERM_TERM_AUTUMN : CAMPUS_TERM_TERM_SPRING, term);
}

enum lang
campus_lang(const struct campus *c)
{
	need(c->language != CAMPUS_LANGUAGE_NONE);
	return (enum lang)(c->language - CAMPUS_LANGUAGE_FI);
}
