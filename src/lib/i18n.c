#include "lib/i18n.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lib/need.h"
#include "lib/out.h"
#include "lib/zone.h"

#define DASH "\342\200\223"           /* U+2013 */
#define MINUS "\342\210\222"          /* U+2212 */
#define NO_BREAK_SPACE "\302\240"     /* U+00A0: as CLDR has it for fi and sv, and in every font */

enum { MONTHS = 12, WEEKDAYS = 7, MINUTES_OF_DAY = 1440, DECIMALS_MAX = 9 };

/* Swedish as in Finland: weekdays are shortened to two letters. */
static const struct {
	const char *month[MONTHS], *month_short[MONTHS];
	const char *weekday[WEEKDAYS], *weekday_short[WEEKDAYS];
	const char *time, *at, *week, *week_short, *and;
	const char *group, *decimal, *clock, *percent;
} words[LANG_COUNT] = {
    [LANG_FI] = {
	.month = {"tammikuu", "helmikuu", "maaliskuu", "huhtikuu", "toukokuu", "kesäkuu",
	    "heinäkuu", "elokuu", "syyskuu", "lokakuu", "marraskuu", "joulukuu"},
	.month_short = {"tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo",
	    "syys", "loka", "marras", "joulu"},
	.weekday = {"maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai",
	    "sunnuntai"},
	.weekday_short = {"ma", "ti", "ke", "to", "pe", "la", "su"},
	.time = "klo ", .at = " klo ", .week = "viikko ", .week_short = "vk ", .and = " ja ",
	.group = NO_BREAK_SPACE, .decimal = ",", .clock = ".", .percent = NO_BREAK_SPACE "%",
    },
    [LANG_SV] = {
	.month = {"januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti",
	    "september", "oktober", "november", "december"},
	.month_short = {"jan.", "feb.", "mars", "apr.", "maj", "juni", "juli", "aug.", "sep.",
	    "okt.", "nov.", "dec."},
	.weekday = {"måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"},
	.weekday_short = {"må", "ti", "on", "to", "fr", "lö", "sö"},
	.time = "kl. ", .at = " kl. ", .week = "vecka ", .week_short = "v. ", .and = " och ",
	.group = NO_BREAK_SPACE, .decimal = ",", .clock = ".", .percent = NO_BREAK_SPACE "%",
    },
    [LANG_EN] = {
	.month = {"January", "February", "March", "April", "May", "June", "July", "August",
	    "September", "October", "November", "December"},
	.month_short = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct",
	    "Nov", "Dec"},
	.weekday = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
	    "Sunday"},
	.weekday_short = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
	.time = "", .at = " at ", .week = "week ", .week_short = "wk ", .and = " and ",
	.group = ",", .decimal = ".", .clock = ":", .percent = "%",
    },
};

static const struct zone *provider_zone;

static void
out_z(struct out *o, const char *z)
{
	out_bytes(o, z, strlen(z));
}

static bool
is_none(struct date d)
{
	return d.day == 0;
}

/* --- days ------------------------------------------------------------------------------------- */

struct str
i18n_month(enum lang lang, int month)
{
	need((unsigned)lang < LANG_COUNT);
	need(month >= 1 && month <= MONTHS);
	return str_of(words[lang].month[month - 1]);
}

struct str
i18n_month_short(enum lang lang, int month)
{
	need((unsigned)lang < LANG_COUNT);
	need(month >= 1 && month <= MONTHS);
	return str_of(words[lang].month_short[month - 1]);
}

struct str
i18n_weekday(enum lang lang, int weekday)
{
	need((unsigned)lang < LANG_COUNT);
	need(weekday >= 1 && weekday <= WEEKDAYS);
	return str_of(words[lang].weekday[weekday - 1]);
}

struct str
i18n_weekday_short(enum lang lang, int weekday)
{
	need((unsigned)lang < LANG_COUNT);
	need(weekday >= 1 && weekday <= WEEKDAYS);
	return str_of(words[lang].weekday_short[weekday - 1]);
}

