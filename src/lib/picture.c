/* The only file that knows libjpeg-turbo and libpng. Both take memory of their own, which is given back here. */
#include "lib/picture.h"

#include <png.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#include "lib/need.h"
#include "lib/picture_head.h"

enum {
	POINT_BYTES = 3,
	SIDE_MAX = 65535, /* as long as a JPEG can be */
	/* A photograph is decoded at a fraction of its size. What has to be held whole may be smaller. */
	POINTS_MAX = 70 * 1000 * 1000,
	POINTS_WHOLE_MAX = 24 * 1000 * 1000,
	/* Programs write a dozen; each takes as long as the whole picture. */
	SCANS_MAX = 100,
	QUALITY = 82,
};

/* Points of red, green and blue, line by line. */
struct raster {
	unsigned char *at;
	int width, height;
};

/* Black, so that what a decoder leaves out shows nothing else that was in memory. */
static struct raster
raster_new(int width, int height)
{
	struct raster r = {calloc((size_t)width * (size_t)height, POINT_BYTES), width, height};

	need(r.at != NULL);
	return r;
}

static bool
is_within(int64_t width, int64_t height, int64_t most)
{
	return width > 0 && height > 0 && width <= SIDE_MAX && height <= SIDE_MAX && width <= most / height;
}

/* --- reading -------------------------------------------------------------------------------------------------- */

/* The smallest fraction at which the longer side still has all the points that are kept. */
static tjscalingfactor
fraction_of(int longer)
{
	tjscalingfactor best = {1, 1};
	int n = 0;
	tjscalingfactor *all = tjGetScalingFactors(&n);

	for (int i = 0; all && i < n; i++)
		if (TJSCALED(longer, all[i]) >= PICTURE_LARGE && TJSCALED(longer, all[i]) < TJSCALED(longer, best))
			best = all[i];
	return best;
}

static enum picture_flaw
read_jpeg_with(tjhandle handle, struct str bytes, const struct picture_head *head, struct raster *r)
{
	const unsigned char *p = (const unsigned char *)bytes.p;
	int width, height, sampling, colours;
	tjscalingfactor fraction;

	if (tjDecompressHeader3(handle, p, bytes.n, &width, &height, &sampling, &colours) != 0)
		return PICTURE_BROKEN;
	if (!is_within(width, height, head->progressive ? POINTS_WHOLE_MAX : POINTS_MAX))
		return PICTURE_TOO_WIDE;
	/* What is made for printing has four colours. */
	if (colours == TJCS_CMYK || colours == TJCS_YCCK)
		return PICTURE_UNKNOWN;
	fraction = fraction_of(width > height ? width : height);
	*r = raster_new(TJSCALED(width, fraction), TJSCALED(height, fraction));
	if (tjDecompress2(handle, p, bytes.n, r->at, r->width, 0, r->height, TJPF_RGB, TJFLAG_LIMITSCANS) == 0 ||
	    tjGetErrorCode(handle) == TJERR_WARNING) /* cameras do not follow every rule */
		return PICTURE_FINE;
	free(r->at);
	return PICTURE_BROKEN;
}

static enum picture_flaw
read_jpeg(struct str bytes, const struct picture_head *head, struct raster *r)
{
	enum picture_flaw flaw;
	tjhandle handle;

	if (!head->whole || head->scans > SCANS_MAX)
		return PICTURE_BROKEN;
	handle = tjInitDecompress();
	need(handle != NULL);
	flaw = read_jpeg_with(handle, bytes, head, r);
	tjDestroy(handle);
	return flaw;
}

/* What one sees through stands on white. */
static enum picture_flaw
read_png(struct str bytes, struct raster *r)
{
	static const png_color white = {255, 255, 255};
	png_image image = {.version = PNG_IMAGE_VERSION};

	if (!png_image_begin_read_from_memory(&image, bytes.p, bytes.n))
		return PICTURE_BROKEN;
	if (!is_within(image.width, image.height, POINTS_WHOLE_MAX)) {
		png_image_free(&image);
		return PICTURE_TOO_WIDE;
	}
	image.format = PNG_FORMAT_RGB;
	*r = raster_new((int)image.width, (int)image.height);
	if (png_image_finish_read(&image, &white, r->at, 0, NULL))
		return PICTURE_FINE;
	free(r->at);
	return PICTURE_BROKEN;
}

/* --- making smaller ------------------------------------------------------------------------------------------- */

/* A point of the smaller one is the mean of what it covers: each side of the larger one is thought of as divided into
 * as many parts as the smaller has points, and the other way round, so that all weights are whole numbers. */

/* Adds what a line's points weigh to those of the smaller line. */
static void
narrow(const unsigned char *from, int from_n, uint32_t *to, int to_n)
{
	memset(to, 0, (size_t)to_n * POINT_BYTES * sizeof *to);
	for (int i = 0, k = 0, left = from_n; i < from_n; i++) {
		int weight = to_n; /* of this point, to be shared out */

		while (weight > 0) {
			int part = weight < left ? weight : left;

			for (int c = 0; c < POINT_BYTES; c++)
				to[k * POINT_BYTES + c] += (uint32_t)(part * from[i * POINT_BYTES + c]);
			weight -= part;
			left -= part;
			if (left == 0) {
				k++;
				left = from_n;
			}
		}
	}
}

