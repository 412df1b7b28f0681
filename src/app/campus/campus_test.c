#include "app/campus/campus.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "test/world.h"

/* The campus Asema was called Rautatieasema once; its addresses lead on, with the rest of the path. */
TEST(an_old_address_of_a_campus_leads_to_the_new_one)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/sv/rautatieasema/wheel/2026");

	CHECK_INT(a.status, 301);
	CHECK_STR(a.location, "/sv/asema/wheel/2026");
	CHECK_STR(world_get(w, NULL, "/fi/rautatieasema").location, "/fi/asema");
	CHECK_STATUS(w, NULL, "/fi/kummitus", 404);
	world_end(w);
}

struct loading {
	const char *json, *problem;
	struct test *t;
};

static void
load(struct tx *tx, void *arg)
{
	struct loading *l = arg;
	struct test *t = l->t;
	struct json_in in = json_in_new(t->arena);
	const struct json *whole = json_parse(&in, str_of(l->json));

	if (whole)
		campus_load(tx, &in, whole, date_of(2026, 11, 23));
	CHECK_STR(out_text(&in.problems), l->problem);
}

/* Each mistake by its path, so that whoever wrote the file can mend it. */
TEST(mistakes_in_a_college_file_are_named_by_path)
{
	static const struct loading cases[] = {
		{"{", "line 1: string or '}' expected near end of file\n"},
		{"{\"provider\":{\"name\":{\"fi\":\"X\"},\"time_zone\":\"Mars/Base\"},\"campuses\":[]}",
		    "provider.time_zone: \"Mars/Base\" is no time zone known here\n"
		    "campuses: at least one campus is needed\n"},
		{"{\"provider\":{\"name\":{\"fi\":\"X\"}},\"campuses\":[{\"slug\":\"wheel\",\"language\":\"fi\"}]}",
		    "campuses[0].slug: \"wheel\" is the beginning of other addresses\n"},
		{"{\"provider\":{\"name\":{\"fi\":\"X\"}},\"campuses\":[{\"slug\":\"eka\",\"language\":\"fi\","
		    "\"name\":{\"fi\":\"Eka\"},\"breaks\":[{\"name\":{\"fi\":\"loma\"},\"starts\":\"10-12\","
		    "\"ends\":\"2026-02-30\"}]}]}",
		    "campuses[0].breaks[0]: `starts` and `ends` as 2026-10-12 or 10-12, or `week`, are needed\n"},
	};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct loading l = cases[i];
		struct db_error error;

		l.t = t;
		CHECK(db_write_now(w->db, t->arena, world_now(), load, &l, &error));
	}
	world_end(w);
}
