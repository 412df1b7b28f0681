/* The public page: goals → measures → results, each with a place where its evidence will come. */
#include "app/framework/framework.h"

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/http.h"

#include "app/framework/framework.html.h"  /* generated */
#include "app/framework/framework.sql.h"   /* generated */
#include "app/framework/framework.texts.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

static struct measure_list
measures_of(struct req *r, goal_id goal)
{
	struct measure_list all = measures(r->tx), list = {ARENA_ARRAY(r->arena, struct measure, all.n), 0};
	struct goal_measure_list links = goal_measures(r->tx);

	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < links.n; k++)
			if (links.at[k].goal.n == goal.n && links.at[k].measure.n == all.at[i].id.n)
				list.at[list.n++] = all.at[i];
	return list;
}

static struct result_list
results_of(struct req *r, goal_id goal)
{
	struct result_list all = results(r->tx), list = {ARENA_ARRAY(r->arena, struct result, all.n), 0};
	struct goal_result_list links = goal_results(r->tx);

	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < links.n; k++)
			if (links.at[k].goal.n == goal.n && links.at[k].result.n == all.at[i].id.n)
				list.at[list.n++] = all.at[i];
	return list;
}

static void
show_goals(struct req *r)
{
	struct goal_list all = goals(r->tx);
	struct framework_goal_list list = {ARENA_ARRAY(r->arena, struct framework_goal, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct framework_goal){all.at[i].key, all.at[i].title,
		    measures_of(r, all.at[i].id), results_of(r, all.at[i].id)};
	framework_goals_html(r, &(struct framework_goals_page){list});
}

static const struct route routes[] = {
	{GET, "/{lang}/goals", MAY_ANYONE, show_goals},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

static const struct nav nav[] = {
	{T_FRAMEWORK_NAV, "/goals", MAY_ANYONE, false, .at = 50},
	{0},
};

const struct room framework_room = {.name = "framework", .routes = tables, .nav = nav, .seed = framework_load};
