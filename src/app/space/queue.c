/* What waits for an answer: the earliest promise first, with all that helps to decide beside it. */
#include "app/space/pages.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/page/page.h"
#include "app/rights.h"            /* generated */
#include "app/space/queue.h"
#include "app/space/queue.texts.h" /* generated */
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { PAGE_QUESTIONS = 20 };

/* The campuses for which they answer. */
static size_t
campuses_of(const struct actor *who, struct campus_list all, campus_id *ids)
{
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++)
		if (actor_may(who, MAY_ANSWER_BOOKINGS, all.at[i].id.n))
			ids[n++] = all.at[i].id;
	return n;
}

int64_t
space_questions_for(struct tx *tx, const struct actor *who, struct date *first)
{
	struct space_asked_list asked = space_asked(tx); /* few, however many campuses there are: every page counts */
	campus_id *ids = ARENA_ARRAY(tx->arena, campus_id, asked.n);
	size_t n = 0;

	for (size_t i = 0; i < asked.n; i++)
		if (actor_may(who, MAY_ANSWER_BOOKINGS, asked.at[i].campus.n))
			ids[n++] = asked.at[i].campus;
	if (n && first)
		*first = space_questions_first(tx, ids, n);
	return n ? space_questions_count(tx, ids, n) : 0;
}

int64_t
space_count_questions(struct req *r)
{
	return space_questions_for(r->tx, &r->actor, NULL);
}

/* --- what belongs to the questions of a page, read once for all of them ----------------------------------------- */

struct queue {
	struct req *r;
	struct campus_list campuses;
	struct space_question_list questions;
	struct space_open_request_list requests; /* of their spaces */
	struct space_on_list programme;          /* what is there on their days */
};

/* Whether a request is one of the days of a question. */
static bool
is_day_of(const struct space_open_request *a, const struct space_question *b)
{
	return a->id.n == b->id.n || (b->series.n && a->series.n == b->series.n);
}

static bool
is_asked(const struct queue *q, const struct space_open_request *a)
{
	for (size_t i = 0; i < q->questions.n; i++)
		if (is_day_of(a, &q->questions.at[i]))
			return true;
	return false;
}

/* From the midnight before the first of their days to the one after the last. */
static void
read_programme(struct queue *q, const space_id *spaces)
{
	struct req *r = q->r;
	struct instant first = q->questions.at[0].starts, last = first;

	for (size_t i = 0; i < q->requests.n; i++) {
		const struct space_open_request *a = &q->requests.at[i];

		if (!is_asked(q, a))
			continue;
		first = a->starts.s < first.s ? a->starts : first;
		last = a->starts.s > last.s ? a->starts : last;
	}
	first = instant_of_local(r->zone, local_of(r->zone, first).date, 0);
	last = instant_of_local(r->zone, date_add_days(local_of(r->zone, last).date, 1), 0);
	q->programme = space_programme(r->tx, spaces, q->questions.n, space_reach(first), first, last);
}

static struct queue
read_queue(struct req *r, space_booking_id only, int64_t page)
{
	struct queue q = {.r = r, .campuses = campus_all(r->tx)};
	campus_id *ids = ARENA_ARRAY(r->arena, campus_id, q.campuses.n);
	size_t n = campuses_of(&r->actor, q.campuses, ids);
	space_id *spaces;

	if (n == 0)
		return q;
	q.questions = space_questions(r->tx, ids, n, only, (page - 1) * PAGE_QUESTIONS, PAGE_QUESTIONS);
	if (q.questions.n == 0)
		return q;
	spaces = ARENA_ARRAY(r->arena, space_id, q.questions.n);
	for (size_t i = 0; i < q.questions.n; i++)
		spaces[i] = q.questions.at[i].space;
	q.requests = space_open_requests(r->tx, spaces, q.questions.n);
	read_programme(&q, spaces);
	return q;
}

/* --- in words --------------------------------------------------------------------------------------------------- */

static struct said
time_words(const struct queue *q, struct instant starts, struct instant ends)
{
	return space_slot_words(q->r->zone, (struct space_slot){.starts = starts, .ends = ends});
}

/* The organisation and the person, or whichever there is. */
static struct str
by_words(const struct queue *q, struct texts organisation, struct str person)
{
	struct str name = texts_in(organisation, q->r->lang).text;

	return name.n && person.n ? str_fmt(q->r->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(person))
	    : name.n ? name : person;
}

/* In the language in which it was written. */
static struct texts
title_words(struct str title, enum space_booking_language language)
{
	struct texts words = {0};

	if (language)
		words.at[language - SPACE_BOOKING_LANGUAGE_FI] = title;
	return words;
}

/* Who has the space by now when a question's day is. */
static const struct space_on *
in_the_way(const struct queue *q, const struct space_question *b, const struct space_open_request *day)
{
	for (size_t i = 0; i < q->programme.n; i++) {
		const struct space_on *on = &q->programme.at[i];

		if (on->space.n == b->space.n && !(on->shared && b->shared) && on->blocked_from.s < day->blocked_to.s &&
		    on->blocked_to.s > day->blocked_from.s)
			return on;
	}
	return NULL;
}

