/* Writes what the C compiler reads: rows, prototypes, the code of each query, and the lists of the program. */
#include "tool/sqlgen.h"

#include <string.h>

/* --- types in C -------------------------------------------------------------------------------------- */

static struct str
enum_name(struct sqlgen *g, const struct column *c)
{
	return str_fmt(g->run->arena, "%.*s_%.*s", STR_ARG(c->table->name), STR_ARG(c->name));
}

/* The C type of a value, with a space behind where one is needed. */
static struct str
c_type(struct sqlgen *g, struct value v)
{
	struct arena *a = g->run->arena;

	switch (v.type) {
	case T_ID: return str_fmt(a, "%.*s_id ", STR_ARG(v.id->name));
	case T_INT: return v.maybe ? STR("struct maybe_int ") : STR("int64_t ");
	case T_BOOL: return STR("bool ");
	case T_REAL: return v.maybe ? STR("struct maybe_real ") : STR("double ");
	case T_TEXT: return v.words ? str_fmt(a, "enum %.*s ", STR_ARG(enum_name(g, v.words))) : STR("struct str ");
	case T_DATE: return STR("struct date ");
	case T_INSTANT: return STR("struct instant ");
	case T_BLOB:
	case T_JSON: return STR("struct str ");
	case T_TEXTS: return STR("struct texts ");
	case T_TYPES: break;
	}
	return STR("void ");
}

static const char *
db_type(struct value v)
{
	static const char *const names[T_TYPES] = {"DB_ID", "DB_INT", "DB_BOOL", "DB_REAL", "DB_TEXT", "DB_DATE",
	    "DB_INSTANT", "DB_BLOB", "DB_JSON", "DB_TEXT"};

	return v.list ? "DB_LIST" : names[v.type];
}

/* --- rows.h --------------------------------------------------------------------------------------------- */

static void
write_enum(struct sqlgen *g, const struct column *c, struct out *h, struct out *source, struct out *sym)
{
	struct str name = enum_name(g, c), upper = upper_name(g->run->arena, name);

	out_fmt(h, "\nenum %.*s {\n\t%.*s_NONE,\n", STR_ARG(name), STR_ARG(upper));
	for (size_t i = 0; i < c->words; i++)
		out_fmt(h, "\t%.*s_%.*s,\n", STR_ARG(upper), STR_ARG(upper_name(g->run->arena, c->word[i])));
	out_fmt(h, "};\nenum { %.*s_COUNT = %zu };\n", STR_ARG(upper), c->words + 1);
	out_fmt(h, "/* The words in the database; the first is empty. */\nextern const char *const %.*s_words[];\n",
	    STR_ARG(name));
	out_fmt(h, "/* False and *is untouched for any other word. */\nbool %.*s_of(struct str word, enum %.*s *is);\n",
	    STR_ARG(name), STR_ARG(name));

	out_fmt(source, "\nconst char *const %.*s_words[] = {\"\"", STR_ARG(name));
	for (size_t i = 0; i < c->words; i++) {
		out_lit(source, ", ");
		c_string(source, c->word[i]);
	}
	out_fmt(source, "};\n\nbool\n%.*s_of(struct str word, enum %.*s *is)\n{\n"
	    "\tfor (int i = 1; i < %.*s_COUNT; i++)\n\t\tif (str_is(word, %.*s_words[i])) {\n"
	    "\t\t\t*is = (enum %.*s)i;\n\t\t\treturn true;\n\t\t}\n\treturn false;\n}\n",
	    STR_ARG(name), STR_ARG(name), STR_ARG(upper), STR_ARG(name), STR_ARG(name));

	out_fmt(sym, "%.*s|NONE", STR_ARG(name));
	for (size_t i = 0; i < c->words; i++)
		out_fmt(sym, ",%.*s", STR_ARG(c->word[i]));
	out_fmt(sym, "|%.*s/%.*s.rows.h\n", STR_ARG(c->table->folder->path), STR_ARG(c->table->folder->name));
}

