/* The server over real sockets: pages, languages, rights, connections. */
#include "core/http/server.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/db/fixture.h"
#include "core/http/assets.h"
#include "core/http/server_ask.h"
#include "core/http/server_fixture.h"
#include "lib/need.h"

#define HOST "Host: localhost\r\n"
#define GET_(address) "GET " address " HTTP/1.1\r\n" HOST "\r\n"
#define GET_WITH(address, headers) "GET " address " HTTP/1.1\r\n" HOST headers "\r\n"

static int
status_of(struct house *house, const char *bytes)
{
	return ask_once(house, bytes).status;
}

TEST(a_page_comes_over_http)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	reply = ask_once(house, GET_("/fi"));
	CHECK_INT(reply.status, 200);
	CHECK_STR(reply.body, "<h1>front fi 0</h1>");
	CHECK_STR(header_of(&reply, "Content-Type"), "text/html; charset=utf-8");
	CHECK_STR(header_of(&reply, "Cache-Control"), "public, max-age=60");
	CHECK_STR(header_of(&reply, "Vary"), "Cookie");
	reply = ask_once(house, GET_("/sv?a=b"));
	CHECK_STR(reply.body, "<h1>front sv 0</h1>");
	house_end(house);
}

/* Every answer that is ours, also errors, redirects and files. */
static void
has_security_headers(struct test *t, struct house *house, const char *bytes)
{
	struct reply reply = ask_once(house, bytes);
	struct str policy = header_of(&reply, "Content-Security-Policy");

	CHECK(reply.status != 0);
	CHECK(str_starts(policy, STR("default-src 'none'; script-src 'self'")));
	CHECK(str_contains(policy, STR("frame-ancestors 'none'")));
	CHECK(str_contains(policy, STR("base-uri 'none'")));
	CHECK(str_contains(policy, STR("form-action 'self'")));
	CHECK(str_contains(policy, STR("require-trusted-types-for 'script'")));
	CHECK(!str_contains(policy, STR("report-uri")));
	CHECK(!str_contains(policy, STR("unsafe")));
	CHECK_STR(header_of(&reply, "X-Content-Type-Options"), "nosniff");
	CHECK_STR(header_of(&reply, "Referrer-Policy"), "same-origin");
	CHECK_STR(header_of(&reply, "Cross-Origin-Resource-Policy"), "same-origin");
	CHECK(header_of(&reply, "Cache-Control").n > 0);
	if (str_starts(header_of(&reply, "Content-Type"), STR("text/html"))) {
		CHECK_STR(header_of(&reply, "Cross-Origin-Opener-Policy"), "same-origin");
		CHECK(header_of(&reply, "Permissions-Policy").n > 0);
	}
}

TEST(every_answer_has_the_security_headers)
{
	struct house *house = house_new(t);

	house_quiet();
	house_serve(house);
	has_security_headers(t, house, GET_("/fi"));
	has_security_headers(t, house, GET_("/"));
	has_security_headers(t, house, GET_("/fi/file"));
	has_security_headers(t, house, GET_("/fi/no/such/page"));
	has_security_headers(t, house, GET_("/fi/staff"));
	has_security_headers(t, house, GET_("/fi/full"));
	has_security_headers(t, house, GET_("/a/none.css"));
	has_security_headers(t, house, "PUT /fi HTTP/1.1\r\n" HOST "\r\n");
	has_security_headers(t, house, GET_("http://elsewhere/"));
	house_end(house);
}

