/* Over the years: this year beside last year at the same week, the years of an item in a row, and what is often done
 * otherwise, as material for planning. Words and small numbers; nobody is ranked. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/page/page.h"
#include "app/rights.h"              /* generated */
#include "app/wheel/history.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"     /* generated */
#include "app/wheel/wheel.texts.h"   /* generated */

enum {
	SUNDAY = 7,
	SAID_MOST = 20,      /* answers of one year that are shown with their words */
	YEARS_BACK = 2,      /* how far planning looks back beyond the year */
	OTHERWISE_TIMES = 2, /* what was done otherwise once was chance */
	OTHERWISE_SHARE = 3, /* a third of the answers */
	OTHERWISE_WORDS = 8,
};

/* How often each state was given. */
struct times {
	int64_t of[WHEEL_ANSWER_STATE_COUNT + 1];
};

static struct said
part_words(enum wheel_answer_state state, int64_t n)
{
	switch (state) {
	case WHEEL_ANSWER_STATE_DONE: return t_wheel_compared_done(n);
	case WHEEL_ANSWER_STATE_OUR_WAY: return t_wheel_compared_our_way(n);
	case WHEEL_ANSWER_STATE_NOT_HERE: return t_wheel_compared_not_here(n);
	case WHEEL_ANSWER_STATE_COMING: return t_wheel_compared_coming(n);
	case WHEEL_ANSWER_STATE_NONE_YET:
	case WHEEL_ANSWER_STATE_NONE: break;
	}
	need(0 && "a state that was given");
	return (struct said){0};
}

/* "12 tehty, 3 omalla tavalla ja 1 ei meillä"; empty for nothing. */
static struct str
times_words(struct req *r, const struct times *t)
{
	static const enum wheel_answer_state order[] = {WHEEL_ANSWER_STATE_DONE, WHEEL_ANSWER_STATE_OUR_WAY,
	    WHEEL_ANSWER_STATE_NOT_HERE, WHEEL_ANSWER_STATE_COMING};
	enum { N = sizeof order / sizeof *order };
	struct str part[N];
	struct out o = out_new(r->arena);
	size_t n = 0;

	for (size_t i = 0; i < N; i++)
		if (t->of[order[i]])
			part[n++] = said_plain(r->arena, r->lang, part_words(order[i], t->of[order[i]]));
	i18n_list(&o, r->lang, part, n);
	return out_text(&o);
}

static struct str
years_words(struct req *r, const struct school_year *y)
{
	return str_fmt(r->arena, "%lld–%lld", (long long)y->year, (long long)y->year + 1);
}

static struct wheel_history_said
said_of(struct req *r, const struct school_year *y, struct date ends, const struct campus *campus,
    const struct wheel_answer *a)
{
	bool signed_in = actor_may(&r->actor, MAY_SEE_WAITING, ACTOR_ANYWHERE);
	enum wheel_sight sight = wheel_sight(y, ends, a, r->today, signed_in);
	struct wheel_history_said s = {
		.sight_class = str_of(wheel_sight_class(sight)),
		.sight_words = wheel_sight_words(sight, a),
	};

	if (campus) {
		s.campus = campus->name;
		s.color = campus->color;
	}
	if (!a)
		return s;
	s.words = a->words;
	s.words_lang = str_of(lang_code((enum lang)(a->language - WHEEL_ANSWER_LANGUAGE_FI)));
	s.starts = a->starts;
	s.ends = a->ends.day ? a->ends : a->starts;
	return s;
}

/* --- the years of an item ---------------------------------------------------------------------------------- */

static bool
is_same_title(const struct texts *a, const struct texts *b)
{
	for (enum lang lang = 0; lang < LANG_COUNT; lang++)
		if (!str_eq(a->at[lang], b->at[lang]))
			return false;
	return true;
}

