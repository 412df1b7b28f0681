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

enum { KEEP_S = 7 * 86400, MINUTE_S = 60, DAY_MINUTES = 24 * 60 };

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
account_write_entry(struct tx *tx, struct letter *letter, struct str token)
{
	letter_button(letter, said(T_ACCOUNT_INVITE_BUTTON), mail_link(tx->arena,
	    str_fmt(tx->arena, "/%s/sign-in/link/%.*s", lang_code(letter->lang), STR_ARG(token))));
	letter_gap(letter);
	letter_line(letter, t_account_invite_valid(ACCOUNT_INVITE_MINUTES / DAY_MINUTES));
}

struct mail
account_invitation(struct tx *tx, const struct person *to, struct str inviter, struct str token)
{
	struct letter l = person_letter(tx, to);

	letter_line(&l, t_account_invite_lead(inviter));
	letter_gap(&l);
	account_write_entry(tx, &l, token);
	return person_mail(tx, to, t_account_invite_subject(provider_of(tx).name), &l);
}

struct mail
account_code_mail(struct tx *tx, const struct person *to, struct str path, struct str code)
{
	struct letter l = person_letter(tx, to);
	struct mail mail;

	letter_button(&l, said(T_ACCOUNT_MAIL_BUTTON), mail_link(tx->arena, path));
	letter_gap(&l);
	letter_line(&l, t_account_mail_code(code));
	letter_gap(&l);
	letter_line(&l, t_account_mail_valid(ACCOUNT_LINK_MINUTES));
	mail = person_mail(tx, to, t_account_mail_subject(provider_of(tx).name), &l);
	/* Later it would open nothing. */
	mail.until = (struct instant){tx->now.s + ACCOUNT_LINK_MINUTES * MINUTE_S};
	return mail;
}

void
account_invite(struct req *r, person_id id, struct str inviter)
{
	struct str token = account_link(r->tx, id, ACCOUNT_INVITE_MINUTES);
	struct person p;

	need(person_find(r->tx, id, &p));
	mail_queue(r->tx, account_invitation(r->tx, &p, inviter, token));
}

void
account_letters(struct tx *tx, const struct person *to, struct mail_list *list)
{
	mail_add(tx->arena, list, account_code_mail(tx, to, str_fmt(tx->arena, "/%s/sign-in/link/nothing",
	    lang_code(person_lang(to))), STR("123456")));
	mail_add(tx->arena, list, account_invitation(tx, to, to->name, STR("nothing")));
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
