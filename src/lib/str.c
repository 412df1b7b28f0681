#include "lib/str.h"

#include <stdarg.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"

bool
str_starts(struct str s, struct str with)
{
	return s.n >= with.n && str_eq(str_sub(s, 0, with.n), with);
}

bool
str_ends(struct str s, struct str with)
{
	return s.n >= with.n && str_eq(str_sub(s, s.n - with.n, with.n), with);
}

int
str_compare(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n ? memcmp(a.p, b.p, n) : 0;

	if (c)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

struct str
str_sub(struct str s, size_t start, size_t n)
{
	if (start > s.n)
		start = s.n;
	if (n > s.n - start)
		n = s.n - start;
	return (struct str){s.n ? s.p + start : s.p, n};
}

size_t
str_find(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;

	return at ? (size_t)(at - s.p) : s.n;
}

bool
str_contains(struct str s, struct str part)
{
	if (part.n == 0)
		return true;
	for (size_t i = 0; i + part.n <= s.n; i++)
		if (memcmp(s.p + i, part.p, part.n) == 0)
			return true;
	return false;
}

struct str
str_cut(struct str *rest, char c)
{
	size_t at = str_find(*rest, c);
	struct str head = str_sub(*rest, 0, at);

	*rest = str_sub(*rest, at + 1, rest->n);
	return head;
}

static bool
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str
str_trim(struct str s)
{
	while (s.n && is_space(s.p[0])) {
		s.p++;
		s.n--;
	}
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

bool
str_int(struct str s, int64_t *n)
{
	bool minus = s.n && s.p[0] == '-';
	int64_t v = 0;

	if (minus)
		s = str_sub(s, 1, s.n);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int digit = s.p[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_sub_overflow(v, digit, &v))
			return false;
	}
	if (!minus && v == INT64_MIN)
		return false;
	*n = minus ? v : -v;
	return true;
}

/* Bytes of the code point that starts at p, or 0 if it is not well formed (Unicode table 3-7). */
static size_t
utf8_length(const unsigned char *p, size_t n)
{
	unsigned char low = 0x80, high = 0xBF;
	size_t length;

	if (p[0] < 0x80)
		return p[0] != 0;
	if (p[0] < 0xC2 || p[0] > 0xF4)
		return 0;
	length = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
	if (n < length)
		return 0;
	if (p[0] == 0xE0)
		low = 0xA0;
	if (p[0] == 0xED)
		high = 0x9F;
	if (p[0] == 0xF0)
		low = 0x90;
	if (p[0] == 0xF4)
		high = 0x8F;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (p[i] < 0x80 || p[i] > 0xBF)
			return 0;
	return length;
}

bool
str_is_utf8(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t length = utf8_length((const unsigned char *)s.p + i, s.n - i);

		if (length == 0)
			return false;
		i += length;
	}
	return true;
}

static bool
is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

size_t
str_chars(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += !is_continuation(s.p[i]);
	return n;
}

struct str
str_prefix_chars(struct str s, size_t n)
{
	size_t seen = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (is_continuation(s.p[i]))
			continue;
		if (seen++ == n)
			return str_sub(s, 0, i);
	}
	return s;
}

struct str
str_copy(struct arena *a, struct str s)
{
	if (s.n == 0) /* so are most texts in another language */
		return (struct str){0};
	return (struct str){memcpy(arena_bytes(a, s.n), s.p, s.n), s.n};
}

char *
str_z(struct arena *a, struct str s)
{
	char *p = arena_bytes(a, s.n + 1);

	if (s.n)
		memcpy(p, s.p, s.n);
	p[s.n] = '\0';
	return p;
}

struct str
str_fmt(struct arena *a, const char *format, ...)
{
	char most[512]; /* what is longer grows in the arena */
	struct out o = {.p = most, .cap = sizeof most, .arena = a};
	va_list args;

	va_start(args, format);
	out_vfmt(&o, format, args);
	va_end(args);
	out_char(&o, '\0');
	if (o.p == most)
		o.p = memcpy(arena_bytes(a, o.n), most, o.n);
	return (struct str){o.p, o.n - 1};
}

struct str
str_join(struct arena *a, struct str between, const struct str *part, size_t n)
{
	size_t total = 0, at = 0;
	char *p;

	for (size_t i = 0; i < n; i++)
		total += part[i].n + (i ? between.n : 0);
	p = arena_bytes(a, total);
	for (size_t i = 0; i < n; i++) {
		if (i && between.n) {
			memcpy(p + at, between.p, between.n);
			at += between.n;
		}
		if (part[i].n)
			memcpy(p + at, part[i].p, part[i].n);
		at += part[i].n;
	}
	return (struct str){p, total};
}

struct str
str_lower_ascii(struct arena *a, struct str s)
{
	char *p = arena_bytes(a, s.n);

	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + ('a' - 'A')) : s.p[i];
	return (struct str){p, s.n};
}

/* The letter that one of our languages writes with dots or accents, without them; 0: another one. */
static char
bare_letter(const char *utf8)
{
	static const char *const letters[] = {"aäáàâãåÄÁÀÂÃÅ", "oöóòôõøÖÓÒÔÕØ", "eéèêëÉÈÊË", "uüúùûÜÚÙÛ", "iíìîïÍÌÎÏ",
	    "nñÑ", "cçÇ", "sšŠ", "zžŽ", "yýÝ"};

	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		for (const char *p = letters[i] + 1; *p; p += 2)
			if (p[0] == utf8[0] && p[1] == utf8[1])
				return letters[i][0];
	return 0;
}

struct str
str_slug(struct arena *a, struct str name, size_t n)
{
	char *p = arena_bytes(a, name.n);
	size_t to = 0;

	for (size_t i = 0; i < name.n && to < n; i++) {
		char c = name.p[i];
		bool two = (unsigned char)c >= 0xc0 && i + 1 < name.n;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		else if (two)
			c = bare_letter(name.p + i);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			p[to++] = c;
		else if ((unsigned char)name.p[i] < 0x80 && to > 0 && p[to - 1] != '-')
			p[to++] = '-';
		i += two;
	}
	while (to > 0 && p[to - 1] == '-')
		to--;
	return (struct str){p, to};
}
