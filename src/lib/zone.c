/* Time zones of Europe: since 1996 all that have summer time change at 01:00 UTC on the last
 * Sundays of March and October (Directive 2000/84/EC). Earlier instants are reckoned by the same
 * rule. */
#include "lib/zone.h"

enum { DAY_S = 86400, HOUR_S = 3600, EPOCH_DAY = 719163 };

struct zone {
	const char *name;
	int offset_s; /* of standard time */
	bool summer;
};

static const struct zone zones[] = {
	{"Europe/Helsinki", 2 * HOUR_S, true},
	{"Europe/Mariehamn", 2 * HOUR_S, true},
	{"Europe/Tallinn", 2 * HOUR_S, true},
	{"Europe/Riga", 2 * HOUR_S, true},
	{"Europe/Vilnius", 2 * HOUR_S, true},
	{"Europe/Athens", 2 * HOUR_S, true},
	{"Europe/Bucharest", 2 * HOUR_S, true},
	{"Europe/Kiev", 2 * HOUR_S, true},
	{"Europe/Kyiv", 2 * HOUR_S, true},
	{"Europe/Sofia", 2 * HOUR_S, true},
	{"Europe/Stockholm", HOUR_S, true},
	{"Europe/Oslo", HOUR_S, true},
	{"Europe/Copenhagen", HOUR_S, true},
	{"Europe/Berlin", HOUR_S, true},
	{"Europe/Amsterdam", HOUR_S, true},
	{"Europe/Belgrade", HOUR_S, true},
	{"Europe/Bratislava", HOUR_S, true},
	{"Europe/Brussels", HOUR_S, true},
	{"Europe/Budapest", HOUR_S, true},
	{"Europe/Ljubljana", HOUR_S, true},
	{"Europe/Luxembourg", HOUR_S, true},
	{"Europe/Madrid", HOUR_S, true},
	{"Europe/Malta", HOUR_S, true},
	{"Europe/Paris", HOUR_S, true},
	{"Europe/Prague", HOUR_S, true},
	{"Europe/Rome", HOUR_S, true},
	{"Europe/Sarajevo", HOUR_S, true},
	{"Europe/Skopje", HOUR_S, true},
	{"Europe/Tirane", HOUR_S, true},
	{"Europe/Vienna", HOUR_S, true},
	{"Europe/Warsaw", HOUR_S, true},
	{"Europe/Zagreb", HOUR_S, true},
	{"Europe/Zurich", HOUR_S, true},
	{"Europe/London", 0, true},
	{"Europe/Dublin", 0, true},
	{"Europe/Lisbon", 0, true},
	{"UTC", 0, false},
};

const struct zone *
zone_find(struct str name)
{
	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
		if (str_is(name, zones[i].name))
			return &zones[i];
	return NULL;
}

/* 01:00 UTC on the last Sunday of a month of 31 days. */
static int64_t
change_s(int year, int month)
{
	struct date last = date_of(year, month, 31);

	return (int64_t)(last.day - date_weekday(last) % 7 - EPOCH_DAY) * DAY_S + HOUR_S;
}

/* The other months lie on one side of both changes. */
static bool
is_summer(int64_t s)
{
	int32_t day = (int32_t)(s / DAY_S) - (s % DAY_S < 0) + EPOCH_DAY;
	struct date_parts at = date_parts((struct date){day});

	if (at.month == 3)
		return s >= change_s(at.year, 3);
	return at.month == 10 ? s < change_s(at.year, 10) : at.month > 3 && at.month < 10;
}

static int
offset_at(const struct zone *zone, int64_t s)
{
	return zone->offset_s + (zone->summer && is_summer(s) ? HOUR_S : 0);
}

struct str
zone_name(const struct zone *zone)
{
	return str_of(zone->name);
}

int
zone_offset_s(const struct zone *zone, struct instant at)
{
	return offset_at(zone, at.s);
}

struct local
local_of(const struct zone *zone, struct instant at)
{
	int64_t s = at.s + offset_at(zone, at.s), day = s / DAY_S, rest = s % DAY_S;

	if (at.s == 0)
		return (struct local){0};
	if (rest < 0) {
		rest += DAY_S;
		day--;
	}
	return (struct local){{(int32_t)(day + EPOCH_DAY)}, (int)(rest / 60), (int)(rest % 60)};
}

/* Summer time first: then an hour that comes twice is its first, and one that is left out, read in
 * standard time, lies an hour later. */
struct instant
instant_of_local(const struct zone *zone, struct date date, int minute)
{
	int64_t s = (int64_t)(date.day - EPOCH_DAY) * DAY_S + minute * 60;
	int64_t summer = s - zone->offset_s - HOUR_S, standard = s - zone->offset_s;

	if (date.day == 0)
		return (struct instant){0};
	if (offset_at(zone, summer) == zone->offset_s + HOUR_S)
		return (struct instant){summer};
	return (struct instant){standard};
}
