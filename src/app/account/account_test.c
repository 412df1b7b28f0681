#include "app/account/account.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/account/account.sql.h" /* generated */
#include "app/people/people.h"
#include "app/people/people.sql.h" /* generated */
#include "core/db/db.h"
#include "core/mail/letter.h"
#include "core/mail/mail.sql.h" /* generated */
#include "core/password.h"
#include "lib/arena.h"
#include "lib/out.h"
#include "test/world.h"

/* The address of a fresh link for that person. */
static const char *
link_for(struct world *w, const char *who)
{
	return str_z(w->arena, str_fmt(w->arena, "/fi/sign-in/link/%.*s", STR_ARG(world_link(w, who))));
}

struct read_letter {
	struct world *w;
	struct str to, words;
};

/* The next mail that waits goes out. */
static void
open_letter(struct tx *tx, void *arg)
{
	struct read_letter *l = arg;
	struct out text = out_new(l->w->arena);
	struct outbox mail;

	if (!outbox_next(tx, tx->now, &mail))
		return;
	/* the demo begins with a letter that waits; it goes first */
	if (str_starts(mail.subject, STR("Maanantaikirje"))) {
		outbox_sent(tx, mail.id, tx->now);
		if (!outbox_next(tx, tx->now, &mail))
			return;
	}
	l->to = str_copy(l->w->arena, mail.recipient);
	letter_write_text(&text, mail.body);
	l->words = out_text(&text);
	outbox_sent(tx, mail.id, tx->now);
}

static struct read_letter
letter(struct test *t, struct world *w)
{
	struct read_letter l = {.w = w};
	struct db_error error;

	CHECK(db_write_now(w->db, w->arena, world_now(), open_letter, &l, &error));
	return l;
}

/* What stands in a letter behind a mark, up to the end of the line. */
static const char *
behind(struct read_letter l, const char *mark)
{
	size_t n = strlen(mark), i = 0;

	while (i + n < l.words.n && memcmp(l.words.p + i, mark, n) != 0)
		i++;
	return str_z(l.w->arena, str_cut(&(struct str){l.words.p + i + n, l.words.n - i - n}, '\n'));
}

static const char *
code_in(struct read_letter l)
{
	return behind(l, "pyysit sen: ");
}

static struct answered
send_code(struct world *w, const char *code)
{
	return world_post(w, NULL, "/fi/sign-in/code", str_z(w->arena, str_fmt(w->arena, "code=%s", code)));
}

/* Another one than that: 000000 to 999999, so many further. */
static const char *
wrong_code(struct world *w, const char *code, int by)
{
	return str_z(w->arena, str_fmt(w->arena, "%06ld", (strtol(code, NULL, 10) + by) % 1000000));
}

/* A mail scanner opens links: only the button spends one, and only once. */
TEST(ten_gets_do_not_spend_a_link)
{
	struct world *w = world(t);
	const char *link = link_for(w, "ilmari");

	for (int i = 0; i < 10; i++)
		CHECK_HOLDS(world_get(w, NULL, link), "Hei, Ilmari Kivisuvanto!");
	CHECK_INT(world_post(w, NULL, link, "").status, 303);
	CHECK_HOLDS(world_get(w, NULL, link), "Linkki on käytetty tai vanhentunut");
	CHECK_INT(world_post(w, NULL, link, "").status, 404);
	world_end(w);
}

/* --- a form that outlived its session ------------------------------------------------------------------------- */

/* The value of a hidden field. */
static struct str
hidden(struct answered page, const char *mark)
{
	for (size_t i = 0; i + strlen(mark) < page.body.n; i++)
		if (memcmp(page.body.p + i, mark, strlen(mark)) == 0) {
			struct str rest = str_sub(page.body, i + strlen(mark), page.body.n);

			return str_cut(&rest, '"');
		}
	return STR("");
}

static struct answered
enter(struct world *w, const char *who, const char *password)
{
	return world_post(w, NULL, "/fi/sign-in", str_z(w->arena, str_fmt(w->arena,
	    "email=%s%%40nuotio.example&password=%s", who, password)));
}

