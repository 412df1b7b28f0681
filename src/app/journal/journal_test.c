#include "app/journal/journal.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"

#include "core/actor.h"
#include "core/db/db.h"
#include "core/db/fixture.h"
#include "core/db/stmt.h"

#include "main.h"
#include "test/world.h"

/* --- a database of its own, and somebody who changes it behind the program's back ------------------------- */

enum { CHANGE_ROW, EXCUSE_ROW, CHANGE_SEAL, DROP_ROW, TAMPERINGS };

/* What no statement of the program does. */
static const char *const tampering[TAMPERINGS] = {
	[CHANGE_ROW] = "UPDATE journal SET becomes = 'nothing happened' WHERE id = (SELECT min(id) FROM journal)",
	[EXCUSE_ROW] = "UPDATE journal SET becomes = 'forged', erased = TRUE WHERE id = (SELECT min(id) FROM journal)",
	[CHANGE_SEAL] = "UPDATE journal_seal SET head = '00' WHERE id = (SELECT min(id) FROM journal_seal)",
	[DROP_ROW] = "DELETE FROM journal WHERE id = (SELECT max(id) FROM journal)",
};

struct desk {
	struct test *t;
	struct db *db;
	struct db_statement hand[TAMPERINGS];
};

static const struct event answered = {"test.answered", NULL}, cancelled = {"test.cancelled", NULL};

static bool
on_place(struct test *t, const char *place, void (*run)(struct test *t, struct desk *d))
{
	struct desk *d = ARENA_NEW(t->arena, struct desk);
	const struct db_statement **all = ARENA_ARRAY(t->arena, const struct db_statement *,
	    db_statement_count + TAMPERINGS);
	struct db_options options = DB_OPTIONS(place);
	struct db_error error = {0};

	memcpy(all, db_statements, db_statement_count * sizeof *all);
	for (size_t i = 0; i < TAMPERINGS; i++) {
		d->hand[i] = (struct db_statement){.name = "tampering", .sqlite = tampering[i],
		    .postgres = tampering[i],
		    .where = __FILE__, .writes = true, .index = (uint16_t)(db_statement_count + i)};
		all[db_statement_count + i] = &d->hand[i];
	}
	options.statements = all;
	options.statement_count = db_statement_count + TAMPERINGS;
	d->t = t;
	d->db = db_open(&options, &error);
	CHECK(d->db && db_migrate(d->db, &error));
	if (d->db)
		run(t, d);
	db_close(d->db);
	return t->failures == 0;
}

/* On both engines; PostgreSQL when the run has one. */
static void
on_both(struct test *t, void (*run)(struct test *t, struct desk *d))
{
	char *place;

	program_set_up();
	if (!on_place(t, ":memory:", run) || !(place = fixture_pg_place(t)))
		return;
	if (!on_place(t, place, run))
		test_fail(t, __FILE__, __LINE__, "on PostgreSQL");
	fixture_pg_drop(place);
}

struct writing {
	struct desk *d;
	struct actor who;
	struct journal_entry entry;
	int64_t n;
	journal_id id;
	struct str text;
	struct journal_verdict verdict;
	struct journal_list list;
	bool yes;
};

static void
write_now(struct writing *w, void (*run)(struct tx *tx, void *arg))
{
	struct test *t = w->d->t;
	struct db_error error = {0};

	CHECK(db_write_now(w->d->db, t->arena, world_now(), run, w, &error));
}

static void
read_now(struct writing *w, void (*run)(struct tx *tx, void *arg))
{
	struct test *t = w->d->t;
	struct db_error error = {0};

	CHECK(db_read(w->d->db, t->arena, world_now(), run, w, &error));
}

static void
run_add(struct tx *tx, void *arg)
{
	struct writing *w = arg;

	journal_add(tx, &w->who, w->entry);
}

/* Somebody with the number 7 at the place 2. */
static void
add(struct desk *d, const struct event *event, int64_t subject, const char *was, const char *becomes)
{
	struct writing w = {.d = d, .who = {.person = 7},
	    .entry = {event, 2, subject, str_of(was), str_of(becomes)}};

	write_now(&w, run_add);
}

static void
run_seal(struct tx *tx, void *arg)
{
	struct writing *w = arg;

	w->n = journal_seal(tx);
	w->text = journal_head(tx);
}

/* The head after it. */
static struct str
seal(struct desk *d, int64_t rows)
{
	struct test *t = d->t;
	struct writing w = {.d = d};

	write_now(&w, run_seal);
	CHECK_INT(w.n, rows);
	return w.text;
}

