/* Time zones: standard time and the European Union's summer time. */
#ifndef LIB_ZONE_H
#define LIB_ZONE_H

#include "lib/date.h"
#include "lib/str.h"

struct zone; /* static, never freed */

/* By its IANA name; NULL for one that is not known here (those of the Union's summer time are, and UTC). */
const struct zone *zone_find(struct str name);
struct str zone_name(const struct zone *zone);
/* How far its clocks are ahead of UTC. */
int zone_offset_s(const struct zone *zone, struct instant at);

struct local {
	struct date date;
	int minutes; /* of the day */
	int second;
};
struct local local_of(const struct zone *zone, struct instant at);
/* Of an hour that comes twice in autumn the first; of one that is left out in spring the instant an
 * hour later. */
struct instant instant_of_local(const struct zone *zone, struct date date, int minute);

#endif
