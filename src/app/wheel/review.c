/* A copied year is looked through before it is published: each item is kept, moved, changed or dropped. One form holds
 * a page of them, so that what comes every year is gone through in one sitting. */
#include "app/wheel/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/form.h"

#include "app/campus/campus.h"
#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h"             /* generated */
#include "app/wheel/review.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"    /* generated */
#include "app/wheel/wheel.texts.h"  /* generated */

enum { WEEK_DAYS = 7, HOLIDAYS_MAX = 40, WORDS_MOST = 3, STATES = 4 };

const struct event wheel_reviewed = {"wheel.reviewed", T_WHEEL_EVENT_REVIEWED};

/* --- settling ---------------------------------------------------------------------------------------------- */

static void
note(struct tx *tx, const struct actor *who, const struct wheel_item *item, enum wheel_review_verdict was,
    enum wheel_review_verdict becomes)
{
	journal_add(tx, who, (struct journal_entry){&wheel_reviewed, item->campus.n, item->id.n,
	    str_of(wheel_review_verdict_words[was]), str_of(wheel_review_verdict_words[becomes])});
}

/* Gives an item other days; `week` is that in which someone set them, 0 for those of today. */
static bool
set_days(struct tx *tx, const struct wheel_item *item, enum wheel_item_timing timing, int64_t week, struct str anchor,
    struct span days)
{
	struct date until = item->repeats_until;

	if (until.day && until.day < days.first.day)
		until = days.first;
	return wheel_item_change(tx, item->id, item->campus, item->ring, item->title, item->sentence, item->description,
	    timing, week, anchor, days.first, days.last, item->repeats, until, item->duty, item->person, item->answers,
	    item->core, item->guardians, tx->now, item->version) > 0;
}

static struct span
weeks_later(struct span days, int weeks)
{
	return (struct span){date_add_days(days.first, weeks * WEEK_DAYS), date_add_days(days.last, weeks * WEEK_DAYS)};
}

/* Some weeks earlier or later; false when that is not in the year. What hung on a day then has its week. */
static bool
move(struct tx *tx, const struct school_year *y, const struct wheel_item *item, int weeks)
{
	struct span days = weeks_later((struct span){item->starts, item->ends}, weeks);
	int week = week_of(days.first).week;

	if (days.first.day < y->starts.day || days.last.day > y->ends.day)
		return false;
	if (item->timing == WHEEL_ITEM_TIMING_DATES || !wheel_is_one_week(days) ||
	    week_in_span(wheel_year_span(y), week).first.day != days.first.day)
		return set_days(tx, item, WHEEL_ITEM_TIMING_DATES, 0, STR(""), days);
	return set_days(tx, item, WHEEL_ITEM_TIMING_WEEK, week, STR(""), days);
}

static bool
may_review(const struct actor *who, const struct wheel_item *item)
{
	return wheel_may_place(who, item);
}

enum verdict
wheel_review_settle(struct tx *tx, const struct actor *who, const struct school_year *y, wheel_item_id id,
    enum wheel_review_choice choice)
{
	enum wheel_review_verdict verdict = choice == WHEEL_REVIEW_KEEP ? WHEEL_REVIEW_VERDICT_KEPT
	    : choice == WHEEL_REVIEW_DROP ? WHEEL_REVIEW_VERDICT_DROPPED : WHEEL_REVIEW_VERDICT_MOVED;
	struct wheel_item item;

	if (!wheel_item_by_id(tx, id, &item) || item.year.n != y->id.n)
		return VERDICT_NOT_FOUND;
	if (!may_review(who, &item))
		return VERDICT_FORBIDDEN;
	if (wheel_review_settle_open(tx, id, verdict, (person_id){who->person}, tx->now) == 0)
		return VERDICT_CONFLICT;
	if (choice == WHEEL_REVIEW_DROP)
		return wheel_item_set_cancelled(tx, who, id, item.version, true);
	if (choice != WHEEL_REVIEW_KEEP && !move(tx, y, &item, choice == WHEEL_REVIEW_EARLIER ? -1 : 1)) {
		wheel_review_reopen(tx, id);
		return VERDICT_INVALID;
	}
	note(tx, who, &item, WHEEL_REVIEW_VERDICT_OPEN, verdict);
	return VERDICT_OK;
}

