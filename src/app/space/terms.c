/* On what terms a space is booked: lengths, what stays free, who answers, and what holds for some who ask. Those who
 * look after it change it; everyone reads it in plain words. */
#include "app/space/edit.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/edit.texts.h"  /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum {
	HOUR = 60,
	WEEK_HOURS = 168,
	WEEK_DAYS = 7,
	WHO_ORGANISATION = 100, /* behind the kinds of people, in one list */
	ROWS_MOST = 60,
	KINDS = 3,
};

/* --- terms -------------------------------------------------------------------------------------------------------- */

struct terms_form {
	int64_t shortest, longest, step, before, after, ahead, confirm, claim, adult, version;
	struct maybe_int drop_from, drop_to;
	bool agreement;
};

#define AT(field) offsetof(struct terms_form, field)

static const struct choice steps[] = {
	{15, NULL, T_SPACE_EDIT_STEP_15}, {30, NULL, T_SPACE_EDIT_STEP_30}, {60, NULL, T_SPACE_EDIT_STEP_60}};

static const struct choice adults[] = {
	{SPACE_ADULT_FOR_MINORS, "minors", T_SPACE_EDIT_ADULT_MINORS},
	{SPACE_ADULT_FOR_STUDENTS, "students", T_SPACE_EDIT_ADULT_STUDENTS},
	{SPACE_ADULT_FOR_EVERYONE, "everyone", T_SPACE_EDIT_ADULT_EVERYONE},
};

static const struct form_field terms_fields[] = {
	{"shortest", FORM_INT, AT(shortest), .required = true, .min = 15, .max = 720, .label = T_SPACE_EDIT_SHORTEST},
	{"longest", FORM_INT, AT(longest), .required = true, .min = 15, .max = 1440, .label = T_SPACE_EDIT_LONGEST},
	{"step", FORM_SELECT, AT(step), .required = true, .label = T_SPACE_EDIT_STEP, .choices = {steps, 3}},
	{"ahead", FORM_INT, AT(ahead), .required = true, .min = 1, .max = 730, .label = T_SPACE_EDIT_AHEAD},
	{"before", FORM_INT, AT(before), .min = 0, .max = 240, .label = T_SPACE_EDIT_BEFORE},
	{"after", FORM_INT, AT(after), .min = 0, .max = 240, .label = T_SPACE_EDIT_AFTER},
	{"drop_from", FORM_TIME, AT(drop_from), .label = T_SPACE_EDIT_DROP_FROM, .hint = T_SPACE_EDIT_DROP_HINT},
	{"drop_to", FORM_TIME, AT(drop_to), .label = T_SPACE_EDIT_DROP_TO},
	{"adult", FORM_CHOICE, AT(adult), .required = true, .label = T_SPACE_EDIT_ADULT,
	    .hint = T_SPACE_EDIT_ADULT_HINT, .choices = {adults, 3}},
	{"agreement", FORM_CHECK, AT(agreement), .label = T_SPACE_EDIT_AGREEMENT, .hint = T_SPACE_EDIT_AGREEMENT_HINT},
	{"confirm", FORM_INT, AT(confirm), .min = 0, .max = 168, .label = T_SPACE_EDIT_CONFIRM,
	    .hint = T_SPACE_EDIT_CONFIRM_HINT},
	{"claim", FORM_INT, AT(claim), .min = 0, .max = 120, .label = T_SPACE_EDIT_CLAIM,
	    .hint = T_SPACE_EDIT_CLAIM_HINT},
	{"version", FORM_HIDDEN, AT(version)},
};

static void
check_terms(struct req *r, void *form, struct form_state *state)
{
	const struct terms_form *f = form;

	(void)r;
	if (f->longest < f->shortest)
		form_problem(state, "longest", said(T_SPACE_EDIT_LONGEST_SHORT));
	if (f->drop_from.has != f->drop_to.has)
		form_problem(state, f->drop_from.has ? "drop_to" : "drop_from", said(T_SPACE_EDIT_BOTH_DROP));
	else if (f->drop_from.has && f->drop_to.n <= f->drop_from.n)
		form_problem(state, "drop_to", said(T_SPACE_EDIT_CLOSES_BEFORE));
}

