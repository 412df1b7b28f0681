/* Tables as spreadsheets write them. */
#include "lib/csv.h"

#include "lib/arena.h"
#include "lib/encoding.h"
#include "lib/out.h"
#include "test/test.h"

static const struct csv_limits usual = {100, 10, 1000};

static struct csv
read_text(struct test *t, const char *text)
{
	return csv_read(t->arena, str_of(text), usual);
}

/* "a|b/c|d" */
static struct str
cells(struct test *t, struct csv csv)
{
	struct out o = out_new(t->arena);

	for (size_t i = 0; i < csv.n; i++)
		for (size_t k = 0; k < csv.at[i].n; k++) {
			if (i || k)
				out_char(&o, k ? '|' : '/');
			out_str(&o, csv.at[i].at[k]);
		}
	return out_text(&o);
}

TEST(lines_end_as_any_system_ends_them)
{
	CHECK_STR(cells(t, read_text(t, "a;b\r\nc;d\r\n")), "a|b/c|d");
	CHECK_STR(cells(t, read_text(t, "a;b\nc;d")), "a|b/c|d");
	CHECK_STR(cells(t, read_text(t, "a;b\rc;d\r")), "a|b/c|d");
}

TEST(the_first_row_tells_the_separator)
{
	CHECK_INT(read_text(t, "a;b,c;d").separator, ';');
	CHECK_INT(read_text(t, "a,b,c;d").separator, ',');
	CHECK_INT(read_text(t, "a\tb\n1,2\t3,4,5").separator, '\t');
	CHECK_INT(read_text(t, "\"a,b,c,d\";e").separator, ';');
	CHECK_INT(read_text(t, "one").separator, ';');
	CHECK_STR(cells(t, read_text(t, "sep=,\r\na,b;c;d\n")), "a|b;c;d");
	CHECK_INT(read_text(t, "sep=,\r\na,b\n").at[0].number, 1);
}

TEST(cells_in_quotation_marks)
{
	CHECK_STR(cells(t, read_text(t, "\"a;b\";\"c \"\"d\"\" e\"\n")), "a;b|c \"d\" e");
	CHECK_STR(cells(t, read_text(t, "\"a\r\nb\";c\n")), "a\r\nb|c");
	CHECK_STR(cells(t, read_text(t, "\"\";\"\"\"\";x\n")), "|\"|x");
	CHECK_STR(cells(t, read_text(t, "\"a\"b;c\"d\"\n")), "ab|c\"d\"");
	CHECK_STR(cells(t, read_text(t, "\"\"\"a\"\" and \"\"b\"\"\"")), "\"a\" and \"b\"");
}

TEST(empty_rows_are_left_out_and_counted)
{
	struct csv csv = read_text(t, "a;b\n\n ;;\n\"x\ny\";1\nc;d\n");

	CHECK_INT(csv.n, 3);
	CHECK_INT(csv.at[1].number, 4);
	CHECK_INT(csv.at[2].number, 5);
}

TEST(what_is_too_much_is_told_with_its_place)
{
	struct csv csv = csv_read(t->arena, STR("a\nb\nc\nd"), (struct csv_limits){3, 9, 9});

	CHECK_INT(csv.trouble, CSV_TOO_MANY_ROWS);
	CHECK_INT(csv.n, 3);
	CHECK_INT(csv.row, 4);
	csv = csv_read(t->arena, STR("a;b\nc;d;e"), (struct csv_limits){3, 2, 9});
	CHECK_INT(csv.trouble, CSV_TOO_MANY_COLUMNS);
	CHECK_INT(csv.row, 2);
	CHECK_INT(csv.column, 3);
	csv = csv_read(t->arena, STR("a;b\nc;\"ddd\""), (struct csv_limits){3, 2, 2});
	CHECK_INT(csv.trouble, CSV_CELL_TOO_LONG);
	CHECK_INT(csv.column, 2);
	csv = read_text(t, "a;b\nc;\"d\ne;f\ng");
	CHECK_INT(csv.trouble, CSV_QUOTE_NOT_CLOSED);
	CHECK_INT(csv.row, 2);
	CHECK_INT(csv.column, 2);
	CHECK_INT(read_text(t, "").trouble, CSV_EMPTY);
	CHECK_INT(read_text(t, "\r\n ; ;\n").trouble, CSV_EMPTY);
}

