/* Golden pages: each page of test/pages.txt as it was last accepted, the same bytes on both engines. And for each of
 * them: a database that fails at the k-th query answers 503 for every k, and the page is whole afterwards. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/http/router.h"
#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "main.h"
#include "test/world.h"

enum { PAGES_MAX = 100, LINE_SHOWN = 300 };

struct golden {
	const char *who; /* NULL: nobody */
	const char *address;
	const char *file; /* test/pages/ilmari_fi_me.html */
};

static struct str
read_file(struct arena *a, const char *path)
{
	struct out o = out_new(a);
	char part[8192];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return STR("");
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		out_bytes(&o, part, n);
	fclose(f);
	return out_text(&o);
}

/* {key} in an address becomes the item's number. */
static const char *
fill(struct world *w, struct str address)
{
	size_t open = str_find(address, '{');
	struct str key = str_sub(address, open + 1, str_find(address, '}') - open - 1);
	const char *item;

	if (open == address.n)
		return str_z(w->arena, address);
	item = strrchr(world_item(w, NULL, str_z(w->arena, key)), '/') + 1;
	return str_z(w->arena, str_fmt(w->arena, "%.*s%s%.*s", (int)open, address.p, item,
	    STR_ARG(str_sub(address, open + key.n + 2, address.n))));
}

static size_t
goldens(struct world *w, struct golden *list)
{
	struct str text = read_file(w->arena, "test/pages.txt");
	size_t n = 0;

	while (text.n) {
		struct str line = str_trim(str_cut(&text, '\n')), who = str_cut(&line, ' ');
		struct out file = out_new(w->arena);

		line = str_trim(line);
		if (who.n == 0 || who.p[0] == '#')
			continue;
		need(n < PAGES_MAX);
		out_fmt(&file, "test/pages/%.*s", str_is(who, "-") ? 6 : (int)who.n, str_is(who, "-") ? "anyone" : who.p);
		for (size_t i = 0; i < line.n; i++)
			out_char(&file, strchr("/?=&{}", line.p[i]) ? '_' : line.p[i]);
		out_lit(&file, ".html");
		list[n++] = (struct golden){str_is(who, "-") ? NULL : str_z(w->arena, who), fill(w, line),
		    str_z(w->arena, out_text(&file))};
	}
	return n;
}

/* What differs without a difference: the hidden fields of forms, and the names of assets, which are made of their
 * content. Each begins with a mark and goes on until a sign. */
static struct str
normal(struct arena *a, struct str body)
{
	static const char *const marks[] = {"name=\"once\" value=\"", "\"/a/ui.", "\"/a/icon."};
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
		while (body.n && body.p[0] != '"' && body.p[0] != '.')
			body = str_sub(body, 1, body.n);
	}
	return out_text(&o);
}

/* The first line that differs, for a person to read. */
static void
tell_difference(struct test *t, const struct golden *g, struct str is, struct str was)
{
	for (int line = 1; is.n || was.n; line++) {
		struct str a = str_cut(&is, '\n'), b = str_cut(&was, '\n');

		if (!str_eq(a, b)) {
			a = str_sub(a, 0, LINE_SHOWN);
			b = str_sub(b, 0, LINE_SHOWN);
			test_fail(t, g->file, line, "%s is now\n  %.*s\nand was\n  %.*s\n(./dev pages --accept)", g->address,
			    STR_ARG(a), STR_ARG(b));
			return;
		}
	}
}

static void
check_pages(struct test *t, struct world *w)
{
	struct golden list[PAGES_MAX];
	size_t n = goldens(w, list);
	bool accept = getenv("NUOTIO_ACCEPT") != NULL;

	CHECK(n > 20);
	for (size_t i = 0; i < n; i++) {
		struct answered a = world_get(w, list[i].who, list[i].address);
		struct str is = str_fmt(t->arena, "<!-- %d -->\n%.*s", a.status, STR_ARG(normal(t->arena, a.body)));
		struct str was = read_file(t->arena, list[i].file);

		if (accept && !str_eq(is, was)) {
			FILE *f = fopen(list[i].file, "wb");

			need(f);
			fwrite(is.p, 1, is.n, f);
			fclose(f);
			printf("accepted %s\n", list[i].file);
			continue;
		}
		t->checks++;
		if (!str_eq(is, was))
			tell_difference(t, &list[i], is, was);
	}
}

TEST(pages_are_as_they_were_accepted)
{
	struct world *w = world(t);

	check_pages(t, w);
	world_end(w);
}

