/* The rings of the wheel: added, renamed, coloured, ordered and retired by those who manage it. */
#include "app/wheel/pages.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/wheel/rings.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"   /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

enum { RINGS_MOST = 12 };

const struct event wheel_ring_saved = {"wheel.ring_saved", T_WHEEL_EVENT_RING};

struct ring_form {
	struct texts name;
	int64_t color, version;
};

static const struct choice colors[] = {
	{1, NULL, T_WHEEL_COLOR_1}, {2, NULL, T_WHEEL_COLOR_2}, {3, NULL, T_WHEEL_COLOR_3}, {4, NULL, T_WHEEL_COLOR_4},
	{5, NULL, T_WHEEL_COLOR_5}, {6, NULL, T_WHEEL_COLOR_6}, {7, NULL, T_WHEEL_COLOR_7}, {8, NULL, T_WHEEL_COLOR_8},
};

static const struct form_field ring_fields[] = {
	{"name", FORM_TEXTS, offsetof(struct ring_form, name), .required = true, .max = WHEEL_RING_NAME_MOST,
	    .label = T_WHEEL_RING_NAME, .hint = T_WHEEL_FIELD_TITLE_HINT},
	{"color", FORM_SELECT, offsetof(struct ring_form, color), .required = true, .label = T_WHEEL_RING_COLOR,
	    .choices = {colors, 8}},
	{"version", FORM_HIDDEN, offsetof(struct ring_form, version)},
};

static const struct form_spec ring_spec = FORM_SPEC("ring", struct ring_form, ring_fields);

/* --- pages -------------------------------------------------------------------------------------------------------- */

static void
show_rings(struct req *r)
{
	struct wheel_ring_list all = wheel_rings_ever(r->tx);
	struct wheel_ring_view_list shown = {ARENA_ARRAY(r->arena, struct wheel_ring_view, all.n), 0};
	struct wheel_ring_view_list retired = {ARENA_ARRAY(r->arena, struct wheel_ring_view, all.n), 0};

	for (size_t i = 0; i < all.n; i++) {
		const struct wheel_ring *ring = &all.at[i];
		struct wheel_ring_view_list *list = ring->cancelled_at.s ? &retired : &shown;

		list->at[list->n++] = (struct wheel_ring_view){ring->id.n, ring->name, ring->color, ring->version,
		    str_fmt(r->arena, "%.*s/%lld", STR_ARG(path_fill(r, "/{lang}/admin/wheel/rings")),
		    (long long)ring->id.n), true, true};
	}
	if (shown.n) {
		shown.at[0].up = false;
		shown.at[shown.n - 1].down = false;
	}
	wheel_rings_html(r, &(struct wheel_rings_page){shown, retired, shown.n < RINGS_MOST});
}

static void
draw_ring(struct req *r, struct said heading, const struct ring_form *from)
{
	form_show(r, &ring_spec, from);
	wheel_ring_html(r, &(struct wheel_ring_page){.heading = heading, .action = r->path,
	    .back = path_fill(r, "/{lang}/admin/wheel/rings")});
}

static void
show_new(struct req *r)
{
	draw_ring(r, said(T_WHEEL_RING_ADD), &(struct ring_form){.color = 6});
}

/* The ring of the path; false: there is none. */
static bool
find(struct req *r, int64_t id, struct wheel_ring *ring)
{
	return wheel_ring_by_id(r->tx, (wheel_ring_id){id}, ring);
}

static void
show_one(struct req *r)
{
	struct wheel_ring ring;

	if (!find(r, path_int(r, "ring"), &ring))
		page_not_found(r);
	draw_ring(r, said(T_WHEEL_RING_CHANGE), &(struct ring_form){ring.name, ring.color, ring.version});
}

/* --- changes ------------------------------------------------------------------------------------------------------ */

static struct str
lines_of(struct tx *tx, const struct wheel_ring *ring)
{
	struct out o = out_new(tx->arena);

	journal_texts(&o, "name", ring->name);
	journal_line(&o, "color", str_fmt(tx->arena, "%lld", (long long)ring->color));
	journal_line(&o, "position", str_fmt(tx->arena, "%lld", (long long)ring->position));
	journal_line(&o, "retired", ring->cancelled_at.s ? STR("yes") : STR(""));
	return out_text(&o);
}

static struct outcome
saved(struct req *r, const struct wheel_ring *was, wheel_ring_id id, const struct text *flash)
{
	struct wheel_ring is = {0};

	wheel_ring_by_id(r->tx, id, &is);
	journal_add(r->tx, &r->actor, (struct journal_entry){&wheel_ring_saved, .subject = id.n,
	    .was = was ? lines_of(r->tx, was) : STR(""), .becomes = lines_of(r->tx, &is)});
	return see_other(r, "/{lang}/admin/wheel/rings", said(flash));
}

