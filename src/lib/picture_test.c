#include "lib/picture.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "lib/need.h"
#include "lib/out.h"
#include "lib/picture_head.h"
#include "test/test.h"

/* --- pictures to begin with ----------------------------------------------------------------------------------- */

enum { RED = 0xd02020, GREEN = 0x20b020, BLUE = 0x2020d0, WHITE = 0xffffff, POINT_BYTES = 3 };

/* In each corner its colour, from the upper left to the lower right. */
static unsigned char *
corners(struct test *t, int width, int height, const unsigned colour[4])
{
	unsigned char *p = arena_alloc(t->arena, (size_t)width * (size_t)height * POINT_BYTES), *at = p;

	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			unsigned c = colour[(y * 2 >= height) * 2 + (x * 2 >= width)];

			*at++ = (unsigned char)(c >> 16);
			*at++ = (unsigned char)(c >> 8);
			*at++ = (unsigned char)c;
		}
	return p;
}

static const unsigned usual[] = {RED, GREEN, BLUE, WHITE};

static struct str
jpeg_of(struct test *t, const unsigned char *points, int width, int height, int flags)
{
	tjhandle handle = tjInitCompress();
	unsigned char *p = NULL;
	unsigned long n = 0;
	struct str bytes;

	need(tjCompress2(handle, points, width, 0, height, TJPF_RGB, &p, &n, TJSAMP_444, 90, flags) == 0);
	bytes = str_copy(t->arena, (struct str){(const char *)p, n});
	tjFree(p);
	tjDestroy(handle);
	return bytes;
}

static struct str
jpeg(struct test *t, int width, int height, int flags)
{
	return jpeg_of(t, corners(t, width, height, usual), width, height, flags);
}

static struct str
png(struct test *t, int width, int height, unsigned format, const void *points)
{
	png_image image = {.version = PNG_IMAGE_VERSION, .width = (png_uint_32)width, .height = (png_uint_32)height,
	    .format = format};
	png_alloc_size_t n = 0;
	char *p;

	need(png_image_write_get_memory_size(image, n, 0, points, 0, NULL));
	p = arena_bytes(t->arena, n);
	need(png_image_write_to_memory(&image, p, &n, 0, points, 0, NULL));
	return (struct str){p, n};
}

/* A segment of EXIF: how the camera was held, where it was (60° 10' north), and who made it. */
static struct str
exif(struct test *t, int orientation, bool big_endian)
{
	struct out tiff = out_new(t->arena), o = out_new(t->arena);
	struct entry {
		unsigned tag, type, count, value;
	} entries[] = {
		{0x010e, 2, 4, 0x6b616d65}, /* a description */
		{0x0112, 3, 1, (unsigned)orientation},
		{0x8825, 4, 1, 50}, /* GPS is over there */
	};

#define PUT(value, bytes) \
	for (int b_ = 0; b_ < (bytes); b_++) \
		out_char(&tiff, (char)((unsigned)(value) >> 8 * (big_endian ? (bytes) - 1 - b_ : b_)))
	out_bytes(&tiff, big_endian ? "MM" : "II", 2);
	PUT(42, 2);
	PUT(8, 4);
	PUT(3, 2);
	for (size_t i = 0; i < 3; i++) {
		PUT(entries[i].tag, 2);
		PUT(entries[i].type, 2);
		PUT(entries[i].count, 4);
		if (entries[i].type == 3) {
			PUT(entries[i].value, 2);
			PUT(0, 2);
		} else {
			PUT(entries[i].value, 4);
		}
	}
	PUT(0, 4);
	PUT(1, 2); /* GPS: the latitude, as text for the test to find */
	PUT(0x001b, 2);
	PUT(2, 2);
	PUT(24, 4);
	PUT(68, 4);
	PUT(0, 4);
	out_lit(&tiff, "60 deg 10 min N, Rantatie");
#undef PUT
	out_lit(&o, "\xff\xe1");
	out_char(&o, (char)((tiff.n + 8) >> 8));
	out_char(&o, (char)(tiff.n + 8));
	out_bytes(&o, "Exif\0\0", 6);
	out_str(&o, out_text(&tiff));
	return out_text(&o);
}

/* The segments behind the first marker. */
static struct str
with(struct test *t, struct str picture, struct str segments)
{
	struct out o = out_new(t->arena);

	out_str(&o, str_sub(picture, 0, 2));
	out_str(&o, segments);
	out_str(&o, str_sub(picture, 2, picture.n));
	return out_text(&o);
}

