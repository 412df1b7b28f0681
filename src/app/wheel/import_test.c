/* A file is taken into the wheel: looked at, mended, taken in, taken back. */
#include "app/wheel/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/db.h"
#include "core/db/tx.h"
#include "core/job/scheduler.h"

#include "app/wheel/pages.h"
#include "app/wheel/wheel.sql.h" /* generated */
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))
#define HERE "/fi/wheel/2026/import"
#define HEAD "Otsikko (fi);Viikko;Ensimmäinen päivä;Viimeinen päivä;Kehä\r\n"

/* Sends a file to an address; where it led. */
static struct answered
send_to(struct world *w, const char *who, const char *address, struct str content)
{
	char path[] = "/tmp/nuotio-import-XXXXXX";
	int fd = mkstemp(path);
	struct test *t = w->t;
	struct answered a;

	CHECK(fd >= 0 && write(fd, content.p, content.n) == (ssize_t)content.n);
	close(fd);
	a = world_post(w, who, address, WORDS("file=@%s&ring=1&instead=0", path));
	unlink(path);
	return a;
}

#define SEND(content) send_to(w, "aino", HERE, STR(content))

/* The page that it led to. */
static struct answered
look(struct world *w, const char *who, struct answered sent)
{
	struct test *t = w->t;

	CHECK_INT(sent.status, 303);
	return world_get(w, who, sent.location.n ? str_z(w->arena, sent.location) : HERE);
}

static const char *
stamp_of(struct world *w, struct answered page)
{
	return str_z(w->arena, world_part(page, "name=\"stamp\" value=\"", "\"").body);
}

static struct answered
press(struct world *w, const char *who, struct answered sent, const char *word, const char *fields)
{
	return world_post(w, who, WORDS("%.*s/%s", STR_ARG(sent.location), word), fields);
}

/* Looks, and says yes. */
static struct answered
make_as(struct world *w, const char *who, struct answered sent, bool skip)
{
	struct answered page = look(w, who, sent);

	return press(w, who, sent, "make", WORDS("stamp=%s%s", stamp_of(w, page), skip ? "&skip=1" : ""));
}

static struct answered
make(struct world *w, struct answered sent)
{
	return make_as(w, "aino", sent, false);
}

static bool
run_job(struct world *w)
{
	return job_run_now(w->db, &wheel_jobs[0], world_now());
}

static struct str
exported(struct world *w)
{
	return world_get(w, "aino", "/fi/wheel/2026/export/csv").body;
}

/* --- looking ------------------------------------------------------------------------------------------------- */

TEST(looking_at_a_file_changes_nothing)
{
	struct world *w = world(t);
	struct str before = exported(w);
	struct answered sent = SEND(HEAD "Tutoraamu;36;;;kampus\r\nMetsäretki;;5.9.2026;6.9.2026;\r\n");
	struct answered page = look(w, "aino", sent);

	CHECK_INT(page.status, 200);
	CHECK_HOLDS(page, "2 uutta, 0 muuttuu, 0 pysyy ennallaan.");
	CHECK_HOLDS(page, "Tutoraamu");
	CHECK_HOLDS(page, "31.8.–6.9.2026 · viikko 36");
	CHECK_HOLDS(page, "<svg");
	CHECK_HOLDS(page, "Lukuvuosi on julkaistu: tuotu näkyy heti kaikille.");
	CHECK(str_eq(exported(w), before));
	CHECK_INT(press(w, "aino", sent, "forget", "&").status, 303);
	CHECK_INT(look(w, "aino", sent).status, 404);
	world_end(w);
}

TEST(what_is_taken_in_is_seen_and_taken_back)
{
	struct world *w = world(t);
	struct str before = exported(w);
	struct answered sent = SEND(HEAD "Tutoraamu;36;;;kampus\r\n");
	struct answered a = make(w, sent);

	CHECK_INT(a.status, 303);
	CHECK_HOLDS(look(w, "aino", a), "Kumoa koko tuonti");
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Tutoraamu");
	CHECK_HOLDS(world_get(w, "aino", HERE), "1 uusi");
	/* The same file again has nothing new, and cannot be taken in twice. */
	CHECK_INT(press(w, "aino", sent, "make", "stamp=x").status, 409);
	CHECK_HOLDS(look(w, "aino", SEND(HEAD "Tutoraamu;36;;;kampus\r\n")), "ei ole mitään uutta");
	CHECK_INT(press(w, "aino", sent, "undo", "&").status, 303);
	CHECK_HOLDS(look(w, "aino", sent), "Vuosikello on niin kuin ennen tuontia.");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Tutoraamu");
	CHECK(str_eq(exported(w), before));
	CHECK_INT(press(w, "aino", sent, "undo", "&").status, 409);
	world_end(w);
}

/* --- out and in again ------------------------------------------------------------------------------------------ */

