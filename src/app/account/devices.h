/* One's devices, and a password of one's own. */
#ifndef APP_ACCOUNT_DEVICES_H
#define APP_ACCOUNT_DEVICES_H

#include "core/http/http.h"

extern const struct route account_device_routes[];

#endif
