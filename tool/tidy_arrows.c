/* Floors and rooms: lib knows neither core nor app, core knows no app, and a room knows those to its left through one
 * header each. */
#include "tool/tidy.h"

#include <string.h>

/* What of core is made for rooms. The rest is the machine's own: a room that needs it asks for too much. */
static const char *const for_rooms[] = {"core/actor.h", "core/collate.h", "core/db/tx.h", "core/fetch.h",
    "core/http/app.h", "core/http/cookies.h", "core/http/form.h", "core/http/form_again.h", "core/http/http.h",
    "core/http/limits.h", "core/http/page.h", "core/http/query.h", "core/http/seal.h", "core/job/job.h", "core/log.h",
    "core/mail/letter.h", "core/mail/mail.h", "core/password.h", "core/secret.h", "core/token.h", "core/xlsx.h", NULL};

/* What says something about the room only to itself. */
static const char *const private_ends[] = {".sql.h", ".html.h", ".texts.h", ".json.h", NULL};

/* The system's headers that neither lib nor a room has a use for. */
static const char *const outside[] = {"arpa/", "curl/", "dirent.h", "fcntl.h", "libpq-fe.h", "microhttpd.h", "netdb.h",
    "netinet/", "poll.h", "pthread.h", "semaphore.h", "signal.h", "spawn.h", "sqlite3.h", "stdatomic.h", "sys/",
    "syslog.h", "threads.h", "time.h", "unistd.h", NULL};

enum floor { FLOOR_NONE, FLOOR_LIB, FLOOR_CORE, FLOOR_APP };

static const char *const floor_names[] = {"", "lib", "core", "app"};

enum { ROOMS_MAX = 200, NO_ROOM = -1 };

struct rooms {
	const struct source *order;
	struct token at[ROOMS_MAX]; /* from left to right */
	int n;
};

static bool
is_one_of(struct str s, const char *const *list)
{
	while (*list && !str_is(s, *list))
		list++;
	return *list != NULL;
}

/* Of a path below src. */
static enum floor
floor_of(struct str path)
{
	struct str first = str_cut(&path, '/');

	for (int i = FLOOR_APP; i > FLOOR_NONE; i--)
		if (str_is(first, floor_names[i]))
			return (enum floor)i;
	return FLOOR_NONE;
}

static struct str
folder(struct str path)
{
	return str_sub(path, 0, path.n - last_part(path).n - (str_find(path, '/') < path.n));
}

static struct rooms
rooms_read(const struct tree *t)
{
	const struct file *order = tree_file(t, STR("src/app/ORDER"));
	struct rooms rooms = {0};
	struct lexer l;

	if (!order)
		return rooms;
	rooms.order = &order->in;
	l = (struct lexer){rooms.order, 0, rooms.order->text.n};
	for (struct token one = lex(&l); one.kind != TOKEN_END; one = lex(&l))
		if (one.kind == TOKEN_NAME && rooms.n < ROOMS_MAX)
			rooms.at[rooms.n++] = one;
	return rooms;
}

/* Of "app/wheel", or of what lies in it. */
static int
room_of(const struct rooms *rooms, struct str path)
{
	struct str name;

	str_cut(&path, '/');
	name = str_cut(&path, '/');
	for (int i = 0; i < rooms->n; i++)
		if (str_eq(rooms->at[i].text, name))
			return i;
	return NO_ROOM;
}

static void
order_check(const struct tree *t, const struct rooms *rooms)
{
	struct str last = {0};

	for (int i = 0; i < rooms->n; i++)
		if (!tree_has_folder(t, str_fmt(t->run->arena, "src/app/%.*s", STR_ARG(rooms->at[i].text))))
			mistake(t->run, place_at(rooms->order, rooms->at[i].at), "there is no room src/app/%.*s",
			    STR_ARG(rooms->at[i].text));
	for (size_t i = 0; i < t->n; i++) {
		struct str in = folder(str_of(t->at[i].in.path));

		if (!str_starts(in, STR("src/app/")) || str_eq(in, last))
			continue;
		last = in;
		if (room_of(rooms, str_sub(in, 4, in.n)) == NO_ROOM)
			mistake(t->run, place_at(&t->at[i].in, 0), "%.*s is not in src/app/ORDER: put it at its place",
			    STR_ARG(last_part(in)));
	}
}

/* --- includes ------------------------------------------------------------------------------------------------ */

bool
include_next(const struct file *in, size_t *at, struct include *include)
{
	struct str line;
	size_t from;

	while (from = *at, line_next(in->code, at, &line)) {
		struct str text = str_sub(in->in.text, from, line.n), word;
		size_t i = 0, end = 0;

		if (!str_starts(str_trim(line), STR("#")) || !word_next(text, &i, &word) || !str_is(word, "include"))
			continue;
		while (i < text.n && text.p[i] != '"' && text.p[i] != '<')
			i++;
		if (i < text.n)
			end = i + 1 + str_find(str_sub(text, i + 1, text.n), text.p[i] == '"' ? '"' : '>');
		if (i == text.n || end == text.n)
			continue;
		*include = (struct include){in, str_sub(text, i + 1, end - i - 1), from + i + 1, text.p[i] == '<'};
		return true;
	}
	return false;
}

