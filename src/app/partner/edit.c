/* Adding and editing an organisation, whom to call there and what was agreed; ending it and bringing it back. */
#include "app/partner/pages.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/page/page.h"
#include "app/partner/partner.html.h"  /* generated */
#include "app/partner/partner.sql.h"   /* generated */
#include "app/partner/partner.texts.h" /* generated */
#include "app/rights.h"                /* generated */

struct outcome
partner_back(struct req *r, struct said flash)
{
	return see_other(r, PARTNER, flash);
}

static struct outcome
back_or_not(struct req *r, enum verdict v, const struct text *flash)
{
	if (v == VERDICT_OK)
		return partner_back(r, said(flash));
	return refused(r, v, v == VERDICT_CONFLICT ? said(T_PARTNER_CHANGED_SINCE)
	    : v == VERDICT_FORBIDDEN ? said(T_PARTNER_NOT_YOURS) : (struct said){0});
}

/* The organisation of the path, for those who may change it; others leave here. */
static struct organisation
to_edit(struct req *r)
{
	struct organisation o = partner_or_404(r);

	if (o.ended_at.s || !partner_may_edit(r->tx, &r->actor, o.id))
		page_forbidden(r);
	return o;
}

/* "example.fi" is what people type. */
static void
check_url(struct req *r, struct form_state *state, struct str *url)
{
	if (url->n && !str_contains(*url, STR("://")))
		*url = str_fmt(r->arena, "https://%.*s", STR_ARG(*url));
	if (url->n && ((!str_starts(*url, STR("https://")) && !str_starts(*url, STR("http://"))) ||
	    str_contains(*url, STR(" ")) || !str_contains(*url, STR("."))))
		form_problem(state, "url", said(T_PARTNER_URL_WRONG));
}

/* --- the organisation ------------------------------------------------------------------------------------ */

#define AT(field) offsetof(struct organisation_form, field)

static const struct form_field organisation_fields[] = {
	{"name", FORM_TEXTS, AT(name), .required = true, .max = 120, .label = T_PARTNER_NAME},
	{"type", FORM_SELECT, AT(type), .required = true, .label = T_PARTNER_TYPE_LABEL},
	{"municipality", FORM_SELECT, AT(municipality), .label = T_PARTNER_MUNICIPALITY},
	{"campuses", FORM_ANY, AT(campuses), .label = T_PARTNER_CAMPUSES, .hint = T_PARTNER_CAMPUSES_HINT},
	{"does", FORM_TEXTS_LONG, AT(does), .max = 500, .label = T_PARTNER_DOES, .hint = T_PARTNER_DOES_HINT},
	{"url", FORM_TEXT, AT(url), .max = 490, .label = T_PARTNER_URL},
	{"version", FORM_HIDDEN, AT(version)},
};

static void
check_organisation(struct req *r, void *form, struct form_state *state)
{
	check_url(r, state, &((struct organisation_form *)form)->url);
}

static const struct form_spec organisation_spec =
    FORM_SPEC("organisation", struct organisation_form, organisation_fields, .check = check_organisation);

static struct choices
types_to_choose(struct req *r)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, ORGANISATION_TYPE_COUNT);

	for (int i = 1; i < ORGANISATION_TYPE_COUNT; i++)
		at[i - 1] = (struct choice){i,
		    .plain = said_plain(r->arena, r->lang, t_partner_type((enum organisation_type)i))};
	return (struct choices){at, ORGANISATION_TYPE_COUNT - 1};
}

static struct choices
towns_to_choose(struct req *r)
{
	struct municipality_list all = campus_municipalities(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);

	at[0] = (struct choice){0, .text = T_PARTNER_NO_MUNICIPALITY};
	for (size_t i = 0; i < all.n; i++)
		at[i + 1] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n + 1};
}

static struct choices
campuses_to_choose(struct req *r)
{
	struct campus_list all = campus_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n);

	for (size_t i = 0; i < all.n; i++)
		at[i] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n};
}

