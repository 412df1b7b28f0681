/* The journal says what each of its entries is about. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define LAITURI "/fi/ranta/space/laituri"

/* The newest entry of an event as its reader sees it. */
static struct answered
entry(struct world *w, const char *event, const char *address)
{
	struct str id = fixture_ask(w->arena, w->db, WORDS("SELECT max(id) FROM journal WHERE event = '%s'", event));

	return world_part(world_get(w, "aino", address), WORDS("<tr><td>%.*s</td>", STR_ARG(id)), "</tr>");
}

#define CHECK_NAMED(event, name) CHECK_HOLDS(entry(w, event, "/fi/admin/journal"), "<b>" name "</b>")

static void
invite(struct world *w)
{
	struct test *t = w->t;

	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite", WORDS(
	    "name=Vilma+Vieras&email=vilma@nuotio.example&lang=fi&role=%d&campus=2", ROLE_STAFF + 1)).status, 303);
}

TEST(the_journal_names_people_and_what_is_on_the_wheel)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "orientation");

	invite(w);
	CHECK_NAMED("people.invited", "Vilma Vieras");
	CHECK_NAMED("people.role_given", "Vilma Vieras");
	CHECK_INT(world_post(w, "ilmari", WORDS("%s/answer", item), "state=done&version=1&words=omenapiirakka").status,
	    303);
	CHECK_NAMED("wheel.answered", "Orientoitumis- ja ryhmäyttämisviikot alkavat");
	CHECK_INT(world_post(w, "ilmari", WORDS("%s/proposal", item), "words=Aiemmin").status, 303);
	CHECK_NAMED("wheel.proposed", "Orientoitumis- ja ryhmäyttämisviikot alkavat");
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_NAMED("wheel.year_changed", "2027–2028");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/devices/end", "").status, 303);
	CHECK_NAMED("account.signed_out", "Ilmari Kivisuvanto");
	world_end(w);
}

TEST(the_journal_names_spaces_bookings_and_who_works_with_us)
{
	struct world *w = world(t);
	struct answered held = world_post(w, "kerttu", LAITURI "/hold", "day=739945&from=990&length=60");

	world_post(w, "kerttu", WORDS("%.*s/details", STR_ARG(held.location)),
	    "title=Soittoryhm%C3%A4&audience=students&people=12&public=1&every=once");
	world_post(w, "kerttu", WORDS("%.*s/send", STR_ARG(held.location)), "taken=1&asked=0");
	CHECK_NAMED("space.booked", "Soittoryhmä");
	/* in its own language, which is marked */
	CHECK_HOLDS(entry(w, "space.booked", "/sv/admin/journal"), "<b><span lang=\"fi\">Soittoryhmä</span></b>");
	world_post(w, "kerttu", LAITURI "/fault", "words=Hana+vuotaa");
	CHECK_NAMED("space.fault_told", "Laituri");
	world_post(w, "aino", LAITURI "/edit", "name_fi=Satama&name_sv=Hamnen&name_en=Harbour&capacity=40&version=1");
	/* by the name that it has now */
	CHECK_NAMED("space.saved", "Satama");
	CHECK_NAMED("space.fault_told", "Satama");
	world_post(w, "aino", "/fi/partners/2/end", WORDS("sure=1&version=%lld", (long long)world_hidden(world_part(
	    world_get(w, "aino", "/fi/partners/2"), "/partners/2/end", "</form>"), "version")));
	CHECK_NAMED("partner.ended", "Suvantorannan nuorisotyö");
	world_end(w);
}

TEST(an_entry_whose_subject_is_gone_is_read_without_a_name)
{
	struct world *w = world(t);

	invite(w);
	fixture_ask(w->arena, w->db, "UPDATE journal SET subject = 999999 WHERE id = "
	    "(SELECT max(id) FROM journal WHERE event = 'people.invited') RETURNING id");
	CHECK_HOLDS(entry(w, "people.invited", "/fi/admin/journal"), "Maarit");
	CHECK_LACKS(entry(w, "people.invited", "/fi/admin/journal"), "<b>");
	CHECK_NAMED("people.role_given", "Vilma Vieras");
	world_end(w);
}

static void
erase(struct tx *tx, void *arg)
{
	struct actor nobody = person_nobody();

	journal_erase(tx, &nobody, *(const journal_id *)arg);
}

/* What was said about somebody is forgotten, and so is whom it was said about. */
TEST(an_entry_that_was_erased_names_nobody)
{
	struct world *w = world(t);
	struct db_error error = {0};
	journal_id id = {0};

	invite(w);
	CHECK(str_int(fixture_ask(w->arena, w->db, "SELECT max(id) FROM journal WHERE event = 'people.role_given'"),
	    &id.n));
	CHECK(db_write_now(w->db, w->arena, world_now(), erase, &id, &error));
	CHECK_HOLDS(entry(w, "people.role_given", "/fi/admin/journal"), "Maarit");
	CHECK_LACKS(entry(w, "people.role_given", "/fi/admin/journal"), "Vilma");
	/* the entry that says so tells which one it was */
	CHECK(str_contains(entry(w, "journal.erased", "/fi/admin/journal").body, str_of(WORDS("<b>%lld</b>",
	    (long long)id.n))));
	world_end(w);
}
