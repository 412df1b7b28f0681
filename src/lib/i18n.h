/* Dates, times and numbers as each language writes them. Everything is plain text in UTF-8; a date
 * or instant that is none writes nothing.
 * tidy: because whoever writes a day or a number compares its forms here. */
#ifndef LIB_I18N_H
#define LIB_I18N_H

#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/text.h"

struct out;
struct zone;

/* --- days ------------------------------------------------------------------------------------- */

/* 23.11.2026, 23.11.2026, 23 Nov 2026. */
void i18n_date(struct out *o, enum lang lang, struct date d);
/* 23.11., 23.11, 23 Nov. */
void i18n_date_short(struct out *o, enum lang lang, struct date d);
/* maanantai 23.11.2026, måndag 23.11.2026, Monday 23 Nov 2026. */
void i18n_date_full(struct out *o, enum lang lang, struct date d);
/* maanantai 23.11., måndag 23.11, Monday 23 Nov. */
void i18n_day(struct out *o, enum lang lang, struct date d);
/* ma 23.11., må 23.11, Mon 23 Nov. */
void i18n_day_short(struct out *o, enum lang lang, struct date d);

/* 23.–27.11.2026, 23–27.11.2026, 23–27 Nov 2026; over the end of a month 30.11.–4.12.2026,
 * 30.11–4.12.2026, 30 Nov – 4 Dec 2026. One day alone is written as a date; at an end that is none
 * the dash stands bare. */
void i18n_range(struct out *o, enum lang lang, struct span days);
/* The same without the year, unless the days are of two years. */
void i18n_range_short(struct out *o, enum lang lang, struct span days);

/* Names: month 1 to 12, weekday 1 (Monday) to 7. */
struct str i18n_month(enum lang lang, int month);           /* marraskuu  november  November */
struct str i18n_month_short(enum lang lang, int month);     /* marras     nov.      Nov */
struct str i18n_weekday(enum lang lang, int weekday);       /* maanantai  måndag    Monday */
struct str i18n_weekday_short(enum lang lang, int weekday); /* ma         må        Mon */

/* The weekdays whose bits are set, 1 Monday, 64 Sunday: ma–to, la; må–to, lö; Mon–Thu, Sat. */
void i18n_weekdays(struct out *o, enum lang lang, int64_t bits);

/* A month of a year: marraskuu 2026, november 2026, November 2026. */
void i18n_month_of(struct out *o, enum lang lang, int64_t year, int month);

/* viikko 48, vecka 48, week 48; and with v. and wk for narrow places. */
void i18n_week(struct out *o, enum lang lang, int64_t week);
void i18n_week_short(struct out *o, enum lang lang, int64_t week);

/* --- times ------------------------------------------------------------------------------------ */

/* Minutes of the day: klo 16.00, kl. 16.00, 16:00. */
void i18n_time(struct out *o, enum lang lang, int64_t minutes);
/* klo 9.00–10.30, kl. 9.00–10.30, 09:00–10:30. */
void i18n_time_range(struct out *o, enum lang lang, int64_t from, int64_t to);
/* Without the word before it, for tables: 16.00, 16.00, 16:00. */
void i18n_clock(struct out *o, enum lang lang, int64_t minutes);

/* The zone of the provider, in which instants are written; Europe/Helsinki until it is set. Set
 * once, before the first request. */
void i18n_zone_set(const struct zone *zone);

/* 23.11.2026 klo 16.00, 23.11.2026 kl. 16.00, 23 Nov 2026 at 16:00. */
void i18n_instant(struct out *o, enum lang lang, struct instant at);

/* --- numbers ---------------------------------------------------------------------------------- */

/* 12 345 with a no-break space, in English 12,345; but 1234. Below zero with a real minus. */
void i18n_int(struct out *o, enum lang lang, int64_t n);
/* Rounded half away from zero to 0 to 9 decimals: 12 345,5, in English 12,345.5. Not a number or
 * infinite: –. */
void i18n_decimal(struct out *o, enum lang lang, double x, int decimals);
/* The share 0.125 with one decimal: 12,5 % with a no-break space, in English 12.5%. */
void i18n_percent(struct out *o, enum lang lang, double share, int decimals);

/* --- lists ------------------------------------------------------------------------------------ */

/* a, b ja c; a, b och c; a, b and c. */
void i18n_list(struct out *o, enum lang lang, const struct str *item, size_t n);

#endif
