/* One's own settings: the language of letters, and out until a day with a deputy, who sees what waits meanwhile. It
 * ends by itself, gives no rights, and is taken back with one press. */
#include "app/people/own.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/out.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/campus/campus.h"
#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/people/people.html.h"  /* generated */
#include "app/people/people.sql.h"   /* generated */
#include "app/people/people.texts.h" /* generated */
#include "app/rights.h"              /* generated */
#include "app/room.h"

enum { YEAR_DAYS = 366 };

const struct event person_went_out = {"people.out", T_PEOPLE_EVENT_OUT};
const struct event person_came_back = {"people.back", T_PEOPLE_EVENT_BACK};

struct person_out_list
people_stood_in_for(struct tx *tx, person_id deputy, struct date today)
{
	return people_out_for(tx, deputy, today);
}

void
people_out_forget(struct tx *tx, person_id id)
{
	person_out_end(tx, id, tx->now);
	person_out_end_for(tx, id, tx->now);
}

/* --- forms --------------------------------------------------------------------------------------- */

struct language_form {
	int64_t language;
};

static const struct choice languages[] = {
	{LANG_FI, .word = "fi", .text = T_PEOPLE_LANGUAGE_FI},
	{LANG_SV, .word = "sv", .text = T_PEOPLE_LANGUAGE_SV},
	{LANG_EN, .word = "en", .text = T_PEOPLE_LANGUAGE_EN},
};

static const struct form_field language_fields[] = {
	{"language", FORM_CHOICE, offsetof(struct language_form, language), .required = true,
	    .label = T_PEOPLE_OWN_LANGUAGE, .choices = {languages, LANG_COUNT}},
};

static const struct form_spec language_spec = FORM_SPEC("language", struct language_form, language_fields);

struct out_form {
	struct date until;
	int64_t deputy;
};

static const struct form_field out_fields[] = {
	{"until", FORM_DATE, offsetof(struct out_form, until), .required = true, .label = T_PEOPLE_OUT_UNTIL,
	    .hint = T_PEOPLE_OUT_UNTIL_HINT},
	{"deputy", FORM_SELECT, offsetof(struct out_form, deputy), .required = true, .label = T_PEOPLE_OUT_DEPUTY,
	    .hint = T_PEOPLE_OUT_DEPUTY_HINT, .missing = T_PEOPLE_OUT_NO_DEPUTY},
};

static void
check_out(struct req *r, void *form, struct form_state *state)
{
	const struct out_form *f = form;

	if (f->until.day < r->today.day)
		form_problem(state, "until", said(T_PEOPLE_OUT_PAST));
	else if (date_days_between(r->today, f->until) > YEAR_DAYS)
		form_problem(state, "until", said(T_PEOPLE_OUT_FAR));
}

static const struct form_spec out_spec = FORM_SPEC("out", struct out_form, out_fields, .check = check_out);

/* Those who answer tasks themselves, but oneself. */
static struct choices
deputies(struct req *r)
{
	struct person_list all = people_who_may(r->tx, MAY_ANSWER_TASKS, r->today);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);
	size_t n = 0;

	at[n++] = (struct choice){0, .text = T_PEOPLE_OUT_CHOOSE};
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].id.n != r->actor.person)
			at[n++] = (struct choice){all.at[i].id.n, .plain = all.at[i].name};
	return (struct choices){at, n};
}

/* --- the page ------------------------------------------------------------------------------------ */

/* The campuses for which one answers and the deputy may not, in words; empty: there are none. */
static struct str
not_for_deputy(struct req *r, person_id deputy)
{
	struct actor other = person_actor(r->tx, deputy, r->today);
	struct campus_list all = campus_all(r->tx);
	struct out o = out_new(r->arena);

	for (size_t i = 0; i < all.n; i++)
		if (actor_may(&r->actor, MAY_ANSWER_WHEEL, all.at[i].id.n) &&
		    !actor_may(&other, MAY_ANSWER_WHEEL, all.at[i].id.n))
			out_fmt(&o, "%s%.*s", o.n ? ", " : "", STR_ARG(texts_in(all.at[i].name, r->lang).text));
	return out_text(&o);
}

static void
show_settings(struct req *r)
{
	person_id me = {r->actor.person};
	struct person_out out = {0}, newest = {0};
	struct people_settings_page page = {.works = actor_may(&r->actor, MAY_ANSWER_TASKS, ACTOR_ANYWHERE)};
	struct person deputy, self;

	form_show(r, &language_spec, &(struct language_form){
		person_find(r->tx, me, &self) ? (int64_t)person_lang(&self) : (int64_t)r->lang});
	if (person_out_of(r->tx, me, r->today, &out) && person_find(r->tx, out.deputy, &deputy)) {
		page.until = out.until;
		page.deputy = deputy.name;
		page.without = not_for_deputy(r, out.deputy);
	} else if (person_out_newest(r->tx, me, &newest) && newest.ended_at.s && newest.until.day >= r->today.day) {
		page.may_undo = true;
	}
	form_choices(form_show(r, &out_spec, &(struct out_form){out.until, out.deputy.n}), "deputy", deputies(r));
	people_settings_html(r, &page);
}

