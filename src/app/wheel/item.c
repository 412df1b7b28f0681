/* The page of an item: what it is, what is ready to use, what the campus says, how the others did it. */
#include "app/wheel/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

/* --- the form of an answer -------------------------------------------------------------------------- */

static const struct choice states[] = {
	{WHEEL_ANSWER_STATE_DONE, "done", T_WHEEL_STATE_DONE},
	{WHEEL_ANSWER_STATE_OUR_WAY, "our_way", T_WHEEL_STATE_OUR_WAY},
	{WHEEL_ANSWER_STATE_COMING, "coming", T_WHEEL_STATE_COMING},
	{WHEEL_ANSWER_STATE_NOT_HERE, "not_here", T_WHEEL_STATE_NOT_HERE},
};

/* The provider has no way of its own beside its own. */
static const struct choice provider_states[] = {
	{WHEEL_ANSWER_STATE_DONE, "done", T_WHEEL_STATE_DONE},
	{WHEEL_ANSWER_STATE_COMING, "coming", T_WHEEL_STATE_COMING},
	{WHEEL_ANSWER_STATE_NOT_HERE, "not_here", T_WHEEL_STATE_NOT_HERE},
};

static const struct choice reasons[] = {
	{WHEEL_ANSWER_REASON_DOES_NOT_FIT, "does_not_fit", T_WHEEL_REASON_DOES_NOT_FIT},
	{WHEEL_ANSWER_REASON_DID_NOT_HAPPEN, "did_not_happen", T_WHEEL_REASON_DID_NOT_HAPPEN},
};

#define AT(field) offsetof(struct wheel_answer_form, field)

static const struct form_field answer_fields[] = {
	{"state", FORM_CHOICE, AT(state), .required = true, .label = T_WHEEL_STATE,
	    .missing = T_WHEEL_STATE_MISSING, .choices = {states, 4}},
	{"reason", FORM_CHOICE, AT(reason), .label = T_WHEEL_REASON, .hint = T_WHEEL_REASON_HINT,
	    .choices = {reasons, 2}},
	{"words", FORM_LONG, AT(words), .max = 2000, .label = T_WHEEL_WORDS, .hint = T_WHEEL_WORDS_HINT},
	{"starts", FORM_DATE, AT(starts), .depends = true, .label = T_WHEEL_STARTS, .hint = T_WHEEL_DAYS_HINT},
	{"ends", FORM_DATE, AT(ends), .label = T_WHEEL_ENDS},
	{"version", FORM_HIDDEN, AT(version)},
};

static void
check_answer(struct req *r, void *form, struct form_state *state)
{
	const struct wheel_answer_form *f = form;

	(void)r;
	if (f->state == WHEEL_ANSWER_STATE_NOT_HERE && f->reason == WHEEL_ANSWER_REASON_NONE)
		form_problem(state, "reason", said(T_WHEEL_REASON_MISSING));
	if (f->state == WHEEL_ANSWER_STATE_OUR_WAY && f->words.n == 0)
		form_problem(state, "words", said(T_WHEEL_WORDS_MISSING));
	if (f->ends.day && f->starts.day == 0)
		form_problem(state, "starts", said(T_WHEEL_STARTS_MISSING));
	if (f->ends.day && f->ends.day < f->starts.day)
		form_problem(state, "ends", said(T_WHEEL_ENDS_BEFORE_STARTS));
}

static const struct form_spec answer_spec =
    FORM_SPEC("answer", struct wheel_answer_form, answer_fields, .check = check_answer);

/* What depends on the year and on who answers is checked where they are known: in the writer. */
static bool
answer_fits(struct req *r, const struct school_year *y, const struct wheel_answer_form *f)
{
	struct form_state *state = form_posted(r);

	wheel_check_day(state, "starts", y, f->starts);
	wheel_check_day(state, "ends", y, f->ends);
	if (r->place == 0 && f->state == WHEEL_ANSWER_STATE_OUR_WAY)
		form_problem(state, "state", said(T_WHEEL_STATE_MISSING));
	return state->problems == 0;
}

struct proposal_form {
	struct str words;
};

static const struct form_field proposal_fields[] = {
	{"words", FORM_LONG, offsetof(struct proposal_form, words), .required = true, .max = 2000,
	    .label = T_WHEEL_PROPOSE_WORDS},
};

static const struct form_spec proposal_spec = FORM_SPEC("proposal", struct proposal_form, proposal_fields);

/* --- the page --------------------------------------------------------------------------------------- */

