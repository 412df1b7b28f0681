#include "core/http/server_fixture.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/db/fixture.h"
#include "core/db/stmt.h"
#include "core/http/cookies.h"
#include "core/http/form.h"
#include "core/http/http.texts.h" /* generated */
#include "core/http/once.h"
#include "core/http/page.h"
#include "core/http/parent.h"
#include "core/log.h"
#include "core/secret.h"
#include "lib/need.h"
#include "lib/text_form.h"

/* --- the table ----------------------------------------------------------- */

enum { ADD, COUNT };

static struct db_statement statement[] = {
    [ADD] = {"note_add", "INSERT INTO note (words) VALUES (?1)",
	"INSERT INTO note (words) VALUES ($1)", "house.sql:1", true, 1, 0,
	(const uint8_t[]){DB_TEXT}, NULL, ADD},
    [COUNT] = {"notes_count", "SELECT count(*) FROM note", "SELECT count(*) FROM note",
	"house.sql:2", false, 0, 1, NULL, (const uint8_t[]){DB_INT}, COUNT},
};

/* A schema and one statement more. */
static const char *const *
schema_with(struct test *t, const char *const *schema, const char *more)
{
	size_t n = 0;
	const char **both;

	while (schema[n])
		n++;
	both = ARENA_ARRAY(t->arena, const char *, n + 2);
	memcpy(both, schema, n * sizeof *both);
	both[n] = more;
	return both;
}

/* The program's own statements and schema, for forms need theirs, and the table. */
static void
with_table(struct test *t, struct db_options *options)
{
	size_t n = db_statement_count;
	const struct db_statement **all = ARENA_ARRAY(t->arena, const struct db_statement *, n + 2);

	for (size_t i = 0; i < n; i++)
		all[i] = db_statements[i];
	for (size_t i = 0; i < 2; i++) {
		statement[i].index = (uint16_t)(n + i);
		all[n + i] = &statement[i];
	}
	options->statements = all;
	options->statement_count = n + 2;
	options->schema_sqlite = schema_with(t, db_schema_sqlite,
	    "CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT");
	options->schema_postgres = schema_with(t, db_schema_postgres,
	    "CREATE TABLE note (id bigint GENERATED ALWAYS AS IDENTITY, words text)");
}

static int64_t
count_notes(struct tx *tx)
{
	struct stmt *s = db_start(tx, &statement[COUNT]);
	int64_t n;

	need(db_step(s));
	n = db_col_int(s, 0);
	db_end(s);
	return n;
}

/* --- its pages ----------------------------------------------------------- */

enum { STAFF = 1, DESK = 2 }; /* rights; role 0 has both, role 1 only the desk */

_Atomic int house_slow_begun;
_Atomic bool house_aino_ended;

static void
show_front(struct req *r)
{
	out_fmt(
	    &r->out, "<h1>front %s %lld</h1>", lang_code(r->lang), (long long)count_notes(r->tx));
	if (r->actor.person == 0)
		r->cacheable = true;
}

static void
show_item(struct req *r)
{
	int64_t n = path_int(r, "id");

	if (n == 404)
		page_not_found(r);
	if (n == 403)
		page_forbidden(r);
	if (n == 303)
		page_elsewhere(r, STR("/fi/item/1"), false);
	if (n == 301)
		page_elsewhere(r, STR("//evil.example"), true);
	out_fmt(&r->out, "item %lld", (long long)n);
}

static void
show_word(struct req *r)
{
	out_lit(&r->out, "word ");
	out_str(&r->out, path_text(r, "word"));
}

static void
show_campus(struct req *r)
{
	out_fmt(&r->out, "campus %lld", (long long)r->place);
}

static void
show_slow(struct req *r)
{
	struct timespec pause = {.tv_nsec = 300 * 1000000L};

	atomic_fetch_add(&house_slow_begun, 1);
	nanosleep(&pause, NULL);
	out_lit(&r->out, "slow");
}

static void
show_full(struct req *r)
{
	for (;;)
		out_lit(&r->out, "more and more ");
}

static void
show_large(struct req *r)
{
	for (int i = 0; i < 100000; i++)
		out_fmt(&r->out, "%07d\n", i);
}

/* As long as pages are. */
static void
show_long(struct req *r)
{
	out_fmt(&r->out, "%s\n", r->theme.n ? "with a look of its own" : "");
	for (int i = 0; i < 2000; i++)
		out_fmt(&r->out, "line %d of %d\n", i, (int)count_notes(r->tx));
}

