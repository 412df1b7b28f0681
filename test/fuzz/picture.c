/* Pictures: what the head says keeps its promises, and a small one that is taken comes out as one. */
#include "lib/picture.h"

#include "lib/picture_head.h"
#include "test/fuzz/fuzz.h"

enum { POINTS_MAX = 1 << 16 };

static unsigned
side_of_png(struct str s, size_t at)
{
	return (unsigned)(unsigned char)s.p[at] << 24 | (unsigned)(unsigned char)s.p[at + 1] << 16 |
	    (unsigned)(unsigned char)s.p[at + 2] << 8 | (unsigned char)s.p[at + 3];
}

/* Larger ones take their time. */
static bool
is_small(struct str s, const struct picture_head *head, bool jpeg)
{
	uint64_t width = jpeg ? (uint64_t)head->width : 0, height = jpeg ? (uint64_t)head->height : 0;

	if (!jpeg && s.n >= 24) {
		width = side_of_png(s, 16);
		height = side_of_png(s, 20);
	}
	return width * height <= POINTS_MAX;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct str bytes = str_copy(a, (struct str){(const char *)data, n});
	struct picture_head head, again;
	struct picture_made made;
	bool jpeg = picture_head_read(bytes, &head);

	if (jpeg) {
		need(head.orientation >= 1 && head.orientation <= 8 && head.scans >= 0);
		need(head.width >= 0 && head.width <= 65535 && head.height >= 0 && head.height <= 65535);
	}
	if (!is_small(bytes, &head, jpeg) || picture_make(a, bytes, &made) != PICTURE_FINE)
		return 0;
	need(made.width > 0 && made.width <= PICTURE_LARGE && made.height > 0 && made.height <= PICTURE_LARGE);
	need(picture_head_read(made.large, &again) && again.whole && again.orientation == 1);
	need(again.width == made.width && again.height == made.height);
	need(picture_head_read(made.small, &again) && again.whole && again.width <= PICTURE_SMALL);
	return 0;
}
