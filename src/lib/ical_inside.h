/* A calendar between its lines, which ical_read.c takes in, and what happens when, which ical_happen.c makes of it.
 * tidy: because the reader is one struct, and the parts of a file hang together by it. */
#ifndef LIB_ICAL_INSIDE_H
#define LIB_ICAL_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/ical_line.h"
#include "lib/ical_read.h"
#include "lib/ical_rule.h"
#include "lib/ical_zone.h"
#include "lib/str.h"

struct arena;

enum { ICAL_DEPTH_MAX = 8 };

enum ical_part { ICAL_PART_OTHER, ICAL_PART_CALENDAR, ICAL_PART_EVENT, ICAL_PART_ZONE, ICAL_PART_CHANGE };

struct ical_times {
	struct ical_time *at;
	size_t n, cap;
};

/* An event as it stands in the file. */
struct ical_event_read {
	size_t line;
	struct str uid, title, description, place;
	int64_t sequence;
	struct ical_time starts, ends, of;
	bool has_end, has_duration, is_wrong, is_cancelled;
	int64_t lasts_s;
	struct str rule;
	struct ical_times except, more;
	bool rule_unreadable;
};

/* A zone as the file describes it. */
struct ical_described {
	struct str name;
	size_t first, n; /* of all changes */
};

/* When something begins: a day, and for what has a time of day the instant too. */
struct ical_moment {
	struct date day;
	struct instant at;
};

struct ical_reader {
	struct arena *arena;
	struct ical_reading *reading;
	struct span days;
	struct instant from, to; /* of the days, the end excluded */
	struct ical_zone here;
	int64_t steps;
	size_t problem_cap, cap;
	bool is_full;

	struct ical_lines lines;
	struct { enum ical_part part; struct str name; } open[ICAL_DEPTH_MAX];
	size_t depth;
	bool calendar_seen, all_cancelled;

	struct ical_event_read *event;
	size_t events, event_cap;
	struct ical_change *change;
	size_t changes, change_cap;
	struct ical_described *described;
	size_t describeds, described_cap;
	size_t times; /* that series leave out or add */
	struct ical_zone *zone; /* those that were asked for */
	size_t zones, zone_cap;

	/* Of one series after another. */
	struct ical_days found;
	struct ical_moment *moment;
	size_t moments, moment_cap;
};

void ical_problem_add(struct ical_reader *r, enum ical_trouble trouble, size_t line, struct str what);

/* Fills in the occurrences of the events that were read. */
void ical_happen(struct ical_reader *r);

#endif
