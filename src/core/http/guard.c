#include "core/http/guard.h"

#include <string.h>
#include <strings.h>

enum { HEADERS_MAX = 100, HOST_BYTES_MAX = 255, STATUS_BAD = 400, STATUS_MANY = 431 };

struct reading {
	struct head *head;
	int status;
	int headers, hosts, lengths, encodings, types, origins, sites;
	const char *next; /* where the next line must begin; NULL: the layout is not checked */
};

bool
guard_knows_library(void)
{
	/* Under sanitizers and valgrind the layout is the same: the library is not instrumented. */
	return strncmp(MHD_get_version(), "0.9.75", 6) == 0;
}

static bool
token_char(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    (c != 0 && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

static bool
token(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!token_char((unsigned char)s.p[i]))
			return false;
	return s.n > 0;
}

static bool
plain_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < ' ' && c != '\t') || c == 0x7f)
			return false;
	}
	return true;
}

static bool
same_word(struct str s, const char *z)
{
	return s.n == strlen(z) && (s.n == 0 || strncasecmp(s.p, z, s.n) == 0);
}

static bool
digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0 && s.n < 19;
}

static bool
host(struct str s)
{
	if (s.n == 0 || s.n > HOST_BYTES_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		        c == '.' || c == '-' || c == ':' || c == '[' || c == ']' || c == '_'))
			return false;
	}
	return true;
}

/* The library ends names and values where they stand in its buffer, so in a well-formed head
 * every line begins two bytes behind the one before. A bare line feed, a folded line or a NUL
 * breaks that. */
static bool
adjoins(struct reading *reading, struct str name, struct str value)
{
	const char *colon = name.p + name.n;

	if (!reading->next)
		return true;
	if (name.p != reading->next || value.p <= colon)
		return false;
	for (const char *p = colon + 1; p < value.p; p++)
		if (*p != ' ' && *p != '\t')
			return false;
	reading->next = value.p + value.n + 2;
	return true;
}

static void
once(struct reading *reading, int *times, struct str *where, struct str value)
{
	if ((*times)++)
		reading->status = STATUS_BAD;
	*where = value;
}

static void
first(struct str *where, struct str value)
{
	if (!where->p)
		*where = value;
}

/* Names are compared by length first: most are of no interest here. */
static void
note(struct reading *reading, struct str name, struct str value)
{
	struct head *head = reading->head;
	struct str ignored;

	switch (name.n) {
	case 4:
		if (same_word(name, "host"))
			once(reading, &reading->hosts, &head->host, value);
		break;
	case 6:
		if (same_word(name, "cookie"))
			first(&head->cookie, value);
		else if (same_word(name, "origin"))
			once(reading, &reading->origins, &head->origin, value);
		break;
	case 7:
		if (same_word(name, "referer"))
			first(&head->referer, value);
		break;
	case 9:
		if (same_word(name, "forwarded") || same_word(name, "x-real-ip"))
			head->forwarded = true;
		break;
	case 12:
		if (same_word(name, "content-type"))
			once(reading, &reading->types, &head->content_type, value);
		break;
	case 13:
		if (same_word(name, "if-none-match"))
			first(&head->if_none_match, value);
		break;
	case 14:
		if (same_word(name, "content-length")) {
			once(reading, &reading->lengths, &ignored, value);
			if (!digits(value) || !str_int(value, &head->content_length))
				reading->status = STATUS_BAD;
		} else if (same_word(name, "sec-fetch-site")) {
			once(reading, &reading->sites, &head->fetch_site, value);
		}
		break;
	case 15:
		if (same_word(name, "accept-language")) {
			first(&head->accept_language, value);
		} else if (same_word(name, "accept-encoding")) {
			first(&head->accept_encoding, value);
		} else if (same_word(name, "x-forwarded-for")) {
			head->forwarded_for = value;
			head->forwarded = true;
		}
		break;
	case 16:
		if (same_word(name, "content-encoding"))
			first(&head->content_encoding, value);
		else if (same_word(name, "x-forwarded-host"))
			head->forwarded = true;
		break;
	case 17:
		if (same_word(name, "transfer-encoding")) {
			once(reading, &reading->encodings, &ignored, value);
			head->chunked = true;
			if (!same_word(value, "chunked"))
				reading->status = STATUS_BAD;
		} else if (same_word(name, "x-forwarded-proto")) {
			head->forwarded = true;
		}
		break;
	default:
		break;
	}
}

