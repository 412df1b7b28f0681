/* The job that sends what is due. A try is counted before it is made and its result written
 * after: a process that ends between the two has failed, and a mail goes out twice rather than
 * never. */
#include "core/mail/send.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/db.h"
#include "core/job/job.h"
#include "core/log.h"
#include "core/mail/letter.h"
#include "core/mail/mail.h"
#include "core/mail/mail.sql.h" /* generated */
#include "core/mail/mime.h"
#include "core/mail/server.h"

enum { CONNECT_S = 15, WHOLE_S = 60, REPLY_MAX = 300 };

/* --- the server ------------------------------------------------------------------------------ */

static struct {
	struct arena *arena;
	struct mail_server is; /* texts end with NUL */
	struct mime_address from;
	bool set;
} server;

/* Monotonic milliseconds: until then the server is left alone. */
static atomic_int_fast64_t pause_until_ms;
static atomic_int_fast64_t sent_count, failed_count;

static int64_t
now_ms(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * (int64_t)1000 + at.tv_nsec / 1000000;
}

static void
init_curl(void)
{
	need(curl_global_init(CURL_GLOBAL_DEFAULT) == 0);
}

static struct str
keep(struct str s)
{
	return (struct str){str_z(server.arena, s), s.n};
}

bool
mail_server_set(const struct mail_server *given)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, init_curl);
	arena_free(server.arena);
	server.arena = arena_new(64 * 1024);
	server.is = (struct mail_server){
		keep(given->url), keep(given->user), keep(given->password), keep(given->from),
	};
	atomic_store(&pause_until_ms, 0);
	server.set = false;
	if (given->url.n == 0)
		return true;
	server.set = (str_starts(given->url, STR("smtp://")) ||
	    str_starts(given->url, STR("smtps://"))) &&
	    mime_address_of(server.is.from, &server.from);
	return server.set;
}

bool
mail_server_is_set(void)
{
	return server.set;
}

struct ical_person
mail_sender(void)
{
	return server.set ? (struct ical_person){server.from.name, server.from.address} : (struct ical_person){0};
}

struct mail_figures
mail_figures(void)
{
	return (struct mail_figures){atomic_load(&sent_count), atomic_load(&failed_count)};
}

int64_t
mail_backoff_s(int64_t tries)
{
	static const int minutes[] = {1, 5, 15, 60, 120, 240};
	int64_t last = sizeof minutes / sizeof *minutes;

	need(tries >= 1);
	return minutes[(tries < last ? tries : last) - 1] * (int64_t)60;
}

/* --- one conversation ------------------------------------------------------------------------ */

struct sending {
	struct job_context *job;
	struct outbox row;
	bool found;

	struct str text; /* the whole mail */
	size_t read;
	bool began; /* the text was asked for: it may have arrived whatever happens now */

	char reply[REPLY_MAX]; /* the server's last refusal */
	char trouble[CURL_ERROR_SIZE];
	bool sent, hopeless;
	bool stopped; /* by ourselves, before the text */
	struct str error; /* for the row */
};

static size_t
give(char *to, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	struct str part = str_sub(s->text, s->read, size * n);

	if (part.n)
		memcpy(to, part.p, part.n);
	s->began = true;
	s->read += part.n;
	return part.n;
}

static int
give_again(void *arg, curl_off_t offset, int origin)
{
	struct sending *s = arg;

	if (origin != SEEK_SET || offset < 0 || (size_t)offset > s->text.n)
		return CURL_SEEKFUNC_CANTSEEK;
	s->read = (size_t)offset;
	return CURL_SEEKFUNC_OK;
}

/* Lines of the server. Only refusals are kept, for the row; never for the log. */
static size_t
hear(char *line, size_t size, size_t n, void *arg)
{
	struct sending *s = arg;
	struct str reply = str_trim((struct str){line, size * n});

	if (reply.n > 3 && (reply.p[0] == '4' || reply.p[0] == '5'))
		snprintf(s->reply, sizeof s->reply, "%.*s", STR_ARG(reply));
	return size * n;
}

