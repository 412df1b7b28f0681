#include "app/partner/partner.h"

#include "app/campus/campus.h"
#include "lib/json.h"
#include "test/world.h"

/* In the demo: whom Oona acts for, on Ranta and Asema; and others. */
#define SUVANTO "/fi/partners/2"
#define KOLMIJOKI "/fi/partners/1"
#define NAVER "/fi/partners/3"

/* --- reading --------------------------------------------------------------------------------------------- */

TEST(everyone_finds_the_partners)
{
	struct world *w = world(t);
	struct answered all = world_get(w, NULL, "/fi/partners"), one = world_get(w, NULL, "/sv/partners/2");
	struct answered ranta = world_get(w, NULL, "/fi/partners?campus=ranta");

	CHECK_INT(world_count(all, "<li class=\"card\">"), 12);
	CHECK_HOLDS(all, "Suvantorannan nuorisotyö");
	CHECK_HOLDS(all, "Kunnan nuorisotyö · Suvantoranta");
	CHECK_HOLDS(ranta, "Avoin olohuone keskiviikkoisin");
	CHECK_LACKS(ranta, "Näverin kirjasto");
	CHECK_INT(world_count(world_get(w, NULL, "/fi/partners?campus=kuu"), "<li class=\"card\">"), 12);
	CHECK_HOLDS(one, "<h1>Ungdomsarbetet i Suvantoranta");
	CHECK_HOLDS(one, "href=\"https://nuorisotyo.suvantoranta.example\"");
	CHECK_STATUS(w, NULL, "/fi/partners/99", 404);
	CHECK_STATUS(w, NULL, "/fi/partners/suvanto", 404);
	world_end(w);
}

/* By name, as Finns look for it: ä near the end, however the database sorts. */
TEST(partners_stand_by_name)
{
	struct world *w = world(t);
	struct answered list = world_get(w, NULL, "/fi/partners");

	CHECK_HOLDS(world_part(list, ">Kolmijoen lukio</a>", ">Näverin kirjasto</a>"), ">Mielipaju ry</a>");
	CHECK_HOLDS(world_part(list, ">Näverin kirjasto</a>", ">Työpaja Höylä</a>"), ">Suvannon Melojat ry</a>");
	world_end(w);
}

TEST(whom_to_call_and_what_was_agreed_is_for_those_inside)
{
	static const struct {
		const char *who;
		bool suvanto, kolmijoki;
	} readers[] = {{NULL, false, false}, {"mira", false, false}, {"joel", false, false}, {"oona", true, false},
	    {"ilmari", true, true}, {"siv", true, true}, {"tapani", true, true}, {"maarit", true, true},
	    {"aino", true, true}};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		struct answered suvanto = world_get(w, readers[i].who, SUVANTO);
		struct answered kolmijoki = world_get(w, readers[i].who, KOLMIJOKI);

		CHECK(str_contains(suvanto.body, STR("010 000 0202")) == readers[i].suvanto);
		CHECK(str_contains(suvanto.body, STR("SR 88/2025")) == readers[i].suvanto);
		CHECK(str_contains(suvanto.body, STR("Kuka toimii kumppanin puolesta")) == readers[i].suvanto);
		CHECK(str_contains(kolmijoki.body, STR("010 000 0101")) == readers[i].kolmijoki);
	}
	CHECK_HOLDS(world_get(w, "ilmari", SUVANTO), "href=\"tel:0100000202\"");
	CHECK_LACKS(world_get(w, "ilmari", SUVANTO), SUVANTO "/edit");
	world_end(w);
}

