/* What people propose to whoever plans the wheel, a change to an item or a new one; how it is answered, and how they
 * hear of it. */
#include "app/wheel/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/out.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h"              /* generated */
#include "app/wheel/suggest.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"     /* generated */
#include "app/wheel/wheel.texts.h"   /* generated */

enum { OPEN_MOST = 5, OWN_MOST = 10 };

const struct event wheel_proposed = {"wheel.proposed", T_WHEEL_EVENT_PROPOSED};
const struct event wheel_proposal_settled = {"wheel.proposal_settled", T_WHEEL_EVENT_PROPOSAL_SETTLED};

enum wheel_proposal_language
wheel_proposal_language_of_lang(enum lang lang)
{
	return (enum wheel_proposal_language)(WHEEL_PROPOSAL_LANGUAGE_FI + (int)lang);
}

static enum lang
lang_of_proposal(const struct wheel_proposal *p)
{
	return (enum lang)(p->language - WHEEL_PROPOSAL_LANGUAGE_FI);
}

static bool
is_new(const struct wheel_proposal *p)
{
	return p->item.n == 0;
}

/* What it is about, and where that stands: the item it changes, or the one it became; while it is neither, nowhere. */
struct about {
	struct texts title;
	struct str path; /* behind the language */
};

static struct about
about_of(struct tx *tx, const struct wheel_proposal *p)
{
	struct about about = {0};
	wheel_item_id id = is_new(p) ? p->made : p->item;
	struct wheel_item item;
	struct school_year y;
	const struct campus *campus;

	if (is_new(p))
		about.title.at[lang_of_proposal(p)] = p->title;
	if (id.n == 0 || !wheel_item_by_id(tx, id, &item) || !school_year_of_item(tx, id, &y))
		return about;
	campus = campus_in(campus_all(tx), item.campus.n ? item.campus : p->campus);
	about.title = item.title;
	about.path = str_fmt(tx->arena, "%s%.*s/wheel/%lld/%lld", campus ? "/" : "",
	    STR_ARG(campus ? campus->slug : STR("")), (long long)y.year, (long long)id.n);
	return about;
}

/* --- as lines ------------------------------------------------------------------------------------------- */

/* The years that take something new, with the two ways to do so. */
static struct wheel_proposal_year_list
years_for(struct req *r, const struct wheel_proposal *p, const struct campus *campus)
{
	struct school_year_list all = school_years(r->tx);
	struct wheel_proposal_year_list list = {ARENA_ARRAY(r->arena, struct wheel_proposal_year, all.n), 0};

	for (size_t i = 0; campus && i < all.n; i++) {
		const struct school_year *y = &all.at[i];

		if (y->state == SCHOOL_YEAR_STATE_CLOSED)
			continue;
		list.at[list.n++] = (struct wheel_proposal_year){
			.words = wheel_year_words(r, y),
			.own = str_fmt(r->arena, "/%s/%.*s/wheel/%lld/new/%lld", lang_code(r->lang),
			    STR_ARG(campus->slug), (long long)y->year, (long long)p->id.n),
			.common = str_fmt(r->arena, "/%s/wheel/%lld/new/%lld", lang_code(r->lang), (long long)y->year,
			    (long long)p->id.n),
		};
	}
	return list;
}

struct wheel_proposal_row_list
wheel_proposal_rows(struct req *r, struct wheel_proposal_list all)
{
	struct wheel_proposal_row_list list = {ARENA_ARRAY(r->arena, struct wheel_proposal_row, all.n), all.n};
	struct person_list people = people_ever(r->tx);
	struct campus_list campuses = campus_ever(r->tx);

	for (size_t i = 0; i < all.n; i++) {
		const struct wheel_proposal *p = &all.at[i];
		const struct person *by = person_in(people, p->proposed_by);
		const struct campus *campus = campus_in(campuses, p->campus);
		struct about about = about_of(r->tx, p);

		list.at[i] = (struct wheel_proposal_row){
			.id = p->id.n,
			.title = about.title,
			.words = p->words,
			.words_lang = str_of(lang_code(lang_of_proposal(p))),
			.by = by ? by->name : STR(""),
			.reply = p->reply,
			.verdict = p->verdict,
			.address = about.path.n ? str_fmt(r->arena, "/%s%.*s", lang_code(r->lang), STR_ARG(about.path))
			    : STR(""),
			.is_new = is_new(p),
			.campus = campus ? campus->name : (struct texts){0},
			.week = p->week,
			.years = is_new(p) && p->verdict == WHEEL_PROPOSAL_VERDICT_OPEN ? years_for(r, p, campus)
			    : (struct wheel_proposal_year_list){0},
		};
	}
	return list;
}