/* Whatever stands in a cell, it comes back, and no spreadsheet computes it. */
TEST(a_cell_is_the_same_after_writing_and_reading)
{
	static const char *const cell[] = {"a", "", " a ", "a;b", "a,b", "\"", "\"a\"", "a\nb", "a\r\nb", "=1+1",
	    "+358", "-1", "@x", "\tx", "'x", "'=1", "''-1", "\nx", "ä€", "=HYPERLINK(\"http://x\";\"y\")"};
	enum { CELLS = sizeof cell / sizeof *cell };
	struct out o = out_new(t->arena);
	struct csv csv;

	csv_begin(&o);
	for (size_t i = 0; i < CELLS; i++) {
		csv_cell(&o, STR("k"), true);
		csv_cell(&o, str_of(cell[i]), false);
		csv_row_end(&o);
	}
	csv = csv_read(t->arena, str_sub(out_text(&o), 3, o.n), usual);
	CHECK_INT(csv.n, CELLS);
	for (size_t i = 0; i < CELLS && i < csv.n; i++)
		CHECK_STR(csv.at[i].at[1], cell[i]);
	for (size_t i = 0; i + 1 < o.n; i++)
		if (o.p[i] == ';' || (o.p[i] == '"' && i && o.p[i - 1] == ';'))
			CHECK(o.p[i + 1] != '=' && o.p[i + 1] != '+' && o.p[i + 1] != '@');
}

static struct str
decoded(struct test *t, struct str bytes, enum encoding wanted)
{
	struct str text;

	CHECK_INT(encoding_read(t->arena, bytes, &text), wanted);
	return text;
}

TEST(a_text_in_any_encoding_is_utf8)
{
	CHECK_STR(decoded(t, STR("Yhteis\xc3\xb6"), ENCODING_UTF8), "Yhteis\xc3\xb6");
	CHECK_STR(decoded(t, STR("\xef\xbb\xbfYhteis\xc3\xb6"), ENCODING_UTF8), "Yhteis\xc3\xb6");
	CHECK_STR(decoded(t, STR("Yhteis\xf6 \x96 5 \x80"), ENCODING_CP1252),
	    "Yhteis\xc3\xb6 \xe2\x80\x93 5 \xe2\x82\xac");
	CHECK_STR(decoded(t, STR("\xff\xfe\xe4\0=\xd8\x0a\xdc"), ENCODING_UTF16), "\xc3\xa4\xf0\x9f\x90\x8a");
	CHECK_STR(decoded(t, STR("\xfe\xff\0\xe4"), ENCODING_UTF16), "\xc3\xa4");
	CHECK_STR(decoded(t, STR(""), ENCODING_UTF8), "");
}

TEST(what_is_no_text_is_told)
{
	CHECK_STR(decoded(t, STR("PK\x03\x04zip"), ENCODING_WORKBOOK), "");
	CHECK_STR(decoded(t, STR("\xd0\xcf\x11\xe0old"), ENCODING_WORKBOOK), "");
	CHECK_STR(decoded(t, STR("a\0b"), ENCODING_BINARY), "");
	CHECK_STR(decoded(t, STR("\x89PNG\r\n\x1a\n"), ENCODING_BINARY), "");
	CHECK_STR(decoded(t, STR("\xff\xfe" "a"), ENCODING_BINARY), "");
	CHECK_STR(decoded(t, STR("\xff\xfe\0\xdc" "a\0"), ENCODING_BINARY), "");
	CHECK_STR(decoded(t, STR("\xff\xfe\0\xd8" "a\0"), ENCODING_BINARY), "");
	CHECK_STR(decoded(t, STR("\xe4\x81"), ENCODING_BINARY), "");
}
