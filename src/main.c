/* The program: its rooms, and its commands. The only file that knows every room. */
#include "main.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/date.h"
#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/text_form.h"
#include "lib/zone.h"

#include "core/actor.h"
#include "core/config.h"
#include "core/db/backup.h"
#include "core/db/db.h"
#include "core/db/schema.h"
#include "core/db/stmt.h"
#include "core/db/writer.h"
#include "core/fetch.h"
#include "core/http/cookies.h"
#include "core/http/once.h"
#include "core/http/parent.h"
#include "core/http/router.h"
#include "core/http/server.h"
#include "core/job/job.h"
#include "core/job/scheduler.h"
#include "core/log.h"
#include "core/mail/mail.h"
#include "core/mail/server.h"
#include "core/secret.h"

#include "app/account/account.h"
#include "app/admin/admin.h"
#include "app/calendar/calendar.h"
#include "app/campus/campus.h"
#include "app/diary/diary.h"
#include "app/file/file.h"
#include "app/framework/framework.h"
#include "app/home/home.h"
#include "app/journal/journal.h"
#include "app/letter/letter.h"
#include "app/notice/notice.h"
#include "app/page/page.h"
#include "app/partner/partner.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"
#include "app/space/space.h"
#include "app/wheel/wheel.h"
#include "texts.all.h" /* generated */

enum {
	ARENA_BYTES = 256 << 20,
	TABLES_MAX = 64,
	JOBS_MAX = 64,
	GRACE_S = 10,
	DAY_S = 86400,
	NOON_S = DAY_S / 2,
	EXIT_MISTAKEN = 2,
};

/* From left to right, as in app/ORDER. */
static const struct room *const rooms[] = {
	&page_room,
	&journal_room,
	&campus_room,
	&people_room,
	&account_room,
	&file_room,
	&framework_room,
	&notice_room,
	&partner_room,
	&calendar_room,
	&space_room,
	&wheel_room,
	&diary_room,
	&letter_room,
	&home_room,
	&admin_room,
	NULL,
};

/* --- what the rooms give ---------------------------------------------------------------------------- */

static const struct route *tables[TABLES_MAX + 1];

struct http_app
program_app(struct db *db)
{
	size_t n = 0;

	memset(tables, 0, sizeof tables);
	for (const struct room *const *room = rooms_all(); *room; room++)
		for (const struct route *const *t = (*room)->routes; t && *t; t++) {
			need(n < TABLES_MAX);
			tables[n++] = *t;
		}
	return (struct http_app){
		.routes = tables,
		.db = db,
		.enter = home_enter,
		.frame = home_frame,
		.error_page = page_error,
		.bare_page = page_bare,
		.sign_in_page = account_sign_in_page,
		.sent = account_settle_kept,
		.field = page_draw_field,
		.verdict_words = page_verdict_words,
	};
}

/* How far a demonstration of another day is from the real time. */
static int64_t ahead_s;

static struct instant
now(void)
{
	return (struct instant){(int64_t)time(NULL) + ahead_s};
}

static const struct job own_jobs[] = {
	{.name = "once.forget", .every_s = 86400, .write = once_forget},
	{0},
};

/* Those of the rooms, and of the machine. */
static bool
start_jobs(struct db *db)
{
	const struct job *lists[JOBS_MAX] = {own_jobs, mail_jobs};
	size_t n = 2;

	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->jobs) {
			need(n < JOBS_MAX);
			lists[n++] = (*room)->jobs;
		}
	return job_start(db, lists, n, now);
}

/* What ends to the right of people when somebody has left. */
static void
person_has_left(struct tx *tx, person_id id)
{
	account_end(tx, id);
	partner_person_left(tx, id);
}

void
program_set_up(void)
{
	need(sodium_init() >= 0);
	text_table_set(text_all, text_all_count);
	actor_rights_set(rights_roles, RIGHT_COUNT);
	rooms_set(rooms);
	people_on_invited(account_invite);
	people_on_left(person_has_left);
}