static void
show_bug(struct req *r)
{
	need(r->status == 0);
}

static void
show_pid(struct req *r)
{
	out_int(&r->out, getpid());
}

static void
show_file(struct req *r)
{
	r->type = STR("text/csv; charset=utf-8");
	r->filename = STR("vuosi kello \xc3\xa4.csv");
	out_lit(&r->out, "a;b\n");
}

/* --- its forms ----------------------------------------------------------- */

struct note_form {
	struct str words, secret;
	struct date day;
};

static const struct form_field note_fields[] = {
    {"words", FORM_TEXT, offsetof(struct note_form, words), .required = true, .max = 50},
    {"secret", FORM_PASSWORD, offsetof(struct note_form, secret), .required = false},
    {"day", FORM_DATE, offsetof(struct note_form, day), .required = false},
};

static const struct form_spec note_spec = FORM_SPEC("note", struct note_form, note_fields);

/* A page as the tests want to read it: a word a line. */
static void
show_notes(struct req *r)
{
	struct form_state *state =
	    form_show(r, &note_spec, &(struct note_form){.words = STR("nothing")});

	out_fmt(&r->out, "once=%.*s\n", STR_ARG(once_new(r, r->path)));
	out_fmt(&r->out, "words=%.*s\n", STR_ARG(state->value[0].at[0]));
	out_fmt(&r->out, "secret=%.*s\n", STR_ARG(state->value[1].at[0]));
	out_fmt(&r->out, "problem=%s\n", state->problem[0].text ? state->problem[0].text->key : "");
	out_fmt(&r->out, "flash=%s\n", r->flash.text ? r->flash.text->key : "");
	out_fmt(&r->out, "refused=%d\n", r->flash_refused);
	out_fmt(&r->out, "notes=%lld\n", (long long)count_notes(r->tx));
}

/* What the words ask for. */
static struct outcome
add_note(struct req *r)
{
	const struct note_form *form = r->form;
	struct stmt *s = db_start(r->tx, &statement[ADD]);

	db_bind_text(s, form->words);
	db_step(s);
	need(db_end(s) == 1);
	if (str_is(form->words, "taken"))
		return refused(r, VERDICT_TAKEN, said(T_HTTP_NO_CHOICE));
	if (str_is(form->words, "conflict"))
		return refused(r, VERDICT_CONFLICT, (struct said){0});
	if (str_is(form->words, "forbidden"))
		return refused(r, VERDICT_FORBIDDEN, (struct said){0});
	if (str_is(form->words, "counted"))
		return refused_but_kept(r, VERDICT_INVALID, said(T_HTTP_NO_CHOICE));
	if (str_is(form->words, "gone"))
		page_not_found(r);
	if (str_is(form->words, "problem"))
		form_problem(form_posted(r), "words", said(T_HTTP_NO_CHOICE));
	if (form_posted(r)->problems)
		return refused(r, VERDICT_INVALID, (struct said){0});
	need(!str_is(form->words, "bug"));
	return see_other(r, "/{lang}/notes#note", said(T_HTTP_NO_DATE));
}

/* Slow work: the secret is the words backwards. */
static void
check_secret(struct req *r)
{
	const struct note_form *form = r->form;
	size_t n = form->words.n;

	need(count_notes(r->tx) >= 0);
	if (n != form->secret.n)
		return;
	for (size_t i = 0; i < n; i++)
		if (form->words.p[i] != form->secret.p[n - 1 - i])
			return;
	r->prepared = r;
}

static struct outcome
come_in(struct req *r)
{
	if (!r->prepared)
		return refused(r, VERDICT_INVALID, said(T_HTTP_NO_CHOICE));
	cookies_session(r, STR("aino"), true);
	return see_address(r, query_text(r, "next"), (struct said){0});
}

/* Needs no hidden field. */
static struct outcome
set_look(struct req *r)
{
	const struct note_form *form = r->form;

	cookies_theme(r, form->words);
	return see_address(r, STR("/fi/long"), (struct said){0});
}

struct file_form {
	struct str words;
	struct form_file file;
};

static const struct form_field file_fields[] = {
	{"words", FORM_TEXT, offsetof(struct file_form, words), .max = 50},
	{"file", FORM_FILE, offsetof(struct file_form, file), .required = true},
};

static const struct form_spec file_spec = FORM_SPEC("file", struct file_form, file_fields);