static const struct form_spec terms_spec = FORM_SPEC("terms", struct terms_form, terms_fields, .check = check_terms);

static struct terms_form
terms_of(const struct space *s)
{
	bool drop_in = s->drop_in_to > s->drop_in_from;

	return (struct terms_form){.shortest = s->shortest, .longest = s->longest, .step = s->step,
	    .before = s->before_minutes, .after = s->after_minutes, .ahead = s->ahead_days, .confirm = s->confirm_hours,
	    .claim = s->claim_minutes, .adult = (int64_t)s->adult_for, .version = s->version,
	    .drop_from = {drop_in, s->drop_in_from}, .drop_to = {drop_in, s->drop_in_to},
	    .agreement = s->needs_agreement};
}

/* For the journal. */
static void
number_line(struct out *o, const char *name, int64_t n)
{
	struct out line = out_new(o->arena);

	out_int(&line, n);
	journal_line(o, name, out_text(&line));
}

static struct str
terms_plain(struct req *r, const struct terms_form *f)
{
	struct out o = out_new(r->arena);

	number_line(&o, "shortest", f->shortest);
	number_line(&o, "longest", f->longest);
	number_line(&o, "step", f->step);
	number_line(&o, "ahead_days", f->ahead);
	number_line(&o, "before_minutes", f->before);
	number_line(&o, "after_minutes", f->after);
	number_line(&o, "drop_in_from", f->drop_from.n);
	number_line(&o, "drop_in_to", f->drop_to.n);
	number_line(&o, "confirm_hours", f->confirm);
	number_line(&o, "claim_minutes", f->claim);
	journal_line(&o, "needs_agreement", f->agreement ? STR("yes") : STR("no"));
	journal_line(&o, "adult_for", str_of(space_adult_for_words[f->adult]));
	return out_text(&o);
}

static struct outcome
back_to_terms(struct space_change *c, const struct text *flash)
{
	return see_address(c->r, space_edit_tab(c->r, space_address(c->r, &c->now), SPACE_TAB_TERMS), said(flash));
}

static void
note(struct space_change *c, struct str was, struct str becomes)
{
	if (!str_eq(was, becomes))
		journal_add(c->r->tx, &c->r->actor, (struct journal_entry){&space_saved, c->now.campus.n, c->now.id.n,
		    was, becomes});
}

static struct outcome
save_terms(struct req *r)
{
	const struct terms_form *f = r->form;
	struct terms_form was;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	was = terms_of(&c.now);
	if (space_set_terms(r->tx, c.now.id, c.now.campus, f->before, f->after, f->shortest, f->longest, f->step,
	    f->ahead,
	    f->drop_from.n, f->drop_to.n, f->confirm, f->claim, f->agreement, (enum space_adult_for)f->adult,
	    f->version) == 0)
		return space_change_late(r);
	note(&c, terms_plain(r, &was), terms_plain(r, f));
	return back_to_terms(&c, T_SPACE_EDIT_SAVED);
}

/* --- rules by who asks ------------------------------------------------------------------------------------------ */

struct rule_form {
	int64_t who, approval, week, quota, version;
};

#undef AT
#define AT(field) offsetof(struct rule_form, field)

static const struct choice approvals[] = {
	{SPACE_RULE_APPROVAL_NEVER, "never", T_SPACE_EDIT_APPROVAL_NEVER},
	{SPACE_RULE_APPROVAL_OUTSIDE, "outside", T_SPACE_EDIT_APPROVAL_OUTSIDE},
	{SPACE_RULE_APPROVAL_ALWAYS, "always", T_SPACE_EDIT_APPROVAL_ALWAYS},
};

static const struct form_field rule_fields[] = {
	{"who", FORM_SELECT, AT(who), .required = true, .label = T_SPACE_EDIT_WHO},
	{"approval", FORM_CHOICE, AT(approval), .required = true, .label = T_SPACE_EDIT_APPROVAL,
	    .choices = {approvals, 3}},
	{"week", FORM_INT, AT(week), .min = 0, .max = WEEK_HOURS, .label = T_SPACE_EDIT_WEEK,
	    .hint = T_SPACE_EDIT_WEEK_HINT},
	{"quota", FORM_INT, AT(quota), .min = 0, .max = WEEK_HOURS, .label = T_SPACE_EDIT_QUOTA,
	    .hint = T_SPACE_EDIT_QUOTA_HINT},
	{"version", FORM_HIDDEN, AT(version)},
};