TEST(an_agreement_says_in_words_how_long_it_holds)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, "oona", SUVANTO), "Päättyy pian: 18.12.2026");
	CHECK_HOLDS(world_get(w, "oona", "/sv/partners/2"), "Upphör snart: 18.12.2026");
	CHECK_HOLDS(world_get(w, "siv", NAVER), "Voimassa toistaiseksi, alkoi 23.12.2024");
	CHECK_HOLDS(world_get(w, "siv", "/fi/partners/9"), "Päättyi 20.8.2026");
	CHECK_HOLDS(world_get(w, "siv", "/fi/partners/12"), "Alkaa 2.1.2027");
	CHECK_HOLDS(world_get(w, "siv", KOLMIJOKI), "Voimassa 30.7.2028 asti");
	/* on the list what has to be seen to, for those who may know */
	CHECK_INT(world_count(world_get(w, "ilmari", "/fi/partners"), "data-sight="), 1);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/partners"), "Päättyy pian: 18.12.2026");
	CHECK_LACKS(world_get(w, NULL, "/fi/partners"), "data-sight=");
	CHECK_LACKS(world_get(w, "oona", "/fi/partners"), "data-sight=");
	world_end(w);
}

/* --- editing --------------------------------------------------------------------------------------------- */

#define FIELDS "type=1&municipality=2&campuses=2&campuses=3&does_fi=Avoin+olohuone"

TEST(the_coordinator_adds_an_organisation)
{
	struct world *w = world(t);
	struct answered a;
	const char *page;

	CHECK_STATUS(w, "ilmari", "/fi/partners/new", 403);
	CHECK_STATUS(w, "oona", "/fi/partners/new", 403);
	CHECK_HOLDS(world_get(w, "aino", "/fi/partners"), "/fi/partners/new");
	a = world_post(w, "aino", "/fi/partners/new", "name_fi=&type=&municipality=77&url=ei+osoite&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Täytä tämä kohta.");
	a = world_post(w, "aino", "/fi/partners/new", "name_fi=Koe&type=6&municipality=77&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse jokin vaihtoehdoista.");
	a = world_post(w, "aino", "/fi/partners/new", "name_fi=Koe&type=6&municipality=0&url=ei+osoite&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tämä ei näytä verkko-osoitteelta.");
	CHECK_INT(world_post(w, "ilmari", "/fi/partners/new", "name_fi=Koe&type=6&version=0").status, 403);
	a = world_post(w, "aino", "/fi/partners/new",
	    "name_fi=Jokivarren+seura&type=7&municipality=2&campuses=2&campuses=4&does_fi=Sulkapallo&url=seura.example"
	    "&version=0");
	CHECK_INT(a.status, 303);
	page = str_z(t->arena, a.location);
	a = world_get(w, NULL, page);
	CHECK_HOLDS(a, "<h1>Jokivarren seura");
	CHECK_HOLDS(a, "href=\"https://seura.example\"");
	CHECK_HOLDS(world_get(w, NULL, "/fi/partners?campus=metsa"), "Jokivarren seura");
	CHECK_HOLDS(world_get(w, NULL, "/fi/partners?campus=ranta"), "Jokivarren seura");
	CHECK_LACKS(world_get(w, NULL, "/fi/partners?campus=pohja"), "Jokivarren seura");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "name_fi: Jokivarren seura");
	world_end(w);
}

TEST(the_later_of_two_who_edit_sees_both)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "aino", SUVANTO "/edit", "name_fi=Nuorisotyö&version=1&" FIELDS).status, 303);
	a = world_post(w, "aino", SUVANTO "/edit", "name_fi=Nuoret&version=1&" FIELDS);
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Joku muu ehti muuttaa tätä.");
	CHECK_HOLDS(a, "Nuoret");
	CHECK_HOLDS(world_get(w, NULL, SUVANTO), "<h1>Nuorisotyö");
	CHECK_INT(world_post(w, "aino", SUVANTO "/edit", "name_fi=Nuoret&version=2&" FIELDS).status, 303);
	CHECK_HOLDS(world_get(w, NULL, SUVANTO), "<h1>Nuoret");
	/* nothing changed, and nothing is told of it */
	CHECK_INT(world_post(w, "aino", SUVANTO "/edit", "name_fi=Nuoret&version=3&" FIELDS).status, 303);
	CHECK_INT(world_count(world_get(w, "aino", "/fi/admin/journal"), "name_fi: Nuoret"), 1);
	CHECK_INT(world_post(w, "ilmari", SUVANTO "/edit", "name_fi=X&version=4&" FIELDS).status, 403);
	world_end(w);
}

