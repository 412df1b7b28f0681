/* What the views of spaces are made of: the spaces of a page with their times and bookings, each read once; how one of
 * them stands at this moment, and how it looks on a page.
 * tidy: because the pages of spaces are drawn with all of it. */
#ifndef APP_SPACE_VIEWS_H
#define APP_SPACE_VIEWS_H

#include "app/space/grid.h"
#include "app/space/inside.h"
#include "app/space/pages.h"
#include "app/space/space.html.h" /* generated */
#include "app/space/space.sql.h"  /* generated */

/* --- what is read: views.c --------------------------------------------------------------------------------- */

struct space_view {
	struct req *r;
	campus_id campus; /* whose spaces they are; 0: of all */
	bool alone;       /* or it is one */
	struct space_list spaces;
	const struct space_times *times; /* one for each space */
	struct space_item_list items;    /* by space, and by time in each */
	struct organisation_list acts;   /* for whom the reader acts */
	struct campus_list campuses;
	const struct str *address;       /* one for each space */
};

/* All spaces of a campus, or of all campuses for 0, with what they have on those days. Times are known for them and
 * from a month ago to two months ahead. */
struct space_view space_view_of(struct req *r, campus_id campus, struct span days);
struct space_view space_view_alone(struct req *r, const struct space *space, struct span days);
/* The same spaces with what they have on another day. */
struct space_view space_view_on(const struct space_view *v, struct date day);

/* What the space with that place among the spaces has on a day, in order. */
struct space_item_list space_items_on(const struct space_view *v, size_t which, struct date day);

/* Whether the reader is told what it is: public ones and their own are, and all of them where they work. */
bool space_is_told(const struct space_view *v, size_t which, const struct space_taken *row);
/* Its title, in the language in which it was written. */
struct texts space_title(const struct space_taken *row);

/* --- now: views.c ------------------------------------------------------------------------------------------ */

enum { SPACE_PAST_DAYS = 30, SPACE_AHEAD_DAYS = 60 };

/* A view that asks this has today. */
struct space_now {
	bool open;
	int until;                     /* when it closes */
	bool staffed;
	struct space_span staff;       /* who is there now, or comes today; {0} for nobody */
	struct date next;              /* when it opens next; none for not so soon */
	int next_from;
	const struct space_item *item; /* what goes on; the one with the whole room, if there is one */
	int64_t people;                /* who take part in what is open for all */
	bool drop_in;                  /* nobody may take the whole room just now */
};

struct space_now space_now_of(const struct space_view *v, size_t which);
/* "Auki klo 18.00 asti" */
struct said space_now_words(const struct space_view *v, const struct space_now *now);
/* Nothing when nobody of the staff comes on a day that is closed. */
struct said space_staff_words(const struct space_now *now);
/* How full it is. */
struct said space_full_words(const struct space_view *v, size_t which, const struct space_now *now);

/* --- on a page: views.c ------------------------------------------------------------------------------------ */

struct space_state space_state_of(const struct space_view *v, size_t which);
/* What it has on a day, for lists; with `open` also when it is open to all. */
struct space_entry_list space_entries_on(const struct space_view *v, size_t which, struct date day, bool open);
struct space_entry_list space_entries_of(const struct space_view *v, size_t which, struct space_item_list items);
/* "/fi/ranta/space/laituri" and "/fi/ranta/space/laituri/book?day=2026-11-23" */
struct str space_view_address(const struct space_view *v, size_t which);
struct str space_book_address(const struct space_view *v, size_t which, struct date day, int from);
/* The same on the first of those days, or of later ones, on which it is open and not over. */
struct str space_book_soon(const struct space_view *v, size_t which, struct date first);
/* "8.00–12.00, 17.00–20.00" */
struct str space_spans_words(const struct req *r, const struct space_span *span, size_t n);

/* --- tables of time on a page: week.c ------------------------------------------------------------------------- */

/* The week that ?week=2026-W48 asks for, else that of today. */
struct span space_week_asked(struct req *r);
/* The address with that week; `pattern` as in path_fill. */
struct str space_week_address(struct req *r, const char *pattern, struct date monday);
/* A space in a week, and the spaces of a campus on a day. */
struct space_week_grid space_week_grid_of(const struct space_view *v, size_t which, struct span week);
struct space_day_grid space_day_grid_of(const struct space_view *v, struct date day);

#endif
