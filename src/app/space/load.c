/* A college's file: its spaces, what is in them, and when they are open. */
#include "app/space/inside.h"

#include "lib/json.h"

#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */

static const char *const weekdays[] = {"", "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

static bool
is_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

/* "16:30" as minutes of the day; -1 after a mistake. */
static int64_t
load_minutes(struct json_in *in, const struct json *j, const char *name)
{
	struct str text = json_text(in, j, name);
	int hour, minute;

	if (text.n == 5 && text.p[2] == ':' && is_digits(str_sub(text, 0, 2)) && is_digits(str_sub(text, 3, 2))) {
		hour = (text.p[0] - '0') * 10 + text.p[1] - '0';
		minute = (text.p[3] - '0') * 10 + text.p[4] - '0';
		if (minute < 60 && hour * 60 + minute <= 1440)
			return hour * 60 + minute;
	}
	json_problem(in, json_member(in, j, name), "is no time like 16:30");
	return -1;
}

static int64_t
load_days(struct json_in *in, const struct json *j)
{
	struct json_items list = json_list(in, j, "days");
	int64_t days = 0;

	for (size_t i = 0; i < list.n; i++) {
		size_t d = 1;

		while (d <= 7 && !(list.at[i].kind == IS_TEXT && str_is(list.at[i].text, weekdays[d])))
			d++;
		if (d > 7)
			json_problem(in, &list.at[i], "is none of mon, tue, … sun");
		else
			days |= 1 << (d - 1);
	}
	if (list.n == 0)
		json_problem(in, json_member(in, j, "days"), "at least one day is needed");
	return days;
}

static void
load_hours(struct tx *tx, struct json_in *in, const struct json *j, space_id id, const char *name, bool staffed)
{
	struct json_items list = json_list(in, j, name);

	for (size_t i = 0; i < list.n; i++) {
		int64_t days = load_days(in, &list.at[i]);
		int64_t opens = load_minutes(in, &list.at[i], "from"), closes = load_minutes(in, &list.at[i], "to");

		if (opens >= 0 && closes >= 0 && closes <= opens)
			json_problem(in, &list.at[i], "ends before it begins");
		else if (days && opens >= 0 && closes > 0)
			space_hours_add(tx, id, days, opens, closes, staffed, (struct date){0}, (struct date){0});
	}
}

static void
load_features(struct tx *tx, struct json_in *in, const struct json *j, space_id id)
{
	struct json_items list = json_list(in, j, "features");
	const struct json *access = json_member(in, j, "access");

	for (size_t i = 0; i < list.n; i++) {
		enum space_feature_feature feature;

		if (list.at[i].kind == IS_TEXT && space_feature_feature_of(list.at[i].text, &feature))
			space_feature_add(tx, id, feature);
		else
			json_problem(in, &list.at[i], "is no feature that is known");
	}
	for (int fact = 1; access->kind == IS_OBJECT && fact < SPACE_ACCESS_FACT_COUNT; fact++) {
		struct str holds = json_text_or(in, access, space_access_fact_words[fact], STR(""));

		if (str_is(holds, "yes") || str_is(holds, "no"))
			space_access_put(tx, id, (enum space_access_fact)fact,
			    str_is(holds, "yes") ? SPACE_ACCESS_HOLDS_YES : SPACE_ACCESS_HOLDS_NO);
		else if (holds.n)
			json_problem(in, access, "%s is yes or no, or not there while it is not known",
			    space_access_fact_words[fact]);
	}
}

static void
load_space(struct tx *tx, struct json_in *in, const struct json *j, int64_t position)
{
	struct str key = json_text(in, j, "key"), slug = json_text(in, j, "campus");
	struct texts name = json_texts(in, j, "name"), description = json_texts_or(in, j, "description");
	int64_t capacity = json_int(in, j, "capacity", 1, 5000);
	struct campus campus;
	struct space there;
	space_id id;

	if (!campus_find(tx, slug, &campus)) {
		json_problem(in, json_member(in, j, "campus"), "\"%.*s\" is none of `campuses`", STR_ARG(slug));
		return;
	}
	/* What was edited in the service since stands. */
	if (key.n == 0 || capacity == 0 || space_by_slug(tx, campus.id, key, &there))
		return;
	id = space_add(tx, campus.id, key, name, description, json_bool_or(in, j, "communal", true), capacity,
	    (struct maybe_int){json_int_or(in, j, "area_m2", 0) > 0, json_int_or(in, j, "area_m2", 0)}, position);
	load_hours(tx, in, j, id, "hours", false);
	load_hours(tx, in, j, id, "staffed", true);
	load_features(tx, in, j, id);
}

void
space_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	struct json_items list = json_list(in, college, "spaces");

	(void)today;
	for (size_t i = 0; i < list.n; i++)
		load_space(tx, in, &list.at[i], (int64_t)i + 1);
}
