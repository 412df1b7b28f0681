/* Signing in and out. A mail scanner opens links: only the button on the link's page spends it. */
#include "app/account/account.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/db.h"
#include "core/http/cookies.h"
#include "core/http/form.h"
#include "core/http/form_again.h"
#include "core/http/limits.h"
#include "core/http/query.h"
#include "core/http/seal.h"
#include "core/mail/mail.h"
#include "core/password.h"
#include "core/token.h"

#include "app/account/account.html.h"  /* generated */
#include "app/account/account.sql.h"   /* generated */
#include "app/account/account.texts.h" /* generated */
#include "app/campus/campus.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum {
	SESSION_S = 30 * 86400,
	KEPT_S = 3600,
	KEPT_BYTES_MAX = 60000,
	TRIES_MAX = 5,
	PASSWORD_CHARS_MIN = 12,
	PASSWORD_CHARS_MAX = 200,
};

#define LOCAL STR("local")

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

struct password_form {
	struct str email, password, kept;
};

static const struct form_field password_fields[] = {
	{"email", FORM_EMAIL, offsetof(struct password_form, email), .required = true,
	    .label = T_ACCOUNT_EMAIL, .autocomplete = "username"},
	{"password", FORM_PASSWORD, offsetof(struct password_form, password), .required = true,
	    .max = PASSWORD_CHARS_MAX, .label = T_ACCOUNT_PASSWORD, .autocomplete = "current-password"},
	{"kept", FORM_HIDDEN_TEXT, offsetof(struct password_form, kept), .max = 100000, .label = T_ACCOUNT_EMAIL},
};

static const struct form_spec password_spec = FORM_SPEC("password", struct password_form, password_fields);

struct code_form {
	struct str code;
};

static const struct form_field code_fields[] = {
	{"code", FORM_CODE, offsetof(struct code_form, code), .required = true, .min = 6, .max = 6,
	    .label = T_ACCOUNT_CODE, .hint = T_ACCOUNT_CODE_HINT, .autocomplete = "one-time-code"},
};

static const struct form_spec code_spec = FORM_SPEC("code", struct code_form, code_fields);

/* --- coming in --------------------------------------------------------------------------------------- */

/* Five tries in a row of one account, then one a minute; a network has more people. */
static const struct limit account_tries = {"sign-in account", 5, 60}, network_tries = {"sign-in network", 30, 600};

static bool
may_try(struct req *r, struct str key)
{
	return limit_take(&account_tries, key, r->now.s * 1000, NULL) &&
	    limit_take(&network_tries, r->network, r->now.s * 1000, NULL);
}

/* Where someone goes after signing in: back to what they wanted, else their tasks. */
static struct str
after_sign_in(struct req *r)
{
	struct str next = query_text(r, "next");

	if (str_starts(next, STR("/")) && !str_starts(next, STR("//")) && !str_contains(next, STR("\\")))
		return next;
	return str_fmt(r->arena, "/%s/me/tasks", lang_code(r->lang));
}

/* A form that outlived its session waits for the person to see it again. Returns the page it stands on. */
static struct str
keep_form(struct req *r, person_id person, struct str sealed)
{
	struct sealed_form kept;

	if (sealed.n == 0 || !seal_open(r, sealed, person.n, &kept))
		return after_sign_in(r);
	kept_form_put(r->tx, person, kept.path, kept.body, (struct instant){r->now.s + KEPT_S});
	return form_page_of(r, kept.path);
}

static struct outcome
come_in(struct req *r, person_id person, struct str sealed)
{
	struct str token = token_new(r->arena);

	session_add(r->tx, token_digest(r->arena, token), person, r->now,
	    (struct instant){r->now.s + SESSION_S});
	cookies_session(r, token);
	return see_address(r, keep_form(r, person, sealed), said(T_ACCOUNT_WELCOME_FLASH));
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
	for (size_t i = 0; i < kept.n; i++)
		if (str_eq(form_page_of(r, kept.at[i].path), r->path))
			form_again(r, kept.at[i].path, kept.at[i].body);
}

