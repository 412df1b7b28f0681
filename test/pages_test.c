/* Golden pages: each page of test/pages.txt as it was last accepted, the same bytes on both engines. And for each of
 * them, and each form of test/posts.txt: a database that fails at the k-th query answers 503 for every k, and nothing
 * is left of the attempt. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/rights.h" /* generated */
#include "core/db/fixture.h"
#include "core/http/limits.h"
#include "core/http/router.h"
#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "test/visits.h"

enum { LINE_SHOWN = 300, QUERIES_MAX = 1000, VISIT_BYTES = 256 << 20 };

#define PAGES "test/pages.txt"
#define POSTS "test/posts.txt"
#define BROKEN "test/pages/anyone_fi_503.html"
#define MATRIX "test/pages/matrix.txt"

/* test/pages/ilmari_fi_me.html; of a form with the status behind, for its address has several answers. */
static const char *
file_of(struct arena *a, const struct visit *v, struct answered page)
{
	struct out file = out_new(a);

	out_fmt(&file, "test/pages/%s", v->who ? v->who : "anyone");
	for (size_t i = 0; i < v->address.n; i++)
		out_char(&file, strchr("/?=&{} ", v->address.p[i]) ? '_' : v->address.p[i]);
	if (v->post)
		out_fmt(&file, "_%d", page.status);
	out_str(&file, page.type.n == 0 || str_starts(page.type, STR("text/html")) ? STR(".html") : STR(".txt"));
	return str_z(a, out_text(&file));
}

/* What differs without a difference: the hidden fields of forms, what is sealed, and the names of assets, which are
 * made of their content. Each begins with a mark and goes on until a sign. */
static struct str
normal(struct arena *a, struct str body)
{
	static const char *const marks[] = {"name=\"once\" value=\"", "name=\"kept\" value=\"", "/sign-in/link/",
	    "/calendar/", "\"/a/ui.", "\"/a/icon.", "\"/picture/", " tunnus "};
	struct out o = out_new(a);

	while (body.n) {
		size_t n = 1;

		for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
			if (str_starts(body, str_of(marks[k])))
				n = strlen(marks[k]);
		out_str(&o, str_sub(body, 0, n));
		body = str_sub(body, n, body.n);
		if (n == 1)
			continue;
		out_lit(&o, "…");
		while (body.n && !strchr("\".<", body.p[0]))
			body = str_sub(body, 1, body.n);
	}
	return out_text(&o);
}

/* The first line that differs, for a person to read. */
static void
tell_difference(struct test *t, const char *file, const char *address, struct str is, struct str was)
{
	for (int line = 1; is.n || was.n; line++) {
		struct str a = str_cut(&is, '\n'), b = str_cut(&was, '\n');

		if (!str_eq(a, b)) {
			a = str_sub(a, 0, LINE_SHOWN);
			b = str_sub(b, 0, LINE_SHOWN);
			test_fail(t, file, line, "%s is now\n  %.*s\nand was\n  %.*s\n(./dev pages --accept)", address,
			    STR_ARG(a), STR_ARG(b));
			return;
		}
	}
}

static void
check_file(struct test *t, const char *file, const char *address, struct str is)
{
	struct str was = file_read(t->arena, file);

	t->checks++;
	if (str_eq(is, was))
		return;
	if (getenv("NUOTIO_ACCEPT") && !t->postgres) {
		file_write(file, is);
		printf("accepted %s\n", file);
	} else {
		tell_difference(t, file, address, is, was);
	}
}

/* A file that no line of the list gives any longer would still be looked at as a page. */
static void
check_left_over(struct test *t, const char *const *file, size_t n)
{
	DIR *folder = opendir("test/pages");
	struct dirent *entry;

	need(folder);
	while ((entry = readdir(folder))) {
		const char *is = str_z(t->arena, str_fmt(t->arena, "test/pages/%s", entry->d_name));
		size_t i = 0;

		while (i < n && strcmp(file[i], is) != 0)
			i++;
		if (i == n && entry->d_name[0] != '.' && strcmp(is, BROKEN) != 0 && strcmp(is, MATRIX) != 0)
			test_fail(t, is, 0, "no line of %s gives it", PAGES);
	}
	closedir(folder);
}

static struct str
golden(struct arena *a, struct answered page)
{
	return str_fmt(a, "<!-- %d%s%.*s -->\n%.*s", page.status, page.location.n ? " " : "", STR_ARG(page.location),
	    STR_ARG(normal(a, page.body)));
}

