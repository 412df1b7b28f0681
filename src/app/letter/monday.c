/* Monday's letter: what is now, what waits, what comes, with what makes it ready to use; the notices of the week; and
 * one press answers. Made early on Monday in the provider's time zone, once for each person whatever happens. */
#include "app/letter/inside.h"

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/letter/letter.sql.h"   /* generated */
#include "app/letter/letter.texts.h" /* generated */
#include "app/notice/notice.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum {
	MORNING = 5 * 60 + 30, /* from then on, Monday and Tuesday */
	LAST_WEEKDAY = 2,
	HELPS_DAYS = 4,        /* until Friday noon: next Monday's is another */
	NOON = 12 * 60,
	COMING_DAYS = 14,
	ITEMS_MOST = 12,       /* of a part; the page has all */
	MATERIALS_MOST = 3,
	QUOTE_CHARS = 1200,
};

struct monday {
	struct tx *tx;
	struct actor who;
	struct date today;
	struct campus_list campuses;
	struct letter l;
};

static struct str
address(const struct monday *m, struct str path)
{
	return mail_link(m->tx->arena, str_fmt(m->tx->arena, "/%s%.*s", lang_code(m->l.lang), STR_ARG(path)));
}

/* --- one item ------------------------------------------------------------------------------------ */

static struct str
place_and_days(const struct monday *m, const struct wheel_due *due)
{
	const struct campus *campus = campus_in(m->campuses, due->campus);
	struct texts place = campus ? campus->name : provider_of(m->tx).name;
	struct out o = out_new(m->tx->arena);
	struct person out;

	out_str(&o, texts_in(place, m->l.lang).text);
	out_lit(&o, " · ");
	i18n_range(&o, m->l.lang, due->days);
	if (due->person.n != m->who.person && person_find(m->tx, due->person, &out)) {
		out_lit(&o, " · ");
		said_write(&o, m->l.lang, t_letter_instead_of(out.name));
	}
	return out_text(&o);
}

static void
write_material(struct monday *m, const struct wheel_due *due)
{
	struct wheel_material_list all = wheel_material(m->tx, due->item);

	for (size_t i = 0; i < all.n && i < MATERIALS_MOST; i++) {
		const struct wheel_material *x = &all.at[i];
		struct str body = texts_in(x->body, m->l.lang).text;

		switch (x->kind) {
		case WHEEL_MATERIAL_KIND_LINK: letter_link(&m->l, t_letter_material(x->title), x->url); break;
		case WHEEL_MATERIAL_KIND_MESSAGE:
			letter_line(&m->l, t_letter_message(x->title));
			letter_quote(&m->l, str_prefix_chars(body, QUOTE_CHARS));
			break;
		case WHEEL_MATERIAL_KIND_LESSON: letter_line(&m->l, t_letter_lesson(x->title)); break;
		case WHEEL_MATERIAL_KIND_NONE: break;
		}
	}
}

static void
write_due(struct monday *m, const struct wheel_due *due)
{
	const struct campus *campus = campus_in(m->campuses, due->campus);
	struct str path = str_fmt(m->tx->arena, "%s%.*s/wheel/%lld/%lld", campus ? "/" : "",
	    STR_ARG(campus ? campus->slug : STR("")), (long long)due->year, (long long)due->item.n);
	person_id me = {m->who.person};

	letter_name(&m->l, texts_in(due->title, m->l.lang).text);
	letter_words(&m->l, place_and_days(m, due));
	if (due->when != WHEEL_COMES)
		letter_button(&m->l, said(T_LETTER_DONE), letter_press_address(m->tx, me, due, m->today, m->l.lang));
	letter_link(&m->l, said(due->when == WHEEL_COMES ? T_LETTER_SEE_ITEM : T_LETTER_OTHERWISE), address(m, path));
	write_material(m, due);
	letter_gap(&m->l);
}

/* --- the parts ----------------------------------------------------------------------------------- */

static bool
is_told(const struct monday *m, const struct wheel_due *due, enum wheel_when when)
{
	return due->open && due->when == when &&
	    (when != WHEEL_COMES || due->days.first.day <= m->today.day + COMING_DAYS);
}

/* Returns how many there are. */
static size_t
write_part(struct monday *m, struct wheel_due_list all, enum wheel_when when, const struct text *heading)
{
	size_t n = 0;

	for (size_t i = 0; i < all.n; i++) {
		if (!is_told(m, &all.at[i], when))
			continue;
		if (n == 0)
			letter_heading(&m->l, said(heading));
		if (n++ < ITEMS_MOST)
			write_due(m, &all.at[i]);
	}
	if (n > ITEMS_MOST)
		letter_link(&m->l, t_letter_more((int64_t)(n - ITEMS_MOST)), address(m, STR("/me/tasks")));
	return n;
}

/* What else the rooms have for them, on their own page too. */
static size_t
write_todo(struct monday *m)
{
	struct todo_list all = rooms_todo(m->tx, &m->who);

	if (all.n)
		letter_heading(&m->l, said(T_LETTER_TODO));
	for (size_t i = 0; i < all.n && i < ITEMS_MOST; i++) {
		const struct todo *x = &all.at[i];

		letter_link(&m->l, x->due.day ? t_letter_todo_by(said_plain(m->tx->arena, m->l.lang, x->words), x->due)
		    : x->words, address(m, x->address));
	}
	return all.n;
}

