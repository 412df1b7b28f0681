#include "app/framework/framework.h"

#include "lib/json.h"

#include "core/db/tx.h"

#include "app/framework/framework.json.h" /* generated */
#include "app/framework/framework.sql.h"  /* generated */

struct measure_list
framework_measures(struct tx *tx)
{
	return measures(tx);
}

struct measure
framework_measure(struct tx *tx, struct str key)
{
	struct measure m = {0};

	measure_by_key(tx, key, &m);
	return m;
}

static goal_id
goal_with(struct tx *tx, struct json_in *in, const struct json *key)
{
	struct goal_list list = goals(tx);

	for (size_t i = 0; i < list.n; i++)
		if (key->kind == IS_TEXT && str_eq(list.at[i].key, key->text))
			return list.at[i].id;
	json_problem(in, key, "names no goal");
	return (goal_id){0};
}

static source_id
source_with(struct tx *tx, struct json_in *in, const struct json *key)
{
	struct source source;

	if (key->kind == IS_TEXT && source_by_key(tx, key->text, &source))
		return source.id;
	json_problem(in, key, "names no source");
	return (source_id){0};
}

static void
load_measure(struct tx *tx, struct json_in *in, const struct json *j)
{
	measure_id id = measure_put(tx, json_text(in, j, "key"), json_texts(in, j, "title"));
	struct json_items serves = json_list(in, j, "serves");
	struct json_items sources = json_list(in, j, "shown_by");

	for (size_t i = 0; i < serves.n; i++) {
		goal_id goal = goal_with(tx, in, &serves.at[i]);

		if (goal.n)
			goal_measure_add(tx, goal, id);
	}
	for (size_t i = 0; i < sources.n; i++) {
		source_id source = source_with(tx, in, &sources.at[i]);

		if (source.n)
			measure_source_add(tx, id, source);
	}
}

static void
load_result(struct tx *tx, struct json_in *in, const struct json *j)
{
	result_id id = result_put(tx, json_text(in, j, "key"), json_texts(in, j, "title"));
	struct json_items of = json_list(in, j, "of"), sources = json_list(in, j, "measured_by");

	for (size_t i = 0; i < of.n; i++) {
		goal_id goal = goal_with(tx, in, &of.at[i]);

		if (goal.n)
			goal_result_add(tx, goal, id);
	}
	for (size_t i = 0; i < sources.n; i++) {
		source_id source = source_with(tx, in, &sources.at[i]);

		if (source.n)
			result_source_add(tx, id, source);
	}
}

void
framework_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	const struct json *whole = json_parse(in, framework_framework_json);
	struct json_items list;

	(void)college;
	(void)today;
	if (!whole)
		return;
	list = json_list(in, whole, "goals");
	for (size_t i = 0; i < list.n; i++)
		goal_put(tx, json_text(in, &list.at[i], "key"), json_texts(in, &list.at[i], "title"));
	list = json_list(in, whole, "sources");
	for (size_t i = 0; i < list.n; i++)
		source_put(tx, json_text(in, &list.at[i], "key"), json_texts(in, &list.at[i], "title"),
		    json_text_or(in, &list.at[i], "page", STR("")));
	list = json_list(in, whole, "measures");
	for (size_t i = 0; i < list.n; i++)
		load_measure(tx, in, &list.at[i]);
	list = json_list(in, whole, "results");
	for (size_t i = 0; i < list.n; i++)
		load_result(tx, in, &list.at[i]);
}
