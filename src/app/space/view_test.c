/* Spaces as people look at them, from noon on Monday 23 November on. */
#include "lib/arena.h"

#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/db/tx.h"

#include "app/space/inside.h"
#include "app/space/space.sql.h" /* generated */
#include "test/test.h"
#include "test/world.h"

enum { HOUR_S = 3600, DAY_S = 86400 };

static void
change(struct world *w, void (*run)(struct tx *tx, void *arg), void *arg)
{
	struct test *t = w->t;
	struct db_error error = {0};

	CHECK(db_write_now(w->db, w->arena, world_now(), run, arg, &error));
}

static struct space
find_space(struct tx *tx, const char *slug)
{
	struct space_list all = spaces_everywhere(tx);

	for (size_t i = 0; i < all.n; i++)
		if (str_is(all.at[i].slug, slug))
			return all.at[i];
	return (struct space){0};
}

/* --- now ----------------------------------------------------------------------------------------------- */

/* The card of the spaces on a front page. */
static struct answered
front(struct world *w, const char *address)
{
	return world_part(world_get(w, NULL, address), "class=\"of-spaces\"", "</section>");
}

TEST(a_front_page_says_what_is_open_and_what_is_on)
{
	struct world *w = world(t);
	struct answered a = front(w, "/fi/pohja");

	CHECK_HOLDS(a, "auki nyt");
	CHECK_HOLDS(a, "Auki klo 18.00 asti");
	CHECK_HOLDS(a, "Avoin kaikille, tilaa 60 hengelle");
	CHECK_HOLDS(a, "Ilman henkilökuntaa");
	CHECK_HOLDS(a, "Opiskelijakunnan hallitus");
	CHECK_LACKS(a, "päivystys"); /* it is over */
	CHECK_LACKS(a, "Opiskeluhuollon ryhmä"); /* it is not public */
	CHECK_HOLDS(front(w, "/sv/pohja"), "Öppet till kl. 18.00");
	CHECK_HOLDS(front(w, "/en"), "Open until 18:00");
	world_pass(7 * HOUR_S);
	a = front(w, "/fi/pohja");
	CHECK_HOLDS(a, "kiinni");
	CHECK_HOLDS(a, "Aukeaa huomenna klo 8.00");
	CHECK_LACKS(a, "now-card");
	CHECK_LACKS(a, "Opiskelijakunnan hallitus");
	world_pass(11 * HOUR_S); /* six in the morning */
	CHECK_HOLDS(front(w, "/fi/pohja"), "Aukeaa tänään klo 8.00");
	world_pass(3 * DAY_S + 12 * HOUR_S); /* Friday evening */
	CHECK_HOLDS(front(w, "/fi/pohja"), "Aukeaa: maanantai 30.11. klo 8.00");
	world_end(w);
}

TEST(a_front_page_says_who_is_there_and_how_full_it_is)
{
	struct world *w = world(t);
	struct answered a;

	world_pass(DAY_S + HOUR_S / 2); /* Tuesday, half past twelve */
	a = front(w, "/fi/pohja");
	CHECK_HOLDS(a, "Mukana noin 25, tilaa 60 hengelle");
	CHECK_HOLDS(a, "Henkilökuntaa paikalla klo 14.00 asti");
	CHECK_HOLDS(a, "<span class=\"at\">12.00–14.00</span>");
	CHECK_HOLDS(a, "Kolmijoen kaupungin nuorisopalvelut");
	world_pass(2 * HOUR_S); /* somebody has the whole room, and the public is not told who */
	CHECK_HOLDS(front(w, "/fi/ranta"), "Varattu klo 15.30 asti<");
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/ranta"), "Varattu klo 15.30 asti: Opiskeluhuollon ryhmä");
	world_pass(DAY_S); /* Wednesday, half past two */
	CHECK_HOLDS(front(w, "/fi/pohja"), "Varattu klo 15.45 asti: Keskustelukahvila");
	world_end(w);
}

TEST(before_staffed_hours_it_says_when_somebody_comes)
{
	struct world *w = world(t);

	world_pass(21 * HOUR_S); /* Tuesday, nine */
	CHECK_HOLDS(front(w, "/fi/pohja"), "Henkilökuntaa paikalla klo 10.00–14.00");
	world_end(w);
}

