/* /admin/translations: what people wrote and that lacks a language, of all rooms; and a page on which much of it is
 * filled in at once. The same words are shown once, wherever they stand: a copied year has most of last year's. */
#include "app/admin/pages.h"

#include <stddef.h>
#include <stdlib.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/typed.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/http/http.h"

#include "app/admin/admin.html.h"  /* generated */
#include "app/admin/translations.texts.h" /* generated */
#include "app/campus/campus.h"
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

/* A page ends early when what is to be translated is long, so that the answer is never longer than a form may be. */
enum { PAGE_TEXTS = 25, PAGE_BYTES = 30000, TEXT_CHARS_MAX = 8000, ROOMS_MAX = 32 };

/* --- what lacks a language ---------------------------------------------------------------------------------------- */

/* Words that lack a language, and in how many places they stand. */
struct lot {
	uint64_t mark;
	size_t first; /* among all wordings */
	int64_t places;
};

struct lot_list {
	struct lot *at;
	size_t n;
};

static uint64_t
mark_more(uint64_t mark, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mark = (mark ^ (unsigned char)bytes[i]) * 1099511628211u;
	return mark;
}

/* Another one for other words, or for another part of a thing. */
static uint64_t
mark_of(const struct wording *w)
{
	char part = (char)(w->id % WORDING_PARTS);
	uint64_t mark = mark_more(14695981039346656037u, &part, 1);

	for (enum lang l = 0; l < LANG_COUNT; l++)
		mark = mark_more(mark_more(mark, w->text.at[l].p, w->text.at[l].n), "", 1);
	return mark >> 1;
}

static bool
is_same(const struct wording *a, const struct wording *b)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (!str_eq(a->text.at[l], b->text.at[l]))
			return false;
	return a->id % WORDING_PARTS == b->id % WORDING_PARTS;
}

static int
by_mark(const void *x, const void *y)
{
	const struct lot *a = x, *b = y;

	if (a->mark != b->mark)
		return a->mark < b->mark ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

static int
by_place(const void *x, const void *y)
{
	const struct lot *a = x, *b = y;

	return (a->first > b->first) - (a->first < b->first);
}

/* What lacks that language, in the order of the room. */
static struct lot_list
lots_in(struct arena *a, struct wording_list all, enum lang to)
{
	struct lot_list each = {ARENA_ARRAY(a, struct lot, all.n), 0}, lots = {0};

	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].text.at[to].n == 0)
			each.at[each.n++] = (struct lot){mark_of(&all.at[i]), i, 1};
	if (each.n == 0)
		return each;
	qsort(each.at, each.n, sizeof *each.at, by_mark);
	lots.at = each.at;
	for (size_t i = 0; i < each.n; i++)
		if (lots.n && lots.at[lots.n - 1].mark == each.at[i].mark)
			lots.at[lots.n - 1].places++;
		else
			lots.at[lots.n++] = each.at[i];
	qsort(lots.at, lots.n, sizeof *lots.at, by_place);
	return lots;
}

static struct wording_list
wordings_of(struct req *r, const struct room *room)
{
	struct wording_list all = {0};

	room->wordings->lacking(r->tx, &r->actor, r->today, &all);
	return all;
}

/* --- all of it ---------------------------------------------------------------------------------------------------- */

static struct str
address_of(struct req *r, const char *room, enum lang to)
{
	return str_fmt(r->arena, "/%s/admin/translations/%s/%s", lang_code(r->lang), room, lang_code(to));
}

