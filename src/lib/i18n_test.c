#include "lib/i18n.h"

#include <math.h>

#include "lib/out.h"
#include "test/test.h"

/* What a call writes in each language. */
#define IN_ALL(fi, sv, en, call) \
	do { \
		const char *const wanted_[] = {fi, sv, en}; \
		for (enum lang lang = 0; lang < LANG_COUNT; lang++) { \
			struct out buffer_ = out_new(t->arena), *o = &buffer_; \
			call; \
			CHECK_STR(out_text(o), wanted_[lang]); \
		} \
	} while (0)

#define SPAN(a, b) ((struct span){a, b})
#define NB "\302\240" /* no-break space */

TEST(days_as_each_language_writes_them)
{
	struct date d = date_of(2026, 11, 23), early = date_of(2027, 3, 5), none = {0};

	IN_ALL("23.11.2026", "23.11.2026", "23 Nov 2026", i18n_date(o, lang, d));
	IN_ALL("5.3.2027", "5.3.2027", "5 Mar 2027", i18n_date(o, lang, early));
	IN_ALL("23.11.", "23.11", "23 Nov", i18n_date_short(o, lang, d));
	IN_ALL("maanantai 23.11.2026", "måndag 23.11.2026", "Monday 23 Nov 2026",
	    i18n_date_full(o, lang, d));
	IN_ALL("maanantai 23.11.", "måndag 23.11", "Monday 23 Nov", i18n_day(o, lang, d));
	IN_ALL("ma 23.11.", "må 23.11", "Mon 23 Nov", i18n_day_short(o, lang, d));
	IN_ALL("", "", "", i18n_date(o, lang, none));
	IN_ALL("", "", "", i18n_date_short(o, lang, none));
	IN_ALL("", "", "", i18n_date_full(o, lang, none));
	IN_ALL("", "", "", i18n_day(o, lang, none));
	IN_ALL("", "", "", i18n_day_short(o, lang, none));
}

TEST(ranges_of_days)
{
	struct date a = date_of(2026, 11, 23), b = date_of(2026, 11, 27), c = date_of(2026, 12, 4),
	            d = date_of(2027, 1, 3), none = {0};

	IN_ALL("23.–27.11.2026", "23–27.11.2026", "23–27 Nov 2026",
	    i18n_range(o, lang, SPAN(a, b)));
	IN_ALL("23.–27.11.", "23–27.11", "23–27 Nov", i18n_range_short(o, lang, SPAN(a, b)));
	IN_ALL("23.11.–4.12.2026", "23.11–4.12.2026", "23 Nov – 4 Dec 2026",
	    i18n_range(o, lang, SPAN(a, c)));
	IN_ALL("23.11.–4.12.", "23.11–4.12", "23 Nov – 4 Dec",
	    i18n_range_short(o, lang, SPAN(a, c)));
	IN_ALL("4.12.2026–3.1.2027", "4.12.2026–3.1.2027", "4 Dec 2026 – 3 Jan 2027",
	    i18n_range(o, lang, SPAN(c, d)));
	IN_ALL("4.12.2026–3.1.2027", "4.12.2026–3.1.2027", "4 Dec 2026 – 3 Jan 2027",
	    i18n_range_short(o, lang, SPAN(c, d)));
	/* The same month and day of another year is not the same month. */
	IN_ALL("23.11.2026–23.11.2027", "23.11.2026–23.11.2027", "23 Nov 2026 – 23 Nov 2027",
	    i18n_range(o, lang, SPAN(a, date_of(2027, 11, 23))));
	IN_ALL("23.11.2026", "23.11.2026", "23 Nov 2026", i18n_range(o, lang, SPAN(a, a)));
	IN_ALL("23.11.", "23.11", "23 Nov", i18n_range_short(o, lang, SPAN(a, a)));
	IN_ALL("23.11.2026–", "23.11.2026–", "23 Nov 2026–", i18n_range(o, lang, SPAN(a, none)));
	IN_ALL("–23.11.2026", "–23.11.2026", "–23 Nov 2026", i18n_range(o, lang, SPAN(none, a)));
	IN_ALL("", "", "", i18n_range(o, lang, SPAN(none, none)));
}

TEST(names_of_months_and_weekdays)
{
	IN_ALL("tammikuu", "januari", "January", out_str(o, i18n_month(lang, 1)));
	IN_ALL("joulukuu", "december", "December", out_str(o, i18n_month(lang, 12)));
	IN_ALL("marras", "nov.", "Nov", out_str(o, i18n_month_short(lang, 11)));
	IN_ALL("marraskuu 2026", "november 2026", "November 2026",
	    i18n_month_of(o, lang, 2026, 11));
	IN_ALL("maanantai", "måndag", "Monday", out_str(o, i18n_weekday(lang, 1)));
	IN_ALL("sunnuntai", "söndag", "Sunday", out_str(o, i18n_weekday(lang, 7)));
	IN_ALL("su", "sö", "Sun", out_str(o, i18n_weekday_short(lang, 7)));
	IN_ALL("ma–to", "må–to", "Mon–Thu", i18n_weekdays(o, lang, 15));
	IN_ALL("ma, ke–pe, su", "må, on–fr, sö", "Mon, Wed–Fri, Sun", i18n_weekdays(o, lang, 1 | 4 | 8 | 16 | 64));
	IN_ALL("ti, ke", "ti, on", "Tue, Wed", i18n_weekdays(o, lang, 6));
	IN_ALL("ma–su", "må–sö", "Mon–Sun", i18n_weekdays(o, lang, 127));
	IN_ALL("", "", "", i18n_weekdays(o, lang, 0));
	IN_ALL("viikko 48", "vecka 48", "week 48", i18n_week(o, lang, 48));
	IN_ALL("vk 48", "v. 48", "wk 48", i18n_week_short(o, lang, 48));
	for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
		for (int i = 1; i <= 12; i++)
			CHECK(i18n_month(lang, i).n > 2 && i18n_month_short(lang, i).n > 2);
		for (int i = 1; i <= 7; i++)
			CHECK(i18n_weekday(lang, i).n > 4 && i18n_weekday_short(lang, i).n > 1);
	}
}

