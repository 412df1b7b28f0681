/* Who acts for an organisation: inviting somebody by mail, and ending it. */
#include "app/partner/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/mail/mail.h"

#include "app/account/account.h"
#include "app/partner/partner.sql.h"   /* generated */
#include "app/partner/partner.texts.h" /* generated */
#include "app/rights.h"                /* generated */

struct invite_form {
	struct str name, email;
	int64_t lang;
};

static const struct choice languages[] = {
	{LANG_FI, .word = "fi", .text = T_PARTNER_LANGUAGE_FI},
	{LANG_SV, .word = "sv", .text = T_PARTNER_LANGUAGE_SV},
	{LANG_EN, .word = "en", .text = T_PARTNER_LANGUAGE_EN},
};

static const struct form_field invite_fields[] = {
	{"name", FORM_TEXT, offsetof(struct invite_form, name), .required = true, .max = 100,
	    .label = T_PARTNER_CONTACT_NAME},
	{"email", FORM_EMAIL, offsetof(struct invite_form, email), .required = true, .max = 254,
	    .label = T_PARTNER_CONTACT_EMAIL, .hint = T_PARTNER_INVITE_HINT},
	{"lang", FORM_SELECT, offsetof(struct invite_form, lang), .required = true, .label = T_PARTNER_LANGUAGE,
	    .choices = {languages, LANG_COUNT}},
};

static const struct form_spec invite_spec = FORM_SPEC("invite", struct invite_form, invite_fields);

struct member_form {
	int64_t member;
};

static const struct form_field member_fields[] = {{"member", FORM_HIDDEN, offsetof(struct member_form, member)}};

static const struct form_spec member_spec = FORM_SPEC("member", struct member_form, member_fields);

/* The language of its first campus; whoever invites may know better. */
static enum lang
usual_lang(struct req *r, organisation_id id)
{
	struct campus_list campuses = campus_all(r->tx);
	struct organisation_campus_list its = organisation_campuses_of(r->tx, id);
	const struct campus *first = its.n ? campus_in(campuses, its.at[0].campus) : NULL;

	return first ? campus_lang(first) : r->lang;
}

void
partner_show_forms(struct req *r, const struct organisation *o)
{
	form_show(r, &invite_spec, &(struct invite_form){.lang = (int64_t)usual_lang(r, o->id)});
	partner_show_end(r, o);
}

/* An invitation is all it takes: the link signs them in. */
static struct mail
invitation(struct tx *tx, const struct person *to, struct str inviter, struct texts organisation, struct str token)
{
	struct letter l = person_letter(tx, to);

	letter_line(&l, t_partner_invite_lead_mail(inviter, organisation));
	letter_gap(&l);
	letter_line(&l, said(T_PARTNER_INVITE_WHAT));
	letter_gap(&l);
	account_write_entry(tx, &l, token);
	return person_mail(tx, to, t_partner_invite_subject(provider_of(tx).name), &l);
}

static void
send_invitation(struct req *r, person_id id, const struct organisation *o)
{
	struct str token = account_link(r->tx, id, ACCOUNT_INVITE_MINUTES);
	struct person p;

	need(person_find(r->tx, id, &p));
	mail_queue(r->tx, invitation(r->tx, &p, r->actor.name, o->name, token));
}

void
partner_letters(struct tx *tx, const struct person *to, struct mail_list *list)
{
	struct organisation_list all = organisations(tx);

	if (all.n)
		mail_add(tx->arena, list, invitation(tx, to, to->name, all.at[0].name, STR("nothing")));
}

static struct outcome
invite(struct req *r)
{
	const struct invite_form *f = r->form;
	struct organisation o = partner_or_404(r);
	struct person p;
	person_id id;

	if (o.ended_at.s || !partner_may_edit(r->tx, &r->actor, o.id))
		return refused(r, VERDICT_FORBIDDEN, said(T_PARTNER_NOT_YOURS));
	if (organisation_campuses_of(r->tx, o.id).n == 0)
		return refused(r, VERDICT_INVALID, said(T_PARTNER_INVITE_NO_CAMPUS));
	id = person_invite(r->tx, &r->actor, f->name, f->email, (enum lang)f->lang);
	need(partner_member_add(r->tx, &r->actor, o.id, id, r->today) == VERDICT_OK);
	send_invitation(r, id, &o);
	need(person_find(r->tx, id, &p));
	return partner_back(r, t_partner_invited_flash(p.name));
}

static struct outcome
end_member(struct req *r)
{
	const struct member_form *f = r->form;
	enum verdict v = partner_member_end(r->tx, &r->actor, partner_or_404(r).id,
	    (organisation_member_id){f->member}, r->today);

	if (v != VERDICT_OK)
		return refused(r, v, v == VERDICT_FORBIDDEN ? said(T_PARTNER_NOT_YOURS) : (struct said){0});
	return partner_back(r, said(T_PARTNER_MEMBER_ENDED));
}

const struct route partner_people_routes[] = {
	{POST, PARTNER "/invite", MAY_EDIT_PARTNERS, partner_show, invite, &invite_spec},
	{POST, PARTNER "/member/end", MAY_EDIT_PARTNERS, partner_show, end_member, &member_spec},
	{0},
};
