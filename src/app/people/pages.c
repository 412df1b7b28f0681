/* /admin/people: inviting a colleague, giving a role or a duty on a campus, ending it. */
#include "app/people/own.h"
#include "app/people/people.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/campus/campus.h"
#include "app/page/page.h"
#include "app/people/people.html.h"  /* generated */
#include "app/people/people.sql.h"   /* generated */
#include "app/people/people.texts.h" /* generated */
#include "app/rights.h"              /* generated */
#include "app/room.h"

static void (*on_invited)(struct req *r, person_id id, struct str inviter);

void
people_on_invited(void (*send)(struct req *r, person_id id, struct str inviter))
{
	on_invited = send;
}

/* --- choices ---------------------------------------------------------------------------------------- */

static struct choices
campus_choices(struct req *r)
{
	struct campus_list all = campus_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);

	at[0] = (struct choice){0, .text = T_PEOPLE_ALL_CAMPUSES};
	for (size_t i = 0; i < all.n; i++)
		at[i + 1] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n + 1};
}

/* An admin makes admins; a coordinator gives every other role. */
static struct choices
role_choices(struct req *r)
{
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, PERSON_ROLE_ROLE_COUNT);
	size_t n = 0;

	for (int role = 1; role < PERSON_ROLE_ROLE_COUNT; role++)
		if (role != PERSON_ROLE_ROLE_ADMIN || actor_may(&r->actor, MAY_MAKE_ADMINS, 0))
			at[n++] = (struct choice){role,
			    .plain = said_plain(r->arena, r->lang, t_people_role_name((enum person_role_role)role))};
	return (struct choices){at, n};
}

static struct choices
duty_choices(struct req *r)
{
	struct duty_list all = duties_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n);

	for (size_t i = 0; i < all.n; i++)
		at[i] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n};
}

enum { LANG_OF_CAMPUS = LANG_COUNT };

static const struct choice languages[] = {
	{LANG_OF_CAMPUS, .word = "campus", .text = T_PEOPLE_LANGUAGE_CAMPUS},
	{LANG_FI, .word = "fi", .text = T_PEOPLE_LANGUAGE_FI},
	{LANG_SV, .word = "sv", .text = T_PEOPLE_LANGUAGE_SV},
	{LANG_EN, .word = "en", .text = T_PEOPLE_LANGUAGE_EN},
};

/* --- forms ------------------------------------------------------------------------------------------ */

struct invite_form {
	struct str name, email;
	int64_t lang, role, campus;
};

#define AT(type, field) offsetof(struct type, field)

static const struct form_field invite_fields[] = {
	{"name", FORM_TEXT, AT(invite_form, name), .required = true, .max = 100, .label = T_PEOPLE_NAME,
	    .autocomplete = "off"},
	{"email", FORM_EMAIL, AT(invite_form, email), .required = true, .label = T_PEOPLE_EMAIL,
	    .hint = T_PEOPLE_EMAIL_HINT, .autocomplete = "off"},
	{"lang", FORM_SELECT, AT(invite_form, lang), .required = true, .label = T_PEOPLE_LANGUAGE,
	    .choices = {languages, LANG_COUNT + 1}},
	{"role", FORM_SELECT, AT(invite_form, role), .required = true, .label = T_PEOPLE_ROLE},
	{"campus", FORM_SELECT, AT(invite_form, campus), .label = T_PEOPLE_CAMPUS},
};

static const struct form_spec invite_spec = FORM_SPEC("invite", struct invite_form, invite_fields);

struct give_form {
	int64_t role, duty, campus;
	struct date until;
};

static const struct form_field role_fields[] = {
	{"role", FORM_SELECT, AT(give_form, role), .required = true, .label = T_PEOPLE_ROLE},
	{"campus", FORM_SELECT, AT(give_form, campus), .label = T_PEOPLE_CAMPUS},
	{"until", FORM_DATE, AT(give_form, until), .label = T_PEOPLE_UNTIL, .hint = T_PEOPLE_UNTIL_HINT},
};