TEST(what_was_exported_changes_nothing_when_it_comes_back)
{
	static const char *const address[] = {"/fi/wheel/2026/export/csv", "/sv/wheel/2026/export/csv",
	    "/en/wheel/2026/export/ics", "/sv/metsa/wheel/2026/export/csv"};
	struct world *w = world(t);

	for (size_t i = 0; i < sizeof address / sizeof *address; i++) {
		struct answered page =
		    look(w, "aino", send_to(w, "aino", HERE, world_get(w, "aino", address[i]).body));

		CHECK_HOLDS(page, "0 uutta, 0 muuttuu, ");
		CHECK_LACKS(page, "Korjattavaa");
		CHECK_HOLDS(page, "kaikki on jo vuosikellossa");
	}
	world_end(w);
}

static void
cancel_all(struct tx *tx, void *arg)
{
	struct school_year y;
	struct wheel_item_list items;

	(void)arg;
	need(school_year_of(tx, 2026, &y));
	items = wheel_items_of_year(tx, y.id);
	for (size_t i = 0; i < items.n; i++)
		wheel_item_cancel(tx, items.at[i].id, items.at[i].campus, tx->now, items.at[i].version);
}

TEST(an_export_makes_the_same_wheel_again)
{
	struct world *w = world(t);
	struct db_error error = {0};
	struct str before = exported(w), sv = world_get(w, "aino", "/sv/pohja/wheel/2026/export/csv").body;
	struct answered page;

	CHECK(db_write_now(w->db, w->arena, world_now(), cancel_all, NULL, &error));
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2026"), "class=\"empty\"");
	page = make(w, send_to(w, "aino", HERE, before));
	CHECK_INT(page.status, 303);
	CHECK(str_eq(exported(w), before));
	CHECK(str_eq(world_get(w, "aino", "/sv/pohja/wheel/2026/export/csv").body, sv));
	world_end(w);
}

TEST(an_export_names_each_of_many_campuses)
{
	struct world *w = world(t);
	struct db_error error = {0};
	struct str before;

	world_add_campuses(w, 76);
	CHECK_INT(world_post(w, "aino", WORDS("%s/edit", world_item(w, NULL, "mental_week")),
	    "title_fi=Mieli&timing=week&week=47&every=year&ring=1&answers=campus&campuses=70&campuses=80&campuses=4"
	    "&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/wheel/2026/export/json"),
	    "\"campuses\":[\"metsa\",\"uusi66\",\"uusi76\"]");
	before = exported(w);
	CHECK(str_contains(before, STR("Metsä, Uusib Mäki 66, Uusib Mäki 76")));
	CHECK_HOLDS(look(w, "aino", send_to(w, "aino", HERE, before)), "kaikki on jo vuosikellossa");
	CHECK(db_write_now(w->db, w->arena, world_now(), cancel_all, NULL, &error));
	CHECK_INT(make(w, send_to(w, "aino", HERE, before)).status, 303);
	CHECK(str_eq(exported(w), before));
	CHECK_HOLDS(world_get(w, NULL, "/fi/uusi66/wheel/2026"), "Mieli");
	CHECK_LACKS(world_get(w, NULL, "/fi/uusi2/wheel/2026"), "Mieli<");
	world_end(w);
}

/* An order of one's own, and a word that is none. */
TEST(campuses_are_read_from_a_cell)
{
	struct world *w = world(t);
	struct answered sent, page;

	world_add_campuses(w, 76);
	sent = SEND("Otsikko (fi);Viikko;Kampukset\r\nMieli;47;\"uusi66; ,METSÄ, uusi66,;pohja\"\r\n");
	page = look(w, "aino", sent);
	CHECK_LACKS(page, "Korjattavaa");
	CHECK_INT(make(w, sent).status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/wheel/2026/export/json"),
	    "\"campuses\":[\"pohja\",\"metsa\",\"uusi66\"]");
	page = look(w, "aino", SEND("Otsikko (fi);Viikko;Kampukset\r\nMieli;47;uusi66, uusi77\r\n"));
	CHECK_HOLDS(page, "uusi77");
	CHECK_HOLDS(page, "Korjattavaa");
	world_end(w);
}

/* --- changing what is there ---------------------------------------------------------------------------------- */

static const char *
key_of(struct world *w, const char *item)
{
	const char *path = world_item(w, NULL, item);
	const char *slash = path;

	for (const char *c = path; *c; c++)
		slash = *c == '/' ? c + 1 : slash;
	return WORDS("wheel-%s@nuotio", slash);
}