TEST(the_root_goes_to_the_readers_language)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	reply = ask_once(house, GET_("/"));
	CHECK_INT(reply.status, 303);
	CHECK_STR(header_of(&reply, "Location"), "/fi");
	reply = ask_once(house, GET_WITH("/", "Accept-Language: de, sv-FI;q=0.8, en;q=0.5\r\n"));
	CHECK_STR(header_of(&reply, "Location"), "/sv");
	reply = ask_once(house, GET_WITH("/", "Accept-Language: EN-gb, fi;q=0.9\r\n"));
	CHECK_STR(header_of(&reply, "Location"), "/en");
	reply = ask_once(house, GET_WITH("/", "Accept-Language: fi;q=0.1, sv;q=0.75, en;q=0\r\n"));
	CHECK_STR(header_of(&reply, "Location"), "/sv");
	reply = ask_once(house, GET_WITH("/", "Accept-Language: ;;,,q=,*\r\n"));
	CHECK_STR(header_of(&reply, "Location"), "/fi");
	house_end(house);
}

TEST(what_is_not_there_is_said)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	reply = ask_once(house, GET_("/sv/no/such/page"));
	CHECK_INT(reply.status, 404);
	CHECK_STR(reply.body, "<h1>error 404 in sv</h1>");
	CHECK_INT(status_of(house, GET_("/de")), 404);
	CHECK_INT(status_of(house, GET_("/de/item/1")), 404);
	CHECK_INT(status_of(house, GET_("/fi//item")), 404);
	CHECK_INT(status_of(house, GET_("/fi/word/a%2Fb")), 404);
	CHECK_INT(status_of(house, GET_("/fi/word/a%0Ab")), 404);
	CHECK_INT(status_of(house, GET_("/fi/word/%ff")), 404);
	CHECK_INT(status_of(house, GET_("/fi/word/%4")), 404);
	CHECK_INT(status_of(house, GET_("/fi/word/..")), 404);
	CHECK_INT(status_of(house, GET_("/fi/word/%2e%2e")), 404);
	CHECK_STR(ask_once(house, GET_("/fi/word/%C3%A4%20b")).body, "word \xc3\xa4 b");
	/* a slash too many */
	reply = ask_once(house, GET_("/fi/item/3/?a=b"));
	CHECK_INT(reply.status, 301);
	CHECK_STR(header_of(&reply, "Location"), "/fi/item/3?a=b");
	CHECK_INT(status_of(house, GET_("/fi/none/of/these/")), 404);
	CHECK_INT(status_of(house, GET_("//evil.example/")), 404);
	/* another method */
	reply = ask_once(house, "DELETE /fi/item/3 HTTP/1.1\r\n" HOST "\r\n");
	CHECK_INT(reply.status, 405);
	CHECK_STR(header_of(&reply, "Allow"), "GET, HEAD");
	reply = ask_once(house, GET_("/fi/blind"));
	CHECK_INT(reply.status, 405);
	CHECK_STR(header_of(&reply, "Allow"), "POST");
	CHECK_STR(reply.body, "<h1>error 405 in fi</h1>");
	house_end(house);
}

TEST(handlers_leave_for_other_answers)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	CHECK_STR(ask_once(house, GET_("/fi/item/5")).body, "item 5");
	CHECK_INT(status_of(house, GET_("/fi/item/0")), 404);
	CHECK_INT(status_of(house, GET_("/fi/item/-5")), 404);
	CHECK_INT(status_of(house, GET_("/fi/item/05")), 404);
	CHECK_INT(status_of(house, GET_("/fi/item/x")), 404);
	CHECK_INT(status_of(house, GET_("/fi/item/99999999999999999999")), 404);
	CHECK_INT(status_of(house, GET_("/fi/item/404")), 404);
	CHECK_INT(status_of(house, GET_("/fi/item/403")), 403);
	reply = ask_once(house, GET_("/fi/item/303"));
	CHECK_INT(reply.status, 303);
	CHECK_STR(header_of(&reply, "Location"), "/fi/item/1");
	/* an address that is not ours becomes the front page */
	reply = ask_once(house, GET_("/sv/item/301"));
	CHECK_INT(reply.status, 301);
	CHECK_STR(header_of(&reply, "Location"), "/sv");
	house_end(house);
}

