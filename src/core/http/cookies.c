#include "core/http/cookies.h"

#include "core/http/http.h"
#include "core/http/query.h"
#include "core/secret.h"
#include "core/token.h"
#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/text_form.h"

/* A session lives 30 days on the server; its cookie a week longer, so that a form that outlived it
 * is known to be that person's (core/http/seal.h). Browsers take 4096 letters with the name. */
enum {
	SESSION_S = 37 * 86400,
	UNTIL_CLOSED = -1,
	YEAR_S = 365 * 86400,
	FLASH_S = 60,
	TOKEN_CHARS_MAX = 64,
	FLASH_CHARS_MAX = 3000,
	FLASH_ARG_CHARS = 40, /* 6 of them, at most 12 letters each, are under 3000 */
};

static bool secure;

void
cookies_secure_set(bool yes)
{
	secure = yes;
}

static const char *
prefix(void)
{
	return secure ? "__Host-" : "";
}

static void
set(struct req *r, const char *name, struct str value, int seconds)
{
	out_fmt(&r->cookies, "%s%s=%.*s; Path=/; ", prefix(), name, STR_ARG(value));
	if (seconds != UNTIL_CLOSED)
		out_fmt(&r->cookies, "Max-Age=%d; ", seconds);
	out_fmt(&r->cookies, "HttpOnly; SameSite=Lax%s\n", secure ? "; Secure" : "");
}

/* Letters that a token of ours has. */
static bool
is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
		    c != '-' && c != '_')
			return false;
	}
	return s.n > 0 && s.n <= TOKEN_CHARS_MAX;
}

static struct str
value_of(struct str header, const char *name)
{
	struct str wanted = str_of(name), host = str_of(prefix());

	while (header.n) {
		struct str pair = str_trim(str_cut(&header, ';')), key = str_cut(&pair, '=');

		if (str_starts(key, host) && str_eq(str_sub(key, host.n, key.n), wanted))
			return pair;
	}
	return STR("");
}

void
cookies_read(struct req *r, struct str header)
{
	struct str session = value_of(header, "session"), browser = value_of(header, "browser");
	struct str theme = value_of(header, "theme"), flash = value_of(header, "flash");
	enum lang lang;

	if (is_token(session))
		r->session = session;
	if (is_token(browser))
		r->browser = browser;
	if (str_is(theme, "light") || str_is(theme, "dark"))
		r->theme = theme;
	/* An address that has parts has its language among them. */
	if (r->parts == 0 && lang_of(value_of(header, "language"), &lang))
		r->lang = lang;
	if (flash.n > 0 && flash.n <= FLASH_CHARS_MAX)
		said_unpack(r, flash, &r->flash);
}

void
cookies_session(struct req *r, struct str token, bool own_device)
{
	set(r, "session", token, own_device ? SESSION_S : UNTIL_CLOSED);
}

void
cookies_session_end(struct req *r)
{
	set(r, "session", STR(""), 0);
}

void
cookies_browser(struct req *r)
{
	if (r->browser.n)
		return;
	r->browser = token_new(r->arena);
	set(r, "browser", r->browser, YEAR_S);
}

void
cookies_theme(struct req *r, struct str theme)
{
	set(r, "theme", theme, theme.n ? YEAR_S : 0);
}

void
cookies_lang(struct req *r, enum lang lang)
{
	set(r, "language", str_of(lang_code(lang)), YEAR_S);
}

static void
shorten(struct req *r, struct str *s)
{
	struct str start = str_prefix_chars(*s, FLASH_ARG_CHARS - 1);

	if (start.n < s->n)
		*s = str_fmt(r->arena, "%.*s…", STR_ARG(start));
}

