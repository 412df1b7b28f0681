/* What the files of this room share: the time that a space is open, what may be booked, and the booking itself. */
#ifndef APP_SPACE_INSIDE_H
#define APP_SPACE_INSIDE_H

#include "core/actor.h"
#include "core/http/http.h"
#include "lib/date.h"
#include "lib/holiday.h"
#include "lib/text.h"
#include "lib/zone.h"

#include "app/campus/campus.h"
#include "app/partner/partner.h"
#include "app/space/space.h"
#include "app/space/space.rows.h" /* generated */

struct mail_list;
struct ical_event;

/* tidy: because what a booking rests on is one subject and is read together. */

enum { SPACE_SPANS_MAX = 12, SPACE_HOLD_MINUTES = 10, SPACE_SERIES_MAX = 60, SPACE_NEAR_DAYS = 14,
	SPACE_NAME_MOST = 80, SPACE_TEXT_MOST = 1000, SPACE_PICTURE_ALT_MOST = 200, /* characters */
	SPACE_CLAIM_MINUTES = 15 /* so long before its start one may say that one is there */ };

/* --- when it is open: hours.c -------------------------------------------------------------------- */

/* Minutes of a day, half-open. */
struct space_span {
	int from, to;
};

enum space_closed { SPACE_IS_OPEN, SPACE_NO_HOURS, SPACE_HOLIDAY, SPACE_BREAK, SPACE_EXCEPTION };

/* A day of a space: its open times in order and apart, those with staff within them, and why it is closed. */
struct space_day {
	struct date day;
	struct space_span open[SPACE_SPANS_MAX], staffed[SPACE_SPANS_MAX];
	size_t opens, staffs;
	enum space_closed closed;
	enum holiday holiday;
	struct texts reason; /* of a break or an exception */
};

/* What decides it for some days, read once. */
struct space_times {
	const struct space *space;
	const struct zone *zone;
	struct space_hours_list hours;
	struct space_exception_list exceptions;
	struct campus_break_list breaks;
};

struct space_times space_times_of(struct tx *tx, const struct space *space, struct span days, const struct zone *zone);
/* The same for each of several spaces, with as many questions as for one and its campus. */
const struct space_times *space_times_of_all(struct tx *tx, struct space_list spaces, struct span days,
    const struct zone *zone);
/* Exceptions stand above holidays, those above breaks, those above the hours of the week. */
struct space_day space_day_of(const struct space_times *t, struct date day);

/* Whether the whole of a time lies within one of the spans. */
bool space_within(const struct space_span *span, size_t n, int from, int to);
/* The minutes of the spans that lie between two minutes. */
int space_minutes(const struct space_span *span, size_t n, int from, int to);

/* --- what may be booked: rules.c ----------------------------------------------------------------- */

/* A time that somebody wants. `shared` takes part in what is open for all. */
struct space_slot {
	struct instant starts, ends;
	bool shared;
	int64_t people;
};

struct space_slot space_slot_of(const struct zone *zone, struct date day, int from, int minutes);
/* The days it touches: a booking is over by midnight. */
struct local space_starts(const struct zone *zone, struct space_slot slot);
int space_length(struct space_slot slot);
/* The minute of its day at which it ends, by the clock on the wall. */
int space_ends_at(const struct zone *zone, struct space_slot slot);

/* Who asks for which space, and all that decides it for some days. */
struct space_asking {
	struct tx *tx;
	const struct actor *who;
	enum space_booking_who kind;
	organisation_id organisation; /* for which they act; 0: for themselves */
	bool ended;                   /* the organisation has */
	const struct space *space;
	struct span days;
	struct space_times times;
	struct space_rule rule;
	struct space_priority_list priorities;
	struct space_busy_list booked;
	struct space_had_list mine;   /* of those who ask, in that space */
	struct space_draft_list held;
	struct instant now;
	struct date today;
	space_draft_id draft;     /* whose own hold is not in the way */
	space_booking_id moves;   /* nor is the booking that moves */
	bool moves_rest;          /* and all of its series after it */
	space_series_id continues; /* the series that goes on */
	bool may;                 /* may book at all on this campus */
	int64_t holds;            /* how many times they hold elsewhere; asked only when one more is to be held */
};

