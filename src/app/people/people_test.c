#include "app/people/people.h"

#include "app/campus/campus.h"
#include "core/db/db.h"
#include "lib/arena.h"
#include "lib/json.h"
#include "test/world.h"

TEST(the_coordinator_invites_a_colleague)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STATUS(w, "ilmari", "/fi/admin/people", 403);
	CHECK_STATUS(w, "aino", "/fi/admin/people", 200);
	a = world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=Uusi%40nuotio.example&lang=sv&role=3&campus=4");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/people"), "Uusi Ihminen");
	CHECK_HOLDS(world_get(w, "maarit", "/fi/admin/outbox"), "uusi@nuotio.example");
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite", "name=&email=x&lang=sv&role=3").status, 422);
	world_end(w);
}

/* The page of that person, by key. */
static const char *
page_of(struct world *w, const char *key)
{
	return str_z(w->arena, str_fmt(w->arena, "/fi/admin/people/%lld", (long long)world_person(w, key)));
}

static struct answered
change(struct world *w, const char *who, const char *key, const char *what, const char *fields)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "%s/%s", page_of(w, key), what)), fields);
}

/* Ends the first role or duty that the page shows. */
static struct answered
end_first(struct world *w, const char *who, const char *key, const char *what)
{
	struct answered page = world_get(w, "maarit", page_of(w, key));
	struct answered part = world_part(page, str_z(w->arena, str_fmt(w->arena, "/%s/end\"", what)), "</form>");

	return change(w, who, key, str_z(w->arena, str_fmt(w->arena, "%s/end", what)),
	    str_z(w->arena, str_fmt(w->arena, "id=%lld", (long long)world_hidden(part, "id"))));
}

/* Who is here already is not written over by what the inviter typed. */
TEST(who_is_here_already_gets_the_role_besides)
{
	struct world *w = world(t);
	struct answered before = world_get(w, "aino", page_of(w, "siv")), after;

	CHECK_HOLDS(before, "Siv Näverklint");
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Joku+Muu&email=SIV%40nuotio.example&lang=en&role=3&campus=1").status, 303);
	after = world_get(w, "aino", page_of(w, "siv"));
	CHECK_HOLDS(after, "<h1>Siv Näverklint</h1>");
	CHECK(str_eq(world_part(before, "<h1>", "<section").body, world_part(after, "<h1>", "<section").body));
	CHECK_INT(world_count(world_part(after, "id=\"roles\"", "</ul>"), "<li>"), 2);
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/people"), "Joku Muu");
	CHECK_HOLDS(world_get(w, "maarit", "/fi/admin/outbox"), "Välkommen till Nuotio");
	world_end(w);
}

/* Letters to a campus begin in its language, for whoever has none of their own. */
TEST(a_letter_begins_in_the_language_of_the_campus)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/people"), "<option value=\"campus\" selected>kampuksen kieli");
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Ny&email=ny%40nuotio.example&lang=campus&role=3&campus=4").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Uusi&email=uusi%40nuotio.example&lang=campus&role=3&campus=0").status, 303);
	a = world_get(w, "maarit", "/fi/admin/outbox");
	CHECK_HOLDS(a, "Välkommen till Nuotio");
	CHECK_HOLDS(a, "Tervetuloa Nuotioon");
	world_end(w);
}

static void
load_without_language(struct tx *tx, void *arg)
{
	struct test *t = arg;
	struct json_in in = json_in_new(t->arena);
	struct person p;

	people_load(tx, &in, json_parse(&in, STR("{\"people\":[{\"key\":\"ny\",\"name\":\"Ny\",\"roles\":"
	    "[{\"role\":\"staff\",\"campus\":\"metsa\"}]}]}")), date_of(2026, 11, 23));
	CHECK_INT(in.count, 0);
	CHECK(person_with_key(tx, STR("ny"), &p) && person_lang(&p) == LANG_SV);
	people_load(tx, &in, json_parse(&in, STR("{\"people\":[{\"key\":\"koko\",\"name\":\"Koko\",\"roles\":"
	    "[{\"role\":\"staff\"}]}]}")), date_of(2026, 11, 23));
	CHECK_STR(out_text(&in.problems), "people[0].language: missing; a text is needed\n");
}