void
cookies_flash(struct req *r, struct said flash)
{
	struct str packed;

	if (!flash.text)
		return;
	packed = said_pack(r, flash);
	if (packed.n > FLASH_CHARS_MAX) {
		for (size_t i = 0; i < flash.text->params; i++) {
			struct text_arg *arg = &flash.arg[i];

			if (flash.text->param[i].type == TEXT_STR)
				shorten(r, &arg->s);
			for (size_t l = 0;
			     flash.text->param[i].type == TEXT_TEXTS && l < LANG_COUNT; l++)
				shorten(r, &arg->t.at[l]);
		}
		packed = said_pack(r, flash);
	}
	need(packed.n <= FLASH_CHARS_MAX);
	set(r, "flash", packed, FLASH_S);
}

void
cookies_flash_end(struct req *r)
{
	set(r, "flash", STR(""), 0);
}

/* --- a sentence as letters: key~arg~arg~signature -------------------------------------------- */

struct str
said_pack(struct req *r, struct said s)
{
	struct out o = out_new(r->arena);
	struct str text;

	if (!s.text)
		return STR("");
	out_str(&o, str_of(s.text->key));
	for (size_t i = 0; i < s.text->params; i++) {
		const struct text_arg *arg = &s.arg[i];

		out_char(&o, '~');
		switch (s.text->param[i].type) {
		case TEXT_STR: query_encode(&o, arg->s); break;
		case TEXT_TEXTS: query_encode(&o, texts_in(arg->t, r->lang).text); break;
		case TEXT_INT:
		case TEXT_YEAR:
		case TEXT_WEEK:
		case TEXT_TIME:
		case TEXT_CLOCK:
		case TEXT_WORD: out_int(&o, arg->n); break;
		case TEXT_DATE:
		case TEXT_DAY: out_int(&o, arg->date.day); break;
		case TEXT_RANGE:
			out_fmt(&o, "%d.%d", arg->range.first.day, arg->range.last.day);
			break;
		case TEXT_INSTANT: out_int(&o, arg->instant.s); break;
		}
	}
	text = str_copy(r->arena, out_text(&o));
	out_fmt(&o, "~%.*s", STR_ARG(secret_sign(r->arena, "flash", text)));
	return out_text(&o);
}

static bool
unpack_arg(struct req *r, enum text_type type, struct str part, struct text_arg *arg)
{
	struct str first = part, rest;
	int64_t n = 0, m = 0;

	/* Empty texts are allowed, other empty arguments are not. */
	switch (type) {
	case TEXT_STR: return query_decode(r->arena, part, &arg->s);
	case TEXT_TEXTS: return query_decode(r->arena, part, &arg->t.at[r->lang]);
	case TEXT_RANGE:
		rest = part;
		first = str_cut(&rest, '.');
		if (!str_int(first, &n) || !str_int(rest, &m))
			return false;
		arg->range.first = (struct date){(int32_t)n};
		arg->range.last = (struct date){(int32_t)m};
		return true;
	case TEXT_INT:
	case TEXT_YEAR:
	case TEXT_WEEK:
	case TEXT_TIME:
	case TEXT_CLOCK:
	case TEXT_WORD: return str_int(part, &arg->n);
	case TEXT_DATE:
	case TEXT_DAY:
		arg->date = (struct date){0};
		if (!str_int(part, &n))
			return false;
		arg->date.day = (int32_t)n;
		return true;
	case TEXT_INSTANT: return str_int(part, &arg->instant.s);
	}
	return false;
}

bool
said_unpack(struct req *r, struct str packed, struct said *s)
{
	size_t end = packed.n;
	struct said found = {0};
	struct str text;

	while (end > 0 && packed.p[end - 1] != '~')
		end--;
	if (end == 0 ||
	    !secret_signed("flash", str_sub(packed, 0, end - 1), str_sub(packed, end, packed.n)))
		return false;
	text = str_sub(packed, 0, end - 1);
	found.text = text_by_key(str_cut(&text, '~'));
	if (!found.text)
		return false;
	for (size_t i = 0; i < found.text->params; i++)
		if (!unpack_arg(r, found.text->param[i].type, str_cut(&text, '~'), &found.arg[i]))
			return false;
	*s = found;
	return true;
}