TEST(a_key_changes_the_item_and_undo_takes_it_back)
{
	struct world *w = world(t);
	struct str before = exported(w);
	struct answered sent = send_to(w, "aino", HERE, str_fmt(w->arena,
	    "Key;Week;Title (en)\n%s;45;Budget week\n", key_of(w, "budget")));
	struct answered page = look(w, "aino", sent);

	CHECK_HOLDS(page, "0 uutta, 1 muuttuu");
	CHECK_HOLDS(page, "Muuttuu: Otsikko, Ajankohta");
	CHECK_HOLDS(page, "ennen: 19.–25.10.2026");
	CHECK_INT(make(w, sent).status, 303);
	page = world_get(w, NULL, world_item(w, NULL, "budget"));
	CHECK_HOLDS(page, "viikko 45");
	CHECK_HOLDS(page, "Yhteis"); /* the Finnish title stays */
	CHECK_INT(press(w, "aino", sent, "undo", "&").status, 303);
	CHECK(str_eq(exported(w), before));
	world_end(w);
}

TEST(what_somebody_changed_since_stays_when_an_import_is_undone)
{
	struct world *w = world(t);
	const char *budget = world_item(w, NULL, "budget");
	struct answered sent = send_to(w, "aino", HERE, str_fmt(w->arena,
	    "Tunnus;Otsikko (fi);Viikko\n%s;Budjetti;45\n;Tutoraamu;36\n;Tutorilta;37\n", key_of(w, "budget")));
	struct answered page;

	CHECK_INT(make(w, sent).status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%s/edit", budget),
	    "title_fi=Rahat&timing=week&week=46&every=year&repeats=no&ring=5&answers=provider&version=2").status, 303);
	page = world_get(w, NULL, "/fi/pohja/wheel/2026");
	CHECK_HOLDS(page, "Tutoraamu");
	/* Somebody answers one of the new ones. */
	page = world_part(page, "Tutoraamu", "nothing");
	page = world_get(w, "ilmari", "/fi/pohja/wheel/2026/export/csv");
	page = world_part(page, "\r\nwheel-", ";Tutoraamu");
	for (const char *at = page.body.p + page.body.n; page.body.n && at > page.body.p; at--)
		if (at[-1] == '-') {
			page.body = (struct str){at, (size_t)(page.body.p + page.body.n - at)};
			break;
		}
	CHECK_INT(world_post(w, "ilmari", WORDS("/fi/pohja/wheel/2026/%.*s/answer",
	    STR_ARG(str_sub(page.body, 0, str_find(page.body, '@')))), "state=done&words=Kiva&version=0").status, 303);
	CHECK_INT(press(w, "aino", sent, "undo", "&").status, 303);
	page = look(w, "aino", sent);
	CHECK_HOLDS(page, "Rahat");
	CHECK_HOLDS(page, "Tutoraamu");
	CHECK_LACKS(page, "Tutorilta");
	page = world_get(w, NULL, "/fi/pohja/wheel/2026");
	CHECK_HOLDS(page, "Tutoraamu");
	CHECK_LACKS(page, "Tutorilta");
	CHECK_HOLDS(page, "Rahat");
	world_end(w);
}

/* A ring that was retired stays with the items that have it, and takes no others. */
TEST(a_retired_ring_comes_back_with_its_items)
{
	struct world *w = world(t);
	struct answered page;

	page = world_post(w, "aino", "/fi/admin/wheel/rings/retire", "ring=4&version=1&retired=1");
	CHECK_INT(page.status, 303);
	page = look(w, "aino", send_to(w, "aino", HERE, exported(w)));
	CHECK_HOLDS(page, "0 uutta, 0 muuttuu, 56 pysyy ennallaan.");
	page = look(w, "aino", SEND(HEAD "Kysely;36;;;kyselyt\r\n"));
	CHECK_HOLDS(page, "Kehää ”kyselyt” ei ole. Kehät: yhteinen, kampus, kumppanit, johtaminen.");
	world_end(w);
}

/* --- problems, each at its place -------------------------------------------------------------------------------- */

