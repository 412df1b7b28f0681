/* Signing in and out. A mail scanner opens links: only the button on the link's page spends it. */
#include "app/account/account.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/cookies.h"
#include "core/http/form.h"
#include "core/http/form_again.h"
#include "core/http/query.h"
#include "core/http/seal.h"
#include "core/job/job.h"
#include "core/mail/mail.h"
#include "core/token.h"

#include "app/account/account.html.h"  /* generated */
#include "app/account/account.sql.h"   /* generated */
#include "app/account/account.texts.h" /* generated */
#include "app/account/devices.h"
#include "app/account/tries.h"
#include "app/campus/campus.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum {
	MINUTE_S = 60,
	OWN_DEVICE_S = 30 * 86400,
	SHARED_DEVICE_S = 12 * 3600,
	KEPT_S = 3600,
	KEPT_BYTES_MAX = 60000,
	TRIES_MAX = 5,
};

/* --- forms ------------------------------------------------------------------------------------------ */

struct mail_form {
	struct str email, kept;
};

static const struct form_field mail_fields[] = {
	{"email", FORM_EMAIL, offsetof(struct mail_form, email), .required = true, .label = T_ACCOUNT_EMAIL,
	    .autocomplete = "username"},
	{"kept", FORM_HIDDEN_TEXT, offsetof(struct mail_form, kept), .max = 100000, .label = T_ACCOUNT_EMAIL},
};

static const struct form_spec mail_spec = FORM_SPEC("mail", struct mail_form, mail_fields);

/* Not chosen is the shared machine: there it would hurt to forget it. */
#define OWN_DEVICE(form) \
	{"own", FORM_CHECK, offsetof(struct form, own_device), .label = T_ACCOUNT_OWN_DEVICE, \
	    .hint = T_ACCOUNT_OWN_DEVICE_HINT}

struct password_form {
	struct str email, password, kept;
	bool own_device;
};

static const struct form_field password_fields[] = {
	{"email", FORM_EMAIL, offsetof(struct password_form, email), .required = true,
	    .label = T_ACCOUNT_EMAIL, .autocomplete = "username"},
	{"password", FORM_PASSWORD, offsetof(struct password_form, password), .required = true,
	    .max = PASSWORD_CHARS_MAX, .label = T_ACCOUNT_PASSWORD, .autocomplete = "current-password"},
	OWN_DEVICE(password_form),
	{"kept", FORM_HIDDEN_TEXT, offsetof(struct password_form, kept), .max = 100000, .label = T_ACCOUNT_EMAIL},
};

static const struct form_spec password_spec = FORM_SPEC("password", struct password_form, password_fields);

struct code_form {
	struct str code;
	bool own_device;
};

static const struct form_field code_fields[] = {
	{"code", FORM_CODE, offsetof(struct code_form, code), .required = true, .min = 6, .max = 6,
	    .label = T_ACCOUNT_CODE, .hint = T_ACCOUNT_CODE_HINT, .autocomplete = "one-time-code"},
	OWN_DEVICE(code_form),
};

static const struct form_spec code_spec = FORM_SPEC("code", struct code_form, code_fields);

struct link_form {
	bool own_device;
};

static const struct form_field link_fields[] = {OWN_DEVICE(link_form)};

static const struct form_spec link_spec = FORM_SPEC("link", struct link_form, link_fields);

/* --- coming in --------------------------------------------------------------------------------------- */

/* Where someone goes after signing in: back to what they wanted, else their tasks or, without any, their own page. */
static struct str
after_sign_in(struct req *r, person_id person)
{
	struct actor actor = person_actor(r->tx, person, r->today);
	struct str next = query_text(r, "next");

	if (str_starts(next, STR("/")) && !str_starts(next, STR("//")) && !str_contains(next, STR("\\")))
		return next;
	/* The page of tasks is a room's that may be switched off. */
	return form_page_of(r, str_fmt(r->arena, "/%s/me%s", lang_code(r->lang),
	    actor_may(&actor, MAY_ANSWER_TASKS, ACTOR_ANYWHERE) ? "/tasks" : ""));
}

/* "/pohja/wheel/2026/60/answer" of "/fi/pohja/…". */
static struct str
without_lang(struct str path)
{
	struct str rest = str_sub(path, 1, path.n);

	return str_sub(rest, str_find(rest, '/'), rest.n);
}

/* A form that outlived its session waits for the person to see it again. Returns the page it stands on. */
static struct str
keep_form(struct req *r, person_id person, struct str sealed)
{
	struct sealed_form kept;

	if (sealed.n == 0 || !seal_open(r, sealed, person.n, &kept))
		return after_sign_in(r, person);
	kept_form_put(r->tx, person, without_lang(kept.path), kept.body, (struct instant){r->now.s + KEPT_S});
	return form_page_of(r, kept.path);
}

