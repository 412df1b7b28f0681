/* The list of partner organisations, the page of one, and what is told of a person's. */
#include "app/partner/inside.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/collate.h"
#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/page/page.h"
#include "app/partner/pages.h"
#include "app/partner/partner.html.h"  /* generated */
#include "app/partner/partner.sql.h"   /* generated */
#include "app/partner/partner.texts.h" /* generated */
#include "app/rights.h"                /* generated */
#include "app/room.h"

enum { SOON_DAYS = 60 };

struct str
partner_address(const struct req *r, organisation_id id)
{
	return str_fmt(r->arena, "/%s/partners/%lld", lang_code(r->lang), (long long)id.n);
}

struct organisation
partner_or_404(struct req *r)
{
	struct organisation o;

	if (!organisation_by_id(r->tx, (organisation_id){path_int(r, "partner")}, &o) ||
	    (o.ended_at.s && !partner_may_end(r->tx, &r->actor, o.id)))
		page_not_found(r);
	return o;
}

/* --- words ----------------------------------------------------------------------------------------------- */

static struct texts
town_of(struct municipality_list towns, municipality_id id)
{
	for (size_t i = 0; i < towns.n; i++)
		if (towns.at[i].id.n == id.n)
			return towns.at[i].name;
	return (struct texts){0};
}

/* How long it holds, in words and with a look. */
static struct partner_validity
validity_of(const struct organisation_agreement *a, struct date today)
{
	if (a->ends.day && a->ends.day < today.day)
		return (struct partner_validity){t_partner_over(a->ends), STR("not-here")};
	if (a->starts.day > today.day)
		return (struct partner_validity){t_partner_begins(a->starts), STR("coming")};
	if (a->ends.day == 0)
		return (struct partner_validity){t_partner_open_ended(a->starts), STR("done")};
	if (a->ends.day - today.day <= SOON_DAYS)
		return (struct partner_validity){t_partner_ends_soon(a->ends), STR("our-way")};
	return (struct partner_validity){t_partner_holds(a->ends), STR("done")};
}

/* --- the list -------------------------------------------------------------------------------------------- */

static struct link_list
campus_tags(struct req *r, struct campus_list campuses, struct organisation_campus_list all, organisation_id id)
{
	struct link_list list = {ARENA_ARRAY(r->arena, struct link, campuses.n), 0};

	for (size_t i = 0; i < campuses.n; i++)
		if (partner_works_on(all, id, campuses.at[i].id))
			list.at[list.n++] = (struct link){texts_in(campuses.at[i].name, r->lang).text,
			    str_fmt(r->arena, "/%s/%.*s", lang_code(r->lang), STR_ARG(campuses.at[i].slug)),
			    .color = campuses.at[i].color};
	return list;
}

/* The agreement that the next thing has to be done about: the one that holds longest, when it ends soon. */
static struct partner_validity
soon_of(struct organisation_agreement_list all, organisation_id id, struct date today)
{
	const struct organisation_agreement *longest = NULL;

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].organisation.n == id.n)
			longest = &all.at[i]; /* in that order */
	if (!longest || longest->ends.day == 0 || longest->ends.day - today.day > SOON_DAYS)
		return (struct partner_validity){0};
	return validity_of(longest, today);
}

struct listing {
	struct campus_list campuses;
	struct organisation_campus_list on;
	struct municipality_list towns;
	struct organisation_agreement_list agreements; /* for those who may know */
};

static struct partner_card
card_of(struct req *r, const struct listing *l, const struct organisation *o)
{
	return (struct partner_card){
		.sorted = texts_in(o->name, r->lang).text,
		.name = o->name,
		.address = partner_address(r, o->id),
		.type = t_partner_type(o->type),
		.municipality = town_of(l->towns, o->municipality),
		.has_municipality = o->municipality.n != 0,
		.does = o->does,
		.campuses = campus_tags(r, l->campuses, l->on, o->id),
		.agreement = soon_of(l->agreements, o->id, r->today),
	};
}

/* By name, as readers look for it. */
static struct partner_card_list
cards_of(struct req *r, const struct listing *l, struct organisation_list all, campus_id campus)
{
	struct partner_card_list list = {ARENA_ARRAY(r->arena, struct partner_card, all.n), 0};

	for (size_t i = 0; i < all.n; i++)
		if (campus.n == 0 || partner_works_on(l->on, all.at[i].id, campus))
			list.at[list.n++] = card_of(r, l, &all.at[i]);
	collate_sort(r->arena, r->lang, list.at, list.n, sizeof *list.at, offsetof(struct partner_card, sorted));
	return list;
}

static struct link_list
campus_filter(struct req *r, struct campus_list campuses, campus_id chosen)
{
	struct link_list list = {ARENA_ARRAY(r->arena, struct link, campuses.n + 1), campuses.n + 1};
	struct str base = path_fill(r, "/{lang}/partners");

	list.at[0] = (struct link){page_words(r, T_PARTNER_ALL_CAMPUSES), base, chosen.n == 0};
	for (size_t i = 0; i < campuses.n; i++)
		list.at[i + 1] = (struct link){texts_in(campuses.at[i].name, r->lang).text,
		    str_fmt(r->arena, "%.*s?campus=%.*s", STR_ARG(base), STR_ARG(campuses.at[i].slug)),
		    campuses.at[i].id.n == chosen.n, .color = campuses.at[i].color};
	return list;
}