TEST(contacts_come_and_go)
{
	struct world *w = world(t);
	struct answered a;

	a = world_post(w, "aino", SUVANTO "/contact", "name=Veikko+Rantala&task=esihenkilö&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Kirjoita sähköposti tai puhelinnumero.");
	CHECK_INT(world_post(w, "ilmari", SUVANTO "/contact", "name=V&phone=1&version=0").status, 403);
	CHECK_INT(world_post(w, "aino", SUVANTO "/contact",
	    "name=Veikko+Rantala&phone=%2B358+10+1&version=0").status, 303);
	a = world_get(w, "oona", SUVANTO);
	CHECK_HOLDS(a, "Veikko Rantala");
	CHECK_HOLDS(a, "href=\"tel:+358101\"");
	/* the demo has fourteen before it */
	CHECK_INT(world_post(w, "aino", SUVANTO "/contact/15", "name=Veikko+Joki&phone=2&version=1").status, 303);
	CHECK_INT(world_post(w, "aino", SUVANTO "/contact/15", "name=Veikko+Puro&phone=2&version=1").status, 409);
	CHECK_HOLDS(world_get(w, "oona", SUVANTO), "Veikko Joki");
	/* that of another organisation */
	CHECK_STATUS(w, "aino", SUVANTO "/contact/1", 404);
	CHECK_INT(world_post(w, "aino", SUVANTO "/contact/1", "name=X&phone=2&version=1").status, 404);
	CHECK_INT(world_post(w, "aino", SUVANTO "/contact/1/end", "").status, 404);
	CHECK_INT(world_post(w, "aino", SUVANTO "/contact/15/end", "").status, 303);
	CHECK_LACKS(world_get(w, "oona", SUVANTO), "Veikko");
	CHECK_STATUS(w, "aino", SUVANTO "/contact/15", 404);
	world_end(w);
}