static void
write_struct(struct sqlgen *g, struct out *h, struct str name, const struct result_column *c, size_t n)
{
	out_fmt(h, "\nstruct %.*s {\n", STR_ARG(name));
	for (size_t i = 0; i < n; i++)
		out_fmt(h, "\t%.*s%.*s;\n", STR_ARG(c_type(g, c[i].is)), STR_ARG(c[i].name));
	out_fmt(h, "};\n\nstruct %.*s_list {\n\tstruct %.*s *at;\n\tsize_t n;\n};\n", STR_ARG(name),
	    STR_ARG(name));
}

static struct result_column *
columns_of(struct sqlgen *g, const struct table *t)
{
	struct result_column *c = ARENA_ARRAY(g->run->arena, struct result_column, t->columns);

	for (size_t i = 0; i < t->columns; i++) {
		c[i] = (struct result_column){t->column[i].name, t->column[i].is, 0};
		c[i].is.words = t->column[i].words ? &t->column[i] : NULL;
	}
	return c;
}

static void
write_guard(struct out *h, struct str path, const char *what)
{
	out_fmt(h, "/* Generated from %s. */\n#pragma once\n\n", what);
	(void)path;
}

/* The rows of the folders whose ids or rows this one uses. */
static void
write_includes(struct sqlgen *g, const struct folder *f, struct out *h)
{
	for (size_t i = 0; i < g->folders; i++) {
		const struct folder *other = &g->folder[i];
		bool used = false;

		if (other == f)
			continue;
		for (size_t k = 0; k < f->tables; k++)
			for (size_t c = 0; c < f->table[k]->columns; c++)
				used = used || (f->table[k]->column[c].is.id && f->table[k]->column[c].is.id->folder == other);
		for (size_t k = 0; k < f->queries; k++) {
			const struct query *q = f->query[k];

			for (size_t p = 0; p < q->params; p++)
				used = used || (q->param[p].is.id && q->param[p].is.id->folder == other) ||
				    (q->param[p].is.words && q->param[p].is.words->table->folder == other);
			for (size_t c = 0; q->row && c < q->row->columns; c++)
				used = used || (q->row->column[c].is.id && q->row->column[c].is.id->folder == other) ||
				    (q->row->column[c].is.words && q->row->column[c].is.words->table->folder == other);
			used = used || (q->row && q->row->table && q->row->table->folder == other);
		}
		if (used)
			out_fmt(h, "#include \"%.*s/%.*s.rows.h\"\n", STR_ARG(other->path), STR_ARG(other->name));
	}
}

static void
write_rows(struct sqlgen *g, struct folder *f, struct out *source, struct out *sym)
{
	struct out h = out_new(g->run->arena);

	write_guard(&h, f->path, "schema.sql and the queries beside it");
	out_lit(&h, "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n#include \"core/db/stmt.h\"\n"
	    "#include \"lib/date.h\"\n#include \"lib/str.h\"\n#include \"lib/text.h\"\n\n");
	write_includes(g, f, &h);
	out_char(&h, '\n');
	for (size_t i = 0; i < f->tables; i++)
		out_fmt(&h, "typedef struct {\n\tint64_t n;\n} %.*s_id;\n", STR_ARG(f->table[i]->name));
	for (size_t i = 0; i < f->tables; i++)
		for (size_t k = 0; k < f->table[i]->columns; k++)
			if (f->table[i]->column[k].words)
				write_enum(g, &f->table[i]->column[k], &h, source, sym);
	for (size_t i = 0; i < f->tables; i++)
		write_struct(g, &h, f->table[i]->name, columns_of(g, f->table[i]), f->table[i]->columns);
	for (size_t i = 0; i < f->rows; i++)
		write_struct(g, &h, f->row[i]->name, f->row[i]->column, f->row[i]->columns);
	write_if_changed(g->run, str_fmt(g->run->arena, "%.*s/%.*s.rows.h", STR_ARG(f->path), STR_ARG(f->name)),
	    out_text(&h));
}

