/* Strict where RFC 7578 lets one choose: nothing stands before the first boundary or after the
 * last, lines end with CRLF, header lines are not folded. */
#include "core/http/multipart.h"

#include <string.h>
#include <strings.h>

#include "core/http/form.h"
#include "lib/arena.h"

enum { BOUNDARY_MAX = 70, HEADERS_MAX = 8, HEADER_BYTES_MAX = 1000 };

#define CRLF STR("\r\n")

static bool
is_word(struct str s, const char *word)
{
	return s.n == strlen(word) && strncasecmp(s.p, word, s.n) == 0;
}

static size_t
find(struct str s, struct str part)
{
	const char *at = s.n ? memmem(s.p, s.n, part.p, part.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

static bool
take(struct str *s, struct str prefix)
{
	if (!str_starts(*s, prefix))
		return false;
	*s = str_sub(*s, prefix.n, s->n);
	return true;
}

/* --- parameters: ; name=value; name="value" -------------------------------------------------- */

/* Takes the next one. A quoted value ends at the next quote, for browsers write " in a name as %22;
 * with a backslash before it two readers would disagree about the end. */
static bool
take_parameter(struct str *rest, struct str *name, struct str *value)
{
	size_t end;

	if (!take(rest, STR(";")))
		return false;
	*rest = str_trim(*rest);
	*name = str_trim(str_sub(*rest, 0, str_find(*rest, '=')));
	if (name->n == 0 || str_find(*rest, '=') == rest->n)
		return false;
	*rest = str_trim(str_sub(*rest, str_find(*rest, '=') + 1, rest->n));
	if (take(rest, STR("\""))) {
		end = str_find(*rest, '"');
		if (end == rest->n)
			return false;
		*value = str_sub(*rest, 0, end);
		*rest = str_trim(str_sub(*rest, end + 1, rest->n));
		return value->n == 0 || value->p[value->n - 1] != '\\';
	}
	end = str_find(*rest, ';');
	*value = str_trim(str_sub(*rest, 0, end));
	*rest = str_sub(*rest, end, rest->n);
	return value->n > 0 && str_find(*value, '"') == value->n;
}

static bool
is_boundary_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    (c != 0 && strchr("'()+_,-./:=? ", c) != NULL);
}

bool
multipart_boundary(struct str content_type, struct str *boundary)
{
	struct str rest = str_trim(content_type),
		   type = str_trim(str_sub(rest, 0, str_find(rest, ';')));
	bool found = false;

	rest = str_sub(rest, str_find(rest, ';'), rest.n);
	if (!is_word(type, "multipart/form-data"))
		return false;
	while (rest.n) {
		struct str name, value;

		if (!take_parameter(&rest, &name, &value))
			return false;
		if (!is_word(name, "boundary"))
			continue;
		if (found || value.n == 0 || value.n > BOUNDARY_MAX || value.p[value.n - 1] == ' ')
			return false;
		for (size_t i = 0; i < value.n; i++)
			if (!is_boundary_char(value.p[i]))
				return false;
		*boundary = value;
		found = true;
	}
	return found;
}

/* --- a part ---------------------------------------------------------------------------------- */

struct part {
	struct str name, file_name, type;
	bool named, file, file_named;
};

/* A line of a header: no control characters but tabs. */
static bool
is_clean(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 127)
			return false;
	return str_is_utf8(line);
}

/* What HTML escapes in names and nothing else: quotes and ends of lines. */
static struct str
unescape(struct arena *a, struct str s)
{
	char *p = arena_bytes(a, s.n);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		struct str three = str_sub(s, i, 3);
		char c = s.p[i];

		if (str_is(three, "%22"))
			c = '"';
		else if (is_word(three, "%0d"))
			c = '\r';
		else if (is_word(three, "%0a"))
			c = '\n';
		if (c != s.p[i])
			i += 2;
		p[n++] = c;
	}
	return (struct str){p, n};
}

/* Some browsers send the folders too. */
static struct str
last_part(struct str name)
{
	size_t at = name.n;

	while (at > 0 && name.p[at - 1] != '/' && name.p[at - 1] != '\\')
		at--;
	return str_sub(name, at, name.n);
}

