#include "core/http/router.h"

#include <stdlib.h>
#include <string.h>

#include "core/http/server_exchange.h"
#include "lib/need.h"
#include "test/test.h"

static void
get(struct req *r)
{
	(void)r;
}

static struct outcome
post(struct req *r)
{
	return see_other(r, "/{lang}", (struct said){0});
}

static const struct route of_home[] = {
    {.method = GET, .pattern = "/{lang}", .get = get},
    {.method = GET, .pattern = "/{lang}/{campus}", .get = get},
    {0},
};

static const struct route of_wheel[] = {
    {.method = GET, .pattern = "/{lang}/{campus}/wheel/{year}", .get = get},
    {.method = GET, .pattern = "/{lang}/{campus}/wheel/list", .get = get},
    {.method = GET, .pattern = "/{lang}/wheel/{year}", .get = get},
    {.method = POST, .pattern = "/{lang}/{campus}/wheel/new", .get = get, .post = post},
    {.method = POST, .pattern = "/{lang}/{campus}/wheel/blind", .post = post},
    {.method = GET, .pattern = "/{lang}/admin/wheel/years", .get = get},
    {.method = GET, .pattern = "/favicon.ico", .get = get},
    {0},
};

static const struct route *const tables[] = {of_home, of_wheel, NULL};

static const char *
pattern(struct test *t, const struct router *router, enum method method, const char *path)
{
	struct routed routed = router_find(router, t->arena, method, str_of(path));

	return routed.found == ROUTE_FOUND ? routed.route->pattern
	    : routed.found == ROUTE_UNKNOWN ? "unknown"
	                                    : "other method";
}

#define FINDS(path, wanted) CHECK_STR(str_of(pattern(t, router, GET, path)), wanted)

TEST(literal_words_win)
{
	struct router *router = router_new(tables);

	FINDS("/fi", "/{lang}");
	FINDS("/de", "unknown");
	FINDS("/FI", "unknown");
	FINDS("/", "unknown");
	FINDS("", "unknown");
	FINDS("fi", "unknown");
	FINDS("/fi/", "unknown");
	FINDS("/fi/pohja", "/{lang}/{campus}");
	FINDS("/fi/pohja/wheel/2026", "/{lang}/{campus}/wheel/{year}");
	FINDS("/fi/pohja/wheel/list", "/{lang}/{campus}/wheel/list");
	FINDS("/fi/pohja/wheel/l%69st", "/{lang}/{campus}/wheel/list");
	FINDS("/fi/wheel/2026", "/{lang}/wheel/{year}");
	/* from the left: "admin" is no campus here */
	FINDS("/fi/admin/wheel/years", "/{lang}/admin/wheel/years");
	FINDS("/fi/admin/wheel/2026", "/{lang}/{campus}/wheel/{year}");
	FINDS("/favicon.ico", "/favicon.ico");
	FINDS("/fi/1/2/3/4/5/6/7/8/9/10/11/12/13/14", "unknown");
	/* whatever the method: the address of a form is no year, it shows the form's page */
	CHECK_STR(
	    str_of(pattern(t, router, POST, "/fi/pohja/wheel/new")), "/{lang}/{campus}/wheel/new");
	FINDS("/fi/pohja/wheel/new", "/{lang}/{campus}/wheel/new");
	FINDS("/fi/pohja/wheel/blind", "other method");
	CHECK_STR(str_of(pattern(t, router, POST, "/fi/pohja/wheel/list")), "other method");
	CHECK_STR(str_of(pattern(t, router, NO_METHOD, "/fi")), "other method");
	router_free(router);
}

TEST(parts_are_named_and_decoded)
{
	struct router *router = router_new(tables);
	struct routed routed = router_find(router, t->arena, GET, STR("/sv/p%C3%B6hja/wheel/2026"));

	CHECK_INT(routed.found, ROUTE_FOUND);
	CHECK_INT(routed.parts, 3);
	CHECK_STR(((struct str){routed.part[1].name, routed.part[1].name_n}), "campus");
	CHECK_STR(routed.part[0].value, "sv");
	CHECK_STR(routed.part[1].value, "p\xc3\xb6hja");
	CHECK_STR(routed.part[2].value, "2026");
	/* an unknown address still tells its language */
	routed = router_find(router, t->arena, GET, STR("/sv/a/b/c/d"));
	CHECK_INT(routed.found, ROUTE_UNKNOWN);
	CHECK_INT(routed.parts, 1);
	CHECK_STR(routed.part[0].value, "sv");
	router_free(router);
}

