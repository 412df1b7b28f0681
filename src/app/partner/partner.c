#include "app/partner/partner.h"

#include "lib/json.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/partner/partner.sql.h" /* generated */
#include "app/people/people.h"
#include "app/room.h"

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

	return organisation_by_key(tx, key, &o) ? o.id : (organisation_id){0};
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

/* --- a college's file ---------------------------------------------------------------------------------- */

static void
load_campuses(struct tx *tx, struct json_in *in, const struct json *j, organisation_id id)
{
	struct json_items list = json_list(in, j, "campuses");

	for (size_t i = 0; i < list.n; i++) {
		struct campus campus;

		if (list.at[i].kind == IS_TEXT && campus_find(tx, list.at[i].text, &campus))
			organisation_campus_add(tx, id, campus.id);
		else
			json_problem(in, &list.at[i], "is none of `campuses`");
	}
}

static void
load_partner(struct tx *tx, struct json_in *in, const struct json *j)
{
	struct str key = json_text(in, j, "key"), town = json_text_or(in, j, "municipality", STR(""));
	struct texts name = json_texts(in, j, "name");
	size_t type = json_word(in, j, "type", organisation_type_words, ORGANISATION_TYPE_COUNT);
	struct municipality municipality = {0};

	if (town.n && !campus_municipality(tx, town, &municipality))
		json_problem(in, json_member(in, j, "municipality"), "\"%.*s\" is none of `municipalities`",
		    STR_ARG(town));
	if (key.n == 0 || type == 0)
		return;
	load_campuses(tx, in, j, organisation_put(tx, key, name, (enum organisation_type)type, municipality.id,
	    json_texts_or(in, j, "does"), json_text_or(in, j, "url", STR(""))));
}

/* {"role": "partner", "organisation": KEY} among the roles of a person. */
static void
load_member(struct tx *tx, struct json_in *in, const struct json *j)
{
	struct json_items roles = json_list(in, j, "roles");
	struct person person;

	for (size_t i = 0; i < roles.n; i++) {
		struct str key = json_text_or(in, &roles.at[i], "organisation", STR(""));
		struct organisation o;

		if (key.n == 0 || !person_with_key(tx, json_text(in, j, "key"), &person))
			continue;
		if (organisation_by_key(tx, key, &o))
			organisation_member_add(tx, o.id, person.id, tx->now);
		else
			json_problem(in, json_member(in, &roles.at[i], "organisation"),
			    "\"%.*s\" is none of `partners`", STR_ARG(key));
	}
}

void
partner_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	struct json_items partners = json_list(in, college, "partners"), people = json_list(in, college, "people");

	(void)today;
	for (size_t i = 0; i < partners.n; i++)
		load_partner(tx, in, &partners.at[i]);
	for (size_t i = 0; i < people.n; i++)
		load_member(tx, in, &people.at[i]);
}

const struct room partner_room = {
	.name = "partner",
	.seed = partner_load,
};
