/* Generated from app/rights.tbl. */
#ifndef APP_RIGHTS_H
#define APP_RIGHTS_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/text.h"

enum right {
	MAY_ANYONE = 0,
	MAY_LIGHT_FIRE, /* light the * / fire */
	MAY_SIT, /* sit */
	RIGHT_COUNT
};

enum role {
	ROLE_STUDENT,
	ROLE_STUDENT_BODY,
	ROLE_STAFF,
	ROLE_COORDINATOR,
	ROLE_PARTNER,
	ROLE_MEMBER,
	ROLE_MANAGEMENT,
	ROLE_ADMIN,
	ROLE_COUNT
};

/* A bit for each role, 1u << ROLE_X. */
extern const uint32_t rights_roles[RIGHT_COUNT];

/* What a right lets one do; its own name, for logs. */
extern const struct texts rights_names[RIGHT_COUNT];
extern const char *const right_words[RIGHT_COUNT];
/* A role as the database writes it. */
extern const char *const role_words[ROLE_COUNT];

/* The role of such a word; false and *role untouched for any other. */
bool role_of(struct str word, enum role *role);

#endif
