/* A page that everyone reads, and a form for those who are signed in. */
#include "app/kota/kota.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/actor.h"
#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/http/http.h"

#include "app/journal/journal.h"
#include "app/kota/kota.html.h"  /* generated */
#include "app/kota/kota.sql.h"   /* generated */
#include "app/kota/kota.texts.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

static const struct event noted = {"kota.noted", T_KOTA_EVENT_NOTED};

struct note_form {
	struct str words;
};

static const struct form_field note_fields[] = {
	{"words", FORM_LONG, offsetof(struct note_form, words), .required = true, .max = 500, .label = T_KOTA_WORDS},
};

static const struct form_spec note_spec = FORM_SPEC("kota_note", struct note_form, note_fields);

static void
show_notes(struct req *r)
{
	struct kota_note_list all = kota_notes(r->tx);
	struct kota_line_list list = {ARENA_ARRAY(r->arena, struct kota_line, all.n), all.n};

	for (size_t i = 0; i < all.n; i++)
		list.at[i] = (struct kota_line){all.at[i].words, local_of(r->zone, all.at[i].noted_at).date};
	form_show(r, &note_spec, NULL);
	kota_index_html(r, &(struct kota_index_page){list, actor_signed_in(&r->actor)});
}

static struct outcome
create_note(struct req *r)
{
	const struct note_form *form = r->form;
	kota_note_id id = kota_note_add(r->tx, form->words, (person_id){r->actor.person}, r->now);

	journal_add(r->tx, &r->actor, (struct journal_entry){&noted, r->place, id.n, STR(""), form->words});
	return see_other(r, "/{lang}/kota", said(T_KOTA_THANKS));
}

static const struct route routes[] = {
	{GET, "/{lang}/kota", MAY_ANYONE, show_notes},
	{POST, "/{lang}/kota", MAY_SIGNED_IN, show_notes, create_note, &note_spec},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

static const struct event *const events[] = {&noted, NULL};

/* With .nav it gets a line in the navigation. */
const struct room kota_room = {.name = "kota", .routes = tables, .events = events};
