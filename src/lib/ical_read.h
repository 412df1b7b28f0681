/* iCalendar (RFC 5545) that arrives, from anywhere: the calendar that an organisation publishes, a file that someone
 * has. What comes out is a plain list of what happens when, and of what could not be read, for a room to say in words.
 * tidy: because the limits, the list and the kinds of trouble explain each other. */
#ifndef LIB_ICAL_READ_H
#define LIB_ICAL_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"

struct arena;
struct zone;

/* Whatever arrives, reading ends within about a second and these limits. */
enum {
	ICAL_BYTES_MAX = 4 << 20,
	ICAL_EVENTS_MAX = 10000,      /* as they stand in the file; a series is one */
	ICAL_OCCURRENCES_MAX = 20000, /* as they come out */
	ICAL_SPAN_DAYS_MAX = 1100,    /* that can be asked for */
	ICAL_PROBLEMS_MAX = 100,      /* that are told one by one */
	ICAL_TITLE_CHARS_MAX = 200,   /* of titles and places; what is longer ends with … */
	ICAL_TEXT_CHARS_MAX = 5000,
	ICAL_ARENA_BYTES_MAX = 48 << 20, /* that the arena must have room for; it is very rarely needed */
};

/* One time that something happens. Texts are valid UTF-8 without control characters and trimmed; only descriptions
 * have lines. */
struct ical_occurrence {
	struct str uid; /* of the event or the whole series */
	/* Which one of the series: when it was to begin before anybody moved it. None: it is no series. */
	struct instant of;
	struct date of_day;
	/* Either instants, the end not before the start, or whole days. */
	struct instant starts, ends;
	struct span days;
	struct str title, description, place;
	bool cancelled;
	size_t line; /* where the event begins in the file */
};

enum ical_trouble {
	/* Nothing was read. */
	ICAL_IS_TOO_BIG = 1,
	ICAL_IS_BINARY, /* holds zero bytes, as UTF-16 does */
	ICAL_IS_NOT_UTF8,
	ICAL_IS_NO_CALENDAR,
	/* The rest was not read. */
	ICAL_BREAKS_OFF, /* the end is missing, or parts are not closed where they should be */
	ICAL_HAS_TOO_MUCH, /* more events or occurrences than the limits, or rules that take too long */
	/* The event was left out. */
	ICAL_TIME_UNREADABLE, /* or missing */
	ICAL_ENDS_BEFORE_IT_STARTS,
	ICAL_UID_TWICE, /* another one of the same uid counts */
	/* It is there once, when it first begins. */
	ICAL_RULE_UNREADABLE,
	ICAL_RULE_TOO_FREQUENT, /* every hour, minute or second */
	/* It is there, in the local time that was given. */
	ICAL_ZONE_UNKNOWN,
};

struct ical_problem {
	enum ical_trouble trouble;
	size_t line;     /* where, from 1; 0: the whole */
	struct str what; /* the event's title, or else its uid; of ICAL_ZONE_UNKNOWN the zone's name */
};

struct ical_reading {
	struct ical_occurrence *at; /* by time; cancelled ones too */
	size_t n;
	struct ical_problem *problem;
	size_t problems, problems_in_all;
	struct str name; /* that the calendar gives itself; may be empty */
};

/* What happens on these days, also if it began before them or goes on after them. `zone` is the local time of what
 * names none. */
struct ical_reading ical_read(struct arena *a, struct str text, struct span days, const struct zone *zone);

#endif
