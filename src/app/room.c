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

void
rooms_about(struct req *r, enum subject subject, int64_t id)
{
	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->about)
			(*room)->about(r, subject, id);
}
