/* Where one is signed in, and a password of one's own. */
#include "app/account/devices.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/cookies.h"
#include "core/http/form.h"
#include "core/password.h"
#include "core/token.h"

#include "app/account/account.h"
#include "app/account/account.html.h"  /* generated */
#include "app/account/account.sql.h"   /* generated */
#include "app/account/account.texts.h" /* generated */
#include "app/account/tries.h"
#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */

enum { FRESH_S = 15 * 60 };

const struct event account_password_set = {"account.password_set", T_ACCOUNT_EVENT_PASSWORD_SET};
const struct event account_signed_out = {"account.signed_out", T_ACCOUNT_EVENT_SIGNED_OUT};

/* Just after signing in the new password is enough: whoever forgot the old one comes in by mail. Later the old one is
 * asked for, since the machine may have been left open. */
struct new_password_form {
	struct str old, password;
};

#define NEW_PASSWORD \
	{"password", FORM_PASSWORD, offsetof(struct new_password_form, password), .required = true, \
	    .min = PASSWORD_CHARS_MIN, .max = PASSWORD_CHARS_MAX, .label = T_ACCOUNT_NEW_PASSWORD, \
	    .hint = T_ACCOUNT_NEW_PASSWORD_HINT, .autocomplete = "new-password"}

static const struct form_field new_password_fields[] = {NEW_PASSWORD};

static const struct form_spec new_password_spec =
    FORM_SPEC("new_password", struct new_password_form, new_password_fields);

static const struct form_field change_password_fields[] = {
	{"old", FORM_PASSWORD, offsetof(struct new_password_form, old), .required = true, .max = PASSWORD_CHARS_MAX,
	    .label = T_ACCOUNT_OLD_PASSWORD, .hint = T_ACCOUNT_OLD_PASSWORD_HINT, .autocomplete = "current-password"},
	NEW_PASSWORD,
};

static const struct form_spec change_password_spec =
    FORM_SPEC("change_password", struct new_password_form, change_password_fields);

static struct session
own_session(struct req *r)
{
	struct session s;

	need(session_find(r->tx, token_digest(r->arena, r->session), r->now, &s));
	return s;
}

static bool
is_fresh(struct req *r, struct session s)
{
	return r->now.s - s.created_at.s <= FRESH_S;
}

/* Their password; id 0 without one. */
static struct account
own_account(struct req *r)
{
	struct account a = {0};
	struct person p;

	need(person_find(r->tx, (person_id){r->actor.person}, &p));
	if (!account_find(r->tx, ACCOUNT_LOCAL, p.email, &a) || a.password.n == 0)
		return (struct account){0};
	return a;
}

static struct account_device_list
devices_of(struct req *r, struct session here)
{
	struct session_list sessions = sessions_of(r->tx, here.person, r->now);
	struct account_device_list list = {ARENA_ARRAY(r->arena, struct account_device, sessions.n), sessions.n};

	for (size_t i = 0; i < sessions.n; i++)
		list.at[i] = (struct account_device){
			.id = sessions.at[i].id.n,
			.own = sessions.at[i].own_device,
			.here = sessions.at[i].id.n == here.id.n,
			.since = sessions.at[i].created_at,
			.until = sessions.at[i].expires_at,
		};
	return list;
}

static void
show_devices(struct req *r)
{
	struct session here = own_session(r);
	struct account_device_list devices = devices_of(r, here);
	bool fresh = is_fresh(r, here), has = own_account(r).id.n != 0;

	form_show(r, &new_password_spec, NULL);
	form_show(r, &change_password_spec, NULL);
	account_devices_html(r, &(struct account_devices_page){
		.devices = devices,
		.n = (int64_t)devices.n,
		.name = r->actor.name,
		.back = str_fmt(r->arena, "next=%.*s", STR_ARG(path_fill(r, "/{lang}/me/devices"))),
		.may_set = fresh,
		.may_change = has && !fresh,
		.has_password = has,
	});
}