static const struct form_spec role_spec = FORM_SPEC("role", struct give_form, role_fields);

static const struct form_field duty_fields[] = {
	{"duty", FORM_SELECT, AT(give_form, duty), .required = true, .label = T_PEOPLE_DUTY},
	{"campus", FORM_SELECT, AT(give_form, campus), .label = T_PEOPLE_CAMPUS},
};

static const struct form_spec duty_spec = FORM_SPEC("duty", struct give_form, duty_fields);

struct end_form {
	int64_t id;
};

static const struct form_field end_fields[] = {{"id", FORM_HIDDEN, AT(end_form, id)}};

static const struct form_spec end_spec = FORM_SPEC("end", struct end_form, end_fields);

struct leave_form {
	bool sure;
};

static const struct form_field leave_fields[] = {
	{"sure", FORM_CHECK, AT(leave_form, sure), .required = true, .label = T_PEOPLE_LEAVE_SURE,
	    .missing = T_PEOPLE_LEAVE_NOT_SURE},
};

static const struct form_spec leave_spec = FORM_SPEC("leave", struct leave_form, leave_fields);

/* --- pages ------------------------------------------------------------------------------------------ */

/* What everybody holds, read once. */
struct held {
	struct person_role_list roles;
	struct person_duty_list duties;
	struct duty_list duty;
	struct campus_list campuses;
};

static struct held
all_held(struct req *r)
{
	return (struct held){person_roles_all(r->tx, r->today), person_duties_all(r->tx), duties_all(r->tx),
	    campus_ever(r->tx)};
}

static struct texts
place_name(struct campus_list campuses, campus_id id)
{
	const struct campus *c = campus_in(campuses, id);

	return c ? c->name : (struct texts){0};
}

static struct people_line_list
role_lines(struct req *r, const struct held *held, person_id id)
{
	struct people_line_list list = {ARENA_ARRAY(r->arena, struct people_line, held->roles.n), 0};

	for (size_t i = 0; i < held->roles.n; i++) {
		const struct person_role *role = &held->roles.at[i];

		if (role->person.n == id.n)
			list.at[list.n++] = (struct people_line){
				.id = role->id.n,
				.words = said_plain(r->arena, r->lang, t_people_role_name(role->role)),
				.place = place_name(held->campuses, role->campus),
				.everywhere = role->campus.n == 0,
				.until = role->until,
			};
	}
	return list;
}

void
people_draw_own_roles(struct req *r)
{
	struct held held = {.roles = person_roles_all(r->tx, r->today), .campuses = campus_ever(r->tx)};

	people_own_roles_html(r, &(struct people_own_roles_component){
		role_lines(r, &held, (person_id){r->actor.person})});
}

static struct people_line_list
duty_lines(struct req *r, const struct held *held, person_id id)
{
	struct people_line_list list = {ARENA_ARRAY(r->arena, struct people_line, held->duties.n), 0};

	for (size_t i = 0; i < held->duties.n; i++) {
		const struct person_duty *has = &held->duties.at[i];
		const struct duty *d = duty_in(held->duty, has->duty);

		need(d);
		if (has->person.n == id.n)
			list.at[list.n++] = (struct people_line){
				.id = has->id.n,
				.words = texts_in(d->name, r->lang).text,
				.place = place_name(held->campuses, has->campus),
				.everywhere = has->campus.n == 0,
			};
	}
	return list;
}

static void
show_people(struct req *r)
{
	struct person_list people = people_here(r->tx, r->lang);
	struct people_card_list cards = {ARENA_ARRAY(r->arena, struct people_card, people.n), people.n};
	struct held held = all_held(r);
	struct form_state *form;

	for (size_t i = 0; i < people.n; i++)
		cards.at[i] = (struct people_card){
			.name = people.at[i].name,
			.title = people.at[i].title,
			.email = people.at[i].email,
			.roles = role_lines(r, &held, people.at[i].id),
			.duties = duty_lines(r, &held, people.at[i].id),
			.address = str_fmt(r->arena, "/%s/admin/people/%lld", lang_code(r->lang),
			    (long long)people.at[i].id.n),
		};
	form = form_show(r, &invite_spec, &(struct invite_form){.lang = LANG_OF_CAMPUS,
	    .role = PERSON_ROLE_ROLE_STAFF});
	form_choices(form, "role", role_choices(r));
	form_choices(form, "campus", campus_choices(r));
	people_index_html(r, &(struct people_index_page){.people = cards});
}