/* --- what became of them -------------------------------------------------------------------------------------- */

struct seen {
	int width, height;
	unsigned char *at;
};

static struct seen
look(struct test *t, struct str bytes)
{
	const unsigned char *p = (const unsigned char *)bytes.p;
	tjhandle handle = tjInitDecompress();
	struct seen s;
	int sampling, colours;

	need(tjDecompressHeader3(handle, p, bytes.n, &s.width, &s.height, &sampling, &colours) == 0);
	s.at = arena_alloc(t->arena, (size_t)s.width * (size_t)s.height * POINT_BYTES);
	need(tjDecompress2(handle, p, bytes.n, s.at, s.width, 0, s.height, TJPF_RGB, 0) == 0);
	tjDestroy(handle);
	return s;
}

/* The colour that is nearest to that of a point, in quarters of width and height. */
static unsigned
colour(const struct seen *s, int x, int y)
{
	static const unsigned all[] = {RED, GREEN, BLUE, WHITE, 0};
	const unsigned char *p = s->at + ((size_t)(y * s->height / 4) * (size_t)s->width + (size_t)(x * s->width / 4)) *
	    POINT_BYTES;
	unsigned best = 0;
	int least = 1 << 30;

	for (size_t i = 0; i < 5; i++) {
		int distance = 0;

		for (int c = 0; c < POINT_BYTES; c++)
			distance += abs((int)(all[i] >> (16 - 8 * c) & 255) - p[c]);
		if (distance < least) {
			least = distance;
			best = all[i];
		}
	}
	return least < 60 ? best : 1;
}

static void
check_corners(struct test *t, const char *what, struct str bytes, const unsigned wanted[4])
{
	struct seen s = look(t, bytes);

	for (int i = 0; i < 4; i++)
		if (colour(&s, i % 2 ? 3 : 1, i / 2 ? 3 : 1) != wanted[i])
			test_fail(t, __FILE__, __LINE__, "%s: corner %d is %06x, wanted %06x", what, i,
			    colour(&s, i % 2 ? 3 : 1, i / 2 ? 3 : 1), wanted[i]);
}

static struct picture_made
made_of(struct test *t, struct str bytes)
{
	struct picture_made made = {0};

	CHECK_INT(picture_make(t->arena, bytes, &made), PICTURE_FINE);
	return made;
}

static void
check_sizes(struct test *t, const struct picture_made *made, int width, int height, int small_width, int small_height)
{
	struct seen large = look(t, made->large), small = look(t, made->small);

	CHECK_INT(made->width, width);
	CHECK_INT(made->height, height);
	CHECK_INT(large.width, width);
	CHECK_INT(large.height, height);
	CHECK_INT(small.width, small_width);
	CHECK_INT(small.height, small_height);
}

/* --- tests ---------------------------------------------------------------------------------------------------- */

TEST(a_picture_is_made_in_two_sizes)
{
	struct picture_made made = made_of(t, jpeg(t, 4000, 3000, 0));

	check_sizes(t, &made, 1600, 1200, 640, 480);
	check_corners(t, "large", made.large, usual);
	check_corners(t, "small", made.small, usual);
	made = made_of(t, jpeg(t, 1800, 5000, TJFLAG_PROGRESSIVE));
	check_sizes(t, &made, 576, 1600, 230, 640);
	check_corners(t, "progressive", made.large, usual);
	made = made_of(t, png(t, 2000, 1000, PNG_FORMAT_RGB, corners(t, 2000, 1000, usual)));
	check_sizes(t, &made, 1600, 800, 640, 320);
	check_corners(t, "png", made.large, usual);
}

TEST(nothing_is_enlarged_and_nothing_vanishes)
{
	static const int sides[][2] = {{1, 1}, {1600, 1600}, {1601, 7}, {641, 640}, {639, 2}, {7, 1600}, {800, 1}};

	for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
		int w = sides[i][0], h = sides[i][1];
		struct picture_made made = made_of(t, jpeg(t, w, h, 0));
		struct seen small = look(t, made.small);

		CHECK(made.width <= w && made.width <= PICTURE_LARGE && made.height <= h && made.height > 0);
		CHECK(w > PICTURE_LARGE || made.width == w);
		CHECK(small.width <= PICTURE_SMALL && small.height <= PICTURE_SMALL && small.height > 0);
	}
}

