/* The commands, as whoever looks after the machine types them. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "core/db/fixture.h"
#include "lib/need.h"
#include "test/program.h"

static const char college[] =
    "{\"provider\": {\"name\": {\"fi\": \"Esimerkkiopisto\", \"sv\": \"Exempelinstitutet\"}},"
    " \"campuses\": [{\"slug\": \"keskusta\", \"name\": {\"fi\": \"Keskusta\"}, \"language\": \"fi\"},"
    "  {\"slug\": \"satama\", \"name\": {\"fi\": \"Satama\"}, \"language\": \"fi\"}],"
    " \"people\": [{\"key\": \"maija\", \"name\": \"Maija Mallikas\", \"language\": \"fi\","
    "  \"email\": \"maija@example.fi\", \"roles\": [{\"role\": \"admin\"}, {\"role\": \"coordinator\"}]},"
    "  {\"key\": \"olli\", \"name\": \"Olli Opettaja\", \"language\": \"fi\", \"email\": \"olli@example.fi\","
    "  \"roles\": [{\"role\": \"staff\", \"campus\": \"satama\"}]}]}";

/* A folder for the test, with the college's file in it. */
static char *
begin(struct test *t)
{
	char *folder = str_z(t->arena, fixture_folder(t));
	FILE *f = fopen(str_z(t->arena, str_fmt(t->arena, "%s/college.json", folder)), "w");

	need(f && fputs(college, f) >= 0 && fclose(f) == 0);
	return folder;
}

static bool
is_in(struct test *t, const char *folder, const char *name)
{
	return access(str_z(t->arena, str_fmt(t->arena, "%s/%s", folder, name)), F_OK) == 0;
}

static struct ran
init(struct test *t, const char *folder)
{
	return program_run(t, "init --college %s/college.json --data %s/data", folder, folder);
}