static const struct form_spec rule_spec = FORM_SPEC("rule", struct rule_form, rule_fields);

struct priority_form {
	int64_t who, days, until, version;
	struct maybe_int opens, closes;
};

#undef AT
#define AT(field) offsetof(struct priority_form, field)

static const struct choice kinds[KINDS] = {
	{SPACE_RULE_WHO_STAFF, "staff", T_SPACE_EDIT_STAFF},
	{SPACE_RULE_WHO_PARTNER, "partner", T_SPACE_EDIT_PARTNERS},
	{SPACE_RULE_WHO_STUDENT, "student", T_SPACE_EDIT_STUDENTS},
};

static const struct form_field priority_fields[] = {
	{"who", FORM_SELECT, AT(who), .required = true, .label = T_SPACE_EDIT_KEPT_FOR, .choices = {kinds, KINDS}},
	{"days", FORM_CHECKS, AT(days), .required = true, .label = T_SPACE_EDIT_DAYS,
	    .missing = T_SPACE_EDIT_DAYS_MISSING},
	{"opens", FORM_TIME, AT(opens), .required = true, .label = T_SPACE_EDIT_FROM},
	{"closes", FORM_TIME, AT(closes), .required = true, .label = T_SPACE_EDIT_TO},
	{"until", FORM_INT, AT(until), .min = 0, .max = 365, .label = T_SPACE_EDIT_UNTIL,
	    .hint = T_SPACE_EDIT_UNTIL_HINT},
	{"version", FORM_HIDDEN, AT(version)},
};

static void
check_priority(struct req *r, void *form, struct form_state *state)
{
	const struct priority_form *f = form;

	(void)r;
	if (f->closes.n <= f->opens.n)
		form_problem(state, "closes", said(T_SPACE_EDIT_CLOSES_BEFORE));
	if (f->days >= 1 << WEEK_DAYS)
		form_problem(state, "days", said(T_SPACE_EDIT_DAYS_MISSING));
}

static const struct form_spec priority_spec = FORM_SPEC("priority", struct priority_form, priority_fields,
    .check = check_priority);

struct row_form {
	int64_t id, version;
};

static const struct form_field row_fields[] = {
	{"id", FORM_HIDDEN, offsetof(struct row_form, id), .required = true},
	{"version", FORM_HIDDEN, offsetof(struct row_form, version)},
};

static const struct form_spec row_spec = FORM_SPEC("row", struct row_form, row_fields);

/* --- the page --------------------------------------------------------------------------------------------------- */

static struct said
kind_words(int64_t who)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].value == who)
			return said(kinds[i].text);
	return (struct said){0};
}

/* What holds for some, as sentences: who answers, above how many hours, and at most how many. */
static struct space_rule_line
rule_line(const struct space_rule *rule)
{
	bool outside = rule->approval == SPACE_RULE_APPROVAL_OUTSIDE;

	return (struct space_rule_line){
		.id = rule->id.n,
		.approval = t_space_edit_approves(rule->approval),
		.week = outside && rule->week_minutes ? t_space_edit_above(rule->week_minutes / HOUR)
		    : (struct said){0},
		.quota = rule->quota_minutes ? t_space_edit_at_most(rule->quota_minutes / HOUR) : (struct said){0},
		.shipped = rule->id.n == 0,
	};
}

static const struct space_rule *
rule_of(struct space_rule_list rules, int64_t who)
{
	for (size_t i = 0; i < rules.n; i++) {
		const struct space_rule *rule = &rules.at[i];

		if (rule->organisation.n ? rule->organisation.n + WHO_ORGANISATION == who : (int64_t)rule->who == who)
			return rule;
	}
	return NULL;
}

static struct str
change_address(struct req *r, const struct space *s, int64_t who)
{
	return str_fmt(r->arena, "%.*s?who=%lld#rule", STR_ARG(space_edit_tab(r, space_address(r, s), SPACE_TAB_TERMS)),
	    (long long)who);
}