TEST(every_problem_is_told_with_its_row_and_column)
{
	struct world *w = world(t);
	struct answered sent = SEND("\xef\xbb\xbfOtsikko (fi);Viikko;Ensimmäinen päivä;Viimeinen päivä;"
	    "Kehä;Kampukset;Muistiinpanot\r\n"
	    "Hyvä;vk 36;;;kampus;Pohja, ranta;x\r\n"
	    "Kehätön;36;;;avaruus;;\r\n"
	    "Epäselvä;;9/5/2026;;;;\r\n"
	    "Ei päivä;;kohta;;;;\r\n"
	    ";36;;;;;\r\n"
	    "Väärin päin;;12.10.2026;5.10.2026;;;\r\n"
	    "Toinen vuosi;;5.9.2029;;;;\r\n"
	    "Kuu;36;;;;Kuu;\r\n"
	    "Ei viikkoa;61;;;;;\r\n"
	    "Ristiin;36;1.12.2026;;;;\r\n"
	    "Milloin;;;;;;\r\n"
	    "Hyvä;36;;;;;\r\n"
	    "Luvut;;46270;46271;;;\r\n"
	    "Iso;;2026-09-05;;;;\r\n");
	struct answered page = look(w, "aino", sent);

	CHECK_HOLDS(page, "3 uutta, 0 muuttuu, 0 pysyy ennallaan, 11 rivissä on korjattavaa.");
	CHECK_HOLDS(page, "<b>Rivi 3, sarake E (Kehä):</b> Kehää ”avaruus” ei ole.");
	CHECK_HOLDS(page, "<b>Rivi 4, sarake C (Ensimmäinen päivä):</b> ”9/5/2026” voi tarkoittaa "
	    "kahta päivää: 9.5.2026 tai 5.9.2026.");
	CHECK_HOLDS(page, "<b>Rivi 5, sarake C (Ensimmäinen päivä):</b> ”kohta” ei ole päivä.");
	CHECK_HOLDS(page, "<b>Rivi 6:</b> Otsikko puuttuu.");
	CHECK_HOLDS(page, "<b>Rivi 7, sarake D (Viimeinen päivä):</b>");
	CHECK_HOLDS(page, "<b>Rivi 8, sarake C (Ensimmäinen päivä):</b> 5.9.2029 ei ole tässä lukuvuo");
	CHECK_HOLDS(page, "<b>Rivi 9, sarake F (Kampukset):</b> Sana ”Kuu” ei käy.");
	CHECK_HOLDS(page, "<b>Rivi 10, sarake B (Viikko):</b> ”61” ei ole viikko.");
	CHECK_HOLDS(page, "<b>Rivi 11, sarake B (Viikko):</b> Viikko ja päivät ovat eri");
	CHECK_HOLDS(page, "<b>Rivi 12, sarake C (Ensimmäinen päivä):</b> Anna viikko tai ensimmäinen");
	CHECK_HOLDS(page, "<b>Rivi 13:</b> Sama otsikko samana päivänä on jo rivillä 2.");
	CHECK_HOLDS(page, "Näitä sarakkeita ei lueta: Muistiinpanot.");
	/* Nothing of it is taken in until somebody says that the others may be left out. */
	CHECK_INT(make_as(w, "aino", sent, false).status, 422);
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026"), "Luvut");
	CHECK_INT(make_as(w, "aino", sent, true).status, 303);
	page = world_get(w, NULL, "/fi/pohja/wheel/2026");
	CHECK_HOLDS(page, "5.–6.9.2026");
	CHECK_LACKS(page, "Ristiin");
	world_end(w);
}

TEST(titles_that_are_too_long_and_keys_that_come_twice)
{
	struct world *w = world(t);
	struct out o = out_new(w->arena);
	struct answered page;

	out_lit(&o, "Key,Title,Week\n1,");
	for (int i = 0; i < 201; i++)
		out_lit(&o, "ä");
	out_lit(&o, ",36\n2,One,36\n2,Two,37\n#,comment,\n");
	page = look(w, "aino", send_to(w, "aino", "/en/wheel/2026/import", out_text(&o)));
	CHECK_HOLDS(page, "Row 2, column B (Title):</b> At most 200 characters fit, and here are 201.");
	CHECK_HOLDS(page, "Row 4, column A (Key):</b> Row 3 has the same key.");
	CHECK_HOLDS(page, "1 new, 0 change, 0 stay as they are, 2 rows need mending.");
	world_end(w);
}

/* --- bad files ---------------------------------------------------------------------------------------------------- */

static void
is_refused(struct world *w, struct str file, const char *words)
{
	struct test *t = w->t;
	struct answered a = send_to(w, "aino", HERE, file);

	CHECK_INT(a.status, 422);
	if (!str_contains(a.body, str_of(words)))
		test_fail(t, __FILE__, __LINE__, "no words: %s", words);
	t->checks++;
}

static struct str
many_rows(struct world *w, int n, const char *title)
{
	struct out o = out_new(w->arena);

	out_lit(&o, "Otsikko (fi);Viikko;Kuka vastaa\n");
	for (int i = 0; i < n; i++)
		out_fmt(&o, "%s %d;%d;Ei kukaan: tiedoksi\n", title, i, 33 + i % 18);
	return out_text(&o);
}