void
i18n_weekdays(struct out *o, enum lang lang, int64_t bits)
{
	size_t n = o->n;

	for (int day = 1; day <= 7; day++) {
		int last = day;

		if (!(bits >> (day - 1) & 1))
			continue;
		while (last < 7 && bits >> last & 1)
			last++;
		if (o->n > n)
			out_lit(o, ", ");
		out_str(o, i18n_weekday_short(lang, day));
		if (last > day) {
			out_str(o, last > day + 1 ? STR("–") : STR(", "));
			out_str(o, i18n_weekday_short(lang, last));
		}
		day = last;
	}
}

/* How much of a date is written; the rest follows elsewhere in a range. */
enum detail { DAY_ONLY, DAY_MONTH, DAY_MONTH_YEAR };

static void
write_parts(struct out *o, enum lang lang, struct date_parts p, enum detail detail)
{
	out_int(o, p.day);
	if (lang == LANG_EN) {
		if (detail >= DAY_MONTH) {
			out_char(o, ' ');
			out_str(o, i18n_month_short(lang, p.month));
		}
		if (detail == DAY_MONTH_YEAR) {
			out_char(o, ' ');
			out_int(o, p.year);
		}
		return;
	}
	if (detail >= DAY_MONTH) {
		out_char(o, '.');
		out_int(o, p.month);
	}
	if (detail == DAY_MONTH_YEAR) {
		out_char(o, '.');
		out_int(o, p.year);
	} else if (lang == LANG_FI) {
		out_char(o, '.'); /* an ordinal: 23.11. and 23.; Swedish has none */
	}
}

static void
write_date(struct out *o, enum lang lang, struct date d, enum detail detail)
{
	write_parts(o, lang, date_parts(d), detail);
}

static void
write_named(struct out *o, enum lang lang, struct date d, bool full, enum detail detail)
{
	int weekday;

	if (is_none(d))
		return;
	weekday = date_weekday(d);
	out_str(o, full ? i18n_weekday(lang, weekday) : i18n_weekday_short(lang, weekday));
	out_char(o, ' ');
	write_date(o, lang, d, detail);
}

void
i18n_date(struct out *o, enum lang lang, struct date d)
{
	if (!is_none(d))
		write_date(o, lang, d, DAY_MONTH_YEAR);
}

void
i18n_date_short(struct out *o, enum lang lang, struct date d)
{
	if (!is_none(d))
		write_date(o, lang, d, DAY_MONTH);
}

void
i18n_date_full(struct out *o, enum lang lang, struct date d)
{
	write_named(o, lang, d, true, DAY_MONTH_YEAR);
}

void
i18n_day(struct out *o, enum lang lang, struct date d)
{
	write_named(o, lang, d, true, DAY_MONTH);
}

void
i18n_day_short(struct out *o, enum lang lang, struct date d)
{
	write_named(o, lang, d, false, DAY_MONTH);
}

static void
write_range(struct out *o, enum lang lang, struct span days, enum detail end)
{
	struct date first = days.first, last = days.last;
	enum detail start;
	struct date_parts a, b;

	if (first.day == last.day) {
		if (!is_none(first))
			write_date(o, lang, first, end);
		return;
	}
	if (is_none(first)) {
		out_lit(o, DASH);
		write_date(o, lang, last, end);
		return;
	}
	if (is_none(last)) {
		write_date(o, lang, first, end);
		out_lit(o, DASH);
		return;
	}
	a = date_parts(first);
	b = date_parts(last);
	if (a.year != b.year)
		start = end = DAY_MONTH_YEAR;
	else
		start = a.month != b.month ? DAY_MONTH : DAY_ONLY;
	write_parts(o, lang, a, start);
	/* In English the ends have spaces in them, so the dash needs some too. */
	if (lang == LANG_EN && start != DAY_ONLY)
		out_lit(o, " " DASH " ");
	else
		out_lit(o, DASH);
	write_parts(o, lang, b, end);
}

void
i18n_range(struct out *o, enum lang lang, struct span days)
{
	write_range(o, lang, days, DAY_MONTH_YEAR);
}

void
i18n_range_short(struct out *o, enum lang lang, struct span days)
{
	write_range(o, lang, days, DAY_MONTH);
}

void
i18n_month_of(struct out *o, enum lang lang, int64_t year, int month)
{
	out_str(o, i18n_month(lang, month));
	out_char(o, ' ');
	out_int(o, year);
}

void
i18n_week(struct out *o, enum lang lang, int64_t week)
{
	need((unsigned)lang < LANG_COUNT);
	out_z(o, words[lang].week);
	out_int(o, week);
}

