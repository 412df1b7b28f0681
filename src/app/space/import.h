/* Calendars of others that are read again and again: import.c takes in what they hold, sources.c has their pages and
 * the job that fetches them. */
#ifndef APP_SPACE_IMPORT_H
#define APP_SPACE_IMPORT_H

#include <stdbool.h>

#include "lib/ical_read.h"

#include "app/space/inside.h"

struct job_context;

enum { IMPORT_AHEAD_DAYS = 180, IMPORT_EVENTS_MAX = 2000, IMPORT_CHUNK = 100 };

/* Takes in some of what was read; `seen_at` is the same for all parts of one reading. A lesson takes its space, or asks
 * for it when somebody has it; one that moved moves. An event that is new, or says something else than before, waits
 * to be looked through. Nothing is done twice. */
void import_take(struct tx *tx, const struct space_source *source, const struct ical_occurrence *at, size_t n,
    struct instant seen_at);

/* After the last part: what the calendar no longer holds is gone, and its bookings are cancelled. */
void import_finish(struct tx *tx, const struct space_source *source, struct instant seen_at);

/* For the job: whether a calendar was read last more than an hour ago, and fetching those. */
bool import_due(struct tx *tx);
void import_read(struct job_context *job);

#endif
