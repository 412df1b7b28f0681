#include "core/http/router.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { WORDS_MAX = 12, ROUTER_BYTES = 4 * 1024 * 1024 };

struct word {
	struct str text; /* of a placeholder: its name */
	bool placeholder, is_lang;
};

#define LANG_WORD STR("lang")

struct entry {
	const struct route *route;
	struct word word[WORDS_MAX];
	size_t words;
	size_t index;
};

struct router {
	struct arena *arena;
	struct entry *at; /* by number of words, then literal before placeholder from the left */
	size_t n;
	size_t first[WORDS_MAX + 2]; /* where the entries with that many words begin */
	const struct route **by_pattern;
};

static const struct router *first_router;

static bool
end_of_table(const struct route *route)
{
	return route->pattern == NULL;
}

static struct entry
compile(struct arena *a, const struct route *route)
{
	struct entry e = {.route = route};
	struct str rest = str_of(route->pattern);
	size_t placeholders = 0;

	need(rest.n > 0 && rest.p[0] == '/');
	need(route->method == GET || route->method == POST);
	need(route->method == GET ? route->get != NULL : route->post != NULL);
	rest = str_sub(rest, 1, rest.n);
	while (rest.n) {
		struct str word = str_cut(&rest, '/');
		bool placeholder = word.n > 2 && word.p[0] == '{' && word.p[word.n - 1] == '}';

		need(word.n > 0);
		need(e.words < WORDS_MAX);
		placeholders += placeholder;
		need(placeholders <= PATH_PARTS_MAX);
		e.word[e.words++] = (struct word){
		    .text = placeholder ? str_sub(word, 1, word.n - 2) : str_copy(a, word),
		    .placeholder = placeholder,
		};
		e.word[e.words - 1].is_lang =
		    placeholder && str_eq(e.word[e.words - 1].text, LANG_WORD);
	}
	return e;
}

static int
compare_words(const struct entry *a, const struct entry *b)
{
	for (size_t i = 0; i < a->words; i++) {
		int by_text;

		if (a->word[i].placeholder != b->word[i].placeholder)
			return a->word[i].placeholder ? 1 : -1;
		/* Placeholders match alike, whatever their names. */
		by_text =
		    a->word[i].placeholder ? 0 : str_compare(a->word[i].text, b->word[i].text);
		if (by_text)
			return by_text;
	}
	return 0;
}

static int
compare_entries(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int by_words;

	if (a->words != b->words)
		return a->words < b->words ? -1 : 1;
	by_words = compare_words(a, b);
	return by_words ? by_words : (int)a->route->method - (int)b->route->method;
}

static int
compare_patterns(const void *x, const void *y)
{
	const struct route *const *a = x, *const *b = y;
	int by_pattern = strcmp((*a)->pattern, (*b)->pattern);

	return by_pattern ? by_pattern : (int)(*a)->method - (int)(*b)->method;
}

static size_t
index_of(const struct router *router, const struct route *route)
{
	size_t i = 0;

	while (router->by_pattern[i] != route)
		i++;
	return i;
}

struct router *
router_new(const struct route *const *tables)
{
	struct arena *a = arena_new(ROUTER_BYTES);
	struct router *router = ARENA_NEW(a, struct router);
	size_t n = 0, at = 0;

	router->arena = a;
	for (size_t t = 0; tables[t]; t++)
		for (const struct route *route = tables[t]; !end_of_table(route); route++)
			n++;
	router->n = n;
	router->at = ARENA_ARRAY(a, struct entry, n);
	router->by_pattern = ARENA_ARRAY(a, const struct route *, n);
	for (size_t t = 0; tables[t]; t++) {
		for (const struct route *route = tables[t]; !end_of_table(route); route++) {
			router->by_pattern[at] = route;
			router->at[at++] = compile(a, route);
		}
	}
	qsort(router->at, n, sizeof *router->at, compare_entries);
	qsort(router->by_pattern, n, sizeof *router->by_pattern, compare_patterns);
	for (size_t i = 0; i < n; i++) {
		need(i == 0 || compare_entries(&router->at[i - 1], &router->at[i]) != 0);
		router->at[i].index = index_of(router, router->at[i].route);
	}
	for (size_t words = 0; words < WORDS_MAX + 2; words++) {
		router->first[words] = n;
		for (size_t i = n; i-- > 0;)
			if (router->at[i].words >= words)
				router->first[words] = i;
	}
	if (!first_router)
		first_router = router;
	return router;
}

