/* What a campus says of an item. */
#include "app/wheel/wheel.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { PATIENCE_DAYS = 14 };

const struct event wheel_answered = {"wheel.answered", T_WHEEL_EVENT_ANSWERED};
const struct event wheel_thanked_event = {"wheel.thanked", T_WHEEL_EVENT_THANKED};
const struct event wheel_thanks_ended = {"wheel.thanks_ended", T_WHEEL_EVENT_THANKS_ENDED};

enum wheel_sight
wheel_sight(const struct school_year *y, struct date ends, const struct wheel_answer *answer,
    struct date today, bool signed_in)
{
	enum wheel_answer_state state = answer ? answer->state : WHEEL_ANSWER_STATE_NONE_YET;

	switch (state) {
	case WHEEL_ANSWER_STATE_COMING: return WHEEL_COMING;
	case WHEEL_ANSWER_STATE_DONE: return WHEEL_DONE;
	case WHEEL_ANSWER_STATE_OUR_WAY: return WHEEL_OUR_WAY;
	case WHEEL_ANSWER_STATE_NOT_HERE: return WHEEL_NOT_HERE;
	case WHEEL_ANSWER_STATE_NONE_YET:
	case WHEEL_ANSWER_STATE_NONE: break;
	}
	if (y->state == SCHOOL_YEAR_STATE_CLOSED)
		return WHEEL_NO_INFORMATION;
	return signed_in && date_days_between(ends, today) > PATIENCE_DAYS ? WHEEL_WAITING : WHEEL_NO_ANSWER;
}

bool
wheel_item_is_for(struct tx *tx, const struct wheel_item *item, campus_id campus)
{
	struct wheel_item_scope_list scope;

	if (item->campus.n)
		return item->campus.n == campus.n;
	scope = wheel_scope_of(tx, item->id);
	for (size_t i = 0; i < scope.n; i++)
		if (scope.at[i].campus.n == campus.n)
			return true;
	return scope.n == 0;
}

/* Whether the student body's board is responsible for the item. */
static bool
is_of_student_body(struct tx *tx, const struct wheel_item *item)
{
	const struct duty *duty = duty_in(duties_all(tx), item->duty);

	return duty && str_is(duty->role, "student_body");
}

bool
wheel_may_answer(struct tx *tx, const struct actor *who, const struct wheel_item *item, campus_id campus)
{
	if (item->answers == WHEEL_ITEM_ANSWERS_PROVIDER)
		return actor_may(who, MAY_ANSWER_PROVIDER, 0);
	if (actor_may(who, MAY_ANSWER_ALL, campus.n))
		return true;
	return actor_may(who, MAY_ANSWER_WHEEL, campus.n) && is_of_student_body(tx, item);
}

static void
keep_past(struct tx *tx, const struct wheel_answer *was)
{
	wheel_answer_past_add(tx, was->id, was->version, str_of(wheel_answer_state_words[was->state]),
	    str_of(wheel_answer_reason_words[was->reason]), was->words,
	    str_of(wheel_answer_language_words[was->language]), was->starts, was->ends, was->answered_by,
	    was->answered_at);
}

/* The version in the WHERE clause decides a race: the second of two answers changes no row. */
static bool
put(struct tx *tx, const struct actor *who, wheel_item_id item, campus_id campus,
    const struct wheel_answer_form *form, enum wheel_answer_language language)
{
	enum wheel_answer_state state = (enum wheel_answer_state)form->state;
	enum wheel_answer_reason reason = state == WHEEL_ANSWER_STATE_NOT_HERE
	    ? (enum wheel_answer_reason)form->reason : WHEEL_ANSWER_REASON_NO;
	person_id person = {who->person};

	if (campus.n == 0)
		return wheel_answer_put_provider(tx, item, state, reason, form->words, language, form->starts,
		    form->ends, person, tx->now, form->version) > 0;
	return wheel_answer_put(tx, item, campus, state, reason, form->words, language, form->starts,
	    form->ends, person, tx->now, form->version) > 0;
}

/* For the journal. */
static struct str
lines_of(struct tx *tx, const struct wheel_answer_form *form)
{
	struct out o = out_new(tx->arena);
	char starts[11], ends[11];

	journal_line(&o, "state", str_of(wheel_answer_state_words[form->state]));
	if (form->state == WHEEL_ANSWER_STATE_NOT_HERE)
		journal_line(&o, "reason", str_of(wheel_answer_reason_words[form->reason]));
	journal_line(&o, "starts", str_of(date_iso(form->starts, starts)));
	journal_line(&o, "ends", str_of(date_iso(form->ends, ends)));
	journal_line(&o, "words", form->words);
	return out_text(&o);
}