/* A service that stops does not wait for a slow server, unless the mail may have been taken
 * already. */
static int
asks_to_stop(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
	struct sending *s = arg;

	(void)a, (void)b, (void)c, (void)d;
	return !s->began && !job_continues(s->job);
}

/* With a server's words one has to reckon with anything. */
static struct str
readable(struct arena *a, const char *words)
{
	size_t n = strlen(words);
	char *p = arena_bytes(a, n);

	for (size_t i = 0; i < n; i++)
		p[i] = words[i] >= ' ' && words[i] <= '~' ? words[i] : '?';
	return str_trim((struct str){p, n});
}

static bool
is_here(struct str host)
{
	return str_starts(host, STR("127.")) || str_starts(host, STR("localhost")) ||
	    str_starts(host, STR("[::1]"));
}

/* The URL, with the name by which we greet as its path: the public one, if it is a name. */
static struct str
url_to(struct arena *a, struct str *host)
{
	struct str rest = server.is.url, name = mail_base();
	struct str scheme = str_cut(&rest, ':');

	*host = str_sub(rest, 2, rest.n);
	rest = *host;
	*host = str_cut(&rest, '/');
	str_cut(&name, '/');
	str_cut(&name, '/');
	name = str_cut(&name, ':');
	if (rest.n)
		name = rest;
	else if (name.n == 0 || name.p[0] == '[' || !str_contains(name, STR(".")) ||
	    (name.p[name.n - 1] >= '0' && name.p[name.n - 1] <= '9'))
		name = STR("");
	return str_fmt(a, "%.*s://%.*s%s%.*s", STR_ARG(scheme), STR_ARG(*host), name.n ? "/" : "",
	    STR_ARG(name));
}

static void
set_security(CURL *curl, struct str host)
{
	bool sealed = str_starts(server.is.url, STR("smtps://"));
	bool names = server.is.user.n > 0;

	/* A password goes only over an encrypted connection to a server that proves who it is.
	 * Without one, whoever could forge a certificate could as well leave out the offer to
	 * encrypt: then any encryption is better than none, and the self-made certificate of a
	 * relay in one's own network will do. */
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
	    (long)(names && !is_here(host) ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, sealed || names ? 1L : 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, sealed || names ? 2L : 0L);
	if (names) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, server.is.user.p);
		curl_easy_setopt(curl, CURLOPT_PASSWORD, server.is.password.p);
	}
}

static void
set_up(CURL *curl, struct sending *s)
{
	struct arena *a = s->job->arena;
	struct str host, url = url_to(a, &host);

	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	/* Not the proxy that the environment may name for web addresses. */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_S);
	set_security(curl, host);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(a, server.from.address));
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)s->text.n);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, s);
	curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, give_again);
	curl_easy_setopt(curl, CURLOPT_SEEKDATA, s);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, hear);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, s);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, asks_to_stop);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, s);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, s->trouble);
}

/* Whether it is the server, not this mail, that is the matter. */
static bool
is_unreachable(CURLcode code)
{
	switch ((int)code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_USE_SSL_FAILED:
	case CURLE_LOGIN_DENIED:
	case CURLE_WEIRD_SERVER_REPLY:
		return true;
	default:
		return false;
	}
}

static void
converse(CURL *curl, struct sending *s)
{
	struct curl_slist *to = curl_slist_append(NULL, str_z(s->job->arena, s->row.recipient));
	CURLcode code;

	need(to != NULL);
	/* Options go, connections stay: several mails share one. */
	curl_easy_reset(curl);
	set_up(curl, s);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	code = curl_easy_perform(curl);
	curl_slist_free_all(to);
	s->sent = code == CURLE_OK;
	s->stopped = code == CURLE_ABORTED_BY_CALLBACK;
	if (s->sent || s->stopped)
		return;
	if (is_unreachable(code))
		atomic_store(&pause_until_ms, now_ms() + MAIL_SERVER_PAUSE_MS);
	s->error = readable(s->job->arena, *s->reply ? s->reply :
	    *s->trouble ? s->trouble : curl_easy_strerror(code));
	/* Not in the server's words: they name addresses. */
	log_line(LEVEL_WARN, "mail %lld was not sent, try %lld: %s%s%.3s", (long long)s->row.id.n,
	    (long long)s->row.tries, curl_easy_strerror(code), *s->reply ? ", " : "", s->reply);
}

