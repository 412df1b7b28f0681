#include "lib/typed.h"

#include <string.h>
#include <strings.h>

#include "lib/arena.h"

enum { YEAR_MIN = 1000, CENTURY = 2000, EMAIL_MAX = 254, LOCAL_MAX = 64, LABEL_MAX = 63 };

/* --- texts ----------------------------------------------------------------------------------- */

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static uint32_t
char_at(struct str s, size_t i, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.p + i;

	*n = p[0] < 0x80 ? 1 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	switch (*n) {
	case 1: return p[0];
	case 2: return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	case 3: return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
	default:
		return (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 |
		    (p[3] & 0x3fu);
	}
}

/* Word processors write vertical tabs and Unicode's separators where a person pressed Enter. */
static bool
ends_line(uint32_t c)
{
	return c == '\n' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool
is_control(uint32_t c)
{
	return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0);
}

/* Signs without width that only turn the text around or hide in it. Joiners stay: emoji and some
 * scripts need them. */
static bool
is_invisible(uint32_t c)
{
	return is_control(c) || c == 0x200b || c == 0x2060 || c == 0xfeff ||
	    (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0xa0 || c == 0x2007 || c == 0x202f ||
	    c == 0x3000;
}

/* Also no-break spaces, which str_trim does not know. */
static struct str
trim(struct str s)
{
	size_t n, first = 0, end = 0;

	while (first < s.n && is_space(char_at(s, first, &n)))
		first += n;
	for (size_t i = first; i < s.n; i += n)
		if (!is_space(char_at(s, i, &n)))
			end = i + n;
	return end > first ? str_sub(s, first, end - first) : (struct str){0};
}

struct str
typed_text(struct arena *a, struct str text, bool lines)
{
	char *p = arena_bytes(a, text.n);
	size_t to = 0, n;

	for (size_t i = 0; i < text.n; i += n) {
		uint32_t c = char_at(text, i, &n);

		if (c == '\r') {
			if (i + 1 < text.n && text.p[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if (ends_line(c)) {
			p[to++] = lines ? '\n' : ' ';
		} else if (c == '\t') {
			p[to++] = lines ? '\t' : ' ';
		} else if (!is_invisible(c)) {
			memcpy(p + to, text.p + i, n);
			to += n;
		}
	}
	return trim((struct str){p, to});
}

bool
typed_has_controls(struct str text)
{
	size_t n;

	for (size_t i = 0; i < text.n; i += n) {
		uint32_t c = char_at(text, i, &n);

		if (is_control(c) || c == '\n' || c == '\t')
			return true;
	}
	return false;
}

/* --- numbers --------------------------------------------------------------------------------- */

enum { NUMBER_CHARS = 24, GROUP = 3 };

bool
typed_int(struct str text, int64_t *value)
{
	char digits[NUMBER_CHARS];
	size_t n, to = 0, since = 0; /* digits since the last space */
	bool grouped = false;

	text = trim(text);
	for (size_t i = 0; i < text.n; i += n) {
		uint32_t c = char_at(text, i, &n);

		if (to == NUMBER_CHARS)
			return false;
		if (c == '-' || c == 0x2212) {
			if (to > 0)
				return false;
			digits[to++] = '-';
		} else if (is_space(c)) {
			/* 10 20 are two numbers, 10 200 is one. */
			if (since == 0 || since > GROUP || (grouped && since != GROUP))
				return false;
			grouped = true;
			since = 0;
		} else if (c >= '0' && c <= '9') {
			digits[to++] = (char)c;
			since++;
		} else {
			return false;
		}
	}
	if (grouped && since != GROUP)
		return false;
	return str_int((struct str){digits, to}, value);
}

bool
typed_digits(struct arena *a, struct str text, struct str *digits)
{
	char *p = arena_bytes(a, text.n);
	size_t to = 0, n;
	bool good = true;

	for (size_t i = 0; i < text.n; i += n) {
		uint32_t c = char_at(text, i, &n);

		if (is_space(c) || c == '-')
			continue;
		good = good && c >= '0' && c <= '9';
		memcpy(p + to, text.p + i, n);
		to += n;
	}
	*digits = (struct str){p, to};
	return good;
}

/* --- dates ----------------------------------------------------------------------------------- */

/* What is left of a text that is read from the front. */
static void
skip_spaces(struct str *s)
{
	size_t n;

	while (s->n && is_space(char_at(*s, 0, &n)))
		*s = str_sub(*s, n, s->n);
}

/* Takes a number of at most `most` digits; returns how many there were. */
static size_t
take_number(struct str *s, size_t most, int *value)
{
	size_t n = 0;

	*value = 0;
	while (n < s->n && n < most && is_digit(s->p[n]))
		*value = *value * 10 + (s->p[n++] - '0');
	*s = str_sub(*s, n, s->n);
	return n;
}

static bool
take_char(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_sub(*s, 1, s->n);
	return true;
}

static struct date
nearest(int month, int day, struct date today)
{
	int year = date_parts(today).year;
	struct date best = {0};
	int best_days = 0;

	for (int y = year - 1; today.day && y <= year + 1; y++) {
		struct date date = date_of(y, month, day);
		int days = date_days_between(today, date);

		if (date.day == 0)
			continue;
		days = days < 0 ? -days : days;
		if (best.day == 0 || days < best_days) {
			best = date;
			best_days = days;
		}
	}
	return best;
}

static struct date
year_first(struct str text)
{
	int year, month, day;

	if (take_number(&text, 4, &year) == 4 && take_char(&text, '-') &&
	    take_number(&text, 2, &month) && take_char(&text, '-') && take_number(&text, 2, &day) &&
	    text.n == 0 && year >= YEAR_MIN)
		return date_of(year, month, day);
	return (struct date){0};
}

struct date
typed_date(struct str text, struct date today)
{
	int day, month, year;
	size_t digits;

	text = trim(text);
	if (str_find(text, '-') < text.n)
		return year_first(text);
	if (!take_number(&text, 2, &day))
		return (struct date){0};
	skip_spaces(&text);
	if (!take_char(&text, '.') && !take_char(&text, '/'))
		return (struct date){0};
	skip_spaces(&text);
	if (!take_number(&text, 2, &month))
		return (struct date){0};
	/* The sign before a year may be a space: 23/11 2026. */
	if (text.n && is_digit(text.p[0]))
		return (struct date){0};
	skip_spaces(&text);
	if (take_char(&text, '.') || take_char(&text, '/'))
		skip_spaces(&text);
	if (text.n == 0)
		return nearest(month, day, today);
	digits = take_number(&text, 4, &year);
	if (text.n || (digits != 2 && digits != 4) || (digits == 4 && year < YEAR_MIN))
		return (struct date){0};
	return date_of(digits == 2 ? CENTURY + year : year, month, day);
}

/* How many days lie between the first day that dates have and the one from which Excel counts. */
enum { EXCEL_FIRST = 693594, EXCEL_MIN = 20000, EXCEL_MAX = 90000 };

static struct date
excel_date(struct str text)
{
	struct str rest = text;
	int64_t n;
	int days;

	if (take_number(&rest, 5, &days) != 5 || days < EXCEL_MIN || days > EXCEL_MAX)
		return (struct date){0};
	/* A part of a day is a time. */
	if (rest.n && !((take_char(&rest, '.') || take_char(&rest, ',')) && str_int(rest, &n) && n >= 0))
		return (struct date){0};
	return (struct date){EXCEL_FIRST + days};
}

/* "la 5.9.2026" and "2026-09-05T08:00:00" without what is no day. */
static struct str
bare_day(struct str text)
{
	size_t word = 0, day = 0;

	while (word < text.n && !is_digit(text.p[word]) && text.p[word] != ' ')
		word++;
	if (word < text.n && text.p[word] == ' ')
		text = trim(str_sub(text, word, text.n));
	while (day < text.n && text.p[day] != 'T' && !(text.p[day] == ' ' && day && is_digit(text.p[day - 1])))
		day++;
	if (day == text.n || typed_time(str_prefix_chars(str_sub(text, day + 1, text.n), 5)) < 0)
		return text;
	return str_sub(text, 0, day);
}

/* 9/25/2026, when it is no 9th of a 25th month. */
static struct date
american_date(struct str text)
{
	int month, day, year;
	size_t digits;

	if (!take_number(&text, 2, &month) || !take_char(&text, '/') || !take_number(&text, 2, &day) ||
	    !take_char(&text, '/'))
		return (struct date){0};
	digits = take_number(&text, 4, &year);
	if (text.n || (digits != 2 && digits != 4))
		return (struct date){0};
	return date_of(digits == 2 ? 2000 + year : year, month, day);
}

enum typed_day
typed_day_of(struct str text, struct date today, struct date *day, struct date *other)
{
	text = trim(text);
	*other = (struct date){0};
	*day = typed_date(text, today);
	if (day->day == 0)
		*day = excel_date(text);
	if (day->day == 0) {
		text = bare_day(text);
		*day = typed_date(text, today);
	}
	*other = american_date(text);
	if (day->day == 0)
		*day = *other;
	if (day->day && other->day && day->day != other->day)
		return TYPED_TWO_DAYS;
	return day->day ? TYPED_ONE_DAY : TYPED_NO_DAY;
}

/* --- times ----------------------------------------------------------------------------------- */

enum { HOUR_MINUTES = 60, DAY_MINUTES = 1440 };

/* "klo" and "kl.", as Finnish and Swedish say it. */
static void
skip_clock_word(struct str *s)
{
	static const char *const words[] = {"klo", "kl"};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (s->n > strlen(words[i]) && strncasecmp(s->p, words[i], strlen(words[i])) == 0) {
			*s = str_sub(*s, strlen(words[i]), s->n);
			take_char(s, '.');
			skip_spaces(s);
			return;
		}
}

int
typed_time(struct str text)
{
	int hour, minute = 0;

	text = trim(text);
	skip_clock_word(&text);
	if (!take_number(&text, 2, &hour))
		return -1;
	if (text.n) {
		if (!take_char(&text, '.') && !take_char(&text, ':') && !take_char(&text, ',') && !is_digit(text.p[0]))
			return -1;
		if (take_number(&text, 2, &minute) != 2 || text.n)
			return -1;
	}
	if (minute >= HOUR_MINUTES || hour * HOUR_MINUTES + minute > DAY_MINUTES)
		return -1;
	return hour * HOUR_MINUTES + minute;
}

/* --- addresses ------------------------------------------------------------------------------- */

static bool
is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c);
}

/* Labels of letters, digits and hyphens, at least two of them. */
static bool
is_host(struct str host)
{
	size_t labels = 0;

	while (host.n || labels == 0) {
		bool more = str_find(host, '.') < host.n;
		struct str label = str_cut(&host, '.');

		if (label.n == 0 || label.n > LABEL_MAX || label.p[0] == '-' ||
		    label.p[label.n - 1] == '-' || (more && host.n == 0))
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!is_letter_or_digit(label.p[i]) && label.p[i] != '-')
				return false;
		labels++;
	}
	return labels > 1;
}

/* The part before the @ without quotes, which nobody uses, and without letters that mail servers
 * seldom take. */
static bool
is_local(struct str local)
{
	if (local.n == 0 || local.n > LOCAL_MAX || local.p[0] == '.' || local.p[local.n - 1] == '.')
		return false;
	for (size_t i = 0; i < local.n; i++) {
		char c = local.p[i];

		if (!is_letter_or_digit(c) && (c == 0 || !strchr(".!#$%&'*+-/=?^_`{|}~", c)))
			return false;
		if (c == '.' && local.p[i + 1] == '.')
			return false;
	}
	return true;
}

bool
typed_is_email(struct str text)
{
	struct str host = text, local = str_cut(&host, '@');

	return text.n <= EMAIL_MAX && str_find(text, '@') < text.n && is_local(local) &&
	    is_host(host);
}
