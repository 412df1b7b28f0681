/* What the wheel's pages show: rows made from items, answers and names. Only this folder includes it, and
 * home for its front pages through wheel.h.
 * tidy: because every page of the wheel is made of these. */
#ifndef APP_WHEEL_VIEW_H
#define APP_WHEEL_VIEW_H

#include "core/http/http.h"
#include "lib/date.h"
#include "lib/text.h"

#include "app/campus/campus.h"
#include "app/framework/framework.h"
#include "app/people/people.h"
#include "app/wheel/wheel.h"

struct chart_wheel;

/* An item in a list. */
struct wheel_row {
	wheel_item_id id;
	int64_t number; /* from 1 in the order of the year, as on the drawing; the same in a part of the year */
	struct texts title, sentence;
	struct span days; /* the campus's own days when it has some; of what repeats, those of one time or of a month */
	struct str when;  /* the same in words */
	struct wheel_time_list times; /* all of the year, or of the month or days that the filter names */
	enum wheel_item_repeats repeats;
	bool again; /* it takes place more than once */
	int64_t ring_id;
	int64_t color;    /* of the ring, 1 to 8 */
	struct texts ring;
	struct texts duty; /* empty: nobody named */
	bool has_duty;
	enum wheel_sight sight;
	const char *sight_class; /* "done", "our-way"… */
	struct str sight_words;
	struct str address;
	bool answered; /* somebody answers this: a sight is shown */
	bool by_campuses; /* each campus answers this */
	bool core, own, cancelled;
	bool now, past; /* its days hold today; are over */
	int64_t version; /* of the answer, for one-press forms */
	int64_t thanks;
};

struct wheel_row_list {
	struct wheel_row *at;
	size_t n;
};

struct wheel_month {
	struct date first;
	struct str anchor; /* "m2026-11" */
	bool now;
	struct wheel_row_list rows;
};

struct wheel_month_list {
	struct wheel_month *at;
	size_t n;
};

/* What limits a list; from the query of the address. */
struct wheel_filter {
	int64_t ring, measure;
	int64_t month; /* 1 to 12, 0 is the whole year */
	bool core, guardians;
	struct span days; /* only what touches them, and of what repeats a row for each time */
	bool any; /* something is set */
};

struct wheel_filter wheel_filter_of(const struct req *r);

/* What a campus says of an item, or the provider for campus 0; NULL for nothing. Answers come ordered by item,
 * then campus. */
const struct wheel_answer *wheel_answer_in(struct wheel_answer_list answers, wheel_item_id item, campus_id campus);

/* The rows of a year for a campus, or the common ones for campus NULL, by the days that are shown. */
struct wheel_row_list wheel_rows(struct req *r, const struct school_year *y, const struct campus *campus,
    struct wheel_filter filter);

/* The same, a month each in which something begins; what repeats stands in each of its months. */
struct wheel_month_list wheel_months(struct req *r, struct wheel_row_list rows);

/* The word a style sheet uses for a sight. */
const char *wheel_sight_class(enum wheel_sight sight);

/* The words for a sight; `answer` gives the reason of "not here" and may be NULL. */
struct said wheel_sight_words(enum wheel_sight sight, const struct wheel_answer *answer);

/* Days as a page says them: "23.–29.11.2026 · viikko 48", and short for narrow places. */
struct str wheel_days_words(const struct req *r, struct span days);
struct str wheel_days_short(const struct req *r, struct span days);
/* Short too, of a row: each time that it tells of. */
struct str wheel_row_days(const struct req *r, const struct wheel_row *row);
/* "joka viikko" */
struct said wheel_repeat_words(enum wheel_item_repeats repeats);
/* Whether they are one week, Monday to Sunday. */
bool wheel_is_one_week(struct span days);
/* Whether there is something to tell of it: a state that someone gave. */
bool wheel_is_told(const struct wheel_row *row);
/* "marraskuu 2026" */
struct str wheel_month_words(const struct req *r, struct date first);
/* "omat päivät: …" */
struct said wheel_own_days(const struct req *r, struct date starts, struct date ends);
/* Where a form of an item is sent: its address and a word. */
struct str wheel_action(const struct req *r, struct str base, const char *word);
/* Whether the form is unfolded: after a refusal, and when there is no answer yet. */
bool wheel_form_open(const struct req *r, bool has_answer);
bool wheel_form_open_of(const struct req *r, const char *spec);
/* Writes the drawing into the page. */
void wheel_draw(struct req *r, const struct chart_wheel *wheel);
/* Whether a text is there in any language. */
bool wheel_has(const struct texts *texts);

/* "/fi/pohja/wheel/2026/24", or without the campus for campus NULL. */
/* The same in two steps, for many items: the address of the year, and of an item under it. */
struct str wheel_year_address(const struct req *r, const struct school_year *y, const struct campus *campus);
struct str wheel_item_under(const struct req *r, struct str year, wheel_item_id item);
struct str wheel_item_address(const struct req *r, const struct school_year *y, const struct campus *campus,
    wheel_item_id item);

#endif