static struct person
person_or_404(struct req *r)
{
	struct person p;

	if (!person_by_id(r->tx, (person_id){path_int(r, "person")}, &p) || p.cancelled_at.s)
		page_not_found(r);
	return p;
}

static void
show_person(struct req *r)
{
	struct person p = person_or_404(r);
	struct form_state *role = form_show(r, &role_spec, &(struct give_form){.role = PERSON_ROLE_ROLE_STAFF});
	struct form_state *duty = form_show(r, &duty_spec, NULL);
	struct held held = all_held(r);

	form_show(r, &leave_spec, NULL);
	form_choices(role, "role", role_choices(r));
	form_choices(role, "campus", campus_choices(r));
	form_choices(duty, "duty", duty_choices(r));
	form_choices(duty, "campus", campus_choices(r));
	people_person_html(r, &(struct people_person_page){
		.id = p.id.n,
		.name = p.name,
		.title = p.title,
		.email = p.email,
		.roles = role_lines(r, &held, p.id),
		.duties = duty_lines(r, &held, p.id),
		.oneself = p.id.n == r->actor.person,
	});
}

/* --- changes ---------------------------------------------------------------------------------------- */

/* What comes from a list that was drawn from the database is checked again. */
static bool
is_campus(struct req *r, int64_t id)
{
	return id == 0 || campus_in(campus_all(r->tx), (campus_id){id}) != NULL;
}

static bool
may_manage(struct req *r, int64_t campus)
{
	return is_campus(r, campus) && actor_may(&r->actor, MAY_MANAGE_PEOPLE, campus);
}

static bool
is_role(int64_t role)
{
	return role > 0 && role < PERSON_ROLE_ROLE_COUNT;
}

/* The numbers of roles are words in the form. */
static struct outcome
no_right(struct req *r)
{
	return refused(r, VERDICT_FORBIDDEN, said(T_PEOPLE_NOT_YOURS));
}

/* Of the letters to someone invited; for all campuses that of whoever invites. */
static enum lang
lang_of_letters(struct req *r, const struct invite_form *form)
{
	const struct campus *campus = campus_in(campus_all(r->tx), (campus_id){form->campus});

	if (form->lang != LANG_OF_CAMPUS)
		return (enum lang)form->lang;
	return campus ? campus_lang(campus) : r->lang;
}

static struct outcome
invite(struct req *r)
{
	const struct invite_form *form = r->form;
	struct person p;
	person_id id;

	if (!is_role(form->role) || !may_manage(r, form->campus))
		return no_right(r);
	id = person_invite(r->tx, &r->actor, form->name, form->email, lang_of_letters(r, form));
	if (person_give_role(r->tx, &r->actor, id, (enum person_role_role)form->role, (campus_id){form->campus},
	    (struct date){0}, r->today) != VERDICT_OK)
		return no_right(r);
	if (on_invited)
		on_invited(r, id, r->actor.name);
	need(person_by_id(r->tx, id, &p));
	return see_other(r, "/{lang}/admin/people", t_people_invited_flash(p.name));
}

static struct outcome
back_to_person(struct req *r, enum verdict v, struct said flash)
{
	if (v == VERDICT_FORBIDDEN)
		return no_right(r);
	if (v != VERDICT_OK)
		return refused(r, v, (struct said){0});
	return see_other(r, "/{lang}/admin/people/{person}", flash);
}

static bool
find_person(struct req *r, struct person *p)
{
	return person_by_id(r->tx, (person_id){path_int(r, "person")}, p) && p->cancelled_at.s == 0;
}

