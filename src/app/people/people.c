#include "app/people/people.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/collate.h"
#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/journal/journal.h"
#include "app/people/own.h"
#include "app/people/people.sql.h"   /* generated */
#include "app/people/people.texts.h" /* generated */
#include "app/rights.h"              /* generated */

const struct event person_invited = {"people.invited", T_PEOPLE_EVENT_INVITED};
const struct event person_role_given = {"people.role_given", T_PEOPLE_EVENT_ROLE_GIVEN};
const struct event person_role_ended = {"people.role_ended", T_PEOPLE_EVENT_ROLE_ENDED};
const struct event person_duty_given = {"people.duty_given", T_PEOPLE_EVENT_DUTY_GIVEN};
const struct event person_duty_ended = {"people.duty_ended", T_PEOPLE_EVENT_DUTY_ENDED};
const struct event person_left = {"people.left", T_PEOPLE_EVENT_LEFT};

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

struct person_role_list
people_roles_of(struct tx *tx, person_id id, struct date today)
{
	return person_roles_of(tx, id, today);
}

bool
person_find(struct tx *tx, person_id id, struct person *p)
{
	return person_by_id(tx, id, p);
}

struct texts
person_named(struct tx *tx, const struct event *event, int64_t subject)
{
	struct person p;

	(void)event;
	return person_find(tx, (person_id){subject}, &p) ? texts_same(p.name) : (struct texts){0};
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
people_here(struct tx *tx, enum lang lang)
{
	struct person_list list = people_all(tx);

	collate_sort(tx->arena, lang, list.at, list.n, sizeof *list.at, offsetof(struct person, name));
	return list;
}

struct person_list
people_who_may(struct tx *tx, int right, struct date today)
{
	struct person_list all = people_all(tx), list = {ARENA_ARRAY(tx->arena, struct person, all.n), 0};
	struct person_role_list roles = person_roles_all(tx, today);

	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < roles.n; k++) {
			struct grant grant = {roles.at[k].campus.n, person_role_number(roles.at[k].role)};
			struct actor who = {.person = all.at[i].id.n, .grant = &grant, .grants = 1};

			if (roles.at[k].person.n == all.at[i].id.n && actor_may(&who, right, ACTOR_ANYWHERE)) {
				list.at[list.n++] = all.at[i];
				break;
			}
		}
	return list;
}

struct person_list
people_ever(struct tx *tx)
{
	return people_with_those_who_left(tx);
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
person_invite(struct tx *tx, const struct actor *who, struct str name, struct str email, enum lang lang)
{
	enum person_language language = (enum person_language)((int)lang + PERSON_LANGUAGE_FI);
	struct person p;

	if (!person_by_email(tx, email, &p))
		p.id = person_add(tx, name, email, language, tx->now);
	else
		person_return(tx, p.id, name, language);
	journal_add(tx, who, (struct journal_entry){&person_invited, .subject = p.id.n});
	return p.id;
}

/* A college without an admin could not make one, and without a coordinator nobody keeps the wheel. */
static bool
is_last(struct tx *tx, const struct person_role *held, struct date today)
{
	struct person_role_list all = person_roles_all(tx, today);

	if (held->campus.n || (held->role != PERSON_ROLE_ROLE_ADMIN && held->role != PERSON_ROLE_ROLE_COORDINATOR))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].person.n != held->person.n && all.at[i].campus.n == 0 && all.at[i].role == held->role &&
		    all.at[i].until.day == 0)
			return false;
	return true;
}

/* "staff", or "staff, until 2026-12-31". */
static struct str
held_words(struct tx *tx, enum person_role_role role, struct date until)
{
	char iso[11];

	return until.day ? str_fmt(tx->arena, "%s, until %s", person_role_role_words[role], date_iso(until, iso))
	    : str_of(person_role_role_words[role]);
}

static bool
may_handle_role(const struct actor *who, enum person_role_role role, campus_id campus)
{
	return actor_may(who, MAY_MANAGE_PEOPLE, campus.n) &&
	    (role != PERSON_ROLE_ROLE_ADMIN || actor_may(who, MAY_MAKE_ADMINS, 0));
}

