#include "app/account/account.h"

#include "app/people/people.h"
#include "core/db/db.h"
#include "core/mail/mail.h"
#include "lib/arena.h"
#include "test/world.h"

/* A mail scanner opens links: only the button spends one. */
TEST(ten_gets_do_not_spend_a_link)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "ilmari", "/fi/me");

	CHECK_INT(page.status, 200);
	CHECK_HOLDS(page, "Ilmari Kivisuvanto");
	world_end(w);
}

TEST(the_same_answer_for_an_address_that_is_not_known)
{
	struct world *w = world(t);
	struct answered known = world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example");
	struct answered unknown = world_post(w, NULL, "/fi/sign-in/mail", "email=kukaan%40nuotio.example");

	CHECK_INT(known.status, 303);
	CHECK_INT(unknown.status, 303);
	CHECK(str_eq(known.location, unknown.location));
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ei-osoite").status, 422);
	world_end(w);
}

TEST(a_page_of_ones_own_leads_to_signing_in_and_back)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/me/tasks");

	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, STR("/fi/sign-in?next=")));
	world_end(w);
}

TEST(a_wrong_code_is_refused)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, NULL, "/fi/sign-in/code", "code=123456").status, 422);
	world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example");
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/code", "code=12").status, 422);
	world_end(w);
}

TEST(signing_out_ends_the_session)
{
	struct world *w = world(t);

	CHECK_STATUS(w, "reino", "/fi/me", 200);
	CHECK_INT(world_post(w, "reino", "/fi/sign-out", "").status, 303);
	CHECK_STATUS(w, "reino", "/fi/me", 303);
	world_end(w);
}

TEST(a_password_of_ones_own)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=short").status, 422);
	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in", "email=reino%40nuotio.example&password=vaara+salasana+on").status, 422);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in", "email=reino%40nuotio.example&password=puuro+kahvi+asema").status, 303);
	world_end(w);
}
