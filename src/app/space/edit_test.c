/* Spaces changed by those who look after them, and what becomes of the bookings ahead. */
#include "lib/arena.h"
#include "lib/out.h"

#include "core/db/fixture.h"

#include "test/test.h"
#include "test/world.h"

#define KULMA "/fi/pohja/space/kulma/edit"
#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

/* As the form of the space has it, with that capacity. */
static const char *
space_fields(struct world *w, int capacity, int version, const char *more)
{
	return WORDS("name_fi=Kulma&name_sv=H%%C3%%B6rnet&capacity=%d&communal=1&features=0"
	    "&features=3&step_free=yes&lift=no&parking=unknown&version=%d%s", capacity, version, more);
}

/* The numbers of the bookings that a page asks about. */
static size_t
asked(struct answered page, int64_t *ids, size_t most)
{
	static const char mark[] = "name=\"fate-";
	size_t n = 0;

	for (size_t i = 0; i + sizeof mark < page.body.n && n < most; i++)
		if (str_starts(str_sub(page.body, i, page.body.n), str_of(mark))) {
			struct str rest = str_sub(page.body, i + sizeof mark - 1, 20);

			if (str_int(str_cut(&rest, '"'), &ids[n]))
				n++;
		}
	return n;
}

static const char *
booking(struct world *w, int64_t id)
{
	return WORDS("/fi/pohja/booking/%lld", (long long)id);
}

/* The mark of the bookings that a page asks about; the first on the page is that of those which wait already. */
static long long
mark_of(struct answered page, const char *form)
{
	return world_hidden(world_part(page, form, "</html>"), "seen");
}

static struct str
mails(struct world *w, const char *recipient)
{
	return fixture_ask(w->arena, w->db, WORDS("SELECT count(*) FROM outbox WHERE recipient = '%s'", recipient));
}

TEST(a_space_is_added_described_and_opened)
{
	struct world *w = world(t);
	struct answered a, page;

	CHECK_STATUS(w, "ilmari", "/fi/admin/spaces", 403);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/spaces"), "Odotushuone");
	a = world_post(w, "aino", "/fi/admin/spaces", "name_fi=%C3%84%C3%A4rilaita+2&campus=1&capacity=20");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, "/fi/pohja/space/aarilaita-2/edit");
	/* a second one of that name has an address of its own */
	CHECK_STR(world_post(w, "aino", "/fi/admin/spaces",
	    "name_fi=%C3%84%C3%A4rilaita+2&campus=1&capacity=20").location,
	    "/fi/pohja/space/aarilaita-2-2/edit");
	page = world_get(w, "aino", "/fi/pohja/space/aarilaita-2/edit/hours");
	CHECK_HOLDS(page, "Aukioloaikoja ei ole");
	a = world_post(w, "aino", "/fi/pohja/space/aarilaita-2/edit/hours",
	    "days=0&days=2&opens=klo+8&closes=16.30&staffed=1&starts=1.12.2026&id=0&version=1");
	CHECK_INT(a.status, 303);
	page = world_get(w, "aino", "/fi/pohja/space/aarilaita-2/edit/hours");
	CHECK_HOLDS(page, "<b>ma, ke</b> 8.00–16.30");
	CHECK_HOLDS(page, "1.12.2026");
	/* it can be booked */
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/pohja/space/aarilaita-2/book?day=2026-12-02"), "klo 8.00");
	a = world_post(w, "aino", "/fi/pohja/space/aarilaita-2/edit/hours",
	    "opens=8.00&closes=7.30&starts=3.12.2026&ends=1.12.2026&days=0&id=0&version=2");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "keskiyö on 24");
	CHECK_HOLDS(a, "Viimeinen päivä ei voi olla ennen");
	CHECK_HOLDS(a, "value=\"7.30\"");
	world_end(w);
}

TEST(what_a_space_is_like_is_told_and_what_is_not_known_too)
{
	struct world *w = world(t);
	struct answered page;

	CHECK_INT(world_post(w, "aino", KULMA, space_fields(w, 60, 1,
	    "&contact=Vahtimestari&entry_fi=Pohjoisovi")).status,
	    303);
	page = world_get(w, "aino", KULMA);
	CHECK_HOLDS(page, "value=\"Vahtimestari\"");
	CHECK_HOLDS(page, "Pohjoisovi");
	CHECK_HOLDS(world_part(page, "id=\"space-lift\"", "</select>"), "value=\"no\" selected");
	CHECK_HOLDS(world_part(page, "id=\"space-parking\"", "</select>"), "value=\"unknown\" selected");
	CHECK_HOLDS(world_part(page, "id=\"space-features-3\"", ">"), "checked");
	CHECK_LACKS(world_part(page, "id=\"space-features-1\"", ">"), "checked");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Pohjoisovi");
	world_end(w);
}