static void
put_line(struct raster *r, int y, uint64_t *sum, uint64_t whole)
{
	unsigned char *to = r->at + (size_t)y * (size_t)r->width * POINT_BYTES;
	size_t n = (size_t)r->width * POINT_BYTES;

	for (size_t i = 0; i < n; i++)
		to[i] = (unsigned char)((sum[i] + whole / 2) / whole);
	memset(sum, 0, n * sizeof *sum);
}

static struct raster
smaller(const struct raster *from, int width, int height)
{
	struct raster to = raster_new(width, height);
	size_t n = (size_t)width * POINT_BYTES;
	uint32_t *line = calloc(n, sizeof *line);
	uint64_t *sum = calloc(n, sizeof *sum), whole = (uint64_t)from->width * (uint64_t)from->height;

	need(line != NULL && sum != NULL);
	for (int i = 0, y = 0, left = from->height; i < from->height; i++) {
		int weight = height;

		narrow(from->at + (size_t)i * (size_t)from->width * POINT_BYTES, from->width, line, width);
		while (weight > 0) {
			int part = weight < left ? weight : left;

			for (size_t k = 0; k < n; k++)
				sum[k] += (uint64_t)part * line[k];
			weight -= part;
			left -= part;
			if (left == 0) {
				put_line(&to, y++, sum, whole);
				left = from->height;
			}
		}
	}
	free(line);
	free(sum);
	return to;
}

static int
scaled(int side, int longer, int most)
{
	int64_t n = ((int64_t)side * most + longer / 2) / longer;

	return n > 0 ? (int)n : 1;
}

static struct raster
fitted(const struct raster *from, int most)
{
	int longer = from->width > from->height ? from->width : from->height;

	if (longer <= most)
		return smaller(from, from->width, from->height);
	return smaller(from, scaled(from->width, longer, most), scaled(from->height, longer, most));
}

/* --- turning -------------------------------------------------------------------------------------------------- */

/* The point of a picture that the camera held otherwise which belongs to a place of the upright one. */
static const unsigned char *
point_for(const struct raster *from, int orientation, int x, int y)
{
	int right = from->width - 1, bottom = from->height - 1, u = x, v = y;

	switch (orientation) {
	case 2: u = right - x; break;
	case 3: u = right - x; v = bottom - y; break;
	case 4: v = bottom - y; break;
	case 5: u = y; v = x; break;
	case 6: u = y; v = bottom - x; break;
	case 7: u = right - y; v = bottom - x; break;
	case 8: u = right - y; v = x; break;
	default: break;
	}
	return from->at + ((size_t)v * (size_t)from->width + (size_t)u) * POINT_BYTES;
}

static struct raster
upright(struct raster from, int orientation)
{
	bool lies = orientation >= 5;
	struct raster to = raster_new(lies ? from.height : from.width, lies ? from.width : from.height);
	unsigned char *p = to.at;

	for (int y = 0; y < to.height; y++)
		for (int x = 0; x < to.width; x++, p += POINT_BYTES)
			memcpy(p, point_for(&from, orientation, x, y), POINT_BYTES);
	free(from.at);
	return to;
}

/* --- writing -------------------------------------------------------------------------------------------------- */

static struct str
write_jpeg(struct arena *a, const struct raster *r)
{
	tjhandle handle = tjInitCompress();
	unsigned char *p = NULL;
	unsigned long n = 0;
	struct str bytes;

	need(handle != NULL);
	need(tjCompress2(handle, r->at, r->width, 0, r->height, TJPF_RGB, &p, &n, TJSAMP_420, QUALITY,
	    TJFLAG_PROGRESSIVE) == 0);
	tjDestroy(handle);
	bytes = str_copy(a, (struct str){(const char *)p, n});
	tjFree(p);
	return bytes;
}

static void
make_both(struct arena *a, const struct raster *whole, int orientation, struct picture_made *made)
{
	struct raster large = upright(fitted(whole, PICTURE_LARGE), orientation), small = fitted(&large, PICTURE_SMALL);

	*made = (struct picture_made){.width = large.width, .height = large.height};
	made->large = write_jpeg(a, &large);
	made->small = write_jpeg(a, &small);
	free(large.at);
	free(small.at);
}

enum picture_flaw
picture_make(struct arena *a, struct str bytes, struct picture_made *made)
{
	struct picture_head head = {.orientation = 1};
	struct raster whole;
	enum picture_flaw flaw = PICTURE_UNKNOWN;

	if (picture_head_read(bytes, &head))
		flaw = read_jpeg(bytes, &head, &whole);
	else if (str_starts(bytes, STR("\x89PNG\r\n\x1a\n")))
		flaw = read_png(bytes, &whole);
	if (flaw != PICTURE_FINE)
		return flaw;
	make_both(a, &whole, head.orientation, made);
	free(whole.at);
	return PICTURE_FINE;
}
