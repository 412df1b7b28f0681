#include "lib/zone.h"

#include <stdio.h>

#include "lib/arena.h"
#include "test/test.h"

static const char *const zones[] = {"Europe/Helsinki", "Europe/Mariehamn", "Europe/Stockholm",
    "Europe/Oslo", "Europe/Copenhagen", "Europe/Berlin", "Europe/Tallinn", "Europe/Riga",
    "Europe/Vilnius", "Europe/London", "Europe/Dublin", "Europe/Lisbon", "UTC"};
enum { ZONES = sizeof zones / sizeof *zones, ZONES_IN_TABLE = 37 };

static int
number(struct str *rest)
{
	int64_t n = INT64_MIN;

	str_int(str_cut(rest, ','), &n);
	return (int)n;
}

static size_t
each_line(struct test *t, const char *kind, void (*check)(struct test *t, struct str rest))
{
	FILE *file = fopen("test/data/dates.csv", "r");
	char line[200];
	size_t n = 0;

	CHECK(file != NULL);
	while (file && fgets(line, sizeof line, file)) {
		struct str rest = str_trim(str_of(line));

		if (!str_is(str_cut(&rest, ','), kind))
			continue;
		check(t, rest);
		n++;
	}
	if (file)
		fclose(file);
	return n;
}

static void
check_local(struct test *t, struct str rest)
{
	const struct zone *zone = zone_find(str_cut(&rest, ','));
	struct instant at = instant_of_iso(str_cut(&rest, ','));
	struct local local = local_of(zone, at);
	char iso[21];

	CHECK(zone != NULL && at.s != 0);
	CHECK_INT(local.date.day, date_of_iso(str_cut(&rest, ',')).day);
	CHECK_INT(local.minutes, number(&rest));
	CHECK_INT(local.second, number(&rest));
	CHECK_INT(instant_of_iso(str_of(instant_iso(at, iso))).s, at.s);
	CHECK_INT(zone_offset_s(zone, at) / 60, (local.date.day - date_of(1970, 1, 1).day) * INT64_C(1440) +
	    local.minutes - at.s / 60);
	CHECK(zone_find(zone_name(zone)) == zone);
}

TEST(clocks_show_what_the_table_says)
{
	CHECK_INT(each_line(t, "local", check_local), ZONES_IN_TABLE * 24);
}

/* Minutes that a clock in the zone is ahead of UTC. */
static int64_t
ahead(const struct zone *zone, int64_t s)
{
	struct local local = local_of(zone, (struct instant){s});

	return (local.date.day - date_of(1970, 1, 1).day) * INT64_C(1440) + local.minutes - s / 60;
}

static void
check_change(struct test *t, struct str rest)
{
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));
	int64_t s = instant_of_iso(str_cut(&rest, ',')).s;

	CHECK_INT(ahead(zone, s - 1), number(&rest));
	CHECK_INT(ahead(zone, s), number(&rest));
}

/* All hours, not only those of the table: no other change hides among them. */
TEST(clocks_change_twice_a_year_from_1996_to_2040)
{
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));
	int64_t from = instant_of_iso(STR("1996-01-01T00:00:00Z")).s;
	int64_t to = instant_of_iso(STR("2041-01-01T00:00:00Z")).s;
	size_t changes = 0;

	for (int64_t s = from + 3600; s < to; s += 3600)
		changes += ahead(zone, s) != ahead(zone, s - 3600);
	CHECK_INT(changes, 90);
	CHECK_INT(each_line(t, "change", check_change), 90);
}

/* Every quarter of an hour of two years and every zone, there and back; of the hour that comes
 * twice, the second time is read as the first. */
TEST(local_time_leads_back_to_the_instant)
{
	for (size_t z = 0; z < ZONES; z++) {
		const struct zone *zone = zone_find(str_of(zones[z]));
		int64_t from = instant_of_iso(STR("2026-01-01T00:00:00Z")).s;
		int twice = 0;

		for (int64_t s = from; s < from + INT64_C(730) * 86400; s += 900) {
			struct local local = local_of(zone, (struct instant){s});
			int64_t back = instant_of_local(zone, local.date, local.minutes).s;

			CHECK(back == s ||
			    (back == s - 3600 && ahead(zone, back) == ahead(zone, s) + 60));
			twice += back != s;
		}
		CHECK_INT(twice, str_is(STR("UTC"), zones[z]) ? 0 : 8);
	}
}

/* Spring 2026: 03:00 becomes 04:00 on 29 March. Autumn: 04:00 becomes 03:00 on 25 October. */
TEST(an_hour_that_comes_twice_and_one_that_is_left_out)
{
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));

	CHECK_INT(instant_of_local(zone, date_of(2026, 3, 29), 3 * 60 - 1).s,
	    instant_of_iso(STR("2026-03-29T00:59:00Z")).s);
	CHECK_INT(instant_of_local(zone, date_of(2026, 3, 29), 3 * 60 + 30).s,
	    instant_of_iso(STR("2026-03-29T01:30:00Z")).s);
	CHECK_INT(local_of(zone, instant_of_iso(STR("2026-03-29T01:30:00Z"))).minutes, 4 * 60 + 30);
	CHECK_INT(instant_of_local(zone, date_of(2026, 3, 29), 4 * 60).s,
	    instant_of_iso(STR("2026-03-29T01:00:00Z")).s);
	CHECK_INT(instant_of_local(zone, date_of(2026, 10, 25), 3 * 60 + 30).s,
	    instant_of_iso(STR("2026-10-25T00:30:00Z")).s);
	CHECK_INT(instant_of_local(zone, date_of(2026, 10, 25), 4 * 60).s,
	    instant_of_iso(STR("2026-10-25T02:00:00Z")).s);
	CHECK_INT(instant_of_local(zone, date_of(2026, 11, 23), 16 * 60).s,
	    instant_of_iso(STR("2026-11-23T14:00:00Z")).s);
	CHECK_INT(instant_of_local(zone, (struct date){0}, 60).s, 0);
	CHECK(local_of(zone, (struct instant){0}).date.day == 0);
	CHECK(zone_find(STR("Mars/Olympus")) == NULL && zone_find(STR("")) == NULL);
}

TEST(instants_before_1970_have_a_day_and_a_time)
{
	struct local local = local_of(zone_find(STR("Europe/Helsinki")), (struct instant){-1});
	char iso[21];

	CHECK(local.date.day == date_of(1970, 1, 1).day && local.minutes == 119 &&
	    local.second == 59);
	CHECK_STR(str_of(instant_iso((struct instant){-1}, iso)), "1969-12-31T23:59:59Z");
	CHECK_INT(instant_of_iso(STR("1969-12-31T23:59:59Z")).s, -1);
}