static struct wheel_history_year
year_of(struct req *r, const struct school_year *y, const struct wheel_item *item, const struct wheel_item *now,
    struct wheel_history_state_list states, struct wheel_answer_list answers, struct campus_list campuses)
{
	const struct campus *campus = r->campus;
	struct times times = {0};
	int64_t all = 0;
	struct wheel_history_year year = {
		.years = years_words(r, y),
		.title = item->title,
		.renamed = !is_same_title(&item->title, &now->title),
		.cancelled = item->cancelled_at.s != 0,
		.days = wheel_days_words(r, (struct span){item->starts, item->ends}),
		.address = wheel_item_address(r, y, campus, item->id),
		.said = {ARENA_ARRAY(r->arena, struct wheel_history_said, SAID_MOST + 1), 0},
	};

	for (size_t i = 0; i < states.n; i++)
		if (states.at[i].item.n == item->id.n) {
			times.of[states.at[i].state] += states.at[i].times;
			all += states.at[i].times;
		}
	for (size_t i = 0; i < answers.n; i++)
		if (answers.at[i].item.n == item->id.n && year.said.n < SAID_MOST)
			year.said.at[year.said.n++] = said_of(r, y, item->ends,
			    campus ? NULL : campus_in(campuses, answers.at[i].campus), &answers.at[i]);
	if (item->answers != WHEEL_ITEM_ANSWERS_CAMPUS)
		return year;
	if (campus && year.said.n == 0)
		year.said.at[year.said.n++] = said_of(r, y, item->ends, NULL, NULL);
	if (item->campus.n == 0)
		year.told = times_words(r, &times);
	if (!campus)
		year.more = all - (int64_t)year.said.n;
	return year;
}

static void
show_item_years(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct wheel_item now = wheel_item_or_404(r, &y);
	const struct campus *campus = r->campus;
	struct wheel_item_list items = wheel_history_items(r->tx, now.series);
	struct school_year_list years = school_years(r->tx);
	struct wheel_history_state_list states = wheel_history_states(r->tx, now.series);
	struct wheel_answer_list answers = wheel_history_answers(r->tx, now.series, (campus_id){r->place}, SAID_MOST);
	struct campus_list campuses = campus_ever(r->tx);
	struct wheel_history_year_list list = {ARENA_ARRAY(r->arena, struct wheel_history_year, items.n), 0};

	for (size_t i = 0; i < items.n; i++)
		for (size_t k = 0; k < years.n; k++)
			if (years.at[k].id.n == items.at[i].year.n &&
			    wheel_year_find(r->tx, &r->actor, years.at[k].year, &years.at[k]) &&
			    (!campus || wheel_item_is_for(r->tx, &items.at[i], campus->id)))
				list.at[list.n++] = year_of(r, &years.at[k], &items.at[i], &now, states, answers,
				    campuses);
	wheel_item_years_html(r, &(struct wheel_item_years_page){
		.title = now.title,
		.back = wheel_item_address(r, &y, campus, now.id),
		.year = wheel_year_words(r, &y),
		.campus = campus ? campus->name : (struct texts){0},
		.of_campus = campus != NULL,
		.years = list,
	});
}

/* --- last year and this year ------------------------------------------------------------------------------- */

/* The end of the week of a day that lies in the year, which is then as far as both years are told; none in others. */
static struct date
week_ends(const struct school_year *y, struct date today)
{
	if (today.day < y->starts.day || today.day > y->ends.day)
		return (struct date){0};
	return date_add_days(today, SUNDAY - date_weekday(today));
}

/* The end of the same week a year before. */
static struct date
year_before(struct date sunday)
{
	struct week week = week_of(sunday);
	int weeks = weeks_in_year(week.year - 1);

	return date_of_week(week.year - 1, week.week < weeks ? week.week : weeks, SUNDAY);
}

/* The first instant that is too late. */
static struct instant
after(struct req *r, const struct school_year *y, struct date last)
{
	/* A year that is over is told to its end, and what was said after it too. */
	if (last.day == 0)
		return (struct instant){r->now.s + 1};
	if (last.day > y->ends.day)
		last = y->ends;
	return instant_of_local(r->zone, date_add_days(last, 1), 0);
}

