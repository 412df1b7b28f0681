#include "app/account/account.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"
#include "core/token.h"

#include "app/account/account.sql.h"   /* generated */
#include "app/account/account.texts.h" /* generated */
#include "app/campus/campus.h"
#include "app/people/people.h"

enum { KEEP_S = 7 * 86400, MINUTE_S = 60 };

person_id
account_person(struct tx *tx, struct str session)
{
	struct session s;

	if (session.n == 0 || !session_find(tx, token_digest(tx->arena, session), tx->now, &s))
		return (person_id){0};
	return s.person;
}

struct str
account_link(struct tx *tx, person_id person, int minutes)
{
	struct str token = token_new(tx->arena);

	sign_in_add(tx, person, token_digest(tx->arena, token), STR(""), STR(""), STR(""),
	    (struct instant){tx->now.s + minutes * MINUTE_S});
	return token;
}

void
account_invite(struct req *r, person_id id, struct str inviter)
{
	struct provider provider = provider_of(r->tx);
	struct str token = account_link(r->tx, id, ACCOUNT_INVITE_MINUTES);
	struct person p;
	enum lang lang;

	need(person_find(r->tx, id, &p));
	lang = person_lang(&p);
	mail_queue(r->tx, (struct mail){
		.to = p.email,
		.subject = said_plain(r->arena, lang, t_account_invite_subject(provider.name)),
		.body = said_plain(r->arena, lang, t_account_invite_body(p.name, inviter,
		    mail_link(r->arena, str_fmt(r->arena, "/%s/sign-in/link/%.*s", lang_code(lang),
			STR_ARG(token))))),
		.lang = lang,
	});
}

void
account_end(struct tx *tx, person_id person)
{
	sessions_end_of(tx, person, tx->now);
	sign_ins_end_of(tx, person, tx->now);
	account_passwords_drop(tx, person);
	kept_forms_drop_of(tx, person);
}

void
account_forget(struct tx *tx)
{
	sessions_forget(tx, (struct instant){tx->now.s - KEEP_S});
	sign_ins_forget(tx, tx->now);
	kept_forms_forget(tx, tx->now);
}
