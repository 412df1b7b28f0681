/* What the pages of this room share.
 * tidy: because they are many, and each needs a little of the others. */
#ifndef APP_SPACE_PAGES_H
#define APP_SPACE_PAGES_H

/* tidy: because it is what one looks up when a page of the room is written. */

#include "core/http/form.h"
#include "core/http/http.h"

#include "app/room.h"
#include "app/space/inside.h"

struct space_line_list;

extern const struct route space_book_routes[], space_draft_routes[], space_mine_routes[], space_feed_routes[],
    space_source_routes[], space_view_routes[], space_week_routes[], space_door_routes[];

/* The room's part of a front page, and of the screen in a hall. */
void space_draw_front(struct req *r);
void space_draw_screen(struct req *r);

/* The space of the path, on its campus; 404 otherwise. It lives as long as the request. */
const struct space *space_or_404(struct req *r);
/* The same for a POST; NULL when it is not there. */
const struct space *space_of_path(struct req *r);

/* "/fi/ranta/space/laituri" */
struct str space_address(struct req *r, const struct space *space);

/* An address below another. */
struct str space_action(struct req *r, struct str base, const char *what);

/* The organisation that they act for here: the one that ?for= names, else the only thing that lets them book; 0: for
 * themselves. */
organisation_id space_acting_for(struct req *r, const struct space *space);

/* What its picture shows, for those who do not see it. */
struct str space_picture_alt(const struct space *space, enum lang lang);

/* In one sentence what applies to whoever reads it. */
struct said space_rule_words(struct tx *tx, const struct actor *who, const struct space *space, struct space_rule rule);

/* maanantai 23.11. klo 15.00–17.00 */
struct said space_slot_words(const struct zone *zone, struct space_slot slot);
/* ma 23.11. */
struct str space_day_short(const struct req *r, struct date day);
/* ma–to: the days whose bits are set */
struct str space_days_words(const struct req *r, int64_t days);
/* 1 h 30 min */
struct said space_length_words(int64_t minutes);
/* For whom something is, as a form asks it: the values are those of drafts and of bookings. */
enum { SPACE_AUDIENCES = 7 };
extern const struct choice space_audiences[SPACE_AUDIENCES];

/* When something of another calendar takes place. */
struct said space_incoming_words(const struct zone *zone, const struct space_incoming *e);
struct said space_audience_words(enum space_booking_audience audience);
/* The look of a state's tag. */
struct str space_state_class(enum space_booking_state state);
struct str space_booking_address(struct req *r, const struct campus *campus, space_booking_id id);

/* A line for each that is booked or asked for; the list has room for all. */
void space_add_lines(struct req *r, struct space_booking_list all, struct campus_list campuses,
    struct space_line_list *list);
/* What lies ahead of whoever reads the page: their own and their organisations', each once. */
struct space_line_list space_lines_ahead(struct req *r, struct campus_list campuses);

/* On the page of a person or an organisation: what they have booked. */
void space_about(struct req *r, enum subject subject, int64_t id);

/* Puts what a booking says into a draft: only its time is new. */
void space_draft_fill_from(struct tx *tx, space_draft_id draft, const struct space_booking *b, int64_t every,
    struct date last);

/* For struct room: what lacks a language. */
extern const struct wordings space_wordings;

#endif
