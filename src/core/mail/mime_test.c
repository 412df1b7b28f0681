#include "core/mail/mime.h"

#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"

#include "test/test.h"

static struct mime
mail(void)
{
	return (struct mime){
		.from = {.name = STR("Nuotio"), .address = STR("nuotio@example.fi")},
		.to = STR("aino.korhonen@example.fi"),
		.subject = STR("Tervetuloa"),
		.body = STR("Hei\n"),
		.message_id = STR("abc-DEF_123"),
		.date = instant_of_iso(STR("2026-11-03T06:05:09Z")),
		.lang = LANG_SV,
	};
}

static struct str
written(struct test *t, const struct mime *mime)
{
	struct out o = out_new(t->arena);

	CHECK(mime_write(&o, mime));
	return out_text(&o);
}

static bool
refused(struct test *t, const struct mime *mime)
{
	struct out o = out_new(t->arena);

	return !mime_write(&o, mime) && out_text(&o).n == 0;
}

TEST(mime_whole)
{
	struct mime m = mail();

	m.subject = STR("Kirjautumislinkkisi");
	m.body = STR("Hei Aino,\n\nlinkki: https://nuotio.example/fi?a=b\n\nKämppä \n");
	CHECK_STR(written(t, &m),
	    "Date: Tue, 3 Nov 2026 06:05:09 +0000\r\n"
	    "Message-ID: <abc-DEF_123@example.fi>\r\n"
	    "From: \"Nuotio\"\r\n <nuotio@example.fi>\r\n"
	    "To: aino.korhonen@example.fi\r\n"
	    "Subject: Kirjautumislinkkisi\r\n"
	    "Content-Language: sv\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "Hei Aino,\r\n"
	    "\r\n"
	    "linkki: https://nuotio.example/fi?a=3Db\r\n"
	    "\r\n"
	    "K=C3=A4mpp=C3=A4=20\r\n");
}

TEST(mime_invitation)
{
	struct mime m = mail();

	m.body = STR("Nähdään.\n");
	m.method = ICAL_REQUEST;
	m.calendar = STR("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n, whatever it says");
	CHECK(str_ends(written(t, &m), STR("\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/mixed;\r\n boundary=\"=_m_abc-DEF_123\"\r\n"
	    "\r\n"
	    "--=_m_abc-DEF_123\r\n"
	    "Content-Type: multipart/alternative;\r\n boundary=\"=_a_abc-DEF_123\"\r\n"
	    "\r\n"
	    "--=_a_abc-DEF_123\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n"
	    "\r\n"
	    "N=C3=A4hd=C3=A4=C3=A4n.\r\n"
	    "--=_a_abc-DEF_123\r\n"
	    "Content-Type: text/calendar; charset=UTF-8; method=REQUEST\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "\r\n"
	    "QkVHSU46VkNBTEVOREFSDQpNRVRIT0Q6UkVRVUVTVA0KRU5EOlZDQUxFTkRBUg0KLCB3aGF0ZXZl\r\n"
	    "ciBpdCBzYXlz\r\n"
	    "--=_a_abc-DEF_123--\r\n"
	    "--=_m_abc-DEF_123\r\n"
	    "Content-Type: application/ics; name=\"invite.ics\"\r\n"
	    "Content-Disposition: attachment; filename=\"invite.ics\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "\r\n"
	    "QkVHSU46VkNBTEVOREFSDQpNRVRIT0Q6UkVRVUVTVA0KRU5EOlZDQUxFTkRBUg0KLCB3aGF0ZXZl\r\n"
	    "ciBpdCBzYXlz\r\n"
	    "--=_m_abc-DEF_123--\r\n")));
}

TEST(mime_addresses)
{
	static const char *const good[] = {"a@b.fi", "aino.korhonen+x@kolmi-joki.example", "a@b",
	    "o'brien@b.fi"};
	static const char *const bad[] = {"", "a", "@", "a@", "@b", "a@b@c", "a b@c.fi", "a@b c.fi",
	    "a@b..fi", "a@.fi", "a@b.", ".a@b.fi", "a.@b.fi", "a@b.fi\r\nBcc: x@y.fi", "a\n@b.fi",
	    "ä@b.fi", "a@ä.fi", "<a@b.fi", "a@b.fi>", "<a@b.fi> x", "x <a@b.fi", "a,b@c.fi",
	    "a@b.fi, c@d.fi", "x\ny <a@b.fi>", "x\xff <a@b.fi>", "\"a\"@b.fi", "a@[127.0.0.1]"};
	struct mime_address address;
	struct mime m = mail();

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		CHECK(mime_address_of(str_of(good[i]), &address));
		CHECK_STR(address.address, good[i]);
		CHECK_INT(address.name.n, 0);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		m.to = str_of(bad[i]);
		if (mime_address_of(m.to, &address))
			test_fail(t, __FILE__, __LINE__, "\"%.*s\" was taken for an address", STR_ARG(m.to));
		CHECK(refused(t, &m));
	}
	CHECK(mime_address_of(STR(" Nuotio  <n@b.fi> "), &address));
	CHECK_STR(address.name, "Nuotio");
	CHECK_STR(address.address, "n@b.fi");
	CHECK(mime_address_of(STR("\"Nuotio, mails\" <n@b.fi>"), &address));
	CHECK_STR(address.name, "Nuotio, mails");
	CHECK(mime_address_of(STR("<n@b.fi>"), &address));
	CHECK_STR(address.name, "");
	CHECK(mime_address_of(STR("Käyttö <n@b.fi>"), &address));
	CHECK(!mime_address_of((struct str){"a\0@b.fi", 7}, &address));
	CHECK(!mime_address_of(str_fmt(t->arena, "a@%0300d.fi", 0), &address));
	CHECK(!mime_address_of(str_fmt(t->arena, "%065d@b.fi", 0), &address));
}

