#include "core/fetch.h"

#include <curl/curl.h>
#include <pthread.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/fetch_address.h"
#include "core/job/job.h"

enum {
	URL_BYTES_MAX = 2000,
	HEADER_BYTES_MAX = 64 * 1024,
	NAMED_BYTES_MAX = 500, /* of an ETag and the like */
	CONNECT_MS_MAX = 10000,
	INSIDE_BYTES_MAX = 1000,
	HTTP_PORT = 80, HTTPS_PORT = 443,
};

/* --- hosts inside ---------------------------------------------------------------------------- */

static char inside[INSIDE_BYTES_MAX];
static size_t inside_n;

struct host {
	struct str name;
	int port; /* 0: 80 and 443 */
};

/* "host", "host:8080", "[::1]:8080" */
static bool
host_of(struct str text, struct host *host)
{
	struct str name = text, port;
	int64_t n = 0;

	name.n = text.n && text.p[0] == '[' ? str_find(text, ']') + 1 : str_find(text, ':');
	if (name.n == 0 || name.n > text.n || str_find(text, '/') < text.n || str_find(text, '@') < text.n)
		return false;
	port = str_sub(text, name.n, text.n);
	if (port.n && (port.p[0] != ':' || !str_int(str_sub(port, 1, port.n), &n) || n < 1 || n > 65535))
		return false;
	*host = (struct host){name, (int)n};
	return true;
}

bool
fetch_inside_is(struct str hosts)
{
	struct host host;
	bool fine = hosts.n <= INSIDE_BYTES_MAX;

	while (hosts.n && fine)
		fine = host_of(str_trim(str_cut(&hosts, ',')), &host);
	return fine;
}

void
fetch_inside_set(struct str hosts)
{
	need(fetch_inside_is(hosts));
	if (hosts.n)
		memcpy(inside, hosts.p, hosts.n);
	inside_n = hosts.n;
}

static bool
is_inside(struct str name, int port)
{
	struct str rest = {inside, inside_n};
	struct host h;

	while (rest.n)
		if (host_of(str_trim(str_cut(&rest, ',')), &h) && h.name.n == name.n &&
		    strncasecmp(h.name.p, name.p, name.n) == 0 &&
		    (h.port ? h.port == port : port == HTTP_PORT || port == HTTPS_PORT))
			return true;
	return false;
}

/* --- addresses ------------------------------------------------------------------------------- */

struct fetching {
	struct arena *arena;
	const struct fetch *wanted;
	struct timespec until;

	CURLU *url; /* read by the same code that connects */
	bool is_inside;

	CURL *curl;
	char *body; /* bytes_max of them */
	size_t body_n, header_n;
	bool was_refused, is_too_big, has_enough;
};

static struct str
part_of(struct fetching *f, CURLUPart part)
{
	char *value = NULL;
	struct str copy;

	if (curl_url_get(f->url, part, &value, part == CURLUPART_PORT ? CURLU_DEFAULT_PORT : 0) != CURLUE_OK)
		return STR("");
	copy = str_copy(f->arena, str_of(value));
	curl_free(value);
	return copy;
}

/* FETCH_OK, or what is wrong with the address that stands in f->url now. */
static enum fetch_verdict
check_address(struct fetching *f)
{
	struct str scheme = part_of(f, CURLUPART_SCHEME), host = part_of(f, CURLUPART_HOST);
	int64_t port = 0;

	if ((!str_is(scheme, "http") && !str_is(scheme, "https")) || host.n == 0 ||
	    !str_int(part_of(f, CURLUPART_PORT), &port))
		return FETCH_NO_ADDRESS;
	if (part_of(f, CURLUPART_USER).n || part_of(f, CURLUPART_PASSWORD).n)
		return FETCH_WITH_PASSWORD;
	f->is_inside = is_inside(host, (int)port);
	if (port != HTTP_PORT && port != HTTPS_PORT && !f->is_inside)
		return FETCH_OTHER_PORT;
	return FETCH_OK;
}

