/* The page for the guardians of a campus's students: what is there already, put together for them. */
#include "app/home/inside.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/home/home.html.h" /* generated */
#include "app/rights.h"         /* generated */
#include "app/room.h"

void
home_draw_guardians(struct req *r)
{
	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->guardians)
			(*room)->guardians(r);
}

static void
show_guardians(struct req *r)
{
	const struct campus *campus = r->campus;
	struct provider provider = provider_of(r->tx);
	struct span year = provider_year(&provider, provider_year_of(&provider, r->today));
	struct campus_break_list breaks = campus_breaks(r->tx, campus->id, year);
	struct home_break_list list = {ARENA_ARRAY(r->arena, struct home_break, breaks.n), breaks.n};

	for (size_t i = 0; i < breaks.n; i++)
		list.at[i] = (struct home_break){breaks.at[i].name, {breaks.at[i].starts, breaks.at[i].ends}};
	home_guardians_html(r, &(struct home_guardians_page){campus->name, list});
}

const struct route home_guardians_routes[] = {
	{GET, "/{lang}/{campus}/guardians", MAY_ANYONE, show_guardians},
	{0},
};
