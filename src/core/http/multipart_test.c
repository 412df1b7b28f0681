#include "core/http/multipart.h"

#include <string.h>

#include "core/http/form.h"
#include "test/test.h"

/* A body with the boundary x: \n stands for CRLF. */
static struct str
crlf(struct test *t, const char *z)
{
	char *p = ARENA_ARRAY(t->arena, char, 2 * strlen(z) + 1);
	size_t n = 0;

	for (; *z; z++) {
		if (*z == '\n')
			p[n++] = '\r';
		p[n++] = *z;
	}
	return (struct str){p, n};
}

static bool
parse(struct test *t, const char *body, struct pairs *pairs)
{
	return multipart_parse(t->arena, crlf(t, body), STR("x"), pairs);
}

static struct str
value(const struct pairs *pairs, const char *name)
{
	struct str found;

	return pairs_find(pairs, str_of(name), &found) ? found : STR("-");
}

#define FIELD(name, value) "--x\nContent-Disposition: form-data; name=\"" name "\"\n\n" value "\n"

TEST(boundaries)
{
	static const char *const bad[] = {"", "multipart/form-data",
	    "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
	    "multipart/form-data; boundary", "multipart/mixed; boundary=x",
	    "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=a\"b",
	    "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\"a \"",
	    "multipart/form-data; boundary=ä", "multipart/form-data boundary=x",
	    "multipart/form-data;; boundary=x"};
	struct str boundary;

	CHECK(multipart_boundary(
	    STR("multipart/form-data; boundary=----WebKitFormBoundary7MA4"), &boundary));
	CHECK_STR(boundary, "----WebKitFormBoundary7MA4");
	CHECK(multipart_boundary(
	    STR("Multipart/Form-Data;charset=utf-8; Boundary=\"a b\""), &boundary));
	CHECK_STR(boundary, "a b");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (multipart_boundary(str_of(bad[i]), &boundary))
			test_fail(t, __FILE__, __LINE__, "%s", bad[i]);
	CHECK(multipart_boundary(
	    str_fmt(t->arena, "multipart/form-data; boundary=%070d", 1), &boundary));
	CHECK(!multipart_boundary(
	    str_fmt(t->arena, "multipart/form-data; boundary=%071d", 1), &boundary));
}

TEST(fields_of_a_multipart_form)
{
	struct pairs pairs;

	CHECK(parse(t,
		      FIELD("a", "1") FIELD("title_fi", "Metsäretki\nja makkaraa")
			  FIELD("empty", "") "--x--\n",
		      &pairs));
	CHECK_INT(pairs.n, 3);
	CHECK_STR(value(&pairs, "a"), "1");
	CHECK_STR(value(&pairs, "title_fi"), "Metsäretki\r\nja makkaraa");
	CHECK_STR(value(&pairs, "empty"), "");
	/* what only looks like a boundary */
	CHECK(parse(t, FIELD("a", "--x\n--y\n-- x\n--\n--") "--x--", &pairs));
	CHECK_STR(value(&pairs, "a"), "--x\r\n--y\r\n-- x\r\n--\r\n--");
	/* as browsers escape names, and other ways to write the same */
	CHECK(parse(t, FIELD("a%22b%0D%0Ac%41", "1") "--x--\n", &pairs));
	CHECK_STR(value(&pairs, "a\"b\r\nc%41"), "1");
	CHECK(parse(t,
		      "--x\ncontent-type: text/plain; charset=UTF-8\nX-Other: y\n"
		      "CONTENT-DISPOSITION:form-data;name=b\n"
		      "Content-Transfer-Encoding: 8bit\n\n2\n--x--\n",
		      &pairs));
	CHECK_STR(value(&pairs, "b"), "2");
}

#define FILE_PART(filename, content) \
	"--x\nContent-Disposition: form-data; name=\"f\"; filename" filename \
	"\nContent-Type: image/png\n\n" content "\n"

static const struct form_file *
file(const struct pairs *pairs, size_t i)
{
	static const struct form_file none;

	return i < pairs->n && pairs->at[i].file ? pairs->at[i].file : &none;
}

