/* Addresses and urlencoded bodies: what is read can be written and read again as the same. */
#include "core/http/query.h"

#include "core/http/http.h"
#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str text = str_copy(a, (struct str){(const char *)data, n});
	struct req r = {.arena = a, .query = text};
	struct pairs pairs, again;
	struct out o = out_new(a);
	struct str value;

	need(str_is_utf8(query_text(&r, "a")));
	query_int(&r, "a", 1);
	if (!query_parse(a, text, &pairs))
		return 0;
	need(pairs.n <= PAIRS_MAX);
	for (size_t i = 0; i < pairs.n; i++) {
		need(str_is_utf8(pairs.at[i].name) && str_is_utf8(pairs.at[i].value));
		out_char(&o, '&');
		query_encode(&o, pairs.at[i].name);
		out_char(&o, '=');
		query_encode(&o, pairs.at[i].value);
	}
	need(query_parse(a, out_text(&o), &again));
	need(again.n == pairs.n);
	for (size_t i = 0; i < pairs.n; i++)
		need(str_eq(pairs.at[i].name, again.at[i].name) &&
		    str_eq(pairs.at[i].value, again.at[i].value));
	if (pairs_find(&pairs, STR("a"), &value))
		need(str_eq(query_text(&r, "a"), value));
	return 0;
}
