/* What the files of this folder know of each other. */
#ifndef CORE_MAIL_SEND_H
#define CORE_MAIL_SEND_H

#include <stdint.h>

#include "lib/str.h"

/* What mail_base_set was given. */
struct str mail_base(void);

/* Seconds until the next try after so many. */
int64_t mail_backoff_s(int64_t tries);

enum {
	MAIL_PATIENCE_S = 4 * 86400,   /* how long it is tried: longer than a weekend without the server */
	MAIL_BLANK_S = 7 * 86400,      /* how long the words of one that was given up are kept */
	MAIL_FORGET_S = 30 * 86400,    /* how long an admin sees what was sent */
	MAIL_SERVER_PAUSE_MS = 30000,  /* after it could not be reached */
};

#endif