/* The session that this browser had ends: nobody holds its token any more. */
static struct outcome
come_in(struct req *r, const struct person *p, bool own_device, struct str sealed)
{
	struct str token = token_new(r->arena);

	if (r->session.n)
		session_end(r->tx, token_digest(r->arena, r->session), r->now);
	session_add(r->tx, token_digest(r->arena, token), p->id, own_device, r->now,
	    (struct instant){r->now.s + (own_device ? OWN_DEVICE_S : SHARED_DEVICE_S)});
	cookies_session(r, token, own_device);
	return see_address(r, keep_form(r, p->id, sealed), said(T_ACCOUNT_WELCOME_FLASH));
}

/* Whether that is someone who has not left. */
static bool
is_here(struct req *r, person_id id, struct person *p)
{
	return id.n && person_find(r->tx, id, p) && p->cancelled_at.s == 0;
}

static void
show_sign_in_with(struct req *r, struct str sealed)
{
	form_show(r, &mail_spec, &(struct mail_form){.kept = sealed});
	form_show(r, &password_spec, &(struct password_form){.kept = sealed});
	account_sign_in_html(r, &(struct account_sign_in_page){
		.query = r->query,
		.ended = sealed.n > 0,
	});
}

static void
show_sign_in(struct req *r)
{
	show_sign_in_with(r, STR(""));
}

/* Whose session it was is known even after it has ended: only they see the form again. */
void
account_sign_in_page(struct req *r, struct str body)
{
	struct session s = {0};

	if (r->session.n)
		session_any(r->tx, token_digest(r->arena, r->session), &s);
	show_sign_in_with(r, s.person.n && body.n <= KEPT_BYTES_MAX
	    ? seal_form(r, s.person.n, (struct sealed_form){r->path, body}) : STR(""));
}

void
account_show_kept(struct req *r)
{
	struct kept_form_list kept;

	if (r->method != GET || !actor_signed_in(&r->actor))
		return;
	kept = kept_forms_of(r->tx, (person_id){r->actor.person}, r->now);
	for (size_t i = 0; i < kept.n; i++) {
		struct str path = str_fmt(r->arena, "/%s%.*s", lang_code(r->lang), STR_ARG(kept.at[i].path));

		if (str_eq(form_page_of(r, path), r->path))
			form_again(r, path, kept.at[i].body);
	}
}

void
account_settle_kept(struct req *r)
{
	if (actor_signed_in(&r->actor))
		kept_form_drop(r->tx, (person_id){r->actor.person}, without_lang(r->path));
}

/* --- by mail ------------------------------------------------------------------------------------------ */

static void
send_mail(struct req *r, const struct person *p, struct str token, struct str code)
{
	enum lang lang = person_lang(p);
	struct str next = query_text(r, "next");
	struct out link = out_new(r->arena);

	out_fmt(&link, "/%s/sign-in/link/%.*s", lang_code(lang), STR_ARG(token));
	if (next.n) {
		out_lit(&link, "?next=");
		query_encode(&link, next);
	}
	mail_queue(r->tx, account_code_mail(r->tx, p, out_text(&link), code));
}

/* The same answer whether the address is known or not, and the same afterwards: without a person the row takes wrong
 * codes as any other does, and no code is right. */
static struct outcome
ask_for_mail(struct req *r)
{
	const struct mail_form *form = r->form;
	struct said wait = tries_wait_for_mail(r, form->email);
	struct str token = token_new(r->arena), code = token_code(r->arena);
	struct instant until = {r->now.s + ACCOUNT_LINK_MINUTES * MINUTE_S};
	struct person p;

	if (wait.text)
		return refused(r, VERDICT_INVALID, wait);
	if (person_with_email(r->tx, form->email, &p) && p.cancelled_at.s == 0) {
		sign_in_add(r->tx, p.id, token_digest(r->arena, token), token_digest(r->arena, code), r->browser,
		    form->kept, until);
		send_mail(r, &p, token, code);
	} else {
		sign_in_add(r->tx, (person_id){0}, token_digest(r->arena, token), token_digest(r->arena, token),
		    r->browser, STR(""), until);
	}
	return see_address(r, str_fmt(r->arena, "/%s/sign-in/code%s%.*s", lang_code(r->lang),
	    r->query.n ? "?" : "", STR_ARG(r->query)), (struct said){0});
}

static void
show_code(struct req *r)
{
	form_show(r, &code_spec, NULL);
	account_code_html(r, &(struct account_code_page){
		.minutes = ACCOUNT_LINK_MINUTES,
		.query = r->query,
	});
}

