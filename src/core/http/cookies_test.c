#include "core/http/cookies.h"

#include <string.h>

#include "core/http/http.h"
#include "core/secret.h"
#include "lib/need.h"
#include "lib/text_form.h"
#include "test/test.h"

/* Texts as textgen would write them, one of them with an argument of each type. */
static const struct text_part parts[] = {{.kind = TEXT_END}};
static const struct text_form forms[] = {{.value = TEXT_FORM_OTHER, .parts = parts}};
#define ALIKE \
	{ \
		{forms, 1}, {forms, 1}, \
		{ \
			forms, 1 \
		} \
	}

static const struct text plain = {.key = "test.plain", .in = ALIKE};
static const struct text_param some[] = {{"a", TEXT_STR}, {"b", TEXT_INT}, {"c", TEXT_TEXTS},
    {"d", TEXT_DATE}, {"e", TEXT_RANGE}, {"f", TEXT_INSTANT}};
static const struct text first = {.key = "test.first", .params = 6, .param = some, .in = ALIKE};
static const struct text_param more[] = {{"a", TEXT_YEAR}, {"b", TEXT_WEEK}, {"c", TEXT_TIME},
    {"d", TEXT_WORD}, {"e", TEXT_DAY}, {"f", TEXT_STR}};
static const struct text second = {.key = "test.second", .params = 6, .param = more, .in = ALIKE};
static const struct text_param longs[] = {{"a", TEXT_STR}, {"b", TEXT_STR}, {"c", TEXT_TEXTS},
    {"d", TEXT_STR}, {"e", TEXT_STR}, {"f", TEXT_STR}};
static const struct text third = {.key = "test.third", .params = 6, .param = longs, .in = ALIKE};
static const struct text *const all[] = {&first, &plain, &second, &third};

static struct req
request(struct test *t)
{
	static const unsigned char key[SECRET_BYTES] = {5};

	secret_set(key);
	text_table_set(all, sizeof all / sizeof *all);
	return (struct req){.arena = t->arena, .cookies = out_new(t->arena), .lang = LANG_SV};
}

/* A request that brings back what the last one was told to keep. */
static struct req
next(struct test *t, const struct req *last)
{
	struct req r = request(t);
	struct str lines = out_text(&last->cookies);
	struct out header = out_new(t->arena);

	while (lines.n) {
		struct str line = str_cut(&lines, '\n');

		if (header.n)
			out_lit(&header, "; ");
		out_str(&header, str_cut(&line, ';'));
	}
	cookies_read(&r, out_text(&header));
	return r;
}

TEST(cookies_are_read)
{
	struct req r = request(t);

	cookies_read(&r, STR("session=abc-_9; theme=dark;browser=B ; other=x; language=fi"));
	CHECK_STR(r.session, "abc-_9");
	CHECK_STR(r.browser, "B");
	CHECK_STR(r.theme, "dark");
	CHECK_INT(r.lang, LANG_FI);
	CHECK_INT(r.cookies.n, 0);
}

TEST(cookies_that_do_not_fit_are_not_there)
{
	static const char *const headers[] = {"", ";", "=", "session", "session=", "session=a b",
	    "session=\"a\"", "session=a,b", "session=ä", "Session=a", "xsession=a", "session =a",
	    "session==a", "theme=purple", "language=de",
	    "session=12345678901234567890123456789012345678901234567890123456789012345",
	    "flash=", "flash=~", "flash=x~y", "flash=test.plain~AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
	    ";;;= ;=;", "\xff\xfe"};

	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		struct req r = request(t);

		cookies_read(&r, str_of(headers[i]));
		CHECK_INT(r.session.n + r.browser.n + r.theme.n, 0);
		if (r.session.n || r.browser.n || r.theme.n || r.flash.text || r.lang != LANG_SV)
			test_fail(t, __FILE__, __LINE__, "%s", headers[i]);
	}
}

TEST(cookies_are_set)
{
	struct req r = request(t);

	cookies_session(&r, STR("token"), true);
	CHECK_STR(out_text(&r.cookies),
	    "session=token; Path=/; Max-Age=3196800; HttpOnly; SameSite=Lax\n");
	r.cookies.n = 0;
	cookies_session(&r, STR("token"), false);
	CHECK_STR(out_text(&r.cookies), "session=token; Path=/; HttpOnly; SameSite=Lax\n");
	r.cookies.n = 0;
	cookies_session_end(&r);
	CHECK_STR(out_text(&r.cookies), "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\n");
	r.cookies.n = 0;
	cookies_theme(&r, STR("dark"));
	cookies_theme(&r, STR(""));
	cookies_lang(&r, LANG_EN);
	CHECK_STR(out_text(&r.cookies),
	    "theme=dark; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax\n"
	    "theme=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax\n"
	    "language=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax\n");
}

TEST(a_browser_gets_a_name_once)
{
	struct req r = request(t), back;
	struct str name;

	cookies_browser(&r);
	name = r.browser;
	CHECK_INT(name.n, 43);
	cookies_browser(&r);
	CHECK(str_eq(r.browser, name));
	back = next(t, &r);
	CHECK(str_eq(back.browser, name));
	cookies_browser(&back);
	CHECK_INT(back.cookies.n, 0);
}