static void
show_file_form(struct req *r)
{
	struct form_state *state = form_show(r, &file_spec, NULL);

	page_form_open(r, path_fill(r, "/{lang}/file/form"));
	page_form_open(r, path_fill(r, "/{lang}/notes"));
	out_fmt(&r->out, "\nonce=%.*s\n", STR_ARG(once_new(r, r->path)));
	out_fmt(&r->out, "words=%.*s\n", STR_ARG(state->value[0].at[0]));
	out_fmt(&r->out, "file=%.*s\n", STR_ARG(state->value[1].at[0]));
	out_fmt(&r->out, "problem=%s\n", state->problem[1].text ? state->problem[1].text->key : "");
}

/* Leads to an address that says what came. */
static struct outcome
take_file(struct req *r)
{
	const struct file_form *form = r->form;
	uint32_t sum = 0;

	for (size_t i = 0; i < form->file.bytes.n; i++)
		sum = sum * 31 + (unsigned char)form->file.bytes.p[i];
	return see_address(r, str_fmt(r->arena, "/fi/%.*s/%zu/%u", STR_ARG(form->file.name), form->file.bytes.n,
	    (unsigned)sum), (struct said){0});
}

static void
show_lasting(struct req *r)
{
	r->type = STR("image/jpeg");
	r->lasting = true;
	out_lit(&r->out, "jpeg");
}

static struct outcome
take_off(struct req *r)
{
	return see_other(r, "/{lang}", (struct said){0});
}

static const struct route pages[] = {
    {.method = GET, .pattern = "/{lang}", .get = show_front},
    {.method = GET, .pattern = "/{lang}/item/{id}", .get = show_item},
    {.method = GET, .pattern = "/{lang}/word/{word}", .get = show_word},
    {.method = GET, .pattern = "/{lang}/screen", .get = show_front, .refresh_s = 60},
    {.method = GET, .pattern = "/{lang}/slow", .get = show_slow, .speed = SLOW},
    {.method = GET, .pattern = "/{lang}/full", .get = show_full},
    {.method = GET, .pattern = "/{lang}/large", .get = show_large},
    {.method = GET, .pattern = "/{lang}/long", .get = show_long},
    {.method = GET, .pattern = "/{lang}/bug", .get = show_bug},
    {.method = GET, .pattern = "/{lang}/pid", .get = show_pid},
    {.method = GET, .pattern = "/{lang}/file", .get = show_file},
    {.method = GET, .pattern = "/{lang}/lasting", .get = show_lasting},
    {.method = GET, .pattern = "/{lang}/file/form", .get = show_file_form},
    {.method = POST, .pattern = "/{lang}/file/form", .get = show_file_form, .post = take_file, .form = &file_spec,
	.body_bytes_max = HOUSE_FILE_BYTES_MAX},
    {.method = GET, .pattern = "/{lang}/off", .get = show_front},
    {.method = POST, .pattern = "/{lang}/off", .get = show_front, .post = take_off, .by_mail = true},
    {.method = GET, .pattern = "/{lang}/staff", .right = STAFF, .get = show_front},
    {0},
};

static const struct route more_pages[] = {
    {.method = GET, .pattern = "/{lang}/{campus}", .get = show_campus},
    {.method = GET, .pattern = "/{lang}/{campus}/desk", .right = DESK, .get = show_campus},
    {.method = POST,
	.pattern = "/{lang}/{campus}/desk/answer",
	.right = DESK,
	.get = show_notes,
	.post = add_note,
	.form = &note_spec},
    {.method = POST, .pattern = "/{lang}/{campus}/desk/file", .right = DESK, .get = show_file_form,
	.post = take_file, .form = &file_spec, .body_bytes_max = HOUSE_FILE_BYTES_MAX},
    {.method = GET, .pattern = "/{lang}/desks", .right = DESK, .get = show_front},
    {.method = GET, .pattern = "/{lang}/notes", .get = show_notes},
    {.method = POST,
	.pattern = "/{lang}/notes",
	.get = show_notes,
	.post = add_note,
	.form = &note_spec},
    {.method = POST,
	.pattern = "/{lang}/slow/notes",
	.get = show_notes,
	.post = add_note,
	.form = &note_spec,
	.speed = SLOW},
    {.method = POST,
	.pattern = "/{lang}/come-in",
	.get = show_notes,
	.post = come_in,
	.form = &note_spec,
	.prepare = check_secret},
    {.method = POST, .pattern = "/{lang}/look", .post = set_look, .form = &note_spec, .plain = true},
    {.method = POST, .pattern = "/{lang}/blind", .post = add_note, .form = &note_spec},
    {0},
};

