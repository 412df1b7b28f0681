/* Items: who may edit one, and how it is saved. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/db.h"

#include "app/campus/campus.h"
#include "app/framework/framework.h"
#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

const struct event wheel_item_saved = {"wheel.item_saved", T_WHEEL_EVENT_ITEM_SAVED};
const struct event wheel_item_cancelled = {"wheel.item_cancelled", T_WHEEL_EVENT_ITEM_CANCELLED};
const struct event wheel_proposed = {"wheel.proposed", T_WHEEL_EVENT_PROPOSED};

static bool
is_of_ring_campus(struct tx *tx, const struct wheel_item *item)
{
	struct wheel_ring_list rings = wheel_rings(tx);

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].id.n == item->ring.n)
			return str_is(rings.at[i].key, "campus");
	return false;
}

bool
wheel_may_edit(struct tx *tx, const struct actor *who, const struct wheel_item *item)
{
	const struct duty *duty;

	if (actor_may(who, MAY_EDIT_WHEEL, item->campus.n))
		return true;
	if (item->campus.n && actor_may(who, MAY_ADD_OWN_ITEM, item->campus.n))
		return true;
	duty = duty_in(duties_all(tx), item->duty);
	return duty && str_is(duty->role, "student_body") && is_of_ring_campus(tx, item) &&
	    actor_may(who, MAY_EDIT_BOARD_ITEMS, ACTOR_ANYWHERE);
}

struct str
wheel_item_key(struct tx *tx, const struct wheel_item *item)
{
	struct wheel_series series = {0};

	wheel_series_by_id(tx, item->series, &series);
	return series.key;
}

static void
save_links(struct tx *tx, wheel_item_id item, const struct wheel_item_form *form)
{
	struct measure_list measures = framework_measures(tx);
	struct campus_list campuses = campus_all(tx);

	wheel_measures_clear(tx, item);
	for (size_t i = 0; i < measures.n; i++)
		if (form->measures & INT64_C(1) << i)
			wheel_measure_add(tx, item, measures.at[i].id);
	for (size_t i = 0; i < campuses.n; i++) {
		if (form->campuses & INT64_C(1) << i)
			wheel_scope_add(tx, item, campuses.at[i].id);
		else
			wheel_scope_drop(tx, item, campuses.at[i].id);
	}
}

/* The words of a span for the journal: 2026-11-23/2026-11-29. */
static struct str
words_of(struct tx *tx, struct texts title, struct span days)
{
	char first[11], last[11];
	struct found found = texts_in(title, LANG_FI);

	date_iso(days.first, first);
	date_iso(days.last, last);
	return str_fmt(tx->arena, "%s/%s %.*s", first, last, STR_ARG(found.text));
}

enum verdict
wheel_item_save(struct tx *tx, const struct actor *who, const struct school_year *y, wheel_item_id *item,
    campus_id campus, const struct wheel_item_form *form)
{
	struct span days = wheel_item_days(y, form);
	enum wheel_item_timing timing = (enum wheel_item_timing)form->timing;
	struct str anchor = timing == WHEEL_ITEM_TIMING_ANCHOR ? form->anchor : STR("");
	int64_t week = timing == WHEEL_ITEM_TIMING_WEEK ? form->week : 0;
	struct wheel_item was = {0};
	struct str before = STR("");

	need(days.first.day != 0);
	if (item->n) {
		if (!wheel_item_by_id(tx, *item, &was))
			return VERDICT_NOT_FOUND;
		before = words_of(tx, was.title, (struct span){was.starts, was.ends});
		if (wheel_item_change(tx, *item, campus, (wheel_ring_id){form->ring}, form->title,
		    form->description, timing, week, anchor, days.first, days.last, (duty_id){form->duty},
		    (person_id){form->person}, (enum wheel_item_answers)form->answers, form->core,
		    form->version) == 0)
			return VERDICT_CONFLICT;
		wheel_series_set_every(tx, was.series, (enum wheel_series_every)form->every);
	} else {
		wheel_series_id series =
		    wheel_series_add(tx, STR(""), (enum wheel_series_every)form->every);

		*item = wheel_item_add(tx, series, y->id, (wheel_ring_id){form->ring}, campus, form->title,
		    form->description, timing, week, anchor, days.first, days.last, (duty_id){form->duty},
		    (person_id){form->person}, (enum wheel_item_answers)form->answers, form->core);
	}
	save_links(tx, *item, form);
	journal_add(tx, who, (struct journal_entry){&wheel_item_saved, campus.n, item->n, before,
	    words_of(tx, form->title, days)});
	return VERDICT_OK;
}

enum verdict
wheel_item_set_cancelled(struct tx *tx, const struct actor *who, wheel_item_id id, int64_t version,
    bool cancelled)
{
	struct wheel_item item;
	int64_t changed;

	if (!wheel_item_by_id(tx, id, &item))
		return VERDICT_NOT_FOUND;
	if (!wheel_may_edit(tx, who, &item))
		return VERDICT_FORBIDDEN;
	changed = cancelled ? wheel_item_cancel(tx, id, item.campus, tx->now, version)
	    : wheel_item_restore(tx, id, item.campus, version);
	if (changed == 0)
		return VERDICT_CONFLICT;
	journal_add(tx, who, (struct journal_entry){&wheel_item_cancelled, item.campus.n, id.n,
	    cancelled ? STR("") : STR("cancelled"), cancelled ? STR("cancelled") : STR("")});
	return VERDICT_OK;
}