static const char *
answer_of(struct world *w, const char *item)
{
	return str_z(w->arena, str_fmt(w->arena, "%s/answer", item));
}

/* Reino and Kerttu have passwords, and Reino's session has ended. */
static void
end_session(struct test *t, struct world *w)
{
	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK_INT(world_post(w, "kerttu", "/fi/me/password", "password=laituri+tuuli+ranta").status, 303);
	CHECK_INT(world_post(w, "reino", "/fi/me/devices/end", "").status, 303);
}

/* Reino sends a form too late, signs in, and is led to the page with the form. */
static void
outlive(struct test *t, struct world *w, const char *item, const char *fields)
{
	struct answered page = world_post(w, "reino", answer_of(w, item), fields), in;
	struct str kept = hidden(page, "name=\"kept\" value=\"");

	CHECK_INT(page.status, 403);
	CHECK_HOLDS(page, "lomake on täytettynä");
	CHECK(kept.n > 50);
	in = enter(w, "reino", str_z(w->arena, str_fmt(w->arena, "puuro+kahvi+asema&kept=%.*s", STR_ARG(kept))));
	CHECK_INT(in.status, 303);
	CHECK_STR(in.location, item);
	world_signs_in(w, "reino", in);
}

/* The session ended in the middle of a form: sign in, and the form is still there, for the same person only. */
TEST(a_form_outlives_its_session)
{
	struct world *w = world(t);
	const char *item = world_item(w, "asema", "mental_week");
	struct answered page, in;
	struct str kept;

	end_session(t, w);
	page = world_post(w, "reino", answer_of(w, item), "state=our_way&words=Soutuvuoro&version=0");
	kept = hidden(page, "name=\"kept\" value=\"");
	in = enter(w, "kerttu", str_z(w->arena, str_fmt(w->arena, "laituri+tuuli+ranta&kept=%.*s", STR_ARG(kept))));
	CHECK_INT(in.status, 303);
	CHECK(!str_eq(in.location, str_of(item)));
	outlive(t, w, item, "state=our_way&words=Soutuvuoro&version=0");
	CHECK_HOLDS(world_get(w, "reino", item), "Soutuvuoro");
	CHECK_LACKS(world_get(w, "aino", item), "Soutuvuoro");
	/* it is read in another language too */
	CHECK_HOLDS(world_get(w, "reino", str_z(w->arena, str_fmt(w->arena, "/sv%s", item + 3))), "Soutuvuoro");
	/* and waits for an hour */
	world_pass(3599);
	CHECK_HOLDS(world_get(w, "reino", item), "Soutuvuoro");
	world_pass(1);
	CHECK_LACKS(world_get(w, "reino", item), "Soutuvuoro");
	world_end(w);
}

/* Once it was sent, the page shows what is saved, and the words of others after it. */
TEST(a_kept_form_is_settled_when_it_is_sent)
{
	struct world *w = world(t);
	const char *item = world_item(w, "asema", "mental_week");
	const char *svenska = str_z(w->arena, str_fmt(w->arena, "/sv%s", item + 3));
	struct answered page;

	end_session(t, w);
	outlive(t, w, item, "state=our_way&words=Soutuvuoro&version=0");
	/* refused, it goes on to wait */
	CHECK_INT(world_post(w, "reino", answer_of(w, item), "state=our_way&words=&version=0").status, 422);
	CHECK_HOLDS(world_get(w, "reino", item), "Soutuvuoro");
	/* sent from the page in another language, it is settled in all */
	CHECK_INT(world_post(w, "reino", answer_of(w, svenska),
	    "state=our_way&words=Soutuvuoro+ja+sauna&version=0").status, 303);
	page = world_get(w, "reino", item);
	CHECK_HOLDS(page, ">\nSoutuvuoro ja sauna</textarea>");
	CHECK_LACKS(page, ">\nSoutuvuoro</textarea>");
	CHECK_INT(world_post(w, "aino", answer_of(w, item), "state=our_way&words=Melontavuoro&version=1").status, 303);
	page = world_get(w, "reino", item);
	CHECK_HOLDS(page, ">\nMelontavuoro</textarea>");
	CHECK_INT(world_hidden(page, "version"), 2);
	world_end(w);
}

