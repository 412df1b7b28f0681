/* What a JPEG says before it is decoded. For picture.c. */
#ifndef LIB_PICTURE_HEAD_H
#define LIB_PICTURE_HEAD_H

#include <stdbool.h>

#include "lib/str.h"

struct picture_head {
	int width, height;
	bool progressive; /* all of it is held in memory at once */
	int scans;
	bool whole;       /* its end is there */
	int orientation;  /* how the camera was held, as EXIF counts: 1 (upright) to 8 */
};

/* Follows the markers from the beginning to the end. False: it is no JPEG. */
bool picture_head_read(struct str bytes, struct picture_head *head);

#endif
