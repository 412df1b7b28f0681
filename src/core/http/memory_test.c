#include "core/http/memory.h"

#include <brotli/decode.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "core/http/server_fixture.h"
#include "lib/arena.h"
#include "lib/need.h"

enum { ROOM = 1024 * 1024 };

static const struct moment first = {.commits = 1, .minute = 10, .ms = 600000};
static const struct kept_head head = {.cache = CACHE_PRIVATE};

static struct str
page_of(struct test *t, char letter, size_t n)
{
	char *p = arena_bytes(t->arena, n);

	memset(p, letter, n);
	return (struct str){p, n};
}

static bool
has(struct memory *m, const char *key, struct moment moment)
{
	struct kept *k = memory_find(m, str_of(key), &moment);

	kept_give(k);
	return k != NULL;
}

TEST(a_page_is_found_until_something_is_written_or_a_minute_ends)
{
	struct memory *m = memory_new(ROOM, 0);
	struct moment moment = first;

	CHECK(!has(m, "a", first));
	kept_give(memory_keep(m, STR("a"), &first, &head, page_of(t, 'a', 100)));
	CHECK(has(m, "a", first));
	CHECK(!has(m, "b", first));
	moment.ms += 50000;
	CHECK(has(m, "a", moment));
	moment.minute++;
	CHECK(!has(m, "a", moment));
	moment = first;
	moment.commits++;
	CHECK(!has(m, "a", moment));
	memory_free(m);
}

TEST(where_others_write_a_page_lives_a_second)
{
	struct memory *m = memory_new(ROOM, 1000);
	struct moment moment = first;

	kept_give(memory_keep(m, STR("a"), &first, &head, page_of(t, 'a', 100)));
	moment.ms += 999;
	CHECK(has(m, "a", moment));
	moment.ms++;
	CHECK(!has(m, "a", moment));
	memory_free(m);
}

TEST(a_page_that_reads_the_same_after_a_commit_is_not_compressed_again)
{
	struct memory *m = memory_new(ROOM, 0);
	struct moment later = first;
	struct kept *was = memory_keep(m, STR("a"), &first, &head, page_of(t, 'a', 5000)), *is;
	uint64_t bytes;
	struct MHD_Response *response = kept_response(was, CODING_BR, &bytes);

	CHECK(bytes > 0 && bytes < 100);
	later.commits++;
	is = memory_keep(m, STR("a"), &later, &head, page_of(t, 'a', 5000));
	CHECK(is == was);
	CHECK(kept_response(is, CODING_BR, &bytes) == response);
	CHECK(has(m, "a", later));
	kept_give(is);
	is = memory_keep(m, STR("a"), &later, &head, page_of(t, 'b', 5000));
	CHECK(is != was);
	CHECK(strcmp(kept_etag(is), kept_etag(was)) != 0);
	kept_give(is);
	kept_give(was);
	memory_free(m);
}

TEST(what_was_read_earlier_does_not_replace_what_was_read_later)
{
	struct memory *m = memory_new(ROOM, 0);
	struct moment later = first;

	later.commits++;
	kept_give(memory_keep(m, STR("a"), &later, &head, page_of(t, 'b', 100)));
	CHECK(memory_keep(m, STR("a"), &first, &head, page_of(t, 'a', 100)) == NULL);
	CHECK(has(m, "a", later));
	memory_free(m);
}

TEST(no_more_is_kept_than_there_is_room_for)
{
	struct memory *m = memory_new(ROOM, 0);
	struct moment later = first;
	size_t n = 0;
	char key[16];

	CHECK(memory_keep(m, STR("large"), &first, &head, page_of(t, 'l', ROOM)) == NULL);
	for (int i = 0; i < 2000; i++) {
		struct kept *k;

		snprintf(key, sizeof key, "%d", i);
		k = memory_keep(m, str_of(key), &first, &head, page_of(t, 'x', 10000));
		n += k != NULL;
		kept_give(k);
		CHECK(memory_figures(m).bytes <= ROOM);
	}
	CHECK(n >= 40);
	/* After a commit what was kept makes room. */
	later.commits++;
	kept_give(memory_keep(m, STR("new"), &later, &head, page_of(t, 'n', 10000)));
	CHECK(has(m, "new", later));
	CHECK_INT(memory_figures(m).pages, 1);
	memory_free(m);
}