struct outcome
wheel_refuse_closed(struct req *r)
{
	return refused(r, VERDICT_FORBIDDEN, said(T_WHEEL_YEAR_IS_CLOSED));
}

void
wheel_check_day(struct form_state *state, const char *field, const struct school_year *y, struct date day)
{
	if (day.day && (day.day < y->starts.day || day.day > y->ends.day))
		form_problem(state, field, t_wheel_day_outside(y->starts, y->ends));
}

struct wheel_item
wheel_item_or_404(struct req *r, const struct school_year *y)
{
	const struct campus *campus = r->campus;
	struct wheel_item item;

	if (!wheel_item_by_id(r->tx, (wheel_item_id){path_int(r, "item")}, &item) || item.year.n != y->id.n ||
	    (campus && !wheel_item_is_for(r->tx, &item, campus->id)) || (!campus && item.campus.n))
		page_not_found(r);
	return item;
}

static struct str
name_of(struct person_list people, person_id id)
{
	const struct person *p = person_in(people, id);

	return p ? p->name : STR("");
}

/* Who is to see to it; nobody, when they have left. */
static struct str
named_for(struct person_list people, person_id id)
{
	const struct person *p = person_in(people, id);

	return p && p->cancelled_at.s == 0 ? p->name : STR("");
}

/* When an item takes place at a campus, or where the provider answers. */
static struct wheel_time_list
times_at(struct req *r, const struct school_year *y, const struct wheel_item *item, campus_id campus,
    const struct wheel_answer *a)
{
	struct span days = {item->starts, item->ends};
	struct wheel_off off = {0};

	if (a && a->starts.day)
		days = (struct span){a->starts, a->ends.day ? a->ends : a->starts};
	if (item->repeats != WHEEL_ITEM_REPEATS_NO)
		off = wheel_off_of(r->tx, campus, wheel_year_span(y));
	return wheel_times(r->arena, item->repeats, days, wheel_repeats_last(y, item->repeats_until), off);
}

/* All the times of an item that repeats. */
static struct str
times_words(struct req *r, const struct school_year *y, const struct wheel_item *item, const struct wheel_answer *a)
{
	struct wheel_time_list times = times_at(r, y, item, (campus_id){r->place}, a);
	struct out o = out_new(r->arena);

	for (size_t i = 0; i < times.n; i++) {
		if (i)
			out_lit(&o, ", ");
		i18n_range_short(&o, r->lang, times.at[i]);
	}
	return out_text(&o);
}

/* What one campus says, as others read it. */
static struct wheel_said
said_by(struct req *r, const struct school_year *y, const struct wheel_item *item,
    const struct campus *campus, const struct wheel_answer *a, struct wheel_thanked_list thanks,
    struct person_list people)
{
	struct wheel_time_list times = times_at(r, y, item, campus ? campus->id : (campus_id){0}, a);
	enum wheel_sight sight = wheel_sight(y, times.at[times.n - 1].last, a, r->today,
	    actor_may(&r->actor, MAY_SEE_WAITING, ACTOR_ANYWHERE));
	struct wheel_said s = {
		.sight_class = str_of(wheel_sight_class(sight)),
		.sight_words = wheel_sight_words(sight, a),
		.answered = sight != WHEEL_NO_ANSWER && sight != WHEEL_WAITING && sight != WHEEL_NO_INFORMATION,
	};

	if (campus) {
		s.campus = campus->name;
		s.color = campus->color;
		s.address = wheel_item_address(r, y, campus->cancelled_at.s ? NULL : campus, item->id);
	}
	if (!a)
		return s;
	s.id = a->id.n;
	s.words = a->words;
	s.words_lang = str_of(lang_code((enum lang)(a->language - WHEEL_ANSWER_LANGUAGE_FI)));
	s.starts = a->starts;
	s.ends = a->ends.day ? a->ends : a->starts;
	s.version = a->version;
	s.at = local_of(r->zone, a->answered_at).date;
	s.by = actor_signed_in(&r->actor) ? name_of(people, a->answered_by) : STR("");
	for (size_t i = 0; i < thanks.n; i++)
		if (thanks.at[i].answer.n == a->id.n) {
			s.thanks++;
			s.thanked = s.thanked || thanks.at[i].person.n == r->actor.person;
		}
	s.may_thank = y->state == SCHOOL_YEAR_STATE_PUBLISHED &&
	    (a->state == WHEEL_ANSWER_STATE_DONE || a->state == WHEEL_ANSWER_STATE_OUR_WAY) &&
	    actor_may(&r->actor, MAY_THANK, ACTOR_ANYWHERE) && a->answered_by.n != r->actor.person;
	return s;
}

