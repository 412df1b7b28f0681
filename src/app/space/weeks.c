/* The weeks of a series as a school writes them: "36–41, 43, 50–2". */
#include "app/space/inside.h"

#include "lib/out.h"

enum { WEEKS_MOST = 53, WEEK_DAYS = 7, CHARS_MOST = 100 };

#define DASH STR("\u2013")

/* "43" or "36–41", with either dash; false when it is neither. */
static bool
read_part(struct str part, int64_t *from, int64_t *to)
{
	struct str left = part, right = part;
	size_t at = 0;

	while (at < part.n && part.p[at] != '-' && !str_starts(str_sub(part, at, part.n), DASH))
		at++;
	if (at < part.n) {
		left = str_trim(str_sub(part, 0, at));
		right = str_trim(str_sub(part, at + (part.p[at] == '-' ? 1 : DASH.n), part.n));
	}
	return str_int(left, from) && str_int(right, to) && *from >= 1 && *from <= WEEKS_MOST && *to >= 1 &&
	    *to <= WEEKS_MOST;
}

bool
space_weeks_sound(struct str weeks)
{
	int64_t from, to;

	if (str_trim(weeks).n == 0)
		return false;
	while (weeks.n)
		if (!read_part(str_trim(str_cut(&weeks, ',')), &from, &to))
			return false;
	return true;
}

/* From 50 to 2 is over the new year. */
bool
space_weeks_hold(struct str weeks, int week)
{
	int64_t from, to;

	while (weeks.n)
		if (read_part(str_trim(str_cut(&weeks, ',')), &from, &to) &&
		    (from <= to ? week >= from && week <= to : week >= from || week <= to))
			return true;
	return false;
}

struct date
space_weeks_last(struct str weeks, struct date first, int days)
{
	struct date last = first;

	for (int off = WEEK_DAYS; off <= days; off += WEEK_DAYS)
		if (space_weeks_hold(weeks, week_of(date_add_days(first, off)).week))
			last = date_add_days(first, off);
	return last;
}

/* The first one is there whatever was written. */
static bool
was_there(struct str weeks, struct span was, int off)
{
	struct date day = date_add_days(was.first, off);

	return off == 0 || (day.day <= was.last.day && space_weeks_hold(weeks, week_of(day).week));
}

struct str
space_weeks_again(struct arena *a, struct str weeks, struct span was, struct date first)
{
	struct out o = out_new(a);

	for (int off = 0; date_add_days(was.first, off).day <= was.last.day; off += WEEK_DAYS) {
		int from = off;

		if (!was_there(weeks, was, off))
			continue;
		while (was_there(weeks, was, off + WEEK_DAYS))
			off += WEEK_DAYS;
		out_fmt(&o, "%s%d", from ? ", " : "", week_of(date_add_days(first, from)).week);
		if (off > from)
			out_fmt(&o, "\u2013%d", week_of(date_add_days(first, off)).week);
	}
	return str_chars(out_text(&o)) <= CHARS_MOST ? out_text(&o) : STR("");
}
