#include "app/account/tries.h"

#include "core/http/limits.h"
#include "core/password.h"

#include "app/account/account.sql.h"   /* generated */
#include "app/account/account.texts.h" /* generated */
#include "app/people/people.rows.h"    /* generated */

enum { MINUTE_S = 60 };

/* A few in a row, then one a minute; a mail costs its reader more. A network has more people. */
static const struct limit password_tries = {"sign-in password", 5, 60}, mail_tries = {"sign-in mail", 5, 12},
			  network_tries = {"sign-in network", 30, 600};

/* Of the network, and of what `limit` counts (NULL: nothing). */
static struct said
take(struct req *r, const struct limit *limit, struct str key)
{
	int64_t now_ms = r->now.s * 1000;
	int32_t wait_s = 0;

	if ((r->network.n == 0 || limit_take(&network_tries, r->network, now_ms, &wait_s)) &&
	    (!limit || limit_take(limit, key, now_ms, &wait_s)))
		return (struct said){0};
	return t_account_too_many((wait_s + MINUTE_S - 1) / MINUTE_S);
}

struct said
tries_wait_for_mail(struct req *r, struct str email)
{
	return take(r, &mail_tries, email);
}

/* The code counts its own tries. */
struct said
tries_wait_for_code(struct req *r)
{
	return take(r, NULL, STR(""));
}

struct tried
tries_password(struct req *r, struct str email, struct str password)
{
	struct tried tried = {.wait = take(r, &password_tries, email)};
	bool known = account_find(r->tx, ACCOUNT_LOCAL, email, &tried.account);

	if (tried.wait.text)
		return tried;
	switch (password_try(password, known ? tried.account.password : STR(""))) {
	case PASSWORD_RIGHT: tried.right = true; break;
	case PASSWORD_WRONG: break;
	case PASSWORD_BUSY: tried.wait = t_account_too_many(1); break;
	}
	return tried;
}

void
tries_end(struct req *r, const struct person *p)
{
	limit_forget(&password_tries, p->email);
	limit_forget(&mail_tries, p->email);
	limit_give(&network_tries, r->network);
}