/* By hand, as somebody might with a tool of SQLite. */
static void
by_hand(struct test *t, const char *folder, const char *sql)
{
	sqlite3 *h;

	need(sqlite3_open(str_z(t->arena, str_fmt(t->arena, "%s/data/nuotio.db", folder)), &h) == SQLITE_OK);
	CHECK_INT(sqlite3_exec(h, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(h);
}

static struct ran
check(struct test *t, const char *folder)
{
	return program_run(t, "check --data %s/data", folder);
}

TEST(the_help_is_for_reading)
{
	struct ran ran = program_run(t, "--help");

	CHECK_INT(ran.code, 0);
	CHECK(str_starts(ran.out, STR("nuotio COMMAND [FLAG…]\n")));
	CHECK_STR(ran.err, "");
	ran = program_run(t, "init");
	CHECK_INT(ran.code, 2);
	CHECK_STR(ran.err, "nuotio: init needs --college FILE, which describes the college\n");
	ran = program_run(t, "serv");
	CHECK_INT(ran.code, 2);
	CHECK(str_contains(ran.err, STR("serv is no command")));
	ran = program_run(t, "version");
	CHECK_INT(ran.code, 0);
	CHECK(str_starts(ran.out, STR("nuotio ")));
}

TEST(every_route_is_listed_with_its_right)
{
	struct ran ran = program_run(t, "routes");

	CHECK_INT(ran.code, 0);
	CHECK(str_contains(ran.out, STR("/{lang}/admin/people/invite")));
	CHECK(str_contains(ran.out, STR("MANAGE_PEOPLE\n")));
	CHECK(str_contains(ran.out, STR(" ANYONE\n")));
}

/* The first admin comes by `init`, and invites the others in the service. */
TEST(init_makes_a_college_whose_admin_signs_in_by_a_link)
{
	char *folder = begin(t);
	struct ran first = init(t, folder), again;
	struct program *p;
	struct visitor maija, olli;
	struct str line = first.out;

	CHECK_INT(first.code, 0);
	CHECK_STR(first.err, "");
	/* A line: role, name, address; only for those who can invite others. */
	CHECK_STR(str_cut(&line, '\t'), "coordinator");
	CHECK_STR(str_cut(&line, '\t'), "Maija Mallikas");
	CHECK(str_starts(line, STR("http://127.0.0.1:8080/fi/sign-in/link/")));
	str_cut(&line, '\n');
	CHECK_STR(line, "");
	/* Again: the same college, and new links. */
	again = init(t, folder);
	CHECK_INT(again.code, 0);
	CHECK(str_starts(again.out, STR("coordinator\tMaija Mallikas\thttp://")));
	CHECK(!str_eq(first.out, again.out));

	p = program_start(t, "serve --data %s/data", folder);
	maija = visitor_of(p);
	olli = visitor_of(p);
	CHECK(str_contains(visit(&maija, "/fi").body, STR("Esimerkkiopisto")));
	CHECK_INT(visit(&maija, "/fi/admin/people").status, 303);
	CHECK(visitor_signs_in(&maija, again.out, "Maija Mallikas"));
	CHECK(visitor_signs_in(&olli, first.out, "Maija Mallikas"));
	CHECK(visitor_signs_in(&olli, init(t, folder).out, "Maija Mallikas")); /* while it serves */
	CHECK(!visitor_signs_in(&olli, first.out, "Olli Opettaja"));
	CHECK_INT(visit(&maija, "/fi/admin/people").status, 200);
	CHECK(str_contains(maija.page, STR("Olli Opettaja")));
	CHECK_INT(visitor_send(&maija, "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=uusi%40example.fi&lang=fi&role=3&campus=1").status, 303);
	CHECK(str_contains(visit(&maija, "/fi/admin/outbox").body, STR("uusi@example.fi")));
	CHECK_INT(program_stop(p), 0);
	CHECK_INT(check(t, folder).code, 0);
	fixture_remove(str_of(folder));
}

TEST(a_mistake_in_the_file_changes_nothing)
{
	char *folder = begin(t);
	FILE *f = fopen(str_z(t->arena, str_fmt(t->arena, "%s/college.json", folder)), "w");
	struct ran ran;

	need(f);
	need(fputs("{\"provider\": {\"name\": {\"fi\": \"X\"}}, \"campuses\": [{\"slug\": \"Satama\"}]}", f) >= 0);
	need(fclose(f) == 0);
	ran = init(t, folder);
	CHECK_INT(ran.code, 1);
	CHECK_STR(ran.out, "");
	CHECK(str_contains(ran.err, STR("college.json: nothing was changed.\n")));
	CHECK(str_contains(ran.err, STR("campuses[0].slug: only a–z, 0–9 and inner dashes, not \"Satama\"\n")));
	ran = program_run(t, "init --college %s/nothing.json --data %s/data", folder, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("nothing.json: No such file or directory")));
	fixture_remove(str_of(folder));
}

TEST(a_backup_is_taken_while_it_serves_and_put_back_when_it_does_not)
{
	char *folder = begin(t);
	struct ran first = init(t, folder), ran;
	struct program *p = program_start(t, "serve --data %s/data", folder);
	struct visitor maija = visitor_of(p);

	CHECK(visitor_signs_in(&maija, first.out, "Maija Mallikas"));
	ran = program_run(t, "backup %s/copy.db --data %s/data", folder, folder);
	CHECK_INT(ran.code, 0);
	CHECK_STR(ran.out, str_z(t->arena, str_fmt(t->arena, "%s/copy.db\n", folder)));
	visit(&maija, "/fi/admin/people");
	CHECK_INT(visitor_send(&maija, "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=uusi%40example.fi&lang=fi&role=3&campus=1").status, 303);
	CHECK_INT(program_run(t, "restore %s/copy.db --verify", folder).code, 0);
	ran = program_run(t, "restore %s/copy.db --data %s/data", folder, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("is served by a running nuotio")));
	/* Nor is it served twice. */
	ran = program_run(t, "serve --listen 127.0.0.1:0 --data %s/data", folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("is served by a running nuotio")));
	CHECK(str_contains(visit(&maija, "/fi/admin/people").body, STR("Uusi Ihminen")));
	CHECK_INT(program_stop(p), 0);

	ran = program_run(t, "restore %s/copy.db --data %s/data", folder, folder);
	CHECK_INT(ran.code, 0);
	CHECK(is_in(t, folder, "data/nuotio.db.before-restore"));
	CHECK_INT(check(t, folder).code, 0);
	p = program_start(t, "serve --data %s/data", folder);
	maija.port = p->port;
	CHECK_INT(visit(&maija, "/fi/admin/people").status, 200);
	CHECK(str_contains(maija.page, STR("Olli Opettaja")));
	CHECK(!str_contains(maija.page, STR("Uusi Ihminen")));
	CHECK_INT(program_stop(p), 0);
	/* A text is no backup. */
	ran = program_run(t, "restore %s/college.json --verify", folder);
	CHECK_INT(ran.code, 1);
	fixture_remove(str_of(folder));
}

