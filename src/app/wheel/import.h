/* Taking a file into the wheel, and taking that back: carried out bit by bit, seen all at once. Only this folder
 * includes it. */
#ifndef APP_WHEEL_IMPORT_H
#define APP_WHEEL_IMPORT_H

#include "app/wheel/plan.h"

struct job_context;

/* How many items are made in one transaction. */
enum { IMPORT_CHUNK = 200 };

enum import_step { IMPORT_GOES_ON, IMPORT_IS_MADE, IMPORT_IS_DROPPED };

/* Makes the next items of what is planned; after the last one everything is seen. When the wheel is no longer what it
 * was when the person looked, nothing is: what was made is dropped, and they look anew. */
enum import_step wheel_import_go_on(struct tx *tx, const struct actor *who, const struct wheel_import *m,
    const struct school_year *y, const struct plan *p);

/* Takes the whole import back, but for what somebody has changed or answered since. TAKEN: it is not made, or undone
 * already. */
enum verdict wheel_import_undo(struct tx *tx, const struct actor *who, const struct wheel_import *m,
    const struct school_year *y);

/* For the job: whether something is under way, or a file lies there that nobody came back to; and doing it. */
bool wheel_import_due(struct tx *tx);
void wheel_import_run_job(struct job_context *job);

#endif