static struct outcome
create(struct req *r)
{
	const struct ring_form *f = r->form;
	struct wheel_ring_list all = wheel_rings_ever(r->tx), shown = wheel_rings(r->tx);
	int64_t last = all.n ? all.at[all.n - 1].position : 0;

	if (shown.n >= RINGS_MOST)
		return refused(r, VERDICT_INVALID, t_wheel_rings_full(RINGS_MOST));
	return saved(r, NULL, wheel_ring_add(r->tx, str_fmt(r->arena, "own-%lld", (long long)last + 1), f->name,
	    last + 1, f->color), T_WHEEL_RING_SAVED_FLASH);
}

static struct outcome
change(struct req *r)
{
	const struct ring_form *f = r->form;
	struct wheel_ring was;

	if (!find(r, path_int(r, "ring"), &was))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (wheel_ring_change(r->tx, was.id, f->name, f->color, f->version) == 0)
		return refused(r, VERDICT_CONFLICT, said(T_WHEEL_RING_CHANGED_SINCE));
	return saved(r, &was, was.id, T_WHEEL_RING_SAVED_FLASH);
}

struct ring_step_form {
	int64_t ring, version;
	bool down, retired;
};

static const struct form_field step_fields[] = {
	{"ring", FORM_HIDDEN, offsetof(struct ring_step_form, ring)},
	{"version", FORM_HIDDEN, offsetof(struct ring_step_form, version)},
	{"down", FORM_CHECK, offsetof(struct ring_step_form, down)},
	{"retired", FORM_CHECK, offsetof(struct ring_step_form, retired)},
};

static const struct form_spec step_spec = FORM_SPEC("ring_step", struct ring_step_form, step_fields);

/* Past its neighbour among those that are shown: the two change places. */
static struct outcome
move(struct req *r)
{
	const struct ring_step_form *f = r->form;
	struct wheel_ring_list all = wheel_rings(r->tx);
	size_t i = 0, k;

	while (i < all.n && all.at[i].id.n != f->ring)
		i++;
	k = f->down ? i + 1 : i - 1; /* above the first is none */
	if (i >= all.n || k >= all.n)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (all.at[i].version != f->version)
		return refused(r, VERDICT_CONFLICT, said(T_WHEEL_RING_CHANGED_SINCE));
	wheel_ring_place(r->tx, all.at[i].id, all.at[k].position);
	wheel_ring_place(r->tx, all.at[k].id, all.at[i].position);
	return saved(r, &all.at[i], all.at[i].id, T_WHEEL_RING_MOVED_FLASH);
}

/* Items stay in it, of this year too, until somebody gives them another; only nothing new is put there. */
static struct outcome
retire(struct req *r)
{
	const struct ring_step_form *f = r->form;
	struct wheel_ring_list shown = wheel_rings(r->tx);
	struct wheel_ring was;

	if (!find(r, f->ring, &was))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	if (f->retired && shown.n == 1)
		return refused(r, VERDICT_INVALID, said(T_WHEEL_RING_LAST));
	if (!f->retired && shown.n >= RINGS_MOST)
		return refused(r, VERDICT_INVALID, t_wheel_rings_full(RINGS_MOST));
	if (wheel_ring_retire(r->tx, was.id, f->retired ? r->now : (struct instant){0}, f->version) == 0)
		return refused(r, VERDICT_CONFLICT, said(T_WHEEL_RING_CHANGED_SINCE));
	return saved(r, &was, was.id, f->retired ? T_WHEEL_RING_RETIRED_FLASH : T_WHEEL_RING_BACK_FLASH);
}

#define RINGS "/{lang}/admin/wheel/rings"

const struct route wheel_ring_routes[] = {
	{GET, RINGS, MAY_EDIT_WHEEL, show_rings, .whole = true},
	{GET, RINGS "/new", MAY_EDIT_WHEEL, show_new, .whole = true},
	{POST, RINGS "/new", MAY_EDIT_WHEEL, show_new, create, &ring_spec, .whole = true},
	{GET, RINGS "/{ring}", MAY_EDIT_WHEEL, show_one, .whole = true},
	{POST, RINGS "/{ring}", MAY_EDIT_WHEEL, show_one, change, &ring_spec, .whole = true},
	{POST, RINGS "/move", MAY_EDIT_WHEEL, show_rings, move, &step_spec, .whole = true},
	{POST, RINGS "/retire", MAY_EDIT_WHEEL, show_rings, retire, &step_spec, .whole = true},
	{0},
};
