#include "core/http/query.h"

#include "core/http/http.h"
#include "lib/arena.h"

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
query_decode(struct arena *a, struct str text, struct str *decoded)
{
	char *p = arena_bytes(a, text.n);
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < text.n ? hex(text.p[i + 1]) : -1;
			int low = i + 2 < text.n ? hex(text.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		p[n++] = c;
	}
	*decoded = (struct str){p, n};
	return str_is_utf8(*decoded);
}

void
query_encode(struct out *o, struct str text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		    c == '-' || c == '_' || c == '.') {
			out_char(o, (char)c);
		} else {
			out_char(o, '%');
			out_char(o, digits[c >> 4]);
			out_char(o, digits[c & 15]);
		}
	}
}

bool
query_parse(struct arena *a, struct str text, struct pairs *pairs)
{
	size_t cap = 0;

	*pairs = (struct pairs){0};
	while (text.n) {
		struct str value = str_cut(&text, '&'), name = str_cut(&value, '=');
		struct pair pair = {0};

		if (name.n == 0 && value.n == 0)
			continue;
		if (pairs->n == PAIRS_MAX || !query_decode(a, name, &pair.name) ||
		    !query_decode(a, value, &pair.value))
			return false;
		pairs->at = arena_grow(a, pairs->at, pairs->n, 1, sizeof pair, &cap);
		pairs->at[pairs->n++] = pair;
	}
	return true;
}

bool
pairs_find(const struct pairs *pairs, struct str name, struct str *value)
{
	for (size_t i = 0; i < pairs->n; i++)
		if (!pairs->at[i].file && str_eq(pairs->at[i].name, name)) {
			*value = pairs->at[i].value;
			return true;
		}
	return false;
}

struct str
query_text(const struct req *r, const char *name)
{
	struct str rest = r->query;

	while (rest.n) {
		struct str value = str_cut(&rest, '&'), key = str_cut(&value, '='), decoded;

		if (query_decode(r->arena, key, &decoded) && str_is(decoded, name))
			return query_decode(r->arena, value, &decoded) ? decoded : STR("");
	}
	return STR("");
}

int64_t
query_int(const struct req *r, const char *name, int64_t otherwise)
{
	int64_t n;

	return str_int(query_text(r, name), &n) ? n : otherwise;
}