TEST(files_of_a_multipart_form)
{
	struct str whole = crlf(t, FIELD("a", "1") FILE_PART("=\"kuva.png\"", "\xff\xfe\n--y")
	    FIELD("f", "2") "--x--\n");
	struct pairs pairs;
	struct str words;

	CHECK(multipart_parse(t->arena, whole, STR("x"), &pairs));
	CHECK_INT(pairs.n, 3);
	CHECK_STR(pairs.at[1].name, "f");
	CHECK_STR(file(&pairs, 1)->name, "kuva.png");
	CHECK_STR(file(&pairs, 1)->type, "image/png");
	CHECK_STR(file(&pairs, 1)->bytes, "\xff\xfe\r\n--y");
	/* where they came in, not copied */
	CHECK(file(&pairs, 1)->bytes.p > whole.p && file(&pairs, 1)->bytes.p < whole.p + whole.n);
	/* a file is no text, whatever its name */
	CHECK(pairs_find(&pairs, STR("f"), &words));
	CHECK_STR(words, "2");
	/* an empty place for a file is no file; an empty file is one */
	CHECK(parse(t, FIELD("a", "1") FILE_PART("=\"\"", "") FIELD("b", "2") "--x--\n", &pairs));
	CHECK_INT(pairs.n, 2);
	CHECK(parse(t, FILE_PART("=\"kuva.png\"", "") "--x--\n", &pairs));
	CHECK_STR(file(&pairs, 0)->name, "kuva.png");
	CHECK_INT(file(&pairs, 0)->bytes.n, 0);
	/* names of folders, quotes, and none */
	CHECK(parse(t, FILE_PART("=\"c:\\kuvat\\%22a%22.png\"", "x") FILE_PART("=/tmp/b.png", "x")
	    FILE_PART("=\"\"", "x") FILE_PART("*=UTF-8''k", "x") "--x--\n", &pairs));
	CHECK_INT(pairs.n, 4);
	CHECK_STR(file(&pairs, 0)->name, "\"a\".png");
	CHECK_STR(file(&pairs, 1)->name, "b.png");
	CHECK_STR(file(&pairs, 2)->name, "");
	CHECK_STR(file(&pairs, 2)->bytes, "x");
	CHECK_STR(file(&pairs, 3)->name, "");
	CHECK(!parse(t, FILE_PART("=\"kuva.png\"", "") "--x\n", &pairs));
}

#define PART "--x\nContent-Disposition: form-data; "

TEST(malformed_bodies)
{
	static const char *const bad[] = {
	    "",
	    "\n",
	    "a",
	    "--x",
	    "--x\n",
	    "--y--\n",
	    "preamble\n--x--\n",
	    FIELD("a", "1"),
	    FIELD("a", "1") "--x",
	    FIELD("a", "1") "--x-",
	    FIELD("a", "1") "--x--\nepilogue",
	    FIELD("a", "1") "--x --\n",
	    FIELD("a", "1") "--xx\n\n--x--\n",
	    "--x\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data\n\n1\n--x--\n",
	    "--x\nContent-Disposition: attachment; name=a\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data; name=\"a\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data; name=\"a\\\"b\"\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\n\n1\n--x--\n",
	    PART "name=\"a\"\n"
		 "Content-Disposition: form-data; name=\"b\"\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data; name=\"a\" x\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data;\n name=\"a\"\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data; name=\"a\001\"\n\n1\n--x--\n",
	    "--x\nContent-Disposition: form-data; name=\"\xff\"\n\n1\n--x--\n",
	    PART "name=\"a\"\nContent-Type: text/html\n\n1\n--x--\n",
	    PART "name=\"a\"\nContent-Type: text/plain; charset=latin1\n\n1\n--x--\n",
	    PART "name=\"a\"\nContent-Type: text/plain\n"
		 "Content-Type: text/plain\n\n1\n--x--\n",
	    PART "name=\"a\"\nContent-Transfer-Encoding: base64\n\n1\n--x--\n",
	    PART "name=\"a\"\nno colon\n\n1\n--x--\n",
	    PART "name=\"a\"\nA:1\nB:1\nC:1\nD:1\nE:1\nF:1\nG:1\nH:1\n\n1\n--x--\n",
	    FIELD("a", "\xff") "--x--\n",
	};
	struct pairs pairs;
	struct str nul = crlf(t, FIELD("a", "1?2") "--x--\n");

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (parse(t, bad[i], &pairs))
			test_fail(t, __FILE__, __LINE__, "body %zu:\n%s", i, bad[i]);
	((char *)(uintptr_t)nul.p)[str_find(nul, '?')] = 0;
	CHECK(!multipart_parse(t->arena, nul, STR("x"), &pairs));
	/* bare LF is no end of a line */
	CHECK(!multipart_parse(t->arena,
		STR("--x\nContent-Disposition: form-data; name=a\n\n1\n--x--\n"), STR("x"), &pairs));
}

TEST(limits_of_a_multipart_form)
{
	struct out o = out_new(t->arena);
	struct pairs pairs;
	char *name = ARENA_ARRAY(t->arena, char, 1001);

	for (int i = 0; i < PAIRS_MAX; i++)
		out_str(&o, crlf(t, FIELD("a", "1")));
	out_lit(&o, "--x--");
	CHECK(multipart_parse(t->arena, out_text(&o), STR("x"), &pairs));
	CHECK_INT(pairs.n, PAIRS_MAX);
	o.n -= 5;
	out_str(&o, crlf(t, FIELD("a", "1") "--x--"));
	CHECK(!multipart_parse(t->arena, out_text(&o), STR("x"), &pairs));
	memset(name, 'n', 1000);
	o.n = 0;
	out_fmt(&o, "--x\r\nContent-Disposition: form-data; name=%s\r\n\r\n1\r\n--x--", name);
	CHECK(!multipart_parse(t->arena, out_text(&o), STR("x"), &pairs));
}
