/* The room as main.c sees it. */
#include "app/letter/inside.h"

#include "lib/json.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/job/job.h"

#include "app/campus/campus.h"
#include "app/letter/letter.sql.h"   /* generated */
#include "app/letter/letter.texts.h" /* generated */
#include "app/rights.h" /* generated */
#include "app/room.h"

const struct job letter_jobs[] = {
	{.name = "letter.monday", .every_s = 60, .due = letter_monday_due, .run = letter_monday_run},
	{.name = "letter.year", .every_s = 60, .due = letter_year_due, .run = letter_year_run},
	{0},
};

/* The demo begins in the middle of a week of a year that everybody knows of: one letter waits to be looked at. */
static void
load_demo(struct tx *tx, struct json_in *in, const struct json *world, struct date today)
{
	static const char *const keys[] = {"ilmari", "kerttu", "siv", "aino"};
	struct date monday = date_add_days(today, 1 - date_weekday(today));
	struct actor nobody = person_nobody();
	struct person_list people = people_here(tx, LANG_FI);
	struct school_year year;
	bool is_year = wheel_year_now(tx, &nobody, today, &year), queued = false;
	struct person to;
	struct mail mail;

	(void)in;
	(void)world;
	for (size_t i = 0; i < people.n; i++) {
		letter_monday_mark(tx, people.at[i].id, monday);
		if (is_year)
			letter_told_add(tx, people.at[i].id, year.id);
	}
	for (size_t i = 0; i < sizeof keys / sizeof *keys && !queued; i++)
		if (person_with_key(tx, str_of(keys[i]), &to) && letter_monday_mail(tx, &to, today, &mail)) {
			mail.until = (struct instant){0}; /* a demonstration may begin on a Saturday */
			mail_queue(tx, mail);
			queued = true;
		}
}

/* What its reader would get today. */
static void
letters(struct tx *tx, const struct person *to, struct mail_list *list)
{
	const struct zone *zone = zone_find(provider_of(tx).time_zone);
	struct actor nobody = person_nobody();
	struct date today;
	struct school_year year;
	struct mail mail;

	if (!zone)
		return;
	today = local_of(zone, tx->now).date;
	if (letter_monday_sample(tx, to, today, &mail))
		mail_add(tx->arena, list, mail);
	if (wheel_year_now(tx, &nobody, today, &year) && letter_year_mail(tx, to, &year, &mail))
		mail_add(tx->arena, list, mail);
}

static const struct route *const tables[] = {letter_press_routes, letter_wish_routes, NULL};

static const struct nav nav[] = {
	{T_LETTER_TITLE, "/me/letters", MAY_SIGNED_IN, false, .at = 60, .own = true},
	{0},
};

const struct room letter_room = {
	.name = "letter",
	.routes = tables,
	.nav = nav,
	.jobs = letter_jobs,
	.letters = letters,
	.seed_demo = load_demo,
};
