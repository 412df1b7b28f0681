#include "lib/typed.h"

#include <string.h>

#include "test/test.h"

static struct str
one_line(struct test *t, const char *z)
{
	return typed_text(t->arena, str_of(z), false);
}

static struct str
lines(struct test *t, const char *z)
{
	return typed_text(t->arena, str_of(z), true);
}

TEST(texts_lose_what_nobody_sees)
{
	CHECK_STR(one_line(t, ""), "");
	CHECK_STR(one_line(t, " \t\r\n "), "");
	CHECK_STR(one_line(t, "\u00a0\u3000"), "");
	CHECK_STR(one_line(t, "  Metsäretki  "), "Metsäretki");
	CHECK_STR(one_line(t, "\u00a0Metsä\u00a0retki\u202f"), "Metsä\u00a0retki");
	CHECK_STR(one_line(t, "yksi\r\nkaksi\tkolme"), "yksi kaksi kolme");
	CHECK_STR(one_line(t, "\ufeffmielen\u200bterveys\u202e!"), "mielenterveys!");
	CHECK_STR(one_line(t, "a\001b\177c\302\205d\302\237e"), "abc de");
	/* what has a meaning stays */
	CHECK_STR(one_line(t, "👩‍👧 و\u200cم \u00adx"), "👩‍👧 و\u200cم \u00adx");
	CHECK_STR(lines(t, "yksi\r\nkaksi\rkolme\nneljä"), "yksi\nkaksi\nkolme\nneljä");
	CHECK_STR(lines(t, "a\vb\fc\u2028d\u2029e\302\205f"), "a\nb\nc\nd\ne\nf");
	CHECK_STR(lines(t, "\n\n a\tb \n\n"), "a\tb");
	CHECK_STR(lines(t, "\r\r\n"), "");
}

TEST(controls_are_found)
{
	CHECK(!typed_has_controls(STR("")));
	CHECK(!typed_has_controls(STR("kissa istuu katolla ä€👩")));
	CHECK(typed_has_controls(STR("a\tb")));
	CHECK(typed_has_controls(STR("a\n")));
	CHECK(typed_has_controls(STR("\001")));
	CHECK(typed_has_controls(STR("a\177")));
	CHECK(typed_has_controls(STR("a\302\200")));
}

static void
check_int(struct test *t, const char *text, bool good, int64_t wanted)
{
	int64_t n = 77;

	if (typed_int(str_of(text), &n) != good || n != (good ? wanted : 77))
		test_fail(t, __FILE__, __LINE__, "\"%s\" reads as %lld", text, (long long)n);
	t->checks++;
}

TEST(numbers_as_people_write_them)
{
	static const char *const bad[] = {"", " ", "-", "abc", "1.5", "1,5", "12,345", "1 2",
	    "10 20", "1234 567", "1 234 56", " 1  234", "1 23", "1234567890123456789012345",
	    "9223372036854775808", "5-", "--5", "- 5", "0x10", "1e3", "١٢"};

	check_int(t, "0", true, 0);
	check_int(t, " 25 ", true, 25);
	check_int(t, "12 345", true, 12345);
	check_int(t, "12\u00a0345\u00a0678", true, 12345678);
	check_int(t, "1\u202f234", true, 1234);
	check_int(t, "-3", true, -3);
	check_int(t, "\u22123", true, -3);
	check_int(t, "9223372036854775807", true, INT64_MAX);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_int(t, bad[i], false, 0);
}

TEST(codes_as_people_copy_them)
{
	struct str digits;

	CHECK(typed_digits(t->arena, STR("123456"), &digits));
	CHECK_STR(digits, "123456");
	CHECK(typed_digits(t->arena, STR(" 123 456 "), &digits));
	CHECK_STR(digits, "123456");
	CHECK(typed_digits(t->arena, STR("123-4\u00a056"), &digits));
	CHECK_STR(digits, "123456");
	CHECK(!typed_digits(t->arena, STR("12a456"), &digits));
	CHECK(!typed_digits(t->arena, STR("ä"), &digits));
	CHECK(typed_digits(t->arena, STR(""), &digits));
	CHECK_INT(digits.n, 0);
}

