/* Draws the pages of good/ in three languages. server.c makes up what the server would do. */
#include <stdio.h>

#include "app/kota/kota.html.h" /* generated */
#include "app/kota/kota.texts.h"
#include "app/rights.h"
#include "core/http/app.h"
#include "core/http/form.h"
#include "core/http/http.h"
#include "lib/arena.h"

/* --- the room --------------------------------------------------------------------------------- */

static void
draw_field(struct req *r, const struct form_state *form, size_t field)
{
	out_fmt(&r->out, "<input name=\"%s\">", form->spec->field[field].name);
}

int64_t
kota_minutes(struct req *r)
{
	(void)r;
	return 16 * 60;
}

struct str
kota_upper(struct req *r, struct str s)
{
	return str_fmt(r->arena, "%.*s!", STR_ARG(s));
}

bool
kota_is_open(struct req *r)
{
	return r->lang == LANG_SV;
}

struct str
kota_log_name(const struct kota_log *log)
{
	return log->wood;
}

int64_t
kota_age(const struct kota_guest *guest)
{
	return guest->age;
}

struct kota_name_list
kota_names(struct req *r)
{
	static struct str names[] = {{"Aino", 4}, {"\"Bo\"", 4}};

	(void)r;
	return (struct kota_name_list){names, 2};
}

void
kota_draw(struct req *r, int64_t n)
{
	out_fmt(&r->out, "<svg><!-- %d --></svg>", (int)n);
}

/* --- pages ------------------------------------------------------------------------------------ */

static const struct texts home = {{{"Koti <1>", 8}, {"Hem", 3}, {"", 0}}};

static struct str
nasty(struct req *r)
{
	return r->lang == LANG_SV ? STR("javascript:alert(1)") : STR("<b>\"it's\"</b> & a/b?c");
}

static void
draw_values(struct req *r)
{
	struct date day = date_of(2026, 11, 23);

	kota_values_html(r,
	    &(struct kota_values_page){
		.words = nasty(r),
		.texts = home,
		.n = 12345,
		.yes = r->lang == LANG_FI,
		.share = 0.125,
		.day = day,
		.at = instant_of_iso(STR("2026-11-23T14:00:00Z")),
		.said = t_kota_hello(nasty(r), home),
		.word = "wo<rd",
		.days = {day, date_add_days(day, 4)},
		.fire = r->lang == LANG_EN ? KOTA_FIRE_WARM : KOTA_FIRE_COLD,
		.svg = {STR("<svg></svg>")},
	    });
}

static void
draw_blocks(struct req *r)
{
	struct kota_log logs[] = {
	    {STR("koivu"), {"white"}, date_of(2025, 5, 1)}, {STR("m\"nty"), {"red"}, {0}}};
	struct kota_guest guests[] = {
	    {.name = STR("Aino"), .home = home, .age = 16, .logs = {logs, 2}, .away = true},
	    {.name = STR("Bo"), .age = 17}};
	struct kota_blocks_page page = {
	    .logs = {logs, 2}, .host = guests[0], .view = STR("list"), .fire = KOTA_FIRE_WARM};

	switch (r->lang) {
	case LANG_FI:
		page.guests = (struct kota_guest_list){guests, 2};
		page.maybe = &guests[1];
		page.yes = true;
		break;
	case LANG_SV:
		page.n = 3;
		page.maybe = &guests[0];
		page.fire = KOTA_FIRE_COLD;
		break;
	default:
		page.host = guests[1];
		page.view = STR("table");
		page.n = -1;
		break;
	}
	kota_blocks_html(r, &page);
}

static void
draw_use(struct req *r)
{
	kota_use_html(r,
	    &(struct kota_use_page){
		.title = said(T_KOTA_TITLE),
		.guest = {.name = nasty(r), .age = 1, .address = nasty(r), .home = home},
		.action = STR("/kota/1?x=\"#y"),
	    });
}

static void
draw_empty(struct req *r)
{
	kota_empty_html(r, &(struct kota_empty_page){0});
}

int
main(void)
{
	static void (*const draw[])(struct req *) = {
	    draw_values, draw_blocks, draw_use, draw_empty};
	static const struct http_app app = {.field = draw_field};
	static const struct grant grants[] = {{.place = 0, .role = ROLE_STAFF}};
	struct arena *a = arena_new(1 << 20);

	actor_rights_set(rights_roles, RIGHT_COUNT);
	for (size_t i = 0; i < sizeof draw / sizeof *draw; i++) {
		for (int lang = 0; lang < LANG_COUNT; lang++) {
			struct req r = {.arena = a,
			    .app = &app,
			    .lang = (enum lang)lang,
			    .place = 3,
			    .out = out_new(a),
			    .actor = {.person = 1, .grant = grants, .grants = lang != LANG_EN}};

			draw[i](&r);
			printf(
			    "=== %zu %s\n%.*s\n", i, lang_code(r.lang), STR_ARG(out_text(&r.out)));
		}
	}
	arena_free(a);
	return 0;
}
