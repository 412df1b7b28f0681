/* What the log tells of people: nothing. Every page and form of the lists is asked for, once more with a failing
 * database, and no line holds a name, an address, a session, a code, or what somebody typed. */
#include <ctype.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/people/people.h"
#include "core/db/fixture.h"
#include "core/http/limits.h"
#include "core/http/query.h"
#include "core/http/router.h"
#include "core/log.h"
#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "test/visits.h"

enum { SECRETS_MAX = 2000, SECRET_BYTES_MIN = 5, CODE_DIGITS = 6, TOKEN_BYTES_MIN = 40, FAILING_QUERY = 12 };

struct watch {
	struct test *t;
	struct world *w;
	struct str secret[SECRETS_MAX];
	size_t secrets;
	int visits;
};

static void
keep_secret(struct watch *k, struct str secret)
{
	for (size_t i = 0; i < k->secrets; i++)
		if (str_eq(k->secret[i], secret))
			return;
	need(k->secrets < SECRETS_MAX);
	k->secret[k->secrets++] = str_copy(k->t->arena, secret);
}

/* --- what may not be told --------------------------------------------------------------------------------- */

static void
keep_people(struct tx *tx, void *arg)
{
	struct watch *k = arg;
	struct person_list people = people_ever(tx);

	for (size_t i = 0; i < people.n; i++) {
		struct str name = people.at[i].name;

		keep_secret(k, people.at[i].email);
		while (name.n)
			keep_secret(k, str_cut(&name, ' '));
	}
}

/* Words and numbers that routes and the program itself have are nobody's. */
static bool
is_typed(struct watch *k, struct str value)
{
	const struct router *router = server_router(k->w->server);
	int64_t n;

	if (value.n < SECRET_BYTES_MIN || str_int(value, &n))
		return false;
	for (size_t i = 0; i < router_count(router); i++)
		if (str_contains(str_of(router_at(router, i)->pattern), value))
			return false;
	return true;
}

static void
keep_typed(struct watch *k, const char *fields)
{
	struct pairs pairs = {0};

	need(query_parse(k->t->arena, str_of(fields), &pairs));
	for (size_t i = 0; i < pairs.n; i++)
		if (is_typed(k, pairs.at[i].value))
			keep_secret(k, pairs.at[i].value);
}

/* The codes of the letters that wait: runs of six digits. */
static void
keep_codes(struct watch *k)
{
	const char *words = db_is_postgres(k->w->db) ? "SELECT string_agg(body, ' ') FROM outbox"
	    : "SELECT group_concat(body, ' ') FROM outbox";
	struct str text = fixture_ask(k->t->arena, k->w->db, words);
	size_t digits = 0;

	for (size_t i = 0; i <= text.n; i++) {
		if (i < text.n && isdigit((unsigned char)text.p[i])) {
			digits++;
			continue;
		}
		if (digits == CODE_DIGITS)
			keep_secret(k, str_sub(text, i - digits, i));
		digits = 0;
	}
}

/* --- the walk ------------------------------------------------------------------------------------------------ */

static void
go(struct watch *k, const struct visit *v)
{
	struct errand e;

	world_try(k->w);
	e = visit_prepare(k->w, v, v->who);
	keep_codes(k);
	if (e.fields)
		keep_typed(k, e.fields);
	world_get(k->w, e.who, "/fi/me"); /* signed in before the database fails */
	db_fail_at(FAILING_QUERY);
	errand_run(k->w, e);
	db_fail_at(0);
	limits_forget();
	errand_run(k->w, e);
	keep_codes(k);
	world_read(k->w, keep_people, k);
	world_undo(k->w);
	k->visits += 2;
}

/* What leads nowhere, and what is refused. */
static void
go_astray(struct watch *k)
{
	static const char *const addresses[] = {"/fi/Hallavuo", "/fi/pohja/Hallavuo/nothing?q=Hallavuo",
	    "/fi/wheel/Hallavuo", "/fi/sign-in?next=/fi/Hallavuo", "/fi/admin/people/Hallavuo", "/Hallavuo"};
	static const char *const forms[][2] = {
		{"/fi/sign-in", "email=nobody%40nuotio.example&password=Melontavuoro"},
		{"/fi/sign-in/mail", "email=not-an-address-at-all"},
		{"/fi/sign-in/code", "code=907152"},
		{"/fi/admin/people/invite", "name=Melontavuoro&email=x&lang=sv&role=3"},
		{"/fi/Hallavuo", "name=Melontavuoro"},
	};

	for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
		world_get(k->w, "aino", addresses[i]);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		world_post(k->w, "aino", forms[i][0], forms[i][1]);
		keep_typed(k, forms[i][1]);
	}
	keep_secret(k, STR("907152"));
}

static struct str
all_of(struct arena *a, int fd)
{
	struct out o = out_new(a);
	char part[8192];
	ssize_t n;

	need(lseek(fd, 0, SEEK_SET) == 0);
	while ((n = read(fd, part, sizeof part)) > 0)
		out_bytes(&o, part, (size_t)n);
	return out_text(&o);
}

/* Long enough for a session, a link or a digest. */
static bool
has_token(struct str line)
{
	size_t run = 0;

	for (size_t i = 0; i < line.n && run < TOKEN_BYTES_MIN; i++)
		run = isalnum((unsigned char)line.p[i]) || strchr("-_%", line.p[i]) ? run + 1 : 0;
	return run >= TOKEN_BYTES_MIN;
}

/* An address of ours, not the pattern of its route. */
static bool
has_address(struct str line)
{
	static const char *const begin[] = {"/fi/", "/fi ", "/sv/", "/sv ", "?"};

	for (size_t i = 0; i < sizeof begin / sizeof *begin; i++)
		if (str_contains(line, str_of(begin[i])))
			return true;
	return false;
}

static void
check_line(struct watch *k, struct str line)
{
	struct test *t = k->t;

	t->checks++;
	for (size_t i = 0; i < k->secrets; i++)
		if (str_contains(line, k->secret[i]))
			test_fail(t, __FILE__, __LINE__, "\"%.*s\" stands in the log: %.*s", STR_ARG(k->secret[i]),
			    STR_ARG(line));
	if (has_token(line) || has_address(line))
		test_fail(t, __FILE__, __LINE__, "an address or a token stands in the log: %.*s", STR_ARG(line));
}

TEST(the_log_tells_nothing_of_people)
{
	struct watch *k = ARENA_NEW(t->arena, struct watch);
	struct visit_list lists[] = {visits_read(t->arena, "test/pages.txt"), visits_read(t->arena, "test/posts.txt")};
	int fd = memfd_create("log", MFD_CLOEXEC);
	struct str log;
	int lines = 0, failed = 0;

	need(fd >= 0);
	k->t = t;
	k->w = world(t);
	log_to(fd);
	log_level_set(LEVEL_DEBUG);
	world_read(k->w, keep_people, k);
	for (size_t l = 0; l < 2; l++)
		for (size_t i = 0; i < lists[l].n; i++)
			go(k, &lists[l].at[i]);
	go_astray(k);
	world_end(k->w);
	log_flush();
	log_level_set(LEVEL_INFO);
	log = all_of(t->arena, fd);
	close(fd);
	while (log.n) {
		struct str line = str_cut(&log, '\n');

		lines++;
		failed += str_contains(line, STR(" error "));
		check_line(k, line);
	}
	/* It was a log, and it told of failures too. */
	CHECK(lines > k->visits);
	CHECK(failed > k->visits / 4);
	CHECK(k->secrets > 50);
}
