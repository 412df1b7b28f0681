/* My tasks: whose they are, and that one press answers where one stands. */
#include "app/wheel/wheel.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "test/world.h"

static long long
number(const char *item)
{
	return strtoll(strrchr(item, '/') + 1, NULL, 10);
}

static struct answered
press(struct world *w, const char *who, const char *word, const char *item, int campus, int version)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "/fi/me/tasks/%s", word)), str_z(w->arena,
	    str_fmt(w->arena, "item=%lld&campus=%d&version=%d", number(item), campus, version)));
}

/* The card of an item in a page of tasks, empty without one. */
static struct answered
card_in(struct world *w, struct answered page, const char *item, int campus)
{
	return world_part(page, str_z(w->arena, str_fmt(w->arena, "<li id=\"t%lld-%d\"", number(item), campus)),
	    "</li>");
}

static struct answered
card(struct world *w, const char *who, const char *item, int campus)
{
	return card_in(w, world_get(w, who, "/fi/me/tasks"), item, campus);
}

#define IS_TASK(who, item, campus) (card(w, who, item, campus).body.n > 0)

/* What the provider said of an item is taken back; the version of its answer then. */
static int
take_back(struct world *w, const char *item)
{
	struct test *t = w->t;
	const char *undo = str_z(w->arena, str_fmt(w->arena, "%s/undo", item));
	int64_t version = world_hidden(world_get(w, "aino", item), "version");

	CHECK_INT(world_post(w, "aino", undo,
	    str_z(w->arena, str_fmt(w->arena, "version=%lld", (long long)version))).status, 303);
	return (int)version + 1;
}

/* --- what the whole provider answers ---------------------------------------------------------------------------- */

TEST(the_provider_s_items_are_tasks_of_those_who_answer_for_it_and_have_the_duty)
{
	struct world *w = world(t);
	const char *budget = world_item(w, NULL, "budget");           /* management's */
	const char *publish = world_item(w, NULL, "wheel_publish");   /* the coordinator's */
	struct answered a;

	take_back(w, budget);
	take_back(w, publish);
	a = card(w, "tapani", budget, 0);
	CHECK_HOLDS(a, "Kolmijoen koulutusyhtymä");
	CHECK_HOLDS(a, "johto");
	CHECK_HOLDS(a, "odottaa vastausta");
	CHECK_HOLDS(a, "Merkitse tehdyksi");
	CHECK(!IS_TASK("tapani", publish, 0));
	CHECK(IS_TASK("aino", publish, 0));
	CHECK(!IS_TASK("aino", budget, 0));
	CHECK(!IS_TASK("ilmari", publish, 0));
	CHECK_LACKS(world_get(w, "tapani", "/fi/me/tasks"), "Sinulla ei ole roolia");
	CHECK_HOLDS(world_get(w, "mira", "/fi/me/tasks"), "Sinulla ei ole roolia");
	world_end(w);
}

TEST(one_press_answers_for_the_provider)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "budget");
	int version = take_back(w, item);

	CHECK_INT(press(w, "ilmari", "done", item, 0, version).status, 403);
	CHECK_INT(press(w, "joel", "done", item, 0, version).status, 403);
	CHECK_INT(press(w, "mira", "done", item, 0, version).status, 403);
	CHECK_INT(press(w, "tapani", "done", item, 1, version).status, 404); /* no campus answers it */
	CHECK_INT(press(w, "tapani", "done", item, 0, version).status, 303);
	CHECK_HOLDS(card(w, "tapani", item, 0), "tehty");
	CHECK_HOLDS(card(w, "tapani", item, 0), "Kumoa");
	CHECK_HOLDS(world_get(w, NULL, item), "tehty");
	CHECK_INT(press(w, "tapani", "undo", item, 0, version + 1).status, 303);
	CHECK_HOLDS(card(w, "tapani", item, 0), "odottaa vastausta");
	world_end(w);
}

/* --- a named person ----------------------------------------------------------------------------------------------- */

/* Whoever is named has it besides those with the duty: on other campuses nobody else would. */
TEST(an_item_is_a_task_of_the_named_person_and_of_the_duty)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "attendance_autumn");

	CHECK(!IS_TASK("kerttu", item, 2));
	CHECK(IS_TASK("ilmari", item, 1));
	CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)),
	    "title_fi=Poissaolot&timing=week&"
	    "week=48&every=year&ring=1&duty=6&person=3&answers=campus&version=1").status, 303);
	CHECK(IS_TASK("kerttu", item, 2));
	CHECK(!IS_TASK("kerttu", item, 1));
	CHECK(IS_TASK("ilmari", item, 1));
	CHECK(IS_TASK("siv", item, 4));
	/* Named for what the provider answers, but without the right. */
	item = world_item(w, NULL, "budget");
	take_back(w, item);
	CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)),
	    "title_fi=Budjetti&timing=week&"
	    "week=43&every=year&ring=5&person=3&answers=provider&version=1").status, 303);
	CHECK(!IS_TASK("kerttu", item, 0));
	CHECK(!IS_TASK("tapani", item, 0)); /* neither named nor the duty's any more */
	CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)),
	    "title_fi=Budjetti&timing=week&"
	    "week=43&every=year&ring=5&person=9&answers=provider&version=2").status, 303);
	CHECK(IS_TASK("tapani", item, 0));
	world_end(w);
}

/* --- where one stands --------------------------------------------------------------------------------------------- */

TEST(after_a_press_the_item_itself_says_what_happened)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "attendance_autumn");
	struct answered a = press(w, "ilmari", "done", item, 1, 0), page;

	CHECK_INT(a.status, 303);
	CHECK(str_eq(a.location, str_fmt(w->arena, "/fi/me/tasks?at=t%lld-1#t%lld-1", number(item), number(item))));
	page = world_follow(w, "ilmari", a);
	CHECK_HOLDS(card_in(w, page, item, 1), "role=\"status\">Merkitty tehdyksi.");
	CHECK_HOLDS(card_in(w, page, item, 1), "Kumoa");
	CHECK_LACKS(world_part(page, "<main", "<section"), "role=\"status\"");
	page = world_follow(w, "ilmari", press(w, "ilmari", "undo", item, 1, 1));
	CHECK_HOLDS(card_in(w, page, item, 1), "role=\"status\">Vastaus palautettiin");
	/* Said once: the address alone says nothing. */
	CHECK_LACKS(world_get(w, "ilmari", str_z(w->arena, str_cut(&a.location, '#'))), "role=\"status\"");
	/* At the top when the item is no task any more. */
	a.location = STR("/fi/me/tasks?at=t1-1");
	CHECK_HOLDS(world_part(world_follow(w, "ilmari", a), "<main", "<section"), "Merkitty tehdyksi.");
	world_end(w);
}