static void
set_zone(struct tx *tx, void *arg)
{
	const struct zone *zone = zone_find(provider_of(tx).time_zone);

	(void)arg;
	if (zone)
		i18n_zone_set(zone);
}

void
program_zone_set(struct db *db)
{
	struct arena *a = arena_new(ARENA_BYTES);

	db_read(db, a, now(), set_zone, NULL, NULL); /* if not, nobody is served either */
	arena_free(a);
}

static void
set_up(const struct config *c)
{
	program_set_up();
	log_level_set(c->log_level);
	cookies_secure_set(str_starts(c->public_url, STR("https://")));
}

static int
failed(const char *what, const char *why)
{
	fprintf(stderr, "nuotio: %s: %s\n", what, why);
	return EXIT_FAILURE;
}

/* The data folder exists and holds the secret. */
static bool
open_folder(const struct config *c)
{
	char why[300];

	if (mkdir(c->data.p, 0700) != 0 && errno != EEXIST) {
		failed(c->data.p, strerror(errno));
		return false;
	}
	if (!secret_load(c->data.p, why, sizeof why)) {
		failed("secret", why);
		return false;
	}
	return true;
}

static struct db *
open_database(const struct config *c)
{
	struct db_options options = DB_OPTIONS(c->database.p);
	struct db_error error = {0};
	struct db *db = db_open(&options, &error);

	if (!db || !db_migrate(db, &error)) {
		failed(c->database.p, error.what);
		db_close(db);
		return NULL;
	}
	return db;
}

/* --- serve ------------------------------------------------------------------------------------------- */

struct serving {
	const struct config *config;
	int listen_fd, lock_fd;
	struct str base;
};

static int
serve_child(void *arg, struct parent_shared *shared)
{
	const struct serving *s = arg;
	const struct config *c = s->config;
	struct db *db = open_database(c);
	struct http_app app = program_app(db);
	struct server_options options = {
		.app = &app,
		.listen_fd = s->listen_fd,
		.shared = shared,
		.proxies = c->proxies,
		.origin = c->public_url,
		.csp_reports = c->csp_reports,
		.now = now,
		.workers = (int)c->workers,
		.memory_bytes_max = c->page_memory_mb ? c->page_memory_mb << 20 : -1,
	};
	struct server *server;

	if (!db)
		return EXIT_FAILURE;
	program_zone_set(db);
	fetch_inside_set(c->fetch_inside);
	mail_base_set(s->base);
	if (c->smtp.n && !mail_server_set(&(struct mail_server){c->smtp, c->smtp_user, c->smtp_password,
	    c->mail_from}))
		return failed("--mail-from", "is no address");
	server = server_new(&options);
	if (!db_writer_start(db) || !server_start(server))
		return EXIT_FAILURE;
	start_jobs(db);
	parent_ready(shared);
	parent_wait_for_stop();
	job_stop();
	server_stop(server, GRACE_S);
	server_free(server);
	db_close(db);
	return EXIT_SUCCESS;
}

/* The address that people type, when none was given: that of the socket. */
static struct str
base_of(struct arena *a, const struct config *c, int listen_fd)
{
	struct str host = c->listen;
	size_t colon = host.n;

	if (c->public_url.n)
		return c->public_url;
	while (colon > 0 && host.p[colon - 1] != ':')
		colon--;
	host = colon > 1 ? str_sub(host, 0, colon - 1) : STR("127.0.0.1");
	return str_fmt(a, "http://%.*s:%d", STR_ARG(host), (int)parent_port(listen_fd));
}