TEST(first_words_of_pages_are_reserved)
{
	struct router *router = router_new(tables);

	CHECK(router_reserves(router, STR("wheel")));
	CHECK(router_reserves(router, STR("admin")));
	CHECK(router_reserves(router, STR("favicon.ico")));
	CHECK(!router_reserves(router, STR("list")));
	CHECK(!router_reserves(router, STR("pohja")));
	CHECK(!router_reserves(router, STR("{campus}")));
	CHECK(router_reserves_slug(STR("wheel")));
	router_free(router);
	CHECK(!router_reserves_slug(STR("wheel")));
}

TEST(routes_are_listed_by_pattern)
{
	struct router *router = router_new(tables);

	CHECK_INT(router_count(router), 9);
	for (size_t i = 1; i < router_count(router); i++)
		CHECK(
		    strcmp(router_at(router, i - 1)->pattern, router_at(router, i)->pattern) <= 0);
	CHECK_STR(str_of(router_at(router, 0)->pattern), "/favicon.ico");
	for (size_t i = 0; i < router_count(router); i++) {
		struct routed routed = router_find(router, t->arena, router_at(router, i)->method,
		    str_of("/fi/pohja/wheel/2026"));
		if (routed.found == ROUTE_FOUND)
			CHECK(router_at(router, routed.index) == routed.route);
	}
	router_free(router);
}

TEST(words_of_paths_are_decoded_strictly)
{
	struct str word;

	CHECK(path_word(t->arena, STR("a%20b%2b"), &word));
	CHECK_STR(word, "a b+");
	CHECK(path_word(t->arena, STR("a+b"), &word));
	CHECK_STR(word, "a+b");
	CHECK(!path_word(t->arena, STR("%"), &word));
	CHECK(!path_word(t->arena, STR("%2"), &word));
	CHECK(!path_word(t->arena, STR("%zz"), &word));
	CHECK(!path_word(t->arena, STR("%00"), &word));
	CHECK(!path_word(t->arena, STR("%1f"), &word));
	CHECK(!path_word(t->arena, STR("%7f"), &word));
	CHECK(!path_word(t->arena, STR("%2f"), &word));
	CHECK(!path_word(t->arena, STR("%c0%af"), &word));
	CHECK(!path_word(t->arena, STR("%ed%a0%80"), &word));
}

TEST(addresses_are_made_of_the_current_path)
{
	struct req r = {.arena = t->arena, .lang = LANG_SV, .parts = 2, .part = {
	    {"campus", 6, STR("p\xc3\xb6hja")}, {"year", 4, STR("2026")}}};
	struct outcome outcome;

	CHECK_STR(path_fill(&r, "/{lang}/{campus}/wheel/{year}#item-3"),
	    "/sv/p%C3%B6hja/wheel/2026#item-3");
	CHECK_STR(path_fill(&r, "/"), "/");
	CHECK(path_has(&r, "year"));
	CHECK(!path_has(&r, "ye"));
	CHECK_INT(path_int(&r, "year"), 2026);
	outcome = see_other(&r, "/{lang}/{campus}", (struct said){0});
	CHECK_INT(outcome.verdict, VERDICT_OK);
	CHECK_STR(outcome.location, "/sv/p%C3%B6hja");
	CHECK_STR(see_address(&r, STR("/sv?a=b"), (struct said){0}).location, "/sv?a=b");
	CHECK_STR(see_address(&r, STR("https://evil.example"), (struct said){0}).location, "/sv");
	CHECK_STR(see_address(&r, STR("//evil.example"), (struct said){0}).location, "/sv");
	CHECK_STR(see_address(&r, STR(""), (struct said){0}).location, "/sv");
	outcome = refused(&r, VERDICT_TAKEN, (struct said){0});
	CHECK_INT(outcome.verdict, VERDICT_TAKEN);
	CHECK(outcome.flash.text == NULL);
}

TEST(languages_are_guessed_from_the_browser)
{
	CHECK_INT(exchange_guess_lang(STR("")), LANG_FI);
	CHECK_INT(exchange_guess_lang(STR("sv")), LANG_SV);
	CHECK_INT(exchange_guess_lang(STR("de-DE,de;q=0.9,en;q=0.8")), LANG_EN);
	CHECK_INT(exchange_guess_lang(STR("en;q=0.3, sv;q=0.30, fi;q=0.299")), LANG_EN);
	CHECK_INT(exchange_guess_lang(STR("english")), LANG_FI);
	CHECK_INT(exchange_guess_lang(STR("sv;q=0")), LANG_FI);
	CHECK_INT(exchange_guess_lang(STR("e, s, ;;;q=1,,sv-")), LANG_SV);
}
