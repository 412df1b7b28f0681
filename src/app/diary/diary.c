#include "app/diary/inside.h"

#include "lib/json.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/diary/diary.sql.h"   /* generated */
#include "app/diary/diary.texts.h" /* generated */
#include "app/diary/practice.texts.h" /* generated */
#include "app/framework/framework.h"
#include "app/journal/journal.h"
#include "app/partner/partner.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */

const struct event diary_saved = {"diary.saved", T_DIARY_EVENT_SAVED};
const struct event diary_removed = {"diary.removed", T_DIARY_EVENT_REMOVED};
const struct event diary_returned = {"diary.returned", T_DIARY_EVENT_RETURNED};

bool
diary_may_change(const struct actor *who, const struct diary_entry *entry)
{
	return actor_may(who, MAY_EDIT_DIARY, entry->campus.n) ||
	    (who->person == entry->written_by.n && actor_may(who, MAY_WRITE_DIARY, entry->campus.n));
}

/* For the journal. */
static struct str
lines_of(struct tx *tx, diary_entry_id id)
{
	struct out o = out_new(tx->arena);
	struct diary_entry e;
	char iso[11];

	if (diary_entry_by_id(tx, id, &e)) {
		journal_line(&o, "day", str_of(date_iso(e.day, iso)));
		journal_line(&o, "words", e.words);
	}
	return out_text(&o);
}

enum verdict
diary_write(struct tx *tx, const struct actor *who, const struct diary_form *f)
{
	diary_entry_id id;

	if (!actor_may(who, MAY_WRITE_DIARY, f->campus))
		return VERDICT_FORBIDDEN;
	id = diary_entry_add(tx, f->day, (campus_id){f->campus}, (organisation_id){f->organisation},
	    (measure_id){f->measure}, f->words, (person_id){who->person}, tx->now);
	journal_add(tx, who, (struct journal_entry){&diary_saved, f->campus, id.n, STR(""), lines_of(tx, id)});
	return VERDICT_OK;
}

enum verdict
diary_change(struct tx *tx, const struct actor *who, const struct diary_entry *e, const struct diary_form *f)
{
	struct str was = lines_of(tx, e->id);

	if (!diary_may_change(who, e) || !actor_may(who, MAY_WRITE_DIARY, f->campus))
		return VERDICT_FORBIDDEN;
	if (diary_entry_change(tx, e->id, e->campus, f->day, (campus_id){f->campus},
	    (organisation_id){f->organisation}, (measure_id){f->measure}, f->words, f->version) == 0)
		return VERDICT_CONFLICT;
	need(e->version == f->version);
	diary_past_add(tx, e->id, e->version, e->day, e->campus, e->organisation, e->measure, e->words, tx->now);
	journal_add(tx, who, (struct journal_entry){&diary_saved, f->campus, e->id.n, was, lines_of(tx, e->id)});
	return VERDICT_OK;
}

enum verdict
diary_set_removed(struct tx *tx, const struct actor *who, const struct diary_entry *e, int64_t version, bool removed)
{
	struct str lines = lines_of(tx, e->id);

	if (!diary_may_change(who, e))
		return VERDICT_FORBIDDEN;
	if ((removed ? diary_entry_remove(tx, e->id, e->campus, (person_id){who->person}, tx->now, version)
	    : diary_entry_return(tx, e->id, e->campus, version)) == 0)
		return VERDICT_CONFLICT;
	journal_add(tx, who, (struct journal_entry){removed ? &diary_removed : &diary_returned, e->campus.n, e->id.n,
	    removed ? lines : STR(""), removed ? STR("") : lines});
	return VERDICT_OK;
}

/* --- the demo ------------------------------------------------------------------------------------ */

/* {"campus": "pohja", "by": "ilmari", "with": "youth_work", "measure": "M2", "words": "…", "day": -3}: days from
 * today; without a campus it is of all. */
void
diary_load_demo(struct tx *tx, struct json_in *in, const struct json *world, struct date today)
{
	struct json_items list = json_list(in, world, "diary");

	for (size_t i = 0; i < list.n; i++) {
		const struct json *j = &list.at[i];
		struct str slug = json_text_or(in, j, "campus", STR("")), with = json_text_or(in, j, "with", STR(""));
		organisation_id organisation = with.n ? partner_with_key(tx, with) : (organisation_id){0};
		struct campus campus = {0};
		struct person by;

		if ((slug.n && !campus_find(tx, slug, &campus)) || (with.n && organisation.n == 0) ||
		    !person_with_key(tx, json_text(in, j, "by"), &by))
			json_problem(in, j, "names no campus, no organisation or nobody");
		else
			diary_entry_add(tx, date_add_days(today, (int)json_int(in, j, "day", -400, 0)), campus.id,
			    organisation, framework_measure(tx, json_text_or(in, j, "measure", STR(""))).id,
			    json_text(in, j, "words"), by.id, tx->now);
	}
	practice_load_demo(tx, in, world);
}

/* --- the room ------------------------------------------------------------------------------------ */

static const struct route *const tables[] = {diary_routes, practice_routes, NULL};

static const struct event *const events[] = {&diary_saved, &diary_removed, &diary_returned, &practice_told,
    &practice_removed, &practice_returned, &practice_joined, NULL};

static const struct nav nav[] = {
	{T_DIARY_PRACTICE_TITLE, "/practices", MAY_TELL_PRACTICE, false, T_DIARY_PRACTICE_NAV, .at = 14},
	{T_DIARY_TITLE, "/diary", MAY_SEE_DIARY, false, T_DIARY_NAV, .at = 15},
	{0},
};

/* What was taken out is not said again. */
static struct texts
named(struct tx *tx, const struct event *event, int64_t subject)
{
	struct diary_entry e;

	if (event != &diary_saved && event != &diary_removed && event != &diary_returned)
		return practice_named(tx, (diary_practice_id){subject});
	return diary_entry_by_id(tx, (diary_entry_id){subject}, &e) && e.removed_at.s == 0 ? texts_same(e.words)
	    : (struct texts){0};
}

const struct room diary_room = {
	.name = "diary",
	.routes = tables,
	.nav = nav,
	.front = practice_draw_front,
	.about = diary_about,
	.events = events,
	.named = named,
	.seed_demo = diary_load_demo,
};