/* A line for each kind of people, and one for each organisation with a rule of its own. */
static struct space_rule_line_list
rule_lines(struct req *r, const struct space *s)
{
	struct space_rule_list rules = space_rules_of(r->tx, s->id);
	struct space_rule_line_list list = {ARENA_ARRAY(r->arena, struct space_rule_line, rules.n + KINDS), 0};
	struct organisation o;

	for (size_t i = 0; i < KINDS; i++) {
		const struct space_rule *found = rule_of(rules, kinds[i].value);
		struct space_rule rule = found ? *found : space_rule_shipped();

		list.at[list.n] = rule_line(&rule);
		list.at[list.n].who = page_words(r, kinds[i].text);
		list.at[list.n++].change = change_address(r, s, kinds[i].value);
	}
	for (size_t i = 0; i < rules.n; i++)
		if (rules.at[i].organisation.n && partner_find(r->tx, rules.at[i].organisation, &o)) {
			list.at[list.n] = rule_line(&rules.at[i]);
			list.at[list.n].who = texts_in(o.name, r->lang).text;
			list.at[list.n++].change = change_address(r, s, o.id.n + WHO_ORGANISATION);
		}
	return list;
}

static struct space_priority_line_list
priority_lines(struct req *r, const struct space *s)
{
	struct space_priority_list all = space_priorities_of(r->tx, s->id);
	struct space_priority_line_list list = {ARENA_ARRAY(r->arena, struct space_priority_line, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct space_priority_line){all.at[i].id.n, kind_words((int64_t)all.at[i].who),
		    space_days_words(r, all.at[i].days), all.at[i].opens, all.at[i].closes, all.at[i].until_days};
	return list;
}

/* Those who work with the campus come first; any may be given a rule. */
static struct choices
who_to_choose(struct req *r)
{
	struct organisation_list all = partners_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + KINDS);
	size_t n = 0;

	for (; n < KINDS; n++)
		at[n] = (struct choice){kinds[n].value, .text = kinds[n].text};
	for (size_t i = 0; i < all.n; i++)
		at[n++] = (struct choice){all.at[i].id.n + WHO_ORGANISATION,
		    .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, n};
}

/* The rule that ?who= asks for, to be changed. */
static struct rule_form
rule_asked(struct req *r, const struct space *s)
{
	int64_t who = query_int(r, "who", 0);
	const struct space_rule *found = rule_of(space_rules_of(r->tx, s->id), who);
	struct space_rule rule = found ? *found : space_rule_shipped();

	return (struct rule_form){who, (int64_t)rule.approval, rule.week_minutes / HOUR, rule.quota_minutes / HOUR,
	    s->version};
}

static void
show_terms(struct req *r)
{
	struct space_edit_terms_page page = {0};
	struct space_change c;
	struct terms_form terms;
	struct rule_form rule;

	if (!space_change_begin(r, &c))
		page_not_found(r);
	terms = terms_of(&c.now);
	rule = rule_asked(r, &c.now);
	form_show(r, &terms_spec, &terms);
	form_choices(form_show(r, &rule_spec, &rule), "who", who_to_choose(r));
	form_choices(form_show(r, &priority_spec, &(struct priority_form){.until = 7, .version = c.now.version}),
	    "days", space_weekdays_to_choose(r));
	page.head = space_edit_head_of(&c, SPACE_TAB_TERMS);
	page.version = c.now.version;
	page.editing = rule.who != 0 || page_form_is_typed(r, "rule");
	page.rules = rule_lines(r, &c.now);
	page.priorities = priority_lines(r, &c.now);
	space_edit_terms_html(r, &page);
}

/* --- as everyone reads them ------------------------------------------------------------------------------------- */

/* The hours that hold, or will. */
static struct space_edit_hours_list
open_lines(struct req *r, const struct space *s)
{
	struct space_hours_list all = space_hours_of_space(r->tx, s->id);
	struct space_edit_hours_list list = {ARENA_ARRAY(r->arena, struct space_edit_hours, all.n), 0};

	for (size_t i = 0; i < all.n; i++) {
		const struct space_hours *h = &all.at[i];

		if (h->ends.day == 0 || h->ends.day >= r->today.day)
			list.at[list.n++] = (struct space_edit_hours){.days = space_days_words(r, h->days),
			    .opens = h->opens,
			    .closes = h->closes, .staffed = h->staffed, .valid = {h->starts, h->ends}};
	}
	return list;
}