static void
refuse(const struct tree *t, const struct include *i, const char *why)
{
	mistake(t->run, place_at(&i->in->in, i->at), "%.*s: %s", STR_ARG(i->path), why);
}

/* A file of one room includes one of another. */
static const char *
between_rooms(const struct rooms *rooms, struct str from, struct str to)
{
	int left = room_of(rooms, to), right = room_of(rooms, from);
	struct str name = last_part(folder(to)), file = last_part(to);

	if (left == NO_ROOM || right == NO_ROOM)
		return NULL; /* ORDER is complained of elsewhere */
	if (left > right)
		return "this room stands to the right in src/app/ORDER: what both need belongs further left, and what "
		       "must travel is handed over in main.c";
	if (str_starts(file, name) && (str_is(str_sub(file, name.n, file.n), ".h") ||
	    str_is(str_sub(file, name.n, file.n), ".rows.h")))
		return NULL;
	if (ends_with_one_of(to, private_ends))
		return "this is the other room's own: call a function that its public header declares";
	return "another room's only public header is the one with its folder's name";
}

/* Why a file of src must not include what lies at `to`; NULL if it may. */
static const char *
refusal(const struct rooms *rooms, const struct file *in, struct str to)
{
	struct str from = str_sub(str_of(in->in.path), 4, strlen(in->in.path));
	enum floor above = floor_of(from), below = floor_of(to);

	if (str_starts(to, STR("test/")) || str_contains(last_part(to), STR("fixture")))
		return in->is_test ? NULL : "only tests may include this";
	if (str_starts(to, STR("tool/")))
		return "the product does not stand on its tools";
	if (str_find(to, '/') == to.n)
		return above == FLOOR_NONE || in->is_test ? NULL : "write the path from src on: lib/…, core/… or app/…";
	if (above == FLOOR_LIB && below > FLOOR_LIB)
		return "lib knows neither core nor app: hand over what it needs as an argument";
	if (above == FLOOR_CORE && below == FLOOR_APP)
		return "core knows no college: main.c hands over what it needs";
	if (in->is_test)
		return NULL; /* it may ask the whole house */
	if (str_eq(folder(from), folder(to)) || above == FLOOR_NONE)
		return NULL;
	if (above == FLOOR_CORE && ends_with_one_of(to, private_ends))
		return "this is the other folder's own: call a function that its header declares";
	if (above == FLOOR_APP && below == FLOOR_CORE && !is_one_of(to, for_rooms))
		return "this part of core is not for rooms: see for_rooms in tool/tidy_arrows.c";
	if (above == FLOOR_APP && below == FLOOR_APP && str_find(str_sub(to, 4, to.n), '/') < to.n - 4)
		return between_rooms(rooms, from, to);
	return NULL;
}

static void
include_check(const struct tree *t, const struct rooms *rooms, const struct include *i)
{
	enum floor at = floor_of(str_sub(str_of(i->in->in.path), 4, strlen(i->in->in.path)));
	const char *why = i->system ? NULL : refusal(rooms, i->in, i->path);

	if (why)
		refuse(t, i, why);
	if (i->system && !i->in->is_test && (at == FLOOR_LIB || at == FLOOR_APP) &&
	    begins_with_one_of(i->path, outside))
		refuse(t, i, "files, sockets, threads and clocks are core's: ask for a function there");
}

/* {include "app/wheel/wheel.h"} in a page. */
static void
page_check(const struct tree *t, const struct rooms *rooms, const struct file *f)
{
	const struct str begin = STR("{include \"");
	struct str text = f->in.text;

	for (size_t i = 0; i < text.n; i++) {
		size_t at = i + begin.n;
		struct str path = str_sub(text, at, text.n);

		path.n = str_find(path, '"');
		if (str_eq(str_sub(text, i, begin.n), begin))
			include_check(t, rooms, &(struct include){f, path, at, false});
	}
}

void
arrows_check(const struct tree *t)
{
	struct rooms rooms = rooms_read(t);
	struct include include;

	order_check(t, &rooms);
	for (size_t i = 0; i < t->n; i++) {
		const struct file *f = &t->at[i];
		struct str path = str_of(f->in.path);

		if (!str_starts(path, STR("src/")) || str_is(path, "src/main.c"))
			continue;
		for (size_t at = 0; f->code.n && include_next(f, &at, &include);)
			include_check(t, &rooms, &include);
		if (str_ends(path, STR(".html")))
			page_check(t, &rooms, f);
	}
}
