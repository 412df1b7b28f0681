/* Changing an organisation, whom to call there, what was agreed, and who acts for it. */
#include "app/partner/inside.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/partner/partner.sql.h"   /* generated */
#include "app/partner/partner.texts.h" /* generated */
#include "app/rights.h"                /* generated */

const struct event partner_saved = {"partner.saved", T_PARTNER_EVENT_SAVED};
const struct event partner_ended = {"partner.ended", T_PARTNER_EVENT_ENDED};
const struct event partner_returned = {"partner.returned", T_PARTNER_EVENT_RETURNED};
const struct event partner_contact_saved = {"partner.contact_saved", T_PARTNER_EVENT_CONTACT_SAVED};
const struct event partner_contact_ended = {"partner.contact_ended", T_PARTNER_EVENT_CONTACT_ENDED};
const struct event partner_agreement_saved = {"partner.agreement_saved", T_PARTNER_EVENT_AGREEMENT_SAVED};
const struct event partner_agreement_ended = {"partner.agreement_ended", T_PARTNER_EVENT_AGREEMENT_ENDED};
const struct event partner_member_added = {"partner.member_added", T_PARTNER_EVENT_MEMBER_ADDED};
const struct event partner_member_ended = {"partner.member_ended", T_PARTNER_EVENT_MEMBER_ENDED};

/* --- for the journal ------------------------------------------------------------------------------------- */

static void
note(struct tx *tx, const struct actor *who, const struct event *event, organisation_id id, struct str was,
    struct str becomes)
{
	if (!str_eq(was, becomes))
		journal_add(tx, who, (struct journal_entry){event, 0, id.n, was, becomes});
}

static struct str
lines_of(struct tx *tx, organisation_id id)
{
	struct out o = out_new(tx->arena);
	struct campus_list campuses = campus_ever(tx);
	struct organisation_campus_list its = organisation_campuses_of(tx, id);
	struct municipality_list towns = campus_municipalities(tx);
	struct organisation org;

	if (!organisation_by_id(tx, id, &org))
		return STR("");
	journal_texts(&o, "name", org.name);
	journal_line(&o, "type", str_of(organisation_type_words[org.type]));
	for (size_t i = 0; i < towns.n; i++)
		if (towns.at[i].id.n == org.municipality.n)
			journal_line(&o, "municipality", towns.at[i].key);
	journal_texts(&o, "does", org.does);
	journal_line(&o, "url", org.url);
	for (size_t i = 0; i < its.n; i++)
		journal_line(&o, "campus", campus_in(campuses, its.at[i].campus)->slug);
	return out_text(&o);
}

static struct str
lines_of_contact(struct tx *tx, organisation_contact_id id)
{
	struct out o = out_new(tx->arena);
	struct organisation_contact c;

	if (organisation_contact_find(tx, id, &c)) {
		journal_line(&o, "name", c.name);
		journal_line(&o, "task", c.task);
		journal_line(&o, "email", c.email);
		journal_line(&o, "phone", c.phone);
	}
	return out_text(&o);
}

static void
journal_day(struct out *o, const char *name, struct date day)
{
	char iso[11];

	if (day.day)
		journal_line(o, name, str_of(date_iso(day, iso)));
}

static struct str
lines_of_agreement(struct tx *tx, organisation_agreement_id id)
{
	struct out o = out_new(tx->arena);
	struct organisation_agreement a;

	if (organisation_agreement_find(tx, id, &a)) {
		journal_line(&o, "title", a.title);
		journal_line(&o, "number", a.number);
		journal_day(&o, "starts", a.starts);
		journal_day(&o, "ends", a.ends);
		journal_line(&o, "url", a.url);
	}
	return out_text(&o);
}

static struct str
lines_of_member(struct tx *tx, organisation_id id, person_id person)
{
	struct out o = out_new(tx->arena);
	struct organisation org;
	struct person p;

	need(organisation_by_id(tx, id, &org) && person_find(tx, person, &p));
	journal_texts(&o, "organisation", org.name);
	journal_line(&o, "person", p.name);
	return out_text(&o);
}

/* --- roles ----------------------------------------------------------------------------------------------- */