TEST(check_finds_what_is_wrong)
{
	char *folder = begin(t);
	struct ran ran;

	CHECK_INT(init(t, folder).code, 0);
	ran = check(t, folder);
	CHECK_INT(ran.code, 0);
	CHECK(str_starts(ran.out, STR("schema: as it should be\nreferences: none leads to nothing\njournal: ")));
	by_hand(t, folder, "INSERT INTO person_role (person, role, campus, given_at)"
	    " VALUES (77, 'staff', 1, '2026-11-23T10:00:00Z')");
	ran = check(t, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.out, STR("person_role.person: rows that refer to a person that is not there: 1\n"
	    "references: broken\n")));
	by_hand(t, folder, "DELETE FROM person_role WHERE person = 77; DROP INDEX person_role_of_person");
	ran = check(t, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.out, STR("missing in the database: index person_role_of_person")));
	CHECK(str_contains(ran.out, STR("schema: differs\nreferences: none leads to nothing\n")));
	by_hand(t, folder, "CREATE INDEX person_role_of_person ON person_role (person);"
	    "UPDATE schema_version SET version = 99");
	ran = check(t, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("use a newer program")));
	fixture_remove(str_of(folder));
}

/* Each day the log says a head of the chain; whoever kept one can prove that nothing before it was changed. */
TEST(check_finds_a_journal_that_was_changed)
{
	char *folder = begin(t);
	struct ran first = init(t, folder), ran;
	struct program *p = program_start(t, "serve --data %s/data", folder);
	struct visitor maija = visitor_of(p);
	sqlite3 *h;
	char *head = NULL;
	sqlite3_stmt *s;

	CHECK(visitor_signs_in(&maija, first.out, "Maija Mallikas"));
	visit(&maija, "/fi/admin/people");
	CHECK_INT(visitor_send(&maija, "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=uusi%40example.fi&lang=fi&role=3&campus=1").status, 303);
	need(sqlite3_open(str_z(t->arena, str_fmt(t->arena, "%s/data/nuotio.db", folder)), &h) == SQLITE_OK);
	sqlite3_busy_timeout(h, 5000);
	for (int i = 0; i < 1000 && !head; i++) {
		need(sqlite3_prepare_v2(h, "SELECT s.head FROM journal_seal s JOIN journal j ON j.id = s.upto"
		    " WHERE j.event = 'people.role_given'", -1, &s, NULL) == SQLITE_OK);
		if (sqlite3_step(s) == SQLITE_ROW)
			head = str_z(t->arena, str_of((const char *)sqlite3_column_text(s, 0)));
		sqlite3_finalize(s);
		usleep(10000);
	}
	sqlite3_close(h);
	CHECK(head != NULL);
	CHECK_INT(program_stop(p), 0);
	if (!head)
		return;

	CHECK_INT(check(t, folder).code, 0);
	CHECK_INT(program_run(t, "check --data %s/data --since %s", folder, head).code, 0);
	ran = program_run(t, "check --data %s/data --since 0123abcd", folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.out, STR("journal: the head 0123abcd is not in it\n")));
	ran = program_run(t, "journal --data %s/data", folder);
	CHECK_INT(ran.code, 0);
	CHECK(str_contains(ran.out, STR("people.role_given")));
	/* Somebody makes an admin of a member of staff, in the record only. */
	by_hand(t, folder, "UPDATE journal SET becomes = 'admin' WHERE event = 'people.role_given'");
	ran = check(t, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.out, STR(" was changed after it was written\n")));
	/* And somebody takes the row away, with the seals that knew it. */
	by_hand(t, folder, "DELETE FROM journal WHERE event = 'people.role_given'; DELETE FROM journal_seal");
	CHECK_INT(check(t, folder).code, 0);
	CHECK_INT(program_run(t, "check --data %s/data --since %s", folder, head).code, 1);
	fixture_remove(str_of(folder));
}