static struct space_queue_day_list
days_of(const struct queue *q, const struct space_question *b)
{
	struct space_queue_day_list list = {ARENA_ARRAY(q->r->arena, struct space_queue_day, q->requests.n), 0};

	for (size_t i = 0; i < q->requests.n; i++) {
		const struct space_open_request *a = &q->requests.at[i];
		const struct space_on *way;

		if (!is_day_of(a, b))
			continue;
		way = in_the_way(q, b, a);
		list.at[list.n++] = (struct space_queue_day){time_words(q, a->starts, a->ends), way != NULL,
		    way ? title_words(way->title, (enum space_booking_language)way->language) : (struct texts){0},
		    space_booking_address(q->r, campus_in(q->campuses, b->campus), a->id)};
	}
	return list;
}

/* Those who ask for the time of its first day. */
static struct space_queue_rival_list
rivals_of(const struct queue *q, const struct space_question *b)
{
	struct space_queue_rival_list list = {ARENA_ARRAY(q->r->arena, struct space_queue_rival, q->requests.n), 0};

	for (size_t i = 0; i < q->requests.n; i++) {
		const struct space_open_request *a = &q->requests.at[i];

		if (a->space.n == b->space.n && !is_day_of(a, b) && a->blocked_from.s < b->blocked_to.s &&
		    a->blocked_to.s > b->blocked_from.s)
			list.at[list.n++] = (struct space_queue_rival){
				title_words(a->title, (enum space_booking_language)a->language),
				time_words(q, a->starts, a->ends), by_words(q, a->organisation_name, a->person_name),
				a->people, local_of(q->r->zone, a->made_at).date,
				str_fmt(q->r->arena, "/%s/admin/bookings?booking=%lld", lang_code(q->r->lang),
				    (long long)a->id.n)};
	}
	return list;
}

/* What else is in the space that day. */
static struct space_queue_on_list
programme_of(const struct queue *q, const struct space_question *b)
{
	struct space_queue_on_list list = {ARENA_ARRAY(q->r->arena, struct space_queue_on, q->programme.n), 0};
	struct date day = local_of(q->r->zone, b->starts).date;

	for (size_t i = 0; i < q->programme.n; i++) {
		const struct space_on *on = &q->programme.at[i];
		struct local from = local_of(q->r->zone, on->starts);

		if (on->space.n == b->space.n && from.date.day == day.day)
			list.at[list.n++] = (struct space_queue_on){from.minutes, space_ends_at(q->r->zone,
			    (struct space_slot){.starts = on->starts, .ends = on->ends}),
			    title_words(on->title, (enum space_booking_language)on->language)};
	}
	return list;
}

static struct said
because_words(const struct space_question *b)
{
	return t_space_queue_because((enum space_booking_because)b->because);
}

/* --- the page --------------------------------------------------------------------------------------------------- */

struct answer_form {
	int64_t booking, version, answer;
	bool rest;
	struct str reply;
};

enum { YES = 1, NO = 2 };

#define AT(field) offsetof(struct answer_form, field)

static const struct choice answers[] = {{YES, "yes", T_SPACE_QUEUE_YES}, {NO, "no", T_SPACE_QUEUE_NO}};

static const struct form_field answer_fields[] = {
	{"booking", FORM_HIDDEN, AT(booking), .required = true},
	{"version", FORM_HIDDEN, AT(version)},
	{"answer", FORM_CHOICE, AT(answer), .required = true, .label = T_SPACE_QUEUE_ANSWER, .choices = {answers, 2}},
	{"rest", FORM_CHECK, AT(rest), .label = T_SPACE_QUEUE_REST},
	{"reply", FORM_LONG, AT(reply), .max = 500, .label = T_SPACE_QUEUE_REPLY},
};

static const struct form_spec answer_spec = FORM_SPEC("answer", struct answer_form, answer_fields);

/* A refused answer keeps its words, in the card of its question. */
static void
keep_typed(struct req *r, struct space_queue_card *card)
{
	const struct form_state *form = form_find(r, answer_spec.name);
	size_t booking = form_field_index(&answer_spec, "booking"), reply = form_field_index(&answer_spec, "reply");
	int64_t id;

	if (!form || !form->typed || !str_int(form->value[booking].at[0], &id) || id != card->id)
		return;
	card->reply = form->value[reply].at[0];
	card->problem = form->problem[reply].text ? form->problem[reply]
	    : form->problem[form_field_index(&answer_spec, "answer")];
}

