/* What waits for a person: requests to answer, bookings to confirm, times that are offered, bookings that a change left
 * outside, and what is broken. */
#include "app/space/queue.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/rights.h"            /* generated */
#include "app/room.h"
#include "app/space/pages.h"
#include "app/space/space.sql.h"   /* generated */
#include "app/space/todo.texts.h"  /* generated */

/* Requests are one line, however many they are. */
static void
add_questions(struct tx *tx, const struct actor *who, struct todo_list *list)
{
	struct date first = {0};
	int64_t n = space_questions_for(tx, who, &first);

	if (n)
		todo_add(tx->arena, list, (struct todo){t_space_todo_answer(n), STR("/admin/bookings"), first,
		    T_SPACE_TODO_REQUESTS});
}

static void
add_confirmations(struct tx *tx, const struct actor *who, const struct zone *zone, struct todo_list *list)
{
	struct space_booking_list all = space_bookings_to_confirm(tx, (person_id){who->person}, tx->now);
	struct campus_list campuses = campus_all(tx);

	for (size_t i = 0; i < all.n; i++) {
		const struct space_booking *b = &all.at[i];
		const struct campus *campus;
		struct space space;

		if (!space_by_id(tx, b->space, &space) || !(campus = campus_in(campuses, space.campus)))
			continue;
		todo_add(tx->arena, list, (struct todo){
			.words = t_space_todo_confirm(b->title, local_of(zone, b->starts).date),
			.address = str_fmt(tx->arena, "/%.*s/booking/%lld", STR_ARG(campus->slug), (long long)b->id.n),
			.due = local_of(zone, space_confirm_by(&space, b)).date,
			.kind = T_SPACE_TODO_CONFIRMATIONS,
		});
	}
}

static void
add_offers(struct tx *tx, const struct actor *who, const struct zone *zone, struct todo_list *list)
{
	struct space_wish_list all = space_wishes_of_person(tx, (person_id){who->person}, tx->now);

	for (size_t i = 0; i < all.n; i++) {
		const struct space_wish *w = &all.at[i];
		struct space space;

		if (w->state == SPACE_WISH_STATE_OFFERED && space_by_id(tx, w->space, &space))
			todo_add(tx->arena, list, (struct todo){
				.words = t_space_todo_offer(space.name, local_of(zone, w->starts).date,
				    local_of(zone, w->starts).minutes),
				.address = STR("/me/bookings"),
				.due = local_of(zone, w->offer_until).date,
				.kind = T_SPACE_TODO_OFFERS,
			});
	}
}

/* Where they look after the spaces. */
static void
add_of_space(struct tx *tx, const struct actor *who, const struct space *space, const struct campus *campus,
    int64_t outside,
    int64_t broken, struct todo_list *list)
{
	struct str address = str_fmt(tx->arena, "/%.*s/space/%.*s", STR_ARG(campus->slug), STR_ARG(space->slug));

	if (outside && actor_may(who, MAY_EDIT_SPACES, campus->id.n))
		todo_add(tx->arena, list, (struct todo){t_space_todo_outside(space->name, outside),
		    str_fmt(tx->arena, "%.*s/edit", STR_ARG(address)), {0}, T_SPACE_TODO_SETTLE});
	if (broken && actor_may(who, MAY_MEND_FAULTS, campus->id.n))
		todo_add(tx->arena, list, (struct todo){t_space_todo_broken(space->name, broken), address, {0},
		    T_SPACE_TODO_FAULTS});
}

static void
add_spaces(struct tx *tx, const struct actor *who, struct todo_list *list)
{
	struct space_outside_count_list outside = space_outside_counts(tx, tx->now);
	struct space_fault_count_list broken = space_fault_counts(tx);
	struct campus_list campuses = campus_all(tx);
	struct space_list spaces = outside.n || broken.n ? spaces_that_ever_were(tx) : (struct space_list){0};

	for (size_t i = 0; i < spaces.n; i++) {
		const struct space *s = &spaces.at[i];
		const struct campus *campus = campus_in(campuses, s->campus);
		int64_t out = 0, down = 0;

		for (size_t k = 0; k < outside.n; k++)
			out = outside.at[k].space.n == s->id.n ? outside.at[k].n : out;
		for (size_t k = 0; k < broken.n; k++)
			down = broken.at[k].space.n == s->id.n ? broken.at[k].n : down;
		if (campus)
			add_of_space(tx, who, s, campus, out, s->cancelled_at.s ? 0 : down, list);
	}
}

void
space_todo(struct tx *tx, const struct actor *who, struct todo_list *list)
{
	const struct zone *zone = space_zone(tx);

	if (!actor_signed_in(who))
		return;
	add_offers(tx, who, zone, list);
	add_confirmations(tx, who, zone, list);
	add_questions(tx, who, list);
	if (actor_may(who, MAY_MEND_FAULTS, ACTOR_ANYWHERE))
		add_spaces(tx, who, list);
}