/* While it serves, as somebody does whom a person has asked to forget. */
TEST(the_journal_is_read_and_an_entry_erased)
{
	char *folder = begin(t);
	struct program *p;
	struct ran ran;

	CHECK_INT(init(t, folder).code, 0);
	ran = program_run(t, "journal --data %s/data", folder);
	CHECK_INT(ran.code, 0);
	CHECK(str_starts(ran.out, STR("1\t20")));
	CHECK(str_contains(ran.out, STR("\tadmin.loaded\t0\t0\t0\t\tcampuses: 2\\npeople: 2\n")));
	p = program_start(t, "serve --data %s/data", folder);
	ran = program_run(t, "journal --erase 1 --data %s/data", folder);
	CHECK_INT(ran.code, 0);
	CHECK_STR(ran.out, "entry 1: erased\n");
	CHECK_INT(program_stop(p), 0);
	ran = program_run(t, "journal --data %s/data", folder);
	CHECK(str_contains(ran.out, STR("\tadmin.loaded\t0\t0\t0\t(erased)\t(erased)\n")));
	CHECK(str_contains(ran.out, STR("\tjournal.erased\t0\t0\t1\t\t\n")));
	CHECK_INT(check(t, folder).code, 0);
	ran = program_run(t, "journal --erase 1 --data %s/data", folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("there is no such entry, or it was erased before")));
	ran = program_run(t, "journal --data %s/elsewhere", folder);
	CHECK_INT(ran.code, 1);
	CHECK(!is_in(t, folder, "elsewhere"));
	fixture_remove(str_of(folder));
}

/* A wrong path is said, and nothing is made there. */
TEST(who_only_looks_makes_nothing)
{
	char *folder = begin(t);
	struct ran ran = check(t, folder);

	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("/data/nuotio.db: there is no database here\n")));
	CHECK(!is_in(t, folder, "data"));
	ran = program_run(t, "check --data %s", folder);
	CHECK_INT(ran.code, 1);
	CHECK(!is_in(t, folder, "nuotio.db") && !is_in(t, folder, "secret.key"));
	ran = program_run(t, "journal --erase 1 --data %s", folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("there is no database here")));
	ran = program_run(t, "backup %s/copy.db --data %s", folder, folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("there is no database here")));
	CHECK(!is_in(t, folder, "nuotio.db") && !is_in(t, folder, "copy.db"));
	need(fclose(fopen(str_z(t->arena, str_fmt(t->arena, "%s/nuotio.db", folder)), "w")) == 0);
	ran = program_run(t, "check --data %s", folder);
	CHECK_INT(ran.code, 1);
	CHECK(str_contains(ran.err, STR("the database is empty")));
	fixture_remove(str_of(folder));
}

/* --- the demonstration ------------------------------------------------------------------------------------ */