/* What copying had made of its days. */
static void
move_back(struct tx *tx, const struct wheel_review *review, const struct wheel_item *item)
{
	struct wheel_item earlier;
	int64_t week;

	need(wheel_item_by_id(tx, review->earlier, &earlier));
	week = earlier.timing == WHEEL_ITEM_TIMING_DATES && earlier.week == 0 ? week_of(earlier.starts).week
	    : earlier.week;
	set_days(tx, item, earlier.timing, week, earlier.anchor, (struct span){review->starts, review->ends});
}

enum verdict
wheel_review_undo(struct tx *tx, const struct actor *who, const struct school_year *y, wheel_item_id id)
{
	struct wheel_review review;
	struct wheel_item item;

	if (!wheel_review_of(tx, id, &review) || !wheel_item_by_id(tx, id, &item) || item.year.n != y->id.n)
		return VERDICT_NOT_FOUND;
	if (!may_review(who, &item))
		return VERDICT_FORBIDDEN;
	if (review.verdict == WHEEL_REVIEW_VERDICT_OPEN)
		return VERDICT_CONFLICT;
	if (review.verdict == WHEEL_REVIEW_VERDICT_MOVED)
		move_back(tx, &review, &item);
	if (review.verdict == WHEEL_REVIEW_VERDICT_DROPPED && item.cancelled_at.s)
		return wheel_item_set_cancelled(tx, who, id, item.version, false);
	wheel_review_reopen(tx, id);
	note(tx, who, &item, review.verdict, WHEEL_REVIEW_VERDICT_OPEN);
	return VERDICT_OK;
}

void
wheel_review_mark(struct tx *tx, const struct actor *who, wheel_item_id item, enum wheel_review_verdict verdict)
{
	if (verdict == WHEEL_REVIEW_VERDICT_OPEN)
		wheel_review_reopen(tx, item);
	else
		wheel_review_set(tx, item, verdict, (person_id){who->person}, tx->now);
}

int64_t
wheel_review_left(struct tx *tx, school_year_id year)
{
	struct wheel_review_part_list parts = wheel_review_parts(tx, year);
	int64_t n = 0;

	for (size_t i = 0; i < parts.n; i++)
		n += parts.at[i].left;
	return n;
}

/* --- what a new date meets ------------------------------------------------------------------------------------- */

/* All that rows are made from, read once a page. */
struct looking {
	struct req *r;
	const struct school_year *year;
	const struct campus *campus; /* whose own items they are; NULL: the common wheel */
	struct wheel_review_line_list lines;
	struct wheel_review_state_list states;
	struct wheel_review_word_list words;
	struct wheel_item_scope_list scopes;
	struct campus_list campuses;
	struct campus_break_list breaks;
	struct wheel_ring_list rings;
	struct person_list people;
	const struct form_state *form;
};

static bool
is_for(const struct looking *l, wheel_item_id item, campus_id campus)
{
	bool named = false;

	for (size_t i = 0; i < l->scopes.n; i++)
		if (l->scopes.at[i].item.n == item.n) {
			named = true;
			if (l->scopes.at[i].campus.n == campus.n)
				return true;
		}
	return !named;
}

static bool
touch(struct span a, struct date first, struct date last)
{
	return a.first.day <= last.day && a.last.day >= first.day;
}

static bool
is_same_text(const struct texts *a, const struct texts *b)
{
	for (enum lang lang = 0; lang < LANG_COUNT; lang++)
		if (!str_eq(a->at[lang], b->at[lang]))
			return false;
	return true;
}