/* Whoever asks as staff, for an organisation, or as a student of the campus. */
enum space_booking_who space_kind(const struct actor *who, campus_id campus, organisation_id organisation);

/* The rule that holds for them: that of the organisation, else that of their kind, else what is shipped. */
struct space_rule space_rule_for(struct tx *tx, const struct actor *who, const struct space *space,
    organisation_id organisation);
/* What holds for those for whom nothing else was said. */
struct space_rule space_rule_shipped(void);

struct space_asking space_asking_of(struct tx *tx, const struct actor *who, const struct space *space,
    organisation_id organisation, struct span days, const struct zone *zone);

/* Why a time cannot be had, or only after somebody has answered. In the order in which they are asked. */
enum space_why {
	SPACE_WHY_NOTHING,
	SPACE_WHY_ROLE,      /* may not book here at all */
	SPACE_WHY_HOLDS,     /* number: holds as many times already */
	SPACE_WHY_ENDED,     /* the organisation has ended */
	SPACE_WHY_PAST,
	SPACE_WHY_TOO_FAR,   /* number: days ahead */
	SPACE_WHY_SHORT,     /* number: minutes */
	SPACE_WHY_LONG,      /* number: minutes */
	SPACE_WHY_STEP,      /* number: minutes between two starts */
	SPACE_WHY_MIDNIGHT,
	SPACE_WHY_MANY,      /* number: capacity */
	SPACE_WHY_AGREEMENT,
	SPACE_WHY_CLOSED,    /* an exception; day says why */
	SPACE_WHY_TAKEN,     /* other: the booking */
	SPACE_WHY_FULL,      /* number: how many still fit in */
	SPACE_WHY_HELD,      /* until: somebody fills in the form */
	SPACE_WHY_DROP_IN,   /* the whole room in the hours that are open for all */
	SPACE_WHY_PRIORITY,  /* kept_for, number: days before */
	SPACE_WHY_QUOTA,     /* number: minutes a week */
	SPACE_WHY_OUTSIDE,   /* from here on it can be asked for */
	SPACE_WHY_WEEK,      /* number: minutes a week */
	SPACE_WHY_ALWAYS,
	SPACE_WHY_COUNT
};

struct space_judged {
	enum space_why why;
	int64_t number;
	struct instant until;
	enum space_booking_who kept_for;
	const struct space_busy *other;
	struct space_day day;
};

/* Whether it can be asked for, and somebody then answers. */
bool space_can_be_asked(enum space_why why);
/* Pure: looks only at what was read. The taking itself is one statement, which decides again. */
struct space_judged space_judge(const struct space_asking *a, struct space_slot slot);
/* The same of nothing but who has the room then or holds it: TAKEN, FULL or HELD. */
struct space_judged space_judge_room(const struct space_asking *a, struct space_slot slot);
/* Whether a responsible adult must be named. */
bool space_needs_adult(const struct space_asking *a, struct space_slot slot, bool minors);
/* The sentence that names the rule, the other booking as far as the reader may know it, and what would be possible. */
struct said space_why_words(const struct space_asking *a, const struct space_judged *j);

/* Starts of a day at which something of at least the shortest length is free, with the longest that is. */
struct space_start {
	int from, longest;
	bool asks; /* only by asking */
};

struct space_start_list {
	struct space_start *at;
	size_t n;
};

struct space_start_list space_free(const struct space_asking *a, struct date day, bool shared, int64_t people,
    bool outside);
/* How many there are within its hours that need no asking. */
int64_t space_free_count(const struct space_asking *a, struct date day, bool shared, int64_t people);

/* At most three near times that could be had instead: that day, in another space of the campus then, on the next days
 * at that time. */
struct space_near {
	const struct space *space;
	struct space_slot slot;
};

struct space_near_list {
	struct space_near *at;
	size_t n;
};

struct space_near_list space_nearest(const struct space_asking *a, struct space_slot slot);