enum verdict
wheel_answer(struct tx *tx, const struct actor *who, wheel_item_id id, campus_id campus,
    const struct wheel_answer_form *form, enum lang lang)
{
	struct wheel_answer was = {0};
	struct wheel_item item;
	struct str before = STR("");

	if (!wheel_item_by_id(tx, id, &item) || item.cancelled_at.s)
		return VERDICT_NOT_FOUND;
	if (campus.n == 0 ? item.answers != WHEEL_ITEM_ANSWERS_PROVIDER
	    : item.answers != WHEEL_ITEM_ANSWERS_CAMPUS || !wheel_item_is_for(tx, &item, campus))
		return VERDICT_NOT_FOUND;
	if (!wheel_may_answer(tx, who, &item, campus))
		return VERDICT_FORBIDDEN;
	wheel_answer_find(tx, id, campus, &was);
	if (was.version != form->version)
		return VERDICT_CONFLICT;
	if (was.id.n) {
		keep_past(tx, &was);
		before = lines_of(tx,
		    &(struct wheel_answer_form){was.state, was.reason, was.words, was.starts, was.ends, 0});
	}
	if (!put(tx, who, id, campus, form, (enum wheel_answer_language)((int)lang + WHEEL_ANSWER_LANGUAGE_FI)))
		return VERDICT_CONFLICT;
	journal_add(tx, who, (struct journal_entry){&wheel_answered, campus.n, id.n, before, lines_of(tx, form)});
	return VERDICT_OK;
}

/* The form that would have written a past answer. */
static struct wheel_answer_form
form_of_past(const struct wheel_answer_past *past, int64_t version)
{
	enum wheel_answer_state state = WHEEL_ANSWER_STATE_NONE_YET;
	enum wheel_answer_reason reason = WHEEL_ANSWER_REASON_NO;

	wheel_answer_state_of(past->state, &state);
	wheel_answer_reason_of(past->reason, &reason);
	return (struct wheel_answer_form){state, reason, past->words, past->starts, past->ends, version};
}

enum verdict
wheel_answer_undo(struct tx *tx, const struct actor *who, wheel_item_id id, campus_id campus,
    int64_t version)
{
	struct wheel_answer_form form = {WHEEL_ANSWER_STATE_NONE_YET, WHEEL_ANSWER_REASON_NO, .version = version};
	enum wheel_answer_language language = WHEEL_ANSWER_LANGUAGE_NONE;
	struct wheel_answer_past_list past;
	struct wheel_answer was;

	if (!wheel_answer_find(tx, id, campus, &was))
		return VERDICT_NOT_FOUND;
	past = wheel_answer_pasts(tx, was.id);
	if (past.n) {
		form = form_of_past(&past.at[0], version);
		wheel_answer_language_of(past.at[0].language, &language);
	}
	if (language == WHEEL_ANSWER_LANGUAGE_NONE)
		language = was.language;
	return wheel_answer(tx, who, id, campus, &form, (enum lang)(language - WHEEL_ANSWER_LANGUAGE_FI));
}

enum verdict
wheel_thank(struct tx *tx, const struct actor *who, wheel_answer_id id, bool thanks)
{
	struct wheel_answer answer;
	struct school_year y;
	person_id person = {who->person};
	int64_t changed;

	if (!wheel_answer_by_id(tx, id, &answer) || answer.answered_by.n == who->person ||
	    (answer.state != WHEEL_ANSWER_STATE_DONE && answer.state != WHEEL_ANSWER_STATE_OUR_WAY))
		return VERDICT_NOT_FOUND;
	if (!school_year_of_item(tx, answer.item, &y) || y.state != SCHOOL_YEAR_STATE_PUBLISHED)
		return VERDICT_FORBIDDEN;
	changed = thanks ? wheel_thanks_add(tx, id, person, tx->now) : wheel_thanks_drop(tx, id, person);
	if (changed > 0)
		journal_add(tx, who, (struct journal_entry){thanks ? &wheel_thanked_event : &wheel_thanks_ended,
		    answer.campus.n, id.n, STR(""), STR("")});
	return VERDICT_OK;
}
