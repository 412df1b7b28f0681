#include "app/admin/admin.h"

#include "test/test.h"
#include "test/world.h"

TEST(the_coordinator_reads_who_changed_what)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "orientation");
	struct answered a;

	world_post(w, "ilmari", str_z(w->arena, str_fmt(w->arena, "%s/answer", item)),
	    "state=done&version=0&words=omenapiirakka");
	a = world_get(w, "aino", "/fi/admin/journal");
	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, "Ilmari Kivisuvanto");
	CHECK_HOLDS(a, "Pohja");
	CHECK_STATUS(w, "ilmari", "/fi/admin/journal", 403);
	world_end(w);
}

/* Page after page to the first entry, none twice. */
TEST(the_journal_is_read_in_pages)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "aino", "/fi/admin/journal?before=1");

	CHECK_INT(a.status, 200);
	CHECK_LACKS(a, "<td>");
	world_end(w);
}

/* Each kind of letter, in each language, as text and drawn, for those who look after the mail. */
TEST(letters_are_looked_at_before_anyone_is_sent_them)
{
	static const char *const words[][3] = {
		{"/fi/admin/letters", "Kirjautumislinkki", "Hei Aino Tuohimaa!"},
		{"/sv/admin/letters", "Inloggningslänk", "Hej Aino Tuohimaa!"},
		{"/en/admin/letters", "Sign-in link", "Hello Aino Tuohimaa!"},
	};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct answered list = world_get(w, "aino", words[i][0]), a;
		int n = world_count(list, "class=\"row-title\"");

		CHECK(n >= 15);
		CHECK(str_contains(list.body, str_of(words[i][1])));
		for (int k = 1; k <= n; k++) {
			a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/%d", words[i][0], k)));
			CHECK_INT(a.status, 200);
			CHECK(str_starts(a.type, STR("text/html")));
			CHECK(str_contains(a.body, str_of(words[i][2])));
			CHECK_LACKS(a, "<img");
			a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/%d/text", words[i][0], k)));
			CHECK(str_starts(a.type, STR("text/plain")));
			CHECK(str_starts(a.body, str_of(words[i][2])));
			CHECK_LACKS(a, "<");
		}
		a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/%d", words[i][0], n + 1)));
		CHECK_INT(a.status, 404);
	}
	/* also for an admin who has nothing to see to */
	CHECK_HOLDS(world_get(w, "maarit", "/fi/admin/letters"), "Maanantaikirje");
	CHECK_STATUS(w, "ilmari", "/fi/admin/letters", 403);
	world_end(w);
}
