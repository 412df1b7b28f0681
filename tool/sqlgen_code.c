/* Writes <folder>.sql.c: the statements and the functions that run them. Names made here end with _, those of
 * the author never do. */
#include <string.h>

#include "tool/sqlgen.h"

static const char *
db_type(struct value v)
{
	static const char *const names[T_TYPES] = {
		[T_ID] = "DB_ID", [T_INT] = "DB_INT", [T_BOOL] = "DB_BOOL", [T_REAL] = "DB_REAL",
		[T_TEXT] = "DB_TEXT", [T_DATE] = "DB_DATE", [T_INSTANT] = "DB_INSTANT", [T_BLOB] = "DB_BLOB",
		[T_JSON] = "DB_JSON", [T_TEXTS] = "DB_TEXT",
	};

	return v.list ? "DB_LIST" : names[v.type];
}

static int
width(struct value v)
{
	return v.type == T_TEXTS ? LANGS : 1;
}

/* --- enums ----------------------------------------------------------------------------------------------------- */

static void
write_words(struct sqlgen *g, const struct column *c, struct out *o)
{
	struct str name = enum_name(g, c), upper = upper_name(g->run->arena, name);

	out_fmt(o, "\nconst char *const %.*s_words[] = {\"\"", STR_ARG(name));
	for (size_t i = 0; i < c->words; i++) {
		out_lit(o, ", ");
		c_string(o, c->word[i]);
	}
	out_fmt(o, "};\n\nbool\n%.*s_of(struct str word, enum %.*s *is)\n{\n"
	    "\tfor (int i = 1; i < %.*s_COUNT; i++)\n\t\tif (str_is(word, %.*s_words[i])) {\n"
	    "\t\t\t*is = (enum %.*s)i;\n\t\t\treturn true;\n\t\t}\n\treturn false;\n}\n",
	    STR_ARG(name), STR_ARG(name), STR_ARG(upper), STR_ARG(name), STR_ARG(name));
}

static bool
reads_enum(const struct query *q, const struct column *c)
{
	if (q->row)
		for (size_t i = 0; i < q->row->columns; i++)
			if (q->row->column[i].is.words == c)
				return true;
	return (q->kind == RESULT_VALUE || q->kind == RESULT_MAYBE_VALUE) && q->value.words == c;
}

/* A word in the database that is none of the schema's cannot be: a CHECK stands before it. */
static void
write_reader(struct sqlgen *g, const struct folder *f, const struct column *c, struct out *o)
{
	struct str name = enum_name(g, c);
	bool used = false;

	for (size_t i = 0; i < f->queries; i++)
		used = used || reads_enum(f->query[i], c);
	if (used)
		out_fmt(o, "\nstatic enum %.*s\n%.*s_read_(struct str word)\n{\n\tenum %.*s is = %.*s_NONE;\n\n"
		    "\tneed(word.n == 0 || %.*s_of(word, &is));\n\treturn is;\n}\n", STR_ARG(name), STR_ARG(name),
		    STR_ARG(name), STR_ARG(upper_name(g->run->arena, name)), STR_ARG(name));
}

static void
write_enums(struct sqlgen *g, const struct folder *f, struct out *o)
{
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->tables; k++) {
			const struct table *t = g->folder[i]->table[k];

			for (size_t c = 0; c < t->columns; c++) {
				if (!t->column[c].words)
					continue;
				if (t->folder == f)
					write_words(g, &t->column[c], o);
				write_reader(g, f, &t->column[c], o);
			}
		}
}

/* --- values ------------------------------------------------------------------------------------------------------ */

static void
bind_enum(struct sqlgen *g, const struct param *p, struct out *o)
{
	struct str words = enum_name(g, p->is.words), upper = upper_name(g->run->arena, words);

	out_lit(o, "\tneed(");
	if (!p->is.maybe)
		out_fmt(o, "%.*s && ", STR_ARG(p->name));
	out_fmt(o, "(int)%.*s < %.*s_COUNT);\n", STR_ARG(p->name), STR_ARG(upper));
}

