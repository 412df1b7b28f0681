/* Who works here: people, the roles they hold on a campus or on all, and the duties that the wheel names.
 * Nothing about anyone's welfare, ever.
 * tidy: because people, roles and duties are one subject. */
#ifndef APP_PEOPLE_H
#define APP_PEOPLE_H

#include "core/actor.h"
#include "core/http/http.h"
#include "core/mail/letter.h"
#include "core/mail/mail.h"
#include "lib/date.h"

#include "app/people/people.rows.h" /* generated */

struct event;
struct json;
struct json_in;
struct room;

extern const struct room people_room;
extern const struct event person_invited, person_role_given, person_role_ended, person_duty_given,
    person_duty_ended, person_left;

/* The actor with that number: name, language and the grants that hold today. Nobody's number, or that of
 * someone who has left, gives an actor who is not signed in. */
struct actor person_actor(struct tx *tx, person_id id, struct date today);

/* The roles that a person holds on a day. */
struct person_grant_list people_grants_of(struct tx *tx, person_id id, struct date today);

/* The same as rows, to end them by. */
struct person_role_list people_roles_of(struct tx *tx, person_id id, struct date today);

/* An actor for the program itself (init, jobs): person 0, no grants. */
struct actor person_nobody(void);

/* The role's place in rights.tbl, where actor.h's grants count. */
uint8_t person_role_number(enum person_role_role role);

bool person_find(struct tx *tx, person_id id, struct person *p);
/* For struct room, of those whose events are about persons. */
struct texts person_named(struct tx *tx, const struct event *event, int64_t subject);
bool person_with_email(struct tx *tx, struct str email, struct person *p);
bool person_with_key(struct tx *tx, struct str key, struct person *p);
/* Those who have not left, by name as readers of that language look for it; and everybody who ever was, by number,
 * for the names under what they did. */
struct person_list people_here(struct tx *tx, enum lang lang);
struct person_list people_ever(struct tx *tx);
/* Those who are here and hold that right somewhere. */
struct person_list people_who_may(struct tx *tx, int right, struct date today);
const struct person *person_in(struct person_list list, person_id id);
enum lang person_lang(const struct person *p);

/* A letter to somebody, begun in their language; and what mail_queue takes when all is in it. */
struct letter person_letter(struct tx *tx, const struct person *to);
struct mail person_mail(struct tx *tx, const struct person *to, struct said subject, struct letter *letter);

/* Duties in the order of the template. */
struct duty_list duties_all(struct tx *tx);
const struct duty *duty_in(struct duty_list list, duty_id id);
/* The duty with this key; id 0 if there is none. */
struct duty duty_with_key(struct duty_list list, struct str key);

/* What a person is responsible for now. */
struct person_duty_list duties_of(struct tx *tx, person_id id);

/* Whom somebody stands in for on a day: what waits for those waits for them too, as far as their own rights go. */
struct person_out_list people_stood_in_for(struct tx *tx, person_id deputy, struct date today);

/* Someone new, or back again after leaving. Who is here already stays as they are: name, language and title are not
 * the inviter's. Returns the person. */
person_id person_invite(struct tx *tx, const struct actor *who, struct str name, struct str email, enum lang lang);

/* What sends the mail to someone who was invited, and what ends when someone has left: `account`, to the right of
 * here, is registered by main. */
void people_on_invited(void (*send)(struct req *r, person_id id, struct str inviter));
void people_on_left(void (*end)(struct tx *tx, person_id id));

/* The roles of the one who asks, as a list: one calls it from a page. */
void people_draw_own_roles(struct req *r);

/* Gives or ends a role or a duty; the journal keeps who did it. OK also when it was held already; then a role gets the
 * new last day. FORBIDDEN: only an admin makes admins, and nobody ends the last admin or coordinator of all campuses,
 * or gives them a last day: others count as long as they have none. */
enum verdict person_give_role(struct tx *tx, const struct actor *who, person_id person,
    enum person_role_role role, campus_id campus, struct date until, struct date today);
enum verdict person_end_role(struct tx *tx, const struct actor *who, person_id person, person_role_id id,
    struct date today);
enum verdict person_give_duty(struct tx *tx, const struct actor *who, person_id person, duty_id duty,
    campus_id campus);
enum verdict person_end_duty(struct tx *tx, const struct actor *who, person_id person, person_duty_id id);

/* Someone has left: roles, duties and sign-ins end, what they did keeps their name. FORBIDDEN: who may not end each of
 * their roles and duties, and oneself. */
enum verdict person_leave(struct tx *tx, const struct actor *who, person_id id, struct date today);

/* For struct room: the duties that the product knows, and `people` of a college's file. */
void people_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);

#endif