TEST(a_college_file_may_leave_a_language_to_the_campus)
{
	struct world *w = world(t);
	struct db_error error;

	CHECK(db_write_now(w->db, t->arena, world_now(), load_without_language, t, &error));
	world_end(w);
}

/* A coordinator cannot make or end an administrator. */
TEST(some_roles_are_not_given)
{
	struct world *w = world(t);

	CHECK_INT(change(w, "aino", "ilmari", "role", "role=8&campus=0").status, 403);
	CHECK_INT(change(w, "maarit", "ilmari", "role", "role=8&campus=0").status, 303);
	CHECK_INT(change(w, "aino", "ilmari", "role", "role=3&campus=99").status, 403);
	CHECK_INT(change(w, "aino", "ilmari", "duty", "duty=999&campus=0").status, 404);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/999/role", "role=3&campus=1").status, 404);
	CHECK_INT(end_first(w, "aino", "maarit", "role").status, 403);
	world_end(w);
}

TEST(a_role_that_ends_is_gone_at_once)
{
	struct world *w = world(t);
	const char *item = world_item(w, "ranta", "mental_week");
	const char *answer = str_z(w->arena, str_fmt(w->arena, "%s/answer", item));

	CHECK_INT(world_post(w, "kerttu", answer, "state=done&version=0").status, 303);
	CHECK_INT(world_post(w, "ilmari", answer, "state=done&version=1").status, 403);
	CHECK_INT(change(w, "aino", "ilmari", "role", "role=3&campus=2").status, 303);
	CHECK_INT(world_post(w, "ilmari", answer, "state=done&version=1").status, 303);
	CHECK_INT(end_first(w, "ilmari", "kerttu", "role").status, 403);
	CHECK_INT(end_first(w, "aino", "kerttu", "role").status, 303);
	CHECK_INT(world_post(w, "kerttu", answer, "state=done&version=2").status, 403);
	CHECK_HOLDS(world_get(w, "aino", page_of(w, "kerttu")), "Ei roolia");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "rooli päättyi");
	/* once, and of this person */
	CHECK_INT(change(w, "aino", "kerttu", "role/end", "id=3").status, 404);
	CHECK_INT(change(w, "aino", "kerttu", "role/end", "id=1").status, 404);
	world_end(w);
}

TEST(a_duty_is_given_and_ends)
{
	struct world *w = world(t);
	struct answered page;

	CHECK_INT(world_count(world_get(w, "aino", page_of(w, "ilmari")), "/duty/end\""), 1);
	CHECK_INT(change(w, "aino", "ilmari", "duty", "duty=1&campus=1").status, 303);
	CHECK_INT(change(w, "aino", "ilmari", "duty", "duty=1&campus=1").status, 303);
	page = world_get(w, "aino", page_of(w, "ilmari"));
	CHECK_INT(world_count(page, "/duty/end\""), 2);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "sai vastuun");
	CHECK_INT(end_first(w, "siv", "ilmari", "duty").status, 403);
	CHECK_INT(end_first(w, "aino", "ilmari", "duty").status, 303);
	CHECK_INT(end_first(w, "aino", "ilmari", "duty").status, 303);
	CHECK_HOLDS(world_get(w, "aino", page_of(w, "ilmari")), "Ei vastuita");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "vastuu päättyi");
	CHECK_INT(change(w, "aino", "ilmari", "duty/end", "id=1").status, 404);
	world_end(w);
}