static void
run_verify(struct tx *tx, void *arg)
{
	struct writing *w = arg;

	w->verdict = journal_verify(tx, w->text);
}

static struct journal_verdict
verify(struct desk *d, struct str since)
{
	struct writing w = {.d = d, .text = since};

	read_now(&w, run_verify);
	return w.verdict;
}

static void
run_history(struct tx *tx, void *arg)
{
	struct writing *w = arg;

	w->list = journal_history(tx, w->entry.event, w->entry.subject);
}

static struct journal_list
history(struct desk *d, const struct event *event, int64_t subject)
{
	struct writing w = {.d = d, .entry = {event, .subject = subject}};

	read_now(&w, run_history);
	return w.list;
}

static void
run_erase(struct tx *tx, void *arg)
{
	struct writing *w = arg;

	w->yes = journal_erase(tx, &w->who, w->id);
}

static bool
erase(struct desk *d, journal_id id)
{
	struct writing w = {.d = d, .id = id};

	write_now(&w, run_erase);
	return w.yes;
}

static void
run_print(struct tx *tx, void *arg)
{
	struct writing *w = arg;
	struct out lines = out_new(w->d->t->arena);

	journal_print(tx, &lines);
	w->text = out_text(&lines);
}

static struct str
print(struct desk *d)
{
	struct writing w = {.d = d};

	read_now(&w, run_print);
	return w.text;
}

static void
run_tamper(struct tx *tx, void *arg)
{
	struct writing *w = arg;

	w->yes = db_end(db_start(tx, &w->d->hand[w->n])) == 1;
}

static void
tamper(struct desk *d, int how)
{
	struct test *t = d->t;
	struct writing w = {.d = d, .n = how};

	write_now(&w, run_tamper);
	CHECK(w.yes);
}

static bool
is_whole(struct journal_verdict v)
{
	return v.broken_row.n == 0 && v.broken_seal == 0 && v.since_found;
}

/* --- what it promises -------------------------------------------------------------------------------------- */

static void
keeps_what_happened(struct test *t, struct desk *d)
{
	struct journal_list list;

	add(d, &answered, 5, "", "state: done");
	add(d, &answered, 6, "", "state: coming");
	add(d, &cancelled, 5, "", "");
	add(d, &answered, 5, "state: done", "state: our_way");
	list = history(d, &answered, 5);
	CHECK_INT(list.n, 2);
	CHECK_STR(list.at[0].becomes, "state: done");
	CHECK_STR(list.at[1].was, "state: done");
	CHECK_STR(list.at[1].becomes, "state: our_way");
	CHECK_STR(list.at[1].event, "test.answered");
	CHECK_INT(list.at[1].person, 7);
	CHECK_INT(list.at[1].place, 2);
	CHECK_INT(list.at[1].at.s, world_now().s);
}

TEST(the_journal_keeps_what_happened_and_who_did_it)
{
	on_both(t, keeps_what_happened);
}

static void
seals(struct test *t, struct desk *d)
{
	struct str first, second;
	struct journal_verdict v;

	CHECK(is_whole(verify(d, STR(""))));
	CHECK_STR(seal(d, 0), "");
	add(d, &answered, 5, "", "a");
	add(d, &answered, 6, "", "b");
	CHECK(is_whole(verify(d, STR("")))); /* what no seal covers yet breaks none */
	first = seal(d, 2);
	add(d, &answered, 7, "", "c");
	second = seal(d, 1);
	CHECK(first.n == 64 && !str_eq(first, second));
	CHECK_STR(seal(d, 0), str_z(t->arena, second));
	v = verify(d, STR(""));
	CHECK(is_whole(v));
	CHECK_INT(v.rows, 3);
	CHECK_INT(v.seals, 2);
	CHECK(verify(d, first).since_found && verify(d, second).since_found);
	CHECK(!verify(d, STR("0123")).since_found);
}

TEST(a_sealed_journal_verifies_and_knows_its_older_heads)
{
	on_both(t, seals);
}

static void
tell_row(struct test *t, struct desk *d)
{
	struct journal_verdict v;

	add(d, &answered, 5, "", "a");
	add(d, &answered, 6, "", "b");
	seal(d, 2);
	tamper(d, CHANGE_ROW);
	v = verify(d, STR(""));
	CHECK_INT(v.broken_row.n, history(d, &answered, 5).at[0].id.n);
	CHECK_INT(v.broken_seal, 0); /* the chain is made of digests, which were left alone */
}

