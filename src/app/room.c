#include "app/room.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"

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

void
todo_add(struct arena *a, struct todo_list *to, struct todo todo)
{
	to->at = arena_grow(a, to->at, to->n, 1, sizeof todo, &to->cap);
	to->at[to->n++] = todo;
}

void
wording_add(struct arena *a, struct wording_list *to, struct wording wording)
{
	size_t there = 0;

	for (enum lang l = 0; l < LANG_COUNT; l++)
		there += wording.text.at[l].n > 0;
	if (there == 0 || there == LANG_COUNT)
		return;
	to->at = arena_grow(a, to->at, to->n, 1, sizeof wording, &to->cap);
	to->at[to->n++] = wording;
}

/* What has no day stands last. */
static bool
is_sooner(const struct todo *a, const struct todo *b)
{
	return a->due.day && (b->due.day == 0 || a->due.day < b->due.day);
}

struct todo_list
rooms_todo(struct tx *tx, const struct actor *who)
{
	struct todo_list all = {0};

	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->todo)
			(*room)->todo(tx, who, &all);
	for (size_t i = 1; i < all.n; i++) {
		struct todo todo = all.at[i];
		size_t at = i;

		for (; at > 0 && is_sooner(&todo, &all.at[at - 1]); at--)
			all.at[at] = all.at[at - 1];
		all.at[at] = todo;
	}
	return all;
}
