/* News of a booking by mail: to whoever booked, in their language, with what their calendar shall do; and to those who
 * answer, when something that they have promised is due. */
#include "app/space/inside.h"

#include "lib/arena.h"
#include "lib/ical.h"
#include "lib/need.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"

#include "app/people/people.h"
#include "app/space/letters.texts.h" /* generated */
#include "app/space/space.sql.h"     /* generated */
#include "app/space/space.texts.h"   /* generated */

enum { TIMES_MOST = 60, LINES_MOST = 40 };

/* A letter that is being written. */
struct news_letter {
	struct tx *tx;
	struct person to;
	enum lang lang;
	const struct zone *zone;
	const struct space *space;
	const struct campus *campus;
	struct space_booking_list all;
	struct letter words;
};

/* False: there is nobody to read it. */
static bool
begin(struct news_letter *l, struct tx *tx, const struct person *to, const struct space *space,
    struct space_booking_list all)
{
	*l = (struct news_letter){.tx = tx, .to = *to, .lang = person_lang(to), .zone = space_zone(tx), .space = space,
	    .campus = campus_in(campus_ever(tx), space->campus), .all = all, .words = person_letter(tx, to)};
	return all.n && to->cancelled_at.s == 0 && l->campus != NULL;
}

/* --- in words --------------------------------------------------------------------------------------------------- */

static struct said
subject_of(enum space_news news, struct texts space)
{
	switch (news) {
	case SPACE_NEWS_BOOKED: return t_space_mail_booked(space);
	case SPACE_NEWS_REQUESTED: return t_space_mail_requested(space);
	case SPACE_NEWS_GRANTED: return t_space_mail_granted(space);
	case SPACE_NEWS_DECLINED: return t_space_mail_declined(space);
	case SPACE_NEWS_LAPSED: return t_space_mail_lapsed(space);
	case SPACE_NEWS_MOVED: return t_space_mail_moved(space);
	case SPACE_NEWS_CHANGED: return t_space_mail_changed(space);
	case SPACE_NEWS_CANCELLED: return t_space_mail_cancelled(space);
	case SPACE_NEWS_FREED:
	case SPACE_NEWS_UNCLAIMED: return t_space_mail_freed(space);
	case SPACE_NEWS_CONFIRM: return t_space_mail_confirm(space);
	}
	need(0 && "news");
}

/* Whether it ever stood in a calendar: a request has to be granted first. */
static bool
was_booked(const struct space_booking *b)
{
	return b->because == SPACE_BOOKING_BECAUSE_NO || b->answered_at.s;
}

static struct said
lead_of(enum space_news news, const struct space *space, const struct space_booking *b)
{
	switch (news) {
	case SPACE_NEWS_BOOKED: return said(T_SPACE_LEAD_BOOKED);
	case SPACE_NEWS_REQUESTED: return said(T_SPACE_LEAD_REQUESTED);
	case SPACE_NEWS_GRANTED: return said(T_SPACE_LEAD_GRANTED);
	case SPACE_NEWS_DECLINED: return said(T_SPACE_LEAD_DECLINED);
	case SPACE_NEWS_LAPSED: return said(T_SPACE_LEAD_LAPSED);
	case SPACE_NEWS_MOVED: return said(T_SPACE_LEAD_MOVED);
	case SPACE_NEWS_CHANGED: return said(T_SPACE_LEAD_CHANGED);
	case SPACE_NEWS_CANCELLED:
		return said(was_booked(b) ? T_SPACE_LEAD_CANCELLED : T_SPACE_LEAD_CANCELLED_REQUEST);
	case SPACE_NEWS_FREED: return said(T_SPACE_LEAD_FREED);
	case SPACE_NEWS_UNCLAIMED: return said(T_SPACE_LEAD_UNCLAIMED);
	case SPACE_NEWS_CONFIRM: return t_space_lead_confirm(space_confirm_by(space, b));
	}
	need(0 && "news");
}

static void
line(struct news_letter *l, struct said words)
{
	letter_line(&l->words, words);
}

static void
text(struct news_letter *l, struct str words)
{
	letter_words(&l->words, words);
}

static void
gap(struct news_letter *l)
{
	letter_gap(&l->words);
}