TEST(agreements_come_and_go)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", SUVANTO "/agreement",
	    "title=Jatko&starts=1.1.2027&ends=31.12.2026&version=0");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Viimeinen päivä on ennen ensimmäistä.");
	CHECK_INT(world_post(w, "aino", SUVANTO "/agreement", "title=Jatko&starts=&version=0").status, 422);
	CHECK_INT(world_post(w, "aino", SUVANTO "/agreement",
	    "title=Jatko&starts=19.12.2026&ends=31.7.2028&number=SR+1&url=asiat.example/1&version=0").status, 303);
	a = world_get(w, "oona", SUVANTO);
	CHECK_HOLDS(a, "href=\"https://asiat.example/1\"");
	CHECK_HOLDS(a, "Alkaa 19.12.2026");
	/* it goes on, so nothing has to be seen to */
	CHECK_LACKS(world_get(w, "ilmari", "/fi/partners"), "data-sight=");
	CHECK_STATUS(w, "aino", SUVANTO "/agreement/1", 404);
	CHECK_INT(world_post(w, "aino", SUVANTO "/agreement/2", "title=Vanha&starts=1.1.2026&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "oona", SUVANTO), "Voimassa toistaiseksi, alkoi 1.1.2026");
	CHECK_INT(world_post(w, "aino", SUVANTO "/agreement/2",
	    "title=Vanhempi&starts=1.1.2026&version=1").status, 409);
	CHECK_INT(world_post(w, "aino", SUVANTO "/agreement/2/end", "").status, 303);
	CHECK_LACKS(world_get(w, "oona", SUVANTO), "Vanha");
	world_end(w);
}

/* --- who acts for it ------------------------------------------------------------------------------------- */

#define INVITE_OONA "name=Oona&email=oona%40nuotio.example&lang=fi"
#define INVITE(name, mail) "name=" name "&email=" mail "%40kunta.example&lang=fi"

/* An invitation is all it takes. */
TEST(somebody_of_theirs_is_invited_and_books)
{
	struct world *w = world(t);
	struct answered mail, me;

	CHECK_INT(world_post(w, "aino", SUVANTO "/invite", "name=&email=x&lang=fi").status, 422);
	CHECK_INT(world_post(w, "ilmari", SUVANTO "/invite", INVITE("Pirkko", "pirkko")).status, 403);
	CHECK_INT(world_post(w, "aino", SUVANTO "/invite", INVITE("Pirkko+Ranta", "pirkko")).status, 303);
	mail = world_get(w, "maarit", "/fi/admin/outbox");
	CHECK_HOLDS(mail, "pirkko@kunta.example");
	CHECK_HOLDS(mail, "Kutsu Nuotioon");
	me = world_get(w, "pirkko@kunta.example", "/fi/me");
	CHECK_HOLDS(me, "href=\"" SUVANTO "\"");
	CHECK_HOLDS(me, "yhteistyökumppani: Ranta");
	CHECK_HOLDS(me, "yhteistyökumppani: Asema");
	CHECK_STATUS(w, "pirkko@kunta.example", "/fi/ranta/space/laituri/book?day=2026-11-25", 200);
	CHECK_HOLDS(world_get(w, "oona", SUVANTO), "Pirkko Ranta");
	/* invited again, as people do when the mail was lost: the same person once */
	CHECK_INT(world_post(w, "aino", SUVANTO "/invite", INVITE("Pirkko", "pirkko")).status, 303);
	CHECK_INT(world_count(world_get(w, "oona", SUVANTO), "Pirkko"), 1);
	CHECK_INT(world_count(world_get(w, "pirkko@kunta.example", "/fi/me"), "yhteistyökumppani: Ranta"), 1);
	world_end(w);
}

/* Whoever has tasks comes to them; a partner, to where one books. */
TEST(a_partner_comes_in_to_their_own_page)
{
	struct world *w = world(t);
	struct answered a = world_post(w, NULL, str_z(t->arena, str_fmt(t->arena, "/fi/sign-in/link/%.*s",
	    STR_ARG(world_link(w, "oona")))), "own=1");

	CHECK_STR(a.location, "/fi/me");
	CHECK_HOLDS(world_get(w, "oona", "/fi/me"), "href=\"/fi/space\"");
	a = world_post(w, NULL, str_z(t->arena, str_fmt(t->arena, "/fi/sign-in/link/%.*s",
	    STR_ARG(world_link(w, "ilmari")))), "own=1");
	CHECK_STR(a.location, "/fi/me/tasks");
	world_end(w);
}

TEST(nobody_is_invited_to_no_campus)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", "/fi/partners/new", "name_fi=Koe&type=6&municipality=0&version=0");
	const char *invite = str_z(t->arena, str_fmt(t->arena, "%.*s/invite", STR_ARG(a.location)));

	a = world_post(w, "aino", invite, INVITE("Pirkko", "pirkko"));
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Merkitse ensin, millä kampuksilla kumppani toimii.");
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/people"), "Pirkko");
	world_end(w);
}

/* The number of the member that the page shows first. */
static const char *
first_member(struct world *w, const char *page)
{
	return str_z(w->arena, str_fmt(w->arena, "member=%lld",
	    (long long)world_hidden(world_get(w, "aino", page), "member")));
}

TEST(somebody_no_longer_acts_for_it)
{
	struct world *w = world(t);
	const char *oona = first_member(w, SUVANTO);

	CHECK_INT(world_post(w, "ilmari", SUVANTO "/member/end", oona).status, 403);
	CHECK_INT(world_post(w, "aino", KOLMIJOKI "/member/end", oona).status, 404);
	CHECK_INT(world_post(w, "aino", SUVANTO "/member/end", oona).status, 303);
	CHECK_LACKS(world_get(w, "aino", SUVANTO), "member/end");
	CHECK_HOLDS(world_get(w, "oona", "/fi/me"), "Sinulla ei ole nyt roolia"); /* she holds no role any more */
	CHECK_LACKS(world_get(w, "oona", SUVANTO), "SR 88/2025");
	CHECK_INT(world_post(w, "aino", SUVANTO "/member/end", oona).status, 404);
	world_end(w);
}