/* Whether somebody has a role on the campus, or on all. */
static bool
is_of(const struct actor *who, campus_id campus)
{
	for (size_t i = 0; i < who->grants; i++)
		if (who->grant[i].place == campus.n || who->grant[i].place == 0)
			return true;
	return false;
}

/* A notice for all stands once. */
static void
write_notices(struct monday *m)
{
	bool any = false;

	for (size_t i = 0; i <= m->campuses.n; i++) {
		campus_id campus = i == 0 ? (campus_id){0} : m->campuses.at[i - 1].id;
		struct notice_list all = notices_shown(m->tx, campus, m->today);

		for (size_t k = 0; k < all.n; k++) {
			if (all.at[k].campus.n != campus.n || (campus.n && !is_of(&m->who, campus)))
				continue;
			if (!any)
				letter_heading(&m->l, said(T_LETTER_NOTICES));
			any = true;
			if (campus.n)
				letter_name(&m->l, texts_in(m->campuses.at[i - 1].name, m->l.lang).text);
			letter_words(&m->l, texts_in(all.at[k].words, m->l.lang).text);
			letter_gap(&m->l);
		}
	}
}

/* Whom they stand in for this week. */
static void
write_out(struct monday *m)
{
	struct person_out_list out = people_stood_in_for(m->tx, (person_id){m->who.person}, m->today);
	struct person p;

	for (size_t i = 0; i < out.n; i++)
		if (person_find(m->tx, out.at[i].person, &p)) {
			letter_line(&m->l, t_letter_stand_in(p.name, out.at[i].until));
			letter_gap(&m->l);
		}
}

static bool
compose(struct tx *tx, const struct person *to, struct date today, const struct wheel_due_list *sample,
    struct mail *mail)
{
	struct monday m = {
		.tx = tx,
		.who = person_actor(tx, to->id, today),
		.today = today,
		.campuses = campus_all(tx),
		.l = person_letter(tx, to),
	};
	const struct zone *zone = zone_find(provider_of(tx).time_zone);
	struct date monday = date_add_days(today, 1 - date_weekday(today));
	struct wheel_due_list due = {0};
	size_t n = 0;

	if (!zone || (!sample && !actor_may(&m.who, MAY_ANSWER_TASKS, ACTOR_ANYWHERE)))
		return false;
	due = sample ? *sample : wheel_due_for(tx, &m.who, today);
	write_out(&m);
	n += write_part(&m, due, WHEEL_NOW, T_LETTER_NOW);
	n += write_part(&m, due, WHEEL_WAITS, T_LETTER_WAITS);
	n += write_part(&m, due, WHEEL_COMES, T_LETTER_COMES);
	n += write_todo(&m);
	if (n == 0)
		return false;
	write_notices(&m);
	*mail = letter_finish(tx, to, t_letter_monday_subject(week_of(today).week), &m.l, said(T_LETTER_MONDAY_WHY),
	    LETTER_MONDAY);
	mail->until = instant_of_local(zone, date_add_days(monday, HELPS_DAYS), NOON);
	return true;
}

bool
letter_monday_mail(struct tx *tx, const struct person *to, struct date today, struct mail *mail)
{
	return compose(tx, to, today, NULL, mail);
}

bool
letter_monday_sample(struct tx *tx, const struct person *to, struct date today, struct mail *mail)
{
	struct campus_list campuses = campus_all(tx);
	struct str title = said_plain(tx->arena, person_lang(to), said(T_LETTER_SAMPLE));
	struct wheel_due due = {.person = to->id, .year = date_parts(today).year, .days = {today, today}, .open = true,
	    .when = WHEEL_NOW, .title = {{title, title, title}}};

	if (letter_monday_mail(tx, to, today, mail))
		return true;
	due.campus = campuses.n ? campuses.at[0].id : (campus_id){0};
	return compose(tx, to, today, &(struct wheel_due_list){&due, 1}, mail);
}

/* --- the job ------------------------------------------------------------------------------------- */

/* The Monday whose letters are to be made now; none on other days. */
static struct date
monday_now(struct tx *tx, struct instant *morning)
{
	const struct zone *zone = zone_find(provider_of(tx).time_zone);
	struct local now;
	struct date monday;

	if (!zone)
		return (struct date){0};
	now = local_of(zone, tx->now);
	monday = date_add_days(now.date, 1 - date_weekday(now.date));
	*morning = instant_of_local(zone, monday, MORNING);
	return date_weekday(now.date) <= LAST_WEEKDAY && tx->now.s >= morning->s ? monday : (struct date){0};
}

bool
letter_monday_due(struct tx *tx)
{
	struct instant morning;
	struct date monday = monday_now(tx, &morning);

	return monday.day && letter_monday_is_due(tx, monday, morning);
}

static void
make(struct tx *tx, struct letter_batch *b)
{
	struct instant morning;

	b->people.n = 0;
	b->monday = monday_now(tx, &morning);
	if (b->monday.day)
		b->people = letter_monday_left(tx, b->monday, morning, LETTERS_AT_ONCE);
	for (size_t i = 0; i < b->people.n; i++)
		b->says[i] = letter_wishes_of(tx, b->people.at[i].id).monday &&
		    letter_monday_mail(tx, &b->people.at[i], b->monday, &b->mail[i]);
}

static bool
mark(struct tx *tx, const struct letter_batch *b, person_id person)
{
	return letter_monday_mark(tx, person, b->monday) > 0;
}

void
letter_monday_run(struct job_context *job)
{
	letter_send(job, make, mark);
}
