#include "core/http/seal.h"

#include "core/secret.h"
#include "lib/arena.h"

enum { VALID_S = 3600 };

/* seconds person length-of-path, each ended by a space, then path and body. */
struct str
seal_form(struct req *r, int64_t person, struct sealed_form form)
{
	if (person == 0)
		return STR("");
	return secret_seal(r->arena, "form",
	    str_fmt(r->arena, "%lld %lld %zu %.*s%.*s", (long long)r->now.s, (long long)person,
		form.path.n, STR_ARG(form.path), STR_ARG(form.body)));
}

bool
seal_open(struct req *r, struct str sealed, int64_t person, struct sealed_form *form)
{
	struct str text;
	int64_t at, whose, n;

	if (!secret_open(r->arena, "form", sealed, &text) || !str_int(str_cut(&text, ' '), &at) ||
	    !str_int(str_cut(&text, ' '), &whose) || !str_int(str_cut(&text, ' '), &n) || n < 0 ||
	    (size_t)n > text.n)
		return false;
	if (person == 0 || whose != person || r->now.s - at > VALID_S)
		return false;
	form->path = str_sub(text, 0, (size_t)n);
	form->body = str_sub(text, (size_t)n, text.n);
	return true;
}