/* Absolute, or relative to the one before. */
static enum fetch_verdict
go_to(struct fetching *f, struct str address)
{
	address = str_trim(address);
	if (address.n == 0 || address.n > URL_BYTES_MAX || str_find(address, '\0') < address.n)
		return FETCH_NO_ADDRESS;
	if (str_starts(str_lower_ascii(f->arena, str_sub(address, 0, 7)), STR("webcal:")))
		address = str_fmt(f->arena, "https:%.*s", STR_ARG(str_sub(address, 7, address.n)));
	if (curl_url_set(f->url, CURLUPART_URL, str_z(f->arena, address),
	    CURLU_DEFAULT_SCHEME | CURLU_URLENCODE) != CURLUE_OK)
		return FETCH_NO_ADDRESS;
	return check_address(f);
}

/* --- what curl asks -------------------------------------------------------------------------- */

/* The address that is really connected to: a name that resolves to another one each time helps nobody. */
static curl_socket_t
open_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct fetching *f = arg;

	(void)purpose;
	if (!f->is_inside && !fetch_address_is_public(&to->addr)) {
		f->was_refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static long
status_of(const struct fetching *f)
{
	long status = 0;

	curl_easy_getinfo(f->curl, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static size_t
take_body(char *bytes, size_t size, size_t n, void *arg)
{
	struct fetching *f = arg;

	n *= size;
	/* What a refusal says besides its number is for people with a browser. */
	f->has_enough = status_of(f) != 200;
	f->is_too_big |= !f->has_enough && n > f->wanted->bytes_max - f->body_n;
	if (f->has_enough || f->is_too_big)
		return CURL_WRITEFUNC_ERROR;
	memcpy(f->body + f->body_n, bytes, n);
	f->body_n += n;
	return n;
}

static size_t
take_header(char *bytes, size_t size, size_t n, void *arg)
{
	struct fetching *f = arg;

	(void)bytes;
	f->header_n += size * n;
	f->is_too_big |= f->header_n > HEADER_BYTES_MAX;
	return f->is_too_big ? 0 : size * n;
}

/* What is packed can be longer than what comes of it. */
static int
goes_on(void *arg, curl_off_t total, curl_off_t now, curl_off_t to_send, curl_off_t sent)
{
	struct fetching *f = arg;

	(void)total, (void)to_send, (void)sent;
	if (now > (curl_off_t)f->wanted->bytes_max)
		f->is_too_big = true;
	return f->is_too_big || (f->wanted->job && !job_continues(f->wanted->job));
}

/* --- one request ----------------------------------------------------------------------------- */

/* At least one, for none would be no limit. */
static long
ms_left(const struct fetching *f)
{
	struct timespec now;
	long ms;

	clock_gettime(CLOCK_MONOTONIC, &now);
	ms = (f->until.tv_sec - now.tv_sec) * 1000 + (f->until.tv_nsec - now.tv_nsec) / 1000000;
	return ms > 0 ? ms : 1;
}

static struct curl_slist *
header(struct fetching *f, struct curl_slist *list, const char *name, struct str value)
{
	struct curl_slist *longer;

	if (value.n == 0 || str_find(value, '\r') < value.n || str_find(value, '\n') < value.n)
		return list;
	longer = curl_slist_append(list, str_z(f->arena, str_fmt(f->arena, "%s: %.*s", name, STR_ARG(value))));
	need(longer != NULL);
	return longer;
}

static void
set_up(struct fetching *f)
{
	CURL *curl = f->curl;

	curl_easy_setopt(curl, CURLOPT_CURLU, f->url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L); /* each address is checked before it is followed */
	curl_easy_setopt(curl, CURLOPT_PROXY, "");          /* not one that the environment names */
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, "Nuotio");
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS_MAX);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, f);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, f);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, f);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, goes_on);
	curl_easy_setopt(curl, CURLOPT_XFERINFODATA, f);
}

static CURLcode
request(struct fetching *f)
{
	struct curl_slist *headers = NULL;
	CURLcode code;

	f->was_refused = f->is_too_big = f->has_enough = false;
	f->body_n = f->header_n = 0;
	headers = header(f, headers, "Accept", f->wanted->accept);
	headers = header(f, headers, "If-None-Match", f->wanted->etag);
	headers = header(f, headers, "If-Modified-Since", f->wanted->date);
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(f->curl, CURLOPT_TIMEOUT_MS, ms_left(f));
	code = curl_easy_perform(f->curl);
	curl_easy_setopt(f->curl, CURLOPT_HTTPHEADER, NULL);
	curl_slist_free_all(headers);
	return f->has_enough ? CURLE_OK : code;
}