/* --- booking: booking.c -------------------------------------------------------------------------- */

/* Holds a time for ten minutes. INVALID: `judged` says why not. */
enum verdict space_hold(const struct space_asking *a, struct space_slot slot, struct space_judged *judged,
    space_draft_id *draft);

/* What became of a day of what is being booked. */
struct space_plan_day {
	struct date day;
	struct space_slot slot;
	const struct space *space;
	struct space_judged judged;
	space_booking_id moves; /* the booking that gets this time; 0: a new one */
	bool skipped, moved;    /* left out; at another time or place than on the other days */
};

struct space_plan {
	struct space_plan_day *at;
	size_t n;
	size_t taken, asked, skipped; /* days that will be booked, be asked for, be left out */
};

/* The days of a draft, each as it stands now: those that cannot be had are left out unless the person chose
 * otherwise. */
struct space_plan space_plan_of(struct tx *tx, const struct actor *who, const struct space_draft *d,
    const struct zone *zone);

/* The day by which whoever asks today has an answer: two working days from it. */
struct date space_answer_day(struct date today);
/* Gives up a time that was held; when it was an offer, the next who waits gets it. */
void space_let_go(struct tx *tx, const struct actor *who, const struct space_draft *d);

struct space_sent {
	space_booking_id first;
	space_series_id series;
	size_t taken, asked;
};

/* Sends what was filled in: all days of the plan or none, and tells by mail. CONFLICT: it no longer stands as `taken`
 * and `asked` say, which is what the person saw. INVALID: no day is left. */
enum verdict space_send(struct tx *tx, const struct actor *who, const struct space_draft *d, size_t taken,
    size_t asked, enum lang lang, const struct zone *zone, struct space_sent *sent);

/* Whether it is theirs to change: whoever booked it, who acts for its organisation, and those who answer bookings. */
bool space_is_theirs(struct tx *tx, const struct actor *who, const struct space *space, const struct space_booking *b);

/* Whether it lies ahead or goes on, and somebody has it or asks for it. */
bool space_is_ahead(const struct space_booking *b, struct instant now);
/* Cancels one, or with `rest` all of its series from it on that are theirs; whoever waits for the time gets an offer.
 * FORBIDDEN: it is not theirs. CONFLICT: it changed since `version`, or is over or cancelled already. */
enum verdict space_cancel(struct tx *tx, const struct actor *who, space_booking_id id, int64_t version, bool rest,
    struct str reply);
/* Cancels several of a space, whoever booked them, and tells each of theirs in one mail a series. Those that are over
 * or cancelled already stay as they are. */
void space_cancel_all(struct tx *tx, const struct actor *who, const struct space *space,
    struct space_booking_list list, struct str reply);
/* Requests that a yes left waiting, because there is no room for them then. */
struct space_left {
	size_t n;
	struct space_judged first; /* TAKEN, FULL or HELD */
};

/* Answers a request, or with `rest` all of its series that still wait on campuses where they answer, and tells of them
 * in one mail. Those for which there is no room go on waiting and are `left`. TAKEN: there was no other. CONFLICT: it
 * was changed or answered since `version`, or to a yes: its time has begun. */
enum verdict space_answer(struct tx *tx, const struct actor *who, space_booking_id id, int64_t version, bool yes,
    bool rest, struct str reply, struct space_left *left);
/* Whether somebody is asked if they come, or may say that they are there. */
bool space_is_asked(const struct space_booking *b, struct instant now);
bool space_is_awaited(const struct space_booking *b, struct instant now);
/* Says that they will come, or that they are here; a second time changes nothing. INVALID: nobody asks, or not at this
 * time. CONFLICT: it is booked no more, or over. */
enum verdict space_confirm(struct tx *tx, const struct actor *who, space_booking_id id);
enum verdict space_claim(struct tx *tx, const struct actor *who, space_booking_id id);

/* --- the waiting list: wish.c -------------------------------------------------------------------- */

