/* The notices of a place: read, written, ended, brought back. */
#include "app/notice/inside.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/notice/notice.html.h"  /* generated */
#include "app/notice/notice.sql.h"   /* generated */
#include "app/notice/notice.texts.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */

enum { ON_SCREEN_MOST = 2, LISTED_MAX = 60, YEAR_DAYS = 366 };

static campus_id
place_of(const struct req *r)
{
	return (campus_id){r->place};
}

/* "/fi/pohja/notices", or "/fi/notices" for all campuses. */
static struct str
base_of(struct req *r)
{
	return path_fill(r, r->place ? "/{lang}/{campus}/notices" : "/{lang}/notices");
}

static bool
may_write(const struct req *r)
{
	return actor_may(&r->actor, MAY_EDIT_NOTICES, r->place);
}

static struct str
notice_action(struct req *r, struct str base, int64_t id, const char *what)
{
	return str_fmt(r->arena, "%.*s/%lld/%s", STR_ARG(base), (long long)id, what);
}

/* A notice as a line; whoever may change it here gets the buttons. */
static struct notice_line
line_of(struct req *r, const struct notice *n)
{
	bool here = n->campus.n == r->place && may_write(r);

	return (struct notice_line){
		.id = n->id.n,
		.words = n->words,
		.days = t_notice_days(n->starts, n->ends),
		.for_all = n->campus.n == 0 && r->place,
		.change = here ? notice_action(r, base_of(r), n->id.n, "edit") : STR(""),
		.end = here ? notice_action(r, base_of(r), n->id.n, "end") : STR(""),
		.bring_back = here ? notice_action(r, base_of(r), n->id.n, "return") : STR(""),
		.version = n->version,
	};
}

