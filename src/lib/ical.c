#include "lib/ical.h"

#include <stdio.h>

#include "lib/need.h"
#include "lib/out.h"
#include "lib/zone.h"

enum { LINE_OCTETS = 75, DAY_S = 86400, HOUR_S = 3600, MINUTE_S = 60 };

/* --- lines ----------------------------------------------------------------------------------- */

/* A line of any length, which is folded while it is written. */
struct line {
	struct out *o;
	size_t octets;
};

static size_t
char_octets(const char *p, size_t n)
{
	size_t k = 1;

	while (k < n && ((unsigned char)p[k] & 0xc0) == 0x80)
		k++;
	return k;
}

/* Characters stay whole. */
static void
put(struct line *l, struct str s)
{
	while (s.n) {
		size_t n = char_octets(s.p, s.n);

		if (l->octets + n > LINE_OCTETS) {
			out_lit(l->o, "\r\n ");
			l->octets = 1;
		}
		out_bytes(l->o, s.p, n);
		l->octets += n;
		s = str_sub(s, n, s.n);
	}
}

static struct line
line(struct out *o, const char *name)
{
	struct line l = {o, 0};

	put(&l, str_of(name));
	return l;
}

static void
end(struct line *l)
{
	out_lit(l->o, "\r\n");
}

static void
put_number(struct line *l, int64_t n)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%lld", (long long)n);
	put(l, str_of(digits));
}

static bool
is_control(char c)
{
	return (c >= 0 && c < ' ' && c != '\t') || c == 0x7f;
}

/* A value that is a text. Line breaks are kept, other control characters are not allowed to stand there. */
static void
put_text(struct line *l, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '\0';

		if (c != '\\' && c != ';' && c != ',' && !is_control(c))
			continue;
		put(l, str_sub(s, from, i - from));
		from = i + 1;
		if (i == s.n)
			break;
		if (c == '\n')
			put(l, STR("\\n"));
		else if (!is_control(c))
			put(l, (struct str){(char[]){'\\', c}, 2});
	}
}

/* Addresses, and names in quotation marks, in which nothing can be escaped. */
static void
put_plain(struct line *l, struct str s)
{
	for (size_t i = 0, from = 0; i <= s.n; i++) {
		char c = i < s.n ? s.p[i] : '\0';

		if (c != '"' && !is_control(c))
			continue;
		put(l, str_sub(s, from, i - from));
		from = i + 1;
		if (c == '"')
			put(l, STR("'"));
	}
}

static void
fixed(struct out *o, const char *name, const char *value)
{
	struct line l = line(o, name);

	put(&l, STR(":"));
	put(&l, str_of(value));
	end(&l);
}

/* What is empty is left out. */
static void
text(struct out *o, const char *name, struct str value)
{
	struct line l;

	if (value.n == 0)
		return;
	l = line(o, name);
	put(&l, STR(":"));
	put_text(&l, value);
	end(&l);
}

/* --- times ----------------------------------------------------------------------------------- */

static void
put_day(struct line *l, struct date day)
{
	struct date_parts p = date_parts(day);
	char digits[40];

	snprintf(digits, sizeof digits, "%04d%02d%02d", p.year, p.month, p.day);
	put(l, str_of(digits));
}

static void
put_clock(struct line *l, struct instant at, const struct zone *zone)
{
	struct local local = local_of(zone, at);
	char digits[40];

	put_day(l, local.date);
	snprintf(digits, sizeof digits, "T%02d%02d%02d", local.minutes / 60, local.minutes % 60, local.second);
	put(l, str_of(digits));
}

static const struct zone *
utc(void)
{
	return zone_find(STR("UTC"));
}

static void
put_utc(struct line *l, struct instant at)
{
	put_clock(l, at, utc());
	put(l, STR("Z"));
}

static void
instant(struct out *o, const char *name, struct instant at)
{
	struct line l = line(o, name);

	put(&l, STR(":"));
	put_utc(&l, at);
	end(&l);
}

static void
day(struct out *o, const char *name, struct date day)
{
	struct line l = line(o, name);

	put(&l, STR(";VALUE=DATE:"));
	put_day(&l, day);
	end(&l);
}

static void
local(struct out *o, const char *name, struct instant at, const struct zone *zone)
{
	struct line l;

	if (zone == utc()) {
		instant(o, name, at);
		return;
	}
	l = line(o, name);
	put(&l, STR(";TZID="));
	put(&l, zone_name(zone));
	put(&l, STR(":"));
	put_clock(&l, at, zone);
	end(&l);
}

/* --- zones ----------------------------------------------------------------------------------- */

static void
put_offset(struct line *l, int offset_s)
{
	int s = offset_s < 0 ? -offset_s : offset_s;
	char digits[40];

	snprintf(digits, sizeof digits, "%c%02d%02d", offset_s < 0 ? '-' : '+', s / HOUR_S, s % HOUR_S / MINUTE_S);
	put(l, str_of(digits));
}

