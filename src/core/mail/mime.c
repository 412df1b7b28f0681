#include "core/mail/mime.h"

#include <string.h>

#include "lib/out.h"
#include "lib/zone.h"

enum {
	ADDRESS_MAX = 254, /* RFC 5321 */
	LINE = 76,         /* of encoded words and quoted-printable, without the line break */
	HEADER_LINE = 78,  /* of headers that need no encoding */
	WORD_MAX = 75,     /* an encoded word, with its frame */
	UNBROKEN_MAX = 900,  /* of the 998 that a line may have */
	BOUNDARY_ID_MAX = 60, /* of the 70 that a boundary may have */
};

static const char hex[] = "0123456789ABCDEF";

/* --- addresses ------------------------------------------------------------------------------- */

static bool
is_letter(unsigned char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool
is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* What may stand in the local part without quotation marks. */
static bool
is_atom(unsigned char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

static bool
is_host(struct str host)
{
	bool dotted = true;

	for (size_t i = 0; i < host.n; i++) {
		unsigned char c = (unsigned char)host.p[i];
		if (c == '.' ? dotted : !is_letter(c) && !is_digit(c) && c != '-')
			return false;
		dotted = c == '.';
	}
	return !dotted;
}

static bool
is_address(struct str address)
{
	struct str host = address, local = str_cut(&host, '@');

	if (address.n > ADDRESS_MAX || local.n == 0 || local.n > 64 || !is_host(host))
		return false;
	for (size_t i = 0; i < local.n; i++)
		if (!is_atom((unsigned char)local.p[i]))
			return false;
	return local.p[0] != '.' && local.p[local.n - 1] != '.';
}

/* A line break or a NUL in a header would let a text write headers of its own. */
static bool
is_header_text(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\r' || s.p[i] == '\n' || s.p[i] == 0)
			return false;
	return str_is_utf8(s);
}

/* What may stand between < and >, unbroken. */
static bool
is_header_address(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '<' || s.p[i] == '>')
			return false;
	return s.n <= UNBROKEN_MAX;
}

bool
mime_address_of(struct str text, struct mime_address *address)
{
	struct str rest = str_trim(text), name = str_trim(str_cut(&rest, '<'));

	*address = (struct mime_address){.address = name};
	if (str_find(text, '<') < text.n) {
		if (rest.n == 0 || str_find(rest, '>') != rest.n - 1)
			return false;
		*address = (struct mime_address){name, str_sub(rest, 0, rest.n - 1)};
		name = address->name;
		if (name.n >= 2 && name.p[0] == '"' && name.p[name.n - 1] == '"')
			address->name = str_sub(name, 1, name.n - 2);
	}
	return is_header_text(address->name) && is_address(address->address);
}

/* --- encoded words --------------------------------------------------------------------------- */

/* RFC 2047 lets these stand in the words of a name too. */
static bool
stands_in_q(unsigned char c)
{
	return is_letter(c) || is_digit(c) || (c && strchr("!*+-/", c));
}

static size_t
q_size(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += stands_in_q((unsigned char)s.p[i]) || s.p[i] == ' ' ? 1 : 3;
	return n;
}

static void
write_q(struct out *o, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == ' ') {
			out_char(o, '_');
		} else if (stands_in_q(c)) {
			out_char(o, (char)c);
		} else {
			out_char(o, '=');
			out_char(o, hex[c >> 4]);
			out_char(o, hex[c & 15]);
		}
	}
}

static void
write_b(struct out *o, struct str s)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < s.n; i += 3) {
		unsigned a = (unsigned char)s.p[i];
		unsigned b = i + 1 < s.n ? (unsigned char)s.p[i + 1] : 0;
		unsigned c = i + 2 < s.n ? (unsigned char)s.p[i + 2] : 0;
		out_char(o, letters[a >> 2]);
		out_char(o, letters[(a & 3) << 4 | b >> 4]);
		out_char(o, i + 1 < s.n ? letters[(b & 15) << 2 | c >> 6] : '=');
		out_char(o, i + 2 < s.n ? letters[c & 63] : '=');
	}
}

static size_t
b_size(struct str s)
{
	return (s.n + 2) / 3 * 4;
}

