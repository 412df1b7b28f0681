#include "test/visits.h"

#include <stdio.h>
#include <string.h>

#include "core/db/fixture.h"
#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

enum { VISITS_MAX = 300 };

struct str
file_read(struct arena *a, const char *path)
{
	struct out o = out_new(a);
	char part[8192];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		return STR("");
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		out_bytes(&o, part, n);
	fclose(f);
	return out_text(&o);
}

void
file_write(const char *path, struct str text)
{
	FILE *f = fopen(path, "wb");

	need(f);
	fwrite(text.p, 1, text.n, f);
	fclose(f);
}

/* The next word, and what comes behind it. A word in braces may hold spaces. */
static struct str
word(struct str *line)
{
	size_t n = 0;
	bool braces = false;
	struct str w;

	*line = str_trim(*line);
	while (n < line->n && (braces || (line->p[n] != ' ' && line->p[n] != '\t'))) {
		braces = line->p[n] == '{' || (braces && line->p[n] != '}');
		n++;
	}
	w = str_sub(*line, 0, n);
	*line = str_sub(*line, n, line->n);
	return w;
}

struct visit_list
visits_read(struct arena *a, const char *file)
{
	struct visit_list list = {ARENA_ARRAY(a, struct visit, VISITS_MAX), 0};
	struct str text = file_read(a, file);
	struct visit *before = NULL;

	for (int n = 1; text.n; n++) {
		struct str line = str_trim(str_cut(&text, '\n')), who;
		bool first = str_starts(line, STR("+"));
		struct visit *v = ARENA_NEW(a, struct visit);

		if (line.n == 0 || line.p[0] == '#')
			continue;
		if (first)
			line = str_sub(line, 1, line.n);
		who = word(&line);
		*v = (struct visit){.who = str_is(who, "-") ? NULL : str_z(a, who), .address = word(&line),
		    .before = before, .place = str_z(a, str_fmt(a, "%s:%d", file, n))};
		v->fields = str_trim(line);
		v->post = v->fields.n > 0;
		if (str_is(v->fields, "&"))
			v->fields = STR("");
		before = first ? v : NULL;
		if (first)
			continue;
		need(list.n < VISITS_MAX);
		list.at[list.n++] = *v;
	}
	need(list.n > 0 && !before);
	return list;
}

struct str
visit_path(struct arena *a, const struct visit *v)
{
	struct str rest = v->address, path = str_cut(&rest, '?');
	struct out o = out_new(a);

	while (path.n) {
		struct str plain = str_sub(path, 0, str_find(path, '{'));

		out_str(&o, plain);
		path = str_sub(path, plain.n + 1, path.n);
		if (path.n)
			out_char(&o, 'x');
		str_cut(&path, '}');
	}
	return out_text(&o);
}

/* What stands in a hidden field of the page. */
static struct str
field(struct world *w, struct str name)
{
	static const char *const forms[] = {"name=\"%.*s\" value=\"", "name=\"%.*s\" type=\"hidden\" value=\""};
	struct str body = w->page.body;

	for (size_t k = 0; k < 2; k++) {
		struct str mark = str_fmt(w->arena, k ? forms[1] : forms[0], STR_ARG(name));

		for (size_t i = 0; i + mark.n < body.n; i++)
			if (memcmp(body.p + i, mark.p, mark.n) == 0) {
				struct str rest = str_sub(body, i + mark.n, body.n);

				return str_cut(&rest, '"');
			}
	}
	fprintf(stderr, "no field %.*s on the page\n", STR_ARG(name));
	return STR("");
}

static struct str
after(struct world *w, struct str text)
{
	struct str body = w->page.body;
	size_t at = 0, n = 0;

	while (at < body.n && !str_starts(str_sub(body, at, body.n), text))
		at++;
	body = str_sub(body, at + text.n, body.n);
	while (n < body.n && !strchr("/?\"<> \n", body.p[n]))
		n++;
	if (!n)
		fprintf(stderr, "nothing stands behind %.*s on the page\n", STR_ARG(text));
	return str_sub(body, 0, n);
}

static struct str
here(struct world *w)
{
	struct str rest = w->page.location;

	return str_cut(&rest, '#');
}

static struct str
number(struct world *w)
{
	struct str rest = here(w), found = STR("");
	int64_t n;

	while (rest.n) {
		struct str part = str_cut(&rest, '/');

		if (str_int(part, &n))
			found = part;
	}
	return found;
}

/* Six digits that stand alone. */
static struct str
code(struct world *w)
{
	struct str body = fixture_ask(w->arena, w->db, "SELECT body FROM outbox ORDER BY id DESC LIMIT 1");

	for (size_t i = 0, digits = 0; i <= body.n; i++) {
		if (i < body.n && body.p[i] >= '0' && body.p[i] <= '9') {
			digits++;
			continue;
		}
		if (digits == 6 && (i == 6 || body.p[i - 7] <= ' '))
			return str_sub(body, i - 6, 6);
		digits = 0;
	}
	fprintf(stderr, "no code in the newest mail\n");
	return STR("");
}

static struct str
letters(struct arena *a, int64_t n)
{
	char *p = arena_bytes(a, (size_t)n);

	memset(p, 'x', (size_t)n);
	return (struct str){p, (size_t)n};
}

static struct str
meant(struct world *w, struct str what)
{
	struct str rest = what, first = word(&rest);
	int64_t n;

	rest = str_trim(rest);
	if (str_is(first, "field"))
		return field(w, rest);
	if (str_is(first, "link"))
		return world_link(w, str_z(w->arena, rest));
	if (str_is(first, "code"))
		return code(w);
	if (str_is(first, "here"))
		return here(w);
	if (str_is(first, "number"))
		return number(w);
	if (str_is(first, "after"))
		return after(w, rest);
	if (str_is(first, "long") && str_int(rest, &n))
		return letters(w->arena, n);
	return str_of(strrchr(world_item(w, NULL, str_z(w->arena, what)), '/') + 1);
}

static const char *
filled(struct world *w, struct str text)
{
	struct out o = out_new(w->arena);

	while (text.n) {
		struct str plain = str_sub(text, 0, str_find(text, '{'));

		out_str(&o, plain);
		text = str_sub(text, plain.n + 1, text.n);
		if (text.n)
			out_str(&o, meant(w, str_cut(&text, '}')));
	}
	return str_z(w->arena, out_text(&o));
}

static struct errand
errand_of(struct world *w, const struct visit *v, const char *who)
{
	return (struct errand){who, filled(w, v->address), v->post ? filled(w, v->fields) : NULL};
}

struct answered
errand_run(struct world *w, struct errand e)
{
	w->page = e.fields ? world_post(w, e.who, e.address, e.fields) : world_get(w, e.who, e.address);
	world_takes_cookies(w, e.who, w->page);
	return w->page;
}

static void
go_first(struct world *w, const struct visit *v)
{
	struct answered a;

	if (!v)
		return;
	go_first(w, v->before);
	a = errand_run(w, errand_of(w, v, v->who));
	if (a.status >= 404)
		test_fail(w->t, v->place, 0, "gave %d", a.status);
}

struct errand
visit_prepare(struct world *w, const struct visit *v, const char *who)
{
	go_first(w, v->before);
	return errand_of(w, v, who);
}
