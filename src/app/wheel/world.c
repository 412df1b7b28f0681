/* The demo's wheel: last year closed with the answers of the story, this year under way. This year's answers
 * are made from last year's, so that the demo always stands at today. */
#include "app/wheel/wheel.h"

#include <stdlib.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/people/people.h"
#include "app/wheel/story.json.h" /* generated */
#include "app/wheel/wheel.sql.h"  /* generated */

enum {
	NOON_S = 12 * 3600,
	DAY_S = 86400,
	STORY_MOST = 400,
	FRESH_DAYS = 7,     /* what ended since then has no answer yet: nobody answers on the last day */
	COMING_MOST = 2,    /* how many of a campus's answers say "coming up" */
	COMING_BEFORE = 5,  /* days before the first, unless that is to come */
	THANKED_EVERY = 5,  /* every fifth answer was thanked for */
};

/* One line of the story: what a campus, or the provider, said last year. */
struct told {
	struct str key;
	campus_id campus;
	struct person by;
	enum wheel_answer_state state;
	enum wheel_answer_reason reason;
	enum wheel_answer_language language;
	struct str words;
	int64_t week; /* when it was done, if not in its own week */
};

struct story {
	struct told *at;
	size_t n;
};

/* An answer that will be given. */
struct telling {
	const struct told *told;
	struct wheel_item item;
	struct span days;
	enum wheel_answer_state state;
	struct str words;
	struct instant at;
	size_t order;
};

struct plan {
	struct telling *at;
	size_t n;
};

static struct instant
noon_of(struct date day)
{
	return (struct instant){((int64_t)day.day - date_of(1970, 1, 1).day) * DAY_S + NOON_S};
}

/* --- reading the story ------------------------------------------------------------------------------- */

/* Whether a line says it itself, or the one who tells all of them. */
static const struct json *
either(struct json_in *in, const struct json *line, const struct json *teller, const char *name)
{
	return json_member(in, line, name)->kind == IS_ABSENT ? teller : line;
}

static struct told
read_told(struct tx *tx, struct json_in *in, const struct json *j, const struct json *teller)
{
	struct str slug = json_text_or(in, either(in, j, teller, "campus"), "campus", STR(""));
	struct told t = {
		.key = json_text(in, j, "item"),
		.state = (enum wheel_answer_state)json_word(in, j, "state", wheel_answer_state_words,
		    WHEEL_ANSWER_STATE_COUNT),
		.reason = WHEEL_ANSWER_REASON_NO,
		.language = (enum wheel_answer_language)json_word(in, either(in, j, teller, "language"), "language",
		    wheel_answer_language_words, WHEEL_ANSWER_LANGUAGE_COUNT),
		.words = json_text_or(in, j, "text", STR("")),
		.week = json_int_or(in, j, "week", 0),
	};
	struct campus campus = {0};

	if (t.state == WHEEL_ANSWER_STATE_NOT_HERE)
		t.reason = (enum wheel_answer_reason)json_word(in, j, "reason", wheel_answer_reason_words,
		    WHEEL_ANSWER_REASON_COUNT);
	if (t.week < 0 || t.week > 53)
		json_problem(in, json_member(in, j, "week"), "is no week");
	if (slug.n && !campus_find(tx, slug, &campus))
		json_problem(in, json_member(in, j, "campus"), "names no campus");
	if (!person_with_key(tx, json_text(in, either(in, j, teller, "by"), "by"), &t.by))
		json_problem(in, json_member(in, j, "by"), "names no person");
	t.campus = campus.id;
	return t;
}

static void
read_lines(struct tx *tx, struct json_in *in, struct json_items lines, const struct json *teller,
    struct story *story)
{
	for (size_t i = 0; i < lines.n; i++) {
		need(story->n < STORY_MOST);
		story->at[story->n++] = read_told(tx, in, &lines.at[i], teller ? teller : &lines.at[i]);
	}
}

/* --- telling it --------------------------------------------------------------------------------------- */

/* The item of a year that has this key in the template; id 0 if it does not stand in that year. */
static struct wheel_item
item_with_key(struct tx *tx, struct str key, const struct school_year *y)
{
	struct wheel_series series;
	struct wheel_item item = {0};

	if (wheel_series_by_key(tx, key, &series))
		wheel_item_of_series(tx, series.id, y->id, &item);
	return item;
}