/* The link of the mail goes on to work: nobody guesses it. */
static struct outcome
send_code(struct req *r)
{
	const struct code_form *form = r->form;
	struct said wait = tries_wait_for_code(r);
	struct sign_in s;
	struct person p;

	if (wait.text)
		return refused(r, VERDICT_INVALID, wait);
	if (!sign_in_by_browser(r->tx, r->browser, r->now, &s))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_CODE_GONE));
	if (s.tries >= TRIES_MAX)
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_CODE_TRIED));
	if (!token_same(token_digest(r->arena, form->code), s.code)) {
		sign_in_try(r->tx, s.id);
		return refused_but_kept(r, VERDICT_INVALID,
		    said(s.tries + 1 < TRIES_MAX ? T_ACCOUNT_CODE_WRONG : T_ACCOUNT_CODE_TRIED));
	}
	if (!is_here(r, s.person, &p) || sign_in_spend(r->tx, s.id, r->now) == 0)
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_CODE_GONE));
	tries_end(r, &p);
	return come_in(r, &p, form->own_device, s.kept);
}

/* The mail that a link came with, and whom it lets in; false: it is used or too old, or they have left. */
static bool
find_link(struct req *r, struct sign_in *s, struct person *p)
{
	return sign_in_by_token(r->tx, token_digest(r->arena, path_text(r, "token")), r->now, s) &&
	    is_here(r, s->person, p);
}

static void
show_link(struct req *r)
{
	struct sign_in s;
	struct person p;
	bool good = find_link(r, &s, &p);

	form_show(r, &link_spec, NULL);
	account_link_html(r, &(struct account_link_page){
		.good = good,
		.name = good ? p.name : STR(""),
		.query = r->query,
	});
}

static struct outcome
spend_link(struct req *r)
{
	const struct link_form *form = r->form;
	struct sign_in s;
	struct person p;

	if (!find_link(r, &s, &p) || sign_in_spend(r->tx, s.id, r->now) == 0)
		return refused(r, VERDICT_NOT_FOUND, said(T_ACCOUNT_LINK_GONE));
	return come_in(r, &p, form->own_device, s.kept);
}

/* --- by password --------------------------------------------------------------------------------------- */

static void
check_password(struct req *r)
{
	const struct password_form *form = r->form;
	struct tried *tried = ARENA_NEW(r->arena, struct tried);

	*tried = tries_password(r, form->email, form->password);
	r->prepared = tried;
}

static struct outcome
sign_in_by_password(struct req *r)
{
	const struct password_form *form = r->form;
	const struct tried *tried = r->prepared;
	struct person p;

	need(tried);
	if (tried->wait.text)
		return refused(r, VERDICT_INVALID, tried->wait);
	/* The address may have become another person's. */
	if (!tried->right || !is_here(r, tried->account.person, &p) || !str_eq(p.email, form->email))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_PASSWORD_WRONG));
	tries_end(r, &p);
	return come_in(r, &p, form->own_device, form->kept);
}

/* --- leaving ------------------------------------------------------------------------------------------- */

static struct outcome
sign_out(struct req *r)
{
	session_end(r->tx, token_digest(r->arena, r->session), r->now);
	cookies_session_end(r);
	return see_other(r, "/{lang}", said(T_ACCOUNT_SIGNED_OUT_FLASH));
}

static const struct route routes[] = {
	{GET, "/{lang}/sign-in", MAY_ANYONE, show_sign_in},
	{POST, "/{lang}/sign-in", MAY_ANYONE, show_sign_in, sign_in_by_password, &password_spec,
	    .prepare = check_password},
	{POST, "/{lang}/sign-in/mail", MAY_ANYONE, show_sign_in, ask_for_mail, &mail_spec},
	{GET, "/{lang}/sign-in/code", MAY_ANYONE, show_code},
	{POST, "/{lang}/sign-in/code", MAY_ANYONE, show_code, send_code, &code_spec},
	{GET, "/{lang}/sign-in/link/{token}", MAY_ANYONE, show_link},
	{POST, "/{lang}/sign-in/link/{token}", MAY_ANYONE, show_link, spend_link, &link_spec},
	{POST, "/{lang}/sign-out", MAY_ANYONE, show_sign_in, sign_out},
	{0},
};

static const struct route *const tables[] = {routes, account_device_routes, NULL};

static const struct job jobs[] = {
	{.name = "account.forget", .every_s = 3600, .write = account_forget},
	{0},
};

static const struct event *const events[] = {&account_password_set, &account_signed_out, NULL};

static const struct nav nav[] = {
	{T_ACCOUNT_DEVICES_TITLE, "/me/devices", MAY_SIGNED_IN, false, .at = 60, .own = true},
	{0},
};

const struct room account_room = {
	.name = "account",
	.routes = tables,
	.nav = nav,
	.events = events,
	.named = person_named,
	.jobs = jobs,
	.letters = account_letters,
};
