/* Which local time a calendar means. Inside lib/ical_read.h. */
#ifndef LIB_ICAL_ZONE_H
#define LIB_ICAL_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/ical_line.h"
#include "lib/ical_rule.h"
#include "lib/str.h"

struct arena;
struct zone;

/* STANDARD or DAYLIGHT: from its start on, and each time that comes back, clocks show another time. */
struct ical_change {
	struct ical_time starts;
	struct ical_rule rule;
	struct ical_time *more;
	size_t mores, mores_cap;
	int from_s, to_s;
	bool has_from, has_to;
};

struct ical_onset {
	int64_t wall; /* by the clock as it was until then */
	int from_s, to_s;
};

struct ical_zone {
	struct str name;
	const struct zone *known; /* NULL: by the onsets */
	struct ical_onset *onset;
	size_t onsets;
};

/* A zone that we know by this name, as calendars write it; NULL if there is none. */
const struct zone *ical_zone_find(struct str name);
/* By what the file says, for times near these days. False: it does not say enough. */
bool ical_zone_of(struct arena *a, const struct ical_change *change, size_t n, struct span days, int64_t *steps,
    struct ical_zone *zone);
struct instant ical_zone_instant(const struct ical_zone *zone, struct date day, int second);

#endif
