/* Tables from anywhere. Whatever comes, cells stay within the limits, and what was read is the same when it is written
 * and read again. */
#include "lib/csv.h"

#include "lib/encoding.h"
#include "lib/out.h"

#include "test/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct csv_limits limits = {40, 12, 300}, wider = {40, 12, 301};
	struct arena *a = fuzz_arena();
	struct out o = out_new(a);
	struct csv csv, again;
	struct str text;

	if (encoding_read(a, (struct str){(const char *)data, n}, &text) >= ENCODING_WORKBOOK) {
		need(text.n == 0);
		return 0;
	}
	need(str_is_utf8(text));
	csv = csv_read(a, text, limits);
	need(csv.n <= limits.rows && (csv.n > 0 || csv.trouble != CSV_FINE));
	csv_begin(&o);
	for (size_t i = 0; i < csv.n; i++) {
		need(csv.at[i].n > 0 && csv.at[i].n <= limits.columns);
		need(csv.at[i].number > (i ? csv.at[i - 1].number : 0));
		for (size_t k = 0; k < csv.at[i].n; k++) {
			need(csv.at[i].at[k].n <= limits.cell_bytes);
			csv_cell(&o, csv.at[i].at[k], k == 0);
		}
		csv_row_end(&o);
	}
	need(encoding_read(a, out_text(&o), &text) == ENCODING_UTF8);
	if (csv.n == 0 || str_starts(text, STR("sep=")))
		return 0;
	again = csv_read(a, text, wider);
	/* A first row of one cell may hold more commas than semicolons, but then in quotation marks. */
	need(again.trouble == CSV_FINE && again.n == csv.n);
	for (size_t i = 0; i < csv.n; i++) {
		need(again.at[i].n == csv.at[i].n);
		for (size_t k = 0; k < csv.at[i].n; k++)
			need(str_eq(again.at[i].at[k], csv.at[i].at[k]));
	}
	return 0;
}