TEST(rights_are_asked_at_the_door)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	reply = ask_once(house, GET_("/en/staff?a=b&c"));
	CHECK_INT(reply.status, 303);
	CHECK_STR(header_of(&reply, "Location"), "/en/sign-in?next=/en/staff%3Fa%3Db%26c");
	reply = ask_once(house, GET_WITH("/en/staff", "Cookie: " AINO "\r\n"));
	CHECK_INT(reply.status, 200);
	CHECK_STR(header_of(&reply, "Cache-Control"), "private, no-store");
	CHECK_INT(status_of(house, GET_WITH("/en/staff", "Cookie: " ILMARI "\r\n")), 403);
	/* the right of a path with a campus is asked of that campus */
	CHECK_INT(status_of(house, GET_("/fi/pohja/desk")), 303);
	CHECK_INT(status_of(house, GET_WITH("/fi/pohja/desk", "Cookie: " ILMARI "\r\n")), 200);
	CHECK_INT(status_of(house, GET_WITH("/fi/ranta/desk", "Cookie: " ILMARI "\r\n")), 403);
	CHECK_INT(status_of(house, GET_WITH("/fi/ranta/desk", "Cookie: " AINO "\r\n")), 200);
	/* without one it must be held somewhere */
	CHECK_INT(status_of(house, GET_WITH("/fi/desks", "Cookie: " ILMARI "\r\n")), 200);
	house_end(house);
}

TEST(campuses_are_found_and_move)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	CHECK_STR(ask_once(house, GET_("/fi/ranta")).body, "campus 8");
	CHECK_INT(status_of(house, GET_("/fi/nowhere")), 404);
	reply = ask_once(house, GET_("/fi/old?x=1"));
	CHECK_INT(reply.status, 301);
	CHECK_STR(header_of(&reply, "Location"), "/fi/pohja?x=1");
	CHECK(router_reserves(server_router(house->server), STR("slow")));
	CHECK(router_reserves_slug(STR("slow")));
	CHECK(!router_reserves_slug(STR("pohja")));
	house_end(house);
}

TEST(connections_are_kept_and_pipelined)
{
	struct house *house = house_new(t);
	struct reply reply;
	int fd;

	house_serve(house);
	fd = dial(house);
	for (int i = 0; i < 50; i++) {
		say(fd, GET_("/fi/item/7"));
		CHECK_STR(hear(t, fd, 3000).body, "item 7");
	}
	say(fd, GET_("/fi/item/1") GET_("/fi/slow") GET_("/") GET_("/fi/item/2"));
	CHECK_STR(hear(t, fd, 3000).body, "item 1");
	CHECK_STR(hear(t, fd, 3000).body, "slow");
	CHECK_INT(hear(t, fd, 3000).status, 303);
	CHECK_STR(hear(t, fd, 3000).body, "item 2");
	/* an end that the client asks for */
	say(fd, GET_WITH("/fi/item/3", "Connection: close\r\n"));
	reply = hear(t, fd, 3000);
	CHECK_STR(reply.body, "item 3");
	CHECK(reply.closed && hung_up(fd, 3000));
	close(fd);
	house_end(house);
}

TEST(a_head_has_no_body)
{
	struct house *house = house_new(t);
	struct reply reply;
	int fd;

	house_serve(house);
	fd = dial(house);
	say(fd, "HEAD /fi/item/7 HTTP/1.1\r\n" HOST "\r\n" GET_("/fi/item/8"));
	reply = hear_head(t, fd, 3000);
	CHECK_INT(reply.status, 200);
	CHECK_STR(header_of(&reply, "Content-Length"), "6");
	CHECK_STR(hear(t, fd, 3000).body, "item 8");
	close(fd);
	house_end(house);
}

