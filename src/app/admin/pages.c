/* /admin/outbox: mails that wait, and how they fared. */
#include "app/admin/pages.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/http/http.h"
#include "core/mail/mail.h"

#include "app/admin/admin.h"
#include "app/admin/admin.html.h"  /* generated */
#include "app/admin/admin.texts.h" /* generated */
#include "app/admin/translations.texts.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum { LINES_MAX = 100 };

static void
show_outbox(struct req *r)
{
	struct mail_line_list all = mail_lines(r->tx, LINES_MAX);
	struct admin_mail_list list = {ARENA_ARRAY(r->arena, struct admin_mail, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct admin_mail){
			.id = all.at[i].id,
			.to = all.at[i].to,
			.subject = all.at[i].subject,
			.queued = all.at[i].queued_at,
			.sent = all.at[i].sent_at,
			.tries = all.at[i].tries,
			.trouble = all.at[i].last_error,
		};
	admin_outbox_html(r, &(struct admin_outbox_page){
		.mails = list,
		.waiting = mail_waiting(r->tx),
		.has_server = mail_server_is_set(),
	});
}

struct retry_form {
	int64_t id;
};

static const struct form_field retry_fields[] = {{"id", FORM_HIDDEN, offsetof(struct retry_form, id)}};

static const struct form_spec retry_spec = FORM_SPEC("retry", struct retry_form, retry_fields);

static struct outcome
retry(struct req *r)
{
	const struct retry_form *form = r->form;

	if (!mail_retry(r->tx, form->id))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return see_other(r, "/{lang}/admin/outbox", said(T_ADMIN_RETRY_FLASH));
}

static const struct route routes[] = {
	{GET, "/{lang}/admin/outbox", MAY_SEE_OUTBOX, show_outbox, .whole = true},
	{POST, "/{lang}/admin/outbox/retry", MAY_SEE_OUTBOX, show_outbox, retry, &retry_spec, .whole = true},
	{0},
};

static const struct route *const tables[] = {routes, admin_letter_routes, admin_journal_routes,
    admin_translation_routes, NULL};

static const struct nav nav[] = {
	{T_ADMIN_TRANSLATIONS, "/admin/translations", MAY_TRANSLATE, false, T_ADMIN_TRANSLATIONS_NAV, .at = 58},
	{T_ADMIN_OUTBOX, "/admin/outbox", MAY_SEE_OUTBOX, false, T_ADMIN_OUTBOX_NAV, .at = 70, .whole = true},
	{T_ADMIN_JOURNAL, "/admin/journal", MAY_SEE_JOURNAL, false, T_ADMIN_JOURNAL_NAV, .at = 80, .whole = true},
	{0},
};

static const struct event *const events[] = {&admin_loaded, NULL};

const struct room admin_room = {.name = "admin", .routes = tables, .nav = nav, .events = events};
