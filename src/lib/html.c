#include "lib/html.h"

enum { BLOCK = 16 };

/* What stands for a byte; NULL: itself. A carriage return must be written as a reference, for the
 * parser makes a newline of a bare one. */
static const char *
in_text(unsigned char c)
{
	switch (c) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '\r': return "&#13;";
	case '\0': return "\xEF\xBF\xBD";
	default: return NULL;
	}
}

static const char *
in_attr(unsigned char c)
{
	switch (c) {
	case '"': return "&#34;";
	case '\'': return "&#39;";
	default: return in_text(c);
	}
}

/* Bytes that stand for themselves everywhere, in texts, attributes and addresses: most do. */
static const bool is_plain[256] = {
	[' ' ... '!'] = true, ['#' ... '%'] = true, ['(' ... ';'] = true, ['='] = true, ['?' ... '~'] = true,
	[0x80 ... 0xFF] = true,
};

/* Sixteen of them are looked at together; c | 1 finds ' and &, c | 2 finds < and >. */
static bool
is_plain_block(const char *p)
{
	typedef unsigned char block __attribute__((vector_size(BLOCK)));
	block c, found;
	uint64_t half[2];

	memcpy(&c, p, BLOCK);
	found = (block)(c < 0x20) | (block)(c == '"') | (block)((c | 1) == '\'') | (block)((c | 2) == '>') |
	    (block)(c == 0x7F);
	memcpy(half, &found, BLOCK);
	return (half[0] | half[1]) == 0;
}

/* Where the first byte stands that is not plain, or s.n. */
static size_t
plain_until(struct str s)
{
	size_t i = 0;

	if (s.n >= BLOCK) {
		while (i + BLOCK <= s.n && is_plain_block(s.p + i))
			i += BLOCK;
		if (i + BLOCK > s.n && is_plain_block(s.p + s.n - BLOCK))
			return s.n;
	} else if (s.n >= BLOCK / 2) {
		char ends[BLOCK];

		memcpy(ends, s.p, BLOCK / 2);
		memcpy(ends + BLOCK / 2, s.p + s.n - BLOCK / 2, BLOCK / 2);
		if (is_plain_block(ends))
			return s.n;
	}
	while (i < s.n && is_plain[(unsigned char)s.p[i]])
		i++;
	return i;
}

/* Runs of plain bytes are copied at once: most texts are one run. */
static inline void
escape(struct out *o, struct str s, const char *(*instead_of)(unsigned char c))
{
	for (;;) {
		size_t run = plain_until(s);
		const char *instead;

		out_bytes(o, s.p, run);
		if (run == s.n)
			return;
		instead = instead_of((unsigned char)s.p[run]);
		if (instead)
			out_bytes(o, instead, strlen(instead));
		else
			out_char(o, s.p[run]);
		s = str_sub(s, run + 1, s.n);
	}
}

void
html_text(struct out *o, struct str s)
{
	escape(o, s, in_text);
}

void
html_attr(struct out *o, struct str s)
{
	escape(o, s, in_attr);
}

static bool
is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '.' || c == '_' || c == '~';
}

void
html_url(struct out *o, struct str s)
{
	static const char digit[] = "0123456789ABCDEF";
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (!is_unreserved(s.p[i])) {
			char coded[3] = {'%', digit[c >> 4], digit[c & 15]};

			out_bytes(o, s.p + from, i - from);
			out_bytes(o, coded, sizeof coded);
			from = i + 1;
		}
	}
	if (s.n)
		out_bytes(o, s.p + from, s.n - from);
}

static bool
is_scheme(struct str s, const char *name)
{
	size_t i = 0;

	for (; i < s.n && name[i]; i++) {
		char c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + ('a' - 'A')) : s.p[i];

		if (c != name[i])
			return false;
	}
	return i == s.n && !name[i];
}

bool
html_href_ok(struct str address)
{
	/* Browsers take spaces away at the front, and tabs and newlines everywhere: "java\nscript:" is
	 * a script. */
	for (size_t i = 0; i < address.n; i++)
		if ((unsigned char)address.p[i] < 0x20 || address.p[i] == 0x7F)
			return false;
	address = str_trim(address);
	for (size_t i = 0; i < address.n; i++) {
		struct str scheme = str_sub(address, 0, i);

		switch (address.p[i]) {
		case '/':
		case '?':
		case '#': return true;
		case ':':
			return is_scheme(scheme, "https") || is_scheme(scheme, "http") ||
			    is_scheme(scheme, "mailto") || is_scheme(scheme, "tel");
		default: break;
		}
	}
	return true;
}

void
html_href(struct out *o, struct str address)
{
	/* A path of our own that holds nothing to escape; nearly all are. */
	if (address.n && address.p[0] == '/' && plain_until(address) == address.n)
		out_str(o, address);
	else if (html_href_ok(address))
		html_attr(o, address);
	else
		out_char(o, '#');
}