/* A time a line; what only was asked for says by when it has an answer, what is elsewhere says where. */
static void
write_times(struct news_letter *l)
{
	for (size_t i = 0; i < l->all.n && i < TIMES_MOST; i++) {
		const struct space_booking *b = &l->all.at[i];
		struct local from = local_of(l->zone, b->starts);
		int to = space_ends_at(l->zone, (struct space_slot){.starts = b->starts, .ends = b->ends});
		struct space elsewhere;

		if (b->state == SPACE_BOOKING_STATE_REQUESTED && b->answer_by.day)
			line(l, t_space_mail_time_asked(from.date, from.minutes, to, b->answer_by));
		else if (b->space.n != l->space->id.n && space_by_id(l->tx, b->space, &elsewhere))
			line(l, t_space_mail_time_elsewhere(from.date, from.minutes, to, elsewhere.name));
		else
			line(l, t_space_mail_time(from.date, from.minutes, to));
	}
	if (l->all.n > TIMES_MOST)
		line(l, t_space_mail_more((int64_t)(l->all.n - TIMES_MOST)));
}

static bool
some_are_asked(const struct news_letter *l)
{
	for (size_t i = 0; i < l->all.n; i++)
		if (l->all.at[i].state == SPACE_BOOKING_STATE_REQUESTED)
			return true;
	return false;
}

/* How one gets in: for those who are coming. */
static void
write_entry(struct news_letter *l)
{
	struct str entry = texts_in(l->space->entry, l->lang).text;

	if (entry.n == 0 && l->space->contact.n == 0)
		return;
	gap(l);
	if (entry.n) {
		line(l, said(T_SPACE_MAIL_ENTRY));
		text(l, entry);
	}
	if (l->space->contact.n)
		line(l, t_space_mail_contact(l->space->contact));
}

/* Where the booking stands, for signing in there if need be; or where other times are. */
static void
write_link(struct news_letter *l, enum space_news news)
{
	bool over = news == SPACE_NEWS_DECLINED || news == SPACE_NEWS_LAPSED;

	struct str path = over ? str_fmt(l->tx->arena, "/%s/%.*s/space/%.*s/book", lang_code(l->lang),
	    STR_ARG(l->campus->slug), STR_ARG(l->space->slug))
	    : str_fmt(l->tx->arena, "/%s/%.*s/booking/%lld", lang_code(l->lang), STR_ARG(l->campus->slug),
	    (long long)l->all.at[0].id.n);

	gap(l);
	letter_button(&l->words, said(news == SPACE_NEWS_CONFIRM ? T_SPACE_MAIL_LINK_CONFIRM
	    : over ? T_SPACE_MAIL_LINK_SPACE : T_SPACE_MAIL_LINK), mail_link(l->tx->arena, path));
}

/* What may have changed besides the title. */
static void
write_details(struct news_letter *l, const struct space_booking *b)
{
	line(l, t_space_people_n(b->people));
	if (b->note.n) {
		gap(l);
		text(l, b->note);
	}
}

static void
write_body(struct news_letter *l, const struct actor *who, enum space_news news)
{
	const struct space_booking *first = &l->all.at[0];
	bool comes = news == SPACE_NEWS_BOOKED || news == SPACE_NEWS_GRANTED || news == SPACE_NEWS_MOVED ||
	    news == SPACE_NEWS_CONFIRM;

	line(l, lead_of(news, l->space, first));
	if (news == SPACE_NEWS_BOOKED && some_are_asked(l))
		line(l, said(T_SPACE_LEAD_SOME_ASKED));
	if (who->person && who->person != first->booked_by.n &&
	    (news == SPACE_NEWS_MOVED || news == SPACE_NEWS_CHANGED || news == SPACE_NEWS_CANCELLED))
		line(l, t_space_mail_by(who->name));
	gap(l);
	letter_name(&l->words, first->title);
	text(l, str_fmt(l->tx->arena, "%.*s, %.*s", STR_ARG(texts_in(l->space->name, l->lang).text),
	    STR_ARG(texts_in(l->campus->name, l->lang).text)));
	write_times(l);
	if (news == SPACE_NEWS_CHANGED)
		write_details(l, first);
	if (first->reply.n) {
		gap(l);
		text(l, first->reply);
	}
	if (comes)
		write_entry(l);
	write_link(l, news);
}

/* --- for calendars ---------------------------------------------------------------------------------------------- */