/* --- queries ------------------------------------------------------------------------------------------------ */

static void
write_prototype(struct sqlgen *g, const struct query *q, struct out *o, const char *between)
{
	struct str name = q->row ? q->row->name : STR("");

	switch (q->kind) {
	case RESULT_LIST: out_fmt(o, "struct %.*s_list", STR_ARG(name)); break;
	case RESULT_MAYBE:
	case RESULT_MAYBE_VALUE: out_lit(o, "bool"); break;
	case RESULT_ONE: out_fmt(o, "struct %.*s", STR_ARG(name)); break;
	case RESULT_CHANGED: out_lit(o, "int64_t"); break;
	case RESULT_VALUE: out_str(o, str_trim(c_type(g, q->value))); break;
	}
	out_fmt(o, "%s%.*s(struct tx *tx", between, STR_ARG(q->name));
	for (size_t i = 0; i < q->params; i++) {
		const struct param *p = &q->param[i];

		if (p->is.list)
			out_fmt(o, ", const %.*s*%.*s, size_t %.*s_n", STR_ARG(c_type(g, p->is)), STR_ARG(p->name),
			    STR_ARG(p->name));
		else
			out_fmt(o, ", %.*s%.*s", STR_ARG(c_type(g, p->is)), STR_ARG(p->name));
	}
	if (q->kind == RESULT_MAYBE)
		out_fmt(o, ", struct %.*s *out", STR_ARG(name));
	if (q->kind == RESULT_MAYBE_VALUE)
		out_fmt(o, ", %.*s*out", STR_ARG(c_type(g, q->value)));
	out_char(o, ')');
}

static void
write_bind(struct sqlgen *g, const struct param *p, struct out *o)
{
	struct str n = p->name;
	const char *maybe = p->is.maybe ? "true" : "false";

	if (p->is.list) {
		out_fmt(o, "\tdb_bind_list(s, (const int64_t *)%.*s, %.*s_n);\n", STR_ARG(n), STR_ARG(n));
		return;
	}
	switch (p->is.type) {
	case T_ID: out_fmt(o, "\tdb_bind_id(s, %.*s.n, %s);\n", STR_ARG(n), maybe); break;
	case T_INT: out_fmt(o, "\tdb_bind_%sint(s, %.*s);\n", p->is.maybe ? "maybe_" : "", STR_ARG(n)); break;
	case T_REAL: out_fmt(o, "\tdb_bind_%sreal(s, %.*s);\n", p->is.maybe ? "maybe_" : "", STR_ARG(n)); break;
	case T_BOOL: out_fmt(o, "\tdb_bind_bool(s, %.*s);\n", STR_ARG(n)); break;
	case T_DATE: out_fmt(o, "\tdb_bind_date(s, %.*s, %s);\n", STR_ARG(n), maybe); break;
	case T_INSTANT: out_fmt(o, "\tdb_bind_instant(s, %.*s, %s);\n", STR_ARG(n), maybe); break;
	case T_BLOB: out_fmt(o, "\tdb_bind_blob(s, %.*s);\n", STR_ARG(n)); break;
	case T_TEXTS: out_fmt(o, "\tfor (int l = 0; l < LANG_COUNT; l++)\n\t\tdb_bind_text(s, %.*s.at[l]);\n", STR_ARG(n)); break;
	case T_TEXT:
		if (p->is.words) {
			struct str words = enum_name(g, p->is.words);

			out_fmt(o, "\tneed(%.*s > 0 && (int)%.*s < %.*s_COUNT);\n", STR_ARG(n), STR_ARG(n),
			    STR_ARG(upper_name(g->run->arena, words)));
			out_fmt(o, "\tdb_bind_text(s, str_of(%.*s_words[%.*s]));\n", STR_ARG(words), STR_ARG(n));
			break;
		}
		/* fall through */
	case T_JSON: out_fmt(o, "\tdb_bind_text(s, %.*s);\n", STR_ARG(n)); break;
	case T_TYPES: break;
	}
}