TEST(assets_are_compressed_and_cached)
{
	struct house *house = house_new(t);
	struct reply reply;
	const struct asset *asset = &assets[0];
	char ask[600];

	CHECK(assets_count > 0);
	if (assets_count == 0)
		return;
	house_serve(house);
	snprintf(ask, sizeof ask, GET_("%s"), asset->path);
	reply = ask_once(house, ask);
	CHECK_INT(reply.status, 200);
	CHECK(str_eq(reply.body, asset->plain));
	CHECK_STR(header_of(&reply, "ETag"), asset->etag);
	CHECK_STR(header_of(&reply, "Content-Type"), asset->type);
	CHECK_STR(header_of(&reply, "Cache-Control"), "public, max-age=31536000, immutable");
	CHECK_STR(header_of(&reply, "Vary"), "Accept-Encoding");
	snprintf(
	    ask, sizeof ask, GET_WITH("%s", "Accept-Encoding: gzip, deflate, br\r\n"), asset->path);
	reply = ask_once(house, ask);
	CHECK(str_eq(reply.body, asset->br.n ? asset->br : asset->plain));
	snprintf(ask, sizeof ask, GET_WITH("%s", "Accept-Encoding: br;q=0, gzip;q=0.5\r\n"),
	    asset->path);
	reply = ask_once(house, ask);
	CHECK(str_eq(reply.body, asset->gz.n ? asset->gz : asset->plain));
	snprintf(ask, sizeof ask, GET_WITH("%s", "If-None-Match: \"x\", W/%s\r\n"), asset->path,
	    asset->etag);
	reply = ask_once(house, ask);
	CHECK_INT(reply.status, 304);
	CHECK_INT(reply.body.n, 0);
	CHECK_INT(status_of(house, GET_("/a/none.css")), 404);
	house_end(house);
}

TEST(a_download_has_a_name)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	reply = ask_once(house, GET_("/fi/file"));
	CHECK_STR(header_of(&reply, "Content-Type"), "text/csv; charset=utf-8");
	CHECK_STR(header_of(&reply, "Content-Disposition"),
	    "attachment; filename=\"vuosi_kello___.csv\"; "
	    "filename*=UTF-8''vuosi%20kello%20%C3%A4.csv");
	house_end(house);
}

TEST(a_page_may_not_fill_the_memory)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_quiet();
	house_serve(house);
	for (int i = 0; i < 3; i++) {
		reply = ask_once(house, GET_("/sv/full"));
		CHECK_INT(reply.status, 503);
		CHECK(str_contains(reply.body, STR("lang=\"sv\"")));
		CHECK(header_of(&reply, "Retry-After").n > 0);
	}
	reply = ask_once(house, GET_("/fi/large"));
	CHECK_INT(reply.status, 200);
	CHECK_INT(reply.body.n, 800000);
	house_end(house);
}

TEST(a_screen_that_nobody_touches_asks_again_whatever_it_was_answered)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_quiet();
	house_serve(house);
	reply = ask_once(house, GET_("/en/screen"));
	CHECK_INT(reply.status, 200);
	CHECK_STR(header_of(&reply, "Refresh"), "60");
	db_fail_at(1);
	reply = ask_once(house, GET_("/fi/screen"));
	db_fail_at(0);
	CHECK_INT(reply.status, 503);
	CHECK_STR(header_of(&reply, "Refresh"), "60");
	reply = ask_once(house, GET_("/en"));
	CHECK_INT(header_of(&reply, "Refresh").n, 0);
	house_end(house);
}

TEST(a_failing_world_is_a_clean_503)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_quiet();
	house_serve(house);
	for (int64_t k = 1; k <= 2; k++) {
		db_fail_at(k);
		reply = ask_once(house, GET_("/en"));
		db_fail_at(0);
		CHECK_INT(reply.status, 503);
		CHECK(!str_contains(reply.body, STR("front")));
	}
	CHECK_INT(status_of(house, GET_("/en")), 200);
	house_end(house);
}

