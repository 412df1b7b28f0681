/* What a campus already does: told, mended, taken away and brought back, and joined to the wheel. */
#include "app/diary/inside.h"

#include "lib/json.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/diary/diary.sql.h"      /* generated */
#include "app/diary/practice.texts.h" /* generated */
#include "app/journal/journal.h"
#include "app/partner/partner.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/wheel/wheel.h"

const struct event practice_told = {"practice.told", T_DIARY_PRACTICE_EVENT_TOLD};
const struct event practice_removed = {"practice.removed", T_DIARY_PRACTICE_EVENT_REMOVED};
const struct event practice_returned = {"practice.returned", T_DIARY_PRACTICE_EVENT_RETURNED};
const struct event practice_joined = {"practice.joined", T_DIARY_PRACTICE_EVENT_JOINED};

bool
practice_may_change(const struct actor *who, const struct diary_practice *p)
{
	return actor_may(who, MAY_EDIT_PRACTICES, p->campus.n) ||
	    (who->person == p->told_by.n && actor_may(who, MAY_TELL_PRACTICE, p->campus.n));
}

/* For the journal. */
static struct str
lines_of(struct tx *tx, diary_practice_id id, campus_id campus)
{
	struct out o = out_new(tx->arena);
	struct diary_practice p;

	if (practice_by_id(tx, id, campus, &p)) {
		journal_line(&o, "words", p.words);
		journal_line(&o, "often", str_of(diary_practice_often_words[p.often]));
		journal_line(&o, "partners", p.partners);
	}
	return out_text(&o);
}

static enum diary_practice_language
language_of(enum lang lang)
{
	return (enum diary_practice_language)(DIARY_PRACTICE_LANGUAGE_FI + (int)lang);
}

enum lang
practice_lang(const struct diary_practice *p)
{
	return (enum lang)(p->language - DIARY_PRACTICE_LANGUAGE_FI);
}

enum verdict
practice_tell(struct tx *tx, const struct actor *who, campus_id campus, const struct practice_form *f, enum lang lang)
{
	diary_practice_id id;

	if (!actor_may(who, MAY_TELL_PRACTICE, campus.n))
		return VERDICT_FORBIDDEN;
	id = practice_add(tx, campus, f->words, language_of(lang), (enum diary_practice_often)f->often,
	    (organisation_id){f->organisation}, f->partners, (person_id){who->person}, tx->now);
	journal_add(tx, who, (struct journal_entry){&practice_told, campus.n, id.n, STR(""), lines_of(tx, id, campus)});
	return VERDICT_OK;
}

enum verdict
practice_mend(struct tx *tx, const struct actor *who, const struct diary_practice *p, const struct practice_form *f,
    enum lang lang)
{
	struct str was = lines_of(tx, p->id, p->campus);
	bool own = p->told_by.n == who->person;

	if (!practice_may_change(who, p))
		return VERDICT_FORBIDDEN;
	/* Somebody else mends what it says, and leaves it in its language. */
	if (practice_change(tx, p->id, p->campus, f->words, own ? language_of(lang) : p->language,
	    (enum diary_practice_often)f->often, (organisation_id){f->organisation}, f->partners, f->version) == 0)
		return VERDICT_CONFLICT;
	need(p->version == f->version);
	practice_past_add(tx, p->id, p->version, p->words, str_of(diary_practice_language_words[p->language]),
	    str_of(diary_practice_often_words[p->often]), p->organisation, p->partners, tx->now);
	journal_add(tx, who, (struct journal_entry){&practice_told, p->campus.n, p->id.n, was,
	    lines_of(tx, p->id, p->campus)});
	return VERDICT_OK;
}

enum verdict
practice_set_removed(struct tx *tx, const struct actor *who, const struct diary_practice *p, int64_t version,
    bool removed)
{
	struct str lines = lines_of(tx, p->id, p->campus);

	if (!practice_may_change(who, p))
		return VERDICT_FORBIDDEN;
	if ((removed ? practice_remove(tx, p->id, p->campus, tx->now, version)
	    : practice_return(tx, p->id, p->campus, version)) == 0)
		return VERDICT_CONFLICT;
	journal_add(tx, who, (struct journal_entry){removed ? &practice_removed : &practice_returned, p->campus.n,
	    p->id.n, removed ? lines : STR(""), removed ? STR("") : lines});
	return VERDICT_OK;
}

