/* Items: who may edit one, and how it is saved. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/framework/framework.h"
#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

const struct event wheel_item_saved = {"wheel.item_saved", T_WHEEL_EVENT_ITEM_SAVED};
const struct event wheel_item_cancelled = {"wheel.item_cancelled", T_WHEEL_EVENT_ITEM_CANCELLED};

/* The word that a ring has in the template, by which the program knows it. */
static struct str
ring_key(struct tx *tx, wheel_ring_id ring)
{
	struct wheel_ring_list rings = wheel_rings_ever(tx);

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].id.n == ring.n)
			return rings.at[i].key;
	return STR("");
}

wheel_ring_id
wheel_ring_usual(struct tx *tx, campus_id campus)
{
	struct wheel_ring_list rings = wheel_rings(tx);

	for (size_t i = 0; i < rings.n; i++)
		if (str_is(rings.at[i].key, campus.n ? "campus" : "common"))
			return rings.at[i].id;
	return rings.n ? rings.at[0].id : (wheel_ring_id){0};
}

bool
wheel_may_place(const struct actor *who, const struct wheel_item *item)
{
	return actor_may(who, MAY_EDIT_WHEEL, item->campus.n) ||
	    (item->campus.n && actor_may(who, MAY_ADD_OWN_ITEM, item->campus.n));
}

bool
wheel_may_edit(struct tx *tx, const struct actor *who, const struct wheel_item *item)
{
	const struct duty *duty;

	if (wheel_may_place(who, item))
		return true;
	duty = duty_in(duties_all(tx), item->duty);
	return duty && str_is(duty->role, "student_body") && str_is(ring_key(tx, item->ring), "campus") &&
	    actor_may(who, MAY_EDIT_BOARD_ITEMS, item->campus.n);
}

bool
wheel_is_of(person_id who, struct person_duty_list duties, person_id named, duty_id duty, campus_id campus)
{
	if (named.n == who.n)
		return true;
	for (size_t i = 0; i < duties.n; i++)
		if (duty.n && duties.at[i].duty.n == duty.n &&
		    (campus.n == 0 || duties.at[i].campus.n == 0 || duties.at[i].campus.n == campus.n))
			return true;
	return false;
}

/* --- what the journal keeps of an item --------------------------------------------------------------------- */

enum { FACTS_MAX = 32 };

struct facts {
	struct {
		const char *name;
		struct str value;
	} at[FACTS_MAX];
	size_t n;
};

static void
fact(struct facts *f, const char *name, struct str value)
{
	need(f->n < FACTS_MAX);
	f->at[f->n].name = name;
	f->at[f->n++].value = value;
}

static void
texts_fact(struct tx *tx, struct facts *f, const char *name, struct texts value)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		fact(f, str_fmt(tx->arena, "%s_%s", name, lang_code(l)).p, value.at[l]);
}

static void
date_fact(struct tx *tx, struct facts *f, const char *name, struct date value)
{
	char iso[11];

	fact(f, name, str_copy(tx->arena, str_of(date_iso(value, iso))));
}

static void
number_fact(struct tx *tx, struct facts *f, const char *name, int64_t value)
{
	fact(f, name, value ? str_fmt(tx->arena, "%lld", (long long)value) : STR(""));
}

static struct str
campuses_of(struct tx *tx, wheel_item_id item)
{
	struct wheel_item_scope_list scope = wheel_scope_of(tx, item);
	struct campus_list all = campus_ever(tx);
	struct str *slug = ARENA_ARRAY(tx->arena, struct str, scope.n);

	for (size_t i = 0; i < scope.n; i++)
		slug[i] = campus_in(all, scope.at[i].campus)->slug;
	return str_join(tx->arena, STR(", "), slug, scope.n);
}

static struct str
measures_of(struct tx *tx, wheel_item_id item)
{
	struct measure_list measures = wheel_measures_of(tx, item);
	struct str *key = ARENA_ARRAY(tx->arena, struct str, measures.n);

	for (size_t i = 0; i < measures.n; i++)
		key[i] = measures.at[i].key;
	return str_join(tx->arena, STR(", "), key, measures.n);
}

