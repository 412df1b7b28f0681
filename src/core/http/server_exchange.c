/* One request: made, begun, sent where its next step belongs, given back. */
#include "core/http/server_exchange.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/http/cookies.h"
#include "core/http/metrics.h"
#include "core/http/parent.h"
#include "core/log.h"
#include "lib/arena.h"
#include "lib/need.h"

/* A body that is a little too long is read to its end, so that the browser shows our answer; a
 * much longer one is cut off. */
enum { SWALLOW_TIMES = 4, RETRY_BUSY_S = 5, RETRY_BLOCKED_S = 600 };

int64_t
exchange_now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static uint64_t
random_bits(void)
{
	static _Thread_local uint64_t state; /* splitmix64; ids must differ, not be secret */
	uint64_t z;

	if (!state)
		randombytes_buf(&state, sizeof state);
	z = state += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static void
name_request(char id[static 13])
{
	/* No letters that are taken for others when read aloud. */
	static const char letters[32] = "abcdefghijkmnpqrstuvwxyz23456789";
	uint64_t bits = random_bits();

	for (size_t i = 0; i < 12; i++, bits >>= 5)
		id[i] = letters[bits & 31];
	id[12] = 0;
}

struct exchange *
exchange_new(struct server *server, struct str uri)
{
	struct exchange *e;
	struct arena *arena;

	pthread_mutex_lock(&server->kept_lock);
	e = server->kept;
	if (e) {
		server->kept = e->next;
		server->kept_n--;
	}
	pthread_mutex_unlock(&server->kept_lock);
	if (!e) {
		e = malloc(sizeof *e);
		need(e != NULL);
		e->arena = arena_new(server->options.arena_bytes_max);
	}
	arena = e->arena;
	memset(e, 0, sizeof *e);
	e->arena = e->req.arena = arena;
	e->req.app = server->app;
	e->req.router = server->router;
	e->req.exchange = e;
	e->req.status = 200;
	e->server = server;
	e->begun_us = exchange_now_us();
	e->head.uri = str_copy(arena, uri);
	name_request(e->req.id);
	return e;
}

void
exchange_free(struct exchange *e)
{
	struct server *server = e->server;
	bool kept = false;

	kept_give(e->kept);
	arena_reset(e->arena);
	arena_limit_set(e->arena, server->options.arena_bytes_max);
	if (e->large)
		atomic_fetch_sub(&server->figures.large, 1);
	pthread_mutex_lock(&server->kept_lock);
	if (server->kept_n < EXCHANGES_KEPT) {
		e->next = server->kept;
		server->kept = e;
		server->kept_n++;
		kept = true;
	}
	pthread_mutex_unlock(&server->kept_lock);
	if (!kept) {
		arena_free(e->arena);
		free(e);
	}
}

void
exchange_see(struct exchange *e, int status, struct str location)
{
	page_reset(&e->req);
	e->req.status = status;
	e->location = location;
	e->page = false;
	e->step = STEP_ANSWER;
}

static const char *
plain_words(int status)
{
	switch (status) {
	case 400:
		return "Pyyntö ei kelpaa. / Begäran är ogiltig. / This request is not valid.";
	case 403:
		return "Lomake ei tullut tältä sivustolta. / Formuläret kom inte från den här "
		       "webbplatsen. / The form did not come from this site.";
	case 404:
		return "Sivua ei ole. / Sidan finns inte. / There is no such page.";
	case 405:
		return "Tämä ei onnistu tässä osoitteessa. / Det går inte på den här adressen. / "
		       "That is not possible at this address.";
	case 413:
		return "Lähetetty teksti on liian pitkä. / Texten är för lång. / "
		       "What was sent is too long.";
	case 429:
		return "Liian monta pyyntöä. Odota hetki. / För många förfrågningar. Vänta. / "
		       "Too many requests. Please wait a moment.";
	default:
		return "Palvelu ei juuri nyt vastaa. Yritä hetken päästä uudelleen. / "
		       "Tjänsten svarar inte just nu. Försök igen om en stund. / "
		       "The service cannot answer right now. Please try again in a moment.";
	}
}

static void
plain_page(struct req *r, int status)
{
	out_fmt(&r->out,
	    "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">"
	    "<meta name=\"viewport\" content=\"width=device-width\"><title>%d</title></head>"
	    "<body><h1>%d</h1><p>%s</p><p>%s</p></body></html>\n",
	    lang_code(r->lang), status, status, plain_words(status), r->id);
}

void
exchange_bare(struct exchange *e, int status)
{
	struct req *r = &e->req, was = *r;

	arena_reset(e->arena);
	*r = (struct req){.arena = e->arena,
	    .app = was.app,
	    .router = was.router,
	    .route = was.route,
	    .lang = was.lang,
	    .now = was.now,
	    .method = was.method,
	    .exchange = e};
	memcpy(r->id, was.id, sizeof r->id);
	e->body = out_new(e->arena);
	e->head.uri = (struct str){0};
	page_reset(r);
	if (e->server->app->bare_page)
		e->server->app->bare_page(r, status);
	else
		plain_page(r, status);
	r->status = status;
	e->page = r->type.n == 0;
	e->location = (struct str){0};
	if (status == 503 && !e->retry_s)
		e->retry_s = RETRY_BUSY_S;
	e->step = STEP_ANSWER;
}

enum lang
exchange_guess_lang(struct str accept_language)
{
	enum lang best = LANG_FI;
	int64_t best_weight = 0;

	while (accept_language.n) {
		struct str parameters = str_cut(&accept_language, ',');
		struct str tag = str_trim(str_cut(&parameters, ';'));
		struct str q = str_trim(parameters);
		enum lang lang;
		int64_t weight = 1000;
		char code[2];

		/* "q=0.8" as thousandths */
		if (q.n >= 3 && q.p[0] == 'q' && q.p[1] == '=') {
			int64_t scale = 1000;
			weight = 0;
			for (size_t i = 2; i < q.n && scale; i++) {
				if (q.p[i] == '.')
					continue;
				if (q.p[i] < '0' || q.p[i] > '9')
					break;
				weight += (q.p[i] - '0') * scale;
				scale /= 10;
			}
		}
		if (tag.n < 2 || (tag.n > 2 && tag.p[2] != '-'))
			continue;
		code[0] = (char)(tag.p[0] | 0x20);
		code[1] = (char)(tag.p[1] | 0x20);
		if (weight > best_weight && lang_of((struct str){code, 2}, &lang)) {
			best = lang;
			best_weight = weight;
		}
	}
	return best;
}

/* A path with a slash too many at its end, where the page is without it. */
static bool
without_slash(struct exchange *e)
{
	struct req *r = &e->req;
	struct str path = r->path;

	if (r->method != GET || path.n < 2 || path.p[path.n - 1] != '/')
		return false;
	path.n--;
	if (!guard_own_path(path))
		return false;
	if (router_find(e->server->router, e->arena, GET, path).found != ROUTE_FOUND)
		return false;
	exchange_see(e, 301,
	    r->query.n ? str_fmt(e->arena, "%.*s?%.*s", STR_ARG(path), STR_ARG(r->query))
	               : str_copy(e->arena, path));
	return true;
}

static const char *
allowed(const struct routed *routed)
{
	if (routed->allow_get)
		return routed->allow_post ? "GET, HEAD, POST" : "GET, HEAD";
	return "POST";
}

static void
no_route(struct exchange *e)
{
	int status = e->routed.found == ROUTE_OTHER_METHOD ? 405 : 404;

	if (status == 405)
		e->allow = allowed(&e->routed);
	if (status == 404 && without_slash(e))
		return;
	/* Who sends forms to nowhere gets no page out of the database. */
	if (e->req.method != GET) {
		exchange_bare(e, status);
		return;
	}
	e->refusal = status;
	e->step = STEP_PAGE;
}

static const struct route nowhere = {.method = GET, .pattern = "-"};

/* How much memory the request may take. */
static size_t
memory_most(const struct exchange *e)
{
	size_t usual = e->server->options.arena_bytes_max, own = e->req.route ? e->req.route->memory_bytes_max : 0;

	return own > usual ? own : usual;
}

static void
route_request(struct exchange *e)
{
	struct req *r = &e->req;
	struct server *server = e->server;

	e->routed = router_find(server->router, e->arena, r->method, r->path);
	r->route = e->routed.route ? e->routed.route : &nowhere;
	r->parts = e->routed.parts;
	memcpy(r->part, e->routed.part, sizeof r->part);
	if (path_has(r, "lang"))
		lang_of(path_text(r, "lang"), &r->lang);
	cookies_read(r, e->head.cookie);
	/* What it says of the flash is for the page that shows it; a redirect leaves it alone. */
	r->cookies = out_new(e->arena);
	if (e->routed.found != ROUTE_FOUND) {
		e->route_index = PARENT_ROUTES_MAX;
		if (str_is(r->path, "/") && r->method == GET)
			exchange_see(e, 303, path_fill(r, "/{lang}"));
		else
			no_route(e);
		return;
	}
	e->route_index = e->routed.index;
	if (parent_blocked(server->options.shared, e->route_index)) {
		e->retry_s = RETRY_BLOCKED_S;
		exchange_bare(e, 503);
		return;
	}
	arena_limit_set(e->arena, memory_most(e));
	e->step = r->method == POST ? STEP_BODY : STEP_PAGE;
}

static bool
too_many(struct exchange *e)
{
	const struct limit *limit = &e->server->options.requests;
	int32_t wait = 0;

	if (limit->burst == 0 || e->local || e->req.network.n == 0 ||
	    limit_take(limit, e->req.network, guard_now_ms(), &wait))
		return false;
	e->retry_s = wait;
	exchange_bare(e, 429);
	return true;
}

/* How long the body may be. What was refused by its head has no route. */
static size_t
body_most(const struct exchange *e)
{
	size_t usual = e->server->options.body_bytes_max, own = e->req.route ? e->req.route->body_bytes_max : 0;

	return own > usual ? own : usual;
}

/* A few at once, for each takes as much memory as all that a request may else. One that does not say its length may
 * only be as long as others. */
static void
expect_large(struct exchange *e, size_t n)
{
	struct server *server = e->server;

	if (atomic_fetch_add(&server->figures.large, 1) >= server->options.large_max) {
		atomic_fetch_sub(&server->figures.large, 1);
		e->unwanted = 503;
		return;
	}
	e->large = true;
	arena_limit_set(e->arena, memory_most(e) + n);
}

static void
expect_body(struct exchange *e)
{
	size_t n = e->head.content_length > 0 ? (size_t)e->head.content_length : 0;

	e->body = out_new(e->arena);
	if (n > body_most(e))
		e->unwanted = 413;
	else if (n > e->server->options.body_bytes_max)
		expect_large(e, n);
}

static void
begin_post(struct exchange *e)
{
	struct server *server = e->server;

	if (!guard_same_origin(&e->head, server->options.origin)) {
		e->close = true;
		exchange_bare(e, 403);
	} else if (e->head.content_encoding.n) {
		e->close = true;
		exchange_bare(e, 415);
	} else if (e->head.content_length > (int64_t)(body_most(e) * SWALLOW_TIMES)) {
		e->close = true;
		exchange_bare(e, 413);
	} else {
		expect_body(e);
	}
}

static void
keep_body(struct exchange *e, const char *bytes, size_t n)
{
	if (!e->body.p && e->head.content_length > 0) {
		e->body.cap = (size_t)e->head.content_length;
		e->body.p = arena_bytes(e->arena, e->body.cap);
	}
	out_bytes(&e->body, bytes, n);
}

bool
exchange_take_body(struct exchange *e, const char *bytes, size_t n)
{
	e->body_seen += n;
	if (e->step == STEP_BODY && !e->unwanted && e->body_seen > e->server->options.body_bytes_max && !e->large)
		e->unwanted = 413;
	/* Otherwise the answer stands, and the rest is only read to its end. */
	if (e->step == STEP_BODY && !e->unwanted)
		keep_body(e, bytes, n);
	return e->body_seen <= body_most(e) * SWALLOW_TIMES;
}

void
exchange_begin(struct exchange *e)
{
	struct req *r = &e->req;
	struct server *server = e->server;
	struct head *head = &e->head;
	struct str rest = head->uri;

	r->now = server->options.now ? server->options.now() : (struct instant){time(NULL)};
	r->path = str_cut(&rest, '?');
	r->query = rest;
	r->lang = exchange_guess_lang(head->accept_language);
	r->out = out_new(e->arena);
	r->cookies = out_new(e->arena);
	e->head_only = str_is(head->method, "HEAD");
	if (e->head_only || str_is(head->method, "GET"))
		r->method = GET;
	else if (str_is(head->method, "POST"))
		r->method = POST;
	if (metrics_answer(e))
		return;
	if (r->method == GET && str_starts(r->path, STR("/a/"))) {
		e->ready = answer_asset(e, &r->status);
		if (e->ready) {
			e->step = STEP_ANSWER;
			return;
		}
	}
	if (server->options.csp_reports && r->method == POST && str_is(r->path, "/csp-report")) {
		atomic_fetch_add(&server->figures.reports, 1);
		exchange_see(e, 204, (struct str){0});
		return;
	}
	if (too_many(e))
		return;
	route_request(e);
	if (e->step == STEP_BODY)
		begin_post(e);
	else if (e->step == STEP_PAGE && answer_from_memory(e))
		e->step = STEP_ANSWER;
}

void
exchange_body_ended(struct exchange *e)
{
	if (e->unwanted) {
		if (e->unwanted == 503)
			atomic_fetch_add(&e->server->figures.busy, 1);
		exchange_bare(e, e->unwanted);
		return;
	}
	post_begin(e);
}

bool
exchange_may_inline(const struct exchange *e)
{
	switch (e->step) {
	case STEP_PAGE:
		return e->server->inline_reads && e->req.route->speed == FAST;
	case STEP_SIGN_IN:
	case STEP_READY:
		return e->server->inline_reads;
	default:
		return false;
	}
}

void
exchange_step(struct exchange *e)
{
	if (e->step == STEP_PREPARE)
		post_prepare_step(e);
	else if (e->step == STEP_READY)
		metrics_ready_step(e);
	else
		page_step(e);
}

/* The pattern of the route, never the address: that may name an item, a link, or what somebody looked for. */
void
exchange_log(const struct exchange *e, int64_t us)
{
	log_request(&(struct log_request){
	    .id = e->req.id,
	    .method = e->head_only ? "HEAD"
	        : e->req.method == GET ? "GET"
	        : e->req.method == POST ? "POST"
	                                : "-",
	    .pattern = e->req.route ? e->req.route->pattern : e->ready ? "/a" : "-",
	    .status = e->req.status,
	    .bytes = e->ready ? e->ready_bytes : e->req.out.n,
	    .us = us,
	});
}

void
exchange_busy(struct exchange *e)
{
	atomic_fetch_add(&e->server->figures.busy, 1);
	exchange_bare(e, 503);
	e->wake(e);
}

void
exchange_send_away(struct exchange *e)
{
	if (e->step == STEP_WRITE)
		post_submit(e);
	else if (!pool_push(e->server->pool, e))
		exchange_busy(e);
}
