/* The wheel on the screen of a hall: today, the rest of the week, and the next one as far as there is room; and what
 * of it is for guardians. */
#include "app/wheel/pages.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/wheel/wall.texts.h"  /* generated */
#include "app/wheel/wheel.texts.h" /* generated */

/* What stands on a screen that lies, below two notices; a title takes as many lines as it needs, its days one more. */
enum { WEEK_DAYS = 7, PARTS = 3, LINES_MOST = 12, LINE_CHARS = 38 };

static size_t
lines_of(const struct req *r, const struct wheel_row *row)
{
	return 2 + (str_chars(texts_in(row->title, r->lang).text) - 1) / LINE_CHARS;
}

/* Which part a row belongs to; PARTS: to none. */
static size_t
part_of(const struct wheel_row *row, struct date next_monday)
{
	if (row->past)
		return PARTS;
	if (row->now)
		return 0;
	return row->days.first.day < next_monday.day ? 1 : 2;
}

static void
fill(struct req *r, struct wheel_screen_component *screen, struct wheel_row_list rows, struct date next_monday)
{
	static const struct text *const titles[PARTS] = {T_WHEEL_SCREEN_TODAY, T_WHEEL_SCREEN_LATER,
	    T_WHEEL_SCREEN_NEXT};
	size_t room = LINES_MOST;

	screen->parts.at = ARENA_ARRAY(r->arena, struct wheel_screen_part, PARTS);
	for (size_t p = 0; p < PARTS; p++) {
		struct wheel_screen_part part = {said(titles[p]),
		    {ARENA_ARRAY(r->arena, struct wheel_row, rows.n), 0}};

		for (size_t i = 0; i < rows.n; i++) {
			size_t lines = lines_of(r, &rows.at[i]);

			if (part_of(&rows.at[i], next_monday) != p)
				continue;
			if (lines <= room)
				part.rows.at[part.rows.n++] = rows.at[i];
			else if (p < PARTS - 1) /* of the next week one tells as much as there is room */
				screen->more++;
			room = lines <= room ? room - lines : 0;
		}
		if (part.rows.n)
			screen->parts.at[screen->parts.n++] = part;
	}
}

void
wheel_draw_screen(struct req *r)
{
	struct date monday = date_add_days(r->today, 1 - date_weekday(r->today));
	struct date next = date_add_days(monday, WEEK_DAYS);
	struct span days = {monday, date_add_days(next, WEEK_DAYS - 1)};
	struct wheel_screen_component screen = {0};
	struct school_year y;

	if (wheel_year_now(r->tx, &r->actor, r->today, &y))
		fill(r, &screen, wheel_rows_of_days(r, &y, days), next);
	wheel_screen_html(r, &screen);
}

/* Of the running school year, what has been too: it tells when it comes again. */
void
wheel_draw_guardians(struct req *r)
{
	struct wheel_guardians_component c = {0};
	struct school_year y;

	if (wheel_year_now(r->tx, &r->actor, r->today, &y))
		c.rows = wheel_rows(r, &y, r->campus, (struct wheel_filter){.guardians = true});
	wheel_guardians_html(r, &c);
}
