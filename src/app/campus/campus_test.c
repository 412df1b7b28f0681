#include "app/campus/campus.h"

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/json.h"
#include "lib/out.h"
#include "lib/zone.h"
#include "main.h"
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

/* The file as `nuotio init` would read it; `campuses` is the text within its list, `more` follows the list. */
static void
init(struct world *w, const char *campuses, const char *more, const char *problem)
{
	struct loading l = {.problem = problem, .t = w->t};
	struct db_error error;
	struct test *t = w->t;

	l.json = str_z(w->arena, str_fmt(w->arena,
	    "{\"provider\": {\"name\": {\"fi\": \"Opisto\"}}, \"campuses\": [%s]%s}", campuses, more));
	CHECK(db_write_now(w->db, w->arena, world_now(), load, &l, &error));
}

#define CAMPUS(slug, rest) \
	"{\"slug\": \"" slug "\", \"name\": {\"fi\": \"Kampus " slug "\"}, \"language\": \"fi\"" rest "}"
#define TEXT(words) "{\"fi\": \"" words "\"}"

/* Each mistake by its path, so that whoever wrote the file can mend it. */
TEST(mistakes_in_a_college_file_are_named_by_path)
{
	static const struct loading cases[] = {
		{"{", "line 1: string or '}' expected near end of file\n"},
		{"{\"provider\":{\"name\":{\"fi\":\"X\"},\"time_zone\":\"Mars/Base\"},\"campuses\":[]}",
		    "provider.time_zone: \"Mars/Base\" is no time zone known here\n"
		    "campuses: at least one campus is needed\n"},
		{"{\"provider\":{\"name\":{\"fi\":\"X\"}},\"campuses\":[{\"slug\":\"wheel\",\"language\":\"fi\"}]}",
		    "campuses[0].name: missing; an object is needed\n"
		    "campuses[0].slug: \"wheel\" is the beginning of other addresses\n"},
	};
	static const struct {
		const char *campuses, *more, *problem;
	} parts[] = {
		{CAMPUS("eka", ", \"ended\": true") "," CAMPUS("pohja", ", \"ended\": true") "," CAMPUS("ranta",
		    ", \"ended\": true") "," CAMPUS("asema", ", \"ended\": true") ","
		    CAMPUS("metsa", ", \"ended\": true"), "",
		    "campuses: at least one campus is needed\n"},
		{CAMPUS("eka", "") "," CAMPUS("eka", ""), "", "campuses[1].slug: \"eka\" stands here twice\n"},
		{CAMPUS("eka", ", \"color\": 9"), "", "campuses[0].color: 9 is not between 1 and 8\n"},
		{CAMPUS("eka", ", \"old_slugs\": [\"pohja\", 3]") "," CAMPUS("pohja", ""), "",
		    "campuses[0].old_slugs[0]: \"pohja\" is the address of a campus now\n"
		    "campuses[0].old_slugs[1]: a text is needed\n"},
		{CAMPUS("eka", ", \"breaks\": [{\"name\": " TEXT("loma") ", \"starts\": \"10-12\","
		    " \"ends\": \"2026-02-30\"}]"), "",
		    "campuses[0].breaks[0]: `starts` and `ends` as 2026-10-12 or 10-12, or `week`, are needed\n"},
		{CAMPUS("eka", ", \"breaks\": [{\"name\": " TEXT("loma") ", \"week\": 60}]"), "",
		    "campuses[0].breaks[0].week: 60 is not between 1 and 53\n"},
		{CAMPUS("eka", ", \"help\": [{\"who\": " TEXT("Kuraattori") ", \"how\": \"shout\"},"
		    " {\"who\": " TEXT("Opo") ", \"how\": \"call\"}, {\"how\": \"walk_in\", \"contact\": 7}]"), "",
		    "campuses[0].help[0].how: \"shout\" is none of call, message, walk_in\n"
		    "campuses[0].help[1].contact: a number or an address is needed\n"
		    "campuses[0].help[2].contact: a text is needed, not a whole number\n"
		    "campuses[0].help[2].who: missing; an object is needed\n"},
		{CAMPUS("eka", ""), ", \"terms\": [{\"campus\": \"toka\", \"school_year\": 0, \"term\": \"autumn\","
		    " \"students\": 4, \"staff\": 1}, {\"campus\": \"eka\", \"school_year\": 26, \"term\": \"autumn\","
		    " \"students\": 4, \"staff\": 1}, {\"campus\": \"eka\", \"school_year\": 0, \"term\": \"summer\","
		    " \"students\": -4}]",
		    "terms[0].campus: \"toka\" is none of `campuses`, or has ended\n"
		    "terms[1].school_year: 0, -1 or a year like 2026 is needed\n"
		    "terms[2].term: \"summer\" is none of autumn, spring\n"
		    "terms[2].students: -4 is not between 0 and 1000000\n"
		    "terms[2].staff: missing; a whole number is needed\n"},
	};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct loading l = cases[i];
		struct db_error error;

		l.t = t;
		CHECK(db_write_now(w->db, t->arena, world_now(), load, &l, &error));
	}
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		init(w, parts[i].campuses, parts[i].more, parts[i].problem);
	world_end(w);
}