enum verdict
practice_set_joined(struct tx *tx, const struct actor *who, const struct diary_practice *p, int64_t version,
    wheel_series_id series, struct str title)
{
	struct out o = out_new(tx->arena);

	if (!actor_may(who, MAY_EDIT_PRACTICES, p->campus.n))
		return VERDICT_FORBIDDEN;
	if (practice_join(tx, p->id, p->campus, series, version) == 0)
		return VERDICT_CONFLICT;
	journal_line(&o, "words", p->words);
	journal_line(&o, "item", title);
	journal_add(tx, who, (struct journal_entry){&practice_joined, p->campus.n, p->id.n, STR(""), out_text(&o)});
	return VERDICT_OK;
}

/* How an item comes again that is made of it: what is done daily stands in each week. */
static enum wheel_item_repeats
repeats_of(enum diary_practice_often often)
{
	switch (often) {
	case DIARY_PRACTICE_OFTEN_DAY:
	case DIARY_PRACTICE_OFTEN_WEEK: return WHEEL_ITEM_REPEATS_WEEK;
	case DIARY_PRACTICE_OFTEN_MONTH: return WHEEL_ITEM_REPEATS_MONTH;
	case DIARY_PRACTICE_OFTEN_TERM:
	case DIARY_PRACTICE_OFTEN_YEAR:
	case DIARY_PRACTICE_OFTEN_NOW_AND_THEN:
	case DIARY_PRACTICE_OFTEN_NONE: return WHEEL_ITEM_REPEATS_NO;
	}
	need(0 && "often");
}

enum verdict
practice_make_item(struct tx *tx, const struct actor *who, const struct diary_practice *p, const struct school_year *y,
    const struct practice_item_form *f, wheel_item_id *made)
{
	campus_id campus = f->common ? (campus_id){0} : p->campus;
	struct wheel_item_form form = {
		.title = f->title,
		.ring = wheel_ring_usual(tx, campus).n,
		.timing = WHEEL_ITEM_TIMING_WEEK,
		.week = f->week,
		.repeats = repeats_of(p->often),
		.every = WHEEL_SERIES_EVERY_YEAR,
		.answers = WHEEL_ITEM_ANSWERS_CAMPUS,
	};
	struct practice_item item;
	enum verdict v;

	if (!actor_may(who, MAY_EDIT_PRACTICES, p->campus.n) || !actor_may(who, MAY_EDIT_WHEEL, campus.n))
		return VERDICT_FORBIDDEN;
	if (wheel_item_days(y, &form).first.day == 0)
		return VERDICT_INVALID;
	*made = (wheel_item_id){0};
	v = wheel_item_save(tx, who, y, made, campus, &form);
	if (v != VERDICT_OK)
		return v;
	need(practice_item_by_id(tx, *made, &item));
	return practice_set_joined(tx, who, p, f->version, item.series, texts_in(item.title, practice_lang(p)).text);
}

struct texts
practice_named(struct tx *tx, diary_practice_id id)
{
	struct texts name = {0};
	struct diary_practice p;

	if (practice_named_by(tx, id, &p) && p.removed_at.s == 0)
		name.at[practice_lang(&p)] = p.words;
	return name;
}

/* --- the demo ------------------------------------------------------------------------------------ */

/* {"campus": "pohja", "by": "ilmari", "words": "…", "often": "week", "with": "youth_work", "partners": "…"}: in the
 * language of whoever tells it. */
void
practice_load_demo(struct tx *tx, struct json_in *in, const struct json *world)
{
	struct json_items list = json_list(in, world, "practices");

	for (size_t i = 0; i < list.n; i++) {
		const struct json *j = &list.at[i];
		struct str with = json_text_or(in, j, "with", STR(""));
		organisation_id organisation = with.n ? partner_with_key(tx, with) : (organisation_id){0};
		enum diary_practice_often often;
		struct campus campus;
		struct person by;

		if (!campus_find(tx, json_text(in, j, "campus"), &campus) || (with.n && organisation.n == 0) ||
		    !person_with_key(tx, json_text(in, j, "by"), &by) ||
		    !diary_practice_often_of(json_text(in, j, "often"), &often))
			json_problem(in, j, "names no campus, no organisation, nobody, or no time");
		else
			practice_add(tx, campus.id, json_text(in, j, "words"), language_of(person_lang(&by)), often,
			    organisation, json_text_or(in, j, "partners", STR("")), by.id, tx->now);
	}
}
