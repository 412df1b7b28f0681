/* Paths. What the router finds stands in the path: written again from the pattern and the parts, it is found again. */
#include "core/http/router.h"

#include <string.h>

#include "lib/out.h"
#include "test/fuzz/fuzz.h"

static void
router_get(struct req *r)
{
	(void)r;
}

static struct outcome
router_post(struct req *r)
{
	(void)r;
	return (struct outcome){0};
}

static const struct route router_routes[] = {
	{GET, "/health", 0, router_get},
	{GET, "/{lang}", 0, router_get},
	{GET, "/{lang}/{campus}", 0, router_get},
	{GET, "/{lang}/wheel/{year}", 0, router_get},
	{GET, "/{lang}/{campus}/wheel/{year}", 0, router_get},
	{POST, "/{lang}/{campus}/wheel/{year}", 0, router_get, router_post},
	{POST, "/{lang}/{campus}/wheel/{year}/{item}/answer", 0, router_get, router_post},
	{POST, "/{lang}/wheel/{year}/{item}/answer", 0, router_get, router_post},
	{GET, "/{lang}/sign-in/link/{token}", 0, router_get},
	{0},
};
static const struct route *const router_tables[] = {router_routes, NULL};

/* Every byte of it, so that nothing means something else than itself. */
static void
router_encode(struct out *o, struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		out_fmt(o, "%%%02X", (unsigned char)word.p[i]);
}

static const struct path_part *
router_part(const struct routed *found, struct str name)
{
	for (size_t i = 0; i < found->parts; i++)
		if (str_eq((struct str){found->part[i].name, found->part[i].name_n}, name))
			return &found->part[i];
	return NULL;
}

static struct str
router_written(struct arena *a, const struct routed *found)
{
	struct str pattern = str_of(found->route->pattern);
	struct out o = out_new(a);

	while (pattern.n) {
		struct str plain = str_cut(&pattern, '{'), name = str_cut(&pattern, '}');

		out_str(&o, plain);
		if (name.n) {
			const struct path_part *part = router_part(found, name);

			need(part);
			router_encode(&o, part->value);
		}
	}
	return out_text(&o);
}

static void
router_check(const struct router *router, struct arena *a, enum method method, struct str path)
{
	struct routed found = router_find(router, a, method, path), again;

	need(found.parts <= PATH_PARTS_MAX);
	for (size_t i = 0; i < found.parts; i++) {
		struct str value = found.part[i].value;

		need(value.n > 0 && str_is_utf8(value));
		for (size_t k = 0; k < value.n; k++)
			need((unsigned char)value.p[k] >= ' ' && value.p[k] != 0x7f && value.p[k] != '/');
	}
	need(found.found != ROUTE_OTHER_METHOD || found.allow_get || found.allow_post);
	if (found.found != ROUTE_FOUND)
		return;
	need(router_at(router, found.index) == found.route);
	again = router_find(router, a, method, router_written(a, &found));
	need(again.found == ROUTE_FOUND && again.route == found.route && again.parts == found.parts);
	for (size_t i = 0; i < found.parts; i++)
		need(str_eq(again.part[i].value, found.part[i].value));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct router *router;
	struct arena *a = fuzz_arena();
	struct str path = str_copy(a, (struct str){(const char *)data, n}), word;

	if (!router)
		router = router_new(router_tables);
	router_check(router, a, GET, path);
	router_check(router, a, POST, path);
	router_reserves(router, path);
	if (path_word(a, path, &word)) {
		struct out o = out_new(a);

		need(word.n <= path.n && str_is_utf8(word));
		router_encode(&o, word);
		need(path_word(a, out_text(&o), &path) && str_eq(path, word));
	}
	return 0;
}