struct counting {
	size_t kept, sign_ins;
};

static void
count_rows(struct tx *tx, void *arg)
{
	struct counting *c = arg;
	struct person p;
	struct sign_in s;

	person_with_key(tx, STR("reino"), &p);
	c->kept = kept_forms_of(tx, p.id, (struct instant){1}).n;
	c->sign_ins = sign_in_by_browser(tx, STR("a-browser-of-the-test"), (struct instant){1}, &s);
}

static void
forget(struct tx *tx, void *arg)
{
	(void)arg;
	account_forget(tx);
}

TEST(what_is_over_is_forgotten)
{
	struct world *w = world(t);
	struct counting c;
	struct db_error error;

	end_session(t, w);
	outlive(t, w, world_item(w, "asema", "mental_week"), "state=our_way&words=Soutuvuoro&version=0");
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	CHECK(db_write_now(w->db, w->arena, world_now(), forget, NULL, &error));
	world_read(w, count_rows, &c);
	CHECK_INT(c.kept, 1);
	CHECK_INT(c.sign_ins, 1);
	world_pass(3601);
	CHECK(db_write_now(w->db, w->arena, world_now(), forget, NULL, &error));
	world_read(w, count_rows, &c);
	CHECK_INT(c.kept, 0);
	CHECK_INT(c.sign_ins, 0);
	world_end(w);
}

/* --- nothing tells whether an address is known --------------------------------------------------------------- */

/* Without what differs each time, and without the address that was typed. */
static struct str
normal(struct world *w, struct str body, const char *email)
{
	const char *marks[] = {"name=\"once\" value=\"", email};
	struct out o = out_new(w->arena);

	while (body.n) {
		size_t n = 1;

		for (size_t k = 0; k < 2; k++)
			if (str_starts(body, str_of(marks[k])))
				n = strlen(marks[k]);
		out_str(&o, n > 1 ? STR("…") : str_sub(body, 0, 1));
		body = str_sub(body, n, body.n);
		while (n > 1 && body.n && body.p[0] != '"')
			body = str_sub(body, 1, body.n);
	}
	return out_text(&o);
}

struct attempt {
	const char *email;
	struct answered answer;
	int64_t runs; /* how often the costly function ran meanwhile */
};

static void
check_alike(struct test *t, struct world *w, const char *what, struct attempt a, struct attempt b)
{
	struct answered x = a.answer, y = b.answer;

	t->checks++;
	if (x.status != y.status || !str_eq(x.type, y.type) || !str_eq(x.location, y.location) ||
	    !str_eq(x.cookies, y.cookies) || x.private_only != y.private_only || x.no_store != y.no_store ||
	    !str_eq(normal(w, x.body, a.email), normal(w, y.body, b.email)) || a.runs != b.runs)
		test_fail(t, __FILE__, __LINE__, "%s tells %s from %s: %d, %d", what, a.email, b.email, x.status,
		    y.status);
}

enum { ALIKE_STEPS_MAX = 32 };

/* All that someone outside can try with an address. */
static size_t
try_everything(struct world *w, const char *email, const char *password, struct attempt *steps)
{
	const char *mail = str_z(w->arena, str_fmt(w->arena, "email=%s", email));
	const char *enter = str_z(w->arena, str_fmt(w->arena, "email=%s&password=%s&own=1", email, password));
	size_t n = 0;

	w->browser = str_z(w->arena, str_sub(str_of(email), 0, str_find(str_of(email), '@')));
	steps[n++].answer = world_post(w, NULL, "/fi/sign-in/mail?next=/fi/me", mail);
	steps[n++].answer = world_get(w, NULL, "/fi/sign-in/code?next=/fi/me");
	for (int i = 0; i < 7; i++)
		steps[n++].answer = send_code(w, "000000");
	for (int i = 0; i < 6; i++)
		steps[n++].answer = world_post(w, NULL, "/fi/sign-in/mail", mail);
	steps[n++].answer = send_code(w, "000000");
	for (int i = 0; i < 6; i++) {
		int64_t before = password_figures().runs;

		steps[n].answer = world_post(w, NULL, "/fi/sign-in", enter);
		steps[n++].runs = password_figures().runs - before;
	}
	world_pass(ACCOUNT_LINK_MINUTES * 60);
	steps[n++].answer = send_code(w, "000000");
	world_pass(-ACCOUNT_LINK_MINUTES * 60);
	for (size_t i = 0; i < n; i++)
		steps[i].email = email;
	return n;
}

