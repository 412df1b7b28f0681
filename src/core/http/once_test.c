#include "core/http/once.h"

#include "core/db/schema.h"
#include "core/db/stmt.h"
#include "core/http/http.texts.h" /* generated */
#include "core/secret.h"
#include "lib/need.h"
#include "lib/text_form.h"
#include "test/test.h"

static const unsigned char key[SECRET_BYTES] = {9};

static struct req
request(struct test *t, const char *session, const char *browser)
{
	secret_set(key);
	return (struct req){.arena = t->arena,
	    .cookies = out_new(t->arena),
	    .session = str_of(session),
	    .browser = str_of(browser),
	    .now = {1795000000}};
}

#define PATH STR("/fi/pohja/wheel/2026/24/answer")

TEST(a_hidden_field_is_for_one_session_and_one_path)
{
	struct req aino = request(t, "aino", ""), ilmari = request(t, "ilmari", ""),
		   none = request(t, "", "");
	struct str once = once_new(&aino, PATH);

	CHECK_INT(once.n, 54);
	CHECK(!str_eq(once, once_new(&aino, PATH)));
	CHECK_INT(aino.cookies.n, 0);
	CHECK(once_is_ours(&aino, once, PATH));
	CHECK(!once_is_ours(&aino, once, STR("/fi/pohja/wheel/2026/25/answer")));
	CHECK(!once_is_ours(&aino, once, STR("")));
	CHECK(!once_is_ours(&ilmari, once, PATH));
	CHECK(!once_is_ours(&none, once, PATH));
	CHECK(!once_is_ours(&aino, STR(""), PATH));
	CHECK(!once_is_ours(&aino, str_sub(once, 0, 22), PATH));
	CHECK(!once_is_ours(&aino, str_sub(once, 0, 53), PATH));
	CHECK(!once_is_ours(&aino, str_fmt(t->arena, "%.*sA", STR_ARG(once)), PATH));
	for (size_t i = 0; i < once.n; i++) {
		char *changed = str_z(t->arena, once);

		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		CHECK(!once_is_ours(&aino, str_of(changed), PATH));
	}
	/* another server's */
	secret_set((const unsigned char[SECRET_BYTES]){8});
	CHECK(!once_is_ours(&aino, once, PATH));
}

TEST(people_without_a_session_are_known_by_their_browser)
{
	struct req r = request(t, "", ""), again;
	struct str once = once_new(&r, PATH);

	CHECK(str_starts(out_text(&r.cookies), STR("browser=")));
	again = request(t, "", str_z(t->arena, r.browser));
	CHECK(once_is_ours(&again, once, PATH));
	once_new(&again, PATH);
	CHECK_INT(again.cookies.n, 0);
	/* who has signed in since is somebody else */
	again = request(t, "aino", str_z(t->arena, r.browser));
	CHECK(!once_is_ours(&again, once, PATH));
}

struct asking {
	struct test *t;
	struct req r;
	struct str once;
	struct outcome outcome;
	bool answered;
};

static void
keep(struct tx *tx, void *arg)
{
	struct asking *a = arg;

	a->r.tx = tx;
	once_keep(&a->r, a->once, &a->outcome);
}

static void
ask(struct tx *tx, void *arg)
{
	struct asking *a = arg;

	a->r.tx = tx;
	a->answered = once_answered(&a->r, a->once, &a->outcome);
}

static void
forget(struct tx *tx, void *arg)
{
	(void)arg;
	once_forget(tx);
}

static struct db *
open_db(void)
{
	struct db_error error;
	struct db *db = db_open(&DB_OPTIONS(":memory:"), &error);

	need(db && db_migrate(db, &error));
	return db;
}

TEST(the_first_answer_is_kept_for_two_days)
{
	static const struct text *const texts[] = {T_HTTP_NO_DATE};
	struct db *db = open_db();
	struct asking a = {.t = t, .r = request(t, "aino", "")}, other = a;
	struct instant now = a.r.now;

	text_table_set(texts, 1);
	a.once = once_new(&a.r, PATH);
	CHECK(db_read(db, t->arena, now, ask, &a, NULL));
	CHECK(!a.answered);
	a.outcome = (struct outcome){VERDICT_OK, STR("/fi/pohja/wheel#i24"), said(T_HTTP_NO_DATE)};
	CHECK(db_write_now(db, t->arena, now, keep, &a, NULL));
	a.outcome = (struct outcome){0};
	CHECK(db_read(db, t->arena, now, ask, &a, NULL));
	CHECK(a.answered);
	CHECK_STR(a.outcome.location, "/fi/pohja/wheel#i24");
	CHECK(a.outcome.flash.text == T_HTTP_NO_DATE);
	/* another form of the same page */
	other.once = once_new(&other.r, PATH);
	CHECK(db_read(db, t->arena, now, ask, &other, NULL));
	CHECK(!other.answered);
	other.outcome = (struct outcome){VERDICT_OK, STR("/fi"), {0}};
	CHECK(db_write_now(db, t->arena, (struct instant){now.s}, keep, &other, NULL));
	other.outcome.flash = said(T_HTTP_NO_DATE);
	CHECK(db_read(db, t->arena, now, ask, &other, NULL));
	CHECK(other.answered && other.outcome.flash.text == NULL);
	/* the same once again is a bug that the schema stops */
	CHECK(!db_write_now(db, t->arena, now, keep, &a, NULL));
	CHECK(db_write_now(db, t->arena, (struct instant){now.s + 2 * 86400}, forget, NULL, NULL));
	CHECK(db_read(db, t->arena, now, ask, &a, NULL));
	CHECK(a.answered);
	CHECK(db_write_now(
	    db, t->arena, (struct instant){now.s + 2 * 86400 + 1}, forget, NULL, NULL));
	CHECK(db_read(db, t->arena, now, ask, &a, NULL));
	CHECK(!a.answered);
	db_close(db);
}