TEST(files_that_are_none_are_refused_in_words)
{
	struct world *w = world(t);
	struct str before = exported(w);
	struct out o = out_new(w->arena);

	is_refused(w, STR(""), "Tiedosto on tyhjä.");
	is_refused(w, STR(" \r\n"), "Tiedosto on tyhjä.");
	is_refused(w, STR("PK\x03\x04 xlsx"), "tallenna muodossa CSV UTF-8");
	is_refused(w, STR("\x89PNG\r\n\x1a\n\0\0"), "Tämä ei ole tekstiä.");
	is_refused(w, STR("\xff\xfe" "a"), "Tämä ei ole tekstiä.");
	is_refused(w, many_rows(w, 5001, "a"), "yli 5000 riviä");
	is_refused(w, many_rows(w, 100000, "a"), "yli 5000 riviä");
	is_refused(w, STR("Otsikko;Viikko\n\"a \"\"b\"\";36\nc;37\n"), "Rivin 2 solussa 1 alkaa lainaus");
	is_refused(w, STR("Nimi;Viikko\na;36\n"), "ei löytynyt otsikkosaraketta");
	is_refused(w, STR("Otsikko;Viikko;Vecka\na;36;36\n"), "on tiedostossa kahdesti");
	is_refused(w, STR("Otsikko;Viikko\n# a;36\n"), "on vain sarakkeiden nimet");
	is_refused(w, STR("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), "ei ole mitään tälle lukuvuodelle");
	for (int i = 0; i < 5 << 20; i++)
		out_char(&o, 'a');
	CHECK_INT(send_to(w, "aino", HERE, out_text(&o)).status, 413);
	CHECK(str_eq(exported(w), before));
	CHECK_LACKS(world_get(w, "aino", HERE), "Aiemmat tuonnit"); /* nothing is kept of them */
	world_end(w);
}

/* Semicolons, CP1252 and lines as Excel for Windows writes them; UTF-16 as it does for "Unicode text". */
TEST(files_in_excels_own_encodings_are_read)
{
	struct world *w = world(t);

	CHECK_HOLDS(look(w, "aino", SEND("Otsikko;Viikko;Keh\xe4\r\nY\xf6kyl\xe4;36;kampus\r\n")),
	    "Yökylä");
	CHECK_HOLDS(look(w, "aino",
	    SEND("\xff\xfeR\0u\0b\0r\0i\0k\0\t\0V\0e\0c\0k\0a\0\r\0\n\0\xd6\0\t\0003\0006\0\r\0\n\0")),
	    ">Ö<");
	CHECK_INT(make(w, SEND("\"Title\",\"Week\"\n\"A \"\"B\"\", C\nD\",36\n")).status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2026/export/csv"), ";\"A \"\"B\"\", C D\";");
	world_end(w);
}

TEST(formulas_stay_texts_on_their_way_out_and_in)
{
	struct world *w = world(t);
	struct answered sent = SEND("Otsikko;Viikko;Kuvaus\n\"=HYPERLINK(\"\"http://x\"\")\";36;+358 1\n");

	CHECK_INT(make(w, sent).status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2026/export/csv"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2026/export/csv"), ";'+358 1;");
	CHECK_HOLDS(look(w, "aino", send_to(w, "aino", HERE, exported(w))), "0 uutta, 0 muuttuu");
	world_end(w);
}

/* --- large ones, and at the same time ----------------------------------------------------------------------------- */

TEST(five_thousand_items_are_seen_all_at_once)
{
	struct world *w = world(t);
	struct str before = exported(w);
	struct answered sent = send_to(w, "aino", HERE, many_rows(w, 5000, "Asia"));
	struct answered page = look(w, "aino", sent);

	CHECK_HOLDS(page, "5000 uutta");
	CHECK_INT(make(w, sent).status, 303);
	page = look(w, "aino", sent);
	CHECK_INT(page.status, 303); /* to its progress */
	CHECK_HOLDS(world_get(w, "aino", WORDS("%.*s/progress", STR_ARG(sent.location))), "Valmiina 0 / 5000");
	CHECK(str_eq(exported(w), before));
	CHECK_INT(press(w, "aino", sent, "undo", "&").status, 303); /* to its progress too */
	CHECK(run_job(w));
	CHECK_HOLDS(look(w, "aino", sent), "Uusia asioita 5000, muutettuja 0.");
	CHECK_INT(world_get(w, "aino", WORDS("%.*s/progress", STR_ARG(sent.location))).status, 303);
	page = world_get(w, NULL, "/fi/wheel/2026/export/csv");
	CHECK_INT(world_count(page, "Asia "), 5000);
	/* No page of a year is too small for it. */
	CHECK_STATUS(w, NULL, "/fi/wheel/2026", 200);
	CHECK_STATUS(w, "ilmari", "/fi/pohja/wheel/2026", 200);
	CHECK_STATUS(w, "aino", "/fi/wheel/2026/campuses", 200);
	CHECK_STATUS(w, NULL, "/fi/pohja/wheel/calendar.ics", 200);
	CHECK_STATUS(w, "aino", "/fi/me/tasks", 200);
	CHECK_STATUS(w, NULL, "/fi/wheel/2026/export/xlsx", 200);
	CHECK_STATUS(w, NULL, "/fi/wheel/2026/export/json", 200);
	CHECK_STATUS(w, NULL, "/fi/wheel/2026/export/ics", 200);
	CHECK_HOLDS(look(w, "aino", send_to(w, "aino", HERE, many_rows(w, 5000, "Asia"))), "0 uutta, 0 muuttuu");
	CHECK_INT(press(w, "aino", sent, "undo", "&").status, 303);
	CHECK(str_eq(exported(w), before));
	world_end(w);
}

/* What one transaction of the job does, and then no more: the process was killed. */
static void
one_step(struct tx *tx, void *arg)
{
	struct actor who = person_nobody();
	struct wheel_import m;
	struct school_year y;
	struct plan p;

	need(wheel_import_next(tx, &m) && school_year_of(tx, 2026, &y));
	p = plan_make(tx, &m, &y, LANG_FI);
	*(enum import_step *)arg = wheel_import_go_on(tx, &who, &m, &y, &p);
}

static void
highest_item(struct tx *tx, void *arg)
{
	struct wheel_import m;
	struct wheel_import_some_list some;

	need(wheel_import_next(tx, &m));
	some = wheel_import_some(tx, m.id, 1);
	*(int64_t *)arg = some.n ? some.at[0].id.n : 0;
}

TEST(an_import_that_is_cut_off_goes_on_where_it_was)
{
	struct world *w = world(t);
	struct str before = exported(w);
	struct answered sent = send_to(w, "aino", HERE, many_rows(w, 2 * IMPORT_CHUNK + 1, "Asia"));
	struct db_error error = {0};
	enum import_step step;
	int64_t item = 0;

	CHECK_INT(make(w, sent).status, 303);
	CHECK(db_write_now(w->db, w->arena, world_now(), one_step, &step, &error));
	CHECK_INT(step, IMPORT_GOES_ON);
	CHECK_HOLDS(world_get(w, "aino", WORDS("%.*s/progress", STR_ARG(sent.location))), "Valmiina 200 / 401");
	/* Nobody sees any of it, in whatever way they ask. */
	CHECK(str_eq(exported(w), before));
	world_read(w, highest_item, &item);
	CHECK(item > 0);
	CHECK_INT(world_get(w, "aino", WORDS("/fi/wheel/2026/%lld", (long long)item)).status, 404);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Asia 1");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/calendar.ics"), "Asia 1");
	CHECK(run_job(w));
	CHECK_INT(world_count(world_get(w, NULL, "/fi/wheel/2026/export/csv"), "Asia "), 2 * IMPORT_CHUNK + 1);
	CHECK_INT(world_get(w, "aino", WORDS("/fi/wheel/2026/%lld", (long long)item)).status, 200);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/calendar.ics"), "Asia 1");
	world_end(w);
}