static void
offset(struct out *o, const char *name, int offset_s)
{
	struct line l = line(o, name);

	put(&l, STR(":"));
	put_offset(&l, offset_s);
	end(&l);
}

/* All zones that we know change at 01:00 UTC on the last Sundays of March and October; the last Sundays of 1970
 * stand for where the rule begins, as clients are used to. */
static void
change(struct out *o, const char *kind, struct instant at, int from_s, int to_s)
{
	struct line l;

	fixed(o, "BEGIN", kind);
	l = line(o, "DTSTART:");
	put_clock(&l, (struct instant){at.s + from_s}, utc());
	end(&l);
	offset(o, "TZOFFSETFROM", from_s);
	offset(o, "TZOFFSETTO", to_s);
	l = line(o, "RRULE:FREQ=YEARLY;BYMONTH=");
	put_number(&l, date_parts(local_of(utc(), at).date).month);
	put(&l, STR(";BYDAY=-1SU"));
	end(&l);
	fixed(o, "END", kind);
}

static void
zone_block(struct out *o, const struct zone *zone)
{
	struct instant spring = instant_of_iso(STR("1970-03-29T01:00:00Z"));
	struct instant autumn = instant_of_iso(STR("1970-10-25T01:00:00Z"));
	int winter_s = zone_offset_s(zone, autumn), summer_s = zone_offset_s(zone, spring);
	struct line l;

	fixed(o, "BEGIN", "VTIMEZONE");
	l = line(o, "TZID:");
	put(&l, zone_name(zone));
	end(&l);
	change(o, "DAYLIGHT", spring, winter_s, summer_s);
	change(o, "STANDARD", autumn, summer_s, winter_s);
	fixed(o, "END", "VTIMEZONE");
}

/* --- events ---------------------------------------------------------------------------------- */

static bool
is_timed(const struct ical_event *e)
{
	return e->starts.s != 0;
}

static bool
replaces_one(const struct ical_event *e)
{
	return e->instead_of.s || e->instead_of_day.day;
}

/* Whether its times are local: of a series, and of what stands in its place. */
static bool
is_local(const struct ical_event *e)
{
	return is_timed(e) && (e->repeat != ICAL_ONCE || replaces_one(e));
}

static void
time_of(struct out *o, const char *name, struct instant at, const struct zone *zone, bool locally)
{
	if (locally)
		local(o, name, at, zone);
	else
		instant(o, name, at);
}

static void
when(struct out *o, const struct ical_event *e, const struct zone *zone)
{
	if (e->instead_of_day.day)
		day(o, "RECURRENCE-ID", e->instead_of_day);
	else if (e->instead_of.s)
		local(o, "RECURRENCE-ID", e->instead_of, zone);
	if (!is_timed(e)) {
		day(o, "DTSTART", e->days.first);
		day(o, "DTEND", (struct date){e->days.last.day + 1}); /* the day on which it is over */
		fixed(o, "TRANSP", "TRANSPARENT");
		return;
	}
	time_of(o, "DTSTART", e->starts, zone, is_local(e));
	if (e->ends.s)
		time_of(o, "DTEND", e->ends, zone, is_local(e));
}

static struct date
first_day(const struct ical_event *e, const struct zone *zone)
{
	return is_timed(e) ? local_of(zone, e->starts).date : e->days.first;
}

/* When the series begins on another day. */
static struct instant
begins_on(const struct ical_event *e, const struct zone *zone, struct date day)
{
	return instant_of_local(zone, day, local_of(zone, e->starts).minutes);
}

static void
put_weekday(struct line *l, struct date day)
{
	static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

	put(l, str_of(names[date_weekday(day) - 1]));
}

static void
put_repeat(struct line *l, enum ical_repeat repeat, struct date first)
{
	int day = date_parts(first).day;

	switch (repeat) {
	case ICAL_ONCE:
		return;
	case ICAL_WEEKLY:
		put(l, STR("FREQ=WEEKLY;BYDAY="));
		put_weekday(l, first);
		return;
	case ICAL_MONTHLY:
		put(l, STR("FREQ=MONTHLY;BYMONTHDAY="));
		put_number(l, day);
		return;
	case ICAL_MONTHLY_BY_WEEKDAY:
	case ICAL_MONTHLY_BY_LAST_WEEKDAY:
		put(l, STR("FREQ=MONTHLY;BYDAY="));
		put_number(l, repeat == ICAL_MONTHLY_BY_LAST_WEEKDAY ? -1 : (day - 1) / 7 + 1);
		put_weekday(l, first);
		return;
	}
}

static void
series(struct out *o, const struct ical_event *e, const struct zone *zone)
{
	struct line l;

	if (e->repeat == ICAL_ONCE)
		return;
	l = line(o, "RRULE:");
	put_repeat(&l, e->repeat, first_day(e, zone));
	if (e->every > 1) {
		put(&l, STR(";INTERVAL="));
		put_number(&l, e->every);
	}
	if (e->until.day) {
		put(&l, STR(";UNTIL="));
		if (is_timed(e))
			put_utc(&l, begins_on(e, zone, e->until));
		else
			put_day(&l, e->until);
	}
	end(&l);
	for (size_t i = 0; i < e->excepts; i++) {
		if (is_timed(e))
			local(o, "EXDATE", begins_on(e, zone, e->except[i]), zone);
		else
			day(o, "EXDATE", e->except[i]);
	}
}

