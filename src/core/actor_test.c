#include "core/actor.h"

#include "test/test.h"

enum { ANYONE, MAY_READ, MAY_WRITE, MAY_ADMIN, RIGHTS };
enum { STUDENT, TEACHER, ADMIN };

static const uint32_t table[RIGHTS] = {
	[MAY_READ] = 1 << STUDENT | 1 << TEACHER | 1 << ADMIN,
	[MAY_WRITE] = 1 << TEACHER | 1 << ADMIN,
	[MAY_ADMIN] = 1 << ADMIN,
};

static const struct actor anyone;

TEST(anyone_has_only_the_right_of_everybody)
{
	actor_rights_set(table, RIGHTS);
	CHECK(actor_may(&anyone, ANYONE, 0));
	CHECK(actor_may(&anyone, ANYONE, 7));
	CHECK(!actor_may(&anyone, MAY_READ, 7));
	CHECK(!actor_may(&anyone, MAY_READ, ACTOR_ANYWHERE));
	CHECK(!actor_signed_in(&anyone));
}

TEST(a_role_counts_only_at_its_place)
{
	struct grant grants[] = {{7, TEACHER}, {8, STUDENT}};
	struct actor ilmari = {.person = 3, .grant = grants, .grants = 2};

	actor_rights_set(table, RIGHTS);
	CHECK(actor_signed_in(&ilmari));
	CHECK(actor_may(&ilmari, MAY_WRITE, 7));
	CHECK(!actor_may(&ilmari, MAY_WRITE, 8));
	CHECK(actor_may(&ilmari, MAY_READ, 8));
	CHECK(!actor_may(&ilmari, MAY_READ, 9));
	CHECK(!actor_may(&ilmari, MAY_WRITE, 0)); /* not for the whole provider */
	CHECK(actor_may(&ilmari, MAY_WRITE, ACTOR_ANYWHERE));
	CHECK(!actor_may(&ilmari, MAY_ADMIN, ACTOR_ANYWHERE));
}

TEST(a_role_for_the_whole_provider_counts_everywhere)
{
	struct grant grant = {0, ADMIN};
	struct actor aino = {.person = 4, .grant = &grant, .grants = 1};

	actor_rights_set(table, RIGHTS);
	CHECK(actor_may(&aino, MAY_ADMIN, 0));
	CHECK(actor_may(&aino, MAY_ADMIN, 7));
	CHECK(actor_may(&aino, MAY_ADMIN, ACTOR_ANYWHERE));
}

TEST(grants_without_a_person_open_nothing)
{
	struct grant grant = {0, ADMIN};
	struct actor ghost = {.grant = &grant, .grants = 1};

	actor_rights_set(table, RIGHTS);
	CHECK(!actor_may(&ghost, MAY_READ, 7));
}
