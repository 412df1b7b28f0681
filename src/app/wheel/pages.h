/* Shared by the wheel's pages only. tidy: because whoever writes a page of the wheel looks for it here. */
#ifndef APP_WHEEL_PAGES_H
#define APP_WHEEL_PAGES_H

#include "core/http/page.h"
#include "core/job/job.h"

#include "app/page/page.h"
#include "app/room.h"
#include "app/wheel/view.h"
#include "app/wheel/wheel.html.h" /* generated */

/* Characters of the texts that people write. */
enum { WHEEL_TITLE_MOST = 200, WHEEL_SENTENCE_MOST = 300, WHEEL_DESCRIPTION_MOST = 4000, WHEEL_MATERIAL_MOST = 8000,
	WHEEL_RING_NAME_MOST = 40 };

/* The year of the path, or 404 for one that the reader may not see. */
struct school_year wheel_year_or_404(struct req *r);

/* The item of the path in that year, for the campus of the path, or 404. */
struct wheel_item wheel_item_or_404(struct req *r, const struct school_year *y);

/* A POST of a year that is closed. */
struct outcome wheel_refuse_closed(struct req *r);

/* Names the problem of a field whose day is not in the year. */
void wheel_check_day(struct form_state *state, const char *field, const struct school_year *y, struct date day);

/* "lukuvuosi 2026–2027". */
struct said wheel_year_words(struct req *r, const struct school_year *y);

/* Where an item is added, empty when the reader may not. */
struct str wheel_add_address(struct req *r, const struct school_year *y, const struct campus *campus);

/* The days of a month, 1 to 12, of the school year. */
struct span wheel_month_span(const struct school_year *y, int month);

/* What is drawn of the year, or of one month of it; NULL for no rows. */
const struct chart_wheel *wheel_drawing(struct req *r, const struct school_year *y, const struct campus *campus,
    struct wheel_row_list rows, int64_t month);

/* The address of this page with one thing of the query changed; an empty value takes it away. */
struct str wheel_with(struct req *r, const char *name, struct str value);

/* What narrows a page of the year, and links to the other years. */
struct wheel_filters wheel_filters_of(struct req *r, const struct school_year *y, struct wheel_filter f);
struct link_list wheel_year_links(struct req *r, const struct school_year *now, const char *pattern);

/* Whether an item of a draft was copied, so that whoever has edited it goes on looking through the others, and where
 * they do so. */
bool wheel_is_reviewed(struct tx *tx, const struct school_year *y, wheel_item_id item);
struct str wheel_review_back(struct req *r, wheel_item_id item);

/* What is proposed: as lines; those that wait for an answer, with what was typed into a refused one; the answer. */
struct wheel_proposal_row_list wheel_proposal_rows(struct req *r, struct wheel_proposal_list all);
struct wheel_proposal_row_list wheel_proposals_waiting(struct req *r);
struct outcome wheel_settle_proposal(struct req *r);
extern const struct form_spec wheel_settle_spec;

/* As a column has it. */
enum wheel_proposal_language wheel_proposal_language_of_lang(enum lang lang);

/* The new item of the path that somebody proposed for this campus, or for all of them, and nobody has answered; and how
 * the form of an item begins with it. Once it is made, whoever proposed it hears of it. */
bool wheel_proposal_here(struct req *r, struct wheel_proposal *p);
void wheel_fill_proposed(struct wheel_item_form *form, const struct wheel_proposal *p);
void wheel_proposal_accept(struct req *r, const struct wheel_proposal *p, wheel_item_id made);

/* Where the reader may suggest a new item; empty when nowhere here. */
struct str wheel_suggest_address(struct req *r);

/* For struct room: what one has proposed on one's own page, what waits for whoever plans, the letters. */
struct todo_list;
struct mail_list;
void wheel_draw_about(struct req *r, enum subject subject, int64_t id);
void wheel_todo(struct tx *tx, const struct actor *who, struct todo_list *list);
void wheel_letters(struct tx *tx, const struct person *to, struct mail_list *list);

/* This week and next in words, at most seven lines, and the week after if it has room: for struct room. */
void wheel_draw_front(struct req *r);

/* All that touches those days, from `y` on; they may reach into the next school year. */
struct wheel_row_list wheel_rows_of_days(struct req *r, const struct school_year *y, struct span days);

/* For struct room: the screen in a hall. */
void wheel_draw_screen(struct req *r);
/* And the page for guardians. */
void wheel_draw_guardians(struct req *r);

/* What is a person's in the wheel, in their own calendar: for struct room. */
struct calendar_asked;
struct calendar_list;
void wheel_calendar(struct tx *tx, const struct calendar_asked *asked, struct calendar_list *list);

/* Makes an event what its item is when it repeats: on the days that are not off. */
struct ical_event;
void wheel_event_repeat(struct arena *a, struct ical_event *e, const struct wheel_item *item,
    const struct school_year *y, struct wheel_off off);

void wheel_show_side(struct req *r);

/* The campuses side by side as a table, narrowed as the page is. */
struct sheet;
const struct sheet *wheel_side_sheet(struct req *r, const struct school_year *y, struct str name);

/* Ended by an empty route; pages.c joins them. */
extern const struct route wheel_item_routes[], wheel_edit_routes[], wheel_year_routes[],
    wheel_task_routes[], wheel_poster_routes[], wheel_month_routes[], wheel_feed_routes[], wheel_review_routes[],
    wheel_export_routes[], wheel_import_routes[], wheel_ways_routes[],
    wheel_ring_routes[], wheel_history_routes[], wheel_suggest_routes[];

/* For struct room: what lacks a language. */
extern const struct wordings wheel_wordings;

extern const struct event wheel_imported, wheel_import_taken_back, wheel_translated;
/* For struct room: named.c. */
struct texts wheel_named(struct tx *tx, const struct event *event, int64_t subject);
extern const struct job wheel_jobs[];

#endif
