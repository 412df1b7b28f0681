#include "core/http/once.h"

#include "core/db/db.h"
#include "core/http/cookies.h"
#include "core/http/http.sql.h" /* generated */
#include "core/secret.h"
#include "core/token.h"
#include "lib/arena.h"

enum { RANDOM_CHARS = 22, KEEP_S = 2 * 86400 };

/* What the signature covers: the random letters, whose form it is, where it goes. */
static struct str
signed_text(struct req *r, struct str random, struct str path)
{
	struct str whose = r->session.n ? r->session : r->browser;

	return str_fmt(r->arena, "%.*s %.*s %.*s", STR_ARG(random), STR_ARG(whose), STR_ARG(path));
}

struct str
once_new(struct req *r, struct str path)
{
	struct str random = str_sub(token_new(r->arena), 0, RANDOM_CHARS);

	r->own = true;
	if (r->session.n == 0)
		cookies_browser(r);
	return str_fmt(r->arena, "%.*s%.*s", STR_ARG(random),
	    STR_ARG(secret_sign(r->arena, "once", signed_text(r, random, path))));
}

bool
once_is_ours(struct req *r, struct str once, struct str path)
{
	struct str random = str_sub(once, 0, RANDOM_CHARS);

	if (once.n <= RANDOM_CHARS || (r->session.n == 0 && r->browser.n == 0))
		return false;
	return secret_signed(
	    "once", signed_text(r, random, path), str_sub(once, RANDOM_CHARS, once.n));
}

bool
once_answered(struct req *r, struct str once, struct outcome *outcome)
{
	struct once found;

	if (!once_find(r->tx, str_sub(once, 0, RANDOM_CHARS), &found))
		return false;
	*outcome = (struct outcome){.verdict = VERDICT_OK, .location = found.location};
	said_unpack(r, found.flash, &outcome->flash);
	return true;
}

void
once_keep(struct req *r, struct str once, const struct outcome *outcome)
{
	once_add(r->tx, str_sub(once, 0, RANDOM_CHARS), outcome->location,
	    said_pack(r, outcome->flash), r->now);
}

void
once_forget(struct tx *tx)
{
	once_drop_before(tx, (struct instant){tx->now.s - KEEP_S});
}
