/* The screen in the hall of a campus, which nobody touches: read from four metres, made anew every minute. */
#include "app/home/inside.h"

#include "lib/zone.h"

#include "app/campus/campus.h"
#include "app/home/home.html.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum { REFRESH_S = 60 };

void
home_draw_screen(struct req *r)
{
	for (const struct room *const *room = rooms_all(); *room; room++)
		if ((*room)->screen)
			(*room)->screen(r);
}

static void
show_screen(struct req *r)
{
	const struct campus *campus = r->campus;
	struct campus_day day = campus_day_of(r->tx, campus, r->today);
	struct str front = path_fill(r, "/{lang}/{campus}");

	/* A hall reads what anyone may read, whoever signed in on the machine behind its screen. */
	r->actor = (struct actor){.lang = r->actor.lang};
	home_screen_html(r, &(struct home_screen_page){
		.name = campus->name,
		.color = campus->color,
		.day = r->today,
		.holiday = campus_holiday(day.holiday),
		.off = day.off,
		.is_off = day.is_off,
		.minutes = local_of(r->zone, r->now).minutes,
		.code = page_code(r, front),
		.letters = page_letters(r, front),
	});
}

const struct route home_screen_routes[] = {
	{GET, "/{lang}/{campus}/screen", MAY_ANYONE, show_screen, .refresh_s = REFRESH_S},
	{0},
};
