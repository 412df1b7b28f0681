/* What the room does by itself: it asks whether people come, frees what nobody confirms or claims, passes offers on,
 * forgets forms that nobody sent, and reminds those who answer. */
#include "app/space/queue.h"

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/job/job.h"
#include "core/mail/mail.h"

#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/space/import.h"
#include "app/space/inside.h"
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { HOUR_S = 3600, MINUTE_S = 60, DAY_S = 86400, CONFIRM_HOURS_MAX = 168, AT_ONCE = 50 };

const struct event space_freed = {"space.freed", T_SPACE_EVENT_FREED};

static struct space_booking_list
alone(struct tx *tx, space_booking_id id)
{
	struct space_booking_list list = {ARENA_NEW(tx->arena, struct space_booking), 1};

	space_booking_by_id(tx, id, &list.at[0]);
	return list;
}

/* --- whether they come -------------------------------------------------------------------------------- */

static struct space_booking_list
to_ask(struct tx *tx)
{
	return space_bookings_to_ask(tx, tx->now, (struct instant){tx->now.s + CONFIRM_HOURS_MAX * HOUR_S});
}

static bool
within_hours(struct tx *tx, const struct space_booking *b, struct space *space, int64_t share)
{
	return space_by_id(tx, b->space, space) &&
	    b->starts.s - tx->now.s <= space->confirm_hours * HOUR_S / share;
}

static void
ask_whether_they_come(struct tx *tx)
{
	struct actor nobody = person_nobody();
	struct space_booking_list all = to_ask(tx);

	for (size_t i = 0; i < all.n && i < AT_ONCE; i++) {
		struct space space;

		if (within_hours(tx, &all.at[i], &space, 1) && space_booking_asked(tx, all.at[i].id, tx->now))
			space_tell(tx, &nobody, SPACE_NEWS_CONFIRM, &space, alone(tx, all.at[i].id));
	}
}

static void
free_one(struct tx *tx, const struct space *space, const struct space_booking *b)
{
	struct actor nobody = person_nobody();
	char starts[21];

	if (space_booking_end(tx, b->id, SPACE_BOOKING_STATE_FREED, STR(""), b->version) == 0)
		return;
	journal_add(tx, &nobody, (struct journal_entry){&space_freed, space->campus.n, b->id.n,
	    str_copy(tx->arena, str_of(instant_iso(b->starts, starts))), STR("")});
	space_tell(tx, &nobody, SPACE_NEWS_FREED, space, alone(tx, b->id));
	space_offer(tx, space, b->blocked_from, b->blocked_to);
}

/* What is not confirmed by half the time, and what nobody has come to. */
static void
free_what_nobody_uses(struct tx *tx)
{
	struct space_booking_list silent = space_bookings_unconfirmed(tx, tx->now,
	    (struct instant){tx->now.s + CONFIRM_HOURS_MAX * HOUR_S});
	struct space_booking_list empty = space_bookings_unclaimed(tx, space_reach(tx->now), tx->now);
	struct space space;

	for (size_t i = 0; i < silent.n && i < AT_ONCE; i++)
		if (within_hours(tx, &silent.at[i], &space, 2))
			free_one(tx, &space, &silent.at[i]);
	for (size_t i = 0; i < empty.n && i < AT_ONCE; i++)
		if (space_by_id(tx, empty.at[i].space, &space) &&
		    empty.at[i].starts.s + space.claim_minutes * MINUTE_S <= tx->now.s)
			free_one(tx, &space, &empty.at[i]);
}

/* --- what was let go ------------------------------------------------------------------------------------ */

static void
forget_drafts(struct tx *tx)
{
	struct space_draft_list gone = space_drafts_gone(tx, (struct instant){tx->now.s - DAY_S});
	struct actor nobody = person_nobody();

	for (size_t i = 0; i < gone.n && i < AT_ONCE; i++)
		space_let_go(tx, &nobody, &gone.at[i]);
}

/* Nobody answered in time: it is told, and nothing is left hanging. */
static void
lapse(struct tx *tx)
{
	struct space_booking_list all = space_requests_lapsed(tx, tx->now, AT_ONCE);
	struct actor nobody = person_nobody();

	for (size_t i = 0; i < all.n; i++) {
		struct space space;

		if (space_by_id(tx, all.at[i].space, &space) && space_booking_lapse(tx, all.at[i].id,
		    all.at[i].version))
			space_tell(tx, &nobody, SPACE_NEWS_DECLINED, &space, alone(tx, all.at[i].id));
	}
}

static void
tend(struct tx *tx)
{
	ask_whether_they_come(tx);
	free_what_nobody_uses(tx);
	space_offers_pass(tx);
	forget_drafts(tx);
	lapse(tx);
}

/* --- reminding those who answer --------------------------------------------------------------------------- */

static struct date
today_of(struct tx *tx)
{
	return local_of(space_zone(tx), tx->now).date;
}

static bool
someone_waits(struct tx *tx)
{
	return space_due(tx, today_of(tx)).n > 0;
}

/* One mail to each who may answer on a campus where something is due. */
static void
remind(struct tx *tx)
{
	struct date today = today_of(tx);
	struct space_due_list due = space_due(tx, today);
	int64_t campus = 0;

	for (size_t i = 0; i < due.n; i++) {
		struct person_list who = {0};

		space_booking_reminded(tx, due.at[i].id, today);
		if (due.at[i].campus.n != campus)
			who = people_who_may(tx, MAY_ANSWER_BOOKINGS, due.at[i].campus, today);
		campus = due.at[i].campus.n;
		for (size_t k = 0; k < who.n; k++) {
			enum lang lang = person_lang(&who.at[k]);

			mail_queue(tx, (struct mail){
				.to = who.at[k].email,
				.subject = said_plain(tx->arena, lang, said(T_SPACE_MAIL_DUE)),
				.body = said_plain(tx->arena, lang, t_space_mail_due_body(who.at[k].name,
				    mail_link(tx->arena, str_fmt(tx->arena, "/%s/admin/bookings", lang_code(lang))))),
				.lang = lang,
			});
		}
	}
}

const struct job space_jobs[] = {
	{.name = "space.tend", .every_s = MINUTE_S, .write = tend},
	{.name = "space.sources", .every_s = MINUTE_S, .due = import_due, .run = import_read},
	{.name = "space.remind", .every_s = HOUR_S, .due = someone_waits, .write = remind},
	{0},
};