static struct said
adult_words(enum space_adult_for who)
{
	switch (who) {
	case SPACE_ADULT_FOR_STUDENTS: return said(T_SPACE_RULES_ADULT_STUDENTS);
	case SPACE_ADULT_FOR_EVERYONE: return said(T_SPACE_RULES_ADULT_EVERYONE);
	case SPACE_ADULT_FOR_MINORS:
	case SPACE_ADULT_FOR_NONE: break;
	}
	return said(T_SPACE_RULES_ADULT_MINORS);
}

/* Those for whom the same holds stand together. */
static struct space_rule_line_list
joined(struct req *r, struct space_rule_line_list all)
{
	struct space_rule_line_list list = {ARENA_ARRAY(r->arena, struct space_rule_line, all.n), 0};

	for (size_t i = 0; i < all.n; i++) {
		struct space_rule_line *last = list.n ? &list.at[list.n - 1] : NULL;

		if (last && last->shipped && all.at[i].shipped)
			last->who = str_fmt(r->arena, "%.*s, %.*s", STR_ARG(last->who), STR_ARG(all.at[i].who));
		else
			list.at[list.n++] = all.at[i];
	}
	return list;
}

static void
show_rules(struct req *r)
{
	const struct space *s = space_or_404(r);
	organisation_id acts = space_acting_for(r, s);
	struct space_rule rule = space_rule_for(r->tx, &r->actor, s, acts);
	struct organisation o = {0};

	if (acts.n)
		partner_find(r->tx, acts, &o);
	space_rules_html(r, &(struct space_rules_page){
		.name = s->name,
		.address = space_address(r, s),
		.acting = o.name,
		.has_acting = o.id.n != 0,
		.you = space_rule_words(r->tx, &r->actor, s, rule),
		.quota = r->actor.person && rule.quota_minutes ? t_space_edit_at_most(rule.quota_minutes / HOUR)
		    : (struct said){0},
		.rules = joined(r, rule_lines(r, s)),
		.priorities = priority_lines(r, s),
		.hours = open_lines(r, s),
		.holidays = s->open_holidays,
		.breaks = s->open_breaks,
		.shortest = space_length_words(s->shortest),
		.longest = space_length_words(s->longest),
		.ahead = s->ahead_days,
		.before = s->before_minutes,
		.after = s->after_minutes,
		.drop_in = s->drop_in_to > s->drop_in_from,
		.drop_from = s->drop_in_from,
		.drop_to = s->drop_in_to,
		.agreement = s->needs_agreement,
		.adult = adult_words(s->adult_for),
		.confirm = s->confirm_hours,
		.claim = s->claim_minutes,
	});
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

/* For the journal. */
static struct str
rule_plain(struct req *r, const struct space_rule *rule)
{
	struct out o = out_new(r->arena);

	journal_line(&o, "who", str_of(space_rule_who_words[rule->who]));
	if (rule->organisation.n)
		number_line(&o, "organisation", rule->organisation.n);
	journal_line(&o, "approval", str_of(space_rule_approval_words[rule->approval]));
	number_line(&o, "week_minutes", rule->week_minutes);
	number_line(&o, "quota_minutes", rule->quota_minutes);
	return out_text(&o);
}

static struct str
priority_plain(struct req *r, const struct space_priority *p)
{
	struct out o = out_new(r->arena);

	journal_line(&o, "kept for", str_of(space_priority_who_words[p->who]));
	number_line(&o, "days", p->days);
	number_line(&o, "opens", p->opens);
	number_line(&o, "closes", p->closes);
	number_line(&o, "until_days", p->until_days);
	return out_text(&o);
}

static bool
touch(struct space_change *c, int64_t version)
{
	return space_touch(c->r->tx, c->now.id, c->now.campus, version) > 0;
}

static struct outcome
save_rule(struct req *r)
{
	const struct rule_form *f = r->form;
	organisation_id organisation = {f->who > WHO_ORGANISATION ? f->who - WHO_ORGANISATION : 0};
	struct space_rule becomes = {.organisation = organisation, .approval = (enum space_rule_approval)f->approval,
	    .week_minutes = f->week * HOUR, .quota_minutes = f->quota * HOUR};
	const struct space_rule *was;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	becomes.who = organisation.n ? SPACE_RULE_WHO_PARTNER : (enum space_rule_who)f->who;
	if (organisation.n ? !partner_in(partners_all(r->tx), organisation) : !kind_words(f->who).text) {
		form_problem(form_posted(r), "who", said(T_SPACE_EDIT_WHO_MISSING));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	was = rule_of(space_rules_of(r->tx, c.now.id), f->who);
	if (!touch(&c, f->version))
		return space_change_late(r);
	if (organisation.n)
		space_rule_put_for(r->tx, c.now.id, organisation, becomes.approval, becomes.week_minutes,
		    becomes.quota_minutes);
	else
		space_rule_put(r->tx, c.now.id, becomes.who, becomes.approval, becomes.week_minutes,
		    becomes.quota_minutes);
	note(&c, was ? rule_plain(r, was) : STR(""), rule_plain(r, &becomes));
	return back_to_terms(&c, T_SPACE_EDIT_SAVED);
}

static struct outcome
drop_rule(struct req *r)
{
	const struct row_form *f = r->form;
	struct space_rule_list rules;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!touch(&c, f->version))
		return space_change_late(r);
	rules = space_rules_of(r->tx, c.now.id);
	for (size_t i = 0; i < rules.n; i++)
		if (rules.at[i].id.n == f->id)
			note(&c, rule_plain(r, &rules.at[i]), STR(""));
	return space_rule_drop(r->tx, (space_rule_id){f->id}, c.now.id) ? back_to_terms(&c, T_SPACE_EDIT_SAVED)
	    : refused(r, VERDICT_NOT_FOUND, (struct said){0});
}

static struct outcome
add_priority(struct req *r)
{
	const struct priority_form *f = r->form;
	struct space_priority becomes = {.who = (enum space_priority_who)f->who, .days = f->days, .opens = f->opens.n,
	    .closes = f->closes.n, .until_days = f->until};
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!touch(&c, f->version))
		return space_change_late(r);
	if (space_priorities_of(r->tx, c.now.id).n >= ROWS_MOST)
		return refused(r, VERDICT_INVALID, said(T_SPACE_EDIT_ROWS_MANY));
	space_priority_add(r->tx, c.now.id, becomes.who, f->days, f->opens.n, f->closes.n, f->until);
	note(&c, STR(""), priority_plain(r, &becomes));
	return back_to_terms(&c, T_SPACE_EDIT_SAVED);
}

