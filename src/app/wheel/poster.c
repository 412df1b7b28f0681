/* The wheel for a wall: one sheet of paper with the drawing, its numbers as a list, and a code to the live page. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/chart.h"
#include "lib/fit.h"

#include "core/db/tx.h"

#include "app/page/page.h"
#include "app/rights.h"           /* generated */
#include "app/wheel/wall.texts.h" /* generated */

enum { FEW = 10 };

/* The list's columns in millimetres and the sizes of its letters in points, the smallest that one reads without
 * stepping up to the wall last; the style sheet draws the sheets with the same. */
struct paper {
	const char *word;
	double wide, high, gap;
	double size[10];
	size_t sizes;
};

static const struct paper papers[] = {
	{"a3", 273, 120, 7, {16, 14, 12, 11, 10, 9.5, 9, 8.5, 8}, 9},
	{"a4", 192, 106, 5, {12, 11, 10, 9, 8.5, 8, 7.5, 7}, 8},
};

static const double LINE = 1.25, NUMBER = 2.6, ABOVE_HEAD = .5;

/* A wall keeps it for a year: it says nothing of today, and nothing of what was answered. */
static const struct chart_wheel *
drawing_of(struct req *r, const struct school_year *y, struct wheel_row_list rows)
{
	struct chart_wheel *wheel = ARENA_NEW(r->arena, struct chart_wheel);
	const struct chart_wheel *drawn;

	for (size_t i = 0; i < rows.n; i++)
		rows.at[i].answered = rows.at[i].now = false;
	drawn = wheel_drawing(r, y, r->campus, rows, 0);
	if (!drawn)
		return NULL;
	*wheel = *drawn;
	wheel->today = (struct date){0};
	wheel->now = STR("");
	wheel->small = true;
	return wheel;
}

/* What repeats stands in the list once, where it begins; days are short. */
static struct wheel_row_list
once(struct req *r, struct wheel_row_list rows)
{
	struct wheel_row_list list = {ARENA_ARRAY(r->arena, struct wheel_row, rows.n), rows.n};

	for (size_t i = 0; i < rows.n; i++) {
		struct wheel_row *row = &list.at[i];

		*row = rows.at[i];
		if (row->again) {
			row->times.n = 1;
			row->days = row->times.at[0];
		}
		row->when = wheel_days_short(r, row->days);
		if (row->again)
			row->when = str_fmt(r->arena, "%.*s %.*s", STR_ARG(row->when),
			    STR_ARG(said_plain(r->arena, r->lang, wheel_repeat_words(row->repeats))));
	}
	return list;
}

/* A head for each month, and below it what begins then. */
static struct fit
fit_of(struct req *r, const struct paper *paper, struct wheel_month_list months, size_t rows, int64_t columns)
{
	struct fit_line *line = ARENA_ARRAY(r->arena, struct fit_line, rows + months.n);
	struct fit_box box = {(paper->wide - paper->gap * (double)(columns - 1)) / (double)columns, paper->high,
	    (size_t)columns, LINE, NUMBER, ABOVE_HEAD};
	size_t n = 0;

	for (size_t m = 0; m < months.n; m++) {
		line[n++] = (struct fit_line){wheel_month_words(r, months.at[m].first), true};
		for (size_t i = 0; i < months.at[m].rows.n; i++) {
			const struct wheel_row *row = &months.at[m].rows.at[i];
			struct str title = texts_in(row->title, r->lang).text;

			line[n++].words = str_fmt(r->arena, "%.*s %.*s", STR_ARG(row->when), STR_ARG(title));
		}
	}
	return fit_lines(line, n, box, paper->size, paper->sizes);
}

/* Takes away what has no room; returns how many items that are. */
static int64_t
cut_months(struct wheel_month_list *months, size_t lines)
{
	int64_t cut = 0;

	for (size_t m = 0; m < months->n; m++) {
		struct wheel_month *month = &months->at[m];
		size_t room = lines > 0 ? lines - 1 : 0, kept = month->rows.n < room ? month->rows.n : room;

		cut += (int64_t)(month->rows.n - kept);
		month->rows.n = kept;
		lines = lines > kept + 1 ? lines - kept - 1 : 0;
	}
	while (months->n && months->at[months->n - 1].rows.n == 0)
		months->n--;
	return cut;
}

static struct str
paper_address(struct req *r, const char *paper)
{
	return str_fmt(r->arena, "%.*s?paper=%s", STR_ARG(r->path), paper);
}

static void
show_poster(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	const struct campus *campus = r->campus;
	const struct paper *paper = &papers[str_is(query_text(r, "paper"), "a4")];
	struct wheel_row_list rows = wheel_rows(r, &y, campus, (struct wheel_filter){0});
	struct wheel_month_list months = wheel_months(r, once(r, rows));
	int64_t columns = rows.n > FEW ? 3 : 2;
	struct fit fit = fit_of(r, paper, months, rows.n, columns);
	struct provider provider = provider_of(r->tx);
	struct str live = wheel_year_address(r, &y, campus);

	wheel_poster_html(r, &(struct wheel_poster_page){
		.name = campus ? campus->name : provider.name,
		.college = campus ? provider.name : (struct texts){0},
		.years = str_fmt(r->arena, "%lld–%lld", (long long)y.year, (long long)y.year + 1),
		.paper = paper->word,
		.size = (int64_t)(paper->size[fit.size] * 10),
		.columns = columns,
		.more = cut_months(&months, fit.lines),
		.months = months,
		.drawing = drawing_of(r, &y, rows),
		.code = page_code(r, live),
		.letters = page_letters(r, live),
		.live = live,
		.a3 = paper_address(r, "a3"),
		.a4 = paper_address(r, "a4"),
		.small = paper == &papers[1],
		.made = r->today,
	});
}

const struct route wheel_poster_routes[] = {
	{GET, "/{lang}/wheel/{year}/poster", MAY_ANYONE, show_poster},
	{GET, "/{lang}/{campus}/wheel/{year}/poster", MAY_ANYONE, show_poster},
	{0},
};
