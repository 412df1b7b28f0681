/* What is already done: who tells it where, with thanks on the front page, and how it comes into the wheel. */
#include "app/diary/diary.h"

#include <string.h>

#include "lib/arena.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define PORRIDGE "words=Aamupuuro+aulassa&often=week&with=2&partners=kahvila&version=0"
#define AT "/fi/pohja/practices/3" /* the demo has two */

static void
tell(struct test *t, struct world *w)
{
	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/practices", PORRIDGE).status, 303);
}

TEST(what_is_told_stands_on_the_front_page_with_thanks)
{
	struct world *w = world(t);
	struct answered a;

	tell(t, w);
	a = world_get(w, NULL, "/fi/pohja");
	CHECK_HOLDS(a, "Kiitos:");
	CHECK_HOLDS(a, "Aamupuuro aulassa");
	CHECK_HOLDS(a, "kahvila");
	CHECK_LACKS(world_get(w, NULL, "/fi/ranta"), "Aamupuuro");
	/* in its writer's language, and marked so */
	CHECK_HOLDS(world_get(w, NULL, "/sv/pohja"), "<span lang=\"fi\">Aamupuuro aulassa</span>");
	a = world_get(w, NULL, "/fi/practices");
	CHECK_HOLDS(a, "Aamupuuro");
	CHECK_HOLDS(a, "Vedklyvning");
	/* who told it, colleagues read */
	CHECK_LACKS(a, "Ilmari");
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/pohja/practices"), "Ilmari");
	CHECK_HOLDS(world_get(w, NULL, "/fi/goals"), "/fi/practices");
	CHECK_HOLDS(world_get(w, NULL, "/fi/partners/2"), "Aamupuuro aulassa");
	world_end(w);
}

TEST(whoever_works_there_tells_and_others_do_not)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "ilmari", "/fi/ranta/practices", PORRIDGE).status, 403);
	CHECK_INT(world_post(w, "mira", "/fi/asema/practices", PORRIDGE).status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/ranta/practices", PORRIDGE).status, 303);
	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/practices", "words=a&often=hourly&version=0").status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/practices", "words=a&often=day&with=99&version=0").status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/practices", "often=day&version=0").status, 422);
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/asema/practices"), "Vielä ei ole kerrottu");
	world_end(w);
}

TEST(a_practice_is_mended_removed_and_brought_back)
{
	struct world *w = world(t);
	struct answered a;

	tell(t, w);
	CHECK_STATUS(w, "kerttu", AT, 403);
	CHECK_INT(world_post(w, "ilmari", AT, "words=Velli&often=day&version=1").status, 303);
	a = world_get(w, "ilmari", AT);
	CHECK_HOLDS(a, "value=\"Velli\"");
	CHECK_HOLDS(a, "Aamupuuro aulassa");
	CHECK_INT(world_post(w, "aino", AT, "words=Kiisseli&often=day&version=1").status, 409);
	/* whoever coordinates mends it, and leaves it in its language */
	a = world_post(w, "aino", "/sv/pohja/practices/3", "words=Velli+ja+hillo&often=day&version=2");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/sv/pohja"), "<span lang=\"fi\">Velli ja hillo</span>");
	CHECK_INT(world_post(w, "ilmari", AT "/remove", "version=3").status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja"), "Velli");
	CHECK_LACKS(world_get(w, "tapani", "/fi/pohja/practices"), "Velli");
	CHECK_HOLDS(world_part(world_get(w, "ilmari", "/fi/pohja/practices"), "Poistetut", "</details>"), "Velli");
	CHECK_INT(world_post(w, "ilmari", AT "/remove", "version=3").status, 409);
	CHECK_INT(world_post(w, "ilmari", AT "/return", "version=4").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "Velli ja hillo");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "palautettiin kertomus");
	world_end(w);
}

TEST(a_practice_is_joined_to_the_wheel_and_parted)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	int64_t number;
	const char *form;

	tell(t, w);
	CHECK(str_int(str_of(strrchr(item, '/') + 1), &number));
	form = WORDS("item=%lld&version=1", (long long)number);
	CHECK_INT(world_post(w, "ilmari", AT "/join", form).status, 403);
	CHECK_INT(world_post(w, "aino", AT "/join", "item=99999&version=1").status, 422);
	CHECK_INT(world_post(w, "aino", AT "/join", form).status, 303);
	CHECK(str_contains(world_get(w, NULL, "/fi/pohja/practices").body, str_of(WORDS("href=\"%s\"", item))));
	CHECK_INT(world_post(w, "aino", AT "/join", form).status, 409);
	CHECK_INT(world_post(w, "aino", AT "/part", "version=2").status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/practices"), "vuosikellossa:");
	world_end(w);
}

TEST(a_practice_becomes_an_item_of_the_wheel)
{
	struct world *w = world(t);
	struct answered a;

	tell(t, w);
	CHECK_HOLDS(world_get(w, "aino", AT), "name=\"title_fi\"");
	CHECK_LACKS(world_get(w, "ilmari", AT), "Tee tästä asia");
	CHECK_INT(world_post(w, "ilmari", AT "/item", "title_fi=Aamupuuro&week=48&version=1").status, 403);
	a = world_post(w, "aino", AT "/item", "title_fi=Aamupuuro&week=48&version=1");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, "aino", str_z(w->arena, a.location)), "value=\"Aamupuuro\"");
	/* done each week, it comes each week; on that campus alone */
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Aamupuuro");
	CHECK_LACKS(world_get(w, NULL, "/fi/ranta/wheel/2026"), "Aamupuuro");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/practices"), "vuosikellossa:");
	/* a second press of an old page makes no second item */
	CHECK_INT(world_post(w, "aino", AT "/item", "title_fi=Toinen&week=48&version=1").status, 409);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Toinen");
	CHECK_INT(world_post(w, "aino", AT "/part", "version=2").status, 303);
	CHECK_INT(world_post(w, "aino", AT "/item", "title_fi=Toinen&week=54&version=3").status, 422);
	CHECK_INT(world_post(w, "aino", AT "/item", "title_fi=Yhteinen&week=48&common=1&version=3").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/ranta/wheel/2026"), "Yhteinen");
	world_end(w);
}
