#include "lib/sheet.h"

#include "lib/arena.h"
#include "lib/out.h"
#include "test/test.h"

TEST(a_sheet_as_text)
{
	static const struct sheet_column columns[] = {{STR("Nimi"), SHEET_TEXT}, {STR("Alkaa"), SHEET_DATE},
	    {STR("N"), SHEET_NUMBER}};
	static const struct str cells[] = {STR("=a;b"), STR("2026-09-05"), STR("-3"), STR("c"), STR(""), STR("")};
	struct out o = out_new(t->arena);

	sheet_csv(&o, &(struct sheet){STR("x"), columns, 3, cells, 2});
	CHECK_STR(out_text(&o), "\xef\xbb\xbfNimi;Alkaa;N\r\n\"'=a;b\";2026-09-05;-3\r\nc;;\r\n");
}
