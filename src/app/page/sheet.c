/* Tables that people take with them. */
#include "app/page/page.h"

#include "lib/sheet.h"

#include "core/xlsx.h"

bool
page_sheet_form(struct str word, enum page_sheet_form *form)
{
	*form = str_is(word, "xlsx") ? PAGE_SHEET_XLSX : PAGE_SHEET_CSV;
	return *form == PAGE_SHEET_XLSX || str_is(word, "csv");
}

void
page_sheet(struct req *r, const struct sheet *sheet, enum page_sheet_form form, struct str filename)
{
	switch (form) {
	case PAGE_SHEET_CSV:
		r->type = STR("text/csv; charset=utf-8");
		sheet_csv(&r->out, sheet);
		break;
	case PAGE_SHEET_XLSX:
		r->type = STR("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
		if (!xlsx_write(&r->out, sheet, r->now)) {
			r->type = (struct str){0};
			r->out.n = 0;
			r->status = 503;
			page_bare(r, 503);
			return;
		}
		break;
	}
	r->filename = filename;
}
