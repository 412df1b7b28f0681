#include "core/mail/letter.h"

#include "test/test.h"

static struct str
as_text(struct test *t, struct str body)
{
	struct out o = out_new(t->arena);

	letter_write_text(&o, body);
	return out_text(&o);
}

static struct str
as_html(struct test *t, struct str body)
{
	struct out o = out_new(t->arena);

	letter_write_html(&o, body, STR("A <subject>"), LANG_SV);
	return out_text(&o);
}

#define HOLDS(text, part) CHECK(str_contains(text, STR(part)))

TEST(a_letter_reads_the_same_both_ways)
{
	struct letter l = letter_new(t->arena, LANG_FI);
	struct str text, html;

	letter_words(&l, STR("Hei Aino!"));
	letter_gap(&l);
	letter_gap(&l);
	letter_name(&l, STR("Nuotioilta & makkara"));
	letter_words(&l, STR("Pohja\n23.11."));
	letter_link(&l, (struct said){0}, STR("https://nuotio.example/fi?a=1&b=2"));
	letter_quote(&l, STR("Tervetuloa\n\nkaikki"));
	text = as_text(t, letter_body(&l));
	html = as_html(t, letter_body(&l));
	CHECK_STR(text, "Hei Aino!\n\nNuotioilta & makkara\nPohja\n23.11.\n\nhttps://nuotio.example/fi?a=1&b=2\n"
	    "> Tervetuloa\n>\n> kaikki\n");
	HOLDS(html, "<html lang=\"sv\">");
	HOLDS(html, "<title>A &lt;subject&gt;</title>");
	HOLDS(html, ">Hei Aino!</p>");
	HOLDS(html, "<b>Nuotioilta &amp; makkara</b><br>\nPohja<br>\n23.11.</p>");
	HOLDS(html, "href=\"https://nuotio.example/fi?a=1&amp;b=2\"");
	HOLDS(html, ">Tervetuloa<br>\n<br>\nkaikki</blockquote>");
}

#define SENTENCE "Tässä on pitkänpuoleinen lause, jossa on ääkkösiä ja sanoja; nähdään nuotiolla pian."

TEST(lines_of_a_letter_are_short_and_addresses_whole)
{
	struct letter l = letter_new(t->arena, LANG_FI);
	struct str text, address = str_fmt(t->arena, "https://nuotio.example/%0100d", 0);

	for (int i = 0; i < 20; i++)
		letter_words(&l, STR(SENTENCE));
	letter_quote(&l, STR(SENTENCE));
	letter_words(&l, address);
	for (text = as_text(t, letter_body(&l)); text.n;) {
		struct str line = str_cut(&text, '\n');

		CHECK(str_chars(line) <= 76 || str_eq(line, address));
		CHECK(line.n == 0 || line.p[line.n - 1] != ' ');
	}
	/* one that stands alone can be pressed */
	HOLDS(as_html(t, letter_body(&l)), "<a href=\"https://nuotio.example/000");
}

TEST(a_heading_and_a_list_stand_apart)
{
	struct str body = STR("\1Nyt\n\3yksi\n\3kaksi\n\1Sitten\n\7Nuotio\n"), html = as_html(t, body);

	CHECK_STR(as_text(t, body), "Nyt\n---\n- yksi\n- kaksi\n\nSitten\n------\nNuotio\n");
	CHECK(str_contains(html, STR(">Nyt</h2>")));
	CHECK(str_contains(html, STR("<li style=\"margin:0 0 4px\">yksi</li>\n<li ")));
}

/* What people write makes no buttons, headings or tags. */
TEST(words_of_people_stay_words)
{
	struct letter l = letter_new(t->arena, LANG_FI);
	struct str html;

	letter_words(&l, STR("\x06Paina\x1fhttps://evil.example\n\x01Otsikko\n<b>x</b>\n\x7f"));
	html = as_html(t, letter_body(&l));
	CHECK(!str_contains(html, STR("<a ")));
	CHECK(!str_contains(html, STR("<h2")));
	HOLDS(html, "&lt;b&gt;x");
	letter_button(&l, (struct said){0}, STR("javascript:alert(1)"));
	HOLDS(as_html(t, letter_body(&l)), "href=\"#\"");
}
