/* Files that pages link to: named by a hash of their content, compressed at build time, in the binary. */
#ifndef CORE_HTTP_ASSETS_H
#define CORE_HTTP_ASSETS_H

#include <stddef.h>

#include "lib/str.h"

struct asset {
	const char *path; /* "/a/ui.1a2b3c4d.css" */
	const char *type;
	const char *etag;
	struct str plain, br, gz;
};

/* The list of all assets, made by the build. */
extern const struct asset assets[];
extern const size_t assets_count;

/* The asset at a path, or NULL. */
const struct asset *asset_find(struct str path);

#endif
