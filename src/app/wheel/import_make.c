#include "app/wheel/import.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/job/job.h"

#include "app/journal/journal.h"
#include "app/wheel/import.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"    /* generated */

enum { KEPT_S = 7 * 86400 };

const struct event wheel_imported = {"wheel.imported", T_WHEEL_EVENT_IMPORTED};
const struct event wheel_import_taken_back = {"wheel.import_undone", T_WHEEL_EVENT_IMPORT_UNDONE};

static void
note(struct tx *tx, const struct actor *who, const struct event *event, const struct wheel_import *m)
{
	struct out o = out_new(tx->arena);

	journal_line(&o, "file", m->name);
	journal_line(&o, "added", str_fmt(tx->arena, "%lld", (long long)m->added));
	journal_line(&o, "changed", str_fmt(tx->arena, "%lld", (long long)m->changed));
	journal_add(tx, who, (struct journal_entry){event, m->campus.n, m->id.n, STR(""), out_text(&o)});
}

/* --- doing ---------------------------------------------------------------------------------------------- */

static void
make_new(struct tx *tx, const struct wheel_import *m, const struct school_year *y, const struct plan *p,
    const struct plan_row *row)
{
	const struct wheel_item_form *f = &row->form;
	struct span days = wheel_item_days(y, f);
	wheel_series_id series = wheel_series_add(tx, STR(""), (enum wheel_series_every)f->every);
	wheel_item_id id = wheel_item_add(tx, series, y->id, (wheel_ring_id){f->ring}, row->own, f->title, f->sentence,
	    f->description, (enum wheel_item_timing)f->timing, f->week, f->anchor, days.first, days.last,
	    (enum wheel_item_repeats)f->repeats, f->repeats_until, (duty_id){f->duty}, (person_id){f->person},
	    (enum wheel_item_answers)f->answers, f->core, f->guardians, tx->now);

	for (size_t i = 0; i < p->names.measures.n && i < WHEEL_BITS_MAX; i++)
		if (f->measures & INT64_C(1) << i)
			wheel_measure_add(tx, id, p->names.measures.at[i].id);
	for (size_t i = 0; i < f->campuses.n; i++)
		wheel_scope_add(tx, id, (campus_id){f->campuses.at[i]});
	/* Cancelled before anybody could see it: no calendar tells of that. */
	wheel_import_item_mark(tx, id, row->own, row->uid, m->id, (struct instant){1});
}

/* Keeps what it was, and changes it. */
static void
change(struct tx *tx, const struct actor *who, const struct wheel_import *m, const struct school_year *y,
    const struct plan *p, const struct plan_row *row)
{
	wheel_item_id id = row->was->item->id;

	wheel_import_was_add(tx, m->id, id, row->form.version + 1, wheel_line_write(tx->arena, &p->names, row->was));
	need(wheel_item_save(tx, who, y, &id, row->own, &row->form) == VERDICT_OK);
}

/* Two changes may leave the same stamp; what is to change is asked for itself. */
static bool
is_as_planned(struct tx *tx, const struct plan *p)
{
	struct wheel_item item;

	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].action == PLAN_CHANGED && (!wheel_item_by_id(tx, p->at[i].was->item->id, &item) ||
		    item.version != p->at[i].form.version || item.cancelled_at.s))
			return false;
	return true;
}

static void
show(struct tx *tx, const struct actor *who, const struct wheel_import *m, const struct school_year *y,
    const struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].action == PLAN_CHANGED)
			change(tx, who, m, y, p, &p->at[i]);
	wheel_import_show(tx, m->id, tx->now);
	need(wheel_import_made(tx, m->id, tx->now, STR("")) == 1);
	note(tx, who, &wheel_imported, m);
}

enum import_step
wheel_import_go_on(struct tx *tx, const struct actor *who, const struct wheel_import *m, const struct school_year *y,
    const struct plan *p)
{
	int64_t there = wheel_import_items(tx, m->id), seen = 0, made = 0;
	struct school_year now;

	if (!str_eq(p->seen, m->stamp) || !str_eq(wheel_stamp_of(tx, y->id), p->stamp) ||
	    !school_year_of(tx, y->year, &now) || now.state == SCHOOL_YEAR_STATE_CLOSED) {
		wheel_import_drop(tx, m->id);
		return IMPORT_IS_DROPPED;
	}
	for (size_t i = 0; i < p->n && made < IMPORT_CHUNK; i++)
		if (p->at[i].action == PLAN_NEW && seen++ >= there) {
			make_new(tx, m, y, p, &p->at[i]);
			made++;
		}
	if (there + made < m->added)
		return IMPORT_GOES_ON;
	if (!is_as_planned(tx, p)) {
		wheel_import_drop(tx, m->id);
		return IMPORT_IS_DROPPED;
	}
	show(tx, who, m, y, p);
	return IMPORT_IS_MADE;
}