/* Why there is no answer. */
static enum fetch_verdict
why_not(const struct fetching *f, CURLcode code)
{
	if (f->is_too_big)
		return FETCH_TOO_BIG;
	switch ((int)code) {
	case CURLE_URL_MALFORMAT: /* a name that cannot be one */
		return FETCH_NO_ADDRESS;
	case CURLE_COULDNT_RESOLVE_HOST:
		return FETCH_UNKNOWN_HOST;
	case CURLE_COULDNT_CONNECT:
		return f->was_refused ? FETCH_PRIVATE : FETCH_UNREACHABLE;
	case CURLE_OPERATION_TIMEDOUT:
		return FETCH_TOO_SLOW;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_ISSUER_ERROR:
		return FETCH_UNTRUSTED;
	case CURLE_ABORTED_BY_CALLBACK:
		return FETCH_STOPPED;
	default:
		return FETCH_BROKEN;
	}
}

static bool
is_redirect(long status)
{
	return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static struct str
answered(struct fetching *f, const char *name, size_t bytes_max)
{
	struct curl_header *h;
	struct str value;

	if (curl_easy_header(f->curl, name, 0, CURLH_HEADER, -1, &h) != CURLHE_OK)
		return STR("");
	value = str_of(h->value);
	return value.n <= bytes_max && str_is_utf8(value) ? str_copy(f->arena, value) : STR("");
}

static enum fetch_verdict
verdict_of(const struct fetch *wanted, long status)
{
	if (status == 200)
		return FETCH_OK;
	return status == 304 && (wanted->etag.n || wanted->date.n) ? FETCH_NOT_MODIFIED : FETCH_STATUS;
}

/* From address to address, until there is an answer. */
static enum fetch_verdict
follow(struct fetching *f, struct str address)
{
	for (int i = 0; i <= FETCH_REDIRECTS_MAX; i++) {
		enum fetch_verdict verdict = go_to(f, address);
		CURLcode code;

		if (verdict != FETCH_OK)
			return verdict;
		code = request(f);
		if (code != CURLE_OK)
			return why_not(f, code);
		address = answered(f, "Location", URL_BYTES_MAX);
		if (!is_redirect(status_of(f)) || address.n == 0)
			return verdict_of(f->wanted, status_of(f));
	}
	return FETCH_TOO_MANY_REDIRECTS;
}

static void
init_curl(void)
{
	need(curl_global_init(CURL_GLOBAL_DEFAULT) == 0);
}

struct fetched
fetch_from(struct arena *a, const struct fetch *wanted)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct fetching f = {.arena = a, .wanted = wanted};
	struct fetched got = {0};

	need(wanted->bytes_max > 0 && wanted->seconds_max > 0);
	pthread_once(&once, init_curl);
	clock_gettime(CLOCK_MONOTONIC, &f.until);
	f.until.tv_sec += wanted->seconds_max;
	f.body = arena_bytes(a, wanted->bytes_max);
	f.url = curl_url();
	f.curl = curl_easy_init();
	need(f.url && f.curl);
	set_up(&f);
	got.verdict = follow(&f, wanted->url);
	if (got.verdict == FETCH_STATUS)
		got.status = (int)status_of(&f);
	if (got.verdict == FETCH_OK)
		got.body = (struct str){f.body, f.body_n};
	if (got.verdict == FETCH_OK || got.verdict == FETCH_NOT_MODIFIED) {
		got.etag = answered(&f, "ETag", NAMED_BYTES_MAX);
		got.date = answered(&f, "Last-Modified", NAMED_BYTES_MAX);
		got.type = answered(&f, "Content-Type", NAMED_BYTES_MAX);
	}
	curl_easy_cleanup(f.curl);
	curl_url_cleanup(f.url);
	return got;
}

enum fetch_verdict
fetch_address(struct arena *a, struct str url)
{
	struct fetching f = {.arena = a};
	enum fetch_verdict verdict;

	f.url = curl_url();
	need(f.url);
	verdict = go_to(&f, url);
	curl_url_cleanup(f.url);
	return verdict;
}
