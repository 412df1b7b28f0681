/* What http.h promises to handlers. */
#include <string.h>

#include "core/http/form.h"
#include "core/http/headers.h"
#include "core/http/server_exchange.h"
#include "lib/arena.h"
#include "lib/need.h"

static const struct path_part *
part_of(const struct req *r, const char *name, size_t name_n)
{
	for (size_t i = 0; i < r->parts; i++)
		if (r->part[i].name_n == name_n && memcmp(r->part[i].name, name, name_n) == 0)
			return &r->part[i];
	return NULL;
}

bool
path_has(const struct req *r, const char *name)
{
	return part_of(r, name, strlen(name)) != NULL;
}

struct str
path_text(const struct req *r, const char *name)
{
	const struct path_part *part = part_of(r, name, strlen(name));

	need(part != NULL);
	return part->value;
}

int64_t
path_int(struct req *r, const char *name)
{
	struct str text = path_text(r, name);
	int64_t n = 0;

	/* One address, one page: neither "+7" nor "007". */
	if (!str_int(text, &n) || n <= 0 || text.p[0] == '0')
		page_not_found(r);
	return n;
}

static void
write_word(struct out *o, struct str word)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < word.n; i++) {
		unsigned char c = (unsigned char)word.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    c == '-' || c == '.' || c == '_' || c == '~') {
			out_char(o, (char)c);
		} else {
			out_char(o, '%');
			out_char(o, hex[c >> 4]);
			out_char(o, hex[c & 15]);
		}
	}
}

struct str
path_fill(struct req *r, const char *pattern)
{
	struct out o = out_new(r->arena);
	const char *p = pattern;

	while (*p) {
		size_t literal = strcspn(p, "{"), name_n;
		const struct path_part *part;

		out_bytes(&o, p, literal);
		p += literal;
		if (!*p)
			break;
		p++;
		name_n = strcspn(p, "}");
		need(p[name_n] == '}');
		part = part_of(r, p, name_n);
		if (part)
			write_word(&o, part->value);
		else if (name_n == 4 && memcmp(p, "lang", 4) == 0)
			out_str(&o, str_of(lang_code(r->lang)));
		else
			need_failed(__FILE__, __LINE__, "a placeholder is one of the current path");
		p += name_n + 1;
	}
	return out_text(&o);
}

bool
path_leads(const struct req *r, struct str address)
{
	struct str path = str_cut(&address, '?');
	struct routed routed = router_find(r->router, r->arena, GET, path);

	if (routed.found != ROUTE_FOUND)
		return false;
	for (size_t i = 0; i < routed.parts; i++)
		if (routed.part[i].name_n == 6 && memcmp(routed.part[i].name, "campus", 6) == 0)
			return false;
	return true;
}

struct outcome
see_other(struct req *r, const char *pattern, struct said flash)
{
	return (struct outcome){
	    .verdict = VERDICT_OK, .location = path_fill(r, pattern), .flash = flash};
}

/* The front page of the language takes the place of an address that is not ours. */
static struct str
own_address(struct req *r, struct str address)
{
	return guard_own_path(address) ? str_copy(r->arena, address) : path_fill(r, "/{lang}");
}

struct outcome
see_address(struct req *r, struct str address, struct said flash)
{
	return (struct outcome){
	    .verdict = VERDICT_OK, .location = own_address(r, address), .flash = flash};
}

struct outcome
refused(struct req *r, enum verdict verdict, struct said why)
{
	need(verdict != VERDICT_OK);
	/* Its page shows the words that came in meanwhile; sent again it takes their place. */
	if (verdict == VERDICT_CONFLICT && r->form)
		form_posted(r)->outdated = true;
	if (!why.text && r->app && r->app->verdict_words)
		why = r->app->verdict_words(verdict);
	return (struct outcome){.verdict = verdict, .flash = why};
}

struct outcome
refused_but_kept(struct req *r, enum verdict verdict, struct said why)
{
	struct outcome outcome = refused(r, verdict, why);

	outcome.keeps = true;
	return outcome;
}

static _Noreturn void
leave(struct req *r, enum leave why)
{
	need(r->exchange != NULL && r->exchange->may_leave);
	r->exchange->may_leave = false;
	longjmp(r->exchange->leave, (int)why);
}

_Noreturn void
page_not_found(struct req *r)
{
	leave(r, LEAVE_NOT_FOUND);
}

_Noreturn void
page_forbidden(struct req *r)
{
	leave(r, LEAVE_FORBIDDEN);
}

bool
page_unchanged(struct req *r, struct str state)
{
	need(r->exchange != NULL);
	r->etag = str_fmt(r->arena, "\"%.*s\"", STR_ARG(state));
	if (!headers_etag_matches(r->exchange->head.if_none_match, r->etag.p))
		return false;
	r->status = 304;
	return true;
}

_Noreturn void
page_elsewhere(struct req *r, struct str address, bool for_ever)
{
	need(r->exchange != NULL);
	r->exchange->elsewhere = own_address(r, address);
	leave(r, for_ever ? LEAVE_MOVED : LEAVE_ELSEWHERE);
}
