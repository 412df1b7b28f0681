/* Writes the headers of a folder, and the lists of the whole program. */
#include <string.h>

#include "tool/sqlgen.h"

void
file_write(struct sqlgen *g, struct str path, const struct out *o)
{
	GROW(g, g->written, g->written_n, g->written_cap);
	g->written[g->written_n++] = (struct source){.path = str_z(g->run->arena, path)};
	if (!g->dry)
		write_if_changed(g->run, path, out_text(o));
}

/* The C type of a value, with a space behind where one is needed. */
struct str
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

/* --- rows.h ------------------------------------------------------------------------------------------------------- */

static void
write_enum(struct sqlgen *g, const struct column *c, struct out *h)
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
}

static void
write_list(struct out *h, struct str name)
{
	out_fmt(h, "\nstruct %.*s_list {\n\tstruct %.*s *at;\n\tsize_t n;\n};\n", STR_ARG(name), STR_ARG(name));
}

static void
write_table_struct(struct sqlgen *g, const struct table *t, struct out *h)
{
	out_fmt(h, "\nstruct %.*s {\n", STR_ARG(t->name));
	for (size_t i = 0; i < t->columns; i++)
		out_fmt(h, "\t%.*s%.*s;\n", STR_ARG(c_type(g, t->column[i].is)), STR_ARG(t->column[i].name));
	out_lit(h, "};\n");
	write_list(h, t->name);
}

static void
write_row_struct(struct sqlgen *g, const struct row *row, struct out *h)
{
	out_fmt(h, "\nstruct %.*s {\n", STR_ARG(row->name));
	for (size_t i = 0; i < row->columns; i++)
		out_fmt(h, "\t%.*s%.*s;\n", STR_ARG(c_type(g, row->column[i].is)), STR_ARG(row->column[i].name));
	out_lit(h, "};\n");
	write_list(h, row->name);
}

static bool
value_uses(struct value v, const struct folder *f)
{
	return (v.id && v.id->folder == f) || (v.words && v.words->table->folder == f);
}

static bool
query_uses(const struct query *q, const struct folder *f)
{
	for (size_t i = 0; i < q->params; i++)
		if (value_uses(q->param[i].is, f))
			return true;
	for (size_t i = 0; q->row && i < q->row->columns; i++)
		if (value_uses(q->row->column[i].is, f))
			return true;
	return (q->row && q->row->folder == f) || value_uses(q->value, f);
}

/* Whether f needs the ids, enums or rows of the other folder. */
static bool
folder_uses(const struct folder *f, const struct folder *other)
{
	for (size_t i = 0; i < f->tables; i++)
		for (size_t k = 0; k < f->table[i]->columns; k++)
			if (value_uses(f->table[i]->column[k].is, other))
				return true;
	for (size_t i = 0; i < f->queries; i++)
		if (query_uses(f->query[i], other))
			return true;
	return false;
}

static void
write_rows(struct sqlgen *g, const struct folder *f)
{
	struct out h = out_new(g->run->arena);

	out_lit(&h, "/* Generated from schema.sql and the queries beside it: ids, enums and rows. */\n#pragma once\n\n"
	    "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n#include \"core/db/stmt.h\"\n"
	    "#include \"lib/date.h\"\n#include \"lib/str.h\"\n#include \"lib/text.h\"\n");
	for (size_t i = 0; i < g->folders; i++)
		if (g->folder[i] != f && folder_uses(f, g->folder[i]))
			out_fmt(&h, "#include \"%.*s/%.*s.rows.h\"\n", STR_ARG(g->folder[i]->path),
			    STR_ARG(g->folder[i]->name));
	out_char(&h, '\n');
	for (size_t i = 0; i < f->tables; i++)
		out_fmt(&h, "typedef struct {\n\tint64_t n;\n} %.*s_id;\n", STR_ARG(f->table[i]->name));
	for (size_t i = 0; i < f->tables; i++)
		for (size_t k = 0; k < f->table[i]->columns; k++)
			if (f->table[i]->column[k].words)
				write_enum(g, &f->table[i]->column[k], &h);
	for (size_t i = 0; i < f->tables; i++)
		write_table_struct(g, f->table[i], &h);
	for (size_t i = 0; i < f->rows; i++)
		write_row_struct(g, f->row[i], &h);
	file_write(g, str_fmt(g->run->arena, "%.*s/%.*s.rows.h", STR_ARG(f->path), STR_ARG(f->name)), &h);
}

/* --- sql.h -------------------------------------------------------------------------------------------------------- */