static size_t
char_bytes(struct str s)
{
	size_t n = 1;

	while (n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* As many whole characters as fit into an encoded word of `room` bytes; one at least. */
static struct str
fitting(struct str s, size_t room, size_t (*size)(struct str))
{
	struct str part = {s.p, char_bytes(s)};

	while (part.n < s.n) {
		struct str longer = {s.p, part.n + char_bytes(str_sub(s, part.n, s.n))};
		if (size(longer) > room)
			break;
		part = longer;
	}
	return part;
}

/* `column` is how far the line is. */
static void
write_words(struct out *o, struct str s, size_t column)
{
	bool q = q_size(s) <= b_size(s);
	size_t frame = strlen("=?UTF-8?Q?") + strlen("?="), line_room = LINE - column;

	while (s.n) {
		size_t room = (line_room < WORD_MAX ? line_room : WORD_MAX) - frame;
		struct str part = fitting(s, room, q ? q_size : b_size);

		out_str(o, q ? STR("=?UTF-8?Q?") : STR("=?UTF-8?B?"));
		if (q)
			write_q(o, part);
		else
			write_b(o, part);
		out_lit(o, "?=");
		s = str_sub(s, part.n, s.n);
		if (s.n)
			out_lit(o, "\r\n ");
		line_room = LINE - 1;
	}
}

static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	/* Leading and trailing spaces would be lost, and =? would look encoded. */
	return str_trim(s).n == s.n && !str_contains(s, STR("=?"));
}

static void
write_subject(struct out *o, struct str subject)
{
	size_t column = strlen("Subject: ");

	out_lit(o, "Subject: ");
	if (is_plain(subject) && column + subject.n <= HEADER_LINE)
		out_str(o, subject);
	else
		write_words(o, subject, column);
	out_lit(o, "\r\n");
}

static void
write_from(struct out *o, const struct mime_address *from)
{
	out_lit(o, "From: ");
	if (from->name.n == 0) {
		out_str(o, from->address);
		out_lit(o, "\r\n");
		return;
	}
	if (is_plain(from->name) && from->name.n < HEADER_LINE / 2 &&
	    str_find(from->name, '"') == from->name.n && str_find(from->name, '\\') == from->name.n)
		out_fmt(o, "\"%.*s\"", STR_ARG(from->name));
	else
		write_words(o, from->name, strlen("From: "));
	out_fmt(o, "\r\n <%.*s>\r\n", STR_ARG(from->address));
}

/* --- words ----------------------------------------------------------------------------------- */

/* One line without its end, broken softly. */
static void
write_line(struct out *o, struct str line)
{
	size_t column = 0;

	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];
		bool last = i + 1 == line.n;
		/* White space at an end would be lost on the way. */
		bool space = c == ' ' || c == '\t';
		bool as_is = (c > ' ' && c <= '~' && c != '=') || (space && !last);
		size_t n = as_is ? 1 : 3;

		/* A place is kept for the soft break. */
		if (column + n > LINE - (last ? 0 : 1)) {
			out_lit(o, "=\r\n");
			column = 0;
		}
		if (as_is) {
			out_char(o, (char)c);
		} else {
			out_char(o, '=');
			out_char(o, hex[c >> 4]);
			out_char(o, hex[c & 15]);
		}
		column += n;
	}
	out_lit(o, "\r\n");
}

static void
write_body(struct out *o, struct str body)
{
	while (body.n) {
		struct str line = str_cut(&body, '\n');

		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		write_line(o, line);
	}
}

/* --- parts ----------------------------------------------------------------------------------- */

/* What separates parts: quoted-printable and base64 never write =_ */
static void
write_boundary(struct out *o, char kind, struct str message_id)
{
	struct str id = str_sub(message_id, 0, BOUNDARY_ID_MAX);

	out_fmt(o, "=_%c_%.*s", kind, STR_ARG(id));
}

static void
open_parts(struct out *o, const char *type, char kind, struct str message_id)
{
	out_fmt(o, "Content-Type: multipart/%s;\r\n boundary=\"", type);
	write_boundary(o, kind, message_id);
	out_lit(o, "\"\r\n\r\n");
}

static void
next_part(struct out *o, char kind, struct str message_id)
{
	out_lit(o, "--");
	write_boundary(o, kind, message_id);
	out_lit(o, "\r\n");
}

