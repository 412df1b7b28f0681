/* A picture that somebody gave, made anew: upright, in two sizes, as JPEG and without metadata, so that nobody learns
 * from it where and when it was taken. Its colours are taken for sRGB. */
#ifndef LIB_PICTURE_H
#define LIB_PICTURE_H

#include "lib/str.h"

struct arena;

/* The longer side of each size, for what was that long; nothing is enlarged. */
enum { PICTURE_LARGE = 1600, PICTURE_SMALL = 640 };

enum picture_flaw {
	PICTURE_FINE,
	PICTURE_UNKNOWN, /* neither JPEG nor PNG, or one of a kind that is not read */
	PICTURE_BROKEN,  /* it ends too early, or is not what it says */
	PICTURE_TOO_WIDE /* it has more points than are read */
};

struct picture_made {
	struct str large, small;
	int width, height; /* of the large one */
};

/* Looks at the size before anything is decoded. What memory it takes is bounded, whatever comes: some 150 MB for the
 * worst that is read, 30 MB for a photograph. The two sizes live in the arena. */
enum picture_flaw picture_make(struct arena *a, struct str bytes, struct picture_made *made);

#endif