/* What had been said of each item of a year by a time. */
struct by_then {
	struct school_year year;
	struct wheel_line_list lines;
	struct instant until;
	/* Of a campus: */
	struct wheel_answer_list answers;
	struct wheel_answer_past_list pasts;
	/* Of all: */
	struct wheel_history_state_list states;
	struct wheel_history_state_past_list states_past;
};

static struct by_then
by_then(struct req *r, const struct school_year *y, struct date last)
{
	const struct campus *campus = r->campus;
	struct by_then b = {*y, .until = after(r, y, last)};

	b.lines = campus ? wheel_lines_of(r->tx, y->id, campus->id) : wheel_lines_common(r->tx, y->id);
	if (campus) {
		b.answers = wheel_answers_of_campus(r->tx, y->id, campus->id);
		b.pasts = wheel_pasts_of_campus(r->tx, y->id, campus->id);
	} else {
		b.states = wheel_history_until(r->tx, y->id, b.until);
		b.states_past = wheel_history_until_past(r->tx, y->id, b.until);
	}
	return b;
}

/* The answer as it stood then; false for none. */
static bool
answer_then(const struct by_then *b, const struct wheel_line *line, campus_id place, struct wheel_answer *then)
{
	const struct wheel_answer *a = wheel_answer_in(b->answers, line->id,
	    line->answers == WHEEL_ITEM_ANSWERS_PROVIDER ? (campus_id){0} : place);
	const struct wheel_answer_past *past = NULL;

	if (!a)
		return false;
	*then = *a;
	if (a->answered_at.s < b->until.s)
		return true;
	for (size_t i = 0; i < b->pasts.n; i++) /* in the order of their versions */
		if (b->pasts.at[i].answer.n == a->id.n && b->pasts.at[i].answered_at.s < b->until.s)
			past = &b->pasts.at[i];
	if (!past)
		return false;
	then->words = past->words;
	then->starts = past->starts;
	then->ends = past->ends;
	wheel_answer_state_of(past->state, &then->state);
	wheel_answer_reason_of(past->reason, &then->reason);
	wheel_answer_language_of(past->language, &then->language);
	return true;
}

static struct times
times_then(const struct by_then *b, wheel_item_id item)
{
	struct times t = {0};

	for (size_t i = 0; i < b->states.n; i++)
		if (b->states.at[i].item.n == item.n)
			t.of[b->states.at[i].state] += b->states.at[i].times;
	for (size_t i = 0; i < b->states_past.n; i++) {
		enum wheel_answer_state state = WHEEL_ANSWER_STATE_NONE;

		if (b->states_past.at[i].item.n == item.n && wheel_answer_state_of(b->states_past.at[i].state, &state))
			t.of[state] += b->states_past.at[i].times;
	}
	return t;
}

/* What was said of one item, into `row` and the sum; false when nothing was. */
static bool
tell(struct req *r, const struct by_then *b, const struct wheel_line *line, struct times *sum,
    struct wheel_history_said *said, struct str *told)
{
	const struct campus *campus = r->campus;
	struct wheel_answer a;
	struct times t = {0};
	bool any = false;

	if (!line)
		return false;
	if (campus) {
		any = answer_then(b, line, campus->id, &a) && a.state != WHEEL_ANSWER_STATE_NONE_YET;
		*said = said_of(r, &b->year, line->ends, NULL, any ? &a : NULL);
		t.of[any ? a.state : WHEEL_ANSWER_STATE_NONE] = any;
	} else {
		t = times_then(b, line->id);
		*told = times_words(r, &t);
	}
	for (size_t i = 1; i <= WHEEL_ANSWER_STATE_COUNT; i++) {
		sum->of[i] += t.of[i];
		any = any || t.of[i];
	}
	return any;
}

static const struct wheel_line *
line_of_series(struct wheel_line_list lines, wheel_series_id series)
{
	for (size_t i = 0; i < lines.n; i++)
		if (lines.at[i].series.n == series.n)
			return &lines.at[i];
	return NULL;
}

