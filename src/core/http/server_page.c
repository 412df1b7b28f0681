/* Reading: a page, its error pages and the page of a refused POST, each inside one read
 * transaction. */
#include <string.h>

#include "core/http/cookies.h"
#include "core/http/http.texts.h" /* generated */
#include "core/http/parent.h"
#include "core/http/server_exchange.h"
#include "core/log.h"
#include "lib/arena.h"
#include "lib/need.h"

/* A page then fits into one piece of memory, of which only what it fills is ever touched. */
enum { PAGE_BYTES = 64 * 1024, ADDRESS_BYTES_MAX = 2000 };

void
page_reset(struct req *r)
{
	if (r->out.p)
		r->out.n = 0;
	else
		r->out = out_new(r->arena);
	r->status = 200;
	r->type = r->filename = r->etag = (struct str){0};
	r->cacheable = r->lasting = r->own = false;
}

int64_t
route_place(const struct req *r)
{
	if (path_has(r, "campus"))
		return r->place;
	return r->route && r->route->whole ? 0 : ACTOR_ANYWHERE;
}

bool
page_right(const struct req *r)
{
	int right = r->route->right;

	if (right == 0)
		return true;
	return actor_may(&r->actor, right, route_place(r));
}

static void
write_query_word(struct out *o, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    c == '-' || c == '.' || c == '_' || c == '~' || c == '/') {
			out_char(o, (char)c);
		} else {
			out_char(o, '%');
			out_char(o, hex[c >> 4]);
			out_char(o, hex[c & 15]);
		}
	}
}

struct str
page_sign_in_address(struct req *r)
{
	struct out o = out_new(r->arena);

	out_fmt(&o, "/%s/sign-in", lang_code(r->lang));
	/* An address that is too long to come back to is not worth an error. */
	if (r->path.n + r->query.n < ADDRESS_BYTES_MAX && guard_own_path(r->path)) {
		out_lit(&o, "?next=");
		write_query_word(&o, r->path);
		if (r->query.n) {
			out_lit(&o, "%3F");
			write_query_word(&o, r->query);
		}
	}
	return out_text(&o);
}

static void
error_page(struct exchange *e, int status)
{
	struct req *r = &e->req;

	page_reset(r);
	r->status = status;
	e->page = true;
	e->server->app->error_page(r, status);
	r->status = status;
}

/* What a handler's leaving means. */
static void
left(struct exchange *e, enum leave why)
{
	switch (why) {
	case LEAVE_NOT_FOUND:
		error_page(e, 404);
		break;
	case LEAVE_FORBIDDEN:
		error_page(e, 403);
		break;
	case LEAVE_ELSEWHERE:
		exchange_see(e, 303, e->elsewhere);
		break;
	case LEAVE_MOVED:
		exchange_see(e, 301, e->elsewhere);
		break;
	case LEAVE_NOT:
		break;
	}
}

/* Enters; false: it has answered. */
static bool
entered(struct exchange *e)
{
	struct req *r = &e->req;
	struct str elsewhere = {0};

	page_reset(r);
	if (e->server->app->enter(r, &elsewhere))
		return true;
	if (elsewhere.n && guard_own_path(elsewhere)) {
		if (r->query.n)
			elsewhere =
			    str_fmt(r->arena, "%.*s?%.*s", STR_ARG(elsewhere), STR_ARG(r->query));
		exchange_see(e, 301, elsewhere);
	} else {
		error_page(e, 404);
	}
	return false;
}

static void
call_get(struct exchange *e)
{
	struct req *r = &e->req;

	out_reserve(&r->out, PAGE_BYTES);
	parent_runs(e->server->options.shared, e->route_index, r->id);
	r->route->get(r);
	parent_idle(e->server->options.shared);
	e->page = r->type.n == 0;
}

static void
draw_page(struct exchange *e)
{
	struct req *r = &e->req;

	if (e->refusal) { /* an address that is no route's, or not for this method */
		struct str ignored = {0};
		page_reset(r);
		e->server->app->enter(r, &ignored);
		error_page(e, e->refusal);
		return;
	}
	if (!entered(e))
		return;
	if (page_right(r))
		call_get(e);
	else if (r->actor.person == 0)
		exchange_see(e, 303, page_sign_in_address(r));
	else
		error_page(e, 403);
}

static int
status_of(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_OK:
		return 200;
	case VERDICT_NOT_FOUND:
		return 404;
	case VERDICT_FORBIDDEN:
		return 403;
	case VERDICT_CONFLICT:
	case VERDICT_TAKEN:
		return 409;
	case VERDICT_INVALID:
		return 422;
	}
	need_failed(__FILE__, __LINE__, "a verdict is one of the enum");
}

/* The page that the form stood on, with what was typed. */
static void
draw_refusal(struct exchange *e)
{
	struct req *r = &e->req;
	int status = e->refusal ? e->refusal : status_of(e->outcome.verdict);

	r->cookies = out_new(r->arena); /* of the handler that was undone */
	if (!entered(e))
		return;
	if (e->form_old) {
		status = 403;
		e->outcome.flash = said(T_HTTP_FORM_OLD);
	} else if (!e->outcome.flash.text && !e->refusal && e->server->app->verdict_words) {
		e->outcome.flash = e->server->app->verdict_words(e->outcome.verdict);
	}
	r->flash = e->outcome.flash;
	r->flash_refused = true;
	if (e->form_old && r->actor.person == 0 && !page_right(r)) {
		post_draw_sign_in(e);
		return;
	}
	if (e->refusal || !r->route->get || !page_right(r)) {
		error_page(e, status);
		return;
	}
	post_read_form(e);
	call_get(e);
	r->status = status;
}

static void
draw(struct exchange *e)
{
	if (e->step == STEP_PAGE)
		draw_page(e);
	else if (e->step == STEP_REFUSAL)
		draw_refusal(e);
	else
		post_draw_sign_in(e);
}

/* Runs `draw` and says why it was left. */
static enum leave
drawn(struct exchange *e)
{
	switch (setjmp(e->leave)) {
	case LEAVE_NOT:
		draw(e);
		return LEAVE_NOT;
	case LEAVE_NOT_FOUND:
		return LEAVE_NOT_FOUND;
	case LEAVE_FORBIDDEN:
		return LEAVE_FORBIDDEN;
	case LEAVE_ELSEWHERE:
		return LEAVE_ELSEWHERE;
	default:
		return LEAVE_MOVED;
	}
}

static void
in_transaction(struct tx *tx, void *arg)
{
	struct exchange *e = arg;
	enum leave why;

	e->req.tx = tx;
	e->may_leave = true;
	why = drawn(e);
	/* An error page may not be left again. */
	e->may_leave = false;
	parent_idle(e->server->options.shared);
	left(e, why);
	/* A redirect leaves what the last form said to the page that it leads to. */
	if (e->page && e->req.flash.text && !e->req.flash_refused)
		cookies_flash_end(&e->req);
}

void
page_step(struct exchange *e)
{
	struct server *server = e->server;
	struct db_error error;
	bool read = db_read(server->app->db, e->arena, e->req.now, in_transaction, e, &error);

	e->req.tx = NULL;
	e->may_leave = false;
	if (!read) {
		parent_idle(server->options.shared);
		log_line(LEVEL_ERROR, "%s reading %s failed: %d %s %s", e->req.id,
		    e->req.route->pattern, (int)error.trouble,
		    error.statement ? error.statement : "", error.what);
		exchange_bare(e, 503);
		return;
	}
	e->step = STEP_ANSWER;
}