void
wheel_draw_about(struct req *r, enum subject subject, int64_t id)
{
	struct wheel_proposal_list own;

	if (subject != SUBJECT_PERSON || !actor_signed_in(&r->actor) || id != r->actor.person)
		return;
	own = wheel_proposals_by(r->tx, (person_id){id}, OWN_MOST);
	if (own.n)
		wheel_own_proposals_html(r, &(struct wheel_own_proposals_component){wheel_proposal_rows(r, own)});
}

void
wheel_todo(struct tx *tx, const struct actor *who, struct todo_list *list)
{
	int64_t n = actor_may(who, MAY_EDIT_WHEEL, 0) ? wheel_proposals_open_n(tx) : 0;

	if (n)
		todo_add(tx->arena, list, (struct todo){t_wheel_suggest_todo(n), STR("/admin/wheel#proposals"), {0},
		    T_WHEEL_SUGGEST_QUEUE});
}

/* --- the letter ------------------------------------------------------------------------------------------- */

static struct mail
answer_mail(struct tx *tx, const struct person *to, const struct wheel_proposal *p, const struct about *about)
{
	struct letter l = person_letter(tx, to);
	bool accepted = p->verdict == WHEEL_PROPOSAL_VERDICT_ACCEPTED;

	letter_line(&l, said(accepted ? T_WHEEL_SUGGEST_MAIL_ACCEPTED : T_WHEEL_SUGGEST_MAIL_DECLINED));
	letter_gap(&l);
	letter_name(&l, texts_in(about->title, l.lang).text);
	if (p->reply.n)
		letter_quote(&l, p->reply);
	letter_gap(&l);
	if (about->path.n)
		letter_button(&l, said(T_WHEEL_SUGGEST_MAIL_LINK), mail_link(tx->arena, str_fmt(tx->arena, "/%s%.*s",
		    lang_code(l.lang), STR_ARG(about->path))));
	if (!accepted)
		letter_line(&l, said(T_WHEEL_SUGGEST_MAIL_AGAIN));
	return person_mail(tx, to, t_wheel_suggest_mail_subject(about->title), &l);
}

/* Whoever answers what they proposed themselves knows it. */
static void
tell(struct tx *tx, const struct actor *who, wheel_proposal_id id)
{
	struct wheel_proposal p;
	struct about about;
	struct person to;

	if (!wheel_proposal_by_id(tx, id, &p) || p.proposed_by.n == who->person ||
	    !person_find(tx, p.proposed_by, &to) || to.cancelled_at.s)
		return;
	about = about_of(tx, &p);
	mail_queue(tx, answer_mail(tx, &to, &p, &about));
}

void
wheel_letters(struct tx *tx, const struct person *to, struct mail_list *list)
{
	struct wheel_proposal p = {.verdict = WHEEL_PROPOSAL_VERDICT_DECLINED,
	    .reply = said_plain(tx->arena, person_lang(to), said(T_WHEEL_SUGGEST_SAMPLE_REPLY))};
	struct about about = {texts_same(said_plain(tx->arena, person_lang(to), said(T_WHEEL_SUGGEST_SAMPLE_TITLE))),
	    STR("")};

	mail_add(tx->arena, list, answer_mail(tx, to, &p, &about));
}

/* --- the answer -------------------------------------------------------------------------------------------- */

/* False: somebody has answered it. */
static bool
settle(struct tx *tx, const struct actor *who, wheel_proposal_id id, enum wheel_proposal_verdict verdict,
    struct str reply, wheel_item_id made)
{
	struct out o = out_new(tx->arena);