TEST(mime_headers_hold_no_line_breaks)
{
	static const struct str bad[] = {
		STR("a\r\nBcc: x@y.fi"), STR("a\nb"), STR("a\rb"), STR("a\0b"), STR("\n"),
		STR("a\xff"),
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct mime m = mail();
		m.subject = bad[i];
		CHECK(refused(t, &m));
		m = mail();
		m.from.name = bad[i];
		CHECK(refused(t, &m));
		m = mail();
		m.from.address = bad[i];
		CHECK(refused(t, &m));
		m = mail();
		m.to = bad[i];
		CHECK(refused(t, &m));
		m = mail();
		m.message_id = bad[i];
		CHECK(refused(t, &m));
	}
}

/* --- reading it again ------------------------------------------------------------------------- */

/* The header of that name, unfolded. */
static struct str
header(struct test *t, struct str text, const char *name)
{
	struct str wanted = str_fmt(t->arena, "%s: ", name);
	struct out o = out_new(t->arena);
	bool inside = false;

	while (text.n) {
		struct str line = str_cut(&text, '\n');
		if (line.n <= 1)
			break;
		line.n--;
		if (str_starts(line, wanted)) {
			inside = true;
			out_str(&o, str_sub(line, wanted.n, line.n));
		} else if (inside && line.p[0] == ' ') {
			out_str(&o, line);
		} else {
			inside = false;
		}
	}
	return out_text(&o);
}

static int
hex_value(char c)
{
	return c <= '9' ? c - '0' : c - 'A' + 10;
}

static void
decode_q(struct out *o, struct str s, char space)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '=' && i + 2 < s.n) {
			out_char(o, (char)(hex_value(s.p[i + 1]) * 16 + hex_value(s.p[i + 2])));
			i += 2;
		} else {
			out_char(o, s.p[i] == '_' ? space : s.p[i]);
		}
	}
}

static unsigned
b_value(char c)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = strchr(letters, c);

	return at && c ? (unsigned)(at - letters) : 0;
}

static void
decode_b(struct out *o, struct str s)
{
	for (size_t i = 0; i + 3 < s.n; i += 4) {
		unsigned n = b_value(s.p[i]) << 18 | b_value(s.p[i + 1]) << 12 |
		    b_value(s.p[i + 2]) << 6 | b_value(s.p[i + 3]);
		out_char(o, (char)(n >> 16));
		if (s.p[i + 2] != '=')
			out_char(o, (char)(n >> 8));
		if (s.p[i + 3] != '=')
			out_char(o, (char)n);
	}
}

/* Encoded words, each a valid text of its own; white space between them does not count. */
static struct str
decode_words(struct test *t, struct str s)
{
	struct out o = out_new(t->arena);

	if (!str_starts(s, STR("=?")))
		return s;
	while (s.n) {
		struct str word = str_cut(&s, ' ');
		struct out one = out_new(t->arena);
		CHECK(word.n <= 75);
		CHECK(str_starts(word, STR("=?UTF-8?")) && str_ends(word, STR("?=")));
		if (word.n > 12 && word.p[8] == 'Q')
			decode_q(&one, str_sub(word, 10, word.n - 12), ' ');
		else if (word.n > 12)
			decode_b(&one, str_sub(word, 10, word.n - 12));
		CHECK(str_is_utf8(out_text(&one)));
		out_str(&o, out_text(&one));
	}
	return out_text(&o);
}

static struct str
decode_body(struct test *t, struct str text)
{
	struct out o = out_new(t->arena);

	while (text.n) {
		struct str line = str_cut(&text, '\n');
		CHECK(line.n <= 77 && str_ends(line, STR("\r")));
		line.n--;
		CHECK(line.n == 0 || (line.p[line.n - 1] != ' ' && line.p[line.n - 1] != '\t'));
		for (size_t i = 0; i < line.n; i++)
			CHECK((line.p[i] >= ' ' && line.p[i] <= '~') || line.p[i] == '\t');
		if (str_ends(line, STR("="))) {
			decode_q(&o, str_sub(line, 0, line.n - 1), '_');
		} else {
			decode_q(&o, line, '_');
			out_char(&o, '\n');
		}
	}
	return out_text(&o);
}