static void
check_date(struct test *t, const char *text, const char *wanted)
{
	char iso[11];
	struct date date = typed_date(str_of(text), date_of(2026, 11, 23));

	t->checks++;
	if (strcmp(date_iso(date, iso), wanted) != 0)
		test_fail(
		    t, __FILE__, __LINE__, "\"%s\" reads as %s, wanted %s", text, iso, wanted);
}

TEST(dates_as_people_write_them)
{
	static const char *const bad[] = {"", "x", "23", "23.", "23.11.2026.", "32.1.2026",
	    "29.2.2026", "0.1.2026", "1.0.2026", "1.13.2026", "123.11.2026", "23.111.2026",
	    "23.11.20266", "23.11.202", "23.11.2", "23.11.0026", "23.11.2026 klo 9", "2026-13-01",
	    "2026-11-31", "226-11-23", "2026-11-23-", "2026-11-23T10", "23-11-2026", "2026-11",
	    "-1.2.2026", "23..11.2026", "23,11,2026", "huomenna", "23.11.-26", "99.99.",
	    "٢٣.١١.٢٠٢٦"};

	check_date(t, "23.11.2026", "2026-11-23");
	check_date(t, " 3.4.2027 ", "2027-04-03");
	check_date(t, "03.04.2027", "2027-04-03");
	check_date(t, "23. 11. 2026", "2026-11-23");
	check_date(t, "23.\u00a011.\u00a02026", "2026-11-23");
	check_date(t, "23.11.26", "2026-11-23");
	check_date(t, "23/11/2026", "2026-11-23");
	check_date(t, "23/11 2026", "2026-11-23");
	check_date(t, "23.11 2026", "2026-11-23");
	check_date(t, "2026-11-23", "2026-11-23");
	check_date(t, "2026-1-5", "2026-01-05");
	check_date(t, "29.2.2028", "2028-02-29");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		check_date(t, bad[i], "");
}

TEST(dates_without_a_year_are_the_nearest)
{
	char iso[11];

	check_date(t, "23.11.", "2026-11-23");
	check_date(t, "23.11", "2026-11-23");
	check_date(t, "12.1.", "2027-01-12");
	check_date(t, "1.6.", "2026-06-01");
	check_date(t, "30.8.", "2026-08-30");
	check_date(t, "29.2.", "");
	CHECK_STR(
	    str_of(date_iso(typed_date(STR("12.12."), date_of(2027, 1, 10)), iso)), "2026-12-12");
	CHECK_STR(
	    str_of(date_iso(typed_date(STR("29.2."), date_of(2027, 12, 10)), iso)), "2028-02-29");
	CHECK_INT(typed_date(STR("23.11."), (struct date){0}).day, 0);
}

TEST(times_as_people_write_them)
{
	static const struct {
		const char *text;
		int minutes;
	} good[] = {{"16", 960}, {"16.30", 990}, {"16:30", 990}, {"16,30", 990}, {"klo 16", 960}, {"Klo 16.30", 990},
	    {"KLO16", 960}, {"kl. 16.30", 990}, {"kl 8", 480}, {" 8.05 ", 485}, {"08:05", 485}, {"0805", 485},
	    {"klo\u00a09", 540}, {"0", 0}, {"00.00", 0}, {"24", 1440}, {"24.00", 1440}, {"23:59", 1439}};
	static const char *const bad[] = {"", " ", "klo", "kl.", "x", "16.", "16.3", "16.300", "16.60", "24.01", "25",
	    "99.99", "163", "16300", "-1", "16-18", "16.30.00", "4 pm", "16 30", "klo klo 16", "16h", ".30", "١٦"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int is = typed_time(str_of(good[i].text));

		t->checks++;
		if (is != good[i].minutes)
			test_fail(t, __FILE__, __LINE__, "\"%s\" reads as %d", good[i].text, is);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		t->checks++;
		if (typed_time(str_of(bad[i])) != -1)
			test_fail(t, __FILE__, __LINE__, "\"%s\" reads as a time", bad[i]);
	}
}