static bool
start_serving(struct arena *a, const struct config *c, struct serving *s)
{
	struct db_error error = {0};
	char why[300];

	*s = (struct serving){.config = c, .lock_fd = -1};
	if (!open_folder(c))
		return false;
	if (!config_is_postgres(c) && (s->lock_fd = db_folder_lock(c->database.p, &error)) < 0) {
		failed(c->database.p, error.what);
		return false;
	}
	s->listen_fd = parent_listen(c->listen.p, why, sizeof why);
	if (s->listen_fd < 0) {
		failed("--listen", why);
		return false;
	}
	s->base = base_of(a, c, s->listen_fd);
	return true;
}

static int
run_serve(struct arena *a, const struct config *c)
{
	struct serving s;

	if (!start_serving(a, c, &s))
		return EXIT_FAILURE;
	fprintf(stderr, "nuotio: %.*s\n", STR_ARG(s.base));
	return parent_run(&(struct parent_options){.serve = serve_child, .arg = &s});
}

/* --- init and demo -------------------------------------------------------------------------------------- */

struct initial {
	struct str college, base;
	bool demo, good, done;
	struct out problems, links;
};

static enum db_wish
run_initial(struct tx *tx, struct db_job *job)
{
	struct initial *i = job->arg;

	i->good = i->demo ? admin_init_demo(tx, &i->problems) : admin_init(tx, i->college, &i->problems);
	if (i->good)
		admin_sign_in_links(tx, i->base, i->demo, &i->links);
	return i->good ? WRITE_KEEP : WRITE_UNDO;
}

static void
note_done(struct db_job *job, bool committed)
{
	struct initial *i = job->arg;

	i->done = committed;
}

/* All of it or, after a mistake, nothing. */
static bool
write_initial(struct db *db, struct arena *a, struct initial *i, struct db_error *error)
{
	struct db_job job = {.run = run_initial, .done = note_done, .arena = a, .now = now(), .arg = i};

	db_submit(db, &job); /* no writer runs yet: done when it returns */
	*error = job.error;
	return i->done;
}

static void
make_links(struct tx *tx, void *arg)
{
	struct initial *i = arg;

	admin_sign_in_links(tx, i->base, i->demo, &i->links);
}

static bool
read_file(struct arena *a, const char *path, struct str *text)
{
	struct out o = out_new(a);
	char part[65536];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return false;
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		out_bytes(&o, part, n);
	fclose(f);
	*text = out_text(&o);
	return true;
}

static int
run_init(struct arena *a, const struct config *c)
{
	struct initial i = {.base = c->public_url.n ? c->public_url : str_fmt(a, "http://%.*s", STR_ARG(c->listen)),
	    .problems = out_new(a), .links = out_new(a)};
	struct db_error error = {0};
	struct db *db;
	bool done;

	if (!read_file(a, c->college.p, &i.college))
		return failed(c->college.p, strerror(errno));
	if (!open_folder(c) || !(db = open_database(c)))
		return EXIT_FAILURE;
	router_new(program_app(db).routes); /* knows which words a campus may not take as its address */
	done = write_initial(db, a, &i, &error);
	db_close(db);
	if (!i.good) {
		fprintf(stderr, "%.*s: nothing was changed.\n%.*s", STR_ARG(c->college),
		    STR_ARG(out_text(&i.problems)));
		return EXIT_FAILURE;
	}
	if (!done)
		return failed("init", error.what);
	printf("%.*s", STR_ARG(out_text(&i.links)));
	return EXIT_SUCCESS;
}

/* What a database holds that is to be a demonstration's. */
enum holding { HOLDS_NOTHING, HOLDS_DEMO, HOLDS_COLLEGE };

static void
find_college(struct tx *tx, void *arg)
{
	*(enum holding *)arg = provider_of(tx).id.n == 0 ? HOLDS_NOTHING
	    : admin_is_demo(tx) ? HOLDS_DEMO : HOLDS_COLLEGE;
}

/* Forgets an earlier demonstration, and nothing else. */
static bool
forget_demo(struct db *db, struct arena *a, struct db_error *error)
{
	enum holding found = HOLDS_NOTHING;

	return db_read(db, a, now(), find_college, &found, error) && (found != HOLDS_DEMO || db_forget(db, error));
}

