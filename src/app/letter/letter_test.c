/* Letters that come by themselves: when, to whom, what they say, and what a press in them does. */
#include "app/letter/letter.h"

#include "lib/arena.h"
#include "lib/out.h"

#include "core/db/fixture.h"
#include "core/job/scheduler.h"
#include "core/mail/letter.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

enum { HOUR_S = 3600, DAY_S = 86400, JOB_MONDAY = 0, JOB_YEAR = 1 };

static int64_t
count(struct world *w, const char *which)
{
	struct str n = fixture_ask(w->arena, w->db, WORDS("SELECT count(*) FROM outbox WHERE %s", which));
	int64_t got = -1;

	str_int(n, &got);
	return got;
}

static int64_t
mondays(struct world *w, const char *to)
{
	return count(w, WORDS("recipient = '%s@nuotio.example' AND (subject LIKE 'Maanantaikirje%%' OR "
	    "subject LIKE 'Måndagsbrevet%%')", to));
}

/* The newest letter to somebody, as a text client shows it. */
static struct answered
newest(struct world *w, const char *to)
{
	struct out text = out_new(w->arena);

	letter_write_text(&text, fixture_ask(w->arena, w->db,
	    WORDS("SELECT body FROM outbox WHERE recipient = '%s@nuotio.example' ORDER BY id DESC LIMIT 1", to)));
	return (struct answered){.body = out_text(&text)};
}

static void
run(struct test *t, struct world *w, int which)
{
	CHECK(job_run_now(w->db, &letter_jobs[which], world_now()));
}

/* The path of the first address in the letter that holds those words; empty without one. */
static const char *
path_in(struct world *w, struct answered letter, const char *part)
{
	for (size_t i = 0; i < letter.body.n; i++)
		if (str_starts(str_sub(letter.body, i, letter.body.n), str_of(part))) {
			struct str rest = str_sub(letter.body, i, letter.body.n);

			return str_z(w->arena, str_cut(&rest, '\n'));
		}
	return "";
}

/* From noon on Monday to next Monday at that minute. */
static void
to_next_monday(int minutes)
{
	world_pass(7 * DAY_S - 12 * HOUR_S + minutes * 60);
}

static struct answered
mondays_letter(struct test *t, struct world *w, const char *to)
{
	to_next_monday(6 * 60);
	run(t, w, JOB_MONDAY);
	return newest(w, to);
}

/* --- Monday's ------------------------------------------------------------------------------------ */

TEST(mondays_letter_comes_early_once_a_week)
{
	struct world *w = world(t);
	int64_t before;

	/* the demo's own Monday is behind it */
	before = mondays(w, "ilmari");
	run(t, w, JOB_MONDAY);
	CHECK_INT(mondays(w, "ilmari"), before);
	to_next_monday(5 * 60);
	run(t, w, JOB_MONDAY);
	CHECK_INT(mondays(w, "ilmari"), before);
	world_pass(HOUR_S);
	run(t, w, JOB_MONDAY);
	CHECK_INT(mondays(w, "ilmari"), before + 1);
	/* a process that starts anew sends no second one, nor does one that was down until Tuesday */
	run(t, w, JOB_MONDAY);
	world_pass(DAY_S);
	run(t, w, JOB_MONDAY);
	CHECK_INT(mondays(w, "ilmari"), before + 1);
	/* what waits for a server until Friday is older than the next */
	CHECK_INT(count(w, "recipient = 'ilmari@nuotio.example' AND until_at > '2026-12-05'"), 0);
	world_pass(6 * DAY_S);
	run(t, w, JOB_MONDAY);
	CHECK_INT(mondays(w, "ilmari"), before + 2);
	/* who has nothing to see to gets none */
	CHECK_INT(mondays(w, "mira"), 0);
	CHECK_INT(mondays(w, "oona"), 0);
	world_end(w);
}

