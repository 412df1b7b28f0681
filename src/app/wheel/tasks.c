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

enum { COMING_DAYS = 31, TASKS_MAX = 400 };

/* Whether the item is the person's: it names them, or a duty that they have on that campus. What the provider
 * answers is theirs wherever they have the duty. */
static bool
is_mine(const struct wheel_line *line, person_id me, struct person_duty_list duties, const struct campus *campus)
{
	if (line->person.n == me.n)
		return true;
	for (size_t i = 0; i < duties.n; i++)
		if (line->duty.n && duties.at[i].duty.n == line->duty.n &&
		    (!campus || duties.at[i].campus.n == 0 || duties.at[i].campus.n == campus->id.n))
			return true;
	return false;
}

struct sorting {
	struct req *r;
	const struct school_year *year;
	struct person_duty_list duties; /* of the person */
	struct duty_list words;
	struct wheel_task_list now, waiting, coming;
	struct str pressed; /* the anchor of the item that was answered just now, and says so itself */
	bool pressed_found;
};

static void
put(struct wheel_task_list *list, const struct wheel_task *task)
{
	if (list->n < TASKS_MAX)
		list->at[list->n++] = *task;
}

/* Under "now": what runs, what has ended and is not answered, and what one has just answered. */
static void
sort_in(struct sorting *s, const struct wheel_task *task, enum wheel_sight sight, bool just_answered)
{
	int32_t today = s->r->today.day;
	bool open = sight == WHEEL_NO_ANSWER || sight == WHEEL_COMING;

	if (sight == WHEEL_WAITING)
		put(&s->waiting, task);
	else if (just_answered || (open && task->first <= today))
		put(&s->now, task);
	else if (open && task->first <= today + COMING_DAYS)
		put(&s->coming, task);
}

static const struct wheel_answer *
answer_to(struct wheel_answer_list answers, wheel_item_id item, campus_id campus)
{
	for (size_t i = 0; i < answers.n; i++)
		if (answers.at[i].item.n == item.n && answers.at[i].campus.n == campus.n)
			return &answers.at[i];
	return NULL;
}

/* The time that is to be seen to: the one that runs, else the next, else the last. */
static struct span
time_now(struct wheel_time_list times, struct date today)
{
	size_t i = 0;

	while (i + 1 < times.n && times.at[i].last.day < today.day)
		i++;
	return times.at[i];
}

/* One item of a campus, or of the provider for campus NULL. */
static void
add(struct sorting *s, const struct campus *campus, const struct wheel_line *line, const struct wheel_answer *a)
{
	struct req *r = s->r;
	const struct duty *duty = duty_in(s->words, line->duty);
	struct span first = a && a->starts.day ? (struct span){a->starts, a->ends.day ? a->ends : a->starts}
	    : (struct span){line->starts, line->ends};
	struct wheel_off off = line->repeats == WHEEL_ITEM_REPEATS_NO ? (struct wheel_off){0}
	    : wheel_off_of(r->tx, (campus_id){campus ? campus->id.n : 0}, wheel_year_span(s->year));
	struct wheel_time_list times = wheel_times(r->arena, line->repeats, first,
	    wheel_repeats_last(s->year, line->repeats_until), off);
	struct span days = time_now(times, r->today);
	enum wheel_sight sight = wheel_sight(s->year, times.at[times.n - 1].last, a, r->today, true);
	struct wheel_task task = {
		.id = line->id.n,
		.campus_id = campus ? campus->id.n : 0,
		.title = line->title,
		.place = campus ? campus->name : page_frame(r)->provider,
		.color = campus ? campus->color : 0,
		.days = wheel_days_words(r, days),
		.first = days.first.day,
		.duty = duty ? duty->name : (struct texts){0},
		.has_duty = duty != NULL,
		.sight_class = str_of(wheel_sight_class(sight)),
		.sight_words = wheel_sight_words(sight, a),
		.open = sight == WHEEL_NO_ANSWER || sight == WHEEL_WAITING || sight == WHEEL_COMING,
		.version = a ? a->version : 0,
		.address = wheel_item_address(r, s->year, campus, line->id),
	};

	task.anchor = str_fmt(r->arena, "t%lld-%lld", (long long)task.id, (long long)task.campus_id);
	task.pressed = str_eq(task.anchor, s->pressed);
	s->pressed_found = s->pressed_found || task.pressed;
	sort_in(s, &task, sight, a && a->answered_by.n == r->actor.person && !task.open &&
	    r->now.s - a->answered_at.s < 86400);
}

static void
add_campus(struct sorting *s, const struct campus *campus)
{
	struct req *r = s->r;
	person_id me = {r->actor.person};
	struct wheel_line_list lines = wheel_lines_of(r->tx, s->year->id, campus->id);
	struct wheel_answer_list answers = wheel_answers_of_campus(r->tx, s->year->id, campus->id);
	bool all = actor_may(&r->actor, MAY_ANSWER_ALL, campus->id.n);

	for (size_t i = 0; i < lines.n; i++) {
		const struct wheel_line *line = &lines.at[i];
		const struct duty *duty = duty_in(s->words, line->duty);

		if (line->answers == WHEEL_ITEM_ANSWERS_CAMPUS &&
		    (is_mine(line, me, s->duties, campus) || (s->duties.n == 0 && line->core)) &&
		    (all || (duty && str_is(duty->role, "student_body"))))
			add(s, campus, line, answer_to(answers, line->id, campus->id));
	}
}

static void
add_provider(struct sorting *s)
{
	struct req *r = s->r;
	person_id me = {r->actor.person};
	struct wheel_line_list lines = wheel_lines_common(r->tx, s->year->id);
	struct wheel_answer_list answers = wheel_answers_of_campus(r->tx, s->year->id, (campus_id){0});

	for (size_t i = 0; i < lines.n; i++) {
		const struct wheel_line *line = &lines.at[i];

		if (line->answers == WHEEL_ITEM_ANSWERS_PROVIDER && is_mine(line, me, s->duties, NULL))
			add(s, NULL, line, answer_to(answers, line->id, (campus_id){0}));
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
	struct campus_list campuses = campus_all(r->tx);
	struct sorting s = {
		.r = r,
		.duties = duties_of(r->tx, (person_id){r->actor.person}),
		.words = duties_all(r->tx),
		.pressed = r->flash.text && !r->flash_refused ? query_text(r, "at") : STR(""),
	};
	struct school_year y;
	bool on_campus = false, for_provider = actor_may(&r->actor, MAY_ANSWER_PROVIDER, 0);

	s.now.at = ARENA_ARRAY(r->arena, struct wheel_task, TASKS_MAX);
	s.waiting.at = ARENA_ARRAY(r->arena, struct wheel_task, TASKS_MAX);
	s.coming.at = ARENA_ARRAY(r->arena, struct wheel_task, TASKS_MAX);
	if (wheel_year_now(r->tx, &r->actor, r->today, &y) && y.state == SCHOOL_YEAR_STATE_PUBLISHED) {
		s.year = &y;
		for (size_t i = 0; i < campuses.n; i++)
			if (actor_may(&r->actor, MAY_ANSWER_WHEEL, campuses.at[i].id.n)) {
				on_campus = true;
				add_campus(&s, &campuses.at[i]);
			}
		if (for_provider)
			add_provider(&s);
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
