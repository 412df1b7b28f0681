#include "lib/csv.h"

#include "lib/arena.h"
#include "lib/out.h"

/* --- formulas ----------------------------------------------------------------------------------------- */

static bool
is_dangerous(char c)
{
	return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether it begins with something dangerous behind apostrophes, of which there may be none. */
static bool
computes(struct str cell)
{
	size_t i = 0;

	while (i < cell.n && cell.p[i] == '\'')
		i++;
	return i < cell.n && is_dangerous(cell.p[i]);
}

static struct str
without_mark(struct str cell)
{
	return cell.n && cell.p[0] == '\'' && computes(cell) ? str_sub(cell, 1, cell.n) : cell;
}

/* --- reading ------------------------------------------------------------------------------------------- */

struct reader {
	struct arena *arena;
	struct str text;
	size_t at;
	char separator;
	struct csv_limits limits;
	struct csv *csv;
	struct str *cell; /* of the row that is read */
	size_t cells, cap;
};

static bool
ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* The first line of the text, which may say "sep=;" and is no row then, decides. */
static char
separator_of(struct str text, size_t *skip)
{
	static const char known[] = {';', ',', '\t'};
	size_t seen[sizeof known] = {0}, best = 0;
	bool quoted = false;

	*skip = 0;
	if (str_starts(text, STR("sep=")) && text.n > 4 && !ends_line(text.p[4]) &&
	    (text.n == 5 || ends_line(text.p[5]))) {
		*skip = text.n == 5 ? 5 : text.n > 6 && text.p[5] == '\r' && text.p[6] == '\n' ? 7 : 6;
		for (size_t k = 0; k < sizeof known; k++)
			if (text.p[4] == known[k])
				return known[k];
		text = str_sub(text, *skip, text.n);
	}
	for (size_t i = 0; i < text.n && (quoted || !ends_line(text.p[i])); i++) {
		if (text.p[i] == '"')
			quoted = !quoted;
		for (size_t k = 0; k < sizeof known; k++)
			seen[k] += !quoted && text.p[i] == known[k];
	}
	for (size_t k = 1; k < sizeof known; k++)
		if (seen[k] > seen[best])
			best = k;
	return known[best];
}

static bool
trouble(struct reader *r, enum csv_trouble what, size_t row, size_t column)
{
	r->csv->trouble = what;
	r->csv->row = row;
	r->csv->column = column;
	return false;
}

/* A cell in quotation marks: what stands behind the closing one belongs to it, as spreadsheets read it. False: they
 * are not closed. */
static bool
read_quoted(struct reader *r, struct str *cell)
{
	struct out o = out_new(r->arena);
	size_t from = ++r->at;

	for (;;) {
		while (r->at < r->text.n && r->text.p[r->at] != '"')
			r->at++;
		if (r->at == r->text.n)
			return false;
		if (r->at + 1 < r->text.n && r->text.p[r->at + 1] == '"') {
			out_str(&o, str_sub(r->text, from, r->at + 1 - from));
			r->at += 2;
			from = r->at;
			continue;
		}
		break;
	}
	*cell = str_sub(r->text, from, r->at - from);
	from = ++r->at;
	while (r->at < r->text.n && r->text.p[r->at] != r->separator && !ends_line(r->text.p[r->at]))
		r->at++;
	if (o.n || r->at > from) {
		out_str(&o, *cell);
		out_str(&o, str_sub(r->text, from, r->at - from));
		*cell = out_text(&o);
	}
	return true;
}

static bool
read_cell(struct reader *r, size_t number)
{
	struct str cell;
	size_t from = r->at;

	if (r->cells == r->limits.columns)
		return trouble(r, CSV_TOO_MANY_COLUMNS, number, r->cells + 1);
	if (from < r->text.n && r->text.p[from] == '"') {
		if (!read_quoted(r, &cell))
			return trouble(r, CSV_QUOTE_NOT_CLOSED, number, r->cells + 1);
	} else {
		while (r->at < r->text.n && r->text.p[r->at] != r->separator && !ends_line(r->text.p[r->at]))
			r->at++;
		cell = str_sub(r->text, from, r->at - from);
	}
	if (cell.n > r->limits.cell_bytes)
		return trouble(r, CSV_CELL_TOO_LONG, number, r->cells + 1);
	r->cell = arena_grow(r->arena, r->cell, r->cells, 1, sizeof *r->cell, &r->cap);
	r->cell[r->cells++] = without_mark(cell);
	return true;
}

static bool
is_empty(const struct reader *r)
{
	for (size_t i = 0; i < r->cells; i++)
		if (str_trim(r->cell[i]).n)
			return false;
	return true;
}

/* Over the end of the line, if it stands there. */
static void
skip_end(struct reader *r)
{
	if (r->at < r->text.n && r->text.p[r->at] == '\r')
		r->at++;
	else if (r->at < r->text.n && r->text.p[r->at] == '\n') {
		r->at++;
		return;
	} else
		return;
	if (r->at < r->text.n && r->text.p[r->at] == '\n')
		r->at++;
}

static bool
read_row(struct reader *r, size_t number, size_t *cap)
{
	struct csv *csv = r->csv;
	struct csv_row row = {NULL, 0, number};

	r->cells = 0;
	for (;;) {
		if (!read_cell(r, number))
			return false;
		if (r->at == r->text.n || r->text.p[r->at] != r->separator)
			break;
		r->at++;
	}
	skip_end(r);
	if (is_empty(r))
		return true;
	if (csv->n == r->limits.rows)
		return trouble(r, CSV_TOO_MANY_ROWS, number, 1);
	row.n = r->cells;
	row.at = ARENA_ARRAY(r->arena, struct str, row.n);
	memcpy(row.at, r->cell, row.n * sizeof *row.at);
	csv->at = arena_grow(r->arena, csv->at, csv->n, 1, sizeof row, cap);
	csv->at[csv->n++] = row;
	return true;
}

struct csv
csv_read(struct arena *a, struct str text, struct csv_limits limits)
{
	struct csv csv = {0};
	size_t cap = 0, number = 1;
	struct reader r = {.arena = a, .text = text, .limits = limits, .csv = &csv};

	csv.separator = r.separator = separator_of(text, &r.at);
	while (r.at < r.text.n && read_row(&r, number, &cap))
		number++;
	if (csv.n == 0 && csv.trouble == CSV_FINE)
		csv.trouble = CSV_EMPTY;
	return csv;
}

/* --- writing ------------------------------------------------------------------------------------------- */

void
csv_begin(struct out *o)
{
	out_lit(o, "\xef\xbb\xbf");
}

static bool
needs_quotes(struct str cell)
{
	for (size_t i = 0; i < cell.n; i++)
		if (strchr(";,\"\t\r\n", cell.p[i]))
			return true;
	return cell.n && (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ');
}

void
csv_cell(struct out *o, struct str cell, bool first)
{
	bool quotes = needs_quotes(cell);

	if (!first)
		out_char(o, ';');
	if (quotes)
		out_char(o, '"');
	if (computes(cell))
		out_char(o, '\'');
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			out_char(o, '"');
		out_char(o, cell.p[i]);
	}
	if (quotes)
		out_char(o, '"');
}

void
csv_row_end(struct out *o)
{
	out_lit(o, "\r\n");
}