struct ical_event
space_event_of(struct tx *tx, const struct space *space, const struct campus *campus, const struct space_booking *b,
    struct str title, enum lang lang)
{
	struct str name = texts_in(space->name, lang).text, place = texts_in(campus->name, lang).text;

	return (struct ical_event){
		.uid = b->uid,
		.sequence = b->version - 1,
		.changed = b->changed_at,
		.starts = b->starts,
		.ends = b->ends,
		.status = b->state == SPACE_BOOKING_STATE_BOOKED ? ICAL_CONFIRMED
		    : b->state == SPACE_BOOKING_STATE_REQUESTED ? ICAL_TENTATIVE : ICAL_CANCELLED,
		.title = title,
		.place = str_fmt(tx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(place)),
		.url = mail_link(tx->arena, str_fmt(tx->arena, "/%s/%.*s/booking/%lld", lang_code(lang),
		    STR_ARG(campus->slug), (long long)b->id.n)),
	};
}

/* 0: the news is nothing for a calendar. */
static enum ical_method
method_of(enum space_news news)
{
	switch (news) {
	case SPACE_NEWS_BOOKED:
	case SPACE_NEWS_GRANTED:
	case SPACE_NEWS_MOVED:
	case SPACE_NEWS_CHANGED: return ICAL_REQUEST;
	case SPACE_NEWS_CANCELLED:
	case SPACE_NEWS_FREED:
	case SPACE_NEWS_UNCLAIMED: return ICAL_CANCEL;
	case SPACE_NEWS_REQUESTED:
	case SPACE_NEWS_DECLINED:
	case SPACE_NEWS_LAPSED:
	case SPACE_NEWS_CONFIRM: break;
	}
	return 0;
}

/* All of them in one calendar; those that only were asked for are in none. */
static struct str
calendar_of(struct news_letter *l, enum ical_method method)
{
	struct ical_person *to = ARENA_NEW(l->tx->arena, struct ical_person);
	struct ical_event *at = ARENA_ARRAY(l->tx->arena, struct ical_event, l->all.n);
	struct ical calendar = {.method = method, .zone = l->zone, .at = at};
	struct out o = out_new(l->tx->arena);

	*to = (struct ical_person){l->to.name, l->to.email};
	for (size_t i = 0; method && i < l->all.n; i++) {
		const struct space_booking *b = &l->all.at[i];
		struct space space = *l->space;
		struct ical_event e;

		if (method == ICAL_REQUEST ? b->state != SPACE_BOOKING_STATE_BOOKED : !was_booked(b))
			continue;
		if (b->space.n != space.id.n && !space_by_id(l->tx, b->space, &space))
			continue;
		e = space_event_of(l->tx, &space, l->campus, b, b->title, l->lang);
		e.changed = l->tx->now;
		e.description = texts_in(space.entry, l->lang).text;
		e.organizer = mail_sender();
		e.attendee = to;
		e.attendees = 1;
		at[calendar.n++] = e;
	}
	if (calendar.n)
		ical_write(&o, &calendar);
	return out_text(&o);
}

static struct mail
news_mail(struct news_letter *l, const struct actor *who, enum space_news news)
{
	enum ical_method method = method_of(news);
	struct mail mail;

	write_body(l, who, news);
	mail = person_mail(l->tx, &l->to, subject_of(news, l->space->name), &l->words);
	mail.calendar = calendar_of(l, method);
	mail.method = mail.calendar.n ? method : 0;
	return mail;
}

void
space_tell(struct tx *tx, const struct actor *who, enum space_news news, const struct space *space,
    struct space_booking_list all)
{
	struct news_letter l;
	struct person to;

	if (all.n && person_find(tx, all.at[0].booked_by, &to) && begin(&l, tx, &to, space, all))
		mail_queue(tx, news_mail(&l, who, news));
}

static struct mail
offer_mail(struct tx *tx, const struct person *to, const struct space *space, struct instant starts,
    struct instant ends, struct instant until)
{
	const struct zone *zone = space_zone(tx);
	struct local from = local_of(zone, starts);
	struct letter l = person_letter(tx, to);

	letter_line(&l, said(T_SPACE_MAIL_OFFER_LEAD));
	letter_line(&l, t_space_mail_time(from.date, from.minutes,
	    space_ends_at(zone, (struct space_slot){.starts = starts, .ends = ends})));
	letter_gap(&l);
	letter_line(&l, t_space_mail_offer_until(until));
	letter_gap(&l);
	letter_button(&l, said(T_SPACE_MAIL_OFFER_LINK),
	    mail_link(tx->arena, str_fmt(tx->arena, "/%s/me/bookings", lang_code(l.lang))));
	return person_mail(tx, to, t_space_mail_offer(space->name), &l);
}