TEST(slow_pages_do_not_hold_up_others)
{
	struct house *house = house_new(t);
	int slow[40], busy = 0, done = 0;
	int64_t begun;

	house->options.workers = 2;
	house->options.waiting_max = 4;
	house_serve(house);
	for (size_t i = 0; i < 40; i++) {
		slow[i] = dial(house);
		say(slow[i], GET_("/fi/slow"));
	}
	begun = guard_now_ms();
	CHECK_INT(status_of(house, GET_("/fi/item/1")), 200);
	CHECK(guard_now_ms() - begun < 250);
	for (size_t i = 0; i < 40; i++) {
		struct reply reply = hear(t, slow[i], 5000);
		busy += reply.status == 503 && header_of(&reply, "Retry-After").n > 0;
		done += reply.status == 200;
		close(slow[i]);
	}
	CHECK_INT(busy + done, 40);
	CHECK(done >= 4 && busy >= 30);
	house_end(house);
}

TEST(stopping_lets_what_runs_end)
{
	struct house *house = house_new(t);
	struct reply reply;
	int slow, idle, waiting;
	struct timespec pause = {.tv_nsec = 100 * 1000000L};
	int64_t begun;

	house_serve(house);
	idle = dial(house);
	waiting = dial(house);
	say(waiting, GET_("/fi"));
	CHECK_INT(hear(t, waiting, 3000).status, 200);
	atomic_store(&house_slow_begun, 0);
	slow = dial(house);
	say(slow, GET_("/fi/slow"));
	while (atomic_load(&house_slow_begun) == 0)
		nanosleep(&pause, NULL);
	begun = guard_now_ms();
	server_stop(house->server, 5);
	CHECK(guard_now_ms() - begun < 2000);
	reply = hear(t, slow, 1000);
	CHECK_INT(reply.status, 200);
	CHECK_STR(reply.body, "slow");
	CHECK(hung_up(slow, 1000));
	CHECK(hung_up(idle, 1000));
	CHECK(hung_up(waiting, 1000));
	server_free(house->server);
	house->server = NULL;
	close(slow);
	close(idle);
	close(waiting);
	house_end(house);
}

TEST(figures_are_for_this_machine)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	ask_once(house, GET_("/fi"));
	CHECK_STR(ask_once(house, GET_("/health")).body, "ok\n");
	CHECK_STR(ask_once(house, GET_("/ready")).body, "ready\n");
	reply = ask_once(house, GET_("/metrics"));
	CHECK_INT(reply.status, 200);
	CHECK(str_contains(reply.body, STR("\nnuotio_http_answers_total{status=\"2xx\"} ")));
	CHECK(str_contains(reply.body, STR("\nnuotio_db_commit_seconds_bucket{le=\"+Inf\"} ")));
	CHECK(str_contains(reply.body, STR("\n# TYPE nuotio_http_connections gauge\n")));
	/* from elsewhere, there is no such page */
	CHECK_INT(status_of(house, GET_WITH("/health", "X-Forwarded-For: 192.0.2.1\r\n")), 404);
	CHECK_INT(status_of(house, GET_WITH("/metrics", "Forwarded: for=192.0.2.1\r\n")), 404);
	CHECK_INT(status_of(house, GET_WITH("/ready", "X-Forwarded-Proto: https\r\n")), 404);
	house_end(house);
}

TEST(ready_means_that_the_database_answers)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	house_quiet();
	reply = ask_once(house, GET_("/ready"));
	CHECK_INT(reply.status, 200);
	CHECK_STR(reply.body, "ready\n");
	db_fail_at(1);
	reply = ask_once(house, GET_("/ready"));
	db_fail_at(0);
	CHECK_INT(reply.status, 503);
	CHECK_STR(reply.body, "not ready: the database does not answer\n");
	/* the process does, all the same */
	db_fail_at(1);
	CHECK_INT(status_of(house, GET_("/health")), 200);
	db_fail_at(0);
	CHECK_INT(status_of(house, GET_("/ready")), 200);
	house_end(house);
}

