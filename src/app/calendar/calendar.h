/* Calendars that people take into their own: at a secret address for a person or an organisation, with what each room
 * has for them. */
#ifndef APP_CALENDAR_H
#define APP_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/date.h"
#include "lib/ical.h"
#include "lib/str.h"
#include "lib/text.h"

#include "app/calendar/calendar.rows.h" /* generated */

struct arena;
struct req;
struct room;
struct tx;
struct zone;

extern const struct room calendar_room;

/* Whose calendar a room is asked for. */
struct calendar_asked {
	enum calendar_key_whose whose;
	int64_t id;
	enum lang lang;
	struct span days; /* what touches them */
	struct date today;
	const struct zone *zone;
};

struct calendar_list {
	struct ical_event *at;
	size_t n, cap;
};

void calendar_add(struct arena *a, struct calendar_list *list, struct ical_event event);

/* The whole address, to be copied into another program. */
struct str calendar_address(struct tx *tx, enum calendar_key_whose whose, int64_t id, enum lang lang);

/* Whether the client has the calendar of this address as it is now, by one mark: nothing has been noted in the journal
 * since, and it is still the same day. Then that is the answer, and nothing need be read. Who may read it is asked
 * before. */
bool calendar_is_known(struct req *r);

/* Answers the running request with a calendar: a feed that clients ask for again every hour. */
void calendar_answer(struct req *r, struct str name, struct calendar_list list);

/* The days of a feed: a month back, a year and a half ahead. */
struct span calendar_days(struct date today);

#endif