static struct outcome
drop_priority(struct req *r)
{
	const struct row_form *f = r->form;
	struct space_priority_list all;
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!touch(&c, f->version))
		return space_change_late(r);
	all = space_priorities_of(r->tx, c.now.id);
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].id.n == f->id)
			note(&c, priority_plain(r, &all.at[i]), STR(""));
	return space_priority_drop(r->tx, (space_priority_id){f->id}, c.now.id)
	    ? back_to_terms(&c, T_SPACE_EDIT_DROPPED)
	    : refused(r, VERDICT_NOT_FOUND, (struct said){0});
}

#define TERMS "/{lang}/{campus}/space/{space}/edit/terms"

const struct route space_terms_routes[] = {
	{GET, "/{lang}/{campus}/space/{space}/rules", MAY_ANYONE, show_rules},
	{GET, TERMS, MAY_EDIT_SPACES, show_terms},
	{POST, TERMS, MAY_EDIT_SPACES, show_terms, save_terms, &terms_spec},
	{POST, TERMS "/rule", MAY_EDIT_SPACES, show_terms, save_rule, &rule_spec},
	{POST, TERMS "/rule/drop", MAY_EDIT_SPACES, show_terms, drop_rule, &row_spec},
	{POST, TERMS "/priority", MAY_EDIT_SPACES, show_terms, add_priority, &priority_spec},
	{POST, TERMS "/priority/drop", MAY_EDIT_SPACES, show_terms, drop_priority, &row_spec},
	{0},
};