static void
end_kerttu(struct tx *tx, void *arg)
{
	struct person p;

	(void)arg;
	person_with_key(tx, STR("kerttu"), &p);
	person_end(tx, p.id, tx->now);
}

/* Known with a password and without one, not known, and one who has left and types the right password. */
TEST(nothing_tells_whether_an_address_is_known)
{
	struct world *w = world(t);
	static const char *const people[][2] = {
		{"reino@nuotio.example", "vaara+salasana"},
		{"ilmari@nuotio.example", "vaara+salasana"},
		{"kukaan@nuotio.example", "vaara+salasana"},
		{"kerttu@nuotio.example", "laituri+tuuli+ranta"},
	};
	struct attempt first[ALIKE_STEPS_MAX] = {0};
	struct db_error error;
	size_t n;

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK_INT(world_post(w, "kerttu", "/fi/me/password", "password=laituri+tuuli+ranta").status, 303);
	CHECK(db_write_now(w->db, w->arena, world_now(), end_kerttu, NULL, &error));
	n = try_everything(w, people[0][0], people[0][1], first);
	CHECK_INT(first[0].answer.status, 303);
	CHECK_HOLDS(first[2].answer, "Koodi ei täsmää");
	CHECK_HOLDS(first[8].answer, "Viisi yritystä on käytetty");
	CHECK_INT(first[12].answer.status, 303);
	CHECK_HOLDS(first[13].answer, "Yrityksiä oli monta peräkkäin. Odota 5 minuuttia");
	CHECK_HOLDS(first[16].answer, "Osoite tai salasana ei täsmää");
	CHECK_INT(first[16].runs, 1);
	CHECK_HOLDS(first[21].answer, "Yrityksiä oli monta peräkkäin. Odota minuutti");
	CHECK_INT(first[21].runs, 0);
	CHECK_HOLDS(first[22].answer, "ei ole voimassa olevaa koodia");
	for (size_t i = 1; i < sizeof people / sizeof *people; i++) {
		struct attempt next[ALIKE_STEPS_MAX] = {0};
		char what[20];

		CHECK_INT(try_everything(w, people[i][0], people[i][1], next), n);
		for (size_t k = 0; k < n; k++) {
			snprintf(what, sizeof what, "step %zu", k);
			check_alike(t, w, what, first[k], next[k]);
		}
	}
	world_end(w);
}

TEST(only_people_who_are_here_get_mail)
{
	struct world *w = world(t);
	struct db_error error;

	CHECK(db_write_now(w->db, w->arena, world_now(), end_kerttu, NULL, &error));
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=kerttu%40nuotio.example").status, 303);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=kukaan%40nuotio.example").status, 303);
	CHECK_INT(letter(t, w).to.n, 0);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=Ilmari%40Nuotio.example").status, 303);
	CHECK_STR(letter(t, w).to, "ilmari@nuotio.example");
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ei-osoite").status, 422);
	world_end(w);
}

/* --- codes ------------------------------------------------------------------------------------------------- */

TEST(five_wrong_codes_and_the_right_one_is_refused)
{
	struct world *w = world(t);
	struct read_letter l;

	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	l = letter(t, w);
	for (int i = 1; i <= 5; i++) {
		struct answered a = send_code(w, wrong_code(w, code_in(l), i));

		CHECK_INT(a.status, 422);
		if (i < 5)
			CHECK_HOLDS(a, "Koodi ei täsmää");
		else
			CHECK_HOLDS(a, "Viisi yritystä on käytetty, eikä koodi enää kelpaa. Pyydä uusi.");
	}
	CHECK_INT(send_code(w, code_in(l)).status, 422);
	CHECK_HOLDS(send_code(w, code_in(l)), "Viisi yritystä on käytetty");
	/* a new mail has tries of its own */
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	l = letter(t, w);
	for (int i = 1; i <= 4; i++)
		CHECK_INT(send_code(w, wrong_code(w, code_in(l), i)).status, 422);
	CHECK_INT(send_code(w, code_in(l)).status, 303);
	world_end(w);
}

