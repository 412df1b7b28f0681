/* RRULE: on which days a series goes on. Inside lib/ical_read.h. */
#ifndef LIB_ICAL_RULE_H
#define LIB_ICAL_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/ical_line.h"
#include "lib/str.h"

struct arena;

enum ical_frequency { ICAL_DAILY = 1, ICAL_EACH_WEEK, ICAL_EACH_MONTH, ICAL_YEARLY };

enum { RULE_LIST_MAX = 32 };

struct ical_rule {
	enum ical_frequency frequency; /* 0: no rule */
	int interval;
	int64_t count;           /* 0: no limit */
	struct ical_time until;  /* none: no limit */
	int week_start;          /* 1 is Monday */
	uint32_t months;         /* bits 1 to 12, as of all below */
	uint32_t days, days_from_end; /* of the month */
	uint64_t weeks, weeks_from_end;
	unsigned weekdays;
	struct { int nth, weekday; } nth[RULE_LIST_MAX];
	size_t nths;
	int year_day[RULE_LIST_MAX], position[RULE_LIST_MAX];
	size_t year_days, positions;
	int clock[3]; /* hour, minute and second of the day, which must be those of the start; −1: not given */
};

enum ical_rule_verdict { ICAL_RULE_FINE, ICAL_RULE_NOT_READ, ICAL_RULE_OFTEN };

enum ical_rule_verdict ical_rule_of(struct str value, struct ical_rule *rule);

struct ical_days {
	struct arena *arena;
	struct date *at;
	size_t n, cap;
};

/* Appends the days within the span on which a series that begins on `first` goes on, `first` included, in order. An
 * end given as an instant is rounded up to days. Each day that is looked at takes one of *steps; false when there are
 * none left. */
bool ical_rule_days(const struct ical_rule *rule, struct date first, struct span within, struct ical_days *days,
    int64_t *steps);

#endif