static const struct wheel_answer *
answer_of(struct wheel_answer_list answers, campus_id campus)
{
	for (size_t i = 0; i < answers.n; i++)
		if (answers.at[i].campus.n == campus.n)
			return &answers.at[i];
	return NULL;
}

static struct wheel_said_list
said_elsewhere(struct req *r, const struct school_year *y, const struct wheel_item *item,
    struct wheel_answer_list answers, struct wheel_thanked_list thanks, struct person_list people)
{
	struct campus_list all = campus_since(r->tx, instant_of_local(r->zone, y->starts, 0));
	struct wheel_said_list list = {ARENA_ARRAY(r->arena, struct wheel_said, all.n), 0};

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].id.n != r->place && wheel_item_is_for(r->tx, item, all.at[i].id))
			list.at[list.n++] = said_by(r, y, item, &all.at[i], answer_of(answers, all.at[i].id),
			    thanks, people);
	return list;
}

static struct wheel_past_list
pasts_of(struct req *r, const struct wheel_answer *a, struct person_list people)
{
	struct wheel_answer_past_list past = wheel_answer_pasts(r->tx, a->id);
	struct wheel_past_list list = {ARENA_ARRAY(r->arena, struct wheel_past, past.n), 0};

	for (size_t i = 0; i < past.n; i++) {
		struct wheel_answer was = {.state = WHEEL_ANSWER_STATE_NONE_YET};
		enum wheel_sight sight;

		wheel_answer_state_of(past.at[i].state, &was.state);
		wheel_answer_reason_of(past.at[i].reason, &was.reason);
		sight = wheel_sight(&(struct school_year){.state = SCHOOL_YEAR_STATE_PUBLISHED}, r->today, &was,
		    r->today, false);
		list.at[list.n++] = (struct wheel_past){wheel_sight_words(sight, &was), past.at[i].words,
		    name_of(people, past.at[i].answered_by),
		    local_of(r->zone, past.at[i].answered_at).date};
	}
	return list;
}

static void
show_answer_form(struct req *r, const struct wheel_answer *a, bool provider)
{
	struct wheel_answer_form form = {0};
	struct form_state *shown;

	if (a && a->state != WHEEL_ANSWER_STATE_NONE_YET)
		form = (struct wheel_answer_form){a->state,
		    a->reason == WHEEL_ANSWER_REASON_NO ? WHEEL_ANSWER_REASON_NONE : a->reason, a->words, a->starts,
		    a->ends, 0};
	if (a)
		form.version = a->version;
	shown = form_show(r, &answer_spec, &form);
	if (provider)
		form_choices(shown, "state", (struct choices){provider_states, 3});
}