/* Without an admin nobody makes one, and without a coordinator nobody keeps the wheel. */
TEST(the_last_admin_and_the_last_coordinator_stay)
{
	struct world *w = world(t);

	CHECK_INT(end_first(w, "maarit", "maarit", "role").status, 403);
	CHECK_HOLDS(end_first(w, "maarit", "aino", "role"), "anna rooli ensin toiselle");
	CHECK_INT(change(w, "maarit", "maarit", "role", "role=8&campus=0&until=31.12.2026").status, 403);
	/* one for a while, or of one campus, is no other */
	CHECK_INT(change(w, "maarit", "ilmari", "role", "role=8&campus=0&until=31.12.2026").status, 303);
	CHECK_INT(change(w, "maarit", "kerttu", "role", "role=4&campus=2").status, 303);
	CHECK_INT(end_first(w, "maarit", "maarit", "role").status, 403);
	CHECK_INT(end_first(w, "maarit", "aino", "role").status, 403);
	CHECK_INT(change(w, "maarit", "ilmari", "role", "role=8&campus=0").status, 303);
	CHECK_INT(change(w, "maarit", "siv", "role", "role=4&campus=0").status, 303);
	CHECK_INT(end_first(w, "maarit", "aino", "role").status, 303);
	CHECK_STATUS(w, "aino", "/fi/admin/people", 403);
	CHECK_INT(end_first(w, "maarit", "maarit", "role").status, 303);
	CHECK_STATUS(w, "maarit", "/fi/admin/people", 403);
	world_end(w);
}

TEST(a_coordinator_of_a_campus_manages_its_people)
{
	struct world *w = world(t);

	CHECK_INT(change(w, "aino", "ilmari", "role", "role=4&campus=1").status, 303);
	CHECK_INT(change(w, "ilmari", "kerttu", "role", "role=3&campus=2").status, 403);
	CHECK_INT(change(w, "ilmari", "kerttu", "role", "role=3&campus=0").status, 403);
	CHECK_INT(change(w, "ilmari", "kerttu", "role", "role=3&campus=1").status, 303);
	CHECK_INT(change(w, "ilmari", "kerttu", "end", "sure=1").status, 403);
	CHECK_INT(world_post(w, "ilmari", "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=uusi%40nuotio.example&lang=fi&role=3&campus=1").status, 303);
	CHECK_INT(change(w, "ilmari", "uusi", "end", "sure=1").status, 303);
	world_end(w);
}

TEST(a_role_has_a_last_day)
{
	struct world *w = world(t);

	CHECK_INT(change(w, "aino", "siv", "role", "role=3&campus=1&until=22.11.2026").status, 422);
	CHECK_INT(change(w, "aino", "siv", "role", "role=3&campus=1&until=23.11.2026").status, 303);
	CHECK_HOLDS(world_get(w, "aino", page_of(w, "siv")), "viimeinen päivä 23.11.2026");
	world_pass(86400);
	CHECK_LACKS(world_get(w, "aino", page_of(w, "siv")), "Pohja,");
	/* it can be given again, for longer, and for good */
	CHECK_INT(change(w, "aino", "siv", "role", "role=3&campus=1&until=30.11.2026").status, 303);
	CHECK_HOLDS(world_get(w, "aino", page_of(w, "siv")), "viimeinen päivä 30.11.2026");
	CHECK_INT(change(w, "aino", "siv", "role", "role=3&campus=1&until=31.12.2026").status, 303);
	CHECK_HOLDS(world_get(w, "aino", page_of(w, "siv")), "viimeinen päivä 31.12.2026");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "staff, until 2026-11-30");
	CHECK_INT(change(w, "aino", "siv", "role", "role=3&campus=1").status, 303);
	CHECK_LACKS(world_get(w, "aino", page_of(w, "siv")), "viimeinen päivä 3");
	CHECK_INT(world_count(world_get(w, "aino", page_of(w, "siv")), "/role/end\""), 2);
	world_end(w);
}

/* --- leaving ---------------------------------------------------------------------------------------- */