static void
write_bind(struct sqlgen *g, const struct param *p, struct out *o)
{
	struct str n = p->name;
	const char *maybe = p->is.maybe ? "true" : "false", *kind = p->is.maybe ? "maybe_" : "";

	if (p->is.list) {
		out_fmt(o, "\tdb_bind_list(s_, (const int64_t *)%.*s, %.*s_n);\n", STR_ARG(n), STR_ARG(n));
		return;
	}
	switch (p->is.type) {
	case T_ID: out_fmt(o, "\tdb_bind_id(s_, %.*s.n, %s);\n", STR_ARG(n), maybe); break;
	case T_INT: out_fmt(o, "\tdb_bind_%sint(s_, %.*s);\n", kind, STR_ARG(n)); break;
	case T_REAL: out_fmt(o, "\tdb_bind_%sreal(s_, %.*s);\n", kind, STR_ARG(n)); break;
	case T_BOOL: out_fmt(o, "\tdb_bind_bool(s_, %.*s);\n", STR_ARG(n)); break;
	case T_DATE: out_fmt(o, "\tdb_bind_date(s_, %.*s, %s);\n", STR_ARG(n), maybe); break;
	case T_INSTANT: out_fmt(o, "\tdb_bind_instant(s_, %.*s, %s);\n", STR_ARG(n), maybe); break;
	case T_TEXTS:
		out_fmt(o, "\tfor (int l_ = 0; l_ < LANG_COUNT; l_++)\n\t\tdb_bind_text(s_, %.*s.at[l_]);\n",
		    STR_ARG(n));
		break;
	case T_TEXT:
	case T_JSON:
	case T_BLOB:
		if (p->is.words)
			bind_enum(g, p, o);
		if (p->is.maybe)
			out_fmt(o, "\tif (!%.*s%s)\n\t\tdb_bind_null(s_);\n\telse\n\t", STR_ARG(n),
			    p->is.words ? "" : ".n");
		if (p->is.words)
			out_fmt(o, "\tdb_bind_text(s_, str_of(%.*s_words[%.*s]));\n",
			    STR_ARG(enum_name(g, p->is.words)), STR_ARG(n));
		else
			out_fmt(o, "\tdb_bind_%s(s_, %.*s);\n", p->is.type == T_BLOB ? "blob" : "text", STR_ARG(n));
		break;
	case T_TYPES: break;
	}
}

