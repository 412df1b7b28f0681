/* The Cookie header, and what stands in a flash cookie once its signature is right. */
#include "core/http/cookies.h"

#include "core/http/http.h"
#include "core/secret.h"
#include "test/fuzz/fuzz.h"
#include "lib/text_form.h"

/* A sentence with arguments of most types. */
static const struct text_param cookie_params[] = {{"a", TEXT_STR}, {"b", TEXT_INT},
    {"c", TEXT_TEXTS}, {"d", TEXT_DATE}, {"e", TEXT_RANGE}, {"f", TEXT_INSTANT}};
static const struct text cookie_text = {.key = "a", .params = 6, .param = cookie_params};
static const struct text cookie_short = {.key = "b"};
static const struct text *const cookie_texts[] = {&cookie_text, &cookie_short};

static struct req
cookie_request(struct arena *a)
{
	return (struct req){.arena = a, .cookies = out_new(a), .lang = LANG_SV};
}

/* As a signed sentence: what can be read is written and read again as the same. */
static void
cookie_flash(struct arena *a, struct str text)
{
	struct req r = cookie_request(a);
	struct str packed =
	    str_fmt(a, "%.*s~%.*s", STR_ARG(text), STR_ARG(secret_sign(a, "flash", text)));
	struct said said, again;

	need(!said_unpack(&r, text, &said));
	if (!said_unpack(&r, packed, &said))
		return;
	packed = said_pack(&r, said);
	need(said_unpack(&r, packed, &again) && again.text == said.text);
	need(str_eq(said_pack(&r, again), packed));
	cookies_flash(&r, said);
	/* One line that cannot become two headers. */
	need(r.cookies.n < 3200 && str_find(out_text(&r.cookies), '\n') == r.cookies.n - 1);
	need(str_find(out_text(&r.cookies), '\r') == r.cookies.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const unsigned char key[SECRET_BYTES] = {7};
	struct arena *a = fuzz_arena();
	struct str text = str_copy(a, (struct str){(const char *)data, n});
	struct req r = cookie_request(a);

	secret_set(key);
	text_table_set(cookie_texts, 2);
	cookies_read(&r, text);
	need(r.session.n <= 64 && r.browser.n <= 64 && str_is_utf8(r.session) &&
	    str_is_utf8(r.browser));
	need(r.theme.n == 0 || str_is(r.theme, "light") || str_is(r.theme, "dark"));
	need(!r.flash.text && r.cookies.n == 0);
	/* The text goes on as "%.*s", which ends at a NUL. */
	if (str_find(text, 0) == text.n)
		cookie_flash(a, text);
	return 0;
}
