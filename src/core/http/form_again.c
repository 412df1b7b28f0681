#include "core/http/form_again.h"

#include "core/http/form_read.h"
#include "core/http/router.h"
#include "lib/arena.h"

struct str
form_page_of(struct req *r, struct str path)
{
	while (path.n > 1) {
		struct routed routed = router_find(r->router, r->arena, GET, path);

		/* A GET of an address for forms alone is drawn too; its page has an address of its own. */
		if (routed.found == ROUTE_FOUND && routed.route->method == GET)
			return path;
		while (path.n > 1 && path.p[path.n - 1] != '/')
			path.n--;
		path.n--;
	}
	return STR("");
}

void
form_again(struct req *r, struct str path, struct str body)
{
	struct routed routed = router_find(r->router, r->arena, POST, path);
	struct pairs pairs;

	if (routed.found != ROUTE_FOUND || !routed.route->form || !query_parse(r->arena, body, &pairs))
		return;
	form_refill(r, routed.route->form, &pairs);
}