static void
show_organisation(struct req *r, const struct organisation_form *from, const struct text *heading, struct str back)
{
	struct form_state *form = form_show(r, &organisation_spec, from);

	form_choices(form, "type", types_to_choose(r));
	form_choices(form, "municipality", towns_to_choose(r));
	form_choices(form, "campuses", campuses_to_choose(r));
	partner_edit_html(r, &(struct partner_edit_page){said(heading), back,
	    str_fmt(r->arena, "%.*s/%s", STR_ARG(back), from->version ? "edit" : "new")});
}

static void
show_new(struct req *r)
{
	show_organisation(r, &(struct organisation_form){0}, T_PARTNER_ADD, path_fill(r, "/{lang}/partners"));
}

static struct ids
campuses_of(struct req *r, organisation_id id)
{
	struct organisation_campus_list its = organisation_campuses_of(r->tx, id);
	struct ids ids = {0};

	for (size_t i = 0; i < its.n; i++)
		ids_add(r->arena, &ids, its.at[i].campus.n);
	return ids;
}

static void
show_edit(struct req *r)
{
	struct organisation o = to_edit(r);

	show_organisation(r, &(struct organisation_form){
		.name = o.name, .does = o.does, .url = o.url, .type = o.type, .municipality = o.municipality.n,
		.campuses = campuses_of(r, o.id), .version = o.version,
	}, T_PARTNER_EDIT, partner_address(r, o.id));
}

/* What was chosen from lists that the database gave. */
static bool
check_choices(struct req *r)
{
	const struct organisation_form *f = r->form;
	struct choices towns = towns_to_choose(r);
	bool known = false;

	for (size_t i = 0; i < towns.n; i++)
		known |= towns.at[i].value == f->municipality;
	if (!known)
		form_problem(form_posted(r), "municipality", said(T_PARTNER_CHOOSE_ONE));
	if (f->type < 1 || f->type >= ORGANISATION_TYPE_COUNT)
		form_problem(form_posted(r), "type", said(T_PARTNER_CHOOSE_ONE));
	return form_posted(r)->problems == 0;
}

/* Whether the actor coordinates at least one of the campuses that are marked: else it would be nobody's to edit. */
static bool
is_within_reach(struct req *r)
{
	const struct organisation_form *f = r->form;
	struct campus_list all = campus_all(r->tx);

	if (actor_may(&r->actor, MAY_EDIT_PARTNERS, 0))
		return true;
	for (size_t i = 0; i < all.n; i++)
		if (ids_has(f->campuses, all.at[i].id.n) && actor_may(&r->actor, MAY_EDIT_PARTNERS, all.at[i].id.n))
			return true;
	return false;
}

static struct outcome
create(struct req *r)
{
	organisation_id id = {0};

	if (!check_choices(r))
		return refused(r, VERDICT_INVALID, (struct said){0});
	if (!is_within_reach(r))
		return refused(r, VERDICT_FORBIDDEN, said(T_PARTNER_NOT_YOURS));
	partner_save(r->tx, &r->actor, &id, r->form, r->today);
	return see_address(r, partner_address(r, id), said(T_PARTNER_SAVED));
}

static struct outcome
change(struct req *r)
{
	struct organisation o = to_edit(r);

	if (!check_choices(r))
		return refused(r, VERDICT_INVALID, (struct said){0});
	return back_or_not(r, partner_save(r->tx, &r->actor, &o.id, r->form, r->today), T_PARTNER_SAVED);
}

/* --- ending it ------------------------------------------------------------------------------------------- */

struct end_form {
	bool sure;
	int64_t version;
};

static const struct form_field end_fields[] = {
	{"sure", FORM_CHECK, offsetof(struct end_form, sure), .required = true, .label = T_PARTNER_END_SURE,
	    .missing = T_PARTNER_END_NOT_SURE},
	{"version", FORM_HIDDEN, offsetof(struct end_form, version)},
};

static const struct form_spec end_spec = FORM_SPEC("end", struct end_form, end_fields);

static const struct form_field return_fields[] = {{"version", FORM_HIDDEN, offsetof(struct end_form, version)}};

static const struct form_spec return_spec = FORM_SPEC("return", struct end_form, return_fields);

void
partner_show_end(struct req *r, const struct organisation *o)
{
	form_show(r, &end_spec, &(struct end_form){.version = o->version});
	form_show(r, &return_spec, &(struct end_form){.version = o->version});
}