TEST(two_who_save_a_space_see_both)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "aino", KULMA, space_fields(w, 60, 1, "&contact=Vahtimestari&lift=yes")).status, 303);
	a = world_post(w, "aino", KULMA, space_fields(w, 60, 1, "&contact=Keitti%C3%B6"));
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "value=\"Keittiö\"");
	CHECK_HOLDS(a, "Toinen tallensi tähän: <b>Vahtimestari</b>");
	/* sent again it holds */
	CHECK_INT(world_post(w, "aino", KULMA, space_fields(w, 60, (int)world_hidden(world_part(a, "edit\"", "</form>"),
	    "version"), "&contact=Keitti%C3%B6")).status, 303);
	/* hours and rules are of the same version */
	CHECK_INT(world_post(w, "aino", KULMA "/hours", "days=0&opens=8&closes=9&id=0&version=1").status, 409);
	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule", "who=1&approval=always&version=1").status, 409);
	world_end(w);
}

/* Mondays to Thursdays have no hours any more: what is booked there is shown first, and settled as was decided. */
TEST(bookings_that_new_hours_leave_outside_are_kept_moved_or_cancelled)
{
	struct world *w = world(t);
	struct answered page = world_get(w, "aino", KULMA "/hours"), a;
	long long row = world_hidden(world_part(page, "edit/hours/drop", "</form>"), "id");
	int64_t id[200], left[200];
	size_t n;

	a = world_post(w, "aino", KULMA "/hours/drop", WORDS("id=%lld&version=1", row));
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Mitään ei vielä tallennettu");
	CHECK_HOLDS(a, "Keskustelukahvila");
	n = asked(a, id, 200);
	CHECK(n > 20);
	CHECK_LACKS(world_get(w, "aino", KULMA "/hours"), "Varauksia aukiolon ulkopuolella");
	/* the first is to be moved, one stays, one is cancelled, and the others wait */
	a = world_post(w, "aino", KULMA "/hours/drop",
	    WORDS("id=%lld&version=1&seen=%lld&fate-%lld=move&fate-%lld=keep&"
	    "fate-%lld=cancel&others=later&message=Lattia+huolletaan", row, mark_of(a, "id=\"hours_drop-left\""),
	    (long long)id[0], (long long)id[1], (long long)id[2]));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, WORDS("/fi/pohja/space/kulma/book?move=%lld", (long long)id[0]));
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[1])), "Varattu");
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[2])), "Peruttu");
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[2])), "Lattia huolletaan");
	page = world_get(w, "aino", KULMA);
	CHECK_HOLDS(page, "Varauksia aukiolon ulkopuolella");
	CHECK_INT(asked(page, left, 200), n - 2);
	CHECK_INT(left[0], id[0]);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/spaces"), "varausta aukiolon ulkopuolella");
	/* later all others are settled at once; who has not seen them all settles none */
	CHECK_INT(world_post(w, "aino", KULMA "/outside", "others=keep&seen=1").status, 422);
	CHECK_INT(world_post(w, "aino", KULMA "/outside", WORDS("others=keep&seen=%lld",
	    mark_of(page, KULMA "/outside"))).status, 303);
	CHECK_LACKS(world_get(w, "aino", KULMA), "Varauksia aukiolon ulkopuolella");
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[0])), "Varattu");
	world_end(w);
}

TEST(bookings_wait_until_somebody_decides_or_the_hours_come_back)
{
	struct world *w = world(t);
	struct answered a;
	int64_t id[60];
	size_t n;

	a = world_post(w, "aino", KULMA "/hours/exception",
	    "starts=30.11.2026&ends=4.12.2026&reason_fi=Vesivahinko&version=1");
	CHECK_INT(a.status, 422);
	n = asked(a, id, 60);
	CHECK(n > 2);
	/* what came in meanwhile was not seen */
	CHECK_INT(world_post(w, "aino", KULMA "/hours/exception",
	    "starts=30.11.2026&ends=4.12.2026&reason_fi=Vesivahinko"
	    "&version=1&seen=77").status, 422);
	a = world_post(w, "aino", KULMA "/hours/exception",
	    WORDS("starts=30.11.2026&ends=4.12.2026&reason_fi=Vesivahinko&"
	    "version=1&seen=%lld", mark_of(a, "id=\"exception-left\"")));
	CHECK_INT(a.status, 303);
	CHECK_INT(asked(world_get(w, "aino", KULMA), id, 60), n);
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[0])), "Varattu");
	a = world_get(w, "aino", KULMA "/hours");
	CHECK_HOLDS(a, "Vesivahinko");
	/* repaired earlier than was thought */
	CHECK_INT(world_post(w, "aino", KULMA "/hours/exception/drop", WORDS("id=%lld&version=2",
	    (long long)world_hidden(world_part(a, "exception/drop", "</form>"), "id"))).status, 303);
	CHECK_INT(asked(world_get(w, "aino", KULMA), id, 60), 0);
	world_end(w);
}

