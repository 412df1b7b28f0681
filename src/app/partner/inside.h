/* What the files of this room share: changing an organisation and what belongs to it, and who may.
 * tidy: because all that changes is of one kind and read together. */
#ifndef APP_PARTNER_INSIDE_H
#define APP_PARTNER_INSIDE_H

#include "core/actor.h"
#include "core/http/http.h"
#include "lib/ids.h"

#include "app/campus/campus.h"
#include "app/partner/partner.h"
#include "app/people/people.h"

struct event;
struct json;

extern const struct event partner_saved, partner_ended, partner_returned, partner_contact_saved,
    partner_contact_ended, partner_agreement_saved, partner_agreement_ended, partner_member_added,
    partner_member_ended;

/* --- who may: partner.c --- */

/* Whom to call there and what was agreed: the college's own people see it, and those who act for the organisation. */
bool partner_sees_inside(struct tx *tx, const struct actor *who, organisation_id id);
/* Whoever coordinates one of its campuses changes what is told of it. */
bool partner_may_edit(struct tx *tx, const struct actor *who, organisation_id id);
/* Only who coordinates all of them ends it, or somebody's acting for it. */
bool partner_may_end(struct tx *tx, const struct actor *who, organisation_id id);

bool partner_works_on(struct organisation_campus_list all, organisation_id id, campus_id campus);

/* --- what changes: change.c. CONFLICT: it changed since `version`. --- */

struct organisation_form {
	struct texts name, does;
	struct str url;
	int64_t type, municipality, version;
	struct ids campuses;
};

struct contact_form {
	struct str name, task, email, phone;
	int64_t version;
};

struct agreement_form {
	struct str title, number, url;
	struct date starts, ends;
	int64_t version;
};

/* A new one with id 0. Campuses that the actor does not coordinate stay as they are. Its people get the partner's role
 * on a campus that is new to it, and lose it on one where they act for nobody any more. */
enum verdict partner_save(struct tx *tx, const struct actor *who, organisation_id *id,
    const struct organisation_form *form, struct date today);
/* Nobody acts for it any more from now on; brought back, its people are invited again. */
enum verdict partner_end(struct tx *tx, const struct actor *who, organisation_id id, int64_t version,
    struct date today);
enum verdict partner_return(struct tx *tx, const struct actor *who, organisation_id id, int64_t version);

/* A new one with id 0. */
enum verdict partner_contact_save(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_contact_id id, const struct contact_form *form);
enum verdict partner_contact_end(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_contact_id id);
enum verdict partner_agreement_save(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_agreement_id id, const struct agreement_form *form);
enum verdict partner_agreement_end(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_agreement_id id);

/* That person acts for it, with the partner's role on its campuses that the actor coordinates. */
enum verdict partner_member_add(struct tx *tx, const struct actor *who, organisation_id organisation,
    person_id person, struct date today);
enum verdict partner_member_end(struct tx *tx, const struct actor *who, organisation_id organisation,
    organisation_member_id id, struct date today);

#endif
