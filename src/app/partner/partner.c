#include "app/partner/inside.h"

#include "core/db/tx.h"

#include "app/partner/partner.sql.h" /* generated */
#include "app/rights.h"              /* generated */

struct organisation_list
partners_all(struct tx *tx)
{
	return organisations(tx);
}

bool
partner_find(struct tx *tx, organisation_id id, struct organisation *o)
{
	return organisation_by_id(tx, id, o);
}

organisation_id
partner_with_key(struct tx *tx, struct str key)
{
	struct organisation o;

	return key.n && organisation_by_key(tx, key, &o) ? o.id : (organisation_id){0};
}

const struct organisation *
partner_in(struct organisation_list list, organisation_id id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id.n)
			return &list.at[i];
	return NULL;
}

struct organisation_list
partners_of(struct tx *tx, person_id person)
{
	return organisations_of_person(tx, person);
}

bool
partner_acts_for(struct tx *tx, person_id person, organisation_id organisation)
{
	return partner_in(partners_of(tx, person), organisation) != NULL;
}

bool
partner_has_agreement(struct tx *tx, organisation_id organisation, struct date day)
{
	return organisation_agreements_on(tx, organisation, day).n > 0;
}

void
partner_person_left(struct tx *tx, person_id person)
{
	organisation_members_end_of_person(tx, person, tx->now);
}

bool
partner_works_on(struct organisation_campus_list all, organisation_id id, campus_id campus)
{
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].organisation.n == id.n && all.at[i].campus.n == campus.n)
			return true;
	return false;
}

/* --- who may --------------------------------------------------------------------------------------------- */

bool
partner_sees_inside(struct tx *tx, const struct actor *who, organisation_id id)
{
	return actor_may(who, MAY_SEE_PARTNERS_INSIDE, ACTOR_ANYWHERE) ||
	    partner_acts_for(tx, (person_id){who->person}, id);
}

bool
partner_may_edit(struct tx *tx, const struct actor *who, organisation_id id)
{
	struct organisation_campus_list its = organisation_campuses_of(tx, id);

	for (size_t i = 0; i < its.n; i++)
		if (actor_may(who, MAY_EDIT_PARTNERS, its.at[i].campus.n))
			return true;
	return its.n == 0 && actor_may(who, MAY_EDIT_PARTNERS, ACTOR_ANYWHERE);
}

bool
partner_may_end(struct tx *tx, const struct actor *who, organisation_id id)
{
	struct organisation_campus_list its = organisation_campuses_of(tx, id);

	for (size_t i = 0; i < its.n; i++)
		if (!actor_may(who, MAY_EDIT_PARTNERS, its.at[i].campus.n))
			return false;
	return actor_may(who, MAY_EDIT_PARTNERS, ACTOR_ANYWHERE);
}