static void
show_partners(struct req *r)
{
	struct listing l = {campus_all(r->tx), organisation_campuses(r->tx), campus_municipalities(r->tx)};
	struct organisation_list ended = {0};
	struct campus campus = {0};

	campus_find(r->tx, query_text(r, "campus"), &campus);
	if (actor_may(&r->actor, MAY_SEE_PARTNERS_INSIDE, ACTOR_ANYWHERE))
		l.agreements = organisation_agreements_after(r->tx, r->today);
	if (actor_may(&r->actor, MAY_EDIT_PARTNERS, ACTOR_ANYWHERE))
		ended = organisations_ended(r->tx);
	partner_index_html(r, &(struct partner_index_page){
		.filter = campus_filter(r, l.campuses, campus.id),
		.partners = cards_of(r, &l, organisations(r->tx), campus.id),
		.ended = cards_of(r, &l, ended, campus.id),
	});
}

/* --- one of them ----------------------------------------------------------------------------------------- */

static struct partner_contact_list
contacts_of(struct req *r, organisation_id id, struct str base)
{
	struct organisation_contact_list all = organisation_contacts_of(r->tx, id);
	struct partner_contact_list list = {ARENA_ARRAY(r->arena, struct partner_contact, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct organisation_contact *c = &all.at[i];

		list.at[i] = (struct partner_contact){c->name, c->task, c->email,
		    c->email.n ? str_fmt(r->arena, "mailto:%.*s", STR_ARG(c->email)) : STR(""), c->phone,
		    page_call_address(r, c->phone),
		    str_fmt(r->arena, "%.*s/contact/%lld", STR_ARG(base), (long long)c->id.n)};
	}
	return list;
}

static struct partner_agreement_list
agreements_of(struct req *r, organisation_id id, struct str base)
{
	struct organisation_agreement_list all = organisation_agreements_of(r->tx, id);
	struct partner_agreement_list list = {ARENA_ARRAY(r->arena, struct partner_agreement, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct organisation_agreement *a = &all.at[i];

		list.at[i] = (struct partner_agreement){a->title, a->number, a->url, validity_of(a, r->today),
		    str_fmt(r->arena, "%.*s/agreement/%lld", STR_ARG(base), (long long)a->id.n)};
	}
	return list;
}

static struct partner_member_list
members_of(struct req *r, organisation_id id)
{
	struct organisation_member_list all = organisation_members_of(r->tx, id);
	struct partner_member_list list = {ARENA_ARRAY(r->arena, struct partner_member, all.n), 0};
	struct person p;

	for (size_t i = 0; i < all.n; i++)
		if (person_find(r->tx, all.at[i].person, &p) && p.cancelled_at.s == 0)
			list.at[list.n++] = (struct partner_member){all.at[i].id.n, p.name, p.title};
	return list;
}

void
partner_show(struct req *r)
{
	struct organisation o = partner_or_404(r);
	struct campus_list campuses = campus_all(r->tx);
	struct str base = partner_address(r, o.id);
	struct partner_partner_page page = {
		.id = o.id.n,
		.name = o.name,
		.type = t_partner_type(o.type),
		.municipality = town_of(campus_municipalities(r->tx), o.municipality),
		.has_municipality = o.municipality.n != 0,
		.does = o.does,
		.url = o.url,
		.campuses = campus_tags(r, campuses, organisation_campuses_of(r->tx, o.id), o.id),
		.base = base,
		.inside = partner_sees_inside(r->tx, &r->actor, o.id),
		.may_edit = partner_may_edit(r->tx, &r->actor, o.id) && o.ended_at.s == 0,
		.may_end = partner_may_end(r->tx, &r->actor, o.id),
		.ended = o.ended_at,
	};

	if (page.inside) {
		page.contacts = contacts_of(r, o.id, base);
		page.agreements = agreements_of(r, o.id, base);
		page.members = members_of(r, o.id);
	}
	partner_show_forms(r, &o);
	partner_partner_html(r, &page);
}

/* --- on the pages of others ------------------------------------------------------------------------------ */

static void
about(struct req *r, enum subject subject, int64_t id)
{
	struct organisation_list acts;
	struct link_list list;

	if (subject != SUBJECT_PERSON)
		return;
	acts = partners_of(r->tx, (person_id){id});
	list = (struct link_list){ARENA_ARRAY(r->arena, struct link, acts.n), acts.n};
	for (size_t i = 0; i < acts.n; i++)
		list.at[i] = (struct link){texts_in(acts.at[i].name, r->lang).text, partner_address(r, acts.at[i].id)};
	if (list.n)
		partner_acts_html(r, &(struct partner_acts_component){list, id == r->actor.person});
}

static const struct route list_routes[] = {
	{GET, "/{lang}/partners", MAY_ANYONE, show_partners},
	{GET, PARTNER, MAY_ANYONE, partner_show},
	{0},
};

static const struct route *const tables[] = {list_routes, partner_edit_routes, partner_people_routes, NULL};

static const struct nav nav[] = {
	{T_PARTNER_NAV, "/partners", MAY_ANYONE, false, T_PARTNER_NAV_LEAD, .at = 45, .rare = true},
	{0},
};

static const struct event *const events[] = {&partner_saved, &partner_ended, &partner_returned,
    &partner_contact_saved, &partner_contact_ended, &partner_agreement_saved, &partner_agreement_ended,
    &partner_member_added, &partner_member_ended, NULL};

static struct texts
named(struct tx *tx, const struct event *event, int64_t subject)
{
	struct organisation o;

	(void)event;
	return partner_find(tx, (organisation_id){subject}, &o) ? o.name : (struct texts){0};
}

const struct room partner_room = {
	.name = "partner",
	.routes = tables,
	.nav = nav,
	.about = about,
	.events = events,
	.named = named,
	.seed = partner_load,
	.letters = partner_letters,
};