TEST(someone_leaves)
{
	struct world *w = world(t);
	const char *item = world_item(w, "ranta", "mental_week"), *page = page_of(w, "kerttu");

	CHECK_INT(world_post(w, "kerttu", "/fi/me/password", "password=laituri+tuuli+ranta").status, 303);
	CHECK_INT(world_post(w, "kerttu", str_z(w->arena, str_fmt(w->arena, "%s/answer", item)),
	    "state=our_way&words=Soutuvuoro&version=0").status, 303);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=kerttu%40nuotio.example").status, 303);
	CHECK_HOLDS(world_get(w, "aino", page), "Henkilö on lähtenyt");
	CHECK_HOLDS(change(w, "aino", "kerttu", "end", ""), "Vahvista merkitsemällä ruutu");
	CHECK_STATUS(w, "kerttu", "/fi/me", 200);
	CHECK_INT(change(w, "ilmari", "kerttu", "end", "sure=1").status, 403);
	CHECK_INT(change(w, "aino", "kerttu", "end", "sure=1").status, 303);
	/* at once, on every device, and by no way back in */
	CHECK_STATUS(w, "kerttu", "/fi/me", 303);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in",
	    "email=kerttu%40nuotio.example&password=laituri+tuuli+ranta").status, 422);
	CHECK_INT(world_get(w, "aino", page).status, 404);
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/people"), "Hallavuo");
	CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/end", page)), "sure=1").status, 404);
	/* what they did keeps their name */
	CHECK_HOLDS(world_get(w, "aino", item), "Soutuvuoro");
	CHECK_HOLDS(world_get(w, "aino", item), "Kerttu Hallavuo");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Kerttu Hallavuo");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "role: staff");
	/* invited again: here, with the new role alone, and none of the old keys */
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Kerttu+Hallavuo-Aho&email=kerttu%40nuotio.example&lang=fi&role=1&campus=2").status, 303);
	CHECK_HOLDS(world_get(w, "aino", page), "Kerttu Hallavuo-Aho");
	CHECK_INT(world_count(world_get(w, "aino", page), "/role/end\""), 1);
	CHECK_INT(world_count(world_get(w, "aino", page), "/duty/end\""), 0);
	CHECK_STATUS(w, "kerttu", "/fi/me", 303);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in",
	    "email=kerttu%40nuotio.example&password=laituri+tuuli+ranta").status, 422);
	world_end(w);
}

TEST(some_people_stay)
{
	struct world *w = world(t);

	CHECK_LACKS(world_get(w, "aino", page_of(w, "aino")), "Henkilö on lähtenyt");
	CHECK_HOLDS(change(w, "aino", "aino", "end", "sure=1"), "Itseäänkään ei voi poistaa");
	CHECK_INT(change(w, "aino", "maarit", "end", "sure=1").status, 403);
	CHECK_INT(change(w, "maarit", "aino", "end", "sure=1").status, 403);
	CHECK_INT(change(w, "maarit", "siv", "role", "role=4&campus=0").status, 303);
	CHECK_INT(change(w, "maarit", "aino", "end", "sure=1").status, 303);
	world_end(w);
}

/* --- lists ------------------------------------------------------------------------------------------ */

/* As readers of the language look for them, in the list and where one is chosen. */
TEST(people_stand_in_the_order_of_the_language)
{
	static const char *const names[] = {"%C3%84ij%C3%A4l%C3%A4", "Zeta", "Wallin", "%C3%85kerblom", "Virtanen",
	    "aalto"};
	struct world *w = world(t);
	size_t last = 0;
	struct answered list;

	for (int i = 0; i < 6; i++)
		CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite", str_z(w->arena, str_fmt(w->arena,
		    "name=%s&email=n%d%%40nuotio.example&lang=fi&role=3&campus=1", names[i], i))).status, 303);
	list = world_get(w, "aino", "/fi/admin/people");
	for (const char *const *name = (const char *const[]){">aalto<", ">Aino ", ">Tapani ", ">Virtanen<", ">Wallin<",
	    ">Zeta<", ">Åkerblom<", ">Äijälä<", NULL}; *name; name++) {
		size_t at = world_part(list, "<ul class=\"cards\">", *name).body.n;

		if (at <= last)
			test_fail(t, __FILE__, __LINE__, "%s stands at %zu, after %zu", *name, at, last);
		last = at;
	}
	list = world_get(w, "aino", "/en/admin/people");
	CHECK_HOLDS(world_part(list, ">Åkerblom<", "</main>"), ">Zeta<");
	list = world_part(world_get(w, "aino", "/fi/wheel/2026/new"), "name=\"person\"", "</select>");
	CHECK_HOLDS(world_part(list, ">Zeta<", ">Äijälä<"), ">Åkerblom<");
	world_end(w);
}