TEST(pages_are_as_they_were_accepted)
{
	struct world *w = world(t);
	struct visit_list list = visits_read(t->arena, PAGES);
	const char **file = ARENA_ARRAY(t->arena, const char *, list.n);

	for (size_t i = 0; i < list.n; i++) {
		const struct visit *v = &list.at[i];
		struct errand e;
		struct answered page;

		world_try(w);
		e = visit_prepare(w, v, v->who);
		page = errand_run(w, e);
		file[i] = file_of(t->arena, v, page);
		check_file(t, file[i], v->place, golden(t->arena, page));
		world_undo(w);
	}
	check_left_over(t, file, list.n);
	world_end(w);
}

/* The world fails before anything is read. */
TEST(the_page_of_a_broken_database_is_as_it_was_accepted)
{
	struct world *w = world_in_memory(t);
	struct answered page;

	db_fail_at(1);
	page = world_get(w, NULL, "/fi");
	db_fail_at(0);
	check_file(t, BROKEN, "/fi", golden(t->arena, page));
	world_end(w);
}

/* --- all routes ------------------------------------------------------------------------------------------- */

/* The number of the route that answers, or of none. */
static size_t
route_of(const struct router *router, struct arena *a, const struct visit *v)
{
	struct routed found = router_find(router, a, v->post ? POST : GET, visit_path(a, v));

	for (size_t i = 0; i < router_count(router); i++)
		if (found.found == ROUTE_FOUND && router_at(router, i) == found.route)
			return i;
	return router_count(router);
}

TEST(every_route_has_a_page_or_a_form_in_the_lists)
{
	struct world *w = world_in_memory(t);
	const struct router *router = server_router(w->server);
	struct visit_list lists[] = {visits_read(t->arena, PAGES), visits_read(t->arena, POSTS)};
	bool *has = ARENA_ARRAY(t->arena, bool, router_count(router) + 1);

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k].n; i++)
			if (lists[k].at[i].post == (k == 1))
				has[route_of(router, t->arena, &lists[k].at[i])] = true;
	for (size_t i = 0; i < router_count(router); i++) {
		const struct route *route = router_at(router, i);

		t->checks++;
		if (!has[i])
			test_fail(t, route->method == GET ? PAGES : POSTS, 0, "nobody goes to %s", route->pattern);
	}
	world_end(w);
}

/* --- a database that fails ---------------------------------------------------------------------------------- */

/* The answer when the k-th query fails. False: it has fewer. */
static bool
broken_at(struct world *w, struct errand e, int64_t k, struct answered *a)
{
	limits_forget();
	db_fail_at(k);
	*a = e.fields ? world_post(w, e.who, e.address, e.fields) : world_get(w, e.who, e.address);
	return db_fail_at(0) <= 0;
}

/* Breaks the visit at every query. A page reads its database or it is not there, never half of it; a form is written or
 * not. */
static void
break_it(struct test *t, struct world *w, const struct visit *v, bool taken)
{
	struct errand e;
	struct answered whole, a;
	struct str rows;
	int64_t queries, k;

	world_try(w);
	e = visit_prepare(w, v, v->who);
	if (e.who)
		world_get(w, e.who, "/fi"); /* signs in */
	world_try(w);
	queries = db_statements_run();
	whole = errand_run(w, e);
	queries = db_statements_run() - queries;
	world_undo(w);
	if (taken && whole.status != 303)
		test_fail(t, v->place, 0, "gave %d", whole.status);
	rows = fixture_rows(w->arena, w->db);
	t->checks++;
	for (k = 1; k <= queries; k++)
		if (broken_at(w, e, k, &a) && a.status != 503)
			test_fail(t, v->place, 0, "gave %d when query %d failed", a.status, (int)k);
	if (!str_eq(fixture_rows(w->arena, w->db), rows))
		test_fail(t, v->place, 0, "left something behind when a query failed");
	/* What is only read once may be read again after a failure. */
	while (broken_at(w, e, k, &a) && k < QUERIES_MAX)
		k++;
	if (a.status != whole.status)
		test_fail(t, v->place, 0, "gave %d after its failures, and %d before", a.status, whole.status);
	if (!v->post) {
		CHECK(str_eq(normal(w->arena, whole.body), normal(w->arena, a.body)));
		if (!str_eq(fixture_rows(w->arena, w->db), rows))
			test_fail(t, v->place, 0, "is asked for, and writes");
	}
	world_undo(w);
}

/* Each in memory of its own: together they would need more than a test may have. */
static void
break_each(struct test *t, const char *lines, bool taken)
{
	struct world *w = world(t);
	struct visit_list list = visits_read(t->arena, lines);
	struct arena *of_test = w->arena;

	for (size_t i = 0; i < list.n; i++) {
		w->arena = arena_new(VISIT_BYTES);
		break_it(t, w, &list.at[i], taken);
		arena_free(w->arena);
		w->arena = of_test;
	}
	world_end(w);
}

TEST(a_page_whose_kth_query_fails_answers_503)
{
	break_each(t, PAGES, false);
}

