#include "test/world.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/account/account.h"
#include "app/admin/admin.h"
#include "app/campus/campus.h"
#include "app/people/people.h"
#include "app/room.h"
#include "app/wheel/wheel.sql.h" /* generated */
#include "core/db/fixture.h"
#include "core/http/limits.h"
#include "core/http/once.h"
#include "core/http/query.h"
#include "core/log.h"
#include "core/secret.h"
#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"
#include "main.h"
#include "test/visits.h"

enum { ARENA_BYTES = 256 << 20, PEOPLE_MAX = 16, ROOMS_MAX = 32 };

static int64_t passed_s;

/* 2026-11-23 12:00 in Helsinki, and what has passed since. */
struct instant
world_now(void)
{
	return (struct instant){instant_of_iso(STR("2026-11-23T10:00:00Z")).s + passed_s};
}

void
world_pass(int64_t seconds)
{
	passed_s += seconds;
}

/* Who has signed in to which world, with what cookie. */
static struct signed_in {
	const struct world *world;
	char who[32];
	struct str session;
} signed_in[PEOPLE_MAX * 8];
static size_t signed_in_n;

struct trial {
	struct trial *outer;
	char *database;
	struct signed_in were[PEOPLE_MAX * 8];
	size_t were_n;
	int64_t passed_s;
};

static const unsigned char secret[SECRET_BYTES] = "the secret of the demo world ...";

static void
fill(struct tx *tx, void *arg)
{
	struct out problems = out_new(tx->arena);

	(void)arg;
	secret_set(secret); /* its letters hold signed links */
	if (!admin_init_demo(tx, &problems)) {
		fprintf(stderr, "%.*s", STR_ARG(out_text(&problems)));
		need(0 && "a demo world");
	}
}

static struct db *
make(const char *place)
{
	struct db_options options = DB_OPTIONS(place);
	struct db_error error = {0};
	struct db *db = db_open(&options, &error);
	struct arena *a = arena_new(ARENA_BYTES);

	if (!db || !db_migrate(db, &error) || !db_write_now(db, a, world_now(), fill, NULL, &error)) {
		fprintf(stderr, "%s: %s\n", place, error.what);
		need(0 && "a database for the world");
	}
	arena_free(a);
	return db;
}

static struct world *
begin(struct test *t, struct db *db)
{
	struct world *w = ARENA_NEW(t->arena, struct world);
	struct http_app *app = ARENA_NEW(t->arena, struct http_app);
	struct server_options *options = ARENA_NEW(t->arena, struct server_options);

	secret_set(secret);
	log_to(open("/dev/null", O_WRONLY | O_CLOEXEC));
	*app = program_app(db);
	*options = (struct server_options){.app = app, .now = world_now, .origin = STR("https://nuotio.example")};
	*w = (struct world){.t = t, .arena = t->arena, .db = db, .server = server_new(options),
	    .browser = "a-browser-of-the-test", .network = ""};
	return w;
}

/* What a process keeps from one world to the next. */
static void
begin_anew(void)
{
	program_set_up();
	limits_forget();
	passed_s = 0;
}

static struct db *
filled(void)
{
	static struct db *template; /* one a process */

	if (!template)
		template = make(":memory:");
	return db_clone(template);
}

struct world *
world_in_memory(struct test *t)
{
	begin_anew();
	return begin(t, filled());
}

struct world *
world_without(struct test *t, const char *name)
{
	static const struct room *less[ROOMS_MAX];
	struct db *db;
	size_t n = 0;

	begin_anew();
	db = filled();
	for (const struct room *const *room = rooms_all(); *room; room++)
		if (strcmp((*room)->name, name) != 0) {
			need(n + 1 < ROOMS_MAX);
			less[n++] = *room;
		}
	less[n] = NULL;
	rooms_set(less);
	return begin(t, db);
}

