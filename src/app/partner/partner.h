/* Partner organisations: what they do, on which campuses, whom to call there, what was agreed, and who of theirs signs
 * in to act for them. */
#ifndef APP_PARTNER_H
#define APP_PARTNER_H

#include <stdbool.h>

#include "lib/date.h"

#include "app/partner/partner.rows.h" /* generated */
#include "app/people/people.rows.h"   /* generated */

struct json;
struct json_in;
struct req;
struct room;
struct str;
struct tx;

extern const struct room partner_room;

/* Those that have not ended. */
struct organisation_list partners_all(struct tx *tx);

bool partner_find(struct tx *tx, organisation_id id, struct organisation *o);
/* Its row among many; NULL when it is not there. */
const struct organisation *partner_in(struct organisation_list list, organisation_id id);
/* The organisation with this key of a college's file; 0 if there is none. */
organisation_id partner_with_key(struct tx *tx, struct str key);

/* "/fi/partners/2" */
struct str partner_address(const struct req *r, organisation_id id);

/* The organisations that a person may act for now; those that ended are none. */
struct organisation_list partners_of(struct tx *tx, person_id person);
bool partner_acts_for(struct tx *tx, person_id person, organisation_id organisation);

/* Whether an agreement with it holds on a day. */
bool partner_has_agreement(struct tx *tx, organisation_id organisation, struct date day);

/* For people_on_left: whoever has left acts for nobody. */
void partner_person_left(struct tx *tx, person_id person);

/* For struct room: `partners` of a college's file, and who acts for them. An organisation that is known already stays
 * as it was edited since. */
void partner_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);

#endif