/* Behind TLS no other site of the domain can set them, and plain ones are not believed. */
TEST(secure_cookies)
{
	struct req r = request(t), back;

	cookies_secure_set(true);
	cookies_session(&r, STR("token"), true);
	CHECK_STR(out_text(&r.cookies),
	    "__Host-session=token; Path=/; Max-Age=3196800; HttpOnly; SameSite=Lax; Secure\n");
	cookies_flash(&r, said(&plain));
	back = next(t, &r);
	CHECK_STR(back.session, "token");
	CHECK(back.flash.text == &plain);
	back = request(t);
	cookies_read(&back, STR("session=token; theme=dark"));
	CHECK_INT(back.session.n + back.theme.n, 0);
	cookies_secure_set(false);
}

TEST(a_flash_comes_back_with_its_arguments)
{
	struct req r = request(t), back;
	struct said s = {.text = &first};

	s.arg[0].s = STR("a~b; c=\"d\"\n€ %41");
	s.arg[1].n = -12345;
	s.arg[2].t = (struct texts){{STR("fi"), STR("på svenska"), STR("en")}};
	s.arg[3].date = date_of(2026, 11, 23);
	s.arg[4].range = (struct span){date_of(2026, 11, 23), date_of(2026, 11, 27)};
	s.arg[5].instant = (struct instant){1795000000};
	cookies_flash(&r, s);
	back = next(t, &r);
	CHECK(back.flash.text == &first);
	CHECK(str_eq(back.flash.arg[0].s, s.arg[0].s));
	CHECK_INT(back.flash.arg[1].n, -12345);
	CHECK_STR(back.flash.arg[2].t.at[LANG_SV], "på svenska");
	CHECK_INT(back.flash.arg[3].date.day, s.arg[3].date.day);
	CHECK_INT(back.flash.arg[4].range.first.day, s.arg[4].range.first.day);
	CHECK_INT(back.flash.arg[4].range.last.day, s.arg[4].range.last.day);
	CHECK_INT(back.flash.arg[5].instant.s, 1795000000);
	s = (struct said){.text = &second, .arg = {{.n = 2026}, {.n = 48}, {.n = 960}, {.n = 2}}};
	s.arg[4].date = date_of(2026, 11, 24);
	r = request(t);
	cookies_flash(&r, s);
	back = next(t, &r);
	CHECK(back.flash.text == &second);
	CHECK(
	    back.flash.arg[0].n == 2026 && back.flash.arg[1].n == 48 && back.flash.arg[2].n == 960);
	CHECK(back.flash.arg[3].n == 2 && back.flash.arg[4].date.day == s.arg[4].date.day);
	CHECK_STR(back.flash.arg[5].s, "");
	/* nothing to say is no cookie */
	r = request(t);
	cookies_flash(&r, (struct said){0});
	CHECK_INT(r.cookies.n, 0);
}

TEST(a_flash_that_somebody_changed_is_none)
{
	struct req r = request(t), back;
	struct str packed;

	packed = said_pack(&r, said(&plain));
	for (size_t i = 0; i < packed.n; i++) {
		char *changed = str_z(t->arena, packed);

		changed[i] = changed[i] == 'x' ? 'y' : 'x';
		back = request(t);
		CHECK(!said_unpack(&back, str_of(changed), &back.flash));
		CHECK(!said_unpack(&back, str_sub(packed, 0, i), &back.flash));
	}
	CHECK(said_unpack(&back, packed, &back.flash));
	/* a sentence that this version of the program no longer has */
	text_table_set(all, 1);
	CHECK(!said_unpack(&back, packed, &back.flash));
	/* with fewer arguments than it wants */
	packed = str_fmt(t->arena, "test.first~a~1~%.*s",
	    STR_ARG(secret_sign(t->arena, "flash", STR("test.first~a~1"))));
	CHECK(!said_unpack(&back, packed, &back.flash));
}

/* Browsers drop cookies over 4096 letters; long titles are cut before that. */
TEST(a_long_flash_is_shortened)
{
	struct req r = request(t), back;
	struct said s = {.text = &third};
	struct out o = out_new(t->arena);

	for (int i = 0; i < 1000; i++)
		out_lit(&o, "👩");
	for (size_t i = 0; i < 6; i++)
		s.arg[i].s = out_text(&o);
	s.arg[2].t = (struct texts){{out_text(&o), out_text(&o), out_text(&o)}};
	cookies_flash(&r, s);
	CHECK(r.cookies.n < 3200);
	back = next(t, &r);
	CHECK(back.flash.text == &third);
	CHECK_INT(str_chars(back.flash.arg[0].s), 40);
	CHECK(str_ends(back.flash.arg[5].s, STR("👩…")));
	/* one that is just long is not */
	s = (struct said){.text = &third};
	s.arg[0].s = str_sub(out_text(&o), 0, 200 * 4);
	r = request(t);
	cookies_flash(&r, s);
	back = next(t, &r);
	CHECK_INT(str_chars(back.flash.arg[0].s), 200);
}
