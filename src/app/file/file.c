#include "app/file/file.h"

#include "lib/arena.h"
#include "lib/picture.h"

#include "core/actor.h"
#include "core/db/tx.h"
#include "core/token.h"

#include "app/file/file.sql.h"   /* generated */
#include "app/file/file.texts.h" /* generated */
#include "app/journal/journal.h"
#include "app/rights.h"          /* generated */
#include "app/room.h"

static const struct event picture_erased = {"file.erased", T_FILE_EVENT_ERASED};

enum { DIGEST_CHARS = 32 };

#define LARGE STR("-1600.jpg")
#define SMALL STR("-640.jpg")

void
picture_prepare(struct req *r, const char *field, const struct form_file *sent)
{
	struct picture_made *made = ARENA_NEW(r->arena, struct picture_made);

	if (sent->name.n == 0 && sent->bytes.n == 0)
		return;
	switch (picture_make(r->arena, sent->bytes, made)) {
	case PICTURE_FINE: r->prepared = made; return;
	case PICTURE_UNKNOWN: form_problem(form_posted(r), field, said(T_FILE_UNKNOWN)); return;
	case PICTURE_BROKEN: form_problem(form_posted(r), field, said(T_FILE_BROKEN)); return;
	case PICTURE_TOO_WIDE: form_problem(form_posted(r), field, said(T_FILE_TOO_WIDE)); return;
	}
}

picture_id
picture_put(struct tx *tx, const struct actor *who, const struct picture_made *made)
{
	struct str digest;

	if (!made)
		return (picture_id){0};
	digest = str_sub(token_digest(tx->arena, made->large), 0, DIGEST_CHARS);
	picture_add(tx, digest, made->width, made->height, made->large, made->small, (person_id){who->person}, tx->now);
	return picture_with(tx, digest);
}

void
picture_erase(struct tx *tx, const struct actor *who, int64_t place, picture_id id)
{
	if (picture_drop(tx, id))
		journal_add(tx, who, (struct journal_entry){&picture_erased, .place = place, .subject = id.n});
}

struct picture_view
picture_view(struct req *r, picture_id id)
{
	struct picture_view v = {0};
	struct picture_told p;
	int64_t longer, small = PICTURE_SMALL;

	if (id.n == 0 || !picture_told(r->tx, id, &p))
		return v;
	longer = p.width > p.height ? p.width : p.height;
	small = small < longer ? small : longer;
	v.large = str_fmt(r->arena, "/picture/%.*s%.*s", STR_ARG(p.digest), STR_ARG(LARGE));
	v.small = str_fmt(r->arena, "/picture/%.*s%.*s", STR_ARG(p.digest), STR_ARG(SMALL));
	v.width = (p.width * small + longer / 2) / longer;
	v.height = (p.height * small + longer / 2) / longer;
	return v;
}

/* "…-640.jpg": the address changes with the picture, so browsers keep it. */
static void
show_picture(struct req *r)
{
	struct str name = path_text(r, "picture"), digest = str_sub(name, 0, DIGEST_CHARS);
	struct str size = str_sub(name, digest.n, name.n);
	struct picture_bytes p;

	if (!(str_eq(size, LARGE) && picture_large(r->tx, digest, &p)) &&
	    !(str_eq(size, SMALL) && picture_small(r->tx, digest, &p)))
		page_not_found(r);
	r->type = STR("image/jpeg");
	r->lasting = true;
	out_str(&r->out, p.bytes);
}

static const struct route routes[] = {
	{GET, "/picture/{picture}", MAY_ANYONE, show_picture},
	{0},
};

static const struct route *const tables[] = {routes, NULL};

static const struct event *const events[] = {&picture_erased, NULL};

const struct room file_room = {.name = "file", .routes = tables, .events = events};
