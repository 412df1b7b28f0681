/* Who reads what: words of test/markers.txt are put into the demo college, and then everybody, and nobody, asks for
 * every page there is. Exactly those who are named beside a word come upon it, on a page or in a mail. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/rights.h" /* generated */
#include "core/db/fixture.h"
#include "core/http/router.h"
#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "test/visits.h"

enum { MARKERS_MAX = 60, READERS_MAX = 30, ADDRESSES_MAX = 5000, VALUES_MAX = 60, PARTS_MAX = 40,
    PAGE_BYTES = 32 << 20 };

#define MARK STR("merkki")
#define EVERYONE ((1u << READERS_MAX) - 1)

struct marker {
	struct str word;
	const char *place;
	uint32_t readers, read_by; /* a bit a reader */
};

struct walk {
	struct test *t;
	struct world *w;
	struct marker marker[MARKERS_MAX];
	size_t markers;
	const char *reader[READERS_MAX]; /* the first is nobody */
	size_t readers;
	struct part {
		struct str name; /* "item" */
		struct str value[VALUES_MAX];
		size_t n;
	} part[PARTS_MAX];
	size_t parts;
	const char *address[ADDRESSES_MAX];
	size_t addresses;
	size_t sent; /* letters */
};

/* --- readers ---------------------------------------------------------------------------------------------- */

/* The demo's people, who come first in the database, and two more. */
static void
gather_readers(struct walk *k)
{
	struct str keys = fixture_ask(k->t->arena, k->w->db, "SELECT group_concat(key, ' ') FROM person");
	struct test *t = k->t;

	k->reader[k->readers++] = NULL;
	while (keys.n)
		k->reader[k->readers++] = str_z(t->arena, str_cut(&keys, ' '));
	k->reader[k->readers++] = "member@nuotio.example";
	k->reader[k->readers++] = "ranta@nuotio.example";
	need(k->readers <= READERS_MAX);
	CHECK_INT(world_post(k->w, "maarit", "/fi/admin/people/invite", str_z(t->arena, str_fmt(t->arena,
	    "name=member&email=member@nuotio.example&lang=fi&role=%d&campus=4", ROLE_MEMBER + 1))).status, 303);
	CHECK_INT(world_post(k->w, "maarit", "/fi/admin/people/invite", str_z(t->arena, str_fmt(t->arena,
	    "name=ranta&email=ranta@nuotio.example&lang=fi&role=%d&campus=2", ROLE_COORDINATOR + 1))).status, 303);
}

/* The bit of a reader who is called by key, or by address of mail; 0: none of them. */
static uint32_t
reader_called(const struct walk *k, struct str name)
{
	struct str rest = name, key = str_cut(&rest, '@');

	for (size_t i = 1; i < k->readers; i++) {
		struct str is = str_of(k->reader[i]);

		if (str_eq(str_cut(&is, '@'), key))
			return 1u << i;
	}
	return 0;
}

static uint32_t
readers_in(struct walk *k, const char *place, struct str names)
{
	uint32_t readers = 0, all = (1u << k->readers) - 1;

	while ((names = str_trim(names)).n) {
		struct str name = str_cut(&names, ' ');
		uint32_t one = str_is(name, "everyone") ? all : str_is(name, "signed-in") ? all & ~1u :
		    str_is(name, "-") ? 1 : reader_called(k, name);

		if (!one && !str_is(name, "none"))
			test_fail(k->t, place, 0, "nobody is called %.*s", STR_ARG(name));
		readers |= one;
	}
	return readers;
}

static struct str
names_of(struct walk *k, uint32_t readers)
{
	struct out o = out_new(k->t->arena);

	for (size_t i = 0; i < k->readers; i++)
		if (readers & 1u << i)
			out_fmt(&o, " %s", i ? k->reader[i] : "-");
	return out_text(&o);
}

/* --- markers ---------------------------------------------------------------------------------------------- */

/* The next marker in a text, which is cut behind it. */
static bool
next_mark(struct str *text, struct str *word)
{
	for (size_t i = 0; i + MARK.n <= text->n; i++) {
		size_t n = MARK.n;

		if (tolower((unsigned char)text->p[i]) != MARK.p[0] || strncasecmp(text->p + i, MARK.p, MARK.n) != 0)
			continue;
		while (i + n < text->n && isalpha((unsigned char)text->p[i + n]))
			n++;
		*word = str_sub(*text, i, n);
		*text = str_sub(*text, i + n, text->n);
		return true;
	}
	return false;
}

