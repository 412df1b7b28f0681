/* My tasks: the items that name a person or one of their duties; one press answers. */
#include "app/wheel/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

/* The page that is being made. */
struct sorting {
	struct req *r;
	const struct school_year *year;
	struct person_duty_list duties; /* of the person */
	struct duty_list words;
	struct campus_list campuses;
	struct wheel_task_list now, waiting, coming;
	struct str pressed; /* the anchor of the item that was answered just now, and says so itself */
	bool pressed_found;
};

static struct wheel_task
task_of(struct sorting *s, const struct wheel_due *due)
{
	struct req *r = s->r;
	const struct duty *duty = duty_in(s->words, due->duty);
	const struct campus *campus = campus_in(s->campuses, due->campus);
	const struct wheel_answer *a = due->answer.id.n ? &due->answer : NULL;
	struct wheel_task task = {
		.id = due->item.n,
		.campus_id = due->campus.n,
		.title = due->title,
		.place = campus ? campus->name : page_frame(r)->provider,
		.color = campus ? campus->color : 0,
		.days = wheel_days_words(r, due->days),
		.duty = duty ? duty->name : (struct texts){0},
		.has_duty = duty != NULL,
		.sight_class = str_of(wheel_sight_class(due->sight)),
		.sight_words = wheel_sight_words(due->sight, a),
		.open = due->open,
		.version = due->answer.version,
		.address = wheel_item_address(r, s->year, campus, due->item),
	};
	struct person out;

	if (due->person.n != r->actor.person && person_find(r->tx, due->person, &out))
		task.instead_of = out.name;
	task.anchor = str_fmt(r->arena, "t%lld-%lld", (long long)task.id, (long long)task.campus_id);
	task.pressed = str_eq(task.anchor, s->pressed);
	s->pressed_found = s->pressed_found || task.pressed;
	return task;
}

static void
put(struct wheel_task_list *list, struct wheel_task task)
{
	list->at[list->n++] = task;
}

static void
sort_in(struct sorting *s, struct wheel_due_list all)
{
	struct wheel_task_list *lists[] = {&s->now, &s->waiting, &s->coming};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		lists[i]->at = ARENA_ARRAY(s->r->arena, struct wheel_task, all.n);
	for (size_t i = 0; i < all.n; i++)
		switch (all.at[i].when) {
		case WHEEL_NOW: put(&s->now, task_of(s, &all.at[i])); break;
		case WHEEL_WAITS: put(&s->waiting, task_of(s, &all.at[i])); break;
		case WHEEL_COMES: put(&s->coming, task_of(s, &all.at[i])); break;
		case WHEEL_ANOTHER_TIME: break;
		}
}

/* What the page is about, for this person. */
static struct said
lead_of(const struct sorting *s, bool on_campus, bool for_provider)
{
	if (!on_campus && !for_provider)
		return said(T_WHEEL_TASKS_NO_CAMPUS);
	if (s->duties.n)
		return said(T_WHEEL_TASKS_LEAD);
	return said(on_campus ? T_WHEEL_TASKS_LEAD_CORE : T_WHEEL_TASKS_NO_DUTY);
}

static void
show_tasks(struct req *r)
{
	struct sorting s = {
		.r = r,
		.duties = duties_of(r->tx, (person_id){r->actor.person}),
		.words = duties_all(r->tx),
		.campuses = campus_all(r->tx),
		.pressed = r->flash.text && !r->flash_refused ? query_text(r, "at") : STR(""),
	};
	struct school_year y;
	bool on_campus = false, for_provider = actor_may(&r->actor, MAY_ANSWER_PROVIDER, 0);

	if (wheel_year_now(r->tx, &r->actor, r->today, &y) && y.state == SCHOOL_YEAR_STATE_PUBLISHED) {
		s.year = &y;
		for (size_t i = 0; i < s.campuses.n; i++)
			on_campus |= actor_may(&r->actor, MAY_ANSWER_WHEEL, s.campuses.at[i].id.n);
		sort_in(&s, wheel_due_for(r->tx, &r->actor, r->today));
	}
	wheel_tasks_html(r, &(struct wheel_tasks_page){
		.lead = lead_of(&s, on_campus, for_provider),
		.answers = on_campus || for_provider,
		.flash_below = s.pressed_found,
		.now = s.now,
		.waiting = s.waiting,
		.coming = s.coming,
	});
}

/* --- one press ----------------------------------------------------------------------------------------- */

struct press_form {
	int64_t item, campus, version;
};

static const struct form_field press_fields[] = {
	{"item", FORM_HIDDEN, offsetof(struct press_form, item)},
	{"campus", FORM_HIDDEN, offsetof(struct press_form, campus)},
	{"version", FORM_HIDDEN, offsetof(struct press_form, version)},
};

static const struct form_spec press_spec = FORM_SPEC("press", struct press_form, press_fields);

/* To the item on the page of tasks, which says itself what happened. */
static struct outcome
back_to_task(struct req *r, enum verdict v, const struct press_form *form, const struct text *flash)
{
	struct str anchor;

	if (v == VERDICT_CONFLICT)
		return refused(r, v, said(T_WHEEL_ANSWERED_SINCE));
	if (v != VERDICT_OK)
		return refused(r, v, v == VERDICT_FORBIDDEN ? said(T_WHEEL_NOT_YOURS) : (struct said){0});
	anchor = str_fmt(r->arena, "t%lld-%lld", (long long)form->item, (long long)form->campus);
	return see_address(r, str_fmt(r->arena, "/%s/me/tasks?at=%.*s#%.*s", lang_code(r->lang), STR_ARG(anchor),
	    STR_ARG(anchor)), said(flash));
}

/* The item in the running year; the form names it, so it is looked at again. */
static bool
find_pressed(struct req *r, const struct press_form *form, struct wheel_item *item)
{
	struct school_year y;

	return wheel_item_by_id(r->tx, (wheel_item_id){form->item}, item) &&
	    wheel_year_now(r->tx, &r->actor, r->today, &y) && y.id.n == item->year.n &&
	    y.state == SCHOOL_YEAR_STATE_PUBLISHED && form->campus >= 0;
}

static struct outcome
mark_done(struct req *r)
{
	const struct press_form *form = r->form;
	struct wheel_answer_form answer = {WHEEL_ANSWER_STATE_DONE, WHEEL_ANSWER_REASON_NO,
	    .version = form->version};
	struct wheel_item item;

	if (!find_pressed(r, form, &item))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return back_to_task(r, wheel_answer(r->tx, &r->actor, item.id, (campus_id){form->campus}, &answer,
	    r->lang), form, T_WHEEL_MARKED_FLASH);
}

static struct outcome
take_back(struct req *r)
{
	const struct press_form *form = r->form;
	struct wheel_item item;

	if (!find_pressed(r, form, &item))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return back_to_task(r, wheel_answer_undo(r->tx, &r->actor, item.id, (campus_id){form->campus},
	    form->version), form, T_WHEEL_UNDONE_FLASH);
}

const struct route wheel_task_routes[] = {
	{GET, "/{lang}/me/tasks", MAY_SIGNED_IN, show_tasks},
	{POST, "/{lang}/me/tasks/done", MAY_ANSWER_TASKS, show_tasks, mark_done, &press_spec},
	{POST, "/{lang}/me/tasks/undo", MAY_ANSWER_TASKS, show_tasks, take_back, &press_spec},
	{0},
};