static bool
acts_on(struct tx *tx, person_id person, campus_id campus)
{
	struct organisation_list acts = organisations_of_person(tx, person);
	struct organisation_campus_list all = organisation_campuses(tx);

	for (size_t i = 0; i < acts.n; i++)
		if (partner_works_on(all, acts.at[i].id, campus))
			return true;
	return false;
}

static void
give_role(struct tx *tx, const struct actor *who, person_id person, campus_id campus, struct date today)
{
	if (actor_may(who, MAY_MANAGE_PEOPLE, campus.n))
		person_give_role(tx, who, person, PERSON_ROLE_ROLE_PARTNER, campus, (struct date){0}, today);
}

/* A role on all campuses goes with the last organisation. */
static void
end_roles(struct tx *tx, const struct actor *who, person_id person, struct date today)
{
	struct person_role_list held = people_roles_of(tx, person, today);
	bool acts = organisations_of_person(tx, person).n > 0;

	for (size_t i = 0; i < held.n; i++) {
		const struct person_role *r = &held.at[i];

		if (r->role != PERSON_ROLE_ROLE_PARTNER || (r->campus.n ? acts_on(tx, person, r->campus) : acts))
			continue;
		person_end_role(tx, who, person, r->id, today);
	}
}

/* --- organisations --------------------------------------------------------------------------------------- */

/* Those that are marked, where the actor coordinates; elsewhere it stays as it was. */
static void
save_campuses(struct tx *tx, const struct actor *who, organisation_id id, struct ids marked, struct date today)
{
	struct campus_list campuses = campus_all(tx);
	struct organisation_member_list members = organisation_members_of(tx, id);
	bool dropped = false;

	for (size_t i = 0; i < campuses.n; i++) {
		campus_id campus = campuses.at[i].id;

		if (!actor_may(who, MAY_EDIT_PARTNERS, campus.n))
			continue;
		if (!ids_has(marked, campus.n))
			dropped |= organisation_campus_drop(tx, id, campus) > 0;
		else if (organisation_campus_add(tx, id, campus) > 0)
			for (size_t k = 0; k < members.n; k++)
				give_role(tx, who, members.at[k].person, campus, today);
	}
	for (size_t k = 0; dropped && k < members.n; k++)
		end_roles(tx, who, members.at[k].person, today);
}

enum verdict
partner_save(struct tx *tx, const struct actor *who, organisation_id *id, const struct organisation_form *form,
    struct date today)
{
	enum organisation_type type = (enum organisation_type)form->type;
	municipality_id municipality = {form->municipality};
	struct str was = STR("");

	if (id->n == 0) {
		*id = organisation_add(tx, STR(""), form->name, type, municipality, form->does, form->url);
	} else {
		was = lines_of(tx, *id);
		if (organisation_change(tx, *id, form->name, type, municipality, form->does, form->url,
		    form->version) == 0)
			return VERDICT_CONFLICT;
	}
	save_campuses(tx, who, *id, form->campuses, today);
	note(tx, who, &partner_saved, *id, was, lines_of(tx, *id));
	return VERDICT_OK;
}

enum verdict
partner_end(struct tx *tx, const struct actor *who, organisation_id id, int64_t version, struct date today)
{
	struct organisation_member_list members = organisation_members_of(tx, id);

	if (!partner_may_end(tx, who, id))
		return VERDICT_FORBIDDEN;
	if (organisation_end(tx, id, tx->now, version) == 0)
		return VERDICT_CONFLICT;
	organisation_members_end(tx, id, tx->now);
	for (size_t i = 0; i < members.n; i++)
		end_roles(tx, who, members.at[i].person, today);
	note(tx, who, &partner_ended, id, lines_of(tx, id), STR(""));
	return VERDICT_OK;
}

enum verdict
partner_return(struct tx *tx, const struct actor *who, organisation_id id, int64_t version)
{
	if (!partner_may_end(tx, who, id))
		return VERDICT_FORBIDDEN;
	if (organisation_return(tx, id, version) == 0)
		return VERDICT_CONFLICT;
	note(tx, who, &partner_returned, id, STR(""), lines_of(tx, id));
	return VERDICT_OK;
}

/* --- contacts -------------------------------------------------------------------------------------------- */