/* Goes on with an earlier demonstration, or begins one. A college that is in use has links for everybody only in
 * their own mails. */
static bool
fill_demo(struct db *db, struct arena *a, struct initial *i, struct db_error *error)
{
	enum holding found = HOLDS_NOTHING;

	if (!db_read(db, a, now(), find_college, &found, error))
		return false;
	if (found == HOLDS_COLLEGE)
		out_lit(&i->problems, "holds a college of its own: give the demonstration another --data");
	if (found == HOLDS_DEMO)
		return db_write_now(db, a, now(), make_links, i, error);
	return found == HOLDS_NOTHING && write_initial(db, a, i, error);
}

static bool
prepare_demo(struct arena *a, const struct config *c, struct initial *i)
{
	struct db_error error = {0};
	struct db *db = open_database(c);
	bool good = db != NULL;

	mail_base_set(i->base); /* its letters lead somewhere */

	if (good && c->fresh) {
		good = forget_demo(db, a, &error);
		db_close(db);
		db = good ? open_database(c) : NULL;
	}
	good = db && fill_demo(db, a, i, &error);
	db_close(db);
	if (i->problems.n || error.what[0])
		failed(c->database.p, i->problems.n ? str_z(a, out_text(&i->problems)) : error.what);
	return good;
}

static int
run_demo(struct arena *a, const struct config *c)
{
	struct initial i = {.demo = true, .problems = out_new(a), .links = out_new(a)};
	struct serving s;

	if (!start_serving(a, c, &s))
		return EXIT_FAILURE;
	if (c->day.day)
		ahead_s = (int64_t)date_days_between(date_of(1970, 1, 1), c->day) * DAY_S + NOON_S - now().s;
	i.base = s.base;
	if (!prepare_demo(a, c, &i))
		return EXIT_FAILURE;
	printf("%.*s\n\n%.*s\n", STR_ARG(s.base), STR_ARG(out_text(&i.links)));
	fflush(stdout);
	return parent_run(&(struct parent_options){.serve = serve_child, .arg = &s});
}

/* --- check, backup, restore, routes ------------------------------------------------------------------------ */

/* Only what is there: a wrong path makes no folder and no database. */
static struct db *
open_existing(const struct config *c, struct db_error *error)
{
	struct db_options options = DB_OPTIONS(c->database.p);

	options.only_there = true;
	return db_open(&options, error);
}

/* The same, with the schema of this program. NULL: it was said why not. */
static struct db *
open_current(const struct config *c)
{
	struct db_error error = {0};
	struct db *db = open_existing(c, &error);

	if (db && db_schema_is_current(db, &error))
		return db;
	failed(c->database.p, error.what);
	db_close(db);
	return NULL;
}

struct checking {
	struct str since;
	struct out lines;
	bool good;
};

static void
check_rooms(struct tx *tx, void *arg)
{
	struct checking *k = arg;

	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->check)
			k->good &= (*room)->check(tx, k->since, &k->lines);
}

