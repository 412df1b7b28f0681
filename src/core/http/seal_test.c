#include "core/http/seal.h"

#include <string.h>

#include "core/secret.h"
#include "test/test.h"

static const unsigned char key[SECRET_BYTES] = {3};

enum { AINO = 5, ILMARI = 6, NOON = 1795000000 };

static struct req
request(struct test *t, int64_t seconds_later)
{
	secret_set(key);
	return (struct req){.arena = t->arena, .now = {NOON + seconds_later}};
}

TEST(a_sealed_form_opens_for_its_person_within_an_hour)
{
	struct req r = request(t, 0);
	struct sealed_form form = {STR("/fi/pohja/wheel/2026/24/answer"),
			       STR("words=mets%C3%A4+24+x&state=done")},
			   found;
	struct str sealed = seal_form(&r, AINO, form);

	for (size_t i = 0; i < sealed.n; i++)
		CHECK((sealed.p[i] >= 'a' && sealed.p[i] <= 'z') ||
		    (sealed.p[i] >= 'A' && sealed.p[i] <= 'Z') ||
		    (sealed.p[i] >= '0' && sealed.p[i] <= '9') || sealed.p[i] == '-' ||
		    sealed.p[i] == '_');
	r = request(t, 3600);
	CHECK(seal_open(&r, sealed, AINO, &found));
	CHECK(str_eq(found.path, form.path));
	CHECK(str_eq(found.body, form.body));
	CHECK(!seal_open(&r, sealed, ILMARI, &found));
	CHECK(!seal_open(&r, sealed, 0, &found));
	r = request(t, 3601);
	CHECK(!seal_open(&r, sealed, AINO, &found));
}

TEST(odd_forms_come_back_as_they_were)
{
	struct req r = request(t, 0);
	struct sealed_form forms[] = {{STR(""), STR("")}, {STR("/fi/a b 3 c"), STR("")},
	    {STR("/"), STR(" 1 2 ")}},
			   found;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		CHECK(seal_open(&r, seal_form(&r, AINO, forms[i]), AINO, &found));
		CHECK(str_eq(found.path, forms[i].path) && str_eq(found.body, forms[i].body));
	}
}

TEST(nobody_sees_a_form_of_nobody)
{
	struct req r = request(t, 0);
	struct sealed_form form = {STR("/fi"), STR("a=b")};

	CHECK_INT(seal_form(&r, 0, form).n, 0);
	CHECK(!seal_open(&r, STR(""), 0, &form));
	CHECK(!seal_open(&r, secret_seal(t->arena, "form", STR("1795000000 0 1 /")), 0, &form));
}

TEST(a_changed_seal_is_no_seal)
{
	struct req r = request(t, 0);
	struct sealed_form form = {STR("/fi"), STR("a=b")};
	struct str sealed = seal_form(&r, AINO, form);

	for (size_t i = 0; i < sealed.n; i++) {
		char *changed = str_z(t->arena, sealed);

		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		CHECK(!seal_open(&r, str_of(changed), AINO, &form));
	}
	/* sealed by us, but for something else */
	CHECK(!seal_open(&r, secret_seal(t->arena, "other", STR("1795000000 5 1 /")), AINO, &form));
	CHECK(!seal_open(&r, secret_seal(t->arena, "form", STR("1795000000 5 9 /")), AINO, &form));
	CHECK(!seal_open(&r, secret_seal(t->arena, "form", STR("1795000000 5 -1 /")), AINO, &form));
	CHECK(!seal_open(&r, secret_seal(t->arena, "form", STR("1795000000")), AINO, &form));
}