enum verdict
person_give_role(struct tx *tx, const struct actor *who, person_id person, enum person_role_role role,
    campus_id campus, struct date until, struct date today)
{
	struct journal_entry entry = {&person_role_given, campus.n, person.n, .becomes = held_words(tx, role, until)};
	struct person_role held;

	need(actor_may(who, MAY_MANAGE_PEOPLE, campus.n));
	if (!may_handle_role(who, role, campus))
		return VERDICT_FORBIDDEN;
	if (!person_role_held(tx, person, role, campus, today, &held)) {
		person_role_add(tx, person, role, campus, until, who->person, tx->now);
	} else {
		if (held.until.day == until.day)
			return VERDICT_OK;
		if (until.day && is_last(tx, &held, today))
			return VERDICT_FORBIDDEN;
		person_role_until_set(tx, held.id, campus, until);
		entry.was = held_words(tx, role, held.until);
	}
	journal_add(tx, who, entry);
	return VERDICT_OK;
}

enum verdict
person_end_role(struct tx *tx, const struct actor *who, person_id person, person_role_id id, struct date today)
{
	struct person_role r;

	if (!person_role_find(tx, id, &r) || r.person.n != person.n || r.ended_at.s)
		return VERDICT_NOT_FOUND;
	if (!may_handle_role(who, r.role, r.campus) || is_last(tx, &r, today))
		return VERDICT_FORBIDDEN;
	if (person_role_end(tx, id, r.campus, tx->now) > 0)
		journal_add(tx, who, (struct journal_entry){&person_role_ended, r.campus.n, r.person.n,
		    held_words(tx, r.role, r.until), STR("")});
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
person_end_duty(struct tx *tx, const struct actor *who, person_id person, person_duty_id id)
{
	struct person_duty d;

	if (!person_duty_find(tx, id, &d) || d.person.n != person.n || d.ended_at.s)
		return VERDICT_NOT_FOUND;
	if (!actor_may(who, MAY_MANAGE_PEOPLE, d.campus.n))
		return VERDICT_FORBIDDEN;
	if (person_duty_end(tx, id, d.campus, tx->now) > 0)
		journal_add(tx, who, (struct journal_entry){&person_duty_ended, d.campus.n, d.person.n,
		    duty_in(duties(tx), d.duty)->key, STR("")});
	return VERDICT_OK;
}

/* --- leaving -------------------------------------------------------------------------------------------- */

static void (*on_left)(struct tx *tx, person_id id);

void
people_on_left(void (*end)(struct tx *tx, person_id id))
{
	on_left = end;
}

/* Adds what they hold to `words`, a line each; false: something of it is not for this actor to end. */
static bool
may_end_all(struct tx *tx, const struct actor *who, person_id id, struct date today, struct out *words)
{
	struct person_role_list roles = person_roles_all(tx, today);
	struct person_duty_list held = person_duties(tx, id);
	struct duty_list all = duties(tx);

	for (size_t i = 0; i < roles.n; i++) {
		const struct person_role *r = &roles.at[i];

		if (r->person.n != id.n)
			continue;
		if (!may_handle_role(who, r->role, r->campus) || is_last(tx, r, today))
			return false;
		journal_line(words, "role", held_words(tx, r->role, r->until));
	}
	for (size_t i = 0; i < held.n; i++) {
		if (!actor_may(who, MAY_MANAGE_PEOPLE, held.at[i].campus.n))
			return false;
		journal_line(words, "duty", duty_in(all, held.at[i].duty)->key);
	}
	return words->n > 0 || actor_may(who, MAY_MANAGE_PEOPLE, 0);
}

enum verdict
person_leave(struct tx *tx, const struct actor *who, person_id id, struct date today)
{
	struct out held = out_new(tx->arena);

	if (id.n == who->person || !may_end_all(tx, who, id, today, &held))
		return VERDICT_FORBIDDEN;
	if (person_end(tx, id, tx->now) == 0)
		return VERDICT_NOT_FOUND;
	person_roles_end_of(tx, id, tx->now);
	person_duties_end_of(tx, id, tx->now);
	people_out_forget(tx, id);
	if (on_left)
		on_left(tx, id);
	journal_add(tx, who, (struct journal_entry){&person_left, .subject = id.n, .was = out_text(&held)});
	return VERDICT_OK;
}