static struct outcome
sign_out_everywhere(struct req *r)
{
	sessions_end_of(r->tx, (person_id){r->actor.person}, r->now);
	journal_add(r->tx, &r->actor, (struct journal_entry){&account_signed_out, .subject = r->actor.person});
	cookies_session_end(r);
	return see_other(r, "/{lang}", said(T_ACCOUNT_SIGNED_OUT_ALL_FLASH));
}

struct device_form {
	int64_t id;
};

static const struct form_field device_fields[] = {{"id", FORM_HIDDEN, offsetof(struct device_form, id)}};

static const struct form_spec device_spec = FORM_SPEC("device", struct device_form, device_fields);

/* A lost phone, or a machine that one forgot to sign out at. */
static struct outcome
sign_out_there(struct req *r)
{
	const struct device_form *f = r->form;

	if (session_end_one(r->tx, (session_id){f->id}, (person_id){r->actor.person}, r->now) == 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return see_other(r, "/{lang}/me/devices", said(T_ACCOUNT_DEVICE_ENDED_FLASH));
}

/* --- a password of one's own ----------------------------------------------------------------------------- */

/* What is known of a new password before it is written; both take a while, so on the pool. */
struct new_password {
	struct tried old;
	struct str hash; /* empty: busy, or the old one was not right */
};

static void
hash_password(struct req *r)
{
	const struct new_password_form *form = r->form;
	struct new_password *n = ARENA_NEW(r->arena, struct new_password);

	n->hash = password_hash(r->arena, form->password);
	r->prepared = n;
}

static void
check_and_hash_password(struct req *r)
{
	const struct new_password_form *form = r->form;
	struct new_password *n = ARENA_NEW(r->arena, struct new_password);
	struct person p;

	need(person_find(r->tx, (person_id){r->actor.person}, &p));
	n->old = tries_password(r, p.email, form->old);
	if (n->old.right)
		n->hash = password_hash(r->arena, form->password);
	r->prepared = n;
}

/* Whoever else was signed in as this person is not any more. */
static struct outcome
write_password(struct req *r, struct session here)
{
	const struct new_password *n = r->prepared;
	struct person p;

	if (n->hash.n == 0)
		return refused(r, VERDICT_INVALID, t_account_too_many(1));
	need(person_find(r->tx, here.person, &p));
	account_put(r->tx, p.id, ACCOUNT_LOCAL, p.email, n->hash);
	sessions_end_but(r->tx, p.id, here.token, r->now);
	journal_add(r->tx, &r->actor, (struct journal_entry){&account_password_set, .subject = p.id.n});
	return see_address(r, path_fill(r, "/{lang}/me/devices"), said(T_ACCOUNT_PASSWORD_SET_FLASH));
}

static struct outcome
set_password(struct req *r)
{
	struct session here = own_session(r);

	if (!is_fresh(r, here))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_SIGN_IN_FIRST));
	return write_password(r, here);
}

static struct outcome
change_password(struct req *r)
{
	const struct new_password *n = r->prepared;
	struct account a = own_account(r);
	struct person p;

	if (n->old.wait.text)
		return refused(r, VERDICT_INVALID, n->old.wait);
	/* It may have been changed since it was checked. */
	if (!n->old.right || !str_eq(n->old.account.password, a.password)) {
		form_problem(form_posted(r), "old", said(T_ACCOUNT_OLD_WRONG));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	need(person_find(r->tx, a.person, &p));
	tries_end(r, &p);
	return write_password(r, own_session(r));
}

const struct route account_device_routes[] = {
	{GET, "/{lang}/me/devices", MAY_SIGNED_IN, show_devices},
	{POST, "/{lang}/me/devices/end", MAY_SIGNED_IN, show_devices, sign_out_everywhere},
	{POST, "/{lang}/me/devices/one", MAY_SIGNED_IN, show_devices, sign_out_there, &device_spec},
	{POST, "/{lang}/me/password", MAY_SIGNED_IN, show_devices, set_password, &new_password_spec,
	    .prepare = hash_password},
	{POST, "/{lang}/me/password/change", MAY_SIGNED_IN, show_devices, change_password, &change_password_spec,
	    .prepare = check_and_hash_password},
	{0},
};
