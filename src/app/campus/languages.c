/* What those read who speak none of our three languages, and where it is written. */
#include <stddef.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/tag.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/http/http.h"

#include "app/campus/campus.h"
#include "app/campus/campus.html.h"     /* generated */
#include "app/campus/campus.sql.h"      /* generated */
#include "app/campus/languages.h"
#include "app/campus/languages.texts.h" /* generated */
#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

const struct event campus_language_saved = {"campus.language_saved", T_CAMPUS_EVENT_LANGUAGE};

struct language_form {
	struct str tag, name, what, whom, how;
	int64_t version;
};

#define AT(field) offsetof(struct language_form, field)

static const struct form_field fields[] = {
	{"tag", FORM_TEXT, AT(tag), .depends = true, .max = 15, .label = T_CAMPUS_LANGUAGE_TAG,
	    .hint = T_CAMPUS_LANGUAGE_TAG_HINT},
	{"name", FORM_TEXT, AT(name), .required = true, .max = 60, .label = T_CAMPUS_LANGUAGE_NAME,
	    .hint = T_CAMPUS_LANGUAGE_NAME_HINT},
	{"what", FORM_LONG, AT(what), .required = true, .max = 2000, .label = T_CAMPUS_LANGUAGE_WHAT},
	{"whom", FORM_LONG, AT(whom), .required = true, .max = 2000, .label = T_CAMPUS_LANGUAGE_WHOM},
	{"how", FORM_LONG, AT(how), .max = 2000, .label = T_CAMPUS_LANGUAGE_HOW},
	{"version", FORM_HIDDEN, AT(version)},
};

static const struct form_spec language_spec = FORM_SPEC("language", struct language_form, fields);

static struct campus_tongue_line_list
tongues_of(struct req *r, struct campus_tongue_list all, const char *pattern, bool ended)
{
	struct campus_tongue_line_list list = {ARENA_ARRAY(r->arena, struct campus_tongue_line, all.n), 0};

	for (size_t i = 0; i < all.n; i++)
		if (ended || all.at[i].ended_at.s == 0)
			list.at[list.n++] = (struct campus_tongue_line){all.at[i].tag, all.at[i].name,
			    str_fmt(r->arena, "%.*s/%.*s", STR_ARG(path_fill(r, pattern)), STR_ARG(all.at[i].tag)),
			    tag_is_rtl(all.at[i].tag), all.at[i].ended_at.s != 0, all.at[i].version, {0}};
	for (size_t i = 0; i < list.n; i++)
		list.at[i].end = str_fmt(r->arena, "%.*s/end", STR_ARG(list.at[i].address));
	return list;
}

void
campus_draw_languages(struct req *r)
{
	struct campus_tongue_line_list list = tongues_of(r, campus_tongues_all(r->tx), "/{lang}/languages", false);

	if (list.n)
		campus_tongues_html(r, &(struct campus_tongues_component){list});
}

/* The language of the path; 404 when there is none, or it is no longer told to everybody. */
static struct campus_tongue
language_or_404(struct req *r, bool ended)
{
	struct campus_tongue l;

	if (!campus_tongue_with(r->tx, path_text(r, "tag"), &l) || (!ended && l.ended_at.s))
		page_not_found(r);
	return l;
}

static void
show_language(struct req *r)
{
	struct campus_tongue l = language_or_404(r, false);

	campus_language_html(r, &(struct campus_language_page){l.tag, l.name, tag_is_rtl(l.tag), l.what, l.whom,
	    l.how});
}

static void
show_all(struct req *r)
{
	campus_languages_html(r, &(struct campus_languages_page){
	    tongues_of(r, campus_tongues_all(r->tx), "/{lang}/admin/languages", true)});
}

static void
show_new(struct req *r)
{
	form_show(r, &language_spec, NULL);
	campus_language_edit_html(r, &(struct campus_language_edit_page){
	    .heading = page_words(r, T_CAMPUS_LANGUAGE_ADD), .back = path_fill(r, "/{lang}/admin/languages"),
	    .action = r->path});
}

static void
show_edit(struct req *r)
{
	struct campus_tongue l = language_or_404(r, true);

	form_show(r, &language_spec, &(struct language_form){l.tag, l.name, l.what, l.whom, l.how, l.version});
	campus_language_edit_html(r, &(struct campus_language_edit_page){.heading = l.name, .exists = true,
	    .back = path_fill(r, "/{lang}/admin/languages"), .action = path_fill(r, "/{lang}/admin/languages/{tag}")});
}