static enum MHD_Result
each_header(void *context, enum MHD_ValueKind kind, const char *name_p, size_t name_n,
    const char *value_p, size_t value_n)
{
	struct reading *reading = context;
	struct str name = {name_p, name_n}, value = {value_p, value_n};

	(void)kind;
	if (!adjoins(reading, name, value) || !token(name) || !plain_value(value))
		reading->status = STATUS_BAD;
	else if (++reading->headers > HEADERS_MAX)
		reading->status = STATUS_MANY;
	else
		note(reading, name, str_trim(value));
	return reading->status ? MHD_NO : MHD_YES;
}

static bool
plain_uri(struct str uri)
{
	if (uri.n == 0 || uri.p[0] != '/')
		return false;
	for (size_t i = 0; i < uri.n; i++) {
		unsigned char c = (unsigned char)uri.p[i];
		if (c <= ' ' || c >= 0x7f || c == '#')
			return false;
		if (c == '%' && uri.n - i >= 3 && uri.p[i + 1] == '0' && uri.p[i + 2] == '0')
			return false;
	}
	return true;
}

int
guard_head(struct MHD_Connection *connection, const char *method, const char *url,
    const char *version, struct str uri, struct head *head)
{
	struct reading reading = {.head = head};
	const union MHD_ConnectionInfo *size =
	    MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	bool strict = guard_knows_library();
	bool has_body;

	*head = (struct head){.method = str_of(method), .uri = uri, .content_length = -1};
	if (!plain_uri(uri) || !token(head->method))
		return STATUS_BAD;
	if (strict) {
		/* A NUL in the request line ended the address early; the version tells. */
		if (version != url + uri.n + 1)
			return STATUS_BAD;
		reading.next = version + strlen(version) + 2;
	}
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, each_header, &reading);
	if (reading.status)
		return reading.status;
	if (strict && (!size || reading.next + 2 != method + size->header_size))
		return STATUS_BAD;
	if (reading.hosts != 1 || !host(head->host))
		return STATUS_BAD;
	if (head->chunked && (reading.lengths || strcmp(version, MHD_HTTP_VERSION_1_1) != 0))
		return STATUS_BAD;
	has_body = head->chunked || head->content_length > 0;
	if (has_body && (str_is(head->method, "GET") || str_is(head->method, "HEAD")))
		return STATUS_BAD;
	return 0;
}

bool
guard_same_origin(const struct head *head, struct str own)
{
	struct str origin = head->origin;

	if (head->fetch_site.n && !str_is(head->fetch_site, "same-origin") &&
	    !str_is(head->fetch_site, "none"))
		return false;
	if (!origin.n)
		return true; /* old browsers and tools; the form's own token must still be right */
	if (own.n && own.p[own.n - 1] == '/')
		own.n--;
	if (own.n)
		return str_eq(origin, own);
	if (str_starts(origin, STR("https://")))
		origin = str_sub(origin, 8, origin.n);
	else if (str_starts(origin, STR("http://")))
		origin = str_sub(origin, 7, origin.n);
	else
		return false;
	return origin.n == head->host.n && strncasecmp(origin.p, head->host.p, origin.n) == 0;
}

bool
guard_own_path(struct str address)
{
	if (address.n == 0 || address.p[0] != '/')
		return false;
	if (address.n > 1 && address.p[1] == '/')
		return false;
	for (size_t i = 0; i < address.n; i++) {
		unsigned char c = (unsigned char)address.p[i];
		if (c <= ' ' || c >= 0x7f || c == '\\')
			return false;
	}
	return true;
}
