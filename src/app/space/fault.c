/* Something is broken: whoever is signed in says so, everyone reads it, and those who work there say when it is
 * mended. */
#include "app/space/fault.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h"            /* generated */
#include "app/space/fault.texts.h" /* generated */
#include "app/space/pages.h"
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { OPEN_MOST = 20 };

const struct event space_fault_told = {"space.fault_told", T_SPACE_EVENT_FAULT};
const struct event space_fault_mended = {"space.fault_mended", T_SPACE_EVENT_MENDED};

struct fault_form {
	struct str words;
};

static const struct form_field fault_fields[] = {
	{"words", FORM_LONG, offsetof(struct fault_form, words), .required = true, .max = 500,
	    .label = T_SPACE_FAULT_WORDS, .hint = T_SPACE_FAULT_HINT, .missing = T_SPACE_FAULT_MISSING},
};

static const struct form_spec fault_spec = FORM_SPEC("fault", struct fault_form, fault_fields);

struct mend_form {
	int64_t fault;
};

static const struct form_field mend_fields[] = {
	{"fault", FORM_HIDDEN, offsetof(struct mend_form, fault), .required = true},
};

static const struct form_spec mend_spec = FORM_SPEC("mend", struct mend_form, mend_fields);

/* --- on pages --------------------------------------------------------------------------------------------------- */

void
space_draw_faults(struct req *r, const struct space *space)
{
	struct space_fault_list all = space_faults_of(r->tx, space->id);
	struct space_faults_component c = {.lines = {ARENA_ARRAY(r->arena, struct space_fault_line, all.n), all.n}};
	bool knows = actor_may(&r->actor, MAY_SEE_BOOKINGS, space->campus.n);

	for (size_t i = 0; i < all.n; i++) {
		const struct space_fault *f = &all.at[i];
		struct space_fault_line *line = &c.lines.at[i];
		struct person by;

		*line = (struct space_fault_line){.id = f->id.n, .told = local_of(r->zone, f->reported_at).date};
		line->words.at[f->language - SPACE_FAULT_LANGUAGE_FI] = f->words;
		if (knows && person_find(r->tx, f->reported_by, &by))
			line->by = by.name;
	}
	c.address = space_address(r, space);
	c.mends = actor_may(&r->actor, MAY_MEND_FAULTS, space->campus.n);
	space_faults_html(r, &c);
}

void
space_draw_fault_form(struct req *r, const struct space *space, bool open)
{
	if (!actor_signed_in(&r->actor))
		return;
	form_show(r, &fault_spec, NULL);
	space_fault_form_html(r, &(struct space_fault_form_component){space_address(r, space),
	    open});
}

/* Where a report that was refused is put right. */
static void
show_fault(struct req *r)
{
	const struct space *space = space_or_404(r);

	space_fault_html(r, &(struct space_fault_page){space->name, space_address(r, space), space});
}

/* --- changes ---------------------------------------------------------------------------------------------------- */

static enum space_fault_language
language_of(const struct req *r)
{
	return (enum space_fault_language)((int)r->lang + SPACE_FAULT_LANGUAGE_FI);
}

static struct outcome
tell(struct req *r)
{
	const struct fault_form *f = r->form;
	const struct space *space = space_of_path(r);

	if (!space)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (space_faults_of(r->tx, space->id).n >= OPEN_MOST)
		return refused(r, VERDICT_INVALID, said(T_SPACE_FAULT_MANY));
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_fault_told, space->campus.n,
	    space_fault_add(r->tx, space->id, f->words, language_of(r), (person_id){r->actor.person}, r->now).n,
	    STR(""),
	    f->words});
	return see_address(r, space_address(r, space), said(T_SPACE_FAULT_THANKS));
}

static struct outcome
mend(struct req *r)
{
	const struct mend_form *f = r->form;
	const struct space *space = space_of_path(r);
	struct space_fault_list all;

	if (!space)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	all = space_faults_of(r->tx, space->id);
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].id.n == f->fault && space_fault_mend(r->tx, all.at[i].id, space->id, r->now)) {
			journal_add(r->tx, &r->actor, (struct journal_entry){&space_fault_mended, space->campus.n,
			    f->fault,
			    all.at[i].words, STR("")});
			return see_address(r, space_address(r, space), said(T_SPACE_FAULT_MENDED));
		}
	return refused(r, VERDICT_NOT_FOUND, (struct said){0});
}

#define FAULT "/{lang}/{campus}/space/{space}/fault"

const struct route space_fault_routes[] = {
	{GET, FAULT, MAY_SIGNED_IN, show_fault},
	{POST, FAULT, MAY_SIGNED_IN, show_fault, tell, &fault_spec},
	{POST, FAULT "/mended", MAY_MEND_FAULTS, show_fault, mend, &mend_spec},
	{0},
};