static void
show_all(struct req *r)
{
	struct admin_language_list languages = {ARENA_ARRAY(r->arena, struct admin_language, LANG_COUNT), LANG_COUNT};

	for (enum lang l = 0; l < LANG_COUNT; l++) {
		languages.at[l].name = page_in_language(r, l);
		languages.at[l].rooms.at = ARENA_ARRAY(r->arena, struct admin_translated_room, ROOMS_MAX);
	}
	for (const struct room *const *room = rooms_all(); *room; room++) {
		struct wording_list all;

		if (!(*room)->wordings)
			continue;
		all = wordings_of(r, *room);
		for (enum lang l = 0; l < LANG_COUNT; l++) {
			struct admin_translated_room_list *list = &languages.at[l].rooms;

			list->at[list->n++] = (struct admin_translated_room){said((*room)->wordings->title),
			    address_of(r, (*room)->name, l), (int64_t)lots_in(r->arena, all, l).n};
		}
	}
	admin_translations_html(r, &(struct admin_translations_page){languages});
}

/* --- a page of it ------------------------------------------------------------------------------------------------- */

/* The texts of one room for one language, and what was written. */
struct translating {
	struct req *r;
	const struct room *room;
	enum lang to;
	struct wording_list all;
	struct campus_list campuses;
	const struct form_state *form;
};

struct translate_form {
	struct form_words texts, seen;
};

static const struct form_field translate_fields[] = {
	{"text", FORM_EACH_TEXT, offsetof(struct translate_form, texts), .max = TEXT_CHARS_MAX,
	    .label = T_ADMIN_TRANSLATION},
	/* The mark of what it is a translation of. */
	{"seen", FORM_EACH_TEXT, offsetof(struct translate_form, seen), .label = T_ADMIN_TRANSLATION},
};

static const struct form_spec translate_spec = FORM_SPEC("translate", struct translate_form, translate_fields);

/* False: no room of that name has texts, or there is no such language. */
static bool
begin(struct req *r, struct translating *t)
{
	struct str name = path_text(r, "room");

	*t = (struct translating){.r = r};
	if (!lang_of(path_text(r, "to"), &t->to))
		return false;
	for (const struct room *const *room = rooms_all(); *room; room++)
		if (str_is(name, (*room)->name) && (*room)->wordings)
			t->room = *room;
	if (t->room)
		t->all = wordings_of(r, t->room);
	return t->room != NULL;
}

static struct admin_source_list
sources_of(const struct translating *t, const struct wording *w)
{
	struct admin_source_list list = {ARENA_ARRAY(t->r->arena, struct admin_source, LANG_COUNT), 0};

	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (w->text.at[l].n && l != t->to)
			list.at[list.n++] = (struct admin_source){str_of(lang_code(l)), page_in_language(t->r, l),
			    w->text.at[l]};
	return list;
}

static struct field_view
field_of(const struct translating *t, const struct wording *w, int64_t places)
{
	struct field_view v = page_field_of(t->r, t->form, "text", w->id, w->part);
	struct out described = out_new(t->r->arena);

	v.language = page_in_language(t->r, t->to);
	v.value_lang = str_of(lang_code(t->to));
	out_fmt(&described, "%.*s-source", STR_ARG(v.id));
	if (places > 1) {
		v.has_hint = true;
		v.hint = t_admin_translation_places(places);
		out_fmt(&described, " %.*s-hint", STR_ARG(v.id));
	}
	if (v.described.n)
		out_fmt(&described, " %.*s", STR_ARG(v.described));
	v.described = out_text(&described);
	return v;
}

static struct admin_wording
row_of(const struct translating *t, const struct wording *w, int64_t places)
{
	const struct campus *campus = w->place ? campus_in(t->campuses, (campus_id){w->place}) : NULL;

	return (struct admin_wording){
		.id = w->id,
		.of = w->of,
		.when = w->when,
		.campus = campus ? campus->name : (struct texts){0},
		.address = str_fmt(t->r->arena, "/%s%.*s", lang_code(t->r->lang), STR_ARG(w->address)),
		.sources = sources_of(t, w),
		.field = field_of(t, w, places),
		.lines = w->lines,
		.mark = str_fmt(t->r->arena, "%llu", (unsigned long long)mark_of(w)),
		.filled = w->text.at[t->to],
	};
}

