/* Tables as workbooks of spreadsheets (Office Open XML), by libxlsxwriter: it writes into files and allocates, and none
 * of it is left behind. */
#ifndef CORE_XLSX_H
#define CORE_XLSX_H

#include <stdbool.h>

#include "lib/date.h"

struct out;
struct sheet;

/* One sheet with a heading that stays in sight. Dates are dates; no text is computed. The same table at the same time
 * gives the same bytes. False: there was no memory, or no room for temporary files. */
bool xlsx_write(struct out *o, const struct sheet *sheet, struct instant now);

#endif