TEST(a_changed_entry_is_found)
{
	on_both(t, tell_row);
}

/* Words put into an entry that is said to be erased are no better. */
static void
tell_excuse(struct test *t, struct desk *d)
{
	add(d, &answered, 5, "", "a");
	seal(d, 1);
	tamper(d, EXCUSE_ROW);
	CHECK_INT(verify(d, STR("")).broken_row.n, history(d, &answered, 5).at[0].id.n);
}

TEST(an_erased_entry_that_says_something_is_found)
{
	on_both(t, tell_excuse);
}

static void
tell_seal(struct test *t, struct desk *d)
{
	struct str head;
	struct journal_verdict v;

	add(d, &answered, 5, "", "a");
	head = seal(d, 1);
	add(d, &answered, 6, "", "b");
	seal(d, 1);
	tamper(d, CHANGE_SEAL);
	v = verify(d, head);
	CHECK_INT(v.broken_row.n, 0);
	CHECK(v.broken_seal != 0);
	CHECK(!v.since_found);
}

TEST(a_changed_seal_is_found)
{
	on_both(t, tell_seal);
}

static void
tell_gap(struct test *t, struct desk *d)
{
	struct journal_verdict v;

	add(d, &answered, 5, "", "a");
	seal(d, 1);
	add(d, &answered, 6, "", "b");
	seal(d, 1);
	tamper(d, DROP_ROW);
	v = verify(d, STR(""));
	CHECK_INT(v.rows, 1);
	CHECK(v.broken_seal != 0);
}

TEST(a_missing_entry_is_found)
{
	on_both(t, tell_gap);
}

static void
forgets(struct test *t, struct desk *d)
{
	struct str head;
	struct journal row;

	add(d, &answered, 5, "what Maija said", "what Maija says");
	add(d, &answered, 6, "", "b");
	head = seal(d, 2);
	row = history(d, &answered, 5).at[0];
	CHECK(erase(d, row.id));
	row = history(d, &answered, 5).at[0];
	CHECK(row.erased);
	CHECK_INT(row.was.n + row.becomes.n + row.salt.n, 0);
	CHECK_INT(row.person, 7);
	CHECK(is_whole(verify(d, head)));
	/* That it was erased is in the journal too, and is sealed with what comes later. */
	seal(d, 1);
	CHECK(is_whole(verify(d, head)));
	CHECK(!erase(d, row.id));
	CHECK(!erase(d, (journal_id){999}));
	CHECK_INT(verify(d, STR("")).rows, 3);
	tamper(d, CHANGE_ROW);
	CHECK_INT(verify(d, STR("")).broken_row.n, row.id.n);
}

TEST(an_erased_entry_says_nothing_and_the_chain_holds)
{
	on_both(t, forgets);
}

static void
prints(struct test *t, struct desk *d)
{
	int64_t id;

	add(d, &answered, 5, "words: a\tb\\c", "words: one\ntwo");
	add(d, &cancelled, 6, "secret", "");
	id = history(d, &cancelled, 6).at[0].id.n;
	CHECK(erase(d, (journal_id){id}));
	CHECK_STR(print(d), str_z(t->arena, str_fmt(t->arena,
	    "%lld\t2026-11-23T10:00:00Z\ttest.answered\t7\t2\t5\twords: a\\tb\\\\c\twords: one\\ntwo\n"
	    "%lld\t2026-11-23T10:00:00Z\ttest.cancelled\t7\t2\t6\t(erased)\t(erased)\n"
	    "%lld\t2026-11-23T10:00:00Z\tjournal.erased\t0\t0\t%lld\t\t\n",
	    (long long)id - 1, (long long)id, (long long)id + 1, (long long)id)));
}

TEST(the_journal_is_printed_an_entry_a_line)
{
	on_both(t, prints);
}

TEST(a_payload_is_a_line_a_field_and_leaves_out_what_is_empty)
{
	struct out o = out_new(t->arena);

	journal_line(&o, "state", STR("done"));
	journal_line(&o, "reason", STR(""));
	journal_line(&o, "words", STR("one\ntwo"));
	journal_line(&o, "starts", STR("2026-11-23"));
	journal_texts(&o, "title", (struct texts){{STR("nuotio"), STR(""), STR("campfire")}});
	CHECK_STR(out_text(&o),
	    "state: done\nwords: one\n  two\nstarts: 2026-11-23\ntitle_fi: nuotio\ntitle_en: campfire");
}