static void
add_row(struct admin_wording_list *rows, struct admin_wording row)
{
	const struct admin_wording *before = rows->n ? &rows->at[rows->n - 1] : NULL;

	row.heading = !before || !str_eq(before->address, row.address);
	rows->at[rows->n++] = row;
}

static bool
is_among(struct admin_wording_list rows, int64_t id)
{
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].id == id)
			return true;
	return false;
}

/* What was written and is not on this page any more, because somebody was faster: nothing of it is lost. What still
 * lacks a translation has only moved to another page, and is put before the others of this one. */
static struct admin_wording_list
rows_left(const struct translating *t, struct admin_wording_list *shown)
{
	struct form_words words = t->form->words[form_field_index(&translate_spec, "text")];
	struct admin_wording_list rows = {ARENA_ARRAY(t->r->arena, struct admin_wording, words.n), 0};
	struct admin_wording_list all = {ARENA_ARRAY(t->r->arena, struct admin_wording, words.n + shown->n), 0};

	for (size_t k = 0; k < words.n; k++) {
		struct wording w;

		if (is_among(*shown, words.at[k].id))
			continue;
		if (t->room->wordings->find(t->r->tx, &t->r->actor, words.at[k].id, &w))
			add_row(w.text.at[t->to].n ? &rows : &all, row_of(t, &w, 1));
		else
			add_row(&rows, (struct admin_wording){.id = words.at[k].id, .gone = true,
			    .field = page_field_of(t->r, t->form, "text", words.at[k].id, (struct said){0})});
	}
	for (size_t i = 0; i < shown->n; i++)
		add_row(&all, shown->at[i]);
	*shown = all;
	return rows;
}

static size_t
bytes_of(const struct wording *w)
{
	size_t n = 0;

	for (enum lang l = 0; l < LANG_COUNT; l++)
		n += w->text.at[l].n;
	return n;
}

/* Where the page after the one that begins with `from` begins. */
static size_t
page_end(const struct translating *t, struct lot_list lots, size_t from)
{
	size_t i = from, bytes = 0;

	do
		bytes += bytes_of(&t->all.at[lots.at[i].first]);
	while (++i < lots.n && i - from < PAGE_TEXTS && bytes < PAGE_BYTES);
	return i;
}

/* The rows of the page that was asked for, or of the last one. */
static struct admin_wording_list
rows_of_page(const struct translating *t, struct lot_list lots, int64_t *page, int64_t *pages)
{
	int64_t asked = query_int(t->r, "page", 1);
	struct admin_wording_list rows = {ARENA_ARRAY(t->r->arena, struct admin_wording, PAGE_TEXTS), 0};
	size_t from = 0, until = 0;

	*pages = *page = 0;
	for (size_t i = 0, end; i < lots.n; i = end) {
		end = page_end(t, lots, i);
		++*pages;
		if (*pages <= asked || *pages == 1) {
			from = i;
			until = end;
			*page = *pages;
		}
	}
	for (size_t i = from; i < until; i++)
		add_row(&rows, row_of(t, &t->all.at[lots.at[i].first], lots.at[i].places));
	return rows;
}

static struct str
page_address(const struct translating *t, int64_t page)
{
	struct str address = address_of(t->r, t->room->name, t->to);

	return page > 1 ? str_fmt(t->r->arena, "%.*s?page=%lld", STR_ARG(address), (long long)page) : address;
}

static void
show_some(struct req *r)
{
	struct admin_translate_page page = {0};
	struct translating t;
	struct lot_list lots;

	if (!begin(r, &t))
		page_not_found(r);
	t.campuses = campus_ever(r->tx);
	t.form = form_show(r, &translate_spec, NULL);
	lots = lots_in(r->arena, t.all, t.to);
	page.rows = rows_of_page(&t, lots, &page.page, &page.pages);
	page.left = rows_left(&t, &page.rows);
	page.heading = str_fmt(r->arena, "%.*s %.*s", STR_ARG(page_words(r, t.room->wordings->title)),
	    STR_ARG(page_in_language(r, t.to)));
	page.code = str_of(lang_code(t.to));
	page.n = (int64_t)lots.n;
	page.action = page_address(&t, page.page);
	if (page.page > 1)
		page.earlier = page_address(&t, page.page - 1);
	if (page.page < page.pages)
		page.later = page_address(&t, page.page + 1);
	admin_translate_html(r, &page);
}

