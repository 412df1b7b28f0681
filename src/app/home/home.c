#include "app/home/home.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/account/account.h"
#include "app/campus/campus.h"
#include "app/home/home.html.h"  /* generated */
#include "app/home/home.texts.h" /* generated */
#include "app/home/inside.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum { NAV_MAX = 24, PLACES_MAX = 24 };

/* --- the frame ------------------------------------------------------------------------------------- */

/* The address of this page in another language: the first part changes. What has no language leads to the front
 * page. */
static struct str
in_language(const struct req *r, enum lang lang)
{
	struct str rest = r->path;

	if (!path_has(r, "lang"))
		return str_fmt(r->arena, "/%s", lang_code(lang));
	if (rest.n > 0 && rest.p[0] == '/') {
		rest = str_sub(rest, 1, rest.n);
		rest = str_sub(rest, str_find(rest, '/'), rest.n);
	}
	return str_fmt(r->arena, "/%s%.*s%s%.*s", lang_code(lang), STR_ARG(rest), r->query.n ? "?" : "",
	    STR_ARG(r->query));
}

static struct link_list
language_links(const struct req *r)
{
	static const char *const names[LANG_COUNT] = {"Suomeksi", "På svenska", "In English"};
	struct link_list list = {ARENA_ARRAY(r->arena, struct link, LANG_COUNT), LANG_COUNT};

	for (enum lang l = 0; l < LANG_COUNT; l++)
		list.at[l] = (struct link){str_of(names[l]), in_language(r, l), l == r->lang, l};
	return list;
}