static int
run_check(struct arena *a, const struct config *c)
{
	struct checking k = {.since = c->since, .lines = out_new(a)};
	struct db_error error = {0};
	struct db *db = open_current(c);
	bool schema, references, read;

	if (!db)
		return EXIT_FAILURE;
	schema = db_check_schema(db, &k.lines);
	out_fmt(&k.lines, "schema: %s\n", schema ? "as it should be" : "differs");
	references = db_check_references(db, &k.lines);
	out_fmt(&k.lines, "references: %s\n", references ? "none leads to nothing" : "broken");
	k.good = schema && references;
	read = db_read(db, a, now(), check_rooms, &k, &error);
	db_close(db);
	printf("%.*s", STR_ARG(out_text(&k.lines)));
	if (!read)
		return failed("check", error.what);
	return k.good ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* --- journal ----------------------------------------------------------------------------------------------- */

static void
read_journal(struct tx *tx, void *arg)
{
	journal_print(tx, arg);
}

static int
print_journal(struct arena *a, const struct config *c)
{
	struct db_error error = {0};
	struct out lines = out_new(a);
	struct db *db = open_current(c);
	bool read;

	if (!db)
		return EXIT_FAILURE;
	read = db_read(db, a, now(), read_journal, &lines, &error);
	db_close(db);
	if (!read)
		return failed("journal", error.what);
	fwrite(lines.p, 1, lines.n, stdout);
	return EXIT_SUCCESS;
}

struct erasing {
	journal_id entry;
	bool done;
};

static void
erase(struct tx *tx, void *arg)
{
	struct erasing *e = arg;
	struct actor nobody = person_nobody();

	e->done = journal_erase(tx, &nobody, e->entry);
}

static int
erase_entry(struct arena *a, const struct config *c)
{
	struct erasing e = {.entry = {c->erase}};
	struct db_error error = {0};
	struct db *db = open_current(c);
	bool written;

	if (!db)
		return EXIT_FAILURE;
	db_close(db); /* it is there, so it may be written */
	if (!(db = open_database(c)))
		return EXIT_FAILURE;
	written = db_write_now(db, a, now(), erase, &e, &error);
	db_close(db);
	if (!written || !e.done)
		return failed("journal", written ? "there is no such entry, or it was erased before" : error.what);
	printf("entry %lld: erased\n", (long long)c->erase);
	return EXIT_SUCCESS;
}

static int
run_backup(const struct config *c)
{
	struct db_error error = {0};
	struct db *db = open_existing(c, &error);
	bool good = db && db_backup(db, c->file.p, &error);

	db_close(db);
	if (!good)
		return failed("backup", error.what);
	printf("%.*s\n", STR_ARG(c->file));
	return EXIT_SUCCESS;
}

static int
run_restore(const struct config *c)
{
	struct db_options options = DB_OPTIONS(c->database.p);
	struct db_error error = {0};

	if (!db_restore(&options, c->file.p, c->verify, &error))
		return failed("restore", error.what);
	printf("%.*s: %s\n", STR_ARG(c->file), c->verify ? "whole and readable" : "restored");
	return EXIT_SUCCESS;
}

static int
run_routes(void)
{
	struct http_app app = program_app(NULL);
	struct router *router = router_new(app.routes);

	for (size_t i = 0; i < router_count(router); i++) {
		const struct route *route = router_at(router, i);

		printf("%-4s %-50s %s\n", route->method == GET ? "GET" : "POST", route->pattern,
		    route->right ? right_words[route->right] : "ANYONE");
	}
	router_free(router);
	return EXIT_SUCCESS;
}

static int
run_command(struct arena *a, const struct config *c)
{
	switch (c->command) {
	case COMMAND_HELP: config_help(stdout); return EXIT_SUCCESS;
	case COMMAND_VERSION: printf("nuotio 0.1.0\n"); return EXIT_SUCCESS;
	case COMMAND_SERVE: return run_serve(a, c);
	case COMMAND_INIT: return run_init(a, c);
	case COMMAND_DEMO: return run_demo(a, c);
	case COMMAND_CHECK: return run_check(a, c);
	case COMMAND_BACKUP: return run_backup(c);
	case COMMAND_RESTORE: return run_restore(c);
	case COMMAND_JOURNAL: return c->erase ? erase_entry(a, c) : print_journal(a, c);
	case COMMAND_ROUTES: return run_routes();
	case COMMAND_COUNT: break;
	}
	return EXIT_MISTAKEN;
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct str error = {0};
	struct config c = config_read(a, argc, argv, &error);
	int status = EXIT_MISTAKEN;

	if (error.n) {
		fprintf(stderr, "nuotio: %.*s\n", STR_ARG(error));
	} else {
		set_up(&c);
		status = run_command(a, &c);
	}
	arena_free(a);
	return status;
}
