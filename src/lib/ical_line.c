#include "lib/ical_line.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/typed.h"

enum { DAY_S = 86400, EPOCH_DAY = 719163, DURATION_DAYS_MAX = 1000 };

/* --- lines ----------------------------------------------------------------------------------- */

struct ical_lines
ical_lines_of(struct arena *a, struct str text)
{
	struct ical_lines lines = {.next_line = 1};

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	lines.n = text.n;
	lines.p = arena_bytes(a, text.n);
	if (text.n)
		memcpy(lines.p, text.p, text.n);
	return lines;
}

/* Up to the end of the line of the file, and past it. */
static struct str
physical_line(struct ical_lines *l)
{
	struct str rest = {l->p + l->at, l->n - l->at}, line = str_cut(&rest, '\n');

	l->at = l->n - rest.n;
	l->next_line++;
	while (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static bool
goes_on(const struct ical_lines *l)
{
	return l->at < l->n && (l->p[l->at] == ' ' || l->p[l->at] == '\t');
}

/* Name, parameters and value: the value begins at the first colon outside of quotation marks. */
static void
split(struct ical_line *line, struct str text)
{
	bool quoted = false;
	size_t name = 0, i;

	while (name < text.n && text.p[name] != ':' && text.p[name] != ';')
		name++;
	for (i = name; i < text.n && (quoted || text.p[i] != ':'); i++)
		quoted ^= text.p[i] == '"';
	line->name = str_trim(str_sub(text, 0, name));
	line->params = str_sub(text, name + 1, i > name ? i - name - 1 : 0);
	line->value = str_sub(text, i + 1, text.n);
}

bool
ical_line_next(struct ical_lines *l, struct ical_line *line)
{
	while (l->at < l->n) {
		char *to = l->p + l->at;
		struct str text, more;

		l->line = l->next_line;
		text = physical_line(l);
		while (goes_on(l)) {
			more = physical_line(l);
			/* Without the space; and bytes of one character may stand on two lines. */
			memmove(to + text.n, more.p + 1, more.n ? more.n - 1 : 0);
			text.n += more.n ? more.n - 1 : 0;
		}
		if (str_trim(text).n == 0)
			continue;
		line->line = l->line;
		line->is_utf8 = str_is_utf8(text);
		split(line, text);
		return true;
	}
	return false;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool
ical_word_is(struct str word, const char *z)
{
	size_t i = 0;

	while (i < word.n && z[i] && lower(word.p[i]) == lower(z[i]))
		i++;
	return i == word.n && !z[i];
}

/* --- parameters ------------------------------------------------------------------------------ */

/* Up to the next semicolon outside of quotation marks. */
static struct str
cut_param(struct str *rest)
{
	bool quoted = false;
	struct str param = *rest;
	size_t i = 0;

	for (; i < rest->n && (quoted || rest->p[i] != ';'); i++)
		quoted ^= rest->p[i] == '"';
	param.n = i;
	*rest = str_sub(*rest, i + 1, rest->n);
	return param;
}

static struct str
param_in(struct str rest, const char *name)
{
	while (rest.n) {
		struct str value = cut_param(&rest), key = str_cut(&value, '=');

		if (!ical_word_is(str_trim(key), name))
			continue;
		value = str_trim(value);
		if (value.n && value.p[0] == '"')
			value = str_sub(value, 1, str_find(str_sub(value, 1, value.n), '"'));
		return value;
	}
	return STR("");
}

struct str
ical_param(const struct ical_line *line, const char *name)
{
	return param_in(line->params, name);
}

/* --- texts ----------------------------------------------------------------------------------- */

struct str
ical_text(struct arena *a, struct str value, bool lines, size_t chars_max)
{
	struct out o = out_new(a);
	struct str text;

	value = str_prefix_chars(value, 4 * chars_max); /* what lies behind would be cut off below */
	out_reserve(&o, value.n);
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i], next = i + 1 < value.n ? value.p[i + 1] : '\0';
		bool is_break = next == 'n' || next == 'N';

		if (c == '\\' && (is_break || next == '\\' || next == ';' || next == ',' || next == '"')) {
			c = is_break ? '\n' : next;
			i++;
		}
		out_char(&o, c);
	}
	text = typed_text(a, out_text(&o), lines);
	if (str_chars(text) <= chars_max)
		return text;
	text = str_trim(str_prefix_chars(text, chars_max - 1));
	return str_fmt(a, "%.*s…", STR_ARG(text));
}

/* --- times ----------------------------------------------------------------------------------- */

static int
digits(struct str s, size_t from, size_t n)
{
	int value = 0;

	for (size_t i = from; i < from + n; i++) {
		if (i >= s.n || s.p[i] < '0' || s.p[i] > '9')
			return -1;
		value = value * 10 + (s.p[i] - '0');
	}
	return value;
}

bool
ical_time_of(struct str value, struct str zone, struct ical_time *time)
{
	struct str s = str_trim(value);
	int hour = digits(s, 9, 2), minute = digits(s, 11, 2), second = digits(s, 13, 2);

	*time = (struct ical_time){.day = date_of(digits(s, 0, 4), digits(s, 4, 2), digits(s, 6, 2))};
	if (time->day.day == 0)
		return false;
	if (s.n == 8)
		return true;
	time->timed = true;
	time->utc = s.n == 16 && (s.p[15] == 'Z' || s.p[15] == 'z');
	if (!time->utc)
		time->zone = zone;
	/* A leap second is left out. */
	time->second = hour * 3600 + minute * 60 + (second == 60 ? 59 : second);
	return (s.n == 15 || time->utc) && (s.p[8] == 'T' || s.p[8] == 't') && hour >= 0 && hour < 24 &&
	    minute >= 0 && minute < 60 && second >= 0 && second <= 60;
}

struct str
ical_times_of(const struct ical_line *line, struct str *zone)
{
	/* Some write TZID=GMT+02:00 without quotation marks: a time has no colon. */
	struct str whole = {line->params.p, line->params.n}, value = line->value;

	*zone = param_in(whole, "TZID");
	for (size_t at = str_find(value, ':'); at < value.n; at = str_find(value, ':')) {
		if (zone->n && zone->p + zone->n + 1 == value.p)
			zone->n += 1 + at;
		value = str_sub(value, at + 1, value.n);
	}
	return value;
}

bool
ical_duration_of(struct str value, int64_t *seconds)
{
	static const struct { char unit; bool of_time; int64_t s; } units[] = {
		{'W', false, 7 * DAY_S}, {'D', false, DAY_S}, {'H', true, 3600}, {'M', true, 60}, {'S', true, 1}};
	struct str s = str_trim(value);
	bool minus = s.n && s.p[0] == '-', time = false, any = false;

	*seconds = 0;
	if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
		s = str_sub(s, 1, s.n);
	if (s.n == 0 || lower(s.p[0]) != 'p')
		return false;
	for (s = str_sub(s, 1, s.n); s.n;) {
		size_t n = 0, u = 0;

		if (lower(s.p[0]) == 't' && !time) {
			time = true;
			s = str_sub(s, 1, s.n);
			continue;
		}
		while (n < s.n && n < 9 && s.p[n] >= '0' && s.p[n] <= '9')
			n++;
		if (n == 0 || n == s.n)
			return false;
		while (u < 5 && (lower(units[u].unit) != lower(s.p[n]) || units[u].of_time != time))
			u++;
		if (u == 5)
			return false;
		*seconds += digits(s, 0, n) * units[u].s;
		any = true;
		s = str_sub(s, n + 1, s.n);
	}
	if (*seconds > (int64_t)DURATION_DAYS_MAX * DAY_S)
		return false;
	if (minus)
		*seconds = -*seconds;
	return any;
}

bool
ical_offset_of(struct str value, int *seconds)
{
	struct str s = str_trim(value);
	int hours = digits(s, 1, 2), minutes = digits(s, 3, 2), more = s.n == 7 ? digits(s, 5, 2) : 0;

	if ((s.n != 5 && s.n != 7) || (s.p[0] != '+' && s.p[0] != '-') || hours < 0 || hours > 15 || minutes < 0 ||
	    minutes > 59 || more < 0 || more > 59)
		return false;
	*seconds = (hours * 3600 + minutes * 60 + more) * (s.p[0] == '-' ? -1 : 1);
	return true;
}

int64_t
ical_wall(struct date day, int second)
{
	return (int64_t)(day.day - EPOCH_DAY) * DAY_S + second;
}