static void
write_value(struct sqlgen *g, struct value v, int i, struct out *o)
{
	switch (v.type) {
	case T_ID: out_fmt(o, "{db_col_int(s, %d)}", i); break;
	case T_INT: out_fmt(o, "db_col_%sint(s, %d)", v.maybe ? "maybe_" : "", i); break;
	case T_REAL: out_fmt(o, "db_col_%sreal(s, %d)", v.maybe ? "maybe_" : "", i); break;
	case T_BOOL: out_fmt(o, "db_col_bool(s, %d)", i); break;
	case T_DATE: out_fmt(o, "db_col_date(s, %d)", i); break;
	case T_INSTANT: out_fmt(o, "db_col_instant(s, %d)", i); break;
	case T_BLOB: out_fmt(o, "db_col_blob(s, %d)", i); break;
	case T_TEXTS: out_fmt(o, "{{db_col_text(s, %d), db_col_text(s, %d), db_col_text(s, %d)}}", i, i + 1, i + 2); break;
	case T_TEXT:
		if (v.words) {
			out_fmt(o, "read_%.*s(db_col_text(s, %d))", STR_ARG(enum_name(g, v.words)), i);
			break;
		}
		/* fall through */
	case T_JSON: out_fmt(o, "db_col_text(s, %d)", i); break;
	case T_TYPES: break;
	}
}

static void
write_row(struct sqlgen *g, const struct row *row, struct out *o, const char *indent)
{
	out_fmt(o, "(struct %.*s){\n", STR_ARG(row->name));
	for (size_t i = 0; i < row->columns; i++) {
		out_fmt(o, "%s\t.%.*s = ", indent, STR_ARG(row->column[i].name));
		write_value(g, row->column[i].is, row->column[i].first, o);
		out_lit(o, ",\n");
	}
	out_fmt(o, "%s}", indent);
}

static void
write_statement(struct sqlgen *g, const struct query *q, struct out *o)
{
	struct place at = place_at(q->in, q->sql_at);
	int columns = 0;

	out_fmt(o, "\n#line %d \"src/%s\"\n", at.line, q->in->path);
	if (q->params) {
		out_fmt(o, "static const uint8_t %.*s_params[] = {", STR_ARG(q->name));
		for (size_t i = 0; i < q->params; i++)
			for (int k = 0; k < (q->param[i].is.type == T_TEXTS ? 3 : 1); k++)
				out_fmt(o, "%s, ", db_type(q->param[i].is));
		out_lit(o, "};\n");
	}
	if (q->kind != RESULT_CHANGED) {
		out_fmt(o, "static const uint8_t %.*s_columns[] = {", STR_ARG(q->name));
		if (q->row)
			for (size_t i = 0; i < q->row->columns; i++)
				for (int k = 0; k < (q->row->column[i].is.type == T_TEXTS ? 3 : 1); k++, columns++)
					out_fmt(o, "%s, ", db_type(q->row->column[i].is));
		else
			out_fmt(o, "%s, ", db_type(q->value)), columns = 1;
		out_lit(o, "};\n");
	}
	out_fmt(o, "const struct db_statement statement_%.*s = {\"%.*s\", ", STR_ARG(q->name), STR_ARG(q->name));
	c_string(o, q->sqlite);
	out_lit(o, ", ");
	c_string(o, q->postgres);
	out_fmt(o, ", \"%s:%d\", %s, %d, %d, ", q->in->path, at.line, q->writes ? "true" : "false", q->numbers,
	    columns);
	if (q->params)
		out_fmt(o, "%.*s_params, ", STR_ARG(q->name));
	else
		out_lit(o, "NULL, ");
	if (columns)
		out_fmt(o, "%.*s_columns, %d};\n", STR_ARG(q->name), q->index);
	else
		out_fmt(o, "NULL, %d};\n", q->index);
	(void)g;
}

