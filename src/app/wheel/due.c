/* What waits for an answer of somebody: the items that name them, one of their duties, or somebody they stand in for.
 * On their page of tasks, in Monday's letter, and where a link in it leads. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/wheel/view.h"
#include "app/wheel/wheel.sql.h" /* generated */

enum { COMING_DAYS = 31, DUE_MAX = 1200, DAY_S = 86400 };

/* Somebody whose items they are: the one who is asked for, or whom they stand in for. */
struct somebody {
	person_id id;
	struct person_duty_list duties;
};

struct looking {
	struct tx *tx;
	const struct actor *who;
	struct date today;
	const struct school_year *year;
	struct duty_list words;
	struct somebody *all;
	size_t people;
	struct wheel_due_list list;
};

/* Whose it is; 0: nobody's of them. */
static person_id
whose(const struct looking *l, const struct wheel_line *line, campus_id campus)
{
	for (size_t i = 0; i < l->people; i++)
		if (wheel_is_of(l->all[i].id, l->all[i].duties, line->person, line->duty, campus))
			return l->all[i].id;
	return (person_id){0};
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

/* Under "now": what runs, what has ended and is not answered, and what one has just answered. */
static enum wheel_when
when_of(const struct looking *l, const struct wheel_due *due)
{
	bool open = due->sight == WHEEL_NO_ANSWER || due->sight == WHEEL_COMING;

	if (due->sight == WHEEL_WAITING)
		return WHEEL_WAITS;
	if ((!open && due->answer.answered_by.n == l->who->person &&
	    l->tx->now.s - due->answer.answered_at.s < DAY_S) || (open && due->days.first.day <= l->today.day))
		return WHEEL_NOW;
	return open && due->days.first.day <= l->today.day + COMING_DAYS ? WHEEL_COMES : WHEEL_ANOTHER_TIME;
}

static struct wheel_due
due_of(const struct looking *l, campus_id campus, const struct wheel_line *line, const struct wheel_answer *a)
{
	struct span first = a && a->starts.day ? (struct span){a->starts, a->ends.day ? a->ends : a->starts}
	    : (struct span){line->starts, line->ends};
	struct wheel_off off = line->repeats == WHEEL_ITEM_REPEATS_NO ? (struct wheel_off){0}
	    : wheel_off_of(l->tx, campus, wheel_year_span(l->year));
	struct wheel_time_list times = wheel_times(l->tx->arena, line->repeats, first,
	    wheel_repeats_last(l->year, line->repeats_until), off);
	struct wheel_due due = {
		.item = line->id,
		.campus = campus,
		.year = l->year->year,
		.title = line->title,
		.duty = line->duty,
		.days = time_now(times, l->today),
		.sight = wheel_sight(l->year, times.at[times.n - 1].last, a, l->today, true),
		.answer = a ? *a : (struct wheel_answer){0},
	};

	due.open = due.sight == WHEEL_NO_ANSWER || due.sight == WHEEL_WAITING || due.sight == WHEEL_COMING;
	due.when = when_of(l, &due);
	return due;
}

static void
add(struct looking *l, campus_id campus, const struct wheel_line *line, const struct wheel_answer *a,
    person_id person)
{
	struct wheel_due due = due_of(l, campus, line, a);

	due.person = person;
	if (due.when != WHEEL_ANOTHER_TIME && l->list.n < DUE_MAX)
		l->list.at[l->list.n++] = due;
}

/* Those with a duty or an item of their own see these; others on the staff the core items of their campus. */
static void
add_campus(struct looking *l, campus_id campus)
{
	struct wheel_line_list lines = wheel_lines_of(l->tx, l->year->id, campus);
	struct wheel_answer_list answers = wheel_answers_of_campus(l->tx, l->year->id, campus);
	bool all = actor_may(l->who, MAY_ANSWER_ALL, campus.n);

	for (size_t i = 0; i < lines.n; i++) {
		const struct wheel_line *line = &lines.at[i];
		const struct duty *duty = duty_in(l->words, line->duty);
		person_id person = whose(l, line, campus);

		if (person.n == 0 && l->all[0].duties.n == 0 && line->core)
			person = l->all[0].id;
		if (line->answers == WHEEL_ITEM_ANSWERS_CAMPUS && person.n &&
		    (all || (duty && str_is(duty->role, "student_body"))))
			add(l, campus, line, wheel_answer_in(answers, line->id, campus), person);
	}
}

static void
add_provider(struct looking *l)
{
	struct wheel_line_list lines = wheel_lines_common(l->tx, l->year->id);
	struct wheel_answer_list answers = wheel_answers_of_campus(l->tx, l->year->id, (campus_id){0});

	for (size_t i = 0; i < lines.n; i++) {
		const struct wheel_line *line = &lines.at[i];
		person_id person = whose(l, line, (campus_id){0});

		if (line->answers == WHEEL_ITEM_ANSWERS_PROVIDER && person.n)
			add(l, (campus_id){0}, line, wheel_answer_in(answers, line->id, (campus_id){0}), person);
	}
}

static void
find_people(struct looking *l)
{
	person_id me = {l->who->person};
	struct person_out_list out = people_stood_in_for(l->tx, me, l->today);

	l->all = ARENA_ARRAY(l->tx->arena, struct somebody, out.n + 1);
	l->all[l->people++] = (struct somebody){me, duties_of(l->tx, me)};
	for (size_t i = 0; i < out.n; i++)
		l->all[l->people++] = (struct somebody){out.at[i].person, duties_of(l->tx, out.at[i].person)};
}

struct wheel_due_list
wheel_due_for(struct tx *tx, const struct actor *who, struct date today)
{
	struct campus_list campuses = campus_all(tx);
	struct school_year y;
	struct looking l = {.tx = tx, .who = who, .today = today, .year = &y, .words = duties_all(tx)};

	if (!wheel_year_now(tx, who, today, &y) || y.state != SCHOOL_YEAR_STATE_PUBLISHED)
		return l.list;
	l.list.at = ARENA_ARRAY(tx->arena, struct wheel_due, DUE_MAX);
	find_people(&l);
	for (size_t i = 0; i < campuses.n; i++)
		if (actor_may(who, MAY_ANSWER_WHEEL, campuses.at[i].id.n))
			add_campus(&l, campuses.at[i].id);
	if (actor_may(who, MAY_ANSWER_PROVIDER, 0))
		add_provider(&l);
	return l.list;
}

bool
wheel_due_find(struct tx *tx, const struct actor *who, struct date today, wheel_item_id id, campus_id campus,
    struct wheel_due *due)
{
	struct school_year y;
	struct looking l = {.tx = tx, .who = who, .today = today, .year = &y};
	struct wheel_item item;
	struct wheel_answer a = {0};
	struct wheel_line line;

	if (!wheel_item_by_id(tx, id, &item) || item.cancelled_at.s || !school_year_of_item(tx, id, &y) ||
	    y.state != SCHOOL_YEAR_STATE_PUBLISHED || !wheel_may_answer(tx, who, &item, campus) ||
	    (campus.n == 0 ? item.answers != WHEEL_ITEM_ANSWERS_PROVIDER
	    : item.answers != WHEEL_ITEM_ANSWERS_CAMPUS || !wheel_item_is_for(tx, &item, campus)))
		return false;
	line = (struct wheel_line){.id = id, .title = item.title, .starts = item.starts, .ends = item.ends,
	    .duty = item.duty, .repeats = item.repeats, .repeats_until = item.repeats_until};
	*due = due_of(&l, campus, &line, wheel_answer_find(tx, id, campus, &a) ? &a : NULL);
	return true;
}

struct wheel_material_list
wheel_material(struct tx *tx, wheel_item_id item)
{
	return wheel_materials_of(tx, item);
}
