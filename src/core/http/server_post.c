/* Writing: a form on its way through the guard, the workers and the database's one writer. */
#include <string.h>

#include "core/http/cookies.h"
#include "core/http/form_read.h"
#include "core/http/once.h"
#include "core/http/parent.h"
#include "core/http/server_exchange.h"
#include "core/log.h"
#include "lib/arena.h"
#include "lib/need.h"

#define ONCE STR("once")

/* --- the body ------------------------------------------------------------ */

void
post_begin(struct exchange *e)
{
	struct req *r = &e->req;
	int status = form_body(e->arena, r->route->form, e->head.content_type, out_text(&e->body),
	    e->server->options.body_bytes_max, &e->pairs);

	if (status) {
		exchange_bare(e, status);
		return;
	}
	e->by_mail = !pairs_find(&e->pairs, ONCE, &e->once) && r->route->by_mail;
	if (e->by_mail) {
		e->step = STEP_WRITE;
	} else if (r->route->right != 0 && r->session.n == 0) {
		e->step = STEP_SIGN_IN;
	} else if (!r->route->plain && !once_is_ours(r, e->once, r->path)) {
		/* Nobody's forgery gets further than a page that its victim sees, filled and
		 * unsent. */
		e->form_old = true;
		e->step = STEP_REFUSAL;
	} else {
		e->step = r->route->prepare ? STEP_PREPARE : STEP_WRITE;
	}
}

bool
post_read_form(struct exchange *e)
{
	struct req *r = &e->req;

	if (!r->route->form)
		return true;
	if (!e->form_read) {
		e->form_read = true;
		form_read(r, r->route->form, &e->pairs);
	}
	return form_posted(r)->problems == 0;
}

/* --- a form that outlived its session ------------------------------------ */

static bool
is_password(const struct form_spec *spec, struct str name)
{
	for (size_t i = 0; spec && i < spec->fields; i++)
		if (spec->field[i].type == FORM_PASSWORD && str_is(name, spec->field[i].name))
			return true;
	return false;
}

/* The body without what must not be kept, and without files: their person chooses them again. */
static struct str
body_to_keep(struct exchange *e)
{
	struct out o = out_new(e->arena);

	for (size_t i = 0; i < e->pairs.n; i++) {
		const struct pair *pair = &e->pairs.at[i];

		if (str_eq(pair->name, ONCE) || pair->file || is_password(e->req.route->form, pair->name))
			continue;
		if (o.n)
			out_char(&o, '&');
		query_encode(&o, pair->name);
		out_char(&o, '=');
		query_encode(&o, pair->value);
	}
	return out_text(&o);
}

void
post_draw_sign_in(struct exchange *e)
{
	struct req *r = &e->req;
	const struct http_app *app = e->server->app;
	struct str elsewhere = {0}, body = body_to_keep(e);

	page_reset(r);
	r->cookies = out_new(r->arena);
	app->enter(r, &elsewhere);
	app->sign_in_page(r, body);
	r->status = 403;
	e->page = true;
}

/* --- in a transaction ---------------------------------------------------- */

/* Who it is and whether they may. False: e->step says what to draw instead. */
static bool
admitted(struct exchange *e)
{
	struct req *r = &e->req;
	struct str elsewhere = {0};

	page_reset(r);
	e->step = STEP_REFUSAL;
	if (!e->server->app->enter(r, &elsewhere)) {
		e->refusal = 404;
		return false;
	}
	if (!page_right(r)) {
		e->refusal = 403;
		if (r->actor.person == 0) {
			e->refusal = 0;
			e->step = STEP_SIGN_IN;
		}
		return false;
	}
	return true;
}

static bool
form_is_right(struct exchange *e)
{
	if (post_read_form(e))
		return true;
	e->outcome = (struct outcome){.verdict = VERDICT_INVALID};
	return false;
}

/* Runs a part of a POST. A handler that leaves it means that its thing is not there, or not for
 * this person. */