struct world *
world_of_day(struct test *t, const char *day)
{
	begin_anew();
	world_pass(instant_of_iso(str_fmt(t->arena, "%sT10:00:00Z", day)).s - world_now().s);
	return begin(t, make(":memory:"));
}

static struct db *on_server; /* one a process, too */
static char server_name[24];

static void
drop_on_server(void)
{
	db_close(on_server);
	fixture_pg_database_drop(server_name);
}

static struct world *
world_on_postgres(struct test *t)
{
	struct world *w;

	begin_anew();
	if (!on_server) {
		snprintf(server_name, sizeof server_name, "world_%d", (int)getpid());
		on_server = make(fixture_pg_database(t->arena, server_name));
		atexit(drop_on_server);
	}
	w = begin(t, on_server);
	world_try(w);
	return w;
}

struct world *
world(struct test *t)
{
	t->on_each_engine = true;
	return t->postgres ? world_on_postgres(t) : world_in_memory(t);
}

void
world_end(struct world *w)
{
	size_t kept = 0;

	while (w->trial)
		world_undo(w);
	/* Another world may stand at the same address soon. */
	for (size_t i = 0; i < signed_in_n; i++)
		if (signed_in[i].world != w)
			signed_in[kept++] = signed_in[i];
	signed_in_n = kept;
	server_free(w->server);
	if (w->db != on_server)
		db_close(w->db);
}

void
world_try(struct world *w)
{
	struct trial *trial = ARENA_NEW(w->arena, struct trial);

	*trial = (struct trial){.outer = w->trial, .database = fixture_trial_begin(w->db), .were_n = signed_in_n,
	    .passed_s = passed_s};
	memcpy(trial->were, signed_in, sizeof signed_in);
	w->trial = trial;
}

void
world_undo(struct world *w)
{
	struct trial *trial = w->trial;

	fixture_trial_undo(w->db, trial->database);
	memcpy(signed_in, trial->were, sizeof signed_in);
	signed_in_n = trial->were_n;
	passed_s = trial->passed_s;
	limits_forget();
	w->trial = trial->outer;
}

/* --- people ---------------------------------------------------------------------------------------------- */

struct linking {
	const char *who;
	struct str token;
};

static void
make_link(struct tx *tx, void *arg)
{
	struct linking *l = arg;
	struct person p;

	need(strchr(l->who, '@') ? person_with_email(tx, str_of(l->who), &p) : person_with_key(tx, str_of(l->who), &p));
	l->token = account_link(tx, p.id, ACCOUNT_INVITE_MINUTES);
}

static struct str
once_for(struct world *w, struct str session, struct str path)
{
	struct req *r = ARENA_NEW(w->arena, struct req);

	r->arena = w->arena;
	r->session = session;
	r->browser = str_of(w->browser);
	r->cookies = out_new(w->arena);
	return once_new(r, path);
}

#define URLENCODED "application/x-www-form-urlencoded"
#define BOUNDARY "a-boundary-that-no-test-writes"
#define MULTIPART "multipart/form-data; boundary=" BOUNDARY

static struct answered
ask(struct world *w, const char *method, struct str session, struct str address, const char *type, struct str body)
{
	struct asked asked = {
		.method = method,
		.address = address,
		.cookie = str_fmt(w->arena, "session=%.*s; browser=%s", STR_ARG(session), w->browser),
		.network = str_of(w->network),
		.if_none_match = w->known,
		.content_type = str_of(type),
		.body = body,
		.origin = STR("https://nuotio.example"),
	};

	return server_ask(w->server, w->arena, &asked);
}