/* A page reads its database or it is not there: never half of it. */
TEST(a_page_whose_kth_query_fails_answers_503)
{
	struct world *w = world(t);
	struct golden list[PAGES_MAX];
	size_t n = goldens(w, list);

	for (size_t i = 0; i < n; i++) {
		struct answered whole = world_get(w, list[i].who, list[i].address);
		int64_t before = db_statements_run(), queries;

		whole = world_get(w, list[i].who, list[i].address);
		queries = db_statements_run() - before;
		for (int64_t k = 1; k <= queries; k++) {
			struct answered a;

			db_fail_at(k);
			a = world_get(w, list[i].who, list[i].address);
			db_fail_at(0);
			if (a.status != 503)
				test_fail(t, __FILE__, __LINE__, "%s, query %d of %d: %d", list[i].address, (int)k, (int)queries,
				    a.status);
		}
		CHECK(str_eq(normal(t->arena, whole.body),
		    normal(t->arena, world_get(w, list[i].who, list[i].address).body)));
	}
	world_end(w);
}

/* --- rights: every route × every role, asked for real ------------------------------------------------------- */

static const struct {
	const char *role, *who;
} roles[] = {
	{"anyone", NULL}, {"student", "mira"}, {"student_body", "joel"}, {"staff", "ilmari"},
	{"coordinator", "aino"}, {"partner", "oona"}, {"management", "tapani"}, {"admin", "maarit"},
};

/* A real address for a pattern: the campus Pohja, this year, an item of every campus. */
static const char *
real_address(struct world *w, const char *pattern)
{
	static const char *const names[][2] = {{"{lang}", "fi"}, {"{campus}", "pohja"}, {"{year}", "2026"},
	    {"{person}", "2"}, {"{token}", "nothing"}};
	const char *item = strrchr(world_item(w, NULL, "mental_week"), '/') + 1;
	struct out o = out_new(w->arena);

	while (*pattern) {
		bool found = false;

		for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
			if (strncmp(pattern, names[i][0], strlen(names[i][0])) == 0) {
				out_str(&o, str_of(names[i][1]));
				pattern += strlen(names[i][0]);
				found = true;
			}
		if (!found && strncmp(pattern, "{item}", 6) == 0) {
			out_str(&o, str_of(item));
			pattern += 6;
		} else if (!found) {
			out_char(&o, *pattern++);
		}
	}
	return str_z(w->arena, out_text(&o));
}

/* yes: the door opened (whatever the form then said); no: 403; in: sent to sign in. */
static const char *
asked(struct world *w, const struct route *route, const char *who)
{
	const char *address = real_address(w, route->pattern);
	struct answered a = route->method == GET ? world_get(w, who, address) : world_post(w, who, address, "");

	if (a.status == 403)
		return !who && route->method == POST ? "in" : "no";
	if (!who && a.status == 303 && str_starts(a.location, STR("/fi/sign-in?next=")))
		return "in";
	return a.status == 503 || a.status == 500 ? "BROKEN" : "yes";
}

TEST(routes_open_to_the_roles_of_the_matrix)
{
	struct world *w = world_in_memory(t);
	const struct router *router = server_router(w->server);
	struct out o = out_new(t->arena);
	struct str was = read_file(t->arena, "test/pages/matrix.txt");

	out_fmt(&o, "%-5s%-48s", "", "");
	for (size_t k = 0; k < sizeof roles / sizeof *roles; k++)
		out_fmt(&o, " %-12s", roles[k].role);
	out_char(&o, '\n');
	for (size_t i = 0; i < router_count(router); i++) {
		const struct route *route = router_at(router, i);

		out_fmt(&o, "%-5s%-48s", route->method == GET ? "GET" : "POST", route->pattern);
		for (size_t k = 0; k < sizeof roles / sizeof *roles; k++) {
			struct world *fresh = route->method == POST ? world_in_memory(t) : w;

			out_fmt(&o, " %-12s", asked(fresh, route, roles[k].who));
			if (fresh != w)
				world_end(fresh);
		}
		out_char(&o, '\n');
	}
	if (getenv("NUOTIO_ACCEPT")) {
		FILE *f = fopen("test/pages/matrix.txt", "wb");

		need(f);
		fwrite(o.p, 1, o.n, f);
		fclose(f);
		was = out_text(&o);
	}
	CHECK_LACKS(((struct answered){.body = out_text(&o)}), "BROKEN");
	t->checks++;
	if (!str_eq(out_text(&o), was))
		tell_difference(t, &(struct golden){NULL, "the matrix", "test/pages/matrix.txt"}, out_text(&o), was);
	world_end(w);
}