static bool
read_disposition(struct arena *a, struct str value, struct part *part)
{
	struct str rest = value, type = str_trim(str_sub(value, 0, str_find(value, ';')));

	rest = str_sub(rest, str_find(rest, ';'), rest.n);
	if (!is_word(type, "form-data") || part->named)
		return false;
	while (rest.n) {
		struct str name, word;

		if (!take_parameter(&rest, &name, &word))
			return false;
		if (is_word(name, "name")) {
			if (part->named)
				return false;
			part->name = unescape(a, word);
			part->named = true;
		} else if (is_word(name, "filename") || is_word(name, "filename*")) {
			part->file = true;
			part->file_named = part->file_named || word.n > 0;
			if (is_word(name, "filename"))
				part->file_name = last_part(unescape(a, word));
		}
	}
	return part->named;
}

/* A text part says nothing of its type, or that it is text in UTF-8. */
static bool
read_type(struct str value, struct part *part)
{
	struct str type = str_trim(str_sub(value, 0, str_find(value, ';')));

	value = str_sub(value, str_find(value, ';'), value.n);
	if (part->file)
		return true;
	while (value.n) {
		struct str name, word;

		if (!take_parameter(&value, &name, &word) ||
		    (is_word(name, "charset") && !is_word(word, "utf-8")))
			return false;
	}
	return is_word(type, "text/plain");
}

static bool
is_plain_encoding(struct str value)
{
	return is_word(value, "7bit") || is_word(value, "8bit") || is_word(value, "binary");
}

/* Takes the lines up to the empty one. */
static bool
take_headers(struct arena *a, struct str *rest, struct part *part)
{
	bool typed = false;

	for (size_t i = 0; i <= HEADERS_MAX; i++) {
		size_t end = find(str_sub(*rest, 0, HEADER_BYTES_MAX + CRLF.n), CRLF);
		struct str line = str_sub(*rest, 0, end), value = line, name = str_cut(&value, ':');

		*rest = str_sub(*rest, end, rest->n);
		if (!take(rest, CRLF))
			return false;
		if (line.n == 0)
			return part->named && (!typed || read_type(part->type, part));
		value = str_trim(value);
		if (name.n == line.n || !is_clean(line))
			return false;
		if (is_word(name, "content-disposition")) {
			if (!read_disposition(a, value, part))
				return false;
		} else if (is_word(name, "content-type")) {
			if (typed)
				return false;
			part->type = value;
			typed = true;
		} else if (is_word(name, "content-transfer-encoding") &&
		    !is_plain_encoding(value)) {
			return false;
		}
	}
	return false;
}

/* --- the body -------------------------------------------------------------------------------- */

static struct pair
pair_of(struct arena *a, const struct part *part, struct str value)
{
	struct form_file *file;

	if (!part->file)
		return (struct pair){part->name, value, NULL};
	file = ARENA_NEW(a, struct form_file);
	*file = (struct form_file){part->file_name, part->type, value};
	return (struct pair){part->name, (struct str){0}, file};
}

bool
multipart_parse(struct arena *a, struct str body, struct str boundary, struct pairs *pairs)
{
	struct str between = str_fmt(a, "\r\n--%.*s", STR_ARG(boundary));
	size_t cap = 0;

	*pairs = (struct pairs){0};
	if (!take(&body, str_sub(between, CRLF.n, between.n)))
		return false;
	while (take(&body, CRLF)) {
		struct part part = {0};
		struct str value;

		if (!take_headers(a, &body, &part))
			return false;
		value = str_sub(body, 0, find(body, between));
		body = str_sub(body, value.n, body.n);
		if (!take(&body, between))
			return false;
		if (part.file && !part.file_named && value.n == 0)
			continue;
		if (pairs->n == PAIRS_MAX || !str_is_utf8(part.name) || (!part.file && !str_is_utf8(value)))
			return false;
		pairs->at = arena_grow(a, pairs->at, pairs->n, 1, sizeof *pairs->at, &cap);
		pairs->at[pairs->n++] = pair_of(a, &part, value);
	}
	return str_eq(body, STR("--\r\n")) || str_eq(body, STR("--"));
}