	if (wheel_proposal_settle(tx, id, verdict, reply, made, tx->now) == 0)
		return false;
	journal_line(&o, "verdict", str_of(wheel_proposal_verdict_words[verdict]));
	journal_line(&o, "reply", reply);
	journal_add(tx, who, (struct journal_entry){&wheel_proposal_settled, .subject = id.n,
	    .becomes = out_text(&o)});
	tell(tx, who, id);
	return true;
}

struct settle_form {
	int64_t proposal, verdict;
	struct str reply;
};

static const struct choice verdicts[] = {
	{WHEEL_PROPOSAL_VERDICT_ACCEPTED, "accepted", T_WHEEL_PROPOSAL_ACCEPT},
	{WHEEL_PROPOSAL_VERDICT_DECLINED, "declined", T_WHEEL_PROPOSAL_DECLINE},
};

static const struct form_field settle_fields[] = {
	{"proposal", FORM_HIDDEN, offsetof(struct settle_form, proposal)},
	{"verdict", FORM_CHOICE, offsetof(struct settle_form, verdict), .required = true,
	    .label = T_WHEEL_PROPOSAL_VERDICT, .missing = T_WHEEL_PROPOSAL_VERDICT_MISSING, .choices = {verdicts, 2}},
	{"reply", FORM_LONG, offsetof(struct settle_form, reply), .max = 500, .label = T_WHEEL_PROPOSAL_REPLY},
};

/* A no without a reason helps nobody to propose again. */
static void
check_settle(struct req *r, void *form, struct form_state *state)
{
	const struct settle_form *f = form;

	(void)r;
	if (f->verdict == WHEEL_PROPOSAL_VERDICT_DECLINED && f->reply.n == 0)
		form_problem(state, "reply", said(T_WHEEL_SUGGEST_REASON_MISSING));
}

const struct form_spec wheel_settle_spec =
    FORM_SPEC("settle", struct settle_form, settle_fields, .check = check_settle);

/* A refused reply stands in the card of its proposal. */
static void
keep_typed(struct req *r, struct wheel_proposal_row_list rows)
{
	const struct form_spec *spec = &wheel_settle_spec;
	const struct form_state *form = form_find(r, spec->name);
	size_t proposal = form_field_index(spec, "proposal"), reply = form_field_index(spec, "reply");
	int64_t id;

	if (!form || !form->typed || !str_int(form->value[proposal].at[0], &id))
		return;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].id == id) {
			rows.at[i].reply = form->value[reply].at[0];
			rows.at[i].problem = form->problem[reply].text ? form->problem[reply]
			    : form->problem[form_field_index(spec, "verdict")];
		}
}

struct wheel_proposal_row_list
wheel_proposals_waiting(struct req *r)
{
	struct wheel_proposal_row_list rows = wheel_proposal_rows(r, wheel_proposals_open(r->tx));

	keep_typed(r, rows);
	return rows;
}

struct outcome
wheel_settle_proposal(struct req *r)
{
	const struct settle_form *form = r->form;
	bool accepted = form->verdict == WHEEL_PROPOSAL_VERDICT_ACCEPTED;
	struct wheel_proposal p;

	/* A new item is accepted by making it. */
	if (!wheel_proposal_by_id(r->tx, (wheel_proposal_id){form->proposal}, &p) || (accepted && is_new(&p)) ||
	    !settle(r->tx, &r->actor, p.id, (enum wheel_proposal_verdict)form->verdict, form->reply,
	    (wheel_item_id){0}))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return see_other(r, "/{lang}/admin/wheel", said(accepted ? T_WHEEL_PROPOSAL_SETTLED_FLASH
	    : T_WHEEL_SUGGEST_DECLINED_FLASH));
}

bool
wheel_proposal_here(struct req *r, struct wheel_proposal *p)
{
	return wheel_proposal_by_id(r->tx, (wheel_proposal_id){path_int(r, "proposal")}, p) && is_new(p) &&
	    p->verdict == WHEEL_PROPOSAL_VERDICT_OPEN && (r->place == 0 || p->campus.n == r->place);
}

void
wheel_fill_proposed(struct wheel_item_form *form, const struct wheel_proposal *p)
{
	if (p->id.n == 0)
		return;
	form->title.at[lang_of_proposal(p)] = p->title;
	form->description.at[lang_of_proposal(p)] = p->words;
	form->week = p->week;
}