TEST(mondays_letter_says_what_is_now_what_waits_and_what_comes)
{
	struct world *w = world(t);
	struct answered a;
	struct str rest, line;

	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/notices/new",
	    "words_fi=Ovi+jumittaa&starts=30.11.2026&ends=1.12.2026&version=0").status, 303);
	a = mondays_letter(t, w, "ilmari");
	CHECK_HOLDS(a, "Hei Ilmari Kivisuvanto!");
	CHECK_HOLDS(a, "Odottaa vastausta\n------");
	CHECK_HOLDS(a, "Nyt\n---");
	CHECK_HOLDS(a, "> Hei ja tervetuloa");
	CHECK_HOLDS(a, "/fi/letter/done/");
	CHECK_HOLDS(a, "/fi/pohja/wheel/2026/");
	CHECK_HOLDS(a, "Ovi jumittaa");
	CHECK_HOLDS(a, "/fi/letter/off/monday-");
	CHECK_LACKS(a, "<");
	for (rest = a.body; rest.n;) {
		line = str_cut(&rest, '\n');
		CHECK(str_chars(line) <= 76 || str_find(line, ' ') == line.n);
	}
	CHECK_HOLDS(newest(w, "kerttu"), "Tulossa\n-------\nYhteinen joulupuuro");
	CHECK_HOLDS(newest(w, "siv"), "Hej Siv Näverklint!");
	world_end(w);
}

TEST(a_deputy_gets_what_waits_for_whoever_is_out)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", WORDS("until=4.12.2026&deputy=%lld",
	    (long long)world_person(w, "aino"))).status, 303);
	a = mondays_letter(t, w, "aino");
	CHECK_HOLDS(a, "Sijaistat 4.12.2026 asti: Ilmari Kivisuvanto.");
	CHECK_HOLDS(a, "sijaistat: Ilmari Kivisuvanto\nMerkitse tehdyksi:");
	/* who presses answers in their own name */
	CHECK_HOLDS(world_get(w, NULL, path_in(w, a, "/fi/letter/done/")), "Vastaat nimellä Aino Tuohimaa");
	world_end(w);
}

/* --- one press ----------------------------------------------------------------------------------- */

TEST(one_press_in_the_letter_answers)
{
	struct world *w = world(t);
	const char *press = path_in(w, mondays_letter(t, w, "ilmari"), "/fi/letter/done/");
	struct answered a = world_get(w, NULL, press);

	/* a mail program that follows the link changes nothing */
	for (int i = 0; i < 3; i++)
		CHECK_HOLDS(world_get(w, NULL, press), "Vastaat nimellä Ilmari Kivisuvanto");
	CHECK_HOLDS(a, "Pohja");
	CHECK_HOLDS(a, "Merkitse tehdyksi");
	CHECK_INT(world_post(w, NULL, press, "").status, 303);
	a = world_get(w, NULL, press);
	CHECK_HOLDS(a, "Tähän on vastattu");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Ilmari Kivisuvanto");
	/* twice is fine, also when somebody else is signed in there */
	CHECK_INT(world_post(w, NULL, press, "").status, 303);
	CHECK_INT(world_post(w, "siv", press, "").status, 303);
	/* and what was answered otherwise meanwhile stands */
	CHECK_HOLDS(world_get(w, "siv", press), "Tähän on vastattu");
	world_end(w);
}

TEST(a_press_is_good_for_one_thing_four_weeks_and_as_long_as_one_may)
{
	struct world *w = world(t);
	const char *press = path_in(w, mondays_letter(t, w, "ilmari"), "/fi/letter/done/");
	struct str key = str_sub(str_of(press), 16, 400), person = str_cut(&key, '-'), item = str_cut(&key, '-');

	CHECK_HOLDS(world_get(w, NULL, press), "Vastaat nimellä Ilmari");
	/* another item, another person, another signature */
	CHECK_HOLDS(world_get(w, NULL, WORDS("/fi/letter/done/%.*s-1%.*s-%.*s", STR_ARG(person), STR_ARG(item),
	    STR_ARG(key))), "ei ole enää voimassa");
	CHECK_HOLDS(world_get(w, NULL, WORDS("/fi/letter/done/1-%.*s-%.*s", STR_ARG(item), STR_ARG(key))),
	    "ei ole enää voimassa");
	CHECK_INT(world_post(w, NULL, WORDS("%sx", press), "").status, 404);
	world_try(w);
	world_pass(29 * DAY_S);
	CHECK_HOLDS(world_get(w, NULL, press), "ei ole enää voimassa");
	CHECK_INT(world_post(w, NULL, press, "").status, 404);
	world_undo(w);
	world_pass(-29 * DAY_S);
	CHECK_HOLDS(world_get(w, NULL, press), "Merkitse tehdyksi");
	/* whose role has ended answers no more */
	CHECK_INT(world_post(w, "aino", WORDS("/fi/admin/people/%lld/end", (long long)world_person(w, "ilmari")),
	    "sure=1").status, 303);
	CHECK_HOLDS(world_get(w, NULL, press), "ei ole enää voimassa");
	CHECK_INT(world_post(w, NULL, press, "").status, 404);
	world_end(w);
}