/* In the order in which people did it, as the journal shows it. */
static int
compare_tellings(const void *a, const void *b)
{
	const struct telling *x = a, *y = b;

	if (x->at.s != y->at.s)
		return x->at.s < y->at.s ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* What was told for a year, as it was told last year: by everyone, or by one campus only. */
static struct plan
plan_new(struct tx *tx, const struct story *story, const campus_id *only, const struct school_year *y)
{
	struct plan plan = {ARENA_ARRAY(tx->arena, struct telling, story->n), 0};

	for (size_t i = 0; i < story->n; i++) {
		const struct told *t = &story->at[i];
		struct wheel_item item = {0};
		struct span days;

		if (!only || t->campus.n == only->n)
			item = item_with_key(tx, t->key, y);
		if (item.id.n == 0)
			continue;
		days = t->week ? week_in_span(wheel_year_span(y), (int)t->week) : (struct span){item.starts, item.ends};
		plan.at[plan.n] = (struct telling){t, item, days, t->state, t->words,
		    noon_of(item.repeats_until.day ? item.repeats_until : days.last), plan.n};
		plan.n++;
	}
	qsort(plan.at, plan.n, sizeof *plan.at, compare_tellings);
	return plan;
}

static void
tell(struct tx *tx, const struct telling *t)
{
	struct actor by = person_actor(tx, t->told->by.id, t->days.last);
	struct wheel_answer_form form = {t->state, t->told->reason, t->words, .version = 0};
	struct instant now = tx->now;
	enum verdict verdict;

	if (t->days.first.day != t->item.starts.day) {
		form.starts = t->days.first;
		form.ends = t->days.last;
	}
	tx->now = t->at.s < now.s ? t->at : now;
	verdict = wheel_answer(tx, &by, t->item.id, t->told->campus, &form,
	    (enum lang)(t->told->language - WHEEL_ANSWER_LANGUAGE_FI));
	need(verdict == VERDICT_OK);
	tx->now = now;
}

/* The colleagues of the story thank each other across campuses. */
static void
thank(struct tx *tx, const struct telling *t, const char *const *by, struct date today)
{
	struct wheel_answer answer;

	if (!wheel_answer_find(tx, t->item.id, t->told->campus, &answer))
		return;
	for (; *by; by++) {
		struct person p;
		struct actor who;

		if (!person_with_key(tx, str_of(*by), &p) || p.id.n == t->told->by.id.n)
			continue;
		who = person_actor(tx, p.id, today);
		wheel_thank(tx, &who, answer.id, true);
	}
}

/* --- this year ------------------------------------------------------------------------------------------ */

/* Up to a week ago they do as they did last year, but for some; the next two that begin are coming up. What did not
 * happen last year waits for its answer: why it did not was said then. */
static void
plan_this_year(struct tx *tx, struct json_in *in, const struct json *teller, const struct story *story,
    const struct school_year *y, struct date today, struct plan *all)
{
	struct str slug = json_text_or(in, teller, "campus", STR(""));
	int64_t open_every = json_int(in, teller, "open_every", 1, 100);
	struct json_items words = json_list(in, teller, "coming");
	struct campus campus = {0};
	struct plan plan;
	size_t coming = 0;

	if (slug.n)
		campus_find(tx, slug, &campus);
	plan = plan_new(tx, story, &campus.id, y);
	for (size_t i = 0; i < plan.n; i++) {
		struct telling *t = &plan.at[i];

		if (t->item.repeats != WHEEL_ITEM_REPEATS_NO)
			continue; /* it goes on until May, and is told of then */
		if (t->days.last.day + FRESH_DAYS < today.day) {
			if (t->told->reason == WHEEL_ANSWER_REASON_DID_NOT_HAPPEN || (int64_t)(i + 1) % open_every == 0)
				continue;
		} else if (t->days.first.day > today.day && t->state != WHEEL_ANSWER_STATE_NOT_HERE &&
		    coming < COMING_MOST) {
			const struct json *say = coming < words.n ? &words.at[coming] : NULL;

			t->state = WHEEL_ANSWER_STATE_COMING;
			t->words = say && say->kind == IS_TEXT ? say->text : STR("");
			t->at = noon_of(date_add_days(t->days.first, -COMING_BEFORE));
			coming++;
		} else {
			continue;
		}
		need(all->n < STORY_MOST);
		t->order = all->n;
		all->at[all->n++] = *t;
	}
}

static void
tell_this_year(struct tx *tx, const struct plan *plan, struct date today)
{
	static const char *const thankers[][4] = {{"aino", "kerttu"}, {"reino", "tapani", "siv"}};

	for (size_t i = 0; i < plan->n; i++) {
		const struct telling *t = &plan->at[i];

		tell(tx, t);
		if (t->state != WHEEL_ANSWER_STATE_COMING && i % THANKED_EVERY == 0)
			thank(tx, t, thankers[i / THANKED_EVERY % 2], today);
	}
}

/* What a campus added of its own this year, each on a weekday of a week. */
static void
add_own(struct tx *tx, struct json_in *in, const struct json *j, const struct school_year *y, struct date today)
{
	struct wheel_ring_list rings = wheel_rings(tx);
	struct wheel_item_form form = {
		.title = json_texts(in, j, "title"),
		.sentence = json_texts_or(in, j, "sentence"),
		.description = json_texts_or(in, j, "description"),
		.timing = WHEEL_ITEM_TIMING_DATES,
		.starts = week_in_span(wheel_year_span(y), (int)json_int(in, j, "week", 1, 53)).first,
		.repeats = (int64_t)json_word(in, j, "repeats", wheel_item_repeats_words, WHEEL_ITEM_REPEATS_COUNT),
		.answers = WHEEL_ITEM_ANSWERS_CAMPUS,
		.every = WHEEL_SERIES_EVERY_YEAR,
	};
	struct str slug = json_text(in, j, "campus"), ring = json_text(in, j, "ring");
	struct campus campus = {0};
	wheel_item_id item = {0};
	struct person by = {0};
	struct actor who;
	enum verdict verdict;

	form.starts.day += (int32_t)json_int(in, j, "weekday", 1, 7) - 1;
	for (size_t i = 0; i < rings.n; i++)
		if (str_eq(rings.at[i].key, ring))
			form.ring = rings.at[i].id.n;
	if (!campus_find(tx, slug, &campus) || !person_with_key(tx, json_text(in, j, "by"), &by) || form.ring == 0)
		json_problem(in, j, "names no campus, person or ring");
	if (in->count)
		return;
	who = person_actor(tx, by.id, today);
	verdict = wheel_item_save(tx, &who, y, &item, campus.id, &form);
	need(verdict == VERDICT_OK);
}

/* Its coordinator has looked through what was copied. */
static void
look_through(struct tx *tx, const struct actor *who, const struct school_year *y)
{
	struct wheel_review_line_list lines = wheel_review_lines(tx, y->id, (campus_id){0}, (wheel_ring_id){0});

	for (size_t i = 0; i < lines.n; i++)
		wheel_review_mark(tx, who, lines.at[i].id, WHEEL_REVIEW_VERDICT_KEPT);
}

static void
begin_published(struct tx *tx, const struct actor *who, int64_t year, struct school_year *y)
{
	enum verdict verdict = wheel_year_begin(tx, who, year);

	need(verdict == VERDICT_OK && school_year_of(tx, year, y));
	look_through(tx, who, y);
	verdict = wheel_year_publish(tx, who, year, y->version);
	need(verdict == VERDICT_OK && school_year_of(tx, year, y));
}

void
wheel_load_world(struct tx *tx, struct json_in *in, const struct json *world, struct date today)
{
	const struct json *rest = json_parse(in, wheel_story_json);
	struct json_items tellers = rest ? json_list(in, rest, "tellers") : (struct json_items){0};
	struct json_items own = rest ? json_list(in, rest, "own") : (struct json_items){0};
	struct provider provider = provider_of(tx);
	int64_t running = provider_year_of(&provider, today);
	struct story story = {ARENA_ARRAY(tx->arena, struct told, STORY_MOST), 0};
	struct plan plan;
	struct instant now = tx->now;
	struct school_year last, current;
	struct person coordinator;
	struct actor who;

	if (!person_with_key(tx, STR("aino"), &coordinator))
		json_problem(in, json_member(in, world, "people"), "the story needs aino, its coordinator");
	read_lines(tx, in, json_list(in, world, "responses_last_year"), NULL, &story);
	for (size_t i = 0; i < tellers.n; i++)
		read_lines(tx, in, json_list(in, &tellers.at[i], "answers"), &tellers.at[i], &story);
	if (in->count)
		return;
	who = person_actor(tx, coordinator.id, today);
	tx->now = noon_of(provider_year(&provider, (int)running - 1).first);
	begin_published(tx, &who, running - 1, &last);
	tx->now = now;
	plan = plan_new(tx, &story, NULL, &last);
	for (size_t i = 0; i < plan.n; i++)
		tell(tx, &plan.at[i]);
	tx->now = noon_of(last.ends);
	if (wheel_year_close(tx, &who, last.year, last.version) != VERDICT_OK)
		json_problem(in, world, "last year could not be closed");
	begin_published(tx, &who, running, &current);
	for (size_t i = 0; i < own.n; i++)
		add_own(tx, in, &own.at[i], &current, today);
	tx->now = now;
	plan = (struct plan){ARENA_ARRAY(tx->arena, struct telling, STORY_MOST), 0};
	for (size_t i = 0; i < tellers.n; i++)
		plan_this_year(tx, in, &tellers.at[i], &story, &current, today, &plan);
	qsort(plan.at, plan.n, sizeof *plan.at, compare_tellings);
	tell_this_year(tx, &plan, today);
	wheel_load_suggestions(tx, in, world);
}