TEST(in_a_long_break_nothing_is_promised)
{
	struct world *w = world(t);

	world_pass(222 * DAY_S); /* 3 July */
	CHECK_HOLDS(front(w, "/fi/pohja"), "Kiinni ainakin kaksi viikkoa");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma"), "Tila on kiinni koko viikon, eikä varauksia ole.");
	world_end(w);
}

/* --- one space ------------------------------------------------------------------------------------------ */

TEST(the_page_of_a_space_tells_all_about_it)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/pohja/space/kulma"), part;

	part = world_part(a, "id=\"hours\"", "</section>");
	CHECK_HOLDS(part, "<dt>ma–to</dt><dd>8.00–18.00</dd>");
	CHECK_HOLDS(part, "<dt>ti–to</dt><dd>10.00–14.00</dd>");
	CHECK_HOLDS(part, "Aina avoinna kaikille klo 10.00–14.00");
	CHECK_HOLDS(part, "<dt>21.12.2026–6.1.2027</dt><dd>kiinni, joululoma</dd>"); /* with the holidays in it */
	part = world_part(a, "id=\"facts\"", "</section>");
	CHECK_HOLDS(part, "60 henkeä");
	CHECK_HOLDS(part, "keittiö");
	CHECK_HOLDS(part, "<dt>Kulku ilman portaita</dt><dd>kyllä</dd>");
	CHECK_HOLDS(part, "<dt>Hissi</dt><dd class=\"quiet\">ei tiedossa</dd>");
	part = world_part(a, "id=\"use\"", "</section>");
	CHECK_HOLDS(part, "Auki 188 tuntia, niistä varattu tai ohjelmaa 43 tuntia.");
	CHECK_HOLDS(part, "Kumppanit</dt><dd>34 t");
	CHECK_HOLDS(part, "varaavat aukioloaikoina heti"); /* the rule for whoever is not signed in */
	CHECK_HOLDS(world_get(w, "mira", "/fi/pohja/space/kulma"), "Roolillasi ei voi varata tällä kampuksella");
	CHECK_HOLDS(world_get(w, "kerttu", "/fi/ranta/space/laituri"), "6 tunti");
	CHECK_LACKS(a, "/poster\"");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/pohja/space/kulma"), "/fi/pohja/space/kulma/poster");
	CHECK_STATUS(w, NULL, "/fi/ranta/space/kulma", 404); /* it is of another campus */
	world_end(w);
}

static void
change_hours(struct tx *tx, void *arg)
{
	struct space s = find_space(tx, "kulma");
	const struct texts party = {{STR("Jouluruokailu"), STR("Julmat"), STR("")}};

	(void)arg;
	space_hours_add(tx, s.id, 32, 600, 720, true, date_of(2026, 12, 1), (struct date){0});
	space_hours_add(tx, s.id, 127, 300, 360, false, (struct date){0}, date_of(2026, 11, 1));
	space_exception_add(tx, s.id, date_of(2026, 12, 16), date_of(2026, 12, 17), 0, 0, party);
	space_exception_add(tx, s.id, date_of(2026, 12, 18), date_of(2026, 12, 18), 600, 720, (struct texts){0});
	space_fault_add(tx, s.id, STR("Projektori ei syty"), SPACE_FAULT_LANGUAGE_FI, (person_id){1}, tx->now);
}

TEST(hours_that_will_hold_exceptions_and_faults_are_told)
{
	struct world *w = world(t);
	struct answered a;

	change(w, change_hours, NULL);
	a = world_get(w, NULL, "/fi/pohja/space/kulma");
	CHECK_INT(world_count(a, "<dt>la</dt><dd>10.00–12.00 <small>voimassa 1.12.2026–</small></dd>"), 2);
	CHECK_LACKS(a, "5.00–6.00"); /* they hold no more */
	CHECK_HOLDS(a, "<dt>16.–17.12.</dt><dd>kiinni, Jouluruokailu</dd>");
	CHECK_HOLDS(a, "<dt>perjantai 18.12.</dt><dd>auki klo 10.00–12.00</dd>");
	CHECK_HOLDS(a, "Projektori ei syty");
	CHECK_HOLDS(world_get(w, NULL, "/sv/pohja/space/kulma"), "<span lang=\"fi\">Projektori ei syty</span>");
	world_end(w);
}

/* --- the week ------------------------------------------------------------------------------------------- */