const struct route *const house_routes[] = {pages, more_pages, NULL};

static bool
enter(struct req *r, struct str *elsewhere)
{
	static const struct grant of_aino = {.place = 0, .role = 0},
				  of_ilmari = {.place = 7, .role = 1};

	if (str_is(r->session, "aino") && !atomic_load(&house_aino_ended))
		r->actor = (struct actor){.person = 1, .grant = &of_aino, .grants = 1};
	else if (str_is(r->session, "ilmari"))
		r->actor = (struct actor){.person = 2, .grant = &of_ilmari, .grants = 1};
	count_notes(r->tx);
	if (!path_has(r, "campus"))
		return true;
	if (str_is(path_text(r, "campus"), "old"))
		*elsewhere = STR("/fi/pohja");
	r->place = str_is(path_text(r, "campus"), "pohja") ? 7
	    : str_is(path_text(r, "campus"), "ranta")      ? 8
	                                                   : 0;
	return r->place != 0;
}

static void
sign_in_page(struct req *r, struct str body)
{
	out_fmt(&r->out, "sign in\nbody=%.*s\n", STR_ARG(body));
}

static struct said
verdict_words(enum verdict verdict)
{
	return said(verdict == VERDICT_INVALID ? T_HTTP_MISSING : T_HTTP_CONTROLS);
}

static void
error_page(struct req *r, int status)
{
	out_fmt(&r->out, "<h1>error %d in %s</h1>", status, lang_code(r->lang));
}

/* --- the house ----------------------------------------------------------- */

struct house *
house_new(struct test *t)
{
	return house_in(t, fixture_folder(t));
}

struct house *
house_in(struct test *t, struct str folder)
{
	return house_at(
	    t, folder, str_z(t->arena, str_fmt(t->arena, "%.*s/nuotio.db", STR_ARG(folder))));
}

struct house *
house_at(struct test *t, struct str folder, const char *place)
{
	static const uint32_t roles[] = {0, 1, 3};
	static const struct text *const texts[] = {T_HTTP_NO_DATE}; /* what flashes say here */
	struct house *house = ARENA_NEW(t->arena, struct house);
	struct db_options options = {.place = place};
	struct db_error error;

	log_level_set(LEVEL_ERROR);
	log_to(STDERR_FILENO);
	secret_set((const unsigned char[SECRET_BYTES]){1, 2, 3});
	text_table_set(texts, sizeof texts / sizeof *texts);
	actor_rights_set(roles, 3);
	with_table(t, &options);
	house->t = t;
	house->folder = folder;
	house->db = db_open(&options, &error);
	need(house->db);
	need(db_migrate(house->db, &error));
	house->app = (struct http_app){.routes = house_routes, .db = house->db, .enter = enter,
	    .error_page = error_page, .sign_in_page = sign_in_page, .verdict_words = verdict_words};
	house->options = (struct server_options){.app = &house->app, .listen_fd = -1};
	return house;
}

void
house_serve(struct house *house)
{
	char error[200] = "";

	if (house->options.listen_fd < 0)
		house->options.listen_fd = parent_listen("127.0.0.1:0", error, sizeof error);
	need(house->options.listen_fd >= 0);
	house->port = parent_port(house->options.listen_fd);
	need(db_writer_start(house->db));
	house->server = server_new(&house->options);
	need(server_start(house->server));
}

void
house_quiet(void)
{
	log_to(-1);
}

void
house_close(struct house *house)
{
	if (house->server) {
		server_stop(house->server, 5);
		server_free(house->server);
	}
	if (house->options.listen_fd >= 0)
		close(house->options.listen_fd);
	db_close(house->db);
	house->server = NULL;
}

void
house_end(struct house *house)
{
	house_close(house);
	fixture_remove(house->folder);
}

static void
read_count(struct tx *tx, void *arg)
{
	*(int64_t *)arg = count_notes(tx);
}

int64_t
house_notes(struct house *house)
{
	struct arena *arena = arena_new(1 << 20);
	int64_t n = -1;

	db_read(house->db, arena, (struct instant){1}, read_count, &n, NULL);
	arena_free(arena);
	return n;
}