static bool
knows_uusi(struct program *p)
{
	struct visitor maarit = visitor_of(p);
	struct test *t = p->t;

	CHECK(visitor_signs_in(&maarit, program_out(p), "Maarit Ukonsalmi"));
	CHECK_INT(visit(&maarit, "/fi/admin/people").status, 200);
	return str_contains(maarit.page, STR("Uusi Ihminen"));
}

/* `place`: where the database is, as words of the command. */
static void
demo_on(struct test *t, const char *place)
{
	struct program *p = program_start(t, "demo %s", place);
	struct visitor aino = visitor_of(p);
	struct str lines = program_out(p);
	size_t links = 0;

	CHECK(p->port != 0);
	while (lines.n)
		links += str_contains(str_cut(&lines, '\n'), STR("/sign-in/link/"));
	CHECK(links >= 10);
	CHECK(visitor_signs_in(&aino, program_out(p), "Aino Tuohimaa"));
	CHECK_INT(visit(&aino, "/fi/me/tasks").status, 200);
	visit(&aino, "/fi/admin/people");
	CHECK_INT(visitor_send(&aino, "/fi/admin/people/invite",
	    "name=Uusi+Ihminen&email=uusi%40example.fi&lang=fi&role=3&campus=1").status, 303);
	CHECK(knows_uusi(p));
	CHECK_INT(program_stop(p), 0);
	/* A second time it goes on. */
	p = program_start(t, "demo %s", place);
	CHECK(knows_uusi(p));
	CHECK_INT(program_stop(p), 0);
	p = program_start(t, "demo --fresh %s", place);
	CHECK(!knows_uusi(p));
	CHECK_INT(program_stop(p), 0);
	CHECK_INT(program_run(t, "check %s", place).code, 0);
}

TEST(the_demonstration_goes_on_or_starts_over)
{
	char *folder = begin(t), *postgres = fixture_pg_place(t);

	demo_on(t, str_z(t->arena, str_fmt(t->arena, "--data %s/demo", folder)));
	if (postgres) {
		demo_on(t, str_z(t->arena, str_fmt(t->arena, "--data %s/demo --database %s", folder, postgres)));
		fixture_pg_drop(postgres);
	}
	fixture_remove(str_of(folder));
}

/* One looks at another day, and then at what comes by itself on the Monday after it. */
TEST(the_demonstration_takes_another_day_for_today)
{
	char *folder = begin(t);
	struct program *p = program_start(t, "demo --data %s/demo --day 2027-01-15", folder);
	struct visitor anyone = visitor_of(p);

	CHECK_INT(visit(&anyone, "/en/pohja").status, 200);
	CHECK(str_contains(anyone.page, STR("Friday 15")));
	CHECK_INT(program_stop(p), 0);
	p = program_start(t, "demo --data %s/demo --day 2027-01-18", folder);
	anyone = visitor_of(p);
	CHECK_INT(visit(&anyone, "/en/pohja").status, 200);
	CHECK(str_contains(anyone.page, STR("Monday 18")));
	CHECK_INT(program_stop(p), 0);
	fixture_remove(str_of(folder));
}

/* Whoever types the command in the wrong folder loses nothing, and gives no links away. */
TEST(the_demonstration_leaves_a_real_college_alone)
{
	char *folder = begin(t);
	struct ran ran;

	CHECK_INT(init(t, folder).code, 0);
	ran = program_run(t, "demo --fresh --data %s/data --listen 127.0.0.1:0", folder);
	CHECK_INT(ran.code, 1);
	CHECK_STR(ran.out, "");
	CHECK(str_contains(ran.err,
	    STR("nuotio.db: holds a college of its own: give the demonstration another --data")));
	CHECK_INT(check(t, folder).code, 0);
	CHECK(str_starts(init(t, folder).out, STR("coordinator\tMaija Mallikas\t")));
	fixture_remove(str_of(folder));
}