TEST(a_week_shows_what_is_taken_and_leads_to_what_is_free)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/pohja/space/kulma"), week = world_part(a, "<table", "</table>");

	CHECK_HOLDS(a, "Ohjelma, viikko 48: 23.–29.11.2026");
	CHECK_HOLDS(week, "<th scope=\"col\" data-now=\"true\">ma 23.11.</th>");
	CHECK_LACKS(week, "la 28.11."); /* nothing is on */
	CHECK_HOLDS(week, "Kaveritaitojen työpaja");
	CHECK_HOLDS(week, "Mielipaju ry");
	CHECK_HOLDS(week, "<small>14.00–15.15</small> Varattu");
	CHECK_LACKS(a, "Opiskeluhuollon ryhmä");
	CHECK_HOLDS(week, "/fi/pohja/space/kulma/book?day=2026-11-24&amp;from=840#starts");
	CHECK_LACKS(week, "book?day=2026-11-23&amp;from=480"); /* this morning is over */
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/pohja/space/kulma"), "Opiskeluhuollon ryhmä");
	CHECK_LACKS(world_get(w, "kerttu", "/fi/pohja/space/kulma"), "Opiskeluhuollon ryhmä"); /* she works at Ranta */
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma?week=2026-W50"), "Ohjelma, viikko 50: 7.–13.12.2026");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma?week=2026-W53"), "viikko 53: 28.12.2026–3.1.2027");
	world_end(w);
}

TEST(a_week_that_is_none_is_this_one)
{
	static const char *const wrong[] = {"2026-W54", "2025-W53", "2026-W00", "0001-W01", "2026-48", "x", "2026-W4x",
	    "20260W481"};
	struct world *w = world_in_memory(t);

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		CHECK_HOLDS(world_get(w, NULL, str_z(w->arena,
		    str_fmt(w->arena, "/fi/pohja/space/kulma?week=%s", wrong[i]))), "viikko 48: 23.–29.11.2026");
	world_end(w);
}

/* Where the page's one button leads. */
static struct answered
button(struct world *w, const char *address)
{
	return world_part(world_get(w, NULL, address), "class=\"button\" href=\"", "\">");
}

TEST(the_button_leads_to_the_next_day_that_is_open)
{
	struct world *w = world(t);

	CHECK_HOLDS(button(w, "/fi/pohja/space/kulma"), "day=2026-11-23#");
	CHECK_HOLDS(button(w, "/fi/pohja/space/kulma?week=2026-W50"), "day=2026-12-07#");
	world_pass(6 * HOUR_S); /* it closes just now */
	CHECK_HOLDS(button(w, "/fi/pohja/space/kulma"), "day=2026-11-24#");
	world_pass(4 * DAY_S); /* Friday evening */
	CHECK_HOLDS(button(w, "/fi/pohja/space/kulma"), "day=2026-11-30#");
	world_pass(218 * DAY_S); /* in July nothing opens: it is asked for */
	CHECK_HOLDS(button(w, "/fi/pohja/space/kulma"), "day=2027-07-03#");
	world_end(w);
}

TEST(a_booking_form_begins_at_the_free_time_that_was_chosen)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma/book?day=2026-11-24&from=840"), "value=\"840\" checked");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma/book?day=2026-11-24&from=845"), "value=\"870\" checked");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space/kulma/book?day=2026-11-24&from=1439"), "value=\"480\" checked");
	world_end(w);
}

TEST(the_days_of_a_campus_lie_side_by_side)
{
	struct world *w = world(t);
	struct answered a = world_part(world_get(w, "ilmari", "/fi/pohja/space?day=2026-11-27"), "<table", "</table>");

	CHECK_HOLDS(a, "<th scope=\"row\"><a href=\"/fi/pohja/space/kulma\">Kulma</a></th>");
	CHECK_HOLDS(a, "<td colspan=\"3\" data-kind=\"taken\">");
	CHECK_HOLDS(a, "Kaveritaitojen työpaja");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space?day=2026-02-30"), "Ohjelma, maanantai 23.11.");
	world_end(w);
}

