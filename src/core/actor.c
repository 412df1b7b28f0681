#include "core/actor.h"

#include "lib/need.h"

enum { ROLES_MAX = 32 };

static const uint32_t *roles_of;
static size_t rights;

void
actor_rights_set(const uint32_t *roles_by_right, size_t count)
{
	roles_of = roles_by_right;
	rights = count;
}

bool
actor_may(const struct actor *who, int right, int64_t place)
{
	if (right == 0)
		return true;
	need(right > 0 && (size_t)right < rights);
	need(place >= ACTOR_ANYWHERE);
	/* Grants without a person would be a mistake of whoever loads actors; it must not open a
	 * door. */
	if (!actor_signed_in(who))
		return false;
	for (size_t i = 0; i < who->grants; i++) {
		const struct grant *g = &who->grant[i];
		bool here = g->place == 0 || g->place == place || place == ACTOR_ANYWHERE;

		if (here && g->role < ROLES_MAX && (roles_of[right] >> g->role & 1))
			return true;
	}
	return false;
}

bool
actor_signed_in(const struct actor *who)
{
	return who->person != 0;
}
