/* The picture of a space, and in words what it shows. */
#include "app/space/edit.h"

#include <stddef.h>

#include "core/db/tx.h"

#include "app/file/file.h"
#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/edit.texts.h"  /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */

struct picture_form {
	struct form_file picture;
	struct texts alt;
	int64_t version;
};

static const struct form_field picture_fields[] = {
	{"picture", FORM_FILE, offsetof(struct picture_form, picture), .depends = true, .accept = PICTURE_ACCEPT,
	    .label = T_SPACE_EDIT_PICTURE, .hint = T_SPACE_EDIT_PICTURE_HINT},
	{"alt", FORM_TEXTS, offsetof(struct picture_form, alt), .required = true, .max = SPACE_PICTURE_ALT_MOST,
	    .label = T_SPACE_EDIT_PICTURE_ALT, .hint = T_SPACE_EDIT_PICTURE_ALT_HINT},
	{"version", FORM_HIDDEN, offsetof(struct picture_form, version)},
};

static const struct form_spec picture_spec = FORM_SPEC("picture", struct picture_form, picture_fields);

static const struct form_field drop_fields[] = {{"version", FORM_HIDDEN, offsetof(struct picture_form, version)}};

static const struct form_spec drop_spec = FORM_SPEC("picture_drop", struct picture_form, drop_fields);

static void
show_picture(struct req *r)
{
	struct space_change c;

	if (!space_change_begin(r, &c))
		page_not_found(r);
	form_show(r, &picture_spec, &(struct picture_form){.alt = c.now.picture_alt, .version = c.now.version});
	form_show(r, &drop_spec, &(struct picture_form){.version = c.now.version});
	space_edit_picture_html(r, &(struct space_edit_picture_page){
		.head = space_edit_head_of(&c, SPACE_TAB_PICTURE),
		.shown = picture_view(r, c.now.picture),
		.alt = space_picture_alt(&c.now, r->lang),
	});
}

static void
prepare_picture(struct req *r)
{
	const struct picture_form *f = r->form;

	picture_prepare(r, "picture", &f->picture);
}

/* What no space shows any more is not kept either. */
static void
let_go(struct req *r, const struct space *space, picture_id becomes)
{
	if (space->picture.n && space->picture.n != becomes.n && space_pictures(r->tx, space->picture) == 0)
		picture_erase(r->tx, &r->actor, space->campus.n, space->picture);
}

static struct outcome
save(struct req *r, picture_id picture, struct texts alt, int64_t version, const struct text *flash)
{
	struct out was = out_new(r->arena), becomes = out_new(r->arena);
	struct space_change c;

	if (!space_change_begin(r, &c))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (space_set_picture(r->tx, c.now.id, c.now.campus, picture, alt, version) == 0)
		return space_change_late(r);
	let_go(r, &c.now, picture);
	journal_texts(&was, "picture", c.now.picture_alt);
	journal_texts(&becomes, "picture", alt);
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_saved, c.now.campus.n, c.now.id.n, out_text(&was),
	    out_text(&becomes)});
	return see_address(r, space_edit_tab(r, space_address(r, &c.now), SPACE_TAB_PICTURE), said(flash));
}

/* Without a new one the old one stays, and only its words change. */
static struct outcome
save_picture(struct req *r)
{
	const struct picture_form *f = r->form;
	picture_id picture = picture_put(r->tx, &r->actor, r->prepared);
	struct space_change c;

	if (picture.n == 0 && space_change_begin(r, &c))
		picture = c.now.picture;
	if (picture.n == 0) {
		form_problem(form_posted(r), "picture", said(T_SPACE_EDIT_PICTURE_MISSING));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	return save(r, picture, f->alt, f->version, T_SPACE_EDIT_SAVED);
}

static struct outcome
drop_picture(struct req *r)
{
	const struct picture_form *f = r->form;

	return save(r, (picture_id){0}, (struct texts){0}, f->version, T_SPACE_EDIT_PICTURE_DROPPED);
}

/* What it shows; before anybody has said so, the space. */
struct str
space_picture_alt(const struct space *space, enum lang lang)
{
	return texts_in(page_is_texts(space->picture_alt) ? space->picture_alt : space->name, lang).text;
}

#define PICTURE "/{lang}/{campus}/space/{space}/edit/picture"

const struct route space_picture_routes[] = {
	{GET, PICTURE, MAY_EDIT_SPACES, show_picture},
	{POST, PICTURE, MAY_EDIT_SPACES, show_picture, save_picture, &picture_spec, prepare_picture,
	    .body_bytes_max = PICTURE_BYTES_MAX},
	{POST, PICTURE "/drop", MAY_EDIT_SPACES, show_picture, drop_picture, &drop_spec},
	{0},
};
