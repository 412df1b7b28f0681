/* One item on each campus: when, how in its own words, and how far it is. In the college's own order, and nothing is
 * counted. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/ways.texts.h"  /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { WAYS_A_PAGE = 50 };

struct looking {
	struct req *r;
	const struct school_year *year;
	const struct wheel_item *item;
	struct wheel_answer_list answers;
	bool signed_in;
};

static struct wheel_way
way_of(const struct looking *l, const struct campus *campus)
{
	const struct wheel_answer *a = wheel_answer_in(l->answers, l->item->id, campus->id);
	struct span days = {l->item->starts, l->item->ends};
	struct wheel_way way = {
		.campus = campus->name,
		.color = campus->color,
		.address = wheel_item_address(l->r, l->year, campus, l->item->id),
	};
	struct wheel_time_list times;
	struct wheel_off off = {0};
	enum wheel_sight sight;

	if (a && a->starts.day) {
		days = (struct span){a->starts, a->ends.day ? a->ends : a->starts};
		way.own_days = true;
	}
	if (l->item->repeats != WHEEL_ITEM_REPEATS_NO)
		off = wheel_off_of(l->r->tx, campus->id, wheel_year_span(l->year));
	times = wheel_times(l->r->arena, l->item->repeats, days,
	    wheel_repeats_last(l->year, l->item->repeats_until), off);
	sight = wheel_sight(l->year, times.at[times.n - 1].last, a, l->r->today, l->signed_in);
	way.when = wheel_days_words(l->r, days);
	way.sight_class = str_of(wheel_sight_class(sight));
	way.sight_words = wheel_sight_words(sight, a);
	if (a) {
		way.words = a->words;
		way.words_lang = str_of(lang_code((enum lang)(a->language - WHEEL_ANSWER_LANGUAGE_FI)));
	}
	return way;
}

/* Whether the item is for a campus; without a name it is for all. */
static bool
is_for(struct wheel_item_scope_list scope, campus_id campus)
{
	for (size_t i = 0; i < scope.n; i++)
		if (scope.at[i].campus.n == campus.n)
			return true;
	return scope.n == 0;
}

static struct str
page_address(struct req *r, int64_t page)
{
	return str_fmt(r->arena, "%.*s?page=%lld", STR_ARG(r->path), (long long)page);
}

static void
show_ways(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_item item = wheel_item_or_404(r, &y);
	struct campus_list all = campus_since(r->tx, instant_of_local(r->zone, y.starts, 0));
	struct wheel_item_scope_list scope = wheel_scope_of(r->tx, item.id);
	struct looking l = {r, &y, &item, wheel_answers_to(r->tx, item.id),
	    actor_may(&r->actor, MAY_SEE_WAITING, ACTOR_ANYWHERE)};
	struct wheel_way_list ways = {ARENA_ARRAY(r->arena, struct wheel_way, WAYS_A_PAGE), 0};
	int64_t page = query_int(r, "page", 1), n = 0;

	if (item.answers != WHEEL_ITEM_ANSWERS_CAMPUS || page < 1)
		page_not_found(r);
	for (size_t i = 0; i < all.n; i++) {
		if (!is_for(scope, all.at[i].id))
			continue;
		if (n / WAYS_A_PAGE == page - 1)
			ways.at[ways.n++] = way_of(&l, &all.at[i]);
		n++;
	}
	if (page > 1 && ways.n == 0)
		page_not_found(r);
	wheel_ways_html(r, &(struct wheel_ways_page){
		.title = item.title,
		.sentence = item.sentence,
		.back = wheel_item_address(r, &y, NULL, item.id),
		.year = wheel_year_words(r, &y),
		.when = wheel_days_words(r, (struct span){item.starts, item.ends}),
		.again = item.repeats != WHEEL_ITEM_REPEATS_NO,
		.repeats = wheel_repeat_words(item.repeats),
		.ways = ways,
		.before = page > 1 ? page_address(r, page - 1) : STR(""),
		.after = n > page * WAYS_A_PAGE ? page_address(r, page + 1) : STR(""),
	});
}

const struct route wheel_ways_routes[] = {
	{GET, "/{lang}/wheel/{year}/{item}/campuses", MAY_ANYONE, show_ways},
	{0},
};