static struct wheel_material_view_list
material_of(struct req *r, const struct wheel_item *item)
{
	struct wheel_material_list all = wheel_materials_of(r->tx, item->id);
	struct wheel_material_view_list list = {ARENA_ARRAY(r->arena, struct wheel_material_view, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct wheel_material_view){
			.kind = all.at[i].kind,
			.title = all.at[i].title,
			.body = all.at[i].body,
			.url = all.at[i].url,
		};
	return list;
}

static struct texts
ring_of(struct tx *tx, wheel_ring_id id, int64_t *color)
{
	struct wheel_ring_list rings = wheel_rings_ever(tx);

	for (size_t i = 0; i < rings.n; i++)
		if (rings.at[i].id.n == id.n) {
			*color = rings.at[i].color;
			return rings.at[i].name;
		}
	return (struct texts){0};
}

static void
show_item(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_item item = wheel_item_or_404(r, &y);
	const struct campus *campus = r->campus;
	struct wheel_answer_list answers = wheel_answers_to(r->tx, item.id);
	struct wheel_thanked_list thanks = wheel_thanks_to(r->tx, item.id);
	struct person_list people = people_ever(r->tx);
	const struct duty *duty = duty_in(duties_all(r->tx), item.duty);
	bool provider = item.answers == WHEEL_ITEM_ANSWERS_PROVIDER, closed = y.state == SCHOOL_YEAR_STATE_CLOSED;
	campus_id place = {provider ? 0 : r->place};
	const struct wheel_answer *answer = answer_of(answers, place);
	bool answerable = provider || (campus && item.answers == WHEEL_ITEM_ANSWERS_CAMPUS);
	struct wheel_item_page page = {
		.title = item.title,
		.ways = item.campus.n == 0 ? str_fmt(r->arena, "%.*s/campuses",
		    STR_ARG(wheel_item_address(r, &y, NULL, item.id))) : STR(""),
		.sentence = item.sentence,
		.description = item.description,
		.year = wheel_year_words(r, &y),
		.list_address = path_fill(r, campus ? "/{lang}/{campus}/wheel/{year}" : "/{lang}/wheel/{year}"),
		.days = wheel_days_words(r, (struct span){item.starts, item.ends}),
		.again = item.repeats != WHEEL_ITEM_REPEATS_NO,
		.repeats = wheel_repeat_words(item.repeats),
		.times = item.repeats == WHEEL_ITEM_REPEATS_NO ? STR("") : times_words(r, &y, &item, answer),
		.base = wheel_item_address(r, &y, campus, item.id),
		.answered_at = wheel_item_address(r, &y, provider ? NULL : campus, item.id),
		.core = item.core,
		.cancelled = item.cancelled_at.s != 0,
		.own = campus && item.campus.n ? campus->name : (struct texts){0},
		.is_own = campus && item.campus.n,
		.duty = duty ? duty->name : (struct texts){0},
		.has_duty = duty != NULL,
		.person = actor_signed_in(&r->actor) ? named_for(people, item.person) : STR(""),
		.has_answer = answer && answer->state != WHEEL_ANSWER_STATE_NONE_YET,
		.measures = wheel_measures_of(r->tx, item.id),
		.material = material_of(r, &item),
		.answers = item.answers,
		.answerable = answerable,
		.of_campus = campus != NULL && !provider,
		.campus = campus ? campus->name : (struct texts){0},
		.ours = said_by(r, &y, &item, provider ? NULL : campus, answer, thanks, people),
		.may_answer = answerable && y.state == SCHOOL_YEAR_STATE_PUBLISHED && item.cancelled_at.s == 0 &&
		    wheel_may_answer(r->tx, &r->actor, &item, place),
		.may_edit = !closed && wheel_may_edit(r->tx, &r->actor, &item),
		.may_propose = !closed &&
		    actor_may(&r->actor, MAY_PROPOSE_CHANGE, r->place ? r->place : ACTOR_ANYWHERE),
		.version = item.version,
	};

	page.ring = ring_of(r->tx, item.ring, &page.color);
	if (item.answers == WHEEL_ITEM_ANSWERS_CAMPUS)
		page.others = said_elsewhere(r, &y, &item, answers, thanks, people);
	if (answer && page.may_answer)
		page.pasts = pasts_of(r, answer, people);
	if (page.may_answer)
		show_answer_form(r, answer, provider);
	if (page.may_propose)
		form_show(r, &proposal_spec, NULL);
	if (actor_may(&r->actor, MAY_PROPOSE_CHANGE, r->place ? r->place : ACTOR_ANYWHERE))
		page.proposals = wheel_proposal_rows(r, wheel_proposals_of(r->tx, item.id));
	wheel_item_html(r, &page);
}

/* --- what one can do ---------------------------------------------------------------------------------- */

static struct outcome
back_to_item(struct req *r, struct said flash)
{
	return see_other(r, r->place ? "/{lang}/{campus}/wheel/{year}/{item}#vastaus"
	    : "/{lang}/wheel/{year}/{item}#vastaus", flash);
}

static struct said
why_not(enum verdict v)
{
	if (v == VERDICT_CONFLICT)
		return said(T_WHEEL_ANSWERED_SINCE);
	if (v == VERDICT_FORBIDDEN)
		return said(T_WHEEL_NOT_YOURS);
	return (struct said){0};
}

/* The item of the path and its year, or 404; a draft is not answered yet. */
static struct wheel_item
item_to_answer(struct req *r, struct school_year *y)
{
	*y = wheel_year_or_404(r);
	if (y->state == SCHOOL_YEAR_STATE_DRAFT)
		page_not_found(r);
	return wheel_item_or_404(r, y);
}

static struct outcome
create_answer(struct req *r)
{
	struct school_year y;
	struct wheel_item item = item_to_answer(r, &y);
	enum verdict v;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (!answer_fits(r, &y, r->form))
		return refused(r, VERDICT_INVALID, (struct said){0});
	v = wheel_answer(r->tx, &r->actor, item.id, (campus_id){r->place}, r->form, r->lang);
	return v == VERDICT_OK ? back_to_item(r, said(T_WHEEL_THANKS_FLASH)) : refused(r, v, why_not(v));
}

struct version_form {
	int64_t version;
};

static const struct form_field version_fields[] = {
	{"version", FORM_HIDDEN, offsetof(struct version_form, version)},
};

static const struct form_spec version_spec = FORM_SPEC("version", struct version_form, version_fields);

static struct outcome
undo_answer(struct req *r)
{
	const struct version_form *form = r->form;
	struct school_year y;
	struct wheel_item item = item_to_answer(r, &y);
	enum verdict v;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	v = wheel_answer_undo(r->tx, &r->actor, item.id, (campus_id){r->place}, form->version);
	return v == VERDICT_OK ? back_to_item(r, said(T_WHEEL_UNDONE_FLASH)) : refused(r, v, why_not(v));
}

/* Thanks are for colleagues everywhere: the right is asked of no campus, so the address names none. */
struct thanks_form {
	int64_t answer;
	struct str back;
};

static const struct form_field thanks_fields[] = {
	{"answer", FORM_HIDDEN, offsetof(struct thanks_form, answer)},
	{"back", FORM_HIDDEN_TEXT, offsetof(struct thanks_form, back), .label = T_WHEEL_THANK},
};

static const struct form_spec thanks_spec = FORM_SPEC("thanks", struct thanks_form, thanks_fields);

static struct outcome
thank(struct req *r, bool thanks)
{
	const struct thanks_form *form = r->form;
	enum verdict v = wheel_thank(r->tx, &r->actor, (wheel_answer_id){form->answer}, thanks);
	struct str back = form->back.n ? form->back : path_fill(r, "/{lang}/wheel");

	if (v == VERDICT_FORBIDDEN)
		return wheel_refuse_closed(r);
	if (v != VERDICT_OK)
		return refused(r, v, (struct said){0});
	return see_address(r, back, said(thanks ? T_WHEEL_THANKED_FLASH : T_WHEEL_THANK_GONE_FLASH));
}

/* Thanks have no page of their own; a refusal is told on the error page. */
static void
show_refusal(struct req *r)
{
	if (r->flash.text == T_WHEEL_YEAR_IS_CLOSED)
		page_forbidden(r);
	page_not_found(r);
}

static struct outcome
create_thanks(struct req *r)
{
	return thank(r, true);
}

static struct outcome
end_thanks(struct req *r)
{
	return thank(r, false);
}

static struct outcome
create_proposal(struct req *r)
{
	const struct proposal_form *form = r->form;
	struct school_year y = wheel_year_or_404(r);
	struct wheel_item item = wheel_item_or_404(r, &y);
	wheel_proposal_id id;

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	id = wheel_proposal_add(r->tx, item.id, form->words, wheel_proposal_language_of_lang(r->lang),
	    (person_id){r->actor.person}, r->now);
	journal_add(r->tx, &r->actor,
	    (struct journal_entry){&wheel_proposed, r->place, id.n, STR(""), form->words});
	return back_to_item(r, said(T_WHEEL_PROPOSED_FLASH));
}

#define ITEM "/wheel/{year}/{item}"
const struct route wheel_item_routes[] = {
	{GET, "/{lang}/{campus}" ITEM, MAY_ANYONE, show_item},
	{GET, "/{lang}" ITEM, MAY_ANYONE, show_item},
	{POST, "/{lang}/{campus}" ITEM "/answer", MAY_ANSWER_WHEEL, show_item, create_answer, &answer_spec},
	{POST, "/{lang}" ITEM "/answer", MAY_ANSWER_PROVIDER, show_item, create_answer, &answer_spec},
	{POST, "/{lang}/{campus}" ITEM "/undo", MAY_ANSWER_WHEEL, show_item, undo_answer, &version_spec},
	{POST, "/{lang}" ITEM "/undo", MAY_ANSWER_PROVIDER, show_item, undo_answer, &version_spec},
	{POST, "/{lang}/{campus}" ITEM "/proposal", MAY_PROPOSE_CHANGE, show_item, create_proposal, &proposal_spec},
	{POST, "/{lang}" ITEM "/proposal", MAY_PROPOSE_CHANGE, show_item, create_proposal, &proposal_spec},
	{POST, "/{lang}/wheel/thanks", MAY_THANK, show_refusal, create_thanks, &thanks_spec},
	{POST, "/{lang}/wheel/thanks/end", MAY_THANK, show_refusal, end_thanks, &thanks_spec},
	{0},
};