void
space_tell_offer(struct tx *tx, const struct space *space, const struct space_wish *wish, struct instant until)
{
	struct person p;

	if (person_find(tx, wish->person, &p) && p.cancelled_at.s == 0)
		mail_queue(tx, offer_mail(tx, &p, space, wish->starts, wish->ends, until));
}

/* --- to those who answer ---------------------------------------------------------------------------------------- */

static struct mail
remind_mail(struct tx *tx, const struct person *to, struct space_due_list due)
{
	const struct zone *zone = space_zone(tx);
	struct letter l = person_letter(tx, to);

	letter_line(&l, said(T_SPACE_MAIL_REMIND_LEAD));
	for (size_t i = 0; i < due.n && i < LINES_MOST; i++) {
		const struct space_due *b = &due.at[i];
		struct local from = local_of(zone, b->starts);

		letter_item(&l, t_space_mail_remind_line(b->title, b->space_name, from.date, from.minutes,
		    space_ends_at(zone, (struct space_slot){.starts = b->starts, .ends = b->ends}), b->answer_by));
	}
	if (due.n > LINES_MOST)
		letter_line(&l, t_space_mail_more((int64_t)(due.n - LINES_MOST)));
	letter_gap(&l);
	letter_button(&l, said(T_SPACE_MAIL_REMIND_LINK),
	    mail_link(tx->arena, str_fmt(tx->arena, "/%s/admin/bookings", lang_code(l.lang))));
	return person_mail(tx, to, t_space_mail_remind((int64_t)due.n), &l);
}

void
space_remind(struct tx *tx, const struct person *to, struct space_due_list due)
{
	mail_queue(tx, remind_mail(tx, to, due));
}

/* --- to be looked at -------------------------------------------------------------------------------------------- */

void
space_letters(struct tx *tx, const struct person *to, struct mail_list *list)
{
	static const enum space_news all[] = {SPACE_NEWS_BOOKED, SPACE_NEWS_REQUESTED, SPACE_NEWS_GRANTED,
	    SPACE_NEWS_DECLINED, SPACE_NEWS_LAPSED, SPACE_NEWS_MOVED, SPACE_NEWS_CHANGED, SPACE_NEWS_CANCELLED,
	    SPACE_NEWS_FREED, SPACE_NEWS_UNCLAIMED, SPACE_NEWS_CONFIRM};
	struct space_list spaces = spaces_everywhere(tx);
	struct actor nobody = person_nobody();
	struct date day = date_add_days(local_of(space_zone(tx), tx->now).date, 2);
	struct space_booking b = {
		.id = {1},
		.uid = STR("nothing"),
		.title = said_plain(tx->arena, person_lang(to), said(T_SPACE_MAIL_SAMPLE)),
		.starts = instant_of_local(space_zone(tx), day, 16 * 60),
		.ends = instant_of_local(space_zone(tx), day, 18 * 60),
		.state = SPACE_BOOKING_STATE_BOOKED,
		.because = SPACE_BOOKING_BECAUSE_NO,
		.version = 1,
		.answer_by = date_add_days(day, -1),
		.asked_at = tx->now,
	};
	struct space_due due;

	if (spaces.n == 0)
		return;
	b.space = spaces.at[0].id;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct news_letter l;

		b.state = all[i] == SPACE_NEWS_REQUESTED ? SPACE_BOOKING_STATE_REQUESTED : SPACE_BOOKING_STATE_BOOKED;
		if (begin(&l, tx, to, &spaces.at[0], (struct space_booking_list){&b, 1}))
			mail_add(tx->arena, list, news_mail(&l, &nobody, all[i]));
	}
	mail_add(tx->arena, list, offer_mail(tx, to, &spaces.at[0], b.starts, b.ends, b.starts));
	due = (struct space_due){.title = b.title, .space_name = spaces.at[0].name, .starts = b.starts, .ends = b.ends,
	    .answer_by = b.answer_by};
	mail_add(tx->arena, list, remind_mail(tx, to, (struct space_due_list){&due, 1}));
}
