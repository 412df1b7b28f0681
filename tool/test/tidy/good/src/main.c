#include "app/kota/kota.h"
#include "app/lato/lato.h"
#include "app/lato/lato.sql.h" /* generated; only here nobody minds */
#include "app/room.h"

static const struct room *const rooms[] = {&kota_room, &lato_room};

int
main(void)
{
	return rooms[0] == rooms[1];
}
