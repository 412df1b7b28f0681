#include "app/room.h"

#include "lib/need.h"

static const struct room *const *list;

void
rooms_set(const struct room *const *rooms)
{
	list = rooms;
}

const struct room *const *
rooms_all(void)
{
	need(list);
	return list;
}