static void
close_parts(struct out *o, char kind, struct str message_id)
{
	out_lit(o, "--");
	write_boundary(o, kind, message_id);
	out_lit(o, "--\r\n");
}

static void
write_base64(struct out *o, struct str bytes)
{
	out_lit(o, "Content-Transfer-Encoding: base64\r\n\r\n");
	while (bytes.n) {
		write_b(o, str_sub(bytes, 0, LINE / 4 * 3));
		out_lit(o, "\r\n");
		bytes = str_sub(bytes, LINE / 4 * 3, bytes.n);
	}
}

static void
write_words_part(struct out *o, const char *type, struct str body)
{
	out_fmt(o, "Content-Type: text/%s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n", type);
	write_body(o, body);
}

/* Plainest first: of the alternatives the last is the best. */
static void
write_alternatives(struct out *o, const struct mime *mime)
{
	struct str id = mime->message_id;

	next_part(o, 'a', id);
	write_words_part(o, "plain", mime->body);
	if (mime->html.n) {
		next_part(o, 'a', id);
		write_words_part(o, "html", mime->html);
	}
}

static void
write_letter(struct out *o, const struct mime *mime)
{
	open_parts(o, "alternative", 'a', mime->message_id);
	write_alternatives(o, mime);
	close_parts(o, 'a', mime->message_id);
}

/* As Google sends them, whose invitations all others had to learn to read; Outlook takes its method from the header,
 * not from the text. */
static void
write_invitation(struct out *o, const struct mime *mime)
{
	struct str id = mime->message_id;

	open_parts(o, "mixed", 'm', id);
	next_part(o, 'm', id);
	open_parts(o, "alternative", 'a', id);
	write_alternatives(o, mime);
	next_part(o, 'a', id);
	out_fmt(o, "Content-Type: text/calendar; charset=UTF-8; method=%s\r\n", ical_method_name(mime->method));
	write_base64(o, mime->calendar);
	close_parts(o, 'a', id);
	next_part(o, 'm', id);
	out_lit(o, "Content-Type: application/ics; name=\"invite.ics\"\r\n"
	    "Content-Disposition: attachment; filename=\"invite.ics\"\r\n");
	write_base64(o, mime->calendar);
	close_parts(o, 'm', id);
}

/* --- the whole ------------------------------------------------------------------------------- */

static void
write_date(struct out *o, struct instant at)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	    "Sep", "Oct", "Nov", "Dec"};
	struct local l = local_of(zone_find(STR("UTC")), at);
	struct date_parts d = date_parts(l.date);

	out_fmt(o, "Date: %s, %d %s %04d %02d:%02d:%02d +0000\r\n", days[date_weekday(l.date) - 1],
	    d.day, months[d.month - 1], d.year, l.minutes / 60, l.minutes % 60, l.second);
}

static bool
is_message_id(struct str id)
{
	for (size_t i = 0; i < id.n; i++) {
		unsigned char c = (unsigned char)id.p[i];
		if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_')
			return false;
	}
	return id.n > 0;
}

bool
mime_write(struct out *o, const struct mime *mime)
{
	struct str host = mime->from.address;

	if (!is_header_text(mime->subject) || !is_header_text(mime->from.name) ||
	    !is_address(mime->from.address) || !is_address(mime->to) ||
	    !is_header_address(mime->unsubscribe) || !is_message_id(mime->message_id) || mime->date.s == 0)
		return false;
	str_cut(&host, '@');
	write_date(o, mime->date);
	out_fmt(o, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(mime->message_id), STR_ARG(host));
	write_from(o, &mime->from);
	out_fmt(o, "To: %.*s\r\n", STR_ARG(mime->to));
	write_subject(o, mime->subject);
	out_fmt(o, "Content-Language: %s\r\n", lang_code(mime->lang));
	if (mime->unsubscribe.n)
		out_fmt(o, "List-Unsubscribe: <%.*s>\r\n"
		    "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", STR_ARG(mime->unsubscribe));
	out_lit(o, "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n");
	if (mime->method)
		write_invitation(o, mime);
	else if (mime->html.n)
		write_letter(o, mime);
	else
		write_words_part(o, "plain", mime->body);
	return true;
}