static struct outcome
end(struct req *r)
{
	const struct end_form *f = r->form;

	return back_or_not(r, partner_end(r->tx, &r->actor, partner_or_404(r).id, f->version, r->today),
	    T_PARTNER_ENDED_FLASH);
}

static struct outcome
bring_back(struct req *r)
{
	const struct end_form *f = r->form;

	return back_or_not(r, partner_return(r->tx, &r->actor, partner_or_404(r).id, f->version),
	    T_PARTNER_RETURNED_FLASH);
}

/* --- whom to call there ---------------------------------------------------------------------------------- */

static const struct form_field contact_fields[] = {
	{"name", FORM_TEXT, offsetof(struct contact_form, name), .required = true, .max = 100,
	    .label = T_PARTNER_CONTACT_NAME, .hint = T_PARTNER_CONTACT_HINT},
	{"task", FORM_TEXT, offsetof(struct contact_form, task), .max = 200, .label = T_PARTNER_CONTACT_TASK},
	{"email", FORM_EMAIL, offsetof(struct contact_form, email), .depends = true, .max = 254,
	    .label = T_PARTNER_CONTACT_EMAIL},
	{"phone", FORM_TEXT, offsetof(struct contact_form, phone), .depends = true, .max = 40,
	    .label = T_PARTNER_CONTACT_PHONE},
	{"version", FORM_HIDDEN, offsetof(struct contact_form, version)},
};

static void
check_contact(struct req *r, void *form, struct form_state *state)
{
	const struct contact_form *f = form;

	(void)r;
	if (f->email.n == 0 && f->phone.n == 0)
		form_problem(state, "email", said(T_PARTNER_CONTACT_NO_WAY));
}

static const struct form_spec contact_spec =
    FORM_SPEC("contact", struct contact_form, contact_fields, .check = check_contact);

/* That of the path, of this organisation; 0 for a new one. */
static struct organisation_contact
contact_of_path(struct req *r, const struct organisation *o)
{
	struct organisation_contact c = {0};

	if (path_has(r, "contact") && (!organisation_contact_find(r->tx,
	    (organisation_contact_id){path_int(r, "contact")}, &c) || c.organisation.n != o->id.n || c.ended_at.s))
		page_not_found(r);
	return c;
}

static void
show_contact(struct req *r)
{
	struct organisation o = to_edit(r);
	struct organisation_contact c = contact_of_path(r, &o);

	form_show(r, &contact_spec, &(struct contact_form){c.name, c.task, c.email, c.phone, c.version});
	partner_contact_html(r, &(struct partner_contact_page){o.name, partner_address(r, o.id),
	    path_fill(r, c.id.n ? PARTNER "/contact/{contact}" : PARTNER "/contact"), c.id.n != 0});
}

static struct outcome
save_contact(struct req *r)
{
	struct organisation o = to_edit(r);

	return back_or_not(r, partner_contact_save(r->tx, &r->actor, o.id, contact_of_path(r, &o).id, r->form),
	    T_PARTNER_SAVED);
}

static struct outcome
end_contact(struct req *r)
{
	struct organisation o = to_edit(r);

	return back_or_not(r, partner_contact_end(r->tx, &r->actor, o.id, contact_of_path(r, &o).id),
	    T_PARTNER_CONTACT_ENDED);
}

/* --- what was agreed ------------------------------------------------------------------------------------- */

static const struct form_field agreement_fields[] = {
	{"title", FORM_TEXT, offsetof(struct agreement_form, title), .required = true, .max = 200,
	    .label = T_PARTNER_AGREEMENT_TITLE, .hint = T_PARTNER_AGREEMENT_TITLE_HINT},
	{"starts", FORM_DATE, offsetof(struct agreement_form, starts), .required = true, .label = T_PARTNER_STARTS},
	{"ends", FORM_DATE, offsetof(struct agreement_form, ends), .label = T_PARTNER_ENDS,
	    .hint = T_PARTNER_ENDS_HINT},
	{"number", FORM_TEXT, offsetof(struct agreement_form, number), .max = 100, .label = T_PARTNER_NUMBER,
	    .hint = T_PARTNER_NUMBER_HINT},
	{"url", FORM_TEXT, offsetof(struct agreement_form, url), .max = 490, .label = T_PARTNER_DOCUMENT,
	    .hint = T_PARTNER_DOCUMENT_HINT},
	{"version", FORM_HIDDEN, offsetof(struct agreement_form, version)},
};

