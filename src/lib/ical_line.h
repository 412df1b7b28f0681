/* A calendar as it stands in a file: lines, and the values in them. Inside lib/ical_read.h. */
#ifndef LIB_ICAL_LINE_H
#define LIB_ICAL_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"

struct arena;

/* A text that is read line by line and unfolded where it stands. */
struct ical_lines {
	char *p;
	size_t n, at;
	size_t line; /* of the file, where the line before began, and where the next one does */
	size_t next_line;
};

/* DTSTART;TZID=Europe/Helsinki:20261123T160000 */
struct ical_line {
	struct str name, params, value;
	size_t line;
	bool is_utf8;
};

/* Copies the text, without a byte order mark. */
struct ical_lines ical_lines_of(struct arena *a, struct str text);
/* The next line that is not empty; false at the end. */
bool ical_line_next(struct ical_lines *lines, struct ical_line *line);
/* ASCII letters of any case. */
bool ical_word_is(struct str word, const char *z);
/* A parameter's value, without quotation marks; empty if there is none. */
struct str ical_param(const struct ical_line *line, const char *name);
/* A value that is a text: unescaped, cleaned, at most so many characters. */
struct str ical_text(struct arena *a, struct str value, bool lines, size_t chars_max);

/* A day, or a day and a time in UTC, in a named zone or in none. */
struct ical_time {
	struct date day; /* none: there is no time */
	int second;      /* of the day */
	bool timed, utc;
	struct str zone;
};

/* One value of a line; false: it is none. */
bool ical_time_of(struct str value, struct str zone, struct ical_time *time);
/* The zone that a line of times names, and its values, which come after its last colon. */
struct str ical_times_of(const struct ical_line *line, struct str *zone);
/* "-P1DT2H" in seconds; false: it is none, or longer than 1,000 days. */
bool ical_duration_of(struct str value, int64_t *seconds);
/* "+0200"; false: it is none. */
bool ical_offset_of(struct str value, int *seconds);

/* Seconds since 1970 as a clock on the wall shows them. */
int64_t ical_wall(struct date day, int second);

#endif