static void
person(struct out *o, const char *name, struct ical_person who)
{
	struct line l = line(o, name);

	if (who.name.n) {
		put(&l, STR(";CN=\""));
		put_plain(&l, who.name);
		put(&l, STR("\""));
	}
	put(&l, STR(":mailto:"));
	put_plain(&l, who.address);
	end(&l);
}

static void
people(struct out *o, const struct ical_event *e)
{
	if (e->organizer.address.n)
		person(o, "ORGANIZER", e->organizer);
	for (size_t i = 0; i < e->attendees; i++)
		person(o, "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE", e->attendee[i]);
}

static void
categories(struct out *o, const struct ical_event *e)
{
	struct line l;

	if (e->categories == 0)
		return;
	l = line(o, "CATEGORIES:");
	for (size_t i = 0; i < e->categories; i++) {
		if (i)
			put(&l, STR(","));
		put_text(&l, e->category[i]);
	}
	end(&l);
}

static void
status(struct out *o, enum ical_status status)
{
	switch (status) {
	case ICAL_CONFIRMED: fixed(o, "STATUS", "CONFIRMED"); return;
	case ICAL_TENTATIVE: fixed(o, "STATUS", "TENTATIVE"); return;
	case ICAL_CANCELLED: fixed(o, "STATUS", "CANCELLED"); return;
	}
}

static void
event(struct out *o, const struct ical_event *e, const struct ical *calendar)
{
	struct line l;

	need(e->uid.n > 0 && e->title.n > 0 && e->changed.s != 0);
	need(is_timed(e) != (e->days.first.day != 0));
	need(is_timed(e) ? e->ends.s == 0 || e->ends.s >= e->starts.s : e->days.last.day >= e->days.first.day);
	need(e->repeat == ICAL_ONCE ? e->excepts == 0 && e->until.day == 0 : !replaces_one(e));
	fixed(o, "BEGIN", "VEVENT");
	text(o, "UID", e->uid);
	l = line(o, "SEQUENCE:");
	put_number(&l, e->sequence);
	end(&l);
	/* Not the present time: then no two answers to the same question would be alike. */
	instant(o, "DTSTAMP", e->changed);
	instant(o, "LAST-MODIFIED", e->changed);
	when(o, e, calendar->zone);
	series(o, e, calendar->zone);
	text(o, "SUMMARY", e->title);
	text(o, "DESCRIPTION", e->description);
	text(o, "LOCATION", e->place);
	if (e->url.n) {
		l = line(o, "URL:");
		put_plain(&l, e->url);
		end(&l);
	}
	categories(o, e);
	people(o, e);
	status(o, calendar->method == ICAL_CANCEL ? ICAL_CANCELLED : e->status);
	fixed(o, "END", "VEVENT");
}

/* --- the whole ------------------------------------------------------------------------------- */

const char *
ical_method_name(enum ical_method method)
{
	static const char *const names[] = {
		[ICAL_PUBLISH] = "PUBLISH", [ICAL_REQUEST] = "REQUEST", [ICAL_CANCEL] = "CANCEL"};

	need(method >= ICAL_PUBLISH && method <= ICAL_CANCEL);
	return names[method];
}

static void
feed(struct out *o, const struct ical *calendar)
{
	/* Each by the name of the standard and by the one that clients knew before it. */
	static const char *const refresh[] = {"REFRESH-INTERVAL;VALUE=DURATION:PT", "X-PUBLISHED-TTL:PT"};

	text(o, "NAME", calendar->name);
	text(o, "X-WR-CALNAME", calendar->name);
	if (calendar->name.n)
		text(o, "X-WR-TIMEZONE", zone_name(calendar->zone));
	for (size_t i = 0; calendar->refresh_s > 0 && i < 2; i++) {
		struct line l = line(o, refresh[i]);
		put_number(&l, (calendar->refresh_s + MINUTE_S - 1) / MINUTE_S);
		put(&l, STR("M"));
		end(&l);
	}
}

void
ical_write(struct out *o, const struct ical *calendar)
{
	bool locally = false;

	need(calendar->zone != NULL);
	for (size_t i = 0; i < calendar->n; i++)
		locally |= is_local(&calendar->at[i]);
	fixed(o, "BEGIN", "VCALENDAR");
	fixed(o, "VERSION", "2.0");
	fixed(o, "PRODID", "-//Nuotio//Nuotio//EN");
	fixed(o, "CALSCALE", "GREGORIAN");
	fixed(o, "METHOD", ical_method_name(calendar->method));
	feed(o, calendar);
	if (locally && calendar->zone != utc())
		zone_block(o, calendar->zone);
	for (size_t i = 0; i < calendar->n; i++)
		event(o, &calendar->at[i], calendar);
	fixed(o, "END", "VCALENDAR");
}
