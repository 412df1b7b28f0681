#include "app/kota/kota.h"

#include <string.h>

#include "core/actor.h"
#include "lib/str.h"

#include "app/kota/kota.html.h"  /* generated */
#include "app/kota/kota.sql.h"   /* generated */
#include "app/kota/kota.texts.h" /* generated */
#include "app/room.h"

/* Rooms never call malloc(); texts may say so. */
static const char *const words[] = {"malloc(1)", "TODO", "/* no comment", "\"", T_KOTA_FIRE};

int
kota_guests(int day)
{
	struct { int (*free)(int); } it = {kota_twice};

	return it.free(day) + kota_guests_of(day) + (int)strlen(words[0]) + '"';
}

static void
show(void)
{
	kota_html(t_kota_guests(kota_guests(1)));
	kota_card_open();
}

const struct room kota_room = {
	.name = "kota",
	.show = show,
};