TEST(addresses_of_mail)
{
	static const char *const good[] = {"aino@kolmijoki.example", "a@b.fi",
	    "etu.suku+nuotio@posti.edu.fi", "o'neill@x-y.example", "A_B@EXAMPLE.FI", "1@2.fi"};
	static const char *const bad[] = {"", "@", "aino", "aino@", "@kolmijoki.fi",
	    "aino@localhost", "a b@c.fi", "a@b@c.fi", ".a@b.fi", "a.@b.fi", "a..b@c.fi", "a@.fi",
	    "a@b.", "a@b..fi", "a@-b.fi", "a@b-.fi", "a@b_c.fi", "äiti@b.fi", "a@bä.fi",
	    "Aino <a@b.fi>", "<a@b.fi>", "a@b.fi,c@d.fi", "\"a\"@b.fi", "a@[127.0.0.1]",
	    "a@b.fi\r\nBcc: x@y.fi", "a\\b@c.fi"};
	char *label = ARENA_ARRAY(t->arena, char, 300);

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		CHECK(typed_is_email(str_of(good[i])));
		if (!typed_is_email(str_of(good[i])))
			test_fail(t, __FILE__, __LINE__, "%s", good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (typed_is_email(str_of(bad[i])))
			test_fail(t, __FILE__, __LINE__, "%s", bad[i]);
	memset(label, 'a', 299);
	CHECK(typed_is_email(str_fmt(t->arena, "%.64s@%.63s.fi", label, label)));
	CHECK(!typed_is_email(str_fmt(t->arena, "%.65s@%.63s.fi", label, label)));
	CHECK(!typed_is_email(str_fmt(t->arena, "%.64s@%.64s.fi", label, label)));
	CHECK(!typed_is_email(
	    str_fmt(t->arena, "a@%.63s.%.63s.%.63s.%.63s.fi", label, label, label, label)));
}

static struct str
sheet_day(struct test *t, const char *text)
{
	struct date day, other;
	char iso[11], american[11];

	switch (typed_day_of(str_of(text), date_of(2027, 1, 30), &day, &other)) {
	case TYPED_NO_DAY: return STR("none");
	case TYPED_ONE_DAY: return str_copy(t->arena, str_of(date_iso(day, iso)));
	case TYPED_TWO_DAYS: return str_fmt(t->arena, "%s or %s", date_iso(day, iso), date_iso(other, american));
	}
	return STR("");
}

TEST(days_as_spreadsheets_write_them)
{
	CHECK_STR(sheet_day(t, "5.9.2026"), "2026-09-05");
	CHECK_STR(sheet_day(t, "2026-09-05"), "2026-09-05");
	CHECK_STR(sheet_day(t, "46270"), "2026-09-05");
	CHECK_STR(sheet_day(t, "46270.5"), "2026-09-05");
	CHECK_STR(sheet_day(t, "46270,25"), "2026-09-05");
	CHECK_STR(sheet_day(t, "2026-09-05 08:00:00"), "2026-09-05");
	CHECK_STR(sheet_day(t, "2026-09-05T08:00"), "2026-09-05");
	CHECK_STR(sheet_day(t, "5.9.2026 0.00"), "2026-09-05");
	CHECK_STR(sheet_day(t, "la 5.9.2026"), "2026-09-05");
	CHECK_STR(sheet_day(t, "la 5.9."), "2026-09-05");
	CHECK_STR(sheet_day(t, "25/9/2026"), "2026-09-25");
	CHECK_STR(sheet_day(t, "9/25/2026"), "2026-09-25");
	CHECK_STR(sheet_day(t, "9/25/26"), "2026-09-25");
	CHECK_STR(sheet_day(t, "9/5/2026"), "2026-05-09 or 2026-09-05");
	CHECK_STR(sheet_day(t, "9/9/2026"), "2026-09-09");
	CHECK_STR(sheet_day(t, "31.2.2026"), "none");
	CHECK_STR(sheet_day(t, "vk 36"), "none");
	CHECK_STR(sheet_day(t, "462700"), "none");
	CHECK_STR(sheet_day(t, "1234"), "none");
	CHECK_STR(sheet_day(t, ""), "none");
	CHECK_STR(sheet_day(t, "syyskuu"), "none");
}
