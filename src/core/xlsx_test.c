/* Workbooks, unpacked by what everybody has: Python's zip. */
#include "core/xlsx.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/sheet.h"
#include "test/test.h"

static const struct sheet_column columns[] = {{STR("Nimi"), SHEET_TEXT}, {STR("P\xc3\xa4iv\xc3\xa4"), SHEET_DATE},
    {STR("N"), SHEET_NUMBER}};

static const struct str cells[] = {STR("=1+1"), STR("2026-09-05"), STR("-3"), STR("<a & \"b\">\nc"), STR(""), STR("")};

static const struct sheet two = {STR("Vuosikello: 2026/2027 ja v\xc3\xa4h\xc3\xa4n muuta"), columns, 3, cells, 2};

/* A part of the workbook as text. */
static struct str
part(struct test *t, struct str book, const char *name)
{
	char path[] = "/tmp/nuotio-xlsx-XXXXXX", piece[4096];
	struct out o = out_new(t->arena);
	int fd = mkstemp(path);
	FILE *pipe;
	size_t n;

	CHECK(fd >= 0 && write(fd, book.p, book.n) == (ssize_t)book.n);
	close(fd);
	pipe = popen(str_z(t->arena, str_fmt(t->arena,
	    "python3 -c 'import sys, zipfile; sys.stdout.write(zipfile.ZipFile(\"%s\").read(\"%s\").decode())'", path,
	    name)), "r");
	CHECK(pipe != NULL);
	while (pipe && (n = fread(piece, 1, sizeof piece, pipe)) > 0)
		out_bytes(&o, piece, n);
	if (pipe)
		CHECK_INT(pclose(pipe), 0);
	unlink(path);
	return out_text(&o);
}

#define CHECK_IN(text, wanted) CHECK(str_contains(text, STR(wanted)))

TEST(a_workbook_holds_texts_days_and_numbers)
{
	struct out o = out_new(t->arena);
	struct str sheet, texts;

	CHECK(xlsx_write(&o, &two, (struct instant){1800000000}));
	CHECK(str_starts(out_text(&o), STR("PK\x03\x04")));
	sheet = part(t, out_text(&o), "xl/worksheets/sheet1.xml");
	texts = part(t, out_text(&o), "xl/sharedStrings.xml");
	CHECK_IN(texts, "=1+1");
	CHECK(!str_contains(sheet, STR("<f>")));
	CHECK_IN(texts, "&lt;a &amp; ");
	CHECK_IN(sheet, "<v>46270</v>"); /* the day as Excel counts it */
	CHECK_IN(sheet, "<v>-3</v>");
	CHECK_IN(sheet, "<autoFilter ref=\"A1:C3\"/>");
	CHECK_IN(part(t, out_text(&o), "xl/workbook.xml"), "name=\"Vuosikello  2026 2027 ja v\xc3\xa4h\xc3\xa4n\"");
}

TEST(the_same_table_is_the_same_workbook)
{
	struct out a = out_new(t->arena), b = out_new(t->arena);

	CHECK(xlsx_write(&a, &two, (struct instant){1800000000}));
	CHECK(xlsx_write(&b, &two, (struct instant){1800000000}));
	CHECK(str_eq(out_text(&a), out_text(&b)));
}

TEST(a_table_without_rows_is_a_workbook)
{
	struct out o = out_new(t->arena);

	CHECK(xlsx_write(&o, &(struct sheet){STR(""), columns, 3, NULL, 0}, (struct instant){0}));
	CHECK(str_starts(out_text(&o), STR("PK\x03\x04")));
}
