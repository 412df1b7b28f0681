#include "app/page/page.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "app/page/page.html.h"  /* generated */
#include "app/page/page.texts.h" /* generated */
#include "app/room.h"
#include "core/http/app.h"
#include "core/http/cookies.h"

const struct frame *
page_frame(struct req *r)
{
	if (!r->frame)
		r->app->frame(r);
	need(r->frame);
	return r->frame;
}

bool
page_is_provider_name(struct req *r, struct str title)
{
	return str_eq(title, texts_in(page_frame(r)->provider, r->lang).text);
}

struct str
page_theme(const struct req *r)
{
	return r->theme.n ? r->theme : STR("auto");
}

bool
page_has_flash(const struct req *r, bool below)
{
	return r->flash.text != NULL && !below;
}

struct str
page_yes(bool yes)
{
	return yes ? STR("true") : STR("false");
}

struct str
page_asset(const char *path)
{
	return str_of(path);
}

struct str
page_words(const struct req *r, const struct text *text)
{
	return said_plain(r->arena, r->lang, said(text));
}

bool
page_form_is_typed(const struct req *r, const char *spec)
{
	const struct form_state *form = form_find(r, spec);

	return form && form->typed;
}

struct str
page_with_query(struct req *r, const char *pattern, struct str query)
{
	return str_fmt(r->arena, "%.*s%s%.*s", STR_ARG(path_fill(r, pattern)), query.n ? "?" : "", STR_ARG(query));
}

struct str
page_under(struct req *r, struct str address, const char *what)
{
	return str_fmt(r->arena, "%.*s%s", STR_ARG(address), what);
}

struct str
page_call_address(const struct req *r, struct str number)
{
	struct out o = out_new(r->arena);

	out_lit(&o, "tel:");
	for (size_t i = 0; i < number.n; i++)
		if ((number.p[i] >= '0' && number.p[i] <= '9') || number.p[i] == '+')
			out_char(&o, number.p[i]);
	return number.n ? out_text(&o) : number;
}

void
page_draw_todo(struct req *r)
{
	struct todo_list all = rooms_todo(r->tx, &r->actor);
	struct page_todo_component c = {{ARENA_ARRAY(r->arena, struct page_todo_line, all.n), all.n}};

	for (size_t i = 0; i < all.n; i++)
		c.lines.at[i] = (struct page_todo_line){all.at[i].words, said(all.at[i].kind),
		    str_fmt(r->arena, "/%s%.*s", lang_code(r->lang), STR_ARG(all.at[i].address)), all.at[i].due,
		    all.at[i].due.day && all.at[i].due.day <= r->today.day};
	page_todo_html(r, &c);
}

struct option_list
page_options(struct req *r, struct choices choices, int64_t chosen)
{
	struct option_list list = {ARENA_ARRAY(r->arena, struct option, choices.n), choices.n};

	for (size_t i = 0; i < choices.n; i++) {
		const struct choice *c = &choices.at[i];

		list.at[i] = (struct option){
			.value = c->word ? str_of(c->word) : str_fmt(r->arena, "%lld", (long long)c->value),
			.words = c->text ? said_plain(r->arena, r->lang, said(c->text)) : c->plain,
			.chosen = c->value == chosen,
		};
	}
	return list;
}

/* --- errors ---------------------------------------------------------------------------------------- */

struct error_words {
	struct said title, words;
};

static struct error_words
error_words(struct req *r, int status)
{
	switch (status) {
	case 404: return (struct error_words){said(T_PAGE_NOT_FOUND_TITLE), said(T_PAGE_NOT_FOUND)};
	case 403: return (struct error_words){said(T_PAGE_FORBIDDEN_TITLE), said(T_PAGE_FORBIDDEN)};
	case 413: return (struct error_words){said(T_PAGE_TOO_LARGE_TITLE), said(T_PAGE_TOO_LARGE)};
	case 429: return (struct error_words){said(T_PAGE_SLOW_TITLE), said(T_PAGE_SLOW)};
	case 503: return (struct error_words){said(T_PAGE_BROKEN_TITLE), t_page_broken(str_of(r->id))};
	default: return (struct error_words){said(T_PAGE_UNCLEAR_TITLE), said(T_PAGE_UNCLEAR)};
	}
}

void
page_error(struct req *r, int status)
{
	struct error_words w = error_words(r, status);

	page_error_html(r, &(struct page_error_page){.title = w.title, .words = w.words, .why = r->flash,
	    .has_why = r->flash.text != NULL});
}

/* Without a frame: what would fill it is what failed. A 403 here is a form of another site, and the words of a 404
 * speak of a menu that is not there. */
void
page_bare(struct req *r, int status)
{
	struct error_words w = error_words(r, status == 404 ? 400 : status);

	if (status == 403)
		w = (struct error_words){said(T_PAGE_FOREIGN_TITLE), said(T_PAGE_FOREIGN)};
	if (status == 413 && r->route && r->route->body_bytes_max)
		w.words = t_page_file_too_large((int64_t)(r->route->body_bytes_max >> 20));
	page_bare_html(r, &(struct page_bare_page){.title = w.title, .words = w.words});
}

struct said
page_verdict_words(enum verdict v)
{
	switch (v) {
	case VERDICT_OK: return (struct said){0};
	case VERDICT_NOT_FOUND: return said(T_PAGE_VERDICT_NOT_FOUND);
	case VERDICT_FORBIDDEN: return said(T_PAGE_VERDICT_FORBIDDEN);
	case VERDICT_CONFLICT: return said(T_PAGE_VERDICT_CONFLICT);
	case VERDICT_TAKEN: return said(T_PAGE_VERDICT_TAKEN);
	case VERDICT_INVALID: return said(T_PAGE_VERDICT_INVALID);
	}
	need(0 && "a verdict");
	return (struct said){0};
}

/* --- theme ----------------------------------------------------------------------------------------- */

enum theme { THEME_AUTO, THEME_LIGHT, THEME_DARK };

struct theme_form {
	int64_t theme;
	struct str here;
};

static const struct choice themes[] = {
	{THEME_AUTO, .word = "auto", .text = T_PAGE_THEME_AUTO},
	{THEME_LIGHT, .word = "light", .text = T_PAGE_THEME_LIGHT},
	{THEME_DARK, .word = "dark", .text = T_PAGE_THEME_DARK},
};

static const struct form_field theme_fields[] = {
	{"theme", FORM_CHOICE, offsetof(struct theme_form, theme), .required = true, .label = T_PAGE_THEME,
	    .choices = {themes, 3}},
	{"here", FORM_HIDDEN_TEXT, offsetof(struct theme_form, here), .max = 2000, .label = T_PAGE_THEME},
};

static const struct form_spec theme_spec = FORM_SPEC("theme", struct theme_form, theme_fields);

static void
show_home(struct req *r)
{
	page_elsewhere(r, path_fill(r, "/{lang}"), false);
}

static struct outcome
set_theme(struct req *r)
{
	const struct theme_form *form = r->form;

	cookies_theme(r, form->theme == THEME_AUTO ? STR("") : form->theme == THEME_DARK ? STR("dark") : STR("light"));
	return see_address(r, form->here.n ? form->here : path_fill(r, "/{lang}"), (struct said){0});
}

static const struct route routes[] = {
	{POST, "/{lang}/theme", 0, show_home, set_theme, &theme_spec, .plain = true},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

const struct room page_room = {.name = "page", .routes = tables};