/* Each way of holding the camera, the corners as it then stores them. */
TEST(a_picture_stands_upright)
{
	static const unsigned stored[9][4] = {
		[1] = {RED, GREEN, BLUE, WHITE},
		[2] = {GREEN, RED, WHITE, BLUE},
		[3] = {WHITE, BLUE, GREEN, RED},
		[4] = {BLUE, WHITE, RED, GREEN},
		[5] = {RED, BLUE, GREEN, WHITE},
		[6] = {GREEN, WHITE, RED, BLUE},
		[7] = {WHITE, GREEN, BLUE, RED},
		[8] = {BLUE, RED, WHITE, GREEN},
	};

	for (int orientation = 1; orientation <= 8; orientation++) {
		bool lies = orientation >= 5;
		int w = lies ? 300 : 400, h = lies ? 400 : 300;
		struct str whole = jpeg_of(t, corners(t, w, h, stored[orientation]), w, h, 0);
		struct str bytes = with(t, whole, exif(t, orientation, orientation % 2));
		char name[20];

		snprintf(name, sizeof name, "orientation %d", orientation);
		check_corners(t, name, made_of(t, bytes).large, usual);
		CHECK_INT(made_of(t, bytes).width, 400);
		CHECK_INT(made_of(t, bytes).height, 300);
	}
}

TEST(where_and_when_it_was_taken_is_gone)
{
	struct str whole = with(t, jpeg(t, 800, 600, 0), exif(t, 1, true));
	struct picture_made made;

	whole = with(t, whole, STR("\xff\xfe\0\x0aRantatie"));
	CHECK(str_contains(whole, STR("Rantatie")));
	made = made_of(t, whole);
	for (int i = 0; i < 2; i++) {
		struct str bytes = i ? made.small : made.large;

		CHECK(!str_contains(bytes, STR("Rantatie")));
		CHECK(!str_contains(bytes, STR("Exif")));
		CHECK(!str_contains(bytes, STR("kame")));
		/* no segment of an application but JFIF's own, and no comment */
		for (size_t k = 0; k + 1 < bytes.n; k++)
			CHECK(bytes.p[k] != '\xff' || bytes.p[k + 1] == '\xe0' ||
			    ((bytes.p[k + 1] & '\xf0') != '\xe0' && bytes.p[k + 1] != '\xfe'));
	}
}

TEST(what_is_no_picture_is_refused)
{
	static const struct {
		struct str bytes;
		enum picture_flaw flaw;
	} cases[] = {
		{STR(""), PICTURE_UNKNOWN},
		{STR("\xff"), PICTURE_UNKNOWN},
		{STR("\xff\xd8\xff"), PICTURE_UNKNOWN},
		{STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), PICTURE_UNKNOWN},
		{STR("GIF89a\1\0\1\0\0\0\0;"), PICTURE_UNKNOWN},
		{STR("%PDF-1.7"), PICTURE_UNKNOWN},
		{STR("\xff\xd8\xff\xd9"), PICTURE_BROKEN},
		{STR("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xd9"), PICTURE_BROKEN},
		{STR("\x89PNG\r\n\x1a\n"), PICTURE_BROKEN},
		{STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0"), PICTURE_BROKEN},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct picture_made made;

		CHECK_INT(picture_make(t->arena, cases[i].bytes, &made), cases[i].flaw);
	}
}

/* Wherever it is cut, no half picture comes out. */
TEST(what_arrived_in_part_is_refused)
{
	struct str whole[] = {jpeg(t, 200, 150, 0), jpeg(t, 200, 150, TJFLAG_PROGRESSIVE),
	    png(t, 90, 60, PNG_FORMAT_RGB, corners(t, 90, 60, usual))};
	struct picture_made made;

	for (size_t i = 0; i < 3; i++)
		for (size_t n = 0; n + 12 < whole[i].n; n += 1 + whole[i].n / 150)
			if (picture_make(t->arena, str_sub(whole[i], 0, n), &made) == PICTURE_FINE)
				test_fail(t, __FILE__, __LINE__, "picture %zu is whole after %zu bytes", i, n);
	t->checks++;
}

