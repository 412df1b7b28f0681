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

/* All of it, read once a page. */
struct framework {
	struct measure_list measures;
	struct result_list results;
	struct source_list sources;
	struct goal_measure_list goal_measures;
	struct goal_result_list goal_results;
	struct measure_source_list measure_sources;
	struct result_source_list result_sources;
};

/* The address of another room's page; empty while that room is switched off. */
static struct str
if_there(struct req *r, struct str address)
{
	return path_leads(r, address) ? address : STR("");
}

static struct framework_source
shown(struct req *r, const struct source *s)
{
	return (struct framework_source){s->title, s->page.n
	    ? if_there(r, str_fmt(r->arena, "/%s%.*s", lang_code(r->lang), STR_ARG(s->page))) : STR("")};
}

/* What one sees of a measure besides the wheel, as far as the room that shows it is there. */
static struct framework_source_list
shown_of(struct req *r, const struct framework *f, measure_id measure)
{
	struct framework_source_list list = {ARENA_ARRAY(r->arena, struct framework_source, f->sources.n), 0};

	for (size_t i = 0; i < f->sources.n; i++)
		for (size_t k = 0; k < f->measure_sources.n; k++) {
			const struct measure_source *link = &f->measure_sources.at[k];

			if (link->measure.n != measure.n || link->source.n != f->sources.at[i].id.n)
				continue;
			list.at[list.n] = shown(r, &f->sources.at[i]);
			list.n += list.at[list.n].address.n != 0;
		}
	return list;
}

static struct framework_means_list
means_of(struct req *r, const struct framework *f, goal_id goal)
{
	struct framework_means_list list = {ARENA_ARRAY(r->arena, struct framework_means, f->measures.n), 0};

	for (size_t i = 0; i < f->measures.n; i++)
		for (size_t k = 0; k < f->goal_measures.n; k++)
			if (f->goal_measures.at[k].goal.n == goal.n &&
			    f->goal_measures.at[k].measure.n == f->measures.at[i].id.n)
				list.at[list.n++] = (struct framework_means){f->measures.at[i].title, if_there(r,
				    str_fmt(r->arena, "/%s/wheel?measure=%lld", lang_code(r->lang),
					(long long)f->measures.at[i].id.n)), shown_of(r, f, f->measures.at[i].id)};
	return list;
}

static struct framework_source_list
sources_of(struct req *r, const struct framework *f, result_id result)
{
	struct framework_source_list list = {ARENA_ARRAY(r->arena, struct framework_source, f->sources.n), 0};

	for (size_t i = 0; i < f->sources.n; i++)
		for (size_t k = 0; k < f->result_sources.n; k++) {
			const struct source *s = &f->sources.at[i];
			const struct result_source *link = &f->result_sources.at[k];

			if (link->result.n != result.n || link->source.n != s->id.n)
				continue;
			list.at[list.n++] = shown(r, s);
		}
	return list;
}

static bool
is_anything_there(struct framework_source_list sources)
{
	for (size_t i = 0; i < sources.n; i++)
		if (sources.at[i].address.n)
			return true;
	return false;
}

static struct framework_result_list
results_of(struct req *r, const struct framework *f, goal_id goal)
{
	struct framework_result_list list = {ARENA_ARRAY(r->arena, struct framework_result, f->results.n), 0};

	for (size_t i = 0; i < f->results.n; i++)
		for (size_t k = 0; k < f->goal_results.n; k++) {
			const struct result *s = &f->results.at[i];
			const struct goal_result *link = &f->goal_results.at[k];
			struct framework_source_list sources;

			if (link->goal.n != goal.n || link->result.n != s->id.n)
				continue;
			sources = sources_of(r, f, s->id);
			list.at[list.n++] = (struct framework_result){s->title, sources, is_anything_there(sources)};
		}
	return list;
}

static void
show_goals(struct req *r)
{
	struct goal_list all = goals(r->tx);
	struct framework_goal_list list = {ARENA_ARRAY(r->arena, struct framework_goal, all.n), all.n};
	struct framework f = {measures(r->tx), results(r->tx), sources(r->tx), goal_measures(r->tx),
	    goal_results(r->tx), measure_sources(r->tx), result_sources(r->tx)};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct framework_goal){all.at[i].key, all.at[i].title,
		    means_of(r, &f, all.at[i].id), results_of(r, &f, all.at[i].id)};
	framework_goals_html(r, &(struct framework_goals_page){list});
}

static const struct route routes[] = {
	{GET, "/{lang}/goals", MAY_ANYONE, show_goals},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

static const struct nav nav[] = {
	{T_FRAMEWORK_NAV, "/goals", MAY_ANYONE, false, T_FRAMEWORK_NAV_LEAD, .at = 50, .rare = true},
	{0},
};

const struct room framework_room = {.name = "framework", .routes = tables, .nav = nav, .seed = framework_load};