static struct outcome
give_role(struct req *r)
{
	const struct give_form *form = r->form;
	struct person p;

	if (!find_person(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!is_role(form->role) || !may_manage(r, form->campus))
		return no_right(r);
	if (form->until.day && form->until.day < r->today.day) {
		form_problem(form_posted(r), "until", said(T_PEOPLE_UNTIL_PAST));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	return back_to_person(r, person_give_role(r->tx, &r->actor, p.id, (enum person_role_role)form->role,
	    (campus_id){form->campus}, form->until, r->today), t_people_role_given_flash(p.name));
}

static struct outcome
end_role(struct req *r)
{
	const struct end_form *form = r->form;
	struct person p;

	if (!find_person(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return back_to_person(r, person_end_role(r->tx, &r->actor, p.id, (person_role_id){form->id}, r->today),
	    t_people_role_ended_flash(p.name));
}

static struct outcome
give_duty(struct req *r)
{
	const struct give_form *form = r->form;
	struct person p;

	if (!find_person(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (!may_manage(r, form->campus))
		return no_right(r);
	return back_to_person(r, person_give_duty(r->tx, &r->actor, p.id, (duty_id){form->duty},
	    (campus_id){form->campus}), t_people_duty_given_flash(p.name));
}

static struct outcome
end_duty(struct req *r)
{
	const struct end_form *form = r->form;
	struct person p;

	if (!find_person(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return back_to_person(r, person_end_duty(r->tx, &r->actor, p.id, (person_duty_id){form->id}),
	    t_people_duty_ended_flash(p.name));
}

static struct outcome
leave(struct req *r)
{
	struct person p;
	enum verdict v;

	if (!find_person(r, &p))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	v = person_leave(r->tx, &r->actor, p.id, r->today);
	if (v == VERDICT_FORBIDDEN)
		return refused(r, v, said(T_PEOPLE_LEAVE_NOT_YOURS));
	need(v == VERDICT_OK);
	return see_other(r, "/{lang}/admin/people", t_people_left_flash(p.name));
}

static const struct route routes[] = {
	{GET, "/{lang}/admin/people", MAY_MANAGE_PEOPLE, show_people},
	{POST, "/{lang}/admin/people/invite", MAY_MANAGE_PEOPLE, show_people, invite, &invite_spec},
	{GET, "/{lang}/admin/people/{person}", MAY_MANAGE_PEOPLE, show_person},
	{POST, "/{lang}/admin/people/{person}/role", MAY_MANAGE_PEOPLE, show_person, give_role, &role_spec},
	{POST, "/{lang}/admin/people/{person}/role/end", MAY_MANAGE_PEOPLE, show_person, end_role, &end_spec},
	{POST, "/{lang}/admin/people/{person}/duty", MAY_MANAGE_PEOPLE, show_person, give_duty, &duty_spec},
	{POST, "/{lang}/admin/people/{person}/duty/end", MAY_MANAGE_PEOPLE, show_person, end_duty, &end_spec},
	{POST, "/{lang}/admin/people/{person}/end", MAY_MANAGE_PEOPLE, show_person, leave, &leave_spec},
	{0},
};

static const struct route *const tables[] = {routes, people_own_routes, NULL};

static const struct nav nav[] = {
	{T_PEOPLE_SETTINGS, "/me/settings", MAY_SIGNED_IN, false, .at = 55, .own = true},
	{T_PEOPLE_TITLE, "/admin/people", MAY_MANAGE_PEOPLE, false, T_PEOPLE_NAV, .at = 20},
	{0},
};

static const struct event *const events[] = {&person_invited, &person_role_given, &person_role_ended,
    &person_duty_given, &person_duty_ended, &person_left, &person_went_out, &person_came_back, NULL};

const struct room people_room = {
	.name = "people",
	.routes = tables,
	.nav = nav,
	.about = people_about,
	.events = events,
	.named = person_named,
	.seed = people_load,
};
