/* From a finished exchange to the library's response. Nothing here takes memory from the
 * request's arena: a page may have filled it to the brim. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/http/assets.h"
#include "core/http/server_exchange.h"
#include "core/log.h"
#include "lib/need.h"

enum { VALUE_BYTES = 8192 };

static void
add(struct MHD_Response *response, const char *name, struct str value)
{
	char z[VALUE_BYTES];

	if (value.n >= sizeof z) {
		log_line(LEVEL_ERROR, "a %s header is too long and was left out", name);
		return;
	}
	if (value.n)
		memcpy(z, value.p, value.n);
	z[value.n] = 0;
	if (MHD_add_response_header(response, name, z) != MHD_YES)
		log_line(LEVEL_ERROR, "a %s header is not valid and was left out", name);
}

/* ASCII for old programs, UTF-8 for the others. */
static void
add_filename(struct MHD_Response *response, struct str name)
{
	char z[1024];
	size_t n = (size_t)snprintf(z, sizeof z, "attachment; filename=\"");

	if (name.n > 200)
		name.n = 200;
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		z[n++] = c > ' ' && c < 0x7f && c != '"' && c != '\\' && c != '%' ? (char)c : '_';
	}
	n += (size_t)snprintf(z + n, sizeof z - n, "\"; filename*=UTF-8''");
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];
		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    c == '.' || c == '-' || c == '_')
			z[n++] = (char)c;
		else
			n += (size_t)snprintf(z + n, sizeof z - n, "%%%02X", c);
	}
	z[n] = 0;
	need(MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, z) == MHD_YES);
}

enum cache
answer_cache(const struct exchange *e)
{
	const struct req *r = &e->req;

	if (r->lasting && r->method == GET && r->status == 200 && r->cookies.n == 0)
		return CACHE_FOREVER;
	if (r->actor.person || r->session.n || r->method != GET)
		return CACHE_NEVER;
	if (r->cacheable && r->status == 200 && r->cookies.n == 0)
		return CACHE_SHORT;
	return CACHE_PRIVATE;
}

static void
add_cookies(struct MHD_Response *response, struct str lines)
{
	while (lines.n) {
		struct str line = str_trim(str_cut(&lines, '\n'));
		if (line.n)
			add(response, MHD_HTTP_HEADER_SET_COOKIE, line);
	}
}

static struct MHD_Response *
make(struct exchange *e)
{
	struct req *r = &e->req;
	struct str body = out_text(&r->out);
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    body.n, (void *)(uintptr_t)(body.n ? body.p : ""), MHD_RESPMEM_PERSISTENT);
	char number[16];

	need(response != NULL);
	headers_add(response, answer_cache(e), e->page ? ANSWER_PAGE : r->letter ? ANSWER_LETTER : ANSWER_FILE,
	    e->server->options.csp_reports);
	if (e->page)
		need(MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
		         "text/html; charset=utf-8") == MHD_YES);
	else if (r->type.n)
		add(response, MHD_HTTP_HEADER_CONTENT_TYPE, r->type);
	if (e->location.n)
		add(response, MHD_HTTP_HEADER_LOCATION, e->location);
	if (e->allow)
		add(response, MHD_HTTP_HEADER_ALLOW, str_of(e->allow));
	if (r->filename.n)
		add_filename(response, r->filename);
	if (r->etag.n)
		add(response, MHD_HTTP_HEADER_ETAG, r->etag);
	if (e->retry_s) {
		snprintf(number, sizeof number, "%d", e->retry_s);
		add(response, MHD_HTTP_HEADER_RETRY_AFTER, str_of(number));
	}
	if (e->page && r->route && r->route->refresh_s) {
		snprintf(number, sizeof number, "%d", r->route->refresh_s);
		add(response, "Refresh", str_of(number));
	}
	add_cookies(response, out_text(&r->cookies));
	if (e->close)
		add(response, MHD_HTTP_HEADER_CONNECTION, STR("close"));
	return response;
}

/* --- pages that are kept ------------------------------------------------- */

enum { KEY_BYTES_MAX = 600, KEPT_BYTES_MAX = 512 * 1024, MINUTE_S = 60 };

/* Only what everyone gets who is not signed in. The language and the look are not always in the address. */
bool
answer_from_memory(struct exchange *e)
{
	struct req *r = &e->req;
	struct server *server = e->server;

	if (!server->memory || !e->mhd || e->refusal || r->method != GET || r->route->right || r->session.n ||
	    r->flash.text || e->head.uri.n > KEY_BYTES_MAX)
		return false;
	e->key = str_fmt(r->arena, "%s %.*s %.*s", lang_code(r->lang), STR_ARG(r->theme), STR_ARG(e->head.uri));
	e->moment = (struct moment){db_commits(server->app->db), r->now.s / MINUTE_S, exchange_now_us() / 1000};
	e->kept = memory_find(server->memory, e->key, &e->moment);
	if (!e->kept)
		return false;
	if (headers_etag_matches(e->head.if_none_match, kept_etag(e->kept))) {
		r->status = 304;
		e->ready = kept_same(e->kept);
	} else {
		r->status = 200;
		e->ready = kept_response(e->kept, headers_coding(e->head.accept_encoding), &e->ready_bytes);
	}
	return true;
}