/* --- a college's file ------------------------------------------------------------------------------- */

struct loading {
	struct test *t;
	struct str json;
	const char *problem;
};

static void
load(struct tx *tx, void *arg)
{
	struct loading *l = arg;
	struct test *t = l->t;
	struct json_in in = json_in_new(t->arena);

	people_load(tx, &in, json_parse(&in, l->json), date_of(2026, 11, 23));
	CHECK_STR(out_text(&in.problems), l->problem);
}

/* As `nuotio init` reads it; `people` is the text within the list. */
static void
init(struct world *w, const char *people, const char *problem)
{
	struct loading l = {w->t, str_fmt(w->arena, "{\"people\": [%s]}", people), problem};
	struct db_error error;
	struct test *t = w->t;

	CHECK(db_write_now(w->db, w->arena, world_now(), load, &l, &error));
}

#define PERSON(key, rest) "{\"key\": \"" key "\", \"name\": \"Outi Uusi\", \"language\": \"fi\"" rest "}"
#define STAFF ", \"roles\": [{\"role\": \"staff\", \"campus\": \"pohja\"}], \"duties\": [\"GT\"]"

struct held {
	const char *key;
	struct person person;
	size_t roles, duties;
};

static void
read_held(struct tx *tx, void *arg)
{
	struct held *h = arg;

	if (!person_with_key(tx, str_of(h->key), &h->person))
		return;
	h->roles = people_grants_of(tx, h->person.id, date_of(2026, 11, 23)).n;
	h->duties = duties_of(tx, h->person.id).n;
}

static struct held
held_by(struct world *w, const char *key)
{
	struct held h = {.key = key};

	world_read(w, read_held, &h);
	return h;
}

/* The file gives a role once. Who ended it meanwhile knew why, and reading the file again does not bring it back. */
TEST(init_gives_roles_and_duties_once)
{
	struct world *w = world(t);
	struct held h;

	init(w, PERSON("outi", STAFF), "");
	h = held_by(w, "outi");
	CHECK_INT(h.roles, 1);
	CHECK_INT(h.duties, 1);
	CHECK_INT(end_first(w, "maarit", "outi", "role").status, 303);
	CHECK_INT(end_first(w, "maarit", "outi", "duty").status, 303);
	CHECK_INT(held_by(w, "outi").roles, 0);
	init(w, PERSON("outi", STAFF), "");
	h = held_by(w, "outi");
	CHECK_INT(h.roles, 0);
	CHECK_INT(h.duties, 0);
	/* What is new in the file is given, and people may give again what they ended. */
	init(w, PERSON("outi", ", \"roles\": [{\"role\": \"staff\", \"campus\": \"ranta\"}], \"duties\":"
	    " [\"GT\", \"GC\"]"), "");
	h = held_by(w, "outi");
	CHECK_INT(h.roles, 1);
	CHECK_INT(h.duties, 2);
	CHECK_INT(world_post(w, "maarit", str_z(w->arena, str_fmt(w->arena, "/fi/admin/people/%lld/role",
	    (long long)h.person.id.n)), "role=3&campus=1").status, 303);
	CHECK_INT(held_by(w, "outi").roles, 2);
	/* And it takes nothing from anyone, also when it does not name them any more. */
	init(w, PERSON("outi", ""), "");
	init(w, PERSON("other", ""), "");
	CHECK_INT(held_by(w, "outi").roles, 2);
	CHECK_INT(held_by(w, "aino").roles, 1);
	world_end(w);
}