/* From that moment on its people are what everybody is; what was booked stays. */
TEST(an_organisation_ends_and_comes_back)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", SUVANTO "/end", "version=1");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Vahvista merkitsemällä ruutu.");
	CHECK_INT(world_post(w, "ilmari", SUVANTO "/end", "sure=1&version=1").status, 403);
	CHECK_INT(world_post(w, "aino", SUVANTO "/end", "sure=1&version=7").status, 409);
	CHECK_INT(world_post(w, "aino", SUVANTO "/end", "sure=1&version=1").status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/partners"), "Suvantorannan nuorisotyö");
	CHECK_STATUS(w, NULL, SUVANTO, 404);
	CHECK_STATUS(w, "ilmari", SUVANTO, 404);
	CHECK_STATUS(w, "oona", SUVANTO, 404);
	CHECK_HOLDS(world_get(w, "oona", "/fi/me"), "Sinulla ei ole nyt roolia");
	CHECK_HOLDS(world_get(w, "aino", "/fi/partners"), "Suvantorannan nuorisotyö");
	CHECK_HOLDS(world_get(w, "aino", SUVANTO), "yhteistyö päättynyt");
	CHECK_INT(world_post(w, "aino", SUVANTO "/edit", "name_fi=X&version=2&" FIELDS).status, 403);
	CHECK_INT(world_post(w, "aino", SUVANTO "/invite", INVITE("P", "p")).status, 403);
	/* back again: the page as it was, and its people are invited anew */
	CHECK_INT(world_post(w, "aino", SUVANTO "/return", "version=2").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/partners"), "Suvantorannan nuorisotyö");
	CHECK_HOLDS(world_get(w, "aino", SUVANTO), "SR 88/2025");
	CHECK_HOLDS(world_get(w, "oona", "/fi/me"), "Sinulla ei ole nyt roolia");
	CHECK_INT(world_post(w, "aino", SUVANTO "/invite", INVITE_OONA).status, 303);
	CHECK_HOLDS(world_get(w, "oona", "/fi/me"), "yhteistyökumppani: Asema");
	world_end(w);
}

TEST(who_acts_for_two_keeps_the_role_of_the_other)
{
	struct world *w = world(t);
	struct answered me;

	CHECK_INT(world_post(w, "aino", KOLMIJOKI "/invite", INVITE_OONA).status, 303);
	me = world_get(w, "oona", "/fi/me");
	CHECK_HOLDS(me, "yhteistyökumppani: Pohja");
	CHECK_INT(world_count(me, "yhteistyökumppani: Asema"), 1);
	CHECK_INT(world_post(w, "aino", SUVANTO "/end", "sure=1&version=1").status, 303);
	me = world_get(w, "oona", "/fi/me");
	CHECK_LACKS(me, "yhteistyökumppani: Ranta");
	CHECK_HOLDS(me, "yhteistyökumppani: Asema");
	CHECK_HOLDS(me, "yhteistyökumppani: Pohja");
	world_end(w);
}

TEST(roles_follow_the_campuses_of_an_organisation)
{
	struct world *w = world(t);
	struct answered me;

	/* Metsä is new, Asema is no more */
	CHECK_INT(world_post(w, "aino", SUVANTO "/edit",
	    "name_fi=S&type=1&municipality=2&campuses=2&campuses=4&version=1").status, 303);
	me = world_get(w, "oona", "/fi/me");
	CHECK_HOLDS(me, "yhteistyökumppani: Ranta");
	CHECK_HOLDS(me, "yhteistyökumppani: Metsä");
	CHECK_LACKS(me, "yhteistyökumppani: Asema");
	world_end(w);
}

TEST(whoever_has_left_acts_for_nobody)
{
	struct world *w = world(t);
	const char *end = str_z(t->arena,
	    str_fmt(t->arena, "/fi/admin/people/%lld/end", (long long)world_person(w, "oona")));

	CHECK_INT(world_post(w, "aino", end, "sure=1").status, 303);
	CHECK_LACKS(world_get(w, "aino", SUVANTO), "member/end");
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Oona&email=oona%40nuotio.example&lang=fi&role=1&campus=2").status, 303);
	CHECK_LACKS(world_get(w, "oona@nuotio.example", "/fi/me"), SUVANTO);
	world_end(w);
}

/* Whoever coordinates Ranta alone tells what is done there, and leaves the other campuses as they are. */
TEST(a_campus_coordinator_edits_what_is_theirs)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite",
	    "name=Rauha&email=rauha%40nuotio.example&lang=fi&role=4&campus=2").status, 303);
	CHECK_STATUS(w, "rauha@nuotio.example", SUVANTO "/edit", 200);
	CHECK_STATUS(w, "rauha@nuotio.example", NAVER "/edit", 403);
	CHECK_INT(world_post(w, "rauha@nuotio.example", SUVANTO "/edit",
	    "name_fi=Suvanto&type=1&municipality=2&campuses=2&campuses=4&version=1").status, 303);
	a = world_get(w, NULL, SUVANTO);
	CHECK_HOLDS(a, ">Asema</a> ");
	CHECK_LACKS(world_part(a, "<h1>", "</main>"), ">Metsä</a> ");
	a = world_post(w, "rauha@nuotio.example", SUVANTO "/end", "sure=1&version=2");
	CHECK_INT(a.status, 403);
	CHECK_HOLDS(a, "joka koordinoi kaikkia kumppanin kampuksia");
	CHECK_INT(world_post(w, "rauha@nuotio.example", SUVANTO "/member/end", first_member(w, SUVANTO)).status, 403);
	/* with the role where they coordinate */
	CHECK_INT(world_post(w, "rauha@nuotio.example", SUVANTO "/invite", INVITE("Pirkko", "pirkko")).status, 303);
	a = world_get(w, "pirkko@kunta.example", "/fi/me");
	CHECK_HOLDS(a, "yhteistyökumppani: Ranta");
	CHECK_LACKS(a, "yhteistyökumppani: Asema");
	CHECK_INT(world_post(w, "rauha@nuotio.example", "/fi/partners/new",
	    "name_fi=Koe&type=6&municipality=0&campuses=1&version=0").status, 403);
	CHECK_INT(world_post(w, "rauha@nuotio.example", "/fi/partners/new",
	    "name_fi=Koe&type=6&municipality=0&campuses=2&version=0").status, 303);
	world_end(w);
}

