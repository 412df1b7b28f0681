/* /health, /ready and /metrics, for this machine only: a request that came through a proxy, or
 * from elsewhere, finds no such page. */
#include "core/http/metrics.h"

#include <stdio.h>

#include "core/db/figures.h"
#include "core/http/http.sql.h" /* generated */
#include "core/http/parent.h"
#include "core/http/server_exchange.h"
#include "core/log.h"

/* A watcher asks every few seconds and wants to know; whoever answers later than this is not ready. */
enum { READY_MS = 1000 };

static void
line(struct out *o, const char *name, const char *labels, int64_t n)
{
	out_fmt(o, "nuotio_%s%s %lld\n", name, labels, (long long)n);
}

static void
kind(struct out *o, const char *name, const char *type, const char *what)
{
	out_fmt(o, "# HELP nuotio_%s %s\n# TYPE nuotio_%s %s\n", name, what, name, type);
}

static void
number(struct out *o, const char *name, const char *type, const char *what, int64_t n)
{
	kind(o, name, type, what);
	line(o, name, "", n);
}

static void
write_memory(struct out *o, struct memory_figures f)
{
	number(o, "http_remembered_total", "counter", "Pages that were kept from before.", f.found);
	number(o, "http_not_remembered_total", "counter", "Pages that could have been, and were drawn.", f.missed);
	number(o, "http_memory_pages", "gauge", "Pages that are kept.", f.pages);
	number(o, "http_memory_bytes", "gauge", "The memory that they count for.", f.bytes);
}

static void
write_http(struct out *o, struct server *server)
{
	struct figures *f = &server->figures;
	int64_t answers = 0;

	kind(o, "http_answers_total", "counter", "Answers by the first digit of their status.");
	for (int digit = 1; digit <= 5; digit++) {
		char label[32];
		int64_t n = atomic_load(&f->answers[digit]);
		snprintf(label, sizeof label, "{status=\"%dxx\"}", digit);
		line(o, "http_answers_total", label, n);
		answers += n;
	}
	kind(o, "http_request_seconds", "summary", "From the first line to the end of the answer.");
	out_fmt(o, "nuotio_http_request_seconds_sum %.6f\n",
	    (double)atomic_load(&f->requests_us) / 1e6);
	line(o, "http_request_seconds_count", "", answers);
	number(o, "http_connections", "gauge", "Open connections.",
	    server->table ? (int64_t)guard_connections(server->table) : 0);
	number(o, "http_requests_running", "gauge", "Requests that have no answer yet.",
	    atomic_load(&f->in_work));
	number(o, "http_workers_waiting", "gauge", "Requests that wait for a worker.",
	    server->pool ? (int64_t)pool_waiting(server->pool) : 0);
	number(o, "http_large_running", "gauge", "Forms with a large file that have no answer yet.",
	    atomic_load(&f->large));
	number(o, "http_busy_total", "counter", "Answers 503 because a queue was full.",
	    atomic_load(&f->busy));
	number(o, "http_left_total", "counter", "Clients that left before their answer.",
	    atomic_load(&f->left));
	number(o, "http_reaped_total", "counter", "Connections that took too long.",
	    atomic_load(&f->reaped));
	write_memory(o, server->memory ? memory_figures(server->memory) : (struct memory_figures){0});
	number(o, "process_restarts_total", "counter",
	    "How often the serving process was started again.",
	    parent_restarts(server->options.shared));
}

static void
write_commits(struct out *o, const struct db_figures *f)
{
	int64_t upto = 0;

	kind(o, "db_commit_seconds", "histogram", "How long a commit took.");
	for (int i = 0; i < DB_COMMIT_STEPS; i++) {
		upto += f->commit[i];
		if (i < DB_COMMIT_STEPS - 1)
			out_fmt(o, "nuotio_db_commit_seconds_bucket{le=\"%g\"} %lld\n",
			    (double)db_commit_bound_us[i] / 1e6, (long long)upto);
		else
			out_fmt(o, "nuotio_db_commit_seconds_bucket{le=\"+Inf\"} %lld\n",
			    (long long)upto);
	}
	out_fmt(o, "nuotio_db_commit_seconds_sum %.6f\n", (double)f->commit_us / 1e6);
	line(o, "db_commit_seconds_count", "", upto);
}

static void
write_db(struct out *o, struct db *db)
{
	struct db_figures f = db_figures(db);

	number(o, "db_queue", "gauge", "Writing jobs that wait.", f.queue);
	number(o, "db_refused_total", "counter",
	    "Writing jobs not taken because the queue was full.", f.refused);
	number(o, "db_batches_total", "counter", "Commits of the writer.", f.batches);
	number(o, "db_jobs_total", "counter", "Writing jobs done.", f.jobs);
	number(o, "db_failed_batches_total", "counter", "Commits that failed.", f.failed_batches);
	number(o, "db_failed_jobs_total", "counter", "Writing jobs that failed.", f.failed_jobs);
	write_commits(o, &f);
	number(o, "db_log_bytes", "gauge", "SQLite's write-ahead log.", f.wal_bytes);
	number(o, "db_log_bytes_max", "gauge", "The most it was.", f.wal_bytes_max);
	number(o, "db_checkpoints_total", "counter", "Checkpoints by the gate.", f.checkpoints);
	number(o, "db_reads_total", "counter", "Read transactions.", f.reads);
	number(o, "db_reads_failed_total", "counter", "Read transactions that failed.",
	    f.reads_failed);
	number(o, "db_reconnects_total", "counter", "Connections made anew.", f.reconnects);
}

static void
ask_database(struct tx *tx, void *arg)
{
	once_id id;

	(void)arg;
	once_any(tx, &id);
}

static void
say(struct exchange *e, int status, const char *words)
{
	out_str(&e->req.out, str_of(words));
	e->req.status = status;
	e->req.type = STR("text/plain; version=0.0.4; charset=utf-8");
	e->step = STEP_ANSWER;
}

void
metrics_ready_step(struct exchange *e)
{
	struct db_error error;

	if (db_read_within(e->server->app->db, READY_MS, e->arena, e->req.now, ask_database, NULL, &error)) {
		say(e, 200, "ready\n");
		return;
	}
	log_line(LEVEL_ERROR, "%s not ready: %d %s", e->req.id, (int)error.trouble, error.what);
	say(e, 503, "not ready: the database does not answer\n");
}

bool
metrics_answer(struct exchange *e)
{
	struct req *r = &e->req;
	struct server *server = e->server;

	if (!e->local || r->method != GET || r->path.n > 8)
		return false;
	if (str_is(r->path, "/health")) {
		say(e, 200, "ok\n");
	} else if (str_is(r->path, "/ready")) {
		if (atomic_load(&server->ready))
			e->step = STEP_READY;
		else
			say(e, 503, "not ready: the service starts or stops\n");
	} else if (str_is(r->path, "/metrics")) {
		write_http(&r->out, server);
		write_db(&r->out, server->app->db);
		say(e, 200, "");
	} else {
		return false;
	}
	return true;
}