static void
write_query(struct sqlgen *g, const struct query *q, struct out *o)
{
	write_statement(g, q, o);
	out_char(o, '\n');
	write_prototype(g, q, o, "\n");
	out_fmt(o, "\n{\n\tstruct stmt *s = db_start(tx, &statement_%.*s);\n", STR_ARG(q->name));
	switch (q->kind) {
	case RESULT_LIST:
		out_fmt(o, "\tstruct %.*s_list list = {0};\n\tsize_t cap = 0;\n", STR_ARG(q->row->name));
		break;
	case RESULT_MAYBE:
	case RESULT_MAYBE_VALUE: out_lit(o, "\tbool found;\n"); break;
	case RESULT_ONE: out_fmt(o, "\tstruct %.*s row;\n\tbool found;\n", STR_ARG(q->row->name)); break;
	case RESULT_VALUE: out_fmt(o, "\t%.*svalue;\n\tbool found;\n", STR_ARG(c_type(g, q->value))); break;
	case RESULT_CHANGED: break;
	}
	out_char(o, '\n');
	for (size_t i = 0; i < q->params; i++)
		write_bind(g, &q->param[i], o);
	switch (q->kind) {
	case RESULT_LIST:
		out_lit(o, "\twhile (db_step(s)) {\n\t\tlist.at = arena_grow(tx->arena, list.at, list.n, 1, sizeof *list.at, &cap);\n"
		    "\t\tlist.at[list.n++] = ");
		write_row(g, q->row, o, "\t\t");
		out_lit(o, ";\n\t}\n\tdb_end(s);\n\treturn list;\n}\n");
		break;
	case RESULT_MAYBE:
		out_lit(o, "\tfound = db_step(s);\n\tif (found)\n\t\t*out = ");
		write_row(g, q->row, o, "\t\t");
		out_lit(o, ";\n\tdb_end(s);\n\treturn found;\n}\n");
		break;
	case RESULT_ONE:
		out_lit(o, "\tfound = db_step(s);\n\tneed(found);\n\trow = ");
		write_row(g, q->row, o, "\t");
		out_lit(o, ";\n\tdb_end(s);\n\treturn row;\n}\n");
		break;
	case RESULT_VALUE:
	case RESULT_MAYBE_VALUE:
		out_lit(o, "\tfound = db_step(s);\n");
		out_str(o, q->kind == RESULT_VALUE ? STR("\tneed(found);\n\tvalue = ") : STR("\tif (found)\n\t\t*out = "));
		if (q->value.type == T_ID || q->value.type == T_TEXTS)
			out_fmt(o, "(%.*s)", STR_ARG(str_trim(c_type(g, q->value))));
		write_value(g, q->value, 0, o);
		out_fmt(o, ";\n\tdb_end(s);\n\treturn %s;\n}\n", q->kind == RESULT_VALUE ? "value" : "found");
		break;
	case RESULT_CHANGED:
		out_lit(o, "\tdb_step(s);\n\treturn db_end(s);\n}\n");
		break;
	}
}