TEST(a_wheel_that_changes_meanwhile_is_looked_at_anew)
{
	struct world *w = world(t);
	struct answered sent = send_to(w, "aino", HERE, many_rows(w, 2 * IMPORT_CHUNK + 1, "Asia"));
	struct db_error error = {0};
	struct answered page;
	enum import_step step;
	struct str before;

	CHECK_INT(make(w, sent).status, 303);
	CHECK(db_write_now(w->db, w->arena, world_now(), one_step, &step, &error));
	CHECK_INT(world_post(w, "aino", "/fi/wheel/2026/new",
	    "title_fi=V&timing=week&week=47&every=year&repeats=no&ring=1&answers=campus&version=0").status, 303);
	before = exported(w);
	CHECK(run_job(w));
	CHECK(str_eq(exported(w), before));
	page = look(w, "aino", sent);
	CHECK_HOLDS(page, "Vuosikelloa muutettiin samaan aikaan, joten mitään ei tuotu.");
	CHECK_HOLDS(page, "401 uutta");
	CHECK_INT(press(w, "aino", sent, "make", WORDS("stamp=%s", stamp_of(w, page))).status, 303);
	CHECK(run_job(w));
	CHECK_INT(world_count(world_get(w, NULL, "/fi/wheel/2026/export/csv"), "Asia "), 2 * IMPORT_CHUNK + 1);
	world_end(w);
}

/* One item that goes and another that comes back leave as many items with as many versions. */
TEST(an_import_changes_no_item_that_somebody_has_changed)
{
	struct world *w = world(t);
	const char *budget = world_item(w, NULL, "budget"), *other = world_item(w, NULL, "school_peace");
	struct answered sent, page, late;

	CHECK_INT(world_post(w, "aino", WORDS("%s/cancel", other), "version=1&cancelled=1").status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%s/edit", budget),
	    "title_fi=B&timing=week&week=43&every=year&repeats=no&ring=5&answers=provider&version=1").status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%s/edit", budget),
	    "title_fi=B&timing=week&week=43&every=year&repeats=no&ring=5&answers=provider&version=2").status, 303);
	sent = send_to(w, "aino", HERE, str_fmt(w->arena, "Key;Week;Title (en)\n%s;45;Budget week\n",
	    key_of(w, "budget")));
	page = look(w, "aino", sent);
	CHECK_INT(world_post(w, "aino", WORDS("%s/cancel", budget), "version=3&cancelled=1").status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("%s/cancel", other), "version=2&cancelled=0").status, 303);
	late = press(w, "aino", sent, "make", WORDS("stamp=%s", stamp_of(w, page)));
	CHECK_INT(late.status, 409);
	CHECK_HOLDS(late, "1 uusi, 0 muuttuu");
	world_end(w);
}