static void
add_row(struct req *r, const struct by_then *was, const struct by_then *is, const struct wheel_line *then,
    const struct wheel_line *now, struct times sum[2], struct wheel_compared_row_list *rows)
{
	const struct campus *campus = r->campus;
	const struct wheel_line *line = now ? now : then;
	struct wheel_compared_row row = {.title = line->title};
	struct wheel_history_said missing = said_of(r, &was->year, was->year.ends, NULL, NULL);
	bool any;

	row.was = row.is = missing;
	row.was.sight_words = row.is.sight_words = said(T_WHEEL_COMPARED_NOT_THERE);
	any = tell(r, was, then, &sum[0], &row.was, &row.then);
	any = tell(r, is, now, &sum[1], &row.is, &row.now) || any;
	row.address = str_fmt(r->arena, "%.*s/years",
	    STR_ARG(wheel_item_address(r, now ? &is->year : &was->year, campus, line->id)));
	if (any)
		rows->at[rows->n++] = row;
}

static void
show_compared(struct req *r)
{
	struct school_year y = wheel_year_or_404(r), before;
	const struct campus *campus = r->campus;
	struct date last = week_ends(&y, r->today);
	struct times sum[2] = {0};
	struct wheel_compared_row_list rows;
	struct by_then was, is;
	struct wheel_compared_page page = {
		.year = wheel_year_words(r, &y),
		.back = wheel_year_address(r, &y, campus),
		.campus = campus ? campus->name : (struct texts){0},
		.of_campus = campus != NULL,
		.when = last.day ? t_wheel_compared_by_week(week_of(last).week) : said(T_WHEEL_COMPARED_WHOLE),
		.nothing = !wheel_year_find(r->tx, &r->actor, y.year - 1, &before),
	};

	if (page.nothing) {
		wheel_compared_html(r, &page);
		return;
	}
	was = by_then(r, &before, last.day ? year_before(last) : last);
	is = by_then(r, &y, last);
	rows = (struct wheel_compared_row_list){
	    ARENA_ARRAY(r->arena, struct wheel_compared_row, was.lines.n + is.lines.n), 0};
	for (size_t i = 0; i < is.lines.n; i++)
		add_row(r, &was, &is, line_of_series(was.lines, is.lines.at[i].series), &is.lines.at[i], sum, &rows);
	for (size_t i = 0; i < was.lines.n; i++)
		if (!line_of_series(is.lines, was.lines.at[i].series))
			add_row(r, &was, &is, &was.lines.at[i], NULL, sum, &rows);
	page.then_years = years_words(r, &before);
	page.now_years = years_words(r, &y);
	page.then_told = times_words(r, &sum[0]);
	page.now_told = times_words(r, &sum[1]);
	page.otherwise = str_fmt(r->arena, "%.*s/otherwise", STR_ARG(page.back));
	page.rows = rows;
	wheel_compared_html(r, &page);
}

/* --- often otherwise --------------------------------------------------------------------------------------- */

static bool
is_often(const struct wheel_otherwise *o)
{
	int64_t otherwise = o->our_way + o->does_not_fit + o->did_not_happen;

	return otherwise >= OTHERWISE_TIMES && otherwise * OTHERWISE_SHARE >= o->times;
}

/* "4 omalla tavalla ja 2 ei sovi meille, kaikkiaan 8 vastausta." */
static struct said
otherwise_counts(struct req *r, const struct wheel_otherwise *o)
{
	struct str part[3];
	struct out parts = out_new(r->arena);
	size_t n = 0;

	if (o->our_way)
		part[n++] = said_plain(r->arena, r->lang, t_wheel_compared_our_way(o->our_way));
	if (o->does_not_fit)
		part[n++] = said_plain(r->arena, r->lang, t_wheel_otherwise_does_not_fit(o->does_not_fit));
	if (o->did_not_happen)
		part[n++] = said_plain(r->arena, r->lang, t_wheel_otherwise_did_not_happen(o->did_not_happen));
	i18n_list(&parts, r->lang, part, n);
	return t_wheel_otherwise_counts(out_text(&parts), o->times);
}