/* Of eighty, the first four are the demo's. */
TEST(an_organisation_works_on_the_seventieth_campus)
{
	struct world *w = world(t);
	struct answered a;

	world_add_campuses(w, 76);
	CHECK_INT(world_post(w, "aino", SUVANTO "/edit",
	    "name_fi=Suvanto&type=1&municipality=2&campuses=70&campuses=2&version=1").status, 303);
	a = world_get(w, "aino", SUVANTO "/edit");
	CHECK_INT(world_count(a, " name=\"campuses\""), 80);
	CHECK_INT(world_count(a, " name=\"campuses\" value=\"70\" checked"), 1);
	CHECK_LACKS(a, " name=\"campuses\" value=\"6\" checked");
	CHECK_HOLDS(world_get(w, NULL, "/fi/partners?campus=uusi66"), "Suvanto");
	CHECK_HOLDS(world_get(w, NULL, "/fi/partners?campus=ranta"), "Suvanto");
	CHECK_LACKS(world_get(w, NULL, "/fi/partners?campus=uusi2"), "Suvanto");
	world_end(w);
}

/* --- a college's file ------------------------------------------------------------------------------------ */

struct loading {
	const char *college;
	struct str problems;
};

static void
load(struct tx *tx, void *arg)
{
	struct loading *l = arg;
	struct json_in in = json_in_new(tx->arena);

	partner_load(tx, &in, json_parse(&in, str_of(l->college)), date_of(2026, 11, 23));
	l->problems = out_text(&in.problems);
}

static struct str
loaded(struct world *w, const char *college)
{
	struct loading l = {.college = college};
	struct test *t = w->t;
	struct db_error error;

	CHECK(db_write_now(w->db, w->arena, world_now(), load, &l, &error));
	return l.problems;
}