/* --- a file that changed ---------------------------------------------------------------------------- */

struct details {
	const char *slug;
	struct campus campus;
	struct campus_break_list breaks;
	struct campus_help_list help;
	struct campus_term_list terms;
};

static void
read_details(struct tx *tx, void *arg)
{
	struct details *d = arg;

	if (!campus_find(tx, str_of(d->slug), &d->campus))
		return;
	d->breaks = campus_breaks(tx, d->campus.id, (struct span){date_of(2020, 1, 1), date_of(2027, 7, 31)});
	d->help = campus_help_of(tx, d->campus.id);
	d->terms = campus_terms_of(tx, d->campus.id);
}

static struct details
details_of(struct world *w, const char *slug)
{
	struct details d = {.slug = slug};

	world_read(w, read_details, &d);
	return d;
}

/* What was taken out of the file goes, and what was moved does not stand twice; what is over stays as it was. */
TEST(a_changed_file_takes_the_place_of_the_one_before)
{
	struct world *w = world(t);
	struct details d;

	init(w, CAMPUS("eka", ", \"breaks\": [{\"name\": " TEXT("kauan sitten") ", \"starts\": \"2024-03-01\","
	    " \"ends\": \"2024-03-05\"}, {\"name\": " TEXT("syysloma") ", \"week\": 42}, {\"name\": "
	    TEXT("joululoma") ", \"starts\": \"12-21\", \"ends\": \"01-06\"}],"
	    " \"help\": [{\"who\": " TEXT("Kuraattori") ", \"how\": \"call\","
	    " \"contact\": \"1\"}, {\"who\": " TEXT("Opo") ", \"how\": \"walk_in\"}]"),
	    ", \"terms\": [{\"campus\": \"eka\", \"school_year\": 0, \"term\": \"autumn\", \"students\": 4,"
	    " \"staff\": 1},"
	    " {\"campus\": \"eka\", \"school_year\": 0, \"term\": \"spring\", \"students\": 5, \"staff\": 1},"
	    " {\"campus\": \"eka\", \"school_year\": 2023, \"term\": \"spring\", \"students\": 5, \"staff\": 1}]", "");
	d = details_of(w, "eka");
	CHECK_INT(d.breaks.n, 5);
	CHECK_STR(d.breaks.at[0].name.at[LANG_FI], "kauan sitten");
	CHECK_INT(d.breaks.at[1].starts.day, date_of(2025, 10, 13).day);
	CHECK_INT(d.breaks.at[2].ends.day, date_of(2026, 1, 6).day);
	CHECK_INT(d.help.n, 2);
	CHECK_INT(d.terms.n, 3);
	CHECK_HOLDS(world_get(w, NULL, "/fi/eka"), "Kuraattori");

	init(w, CAMPUS("eka", ", \"breaks\": [{\"name\": " TEXT("syysloma") ", \"week\": 43}],"
	    " \"help\": [{\"who\": " TEXT("Opo") ", \"how\": \"walk_in\"}]"),
	    ", \"terms\": [{\"campus\": \"eka\", \"school_year\": 0, \"term\": \"autumn\", \"students\": 6,"
	    " \"staff\": 1}]", "");
	d = details_of(w, "eka");
	CHECK_INT(d.breaks.n, 3);
	CHECK_STR(d.breaks.at[0].name.at[LANG_FI], "kauan sitten");
	CHECK_INT(d.breaks.at[1].starts.day, date_of(2025, 10, 20).day);
	CHECK_INT(d.breaks.at[2].starts.day, date_of(2026, 10, 19).day);
	CHECK_INT(d.help.n, 1);
	CHECK_INT(d.terms.n, 2);
	CHECK_INT(d.terms.at[0].school_year, 2023);
	CHECK_INT(d.terms.at[1].students, 6);
	CHECK_LACKS(world_get(w, NULL, "/fi/eka"), "Kuraattori");
	CHECK_HOLDS(world_get(w, NULL, "/fi/eka"), "Opo");

	/* A campus that the file does not name stays as it was. */
	init(w, CAMPUS("toka", ", \"breaks\": [{\"name\": " TEXT("kesä") ","
	    " \"starts\": \"07-20\", \"ends\": \"08-10\"}]"), "", "");
	CHECK_INT(details_of(w, "eka").help.n, 1);
	d = details_of(w, "toka");
	CHECK_INT(d.breaks.at[0].starts.day, date_of(2026, 7, 20).day);
	CHECK_INT(d.breaks.at[0].ends.day, date_of(2026, 8, 10).day);
	world_end(w);
}

