#include "lib/picture_head.h"

#include <stdint.h>
#include <string.h>

/* The second byte of a marker; the first is always 0xFF. */
enum {
	START = 0xD8,
	END = 0xD9,
	SCAN = 0xDA,
	FRAME_FIRST = 0xC0,
	FRAME_PROGRESSIVE = 0xC2,
	FRAME_LAST = 0xCF,
	HUFFMAN_TABLES = 0xC4,
	EXTENSION = 0xC8,
	ARITHMETIC_TABLES = 0xCC,
	RESTART_FIRST = 0xD0,
	RESTART_LAST = 0xD7,
	TEMPORARY = 0x01,
	APPLICATION_1 = 0xE1,
	FRAME_BYTES = 6, /* precision, height, width, components */
};

static unsigned
byte(struct str s, size_t i)
{
	return (unsigned char)s.p[i];
}

/* --- EXIF: a small TIFF ------------------------------------------------------------------------------------ */

enum { TIFF_HEAD_BYTES = 8, ENTRY_BYTES = 12, TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

static unsigned
two(struct str s, size_t i, bool big_endian)
{
	return big_endian ? byte(s, i) << 8 | byte(s, i + 1) : byte(s, i + 1) << 8 | byte(s, i);
}

static size_t
four(struct str s, size_t i, bool big_endian)
{
	size_t first = two(s, i, big_endian), second = two(s, i + 2, big_endian);

	return big_endian ? first << 16 | second : second << 16 | first;
}

/* Looks into the first directory, which is the one of the picture itself. */
static int
orientation_of(struct str tiff)
{
	bool big = str_starts(tiff, STR("MM\0*"));
	size_t at, n;

	if (tiff.n < TIFF_HEAD_BYTES || (!big && !str_starts(tiff, STR("II*\0"))))
		return 1;
	at = four(tiff, 4, big);
	if (at > tiff.n - 2)
		return 1;
	n = two(tiff, at, big);
	at += 2;
	for (size_t i = 0; i < n && tiff.n - at >= ENTRY_BYTES; i++, at += ENTRY_BYTES) {
		unsigned value = two(tiff, at + 8, big);

		if (two(tiff, at, big) == TAG_ORIENTATION)
			return two(tiff, at + 2, big) == TYPE_SHORT && value >= 1 && value <= 8 ? (int)value : 1;
	}
	return 1;
}

/* --- markers ------------------------------------------------------------------------------------------------ */

static bool
is_alone(unsigned marker)
{
	return marker == TEMPORARY || (marker >= RESTART_FIRST && marker <= RESTART_LAST);
}

static bool
is_frame(unsigned marker)
{
	return marker >= FRAME_FIRST && marker <= FRAME_LAST && marker != HUFFMAN_TABLES && marker != EXTENSION &&
	    marker != ARITHMETIC_TABLES;
}

/* The next marker, from the end of a segment on; behind a scan stand its data first, in which a byte of 0xFF is
 * followed by 0. 0: there is none. */
static unsigned
next_marker(struct str s, size_t *at)
{
	while (*at + 1 < s.n) {
		const char *found = memchr(s.p + *at, 0xFF, s.n - *at - 1);
		unsigned marker;

		if (!found)
			break;
		*at = (size_t)(found - s.p) + 1;
		marker = byte(s, *at);
		if (marker == 0xFF) /* they may be repeated */
			continue;
		*at += 1;
		if (marker != 0 && !is_alone(marker))
			return marker;
	}
	return 0;
}

static void
read_segment(struct picture_head *head, unsigned marker, struct str body)
{
	struct str exif = STR("Exif\0\0");

	if (is_frame(marker) && body.n >= FRAME_BYTES && head->width == 0) {
		head->progressive = marker == FRAME_PROGRESSIVE;
		head->height = (int)two(body, 1, true);
		head->width = (int)two(body, 3, true);
	} else if (marker == APPLICATION_1 && str_starts(body, exif) && head->orientation == 0) {
		head->orientation = orientation_of(str_sub(body, exif.n, body.n));
	} else if (marker == SCAN) {
		head->scans++;
	}
}

bool
picture_head_read(struct str s, struct picture_head *head)
{
	size_t at = 2;
	unsigned marker;

	*head = (struct picture_head){0};
	if (s.n < 4 || byte(s, 0) != 0xFF || byte(s, 1) != START || byte(s, 2) != 0xFF)
		return false;
	while ((marker = next_marker(s, &at)) != 0) {
		size_t n;

		if (marker == END) {
			head->whole = true;
			break;
		}
		n = s.n - at >= 2 ? two(s, at, true) : 0;
		if (n < 2 || n > s.n - at)
			break;
		read_segment(head, marker, str_sub(s, at + 2, n - 2));
		at += n;
	}
	if (head->orientation == 0)
		head->orientation = 1;
	return true;
}
