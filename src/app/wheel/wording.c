/* What of the wheel lacks a language, for whoever translates: items of the running year and of those to come, their
 * material, and the rings. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/rights.h" /* generated */
#include "app/room.h"
#include "app/wheel/rings.texts.h"   /* generated */
#include "app/wheel/wheel.sql.h"     /* generated */
#include "app/wheel/wheel.texts.h"   /* generated */
#include "app/wheel/wording.texts.h" /* generated */

enum part { ITEM_TITLE, ITEM_SENTENCE, ITEM_DESCRIPTION, MATERIAL_TITLE, MATERIAL_BODY, RING_NAME };

const struct event wheel_translated = {"wheel.translated", T_WHEEL_EVENT_TRANSLATED};

static const char *const journal_names[] = {"title", "sentence", "description", "material_title", "material_body",
	"name"};

/* As wheel_may_place, which asks of a whole item. */
static bool
may_fill(const struct actor *who, campus_id campus)
{
	return wheel_may_place(who, &(struct wheel_item){.campus = campus});
}

static struct str
year_words(struct tx *tx, int64_t year)
{
	return str_fmt(tx->arena, "%lld\u2013%lld", (long long)year, (long long)year + 1);
}

/* Where somebody edits it, which is on its campus's page if it is one's own. */
static struct str
edit_address(struct tx *tx, struct campus_list campuses, campus_id campus, int64_t year, wheel_item_id item)
{
	const struct campus *c = campus.n ? campus_in(campuses, campus) : NULL;

	return str_fmt(tx->arena, "%s%.*s/wheel/%lld/%lld/edit", c ? "/" : "", STR_ARG(c ? c->slug : STR("")),
	    (long long)year, (long long)item.n);
}

static struct wording
item_wording(struct tx *tx, struct campus_list campuses, const struct wheel_item_wording *i, enum part part)
{
	struct wording w = {
		.id = WORDING_ID(i->id.n, part),
		.of = i->title,
		.when = year_words(tx, i->year),
		.place = i->campus.n,
		.address = edit_address(tx, campuses, i->campus, i->year, i->id),
	};

	if (part == ITEM_TITLE) {
		w.text = i->title;
		w.part = said(T_WHEEL_FIELD_TITLE);
		w.most = WHEEL_TITLE_MOST;
	} else if (part == ITEM_SENTENCE) {
		w.text = i->sentence;
		w.part = said(T_WHEEL_FIELD_SENTENCE);
		w.most = WHEEL_SENTENCE_MOST;
	} else {
		w.text = i->description;
		w.part = said(T_WHEEL_FIELD_DESCRIPTION);
		w.most = WHEEL_DESCRIPTION_MOST;
		w.lines = true;
	}
	return w;
}

static struct wording
material_wording(struct tx *tx, struct campus_list campuses, const struct wheel_material_wording *m, enum part part)
{
	bool title = part == MATERIAL_TITLE;

	return (struct wording){
		.id = WORDING_ID(m->id.n, part),
		.text = title ? m->title : m->body,
		.of = m->of_item,
		.part = said(title ? T_WHEEL_WORDING_MATERIAL_TITLE : T_WHEEL_WORDING_MATERIAL_BODY),
		.when = year_words(tx, m->year),
		.place = m->campus.n,
		.address = str_fmt(tx->arena, "%.*s#aineisto", STR_ARG(edit_address(tx, campuses, m->campus, m->year,
		    m->item))),
		.most = title ? WHEEL_TITLE_MOST : WHEEL_MATERIAL_MOST,
		.lines = !title,
	};
}

static struct wording
ring_wording(struct tx *tx, const struct wheel_ring *ring)
{
	return (struct wording){
		.id = WORDING_ID(ring->id.n, RING_NAME),
		.text = ring->name,
		.of = ring->name,
		.part = said(T_WHEEL_RING_NAME),
		.address = str_fmt(tx->arena, "/admin/wheel/rings/%lld", (long long)ring->id.n),
		.most = WHEEL_RING_NAME_MOST,
	};
}

static void
add_year(struct tx *tx, const struct actor *who, struct campus_list campuses, school_year_id year,
    struct wording_list *list)
{
	struct wheel_item_wording_list items = wheel_item_wordings(tx, year);
	struct wheel_material_wording_list materials = wheel_material_wordings(tx, year);
	size_t m = 0;

	for (size_t i = 0; i < items.n; i++) {
		const struct wheel_item_wording *item = &items.at[i];
		bool may = may_fill(who, item->campus);

		for (enum part part = ITEM_TITLE; may && part <= ITEM_DESCRIPTION; part++)
			wording_add(tx->arena, list, item_wording(tx, campuses, item, part));
		/* Both come in the same order. */
		for (; m < materials.n && materials.at[m].item.n == item->id.n; m++)
			for (enum part part = MATERIAL_TITLE; may && part <= MATERIAL_BODY; part++)
				wording_add(tx->arena, list, material_wording(tx, campuses, &materials.at[m],
				    part));
	}
}