/* --- by mail ------------------------------------------------------------------------------------------ */

static void
send_mail(struct req *r, const struct person *p, struct str kept)
{
	struct str token = token_new(r->arena), code = token_code(r->arena);
	struct provider provider = provider_of(r->tx);
	enum lang lang = person_lang(p);
	struct str next = query_text(r, "next");
	struct out link = out_new(r->arena);

	out_fmt(&link, "/%s/sign-in/link/%.*s", lang_code(lang), STR_ARG(token));
	if (next.n) {
		out_lit(&link, "?next=");
		query_encode(&link, next);
	}
	sign_in_add(r->tx, p->id, token_digest(r->arena, token), token_digest(r->arena, code), r->browser, kept,
	    (struct instant){r->now.s + ACCOUNT_LINK_MINUTES * 60});
	mail_queue(r->tx, (struct mail){
		.to = p->email,
		.subject = said_plain(r->arena, lang, t_account_mail_subject(provider.name)),
		.body = said_plain(r->arena, lang,
		    t_account_mail_body(p->name, mail_link(r->arena, out_text(&link)), code)),
		.lang = lang,
	});
}

/* The same answer whether the address is known or not. */
static struct outcome
ask_for_mail(struct req *r)
{
	const struct mail_form *form = r->form;
	struct person p;

	if (!may_try(r, form->email))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_TOO_MANY));
	if (person_with_email(r->tx, form->email, &p) && p.cancelled_at.s == 0)
		send_mail(r, &p, form->kept);
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

static struct outcome
send_code(struct req *r)
{
	const struct code_form *form = r->form;
	struct sign_in s;

	if (!may_try(r, r->browser))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_TOO_MANY));
	if (!sign_in_by_browser(r->tx, r->browser, r->now, &s))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_CODE_GONE));
	if (s.tries >= TRIES_MAX || !token_same(token_digest(r->arena, form->code), s.code))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_CODE_WRONG));
	if (sign_in_spend(r->tx, s.id, r->now) == 0)
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_CODE_GONE));
	return come_in(r, s.person, s.kept);
}

static void
show_link(struct req *r)
{
	struct sign_in s;
	struct person p;
	bool good = sign_in_by_token(r->tx, token_digest(r->arena, path_text(r, "token")), r->now, &s) &&
	    person_find(r->tx, s.person, &p) && p.cancelled_at.s == 0;

	account_link_html(r, &(struct account_link_page){
		.good = good,
		.name = good ? p.name : STR(""),
		.query = r->query,
	});
}

static struct outcome
spend_link(struct req *r)
{
	struct sign_in s;

	if (!sign_in_by_token(r->tx, token_digest(r->arena, path_text(r, "token")), r->now, &s) ||
	    sign_in_spend(r->tx, s.id, r->now) == 0)
		return refused(r, VERDICT_NOT_FOUND, said(T_ACCOUNT_LINK_GONE));
	return come_in(r, s.person, s.kept);
}

/* --- by password --------------------------------------------------------------------------------------- */

/* What checking a password found. */
struct tried {
	const struct account *account; /* NULL: not right */
	bool busy;                     /* too many tries, by these people or by all */
};

/* Checked before the writer, on the pool: it takes a tenth of a second. An unknown address costs the same. */
static void
check_password(struct req *r)
{
	const struct password_form *form = r->form;
	struct account *account = ARENA_NEW(r->arena, struct account);
	bool known = account_find(r->tx, LOCAL, form->email, account);
	struct tried *tried = ARENA_NEW(r->arena, struct tried);

	tried->busy = !may_try(r, form->email);
	r->prepared = tried;
	if (tried->busy)
		return;
	switch (password_try(form->password, known ? account->password : STR(""))) {
	case PASSWORD_RIGHT: tried->account = account->id.n ? account : NULL; break;
	case PASSWORD_WRONG: break;
	case PASSWORD_BUSY: tried->busy = true; break;
	}
}