TEST(of_many_small_pages_the_newest_stay)
{
	struct memory *m = memory_new(ROOM * 16, 0);
	char key[16];

	for (int i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "%d", i);
		kept_give(memory_keep(m, str_of(key), &first, &head, page_of(t, 'x', 10)));
	}
	CHECK(has(m, "4999", first));
	CHECK(memory_figures(m).pages <= 1024);
	memory_free(m);
}

/* --- by many threads at once -------------------------------------------------------------------- */

static void *
ask_and_keep(void *arg)
{
	struct memory *m = arg;
	char body[3000];

	for (int i = 0; i < 300; i++) {
		struct moment moment = first;
		char key[16];
		struct kept *k;
		uint64_t bytes;

		moment.commits += i / 10;
		memset(body, 'a' + i / 30, sizeof body);
		snprintf(key, sizeof key, "%d", i % 7);
		k = memory_find(m, str_of(key), &moment);
		if (!k)
			k = memory_keep(m, str_of(key), &moment, &head, (struct str){body, sizeof body});
		if (k)
			kept_response(k, i % 2 ? CODING_BR : CODING_GZIP, &bytes);
		kept_give(k);
	}
	return NULL;
}

TEST(many_threads_may_ask_at_once)
{
	struct memory *m = memory_new(ROOM, 0);
	pthread_t thread[4];

	for (size_t i = 0; i < 4; i++)
		need(pthread_create(&thread[i], NULL, ask_and_keep, m) == 0);
	for (size_t i = 0; i < 4; i++)
		pthread_join(thread[i], NULL);
	CHECK_INT(memory_figures(m).found + memory_figures(m).missed, 1200);
	memory_free(m);
}

/* --- over HTTP ---------------------------------------------------------------------------------- */

static struct reply
ask(struct house *house, const char *address, const char *headers)
{
	return ask_once(house, str_z(house->t->arena, str_fmt(house->t->arena,
	    "GET %s HTTP/1.1\r\nHost: localhost\r\n%sConnection: close\r\n\r\n", address, headers)));
}

static struct str
inflated(struct test *t, struct str bytes)
{
	size_t cap = 1 << 20;
	char *to = arena_bytes(t->arena, cap);
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes.p, .avail_in = (unsigned)bytes.n,
		.next_out = (unsigned char *)to, .avail_out = (unsigned)cap};

	CHECK_INT(inflateInit2(&z, 15 + 16), Z_OK);
	CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
	inflateEnd(&z);
	return (struct str){to, z.total_out};
}

static struct str
unbrotlied(struct test *t, struct str bytes)
{
	size_t n = 1 << 20;
	char *to = arena_bytes(t->arena, n);

	CHECK_INT(BrotliDecoderDecompress(bytes.n, (const unsigned char *)bytes.p, &n, (unsigned char *)to),
	    BROTLI_DECODER_RESULT_SUCCESS);
	return (struct str){to, n};
}

TEST(a_page_is_sent_in_the_coding_that_the_reader_takes)
{
	struct house *house = house_new(t);
	struct reply plain, reply;

	house_serve(house);
	plain = ask(house, "/fi/long", "Accept-Encoding: br, gzip\r\n");
	CHECK_INT(plain.status, 200);
	CHECK_STR(header_of(&plain, "Content-Encoding"), "");
	reply = ask(house, "/fi/long", "Accept-Encoding: br, gzip\r\n");
	CHECK_STR(header_of(&reply, "Content-Encoding"), "br");
	CHECK(str_eq(unbrotlied(t, reply.body), plain.body));
	reply = ask(house, "/fi/long", "Accept-Encoding: gzip\r\n");
	CHECK_STR(header_of(&reply, "Content-Encoding"), "gzip");
	CHECK(str_eq(inflated(t, reply.body), plain.body));
	CHECK_STR(header_of(&reply, "Cache-Control"), "private, no-cache");
	CHECK_STR(header_of(&reply, "Content-Type"), "text/html; charset=utf-8");
	CHECK_STR(header_nth(&reply, "Vary", 0), "Cookie");
	CHECK_STR(header_nth(&reply, "Vary", 1), "Accept-Encoding");
	CHECK(header_of(&reply, "Content-Security-Policy").n > 0);
	reply = ask(house, "/fi/long", "");
	CHECK(str_eq(reply.body, plain.body));
	house_end(house);
}

