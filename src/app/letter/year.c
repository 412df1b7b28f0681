/* A year is published: whoever works on a campus, or with it, hears of it once; some at a time, and not while the
 * button is pressed. */
#include "app/letter/inside.h"

#include "lib/arena.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/letter/letter.sql.h"   /* generated */
#include "app/letter/letter.texts.h" /* generated */
#include "app/rights.h" /* generated */

enum { NEWS_S = 7 * 86400 };

/* Staff and partners: students read it on the pages. */
static bool
reads(const struct actor *who, campus_id campus)
{
	for (size_t i = 0; i < who->grants; i++)
		if ((who->grant[i].place == campus.n || who->grant[i].place == 0) &&
		    who->grant[i].role != ROLE_STUDENT && who->grant[i].role != ROLE_STUDENT_BODY)
			return true;
	return false;
}

bool
letter_year_mail(struct tx *tx, const struct person *to, const struct school_year *year, struct mail *mail)
{
	struct letter l = person_letter(tx, to);
	struct campus_list campuses = campus_all(tx);
	struct actor who = person_actor(tx, to->id, wheel_year_span(year).first);
	size_t n = 0;

	letter_line(&l, t_letter_year_lead(year->year, year->year + 1));
	letter_gap(&l);
	letter_line(&l, said(T_LETTER_YEAR_WHAT));
	letter_gap(&l);
	for (size_t i = 0; i < campuses.n; i++) {
		if (!reads(&who, campuses.at[i].id))
			continue;
		letter_link(&l, t_letter_year_campus(campuses.at[i].name), mail_link(tx->arena,
		    str_fmt(tx->arena, "/%s/%.*s/wheel/%lld", lang_code(l.lang), STR_ARG(campuses.at[i].slug),
		    (long long)year->year)));
		n++;
	}
	if (n == 0)
		return false;
	*mail = letter_finish(tx, to, t_letter_year_subject(year->year, year->year + 1), &l, said(T_LETTER_YEAR_WHY),
	    LETTER_YEAR);
	return true;
}

/* --- the job ------------------------------------------------------------------------------------- */

static bool
find_year(struct tx *tx, struct school_year *year)
{
	return letter_year_published(tx, (struct instant){tx->now.s - NEWS_S}, year);
}

bool
letter_year_due(struct tx *tx)
{
	struct school_year year;

	return find_year(tx, &year) && letter_year_is_due(tx, year.id);
}

static void
make(struct tx *tx, struct letter_batch *b)
{
	b->people = find_year(tx, &b->year) ? letter_year_left(tx, b->year.id, LETTERS_AT_ONCE)
	    : (struct person_list){0};
	for (size_t i = 0; i < b->people.n; i++)
		b->says[i] = letter_wishes_of(tx, b->people.at[i].id).year &&
		    letter_year_mail(tx, &b->people.at[i], &b->year, &b->mail[i]);
}

static bool
mark(struct tx *tx, const struct letter_batch *b, person_id person)
{
	return letter_told_add(tx, person, b->year.id) > 0;
}

void
letter_year_run(struct job_context *job)
{
	letter_send(job, make, mark);
}
