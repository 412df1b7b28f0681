/* Generated from app/rights.tbl. */
#include "app/rights.h"

const uint32_t rights_roles[RIGHT_COUNT] = {
	[MAY_ANYONE] = 0xFF,
	[MAY_LIGHT_FIRE] = 0xC,
	[MAY_SIT] = 0x1,
};

const char *const right_words[RIGHT_COUNT] = {
	[MAY_ANYONE] = "ANYONE",
	[MAY_LIGHT_FIRE] = "LIGHT_FIRE",
	[MAY_SIT] = "SIT",
};

const struct texts rights_names[RIGHT_COUNT] = {
	[MAY_LIGHT_FIRE] = {{{"sytytt\303\244\303\244 tuli", 15}, {"t\303\244nda elden", 12}, {"light the */ fire", 17}}},
	[MAY_SIT] = {{{"istua", 5}, {"sitta", 5}, {"sit", 3}}},
};

const char *const role_words[ROLE_COUNT] = {
	"student",
	"student_body",
	"staff",
	"coordinator",
	"partner",
	"member",
	"management",
	"admin",
};

bool
role_of(struct str word, enum role *role)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		if (str_is(word, role_words[i])) {
			*role = (enum role)i;
			return true;
		}
	}
	return false;
}
