/* The college: the provider, its campuses in the provider's order, their terms and breaks, and where a
 * student of a campus gets help. */
#ifndef APP_CAMPUS_H
#define APP_CAMPUS_H

#include "lib/date.h"
#include "lib/text.h"

#include "app/campus/campus.rows.h" /* generated */

struct json;
struct json_in;
struct room;
struct tx;

extern const struct room campus_room;

/* The provider; its id is 0 before `nuotio init`. */
struct provider provider_of(struct tx *tx);

/* The first and last day of the school year that begins in a calendar year, and the one a day lies in. */
struct span provider_year(const struct provider *p, int year);
int provider_year_of(const struct provider *p, struct date day);

/* Campuses that have not ended, in the provider's order. */
struct campus_list campus_all(struct tx *tx);

/* Also those that have ended, for what is told of the past. */
struct campus_list campus_ever(struct tx *tx);

/* The campus whose slug this is now; none that has ended. */
bool campus_find(struct tx *tx, struct str slug, struct campus *campus);

/* The campus that had this slug before, so that old addresses lead on. */
bool campus_find_old(struct tx *tx, struct str slug, struct campus *campus);

/* Its row among many; NULL when it is not there. */
const struct campus *campus_in(struct campus_list list, campus_id id);

/* The municipality with this key. */
bool campus_municipality(struct tx *tx, struct str key, struct municipality *m);

struct campus_help_list campus_help_of(struct tx *tx, campus_id id);

/* How many study and work there, term by term. */
struct campus_term_list campus_terms_of(struct tx *tx, campus_id id);

/* Breaks that touch the days from first to last. */
struct campus_break_list campus_breaks(struct tx *tx, campus_id id, struct span days);

/* For struct room. Reads `provider`, `municipalities`, `campuses` and `terms` of a college's file; repeatable. Of a
 * campus that the file names, breaks, terms and help contacts are afterwards those of the file, from the previous
 * school year on. Mistakes are noted in `in`, and then nothing may be committed. `today` decides what a school year
 * given as 0 or -1 means, and when yearly breaks are. */
void campus_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);

#endif