void
prototype_write(struct sqlgen *g, const struct query *q, struct out *o, const char *between)
{
	struct str name = q->row ? q->row->name : STR("");

	switch (q->kind) {
	case RESULT_LIST: out_fmt(o, "struct %.*s_list%s", STR_ARG(name), between); break;
	case RESULT_MAYBE:
	case RESULT_MAYBE_VALUE: out_fmt(o, "bool%s", between); break;
	case RESULT_ONE: out_fmt(o, "struct %.*s%s", STR_ARG(name), between); break;
	case RESULT_CHANGED: out_fmt(o, "int64_t%s", between); break;
	case RESULT_VALUE: out_fmt(o, "%.*s%s", STR_ARG(str_trim(c_type(g, q->value))), between); break;
	}
	out_fmt(o, "%.*s(struct tx *tx", STR_ARG(q->name));
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

/* The author's comment, which cannot end the comment of C. */
static void
write_comment(struct out *o, struct str words)
{
	out_lit(o, "/* ");
	for (size_t i = 0; i < words.n; i++) {
		char c = words.p[i];

		if (c == '\n')
			out_lit(o, "\n * ");
		else if (c == '/' && i && (words.p[i - 1] == '*' || words.p[i - 1] == '\n'))
			out_lit(o, " /");
		else if (c == '*' && i && words.p[i - 1] == '/')
			out_lit(o, " *");
		else
			out_char(o, c);
	}
	out_lit(o, " */\n");
}

static void
write_folder(struct sqlgen *g, const struct folder *f)
{
	struct arena *a = g->run->arena;
	struct out h = out_new(a), c = out_new(a);
	struct str path = str_fmt(a, "%.*s/%.*s.sql", STR_ARG(f->path), STR_ARG(f->name));
	struct str path_c = str_fmt(a, "%.*s.c", STR_ARG(path));

	write_rows(g, f);
	out_fmt(&h, "/* Generated from the queries of this folder; only it may include them. */\n#pragma once\n\n"
	    "#include \"%.*s/%.*s.rows.h\"\n\nstruct tx;\n", STR_ARG(f->path), STR_ARG(f->name));
	for (size_t i = 0; i < f->queries; i++) {
		out_char(&h, '\n');
		if (f->query[i]->comment.n)
			write_comment(&h, f->query[i]->comment);
		prototype_write(g, f->query[i], &h, " ");
		out_lit(&h, ";\n");
	}
	file_write(g, str_fmt(a, "%.*s.h", STR_ARG(path)), &h);
	out_fmt(&c, "/* Generated from schema.sql and the queries beside it. */\n#include \"%.*s.h\"\n\n"
	    "#include \"core/db/tx.h\"\n#include \"lib/arena.h\"\n#include \"lib/need.h\"\n", STR_ARG(path));
	code_write(g, f, &c, path_c);
	file_write(g, path_c, &c);
}

/* --- of the whole program ----------------------------------------------------------------------------------------- */

static void
write_schema(struct sqlgen *g)
{
	struct out o = out_new(g->run->arena);

	out_lit(&o, "/* Generated from schema.sql of every folder. */\n#include \"core/db/schema.h\"\n");
	for (int postgres = 0; postgres < 2; postgres++) {
		out_fmt(&o, "\nconst char *const db_schema_%s[] = {\n", postgres ? "postgres" : "sqlite");
		for (size_t i = 0; i < g->folders; i++)
			for (size_t k = 0; k < g->folder[i]->ddl; k++) {
				struct str ddl = postgres ? g->folder[i]->postgres[k] : g->folder[i]->sqlite[k];

				if (ddl.n == 0)
					continue; /* a wall of the other engine */
				out_char(&o, '\t');
				c_string(&o, ddl);
				out_lit(&o, ",\n");
			}
		out_lit(&o, "\tNULL\n};\n");
	}
	file_write(g, STR("schema.gen.c"), &o);
}

static void
write_enum_list(struct sqlgen *g)
{
	struct out o = out_new(g->run->arena);

	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->tables; k++)
			for (size_t n = 0; n < g->folder[i]->table[k]->columns; n++) {
				const struct column *c = &g->folder[i]->table[k]->column[n];

				if (!c->words)
					continue;
				out_fmt(&o, "%.*s|NONE", STR_ARG(enum_name(g, c)));
				for (size_t w = 0; w < c->words; w++)
					out_fmt(&o, ",%.*s", STR_ARG(c->word[w]));
				out_fmt(&o, "|%.*s/%.*s.rows.h\n", STR_ARG(g->folder[i]->path),
				    STR_ARG(g->folder[i]->name));
			}
	file_write(g, STR("enums.sym"), &o);
}