/* All that can be edited, always in the same order. People are numbers, as everywhere in the journal. */
static struct facts
facts_of(struct tx *tx, const struct wheel_item *item)
{
	const struct duty *duty = duty_in(duties_all(tx), item->duty);
	struct wheel_series series = {0};
	struct facts f = {0};

	wheel_series_by_id(tx, item->series, &series);
	texts_fact(tx, &f, "title", item->title);
	texts_fact(tx, &f, "sentence", item->sentence);
	texts_fact(tx, &f, "description", item->description);
	fact(&f, "ring", ring_key(tx, item->ring));
	fact(&f, "timing", str_of(wheel_item_timing_words[item->timing]));
	number_fact(tx, &f, "week", item->week);
	fact(&f, "anchor", item->anchor);
	date_fact(tx, &f, "starts", item->starts);
	date_fact(tx, &f, "ends", item->ends);
	fact(&f, "repeats", str_of(wheel_item_repeats_words[item->repeats]));
	date_fact(tx, &f, "repeats_until", item->repeats_until);
	fact(&f, "every", str_of(wheel_series_every_words[series.every]));
	fact(&f, "duty", duty ? duty->key : STR(""));
	number_fact(tx, &f, "person", item->person.n);
	fact(&f, "answers", str_of(wheel_item_answers_words[item->answers]));
	fact(&f, "core", item->core ? STR("yes") : STR("no"));
	fact(&f, "guardians", item->guardians ? STR("yes") : STR("no"));
	fact(&f, "campuses", campuses_of(tx, item->id));
	fact(&f, "measures", measures_of(tx, item->id));
	return f;
}

static void
note_saved(struct tx *tx, const struct actor *who, const struct facts *was, wheel_item_id id)
{
	struct out before = out_new(tx->arena), after = out_new(tx->arena);
	struct wheel_item item;
	struct facts is;

	need(wheel_item_by_id(tx, id, &item));
	is = facts_of(tx, &item);
	for (size_t i = 0; i < is.n; i++) {
		if (was->n && str_eq(was->at[i].value, is.at[i].value))
			continue;
		journal_line(&before, is.at[i].name, was->n ? was->at[i].value : STR(""));
		journal_line(&after, is.at[i].name, is.at[i].value);
	}
	journal_add(tx, who, (struct journal_entry){&wheel_item_saved, item.campus.n, id.n, out_text(&before),
	    out_text(&after)});
}

/* --- saving -------------------------------------------------------------------------------------------------- */

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
		if (ids_has(form->campuses, campuses.at[i].id.n))
			wheel_scope_add(tx, item, campuses.at[i].id);
		else
			wheel_scope_drop(tx, item, campuses.at[i].id);
	}
}

enum verdict
wheel_item_save(struct tx *tx, const struct actor *who, const struct school_year *y, wheel_item_id *item,
    campus_id campus, const struct wheel_item_form *form)
{
	struct span days = wheel_item_days(y, form);
	enum wheel_item_timing timing = (enum wheel_item_timing)form->timing;
	struct str anchor = timing == WHEEL_ITEM_TIMING_ANCHOR ? form->anchor : STR("");
	int64_t week = timing == WHEEL_ITEM_TIMING_WEEK ? form->week : 0;
	enum wheel_item_repeats repeats = form->repeats ? (enum wheel_item_repeats)form->repeats
	    : WHEEL_ITEM_REPEATS_NO;
	struct date until = repeats == WHEEL_ITEM_REPEATS_NO ? (struct date){0} : form->repeats_until;
	struct wheel_item was = {0};
	struct facts before = {0};

	need(days.first.day != 0);
	if (item->n) {
		if (!wheel_item_by_id(tx, *item, &was))
			return VERDICT_NOT_FOUND;
		before = facts_of(tx, &was);
		if (wheel_item_change(tx, *item, campus, (wheel_ring_id){form->ring}, form->title,
		    form->sentence, form->description, timing, week, anchor, days.first, days.last, repeats, until,
		    (duty_id){form->duty}, (person_id){form->person}, (enum wheel_item_answers)form->answers,
		    form->core, form->guardians, tx->now, form->version) == 0)
			return VERDICT_CONFLICT;
		wheel_series_set_every(tx, was.series, (enum wheel_series_every)form->every);
		wheel_review_mark(tx, who, *item, WHEEL_REVIEW_VERDICT_CHANGED);
	} else {
		wheel_series_id series =
		    wheel_series_add(tx, STR(""), (enum wheel_series_every)form->every);

		*item = wheel_item_add(tx, series, y->id, (wheel_ring_id){form->ring}, campus, form->title,
		    form->sentence, form->description, timing, week, anchor, days.first, days.last, repeats, until,
		    (duty_id){form->duty}, (person_id){form->person}, (enum wheel_item_answers)form->answers,
		    form->core, form->guardians, tx->now);
	}
	save_links(tx, *item, form);
	note_saved(tx, who, &before, *item);
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
	    : wheel_item_restore(tx, id, item.campus, tx->now, version);
	if (changed == 0)
		return VERDICT_CONFLICT;
	wheel_review_mark(tx, who, id, cancelled ? WHEEL_REVIEW_VERDICT_DROPPED : WHEEL_REVIEW_VERDICT_OPEN);
	journal_add(tx, who, (struct journal_entry){&wheel_item_cancelled, item.campus.n, id.n,
	    cancelled ? STR("") : STR("cancelled"), cancelled ? STR("cancelled") : STR("")});
	return VERDICT_OK;
}