TEST(a_college_tells_its_partners)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STR(loaded(w, "{\"partners\": [{\"key\": \"seura\", \"type\": \"sports\", \"name\": {\"fi\": \"Seura\"},"
	    " \"campuses\": [\"ranta\"], \"contacts\": [{\"name\": \"Toimisto\", \"phone\": \"1\"}],"
	    " \"agreements\": [{\"title\": \"Vuorot\", \"starts\": \"2026-08-01\", \"ends\": 30}]}]}"), "");
	a = world_get(w, "ilmari", "/fi/partners/13");
	CHECK_HOLDS(a, "Toimisto");
	CHECK_HOLDS(a, "Päättyy pian: 23.12.2026");
	/* what was edited since stands, and nothing comes twice */
	CHECK_INT(world_post(w, "aino", "/fi/partners/13/edit",
	    "name_fi=Uimaseura&type=7&municipality=0&campuses=2&version=1").status, 303);
	CHECK_STR(loaded(w, "{\"partners\": [{\"key\": \"seura\", \"type\": \"ngo\", \"name\": {\"fi\": \"Seura\"},"
	    " \"contacts\": [{\"name\": \"Toimisto\", \"phone\": \"1\"}]}]}"), "");
	a = world_get(w, "ilmari", "/fi/partners/13");
	CHECK_HOLDS(a, "<h1>Uimaseura");
	CHECK_INT(world_count(a, "Toimisto"), 1);
	world_end(w);
}

#define PARTNER(rest) "{\"partners\": [{\"key\": \"x\", \"type\": \"ngo\", \"name\": {\"fi\": \"X\"}" rest "}]}"

TEST(mistakes_of_partners_are_named_by_path)
{
	static const struct {
		const char *college, *problem;
	} cases[] = {
		{"{\"partners\": [{\"key\": \"x\", \"type\": \"gang\", \"name\": {\"fi\": \"X\"}}]}",
		    "partners[0].type: "},
		{PARTNER(", \"municipality\": \"kuu\""),
		    "partners[0].municipality: \"kuu\" is none of `municipalities`"},
		{PARTNER(", \"campuses\": [\"kuu\"]"), "partners[0].campuses[0]: is none of `campuses`"},
		{PARTNER(", \"contacts\": [{\"phone\": \"1\"}]"), "partners[0].contacts[0].name: "},
		{PARTNER(", \"contacts\": [{\"name\": \"A\","
		    " \"phone\": \"01234567890123456789012345678901234567890\"}]"),
		    "partners[0].contacts[0].phone: at most 40 letters are possible"},
		{PARTNER(", \"agreements\": [{\"title\": \"A\"}]"),
		    "partners[0].agreements[0].starts: the first day is missing"},
		{PARTNER(", \"agreements\": [{\"title\": \"A\", \"starts\": \"2026-02-02\","
		    " \"ends\": \"2026-02-01\"}]"),
		    "partners[0].agreements[0].ends: is before `starts`"},
		{"{\"people\": [{\"key\": \"oona\", \"roles\": [{\"role\": \"partner\", \"organisation\": \"kuu\"}]}]}",
		    "people[0].roles[0].organisation: \"kuu\" is none of `partners`"},
	};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct str problems;

		world_try(w);
		problems = loaded(w, cases[i].college);
		if (!str_starts(problems, str_of(cases[i].problem)))
			test_fail(t, __FILE__, __LINE__, "case %zu: %.*s", i, STR_ARG(problems));
		world_undo(w);
	}
	world_end(w);
}

/* Somebody who no longer acts for it does not begin again because the file is read again. */
TEST(the_file_brings_nobody_back)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", SUVANTO "/member/end", first_member(w, SUVANTO)).status, 303);
	loaded(w, "{\"people\": [{\"key\": \"oona\", \"roles\":"
	    " [{\"role\": \"partner\", \"organisation\": \"suvanto_youth\"}]}]}");
	CHECK_LACKS(world_get(w, "aino", SUVANTO), "member/end");
	world_end(w);
}