/* Somebody leaves; the file that still names them brings nobody back, and gives them nothing for later. */
TEST(init_lets_those_be_who_left)
{
	struct world *w = world(t);
	struct held h;

	init(w, PERSON("outi", STAFF), "");
	h = held_by(w, "outi");
	CHECK_INT(world_post(w, "maarit", str_z(w->arena, str_fmt(w->arena, "/fi/admin/people/%lld/end",
	    (long long)h.person.id.n)), "sure=1").status, 303);
	init(w, PERSON("outi", ", \"roles\": [{\"role\": \"staff\", \"campus\": \"ranta\"}], \"duties\": [\"GC\"]"),
	    "");
	h = held_by(w, "outi");
	CHECK(h.person.cancelled_at.s != 0);
	CHECK_LACKS(world_get(w, "maarit", "/fi/admin/people"), "Outi Uusi");
	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite",
	    "name=Outi+Uusi&email=outi%40nuotio.example&lang=fi&role=3&campus=1").status, 303);
	h = held_by(w, "outi");
	CHECK_INT(h.roles, 1);
	CHECK_INT(h.duties, 0);
	world_end(w);
}

TEST(init_keeps_who_somebody_is)
{
	struct world *w = world(t);
	struct held before, h;

	init(w, PERSON("outi", ", \"email\": \"outi@example.fi\"" STAFF), "");
	before = held_by(w, "outi");
	/* A new address, a new name: the same person. */
	init(w, "{\"key\": \"outi\", \"name\": \"Outi Vanha\", \"language\": \"sv\","
	    " \"email\": \"Outi.Vanha@example.fi\"}", "");
	h = held_by(w, "outi");
	CHECK_INT(h.person.id.n, before.person.id.n);
	CHECK_STR(h.person.name, "Outi Vanha");
	CHECK_STR(h.person.email, "outi.vanha@example.fi");
	CHECK_INT(person_lang(&h.person), LANG_SV);
	CHECK_INT(h.roles, 1);
	/* Somebody who was invited in the service gets a key in the file. */
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=uusi%40example.fi&lang=sv&role=3&campus=4").status, 303);
	init(w, PERSON("uusi", ", \"email\": \"uusi@example.fi\"" STAFF), "");
	CHECK_INT(held_by(w, "uusi").roles, 2);
	world_end(w);
}

TEST(mistakes_of_people_are_named_by_path)
{
	static const struct {
		const char *people, *problem;
	} cases[] = {
		{"{\"language\": \"de\"}", "people[0].key: missing; a text is needed\n"
		    "people[0].name: missing; a text is needed\n"
		    "people[0].email: \"@nuotio.example\" is no e-mail address\n"
		    "people[0].language: \"de\" is none of fi, sv, en\n"},
		{PERSON("a", "") "," PERSON("a", ""), "people[1].key: \"a\" stands here twice\n"},
		{PERSON("a", ", \"email\": \"x@example.fi\"") "," PERSON("b", ", \"email\": \"X@example.fi\""),
		    "people[1].email: \"x@example.fi\" is the address of somebody else\n"},
		{PERSON("a", ", \"email\": \"aino\""), "people[0].email: \"aino\" is no e-mail address\n"},
		{PERSON("a", ", \"title\": \"opettaja\""), "people[0].title: an object is needed, not a text\n"},
		{PERSON("a", ", \"roles\": [{\"role\": \"boss\"}, {\"role\": \"staff\", \"campus\": \"kuu\"},"
		    " {\"role\": \"staff\", \"campus\": \"pohja\", \"until\": \"31.12.\"},"
		    " {\"role\": \"staff\", \"campus\": \"pohja\", \"until\": 2027}, \"staff\"]"),
		    "people[0].roles[0].role: \"boss\" is none of student, student_body, staff, coordinator, partner, "
		    "member, management, admin\n"
		    "people[0].roles[1].campus: \"kuu\" is none of `campuses`, or has ended\n"
		    "people[0].roles[2].until: \"31.12.\" is no date like 2026-11-23\n"
		    "people[0].roles[3].until: a text is needed, not a whole number\n"
		    "people[0].roles[4].role: missing; a text is needed\n"},
		{PERSON("a", ", \"duties\": [\"GT\", \"XX\", 4]"),
		    "people[0].duties[1]: names no duty\n"
		    "people[0].duties[2]: names no duty\n"},
	};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		init(w, cases[i].people, cases[i].problem);
	world_end(w);
}