static void
round_trip(struct test *t, struct str subject, struct str name, struct str body)
{
	struct mime m = mail();
	struct str text, head, rest;
	size_t end = 0;

	m.subject = subject;
	m.from.name = name;
	m.body = body;
	text = written(t, &m);
	while (end + 4 <= text.n && memcmp(text.p + end, "\r\n\r\n", 4) != 0)
		end++;
	head = str_sub(text, 0, end + 2);
	for (rest = head; rest.n;)
		CHECK(str_cut(&rest, '\n').n <= 79);
	CHECK(str_eq(decode_words(t, header(t, head, "Subject")), subject));
	CHECK(str_eq(decode_body(t, str_sub(text, end + 4, text.n)), body));
	if (name.n) {
		struct str from = header(t, head, "From"), tail = STR(" <nuotio@example.fi>");
		CHECK(str_ends(from, tail));
		from.n -= tail.n;
		if (str_starts(from, STR("\"")))
			from = str_sub(from, 1, from.n - 2);
		else
			from = decode_words(t, from);
		CHECK(str_eq(from, name));
	}
}

TEST(mime_comes_back)
{
	round_trip(t, STR("Kämppäkävely ja nuotio"), STR("Kolmijoen koulutusyhtymä"),
	    STR("ä\n\n =\t\n.\n..\nFrom here\n"));
	round_trip(t, STR(" leads and trails "), STR(""), STR(""));
	round_trip(t, STR("=?UTF-8?Q?not_encoded?="), STR("\"q\\"), STR("=3D\n"));
	round_trip(t, STR("Ж Ж Ж Привет, как дела сегодня вечером у костра?"), STR("Ж"),
	    STR("\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5\n"));
	round_trip(t, str_fmt(t->arena, "%0200d", 0), str_fmt(t->arena, "%090d", 0),
	    str_fmt(t->arena, "%01000d\n", 0));
	/* Every length around the soft break, ending in each kind of byte. */
	for (int n = 60; n < 160; n++) {
		round_trip(t, str_fmt(t->arena, "%0*d", n, 0), STR(""),
		    str_fmt(t->arena, "%0*d \n", n, 0));
		round_trip(t, str_fmt(t->arena, "%0*dä", n, 0), STR(""),
		    str_fmt(t->arena, "%0*dä\n", n, 0));
		round_trip(t, str_fmt(t->arena, "ä%*s.", n, ""), STR(""),
		    str_fmt(t->arena, "%0*d=\n", n, 0));
	}
}

static struct str
random_text(struct test *t, unsigned *seed, bool breaks)
{
	static const char *const pieces[] = {"a", " ", "=", "?", "_", "ä", "€", "\xf0\x9f\x94\xa5",
	    "Ж", ".", "\t", "=?", "?=", "Z9", "\"", "\x7f", "\x01"};
	size_t count = sizeof pieces / sizeof *pieces;
	struct out o = out_new(t->arena);
	int n = rand_r(seed) % 120;

	for (int i = 0; i < n; i++) {
		if (breaks && rand_r(seed) % 20 == 0)
			out_char(&o, '\n');
		else
			out_str(&o, str_of(pieces[(size_t)rand_r(seed) % count]));
	}
	if (breaks && n)
		out_char(&o, '\n');
	return out_text(&o);
}

TEST(mime_random_texts_come_back)
{
	unsigned seed = 20261123;

	for (int i = 0; i < 2000; i++) {
		struct str subject = random_text(t, &seed, false);
		struct str name = str_trim(random_text(t, &seed, false));
		round_trip(t, subject, name, random_text(t, &seed, true));
		arena_reset(t->arena);
	}
}

TEST(mime_refuses_an_address_that_would_break_a_header)
{
	struct mime m = mail();

	m.unsubscribe = STR("https://a.example/x\r\nBcc: x@y.fi");
	CHECK(refused(t, &m));
	m.unsubscribe = STR("https://a.example/>,<x");
	CHECK(refused(t, &m));
}

TEST(mime_line_ends)
{
	struct mime m = mail();
	struct str text;

	m.body = STR("one\r\ntwo\rthree\nfour");
	text = written(t, &m);
	CHECK(str_ends(text, STR("\r\n\r\none\r\ntwo=0Dthree\r\nfour\r\n")));
	m.body = STR("a\0b");
	CHECK(str_ends(written(t, &m), STR("\r\n\r\na=00b\r\n")));
	m.date = (struct instant){0};
	CHECK(refused(t, &m));
}