TEST(times_of_day)
{
	IN_ALL("klo 16.00", "kl. 16.00", "16:00", i18n_time(o, lang, 960));
	IN_ALL("klo 9.05", "kl. 9.05", "09:05", i18n_time(o, lang, 545));
	IN_ALL("klo 0.00", "kl. 0.00", "00:00", i18n_time(o, lang, 0));
	IN_ALL("klo 24.00", "kl. 24.00", "24:00", i18n_time(o, lang, 1440));
	IN_ALL("9.59", "9.59", "09:59", i18n_clock(o, lang, 599));
	IN_ALL("klo 9.00–10.30", "kl. 9.00–10.30", "09:00–10:30",
	    i18n_time_range(o, lang, 540, 630));
}

/* Helsinki is two hours before UTC in winter; the day may be another one there. */
TEST(instants_in_the_providers_zone)
{
	struct instant at = instant_of_iso(STR("2026-11-23T14:00:00Z")), none = {0};

	IN_ALL("23.11.2026 klo 16.00", "23.11.2026 kl. 16.00", "23 Nov 2026 at 16:00",
	    i18n_instant(o, lang, at));
	IN_ALL("24.11.2026 klo 0.30", "24.11.2026 kl. 0.30", "24 Nov 2026 at 00:30",
	    i18n_instant(o, lang, instant_of_iso(STR("2026-11-23T22:30:00Z"))));
	IN_ALL("1.7.2026 klo 15.00", "1.7.2026 kl. 15.00", "1 Jul 2026 at 15:00",
	    i18n_instant(o, lang, instant_of_iso(STR("2026-07-01T12:00:00Z"))));
	IN_ALL("", "", "", i18n_instant(o, lang, none));
}

TEST(whole_numbers)
{
	IN_ALL("0", "0", "0", i18n_int(o, lang, 0));
	IN_ALL("2026", "2026", "2026", i18n_int(o, lang, 2026));
	IN_ALL("12" NB "345", "12" NB "345", "12,345", i18n_int(o, lang, 12345));
	IN_ALL("−12" NB "345" NB "678", "−12" NB "345" NB "678", "−12,345,678",
	    i18n_int(o, lang, -12345678));
	IN_ALL("−9" NB "223" NB "372" NB "036" NB "854" NB "775" NB "808",
	    "−9" NB "223" NB "372" NB "036" NB "854" NB "775" NB "808",
	    "−9,223,372,036,854,775,808",
	    i18n_int(o, lang, INT64_MIN));
}

TEST(numbers_with_decimals)
{
	IN_ALL("3,5", "3,5", "3.5", i18n_decimal(o, lang, 3.5, 1));
	IN_ALL("0,13", "0,13", "0.13", i18n_decimal(o, lang, 0.125, 2));
	IN_ALL("0,14", "0,14", "0.14", i18n_decimal(o, lang, 0.135, 2));
	IN_ALL("1,01", "1,01", "1.01", i18n_decimal(o, lang, 1.005, 2));
	IN_ALL("−2,7", "−2,7", "−2.7", i18n_decimal(o, lang, -2.65, 1));
	IN_ALL("3", "3", "3", i18n_decimal(o, lang, 2.5, 0));
	IN_ALL("0,0", "0,0", "0.0", i18n_decimal(o, lang, -0.04, 1)); /* no minus before nothing */
	IN_ALL("10,0", "10,0", "10.0", i18n_decimal(o, lang, 9.96, 1));
	IN_ALL("12" NB "345,5", "12" NB "345,5", "12,345.5", i18n_decimal(o, lang, 12345.5, 1));
	IN_ALL("1234,5", "1234,5", "1234.5", i18n_decimal(o, lang, 1234.5, 1));
	IN_ALL("0,000000001", "0,000000001", "0.000000001", i18n_decimal(o, lang, 1e-9, 9));
	IN_ALL("–", "–", "–", i18n_decimal(o, lang, NAN, 1));
	IN_ALL("–", "–", "–", i18n_decimal(o, lang, INFINITY, 1));
	IN_ALL("12,5" NB "%", "12,5" NB "%", "12.5%", i18n_percent(o, lang, 0.125, 1));
	IN_ALL("100" NB "%", "100" NB "%", "100%", i18n_percent(o, lang, 1, 0));
}

/* The largest double is longer than most buffers. */
TEST(a_very_large_number)
{
	struct out o = out_new(t->arena);

	i18n_decimal(&o, LANG_EN, 1.7976931348623157e308, 9);
	CHECK(str_starts(out_text(&o), STR("179,769,313,")));
	CHECK(str_ends(out_text(&o), STR("368.000000000")));
}

TEST(lists_of_words)
{
	const struct str words[] = {STR("Pohja"), STR("Ranta"), STR("Metsä")};

	IN_ALL("", "", "", i18n_list(o, lang, words, 0));
	IN_ALL("Pohja", "Pohja", "Pohja", i18n_list(o, lang, words, 1));
	IN_ALL("Pohja ja Ranta", "Pohja och Ranta", "Pohja and Ranta",
	    i18n_list(o, lang, words, 2));
	IN_ALL("Pohja, Ranta ja Metsä", "Pohja, Ranta och Metsä", "Pohja, Ranta and Metsä",
	    i18n_list(o, lang, words, 3));
}
