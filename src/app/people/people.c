#include "app/people/people.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/journal/journal.h"
#include "app/people/people.sql.h"   /* generated */
#include "app/people/people.texts.h" /* generated */
#include "app/rights.h"              /* generated */

const struct event person_invited = {"people.invited", T_PEOPLE_EVENT_INVITED};
const struct event person_role_given = {"people.role_given", T_PEOPLE_EVENT_ROLE_GIVEN};
const struct event person_role_ended = {"people.role_ended", T_PEOPLE_EVENT_ROLE_ENDED};
const struct event person_duty_given = {"people.duty_given", T_PEOPLE_EVENT_DUTY_GIVEN};
const struct event person_duty_ended = {"people.duty_ended", T_PEOPLE_EVENT_DUTY_ENDED};
const struct event person_ended = {"people.ended", T_PEOPLE_EVENT_ENDED};

uint8_t
person_role_number(enum person_role_role role)
{
	switch (role) {
	case PERSON_ROLE_ROLE_STUDENT: return ROLE_STUDENT;
	case PERSON_ROLE_ROLE_STUDENT_BODY: return ROLE_STUDENT_BODY;
	case PERSON_ROLE_ROLE_STAFF: return ROLE_STAFF;
	case PERSON_ROLE_ROLE_COORDINATOR: return ROLE_COORDINATOR;
	case PERSON_ROLE_ROLE_PARTNER: return ROLE_PARTNER;
	case PERSON_ROLE_ROLE_MEMBER: return ROLE_MEMBER;
	case PERSON_ROLE_ROLE_MANAGEMENT: return ROLE_MANAGEMENT;
	case PERSON_ROLE_ROLE_ADMIN: return ROLE_ADMIN;
	case PERSON_ROLE_ROLE_NONE: break;
	}
	need(0 && "a role of rights.tbl");
	return 0;
}

enum lang
person_lang(const struct person *p)
{
	need(p->language != PERSON_LANGUAGE_NONE);
	return (enum lang)(p->language - PERSON_LANGUAGE_FI);
}

struct actor
person_nobody(void)
{
	return (struct actor){0};
}

struct actor
person_actor(struct tx *tx, person_id id, struct date today)
{
	struct person p;
	struct person_grant_list held;
	struct grant *grant;

	if (id.n == 0 || !person_by_id(tx, id, &p) || p.cancelled_at.s)
		return person_nobody();
	held = person_grants(tx, id, today);
	grant = ARENA_ARRAY(tx->arena, struct grant, held.n);
	for (size_t i = 0; i < held.n; i++)
		grant[i] = (struct grant){held.at[i].campus.n, person_role_number(held.at[i].role)};
	return (struct actor){.person = p.id.n, .lang = person_lang(&p), .name = p.name,
	    .grant = grant, .grants = held.n};
}

struct person_grant_list
people_grants_of(struct tx *tx, person_id id, struct date today)
{
	return person_grants(tx, id, today);
}

bool
person_find(struct tx *tx, person_id id, struct person *p)
{
	return person_by_id(tx, id, p);
}

bool
person_with_email(struct tx *tx, struct str email, struct person *p)
{
	return person_by_email(tx, email, p);
}

bool
person_with_key(struct tx *tx, struct str key, struct person *p)
{
	return person_by_key(tx, key, p);
}

struct person_list
people_here(struct tx *tx)
{
	return people_all(tx);
}

const struct person *
person_in(struct person_list list, person_id id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id.n)
			return &list.at[i];
	return NULL;
}

struct duty_list
duties_all(struct tx *tx)
{
	return duties(tx);
}

const struct duty *
duty_in(struct duty_list list, duty_id id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id.n)
			return &list.at[i];
	return NULL;
}

struct duty
duty_with_key(struct duty_list list, struct str key)
{
	for (size_t i = 0; i < list.n; i++)
		if (str_eq(list.at[i].key, key))
			return list.at[i];
	return (struct duty){0};
}