/* On how many campuses that the item is for its days meet a break of that name. */
static int64_t
met_breaks(const struct looking *l, wheel_item_id item, struct span days, const struct texts *name)
{
	int64_t n = 0;

	for (size_t i = 0; i < l->breaks.n; i++)
		n += touch(days, l->breaks.at[i].starts, l->breaks.at[i].ends) &&
		    is_same_text(&l->breaks.at[i].name, name) && is_for(l, item, l->breaks.at[i].campus);
	return n;
}

static bool
has_note(struct wheel_review_note_list notes, struct texts name)
{
	for (size_t i = 0; i < notes.n; i++)
		if (is_same_text(&notes.at[i].name, &name))
			return true;
	return false;
}

static void
note_breaks(const struct looking *l, const struct wheel_review_line *line, struct span was, struct span days,
    struct wheel_review_note_list *notes)
{
	for (size_t i = 0; i < l->breaks.n; i++) {
		const struct campus_break *b = &l->breaks.at[i];
		int64_t n;

		if (!touch(days, b->starts, b->ends) || has_note(*notes, b->name))
			continue;
		n = met_breaks(l, line->id, days, &b->name);
		if (n > met_breaks(l, line->id, was, &b->name))
			notes->at[notes->n++] = (struct wheel_review_note){b->name, l->campus
			    ? t_wheel_review_meets_break(b->name) : t_wheel_review_meets_breaks(b->name, n)};
	}
}

static bool
has_holiday(struct span days, enum holiday holiday)
{
	struct holiday_day met[HOLIDAYS_MAX];
	size_t n = holidays_between(days, met, HOLIDAYS_MAX);

	for (size_t i = 0; i < n && i < HOLIDAYS_MAX; i++)
		if (met[i].holiday == holiday)
			return true;
	return false;
}

/* Breaks and holidays that the new days meet and the old ones did not. */
static struct wheel_review_note_list
notes_of(const struct looking *l, const struct wheel_review_line *line)
{
	struct holiday_day met[HOLIDAYS_MAX];
	struct span was = {line->earlier_starts, line->earlier_ends}, days = {line->starts, line->ends};
	size_t n = holidays_between(days, met, HOLIDAYS_MAX);
	struct wheel_review_note_list notes = {
	    ARENA_ARRAY(l->r->arena, struct wheel_review_note, l->breaks.n + HOLIDAYS_MAX), 0};

	for (size_t i = 0; i < n && i < HOLIDAYS_MAX; i++)
		if (!has_holiday(was, met[i].holiday))
			notes.at[notes.n++] = (struct wheel_review_note){.words = t_wheel_review_meets_holiday(
			    said_plain(l->r->arena, l->r->lang, campus_holiday(met[i].holiday)), met[i].date)};
	note_breaks(l, line, was, days, &notes);
	return notes;
}

static bool
is_same_week(const struct wheel_review_line *line)
{
	return week_of(line->starts).week == week_of(line->earlier_starts).week &&
	    date_weekday(line->starts) == date_weekday(line->earlier_starts);
}

/* Why copying gave it another week or weekday. */
static struct said
why_moved(const struct looking *l, const struct wheel_review_line *line)
{
	struct week was = week_of(line->earlier_starts);

	if (is_same_week(line))
		return said(T_WHEEL_REVIEW_SAME_WEEK);
	if (line->verdict == WHEEL_REVIEW_VERDICT_MOVED || line->verdict == WHEEL_REVIEW_VERDICT_CHANGED)
		return said(T_WHEEL_REVIEW_BY_HAND);
	if (line->timing == WHEEL_ITEM_TIMING_ANCHOR)
		return t_wheel_review_by_anchor(date_of_anchor(wheel_year_span(l->year), line->anchor));
	if (line->repeats == WHEEL_ITEM_REPEATS_MONTH || line->repeats == WHEEL_ITEM_REPEATS_SECOND_MONTH)
		return said(T_WHEEL_REVIEW_BY_WEEKDAY);
	if (was.week == 53)
		return said(T_WHEEL_REVIEW_NO_WEEK_53);
	return said(T_WHEEL_REVIEW_WITHIN_YEAR);
}