TEST(those_who_booked_what_is_cancelled_hear_of_it_once_a_series)
{
	struct world *w = world(t);
	struct answered a;
	int64_t id[60], all;
	struct str before;

	a = world_post(w, "aino", "/fi/ranta/space/laituri/edit", "name_fi=Laituri&capacity=10&version=1");
	CHECK_INT(a.status, 422); /* for Oona's twenty there is no room any more */
	CHECK_HOLDS(a, "Avoin olohuone");
	all = (int64_t)asked(a, id, 60);
	before = mails(w, "oona@nuotio.example");
	a = world_post(w, "aino", "/fi/ranta/space/laituri/edit",
	    WORDS("name_fi=Laituri&capacity=10&version=1&others=cancel&"
	    "message=Tila+pienenee&seen=%lld", mark_of(a, "id=\"space-left\"")));
	CHECK_INT(a.status, 303);
	CHECK(all > 5);
	CHECK(str_is(before, "0") && str_is(mails(w, "oona@nuotio.example"), "1"));
	CHECK_LACKS(world_get(w, "oona", "/fi/me/bookings"), "Avoin olohuone");
	world_end(w);
}

TEST(a_space_that_is_taken_out_of_use_loses_nothing)
{
	struct world *w = world(t);
	struct answered a;
	int64_t id[200];

	a = world_post(w, "aino", KULMA "/cancel", "version=1&cancelled=1");
	CHECK_INT(a.status, 422);
	CHECK(asked(a, id, 200) > 20);
	CHECK_STATUS(w, "ilmari", "/fi/pohja/space/kulma/book", 200);
	a = world_post(w, "aino", KULMA "/cancel", WORDS("version=1&cancelled=1&others=later&seen=%lld",
	    mark_of(a, "id=\"space_cancel-left\"")));
	CHECK_INT(a.status, 303);
	CHECK_STATUS(w, "ilmari", "/fi/pohja/space/kulma/book", 404);
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[0])), "Varattu");
	CHECK_HOLDS(world_get(w, "aino", KULMA), "poistettu käytöstä");
	CHECK(asked(world_get(w, "aino", KULMA), id, 200) > 20);
	/* and back again: all of it fits */
	CHECK_INT(world_post(w, "aino", KULMA "/cancel", "version=2&cancelled=0").status, 303);
	CHECK_STATUS(w, "ilmari", "/fi/pohja/space/kulma/book", 200);
	CHECK_INT(asked(world_get(w, "aino", KULMA), id, 200), 0);
	world_end(w);
}

TEST(what_is_out_of_use_can_be_moved_to_another_space)
{
	struct world *w = world(t);
	struct answered a, page;
	int64_t id[200];

	CHECK_INT(world_post(w, "aino", "/fi/admin/spaces", "name_fi=Aula&campus=1&capacity=80").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/pohja/space/aula/edit/hours",
	    "days=0&days=1&days=2&days=3&days=4&opens=8&closes=20&id=0&version=1").status, 303);
	a = world_post(w, "aino", KULMA "/cancel", "version=1&cancelled=1");
	a = world_post(w, "aino", KULMA "/cancel", WORDS("version=1&cancelled=1&others=later&seen=%lld",
	    mark_of(a, "id=\"space_cancel-left\"")));
	CHECK_INT(a.status, 303);
	page = world_get(w, "aino", KULMA);
	CHECK(asked(page, id, 200) > 20);
	a = world_post(w, "aino", KULMA "/outside", WORDS("fate-%lld=move&others=later&seen=%lld", (long long)id[2],
	    mark_of(page, KULMA "/outside")));
	CHECK_STR(a.location, WORDS("/fi/pohja/space/aula/book?move=%lld", (long long)id[2]));
	page = world_get(w, "aino", str_z(w->arena, a.location));
	CHECK_INT(page.status, 200);
	CHECK_HOLDS(page, "Siirrät varausta");
	/* Wednesday 25 November at three, for an hour */
	a = world_post(w, "aino", "/fi/pohja/space/aula/hold", WORDS("day=739945&from=900&length=60&moves=%lld",
	    (long long)id[2]));
	CHECK_INT(a.status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%.*s/send", (int)a.location.n - 6, a.location.p),
	    "taken=1&asked=0").status,
	    303);
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[2])), "Aula");
	CHECK_HOLDS(world_get(w, "aino", booking(w, id[2])), "klo 15.00–16.00");
	world_end(w);
}

