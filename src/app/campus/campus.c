#include "app/campus/campus.h"

#include "lib/need.h"

#include "core/db/tx.h"

#include "app/campus/campus.sql.h" /* generated */
#include "app/room.h"

const struct room campus_room = {
	.name = "campus",
	.seed = campus_load,
};

struct provider
provider_of(struct tx *tx)
{
	struct provider p = {0};

	provider_find(tx, &p);
	return p;
}

/* "08-01"; the schema keeps it five characters long. */
static void
year_start(const struct provider *p, int *month, int *day)
{
	int64_t m = 8, d = 1;

	if (p->year_start.n == 5) {
		str_int(str_sub(p->year_start, 0, 2), &m);
		str_int(str_sub(p->year_start, 3, 2), &d);
	}
	*month = (int)m;
	*day = (int)d;
}

struct span
provider_year(const struct provider *p, int year)
{
	int month, day;

	year_start(p, &month, &day);
	return school_year_span(year, month, day);
}

int
provider_year_of(const struct provider *p, struct date day)
{
	int year = (int)date_parts(day).year;

	return date_days_between(provider_year(p, year).first, day) >= 0 ? year : year - 1;
}

struct campus_list
campus_all(struct tx *tx)
{
	return campuses(tx);
}

struct campus_list
campus_ever(struct tx *tx)
{
	return campuses_ever(tx);
}

bool
campus_find(struct tx *tx, struct str slug, struct campus *campus)
{
	return campus_by_slug(tx, slug, campus) && campus->cancelled_at.s == 0;
}

bool
campus_find_old(struct tx *tx, struct str slug, struct campus *campus)
{
	return campus_by_old_slug(tx, slug, campus) && campus->cancelled_at.s == 0;
}

const struct campus *
campus_in(struct campus_list list, campus_id id)
{
	for (size_t i = 0; i < list.n; i++)
		if (list.at[i].id.n == id.n)
			return &list.at[i];
	return NULL;
}

bool
campus_municipality(struct tx *tx, struct str key, struct municipality *m)
{
	return municipality_by_key(tx, key, m);
}

struct campus_help_list
campus_help_of(struct tx *tx, campus_id id)
{
	return campus_helps(tx, id);
}

struct campus_term_list
campus_terms_of(struct tx *tx, campus_id id)
{
	return campus_terms(tx, id);
}

struct campus_break_list
campus_breaks(struct tx *tx, campus_id id, struct span days)
{
	return campus_breaks_between(tx, id, days.first, days.last);
}