/* Whether one press may keep it with others: nothing about it is new. */
static bool
is_plain(const struct looking *l, const struct wheel_review_line *line)
{
	return line->verdict == WHEEL_REVIEW_VERDICT_OPEN && is_same_week(line) && notes_of(l, line).n == 0;
}

static struct looking
look(struct req *r, const struct school_year *y, wheel_ring_id ring)
{
	const struct campus *campus = r->campus;
	campus_id place = {campus ? campus->id.n : 0};
	struct looking l = {
		.r = r,
		.year = y,
		.campus = campus,
		.lines = wheel_review_lines(r->tx, y->id, place, ring),
		.scopes = wheel_scopes_of_year(r->tx, y->id),
		.rings = wheel_rings_ever(r->tx),
	};
	struct span days = wheel_year_span(y);

	for (size_t i = 0; i < l.lines.n; i++)
		if (l.lines.at[i].earlier_starts.day < days.first.day)
			days.first = l.lines.at[i].earlier_starts;
	l.breaks = campus ? campus_breaks(r->tx, place, days) : campus_breaks_anywhere(r->tx, days);
	return l;
}

/* --- the page -------------------------------------------------------------------------------------------- */

static struct said
times_words(enum wheel_answer_state state, int64_t n)
{
	switch (state) {
	case WHEEL_ANSWER_STATE_DONE: return t_wheel_review_done(n);
	case WHEEL_ANSWER_STATE_OUR_WAY: return t_wheel_review_our_way(n);
	case WHEEL_ANSWER_STATE_NOT_HERE: return t_wheel_review_not_here(n);
	case WHEEL_ANSWER_STATE_COMING: return t_wheel_review_coming(n);
	case WHEEL_ANSWER_STATE_NONE_YET:
	case WHEEL_ANSWER_STATE_NONE: break;
	}
	need(0 && "a state that was given");
	return (struct said){0};
}

/* "3 kampusta teki ja 1 teki omalla tavalla"; of what has one answer, that. */
static struct str
told_of(const struct looking *l, const struct wheel_review_line *line)
{
	static const enum wheel_answer_state order[STATES] = {WHEEL_ANSWER_STATE_DONE, WHEEL_ANSWER_STATE_OUR_WAY,
	    WHEEL_ANSWER_STATE_NOT_HERE, WHEEL_ANSWER_STATE_COMING};
	struct str part[STATES];
	struct out o = out_new(l->r->arena);
	size_t n = 0;

	for (size_t k = 0; k < STATES; k++)
		for (size_t i = 0; i < l->states.n; i++) {
			const struct wheel_review_state *s = &l->states.at[i];

			if (s->item.n != line->earlier.n || s->state != order[k])
				continue;
			part[n++] = said_plain(l->r->arena, l->r->lang,
			    l->campus || line->answers == WHEEL_ITEM_ANSWERS_PROVIDER
			    ? t_wheel_review_once(s->state) : times_words(s->state, s->times));
		}
	i18n_list(&o, l->r->lang, part, n);
	return out_text(&o);
}