TEST(the_week_of_all_campuses_is_for_colleagues)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "kerttu", "/fi/space/week");

	CHECK_HOLDS(a, "Keskustelukahvila");
	CHECK_HOLDS(world_part(a, ">Laituri<", "</tr>"), "Opiskeluhuollon ryhmä");
	CHECK_LACKS(world_part(a, ">Kulma<", "</tr>"), "Opiskeluhuollon ryhmä");
	CHECK_HOLDS(world_part(a, ">Kulma<", "</tr>"), "<small>14.00–15.15</small> Varattu");
	CHECK_HOLDS(a, "/fi/metsa/space/stugan/book?day=2026-11-26#starts");
	CHECK_LACKS(a, "book?day=2026-11-23&amp;from");
	CHECK_STATUS(w, "mira", "/fi/space/week", 403);
	world_end(w);
}

/* How many queries a page asks: the first that does not have to fail. */
static int64_t
queries_of(struct world *w, const char *who, const char *address)
{
	int64_t k = 0;
	int status;

	world_get(w, who, address); /* signs in */
	do {
		db_fail_at(++k);
		status = world_get(w, who, address).status;
		db_fail_at(0);
	} while (status == 503);
	return k;
}

/* A full week is read with as many as an empty one. */
TEST(no_booking_costs_a_query_of_its_own)
{
	struct world *w = world_in_memory(t);

	CHECK_INT(queries_of(w, "aino", "/fi/space/week"), queries_of(w, "aino", "/fi/space/week?week=2030-W30"));
	CHECK_INT(queries_of(w, NULL, "/fi/pohja/space?day=2026-11-24"), queries_of(w, NULL,
	    "/fi/pohja/space?day=2030-07-20"));
	CHECK_INT(queries_of(w, NULL, "/fi/pohja/space/kulma?week=2026-W50"), queries_of(w, NULL,
	    "/fi/pohja/space/kulma?week=2030-W30"));
	world_end(w);
}

TEST(without_spaces_the_pages_say_so_and_the_front_page_nothing)
{
	struct world *w = world(t);

	fixture_ask(w->arena, w->db, "UPDATE space SET cancelled_at = '2026-11-23T00:00:00Z' RETURNING id");
	CHECK_HOLDS(world_get(w, NULL, "/fi/space"), "Tiloja ei ole vielä lisätty.");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/space"), "Kampuksella ei ole vielä tiloja.");
	CHECK_HOLDS(world_get(w, "aino", "/fi/space/week"), "Tiloja ei ole vielä lisätty.");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja"), "of-spaces");
	CHECK_LACKS(world_get(w, NULL, "/fi"), "of-spaces");
	CHECK_STATUS(w, NULL, "/fi/pohja/door/kulma", 404);
	world_end(w);
}

/* --- the door ------------------------------------------------------------------------------------------- */

TEST(the_door_says_what_is_on_and_brings_a_phone_to_the_booking)
{
	struct world *w = world(t);
	struct answered a;

	world_pass(2 * DAY_S + HOUR_S); /* Wednesday, one o'clock: Oona's open room begins */
	a = world_get(w, NULL, "/fi/ranta/door/laituri");
	CHECK_HOLDS(a, "Avoin olohuone");
	CHECK_HOLDS(a, "klo 16.00 asti");
	CHECK_HOLDS(a, "Varaa puhelimella");
	CHECK_HOLDS(a, "/fi/ranta/space/laituri<");
	fixture_ask(w->arena, w->db, "UPDATE space SET claim_minutes = 15 WHERE slug = 'laituri' RETURNING id");
	a = world_get(w, NULL, "/fi/ranta/door/laituri");
	CHECK_HOLDS(a, "Kerro, että tulitte");
	CHECK_HOLDS(a, "/fi/ranta/door/laituri/here");
	a = world_get(w, "oona", "/fi/ranta/door/laituri/here");
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, STR("/fi/ranta/booking/")));
	CHECK_HOLDS(world_get(w, "oona", str_z(w->arena, a.location)), "/claim\"");
	CHECK_STR(world_get(w, "kerttu", "/fi/ranta/door/laituri/here").location, "/fi/ranta/space/laituri");
	CHECK(str_starts(world_get(w, NULL, "/fi/ranta/door/laituri/here").location, STR("/fi/sign-in?next=")));
	world_pass(6 * HOUR_S);
	CHECK_HOLDS(world_get(w, NULL, "/fi/ranta/door/laituri"), "Aukeaa huomenna klo 8.00");
	CHECK_HOLDS(world_get(w, NULL, "/fi/ranta/door/laituri"), "Tänään ei ole muuta.");
	world_end(w);
}