static struct space_queue_card
card_of(const struct queue *q, const struct space_question *b)
{
	struct req *r = q->r;
	const struct campus *campus = campus_in(q->campuses, b->campus);
	struct space_queue_card card = {
		.id = b->id.n,
		.version = b->version,
		.title = title_words(b->title, (enum space_booking_language)b->language),
		.time = time_words(q, b->starts, b->ends),
		.space = b->space_name,
		.campus = campus->name,
		.color = campus->color,
		.by = by_words(q, b->organisation_name, b->person_name),
		.ended = b->ended_at.s != 0,
		.audience = space_audience_words((enum space_booking_audience)b->audience),
		.group = b->group_code,
		.people = b->people,
		.many = b->people > b->capacity,
		.adult = b->adult,
		.note = title_words(b->note, (enum space_booking_language)b->language),
		.because = because_words(b),
		.by_day = b->answer_by,
		.due = b->answer_by.day && b->answer_by.day <= r->today.day,
		.over = b->answer_by.day && b->answer_by.day < r->today.day,
		.asked = local_of(r->zone, b->made_at).date,
		.days = days_of(q, b),
		.rivals = rivals_of(q, b),
		.programme = programme_of(q, b),
		.day = local_of(r->zone, b->starts).date,
		.address = space_booking_address(r, campus, b->id),
	};

	card.many_days = (int64_t)card.days.n;
	card.series = card.days.n > 1;
	/* One yes for all days is possible as long as one of them is free. */
	card.taken = card.days.n > 0;
	for (size_t i = 0; i < card.days.n; i++)
		card.taken &= card.days.at[i].taken;
	if (card.taken)
		card.by_whom = card.days.at[0].by;
	keep_typed(r, &card);
	return card;
}

static struct str
page_address(struct req *r, int64_t page)
{
	return page_with_query(r, "/{lang}/admin/bookings", str_fmt(r->arena, "page=%lld", (long long)page));
}

static int64_t
page_asked(struct req *r)
{
	int64_t page = query_int(r, "page", 1);

	return page >= 1 && page <= 100000 ? page : 1;
}

static void
show_queue(struct req *r)
{
	space_booking_id only = {query_int(r, "booking", 0)};
	int64_t all = space_questions_for(r->tx, &r->actor, NULL), pages = (all + PAGE_QUESTIONS - 1) / PAGE_QUESTIONS;
	int64_t page = only.n ? 1 : page_asked(r);
	struct queue q = read_queue(r, only, page);
	struct space_queue_page p = {
		.cards = {ARENA_ARRAY(r->arena, struct space_queue_card, q.questions.n), q.questions.n},
		.all = all,
		.page = page,
		.pages = pages,
		.one = only.n != 0,
		.whole = path_fill(r, "/{lang}/admin/bookings"),
		.action = only.n ? path_fill(r, "/{lang}/admin/bookings/answer")
		    : page_with_query(r, "/{lang}/admin/bookings/answer",
		    str_fmt(r->arena, "page=%lld", (long long)page)),
	};

	for (size_t i = 0; i < q.questions.n; i++)
		p.cards.at[i] = card_of(&q, &q.questions.at[i]);
	if (!only.n && page > 1)
		p.earlier = page_address(r, page - 1);
	if (!only.n && page < pages)
		p.later = page_address(r, page + 1);
	space_queue_html(r, &p);
}

/* Why there is no room, and what is possible. */
static struct said
no_room_words(const struct space_judged *j)
{
	if (j->why == SPACE_WHY_FULL)
		return t_space_queue_full(j->number > 0 ? j->number : 0);
	return j->why == SPACE_WHY_HELD ? t_space_queue_held(j->until) : said(T_SPACE_QUEUE_TAKEN);
}

static struct outcome
answer(struct req *r)
{
	const struct answer_form *f = r->form;
	struct space_booking b;
	struct space space;
	enum verdict v;
	struct space_left left;

	/* Nobody is told of requests where they do not answer. */
	if (!space_booking_by_id(r->tx, (space_booking_id){f->booking}, &b) || !space_by_id(r->tx, b.space, &space) ||
	    !actor_may(&r->actor, MAY_ANSWER_BOOKINGS, space.campus.n))
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	v = space_answer(r->tx, &r->actor, b.id, f->version, f->answer == YES, f->rest, f->reply, &left);
	if (v == VERDICT_TAKEN)
		return refused(r, v, no_room_words(&left.first));
	if (v != VERDICT_OK)
		return refused(r, v, said(T_SPACE_QUEUE_ANSWERED_SINCE));
	return see_address(r, page_asked(r) > 1 ? page_address(r, page_asked(r))
	    : path_fill(r, "/{lang}/admin/bookings"),
	    left.n ? t_space_queue_some_left((int64_t)left.n) : said(f->answer == YES ? T_SPACE_QUEUE_GRANTED
	    : T_SPACE_QUEUE_DECLINED));
}

const struct route space_queue_routes[] = {
	{GET, "/{lang}/admin/bookings", MAY_ANSWER_BOOKINGS, show_queue},
	{POST, "/{lang}/admin/bookings/answer", MAY_ANSWER_BOOKINGS, show_queue, answer, &answer_spec},
	{0},
};