/* A page is kept as it is, and compressed when it is asked for again: many are never. */
static void
keep(struct exchange *e)
{
	struct req *r = &e->req;

	if (!e->key.n || !e->page || r->status != 200 || r->own || r->actor.person || r->cookies.n || e->close ||
	    r->out.n > KEPT_BYTES_MAX)
		return;
	e->kept = memory_keep(e->server->memory, e->key, &e->moment,
	    &(struct kept_head){answer_cache(e), r->route->refresh_s, e->server->options.csp_reports},
	    out_text(&r->out));
	if (e->kept)
		e->ready = kept_response(e->kept, CODING_PLAIN, &e->ready_bytes);
}

enum MHD_Result
answer_queue(struct exchange *e)
{
	struct MHD_Response *response;
	enum MHD_Result result;

	if (atomic_load(&e->server->stopping))
		e->close = true;
	if (!e->ready)
		keep(e);
	response = e->ready;
	if (!response)
		response = make(e);
	result = MHD_queue_response(e->mhd, (unsigned)e->req.status, response);
	if (!e->ready)
		MHD_destroy_response(response);
	e->step = STEP_DONE;
	return result;
}

/* --- assets -------------------------------------------------------------- */

static struct MHD_Response *
of_asset(
    const struct server *server, const struct asset *asset, struct str bytes, const char *coding)
{
	struct MHD_Response *response;

	if (!bytes.n && coding)
		return NULL; /* not worth compressing */
	response = MHD_create_response_from_buffer(
	    bytes.n, (void *)(uintptr_t)(bytes.n ? bytes.p : ""), MHD_RESPMEM_PERSISTENT);
	need(response != NULL);
	headers_add(response, CACHE_FOREVER, ANSWER_FILE, server->options.csp_reports);
	add(response, MHD_HTTP_HEADER_CONTENT_TYPE, str_of(asset->type));
	add(response, MHD_HTTP_HEADER_ETAG, str_of(asset->etag));
	if (coding)
		add(response, MHD_HTTP_HEADER_CONTENT_ENCODING, str_of(coding));
	return response;
}

static struct MHD_Response *
of_same(const struct server *server, const struct asset *asset)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    0, (void *)(uintptr_t)"", MHD_RESPMEM_PERSISTENT);

	need(response != NULL);
	headers_add(response, CACHE_FOREVER, ANSWER_FILE, server->options.csp_reports);
	add(response, MHD_HTTP_HEADER_ETAG, str_of(asset->etag));
	return response;
}

void
answer_assets_begin(struct server *server)
{
	server->asset = calloc(assets_count + 1, sizeof *server->asset);
	need(server->asset != NULL);
	for (size_t i = 0; i < assets_count; i++) {
		const struct asset *asset = &assets[i];
		server->asset[i] = (struct asset_responses){
		    .plain = of_asset(server, asset, asset->plain, NULL),
		    .gz = of_asset(server, asset, asset->gz, "gzip"),
		    .br = of_asset(server, asset, asset->br, "br"),
		    .same = of_same(server, asset),
		};
	}
}

static void
forget(struct MHD_Response *response)
{
	if (response)
		MHD_destroy_response(response);
}

void
answer_assets_end(struct server *server)
{
	for (size_t i = 0; server->asset && i < assets_count; i++) {
		forget(server->asset[i].plain);
		forget(server->asset[i].gz);
		forget(server->asset[i].br);
		forget(server->asset[i].same);
	}
	free(server->asset);
	server->asset = NULL;
}

struct MHD_Response *
answer_asset(struct exchange *e, int *status)
{
	const struct asset *asset = asset_find(e->req.path);
	const struct asset_responses *responses;
	enum coding coding;

	if (!asset || !e->server->asset)
		return NULL;
	responses = &e->server->asset[asset - assets];
	if (headers_etag_matches(e->head.if_none_match, asset->etag)) {
		*status = 304;
		return responses->same;
	}
	*status = 200;
	coding = headers_coding(e->head.accept_encoding);
	if (coding == CODING_BR && responses->br) {
		e->ready_bytes = asset->br.n;
		return responses->br;
	}
	if (coding != CODING_PLAIN && responses->gz) {
		e->ready_bytes = asset->gz.n;
		return responses->gz;
	}
	e->ready_bytes = asset->plain.n;
	return responses->plain;
}
