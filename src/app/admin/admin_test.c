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