static void
send_one(CURL *curl, struct sending *s)
{
	struct out text = out_new(s->job->arena), words = text, html = text;
	enum lang lang = (enum lang)(s->row.language - 1);
	struct mime mime = {
		.from = server.from,
		.to = s->row.recipient,
		.subject = s->row.subject,
		.message_id = s->row.message,
		.date = job_now(s->job),
		.lang = lang,
		.unsubscribe = s->row.unsubscribe,
		.calendar = s->row.calendar,
		.method = (enum ical_method)(s->row.method - OUTBOX_METHOD_NO),
	};

	letter_write_text(&words, s->row.body);
	letter_write_html(&html, s->row.body, s->row.subject, lang);
	mime.body = out_text(&words);
	mime.html = out_text(&html);
	s->hopeless = !mime_write(&text, &mime);
	if (s->hopeless) {
		s->error = STR("the address or the subject cannot stand in a mail");
		log_line(LEVEL_WARN, "mail %lld cannot be sent: its address or subject cannot "
		    "stand in a mail", (long long)s->row.id.n);
	} else {
		s->text = out_text(&text);
		converse(curl, s);
	}
	if (s->sent)
		log_line(LEVEL_INFO, "mail %lld was sent", (long long)s->row.id.n);
	if (!s->stopped)
		atomic_fetch_add(s->sent ? &sent_count : &failed_count, 1);
}

/* --- the job --------------------------------------------------------------------------------- */

static bool
is_paused(void)
{
	return now_ms() < atomic_load(&pause_until_ms);
}

static struct instant
before(struct instant at, int64_t seconds)
{
	return (struct instant){at.s - seconds};
}

static bool
something_is_due(struct tx *tx)
{
	return server.set && !is_paused() && outbox_is_due(tx, tx->now);
}

static void
claim(struct tx *tx, void *arg)
{
	struct sending *s = arg;

	s->found = outbox_next(tx, tx->now, &s->row);
	if (!s->found)
		return;
	s->row.tries++;
	s->row.due_at = (struct instant){tx->now.s + mail_backoff_s(s->row.tries)};
	outbox_claim(tx, s->row.id, s->row.due_at);
}

static void
note(struct tx *tx, void *arg)
{
	const struct sending *s = arg;
	bool late = s->row.due_at.s > s->row.until_at.s;

	if (s->sent)
		outbox_sent(tx, s->row.id, tx->now);
	else if (s->stopped)
		outbox_retry(tx, s->row.id, tx->now, s->row.until_at);
	else if (s->hopeless || late)
		outbox_give_up(tx, s->row.id, s->error);
	else
		outbox_failed(tx, s->row.id, s->error);
}

static void
send_due(struct job_context *job)
{
	CURL *curl = curl_easy_init();

	need(curl != NULL);
	while (!is_paused() && job_continues(job)) {
		struct sending s = {.job = job};

		arena_reset(job->arena);
		if (!job_write(job, claim, &s) || !s.found)
			break;
		send_one(curl, &s);
		if (!s.sent && !s.hopeless && !s.stopped)
			job_failed(job);
		if (!job_write(job, note, &s))
			break;
	}
	curl_easy_cleanup(curl);
}

/* Mails are about today: one that found no server while it would have helped is not sent when there is one at last. */
static void
forget(struct tx *tx)
{
	outbox_give_up_over(tx, tx->now, STR("no mail server while it would have helped"));
	outbox_blank_before(tx, before(tx->now, MAIL_BLANK_S));
	outbox_forget_before(tx, before(tx->now, MAIL_FORGET_S));
}

const struct job mail_jobs[] = {
	{.name = "mail.send", .every_s = 2, .due = something_is_due, .run = send_due},
	{.name = "mail.forget", .every_s = 3600, .write = forget},
	{.name = NULL},
};
