#include "lib/ical_rule.h"

#include <stdio.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"

#include "test/test.h"

static struct ical_rule
rule(struct test *t, const char *z)
{
	struct ical_rule rule;

	CHECK(ical_rule_of(str_of(z), &rule) == ICAL_RULE_FINE);
	return rule;
}

static struct str
days(struct test *t, const char *z, const char *first, const char *from, const char *to)
{
	struct ical_rule r = rule(t, z);
	struct span within = {date_of_iso(str_of(from)), date_of_iso(str_of(to))};
	struct ical_days days = {.arena = t->arena};
	struct out o = out_new(t->arena);
	int64_t steps = 1000000;
	char iso[11];

	CHECK(ical_rule_days(&r, date_of_iso(str_of(first)), within, &days, &steps));
	for (size_t i = 0; i < days.n; i++)
		out_fmt(&o, "%s%s", i ? "," : "", date_iso(days.at[i], iso));
	return out_text(&o);
}

static const char *
word(char **rest)
{
	const char *word = *rest;

	*rest += strcspn(*rest, " \n");
	if (**rest)
		*(*rest)++ = '\0';
	return word;
}

/* See test/data/rules.py. */
TEST(rules_choose_the_days_of_an_independent_table)
{
	FILE *file = fopen("test/data/rules.csv", "r");
	static char line[8192];
	int n = 0;

	CHECK(file != NULL);
	while (file && fgets(line, sizeof line, file)) {
		char *rest = line;
		const char *z = word(&rest), *first = word(&rest), *from = word(&rest), *to = word(&rest);
		struct str is, wanted = str_of(word(&rest));

		if (*z == '#')
			continue;
		is = days(t, z, first, from, to);
		t->checks++;
		if (!str_eq(is, wanted))
			test_fail(t, __FILE__, __LINE__, "%s from %s within %s and %s is\n  %.*s, wanted\n  %.*s", z,
			    first,
			    from, to, STR_ARG(is), STR_ARG(wanted));
		n++;
	}
	if (file)
		fclose(file);
	CHECK(n > 400);
}

/* Where that library differs: of weeks it counts from the first day of the series, and a week of the year without a
 * weekday has seven days to it. */
TEST(rules_by_the_letter)
{
	CHECK_STR(days(t, "FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1", "2026-11-25", "2026-11-01", "2026-12-06"),
	    "2026-11-25,2026-11-27,2026-12-04");
	CHECK_STR(days(t, "FREQ=YEARLY;BYWEEKNO=20", "2025-05-12", "2026-01-01", "2027-12-31"),
	    "2026-05-11,2027-05-17");
	/* Weeks that begin on Sunday: the one with 31 December 2026 has most of its days in 2026. */
	CHECK_STR(days(t, "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU", "2026-01-04", "2027-01-01", "2027-12-31"),
	    "2027-01-03");
	/* The day that is given counts as the first, whatever the rule says. */
	CHECK_STR(days(t, "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-11-25", "2026-11-01", "2027-01-01"),
	    "2026-11-25,2026-11-30,2026-12-07");
	CHECK_STR(days(t, "FREQ=WEEKLY;UNTIL=20261207", "2026-11-23", "2026-11-01", "2027-01-01"),
	    "2026-11-23,2026-11-30,2026-12-07");
	CHECK_STR(days(t, "freq=weekly;interval=2;byday=su;wkst=mo;", "2026-11-22", "2026-11-01", "2026-12-31"),
	    "2026-11-22,2026-12-06,2026-12-20");
}

TEST(rules_that_mean_nothing)
{
	static const char *const bad[] = {"", "FREQ", "FREQ=", "FREQ=OFTEN", "INTERVAL=2", "FREQ=WEEKLY;INTERVAL=0",
	    "FREQ=WEEKLY;INTERVAL=-1", "FREQ=WEEKLY;INTERVAL=x", "FREQ=WEEKLY;INTERVAL=99999999999999999999",
	    "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-5", "FREQ=DAILY;UNTIL=never", "FREQ=DAILY;UNTIL=20261301",
	    "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=,MO", "FREQ=MONTHLY;BYDAY=0MO",
	    "FREQ=MONTHLY;BYDAY=99MO", "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0",
	    "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTH=-1", "FREQ=MONTHLY;BYWEEKNO=1", "FREQ=YEARLY;BYWEEKNO=54",
	    "FREQ=YEARLY;BYYEARDAY=367", "FREQ=DAILY;BYHOUR=8,16", "FREQ=DAILY;BYHOUR=24", "FREQ=DAILY;WKST=1",
	    "RSCALE=CHINESE;FREQ=YEARLY", "FREQ=MONTHLY;SKIP=FORWARD", "FREQ=WEEKLY;X-OWN=1",
	    "FREQ=YEARLY;BYYEARDAY=1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"};
	struct ical_rule rule;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		t->checks++;
		if (ical_rule_of(str_of(bad[i]), &rule) != ICAL_RULE_NOT_READ)
			test_fail(t, __FILE__, __LINE__, "\"%s\" was taken for a rule", bad[i]);
	}
	CHECK(ical_rule_of(STR("FREQ=HOURLY"), &rule) == ICAL_RULE_OFTEN);
	CHECK(ical_rule_of(STR("FREQ=MINUTELY;COUNT=10000000"), &rule) == ICAL_RULE_OFTEN);
	CHECK(ical_rule_of(STR("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"), &rule) == ICAL_RULE_OFTEN);
}

TEST(rules_are_counted_by_the_day)
{
	static const char *const long_ones[] = {"FREQ=DAILY;COUNT=10000000",
	    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=2",
	    "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=4;COUNT=5"};
	struct span within = {date_of(2026, 1, 1), date_of(2026, 12, 31)};
	struct ical_days days = {.arena = t->arena};
	int64_t steps;

	for (size_t i = 0; i < 3; i++) {
		struct ical_rule r = rule(t, long_ones[i]);

		steps = 1000;
		CHECK(!ical_rule_days(&r, date_of(1900, 1, 1), within, &days, &steps));
		CHECK(steps < 0);
		steps = 100000;
		CHECK(ical_rule_days(&r, date_of(1900, 1, 1), within, &days, &steps));
	}
	/* What has no count begins near the days that are asked for, wherever the series began. */
	for (int i = 0; i < 4; i++) {
		static const char *const endless[] = {"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=3", "FREQ=MONTHLY;BYDAY=1MO",
		    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"};
		struct ical_rule r = rule(t, endless[i]);

		steps = 3000;
		CHECK(ical_rule_days(&r, date_of(1, 1, 1), within, &days, &steps));
	}
	/* At the end of all days. */
	within = (struct span){date_of(9998, 1, 1), date_of(9999, 12, 31)};
	for (int i = 0; i < 4; i++) {
		static const char *const last[] = {"FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY",
		    "FREQ=YEARLY;INTERVAL=10000"};
		struct ical_rule r = rule(t, last[i]);

		CHECK(ical_rule_days(&r, date_of(9999, 1, 1), within, &days, &steps));
	}
	CHECK_INT(days.at[days.n - 1].day, date_of(9999, 1, 1).day);
}