/* --- stopping ------------------------------------------------------------------------------------ */

/* As a mail program sends it: RFC 8058. */
static int
one_click(struct world *w, const char *address)
{
	return server_ask(w->server, w->arena, &(struct asked){.method = "POST", .address = str_of(address),
	    .content_type = STR("application/x-www-form-urlencoded"),
	    .body = STR("List-Unsubscribe=One-Click")}).status;
}

TEST(a_letter_is_stopped_in_the_letter_itself)
{
	struct world *w = world(t);
	const char *off = path_in(w, mondays_letter(t, w, "ilmari"), "/fi/letter/off/");
	int64_t had = mondays(w, "ilmari");

	CHECK_HOLDS(world_get(w, NULL, off), "Lopeta kirje");
	CHECK_HOLDS(world_get(w, NULL, off), "Ilmari Kivisuvanto");
	CHECK_INT(world_post(w, NULL, off, "").status, 303);
	CHECK_HOLDS(world_get(w, NULL, off), "ei enää tule");
	to_next_monday(6 * 60 + 12 * 60);
	run(t, w, JOB_MONDAY);
	CHECK_INT(mondays(w, "ilmari"), had);
	/* undone, and stopped once more by the mail program */
	CHECK_INT(world_post(w, NULL, WORDS("%s/undo", off), "").status, 303);
	CHECK_HOLDS(world_get(w, NULL, off), "Lopeta kirje");
	CHECK_INT(one_click(w, off), 200);
	CHECK_HOLDS(world_get(w, NULL, off), "ei enää tule");
	CHECK_INT(one_click(w, WORDS("%sx", off)), 404);
	CHECK_INT(count(w, WORDS("unsubscribe LIKE '%%%s'", off)), had);
	world_end(w);
}

TEST(which_letters_come_is_chosen_on_ones_own_page)
{
	struct world *w = world(t);
	int64_t had = mondays(w, "ilmari");

	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me"), "/fi/me/letters");
	CHECK_INT(world_count(world_get(w, "ilmari", "/fi/me/letters"), " checked"), 2);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/letters"), "Nämä tulevat aina");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/letters", "year=1").status, 303);
	CHECK_INT(world_count(world_get(w, "ilmari", "/fi/me/letters"), " checked"), 1);
	mondays_letter(t, w, "ilmari");
	CHECK_INT(mondays(w, "ilmari"), had);
	CHECK(mondays(w, "kerttu") > 0);
	world_end(w);
}

/* --- the letter of a year ------------------------------------------------------------------------ */

static int64_t
years(struct world *w)
{
	return count(w, "subject LIKE '%2027%2028'");
}

TEST(a_published_year_is_told_of_once_to_those_who_work_there)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "ilmari", "/fi/me/letters", "monday=1").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	run(t, w, JOB_YEAR);
	CHECK_INT(years(w), 0);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/publish", "year=2027&version=1").status, 303);
	/* not while the button is pressed */
	CHECK_INT(years(w), 0);
	run(t, w, JOB_YEAR);
	CHECK_HOLDS(newest(w, "oona"), "/fi/ranta/wheel/2027");
	CHECK_LACKS(newest(w, "oona"), "/fi/pohja/wheel/2027");
	CHECK_HOLDS(newest(w, "siv"), "/sv/metsa/wheel/2027");
	CHECK_HOLDS(newest(w, "siv"), "/sv/letter/off/year-");
	CHECK_INT(count(w, "subject LIKE '%2027%2028' AND recipient LIKE 'ilmari%'"), 0);
	CHECK_INT(count(w, "subject LIKE '%2027%2028' AND recipient LIKE 'mira%'"), 0);
	CHECK(years(w) >= 5);
	world_pass(DAY_S);
	run(t, w, JOB_YEAR);
	CHECK_INT(count(w, "subject LIKE '%2027%2028' AND recipient LIKE 'siv%'"), 1);
	world_end(w);
}
