#include "core/http/headers.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "lib/need.h"

#define POLICY \
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " \
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " \
	"require-trusted-types-for 'script'; trusted-types 'none'"

#define LETTER_POLICY \
	"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; " \
	"frame-ancestors 'none'; sandbox"

const char *
headers_policy(bool reports)
{
	return reports ? POLICY "; report-uri /csp-report" : POLICY;
}

/* Also on what is no page: a browser that shows it anyway is bound by them. */
static const struct header always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

static const struct header of_pages[] = {
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
};

static const char *const cache_words[] = {
    [CACHE_NEVER] = "private, no-store",
    [CACHE_PRIVATE] = "private, no-cache",
    [CACHE_SHORT] = "public, max-age=60",
    [CACHE_FOREVER] = "public, max-age=31536000, immutable",
};

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
	need(MHD_add_response_header(response, name, value) == MHD_YES);
}

void
headers_add(struct MHD_Response *response, enum cache cache, enum answer_kind kind, bool reports)
{
	add(response, MHD_HTTP_HEADER_CACHE_CONTROL, cache_words[cache]);
	add(response, MHD_HTTP_HEADER_VARY, cache == CACHE_FOREVER ? "Accept-Encoding" : "Cookie");
	add(response, "Content-Security-Policy", kind == ANSWER_LETTER ? LETTER_POLICY : headers_policy(reports));
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		add(response, always[i].name, always[i].value);
	for (size_t i = 0; kind == ANSWER_PAGE && i < sizeof of_pages / sizeof *of_pages; i++)
		add(response, of_pages[i].name, of_pages[i].value);
}

static bool
word_is(struct str s, const char *z)
{
	return s.n == strlen(z) && strncasecmp(s.p, z, s.n) == 0;
}

/* "q=0", "q=0.0" … refuse a coding; other weights do not matter, we know which is smallest. */
static bool
refused_by_weight(struct str parameters)
{
	struct str q = str_trim(parameters);

	if (q.n < 3 || (q.p[0] != 'q' && q.p[0] != 'Q') || q.p[1] != '=')
		return false;
	for (size_t i = 2; i < q.n; i++)
		if (q.p[i] != '0' && q.p[i] != '.')
			return false;
	return true;
}

enum coding
headers_coding(struct str accept_encoding)
{
	enum coding best = CODING_PLAIN;

	while (accept_encoding.n) {
		struct str parameters = str_cut(&accept_encoding, ',');
		struct str name = str_trim(str_cut(&parameters, ';'));

		if (refused_by_weight(parameters))
			continue;
		if (word_is(name, "br"))
			return CODING_BR;
		if (word_is(name, "gzip"))
			best = CODING_GZIP;
	}
	return best;
}

bool
headers_etag_matches(struct str if_none_match, const char *etag)
{
	while (if_none_match.n) {
		struct str tag = str_trim(str_cut(&if_none_match, ','));

		if (str_starts(tag, STR("W/")))
			tag = str_sub(tag, 2, tag.n);
		if (str_is(tag, etag) || str_is(tag, "*"))
			return true;
	}
	return false;
}
