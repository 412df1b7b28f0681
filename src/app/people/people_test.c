#include "app/people/people.h"

#include "app/campus/campus.h"
#include "core/db/db.h"
#include "lib/arena.h"
#include "test/world.h"

TEST(the_coordinator_invites_a_colleague)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STATUS(w, "ilmari", "/fi/admin/people", 403);
	CHECK_STATUS(w, "aino", "/fi/admin/people", 200);
	a = world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=Uusi%40nuotio.example&lang=sv&role=3&campus=4");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/people"), "Uusi Ihminen");
	CHECK_HOLDS(world_get(w, "maarit", "/fi/admin/outbox"), "uusi@nuotio.example");
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite", "name=&email=x&lang=sv&role=3").status, 422);
	world_end(w);
}

/* A coordinator cannot make an administrator, and nobody removes the last who could mend things. */
TEST(some_roles_are_not_given_or_ended)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/role", "role=8&campus=0").status, 403);
	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/2/role", "role=8&campus=0").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/role", "role=3&campus=99").status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/duty", "duty=999&campus=0").status, 404);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/999/role", "role=3&campus=1").status, 404);
	world_end(w);
}

TEST(a_role_that_ends_is_gone_at_once)
{
	struct world *w = world(t);
	const char *item = world_item(w, "ranta", "mental_week");
	const char *answer = str_z(w->arena, str_fmt(w->arena, "%s/answer", item));

	CHECK_INT(world_post(w, "ilmari", answer, "state=done&version=0").status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/role", "role=3&campus=2").status, 303);
	CHECK_INT(world_post(w, "ilmari", answer, "state=done&version=0").status, 303);
	world_end(w);
}