/* The server is there, and what it is asked takes too long, or it has gone. */
TEST(ready_on_postgresql)
{
	char *place = fixture_pg_place(t);
	struct house *house;
	struct reply reply;

	CHECK(true); /* without a server there is nothing to say */
	if (!place)
		return;
	house = house_at(t, fixture_folder(t), place);
	house_quiet();
	house_serve(house);
	CHECK_STR(ask_once(house, GET_("/ready")).body, "ready\n");
	fixture_pg_drop(place);
	reply = ask_once(house, GET_("/ready"));
	CHECK_INT(reply.status, 503);
	CHECK_STR(reply.body, "not ready: the database does not answer\n");
	house_end(house);
}

TEST(one_network_may_not_take_everything)
{
	struct house *house = house_new(t);
	const char *ask = GET_WITH("/fi", "X-Forwarded-For: 198.51.100.7\r\n");
	struct reply reply;

	need(proxies_add(&house->options.proxies, "127.0.0.0/8"));
	house->options.requests = (struct limit){"requests of the test", 5, 60};
	house_serve(house);
	for (int i = 0; i < 5; i++)
		CHECK_INT(status_of(house, ask), 200);
	reply = ask_once(house, ask);
	CHECK_INT(reply.status, 429);
	CHECK(header_of(&reply, "Retry-After").n > 0);
	/* a neighbour is in the same network, a stranger is not, and what the client says of
	 * itself counts for nothing */
	CHECK_INT(status_of(house, GET_WITH("/fi", "X-Forwarded-For: 198.51.100.9\r\n")), 429);
	CHECK_INT(
	    status_of(house, GET_WITH("/fi", "X-Forwarded-For: 203.0.113.1, 198.51.100.9\r\n")),
	    429);
	CHECK_INT(status_of(house, GET_WITH("/fi", "X-Forwarded-For: 203.0.113.1\r\n")), 200);
	CHECK_INT(status_of(house, GET_("/fi")), 200);
	house_end(house);
}

TEST(browsers_may_report_in_tests)
{
	struct house *house = house_new(t);
	struct reply reply;

	house->options.csp_reports = true;
	house_serve(house);
	reply = ask_once(house, GET_("/fi"));
	CHECK(str_ends(
	    header_of(&reply, "Content-Security-Policy"), STR("; report-uri /csp-report")));
	reply = ask_once(house, "POST /csp-report HTTP/1.1\r\n" HOST
	    "Content-Type: application/csp-report\r\nContent-Length: 2\r\n\r\n{}");
	CHECK_INT(reply.status, 204);
	CHECK_INT(server_csp_reports(house->server), 1);
	house_end(house);
}

TEST(tests_ask_without_sockets)
{
	struct house *house = house_new(t);
	struct answered answered;

	house->server = server_new(&house->options);
	answered = server_ask(
	    house->server, t->arena, &(struct asked){.method = "GET", .address = STR("/sv")});
	CHECK_INT(answered.status, 200);
	CHECK_STR(answered.body, "<h1>front sv 0</h1>");
	CHECK_STR(answered.type, "text/html; charset=utf-8");
	CHECK(!answered.private_only);
	answered = server_ask(
	    house->server, t->arena, &(struct asked){.method = "GET", .address = STR("/sv/slow")});
	CHECK_STR(answered.body, "slow");
	answered = server_ask(house->server, t->arena,
	    &(struct asked){.method = "GET", .address = STR("/fi/staff?x")});
	CHECK_INT(answered.status, 303);
	CHECK_STR(answered.location, "/fi/sign-in?next=/fi/staff%3Fx");
	answered = server_ask(house->server, t->arena,
	    &(struct asked){.method = "GET", .address = STR("/fi/staff"), .cookie = STR(AINO)});
	CHECK_INT(answered.status, 200);
	CHECK(answered.no_store);
	house_end(house);
}
