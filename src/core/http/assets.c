#include "core/http/assets.h"

#include <stdlib.h>

/* There are a dozen of them and few requests for each: they are cached for ever. */
const struct asset *
asset_find(struct str path)
{
	if (!str_starts(path, STR("/a/")))
		return NULL;
	for (size_t i = 0; i < assets_count; i++)
		if (str_is(path, assets[i].path))
			return &assets[i];
	return NULL;
}
