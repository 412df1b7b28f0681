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
	static const char row[] = "class=\"row-title\" href=\"";
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct answered list = world_get(w, "aino", words[i][0]), a;

		CHECK(world_count(list, row) >= 15);
		CHECK(str_contains(list.body, str_of(words[i][1])));
		for (struct str rest = list.body; str_contains(rest, str_of(row)); rest = str_sub(rest, 1, rest.n)) {
			struct str address;

			rest = str_sub(rest, str_find(rest, 'c'), rest.n);
			if (!str_starts(rest, str_of(row)))
				continue;
			address = str_sub(rest, sizeof row - 1, rest.n);
			address = str_cut(&address, '"');
			a = world_get(w, "aino", str_z(w->arena, address));
			CHECK_INT(a.status, 200);
			CHECK(str_starts(a.type, STR("text/html")));
			CHECK(str_contains(a.body, str_of(words[i][2])));
			CHECK_LACKS(a, "<img");
			a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%.*s/text", STR_ARG(address))));
			CHECK(str_starts(a.type, STR("text/plain")));
			CHECK(str_starts(a.body, str_of(words[i][2])));
			CHECK_LACKS(a, "<");
		}
	}
	CHECK_STATUS(w, "aino", "/fi/admin/letters/account-99", 404);
	CHECK_STATUS(w, "aino", "/fi/admin/letters/account-0", 404);
	CHECK_STATUS(w, "aino", "/fi/admin/letters/attic-1", 404);
	/* also for an admin who has nothing to see to */
	CHECK_HOLDS(world_get(w, "maarit", "/fi/admin/letters"), "Maanantaikirje");
	CHECK_STATUS(w, "ilmari", "/fi/admin/letters", 403);
	world_end(w);
}
