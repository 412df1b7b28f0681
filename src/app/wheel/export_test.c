/* The year as a file, for everyone and for those who edit it. */
#include "lib/arena.h"
#include "lib/csv.h"
#include "lib/ical_read.h"
#include "lib/json.h"
#include "lib/zone.h"
#include "test/world.h"

static struct csv
table(struct world *w, struct answered a)
{
	struct test *t = w->t;

	CHECK_INT(a.status, 200);
	CHECK_STR(a.type, "text/csv; charset=utf-8");
	CHECK(str_starts(a.body, STR("\xef\xbb\xbf")));
	return csv_read(w->arena, str_sub(a.body, 3, a.body.n), (struct csv_limits){10000, 100, 10000});
}

static size_t
column(struct csv csv, const char *name)
{
	size_t i = 0;

	while (i < csv.at[0].n && !str_is(csv.at[0].at[i], name))
		i++;
	return i;
}

TEST(the_year_is_a_table_in_the_readers_language)
{
	struct world *w = world(t);
	struct csv fi = table(w, world_get(w, NULL, "/fi/wheel/2026/export/csv"));
	struct csv sv = table(w, world_get(w, NULL, "/sv/metsa/wheel/2026/export/csv"));
	struct answered a;

	CHECK_INT(fi.trouble, CSV_FINE);
	CHECK(fi.n > 40);
	CHECK_STR(fi.at[0].at[1], "Otsikko (fi)");
	CHECK_STR(sv.at[0].at[1], "Rubrik (fi)");
	CHECK(column(fi, "Ensimmäinen päivä") < fi.at[0].n);
	CHECK(sv.n > 1);
	a = world_get(w, NULL, "/fi/wheel/2026/export/csv");
	CHECK_HOLDS(a, "wheel-55@nuotio;");
	CHECK_HOLDS(a, "2026-");
	CHECK_STATUS(w, NULL, "/fi/wheel/2026/export/doc", 404);
	CHECK_STATUS(w, NULL, "/fi/wheel/2031/export/csv", 404);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja/wheel/2026"), "/fi/pohja/wheel/2026/export/xlsx");
	world_end(w);
}

/* Who is named is told only to those who edit the wheel. */
TEST(names_of_people_do_not_leave_with_it)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "budget");

	CHECK_INT(world_post(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)),
	    "title_fi=Budjetti&timing=week&week=43&every=year&ring=5&duty=0&person=2&answers=provider&version=1")
	    .status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026/export/csv"), "Henkilö\r\n");
	CHECK_LACKS(world_get(w, "ilmari", "/fi/wheel/2026/export/csv"), "Ilmari");
	CHECK_LACKS(world_get(w, "ilmari", "/fi/wheel/2026/export/json"), "Ilmari");
	CHECK_HOLDS(world_get(w, "aino", "/fi/wheel/2026/export/csv"), "Ilmari");
	CHECK_HOLDS(world_get(w, "aino", "/fi/wheel/2026/export/json"), "Ilmari");
	world_end(w);
}

/* A draft is for coordinators in every form. */
TEST(a_draft_is_not_taken_along)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_STATUS(w, NULL, "/fi/wheel/2027/export/csv", 404);
	CHECK_STATUS(w, "ilmari", "/fi/wheel/2027/export/json", 404);
	CHECK_STATUS(w, "ilmari", "/fi/wheel/2027/campuses/csv", 404);
	CHECK_STATUS(w, "aino", "/fi/wheel/2027/export/csv", 200);
	world_end(w);
}

TEST(the_year_as_json_with_its_material)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/sv/wheel/2026/export/json");
	struct json_in in = json_in_new(w->arena);
	const struct json *all;
	struct json_items items;
	int material = 0;

	CHECK_STR(a.type, "application/json");
	all = json_parse(&in, a.body);
	CHECK(all != NULL);
	if (all) {
		items = json_list(&in, all, "items");
		CHECK(items.n > 40);
		for (size_t i = 0; i < items.n; i++) {
			CHECK(json_texts(&in, &items.at[i], "title").at[LANG_FI].n > 0);
			CHECK(json_date(&in, &items.at[i], "starts").day > 0);
			material += json_member(&in, &items.at[i], "material")->kind == IS_LIST;
		}
		CHECK(material > 0);
		CHECK_INT(in.count, 0);
	}
	world_end(w);
}

TEST(the_year_as_a_calendar_of_whole_days)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/fi/wheel/2026/export/ics");
	struct ical_reading r = ical_read(w->arena, a.body,
	    (struct span){date_of(2026, 8, 1), date_of(2027, 7, 31)}, zone_find(STR("Europe/Helsinki")));
	struct csv csv = table(w, world_get(w, NULL, "/fi/wheel/2026/export/csv"));

	CHECK_STR(a.type, "text/calendar; charset=utf-8");
	CHECK_INT(r.problems_in_all, 0);
	CHECK(r.n > csv.n);
	for (size_t i = 0; i < r.n; i++)
		CHECK(r.at[i].days.first.day > 0);
	/* Each item is one event, and what repeats is one too. */
	CHECK_INT(world_count(a, "BEGIN:VEVENT"), csv.n - 1);
	CHECK_HOLDS(a, "RRULE:FREQ=WEEKLY");
	CHECK_HOLDS(a, "EXDATE");
	world_end(w);
}

TEST(the_campuses_side_by_side_as_a_table)
{
	struct world *w = world(t);
	struct csv csv = table(w, world_get(w, "ilmari", "/fi/wheel/2026/campuses/csv"));
	size_t pohja = column(csv, "Pohja");
	struct answered page = world_get(w, "ilmari", "/fi/wheel/2026/campuses");
	struct str words = STR("");

	CHECK(pohja < csv.at[0].n);
	CHECK_INT(csv.at[0].n, 6 + 4); /* and each campus */
	for (size_t i = 1; i < csv.n; i++) {
		CHECK(csv.at[i].at[pohja].n > 0);
		if (str_starts(csv.at[i].at[pohja], STR("tehty\n")))
			words = str_sub(csv.at[i].at[pohja], 6, 20);
	}
	CHECK(words.n > 0 && str_contains(page.body, words));
	CHECK_HOLDS(page, "/fi/wheel/2026/campuses/xlsx");
	/* What waits is told to those inside, as on the page. */
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026/campuses/csv"), "odottaa");
	world_end(w);
}

TEST(a_workbook_comes_as_one)
{
	struct world *w = world(t);
	struct answered a = world_get(w, NULL, "/en/wheel/2026/export/xlsx");

	CHECK_STR(a.type, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
	CHECK(str_starts(a.body, STR("PK\x03\x04")));
	a = world_get(w, NULL, "/en/wheel/2025/campuses/xlsx");
	CHECK(str_starts(a.body, STR("PK\x03\x04")));
	world_end(w);
}

TEST(a_table_tells_what_is_for_guardians)
{
	struct world *w = world(t);
	struct answered a = world_get(w, "aino", "/fi/wheel/2026/export/csv");

	CHECK_INT(a.status, 200);
	CHECK_HOLDS(a, ";Huoltajille");
	CHECK_HOLDS(world_part(a, "Huoltajien ilta / verkkoinfo", "\n"), ";kyllä\r");
	CHECK_HOLDS(world_part(a, "Mielenterveysviikko", "\n"), ";ei\r");
	world_end(w);
}
