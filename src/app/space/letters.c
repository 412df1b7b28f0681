/* News of a booking by mail: to whoever booked, in their language. */
#include "app/space/inside.h"

#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"

#include "app/people/people.h"
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { TIMES_MOST = 60 };

static struct said
subject_of(enum space_news news, struct texts space)
{
	switch (news) {
	case SPACE_NEWS_BOOKED: return t_space_mail_booked(space);
	case SPACE_NEWS_REQUESTED: return t_space_mail_requested(space);
	case SPACE_NEWS_GRANTED: return t_space_mail_granted(space);
	case SPACE_NEWS_DECLINED: return t_space_mail_declined(space);
	case SPACE_NEWS_MOVED: return t_space_mail_moved(space);
	case SPACE_NEWS_CANCELLED: return t_space_mail_cancelled(space);
	case SPACE_NEWS_FREED: return t_space_mail_freed(space);
	case SPACE_NEWS_CONFIRM: return t_space_mail_confirm(space);
	}
	need(0 && "news");
}

/* A line a time; a day that only was asked for says so. */
static struct str
times_of(struct tx *tx, enum lang lang, const struct zone *zone, struct space_booking_list all)
{
	struct out o = out_new(tx->arena);

	for (size_t i = 0; i < all.n && i < TIMES_MOST; i++) {
		const struct space_booking *b = &all.at[i];
		struct local from = local_of(zone, b->starts), to = local_of(zone, b->ends);

		said_write(&o, lang, b->state == SPACE_BOOKING_STATE_REQUESTED
		    ? t_space_mail_time_asked(from.date, from.minutes, to.minutes, b->answer_by)
		    : t_space_mail_time(from.date, from.minutes, to.minutes));
		out_char(&o, '\n');
	}
	return out_text(&o);
}

/* Where the booking stands, for signing in there if need be. */
static struct str
link_of(struct tx *tx, enum lang lang, const struct space *space, space_booking_id id)
{
	struct campus_list campuses = campus_all(tx);
	const struct campus *campus = campus_in(campuses, space->campus);

	return campus ? mail_link(tx->arena, str_fmt(tx->arena, "/%s/%.*s/booking/%lld", lang_code(lang),
	    STR_ARG(campus->slug), (long long)id.n)) : STR("");
}

void
space_tell(struct tx *tx, const struct actor *who, enum space_news news, const struct space *space,
    struct space_booking_list all)
{
	struct person p;
	enum lang lang;

	if (all.n == 0 || !person_find(tx, all.at[0].booked_by, &p))
		return;
	lang = person_lang(&p);
	mail_queue(tx, (struct mail){
		.to = p.email,
		.subject = said_plain(tx->arena, lang, subject_of(news, space->name)),
		.body = said_plain(tx->arena, lang, t_space_mail_body(p.name,
		    said_plain(tx->arena, lang, subject_of(news, space->name)), all.at[0].title,
		    times_of(tx, lang, space_zone(tx), all), all.at[0].reply,
		    link_of(tx, lang, space, all.at[0].id))),
		.lang = lang,
	});
	(void)who;
}

void
space_tell_offer(struct tx *tx, const struct space *space, const struct space_wish *wish, struct instant until)
{
	const struct zone *zone = space_zone(tx);
	struct local from = local_of(zone, wish->starts), to = local_of(zone, wish->ends);
	struct person p;
	enum lang lang;

	if (!person_find(tx, wish->person, &p))
		return;
	lang = person_lang(&p);
	mail_queue(tx, (struct mail){
		.to = p.email,
		.subject = said_plain(tx->arena, lang, t_space_mail_offer(space->name)),
		.body = said_plain(tx->arena, lang, t_space_mail_offer_body(p.name,
		    said_plain(tx->arena, lang, t_space_mail_time(from.date, from.minutes, to.minutes)), until,
		    mail_link(tx->arena, str_fmt(tx->arena, "/%s/me/bookings", lang_code(lang))))),
		.lang = lang,
	});
}
