#include "core/http/headers.h"

#include <microhttpd.h>
#include <string.h>

#include "core/http/assets.h"
#include "test/test.h"

TEST(the_smallest_coding_is_chosen)
{
	CHECK_INT(headers_coding(STR("")), CODING_PLAIN);
	CHECK_INT(headers_coding(STR("gzip, deflate, br, zstd")), CODING_BR);
	CHECK_INT(headers_coding(STR("gzip;q=1.0, identity; q=0.5")), CODING_GZIP);
	CHECK_INT(headers_coding(STR("BR;q=0.001")), CODING_BR);
	CHECK_INT(headers_coding(STR("br;q=0.000, gzip; q=0")), CODING_PLAIN);
	CHECK_INT(headers_coding(STR("brotli, xgzip")), CODING_PLAIN);
	CHECK_INT(headers_coding(STR("*")), CODING_PLAIN);
	CHECK_INT(headers_coding(STR(",;,;q=,")), CODING_PLAIN);
}

TEST(tags_are_compared_weakly)
{
	CHECK(headers_etag_matches(STR("\"a\""), "\"a\""));
	CHECK(headers_etag_matches(STR("\"b\" , W/\"a\""), "\"a\""));
	CHECK(headers_etag_matches(STR("*"), "\"a\""));
	CHECK(!headers_etag_matches(STR("a"), "\"a\""));
	CHECK(!headers_etag_matches(STR(""), "\"a\""));
}

TEST(the_policy_reports_only_when_asked)
{
	CHECK(strstr(headers_policy(true), "report-uri /csp-report") != NULL);
	CHECK(strstr(headers_policy(false), "report") == NULL);
}

TEST(assets_are_found_by_their_whole_name)
{
	CHECK(asset_find(STR("/a/")) == NULL);
	CHECK(asset_find(STR("/fi")) == NULL);
	for (size_t i = 0; i < assets_count; i++) {
		struct str path = str_of(assets[i].path);
		CHECK(asset_find(path) == &assets[i]);
		CHECK(asset_find(str_sub(path, 0, path.n - 1)) == NULL);
	}
}

TEST(headers_depend_on_what_is_answered)
{
	const char *policy;
	struct MHD_Response *page = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *letter = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *file = MHD_create_response_from_buffer(0, "", MHD_RESPMEM_PERSISTENT);

	headers_add(page, CACHE_NEVER, ANSWER_PAGE, false);
	headers_add(file, CACHE_FOREVER, ANSWER_FILE, true);
	headers_add(letter, CACHE_NEVER, ANSWER_LETTER, false);
	CHECK_STR(str_of(MHD_get_response_header(page, "Cache-Control")), "private, no-store");
	CHECK_STR(str_of(MHD_get_response_header(page, "Vary")), "Cookie");
	CHECK(MHD_get_response_header(page, "Permissions-Policy") != NULL);
	CHECK_STR(str_of(MHD_get_response_header(file, "Vary")), "Accept-Encoding");
	CHECK(MHD_get_response_header(file, "Permissions-Policy") == NULL);
	CHECK_STR(str_of(MHD_get_response_header(file, "Content-Security-Policy")),
	    headers_policy(true));
	/* a letter has its styles within, and nothing of it runs or is fetched */
	policy = MHD_get_response_header(letter, "Content-Security-Policy");
	CHECK(strstr(policy, "default-src 'none'") && strstr(policy, "sandbox") && !strstr(policy, "script"));
	CHECK(strstr(headers_policy(false), "unsafe") == NULL);
	MHD_destroy_response(letter);
	MHD_destroy_response(page);
	MHD_destroy_response(file);
}