TEST(terms_are_changed_and_hold)
{
	struct world *w = world(t);
	struct answered a, page;

	a = world_post(w, "aino", KULMA "/terms",
	    "shortest=60&longest=45&step=30&ahead=30&drop_from=10&adult=minors&version=1");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "ei voi olla lyhyempi");
	CHECK_HOLDS(a, "jätä molemmat tyhjiksi");
	CHECK_INT(world_post(w, "aino", KULMA "/terms",
	    "shortest=60&longest=120&step=60&ahead=30&after=10&confirm=24&claim=15&adult=everyone&agreement=1"
	    "&version=1")
	    .status, 303);
	page = world_get(w, "aino", KULMA "/terms");
	CHECK_HOLDS(world_part(page, "id=\"terms-drop_from\"", ">"), "value=\"\"");
	CHECK_HOLDS(world_part(page, "id=\"terms-confirm\"", ">"), "value=\"24\"");
	/* the drop-in is gone, and halves of an hour too */
	page = world_get(w, "ilmari", "/fi/pohja/space/kulma/book?day=2026-11-26");
	CHECK_HOLDS(page, "value=\"780\"");
	CHECK_LACKS(page, "value=\"810\"");
	world_end(w);
}

TEST(who_asks_decides_which_rule_holds)
{
	struct world *w = world(t);
	struct answered page;

	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule", "who=1&approval=outside&week=4&quota=10&version=1").status,
	    303);
	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule", "who=101&approval=never&version=2").status, 303);
	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule", "who=101&approval=always&version=3").status, 303);
	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule", "who=999&approval=always&version=4").status, 422);
	page = world_get(w, "aino", KULMA "/terms");
	CHECK_HOLDS(page, "Jos viikossa on yli 4 tuntia");
	CHECK_HOLDS(page, "Viikossa enintään 10 tuntia");
	CHECK_HOLDS(page, "Kolmijoen kaupungin nuorisopalvelut");
	CHECK_HOLDS(page, "vastaa jokaiseen varaukseen ensin");
	CHECK_HOLDS(world_get(w, "aino", KULMA "/terms?who=1"), "value=\"4\"");
	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule/drop", WORDS("id=%lld&version=4",
	    (long long)world_hidden(world_part(page, "rule/drop", "</form>"), "id"))).status, 303);
	CHECK_LACKS(world_get(w, "aino", KULMA "/terms"), "Viikossa enintään 10 tuntia");
	/* time that is kept for some */
	CHECK_INT(world_post(w, "aino", KULMA "/terms/priority",
	    "who=partner&days=1&days=3&opens=14&closes=16&until=7&version=5").status, 303);
	page = world_get(w, "aino", KULMA "/terms");
	CHECK_HOLDS(page, "<b>Yhteistyökumppanit</b> ti, to 14.00–16.00");
	CHECK_INT(world_post(w, "aino", KULMA "/terms/priority/drop", WORDS("id=%lld&version=6",
	    (long long)world_hidden(world_part(page, "priority/drop", "</form>"), "id"))).status, 303);
	CHECK_HOLDS(world_get(w, "aino", KULMA "/terms"), "ei pidetä kenellekään");
	world_end(w);
}

TEST(the_rules_are_read_by_everyone_and_begin_with_the_reader)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma/rules"), "varaavat aukioloaikoina heti");
	CHECK_HOLDS(world_get(w, "oona", "/fi/ranta/space/laituri/rules"), "Suvantorannan nuorisotyö");
	CHECK_INT(world_post(w, "aino", KULMA "/terms/rule", "who=1&approval=always&quota=10&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/pohja/space/kulma/rules"),
	    "koordinaattori vastaa jokaiseen varaukseesi ensin");
	CHECK_HOLDS(world_get(w, "joel", "/fi/pohja/space/kulma/rules"),
	    "Aukioloaikoina varauksesi tulee voimaan heti");
	CHECK_HOLDS(world_get(w, "joel", "/fi/pohja/space/kulma/rules"), "Viikossa enintään 10 tuntia");
	/* what is said to everyone no longer says what is shipped */
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/space/kulma/rules"), "ilman lupaa");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/space/kulma/book"), "ilman lupaa");
	world_end(w);
}