static bool
same_word(struct str a, struct str b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static struct part *
part_called(struct walk *k, struct str name)
{
	for (size_t i = 0; i < k->parts; i++)
		if (str_eq(k->part[i].name, name))
			return &k->part[i];
	need(k->parts < PARTS_MAX);
	k->part[k->parts].name = name;
	return &k->part[k->parts++];
}

static void
note_value(struct walk *k, struct str name, struct str value)
{
	struct part *p = part_called(k, name);

	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->value[i], value))
			return;
	need(p->n < VALUES_MAX);
	p->value[p->n++] = value;
}

/* What stands in an address that somebody was at: its item, space, person is asked for at every such place. */
static void
note_address(struct walk *k, struct str address)
{
	struct str whole = str_cut(&address, '#'), path = str_cut(&whole, '?');
	struct routed found = router_find(server_router(k->w->server), k->t->arena, GET, path);

	for (size_t i = 0; found.found == ROUTE_FOUND && i < found.parts; i++)
		note_value(k, (struct str){found.part[i].name, found.part[i].name_n}, found.part[i].value);
}

/* Puts the marker there that a line tells of; it may be in one of the lines before. */
static void
plant(struct walk *k, const struct visit *line)
{
	struct visit v = *line;
	struct str readers = v.fields, fields = str_trim(str_cut(&readers, '|'));
	struct marker m = {.place = v.place, .readers = readers_in(k, v.place, readers)};
	struct errand e;
	struct answered a;

	v.post = fields.n > 0;
	v.fields = fields;
	for (const struct visit *b = line; b && !m.word.n; b = b->before) {
		struct str text = b->fields;

		next_mark(&text, &m.word);
	}
	e = visit_prepare(k->w, &v, v.who);
	a = errand_run(k->w, e);
	if (a.status != (v.post ? 303 : 200) || v.post != (m.word.n > 0))
		test_fail(k->t, v.place, 0, "gave %d", a.status);
	note_address(k, str_of(e.address));
	note_address(k, a.location);
	need(k->markers < MARKERS_MAX);
	if (m.word.n)
		k->marker[k->markers++] = m;
}

/* --- addresses -------------------------------------------------------------------------------------------- */

/* Every address of a pattern, with every value in every part. */
static void
spread(struct walk *k, struct str done, struct str pattern)
{
	struct str plain = str_cut(&pattern, '{'), name;
	const struct part *p;

	done = str_fmt(k->t->arena, "%.*s%.*s", STR_ARG(done), STR_ARG(plain));
	if (!pattern.n) {
		need(k->addresses < ADDRESSES_MAX);
		k->address[k->addresses++] = str_z(k->t->arena, done);
		return;
	}
	name = str_cut(&pattern, '}');
	p = part_called(k, name);
	if (p->n == 0) {
		test_fail(k->t, "test/markers.txt", 0, "nobody was at an address with {%.*s}", STR_ARG(name));
		note_value(k, name, STR("1"));
	}
	for (size_t i = 0; i < p->n; i++)
		spread(k, str_fmt(k->t->arena, "%.*s%.*s", STR_ARG(done), STR_ARG(p->value[i])), pattern);
}

/* The queries that the golden pages of a route have. */
static void
spread_queries(struct walk *k, const struct route *route)
{
	struct visit_list pages = visits_read(k->t->arena, "test/pages.txt");

	for (size_t i = 0; i < pages.n; i++) {
		struct str query = pages.at[i].address;
		struct routed found = router_find(server_router(k->w->server), k->t->arena, GET,
		    visit_path(k->t->arena, &pages.at[i]));

		str_cut(&query, '?');
		if (!pages.at[i].post && query.n && found.found == ROUTE_FOUND && found.route == route)
			spread(k, STR(""), str_fmt(k->t->arena, "%s?%.*s", route->pattern, STR_ARG(query)));
	}
}