void
wheel_proposal_accept(struct req *r, const struct wheel_proposal *p, wheel_item_id made)
{
	settle(r->tx, &r->actor, p->id, WHEEL_PROPOSAL_VERDICT_ACCEPTED, STR(""), made);
}

/* --- suggesting a new item ----------------------------------------------------------------------------------- */

/* Students, where their campus lets them. */
static bool
may_suggest(const struct req *r)
{
	const struct campus *campus = r->campus;

	return campus && (actor_may(&r->actor, MAY_PROPOSE_CHANGE, r->place) ||
	    (campus->students_suggest && actor_may(&r->actor, MAY_SUGGEST_ITEM, r->place)));
}

struct str
wheel_suggest_address(struct req *r)
{
	return may_suggest(r) ? path_fill(r, "/{lang}/{campus}/wheel/suggest") : STR("");
}

struct suggest_form {
	struct str title, words;
	int64_t week;
};

static const struct form_field suggest_fields[] = {
	{"title", FORM_TEXT, offsetof(struct suggest_form, title), .required = true, .max = 200,
	    .label = T_WHEEL_SUGGEST_WHAT},
	{"words", FORM_LONG, offsetof(struct suggest_form, words), .required = true, .max = 2000,
	    .label = T_WHEEL_SUGGEST_WORDS},
	{"week", FORM_INT, offsetof(struct suggest_form, week), .min = 1, .max = 53, .label = T_WHEEL_SUGGEST_WEEK},
};

static const struct form_spec suggest_spec = FORM_SPEC("suggest", struct suggest_form, suggest_fields);

static void
show_suggest(struct req *r)
{
	const struct campus *campus = r->campus;

	if (!may_suggest(r)) {
		r->flash = said(T_WHEEL_SUGGEST_NOT_HERE);
		page_forbidden(r);
	}
	form_show(r, &suggest_spec, NULL);
	wheel_suggest_html(r, &(struct wheel_suggest_page){campus->name});
}

static struct outcome
suggest(struct req *r)
{
	const struct suggest_form *f = r->form;
	person_id by = {r->actor.person};
	struct out o = out_new(r->arena);
	wheel_proposal_id id;

	if (!may_suggest(r))
		return refused(r, VERDICT_FORBIDDEN, said(T_WHEEL_SUGGEST_NOT_HERE));
	if (wheel_proposals_open_by(r->tx, by) >= OPEN_MOST)
		return refused(r, VERDICT_TAKEN, t_wheel_suggest_many(OPEN_MOST));
	id = wheel_proposal_add_new(r->tx, (campus_id){r->place}, f->title, f->week, f->words,
	    wheel_proposal_language_of_lang(r->lang), by, r->now);
	journal_line(&o, "title", f->title);
	journal_line(&o, "words", f->words);
	journal_add(r->tx, &r->actor, (struct journal_entry){&wheel_proposed, r->place, id.n, STR(""), out_text(&o)});
	return see_other(r, "/{lang}/me", said(T_WHEEL_SUGGEST_SENT_FLASH));
}

/* {"campus": "asema", "by": "mira", "title": "…", "words": "…", "week": 3}: in the language of whoever suggests it. */
void
wheel_load_suggestions(struct tx *tx, struct json_in *in, const struct json *world)
{
	struct json_items list = json_list(in, world, "suggestions");

	for (size_t i = 0; i < list.n; i++) {
		const struct json *j = &list.at[i];
		struct campus campus;
		struct person by;

		if (!campus_find(tx, json_text(in, j, "campus"), &campus) ||
		    !person_with_key(tx, json_text(in, j, "by"), &by))
			json_problem(in, j, "names no campus or nobody");
		else
			wheel_proposal_add_new(tx, campus.id, json_text(in, j, "title"),
			    json_int_or(in, j, "week", 0), json_text(in, j, "words"),
			    wheel_proposal_language_of_lang(person_lang(&by)), by.id, tx->now);
	}
}

#define SUGGEST "/{lang}/{campus}/wheel/suggest"

const struct route wheel_suggest_routes[] = {
	{GET, SUGGEST, MAY_SUGGEST_ITEM, show_suggest},
	{POST, SUGGEST, MAY_SUGGEST_ITEM, show_suggest, suggest, &suggest_spec},
	{0},
};