static struct wheel_review_told_list
words_of(const struct looking *l, const struct wheel_review_line *line)
{
	struct wheel_review_told_list list = {ARENA_ARRAY(l->r->arena, struct wheel_review_told, WORDS_MOST), 0};

	for (size_t i = 0; i < l->words.n; i++) {
		const struct wheel_review_word *w = &l->words.at[i];
		const struct campus *campus = campus_in(l->campuses, w->campus);
		struct wheel_answer a = {.state = w->state, .reason = w->reason};
		bool our_way = w->state == WHEEL_ANSWER_STATE_OUR_WAY;

		if (w->item.n != line->earlier.n)
			continue;
		list.at[list.n++] = (struct wheel_review_told){
			.campus = campus ? campus->name : (struct texts){0},
			.sight = wheel_sight_words(our_way ? WHEEL_OUR_WAY : WHEEL_NOT_HERE, &a),
			.words = w->words,
			.words_lang = str_of(lang_code((enum lang)(w->language - WHEEL_ANSWER_LANGUAGE_FI))),
		};
	}
	return list;
}

/* The days a week earlier or later, empty where the year does not go on. */
static struct str
days_moved(const struct looking *l, const struct wheel_review_line *line, int weeks)
{
	struct span days = weeks_later((struct span){line->starts, line->ends}, weeks);

	if (days.first.day < l->year->starts.day || days.last.day > l->year->ends.day)
		return STR("");
	return wheel_days_short(l->r, days);
}

static struct wheel_review_way_list
ways_of(const struct looking *l, const struct wheel_review_line *line)
{
	struct req *r = l->r;
	struct str earlier = days_moved(l, line, -1), later = days_moved(l, line, 1);
	int64_t picked = l->form ? form_picked(l->form, "verdict", line->id.n) : 0;
	struct wheel_review_way_list list = {ARENA_ARRAY(r->arena, struct wheel_review_way, WHEEL_REVIEW_DROP), 0};

	list.at[list.n++] = (struct wheel_review_way){"keep", page_words(r, T_WHEEL_REVIEW_KEEP),
	    picked == WHEEL_REVIEW_KEEP};
	if (earlier.n)
		list.at[list.n++] = (struct wheel_review_way){"earlier",
		    said_plain(r->arena, r->lang, t_wheel_review_earlier(earlier)), picked == WHEEL_REVIEW_EARLIER};
	if (later.n)
		list.at[list.n++] = (struct wheel_review_way){"later",
		    said_plain(r->arena, r->lang, t_wheel_review_later(later)), picked == WHEEL_REVIEW_LATER};
	list.at[list.n++] = (struct wheel_review_way){"drop", page_words(r, T_WHEEL_REVIEW_DROP),
	    picked == WHEEL_REVIEW_DROP};
	return list;
}

static struct wheel_review_row
row_of(struct looking *l, const struct wheel_review_line *line)
{
	struct req *r = l->r;
	const struct person *by = person_in(l->people, line->reviewed_by);
	struct str base = wheel_item_address(r, l->year, l->campus, line->id);
	struct school_year before = {.year = line->earlier_year};
	struct wheel_review_row row = {
		.id = line->id.n,
		.title = line->title,
		.core = line->core,
		.days = wheel_days_words(r, (struct span){line->starts, line->ends}),
		.was = wheel_days_words(r, (struct span){line->earlier_starts, line->earlier_ends}),
		.why = why_moved(l, line),
		.notes = notes_of(l, line),
		.told = told_of(l, line),
		.words = words_of(l, line),
		.ways = ways_of(l, line),
		.edit = wheel_action(r, base, "/edit"),
		.years = wheel_action(r, wheel_item_address(r, &before, l->campus, line->earlier), "/years"),
		.open = line->verdict == WHEEL_REVIEW_VERDICT_OPEN,
		.verdict = t_wheel_review_verdict(line->verdict),
		.by = by ? by->name : STR(""),
		.anchor = str_fmt(r->arena, "i%lld", (long long)line->id.n),
	};

	for (size_t i = 0; i < l->rings.n; i++)
		if (l->rings.at[i].id.n == line->ring.n) {
			row.color = l->rings.at[i].color;
			row.ring = l->rings.at[i].name;
		}
	return row;
}