static struct notice_line_list
shown_here(struct req *r)
{
	struct notice_list all = notices_shown(r->tx, place_of(r), r->today);
	struct notice_line_list list = {ARENA_ARRAY(r->arena, struct notice_line, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = line_of(r, &all.at[i]);
	return list;
}

void
notice_draw_front(struct req *r)
{
	notice_front_html(r, &(struct notice_front_component){shown_here(r), base_of(r), may_write(r)});
}

void
notice_draw_screen(struct req *r)
{
	struct notice_line_list lines = shown_here(r);

	if (lines.n > ON_SCREEN_MOST)
		lines.n = ON_SCREEN_MOST;
	notice_screen_html(r, &(struct notice_screen_component){lines});
}

/* --- the list ------------------------------------------------------------------------------------ */

/* Everybody reads what is shown now; those who write here also what comes and what is over. */
static void
show_notices(struct req *r)
{
	struct notice_list all = may_write(r) ? notices_of(r->tx, place_of(r), LISTED_MAX) : (struct notice_list){0};
	struct notice_index_page page = {
		.now = shown_here(r),
		.coming = {ARENA_ARRAY(r->arena, struct notice_line, all.n), 0},
		.over = {ARENA_ARRAY(r->arena, struct notice_line, all.n), 0},
		.base = base_of(r),
		.writes = may_write(r),
	};

	for (size_t i = 0; i < all.n; i++) {
		const struct notice *n = &all.at[i];

		if (n->ended_at.s || n->ends.day < r->today.day)
			page.over.at[page.over.n++] = line_of(r, n);
		else if (n->starts.day > r->today.day)
			page.coming.at[page.coming.n++] = line_of(r, n);
	}
	notice_index_html(r, &page);
}

/* --- writing ------------------------------------------------------------------------------------- */

#define AT(field) offsetof(struct notice_form, field)

static const struct form_field notice_fields[] = {
	{"words", FORM_TEXTS_LONG, AT(words), .required = true, .max = NOTICE_CHARS_MAX, .label = T_NOTICE_WORDS,
	    .hint = T_NOTICE_WORDS_HINT},
	{"starts", FORM_DATE, AT(starts), .required = true, .label = T_NOTICE_STARTS},
	{"ends", FORM_DATE, AT(ends), .required = true, .label = T_NOTICE_ENDS},
	{"version", FORM_HIDDEN, AT(version)},
};

static size_t
lines_in(struct str words)
{
	size_t n = 0;

	while (words.n) {
		str_cut(&words, '\n');
		n++;
	}
	return n;
}

/* Readers of a campus read its own language at least; for all campuses any will do. */
static void
check_notice(struct req *r, void *form, struct form_state *state)
{
	const struct notice_form *f = form;

	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (lines_in(f->words.at[l]) > NOTICE_LINES_MAX)
			form_problem(state, "words", said(T_NOTICE_TOO_MANY_LINES));
	if (r->campus && f->words.at[campus_lang(r->campus)].n == 0)
		form_problem(state, "words", t_notice_own_language(campus_lang(r->campus)));
	if (f->ends.day < f->starts.day)
		form_problem(state, "ends", said(T_NOTICE_ENDS_EARLY));
	else if (f->ends.day < r->today.day)
		form_problem(state, "ends", said(T_NOTICE_ENDS_PAST));
	else if (date_days_between(f->starts, f->ends) > YEAR_DAYS)
		form_problem(state, "ends", said(T_NOTICE_ENDS_FAR));
}

static const struct form_spec notice_spec =
    FORM_SPEC("notice", struct notice_form, notice_fields, .check = check_notice);

/* The notice of the path, which is one of this place. */
static bool
find_notice(struct req *r, struct notice *n)
{
	return notice_by_id(r->tx, (notice_id){path_int(r, "notice")}, n) && n->campus.n == r->place;
}

static void
show_form(struct req *r, const struct notice_form *from, const struct text *heading, struct str action)
{
	form_show(r, &notice_spec, from);
	notice_edit_html(r, &(struct notice_edit_page){said(heading), base_of(r), action});
}

static void
show_new(struct req *r)
{
	show_form(r, &(struct notice_form){.starts = r->today}, T_NOTICE_WRITE,
	    str_fmt(r->arena, "%.*s/new", STR_ARG(base_of(r))));
}

static void
show_edit(struct req *r)
{
	struct notice n;

	if (!find_notice(r, &n))
		page_not_found(r);
	show_form(r, &(struct notice_form){n.words, n.starts, n.ends, n.version}, T_NOTICE_CHANGE,
	    notice_action(r, base_of(r), n.id.n, "edit"));
}

static struct outcome
back_or_not(struct req *r, enum verdict v, const struct text *flash)
{
	if (v == VERDICT_OK)
		return see_address(r, base_of(r), said(flash));
	return refused(r, v, v == VERDICT_CONFLICT ? said(T_NOTICE_CHANGED_SINCE)
	    : v == VERDICT_TAKEN ? t_notice_many(NOTICES_AHEAD_MAX) : (struct said){0});
}

static struct outcome
create(struct req *r)
{
	return back_or_not(r, notice_save(r->tx, &r->actor, (notice_id){0}, place_of(r), r->form, r->today),
	    T_NOTICE_SAVED_FLASH);
}

static struct outcome
change(struct req *r)
{
	struct notice n;

	if (!find_notice(r, &n))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return back_or_not(r, notice_save(r->tx, &r->actor, n.id, n.campus, r->form, r->today), T_NOTICE_SAVED_FLASH);
}

/* --- ending -------------------------------------------------------------------------------------- */

struct end_form {
	int64_t version;
};

static const struct form_field end_fields[] = {{"version", FORM_HIDDEN, offsetof(struct end_form, version)}};

static const struct form_spec end_spec = FORM_SPEC("notice_end", struct end_form, end_fields);

static struct outcome
set_ended(struct req *r, bool ended, const struct text *flash)
{
	const struct end_form *f = r->form;
	struct notice n;

	if (!find_notice(r, &n))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return back_or_not(r, notice_set_ended(r->tx, &r->actor, &n, f->version, ended), flash);
}

static struct outcome
end(struct req *r)
{
	return set_ended(r, true, T_NOTICE_ENDED_FLASH);
}

static struct outcome
bring_back(struct req *r)
{
	return set_ended(r, false, T_NOTICE_RETURNED_FLASH);
}

#define ALL "/{lang}/notices"
#define HERE "/{lang}/{campus}/notices"

const struct route notice_routes[] = {
	{GET, ALL, MAY_ANYONE, show_notices},
	{GET, HERE, MAY_ANYONE, show_notices},
	{GET, ALL "/new", MAY_EDIT_NOTICES, show_new, .whole = true},
	{POST, ALL "/new", MAY_EDIT_NOTICES, show_new, create, &notice_spec, .whole = true},
	{GET, HERE "/new", MAY_EDIT_NOTICES, show_new},
	{POST, HERE "/new", MAY_EDIT_NOTICES, show_new, create, &notice_spec},
	{GET, ALL "/{notice}/edit", MAY_EDIT_NOTICES, show_edit, .whole = true},
	{POST, ALL "/{notice}/edit", MAY_EDIT_NOTICES, show_edit, change, &notice_spec, .whole = true},
	{GET, HERE "/{notice}/edit", MAY_EDIT_NOTICES, show_edit},
	{POST, HERE "/{notice}/edit", MAY_EDIT_NOTICES, show_edit, change, &notice_spec},
	{POST, ALL "/{notice}/end", MAY_EDIT_NOTICES, show_notices, end, &end_spec, .whole = true},
	{POST, HERE "/{notice}/end", MAY_EDIT_NOTICES, show_notices, end, &end_spec},
	{POST, ALL "/{notice}/return", MAY_EDIT_NOTICES, show_notices, bring_back, &end_spec, .whole = true},
	{POST, HERE "/{notice}/return", MAY_EDIT_NOTICES, show_notices, bring_back, &end_spec},
	{0},
};
