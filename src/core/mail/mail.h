/* Mails: a row in the outbox, written with what it tells of, and sent soon after. Without a mail server the rows wait,
 * where an admin sees them.
 * tidy: because what is queued, and how it fared, is read together. */
#ifndef CORE_MAIL_H
#define CORE_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/ical.h"
#include "lib/str.h"
#include "lib/text.h"

struct arena;
struct tx;

struct mail {
	struct str to; /* an address without a name */
	struct str subject;
	struct str body; /* made by letter.h; plain words are one too */
	enum lang lang;
	/* What ical_write wrote with this method, for the reader's calendar; empty: nothing. */
	struct str calendar;
	enum ical_method method;
	/* Where a mail program may say for its reader, with one POST, that they want no more of these. */
	struct str unsubscribe;
	struct instant until; /* after that it would help nobody, and is not sent; none: some days */
};

/* Queues it in the running write transaction: it is sent if that is committed. */
void mail_queue(struct tx *tx, struct mail mail);

/* Several, to be looked at before anybody is sent them. */
struct mail_list {
	struct mail *at;
	size_t n, cap;
};

void mail_add(struct arena *a, struct mail_list *list, struct mail mail);

/* The address of a page for a mail: the public address and the path, which begins with a slash. */
struct str mail_link(struct arena *a, struct str path);

/* --- for the admin page ---------------------------------------------------------------------- */

struct mail_line {
	int64_t id;
	struct str to, subject;
	struct instant queued_at;
	struct instant due_at;  /* none: it was sent, or it will not be tried again by itself */
	struct instant sent_at; /* none: not yet */
	int64_t tries;
	struct str last_error; /* of the last try, in the server's words; empty after success */
};

struct mail_line_list {
	struct mail_line *at;
	size_t n;
};

/* The newest first. */
struct mail_line_list mail_lines(struct tx *tx, int64_t limit);
int64_t mail_waiting(struct tx *tx); /* how many wait to be sent */
/* Sends it again as soon as possible. False: there is none, it was sent, or its words are gone. */
bool mail_retry(struct tx *tx, int64_t id);
/* Whether a mail server was set; if not, they all wait. */
bool mail_server_is_set(void);
/* Whom mails come from, who then is the organizer of an invitation; without a mail server nobody. */
struct ical_person mail_sender(void);

#endif