/* The fields as browsers send them that have a file among them: its value is @ and the path. */
static struct str
with_files(struct world *w, struct str fields)
{
	struct out o = out_new(w->arena);

	while (fields.n) {
		struct str value = str_cut(&fields, '&'), name = str_cut(&value, '='), text;

		out_fmt(&o, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"", STR_ARG(name));
		if (str_starts(value, STR("@"))) {
			value = str_sub(value, 1, value.n);
			out_fmt(&o, "; filename=\"%.*s\"", STR_ARG(value));
			text = file_read(w->arena, str_z(w->arena, value));
			need(access(str_z(w->arena, value), R_OK) == 0);
		} else {
			need(query_decode(w->arena, value, &text));
		}
		out_lit(&o, "\r\n\r\n");
		out_str(&o, text);
		out_lit(&o, "\r\n");
	}
	out_lit(&o, "--" BOUNDARY "--\r\n");
	return out_text(&o);
}

static struct answered
post(struct world *w, struct str session, struct str address, struct str fields)
{
	struct str rest = address, path = str_cut(&rest, '?');
	struct str body = str_fmt(w->arena, "once=%.*s&%.*s", STR_ARG(once_for(w, session, path)), STR_ARG(fields));

	if (str_contains(fields, STR("=@")))
		return ask(w, "POST", session, address, MULTIPART, with_files(w, body));
	return ask(w, "POST", session, address, URLENCODED, body);
}

static struct str *
kept_session(struct world *w, const char *who)
{
	for (size_t i = 0; i < signed_in_n; i++)
		if (signed_in[i].world == w && strcmp(signed_in[i].who, who) == 0)
			return &signed_in[i].session;
	return NULL;
}

/* The session that the cookies begin or, with an empty one, end. False: they say nothing of it. */
static bool
session_in(struct str cookies, struct str *session)
{
	while (cookies.n) {
		struct str line = str_cut(&cookies, '\n'), value = str_sub(line, 8, line.n);

		if (str_starts(line, STR("session="))) {
			*session = str_cut(&value, ';');
			return true;
		}
	}
	return false;
}

void
world_signs_in(struct world *w, const char *who, struct answered a)
{
	struct str session, *kept = kept_session(w, who);

	need(session_in(a.cookies, &session));
	if (!kept) {
		need(signed_in_n < sizeof signed_in / sizeof *signed_in);
		signed_in[signed_in_n].world = w;
		snprintf(signed_in[signed_in_n].who, sizeof signed_in->who, "%s", who);
		kept = &signed_in[signed_in_n++].session;
	}
	*kept = session;
}

void
world_takes_cookies(struct world *w, const char *who, struct answered a)
{
	struct str session;

	if (who && session_in(a.cookies, &session) && session.n)
		world_signs_in(w, who, a);
}

struct str
world_link(struct world *w, const char *who)
{
	struct linking l = {.who = who};
	struct db_error error;

	need(db_write_now(w->db, w->arena, world_now(), make_link, &l, &error));
	return l.token;
}

/* Signs in as people do: by a link and its button. */
static struct str
session_of(struct world *w, const char *who)
{
	struct answered a;

	if (!who)
		return STR("");
	if (!kept_session(w, who)) {
		a = post(w, STR(""), str_fmt(w->arena, "/fi/sign-in/link/%.*s", STR_ARG(world_link(w, who))),
		    STR("own=1"));
		need(a.status == 303);
		world_signs_in(w, who, a);
	}
	return *kept_session(w, who);
}

struct answered
world_get(struct world *w, const char *who, const char *address)
{
	return ask(w, "GET", session_of(w, who), str_of(address), "", STR(""));
}

struct answered
world_post(struct world *w, const char *who, const char *address, const char *fields)
{
	return post(w, session_of(w, who), str_of(address), str_of(fields));
}

struct answered
world_follow(struct world *w, const char *who, struct answered a)
{
	struct str address = a.location, line;
	const char *browser = w->browser;

	while (a.cookies.n) {
		line = str_cut(&a.cookies, '\n');
		line = str_cut(&line, ';');
		if (str_starts(line, STR("flash=")))
			w->browser = str_z(w->arena, str_fmt(w->arena, "%s; %.*s", browser, STR_ARG(line)));
	}
	a = world_get(w, who, str_z(w->arena, str_cut(&address, '#')));
	w->browser = browser;
	return a;
}

