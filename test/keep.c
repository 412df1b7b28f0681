#include "test/keep.h"

#include <stdio.h>
#include <stdlib.h>

#include "lib/out.h"
#include "lib/zone.h"
#include "test/test.h"

void
keep(struct test *t, const char *name, struct str bytes)
{
	const char *folder = getenv("NUOTIO_TEST_KEEP");
	FILE *file;

	if (!folder)
		return;
	file = fopen(str_z(t->arena, str_fmt(t->arena, "%s/%s", folder, name)), "wb");
	CHECK(file && fwrite(bytes.p, 1, bytes.n, file) == bytes.n && fclose(file) == 0);
}

static void
line(struct out *o, const struct ical_occurrence *x, const struct zone *zone)
{
	struct local starts = local_of(zone, x->starts), ends = local_of(zone, x->ends);
	char iso[11];

	if (x->starts.s) {
		out_fmt(o, "%s %02d:%02d|", date_iso(starts.date, iso), starts.minutes / 60, starts.minutes % 60);
		out_fmt(o, "%s %02d:%02d|", date_iso(ends.date, iso), ends.minutes / 60, ends.minutes % 60);
	} else {
		out_fmt(o, "%s|", date_iso(x->days.first, iso));
		out_fmt(o, "%s|", date_iso(x->days.last, iso));
	}
	out_fmt(o, "%.*s|%.*s|%s\n", STR_ARG(x->title), STR_ARG(x->place), x->cancelled ? "CANCELLED" : "");
}

struct ical_reading
keep_calendar(struct test *t, const char *name, struct str calendar)
{
	struct span year = {date_of(2026, 8, 1), date_of(2027, 7, 31)};
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));
	struct ical_reading reading = ical_read(t->arena, calendar, year, zone);
	struct out o = out_new(t->arena);

	CHECK_INT(reading.problems_in_all, 0);
	for (size_t i = 0; i < reading.n; i++)
		line(&o, &reading.at[i], zone);
	keep(t, str_z(t->arena, str_fmt(t->arena, "%s.ics", name)), calendar);
	keep(t, str_z(t->arena, str_fmt(t->arena, "%s.txt", name)), out_text(&o));
	return reading;
}