/* --- filling it in ------------------------------------------------------------------------------------------------ */

/* One of those that still lack it, or as it is now. */
static bool
find(const struct translating *t, int64_t id, struct wording *w)
{
	for (size_t i = 0; i < t->all.n; i++)
		if (t->all.at[i].id == id) {
			*w = t->all.at[i];
			return true;
		}
	return t->room->wordings->find(t->r->tx, &t->r->actor, id, w);
}

/* Whether the words that somebody translated are still those; a form without marks does not ask. */
static bool
is_as_seen(const struct translating *t, const struct form_state *form, const struct wording *w)
{
	const struct form_word *seen = form_word(form, "seen", w->id);

	return !seen || str_eq(seen->text, str_fmt(t->r->arena, "%llu", (unsigned long long)mark_of(w)));
}

/* Whether it may be filled in; if not, that is said beside it. False: somebody was faster. */
static bool
check(const struct translating *t, struct form_state *form, int64_t id)
{
	struct wording w;
	const struct text *why = NULL;

	if (!find(t, id, &w))
		why = T_ADMIN_TRANSLATION_GONE;
	else if (w.text.at[t->to].n)
		why = T_ADMIN_TRANSLATION_FILLED;
	else if (!is_as_seen(t, form, &w))
		why = T_ADMIN_TRANSLATION_CHANGED;
	if (why)
		form_word_problem(form, "text", id, said(why));
	else
		form_word_most(form, "text", id, w.most);
	return !why;
}

/* With the same words in other places. */
static bool
fill(const struct translating *t, int64_t id, struct str written)
{
	struct wording w;
	struct str text;

	if (!find(t, id, &w))
		return false;
	text = w.lines ? written : typed_text(t->r->arena, written, false);
	if (!t->room->wordings->fill(t->r->tx, &t->r->actor, id, t->to, text))
		return false;
	for (size_t i = 0; i < t->all.n; i++)
		if (t->all.at[i].id != id && is_same(&t->all.at[i], &w) &&
		    !t->room->wordings->fill(t->r->tx, &t->r->actor, t->all.at[i].id, t->to, text))
			return false;
	return true;
}

static struct outcome
save(struct req *r)
{
	const struct translate_form *f = r->form;
	struct form_state *form = form_posted(r);
	bool current = true;
	struct translating t;

	if (!begin(r, &t))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (f->texts.n == 0)
		return refused(r, VERDICT_INVALID, said(T_ADMIN_TRANSLATION_NONE));
	for (size_t i = 0; i < f->texts.n; i++)
		current &= check(&t, form, f->texts.at[i].id);
	if (form->problems)
		return refused(r, current ? VERDICT_INVALID : VERDICT_CONFLICT,
		    current ? (struct said){0} : said(T_ADMIN_TRANSLATION_SINCE));
	for (size_t i = 0; i < f->texts.n; i++)
		if (!fill(&t, f->texts.at[i].id, f->texts.at[i].text))
			return refused(r, VERDICT_CONFLICT, said(T_ADMIN_TRANSLATION_SINCE));
	return see_address(r, page_address(&t, query_int(r, "page", 1)),
	    t_admin_translation_saved((int64_t)f->texts.n));
}

#define TRANSLATIONS "/{lang}/admin/translations"

const struct route admin_translation_routes[] = {
	{GET, TRANSLATIONS, MAY_TRANSLATE, show_all, .speed = SLOW},
	{GET, TRANSLATIONS "/{room}/{to}", MAY_TRANSLATE, show_some, .speed = SLOW},
	{POST, TRANSLATIONS "/{room}/{to}", MAY_TRANSLATE, show_some, save, &translate_spec},
	{0},
};