TEST(a_campus_is_renamed_and_its_old_addresses_lead_on)
{
	struct world *w = world(t);
	struct answered a;
	campus_id id = details_of(w, "metsa").campus.id;
	const char *item = world_item(w, "metsa", "partner_fair");
	struct str before = world_get(w, NULL, item).body;

	init(w, CAMPUS("korpi", ", \"old_slugs\": [\"metsa\"]"), "", "");
	CHECK_INT(details_of(w, "korpi").campus.id.n, id.n);
	CHECK_INT(details_of(w, "metsa").campus.id.n, 0);
	a = world_get(w, NULL, "/sv/metsa/wheel/2026?month=11");
	CHECK_INT(a.status, 301);
	CHECK_STR(a.location, "/sv/korpi/wheel/2026?month=11");
	CHECK_STATUS(w, NULL, "/sv/korpi/wheel/2026?month=11", 200);
	/* What it did is still its own, and its people still work there. */
	a = world_get(w, NULL, item);
	CHECK_INT(a.status, 301);
	CHECK(before.n > 0);
	CHECK_INT(world_post(w, "siv", str_z(w->arena, str_fmt(w->arena, "%.*s/answer", STR_ARG(a.location))),
	    "state=done&version=0").status, 303);
	/* The same file again changes nothing, and a third name keeps both old ones. */
	init(w, CAMPUS("korpi", ", \"old_slugs\": [\"metsa\"]"), "", "");
	CHECK_INT(details_of(w, "korpi").campus.id.n, id.n);
	init(w, CAMPUS("lehto", ", \"old_slugs\": [\"korpi\"]"), "", "");
	CHECK_STR(world_get(w, NULL, "/fi/metsa").location, "/fi/lehto");
	CHECK_STR(world_get(w, NULL, "/fi/korpi").location, "/fi/lehto");
	/* And back to the first. */
	init(w, CAMPUS("metsa", ", \"old_slugs\": [\"lehto\"]"), "", "");
	CHECK_INT(details_of(w, "metsa").campus.id.n, id.n);
	CHECK_STATUS(w, NULL, "/fi/metsa", 200);
	CHECK_STR(world_get(w, NULL, "/fi/korpi").location, "/fi/metsa");
	world_end(w);
}