/* A word in the database that is none of the schema's cannot be: a CHECK stands before it. */
static void
write_readers(struct sqlgen *g, const struct folder *f, struct out *o)
{
	const struct column *done[64];
	size_t n = 0;

	for (size_t i = 0; i < f->queries; i++) {
		const struct query *q = f->query[i];
		size_t columns = q->row ? q->row->columns : 0;

		for (size_t k = 0; k <= columns; k++) {
			const struct column *c = k < columns ? q->row->column[k].is.words
			    : q->kind == RESULT_VALUE || q->kind == RESULT_MAYBE_VALUE ? q->value.words : NULL;
			struct str name;
			size_t d = 0;

			while (d < n && done[d] != c)
				d++;
			if (!c || d < n || n == 64)
				continue;
			done[n++] = c;
			name = enum_name(g, c);
			out_fmt(o, "\nstatic enum %.*s\nread_%.*s(struct str word)\n{\n\tenum %.*s is = %.*s_NONE;\n\n"
			    "\tneed(word.n == 0 || %.*s_of(word, &is));\n\treturn is;\n}\n", STR_ARG(name),
			    STR_ARG(name), STR_ARG(name), STR_ARG(upper_name(g->run->arena, name)), STR_ARG(name));
		}
	}
}

void
folder_write(struct sqlgen *g, struct folder *f)
{
	struct arena *a = g->run->arena;
	struct out h = out_new(a), c = out_new(a), sym = out_new(a);

	out_fmt(&c, "/* Generated from schema.sql and the queries beside it. */\n#include \"%.*s/%.*s.sql.h\"\n\n"
	    "#include \"core/db/db.h\"\n#include \"lib/arena.h\"\n#include \"lib/need.h\"\n", STR_ARG(f->path),
	    STR_ARG(f->name));
	write_rows(g, f, &c, &sym);
	write_readers(g, f, &c);
	write_guard(&h, f->path, "the queries of this folder; only it may include them");
	out_fmt(&h, "#include \"%.*s/%.*s.rows.h\"\n\nstruct tx;\n", STR_ARG(f->path), STR_ARG(f->name));
	for (size_t i = 0; i < f->queries; i++) {
		const struct query *q = f->query[i];

		if (q->comment.n)
			out_fmt(&h, "\n/* %.*s */", STR_ARG(q->comment));
		out_char(&h, '\n');
		write_prototype(g, q, &h, q->comment.n ? " " : " ");
		out_lit(&h, ";\n");
		write_query(g, q, &c);
	}
	write_if_changed(g->run, str_fmt(a, "%.*s/%.*s.sql.h", STR_ARG(f->path), STR_ARG(f->name)), out_text(&h));
	write_if_changed(g->run, str_fmt(a, "%.*s/%.*s.sql.c", STR_ARG(f->path), STR_ARG(f->name)), out_text(&c));
}

/* --- of the whole program ---------------------------------------------------------------------------------------- */

void
program_write(struct sqlgen *g)
{
	struct arena *a = g->run->arena;
	struct out list = out_new(a), sym = out_new(a), enums = out_new(a), dropped = out_new(a), h = out_new(a);
	size_t n = 0;

	out_lit(&list, "/* Generated: every statement of the program. */\n#include \"core/db/stmt.h\"\n\n");
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i].queries; k++) {
			const struct query *q = g->folder[i].query[k];

			out_fmt(&list, "extern const struct db_statement statement_%.*s;\n", STR_ARG(q->name));
			out_fmt(&sym, "%.*s|%.*s|%s\n", STR_ARG(q->name), STR_ARG(g->folder[i].path),
			    q->writes ? "writes" : "reads");
		}
	out_lit(&list, "\nconst struct db_statement *const db_statements[] = {\n");
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i].queries; k++, n++)
			out_fmt(&list, "\t&statement_%.*s,\n", STR_ARG(g->folder[i].query[k]->name));
	out_fmt(&list, "};\nconst size_t db_statement_count = %zu;\n", n);
	write_if_changed(g->run, STR("statements.gen.c"), out_text(&list));
	write_if_changed(g->run, STR("sql.sym"), out_text(&sym));
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i].tables; k++)
			for (size_t c = 0; c < g->folder[i].table[k]->columns; c++)
				if (g->folder[i].table[k]->column[c].words)
					write_enum(g, &g->folder[i].table[k]->column[c], &h, &dropped, &enums);
	write_if_changed(g->run, STR("enums.sym"), out_text(&enums));
	schema_write(g);
}
