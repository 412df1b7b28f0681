/* How a space is changed, and what becomes of the bookings ahead that a change leaves outside: outside.c. What its
 * pages share: edit.c, opening.c, terms.c. */
#ifndef APP_SPACE_EDIT_H
#define APP_SPACE_EDIT_H

#include "core/http/form.h"

#include "app/space/inside.h"
#include "app/space/pages.h"

/* tidy: because a change and what it does to bookings are one subject. */

/* --- bookings that a change leaves outside: outside.c ----------------------------------------------------- */

/* What somebody wants for a booking that would lie outside. Zero: what they say of the others. */
enum space_fate { SPACE_FATE_AS_OTHERS, SPACE_FATE_LATER, SPACE_FATE_KEEP, SPACE_FATE_MOVE, SPACE_FATE_CANCEL };

/* For each of them, for all others, the words to whoever booked what is cancelled, and the mark of those that were
 * shown. Part of each form that changes a space. */
struct space_fates {
	struct form_picks each;
	int64_t others, seen;
	struct str message;
};

/* From today on, as far ahead as anything can be booked. */
struct space_times space_times_ahead(struct tx *tx, const struct space *space, const struct zone *zone);

/* Whether a booking does not fit the space: its open hours, how many it holds, or that it is no more. */
bool space_is_outside(const struct space_times *t, const struct space_booking *b);
/* Those ahead that fit now and would not after a change. */
struct space_booking_list space_left_outside(struct tx *tx, const struct space_times *was,
    const struct space_times *becomes);
/* A number for a list of bookings: another list has another one. 0 for none. */
int64_t space_mark(struct space_booking_list list);

/* Does with each what was decided: those that are to be kept or cancelled are settled, the others wait on the page of
 * the space. Returns the first that is to be moved. */
space_booking_id space_settle(struct tx *tx, const struct actor *who, const struct space *space,
    struct space_booking_list list, const struct space_fates *fates);
/* What fits again waits no longer. */
void space_fits_again(struct tx *tx, const struct space_times *becomes);

/* --- a change on its way: edit.c ---------------------------------------------------------------------------- */

/* The space of the path, also one that was cancelled, as it is and as it would be. What a form says goes into `space`
 * and `becomes`, and the page shows which bookings would be left outside; when it is saved, they are settled. */
struct space_change {
	struct req *r;
	struct space now, space;
	struct space_times was, becomes;
};

/* False: there is no such space here. */
bool space_change_begin(struct req *r, struct space_change *c);

enum space_tab { SPACE_TAB_SPACE, SPACE_TAB_HOURS, SPACE_TAB_TERMS, SPACE_TAB_PICTURE };

/* The 303, or the refusal because it leaves bookings outside that were not shown yet. */
struct outcome space_change_end(struct space_change *c, const struct space_fates *fates, enum space_tab tab,
    const struct text *flash);
/* Somebody else changed the space meanwhile. */
struct outcome space_change_late(struct req *r);

/* Whether the form of that POST was right but for bookings that it leaves outside: then the page shows them. */
bool space_change_asks(const struct req *r, struct outcome (*post)(struct req *r));

/* The fields of struct space_fates, in a form whose struct has it as `fates`. */
#define SPACE_FATE_FIELDS(form) \
	{"fate", FORM_EACH, offsetof(struct form, fates.each), .choices = {space_fate_choices, 4}}, \
	{"others", FORM_CHOICE, offsetof(struct form, fates.others), .label = T_SPACE_EDIT_OTHERS, \
	    .choices = {space_other_choices, 3}}, \
	{"message", FORM_LONG, offsetof(struct form, fates.message), .max = 500, .label = T_SPACE_EDIT_MESSAGE, \
	    .hint = T_SPACE_EDIT_MESSAGE_HINT}, \
	{"seen", FORM_HIDDEN, offsetof(struct form, fates.seen)}

extern const struct choice space_fate_choices[4], space_other_choices[3];

/* For templates: what the top of each tab shows, what the form of that name would leave outside, and where a tab is. */
struct space_edit_head;
struct space_edit_left;
struct space_edit_head space_edit_head_of(struct space_change *c, enum space_tab tab);
struct space_edit_left space_edit_left_of(struct space_change *c, const char *form);
struct str space_edit_tab(struct req *r, struct str address, int64_t tab);

/* The days of a week as boxes, for bits. */
struct choices space_weekdays_to_choose(struct req *r);

extern const struct route space_edit_routes[], space_opening_routes[], space_terms_routes[],
    space_picture_routes[];

#endif
