#include "core/mail/mail.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/db.h"
#include "core/mail/mail.sql.h" /* generated */
#include "core/mail/send.h"
#include "core/mail/server.h"
#include "core/token.h"

enum { MESSAGE_LETTERS = 24, BASE_MAX = 300 };

static char base[BASE_MAX];
static size_t base_n;

void
mail_base_set(struct str url)
{
	need(url.n < sizeof base);
	memcpy(base, url.n ? url.p : "", url.n);
	base_n = url.n;
}

struct str
mail_base(void)
{
	return (struct str){base, base_n};
}

struct str
mail_link(struct arena *a, struct str path)
{
	need(path.n > 0 && path.p[0] == '/');
	return str_fmt(a, "%.*s%.*s", STR_ARG(mail_base()), STR_ARG(path));
}

void
mail_queue(struct tx *tx, struct mail mail)
{
	/* Made here and not when it is sent: a mail that is sent twice by mishap is known by it. */
	struct str message = str_sub(token_new(tx->arena), 0, MESSAGE_LETTERS);

	need(mail.lang >= 0 && mail.lang < LANG_COUNT);
	need(mail.calendar.n ? str_contains(mail.calendar, str_fmt(tx->arena, "\r\nMETHOD:%s\r\n",
	    ical_method_name(mail.method))) : mail.method == 0);
	outbox_add(tx, message, mail.to, mail.subject, mail.body, (enum outbox_language)(mail.lang + 1),
	    mail.calendar, (enum outbox_method)(mail.method + OUTBOX_METHOD_NO), mail.unsubscribe, tx->now,
	    mail.until.s ? mail.until : (struct instant){tx->now.s + MAIL_PATIENCE_S});
}

void
mail_add(struct arena *a, struct mail_list *list, struct mail mail)
{
	list->at = arena_grow(a, list->at, list->n, 1, sizeof mail, &list->cap);
	list->at[list->n++] = mail;
}

struct mail_line_list
mail_lines(struct tx *tx, int64_t limit)
{
	struct outbox_line_list rows = outbox_lines(tx, limit);
	struct mail_line_list lines = {ARENA_ARRAY(tx->arena, struct mail_line, rows.n), rows.n};

	for (size_t i = 0; i < rows.n; i++) {
		const struct outbox_line *row = &rows.at[i];
		lines.at[i] = (struct mail_line){
			.id = row->id.n,
			.to = row->recipient,
			.subject = row->subject,
			.queued_at = row->queued_at,
			.due_at = row->due_at,
			.sent_at = row->sent_at,
			.tries = row->tries,
			.last_error = row->last_error,
		};
	}
	return lines;
}

int64_t
mail_waiting(struct tx *tx)
{
	return outbox_count_waiting(tx);
}

bool
mail_retry(struct tx *tx, int64_t id)
{
	return outbox_retry(tx, (outbox_id){id}, tx->now, (struct instant){tx->now.s + MAIL_PATIENCE_S}) > 0;
}
