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

/* A coordinator cannot make an administrator, and nobody removes the last who could mend things. */
TEST(some_roles_are_not_given_or_ended)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/role", "role=8&campus=0").status, 403);
	CHECK_INT(world_post(w, "maarit", "/fi/admin/people/2/role", "role=8&campus=0").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/role", "role=3&campus=99").status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/duty", "duty=999&campus=0").status, 404);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/999/role", "role=3&campus=1").status, 404);
	world_end(w);
}

TEST(a_role_that_ends_is_gone_at_once)
{
	struct world *w = world(t);
	const char *item = world_item(w, "ranta", "mental_week");
	const char *answer = str_z(w->arena, str_fmt(w->arena, "%s/answer", item));

	CHECK_INT(world_post(w, "ilmari", answer, "state=done&version=0").status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/admin/people/2/role", "role=3&campus=2").status, 303);
	CHECK_INT(world_post(w, "ilmari", answer, "state=done&version=0").status, 303);
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

/* Presses the first button of that address on the person's page. */
static int
end_first(struct world *w, struct person p, const char *what)
{
	const char *page = str_z(w->arena, str_fmt(w->arena, "/fi/admin/people/%lld", (long long)p.id.n));
	struct answered a = world_get(w, "maarit", page);
	size_t at = 0;
	struct str action = str_fmt(w->arena, "action=\"%s/%s/end\"", page, what);

	while (at + action.n < a.body.n && memcmp(a.body.p + at, action.p, action.n) != 0)
		at++;
	a.body = str_sub(a.body, at, a.body.n);
	return world_post(w, "maarit", str_z(w->arena, str_fmt(w->arena, "%s/%s/end", page, what)),
	    str_z(w->arena, str_fmt(w->arena, "id=%lld", (long long)world_hidden(a, "id")))).status;
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
	CHECK_INT(end_first(w, h.person, "role"), 303);
	CHECK_INT(end_first(w, h.person, "duty"), 303);
	CHECK_INT(held_by(w, "outi").roles, 0);
	init(w, PERSON("outi", STAFF), "");
	h = held_by(w, "outi");
	CHECK_INT(h.roles, 0);
	CHECK_INT(h.duties, 0);
	/* What is new in the file is given, and people may give again what they ended. */
	init(w, PERSON("outi", ", \"roles\": [{\"role\": \"staff\", \"campus\": \"ranta\"}], \"duties\": [\"GT\", \"GC\"]"), "");
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

TEST(init_keeps_who_somebody_is)
{
	struct world *w = world(t);
	struct held before, h;

	init(w, PERSON("outi", ", \"email\": \"outi@example.fi\"" STAFF), "");
	before = held_by(w, "outi");
	/* A new address, a new name: the same person. */
	init(w, "{\"key\": \"outi\", \"name\": \"Outi Vanha\", \"language\": \"sv\", \"email\": \"Outi.Vanha@example.fi\"}", "");
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
		    "people[0].roles[0].role: \"boss\" is none of student, student_body, staff, coordinator, partner, member, "
		    "management, admin\n"
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