/* The second of two who look at the same time sees what the first has done before anything is done twice. */
TEST(two_imports_at_once_make_nothing_twice)
{
	struct world *w = world(t);
	struct answered one = SEND(HEAD "Tutoraamu;36;;;kampus\r\n");
	struct answered two = SEND(HEAD "Tutoraamu;36;;;kampus\r\nIlta;37;;;\r\n");
	struct answered page = look(w, "aino", two), again;

	CHECK_INT(make(w, one).status, 303);
	again = press(w, "aino", two, "make", WORDS("stamp=%s", stamp_of(w, page)));
	CHECK_INT(again.status, 409);
	CHECK_HOLDS(again, "Vuosikelloa muutettiin samaan aikaan");
	CHECK_HOLDS(again, "1 uusi, 0 muuttuu, 1 pysyy ennallaan.");
	CHECK_INT(make(w, two).status, 303);
	CHECK_INT(world_count(world_get(w, NULL, "/fi/wheel/2026/export/csv"), "Tutoraamu"), 1);
	/* Both large ones are made one after another, the later as it was looked at. */
	one = send_to(w, "aino", HERE, many_rows(w, 300, "Asia"));
	two = send_to(w, "aino", HERE, many_rows(w, 301, "Asia"));
	CHECK_INT(make(w, one).status, 303);
	CHECK_INT(make(w, two).status, 303);
	CHECK(run_job(w));
	CHECK(run_job(w));
	CHECK_INT(world_count(world_get(w, NULL, "/fi/wheel/2026/export/csv"), "Asia "), 300);
	CHECK_HOLDS(look(w, "aino", two), "1 uusi, 0 muuttuu, 300 pysyy ennallaan.");
	world_end(w);
}

/* So many that are there cannot be changed at once. */
TEST(too_many_changes_are_refused_in_words)
{
	struct world *w = world(t);
	struct answered sent = send_to(w, "aino", HERE, many_rows(w, 501, "Asia"));
	struct answered page;
	struct str table;
	struct out o = out_new(w->arena);

	CHECK_INT(make(w, sent).status, 303);
	CHECK(run_job(w));
	table = many_rows(w, 501, "Asia");
	for (size_t i = 0; i < table.n; i++) {
		if (table.p[i] == '\n' && i > 40)
			out_lit(&o, ";kumppanit");
		else if (table.p[i] == '\n')
			out_lit(&o, ";Kehä");
		out_char(&o, table.p[i]);
	}
	page = look(w, "aino", send_to(w, "aino", HERE, out_text(&o)));
	CHECK_HOLDS(page, "0 uutta, 501 muuttuu");
	CHECK_HOLDS(page, "Tiedosto muuttaisi 501 asiaa, ja kerralla voi muuttaa enintään 500.");
	world_end(w);
}

/* A file that nobody comes back to is not kept. */
TEST(files_that_nobody_took_in_are_forgotten)
{
	struct world *w = world(t);
	struct answered sent = SEND(HEAD "Tutoraamu;36;;;kampus\r\n");

	CHECK_INT(look(w, "aino", sent).status, 200);
	CHECK(job_run_now(w->db, &wheel_jobs[0], (struct instant){world_now().s + 8 * 86400}));
	CHECK_INT(look(w, "aino", sent).status, 404);
	world_end(w);
}

/* --- calendars ---------------------------------------------------------------------------------------------------- */

#define EVENT(uid, rest) "BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTAMP:20260901T000000Z\r\n" rest "END:VEVENT\r\n"
#define CALENDAR(events) "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" events "END:VCALENDAR\r\n"

TEST(a_calendar_is_taken_in)
{
	struct world *w = world(t);
	struct answered sent = SEND(CALENDAR(
	    EVENT("a", "SUMMARY:Teemaviikko\r\nDTSTART;VALUE=DATE:20260831\r\nDTEND;VALUE=DATE:20260907\r\n")
	    EVENT("b", "SUMMARY:Ilta\r\nDTSTART:20260910T150000Z\r\nDTEND:20260910T210000Z\r\nLOCATION:Aula\r\n")
	    EVENT("c", "SUMMARY:Kerho\r\nDTSTART;VALUE=DATE:20260902\r\nRRULE:FREQ=WEEKLY\r\n")
	    EVENT("d", "SUMMARY:Usein\r\nDTSTART;VALUE=DATE:20260803\r\n"
	    "RRULE:FREQ=DAILY;COUNT=10000000\r\n")
	    EVENT("e", "SUMMARY:Rikki\r\nDTSTART:kohta\r\n")
	    EVENT("f", "SUMMARY:Peruttu\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20260902\r\n")));
	struct answered page = look(w, "aino", sent);

	CHECK_HOLDS(page, "63 uutta, 0 muuttuu, 0 pysyy ennallaan, 1 rivissä on korjattavaa.");
	CHECK_HOLDS(page, "31.8.–6.9.2026 · viikko 36");
	CHECK_HOLDS(page, "Usein:</b> Toistuu lukuvuodessa 363 kertaa. Mukana on 60 ensimmäistä");
	CHECK_HOLDS(page, "Kerho:</b> Toistuu: yksi asia, jonka viimeinen kerta tänä lukuvuonna on 28.7.2027.");
	CHECK_HOLDS(page, "Rikki: Aikaa ei voi lukea.");
	CHECK_LACKS(page, "Peruttu");
	CHECK_INT(make_as(w, "aino", sent, true).status, 303);
	page = world_get(w, NULL, "/fi/wheel/2026/export/csv");
	CHECK_HOLDS(page, ";Teemaviikko;;;yhteinen;36;");
	CHECK_HOLDS(page, ";Kerho;;;yhteinen;;2026-09-02;2026-09-02;;Joka viikko;2027-07-28;");
	CHECK_HOLDS(page, ";Ilta;;;yhteinen;;2026-09-10;2026-09-10;");
	world_end(w);
}