TEST(a_code_is_for_the_browser_that_asked)
{
	struct world *w = world(t);
	struct read_letter l;

	w->browser = "the-browser-that-asked";
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	l = letter(t, w);
	w->browser = "another-browser";
	/* not even a try: another browser must not use them up */
	for (int i = 0; i < 6; i++)
		CHECK_HOLDS(send_code(w, code_in(l)), "Tälle selaimelle ei ole voimassa olevaa koodia");
	w->browser = "the-browser-that-asked";
	CHECK_INT(send_code(w, code_in(l)).status, 303);
	CHECK_HOLDS(send_code(w, code_in(l)), "Tälle selaimelle ei ole voimassa olevaa koodia");
	world_end(w);
}

TEST(a_mail_is_good_for_half_an_hour)
{
	struct world *w = world(t);
	struct read_letter l;
	const char *link;

	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	l = letter(t, w);
	link = str_z(w->arena, str_fmt(w->arena, "/fi/sign-in/link/%s", behind(l, "/fi/sign-in/link/")));
	world_pass(30 * 60 - 1);
	CHECK_HOLDS(world_get(w, NULL, link), "Hei, Ilmari Kivisuvanto!");
	world_pass(1);
	CHECK_HOLDS(world_get(w, NULL, link), "Linkki on käytetty tai vanhentunut");
	CHECK_INT(world_post(w, NULL, link, "").status, 404);
	CHECK_HOLDS(send_code(w, code_in(l)), "Tälle selaimelle ei ole voimassa olevaa koodia");
	world_end(w);
}

/* The code that came with a link is spent with it, and the other way round. */
TEST(a_mail_lets_in_once)
{
	struct world *w = world(t);
	struct read_letter l;
	const char *link;

	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	l = letter(t, w);
	link = str_z(w->arena, str_fmt(w->arena, "/fi/sign-in/link/%s", behind(l, "/fi/sign-in/link/")));
	CHECK_INT(send_code(w, code_in(l)).status, 303);
	CHECK_INT(world_post(w, NULL, link, "").status, 404);
	world_end(w);
}

/* A link that was made before its person left lets nobody in. */
TEST(a_link_of_someone_who_left_is_gone)
{
	struct world *w = world(t);
	const char *link = link_for(w, "kerttu");
	struct db_error error;

	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=kerttu%40nuotio.example").status, 303);
	CHECK(db_write_now(w->db, w->arena, world_now(), end_kerttu, NULL, &error));
	CHECK_HOLDS(world_get(w, NULL, link), "Linkki on käytetty tai vanhentunut");
	CHECK_INT(world_post(w, NULL, link, "").status, 404);
	CHECK_INT(send_code(w, code_in(letter(t, w))).status, 422);
	world_end(w);
}

/* --- slowed down ---------------------------------------------------------------------------------------------- */

TEST(an_account_is_slowed_down_after_failures)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	/* from wherever they come */
	for (int i = 0; i < 5; i++) {
		w->network = str_z(w->arena, str_fmt(w->arena, "192.0.%d.0/24", i));
		CHECK_HOLDS(enter(w, "reino", "vaara"), "Osoite tai salasana ei täsmää");
	}
	CHECK_HOLDS(enter(w, "reino", "puuro+kahvi+asema"), "Odota minuutti ja yritä uudelleen");
	CHECK_HOLDS(enter(w, "REINO", "puuro+kahvi+asema"), "Odota minuutti ja yritä uudelleen");
	CHECK_HOLDS(enter(w, "ilmari", "vaara"), "Osoite tai salasana ei täsmää");
	world_pass(60);
	CHECK_INT(enter(w, "reino", "puuro+kahvi+asema").status, 303);
	world_end(w);
}

