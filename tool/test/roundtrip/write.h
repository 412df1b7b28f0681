/* Which script the page runs. */
#ifndef ROUNDTRIP_WRITE_H
#define ROUNDTRIP_WRITE_H

#include "lib/str.h"

struct str kota_script(struct str address);

#endif