static void
write_value(struct sqlgen *g, struct value v, int i, struct out *o)
{
	const char *kind = v.maybe ? "maybe_" : "";

	switch (v.type) {
	case T_ID: out_fmt(o, "{db_col_int(s_, %d)}", i); break;
	case T_INT: out_fmt(o, "db_col_%sint(s_, %d)", kind, i); break;
	case T_REAL: out_fmt(o, "db_col_%sreal(s_, %d)", kind, i); break;
	case T_BOOL: out_fmt(o, "db_col_bool(s_, %d)", i); break;
	case T_DATE: out_fmt(o, "db_col_date(s_, %d)", i); break;
	case T_INSTANT: out_fmt(o, "db_col_instant(s_, %d)", i); break;
	case T_BLOB: out_fmt(o, "db_col_blob(s_, %d)", i); break;
	case T_TEXTS:
		out_fmt(o, "{{db_col_text(s_, %d), db_col_text(s_, %d), db_col_text(s_, %d)}}", i, i + 1, i + 2);
		break;
	case T_TEXT:
		if (v.words) {
			out_fmt(o, "%.*s_read_(db_col_text(s_, %d))", STR_ARG(enum_name(g, v.words)), i);
			break;
		}
		/* fall through */
	case T_JSON: out_fmt(o, "db_col_text(s_, %d)", i); break;
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

/* --- statements --------------------------------------------------------------------------------------------------- */

static void
write_types(const struct query *q, struct out *o)
{
	if (q->params) {
		out_fmt(o, "static const uint8_t %.*s_params_[] = {", STR_ARG(q->name));
		for (size_t i = 0; i < q->params; i++)
			for (int k = 0; k < width(q->param[i].is); k++)
				out_fmt(o, "%s, ", db_type(q->param[i].is));
		out_lit(o, "};\n");
	}
	if (q->kind == RESULT_CHANGED)
		return;
	out_fmt(o, "static const uint8_t %.*s_columns_[] = {", STR_ARG(q->name));
	if (!q->row)
		for (int k = 0; k < width(q->value); k++)
			out_fmt(o, "%s, ", db_type(q->value));
	for (size_t i = 0; q->row && i < q->row->columns; i++)
		for (int k = 0; k < width(q->row->column[i].is); k++)
			out_fmt(o, "%s, ", db_type(q->row->column[i].is));
	out_lit(o, "};\n");
}

static int
columns_of(const struct query *q)
{
	int n = 0;

	if (q->kind == RESULT_CHANGED)
		return 0;
	if (!q->row)
		return width(q->value);
	for (size_t i = 0; i < q->row->columns; i++)
		n += width(q->row->column[i].is);
	return n;
}

static void
write_statement(const struct query *q, struct out *o)
{
	int line = place_at(q->in, q->sql_at).line, columns = columns_of(q);

	write_types(q, o);
	out_fmt(o, "const struct db_statement statement_%.*s = {\n\t.name = \"%.*s\",\n\t.sqlite = ",
	    STR_ARG(q->name), STR_ARG(q->name));
	c_string(o, q->sqlite);
	out_lit(o, ",\n\t.postgres = ");
	c_string(o, q->postgres);
	out_fmt(o, ",\n\t.where = \"%s:%d\",\n\t.writes = %s,\n\t.params = %d,\n\t.columns = %d,\n", q->in->path,
	    line, q->writes ? "true" : "false", q->numbers, columns);
	if (q->params)
		out_fmt(o, "\t.param_type = %.*s_params_,\n", STR_ARG(q->name));
	if (columns)
		out_fmt(o, "\t.column_type = %.*s_columns_,\n", STR_ARG(q->name));
	out_fmt(o, "\t.index = %d,\n};\n", q->index);
}

static void
write_locals(struct sqlgen *g, const struct query *q, struct out *o)
{
	out_fmt(o, "\tstruct stmt *s_ = db_start(tx, &statement_%.*s);\n", STR_ARG(q->name));
	switch (q->kind) {
	case RESULT_LIST:
		out_fmt(o, "\tstruct %.*s_list list_ = {0};\n\tsize_t cap_ = 0;\n", STR_ARG(q->row->name));
		break;
	case RESULT_MAYBE:
	case RESULT_MAYBE_VALUE: out_lit(o, "\tbool found_;\n"); break;
	case RESULT_ONE: out_fmt(o, "\tstruct %.*s row_;\n\tbool found_;\n", STR_ARG(q->row->name)); break;
	case RESULT_VALUE: out_fmt(o, "\t%.*svalue_;\n\tbool found_;\n", STR_ARG(c_type(g, q->value))); break;
	case RESULT_CHANGED: break;
	}
	out_char(o, '\n');
}

static void
write_rows(struct sqlgen *g, const struct query *q, struct out *o)
{
	switch (q->kind) {
	case RESULT_LIST:
		out_lit(o, "\twhile (db_step(s_)) {\n\t\tlist_.at = arena_grow(tx->arena, list_.at, list_.n, 1, "
		    "sizeof *list_.at, &cap_);\n\t\tlist_.at[list_.n++] = ");
		write_row(g, q->row, o, "\t\t");
		out_lit(o, ";\n\t}\n\tdb_end(s_);\n\treturn list_;\n");
		break;
	case RESULT_MAYBE:
		out_lit(o, "\tfound_ = db_step(s_);\n\tif (found_)\n\t\t*out = ");
		write_row(g, q->row, o, "\t\t");
		out_lit(o, ";\n\tdb_end(s_);\n\treturn found_;\n");
		break;
	case RESULT_ONE:
		out_lit(o, "\tfound_ = db_step(s_);\n\tneed(found_);\n\trow_ = ");
		write_row(g, q->row, o, "\t");
		out_lit(o, ";\n\tdb_end(s_);\n\treturn row_;\n");
		break;
	case RESULT_VALUE:
	case RESULT_MAYBE_VALUE:
		out_lit(o, "\tfound_ = db_step(s_);\n");
		out_str(o, q->kind == RESULT_VALUE ? STR("\tneed(found_);\n\tvalue_ = ") :
		    STR("\tif (found_)\n\t\t*out = "));
		if (q->value.type == T_ID || q->value.type == T_TEXTS)
			out_fmt(o, "(%.*s)", STR_ARG(str_trim(c_type(g, q->value))));
		write_value(g, q->value, 0, o);
		out_fmt(o, ";\n\tdb_end(s_);\n\treturn %s;\n", q->kind == RESULT_VALUE ? "value_" : "found_");
		break;
	case RESULT_CHANGED:
		out_lit(o, "\tdb_step(s_);\n\treturn db_end(s_);\n");
		break;
	}
}

static void
line_to_source(const struct sqlgen *g, const struct query *q, size_t at, struct out *o)
{
	out_fmt(o, "#line %d \"%s/%s\"\n", place_at(q->in, at).line, g->root, q->in->path);
}

/* The lines that follow are those of the generated file again. */
static void
line_to_output(const struct sqlgen *g, struct out *o, struct str path)
{
	int line = 2;

	for (size_t i = 0; i < o->n; i++)
		line += o->p[i] == '\n';
	out_fmt(o, "#line %d \"%s/%.*s\"\n", line, g->run->out, STR_ARG(path));
}

void
code_write(struct sqlgen *g, const struct folder *f, struct out *o, struct str path)
{
	write_enums(g, f, o);
	for (size_t i = 0; i < f->queries; i++) {
		const struct query *q = f->query[i];

		out_char(o, '\n');
		line_to_output(g, o, path);
		write_statement(q, o);
		out_char(o, '\n');
		line_to_source(g, q, q->at, o);
		prototype_write(g, q, o, " ");
		out_char(o, '\n');
		line_to_output(g, o, path);
		out_lit(o, "{\n");
		write_locals(g, q, o);
		for (size_t k = 0; k < q->params; k++)
			write_bind(g, &q->param[k], o);
		write_rows(g, q, o);
		out_lit(o, "}\n");
	}
}