static size_t
place_of(struct str body, const char *text)
{
	size_t at = 0;

	while (at < body.n && !str_starts(str_sub(body, at, body.n), str_of(text)))
		at++;
	return at;
}

struct answered
world_part(struct answered a, const char *from, const char *to)
{
	size_t end;

	a.body = str_sub(a.body, place_of(a.body, from) + strlen(from), a.body.n);
	end = place_of(a.body, to);
	a.body = str_sub(a.body, 0, end < a.body.n ? end : 0);
	return a;
}

int64_t
world_hidden(struct answered page, const char *name)
{
	char mark[60];
	int64_t n = 0;

	snprintf(mark, sizeof mark, "name=\"%s\" value=\"", name);
	for (size_t i = 0; i + strlen(mark) < page.body.n; i++)
		if (memcmp(page.body.p + i, mark, strlen(mark)) == 0) {
			struct str rest = str_sub(page.body, i + strlen(mark), 20);

			str_int(str_cut(&rest, '"'), &n);
			return n;
		}
	return n;
}

int
world_count(struct answered a, const char *text)
{
	int n = 0;

	for (size_t at; (at = place_of(a.body, text)) < a.body.n; n++)
		a.body = str_sub(a.body, at + strlen(text), a.body.n);
	return n;
}

/* --- what is in the database --------------------------------------------------------------------------- */

static void
add_campuses(struct tx *tx, void *arg)
{
	const int *most = arg;
	struct json_in in = json_in_new(tx->arena);
	struct out o = out_new(tx->arena);

	out_lit(&o, "{\"provider\": {\"name\": {\"fi\": \"Opisto\"}}, \"campuses\": [");
	for (int n = 1; n <= *most; n++)
		out_fmt(&o, "%s{\"slug\": \"uusi%d\", \"name\": {\"fi\": \"Uusi%c Mäki %d\"}, \"language\": \"fi\"}",
		    n > 1 ? ", " : "", n, n % 2 ? 'a' : 'b', n);
	out_lit(&o, "]}");
	campus_load(tx, &in, json_parse(&in, out_text(&o)), date_of(2026, 11, 23));
}

void
world_add_campuses(struct world *w, int n)
{
	struct test *t = w->t;
	struct db_error error;

	CHECK(db_write_now(w->db, w->arena, world_now(), add_campuses, &n, &error));
}

void
world_read(struct world *w, void (*run)(struct tx *tx, void *arg), void *arg)
{
	struct db_error error;

	need(db_read(w->db, w->arena, world_now(), run, arg, &error));
}

struct finding {
	const char *key;
	wheel_item_id id;
};

static void
find_item(struct tx *tx, void *arg)
{
	struct finding *f = arg;
	struct wheel_series series;
	struct school_year year;
	struct wheel_item item;

	need(school_year_of(tx, 2026, &year) && wheel_series_by_key(tx, str_of(f->key), &series) &&
	    wheel_item_of_series(tx, series.id, year.id, &item));
	f->id = item.id;
}

struct looking {
	struct world *w;
	const char *key;
	int64_t id;
};

static void
find_person(struct tx *tx, void *arg)
{
	struct looking *l = arg;
	struct person p;

	need(person_with_key(tx, str_of(l->key), &p) ||
	    person_with_email(tx, str_fmt(l->w->arena, "%s@nuotio.example", l->key), &p));
	l->id = p.id.n;
}

int64_t
world_person(struct world *w, const char *key)
{
	struct looking l = {.w = w, .key = key};

	world_read(w, find_person, &l);
	return l.id;
}

const char *
world_item(struct world *w, const char *campus, const char *key)
{
	struct finding f = {.key = key};

	world_read(w, find_item, &f);
	return str_z(w->arena, str_fmt(w->arena, "/fi/%s%swheel/2026/%lld", campus ? campus : "", campus ? "/" : "",
	    (long long)f.id.n));
}
