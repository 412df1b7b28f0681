/* The screen in the hall of a campus, and the page for guardians. */
#include "lib/arena.h"
#include "test/world.h"

enum { WEEK_S = 7 * 86400 };

TEST(a_hall_reads_today_and_this_week)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/pohja/screen");

	CHECK_HOLDS(a, "maanantai 23.11. · viikko 48");
	CHECK_HOLDS(world_part(a, "Tänään", "</ul>"), "Poissaolot ja opintojen eteneminen");
	CHECK_HOLDS(world_part(a, "Ensi viikolla", "</ul>"), "Itsenäisyyspäivän juhla");
	CHECK_HOLDS(a, "Auki klo 18.00 asti");
	CHECK_HOLDS(a, "aamupuuro");
	CHECK_HOLDS(a, "Päivitetty klo 12.00");
	CHECK_HOLDS(a, "class=\"qr\"");
	CHECK_LACKS(a, "<a ");
	CHECK_LACKS(a, "<form");
	world_pass(2 * WEEK_S - 86400);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/screen"), "itsenäisyyspäivä");
	world_end(w);
}

/* Somebody signed in on the machine behind it, and everybody reads what it shows. */
TEST(a_hall_reads_what_anyone_may_read)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, "ilmari", "/fi/pohja"), "Opiskeluhuollon ryhmä");
	CHECK_LACKS(world_get(w, "ilmari", "/fi/pohja/screen"), "Opiskeluhuollon ryhmä");
	world_end(w);
}

TEST(a_screen_does_without_a_room_that_is_off)
{
	static const char *const rooms[] = {"wheel", "space", "notice"};

	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		struct world *w = world_without(t, rooms[i]);

		CHECK_STATUS(w, NULL, "/fi/pohja/screen", 200);
		world_end(w);
	}
}

TEST(guardians_read_what_is_for_them)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/pohja/guardians");
	const char *edit;

	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "/fi/pohja/guardians");
	CHECK_HOLDS(a, "Huoltajien ilta / verkkoinfo");
	CHECK_LACKS(a, "Mielenterveysviikko");
	CHECK_HOLDS(a, "joululoma");
	CHECK_HOLDS(a, "href=\"#help\"");
	edit = str_z(t->arena, str_fmt(t->arena, "%s/edit", world_item(w, NULL, "mental_week")));
	CHECK_INT(world_post(w, "aino", edit,
	    "title_fi=Avoin+ilta&timing=week&week=47&every=year&ring=1&answers=campus&guardians=1&version=1").status,
	    303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/guardians"), "Avoin ilta");
	world_end(w);
}
