/* The demo's wheel: last year closed with the answers of the story, this year under way. This year's answers
 * are made from last year's, so that the demo always stands at today. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"

#include "core/db/db.h"

#include "app/campus/campus.h"
#include "app/people/people.h"
#include "app/wheel/wheel.sql.h" /* generated */

enum {
	NOON_S = 12 * 3600,
	DAY_S = 86400,
	COMING_MOST = 2,   /* how many answers say "coming up" */
	OPEN_EVERY = 7,    /* every seventh of last year's answers has no answer yet this year */
	THANKED_EVERY = 3, /* every third of what was done was thanked for */
};

static struct instant
noon_of(struct date day)
{
	return (struct instant){((int64_t)day.day - date_of(1970, 1, 1).day) * DAY_S + NOON_S};
}

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

/* One line of the story. */
struct told {
	struct str key;
	struct campus campus;
	struct person by;
	enum wheel_answer_state state;
	enum wheel_answer_reason reason;
	enum wheel_answer_language language;
	struct str words;
	int64_t week;
};

static bool
read_told(struct tx *tx, struct json_in *in, const struct json *j, struct told *t)
{
	struct str slug = json_text(in, j, "campus"), by = json_text(in, j, "by");

	*t = (struct told){
		.key = json_text(in, j, "item"),
		.state = (enum wheel_answer_state)json_word(in, j, "state", wheel_answer_state_words,
		    WHEEL_ANSWER_STATE_COUNT),
		.reason = WHEEL_ANSWER_REASON_NO,
		.language = (enum wheel_answer_language)json_word(in, j, "language",
		    wheel_answer_language_words, WHEEL_ANSWER_LANGUAGE_COUNT),
		.words = json_text_or(in, j, "text", STR("")),
		.week = json_int(in, j, "week", 1, 53),
	};
	if (t->state == WHEEL_ANSWER_STATE_NOT_HERE)
		t->reason = json_text_or(in, j, "reason", STR("")).n
		    ? (enum wheel_answer_reason)json_word(in, j, "reason", wheel_answer_reason_words,
			  WHEEL_ANSWER_REASON_COUNT)
		    : WHEEL_ANSWER_REASON_DOES_NOT_FIT;
	if (!campus_find(tx, slug, &t->campus))
		json_problem(in, json_member(in, j, "campus"), "names no campus");
	if (!person_with_key(tx, by, &t->by))
		json_problem(in, json_member(in, j, "by"), "names no person");
	return in->count == 0;
}

static void
tell(struct tx *tx, const struct told *t, const struct wheel_item *item, struct span days,
    enum wheel_answer_state state, struct str words)
{
	struct actor by = person_actor(tx, t->by.id, days.last);
	struct wheel_answer_form form = {state, t->reason, words, .version = 0};
	struct instant now = tx->now;
	enum verdict verdict;

	if (days.first.day != item->starts.day) {
		form.starts = days.first;
		form.ends = days.last;
	}
	tx->now = noon_of(state == WHEEL_ANSWER_STATE_COMING ? date_add_days(days.first, -5) : days.last);
	if (tx->now.s > now.s)
		tx->now = now;
	verdict = wheel_answer(tx, &by, item->id, t->campus.id, &form,
	    (enum lang)(t->language - WHEEL_ANSWER_LANGUAGE_FI));
	need(verdict == VERDICT_OK);
	tx->now = now;
}

/* The colleagues of the story thank each other across campuses. */
static void
thank(struct tx *tx, const struct told *t, wheel_item_id item, const char *const *by, size_t n,
    struct date today)
{
	struct wheel_answer answer;

	if (!wheel_answer_find(tx, item, t->campus.id, &answer))
		return;
	for (size_t i = 0; i < n; i++) {
		struct person p;
		struct actor who;

		if (!person_with_key(tx, str_of(by[i]), &p) || p.id.n == t->by.id.n)
			continue;
		who = person_actor(tx, p.id, today);
		wheel_thank(tx, &who, answer.id, true);
	}
}

static void
tell_last_year(struct tx *tx, struct json_in *in, struct json_items story, const struct school_year *y)
{
	for (size_t i = 0; i < story.n; i++) {
		struct told t;
		struct wheel_item item;

		if (!read_told(tx, in, &story.at[i], &t))
			return;
		item = item_with_key(tx, t.key, y);
		if (item.id.n)
			tell(tx, &t, &item, week_in_span(wheel_year_span(y), (int)t.week), t.state, t.words);
	}
}

/* Up to today the campuses do as they did last year, mostly; what begins soon is "coming up" for two. */
static void
tell_this_year(struct tx *tx, struct json_in *in, struct json_items story, const struct school_year *y,
    struct date today)
{
	static const char *const first[] = {"aino", "kerttu"}, *const second[] = {"reino", "tapani", "siv"};
	size_t coming = 0, done = 0;

	for (size_t i = 0; i < story.n; i++) {
		struct told t;
		struct wheel_item item;
		struct span days;

		if (!read_told(tx, in, &story.at[i], &t))
			return;
		item = item_with_key(tx, t.key, y);
		if (item.id.n == 0)
			continue;
		days = (struct span){item.starts, item.ends};
		if (item.ends.day < today.day && i % OPEN_EVERY != OPEN_EVERY - 1) {
			tell(tx, &t, &item, days, t.state, t.words);
			if (done++ % THANKED_EVERY == 0)
				thank(tx, &t, item.id, done % 2 ? first : second, done % 2 ? 2 : 3, today);
		} else if (item.ends.day >= today.day && coming < COMING_MOST &&
		    t.state != WHEEL_ANSWER_STATE_NOT_HERE) {
			tell(tx, &t, &item, days, WHEEL_ANSWER_STATE_COMING, STR(""));
			coming++;
		}
	}
}

static void
begin_published(struct tx *tx, const struct actor *who, int64_t year, struct school_year *y)
{
	enum verdict verdict = wheel_year_begin(tx, who, year);

	need(verdict == VERDICT_OK && school_year_of(tx, year, y));
	verdict = wheel_year_publish(tx, who, year, y->version);
	need(verdict == VERDICT_OK && school_year_of(tx, year, y));
}

void
wheel_load_world(struct tx *tx, struct json_in *in, const struct json *world, struct date today)
{
	struct json_items story = json_list(in, world, "responses_last_year");
	struct provider provider = provider_of(tx);
	int64_t running = provider_year_of(&provider, today);
	struct instant now = tx->now;
	struct school_year last, current;
	struct person coordinator;
	struct actor who;

	if (!person_with_key(tx, STR("aino"), &coordinator)) {
		json_problem(in, json_member(in, world, "people"), "the story needs aino, its coordinator");
		return;
	}
	who = person_actor(tx, coordinator.id, today);
	tx->now = noon_of(provider_year(&provider, (int)running - 1).first);
	begin_published(tx, &who, running - 1, &last);
	tx->now = now;
	tell_last_year(tx, in, story, &last);
	tx->now = noon_of(last.ends);
	if (wheel_year_close(tx, &who, last.year, last.version) != VERDICT_OK)
		json_problem(in, world, "last year could not be closed");
	begin_published(tx, &who, running, &current);
	tx->now = now;
	tell_this_year(tx, in, story, &current, today);
}
