#include "core/xlsx.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "lib/arena.h"
#include "lib/out.h"
#include "lib/sheet.h"

#include "core/log.h"

enum {
	NAME_CHARS_MAX = 31, /* of a sheet; Excel's limit */
	CELL_CHARS_MAX = 32767,
	FORMAT_LOCAL_DATE = 14, /* as the reader's own Excel writes days */
	WIDTH_MIN = 9,
	WIDTH_MAX = 60,
	FIRST_YEAR = 1900,
	READ_BYTES = 65536,
};

struct book {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *head, *date, *text;
	struct arena *arena;
	char *z; /* the text that is written, ended by NUL */
	size_t z_cap;
	lxw_error error; /* the first */
};

static void
note(struct book *b, lxw_error error)
{
	if (b->error == LXW_NO_ERROR)
		b->error = error;
}

static const char *
z_of(struct book *b, struct str s)
{
	s = str_prefix_chars(s, CELL_CHARS_MAX);
	if (b->z_cap <= s.n) {
		b->z_cap = 2 * s.n + 256;
		b->z = arena_bytes(b->arena, b->z_cap);
	}
	if (s.n)
		memcpy(b->z, s.p, s.n);
	b->z[s.n] = '\0';
	return b->z;
}

static void
write_cell(struct book *b, lxw_row_t row, lxw_col_t column, enum sheet_kind kind, struct str cell)
{
	struct date_parts day = kind == SHEET_DATE ? date_parts(date_of_iso(cell)) : (struct date_parts){0};
	int64_t n;

	if (cell.n == 0)
		return;
	if (day.year >= FIRST_YEAR)
		note(b, worksheet_write_datetime(b->sheet, row, column,
		    &(lxw_datetime){.year = day.year, .month = day.month, .day = day.day}, b->date));
	else if (kind == SHEET_NUMBER && str_int(cell, &n))
		note(b, worksheet_write_number(b->sheet, row, column, (double)n, NULL));
	else
		note(b, worksheet_write_string(b->sheet, row, column, z_of(b, cell), b->text));
}

/* As wide as its longest cell, within reason. */
static double
width_of(const struct sheet *s, size_t column)
{
	size_t width = str_chars(s->column[column].name) + 3; /* the arrow of the filter */

	if (s->column[column].kind == SHEET_DATE && width < WIDTH_MIN + 3)
		width = WIDTH_MIN + 3;
	for (size_t i = 0; s->column[column].kind == SHEET_TEXT && i < s->rows && width < WIDTH_MAX; i++) {
		size_t chars = str_chars(s->cell[i * s->columns + column]) + 1;

		width = chars > width ? chars : width;
	}
	return (double)(width < WIDTH_MIN ? WIDTH_MIN : width > WIDTH_MAX ? WIDTH_MAX : width);
}

/* Excel allows no []:*?/\ there. */
static const char *
name_of(struct book *b, struct str name)
{
	char *z = str_z(b->arena, str_trim(str_prefix_chars(name, NAME_CHARS_MAX)));

	for (char *c = z; *c; c++)
		if (strchr("[]:*?/\\'", *c))
			*c = ' ';
	return *z ? z : "1";
}

static void
fill(struct book *b, const struct sheet *s)
{
	b->sheet = workbook_add_worksheet(b->book, name_of(b, s->name));
	b->head = workbook_add_format(b->book);
	b->date = workbook_add_format(b->book);
	b->text = workbook_add_format(b->book);
	if (!b->sheet || !b->head || !b->date || !b->text) {
		note(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	format_set_bold(b->head);
	format_set_num_format_index(b->date, FORMAT_LOCAL_DATE);
	format_set_align(b->date, LXW_ALIGN_VERTICAL_TOP);
	format_set_align(b->text, LXW_ALIGN_VERTICAL_TOP);
	format_set_text_wrap(b->text);
	for (size_t k = 0; k < s->columns; k++) {
		note(b, worksheet_set_column(b->sheet, (lxw_col_t)k, (lxw_col_t)k, width_of(s, k), NULL));
		note(b, worksheet_write_string(b->sheet, 0, (lxw_col_t)k, z_of(b, s->column[k].name), b->head));
	}
	for (size_t i = 0; i < s->rows; i++)
		for (size_t k = 0; k < s->columns; k++)
			write_cell(b, (lxw_row_t)i + 1, (lxw_col_t)k, s->column[k].kind,
			    s->cell[i * s->columns + k]);
	worksheet_freeze_panes(b->sheet, 1, 0);
	if (s->columns)
		note(b, worksheet_autofilter(b->sheet, 0, 0, (lxw_row_t)s->rows, (lxw_col_t)(s->columns - 1)));
}

static bool
read_back(struct out *o, int fd)
{
	off_t length = lseek(fd, 0, SEEK_END), at = 0;

	if (length <= 0)
		return false;
	out_reserve(o, (size_t)length);
	while (at < length) {
		ssize_t n = pread(fd, o->p + o->n, (size_t)(length - at), at);

		if (n <= 0)
			return false;
		o->n += (size_t)n;
		at += n;
	}
	return true;
}

/* The library opens its file by name: that of a piece of memory. */
static bool
write_into(int fd, struct out *o, const struct sheet *s, struct instant now)
{
	struct book b = {.arena = o->arena};
	lxw_doc_properties properties = {.created = (time_t)now.s};
	char path[64];

	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	b.book = workbook_new(path);
	if (!b.book)
		return false;
	note(&b, workbook_set_properties(b.book, &properties));
	fill(&b, s);
	note(&b, workbook_close(b.book)); /* frees it, whatever happened */
	if (b.error != LXW_NO_ERROR)
		log_line(LEVEL_ERROR, "xlsx: %s", lxw_strerror(b.error));
	return b.error == LXW_NO_ERROR && read_back(o, fd);
}

bool
xlsx_write(struct out *o, const struct sheet *sheet, struct instant now)
{
	int fd = memfd_create("xlsx", MFD_CLOEXEC);
	bool good;

	if (fd < 0)
		return false;
	good = write_into(fd, o, sheet, now);
	close(fd);
	return good;
}