#define EDIT(week, rest) "title_fi=Messut&timing=week&week=" week "&every=year&ring=1&answers=campus&" rest

/* Nothing of it is deleted; its pages are gone, and nobody stumbles over it elsewhere. */
TEST(a_campus_ends)
{
	static const char *const pages[] = {"/fi", "/fi/wheel/2026", "/fi/wheel/2025", "/fi/wheel/2026?view=table",
	    "/fi/pohja", "/fi/pohja/wheel/2026", "/fi/me/tasks", "/fi/goals"};
	static const char *const sides[] = {"/fi/wheel/2026/campuses", "/fi/wheel/2025/campuses"};
	struct answered side;
	static const char *const who[] = {NULL, "aino", "reino", "kerttu"};
	struct world *w = world(t);
	const char *edit = str_z(w->arena, str_fmt(w->arena, "%s/edit", world_item(w, NULL, "partner_fair")));
	/* An item of its own, so to say: for nobody else. */
	CHECK_INT(world_post(w, "aino", edit, EDIT("48", "campuses=3&version=1")).status, 303);
	CHECK_STATUS(w, "reino", "/fi/asema", 200);
	init(w, CAMPUS("asema", ", \"ended\": true") "," CAMPUS("ranta", ""), "", "");
	CHECK_STATUS(w, NULL, "/fi/asema", 404);
	CHECK_STATUS(w, "reino", "/fi/asema/wheel/2026", 404);
	CHECK_STATUS(w, NULL, "/fi/rautatieasema", 404);
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		for (size_t k = 0; k < sizeof who / sizeof *who; k++) {
			struct answered a = world_get(w, who[k], pages[i]);

			CHECK(a.status == 200 || (!who[k] && a.status == 303));
			CHECK_LACKS(a, "Kampus asema");
		}
	/* What was done there in the years when it was there stays, and leads where there still are pages. */
	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
		side = world_get(w, NULL, sides[i]);
		CHECK_HOLDS(side, "<b>Kampus asema</b> <small>(lopettanut)</small>");
		CHECK_LACKS(side, "/fi/asema/");
		CHECK_HOLDS(side, "/fi/ranta/wheel/");
	}
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_INT(world_get(w, "aino", "/fi/wheel/2027/campuses").status, 200);
	CHECK_LACKS(world_get(w, "aino", "/fi/wheel/2027/campuses"), "Kampus asema");
	side = world_get(w, NULL, world_item(w, NULL, "mental_week"));
	CHECK_HOLDS(side, "Kampus asema");
	CHECK_LACKS(side, "/fi/asema/");
	CHECK_STATUS(w, "aino", "/fi/admin/journal", 200);
	CHECK_INT(world_get(w, "aino", edit).status, 200);
	CHECK_INT(world_post(w, "aino", edit, EDIT("49", "version=2")).status, 303);
	CHECK_STATUS(w, "aino", "/fi/admin/people", 200);
	/* Where it is told who works where, it still has its name. */
	CHECK_HOLDS(world_get(w, "reino", "/fi/me"), "Kampus asema");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/people"), "Reino Vaskikallio");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/people"), "Kampus asema");
	/* The one that took its work over has its address. */
	init(w, CAMPUS("asema", ", \"ended\": true") "," CAMPUS("ranta", ", \"old_slugs\": [\"asema\"]"), "", "");
	CHECK_STR(world_get(w, NULL, "/fi/asema/wheel/2026").location, "/fi/ranta/wheel/2026");
	/* It goes on after all. */
	init(w, CAMPUS("asema", "") "," CAMPUS("ranta", ""), "", "");
	CHECK_STATUS(w, NULL, "/fi/asema", 200);
	world_end(w);
}

