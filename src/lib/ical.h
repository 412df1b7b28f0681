/* iCalendar (RFC 5545) that leaves: feeds that people's calendars subscribe to, and invitations in mails. What is
 * written is the same for the same events, so that a feed that did not change can be answered with 304. What
 * arrives is read by lib/ical_read.h.
 * tidy: because an event is one struct, and each of its fields promises something to other programs. */
#ifndef LIB_ICAL_H
#define LIB_ICAL_H

#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"

struct out;
struct zone;

enum ical_method {
	ICAL_PUBLISH = 1, /* a feed, or a file to keep */
	ICAL_REQUEST,     /* an invitation, or a change of one */
	ICAL_CANCEL,      /* it does not take place; its events are cancelled whatever their status */
};

enum ical_status { ICAL_CONFIRMED, ICAL_TENTATIVE, ICAL_CANCELLED };

/* How a series goes on from the day on which it starts. A month without the day, or without a fifth week of it,
 * is left out; for the fifth weekday of a month choose the last. */
enum ical_repeat { ICAL_ONCE, ICAL_WEEKLY, ICAL_MONTHLY, ICAL_MONTHLY_BY_WEEKDAY, ICAL_MONTHLY_BY_LAST_WEEKDAY };

/* A name may be empty; an address is one of mail. */
struct ical_person {
	struct str name, address;
};

struct ical_event {
	/* Never changes and is nobody else's: "booking-12@nuotio.example". */
	struct str uid;
	/* Grows by one with each change of time or place, and when it is cancelled; a client takes no lower one. */
	int64_t sequence;
	struct instant changed; /* when anything of it was last changed */

	/* Either instants, of which the end may be none, or whole days, which leave people free. */
	struct instant starts, ends;
	struct span days;

	/* A series keeps its local time across summer time. */
	enum ical_repeat repeat;
	int every;          /* each second week is 2; 0 is 1 */
	struct date until;  /* the last day on which it may begin; none: it never ends */
	const struct date *except; /* the days on which it does not begin after all */
	size_t excepts;

	/* This one takes the place of one of the series with the same uid: when that would have begun. */
	struct instant instead_of;
	struct date instead_of_day;

	enum ical_status status;
	struct str title, description, place, url; /* valid UTF-8; all but the title may be empty */
	const struct str *category;
	size_t categories;

	/* Of invitations. Nobody is asked for an answer, which would come by mail where nobody reads it. */
	struct ical_person organizer;
	const struct ical_person *attendee;
	size_t attendees;
};

struct ical {
	enum ical_method method;
	struct str name;         /* of a feed, as clients list it; empty in an invitation */
	int refresh_s;           /* how often clients should ask again; 0 leaves it to them */
	const struct zone *zone; /* the local time of series */
	const struct ical_event *at;
	size_t n;
};

/* An event alone is written in UTC, a series in local time with its zone: what Outlook, Google and Apple all
 * understand, summer time included. */
void ical_write(struct out *o, const struct ical *calendar);

/* "PUBLISH", "REQUEST", "CANCEL" */
const char *ical_method_name(enum ical_method method);

#endif
