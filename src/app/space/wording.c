/* What of the spaces lacks a language, for whoever translates. */
#include "app/space/edit.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/rights.h" /* generated */
#include "app/room.h"
#include "app/space/edit.texts.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */
#include "app/space/view.texts.h"  /* generated */

enum part { NAME, DESCRIPTION, ENTRY, CHECKLIST, PICTURE, PARTS };

/* How each is called on its form and in the journal, and how long it may be there. */
static const struct {
	const struct text *label;
	const char *word;
	int64_t most;
	bool lines;
} parts[PARTS] = {
	{T_SPACE_EDIT_NAME, "name", SPACE_NAME_MOST, false},
	{T_SPACE_EDIT_DESCRIPTION, "description", SPACE_TEXT_MOST, true},
	{T_SPACE_ENTRY, "entry", SPACE_TEXT_MOST, true},
	{T_SPACE_EDIT_CHECKLIST, "checklist", SPACE_TEXT_MOST, true},
	{T_SPACE_EDIT_PICTURE_ALT, "picture", SPACE_PICTURE_ALT_MOST, false},
};

static struct texts *
text_of(struct space *s, enum part part)
{
	switch (part) {
	case NAME: return &s->name;
	case DESCRIPTION: return &s->description;
	case ENTRY: return &s->entry;
	case CHECKLIST: return &s->checklist;
	case PICTURE: return &s->picture_alt;
	case PARTS: break;
	}
	need(0 && "a text of a space");
	return NULL;
}

static struct wording
wording_of(struct tx *tx, const struct campus *campus, struct space *s, enum part part)
{
	return (struct wording){
		.id = WORDING_ID(s->id.n, part),
		.text = *text_of(s, part),
		.of = s->name,
		.part = said(parts[part].label),
		.place = s->campus.n,
		.address = str_fmt(tx->arena, "/%.*s/space/%.*s/edit%s", STR_ARG(campus->slug), STR_ARG(s->slug),
		    part == PICTURE ? "/picture" : ""),
		.most = parts[part].most,
		.lines = parts[part].lines,
	};
}

static void
lacking(struct tx *tx, const struct actor *who, struct date today, struct wording_list *list)
{
	struct space_list all = spaces_everywhere(tx);
	struct campus_list campuses = campus_all(tx);

	(void)today;
	for (size_t i = 0; i < all.n; i++) {
		const struct campus *campus = campus_in(campuses, all.at[i].campus);

		for (enum part part = NAME; campus && part < PARTS; part++)
			if (actor_may(who, MAY_EDIT_SPACES, campus->id.n))
				wording_add(tx->arena, list, wording_of(tx, campus, &all.at[i], part));
	}
}

static bool
find(struct tx *tx, const struct actor *who, int64_t id, struct wording *w)
{
	const struct campus *campus;
	struct space s;

	if (id % WORDING_PARTS >= PARTS || !space_by_id(tx, (space_id){id / WORDING_PARTS}, &s) || s.cancelled_at.s ||
	    !actor_may(who, MAY_EDIT_SPACES, s.campus.n))
		return false;
	campus = campus_in(campus_all(tx), s.campus);
	if (campus)
		*w = wording_of(tx, campus, &s, (enum part)(id % WORDING_PARTS));
	return campus != NULL;
}

static bool
fill(struct tx *tx, const struct actor *who, int64_t id, enum lang lang, struct str text)
{
	enum part part = (enum part)(id % WORDING_PARTS);
	struct out o = out_new(tx->arena);
	struct texts becomes = {0};
	struct space was, s;

	need(space_by_id(tx, (space_id){id / WORDING_PARTS}, &was));
	s = was;
	text_of(&s, part)->at[lang] = becomes.at[lang] = text;
	if (space_reword(tx, s.id, s.campus, s.name, s.description, s.entry, s.checklist, s.picture_alt,
	    s.version) == 0)
		return false;
	space_tell_name(tx, &was, s.name);
	journal_texts(&o, parts[part].word, becomes);
	journal_add(tx, who, (struct journal_entry){&space_saved, s.campus.n, s.id.n, STR(""), out_text(&o)});
	return true;
}

const struct wordings space_wordings = {T_SPACE_NAV, lacking, find, fill};
