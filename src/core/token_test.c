#include "core/token.h"

#include "test/test.h"

TEST(tokens_differ_and_are_safe_in_an_address)
{
	struct str a = token_new(t->arena), b = token_new(t->arena);

	CHECK_INT(a.n, 43);
	CHECK(!str_eq(a, b));
	for (size_t i = 0; i < a.n; i++)
		CHECK((a.p[i] >= '0' && a.p[i] <= '9') || (a.p[i] >= 'a' && a.p[i] <= 'z') ||
		    (a.p[i] >= 'A' && a.p[i] <= 'Z') || a.p[i] == '-' || a.p[i] == '_');
}

/* The test vector of RFC 7693 is for BLAKE2b-512; this one is b2sum -l 256 of the three letters. */
TEST(digest_is_blake2b_256)
{
	CHECK_STR(token_digest(t->arena, STR("abc")),
	    "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
	CHECK(token_same(STR("abc"), STR("abc")));
	CHECK(!token_same(STR("abc"), STR("abd")));
	CHECK(!token_same(STR("abc"), STR("ab")));
}

TEST(code_has_six_digits)
{
	for (int i = 0; i < 100; i++)
		CHECK_INT(token_code(t->arena).n, 6);
}
