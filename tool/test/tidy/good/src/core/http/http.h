#include <microhttpd.h>

#include "core/db/db.h"