/* Whether one may wait for a time that cannot be had: because somebody else has it. */
bool space_can_be_waited_for(enum space_why why);
/* Waits for a time that is taken. TAKEN: they wait for it already. INVALID: it is not somebody else who is in the way,
 * and `judged` says what, if anything. */
enum verdict space_wish(const struct space_asking *a, struct space_slot slot, struct space_judged *judged);
/* No longer waits, or turns an offer down; the next one gets it. CONFLICT: they wait no more. */
enum verdict space_wish_end(struct tx *tx, const struct actor *who, space_wish_id id);
/* The time is free again: the first whom it fits gets an offer, which holds it for them. */
void space_offer(struct tx *tx, const struct space *space, struct instant from, struct instant to);
/* Offers that nobody took in time go on to the next. */
void space_offers_pass(struct tx *tx);

/* --- news of a booking by mail: letters.c -------------------------------------------------------- */

enum space_news {
	SPACE_NEWS_BOOKED,
	SPACE_NEWS_REQUESTED,
	SPACE_NEWS_GRANTED,
	SPACE_NEWS_DECLINED,
	SPACE_NEWS_LAPSED, /* nobody answered before it began */
	SPACE_NEWS_MOVED,
	SPACE_NEWS_CHANGED, /* its details; time and space are as they were */
	SPACE_NEWS_CANCELLED,
	SPACE_NEWS_FREED,     /* nobody confirmed it */
	SPACE_NEWS_UNCLAIMED, /* nobody came */
	SPACE_NEWS_CONFIRM    /* asks whether they will come */
};

/* Tells whoever booked, and their calendar; those that were made together in one mail. `who` changed it. */
void space_tell(struct tx *tx, const struct actor *who, enum space_news news, const struct space *space,
    struct space_booking_list all);
/* Tells the person of a wish that the time is theirs until the offer ends. */
void space_tell_offer(struct tx *tx, const struct space *space, const struct space_wish *wish,
    struct instant until);

/* For struct room: feed.c. */
struct calendar_asked;
struct calendar_list;
void space_calendar(struct tx *tx, const struct calendar_asked *asked, struct calendar_list *list);

/* For struct room: named.c. */
struct texts space_named(struct tx *tx, const struct event *event, int64_t subject);

/* Reminds somebody who answers of what is due. */
void space_remind(struct tx *tx, const struct person *to, struct space_due_list due);
/* The space gets another name, or keeps it: calendars hear of it with each booking. */
void space_tell_name(struct tx *tx, const struct space *was, struct texts becomes);
/* For struct room: a letter of each kind. */
void space_letters(struct tx *tx, const struct person *to, struct mail_list *list);
/* A booking as a calendar has it; `title` may hide what it is. */
struct ical_event space_event_of(struct tx *tx, const struct space *space, const struct campus *campus,
    const struct space_booking *b, struct str title, enum lang lang);

/* --- what happens by itself: jobs.c ---------------------------------------------------------------- */

/* When a booking that is asked for is freed unless somebody confirms it. */
struct instant space_confirm_by(const struct space *space, const struct space_booking *b);

/* --- the weeks of a series: weeks.c ----------------------------------------------------------------------- */

/* Whether "36–41, 43, 50–2" names weeks and nothing else; whether a week is one of them; and the last day within so
 * many that has the weekday of the first and lies in one of them, else the first. */
bool space_weeks_sound(struct str weeks);
bool space_weeks_hold(struct str weeks, int week);
struct date space_weeks_last(struct str weeks, struct date first, int days);
/* The weeks of a series that was from day to day, as they follow each other from another first day on; empty when that
 * is too long to be written. */
struct str space_weeks_again(struct arena *a, struct str weeks, struct span was, struct date first);

/* --- for all of these ---------------------------------------------------------------------------- */

/* The provider's time zone, for what runs without a request. */
const struct zone *space_zone(struct tx *tx);
/* The times that a slot blocks, buffers included. */
struct instant space_blocked_from(const struct space *space, struct space_slot slot);
struct instant space_blocked_to(const struct space *space, struct space_slot slot);
/* No booking is in the way for longer before its start: bounds the search. */
struct instant space_reach(struct instant from);

#endif