static struct link_list
campus_links(const struct req *r, struct campus_list all)
{
	struct link_list list = {ARENA_ARRAY(r->arena, struct link, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct link){texts_in(all.at[i].name, r->lang).text,
		    str_fmt(r->arena, "/%s/%.*s", lang_code(r->lang), STR_ARG(all.at[i].slug)),
		    all.at[i].id.n == r->place, r->lang, all.at[i].color};
	return list;
}

static bool
is_for(const struct req *r, const struct nav *n)
{
	return n->right == 0 || actor_may(&r->actor, n->right, n->whole ? 0 : ACTOR_ANYWHERE);
}

/* Where lines of the navigation stand: above every page, on one's own, or on that of administration. */
enum place { ABOVE, OWN, ADMIN };

/* Whether somebody has a page of administration: a line there that is not for everyone. */
static bool
administers(const struct req *r)
{
	for (const struct room *const *room = rooms_all(); *room; room++)
		for (const struct nav *n = (*room)->nav; n && n->title; n++)
			if (n->lead && !n->rare && is_for(r, n))
				return true;
	return false;
}

static bool
stands(const struct req *r, const struct nav *n, enum place place)
{
	switch (place) {
	case ABOVE: return !n->own && (!n->lead || (n->rare && !administers(r)));
	case OWN: return !n->lead && str_starts(str_of(n->address), STR("/me/"));
	case ADMIN: return n->lead && (!n->rare || administers(r));
	}
	need(0 && "a place");
	return false;
}

/* The lines of all rooms that this person may follow, in their order. */
static size_t
nav_of(const struct req *r, enum place place, const struct nav *line[NAV_MAX])
{
	size_t n = 0;

	for (const struct room *const *room = rooms_all(); *room; room++)
		for (const struct nav *next = (*room)->nav; next && next->title; next++) {
			size_t at = n;

			if (!is_for(r, next) || !stands(r, next, place))
				continue;
			need(n < NAV_MAX);
			for (; at > 0 && line[at - 1]->at > next->at; at--)
				line[at] = line[at - 1];
			line[at] = next;
			n++;
		}
	return n;
}

static int64_t
waiting_at(struct req *r, const struct nav *line)
{
	return line->count ? line->count(r) : 0;
}

static struct home_admin_line_list
admin_lines(struct req *r)
{
	const struct nav *line[NAV_MAX];
	size_t n = nav_of(r, ADMIN, line);
	struct home_admin_line_list list = {ARENA_ARRAY(r->arena, struct home_admin_line, n), n};

	for (size_t i = 0; i < n; i++)
		list.at[i] = (struct home_admin_line){said(line[i]->title), said(line[i]->lead),
		    str_fmt(r->arena, "/%s%s", lang_code(r->lang), line[i]->address), waiting_at(r, line[i])};
	return list;
}

static struct home_own_line_list
own_lines(struct req *r)
{
	const struct nav *line[NAV_MAX];
	size_t n = nav_of(r, OWN, line);
	struct home_own_line_list list = {ARENA_ARRAY(r->arena, struct home_own_line, n), n};

	for (size_t i = 0; i < n; i++)
		list.at[i] = (struct home_own_line){said(line[i]->title),
		    str_fmt(r->arena, "/%s%s", lang_code(r->lang), line[i]->address), i == 0};
	return list;
}

static struct link
nav_link(const struct req *r, struct str words, struct str address)
{
	return (struct link){words, address, str_starts(r->path, address), r->lang};
}

/* For the campus of the page, where a room has pages of campuses. */
static struct link_list
nav_links(struct req *r, const struct campus *campus)
{
	const struct nav *line[NAV_MAX];
	size_t n = nav_of(r, ABOVE, line);
	struct link_list list = {ARENA_ARRAY(r->arena, struct link, n + 1), n};

	for (size_t i = 0; i < n; i++) {
		struct str slug = campus && line[i]->of_campus
		    ? str_fmt(r->arena, "/%.*s", STR_ARG(campus->slug)) : STR("");

		list.at[i] = nav_link(r, said_plain(r->arena, r->lang, said(line[i]->title)),
		    str_fmt(r->arena, "/%s%.*s%s", lang_code(r->lang), STR_ARG(slug), line[i]->address));
	}
	for (size_t i = 0; i < n; i++)
		if (line[i]->ends && str_ends(r->path, str_of(line[i]->ends)))
			for (size_t k = 0; k < n; k++)
				list.at[k].current = k == i;
	n = nav_of(r, ADMIN, line);
	if (n) {
		list.at[list.n] = nav_link(r, page_words(r, T_HOME_ADMIN),
		    str_fmt(r->arena, "/%s/admin", lang_code(r->lang)));
		for (size_t i = 0; i < n; i++) {
			list.at[list.n].waiting += waiting_at(r, line[i]);
			if (str_starts(r->path, str_fmt(r->arena, "/%s%s", lang_code(r->lang), line[i]->address)))
				list.at[list.n].current = true;
		}
		list.n++;
	}
	return list;
}

static struct frame_help_list
help_of(struct req *r, const struct campus *campus)
{
	struct campus_help_list all = campus_help_of(r->tx, campus->id);
	struct frame_help_list list = {ARENA_ARRAY(r->arena, struct frame_help, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct campus_help *h = &all.at[i];
		struct frame_help *f = &list.at[i];

		*f = (struct frame_help){.who = h->who, .hours = h->hours, .ask = h->ask, .contact = h->contact,
		    .languages = h->languages};
		switch (h->how) {
		case CAMPUS_HELP_HOW_CALL:
			f->how = said(T_HOME_HELP_CALL);
			f->address = page_call_address(r, h->contact);
			break;
		case CAMPUS_HELP_HOW_MESSAGE:
			f->how = said(T_HOME_HELP_MESSAGE);
			f->address = str_contains(h->contact, STR("@"))
			    ? str_fmt(r->arena, "mailto:%.*s", STR_ARG(h->contact)) : h->contact;
			break;
		case CAMPUS_HELP_HOW_WALK_IN:
		case CAMPUS_HELP_HOW_NONE:
			f->how = said(T_HOME_HELP_WALK_IN);
			break;
		}
	}
	return list;
}

void
home_frame(struct req *r)
{
	const struct campus *campus = r->campus;
	struct frame *f = ARENA_NEW(r->arena, struct frame);
	struct provider provider = provider_of(r->tx);
	struct campus_list all = campus_first(r->tx, PLACES_MAX + 1);

	/* Hundreds of them would be most of each page; the front page has them all. */
	if (all.n > PLACES_MAX)
		all = campus ? (struct campus_list){ARENA_NEW(r->arena, struct campus), 1} : (struct campus_list){0};
	if (all.n == 1 && campus)
		all.at[0] = *campus;
	*f = (struct frame){
		.provider = provider.name,
		.top = str_fmt(r->arena, "/%s", lang_code(r->lang)),
		.campuses = campus_links(r, all),
		.nav = nav_links(r, campus),
		.languages = language_links(r),
		.person = r->actor.name,
		.given = str_sub(r->actor.name, 0, str_find(r->actor.name, ' ')),
		.me = str_fmt(r->arena, "/%s/me", lang_code(r->lang)),
		.here = str_fmt(r->arena, "%.*s%s%.*s", STR_ARG(r->path), r->query.n ? "?" : "", STR_ARG(r->query)),
	};
	f->home = f->top;
	f->at_provider = campus == NULL;
	f->sign_in = str_fmt(r->arena, "/%s/sign-in", lang_code(r->lang));
	if (campus) {
		f->place = campus->name;
		f->place_words = true;
		f->color = campus->color;
		f->home = str_fmt(r->arena, "/%s/%.*s", lang_code(r->lang), STR_ARG(campus->slug));
		f->help = help_of(r, campus);
	}
	f->at_home = str_eq(r->path, f->home);
	r->frame = f;
}

static const struct path_part *
part(const struct req *r, const char *name)
{
	for (size_t i = 0; i < r->parts; i++)
		if (r->part[i].name_n == strlen(name) && memcmp(r->part[i].name, name, r->part[i].name_n) == 0)
			return &r->part[i];
	return NULL;
}

bool
home_enter(struct req *r, struct str *elsewhere)
{
	struct provider provider = provider_of(r->tx);
	const struct zone *zone = zone_find(provider.time_zone);
	const struct path_part *lang = part(r, "lang"), *slug = part(r, "campus");
	struct campus *campus = ARENA_NEW(r->arena, struct campus);

	r->zone = zone ? zone : zone_find(STR("Europe/Helsinki"));
	r->today = local_of(r->zone, r->now).date;
	r->actor = person_actor(r->tx, account_person(r->tx, r->session), r->today);
	if (lang)
		lang_of(lang->value, &r->lang);
	if (!slug || campus_find(r->tx, slug->value, campus)) {
		r->place = slug ? campus->id.n : 0;
		r->campus = slug ? campus : NULL;
		account_show_kept(r);
		return true;
	}
	if (campus_find_old(r->tx, slug->value, campus)) {
		struct str rest = str_sub(r->path, 4 + str_find(str_sub(r->path, 4, r->path.n), '/'), r->path.n);

		*elsewhere = str_fmt(r->arena, "/%s/%.*s%.*s", lang_code(r->lang), STR_ARG(campus->slug),
		    STR_ARG(rest));
	}
	return false;
}

/* --- front pages ------------------------------------------------------------------------------------ */

static struct home_campus_list
campus_cards(struct req *r)
{
	struct campus_list all = campus_all(r->tx);
	struct home_campus_list list = {ARENA_ARRAY(r->arena, struct home_campus, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct home_campus){all.at[i].name, all.at[i].character, all.at[i].color,
		    str_fmt(r->arena, "/%s/%.*s", lang_code(r->lang), STR_ARG(all.at[i].slug))};
	return list;
}

void
home_draw_rooms(struct req *r)
{
	struct campus_day day = campus_day_of(r->tx, r->campus, r->today);

	home_today_html(r, &(struct home_today_component){r->today, campus_holiday(day.holiday), day.off, day.is_off,
	    day.works});
	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->front)
			(*room)->front(r);
}

static void
show_provider(struct req *r)
{
	struct provider provider = provider_of(r->tx);

	home_provider_html(r, &(struct home_provider_page){
		.name = provider.name,
		.tagline = provider.tagline,
		.campuses = campus_cards(r),
	});
}

static void
show_campus(struct req *r)
{
	const struct campus *campus = r->campus;
	struct campus_term term = {0};

	home_campus_html(r, &(struct home_campus_page){
		.name = campus->name,
		.character = campus->character,
		.has_term = campus_term_of(r->tx, campus->id, r->today, &term),
		.students = term.students,
		.staff = term.staff,
	});
}

/* Whose last role has ended still has a name here, and a way out. */
static void
show_me(struct req *r)
{
	if (!actor_signed_in(&r->actor))
		page_elsewhere(r, page_with_query(r, "/{lang}/sign-in", str_fmt(r->arena, "next=%.*s",
		    STR_ARG(r->path))), false);
	home_me_html(r, &(struct home_me_page){
		.name = r->actor.name,
		.has_role = actor_may(&r->actor, MAY_SIGNED_IN, ACTOR_ANYWHERE),
		.lines = own_lines(r),
	});
}

static void
show_admin(struct req *r)
{
	home_admin_html(r, &(struct home_admin_page){.lines = admin_lines(r)});
}

static const struct route routes[] = {
	{GET, "/{lang}", MAY_ANYONE, show_provider},
	{GET, "/{lang}/admin", MAY_SIGNED_IN, show_admin},
	{GET, "/{lang}/me", MAY_ANYONE, show_me},
	{GET, "/{lang}/{campus}", MAY_ANYONE, show_campus},
	{0},
};

static const struct route *const tables[] = {routes, home_screen_routes, home_guardians_routes, NULL};

const struct room home_room = {.name = "home", .routes = tables};