void
router_free(struct router *router)
{
	if (!router)
		return;
	if (first_router == router)
		first_router = NULL;
	arena_free(router->arena);
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool
path_word(struct arena *arena, struct str raw, struct str *word)
{
	char *p;
	size_t n = 0;

	if (str_find(raw, '%') == raw.n) {
		*word = raw; /* nearly all */
	} else {
		p = arena_bytes(arena, raw.n);
		for (size_t i = 0; i < raw.n; i++) {
			int high, low;

			if (raw.p[i] != '%') {
				p[n++] = raw.p[i];
				continue;
			}
			if (raw.n - i < 3)
				return false;
			high = hex(raw.p[i + 1]);
			low = hex(raw.p[i + 2]);
			if (high < 0 || low < 0)
				return false;
			p[n++] = (char)(high * 16 + low);
			i += 2;
		}
		*word = (struct str){p, n};
	}
	for (size_t i = 0; i < word->n; i++) {
		unsigned char c = (unsigned char)word->p[i];

		if (c < 0x20 || c == 0x7f || c == '/')
			return false;
	}
	return str_is_utf8(*word);
}

/* False: no route can have such a path. */
static bool
split(struct arena *arena, struct str path, struct str word[static WORDS_MAX], size_t *words)
{
	struct str rest;

	*words = 0;
	if (path.n == 0 || path.p[0] != '/')
		return false;
	rest = str_sub(path, 1, path.n);
	if (rest.n && rest.p[rest.n - 1] == '/')
		return false;
	while (rest.n) {
		struct str raw = str_cut(&rest, '/');

		if (raw.n == 0 || *words == WORDS_MAX)
			return false;
		if (!path_word(arena, raw, &word[*words]))
			return false;
		if (str_is(word[*words], ".") || str_is(word[*words], ".."))
			return false;
		(*words)++;
	}
	return true;
}

static bool
matches(const struct entry *e, const struct str *word)
{
	for (size_t i = 0; i < e->words; i++) {
		enum lang lang;

		if (!e->word[i].placeholder) {
			if (!str_eq(e->word[i].text, word[i]))
				return false;
		} else if (e->word[i].is_lang && !lang_of(word[i], &lang)) {
			return false;
		}
	}
	return true;
}

static void
take_parts(struct routed *found, const struct entry *e, const struct str *word)
{
	for (size_t i = 0; i < e->words; i++) {
		if (!e->word[i].placeholder)
			continue;
		found->part[found->parts++] = (struct path_part){
		    .name = e->word[i].text.p, .name_n = e->word[i].text.n, .value = word[i]};
	}
}

/* The routes with this pattern stand beside each other. */
static void
by_method(const struct router *router, size_t i, enum method method, struct routed *found)
{
	size_t first = i;

	found->found = ROUTE_OTHER_METHOD;
	for (; i < router->n && router->at[i].words == router->at[first].words &&
	     compare_words(&router->at[i], &router->at[first]) == 0; i++) {
		const struct entry *e = &router->at[i];

		found->allow_get |= e->route->method == GET;
		found->allow_post |= e->route->method == POST;
		/* The address of a form shows the page that the form stands on. */
		if (e->route->method != method &&
		    !(method == GET && e->route->get && !found->allow_get))
			continue;
		found->found = ROUTE_FOUND;
		found->route = e->route;
		found->index = e->index;
		found->at = i;
		return;
	}
}

struct routed
router_find(const struct router *router, struct arena *arena, enum method method, struct str path)
{
	struct routed found = {.found = ROUTE_UNKNOWN};
	struct str word[WORDS_MAX];
	size_t words;
	enum lang lang;

	if (!split(arena, path, word, &words))
		return found;
	for (size_t i = router->first[words]; i < router->first[words + 1]; i++) {
		if (matches(&router->at[i], word)) {
			by_method(router, i, method, &found);
			if (found.found == ROUTE_FOUND)
				take_parts(&found, &router->at[found.at], word);
			return found;
		}
	}
	/* The error page speaks the language of the address. */
	if (words && lang_of(word[0], &lang))
		found.part[found.parts++] = (struct path_part){
		    .name = "lang", .name_n = 4, .value = word[0]};
	return found;
}

bool
router_reserves(const struct router *router, struct str slug)
{
	for (size_t i = 0; i < router->n; i++) {
		const struct entry *e = &router->at[i];
		size_t at = e->words && e->word[0].is_lang;

		if (at < e->words && !e->word[at].placeholder && str_eq(e->word[at].text, slug))
			return true;
	}
	return false;
}

bool
router_reserves_slug(struct str slug)
{
	return first_router && router_reserves(first_router, slug);
}

size_t
router_count(const struct router *router)
{
	return router->n;
}

const struct route *
router_at(const struct router *router, size_t index)
{
	need(index < router->n);
	return router->by_pattern[index];
}