struct person_duty_list
duties_of(struct tx *tx, person_id id)
{
	return person_duties(tx, id);
}

person_id
person_invite(struct tx *tx, const struct actor *who, struct str name, struct str email, enum lang lang,
    struct texts title)
{
	person_id id = person_put(tx, STR(""), name, email,
	    (enum person_language)((int)lang + PERSON_LANGUAGE_FI), title, tx->now);

	journal_add(tx, who, (struct journal_entry){&person_invited, .subject = id.n});
	return id;
}

enum verdict
person_give_role(struct tx *tx, const struct actor *who, person_id person, enum person_role_role role,
    campus_id campus, struct date until)
{
	need(actor_may(who, MAY_MANAGE_PEOPLE, campus.n));
	if (role == PERSON_ROLE_ROLE_ADMIN && !actor_may(who, MAY_MAKE_ADMINS, 0))
		return VERDICT_FORBIDDEN;
	if (person_role_add(tx, person, role, campus, until, who->person, tx->now) > 0)
		journal_add(tx, who, (struct journal_entry){&person_role_given, campus.n, person.n, STR(""),
		    str_of(person_role_role_words[role])});
	return VERDICT_OK;
}

/* A college without anyone who can invite people could not mend itself. */
static bool
is_last_manager(struct tx *tx, const struct person_role *ended, struct date today)
{
	struct person_role_list all = person_roles_all(tx, today);

	if (ended->role != PERSON_ROLE_ROLE_ADMIN && ended->role != PERSON_ROLE_ROLE_COORDINATOR)
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].id.n != ended->id.n && all.at[i].campus.n == 0 &&
		    (all.at[i].role == PERSON_ROLE_ROLE_ADMIN ||
		     all.at[i].role == PERSON_ROLE_ROLE_COORDINATOR))
			return false;
	return true;
}

enum verdict
person_end_role(struct tx *tx, const struct actor *who, person_role_id id, struct date today)
{
	struct person_role r;

	if (!person_role_find(tx, id, &r) || r.ended_at.s)
		return VERDICT_NOT_FOUND;
	if (!actor_may(who, MAY_MANAGE_PEOPLE, r.campus.n) || is_last_manager(tx, &r, today) ||
	    (r.role == PERSON_ROLE_ROLE_ADMIN && !actor_may(who, MAY_MAKE_ADMINS, 0)))
		return VERDICT_FORBIDDEN;
	if (person_role_end(tx, id, r.campus, tx->now) > 0)
		journal_add(tx, who, (struct journal_entry){&person_role_ended, r.campus.n, r.person.n,
		    str_of(person_role_role_words[r.role]), STR("")});
	return VERDICT_OK;
}

enum verdict
person_give_duty(struct tx *tx, const struct actor *who, person_id person, duty_id duty, campus_id campus)
{
	struct duty_list all = duties(tx);
	const struct duty *d = duty_in(all, duty);

	need(actor_may(who, MAY_MANAGE_PEOPLE, campus.n));
	if (!d)
		return VERDICT_NOT_FOUND;
	if (person_duty_add(tx, person, duty, campus) > 0)
		journal_add(tx, who,
		    (struct journal_entry){&person_duty_given, campus.n, person.n, STR(""), d->key});
	return VERDICT_OK;
}

enum verdict
person_end_duty(struct tx *tx, const struct actor *who, person_duty_id id)
{
	struct person_duty d;

	if (!person_duty_find(tx, id, &d) || d.ended_at.s)
		return VERDICT_NOT_FOUND;
	if (!actor_may(who, MAY_MANAGE_PEOPLE, d.campus.n))
		return VERDICT_FORBIDDEN;
	if (person_duty_end(tx, id, d.campus, tx->now) > 0)
		journal_add(tx, who, (struct journal_entry){&person_duty_ended, d.campus.n, d.person.n,
		    duty_in(duties(tx), d.duty)->key, STR("")});
	return VERDICT_OK;
}
