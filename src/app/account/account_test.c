#include "app/account/account.h"

#include <string.h>

#include "app/people/people.h"
#include "core/db/db.h"
#include "core/mail/mail.h"
#include "lib/arena.h"
#include "test/world.h"

struct linking {
	struct str token;
};

static void
make_link(struct tx *tx, void *arg)
{
	struct linking *l = arg;
	struct person p;

	person_with_key(tx, STR("ilmari"), &p);
	l->token = account_link(tx, p.id, ACCOUNT_LINK_MINUTES);
}

/* A mail scanner opens links: only the button spends one, and only once. */
TEST(ten_gets_do_not_spend_a_link)
{
	struct world *w = world(t);
	struct linking l;
	struct db_error error;
	const char *link;

	CHECK(db_write_now(w->db, w->arena, world_now(), make_link, &l, &error));
	link = str_z(w->arena, str_fmt(w->arena, "/fi/sign-in/link/%.*s", STR_ARG(l.token)));
	for (int i = 0; i < 10; i++)
		CHECK_HOLDS(world_get(w, NULL, link), "Hei, Ilmari Kivisuvanto!");
	CHECK_INT(world_post(w, NULL, link, "").status, 303);
	CHECK_HOLDS(world_get(w, NULL, link), "Linkki on käytetty tai vanhentunut");
	CHECK_INT(world_post(w, NULL, link, "").status, 404);
	world_end(w);
}

/* The value of a hidden field. */
static struct str
hidden(struct answered page, const char *mark)
{
	for (size_t i = 0; i + strlen(mark) < page.body.n; i++)
		if (memcmp(page.body.p + i, mark, strlen(mark)) == 0) {
			struct str rest = str_sub(page.body, i + strlen(mark), page.body.n);

			return str_cut(&rest, '"');
		}
	return STR("");
}

/* The session ended in the middle of a form: sign in, and the form is still there, for the same person only. */
TEST(a_form_outlives_its_session)
{
	struct world *w = world(t);
	const char *item = world_item(w, "asema", "mental_week");
	const char *answer = str_z(w->arena, str_fmt(w->arena, "%s/answer", item));
	struct answered page, in;
	struct str kept;

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK_INT(world_post(w, "kerttu", "/fi/me/password", "password=laituri+tuuli+ranta").status, 303);
	CHECK_INT(world_post(w, "reino", "/fi/me/devices/end", "").status, 303);
	page = world_post(w, "reino", answer, "state=our_way&words=Soutuvuoro&version=0");
	CHECK_INT(page.status, 403);
	CHECK_HOLDS(page, "lomake on täytettynä");
	kept = hidden(page, "name=\"kept\" value=\"");
	if (kept.n == 0)
		kept = hidden(page, "name=\"kept\" type=\"hidden\" value=\"");
	CHECK(kept.n > 50);
	in = world_post(w, NULL, "/fi/sign-in", str_z(w->arena, str_fmt(w->arena,
	    "email=kerttu%%40nuotio.example&password=laituri+tuuli+ranta&kept=%.*s", STR_ARG(kept))));
	CHECK_INT(in.status, 303);
	CHECK(!str_eq(in.location, str_of(item)));
	in = world_post(w, NULL, "/fi/sign-in", str_z(w->arena, str_fmt(w->arena,
	    "email=reino%%40nuotio.example&password=puuro+kahvi+asema&kept=%.*s", STR_ARG(kept))));
	CHECK_INT(in.status, 303);
	CHECK_STR(in.location, item);
	world_signs_in(w, "reino", in);
	CHECK_HOLDS(world_get(w, "reino", item), "Soutuvuoro");
	CHECK_LACKS(world_get(w, "aino", item), "Soutuvuoro");
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