/* Bytes that say 30,000 by 30,000 points; the rest of it is not even looked at. */
TEST(a_picture_that_would_fill_the_memory_is_refused)
{
	struct str small = jpeg(t, 64, 64, 0), progressive = jpeg(t, 64, 64, TJFLAG_PROGRESSIVE);
	char *p = (char *)(uintptr_t)small.p, *q = (char *)(uintptr_t)progressive.p;
	struct picture_made made;
	struct out o = out_new(t->arena);

	for (size_t i = 0; i + 9 < small.n; i++)
		if (p[i] == '\xff' && p[i + 1] == '\xc0')
			memcpy(p + i + 5, "\x75\x30\x75\x30", 4);
	CHECK_INT(picture_make(t->arena, small, &made), PICTURE_TOO_WIDE);
	/* 8,000 by 6,000 is many for one that has to be held whole */
	for (size_t i = 0; i + 9 < progressive.n; i++)
		if (q[i] == '\xff' && q[i + 1] == '\xc2')
			memcpy(q + i + 5, "\x17\x70\x1f\x40", 4);
	CHECK_INT(picture_make(t->arena, progressive, &made), PICTURE_TOO_WIDE);
	out_bytes(&o, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\2\0\0\0\xe9\x45\x6f\xed", 33);
	out_bytes(&o, "\0\0\xff\xff" "IDAT\x78\x9c", 10);
	CHECK_INT(picture_make(t->arena, out_text(&o), &made), PICTURE_TOO_WIDE);
}

/* A scan takes as long as the whole picture, and a few bytes. */
TEST(a_picture_of_a_thousand_scans_is_refused)
{
	struct str whole = jpeg(t, 64, 64, TJFLAG_PROGRESSIVE);
	struct picture_head head;
	struct picture_made made;
	struct out o = out_new(t->arena);

	out_str(&o, str_sub(whole, 0, whole.n - 2));
	for (int i = 0; i < 1000; i++)
		out_bytes(&o, "\xff\xda\0\x08\1\1\0\0\x3f\0\0", 11);
	out_lit(&o, "\xff\xd9");
	CHECK(picture_head_read(out_text(&o), &head));
	CHECK(head.scans > 1000 && head.whole);
	CHECK_INT(picture_make(t->arena, out_text(&o), &made), PICTURE_BROKEN);
}

TEST(what_one_sees_through_stands_on_white)
{
	unsigned char *clear = arena_alloc(t->arena, 40 * 40 * 4);
	struct seen s;

	s = look(t, made_of(t, png(t, 40, 40, PNG_FORMAT_RGBA, clear)).large);
	CHECK_INT(colour(&s, 1, 1), WHITE);
}

/* A chessboard of single points becomes an even grey: each of them counts. */
TEST(a_smaller_picture_is_the_mean_of_the_larger)
{
	unsigned char *board = arena_alloc(t->arena, 3200 * 1600 * POINT_BYTES);
	struct seen s;

	for (int y = 0; y < 1600; y++)
		for (int x = 0; x < 3200; x++)
			memset(board + (y * 3200 + x) * POINT_BYTES, (x + y) % 2 ? 255 : 0, POINT_BYTES);
	s = look(t, made_of(t, png(t, 3200, 1600, PNG_FORMAT_RGB, board)).large);
	for (int i = 0; i < 1600 * 800 * POINT_BYTES; i += 997)
		if (abs(s.at[i] - 128) > 3)
			test_fail(t, __FILE__, __LINE__, "point %d is %d", i, s.at[i]);
	t->checks++;
}

static int
orientation_in(struct test *t, struct str segment)
{
	struct picture_head head;

	CHECK(picture_head_read(with(t, jpeg(t, 8, 8, 0), segment), &head));
	CHECK_INT(head.width, 8);
	CHECK(head.whole);
	return head.orientation;
}

TEST(the_head_of_a_picture)
{
	struct str e = exif(t, 6, true), broken;
	struct out two = out_new(t->arena);
	char *p;

	CHECK_INT(orientation_in(t, STR("")), 1);
	CHECK_INT(orientation_in(t, e), 6);
	CHECK_INT(orientation_in(t, exif(t, 8, false)), 8);
	CHECK_INT(orientation_in(t, exif(t, 9, false)), 1);
	CHECK_INT(orientation_in(t, exif(t, 0, true)), 1);
	/* the first counts; what is no EXIF is none */
	out_str(&two, e);
	out_str(&two, exif(t, 3, true));
	CHECK_INT(orientation_in(t, out_text(&two)), 6);
	CHECK_INT(orientation_in(t, STR("\xff\xe1\0\x08" "http:/")), 1);
	CHECK_INT(orientation_in(t, STR("\xff\xe1\0\x0a" "Exif\0\0MM")), 1);
	/* a directory that begins behind the end */
	broken = str_copy(t->arena, e);
	p = (char *)(uintptr_t)broken.p;
	memcpy(p + 14, "\xff\xff\xff\xfe", 4);
	CHECK_INT(orientation_in(t, broken), 1);
}