/* An event that moves in its calendar moves the item. */
TEST(a_calendar_that_comes_again_changes_what_it_brought)
{
	struct world *w = world(t);
	struct answered page;

	CHECK_INT(make(w, SEND(CALENDAR(
	    EVENT("a", "SUMMARY:Teemaviikko\r\nDTSTART;VALUE=DATE:20260831\r\nDTEND;VALUE=DATE:20260907\r\n")
	    EVENT("b", "SUMMARY:Ilta\r\nDTSTART:20260910T150000Z\r\nLOCATION:Aula\r\nDESCRIPTION:Tule\r\n")
	    ))).status, 303);
	page = look(w, "aino", SEND(CALENDAR(
	    EVENT("a", "SUMMARY:Teemaviikko\r\nDTSTART;VALUE=DATE:20260907\r\nDTEND;VALUE=DATE:20260914\r\n")
	    EVENT("b", "SUMMARY:Ilta\r\nDTSTART:20260910T150000Z\r\nLOCATION:Aula\r\nDESCRIPTION:Tule\r\n"))));
	CHECK_HOLDS(page, "0 uutta, 1 muuttuu, 1 pysyy ennallaan.");
	CHECK_HOLDS(page, "Muuttuu: Ajankohta");
	world_end(w);
}

/* --- who, and where ----------------------------------------------------------------------------------------------- */

TEST(a_campus_takes_in_its_own_items)
{
	struct world *w = world(t);
	struct answered sent, page;

	CHECK_INT(world_get(w, "ilmari", HERE).status, 403);
	sent = send_to(w, "siv", "/sv/metsa/wheel/2026/import", str_fmt(w->arena,
	    "Nyckel;Rubrik;Vecka;Campusets egen;Kärnpunkt\n;Höstfest;40;Pohja;ja\n%s;Budget;45;;\n",
	    key_of(w, "budget")));
	page = look(w, "siv", sent);
	CHECK_HOLDS(page, "1 ny, 0 ändras");
	CHECK_HOLDS(page, "Rad 3, kolumn A (Nyckel):</b> Det här är en gemensam punkt.");
	CHECK_INT(world_get(w, "ilmari", str_z(w->arena, sent.location)).status, 403);
	CHECK_INT(make_as(w, "siv", sent, true).status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/sv/metsa/wheel/2026"), "Höstfest");
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "Höstfest");
	CHECK_INT(press(w, "siv", sent, "undo", "&").status, 303);
	CHECK_LACKS(world_get(w, NULL, "/sv/metsa/wheel/2026"), "Höstfest");
	world_end(w);
}

TEST(a_closed_year_takes_nothing_in)
{
	struct world *w = world(t);

	CHECK_INT(world_get(w, "aino", "/fi/wheel/2025/import").status, 403);
	CHECK_INT(send_to(w, "aino", "/fi/wheel/2025/import", STR(HEAD "A;36;;;\r\n")).status, 403);
	world_end(w);
}

/* The words below each heading of the template are those that an import knows; nothing of it is read as an item. */
TEST(the_template_can_be_filled_and_sent)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "aino", HERE "/template");
	struct str table = a.body;
	struct answered page;

	CHECK_STR(a.type, "text/csv; charset=utf-8");
	CHECK_HOLDS(a, "Esimerkki: tutoraamu");
	CHECK_INT(send_to(w, "aino", HERE, table).status, 422);
	/* The example's mark is taken away. */
	page.body = STR("");
	for (size_t i = 0; i + 1 < table.n && page.body.n == 0; i++)
		if (table.p[i] == '#')
			page.body = str_fmt(w->arena, "%.*s%.*s", (int)i, table.p, (int)(table.n - i - 1),
			    table.p + i + 1);
	page = look(w, "aino", send_to(w, "aino", HERE, page.body));
	CHECK_HOLDS(page, "1 uusi, 0 muuttuu, 0 pysyy ennallaan.");
	world_end(w);
}