void
program_write(struct sqlgen *g)
{
	struct arena *a = g->run->arena;
	struct out names = out_new(a), list = out_new(a), sym = out_new(a), o = out_new(a);
	size_t n = 0;

	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->queries; k++, n++) {
			const struct query *q = g->folder[i]->query[k];

			out_fmt(&names, "extern const struct db_statement statement_%.*s;\n", STR_ARG(q->name));
			out_fmt(&list, "\t&statement_%.*s,\n", STR_ARG(q->name));
			out_fmt(&sym, "%.*s|%.*s|%s%s%s\n", STR_ARG(q->name), STR_ARG(g->folder[i]->path),
			    q->writes ? "writes" : "reads", q->any_campus_at ? ",any campus" : "",
			    q->pair ? ",pair" : "");
		}
	out_fmt(&o, "/* Generated: every statement of the program. */\n#include \"core/db/stmt.h\"\n\n%.*s\n"
	    "const struct db_statement *const db_statements[] = {\n%.*s\tNULL\n};\n"
	    "const size_t db_statement_count = %zu;\n", STR_ARG(out_text(&names)), STR_ARG(out_text(&list)), n);
	for (size_t i = 0; i < g->folders; i++)
		if (g->folder[i]->tables || g->folder[i]->queries)
			write_folder(g, g->folder[i]);
	file_write(g, STR("statements.gen.c"), &o);
	file_write(g, STR("sql.sym"), &sym);
	write_enum_list(g);
	write_schema(g);
}

void
program_list(struct sqlgen *g, struct out *o)
{
	size_t n = 0, exempt = 0, pairs = 0;

	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->queries; k++, n++) {
			const struct query *q = g->folder[i]->query[k];

			out_fmt(o, "%s:%d %.*s%s\n%.*s;\n", q->in->path, place_at(q->in, q->at).line, STR_ARG(q->name),
			    q->any_campus_at ? " (any campus)" : "", STR_ARG(q->sqlite));
			if (q->pair)
				out_fmt(o, "-- PostgreSQL:\n%.*s;\n", STR_ARG(q->postgres));
			out_char(o, '\n');
			exempt += q->any_campus_at > 0;
			pairs += q->pair;
		}
	out_fmt(o, "%zu statements, %zu of them for any campus, %zu in a text for each engine\n", n, exempt, pairs);
}

/* --- for PostgreSQL's judgement ----------------------------------------------------------------------------------- */

static const char *
postgres_type(struct value v)
{
	static const char *const names[T_TYPES] = {
		[T_ID] = "bigint", [T_INT] = "bigint", [T_BOOL] = "boolean", [T_REAL] = "double precision",
		[T_TEXT] = "text", [T_DATE] = "date", [T_INSTANT] = "timestamp with time zone",
		[T_BLOB] = "bytea", [T_JSON] = "json", [T_TEXTS] = "text",
	};

	return v.list ? "bigint[]" : names[v.type];
}

/* The statement with typed NULLs in place of its parameters: \gdesc takes none. */
static void
write_described(const struct query *q, struct out *o)
{
	struct str sql = q->postgres;

	for (size_t i = 0; i < sql.n; i++) {
		int number = 0;

		if (sql.p[i] != '$') {
			out_char(o, sql.p[i]);
			continue;
		}
		while (i + 1 < sql.n && sql.p[i + 1] >= '0' && sql.p[i + 1] <= '9')
			number = number * 10 + sql.p[++i] - '0';
		for (size_t k = q->params; k-- > 0;)
			if (q->param[k].number <= number) {
				out_fmt(o, "CAST(NULL AS %s)", postgres_type(q->param[k].is));
				break;
			}
	}
}

static void
write_expected(const struct query *q, struct out *o)
{
	if (q->kind == RESULT_VALUE || q->kind == RESULT_MAYBE_VALUE)
		for (int k = 0; k < (q->value.type == T_TEXTS ? LANGS : 1); k++)
			out_fmt(o, "\\echo '= %s'\n", postgres_type(q->value));
	for (size_t i = 0; q->row && i < q->row->columns; i++)
		for (int k = 0; k < (q->row->column[i].is.type == T_TEXTS ? LANGS : 1); k++)
			out_fmt(o, "\\echo '= %s'\n", postgres_type(q->row->column[i].is));
}

void
program_prove(struct sqlgen *g, struct out *o)
{
	out_lit(o, "\\set QUIET on\n\\pset tuples_only on\n\\pset format unaligned\n");
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->ddl; k++)
			if (g->folder[i]->postgres[k].n)
				out_fmt(o, "%.*s;\n", STR_ARG(g->folder[i]->postgres[k]));
	for (size_t i = 0; i < g->folders; i++)
		for (size_t k = 0; k < g->folder[i]->queries; k++) {
			const struct query *q = g->folder[i]->query[k];
			const char *between = " (";

			out_fmt(o, "\\echo '# %s:%d %.*s'\nPREPARE %.*s", q->in->path, place_at(q->in, q->at).line,
			    STR_ARG(q->name), STR_ARG(q->name));
			for (size_t p = 0; p < q->params; p++)
				for (int l = 0; l < (q->param[p].is.type == T_TEXTS ? LANGS : 1); l++, between = ", ")
					out_fmt(o, "%s%s", between, postgres_type(q->param[p].is));
			out_fmt(o, "%s AS %.*s;\n", q->params ? ")" : "", STR_ARG(q->postgres));
			if (q->kind == RESULT_CHANGED)
				continue;
			write_expected(q, o);
			write_described(q, o);
			out_lit(o, " \\gdesc\n");
		}
}