static struct str
address_of(struct req *r, const struct campus *campus, int64_t ring)
{
	struct out o = out_new(r->arena);

	out_fmt(&o, "/%s", lang_code(r->lang));
	if (campus)
		out_fmt(&o, "/%.*s", STR_ARG(campus->slug));
	out_fmt(&o, "/wheel/%lld/review", (long long)path_int(r, "year"));
	if (ring)
		out_fmt(&o, "?ring=%lld", (long long)ring);
	return out_text(&o);
}

bool
wheel_is_reviewed(struct tx *tx, const struct school_year *y, wheel_item_id item)
{
	struct wheel_review review;

	return y->state == SCHOOL_YEAR_STATE_DRAFT && wheel_review_of(tx, item, &review);
}

struct str
wheel_review_back(struct req *r, wheel_item_id item)
{
	struct str page = address_of(r, r->campus, 0);

	return item.n ? str_fmt(r->arena, "%.*s#i%lld", STR_ARG(page), (long long)item.n) : page;
}

/* What remains in each ring of this page's items, and how much of it one press may keep. */
static struct wheel_review_ring_list
rings_of(const struct looking *l, struct wheel_review_part_list parts, int64_t chosen)
{
	struct req *r = l->r;
	struct wheel_review_ring_list list = {ARENA_ARRAY(r->arena, struct wheel_review_ring, l->rings.n), 0};

	for (size_t i = 0; i < l->rings.n; i++) {
		const struct wheel_ring *ring = &l->rings.at[i];
		struct wheel_review_ring line = {.id = ring->id.n, .name = ring->name, .color = ring->color,
		    .current = ring->id.n == chosen, .address = address_of(r, r->campus, ring->id.n)};
		bool copied = false;

		for (size_t k = 0; k < parts.n; k++)
			if (parts.at[k].campus.n == r->place && parts.at[k].ring.n == ring->id.n) {
				line.left += parts.at[k].left;
				copied = true;
			}
		for (size_t k = 0; k < l->lines.n; k++)
			line.plain += l->lines.at[k].ring.n == ring->id.n && is_plain(l, &l->lines.at[k]);
		if (copied)
			list.at[list.n++] = line;
	}
	return list;
}

/* The common wheel, and each campus that has items of its own: where the reader may look them through. */
static struct wheel_review_place_list
places_of(struct req *r, struct wheel_review_part_list parts, struct campus_list campuses)
{
	struct wheel_review_place_list list = {ARENA_ARRAY(r->arena, struct wheel_review_place, parts.n), 0};
	int64_t last = -1;

	for (size_t i = 0; i < parts.n; i++) {
		const struct campus *c = campus_in(campuses, parts.at[i].campus);

		if (parts.at[i].campus.n ? !actor_may(&r->actor, MAY_ADD_OWN_ITEM, parts.at[i].campus.n)
		    : !actor_may(&r->actor, MAY_EDIT_WHEEL, 0))
			continue;
		if (parts.at[i].campus.n != last)
			list.at[list.n++] = (struct wheel_review_place){
				.campus = c ? c->name : (struct texts){0},
				.common = c == NULL,
				.address = address_of(r, c, 0),
				.current = parts.at[i].campus.n == r->place,
			};
		last = parts.at[i].campus.n;
		list.at[list.n - 1].left += parts.at[i].left;
	}
	return list;
}

/* A draft is seen here by those who look through what is their campus's own in it. */
static struct school_year
year_or_404(struct req *r)
{
	struct school_year y;

	if (!school_year_of(r->tx, path_int(r, "year"), &y))
		page_not_found(r);
	return y;
}

/* What was chosen for each; a ring whose unmoved items are all kept; an item that is opened again. */
struct review_form {
	struct form_picks verdicts;
	int64_t keep, undo, ring;
};

static const struct choice review_choices[] = {
	{WHEEL_REVIEW_KEEP, "keep"},
	{WHEEL_REVIEW_EARLIER, "earlier"},
	{WHEEL_REVIEW_LATER, "later"},
	{WHEEL_REVIEW_DROP, "drop"},
};