static void
guarded(struct exchange *e, void (*run)(struct exchange *e))
{
	e->may_leave = true;
	switch (setjmp(e->leave)) {
	case LEAVE_NOT:
		run(e);
		break;
	case LEAVE_FORBIDDEN:
		e->refusal = 403;
		e->step = STEP_REFUSAL;
		break;
	default:
		e->refusal = 404;
		e->step = STEP_REFUSAL;
		break;
	}
	e->may_leave = false;
	parent_idle(e->server->options.shared);
}

static void
world_failed(struct exchange *e, const char *what, const struct db_error *error)
{
	parent_idle(e->server->options.shared);
	log_line(LEVEL_ERROR, "%s %s %s failed: %d %s %s", e->req.id, what, e->req.route->pattern,
	    (int)error->trouble, error->statement ? error->statement : "", error->what);
	exchange_bare(e, 503);
}

/* --- slow work before ---------------------------------------------------- */

static void
prepare(struct exchange *e)
{
	struct req *r = &e->req;

	if (!admitted(e) || !form_is_right(e))
		return;
	parent_runs(e->server->options.shared, e->route_index, r->id);
	r->route->prepare(r);
	e->step = STEP_WRITE;
}

static void
prepare_in_transaction(struct tx *tx, void *arg)
{
	struct exchange *e = arg;

	e->req.tx = tx;
	guarded(e, prepare);
}

void
post_prepare_step(struct exchange *e)
{
	struct db_error error;

	if (!db_read(e->server->app->db, e->arena, e->req.now, prepare_in_transaction, e, &error))
		world_failed(e, "preparing", &error);
	e->req.tx = NULL;
	e->may_leave = false;
}

/* --- on the writer ------------------------------------------------------- */

static void
write_form(struct exchange *e)
{
	struct req *r = &e->req;

	if (!admitted(e))
		return;
	e->replayed = !r->route->plain && !e->by_mail && once_answered(r, e->once, &e->outcome);
	if (!e->replayed) {
		if (!form_is_right(e))
			return;
		parent_runs(e->server->options.shared, e->route_index, r->id);
		e->outcome = r->route->post(r);
		if (e->outcome.verdict != VERDICT_OK)
			return;
		need(e->outcome.location.n > 0);
		if (e->server->app->sent)
			e->server->app->sent(r);
		/* An answer that signs in or out, or sets the theme, is made anew each time: its
		 * cookie is kept nowhere, and without it the person would go where they are not
		 * let in. */
		if (r->cookies.n == 0 && !e->by_mail)
			once_keep(r, e->once, &e->outcome);
	}
	cookies_flash(r, e->outcome.flash);
	e->step = STEP_ANSWER;
}

static enum db_wish
run_job(struct tx *tx, struct db_job *job)
{
	struct exchange *e = job->arg;

	e->req.tx = tx;
	guarded(e, write_form);
	if (e->step == STEP_ANSWER)
		return e->replayed ? WRITE_UNDO : WRITE_KEEP;
	return e->outcome.keeps ? WRITE_KEEP : WRITE_UNDO;
}

/* On the writer's thread, after the commit: quick. */
static void
job_done(struct db_job *job, bool committed)
{
	struct exchange *e = job->arg;

	e->req.tx = NULL;
	e->may_leave = false;
	if (!committed && job->error.trouble != DB_FINE)
		world_failed(e, "writing", &job->error);
	else if (e->step == STEP_ANSWER)
		exchange_see(e, e->by_mail ? 200 : 303, e->by_mail ? (struct str){0} : e->outcome.location);
	/* A refused form: its page is drawn by the workers. */
	if (!e->mhd)
		e->wake(e);
	else if (e->step == STEP_ANSWER)
		wake_after_batch(e);
	else
		exchange_send_away(e);
}

void
post_submit(struct exchange *e)
{
	e->job = (struct db_job){
	    .run = run_job, .done = job_done, .arena = e->arena, .now = e->req.now, .arg = e};
	if (!db_submit(e->server->app->db, &e->job))
		exchange_busy(e);
}