/* The values that parts have in the lists of visits, where they are written out. */
static void
note_visits(struct walk *k, const char *file)
{
	struct visit_list list = visits_read(k->t->arena, file);

	for (size_t i = 0; i < list.n; i++)
		if (!str_contains(list.at[i].address, STR("{")))
			note_address(k, list.at[i].address);
}

static void
gather_addresses(struct walk *k)
{
	const struct router *router = server_router(k->w->server);
	struct str n = fixture_ask(k->t->arena, k->w->db, "SELECT count(*) FROM person"),
	    slugs = fixture_ask(k->t->arena, k->w->db, "SELECT group_concat(slug, ' ') FROM campus");
	int64_t people = 0;

	while (slugs.n)
		note_value(k, STR("campus"), str_cut(&slugs, ' '));
	need(str_int(n, &people));
	for (int64_t i = 1; i <= people; i++)
		note_value(k, STR("person"), str_fmt(k->t->arena, "%lld", (long long)i));
	note_visits(k, "test/pages.txt");
	note_visits(k, "test/posts.txt");
	part_called(k, STR("lang"))->n = 1; /* all show the same */
	for (size_t i = 0; i < router_count(router); i++) {
		spread(k, STR(""), str_of(router_at(router, i)->pattern));
		spread_queries(k, router_at(router, i));
	}
}

/* --- reading ---------------------------------------------------------------------------------------------- */

static void
read_text(struct walk *k, uint32_t reader, const char *where, struct str text)
{
	struct str word;

	while (next_mark(&text, &word))
		for (size_t i = 0; i < k->markers; i++) {
			struct marker *m = &k->marker[i];

			if (!same_word(m->word, word))
				continue;
			if (!(m->readers & reader) && !(m->read_by & reader))
				test_fail(k->t, m->place, 0, "%.*s comes upon %.*s at %s", STR_ARG(names_of(k, reader)),
				    STR_ARG(word), where);
			m->read_by |= reader;
		}
}

static void
read_pages(struct walk *k)
{
	struct arena *page = arena_new(PAGE_BYTES), *kept = k->w->arena;

	for (size_t r = 0; r < k->readers; r++)
		for (size_t i = 0; i < k->addresses; i++) {
			struct answered a;

			if (i == 0)
				world_get(k->w, k->reader[r], k->address[i]); /* signs in */
			k->w->arena = page;
			a = world_get(k->w, k->reader[r], k->address[i]);
			k->t->checks++;
			if (a.status >= 500)
				test_fail(k->t, __FILE__, __LINE__, "%s gave %d", k->address[i], a.status);
			read_text(k, 1u << r, k->address[i], a.body);
			k->w->arena = kept;
			arena_reset(page);
		}
	arena_free(page);
}

static void
read_mails(struct walk *k)
{
	for (int i = 0;; i++) {
		struct str mail = fixture_ask(k->t->arena, k->w->db, str_z(k->t->arena, str_fmt(k->t->arena,
		    "SELECT recipient || '|' || subject || ' ' || body FROM outbox ORDER BY id LIMIT 1 OFFSET %d", i)));
		struct str to = str_cut(&mail, '|');
		uint32_t reader = reader_called(k, to);

		if (!to.n)
			break;
		/* Whoever is none of the readers is here as a marker. */
		if (reader)
			read_text(k, reader, "the mail", mail);
		k->sent++;
	}
}

TEST(everybody_reads_what_is_theirs_to_read)
{
	struct walk *k = ARENA_NEW(t->arena, struct walk);
	struct visit_list lines = visits_read(t->arena, "test/markers.txt");

	k->t = t;
	k->w = world_in_memory(t);
	gather_readers(k);
	for (size_t i = 0; i < lines.n; i++)
		plant(k, &lines.at[i]);
	gather_addresses(k);
	read_pages(k);
	read_mails(k);
	CHECK(k->sent > 0);
	for (size_t i = 0; i < k->markers; i++) {
		const struct marker *m = &k->marker[i];

		if (m->readers & ~m->read_by)
			test_fail(t, m->place, 0, "nowhere is %.*s read by%.*s", STR_ARG(m->word),
			    STR_ARG(names_of(k, m->readers & ~m->read_by)));
	}
	world_end(k->w);
}