#define AT(field) offsetof(struct review_form, field)

static const struct form_field review_fields[] = {
	{"verdict", FORM_EACH, AT(verdicts), .choices = {review_choices, 4}},
	{"keep", FORM_HIDDEN, AT(keep)},
	{"undo", FORM_HIDDEN, AT(undo)},
	{"ring", FORM_HIDDEN, AT(ring)},
};

static const struct form_spec review_spec = FORM_SPEC("review", struct review_form, review_fields);

/* What was often done otherwise until the year before, as far as the reader sees that. */
static struct str
otherwise_address(struct req *r, const struct school_year *y)
{
	struct school_year before;

	if (!wheel_year_find(r->tx, &r->actor, y->year - 1, &before))
		before = *y;
	return str_fmt(r->arena, "%.*s/otherwise", STR_ARG(wheel_year_address(r, &before, r->campus)));
}

static void
show_review(struct req *r)
{
	struct school_year y = year_or_404(r);
	int64_t ring = query_int(r, "ring", 0);
	struct looking l = look(r, &y, (wheel_ring_id){ring});
	campus_id place = {r->place};
	struct wheel_review_part_list parts = wheel_review_parts(r->tx, y.id);
	struct wheel_review_row_list rows = {0};
	struct wheel_review_page page = {.closed = y.state == SCHOOL_YEAR_STATE_CLOSED};

	l.states = wheel_review_states(r->tx, y.id, place);
	l.words = wheel_review_words(r->tx, y.id, place, WORDS_MOST);
	l.campuses = campus_ever(r->tx);
	l.people = people_ever(r->tx);
	l.form = form_show(r, &review_spec, NULL);
	rows.at = ARENA_ARRAY(r->arena, struct wheel_review_row, l.lines.n);
	for (size_t i = 0; i < l.lines.n; i++)
		rows.at[rows.n++] = row_of(&l, &l.lines.at[i]);
	for (size_t i = 0; i < parts.n; i++)
		if (parts.at[i].campus.n == r->place) {
			page.items += parts.at[i].items;
			page.left += parts.at[i].left;
		}
	page.year = wheel_year_words(r, &y);
	page.years_address = actor_may(&r->actor, MAY_EDIT_WHEEL, 0) ? path_fill(r, "/{lang}/admin/wheel") : STR("");
	page.ring = ring;
	page.rows = rows;
	page.rings = rings_of(&l, parts, ring);
	page.places = places_of(r, parts, l.campuses);
	page.done = page.items - page.left;
	for (size_t i = 0; i < page.rings.n; i++)
		page.plain += page.rings.at[i].plain;
	page.all_address = page.action = address_of(r, r->campus, 0);
	page.otherwise_address = otherwise_address(r, &y);
	wheel_review_html(r, &page);
}

/* What became of what was chosen. */
struct settled {
	int64_t n, since, outside;
};

static void
count(struct settled *s, enum verdict v)
{
	s->n += v == VERDICT_OK;
	s->since += v == VERDICT_CONFLICT;
	s->outside += v == VERDICT_INVALID;
}

/* Only those of this page: a number that is another campus's is not there. */
static bool
is_here(const struct looking *l, int64_t id)
{
	for (size_t i = 0; i < l->lines.n; i++)
		if (l->lines.at[i].id.n == id)
			return true;
	return false;
}

static struct said
settled_words(const struct settled *s, bool undone)
{
	if (s->outside)
		return t_wheel_review_outside(s->outside, s->n);
	if (s->since)
		return t_wheel_review_since(s->since, s->n);
	if (undone && s->n == 0)
		return said(T_WHEEL_REVIEW_UNDONE);
	return t_wheel_review_settled(s->n);
}

