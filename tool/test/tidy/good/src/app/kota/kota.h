/* The hut. */
#ifndef APP_KOTA_H
#define APP_KOTA_H

#include "app/kota/kota.rows.h" /* generated */

struct room;

extern const struct room kota_room;

/* How many sit by the fire. */
int kota_guests(int day) __attribute__((pure));
/* For pages. */
struct str kota_name(struct str words);

static inline int
kota_twice(int n)
{
	return 2 * n;
}

#endif
