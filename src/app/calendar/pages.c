/* One's own calendar addresses, and the feeds behind them. */
#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/http/http.h"

#include "app/calendar/calendar.h"
#include "app/calendar/calendar.html.h"  /* generated */
#include "app/calendar/calendar.sql.h"   /* generated */
#include "app/calendar/calendar.texts.h" /* generated */
#include "app/page/page.h"
#include "app/partner/partner.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

static void
show_mine(struct req *r)
{
	struct organisation_list acts = partners_of(r->tx, (person_id){r->actor.person});
	struct calendar_line_list list = {ARENA_ARRAY(r->arena, struct calendar_line, acts.n + 1), 0};

	list.at[list.n++] = (struct calendar_line){CALENDAR_KEY_WHOSE_PERSON, r->actor.person, r->actor.name, true,
	    calendar_address(r->tx, CALENDAR_KEY_WHOSE_PERSON, r->actor.person, r->lang)};
	for (size_t i = 0; i < acts.n; i++)
		list.at[list.n++] = (struct calendar_line){CALENDAR_KEY_WHOSE_ORGANISATION, acts.at[i].id.n,
		    texts_in(acts.at[i].name, r->lang).text, false,
		    calendar_address(r->tx, CALENDAR_KEY_WHOSE_ORGANISATION, acts.at[i].id.n, r->lang)};
	calendar_mine_html(r, &(struct calendar_mine_page){list});
}

/* Whose the key of the path is, when it is the one that holds now. */
static bool
find_key(struct req *r, enum calendar_key_whose *whose, int64_t *id)
{
	struct str key = path_text(r, "key"), rest = key, word = str_cut(&rest, '-'), number = str_cut(&rest, '-');
	struct str now;

	if (!calendar_key_whose_of(word, whose) || !str_int(number, id))
		return false;
	now = calendar_address(r->tx, *whose, *id, r->lang);
	return str_contains(now, str_fmt(r->arena, "/calendar/%.*s/", STR_ARG(key)));
}

static void
show_feed(struct req *r)
{
	struct calendar_asked asked = {.lang = r->lang, .days = calendar_days(r->today), .today = r->today,
	    .zone = r->zone};
	struct calendar_list list = {0};
	struct organisation o;
	struct person p;
	struct str name;

	if (!find_key(r, &asked.whose, &asked.id))
		page_not_found(r);
	if (asked.whose == CALENDAR_KEY_WHOSE_PERSON) {
		/* Of someone who has left nothing is told any more. */
		if (!person_find(r->tx, (person_id){asked.id}, &p) || p.cancelled_at.s)
			page_not_found(r);
		name = p.name;
	} else {
		if (!partner_find(r->tx, (organisation_id){asked.id}, &o) || o.ended_at.s)
			page_not_found(r);
		name = texts_in(o.name, r->lang).text;
	}
	if (calendar_is_known(r))
		return;
	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->calendar)
			(*room)->calendar(r->tx, &asked, &list);
	calendar_answer(r, said_plain(r->arena, r->lang, t_calendar_feed_name(name)), list);
}

struct renew_form {
	int64_t whose, id;
};

static const struct form_field renew_fields[] = {
	{"whose", FORM_HIDDEN, offsetof(struct renew_form, whose)},
	{"id", FORM_HIDDEN, offsetof(struct renew_form, id)},
};

static const struct form_spec renew_spec = FORM_SPEC("renew", struct renew_form, renew_fields);

static struct outcome
renew(struct req *r)
{
	const struct renew_form *f = r->form;
	bool own = f->whose == CALENDAR_KEY_WHOSE_PERSON && f->id == r->actor.person;
	bool acts = f->whose == CALENDAR_KEY_WHOSE_ORGANISATION &&
	    partner_acts_for(r->tx, (person_id){r->actor.person}, (organisation_id){f->id});

	if (!own && !acts)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	calendar_key_renew(r->tx, (enum calendar_key_whose)f->whose, f->id);
	return see_other(r, "/{lang}/me/calendar", said(T_CALENDAR_RENEWED));
}

static const struct route routes[] = {
	{GET, "/{lang}/me/calendar", MAY_SIGNED_IN, show_mine},
	{POST, "/{lang}/me/calendar/renew", MAY_SIGNED_IN, show_mine, renew, &renew_spec},
	{GET, "/{lang}/calendar/{key}/nuotio.ics", MAY_ANYONE, show_feed, .speed = SLOW},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

static const struct nav nav[] = {
	{T_CALENDAR_TITLE, "/me/calendar", MAY_SIGNED_IN, false, .at = 50, .own = true},
	{0},
};

const struct room calendar_room = {.name = "calendar", .routes = tables, .nav = nav};
