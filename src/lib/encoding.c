#include "lib/encoding.h"

#include <stdint.h>

#include "lib/arena.h"
#include "lib/out.h"

/* What the bytes 80 to 9f are in CP1252; 0: nothing. The others are those of Unicode. */
static const uint16_t high[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e,
	0x0178,
};

/* Signs that no text has. */
static bool
is_control(uint32_t c)
{
	return c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
}

static bool
has_controls(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (is_control((unsigned char)s.p[i]))
			return true;
	return false;
}

static void
put(struct out *o, uint32_t c)
{
	if (c < 0x80) {
		out_char(o, (char)c);
		return;
	}
	if (c < 0x800) {
		out_char(o, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			out_char(o, (char)(0xe0 | c >> 12));
		} else {
			out_char(o, (char)(0xf0 | c >> 18));
			out_char(o, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		out_char(o, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	out_char(o, (char)(0x80 | (c & 0x3f)));
}

static uint32_t
unit_at(struct str s, size_t i, bool big)
{
	uint32_t a = (unsigned char)s.p[i], b = (unsigned char)s.p[i + 1];

	return big ? a << 8 | b : b << 8 | a;
}

static bool
read_utf16(struct out *o, struct str s, bool big)
{
	if (s.n % 2)
		return false;
	for (size_t i = 0; i < s.n; i += 2) {
		uint32_t c = unit_at(s, i, big), low;

		if (c >= 0xdc00 && c <= 0xdfff)
			return false;
		if (c >= 0xd800 && c <= 0xdbff) {
			if (i + 2 >= s.n || (low = unit_at(s, i + 2, big)) < 0xdc00 || low > 0xdfff)
				return false;
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		}
		if (is_control(c))
			return false;
		put(o, c);
	}
	return true;
}

static bool
read_cp1252(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		uint32_t c = (unsigned char)s.p[i];

		if (c >= 0x80 && c < 0xa0 && (c = high[c - 0x80]) == 0)
			return false;
		put(o, c);
	}
	return true;
}

enum encoding
encoding_read(struct arena *a, struct str bytes, struct str *text)
{
	struct out o = out_new(a);
	bool big = str_starts(bytes, STR("\xfe\xff"));

	*text = (struct str){0};
	if (str_starts(bytes, STR("PK\x03\x04")) || str_starts(bytes, STR("\xd0\xcf\x11\xe0")))
		return ENCODING_WORKBOOK;
	if (big || str_starts(bytes, STR("\xff\xfe"))) {
		if (!read_utf16(&o, str_sub(bytes, 2, bytes.n), big))
			return ENCODING_BINARY;
		*text = out_text(&o);
		return ENCODING_UTF16;
	}
	if (has_controls(bytes))
		return ENCODING_BINARY;
	if (str_is_utf8(bytes)) {
		*text = str_starts(bytes, STR("\xef\xbb\xbf")) ? str_sub(bytes, 3, bytes.n) : bytes;
		return ENCODING_UTF8;
	}
	if (!read_cp1252(&o, bytes))
		return ENCODING_BINARY;
	*text = out_text(&o);
	return ENCODING_CP1252;
}