/* --- undoing ---------------------------------------------------------------------------------------------- */

/* What it was before, unless somebody has changed it since, or what it named is gone. */
static bool
take_back(struct tx *tx, const struct actor *who, const struct school_year *y, const struct wheel_names *names,
    const struct wheel_import_was *was)
{
	struct wheel_item_form form;
	struct wheel_item item;
	wheel_item_id id = was->item;

	if (!wheel_item_by_id(tx, was->item, &item) || item.version != was->version || item.cancelled_at.s ||
	    !wheel_line_read(tx->arena, names, was->line, item.campus, &form))
		return false;
	form.version = item.version;
	return wheel_item_save(tx, who, y, &id, item.campus, &form) == VERDICT_OK;
}

enum verdict
wheel_import_undo(struct tx *tx, const struct actor *who, const struct wheel_import *m, const struct school_year *y)
{
	struct wheel_names names = wheel_names_read(tx, y, LANG_FI);
	struct wheel_import_was_list was = wheel_import_was_of(tx, m->id);

	if (wheel_import_undone(tx, m->id) == 0)
		return VERDICT_TAKEN;
	for (size_t i = 0; i < was.n; i++)
		if (take_back(tx, who, y, &names, &was.at[i]))
			wheel_import_was_restored(tx, was.at[i].id);
	wheel_import_take_back(tx, m->id, tx->now);
	note(tx, who, &wheel_import_taken_back, m);
	return VERDICT_OK;
}

/* --- the job ---------------------------------------------------------------------------------------------- */

bool
wheel_import_due(struct tx *tx)
{
	struct wheel_import m;

	return wheel_import_next(tx, &m) || wheel_imports_before(tx, (struct instant){tx->now.s - KEPT_S}) > 0;
}

/* What a run of the job has in hand. */
struct run {
	struct wheel_import m;
	struct school_year y;
	struct plan plan;
	struct actor who;
	bool any;
	enum import_step step;
};

static void
find(struct tx *tx, void *arg)
{
	struct run *run = arg;
	struct school_year_list years;

	run->any = wheel_import_next(tx, &run->m);
	if (!run->any)
		return;
	years = school_years(tx);
	for (size_t i = 0; i < years.n; i++)
		if (years.at[i].id.n == run->m.year.n)
			run->y = years.at[i];
	run->who = person_actor(tx, run->m.sent_by, local_of(plan_zone(tx), tx->now).date);
	if (run->m.state == WHEEL_IMPORT_STATE_RUNNING)
		run->plan = plan_make(tx, &run->m, &run->y, LANG_FI);
}

static void
go_on(struct tx *tx, void *arg)
{
	struct run *run = arg;

	run->step = wheel_import_go_on(tx, &run->who, &run->m, &run->y, &run->plan);
}

/* Nobody has seen them, so they may go. */
static void
drop_some(struct tx *tx, void *arg)
{
	struct run *run = arg;
	struct wheel_import_some_list some = wheel_import_some(tx, run->m.id, IMPORT_CHUNK);

	for (size_t i = 0; i < some.n; i++) {
		wheel_measures_clear(tx, some.at[i].id);
		wheel_import_scope_clear(tx, some.at[i].id);
		wheel_import_item_drop(tx, some.at[i].id);
		wheel_import_series_drop(tx, some.at[i].series);
	}
	run->any = some.n == IMPORT_CHUNK;
	if (!run->any)
		wheel_import_look_again(tx, run->m.id);
}

static void
forget(struct tx *tx, void *arg)
{
	(void)arg;
	wheel_import_forget_old(tx, (struct instant){tx->now.s - KEPT_S});
}

void
wheel_import_run_job(struct job_context *job)
{
	struct run run = {.any = true, .step = IMPORT_GOES_ON};

	if (!job_read(job, find, &run))
		return;
	while (run.any && run.m.state == WHEEL_IMPORT_STATE_RUNNING && run.step == IMPORT_GOES_ON)
		if (!job_write(job, go_on, &run) || !job_continues(job))
			return;
	while (run.any && (run.m.state == WHEEL_IMPORT_STATE_DROPPING || run.step == IMPORT_IS_DROPPED))
		if (!job_write(job, drop_some, &run) || !job_continues(job))
			return;
	job_write(job, forget, NULL);
}