/* Whether one press keeps this one too, when it keeps a ring. */
static bool
is_kept_by(struct req *r, const struct looking *l, const struct wheel_review_line *line)
{
	return is_plain(l, line) && !form_picked(form_posted(r), "verdict", line->id.n);
}

/* Whether on the page of all rings another waits for the press that keeps it. */
static bool
more_at_once(struct req *r, const struct looking *l, const struct review_form *form)
{
	for (size_t i = 0; i < l->lines.n && form->keep && !form->ring; i++)
		if (l->lines.at[i].ring.n != form->keep && is_kept_by(r, l, &l->lines.at[i]))
			return true;
	return false;
}

/* To what was opened again, to the rings that are kept at once, or to the first that nobody has looked through. */
static struct str
next_address(struct req *r, const struct school_year *y, const struct looking *l, const struct review_form *form)
{
	struct wheel_review_line_list lines = wheel_review_lines(r->tx, y->id, (campus_id){r->place},
	    (wheel_ring_id){form->ring});
	struct str page = address_of(r, r->campus, form->ring);

	if (more_at_once(r, l, form))
		return str_fmt(r->arena, "%.*s#at-once", STR_ARG(page));
	for (size_t i = 0; i < lines.n; i++)
		if (form->undo ? lines.at[i].id.n == form->undo : lines.at[i].verdict == WHEEL_REVIEW_VERDICT_OPEN)
			return str_fmt(r->arena, "%.*s#i%lld", STR_ARG(page), (long long)lines.at[i].id.n);
	return page;
}

static struct outcome
create_review(struct req *r)
{
	const struct review_form *form = r->form;
	struct school_year y = year_or_404(r);
	struct looking l = look(r, &y, (wheel_ring_id){0});
	struct settled s = {0};

	if (y.state == SCHOOL_YEAR_STATE_CLOSED)
		return wheel_refuse_closed(r);
	if (form->verdicts.n == 0 && form->keep == 0 && form->undo == 0)
		return refused(r, VERDICT_INVALID, said(T_WHEEL_REVIEW_NOTHING));
	for (size_t i = 0; i < form->verdicts.n; i++)
		if (!is_here(&l, form->verdicts.at[i].id))
			return refused(r, VERDICT_NOT_FOUND, (struct said){0});
		else
			count(&s, wheel_review_settle(r->tx, &r->actor, &y, (wheel_item_id){form->verdicts.at[i].id},
			    (enum wheel_review_choice)form->verdicts.at[i].value));
	for (size_t i = 0; i < l.lines.n && form->keep; i++)
		if (l.lines.at[i].ring.n == form->keep && is_kept_by(r, &l, &l.lines.at[i]))
			count(&s, wheel_review_settle(r->tx, &r->actor, &y, l.lines.at[i].id, WHEEL_REVIEW_KEEP));
	if (form->undo) {
		enum verdict v = is_here(&l, form->undo)
		    ? wheel_review_undo(r->tx, &r->actor, &y, (wheel_item_id){form->undo}) : VERDICT_NOT_FOUND;

		if (v != VERDICT_OK && v != VERDICT_CONFLICT)
			return refused(r, v, (struct said){0});
	}
	return see_address(r, next_address(r, &y, &l, form), settled_words(&s, form->undo != 0));
}

const struct route wheel_review_routes[] = {
	{GET, "/{lang}/{campus}/wheel/{year}/review", MAY_ADD_OWN_ITEM, show_review, .speed = SLOW},
	{POST, "/{lang}/{campus}/wheel/{year}/review", MAY_ADD_OWN_ITEM, show_review, create_review, &review_spec,
	    .speed = SLOW},
	{GET, "/{lang}/wheel/{year}/review", MAY_EDIT_WHEEL, show_review, .whole = true, .speed = SLOW},
	{POST, "/{lang}/wheel/{year}/review", MAY_EDIT_WHEEL, show_review, create_review, &review_spec, .whole = true,
	    .speed = SLOW},
	{0},
};