static void
check_agreement(struct req *r, void *form, struct form_state *state)
{
	struct agreement_form *f = form;

	check_url(r, state, &f->url);
	if (f->ends.day && f->ends.day < f->starts.day)
		form_problem(state, "ends", said(T_PARTNER_ENDS_BEFORE));
}

static const struct form_spec agreement_spec =
    FORM_SPEC("agreement", struct agreement_form, agreement_fields, .check = check_agreement);

static struct organisation_agreement
agreement_of_path(struct req *r, const struct organisation *o)
{
	struct organisation_agreement a = {0};

	if (path_has(r, "agreement") && (!organisation_agreement_find(r->tx,
	    (organisation_agreement_id){path_int(r, "agreement")}, &a) || a.organisation.n != o->id.n ||
	    a.cancelled_at.s))
		page_not_found(r);
	return a;
}

static void
show_agreement(struct req *r)
{
	struct organisation o = to_edit(r);
	struct organisation_agreement a = agreement_of_path(r, &o);

	form_show(r, &agreement_spec,
	    &(struct agreement_form){a.title, a.number, a.url, a.starts, a.ends, a.version});
	partner_agreement_html(r, &(struct partner_agreement_page){o.name, partner_address(r, o.id),
	    path_fill(r, a.id.n ? PARTNER "/agreement/{agreement}" : PARTNER "/agreement"), a.id.n != 0});
}

static struct outcome
save_agreement(struct req *r)
{
	struct organisation o = to_edit(r);

	return back_or_not(r, partner_agreement_save(r->tx, &r->actor, o.id, agreement_of_path(r, &o).id, r->form),
	    T_PARTNER_SAVED);
}

static struct outcome
end_agreement(struct req *r)
{
	struct organisation o = to_edit(r);

	return back_or_not(r, partner_agreement_end(r->tx, &r->actor, o.id, agreement_of_path(r, &o).id),
	    T_PARTNER_AGREEMENT_ENDED);
}

#define CONTACT PARTNER "/contact/{contact}"
#define AGREEMENT PARTNER "/agreement/{agreement}"

const struct route partner_edit_routes[] = {
	{GET, "/{lang}/partners/new", MAY_EDIT_PARTNERS, show_new},
	{POST, "/{lang}/partners/new", MAY_EDIT_PARTNERS, show_new, create, &organisation_spec},
	{GET, PARTNER "/edit", MAY_EDIT_PARTNERS, show_edit},
	{POST, PARTNER "/edit", MAY_EDIT_PARTNERS, show_edit, change, &organisation_spec},
	{POST, PARTNER "/end", MAY_EDIT_PARTNERS, partner_show, end, &end_spec},
	{POST, PARTNER "/return", MAY_EDIT_PARTNERS, partner_show, bring_back, &return_spec},
	{GET, PARTNER "/contact", MAY_EDIT_PARTNERS, show_contact},
	{POST, PARTNER "/contact", MAY_EDIT_PARTNERS, show_contact, save_contact, &contact_spec},
	{GET, CONTACT, MAY_EDIT_PARTNERS, show_contact},
	{POST, CONTACT, MAY_EDIT_PARTNERS, show_contact, save_contact, &contact_spec},
	{POST, CONTACT "/end", MAY_EDIT_PARTNERS, show_contact, end_contact},
	{GET, PARTNER "/agreement", MAY_EDIT_PARTNERS, show_agreement},
	{POST, PARTNER "/agreement", MAY_EDIT_PARTNERS, show_agreement, save_agreement, &agreement_spec},
	{GET, AGREEMENT, MAY_EDIT_PARTNERS, show_agreement},
	{POST, AGREEMENT, MAY_EDIT_PARTNERS, show_agreement, save_agreement, &agreement_spec},
	{POST, AGREEMENT "/end", MAY_EDIT_PARTNERS, show_agreement, end_agreement},
	{0},
};