/* A letter is no failure, but its reader has enough of them after a few. */
TEST(nobody_is_flooded_with_letters)
{
	struct world *w = world(t);

	for (int i = 0; i < 5; i++)
		CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 422);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=aino%40nuotio.example").status, 303);
	for (int i = 0; i < 6; i++)
		CHECK(letter(t, w).to.n > 0);
	CHECK_INT(letter(t, w).to.n, 0);
	world_pass(5 * 60);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	/* who comes in begins anew */
	CHECK_INT(send_code(w, code_in(letter(t, w))).status, 303);
	for (int i = 0; i < 5; i++)
		CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example").status, 303);
	world_end(w);
}

TEST(a_network_is_slowed_down_after_failures)
{
	struct world *w = world(t);

	w->network = "192.0.2.0/24";
	for (int i = 0; i < 30; i++)
		CHECK_INT(send_code(w, "123456").status, 422);
	CHECK_HOLDS(send_code(w, "123456"), "Odota minuutti ja yritä uudelleen");
	CHECK_HOLDS(enter(w, "ilmari", "vaara"), "Odota minuutti ja yritä uudelleen");
	CHECK_HOLDS(world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example"), "Odota minuutti");
	w->network = "198.51.100.0/24";
	CHECK_HOLDS(enter(w, "ilmari", "vaara"), "Osoite tai salasana ei täsmää");
	w->network = "192.0.2.0/24";
	world_pass(60);
	CHECK_HOLDS(enter(w, "ilmari", "vaara"), "Osoite tai salasana ei täsmää");
	world_end(w);
}

/* A whole staff room may come in at eight, and someone all day long. */
TEST(coming_in_is_no_failure)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	w->network = "192.0.2.0/24";
	for (int i = 0; i < 32; i++)
		CHECK_INT(enter(w, "reino", "puuro+kahvi+asema").status, 303);
	for (int i = 0; i < 30; i++)
		CHECK_HOLDS(send_code(w, "123456"), "Tälle selaimelle ei ole");
	world_end(w);
}

/* --- devices --------------------------------------------------------------------------------------------------- */

TEST(an_own_device_stays_signed_in_for_thirty_days)
{
	struct world *w = world(t);
	const char *link = link_for(w, "ilmari");
	struct answered in;

	CHECK_HOLDS(world_get(w, NULL, link), "Tämä on oma laitteeni");
	CHECK_LACKS(world_get(w, NULL, link), "checked");
	in = world_post(w, NULL, link, "own=1");
	CHECK(str_contains(in.cookies, STR("Max-Age=3196800")));
	world_signs_in(w, "ilmari", in);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "Oma laite");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "voimassa 23.12.2026 klo 12.00 asti");
	world_pass(30 * 86400 - 1);
	CHECK_STATUS(w, "ilmari", "/fi/me", 200);
	world_pass(1);
	CHECK_STATUS(w, "ilmari", "/fi/me", 303);
	world_end(w);
}

/* Without the box: until the browser is closed, and the server does not wait for that. */
TEST(a_shared_device_stays_signed_in_for_half_a_day)
{
	struct world *w = world(t);
	struct answered in = world_post(w, NULL, link_for(w, "ilmari"), "");

	CHECK(str_starts(in.cookies, STR("session=")));
	CHECK(!str_contains(str_cut(&in.cookies, '\n'), STR("Max-Age")));
	world_signs_in(w, "ilmari", world_post(w, NULL, link_for(w, "ilmari"), ""));
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "Yhteiskäyttöinen laite");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "Olet kirjautuneena 2 laitteella");
	world_pass(12 * 3600 - 1);
	CHECK_STATUS(w, "ilmari", "/fi/me", 200);
	world_pass(1);
	CHECK_STATUS(w, "ilmari", "/fi/me", 303);
	world_end(w);
}

TEST(a_code_and_a_password_ask_whose_device_it_is)
{
	struct world *w = world(t);
	struct read_letter l;
	struct answered in;

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK(!str_contains(enter(w, "reino", "puuro+kahvi+asema").cookies, STR("; Max-Age=3196800")));
	CHECK(str_contains(enter(w, "reino", "puuro+kahvi+asema&own=1").cookies, STR("; Max-Age=3196800")));
	for (int own = 0; own < 2; own++) {
		world_post(w, NULL, "/fi/sign-in/mail", "email=ilmari%40nuotio.example");
		l = letter(t, w);
		in = send_code(w, str_z(w->arena, str_fmt(w->arena, "%s%s", code_in(l), own ? "&own=1" : "")));
		CHECK_INT(in.status, 303);
		CHECK_INT(str_contains(in.cookies, STR("; Max-Age=3196800")), own);
	}
	world_end(w);
}

