/* Something is broken in a space: whoever is signed in may say so, and its staff says when it is mended. */
#include "app/space/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

const struct event space_fault_told = {"space.fault_told", T_SPACE_EVENT_FAULT};

struct fault_form {
	struct str words;
};

static const struct form_field fault_fields[] = {
	{"words", FORM_LONG, offsetof(struct fault_form, words), .required = true, .max = 500,
	    .label = T_SPACE_FAULT_WORDS, .missing = T_SPACE_FAULT_MISSING},
};

static const struct form_spec fault_spec = FORM_SPEC("fault", struct fault_form, fault_fields);

static void
show_faults(struct req *r)
{
	const struct space *space = space_or_404(r);
	struct space_fault_list all = space_faults_of(r->tx, space->id);
	struct space_fault_row_list list = {ARENA_ARRAY(r->arena, struct space_fault_row, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct space_fault_row){all.at[i].id.n, all.at[i].words,
		    str_of(space_fault_language_words[all.at[i].language]), local_of(r->zone,
		    all.at[i].reported_at).date};
	form_show(r, &fault_spec, NULL);
	space_fault_html(r, &(struct space_fault_page){space->name, space_address(r, space), list});
}

static struct outcome
tell(struct req *r)
{
	const struct fault_form *f = r->form;
	const struct space *space = space_of_path(r);
	space_fault_id id;

	if (!space)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	id = space_fault_add(r->tx, space->id, f->words,
	    (enum space_fault_language)((int)r->lang + SPACE_FAULT_LANGUAGE_FI), (person_id){r->actor.person}, r->now);
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_fault_told, r->place, id.n, STR(""), f->words});
	return see_other(r, "/{lang}/{campus}/space/{space}", said(T_SPACE_FAULT_FLASH));
}

struct mended_form {
	int64_t fault;
};

static const struct form_field mended_fields[] = {{"fault", FORM_HIDDEN, offsetof(struct mended_form, fault)}};
static const struct form_spec mended_spec = FORM_SPEC("mended", struct mended_form, mended_fields);

static struct outcome
mended(struct req *r)
{
	const struct mended_form *f = r->form;
	const struct space *space = space_of_path(r);

	if (!space || space_fault_mend(r->tx, (space_fault_id){f->fault}, space->id, r->now) == 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	return see_other(r, "/{lang}/{campus}/space/{space}/fault", said(T_SPACE_FAULT_MENDED_FLASH));
}

const struct route space_fault_routes[] = {
	{GET, "/{lang}/{campus}/space/{space}/fault", MAY_SIGNED_IN, show_faults},
	{POST, "/{lang}/{campus}/space/{space}/fault", MAY_SIGNED_IN, show_faults, tell, &fault_spec},
	{POST, "/{lang}/{campus}/space/{space}/fault/mended", MAY_SEE_BOOKINGS, show_faults, mended, &mended_spec},
	{0},
};