TEST(a_browser_that_has_the_page_already_is_told_so_until_a_note_is_written)
{
	struct house *house = house_new(t);
	struct reply reply;
	struct browser b;
	char *has;

	house_serve(house);
	reply = ask(house, "/fi/long", "");
	has = str_z(t->arena, str_fmt(t->arena, "If-None-Match: %.*s\r\n", STR_ARG(header_of(&reply, "ETag"))));
	reply = ask(house, "/fi/long", has);
	CHECK_INT(reply.status, 304);
	CHECK_INT(reply.body.n, 0);
	b = browser_of(house, AINO);
	look(&b, "/fi/notes");
	CHECK_INT(send_form(&b, "/fi/notes", "words=one").status, 303);
	reply = ask(house, "/fi/long", has);
	CHECK_INT(reply.status, 200);
	CHECK(str_starts(reply.body, STR("\nline 0 of 1\n")));
	house_end(house);
}

TEST(a_page_with_a_refresh_keeps_it)
{
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	ask(house, "/fi/screen", "");
	reply = ask(house, "/fi/screen", "");
	CHECK(header_of(&reply, "ETag").n > 0);
	CHECK_STR(header_of(&reply, "Refresh"), "60");
	house_end(house);
}

/* Languages and looks are not in each other's way, and what is of one person or browser is nobody else's. */
TEST(what_is_of_one_reader_is_kept_for_nobody)
{
	static const char *const own[] = {"Cookie: " AINO "\r\n", "Cookie: " ILMARI "\r\n"};
	struct house *house = house_new(t);
	struct reply reply;

	house_serve(house);
	for (size_t i = 0; i < 2; i++) {
		reply = ask(house, "/fi/long", own[i]);
		CHECK_STR(header_of(&reply, "Cache-Control"), "private, no-store");
		CHECK_STR(header_of(&reply, "ETag"), "");
		reply = ask(house, "/fi/long", own[i]);
		CHECK_STR(header_of(&reply, "ETag"), "");
	}
	ask(house, "/fi/long", "Cookie: theme=dark\r\n");
	reply = ask(house, "/fi/long", "");
	CHECK_STR(str_sub(reply.body, 0, 1), "\n");
	reply = ask(house, "/fi/long", "Cookie: theme=dark\r\n");
	CHECK_STR(str_sub(reply.body, 0, 9), "with a lo");
	/* A form, also for a browser that has its cookie. */
	for (int i = 0; i < 2; i++) {
		reply = ask(house, "/fi/notes", "Cookie: browser=known\r\n");
		CHECK_INT(reply.status, 200);
		CHECK_STR(header_of(&reply, "ETag"), "");
	}
	/* What is no page, and what is not there. */
	for (int i = 0; i < 2; i++) {
		reply = ask(house, "/fi/file", "");
		CHECK_STR(header_of(&reply, "ETag"), "");
		reply = ask(house, "/fi/item/404", "");
		CHECK_INT(reply.status, 404);
		CHECK_STR(header_of(&reply, "ETag"), "");
	}
	/* What is refused to those who have not signed in stays so after somebody has seen it. */
	ask(house, "/fi/staff", own[0]);
	CHECK_INT(ask(house, "/fi/staff", "").status, 303);
	house_end(house);
}

TEST(without_memory_nothing_is_kept)
{
	struct house *house = house_new(t);
	struct reply reply;

	house->options.memory_bytes_max = -1;
	house_serve(house);
	ask(house, "/fi/long", "");
	reply = ask(house, "/fi/long", "Accept-Encoding: br\r\n");
	CHECK_STR(header_of(&reply, "ETag"), "");
	CHECK_STR(header_of(&reply, "Content-Encoding"), "");
	house_end(house);
}

TEST(a_form_that_only_sets_a_cookie_needs_no_hidden_field)
{
	struct house *house = house_new(t);
	struct browser nobody = {.t = t, .port = house->port, .cookie = STR(""), .once = STR("")};
	struct reply reply;

	house_serve(house);
	nobody.port = house->port;
	reply = send_form(&nobody, "/fi/look", "words=dark");
	CHECK_INT(reply.status, 303);
	CHECK(str_starts(header_of(&reply, "Set-Cookie"), STR("theme=dark;")));
	/* Twice is no mistake either. */
	CHECK_INT(send_form(&nobody, "/fi/look", "words=dark").status, 303);
	house_end(house);
}