/* Signing in where one is signed in leaves no session behind that nobody has the key of. */
TEST(signing_in_again_ends_the_session_that_was_here)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "Olet kirjautuneena 1 laitteella");
	world_signs_in(w, "ilmari", world_post(w, "ilmari", link_for(w, "ilmari"), "own=1"));
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "Olet kirjautuneena 1 laitteella");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/devices"), "Oma laite");
	world_end(w);
}

TEST(signing_out_everywhere_is_in_the_journal)
{
	struct world *w = world(t);
	struct answered first = world_post(w, NULL, link_for(w, "reino"), "own=1");

	CHECK_STATUS(w, "reino", "/fi/me", 200);
	CHECK_INT(world_post(w, "reino", "/fi/me/devices/end", "").status, 303);
	CHECK_STATUS(w, "reino", "/fi/me", 303);
	world_signs_in(w, "reino", first);
	CHECK_STATUS(w, "reino", "/fi/me", 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "kirjauduttiin ulos kaikilta laitteilta");
	world_end(w);
}

/* --- a password of one's own -------------------------------------------------------------------------------- */

TEST(a_new_password_ends_the_other_sessions)
{
	struct world *w = world(t);
	struct answered elsewhere = world_post(w, NULL, link_for(w, "reino"), "own=1");

	CHECK_HOLDS(world_get(w, "reino", "/fi/me/devices"), "Olet kirjautuneena 2 laitteella");
	CHECK_LACKS(world_get(w, "reino", "/fi/me/devices"), "Nykyinen salasana");
	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=short").status, 422);
	CHECK_HOLDS(world_get(w, "reino", "/fi/me/devices"), "Olet kirjautuneena 2 laitteella");
	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK_HOLDS(world_get(w, "reino", "/fi/me/devices"), "Olet kirjautuneena 1 laitteella");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "salasana asetettiin");
	world_signs_in(w, "reino", elsewhere);
	CHECK_STATUS(w, "reino", "/fi/me", 303);
	CHECK_INT(enter(w, "reino", "vaara+salasana+on").status, 422);
	world_signs_in(w, "reino", enter(w, "reino", "puuro+kahvi+asema"));
	CHECK_STATUS(w, "reino", "/fi/me", 200);
	world_end(w);
}

static void
move_addresses(struct tx *tx, void *arg)
{
	struct person reino, kerttu;

	(void)arg;
	person_with_key(tx, STR("reino"), &reino);
	person_with_key(tx, STR("kerttu"), &kerttu);
	person_email_set(tx, reino.id, STR("reino.vaskikallio@nuotio.example"));
	person_email_set(tx, kerttu.id, STR("reino@nuotio.example"));
}

/* Whoever gets an address does not get what its last owner could do with it. */
TEST(a_password_is_of_a_person_and_their_address)
{
	struct world *w = world(t);
	struct db_error error;

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	CHECK_STATUS(w, "kerttu", "/fi/me", 200);
	CHECK(db_write_now(w->db, w->arena, world_now(), move_addresses, NULL, &error));
	CHECK_INT(enter(w, "reino", "puuro+kahvi+asema").status, 422);
	CHECK_INT(world_post(w, "kerttu", "/fi/me/password", "password=laituri+tuuli+ranta").status, 303);
	CHECK_INT(enter(w, "reino", "puuro+kahvi+asema").status, 422);
	world_signs_in(w, "oona", enter(w, "reino", "laituri+tuuli+ranta"));
	CHECK_HOLDS(world_get(w, "oona", "/fi/me"), "Kerttu Hallavuo");
	world_end(w);
}