/* On one's own page: that one is out, and for whom one stands in. */
void
people_about(struct req *r, enum subject subject, int64_t id)
{
	struct person_out_list in_for;
	struct people_out_component c = {0};
	struct person_out out;
	struct person p;

	if (subject != SUBJECT_PERSON || id != r->actor.person)
		return;
	in_for = people_out_for(r->tx, (person_id){id}, r->today);
	c.lines = (struct people_out_line_list){ARENA_ARRAY(r->arena, struct people_out_line, in_for.n + 1), 0};
	if (person_out_of(r->tx, (person_id){id}, r->today, &out) && person_find(r->tx, out.deputy, &p))
		c.lines.at[c.lines.n++] = (struct people_out_line){t_people_out_is(p.name, out.until), true};
	for (size_t i = 0; i < in_for.n; i++)
		if (person_find(r->tx, in_for.at[i].person, &p))
			c.lines.at[c.lines.n++] =
			    (struct people_out_line){t_people_stands_in(p.name, in_for.at[i].until), false};
	people_out_html(r, &c);
}

/* --- changes ------------------------------------------------------------------------------------- */

static struct outcome
back(struct req *r, const struct text *flash)
{
	return see_other(r, "/{lang}/me/settings", said(flash));
}

static struct outcome
save_language(struct req *r)
{
	const struct language_form *f = r->form;

	person_language_set(r->tx, (person_id){r->actor.person},
	    (enum person_language)((int)f->language + PERSON_LANGUAGE_FI));
	return back(r, T_PEOPLE_LANGUAGE_SAVED);
}

/* For the journal. */
static struct str
lines_of(struct req *r, person_id deputy, struct date until)
{
	struct out o = out_new(r->arena);
	char iso[11];
	struct person p;

	journal_line(&o, "until", str_of(date_iso(until, iso)));
	if (person_find(r->tx, deputy, &p))
		journal_line(&o, "deputy", p.name);
	return out_text(&o);
}

static struct outcome
go_out(struct req *r)
{
	const struct out_form *f = r->form;
	struct choices choices = deputies(r);
	bool known = false;

	for (size_t i = 1; i < choices.n; i++)
		known |= choices.at[i].value == f->deputy;
	if (!known) {
		form_problem(form_posted(r), "deputy", said(T_PEOPLE_OUT_NO_DEPUTY));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	person_out_end(r->tx, (person_id){r->actor.person}, r->now);
	person_out_add(r->tx, (person_id){r->actor.person}, (person_id){f->deputy}, f->until, r->now);
	journal_add(r->tx, &r->actor, (struct journal_entry){&person_went_out, .subject = r->actor.person,
	    .becomes = lines_of(r, (person_id){f->deputy}, f->until)});
	return back(r, T_PEOPLE_OUT_SAVED);
}

static struct outcome
come_back(struct req *r)
{
	if (person_out_end(r->tx, (person_id){r->actor.person}, r->now) > 0)
		journal_add(r->tx, &r->actor,
		    (struct journal_entry){&person_came_back, .subject = r->actor.person});
	return back(r, T_PEOPLE_OUT_ENDED);
}

/* Coming back was a mistake. */
static struct outcome
go_out_again(struct req *r)
{
	struct person_out newest, now;
	struct person deputy;

	if (!person_out_newest(r->tx, (person_id){r->actor.person}, &newest) || newest.until.day < r->today.day ||
	    person_out_of(r->tx, (person_id){r->actor.person}, r->today, &now) ||
	    !person_find(r->tx, newest.deputy, &deputy) || deputy.cancelled_at.s)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	person_out_again(r->tx, newest.id);
	journal_add(r->tx, &r->actor, (struct journal_entry){&person_went_out, .subject = r->actor.person,
	    .becomes = lines_of(r, newest.deputy, newest.until)});
	return back(r, T_PEOPLE_OUT_SAVED);
}

#define SETTINGS "/{lang}/me/settings"

const struct route people_own_routes[] = {
	{GET, SETTINGS, MAY_SIGNED_IN, show_settings},
	{POST, SETTINGS "/language", MAY_SIGNED_IN, show_settings, save_language, &language_spec},
	{POST, SETTINGS "/out", MAY_ANSWER_TASKS, show_settings, go_out, &out_spec},
	{POST, SETTINGS "/out/end", MAY_SIGNED_IN, show_settings, come_back},
	{POST, SETTINGS "/out/undo", MAY_ANSWER_TASKS, show_settings, go_out_again},
	{0},
};
