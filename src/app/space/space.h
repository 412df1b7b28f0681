/* The communal space and the other rooms that people book: when they are open, who has them, who would like to. */
#ifndef APP_SPACE_H
#define APP_SPACE_H

#include "lib/date.h"

struct event;
struct json;
struct json_in;
struct room;
struct tx;

extern const struct room space_room;
extern const struct event space_saved, space_hours_changed, space_booked, space_requested, space_answered,
    space_changed, space_cancelled, space_freed, space_fault_told, space_fault_mended,
    space_source_changed;

/* For struct room: `spaces` of a college's file; and a term of bookings for the demo. */
void space_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);
void space_load_world(struct tx *tx, struct json_in *in, const struct json *world, struct date today);

#endif