TEST(a_form_whose_kth_query_fails_leaves_nothing)
{
	break_each(t, POSTS, true);
}

/* --- rights: every route × every role, asked for real ------------------------------------------------------- */

/* People with one role each, held at Pohja, or everywhere by those whose work is everywhere. The last two hold theirs
 * at another campus than the one that is asked for. */
static const struct {
	const char *name, *who;
	enum role role;
	int campus;
} roles[] = {
	{"anyone", NULL, 0, 0},
	{"student", "student@matrix.example", ROLE_STUDENT, 1},
	{"board", "board@matrix.example", ROLE_STUDENT_BODY, 1},
	{"staff", "staff@matrix.example", ROLE_STAFF, 1},
	{"coord.", "coordinator@matrix.example", ROLE_COORDINATOR, 0},
	{"partner", "partner@matrix.example", ROLE_PARTNER, 1},
	{"member", "member@matrix.example", ROLE_MEMBER, 1},
	{"manag.", "management@matrix.example", ROLE_MANAGEMENT, 0},
	{"admin", "admin@matrix.example", ROLE_ADMIN, 0},
	{"staff2", "staff2@matrix.example", ROLE_STAFF, 2},
	{"coord2", "coordinator2@matrix.example", ROLE_COORDINATOR, 2},
};

enum { ROLES = sizeof roles / sizeof *roles };

static void
invite_roles(struct test *t, struct world *w)
{
	for (size_t k = 1; k < ROLES; k++) {
		const char *fields = str_z(t->arena, str_fmt(t->arena, "name=%s&email=%s&lang=fi&role=%d&campus=%d",
		    roles[k].name, roles[k].who, (int)roles[k].role + 1, roles[k].campus));

		CHECK_INT(world_post(w, "maarit", "/fi/admin/people/invite", fields).status, 303);
		world_get(w, roles[k].who, "/fi"); /* signs in */
	}
}

static bool
at_pohja(const struct visit *v)
{
	return str_contains(v->address, STR("/pohja"));
}

/* For each route a visit of the lists; at Pohja, when there is one. */
static const struct visit **
visits_of_routes(struct test *t, const struct router *router)
{
	struct visit_list lists[] = {visits_read(t->arena, PAGES), visits_read(t->arena, POSTS)};
	const struct visit **visit = ARENA_ARRAY(t->arena, const struct visit *, router_count(router) + 1);

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < lists[k].n; i++) {
			const struct visit *v = &lists[k].at[i], **of = &visit[route_of(router, t->arena, v)];

			if (v->post == (k == 1) && (!*of || (!at_pohja(*of) && at_pohja(v))))
				*of = v;
		}
	return visit;
}

/* yes: the page came, or the form was taken; no: 403; in: sent to sign in; else what the handler answered. */
static const char *
in_words(struct arena *a, const struct route *route, const char *who, struct answered is)
{
	if (is.status == 403)
		return !who && route->method == POST ? "in" : "no";
	if (!who && is.status == 303 && str_starts(is.location, STR("/fi/sign-in?next=")))
		return "in";
	return is.status < 400 ? "yes" : str_z(a, str_fmt(a, "%d", is.status));
}

TEST(routes_open_to_the_roles_of_the_matrix)
{
	struct world *w = world(t);
	const struct router *router = server_router(w->server);
	const struct visit **visit = visits_of_routes(t, router);
	struct out o = out_new(t->arena);

	invite_roles(t, w);
	out_fmt(&o, "%-5s%-50s %-16s", "", "", "right");
	for (size_t k = 0; k < ROLES; k++)
		out_fmt(&o, " %s", roles[k].name);
	out_char(&o, '\n');
	for (size_t i = 0; i < router_count(router); i++) {
		const struct route *route = router_at(router, i);
		struct errand e;

		if (!visit[i])
			continue; /* told by another test */
		out_fmt(&o, "%-5s%-50s %-16s", route->method == GET ? "GET" : "POST", route->pattern,
		    route->right ? right_words[route->right] : "ANYONE");
		world_try(w);
		e = visit_prepare(w, visit[i], NULL);
		for (size_t k = 0; k < ROLES; k++) {
			struct answered is;

			world_try(w);
			e.who = roles[k].who;
			is = errand_run(w, e);
			world_undo(w);
			if (is.status >= 500)
				test_fail(t, __FILE__, __LINE__, "%s gave %d", route->pattern, is.status);
			out_fmt(&o, " %-*s", k + 1 == ROLES ? 0 : (int)strlen(roles[k].name),
			    in_words(t->arena, route, roles[k].who, is));
		}
		world_undo(w);
		out_char(&o, '\n');
	}
	check_file(t, MATRIX, "the matrix", out_text(&o));
	world_end(w);
}
