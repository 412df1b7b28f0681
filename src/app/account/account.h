/* Signing in: by a mail with a link and a code, or by a password. One's own devices stay signed in for 30 days, shared
 * ones until the browser is closed and for 12 hours at most. Nothing here tells whether an address is known. */
#ifndef APP_ACCOUNT_H
#define APP_ACCOUNT_H

#include "core/http/http.h"
#include "core/mail/mail.h"
#include "lib/date.h"

#include "app/account/account.rows.h" /* generated */
#include "app/people/people.rows.h"   /* generated */

struct event;
struct letter;
struct room;

extern const struct room account_room;
extern const struct event account_password_set, account_signed_out;

/* Who the session cookie belongs to; id 0 if nobody, any more. */
person_id account_person(struct tx *tx, struct str session);

enum {
	ACCOUNT_LINK_MINUTES = 30,
	ACCOUNT_INVITE_MINUTES = 7 * 24 * 60,
};

/* For struct http_app: the sign-in page for a form that was sent after its session had ended. */
void account_sign_in_page(struct req *r, struct str body);

/* Puts a form that waited for its person onto the page it stands on, in any language, filled and unsent. */
void account_show_kept(struct req *r);
/* For struct http_app: the form was sent and waits no longer. */
void account_settle_kept(struct req *r);

/* A token that lets the person in once, within `minutes`: the last part of /{lang}/sign-in/link/{token}. For
 * invitations, `nuotio init` and the demo. */
struct str account_link(struct tx *tx, person_id person, int minutes);

/* Queues the mail that invites someone. */
void account_invite(struct req *r, person_id person, struct str inviter);

/* The end of such a letter: a button that lets the person in with that token, and for how long. */
void account_write_entry(struct tx *tx, struct letter *letter, struct str token);

/* The two letters, for somebody who is sent them or looks at them. */
struct mail account_code_mail(struct tx *tx, const struct person *to, struct str path, struct str code);
struct mail account_invitation(struct tx *tx, const struct person *to, struct str inviter, struct str token);

/* For struct room: a letter of each kind. */
void account_letters(struct tx *tx, const struct person *to, struct mail_list *list);

/* Someone has left: sessions, links, password and kept forms end. Invited again, they begin anew. */
void account_end(struct tx *tx, person_id person);

/* Forgets mails and kept forms whose time is over, and sessions a week later: until then it is known whose form it is
 * that comes after its session. The hourly job of the room. */
void account_forget(struct tx *tx);

#endif