/* Noon in Helsinki is eleven in Stockholm. */
TEST(instants_are_told_in_the_zone_of_the_provider)
{
	struct world *w = world_in_memory(t);
	struct out o = out_new(t->arena);
	struct loading l = {"{\"provider\": {\"name\": " TEXT("Opisto") ", \"time_zone\": \"Europe/Stockholm\"},"
	    " \"campuses\": [" CAMPUS("pohja", "") "]}", "", t};

	CHECK(db_write_now(w->db, w->arena, world_now(), load, &l, NULL));
	program_zone_set(w->db);
	i18n_instant(&o, LANG_FI, world_now());
	i18n_zone_set(zone_find(STR("Europe/Helsinki")));
	CHECK_STR(out_text(&o), "23.11.2026 klo 11.00");
	world_end(w);
}

/* --- days ------------------------------------------------------------------------------------------------------ */

static void
look_at_days(struct tx *tx, void *arg)
{
	struct test *t = arg;
	struct campus pohja, saturday = {0};
	struct campus_day d;

	CHECK(campus_find(tx, STR("pohja"), &pohja));
	d = campus_day_of(tx, &pohja, date_of(2026, 11, 23));
	CHECK(d.works && !d.is_off && d.holiday == HOLIDAY_NONE);
	d = campus_day_of(tx, &pohja, date_of(2026, 11, 28)); /* a Saturday */
	CHECK(!d.works && !d.is_off && d.holiday == HOLIDAY_NONE);
	d = campus_day_of(tx, &pohja, date_of(2026, 12, 22));
	CHECK(!d.works && d.is_off);
	CHECK_STR(texts_in(d.off, LANG_SV).text, "jullov");
	d = campus_day_of(tx, NULL, date_of(2026, 12, 22));
	CHECK(d.works && !d.is_off);
	d = campus_day_of(tx, NULL, date_of(2026, 12, 6));
	CHECK(!d.works && d.holiday == HOLIDAY_INDEPENDENCE);
	saturday.working_days = STR("23456");
	CHECK(campus_works_on(&saturday, 6) && !campus_works_on(&saturday, 1));
}

TEST(a_day_is_a_holiday_a_break_or_a_day_of_work)
{
	struct world *w = world(t);

	world_read(w, look_at_days, t);
	world_end(w);
}

TEST(every_holiday_has_a_name)
{
	for (enum holiday h = HOLIDAY_NONE + 1; h < HOLIDAY_COUNT; h++)
		CHECK(said_plain(t->arena, LANG_FI, campus_holiday(h)).n > 0);
	CHECK_STR(said_plain(t->arena, LANG_SV, campus_holiday(HOLIDAY_INDEPENDENCE)), "självständighetsdagen");
	CHECK(campus_holiday(HOLIDAY_NONE).text == NULL);
}

static void
look_at_terms(struct tx *tx, void *arg)
{
	struct test *t = arg;
	struct campus_term term;
	struct campus metsa;

	CHECK(campus_find(tx, STR("metsa"), &metsa));
	CHECK(campus_term_of(tx, metsa.id, date_of(2026, 8, 1), &term) && term.students == 36);
	CHECK(campus_term_of(tx, metsa.id, date_of(2026, 12, 31), &term) && term.students == 36);
	CHECK(campus_term_of(tx, metsa.id, date_of(2027, 1, 1), &term) && term.students == 35 && term.staff == 6);
	CHECK(campus_term_of(tx, metsa.id, date_of(2026, 7, 31), &term) && term.students == 33);
	CHECK(!campus_term_of(tx, metsa.id, date_of(2027, 8, 1), &term));
}

TEST(a_term_is_that_of_the_day)
{
	struct world *w = world(t);

	world_read(w, look_at_terms, t);
	world_end(w);
}