static bool
has_contact(struct tx *tx, organisation_id organisation, organisation_contact_id id)
{
	struct organisation_contact c;

	return organisation_contact_find(tx, id, &c) && c.organisation.n == organisation.n && c.ended_at.s == 0;
}

enum verdict
partner_contact_save(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_contact_id id, const struct contact_form *f)
{
	struct str was = STR("");

	if (id.n == 0) {
		id = organisation_contact_add(tx, organisation, f->name, f->task, f->email, f->phone);
	} else {
		if (!has_contact(tx, organisation, id))
			return VERDICT_NOT_FOUND;
		was = lines_of_contact(tx, id);
		if (organisation_contact_change(tx, id, f->name, f->task, f->email, f->phone, f->version) == 0)
			return VERDICT_CONFLICT;
	}
	note(tx, who, &partner_contact_saved, organisation, was, lines_of_contact(tx, id));
	return VERDICT_OK;
}

enum verdict
partner_contact_end(struct tx *tx, const struct actor *who, organisation_id organisation, organisation_contact_id id)
{
	if (!has_contact(tx, organisation, id))
		return VERDICT_NOT_FOUND;
	organisation_contact_end(tx, id, tx->now);
	note(tx, who, &partner_contact_ended, organisation, lines_of_contact(tx, id), STR(""));
	return VERDICT_OK;
}

/* --- agreements ------------------------------------------------------------------------------------------ */

static bool
has_agreement(struct tx *tx, organisation_id organisation, organisation_agreement_id id)
{
	struct organisation_agreement a;

	return organisation_agreement_find(tx, id, &a) && a.organisation.n == organisation.n && a.cancelled_at.s == 0;
}

enum verdict
partner_agreement_save(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_agreement_id id, const struct agreement_form *f)
{
	struct str was = STR("");

	if (id.n == 0) {
		id = organisation_agreement_add(tx, organisation, f->title, f->starts, f->ends, f->number, f->url);
	} else {
		if (!has_agreement(tx, organisation, id))
			return VERDICT_NOT_FOUND;
		was = lines_of_agreement(tx, id);
		if (organisation_agreement_change(tx, id, f->title, f->starts, f->ends, f->number, f->url,
		    f->version) == 0)
			return VERDICT_CONFLICT;
	}
	note(tx, who, &partner_agreement_saved, organisation, was, lines_of_agreement(tx, id));
	return VERDICT_OK;
}

enum verdict
partner_agreement_end(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_agreement_id id)
{
	if (!has_agreement(tx, organisation, id))
		return VERDICT_NOT_FOUND;
	organisation_agreement_cancel(tx, id, tx->now);
	note(tx, who, &partner_agreement_ended, organisation, lines_of_agreement(tx, id), STR(""));
	return VERDICT_OK;
}

/* --- who acts for it ------------------------------------------------------------------------------------- */

enum verdict
partner_member_add(struct tx *tx, const struct actor *who, organisation_id organisation, person_id person,
    struct date today)
{
	struct organisation_campus_list its = organisation_campuses_of(tx, organisation);

	if (!partner_may_edit(tx, who, organisation))
		return VERDICT_FORBIDDEN;
	if (organisation_member_add(tx, organisation, person, tx->now) > 0)
		note(tx, who, &partner_member_added, organisation, STR(""), lines_of_member(tx, organisation, person));
	for (size_t i = 0; i < its.n; i++)
		give_role(tx, who, person, its.at[i].campus, today);
	return VERDICT_OK;
}

enum verdict
partner_member_end(struct tx *tx, const struct actor *who, organisation_id organisation, organisation_member_id id,
    struct date today)
{
	struct organisation_member m;

	if (!organisation_member_find(tx, id, &m) || m.organisation.n != organisation.n || m.ended_at.s)
		return VERDICT_NOT_FOUND;
	if (!partner_may_end(tx, who, organisation))
		return VERDICT_FORBIDDEN;
	organisation_member_end(tx, id, tx->now);
	end_roles(tx, who, m.person, today);
	note(tx, who, &partner_member_ended, organisation, lines_of_member(tx, organisation, m.person), STR(""));
	return VERDICT_OK;
}