/* A machine that was left open gives nobody a password for good. */
TEST(a_password_wants_a_fresh_sign_in)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STATUS(w, "reino", "/fi/me", 200);
	world_pass(15 * 60 + 1);
	a = world_get(w, "reino", "/fi/me/devices");
	CHECK_HOLDS(a, "Kirjaudu uudelleen, niin voit asettaa salasanan");
	CHECK_HOLDS(a, "href=\"/fi/sign-in?next=/fi/me/devices\"");
	CHECK_LACKS(a, "name=\"password\"");
	a = world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Kirjaudu uudelleen");
	CHECK_INT(enter(w, "reino", "puuro+kahvi+asema").status, 422);
	world_signs_in(w, "reino", world_post(w, "reino", link_for(w, "reino"), ""));
	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	world_end(w);
}

TEST(a_new_password_wants_the_old_one)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	/* a session without a password behind it cannot change one */
	CHECK_INT(world_post(w, "kerttu", "/fi/me/password/change", "old=arvaus&password=laituri+tuuli").status, 422);
	world_pass(15 * 60 + 1);
	CHECK_HOLDS(world_get(w, "reino", "/fi/me/devices"), "Nykyinen salasana");
	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=raide+lumi+peron").status, 422);
	CHECK_INT(world_post(w, "reino", "/fi/me/password/change", "password=raide+lumi+peron").status, 422);
	a = world_post(w, "reino", "/fi/me/password/change", "old=vaara&password=raide+lumi+peron");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Nykyinen salasana ei täsmää");
	CHECK_LACKS(a, "raide");
	a = world_post(w, "reino", "/fi/me/password/change", "old=puuro+kahvi+asema&password=raide+lumi+peron");
	CHECK_INT(a.status, 303);
	CHECK_INT(enter(w, "reino", "puuro+kahvi+asema").status, 422);
	CHECK_INT(enter(w, "reino", "raide+lumi+peron").status, 303);
	/* nor is it guessed */
	for (int i = 0; i < 5; i++)
		world_post(w, "reino", "/fi/me/password/change", "old=vaara&password=raide+lumi+peron");
	a = world_post(w, "reino", "/fi/me/password/change", "old=raide+lumi+peron&password=puuro+kahvi+asema");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Odota minuutti");
	world_end(w);
}

/* --- where one comes and goes ---------------------------------------------------------------------------------- */

TEST(a_page_of_ones_own_leads_to_signing_in_and_back)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/me/tasks");

	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, STR("/fi/sign-in?next=")));
	world_end(w);
}

TEST(signing_out_ends_the_session)
{
	struct world *w = world(t);

	CHECK_STATUS(w, "reino", "/fi/me", 200);
	CHECK_INT(world_post(w, "reino", "/fi/sign-out", "").status, 303);
	CHECK_STATUS(w, "reino", "/fi/me", 303);
	world_end(w);
}

TEST(a_device_is_signed_out_from_another_one)
{
	struct world *w = world(t);
	struct answered in, page;
	int64_t id;

	CHECK_INT(world_post(w, "reino", "/fi/me/password", "password=puuro+kahvi+asema").status, 303);
	in = enter(w, "reino", "puuro+kahvi+asema");
	CHECK_INT(in.status, 303);
	page = world_get(w, "reino", "/fi/me/devices");
	CHECK_HOLDS(page, "kirjautuneena 2 laitteella");
	id = world_hidden(page, "id");
	CHECK(id != 0);
	/* nobody else's */
	CHECK_INT(world_post(w, "kerttu", "/fi/me/devices/one", str_z(w->arena, str_fmt(w->arena, "id=%lld",
	    (long long)id))).status, 404);
	CHECK_INT(world_post(w, "reino", "/fi/me/devices/one", str_z(w->arena, str_fmt(w->arena, "id=%lld",
	    (long long)id))).status, 303);
	CHECK_HOLDS(world_get(w, "reino", "/fi/me/devices"), "kirjautuneena 1 laitteella");
	CHECK_INT(world_post(w, "reino", "/fi/me/devices/one", str_z(w->arena, str_fmt(w->arena, "id=%lld",
	    (long long)id))).status, 404);
	world_signs_in(w, "reino", in);
	CHECK_INT(world_get(w, "reino", "/fi/me").status, 303);
	world_end(w);
}