static struct outcome
sign_in_by_password(struct req *r)
{
	const struct password_form *form = r->form;
	const struct tried *tried = r->prepared;
	struct person p;

	need(tried);
	if (tried->busy)
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_TOO_MANY));
	if (!tried->account || !person_find(r->tx, tried->account->person, &p) || p.cancelled_at.s)
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_PASSWORD_WRONG));
	return come_in(r, p.id, form->kept);
}

/* --- leaving, and one's own password --------------------------------------------------------------------- */

static struct outcome
sign_out(struct req *r)
{
	session_end(r->tx, token_digest(r->arena, r->session), r->now);
	cookies_session_end(r);
	return see_address(r, page_frame(r)->top, said(T_ACCOUNT_SIGNED_OUT_FLASH));
}

static struct outcome
sign_out_everywhere(struct req *r)
{
	sessions_end_of(r->tx, (person_id){r->actor.person}, r->now);
	cookies_session_end(r);
	return see_address(r, page_frame(r)->top, said(T_ACCOUNT_SIGNED_OUT_ALL_FLASH));
}

struct new_password_form {
	struct str password;
};

static const struct form_field new_password_fields[] = {
	{"password", FORM_PASSWORD, offsetof(struct new_password_form, password), .required = true,
	    .min = PASSWORD_CHARS_MIN, .max = PASSWORD_CHARS_MAX, .label = T_ACCOUNT_NEW_PASSWORD,
	    .hint = T_ACCOUNT_NEW_PASSWORD_HINT, .autocomplete = "new-password"},
};

static const struct form_spec new_password_spec =
    FORM_SPEC("new_password", struct new_password_form, new_password_fields);

static void
show_devices(struct req *r)
{
	struct session_list sessions = sessions_of(r->tx, (person_id){r->actor.person}, r->now);

	form_show(r, &new_password_spec, NULL);
	account_devices_html(r, &(struct account_devices_page){
		.devices = (int64_t)sessions.n,
		.name = r->actor.name,
	});
}

static void
hash_password(struct req *r)
{
	const struct new_password_form *form = r->form;
	struct str *hash = ARENA_NEW(r->arena, struct str);

	*hash = password_hash(r->arena, form->password);
	r->prepared = hash;
}

static struct outcome
set_password(struct req *r)
{
	const struct str *hash = r->prepared;
	struct person p;

	if (!hash || hash->n == 0 || !person_find(r->tx, (person_id){r->actor.person}, &p))
		return refused(r, VERDICT_INVALID, said(T_ACCOUNT_TOO_MANY));
	account_put(r->tx, p.id, LOCAL, p.email, *hash);
	return see_address(r, path_fill(r, "/{lang}/me/devices"), said(T_ACCOUNT_PASSWORD_SET_FLASH));
}

static const struct route routes[] = {
	{GET, "/{lang}/sign-in", MAY_ANYONE, show_sign_in},
	{POST, "/{lang}/sign-in", MAY_ANYONE, show_sign_in, sign_in_by_password, &password_spec,
	    .prepare = check_password},
	{POST, "/{lang}/sign-in/mail", MAY_ANYONE, show_sign_in, ask_for_mail, &mail_spec},
	{GET, "/{lang}/sign-in/code", MAY_ANYONE, show_code},
	{POST, "/{lang}/sign-in/code", MAY_ANYONE, show_code, send_code, &code_spec},
	{GET, "/{lang}/sign-in/link/{token}", MAY_ANYONE, show_link},
	{POST, "/{lang}/sign-in/link/{token}", MAY_ANYONE, show_link, spend_link},
	{POST, "/{lang}/sign-out", MAY_ANYONE, show_sign_in, sign_out},
	{GET, "/{lang}/me/devices", MAY_SIGNED_IN, show_devices},
	{POST, "/{lang}/me/devices/end", MAY_SIGNED_IN, show_devices, sign_out_everywhere},
	{POST, "/{lang}/me/password", MAY_SIGNED_IN, show_devices, set_password, &new_password_spec,
	    .prepare = hash_password},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

static const struct job jobs[] = {
	{.name = "account.forget", .every_s = 86400, .write = account_forget},
	{0},
};

const struct room account_room = {.name = "account", .routes = tables, .jobs = jobs};