void
i18n_week_short(struct out *o, enum lang lang, int64_t week)
{
	need((unsigned)lang < LANG_COUNT);
	out_z(o, words[lang].week_short);
	out_int(o, week);
}

/* --- times ------------------------------------------------------------------------------------ */

void
i18n_clock(struct out *o, enum lang lang, int64_t minutes)
{
	need((unsigned)lang < LANG_COUNT);
	need(minutes >= 0 && minutes <= MINUTES_OF_DAY); /* 24.00 is the end of a day */
	if (lang == LANG_EN && minutes < 600)
		out_char(o, '0');
	out_int(o, minutes / 60);
	out_z(o, words[lang].clock);
	out_fmt(o, "%02d", (int)(minutes % 60));
}

void
i18n_time(struct out *o, enum lang lang, int64_t minutes)
{
	need((unsigned)lang < LANG_COUNT);
	out_z(o, words[lang].time);
	i18n_clock(o, lang, minutes);
}

void
i18n_time_range(struct out *o, enum lang lang, int64_t from, int64_t to)
{
	i18n_time(o, lang, from);
	out_lit(o, DASH);
	i18n_clock(o, lang, to);
}

void
i18n_zone_set(const struct zone *zone)
{
	need(zone);
	provider_zone = zone;
}

void
i18n_instant(struct out *o, enum lang lang, struct instant at)
{
	struct local local;

	need((unsigned)lang < LANG_COUNT);
	if (at.s == 0)
		return;
	local = local_of(provider_zone ? provider_zone : zone_find(STR("Europe/Helsinki")), at);
	i18n_date(o, lang, local.date);
	out_z(o, words[lang].at);
	i18n_clock(o, lang, local.minutes);
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Digits with the group sign between thousands; four digits stand together, as is usual in Finnish
 * and Swedish, and no year is ever torn apart. */
static void
write_grouped(struct out *o, enum lang lang, const char *digit, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (n > 4 && i && (n - i) % 3 == 0)
			out_z(o, words[lang].group);
		out_char(o, digit[i]);
	}
}

void
i18n_int(struct out *o, enum lang lang, int64_t n)
{
	char digits[24];
	int length;

	need((unsigned)lang < LANG_COUNT);
	if (n < 0)
		out_lit(o, MINUS);
	length = snprintf(digits, sizeof digits, "%llu",
	    n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n);
	write_grouped(o, lang, digits, (size_t)length);
}

void
i18n_decimal(struct out *o, enum lang lang, double x, int decimals)
{
	char digits[400]; /* the largest double has 309 digits before the point */
	size_t whole, n;
	double scale = 1;

	need((unsigned)lang < LANG_COUNT);
	need(decimals >= 0 && decimals <= DECIMALS_MAX);
	if (!isfinite(x)) {
		out_lit(o, DASH);
		return;
	}
	/* printf rounds the binary value, so that 0.125 and 0.135 go different ways; people check
	 * our sums by hand. Above 2^53 / 10^9 there is nothing left to round. */
	for (int i = 0; i < decimals; i++)
		scale *= 10;
	if (fabs(x) < 9e6 && isfinite(x * scale))
		x = round(x * scale * (1 + 1e-15)) / scale;
	n = (size_t)snprintf(digits, sizeof digits, "%.*f", decimals, fabs(x));
	whole = n - (decimals ? (size_t)decimals + 1 : 0);
	if (x < 0 && strspn(digits, "0.") < n)
		out_lit(o, MINUS);
	write_grouped(o, lang, digits, whole);
	if (decimals) {
		out_z(o, words[lang].decimal);
		out_bytes(o, digits + whole + 1, (size_t)decimals);
	}
}

void
i18n_percent(struct out *o, enum lang lang, double share, int decimals)
{
	i18n_decimal(o, lang, share * 100, decimals);
	out_z(o, words[lang].percent);
}

/* --- lists ------------------------------------------------------------------------------------ */

void
i18n_list(struct out *o, enum lang lang, const struct str *item, size_t n)
{
	need((unsigned)lang < LANG_COUNT);
	for (size_t i = 0; i < n; i++) {
		if (i)
			out_z(o, i + 1 == n ? words[lang].and : ", ");
		out_str(o, item[i]);
	}
}