static void
lacking(struct tx *tx, const struct actor *who, struct date today, struct wording_list *list)
{
	struct wheel_ring_list rings = wheel_rings(tx);
	struct campus_list campuses = campus_ever(tx);
	struct school_year_list years = school_years(tx); /* the newest first */

	for (size_t i = 0; may_fill(who, (campus_id){0}) && i < rings.n; i++)
		wording_add(tx->arena, list, ring_wording(tx, &rings.at[i]));
	for (size_t i = years.n; i-- > 0;)
		if (years.at[i].state == SCHOOL_YEAR_STATE_DRAFT ||
		    (years.at[i].state == SCHOOL_YEAR_STATE_PUBLISHED && years.at[i].ends.day >= today.day))
			add_year(tx, who, campuses, years.at[i].id, list);
}

static bool
find(struct tx *tx, const struct actor *who, int64_t id, struct wording *w)
{
	int64_t row = id / WORDING_PARTS, part = id % WORDING_PARTS;
	struct wheel_material_wording material;
	struct wheel_item_wording item;
	struct wheel_ring ring;

	if (part <= ITEM_DESCRIPTION) {
		if (!wheel_item_wording_of(tx, (wheel_item_id){row}, &item) || !may_fill(who, item.campus))
			return false;
		*w = item_wording(tx, campus_ever(tx), &item, (enum part)part);
	} else if (part <= MATERIAL_BODY) {
		if (!wheel_material_wording_of(tx, (wheel_material_id){row}, &material) ||
		    !may_fill(who, material.campus))
			return false;
		*w = material_wording(tx, campus_ever(tx), &material, (enum part)part);
	} else {
		if (part != RING_NAME || !may_fill(who, (campus_id){0}) ||
		    !wheel_ring_by_id(tx, (wheel_ring_id){row}, &ring) || ring.cancelled_at.s)
			return false;
		*w = ring_wording(tx, &ring);
	}
	return true;
}

/* For the journal: only what is new. */
static struct str
line_of(struct tx *tx, int64_t part, enum lang lang, struct str text)
{
	struct out o = out_new(tx->arena);
	struct texts becomes = {0};

	becomes.at[lang] = text;
	journal_texts(&o, journal_names[part], becomes);
	return out_text(&o);
}

/* Whoever looks through a copied year has not done so by translating it, so that goes on as it was. */
static bool
fill_item(struct tx *tx, const struct actor *who, wheel_item_id id, enum part part, enum lang lang, struct str text)
{
	struct wheel_item_wording i;
	struct texts *to = part == ITEM_TITLE ? &i.title : part == ITEM_SENTENCE ? &i.sentence : &i.description;

	need(wheel_item_wording_of(tx, id, &i));
	to->at[lang] = text;
	if (wheel_item_reword(tx, id, i.campus, i.title, i.sentence, i.description, tx->now, i.version) == 0)
		return false;
	journal_add(tx, who, (struct journal_entry){&wheel_translated, i.campus.n, id.n, STR(""),
	    line_of(tx, part, lang, text)});
	return true;
}

static bool
fill_material(struct tx *tx, const struct actor *who, wheel_material_id id, enum part part, enum lang lang,
    struct str text)
{
	struct wheel_material_wording m;

	need(wheel_material_wording_of(tx, id, &m));
	(part == MATERIAL_TITLE ? &m.title : &m.body)->at[lang] = text;
	if (wheel_material_reword(tx, id, m.title, m.body) == 0)
		return false;
	journal_add(tx, who, (struct journal_entry){&wheel_translated, m.campus.n, m.item.n, STR(""),
	    line_of(tx, part, lang, text)});
	return true;
}

static bool
fill_ring(struct tx *tx, const struct actor *who, wheel_ring_id id, enum lang lang, struct str text)
{
	struct wheel_ring ring;

	need(wheel_ring_by_id(tx, id, &ring));
	ring.name.at[lang] = text;
	if (wheel_ring_change(tx, id, ring.name, ring.color, ring.version) == 0)
		return false;
	journal_add(tx, who, (struct journal_entry){&wheel_ring_saved, .subject = id.n,
	    .becomes = line_of(tx, RING_NAME, lang, text)});
	return true;
}

static bool
fill(struct tx *tx, const struct actor *who, int64_t id, enum lang lang, struct str text)
{
	int64_t row = id / WORDING_PARTS;
	enum part part = (enum part)(id % WORDING_PARTS);

	if (part == RING_NAME)
		return fill_ring(tx, who, (wheel_ring_id){row}, lang, text);
	if (part >= MATERIAL_TITLE)
		return fill_material(tx, who, (wheel_material_id){row}, part, lang, text);
	return fill_item(tx, who, (wheel_item_id){row}, part, lang, text);
}

const struct wordings wheel_wordings = {T_WHEEL_TITLE, lacking, find, fill};