static struct wheel_otherwise_word_view_list
otherwise_words(struct req *r, wheel_series_id series, int64_t first, int64_t last, struct campus_list campuses)
{
	struct wheel_otherwise_word_list all = wheel_otherwise_words(r->tx, series, first, last, (campus_id){r->place},
	    OTHERWISE_WORDS);
	struct wheel_otherwise_word_view_list list = {
	    ARENA_ARRAY(r->arena, struct wheel_otherwise_word_view, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		const struct wheel_otherwise_word *w = &all.at[i];
		const struct campus *campus = campus_in(campuses, w->campus);
		enum wheel_sight sight = w->state == WHEEL_ANSWER_STATE_OUR_WAY ? WHEEL_OUR_WAY : WHEEL_NOT_HERE;

		list.at[i] = (struct wheel_otherwise_word_view){
			.years = str_fmt(r->arena, "%lld–%lld", (long long)w->year, (long long)w->year + 1),
			.campus = campus ? campus->name : (struct texts){0},
			.color = campus ? campus->color : 0,
			.sight_class = str_of(wheel_sight_class(sight)),
			.sight_words = wheel_sight_words(sight, &(struct wheel_answer){.reason = w->reason}),
			.words = w->words,
			.words_lang = str_of(lang_code((enum lang)(w->language - WHEEL_ANSWER_LANGUAGE_FI))),
		};
	}
	return list;
}

static void
show_otherwise(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	const struct campus *campus = r->campus;
	int64_t first = y.year - YEARS_BACK;
	struct wheel_otherwise_list all = wheel_otherwise(r->tx, first, y.year, (campus_id){r->place});
	struct wheel_otherwise_row_list rows = {ARENA_ARRAY(r->arena, struct wheel_otherwise_row, all.n), 0};
	struct campus_list campuses = campus_ever(r->tx);

	for (size_t i = 0; i < all.n; i++) {
		const struct wheel_otherwise *o = &all.at[i];
		struct wheel_item item;
		struct school_year its;

		if (!is_often(o) || !wheel_item_newest(r->tx, o->series, y.year + 1, &item) ||
		    !school_year_of_item(r->tx, item.id, &its))
			continue;
		rows.at[rows.n++] = (struct wheel_otherwise_row){
			.title = item.title,
			.address = str_fmt(r->arena, "%.*s/years", STR_ARG(wheel_item_address(r, &its,
			    campus ? campus : campus_in(campuses, item.campus), item.id))),
			.counts = otherwise_counts(r, o),
			.words = otherwise_words(r, o->series, first, y.year, campuses),
		};
	}
	wheel_otherwise_html(r, &(struct wheel_otherwise_page){
		.year = wheel_year_words(r, &y),
		.back = wheel_year_address(r, &y, campus),
		.campus = campus ? campus->name : (struct texts){0},
		.of_campus = campus != NULL,
		.span = str_fmt(r->arena, "%lld–%lld", (long long)first, (long long)y.year + 1),
		.rows = rows,
	});
}

const struct route wheel_history_routes[] = {
	{GET, "/{lang}/{campus}/wheel/{year}/{item}/years", MAY_ANYONE, show_item_years},
	{GET, "/{lang}/wheel/{year}/{item}/years", MAY_ANYONE, show_item_years, .speed = SLOW},
	{GET, "/{lang}/{campus}/wheel/{year}/compared", MAY_ANYONE, show_compared},
	{GET, "/{lang}/wheel/{year}/compared", MAY_ANYONE, show_compared, .speed = SLOW},
	{GET, "/{lang}/{campus}/wheel/{year}/otherwise", MAY_PROPOSE_CHANGE, show_otherwise, .speed = SLOW},
	{GET, "/{lang}/wheel/{year}/otherwise", MAY_PROPOSE_CHANGE, show_otherwise, .speed = SLOW},
	{0},
};
