/* Who acts, as numbers: core knows persons, places, roles and rights only by their numbers, and
 * main hands over the table of which role gives which right. */
#ifndef CORE_ACTOR_H
#define CORE_ACTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/str.h"
#include "lib/text.h"

/* A role somewhere; place 0 is the whole provider and counts everywhere. */
struct grant {
	int64_t place;
	uint8_t role;
};

/* A plain value, read anew in each transaction. Without a person it is anyone. */
struct actor {
	int64_t person;
	enum lang lang;
	struct str name;
	const struct grant *grant;
	size_t grants;
};

enum { ACTOR_ANYWHERE = -1 };

/* For each right a bit per role (1 << role). Called once at the start; the table must live on. */
void actor_rights_set(const uint32_t *roles_by_right, size_t count);

/* Whether the actor has a right at a place. Right 0 is everybody's. At place 0 only a grant for
 * the whole provider counts; at ACTOR_ANYWHERE any grant does. A right that is not in the table
 * is a programmer's error. */
bool actor_may(const struct actor *who, int right, int64_t place);

bool actor_signed_in(const struct actor *who);

#endif