static struct str
lines_of(struct req *r, const struct campus_tongue *l)
{
	struct out o = out_new(r->arena);

	journal_line(&o, "tag", l->tag);
	journal_line(&o, "name", l->name);
	journal_line(&o, "what", l->what);
	journal_line(&o, "whom", l->whom);
	journal_line(&o, "how", l->how);
	journal_line(&o, "ended", l->ended_at.s ? STR("yes") : STR(""));
	return out_text(&o);
}

static struct outcome
saved(struct req *r, const struct campus_tongue *was, struct str tag)
{
	struct campus_tongue is = {0};

	campus_tongue_with(r->tx, tag, &is);
	journal_add(r->tx, &r->actor, (struct journal_entry){&campus_language_saved, .subject = is.id.n,
	    .was = was ? lines_of(r, was) : STR(""), .becomes = lines_of(r, &is)});
	return see_other(r, "/{lang}/admin/languages", said(T_CAMPUS_LANGUAGE_SAVED));
}

static struct outcome
create(struct req *r)
{
	const struct language_form *f = r->form;
	struct str tag = tag_of(r->arena, f->tag);
	struct campus_tongue other;
	enum lang ours;

	if (tag.n == 0)
		form_problem(form_posted(r), "tag", said(T_CAMPUS_LANGUAGE_TAG_WRONG));
	else if (lang_of(tag, &ours))
		form_problem(form_posted(r), "tag", said(T_CAMPUS_LANGUAGE_TAG_OURS));
	else if (campus_tongue_with(r->tx, tag, &other))
		form_problem(form_posted(r), "tag", said(T_CAMPUS_LANGUAGE_TAG_TAKEN));
	if (form_posted(r)->problems)
		return refused(r, VERDICT_INVALID, (struct said){0});
	campus_tongue_add(r->tx, tag, f->name, f->what, f->whom, f->how);
	return saved(r, NULL, tag);
}

static struct outcome
change(struct req *r)
{
	const struct language_form *f = r->form;
	struct campus_tongue was;

	if (!campus_tongue_with(r->tx, path_text(r, "tag"), &was))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (campus_tongue_change(r->tx, was.id, f->name, f->what, f->whom, f->how, f->version) == 0)
		return refused(r, VERDICT_CONFLICT, said(T_CAMPUS_LANGUAGE_CHANGED));
	return saved(r, &was, was.tag);
}

struct end_form {
	int64_t version;
	bool ended;
};

static const struct form_field end_fields[] = {
	{"version", FORM_HIDDEN, offsetof(struct end_form, version)},
	{"ended", FORM_CHECK, offsetof(struct end_form, ended)},
};

static const struct form_spec end_spec = FORM_SPEC("language_end", struct end_form, end_fields);

static struct outcome
end(struct req *r)
{
	const struct end_form *f = r->form;
	struct campus_tongue was;

	if (!campus_tongue_with(r->tx, path_text(r, "tag"), &was))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (campus_tongue_end(r->tx, was.id, f->ended ? r->now : (struct instant){0}, f->version) == 0)
		return refused(r, VERDICT_CONFLICT, said(T_CAMPUS_LANGUAGE_CHANGED));
	return saved(r, &was, was.tag);
}

#define ADMIN "/{lang}/admin/languages"

const struct route campus_language_routes[] = {
	{GET, "/{lang}/languages/{tag}", MAY_ANYONE, show_language},
	{GET, ADMIN, MAY_EDIT_LANGUAGES, show_all, .whole = true},
	{GET, ADMIN "/new", MAY_EDIT_LANGUAGES, show_new, .whole = true},
	{POST, ADMIN "/new", MAY_EDIT_LANGUAGES, show_new, create, &language_spec, .whole = true},
	{GET, ADMIN "/{tag}", MAY_EDIT_LANGUAGES, show_edit, .whole = true},
	{POST, ADMIN "/{tag}", MAY_EDIT_LANGUAGES, show_edit, change, &language_spec, .whole = true},
	{POST, ADMIN "/{tag}/end", MAY_EDIT_LANGUAGES, show_edit, end, &end_spec, .whole = true},
	{0},
};
