/* The college: the provider, its campuses in the provider's order, their terms and breaks, and where a
 * student of a campus gets help. */
#ifndef APP_CAMPUS_H
#define APP_CAMPUS_H

#include "lib/date.h"
#include "lib/holiday.h"
#include "lib/text.h"

#include "app/campus/campus.rows.h" /* generated */

struct json;
struct json_in;
struct room;
struct tx;

extern const struct room campus_room;

/* tidy: because a college and its campuses are one subject, and others ask all of it. */

/* The provider; its id is 0 before `nuotio init`. */
struct provider provider_of(struct tx *tx);

/* The first and last day of the school year that begins in a calendar year, and the one a day lies in. */
struct span provider_year(const struct provider *p, int year);
int provider_year_of(const struct provider *p, struct date day);

/* Campuses that have not ended, in the provider's order. */
struct campus_list campus_all(struct tx *tx);

/* The first so many of them. */
struct campus_list campus_first(struct tx *tx, size_t most);

/* Those that had not ended before an instant, for what is told of the time since. */
struct campus_list campus_since(struct tx *tx, struct instant first);

/* Of hundreds of them only the names; and then some. */
struct campus_name_list campus_names(struct tx *tx, struct instant first);
struct campus_list campus_some(struct tx *tx, const campus_id *ids, size_t n);

/* Also those that have ended, for what is told of the past. */
struct campus_list campus_ever(struct tx *tx);

/* The campus whose slug this is now; none that has ended. */
bool campus_find(struct tx *tx, struct str slug, struct campus *campus);

/* The campus that had this slug before, so that old addresses lead on. */
bool campus_find_old(struct tx *tx, struct str slug, struct campus *campus);

/* Its row among many; NULL when it is not there. */
const struct campus *campus_in(struct campus_list list, campus_id id);

/* All that the college's file names, by number. */
struct municipality_list campus_municipalities(struct tx *tx);
/* The municipality with this key. */
bool campus_municipality(struct tx *tx, struct str key, struct municipality *m);

struct campus_help_list campus_help_of(struct tx *tx, campus_id id);

/* How many study and work there, term by term. */
struct campus_term_list campus_terms_of(struct tx *tx, campus_id id);

/* Breaks that touch the days from first to last. */
struct campus_break_list campus_breaks(struct tx *tx, campus_id id, struct span days);

/* The same of all campuses that have not ended, campus by campus. */
struct campus_break_list campus_breaks_anywhere(struct tx *tx, struct span days);

/* Days within a span on which all campuses have a break at once, without a name. */
struct campus_break_list campus_breaks_of_all(struct tx *tx, struct span days);

/* What kind of day it is on a campus, or in the whole country for NULL. */
struct campus_day {
	enum holiday holiday;
	struct texts off; /* the name of the break that it lies in */
	bool is_off;
	bool works; /* one of the campus's working days, and neither holiday nor break */
};

struct campus_day campus_day_of(struct tx *tx, const struct campus *c, struct date day);

/* Whether the campus works on that day of the week, 1 to 7. */
bool campus_works_on(const struct campus *c, int weekday);

/* The name of a holiday; nothing for none. */
struct said campus_holiday(enum holiday holiday);

/* How many study and work there in the term of that day; false when nobody has told. */
bool campus_term_of(struct tx *tx, campus_id id, struct date day, struct campus_term *term);

/* The language in which automatic texts of the campus begin. */
enum lang campus_lang(const struct campus *c);

/* For struct room. Reads `provider`, `municipalities`, `campuses` and `terms` of a college's file; repeatable. Of a
 * campus that the file names, breaks, terms and help contacts are afterwards those of the file, from the previous
 * school year on. Mistakes are noted in `in`, and then nothing may be committed. `today` decides what a school year
 * given as 0 or -1 means, and when yearly breaks are. */
void campus_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);

#endif
